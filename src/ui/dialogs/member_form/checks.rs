//! Owns what is said below the fields while one writes: what is wrong, and what is suspicious but may be kept.
//! Must never decide what is right: it asks the same readers as the import. Start at [`MemberForm::check`].

use std::collections::BTreeMap;

use super::MemberForm;
use crate::clock::Day;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::identity;
use crate::domain::values::{Context, Raw, Reading, Trouble, Value, cross_checks, read};
use crate::ui::widgets::Note;

/// What a date field reads: the ISO form, or why it is no date.
pub fn read_date(text: &str, today: Day) -> Result<String, String> {
    // Every date field reads the same forms; the day of birth stands for them all.
    read_date_of(Known::TransferIn, text, today)
}

/// What a text says as the value of a field (读法), for a cell that is written alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Value,
    /// A value that is kept as written, and what is suspicious about it.
    Doubtful(String),
    /// No value: blank, 无, a masked number.
    Nothing,
    /// No value can be known, and why.
    Fault(String),
}

/// Reads a text as the value of a field.
pub fn said(known: Known, text: &str, today: Day) -> Said {
    match read(known.spec(), &Raw::typed(text), &Context::form(today)) {
        Reading::Nothing | Reading::Masked => Said::Nothing,
        Reading::Value(_) => Said::Value,
        Reading::Doubtful(value, trouble) => Said::Doubtful(trouble.doubt(&value.text()).to_owned()),
        Reading::Ambiguous(choices) => Said::Fault(which_of(&choices)),
        Reading::Refused(trouble) => Said::Fault(trouble.refusal().to_owned()),
    }
}

fn which_of(choices: &[Value]) -> String {
    format!("是 {}？", choices.iter().map(Value::text).collect::<Vec<_>>().join(" 还是 "))
}

/// What a date field reads; for a field of the table.
pub fn read_date_of(known: Known, text: &str, today: Day) -> Result<String, String> {
    match read(known.spec(), &Raw::typed(text), &Context::form(today)) {
        Reading::Nothing | Reading::Masked => Ok(String::new()),
        Reading::Value(value) | Reading::Doubtful(value, _) => Ok(value.text()),
        Reading::Ambiguous(choices) => Err(which_of(&choices)),
        Reading::Refused(trouble) => Err(trouble.refusal().to_owned()),
    }
}

impl MemberForm {
    /// Reads every field again and says what is to be said.
    pub(super) fn check(&mut self) {
        let context = Context::form(self.today);
        let mut notes: BTreeMap<FieldKey, Vec<String>> = BTreeMap::new();
        let mut faults = BTreeMap::new();
        let mut values = BTreeMap::new();
        let mut own = Vec::new();
        for (key, text) in &self.values {
            let FieldKey::Known(known) = *key else {
                if let Some(note) = self.extra_note(*key, text) {
                    own.push((*key, note));
                }
                continue;
            };
            let text = if self.is_masked(known) { self.full.get(&known).unwrap_or(text) } else { text };
            match read(known.spec(), &Raw::typed(text), &context) {
                Reading::Nothing | Reading::Masked => {}
                Reading::Value(value) => drop(values.insert(known, value)),
                Reading::Doubtful(value, trouble) => {
                    notes.entry(*key).or_default().push(trouble.doubt(&value.text()).to_owned());
                    values.insert(known, value);
                }
                Reading::Ambiguous(choices) => drop(faults.insert(*key, which_of(&choices))),
                Reading::Refused(trouble) => drop(faults.insert(*key, trouble.refusal().to_owned())),
            }
        }
        let number = FieldKey::Known(Known::IdNumber);
        let is_same = self.same.answered().is_some_and(|asked| identity::normalised(self.text(number)) == asked.number);
        for other in self.same.shown().filter(|_| is_same).into_iter().flatten() {
            notes.entry(number).or_default().push(format!("和 {other} 的号码相同，可照存"));
        }
        for (known, trouble) in cross_checks(&values, self.today) {
            notes.entry(FieldKey::Known(known)).or_default().push(across(trouble, &values));
        }
        self.notes = notes
            .into_iter()
            .map(|(key, sentences)| (key, Note::Warning(sentences.join("；"))))
            .chain(faults.into_iter().map(|(key, sentence)| (key, Note::Fault(sentence))))
            .chain(own)
            .collect();
        self.note_missing_name();
    }

    /// What is to be said of a value of the user's own field: one that stands in the workbook may stay as it is.
    fn extra_note(&self, key: FieldKey, text: &str) -> Option<Note> {
        let field = self.extra_field(key)?;
        let fault = field.kind.read(text).err().filter(|_| !text.trim().is_empty())?;
        let is_kept = self.initial.get(&key).is_some_and(|initial| initial == text);
        Some(if is_kept { Note::Warning(format!("{fault}，可照原样留着")) } else { Note::Fault(fault) })
    }

    /// A name that was there may not be cleared; an empty new form is not scolded.
    fn note_missing_name(&mut self) {
        let key = FieldKey::Known(Known::Name);
        if self.initial.contains_key(&key) && self.text(key).trim().is_empty() {
            self.notes.insert(key, Note::Fault("要有姓名".into()));
        }
    }

    /// Birth and sex as the number tells them, where one of them is not written yet.
    pub(super) fn told_by_number(&self) -> Option<(String, &'static str)> {
        let number = match self.full.get(&Known::IdNumber) {
            Some(full) if self.is_masked(Known::IdNumber) => full.clone(),
            _ => identity::normalised(self.text(FieldKey::Known(Known::IdNumber))),
        };
        let is_empty = |known: Known| self.text(FieldKey::Known(known)).trim().is_empty();
        if identity::fault(&number).is_some() || !(is_empty(Known::Birth) || is_empty(Known::Sex)) {
            return None;
        }
        let told = identity::told(&number)?;
        Some((told.birth?.to_string(), told.sex.label()))
    }
}

/// What two values of a person say about each other.
fn across(trouble: Trouble, values: &BTreeMap<Known, Value>) -> String {
    let told = values.get(&Known::IdNumber).and_then(Value::as_text).and_then(identity::told);
    match (trouble, told) {
        (Trouble::IdBirth, Some(told)) => match told.birth {
            Some(birth) => format!("号码中为 {birth}，可照存"),
            None => "与出生日期不同，可照存".into(),
        },
        (Trouble::IdSex, Some(told)) => format!("号码中为{}，可照存", told.sex.label()),
        (trouble, _) => trouble.doubt("").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::MemberForm;
    use crate::domain::fields::{FieldKey, Known};
    use crate::ui::widgets::Note;

    fn note_of(fields: &[(Known, &str)], at: Known) -> Note {
        let mut form = MemberForm::blank(Vec::new(), "2026-11-24".parse().expect("a day"));
        for (known, text) in fields {
            form.set(FieldKey::Known(*known), (*text).to_owned());
        }
        form.check();
        form.notes.get(&FieldKey::Known(at)).cloned().unwrap_or_default()
    }

    #[test]
    fn an_identity_number_is_checked_as_it_is_typed_and_never_blocks() {
        let warning = |text: &str| Note::Warning(text.to_owned());
        assert_eq!(note_of(&[(Known::IdNumber, "110000199807010020")], Known::IdNumber), Note::None);
        assert_eq!(note_of(&[(Known::IdNumber, "110000199807010021")], Known::IdNumber), warning("校验位不符，可照存"));
        assert_eq!(
            note_of(&[(Known::IdNumber, "110000199807010020"), (Known::Birth, "1998-08-01")], Known::IdNumber),
            warning("号码中为 1998-07-01，可照存")
        );
        assert_eq!(
            note_of(&[(Known::IdNumber, "110000199807010020"), (Known::Sex, "男")], Known::IdNumber),
            warning("号码中为女，可照存")
        );
    }

    #[test]
    fn what_cannot_be_read_stops_saving_at_its_field() {
        assert_eq!(note_of(&[(Known::Joined, "2019-02-30")], Known::Joined), Note::Fault("没有这一天".into()));
        assert_eq!(note_of(&[(Known::Nation, "火星族")], Known::Nation), Note::Fault("不是 56 个民族之一".into()));
        assert_eq!(note_of(&[(Known::Nation, "满")], Known::Nation), Note::None);
    }
}
