//! Owns how a row of 补录 is drawn, and where the keys lead from it.
//! Must never know what comes of the rows. Start at [`show`].

use egui::{Align2, Key, Response, Sense, Ui, vec2};

use super::row::{Around, Row, RowFields};
use crate::domain::talks::TalkDraftField;
use crate::ui::dialogs::typed_date::{Yearless, read_typed};
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::talks::form::kinds;
use crate::ui::screens::talks::people_field::PeopleLook;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    DateField, Icon, IconButton, Note, Select, TextField, Tone, keyboard, rule, text_width, wrapped_note,
};

/// The columns, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Date,
    Talkers,
    Partners,
    Kind,
    Topic,
}

impl Column {
    fn next(self) -> Option<Self> {
        match self {
            Self::Date => Some(Self::Talkers),
            Self::Talkers => Some(Self::Partners),
            Self::Partners => Some(Self::Kind),
            Self::Kind => Some(Self::Topic),
            Self::Topic => None,
        }
    }
}

/// Where the focus is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goes {
    To(Column),
    Up(Column),
    Down(Column),
    NextRow,
    /// The row is taken away.
    Away,
}

/// What came of a row.
#[derive(Debug, Default)]
pub struct RowShown {
    pub changed: bool,
    pub has_focus: bool,
    pub goes: Option<Goes>,
}

/// How wide the columns are.
#[derive(Debug, Clone, Copy)]
pub struct Widths {
    number: f32,
    date: f32,
    people: f32,
    kind: f32,
    topic: f32,
}

/// ×, and the margins of a row.
const CROSS: f32 = 32.0;
const EDGE: f32 = 12.0;

impl Widths {
    pub fn of(whole: f32, width: Width) -> Self {
        let (date, kind) = if width == Width::Narrow { (126.0, 118.0) } else { (126.0, 176.0) };
        let number = 26.0;
        let rest = whole - 2.0 * EDGE - number - date - kind - CROSS - 6.0 * space::S;
        let people = (rest * 0.32).floor();
        Self { number, date, people, kind, topic: rest - 2.0 * people }
    }
}

/// The head of the grid.
pub fn head_ui(ui: &mut Ui, widths: &Widths) {
    let t = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::HEAD), Sense::hover());
    ui.painter().rect_filled(rect, 0, t.head);
    let mut left = rect.left() + EDGE + widths.number + space::S;
    let columns = [
        ("日期", widths.date),
        ("谈话人", widths.people),
        ("谈话对象", widths.people),
        ("类型", widths.kind),
        ("主题", widths.topic),
    ];
    for (word, width) in columns {
        let place = egui::pos2(left + 2.0, rect.center().y);
        ui.painter().text(place, Align2::LEFT_CENTER, word, Type::Small.font(), t.ink2);
        left += width + space::S;
    }
}

/// Draws a row: its number, itself, and the one before it, whose date is offered. `says` whether what is wrong is told.
#[expect(clippy::too_many_arguments, reason = "a row with all around it, drawn in one place")]
pub fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    around: &Around<'_>,
    widths: &Widths,
    (nth, row, before): (usize, &mut Row, Option<&Row>),
    fields: &mut RowFields,
    goes_to: Option<Column>,
    says: bool,
) -> RowShown {
    let faults = if row.is_blank() { Vec::new() } else { row.faults(around, Some(fields)) };
    let mut is_date_left = !row.held_on.trim().is_empty();
    let notices = row.notices(scene, around, fields);
    let noticed = |field: TalkDraftField| notices.iter().find(|notice| notice.field == field);
    let note = |field: TalkDraftField| match faults.iter().find(|(other, _)| *other == field) {
        Some((_, why)) if says => Note::Fault(why.clone()),
        _ => noticed(field).map_or(Note::None, |notice| Note::Warning(notice.words.clone())),
    };
    let mut shown = RowShown::default();
    ui.add_space(2.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_space(EDGE - space::S);
        number_ui(ui, nth, widths.number);
        date_ui(ui, around, widths, (nth, row, before), note(TalkDraftField::HeldOn), goes_to, &mut shown);
        is_date_left &= !shown.has_focus;
        people_ui(ui, scene, around, widths, (nth, row), fields, &note, goes_to, &mut shown);
        kind_ui(ui, around, widths, (nth, row), goes_to, &mut shown);
        let name = format!("主题 {}", nth + 1);
        let topic = TextField::new(&name, &mut row.topic).label_hidden().width(widths.topic).hint("可不填");
        let topic = topic.take_focus(goes_to == Some(Column::Topic)).show(ui);
        shown.changed |= topic.changed();
        follow(ui, &topic, Column::Topic, false, &mut shown);
        if ui.add(IconButton::new(Icon::X, &format!("去掉第 {} 行", nth + 1))).clicked() {
            shown.goes = Some(Goes::Away);
        }
    });
    // A date that cannot be is told as soon as it is left.
    let is_told = |field: TalkDraftField| says || (field == TalkDraftField::HeldOn && is_date_left);
    let words: Vec<&str> = faults.iter().filter(|(field, _)| is_told(*field)).map(|(_, why)| why.as_str()).collect();
    said_ui(ui, widths, &words, Tone::Hard);
    let looks: Vec<&str> = notices.iter().filter(|_| is_date_left).map(|notice| notice.words.as_str()).collect();
    said_ui(ui, widths, &looks, Tone::Amber);
    ui.add_space(2.0);
    rule(ui);
    shown
}

/// What is said below the fields of a row, in one line.
fn said_ui(ui: &mut Ui, widths: &Widths, words: &[&str], tone: Tone) {
    if words.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(EDGE + widths.number);
        ui.visuals_mut().override_text_color = Some(tone.text(theme::tokens(ui)));
        wrapped_note(ui, &words.join("；"));
    });
}

fn number_ui(ui: &mut Ui, nth: usize, width: f32) {
    let t = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(width, height::CONTROL), Sense::hover());
    let number = (nth + 1).to_string();
    let place = egui::pos2(rect.right() - text_width(ui, &number) - 2.0, rect.center().y);
    ui.painter().text(place, Align2::LEFT_CENTER, number, Type::Small.font(), t.ink3);
}

fn date_ui(
    ui: &mut Ui,
    around: &Around<'_>,
    widths: &Widths,
    (nth, row, before): (usize, &mut Row, Option<&Row>),
    note: Note,
    goes_to: Option<Column>,
    shown: &mut RowShown,
) {
    let (year, today) = (around.year, around.today);
    let read = move |text: &str| read_typed(text, Yearless::Of(year), today);
    let name = format!("日期 {}", nth + 1);
    let date = DateField::new(&name, &mut row.held_on, today, &read).label_hidden().width(widths.date).note(note);
    let response = date.take_focus(goes_to == Some(Column::Date)).show(ui);
    shown.changed |= response.changed();
    follow(ui, &response, Column::Date, false, shown);
    let leaves = shown.goes == Some(Goes::To(Column::Talkers));
    if leaves
        && row.held_on.trim().is_empty()
        && let Some(before) = before
    {
        row.held_on.clone_from(&before.held_on);
        shown.changed = true;
    }
}

#[expect(clippy::too_many_arguments, reason = "both fields for people with all around them")]
fn people_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    around: &Around<'_>,
    widths: &Widths,
    (nth, row): (usize, &mut Row),
    fields: &mut RowFields,
    note: &impl Fn(TalkDraftField) -> Note,
    goes_to: Option<Column>,
    shown: &mut RowShown,
) {
    let near = around.writing.ledger;
    let talkers = row.talkers.clone();
    let sides = [
        (Column::Talkers, "谈话人", TalkDraftField::Talkers, &mut fields.talkers, &mut row.talkers),
        (Column::Partners, "谈话对象", TalkDraftField::Partners, &mut fields.partners, &mut row.partners),
    ];
    for (column, word, field, picker, seats) in sides {
        if goes_to == Some(column) {
            picker.text.take_focus();
        }
        let name = format!("{word} {}", nth + 1);
        let others = if column == Column::Partners { talkers.as_slice() } else { &[] };
        let look = PeopleLook::new(&name, widths.people).bare().hint("首字母").note(note(field)).others(others);
        let people = picker.show(ui, scene, near, seats, look);
        shown.changed |= people.changed;
        follow(ui, &people.response, column, people.was_open || people.changed, shown);
    }
}

fn kind_ui(
    ui: &mut Ui,
    around: &Around<'_>,
    widths: &Widths,
    (nth, row): (usize, &mut Row),
    goes_to: Option<Column>,
    shown: &mut RowShown,
) {
    let kinds = kinds(around.writing, &row.kind);
    let words: Vec<&str> = kinds.iter().map(|kind| kind.label.as_str()).collect();
    let mut place = kinds.iter().position(|kind| kind.code == row.kind);
    let name = format!("类型 {}", nth + 1);
    // Enter goes on; the list opens with Space.
    let goes_on = ui.memory(|memory| memory.focused()) == kind_id(ui, nth) && enters(ui, true);
    let response = Select::new(&name, &words, &mut place).label_hidden().width(widths.kind).show(ui);
    ui.data_mut(|data| data.insert_temp(kind_key(ui, nth), response.id));
    if goes_to == Some(Column::Kind) {
        response.request_focus();
    }
    if response.changed()
        && let Some(kind) = place.and_then(|place| kinds.get(place))
    {
        row.kind.clone_from(&kind.code);
        shown.changed = true;
    }
    shown.has_focus |= response.has_focus();
    if goes_on {
        shown.goes = Some(Goes::To(Column::Topic));
    }
}

fn kind_key(ui: &Ui, nth: usize) -> egui::Id {
    ui.scope_id().with(("kind of row", nth))
}

/// The field of the type as it was drawn last.
fn kind_id(ui: &Ui, nth: usize) -> Option<egui::Id> {
    ui.data(|data| data.get_temp(kind_key(ui, nth)))
}

/// Whether Enter was pressed; `takes` it out of the input.
fn enters(ui: &Ui, takes: bool) -> bool {
    if keyboard::composing(ui.ctx()) {
        return false;
    }
    ui.input_mut(|input| {
        if takes { input.consume_key(egui::Modifiers::NONE, Key::Enter) } else { input.key_pressed(Key::Enter) }
    })
}

/// Where the keys lead from a field. `is_busy`: they are the field's own.
fn follow(ui: &Ui, response: &Response, column: Column, is_busy: bool, shown: &mut RowShown) {
    let has = response.has_focus();
    shown.has_focus |= has;
    // Enter takes the focus from a field of one line before anything else sees it.
    if (!has && !response.lost_focus()) || is_busy || keyboard::composing(ui.ctx()) {
        return;
    }
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let goes = if pressed(Key::Enter) {
        Some(column.next().map_or(Goes::NextRow, Goes::To))
    } else if has && ui.input(|input| input.modifiers.is_none()) && pressed(Key::ArrowDown) {
        Some(Goes::Down(column))
    } else if has && pressed(Key::ArrowUp) {
        Some(Goes::Up(column))
    } else {
        None
    };
    shown.goes = shown.goes.or(goes);
}
