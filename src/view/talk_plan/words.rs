//! What a proposal says in words: what no talk can close, who is not planned for, who has to do it alone.

use std::collections::BTreeMap;

use super::{PlannedFor, Proposal};
use crate::domain::coverage::{Relation, WhyLeftOut};
use crate::domain::ids::PersonId;
use crate::domain::talk_plan::CannotClose;

/// The most names in one sentence.
const TOLD: usize = 8;

impl Proposal {
    /// 「没有要安排的谈话」 with its reason; `None` where there are talks.
    pub fn nothing_words(&self) -> Option<String> {
        let is_asked = self.organisations.iter().any(|of| of.asks);
        match (self.plan.talks.is_empty(), is_asked) {
            (false, _) => None,
            (true, false) => Some("没有应谈的人，没有要安排的谈话".to_owned()),
            (true, true) if self.plan.cannot_close.is_empty() => {
                Some(format!("到 {} 应谈的都谈过了，没有要安排的谈话", self.days.last))
            }
            (true, true) => Some("还缺的谈话都没有人能谈，没有要安排的谈话".to_owned()),
        }
    }

    /// 「陈志远 4、吴海涛 3」: how often each is talker, of `most` at most: 「…共 32 人」.
    pub fn loads_words(&self, most: usize) -> String {
        let loads = self.loads();
        let told = loads.iter().take(most).map(|(person, load)| format!("{} {load}", self.name_of(*person)));
        let told = told.collect::<Vec<_>>().join("、");
        if loads.len() > most { format!("{told}…共 {} 人", loads.len()) } else { told }
    }

    /// What no talk can close, a sentence for each organisation and reason.
    pub fn cannot_close_words(&self) -> Vec<String> {
        self.organisations.iter().flat_map(|of| self.cannot_close_in(of)).collect()
    }

    fn cannot_close_in(&self, of: &PlannedFor) -> Vec<String> {
        let mut without_talker: BTreeMap<Relation, Vec<PersonId>> = BTreeMap::new();
        let mut words = Vec::new();
        for (_, one) in self.plan.cannot_close.iter().filter(|(organisation, _)| *organisation == of.organisation) {
            words.extend(match *one {
                CannotClose::NoTalker(person, relation) => {
                    without_talker.entry(relation).or_default().push(person);
                    None
                }
                CannotClose::NoPartner(person) => Some(format!(
                    "{}没有别的党员可以一起谈（{}）",
                    self.name_of(person),
                    Relation::AmongMembers.label()
                )),
                CannotClose::TooLate(person, until) => Some(format!(
                    "{}应在 {until} 前谈，已经来不及（{}）",
                    self.name_of(person),
                    Relation::AfterEvents.label()
                )),
            });
        }
        let why = if of.committee == 0 { "没有能谈话的支委" } else { "没有别的支委" };
        words.extend(
            without_talker
                .into_iter()
                .map(|(relation, people)| format!("{why}，{}补不上：{}", relation.label(), self.told(&people))),
        );
        words.into_iter().map(|words| self.of_organisation(of, &words)).collect()
    }

    /// Who is not planned for though a member, and who of a committee has to talk with all alone.
    pub fn remarks(&self) -> Vec<String> {
        self.organisations.iter().flat_map(|of| [self.alone_words(of), self.left_out_words(of)]).flatten().collect()
    }

    /// 「能谈话的支委只有陈志远一人，和党员的 5 次都由其主谈」
    fn alone_words(&self, of: &PlannedFor) -> Option<String> {
        let is_by_committee = |closes: &[Relation]| !closes.contains(&Relation::AmongMembers);
        let talks: Vec<_> = self.talks_of(of.organisation).filter(|talk| is_by_committee(&talk.closes)).collect();
        let talker = talks.first().filter(|_| of.committee == 1)?.talker;
        let told = format!("能谈话的支委只有{}一人，和党员的 {} 次都由其主谈", self.name_of(talker), talks.len());
        Some(self.of_organisation(of, &told))
    }

    /// 「不列入，没有排：刚来的钱立」; whoever is needed for a talk all the same is planned for.
    fn left_out_words(&self, of: &PlannedFor) -> Option<String> {
        let mut why: BTreeMap<WhyLeftOut, Vec<PersonId>> = BTreeMap::new();
        let is_planned = |person: PersonId| {
            self.talks_of(of.organisation).any(|talk| talk.talker == person || talk.partner == person)
        };
        for left in of.left_out.iter().filter(|left| !is_planned(left.person)) {
            why.entry(left.why).or_default().push(left.person);
        }
        let told: Vec<String> =
            why.into_iter().map(|(why, people)| format!("{}的{}", why.label(), self.told(&people))).collect();
        (!told.is_empty()).then(|| self.of_organisation(of, &format!("不列入，没有排：{}", told.join("；"))))
    }

    /// 「周敏、何静等 12 人」
    fn told(&self, people: &[PersonId]) -> String {
        let names: Vec<&str> = people.iter().take(TOLD).map(|person| self.name_of(*person)).collect();
        let names = names.join("、");
        if people.len() > TOLD { format!("{names}等 {} 人", people.len()) } else { names }
    }

    /// With the name of the organisation in front where there are several.
    fn of_organisation(&self, of: &PlannedFor, words: &str) -> String {
        if self.organisations.len() > 1 { format!("{}：{words}", of.name) } else { words.to_owned() }
    }
}
