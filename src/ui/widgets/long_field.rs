//! Owns the field for a long text: it wraps, scrolls within the height it is given, and counts its characters.
//! Must never know what is written. Start at [`LongField`].

use egui::{Align2, CornerRadius, Id, Margin, Rect, Response, RichText, ScrollArea, Sense, Stroke, StrokeKind};
use egui::{Role, TextEdit, Ui, UiBuilder, WidgetInfo, vec2};

use super::{Field, Note, grouped, paint, scroll_handles, tell_place, text_menu};
use crate::ui::theme::{self, Type, radius};

/// From line to line, in points.
pub const LONG_LINE: f32 = 24.0;
/// What the field has above and below its text, with the count.
const EDGES: f32 = 8.0 + COUNT;
/// The line of the count.
const COUNT: f32 = 24.0;

/// A field for long text.
#[must_use = "show it"]
pub struct LongField<'a> {
    label: &'a str,
    text: &'a mut String,
    hint: &'a str,
    height: f32,
    counts: bool,
    required: bool,
    note: Note,
    focus: bool,
}

impl<'a> LongField<'a> {
    /// `label` is also its accessible name. Nothing that is written is ever cut off.
    pub fn new(label: &'a str, text: &'a mut String) -> Self {
        Self {
            label,
            text,
            hint: "",
            height: Self::height_of(6),
            counts: true,
            required: false,
            note: Note::None,
            focus: false,
        }
    }

    /// How high the field is with room for so many lines.
    pub fn height_of(lines: usize) -> f32 {
        lines as f32 * LONG_LINE + EDGES
    }

    /// Low, for two lines, without the count: what is mostly a sentence.
    pub fn low(mut self) -> Self {
        self.counts = false;
        self.height = 2.0 * LONG_LINE + 8.0;
        self
    }

    /// This high, without its label; never less than two lines.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height.max(2.0 * LONG_LINE + 8.0);
        self
    }

    /// Shown faintly while the field is empty.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// With the mark of what must be filled.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What is said below; a warning or a fault also colours the border.
    pub fn note(mut self, note: Note) -> Self {
        self.note = note;
        self
    }

    /// Takes the focus now. Ask for it in one frame only.
    pub fn take_focus(mut self, focus: bool) -> Self {
        self.focus = focus;
        self
    }

    /// Draws the field over the whole width under its label.
    pub fn show(self, ui: &mut Ui) -> Response {
        let field = Field::new(self.label).note(self.note.clone());
        let field = if self.required { field.required() } else { field };
        ui.push_id(("long field", self.label), |ui| field.show(ui, |ui, id| self.edit(ui).labelled_by(id))).inner
    }

    /// The same without its label, which is the accessible name: the caller has drawn the words with something beside.
    pub fn show_bare(self, ui: &mut Ui) -> Response {
        let label = self.label;
        ui.push_id(("long field", label), |ui| self.edit(ui)).inner.accessible_name(label)
    }

    fn edit(self, ui: &mut Ui) -> Response {
        let t = theme::tokens(ui);
        let id = ui.make_persistent_id("text");
        let enabled = ui.is_enabled();
        let (rect, around) = ui.allocate_exact_size(vec2(ui.available_width(), self.height), Sense::CLICK);
        let border = match (&self.note, enabled) {
            (_, false) => t.line2,
            (Note::Fault(_), true) => t.hardmark,
            (Note::Warning(_), true) => t.ambermark,
            (Note::None | Note::Plain(_), true) if around.contains_pointer() => t.ink3,
            (Note::None | Note::Plain(_), true) => t.field,
        };
        paint::boxed(ui, rect, radius::CONTROL, if enabled { t.sheet } else { t.head }, border);
        let before = text_menu::before(ui.ctx(), id);
        let count_room = if self.counts { COUNT } else { 4.0 };
        let inner = Rect::from_min_max(rect.min + vec2(2.0, 4.0), rect.max - vec2(2.0, count_room));
        let response = text_ui(ui, id, inner, self.text, self.hint);
        if around.clicked() || self.focus {
            response.request_focus();
        }
        if response.has_focus() {
            tell_place(ui, id, rect);
            let stroke = Stroke::new(2.0, t.focus);
            ui.painter().rect_stroke(rect, CornerRadius::same(radius::CONTROL), stroke, StrokeKind::Inside);
        }
        if self.counts {
            let words = format!("{} 字", grouped(count(ui, id, self.text) as u64));
            let galley = paint::text(ui, &words, Type::Small, t.ink3);
            let line = Rect::from_min_max(rect.max - vec2(rect.width(), COUNT), rect.max - vec2(10.0, 2.0));
            let told = ui.interact(line.with_min_x(line.right() - galley.size().x), id.with("told"), Sense::hover());
            told.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
            paint::put(ui.painter(), line, Align2::RIGHT_CENTER, galley);
        }
        text_menu::show(ui, response, self.text, before, false)
    }
}

fn text_ui(ui: &mut Ui, id: Id, rect: Rect, text: &mut String, hint: &str) -> Response {
    let t = theme::tokens(ui);
    let enabled = ui.is_enabled();
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("long text"));
    scroll_handles(t, &mut inner.visuals_mut().widgets);
    let area = ScrollArea::vertical().id_salt("scroll").auto_shrink(false).max_height(rect.height());
    area.show(&mut inner, |ui| {
        ui.spacing_mut().extra_text_line_spacing = 4.0;
        ui.visuals_mut().weak_text_color = Some(t.ink3);
        let mut edit = TextEdit::multiline(text)
            .id(id)
            .frame(egui::Frame::NONE.inner_margin(Margin::symmetric(8, 1)))
            // A hair less than there is room: an empty field has nothing to scroll.
            .desired_rows(1)
            .min_size(vec2(0.0, rect.height() - 1.0))
            .desired_width(f32::INFINITY)
            .align(Align2::LEFT_TOP)
            .font(Type::Body.font())
            .text_color(if enabled { t.ink } else { t.off });
        if !hint.is_empty() {
            edit = edit.hint_text(RichText::new(hint).font(Type::Body.font()));
        }
        ui.add(edit)
    })
    .inner
}

/// How many characters there are, blanks and line ends aside; counted again only when the text is another.
fn count(ui: &Ui, id: Id, text: &str) -> usize {
    let key = id.with("count");
    let mark = (text.len(), egui::epaint::util::hash(text));
    let kept: Option<((usize, u64), usize)> = ui.data(|data| data.get_temp(key));
    if let Some((at, count)) = kept
        && at == mark
    {
        return count;
    }
    let count = text.chars().filter(|character| !character.is_whitespace()).count();
    ui.data_mut(|data| data.insert_temp(key, (mark, count)));
    count
}
