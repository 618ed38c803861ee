//! Owns the head of the page: whose list it is, adding people, and what comes in and goes out: import, export, print.
//! Must never know how the list is drawn. Start at [`MembersScreen::head_ui`].

use egui::Ui;

use super::MembersScreen;
use super::filters::View;
use crate::ui::dialogs::add_member::AddMember;
use crate::ui::dialogs::export::ExportDialog;
use crate::ui::dialogs::newcomer::Newcomer;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::dialogs::upper_form::UpperFormDialog;
use crate::ui::outbox::Outbox;
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::{Page, frame};
use crate::ui::widgets::{Button, Icon, MenuRow, PageHead, grouped, keyboard, menu_button};
use crate::view::members::Who;

impl MembersScreen {
    /// Draws the head.
    pub(super) fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let scope = self.scope_words(scene);
        let wide = scene.width == Width::Wide;
        PageHead::new("党员", &scope).height(frame::head_height(scene)).show(ui, |ui| {
            if !wide {
                let (_, chosen) = menu_button(ui, Button::plain("更多"), "更多", |ui| {
                    let may_import = scene.frozen.is_none();
                    let import = may_import && ui.add(MenuRow::new("导入…").icon(Icon::Download)).clicked();
                    let export = ui.add(MenuRow::new("导出…").icon(Icon::Upload)).clicked();
                    let form = ui.add(MenuRow::new("按上级表样…").icon(Icon::Table)).clicked();
                    let print = ui.add(MenuRow::new("打印…").icon(Icon::Printer)).clicked();
                    if may_import
                        && ui.add(MenuRow::new(self.grid_word()).shortcut("Ctrl+E").icon(Icon::Pencil)).clicked()
                    {
                        self.toggle_grid(scene);
                    }
                    let other = if may_import { others_ui(ui) } else { None };
                    ([import, export, print, form], other)
                });
                let (outside, other) = chosen.unwrap_or_default();
                self.outside(outside, scene, out);
                add(other, out);
            }
            if scene.frozen.is_none() {
                let new_by_key = keyboard::pressed(ui.ctx(), egui::Modifiers::COMMAND, egui::Key::N);
                let word = if scene.width == Width::Narrow { "新增" } else { "新增党员" };
                let button = Button::primary(word).icon(Icon::Plus).name("新增党员").tip("Ctrl+N");
                if ui.add(button).clicked() || new_by_key {
                    add(Some(Newcomer::Member), out);
                }
            }
            if wide {
                let (_, chosen) = menu_button(ui, Button::plain("其他"), "其他", |ui| {
                    let form = ui.add(MenuRow::new("按上级表样…").icon(Icon::Table)).clicked();
                    let other = if scene.frozen.is_none() { others_ui(ui) } else { None };
                    (form, other)
                });
                let (form, other) = chosen.unwrap_or_default();
                add(other, out);
                let print = ui.add(Button::plain("打印…").icon(Icon::Printer)).clicked();
                let export = ui.add(Button::plain("导出…").icon(Icon::Upload)).clicked();
                let may_import = scene.frozen.is_none();
                let import = may_import && ui.add(Button::plain("导入…").icon(Icon::Download)).clicked();
                if may_import {
                    let word = self.grid_word();
                    let button = if self.grid.is_on() { Button::amber(word) } else { Button::plain(word) };
                    if ui.add(button.icon(Icon::Pencil).tip("Ctrl+E")).clicked() {
                        self.toggle_grid(scene);
                    }
                }
                self.outside([import, export, print, form], scene, out);
            }
            frame::day_button_ui(ui, scene, out);
        });
    }

    /// What begins or ends editing in the table.
    fn grid_word(&self) -> &'static str {
        if self.grid.is_on() { "结束编辑" } else { "编辑表格" }
    }

    /// 导入、导出、打印: what comes in, and what goes out as it is listed.
    fn outside(&mut self, [import, export, print, form]: [bool; 4], scene: &Scene<'_>, out: &mut Outbox) {
        if import {
            out.go(Page::Import);
        }
        if export {
            let columns = self.columns.shown().map(|column| column.source).collect();
            out.open(ExportDialog::members(self.question(scene).0, columns));
        }
        if form {
            let people = self.picked.in_order(&self.listed);
            out.open(UpperFormDialog::new(self.question(scene).0, people));
        }
        if print {
            let columns = self.columns.shown().map(|column| column.source).collect();
            let selected = self.picked.in_order(&self.listed);
            out.open(PrintDialog::roster(scene, self.question(scene).0, columns).selected(selected));
        }
    }

    /// 「青禾县民政局党总支·在册 182 人」; narrow 「132 / 182 人」.
    fn scope_words(&self, scene: &Scene<'_>) -> String {
        let whole: usize = match scene.scope {
            Some(id) => scene.tree.iter().find(|line| line.organisation.id == id).map_or(0, |line| line.members),
            None => crate::view::organisations::whole(scene.tree),
        };
        let whole = grouped(whole as u64);
        if scene.width == Width::Narrow {
            let listed = self.list.shown().map_or(0, |list| match self.filters.who {
                Who::OnRoll => list.sums.members,
                Who::FloatingIn | Who::Left | Who::Voided => list.sums.people,
            });
            return format!("{} / {whole} 人", grouped(listed as u64));
        }
        match &self.filters.view {
            View::Saved(name) => format!("{}·在册 {whole} 人·{name}", scene.scope_name),
            View::Plain | View::Ready(_) => format!("{}·在册 {whole} 人", scene.scope_name),
        }
    }
}

/// Who can be added besides members.
fn others_ui(ui: &mut Ui) -> Option<Newcomer> {
    let applicant = ui.add(MenuRow::new("新增申请人等…").icon(Icon::UserPlus)).clicked();
    let floating = ui.add(MenuRow::new("登记流入党员…").icon(Icon::UserRoundPlus)).clicked();
    match (applicant, floating) {
        (true, _) => Some(Newcomer::Applicant),
        (_, true) => Some(Newcomer::FloatingIn),
        _ => None,
    }
}

fn add(who: Option<Newcomer>, out: &mut Outbox) {
    if let Some(who) = who {
        out.open(AddMember::new(who));
    }
}
