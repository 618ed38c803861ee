//! Owns what can be done with an organisation: the rows of its menus and what each wishes for.
//! Must never run anything itself. Start at [`Action`].

use egui::Ui;

use crate::command::{Command, MoveOrganisation, ReopenOrganisation};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::ui::dialogs::organisation::{
    AppointDialog, CloseDialog, DelayDialog, ElectDialog, MergeDialog, MoveDialog, OrganisationForm, RemoveDialog,
    RenameDialog, SplitDialog,
};
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
    /// Before the sibling above, after the sibling below.
    Up,
    Down,
    Appoint,
    Elect,
    Delay,
    Rename,
    Merge,
    Split,
    Move,
    Close,
    Reopen,
    Remove,
    History,
}

/// A row of a menu that leads to an action.
type Row = (&'static str, Icon, &'static str, Action);

/// The rows of the menu of an organisation; those that change something only where that is allowed.
pub fn rows_ui(ui: &mut Ui, line: &OrganisationLine, frozen: bool) -> Option<Action> {
    let mut chosen = None;
    let show: [Row; 2] =
        [("看党员", Icon::Users, "", Action::ShowMembers), ("操作记录", Icon::History, "", Action::History)];
    part_ui(ui, &show, &mut chosen);
    if frozen {
        return chosen;
    }
    menu_rule(ui);
    let kind = line.organisation.kind;
    if line.organisation.closed.is_some() {
        let closed: [Row; 2] =
            [("修改…", Icon::Pencil, "F2", Action::Edit), ("恢复", Icon::RotateCcw, "", Action::Reopen)];
        part_ui(ui, &closed, &mut chosen);
    } else {
        let below: Row = match kind.is_branch() {
            true => ("新建党小组…", Icon::Plus, "Insert", Action::AddBelow),
            false => ("在下面新建…", Icon::Plus, "Insert", Action::AddBelow),
        };
        if kind != OrganisationKind::Group {
            part_ui(ui, &[below], &mut chosen);
        }
        part_ui(ui, &[("修改…", Icon::Pencil, "F2", Action::Edit)], &mut chosen);
    }
    if ui.add(MenuRow::new("删掉误建的…").icon(Icon::Trash2).careful()).clicked() {
        chosen = Some(Action::Remove);
    }
    chosen
}

/// The rows that move an organisation among its siblings.
pub fn order_rows_ui(ui: &mut Ui, line: &OrganisationLine) -> Option<Action> {
    let mut chosen = None;
    if line.organisation.closed.is_none() {
        menu_rule(ui);
        let order: [Row; 2] =
            [("上移", Icon::ArrowUp, "Alt+↑", Action::Up), ("下移", Icon::ArrowDown, "Alt+↓", Action::Down)];
        part_ui(ui, &order, &mut chosen);
    }
    chosen
}

/// The rows of what happens to an organisation: its committee, its name, its place, its end.
pub fn change_rows_ui(ui: &mut Ui, line: &OrganisationLine) -> Option<Action> {
    let mut chosen = None;
    if line.organisation.closed.is_some() {
        return None;
    }
    let is_group = line.organisation.kind == OrganisationKind::Group;
    part_ui(ui, &[("任职…", Icon::UserPlus, "", Action::Appoint)], &mut chosen);
    if !is_group {
        let committee: [Row; 2] =
            [("换届选举…", Icon::Users, "", Action::Elect), ("延期换届…", Icon::Calendar, "", Action::Delay)];
        part_ui(ui, &committee, &mut chosen);
    }
    menu_rule(ui);
    part_ui(ui, &[("更名…", Icon::Pencil, "", Action::Rename)], &mut chosen);
    if !is_group {
        let shape: [Row; 2] =
            [("并入…", Icon::ArrowRight, "", Action::Merge), ("分设…", Icon::Network, "", Action::Split)];
        part_ui(ui, &shape, &mut chosen);
    }
    let rest: [Row; 2] = [("变更隶属…", Icon::ArrowUp, "", Action::Move), ("撤销…", Icon::Archive, "", Action::Close)];
    part_ui(ui, &rest, &mut chosen);
    chosen
}

fn part_ui(ui: &mut Ui, rows: &[Row], chosen: &mut Option<Action>) {
    for (words, icon, shortcut, action) in rows {
        let row = MenuRow::new(words).icon(*icon);
        let row = if shortcut.is_empty() { row } else { row.shortcut(shortcut) };
        if ui.add(row).clicked() {
            *chosen = Some(*action);
        }
    }
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
        Action::Appoint => out.open(AppointDialog::new(organisation)),
        Action::Elect => out.open(ElectDialog::new(organisation)),
        Action::Delay => out.open(DelayDialog::new(organisation)),
        Action::Rename => out.open(RenameDialog::new(organisation)),
        Action::Merge => out.open(MergeDialog::new(organisation)),
        Action::Split => out.open(SplitDialog::new(organisation)),
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
