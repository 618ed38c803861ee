//! How somebody ceases to be on the roll by a status (出册), and what of it can be gone back on.
//!
//! Start at [`Ending::of`].

use super::{CategoryTold, Fact, PartyPath, PersonFile};
use crate::clock::Day;

/// The status of who may come back by 恢复党籍.
pub const STOPPED: &str = "停止党籍";

/// How a status ends being a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// 停止党籍: the person still belongs to the branch, and may be restored or leave it.
    Stopped,
    /// 转出
    TransferredOut,
    /// 死亡
    Died,
    /// 出党: in principle 党籍 is not restored; who joins again is accepted anew
    /// (《中国共产党党员教育管理工作条例》第二十四条).
    LeftParty,
}

impl Ending {
    /// What a status ends, with the words rosters use; `None` for one under which a person is a member.
    pub fn of(status: &str) -> Option<Self> {
        match status {
            STOPPED => Some(Self::Stopped),
            "转出" => Some(Self::TransferredOut),
            "死亡" | "去世" | "已故" => Some(Self::Died),
            "出党"
            | "开除党籍"
            | "开除"
            | "除名"
            | "劝退"
            | "劝而不退除名"
            | "自行脱党除名"
            | "退党除名"
            | "退党"
            | "取消预备党员资格" => Some(Self::LeftParty),
            _ => None,
        }
    }
}

/// Whether a status ends being a member.
pub fn status_ends_membership(status: &str) -> bool {
    Ending::of(status).is_some()
}

impl PersonFile {
    /// How being a member had ended by the status on `day`.
    pub fn ending_on(&self, day: Day) -> Option<Ending> {
        self.status_on(day).and_then(Ending::of)
    }

    /// The membership on `day` of who is on the roll or whose 党籍 is stopped: what can be left by 转出, 出党 or death.
    pub fn belonging_on(&self, day: Day) -> Option<&Fact> {
        let belongs = self.person.voided.is_none() && matches!(self.ending_on(day), None | Some(Ending::Stopped));
        self.membership_on(day).filter(|_| belongs)
    }
}

impl PartyPath {
    /// What this way had led to by `day`, as a category that is told: it stays true of the days before when somebody
    /// who left the party joins again.
    pub fn led_to(&self, day: Day) -> Option<CategoryTold> {
        let derived = self.derived(day).map(|(since, category)| CategoryTold { category, on: since.first_day() });
        let told = self.told.filter(|told| told.on <= day && self.category_on(day) == Some(told.category));
        match (told, derived) {
            (Some(told), Some(derived)) if derived.category == told.category => Some(derived),
            (told, derived) => told.or(derived),
        }
    }

    /// A category told of a membership before the present one: no date of this one takes its place.
    pub fn told_before(&self) -> Option<CategoryTold> {
        self.told.filter(|told| self.joined.is_some_and(|joined| told.on < joined.first_day()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::dates::PartialDate;
    use crate::domain::members::Category;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn a_way_that_was_left_stays_true_of_its_days() {
        let date = PartialDate::from_iso;
        let former = PartyPath { joined: date("2005-07-01"), full: date("2006-07-01"), ..PartyPath::default() };
        let told = former.led_to(day("2020-01-01"));
        assert_eq!(told, Some(CategoryTold { category: Category::Formal, on: day("2006-07-01") }));
        let again = PartyPath { joined: date("2021-07-01"), told, ..PartyPath::default() };
        let category = |on: &str| again.category_on(day(on));
        assert_eq!(category("2010-01-01"), Some(Category::Formal));
        assert_eq!(category("2021-07-01"), Some(Category::Probationary));
        assert_eq!(again.standing_since(), None, "the former years do not count");
        let applied = PartyPath { applied: date("2003"), ..again };
        assert_eq!(applied.category_on(day("2010-01-01")), Some(Category::Formal), "an older date does not hide it");
    }

    #[test]
    fn what_a_roster_told_stays_told() {
        let told = Some(CategoryTold { category: Category::Formal, on: day("2010-03-01") });
        let path = PartyPath { joined: PartialDate::from_iso("2005-07-01"), told, ..PartyPath::default() };
        assert_eq!(path.led_to(day("2020-01-01")), told);
        assert_eq!(PartyPath::default().led_to(day("2020-01-01")), None);
    }
}
