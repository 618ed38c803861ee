//! Which table of figures is meant: by branch, two years, a cross table, by groups. Asked for by `figures`, `export` and `print`.

use clap::Args;

use super::asks::Scope;
use crate::clock::{Clock, Day};
use crate::domain::ids::OrganisationId;
use crate::domain::statistics::Feature;
use crate::problem::{Problem, Result};
use crate::view::by_branch::ByBranchAsk;
use crate::view::comparison::ComparisonAsk;
use crate::view::cross::CrossAsk;
use crate::view::groups::GroupsAsk;
use crate::view::statistics::StatisticsAsk;

/// What a table is made of.
#[derive(Debug, Args)]
pub(super) struct TableOptions {
    #[arg(
        long,
        value_name = "行:列",
        conflicts_with_all = ["by_branch", "compare"],
        help = "交叉表：行和列各是一个统计项，例如 性别:学历、职业:年龄组"
    )]
    cross: Option<String>,
    #[arg(
        long,
        value_name = "统计项",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with = "compare",
        help = "按支部：各党组织一行，上级含下级；写了统计项则列出它的各档，不写为基本数字"
    )]
    by_branch: Option<String>,
    #[arg(
        long,
        value_name = "年",
        value_parser = clap::value_parser!(i16).range(1922..=2200),
        help = "两年对比：这一年末和上一年末；这一年还没过完的算到今天"
    )]
    compare: Option<i16>,
    #[arg(
        long,
        value_name = "统计项",
        num_args = 0..=1,
        default_missing_value = "年龄组",
        conflicts_with_all = ["cross", "by_branch", "compare"],
        help = "分组表：统计项的各档一行，列为合计、预备党员、男、女、少数民族、台湾省籍；不写统计项为年龄组"
    )]
    groups: Option<String>,
}

/// A kind of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableKind {
    Annual,
    ByBranch,
    Comparison,
    Cross,
    Groups,
}

impl TableOptions {
    /// The kind of table that the options tell; `None` where they tell none.
    pub fn kind(&self) -> Option<TableKind> {
        match (&self.cross, &self.by_branch, self.compare, &self.groups) {
            (Some(_), ..) => Some(TableKind::Cross),
            (_, Some(_), ..) => Some(TableKind::ByBranch),
            (_, _, Some(_), _) => Some(TableKind::Comparison),
            (.., Some(_)) => Some(TableKind::Groups),
            (None, None, None, None) => None,
        }
    }

    /// The table of this kind. Fails where an option is missing, or belongs to another kind.
    pub fn ask(
        &self,
        kind: TableKind,
        organisation: Option<OrganisationId>,
        scope: &Scope,
        clock: Clock,
    ) -> Result<StatisticsAsk> {
        if self.kind().is_some_and(|told| told != kind) {
            return Err(Problem::usage(
                "--cross 只用于交叉表，--by-branch 只用于按支部，--compare 只用于两年对比，--groups 只用于分组表",
            ));
        }
        let as_of = scope.day(clock);
        Ok(match kind {
            TableKind::Annual => StatisticsAsk::Annual { scope: organisation, as_of },
            TableKind::ByBranch => {
                let name = self.by_branch.as_deref().map(str::trim).filter(|name| !name.is_empty());
                let feature = name.map(feature).transpose()?;
                StatisticsAsk::ByBranch(ByBranchAsk { scope: organisation, as_of, feature })
            }
            TableKind::Comparison => {
                let to = self.compare.map_or(Ok(as_of), |year| end_of(year, as_of))?;
                StatisticsAsk::Comparison(ComparisonAsk { scope: organisation, to })
            }
            TableKind::Cross => {
                let text = self.cross.as_deref().unwrap_or_default();
                let Some((rows, columns)) = text.split_once([':', '：']) else {
                    return Err(Problem::usage("交叉表要写明行和列").next("例如 --cross 性别:学历"));
                };
                let (rows, columns) = (feature(rows)?, feature(columns)?);
                StatisticsAsk::Cross(CrossAsk { rows, columns, scope: organisation, as_of })
            }
            TableKind::Groups => {
                let feature = self.groups.as_deref().map_or(Ok(Feature::AgeGroup), feature)?;
                StatisticsAsk::Groups(GroupsAsk { feature, scope: organisation, as_of })
            }
        })
    }
}

/// The feature with this name. Fails with the names there are.
fn feature(name: &str) -> Result<Feature> {
    Feature::from_name(name.trim()).ok_or_else(|| {
        let names = Feature::ALL.map(Feature::name).join("、");
        Problem::usage(format!("没有“{}”这个统计项", name.trim())).next(format!("可用的统计项：{names}"))
    })
}

/// The last day of a year, not beyond `as_of`.
fn end_of(year: i16, as_of: Day) -> Result<Day> {
    if year > as_of.year() {
        return Err(Problem::usage(format!("{year} 年还没有到，截至 {as_of} 无从对比")));
    }
    Ok(Day::constant(year, 12, 31).min(as_of))
}
