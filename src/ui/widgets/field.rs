//! Owns fields: label, control and what is to be said about it, and the field one writes text into.
//! Must never know which field of whom it is. Start at [`TextField`].

use egui::{Align2, Id, Label, Rect, Response, RichText, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::{paint, text_menu};
use crate::ui::theme::{self, Type, height, space};

/// What is said below a field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Note {
    /// Nothing; no room is kept for it.
    #[default]
    None,
    /// A remark.
    Plain(String),
    /// Something to look at, which does not stop saving.
    Warning(String),
    /// What is wrong, and stops saving.
    Fault(String),
}

/// Label, control and note as one column, or with the label at the left.
#[must_use = "show it"]
pub struct Field<'a> {
    label: &'a str,
    required: bool,
    note: Note,
    label_width: Option<f32>,
    width: Option<f32>,
}

impl<'a> Field<'a> {
    /// A field with this label.
    pub fn new(label: &'a str) -> Self {
        Self { label, required: false, note: Note::None, label_width: None, width: None }
    }

    /// With the mark of what must be filled.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What is said below.
    pub fn note(mut self, note: Note) -> Self {
        self.note = note;
        self
    }

    /// The label stands at the left, this wide.
    pub fn label_left(mut self, width: f32) -> Self {
        self.label_width = Some(width);
        self
    }

    /// The control is this wide: what is said below it wraps there where other fields stand beside.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Draws label and note around `control`, which gets the id of the label to be named by.
    pub fn show<R>(self, ui: &mut Ui, control: impl FnOnce(&mut Ui, Id) -> R) -> R {
        let Self { label, required, note, label_width, width } = self;
        let beside = width.filter(|_| ui.layout().is_horizontal());
        let below = |ui: &mut Ui, id: Id| {
            let inner = control(ui, id);
            note_ui(ui, &note);
            inner
        };
        match label_width {
            None => {
                ui.vertical(|ui| {
                    if let Some(width) = beside {
                        ui.set_max_width(width);
                    }
                    ui.spacing_mut().item_spacing.y = space::XS;
                    let id = label_ui(ui, label, required, None);
                    below(ui, id)
                })
                .inner
            }
            Some(width) => {
                ui.horizontal_top(|ui| {
                    let id = label_ui(ui, label, required, Some(width));
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = space::XS;
                        below(ui, id)
                    })
                    .inner
                })
                .inner
            }
        }
    }
}

/// The label; pressing it is no use but to point at the field, so it takes no focus.
fn label_ui(ui: &mut Ui, text: &str, required: bool, left: Option<f32>) -> Id {
    let t = theme::tokens(ui);
    let size = if left.is_some() { Type::Body } else { Type::Small };
    let galley = paint::text(ui, text, size, t.ink2);
    let star = required.then(|| paint::text(ui, "*", size, t.hard));
    let natural = galley.size().x + star.as_ref().map_or(0.0, |star| 2.0 + star.size().x);
    let desired = match left {
        Some(width) => vec2(width, height::CONTROL),
        None => vec2(natural, galley.size().y),
    };
    let (rect, response) = ui.allocate_exact_size(desired, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let end = paint::put_at(ui.painter(), rect.left(), rect.y_range(), galley);
    if let Some(star) = star {
        paint::put_at(ui.painter(), end + 2.0, rect.y_range(), star);
    }
    response.id
}

fn note_ui(ui: &mut Ui, note: &Note) {
    let t = theme::tokens(ui);
    let (icon, text, color) = match note {
        Note::None => return,
        Note::Plain(text) => (None, text, t.ink3),
        Note::Warning(text) => (Some(Icon::TriangleAlert), text, t.amber),
        Note::Fault(text) => (Some(Icon::CircleAlert), text, t.hard),
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        if let Some(icon) = icon {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 19.0), Sense::hover());
            paint::put_icon(ui, rect, icon, 14.0, color);
        }
        ui.add(Label::new(RichText::new(text).font(Type::Small.font()).color(color)).selectable(false).wrap());
    });
}

/// A field one writes text into, with the menu 剪切 复制 粘贴 全选.
#[must_use = "show it"]
pub struct TextField<'a> {
    text: &'a mut String,
    label: &'a str,
    label_hidden: bool,
    frame: Field<'a>,
    hint: &'a str,
    prefix: Option<Icon>,
    suffix: Option<&'a str>,
    width: Option<f32>,
    rows: usize,
    char_limit: usize,
    enabled: bool,
    password: bool,
    focus: bool,
    tail: f32,
}

impl<'a> TextField<'a> {
    /// A field of one line; `label` is also its accessible name.
    pub fn new(label: &'a str, text: &'a mut String) -> Self {
        Self {
            text,
            label,
            label_hidden: false,
            frame: Field::new(label),
            hint: "",
            prefix: None,
            suffix: None,
            width: None,
            rows: 1,
            char_limit: 2_000,
            enabled: true,
            password: false,
            focus: false,
            tail: 0.0,
        }
    }

    /// A field for long text, at least `rows` lines high, with 24 points from line to line.
    pub fn long(label: &'a str, text: &'a mut String, rows: usize) -> Self {
        Self { rows: rows.max(2), char_limit: 200_000, ..Self::new(label, text) }
    }

    /// The label is not drawn; it is the accessible name only. For filters and search boxes.
    pub fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// The label stands at the left, this wide.
    pub fn label_left(mut self, width: f32) -> Self {
        self.frame = self.frame.label_left(width);
        self
    }

    /// With the mark of what must be filled.
    pub fn required(mut self) -> Self {
        self.frame = self.frame.required();
        self
    }

    /// What is said below; a warning or a fault also colours the border.
    pub fn note(mut self, note: Note) -> Self {
        self.frame = self.frame.note(note);
        self
    }

    /// Shown faintly while the field is empty.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// An icon inside, at the left.
    pub fn prefix(mut self, icon: Icon) -> Self {
        self.prefix = Some(icon);
        self
    }

    /// A unit or shortcut inside, at the right.
    pub fn suffix(mut self, text: &'a str) -> Self {
        self.suffix = Some(text);
        self
    }

    /// This wide; otherwise as wide as there is room.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Whether it can be written into.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Dots instead of letters, and no copying.
    pub fn password(mut self) -> Self {
        self.password = true;
        self
    }

    /// Takes the focus now. Ask for it in one frame only.
    pub fn take_focus(mut self, focus: bool) -> Self {
        self.focus = focus;
        self
    }

    /// Keeps this much room at the right free for something the caller paints over the field.
    pub(super) fn tail(mut self, width: f32) -> Self {
        self.tail = width;
        self
    }

    /// Draws the field with a button inside, at its right end; also tells whether that was pressed.
    pub fn show_with_button(self, ui: &mut Ui, icon: Icon, name: &str) -> (Response, bool) {
        let response = self.tail(24.0).show(ui);
        let pressed = button_inside(ui, &response, icon, name).clicked();
        (response, pressed)
    }

    /// Draws the field. The response tells `changed`, `gained_focus` and `lost_focus`.
    pub fn show(self, ui: &mut Ui) -> Response {
        if self.label_hidden {
            let (label, salt) = (self.label, ("field", self.label));
            let response = ui.push_id(salt, |ui| self.edit(ui, None)).inner;
            return response.accessible_name(label);
        }
        let salt = ("field", self.label);
        let frame = Field {
            label: self.frame.label,
            required: self.frame.required,
            note: self.frame.note.clone(),
            label_width: self.frame.label_width,
            width: self.width,
        };
        ui.push_id(salt, |ui| frame.show(ui, |ui, label| self.edit(ui, Some(label)))).inner
    }

    fn edit(self, ui: &mut Ui, label: Option<Id>) -> Response {
        let t = theme::tokens(ui);
        let id = ui.make_persistent_id("text");
        let enabled = self.enabled && ui.is_enabled();
        let border = match (&self.frame.note, enabled) {
            (_, false) => Some(t.line2),
            (Note::Fault(_), true) => Some(t.hardmark),
            (Note::Warning(_), true) => Some(t.ambermark),
            (Note::None | Note::Plain(_), true) => None,
        };
        let multiline = self.rows > 1;
        let before = text_menu::before(ui.ctx(), id);
        let width = self.width.unwrap_or_else(|| ui.available_width()).min(ui.available_width().max(24.0));
        let response = ui
            .add_enabled_ui(enabled, |ui| {
                style(ui, border);
                let padding = egui::Margin { left: 10, right: 10 + self.tail as i8, top: 5, bottom: 5 };
                let edit = if multiline {
                    ui.spacing_mut().extra_text_line_spacing = 4.0;
                    TextEdit::multiline(self.text).desired_rows(self.rows).align(Align2::LEFT_TOP)
                } else {
                    TextEdit::singleline(self.text).align(Align2::LEFT_CENTER)
                };
                let mut edit = edit
                    .id(id)
                    .desired_width(width)
                    .margin(padding)
                    .char_limit(self.char_limit)
                    .password(self.password)
                    .font(Type::Body.font())
                    .text_color(if enabled { t.ink } else { t.off })
                    .background_color(if enabled { t.sheet } else { t.head });
                if !self.hint.is_empty() {
                    edit = edit.hint_text(RichText::new(self.hint).font(Type::Body.font()));
                }
                if let Some(icon) = self.prefix {
                    edit = edit
                        .prefix(RichText::new(char::from(icon).to_string()).font(theme::icon_font(16.0)).color(t.ink2));
                }
                if let Some(suffix) = self.suffix {
                    edit = edit.suffix(RichText::new(suffix).font(Type::Small.font()).color(t.ink3));
                }
                ui.add(edit)
            })
            .inner;
        if self.focus {
            response.request_focus();
        }
        let response = match label {
            Some(label) => response.labelled_by(label),
            None => response,
        };
        text_menu::show(ui, response, self.text, before, self.password)
    }
}

/// The border of a field: darker under the pointer, the focus colour and 2 thick with the focus.
pub(super) fn style(ui: &mut Ui, border: Option<egui::Color32>) {
    let t = theme::tokens(ui);
    let one = theme::px(ui.pixels_per_point());
    let visuals = ui.visuals_mut();
    visuals.weak_text_color = Some(t.ink3);
    visuals.widgets.inactive.bg_stroke = egui::Stroke::new(one, border.unwrap_or(t.field));
    visuals.widgets.hovered.bg_stroke = egui::Stroke::new(one, border.unwrap_or(t.ink3));
    visuals.widgets.noninteractive.bg_stroke = egui::Stroke::new(one, border.unwrap_or(t.line2));
}

/// Paints an icon button inside a field, at its right end.
pub(super) fn button_inside(ui: &mut Ui, field: &Response, icon: Icon, name: &str) -> Response {
    let t = theme::tokens(ui);
    let rect = Rect::from_min_max(egui::pos2(field.rect.right() - 32.0, field.rect.top()), field.rect.max);
    let response = ui.interact(rect, field.id.with("inside"), Sense::CLICK);
    let enabled = field.enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let color = match (enabled, response.hovered()) {
        (false, _) => t.off,
        (true, true) => t.ink,
        (true, false) => t.ink2,
    };
    paint::put_icon(ui, rect, icon, 16.0, color);
    response.on_hover_text(name).on_hover_cursor(egui::CursorIcon::Default)
}
