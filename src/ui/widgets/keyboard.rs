//! Owns what the keyboard does across widgets: open compositions, jumps between regions, focus that returns.
//! Must never know a screen. Start at [`composing`] and [`region`].

use egui::{Context, Event, EventFilter, FocusDirection, Id, ImeEvent, Key, Plugin, RawInput, Rect, Response, Ui};

/// Remembers, from pass to pass, what the keyboard is in the middle of.
#[derive(Default)]
pub struct Keyboard {
    composing: bool,
    jump: Option<Jump>,
    regions: Vec<Rect>,
    regions_this_pass: Vec<Rect>,
    openers: Vec<Opener>,
    /// What had the focus when the last pass ended.
    last_focused: Option<Id>,
    /// Esc was pressed: it takes the focus away before a dialog is asked for.
    escapes: bool,
}

/// A region that is to get the focus as soon as it is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Jump {
    region: usize,
}

/// What had the focus before a dialog took it.
struct Opener {
    dialog: Id,
    focused: Option<Id>,
    shown_in_this_pass: bool,
    started: bool,
}

impl Plugin for Keyboard {
    fn debug_name(&self) -> &'static str {
        "keyboard"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        for event in &input.events {
            match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => self.composing = !text.is_empty(),
                Event::Ime(ImeEvent::Commit(_)) => self.composing = false,
                Event::Key { key: Key::Escape, pressed: true, .. } => self.escapes = true,
                Event::Key { key: Key::F6, pressed: true, modifiers, .. } => self.start_jump(ctx, modifiers.shift),
                _ => {}
            }
        }
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        self.regions = std::mem::take(&mut self.regions_this_pass);
        self.jump = None;
        while let Some(opener) = self.openers.pop_if(|opener| !opener.shown_in_this_pass) {
            if let Some(id) = opener.focused {
                ui.memory_mut(|memory| memory.request_focus(id));
                ui.ctx().request_repaint();
            }
        }
        for opener in &mut self.openers {
            opener.shown_in_this_pass = false;
        }
        self.last_focused = ui.memory(|memory| memory.focused());
        self.escapes = false;
    }
}

impl Keyboard {
    fn start_jump(&mut self, ctx: &Context, backwards: bool) {
        let count = self.regions.len();
        if count == 0 {
            return;
        }
        let focused = ctx.memory(|memory| memory.focused()).and_then(|id| ctx.read_response(id));
        let here =
            focused.and_then(|response| self.regions.iter().position(|region| region.contains(response.rect.center())));
        let region = match (here, backwards) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(here), false) => (here + 1) % count,
            (Some(here), true) => (here + count - 1) % count,
        };
        self.jump = Some(Jump { region });
    }
}

/// Whether an input method holds unfinished text. While it does, no key may act but on that text.
pub fn composing(ctx: &Context) -> bool {
    ctx.with_plugin(|keyboard: &mut Keyboard| keyboard.composing).unwrap_or(false)
}

/// Takes a key press out of the input, unless a composition is open.
pub fn pressed(ctx: &Context, modifiers: egui::Modifiers, key: Key) -> bool {
    !composing(ctx) && ctx.input_mut(|input| input.consume_key(modifiers, key))
}

/// Whether Enter was pressed in a field of one line. The key takes the focus away from it; it gets it back.
pub fn entered(field: &Response) -> bool {
    let is_entered = field.lost_focus()
        && !composing(&field.ctx)
        && field.ctx.input(|input| input.key_pressed(Key::Enter) && input.modifiers.is_none());
    if is_entered {
        field.request_focus();
    }
    is_entered
}

/// Draws a region that F6 and Shift+F6 jump to. The order of the calls is the order of the jumps.
pub fn region<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let (index, wanted) = ui
        .ctx()
        .with_plugin(|keyboard: &mut Keyboard| {
            let index = keyboard.regions_this_pass.len();
            keyboard.regions_this_pass.push(Rect::NOTHING);
            (index, keyboard.jump.take_if(|jump| jump.region == index).is_some())
        })
        .unwrap_or_default();
    if wanted {
        focus_next_drawn(ui);
    }
    let inner = ui.scope(add);
    ui.ctx().with_plugin(|keyboard: &mut Keyboard| {
        if let Some(rect) = keyboard.regions_this_pass.get_mut(index) {
            *rect = inner.response.rect;
        }
    });
    inner.inner
}

/// Gives the focus to the first control that is drawn from now on.
pub fn focus_next_drawn(ui: &Ui) {
    // With nothing focused and a wish to go to the next, the first widget that asks for it gets the focus.
    ui.memory_mut(|memory| {
        memory.stop_text_input();
        memory.move_focus(FocusDirection::Next);
    });
    ui.ctx().request_repaint();
}

/// Notes that this dialog is shown; when it no longer is, the focus goes back to where it came from.
pub fn hold_focus_for(ctx: &Context, dialog: Id) {
    let focused = ctx.memory(|memory| memory.focused());
    ctx.with_plugin(|keyboard: &mut Keyboard| {
        match keyboard.openers.iter_mut().find(|opener| opener.dialog == dialog) {
            Some(opener) => opener.shown_in_this_pass = true,
            None => {
                let focused = focused.or(keyboard.last_focused.filter(|_| keyboard.escapes));
                keyboard.openers.push(Opener { dialog, focused, shown_in_this_pass: true, started: false });
            }
        }
    });
}

/// Whether this dialog is asked for the first time where its focus starts.
pub fn starts(ctx: &Context, dialog: Id) -> bool {
    ctx.with_plugin(|keyboard: &mut Keyboard| {
        let opener = keyboard.openers.iter_mut().find(|opener| opener.dialog == dialog && !opener.started);
        opener.map(|opener| opener.started = true).is_some()
    })
    .unwrap_or(false)
}

/// Which arrows a widget keeps for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrows {
    /// ← →.
    Horizontal,
    /// ↑ ↓.
    Vertical,
    /// All four.
    All,
}

/// Keeps arrows from moving the focus away from the widget that has it now.
pub fn keep_arrows(ui: &Ui, id: Id, arrows: Arrows) {
    let filter = EventFilter {
        horizontal_arrows: arrows != Arrows::Vertical,
        vertical_arrows: arrows != Arrows::Horizontal,
        ..Default::default()
    };
    let pressed = ui.input(|input| input.events.iter().any(|event| is_kept(event, filter)));
    ui.memory_mut(|memory| {
        memory.set_focus_lock_filter(id, filter);
        // The filter acts from the next pass on; a key may already be here in the pass after the focus came.
        if pressed {
            memory.move_focus(FocusDirection::None);
        }
    });
}

fn is_kept(event: &Event, filter: EventFilter) -> bool {
    match event {
        Event::Key { key: Key::ArrowLeft | Key::ArrowRight, pressed: true, .. } => filter.horizontal_arrows,
        Event::Key { key: Key::ArrowUp | Key::ArrowDown, pressed: true, .. } => filter.vertical_arrows,
        _ => false,
    }
}

/// Takes a key press with exactly these modifiers out of the input, unless a composition is open.
/// ([`pressed`] also takes a press that has Shift or Alt on top.)
pub fn pressed_exactly(ctx: &Context, modifiers: egui::Modifiers, key: Key) -> bool {
    if composing(ctx) {
        return false;
    }
    ctx.input_mut(|input| {
        let found = input.events.iter().position(|event| {
            matches!(event, Event::Key { key: k, pressed: true, modifiers: m, .. } if *k == key && m.matches_exact(modifiers))
        });
        if let Some(index) = found {
            input.events.remove(index);
        }
        found.is_some()
    })
}
