//! Owns what can be done with a piece of work, and does it: opens it, deals with it, puts it off.
//! Must never write but what takes a putting off back. Start at [`deeds`].

use crate::command::{Command, SnoozeWork};
use crate::domain::events::EventKind;
use crate::domain::ids::OrganisationId;
use crate::ui::dialogs::close_follow_up::CloseFollowUpDialog;
use crate::ui::dialogs::event::EventDialog;
use crate::ui::dialogs::organisation::ElectDialog;
use crate::ui::dialogs::put_off::PutOffDialog;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::talks::TalksPart;
use crate::ui::screens::{Page, TalkStart};
use crate::view::today::{Piece, Way};

/// Something that can be done with a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// 打开
    Open,
    /// What deals with it: 办结, 换届, 转正.
    Deal,
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
            Self::PutOff => "推迟…",
            Self::TakeBack => "取消推迟",
        }
    }
}

/// What can be done with a piece, in the order of the buttons; `may` tells whether anything may be changed.
pub fn deeds(piece: &Piece, may: bool) -> Vec<Deed> {
    let offered = [(true, Deed::Open), (may && dealing(piece).is_some(), Deed::Deal), (may, Deed::PutOff)];
    offered.into_iter().filter(|(is_offered, _)| *is_offered).map(|(_, deed)| deed).collect()
}

/// How a piece is dealt with, as a verb; none where opening it is all.
fn dealing(piece: &Piece) -> Option<&'static str> {
    match piece.way {
        Way::Probation(_) => Some("转正…"),
        Way::Term(_) => Some("换届…"),
        Way::FollowUp(_) => Some("办结…"),
        Way::PlannedTalk { .. } | Way::AfterEvent(_) => Some("记谈话"),
        Way::Coverage(..) => None,
    }
}

/// Shows where a piece is looked at.
fn open(way: &Way, out: &mut Outbox) {
    match way {
        Way::Probation(person) | Way::AfterEvent(person) => out.go(Page::Member(*person)),
        Way::Term(organisation) => {
            out.wish(Wish::Scope(Some(*organisation)));
            out.go(Page::Organisations);
        }
        Way::FollowUp(line) => out.go(Page::WriteTalk(TalkStart::of(line.talk))),
        Way::Coverage(organisation, _) => show_talks(*organisation, TalksPart::Coverage, out),
        Way::PlannedTalk { organisation, .. } => show_talks(*organisation, TalksPart::Plan, out),
    }
}

fn show_talks(organisation: OrganisationId, part: TalksPart, out: &mut Outbox) {
    out.wish(Wish::Scope(Some(organisation)));
    out.wish(Wish::ShowTalks(part));
}

/// Does it.
pub fn act(deed: Deed, piece: &Piece, scene: &Scene<'_>, out: &mut Outbox) {
    match deed {
        Deed::Open => open(&piece.way, out),
        Deed::Deal => deal(piece, scene, out),
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
        Way::PlannedTalk { id, talker, partner, kind, .. } => {
            let (talkers, partners) = (talker.map(|id| vec![id]), partner.iter().copied().collect());
            let start = TalkStart { talkers, partners, kind: kind.clone(), planned: Some(*id), ..TalkStart::default() };
            out.go(Page::WriteTalk(start));
        }
        Way::AfterEvent(person) => {
            out.go(Page::WriteTalk(TalkStart { partners: vec![*person], ..TalkStart::default() }));
        }
        Way::Coverage(..) => {}
    }
}
