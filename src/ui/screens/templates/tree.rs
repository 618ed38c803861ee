//! Owns the tree of a template's items, and the keys and buttons that move them.
//! Must never save: it changes the draft it is given. Start at [`TreePart`].

use egui::{Key, Modifiers, Ui};

use crate::domain::checklists::{Fill, TemplateLines};
use crate::ui::theme::space;
use crate::ui::widgets::{
    Button, Cell, Column, ColumnState, EmptyState, Icon, IconButton, Outline, Table, TableEvent, TableRows, keyboard,
    strip,
};

/// The tree, as it is looked at.
#[derive(Debug, Default)]
pub(super) struct TreePart {
    columns: Vec<ColumnState>,
    /// Width for which the columns were last laid out.
    laid_out: f32,
    pub cursor: Option<usize>,
    reveal: bool,
}

/// What is done with the line the cursor stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Add,
    AddPart,
    Up,
    Down,
    In,
    Out,
    Remove,
}

/// The keys in the tree, the longer ones first.
const KEYS: [(Modifiers, Key, Act); 7] = [
    (Modifiers::SHIFT, Key::Insert, Act::AddPart),
    (Modifiers::NONE, Key::Insert, Act::Add),
    (Modifiers::ALT, Key::ArrowUp, Act::Up),
    (Modifiers::ALT, Key::ArrowDown, Act::Down),
    (Modifiers::ALT, Key::ArrowRight, Act::In),
    (Modifiers::ALT, Key::ArrowLeft, Act::Out),
    (Modifiers::NONE, Key::Delete, Act::Remove),
];

impl TreePart {
    /// The line that is looked at: the one the cursor stands on, else the first.
    pub fn at(&self, lines: &TemplateLines) -> Option<usize> {
        if lines.is_empty() { None } else { Some(self.cursor.unwrap_or(0).min(lines.len() - 1)) }
    }

    /// Draws the tree; where its lines were changed, gives back whether one was added, which is then written in.
    pub fn show(&mut self, ui: &mut Ui, lines: &mut TemplateLines, may: bool) -> Option<bool> {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut act = crate::ui::screens::frame::above_strip(ui, |ui| self.table_ui(ui, lines, may));
        strip(ui, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            act = self.buttons_ui(ui, lines, may).or(act);
        });
        act.map(|act| self.act(act, lines))
    }

    fn table_ui(&mut self, ui: &mut Ui, lines: &TemplateLines, may: bool) -> Option<Act> {
        let wide = ui.available_width();
        if (self.laid_out - wide).abs() > 1.0 {
            self.laid_out = wide;
            self.columns.clear();
        }
        let (fill, retention) = (118.0, 78.0);
        let rest = (wide - fill - retention - 8.0).max(240.0);
        let columns = [
            Column::new("title", "内容", (rest * 0.56).floor()).unsortable(),
            Column::new("standard", "标准", (rest * 0.44).floor()).unsortable(),
            Column::new("fill", "自动来源", fill).unsortable(),
            Column::new("retention", "保管期限", retention).unsortable(),
        ];
        let at = self.at(lines);
        // Before the table sees the arrows.
        let act = if may && had_focus(ui) { pressed(ui) } else { None };
        let reveal = if std::mem::take(&mut self.reveal) { at } else { None };
        let table = Table::new("template", "模板的项", &columns, &mut self.columns)
            .cursor(at)
            .reveal(reveal)
            .empty(EmptyState::new("还没有项", ""))
            .show(ui, &mut Rows { lines, chosen: at });
        // Asked before the data are held: who has the focus stands behind the same lock.
        let has_focus = table.response.has_focus();
        ui.ctx().data_mut(|data| data.insert_temp(egui::Id::unique(FOCUS), has_focus));
        for event in table.events {
            if let TableEvent::Cursor(row) = event {
                self.cursor = Some(row);
            }
        }
        act
    }

    fn buttons_ui(&self, ui: &mut Ui, lines: &TemplateLines, may: bool) -> Option<Act> {
        let at = self.at(lines);
        let part = at.is_some_and(|at| lines.may_have_parts(at));
        let inward = at.is_some_and(|at| lines.may_move_in(at));
        let outward = at.is_some_and(|at| lines.whole_of(at).is_some());
        let up = at.is_some_and(|at| lines.may_move_up(at));
        let down = at.is_some_and(|at| lines.may_move_down(at));
        let mut chosen = None;
        let mut add = |ui: &mut Ui, button: Button<'_>, act| {
            if ui.add(button.small()).clicked() {
                chosen = Some(act);
            }
        };
        add(ui, Button::plain("添项").icon(Icon::Plus).enabled(may).tip("Insert"), Act::Add);
        add(ui, Button::plain("添下级").enabled(may && part).tip("Shift+Insert"), Act::AddPart);
        add(ui, Button::plain("移入上项").enabled(may && inward).tip("成为上一项的下级，Alt+→"), Act::In);
        add(ui, Button::plain("移出").enabled(may && outward).tip("移出上一级，Alt+←"), Act::Out);
        for (icon, name, enabled, act) in
            [(Icon::ArrowUp, "上移（Alt+↑）", up, Act::Up), (Icon::ArrowDown, "下移（Alt+↓）", down, Act::Down)]
        {
            if ui.add(IconButton::new(icon, name).enabled(may && enabled).small()).clicked() {
                chosen = Some(act);
            }
        }
        let remove = Button::careful("去掉").enabled(may && at.is_some()).tip("连同下级一起去掉，Delete").small();
        if ui.add(remove).clicked() {
            chosen = Some(Act::Remove);
        }
        chosen
    }

    /// Does it; gives back whether a line was added.
    fn act(&mut self, act: Act, lines: &mut TemplateLines) -> bool {
        let at = self.at(lines);
        let place = match (act, at) {
            (Act::Add, at) => Some(lines.add_behind(at)),
            (_, None) => None,
            (Act::AddPart, Some(at)) => lines.add_part(at),
            (Act::Up, Some(at)) => lines.move_up(at),
            (Act::Down, Some(at)) => lines.move_down(at),
            (Act::In, Some(at)) => lines.move_in(at).then_some(at),
            (Act::Out, Some(at)) => lines.move_out(at),
            (Act::Remove, Some(at)) => {
                lines.remove(at);
                Some(at.min(lines.len().saturating_sub(1)))
            }
        };
        if place.is_some() {
            self.cursor = place;
            self.reveal = true;
        }
        place.is_some() && matches!(act, Act::Add | Act::AddPart)
    }
}

const FOCUS: &str = "tree of a template has the focus";

/// Whether the tree had the focus when it was drawn last.
fn had_focus(ui: &Ui) -> bool {
    ui.ctx().data(|data| data.get_temp(egui::Id::unique(FOCUS))).unwrap_or(false)
}

fn pressed(ui: &Ui) -> Option<Act> {
    let is_pressed = |modifiers, key| keyboard::pressed_exactly(ui.ctx(), modifiers, key);
    KEYS.into_iter().find(|(modifiers, key, _)| is_pressed(*modifiers, *key)).map(|(.., act)| act)
}

/// 「谈心谈话 ≥ 4 篇」
pub(super) fn fill_words(fill: &Fill) -> String {
    match fill {
        Fill::Talks { .. } | Fill::Ledger { .. } => {
            format!("{} ≥ {} {}", fill.label(), fill.at_least(), fill.unit())
        }
        other => other.label().to_owned(),
    }
}

/// The tree in one frame.
struct Rows<'a> {
    lines: &'a TemplateLines,
    chosen: Option<usize>,
}

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.lines.get(row) else { return Cell::default() };
        let standard = line.item.standard.as_deref().unwrap_or_default();
        match column {
            "title" => Cell::text(self.row_name(row)).tip(&*line.item.title),
            "standard" => Cell::text(standard.replace('\n', "；")).weak().tip(standard),
            "fill" => {
                let words = line.item.fill.as_ref().map(fill_words).unwrap_or_default();
                Cell::text(words.clone()).weak().tip(words)
            }
            _ => Cell::text(line.item.retention.map_or("", |retention| retention.label())).weak(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        let Some(line) = self.lines.get(row) else { return String::new() };
        let title = if line.item.title.trim().is_empty() { "（新项）" } else { line.item.title.trim() };
        format!("{} {title}", line.item.code).trim().to_owned()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.chosen == Some(row)
    }

    fn outline(&self, row: usize) -> Option<Outline> {
        self.lines.get(row).map(|line| Outline { depth: line.depth, open: None })
    }
}
