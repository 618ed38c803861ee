//! The kinds of dated facts (事项种类): what of a person holds from one day to another.
//!
//! Knows no person; a fact itself is [`crate::domain::members::Fact`].

/// The kinds of dated facts of a person (事项).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// 组织关系: belongs to a branch.
    Membership,
    /// 党小组: belongs to a group below the branch; never counted as a membership.
    Group,
    /// 党内职务 in an organisation.
    Post,
    /// 党籍状态.
    Status,
    /// 流动党员.
    Floating,
    /// 失联党员.
    Lost,
    /// 不能参加: too old or too ill to take part, why as its value.
    Unable,
}

impl FactKind {
    pub const ALL: [Self; 7] =
        [Self::Membership, Self::Group, Self::Post, Self::Status, Self::Floating, Self::Lost, Self::Unable];

    /// The name in the file and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Membership => "membership",
            Self::Group => "group",
            Self::Post => "post",
            Self::Status => "status",
            Self::Floating => "floating",
            Self::Lost => "lost",
            Self::Unable => "unable",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Membership => "组织关系",
            Self::Group => "党小组",
            Self::Post => "党内职务",
            Self::Status => "党籍状态",
            Self::Floating => "流动",
            Self::Lost => "失联",
            Self::Unable => "不能参加",
        }
    }
}
