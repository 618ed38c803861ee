//! Owns the frame of dialogs: title, body that scrolls, foot with a note at the left and the choices at the right.
//! Must never know what is asked. Start at [`Dialog`].
//!
//! The caller keeps dialogs as a stack and shows them from the bottom to the top; the top one gets the keys.

use egui::{
    Context, Frame, Id, Key, Margin, Modal, Modifiers, Popup, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, vec2,
};
use lucide_icons::Icon;

use super::{Button, Tone, button, keep_focus_in_sight, keyboard, paint};
use crate::ui::theme::{self, Type, height, radius, space};

/// The widest a dialog may be.
const MAX_WIDTH: f32 = 900.0;
const BODY_MARGIN: Margin = Margin { left: 24, right: 24, top: 4, bottom: 20 };

/// Which of a dialog's choices was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The quiet one: 取消, 关闭; Esc does the same.
    Quiet,
    /// The ordinary one.
    Plain,
    /// The filled one; Ctrl+Enter does the same.
    Primary,
    /// The link at the left of the foot.
    Link,
}

/// One choice in the foot.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    text: &'a str,
    icon: Option<Icon>,
    enabled: bool,
    careful: bool,
}

impl<'a> Choice<'a> {
    /// A choice with this verb.
    pub fn new(text: &'a str) -> Self {
        Self { text, icon: None, enabled: true, careful: false }
    }

    /// An icon before the verb.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Whether it can be made now.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// It deletes: the focus starts on the quiet choice.
    pub fn careful(mut self) -> Self {
        self.careful = true;
        self
    }
}

impl<'a> From<&'a str> for Choice<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text)
    }
}

/// What came of showing a dialog.
pub struct Answered<R> {
    /// The choice that was made now.
    pub answer: Option<Answer>,
    /// What the body gave.
    pub inner: R,
}

/// A dialog.
#[must_use = "show it"]
pub struct Dialog<'a> {
    id: Id,
    title: &'a str,
    icon: Option<(Icon, Tone)>,
    width: f32,
    quiet: Choice<'a>,
    plain: Option<Choice<'a>>,
    primary: Option<Choice<'a>>,
    note: Option<&'a str>,
    link: Option<Choice<'a>>,
    focus_body: bool,
}

impl<'a> Dialog<'a> {
    /// `id` tells dialogs of a stack apart; `quiet` is what leaves it: 取消 for what was begun, 关闭 for what was shown.
    pub fn new(id: &str, title: &'a str, quiet: impl Into<Choice<'a>>) -> Self {
        Self {
            id: Id::unique(("dialog", id)),
            title,
            icon: None,
            width: 576.0,
            quiet: quiet.into(),
            plain: None,
            primary: None,
            note: None,
            link: None,
            focus_body: false,
        }
    }

    /// An icon before the title.
    pub fn icon(mut self, icon: Icon, tone: Tone) -> Self {
        self.icon = Some((icon, tone));
        self
    }

    /// This wide, if there is room; never wider than 900.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// The ordinary choice.
    pub fn plain(mut self, choice: impl Into<Choice<'a>>) -> Self {
        self.plain = Some(choice.into());
        self
    }

    /// The filled choice.
    pub fn primary(mut self, choice: impl Into<Choice<'a>>) -> Self {
        self.primary = Some(choice.into());
        self
    }

    /// A remark at the left of the foot.
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = Some(note);
        self
    }

    /// A link at the left of the foot.
    pub fn link(mut self, choice: impl Into<Choice<'a>>) -> Self {
        self.link = Some(choice.into());
        self
    }

    /// The focus starts in the body: on the first thing there that takes it.
    pub fn focus_body(mut self) -> Self {
        self.focus_body = true;
        self
    }

    /// How high a body may be before it scrolls, its margins taken off.
    pub fn body_room(ctx: &Context) -> f32 {
        let margins = f32::from(BODY_MARGIN.top) + f32::from(BODY_MARGIN.bottom);
        room(ctx).y - height::DIALOG_HEAD - height::FOOT - margins
    }

    /// Draws the dialog over everything else.
    pub fn show<R>(self, ctx: &Context, body: impl FnOnce(&mut Ui) -> R) -> Answered<R> {
        keyboard::hold_focus_for(ctx, self.id);
        let mut modal = Modal::new(self.id);
        let layer = modal.area.layer();
        let is_top = ctx.memory(|memory| memory.top_modal_layer()) == Some(layer);
        let mut answer = if is_top && !Popup::is_any_open(ctx) { self.by_keys(ctx) } else { None };
        let room = room(ctx);
        let width = self.width.min(MAX_WIDTH).min(room.x);
        // Otherwise the first frame is as low as egui makes unknown areas.
        modal.area = modal.area.default_size(room);
        let style = ctx.global_style();
        let t = theme::tokens_of(&style.visuals);
        let frame = Frame::new()
            .fill(t.raised)
            .stroke(style.visuals.window_stroke)
            .corner_radius(radius::DIALOG)
            .shadow(style.visuals.window_shadow);
        let shown = modal.backdrop_color(t.scrim).frame(frame).show(ctx, |ui| {
            // The first pass only measures, and nothing in it can take the focus.
            let fresh = !ui.is_sizing_pass() && keyboard::starts(ctx, self.id);
            if fresh {
                // The Enter that opened it answers nothing in it.
                ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            }
            ui.set_width(width);
            // The dialog stands in the middle by its last height: below there may be too little room for a moment.
            ui.set_max_height(room.y);
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            self.head_ui(ui);
            if fresh && self.focus_body {
                ui.memory_mut(|memory| {
                    memory.stop_text_input();
                    memory.move_focus(egui::FocusDirection::Next);
                });
            }
            let inner = body_ui(ui, room.y - height::DIALOG_HEAD - height::FOOT, body);
            let pressed = self.foot_ui(ui, fresh);
            answer = answer.or(pressed);
            inner
        });
        self.settle(ctx, shown.response.rect.height());
        Answered { answer, inner: shown.inner }
    }

    /// Asks for one more frame when the height has changed, so that the dialog moves to the middle.
    fn settle(&self, ctx: &Context, height: f32) {
        let key = self.id.with("height");
        let last: Option<f32> = ctx.data(|data| data.get_temp(key));
        if last.is_none_or(|last| (last - height).abs() > 0.5) {
            ctx.data_mut(|data| data.insert_temp(key, height));
            ctx.request_repaint();
        }
    }

    fn by_keys(&self, ctx: &Context) -> Option<Answer> {
        if keyboard::pressed(ctx, Modifiers::NONE, Key::Escape) {
            return Some(Answer::Quiet);
        }
        let may = self.primary.is_some_and(|primary| primary.enabled);
        (may && keyboard::pressed(ctx, Modifiers::COMMAND, Key::Enter)).then_some(Answer::Primary)
    }

    fn head_ui(&self, ui: &mut Ui) {
        let t = theme::tokens(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::DIALOG_HEAD), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, self.title));
        let mut left = rect.left() + space::XL;
        let line = Rect::from_x_y_ranges(rect.x_range(), rect.top() + 4.0..=rect.bottom());
        if let Some((icon, tone)) = self.icon {
            let slot = Rect::from_x_y_ranges(left..=left + 18.0, line.y_range());
            paint::put_icon(ui, slot, icon, 18.0, tone.mark(t));
            left += 18.0 + space::S;
        }
        let room = rect.right() - space::XL - left;
        let galley = paint::text_within(ui, self.title, Type::Section, t.ink, room);
        paint::put_at(ui.painter(), left, line.y_range(), galley);
    }

    fn foot_ui(&self, ui: &mut Ui, fresh: bool) -> Option<Answer> {
        let t = theme::tokens(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::FOOT), Sense::hover());
        paint::hline(ui.painter(), rect.x_range(), rect.top() + 1.0, t.line);
        let inner = rect.shrink2(vec2(space::XL, 0.0));
        let builder = UiBuilder::new()
            .max_rect(inner)
            .id_salt("choices")
            .layout(egui::Layout::left_to_right(egui::Align::Center));
        let ui = &mut ui.new_child(builder);
        ui.spacing_mut().item_spacing.x = space::S;
        let choices = self.choices();
        let width = choices.iter().map(|(_, button)| button.width(ui) + space::S).sum::<f32>() - space::S;
        let left_room = (inner.width() - width - space::L).max(0.0);
        let mut answer = self.left_ui(ui, Rect::from_min_size(inner.min, vec2(left_room, inner.height())));
        ui.add_space((inner.width() - width).max(0.0));
        for (choice, button) in choices {
            let response = ui.add(button);
            self.start_focus(&response, choice, fresh);
            if response.clicked() {
                answer = Some(choice);
            }
        }
        answer
    }

    fn choices(&self) -> Vec<(Answer, Button<'a>)> {
        let with_icon = |button: Button<'a>, choice: Choice<'a>| {
            let button = button.enabled(choice.enabled);
            choice.icon.map_or(button.clone(), |icon| button.icon(icon))
        };
        let mut choices = vec![(Answer::Quiet, with_icon(Button::quiet(self.quiet.text), self.quiet))];
        if let Some(plain) = self.plain {
            let button = if plain.careful { Button::careful(plain.text) } else { Button::plain(plain.text) };
            choices.push((Answer::Plain, with_icon(button, plain)));
        }
        if let Some(primary) = self.primary {
            choices.push((Answer::Primary, with_icon(Button::primary(primary.text), primary)));
        }
        choices
    }

    fn left_ui(&self, ui: &mut Ui, left: Rect) -> Option<Answer> {
        let builder =
            UiBuilder::new().max_rect(left).id_salt("left").layout(egui::Layout::left_to_right(egui::Align::Center));
        let mut ui = ui.new_child(builder);
        ui.spacing_mut().item_spacing.x = space::S;
        let t = theme::tokens(&ui);
        let mut answer = None;
        if let Some(link) = self.link {
            if let Some(icon) = link.icon {
                button::icon(&mut ui, icon, 16.0, t.act);
            }
            if button::link(&mut ui, link.text).clicked() {
                answer = Some(Answer::Link);
            }
        }
        if let Some(note) = self.note {
            let text = egui::RichText::new(note).font(Type::Small.font()).color(t.ink3);
            ui.add(egui::Label::new(text).selectable(false).truncate());
        }
        answer
    }

    /// The focus starts on the filled choice, or on the quiet one where the filled one deletes.
    fn start_focus(&self, response: &Response, choice: Answer, fresh: bool) {
        let safe = match self.primary {
            Some(primary) if primary.enabled && !primary.careful => Answer::Primary,
            Some(_) | None => Answer::Quiet,
        };
        if fresh && !self.focus_body && choice == safe {
            response.request_focus();
        }
    }
}

/// The most that a dialog takes of the window.
fn room(ctx: &Context) -> egui::Vec2 {
    ctx.content_rect().size() - vec2(48.0, 48.0)
}

fn body_ui<R>(ui: &mut Ui, max_height: f32, body: impl FnOnce(&mut Ui) -> R) -> R {
    let width = ui.available_width();
    ui.scope(|ui| {
        super::sheet::scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        ScrollArea::vertical().max_height(max_height).auto_shrink([false, true]).show(ui, |ui| {
            let shown = Frame::new().inner_margin(BODY_MARGIN).show(ui, |ui| {
                ui.set_width(width - 48.0);
                ui.spacing_mut().item_spacing = vec2(space::S, space::M);
                body(ui)
            });
            keep_focus_in_sight(ui);
            shown.inner
        })
    })
    .inner
    .inner
}
