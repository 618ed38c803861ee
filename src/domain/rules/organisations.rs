//! What the rules find in an organisation on a day.
//!
//! Pure: what is so is handed in as a [`State`]. Start at [`findings`].

use std::collections::BTreeSet;

use super::{Measure, Rule, RuleBook, RuleFinding};
use crate::clock::Day;
use crate::domain::dates::{PartialDate, months_before};
use crate::domain::ids::PersonId;
use crate::domain::organisations::{OrganisationKind, Term, TermYears};
use crate::domain::posts::{is_commissioner_post, is_of_party};

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
    /// Who is on the committee by a list of organisations whose names are text; counts while nobody holds a post.
    pub told: Told,
    pub term: Term,
    /// 成立时间
    pub founded: Option<PartialDate>,
    /// When the term before the present one was to end, its delay included.
    pub former_due: Option<PartialDate>,
    /// 有预备党员审批权限 is registered of it.
    pub admits: bool,
}

/// What a list of organisations tells of a committee (班子), in names that are no persons of the workbook yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// 书记 is named.
    pub secretary: bool,
    /// Persons named: 书记、副书记、委员.
    pub committee: i64,
}

/// Who has a post in it (任职人员).
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    pub person: PersonId,
    pub post: String,
    pub name: String,
    pub is_formal: bool,
    /// Whether the person belongs to the organisation, or to one below it.
    pub belongs: bool,
    /// 党龄 in full years.
    pub standing_years: Option<i64>,
}

/// Posts that make a committee (支部委员会成员): 书记、副书记 and every 委员 (支委) of the party, not those of the youth league
/// or of mass organisations.
pub fn is_of_committee(post: &str) -> bool {
    party_posts(post).any(|post| post.ends_with("书记") || is_commissioner_post(post))
}

/// 书记 itself, not 副书记.
pub fn is_secretary(post: &str) -> bool {
    party_posts(post).any(|post| post.ends_with("书记") && !post.ends_with("副书记"))
}

/// 副书记
pub fn is_deputy(post: &str) -> bool {
    party_posts(post).any(|post| post.ends_with("副书记"))
}

/// 委员 who is neither 书记 nor 副书记.
fn is_commissioner(post: &str) -> bool {
    is_of_committee(post) && !is_secretary(post) && !is_deputy(post)
}

/// 党小组组长
pub fn is_group_leader(post: &str) -> bool {
    single_posts(post).any(|post| post.ends_with("组长") && !post.ends_with("副组长"))
}

/// Whether a post that somebody holds in a branch is that of leading one of its groups (党小组组长), which goes by these
/// names: the post names the group, 「第一党小组组长」, or it names none and its holder is in the group.
pub fn leads_group(post: &str, names: &[&str], is_in_group: bool) -> bool {
    single_posts(post).filter(|post| is_group_leader(post)).any(|post| {
        // 「第一党小组组长」, 「第一党小组长」
        let before = post.strip_suffix("组长").unwrap_or(post);
        let group = if before.ends_with('组') { before } else { post.strip_suffix('长').unwrap_or(post) };
        match group {
            "组" | "小组" | "党小组" => is_in_group,
            _ => names.iter().any(|name| name.ends_with(group) || group.ends_with(name)),
        }
    })
}

/// The posts that one text names: 「书记兼组织委员」 are two, 「组织委员（兼）」 is one.
fn single_posts(post: &str) -> impl Iterator<Item = &str> {
    post.split(['、', '，', ',', '；', ';', '兼', '（', '(', '）', ')']).map(str::trim).filter(|post| !post.is_empty())
}

/// Those of them that are the party's.
fn party_posts(post: &str) -> impl Iterator<Item = &str> {
    single_posts(post).filter(|post| is_of_party(post))
}

/// Posts a committee should have besides the secretary.
const COMMISSIONERS: &[&str] = &["组织委员", "宣传委员", "纪检委员"];

/// What is not as the rules have it, the firm ones first.
pub fn findings(book: &RuleBook, state: &State, day: Day) -> Vec<RuleFinding> {
    let mut found: Vec<RuleFinding> = book
        .rules
        .iter()
        .filter(|rule| rule.speaks_of(state.kind))
        .flat_map(|rule| measured(rule, state, day))
        .collect();
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
            let commissioners = holders(state, is_commissioner);
            let has_one = state.formal < rule.number("formal") && commissioners > 0;
            broken(has_one, vec![("value", state.formal.to_string()), ("committee", commissioners.to_string())])
        }
        Measure::SecretaryNeeded => broken(holders(state, is_secretary) == 0 && !state.told.secretary, vec![]),
        Measure::SecretariesAtMost => several_secretaries(rule, state),
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
        Measure::DelayLength => delay_length(rule, state.term),
        Measure::ElectedAfterFounded => elected_early(rule, state),
        Measure::EarlyElection => early_election(rule, state),
        Measure::AdmitsByCommittee => broken(state.admits, vec![]),
        Measure::NoElection => broken(state.term.elected_on.is_some(), vec![]),
        // Rules about members and talks.
        _ => Vec::new(),
    }
}

fn finding(rule: &Rule, values: &[(&str, String)]) -> RuleFinding {
    RuleFinding {
        rule: rule.id.clone(),
        level: rule.level,
        title: rule.title.clone(),
        words: rule.said(values),
        article: rule.shown_article(),
    }
}

/// Persons on the committee: who has two posts counts once. Those a list tells count while nobody holds a post.
fn committee_size(state: &State) -> i64 {
    match holders(state, is_of_committee) {
        0 => state.told.committee,
        held => held,
    }
}

fn holders(state: &State, fits: impl Fn(&str) -> bool) -> i64 {
    let people: BTreeSet<PersonId> =
        state.posts.iter().filter(|holder| fits(&holder.post)).map(|holder| holder.person).collect();
    i64::try_from(people.len()).unwrap_or(i64::MAX)
}

fn missing_commissioners(rule: &Rule, state: &State) -> Vec<RuleFinding> {
    // Of a committee whose names are only told nobody knows who does what.
    if state.formal < rule.number("formal") || holders(state, is_of_committee) == 0 {
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

/// 书记 at the same time. 第一书记, who is sent to help, is none of them.
fn several_secretaries(rule: &Rule, state: &State) -> Vec<RuleFinding> {
    let is_one = |post: &str| is_secretary(post) && !post.contains("第一书记");
    let secretaries = holders(state, is_one);
    let mut names: Vec<&str> =
        state.posts.iter().filter(|holder| is_one(&holder.post)).map(|holder| holder.name.as_str()).collect();
    names.dedup();
    let values = [("value", secretaries.to_string()), ("name", names.join("、"))];
    if secretaries > rule.number("limit") { vec![finding(rule, &values)] } else { Vec::new() }
}

fn elected_early(rule: &Rule, state: &State) -> Vec<RuleFinding> {
    let dates = state.term.elected_on.zip(state.founded);
    let early = dates.filter(|(elected, founded)| elected.last_day() < founded.first_day());
    let words = |(elected, founded): (PartialDate, PartialDate)| {
        finding(rule, &[("from", elected.to_string()), ("day", founded.to_string())])
    };
    early.map(words).into_iter().collect()
}

fn held_by(rule: &Rule, state: &State, wrong: impl Fn(&Holder) -> bool) -> Vec<RuleFinding> {
    let holders = state.posts.iter().filter(|holder| is_of_committee(&holder.post) && wrong(holder));
    holders.map(|holder| finding(rule, &[("name", holder.name.clone()), ("post", holder.post.clone())])).collect()
}

impl TermYears {
    /// Years of terms as the rules of a workbook have them.
    pub fn of(book: &RuleBook) -> Self {
        let number = |name, otherwise| book.get("term.years").map_or(otherwise, |rule| rule.number(name));
        Self { committee: number("committee", 5), branch: number("branch", 3) }
    }
}

/// How near the end of a term is (任期提醒).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermStage {
    /// Over.
    Ended,
    /// So many months before, or less.
    Within(i64),
}

impl TermStage {
    /// 「已届满」「不足 3 个月」
    pub fn label(self) -> String {
        match self {
            Self::Ended => "已届满".to_owned(),
            Self::Within(months) => format!("不足 {months} 个月"),
        }
    }
}

/// How near the end of a term is by the rule about terms; `None` while nothing is to be said, or the rule does not speak
/// of such organisations.
pub fn term_stage(book: &RuleBook, kind: OrganisationKind, term: Term, day: Day) -> Option<TermStage> {
    term_rule(book, kind).and_then(|rule| stage(rule, term, day))
}

/// The day of the first reminder of the end of a term; `None` where its end is not known, or no rule speaks of it.
pub fn first_term_reminder(book: &RuleBook, kind: OrganisationKind, term: Term) -> Option<Day> {
    let rule = term_rule(book, kind)?;
    let months = ["first", "second", "third"].map(|name| rule.number(name));
    months_before(term.due()?.first_day(), months.into_iter().max()?)
}

/// The rule about terms, if it speaks of organisations of this kind.
pub fn term_rule(book: &RuleBook, kind: OrganisationKind) -> Option<&Rule> {
    book.rules.iter().find(|rule| rule.measure == Measure::Term && rule.speaks_of(kind))
}

fn stage(rule: &Rule, term: Term, day: Day) -> Option<TermStage> {
    let end = term.due()?.first_day();
    if end <= day {
        return Some(TermStage::Ended);
    }
    let mut months = ["first", "second", "third"].map(|name| rule.number(name));
    months.sort_unstable();
    let is_within = |months: &i64| months_before(end, *months).is_some_and(|first| first <= day);
    months.into_iter().find(is_within).map(TermStage::Within)
}

/// 《中国共产党支部工作条例（试行）》第二十一条: the upper organisation reminds six months before; three months and one
/// month before, and from the day on, once more.
fn term_reminder(rule: &Rule, term: Term, day: Day) -> Vec<RuleFinding> {
    let (Some(due), Some(stage)) = (term.due(), stage(rule, term, day)) else { return Vec::new() };
    let said = match stage {
        TermStage::Ended => format!("任期 {due} 届满，应当及时换届；提前或延期要经上级党组织批准"),
        TermStage::Within(months) if months == rule.number("first") => {
            format!("任期 {due} 届满，提前 {months} 个月提醒")
        }
        TermStage::Within(months) if months == rule.number("second") => {
            format!("任期 {due} 届满，不足 {months} 个月，请做好准备")
        }
        TermStage::Within(months) => format!("任期 {due} 届满，不足 {months} 个月"),
    };
    vec![finding(rule, &[("value", said)])]
}

/// More than a year after the end of the term, and after whatever delay was approved.
fn term_overdue(rule: &Rule, term: Term, day: Day) -> Vec<RuleFinding> {
    let Some(ends) = term.ends.or(term.delayed_to) else { return Vec::new() };
    let is_late = ends.plus_months(rule.number("months")).is_some_and(|last| last.first_day() < day);
    let is_delayed = term.delayed_to.is_some_and(|until| !until.is_reached_on(day));
    if is_late && !is_delayed { vec![finding(rule, &[("ends", ends.to_string())])] } else { Vec::new() }
}

/// An election may be delayed by a year at most, generally (第二十一条).
fn delay_length(rule: &Rule, term: Term) -> Vec<RuleFinding> {
    let (Some(ends), Some(until)) = (term.ends, term.delayed_to) else { return Vec::new() };
    let is_longer = ends.plus_months(rule.number("months")).is_some_and(|last| last.last_day() < until.first_day());
    let values = [("ends", ends.to_string()), ("until", until.to_string())];
    if is_longer { vec![finding(rule, &values)] } else { Vec::new() }
}

/// An election may be early by a year at most, generally (第二十一条).
fn early_election(rule: &Rule, state: &State) -> Vec<RuleFinding> {
    let (Some(elected), Some(ends)) = (state.term.elected_on, state.former_due) else { return Vec::new() };
    let is_early = elected.plus_months(rule.number("months")).is_some_and(|day| day.last_day() < ends.first_day());
    let values = [("ends", ends.to_string()), ("value", elected.to_string())];
    if is_early { vec![finding(rule, &values)] } else { Vec::new() }
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
    use super::super::{Level, RuleGroup};
    use super::*;

    #[test]
    fn of_the_committee_are_posts_of_the_party_and_not_those_of_bodies_beside_it() {
        for post in ["书记", "副书记", "委员", "组织委员", "保密委员", "书记兼工会主席", "团支部书记、青年委员", "支委"]
        {
            assert!(is_of_committee(post), "{post}");
        }
        for post in ["组长", "团支部书记", "团支部组织委员", "妇联委员", "工会委员", "联络员", "团支委"]
        {
            assert!(!is_of_committee(post), "{post}");
        }
        assert!(!is_secretary("团支部书记") && !is_deputy("团委副书记"));
        assert!(is_secretary("团委副书记、书记") && !is_deputy("团委副书记、书记"));
    }

    #[test]
    fn a_post_of_the_branch_leads_the_group_that_it_names_or_that_its_holder_is_in() {
        let first = ["局机关第一党小组", "第一党小组"];
        for post in ["第一党小组组长", "第一党小组长", "组织委员、第一党小组组长", "局机关第一党小组组长"]
        {
            assert!(leads_group(post, &first, false), "{post}");
        }
        for post in ["第二党小组组长", "第一党小组副组长", "第十一党小组组长", "组织委员", "组长"]
        {
            assert!(!leads_group(post, &first, false), "{post}");
        }
        for post in ["组长", "党小组组长", "小组长"] {
            assert!(leads_group(post, &first, true), "{post}");
        }
    }

    #[test]
    fn every_rule_speaks_of_kinds_there_are_and_has_the_numbers_its_words_name() {
        let book = RuleBook::shipped().expect("rules");
        let own = ["value", "committee", "missing", "name", "post", "ends", "until", "from", "years", "day"];
        for rule in book.rules.iter().filter(|rule| rule.measure.group() == RuleGroup::Organisations) {
            assert!(!rule.kinds.is_empty(), "{}", rule.id);
            for kind in &rule.kinds {
                assert!(OrganisationKind::from_label(kind).is_some(), "{}: {kind}", rule.id);
            }
            for name in rule.words.split('{').skip(1).filter_map(|part| part.split('}').next()) {
                assert!(rule.numbers.contains_key(name) || own.contains(&name), "{}: {name}", rule.id);
            }
            assert!(rule.numbers.keys().eq(rule.labels.keys()), "{}: each number has a label", rule.id);
            assert!(!rule.article.is_empty() && !rule.version.is_empty(), "{}", rule.id);
        }
        assert!(book.rules.iter().any(|rule| rule.level == Level::Red));
    }
}
