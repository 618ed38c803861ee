//! The story of the practice workbook: how the bureau's clerk wrote it down, in some weeks and named steps, the last
//! of them yesterday.

mod archiving;
mod talking;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::ToSpan as _;

use super::people::{Inventor, Profile, Stage, Values, begin, set};
use super::roster::{self, Entry};
use super::stamp;
use super::words::{Bureau, BureauBranch, bureau, words};
use crate::clock::{Clock, Day, Moment};
use crate::command::{
    AddMember, AddOrganisation, Appoint, Command, EditMembers, ElectCommittee, Elected, EndMembership, ImportRoster,
    Leaving, Ledger, Made, MemberDraft, OrganisationDraft, RecordEvent, SetFact, SetSettings, Stamp, VoidMembers,
};
use crate::domain::dates::PartialDate;
use crate::domain::events::EventKind;
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{OrganisationId, PersonId, RecordId};
use crate::domain::imports::QuestionAbout;
use crate::domain::probation::ProbationRule;
use crate::domain::rules::RuleBook;
use crate::exchange::import::{Answers, PlanOptions, plan, read_roster};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::journal::Origin;
use crate::store::members::facts_in;
use crate::store::settings;

/// How many days the story takes.
const LENGTH_DAYS: i64 = 45;
/// The day of the roster that is imported.
const ROSTER_DAYS_AGO: i64 = 38;

/// For how many months a letter of the office is good.
const LETTER_MONTHS: i64 = 3;
/// When the newcomer on probation joined: the probation ended some days ago.
const NEWCOMER_JOINED: i64 = DAYS_OF_A_YEAR + 14;
const DAYS_OF_A_YEAR: i64 = 365;
/// When a branch elected its committee anew.
const ELECTED_DAYS_AGO: i64 = 11;

/// The day on which the clerk began.
pub(super) fn first_day(today: Day) -> Result<Day> {
    Ok(today.checked_sub(LENGTH_DAYS.days())?)
}

/// What the story depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Story<'s> {
    pub seed: u32,
    pub today: Day,
    /// Where the roster is written from which the last branch is imported.
    pub roster: &'s Path,
    pub replace: bool,
}

impl Story<'_> {
    /// Writes everything down, as it was done until today.
    pub fn tell(&self, ledger: Ledger, progress: &Progress) -> Result<()> {
        let (bureau, words) = (bureau()?, words()?);
        let mut clerk = Clerk { ledger, today: self.today, minutes: 0 };
        let (root, branches) = clerk.found(&bureau)?;
        let mut inventor = Inventor::new(&words, self.seed, first_day(self.today)?);
        let mut rosters = Vec::new();
        for (branch, id) in bureau.branches.iter().zip(&branches) {
            rosters.push(if branch.imported {
                self.hand_in(branch, &mut inventor)?;
                clerk.import(self.roster, *id, progress)?
            } else {
                clerk.enter(branch, *id, &mut inventor)?
            });
        }
        clerk.year(&branches, &rosters)?;
        clerk.lead(root, &rosters, clerk.date(bureau.general_elected_days_ago)?)?;
        clerk.talks(&branches, self.seed)?;
        clerk.leaders_talks(root, self.seed)?;
        clerk.archives(&branches, self.seed)?;
        clerk.last_step(&rosters)
    }

    /// The branch hands its roster in as a file.
    fn hand_in(&self, branch: &BureauBranch, inventor: &mut Inventor<'_>) -> Result<()> {
        let people = people_of(branch, inventor)?;
        let entries: Vec<Entry> = people
            .into_iter()
            .map(|values| {
                let has_hobby = inventor.chance.percent(40);
                let hobby = if has_hobby { inventor.chance.word(&inventor.words.hobbies) } else { String::new() };
                Entry { values, hobby }
            })
            .collect();
        let on = self.today.checked_sub(ROSTER_DAYS_AGO.days())?;
        roster::write(self.roster, &branch.name, &entries, on, self.replace)
    }
}

/// Does one step after the other, some minutes apart.
struct Clerk {
    ledger: Ledger,
    today: Day,
    minutes: i64,
}

impl Clerk {
    /// The stamp of the next step, so many days before today.
    fn at(&mut self, days_ago: i64) -> Result<Stamp> {
        self.minutes += 4;
        let noon = Clock::fixed_on(self.today.checked_sub(days_ago.days())?).now();
        Ok(stamp(Moment(noon.0 + self.minutes * 60_000)))
    }

    fn date(&self, days_ago: i64) -> Result<PartialDate> {
        Ok(PartialDate::of_day(self.today.checked_sub(days_ago.days())?))
    }

    fn run(&mut self, days_ago: i64, command: Command) -> Result<Option<RecordId>> {
        let stamp = self.at(days_ago)?;
        Ok(self.ledger.run(command, &stamp)?.made)
    }

    /// Several commands as one step; what each made.
    fn run_as_one(&mut self, days_ago: i64, title: &str, commands: Vec<Command>) -> Result<Vec<RecordId>> {
        let stamp = self.at(days_ago)?;
        let mut made = Vec::new();
        let mut commands = commands.into_iter();
        self.ledger.run_with(&stamp, |run| {
            run.as_one(title, |last| {
                if let Some(Made(Some(id))) = last {
                    made.push(id);
                }
                Ok(commands.next())
            })
        })?;
        Ok(made)
    }

    /// The workbook's settings, the general branch and its branches.
    fn found(&mut self, bureau: &Bureau) -> Result<(OrganisationId, Vec<OrganisationId>)> {
        let set = [
            (settings::TITLE, bureau.title.as_str()),
            (settings::REPORTING_UNIT, &bureau.reporting_unit),
            (settings::PREPARED_BY, &bureau.prepared_by),
            (settings::CHECKED_BY, &bureau.checked_by),
            (settings::PRACTICE, "yes"),
        ];
        let set = set.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        self.run(LENGTH_DAYS, Command::SetSettings(SetSettings { set }))?;
        let elected = self.date(bureau.general_elected_days_ago)?.to_string();
        let general = [
            ("name", bureau.general_branch.as_str()),
            ("founded", "1995-10"),
            ("code", "QH-MZ"),
            ("elected_on", &elected),
        ];
        let general = add_organisation(None, &general);
        let root = self.run(LENGTH_DAYS, general)?.map(OrganisationId);
        let root = root.ok_or_else(|| Problem::fault("adding an organisation made none"))?;
        let branches = bureau.branches.iter().map(|branch| {
            let elected = self.date(branch.elected_days_ago)?.to_string();
            let values = [
                ("name", branch.name.as_str()),
                ("founded", branch.founded.as_str()),
                ("code", branch.code.as_str()),
                ("unit", branch.unit.as_str()),
                ("elected_on", &elected),
            ];
            Ok(add_organisation(Some(root), &values))
        });
        let branches: Vec<Command> = branches.collect::<Result<_>>()?;
        let title = format!("新建 {} 个党支部", bureau.branches.len());
        let made = self.run_as_one(LENGTH_DAYS, &title, branches)?;
        Ok((root, made.into_iter().map(OrganisationId).collect()))
    }

    /// The roster of a branch, as one step; the people in its order.
    fn enter(
        &mut self,
        branch: &BureauBranch,
        id: OrganisationId,
        inventor: &mut Inventor<'_>,
    ) -> Result<Vec<PersonId>> {
        let people = people_of(branch, inventor)?;
        let title = format!("录入 {}：{} 人", branch.name, people.len());
        let commands = people.iter().map(|values| add_member(id, values)).collect();
        let made = self.run_as_one(LENGTH_DAYS - 1, &title, commands)?;
        Ok(made.into_iter().map(PersonId).collect())
    }

    /// The roster that a branch handed in, imported; the people in its order.
    fn import(&mut self, roster: &Path, branch: OrganisationId, progress: &Progress) -> Result<Vec<PersonId>> {
        let stamp = Stamp { origin: Origin::Import, ..self.at(ROSTER_DAYS_AGO - 1)? };
        let reading = read_roster(roster, stamp.today(), progress)?;
        let files = [reading.file_name.clone()];
        let mut options = PlanOptions { scope: Some(branch), day: None, answers: Answers::of_files(&files) };
        let make = |options: &PlanOptions, ledger: &Ledger| {
            plan(ledger.reader(), vec![reading.clone()], options, stamp.today(), progress)
        };
        let mut planned = make(&options, &self.ledger)?;
        // Everybody who is asked for is somebody else of the same name.
        for question in planned.questions.iter().filter(|question| question.about == QuestionAbout::Person) {
            let place = (&*question.sheet, question.row, question.beside);
            options.answers.give("", place, question.about.name(), "new");
        }
        planned = make(&options, &self.ledger)?;
        // Not watched: nothing is there yet that a backup could save.
        self.ledger.run(Command::ImportRoster(ImportRoster { plan: planned }), &stamp)?;
        let facts = facts_in(self.ledger.reader(), branch)?;
        Ok(facts.iter().filter(|fact| fact.kind == FactKind::Membership).map(|fact| fact.person).collect())
    }

    /// What happened since: transfers, a death, a slip of the pen, and what the clerk took back.
    fn year(&mut self, branches: &[OrganisationId], rosters: &[Vec<PersonId>]) -> Result<()> {
        let someone = |branch: usize, place: usize| -> Result<PersonId> {
            let person = rosters.get(branch).and_then(|roster| roster.get(place));
            person.copied().ok_or_else(|| Problem::fault("the story names somebody who is not there"))
        };
        let place = |branch: usize| -> Result<OrganisationId> {
            branches.get(branch).copied().ok_or_else(|| Problem::fault("the story names a branch that is not there"))
        };
        self.honour(vec![someone(0, 2)?, someone(3, 4)?, someone(5, 0)?])?;
        let moved = RecordEvent {
            branch_id: Some(place(3)?),
            document: letter(12),
            receipt: Some(self.date(30)?),
            ..RecordEvent::new(vec![someone(1, 9)?], EventKind::TransferWithin, self.date(31)?)
        };
        self.run(30, Command::RecordEvent(moved))?;
        for (person, days_ago, where_to, number) in [
            (someone(1, 12)?, 28, "白石县民政局机关党支部", 13),
            (someone(3, 8)?, 26, "临江市民政局养老服务处党支部", 14),
        ] {
            let gone = RecordEvent {
                place: Some(where_to.to_owned()),
                document: letter(number),
                until: self.date(days_ago)?.plus_months(LETTER_MONTHS),
                ..RecordEvent::new(vec![person], EventKind::TransferOut, self.date(days_ago)?)
            };
            self.run(days_ago - 1, Command::RecordEvent(gone))?;
        }
        let newcomer = self.come_in(place(2)?)?;
        let (ids, on) = (vec![someone(6, 40)?], self.date(22)?);
        let died = EndMembership { ids, how: Leaving::Died, on, place: None, reason: None };
        self.run(20, Command::EndMembership(died))?;
        self.lose(someone(7, 30)?)?;
        let twice = VoidMembers {
            ids: vec![someone(2, 26)?], reason: "误录：这位同志是群众，不是党员".to_owned()
        };
        self.run(16, Command::VoidMembers(twice))?;
        let lost = MemberDraft(BTreeMap::from([
            ("lost".to_owned(), Some("是".to_owned())),
            ("lost_since".to_owned(), Some(self.date(260)?.to_string())),
        ]));
        self.run(15, Command::EditMembers(EditMembers { ids: vec![someone(7, 12)?], set: lost, on: None }))?;
        let extended = RecordEvent {
            document: Some("县社福支〔2026〕5号".to_owned()),
            until: self
                .date(NEWCOMER_JOINED - DAYS_OF_A_YEAR)?
                .plus_months(ProbationRule::of(&RuleBook::shipped()?).extension.0),
            note: Some("支部大会讨论，延长半年".to_owned()),
            ..RecordEvent::new(vec![newcomer], EventKind::Extended, self.date(13)?)
        };
        self.run(12, Command::RecordEvent(extended))?;
        let posts = [(0, "书记"), (3, "组织委员"), (2, "纪检委员")];
        let posts =
            posts.into_iter().map(|(nth, post)| Ok(Elected { person_id: someone(5, nth)?, post: post.to_owned() }));
        let elected = ElectCommittee {
            id: place(5)?,
            on: self.date(ELECTED_DAYS_AGO)?,
            posts: posts.collect::<Result<Vec<_>>>()?,
            until: None,
            value: Some("第三届".to_owned()),
            document: Some("青民党组〔2026〕9号".to_owned()),
            note: None,
        };
        self.run(10, Command::ElectCommittee(elected))?;
        let appointed = Appoint {
            person_id: someone(5, 1)?,
            organisation_id: place(5)?,
            post: "宣传委员".to_owned(),
            from: Some(self.date(9)?),
        };
        self.run(8, Command::Appoint(appointed))?;
        self.run(6, edit(vec![someone(0, 2)?], "phone", "13800000066"))?;
        // A slip, noticed at once and taken back.
        self.run(5, edit(vec![someone(0, 5)?], "job", "副局长"))?;
        let stamp = self.at(5)?;
        self.ledger.undo(None, false, &stamp, &Progress::default())?;
        Ok(())
    }

    /// The committee of the general branch: secretaries of its branches, since its election.
    fn lead(&mut self, root: OrganisationId, rosters: &[Vec<PersonId>], since: PartialDate) -> Result<()> {
        let posts = [(0, 0, "书记"), (1, 0, "副书记"), (0, 2, "组织委员"), (2, 0, "宣传委员"), (4, 0, "纪检委员")];
        let appoint = |(branch, place, post): (usize, usize, &str)| {
            let person = rosters.get(branch).and_then(|roster| roster.get(place)).copied();
            let person_id = person.ok_or_else(|| Problem::fault("the story names somebody who is not there"))?;
            Ok(Command::Appoint(Appoint { person_id, organisation_id: root, post: post.to_owned(), from: Some(since) }))
        };
        let commands: Vec<Command> = posts.into_iter().map(appoint).collect::<Result<_>>()?;
        self.run_as_one(4, "登记总支委员会（5 人）", commands)?;
        Ok(())
    }

    fn last_step(&mut self, rosters: &[Vec<PersonId>]) -> Result<()> {
        let someone = |place: usize| rosters.first().and_then(|roster| roster.get(place)).copied();
        let six = (6..12).filter_map(someone).collect();
        let group = EditMembers { ids: six, set: MemberDraft::of("group", "第二党小组"), on: Some(self.date(2)?) };
        self.run_as_one(1, "调整党小组（6 人）", vec![Command::EditMembers(group)])?;
        Ok(())
    }

    /// 七一表彰: the last first of July, written down when the clerk began.
    fn honour(&mut self, ids: Vec<PersonId>) -> Result<()> {
        let this_year = PartialDate::new(self.today.year(), Some(7), Some(1));
        let begun = first_day(self.today)?;
        let day = this_year.filter(|day| day.first_day() <= begun).or_else(|| this_year?.plus_years(-1));
        let day = day.ok_or_else(|| Problem::fault("the year has no first of July"))?;
        let honoured = RecordEvent {
            value: Some("优秀共产党员".to_owned()),
            document: Some("青民党组〔2026〕3号".to_owned()),
            ..RecordEvent::new(ids, EventKind::Honour, day)
        };
        self.run(33, Command::RecordEvent(honoured))?;
        Ok(())
    }

    /// Somebody on probation who came from another county, with the letter that says so.
    fn come_in(&mut self, branch_id: OrganisationId) -> Result<PersonId> {
        let (joined, on) = (self.date(NEWCOMER_JOINED)?, self.date(25)?);
        let told = [
            ("name", "罗雨晴".to_owned()),
            ("sex", "女".to_owned()),
            ("nation", "汉族".to_owned()),
            ("birth", "1997-04-16".to_owned()),
            ("education", "大学本科".to_owned()),
            ("joined", joined.to_string()),
            ("transfer_in", on.to_string()),
        ];
        let set = MemberDraft(told.into_iter().map(|(name, value)| (name.to_owned(), Some(value))).collect());
        let added = self.run(25, Command::AddMember(AddMember { branch_id, set }))?;
        let person = added.map(PersonId).ok_or_else(|| Problem::fault("adding a member made nobody"))?;
        let came = RecordEvent {
            branch_id: Some(branch_id),
            place: Some("白石县社会福利院党支部".to_owned()),
            document: Some("白组转〔2026〕071号".to_owned()),
            until: on.plus_months(LETTER_MONTHS),
            receipt: Some(self.date(24)?),
            ..RecordEvent::new(vec![person], EventKind::TransferIn, on)
        };
        self.run(24, Command::RecordEvent(came))?;
        Ok(person)
    }

    /// Somebody whose membership was stopped after long silence.
    fn lose(&mut self, person: PersonId) -> Result<()> {
        let fact = |kind: &str, value: &str, from: PartialDate| {
            Command::SetFact(SetFact {
                id: None,
                person_id: person,
                kind: kind.to_owned(),
                organisation_id: None,
                value: Some(value.to_owned()),
                place: None,
                from: Some(from),
                to: None,
            })
        };
        let commands = vec![fact("lost", "是", self.date(900)?), fact("status", "停止党籍", self.date(19)?)];
        self.run_as_one(18, "登记失联并停止党籍（1 人）", commands)?;
        Ok(())
    }
}

/// The people of a branch: those who are always there, invented ones, and those on the way in.
fn people_of(branch: &BureauBranch, inventor: &mut Inventor<'_>) -> Result<Vec<Values>> {
    let profile = Profile { unit: &branch.unit, kind_of_work: &branch.kind_of_work, ages: branch.ages };
    let mut people = Vec::new();
    for known in &branch.people {
        let mut values = inventor.known_member(profile, [&known.name, &known.sex, &known.birth, &known.joined])?;
        set(&mut values, Known::PartyPost, known.post.as_deref().unwrap_or_default());
        people.push(values);
    }
    while people.len() < branch.entered {
        let mut values = inventor.member(profile)?;
        if branch.people.is_empty() {
            let posts = ["书记", "组织委员", "宣传委员"];
            set(&mut values, Known::PartyPost, posts.get(people.len()).copied().unwrap_or_default());
        }
        people.push(values);
    }
    for stage in [Stage::Activist, Stage::Candidate, Stage::Applicant].into_iter().take(branch.applicants) {
        people.push(inventor.applicant(profile, stage)?);
    }
    let (groups, founded) = (branch.groups.len().max(1), PartialDate::from_iso(&branch.founded));
    for (place, values) in people.iter_mut().enumerate() {
        let group = branch.groups.get(place * groups / branch.entered.max(1));
        set(values, Known::Group, group.map_or("", String::as_str));
        begin(values, founded);
    }
    Ok(people)
}

/// The number of a letter that the office gave out.
fn letter(number: u32) -> Option<String> {
    Some(format!("青民组转〔2026〕{number:03}号"))
}

fn add_organisation(parent_id: Option<OrganisationId>, fields: &[(&str, &str)]) -> Command {
    let set = fields.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
    Command::AddOrganisation(AddOrganisation { parent_id, set: OrganisationDraft(set.collect()) })
}

fn add_member(branch_id: OrganisationId, values: &Values) -> Command {
    let set = values.iter().map(|(key, value)| (key.spec().name.to_owned(), Some(value.text())));
    Command::AddMember(AddMember { branch_id, set: MemberDraft(set.collect()) })
}

fn edit(ids: Vec<PersonId>, field: &str, value: &str) -> Command {
    Command::EditMembers(EditMembers { ids, set: MemberDraft::of(field, value), on: None })
}
