//! The member card (党员信息卡) as plain data, and as `card.typ` needs it: one person a card, a page or more each.
//!
//! Decides no words; knows only what fits beside what. Start at [`CardSheet`].

use serde::Serialize;

use super::fit::Ruler;
use super::fonts::PaperFonts;
use super::frame::Frame;
use super::printable::Printable;
use super::sheet::{POINTS_PER_MILLIMETRE, SheetData};
use crate::problem::{Problem, Result};

/// More cards than this are not put on one paper: each is a page of its own.
pub const MOST_CARDS: usize = 2_000;

/// More cards than this are seldom meant.
const MANY_CARDS: usize = 50;

/// What is said before so many cards are printed, if anything is.
pub fn many_cards(cards: usize, pages: usize) -> Option<String> {
    (cards > MANY_CARDS).then(|| format!("信息卡 {cards} 张，共 {pages} 页，打印前请确认范围"))
}

/// Cards (党员信息卡), ready to be typeset: A4 portrait.
#[derive(Debug, Clone, PartialEq)]
pub struct CardSheet {
    /// 党员信息卡
    pub title: String,
    /// On each card the 填报单位 is the person's own branch.
    pub frame: Frame,
    pub cards: Vec<Card>,
    /// Whether ID numbers and phones stand masked; the paper says so.
    pub masked: bool,
}

/// One person's card.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Card {
    pub name: String,
    /// 所在党支部; empty where the person is on no roll.
    pub branch: String,
    pub groups: Vec<CardGroup>,
    pub records: Vec<CardRecords>,
}

/// Fields under a common heading (基本情况).
#[derive(Debug, Clone, PartialEq)]
pub struct CardGroup {
    pub title: String,
    pub fields: Vec<CardField>,
}

/// A field with its value; 无 or — where there is none, as the forms ask.
#[derive(Debug, Clone, PartialEq)]
pub struct CardField {
    pub label: String,
    pub value: String,
    /// Takes a row of its own: addresses, units.
    pub wide: bool,
}

/// Lines with a day (任职经历, 大事记).
#[derive(Debug, Clone, PartialEq)]
pub struct CardRecords {
    pub title: String,
    pub heads: [&'static str; 3],
    pub rows: Vec<[String; 3]>,
    /// What stands there when there is none: 「没有登记」.
    pub nothing: &'static str,
}

/// Size of the text in points; `card.typ` is told.
const TEXT_SIZE: f64 = 10.0;
/// Room for a value beside another, for one across the card, and for the words of a record, in millimetres.
const VALUE: f64 = 47.5;
const WIDE_VALUE: f64 = 128.0;
const WORDS: f64 = 91.0;

#[derive(Serialize)]
struct CardData<'d> {
    sheet: &'d SheetData,
    text_size: f64,
    nothing: &'static str,
    card: OneCard,
}

#[derive(Serialize)]
struct OneCard {
    name: String,
    branch: String,
    groups: Vec<GroupData>,
    records: Vec<RecordsData>,
}

#[derive(Serialize)]
struct GroupData {
    title: String,
    /// One field or two a row.
    rows: Vec<Vec<FieldData>>,
}

#[derive(Serialize)]
struct FieldData {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct RecordsData {
    title: String,
    heads: [&'static str; 3],
    rows: Vec<[String; 3]>,
    nothing: &'static str,
}

/// The data of each card; of a sheet without any, of one that says so.
pub(super) fn data<'f>(
    sheet: &CardSheet,
    fonts: &'f PaperFonts,
    printable: &mut Printable<'f>,
) -> Result<Vec<Vec<u8>>> {
    if sheet.cards.len() > MOST_CARDS {
        return Err(Problem::input(
            "没有排版",
            format!("选了 {} 人，一次最多印 {MOST_CARDS} 张信息卡", sheet.cards.len()),
        )
        .next("请按党支部分别打印"));
    }
    let ruler = Ruler::new(fonts);
    let nobody = [Card::default()];
    let cards = if sheet.cards.is_empty() { &nobody[..] } else { &sheet.cards };
    cards.iter().map(|card| one(sheet, card, fonts, &ruler, printable)).collect()
}

/// A card has notes of its own: characters that no font has are told on the card on which they stand.
fn one<'f>(
    sheet: &CardSheet,
    card: &Card,
    fonts: &'f PaperFonts,
    ruler: &Ruler,
    all: &mut Printable<'f>,
) -> Result<Vec<u8>> {
    let mut printable = Printable::new(fonts);
    let frame = Frame { organisation: card.branch.clone(), ..sheet.frame.clone() };
    let mut head = SheetData::new(&sheet.title, &frame, fonts, &mut printable);
    let made = OneCard {
        name: printable.owned(&card.name),
        branch: printable.owned(&card.branch),
        groups: card.groups.iter().map(|group| group_data(group, ruler, &mut printable)).collect(),
        records: card.records.iter().map(|records| records_data(records, ruler, &mut printable)).collect(),
    };
    let masked = (sheet.masked && !card.groups.is_empty()).then_some("公民身份号码、联系电话已隐去部分数字");
    head.set_notes(masked.into_iter(), &mut printable);
    all.take_missing(&printable);
    let data = CardData { sheet: &head, text_size: TEXT_SIZE, nothing: "没有人员", card: made };
    serde_json::to_vec(&data).map_err(|error| Problem::fault(format!("card data: {error}")))
}

/// A text as it is printed, with breaks where it would run out of its cell.
fn fitted(text: &str, millimetres: f64, ruler: &Ruler, printable: &mut Printable<'_>) -> String {
    let em = millimetres * POINTS_PER_MILLIMETRE / TEXT_SIZE;
    ruler.breakable(&printable.text(text), em).into_owned()
}

fn group_data(group: &CardGroup, ruler: &Ruler, printable: &mut Printable<'_>) -> GroupData {
    let mut rows: Vec<Vec<FieldData>> = Vec::new();
    let mut has_room = false;
    for (index, field) in group.fields.iter().enumerate() {
        let next_is_beside = group.fields.get(index + 1).is_some_and(|next| !next.wide);
        let alone = field.wide || (!has_room && !next_is_beside);
        let value = fitted(&field.value, if alone { WIDE_VALUE } else { VALUE }, ruler, printable);
        let made = FieldData { label: printable.owned(&field.label), value };
        match rows.last_mut() {
            Some(row) if has_room && !field.wide => row.push(made),
            _ => rows.push(vec![made]),
        }
        has_room = !alone && !has_room;
    }
    GroupData { title: printable.owned(&group.title), rows }
}

fn records_data(records: &CardRecords, ruler: &Ruler, printable: &mut Printable<'_>) -> RecordsData {
    let mut row = |[day, what, words]: &[String; 3]| {
        let what = fitted(what, 31.0, ruler, printable);
        [printable.owned(day), what, fitted(words, WORDS, ruler, printable)]
    };
    RecordsData {
        rows: records.rows.iter().map(&mut row).collect(),
        title: records.title.clone(),
        heads: records.heads,
        nothing: records.nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_fields_stand_beside_each_other_and_a_long_one_alone() {
        let field = |label: &str, wide| CardField { label: label.into(), value: String::new(), wide };
        let fields =
            vec![field("甲", false), field("乙", false), field("丙", false), field("丁", true), field("戊", false)];
        let fonts = PaperFonts::embedded();
        let made =
            group_data(&CardGroup { title: "组".into(), fields }, &Ruler::new(fonts), &mut Printable::new(fonts));
        let rows: Vec<String> =
            made.rows.iter().map(|row| row.iter().map(|field| field.label.as_str()).collect()).collect();
        assert_eq!(rows, ["甲乙", "丙", "丁", "戊"]);
    }
}
