//! How an archive is numbered (档号规则).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::at_most;
use crate::command::{Made, title};
use crate::domain::checklists::{ArchiveNumbers, Numbering};
use crate::domain::ids::OrganisationId;
use crate::domain::values::half_width;
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::{checklists, organisations, workbook::Title};

/// Says how an organisation numbers its archive (档号); what is told is all that is kept, what is not comes from those above
/// it. Nothing at all takes it out: it numbers then as those above it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetArchiveNumbers {
    pub organisation_id: OrganisationId,
    /// `archive`: DA/T 22-2015, `simple`: 年度-类别号-件号
    #[serde(default)]
    pub numbering: Option<Numbering>,
    /// 全宗号: four letters or digits
    #[serde(default)]
    pub fonds: Option<String>,
    /// 全宗名称
    #[serde(default)]
    pub fonds_name: Option<String>,
    /// 机构（问题）代码
    #[serde(default)]
    pub section: Option<String>,
}

impl SetArchiveNumbers {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let refuse = |happened: String| Problem::input("没有改档号规则", happened);
        let node = tree.get(self.organisation_id);
        let name = node.ok_or_else(|| refuse(format!("没有编号为 {} 的党组织", self.organisation_id)))?.shown_name();
        let told = checklists::numbers(book.reader())?;
        let of = |id: OrganisationId| told.iter().find(|numbers| numbers.organisation == id);
        let seen = of(self.organisation_id).cloned();
        let (fonds, section) = (fonds(self.fonds)?, code("机构（问题）代码", self.section)?);
        let fonds_name = at_most("全宗名称", self.fonds_name, 200, refuse)?;
        let is_of_archives = fonds.is_some() || section.is_some();
        let is_told = self.numbering.is_some() || is_of_archives || fonds_name.is_some();
        let above = tree.lineage(self.organisation_id).skip(1).find_map(|node| of(node.id));
        // Who tells no way of numbering keeps the one of those above; only the archives give such codes.
        let otherwise = if is_of_archives { Some(Numbering::Archive) } else { above.map(|above| above.numbering) };
        if !is_told {
            let seen = seen.ok_or_else(|| refuse(format!("{name} 没有自己的档号规则")))?;
            book.delete(&seen)?;
            return Ok((title(format!("档号规则改为同上级：{name}")), Made(None)));
        }
        let wanted = ArchiveNumbers {
            id: seen.as_ref().map_or_else(|| book.new_id(), |seen| seen.id),
            organisation: self.organisation_id,
            numbering: self.numbering.or(otherwise).unwrap_or(Numbering::Simple),
            fonds,
            fonds_name,
            section,
        };
        match seen {
            Some(seen) => book.update(&seen, &wanted)?,
            None => book.insert(&wanted)?,
        }
        Ok((title(format!("改档号规则：{name}")), Made(Some(wanted.id))))
    }
}

/// 全宗号: four letters or digits, as the archives gave it (DA/T 22-2015, 6.4).
fn fonds(text: Option<String>) -> Result<Option<String>> {
    let Some(told) = code("全宗号", text)? else { return Ok(None) };
    // Ｚ１０９ and z109 are the same number, typed otherwise.
    let plain = half_width(&told).to_ascii_uppercase();
    if plain.len() != 4 || !plain.bytes().all(|one| one.is_ascii_alphanumeric()) {
        return Err(Problem::input("没有改档号规则", format!("“{told}”不是全宗号，它是 4 位字母或数字"))
            .next("请照档案馆给的填，如 Z109；还没有就空着"));
    }
    Ok(Some(plain))
}

/// A part of a 档号: what joins its parts cannot stand in it.
fn code(label: &str, text: Option<String>) -> Result<Option<String>> {
    let refuse = |happened: String| Problem::input("没有改档号规则", happened);
    let text = at_most(label, text, 20, refuse)?;
    match text.as_ref().and_then(|text| text.chars().find(|one| matches!(one, '-' | '·') || one.is_whitespace())) {
        Some(found) => Err(refuse(format!("“{label}”里不能有“{found}”，它是档号各段之间的连接符"))),
        None => Ok(text),
    }
}
