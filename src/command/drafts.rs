//! Drafts (草稿): what a form or a script gives, a map from field to text, and how it is checked.
//!
//! All faults are found at once and told in the order of the field table.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FIELDS, FieldKey, FieldKind, Known};
use crate::domain::ids::{ExtraFieldId, OrganisationId};
use crate::domain::organisations::{Organisation, OrganisationKind};
use crate::domain::values::{Context, Raw, Reading, Value, read};
use crate::problem::{Problem, Result};
use crate::store::members::ExtraField;

/// Values of a member by field name; `null` clears. Extra fields are named by their heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MemberDraft(pub BTreeMap<String, Option<String>>);

/// Values of an organisation by field name; `null` clears.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrganisationDraft(pub BTreeMap<String, Option<String>>);

/// Checked values of a member.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    pub known: BTreeMap<Known, Option<Value>>,
    pub extras: BTreeMap<ExtraFieldId, Option<String>>,
}

/// A draft as it was read, before anybody decides whether its faults stop everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadDraft {
    /// What can be written.
    pub checked: Checked,
    /// What cannot.
    pub faults: Vec<DraftFault>,
    /// What is written as it is though something about it is suspicious, and what that is.
    pub doubts: Vec<(Known, &'static str)>,
    /// What says nothing: left as it is in the workbook.
    pub silent: Vec<FieldKey>,
}

/// A value of a draft that cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFault {
    /// The name of the field in the draft.
    pub name: String,
    /// The label of the field; `None` if there is no such field.
    pub label: Option<String>,
    /// What was written, where it matters.
    pub text: Option<String>,
    /// What is wrong with it: 「没有这一天」.
    pub why: String,
}

impl DraftFault {
    fn new(key: Known, text: Option<&str>, why: impl Into<String>) -> Self {
        let spec = key.spec();
        Self {
            name: spec.name.to_owned(),
            label: Some(spec.label.to_owned()),
            text: text.map(str::to_owned),
            why: why.into(),
        }
    }

    /// The whole sentence: 「“出生日期”的“1981-02-30”没有这一天」.
    pub fn sentence(&self) -> String {
        match (&self.label, &self.text) {
            (None, _) => format!("没有名为“{}”的字段", self.name),
            (Some(label), Some(text)) => format!("“{label}”的“{text}”{}", self.why),
            (Some(label), None) => format!("“{label}”{}", self.why),
        }
    }
}

impl JsonSchema for MemberDraft {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MemberDraft".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let fields = FIELDS.iter().filter(|field| field.key != Known::Branch).map(|field| {
            let mut schema = serde_json::json!({ "type": ["string", "null"], "description": field.label });
            if let FieldKind::Choice(words) = field.kind {
                schema["examples"] = serde_json::json!(words);
            }
            (field.name.to_owned(), schema)
        });
        let properties: serde_json::Map<_, _> = fields.collect();
        schemars::json_schema!({
            "type": "object",
            "properties": properties,
            "additionalProperties": { "type": ["string", "null"] },
            "description": "values by field name; null clears; other names are extra fields by their heading",
        })
    }
}

impl JsonSchema for OrganisationDraft {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OrganisationDraft".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut properties = serde_json::Map::new();
        for (name, label) in ORGANISATION_FIELDS {
            properties.insert((*name).into(), serde_json::json!({ "type": ["string", "null"], "description": label }));
        }
        let kinds: Vec<&str> = OrganisationKind::ALL.iter().map(|kind| kind.label()).collect();
        properties["org_kind"]["enum"] = serde_json::json!(kinds);
        schemars::json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

/// The fields of an organisation that a draft may set, with their labels.
pub const ORGANISATION_FIELDS: &[(&str, &str)] = &[
    ("name", "全称"),
    ("short_name", "简称"),
    ("org_kind", "组织类别"),
    ("code", "组织代码"),
    ("founded", "成立时间"),
    ("closed", "撤销时间"),
    ("secretary", "书记"),
    ("deputy", "副书记"),
    ("committee", "委员"),
    ("contact", "联系人"),
    ("phone", "联系电话"),
    ("unit", "所在单位"),
    ("elected_on", "本届选举时间"),
    ("term_ends", "任期届满时间"),
    ("remark", "备注"),
    ("founded_document", "成立文号"),
    ("closed_document", "撤销文号"),
    ("term_years", "任期年限"),
    ("admits", "预备党员审批权限"),
    ("leading_group", "党组"),
    ("address", "地址"),
    ("unit_situation", "所在单位情况"),
    ("unit_kind", "单位性质类别"),
    ("unit_code", "统一社会信用代码"),
];

/// The label of an organisation's field, by its name.
pub fn organisation_field_label(name: &str) -> Option<&'static str> {
    ORGANISATION_FIELDS.iter().find(|(known, _)| *known == name).map(|(_, label)| *label)
}

impl MemberDraft {
    /// A draft of one field.
    pub fn of(name: &str, value: &str) -> Self {
        Self(BTreeMap::from([(name.to_owned(), Some(value.to_owned()))]))
    }

    /// Checks every value. What says nothing is left out; `null` clears.
    ///
    /// Fails with all faults, each with its field.
    pub(super) fn check(&self, extra_fields: &[ExtraField], today: Day) -> Result<Checked> {
        let read = self.read(extra_fields, today);
        if read.faults.is_empty() {
            Ok(read.checked)
        } else {
            Err(rejected(&read.faults.iter().map(DraftFault::sentence).collect::<Vec<_>>()))
        }
    }

    /// Reads every value. What says nothing is left out; `null` clears.
    pub fn read(&self, extra_fields: &[ExtraField], today: Day) -> ReadDraft {
        let mut done = ReadDraft::default();
        for (name, text) in &self.0 {
            match member_field(name, extra_fields) {
                Some(FieldKey::Extra(id)) => done.read_extra(id, text.as_deref(), extra_fields),
                Some(FieldKey::Known(Known::Branch)) => {
                    let why = "不在这里改：新增时给 branch_id，调动用 transfer_member";
                    done.faults.push(DraftFault::new(Known::Branch, None, why));
                }
                Some(FieldKey::Known(Known::Name)) if text.is_none() => {
                    done.faults.push(DraftFault::new(Known::Name, None, "不能空着"));
                }
                Some(FieldKey::Known(key)) => done.read_one(key, text.as_deref(), today),
                None => {
                    let fault = DraftFault { name: name.clone(), label: None, text: text.clone(), why: String::new() };
                    done.faults.push(fault);
                }
            }
        }
        if let Some(Some(Value::Text(text))) = done.checked.known.get(&Known::Education) {
            let text = text.clone();
            settle_education(&mut done.checked, &self.0, &text);
        }
        done
    }
}

impl ReadDraft {
    /// A value of a user's field, by its kind; no text clears.
    fn read_extra(&mut self, id: ExtraFieldId, text: Option<&str>, extra_fields: &[ExtraField]) {
        let Some(text) = text else {
            self.checked.extras.insert(id, None);
            return;
        };
        let field = extra_fields.iter().find(|field| field.id == id).filter(|_| !text.trim().is_empty());
        match field.map(|field| (field, field.kind.read(text))) {
            None => self.silent.push(FieldKey::Extra(id)),
            Some((_, Ok(value))) => drop(self.checked.extras.insert(id, Some(value))),
            Some((field, Err(why))) => self.faults.push(DraftFault {
                name: field.label.clone(),
                label: Some(field.label.clone()),
                text: Some(text.trim().to_owned()),
                why,
            }),
        }
    }

    /// One value; no text clears.
    fn read_one(&mut self, key: Known, text: Option<&str>, today: Day) {
        let Some(text) = text else {
            self.checked.known.insert(key, None);
            return;
        };
        match read(key.spec(), &Raw::typed(text), &Context::form(today)) {
            Reading::Nothing | Reading::Masked => self.silent.push(key.into()),
            Reading::Value(value) => drop(self.checked.known.insert(key, Some(value))),
            Reading::Doubtful(value, trouble) => {
                self.doubts.push((key, trouble.doubt(&value.text())));
                self.checked.known.insert(key, Some(value));
            }
            Reading::Ambiguous(choices) => {
                let choices: Vec<String> = choices.iter().map(Value::text).collect();
                let why = format!("有几种读法：{}", choices.join("、"));
                self.faults.push(DraftFault::new(key, Some(text), why));
            }
            Reading::Refused(trouble) => self.faults.push(DraftFault::new(key, Some(text), trouble.refusal())),
        }
    }
}

/// 学历: the text as written is kept beside its band, unless the draft tells it itself.
fn settle_education(checked: &mut Checked, draft: &BTreeMap<String, Option<String>>, band: &str) {
    let written = draft.get("education").cloned().flatten().unwrap_or_default();
    if written.trim() != band && !checked.known.contains_key(&Known::EducationText) {
        checked.known.insert(Known::EducationText, Some(Value::Text(written.trim().to_owned())));
    }
}

/// The field of a member with this name; extra fields are named by their heading.
pub fn member_field(name: &str, extra_fields: &[ExtraField]) -> Option<FieldKey> {
    Known::from_name(name)
        .map(FieldKey::Known)
        .or_else(|| extra_fields.iter().find(|field| field.label == name).map(|field| FieldKey::Extra(field.id)))
}

impl OrganisationDraft {
    /// What is wrong with its values, if anything is.
    pub fn fault(&self) -> Option<String> {
        let mut nobody = Organisation::new(OrganisationId(0), None, OrganisationKind::Branch, "");
        let faults: Vec<String> = self
            .0
            .iter()
            .filter_map(|(name, value)| set_one(&mut nobody, name, value.as_deref().map(str::trim)).err())
            .collect();
        (!faults.is_empty()).then(|| faults.join("；"))
    }

    /// Checks every value and sets it. Fails with all faults, each with its field.
    pub(super) fn set_on(&self, organisation: &mut Organisation) -> Result<()> {
        let mut faults = Vec::new();
        for (name, value) in &self.0 {
            let value = value.as_deref().map(str::trim).filter(|text| !text.is_empty());
            if let Err(fault) = set_one(organisation, name, value) {
                faults.push(fault);
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(rejected(&faults)) }
    }
}

fn set_one(organisation: &mut Organisation, name: &str, value: Option<&str>) -> std::result::Result<(), String> {
    let text = value.map(str::to_owned);
    let label = ORGANISATION_FIELDS.iter().find(|(known, _)| *known == name).map_or(name, |(_, label)| label);
    let date = || -> std::result::Result<Option<PartialDate>, String> {
        let read = |text| PartialDate::from_iso(text).ok_or_else(|| format!("“{label}”的“{text}”不是日期"));
        value.map(read).transpose()
    };
    let most = longest(name);
    if value.is_some_and(|text| text.chars().count() > most) {
        return Err(format!("“{label}”太长（不超过 {most} 字）"));
    }
    match name {
        "name" => match value {
            Some(text) => organisation.name = text.to_owned(),
            None => return Err("“全称”不能空着".into()),
        },
        "org_kind" => {
            let label = value.unwrap_or_default();
            organisation.kind =
                OrganisationKind::from_label(label).ok_or_else(|| format!("没有“{label}”这种组织类别"))?;
        }
        "short_name" => organisation.short_name = text,
        "code" => organisation.code = text,
        "founded" => organisation.founded = date()?,
        "closed" => organisation.closed = date()?,
        "secretary" => organisation.secretary = text,
        "deputy" => organisation.deputy = text,
        "committee" => organisation.committee = text,
        "contact" => organisation.contact = text,
        "phone" => organisation.phone = text,
        "unit" => organisation.unit = text,
        "elected_on" => organisation.elected_on = date()?,
        "term_ends" => organisation.term_ends = date()?,
        "remark" => organisation.remark = text,
        "founded_document" => organisation.founded_document = text,
        "closed_document" => organisation.closed_document = text,
        "term_years" => organisation.term_years = value.map(years).transpose()?,
        "admits" => match value {
            None | Some("是" | "否") => organisation.admits = text,
            Some(other) => return Err(format!("“{label}”的“{other}”不对，写“是”或“否”")),
        },
        "leading_group" => organisation.leading_group = text,
        "address" => organisation.address = text,
        "unit_situation" => organisation.unit_situation = text,
        "unit_kind" => organisation.unit_kind = text,
        "unit_code" => organisation.unit_code = text,
        _ => return Err(format!("没有名为“{name}”的字段")),
    }
    Ok(())
}

/// How many characters the workbook keeps of a field.
fn longest(name: &str) -> usize {
    match name {
        "code" | "unit_kind" | "unit_code" => 100,
        "unit_situation" => 50,
        "committee" | "unit" | "address" => 1_000,
        "remark" => 10_000,
        _ => 200,
    }
}

/// 任期年限: `3`, `5 年`.
fn years(text: &str) -> std::result::Result<i64, String> {
    let years = text.trim_end_matches('年').trim().parse().ok().filter(|years| (1..=10).contains(years));
    years.ok_or_else(|| format!("“任期年限”的“{text}”不对，写 3 或 5"))
}

fn rejected(faults: &[String]) -> Problem {
    Problem::input("没有保存", faults.join("；")).next("改好后再保存")
}
