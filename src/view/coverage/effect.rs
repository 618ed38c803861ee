//! What talks that are being written down would do to the coverage (记下以后): of the organisation in whose ledger they
//! stand, and of each other one whose figures they move.
//!
//! A talk counts where its people have their roles, whatever ledger it stands in: of a general branch that keeps the
//! ledger of its branches, it is the branches' coverage that moves. Start at [`effects`].

use super::ground::Ground;
use super::{CoverageAsk, Ratio, known};
use crate::domain::coverage::{Relation, TalkSeen};
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::problem::Result;
use crate::store::talks::people_of;
use crate::view::desk::Desk;

/// How a relation stands, and how it would with the talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    pub relation: Relation,
    pub before: Ratio,
    pub after: Ratio,
}

impl Effect {
    pub fn moves(&self) -> bool {
        self.before != self.after
    }
}

/// What the talks do in one organisation. A relation that is switched off is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectIn {
    pub organisation: OrganisationId,
    /// The name it has on the day.
    pub name: String,
    pub effects: Vec<Effect>,
}

impl EffectIn {
    pub fn moves(&self) -> bool {
        self.effects.iter().any(Effect::moves)
    }
}

/// What talks would do to the coverage of the organisation that is asked for, which comes first, and of every other one
/// that they move, in the order of the tree; `without` is the talk that they take the place of.
pub fn effects(desk: &Desk, ask: CoverageAsk, without: Option<TalkId>, talks: &[TalkSeen]) -> Result<Vec<EffectIn>> {
    known(desk, ask)?;
    let ground = Ground::new(desk, ask.window())?;
    let tree = desk.tree_on(ask.as_of);
    let touched = ground.organisations_of(&sitting(desk, without, talks)?)?;
    let others = tree.within(None).into_iter().map(|node| node.id);
    let others = others.filter(|id| *id != ask.organisation && touched.contains(id));
    let all: Vec<OrganisationId> = std::iter::once(ask.organisation).chain(others).collect();
    let mut told = Vec::new();
    for (id, (before, after)) in all.iter().zip(ground.before_and_after(&all, without, talks)?) {
        let effect = |relation| {
            let (before, after) = (Ratio::of(&before, relation)?, Ratio::of(&after, relation)?);
            Some(Effect { relation, before, after })
        };
        let effects = Relation::ALL.into_iter().filter_map(effect).collect();
        let name = tree.get(*id).map(|node| node.name.clone()).unwrap_or_default();
        let one = EffectIn { organisation: *id, name, effects };
        if *id == ask.organisation || one.moves() {
            told.push(one);
        }
    }
    Ok(told)
}

/// Everybody who sits in the talks, and in the one that they take the place of.
fn sitting(desk: &Desk, without: Option<TalkId>, talks: &[TalkSeen]) -> Result<Vec<PersonId>> {
    let mut people: Vec<PersonId> =
        talks.iter().flat_map(|talk| talk.talkers.iter().chain(&talk.partners)).copied().collect();
    if let Some(without) = without {
        people.extend(people_of(desk.reader(), without)?.into_iter().filter_map(|row| row.who.person()));
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}
