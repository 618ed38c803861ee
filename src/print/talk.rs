//! The talk record (谈心谈话记录表) as plain data, row by row, and as `talk.typ` needs it: one talk a sheet, written,
//! or to be written by hand.
//!
//! Decides which cells stand on a record and in which order; PDF and DOCX are both made of [`TalkRecord::rows`]. Knows
//! no workbook. Start at [`TalkSheet`].

mod signatures;

use std::borrow::Cow;

use serde::Serialize;

pub(super) use signatures::Signature;

use self::signatures::signatures;
use super::fit::Ruler;
use super::fonts::PaperFonts;
use super::frame::Frame;
use super::printable::Printable;
use super::sheet::{POINTS_PER_MILLIMETRE, SheetData};
use crate::clock::Day;
use crate::problem::{Problem, Result};

/// The title of every record.
pub(super) const TITLE: &str = "谈心谈话记录表";

/// More records than this are not put on one paper: each is a page or more of its own.
pub const MOST_TALKS: usize = 2_000;

/// Talk records (谈心谈话记录表), ready to be typeset: A4 portrait, one a page.
#[derive(Debug, Clone, PartialEq)]
pub struct TalkSheet {
    /// The day on which it is made, for the file; no cell tells it: the record has the day of the talk, and who signs
    /// writes his.
    pub made_on: Day,
    pub records: Vec<TalkRecord>,
    /// Whether it comes from a practice workbook.
    pub practice: bool,
}

/// One talk (谈心谈话), as it stands on its sheet. What is empty stays empty: it is filled in by hand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TalkRecord {
    /// 填报单位（盖章）
    pub organisation: String,
    /// 编号: 2026-036
    pub number: String,
    /// 谈话时间
    pub held_on: String,
    /// 谈话地点
    pub place: String,
    /// 谈话方式
    pub mode: String,
    /// 谈话类型
    pub kind: String,
    pub talkers: Vec<TalkPerson>,
    pub partners: Vec<TalkPerson>,
    /// 记录人
    pub recorder: String,
    /// 谈话主题
    pub topic: String,
    pub texts: TalkTexts,
    pub follow_ups: Vec<FollowUpLine>,
}

/// Who talked (谈话人), or was talked with (谈话对象).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TalkPerson {
    pub name: String,
    /// 职务; of a partner 单位、职务、政治面貌
    pub about: String,
}

/// The long texts of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum TalkTexts {
    Written(Box<WrittenTexts>),
    /// Of a restricted type (提醒、诫勉、处分后、关怀), of which no contents are written down: said once.
    NotKept,
    /// To be written by hand on ruled lines, with the outline of the type (谈话提纲) as help.
    ByHand {
        outline: String,
    },
}

impl Default for TalkTexts {
    fn default() -> Self {
        Self::ByHand { outline: String::new() }
    }
}

/// What was written down of a talk.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WrittenTexts {
    /// 谈话提纲
    pub outline: String,
    /// 谈话内容
    pub content: String,
    /// 存在问题、意见建议
    pub opinions: String,
    /// 谈话对象表态
    pub attitude: String,
    /// 整改（帮扶）措施
    pub measures: String,
    /// 备注
    pub remark: String,
}

/// A line of 跟进情况: measure, 责任人, 完成时限, 办结.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FollowUpLine {
    pub measure: String,
    pub owner: String,
    pub due: String,
    pub done: String,
}

/// The heads over the lines of 跟进情况.
pub(super) const FOLLOW_UP_HEADS: [&str; 4] = ["措施", "责任人", "完成时限", "办结情况"];

/// The date that is written in by hand.
pub(super) const BLANK_DATE: &str = "　　　年　　月　　日";
/// The modes, one of which is ticked by hand.
const BLANK_MODES: &str = "□一对一 □一对多 □电话、视频";

/// A row of the record's table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row<'r> {
    /// Two short fields beside each other: label and value.
    Pair([(&'static str, &'r str); 2]),
    /// One text across.
    Text { label: &'static str, words: Words<'r>, fills: bool },
    /// 跟进情况: the lines there are, and at least so many.
    FollowUps { lines: &'r [FollowUpLine], least: usize },
    /// Line by line.
    Signatures(Vec<Vec<Signature>>),
}

/// What stands in a row across.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Words<'r> {
    Written(Cow<'r, str>),
    /// A text like the short fields, where two have no room beside each other.
    Plain(Cow<'r, str>),
    /// Help for who writes by hand, set small.
    Help(&'r str),
    /// So many ruled lines.
    Ruled(usize),
}

impl TalkRecord {
    /// The rows of its table, from the top.
    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        let mut rows = vec![
            Row::Pair([("编号", &self.number), ("谈话类型", &self.kind)]),
            Row::Pair([("谈话时间", self.by_hand(&self.held_on, BLANK_DATE)), ("谈话地点", &self.place)]),
            Row::Pair([("谈话方式", self.by_hand(&self.mode, BLANK_MODES)), ("记录人", &self.recorder)]),
            persons("谈话人", "职务", &self.talkers),
            persons("谈话对象", "单位、职务、\n政治面貌", &self.partners),
            Row::Text { label: "谈话主题", words: Words::Plain((&self.topic).into()), fills: false },
        ];
        rows.extend(self.texts.rows());
        let least = if matches!(self.texts, TalkTexts::ByHand { .. }) { 2 } else { 1 };
        rows.push(Row::FollowUps { lines: &self.follow_ups, least });
        if let TalkTexts::Written(texts) = &self.texts
            && !texts.remark.trim().is_empty()
        {
            rows.push(text("备注", &texts.remark));
        }
        rows.push(Row::Signatures(signatures(self.talkers.len(), self.partners.len())));
        rows
    }

    /// A field that is empty on a sheet for handwriting helps the hand.
    fn by_hand<'r>(&self, value: &'r str, help: &'r str) -> &'r str {
        match self.texts {
            TalkTexts::ByHand { .. } if value.is_empty() => help,
            _ => value,
        }
    }

    /// What tells the pages of a long record apart: 「2026-036　何静」.
    pub(super) fn caption(&self) -> String {
        let partners: Vec<&str> = self.partners.iter().take(3).map(|person| person.name.as_str()).collect();
        let more = if self.partners.len() > 3 { "等" } else { "" };
        format!("{}　{}{more}", self.number, partners.join("、")).trim().to_owned()
    }
}

impl TalkTexts {
    fn rows(&self) -> Vec<Row<'_>> {
        const OPINIONS: &str = "存在问题、\n意见建议";
        const ATTITUDE: &str = "谈话对象表态";
        const MEASURES: &str = "整改（帮扶）措施";
        let filling = |words| Row::Text { label: "谈话内容", words, fills: true };
        match self {
            Self::Written(texts) => vec![
                text("谈话提纲", &texts.outline),
                filling(Words::Written((&texts.content).into())),
                text(OPINIONS, &texts.opinions),
                text(ATTITUDE, &texts.attitude),
                text(MEASURES, &texts.measures),
            ],
            Self::NotKept => vec![
                filling(Words::Written(NOT_KEPT.into())),
                text(OPINIONS, ""),
                text(ATTITUDE, ""),
                text(MEASURES, ""),
            ],
            Self::ByHand { outline } => {
                let ruled = |label, lines| Row::Text { label, words: Words::Ruled(lines), fills: false };
                let help = if outline.trim().is_empty() { Words::Ruled(2) } else { Words::Help(outline) };
                vec![
                    Row::Text { label: "谈话提纲", words: help, fills: false },
                    filling(Words::Ruled(6)),
                    ruled(OPINIONS, 2),
                    ruled(ATTITUDE, 2),
                    ruled(MEASURES, 2),
                ]
            }
        }
    }
}

/// What stands in the place of contents that are not written down.
const NOT_KEPT: &str = "这类谈话只记时间、主题和人员";

fn text<'r>(label: &'static str, words: &'r str) -> Row<'r> {
    Row::Text { label, words: Words::Written(words.into()), fills: false }
}

/// One person with what he is beside him; of several each with it behind the name, one after the other, and behind
/// what tells two of one name apart.
fn persons<'r>(label: &'static str, about_label: &'static str, people: &'r [TalkPerson]) -> Row<'r> {
    match people {
        [] => Row::Pair([(label, ""), (about_label, "")]),
        [one] => Row::Pair([(label, &one.name), (about_label, &one.about)]),
        several => {
            let told = |person: &TalkPerson| match (person.about.as_str(), person.name.strip_suffix('）')) {
                ("", _) => person.name.clone(),
                (about, Some(apart)) => format!("{apart}，{about}）"),
                (about, None) => format!("{}（{about}）", person.name),
            };
            let words = several.iter().map(told).collect::<Vec<_>>().join("、");
            Row::Text { label, words: Words::Plain(words.into()), fills: false }
        }
    }
}

/// The pieces of a text between its line breaks; blank lines fall away.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}']).map(str::trim).filter(|line| !line.is_empty())
}

/// More records than one paper holds are refused.
pub(super) fn check(sheet: &TalkSheet) -> Result<()> {
    if sheet.records.len() <= MOST_TALKS {
        return Ok(());
    }
    let happened = format!("选了 {} 次谈话，一次最多印 {MOST_TALKS} 张记录表", sheet.records.len());
    Err(Problem::input("没有排版", happened).next("请按党支部或按月份分别打印"))
}

/// Sizes of text in points; `talk.typ` is told.
const TEXT_SIZE: f64 = 10.5;
const HELP_SIZE: f64 = 9.0;
/// Room for a label, for the value of a short field, and across the record, in millimetres.
const LABEL: f64 = 23.0;
const VALUE: f64 = 55.0;
const ACROSS: f64 = 141.0;
/// Room for the parts of a line of 跟进情况.
const FOLLOW_UP_WIDTHS: [f64; 4] = [55.0, 23.0, 24.0, 30.0];
/// A text of so many lines stands whole on one page; a longer one may flow on to the next.
const LINES_KEPT_WHOLE: usize = 14;
/// The last rows stay together on a page up to so many lines.
const LINES_KEPT_TOGETHER: usize = 24;

#[derive(Serialize)]
struct TalkData<'d> {
    sheet: &'d SheetData,
    text_size: f64,
    help_size: f64,
    caption: String,
    heads: [&'static str; 4],
    blank_date: &'static str,
    rows: Vec<RowData>,
    /// How many of the last rows stay together.
    together: usize,
}

#[derive(Serialize)]
#[serde(tag = "row", rename_all = "snake_case")]
enum RowData {
    Pair {
        fields: [[String; 2]; 2],
    },
    Text {
        label: String,
        style: &'static str,
        paragraphs: Vec<String>,
        ruled: usize,
        fills: bool,
        /// Whether it stays on one page.
        whole: bool,
        #[serde(skip)]
        lines: usize,
    },
    FollowUps {
        lines: Vec<Vec<String>>,
    },
    Signatures {
        lines: Vec<Vec<Signature>>,
    },
}

/// The data of each record; of a sheet without any, of an empty one.
pub(super) fn data<'f>(
    sheet: &TalkSheet,
    fonts: &'f PaperFonts,
    printable: &mut Printable<'f>,
) -> Result<Vec<Vec<u8>>> {
    check(sheet)?;
    let ruler = Ruler::new(fonts);
    let none = [TalkRecord::default()];
    let records = if sheet.records.is_empty() { &none[..] } else { &sheet.records };
    records.iter().map(|record| one(sheet, record, fonts, &ruler, printable)).collect()
}

/// A record has notes of its own: characters that no font has are told on the sheet on which they stand.
fn one<'f>(
    sheet: &TalkSheet,
    record: &TalkRecord,
    fonts: &'f PaperFonts,
    ruler: &Ruler,
    all: &mut Printable<'f>,
) -> Result<Vec<u8>> {
    let mut printable = Printable::new(fonts);
    let frame = Frame {
        organisation: record.organisation.clone(),
        as_of: sheet.made_on,
        filled_on: sheet.made_on,
        prepared_by: String::new(),
        checked_by: String::new(),
        practice: sheet.practice,
    };
    let mut head = SheetData::new(TITLE, &frame, fonts, &mut printable);
    let caption = printable.owned(&record.caption());
    let rows: Vec<RowData> = record.rows().into_iter().map(|row| row_data(row, ruler, &mut printable)).collect();
    head.set_notes(std::iter::empty(), &mut printable);
    all.take_missing(&printable);
    let data = TalkData {
        sheet: &head,
        text_size: TEXT_SIZE,
        help_size: HELP_SIZE,
        caption,
        heads: FOLLOW_UP_HEADS,
        blank_date: BLANK_DATE,
        together: kept_together(&rows),
        rows,
    };
    serde_json::to_vec(&data).map_err(|error| Problem::fault(format!("talk data: {error}")))
}

/// The number of rows at the end that stay together: the signatures, and before them what is short.
fn kept_together(rows: &[RowData]) -> usize {
    let lines = |row: &RowData| match row {
        RowData::Text { fills: false, lines, ruled, .. } => Some((*lines).max(*ruled).max(1)),
        RowData::FollowUps { lines } => Some(2 * lines.len() + 1),
        RowData::Signatures { lines } => {
            Some(2 * lines.iter().map(|line| line.iter().map(Signature::lines).max().unwrap_or(1)).sum::<usize>())
        }
        RowData::Text { .. } | RowData::Pair { .. } => None,
    };
    let mut used = 0;
    let fits = |row: &&RowData| {
        used += lines(row).unwrap_or(LINES_KEPT_TOGETHER + 1);
        used <= LINES_KEPT_TOGETHER
    };
    rows.iter().rev().take_while(fits).count()
}

/// Width of a line in em.
fn em(millimetres: f64) -> f64 {
    millimetres * POINTS_PER_MILLIMETRE / TEXT_SIZE
}

fn row_data(row: Row<'_>, ruler: &Ruler, printable: &mut Printable<'_>) -> RowData {
    let mut fitted = |text: &str, width: f64| ruler.breakable(&printable.text(text), em(width)).into_owned();
    let label = |label: &'static str| match label.contains('\n') {
        true => label.to_owned(),
        false => ruler.in_lines(label, em(LABEL)).into_owned(),
    };
    match row {
        Row::Pair(fields) => RowData::Pair { fields: fields.map(|(name, value)| [label(name), fitted(value, VALUE)]) },
        Row::Text { label: name, words, fills } => {
            let (style, text, ruled) = match &words {
                Words::Written(text) => ("written", text.as_ref(), 0),
                Words::Plain(text) => ("plain", text.as_ref(), 0),
                Words::Help(text) => ("help", *text, 0),
                Words::Ruled(lines) => ("written", "", *lines),
            };
            let paragraphs: Vec<String> = paragraphs(text).map(|line| fitted(line, ACROSS)).collect();
            // The first line of a paragraph begins two characters in.
            let lines = |paragraph: &String| ruler.lines(paragraph, em(ACROSS) - 2.0).unwrap_or(1);
            let lines = paragraphs.iter().map(lines).sum::<usize>();
            RowData::Text {
                label: label(name),
                style,
                paragraphs,
                ruled,
                fills,
                whole: lines <= LINES_KEPT_WHOLE,
                lines,
            }
        }
        Row::FollowUps { lines, least } => {
            let mut line = |line: &FollowUpLine| {
                [&line.measure, &line.owner, &line.due, &line.done]
                    .into_iter()
                    .zip(FOLLOW_UP_WIDTHS)
                    .map(|(text, width)| ruler.in_lines(&fitted(text, width), em(width)).into_owned())
                    .collect()
            };
            let mut made: Vec<Vec<String>> = lines.iter().map(&mut line).collect();
            made.resize(made.len().max(least), vec![String::new(); FOLLOW_UP_HEADS.len()]);
            RowData::FollowUps { lines: made }
        }
        Row::Signatures(lines) => RowData::Signatures { lines },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, about: &str) -> TalkPerson {
        TalkPerson { name: name.into(), about: about.into() }
    }

    #[test]
    fn one_person_has_a_field_beside_and_several_stand_one_after_the_other() {
        assert_eq!(
            persons("谈话人", "职务", &[person("张立新", "书记")]),
            Row::Pair([("谈话人", "张立新"), ("职务", "书记")])
        );
        let both = [person("何静", "科员，中共党员"), person("吴海涛", "")];
        let several = persons("谈话对象", "职务", &both);
        let words = Words::Plain("何静（科员，中共党员）、吴海涛".into());
        assert_eq!(several, Row::Text { label: "谈话对象", words, fills: false });
    }

    #[test]
    fn a_blank_sheet_helps_the_hand_and_a_written_one_leaves_empty_what_is_empty() {
        let blank = TalkRecord::default();
        let rows = blank.rows();
        assert!(matches!(rows[1], Row::Pair([("谈话时间", BLANK_DATE), ..])));
        assert!(matches!(rows[2], Row::Pair([("谈话方式", BLANK_MODES), ..])));
        assert!(rows.contains(&Row::FollowUps { lines: &[], least: 2 }));
        let written = TalkRecord { texts: TalkTexts::Written(Box::default()), ..TalkRecord::default() };
        assert!(matches!(written.rows()[1], Row::Pair([("谈话时间", ""), ..])));
    }

    #[test]
    fn who_is_told_apart_from_another_of_the_name_has_one_bracket() {
        let both = [person("沈国庆（1985-03 生）", "科员"), person("沈国庆（1990-01 生）", "")];
        let words = Words::Plain("沈国庆（1985-03 生，科员）、沈国庆（1990-01 生）".into());
        assert_eq!(persons("谈话对象", "职务", &both), Row::Text { label: "谈话对象", words, fills: false });
    }

    #[test]
    fn of_a_restricted_talk_it_is_said_once_that_no_contents_are_written_down() {
        let record = TalkRecord { texts: TalkTexts::NotKept, topic: "提醒谈话".into(), ..TalkRecord::default() };
        let texts: Vec<String> = record
            .rows()
            .iter()
            .filter_map(|row| match row {
                Row::Text { words: Words::Written(text), .. } => Some(text.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["这类谈话只记时间、主题和人员", "", "", ""]);
    }

    #[test]
    fn a_text_is_taken_apart_at_its_line_breaks() {
        assert_eq!(paragraphs("甲\r\n\n 乙 \n").collect::<Vec<_>>(), ["甲", "乙"]);
    }
}
