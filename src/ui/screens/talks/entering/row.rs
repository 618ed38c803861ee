//! Owns a row of 补录: what is written in it, how a short date is read, the draft it makes, what is wrong with it.
//! Must never draw. Start at [`Row`].

use serde::{Deserialize, Serialize};

use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::PersonId;
use crate::domain::talks::{MODES, TalkDraft, TalkDraftField};
use crate::ui::dialogs::member_form::read_date;
use crate::ui::screens::talks::form::Written;
use crate::ui::screens::talks::people_field::PeopleField;
use crate::view::talks::{Seat, Writing};

/// A talk of one row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    pub held_on: String,
    pub talkers: Vec<Seat>,
    pub partners: Vec<Seat>,
    /// The code of its type.
    pub kind: String,
    pub topic: String,
}

/// What the fields of a row keep between frames.
#[derive(Debug, Default)]
pub struct RowFields {
    pub talkers: PeopleField,
    pub partners: PeopleField,
}

/// What the rows are read with.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    pub writing: &'a Writing,
    /// The year of a date without one.
    pub year: i16,
    pub today: Day,
}

impl Row {
    /// The first row, with who talked last.
    pub fn first(writing: &Writing) -> Self {
        let kind = writing.types.offered().next().map(|kind| kind.code.clone()).unwrap_or_default();
        Self { talkers: writing.last.talkers.clone(), kind, ..Self::default() }
    }

    /// The row after this one: the same talkers and type.
    pub fn next(&self) -> Self {
        Self { talkers: self.talkers.clone(), kind: self.kind.clone(), ..Self::default() }
    }

    /// Nothing was written in it; talkers and type come by themselves.
    pub fn is_blank(&self) -> bool {
        self.held_on.trim().is_empty() && self.partners.is_empty() && self.topic.trim().is_empty()
    }

    /// The draft of it.
    pub fn draft(&self, around: &Around<'_>) -> TalkDraft {
        let held_on = read_day(&self.held_on, around.year, around.today).unwrap_or_default();
        let mode = MODES[usize::from(self.partners.len() > 1)].to_owned();
        let written = Written {
            ledger: around.writing.ledger,
            held_on,
            kind: self.kind.clone(),
            mode,
            talkers: self.talkers.clone(),
            partners: self.partners.clone(),
            topic: self.topic.clone(),
            ..Written::default()
        };
        written.draft(&around.writing.types, around.today)
    }

    /// What is wrong with it, in the order of the form.
    pub fn faults(&self, around: &Around<'_>, fields: Option<&RowFields>) -> Vec<(TalkDraftField, String)> {
        let name = |id: PersonId| {
            self.talkers.iter().chain(&self.partners).find(|seat| seat.person == Some(id)).map(|seat| seat.name.clone())
        };
        let checked = self.draft(around).check(&around.writing.types, None, around.today, name);
        let mut faults: Vec<(TalkDraftField, String)> =
            checked.err().into_iter().flatten().map(|fault| (fault.field, fault.why)).collect();
        if let (false, Err(why)) = (self.held_on.trim().is_empty(), read_day(&self.held_on, around.year, around.today))
        {
            faults.retain(|(field, _)| *field != TalkDraftField::HeldOn);
            faults.insert(0, (TalkDraftField::HeldOn, why));
        }
        let pending = fields.map(|fields| {
            [(TalkDraftField::Talkers, fields.talkers.pending()), (TalkDraftField::Partners, fields.partners.pending())]
        });
        for (field, text) in pending.into_iter().flatten() {
            if let Some(text) = text {
                faults.retain(|(other, _)| *other != field);
                faults.push((field, format!("“{text}”还没选定是谁")));
            }
        }
        faults
    }
}

/// Reads a day: `3.20`, `3-20`, `3月20日`, `0320` are of `year`; all else as in every field for a date.
pub fn read_day(text: &str, year: i16, today: Day) -> Result<String, String> {
    let text = text.trim();
    let parts: Vec<&str> =
        text.split(['.', '-', '/', '月', '．', '。']).map(|part| part.trim_end_matches('日')).collect();
    let number = |part: &str| part.trim().parse::<i8>().ok();
    let short = match parts[..] {
        [month, day] => number(month).zip(number(day)),
        [four] if four.len() == 4 && four.starts_with(['0', '1']) && four.is_ascii() => {
            // No month has 78 days: 1978 is a year.
            let both = number(&four[..2]).zip(number(&four[2..]));
            both.filter(|(month, day)| (1..=12).contains(month) && (1..=31).contains(day))
        }
        _ => None,
    };
    match short {
        Some((month, day)) => PartialDate::new(year, Some(month), Some(day))
            .map(|date| date.to_string())
            .ok_or_else(|| format!("{year}年{month}月没有 {day} 日")),
        None => read_date(text, today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day::constant(2026, 11, 24);

    #[test]
    fn a_short_date_is_of_the_year_that_is_written_down() {
        for text in ["3.20", "3-20", "3/20", "3月20日", "0320", " 03.20 "] {
            assert_eq!(read_day(text, 2025, TODAY).as_deref(), Ok("2025-03-20"), "{text}");
        }
        assert_eq!(read_day("2024.3.20", 2025, TODAY).as_deref(), Ok("2024-03-20"));
        assert_eq!(read_day("2024年3月", 2025, TODAY).as_deref(), Ok("2024-03"));
        assert_eq!(read_day("2.30", 2025, TODAY), Err("2025年2月没有 30 日".into()));
        assert_eq!(read_day("1978", 2025, TODAY).as_deref(), Ok("1978"), "no month has 78 days: a year");
    }

    #[test]
    fn a_row_that_only_has_what_comes_by_itself_is_blank() {
        let row = Row { talkers: vec![Seat::named("王芳")], kind: "T01".into(), ..Row::default() };
        assert!(row.is_blank());
        assert!(!Row { held_on: "3.20".into(), ..row.clone() }.is_blank());
        assert!(Row { held_on: "3.20".into(), topic: "谈心".into(), ..row }.next().is_blank());
    }
}
