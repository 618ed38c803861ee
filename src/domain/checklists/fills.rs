//! What fills an item by itself (自动): a small set of measures of the workbook's records, of which how many is enough
//! stands in the data; or nothing, since nobody asks for it.
//!
//! An item that is filled is never typed: the same talk, list or event that is kept anyway shows that it is there.

use serde::{Deserialize, Serialize};

use super::{ChecklistItem, ItemState, Subject};

/// What fills an item (自动来源), measured in the year and organisation of its checklist.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "measure", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fill {
    /// 谈心谈话 in the ledger of the organisation, of these types or of any.
    Talks {
        #[serde(default = "one")]
        at_least: u32,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        types: Vec<String>,
    },
    /// 谈话覆盖 of the year: of all that are asked for, how many are done.
    Coverage,
    /// 班子名单: the posts of the organisation on the last day of the year.
    Committee,
    /// 党员名册 on the last day of the year.
    Roster,
    /// 党小组划分: the groups below it on the last day of the year.
    Groups,
    /// 组织关系转接 in the year, in and out.
    Transfers,
    /// 奖惩: honours and discipline recorded in the year.
    Honours,
    /// 发展党员: acceptances and conversions recorded in the year.
    Development,
    /// 换届选举 recorded in the year.
    Election,
    /// Entries of a ledger kind (台账) in the year.
    Ledger {
        kind: String,
        #[serde(default = "one")]
        at_least: u32,
    },
    /// 有则归档: nobody asks for it, and what there is is kept. Without evidence it is 不适用.
    Optional,
}

fn one() -> u32 {
    1
}

/// What was found of what fills an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Filled {
    pub found: u32,
    /// How many are needed for 有.
    pub needed: u32,
}

impl Filled {
    /// 有 where enough were found, 缺 where none, else 部分. Where nothing is needed it says nothing.
    pub fn state(self) -> Option<ItemState> {
        match (self.found, self.needed) {
            (_, 0) => None,
            (found, needed) if found >= needed => Some(ItemState::Have),
            (0, _) => Some(ItemState::Missing),
            _ => Some(ItemState::Partly),
        }
    }
}

/// What is said of an item that nobody asks for, also as the reason why it does not apply.
pub const OPTIONAL: &str = "有则归档";

impl Fill {
    /// Whether the workbook's own records fill it: what is set by hand says otherwise than they do.
    pub fn is_of_records(&self) -> bool {
        *self != Self::Optional
    }

    /// Whether checklists of this can have it: records are counted in an organisation and a year.
    pub fn can_be_of(&self, subject: Subject) -> bool {
        subject == Subject::Organisation || !self.is_of_records()
    }

    /// What it counts, as people say it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Talks { .. } => "谈心谈话",
            Self::Coverage => "谈话覆盖",
            Self::Committee => "班子名单",
            Self::Roster => "党员名册",
            Self::Groups => "党小组",
            Self::Transfers => "组织关系转接",
            Self::Honours => "奖惩记录",
            Self::Development => "发展党员记录",
            Self::Election => "换届选举记录",
            Self::Ledger { .. } => "台账",
            Self::Optional => OPTIONAL,
        }
    }

    /// The unit in which it counts.
    pub fn unit(&self) -> &'static str {
        match self {
            Self::Talks { .. } => "篇",
            Self::Coverage | Self::Honours | Self::Ledger { .. } | Self::Optional => "项",
            Self::Committee | Self::Roster | Self::Development => "人",
            Self::Groups => "个",
            Self::Transfers | Self::Election => "次",
        }
    }

    /// How many are enough.
    pub fn at_least(&self) -> u32 {
        match self {
            Self::Talks { at_least, .. } | Self::Ledger { at_least, .. } => *at_least,
            _ => 1,
        }
    }

    /// As it is stored.
    pub fn text(&self) -> String {
        // Derived by serde from strings and numbers: it cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// As it was stored.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

impl ChecklistItem {
    /// What of the workbook's records fills it.
    pub fn records(&self) -> Option<&Fill> {
        self.fill.as_ref().filter(|fill| fill.is_of_records())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_of_a_fill_is_read_again() {
        let talks = Fill::Talks { at_least: 2, types: vec!["T02".into()] };
        assert_eq!(talks.text(), r#"{"measure":"talks","at_least":2,"types":["T02"]}"#);
        for fill in [talks, Fill::Roster, Fill::Ledger { kind: "meeting".into(), at_least: 4 }, Fill::Optional] {
            assert_eq!(Fill::read(&fill.text()), Some(fill));
        }
        assert_eq!(Fill::read("roster"), None);
    }

    #[test]
    fn enough_is_there_some_is_partly_and_where_nothing_is_needed_nothing_is_said() {
        let state = |found, needed| Filled { found, needed }.state();
        assert_eq!(state(4, 4), Some(ItemState::Have));
        assert_eq!(state(3, 4), Some(ItemState::Partly));
        assert_eq!(state(0, 4), Some(ItemState::Missing));
        assert_eq!(state(0, 0), None);
    }
}
