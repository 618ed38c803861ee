//! 检查清单: what was understood of a list that was pasted or opened, to be corrected before a template is made of it.
//! Must never read a file nor write: it wishes for one command. Start at [`InspectionDialog`].

use egui::{Context, ScrollArea, Ui, vec2};

use super::NEW_TEMPLATE;
use crate::command::{Command, SetTemplate};
use crate::domain::checklists::{Subject, TemplateLine};
use crate::exchange::import::{ColumnUse, Corrections, InspectionList, UnderstoodList};
use crate::ui::dialogs::discarding::Leaving;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, Answer, Cell, Choice, Column, ColumnState, EmptyState, Outline, Select, Table, TableEvent, TableRows,
    TextField, note, wrapped_note,
};
use crate::ui::words::filled;

/// Room for what was not taken as an item.
const REMARKS: f32 = 62.0;

/// The dialog 检查清单.
#[derive(Debug)]
pub struct InspectionDialog {
    list: InspectionList,
    told: Corrections,
    understood: UnderstoodList,
    title: String,
    columns: Vec<ColumnState>,
    cursor: Option<usize>,
    saving: Saving,
    leaving: Leaving,
}

impl InspectionDialog {
    pub fn new(list: InspectionList) -> Self {
        let told = Corrections::new();
        let understood = list.understand(&told);
        let (saving, leaving) = (Saving::new(NEW_TEMPLATE), Leaving::default());
        let title = understood.title.clone();
        Self { list, told, understood, title, columns: Vec::new(), cursor: None, saving, leaving }
    }

    fn command(&self) -> SetTemplate {
        SetTemplate {
            code: None,
            title: filled(&self.title),
            subject: Some(Subject::Organisation),
            source: None,
            items: Some(self.understood.lines.items()),
            removed: None,
        }
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        let wide = ui.available_width();
        if TextField::new("模板名称", &mut self.title).required().width(wide.min(520.0)).show(ui).changed() {
            self.saving.forget();
        }
        ui.add_space(space::S);
        self.columns_ui(ui);
        ui.add_space(space::S);
        let room = widgets::Dialog::body_room(ui.ctx()) - ui.min_rect().height() - REMARKS - 2.0 * space::M;
        ui.allocate_ui(vec2(wide, room.clamp(120.0, 320.0)), |ui| {
            ui.set_min_size(ui.available_size());
            self.lines_ui(ui);
        });
        ui.add_space(space::S);
        self.remarks_ui(ui);
    }

    /// What each column is taken for.
    fn columns_ui(&mut self, ui: &mut Ui) {
        if self.understood.columns.is_empty() {
            note(ui, "按行和编号识别，每个编号一项");
            return;
        }
        let words = ColumnUse::ALL.map(ColumnUse::label);
        let several = self.understood.columns.iter().any(|column| column.table > 0);
        let mut told = None;
        ScrollArea::vertical().id_salt("columns").max_height(120.0).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                for column in &self.understood.columns {
                    let table = if several { format!("表 {} ", column.table + 1) } else { String::new() };
                    let name = format!("{table}{}", column.head);
                    let mut place = ColumnUse::ALL.iter().position(|used| *used == column.used);
                    ui.push_id((column.table, column.column), |ui| {
                        ui.vertical(|ui| {
                            ui.set_width(112.0);
                            if Select::new(&name, &words, &mut place).width(112.0).show(ui).changed() {
                                let used = place.and_then(|place| ColumnUse::ALL.get(place)).copied();
                                told = used.map(|used| ((column.table, column.column), used));
                            }
                        });
                    });
                }
            });
        });
        if let Some((column, used)) = told {
            self.told.insert(column, used);
            let is_named = self.title != self.understood.title;
            self.understood = self.list.understand(&self.told);
            if !is_named {
                self.title.clone_from(&self.understood.title);
            }
            self.saving.forget();
        }
    }

    fn lines_ui(&mut self, ui: &mut Ui) {
        let wide = ui.available_width();
        let columns = [
            Column::new("title", "项", (wide * 0.42).max(200.0)).unsortable(),
            Column::new("standard", "标准", (wide * 0.58 - 90.0).max(200.0)).unsortable(),
            Column::new("retention", "保管期限", 80.0).unsortable(),
        ];
        let mut rows = Lines(self.understood.lines.all());
        let table = Table::new("understood items", "识别出的项", &columns, &mut self.columns)
            .cursor(self.cursor)
            .empty(EmptyState::new("没有识别出项", "把写着检查内容的栏选为“项目”"))
            .show(ui, &mut rows);
        for event in table.events {
            if let TableEvent::Cursor(row) = event {
                self.cursor = Some(row);
            }
        }
    }

    fn remarks_ui(&self, ui: &mut Ui) {
        ScrollArea::vertical().id_salt("remarks").max_height(REMARKS).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for remark in &self.understood.remarks {
                wrapped_note(ui, remark);
            }
        });
    }
}

/// The items in one frame.
struct Lines<'a>(&'a [TemplateLine]);

impl TableRows for Lines<'_> {
    fn row_count(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.0.get(row) else { return Cell::default() };
        let standard = line.item.standard.as_deref().unwrap_or_default();
        match column {
            "title" => Cell::text(self.row_name(row)).tip(&*line.item.title),
            "standard" => Cell::text(standard.replace('\n', "；")).weak().tip(standard),
            _ => Cell::text(line.item.retention.map_or("", |retention| retention.label())).weak(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.0
            .get(row)
            .map(|line| format!("{} {}", line.item.code, line.item.title).trim().to_owned())
            .unwrap_or_default()
    }

    fn outline(&self, row: usize) -> Option<Outline> {
        self.0.get(row).map(|line| Outline { depth: line.depth, open: None })
    }
}

impl Dialog for InspectionDialog {
    fn is_dirty(&self) -> bool {
        !self.told.is_empty() || self.title != self.understood.title
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let has_items = !self.understood.lines.is_empty();
        let may = has_items && filled(&self.title).is_some() && scene.frozen.is_none() && !self.saving.is_under_way();
        let told = format!("共 {} 项", self.understood.lines.len());
        let answered = widgets::Dialog::new("inspection list", "检查清单做成模板", "取消")
            .width(900.0)
            .note(&told)
            .primary(Choice::new("建模板").enabled(may))
            .show(ctx, |ui| self.body_ui(ui));
        if answered.answer == Some(Answer::Primary) && may {
            self.saving.run(out, Command::SetTemplate(self.command()));
        }
        let lost = self.is_dirty().then_some("改过的栏目和名称不留下，撤不回。");
        self.leaving.show(ctx, answered.answer == Some(Answer::Quiet), "还没建模板", lost)
    }
}
