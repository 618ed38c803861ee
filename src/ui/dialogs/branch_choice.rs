//! Owns the field in which an organisation that holds members is chosen.
//! Must never change anything. Start at [`BranchChoice`].

use egui::Ui;

use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::ui::widgets::Select;
use crate::view::organisations::OrganisationLine;

/// The organisations one can choose from.
#[derive(Debug)]
pub struct BranchChoice {
    ids: Vec<OrganisationId>,
    names: Vec<String>,
    depths: Vec<usize>,
}

impl BranchChoice {
    /// Those of the tree that hold members and stand on its day; groups hold none.
    pub fn of(tree: &[OrganisationLine]) -> Self {
        Self::where_kind(tree, |kind| kind != OrganisationKind::Group)
    }

    /// All that stand on the day, groups too.
    pub fn with_groups(tree: &[OrganisationLine]) -> Self {
        Self::where_kind(tree, |_| true)
    }

    /// Those that hold members, those that are gone too: for the history.
    pub fn ever(tree: &[OrganisationLine]) -> Self {
        let lines = tree.iter().filter(|line| line.organisation.kind != OrganisationKind::Group);
        Self::of_lines(lines.map(|line| (line, line.organisation.shown_name().to_owned(), line.depth)))
    }

    /// Only the groups, each with its branch before it.
    pub fn groups(tree: &[OrganisationLine]) -> Self {
        let branch = |line: &OrganisationLine| {
            let above = tree.iter().find(|other| Some(other.organisation.id) == line.organisation.parent);
            above.map_or_else(String::new, |above| format!("{}·", above.organisation.shown_name()))
        };
        let lines = tree.iter().filter(|line| line.organisation.kind == OrganisationKind::Group);
        Self::of_lines(lines.map(|line| (line, branch(line) + line.organisation.shown_name(), 0)))
    }

    fn where_kind(tree: &[OrganisationLine], fits: impl Fn(OrganisationKind) -> bool) -> Self {
        let lines = tree.iter().filter(|line| !line.is_gone && fits(line.organisation.kind));
        Self::of_lines(lines.map(|line| (line, line.organisation.shown_name().to_owned(), line.depth)))
    }

    fn of_lines<'a>(lines: impl Iterator<Item = (&'a OrganisationLine, String, usize)>) -> Self {
        let mut choice = Self { ids: Vec::new(), names: Vec::new(), depths: Vec::new() };
        for (line, name, depth) in lines {
            choice.ids.push(line.organisation.id);
            choice.names.push(name);
            choice.depths.push(depth);
        }
        choice
    }

    /// The only branch there is, if there is only one.
    pub fn only(&self) -> Option<OrganisationId> {
        match self.ids[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn contains(&self, id: OrganisationId) -> bool {
        self.ids.contains(&id)
    }

    /// Draws the field; gives back whether another one was chosen.
    pub fn show(
        &self,
        ui: &mut Ui,
        label: &str,
        chosen: &mut Option<OrganisationId>,
        width: f32,
        required: bool,
    ) -> bool {
        let mut place = chosen.and_then(|id| self.ids.iter().position(|known| *known == id));
        let select = Select::new(label, &self.names, &mut place).depths(&self.depths).width(width);
        let select = if required { select.required() } else { select };
        let changed = select.show(ui).changed();
        if changed {
            *chosen = place.and_then(|place| self.ids.get(place)).copied();
        }
        changed
    }
}

/// The branch that a scope means: itself, if it holds members and nothing stands below it that does.
pub fn branch_of_scope(tree: &[OrganisationLine], scope: Option<OrganisationId>) -> Option<OrganisationId> {
    let line = tree.iter().find(|line| Some(line.organisation.id) == scope)?;
    match line.organisation.kind {
        OrganisationKind::Group => line.organisation.parent,
        kind if kind.is_branch() => Some(line.organisation.id),
        _ => None,
    }
}
