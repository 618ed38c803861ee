//! 操作记录: the diary of the workbook or of one record, what an entry did, and taking it back.
//! Must never change anything itself. Start at [`HistoryScreen`].

mod back_to;
mod detail;
mod items;

use egui::Ui;

use super::frame::page;
use super::{Page, Screen};
use crate::domain::ids::{EntryId, RecordId};
use crate::engine::questions::{Diary, EntryDetail, RecordName};
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::height;
use crate::ui::widgets::{Button, EmptyState, EntryItem, EntryList, Icon, PageHead, TextField, list_beside, sheet};
use crate::view::journal::DiaryLine;

/// Entries that are read at first, and with each 更早的.
const READ_AT_ONCE: u32 = 500;

/// The page 操作记录.
pub struct HistoryScreen {
    record: Option<RecordId>,
    name: Live<RecordName>,
    diary: Live<Diary>,
    limit: u32,
    wanted: String,
    /// The lines of the diary, made anew when it or what is looked for has changed.
    items: Vec<EntryItem>,
    made_of: Option<(Vec<DiaryLine>, String)>,
    chosen: Option<EntryId>,
    detail: Live<EntryDetail>,
}

impl HistoryScreen {
    /// The diary of a record, or of everything.
    pub fn of(record: Option<RecordId>) -> Self {
        Self {
            record,
            name: Live::default(),
            diary: Live::default(),
            limit: READ_AT_ONCE,
            wanted: String::new(),
            items: Vec::new(),
            made_of: None,
            chosen: None,
            detail: Live::default(),
        }
    }

    fn ask(&mut self, scene: &Scene<'_>) {
        self.diary.ask(scene, Diary { record: self.record, limit: self.limit });
        if let Some(record) = self.record {
            self.name.ask(scene, RecordName(record));
        }
        let diary = self.diary.shown().map_or(&[][..], Vec::as_slice);
        let is_made = self.made_of.as_ref().is_some_and(|(lines, wanted)| lines == diary && *wanted == self.wanted);
        if !is_made {
            self.items = items::items(diary, &self.wanted, scene.today);
            self.made_of = Some((diary.to_vec(), self.wanted.clone()));
        }
        let is_there = |id: EntryId| diary.iter().any(|line| line.entry.id == id);
        if !self.chosen.is_some_and(is_there) {
            self.chosen = diary.first().map(|line| line.entry.id);
        }
        if let Some(entry) = self.chosen {
            self.detail.ask(scene, EntryDetail { entry, record: self.record });
        }
    }

    fn head(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let narrow = scene.width == Width::Narrow;
        let height = if scene.width == Width::Wide { height::PAGE_HEAD } else { 56.0 };
        let about = match (self.record, self.name.shown()) {
            (Some(_), Some(Some(name))) => name.clone(),
            (Some(_), _) => String::new(),
            (None, _) => "谁在什么时候改了什么，都能撤销".to_owned(),
        };
        PageHead::new("操作记录", if narrow { "" } else { &about }).height(height).show(ui, |ui| {
            let width = if narrow { 220.0 } else { 260.0 };
            TextField::new("找操作、人", &mut self.wanted)
                .label_hidden()
                .hint("找操作、人")
                .prefix(Icon::Search)
                .width(width)
                .show(ui);
            if self.record.is_some() {
                if ui.add(Button::plain("全部操作")).clicked() {
                    out.go(Page::History(None));
                }
                if ui.add(Button::plain("返回").icon(Icon::ArrowLeft)).clicked() {
                    out.wish(Wish::Back);
                }
            } else if self.may_have_older() && ui.add(Button::quiet("更早的")).clicked() {
                self.limit += READ_AT_ONCE;
            }
        });
    }

    fn may_have_older(&self) -> bool {
        self.diary.shown().is_some_and(|diary| diary.len() as u64 >= u64::from(self.limit))
    }

    fn body(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let side = match scene.width {
            Width::Wide => 400.0,
            Width::Medium => 360.0,
            Width::Narrow => 330.0,
        };
        let right = list_beside(ui, side, |ui| {
            let chosen = self.chosen.map(items::key);
            if self.items.is_empty() {
                self.nothing(ui);
            } else if let Some(picked) = EntryList::new("操作记录", chosen).show(ui, &self.items) {
                self.chosen = Some(items::entry(picked));
            }
        });
        let diary = self.diary.shown().map_or(&[][..], Vec::as_slice);
        if let Some(line) = self.chosen.and_then(|id| diary.iter().find(|line| line.entry.id == id)) {
            let story = self.detail.current();
            let may_go_back = self.record.is_none();
            detail::show(ui, right, line, story, may_go_back, scene, out);
        }
    }

    fn nothing(&self, ui: &mut Ui) {
        let empty = match (self.diary.shown(), self.wanted.trim().is_empty()) {
            (None, _) => EmptyState::new("正在读操作记录", ""),
            (Some(_), false) => EmptyState::new("没有这样的操作", "换个词再找"),
            (Some(_), true) => EmptyState::new("还没有操作", "改过什么，这里就记一行"),
        };
        empty.show(ui);
    }
}

impl Screen for HistoryScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.ask(scene);
        page(ui, scene, |ui| {
            self.head(ui, scene, out);
            sheet(ui, 0, |ui| {
                ui.set_min_size(ui.available_size());
                self.body(ui, scene, out);
            });
        });
    }
}
