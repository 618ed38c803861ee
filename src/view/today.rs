//! 今日: what is to be done, by when, what it rests on, and the way to deal with it.
//!
//! Each kind of work is a [`Source`], a function that finds its pieces; a further kind joins by one line in
//! [`SOURCES`]. What was put off is left out until its day. Start at [`today`].

mod archives;
mod follow_ups;
mod gaps;
mod planned;
mod probations;
mod since;
mod terms;

use std::collections::{HashMap, HashSet};

use jiff::ToSpan as _;

pub use since::{DoneBy, done_since};

use super::checklists::DueItem;
use super::coverage::{CoverageNode, Ratio, scope_nodes};
use super::desk::Desk;
use super::talk_plan::{PlannedLine, open_everywhere};
use super::talks::FollowUpLine;
use crate::clock::Day;
use crate::domain::coverage::{Relation, Window};
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId};
use crate::domain::organisations::OrganisationKind;
use crate::domain::rules::Level;
use crate::domain::talk_plan;
use crate::domain::talks::Snooze;
use crate::domain::work::WorkKey;
use crate::problem::Result;
use crate::store::directory::Card;
use crate::store::talks::snoozes;

/// Finds the pieces of work of one kind.
type Source = fn(&Ground<'_>) -> Result<Vec<Piece>>;

/// The kinds of work there are.
const SOURCES: &[Source] =
    &[probations::work, terms::work, follow_ups::work, planned::work, gaps::work, archives::work];

/// A piece of work (事项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Names it for as long as it is the same: by this it is put off.
    pub key: String,
    pub weight: Weight,
    pub title: String,
    /// What it rests on: days, numbers, the article.
    pub basis: String,
    /// By when; none where nobody told.
    pub due: Option<Day>,
    pub organisation: Option<OrganisationId>,
    pub way: Way,
}

/// How much a piece of work weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 硬性: the regulation does not say 一般.
    Hard,
    /// 一般
    Soft,
    /// What was agreed or planned here, or is only to come.
    Hint,
}

impl From<Level> for Weight {
    fn from(level: Level) -> Self {
        match level {
            Level::Red => Self::Hard,
            Level::Amber => Self::Soft,
        }
    }
}

/// Where a piece of work is dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// 转正, 延长 or 取消资格 of somebody on probation.
    Probation(PersonId),
    /// 待核: whose probation was over long ago.
    OldProbations,
    /// 换届 of an organisation.
    Term(OrganisationId),
    /// 办结 of what a talk asked to be done.
    FollowUp(Box<FollowUpLine>),
    /// 谈话覆盖 of an organisation, in one relation.
    Coverage(OrganisationId, Relation, Period),
    /// 记谈话 with somebody to whom something happened.
    AfterEvent(AskedTalk),
    /// 记谈话 of a talk that was planned.
    PlannedTalk {
        organisation: OrganisationId,
        /// The sheet that was printed for it: its record has the number.
        sheet: Option<PlannedTalkId>,
        talker: Option<PersonId>,
        partner: Option<PersonId>,
        kind: Option<String>,
    },
    /// An item of a checklist that is missing.
    ChecklistItem(Box<DueItem>),
    /// Several of one checklist, of which this is the first.
    ChecklistItems(Box<DueItem>),
}

/// A talk that something that happened asks for (必谈).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedTalk {
    pub organisation: OrganisationId,
    /// To whom it happened.
    pub person: PersonId,
    /// Of the committee the one with the highest post; none where there is nobody else.
    pub talker: Option<PersonId>,
    /// The code of the type that it asks for.
    pub kind: Option<&'static str>,
    pub until: Day,
    /// A talk is planned for it already.
    pub is_planned: bool,
    /// The sheet that was printed for it: its record has the number.
    pub sheet: Option<PlannedTalkId>,
}

/// Days that 30 天内 looks ahead.
const MONTH_DAYS: i64 = 30;

/// By when a piece of work is to be dealt with, seen from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// 逾期
    Overdue,
    /// 本周, from Monday to Sunday; on a weekend the week to come too
    Week,
    /// 30 天内
    Month,
    /// 以后
    Later,
}

impl When {
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Week, Self::Month, Self::Later];

    /// Of the groups of a day: on a weekend the week to come is told with what is left of its own.
    pub fn label(self, day: Day) -> &'static str {
        match self {
            Self::Overdue => "逾期",
            Self::Week if is_weekend(day) => "周末和下周",
            Self::Week => "本周",
            Self::Month => "30 天内",
            Self::Later => "以后",
        }
    }
}

impl Piece {
    /// By when it is to be dealt with, seen from a day.
    pub fn when(&self, day: Day) -> When {
        match self.due {
            Some(due) if due < day => When::Overdue,
            Some(due) if due <= week_of(day).1 => When::Week,
            Some(due) if due <= day.saturating_add(MONTH_DAYS.days()) => When::Month,
            _ => When::Later,
        }
    }

    /// Days since it was due, of what is overdue.
    pub fn days_late(&self, day: Day) -> Option<i32> {
        self.due.filter(|due| *due < day).and_then(|due| day.since(due).ok()).map(|span| span.get_days())
    }
}

/// Monday and Sunday of the week of a day; of a Saturday or Sunday from itself to the Sunday after next Monday, since the
/// week that is left is none.
pub fn week_of(day: Day) -> (Day, Day) {
    let monday = talk_plan::week_of(day);
    let sunday = monday.saturating_add(6.days());
    if is_weekend(day) { (day, sunday.saturating_add(7.days())) } else { (monday, sunday) }
}

fn is_weekend(day: Day) -> bool {
    day >= talk_plan::week_of(day).saturating_add(5.days())
}

/// A piece of work that was put off (推迟).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOff {
    pub piece: Piece,
    /// It comes back on this day.
    pub until: Day,
    pub reason: String,
}

/// What is to be done, as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    pub day: Day,
    /// By when, then the firm ones first, then by day; what has no day stands last.
    pub pieces: Vec<Piece>,
    /// What was put off, by the day on which it comes back.
    pub put_off: Vec<PutOff>,
    /// How the coverage of the year stands, relation by relation; those that are switched off are not there.
    pub progress: Vec<(Relation, Ratio)>,
}

impl Today {
    /// What is to be dealt with by then.
    pub fn of(&self, when: When) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(move |piece| piece.when(self.day) == when)
    }

    /// How much is overdue or due this week.
    pub fn urgent(&self) -> usize {
        self.of(When::Overdue).chain(self.of(When::Week)).count()
    }
}

/// What is to be done in a scope.
pub fn today(desk: &Desk, scope: Option<OrganisationId>, day: Day) -> Result<Today> {
    let ground = Ground::of(desk, scope, day)?;
    let mut found = Today { day, pieces: Vec::new(), put_off: Vec::new(), progress: ground.progress() };
    for source in SOURCES {
        for piece in source(&ground)? {
            match ground.put_off.get(&piece.key).cloned() {
                Some(Snooze { until, reason, .. }) => found.put_off.push(PutOff { piece, until, reason }),
                None => found.pieces.push(piece),
            }
        }
    }
    // Of what is only to come the day matters more than the weight.
    found.pieces.sort_by_cached_key(|piece| {
        let when = piece.when(day);
        let weight = (when == When::Overdue).then_some(piece.weight);
        (when, weight, piece.due.is_none(), piece.due, piece.weight, piece.key.clone())
    });
    found.put_off.sort_by_key(|put_off| put_off.until);
    Ok(found)
}

/// What sources look at: a scope of the workbook on a day.
struct Ground<'d> {
    desk: &'d Desk,
    day: Day,
    /// The scope, of a 党小组 its branch: organisations keep ledgers and have terms, groups do not.
    scope: Option<OrganisationId>,
    places: HashSet<OrganisationId>,
    /// More than one organisation is looked at, so that each has to be named.
    is_of_several: bool,
    /// The talks of the year that holds the day.
    coverage: Vec<CoverageNode>,
    /// Planned talks of the whole workbook that are not held.
    planned: Vec<PlannedLine>,
    /// What is put off until a later day, by its key.
    put_off: HashMap<String, Snooze>,
}

impl<'d> Ground<'d> {
    fn of(desk: &'d Desk, scope: Option<OrganisationId>, day: Day) -> Result<Self> {
        let tree = desk.tree_on(day);
        let scope = scope.map(|id| tree.branch_of_group(id).map_or(id, |branch| branch.id));
        let within = tree.within(scope);
        let is_of_several = within.iter().filter(|node| node.kind != OrganisationKind::Group).nth(1).is_some();
        let places = within.into_iter().map(|node| node.id).collect();
        let coverage = match Period::year(day.year()) {
            Some(period) => scope_nodes(desk, scope, Window::until_today(period, day))?,
            None => Vec::new(),
        };
        let planned = open_everywhere(desk)?;
        let put_off = snoozes(desk.reader())?.into_iter().filter(|snooze| snooze.until > day);
        let put_off = put_off.map(|snooze| (snooze.work.clone(), snooze)).collect();
        Ok(Self { desk, day, scope, places, is_of_several, coverage, planned, put_off })
    }

    fn is_put_off(&self, key: &WorkKey) -> bool {
        self.put_off.contains_key(&key.to_string())
    }

    /// How each relation that is asked for stands, over all organisations together.
    fn progress(&self) -> Vec<(Relation, Ratio)> {
        let all = || self.coverage.iter().flat_map(CoverageNode::all);
        let total = |relation| Ratio::sum(all().filter_map(|node| Ratio::of(&node.coverage, relation)));
        Relation::ALL.into_iter().filter_map(|relation| Some((relation, total(relation)?))).collect()
    }

    fn holds(&self, organisation: OrganisationId) -> bool {
        self.places.contains(&organisation)
    }

    /// The name that an organisation has on the day.
    fn name_of(&self, organisation: OrganisationId) -> String {
        self.desk.tree_on(self.day).get(organisation).map_or_else(String::new, |node| node.shown_name().to_owned())
    }

    /// Somebody who is still there: on the roll, or floating in. Who died or left is no work.
    fn here(&self, id: PersonId) -> Option<&'d Card> {
        let directory = self.desk.directory();
        directory.get(id).filter(|card| directory.is_here(card, self.day))
    }
}

/// An article as short as everybody knows it: 《支部工作条例》第十九条.
fn brief(article: &str) -> String {
    article.replace("《中国共产党", "《").replace("（试行）》", "》")
}

/// Parts of what a piece rests on, joined by ·; empty ones are left out.
fn basis(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("·")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn piece(due: Option<&str>) -> Piece {
        Piece {
            key: "k".into(),
            weight: Weight::Hint,
            title: String::new(),
            basis: String::new(),
            due: due.map(day),
            organisation: None,
            way: Way::Probation(PersonId(1)),
        }
    }

    #[test]
    fn a_week_goes_from_monday_to_sunday_and_before_the_thirty_days() {
        // 2026-11-24 is a Tuesday.
        let when = |due| piece(Some(due)).when(day("2026-11-24"));
        assert_eq!(when("2026-11-23"), When::Overdue);
        assert_eq!([when("2026-11-24"), when("2026-11-29")], [When::Week; 2]);
        assert_eq!([when("2026-11-30"), when("2026-12-24")], [When::Month; 2]);
        assert_eq!([when("2026-12-25"), when("2027-05-20")], [When::Later; 2]);
        assert_eq!(piece(None).when(day("2026-11-24")), When::Later);
        assert_eq!(piece(Some("2026-11-09")).days_late(day("2026-11-24")), Some(15));
    }

    #[test]
    fn on_a_weekend_the_week_to_come_is_this_week_too() {
        assert_eq!(week_of(day("2026-11-27")), (day("2026-11-23"), day("2026-11-29")));
        assert_eq!(When::Week.label(day("2026-11-27")), "本周");
        for weekend in ["2026-11-28", "2026-11-29"].map(day) {
            assert_eq!(week_of(weekend), (weekend, day("2026-12-06")));
            assert_eq!(When::Week.label(weekend), "周末和下周", "two weeks are not called one");
            assert_eq!(piece(Some("2026-12-02")).when(weekend), When::Week);
        }
        assert_eq!(piece(Some("2026-12-07")).when(day("2026-11-30")), When::Month);
    }
}
