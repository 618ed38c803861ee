//! Everything about one organisation on a day, ready for its page.

use super::leaders::leaders;
use super::standing::{Standing, standing};
use super::{members_of_group, posts};
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{OrganisationEvent, OrganisationEventKind, OrganisationKind};
use crate::problem::Result;
use crate::view::desk::Desk;

/// One organisation (党组织情况).
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationPage {
    /// None before it is founded and after it is closed.
    pub standing: Option<Standing>,
    /// 党小组 that stand on the day.
    pub groups: Vec<GroupLine>,
    /// 沿革 up to the day, the latest first.
    pub history: Vec<HistoryLine>,
}

/// A 党小组 with who leads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLine {
    pub id: OrganisationId,
    pub name: String,
    pub members: usize,
    /// 组长
    pub leaders: Vec<String>,
}

/// Something that happened to an organisation, or to another one that became part of it or came from it.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryLine {
    pub event: OrganisationEvent,
    /// 「更名，原名 第一党支部」「第三党支部 并入」
    pub words: String,
}

/// Reads one organisation.
pub fn page(desk: &Desk, id: OrganisationId, day: Day) -> Result<OrganisationPage> {
    let tree = desk.tree_on(day);
    let below = tree.children(Some(id)).filter(|node| node.kind == OrganisationKind::Group && node.stands_on(day));
    let groups = below.map(|node| {
        Ok(GroupLine {
            id: node.id,
            name: node.shown_name().to_owned(),
            members: members_of_group(desk, node.id, day)?,
            leaders: leaders(desk, node, &posts(desk, node.id, day)?, day)?,
        })
    });
    Ok(OrganisationPage {
        standing: standing(desk, id, day)?,
        groups: groups.collect::<Result<_>>()?,
        history: history(desk, id, day),
    })
}

fn history(desk: &Desk, id: OrganisationId, day: Day) -> Vec<HistoryLine> {
    let events = desk.organisation_events().iter().filter(|event| event.day.is_reached_on(day));
    let concerns = |event: &&OrganisationEvent| {
        let joins = matches!(event.kind, OrganisationEventKind::Merged | OrganisationEventKind::Split);
        event.organisation == id || (joins && event.other == Some(id))
    };
    let lines =
        events.filter(concerns).map(|event| HistoryLine { words: words_of(desk, event, id), event: event.clone() });
    let mut lines: Vec<HistoryLine> = lines.collect();
    lines.reverse();
    lines
}

/// What an event says, seen from this organisation. Others go by the names they had on its day.
fn words_of(desk: &Desk, event: &OrganisationEvent, seen_from: OrganisationId) -> String {
    let tree = desk.tree_on(event.day.first_day());
    let name = |id: Option<OrganisationId>| {
        id.and_then(|id| tree.get(id)).map_or_else(|| "最上级".to_owned(), |node| node.shown_name().to_owned())
    };
    let own = event.organisation == seen_from;
    let value = event.value.as_deref().unwrap_or_default();
    let until = event.until.map(|until| until.to_string()).unwrap_or_default();
    match event.kind {
        OrganisationEventKind::Renamed => format!("更名，原名 {value}"),
        OrganisationEventKind::Moved => format!("变更隶属关系，原属 {}", name(event.other)),
        OrganisationEventKind::Merged if own => format!("并入 {}", name(event.other)),
        OrganisationEventKind::Merged => format!("{} 并入", name(Some(event.organisation))),
        OrganisationEventKind::Split if own => format!("从 {} 分设", name(event.other)),
        OrganisationEventKind::Split => format!("分设出 {}", name(Some(event.organisation))),
        OrganisationEventKind::Elected if value.is_empty() => "换届选举".to_owned(),
        OrganisationEventKind::Elected => format!("换届选举，{value}"),
        OrganisationEventKind::Delayed => format!("延期换届至 {until}"),
    }
}
