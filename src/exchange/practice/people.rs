//! Invented people, a few of them with the faults that real rosters have: missing dates, months without a day, wrong check digits.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan as _;

use super::chance::Chance;
use super::words::{Words, WorkWords};
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Precision};
use crate::domain::fields::Known;
use crate::domain::identity::check_character;
use crate::domain::members::EntryRule;
use crate::domain::values::Value;
use crate::problem::{Problem, Result};

/// What is known of an invented person, facts included.
pub(super) type Values = BTreeMap<Known, Value>;

/// What sort of people a branch has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Profile<'p> {
    pub unit: &'p str,
    pub kind_of_work: &'p str,
    /// Youngest and oldest.
    pub ages: (i64, i64),
}

/// How far an invented person has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Applicant,
    Activist,
    Candidate,
}

/// Makes people up.
#[derive(Debug)]
pub(super) struct Inventor<'w> {
    pub words: &'w Words,
    pub chance: Chance,
    day: Day,
    /// How many numbers were given for a birthday and a sex.
    numbers: HashMap<(i64, bool), i64>,
}

impl<'w> Inventor<'w> {
    pub fn new(words: &'w Words, seed: u32, day: Day) -> Self {
        Self { words, chance: Chance::new(seed), day, numbers: HashMap::new() }
    }

    /// A member of the party.
    pub fn member(&mut self, profile: Profile<'_>) -> Result<Values> {
        let woman = self.chance.percent(40);
        let age = self.chance.between(profile.ages.0, profile.ages.1);
        let birth = self.years_before(self.day, age)?.checked_sub(self.chance.between(0, 364).days())?;
        let joined_at = self.chance.between(19, (age - 2).clamp(19, 42));
        let joined = birth.checked_add(joined_at.years())?.checked_add(self.chance.between(0, 300).days())?;
        let mut values = self.person(profile, woman, birth)?;
        self.party_life(&mut values, joined.min(self.day.checked_sub(400.days())?))?;
        Ok(values)
    }

    /// A member of whom name, sex, birth and joining are given.
    pub fn known_member(&mut self, profile: Profile<'_>, given: [&str; 4]) -> Result<Values> {
        let [name, sex, birth, joined] = given;
        let (birth, joined): (Day, Day) = (birth.parse()?, joined.parse()?);
        let mut values = self.person(profile, sex == "女", birth)?;
        set(&mut values, Known::Name, name);
        set(&mut values, Known::Nation, "汉族");
        date(&mut values, Known::Birth, birth, Precision::Day);
        self.joining(&mut values, joined, Precision::Day)?;
        // All of them became formal long ago.
        date(&mut values, Known::Full, joined.checked_add(1.year())?, Precision::Day);
        Ok(values)
    }

    /// Somebody on the way in.
    pub fn applicant(&mut self, profile: Profile<'_>, stage: Stage) -> Result<Values> {
        let woman = self.chance.percent(50);
        let age = self.chance.between(22, 35);
        let birth = self.years_before(self.day, age)?.checked_sub(self.chance.between(0, 364).days())?;
        let mut values = self.person(profile, woman, birth)?;
        let applied = self.day.checked_sub(self.chance.between(500, 1_400).days())?;
        date(&mut values, Known::Applied, applied, Precision::Day);
        if stage != Stage::Applicant {
            date(&mut values, Known::Activist, applied.checked_add(190.days())?, Precision::Day);
        }
        if stage == Stage::Candidate {
            date(&mut values, Known::Candidate, self.day.checked_sub(40.days())?, Precision::Day);
        }
        Ok(values)
    }

    fn person(&mut self, profile: Profile<'_>, woman: bool, birth: Day) -> Result<Values> {
        let mut values = Values::new();
        self.name(&mut values, woman);
        set(&mut values, Known::Sex, if woman { "女" } else { "男" });
        match self.chance.weighted(&[92, 7, 1]) {
            0 => date(&mut values, Known::Birth, birth, Precision::Day),
            1 => date(&mut values, Known::Birth, birth, Precision::Month),
            _ => {}
        }
        if self.chance.percent(98) {
            let number = self.id_number(birth, woman)?;
            set(&mut values, Known::IdNumber, &number);
        }
        self.learning(&mut values, birth)?;
        self.work(&mut values, profile)?;
        self.whereabouts(&mut values);
        Ok(values)
    }

    fn name(&mut self, values: &mut Values, woman: bool) {
        let dotted = self.chance.percent(1);
        if let Some((name, nation)) = self.chance.pick(&self.words.dotted).filter(|_| dotted) {
            set(values, Known::Name, name);
            set(values, Known::Nation, nation);
            return;
        }
        let given = if woman { &self.words.women } else { &self.words.men };
        let name = format!("{}{}", self.chance.word(&self.words.surnames), self.chance.word(given));
        set(values, Known::Name, &name);
        if self.chance.percent(99) {
            set(values, Known::Nation, &self.chance.word(&self.words.nations));
        }
    }

    /// 110000, birthday, a running number whose parity tells the sex, and the check digit; rarely a wrong one.
    fn id_number(&mut self, birth: Day, woman: bool) -> Result<String> {
        let day = PartialDate::of_day(birth).stored();
        let given = self.numbers.entry((day, woman)).or_default();
        *given += 1;
        let running = (*given * 2 + i64::from(!woman)) % 1_000;
        let first = format!("110000{day}{running:03}");
        let check = check_character(&first).ok_or_else(|| Problem::fault("an ID number that is none"))?;
        let wrong = self.chance.percent(2);
        let check = match check {
            '7' if wrong => '8',
            _ if wrong => '7',
            check => check,
        };
        Ok(format!("{first}{check}"))
    }

    fn learning(&mut self, values: &mut Values, birth: Day) -> Result<()> {
        let age = i64::from(self.day.year() - birth.year());
        let weights: &[i64] = if age >= 60 { &[1, 14, 30, 20, 20, 15] } else { &[10, 52, 26, 7, 4, 1] };
        if self.chance.percent(99)
            && let Some(level) = self.words.education.get(self.chance.weighted(weights))
        {
            let older = age > 66 && !level.older.is_empty() && self.chance.percent(30);
            let written = self.chance.word(if older { &level.older } else { &level.written });
            set(values, Known::Education, &level.band);
            if written != level.band {
                set(values, Known::EducationText, &written);
            }
            if !level.degree.is_empty() && self.chance.percent(50) {
                set(values, Known::Degree, &level.degree);
            }
            if self.chance.percent(70) {
                set(values, Known::School, &self.chance.word(&self.words.schools));
            }
        }
        if self.chance.percent(85) {
            let start = birth.checked_add(self.chance.between(18, 24).years())?;
            date(values, Known::WorkStart, start.min(self.day), Precision::Month);
        }
        Ok(())
    }

    fn work(&mut self, values: &mut Values, profile: Profile<'_>) -> Result<()> {
        let words: &WorkWords = self
            .words
            .work
            .iter()
            .find(|work| work.kind == profile.kind_of_work)
            .ok_or_else(|| Problem::fault(format!("no words for {}", profile.kind_of_work)))?;
        set(values, Known::Unit, profile.unit);
        set(values, Known::Job, &self.chance.word(&words.jobs));
        set(values, Known::Title, &self.chance.word(&words.titles));
        if self.chance.percent(60) {
            set(values, Known::Occupation, &words.occupation);
        }
        Ok(())
    }

    fn whereabouts(&mut self, values: &mut Values) {
        if self.chance.percent(97) {
            set(values, Known::Phone, &format!("1380000{:04}", self.chance.between(0, 9_999)));
        }
        if self.chance.percent(60) {
            let (street, number) = (self.chance.word(&self.words.streets), self.chance.between(1, 180));
            let (stair, room) =
                (self.chance.between(1, 4), self.chance.between(1, 6) * 100 + self.chance.between(1, 3));
            set(values, Known::Address, &format!("青禾县{street}{number}号{stair}单元{room}室"));
        }
        if self.chance.percent(80) {
            set(values, Known::NativePlace, &self.chance.word(&self.words.native_places));
        }
        if self.chance.percent(6) {
            set(values, Known::Remark, &self.chance.word(&self.words.remarks));
        }
    }

    fn party_life(&mut self, values: &mut Values, joined: Day) -> Result<()> {
        match self.chance.weighted(&[88, 7, 1, 2, 2]) {
            0 => self.joining(values, joined, Precision::Day)?,
            1 => self.joining(values, joined, Precision::Month)?,
            2 => self.joining(values, joined, Precision::Year)?,
            // In the year of probation.
            3 => {
                let joined = self.day.checked_sub(self.chance.between(40, 330).days())?;
                date(values, Known::Joined, joined, Precision::Day);
            }
            // The roster tells no date, only that he is a member.
            _ => set(values, Known::Category, "正式党员"),
        }
        if self.chance.percent(8) {
            set(values, Known::Honours, &self.chance.word(&self.words.honours));
        }
        if self.chance.percent(75) {
            let yuan = self.chance.between(5, 120);
            set(values, Known::Fee, &format!("{yuan}.{}0", self.chance.between(0, 9)));
        }
        if self.chance.percent(40) {
            let since = joined.max(Day::constant(2005, 1, 1));
            let room = i64::from((self.day - since).get_days()).saturating_sub(200).max(0);
            let moved = since.checked_add(self.chance.between(0, room).days())?;
            let precision = if self.chance.percent(70) { Precision::Day } else { Precision::Month };
            date(values, Known::TransferIn, moved, precision);
        }
        if self.chance.percent(3) {
            set(values, Known::Floating, "是");
            set(values, Known::FloatPlace, &self.chance.word(&self.words.float_places));
        }
        Ok(())
    }

    /// Joining, becoming formal a year later, and for younger ones the steps before.
    fn joining(&mut self, values: &mut Values, joined: Day, precision: Precision) -> Result<()> {
        date(values, Known::Joined, joined, precision);
        let rule = EntryRule::of(PartialDate::of_day(joined));
        let had_probation = rule.is_none_or(|rule| rule.probation.is_some());
        if had_probation && self.chance.percent(98) {
            date(values, Known::Full, joined.checked_add(1.year())?, precision);
        }
        if joined.year() >= 2005 && self.chance.percent(60) {
            let applied = joined.checked_sub(self.chance.between(800, 1_400).days())?;
            date(values, Known::Applied, applied, precision);
            date(values, Known::Activist, joined.checked_sub(500.days())?, precision);
            date(values, Known::Candidate, joined.checked_sub(120.days())?, precision);
        }
        if self.chance.percent(60) {
            let introducer = |inventor: &mut Self| {
                let given = inventor.chance.word(&inventor.words.men);
                format!("{}{given}", inventor.chance.word(&inventor.words.surnames))
            };
            let both = format!("{}、{}", introducer(self), introducer(self));
            set(values, Known::Introducers, &both);
        }
        Ok(())
    }

    fn years_before(&self, day: Day, years: i64) -> Result<Day> {
        Ok(day.checked_sub(years.years())?)
    }
}

/// Since when somebody is in a branch: since they came, joined or applied, or since it was founded if that was later.
/// Of whom no date tells it stays open.
pub(super) fn begin(values: &mut Values, founded: Option<PartialDate>) {
    let told = [Known::TransferIn, Known::Joined, Known::Applied].into_iter();
    let told = told.filter_map(|key| values.get(&key).and_then(Value::as_date)).next();
    let since = told.map(|told| founded.filter(|founded| founded.first_day() > told.first_day()).unwrap_or(told));
    if let Some(since) = since {
        values.insert(Known::TransferIn, Value::Date(since));
    }
}

/// Sets a text; an empty one is none.
pub(super) fn set(values: &mut Values, key: Known, text: &str) {
    if !text.is_empty() {
        values.insert(key, Value::Text(text.to_owned()));
    }
}

/// Sets a date, as precise as asked for.
pub(super) fn date(values: &mut Values, key: Known, day: Day, precision: Precision) {
    let month = (precision >= Precision::Month).then(|| day.month());
    let date = PartialDate::new(day.year(), month, (precision == Precision::Day).then(|| day.day()));
    if let Some(date) = date {
        values.insert(key, Value::Date(date));
    }
}
