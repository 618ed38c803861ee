//! 新建清单: from which template, of which year, for whom; perhaps as the year before had it.
//! Must never write: it wishes for one command. Start at [`MakeChecklistsDialog`].

use egui::{Context, Ui};

use crate::command::{Command, MakeChecklists};
use crate::domain::checklists::{Subject, Template};
use crate::domain::ids::OrganisationId;
use crate::engine::questions::{ChecklistTemplates, ChecklistsOf};
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Checkbox, Choice, Select, label, note, wrapped_note};
use crate::view::checklists::{OrganisationChecklists, OverviewAsk};

/// The slot of the write: what it made is the first new checklist.
pub const MAKING: &str = "make checklists";

/// Years that can be chosen before this one.
const BACK: i16 = 10;

/// The dialog 新建清单.
#[derive(Debug)]
pub struct MakeChecklistsDialog {
    /// Those of a scope that have none of this year and template; with `only` it alone.
    scope: Option<OrganisationId>,
    only: Option<OrganisationId>,
    lines: Live<ChecklistsOf>,
    template: String,
    year: i16,
    as_last_year: bool,
    templates: Live<ChecklistTemplates>,
    saving: Saving,
}

impl MakeChecklistsDialog {
    /// For all in a scope that have none; `template` is the code of the one that is offered first.
    pub fn within(scope: Option<OrganisationId>, template: String, year: i16) -> Self {
        let (lines, templates, saving) = (Live::default(), Live::default(), Saving::new(MAKING));
        Self { scope, only: None, lines, template, year, as_last_year: false, templates, saving }
    }

    /// For one organisation and none of those below it.
    pub fn of(organisation: OrganisationId, template: String, year: i16) -> Self {
        Self { only: Some(organisation), ..Self::within(Some(organisation), template, year) }
    }

    /// Those it may be for, with the checklists that they have of the year and template that are chosen now.
    fn lines(&self) -> Option<Vec<&OrganisationChecklists>> {
        let lines = self.lines.current()?.iter();
        Some(lines.filter(|line| self.only.is_none_or(|only| line.organisation == only)).collect())
    }

    /// Those that have none, for whom one is made.
    fn without(&self) -> Vec<OrganisationId> {
        let lines = self.lines().unwrap_or_default().into_iter();
        lines.filter(|line| line.checklist.is_none()).map(|line| line.organisation).collect()
    }

    /// 「局机关第一党支部」, 「还没有这种清单的 6 个党组织」
    fn whose(&self) -> String {
        match (self.lines().as_deref(), self.without().len()) {
            (None, _) => "正在读取…".to_owned(),
            (Some([one]), 0) => format!("{}：这一年已有这种清单", one.name),
            (Some([one]), _) => one.name.clone(),
            (Some(_), 0) => "这一年都已有这种清单".to_owned(),
            (Some(_), count) => format!("还没有这种清单的 {count} 个党组织"),
        }
    }

    fn offered(&self) -> Vec<&Template> {
        let templates = self.templates.shown();
        templates.map(|templates| templates.offered(Subject::Organisation).collect()).unwrap_or_default()
    }

    fn command(&self) -> Command {
        Command::MakeChecklists(MakeChecklists {
            template: self.template.clone(),
            organisation_ids: self.without(),
            year: Some(self.year),
            person_ids: Vec::new(),
            as_last_year: self.as_last_year,
        })
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        label(ui, &self.whose());
        let years: Vec<i16> = (scene.today.year() - BACK..=scene.today.year() + 1).rev().collect();
        let (mut template, mut year) = (None, None);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let offered = self.offered();
            let words: Vec<&str> = offered.iter().map(|template| template.title.as_str()).collect();
            let mut place = offered.iter().position(|template| template.code == self.template);
            if Select::new("清单模板", &words, &mut place).required().width(300.0).show(ui).changed() {
                template = place.and_then(|place| offered.get(place)).map(|template| template.code.clone());
            }
            let words: Vec<String> = years.iter().map(|year| format!("{year}年")).collect();
            let mut place = years.iter().position(|year| *year == self.year);
            if Select::new("年度", &words, &mut place).required().width(120.0).show(ui).changed() {
                year = place.and_then(|place| years.get(place)).copied();
            }
        });
        if template.is_some() || year.is_some() {
            self.saving.forget();
        }
        self.template = template.unwrap_or_else(|| std::mem::take(&mut self.template));
        self.year = year.unwrap_or(self.year);
        if let Some(template) = self.offered().into_iter().find(|template| template.code == self.template) {
            note(ui, &size_of(template));
            if let Some(source) = &template.source {
                wrapped_note(ui, source);
            }
        }
        ui.add(Checkbox::new(&mut self.as_last_year, "沿用上年结构"));
        note(ui, "上年有这种清单的，项、责任人和期限照上年；状态和材料不带过来");
    }
}

/// 「26 类，共 118 项」
fn size_of(template: &Template) -> String {
    match (template.items.len(), template.each_item().len()) {
        (top, all) if top == all => format!("{all} 项"),
        (top, all) => format!("{top} 类，共 {all} 项"),
    }
}

impl Dialog for MakeChecklistsDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        self.templates.ask(scene, ChecklistTemplates);
        let ask =
            OverviewAsk { scope: self.scope, year: self.year, template: self.template.clone(), today: scene.today };
        self.lines.ask(scene, ChecklistsOf(ask));
        let is_known = self.offered().iter().any(|template| template.code == self.template);
        let may = is_known && !self.without().is_empty() && !self.saving.is_under_way();
        let answered = widgets::Dialog::new("make checklists", "新建清单", "取消")
            .width(520.0)
            .note("已有这种清单的不动")
            .focus_body()
            .primary(Choice::new("新建").enabled(may))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match answered.answer {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Primary) if may => self.saving.run(out, self.command()),
            _ => {}
        }
        Stay::Open
    }
}
