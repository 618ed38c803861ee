//! The start page: nothing is open. What was open lately, four ways to begin, what the program is not for.
//! Must never open anything itself. Start at [`show`].

use std::path::Path;

use egui::{Label, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::act::Act;
use super::host::Host;
use crate::clock::{Day, Moment};
use crate::engine::folders::FileAsk;
use crate::settings::Recent;
use crate::ui::outbox::{Slot, Wish};
use crate::ui::scene::Width;
use crate::ui::theme::{self, Type, space};
use crate::ui::widgets::{
    FileRow, Icon, Tone, choice_card, drop_area, file_row, heading, remark, scroll_handles, sheet, title,
};

/// The width of the ways to begin.
const COLUMN: f32 = 560.0;
/// The width of what was open lately, beside them.
const RECENT_COLUMN: f32 = 440.0;
/// Workbooks that are shown of those open lately.
const RECENT_SHOWN: usize = 6;
/// The width of the whole where the ways to begin stand two by two.
const PAIRS: f32 = 840.0;
/// The height of the whole with the ways one below the other, and two by two.
const CONTENT: f32 = 560.0;
const CONTENT_IN_PAIRS: f32 = 360.0;

/// The slots under which the start page has files chosen.
pub const OPEN_SLOT: &str = "shell: open a workbook";
pub const HANDOVER_SLOT: &str = "shell: receive a handover";
pub const ROSTER_SLOT: &str = "shell: begin with a roster";

/// Endings of rosters.
pub const ROSTER_ENDINGS: [&str; 9] = ["xlsx", "xlsm", "xls", "et", "csv", "txt", "htm", "html", "xml"];

/// Asks for a workbook.
pub fn ask_for_workbook() -> Act {
    let ask = FileAsk::open("打开工作簿", "工作簿或移交文件", &["bdk", "zip"]);
    Act::Wish(Wish::ChooseFile(Slot::new(OPEN_SLOT), ask))
}

/// Asks for a file that was handed over.
pub fn ask_for_handover() -> Wish {
    Wish::ChooseFile(Slot::new(HANDOVER_SLOT), FileAsk::open("选移交文件", "移交文件", &["zip"]))
}

/// Asks for a roster.
pub fn ask_for_roster() -> Act {
    let ask = FileAsk::open("选花名册", "花名册", &ROSTER_ENDINGS);
    Act::Wish(Wish::ChooseFile(Slot::new(ROSTER_SLOT), ask))
}

/// How the page is laid out in the room there is.
struct Layout {
    width: f32,
    height: f32,
    /// What was open lately stands beside the ways to begin, not above them.
    is_beside: bool,
    ways_in_a_row: usize,
    /// The place for files is drawn where it pushes nothing off; they can be dropped anywhere.
    has_drop_area: bool,
}

impl Layout {
    fn of(rect: Rect, width: Width, has_recent: bool) -> Self {
        let is_narrow = width == Width::Narrow;
        let is_beside = has_recent && !is_narrow;
        let (wanted, height) = match (is_narrow, has_recent) {
            (true, false) => (PAIRS, CONTENT_IN_PAIRS),
            (true, true) => (PAIRS, CONTENT),
            (false, true) => (COLUMN + space::XXL + RECENT_COLUMN, CONTENT),
            (false, false) => (COLUMN, CONTENT),
        };
        Self {
            width: wanted.min(rect.width() - 2.0 * space::XL),
            height,
            is_beside,
            ways_in_a_row: if is_narrow { 2 } else { 1 },
            has_drop_area: rect.height() >= height,
        }
    }
}

/// Draws the page into `rect`. While something is being opened it says so and offers nothing else.
pub fn show(ui: &mut Ui, rect: Rect, width: Width, host: &Host, doing: Option<&str>, acts: &mut Vec<Act>) {
    if let Some(doing) = doing {
        let line = Rect::from_center_size(rect.center() - vec2(0.0, 40.0), vec2(rect.width(), 40.0));
        ui.scope_builder(UiBuilder::new().max_rect(line).id_salt("doing"), |ui| {
            ui.vertical_centered(|ui| heading(ui, doing));
        });
        return;
    }
    let has_recent = !host.settings.recent.is_empty();
    let layout = Layout::of(rect, width, has_recent);
    let left = (rect.center().x - layout.width / 2.0).round();
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("start"), |ui| {
        scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.add_space(((rect.height() - layout.height) / 2.0).max(space::L));
            let inner = Rect::from_min_size(pos2(left, ui.cursor().top()), vec2(layout.width, layout.height));
            ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt("column"), |ui| {
                ui.set_max_width(layout.width);
                ui.spacing_mut().item_spacing.y = space::M;
                if layout.is_beside {
                    beside(ui, host, &layout, acts);
                } else {
                    below(ui, host, has_recent, &layout, acts);
                }
                ui.add_space(space::M);
            });
        });
    });
}

/// What was open lately at the left, the ways to begin at the right.
fn beside(ui: &mut Ui, host: &Host, layout: &Layout, acts: &mut Vec<Act>) {
    head(ui, "打开工作簿");
    let ways = (ui.available_width() - space::XXL) * COLUMN / (COLUMN + RECENT_COLUMN);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XXL;
        let recents = ui.available_width() - ways - space::XXL;
        ui.allocate_ui(vec2(recents, 0.0), |ui| ui.vertical(|ui| recent(ui, host, acts)));
        ui.allocate_ui(vec2(ways, 0.0), |ui| {
            ui.vertical(|ui| {
                begin(ui, false, layout, acts);
            });
        });
    });
    secrecy(ui);
}

fn below(ui: &mut Ui, host: &Host, has_recent: bool, layout: &Layout, acts: &mut Vec<Act>) {
    head(ui, if has_recent { "打开工作簿" } else { "还没有打开工作簿" });
    if has_recent {
        recent(ui, host, acts);
    }
    begin(ui, !has_recent, layout, acts);
    secrecy(ui);
}

fn head(ui: &mut Ui, words: &str) {
    let t = theme::tokens(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        title(ui, words);
        let words = "一个工作簿就是一个文件，放着一个支部或一个总支的组织和党员。不联网，不上传。";
        ui.add(Label::new(RichText::new(words).font(Type::Body.font()).color(t.ink2)).selectable(false).wrap());
    });
    ui.add_space(space::XS);
}

fn begin(ui: &mut Ui, is_first: bool, layout: &Layout, acts: &mut Vec<Act>) {
    let ways = [
        (Icon::FileSpreadsheet, "从花名册开始…", "选一份 Excel 或 CSV 名册，看过识别结果再写入"),
        (Icon::FilePlus, "新建空白工作簿…", "先填组织，再逐个添党员"),
        (Icon::FolderOpen, "打开已有工作簿…", "从旧电脑或 U 盘拷来的 .bdk 文件，或 .zip 移交文件"),
        (Icon::BookOpen, "看练习工作簿", "编造的一个县局，8 个支部 182 人，可随意试改"),
    ];
    let in_a_row = layout.ways_in_a_row;
    let width = (ui.available_width() - space::M * (in_a_row - 1) as f32) / in_a_row as f32;
    let mut pressed = None;
    for (row, ways) in ways.chunks(in_a_row).enumerate() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            for (place, (icon, words, about)) in ways.iter().enumerate() {
                let index = row * in_a_row + place;
                ui.allocate_ui(vec2(width, 0.0), |ui| {
                    if choice_card(ui, *icon, words, about, is_first && index == 0).clicked() {
                        pressed = Some(index);
                    }
                });
            }
        });
    }
    if layout.has_drop_area {
        drop_here(ui);
    }
    acts.extend(pressed.map(|index| match index {
        0 => ask_for_roster(),
        1 => Act::Wish(Wish::NewWorkbook(std::path::PathBuf::new())),
        2 => ask_for_workbook(),
        _ => Act::Practise,
    }));
}

fn drop_here(ui: &mut Ui) {
    let hovered = ui.input(|input| !input.raw.hovered_files.is_empty());
    drop_area(ui, "或把文件拖到窗口里", 56.0, hovered);
}

fn secrecy(ui: &mut Ui) {
    ui.add_space(space::XS);
    let words = "本软件不用于国家秘密，纪检谈话函询、审查调查材料不得录入。身份证号、电话在屏幕和纸面上默认遮去中段。";
    remark(ui, Icon::ShieldCheck, Tone::Amber, words);
}

fn recent(ui: &mut Ui, host: &Host, acts: &mut Vec<Act>) {
    let today = host.today();
    sheet(ui, 0, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, recent) in host.settings.recent.iter().take(RECENT_SHOWN).enumerate() {
            let row = FileRow {
                name: &name(&recent.path),
                folder: &folder(&recent.path),
                when: &when(recent, today),
                is_first: index == 0,
            };
            let pressed = file_row(ui, &row);
            if pressed.opens {
                acts.push(Act::Wish(Wish::OpenWorkbook(recent.path.clone())));
            }
            if pressed.forgets {
                acts.push(Act::ForgetRecent(recent.path.clone()));
            }
        }
    });
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn folder(path: &Path) -> String {
    path.parent().map(|folder| folder.display().to_string()).unwrap_or_default()
}

/// 「今天 10:42」, 「11-20」, 「2025-12-31」.
fn when(recent: &Recent, today: Day) -> String {
    let at = Moment(recent.opened_at);
    let day = at.day();
    let shown = at.shown();
    let time = shown.rsplit_once(' ').map_or("", |(_, time)| time);
    match day {
        day if day == today => format!("今天 {time}"),
        day if day.year() == today.year() => day.strftime("%m-%d").to_string(),
        day => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use egui::{Rect, pos2, vec2};

    use super::Layout;
    use crate::ui::scene::Width;
    use crate::ui::shell::layout;

    /// The room of the page in a maximised window on 1366×768 at this zoom.
    fn laid_out(zoom: f32, has_recent: bool) -> (Layout, Rect) {
        let whole = Rect::from_min_size(pos2(0.0, 0.0), vec2(1366.0, 696.0) / zoom);
        let width = Width::of(whole.width());
        let page = layout(whole, width, false).page;
        (Layout::of(page, width, has_recent), page)
    }

    #[test]
    fn a_first_start_is_seen_at_once_at_every_usual_zoom() {
        for zoom in [1.0, 1.5] {
            let (layout, page) = laid_out(zoom, false);
            assert!(layout.has_drop_area && layout.height <= page.height() && layout.width <= page.width(), "{zoom}");
        }
        let (layout, _) = laid_out(1.5, false);
        assert_eq!(layout.ways_in_a_row, 2);
    }

    #[test]
    fn where_there_is_little_room_the_place_for_files_gives_way() {
        for (zoom, has_recent) in [(1.25, true), (1.5, true)] {
            assert!(!laid_out(zoom, has_recent).0.has_drop_area, "{zoom}");
        }
        assert!(laid_out(1.0, true).0.has_drop_area);
    }
}
