//! Owns the select: a field whose value is one of a list.
//! Must never know what the list is of. Start at [`Select`].

use egui::{Id, Key, Margin, Modifiers, Popup, PopupCloseBehavior, Response, Role, Sense, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::menu::popup_frame;
use super::options::MANY;
use super::{Field, Note, OptionLine, Options, keyboard, paint};
use crate::ui::theme::{self, Type, height, radius};

/// The least width of a list with the field that finds.
const LEAST_WITH_FIND: f32 = 160.0;

/// A field whose value is one of a list of words.
#[must_use = "show it"]
pub struct Select<'a, S> {
    label: &'a str,
    options: &'a [S],
    depths: &'a [usize],
    chosen: &'a mut Option<usize>,
    label_hidden: bool,
    field: Field<'a>,
    fault: bool,
    hint: &'a str,
    width: f32,
    enabled: bool,
}

impl<'a, S: AsRef<str>> Select<'a, S> {
    /// `label` is also its accessible name; `chosen` is an index into `options`.
    pub fn new(label: &'a str, options: &'a [S], chosen: &'a mut Option<usize>) -> Self {
        let field = Field::new(label);
        Self {
            label,
            options,
            depths: &[],
            chosen,
            label_hidden: false,
            field,
            fault: false,
            hint: "选择…",
            width: 150.0,
            enabled: true,
        }
    }

    /// The label is not drawn; it is the accessible name only.
    pub fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// The label stands at the left, this wide.
    pub fn label_left(mut self, width: f32) -> Self {
        self.field = self.field.label_left(width);
        self
    }

    /// With the mark of what must be filled.
    pub fn required(mut self) -> Self {
        self.field = self.field.required();
        self
    }

    /// What is said below.
    pub fn note(mut self, note: Note) -> Self {
        self.fault = matches!(note, Note::Fault(_));
        self.field = self.field.note(note);
        self
    }

    /// Shown faintly while nothing is chosen.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// This wide.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self.field = self.field.width(width);
        self
    }

    /// Whether another value can be chosen.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// How deep each option stands in a tree.
    pub fn depths(mut self, depths: &'a [usize]) -> Self {
        self.depths = depths;
        self
    }

    /// Draws the field; the response is `changed` when another value was chosen.
    pub fn show(self, ui: &mut Ui) -> Response {
        let Self { label, options, depths, chosen, label_hidden, field, fault, hint, width, enabled } = self;
        let mut control = |ui: &mut Ui, named_by: Option<Id>| {
            let width = width.min(ui.available_width());
            ui.add_enabled_ui(enabled, |ui| {
                let response = closed(ui, label, options, *chosen, hint, width, fault);
                let response = match named_by {
                    Some(id) => response.labelled_by(id),
                    None => response,
                };
                choose(ui, response, label, options, depths, chosen, width)
            })
            .inner
        };
        ui.push_id(("select", label), |ui| {
            if label_hidden { control(ui, None) } else { field.show(ui, |ui, id| control(ui, Some(id))) }
        })
        .inner
    }
}

fn closed<S: AsRef<str>>(
    ui: &mut Ui,
    label: &str,
    options: &[S],
    chosen: Option<usize>,
    hint: &str,
    width: f32,
    fault: bool,
) -> Response {
    let t = theme::tokens(ui);
    let enabled = ui.is_enabled();
    let (rect, response) = ui.allocate_exact_size(vec2(width, height::CONTROL), Sense::click());
    let value = chosen.and_then(|index| options.get(index)).map(AsRef::as_ref);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, enabled, label);
        info.current_text_value = Some(value.unwrap_or_default().to_owned());
        info
    });
    let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let border = match (enabled, fault, response.hovered()) {
        (false, _, _) => t.line2,
        (true, true, _) => t.hardmark,
        (true, false, true) => t.ink3,
        (true, false, false) => t.field,
    };
    paint::boxed(ui, rect, radius::CONTROL, if enabled { t.sheet } else { t.head }, border);
    if response.has_focus() || open {
        let stroke = egui::Stroke::new(2.0, t.focus);
        ui.painter().rect_stroke(rect, egui::CornerRadius::same(radius::CONTROL), stroke, egui::StrokeKind::Inside);
    }
    let (text, color) = match (value, enabled) {
        (Some(text), true) => (text, t.ink),
        (None, true) => (hint, t.ink3),
        (value, false) => (value.unwrap_or(hint), t.off),
    };
    let galley = paint::text_within(ui, text, Type::Body, color, rect.width() - 10.0 - 32.0);
    paint::put_at(ui.painter(), rect.left() + 10.0, rect.y_range(), galley);
    let slot = egui::Rect::from_x_y_ranges(rect.right() - 14.0 - 10.0..=rect.right() - 10.0, rect.y_range());
    paint::put_icon(ui, slot, Icon::ChevronDown, 14.0, if enabled { t.ink2 } else { t.off });
    response
}

/// The list below the field, and the keys that choose without opening it.
fn choose<S: AsRef<str>>(
    ui: &Ui,
    mut response: Response,
    label: &str,
    options: &[S],
    depths: &[usize],
    chosen: &mut Option<usize>,
    width: f32,
) -> Response {
    let before = *chosen;
    let mut begun = String::new();
    let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    if response.has_focus() && !open {
        keyboard::keep_arrows(ui, response.id, keyboard::Arrows::Vertical);
        if keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::ArrowDown) {
            *chosen = Some(chosen.map_or(0, |index| index + 1)).filter(|index| *index < options.len()).or(*chosen);
        }
        if keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::ArrowUp) {
            *chosen = chosen.map(|index| index.saturating_sub(1));
        }
        if options.len() < MANY {
            *chosen = next_with(&typed(ui), options, *chosen).or(*chosen);
        } else {
            begun = typed(ui);
        }
    }
    if !begun.is_empty() {
        // Of many one is found: what is typed goes on in the field that finds.
        Popup::open_id(ui.ctx(), Popup::default_response_id(&response));
    }
    let frame = popup_frame(ui, Margin::symmetric(0, 6));
    // The field that finds says what of, however narrow the select is.
    let width = if options.len() < MANY { width } else { width.max(LEAST_WITH_FIND) };
    let popup = Popup::menu(&response).gap(2.0).width(width).accessible_name(label).frame(frame);
    let popup = popup.close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let sought_key = response.id.with("sought");
    let shown = popup.show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_min_width(width - 2.0);
        let line = |(index, option): (usize, &S)| {
            let depth = depths.get(index).copied().unwrap_or(0);
            (option.as_ref().to_owned(), depth, *chosen == Some(index))
        };
        let texts: Vec<(String, usize, bool)> = options.iter().enumerate().map(line).collect();
        let lines: Vec<OptionLine<'_>> =
            texts.iter().map(|(text, depth, checked)| OptionLine { text, depth: *depth, checked: *checked }).collect();
        let mut sought: String =
            if open { ui.data(|data| data.get_temp(sought_key)).unwrap_or_default() } else { begun };
        if let Some(index) = Options::new(label, &lines).fresh(!open).show(ui, &mut sought) {
            *chosen = Some(index);
        }
        ui.data_mut(|data| data.insert_temp(sought_key, sought));
    });
    if shown.is_some_and(|shown| shown.response.should_close()) {
        response.request_focus();
    }
    if *chosen != before {
        response.mark_changed();
    }
    response
}

/// What was typed in this frame; blanks open the list.
fn typed(ui: &Ui) -> String {
    ui.input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            egui::Event::Text(text) if !text.trim().is_empty() => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    })
}

/// The next option that begins with what was typed.
fn next_with<S: AsRef<str>>(typed: &str, options: &[S], chosen: Option<usize>) -> Option<usize> {
    if typed.is_empty() {
        return None;
    }
    let first = chosen.map_or(0, |index| index + 1);
    (0..options.len())
        .map(|step| (first + step) % options.len())
        .find(|index| options[*index].as_ref().starts_with(typed))
}
