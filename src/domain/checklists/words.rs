//! What a template said of an item, beside what the office wrote itself (自写): a changed template never takes that away.

use serde::{Deserialize, Serialize};

use super::{ChecklistItem, Retention, TemplateItem};
use crate::domain::dates::PartialDate;

/// What a template says of an item and an office may word otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateWords {
    /// 内容
    pub title: String,
    /// 标准
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<String>,
    /// 保管期限建议
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// 期限
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
}

impl ChecklistItem {
    /// What its template said of it when it was last brought to it.
    pub fn said(&self) -> TemplateWords {
        self.template_words.clone().unwrap_or_else(|| self.words())
    }

    /// The same, its template having said this: kept where it says something else itself.
    #[must_use]
    pub fn saying(self, said: TemplateWords) -> Self {
        let is_own = self.code.is_some() && said != self.words();
        Self { template_words: Some(said).filter(|_| is_own), ..self }
    }

    /// What the office wrote itself, by name.
    pub fn own_words(&self) -> Vec<&'static str> {
        let Some(said) = &self.template_words else { return Vec::new() };
        let all = [
            ("内容", self.title != said.title),
            ("标准", self.standard != said.standard),
            ("保管期限", self.retention != said.retention),
            ("期限", self.due != said.due),
        ];
        all.into_iter().filter(|(_, is_own)| *is_own).map(|(name, _)| name).collect()
    }

    /// As its template has it now, but for what the office wrote itself. Days stay.
    #[must_use]
    pub fn brought_to(&self, wanted: &TemplateItem) -> Self {
        let said = self.said();
        let now = TemplateWords {
            title: wanted.title.trim().to_owned(),
            standard: wanted.standard.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned),
            retention: wanted.retention,
            due: said.due,
        };
        let brought = Self {
            title: if self.title == said.title { now.title.clone() } else { self.title.clone() },
            standard: if self.standard == said.standard { now.standard.clone() } else { self.standard.clone() },
            retention: if self.retention == said.retention { now.retention } else { self.retention },
            fill: wanted.fill.clone(),
            ..self.clone()
        };
        brought.saying(now)
    }

    fn words(&self) -> TemplateWords {
        TemplateWords {
            title: self.title.clone(),
            standard: self.standard.clone(),
            retention: self.retention,
            due: self.due,
        }
    }
}
