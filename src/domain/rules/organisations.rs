//! What the rules find in an organisation on a day.
//!
//! Pure: what is so is handed in as a [`State`]. Start at [`findings`].

use super::{Measure, Rule, RuleBook, RuleFinding};
use crate::clock::Day;
use crate::domain::dates::months_before;
use crate::domain::organisations::{OrganisationKind, Term};

/// How an organisation stands on a day (党组织状况).
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub kind: OrganisationKind,
    /// 正式党员, of it and below it where it holds branches.
    pub formal: i64,
    /// 党员
    pub members: i64,
    /// 覆盖单位
    pub units: i64,
    pub posts: Vec<Holder>,
    /// 书记 told by a list, not yet a person of the workbook.
    pub told_secretary: bool,
    pub term: Term,
}

/// Who has a post in it (任职人员).
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    pub post: String,
    pub name: String,
    pub is_formal: bool,
    /// Whether the person belongs to the organisation, or to one below it.
    pub belongs: bool,
    /// 党龄 in full years.
    pub standing_years: Option<i64>,
}

/// Posts that make a committee (支部委员会成员): 书记、副书记 and every 委员.
pub fn is_of_committee(post: &str) -> bool {
    post.ends_with("书记") || post.ends_with("委员")
}

/// 书记 itself, not 副书记.
pub fn is_secretary(post: &str) -> bool {
    post.ends_with("书记") && !is_deputy(post)
}

/// 副书记
pub fn is_deputy(post: &str) -> bool {
    post.ends_with("副书记")
}

/// Posts a committee should have besides the secretary.
const COMMISSIONERS: &[&str] = &["组织委员", "宣传委员", "纪检委员"];

/// What is not as the rules have it, the firm ones first.
pub fn findings(book: &RuleBook, state: &State, day: Day) -> Vec<RuleFinding> {
    let speaks = |rule: &&Rule| rule.enabled && rule.kinds.iter().any(|kind| kind == state.kind.label());
    let mut found: Vec<RuleFinding> =
        book.rules.iter().filter(speaks).flat_map(|rule| measured(rule, state, day)).collect();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    found
}

fn measured(rule: &Rule, state: &State, day: Day) -> Vec<RuleFinding> {
    let committee = committee_size(state);
    let value = |value: i64| vec![("value", value.to_string())];
    let broken = |broken: bool, values: Vec<(&str, String)>| if broken { vec![finding(rule, &values)] } else { vec![] };
    let most = rule.number("most");
    match rule.measure {
        Measure::FormalAtLeast => broken(state.formal < rule.number("limit"), value(state.formal)),
        Measure::MembersAtLeast => broken(state.members < rule.number("limit"), value(state.members)),
        Measure::MembersAtMost => broken(state.members > rule.number("limit"), value(state.members)),
        Measure::MembersBetween => {
            broken(!(rule.number("least")..=most).contains(&state.members), value(state.members))
        }
        Measure::UnitsAtMost => broken(state.units > rule.number("limit"), value(state.units)),
        Measure::CommitteeNeeded => {
            let is_short = state.formal >= rule.number("formal") && committee < rule.number("least");
            broken(is_short, vec![("value", state.formal.to_string()), ("committee", committee.to_string())])
        }
        Measure::CommitteeAtMost => {
            let is_due = committee > rule.number("usual") && committee != 0;
            broken(is_due, value(committee))
        }
        Measure::CommitteeBetween => {
            broken(committee > 0 && !(rule.number("least")..=most).contains(&committee), value(committee))
        }
        Measure::NoCommitteeBelow => {
            let commissioners = holders(state, |post| post.ends_with("委员"));
            let has_one = state.formal < rule.number("formal") && commissioners > 0;
            broken(has_one, vec![("value", state.formal.to_string()), ("committee", commissioners.to_string())])
        }
        Measure::SecretaryNeeded => broken(holders(state, is_secretary) == 0 && !state.told_secretary, vec![]),
        Measure::DeputiesAtMost => {
            let deputies = holders(state, is_deputy);
            broken(deputies > rule.number("limit"), value(deputies))
        }
        Measure::CommissionersNeeded => missing_commissioners(rule, state),
        Measure::SecretaryStanding => young_secretaries(rule, state),
        Measure::PostsForFormal => held_by(rule, state, |holder| !holder.is_formal),
        Measure::PostsForMembers => held_by(rule, state, |holder| !holder.belongs),
        Measure::Term => term_reminder(rule, state.term, day),
        Measure::TermOverdue => term_overdue(rule, state.term, day),
        Measure::TermLength => term_length(rule, state.term),
        Measure::NoElection => broken(state.term.elected_on.is_some(), vec![]),
    }
}

fn finding(rule: &Rule, values: &[(&str, String)]) -> RuleFinding {
    RuleFinding {
        rule: rule.id.clone(),
        level: rule.level,
        title: rule.title.clone(),
        words: rule.said(values),
        article: if rule.checked { rule.article.clone() } else { format!("{}（待核对）", rule.article) },
    }
}

/// Persons on the committee: who has two posts counts once.
fn committee_size(state: &State) -> i64 {
    holders(state, is_of_committee)
}

fn holders(state: &State, fits: impl Fn(&str) -> bool) -> i64 {
    let mut names: Vec<&str> =
        state.posts.iter().filter(|holder| fits(&holder.post)).map(|holder| holder.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    i64::try_from(names.len()).unwrap_or(i64::MAX)
}

fn missing_commissioners(rule: &Rule, state: &State) -> Vec<RuleFinding> {
    if state.formal < rule.number("formal") || committee_size(state) == 0 {
        return Vec::new();
    }
    let has = |post: &&&str| state.posts.iter().any(|holder| holder.post.contains(**post));
    // 纪律检查委员 is the same post written in full.
    let has_either = |post: &&&str| has(post) || (**post == "纪检委员" && has(&&"纪律检查委员"));
    let missing: Vec<&str> = COMMISSIONERS.iter().filter(|post| !has_either(post)).copied().collect();
    if missing.is_empty() { Vec::new() } else { vec![finding(rule, &[("missing", missing.join("、"))])] }
}

fn young_secretaries(rule: &Rule, state: &State) -> Vec<RuleFinding> {
    let secretaries = state.posts.iter().filter(|holder| is_secretary(&holder.post) && holder.is_formal);
    let young = secretaries.filter_map(|holder| {
        let years = holder.standing_years.filter(|years| *years < rule.number("years"))?;
        Some(finding(rule, &[("name", holder.name.clone()), ("value", years.to_string())]))
    });
    young.collect()
}

fn held_by(rule: &Rule, state: &State, wrong: impl Fn(&Holder) -> bool) -> Vec<RuleFinding> {
    let holders = state.posts.iter().filter(|holder| is_of_committee(&holder.post) && wrong(holder));
    holders.map(|holder| finding(rule, &[("name", holder.name.clone()), ("post", holder.post.clone())])).collect()
}

/// 《中国共产党支部工作条例（试行）》第二十一条: the upper organisation reminds six months before; three months and one
/// month before, and from the day on, once more.
fn term_reminder(rule: &Rule, term: Term, day: Day) -> Vec<RuleFinding> {
    let Some(due) = term.due() else { return Vec::new() };
    let end = due.first_day();
    let is_within = |months: i64| months_before(end, months).is_some_and(|first| first <= day);
    let stages = ["first", "second", "third"].map(|name| rule.number(name));
    let said = if end <= day {
        format!("任期 {due} 届满，应当及时换届；提前或延期要经上级党组织批准")
    } else if is_within(stages[2]) {
        format!("任期 {due} 届满，不足 {} 个月", stages[2])
    } else if is_within(stages[1]) {
        format!("任期 {due} 届满，不足 {} 个月，请做好准备", stages[1])
    } else if is_within(stages[0]) {
        format!("任期 {due} 届满，提前 {} 个月提醒", stages[0])
    } else {
        return Vec::new();
    };
    vec![finding(rule, &[("value", said)])]
}

fn term_overdue(rule: &Rule, term: Term, day: Day) -> Vec<RuleFinding> {
    let Some(due) = term.due() else { return Vec::new() };
    let is_late = due.plus_months(rule.number("months")).is_some_and(|last| last.first_day() <= day);
    if is_late { vec![finding(rule, &[("ends", due.to_string())])] } else { Vec::new() }
}

fn term_length(rule: &Rule, term: Term) -> Vec<RuleFinding> {
    let (Some(from), Some(told), Some(reckoned)) = (term.elected_on, term.ends, term.by_years()) else {
        return Vec::new();
    };
    let longer = term.is_told && told.first_day() > reckoned.last_day();
    let values = [("from", from.to_string()), ("ends", told.to_string()), ("years", term.years.to_string())];
    if longer { vec![finding(rule, &values)] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    #[test]
    fn every_rule_speaks_of_kinds_there_are_and_has_the_numbers_its_words_name() {
        let book = RuleBook::shipped().expect("rules");
        let own = ["value", "committee", "missing", "name", "post", "ends", "from", "years"];
        for rule in &book.rules {
            for kind in &rule.kinds {
                assert!(OrganisationKind::from_label(kind).is_some(), "{}: {kind}", rule.id);
            }
            for name in rule.words.split('{').skip(1).filter_map(|part| part.split('}').next()) {
                assert!(rule.numbers.contains_key(name) || own.contains(&name), "{}: {name}", rule.id);
            }
            assert!(!rule.article.is_empty() && !rule.version.is_empty(), "{}", rule.id);
        }
        assert!(book.rules.iter().any(|rule| rule.level == Level::Red));
    }
}
