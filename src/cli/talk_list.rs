//! What a list of talks is narrowed down by: `export talks`, `print talk`, `print talk-ledger`; which columns and order
//! it goes out in.
//!
//! Start at [`narrowing`].

use super::conditions::{Clause, OR, clause, date, needed};
use crate::domain::conditions::Comparison;
use crate::domain::talks::{TalkDraftField, TalkTypes};
use crate::problem::{Problem, Result};
use crate::view::desk::Desk;
use crate::view::talk_conditions::{TalkCondition, TalkOrder};
use crate::view::talk_ledger::Narrowing;
use crate::view::talks::types;

/// What `--filter` and `--where` leave of the talks.
pub(super) fn narrowing(desk: &Desk, filter: Option<&str>, conditions: &[String]) -> Result<Narrowing> {
    let types = types(desk)?;
    let conditions = conditions.iter().map(|text| talk_condition(text, desk, &types)).collect::<Result<_>>()?;
    Ok(Narrowing { text: filter.unwrap_or_default().to_owned(), conditions, ..Narrowing::default() })
}

/// Reads what one `--where` says of talks: written as of members, with the fields of a talk. Given back with its words
/// for people.
fn talk_condition(text: &str, desk: &Desk, types: &TalkTypes) -> Result<(TalkCondition, String)> {
    match text.split(OR).collect::<Vec<_>>()[..] {
        [one] => single(one, desk, types),
        ref each => {
            let read = each.iter().map(|one| single(one, desk, types)).collect::<Result<Vec<_>>>()?;
            let (conditions, words): (Vec<_>, Vec<_>) = read.into_iter().unzip();
            Ok((TalkCondition::Any(conditions), words.join(OR)))
        }
    }
}

fn single(text: &str, desk: &Desk, types: &TalkTypes) -> Result<(TalkCondition, String)> {
    let clause = clause(text, "mode=一对一")?;
    let field = talk_field(clause.name)?;
    let compare = |how| TalkCondition::Compare { field, how };
    let read = match clause.operator {
        "=" => equal(field, clause.value, desk, types)?,
        "~" => compare(Comparison::Contains(needed(text, clause.value)?)),
        "^" => compare(Comparison::BeginsWith(needed(text, clause.value)?)),
        bound if field == TalkDraftField::HeldOn => {
            let date = Some(date(clause.value)?);
            let (from, to) = if bound == ">=" { (date, None) } else { (None, date) };
            compare(Comparison::Dates { from, to })
        }
        bound => {
            return Err(Problem::usage(format!("“{}”不能用 {bound} 比较", clause.name))
                .next("谈话里只有谈话时间（held_on）能用 >= 和 <="));
        }
    };
    let words = in_words(field, &clause, desk, types);
    Ok((if clause.is_opposite { TalkCondition::Not(Box::new(read)) } else { read }, words))
}

/// 「谈话方式：一对一」, 「谈话地点不含“活动室”」: as conditions on people are told.
fn in_words(field: TalkDraftField, clause: &Clause<'_>, desk: &Desk, types: &TalkTypes) -> String {
    let (label, value) = (field.label(), clause.value);
    let not = if clause.is_opposite { "不" } else { "" };
    let called = |value: &str| {
        let is_seat = matches!(field, TalkDraftField::Talkers | TalkDraftField::Partners | TalkDraftField::Recorder);
        let id = value.parse().ok().filter(|_| is_seat);
        let person = id.and_then(|id| desk.directory().get(id)).map(|card| card.name.to_string());
        let kind = types.named(value).filter(|_| field == TalkDraftField::Kind).map(|kind| kind.label.clone());
        kind.or(person).unwrap_or_else(|| value.to_owned())
    };
    match (clause.operator, clause.is_opposite) {
        ("~", _) => format!("{label}{not}含“{value}”"),
        ("^", _) => format!("{label}开头{not}是“{value}”"),
        (">=", _) => format!("{label}在 {value} 及以后"),
        ("<=", _) => format!("{label}在 {value} 及以前"),
        (_, true) if value.is_empty() => format!("{label}不空"),
        (_, false) if value.is_empty() => format!("{label}空着"),
        (_, is_opposite) => {
            let each = value.split('|').map(str::trim).filter(|one| !one.is_empty());
            let each = each.map(called).collect::<Vec<_>>().join(" 或 ");
            if is_opposite { format!("{label}不是{each}") } else { format!("{label}：{each}") }
        }
    }
}

fn equal(field: TalkDraftField, value: &str, desk: &Desk, types: &TalkTypes) -> Result<TalkCondition> {
    let compare = |how| Ok(TalkCondition::Compare { field, how });
    if value.is_empty() {
        return compare(Comparison::Empty);
    }
    if value.contains('|') {
        let each = value.split('|').map(str::trim).filter(|one| !one.is_empty());
        return each.map(|one| equal(field, one, desk, types)).collect::<Result<_>>().map(TalkCondition::Any);
    }
    match field {
        TalkDraftField::Kind => {
            let kind = types.named(value).ok_or_else(|| {
                let known: Vec<String> =
                    types.all().iter().map(|kind| format!("{} {}", kind.code, kind.label)).collect();
                Problem::usage(format!("没有“{value}”这类谈话")).next(format!("可以写 {}", known.join("、")))
            })?;
            compare(Comparison::Is(kind.code.clone()))
        }
        TalkDraftField::Organisation => compare(Comparison::Organisations(vec![desk.tree().find(value)?.id])),
        TalkDraftField::HeldOn => compare(Comparison::During(date(value)?)),
        _ => compare(Comparison::Is(value.to_owned())),
    }
}

/// The field that is called so: by its name, its label, or as JSON calls what it holds.
pub(super) fn talk_field(name: &str) -> Result<TalkDraftField> {
    let name = name.trim();
    let known = match name {
        "organisation_id" | "organisation_name" | "党支部" => "organisation",
        "type_label" => "type",
        "talker_ids" => "talkers",
        "partner_ids" => "partners",
        "recorder_id" => "recorder",
        other => other,
    };
    let found = TalkDraftField::ALL.into_iter().find(|field| field.name() == known || field.label() == known);
    found.ok_or_else(|| {
        let fields = TalkDraftField::ALL.map(|field| format!("{} {}", field.name(), field.label()));
        Problem::usage(format!("谈话没有名为“{name}”的栏目")).next(format!("可用的栏目：{}", fields.join("、")))
    })
}

/// Reads `--sort type,-held_on`; a `-` in front means descending.
pub(super) fn talk_order(text: &str) -> Result<Vec<TalkOrder>> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let order = parts.map(|part| {
        let (name, descending) = part.strip_prefix('-').map_or((part, false), |name| (name, true));
        let field = talk_field(name)?;
        if field.is_content() {
            return Err(Problem::usage(format!("谈话不能按“{name}”排序"))
                .next("可以按编号、时间、类型、方式、地点、党组织、谈话人、谈话对象、记录人、主题排"));
        }
        Ok(TalkOrder { field, descending })
    });
    order.collect()
}
