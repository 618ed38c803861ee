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
    weak(ui, "记在");
    choose(scene, ledger, |names, depths, place| {
        let select = Select::new("记在", names, place).label_hidden().depths(depths).note(note);
        select.hint("选党组织").width(WIDTH).show(ui).changed()
    })
}

/// The same as a field of a dialog, with its label above.
pub fn organisation_field(ui: &mut Ui, scene: &Scene<'_>, label: &str, chosen: &mut Option<OrganisationId>) -> bool {
    choose(scene, chosen, |names, depths, place| {
        let select = Select::new(label, names, place).required().depths(depths);
        select.hint("选党组织").width(WIDTH).show(ui).changed()
    })
}

/// Lets one of the organisations that keep a ledger be chosen: `show` draws their names, each so deep in the tree.
fn choose(
    scene: &Scene<'_>,
    chosen: &mut Option<OrganisationId>,
    show: impl FnOnce(&[&str], &[usize], &mut Option<usize>) -> bool,
) -> bool {
    let keeps = |kind: OrganisationKind| kind != OrganisationKind::Group;
    let is_offered = |id: OrganisationId, is_gone: bool| !is_gone || Some(id) == *chosen;
    let lines = scene.tree.iter().filter(|line| keeps(line.organisation.kind));
    let lines: Vec<_> = lines.filter(|line| is_offered(line.organisation.id, line.is_gone)).collect();
    let names: Vec<&str> = lines.iter().map(|line| line.organisation.shown_name()).collect();
    let depths: Vec<usize> = lines.iter().map(|line| line.depth).collect();
    let mut place = lines.iter().position(|line| Some(line.organisation.id) == *chosen);
    let changed = show(&names, &depths, &mut place);
    if changed {
        *chosen = place.and_then(|place| lines.get(place)).map(|line| line.organisation.id);
    }
    changed
}
