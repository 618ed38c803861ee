//! The forms of an office besides roster and summary: cards, name list, 政治生日, organisations, committees, terms,
//! transfers. Each is filled from views and comes out as a [`Form`] with what the log is told of it.
//!
//! Decides nothing about how they look. The window and the command line print by one function: start at
//! [`office_form`].

mod cards;
mod ledgers;
mod names;
mod organisations;
mod units;

use super::fill::{FillOptions, roster_ask};
use super::frame::Frame;
use super::paper::Form;
use super::sheet::period_words;
use super::table::{CellAlign, Orientation, RowWords, TableColumn, TableSection, TableSheet};
use crate::domain::dates::{PartialDate, Period};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisations::{OrganisationKind, OrganisationTree};
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::list_words::{filter_words, in_words};
use crate::view::members::ListAsk;

/// Which form (表).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficeForm {
    /// 党员信息卡
    Card,
    /// 名单（按姓氏笔画为序）
    Names,
    /// 政治生日名单
    Birthdays,
    /// 党组织一览表
    Organisations,
    /// 支部委员会组成人员
    Committee,
    /// 任期表
    Terms,
    /// 组织关系转接台账
    Transfers,
    /// 党组织和所在单位基本信息采集表
    Units,
}

impl OfficeForm {
    /// The name of the form.
    pub fn label(self) -> &'static str {
        match self {
            Self::Card => "党员信息卡",
            Self::Names => "党员名单",
            Self::Birthdays => "政治生日名单",
            Self::Organisations => "党组织一览表",
            Self::Committee => "委员会组成人员名单",
            Self::Terms => "任期情况表",
            Self::Transfers => "组织关系转接台账",
            Self::Units => "党组织和所在单位基本信息采集表",
        }
    }

    /// The same, where room is short.
    pub fn short(self) -> &'static str {
        match self {
            Self::Card => "信息卡",
            Self::Names => "名单",
            Self::Birthdays => "政治生日",
            Self::Organisations => "组织一览",
            Self::Committee => "委员名单",
            Self::Terms => "任期表",
            Self::Transfers => "转接台账",
            Self::Units => "单位采集表",
        }
    }

    /// What its rows are counted in.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Card | Self::Names | Self::Birthdays | Self::Committee => "人",
            Self::Organisations | Self::Terms | Self::Units => "个党组织",
            Self::Transfers => "人次",
        }
    }

    /// Whether ID numbers and phones stand on it.
    pub fn has_numbers(self) -> bool {
        matches!(self, Self::Card | Self::Organisations | Self::Units)
    }

    /// Whether it is of a period, not of a day.
    pub fn is_of_period(self) -> bool {
        matches!(self, Self::Birthdays | Self::Transfers)
    }
}

/// How the names of a list stand (名单的分组).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// 按党支部分列
    #[default]
    ByBranch,
    /// 合在一起
    Together,
}

/// What stands behind the names of a list (姓名后的标注).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NameMarks {
    /// （女）、（回族）, as documents have it: 男 and 汉族 go without.
    #[default]
    SexAndNation,
    /// 不标注
    None,
}

/// Whose a form is besides its organisation's own (范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Of all organisations below it.
    #[default]
    Below,
    /// Of nobody but its own groups.
    Own,
}

impl Reach {
    /// Whether an organisation of the scope stands on the form.
    fn holds(self, scope: Option<OrganisationId>, tree: &OrganisationTree, id: OrganisationId) -> bool {
        let is_group = || tree.get(id).is_some_and(|node| node.kind == OrganisationKind::Group && node.parent == scope);
        self == Self::Below || scope.is_none() || scope == Some(id) || is_group()
    }
}

/// A form with what it is filled from.
#[derive(Debug, Clone, PartialEq)]
pub struct OfficeAsk {
    pub form: OfficeForm,
    /// Scope and day; of cards, names and 政治生日 also who.
    pub list: ListAsk,
    /// Whose cards; empty for everybody of the list.
    pub people: Vec<PersonId>,
    /// Of 政治生日 and transfers.
    pub period: Period,
    /// Of names.
    pub grouping: Grouping,
    /// Of names.
    pub marks: NameMarks,
    /// Of organisations, committees and transfers.
    pub reach: Reach,
}

impl OfficeAsk {
    /// As it is usually printed: of everybody in the list, of the year of its day, branch by branch.
    pub fn usual(form: OfficeForm, list: ListAsk) -> Self {
        let day = list.as_of;
        let period = Period { first: day.first_of_year(), last: day.last_of_year() };
        let (grouping, marks) = (Grouping::default(), NameMarks::default());
        Self { form, list, people: Vec::new(), period, grouping, marks, reach: Reach::default() }
    }
}

/// A form that was filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    pub form: Form,
    /// How many people, organisations or transfers stand on it.
    pub rows: usize,
    /// Whose, and of when, for the log.
    pub scope: String,
}

/// Fills a form from the workbook.
pub fn office_form(desk: &Desk, ask: &OfficeAsk, options: &FillOptions) -> Result<Filled> {
    let (form, rows) = match ask.form {
        OfficeForm::Card => {
            let sheet = cards::cards_of(desk, ask, options)?;
            let rows = sheet.cards.len();
            (Form::Cards(sheet), rows)
        }
        OfficeForm::Names => {
            let sheet = names::names_of(desk, ask, options)?;
            let rows = sheet.people();
            (Form::Names(sheet), rows)
        }
        OfficeForm::Birthdays => table(ledgers::birthdays_of(desk, ask, options)?),
        OfficeForm::Organisations => table(organisations::organisations_of(desk, ask, options)?),
        OfficeForm::Committee => table(organisations::committees_of(desk, ask, options)?),
        OfficeForm::Terms => table(organisations::terms_of(desk, ask, options)?),
        OfficeForm::Transfers => table(ledgers::transfers_of(desk, ask, options)?),
        OfficeForm::Units => table(units::units_of(desk, ask, options)?),
    };
    Ok(Filled { form, rows, scope: scope_words(desk, ask)? })
}

fn table(sheet: TableSheet) -> (Form, usize) {
    let rows = sheet.people();
    (Form::Table(sheet), rows)
}

/// 「青禾县民政局党总支，截至 2026-11-24」, 「全部，2026年7月」, 「选中的 3 人，截至 …」
fn scope_words(desk: &Desk, ask: &OfficeAsk) -> Result<String> {
    let list = &ask.list;
    Ok(match ask.form {
        OfficeForm::Card if !ask.people.is_empty() => format!("选中的 {} 人，截至 {}", ask.people.len(), list.as_of),
        OfficeForm::Card | OfficeForm::Names => in_words(desk, list)?,
        form if form.is_of_period() => {
            format!("{}，{}", desk.scope_name_on(list.scope, list.as_of), period_words(ask.period))
        }
        _ => in_words(desk, &ListAsk::roll(list.as_of, list.scope))?,
    })
}

/// What narrows a list down from all members of its scope; empty where nothing does.
fn narrowed(desk: &Desk, list: &ListAsk) -> Result<Vec<String>> {
    let all = roster_ask(list.as_of, list.scope).conditions;
    let conditions = list.conditions.iter().filter(|one| !all.contains(one)).cloned().collect();
    filter_words(desk, &ListAsk { conditions, ..list.clone() })
}

/// A numbered table with these columns and no row yet.
fn empty_table(
    frame: Frame,
    ask: &OfficeAsk,
    (orientation, words): (Orientation, RowWords),
    columns: &[(&str, CellAlign)],
) -> TableSheet {
    let column = |(label, align): &(&str, CellAlign)| TableColumn { align: *align, ..TableColumn::new(*label) };
    TableSheet {
        title: String::new(),
        frame,
        orientation,
        words,
        period: ask.form.is_of_period().then_some(ask.period),
        numbered: true,
        columns: columns.iter().map(column).collect(),
        sections: vec![TableSection::default()],
        stands_for: None,
        narrowed: None,
        notes: Vec::new(),
        masked: false,
    }
}

/// `2019.07.01`, `2019.07`, `2019`, as paper has dates; empty where nothing is known.
fn dotted(date: Option<PartialDate>) -> String {
    date.map(|date| date.to_string().replace('-', ".")).unwrap_or_default()
}

/// 年月: `2019.07`.
fn to_the_month(date: Option<PartialDate>) -> String {
    dotted(date.and_then(|date| PartialDate::new(date.year(), date.month(), None)))
}
