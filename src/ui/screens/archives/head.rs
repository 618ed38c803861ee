//! Owns the head of the page: whose archive of which year and template, what of it is listed, and how it leaves the
//! program. Must never change anything: it wishes.

use egui::Ui;

use super::rows::Only;
use super::{ArchivesScreen, Shown};
use crate::domain::ids::ChecklistId;
use crate::exchange::export::{ArchiveExport, ArchiveList};
use crate::print::{ArchiveAsk, CatalogueLayout};
use crate::ui::dialogs::archives::{NumbersDialog, PackDialog, UpdateChecklistsDialog};
use crate::ui::dialogs::export::ExportDialog;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::frame;
use crate::ui::widgets::{Button, Icon, MenuRow, PageHead, Segments, Select, menu_button};
use crate::view::checklists::GapAsk;
use crate::view::packs::PackAsk;

/// Years that can be chosen before this one.
const BACK: i16 = 10;

/// The last choice among the templates leads to them.
const TEMPLATES: &str = "管理清单模板…";

/// What leaves the program, and how it is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HandOut {
    /// 检查包
    Pack,
    /// 缺项单
    Gaps,
    /// 打印: the checklist, its catalogue, its boxes
    Paper,
    /// 导出
    File,
    /// 档号规则
    Numbers,
}

impl HandOut {
    const ALL: [Self; 5] = [Self::Pack, Self::Gaps, Self::Paper, Self::File, Self::Numbers];
    /// Those that stand in the head where there is room, from the right; the others are below 更多.
    const IN_HEAD: usize = 2;

    fn word(self) -> &'static str {
        match self {
            Self::Pack => "检查包…",
            Self::Gaps => "缺项单…",
            Self::Paper => "打印…",
            Self::File => "导出…",
            Self::Numbers => "档号规则…",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Pack => Icon::FolderDown,
            Self::Gaps => Icon::ListChecks,
            Self::Paper => Icon::Printer,
            Self::File => Icon::Upload,
            Self::Numbers => Icon::ListOrdered,
        }
    }
}

impl ArchivesScreen {
    pub(super) fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, shown: &Shown, out: &mut Outbox) {
        let whose = match shown {
            Shown::One(line) => line.name.as_str(),
            Shown::Nothing(..) | Shown::Overview(_) | Shown::Files => scene.scope_name,
        };
        let scope = match shown {
            Shown::Files => whose.to_owned(),
            // The year stands in its field, too: where there is little room the name is told whole.
            _ if scene.width == Width::Narrow => whose.to_owned(),
            _ => format!("{whose}·{}年", self.year(scene)),
        };
        PageHead::new("档案清单", &scope).height(frame::head_height(scene)).show(ui, |ui| {
            let makes = self.make_button_ui(ui, scene, shown, out);
            if matches!(shown, Shown::Files) {
                let template = self.template();
                self.files.head_ui(ui, scene, &template, out);
            }
            self.update_ui(ui, scene, shown, out);
            if let Some(hand_out) = hand_out_ui(ui, scene, shown, self.outdated(shown).is_empty(), makes) {
                self.hand_out(hand_out, scene, shown, out);
            }
            if matches!(shown, Shown::One(line) if line.checklist.is_some()) {
                self.only_ui(ui);
            }
            if !matches!(shown, Shown::Files) {
                self.year_ui(ui, scene);
            }
            self.template_ui(ui, scene, out);
            let has_others = self.lines.current().is_some_and(|lines| lines.len() > 1);
            let is_opened = has_others && self.opened.is_some() && matches!(shown, Shown::One(_));
            if is_opened && ui.add(Button::plain("返回").icon(Icon::ArrowLeft)).clicked() {
                self.leave_one();
            }
        });
    }

    /// 新建清单 for all that have none; gives back whether there are such.
    fn make_button_ui(&self, ui: &mut Ui, scene: &Scene<'_>, shown: &Shown, out: &mut Outbox) -> bool {
        let Shown::Overview(lines) = shown else { return false };
        if lines.iter().all(|line| line.checklist.is_some()) || scene.frozen.is_some() {
            return false;
        }
        if ui.add(Button::primary("新建清单…").icon(Icon::Plus)).clicked() {
            self.make_for(None, scene, out);
        }
        true
    }

    /// 按模板更新, where the template was changed since.
    fn update_ui(&self, ui: &mut Ui, scene: &Scene<'_>, shown: &Shown, out: &mut Outbox) {
        let outdated = self.outdated(shown);
        if outdated.is_empty() || scene.frozen.is_some() {
            return;
        }
        if ui.add(Button::amber("按模板更新…").tip("模板改过，看看这些清单会改什么")).clicked() {
            out.open(UpdateChecklistsDialog::new(outdated));
        }
    }

    /// 全部, 未齐 7, 我负责.
    fn only_ui(&mut self, ui: &mut Ui) {
        const ALL: [Only; 3] = [Only::All, Only::Open, Only::Mine];
        let gaps = self.one.board().map_or(0, |board| board.progress.gaps());
        let open = if gaps > 0 { format!("未齐 {gaps}") } else { "未齐".to_owned() };
        let chosen = ALL.iter().position(|only| *only == self.one.only);
        if let Some(place) = Segments::new("列哪些", &["全部", &open, "我负责"], chosen).show(ui) {
            self.one.only = ALL[place];
        }
    }

    fn year_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let years: Vec<i16> = (scene.today.year() - BACK..=scene.today.year() + 1).rev().collect();
        let words: Vec<String> = years.iter().map(|year| format!("{year}年")).collect();
        let now = self.year(scene);
        let mut place = years.iter().position(|year| *year == now);
        let width = if scene.width == Width::Narrow { 90.0 } else { 96.0 };
        if Select::new("年份", &words, &mut place).label_hidden().width(width).show(ui).changed() {
            self.year = place.and_then(|place| years.get(place)).copied();
        }
    }

    fn template_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let code = self.template();
        let offered: Vec<(String, String)> =
            self.offered().into_iter().map(|template| (template.code.clone(), template.title.clone())).collect();
        let mut words: Vec<&str> = offered.iter().map(|(_, title)| title.as_str()).collect();
        words.push(TEMPLATES);
        let mut place = offered.iter().position(|(other, _)| *other == code);
        let width = if scene.width == Width::Narrow { 142.0 } else { 158.0 };
        if !Select::new("清单", &words, &mut place).label_hidden().width(width).show(ui).changed() {
            return;
        }
        if place == Some(offered.len()) {
            out.wish(Wish::ShowTemplate(code));
        } else {
            self.template = place.and_then(|place| offered.get(place)).map(|(code, _)| code.clone());
        }
    }

    fn gaps(&self, scene: &Scene<'_>, checklist: Option<ChecklistId>) -> GapAsk {
        GapAsk {
            scope: Self::asked_scope(scene),
            year: self.year(scene),
            template: Some(self.template()),
            checklist,
            owner: None,
            today: scene.today,
        }
    }

    pub(super) fn hand_out(&self, hand_out: HandOut, scene: &Scene<'_>, shown: &Shown, out: &mut Outbox) {
        let (checklist, scope) = match shown {
            Shown::One(line) => (line.checklist.map(|made| made.id), Some(line.organisation)),
            Shown::Nothing(..) | Shown::Files | Shown::Overview(_) => (None, Self::asked_scope(scene)),
        };
        let gaps = ArchiveAsk::Gaps(GapAsk { scope, ..self.gaps(scene, checklist) });
        let of_one = checklist.into_iter().flat_map(|id| {
            [
                ArchiveAsk::Checklist(id),
                ArchiveAsk::Catalogue(id, CatalogueLayout::Present),
                ArchiveAsk::Catalogue(id, CatalogueLayout::Former),
                ArchiveAsk::Spine(id),
                ArchiveAsk::BackNote(id),
            ]
        });
        match hand_out {
            HandOut::Pack => {
                let ask = PackAsk { scope, year: self.year(scene), template: None, today: scene.today };
                out.open(PackDialog::new(ask, (self.template(), self.template_title())));
            }
            HandOut::Numbers => match (scope, shown) {
                (Some(organisation), _) => out.open(NumbersDialog::new(organisation, self.year(scene))),
                (None, Shown::Overview(lines)) if lines.iter().filter(|line| line.depth == 0).count() == 1 => {
                    out.open(NumbersDialog::new(lines[0].organisation, self.year(scene)));
                }
                (None, _) => out.refuse("先在左边选一个党组织"),
            },
            HandOut::Gaps => out.open(PrintDialog::archives(scene, std::iter::once(gaps).chain(of_one).collect())),
            HandOut::Paper => out.open(PrintDialog::archives(scene, of_one.chain([gaps]).collect())),
            HandOut::File => out.open(ExportDialog::archives(ArchiveExport {
                list: ArchiveList::Gaps,
                scope,
                year: Some(self.year(scene)),
                template: Some(self.template()),
                today: scene.today,
                masked: false,
            })),
        }
    }
}

/// What can leave the program: buttons, the rest below 更多, and all of it where there is little room. `has_room` tells
/// whether no other button stands there, `has_primary` whether the one filled button of the page is there already.
fn hand_out_ui(ui: &mut Ui, scene: &Scene<'_>, shown: &Shown, has_room: bool, has_primary: bool) -> Option<HandOut> {
    let has_one = match shown {
        Shown::One(line) => line.checklist.is_some(),
        Shown::Overview(lines) => lines.iter().any(|line| line.checklist.is_some()),
        Shown::Nothing(..) | Shown::Files => false,
    };
    let in_head = match (scene.width, has_one) {
        (Width::Wide, true) if has_room => HandOut::IN_HEAD,
        (Width::Wide, true) => 1,
        _ => 0,
    };
    let (buttons, rest) = HandOut::ALL.split_at(in_head);
    let mut pressed = None;
    for one in buttons {
        let is_primary = *one == HandOut::Pack && !has_primary;
        let button = if is_primary { Button::primary(one.word()) } else { Button::plain(one.word()) };
        if ui.add(button.icon(one.icon())).clicked() {
            pressed = Some(*one);
        }
    }
    if matches!(shown, Shown::Nothing(..) | Shown::Files) {
        return None;
    }
    let (_, chosen) = menu_button(ui, Button::plain("更多"), "更多", |ui| {
        rest.iter().filter(|one| has_one || **one == HandOut::Numbers).fold(None, |chosen, one| {
            if ui.add(MenuRow::new(one.word()).icon(one.icon())).clicked() { Some(*one) } else { chosen }
        })
    });
    pressed.or(chosen.flatten())
}
