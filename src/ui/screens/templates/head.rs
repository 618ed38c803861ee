//! Owns the head of the page: which template, its version and day, what is done with it as a whole.
//! Must never change anything: it wishes.

use egui::{Ui, ViewportCommand};

use super::{FILE_SLOT, Leave, TemplatesScreen, may_write};
use crate::command::{Command, SetTemplate};
use crate::domain::checklists::{Subject, Template};
use crate::engine::folders::FileAsk;
use crate::ui::dialogs::archives::{MakeChecklistsDialog, NewTemplateDialog, UpdateChecklistsDialog};
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::frame;
use crate::ui::widgets::{Button, Icon, MenuRow, PageHead, Select, menu_button, menu_rule};
use crate::view::checklists::TemplateUse;

/// What is done with a template as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Blank,
    Copy,
    Paste,
    Open,
    MakeLists,
    Update,
    Revert,
    Stop(bool),
    Remove,
}

impl TemplatesScreen {
    pub(super) fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let Some(template) = self.template().cloned() else {
            PageHead::new("清单模板", "").height(frame::head_height(scene)).show(ui, |_| ());
            return;
        };
        let used = self.used.current().cloned().unwrap_or_default();
        let scope = told(&template, &used);
        PageHead::new("清单模板", &scope).height(frame::head_height(scene)).show(ui, |ui| {
            let may = may_write(scene);
            let is_changed = self.is_changed();
            let is_whole = self.draft.as_ref().is_some_and(|draft| draft.fault(&template).is_none());
            let save = Button::primary("保存").tip("Ctrl+S").enabled(may && is_changed && is_whole);
            if ui.add(save).clicked() {
                self.save(scene, out);
            }
            let (_, chosen) =
                menu_button(ui, Button::plain("更多"), "更多", |ui| more_ui(ui, &template, &used, may, is_changed));
            let (_, new) = menu_button(ui, Button::plain("新建模板"), "新建模板", |ui| new_ui(ui, may));
            if let Some(act) = chosen.flatten().or(new.flatten()) {
                self.act(act, ui, scene, (&template, &used), out);
            }
            self.choice_ui(ui, scene, out);
            if ui.add(Button::plain("返回").icon(Icon::ArrowLeft)).clicked() {
                out.wish(Wish::Back);
            }
        });
    }

    fn choice_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let Some(templates) = self.templates.shown() else { return };
        let now = self.template().map(|template| template.code.clone());
        let all: Vec<(String, String)> =
            templates.all().iter().map(|template| (template.code.clone(), shown(template))).collect();
        let words: Vec<&str> = all.iter().map(|(_, words)| words.as_str()).collect();
        let mut place = all.iter().position(|(code, _)| Some(code) == now.as_ref());
        let width = if scene.width == Width::Narrow { 170.0 } else { 230.0 };
        if Select::new("模板", &words, &mut place).label_hidden().width(width).show(ui).changed()
            && let Some((code, _)) = place.and_then(|place| all.get(place))
        {
            let code = code.clone();
            self.leave(Leave::To(code), out);
        }
    }

    fn act(
        &mut self,
        act: Act,
        ui: &Ui,
        scene: &Scene<'_>,
        (template, used): (&Template, &TemplateUse),
        out: &mut Outbox,
    ) {
        match act {
            Act::Blank => out.open(NewTemplateDialog::blank()),
            Act::Copy => out.open(NewTemplateDialog::copy(template.clone())),
            Act::Paste => ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste),
            Act::Open => {
                let ask =
                    FileAsk::open("选检查清单", "Word、Excel 和 CSV", &["docx", "xlsx", "xls", "csv", "html", "htm"]);
                out.choose_file(Slot::new(FILE_SLOT), ask);
            }
            Act::MakeLists => {
                let scope = scene.scope.map(|scope| scene.answering().map_or(scope, |organisation| organisation.id));
                out.open(MakeChecklistsDialog::within(scope, template.code.clone(), scene.today.year()));
            }
            Act::Update => out.open(UpdateChecklistsDialog::new(used.behind.clone())),
            Act::Revert => self.leave(Leave::Revert, out),
            Act::Stop(removed) => {
                let set =
                    SetTemplate { code: Some(template.code.clone()), removed: Some(removed), ..SetTemplate::default() };
                out.run(Slot::new("stop template"), Command::SetTemplate(set));
            }
            Act::Remove => self.leave(Leave::Remove, out),
        }
    }
}

fn shown(template: &Template) -> String {
    if template.removed { format!("{}（停用）", template.title) } else { template.title.clone() }
}

/// 「第 3 版，2026-11-24 李敏 改；已建 12 份」
fn told(template: &Template, used: &TemplateUse) -> String {
    let version = match &used.changed {
        Some((day, who)) => format!("第 {} 版，{day} {who} 改", template.version),
        None => format!("第 {} 版，程序自带", template.version),
    };
    let made = if used.made > 0 { format!("；已建 {} 份清单", used.made) } else { String::new() };
    format!("{version}{made}")
}

fn new_ui(ui: &mut Ui, may: bool) -> Option<Act> {
    let rows = [
        (MenuRow::new("空模板…").icon(Icon::Plus), Act::Blank),
        (MenuRow::new("照这个复制…").icon(Icon::Copy), Act::Copy),
        (MenuRow::new("粘贴检查清单…").icon(Icon::ClipboardList).shortcut("Ctrl+V"), Act::Paste),
        (MenuRow::new("打开检查清单…").icon(Icon::FileText), Act::Open),
    ];
    let mut chosen = None;
    for (row, act) in rows {
        if ui.add(row.enabled(may)).clicked() {
            chosen = Some(act);
        }
    }
    chosen
}

fn more_ui(ui: &mut Ui, template: &Template, used: &TemplateUse, may: bool, is_changed: bool) -> Option<Act> {
    let mut chosen = None;
    let mut row = |ui: &mut Ui, row: MenuRow<'_>, act| {
        if ui.add(row).clicked() {
            chosen = Some(act);
        }
    };
    let of_year = template.subject == Subject::Organisation;
    let makes = may && of_year && !template.removed;
    row(ui, MenuRow::new("用它建清单…").icon(Icon::ListChecks).enabled(makes), Act::MakeLists);
    let update = format!("按模板更新 {} 份清单…", used.behind.len());
    row(ui, MenuRow::new(&update).icon(Icon::RotateCcw).enabled(may && !used.behind.is_empty()), Act::Update);
    menu_rule(ui);
    row(ui, MenuRow::new("还原改动").icon(Icon::Undo2).enabled(is_changed), Act::Revert);
    let (word, removed) = if template.removed { ("重新启用", false) } else { ("停用", true) };
    row(ui, MenuRow::new(word).icon(Icon::Ban).enabled(may), Act::Stop(removed));
    let is_changed_shipped = used.is_shipped && used.record.is_some();
    let is_unused_own = !used.is_shipped && used.made == 0;
    if used.is_shipped {
        row(ui, MenuRow::new("恢复自带内容").icon(Icon::History).enabled(may && is_changed_shipped), Act::Remove);
    } else {
        row(ui, MenuRow::new("删除模板").icon(Icon::Trash2).careful().enabled(may && is_unused_own), Act::Remove);
    }
    chosen
}
