//! `import`: rosters into the workbook, as one step that can be undone.

mod as_json;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use super::Done;
use super::asks::day;
use super::opening::{Book, Operator, shown};
use crate::clock::{Clock, Day};
use crate::command::{Command, ImportRoster, Receipt};
use crate::domain::imports::{ImportPlan, OpenQuestion, PlannedProblem, QuestionAbout};
use crate::exchange::export::{ProblemSheet, ProblemSheets, write_problem_sheet};
use crate::exchange::import::{
    Answers, NEW_BRANCH, Opened, PlanOptions, RosterKind, RosterReading, actual_json, plan, understand,
};
use crate::files::write_whole;
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::Key;
use crate::store::journal::Origin;
use crate::store::reader::Reader;
use crate::store::workbook::ReadOnly;
use crate::store::{organisations, settings};
use as_json::as_json;

#[derive(Debug, Args)]
pub(super) struct ImportTask {
    #[arg(
        value_name = "文件",
        required = true,
        help = "党员花名册、党组织名册或谈心谈话台账：CSV、TXT、XLSX、XLS；几个文件算一次导入"
    )]
    files: Vec<PathBuf>,
    #[command(flatten)]
    book: Book,
    #[arg(
        long,
        value_name = "种类",
        help = "文件里是什么：members 党员，organisations 党组织，talks 谈心谈话台账；不写则由程序看内容认"
    )]
    kind: Option<KindWord>,
    #[arg(long, value_name = "党组织", help = "范围：只在它下面找党支部；没有写党支部的人和谈话归到它")]
    org: Option<String>,
    #[arg(long, value_name = "日期", value_parser = day, help = "花名册是哪一天的；不写则看表里写的，再不然是今天；谈话台账不用写")]
    day: Option<Day>,
    #[arg(
        long,
        value_name = "文件",
        help = "对待定各处的回答：--json 列出的 questions，填上 answer；某行的一处变更不要写，加一条：sheet、row（有 beside 的还有 beside）照抄，field 写 keep:栏目的 field，answer 写 yes"
    )]
    answers: Option<PathBuf>,
    #[arg(long, help = "只预览，不写入")]
    dry_run: bool,
    #[arg(long, value_name = "文件夹", help = "把读到的内容写成“文件名.actual.json”")]
    actual: Option<PathBuf>,
    #[arg(
        long,
        value_name = "文件",
        help = "写问题表：xlsx 是原表的副本，其他格式照内容做成 xlsx；多一栏“问题”，有问题的格子涂色；几个文件各写一个"
    )]
    problems: Option<PathBuf>,
    #[arg(long, help = "问题表已有时换成新的")]
    force: bool,
    #[arg(long, help = "结果写成 JSON：各类行、待定、问题")]
    json: bool,
    #[command(flatten)]
    operator: Operator,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum KindWord {
    Members,
    Organisations,
    Talks,
}

impl KindWord {
    fn kind(self) -> RosterKind {
        match self {
            Self::Members => RosterKind::Members,
            Self::Organisations => RosterKind::Organisations,
            Self::Talks => RosterKind::Talks,
        }
    }
}

/// Problems that are listed for people; the rest is counted.
const PROBLEMS_LISTED: usize = 30;

/// People of no party who are named.
const OTHERS_NAMED: usize = 5;

impl ImportTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let progress = Progress::default();
        let open = |path: &PathBuf| Opened::file(path, &progress);
        let opened: Vec<Opened> = self.files.iter().map(open).collect::<Result<_>>()?;
        let ((plan, sheets), receipt) = if self.dry_run {
            let workbook = ReadOnly::open(&self.book.workbook, &Key::None)?;
            (self.plan(workbook.reader(), opened, clock, &progress)?, None)
        } else {
            let (mut ledger, mut stamp) = self.book.ledger(&self.operator, clock)?;
            stamp.origin = Origin::Import;
            let (plan, sheets) = self.plan(ledger.reader(), opened, clock, &progress)?;
            let receipt = if plan.writes_something() {
                let command = Command::ImportRoster(ImportRoster { plan: plan.clone() });
                Some(ledger.run_watched(command, &stamp, &progress)?)
            } else {
                None
            };
            ((plan, sheets), receipt)
        };
        for sheet in sheets.iter().flat_map(|sheets| &sheets.written) {
            self.book.log_output(sheet.output(), &self.operator, clock)?;
        }
        if self.json {
            let mut told = as_json(&plan, receipt.as_ref(), self.dry_run);
            if let Some(sheets) = &sheets {
                told["problem_sheets"] = sheets_json(sheets);
            }
            writeln!(out, "{told}")?;
        } else {
            self.tell(&plan, receipt.as_ref(), out)?;
            if let Some(sheets) = &sheets {
                tell_sheets(sheets, out)?;
            }
        }
        Ok(if plan.questions.is_empty() { Done::Well } else { Done::Questions })
    }

    fn read(
        &self,
        reader: Reader<'_>,
        opened: &[Opened],
        clock: Clock,
        progress: &Progress,
    ) -> Result<Vec<RosterReading>> {
        let layouts = settings::import_layouts(reader)?;
        let mut readings = Vec::new();
        for opened in opened {
            let reading = understand(opened, &layouts, clock.today(), progress)?;
            if let Some(folder) = &self.actual {
                write_actual(folder, &reading)?;
            }
            // Whoever only asks what is read is told even of a file that is no roster.
            let only_asked = self.dry_run && self.actual.is_some() && self.kind.is_none();
            if let Some(problem) = reading.refusal().filter(|_| !only_asked) {
                return Err(problem);
            }
            if let Some(wanted) = self.kind.map(KindWord::kind).filter(|wanted| *wanted != reading.kind) {
                let happened = format!("“{}”是{}，不是{}", reading.file_name, reading.kind.label(), wanted.label());
                return Err(Problem::input("没有导入", happened).next("去掉 --kind，或换一个文件"));
            }
            readings.push(reading);
        }
        Ok(readings)
    }

    /// The plan, and the problem sheets that were asked for.
    fn plan(
        &self,
        reader: Reader<'_>,
        opened: Vec<Opened>,
        clock: Clock,
        progress: &Progress,
    ) -> Result<(ImportPlan, Option<ProblemSheets>)> {
        let readings = self.read(reader, &opened, clock, progress)?;
        // The cells are held no longer than they are needed.
        let opened = if self.problems.is_some() { opened } else { Vec::new() };
        let names: Vec<String> = readings.iter().map(|reading| reading.file_name.clone()).collect();
        let answers = match &self.answers {
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).map_err(|error| Problem::from(error).titled("没有导入").at(path))?;
                Answers::from_json(&text, &names)?
            }
            None => Answers::of_files(&names),
        };
        let tree = organisations::tree(reader)?;
        let scope = self.org.as_deref().map(|text| tree.find(text).map(|node| node.id)).transpose()?;
        let told = if self.problems.is_some() { readings.clone() } else { Vec::new() };
        let plan = plan(reader, readings, &PlanOptions { scope, day: self.day, answers }, clock.today(), progress)?;
        let said = (&plan.problems[..], &plan.questions[..]);
        let write = |path: &PathBuf| write_problem_sheet(&opened, &told, said, path, self.force, progress);
        let sheets = self.problems.as_ref().map(write).transpose()?;
        Ok((plan, sheets))
    }

    fn tell(&self, plan: &ImportPlan, receipt: Option<&Receipt>, out: &mut impl Write) -> Result<()> {
        match receipt {
            Some(receipt) => writeln!(out, "已{}", receipt.title)?,
            None if self.dry_run => writeln!(out, "预览（没有写入）：{}", plan.file_names.join("、"))?,
            None => writeln!(out, "没有要写入的：{}", plan.file_names.join("、"))?,
        }
        writeln!(out, "{}", counts_in_words(plan))?;
        if plan.counts().gone > 0 {
            writeln!(out, "本表之外：{}", gone_in_words(plan))?;
        }
        if plan.not_members > 0 {
            writeln!(out, "没有取的 {} 行：不是党员，或没有写明是党员", plan.not_members)?;
        }
        for branch in &plan.new_branches {
            writeln!(out, "新建 {}（{}）", branch.name, branch.kind.label())?;
        }
        for group in &plan.new_groups {
            writeln!(out, "新建 {}（党小组）", group.name)?;
        }
        for head in &plan.remark_columns {
            writeln!(out, "没有自己的字段的栏目，记入备注：{head}")?;
        }
        for head in &plan.roster_columns {
            writeln!(out, "没有导入的栏目（名册里的人以名册为准；名册外的人写在姓名后）：{head}")?;
        }
        for label in &plan.new_extra_fields {
            writeln!(out, "新建自定义字段 {label}")?;
        }
        let file = |place: usize| plan.file_names.get(place).map_or("", String::as_str);
        let place = |of: usize, sheet: &str, row: u32| match (sheet, row) {
            (_, 0) => file(of).to_owned(),
            ("", row) => format!("{} 第 {row} 行", file(of)),
            (sheet, row) => format!("{} {sheet} 第 {row} 行", file(of)),
        };
        if !plan.others.is_empty() {
            let names: Vec<&str> = plan.others.iter().take(OTHERS_NAMED).map(|other| other.name.as_str()).collect();
            let more = if plan.others.len() > names.len() { "等" } else { "" };
            let count = plan.others.len();
            writeln!(
                out,
                "{count} 人不是党员，没有取：{}{more}；要取为积极分子或申请人的，用 --json 列出（others），填好 answer，再用 --answers 导入",
                names.join("、")
            )?;
        }
        if let Some(day) = self.day.filter(|day| *day > plan.roster_day) {
            writeln!(out, "名册日期 {day} 还没到，按 {} 算", plan.roster_day)?;
        }
        for question in &plan.questions {
            let place = place(question.file, &question.sheet, question.row);
            writeln!(out, "待定：{place} {}", question_in_words(question))?;
        }
        let at = |problem: &PlannedProblem| place(problem.file, &problem.sheet, problem.row);
        tell_problems(plan, at, out)?;
        if !plan.questions.is_empty() {
            let asked = plan.questions.len();
            writeln!(
                out,
                "有 {asked} 处待定没有回答，相关的内容没有写入；用 --json 列出，填好 answer，再用 --answers 导入"
            )?;
        }
        Ok(())
    }
}

/// What is wrong, with how many rows that keeps out, and what is only told.
fn tell_problems(plan: &ImportPlan, at: impl Fn(&PlannedProblem) -> String, out: &mut impl Write) -> Result<()> {
    let wrong: Vec<&PlannedProblem> = plan.problems.iter().filter(|problem| !problem.is_note()).collect();
    for problem in wrong.iter().take(PROBLEMS_LISTED) {
        writeln!(out, "有误：{} {} {}", at(problem), problem.field_label(), problem.sentence)?;
    }
    if let Some(rest) = wrong.len().checked_sub(PROBLEMS_LISTED).filter(|rest| *rest > 0) {
        writeln!(out, "还有 {rest} 处有误，用 --json 可以看全")?;
    }
    if !wrong.is_empty() {
        writeln!(out, "有误共 {} 处，其中不能写入的 {} 行", wrong.len(), plan.counts().broken)?;
    }
    let mut notes: Vec<(&str, String, usize)> = Vec::new();
    for note in plan.problems.iter().filter(|problem| problem.is_note()) {
        match notes.iter_mut().find(|(sentence, ..)| *sentence == note.sentence) {
            Some((.., count)) => *count += 1,
            None => notes.push((&note.sentence, at(note), 1)),
        }
    }
    for (sentence, first, count) in notes.iter().take(PROBLEMS_LISTED) {
        let more = if *count > 1 { format!(" 等 {count} 处") } else { String::new() };
        writeln!(out, "提醒：{first}{more} {sentence}")?;
    }
    if let Some(rest) = notes.len().checked_sub(PROBLEMS_LISTED).filter(|rest| *rest > 0) {
        writeln!(out, "还有 {rest} 种提醒，用 --json 可以看全")?;
    }
    Ok(())
}

/// What was written for the senders, and where.
fn tell_sheets(sheets: &ProblemSheets, out: &mut impl Write) -> Result<()> {
    for sheet in &sheets.written {
        let kind = if sheet.is_copy { "原表的副本" } else { "照原表内容新做的" };
        writeln!(out, "已写出问题表（{kind}，{} 行有问题）：{}", sheet.rows, shown(&sheet.path))?;
    }
    if sheets.written.is_empty() {
        writeln!(out, "各表都没有问题，没有写问题表")?;
    }
    Ok(())
}

fn sheets_json(sheets: &ProblemSheets) -> Json {
    let one = |sheet: &ProblemSheet| {
        json!({
            "file": shown(&sheet.path), "original": sheet.original, "rows": sheet.rows, "is_copy": sheet.is_copy,
        })
    };
    sheets.written.iter().map(one).collect()
}

/// 「党组织名册：新增 12 行，变更 0 行 …」
fn counts_in_words(plan: &ImportPlan) -> String {
    let counts = plan.counts();
    let rows = format!(
        "新增 {} 行，变更 {} 行，相同 {} 行，待定 {} 行，有误 {} 行",
        counts.new, counts.changed, counts.same, counts.waiting, counts.broken
    );
    match plan.kind {
        RosterKind::Organisations => {
            format!("{}：{rows}；本表之外 {} 个，保留", plan.kind.label(), counts.gone)
        }
        RosterKind::Talks => format!("{}：{rows}", plan.kind.label()),
        RosterKind::Members | RosterKind::None => {
            format!("{rows}，本表之外 {} 人，保留", counts.gone)
        }
    }
}

/// People and organisations in no row that are listed by name; the rest is counted.
const GONE_LISTED: usize = 30;

/// 「何静、林秀英」, 「何静、… 等 48 人」
fn gone_in_words(plan: &ImportPlan) -> String {
    let people = plan.gone.iter().map(|gone| gone.name.as_str());
    let all = people.chain(plan.gone_organisations.iter().map(|gone| gone.name.as_str()));
    let names: Vec<&str> = all.take(GONE_LISTED).collect();
    let (count, unit) = match plan.kind {
        RosterKind::Organisations => (plan.gone_organisations.len(), "个"),
        _ => (plan.gone.len(), "人"),
    };
    let more = if count > names.len() { format!(" 等 {count} {unit}") } else { String::new() };
    format!("{}{more}", names.join("、"))
}

/// Choices that are listed for people; the rest is counted.
const CHOICES_LISTED: usize = 12;

/// 「入党时间 “2019.1”是 2019-01、还是 2019-10？」
fn question_in_words(question: &OpenQuestion) -> String {
    let choices = if question.labels.is_empty() { &question.choices } else { &question.labels };
    let listed = choices.iter().take(CHOICES_LISTED).cloned().collect::<Vec<_>>().join("、还是 ");
    let more = match choices.len() {
        many if many > CHOICES_LISTED => format!(" 等 {many} 个，用 --json 可以看全"),
        _ => String::new(),
    };
    let raw = &question.raw;
    match question.about {
        QuestionAbout::Nearly | QuestionAbout::Twice | QuestionAbout::Returned => format!("{raw}？{listed}"),
        QuestionAbout::SameTalk => format!("{raw}，是{listed}？"),
        QuestionAbout::Branch if question.row == 0 => {
            let may_be_new = question.choices.iter().any(|choice| choice == NEW_BRANCH);
            let new =
                if may_be_new { format!("新建的回答写成 {NEW_BRANCH}党支部全称") } else { String::new() };
            format!("{raw}，归到 {listed}{more}？{new}")
        }
        QuestionAbout::WhoStandsFirst => format!("{raw}，谁写在前面？{listed}"),
        QuestionAbout::Year => format!("{raw}，这些谈话是哪一年的？{listed}"),
        about => format!("{} “{raw}”是 {listed}{more}？", about.label()),
    }
}

fn write_actual(folder: &Path, reading: &RosterReading) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let text = serde_json::to_vec_pretty(&actual_json(reading)).map_err(|error| Problem::fault(error.to_string()))?;
    write_whole(&folder.join(format!("{}.actual.json", reading.file_name)), &text, true)
}
