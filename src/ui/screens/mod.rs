//! The pages. Each is a struct with what it keeps between frames, and one function that draws it.

pub mod archives;
pub mod difference;
pub mod duplicates;
mod evidence;
mod frame;
pub mod history;
pub mod import;
pub mod member;
pub mod members;
pub mod organisations;
pub mod outputs;
mod picked;
pub mod quality;
pub mod rules;
pub mod settings;
pub mod summary;
pub mod talks;
pub mod templates;
pub mod today;

use std::sync::Arc;

use egui::{Rect, Ui, vec2};
use serde::{Deserialize, Serialize};

use super::outbox::Outbox;
use super::scene::{Scene, Width};
use super::theme::space;
use super::widgets::Icon;
use crate::domain::coverage::Relation;
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId, RecordId, TalkId};
use crate::domain::rules::RuleGroup;
use crate::view::duplicates::Whose;
use crate::view::members::ListAsk;

/// A page that can be gone to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// 今日, where one begins.
    Today,
    /// 党组织
    Organisations,
    /// 党员
    Members,
    /// One member's page, within the list it was opened from.
    Member(PersonId),
    /// 两日对比
    Difference,
    /// 待核: what the rules find in members.
    Quality,
    /// 查重: who may be recorded twice.
    Duplicates(Whose),
    /// 谈心谈话
    Talks,
    /// 记谈话, or the correction of a talk.
    WriteTalk(TalkStart),
    /// 补录
    EnterTalks,
    /// 谈话类型, reached from 设置
    TalkTypes,
    /// 档案清单
    Archives,
    /// A member's file (入党档案), reached from the list of files and from the member's page
    MemberFile(PersonId),
    /// 清单模板, reached from 档案清单 and 设置
    ChecklistTemplates,
    /// 导入
    Import,
    /// 基本情况
    Summary,
    /// 操作记录, of a record or of all.
    History(Option<RecordId>),
    /// 导出和打印记录
    Outputs,
    /// 规则, reached from 设置
    Rules,
    /// 设置
    Settings,
}

/// What a talk that is to be written down begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TalkStart {
    /// The talk that is corrected; else a new one.
    pub talk: Option<TalkId>,
    /// Those who talk; who talked last where nothing is told.
    pub talkers: Option<Vec<PersonId>>,
    pub partners: Vec<PersonId>,
    /// The code of its type.
    pub kind: Option<String>,
    /// The planned talk or the printed sheet that it is the record of.
    pub planned: Option<PlannedTalkId>,
    /// The time of the coverage that it is written for; the year of its day where nothing is told.
    pub time: Option<talks::CoverageTime>,
    /// In whose ledger it is written down; that of the scope where nothing is told.
    pub ledger: Option<OrganisationId>,
}

impl TalkStart {
    /// The talk that is corrected.
    pub fn of(talk: TalkId) -> Self {
        Self { talk: Some(talk), ..Self::default() }
    }
}

/// What every page can do.
pub trait Screen {
    /// Draws the page into the rectangle that is left.
    fn show(&mut self, ui: &mut egui::Ui, scene: &Scene<'_>, out: &mut Outbox);

    /// Whose list the page shows, for a member's page that is opened from it.
    fn listed(&self) -> Option<Arc<Vec<PersonId>>> {
        None
    }

    /// Whose page it is.
    fn person(&self) -> Option<PersonId> {
        None
    }

    /// One comes back from this person's page.
    fn stand_on(&mut self, _person: PersonId) {}

    /// Lists these people, where the page is a list of people.
    fn list_these(&mut self, _ask: &ListAsk) {}

    /// Shows this part, where the page is that of talks; of the coverage with the people of a relation.
    fn show_talks(&mut self, _part: talks::TalksPart, _opened: Option<Relation>) {}

    /// Shows the talks of all years in which this stands, where the page is that of talks.
    fn find_talks(&mut self, _text: String) {}

    /// Shows the coverage of another time, where the page is that of talks.
    fn show_coverage(&mut self, _time: talks::CoverageTime) {}

    /// Counts for this time of the coverage, by the year where none is told, where the page is 补录.
    fn count_for(&mut self, _time: Option<talks::CoverageTime>) {}

    /// Shows or does this, where the page is that of archives.
    fn show_archives(&mut self, _start: archives::ArchivesStart) {}

    /// Shows the template of this code, where the page is that of templates.
    fn show_template(&mut self, _code: String) {}

    /// The scope was chosen that is chosen already: it is shown whole, whatever of it was opened.
    fn show_scope(&mut self) {}

    /// Shows the rules about this, where the page is that of rules.
    fn show_rules(&mut self, _group: RuleGroup) {}

    /// Whether files that are dropped onto the window are for the page.
    fn takes_files(&self) -> bool {
        false
    }

    /// Whether something was begun that is not written: leaving the program asks first.
    fn is_dirty(&self) -> bool {
        false
    }
}

/// A page that the navigation shows.
#[derive(Debug, Clone, Copy)]
pub struct NavigationItem {
    pub word: &'static str,
    pub icon: Icon,
    make: fn() -> Page,
}

impl NavigationItem {
    pub fn page(&self) -> Page {
        (self.make)()
    }

    /// Whether this is where a page belongs: a member's page belongs to the members, the comparison of two days too.
    pub fn holds(&self, page: &Page) -> bool {
        match page {
            Page::Member(_) | Page::Difference => self.page() == Page::Members,
            Page::Duplicates(_) => self.page() == Page::Quality,
            Page::History(_) => self.page() == Page::History(None),
            Page::WriteTalk(_) | Page::EnterTalks => self.page() == Page::Talks,
            Page::MemberFile(_) | Page::ChecklistTemplates => self.page() == Page::Archives,
            other => self.page() == *other,
        }
    }
}

/// The navigation, from top to bottom: the pages that exist. 设置 stands at its foot.
pub const NAVIGATION: &[NavigationItem] = &[
    NavigationItem { word: "今日", icon: Icon::Sun, make: || Page::Today },
    NavigationItem { word: "党组织", icon: Icon::Network, make: || Page::Organisations },
    NavigationItem { word: "党员", icon: Icon::Users, make: || Page::Members },
    NavigationItem { word: "谈心谈话", icon: Icon::MessagesSquare, make: || Page::Talks },
    NavigationItem { word: "档案清单", icon: Icon::Archive, make: || Page::Archives },
    NavigationItem { word: "导入", icon: Icon::Download, make: || Page::Import },
    NavigationItem { word: "基本情况", icon: Icon::ChartNoAxesColumn, make: || Page::Summary },
    NavigationItem { word: "操作记录", icon: Icon::History, make: || Page::History(None) },
    NavigationItem { word: "待核", icon: Icon::ClipboardCheck, make: || Page::Quality },
    NavigationItem { word: "导出和打印", icon: Icon::Upload, make: || Page::Outputs },
];

/// Makes a page; it keeps its own state from then on. `listed` is whom the page before showed. `None` for a page that
/// does not exist.
pub fn make(page: &Page, listed: Arc<Vec<PersonId>>) -> Option<Box<dyn Screen>> {
    match page {
        Page::Today => Some(Box::new(today::TodayScreen::default())),
        Page::Members => Some(Box::new(members::MembersScreen::default())),
        Page::History(record) => Some(Box::new(history::HistoryScreen::of(*record))),
        Page::Quality => Some(Box::new(quality::QualityScreen::default())),
        Page::Duplicates(whose) => Some(Box::new(duplicates::DuplicatesScreen::of(*whose))),
        Page::Outputs => Some(Box::new(outputs::OutputsScreen::default())),
        Page::Rules => Some(Box::new(rules::RulesScreen::default())),
        Page::Settings => Some(Box::new(settings::SettingsScreen::default())),
        Page::Member(id) => Some(Box::new(member::MemberScreen::new(*id, listed))),
        Page::Summary => Some(Box::new(summary::SummaryScreen::default())),
        Page::Difference => Some(Box::new(difference::DifferenceScreen::default())),
        Page::Talks => Some(Box::new(talks::TalksScreen::default())),
        Page::WriteTalk(start) => Some(Box::new(talks::form::WriteTalkScreen::new(start.clone()))),
        Page::TalkTypes => Some(Box::new(talks::types::TalkTypesScreen::default())),
        Page::EnterTalks => Some(Box::new(talks::entering::EnterTalksScreen::default())),
        Page::Archives => Some(Box::new(archives::ArchivesScreen::default())),
        Page::MemberFile(person) => Some(Box::new(archives::MemberFileScreen::new(*person))),
        Page::ChecklistTemplates => Some(Box::new(templates::TemplatesScreen::default())),
        Page::Import => Some(Box::new(import::ImportScreen::default())),
        Page::Organisations => Some(Box::new(organisations::OrganisationsScreen::default())),
    }
}

/// The page on which a parked draft is gone on with, by its name; `None` for a name that no page knows.
pub fn of_draft(name: &str, draft: &serde_json::Value) -> Option<Page> {
    talks::page_of_draft(name, draft).or_else(|| templates::page_of_draft(name, draft))
}

/// What stands in a parked draft, in a few words; empty where its name says enough.
pub fn told_of_draft(name: &str, draft: &serde_json::Value) -> String {
    let told = talks::told_of_draft(name, draft).or_else(|| templates::told_of_draft(name, draft));
    told.unwrap_or_default()
}

/// The rectangle of a page within its margins: 24, less on narrower windows.
pub fn margin(ui: &Ui, width: Width) -> Rect {
    let margin = match width {
        Width::Wide => space::XL,
        Width::Medium => space::L,
        Width::Narrow => space::M,
    };
    ui.max_rect().shrink2(vec2(margin, 0.0))
}
