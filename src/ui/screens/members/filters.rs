//! Owns what the list is filtered by: its chips, how they hold together, which list it is.
//! Must never draw. Start at [`Filters`].

use super::kinds::{Chosen, Filter, Kind};
use crate::clock::Day;
use crate::domain::conditions::{Join, SavedFilter};
use crate::view::condition_words::{Names, words};
use crate::view::members::{Condition, ListAsk, Who};
use crate::view::ready_lists::ReadyAsk;
use crate::view::saved_filters::NamedFilter;

/// One chip: choices of a kind, or a condition that was put together.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Choices(Filter),
    Condition(Condition),
}

impl Piece {
    pub fn of(condition: &Condition) -> Self {
        Filter::of_condition(condition).map_or_else(|| Self::Condition(condition.clone()), Self::Choices)
    }

    pub fn words(&self, names: &Names<'_>) -> String {
        match self {
            Self::Choices(filter) => filter.words(names),
            Self::Condition(condition) => words(condition, names),
        }
    }

    /// The kind of which something is chosen.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Choices(filter) => Some(filter.kind),
            Self::Condition(_) => None,
        }
    }

    fn condition(&self) -> Option<Condition> {
        match self {
            Self::Choices(filter) => filter.condition(),
            Self::Condition(condition) => Some(condition.clone()),
        }
    }
}

/// Which list it is: each has its own columns and its own order.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum View {
    /// 在册、已离开、已作废
    #[default]
    Plain,
    /// 保存的筛选, by name.
    Saved(String),
    /// 现成名单
    Ready(ReadyAsk),
}

/// Everything the list is filtered by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// What the list is searched for; never a text that is still being composed.
    pub text: String,
    pub all: Vec<Piece>,
    pub join: Join,
    pub who: Who,
    pub view: View,
}

impl Filters {
    /// What the list is asked for on a day.
    pub fn conditions(&self, day: Day) -> Vec<Condition> {
        let mut conditions = match self.view {
            View::Ready(ready) => ready.conditions(day),
            View::Plain | View::Saved(_) => Vec::new(),
        };
        conditions.extend(self.own_conditions());
        conditions
    }

    /// What the chips mean, without the ready list they stand beside.
    pub fn own_conditions(&self) -> Vec<Condition> {
        let own: Vec<Condition> = self.all.iter().filter_map(Piece::condition).collect();
        match self.join {
            Join::Any => Join::Any.of(own).into_iter().collect(),
            Join::All => own,
        }
    }

    /// Sets the chips to these conditions, which hold together.
    pub fn set_conditions(&mut self, conditions: &[Condition]) {
        let (join, each) = match conditions {
            // Choices of one kind are one chip.
            [one] if Filter::of_condition(one).is_some() => (Join::All, conditions),
            several => Join::apart(several),
        };
        self.join = join;
        self.all = each.iter().map(Piece::of).collect();
    }

    /// Changes the choices of this kind; there are none of it yet if it has no chip.
    pub fn change(&mut self, kind: Kind, change: impl FnOnce(&mut Filter)) {
        let known = self.all.iter_mut().find_map(|piece| match piece {
            Piece::Choices(filter) if filter.kind == kind => Some(filter),
            _ => None,
        });
        match known {
            Some(filter) => change(filter),
            None => {
                let mut filter = Filter::new(kind);
                change(&mut filter);
                self.all.push(Piece::Choices(filter));
            }
        }
    }

    /// Sets exactly this choice of a kind.
    pub fn set(&mut self, kind: Kind, text: &str, condition: Condition) {
        self.change(kind, |filter| filter.chosen = vec![Chosen { text: text.to_owned(), condition }]);
    }

    /// Sets everything as a list asks for it.
    pub fn set_all(&mut self, ask: &ListAsk) {
        self.clear();
        self.who = ask.who;
        self.text.clone_from(&ask.text);
        self.set_conditions(&ask.conditions);
    }

    /// Shows a filter that is kept.
    pub fn set_saved(&mut self, saved: &NamedFilter) {
        self.clear();
        self.who = saved.filter.who;
        self.text.clone_from(&saved.filter.text);
        self.set_conditions(&saved.filter.conditions);
        self.view = View::Saved(saved.name.clone());
    }

    /// Shows a ready list.
    pub fn set_ready(&mut self, ready: ReadyAsk) {
        self.clear();
        self.who = Who::OnRoll;
        self.view = View::Ready(ready);
    }

    /// What would be kept under a name; of a ready list the conditions it has on the day.
    pub fn to_save(&self, day: Day) -> SavedFilter {
        SavedFilter { who: self.who, text: self.text.trim().to_owned(), conditions: self.conditions(day) }
    }

    pub fn clear(&mut self) {
        self.all.clear();
        self.text.clear();
        self.join = Join::All;
        self.view = View::Plain;
    }

    /// Whether anything narrows the list.
    pub fn is_set(&self) -> bool {
        let is_empty = |piece: &Piece| matches!(piece, Piece::Choices(filter) if filter.chosen.is_empty());
        !self.text.trim().is_empty() || !self.all.iter().all(is_empty) || matches!(self.view, View::Ready(_))
    }

    /// The name under which columns and order of this list are kept.
    pub fn layout_name(&self) -> String {
        match (&self.view, self.who) {
            (View::Plain, Who::OnRoll) => ROLL_LAYOUT.to_owned(),
            (View::Plain, Who::FloatingIn) => format!("{ROLL_LAYOUT}: floating_in"),
            (View::Plain, Who::Left) => format!("{ROLL_LAYOUT}: left"),
            (View::Plain, Who::Voided) => format!("{ROLL_LAYOUT}: voided"),
            (View::Saved(name), _) => format!("{ROLL_LAYOUT}: filter {name}"),
            (View::Ready(ready), _) => format!("{ROLL_LAYOUT}: list {}", ready.list.name()),
        }
    }
}

/// The name under which columns and order of the list 在册 are kept.
pub const ROLL_LAYOUT: &str = "members";

/// The word of who is listed.
pub fn who_label(who: Who) -> &'static str {
    match who {
        Who::OnRoll => "在册",
        Who::FloatingIn => "流入党员",
        Who::Left => "已离开",
        Who::Voided => "已作废",
    }
}

#[cfg(test)]
mod tests {
    use super::{Filters, Kind, Piece, View};
    use crate::domain::conditions::{Join, SavedFilter};
    use crate::domain::fields::Known;
    use crate::domain::ids::OrganisationId;
    use crate::view::condition_words::Names;
    use crate::view::members::{Comparison, Condition, Who};
    use crate::view::ready_lists::ReadyList;
    use crate::view::saved_filters::NamedFilter;

    fn shown(filters: &Filters) -> Vec<String> {
        let names = Names { organisation: &|_| Some("局机关第一党支部".to_owned()), extra: &|_| None };
        filters.all.iter().map(|piece| piece.words(&names)).collect()
    }

    fn day() -> crate::clock::Day {
        "2026-11-24".parse().expect("a day")
    }

    #[test]
    fn several_choices_of_a_kind_are_one_condition() {
        let mut filters = Filters::default();
        let offers = Kind::Education.offers(&[], None);
        for text in ["研究生", "大学本科"] {
            let offer = offers.iter().find(|offer| offer.text == text).expect("offered");
            filters.change(Kind::Education, |filter| filter.toggle(offer));
        }
        filters.set(Kind::Sex, "女", Condition::Sex("女".into()));
        assert_eq!(shown(&filters), ["学历：研究生 或 大学本科", "性别：女"]);
        let conditions = filters.conditions(day());
        assert_eq!(conditions.len(), 2);
        assert!(matches!(&conditions[0], Condition::Any(any) if any.len() == 2));
    }

    #[test]
    fn an_age_range_has_its_own_words() {
        let mut filters = Filters::default();
        filters.change(Kind::Age, |filter| filter.set_ages(Some(35), None));
        assert_eq!(shown(&filters), ["年龄：35 岁以上"]);
        filters.change(Kind::Age, |filter| filter.set_ages(None, None));
        assert!(!filters.is_set());
    }

    #[test]
    fn what_is_kept_comes_back_as_the_same_chips() {
        let unit = Condition::of(Known::Unit, Comparison::Contains("局".into()));
        let either = Condition::Any(vec![Condition::Sex("女".into()), unit.clone().negated()]);
        let branch = Condition::Within(OrganisationId(1));
        for (conditions, join, words) in [
            (vec![either.clone()], Join::Any, vec!["性别：女", "工作单位不含“局”"]),
            (vec![branch.clone(), unit.clone()], Join::All, vec!["党支部：局机关第一党支部", "工作单位含“局”"]),
            (vec![either, unit], Join::All, vec!["性别：女 或 工作单位不含“局”", "工作单位含“局”"]),
            (
                vec![Condition::Any(vec![branch.clone(), branch])],
                Join::All,
                vec!["党支部：局机关第一党支部 或 局机关第一党支部"],
            ),
        ] {
            let filter = SavedFilter { who: Who::Left, text: "林".into(), conditions };
            let mut filters = Filters::default();
            filters.set_saved(&NamedFilter { name: "甲".into(), filter: filter.clone() });
            assert_eq!((filters.join, shown(&filters)), (join, words.into_iter().map(str::to_owned).collect()));
            assert_eq!(filters.to_save(day()), filter);
            assert_eq!(filters.layout_name(), "members: filter 甲");
        }
    }

    #[test]
    fn a_ready_list_stands_beside_the_chips() {
        let mut filters = Filters::default();
        filters.set_ready(ReadyList::Lost.usual(day()));
        filters.set(Kind::Sex, "女", Condition::Sex("女".into()));
        assert!(filters.is_set() && matches!(filters.view, View::Ready(_)));
        assert_eq!(filters.own_conditions(), [Condition::Sex("女".into())]);
        assert_eq!(filters.conditions(day()).len(), 3);
        assert!(matches!(filters.all[..], [Piece::Choices(_)]));
    }
}
