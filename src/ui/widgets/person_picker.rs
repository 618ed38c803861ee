//! Owns the picker of people (选人): who is picked stands in the field, who is found below it; who is not in the
//! roster is taken by name. Must never know who is in the roster: the caller finds. Start at [`PersonPicker`].
//!
//! The field keeps the focus while the list is open, so that an input method composes in it undisturbed.

mod keys;
mod list;

use egui::{CornerRadius, EventFilter, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder};
use egui::{WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use super::{Field, Note, keyboard, paint, tell_place};
use crate::ui::theme::{self, Type, height, radius, space};

/// Height of a token, and of a line of tokens.
const TOKEN: f32 = 24.0;
const LINE: f32 = 28.0;
/// Width of the part that × takes.
const CROSS: f32 = 22.0;
/// Width that what stands beside a name takes at most.
const BESIDE: f32 = 130.0;
/// Less of it says nothing.
const LEAST_BESIDE: f32 = 28.0;
/// What is left for writing in the last line, at least.
const LEAST_TEXT: f32 = 44.0;

/// Somebody who is picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonToken<'a> {
    pub name: &'a str,
    /// What tells the person from another of the same name; it shows while the pointer rests on the token.
    pub about: &'a str,
    /// Quietly behind the name: the branch of somebody of another one.
    pub beside: &'a str,
    /// Of the roster; who is not has a dashed border.
    pub is_listed: bool,
}

/// Somebody who was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonLine<'a> {
    pub name: &'a str,
    /// The branch.
    pub about: &'a str,
    /// The age.
    pub right: &'a str,
}

/// What the picker asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickerEvent {
    /// This one of those found.
    Picked(usize),
    /// Somebody who is not in the roster.
    Named(String),
    /// Take away this token.
    Removed(usize),
}

/// What a picker keeps between frames: what is written in it.
#[derive(Debug, Clone, Default)]
pub struct PickerText {
    pub text: String,
    cursor: usize,
    /// Everybody offered is shown, though nothing is written.
    shows_all: bool,
    /// Enter was pressed: the marked one is taken as soon as what is written was looked up.
    takes_marked: bool,
    /// The row for who is not in the roster was marked on purpose, where nobody is found.
    means_outsider: bool,
    takes_focus: bool,
    /// Somebody was pressed in the list: letting go of the button must not take the focus away.
    keeps_focus: bool,
}

impl PickerText {
    /// Takes the focus when it is drawn next.
    pub fn take_focus(&mut self) {
        self.takes_focus = true;
    }

    /// What is looked for, or nothing while nobody is.
    pub fn sought(&self) -> Option<&str> {
        let text = self.text.trim();
        (!text.is_empty() || self.shows_all).then_some(text)
    }

    fn clear(&mut self) {
        self.text.clear();
        self.cursor = 0;
        self.shows_all = false;
        self.takes_marked = false;
        self.means_outsider = false;
    }
}

/// A field for one or several people.
#[must_use = "show it"]
pub struct PersonPicker<'a> {
    label: &'a str,
    state: &'a mut PickerText,
    tokens: &'a [PersonToken<'a>],
    found: &'a [PersonLine<'a>],
    is_found: bool,
    aside: &'a str,
    hint: &'a str,
    label_hidden: bool,
    listed_only: bool,
    seeks: bool,
    field: Field<'a>,
    note: Note,
    width: f32,
}

/// What came of a picker in a frame.
pub struct PickerShown {
    /// The field one writes in.
    pub response: Response,
    pub event: Option<PickerEvent>,
    /// Whether the list was open, so that ↑ ↓ and Enter were its own.
    pub was_open: bool,
}

impl<'a> PersonPicker<'a> {
    /// `label` is also the accessible name; `tokens` are those picked.
    pub fn new(label: &'a str, state: &'a mut PickerText, tokens: &'a [PersonToken<'a>]) -> Self {
        Self {
            label,
            state,
            tokens,
            found: &[],
            is_found: true,
            aside: "",
            hint: "姓名、拼音或首字母",
            label_hidden: false,
            listed_only: false,
            seeks: false,
            field: Field::new(label),
            note: Note::None,
            width: 260.0,
        }
    }

    /// Who was found for [`PickerText::sought`]; `is_found` is false while the answer is still that to something
    /// written before.
    pub fn found(mut self, found: &'a [PersonLine<'a>], is_found: bool) -> Self {
        (self.found, self.is_found) = (found, is_found);
        self
    }

    /// Something quiet behind the tokens: the post of the one who is picked.
    pub fn aside(mut self, aside: &'a str) -> Self {
        self.aside = aside;
        self
    }

    /// Shown faintly while nobody is picked.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// The label is not drawn; it is the accessible name only. What is wrong shows as the border only.
    pub fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// Nobody is taken who is not in the roster.
    pub fn listed_only(mut self) -> Self {
        self.listed_only = true;
        self
    }

    /// For filters: who is not in the roster is looked for, and not put down; a slip of the keys finds nobody.
    pub fn seeks(mut self) -> Self {
        self.seeks = true;
        self
    }

    /// With the mark of what must be filled.
    pub fn required(mut self) -> Self {
        self.field = self.field.required();
        self
    }

    /// What is said below.
    pub fn note(mut self, note: Note) -> Self {
        self.note = note;
        self
    }

    /// This wide.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Draws the field, and the list below it.
    pub fn show(mut self, ui: &mut Ui) -> PickerShown {
        let salt = ("picker", self.label);
        let width = self.width.min(ui.available_width());
        if self.label_hidden {
            let shown = ui.push_id(salt, |ui| self.control(ui, width)).inner;
            return PickerShown { response: shown.response.accessible_name(self.label), ..shown };
        }
        let field = std::mem::replace(&mut self.field, Field::new(self.label)).note(self.note.clone());
        ui.push_id(salt, |ui| {
            ui.allocate_ui(vec2(width, 0.0), |ui| {
                ui.set_max_width(width);
                field.show(ui, |ui, label| {
                    let shown = self.control(ui, width);
                    PickerShown { response: shown.response.labelled_by(label), ..shown }
                })
            })
            .inner
        })
        .inner
    }

    fn control(&mut self, ui: &mut Ui, width: f32) -> PickerShown {
        let id = ui.make_persistent_id("text");
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        let was_open = has_focus && self.is_open();
        let mut event = if has_focus { self.keys(ui, was_open) } else { None };
        let places = Places::of(ui, width, self.tokens, self.aside);
        let (rect, _) = ui.allocate_exact_size(vec2(width, places.height), Sense::hover());
        self.frame_ui(ui, rect, has_focus);
        let removed = self.tokens_ui(ui, rect, &places, id);
        event = event.or(removed.map(PickerEvent::Removed));
        let response = self.text_ui(ui, places.text.translate(rect.min.to_vec2()), id);
        if std::mem::take(&mut self.state.takes_focus) {
            response.request_focus();
        }
        if response.clicked() && self.state.text.is_empty() {
            self.state.shows_all = true;
        }
        if response.lost_focus() {
            self.state.shows_all = false;
            if std::mem::take(&mut self.state.keeps_focus) {
                response.request_focus();
            }
        }
        if response.has_focus() {
            tell_place(ui, id, rect);
        }
        let is_open = response.has_focus() && self.is_open();
        if is_open {
            self.keep_escape(ui, id);
            let pressed = self.list_ui(ui, id.with("found"), rect);
            self.state.keeps_focus |= pressed.is_some();
            event = event.or(pressed);
        }
        if event.is_none() && self.state.takes_marked && self.is_found {
            event = self.marked();
            self.state.takes_marked = false;
        }
        if matches!(event, Some(PickerEvent::Picked(_) | PickerEvent::Named(_))) {
            self.state.clear();
            ui.ctx().request_repaint();
        }
        PickerShown { response, event, was_open }
    }

    fn is_open(&self) -> bool {
        match self.state.sought() {
            Some("") => !self.found.is_empty(),
            Some(_) => true,
            None => false,
        }
    }

    /// The name that is written, where it may be taken as that of somebody who is not in the roster.
    fn outsider(&self) -> Option<&str> {
        Some(self.state.text.trim()).filter(|text| !text.is_empty() && !self.listed_only)
    }

    /// What Enter takes: the marked line; the last one is the one for who is not in the roster. Where nobody is found
    /// that line is marked first: a slip of the keys is nobody's name.
    fn marked(&mut self) -> Option<PickerEvent> {
        if self.state.cursor < self.found.len() {
            return Some(PickerEvent::Picked(self.state.cursor));
        }
        if self.found.is_empty() && !self.seeks && !std::mem::replace(&mut self.state.means_outsider, true) {
            return None;
        }
        self.outsider().map(|name| PickerEvent::Named(name.to_owned()))
    }

    fn frame_ui(&self, ui: &Ui, rect: Rect, has_focus: bool) {
        let t = theme::tokens(ui);
        let border = match &self.note {
            Note::Fault(_) => t.hardmark,
            Note::Warning(_) => t.ambermark,
            Note::None | Note::Plain(_) if ui.rect_contains_pointer(rect) => t.ink3,
            Note::None | Note::Plain(_) => t.field,
        };
        paint::boxed(ui, rect, radius::CONTROL, t.sheet, border);
        if has_focus {
            let stroke = Stroke::new(2.0, t.focus);
            ui.painter().rect_stroke(rect, CornerRadius::same(radius::CONTROL), stroke, StrokeKind::Inside);
        }
    }

    /// Those picked; gives back whom × takes away.
    fn tokens_ui(&self, ui: &Ui, rect: Rect, places: &Places, id: Id) -> Option<usize> {
        let t = theme::tokens(ui);
        let mut removed = None;
        for (index, (token, place)) in self.tokens.iter().zip(&places.tokens).enumerate() {
            let place = place.translate(rect.min.to_vec2());
            ui.painter().rect_filled(place, radius::BADGE, t.actsoft);
            if !token.is_listed {
                paint::dashed_box(ui, place, radius::BADGE, t.field);
            } else if t.bordered_softs {
                paint::boxed(ui, place, radius::BADGE, t.actsoft, t.act);
            }
            let name = paint::text_within(ui, token.name, Type::Body, t.act, place.width() - CROSS - 6.0);
            let end = paint::put_at(ui.painter(), place.left() + 6.0, place.y_range(), name) + space::XS;
            let room = place.right() - CROSS - end;
            if !token.beside.is_empty() && room >= LEAST_BESIDE / 2.0 {
                let beside = paint::text_within(ui, token.beside, Type::Small, t.ink2, room);
                paint::put_at(ui.painter(), end, place.y_range(), beside);
            }
            let cross = place.with_min_x(place.right() - CROSS);
            let words = format!("去掉：{}", token.name);
            let pressed = ui.interact(cross, id.with(("remove", index)), Sense::CLICK);
            pressed.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
            paint::put_icon(ui, cross, Icon::X, 14.0, if pressed.hovered() { t.ink } else { t.act });
            if pressed.clicked() {
                removed = Some(index);
            }
            pressed.on_hover_text(words).on_hover_cursor(egui::CursorIcon::Default);
            let face = ui.interact(place.with_max_x(cross.left()), id.with(("token", index)), Sense::hover());
            let heard = [token.name, token.beside].into_iter().filter(|word| !word.is_empty());
            let heard = heard.collect::<Vec<_>>().join("，");
            face.widget_info(|| WidgetInfo::labeled(Role::Label, true, &heard));
            if !token.about.is_empty() {
                face.on_hover_text(token.about);
            }
        }
        if let Some(place) = places.aside {
            let place = place.translate(rect.min.to_vec2());
            let aside = paint::text_within(ui, self.aside, Type::Small, t.ink2, place.width());
            paint::put_at(ui.painter(), place.left(), place.y_range(), aside);
        }
        removed
    }

    fn text_ui(&mut self, ui: &mut Ui, rect: Rect, id: Id) -> Response {
        let t = theme::tokens(ui);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("picker text"));
        inner.spacing_mut().interact_size.y = rect.height();
        inner.visuals_mut().weak_text_color = Some(t.ink3);
        let had = self.state.text.len();
        let mut edit = TextEdit::singleline(&mut self.state.text)
            .id(id)
            .frame(egui::Frame::NONE.inner_margin(egui::Margin::symmetric(2, 2)))
            .desired_width(rect.width())
            .align(egui::Align2::LEFT_CENTER)
            .char_limit(200)
            .font(Type::Body.font())
            .text_color(t.ink)
            .return_key(None);
        if self.tokens.is_empty() {
            edit = edit.hint_text(egui::RichText::new(self.hint).font(Type::Body.font()));
        }
        let response = inner.put(rect, edit);
        if response.changed() || self.state.text.len() != had {
            self.state.cursor = 0;
            self.state.means_outsider = false;
        }
        response
    }

    /// Esc closes the list and not the field.
    fn keep_escape(&self, ui: &Ui, id: Id) {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
}

/// Where everything lies within the field, from its upper left corner.
struct Places {
    tokens: Vec<Rect>,
    aside: Option<Rect>,
    text: Rect,
    height: f32,
}

impl Places {
    /// Lays the tokens out in lines, then what stands behind them, then what is left for writing.
    fn of(ui: &Ui, width: f32, tokens: &[PersonToken<'_>], aside: &str) -> Self {
        let inset = 6.0;
        let room = width - 2.0 * inset;
        let (mut x, mut y) = (inset, (height::CONTROL - TOKEN) / 2.0);
        let mut places = Vec::with_capacity(tokens.len());
        for token in tokens {
            let named = paint::text_width(ui, token.name).ceil() + 6.0 + CROSS;
            let wanted = named + beside_width(ui, token, room - named - LEAST_TEXT);
            let wide = wanted.min(room);
            if x > inset && x + wide > width - inset {
                (x, y) = (inset, y + LINE);
            }
            places.push(Rect::from_min_size(pos2(x, y), vec2(wide, TOKEN)));
            x += wide + space::XS;
        }
        let mut behind = None;
        if !aside.is_empty() && !tokens.is_empty() {
            let wide = paint::text(ui, aside, Type::Small, egui::Color32::PLACEHOLDER).size().x.ceil();
            let wide = wide.min(width - inset - LEAST_TEXT - space::XS - x);
            if wide > 24.0 {
                behind = Some(Rect::from_min_size(pos2(x, y), vec2(wide, TOKEN)));
                x += wide + space::XS;
            }
        }
        if x > inset && x + LEAST_TEXT > width - inset {
            (x, y) = (inset, y + LINE);
        }
        let text = Rect::from_min_max(pos2(x, y), pos2(width - inset, y + TOKEN));
        Self { tokens: places, aside: behind, text, height: y + TOKEN + (height::CONTROL - TOKEN) / 2.0 }
    }
}

/// How wide what stands beside a name becomes where there is so much room for it and for writing.
fn beside_width(ui: &Ui, token: &PersonToken<'_>, room: f32) -> f32 {
    if token.beside.is_empty() {
        return 0.0;
    }
    let wanted = paint::text(ui, token.beside, Type::Small, egui::Color32::PLACEHOLDER).size().x.ceil();
    space::XS + wanted.min(BESIDE).min((room - 2.0 * space::XS).max(LEAST_BESIDE))
}

/// Whether the keyboard acts here at all: not while a composition is open or ends in this very frame.
fn is_composed(ui: &Ui) -> bool {
    let composes = |event: &egui::Event| {
        use egui::ImeEvent::{Commit, Preedit};
        matches!(event, egui::Event::Ime(Preedit { text, .. } | Commit(text)) if !text.is_empty())
    };
    keyboard::composing(ui.ctx()) || ui.input(|input| input.events.iter().any(composes))
}
