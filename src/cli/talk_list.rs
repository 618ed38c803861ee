//! What a list of talks is narrowed down by, and which columns and order it has: `export talks`.
//!
//! Start at [`talk_condition`].

use super::conditions::{OR, clause, date, needed};
use crate::domain::conditions::Comparison;
use crate::domain::talks::{TalkDraftField, TalkTypes};
use crate::problem::{Problem, Result};
use crate::view::desk::Desk;
use crate::view::talk_conditions::{TalkCondition, TalkOrder};

/// Reads what one `--where` says of talks: written as of members, with the fields of a talk. Given back with its words
/// for the log.
pub(super) fn talk_condition(text: &str, desk: &Desk, types: &TalkTypes) -> Result<(TalkCondition, String)> {
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
    let not = if clause.is_opposite { "!" } else { "" };
    let words = format!("{}{not}{}{}", field.label(), clause.operator, clause.value);
    Ok((if clause.is_opposite { TalkCondition::Not(Box::new(read)) } else { read }, words))
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
