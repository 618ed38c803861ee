//! What a screen wishes for. Nothing happens while drawing: the shell empties the outbox after the frame.

use std::path::PathBuf;

use super::dialogs::Dialog;
use super::screens::Page;
use super::screens::archives::ArchivesStart;
use super::screens::talks::{CoverageTime, TalksPart};
use crate::clock::Day;
use crate::command::Command;
use crate::domain::coverage::Relation;
use crate::domain::ids::{EntryId, OrganisationId};
use crate::domain::rules::RuleGroup;
use crate::engine::folders::FileAsk;
use crate::engine::{Revert, WriteRequest};
use crate::problem::Problem;
use crate::settings::ThemeChoice;
use crate::store::outputs::Output;
use crate::store::restore::Staged;
use crate::view::members::ListAsk;

/// Names a write, so that whoever wished for it is told how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slot(pub String);

impl Slot {
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Of a draft of this name that is parked or taken out.
    pub fn of_draft(name: &str) -> Self {
        Self(format!("{DRAFT}{name}"))
    }

    pub fn is_of_draft(&self) -> bool {
        self.0.starts_with(DRAFT)
    }
}

/// How the slots of drafts begin.
const DRAFT: &str = "shell: draft ";

/// A file in the store of attachments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// As it was called when it was attached.
    pub name: String,
    /// SHA-256, as 64 hexadecimal digits.
    pub hash: String,
}

/// What a screen wishes for.
pub enum Wish {
    /// Change something; how it ended is seen in [`Scene::finished`](super::scene::Scene::finished). What was written
    /// is told in a toast with 撤销 by the shell; a problem that nobody takes up is shown as a dialog.
    Write(Slot, WriteRequest),
    /// Show a page.
    Go(Page),
    /// Go back to the page before.
    Back,
    /// Open a dialog on top.
    Open(Box<dyn Dialog>),
    /// Show the members of a list: its scope, its day, its conditions.
    ShowMembers(ListAsk),
    /// Show a part of 谈心谈话; of the coverage with the people of this relation.
    ShowTalks(TalksPart, Option<Relation>),
    /// Show the talks of all years in which this stands.
    FindTalks(String),
    /// Show the coverage of talks of another time.
    ShowCoverage(CoverageTime),
    /// Show 补录 beside the coverage of this time, of the year where none is told.
    EnterTalks(Option<CoverageTime>),
    /// Show 档案清单 with this, or do it there.
    ShowArchives(ArchivesStart),
    /// The page 清单模板 with the template of this code.
    ShowTemplate(String),
    /// Show the rules about one thing.
    ShowRules(RuleGroup),
    /// Choose the organisation that is shown.
    Scope(Option<OrganisationId>),
    /// Show the workbook as of a day.
    AsOf(Day),
    /// Say something for a few seconds.
    Toast(String),
    /// Say for a few seconds why something was not done.
    Refused(String),
    /// Say for a few seconds that this file was written, with 打开.
    Written(String, PathBuf),
    /// Show a problem as a dialog.
    Problem(Problem),
    /// Write down what left the program.
    Log(Output),
    /// Open a copy of an attached file, only to be read, with the program that the system has for it.
    OpenAttachment(Attached),
    /// Copy an attached file to this place.
    SaveAttachment(Attached, PathBuf),
    /// Let the person choose a file; it arrives by [`Scene::chosen`](super::scene::Scene::chosen) under this slot.
    ChooseFile(Slot, FileAsk),
    /// Open another workbook, or make a new one.
    OpenWorkbook(PathBuf),
    NewWorkbook(PathBuf),
    /// Put this backup in the place of the open workbook; the text says of when it is.
    Restore(Staged, String),
    /// Change the user's settings.
    Operator(String),
    Theme(ThemeChoice),
    Scale(u16),
    /// Keep something of a screen's layout under its name.
    Layout(String, serde_json::Value),
    /// Put a text on the clipboard.
    Copy(String),
    /// Go on with a draft that is parked under this name.
    GoOn(String, serde_json::Value),
    /// Park a draft in the side file, or take it out.
    Draft(String, Option<serde_json::Value>),
    /// End the program.
    Quit,
}

/// The wishes of one frame.
#[derive(Default)]
pub struct Outbox {
    wishes: Vec<Wish>,
}

impl Outbox {
    pub fn wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
    }

    /// Runs a command.
    pub fn run(&mut self, slot: Slot, command: Command) {
        self.wish(Wish::Write(slot, WriteRequest::Run(Box::new(command))));
    }

    /// Takes an entry back.
    pub fn undo(&mut self, slot: Slot, entry: Option<EntryId>, keep_changed: bool) {
        self.wish(Wish::Write(slot, WriteRequest::Revert(Revert::Undo { entry, keep_changed })));
    }

    pub fn go(&mut self, page: Page) {
        self.wish(Wish::Go(page));
    }

    pub fn open(&mut self, dialog: impl Dialog + 'static) {
        self.wish(Wish::Open(Box::new(dialog)));
    }

    /// Lets the person choose a file.
    pub fn choose_file(&mut self, slot: Slot, ask: FileAsk) {
        self.wish(Wish::ChooseFile(slot, ask));
    }

    pub fn toast(&mut self, text: impl Into<String>) {
        self.wish(Wish::Toast(text.into()));
    }

    pub fn refuse(&mut self, why: impl Into<String>) {
        self.wish(Wish::Refused(why.into()));
    }

    /// Empties it.
    pub fn take(&mut self) -> Vec<Wish> {
        std::mem::take(&mut self.wishes)
    }
}
