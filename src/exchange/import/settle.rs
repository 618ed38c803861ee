//! What a column means is told by its head and by the values below: heads that offices use for several things are
//! settled here, and how the column writes months.
//!
//! Start at [`settle`].

use super::headers::{Column, DatePart, Role};
use super::sheets::{Cell, Sheet, raw};
use super::tables::Table;
use super::values_alone;
use crate::clock::Day;
use crate::domain::fields::{FieldKind, Known};
use crate::domain::values::{Context, Reading, Told, Trouble, category_told, half_width, read, says_nothing, squeezed};

/// How many values of a column are looked at.
const SAMPLE: usize = 400;

/// What is known of a column once its values were looked at.
#[derive(Debug, Clone)]
pub struct Settled {
    pub column: Column<Known>,
    pub context: Context,
}

/// Settles what the columns of a table mean.
pub fn settle(sheet: &Sheet, table: &Table<Known>, today: Day) -> Vec<Settled> {
    let text_keeps_zeros = !sheet.is_text_file || keeps_zeros(sheet, table);
    let has = |field: Known| table.header.column_of(field).is_some();
    let mut by_values = Vec::new();
    table
        .header
        .columns
        .iter()
        .map(|column| {
            let values = Values { sheet, table, index: column.index };
            let context = Context {
                today,
                lone_one_is_january: text_keeps_zeros && !values.has_decimals(),
                is_1904: sheet.is_1904,
            };
            let mut column = column.clone();
            let is_told = table.header.told.as_ref().is_some_and(|told| told.contains(&column.index));
            column.role = match column.role {
                role if is_told => role,
                Role::Extra if !has(Known::Branch) && is_organisation_head(&column.head) && values.most(is_branch) => {
                    Role::Field(Known::Branch)
                }
                Role::Field(Known::Status) if !has(Known::Category) && values.most(is_category) => {
                    Role::Field(Known::Category)
                }
                Role::Field(Known::Job) if !has(Known::PartyPost) && values.most(is_party_post) => {
                    Role::Field(Known::PartyPost)
                }
                Role::Field(field) if is_checked(field) && !values.understood(field, &context) => Role::Extra,
                Role::Extra => {
                    let is_held = |field: Known| has(field) || by_values.contains(&field);
                    let found = values_alone::field(&column.head, || values.texts(), is_held);
                    by_values.extend(found);
                    found.map_or(Role::Extra, Role::Field)
                }
                role => role,
            };
            Settled { column, context }
        })
        .collect()
}

/// Fields whose values are of a narrow kind: a column that holds nothing of it is another one.
fn is_checked(field: Known) -> bool {
    matches!(field.spec().kind, FieldKind::Date | FieldKind::Nation | FieldKind::Money | FieldKind::Choice(_))
}

/// Whether months in text keep their zero: `2019.10` stands somewhere. A file made from numbers has lost it.
fn keeps_zeros(sheet: &Sheet, table: &Table<Known>) -> bool {
    let dates = table
        .header
        .columns
        .iter()
        .filter(|column| matches!(column.role, Role::Field(field) if field.spec().is_date()));
    dates.into_iter().any(|column| {
        Values { sheet, table, index: column.index }.texts().any(|text| {
            let text = squeezed(&half_width(&text));
            text.len() == 7 && text.ends_with(".10") && text[..4].bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

struct Values<'a> {
    sheet: &'a Sheet,
    table: &'a Table<Known>,
    index: usize,
}

impl<'a> Values<'a> {
    fn cells(&self) -> impl Iterator<Item = &'a Cell> {
        let (sheet, index) = (self.sheet, self.index);
        self.table.records.iter().map(move |record| sheet.rows[record.place].cell(index))
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        self.cells().map(|cell| cell.shown().into_owned()).filter(|text| !says_nothing(text))
    }

    /// Whether there are numbers such as 2019.1, whose last zero is not kept.
    fn has_decimals(&self) -> bool {
        self.cells().any(|cell| matches!(cell, Cell::Number(value, _) if value.fract() != 0.0))
    }

    /// Whether most values are of a kind.
    fn most(&self, is_of_kind: fn(&str) -> bool) -> bool {
        let (mut all, mut of_kind) = (0, 0);
        for text in self.texts().take(SAMPLE) {
            all += 1;
            of_kind += usize::from(is_of_kind(&squeezed(&text)));
        }
        all > 0 && of_kind * 5 >= all * 3
    }

    /// Whether at least a third of the values can be read as the field. Where there are few, the head is believed.
    fn understood(&self, field: Known, context: &Context) -> bool {
        let (all, understood) = self.fitting(field, context);
        all < 4 || understood * 3 >= all
    }

    /// How many values were looked at, and how many of them can be read as the field.
    fn fitting(&self, field: Known, context: &Context) -> (usize, usize) {
        let (mut all, mut understood) = (0, 0);
        for cell in self.cells() {
            let text = cell.shown();
            match read(field.spec(), &raw(cell, &text), context) {
                Reading::Nothing | Reading::Refused(Trouble::FormulaError) => continue,
                Reading::Refused(Trouble::NotAMember | Trouble::DateInvalid) => understood += 1,
                Reading::Refused(_) => {}
                _ => understood += 1,
            }
            all += 1;
            if all == SAMPLE {
                break;
            }
        }
        (all, understood)
    }
}

/// How many values of a column were looked at, and how many of them can be read as the field.
pub fn fitting(sheet: &Sheet, table: &Table<Known>, settled: &Settled, field: Known) -> (usize, usize) {
    Values { sheet, table, index: settled.column.index }.fitting(field, &settled.context)
}

/// Heads of columns that hold a branch in one office and a committee in another.
fn is_organisation_head(head: &str) -> bool {
    matches!(
        half_width(head).as_str(),
        "所在党组织"
            | "所属党组织"
            | "党组织名称"
            | "党组织"
            | "所在组织"
            | "组织关系所在党组织"
            | "组织关系所在单位"
            | "所在基层党组织"
            | "所属组织"
            | "党员所在党组织"
    )
}

fn is_branch(text: &str) -> bool {
    (text.ends_with("支部") || text.ends_with("支部委员会")) && !text.ends_with("总支部委员会")
}

fn is_category(text: &str) -> bool {
    matches!(category_told(text), Told::Category(_))
}

fn is_party_post(text: &str) -> bool {
    const POSTS: &[&str] = &[
        "书记",
        "支部书记",
        "党支部书记",
        "副书记",
        "支部副书记",
        "党支部副书记",
        "组织委员",
        "宣传委员",
        "纪检委员",
        "青年委员",
        "统战委员",
        "保密委员",
        "支部委员",
        "党支部委员",
        "支委",
        "委员",
        "普通党员",
        "党小组组长",
        "党小组长",
        "党员",
    ];
    POSTS.contains(&text)
}

/// The text of a date whose year, month and day stand in columns of their own; none where the year is missing.
pub fn joined_date(parts: &[(DatePart, String)]) -> Option<String> {
    let part = |wanted: DatePart| {
        let text = parts.iter().find(|(part, _)| *part == wanted).map(|(_, text)| squeezed(&half_width(text)));
        text.filter(|text| !says_nothing(text))
    };
    let mut date = part(DatePart::Year)?.trim_end_matches('年').to_owned();
    if let Some(month) = part(DatePart::Month) {
        date = format!("{date}年{}月", month.trim_end_matches('月'));
        if let Some(day) = part(DatePart::Day) {
            date = format!("{date}{}日", day.trim_end_matches(['日', '号']));
        }
    } else {
        date.push('年');
    }
    Some(date)
}
