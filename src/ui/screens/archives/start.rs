//! What the page is asked to show or to do by whoever leads to it: 今日, the search.
//! Must never change anything. Start at [`ArchivesStart`].

use super::ArchivesScreen;
use super::Shown;
use super::head::HandOut;
use super::rows::Only;
use crate::domain::checklists::{Checklist, Of};
use crate::domain::ids::ChecklistItemId;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::Page;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchivesStart {
    /// A checklist of a year, at this item.
    Checklist(Box<Checklist>, Option<ChecklistItemId>, Listed),
    /// 新建清单
    Make,
    /// 缺项单
    Gaps,
    /// 检查包
    Pack,
    /// 档号规则
    Numbers,
}

/// Which items are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    All,
    /// 未齐
    Open,
}

/// Shows a checklist: that of a year on the page 档案清单, that of a member's file on its own page.
pub fn show_checklist(checklist: &Checklist, item: Option<ChecklistItemId>, listed: Listed, out: &mut Outbox) {
    for wish in wishes(checklist, item, listed) {
        out.wish(wish);
    }
}

/// The same as wishes.
pub fn wishes(checklist: &Checklist, item: Option<ChecklistItemId>, listed: Listed) -> Vec<Wish> {
    match checklist.of {
        Of::Person(person) => vec![Wish::Go(Page::MemberFile(person))],
        Of::Year(_) => vec![
            Wish::Scope(Some(checklist.organisation)),
            Wish::ShowArchives(ArchivesStart::Checklist(Box::new(checklist.clone()), item, listed)),
        ],
    }
}

impl ArchivesScreen {
    /// Takes up what is asked for: a checklist at once, what is to be done when it is known what is there.
    pub(super) fn begin(&mut self, start: ArchivesStart) {
        let ArchivesStart::Checklist(checklist, item, listed) = start else {
            // What is asked for is of organisations.
            if self.is_of_members() {
                self.template = None;
            }
            self.start = Some(start);
            return;
        };
        if let Of::Year(year) = checklist.of {
            self.year = Some(year);
        }
        self.template = Some(checklist.template);
        (self.scope, self.opened) = (Some(checklist.organisation), Some(checklist.organisation));
        self.one.only = match listed {
            Listed::All => Only::All,
            Listed::Open => Only::Open,
        };
        if let Some(item) = item {
            self.one.stand_on(item);
        }
    }

    /// Does what was asked for, now that it is known what is there.
    pub(super) fn go_on(&mut self, scene: &Scene<'_>, shown: &Shown, out: &mut Outbox) {
        if matches!(shown, Shown::Nothing(..) | Shown::Files) {
            return;
        }
        let hand_out = match self.start.take() {
            None | Some(ArchivesStart::Checklist(..)) => return,
            Some(ArchivesStart::Make) => return self.make(scene, shown, out),
            Some(ArchivesStart::Gaps) => HandOut::Gaps,
            Some(ArchivesStart::Pack) => HandOut::Pack,
            Some(ArchivesStart::Numbers) => HandOut::Numbers,
        };
        self.hand_out(hand_out, scene, shown, out);
    }

    /// 新建清单 for those that have none; of one that has it another one.
    fn make(&mut self, scene: &Scene<'_>, shown: &Shown, out: &mut Outbox) {
        if scene.frozen.is_some() {
            return;
        }
        match shown {
            Shown::One(line) => self.make_for(Some(line.organisation), scene, out),
            Shown::Overview(_) => self.make_for(None, scene, out),
            Shown::Nothing(..) | Shown::Files => {}
        }
    }
}
