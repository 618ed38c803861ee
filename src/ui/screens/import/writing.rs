//! 写入: once more what would be written, and afterwards what was.
//! Must never write itself. Start at [`ImportScreen::writing_ui`] and [`Written`].

use std::collections::BTreeSet;

use egui::{Frame, ScrollArea, Ui};

use super::preview::{Class, Preview};
use super::wizard::Step;
use super::{EVERYTHING, ImportScreen, Press, on_whole_sheet};
use crate::command::Receipt;
use crate::domain::ids::EntryId;
use crate::domain::import_layout::letters;
use crate::domain::imports::RosterKind;
use crate::exchange::import::Sureness;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{EmptyState, grouped, key_value, section, sheet, wrapped_note};

/// Width of the words at the left.
const KEY: f32 = 120.0;
/// New organisations and fields that are named.
const NAMED: usize = 12;

impl ImportScreen {
    pub(super) fn writing_ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        let Some(preview) = &self.preview else { return };
        sheet(ui, 0, |ui| {
            ui.set_min_size(ui.available_size());
            ScrollArea::vertical().id_salt("what is written").auto_shrink(false).show(ui, |ui| {
                Frame::new().inner_margin(24).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = space::XS;
                    section(ui, "将要写入", &format!("范围：{}", scene.scope_name));
                    expected(ui, preview);
                    self.made(ui, preview);
                    left(ui, preview, &self.headless());
                });
            });
        });
    }

    /// What is made besides people.
    fn made(&self, ui: &mut Ui, preview: &Preview) {
        let plan = &preview.plan;
        let branches: Vec<&str> = preview.made.iter().map(|new| new.name.as_str()).collect();
        let fields: Vec<&str> = plan.new_extra_fields.iter().map(|label| &**label).collect();
        let remarks: Vec<&str> = plan.remark_columns.iter().map(|head| &**head).collect();
        let left: Vec<&str> = plan.roster_columns.iter().map(|head| &**head).collect();
        for (word, names) in
            [("新建党组织", branches), ("新建自定义字段", fields), ("记入备注", remarks), ("以名册为准", left)]
        {
            if !names.is_empty() {
                let more = if names.len() > NAMED { format!(" 等 {} 个", names.len()) } else { String::new() };
                let shown: Vec<&str> = names.iter().take(NAMED).copied().collect();
                key_value(ui, KEY, word, &format!("{}{more}", shown.join("、")), "");
            }
        }
        let remembered = self.said.now.iter().map(|layout| layout.name.as_str()).collect::<Vec<_>>().join("、");
        if !remembered.is_empty() {
            key_value(ui, KEY, "栏目对照", &remembered, "下次遇到同样的表头照着认");
        }
    }
}

impl ImportScreen {
    /// The letters of the columns in which something stands below no head, and of which nobody spoke.
    fn headless(&self) -> Vec<String> {
        let columns = self.readings.iter().flat_map(|reading| &reading.tables).flat_map(|table| &table.columns);
        let headless = columns.filter(|column| column.sureness == Sureness::Headless).map(|column| column.index);
        headless.collect::<BTreeSet<_>>().into_iter().map(letters).collect()
    }
}

fn expected(ui: &mut Ui, preview: &Preview) {
    let kind = preview.plan.kind;
    key_value(ui, KEY, "文件", &preview.plan.file_names.join("、"), &preview.record_words());
    let (transferred, died) = preview.plan.leaving();
    if kind != RosterKind::Talks {
        let where_changed = format!("在“{}”一步改", Step::People.word(kind));
        key_value(ui, KEY, "名册日期", &preview.plan.roster_day.to_string(), &where_changed);
    }
    for class in Class::of_kind(kind).iter().copied().filter(|class| *class != Class::Branches) {
        let (count, unit) = (preview.told(class) as u64, kind.unit());
        let note = match class {
            _ if count == 0 => String::new(),
            Class::Same => "不动".to_owned(),
            Class::Waiting => "没有回答的不写入".to_owned(),
            Class::Broken => "不写入".to_owned(),
            Class::Gone => gone_words(count as usize, (transferred, died), unit),
            Class::New | Class::Changed | Class::Branches => String::new(),
        };
        key_value(ui, KEY, class.word(), &format!("{} {unit}", grouped(count)), &note);
    }
}

/// 「保留 3 人，转出 1 人」
fn gone_words(all: usize, (transferred, died): (usize, usize), unit: &str) -> String {
    let told = [("保留", all.saturating_sub(transferred + died)), ("转出", transferred), ("去世", died)];
    let told = told.iter().filter(|(_, count)| *count > 0);
    told.map(|(word, count)| format!("{word} {} {unit}", grouped(*count as u64))).collect::<Vec<_>>().join("，")
}

/// What is not written; `headless` are the letters of columns that have no head.
fn left(ui: &mut Ui, preview: &Preview, headless: &[String]) {
    let told = [
        (preview.plan.questions.len(), "处待定没有回答：只有那一格或那一行不写，其余照写"),
        (preview.left_out(), "行待定或有误：整行不写入"),
        (preview.skipped_count, "行没有取（合计、说明、不是党员的）"),
    ];
    if told.iter().any(|(count, _)| *count > 0) || !headless.is_empty() {
        ui.add_space(space::M);
        section(ui, "不写入", "");
    }
    for (count, words) in told.iter().filter(|(count, _)| *count > 0) {
        wrapped_note(ui, &format!("{} {words}", grouped(*count as u64)));
    }
    if !headless.is_empty() {
        wrapped_note(ui, &format!("{} 栏没有表头，没有取；在“栏目”一步可以指明", headless.join("、")));
    }
}

/// What was written.
pub struct Written {
    kind: RosterKind,
    title: String,
    note: String,
    entry: Option<EntryId>,
    /// The way on is to get the focus, once: what had it is gone.
    is_fresh: bool,
    /// Of the workbook just after the write.
    pub version: u64,
}

impl Written {
    pub fn of(receipt: &Receipt, preview: &Preview, scene: &Scene<'_>) -> Self {
        let told = [(preview.made.len(), "新建", "个党组织"), (preview.left_out(), "待定或有误、没有写入的还有", "行")];
        let told = told.iter().filter(|(count, ..)| *count > 0);
        let told: Vec<String> =
            told.map(|(count, what, unit)| format!("{what} {} {unit}", grouped(*count as u64))).collect();
        let told = if told.is_empty() { String::new() } else { format!("{}。", told.join("，")) };
        let note = format!("{told}写入前已备份；要退回去，撤销这一步就行");
        let entry = receipt.entry.as_ref().map(|entry| entry.id);
        let kind = preview.plan.kind;
        Self { kind, title: receipt.title.clone(), note, entry, is_fresh: true, version: scene.version(EVERYTHING) }
    }

    pub fn show(&mut self, ui: &mut Ui) -> Option<Press> {
        let next = match self.kind {
            RosterKind::Organisations => "看党组织",
            RosterKind::Talks => "看谈话",
            RosterKind::Members | RosterKind::None => "看党员",
        };
        let told = EmptyState::new(&self.title, &self.note)
            .plain("撤销导入")
            .primary(next)
            .focused(std::mem::take(&mut self.is_fresh));
        let pressed = on_whole_sheet(ui, told);
        pressed.map(|index| if index == 0 { Press::Undo(self.entry) } else { Press::ShowWritten(self.kind) })
    }
}
