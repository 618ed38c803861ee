//! 谈心谈话: the records of a year, whom the coverage still lacks, the plan, what follows from talks.
//! Must never change anything itself: it wishes. Start at [`TalksScreen`].

mod coverage;
mod effect;
pub mod entering;
mod following;
pub mod form;
mod ledger;
pub(super) mod people_field;
mod plan;
mod records;
mod since;
pub mod types;
mod years;

use egui::{Ui, UiBuilder, vec2};

use super::{Page, Screen, TalkStart, frame};
use crate::clock::Day;
use crate::domain::coverage::Relation;
use crate::domain::rules::RuleGroup;
use crate::ui::dialogs::export::ExportDialog;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Button, Icon, MenuRow, menu_button, tabs, title};

pub use plan::ProposeTalks;
pub use years::Time as CoverageTime;

use coverage::CoveragePart;
use following::Following;
use plan::Plan;
use records::Records;
use since::DayDialog;
use years::{Chosen, Span, Time, plan_time_button, time_button, year_button};

/// The parts of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TalksPart {
    /// 记录
    #[default]
    Records,
    /// 覆盖
    Coverage,
    /// 计划
    Plan,
    /// 跟进
    Following,
}

impl TalksPart {
    const ALL: [Self; 4] = [Self::Records, Self::Coverage, Self::Plan, Self::Following];

    fn word(self) -> &'static str {
        match self {
            Self::Records => "记录",
            Self::Coverage => "覆盖",
            Self::Plan => "计划",
            Self::Following => "跟进",
        }
    }
}

/// The page 谈心谈话.
#[derive(Debug, Default)]
pub struct TalksScreen {
    part: TalksPart,
    /// The time that is shown; the year of the day until another is chosen. Only the coverage and its plan are of another
    /// time than a year.
    time: Option<Time>,
    /// Since when the coverage was looked at last, to be chosen again.
    since: Option<Day>,
    records: Records,
    coverage: CoveragePart,
    plan: Plan,
    following: Following,
}

impl TalksScreen {
    fn time(&self, scene: &Scene<'_>) -> Time {
        self.time.unwrap_or(Time::of(Span::Year(scene.as_of.year())))
    }

    /// The time whose coverage a talk is written for: the one that is seen, or that was chosen and is no year.
    fn written_for(&self, scene: &Scene<'_>) -> Option<Time> {
        match self.part {
            TalksPart::Coverage => Some(self.time(scene)),
            _ => self.time.filter(|time| time.since().is_some()),
        }
    }

    fn year(&self, scene: &Scene<'_>) -> i16 {
        match self.time(scene).span {
            Span::Year(year) => year,
            Span::Since(_) => scene.as_of.year(),
        }
    }

    /// Title, parts, and what can be done.
    fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let tall = frame::head_height(scene);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), egui::Sense::hover());
        let builder = UiBuilder::new().max_rect(rect).id_salt("head");
        ui.scope_builder(builder.layout(egui::Layout::left_to_right(egui::Align::Center)), |ui| {
            ui.spacing_mut().item_spacing.x = space::XL;
            title(ui, "谈心谈话");
            let words = self.words(scene);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let current = TalksPart::ALL.iter().position(|part| *part == self.part).unwrap_or_default();
            let pressed = ui.scope(|ui| {
                // As high as tabs are from the first, so that they stand on the line of the title.
                ui.spacing_mut().interact_size.y = 40.0;
                tabs(ui, &words, current)
            });
            if let Some(place) = pressed.inner {
                self.part = TalksPart::ALL[place];
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                self.buttons_ui(ui, scene, out);
            });
        });
    }

    /// 「记录 36」, 「跟进 3」: how many there are, as soon as that is known.
    fn words(&self, scene: &Scene<'_>) -> [String; 4] {
        let counts = [self.records.count(), None, self.plan.open_count(scene), self.following.open_count()];
        let mut counts = counts.into_iter();
        TalksPart::ALL.map(|part| match counts.next().flatten() {
            Some(count) if count > 0 => format!("{} {count}", part.word()),
            _ => part.word().to_owned(),
        })
    }

    fn buttons_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let may = scene.frozen.is_none();
        if ui.add(Button::primary("记谈话").icon(Icon::SquarePen).enabled(may)).clicked() {
            out.go(Page::WriteTalk(TalkStart { time: self.written_for(scene), ..TalkStart::default() }));
        }
        let offered = self.offered(may);
        let mut chosen = None;
        if scene.width == Width::Wide {
            for more in offered {
                if ui.add(Button::plain(more.word()).icon(more.icon())).clicked() {
                    chosen = Some(more);
                }
            }
        } else if !offered.is_empty() {
            let (_, picked) = menu_button(ui, Button::plain("更多"), "更多", |ui| {
                let mut pressed = offered.into_iter().rev();
                pressed.find(|more| ui.add(MenuRow::new(more.word()).icon(more.icon())).clicked())
            });
            chosen = picked.flatten();
        }
        if let Some(more) = chosen {
            self.act(more, scene, out);
        }
        self.time_ui(ui, scene, out);
    }

    /// Of which time it is.
    fn time_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let chosen = match self.part {
            TalksPart::Following => None,
            TalksPart::Coverage => time_button(ui, self.time(scene), self.since, scene.as_of, scene.today),
            TalksPart::Plan => plan_time_button(ui, self.time(scene), self.since, scene.as_of, scene.today),
            TalksPart::Records => {
                year_button(ui, self.year(scene), scene.today.year()).map(|year| Chosen::Span(Span::Year(year)))
            }
        };
        match chosen {
            // Another span is looked at as of its own day.
            Some(Chosen::Span(span)) => self.time = Some(Time::of(span)),
            Some(Chosen::SinceSomeDay) => out.open(DayDialog::since(self.since, scene.as_of)),
            Some(Chosen::UntilSomeDay) => out.open(DayDialog::until(self.time(scene), scene.as_of)),
            None => {}
        }
    }

    /// What else can be done, from the right to the left.
    fn offered(&self, may: bool) -> Vec<More> {
        match self.part {
            TalksPart::Records if may => vec![More::Enter, More::Export, More::Print],
            TalksPart::Records => vec![More::Export, More::Print],
            TalksPart::Coverage => vec![More::Print, More::Rules],
            TalksPart::Plan => vec![More::Print],
            TalksPart::Following => Vec::new(),
        }
    }

    fn act(&self, more: More, scene: &Scene<'_>, out: &mut Outbox) {
        let year = self.year(scene);
        match (more, self.part) {
            (More::Enter, _) => out.wish(Wish::EnterTalks(self.time)),
            (More::Rules, _) => out.wish(Wish::ShowRules(RuleGroup::Talks)),
            (More::Export, _) => {
                out.open(ExportDialog::talks(self.records.listed(scene, year), self.records.shown_fields()))
            }
            (More::Print, TalksPart::Coverage) => CoveragePart::print(scene, self.time(scene), out),
            (More::Print, TalksPart::Plan) => Plan::print(scene, self.time(scene), out),
            (More::Print, _) => out.open(PrintDialog::talks(scene, self.records.papers(scene, year))),
        }
    }
}

/// What can be done besides writing a talk down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum More {
    Enter,
    Export,
    Print,
    Rules,
}

impl More {
    fn word(self) -> &'static str {
        match self {
            Self::Enter => "补录…",
            Self::Export => "导出…",
            Self::Print => "打印…",
            Self::Rules => "规则",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Enter => Icon::Rows3,
            Self::Export => Icon::Upload,
            Self::Print => Icon::Printer,
            Self::Rules => Icon::Settings,
        }
    }
}

impl Screen for TalksScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let year = self.year(scene);
        self.records.ask(scene, year);
        let time = self.time(scene);
        self.plan.ask(scene, time);
        self.following.ask(scene);
        if self.part == TalksPart::Coverage {
            self.coverage.ask(scene, time);
        }
        frame::page(ui, scene, |ui| {
            self.head_ui(ui, scene, out);
            let room = ui.available_height();
            ui.allocate_ui(vec2(ui.available_width(), room.max(height::HEAD)), |ui| match self.part {
                TalksPart::Records => self.records.show(ui, scene, year, out),
                TalksPart::Coverage => self.coverage.show(ui, scene, time, out),
                TalksPart::Plan => self.plan.show(ui, scene, time, out),
                TalksPart::Following => self.following.show(ui, scene, out),
            });
        });
    }

    fn show_talks(&mut self, part: TalksPart, opened: Option<Relation>) {
        self.part = part;
        // Whoever comes with a question of this year, or with a talk that is planned now, is not shown another one.
        if opened.is_some() || part == TalksPart::Plan {
            self.time = None;
        }
        if opened.is_some() {
            self.coverage.open(opened);
        }
    }

    fn find_talks(&mut self, text: String) {
        self.part = TalksPart::Records;
        self.records.find(text);
    }

    fn show_coverage(&mut self, time: Time) {
        self.part = TalksPart::Coverage;
        self.since = time.since().or(self.since);
        self.time = Some(time);
    }
}

/// The page on which a parked draft of talks is gone on with.
pub fn page_of_draft(name: &str, draft: &serde_json::Value) -> Option<Page> {
    if name == entering::DRAFT { Some(Page::EnterTalks) } else { form::page_of_draft(name, draft) }
}

/// What stands in a parked draft of talks: 「何静，936 字」.
pub fn told_of_draft(name: &str, draft: &serde_json::Value) -> Option<String> {
    if name == entering::DRAFT { entering::told_of_draft(draft) } else { form::told_of_draft(name, draft) }
}
