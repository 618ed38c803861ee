//! Owns what can be chosen about a paper, and what is told about it: fonts, characters that no font has.
//! Must never make a paper. Start at [`Options`].

use egui::{Label, Response, RichText, ScrollArea, Ui};

use super::RING;
use super::archives::ArchivePaper;
use super::kinds::{FormKind, OF_MEMBERS};
use super::making::{Asked, Made};
use super::office::{self, OfficeChoices};
use super::talks::{self, TalkChoices};
use crate::clock::Day;
use crate::domain::conditions::Subject;
use crate::domain::ids::PersonId;
use crate::domain::values::partial_date_in_text;
use crate::print::{ArchiveAsk, FillOptions};
use crate::problem::Problem;
use crate::ui::scene::Scene;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{DateField, Icon, Segments, Select, TextField, Tone, grouped, note, remark, section};
use crate::view::members::ListAsk;
use crate::view::settings::WorkbookSettings;

/// The choices, as they are being written.
#[derive(Debug)]
pub(super) struct Options {
    kind: FormKind,
    offered: Vec<FormKind>,
    office: OfficeChoices,
    pub talks: TalkChoices,
    archives: Vec<ArchiveAsk>,
    /// Of forms that can be had as DOCX: whether they are saved so.
    docx: bool,
    ask: ListAsk,
    columns: Vec<Subject>,
    as_shown: bool,
    unmasked: bool,
    written: Words,
    /// What stood in the fields when one was last left: the paper is made of it.
    settled: Words,
    today: Day,
    is_filled: bool,
}

/// What is written by hand.
#[derive(Debug, Clone, Default, PartialEq)]
struct Words {
    unit: String,
    prepared_by: String,
    checked_by: String,
    filled_on: String,
}

/// Reads a day as people write it.
pub(super) fn read_day(text: &str) -> Result<String, String> {
    partial_date_in_text(text)
        .filter(|date| date.day().is_some())
        .map(|date| date.to_string())
        .ok_or_else(|| "请写到哪一日，例如 2026-11-24".to_owned())
}

impl Options {
    pub fn new(kind: FormKind, ask: ListAsk, columns: Vec<Subject>, today: Day) -> Self {
        Self {
            kind,
            offered: OF_MEMBERS.to_vec(),
            office: OfficeChoices::new(ask.as_of),
            talks: TalkChoices::default(),
            archives: Vec::new(),
            docx: false,
            ask,
            columns,
            as_shown: false,
            unmasked: false,
            written: Words { filled_on: today.to_string(), ..Words::default() },
            settled: Words::default(),
            today,
            is_filled: false,
        }
    }

    /// Offers these forms.
    pub fn offer(&mut self, forms: &[FormKind]) {
        self.offered = forms.to_vec();
    }

    /// Offers these papers of talks.
    pub fn offer_talks(&mut self, choices: TalkChoices) {
        self.offered = choices.forms().map(FormKind::Talk).collect();
        self.talks = choices;
    }

    /// Offers these papers of archives.
    pub fn offer_archives(&mut self, asks: Vec<ArchiveAsk>) {
        self.offered = asks.iter().map(|ask| FormKind::Archive(ArchivePaper::of(ask))).collect();
        self.archives = asks;
    }

    /// Whether it is saved as DOCX.
    pub fn is_docx(&self) -> bool {
        self.docx && self.kind.has_docx()
    }

    /// Whose cards are printed.
    pub fn select(&mut self, people: Vec<PersonId>) {
        self.office.people = people;
    }

    /// Takes over what the workbook says who fills in and who checks.
    pub fn prefill(&mut self, settings: &WorkbookSettings) {
        if !std::mem::replace(&mut self.is_filled, true) {
            self.written.prepared_by.clone_from(&settings.prepared_by);
            self.written.checked_by.clone_from(&settings.checked_by);
            self.settled.clone_from(&self.written);
        }
    }

    /// Whether the paper can be made as it is asked for now.
    pub fn is_ready(&self) -> bool {
        self.is_filled
    }

    pub fn as_of(&self) -> Day {
        self.ask.as_of
    }

    pub fn asked(&self) -> Asked {
        let told = |text: &str| Some(text.trim().to_owned());
        let options = FillOptions {
            filled_on: self.settled.filled_on.parse().unwrap_or(self.today),
            reporting_unit: told(&self.settled.unit).filter(|unit| !unit.is_empty()),
            prepared_by: told(&self.settled.prepared_by),
            checked_by: told(&self.settled.checked_by),
            unmasked: self.unmasked && self.kind.has_numbers(),
            columns: if self.as_shown { self.columns.clone() } else { Vec::new() },
            ..FillOptions::usual(self.today)
        };
        let office = match self.kind {
            FormKind::Office(form) => Some(self.office.asked(form, self.ask.clone())),
            _ => None,
        };
        let talk = match self.kind {
            FormKind::Talk(form) => self.talks.asked(form),
            _ => None,
        };
        let archive = match self.kind {
            FormKind::Archive(paper) => self.archives.iter().find(|ask| ArchivePaper::of(ask) == paper).cloned(),
            _ => None,
        };
        Asked { kind: self.kind, ask: self.ask.clone(), options, office, talk, archive }
    }

    /// Draws the choices and what is told.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, made: Option<(&Made, &str)>, problem: Option<&Problem>) {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let margin = egui::Margin { left: RING as i8, top: RING as i8, right: space::M as i8, bottom: RING as i8 };
            egui::Frame::new().inner_margin(margin).show(ui, |ui| self.body_ui(ui, scene, made, problem));
        });
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, made: Option<(&Made, &str)>, problem: Option<&Problem>) {
        ui.spacing_mut().item_spacing = egui::vec2(space::S, space::M);
        if let Some(problem) = problem {
            let next = if problem.next.is_empty() { String::new() } else { format!("。{}", problem.next) };
            remark(ui, Icon::CircleAlert, Tone::Hard, &format!("{}：{}{next}", problem.title, problem.happened));
        }
        self.choices_ui(ui, scene);
        self.words_ui(ui, scene);
        told_ui(ui, made);
    }

    fn choices_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let words: Vec<&str> = self.offered.iter().map(|kind| kind.label()).collect();
        let mut chosen = self.offered.iter().position(|kind| *kind == self.kind);
        // A table of figures is the one that was on the screen.
        if chosen.is_some() && words.len() > 1 {
            let width = ui.available_width();
            Select::new("表", &words, &mut chosen).width(width).show(ui);
            self.kind = chosen.and_then(|index| self.offered.get(index).copied()).unwrap_or(self.kind);
        }
        if let FormKind::Office(form) = self.kind {
            office::show(ui, scene, form, &mut self.office);
        }
        if let FormKind::Talk(form) = self.kind {
            talks::show(ui, scene, form, &mut self.talks);
        }
        if self.kind.has_docx()
            && let Some(index) = Segments::new("存成", &["PDF", "DOCX，可改字"], Some(usize::from(self.docx))).show(ui)
        {
            self.docx = index == 1;
        }
        if !self.kind.has_numbers() {
            return;
        }
        if self.kind == FormKind::Roster
            && !self.columns.is_empty()
            && let Some(index) =
                Segments::new("栏目", &["常用栏目", "与列表相同"], Some(usize::from(self.as_shown))).show(ui)
        {
            self.as_shown = index == 1;
        }
        let masks = ["号码遮盖", "打印完整号码"];
        if let Some(index) = Segments::new("身份号码和电话", &masks, Some(usize::from(self.unmasked))).show(ui) {
            self.unmasked = index == 1;
        }
        if self.unmasked {
            remark(ui, Icon::TriangleAlert, Tone::Amber, "完整号码会印在纸上，并记入导出和打印记录");
        }
    }

    fn words_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let Words { unit, prepared_by, checked_by, filled_on } = &mut self.written;
        let width = ui.available_width();
        let mut fields = vec![TextField::new("填报单位", unit).hint("用党组织的名称").show(ui)];
        if self.kind.is_signed() {
            fields.push(TextField::new("制表人", prepared_by).show(ui));
            fields.push(TextField::new("审核人", checked_by).hint("留空，手签").show(ui));
        }
        let mut is_settled = false;
        if self.kind.is_signed() {
            let filled_on = DateField::new("填报日期", filled_on, scene.today, &read_day).width(width);
            (_, is_settled) = filled_on.show_settling(ui);
        }
        let is_left = is_settled || fields.iter().any(Response::lost_focus);
        if is_left && self.settle() {
            // The paper is made anew in the next frame.
            ui.ctx().request_repaint();
        }
    }

    /// Takes over what is written, also where a field has the focus still; gives back whether that is something else.
    pub fn settle(&mut self) -> bool {
        let is_other = self.settled != self.written;
        self.settled.clone_from(&self.written);
        is_other
    }
}

/// How large the paper is, its fonts, and what could not be printed.
fn told_ui(ui: &mut Ui, made: Option<(&Made, &str)>) {
    let Some((made, unit)) = made else { return };
    let missing = made.paper.missing_characters();
    if !missing.is_empty() {
        let codes: Vec<String> = missing.iter().map(|character| format!("U+{:04X}", *character as u32)).collect();
        let words = format!("有 {} 个字没有字体能印，纸上以编码代替：{}", codes.len(), codes.join("、"));
        remark(ui, Icon::TriangleAlert, Tone::Amber, &words);
    }
    if let Some(words) = &made.warning {
        remark(ui, Icon::TriangleAlert, Tone::Amber, words);
    }
    section(ui, "纸面", &format!("{} 页", grouped(made.paper.pages() as u64)));
    ui.spacing_mut().item_spacing.y = space::XS;
    note(ui, &format!("{} {unit}", grouped(made.people as u64)));
    for role in &made.fonts.roles {
        // 「思源宋体（随程序附带）」: what comes with the program is said once, below.
        let used = role.used.split('（').next().unwrap_or(&role.used);
        let instead = if role.stands_in { format!("，代{}", role.asked) } else { String::new() };
        small(ui, &format!("{}：{used}{instead}", role.role.label()));
    }
    if made.fonts.roles.iter().any(|role| role.stands_in) {
        small(ui, "思源字体随程序附带；本机装上公文字体后，自动改用");
    }
}

fn small(ui: &mut Ui, words: &str) {
    let text = RichText::new(words).font(theme::Type::Small.font()).color(theme::tokens(ui).ink2);
    ui.add(Label::new(text).selectable(false).wrap());
}
