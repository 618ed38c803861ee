//! Owns what is being changed of a template and not yet saved: parked while one works, so that nothing is lost.
//! Must never write. Start at [`Draft`].

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::command::SetTemplate;
use crate::domain::checklists::{Template, TemplateItem, TemplateLines, with_codes};
use crate::ui::screens::Page;
use crate::ui::words::filled;

/// The name of the parked draft, which people read when they are asked whether to go on with it.
pub const DRAFT: &str = "清单模板";

/// A template as it is being changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub code: String,
    /// The version it began with.
    pub version: i64,
    pub title: String,
    pub source: String,
    pub lines: TemplateLines,
}

impl Draft {
    pub fn of(template: &Template) -> Self {
        Self {
            code: template.code.clone(),
            version: template.version,
            title: template.title.clone(),
            source: template.source.clone().unwrap_or_default(),
            lines: TemplateLines::of(&template.items),
        }
    }

    /// Whether it says anything else than the template does.
    pub fn is_other_than(&self, template: &Template) -> bool {
        self.lines != TemplateLines::of(&template.items)
            || self.title.trim() != template.title
            || filled(&self.source) != template.source
    }

    /// Whether it is the template to the letter: then the workbook is followed.
    pub fn is_word_for_word(&self, template: &Template) -> bool {
        Self { version: template.version, ..self.clone() } == Self::of(template)
    }

    /// What stands in the way of saving, in words.
    pub fn fault(&self, template: &Template) -> Option<String> {
        if let Some(at) = self.lines.all().iter().position(|line| line.item.title.trim().is_empty()) {
            return Some(format!("第 {} 行没有写内容", at + 1));
        }
        // New items get their codes when they are saved.
        let items = with_codes(self.lines.items(), &HashSet::new());
        let wanted = Template { title: self.title.clone(), items, ..template.clone() };
        wanted.faults().into_iter().next()
    }

    pub fn command(&self, template: &Template) -> SetTemplate {
        let items: Vec<TemplateItem> = self.lines.items();
        SetTemplate {
            code: Some(self.code.clone()),
            title: filled(&self.title).filter(|title| *title != template.title),
            subject: None,
            source: filled(&self.source).filter(|source| Some(source) != template.source.as_ref()),
            items: Some(items).filter(|_| self.lines != TemplateLines::of(&template.items)),
            removed: None,
        }
    }
}

/// The page on which a parked draft of a template is gone on with.
pub fn page_of_draft(name: &str, draft: &serde_json::Value) -> Option<Page> {
    let is_ours = name == DRAFT && serde_json::from_value::<Draft>(draft.clone()).is_ok();
    is_ours.then_some(Page::ChecklistTemplates)
}

/// Which template a parked draft is of.
pub fn told_of_draft(name: &str, draft: &serde_json::Value) -> Option<String> {
    if name != DRAFT {
        return None;
    }
    serde_json::from_value::<Draft>(draft.clone()).ok().map(|draft| draft.title)
}
