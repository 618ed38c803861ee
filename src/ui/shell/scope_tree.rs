//! The tree 范围 at the left: what is chosen there is what every page shows.
//! Must never change an organisation. Start at [`ScopeTree::show`].

use std::collections::HashMap;

use egui::Ui;

use crate::domain::ids::OrganisationId;
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Icon, TextField, Tree, TreeEvent, TreeLine};
use crate::view::organisations::{OrganisationLine, whole};

/// From so many organisations on the tree can be searched.
const SEARCHED_FROM: usize = 30;
/// The line above several roots.
const EVERYTHING: u64 = 0;

/// What the tree keeps between frames.
#[derive(Debug, Default)]
pub struct ScopeTree {
    /// Lines that were opened or closed by hand.
    by_hand: HashMap<OrganisationId, bool>,
    filter: Option<String>,
}

impl ScopeTree {
    /// Whether the tree is long enough to be searched.
    pub fn can_search(lines: &[OrganisationLine]) -> bool {
        lines.len() >= SEARCHED_FROM
    }

    /// Begins to search, or ends it.
    pub fn toggle_search(&mut self) {
        self.filter = if self.filter.is_some() { None } else { Some(String::new()) };
    }

    pub fn is_searching(&self) -> bool {
        self.filter.is_some()
    }

    /// Draws the tree over all room there is; gives back what was chosen now.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        lines: &[OrganisationLine],
        chosen: Option<OrganisationId>,
    ) -> Option<Option<OrganisationId>> {
        if let Some(filter) = &mut self.filter {
            ui.horizontal(|ui| {
                ui.add_space(space::M);
                let width = ui.available_width() - space::M;
                TextField::new("找党组织", filter)
                    .label_hidden()
                    .hint("找党组织")
                    .prefix(Icon::Search)
                    .width(width)
                    .show(ui);
            });
            ui.add_space(space::XS);
        }
        let shown = self.shown(lines, chosen);
        let counts: Vec<String> = shown.iter().map(|line| line.members.to_string()).collect();
        let several = lines.iter().filter(|line| line.depth == 0).count() > 1;
        let whole = whole(lines).to_string();
        let mut drawn = Vec::with_capacity(shown.len() + 1);
        let everything =
            TreeLine {
                id: EVERYTHING, depth: 0, text: "全部", count: &whole, open: None, dim: false, initials: "qb"
            };
        if several && self.filter.is_none() {
            drawn.push(everything);
        }
        for (line, count) in shown.iter().zip(&counts) {
            drawn.push(TreeLine {
                id: key(line.organisation.id),
                depth: if self.filter.is_some() { 0 } else { line.depth },
                text: line.organisation.shown_name(),
                count,
                open: (line.has_children && self.filter.is_none()).then(|| self.is_open(line)),
                dim: line.is_gone,
                initials: "",
            });
        }
        let current = chosen.map_or(EVERYTHING, key);
        let event = Tree::new("范围", Some(current)).show(ui, &drawn)?;
        match event {
            TreeEvent::Chosen(EVERYTHING) => Some(None),
            TreeEvent::Chosen(id) => Some(Some(organisation(id))),
            TreeEvent::Opened(id) => {
                self.by_hand.insert(organisation(id), true);
                None
            }
            TreeEvent::Closed(id) => {
                self.by_hand.insert(organisation(id), false);
                None
            }
        }
    }

    /// The height of all lines, for a popup.
    pub fn height(&self, lines: &[OrganisationLine], chosen: Option<OrganisationId>) -> f32 {
        let search = if self.filter.is_some() { height::CONTROL + space::XS } else { 0.0 };
        let several = usize::from(lines.iter().filter(|line| line.depth == 0).count() > 1);
        search + (self.shown(lines, chosen).len() + several) as f32 * height::TREE
    }

    /// The lines that are not within closed ones. Closed organisations without members are left out.
    fn shown<'l>(&self, lines: &'l [OrganisationLine], chosen: Option<OrganisationId>) -> Vec<&'l OrganisationLine> {
        if let Some(filter) = &self.filter {
            let wanted = filter.trim();
            return lines.iter().filter(|line| line.organisation.name.contains(wanted)).collect();
        }
        let mut shown = Vec::new();
        let mut closed_at: Option<usize> = None;
        for line in lines {
            if closed_at.is_some_and(|depth| line.depth > depth) {
                continue;
            }
            closed_at = (line.has_children && !self.is_open(line)).then_some(line.depth);
            if !line.is_gone || line.members > 0 || chosen == Some(line.organisation.id) {
                shown.push(line);
            }
        }
        shown
    }

    /// Branches are closed at first: their groups are seldom wanted.
    fn is_open(&self, line: &OrganisationLine) -> bool {
        let by_itself = !line.organisation.kind.is_branch();
        self.by_hand.get(&line.organisation.id).copied().unwrap_or(by_itself)
    }
}

/// Identifiers are positive, so nothing is lost either way.
fn key(id: OrganisationId) -> u64 {
    id.0.unsigned_abs()
}

fn organisation(key: u64) -> OrganisationId {
    OrganisationId(key.cast_signed())
}
