//! Owns the toasts: what has been done, or why it was not, bottom right, for six seconds, with one thing to do about it.
//! Must never know commands; and never shows failures of what was begun, which are dialogs or lines at their place.
//! Start at [`Toasts`].

use std::time::Duration;

use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Role, Sense, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::{IconButton, button, paint};
use crate::ui::theme::{self, Type, height, radius, space};

const SECONDS: f64 = 6.0;
/// At most so many are seen; older ones give way.
const AT_ONCE: usize = 3;

/// The longest a text is, as a share of the window; longer ones end in … and show whole under the pointer.
const LONGEST: f32 = 0.6;

/// What has been done, or was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub sign: ToastSign,
    /// 「已导出 132 人：党员花名册.xlsx」.
    pub text: String,
    /// 打开, 撤销.
    pub action: Option<String>,
    /// What the caller knows it by when the action is pressed.
    pub key: u64,
}

/// Whether it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastSign {
    Done,
    /// It was not: 「剪贴板里没有文件或图片」.
    NotDone,
}

/// What the user did with a toast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastEvent {
    /// The action of the toast with this key was pressed.
    Action(u64),
}

struct Shown {
    toast: Toast,
    until: Option<f64>,
}

/// The toasts now on the screen.
#[derive(Default)]
pub struct Toasts {
    shown: Vec<Shown>,
}

impl Toasts {
    /// Shows a toast from the next frame on.
    pub fn push(&mut self, toast: Toast) {
        self.shown.push(Shown { toast, until: None });
        let surplus = self.shown.len().saturating_sub(AT_ONCE);
        self.shown.drain(..surplus);
    }

    /// Takes one off before its time.
    pub fn take_off(&mut self, key: u64) {
        self.shown.retain(|shown| shown.toast.key != key);
    }

    /// Draws the toasts, above the strip at the foot of a list: what can be done with those selected stays in reach.
    /// Call last in the frame.
    pub fn show(&mut self, ctx: &Context) -> Option<ToastEvent> {
        let now = ctx.input(|input| input.time);
        let mut event = None;
        let mut bottom = height::STATUS + space::XL + height::STRIP + space::S;
        // What is over is not drawn once more: with the mouse at rest no further frame would wipe it away.
        self.shown.retain(|shown| shown.until.is_none_or(|until| now < until));
        self.shown.retain_mut(|shown| {
            let until = *shown.until.get_or_insert(now + SECONDS);
            let (height, outcome) = show_one(ctx, &shown.toast, bottom);
            bottom += height + space::S;
            match outcome {
                Outcome::Stays => {
                    ctx.request_repaint_after(Duration::from_secs_f64(until - now));
                    true
                }
                Outcome::Hovered => {
                    shown.until = Some(now + SECONDS);
                    ctx.request_repaint_after(Duration::from_secs_f64(SECONDS));
                    true
                }
                Outcome::Action => {
                    event = Some(ToastEvent::Action(shown.toast.key));
                    false
                }
                Outcome::Closed => {
                    ctx.request_repaint();
                    false
                }
            }
        });
        event
    }
}

enum Outcome {
    Stays,
    Hovered,
    Action,
    Closed,
}

fn show_one(ctx: &Context, toast: &Toast, bottom: f32) -> (f32, Outcome) {
    let area = Area::new(Id::unique(("toast", toast.key, &toast.text)))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, vec2(-space::XL, -bottom))
        .interactable(true);
    let shown = area.show(ctx, |ui| {
        let t = theme::tokens(ui);
        let frame = Frame::new()
            .fill(t.raised)
            .stroke(theme::line(ui, t.line2))
            .corner_radius(radius::SHEET)
            .shadow(ui.visuals().popup_shadow)
            .inner_margin(Margin { left: 16, right: 6, top: 6, bottom: 6 });
        frame.show(ui, |ui| content(ui, toast)).inner
    });
    let pointer = ctx.input(|input| input.pointer.hover_pos());
    let hovered = pointer.is_some_and(|pos| shown.response.rect.contains(pos));
    let outcome = match shown.inner {
        Outcome::Stays if hovered => Outcome::Hovered,
        outcome => outcome,
    };
    (shown.response.rect.height(), outcome)
}

fn content(ui: &mut Ui, toast: &Toast) -> Outcome {
    let t = theme::tokens(ui);
    let mut outcome = Outcome::Stays;
    ui.horizontal(|ui| {
        ui.set_min_height(height::CONTROL);
        ui.spacing_mut().item_spacing.x = space::S;
        let (rect, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
        let (icon, color, role) = match toast.sign {
            ToastSign::Done => (Icon::Check, t.okmark, Role::Label),
            ToastSign::NotDone => (Icon::CircleAlert, t.ambermark, Role::Alert),
        };
        paint::put_icon(ui, rect, icon, 16.0, color);
        let room = (ui.ctx().content_rect().width() * LONGEST).round();
        let text = paint::text_within(ui, &toast.text, Type::Body, t.ink, room);
        let (rect, response) = ui.allocate_exact_size(text.size(), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(role, true, &toast.text));
        if text.elided {
            response.on_hover_text(&toast.text);
        }
        paint::put_at(ui.painter(), rect.left(), rect.y_range(), text);
        ui.add_space(space::L);
        if let Some(action) = &toast.action
            && button::link(ui, action).clicked()
        {
            outcome = Outcome::Action;
        }
        if ui.add(IconButton::new(Icon::X, "关闭提示")).clicked() {
            outcome = Outcome::Closed;
        }
    });
    outcome
}
