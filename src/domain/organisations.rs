//! Organisations (党组织): their kinds, names and the tree they stand in.
//!
//! Knows nothing of where they are kept. Start at [`OrganisationTree`].

mod events;
mod term;

use std::collections::HashMap;

pub use events::{
    BASIS_OF_CLOSING, BASIS_OF_GROUPS, OrganisationEvent, OrganisationEventKind, UNIT_KINDS, UNIT_SITUATIONS,
};
pub use term::{Term, TermYears, former_due, term_on, term_years};
use unicode_normalization::UnicodeNormalization as _;

use super::dates::PartialDate;
use super::ids::OrganisationId;
use crate::clock::Day;
use crate::problem::{Problem, Result};

/// The kind of an organisation (组织类别), with the code of the annual statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrganisationKind {
    /// 党委
    Committee,
    /// 党总支
    GeneralBranch,
    /// 党支部
    Branch,
    /// 联合党支部
    JointBranch,
    /// 临时党委
    TemporaryCommittee,
    /// 临时党总支
    TemporaryGeneralBranch,
    /// 临时党支部
    TemporaryBranch,
    /// 临时联合党支部
    TemporaryJointBranch,
    /// 流动党支部
    FloatingBranch,
    /// 党小组: a node below its branch; belonging to it is never a membership.
    Group,
}

impl OrganisationKind {
    pub const ALL: [Self; 10] = [
        Self::Committee,
        Self::GeneralBranch,
        Self::Branch,
        Self::JointBranch,
        Self::TemporaryCommittee,
        Self::TemporaryGeneralBranch,
        Self::TemporaryBranch,
        Self::TemporaryJointBranch,
        Self::FloatingBranch,
        Self::Group,
    ];

    /// The Chinese name, which is also what is stored.
    pub fn label(self) -> &'static str {
        match self {
            Self::Committee => "党委",
            Self::GeneralBranch => "党总支",
            Self::Branch => "党支部",
            Self::JointBranch => "联合党支部",
            Self::TemporaryCommittee => "临时党委",
            Self::TemporaryGeneralBranch => "临时党总支",
            Self::TemporaryBranch => "临时党支部",
            Self::TemporaryJointBranch => "临时联合党支部",
            Self::FloatingBranch => "流动党支部",
            Self::Group => "党小组",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.label() == label)
    }

    /// 组织类别 code of the annual statistics; kinds without a national one have none.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Committee => Some("611"),
            Self::GeneralBranch => Some("621"),
            Self::Branch => Some("631"),
            Self::JointBranch => Some("632"),
            Self::TemporaryCommittee => Some("911"),
            Self::TemporaryGeneralBranch => Some("921"),
            Self::TemporaryBranch => Some("931"),
            Self::TemporaryJointBranch => Some("932"),
            Self::FloatingBranch | Self::Group => None,
        }
    }

    /// Whether it is a branch of whatever sort: what usually holds members.
    pub fn is_branch(self) -> bool {
        matches!(
            self,
            Self::Branch
                | Self::JointBranch
                | Self::TemporaryBranch
                | Self::TemporaryJointBranch
                | Self::FloatingBranch
        )
    }

    /// The kind that a name tells; a name that tells none is a branch.
    pub fn from_name(name: &str) -> Self {
        let name = squeezed(name);
        let temporary = name.contains("临时");
        let joint = name.contains("联合");
        let branch = name.contains("支部") && !name.contains("总支");
        if name.contains("小组") {
            Self::Group
        } else if branch {
            match (temporary, joint, name.contains("流动")) {
                (true, true, _) => Self::TemporaryJointBranch,
                (true, false, _) => Self::TemporaryBranch,
                (false, _, true) => Self::FloatingBranch,
                (false, true, false) => Self::JointBranch,
                (false, false, false) => Self::Branch,
            }
        } else if name.contains("总支") {
            if temporary { Self::TemporaryGeneralBranch } else { Self::GeneralBranch }
        } else if name.contains("党委") || name.contains("委员会") || name.contains("工委") {
            if temporary { Self::TemporaryCommittee } else { Self::Committee }
        } else {
            Self::Branch
        }
    }
}

/// An organisation (党组织).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub parent: Option<OrganisationId>,
    /// Place among its siblings, ascending.
    pub position: i64,
    pub kind: OrganisationKind,
    /// 全称
    pub name: String,
    /// 简称
    pub short_name: Option<String>,
    /// 组织代码, as the upper office gives it.
    pub code: Option<String>,
    /// 成立时间
    pub founded: Option<PartialDate>,
    /// 撤销时间; from that day on it no longer is.
    pub closed: Option<PartialDate>,
    /// 书记, as a list of organisations tells it; text until a person matches.
    pub secretary: Option<String>,
    /// 副书记, likewise.
    pub deputy: Option<String>,
    /// 委员, likewise, joined by 、.
    pub committee: Option<String>,
    /// 联系人
    pub contact: Option<String>,
    /// 联系电话
    pub phone: Option<String>,
    /// 所在单位
    pub unit: Option<String>,
    /// 本届选举时间
    pub elected_on: Option<PartialDate>,
    /// 本届任期届满时间
    pub term_ends: Option<PartialDate>,
    /// 备注
    pub remark: Option<String>,
    /// 成立文号
    pub founded_document: Option<String>,
    /// 撤销文号
    pub closed_document: Option<String>,
    /// 任期年限, where it differs from what the kind of organisation has: 5 in villages and communities.
    pub term_years: Option<i64>,
    /// 有无预备党员审批权限: 是 or 否.
    pub admits: Option<String>,
    /// 党组 of the unit: a label. It leads, and holds no members.
    pub leading_group: Option<String>,
    /// 地址
    pub address: Option<String>,
    /// 所在单位情况: 法人单位, 与上级党组织相同, 联合党支部.
    pub unit_situation: Option<String>,
    /// 单位性质类别
    pub unit_kind: Option<String>,
    /// 统一社会信用代码
    pub unit_code: Option<String>,
}

impl Organisation {
    /// A new organisation that has only what every one must have.
    pub fn new(id: OrganisationId, parent: Option<OrganisationId>, kind: OrganisationKind, name: &str) -> Self {
        Self {
            id,
            parent,
            position: 0,
            kind,
            name: name.to_owned(),
            short_name: None,
            code: None,
            founded: None,
            closed: None,
            secretary: None,
            deputy: None,
            committee: None,
            contact: None,
            phone: None,
            unit: None,
            elected_on: None,
            term_ends: None,
            remark: None,
            founded_document: None,
            closed_document: None,
            term_years: None,
            admits: None,
            leading_group: None,
            address: None,
            unit_situation: None,
            unit_kind: None,
            unit_code: None,
        }
    }

    /// The short name where there is one, else the full one.
    pub fn shown_name(&self) -> &str {
        self.short_name.as_deref().unwrap_or(&self.name)
    }

    /// 单位建立党组织情况: what the unit it stands in has set up, which its kind tells. `None` where the kind tells nothing of
    /// one unit: a group is a part of a branch, a floating branch stands in none.
    pub fn unit_organised(&self) -> Option<&'static str> {
        match self.kind {
            OrganisationKind::Committee => Some("建立党委"),
            OrganisationKind::GeneralBranch => Some("建立党总支"),
            OrganisationKind::Branch => Some("建立党支部"),
            OrganisationKind::JointBranch => Some("建立联合党支部"),
            OrganisationKind::TemporaryCommittee
            | OrganisationKind::TemporaryGeneralBranch
            | OrganisationKind::TemporaryBranch
            | OrganisationKind::TemporaryJointBranch => Some("建立临时党组织"),
            OrganisationKind::FloatingBranch | OrganisationKind::Group => None,
        }
    }

    /// Whether it is there on `day`; an unknown founding counts as always.
    pub fn stands_on(&self, day: Day) -> bool {
        self.founded.is_none_or(|founded| founded.first_day() <= day)
            && self.closed.is_none_or(|closed| day < closed.first_day())
    }
}

/// The name without spaces, in half-width forms.
fn squeezed(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// What two spellings of one branch's name have in common: 中共 and 中国共产党 at the head gone,
/// 支部委员会 and 党支部 the same.
pub fn branch_key(name: &str) -> String {
    let name = squeezed(name);
    let name = name.strip_prefix("中国共产党").or_else(|| name.strip_prefix("中共")).unwrap_or(&name).to_owned();
    name.replace("总支部委员会", "总支")
        .replace("支部委员会", "支部")
        .replace("党总支部", "总支")
        .replace("党总支", "总支")
        .replace("党支部", "支部")
}

/// All organisations of a workbook, as a tree (组织树).
///
/// Always true: siblings stand in their order, one whose parent is not there is a root. That nobody stands below
/// themselves is checked where rows are read ([`Self::in_a_circle`]) and changed.
#[derive(Debug, Clone, Default)]
pub struct OrganisationTree {
    nodes: Vec<Organisation>,
    index: HashMap<OrganisationId, usize>,
    children: HashMap<Option<OrganisationId>, Vec<usize>>,
}

impl OrganisationTree {
    /// The tree of these organisations.
    pub fn new(mut nodes: Vec<Organisation>) -> Self {
        nodes.sort_by_key(|node| (node.position, node.id));
        let index: HashMap<_, _> = nodes.iter().enumerate().map(|(place, node)| (node.id, place)).collect();
        let mut children: HashMap<Option<OrganisationId>, Vec<usize>> = HashMap::new();
        for (place, node) in nodes.iter().enumerate() {
            let parent = node.parent.filter(|parent| index.contains_key(parent));
            children.entry(parent).or_default().push(place);
        }
        Self { nodes, index, children }
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Every organisation, in no particular order.
    pub fn all(&self) -> impl Iterator<Item = &Organisation> {
        self.nodes.iter()
    }

    pub fn get(&self, id: OrganisationId) -> Option<&Organisation> {
        self.index.get(&id).map(|place| &self.nodes[*place])
    }

    /// The organisations directly below `parent`, in their order; the roots below `None`.
    pub fn children(&self, parent: Option<OrganisationId>) -> impl Iterator<Item = &Organisation> {
        self.children.get(&parent).into_iter().flatten().map(|place| &self.nodes[*place])
    }

    /// The organisation and all below it, in tree order; everything for `None`.
    pub fn within(&self, scope: Option<OrganisationId>) -> Vec<&Organisation> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Organisation> = match scope {
            Some(id) => self.get(id).into_iter().collect(),
            None => self.children(None).collect(),
        };
        waiting.reverse();
        while let Some(node) = waiting.pop() {
            found.push(node);
            let mut below: Vec<_> = self.children(Some(node.id)).collect();
            below.reverse();
            waiting.extend(below);
        }
        found
    }

    /// Whether `id` is `above` or stands somewhere below it.
    pub fn is_within(&self, id: OrganisationId, above: OrganisationId) -> bool {
        self.lineage(id).any(|node| node.id == above)
    }

    /// The organisation, its parent, its parent's parent …
    pub fn lineage(&self, id: OrganisationId) -> impl Iterator<Item = &Organisation> {
        let mut next = self.get(id);
        let mut left = self.nodes.len();
        std::iter::from_fn(move || {
            let node = next?;
            next = if left == 0 { None } else { node.parent.and_then(|parent| self.get(parent)) };
            left = left.saturating_sub(1);
            Some(node)
        })
    }

    /// The tree as it was on `day`: names and parents of that day, by what happened to the organisations since.
    #[must_use]
    pub fn on(&self, day: Day, events: &[OrganisationEvent]) -> Self {
        let mut nodes = self.nodes.clone();
        let mut later: Vec<&OrganisationEvent> = events.iter().filter(|event| !event.day.is_reached_on(day)).collect();
        later.sort_by_key(|event| (event.day.first_day(), event.id));
        // From the newest back: what the earliest later event replaced is what was true on the day.
        for event in later.into_iter().rev() {
            let Some(node) = self.index.get(&event.organisation).and_then(|place| nodes.get_mut(*place)) else {
                continue;
            };
            match event.kind {
                OrganisationEventKind::Renamed => {
                    node.name = event.value.clone().unwrap_or_else(|| node.name.clone());
                    node.short_name.clone_from(&event.former_short);
                }
                OrganisationEventKind::Moved => node.parent = event.other,
                _ => {}
            }
        }
        Self::new(nodes)
    }

    /// An organisation that stands below itself, if the rows were damaged.
    pub fn in_a_circle(&self) -> Option<OrganisationId> {
        self.nodes.iter().map(|node| node.id).find(|id| self.lineage(*id).skip(1).any(|above| above.id == *id))
    }

    /// `总支/支部`: the names from the root down.
    pub fn path(&self, id: OrganisationId) -> String {
        let mut names: Vec<&str> = self.lineage(id).map(|node| node.name.as_str()).collect();
        names.reverse();
        names.join("/")
    }

    /// The branch to which a group belongs: the nearest organisation above that is no group.
    pub fn branch_of_group(&self, group: OrganisationId) -> Option<&Organisation> {
        self.lineage(group).find(|node| node.kind != OrganisationKind::Group)
    }

    /// Those within `scope` that bear this name or another spelling of it; groups are left out.
    pub fn named(&self, name: &str, scope: Option<OrganisationId>) -> Vec<&Organisation> {
        let key = branch_key(name);
        let candidates: Vec<_> =
            self.within(scope).into_iter().filter(|node| node.kind != OrganisationKind::Group).collect();
        let by = |of: fn(&Organisation) -> Option<&str>| -> Vec<&Organisation> {
            candidates.iter().copied().filter(|node| of(node).is_some_and(|name| branch_key(name) == key)).collect()
        };
        let full = by(|node| Some(&node.name));
        if full.is_empty() { by(|node| node.short_name.as_deref()) } else { full }
    }

    /// What `--org` names: an id, a unique name, or a path `总支/支部`.
    ///
    /// Fails, naming the candidates, where none or several fit.
    pub fn find(&self, text: &str) -> Result<&Organisation> {
        let text = text.trim();
        if let Some(found) = text.parse().ok().and_then(|id| self.get(id)) {
            return Ok(found);
        }
        let mut found: Vec<&Organisation> = self.nodes.iter().filter(|node| node.name == text).collect();
        if found.is_empty() {
            found = self.nodes.iter().filter(|node| branch_key(&node.name) == branch_key(text)).collect();
        }
        if found.is_empty() {
            found = self.nodes.iter().filter(|node| node.short_name.as_deref() == Some(text)).collect();
        }
        if found.is_empty() {
            found = self.nodes.iter().filter(|node| self.path(node.id).ends_with(text)).collect();
            found.retain(|node| {
                let path = self.path(node.id);
                path == text || path.ends_with(&format!("/{text}"))
            });
        }
        match found[..] {
            [one] => Ok(one),
            [] => Err(Problem::usage(format!("工作簿里没有名为“{text}”的党组织"))
                .next("用 export organisations 可以看到全部党组织和它们的编号")),
            _ => {
                let candidates: Vec<String> =
                    found.iter().map(|node| format!("{}（编号 {}）", self.path(node.id), node.id)).collect();
                Err(Problem::usage(format!("“{text}”不止一个：{}", candidates.join("；"))).next("请写路径或编号"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_from_the_name() {
        for (name, kind) in [
            ("中共青禾县民政局总支部委员会", OrganisationKind::GeneralBranch),
            ("中共青禾县民政局机关第一支部委员会", OrganisationKind::Branch),
            ("社会组织联合党支部", OrganisationKind::JointBranch),
            ("防汛临时党支部", OrganisationKind::TemporaryBranch),
            ("驻穗流动党支部", OrganisationKind::FloatingBranch),
            ("县直机关工委", OrganisationKind::Committee),
            ("第一党小组", OrganisationKind::Group),
        ] {
            assert_eq!(OrganisationKind::from_name(name), kind, "{name}");
        }
    }

    #[test]
    fn two_spellings_of_one_branch_have_one_key() {
        assert_eq!(branch_key("中共 青禾县民政局机关支部委员会"), branch_key("青禾县民政局机关党支部"));
        assert_eq!(branch_key("中国共产党青禾县民政局总支部委员会"), branch_key("青禾县民政局党总支"));
    }

    #[test]
    fn an_ambiguous_name_ends_with_the_candidates() {
        let id = OrganisationId;
        let tree = OrganisationTree::new(vec![
            Organisation::new(id(1), None, OrganisationKind::GeneralBranch, "甲局党总支"),
            Organisation::new(id(2), None, OrganisationKind::GeneralBranch, "乙局党总支"),
            Organisation::new(id(3), Some(id(1)), OrganisationKind::Branch, "机关党支部"),
            Organisation::new(id(4), Some(id(2)), OrganisationKind::Branch, "机关党支部"),
        ]);
        assert_eq!(tree.find("乙局党总支/机关党支部").map(|found| found.id), Ok(id(4)));
        let problem = tree.find("机关党支部").expect_err("two bear that name");
        assert!(problem.happened.contains("甲局党总支/机关党支部") && problem.happened.contains("编号 4"));
        assert_eq!(tree.within(Some(id(1))).iter().map(|node| node.id.0).collect::<Vec<_>>(), [1, 3]);
    }
}
