//! Owns the choice of the organisation in whose ledger talks are written down (记在).
//! Must never write. Start at [`ledger_ui`].

use egui::Ui;

use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::ui::scene::Scene;
use crate::ui::widgets::{Note, Select, weak};

/// Width of the choice.
const WIDTH: f32 = 230.0;

/// The choice, for the head of a page; a 党小组 keeps no ledger. Gives back whether another was chosen.
pub fn ledger_ui(ui: &mut Ui, scene: &Scene<'_>, ledger: &mut Option<OrganisationId>, note: Note) -> bool {
    let keeps = |kind: OrganisationKind| kind != OrganisationKind::Group;
    let is_offered = |id: OrganisationId, is_gone: bool| !is_gone || Some(id) == *ledger;
    let lines = scene.tree.iter().filter(|line| keeps(line.organisation.kind));
    let lines: Vec<_> = lines.filter(|line| is_offered(line.organisation.id, line.is_gone)).collect();
    let names: Vec<&str> = lines.iter().map(|line| line.organisation.shown_name()).collect();
    let depths: Vec<usize> = lines.iter().map(|line| line.depth).collect();
    let mut place = lines.iter().position(|line| Some(line.organisation.id) == *ledger);
    weak(ui, "记在");
    let select = Select::new("记在", &names, &mut place).label_hidden().depths(&depths).note(note);
    let changed = select.hint("选党组织").width(WIDTH).show(ui).changed();
    if changed {
        *ledger = place.and_then(|place| lines.get(place)).map(|line| line.organisation.id);
    }
    changed
}
