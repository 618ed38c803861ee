//! Owns the list of what follows from talks: overdue, not yet due, done; closing one with a note.
//! Must never write. Start at [`Following`].

use egui::Ui;

use crate::command::{CloseFollowUp, Command};
use crate::domain::ids::FollowUpId;
use crate::engine::questions::FollowUps;
use crate::ui::dialogs::close_follow_up::CloseFollowUpDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::{Page, TalkStart, frame};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    Cell, Column, ColumnState, EmptyState, Icon, MenuRow, Segments, Table, TableEvent, TableRows, Tone, sheet, strip,
    weak,
};
use crate::view::talks::{FollowUpAsk, FollowUpLine, FollowUpState};

/// Which of them are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    /// 未办结: overdue and not yet due.
    #[default]
    Open,
    Overdue,
    Done,
    All,
}

impl Shown {
    const ALL: [Self; 4] = [Self::Open, Self::Overdue, Self::Done, Self::All];

    fn word(self) -> &'static str {
        match self {
            Self::Open => "未办结",
            Self::Overdue => "逾期",
            Self::Done => "已办结",
            Self::All => "全部",
        }
    }

    fn holds(self, state: FollowUpState) -> bool {
        match self {
            Self::Open => state != FollowUpState::Done,
            Self::Overdue => state == FollowUpState::Overdue,
            Self::Done => state == FollowUpState::Done,
            Self::All => true,
        }
    }
}

/// The list 跟进.
#[derive(Debug, Default)]
pub struct Following {
    shown: Shown,
    lines: Live<FollowUps>,
    columns: Vec<ColumnState>,
    cursor: Option<FollowUpId>,
}

impl Following {
    pub fn ask(&mut self, scene: &Scene<'_>) {
        self.lines.ask(scene, FollowUps(FollowUpAsk { scope: scene.scope, as_of: scene.as_of }));
    }

    /// How many are not done.
    pub fn open_count(&self) -> Option<usize> {
        self.lines.shown().map(|lines| count(lines, Shown::Open))
    }

    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let all = self.lines.shown().map(Vec::as_slice).unwrap_or_default();
        let words = Shown::ALL.map(|shown| format!("{} {}", shown.word(), count(all, shown)));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        ui.horizontal(|ui| {
            ui.set_min_height(height::CONTROL);
            let chosen = Shown::ALL.iter().position(|shown| *shown == self.shown);
            if let Some(place) = Segments::new("看哪些跟进", &words, chosen).show(ui) {
                self.shown = Shown::ALL[place];
            }
        });
        ui.add_space(space::S);
        sheet(ui, 0, |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing.y = 0.0;
            frame::day_bar_ui(ui, scene, "情况，不能修改", out);
            frame::above_strip(ui, |ui| {
                self.table_ui(ui, scene, out);
            });
            strip(ui, |ui| weak(ui, "办结时写一句怎样办的；点开谈话看原文"));
        });
    }

    fn table_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let mut states = std::mem::take(&mut self.columns);
        let all = self.lines.shown().map(Vec::as_slice).unwrap_or_default();
        let lines: Vec<&FollowUpLine> = all.iter().filter(|line| self.shown.holds(line.state)).collect();
        let row = lines.iter().position(|line| Some(line.id) == self.cursor);
        let columns = columns(names_organisations(all, scene), scene.width == Width::Wide);
        let may = scene.frozen.is_none();
        let mut asked = None;
        let mut row_menu = |ui: &mut Ui, row: usize| {
            let is_done = lines.get(row).is_some_and(|line| line.state == FollowUpState::Done);
            let word = if is_done { "重新打开" } else { "办结…" };
            if ui.add(MenuRow::new(word).icon(Icon::CircleCheck).enabled(may)).clicked() {
                asked = Some((row, true));
            }
            if ui.add(MenuRow::new("打开谈话").icon(Icon::SquarePen)).clicked() {
                asked = Some((row, false));
            }
        };
        let empty = match self.lines.shown() {
            None => EmptyState::new("正在读取…", ""),
            Some(_) => EmptyState::new("没有这样的跟进", "记谈话时写下要办的事，这里按时限列出"),
        };
        let table = Table::new("follow-ups", "跟进", &columns, &mut states).cursor(row).row_menu(&mut row_menu);
        let shown = table.empty(empty).show(ui, &mut Rows { lines: &lines, scene, chosen: self.cursor, may });
        for event in shown.events {
            match event {
                TableEvent::Cursor(row) => self.cursor = lines.get(row).map(|line| line.id),
                TableEvent::Opened(row) => {
                    let is_open = lines.get(row).is_some_and(|line| line.state != FollowUpState::Done);
                    asked = Some((row, may && is_open));
                }
                TableEvent::LinkPressed { row, column } => asked = Some((row, column == "closing")),
                _ => {}
            }
        }
        if let Some((row, closes)) = asked
            && let Some(line) = lines.get(row)
        {
            if closes && line.state == FollowUpState::Done {
                let command = CloseFollowUp { id: line.id, done_on: None, closing_note: None };
                out.run(Slot::new("talks: open again"), Command::CloseFollowUp(command));
            } else if closes {
                let about = format!("谈话 {}·{}", line.number, line.partners);
                out.open(CloseFollowUpDialog::new(line.id, &line.measure, &about));
            } else {
                out.go(Page::WriteTalk(TalkStart::of(line.talk)));
            }
        }
        self.columns = states;
    }
}

/// Talks of other ledgers than that of the scope may be listed, so that each has to be named: their numbers are yearly
/// ones of their own.
fn names_organisations(lines: &[FollowUpLine], scene: &Scene<'_>) -> bool {
    let is_only_one = scene.tree.len() == 1;
    !is_only_one && lines.iter().any(|line| Some(line.organisation) != scene.scope)
}

/// What closes one, or how it was closed, stands where a narrow window still shows it.
fn columns(with_organisation: bool, is_wide: bool) -> Vec<Column<'static>> {
    let wide = |wide: f32, narrow: f32| if is_wide { wide } else { narrow };
    let mut columns = vec![
        Column::new("state", "状态", 86.0).unsortable(),
        Column::new("measure", "措施", wide(240.0, 220.0)).unsortable(),
        Column::new("closing", "办结情况", 170.0).unsortable(),
        Column::new("due", "完成时限", 100.0).unsortable(),
        Column::new("owner", "责任人", 78.0).unsortable(),
        Column::new("partners", "谈话对象", wide(170.0, 94.0)).unsortable(),
        Column::new("number", "谈话", 84.0).unsortable(),
    ];
    if with_organisation {
        columns.push(Column::new("organisation", "党组织", 160.0).unsortable());
    }
    columns
}

fn count(lines: &[FollowUpLine], shown: Shown) -> usize {
    lines.iter().filter(|line| shown.holds(line.state)).count()
}

/// The follow-ups as rows.
struct Rows<'a> {
    lines: &'a [&'a FollowUpLine],
    scene: &'a Scene<'a>,
    chosen: Option<FollowUpId>,
    may: bool,
}

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.lines.get(row) else { return Cell::default() };
        match column {
            "state" => match (line.state, line.days_late) {
                (FollowUpState::Overdue, Some(days)) => Cell::text(format!("迟 {days} 天")).badge(Tone::Amber),
                (FollowUpState::Done, _) => Cell::text("已办结").badge(Tone::Ok),
                (FollowUpState::Open, _) if line.due.is_none() => Cell::text("没有时限").weak(),
                (state, _) => Cell::text(state.label()).weak(),
            },
            "measure" => Cell::text(&*line.measure).tip(&*line.measure),
            "owner" => Cell::known(Some(&*line.owner).filter(|owner| !owner.is_empty())),
            "due" => Cell::known(line.due.map(|due| due.to_string())),
            "partners" => Cell::text(&*line.partners).weak().tip(&*line.partners),
            "number" => Cell::text(line.number.to_string()).link().named(format!("打开谈话 {}", line.number)),
            "organisation" => {
                let mut known = self.scene.tree.iter().map(|known| &known.organisation);
                let named = known.find(|known| known.id == line.organisation);
                Cell::known(named.map(|known| known.shown_name().to_owned())).weak()
            }
            _ if self.may && line.state != FollowUpState::Done => {
                Cell::text("办结…").link().named(format!("办结：{}", line.measure))
            }
            _ => match (line.done_on, &line.closing_note) {
                (Some(done), Some(note)) => Cell::text(format!("{done} {note}")).weak().tip(&**note),
                (Some(done), None) => Cell::text(done.to_string()).weak(),
                (None, _) => Cell::default(),
            },
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.lines.get(row).map(|line| line.measure.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| Some(line.id) == self.chosen)
    }

    fn is_dim(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| line.state == FollowUpState::Done)
    }
}
