//! What shows that an item is there (材料): attached files and paper.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::items::{no_longer_missing, require_item};
use super::{at_most, changed_draft, each_once};
use crate::command::ledger::Stamp;
use crate::command::{Made, filled, title};
use crate::domain::checklists::{Belongs, Evidence, EvidenceKind, Retention, STEP, Secrecy};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistItemId, EvidenceId, TalkId};
use crate::domain::talks::Talk;
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::reader::Reader;
use crate::store::{checklists, talks, workbook::Title};

/// Adds evidence (材料) to an item of a checklist, or scans to a talk, all at once. A script can add paper; files come in
/// with `attach`, which keeps their bytes first. An item that somebody set to 缺 stands by its evidence again; one that
/// is set to 部分 or 不适用 stays as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddEvidence {
    #[serde(default)]
    pub item_id: Option<ChecklistItemId>,
    #[serde(default)]
    pub talk_id: Option<TalkId>,
    pub evidence: Vec<EvidenceDraft>,
}

/// Changes evidence: `set` holds what is different, named as in `add_evidence`; `null` clears, of a file the title is then
/// its name again. `final` makes a version
/// the one that counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditEvidence {
    pub id: EvidenceId,
    #[schemars(with = "EvidenceDraft")]
    pub set: BTreeMap<String, Value>,
}

/// Takes evidence out. The bytes of files stay in the store of attachments until it is compacted (压缩附件库).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveEvidence {
    pub ids: Vec<EvidenceId>,
}

/// Moves evidence, with its versions: to another item, before another piece there, or to the end. For an item to which it
/// comes it is what `add_evidence` brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveEvidence {
    pub id: EvidenceId,
    /// None: it stays with its item or talk.
    #[serde(default)]
    pub item_id: Option<ChecklistItemId>,
    #[serde(default)]
    pub before: Option<EvidenceId>,
}

/// A file whose bytes are in the store of attachments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// As it was called.
    pub name: String,
    /// SHA-256, as 64 hexadecimal digits.
    pub hash: String,
    pub bytes: u64,
}

/// A piece of evidence, as somebody writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EvidenceDraft {
    /// 题名; of a file its name without the ending, where it is not told
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Put there by the program itself when it kept the bytes; no script may claim a file.
    #[serde(skip)]
    pub file: Option<AttachedFile>,
    /// 柜、盒 of paper
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cabinet: Option<String>,
    /// 页数
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// The piece of which it is a later version; but for pages and cabinet what is not told is as it is of that
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_of: Option<EvidenceId>,
    /// 定稿: of several versions the one that counts
    #[serde(rename = "final", skip_serializing_if = "Option::is_none")]
    pub is_final: Option<bool>,
    /// 文号
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// 责任者
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// 日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<PartialDate>,
    /// 密级: empty, 内部 or 工作秘密
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrecy: Option<String>,
    /// 保管期限, where it is another than the item's
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// 备注
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// Most pages of one piece.
const MOST_PAGES: u32 = 100_000;

impl AddEvidence {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let belongs = match (self.item_id, self.talk_id) {
            (Some(item), None) => Belongs::Item(item),
            (None, Some(talk)) => Belongs::Talk(talk),
            _ => return Err(refused("没有说材料附在哪一项，或哪次谈话")),
        };
        let whose = owner_name(book.reader(), belongs)?;
        let is_paper_only = self.evidence.iter().all(|draft| draft.file.is_none());
        if !is_paper_only {
            refuse_place(book.reader(), belongs)?;
        }
        let mut made = None;
        let mut position = of(book.reader(), belongs)?.iter().map(|evidence| evidence.position).max().unwrap_or(0);
        for draft in &self.evidence {
            let id = EvidenceId(book.new_id());
            made = made.or(Some(id.0));
            position += STEP;
            add(book, id, (belongs, position), draft, stamp)?;
        }
        let verb = if is_paper_only { "记纸质材料" } else { "附材料" };
        let told = match &self.evidence[..] {
            [] => return Err(refused("没有要附的材料")),
            [EvidenceDraft { version_of: Some(_), .. }] => {
                let version = made.map(EvidenceId).map(|id| require_evidence(book.reader(), id)).transpose()?;
                format!("附新版本：{}", version.map_or(whose, |version| version.title))
            }
            several => format!("{verb} {} 件：{whose}", several.len()),
        };
        let found = belongs.item().map_or(Ok(""), |item| no_longer_missing(book, item))?;
        Ok((title(format!("{told}{found}")), Made(made)))
    }
}

fn add(
    book: &mut Book<'_>,
    id: EvidenceId,
    (belongs, position): (Belongs, i64),
    draft: &EvidenceDraft,
    stamp: &Stamp,
) -> Result<()> {
    let kind = match &draft.file {
        Some(file) => EvidenceKind::File {
            name: file.name.chars().take(500).collect(),
            hash: file.hash.clone(),
            bytes: file.bytes,
        },
        None => EvidenceKind::Paper { cabinet: None },
    };
    let blank = Evidence {
        id,
        belongs,
        position,
        title: draft.file.as_ref().map(|file| title_of_file(&file.name)).unwrap_or_default(),
        kind,
        pages: None,
        version_of: None,
        is_final: true,
        document: None,
        author: None,
        day: None,
        secrecy: None,
        retention: None,
        remark: None,
        added_by: stamp.operator.chars().take(100).collect(),
        added_on: stamp.today(),
    };
    let wanted = match draft.version_of {
        None => written(&blank, draft.clone())?,
        Some(version_of) => {
            let there = of(book.reader(), belongs)?;
            let of = there.iter().find(|other| other.id == version_of);
            let of = of.ok_or_else(|| refused("要附新版本的那件材料不在这里"))?;
            let versions = versions(book.reader(), of)?;
            let before = versions.iter().find(|version| version.is_final).unwrap_or(of);
            let told = as_before(draft.clone(), before);
            Evidence { version_of: Some(of.version_of.unwrap_or(of.id)), ..written(&blank, told)? }
        }
    };
    book.insert(&wanted)?;
    if wanted.version_of.is_some() && draft.is_final != Some(false) {
        make_final(book, &wanted)?;
    } else if wanted.version_of.is_some() {
        book.update(&wanted, &Evidence { is_final: false, ..wanted.clone() })?;
    }
    Ok(())
}

/// The draft of a later version: what it does not tell is as it was of the version that counts. Pages and where paper
/// lies are each one's own.
fn as_before(draft: EvidenceDraft, before: &Evidence) -> EvidenceDraft {
    let EvidenceDraft { title, document, author, day, secrecy, retention, remark, .. } = draft_of(before);
    EvidenceDraft {
        title: draft.title.or(title),
        document: draft.document.or(document),
        author: draft.author.or(author),
        day: draft.day.or(day),
        secrecy: draft.secrecy.or(secrecy),
        retention: draft.retention.or(retention),
        remark: draft.remark.or(remark),
        ..draft
    }
}

/// What a file is called in a catalogue: its name without the ending.
fn title_of_file(name: &str) -> String {
    let stem = name
        .rsplit_once('.')
        .map_or(name, |(stem, ending)| if stem.is_empty() || ending.chars().count() > 5 { name } else { stem });
    let stem: String = stem.trim().chars().take(500).collect();
    if stem.is_empty() { "（无题名）".to_owned() } else { stem }
}

/// The evidence as a draft says it. Fails with what is wrong.
fn written(seen: &Evidence, draft: EvidenceDraft) -> Result<Evidence> {
    let shown = at_most("题名", draft.title, 500, refused)?.or_else(|| filled(Some(seen.title.clone())));
    let cabinet = at_most("存放位置", draft.cabinet, 200, refused)?;
    let kind = match &seen.kind {
        EvidenceKind::Paper { .. } => EvidenceKind::Paper { cabinet },
        EvidenceKind::File { .. } if cabinet.is_some() => {
            return Err(refused("存放位置是纸质材料的，这件是文件").next("纸质原件请另记一件"));
        }
        file @ EvidenceKind::File { .. } => file.clone(),
    };
    if draft.pages.is_some_and(|pages| pages > MOST_PAGES) {
        return Err(refused(format!("页数最多 {MOST_PAGES}")));
    }
    let secrecy = match filled(draft.secrecy) {
        None => None,
        Some(label) => Some(Secrecy::from_label(&label).ok_or_else(|| {
            refused(format!("密级“{label}”不能写：密级只能留空、写“内部”或“工作秘密”"))
                .next("国家秘密不得存入本程序，请按保密规定另行保管")
        })?),
    };
    Ok(Evidence {
        title: shown.ok_or_else(|| refused("材料要有题名"))?,
        kind,
        pages: draft.pages,
        document: at_most("文号", draft.document, 200, refused)?,
        author: at_most("责任者", draft.author, 500, refused)?,
        day: draft.day,
        secrecy,
        retention: draft.retention,
        remark: at_most("备注", draft.remark, 2_000, refused)?,
        ..seen.clone()
    })
}

/// The draft of evidence as it stands.
fn draft_of(evidence: &Evidence) -> EvidenceDraft {
    let cabinet = match &evidence.kind {
        EvidenceKind::Paper { cabinet } => cabinet.clone(),
        EvidenceKind::File { .. } => None,
    };
    EvidenceDraft {
        title: Some(evidence.title.clone()),
        file: None,
        cabinet,
        pages: evidence.pages,
        version_of: evidence.version_of,
        is_final: Some(evidence.is_final),
        document: evidence.document.clone(),
        author: evidence.author.clone(),
        day: evidence.day,
        secrecy: evidence.secrecy.map(|secrecy| secrecy.label().to_owned()),
        retention: evidence.retention,
        remark: evidence.remark.clone(),
    }
}

impl EditEvidence {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let seen = require_evidence(book.reader(), self.id)?;
        let draft: EvidenceDraft = changed_draft(&draft_of(&seen), &self.set, refused)?;
        if draft.version_of != seen.version_of {
            return Err(refused("是哪件材料的新版本，附上以后不能改").next("去掉这一件，再作为新版本附上"));
        }
        let is_final = draft.is_final;
        // Who clears the title of a file gets its name again; paper has no other.
        let untitled = match &seen.kind {
            EvidenceKind::File { name, .. } => Evidence { title: title_of_file(name), ..seen.clone() },
            EvidenceKind::Paper { .. } => Evidence { title: String::new(), ..seen.clone() },
        };
        let wanted = written(&untitled, draft)?;
        book.update(&seen, &wanted)?;
        match (is_final, seen.is_final) {
            (Some(true), false) => make_final(book, &wanted)?,
            (Some(true), true) => {}
            (_, true) => return Err(refused("几个版本里要有一个定稿").next("把另一个版本标为定稿")),
            (_, false) => {}
        }
        let is_only_final = !seen.is_final && wanted == seen;
        let verb = if is_only_final { "定稿" } else { "改材料" };
        Ok((title(format!("{verb}：{}", wanted.title)), Made(Some(self.id.0))))
    }
}

/// Makes a version the one that counts, and the others not.
fn make_final(book: &mut Book<'_>, one: &Evidence) -> Result<()> {
    for seen in versions(book.reader(), one)? {
        book.update(&seen, &Evidence { is_final: seen.id == one.id, ..seen.clone() })?;
    }
    Ok(())
}

/// All versions of a piece, itself too, the first before all.
fn versions(reader: Reader<'_>, one: &Evidence) -> Result<Vec<Evidence>> {
    let first = one.version_of.unwrap_or(one.id);
    let mut all: Vec<Evidence> = reader.get::<Evidence>(first.0)?.into_iter().collect();
    all.extend(checklists::versions_of(reader, first)?);
    Ok(all)
}

impl RemoveEvidence {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let mut names = Vec::new();
        for id in each_once(&self.ids) {
            let seen = require_evidence(book.reader(), id)?;
            names.push(seen.title.clone());
            take_out(book, &seen)?;
        }
        match &names[..] {
            [] => Err(refused("没有说去掉哪件材料")),
            [name] => Ok((title(format!("去掉材料：{name}")), Made(None))),
            names => Ok((title(format!("去掉材料 {} 件", names.len())), Made(None))),
        }
    }
}

/// Takes one piece out; of its versions the next is the first then, and the last the final one where it was.
fn take_out(book: &mut Book<'_>, seen: &Evidence) -> Result<()> {
    let rest: Vec<Evidence> =
        versions(book.reader(), seen)?.into_iter().filter(|version| version.id != seen.id).collect();
    let first = rest.first().map(|first| first.id);
    let last = rest.last().map(|last| last.id);
    for version in &rest {
        let wanted = Evidence {
            version_of: if seen.version_of.is_some() {
                version.version_of
            } else {
                first.filter(|id| *id != version.id)
            },
            is_final: if seen.is_final { last == Some(version.id) } else { version.is_final },
            ..version.clone()
        };
        book.update(version, &wanted)?;
    }
    book.delete(seen)
}

impl MoveEvidence {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let seen = require_evidence(book.reader(), self.id)?;
        let belongs = self.item_id.map_or(seen.belongs, Belongs::Item);
        let whose = owner_name(book.reader(), belongs)?;
        let moved: Vec<Evidence> = versions(book.reader(), &seen)?;
        if belongs != seen.belongs && moved.iter().any(is_file) {
            // What may not be kept where it is may not be kept elsewhere either.
            refuse_place(book.reader(), seen.belongs)?;
        }
        if self.before.is_some_and(|before| moved.iter().any(|moved| moved.id == before)) {
            return Err(refused(format!("“{}”不能排在自己前面", seen.title)));
        }
        let mut order = of(book.reader(), belongs)?;
        order.retain(|other| moved.iter().all(|moved| moved.id != other.id));
        let place = match self.before {
            None => order.len(),
            Some(before) => order
                .iter()
                .position(|other| other.id == before)
                .ok_or_else(|| refused("要排在它前面的那件不在这里"))?,
        };
        order.splice(place..place, moved);
        for (seen, place) in order.iter().zip(1..) {
            book.update(seen, &Evidence { belongs, position: place * STEP, ..seen.clone() })?;
        }
        let came_to = belongs.item().filter(|_| belongs != seen.belongs);
        let found = came_to.map_or(Ok(""), |item| no_longer_missing(book, item))?;
        Ok((title(format!("移动材料：{} → {whose}{found}", seen.title)), Made(Some(self.id.0))))
    }
}

fn of(reader: Reader<'_>, belongs: Belongs) -> Result<Vec<Evidence>> {
    match belongs {
        Belongs::Item(item) => checklists::evidence_of_item(reader, item),
        Belongs::Talk(talk) => checklists::evidence_of_talk(reader, talk),
    }
}

/// How what it belongs to is called.
fn owner_name(reader: Reader<'_>, belongs: Belongs) -> Result<String> {
    match belongs {
        Belongs::Item(item) => Ok(require_item(reader, item)?.title),
        Belongs::Talk(id) => {
            let talk: Option<Talk> = reader.get(id.0)?;
            talk.map(|talk| format!("谈话 {}", talk.number)).ok_or_else(|| refused(format!("没有编号为 {id} 的谈话")))
        }
    }
}

/// Refuses a file where none can be. Of the restricted types of talks no content is kept, and a scan is content; where
/// the paper lies may be told.
pub fn refuse_place(reader: Reader<'_>, belongs: Belongs) -> Result<()> {
    owner_name(reader, belongs)?;
    let Belongs::Talk(id) = belongs else { return Ok(()) };
    let Some(talk) = reader.get::<Talk>(id.0)? else { return Ok(()) };
    if talks::types(reader)?.get(&talk.kind).is_some_and(|kind| kind.is_restricted()) {
        return Err(refused("这类谈话只存时间、主题和人员，不存扫描件").next("可以记下纸质原件存放的位置"));
    }
    Ok(())
}

/// Refuses evidence that came back to where it cannot be since.
pub(in crate::command) fn refuse_come_back(reader: Reader<'_>, id: EvidenceId) -> Result<()> {
    match reader.get::<Evidence>(id.0)? {
        Some(evidence) if is_file(&evidence) => refuse_place(reader, evidence.belongs),
        _ => Ok(()),
    }
}

fn is_file(evidence: &Evidence) -> bool {
    matches!(evidence.kind, EvidenceKind::File { .. })
}

fn require_evidence(reader: Reader<'_>, id: EvidenceId) -> Result<Evidence> {
    reader.get(id.0)?.ok_or_else(|| refused(format!("没有编号为 {id} 的材料")))
}

fn refused(happened: impl Into<String>) -> Problem {
    Problem::input("没有改材料", happened)
}
