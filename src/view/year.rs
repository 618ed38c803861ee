//! What a year brought (本年情况), for the annual form: members against the end of last year, who was accepted, who is on
//! the way into the party, who was commended.
//!
//! Who came in the year is what the comparison of two years tells, so that both forms agree. Start at [`of_year`].

use std::collections::{BTreeMap, HashSet};

use super::comparison::{Comparison, ComparisonAsk, END, GAINED, START, comparison};
use super::conditions::is_minority;
use super::desk::Desk;
use super::features::sort_out;
use super::figures::{Counted, Figure, Reckoned, Rows};
use super::members::{Condition, list};
use crate::domain::dates::PartialDate;
use crate::domain::events::{Event, EventKind};
use crate::domain::ids::{OrganisationId, PersonId, RecordId};
use crate::domain::members::Category;
use crate::domain::organisations::OrganisationKind;
use crate::domain::statistics::{Feature, Gain, is_college, is_rest, is_young};
use crate::problem::Result;
use crate::store::directory::Card;
use crate::store::events::of_kind;

/// 净增: members now without those at the end of last year.
pub const GROWTH: &str = "党员.净增";
/// 增幅: the same as a part of those at the end of last year.
pub const RATE: &str = "党员.增幅";
/// What the names of figures of those accepted in the year begin with.
pub const ACCEPTED: &str = "发展党员";
/// The same of those on the way into the party.
pub const APPLYING: &str = "入党";
/// The same of those commended in the year.
pub const COMMENDED: &str = "表彰";
/// Honours with another name than the usual ones.
const OTHER_HONOUR: &str = "其他表彰";

/// The figures of the year up to the day on which the members were counted.
pub(super) fn of_year(desk: &Desk, counted: &Counted<'_>) -> Result<Vec<Figure>> {
    let compared = comparison(desk, &ComparisonAsk { scope: counted.scope, to: counted.as_of })?;
    let mut all = growth(counted, &compared);
    all.extend(accepted(desk, counted, &compared)?);
    all.extend(applying(desk, counted)?);
    all.extend(commended(desk, counted)?);
    Ok(all)
}

/// 净增, 增幅. Of a growth those are shown who were members on one of both days only.
fn growth(counted: &Counted<'_>, compared: &Comparison) -> Vec<Figure> {
    let rows = |name: &str| compared.get(name).map(|figure| figure.rows.to_vec()).unwrap_or_default();
    let (before, now) = (rows(START), rows(END));
    let (at_start, at_end): (HashSet<RecordId>, HashSet<RecordId>) =
        (before.iter().copied().collect(), now.iter().copied().collect());
    let came = now.iter().filter(|id| !at_start.contains(id));
    let differing: Vec<RecordId> = came.chain(before.iter().filter(|id| !at_end.contains(id))).copied().collect();
    let count = |rows: &[RecordId]| i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let difference = count(&now) - count(&before);
    let (from, to) = (compared.ask.from(), counted.as_of);
    let reckoned = |name: &str, label: &str, definition: String, reckoned: Reckoned| {
        let figure = counted.figure(name.to_owned(), label, definition, differing.clone(), Rows::People);
        Figure { unit: reckoned.unit(), reckoned: Some(reckoned), ..figure }
    };
    let words = format!("截至 {to} 的党员数减 {from} 的党员数，负数为净减；名单为两天里只有一天在册的党员");
    let growth = reckoned(GROWTH, "比上年末净增", words, Reckoned::Difference(difference));
    // Of nothing there is no rate.
    let rate = (!before.is_empty()).then(|| {
        let words = format!("截至 {to} 比 {from} 净增的党员占 {from} 党员数的比例");
        reckoned(RATE, "增幅", words, Reckoned::Rate(difference as f64 / before.len() as f64))
    });
    std::iter::once(growth).chain(rate).collect()
}

/// 发展党员: who was accepted in the year, as a whole and by what the form asks of them.
fn accepted(desk: &Desk, counted: &Counted<'_>, compared: &Comparison) -> Result<Vec<Figure>> {
    let gained = compared.get(&format!("{GAINED}.{}", Gain::Accepted.label()));
    let mut seen = HashSet::new();
    let ids = gained.into_iter().flat_map(|figure| figure.rows.iter()).filter(|id| seen.insert(**id));
    let people: Vec<&Card> = ids.filter_map(|id| desk.directory().get(PersonId(*id))).collect();
    let as_of = counted.as_of;
    let words = |what: &str| {
        format!("{} 年到 {as_of} 为止接收为预备党员、当时在册的人{what}，以后转出、出党的照计", as_of.year())
    };
    let figure = |name: &str, label: &str, what: &str, counts: &dyn Fn(&Card) -> bool| {
        let rows = people.iter().filter(|card| counts(card)).map(|card| card.id.0).collect();
        counted.figure(format!("{ACCEPTED}.{name}"), label, words(what), rows, Rows::People)
    };
    let young = format!("，到 {as_of} 不超过 35 周岁的");
    let mut all = vec![
        figure("总数", "发展党员", "", &|_| true),
        figure("女", "女", "，性别为女的", &|card| card.sex.as_deref() == Some("女")),
        figure("少数民族", "少数民族", "，民族已登记且不是汉族的", &is_minority),
        figure("35岁及以下", "35岁及以下", &young, &|card| is_young(card.birth, as_of)),
        figure(
            "大专及以上",
            "大专及以上",
            "，学历为研究生、大学本科、大学专科的",
            &|card| is_college(card.education.as_deref()),
        ),
    ];
    let feature = Feature::Occupation;
    if let Some(sorted) = sort_out(desk, &[feature], &people, as_of)?.pop() {
        for (at, value) in sorted.values.iter().enumerate() {
            let having = people.iter().zip(&sorted.places).filter(|(_, place)| **place == Some(at));
            let rows = having.map(|(card, _)| card.id.0).collect();
            let what = format!("，职业为“{}”的，{}", value.label, feature.definition());
            let name = format!("{ACCEPTED}.{}.{}", feature.name(), value.label);
            // Among figures of other kinds it must say what is not known.
            let label =
                if is_rest(&value.label) { format!("{}{}", feature.name(), value.label) } else { value.label.clone() };
            all.push(counted.figure(name, &label, words(&what), rows, Rows::People));
        }
    }
    Ok(all)
}

/// 入党申请人, 入党积极分子 and 发展对象: each by the furthest they have come.
fn applying(desk: &Desk, counted: &Counted<'_>) -> Result<Vec<Figure>> {
    let as_of = counted.as_of;
    let ids = list(desk, &counted.roll())?.ids;
    let people: Vec<&Card> = ids.iter().filter_map(|id| desk.directory().get(*id)).collect();
    let figure = |category: Category| {
        let rows = people.iter().filter(|card| card.path.category_on(as_of) == Some(category));
        let mut ask = counted.roll();
        ask.conditions = vec![Condition::Category(category.label().to_owned())];
        let words = format!("截至 {as_of} 登记在这里的{}，各按已到的阶段计，只计一次", category.label());
        let name = format!("{APPLYING}.{}", category.label());
        counted.figure(name, category.label(), words, rows.map(|card| card.id.0).collect(), Rows::Listed(ask))
    };
    Ok([Category::Applicant, Category::Activist, Category::Candidate].map(figure).to_vec())
}

/// 表彰: who was commended in the year, by the usual names of honours.
fn commended(desk: &Desk, counted: &Counted<'_>) -> Result<Vec<Figure>> {
    let as_of = counted.as_of;
    let names: Vec<&str> = EventKind::Honour.spec().values.iter().copied().chain([OTHER_HONOUR]).collect();
    let place = |event: &Event| {
        let told = event.value.as_deref().unwrap_or_default();
        names.iter().position(|name| told.contains(name)).unwrap_or(names.len() - 1)
    };
    let belongs = Belonging::of(desk, counted);
    let since = PartialDate::of_day(ComparisonAsk { scope: counted.scope, to: as_of }.from());
    let mut people: BTreeMap<usize, Vec<RecordId>> = BTreeMap::new();
    for event in of_kind(desk.reader(), EventKind::Honour, since, PartialDate::of_day(as_of))? {
        let Some(card) = desk.directory().get(event.person).filter(|card| !card.voided) else { continue };
        let of_kind = people.entry(place(&event)).or_default();
        // Who got the same twice is one person.
        if event.day.year() == as_of.year() && belongs.holds(card, &event) && !of_kind.contains(&card.id.0) {
            of_kind.push(card.id.0);
        }
    }
    let figure = |(at, name): (usize, &&str)| {
        let what = if *name == OTHER_HONOUR { "其他" } else { *name };
        let words = format!("{} 年到 {as_of} 为止受到“{what}”表彰的人，一人几次按一人计", as_of.year());
        let rows = people.remove(&at).unwrap_or_default();
        counted.figure(format!("{COMMENDED}.{name}"), name, words, rows, Rows::People)
    };
    Ok(names.iter().enumerate().map(figure).collect())
}

/// Whose honours count for a scope: who was in it on the day; of a group, who is in it now.
struct Belonging {
    within: HashSet<OrganisationId>,
    group: Option<HashSet<PersonId>>,
}

impl Belonging {
    fn of(desk: &Desk, counted: &Counted<'_>) -> Self {
        let tree = desk.tree_on(counted.as_of);
        let is_group =
            counted.scope.and_then(|id| tree.get(id)).is_some_and(|node| node.kind == OrganisationKind::Group);
        Self {
            within: tree.within(counted.scope).into_iter().map(|node| node.id).collect(),
            group: is_group.then(|| counted.members.iter().map(|card| card.id).collect()),
        }
    }

    fn holds(&self, card: &Card, event: &Event) -> bool {
        if let Some(group) = &self.group {
            return group.contains(&card.id);
        }
        let held = card.membership_on(event.day.first_day()).map(|membership| membership.organisation);
        event.organisation.or(held).is_some_and(|organisation| self.within.contains(&organisation))
    }
}
