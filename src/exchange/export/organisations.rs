//! The organisations of a scope as they go out, in tree order, with the number of members in each.

use super::{Column, Datum, Shown, Take};
use crate::clock::Day;
use crate::domain::as_written;
use crate::domain::dates::PartialDate;
use crate::domain::identity;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::organisations::tree;

/// The organisations that stand on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrganisationExport {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
    /// Phones in full.
    pub unmasked: bool,
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("id", "编号", 22.0).only(Shown::Json),
        Column::new("name", "党组织全称", 30.0),
        Column::new("short_name", "简称", 18.0),
        Column::new("code", "组织代码", 16.0),
        Column::new("org_kind", "组织类别", 14.0),
        Column::new("org_kind_code", "组织类别代码", 13.0),
        Column::new("parent", "上级党组织", 30.0),
        Column::new("parent_id", "上级编号", 22.0).only(Shown::Json),
        Column::new("founded", "成立时间", 12.0),
        Column::new("closed", "撤销时间", 12.0),
        Column::new("secretary", "书记", 10.0),
        Column::new("deputy", "副书记", 10.0),
        Column::new("committee", "委员", 24.0),
        Column::new("contact", "联系人", 10.0),
        Column::new("phone", "联系电话", 15.0),
        Column::new("unit", "所在单位", 26.0),
        Column::new("elected_on", "本届选举时间", 13.0),
        Column::new("term_ends", "任期届满时间", 13.0),
        Column::new("members", "党员数", 8.0),
        Column::new("remark", "备注", 30.0),
        Column::new("founded_document", "成立文号", 22.0),
        Column::new("closed_document", "撤销文号", 22.0),
        Column::new("term_years", "任期年限", 9.0),
        Column::new("admits", "预备党员审批权限", 15.0),
        Column::new("leading_group", "党组", 18.0),
        Column::new("address", "地址", 30.0),
        Column::new("unit_situation", "所在单位情况", 18.0),
        Column::new("unit_kind", "单位性质类别", 16.0),
        Column::new("unit_code", "统一社会信用代码", 22.0),
        Column::new("unit_organised", "单位建立党组织情况", 18.0),
    ]
}

impl OrganisationExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let scope = self.scope;
        let lines = tree(desk, self.as_of)?;
        let tree = desk.tree_on(self.as_of);
        let within = |id| scope.is_none_or(|scope| tree.is_within(id, scope));
        for line in lines.iter().filter(|line| !line.is_gone && within(line.organisation.id)) {
            let node = &line.organisation;
            let date = |date: Option<PartialDate>| date.map_or(Datum::Nothing, |date| Datum::owned(date.to_string()));
            let parent = node.parent.and_then(|parent| tree.get(parent));
            let phone = node.phone.as_deref().map(|phone| match self.unmasked {
                true => Datum::text(phone),
                false => Datum::owned(identity::masked_phone(phone)),
            });
            let remark = node.remark.as_deref().map(|remark| match self.unmasked {
                true => Datum::text(remark),
                false => Datum::owned(as_written::masked(remark).into_owned()),
            });
            let committee = node.committee.as_deref().map_or(Datum::Nothing, |names| Datum::List(names_in(names)));
            let members = match node.kind {
                OrganisationKind::Group => Datum::Nothing,
                _ => Datum::Number(i64::try_from(line.members).unwrap_or(i64::MAX)),
            };
            take(&[
                Datum::owned(node.id.to_string()),
                Datum::text(&node.name),
                Datum::optional(node.short_name.as_deref()),
                Datum::optional(node.code.as_deref()),
                Datum::text(node.kind.label()),
                Datum::optional(node.kind.code()),
                Datum::optional(parent.map(|parent| parent.name.as_str())),
                parent.map_or(Datum::Nothing, |parent| Datum::owned(parent.id.to_string())),
                date(node.founded),
                date(node.closed),
                Datum::optional(node.secretary.as_deref()),
                Datum::optional(node.deputy.as_deref()),
                committee,
                Datum::optional(node.contact.as_deref()),
                phone.unwrap_or(Datum::Nothing),
                Datum::optional(node.unit.as_deref()),
                date(node.elected_on),
                date(node.term_ends),
                members,
                remark.unwrap_or(Datum::Nothing),
                Datum::optional(node.founded_document.as_deref()),
                Datum::optional(node.closed_document.as_deref()),
                node.term_years.map_or(Datum::Nothing, Datum::Number),
                Datum::optional(node.admits.as_deref()),
                Datum::optional(node.leading_group.as_deref()),
                Datum::optional(node.address.as_deref()),
                Datum::optional(node.unit_situation.as_deref()),
                Datum::optional(node.unit_kind.as_deref()),
                Datum::optional(node.unit_code.as_deref()),
                Datum::optional(node.unit_organised()),
            ])?;
        }
        Ok(())
    }

    /// 「青禾县民政局党总支，截至 2026-11-24」
    pub(super) fn in_words(&self, desk: &Desk) -> String {
        format!("{}，截至 {}", desk.scope_name_on(self.scope, self.as_of), self.as_of)
    }
}

fn names_in(text: &str) -> Vec<&str> {
    text.split(['、', '，', ',', '；', ';', '\n']).map(str::trim).filter(|name| !name.is_empty()).collect()
}
