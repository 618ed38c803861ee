//! Owns the draft of a talk that is being written: parked under a name that tells whose talk it is.
//! Must never know what is in the fields. Start at [`Kept`].

use serde::{Deserialize, Serialize};

use super::written::Written;
use crate::ui::dialogs::Parking;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::screens::{Page, TalkStart};
use crate::ui::widgets::grouped;

/// How the names of drafts begin.
const NEW: &str = "记谈话";
const EDITED: &str = "修改谈话";

/// What is parked.
#[derive(Debug, Serialize, Deserialize)]
struct Parked {
    start: TalkStart,
    written: Written,
}

/// The draft of the form.
#[derive(Debug, Default)]
pub struct Kept {
    parking: Option<(String, Parking)>,
    is_restored: bool,
    /// `10:41`
    parked_at: Option<String>,
}

impl Kept {
    /// 「记谈话 赵永强」, 「修改谈话 2026-036」: what one is asked by whether to go on with it.
    pub fn name_of(&self, start: &TalkStart, initial: &Written) -> String {
        let who: Vec<&str> = initial.partners.iter().map(|seat| seat.name.as_str()).collect();
        match (start.talk, start.partners.is_empty()) {
            (Some(_), _) => format!("{EDITED} {}", initial.number),
            (None, true) => NEW.to_owned(),
            (None, false) => format!("{NEW} {}", who.join("、")),
        }
    }

    /// What was parked under this name before, once that is known.
    pub fn restore(&mut self, scene: &Scene<'_>, name: String) -> Option<Option<Written>> {
        if self.parking.as_ref().is_none_or(|(known, _)| *known != name) {
            self.parking = Some((name.clone(), Parking::new(name)));
        } else if self.is_known() {
            // The form begins anew over the same draft: nothing is parked.
            return Some(None);
        }
        let (_, parking) = self.parking.as_mut()?;
        let parked = parking.restore(scene)?;
        let written = parked.and_then(|parked| serde_json::from_value::<Parked>(parked).ok());
        self.is_restored = written.is_some();
        self.parked_at = Some(String::new());
        Some(written.map(|parked| parked.written))
    }

    fn is_known(&self) -> bool {
        self.parked_at.is_some()
    }

    /// Parks what is written; nothing where it is as the form began.
    pub fn park(&mut self, scene: &Scene<'_>, start: &TalkStart, written: Option<&Written>, out: &mut Outbox) {
        let Some((_, parking)) = &mut self.parking else { return };
        let draft = written
            .and_then(|written| serde_json::to_value(Parked { start: start.clone(), written: written.clone() }).ok());
        parking.park(out, draft);
        let now = scene.now().shown();
        self.parked_at = Some(now.rsplit(' ').next().unwrap_or_default().to_owned());
    }

    /// Takes the draft out: the talk was saved, or the draft is no longer wanted.
    pub fn clear(&mut self, out: &mut Outbox) {
        self.is_restored = false;
        self.parked_at = Some(String::new());
        if let Some((_, parking)) = &mut self.parking {
            parking.clear(out);
        }
    }

    pub fn is_restored(&self) -> bool {
        self.is_restored
    }

    /// When something was parked last: `10:41`.
    pub fn parked_at(&self) -> Option<&str> {
        self.parked_at.as_deref().filter(|at| !at.is_empty())
    }
}

/// The page on which a parked draft of a talk is gone on with.
pub fn page_of_draft(name: &str, draft: &serde_json::Value) -> Option<Page> {
    if !name.starts_with(NEW) && !name.starts_with(EDITED) {
        return None;
    }
    let parked: Parked = serde_json::from_value(draft.clone()).ok()?;
    Some(Page::WriteTalk(parked.start))
}

/// With whom the talk of a parked draft is and how much is written: 「何静，936 字」.
pub fn told_of_draft(name: &str, draft: &serde_json::Value) -> Option<String> {
    if !name.starts_with(NEW) && !name.starts_with(EDITED) {
        return None;
    }
    let Parked { written, .. } = serde_json::from_value(draft.clone()).ok()?;
    let partners: Vec<&str> = written.partners.iter().map(|seat| seat.name.as_str()).collect();
    let who = match partners.len() {
        0 => String::new(),
        1 | 2 => partners.join("、"),
        count => format!("{} 等 {count} 人", partners[0]),
    };
    // The name of a draft that was begun for somebody says it.
    let who = Some(who).filter(|who| !who.is_empty() && !name.ends_with(who.as_str()));
    let characters = Some(written.characters()).filter(|count| *count > 0);
    let written = characters.map(|count| format!("{} 字", grouped(count as u64)));
    Some(who.into_iter().chain(written).collect::<Vec<_>>().join("，"))
}
