//! Identifiers: 63-bit, time-ordered, given from outside.
//!
//! The high 43 bits are milliseconds, the low 20 begin at random: two workbooks can be merged without a clash.

use std::fmt;
use std::str::FromStr;

use crate::clock::Moment;

/// Identifies any record of a workbook.
pub type RecordId = i64;

/// How a command of a file writes an identifier: its digits, or the name of what an earlier command made.
pub const WRITTEN: &str = "^([0-9]+|@.+)$";

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub RecordId);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0.to_string())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map(Self).map_err(|_| serde::de::Error::custom(format!("“{text}”不是编号")))
            }
        }

        /// As a text of digits: JSON numbers lose the last ones.
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": WRITTEN })
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id_type!(
    /// A person (人员): member, applicant or former member.
    PersonId
);
id_type!(
    /// An organisation (党组织) of the tree.
    OrganisationId
);
id_type!(
    /// A dated fact (事项) of a person.
    FactId
);
id_type!(
    /// An event (变动) of a person.
    EventId
);
id_type!(
    /// An event (沿革) of an organisation.
    OrganisationEventId
);
id_type!(
    /// A field that the user made (自定义字段).
    ExtraFieldId
);
id_type!(
    /// A talk (谈话) that was held.
    TalkId
);
id_type!(
    /// What a talk asks to be done (跟进).
    FollowUpId
);
id_type!(
    /// A talk that is planned (计划谈话), or a numbered sheet printed blank.
    PlannedTalkId
);
id_type!(
    /// A template (清单模板) as the workbook has it.
    TemplateId
);
id_type!(
    /// A checklist (档案清单) of an organisation and year, or of a member's file.
    ChecklistId
);
id_type!(
    /// An item (项) of a checklist.
    ChecklistItemId
);
id_type!(
    /// What shows that an item is there (材料).
    EvidenceId
);
id_type!(
    /// An entry of the journal (操作记录); counts 1, 2, 3 … within a workbook.
    EntryId
);

/// Gives identifiers in ascending order.
#[derive(Debug, Clone)]
pub struct Ids {
    next: RecordId,
}

/// 2020-01-01 in milliseconds: identifiers count from there.
const EPOCH_MILLIS: i64 = 1_577_836_800_000;
const LOW_BITS: u32 = 20;

impl Ids {
    /// Identifiers of a moment; `random` fills the low bits.
    pub fn new(at: Moment, random: u32) -> Self {
        let millis = (at.0 - EPOCH_MILLIS).max(1);
        let low = i64::from(random & ((1 << LOW_BITS) - 1));
        Self { next: (millis << LOW_BITS) | low }
    }

    /// The next identifier.
    pub fn give(&mut self) -> RecordId {
        let id = self.next;
        self.next += 1;
        id
    }

    /// Makes sure that what comes is greater than `used`.
    pub fn after(&mut self, used: RecordId) {
        self.next = self.next.max(used + 1);
    }
}
