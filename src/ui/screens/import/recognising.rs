//! 识别: the sheet's own picture, coloured; what each column was taken for stands above it and is corrected there.
//! Must never change what was understood: it says what was pressed. Start at [`ImportScreen::recognising_ui`].

use egui::{Align, Key, Layout, Modifiers, Rect, Ui, UiBuilder, vec2};

use super::layouts::{choices, chosen};
use super::pictured::{Pictured, Seen};
use super::preview::Preview;
use super::{ImportScreen, Press, View, column, expected};
use crate::domain::imports::RosterKind;
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::{self, height, space};
use crate::ui::widgets::{
    Button, DayBar, Icon, OptionLine, Options, PictureEvent, SheetPicture, drawer, keyboard, note, sheet, small, strip,
};

/// Width of the column at the right.
const COLUMN: f32 = 320.0;
/// Height of the line below the picture where there is no room beside it.
const LOW_BAR: f32 = 38.0;

impl ImportScreen {
    /// Draws the picture with the questions beside it; where there is little room they are asked for in a line below.
    pub(super) fn recognising_ui(&mut self, ui: &mut Ui, rect: Rect, scene: &Scene<'_>) -> Option<Press> {
        let can_answer = self.can_answer(scene);
        let has_column = self.preview.is_some();
        let is_low = scene.width == Width::Narrow;
        let (rect, bar) = match has_column && is_low {
            true => rect.split_top_bottom_at_y(rect.bottom() - LOW_BAR),
            false => (rect, Rect::NOTHING),
        };
        let rect = if bar.is_positive() { rect.with_max_y(rect.bottom() - space::S) } else { rect };
        let shows_column = has_column && (!is_low || self.view.is_column_open);
        let (left, right) = match shows_column {
            true => (rect.with_max_x(rect.right() - COLUMN - space::L), rect.with_min_x(rect.right() - COLUMN)),
            false => (rect, Rect::NOTHING),
        };
        let builder = UiBuilder::new().max_rect(left).id_salt("picture of the sheet");
        let mut press = ui.scope_builder(builder, |ui| self.picture_ui(ui, can_answer, is_low)).inner;
        let is_by_layout = self.is_by_layout();
        let Some(preview) = &self.preview else { return press };
        let view = &mut self.view;
        if bar.is_positive() && drawer(ui, "line of the questions", bar, false, |ui| low_bar_ui(ui, preview, view)) {
            press = press.or(Some(Press::ToggleColumn));
        }
        if shows_column {
            let wish = drawer(ui, column::TITLE, right, false, |ui| {
                let of_kind = if is_low { None } else { expected::expected_ui(ui, preview, is_by_layout) };
                of_kind.or(column::show(ui, preview, &mut view.cards, can_answer, false))
            });
            press = press.or(wish.and_then(|wish| super::preview_ui::answered(preview, &view.cards, &wish)));
        }
        press
    }

    /// Whether columns were taken as the workbook remembers it, and not as was said just now.
    fn is_by_layout(&self) -> bool {
        let is_told = |one: &Pictured| one.picture.tables.iter().any(|table| table.is_told);
        self.said.now.is_empty() && self.pictured.iter().any(is_told)
    }

    fn picture_ui(&mut self, ui: &mut Ui, can_answer: bool, is_low: bool) -> Option<Press> {
        let has_preview = self.preview.is_some();
        let is_pointing = !has_preview || self.view.is_pointing;
        let Self { pictured, view, remark, .. } = self;
        let pictured = pictured.get(view.sheet).or(pictured.first())?;
        let mut press = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        if is_pointing {
            press = pointing_ui(ui, view, remark, has_preview);
        } else if !remark.is_empty() && DayBar::new(remark, "知道了").icon(Icon::Info).show(ui) {
            *remark = "";
        }
        let drawn = sheet(ui, 0, |ui| {
            let area = ui.available_rect_before_wrap();
            let above = if is_low { area } else { area.with_max_y(area.bottom() - height::STRIP) };
            let seen = Seen::new(pictured, view.spot.map_or(view.top, |spot| spot.0));
            let builder = UiBuilder::new().max_rect(above).id_salt("cells of the sheet");
            let may = if is_pointing {
                May::Point
            } else if can_answer {
                May::Tell
            } else {
                May::Look
            };
            let done = ui.scope_builder(builder, |ui| cells_ui(ui, pictured, &seen, view, may)).inner;
            if !is_low {
                let foot = UiBuilder::new().max_rect(area.with_min_y(above.bottom())).id_salt("legend");
                let rows = pictured.picture.row_count();
                ui.scope_builder(foot, |ui| legend_ui(ui, &seen, view, rows));
            }
            ui.advance_cursor_after_rect(area);
            done
        });
        press.or(drawn.inner)
    }
}

/// How heads are pointed at, with the way to say that they are it; where some were found, Esc is the way back.
fn pointing_ui(ui: &mut Ui, view: &View, remark: &str, has_preview: bool) -> Option<Press> {
    let rows = view.pointed();
    let told = match (remark, has_preview) {
        ("", true) => "点一下表头那一行；有几行的，再按住 Shift 点最后一行",
        ("", false) => "没有找到表头：点一下表头那一行；有几行的，再按住 Shift 点最后一行",
        (why, _) => why,
    };
    let word =
        if rows.len() > 1 { format!("这 {} 行是表头", rows.len()) } else { "这一行是表头".to_owned() };
    let back = if has_preview { "不指了" } else { "" };
    let pressed = DayBar::new(told, &word).also(back).icon(Icon::Info).show_links(ui);
    let is_escaped = has_preview && keyboard::pressed_exactly(ui.ctx(), Modifiers::NONE, Key::Escape);
    match pressed {
        Some(0) => Some(Press::PointAt(rows)),
        Some(_) => Some(Press::PointNoMore),
        None => is_escaped.then_some(Press::PointNoMore),
    }
}

/// What can be done in the picture.
#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    Look,
    /// Say what a column means.
    Tell,
    /// Show where the heads stand.
    Point,
}

/// Where there is little room the questions are one line, opened and closed by its button: it keeps its place, so that
/// nothing comes under the pointer. Gives back whether it was pressed.
fn low_bar_ui(ui: &mut Ui, preview: &Preview, view: &View) -> bool {
    let size = vec2(ui.available_width(), LOW_BAR - 2.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.add_space(space::S);
        let word = column::opener_words(preview);
        let button = if preview.questions.is_empty() { Button::plain(&word) } else { Button::amber(&word) };
        let is_toggled = ui.add(button.small().caret().open(view.is_column_open)).clicked();
        small(ui, &expected::expected_words(preview));
        is_toggled
    })
    .inner
}

/// The cells; gives back what was said of a column, or where the heads are.
fn cells_ui(ui: &mut Ui, pictured: &Pictured, seen: &Seen<'_>, view: &mut View, may: May) -> Option<Press> {
    let row = view.spot.map_or(view.top, |spot| spot.0);
    let pointed = view.pointed();
    let mut said = None;
    let sought = &mut view.sought;
    let kind = pictured.table_of(row, 0).map_or(RosterKind::Members, |table| table.kind);
    let all = choices(kind);
    let mut list = |ui: &mut Ui, column: usize, is_fresh: bool| {
        let table = pictured.table_of(row, column);
        let found = table.and_then(|table| table.columns.iter().find(|one| one.index == column));
        let Some(found) = found else {
            return drop(crate::ui::widgets::popup_inset(ui, |ui| note(ui, "这一栏没有表头")));
        };
        if is_fresh {
            sought.clear();
        }
        let is = chosen(kind, found);
        let lines: Vec<OptionLine<'_>> = all
            .iter()
            .enumerate()
            .map(|(index, (_, text))| OptionLine { text, depth: 0, checked: is == Some(index) })
            .collect();
        if let Some(index) = Options::new("栏目", &lines).fresh(is_fresh).show(ui, sought) {
            said = all.get(index).map(|(means, _)| Press::Tell { column, means: *means });
        }
    };
    let name = format!("原表 {}", pictured.name());
    let mut picture = SheetPicture::new(&name, seen).cursor(view.spot).reveal(view.reveal.take());
    if may == May::Tell && pictured.table_of(row, 0).is_some() {
        picture = picture.list(&mut list);
    }
    if may == May::Point {
        picture = picture.chosen(pointed);
    }
    let shown = picture.show(ui);
    for event in shown.events {
        match event {
            PictureEvent::Cursor(spot) => (view.spot, view.pointed_from) = (Some(spot), None),
            PictureEvent::Extended(spot) => {
                view.pointed_from = view.pointed_from.or(view.spot.map(|spot| spot.0));
                view.spot = Some(spot);
            }
            PictureEvent::Entered if may == May::Point => said = Some(Press::PointAt(view.pointed())),
            PictureEvent::Entered => {}
        }
    }
    view.top = shown.visible_rows.start;
    view.bottom = shown.visible_rows.end;
    said
}

/// What the grounds say, and which rows are seen.
fn legend_ui(ui: &mut Ui, seen: &Seen<'_>, view: &View, rows: u32) {
    strip(ui, |ui| {
        let t = theme::tokens(ui);
        ui.spacing_mut().item_spacing.x = space::S;
        for (tone, word, count) in seen.counts().into_iter().filter(|(.., count)| *count > 0) {
            let (rect, _) = ui.allocate_exact_size(vec2(12.0, 12.0), egui::Sense::hover());
            ui.painter().rect(
                rect,
                theme::radius::BADGE,
                tone.soft(t),
                theme::line(ui, tone.mark(t)),
                egui::StrokeKind::Inside,
            );
            small(ui, &format!("{word} {count} 栏"));
            ui.add_space(space::S);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let last = view.bottom.min(rows as usize);
            small(ui, &format!("第 {}—{last} 行，共 {rows} 行", view.top + 1));
        });
    });
}
