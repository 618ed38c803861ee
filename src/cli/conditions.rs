//! Reads `--where`: one condition, written in a line.
//!
//! `field=value` is (of a date: in that year, month or day; `joined=*-07` in July of any year) · `field=a|b` one of ·
//! `field=` is empty · `field~text` contains · `field^text` begins with · `field>=2019-07` and `field<=60` from and to,
//! for dates and years · `!=`, `!~`, `!^` the opposite. A field is told by its name or its label. A family of bands
//! (`年龄=41至45岁`) and an age range (`age=30-40`) are conditions too. `A=1 或 B=2`: one of them holds; as every `--where`
//! must hold and every operator has its opposite, 且, 或 and 非 can be put together at will. Start at [`condition`].

use crate::domain::conditions::SubjectKind;
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FIELDS, Known};
use crate::domain::statistics::Feature;
use crate::problem::{Problem, Result};
use crate::store::members::ExtraField;
use crate::view::condition_words::subject_named;
use crate::view::members::{Comparison, Condition, Subject};

/// Between conditions of which one holds. With the spaces, so that a name may have the character.
pub(super) const OR: &str = " 或 ";

/// The operators; of two that begin at the same place the longer one is meant.
const OPERATORS: [&str; 8] = ["!=", "!~", "!^", ">=", "<=", "=", "~", "^"];

/// Reads what one `--where` says: a condition, or several of which one holds.
pub(super) fn condition(text: &str, extra: &[ExtraField]) -> Result<Condition> {
    match text.split(OR).collect::<Vec<_>>()[..] {
        [one] => single(one, extra),
        ref each => each.iter().map(|one| single(one, extra)).collect::<Result<_>>().map(Condition::Any),
    }
}

fn single(text: &str, extra: &[ExtraField]) -> Result<Condition> {
    let Clause { name, operator, value, is_opposite } = clause(text, "sex=女")?;
    if operator == "="
        && let Some(condition) = family_condition(name, value)
    {
        return Ok(if is_opposite { condition.negated() } else { condition });
    }
    let what = subject_named(name, extra)?;
    let read = match operator {
        "=" => equal(what, value)?,
        "~" => Condition::of(what, Comparison::Contains(needed(text, value)?)),
        "^" => Condition::of(what, Comparison::BeginsWith(needed(text, value)?)),
        bound => Condition::of(what, range(name, what, bound, value)?),
    };
    Ok(if is_opposite { read.negated() } else { read })
}

/// A condition taken apart.
pub(super) struct Clause<'t> {
    pub name: &'t str,
    /// Without its `!`.
    pub operator: &'t str,
    pub value: &'t str,
    pub is_opposite: bool,
}

/// Takes a condition apart; `example` is shown to whoever wrote none.
pub(super) fn clause<'t>(text: &'t str, example: &str) -> Result<Clause<'t>> {
    let found = OPERATORS.iter().filter_map(|operator| Some((text.find(operator)?, *operator)));
    let Some((at, operator)) = found.min_by_key(|(at, operator)| (*at, usize::MAX - operator.len())) else {
        return Err(Problem::usage(format!("条件“{text}”要写成 字段=值，例如 {example}"))
            .next("可用的写法：= 是，!= 不是，~ 含，^ 开头是，>= 和 <= 起止，等号后面不写为空着"));
    };
    let (name, value) = (text[..at].trim(), text[at + operator.len()..].trim());
    Ok(Clause { name, operator: operator.trim_start_matches('!'), value, is_opposite: operator.starts_with('!') })
}

pub(super) fn needed(text: &str, value: &str) -> Result<String> {
    match value {
        "" => Err(Problem::usage(format!("条件“{text}”后面要写文字"))),
        value => Ok(value.to_owned()),
    }
}

fn equal(what: Subject, value: &str) -> Result<Condition> {
    if value.is_empty() {
        return Ok(Condition::of(what, Comparison::Empty));
    }
    let is = |known: Known| what == known.into();
    match what.kind() {
        _ if is(Known::Education) && value == "大专及以上" => Ok(Condition::College),
        _ if is(Known::Category) && value == "党员" => Ok(Condition::Members),
        _ if value.contains('|') => {
            let each = value.split('|').map(str::trim).filter(|one| !one.is_empty());
            each.map(|one| equal(what, one)).collect::<Result<_>>().map(Condition::Any)
        }
        _ if is(Known::Category) => Ok(Condition::Category(value.to_owned())),
        _ if is(Known::Sex) => Ok(Condition::Sex(value.to_owned())),
        _ if is(Known::Nation) => Ok(Condition::Nation(value.to_owned())),
        SubjectKind::Date => match value.strip_prefix("*-") {
            Some(month) => {
                let read = month.parse::<i8>().ok().filter(|month| (1..=12).contains(month));
                let month = read.ok_or_else(|| Problem::usage(format!("“{value}”不是月份，写成 *-07")))?;
                Ok(Condition::of(what, Comparison::InMonth(month)))
            }
            None => Ok(Condition::of(what, Comparison::During(date(value)?))),
        },
        SubjectKind::Number => {
            let years = years(value)?;
            Ok(Condition::of(what, Comparison::Years { from: Some(years), to: Some(years) }))
        }
        _ => Ok(Condition::of(what, Comparison::Is(value.to_owned()))),
    }
}

fn range(name: &str, what: Subject, bound: &str, value: &str) -> Result<Comparison> {
    let is_from = bound == ">=";
    match what.kind() {
        SubjectKind::Date => {
            let date = Some(date(value)?);
            Ok(if is_from {
                Comparison::Dates { from: date, to: None }
            } else {
                Comparison::Dates { from: None, to: date }
            })
        }
        SubjectKind::Number => {
            let years = Some(years(value)?);
            Ok(if is_from {
                Comparison::Years { from: years, to: None }
            } else {
                Comparison::Years { from: None, to: years }
            })
        }
        _ => Err(Problem::usage(format!("“{name}”不能用 {bound} 比较"))
            .next("只有日期、年龄、党龄和距上次谈话的月数能用 >= 和 <=")),
    }
}

pub(super) fn date(value: &str) -> Result<PartialDate> {
    PartialDate::from_iso(value)
        .ok_or_else(|| Problem::usage(format!("“{value}”不是日期")).next("写成 2019-07-01、2019-07 或 2019"))
}

fn years(value: &str) -> Result<u16> {
    let read = value.parse::<u16>().ok().filter(|years| *years <= 200);
    read.ok_or_else(|| Problem::usage(format!("“{value}”不是年数或月数")).next("写一个 0 到 200 的整数"))
}

fn family_condition(name: &str, value: &str) -> Option<Condition> {
    if (name == "age" || name == "年龄")
        && let Some((from, to)) = value.split_once('-')
        && let (Ok(from), Ok(to)) = (from.trim().parse(), to.trim().parse())
    {
        return Some(Condition::Age(from, to));
    }
    let feature = Feature::from_name(name)?;
    // A name that is a field's means the field, but for the bands of the summary, which no field has as a value.
    if !Feature::SUMMARY.contains(&feature) && FIELDS.iter().any(|field| field.label == name) {
        return None;
    }
    feature.values().contains(&value).then(|| Condition::Band(name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ExtraFieldId;

    fn extra() -> Vec<ExtraField> {
        vec![ExtraField::text(ExtraFieldId(7), "特长".into(), 1)]
    }

    fn of(name: &str, how: Comparison) -> Condition {
        Condition::of(Subject::from_name(name).expect("a name"), how)
    }

    fn iso(text: &str) -> Option<PartialDate> {
        PartialDate::from_iso(text)
    }

    #[test]
    fn conditions_are_told_by_name_or_label() {
        let is = |text: &str| Comparison::Is(text.into());
        for (text, wanted) in [
            ("sex=女", Condition::Sex("女".into())),
            ("民族=少数民族", Condition::Nation("少数民族".into())),
            ("category=党员", Condition::Members),
            ("人员类别=预备党员", Condition::Category("预备党员".into())),
            ("年龄=41至45岁", Condition::Band("年龄".into(), "41至45岁".into())),
            ("age=30-40", Condition::Age(30, 40)),
            ("age=30", of("age", Comparison::Years { from: Some(30), to: Some(30) })),
            ("入党时间=党的十八大以来", Condition::Band("入党时间".into(), "党的十八大以来".into())),
            ("入党时间=2019-07-01", of("joined", Comparison::During(iso("2019-07-01").expect("a date")))),
            ("joined=*-07", of("joined", Comparison::InMonth(7))),
            ("phone=", of("phone", Comparison::Empty)),
            ("特长=书法", of("extra:7", is("书法"))),
            ("branch=甲=乙", of("branch", is("甲=乙"))),
            ("学历=大专及以上", Condition::College),
            (
                "sex=女 或 joined!=",
                Condition::Any(vec![Condition::Sex("女".into()), of("joined", Comparison::Empty).negated()]),
            ),
            ("unit=或者书店", of("unit", is("或者书店"))),
            (
                "nation=回族|满族",
                Condition::Any(vec![Condition::Nation("回族".into()), Condition::Nation("满族".into())]),
            ),
        ] {
            assert_eq!(condition(text, &extra()), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn every_operator_has_its_meaning_and_its_opposite() {
        let contains = || Comparison::Contains("局".into());
        for (text, wanted) in [
            ("sex!=女", Condition::Sex("女".into()).negated()),
            ("phone!=", of("phone", Comparison::Empty).negated()),
            ("unit~局", of("unit", contains())),
            ("unit!~局", of("unit", contains()).negated()),
            ("工作单位^县", of("unit", Comparison::BeginsWith("县".into()))),
            ("unit!^县", of("unit", Comparison::BeginsWith("县".into())).negated()),
            ("joined>=2019-07", of("joined", Comparison::Dates { from: iso("2019-07"), to: None })),
            ("joined<=2019", of("joined", Comparison::Dates { from: None, to: iso("2019") })),
            ("党龄>=10", of("standing_years", Comparison::Years { from: Some(10), to: None })),
            ("age<=35", of("age", Comparison::Years { from: None, to: Some(35) })),
            ("probation_ends<=2027-02", of("probation_ends", Comparison::Dates { from: None, to: iso("2027-02") })),
            ("months_without_talk>=6", of("months_without_talk", Comparison::Years { from: Some(6), to: None })),
            ("上次谈话<=2026-05", of("last_talk", Comparison::Dates { from: None, to: iso("2026-05") })),
            ("missing~电话", of("missing", Comparison::Contains("电话".into()))),
        ] {
            assert_eq!(condition(text, &extra()), Ok(wanted), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_wrong_usage_in_a_sentence() {
        for (text, told) in [
            ("sex", "要写成 字段=值"),
            ("name=张三 或 李四", "条件“李四”要写成 字段=值"),
            ("sex=女 或 ", "条件“”要写成 字段=值"),
            ("颜色=红", "没有名为“颜色”的字段"),
            ("joined>=2019年", "“2019年”不是日期"),
            ("joined=*-13", "“*-13”不是月份"),
            ("age>=老", "“老”不是年数或月数"),
            ("name>=林", "“name”不能用 >= 比较"),
            ("name~", "后面要写文字"),
        ] {
            let problem = condition(text, &extra()).expect_err(text);
            assert_eq!(problem.kind, crate::problem::ProblemKind::Usage);
            assert!(problem.happened.contains(told), "{text}: {}", problem.happened);
        }
    }
}
