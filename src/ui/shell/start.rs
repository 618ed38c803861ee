//! The start page: nothing is open yet. Four ways to begin, the recent files, what the program is not for.
//! Must never open anything itself.

use egui::{Label, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::act::Act;
use super::host::Host;
use crate::engine::folders::FileAsk;
use crate::ui::outbox::{Slot, Wish};
use crate::ui::theme::{self, Type, space};
use crate::ui::widgets::{Icon, Tone, choice_card, drop_area, remark, scroll_handles, title};

/// The width of the column.
const COLUMN: f32 = 560.0;

/// The slots under which the start page has files chosen.
pub const OPEN_SLOT: &str = "shell: open a workbook";
pub const ROSTER_SLOT: &str = "shell: begin with a roster";

/// Endings of rosters.
pub const ROSTER_ENDINGS: [&str; 4] = ["xlsx", "xls", "csv", "txt"];

/// Asks for a workbook.
pub fn ask_for_workbook() -> Act {
    let ask = FileAsk::open("打开工作簿", "工作簿", &["bdk"]);
    Act::Wish(Wish::ChooseFile(Slot::new(OPEN_SLOT), ask))
}

/// Asks for a roster.
pub fn ask_for_roster() -> Act {
    let ask = FileAsk::open("选花名册", "花名册", &ROSTER_ENDINGS);
    Act::Wish(Wish::ChooseFile(Slot::new(ROSTER_SLOT), ask))
}

/// Draws the page into `rect`.
pub fn show(ui: &mut Ui, rect: Rect, host: &Host, acts: &mut Vec<Act>) {
    let width = COLUMN.min(rect.width() - 2.0 * space::XL);
    let left = (rect.center().x - width / 2.0).round();
    let column = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, rect.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("start"), |ui| {
        scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let above = ((rect.height() - 600.0) / 2.0).max(space::L);
            ui.add_space(above);
            let inner = column.with_min_y(ui.cursor().top());
            ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt("column"), |ui| {
                ui.set_max_width(width);
                ui.spacing_mut().item_spacing.y = space::M;
                content(ui, host, acts);
                ui.add_space(space::XL);
            });
        });
    });
}

fn content(ui: &mut Ui, _host: &Host, acts: &mut Vec<Act>) {
    let t = theme::tokens(ui);
    title(ui, "还没有打开工作簿");
    let words = "一个工作簿就是一个文件，放着一个支部或一个总支的组织和党员。不联网，不上传。";
    ui.add(Label::new(RichText::new(words).font(Type::Body.font()).color(t.ink2)).selectable(false).wrap());
    ui.add_space(space::S);
    let roster =
        choice_card(ui, Icon::FileSpreadsheet, "从花名册开始…", "选一份 Excel 或 CSV 名册，看过识别结果再写入", true);
    if roster.clicked() {
        acts.push(ask_for_roster());
    }
    let new = choice_card(ui, Icon::FilePlus, "新建空白工作簿…", "先填组织，再逐个添党员", false);
    if new.clicked() {
        acts.push(Act::Wish(Wish::NewWorkbook(std::path::PathBuf::new())));
    }
    let open = choice_card(ui, Icon::FolderOpen, "打开已有工作簿…", "从旧电脑或 U 盘拷来的 .bdk 文件", false);
    if open.clicked() {
        acts.push(ask_for_workbook());
    }
    let hovered = ui.input(|input| !input.raw.hovered_files.is_empty());
    drop_area(ui, "或把文件拖到窗口里", 56.0, hovered);
    ui.allocate_space(vec2(0.0, 0.0));
    let secrecy =
        "本软件不用于国家秘密，纪检谈话函询、审查调查材料不得录入。身份证号、电话在屏幕和纸面上默认遮去中段。";
    remark(ui, Icon::ShieldCheck, Tone::Amber, secrecy);
}
