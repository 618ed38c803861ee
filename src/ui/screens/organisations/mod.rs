//! 党组织: the tree of organisations with their kinds, names, numbers of members and days; the lists 任期 and 待核.
//! Must never change anything itself: it wishes. Start at [`OrganisationsScreen`].

mod actions;
mod committee;
mod facts;
mod findings;
mod lines;
mod story;
mod terms;

use egui::{Key, Modifiers, Popup, Rect, Ui, UiBuilder, pos2, vec2};

use super::frame::{HandOut, above_strip, day_bar_ui, day_button_ui, hand_out_ui, head_height, page};
use super::{Page, Screen};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::engine::questions::OrganisationSheet;
use crate::ui::dialogs::export::ExportDialog;
use crate::ui::dialogs::organisation::{EndPostDialog, EventDialog, FORM_SLOT, OrganisationForm};
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    Button, Cell, Checkbox, Chip, Column, ColumnState, EmptyState, Figure, Icon, Outline, PageHead, Segments, Table,
    TableEvent, TableRows, TextField, drawer, figure, grouped, keyboard, link, menu_rule, sheet, strip, weak,
};
use crate::view::members::ListAsk;
use crate::view::organisations::OrganisationLine;
use actions::{Action, act, change_rows_ui, rows_ui};
use facts::FactsWish;
use findings::FindingsList;
use lines::{Line, Shown, within};
use terms::TermsList;

/// Width of the right column.
const FACTS: f32 = 334.0;
/// Left of the right column there must be room for this, or it lies over the page.
const LEAST_LEFT: f32 = 700.0;

/// What of the organisations is shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Part {
    #[default]
    Tree,
    Terms,
    Findings,
}

impl Part {
    const ALL: [Self; 3] = [Self::Tree, Self::Terms, Self::Findings];
}

/// The page 党组织.
#[derive(Debug, Default)]
pub struct OrganisationsScreen {
    part: Part,
    terms: TermsList,
    findings: FindingsList,
    shown: Shown,
    page: Live<OrganisationSheet>,
    columns: Vec<ColumnState>,
    cursor: Option<OrganisationId>,
    /// The row of the cursor is brought into sight.
    reveal: bool,
    /// The right column was asked for, where it lies over the page.
    is_open: bool,
    /// The list is to get the focus.
    into_list: bool,
}

impl OrganisationsScreen {
    fn head_ui(&self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let (mut add, mut hand_out) = (false, None);
        PageHead::new("党组织", scene.scope_name).height(head_height(scene)).show(ui, |ui| {
            if scene.frozen.is_none() {
                let word = if scene.width == Width::Narrow { "新建" } else { "新建党组织" };
                add = ui.add(Button::primary(word).icon(Icon::Plus).name("新建党组织")).clicked();
            }
            hand_out = hand_out_ui(ui, scene);
            day_button_ui(ui, scene, out);
        });
        if add {
            out.open(OrganisationForm::new(self.parent_of_new(scene)));
        }
        match hand_out {
            Some(HandOut::File) => out.open(match self.part {
                Part::Tree => ExportDialog::organisations(scene),
                Part::Terms => ExportDialog::terms(scene),
                Part::Findings => ExportDialog::organisation_findings(scene),
            }),
            Some(HandOut::Paper) => out.open(PrintDialog::organisations(scene)),
            None => {}
        }
    }

    /// The organisation the cursor stands on, else the first.
    fn current<'s>(&self, scene: &Scene<'s>) -> Option<&'s OrganisationLine> {
        let all = within(scene.tree, scene.scope);
        let at = |id| all.iter().find(|line| line.organisation.id == id);
        self.cursor.and_then(at).or_else(|| all.first())
    }

    /// A new organisation stands below the one of the cursor, or beside it where that is a branch or a group.
    fn parent_of_new(&self, scene: &Scene<'_>) -> Option<OrganisationId> {
        let current = &self.current(scene)?.organisation;
        let holds_organisations = |id: OrganisationId| {
            let line = scene.tree.iter().find(|line| line.organisation.id == id)?;
            let kind = line.organisation.kind;
            (!kind.is_branch() && kind != OrganisationKind::Group && !line.is_gone).then_some(id)
        };
        let mut next = Some(current.id);
        while let Some(id) = next {
            if let Some(found) = holds_organisations(id) {
                return Some(found);
            }
            next = scene.tree.iter().find(|line| line.organisation.id == id)?.organisation.parent;
        }
        None
    }

    /// What narrows the tree down, and how it is folded.
    fn filter_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        ui.horizontal(|ui| {
            ui.set_min_height(height::CONTROL);
            self.parts_ui(ui);
            if self.part != Part::Tree {
                return;
            }
            let field = TextField::new("筛本表", &mut self.shown.text).label_hidden().hint("筛本表");
            let field = field.prefix(Icon::Funnel).width(172.0).show(ui);
            if field.has_focus() && keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::ArrowDown) {
                self.into_list = true;
            }
            if let Some(kind) = self.shown.kind {
                let words = format!("组织类别：{}", kind.label());
                if Chip::new(&words).chosen(true).removable().show(ui).removed {
                    self.shown.kind = None;
                }
            }
            let gone = within(scene.tree, scene.scope).iter().filter(|line| line.is_gone).count();
            if gone > 0 || self.shown.closed {
                ui.add_space(space::S);
                ui.add(Checkbox::new(&mut self.shown.closed, "显示已撤销的"));
                weak(ui, &grouped(gone as u64));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::L;
                if link(ui, "全部收起").clicked() {
                    let folding = within(scene.tree, scene.scope).iter().filter(|line| line.has_children);
                    self.shown.folded = folding.map(|line| line.organisation.id).collect();
                }
                if link(ui, "全部展开").clicked() {
                    self.shown.folded.clear();
                }
            });
        });
        ui.add_space(space::S);
    }

    /// 组织树, 任期, 待核.
    fn parts_ui(&mut self, ui: &mut Ui) {
        let findings = match self.findings.count() {
            0 => "待核".to_owned(),
            count => format!("待核 {count}"),
        };
        let chosen = Part::ALL.iter().position(|part| *part == self.part);
        if let Some(place) = Segments::new("看什么", &["组织树", "任期", &findings], chosen).show(ui) {
            self.part = Part::ALL[place];
        }
    }

    /// One of the lists; what is opened there is shown in the tree.
    fn list_of_part_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let opened =
            sheet(ui, 0, |ui| {
                ui.set_min_size(ui.available_size());
                ui.spacing_mut().item_spacing.y = 0.0;
                day_bar_ui(ui, scene, "党组织，不能修改", out);
                let list = above_strip(ui, |ui| {
                    if self.part == Part::Terms { self.terms.show(ui) } else { self.findings.show(ui) }
                });
                if self.part == Part::Terms {
                    self.terms.strip_ui(ui);
                } else {
                    self.findings.strip_ui(ui);
                }
                list
            });
        if let Some(id) = opened.inner {
            self.stand_on_organisation(scene, id);
        }
    }

    /// Shows one organisation in the tree, with everything that is known of it.
    fn stand_on_organisation(&mut self, scene: &Scene<'_>, id: OrganisationId) {
        self.part = Part::Tree;
        self.shown.text.clear();
        self.shown.kind = None;
        let mut above = Some(id);
        while let Some(line) = above.and_then(|id| scene.tree.iter().find(|line| line.organisation.id == id)) {
            above = line.organisation.parent;
            above.into_iter().for_each(|parent| self.shown.fold(parent, false));
        }
        self.cursor = Some(id);
        (self.reveal, self.is_open, self.into_list) = (true, true, true);
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        if self.part != Part::Tree {
            self.list_of_part_ui(ui, scene, out);
            return;
        }
        let body = ui.available_rect_before_wrap();
        let over = body.width() - FACTS - space::L < LEAST_LEFT;
        let current = self.current(scene);
        let left = if over || current.is_none() { body.width() } else { body.width() - FACTS - space::L };
        let list = Rect::from_min_size(body.min, vec2(left, body.height()));
        ui.scope_builder(UiBuilder::new().max_rect(list).id_salt("list"), |ui| self.list_ui(ui, scene, over, out));
        if let Some(line) = current
            && (!over || self.is_open)
        {
            let rect = Rect::from_min_max(pos2(body.right() - FACTS.min(body.width()), body.top()), body.max);
            self.page.ask(scene, OrganisationSheet { organisation: line.organisation.id, as_of: scene.as_of });
            let page = self.page.current();
            let wish = drawer(ui, "党组织情况", rect, over, |ui| facts::show(ui, scene, line, page, over));
            let is_free = ui.ctx().memory(|memory| memory.top_modal_layer()).is_none() && !Popup::is_any_open(ui.ctx());
            let escape = over && is_free && keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Escape);
            match wish {
                Some(FactsWish::Do(action)) => act(action, line, scene, out),
                Some(FactsWish::Member(id)) => out.go(Page::Member(id)),
                Some(FactsWish::Organisation(id)) => self.stand_on_organisation(scene, id),
                Some(FactsWish::EndPost(held)) => out.open(EndPostDialog::new(&held)),
                Some(FactsWish::Correct(line)) => out.open(EventDialog::new(&line)),
                Some(FactsWish::Close) => self.leave_facts(),
                None if escape => self.leave_facts(),
                None => {}
            }
        }
        ui.advance_cursor_after_rect(body);
    }

    fn leave_facts(&mut self) {
        self.is_open = false;
        self.into_list = true;
    }

    fn list_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, over: bool, out: &mut Outbox) {
        sheet(ui, 0, |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing.y = 0.0;
            day_bar_ui(ui, scene, "党组织，不能修改", out);
            above_strip(ui, |ui| {
                self.table_ui(ui, scene, over, out);
            });
            self.strip_ui(ui, scene, out);
        });
    }

    fn table_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, over: bool, out: &mut Outbox) {
        let lines = self.shown.lines(scene.tree, scene.scope);
        let cursor = self.current(scene).map(|line| line.organisation.id);
        let row = lines.iter().position(|line| Some(line.line.organisation.id) == cursor);
        let mut rows = TreeRows { lines: &lines, chosen: cursor };
        let frozen = scene.frozen.is_some();
        let mut asked: Option<(usize, Action)> = None;
        let mut row_menu = |ui: &mut Ui, row: usize| {
            let Some(line) = lines.get(row) else { return };
            let chosen = rows_ui(ui, line.line, frozen);
            let changes = if frozen || line.line.organisation.closed.is_some() {
                None
            } else {
                menu_rule(ui);
                change_rows_ui(ui, line.line)
            };
            if let Some(action) = chosen.or(changes) {
                asked = Some((row, action));
            }
        };
        let (text, hint) = if self.shown.is_seeking() {
            ("没有这样的党组织", "换个词，或去掉条件看看")
        } else {
            ("还没有党组织", "新建一个；导入花名册时也会按表里的支部建好")
        };
        let reveal = if std::mem::take(&mut self.reveal) { row } else { None };
        let response = Table::new("organisations", "党组织", &columns(self.shown.closed), &mut self.columns)
            .cursor(row)
            .reveal(reveal)
            .row_menu(&mut row_menu)
            .empty(EmptyState::new(text, hint))
            .show(ui, &mut rows);
        if std::mem::take(&mut self.into_list) {
            response.response.request_focus();
        }
        if response.response.has_focus() && !frozen {
            asked = by_keys(ui).and_then(|action| Some((row?, action))).or(asked);
        }
        for event in response.events {
            match event {
                TableEvent::Cursor(row) => self.cursor = lines.get(row).map(|line| line.line.organisation.id),
                TableEvent::Folded { row, open } => {
                    if let Some(line) = lines.get(row) {
                        let id = line.line.organisation.id;
                        self.shown.fold(id, !open);
                    }
                }
                TableEvent::LinkPressed { row, .. } => asked = Some((row, Action::ShowMembers)),
                TableEvent::Opened(_) if over => self.is_open = true,
                // Esc in the list.
                TableEvent::NoneSelected if over => self.leave_facts(),
                TableEvent::Opened(row) if !frozen => asked = Some((row, Action::Edit)),
                _ => {}
            }
        }
        if let Some((row, action)) = asked
            && let Some(line) = lines.get(row)
        {
            self.reveal |= matches!(action, Action::Up | Action::Down);
            act(action, line.line, scene, out);
        }
    }

    /// How many members and organisations there are; a kind shows only those.
    fn strip_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let all = within(scene.tree, scene.scope);
        let standing = || all.iter().filter(|line| !line.is_gone);
        let kinds: Vec<(OrganisationKind, usize)> = OrganisationKind::ALL
            .into_iter()
            .map(|kind| (kind, standing().filter(|line| line.organisation.kind == kind).count()))
            .filter(|(_, count)| *count > 0)
            .collect();
        let members: usize = match (scene.scope, all.first()) {
            (Some(_), Some(first)) => first.members,
            _ => crate::view::organisations::whole(scene.tree),
        };
        strip(ui, |ui| {
            let number = |ui: &mut Ui, word: &str, value: usize, unit: &str, open: bool| {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = space::XS;
                    weak(ui, word);
                    let value = grouped(value as u64);
                    figure(ui, &Figure::new(word, &value, unit).open(open)).clicked()
                })
                .inner
            };
            if !all.is_empty() && number(ui, "党员", members, "人", false) {
                out.wish(Wish::ShowMembers(ListAsk::roll(scene.as_of, scene.scope)));
            }
            for (kind, count) in kinds {
                // Where room is short the last kinds give way.
                if ui.available_width() < 110.0 {
                    break;
                }
                let is_open = self.shown.kind == Some(kind);
                if number(ui, kind.label(), count, "个", is_open) {
                    self.shown.kind = if is_open { None } else { Some(kind) };
                }
            }
        });
    }

    /// A new organisation becomes the one the cursor stands on.
    fn follow(&mut self, scene: &Scene<'_>) {
        if let Some(Ok(receipt)) = scene.finished(&Slot::new(FORM_SLOT))
            && let Some(made) = receipt.made
        {
            self.cursor = Some(OrganisationId(made));
            self.reveal = true;
        }
    }
}

/// The keys of the list that change something.
fn by_keys(ui: &Ui) -> Option<Action> {
    let pressed = |modifiers, key| keyboard::pressed_exactly(ui.ctx(), modifiers, key);
    let keys = [
        (Modifiers::ALT, Key::ArrowUp, Action::Up),
        (Modifiers::ALT, Key::ArrowDown, Action::Down),
        (Modifiers::NONE, Key::F2, Action::Edit),
        (Modifiers::NONE, Key::Insert, Action::AddBelow),
    ];
    keys.into_iter().find(|(modifiers, key, _)| pressed(*modifiers, *key)).map(|(_, _, action)| action)
}

fn columns(with_closed: bool) -> Vec<Column<'static>> {
    let mut columns = vec![
        Column::new("name", "全称", 258.0).unsortable(),
        Column::new("kind", "组织类别", 96.0).unsortable(),
        Column::new("short_name", "简称", 132.0).unsortable(),
        Column::new("members", "党员", 60.0).right().unsortable(),
        Column::new("founded", "成立时间", 102.0).unsortable(),
    ];
    if with_closed {
        columns.push(Column::new("closed", "撤销时间", 102.0).unsortable());
    }
    columns.push(Column::new("code", "组织代码", 100.0).unsortable());
    columns
}

/// The tree in one frame.
struct TreeRows<'a> {
    lines: &'a [Line<'a>],
    chosen: Option<OrganisationId>,
}

impl TableRows for TreeRows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(Line { line, is_passage, .. }) = self.lines.get(row) else { return Cell::default() };
        let organisation = &line.organisation;
        let date = |date: Option<crate::domain::dates::PartialDate>| Cell::known(date.map(|date| date.to_string()));
        let cell = match column {
            "name" => Cell::text(&*organisation.name),
            "kind" => Cell::text(organisation.kind.label()),
            "short_name" => Cell::known(organisation.short_name.as_deref()),
            "members" if line.is_gone && line.members == 0 => Cell::unknown(),
            "members" => Cell::text(grouped(line.members as u64)).figure(),
            "founded" => date(organisation.founded),
            "closed" => date(organisation.closed),
            _ => Cell::known(organisation.code.as_deref()),
        };
        if *is_passage || !matches!(column, "name" | "members") { cell.weak() } else { cell }
    }

    fn row_name(&self, row: usize) -> String {
        self.lines.get(row).map(|line| line.line.organisation.name.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| Some(line.line.organisation.id) == self.chosen)
    }

    fn is_dim(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| line.line.is_gone)
    }

    fn outline(&self, row: usize) -> Option<Outline> {
        self.lines.get(row).map(|line| Outline { depth: line.depth, open: line.open })
    }
}

impl Screen for OrganisationsScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.follow(scene);
        self.terms.ask(scene);
        self.findings.ask(scene);
        page(ui, scene, |ui| {
            self.head_ui(ui, scene, out);
            self.filter_ui(ui, scene);
            self.body_ui(ui, scene, out);
        });
    }
}
