//! Which page is shown, which were shown before, and what they keep meanwhile.
//! Must never know what a page shows.

use crate::domain::coverage::Relation;
use crate::domain::rules::RuleGroup;
use crate::ui::screens::archives::ArchivesStart;
use crate::ui::screens::talks::{CoverageTime, TalksPart};
use crate::ui::screens::{self, Page, Screen};
use crate::view::duplicates::Whose;
use crate::view::members::ListAsk;

/// Pages gone through that are remembered for going back.
const REMEMBERED: usize = 30;

/// The pages of an open workbook.
pub struct Pages {
    /// The last is the one shown; never empty.
    way: Vec<Page>,
    kept: Vec<(Page, Box<dyn Screen>)>,
}

impl Pages {
    pub fn new(first: Page) -> Self {
        let mut pages = Self { way: vec![Page::Settings], kept: Vec::new() };
        pages.go(first);
        pages.way.drain(..pages.way.len() - 1);
        pages
    }

    /// The page that is shown.
    pub fn current(&self) -> &Page {
        self.way.last().unwrap_or(&Page::Settings)
    }

    /// Shows a page. One that does not exist is not gone to.
    pub fn go(&mut self, page: Page) {
        if !self.kept.iter().any(|(kept, _)| *kept == page) {
            let listed = self.screen().and_then(|screen| screen.listed()).unwrap_or_default();
            let Some(screen) = screens::make(&page, listed) else { return };
            self.kept.push((page.clone(), screen));
        }
        if *self.current() != page {
            // From one member to the next within a list: going back leads to the list.
            if matches!((self.current(), &page), (Page::Member(_), Page::Member(_))) {
                self.way.pop();
            }
            self.way.push(page);
        }
        let surplus = self.way.len().saturating_sub(REMEMBERED);
        self.way.drain(..surplus);
        self.forget();
    }

    /// Shows the members, these of them.
    pub fn show_members(&mut self, ask: &ListAsk) {
        self.go(Page::Members);
        if let Some(screen) = self.screen() {
            screen.list_these(ask);
        }
    }

    /// Shows a part of 谈心谈话.
    pub fn show_talks(&mut self, part: TalksPart, opened: Option<Relation>) {
        self.go(Page::Talks);
        if let Some(screen) = self.screen() {
            screen.show_talks(part, opened);
        }
    }

    /// Shows the talks of all years in which a text stands.
    pub fn find_talks(&mut self, text: String) {
        self.go(Page::Talks);
        if let Some(screen) = self.screen() {
            screen.find_talks(text);
        }
    }

    /// Shows the coverage of talks of another time.
    pub fn show_coverage(&mut self, time: CoverageTime) {
        self.go(Page::Talks);
        if let Some(screen) = self.screen() {
            screen.show_coverage(time);
        }
    }

    /// Shows 补录, which counts for this time of the coverage.
    pub fn enter_talks(&mut self, time: Option<CoverageTime>) {
        self.go(Page::EnterTalks);
        if let Some(screen) = self.screen() {
            screen.count_for(time);
        }
    }

    /// Shows 档案清单 with what is asked for.
    pub fn show_archives(&mut self, start: ArchivesStart) {
        self.go(Page::Archives);
        if let Some(screen) = self.screen() {
            screen.show_archives(start);
        }
    }

    /// Shows a template of checklists.
    pub fn show_template(&mut self, code: String) {
        self.go(Page::ChecklistTemplates);
        if let Some(screen) = self.screen() {
            screen.show_template(code);
        }
    }

    /// Shows the rules about one thing.
    pub fn show_rules(&mut self, group: RuleGroup) {
        self.go(Page::Rules);
        if let Some(screen) = self.screen() {
            screen.show_rules(group);
        }
    }

    /// Shows the page before.
    pub fn back(&mut self) {
        let person = self.screen().and_then(|screen| screen.person());
        if self.way.len() > 1 {
            self.way.pop();
        }
        if let (Some(person), Some(screen)) = (person, self.screen()) {
            screen.stand_on(person);
        }
        self.forget();
    }

    /// The screen of the page that is shown.
    pub fn screen(&mut self) -> Option<&mut dyn Screen> {
        let current = self.way.last()?;
        self.kept.iter_mut().find(|(page, _)| page == current).map(|(_, screen)| &mut **screen as &mut dyn Screen)
    }

    /// Tells pages apart for what egui keeps of them.
    pub fn key(&self) -> String {
        format!("{:?}", self.current())
    }

    /// Whether something was begun on a page and not written.
    pub fn is_dirty(&self) -> bool {
        self.kept.iter().any(|(_, screen)| screen.is_dirty())
    }

    /// Pages of one record are kept only while one can go back to them.
    fn forget(&mut self) {
        let way = &self.way;
        self.kept.retain(|(page, _)| !is_of_records(page) || way.contains(page));
    }
}

/// Whether a page is of certain records, and forgotten when nothing leads back to it.
fn is_of_records(page: &Page) -> bool {
    match page {
        Page::Member(_) | Page::MemberFile(_) | Page::History(Some(_)) => true,
        Page::Duplicates(whose) => *whose != Whose::All,
        _ => false,
    }
}
