//! Owns moving members within the roster of their branch (名册顺序), by Alt+↑ and Alt+↓ or by dragging.
//! Must never move across branches. Start at [`step`] and [`before`].

use std::collections::HashSet;

use crate::command::MoveInRoster;
use crate::domain::ids::{OrganisationId, PersonId};

/// The command that moves these people one place up or down in the list, or why there is none.
///
/// `ids` are in the order of the list; `branch_of` tells where somebody is on the roll, as far as it is known.
pub fn step(
    listed: &[PersonId],
    ids: &[PersonId],
    down: bool,
    branch_of: impl Fn(PersonId) -> Option<OrganisationId>,
) -> Result<MoveInRoster, &'static str> {
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Err("先选要移动的人") };
    let branch = branch_of(*first);
    if branch.is_none() || ids.iter().any(|id| branch_of(*id) != branch) {
        return Err("只能在同一个党支部里调整名册顺序");
    }
    let place = |id: PersonId| listed.iter().position(|other| *other == id);
    let (Some(top), Some(bottom)) = (place(*first), place(*last)) else { return Err("先选要移动的人") };
    let moved: HashSet<PersonId> = ids.iter().copied().collect();
    let neighbour =
        |from: Option<usize>| from.and_then(|place| listed.get(place)).copied().filter(|id| branch_of(*id) == branch);
    let after_id = if down {
        Some(neighbour(Some(bottom + 1)).ok_or("已经是本支部的最后一个")?)
    } else {
        neighbour(top.checked_sub(1)).ok_or("已经是本支部的第一个")?;
        neighbour(top.checked_sub(2))
    };
    Ok(MoveInRoster { ids: ids.to_vec(), after_id: after_id.filter(|id| !moved.contains(id)) })
}

/// The command that puts these people before a row of the list, as dragging does, or why there is none.
pub fn before(
    listed: &[PersonId],
    ids: &[PersonId],
    row: usize,
    branch_of: impl Fn(PersonId) -> Option<OrganisationId>,
) -> Result<MoveInRoster, &'static str> {
    let branch = ids.first().and_then(|id| branch_of(*id));
    let elsewhere = Err("只能在同一个党支部里调整名册顺序");
    if branch.is_none() || ids.iter().any(|id| branch_of(*id) != branch) {
        return elsewhere;
    }
    let moved: HashSet<PersonId> = ids.iter().copied().collect();
    let is_here = |id: &PersonId| branch_of(*id) == branch;
    let row = row.min(listed.len());
    let above = listed[..row].iter().rev().find(|id| !moved.contains(id)).copied().filter(is_here);
    let below = listed[row..].iter().find(|id| !moved.contains(id)).copied().filter(is_here);
    if above.is_none() && below.is_none() {
        return elsewhere;
    }
    Ok(MoveInRoster { ids: ids.to_vec(), after_id: above })
}

#[cfg(test)]
mod tests {
    use super::{before, step};
    use crate::domain::ids::{OrganisationId, PersonId};

    fn people(numbers: &[i64]) -> Vec<PersonId> {
        numbers.iter().copied().map(PersonId).collect()
    }

    /// Tens are the branch: 11 and 12 are in 1, 21 in 2.
    fn branch(id: PersonId) -> Option<OrganisationId> {
        Some(OrganisationId(id.0 / 10))
    }

    fn after(ids: &[i64], down: bool) -> Result<Option<i64>, &'static str> {
        let listed = people(&[11, 12, 13, 21, 22]);
        step(&listed, &people(ids), down, branch).map(|command| command.after_id.map(|id| id.0))
    }

    #[test]
    fn one_place_up_is_after_the_one_two_above() {
        assert_eq!(after(&[13], false), Ok(Some(11)));
        assert_eq!(after(&[12], false), Ok(None));
        assert_eq!(after(&[11], true), Ok(Some(12)));
        assert_eq!(after(&[12, 13], false), Ok(None));
    }

    #[test]
    fn dragged_people_stand_after_the_one_above_them_in_their_branch() {
        let listed = people(&[11, 12, 13, 21, 22]);
        let after = |ids: &[i64], row| {
            before(&listed, &people(ids), row, branch).map(|command| command.after_id.map(|id| id.0))
        };
        assert_eq!(after(&[13], 0), Ok(None));
        assert_eq!(after(&[11], 3), Ok(Some(13)));
        assert_eq!(after(&[11, 12], 3), Ok(Some(13)));
        assert_eq!(after(&[21], 5), Ok(Some(22)));
        assert_eq!(after(&[11], 5), Err("只能在同一个党支部里调整名册顺序"));
    }

    #[test]
    fn nobody_leaves_the_branch() {
        assert_eq!(after(&[21], false), Err("已经是本支部的第一个"));
        assert_eq!(after(&[13], true), Err("已经是本支部的最后一个"));
        assert_eq!(after(&[13, 21], true), Err("只能在同一个党支部里调整名册顺序"));
    }
}
