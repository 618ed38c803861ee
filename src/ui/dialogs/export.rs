//! 导出: a list, the organisations or the figures become a file.
//! Must never write it while drawing: that is a job. Start at [`ExportDialog`].

use std::path::PathBuf;

use egui::{Context, Ui};

use super::{Dialog, Stay};
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::talks::TalkDraftField;
use crate::engine::Job;
use crate::engine::folders::FileAsk;
use crate::engine::questions::{List, ListInWords, Talks, TalksInWords};
use crate::exchange::export::{
    ArchiveExport, ArchiveList, DifferenceExport, DuplicateExport, Export, FigureExport, FindingExport, Format,
    MemberColumn, MemberExport, OrganisationExport, QualityExport, TalkExport, TermExport, Written, write,
};
use crate::problem::Problem;
use crate::store::outputs::Output;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Field, Icon, Segments, Tone, grouped, note, remark, strong, weak};
use crate::view::difference::DifferenceAsk;
use crate::view::members::ListAsk;
use crate::view::statistics::StatisticsAsk;
use crate::view::talk_ledger::LedgerAsk;

/// What is handed out.
#[derive(Debug, Clone, PartialEq)]
enum What {
    /// Of the columns those the list shows; none where it is not one on the screen.
    Members(ListAsk, Vec<MemberColumn>),
    Organisations(Option<OrganisationId>, Day),
    Terms(Option<OrganisationId>, Day),
    Findings(Option<OrganisationId>, Day),
    Figures(Option<OrganisationId>, Day),
    Difference(DifferenceAsk),
    /// 待核
    Quality(Option<OrganisationId>, Day),
    /// 疑似重复
    Duplicates(Option<OrganisationId>, Day),
    Statistics(StatisticsAsk),
    /// 谈心谈话台账: as the list is narrowed down, with the columns that it shows
    Talks(LedgerAsk, Vec<TalkDraftField>),
    /// 缺项单, 清单项, 材料目录
    Archive(ArchiveExport),
}

/// The kinds of file, in the order in which they are offered.
const FORMATS: [(Format, &str, &str, &str); 3] = [
    (Format::Xlsx, "Excel", "xlsx", "WPS 和 Excel 的工作簿；号码存成文本，不会变样"),
    (Format::Csv, "CSV", "csv", "纯文本表格，WPS 和 Excel 能直接打开"),
    (Format::Json, "JSON", "json", "给别的程序用，含编号"),
];

/// The dialog 导出.
pub struct ExportDialog {
    what: What,
    list: Live<List>,
    words: Live<ListInWords>,
    talks: Live<Talks>,
    talk_words: Live<TalksInWords>,
    /// Of talks: all of the ledger, though the list is narrowed down.
    whole_ledger: bool,
    without_contents: bool,
    format: usize,
    all_fields: bool,
    unmasked: bool,
    /// Where the chosen file arrives.
    slot: Slot,
    writing: Option<Job<(PathBuf, Written, Output)>>,
    problem: Option<Problem>,
}

impl ExportDialog {
    /// The members of a list; `columns` are those it shows, none where it is not one on the screen.
    pub fn members(ask: ListAsk, columns: Vec<MemberColumn>) -> Self {
        Self::new(What::Members(ask, columns))
    }

    /// The organisations of the scope on the day shown.
    pub fn organisations(scene: &Scene<'_>) -> Self {
        Self::new(What::Organisations(scene.scope, scene.as_of))
    }

    /// The terms of the scope's organisations on the day shown.
    pub fn terms(scene: &Scene<'_>) -> Self {
        Self::new(What::Terms(scene.scope, scene.as_of))
    }

    /// What the rules find in the scope's organisations on the day shown.
    pub fn organisation_findings(scene: &Scene<'_>) -> Self {
        Self::new(What::Findings(scene.scope, scene.as_of))
    }

    /// The figures of the scope on the day shown.
    pub fn figures(scene: &Scene<'_>) -> Self {
        Self::new(What::Figures(scene.scope, scene.as_of))
    }

    /// The difference between two days.
    pub fn difference(ask: DifferenceAsk) -> Self {
        Self::new(What::Difference(ask))
    }

    /// What the rules find in the members of the scope.
    pub fn quality(scene: &Scene<'_>) -> Self {
        Self::new(What::Quality(scene.scope, scene.as_of))
    }

    /// Who of the scope may be recorded twice.
    pub fn duplicates(scene: &Scene<'_>) -> Self {
        Self::new(What::Duplicates(scene.scope, scene.as_of))
    }

    /// A table of figures.
    pub fn statistics(ask: StatisticsAsk) -> Self {
        Self::new(What::Statistics(ask))
    }

    /// The talks of a list; `columns` are the fields that it shows.
    pub fn talks(ask: LedgerAsk, columns: Vec<TalkDraftField>) -> Self {
        Self::new(What::Talks(ask, columns))
    }

    /// Lists of archive checklists; `export` is the one that is offered first.
    pub fn archives(export: ArchiveExport) -> Self {
        Self::new(What::Archive(export))
    }

    fn new(what: What) -> Self {
        Self {
            what,
            list: Live::default(),
            words: Live::default(),
            talks: Live::default(),
            talk_words: Live::default(),
            whole_ledger: false,
            without_contents: false,
            format: 0,
            all_fields: false,
            unmasked: false,
            slot: Slot::new("export"),
            writing: None,
            problem: None,
        }
    }

    fn ask(&mut self, scene: &Scene<'_>) {
        if let What::Members(ask, _) = &self.what {
            self.list.ask(scene, List(ask.clone()));
            self.words.ask(scene, ListInWords(ask.clone()));
        }
        if let What::Talks(ask, _) = &self.what {
            self.talks.ask(scene, Talks(ask.clone()));
            self.talk_words.ask(scene, TalksInWords(self.ledger(ask)));
        }
    }

    /// The talks that go out: the list, or all of its ledger.
    fn ledger(&self, listed: &LedgerAsk) -> LedgerAsk {
        if self.whole_ledger { listed.whole() } else { listed.clone() }
    }

    fn take(&mut self, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if let Some(path) = scene.chosen(&self.slot) {
            self.write(scene, path);
        }
        match self.writing.as_ref().and_then(Job::take) {
            Some(Ok((path, written, output))) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let rows = grouped(u64::try_from(output.row_count).unwrap_or_default());
                let shortened = written.shortened_in_words().map(|words| format!("；{words}")).unwrap_or_default();
                out.toast(format!("已导出 {rows} 行：{name}{shortened}"));
                out.wish(Wish::Log(output));
                return Stay::Closed;
            }
            Some(Err(problem)) => {
                self.writing = None;
                self.problem = Some(problem);
            }
            None => {}
        }
        Stay::Open
    }

    /// Asks where the file is to be written.
    fn choose_place(&self, scene: &Scene<'_>, out: &mut Outbox) {
        let name = match &self.what {
            What::Members(..) => "党员名册",
            What::Organisations(..) => "党组织名册",
            What::Terms(..) => "任期",
            What::Findings(..) => "党组织待核",
            What::Figures(..) => "党员基本情况",
            What::Difference(_) => "两日对比",
            What::Quality(..) => "待核清单",
            What::Duplicates(..) => "疑似重复",
            What::Statistics(ask) => &ask.title(),
            What::Talks(..) => "谈心谈话台账",
            What::Archive(export) => export.list.label(),
        };
        let (_, word, ending, _) = FORMATS[self.format];
        let day = match &self.what {
            What::Difference(ask) => format!("{}至{}", ask.from, ask.to),
            _ => scene.as_of.to_string(),
        };
        let name = format!("{name}-{}-{day}.{ending}", scene.scope_name);
        out.choose_file(self.slot.clone(), FileAsk::save("导出到", word, ending, &name));
    }

    fn export(&self) -> Export {
        match &self.what {
            What::Members(ask, columns) => {
                let columns = if self.all_fields { Vec::new() } else { columns.clone() };
                Export::Members(MemberExport { ask: ask.clone(), columns, unmasked: self.unmasked })
            }
            What::Organisations(scope, as_of) => {
                Export::Organisations(OrganisationExport { scope: *scope, as_of: *as_of, unmasked: self.unmasked })
            }
            What::Terms(scope, as_of) => Export::Terms(TermExport { scope: *scope, as_of: *as_of }),
            What::Findings(scope, as_of) => Export::Findings(FindingExport { scope: *scope, as_of: *as_of }),
            What::Figures(scope, as_of) => Export::Figures(FigureExport { scope: *scope, as_of: *as_of }),
            What::Difference(ask) => Export::Difference(DifferenceExport(*ask)),
            What::Quality(scope, as_of) => Export::Quality(QualityExport { scope: *scope, as_of: *as_of }),
            What::Duplicates(scope, as_of) => {
                Export::Duplicates(DuplicateExport { scope: *scope, as_of: *as_of, unmasked: self.unmasked })
            }
            What::Statistics(ask) => Export::Statistics(*ask),
            What::Archive(export) => Export::Archive(export.clone()),
            What::Talks(ask, columns) => Export::Talks(TalkExport {
                ask: self.ledger(ask),
                sort: Vec::new(),
                columns: if self.all_fields { Vec::new() } else { columns.clone() },
                without_contents: self.without_contents,
            }),
        }
    }

    /// The person has chosen the place, and has seen whether a file is there that is replaced.
    fn write(&mut self, scene: &Scene<'_>, path: PathBuf) {
        let ending = FORMATS[self.format].2;
        let has_ending = path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
        let path = if has_ending { path } else { PathBuf::from(format!("{}.{ending}", path.display())) };
        let (export, at) = (self.export(), scene.now());
        self.problem = None;
        self.writing = Some(scene.desk_job("导出", move |desk, progress| {
            let written = write(desk, &export, &path, true, at, progress)?;
            let output = export.output(desk, &path, written)?;
            Ok((path, written, output))
        }));
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        if let Some(problem) = &self.problem {
            let next = if problem.next.is_empty() { String::new() } else { format!("。{}", problem.next) };
            remark(ui, Icon::CircleAlert, Tone::Hard, &format!("{}：{}{next}", problem.title, problem.happened));
        }
        self.what_ui(ui, scene);
        self.range_ui(ui);
        self.archive_ui(ui);
        Field::new("文件").show(ui, |ui, _| {
            let words = FORMATS.map(|(_, word, ..)| word);
            if let Some(index) = Segments::new("文件的种类", &words, Some(self.format)).show(ui) {
                self.format = index;
            }
            note(ui, FORMATS[self.format].3);
        });
        self.columns_ui(ui);
        self.contents_ui(ui);
        if matches!(self.what, What::Members(..) | What::Organisations(..) | What::Duplicates(..)) {
            self.masks_ui(ui);
        }
    }

    /// What goes out: how many, of what.
    fn what_ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            match &self.what {
                What::Members(..) => {
                    let people = self.list.shown().map(|list| grouped(list.ids.len() as u64));
                    strong(ui, &format!("列表里的 {} 人", people.as_deref().unwrap_or("…")));
                    weak(ui, self.words.shown().map_or("", String::as_str));
                }
                What::Organisations(_, as_of) => {
                    strong(ui, "党组织名册");
                    weak(ui, &format!("{}，截至 {as_of}", scene.scope_name));
                }
                What::Terms(_, as_of) => {
                    strong(ui, "任期，按应换届时间排");
                    weak(ui, &format!("{}，截至 {as_of}", scene.scope_name));
                }
                What::Findings(_, as_of) => {
                    strong(ui, "党组织待核事项，每条带依据");
                    weak(ui, &format!("{}，截至 {as_of}", scene.scope_name));
                }
                What::Figures(_, as_of) => {
                    strong(ui, "全部数字，每个带口径");
                    weak(ui, &format!("{}，截至 {as_of}", scene.scope_name));
                }
                What::Difference(ask) => {
                    strong(ui, "两日对比：新增、减少、变动");
                    weak(ui, &format!("{}，{} 至 {}", scene.scope_name, ask.from, ask.to));
                }
                What::Quality(_, as_of) => {
                    strong(ui, "待核清单，每处一行");
                    weak(ui, &format!("{}，截至 {as_of}", scene.scope_name));
                }
                What::Duplicates(_, as_of) => {
                    strong(ui, "疑似重复的人，每对一行");
                    weak(ui, &format!("{}，截至 {as_of}", scene.scope_name));
                }
                What::Talks(ask, _) => {
                    let list = self.talks.current();
                    let is_all = ask.only.is_nothing() || self.whole_ledger;
                    let count = list.map(|list| if is_all { list.all } else { list.lines.len() } as u64).map(grouped);
                    strong(ui, &format!("谈心谈话台账，{} 次谈话，每次一行", count.as_deref().unwrap_or("…")));
                    weak(ui, self.talk_words.current().map_or("", String::as_str));
                }
                What::Archive(export) => {
                    strong(ui, export.list.label());
                    let year = export.year.map_or_else(String::new, |year| format!("，{year} 年"));
                    weak(ui, &format!("{}{year}", scene.scope_name));
                }
                What::Statistics(ask) => {
                    strong(ui, &ask.title());
                    weak(ui, &format!("{}，截至 {}", scene.scope_name, ask.as_of()));
                }
            }
        });
    }

    /// Of talks that the list narrows down: those, or all.
    fn range_ui(&mut self, ui: &mut Ui) {
        let What::Talks(ask, _) = &self.what else { return };
        if ask.only.is_nothing() {
            return;
        }
        let list = self.talks.current();
        let count = |count: Option<usize>| count.map_or_else(|| "…".to_owned(), |count| grouped(count as u64));
        let listed = format!("按当前筛选 {} 次", count(list.map(|list| list.lines.len())));
        let all = format!("全部 {} 次", count(list.map(|list| list.all)));
        Field::new("范围").show(ui, |ui, _| {
            let words = [&*listed, &*all];
            if let Some(index) = Segments::new("范围", &words, Some(usize::from(self.whole_ledger))).show(ui) {
                self.whole_ledger = index == 1;
            }
        });
    }

    /// Of archives: which list.
    fn archive_ui(&mut self, ui: &mut Ui) {
        const LISTS: [ArchiveList; 3] = [ArchiveList::Gaps, ArchiveList::Items, ArchiveList::Evidence];
        let What::Archive(export) = &mut self.what else { return };
        Field::new("内容").show(ui, |ui, _| {
            let words = LISTS.map(ArchiveList::label);
            let chosen = LISTS.iter().position(|list| *list == export.list);
            if let Some(place) = Segments::new("内容", &words, chosen).show(ui) {
                export.list = LISTS[place];
            }
        });
    }

    fn columns_ui(&mut self, ui: &mut Ui) {
        let shown = match &self.what {
            What::Members(_, columns) if !columns.is_empty() => format!("列表所示 {} 栏", columns.len()),
            // One column of the list stands for two fields.
            What::Talks(_, columns) if !columns.is_empty() => "列表所示栏目".to_owned(),
            _ => return,
        };
        Field::new("栏目").show(ui, |ui, _| {
            if let Some(index) =
                Segments::new("栏目", &[&shown, "全部字段"], Some(usize::from(self.all_fields))).show(ui)
            {
                self.all_fields = index == 1;
            }
        });
    }

    /// Of talks: with what was said, or without.
    fn contents_ui(&mut self, ui: &mut Ui) {
        let What::Talks(..) = &self.what else { return };
        Field::new("谈话内容").show(ui, |ui, _| {
            let words = ["含内容", "不含内容"];
            if let Some(index) = Segments::new("谈话内容", &words, Some(usize::from(self.without_contents))).show(ui)
            {
                self.without_contents = index == 1;
            }
            if !self.without_contents {
                ui.add_space(space::XS);
                remark(ui, Icon::TriangleAlert, Tone::Amber, "谈话内容离开本机后由您保管；导出和打印记录里会写明");
            }
        });
    }

    fn masks_ui(&mut self, ui: &mut Ui) {
        Field::new("身份号码和电话").show(ui, |ui, _| {
            let words = ["号码遮盖", "完整号码"];
            if let Some(index) = Segments::new("身份号码和电话", &words, Some(usize::from(self.unmasked))).show(ui)
            {
                self.unmasked = index == 1;
            }
            if self.unmasked {
                ui.add_space(space::XS);
                remark(ui, Icon::TriangleAlert, Tone::Amber, "完整号码离开本机后由您保管；导出和打印记录里会写明");
            }
        });
    }
}

impl Dialog for ExportDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.ask(scene);
        if self.take(scene, out) == Stay::Closed {
            return Stay::Closed;
        }
        let is_writing = self.writing.is_some();
        let answered = widgets::Dialog::new("export", "导出", "取消")
            .note(if is_writing { "正在写…" } else { "会记入导出和打印记录" })
            .primary(Choice::new("导出到…").icon(Icon::Upload).enabled(!is_writing))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match answered.answer {
            Some(Answer::Quiet) => {
                if let Some(job) = &self.writing {
                    job.cancel();
                }
                return Stay::Closed;
            }
            Some(Answer::Primary) => self.choose_place(scene, out),
            _ => {}
        }
        Stay::Open
    }
}
