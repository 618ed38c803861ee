//! Templates (清单模板): what a checklist starts from, with versions. The program brings some; a workbook may change
//! them, stop them and have its own.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Fill, Retention};
use crate::problem::{Problem, Result};

/// The files of templates that the program brings.
const SHIPPED: [&str; 3] = [
    include_str!("../../../assets/checklists/six_haves.toml"),
    include_str!("../../../assets/checklists/archive.toml"),
    include_str!("../../../assets/checklists/member_file.toml"),
];

/// What checklists of a template are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// An organisation and a year.
    Organisation,
    /// A member's file (入党档案).
    Person,
}

impl Subject {
    pub const ALL: [Self; 2] = [Self::Organisation, Self::Person];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Person => "person",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.name() == name)
    }
}

/// A template (清单模板).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Those a workbook made begin with `U`.
    pub code: String,
    /// Counts up with each change.
    pub version: i64,
    pub title: String,
    pub subject: Subject,
    /// Where it comes from: the regulation, the office.
    #[serde(default)]
    pub source: Option<String>,
    #[serde(rename = "item")]
    pub items: Vec<TemplateItem>,
    /// No longer offered; checklists made from it stay what they are.
    #[serde(skip)]
    pub removed: bool,
}

/// An item of a template, with its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TemplateItem {
    /// Names the item for as long as it is the same: by this a checklist finds it again. `10`, and `10.3` of a part.
    pub code: String,
    /// 内容
    pub title: String,
    /// 标准
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<String>,
    /// What of the workbook fills it by itself
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fill: Option<Fill>,
    /// 保管期限建议
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// 期限 within the year: `12-31`; `+06-30` is of the year after
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<TemplateItem>,
}

/// A template as a workbook has it: changed, or its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateChange {
    pub id: i64,
    pub template: Template,
}

/// All templates, as they hold in a workbook, those of the program first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates(Vec<Template>);

#[derive(Deserialize)]
struct File {
    template: Vec<Template>,
}

/// How deep items go: 类, 项, 件.
pub(super) const DEEPEST: usize = 3;
/// Most items of a template; the longest catalogues of offices have some hundred.
const MOST_ITEMS: usize = 2_000;

impl Template {
    /// All items, each before its parts, with how deep it stands.
    pub fn each_item(&self) -> Vec<(&TemplateItem, usize)> {
        fn walk<'t>(items: &'t [TemplateItem], depth: usize, into: &mut Vec<(&'t TemplateItem, usize)>) {
            for item in items {
                into.push((item, depth));
                walk(&item.parts, depth + 1, into);
            }
        }
        let mut all = Vec::new();
        walk(&self.items, 0, &mut all);
        all
    }

    /// The items among which an item stands, itself too; none where there is no such item.
    pub fn beside(&self, code: &str) -> &[TemplateItem] {
        fn find<'t>(items: &'t [TemplateItem], code: &str) -> Option<&'t [TemplateItem]> {
            if items.iter().any(|item| item.code == code) {
                return Some(items);
            }
            items.iter().find_map(|item| find(&item.parts, code))
        }
        find(&self.items, code).unwrap_or_default()
    }

    /// What is wrong with it, in words; nothing where it can be used.
    pub fn faults(&self) -> Vec<String> {
        let all = self.each_item();
        let mut faults = Vec::new();
        let mut codes = BTreeSet::new();
        if self.title.trim().is_empty() {
            faults.push("清单模板要有名称".to_owned());
        }
        if all.is_empty() {
            faults.push("清单模板里没有项".to_owned());
        }
        if all.len() > MOST_ITEMS {
            faults.push(format!("清单模板有 {} 项，最多 {MOST_ITEMS} 项", all.len()));
        }
        for (item, depth) in all {
            let title = item.title.trim();
            if title.is_empty() {
                faults.push(format!("第 {} 项没有写内容", item.code));
            }
            if title.chars().count() > 200 {
                faults.push(format!("“{}…”超过 200 字", title.chars().take(20).collect::<String>()));
            }
            if item.standard.as_ref().is_some_and(|standard| standard.chars().count() > 2_000) {
                faults.push(format!("“{title}”的标准超过 2000 字"));
            }
            if item.code.is_empty() || item.code.chars().count() > 20 {
                faults.push(format!("“{title}”的编号“{}”要有 1 到 20 个字", item.code));
            } else if !codes.insert(item.code.as_str()) {
                faults.push(format!("编号“{}”用了两次", item.code));
            }
            if item.due.as_ref().is_some_and(|due| due_in(due, 2_000).is_none()) {
                faults.push(format!("“{title}”的期限“{}”不对，写月-日，如 12-31", item.due.as_deref().unwrap_or("")));
            }
            if let Some(fill) = item.fill.as_ref().filter(|fill| !fill.can_be_of(self.subject)) {
                faults.push(format!(
                    "“{title}”不能由{}自动得出：党员个人的清单只能选“{}”",
                    fill.label(),
                    Fill::Optional.label()
                ));
            }
            if item.fill.as_ref().is_some_and(|fill| fill.at_least() == 0) {
                faults.push(format!("“{title}”的自动来源写了至少 0，至少要 1"));
            }
            if depth >= DEEPEST {
                faults.push(format!("“{title}”分得太细，最多 {DEEPEST} 层"));
            }
        }
        faults
    }
}

/// The day that a template's `12-31` is in a year; `+06-30` is of the year after. 29 February is the 28th where there
/// is none.
pub fn due_in(due: &str, year: i16) -> Option<crate::clock::Day> {
    let (due, year) = match due.strip_prefix('+') {
        Some(due) => (due, year.checked_add(1)?),
        None => (due, year),
    };
    let (month, day) = due.split_once('-')?;
    let (month, day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
    let day =
        if (month, day) == (2, 29) { crate::clock::Day::new(year, 2, 1).ok()?.last_of_month().day() } else { day };
    crate::clock::Day::new(year, month, day).ok()
}

impl Templates {
    /// The templates that the program brings.
    pub fn shipped() -> Result<Self> {
        static TEMPLATES: LazyLock<std::result::Result<Vec<Template>, String>> = LazyLock::new(|| {
            let mut all = Vec::new();
            for text in SHIPPED {
                let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
                all.extend(file.template);
            }
            Ok(all)
        });
        TEMPLATES.clone().map(Self).map_err(Problem::fault)
    }

    /// The same with what a workbook changed: its own take the place of those of the program.
    #[must_use]
    pub fn with(mut self, changes: Vec<TemplateChange>) -> Self {
        for TemplateChange { template, .. } in changes {
            match self.0.iter_mut().find(|known| known.code == template.code) {
                Some(known) => *known = template,
                None => self.0.push(template),
            }
        }
        self
    }

    /// All, those that are no longer offered too.
    pub fn all(&self) -> &[Template] {
        &self.0
    }

    /// Those that are offered, for organisations or for members.
    pub fn offered(&self, subject: Subject) -> impl Iterator<Item = &Template> {
        self.0.iter().filter(move |template| !template.removed && template.subject == subject)
    }

    pub fn get(&self, code: &str) -> Option<&Template> {
        self.0.iter().find(|template| template.code == code)
    }

    /// The template of this code or title, as a form or a script tells it.
    pub fn named(&self, text: &str) -> Option<&Template> {
        let text = text.trim();
        self.get(text).or_else(|| self.0.iter().find(|template| template.title == text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_brings_the_six_haves_the_archive_of_26_categories_and_the_member_file() {
        let templates = Templates::shipped().expect("the data is read");
        for template in templates.all() {
            assert_eq!(template.faults(), Vec::<String>::new(), "{}", template.title);
        }
        let titles = |code: &str| -> Vec<&str> {
            templates.get(code).expect("there").items.iter().map(|item| item.title.as_str()).collect()
        };
        assert_eq!(titles("六有"), ["有场所", "有设施", "有标志", "有党旗", "有资料", "有制度"]);
        assert_eq!(titles("支部档案").len(), 26);
        assert_eq!(
            titles("入党档案")[..5],
            ["入党志愿书", "入党申请书", "政治审查材料", "转正申请书", "培养教育考察材料"],
            "发展党员工作细则 art. 37"
        );
        assert_eq!(templates.offered(Subject::Person).count(), 1);
    }

    #[test]
    fn a_workbooks_own_takes_the_place_of_the_programs() {
        let mut own = Templates::shipped().expect("read").get("六有").expect("there").clone();
        own.version = 2;
        own.items.truncate(5);
        let templates = Templates::shipped().expect("read").with(vec![TemplateChange { id: 1, template: own }]);
        assert_eq!(templates.named("六有").map(|template| template.items.len()), Some(5));
        assert_eq!(templates.all().iter().filter(|template| template.code == "六有").count(), 1);
    }

    #[test]
    fn a_template_that_cannot_be_used_says_why() {
        let item = |code: &str, title: &str| TemplateItem {
            code: code.into(),
            title: title.into(),
            ..TemplateItem::default()
        };
        let mut bad = Templates::shipped().expect("read").get("六有").expect("there").clone();
        bad.items = vec![item("1", "有场所"), item("1", "有设施"), item("", " ")];
        bad.items[0].due = Some("13-40".into());
        let words = bad.faults().join("；");
        for part in ["编号“1”用了两次", "没有写内容", "13-40"] {
            assert!(words.contains(part), "{words}");
        }
    }

    #[test]
    fn what_fills_an_item_has_to_be_there_where_its_checklists_are() {
        let mut template = Templates::shipped().expect("read").get("入党档案").expect("there").clone();
        let mut faults_with = |subject, fill| {
            template.subject = subject;
            template.items[0].fill = Some(fill);
            template.faults()
        };
        let refused = faults_with(Subject::Person, Fill::Roster);
        assert_eq!(refused, ["“入党志愿书”不能由党员名册自动得出：党员个人的清单只能选“有则归档”"]);
        assert_eq!(faults_with(Subject::Organisation, Fill::Roster), Vec::<String>::new());
        assert_eq!(faults_with(Subject::Organisation, Fill::Optional), Vec::<String>::new());
        let nothing = Fill::Talks { at_least: 0, types: Vec::new() };
        let refused = faults_with(Subject::Organisation, nothing);
        assert_eq!(refused, ["“入党志愿书”的自动来源写了至少 0，至少要 1"]);
    }

    #[test]
    fn a_day_within_the_year_is_clamped_to_its_month() {
        assert_eq!(due_in("12-31", 2026).map(|day| day.to_string()).as_deref(), Some("2026-12-31"));
        assert_eq!(due_in("02-29", 2026).map(|day| day.to_string()).as_deref(), Some("2026-02-28"));
        assert_eq!(due_in("+06-30", 2026).map(|day| day.to_string()).as_deref(), Some("2027-06-30"));
        assert_eq!(due_in("2-30", 2026), None);
    }
}
