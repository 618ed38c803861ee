//! Owns the list of talks of a year: what narrows it down, its rows, its numbers.
//! Must never change a talk but for taking one out: a record is opened in the form. Start at [`Records`].

use egui::{Key, Modifiers, Ui};

use super::people_field::{PeopleField, PeopleLook};
use crate::command::{Command, RemoveTalk};
use crate::domain::dates::Period;
use crate::domain::ids::TalkId;
use crate::domain::talks::TalkDraftField;
use crate::engine::questions::Talks;
use crate::print::{Contents, TalkAsk};
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::{Page, TalkStart, frame};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    Cell, Checkbox, Column, ColumnState, EmptyState, Figure, Icon, MenuRow, Select, Table, TableEvent, TableRows,
    TextField, Tone, figure, grouped, keyboard, link, menu_rule, sheet, strip, weak,
};
use crate::view::talk_ledger::{LedgerAsk, Narrowing};
use crate::view::talks::{Seat, TalkLine, TalkList};

/// The list 记录.
#[derive(Debug, Default)]
pub struct Records {
    text: String,
    kind: Option<String>,
    /// Somebody who sat in the talks; one, or nobody.
    person: Vec<Seat>,
    person_field: PeopleField,
    every_year: bool,
    talks: Live<Talks>,
    columns: Vec<ColumnState>,
    cursor: Option<TalkId>,
    into_list: bool,
}

impl Records {
    pub fn ask(&mut self, scene: &Scene<'_>, year: i16) {
        self.talks.ask(scene, Talks(self.listed(scene, year)));
    }

    /// The talks that are listed: what leaves the program is asked for by the same.
    pub fn listed(&self, scene: &Scene<'_>, year: i16) -> LedgerAsk {
        let only = Narrowing {
            text: self.text.trim().to_owned(),
            kind: self.kind.clone(),
            person: self.person.first().and_then(|seat| seat.person),
            named: self.person.first().filter(|seat| seat.person.is_none()).map(|seat| seat.name.clone()),
            own: None,
            conditions: Vec::new(),
        };
        LedgerAsk { only, ..LedgerAsk::of(scene.scope, Period::year(year).filter(|_| !self.every_year)) }
    }

    /// The fields that the list shows, from the left.
    pub fn shown_fields(&self) -> Vec<TalkDraftField> {
        self.columns.iter().filter(|column| column.visible).flat_map(|column| fields_of(&column.id)).copied().collect()
    }

    /// The papers that are offered: of the list, of the whole ledger where the list is narrowed down, and of the talk one
    /// stands on.
    pub fn papers(&self, scene: &Scene<'_>, year: i16) -> Vec<TalkAsk> {
        let listed = self.listed(scene, year);
        let whole = Some(listed.whole()).filter(|whole| *whole != listed);
        let ledgers: Vec<LedgerAsk> = std::iter::once(listed).chain(whole).collect();
        let stands_on = self
            .cursor
            .filter(|id| self.talks.shown().is_some_and(|list| list.lines.iter().any(|line| line.id == *id)));
        let of_ledgers = ledgers.iter().map(|ledger| TalkAsk::Ledger(ledger.clone(), Contents::default()));
        let one = stands_on.map(|id| TalkAsk::Records(vec![id]));
        of_ledgers.chain(one).chain(ledgers.iter().cloned().map(TalkAsk::RecordsOf)).collect()
    }

    /// Shows the talks of all years in which this stands.
    pub fn find(&mut self, text: String) {
        let (columns, talks) = (std::mem::take(&mut self.columns), std::mem::take(&mut self.talks));
        *self = Self { columns, talks, text, every_year: true, ..Self::default() };
    }

    /// How many talks there are, while nothing narrows them down.
    pub fn count(&self) -> Option<usize> {
        if self.is_narrowed() { None } else { self.talks.shown().map(|list| list.lines.len()) }
    }

    fn is_narrowed(&self) -> bool {
        !self.text.trim().is_empty() || self.kind.is_some() || self.looks_for_somebody() || self.every_year
    }

    /// Whether somebody is picked, or a name is written that stands for nobody yet.
    fn looks_for_somebody(&self) -> bool {
        !self.person.is_empty() || self.person_field.pending().is_some()
    }

    /// Draws the list over all room there is.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, year: i16, out: &mut Outbox) {
        ui.spacing_mut().item_spacing.y = 0.0;
        self.filter_ui(ui, scene);
        ui.add_space(space::S);
        sheet(ui, 0, |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing.y = 0.0;
            frame::day_bar_ui(ui, scene, "情况，不能修改", out);
            frame::above_strip(ui, |ui| {
                self.table_ui(ui, scene, year, out);
            });
            self.strip_ui(ui);
        });
    }

    fn filter_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        ui.horizontal(|ui| {
            ui.set_min_height(height::CONTROL);
            ui.spacing_mut().item_spacing.x = space::S;
            let width = if scene.width == Width::Narrow { 170.0 } else { 240.0 };
            let field = TextField::new("找谈话", &mut self.text).label_hidden().hint("内容、主题、姓名、编号");
            let field = field.prefix(Icon::Search).width(width).show(ui);
            if field.has_focus() && keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::ArrowDown) {
                self.into_list = true;
            }
            self.kind_ui(ui);
            let look = PeopleLook::new("谁的谈话", 170.0).bare().one().sought().hint("谁的谈话");
            let sought = self.person_field.show(ui, scene, scene.scope, &mut self.person, look);
            let is_open = self.person_field.pending().is_some() && !sought.response.has_focus();
            ui.add(Checkbox::new(&mut self.every_year, "各年"));
            if self.is_narrowed() && link(ui, "清除").clicked() {
                let (columns, talks) = (std::mem::take(&mut self.columns), std::mem::take(&mut self.talks));
                *self = Self { columns, talks, ..Self::default() };
            } else if is_open {
                weak(ui, "还没选定是谁");
            }
        });
    }

    /// The types that occur.
    fn kind_ui(&mut self, ui: &mut Ui) {
        let kinds = self.talks.shown().map(|list| list.kinds.as_slice()).unwrap_or_default();
        let words: Vec<&str> =
            std::iter::once("全部类型").chain(kinds.iter().map(|(_, label)| label.as_str())).collect();
        let chosen = kinds.iter().position(|(code, _)| Some(code) == self.kind.as_ref());
        let mut place = Some(chosen.map_or(0, |place| place + 1));
        let response = Select::new("类型", &words, &mut place).label_hidden().width(170.0).show(ui);
        if response.changed() {
            let code = place.and_then(|place| place.checked_sub(1)).and_then(|place| kinds.get(place));
            self.kind = code.map(|(code, _)| code.clone());
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, year: i16, out: &mut Outbox) {
        let mut states = std::mem::take(&mut self.columns);
        let lines = self.talks.shown().map(|list| list.lines.as_slice()).unwrap_or_default();
        let row = lines.iter().position(|line| Some(line.id) == self.cursor);
        let is_one_ledger = lines.iter().all(|line| line.organisation == lines[0].organisation);
        let columns = columns(self.every_year, is_one_ledger, scene.width == Width::Narrow);
        let may = scene.frozen.is_none();
        let mut asked: Option<(usize, Act)> = None;
        let mut row_menu = |ui: &mut Ui, row: usize| {
            if let Some(act) = menu_rows(ui, may) {
                asked = Some((row, act));
            }
        };
        let nothing = format!("{year}年还没有谈话记录");
        let empty = match (self.talks.problem(), self.talks.shown(), self.is_narrowed()) {
            (Some(problem), ..) => EmptyState::new(&problem.title, &problem.happened),
            (None, None, _) => EmptyState::new("正在读取…", ""),
            (None, Some(_), true) => EmptyState::new("没有找到", "换个词，或去掉条件看看"),
            (None, Some(_), false) => EmptyState::new(&nothing, "记一次，补录纸上的，或导入已有的谈话台账"),
        };
        let table = Table::new("talks", "谈话", &columns, &mut states).cursor(row).row_menu(&mut row_menu).empty(empty);
        let shown = table.show(ui, &mut Rows { lines, chosen: self.cursor });
        if std::mem::take(&mut self.into_list) {
            shown.response.request_focus();
        }
        for event in shown.events {
            match event {
                TableEvent::Cursor(row) => self.cursor = lines.get(row).map(|line| line.id),
                TableEvent::Opened(row) | TableEvent::LinkPressed { row, .. } => asked = Some((row, Act::Open)),
                _ => {}
            }
        }
        if let Some((row, act)) = asked
            && let Some(line) = lines.get(row)
        {
            act.wish(line, scene, out);
        }
        self.columns = states;
    }

    fn strip_ui(&self, ui: &mut Ui) {
        let Some(list) = self.talks.shown() else { return strip(ui, |_| ()) };
        let TalkList { lines, .. } = list;
        let open: usize = lines.iter().map(|line| line.open).sum();
        strip(ui, |ui| {
            let count = grouped(lines.len() as u64);
            figure(ui, &Figure::new("谈话", &count, "次").shows_name());
            weak(ui, &partners_told(list)).on_hover_text(COUNTED);
            if open > 0 {
                weak(ui, &format!("未办结的跟进 {open} 项"));
            }
        });
    }
}

/// What 人次 and 人 count.
const COUNTED: &str = "人次：每次谈话的每个谈话对象各算一次\n人：同一个人只算一个；名册外的人按姓名算";

/// 「谈话对象 45 人次，27 人（名册外 3 人）」
fn partners_told(list: &TalkList) -> String {
    let [times, people, outside] = [list.times, list.people, list.outside].map(|count| grouped(count as u64));
    let outside = if list.outside == 0 { String::new() } else { format!("（名册外 {outside} 人）") };
    format!("谈话对象 {times} 人次，{people} 人{outside}")
}

/// What is done with a talk of the list.
#[derive(Debug, Clone, Copy)]
enum Act {
    Open,
    Print,
    Remove,
}

impl Act {
    fn wish(self, line: &TalkLine, scene: &Scene<'_>, out: &mut Outbox) {
        match self {
            Self::Open => {
                let start = TalkStart::of(line.id);
                out.go(Page::WriteTalk(start));
            }
            Self::Print => out.open(PrintDialog::talks(scene, vec![TalkAsk::Records(vec![line.id])])),
            Self::Remove => out.run(Slot::new("talks: remove"), Command::RemoveTalk(RemoveTalk { id: line.id })),
        }
    }
}

fn menu_rows(ui: &mut Ui, may: bool) -> Option<Act> {
    let open = ui.add(MenuRow::new("打开").icon(Icon::SquarePen).shortcut("Enter")).clicked();
    let print = ui.add(MenuRow::new("打印记录表…").icon(Icon::Printer)).clicked();
    menu_rule(ui);
    let remove = ui.add(MenuRow::new("删除").icon(Icon::Trash2).careful().enabled(may)).clicked();
    let acts = [(open, Act::Open), (print, Act::Print), (remove, Act::Remove)];
    acts.into_iter().find(|(pressed, _)| *pressed).map(|(_, act)| act)
}

/// What tells one talk from another comes first: a narrow window shows it all without scrolling sideways.
fn columns(every_year: bool, is_one_ledger: bool, is_narrow: bool) -> Vec<Column<'static>> {
    let is_of_several = !is_one_ledger || every_year;
    let about = if is_of_several || is_narrow { 200.0 } else { 222.0 };
    // The longest of the types where there is room for it.
    let kind = if is_of_several || is_narrow { 172.0 } else { 230.0 };
    let mut columns = vec![
        Column::new("number", "编号", 84.0).unsortable(),
        Column::new("held_on", "日期", 98.0).unsortable(),
        Column::new("talkers", "谈话人", 88.0).unsortable(),
        Column::new("partners", "谈话对象", if is_narrow { 96.0 } else { 112.0 }).unsortable(),
        Column::new("kind", "类型", kind).unsortable(),
        Column::new("about", "主题或内容", about).unsortable(),
        Column::new("open", "跟进", 52.0).right().unsortable(),
        Column::new("mode", "方式", 88.0).unsortable(),
    ];
    if is_of_several {
        columns.push(Column::new("organisation", "党组织", 150.0).unsortable());
    }
    columns.push(Column::new("place", "地点", 110.0).unsortable());
    columns
}

/// What of a talk a column shows: fields of their own in a file.
fn fields_of(column: &str) -> &'static [TalkDraftField] {
    match column {
        "number" => &[TalkDraftField::Number],
        "held_on" => &[TalkDraftField::HeldOn],
        "talkers" => &[TalkDraftField::Talkers],
        "partners" => &[TalkDraftField::Partners],
        "kind" => &[TalkDraftField::Kind],
        "mode" => &[TalkDraftField::Mode],
        "place" => &[TalkDraftField::Place],
        "open" => &[TalkDraftField::FollowUps],
        "organisation" => &[TalkDraftField::Organisation],
        _ => &[TalkDraftField::Topic, TalkDraftField::Content],
    }
}

/// The talks as rows.
struct Rows<'a> {
    lines: &'a [TalkLine],
    chosen: Option<TalkId>,
}

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.lines.get(row) else { return Cell::default() };
        match column {
            "number" => Cell::text(line.number.to_string()).weak(),
            "held_on" => Cell::text(line.held_on.to_string()),
            "talkers" => Cell::text(&*line.talkers).tip(&*line.talkers),
            "partners" => Cell::text(&*line.partners).tip(&*line.partners),
            "kind" => Cell::text(&*line.kind).tip(&*line.kind),
            "mode" => Cell::known(line.mode.as_deref()).weak(),
            "place" => Cell::known(line.place.as_deref()).weak(),
            "open" if line.open > 0 => Cell::text(line.open.to_string()).tone(Tone::Amber).tip("未办结的跟进"),
            "open" => Cell::default(),
            "organisation" => Cell::text(&*line.organisation_name).weak(),
            _ => Cell::text(&*line.about).tip(&*line.about),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.lines.get(row).map(|line| format!("{} {}", line.number, line.partners)).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| Some(line.id) == self.chosen)
    }
}
