//! The questions there are, each with what its answer depends on.

use std::path::PathBuf;
use std::sync::Arc;

use super::Question;
use crate::clock::Day;
use crate::command::Adopted;
use crate::command::undo::{WayBack, way_back};
use crate::domain::fields::{ExtraKind, FieldKey};
use crate::domain::ids::{EntryId, ExtraFieldId, OrganisationId, PersonId, RecordId};
use crate::domain::probation::ProbationRule;
use crate::domain::rules::RuleFinding;
use crate::domain::upper_form::UpperForm;
use crate::problem::Result;
use crate::store::Areas;
use crate::store::backup::BackupCopy;
use crate::store::members::{self as table, ExtraField};
use crate::store::outputs::Output;
use crate::view::backups::{self, BackupStory};
use crate::view::desk::Desk;
use crate::view::difference::{self, Difference, DifferenceAsk};
use crate::view::duplicates::{self, Comparison, Duplicates, Merged, Whose};
use crate::view::extra_fields::{self, ExtraFieldLine, Misfit};
use crate::view::figures::{self, Figures};
use crate::view::journal::{self, DiaryLine, EntryStory, UndoNames};
use crate::view::list_words::in_words;
use crate::view::member::{self, MemberPage};
use crate::view::members::{self, ListAsk, MemberList, MemberRow, Sums};
use crate::view::organisations::{
    self, ChoosablePerson, FindingLine, MergerOutcome, OrganisationLine, OrganisationPage, SplitOutcome, TermLine,
};
use crate::view::outputs;
use crate::view::quality::{self, Adoptable, Finding};
use crate::view::rules::{self, RuleLine};
use crate::view::saved_filters::{self, NamedFilter};
use crate::view::settings::{self, WorkbookSettings};
use crate::view::statistics::{self, FigureTable, Statistics, StatisticsAsk};

const PEOPLE: Areas = Areas { settings: false, organisations: true, members: true, outputs: false, journal: false };
const JOURNAL: Areas = Areas { settings: false, organisations: false, members: false, outputs: false, journal: true };

/// Which people, in which order, with the sum line.
#[derive(Debug, Clone, PartialEq)]
pub struct List(pub ListAsk);

impl Question for List {
    type Answer = MemberList;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<MemberList> {
        members::list(desk, &self.0)
    }
}

/// A list in words: 「青禾县民政局党总支，截至 2026-11-24，性别：女」.
#[derive(Debug, Clone, PartialEq)]
pub struct ListInWords(pub ListAsk);

impl Question for ListInWords {
    type Answer = String;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<String> {
        in_words(desk, &self.0)
    }
}

/// The rows of some people.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    pub ids: Vec<PersonId>,
    pub as_of: Day,
    pub fields: Arc<Vec<FieldKey>>,
    pub unmasked: bool,
}

impl Question for Rows {
    type Answer = Vec<MemberRow>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<MemberRow>> {
        members::rows(desk, &self.ids, self.as_of, &self.fields, self.unmasked)
    }
}

/// The sum line of a selection.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    pub ids: Vec<PersonId>,
    pub as_of: Day,
}

impl Question for Selection {
    type Answer = Sums;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Sums> {
        Ok(members::sums(desk, &self.ids, self.as_of))
    }
}

/// Who else has this identity number, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct SameNumber {
    pub number: String,
    pub except: Option<PersonId>,
    pub as_of: Day,
}

impl Question for SameNumber {
    type Answer = Vec<String>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<String>> {
        members::same_number(desk, &self.number, self.except, self.as_of)
    }
}

/// One member's page; `None` if there is no such person.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    pub id: PersonId,
    pub as_of: Day,
}

impl Question for Member {
    type Answer = Option<MemberPage>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Option<MemberPage>> {
        member::page(desk, self.id, self.as_of)
    }
}

/// What the rules find in one member, with what settles it.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberFindings {
    pub id: PersonId,
    pub as_of: Day,
}

impl Question for MemberFindings {
    type Answer = Vec<Finding>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<Finding>> {
        quality::of_id(desk, self.id, self.as_of)
    }
}

/// What could be taken over from the identity numbers of these people.
#[derive(Debug, Clone, PartialEq)]
pub struct AdoptableValues {
    pub ids: Arc<Vec<PersonId>>,
    pub field: Adopted,
}

impl Question for AdoptableValues {
    type Answer = Vec<Adoptable>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<Adoptable>> {
        quality::adoptable(desk, &self.ids, self.field)
    }
}

/// Who may be recorded twice.
#[derive(Debug, Clone, PartialEq)]
pub struct DuplicatePairs {
    pub scope: Option<OrganisationId>,
    pub whose: Whose,
    pub as_of: Day,
}

impl Question for DuplicatePairs {
    type Answer = Duplicates;
    const USES: Areas = Areas { settings: true, organisations: true, members: true, outputs: false, journal: false };
    fn answer(&self, desk: &Desk) -> Result<Duplicates> {
        duplicates::duplicates(desk, self.scope, self.whose, self.as_of)
    }
}

/// Two persons side by side, the first of whom would stay; `None` where one is not there or was merged.
#[derive(Debug, Clone, PartialEq)]
pub struct SideBySide {
    pub keep: PersonId,
    pub other: PersonId,
}

impl Question for SideBySide {
    type Answer = Option<Comparison>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Option<Comparison>> {
        duplicates::comparison(desk, self.keep, self.other)
    }
}

/// Those merged into somebody whom a text finds.
#[derive(Debug, Clone, PartialEq)]
pub struct MergedPeople {
    pub text: String,
}

impl Question for MergedPeople {
    type Answer = Vec<Merged>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<Merged>> {
        Ok(duplicates::merged(desk, &self.text))
    }
}

/// The tree of organisations with counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisations {
    pub as_of: Day,
}

impl Question for Organisations {
    type Answer = Vec<OrganisationLine>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<OrganisationLine>> {
        organisations::tree(desk, self.as_of)
    }
}

/// Everything about one organisation: posts, term, groups, history, what the rules find.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationSheet {
    pub organisation: OrganisationId,
    pub as_of: Day,
}

impl Question for OrganisationSheet {
    type Answer = OrganisationPage;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<OrganisationPage> {
        organisations::page(desk, self.organisation, self.as_of)
    }
}

/// The terms of a scope, by the day on which the next election is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

impl Question for Terms {
    type Answer = Vec<TermLine>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<TermLine>> {
        organisations::terms_by_due(desk, self.scope, self.as_of)
    }
}

/// What the rules find in the organisations of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationFindings {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

impl Question for OrganisationFindings {
    type Answer = Vec<FindingLine>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<FindingLine>> {
        organisations::all_findings(desk, self.scope, self.as_of)
    }
}

/// Who can be chosen for something in an organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Choosable {
    pub organisation: OrganisationId,
    pub as_of: Day,
}

impl Question for Choosable {
    type Answer = Vec<ChoosablePerson>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<ChoosablePerson>> {
        organisations::choosable(desk, self.organisation, self.as_of)
    }
}

/// What a merger will do.
#[derive(Debug, Clone, PartialEq)]
pub struct Merger {
    pub ids: Vec<OrganisationId>,
    pub into: OrganisationId,
    pub on: Day,
}

impl Question for Merger {
    type Answer = Vec<MergerOutcome>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<MergerOutcome>> {
        organisations::merger(desk, &self.ids, self.into, self.on)
    }
}

/// What a split will do: who goes to each part.
#[derive(Debug, Clone, PartialEq)]
pub struct Splitting {
    pub organisation: OrganisationId,
    pub parts: Vec<Vec<PersonId>>,
    pub on: Day,
}

impl Question for Splitting {
    type Answer = SplitOutcome;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<SplitOutcome> {
        organisations::split(desk, self.organisation, &self.parts, self.on)
    }
}

/// What the rules would find in a committee that was elected so.
#[derive(Debug, Clone, PartialEq)]
pub struct IfElected {
    pub organisation: OrganisationId,
    pub on: Day,
    pub posts: Vec<(PersonId, String)>,
}

impl Question for IfElected {
    type Answer = Vec<RuleFinding>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<RuleFinding>> {
        organisations::findings_if_elected(desk, self.organisation, self.on, &self.posts)
    }
}

/// The rules as the workbook has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules;

impl Question for Rules {
    type Answer = Vec<RuleLine>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<RuleLine>> {
        rules::rules(desk)
    }
}

/// How long a probation lasts in this workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Probation;

impl Question for Probation {
    type Answer = ProbationRule;
    const USES: Areas = Areas { settings: true, organisations: false, members: false, outputs: false, journal: false };
    fn answer(&self, desk: &Desk) -> Result<ProbationRule> {
        Ok(desk.probation())
    }
}

/// The figures of a scope on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

impl Question for Summary {
    type Answer = Figures;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Figures> {
        figures::figures(desk, self.scope, self.as_of)
    }
}

/// A table of figures: the annual form, by branch, the comparison of two years, a cross table; and how it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct StatisticsOf {
    pub ask: StatisticsAsk,
    pub today: Day,
}

impl Question for StatisticsOf {
    type Answer = (Statistics, FigureTable);
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<(Statistics, FigureTable)> {
        let counted = statistics::statistics(desk, &self.ask)?;
        let table = counted.table(self.today);
        Ok((counted, table))
    }
}

/// The fields the user made.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtraFields;

impl Question for ExtraFields {
    type Answer = Vec<ExtraField>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<ExtraField>> {
        table::extra_fields(desk.reader())
    }
}

/// The fields the user made, with how many people have a value of each.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtraFieldLines;

impl Question for ExtraFieldLines {
    type Answer = Vec<ExtraFieldLine>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<ExtraFieldLine>> {
        extra_fields::lines(desk)
    }
}

/// The values of a field that another kind would not read.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfits {
    pub field: ExtraFieldId,
    pub kind: ExtraKind,
}

impl Question for Misfits {
    type Answer = Vec<Misfit>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Vec<Misfit>> {
        extra_fields::misfits(desk, self.field, &self.kind)
    }
}

/// The filters that are kept under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedFilters;

impl Question for SavedFilters {
    type Answer = Vec<NamedFilter>;
    const USES: Areas = Areas { settings: true, organisations: false, members: false, outputs: false, journal: false };
    fn answer(&self, desk: &Desk) -> Result<Vec<NamedFilter>> {
        saved_filters::all(desk)
    }
}

/// Who came, left and changed between two days.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferenceOf(pub DifferenceAsk);

impl Question for DifferenceOf {
    type Answer = Difference;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Difference> {
        difference::difference(desk, &self.0)
    }
}

/// What 撤销 and 重做 would do now.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoState;

impl Question for UndoState {
    type Answer = UndoNames;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<UndoNames> {
        journal::undo_names(desk.reader())
    }
}

/// The diary: of a record, or of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Diary {
    pub record: Option<RecordId>,
    pub limit: u32,
}

impl Question for Diary {
    type Answer = Vec<DiaryLine>;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<Vec<DiaryLine>> {
        journal::diary(desk, self.record, self.limit)
    }
}

/// What an entry changed, in words, and what stands in the way of taking it back.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryDetail {
    pub entry: EntryId,
    pub record: Option<RecordId>,
}

/// Lines of an entry that are shown at most.
const LINES_SHOWN: usize = 300;

impl Question for EntryDetail {
    type Answer = EntryStory;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<EntryStory> {
        journal::story(desk, self.entry, self.record, LINES_SHOWN)
    }
}

/// What has to be taken back so that everything is as it was before this entry.
#[derive(Debug, Clone, PartialEq)]
pub struct StepsBack(pub EntryId);

impl Question for StepsBack {
    type Answer = WayBack;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<WayBack> {
        way_back(desk.reader(), self.0)
    }
}

/// The name of a record: a person's, an organisation's; `None` if it is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordName(pub RecordId);

impl Question for RecordName {
    type Answer = Option<String>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Option<String>> {
        Ok(journal::name(desk, self.0))
    }
}

/// The log of exports and prints.
#[derive(Debug, Clone, PartialEq)]
pub struct Outputs {
    pub limit: u32,
}

impl Question for Outputs {
    type Answer = Vec<Output>;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<Vec<Output>> {
        outputs::newest(desk, self.limit)
    }
}

/// The backups of the workbook, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Backups;

impl Question for Backups {
    type Answer = Vec<BackupCopy>;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<Vec<BackupCopy>> {
        crate::store::backup::copies(desk.connection().path())
    }
}

/// How far a backup goes, and what the workbook has since.
#[derive(Debug, Clone, PartialEq)]
pub struct BackupSince(pub PathBuf);

impl Question for BackupSince {
    type Answer = BackupStory;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<BackupStory> {
        backups::story(desk, &self.0)
    }
}

/// The forms of upper offices that the workbook remembers.
#[derive(Debug, Clone, PartialEq)]
pub struct UpperForms;

impl Question for UpperForms {
    type Answer = Vec<UpperForm>;
    const USES: Areas = Areas { settings: true, organisations: false, members: false, outputs: false, journal: false };
    fn answer(&self, desk: &Desk) -> Result<Vec<UpperForm>> {
        crate::exchange::export::remembered(desk)
    }
}

/// The workbook's settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings;

impl Question for Settings {
    type Answer = WorkbookSettings;
    const USES: Areas = Areas { settings: true, organisations: false, members: false, outputs: false, journal: false };
    fn answer(&self, desk: &Desk) -> Result<WorkbookSettings> {
        settings::read(desk)
    }
}

/// A draft that was parked under this name, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct ParkedDraft {
    pub name: String,
}

impl Question for ParkedDraft {
    type Answer = Option<serde_json::Value>;
    const USES: Areas = Areas { settings: false, organisations: false, members: false, outputs: false, journal: false };
    fn answer(&self, desk: &Desk) -> Result<Option<serde_json::Value>> {
        crate::store::side::draft(desk.connection().path(), &self.name)
    }
}
