//! The words of talks for the search (谈话检索): any run of characters is found, wherever it stands.
//!
//! Each letter and digit is a word of its own in the index and what is looked for a phrase, so that Chinese needs no
//! dictionary. Brought up to date once, when a book is closed, in ascending order; made of the rows, never journalled.
//! Start at [`newest`].

use std::collections::HashSet;

use rusqlite::Connection;

use super::reader::Reader;
use super::talks::{self, TalkFile};
use crate::domain::ids::TalkId;
use crate::domain::letters::letters;
use crate::domain::talks::Somebody;
use crate::problem::Result;
use crate::progress::Progress;

const FOUND: &str = "SELECT rowid FROM talk_text WHERE talk_text MATCH ?1 ORDER BY rowid";
const LAST_FOUND: &str = "SELECT rowid FROM talk_text WHERE talk_text MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
const FOUND_BETWEEN: &str =
    "SELECT rowid FROM talk_text WHERE talk_text MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid";
const NEWEST: &str = "SELECT id FROM talk INDEXED BY talk_by_day ORDER BY held_on DESC, id DESC LIMIT ?1";
const HELD_ON: &str = "SELECT held_on FROM talk WHERE id = ?1";
const FORGET: &str = "DELETE FROM talk_text WHERE rowid = ?1";
const REMEMBER: &str = "INSERT INTO talk_text (rowid, words) VALUES (?1, ?2)";
const FORGET_ALL: &str = "INSERT INTO talk_text (talk_text) VALUES ('delete-all')";
const ALL: &str = "SELECT id FROM talk ORDER BY id";
const SIZES: &str = "SELECT id, sz FROM talk_text_docsize ORDER BY id";
const IS_BEHIND: &str = "SELECT (SELECT count(*) FROM talk) <> (SELECT count(*) FROM talk_text_docsize)";
pub(super) const STATEMENTS: &[&str] =
    &[FOUND, LAST_FOUND, FOUND_BETWEEN, NEWEST, HELD_ON, FORGET, REMEMBER, ALL, SIZES, IS_BEHIND];

/// Between the texts of a talk: no phrase of single characters reaches over it.
const PART: &str = " zz ";
/// Up to so many talks that are found are put in order one by one.
const FEW: usize = 500;
/// Of more, the newest are looked at first: so many, then this many times as many.
const FIRST_LOOK: usize = 2_000;
const FURTHER: usize = 8;
/// Talks between two reports of progress.
const STRIDE: u64 = 256;

/// The talks in which all of these words stand, by id. Blanks part them; punctuation does not matter; a text without
/// anything else is found nowhere.
pub fn search(reader: Reader<'_>, text: &str) -> Result<Vec<TalkId>> {
    let Some(phrases) = phrases(text) else { return Ok(Vec::new()) };
    Ok(reader.integers(FOUND, [phrases])?.into_iter().map(TalkId).collect())
}

/// The same talks, at most `limit`, the one that was held last first.
pub fn newest(reader: Reader<'_>, text: &str, limit: usize) -> Result<Vec<TalkId>> {
    let Some(phrases) = phrases(text) else { return Ok(Vec::new()) };
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let found = reader.integers(LAST_FOUND, (&phrases, count(FEW + 1)))?;
    if found.len() <= FEW {
        let dated = found.into_iter().map(|id| Ok((reader.integer(HELD_ON, [id])?, id)));
        let mut dated: Vec<(Option<i64>, i64)> = dated.collect::<Result<_>>()?;
        dated.sort_unstable_by(|one, other| other.cmp(one));
        return Ok(dated.into_iter().take(limit).map(|(_, id)| TalkId(id)).collect());
    }
    // What stands in many talks stands in many of the newest: the others need not be looked at.
    let mut looked_at = FIRST_LOOK;
    loop {
        let newest = reader.integers(NEWEST, [count(looked_at)])?;
        let range = newest.iter().min().zip(newest.iter().max());
        let Some((first, last)) = range else { return Ok(Vec::new()) };
        let found: HashSet<i64> = reader.integers(FOUND_BETWEEN, (&phrases, first, last))?.into_iter().collect();
        let is_all = newest.len() < looked_at;
        let talks: Vec<TalkId> = newest.into_iter().filter(|id| found.contains(id)).take(limit).map(TalkId).collect();
        if talks.len() == limit || is_all {
            return Ok(talks);
        }
        looked_at *= FURTHER;
    }
}

/// Brings the index up to date for these talks, ascending; those that are gone are forgotten.
pub(super) fn refresh(connection: &Connection, talks: &[i64], progress: &Progress) -> Result<()> {
    if talks.is_empty() {
        return Ok(());
    }
    let mut forget = connection.prepare_cached(FORGET)?;
    let mut remember = connection.prepare_cached(REMEMBER)?;
    let is_long = talks.len() as u64 > STRIDE;
    if is_long {
        progress.stage("更新检索", talks.len() as u64)?;
    }
    for (id, nth) in talks.iter().zip(0_u64..) {
        if is_long && nth % STRIDE == 0 {
            progress.step(nth)?;
        }
        forget.execute([id])?;
        if let Some(file) = talks::file(Reader(connection), TalkId(*id))? {
            remember.execute((id, words(&file)))?;
        }
    }
    Ok(())
}

/// Makes the whole index anew.
pub(super) fn rebuild(connection: &Connection) -> Result<()> {
    connection.execute(FORGET_ALL, [])?;
    refresh(connection, &Reader(connection).integers(ALL, [])?, &Progress::default())
}

/// Whether there are talks that the index does not know of, or the other way round: a file from before the index.
pub(super) fn is_behind(connection: &Connection) -> Result<bool> {
    Ok(Reader(connection).integer(IS_BEHIND, [])? == Some(1))
}

/// Where the index does not agree with the talks, in words: each talk has as many words in it as its texts have letters.
pub(super) fn findings(reader: Reader<'_>) -> Result<Vec<String>> {
    let mut statement = reader.0.prepare_cached(SIZES)?;
    let sizes = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let indexed: Vec<(i64, Vec<u8>)> = sizes.collect::<rusqlite::Result<_>>()?;
    let mut wrong = 0;
    let mut rest = indexed.into_iter().peekable();
    for id in reader.integers(ALL, [])? {
        while rest.next_if(|(indexed, _)| *indexed < id).is_some() {
            wrong += 1;
        }
        let size = rest.next_if(|(indexed, _)| *indexed == id).map(|(_, size)| first_number(&size));
        let counted = talks::file(reader, TalkId(id))?.map(|file| words(&file).split_whitespace().count() as u64);
        wrong += u64::from(size != counted);
    }
    wrong += rest.count() as u64;
    let told = format!("检索核对：有 {wrong} 次谈话的检索内容与记录对不上");
    Ok(if wrong == 0 { Vec::new() } else { vec![told] })
}

/// A number as SQLite packs it: seven bits a byte, the highest first.
fn first_number(bytes: &[u8]) -> u64 {
    let mut number = 0;
    for byte in bytes {
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

/// Every text of a talk, letter by letter.
fn words(file: &TalkFile) -> String {
    let talk = &file.talk;
    let texts = [
        &talk.topic,
        &talk.content,
        &talk.opinions,
        &talk.attitude,
        &talk.measures,
        &talk.outline,
        &talk.remark,
        &talk.place,
    ];
    let names = file.people.iter().filter_map(|person| match &person.who {
        Somebody::Person(_) => None,
        Somebody::Named { name, .. } => Some(name.as_str()),
    });
    let follow_ups = file.follow_ups.iter().map(|follow_up| follow_up.measure.as_str());
    let texts = texts.into_iter().flatten().map(String::as_str);
    let mut words = String::new();
    for text in texts.chain(names).chain(follow_ups) {
        if !words.is_empty() {
            words.push_str(PART);
        }
        for (letter, _) in letters(text) {
            words.push(letter);
            words.push(' ');
        }
    }
    words
}

/// What is looked for, as the index is asked; none where nothing is.
fn phrases(text: &str) -> Option<String> {
    let phrase = |word: &str| {
        let letters: Vec<String> = letters(word).map(|(letter, _)| letter.to_string()).collect();
        (!letters.is_empty()).then(|| format!("\"{}\"", letters.join(" ")))
    };
    let phrases: Vec<String> = text.split_whitespace().filter_map(phrase).collect();
    (!phrases.is_empty()).then(|| phrases.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_is_a_word_and_punctuation_none() {
        assert_eq!(phrases("三件事：Ｗ1。").as_deref(), Some("\"三 件 事 w 1\""));
        assert_eq!(phrases("张三  困难").as_deref(), Some("\"张 三\" AND \"困 难\""));
        assert_eq!(phrases("，“ ”"), None);
    }

    #[test]
    fn a_packed_number_is_read() {
        assert_eq!([&[5][..], &[0x81, 0x00], &[0x82, 0x2c]].map(first_number), [5, 128, 300]);
    }
}
