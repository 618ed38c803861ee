//! Conditions in words: on chips, in notes on paper, in the log of what left the program.
//!
//! Knows nothing of who fulfils them. Start at [`words`].

use crate::domain::conditions::{Comparison, Condition, Subject, SubjectKind};
use crate::domain::dates::{PartialDate, Precision};
use crate::domain::fields::{FIELDS, FieldKey};
use crate::domain::ids::{ExtraFieldId, OrganisationId};
use crate::problem::{Problem, Result};
use crate::store::members::ExtraField;

/// What the words need of a workbook: the names of its organisations and of the fields the user made.
pub struct Names<'n> {
    pub organisation: &'n dyn Fn(OrganisationId) -> Option<String>,
    pub extra: &'n dyn Fn(ExtraFieldId) -> Option<String>,
}

/// 「性别：女」「党龄 ≥ 10 年」「（性别：女 且 民族不是汉族） 或 单位含“福利院”」
pub fn words(condition: &Condition, names: &Names<'_>) -> String {
    match condition {
        Condition::Not(inner) => told(inner, true, names),
        other => told(other, false, names),
    }
}

/// How a thing is called.
pub fn subject_words(what: Subject, names: &Names<'_>) -> String {
    match what {
        Subject::Field(FieldKey::Extra(id)) => (names.extra)(id).unwrap_or_else(|| "已不在的字段".to_owned()),
        other => other.label().unwrap_or_default().to_owned(),
    }
}

/// What is called so: by its name, its label, or the label of a field that the user made.
pub fn subject_named(name: &str, extra: &[ExtraField]) -> Result<Subject> {
    let name = name.trim();
    let computed = Subject::COMPUTED.iter().find(|(_, known, label)| *known == name || *label == name);
    let known = || FIELDS.iter().find(|field| field.name == name || field.label == name);
    let made = || extra.iter().find(|field| field.label == name).map(|field| Subject::Field(FieldKey::Extra(field.id)));
    let found = computed.map(|(subject, ..)| *subject).or_else(|| known().map(|field| field.key.into()));
    found.or_else(made).ok_or_else(|| {
        let names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
        let computed: Vec<&str> = Subject::COMPUTED.iter().map(|(_, name, _)| *name).collect();
        Problem::usage(format!("没有名为“{name}”的字段")).next(format!(
            "可用的字段：{}、{}，以及自定义字段的名称",
            names.join("、"),
            computed.join("、")
        ))
    })
}

fn told(condition: &Condition, negated: bool, names: &Names<'_>) -> String {
    let pair = |label: &str, value: &str| match negated {
        false => format!("{label}：{value}"),
        true => format!("{label}不是{value}"),
    };
    let plain = |words: &str| if negated { format!("不是{words}") } else { words.to_owned() };
    match condition {
        Condition::Category(category) => pair("人员类别", category),
        Condition::Sex(sex) => pair("性别", sex),
        Condition::Nation(nation) => pair("民族", nation),
        Condition::Band(family, band) => pair(family, band),
        Condition::Age(from, u16::MAX) => pair("年龄", &format!("{from}岁及以上")),
        Condition::Age(from, to) => pair("年龄", &format!("{from}至{to}岁")),
        Condition::Members => plain("党员"),
        Condition::College => plain("大专及以上"),
        Condition::FiftyYears => plain("光荣在党50年"),
        Condition::ProbationEnding => plain("预备期将满"),
        Condition::UnknownCategory => plain("人员类别不详"),
        Condition::UnknownStart => plain("起始日期不详"),
        Condition::Within(id) => {
            let name = organisation_words(*id, names);
            if negated { format!("不在{name}") } else { name }
        }
        Condition::Compare { what, how } => compared(&subject_words(*what, names), *what, how, negated, names),
        Condition::All(_) | Condition::Any(_) if negated => format!("不是（{}）", told(condition, false, names)),
        Condition::All(conditions) => joined(conditions, " 且 ", "不限", names),
        Condition::Any(conditions) => joined(conditions, " 或 ", "没有人", names),
        Condition::Not(inner) => format!("不是（{}）", told(inner, !negated, names)),
    }
}

/// A group within a group stands in brackets.
fn joined(conditions: &[Condition], by: &str, none: &str, names: &Names<'_>) -> String {
    let part = |condition: &Condition| match condition {
        Condition::All(inner) | Condition::Any(inner) if inner.len() > 1 && conditions.len() > 1 => {
            format!("（{}）", words(condition, names))
        }
        other => words(other, names),
    };
    let parts: Vec<String> = conditions.iter().map(part).collect();
    if parts.is_empty() { none.to_owned() } else { parts.join(by) }
}

fn compared(label: &str, what: Subject, how: &Comparison, negated: bool, names: &Names<'_>) -> String {
    let is_word = matches!(what.kind(), SubjectKind::Choice(_) | SubjectKind::Nation);
    let value = |text: &str| if is_word || !negated { text.to_owned() } else { format!("“{text}”") };
    let one_of = |values: Vec<String>| match negated {
        false => format!("{label}：{}", values.join(" 或 ")),
        true => format!("{label}不是{}", values.join(" 或 ")),
    };
    let not = if negated { "不" } else { "" };
    match how {
        Comparison::Is(text) => one_of(vec![value(text)]),
        Comparison::OneOf(texts) => one_of(texts.iter().map(|text| value(text)).collect()),
        Comparison::Organisations(ids) => one_of(ids.iter().map(|id| organisation_words(*id, names)).collect()),
        Comparison::Contains(text) => format!("{label}{not}含“{text}”"),
        Comparison::BeginsWith(text) => format!("{label}开头{not}是“{text}”"),
        Comparison::Empty if negated => format!("{label}不空"),
        Comparison::Empty => format!("{label}空着"),
        Comparison::Dates { from: Some(from), to: Some(to) } => format!("{label}{not}在 {from} 至 {to}"),
        Comparison::Dates { from: Some(from), to: None } => format!("{label}{not}在 {from} 及以后"),
        Comparison::Dates { from: None, to: Some(to) } => format!("{label}{not}在 {to} 及以前"),
        Comparison::Dates { from: None, to: None } => format!("{label}{}", if negated { "空着" } else { "不空" }),
        Comparison::During(period) => format!("{label}{not}在{}", period_words(*period)),
        Comparison::InMonth(month) => format!("{label}{not}在每年{month}月"),
        Comparison::Years { from, to } => years(label, what, (*from, *to), negated),
    }
}

fn years(label: &str, what: Subject, range: (Option<u16>, Option<u16>), negated: bool) -> String {
    let unit = match what {
        Subject::Age => "岁",
        Subject::Untalked => "个月",
        _ => "年",
    };
    match (range, negated) {
        ((Some(from), Some(to)), false) if from == to => format!("{label} {from} {unit}"),
        ((Some(from), Some(to)), false) => format!("{label} {from} 至 {to} {unit}"),
        ((Some(from), None), false) => format!("{label} ≥ {from} {unit}"),
        ((None, Some(to)), false) => format!("{label} ≤ {to} {unit}"),
        ((Some(from), Some(to)), true) if from == to => format!("{label}不是 {from} {unit}"),
        ((Some(from), Some(to)), true) => format!("{label}不在 {from} 至 {to} {unit}"),
        ((Some(from), None), true) => format!("{label}不在 {from} {unit}及以上"),
        ((None, Some(to)), true) => format!("{label}不在 {to} {unit}及以下"),
        ((None, None), false) => format!("{label}不空"),
        ((None, None), true) => format!("{label}空着"),
    }
}

/// 「2019年」「2019年7月」「2019-07-01」
fn period_words(period: PartialDate) -> String {
    match (period.precision(), period.month()) {
        (Precision::Month, Some(month)) => format!("{}年{month}月", period.year()),
        (Precision::Year, _) => format!("{}年", period.year()),
        _ => format!(" {period}"),
    }
}

fn organisation_words(id: OrganisationId, names: &Names<'_>) -> String {
    (names.organisation)(id).unwrap_or_else(|| "已不在的党组织".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fields::Known;

    fn shown(condition: &Condition) -> String {
        let organisation = |id: OrganisationId| (id.0 == 1).then(|| "局机关第一党支部".to_owned());
        let extra = |id: ExtraFieldId| (id.0 == 7).then(|| "特长".to_owned());
        words(condition, &Names { organisation: &organisation, extra: &extra })
    }

    fn date(text: &str) -> Option<PartialDate> {
        PartialDate::from_iso(text)
    }

    #[test]
    fn a_condition_and_its_opposite_in_words() {
        let of = |what: Known, how| Condition::of(what, how);
        let extra = |id| Subject::Field(FieldKey::Extra(ExtraFieldId(id)));
        for (condition, told, opposite) in [
            (Condition::Sex("女".into()), "性别：女", "性别不是女"),
            (of(Known::Sex, Comparison::Is("女".into())), "性别：女", "性别不是女"),
            (of(Known::Unit, Comparison::Is("局".into())), "工作单位：局", "工作单位不是“局”"),
            (of(Known::Unit, Comparison::Contains("局".into())), "工作单位含“局”", "工作单位不含“局”"),
            (of(Known::Phone, Comparison::Empty), "联系电话空着", "联系电话不空"),
            (
                of(Known::Joined, Comparison::Dates { from: date("2019-07"), to: None }),
                "入党时间在 2019-07 及以后",
                "入党时间不在 2019-07 及以后",
            ),
            (
                of(Known::Joined, Comparison::During(date("2019-07").expect("one"))),
                "入党时间在2019年7月",
                "入党时间不在2019年7月",
            ),
            (of(Known::Joined, Comparison::InMonth(7)), "入党时间在每年7月", "入党时间不在每年7月"),
            (
                Condition::of(Subject::Standing, Comparison::Years { from: Some(10), to: None }),
                "党龄 ≥ 10 年",
                "党龄不在 10 年及以上",
            ),
            (
                Condition::of(Subject::Untalked, Comparison::Years { from: Some(6), to: None }),
                "距上次谈话 ≥ 6 个月",
                "距上次谈话不在 6 个月及以上",
            ),
            (Condition::of(extra(7), Comparison::BeginsWith("书".into())), "特长开头是“书”", "特长开头不是“书”"),
            (Condition::of(extra(8), Comparison::Empty), "已不在的字段空着", "已不在的字段不空"),
            (Condition::Within(OrganisationId(1)), "局机关第一党支部", "不在局机关第一党支部"),
            (Condition::Within(OrganisationId(2)), "已不在的党组织", "不在已不在的党组织"),
            (Condition::Members, "党员", "不是党员"),
        ] {
            assert_eq!(shown(&condition), told);
            assert_eq!(shown(&condition.negated()), opposite);
        }
    }

    #[test]
    fn groups_stand_in_brackets_within_groups() {
        let sex = || Condition::Sex("女".into());
        let nation = || Condition::Nation("汉族".into()).negated();
        let any = Condition::Any(vec![Condition::All(vec![sex(), nation()]), Condition::College]);
        assert_eq!(shown(&any), "（性别：女 且 民族不是汉族） 或 大专及以上");
        assert_eq!(shown(&any.clone().negated()), "不是（（性别：女 且 民族不是汉族） 或 大专及以上）");
        assert_eq!(shown(&Condition::Any(vec![sex()])), "性别：女");
    }
}
