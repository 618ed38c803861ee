//! Owns what can be done with an organisation: the rows of its menu and what each wishes for.
//! Must never run anything itself. Start at [`Action`].

use egui::Ui;

use crate::command::{Command, MoveOrganisation, ReopenOrganisation};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::ui::dialogs::organisation::{CloseDialog, MoveDialog, OrganisationForm, RemoveDialog};
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::Page;
use crate::ui::widgets::{Icon, MenuRow, menu_rule};
use crate::view::members::ListAsk;
use crate::view::organisations::OrganisationLine;

/// What can be done with an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    ShowMembers,
    AddBelow,
    Edit,
    Move,
    /// Before the sibling above, after the sibling below.
    Up,
    Down,
    Close,
    Reopen,
    Remove,
    History,
}

/// The rows of the menu of an organisation; those that change something only where that is allowed.
pub fn rows_ui(ui: &mut Ui, line: &OrganisationLine, frozen: bool) -> Option<Action> {
    let mut chosen = None;
    let mut row = |ui: &mut Ui, row: MenuRow<'_>, action: Action| {
        if ui.add(row).clicked() {
            chosen = Some(action);
        }
    };
    row(ui, MenuRow::new("看党员").icon(Icon::Users), Action::ShowMembers);
    row(ui, MenuRow::new("操作记录").icon(Icon::History), Action::History);
    if frozen {
        return chosen;
    }
    menu_rule(ui);
    if line.organisation.closed.is_some() {
        row(ui, MenuRow::new("修改…").icon(Icon::Pencil).shortcut("F2"), Action::Edit);
        row(ui, MenuRow::new("恢复").icon(Icon::RotateCcw), Action::Reopen);
    } else {
        if line.organisation.kind != OrganisationKind::Group {
            row(ui, MenuRow::new("在下面新建…").icon(Icon::Plus).shortcut("Insert"), Action::AddBelow);
        }
        row(ui, MenuRow::new("修改…").icon(Icon::Pencil).shortcut("F2"), Action::Edit);
        row(ui, MenuRow::new("移动…").icon(Icon::ArrowRight), Action::Move);
        row(ui, MenuRow::new("上移").icon(Icon::ArrowUp).shortcut("Alt+↑"), Action::Up);
        row(ui, MenuRow::new("下移").icon(Icon::ArrowDown).shortcut("Alt+↓"), Action::Down);
        menu_rule(ui);
        row(ui, MenuRow::new("撤销…").icon(Icon::Archive), Action::Close);
    }
    row(ui, MenuRow::new("删掉误建的…").icon(Icon::Trash2).careful(), Action::Remove);
    chosen
}

/// Wishes for what an action means.
pub fn act(action: Action, line: &OrganisationLine, scene: &Scene<'_>, out: &mut Outbox) {
    let organisation = &line.organisation;
    let id = organisation.id;
    let slot = || Slot::new(format!("organisation {action:?} {id}"));
    match action {
        Action::ShowMembers => out.wish(Wish::ShowMembers(ListAsk::roll(scene.as_of, Some(id)))),
        Action::History => out.go(Page::History(Some(id.0))),
        Action::AddBelow => out.open(OrganisationForm::new(Some(id))),
        Action::Edit => out.open(OrganisationForm::edit(id, organisation.shown_name())),
        Action::Move => out.open(MoveDialog::new(organisation)),
        Action::Close => out.open(CloseDialog::new(organisation)),
        Action::Remove => out.open(RemoveDialog::new(organisation)),
        Action::Reopen => out.run(slot(), Command::ReopenOrganisation(ReopenOrganisation { id })),
        Action::Up | Action::Down => {
            let up = action == Action::Up;
            let Some(sibling) = sibling(scene.tree, line, up) else { return };
            let command = MoveOrganisation {
                id,
                parent_id: organisation.parent,
                before_id: up.then_some(sibling),
                after_id: (!up).then_some(sibling),
                on: None,
                document: None,
            };
            out.run(slot(), Command::MoveOrganisation(command));
        }
    }
}

/// The sibling above or below that stands on the day.
fn sibling(tree: &[OrganisationLine], line: &OrganisationLine, above: bool) -> Option<OrganisationId> {
    let siblings = tree.iter().filter(|other| other.organisation.parent == line.organisation.parent && !other.is_gone);
    let ids: Vec<OrganisationId> = siblings.map(|other| other.organisation.id).collect();
    let place = ids.iter().position(|id| *id == line.organisation.id)?;
    ids.get(if above { place.checked_sub(1)? } else { place + 1 }).copied()
}
