//! Owns what can be done with a piece of work, and does it: opens it, deals with it, puts it off.
//! Must never write but what takes a putting off back. Start at [`deeds`].

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use serde_json::{Value, json};

use crate::command::{Command, EditChecklistItems, PlanTalks, PlannedDraft, SnoozeWork};
use crate::domain::checklists::ItemState;
use crate::domain::coverage::Relation;
use crate::domain::dates::PartialDate;
use crate::domain::events::EventKind;
use crate::domain::ids::OrganisationId;
use crate::engine::folders::FileAsk;
use crate::print::{BlankSheet, Sheets, TalkAsk};
use crate::ui::dialogs::archives::ReasonDialog;
use crate::ui::dialogs::close_follow_up::CloseFollowUpDialog;
use crate::ui::dialogs::event::EventDialog;
use crate::ui::dialogs::organisation::ElectDialog;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::dialogs::put_off::PutOffDialog;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::archives::{Listed, show_checklist};
use crate::ui::screens::talks::{ProposeTalks, TalksPart};
use crate::ui::screens::{Page, TalkStart};
use crate::view::checklists::DueItem;
use crate::view::today::{AskedTalk, Piece, Way};

/// Days within which a talk is planned that should have been held already.
const WITHIN_DAYS: i64 = 7;

/// Something that can be done with a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// 打开
    Open,
    /// What deals with it: 办结, 换届, 转正, 记谈话, 拟计划.
    Deal,
    /// 计划: a talk on a later day.
    Plan,
    /// 空白表, to write on.
    Sheet,
    /// 附材料: a file that shows that an item of an archive is there.
    Attach,
    /// 推迟
    PutOff,
    /// 取消推迟
    TakeBack,
}

impl Deed {
    /// The word of its button.
    pub fn word(self, piece: &Piece) -> &'static str {
        match self {
            Self::Open => "打开",
            Self::Deal => dealing(piece).unwrap_or_default(),
            Self::Plan => "计划",
            Self::Sheet => "空白表…",
            Self::Attach => "附材料…",
            Self::PutOff => "推迟…",
            Self::TakeBack => "取消推迟",
        }
    }
}

/// What can be done with a piece, in the order of the buttons; `may` tells whether anything may be changed.
pub fn deeds(piece: &Piece, may: bool) -> Vec<Deed> {
    let asked = match &piece.way {
        Way::AfterEvent(asked) => Some(asked).filter(|_| may),
        _ => None,
    };
    let offered = [
        (true, Deed::Open),
        (may && dealing(piece).is_some(), Deed::Deal),
        (asked.is_some_and(|asked| !asked.is_planned), Deed::Plan),
        (asked.is_some(), Deed::Sheet),
        (may && matches!(piece.way, Way::ChecklistItem(_)), Deed::Attach),
        (may, Deed::PutOff),
    ];
    offered.into_iter().filter(|(is_offered, _)| *is_offered).map(|(_, deed)| deed).collect()
}

/// How a piece is dealt with, as a verb; none where opening it is all.
fn dealing(piece: &Piece) -> Option<&'static str> {
    match piece.way {
        Way::Probation(_) => Some("转正…"),
        Way::Term(_) => Some("换届…"),
        Way::FollowUp(_) => Some("办结…"),
        Way::PlannedTalk { .. } | Way::AfterEvent(_) => Some("记谈话"),
        Way::Coverage(..) => Some("拟计划…"),
        Way::ChecklistItem(_) => Some("标为有"),
        Way::OldProbations | Way::ChecklistItems(_) => None,
    }
}

/// Shows where a piece is looked at.
fn open(way: &Way, out: &mut Outbox) {
    match way {
        Way::Probation(person) | Way::AfterEvent(AskedTalk { person, .. }) => out.go(Page::Member(*person)),
        Way::OldProbations => out.go(Page::Quality),
        Way::Term(organisation) => {
            out.wish(Wish::Scope(Some(*organisation)));
            out.go(Page::Organisations);
        }
        Way::FollowUp(line) => out.go(Page::WriteTalk(TalkStart::of(line.talk))),
        Way::Coverage(organisation, relation, _) => {
            show_talks(*organisation, TalksPart::Coverage, Some(*relation), out);
        }
        Way::PlannedTalk { organisation, .. } => show_talks(*organisation, TalksPart::Plan, None, out),
        Way::ChecklistItem(due) => show_checklist(&due.checklist, Some(due.item.id), Listed::All, out),
        Way::ChecklistItems(due) => show_checklist(&due.checklist, Some(due.item.id), Listed::Open, out),
    }
}

fn show_talks(organisation: OrganisationId, part: TalksPart, opened: Option<Relation>, out: &mut Outbox) {
    out.wish(Wish::Scope(Some(organisation)));
    out.wish(Wish::ShowTalks(part, opened));
}

/// Does it.
pub fn act(deed: Deed, piece: &Piece, scene: &Scene<'_>, out: &mut Outbox) {
    match deed {
        Deed::Open => open(&piece.way, out),
        Deed::Deal => deal(piece, scene, out),
        Deed::Plan | Deed::Sheet => {
            if let Way::AfterEvent(asked) = &piece.way {
                prepare(deed, asked, scene, out);
            }
        }
        Deed::Attach => out.choose_file(attach_slot(), FileAsk::open("附材料", "", &[])),
        Deed::PutOff => out.open(PutOffDialog::new(&piece.key, &piece.title, scene.today)),
        Deed::TakeBack => {
            let command = SnoozeWork { work: piece.key.clone(), until: None, reason: None };
            out.run(Slot::new("today: take back"), Command::SnoozeWork(command));
        }
    }
}

fn deal(piece: &Piece, scene: &Scene<'_>, out: &mut Outbox) {
    match &piece.way {
        Way::Probation(person) => out.open(EventDialog::new(vec![*person], Some(EventKind::Converted))),
        Way::Term(id) => {
            let line = scene.tree.iter().find(|line| line.organisation.id == *id);
            if let Some(line) = line {
                out.open(ElectDialog::new(&line.organisation));
            }
        }
        Way::FollowUp(line) => out.open(CloseFollowUpDialog::new(line.id, &line.measure, &piece.basis)),
        Way::PlannedTalk { organisation, sheet, talker, partner, kind } => out.go(Page::WriteTalk(TalkStart {
            talkers: talker.map(|id| vec![id]),
            partners: partner.iter().copied().collect(),
            kind: kind.clone(),
            planned: *sheet,
            ledger: Some(*organisation),
            ..TalkStart::default()
        })),
        Way::AfterEvent(asked) => out.go(Page::WriteTalk(TalkStart {
            talkers: Some(asked.talker.into_iter().collect()),
            partners: vec![asked.person],
            kind: asked.kind.map(str::to_owned),
            planned: asked.sheet,
            ledger: Some(asked.organisation),
            ..TalkStart::default()
        })),
        Way::Coverage(organisation, _, period) => {
            show_talks(*organisation, TalksPart::Plan, None, out);
            out.open(ProposeTalks::of_one(*organisation, *period, scene.today));
        }
        Way::ChecklistItem(due) => tick(due, out),
        Way::OldProbations | Way::ChecklistItems(_) => {}
    }
}

/// 标为有; against what the workbook's own records say it asks why.
fn tick(due: &DueItem, out: &mut Outbox) {
    let item = &due.item;
    if let Some(fill) = item.records() {
        let why = format!("“{}”由{}自动得出，改为手工要写原因", item.title, fill.label());
        let reason = item.reason.as_deref().unwrap_or_default();
        return out.open(ReasonDialog::new(vec![item.id], ItemState::Have, item.title.clone(), why, reason));
    }
    let mut set = BTreeMap::from([("state".to_owned(), json!(ItemState::Have.name()))]);
    if item.reason.is_some() {
        // Why it was missing is over.
        set.insert("reason".to_owned(), Value::Null);
    }
    let command = EditChecklistItems { ids: vec![item.id], set };
    out.run(Slot::new("today: tick"), Command::EditChecklistItems(command));
}

/// Where the file arrives that is attached to an item.
pub(super) fn attach_slot() -> Slot {
    Slot::new("today: attach")
}

/// Plans a talk that something that happened asks for, or prints a sheet for it.
fn prepare(deed: Deed, asked: &AskedTalk, scene: &Scene<'_>, out: &mut Outbox) {
    let (rule, kind) = (Some(Relation::AfterEvents.code().to_owned()), asked.kind.map(str::to_owned));
    if deed == Deed::Sheet {
        let sheet =
            BlankSheet { talker: asked.talker, partner: Some(asked.person), rule, kind, ..BlankSheet::default() };
        let sheets = Sheets { organisation: asked.organisation, sheets: vec![sheet] };
        return out.open(PrintDialog::talks(scene, vec![TalkAsk::Blank(sheets)]));
    }
    // What is late already is held within the week.
    let soon = scene.today.saturating_add(WITHIN_DAYS.days());
    let due = if asked.until < scene.today { soon } else { asked.until };
    let planned = PlannedDraft {
        talker_id: asked.talker,
        partner_id: Some(asked.person),
        rule,
        kind,
        due: Some(PartialDate::of_day(due)),
        ..PlannedDraft::default()
    };
    let command = PlanTalks { organisation_id: asked.organisation, talks: vec![planned], replace: false };
    out.run(Slot::new("today: plan one"), Command::PlanTalks(command));
}
