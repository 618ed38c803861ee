//! Owns how a row of the dialog is drawn: what is asked for, how it is compared, what with.
//! Must never know what comes of it. Start at [`row_ui`].

use egui::Ui;

use super::row::{How, Row, ways};
use crate::clock::Day;
use crate::domain::codes;
use crate::domain::conditions::{Subject, SubjectKind};
use crate::domain::fields::Known;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::ui::dialogs::member_form::read_date;
use crate::ui::theme::space;
use crate::ui::widgets::{
    Button, DateField, Icon, IconButton, OptionLine, Options, Select, TextField, popup, text_width, weak,
};
use crate::view::organisations::OrganisationLine;

/// What the rows are drawn with.
pub struct Around<'a> {
    /// What can be asked for, with its words.
    pub subjects: &'a [(Subject, String)],
    pub tree: &'a [OrganisationLine],
    pub today: Day,
}

/// Room for what a thing is compared with.
const VALUE_WIDTH: f32 = 300.0;
const MONTHS: [&str; 12] = ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"];

/// Where one is in the rows while they are drawn.
#[derive(Debug, Default)]
pub struct Hand {
    /// The number of the row drawn last; the first is 1.
    pub nth: usize,
    /// The row that is to get the focus: it was just added.
    pub fresh: Option<usize>,
    /// What is looked for in the list that is open.
    pub sought: String,
}

/// Draws the next row; gives back whether it is to go.
pub fn row_ui(ui: &mut Ui, around: &Around<'_>, row: &mut Row, hand: &mut Hand) -> bool {
    hand.nth += 1;
    let nth = hand.nth;
    let is_fresh = hand.fresh.take_if(|fresh| *fresh == nth).is_some();
    let sought = &mut hand.sought;
    ui.push_id(("row", nth), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            subject_ui(ui, around, row, nth, is_fresh);
            way_ui(ui, row, nth);
            let before = ui.cursor().left();
            value_ui(ui, around, row, nth, sought);
            ui.add_space((VALUE_WIDTH - (ui.cursor().left() - before)).max(0.0));
            ui.add(IconButton::new(Icon::X, &format!("去掉第 {nth} 行"))).clicked()
        })
        .inner
    })
    .inner
}

fn subject_ui(ui: &mut Ui, around: &Around<'_>, row: &mut Row, nth: usize, is_fresh: bool) {
    let words: Vec<&str> = around.subjects.iter().map(|(_, words)| words.as_str()).collect();
    let mut place = around.subjects.iter().position(|(subject, _)| *subject == row.what);
    let label = format!("字段 {nth}");
    let response = Select::new(&label, &words, &mut place).label_hidden().width(150.0).show(ui);
    if is_fresh {
        response.request_focus();
    }
    if response.changed()
        && let Some((subject, _)) = place.and_then(|place| around.subjects.get(place))
    {
        *row = Row::of(*subject);
    }
}

fn way_ui(ui: &mut Ui, row: &mut Row, nth: usize) {
    let ways = ways(row.what.kind());
    let words: Vec<&str> = ways.iter().map(|(.., words)| *words).collect();
    let mut place = ways.iter().position(|(how, negated, _)| (*how, *negated) == (row.how, row.negated));
    let label = format!("比较 {nth}");
    if Select::new(&label, &words, &mut place).label_hidden().width(126.0).show(ui).changed()
        && let Some((how, negated, _)) = place.and_then(|place| ways.get(place))
    {
        (row.how, row.negated) = (*how, *negated);
    }
}

fn value_ui(ui: &mut Ui, around: &Around<'_>, row: &mut Row, nth: usize, sought: &mut String) {
    let label = format!("内容 {nth}");
    match (row.how, row.what.kind()) {
        (How::Empty, _) => {}
        (How::Is, SubjectKind::Organisation) => organisations_ui(ui, around, row, &label, sought),
        (How::Is, SubjectKind::Choice(words)) => choices_ui(ui, words, row, &label, sought),
        (How::Is, SubjectKind::Nation) => {
            let all = codes::nations().iter().map(|nation| nation.name).filter(|name| *name != "汉族");
            let words: Vec<&str> = ["汉族", "少数民族"].into_iter().chain(all).collect();
            choices_ui(ui, &words, row, &label, sought);
        }
        (How::InMonth, _) => {
            Select::new(&label, &MONTHS, &mut row.month).label_hidden().width(110.0).show(ui);
        }
        (How::Between, kind) => {
            bound_ui(ui, around.today, kind, &format!("{label} 自"), &mut row.first);
            weak(ui, "至");
            bound_ui(ui, around.today, kind, &format!("{label} 至"), &mut row.second);
            unit_ui(ui, row.what);
        }
        (_, SubjectKind::Text | SubjectKind::Choice(_) | SubjectKind::Nation | SubjectKind::Organisation) => {
            TextField::new(&label, &mut row.first).label_hidden().width(VALUE_WIDTH).show(ui);
        }
        (_, kind) => {
            bound_ui(ui, around.today, kind, &label, &mut row.first);
            unit_ui(ui, row.what);
        }
    }
}

fn bound_ui(ui: &mut Ui, today: Day, kind: SubjectKind, label: &str, text: &mut String) {
    if kind == SubjectKind::Number {
        TextField::new(label, text).label_hidden().width(64.0).show(ui);
    } else {
        let read = move |written: &str| read_date(written, today);
        DateField::new(label, text, today, &read).label_hidden().width(132.0).show(ui);
    }
}

fn unit_ui(ui: &mut Ui, what: Subject) {
    match what {
        Subject::Age => weak(ui, "岁"),
        Subject::Standing => weak(ui, "年"),
        Subject::Untalked => weak(ui, "个月"),
        _ => return,
    };
}

fn choices_ui(ui: &mut Ui, words: &[&str], row: &mut Row, label: &str, sought: &mut String) {
    let lines: Vec<OptionLine<'_>> = words
        .iter()
        .map(|word| OptionLine { text: word, depth: 0, checked: row.chosen.iter().any(|chosen| chosen == word) })
        .collect();
    let shown = row.chosen.join(" 或 ");
    if let Some(word) = pick_ui(ui, &shown, label, &lines, sought).and_then(|place| words.get(place)) {
        match row.chosen.iter().position(|chosen| chosen == word) {
            Some(place) => drop(row.chosen.remove(place)),
            None => row.chosen.push((*word).to_owned()),
        }
    }
}

fn organisations_ui(ui: &mut Ui, around: &Around<'_>, row: &mut Row, label: &str, sought: &mut String) {
    let wants_groups = row.what == Known::Group.into();
    let name = |id: OrganisationId| {
        let line = around.tree.iter().find(|line| line.organisation.id == id);
        line.map_or("已不在的党组织", |line| line.organisation.shown_name())
    };
    let offered: Vec<(OrganisationId, String, usize)> = around
        .tree
        .iter()
        .filter(|line| (line.organisation.kind == OrganisationKind::Group) == wants_groups)
        .map(|line| {
            let organisation = &line.organisation;
            match organisation.parent.filter(|_| wants_groups) {
                Some(branch) => (organisation.id, format!("{}·{}", name(branch), organisation.shown_name()), 0),
                None => (organisation.id, organisation.shown_name().to_owned(), line.depth),
            }
        })
        .collect();
    let lines: Vec<OptionLine<'_>> = offered
        .iter()
        .map(|(id, text, depth)| OptionLine { text, depth: *depth, checked: row.organisations.contains(id) })
        .collect();
    let shown = row.organisations.iter().map(|id| name(*id)).collect::<Vec<_>>().join(" 或 ");
    if let Some((id, ..)) = pick_ui(ui, &shown, label, &lines, sought).and_then(|place| offered.get(place)) {
        match row.organisations.iter().position(|chosen| chosen == id) {
            Some(place) => drop(row.organisations.remove(place)),
            None => row.organisations.push(*id),
        }
    }
}

/// A button with what is chosen, and the list below it; gives back the place of what was pressed.
fn pick_ui(ui: &mut Ui, shown: &str, label: &str, lines: &[OptionLine<'_>], sought: &mut String) -> Option<usize> {
    let words = if shown.is_empty() { "选择…".to_owned() } else { cut(ui, shown) };
    let name = format!("{label}：{}", if shown.is_empty() { "还没选" } else { shown });
    let button = Button::plain(&words).caret().min_width(VALUE_WIDTH).spread().name(&name);
    let response = ui.add(button);
    if response.clicked() {
        sought.clear();
    }
    popup(ui, &response, label, VALUE_WIDTH, |ui, fresh| {
        Options::new(label, lines).several().fresh(fresh).show(ui, sought)
    })
    .flatten()
}

/// The words as far as the button has room for them.
fn cut(ui: &Ui, words: &str) -> String {
    let room = VALUE_WIDTH - 48.0;
    if text_width(ui, words) <= room {
        return words.to_owned();
    }
    let mut kept = String::new();
    for character in words.chars() {
        kept.push(character);
        if text_width(ui, &kept) > room - 14.0 {
            break;
        }
    }
    kept.push('…');
    kept
}
