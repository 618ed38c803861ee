//! 清单模板: what checklists start from. A template is shown as a tree and changed there; inspection lists that come in
//! become templates; running checklists are offered what changed.
//! Must never change anything itself: it wishes. Start at [`TemplatesScreen`].

mod draft;
mod head;
mod item;
mod tree;

pub use draft::{page_of_draft, told_of_draft};

use std::collections::HashSet;

use egui::{Event, Key, Modifiers, Ui};

use super::{Screen, frame};
use crate::command::{Command, RemoveTemplate};
use crate::domain::checklists::Template;
use crate::engine::Job;
use crate::engine::questions::{ChecklistTemplates, TalkTypeList, TemplateUseOf};
use crate::exchange::import::InspectionList;
use crate::ui::dialogs::archives::{InspectionDialog, NEW_TEMPLATE, UpdateChecklistsDialog};
use crate::ui::dialogs::{Discarding, Parking, Saving};
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::space;
use crate::ui::widgets::{
    EmptyState, Icon, LongField, TextField, Tone, beside, keyboard, list_beside, note, remark, section, sheet,
};
use draft::{DRAFT, Draft};
use item::ItemPart;
use tree::TreePart;

/// Width of what is written of an item.
const SIDE: f32 = 420.0;
const NARROW_SIDE: f32 = 340.0;
const FILE_SLOT: &str = "inspection list";
/// The template that is shown first.
const USUAL: &str = "六有";

/// The page 清单模板.
pub struct TemplatesScreen {
    templates: Live<ChecklistTemplates>,
    used: Live<TemplateUseOf>,
    types: Live<TalkTypeList>,
    /// The code of the one that is shown.
    chosen: Option<String>,
    /// The code of one that is to be shown as soon as the templates are known.
    wanted: Option<String>,
    /// What is changed of it; none while it is as the workbook has it.
    draft: Option<Draft>,
    parking: Parking,
    tree: TreePart,
    item: ItemPart,
    saving: Saving,
    removing: Saving,
    /// What waits for the question before a draft is thrown away.
    waits: Option<Leave>,
    /// It was saved: running checklists are offered what changed as soon as it is known which.
    offers: bool,
    /// The codes there were before a new one is made.
    known: HashSet<String>,
    awaits_new: bool,
    reading: Option<Job<InspectionList>>,
}

/// Where one goes that throws the draft away.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Leave {
    /// Another template.
    To(String),
    /// 还原
    Revert,
    /// 恢复自带内容, 删除模板
    Remove,
}

impl Default for TemplatesScreen {
    fn default() -> Self {
        Self {
            templates: Live::default(),
            used: Live::default(),
            types: Live::default(),
            chosen: None,
            wanted: None,
            draft: None,
            parking: Parking::new(DRAFT),
            tree: TreePart::default(),
            item: ItemPart::default(),
            saving: Saving::new("template"),
            removing: Saving::new("remove template"),
            waits: None,
            offers: false,
            known: HashSet::new(),
            awaits_new: false,
            reading: None,
        }
    }
}

impl TemplatesScreen {
    fn ask(&mut self, scene: &Scene<'_>) {
        self.templates.ask(scene, ChecklistTemplates);
        self.types.ask(scene, TalkTypeList);
        if let Some(code) = self.template().map(|template| template.code.clone()) {
            self.used.ask(scene, TemplateUseOf(code));
        }
    }

    /// The template that is shown, as the workbook has it.
    fn template(&self) -> Option<&Template> {
        let templates = self.templates.shown()?;
        let chosen = self.draft.as_ref().map(|draft| &draft.code).or(self.chosen.as_ref());
        chosen.and_then(|code| templates.get(code)).or_else(|| templates.get(USUAL)).or_else(|| templates.all().first())
    }

    /// Takes what was parked, how writes ended, what was read.
    fn follow(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        if let Some(Some(parked)) = self.parking.restore(scene)
            && self.draft.is_none()
        {
            match serde_json::from_value::<Draft>(parked) {
                Ok(draft) => self.draft = Some(draft),
                Err(error) => tracing::warn!(%error, "a parked template cannot be read"),
            }
        }
        if self.saving.take(scene).is_some() {
            self.draft = None;
            self.item.forget();
            self.parking.clear(out);
            self.offers = true;
        }
        if self.removing.take(scene).is_some() {
            self.forget_draft(out);
            self.offers = true;
        }
        if scene.written(&Slot::new(NEW_TEMPLATE)).is_some() {
            self.awaits_new = true;
        }
        while let Some(path) = scene.chosen(&Slot::new(FILE_SLOT)) {
            self.reading = Some(scene.job("读取检查清单", move |progress| InspectionList::file(&path, progress)));
        }
        if let Some(read) = self.reading.as_ref().and_then(Job::take) {
            self.reading = None;
            match read {
                Ok(list) => out.open(InspectionDialog::new(list)),
                Err(problem) => out.wish(Wish::Problem(problem)),
            }
        }
    }

    /// The one that was asked for is shown, unless another is being changed.
    fn show_wanted(&mut self, out: &mut Outbox) {
        if self.templates.shown().is_none() {
            return;
        }
        let Some(code) = self.wanted.take() else { return };
        let is_other = self.template().is_some_and(|template| template.code != code);
        if is_other && !self.is_changed() {
            self.show_other(&code, out);
        }
    }

    /// The new template is the one that is shown.
    fn take_new(&mut self, out: &mut Outbox) {
        let Some(templates) = self.templates.shown() else { return };
        let codes: HashSet<String> = templates.all().iter().map(|template| template.code.clone()).collect();
        if self.awaits_new {
            let Some(new) = codes.iter().find(|code| !self.known.contains(*code)).cloned() else { return };
            self.awaits_new = false;
            if self.draft.is_none() {
                self.show_other(&new, out);
            }
        }
        self.known = codes;
    }

    /// Once it is known which checklists are behind, they are offered what changed.
    fn offer(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        if !self.offers || self.used.is_waiting() {
            return;
        }
        self.offers = false;
        if let Some(used) = self.used.current().filter(|used| !used.behind.is_empty() && scene.frozen.is_none()) {
            out.open(UpdateChecklistsDialog::new(used.behind.clone()));
        }
    }

    fn show_other(&mut self, code: &str, out: &mut Outbox) {
        self.forget_draft(out);
        self.chosen = Some(code.to_owned());
        self.tree = TreePart::default();
    }

    fn forget_draft(&mut self, out: &mut Outbox) {
        self.draft = None;
        self.item.forget();
        self.saving.forget();
        self.parking.clear(out);
    }

    /// Whether something is changed that is not saved.
    fn is_changed(&self) -> bool {
        self.draft.as_ref().zip(self.template()).is_some_and(|(draft, template)| draft.is_other_than(template))
    }

    /// Goes where it throws the draft away: at once where nothing is changed, else after the question.
    fn leave(&mut self, to: Leave, out: &mut Outbox) {
        if self.is_changed() { self.waits = Some(to) } else { self.leave_now(to, out) }
    }

    fn leave_now(&mut self, to: Leave, out: &mut Outbox) {
        match to {
            Leave::To(code) => self.show_other(&code, out),
            Leave::Revert => self.forget_draft(out),
            Leave::Remove => {
                if let Some(code) = self.template().map(|template| template.code.clone()) {
                    self.removing.run(out, Command::RemoveTemplate(RemoveTemplate { code }));
                }
            }
        }
    }

    fn ask_before_leaving(&mut self, ui: &Ui, out: &mut Outbox) {
        let Some(to) = self.waits.clone() else { return };
        let mut is_open = true;
        let question = Discarding::new("模板还没保存", "改过的项和标准都不留下，撤不回。", "接着改");
        if question.ask(ui.ctx(), &mut is_open) {
            self.leave_now(to, out);
        }
        if !is_open {
            self.waits = None;
        }
    }

    fn save(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        let Some((draft, template)) = self.draft.as_ref().zip(self.template()) else { return };
        let is_whole = draft.is_other_than(template) && draft.fault(template).is_none();
        if is_whole && may_write(scene) && !self.saving.is_under_way() {
            let command = Command::SetTemplate(draft.command(template));
            self.saving.run(out, command);
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let Some(template) = self.template().cloned() else {
            EmptyState::new("正在读取…", "").show(ui);
            return;
        };
        let may = may_write(scene) && !self.saving.is_under_way();
        let mut draft = self.draft.take().unwrap_or_else(|| Draft::of(&template));
        let side = if scene.width == Width::Narrow { NARROW_SIDE } else { SIDE };
        let mut added = None;
        let rect = list_beside(ui, side, |ui| added = self.tree.show(ui, &mut draft.lines, may));
        if let Some(is_added) = added {
            // In the place of the line that was looked at may stand another one.
            self.item.forget();
            self.item.into_title |= is_added;
        }
        let foot = beside(ui, rect, ("template", &template.code), space::M, |ui| {
            self.side_ui(ui, &template, &mut draft, may);
        });
        crate::ui::widgets::beside_foot(ui, foot, |ui| {
            note(ui, &self.told_in_foot(&draft, &template));
        });
        if !draft.is_word_for_word(&template) {
            self.draft = Some(draft);
        }
    }

    /// 「共 118 项」, what stands in the way of saving.
    fn told_in_foot(&self, draft: &Draft, template: &Template) -> String {
        let count = format!("共 {} 项", draft.lines.len());
        match draft.is_other_than(template) {
            false => count,
            true => draft
                .fault(template)
                .map_or_else(|| format!("{count}，改动还没保存"), |fault| format!("不能保存：{fault}")),
        }
    }

    fn side_ui(&mut self, ui: &mut Ui, template: &Template, draft: &mut Draft, may: bool) {
        if let Some(words) = self.saving.problem_words().or_else(|| self.removing.problem_words()) {
            remark(ui, Icon::CircleAlert, Tone::Hard, &words);
        }
        if draft.version != template.version && draft.is_other_than(template) {
            remark(ui, Icon::TriangleAlert, Tone::Amber, "模板在别处又改过，保存会用这里的内容盖过");
        }
        if let Some(at) = self.tree.at(&draft.lines) {
            let code = draft.lines.get(at).map(|line| line.item.code.clone()).unwrap_or_default();
            section(
                ui,
                "这一项",
                &if code.is_empty() { "新项，保存时编号".to_owned() } else { format!("编号 {code}") },
            );
            let types = self.types.shown();
            if let Some(item) = draft.lines.item_mut(at) {
                self.item.show(ui, item, (&draft.code, at), (template.subject, may), types);
            }
        }
        section(ui, "这个模板", &format!("代号 {}", template.code));
        ui.add_enabled_ui(may, |ui| {
            TextField::new("名称", &mut draft.title).required().show(ui);
            LongField::new("出处", &mut draft.source).low().hint("依据的文件、哪个单位要求的").show(ui);
        });
    }

    /// A list that was pasted onto the page, not into a field.
    fn pasted(ui: &Ui) -> Option<String> {
        let is_free = ui.ctx().memory(|memory| memory.top_modal_layer()).is_none() && !ui.ctx().text_edit_focused();
        let of = |event: &Event| match event {
            Event::Paste(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        };
        if is_free { ui.input(|input| input.events.iter().find_map(of)) } else { None }
    }
}

/// Templates are not of a day: only a workbook that cannot be written forbids to change them.
fn may_write(scene: &Scene<'_>) -> bool {
    scene.frozen.is_none() || scene.as_of != scene.today
}

impl Screen for TemplatesScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.follow(scene, out);
        self.ask(scene);
        self.show_wanted(out);
        self.take_new(out);
        self.ask(scene);
        self.offer(scene, out);
        if let Some(text) = Self::pasted(ui).filter(|_| may_write(scene)) {
            match InspectionList::pasted(&text) {
                Ok(list) => out.open(InspectionDialog::new(list)),
                Err(problem) => out.wish(Wish::Problem(problem)),
            }
        }
        frame::page(ui, scene, |ui| {
            self.head_ui(ui, scene, out);
            let tall = ui.available_height();
            sheet(ui, 0, |ui| {
                ui.set_height(tall);
                ui.spacing_mut().item_spacing.y = 0.0;
                self.body_ui(ui, scene);
            });
        });
        if keyboard::pressed_exactly(ui.ctx(), Modifiers::COMMAND, Key::S) {
            self.save(scene, out);
        }
        self.ask_before_leaving(ui, out);
        let draft = self.draft.as_ref().filter(|_| self.is_changed());
        let parked = draft.and_then(|draft| serde_json::to_value(draft).ok());
        if self.templates.shown().is_some() {
            self.parking.park(out, parked);
        }
    }

    fn show_template(&mut self, code: String) {
        self.wanted = Some(code);
    }

    fn is_dirty(&self) -> bool {
        self.is_changed()
    }
}
