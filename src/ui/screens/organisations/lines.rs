//! Owns which organisations are shown, from top to bottom: within the scope, not folded away, fitting what is looked for.
//! Must never draw. Start at [`Shown::lines`].

use std::collections::HashSet;

use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::view::organisations::OrganisationLine;

/// What is shown of the tree.
#[derive(Debug, Default)]
pub struct Shown {
    /// What is within these is hidden.
    pub folded: HashSet<OrganisationId>,
    /// Closed ones, and those not founded yet, are shown too.
    pub closed: bool,
    /// The name, or a part of it, that is looked for.
    pub text: String,
    pub kind: Option<OrganisationKind>,
}

/// A line of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line<'t> {
    pub line: &'t OrganisationLine,
    /// 0 for the outermost that is shown.
    pub depth: usize,
    /// Whether it is open; `None` where nothing is within that could be shown.
    pub open: Option<bool>,
    /// Shown only because something below it fits.
    pub is_passage: bool,
}

/// The part of a tree that a scope means.
pub fn within(tree: &[OrganisationLine], scope: Option<OrganisationId>) -> &[OrganisationLine] {
    let Some(first) = scope.and_then(|id| tree.iter().position(|line| line.organisation.id == id)) else { return tree };
    let depth = tree[first].depth;
    let below = tree[first + 1..].iter().take_while(|line| line.depth > depth).count();
    &tree[first..=first + below]
}

impl Shown {
    /// Hides, or shows, what is within an organisation.
    pub fn fold(&mut self, id: OrganisationId, folded: bool) {
        if folded {
            self.folded.insert(id);
        } else {
            self.folded.remove(&id);
        }
    }

    /// Whether something is looked for.
    pub fn is_seeking(&self) -> bool {
        !self.text.trim().is_empty() || self.kind.is_some()
    }

    /// The lines of the page. While something is looked for nothing is folded.
    pub fn lines<'t>(&self, tree: &'t [OrganisationLine], scope: Option<OrganisationId>) -> Vec<Line<'t>> {
        let all = within(tree, scope);
        let base = all.first().map_or(0, |line| line.depth);
        let is_there = |line: &OrganisationLine| self.closed || !line.is_gone;
        let mut lines = Vec::new();
        let mut hidden_below: Option<usize> = None;
        for (place, line) in all.iter().enumerate() {
            if hidden_below.is_some_and(|depth| line.depth > depth) {
                continue;
            }
            hidden_below = None;
            if !is_there(line) {
                hidden_below = Some(line.depth);
                continue;
            }
            let below = || all[place + 1..].iter().take_while(|other| other.depth > line.depth);
            let has_children = below().any(is_there);
            let fits = self.fits(line);
            if self.is_seeking() && !fits && !below().any(|other| is_there(other) && self.fits(other)) {
                hidden_below = Some(line.depth);
                continue;
            }
            let is_folded = self.folded.contains(&line.organisation.id) && !self.is_seeking();
            if is_folded {
                hidden_below = Some(line.depth);
            }
            let open = has_children.then_some(!is_folded);
            lines.push(Line { line, depth: line.depth - base, open, is_passage: !fits });
        }
        lines
    }

    fn fits(&self, line: &OrganisationLine) -> bool {
        let text = self.text.trim();
        let organisation = &line.organisation;
        let has_name = organisation.name.contains(text)
            || organisation.short_name.as_deref().is_some_and(|name| name.contains(text))
            || organisation.code.as_deref().is_some_and(|code| code.contains(text));
        has_name && self.kind.is_none_or(|kind| organisation.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::organisations::Organisation;

    fn line(id: i64, depth: usize, name: &str, is_gone: bool) -> OrganisationLine {
        let kind = OrganisationKind::from_name(name);
        let organisation = Organisation::new(OrganisationId(id), None, kind, name);
        OrganisationLine { organisation, depth, has_children: false, members: 0, own_members: 0, is_gone }
    }

    fn tree() -> Vec<OrganisationLine> {
        vec![
            line(1, 0, "民政局党总支", false),
            line(2, 1, "第一党支部", false),
            line(3, 2, "第一党小组", false),
            line(4, 1, "第二党支部", true),
            line(5, 2, "第二党小组", true),
            line(6, 0, "教育局党总支", false),
        ]
    }

    fn ids(lines: &[Line<'_>]) -> Vec<i64> {
        lines.iter().map(|line| line.line.organisation.id.0).collect()
    }

    #[test]
    fn closed_organisations_are_shown_only_when_asked_for() {
        let tree = tree();
        assert_eq!(ids(&Shown::default().lines(&tree, None)), [1, 2, 3, 6]);
        let shown = Shown { closed: true, ..Shown::default() };
        assert_eq!(ids(&shown.lines(&tree, Some(OrganisationId(1)))), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn what_is_folded_is_hidden_until_something_is_looked_for() {
        let tree = tree();
        let mut shown = Shown { folded: HashSet::from([OrganisationId(1)]), ..Shown::default() };
        assert_eq!(ids(&shown.lines(&tree, None)), [1, 6]);
        shown.text = "小组".into();
        let lines = shown.lines(&tree, None);
        assert_eq!(ids(&lines), [1, 2, 3]);
        assert_eq!(lines.iter().map(|line| line.is_passage).collect::<Vec<_>>(), [true, true, false]);
    }
}
