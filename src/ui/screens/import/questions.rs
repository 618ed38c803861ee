//! Questions that are the same but for their rows, in groups: 「7 个入党时间写成“2019.1”这样，是 1 月还是 10 月？」
//! Must never know egui, and never answer. Start at [`question_groups`].

use std::borrow::Cow;
use std::collections::HashMap;

use super::places::Places;
use crate::domain::dates::PartialDate;
use crate::domain::imports::{ImportPlan, ImportedTalk, OpenQuestion, OtherPerson, QuestionAbout};
use crate::domain::values::is_post;
use crate::exchange::import::NEW_BRANCH;
use crate::ui::widgets::grouped;

/// Questions that are the same but for their rows: one answer does for all.
#[derive(Debug, Clone)]
pub struct QuestionGroup {
    /// What makes them the same; it stays when some of them are answered.
    pub key: String,
    pub sentence: String,
    /// Why it has to be asked; empty where the question tells.
    pub reason: &'static str,
    /// 「第 6、8、10 行」
    pub places: String,
    /// What may be answered, in words; parallel to the choices of each question.
    pub words: Vec<String>,
    /// The same as they stand on buttons: 「都是 1 月」.
    pub answers: Vec<String>,
    pub questions: Vec<OpenQuestion>,
    /// Whether a new branch may be named instead of an answer.
    pub takes_name: bool,
    /// Where each question stands, and what its cell shows; parallel to the questions.
    pub cells: Vec<String>,
    /// Whether something waits for it: then it can be put off. Nothing waits for what those of no party are.
    pub waits: bool,
    /// How many answers, from the first, are likelier than the others; 0 where none is.
    pub nearest: usize,
}

impl QuestionGroup {
    fn new(key: String, words: Vec<String>, waits: bool) -> Self {
        Self {
            key,
            sentence: String::new(),
            reason: "",
            places: String::new(),
            words,
            answers: Vec::new(),
            questions: Vec::new(),
            takes_name: false,
            cells: Vec::new(),
            waits,
            nearest: 0,
        }
    }

    /// An answer to one of its questions, in words: 「1 月」.
    pub fn said(&self, answer: usize) -> &str {
        self.words.get(answer).map_or("", String::as_str)
    }

    /// Puts into words what is asked, where, and what may be answered: after questions have come or gone.
    pub fn tell(&mut self, places: &Places) {
        let rows = self.questions.iter().map(|question| (question.file, &*question.sheet, question.row));
        let mut rows: Vec<_> = rows.filter(|(_, _, row)| *row > 0).collect();
        // Two persons stand in one row.
        rows.dedup();
        self.places = places.long(rows.into_iter());
        // Of a single cell it is told whose it is; of a person the question itself tells.
        if let ([only], [cell]) = (&self.questions[..], &self.cells[..])
            && only.about.cell().is_some()
        {
            self.places.clone_from(cell);
        }
        self.sentence = sentence(self);
        let first = self.questions.first();
        self.reason = first.map_or("", reason);
        self.nearest = first.map_or(0, nearest);
        let before = first.filter(|_| self.questions.len() > 1).map_or("", before_all);
        self.answers = self.words.iter().map(|word| format!("{before}{word}")).collect();
        let may_be_new = |question: &OpenQuestion| question.choices.last().is_some_and(|last| last == NEW_BRANCH);
        self.takes_name = self.questions.iter().all(may_be_new);
        if self.takes_name {
            // The bare word for a new branch is no answer without its name.
            self.answers.pop();
        }
    }
}

/// Those of no party, who are left out: what they may be said to be; none where there is nobody.
pub fn others_group(plan: &ImportPlan, places: &Places) -> Option<QuestionGroup> {
    let questions: Vec<OpenQuestion> = plan.others.iter().map(OtherPerson::question).collect();
    let at = |other: &OtherPerson| places.long(std::iter::once((other.file, &*other.sheet, other.row)));
    let mut group = QuestionGroup::new("others".to_owned(), questions.first()?.labels.clone(), false);
    group.cells = plan.others.iter().map(|other| format!("{} {}", at(other), other.name)).collect();
    group.questions = questions;
    group.tell(places);
    Some(group)
}

/// What makes questions the same: what they are about, the answers in words, and what the cell shows where that counts.
type Key = (QuestionAbout, Vec<String>, String);

/// The questions of a plan in groups.
pub fn question_groups(plan: &ImportPlan, places: &Places) -> Vec<QuestionGroup> {
    let mut groups: Vec<QuestionGroup> = Vec::new();
    let mut known: HashMap<Key, usize> = HashMap::new();
    let names = names_of(plan);
    for question in &plan.questions {
        let key = key_of(question);
        let is_of_a_row = question.about.cell().is_none() && question.about != QuestionAbout::InTalks;
        let at = (question.file, &*question.sheet, question.row);
        let name = names.get(&(at, question.beside)).map_or("", |name| name.as_ref());
        let place = places.long(std::iter::once(at).filter(|(_, _, row)| *row > 0));
        let cell = [place.as_str(), name].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let group = match known.get(&key).filter(|_| !is_of_a_row) {
            Some(group) => *group,
            None => {
                groups.push(QuestionGroup::new(key_in_words(&key, question, is_of_a_row), key.1.clone(), true));
                known.insert(key, groups.len() - 1);
                groups.len() - 1
            }
        };
        groups[group].questions.push(question.clone());
        groups[group].cells.push(cell);
    }
    for group in &mut groups {
        group.tell(places);
    }
    groups
}

/// One text for what makes questions the same. Of a row it is the row: which answers it has, and how many rows it
/// counts, may change by what is answered elsewhere.
fn key_in_words((about, words, raw): &Key, question: &OpenQuestion, is_of_a_row: bool) -> String {
    if is_of_a_row {
        let row = (&*question.sheet, question.row, question.beside);
        return format!("{about:?} {} {row:?} {}", question.file, question.field());
    }
    format!("{about:?} {} {raw} {}", words.join("/"), question.file)
}

/// Whose each row is; of tables beside each other each has its own.
fn names_of(plan: &ImportPlan) -> HashMap<((usize, &str, u32), usize), Cow<'_, str>> {
    if plan.questions.is_empty() {
        return HashMap::new();
    }
    let talks = plan.talks.iter().map(|row| (((row.file, &*row.sheet, row.row), 0), Cow::Owned(talk_in_words(row))));
    let people = plan.rows.iter().map(|row| (((row.file, &*row.sheet, row.row), row.beside), row.name.as_str().into()));
    let organisations =
        plan.organisations.iter().map(|row| (((row.file, &*row.sheet, row.row), 0), row.name.as_str().into()));
    people.chain(organisations).chain(talks).collect()
}

/// Which talk it is: 「2026-03-20 陈志远与赵永强」.
fn talk_in_words(row: &ImportedTalk) -> String {
    let day = row.draft.held_on.map(|day| format!("{day} ")).unwrap_or_default();
    let talkers = if row.talkers.is_empty() { String::new() } else { format!("{}与", row.talkers) };
    format!("{day}{talkers}{}", row.name)
}

fn key_of(question: &OpenQuestion) -> Key {
    match alike(question) {
        Some(answers) => (question.about, answers, String::new()),
        None if is_unknown_name(question) => (question.about, in_words(question), String::new()),
        None => (question.about, in_words(question), question.raw.clone()),
    }
}

/// Whether a ledger names somebody whose name nobody of the workbook bears: one answer may do for all of them.
fn is_unknown_name(question: &OpenQuestion) -> bool {
    question.about == QuestionAbout::InTalks && question.choices.len() == 1
}

/// What stands before an answer that is given to several questions at once: 「都是 1 月」, 「都记为名册外的人」.
fn before_all(question: &OpenQuestion) -> &'static str {
    match question.about {
        QuestionAbout::InTalks if is_unknown_name(question) => "都记为",
        QuestionAbout::InTalks => "都是 ",
        _ if alike(question).is_some() => "都是 ",
        _ => "",
    }
}

/// Answers that hold for every cell of the kind: which of two months, what stands first, which century.
fn alike(question: &OpenQuestion) -> Option<Vec<String>> {
    question.about.cell()?;
    let dates: Vec<PartialDate> = question.choices.iter().filter_map(|choice| PartialDate::from_iso(choice)).collect();
    let [one, two] = dates[..] else { return None };
    if question.choices.len() != 2 {
        return None;
    }
    let months = one.month().zip(two.month());
    if one.year() == two.year() && one.day() == two.day() {
        return months.map(|(one, two)| vec![format!("{one} 月"), format!("{two} 月")]);
    }
    if one.year() == two.year() && (one.month(), one.day()) == (two.day(), two.month()) {
        let first = first_part(&question.raw)?;
        let order = |date: PartialDate| if date.month() == Some(first) { "月在前" } else { "日在前" };
        return Some([one, two].map(|date| order(date).to_owned()).to_vec());
    }
    let is_same_day = (one.month(), one.day()) == (two.month(), two.day());
    let is_century = (one.year() - two.year()).abs() == 100;
    let in_words = |date: PartialDate| match is_century {
        true => format!("{} 开头的年份", date.year() / 100),
        false => format!("{} 年", date.year()),
    };
    is_same_day.then(|| [one, two].map(in_words).to_vec())
}

/// The first number of a date that is no year.
fn first_part(raw: &str) -> Option<i8> {
    let mut parts = raw.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    parts.find(|part| part.len() <= 2)?.parse().ok()
}

/// The choices in words; the name of a person stands in the question already.
fn in_words(question: &OpenQuestion) -> Vec<String> {
    let words = if question.labels.is_empty() { &question.choices } else { &question.labels };
    let name = format!("{}，", question.raw);
    words.iter().map(|word| word.strip_prefix(&name).unwrap_or(word).to_owned()).collect()
}

fn sentence(group: &QuestionGroup) -> String {
    let Some(first) = group.questions.first() else { return String::new() };
    if !group.waits {
        let mut words: Vec<&str> = group.questions.iter().map(|question| question.raw.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        return format!("{} 人不是党员（{}），不取？", group.questions.len(), words.join("、"));
    }
    match first.about {
        QuestionAbout::Person => format!("{} 是哪一位？", first.raw),
        QuestionAbout::Nearly | QuestionAbout::Twice | QuestionAbout::Returned => format!("{}？", first.raw),
        QuestionAbout::Branch if first.row > 0 => format!("有几个党支部叫“{}”，是哪一个？", first.raw),
        QuestionAbout::Branch => format!("{}，归到哪个党支部？", first.raw),
        QuestionAbout::Organisation => format!("{} 是哪个党组织？", first.raw),
        QuestionAbout::InTalks if is_unknown_name(first) => {
            let names: Vec<&str> = group.questions.iter().map(|question| question.raw.as_str()).collect();
            match names[..] {
                [name] => format!("名册里没有 {name}，记为名册外的人？"),
                _ => format!("名册里没有 {} 人（{}），都记为名册外的人？", names.len(), some_of(&names)),
            }
        }
        QuestionAbout::InTalks => match group.questions.len() {
            1 => format!("谈话中的 {} 是哪一位？", first.raw),
            count => format!("{} 次谈话中的 {} 是哪一位？", grouped(count as u64), first.raw),
        },
        QuestionAbout::WhoStandsFirst => format!("{}，谁写在前面？", first.raw),
        QuestionAbout::Year => format!("{}，这些谈话是哪一年的？", first.raw),
        QuestionAbout::TalkType { .. } => format!("“{}”是哪一类谈话？", first.raw),
        QuestionAbout::SameTalk => format!("{}，是同一次谈话吗？", first.raw),
        QuestionAbout::Field(_) | QuestionAbout::Entry(..) => {
            let count = group.questions.len();
            let how_many = if count > 1 { format!("{} 个", grouped(count as u64)) } else { String::new() };
            let is_varied = group.questions.iter().any(|question| question.raw != first.raw);
            let like = if is_varied { "这样" } else { "" };
            let asked = match alike(first) {
                Some(answers) => either(&answers),
                None => "是哪一个".to_owned(),
            };
            format!("{how_many}{}写成“{}”{like}，{asked}？", first.about.label(), first.raw)
        }
    }
}

/// Names that are told before 「等」.
const NAMED: usize = 4;

/// 「王芳、李平、张丽、何方等」
fn some_of(names: &[&str]) -> String {
    let more = if names.len() > NAMED { "等" } else { "" };
    format!("{}{more}", names[..names.len().min(NAMED)].join("、"))
}

/// Why a question has to be asked, where it does not say so itself.
fn reason(question: &OpenQuestion) -> &'static str {
    match alike(question) {
        Some(answers) if answers[0].ends_with(" 月") => "表格会把 2019.10 存成 2019.1",
        Some(answers) if answers[0].ends_with("在前") => "日和月都不大于 12，看不出哪个在前",
        Some(answers) if answers[0].ends_with(" 年") => "单元格里存的年份和标题写的不一样",
        Some(_) => "年份只写了两位",
        None if nearest(question) > 0 => "从写法看不出是哪一类；受限的类型不存谈话内容",
        None if question.about == QuestionAbout::InTalks && is_post(&question.raw) => {
            "只写了职务，没有写姓名；列出的是那一天任这一职务的人"
        }
        None if question.about == QuestionAbout::InTalks && question.choices.len() > 1 => {
            "那一天，这个名字在这个党组织里不止一人，或没有人"
        }
        None if question.about == QuestionAbout::Person => "姓名相同，别的还不足以认定是同一个人",
        None => "",
    }
}

/// How many of the choices are likelier than the others.
fn nearest(question: &OpenQuestion) -> usize {
    match question.about {
        QuestionAbout::TalkType { nearest, .. } => nearest,
        _ => 0,
    }
}

/// 「是 1 月还是 10 月」
fn either(answers: &[String]) -> String {
    let space = if answers.iter().all(|answer| answer.starts_with(|c: char| c.is_ascii_digit())) { " " } else { "" };
    format!("是{space}{}", answers.join(&format!("还是{space}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fields::Known;

    fn question(raw: &str, choices: &[&str]) -> OpenQuestion {
        OpenQuestion {
            file: 0,
            sheet: "".into(),
            row: 3,
            beside: 0,
            about: QuestionAbout::Field(Known::Joined),
            raw: raw.into(),
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            labels: Vec::new(),
        }
    }

    #[test]
    fn dates_that_are_unclear_in_the_same_way_have_the_same_answers() {
        let answers = |raw: &str, choices: &[&str]| alike(&question(raw, choices));
        let two = |one: &str, other: &str| Some(vec![one.to_owned(), other.to_owned()]);
        assert_eq!(answers("2019.1", &["2019-01", "2019-10"]), two("1 月", "10 月"));
        assert_eq!(answers("2012.1", &["2012-01", "2012-10"]), two("1 月", "10 月"));
        assert_eq!(answers("03/05/2019", &["2019-03-05", "2019-05-03"]), two("月在前", "日在前"));
        assert_eq!(answers("24.7", &["1924-07", "2024-07"]), two("19 开头的年份", "20 开头的年份"));
        assert_eq!(answers("1月15日", &["2025-01-15", "2026-01-15"]), two("2025 年", "2026 年"));
        assert_eq!(answers("2019.1", &["2019-01", "2019-10", "2019"]), None);
        assert_eq!(answers("某日", &["2019-01-02", "2018-03-04"]), None);
    }
}
