//! Who is meant by a post without a name (支部书记): whoever holds it on the day of the talk is offered, and never taken
//! unasked.
//!
//! Rows with one post and the same holders ask one question. Start at [`Faces::who_by_post`].

use std::collections::HashMap;

use super::people::{Faces, Seat, Who};
use super::told::NameTold;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::PersonFile;
use crate::domain::organisations::Organisation;
use crate::domain::rules::organisations::{is_deputy, is_group_leader, is_of_committee, is_secretary};
use crate::domain::values::is_post;

/// Who ever held a post, by its organisation.
pub(super) type PostHolders<'p> = HashMap<OrganisationId, Vec<&'p PersonFile>>;

/// What stands before a post for its organisation.
const BODIES: [&str; 5] = ["党支部", "支部", "党总支", "总支", "党委"];

impl Faces<'_> {
    /// Who is meant by a post; none where the text is no post.
    pub(super) fn who_by_post(&mut self, seat: &Seat<'_>, told: &NameTold) -> Option<Who> {
        if !is_post(&told.name) || self.is_name(&told.name) {
            return None;
        }
        let ids = self.holders(seat, &told.name);
        if ids.is_empty() && seat.held.knows_outside(seat.organisation, &told.name) {
            return Some(Who::Outside);
        }
        let key = (seat.organisation, told.name.clone(), ids.clone());
        if let Some(known) = self.asked_posts.get(&key) {
            return Some(known.map_or(Who::Waits(None), Who::of));
        }
        let said = self.said(seat, &told.name, &ids);
        self.asked_posts.insert(key, said);
        Some(said.map_or_else(|| Who::Waits(Some(self.question(seat.place, &told.name, &ids))), Who::of))
    }

    /// Who holds a post in the ledger's organisation on the day of the talk; in one above it where the post names its body.
    fn holders(&mut self, seat: &Seat<'_>, post: &str) -> Vec<PersonId> {
        let body = BODIES.into_iter().find_map(|body| Some((body, post.strip_prefix(body)?)));
        let (body, bare) = body.unwrap_or(("", post));
        let is_of_body = |node: &&Organisation| node.kind.label().ends_with(body);
        let Some(organisation) = self.workbook.tree.lineage(seat.organisation).find(is_of_body).map(|node| node.id)
        else {
            return Vec::new();
        };
        let days = [seat.day.first_day(), seat.day.last_day()];
        let people = self.workbook.people;
        let by_organisation = self.post_holders.get_or_insert_with(|| {
            let mut holders = PostHolders::new();
            for file in people.all() {
                let posts = file.facts.iter().filter(|fact| fact.kind == FactKind::Post);
                for organisation in posts.filter_map(|fact| fact.organisation) {
                    holders.entry(organisation).or_default().push(file);
                }
            }
            holders
        });
        let holds = |file: &&&PersonFile| {
            let posts = days.into_iter().flat_map(|day| file.facts_on(FactKind::Post, day));
            let mut posts = posts.filter(|fact| fact.organisation == Some(organisation));
            posts.any(|fact| fact.value.as_deref().is_some_and(|held| is_meant(bare, held)))
        };
        let holders = by_organisation.get(&organisation).into_iter().flatten();
        let mut ids: Vec<PersonId> = holders.filter(holds).map(|file| file.person.id).collect();
        ids.dedup();
        ids
    }
}

/// Whether a post as a ledger writes it means one that somebody holds.
fn is_meant(told: &str, held: &str) -> bool {
    match told {
        "书记" => is_secretary(held),
        "副书记" => is_deputy(held),
        "委员" | "支委" | "支委委员" => is_of_committee(held),
        "党小组组长" | "党小组长" => is_group_leader(held),
        _ if told.ends_with("委员") => is_of_committee(held) && held.contains(told),
        _ => false,
    }
}
