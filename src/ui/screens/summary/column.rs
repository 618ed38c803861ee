//! Owns the right column: one figure with its definition and exactly the rows it counts.
//! Must never know which figures there are. Start at [`FigureColumn`].

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use egui::{Label, RichText, Ui, vec2};

use super::figures::spaced;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::engine::questions::Rows;
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    Button, Cell, Column, ColumnState, Figure as Number, Icon, IconButton, Table, TableEvent, TableRows, figure,
    grouped, icon, note,
};
use crate::view::figures::{Figure, Reckoned};
use crate::view::members::MemberRow;

/// What was asked for in the column.
pub enum ColumnWish {
    Close,
    Member(PersonId),
    Organisation(OrganisationId),
    Export,
    List,
}

/// What the column keeps.
#[derive(Debug, Default)]
pub struct FigureColumn {
    rows: Live<Rows>,
    people: Vec<ColumnState>,
    organisations: Vec<ColumnState>,
    cursor: Option<usize>,
    /// The figure has just been opened: its rows get the focus.
    is_fresh: bool,
}

/// The fields of a row.
static FIELDS: LazyLock<Arc<Vec<FieldKey>>> =
    LazyLock::new(|| Arc::new([Known::Name, Known::Birth].map(FieldKey::Known).to_vec()));
/// Rows are asked for in pieces of this many.
const PIECE: usize = 60;

impl FigureColumn {
    /// Another figure is open now, or none.
    pub fn begin(&mut self, is_open: bool) {
        self.cursor = None;
        self.is_fresh = is_open;
    }

    /// Draws the column over all room there is; `before` is the value at the end of last year.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, shown: &Figure, before: Option<u64>) -> Option<ColumnWish> {
        ui.spacing_mut().item_spacing.y = 0.0;
        let whole = ui.max_rect();
        let mut wish = head_ui(ui, shown, before);
        let room = (whole.bottom() - height::FOOT - ui.cursor().top()).max(height::HEAD);
        let size = vec2(whole.width(), room);
        let asked = ui.allocate_ui(size, |ui| {
            ui.set_min_size(size);
            self.table_ui(ui, scene, shown)
        });
        wish = asked.inner.or(wish);
        foot_ui(ui, shown).or(wish)
    }

    fn table_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, shown: &Figure) -> Option<ColumnWish> {
        let is_people = shown.is_of_people();
        let columns = if is_people {
            [
                Column::new("name", "姓名", 68.0).unsortable(),
                Column::new("birth", "出生日期", 96.0).unsortable(),
                Column::new("age", "年龄", 44.0).right().unsortable(),
                Column::new("branch", "所在党支部", 120.0).unsortable(),
            ]
            .to_vec()
        } else {
            vec![
                Column::new("name", "名称", 250.0).unsortable(),
                Column::new("members", "党员", 60.0).right().unsortable(),
            ]
        };
        let states = if is_people { &mut self.people } else { &mut self.organisations };
        let mut rows = ColumnRows { scene, figure: shown, live: &mut self.rows, is_people };
        let response = Table::new(if is_people { "people" } else { "organisations" }, &shown.label, &columns, states)
            .cursor(self.cursor)
            .show(ui, &mut rows);
        if std::mem::take(&mut self.is_fresh) {
            response.response.request_focus();
        }
        let mut wish = None;
        for event in response.events {
            match event {
                TableEvent::Cursor(row) => self.cursor = Some(row),
                // Esc in the rows.
                TableEvent::NoneSelected => wish = Some(ColumnWish::Close),
                TableEvent::Opened(row) | TableEvent::LinkPressed { row, .. } => {
                    wish = shown.rows.get(row).map(|id| match is_people {
                        true => ColumnWish::Member(PersonId(*id)),
                        false => ColumnWish::Organisation(OrganisationId(*id)),
                    });
                }
                _ => {}
            }
        }
        wish
    }
}

fn head_ui(ui: &mut Ui, shown: &Figure, before: Option<u64>) -> Option<ColumnWish> {
    let t = theme::tokens(ui);
    let mut wish = None;
    let margin = egui::Margin { left: 16, right: 12, top: 8, bottom: 12 };
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let line = vec2(ui.available_width(), height::CONTROL);
        ui.allocate_ui_with_layout(line, egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.add(IconButton::new(Icon::X, "关闭")).clicked() {
                wish = Some(ColumnWish::Close);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let title = RichText::new(title_of(shown)).font(Type::Section.font()).color(t.ink);
                ui.add(Label::new(title).selectable(false).truncate());
            });
        });
        ui.horizontal(|ui| {
            // A rate comes with its sign.
            let (value, unit) = match shown.reckoned {
                None => (grouped(shown.value), shown.unit),
                Some(rate @ Reckoned::Rate(_)) => (rate.to_string().replace('%', " %"), ""),
                Some(difference) => (difference.to_string(), shown.unit),
            };
            ui.push_id("opened", |ui| {
                figure(
                    ui,
                    &Number { value: crate::ui::widgets::Value::Known(&value), ..Number::new(&shown.label, "", unit) }
                        .large(),
                )
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::BOTTOM), |ui| {
                ui.add_space(space::XS);
                if let Some(before) = before {
                    note(ui, &format!("去年底 {} {}", grouped(before), shown.unit));
                }
            });
        });
        ui.add_space(space::XS);
        let small = |text: &str| RichText::new(text).font(Type::Small.font()).color(t.ink2);
        ui.add(Label::new(small(&shown.scope_name)).selectable(false).truncate());
        let words = format!("口径：{}。", shown.definition);
        ui.add(Label::new(small(&words)).selectable(true).wrap());
    });
    wish
}

/// 「年龄：41 至 45 岁」, 「女党员」
fn title_of(shown: &Figure) -> String {
    match shown.name.split('.').collect::<Vec<_>>()[..] {
        [_, family, band] => format!("{family}：{}", spaced(band)),
        _ => shown.label.clone(),
    }
}

fn foot_ui(ui: &mut Ui, shown: &Figure) -> Option<ColumnWish> {
    let t = theme::tokens(ui);
    let mut wish = None;
    let top = ui.cursor().top();
    let rect = ui.max_rect().with_min_y(top);
    let line = egui::Rect::from_x_y_ranges(rect.x_range(), top..=top + theme::px(ui.pixels_per_point()));
    ui.painter().rect_filled(line, 0, t.line);
    let inner = rect.shrink2(vec2(space::L, 0.0));
    let builder =
        egui::UiBuilder::new().max_rect(inner).id_salt("foot").layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        icon(ui, Icon::Check, 16.0, t.okmark);
        let words = format!("{} 行，与数字相符", grouped(shown.rows.len() as u64));
        let text = RichText::new(words).font(Type::Small.font()).color(t.ok);
        ui.add(Label::new(text).selectable(false));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let is_listed = shown.list().is_some();
            if (is_listed || !shown.is_of_people()) && ui.add(Button::plain("看列表")).clicked() {
                wish = Some(ColumnWish::List);
            }
            if is_listed && ui.add(Button::quiet("导出…").name("导出这些人…")).clicked() {
                wish = Some(ColumnWish::Export);
            }
        });
    });
    wish
}

/// The rows of the figure in one frame.
struct ColumnRows<'a, 's> {
    scene: &'a Scene<'s>,
    figure: &'a Figure,
    live: &'a mut Live<Rows>,
    is_people: bool,
}

impl ColumnRows<'_, '_> {
    fn member(&self, row: usize) -> Option<&MemberRow> {
        let id = PersonId(*self.figure.rows.get(row)?);
        self.live.shown()?.iter().find(|row| row.id == id)
    }

    /// The short name of the branch, where it has one.
    fn branch(&self, member: &MemberRow) -> Option<&str> {
        let id = member.branch?;
        self.scene.tree.iter().find(|line| line.organisation.id == id).map(|line| line.organisation.shown_name())
    }

    fn organisation(&self, row: usize) -> Option<&crate::view::organisations::OrganisationLine> {
        let id = OrganisationId(*self.figure.rows.get(row)?);
        self.scene.tree.iter().find(|line| line.organisation.id == id)
    }
}

impl TableRows for ColumnRows<'_, '_> {
    fn row_count(&self) -> usize {
        self.figure.rows.len()
    }

    fn prepare(&mut self, rows: Range<usize>) {
        if !self.is_people {
            return;
        }
        let first = rows.start / PIECE * PIECE;
        let last = (rows.end / PIECE * PIECE + PIECE).min(self.figure.rows.len());
        let ids = self.figure.rows[first.min(last)..last].iter().map(|id| PersonId(*id)).collect();
        let question = Rows { ids, as_of: self.figure.as_of, fields: Arc::clone(&FIELDS), unmasked: false };
        self.live.ask(self.scene, question);
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        if !self.is_people {
            return match (self.organisation(row), column) {
                (Some(line), "name") => Cell::text(&*line.organisation.name).figure(),
                (Some(line), _) => Cell::text(grouped(line.members as u64)),
                (None, _) => Cell::default(),
            };
        }
        let Some(member) = self.member(row) else { return Cell::default() };
        let field = |place: usize| member.cells.get(place).and_then(Option::as_deref);
        match column {
            "name" => Cell::known(field(0)).figure(),
            "birth" => Cell::known(field(1)),
            "age" => Cell::known(member.age.map(|years| years.to_string())),
            _ => Cell::known(self.branch(member)).weak(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        if self.is_people {
            self.member(row).and_then(|member| member.cells.first()?.clone()).unwrap_or_default()
        } else {
            self.organisation(row).map(|line| line.organisation.name.clone()).unwrap_or_default()
        }
    }
}
