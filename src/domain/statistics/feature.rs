//! Features (特征): what members are counted by, each with its values in their order.
//!
//! Knows nothing of where a person's traits are kept. Start at [`Feature`].

use super::{
    AGE_GROUPS, AGES, ERAS, INCOMPLETE, PERIODS, STANDINGS, UNKNOWN, age_band, age_group, education_band, entry_era,
    entry_period, standing_band,
};
use crate::clock::Day;
use crate::domain::codes::{self, OccupationClass};
use crate::domain::dates::PartialDate;
use crate::domain::fields::{EDUCATION_BANDS, FactKind, SEXES};
use crate::domain::members::{Category, PartyPath};
use crate::domain::posts::{POSTS, post_rank};

/// A feature of a member (特征). On a day every member has exactly one value of it; of those that count only some
/// members ([`Feature::counts_everybody`]) the others have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// 人员类别
    Category,
    /// 性别
    Sex,
    /// 民族: 汉族 and 少数民族.
    Nation,
    /// 各民族: each nation of the code table.
    EachNation,
    /// 年龄, the public bands.
    Age,
    /// 年龄组, the bands of the annual form.
    AgeGroup,
    /// 学历
    Education,
    /// 入党时间, the four public periods.
    EntryPeriod,
    /// 入党时期, the nine periods of the annual form.
    EntryEra,
    /// 党龄, formal members only.
    Standing,
    /// 职业, the eight classes of the communiqué.
    Occupation,
    /// 所在党支部: the organisation somebody is on the roll of.
    Branch,
    /// 所在党小组
    Group,
    /// 党内职务, the highest.
    Post,
    /// 党籍状态
    Status,
    /// 流动情况
    Floating,
    /// 失联情况
    Lost,
}

/// What of a person the features rest on, as it stands on a day.
#[derive(Debug, Clone, Default)]
pub struct Traits<'p> {
    pub sex: Option<&'p str>,
    pub nation: Option<&'p str>,
    pub birth: Option<PartialDate>,
    pub education: Option<&'p str>,
    pub path: PartyPath,
    pub occupation: Option<OccupationClass>,
    /// The place of the highest post among [`POSTS`].
    pub post: Option<usize>,
    pub status: Option<&'p str>,
    pub floats: bool,
    pub is_lost: bool,
}

const OTHER_POST: &str = "其他职务";
const NO_POST: &str = "未任职务";
const NORMAL: &str = "正常";
const OTHER_STATUS: &str = "其他状态";
const FLOATING: [&str; 2] = ["流动党员", "未流动"];
const LOST: [&str; 2] = ["失联党员", "未失联"];
const NATIONS: [&str; 3] = ["汉族", "少数民族", UNKNOWN];

impl Feature {
    pub const ALL: [Self; 17] = [
        Self::Category,
        Self::Sex,
        Self::Nation,
        Self::EachNation,
        Self::Age,
        Self::AgeGroup,
        Self::Education,
        Self::EntryPeriod,
        Self::EntryEra,
        Self::Standing,
        Self::Occupation,
        Self::Branch,
        Self::Group,
        Self::Post,
        Self::Status,
        Self::Floating,
        Self::Lost,
    ];

    /// The families of the summary (基本情况).
    pub const SUMMARY: [Self; 4] = [Self::Age, Self::Education, Self::EntryPeriod, Self::Standing];

    /// The families of the annual form (年报表): those of the summary and what the form asks besides.
    pub const ANNUAL: [Self; 12] = [
        Self::Age,
        Self::Education,
        Self::EntryPeriod,
        Self::Standing,
        Self::Sex,
        Self::Nation,
        Self::AgeGroup,
        Self::EntryEra,
        Self::Occupation,
        Self::Post,
        Self::Floating,
        Self::Lost,
    ];

    /// The name within figure names: `党员.年龄.30岁及以下`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Category => "人员类别",
            Self::Sex => "性别",
            Self::Nation => "民族",
            Self::EachNation => "各民族",
            Self::Age => "年龄",
            Self::AgeGroup => "年龄组",
            Self::Education => "学历",
            Self::EntryPeriod => "入党时间",
            Self::EntryEra => "入党时期",
            Self::Standing => "党龄",
            Self::Occupation => "职业",
            Self::Branch => "所在党支部",
            Self::Group => "所在党小组",
            Self::Post => "党内职务",
            Self::Status => "党籍状态",
            Self::Floating => "流动情况",
            Self::Lost => "失联情况",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.name() == name)
    }

    /// The values in their order, the rest last. Empty for those whose values are organisations.
    pub fn values(self) -> Vec<&'static str> {
        fn labels<T>(bands: &'static [(&'static str, T)]) -> Vec<&'static str> {
            bands.iter().map(|(label, _)| *label).chain([INCOMPLETE, UNKNOWN]).collect()
        }
        let with_unknown = |own: &[&'static str]| own.iter().copied().chain([UNKNOWN]).collect();
        match self {
            Self::Category => [Category::Formal, Category::Probationary].map(Category::label).to_vec(),
            Self::Sex => with_unknown(SEXES),
            Self::Nation => NATIONS.to_vec(),
            Self::EachNation => codes::nations().iter().map(|nation| nation.name).chain([UNKNOWN]).collect(),
            Self::Age => labels(AGES),
            Self::AgeGroup => labels(AGE_GROUPS),
            Self::Education => with_unknown(EDUCATION_BANDS),
            Self::EntryPeriod => labels(PERIODS),
            Self::EntryEra => labels(ERAS),
            Self::Standing => labels(STANDINGS),
            Self::Occupation => with_unknown(&OccupationClass::ALL.map(OccupationClass::label)),
            Self::Branch | Self::Group => Vec::new(),
            Self::Post => POSTS.iter().copied().chain([OTHER_POST, NO_POST]).collect(),
            Self::Status => vec![NORMAL, OTHER_STATUS, UNKNOWN],
            Self::Floating => FLOATING.to_vec(),
            Self::Lost => LOST.to_vec(),
        }
    }

    /// Whether every member has a value of it.
    pub fn counts_everybody(self) -> bool {
        self != Self::Standing
    }

    /// Whether values that nobody has are left out of tables: there are too many of them.
    pub fn is_sparse(self) -> bool {
        matches!(self, Self::EachNation | Self::Branch | Self::Group | Self::Post)
    }

    /// What the values count, for the definition of a figure.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Category => "按入党和转正日期",
            Self::Sex => "按登记的性别",
            Self::Nation | Self::EachNation => "按登记的民族",
            Self::Age | Self::AgeGroup => "按周岁",
            Self::Education => "按已毕业的最高学历",
            Self::EntryPeriod | Self::EntryEra => "按入党时间",
            Self::Standing => "按党龄（自转正之日起的周年），只计正式党员",
            Self::Occupation => "按登记的工作岗位归入年度统计公报的职业类别",
            Self::Branch => "按组织关系所在的党组织",
            Self::Group => "按编入的党小组",
            Self::Post => "按担任的最高党内职务，没有登记的计入未任职务",
            Self::Status => "按登记的党籍状态",
            Self::Floating => "按登记的流动情况，没有登记的计入未流动",
            Self::Lost => "按登记的失联情况，没有登记的计入未失联",
        }
    }

    /// What is counted besides, in brackets after the name: 「周岁」.
    pub fn basis(self) -> &'static str {
        match self {
            Self::Age | Self::AgeGroup => "周岁",
            Self::Standing => "只计正式党员",
            _ => "",
        }
    }

    /// The kind of dated fact it rests on besides membership, if it does.
    pub fn fact(self) -> Option<FactKind> {
        match self {
            Self::Group => Some(FactKind::Group),
            Self::Post => Some(FactKind::Post),
            Self::Status => Some(FactKind::Status),
            Self::Floating => Some(FactKind::Floating),
            Self::Lost => Some(FactKind::Lost),
            _ => None,
        }
    }

    /// The value a member has on `day`. `None` where it is an organisation, or the feature does not count them.
    pub fn value(self, person: &Traits<'_>, day: Day) -> Option<&'static str> {
        Some(match self {
            Self::Category => person.path.category_on(day)?.label(),
            Self::Sex => {
                person.sex.and_then(|sex| SEXES.iter().find(|known| **known == sex)).copied().unwrap_or(UNKNOWN)
            }
            Self::Nation => match person.nation {
                None => UNKNOWN,
                Some(nation) => NATIONS[usize::from(nation != NATIONS[0])],
            },
            Self::EachNation => person.nation.and_then(codes::nation).map_or(UNKNOWN, |nation| nation.name),
            Self::Age => age_band(person.birth, day),
            Self::AgeGroup => age_group(person.birth, day),
            Self::Education => education_band(person.education),
            Self::EntryPeriod => entry_period(person.path.joined),
            Self::EntryEra => entry_era(person.path.joined),
            Self::Standing => standing_band(&person.path, day)?,
            Self::Occupation => person.occupation.map_or(UNKNOWN, OccupationClass::label),
            Self::Branch | Self::Group => return None,
            Self::Post => person.post.map_or(NO_POST, |post| POSTS.get(post).copied().unwrap_or(OTHER_POST)),
            Self::Status => match person.status {
                None => UNKNOWN,
                Some(NORMAL) => NORMAL,
                Some(_) => OTHER_STATUS,
            },
            Self::Floating => FLOATING[usize::from(!person.floats)],
            Self::Lost => LOST[usize::from(!person.is_lost)],
        })
    }
}

/// The place of a post as it is written; none for one that is no post.
pub fn post_of(text: &str) -> Option<usize> {
    (!["普通党员", "党员", "无"].contains(&text)).then(|| post_rank(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_a_person_can_have_is_one_of_the_values() {
        let dates = ["", "1930-05-01", "1969", "1985-07", "2001-02-29", "2024-02-29", "2012"];
        let day = Day::constant(2026, 12, 31);
        for (at, joined) in dates.iter().map(|text| PartialDate::from_iso(text)).enumerate() {
            let path = PartyPath { joined, full: joined, ..PartyPath::default() };
            let person = Traits {
                sex: ["男", "女", "其他"].get(at).copied(),
                nation: ["汉族", "土家族", "火星族"].get(at).copied(),
                birth: joined,
                education: EDUCATION_BANDS.get(at).copied(),
                path,
                occupation: OccupationClass::ALL.get(at).copied(),
                post: [0, 7, 8].get(at).copied(),
                status: ["正常", "恢复党籍"].get(at).copied(),
                floats: at % 2 == 0,
                is_lost: at % 2 == 1,
            };
            for feature in Feature::ALL {
                if let Some(value) = feature.value(&person, day) {
                    assert!(feature.values().contains(&value), "{feature:?}: {value}");
                }
            }
        }
    }

    #[test]
    fn a_feature_is_found_by_its_name_and_no_two_share_one() {
        for feature in Feature::ALL {
            assert_eq!(Feature::from_name(feature.name()), Some(feature));
        }
    }

    #[test]
    fn a_post_is_ranked_and_an_ordinary_member_has_none() {
        let post = |text: &str| {
            Feature::Post.value(&Traits { post: post_of(text), ..Traits::default() }, Day::constant(2026, 1, 1))
        };
        assert_eq!(post("党支部书记"), Some("书记"));
        assert_eq!(post("党支部副书记"), Some("副书记"));
        assert_eq!(post("纪检委员"), Some("纪检委员"));
        assert_eq!(post("青年委员"), Some("委员"));
        assert_eq!(post("党小组组长"), Some("组长"));
        assert_eq!(post("联络员"), Some("其他职务"));
        assert_eq!(post("普通党员"), Some("未任职务"));
    }
}
