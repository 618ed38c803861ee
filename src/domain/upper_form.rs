//! A form that an upper office sends (上级表样): which of our fields each of its columns holds, and how it writes dates.
//!
//! Known again by its heads, kept in the workbook as JSON. Knows nothing of files. Start at [`UpperForm`].

use std::str::FromStr as _;

use serde::{Deserialize, Serialize};

use super::dates::{PartialDate, Precision};
use super::fields::{FieldKey, Known};
use super::ids::ExtraFieldId;
use super::values::{half_width, squeezed};

/// A form of an upper office (上级表样).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpperForm {
    /// What it is called when it is offered again: the title of the sheet.
    pub name: String,
    pub columns: Vec<FormColumn>,
}

/// A column of such a form (栏).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormColumn {
    /// Its place in the sheet, from 0: there may be empty ones between.
    pub place: usize,
    /// As written; heads of two rows joined by `/`.
    pub head: String,
    #[serde(with = "holding")]
    pub holds: Holding,
    /// How dates stand in it, as an example: `2019.07`, `2019-07-01`, `2019年7月`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// What a column holds (填什么).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holding {
    /// 留空
    Nothing,
    Field(FieldKey),
    /// 年, 月 or 日 of a date.
    Part(Known, Part),
    /// Two fields in one column.
    Pair(Known, Known),
    /// 序号
    Number,
    /// 年龄
    Age,
    /// 党龄
    Standing,
}

/// A part of a date that has a column of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Year,
    Month,
    Day,
}

impl Part {
    const ALL: [(Self, &'static str, &'static str); 3] =
        [(Self::Year, "year", "年"), (Self::Month, "month", "月"), (Self::Day, "day", "日")];

    /// 年、月、日
    pub fn label(self) -> &'static str {
        Self::ALL.into_iter().find(|(part, ..)| *part == self).map_or("", |(.., label)| label)
    }

    /// This part of a date, where it is known.
    pub fn of(self, date: PartialDate) -> Option<String> {
        match self {
            Self::Year => Some(date.year().to_string()),
            Self::Month => date.month().map(|month| month.to_string()),
            Self::Day => date.day().map(|day| day.to_string()),
        }
    }
}

impl Holding {
    /// The word by which it is kept.
    pub fn word(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Field(FieldKey::Known(known)) => known.spec().name.to_owned(),
            Self::Field(FieldKey::Extra(id)) => format!("extra:{id}"),
            Self::Part(known, part) => {
                let name = Part::ALL.into_iter().find(|(one, ..)| *one == part).map_or("", |(_, name, _)| name);
                format!("{}:{name}", known.spec().name)
            }
            Self::Pair(one, two) => format!("{}+{}", one.spec().name, two.spec().name),
            Self::Number => "#number".to_owned(),
            Self::Age => "#age".to_owned(),
            Self::Standing => "#standing".to_owned(),
        }
    }

    /// What a word means; `None` if it means nothing.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "" => return Some(Self::Nothing),
            "#number" => return Some(Self::Number),
            "#age" => return Some(Self::Age),
            "#standing" => return Some(Self::Standing),
            _ => {}
        }
        if let Some((one, two)) = word.split_once('+') {
            return Some(Self::Pair(Known::from_name(one)?, Known::from_name(two)?));
        }
        if let Some(id) = word.strip_prefix("extra:") {
            return ExtraFieldId::from_str(id).ok().map(|id| Self::Field(FieldKey::Extra(id)));
        }
        match word.split_once(':') {
            Some((name, part)) => {
                let part = Part::ALL.into_iter().find(|(_, name, _)| *name == part)?.0;
                Some(Self::Part(Known::from_name(name)?, part))
            }
            None => Known::from_name(word).map(|known| Self::Field(known.into())),
        }
    }
}

mod holding {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use super::Holding;

    pub fn serialize<S: Serializer>(holding: &Holding, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&holding.word())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Holding, D::Error> {
        let word = String::deserialize(from)?;
        Holding::from_word(&word).ok_or_else(|| D::Error::custom(format!("no field {word}")))
    }
}

impl UpperForm {
    /// What it is known again by: its heads in their order.
    pub fn signature(&self) -> String {
        let plain = |column: &FormColumn| squeezed(&half_width(&column.head)).to_lowercase();
        self.columns.iter().map(plain).collect::<Vec<_>>().join("|")
    }

    /// Takes over what another form of the same heads holds.
    pub fn correct_by(&mut self, other: &Self) {
        self.name.clone_from(&other.name);
        for (column, told) in self.columns.iter_mut().zip(&other.columns) {
            column.holds = told.holds;
            column.date = column.date.take().or_else(|| told.date.clone());
        }
    }

    /// How many columns a row has.
    pub fn width(&self) -> usize {
        self.columns.iter().map(|column| column.place + 1).max().unwrap_or(0)
    }

    /// The heads of columns that are left empty.
    pub fn left_empty(&self) -> Vec<&str> {
        let empty = self.columns.iter().filter(|column| column.holds == Holding::Nothing);
        empty.map(|column| column.head.as_str()).collect()
    }
}

/// How a date is written (日期写法).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateStyle {
    precision: Precision,
    /// After year and month, and at the end.
    marks: [&'static str; 3],
    padded: bool,
}

impl DateStyle {
    /// 2019.07
    pub const USUAL: Self = Self { precision: Precision::Month, marks: [".", ".", ""], padded: true };

    /// The style of an example; `None` where it is no date of four digits for the year.
    pub fn of_sample(sample: &str) -> Option<Self> {
        let text = half_width(sample.trim());
        let year_end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, rest) = text.split_at(year_end);
        if rest.is_empty() {
            let precision = match digits.len() {
                4 => Precision::Year,
                6 => Precision::Month,
                8 => Precision::Day,
                _ => return None,
            };
            let is_year = matches!(digits.get(..2), Some("18" | "19" | "20"));
            return is_year.then_some(Self { precision, marks: ["", "", ""], padded: true });
        }
        let marks = match rest.chars().next()? {
            '.' => [".", ".", ""],
            '-' => ["-", "-", ""],
            '/' => ["/", "/", ""],
            '年' => ["年", "月", "日"],
            _ => return None,
        };
        let is_number = |part: &&str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = rest.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let has_words = rest.chars().any(|c| !c.is_ascii_digit() && !".-/年月日".contains(c));
        if digits.len() != 4 || parts.len() > 2 || has_words || !parts.iter().all(is_number) {
            return None;
        }
        let precision = [Precision::Year, Precision::Month, Precision::Day][parts.len()];
        Some(Self { precision, marks, padded: parts.iter().all(|part| part.len() == 2) })
    }

    /// A date, as precisely as it is known and as the style has it.
    pub fn written(self, date: PartialDate) -> String {
        let number = |part: i8| if self.padded { format!("{part:02}") } else { part.to_string() };
        let month = date.month().filter(|_| self.precision >= Precision::Month);
        let day = date.day().filter(|_| month.is_some() && self.precision == Precision::Day);
        let mut text = date.year().to_string();
        let is_chinese = self.marks[2] == "日";
        match month {
            Some(month) => text += &format!("{}{}", self.marks[0], number(month)),
            None if is_chinese => text += self.marks[0],
            None => {}
        }
        match day {
            Some(day) => text += &format!("{}{}{}", self.marks[1], number(day), self.marks[2]),
            None if is_chinese && month.is_some() => text += self.marks[1],
            None => {}
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_column_holds_is_kept_by_a_word() {
        let all = [
            Holding::Nothing,
            Holding::Field(Known::Birth.into()),
            Holding::Field(FieldKey::Extra(ExtraFieldId(7))),
            Holding::Part(Known::Joined, Part::Month),
            Holding::Pair(Known::Sex, Known::Nation),
            Holding::Number,
            Holding::Age,
            Holding::Standing,
        ];
        for holding in all {
            assert_eq!(Holding::from_word(&holding.word()), Some(holding), "{holding:?}");
        }
        assert_eq!(Holding::from_word("颜色"), None);
        assert_eq!(Holding::from_word("birth:hour"), None);
    }

    #[test]
    fn dates_are_written_as_the_sample_of_the_form_is() {
        let date = |text: &str| PartialDate::from_iso(text).expect("a date");
        for (sample, written, of_month, of_year) in [
            ("2019.07", "2003.07", "2003.07", "2003"),
            ("2019.07.01", "2003.07.09", "2003.07", "2003"),
            ("2019-7-1", "2003-7-9", "2003-7", "2003"),
            ("2019/12/11", "2003/07/09", "2003/07", "2003"),
            ("2019年7月", "2003年7月", "2003年7月", "2003年"),
            ("2019年7月1日", "2003年7月9日", "2003年7月", "2003年"),
            ("201907", "200307", "200307", "2003"),
            ("20190701", "20030709", "200307", "2003"),
            ("2019", "2003", "2003", "2003"),
        ] {
            let style = DateStyle::of_sample(sample).expect(sample);
            let all = ["2003-07-09", "2003-07", "2003"].map(|text| style.written(date(text)));
            assert_eq!(all, [written, of_month, of_year], "{sample}");
        }
        for text in ["", "不详", "98.7", "110000", "2019.7.1.1", "43647", "2019年上半年"] {
            assert_eq!(DateStyle::of_sample(text), None, "{text}");
        }
    }

    #[test]
    fn a_form_is_known_by_its_heads_however_they_are_spaced() {
        let form = |head: &str| UpperForm {
            name: "表".into(),
            columns: vec![FormColumn { place: 0, head: head.into(), holds: Holding::Nothing, date: None }],
        };
        assert_eq!(form("姓\u{3000}名").signature(), form("姓名").signature());
        assert_ne!(form("姓名").signature(), form("名姓").signature());
    }
}
