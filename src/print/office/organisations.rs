//! Forms of organisations: 党组织一览表, 委员会组成人员名单, 任期情况表.

use super::{OfficeAsk, dotted, empty_table, to_the_month};
use crate::domain::dates::PartialDate;
use crate::domain::identity::masked_phone;
use crate::domain::ids::PersonId;
use crate::domain::organisations::{Organisation, OrganisationKind, OrganisationTree};
use crate::domain::rules::Level;
use crate::domain::rules::organisations::is_of_committee;
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::print::table::{CellAlign, MarkedCell, Orientation, RowWords, TableSection, TableSheet};
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::organisations::{PostLine, Standing, TermLine, standings, terms};

const CENTER: CellAlign = CellAlign::Center;
const LEFT: CellAlign = CellAlign::Left;
const ORGANISATIONS: RowWords = RowWords { unit: "个党组织", nothing: "没有党组织" };

/// How far each level stands in.
const INDENT: &str = "\u{3000}\u{3000}";
/// The column in which 联系电话 stands.
const PHONE: usize = 4;

pub(super) fn organisations_of(desk: &Desk, ask: &OfficeAsk, options: &FillOptions) -> Result<TableSheet> {
    let (scope, as_of) = (ask.list.scope, ask.list.as_of);
    let tree = desk.tree_on(as_of);
    let whose = Whose::on(desk, scope, as_of)?;
    let columns = [
        ("党组织", LEFT),
        ("组织类别", CENTER),
        ("书记（组长）", CENTER),
        ("联系人", CENTER),
        ("联系电话", CENTER),
        ("所在单位", LEFT),
        ("党员", CENTER),
        ("正式", CENTER),
        ("预备", CENTER),
        ("成立时间", CENTER),
        ("任期届满", CENTER),
    ];
    let mut sheet = empty_table(whose.frame(options), ask, (Orientation::Landscape, ORGANISATIONS), &columns);
    sheet.title = format!("{}党组织一览表", whose.name());
    let above = scope.map_or(0, |scope| tree.lineage(scope).count().saturating_sub(1));
    let row = |standing: Standing| {
        let node = tree.get(standing.organisation)?;
        let depth = tree.lineage(node.id).count().saturating_sub(1 + above);
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let phone = node.phone.as_deref().unwrap_or_default();
        Some(vec![
            format!("{}{}", INDENT.repeat(depth), node.name),
            node.kind.label().to_owned(),
            standing.leaders.join("、"),
            text(&node.contact),
            if options.unmasked { phone.to_owned() } else { masked_phone(phone) },
            text(&node.unit),
            standing.members.to_string(),
            standing.formal.to_string(),
            (standing.members - standing.formal).to_string(),
            dotted(node.founded),
            dotted(standing.term.due()),
        ])
    };
    let is_asked = |standing: &Standing| ask.reach.holds(scope, &tree, standing.organisation);
    let rows: Vec<Vec<String>> = standings(desk, scope, as_of)?.into_iter().filter(is_asked).filter_map(row).collect();
    sheet.masked = !options.unmasked && rows.iter().any(|row| !row[PHONE].is_empty());
    if rows.len() > 1 {
        sheet.notes.push("党员人数含下级党组织；党小组的党员已计入所在党支部".to_owned());
    }
    sheet.sections = vec![TableSection { rows, ..TableSection::default() }];
    Ok(sheet)
}

pub(super) fn committees_of(desk: &Desk, ask: &OfficeAsk, options: &FillOptions) -> Result<TableSheet> {
    let (scope, as_of) = (ask.list.scope, ask.list.as_of);
    let tree = desk.tree_on(as_of);
    let whose = Whose::on(desk, scope, as_of)?;
    let columns = [
        ("党内职务", CENTER),
        ("姓名", CENTER),
        ("性别", CENTER),
        ("出生年月", CENTER),
        ("学历", CENTER),
        ("入党时间", CENTER),
        ("任职时间", CENTER),
    ];
    let words = RowWords { nothing: "没有登记任职人员", ..RowWords::PEOPLE };
    let mut sheet = empty_table(whose.frame(options), ask, (Orientation::Portrait, words), &columns);
    let (mut sections, mut without, mut told) = (Vec::new(), Vec::new(), 0);
    let mut committees = 0;
    for standing in standings(desk, scope, as_of)? {
        let is_asked = ask.reach.holds(scope, &tree, standing.organisation);
        let Some(node) = committee_of(&tree, &standing).filter(|_| is_asked) else { continue };
        committees += 1;
        let mut rows = rows_of(desk, &standing.posts);
        if rows.is_empty() {
            rows = told_rows(node);
            told += rows.len();
        }
        match rows.is_empty() {
            true => without.push(node.shown_name()),
            false => sections.push(TableSection { title: Some(node.name.clone()), rows, marked: Vec::new() }),
        }
    }
    if !without.is_empty() && !sections.is_empty() {
        sheet.notes.push(format!("没有登记任职人员的党组织：{}", without.join("、")));
    }
    if told > 0 {
        sheet.notes.push(format!("其中 {told} 人只有姓名，没有对应到名册里的人"));
    }
    if committees == 1
        && let [only] = &mut sections[..]
    {
        only.title = None;
    }
    sheet.title = committee_title(&whose.name(), committees == 1);
    sheet.sections = sections;
    Ok(sheet)
}

fn committee_of<'t>(tree: &'t OrganisationTree, standing: &Standing) -> Option<&'t Organisation> {
    tree.get(standing.organisation).filter(|node| node.kind != OrganisationKind::Group)
}

/// `…支部委员会组成人员名单`, `机关党支部委员会组成人员名单`; of several with 各党组织.
fn committee_title(name: &str, is_one: bool) -> String {
    match (is_one, name.ends_with("委员会")) {
        (true, true) => format!("{name}组成人员名单"),
        (true, false) => format!("{name}委员会组成人员名单"),
        (false, _) => format!("{name}各党组织委员会组成人员名单"),
    }
}

/// One person a row: who has two posts stands once, with both.
fn rows_of(desk: &Desk, posts: &[PostLine]) -> Vec<Vec<String>> {
    let mut held: Vec<(PersonId, Vec<&PostLine>)> = Vec::new();
    for line in posts.iter().filter(|line| is_of_committee(&line.post)) {
        match held.iter_mut().find(|(person, _)| *person == line.person) {
            Some((_, lines)) => lines.push(line),
            None => held.push((line.person, vec![line])),
        }
    }
    let row = |(person, lines): (PersonId, Vec<&PostLine>)| {
        let card = desk.directory().get(person);
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        let known = lines.iter().filter(|line| line.since.is_some());
        let mut since: Vec<String> = known.map(|line| to_the_month(line.since)).collect();
        since.dedup();
        vec![
            lines.iter().map(|line| line.post.as_str()).collect::<Vec<_>>().join("、"),
            lines.first().map(|line| line.name.clone()).unwrap_or_default(),
            text(card.and_then(|card| card.sex.as_deref())),
            to_the_month(card.and_then(|card| card.birth)),
            text(card.and_then(|card| card.education.as_deref())),
            to_the_month(card.and_then(|card| card.path.joined)),
            since.join("、"),
        ]
    };
    held.into_iter().map(row).collect()
}

/// Names that a list of organisations told: nothing more is known of them.
fn told_rows(node: &Organisation) -> Vec<Vec<String>> {
    let names = |text: &Option<String>| -> Vec<String> {
        let text = text.as_deref().unwrap_or_default();
        let parts = text.split(['、', '，', ',', ';', '；']).map(str::trim).filter(|name| !name.is_empty());
        parts.map(str::to_owned).collect()
    };
    let told = [("书记", &node.secretary), ("副书记", &node.deputy), ("委员", &node.committee)];
    let row = |(post, name): (&str, String)| {
        let mut row = vec![post.to_owned(), name];
        row.resize(7, String::new());
        row
    };
    told.into_iter().flat_map(|(post, text)| names(text).into_iter().map(move |name| (post, name))).map(row).collect()
}

/// The columns of the table of terms in which its remarks stand.
const REMARK: usize = 7;

pub(super) fn terms_of(desk: &Desk, ask: &OfficeAsk, options: &FillOptions) -> Result<TableSheet> {
    let (scope, as_of) = (ask.list.scope, ask.list.as_of);
    let whose = Whose::on(desk, scope, as_of)?;
    let columns = [
        ("党组织", LEFT),
        ("书记", CENTER),
        ("委员会人数", CENTER),
        ("本届选举时间", CENTER),
        ("任期（年）", CENTER),
        ("届满时间", CENTER),
        ("延期至", CENTER),
        ("备注", LEFT),
    ];
    let mut sheet = empty_table(whose.frame(options), ask, (Orientation::Landscape, ORGANISATIONS), &columns);
    sheet.title = format!("{}党组织任期情况表", whose.name());
    let found = terms(desk, scope, as_of)?;
    let mark = |(row, line): (usize, &TermLine)| Some(MarkedCell { row, column: REMARK, level: firmest(line)? });
    let marked: Vec<MarkedCell> = found.iter().enumerate().filter_map(mark).collect();
    if !marked.is_empty() {
        let signs = [(Level::Red, "红色的 ◆ 表示按规定应当办理"), (Level::Amber, "○ 表示提醒")];
        let used = signs.iter().filter(|(level, _)| marked.iter().any(|cell| cell.level == *level));
        sheet.notes.push(used.map(|(_, words)| *words).collect::<Vec<_>>().join("，"));
    }
    let rows = found.iter().map(term_row).collect();
    sheet.sections = vec![TableSection { title: None, rows, marked }];
    Ok(sheet)
}

/// The level of what is said of a term: findings stand with the firmest first.
fn firmest(line: &TermLine) -> Option<Level> {
    line.findings.first().map(|finding| finding.level)
}

fn term_row(line: &TermLine) -> Vec<String> {
    let term = line.term;
    let date = |date: Option<PartialDate>| dotted(date);
    // What has to be done is said alone: the reminder of the same would only repeat it.
    let said = line.findings.iter().filter(|finding| Some(finding.level) == firmest(line));
    let remarks: Vec<&str> = said.map(|finding| finding.words.as_str()).collect();
    vec![
        line.organisation.name.clone(),
        line.secretary.clone(),
        if line.committee > 0 { line.committee.to_string() } else { String::new() },
        date(term.elected_on),
        term.elected_on.map(|_| term.years.to_string()).unwrap_or_default(),
        date(term.ends),
        date(term.delayed_to),
        remarks.join("；"),
    ]
}
