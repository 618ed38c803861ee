//! Owns the tree: rows with caret, name and count; only those seen are drawn.
//! Must never know what the rows are. Start at [`Tree`].
//!
//! One stop of the Tab key. ↑ ↓ Home End move, → opens or goes in, ← closes or goes out, Enter chooses, a letter jumps.

use egui::{Event, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use super::{context_menu, keyboard, paint};
use crate::ui::theme::{self, Type, height, space};

const INDENT: f32 = 16.0;
const CARET_LEFT: f32 = 9.0;
const CARET: f32 = 14.0;
const TEXT_LEFT: f32 = 28.0;

/// One line of a tree, as it is shown from top to bottom; lines within closed ones are left out.
#[derive(Debug, Clone, Copy)]
pub struct TreeLine<'a> {
    /// What the caller knows it by.
    pub id: u64,
    /// 0 for the outermost.
    pub depth: usize,
    /// Its name.
    pub text: &'a str,
    /// What stands at the right.
    pub count: &'a str,
    /// Whether it is open; `None` where nothing is within.
    pub open: Option<bool>,
    /// Shown greyed: closed organisations.
    pub dim: bool,
    /// Letters that jump to it: the initials of its pinyin.
    pub initials: &'a str,
}

/// What the user did with a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TreeEvent {
    /// The line was pressed, or Enter.
    Chosen(u64),
    /// The line is to show what is within it.
    Opened(u64),
    /// The line is to hide what is within it.
    Closed(u64),
}

/// A tree.
#[must_use = "show it"]
pub struct Tree<'a> {
    name: &'a str,
    chosen: Option<u64>,
    menu: Option<&'a mut dyn FnMut(&mut Ui, u64)>,
}

/// Everything a row needs to be drawn.
struct RowLook {
    chosen: bool,
    ring: bool,
}

impl<'a> Tree<'a> {
    /// `name` is the accessible name; `chosen` is the id of the current line.
    pub fn new(name: &'a str, chosen: Option<u64>) -> Self {
        Self { name, chosen, menu: None }
    }

    /// The menu of a line, for the right button.
    pub fn menu(mut self, menu: &'a mut dyn FnMut(&mut Ui, u64)) -> Self {
        self.menu = Some(menu);
        self
    }

    /// Draws the tree over all room there is.
    pub fn show(mut self, ui: &mut Ui, lines: &[TreeLine<'_>]) -> Option<TreeEvent> {
        let name = self.name;
        ui.push_id(("tree", name), |ui| self.draw(ui, lines)).inner
    }

    fn draw(&mut self, ui: &mut Ui, lines: &[TreeLine<'_>]) -> Option<TreeEvent> {
        let area = ui.available_rect_before_wrap();
        let body = ui.interact(area, ui.scope_id().with("body"), Sense::focusable_noninteractive());
        body.widget_info(|| WidgetInfo::labeled(Role::Tree, true, self.name));
        let key = body.id.with("cursor");
        let kept: Option<u64> = ui.ctx().data(|data| data.get_temp(key));
        let at = |id: Option<u64>| id.and_then(|id| lines.iter().position(|line| line.id == id));
        let before = at(kept).or_else(|| at(self.chosen));
        let (cursor, mut event) = by_keys(ui, &body, lines, before);
        let moved = cursor != before;
        if let Some(line) = cursor.and_then(|cursor| lines.get(cursor)) {
            ui.ctx().data_mut(|data| data.insert_temp(key, line.id));
        }
        super::scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, viewport| {
            ui.set_height(lines.len() as f32 * height::TREE);
            let origin = ui.max_rect().left_top();
            let width = ui.max_rect().width();
            let row = |index: usize| {
                Rect::from_min_size(pos2(origin.x, origin.y + index as f32 * height::TREE), vec2(width, height::TREE))
            };
            let first = (viewport.top() / height::TREE).floor().max(0.0) as usize;
            let last = ((viewport.bottom() / height::TREE).ceil() as usize).min(lines.len());
            for (index, line) in lines.iter().enumerate().take(last).skip(first) {
                let look =
                    RowLook { chosen: self.chosen == Some(line.id), ring: body.has_focus() && cursor == Some(index) };
                let (response, done) = row_ui(ui, row(index), line, look);
                if done.is_some() {
                    body.request_focus();
                    ui.ctx().data_mut(|data| data.insert_temp(key, line.id));
                    event = done;
                }
                if let Some(menu) = &mut self.menu {
                    context_menu(ui, &response, line.text, |ui| menu(ui, line.id));
                }
            }
            if moved && let Some(cursor) = cursor {
                ui.scroll_to_rect(row(cursor), None);
            }
        });
        event
    }
}

fn row_ui(ui: &Ui, rect: Rect, line: &TreeLine<'_>, look: RowLook) -> (Response, Option<TreeEvent>) {
    let t = theme::tokens(ui);
    let id = ui.scope_id().with(("line", line.id));
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, look.chosen, line.text));
    if look.chosen {
        ui.painter().rect_filled(rect, 0, t.select);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, t.hover);
    }
    let indent = line.depth as f32 * INDENT;
    let caret = caret_ui(ui, rect, indent, line, id);
    let count_color = if look.chosen { t.ink2 } else { t.ink3 };
    let count = paint::text(ui, line.count, Type::Small, count_color);
    let count_left = rect.right() - space::M - count.size().x;
    paint::put_at(ui.painter(), count_left, rect.y_range(), count);
    let left = rect.left() + TEXT_LEFT + indent;
    let color = if line.dim && !look.chosen { t.ink3 } else { t.ink };
    let text = paint::text_within(ui, line.text, Type::Body, color, count_left - space::S - left);
    let cut = text.elided;
    paint::put_at(ui.painter(), left, rect.y_range(), text);
    if look.ring {
        paint::ring_inside(ui, rect);
    }
    let event = caret.or_else(|| response.clicked().then_some(TreeEvent::Chosen(line.id)));
    let response = if cut { response.on_hover_text(line.text) } else { response };
    (response, event)
}

fn caret_ui(ui: &Ui, rect: Rect, indent: f32, line: &TreeLine<'_>, id: Id) -> Option<TreeEvent> {
    let open = line.open?;
    let t = theme::tokens(ui);
    let left = rect.left() + CARET_LEFT + indent;
    let slot = Rect::from_x_y_ranges(left..=left + CARET, rect.y_range());
    let caret = ui.interact(slot.expand2(vec2(3.0, 0.0)), id.with("caret"), Sense::CLICK);
    let name = format!("{}：{}", if open { "收起" } else { "展开" }, line.text);
    caret.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let icon = if open { Icon::ChevronDown } else { Icon::ChevronRight };
    paint::put_icon(ui, slot, icon, CARET, if caret.hovered() { t.ink } else { t.ink2 });
    caret.clicked().then_some(if open { TreeEvent::Closed(line.id) } else { TreeEvent::Opened(line.id) })
}

fn by_keys(
    ui: &Ui,
    body: &Response,
    lines: &[TreeLine<'_>],
    cursor: Option<usize>,
) -> (Option<usize>, Option<TreeEvent>) {
    if !body.has_focus() || lines.is_empty() {
        return (cursor, None);
    }
    keyboard::keep_arrows(ui, body.id, keyboard::Arrows::All);
    let pressed = |key| keyboard::pressed(ui.ctx(), Modifiers::NONE, key);
    let here = cursor.unwrap_or(0).min(lines.len() - 1);
    let line = &lines[here];
    if pressed(Key::ArrowDown) {
        return (Some((here + usize::from(cursor.is_some())).min(lines.len() - 1)), None);
    }
    if pressed(Key::ArrowUp) {
        return (Some(here.saturating_sub(1)), None);
    }
    if pressed(Key::Home) {
        return (Some(0), None);
    }
    if pressed(Key::End) {
        return (Some(lines.len() - 1), None);
    }
    if pressed(Key::ArrowRight) {
        return match line.open {
            Some(false) => (Some(here), Some(TreeEvent::Opened(line.id))),
            Some(true) => (Some((here + 1).min(lines.len() - 1)), None),
            None => (Some(here), None),
        };
    }
    if pressed(Key::ArrowLeft) {
        return match line.open {
            Some(true) => (Some(here), Some(TreeEvent::Closed(line.id))),
            Some(false) | None => {
                let outer = lines[..here].iter().rposition(|other| other.depth < line.depth);
                (Some(outer.unwrap_or(here)), None)
            }
        };
    }
    if pressed(Key::Enter) || pressed(Key::Space) {
        return (Some(here), Some(TreeEvent::Chosen(line.id)));
    }
    (jump(ui, lines, here).or(cursor), None)
}

/// The next line that begins with what was typed.
fn jump(ui: &Ui, lines: &[TreeLine<'_>], here: usize) -> Option<usize> {
    let typed = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Text(text) if !text.trim().is_empty() => Some(text.to_lowercase()),
            _ => None,
        })
    })?;
    let begins = |line: &TreeLine<'_>| line.text.starts_with(&typed) || line.initials.starts_with(&typed);
    (1..=lines.len()).map(|step| (here + step) % lines.len()).find(|index| begins(&lines[*index]))
}
