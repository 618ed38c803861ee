//! 入党档案: the file of one member, opened from the list of files or from the member's page; made where there is none.
//! Must never change anything itself: it wishes. Start at [`MemberFileScreen`].

use egui::Ui;

use super::empty_ui;
use super::files::make;
use super::one::OneChecklistPart;
use crate::domain::checklists::{Checklist, Subject, Template};
use crate::domain::ids::PersonId;
use crate::engine::questions::{ChecklistTemplates, FilesOf, RecordName};
use crate::print::{ArchiveAsk, CatalogueLayout};
use crate::ui::dialogs::archives::UpdateChecklistsDialog;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::{Page, Screen, frame};
use crate::ui::widgets::{Button, EmptyState, Icon, PageHead, Select};

/// The page of a member's file.
#[derive(Debug)]
pub struct MemberFileScreen {
    person: PersonId,
    /// The code of the template that was chosen, where there are several for members.
    template: Option<String>,
    files: Live<FilesOf>,
    templates: Live<ChecklistTemplates>,
    name: Live<RecordName>,
    one: OneChecklistPart,
}

impl MemberFileScreen {
    pub fn new(person: PersonId) -> Self {
        Self {
            person,
            template: None,
            files: Live::default(),
            templates: Live::default(),
            name: Live::default(),
            one: OneChecklistPart::default(),
        }
    }

    /// The templates of members' files: those that are offered, and those of which there is a file.
    fn offered(&self) -> Vec<&Template> {
        let Some(templates) = self.templates.shown() else { return Vec::new() };
        let has_one = |template: &Template| self.files().iter().any(|file| file.template == template.code);
        let of_members = templates.all().iter().filter(|template| template.subject == Subject::Person);
        of_members.filter(|template| !template.removed || has_one(template)).collect()
    }

    fn files(&self) -> &[Checklist] {
        self.files.shown().map(Vec::as_slice).unwrap_or_default()
    }

    /// The template that is shown: the one chosen, else that of a file there is, else the first.
    fn template(&self) -> Option<&Template> {
        let offered = self.offered();
        let code = self.template.as_ref().or_else(|| self.files().first().map(|file| &file.template));
        let found = code.and_then(|code| offered.iter().find(|template| template.code == *code)).copied();
        found.or_else(|| offered.first().copied())
    }

    fn file(&self) -> Option<&Checklist> {
        let code = self.template().map(|template| &template.code)?;
        self.files().iter().find(|file| file.template == *code)
    }

    fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let title = self.template().map_or_else(|| "入党档案".to_owned(), |template| template.title.clone());
        let name = self.name.shown().cloned().flatten().unwrap_or_default();
        PageHead::new(&title, &name).height(frame::head_height(scene)).show(ui, |ui| {
            if let Some(id) = self.file().map(|file| file.id) {
                if ui.add(Button::plain("打印…").icon(Icon::Printer)).clicked() {
                    let asks = vec![ArchiveAsk::Checklist(id), ArchiveAsk::Catalogue(id, CatalogueLayout::Present)];
                    out.open(PrintDialog::archives(scene, asks));
                }
                let is_outdated = self.one.board().is_some_and(|board| board.is_outdated);
                if is_outdated && scene.frozen.is_none() && ui.add(Button::amber("按模板更新…")).clicked() {
                    out.open(UpdateChecklistsDialog::new(vec![id]));
                }
            }
            self.choice_ui(ui);
            if ui.add(Button::plain("党员页").icon(Icon::User)).clicked() {
                out.go(Page::Member(self.person));
            }
            if ui.add(Button::plain("返回").icon(Icon::ArrowLeft)).clicked() {
                out.wish(Wish::Back);
            }
        });
    }

    fn choice_ui(&mut self, ui: &mut Ui) {
        let all: Vec<(String, String)> =
            self.offered().iter().map(|template| (template.code.clone(), template.title.clone())).collect();
        if all.len() < 2 {
            return;
        }
        let words: Vec<&str> = all.iter().map(|(_, title)| title.as_str()).collect();
        let now = self.template().map(|template| template.code.clone());
        let mut place = all.iter().position(|(code, _)| Some(code) == now.as_ref());
        if Select::new("清单", &words, &mut place).label_hidden().width(158.0).show(ui).changed() {
            self.template = place.and_then(|place| all.get(place)).map(|(code, _)| code.clone());
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let is_known = self.files.current().is_some() && self.templates.shown().is_some();
        let template = self.template().map(|template| (template.code.clone(), template.title.clone()));
        match (self.file().is_some(), template) {
            (true, _) => {
                if self.one.show(ui, scene, out) {
                    out.wish(Wish::Back);
                }
            }
            (false, Some((code, title))) if is_known => {
                let text = format!("还没有{title}");
                let empty = EmptyState::new(&text, "从清单模板新建，由现在所在的党支部保管");
                let empty = if scene.frozen.is_none() { empty.primary("新建") } else { empty };
                if empty_ui(ui, empty).is_some() {
                    make(&code, vec![self.person], out);
                }
            }
            (false, None) if is_known => {
                empty_ui(ui, EmptyState::new("没有党员个人的清单模板", "到清单模板里重新启用入党档案"));
            }
            (false, _) => {
                empty_ui(ui, EmptyState::new("正在读取…", ""));
            }
        }
    }
}

impl Screen for MemberFileScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.files.ask(scene, FilesOf(self.person));
        self.templates.ask(scene, ChecklistTemplates);
        self.name.ask(scene, RecordName(self.person.0));
        if let Some(id) = self.file().map(|file| file.id) {
            self.one.ask(ui, scene, id, out);
        }
        frame::page(ui, scene, |ui| {
            self.head_ui(ui, scene, out);
            self.body_ui(ui, scene, out);
        });
    }

    /// Those that are dropped are evidence.
    fn takes_files(&self) -> bool {
        self.file().is_some()
    }

    fn is_dirty(&self) -> bool {
        self.one.is_dirty()
    }
}
