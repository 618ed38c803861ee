//! Owns the field for a date: written in any usual form, shown as `2019-07-01`, `2019-07` or `2019`, with a calendar.
//! Must never know what forms are usual: the caller reads the text. Start at [`DateField`].

use egui::{Key, Margin, Modifiers, Popup, PopupCloseBehavior, Response, SetOpenCommand, Ui};
use jiff::civil::Date;
use lucide_icons::Icon;

use super::field::button_inside;
use super::menu::popup_frame;
use super::{Note, TextField, calendar, keyboard};

/// Turns what was written into `2019-07-01`, `2019-07` or `2019`, or says in a sentence why it is no date.
pub type ReadDate<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

/// A field for a date of any precision.
#[must_use = "show it"]
pub struct DateField<'a> {
    text: &'a mut String,
    label: &'a str,
    today: Date,
    read: &'a ReadDate<'a>,
    required: bool,
    label_hidden: bool,
    label_width: Option<f32>,
    note: Note,
    width: f32,
    enabled: bool,
    focus: bool,
}

impl<'a> DateField<'a> {
    /// `text` holds what was written; it becomes the ISO form as soon as the field is left and `read` accepts it.
    pub fn new(label: &'a str, text: &'a mut String, today: Date, read: &'a ReadDate<'a>) -> Self {
        Self {
            text,
            label,
            today,
            read,
            required: false,
            label_hidden: false,
            label_width: None,
            note: Note::None,
            width: 150.0,
            enabled: true,
            focus: false,
        }
    }

    /// With the mark of what must be filled.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The label is not drawn; it is the accessible name only. What is wrong is then said by the caller, too.
    pub fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// The label stands at the left, this wide.
    pub fn label_left(mut self, width: f32) -> Self {
        self.label_width = Some(width);
        self
    }

    /// What is said below while the text itself is a date.
    pub fn note(mut self, note: Note) -> Self {
        self.note = note;
        self
    }

    /// This wide.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Whether it can be written into.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Takes the focus now. Ask for it in one frame only.
    pub fn take_focus(mut self, focus: bool) -> Self {
        self.focus = focus;
        self
    }

    /// Draws the field; the response is `changed` when the text is, by hand or by the calendar.
    pub fn show(self, ui: &mut Ui) -> Response {
        self.show_settling(ui).0
    }

    /// The same; also tells whether the text is meant as it stands now: the field was left, or the calendar gave it.
    pub fn show_settling(self, ui: &mut Ui) -> (Response, bool) {
        let key = ui.make_persistent_id(("date field", self.label));
        let being_written: bool = ui.ctx().data(|data| data.get_temp(key)).unwrap_or_default();
        let fault = match self.text.trim() {
            "" => None,
            written => (self.read)(written).err(),
        };
        let note = match fault {
            Some(sentence) if !being_written => Note::Fault(sentence),
            _ => self.note.clone(),
        };
        let mut field = TextField::new(self.label, self.text)
            .note(note)
            .width(self.width)
            .enabled(self.enabled)
            .take_focus(self.focus)
            .tail(24.0);
        if self.required {
            field = field.required();
        }
        if self.label_hidden {
            field = field.label_hidden();
        }
        if let Some(width) = self.label_width {
            field = field.label_left(width);
        }
        let mut response = field.show(ui);
        let has_focus = response.has_focus();
        ui.ctx().data_mut(|data| data.insert_temp(key, has_focus));
        if has_focus != being_written {
            ui.ctx().request_repaint();
        }
        let mut is_settled = response.lost_focus();
        if is_settled
            && let Ok(iso) = (self.read)(self.text.trim())
            && iso != *self.text
        {
            *self.text = iso;
            response.mark_changed();
        }
        if let Some(iso) = calendar_ui(ui, &response, self.label, self.text, self.today, self.read) {
            *self.text = iso;
            response.mark_changed();
            is_settled = true;
        }
        (response, is_settled)
    }
}

/// The calendar below the field; Alt+↓ opens it, as the button inside the field does.
fn calendar_ui(
    ui: &mut Ui,
    field: &Response,
    label: &str,
    text: &str,
    today: Date,
    read: &ReadDate<'_>,
) -> Option<String> {
    let button = button_inside(ui, field, Icon::Calendar, &format!("日历：{label}"));
    let asked = field.has_focus() && keyboard::pressed(ui.ctx(), Modifiers::ALT, Key::ArrowDown);
    let toggle = (field.enabled() && (button.clicked() || asked)).then_some(SetOpenCommand::Toggle);
    let popup_id = field.id.with("calendar");
    let was_open = Popup::is_id_open(ui.ctx(), popup_id);
    let iso = read(text.trim()).unwrap_or_default();
    let picked = Popup::from_response(field)
        .id(popup_id)
        .open_memory(toggle)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .gap(4.0)
        .accessible_name(format!("日历：{label}"))
        .frame(popup_frame(ui, Margin::same(12)))
        .show(|ui| calendar::calendar(ui, &iso, today, !was_open))
        .and_then(|shown| shown.inner);
    if picked.is_some() {
        Popup::close_id(ui.ctx(), popup_id);
    }
    if was_open && !Popup::is_id_open(ui.ctx(), popup_id) {
        field.request_focus();
    }
    picked
}
