//! What can be called: the page that lists every command of the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::{
    apply, attachments, check, coverage, demo, export, figures, handover, imports, journal, new, pack, plan_talks,
    print, quality, search, template,
};
use crate::clock::Day;

/// A call of the program.
#[derive(Debug, Parser)]
#[command(
    name = "branchdesk",
    version,
    about = "支部工作台：党支部的组织、党员、花名册导入导出和报表，都在一个工作簿文件里，不联网",
    after_help = "例：\n  branchdesk 党支部.bdk\n  branchdesk demo\n  branchdesk export members --workbook 党支部.bdk --out 花名册.csv",
    args_conflicts_with_subcommands = true
)]
pub(super) struct Arguments {
    #[arg(value_name = "工作簿", help = "用窗口打开这个工作簿；不写则打开首页")]
    pub file: Option<PathBuf>,
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// One command.
#[derive(Debug, Subcommand)]
pub(super) enum Task {
    #[command(
        about = "生成练习工作簿；没有显示器时（或写了 --dir）还生成花名册 CSV 和汇总表 PDF",
        after_help = "例：\n  branchdesk demo\n  branchdesk demo --dir 练习\n  branchdesk demo --dir 大数据 --members 100000 --seed 7"
    )]
    Demo(demo::DemoTask),
    #[command(about = "新建一个空的工作簿", after_help = "例：\n  branchdesk new 党支部.bdk --title 机关第一党支部")]
    New(new::NewTask),
    #[command(
        about = "执行一组命令（JSON），一个文件是一个整体：要么全写入，要么都不写",
        after_help = "例：\n  branchdesk apply --workbook 党支部.bdk --from 命令.json\n  branchdesk apply --schema\n\n命令.json（ref 起个代号，后面的命令用它代替编号；已经在工作簿里的，写 search --json 或 export 的 JSON 里的编号）：\n  [{\"do\": \"add_organisation\", \"ref\": \"@b\", \"set\": {\"name\": \"机关第一党支部\"}},\n   {\"do\": \"add_member\", \"ref\": \"@z\", \"branch_id\": \"@b\", \"set\": {\"name\": \"张三\", \"joined\": \"2015-07\"}},\n   {\"do\": \"add_member\", \"ref\": \"@l\", \"branch_id\": \"@b\", \"set\": {\"name\": \"李四\", \"joined\": \"2016-07\"}},\n   {\"do\": \"record_talk\", \"organisation_id\": \"@b\", \"held_on\": \"2026-03-20\", \"type\": \"日常谈心谈话\", \"mode\": \"一对一\",\n    \"talker_ids\": [\"@z\"], \"partner_ids\": [\"@l\"], \"content\": \"谈了夜班安排\"}]\n\n谈话里名册上的人写编号（talker_ids 谈话人、partner_ids 谈话对象），名册外的人才写姓名（talkers、partners），不计入覆盖。\n改谈话用 edit_talk，删谈话用 remove_talk，栏目见 --schema。\n回执里有 warnings 时，写入的谈话有要核对的地方（那天还不在册、已离开、已去世、日期太早、类型停用），和窗口里的提示相同。\n谈话改成受限类型（提醒、诫勉等）要先删去内容；删去的内容不再显示，但为了能撤销仍在历史中。"
    )]
    Apply(apply::ApplyTask),
    #[command(
        about = "导入党员花名册、党组织名册、谈心谈话台账：整个文件算一步，随时可以撤销；有没回答的问题时退出码为 3",
        after_help = "例：\n  branchdesk import 花名册.xlsx --workbook 党支部.bdk --dry-run\n  branchdesk import 花名册.xlsx --workbook 党支部.bdk --org 机关第一党支部 --day 2026-06-30\n  branchdesk import 花名册.xlsx --workbook 党支部.bdk --answers 回答.json\n  branchdesk import 谈话台账.xlsx --workbook 党支部.bdk --dry-run\n\n谈话台账里的人按谈话那天的名册认；名册上没有的、重名的会问，不猜。"
    )]
    Import(imports::ImportTask),
    #[command(
        about = "导出名单和统计表：members 党员、organisations 党组织、organisation_events 沿革、terms 任期、findings 党组织待核、facts 事项、events 变动记录、talks 谈心谈话台账、difference 两日对比、quality 待核、duplicates 疑似重复、journal 操作记录、figures 全部数字、annual 年报表、by_branch 按支部、comparison 两年对比、cross 交叉表、groups 分组表、form 按上级表样",
        after_help = "例：\n  branchdesk export members --workbook 党支部.bdk --out 花名册.xlsx\n  branchdesk export members --workbook 党支部.bdk --out 女党员.csv --where sex=女 --columns name,birth,joined --sort -joined\n  branchdesk export members --workbook 党支部.bdk --out 政治生日.xlsx --list birthdays --month 2026-07\n  branchdesk export members --workbook 党支部.bdk --out 名单.csv --columns name --sort 姓氏笔画\n  branchdesk export difference --workbook 党支部.bdk --out 对比.xlsx --from 2025-12-31 --to 2026-06-30\n  branchdesk export facts --workbook 党支部.bdk --out 事项.json\n  branchdesk export talks --workbook 党支部.bdk --out 谈话台账.xlsx --org 机关第一党支部 --year 2026 --without-contents\n  branchdesk export talks --workbook 党支部.bdk --out 谈话.csv --filter 夜班 --where talkers=陈志远 --columns number,held_on,partners,topic --sort -held_on\n  branchdesk export terms --workbook 党支部.bdk --out 任期.xlsx\n  branchdesk export findings --workbook 党支部.bdk --out 待核.csv --org 机关党总支\n  branchdesk export cross --workbook 党支部.bdk --out 交叉表.xlsx --cross 性别:学历"
    )]
    Export(export::ExportTask),
    #[command(
        about = "把表打印成 PDF：汇总、花名册、信息卡、名单、政治生日、党组织、委员会、任期、转接台账、年报表、按支部、两年对比、交叉表、谈心谈话的记录表（也可 DOCX）、空白记录表、台账、覆盖情况和计划表",
        after_help = "例：\n  branchdesk print summary --workbook 党支部.bdk --out 汇总.pdf\n  branchdesk print roster --workbook 党支部.bdk --out 花名册.pdf --org 机关第一党支部 --as-of 2026-06-30 --sort 姓氏笔画\n  branchdesk print comparison --workbook 党支部.bdk --out 两年对比.pdf --compare 2026\n  branchdesk print talk --workbook 党支部.bdk --out 谈话记录.docx --org 机关第一党支部 --period 2026-11\n  branchdesk print talk-ledger --workbook 党支部.bdk --out 台账.pdf --year 2026 --where type=T01 --filter 值班\n  branchdesk print blank-talks --workbook 党支部.bdk --out 空白表.pdf --org 机关第一党支部\n  branchdesk print coverage --workbook 党支部.bdk --out 覆盖情况.pdf --org 机关第一党支部 --period 2026"
    )]
    Print(print::PrintTask),
    #[command(
        about = "核对党员资料：按规则列出待核之处，有则退出码为 1",
        after_help = "例：\n  branchdesk quality --workbook 党支部.bdk\n  branchdesk quality --workbook 党支部.bdk --org 机关第一党支部 --json"
    )]
    Quality(quality::QualityTask),
    #[command(
        about = "算出全部数字：每个数字带口径、截止日期、范围和背后的名单；也可算交叉表、按支部、两年对比",
        after_help = "例：\n  branchdesk figures --workbook 党支部.bdk\n  branchdesk figures --workbook 党支部.bdk --org 机关第一党支部 --as-of 2025-12-31 --json\n  branchdesk figures --workbook 党支部.bdk --name 党员.女 --json\n  branchdesk figures --workbook 党支部.bdk --cross 性别:学历\n  branchdesk figures --workbook 党支部.bdk --compare 2026 --json"
    )]
    Figures(figures::FiguresTask),
    #[command(
        about = "谈话覆盖：支委之间、支委和党员、党员和党员、必谈事项各应谈多少、谈了多少、还缺哪些人，哪些人不列入；下级党组织逐个列出，不排名",
        after_help = "例：\n  branchdesk coverage --workbook 党支部.bdk --org 机关第一党支部 --year 2026\n  branchdesk coverage --workbook 党支部.bdk --org 机关党总支 --year 2026 --as-of 2026-09-30 --json\n  branchdesk coverage --workbook 党支部.bdk --org 机关第一党支部 --from 2026-01-20 --to 2026-12-31"
    )]
    Coverage(coverage::CoverageTask),
    #[command(
        about = "拟谈话计划：按工作周排出补齐覆盖的一对一谈话，让主谈最多的人也谈得最少；不写 --keep 则工作簿什么都不改",
        after_help = "例：\n  branchdesk plan-talks --workbook 党支部.bdk --org 机关第一党支部 --by 2026-12-31\n  branchdesk plan-talks --workbook 党支部.bdk --org 机关第一党支部 --by 2026-12-31 --from 2026-12-01 --keep\n  branchdesk plan-talks --workbook 党支部.bdk --org 机关第一党支部 --since 2026-01-20 --by 2026-12-31 --json"
    )]
    PlanTalks(plan_talks::PlanTalksTask),
    #[command(
        about = "查找：先找人（姓名、拼音、首字母、身份证号、电话、单位、住址），再找党组织，最后找谈心谈话（编号、类型、里面的任何字；最近的在前）",
        after_help = "例：\n  branchdesk search 林秀英 --workbook 党支部.bdk\n  branchdesk search lxy --workbook 党支部.bdk --limit 5 --json\n  branchdesk search 夜班安排 --workbook 党支部.bdk\n  branchdesk search 诫勉谈话 --workbook 党支部.bdk\n  branchdesk search 2026-031 --workbook 党支部.bdk"
    )]
    Search(search::SearchTask),
    #[command(
        about = "看操作记录：谁在什么时候改了什么",
        after_help = "例：\n  branchdesk history --workbook 党支部.bdk\n  branchdesk history --workbook 党支部.bdk --record 7238461038592 --json"
    )]
    History(journal::HistoryTask),
    #[command(
        about = "撤销最近一步，或指定的一步；后来又改过的内容不会被覆盖",
        after_help = "例：\n  branchdesk undo --workbook 党支部.bdk\n  branchdesk undo --workbook 党支部.bdk --entry 12 --keep-changed"
    )]
    Undo(journal::RevertTask),
    #[command(
        about = "重做刚撤销的一步，或指定的一次撤销",
        after_help = "例：\n  branchdesk redo --workbook 党支部.bdk"
    )]
    Redo(journal::RevertTask),
    #[command(
        about = "把全部内容写成规范的文本：内容相同，文本就逐字节相同",
        after_help = "例：\n  branchdesk dump --workbook 党支部.bdk --without journal"
    )]
    Dump(check::DumpTask),
    #[command(
        about = "检查文件、操作记录和数字是否完好；有问题时列出，退出码为 1",
        after_help = "例：\n  branchdesk check --workbook 党支部.bdk"
    )]
    Check(check::CheckTask),
    #[command(
        about = "把收到的检查清单（Word、Excel 或 CSV）做成清单模板；没有当作项的内容逐条列出",
        after_help = "例：\n  branchdesk template 督查清单.docx --workbook 党支部.bdk --dry-run\n  branchdesk template 督查清单.xlsx --workbook 党支部.bdk --title 2026年党建督查"
    )]
    Template(template::TemplateTask),
    #[command(
        about = "给清单项或谈话附上文件：内容存进工作簿旁边的附件库，整个算一步，可以撤销",
        after_help = "例：\n  branchdesk attach 征求意见汇总.docx 签到表.jpg --workbook 党支部.bdk --item 7238461038592\n  branchdesk attach 扫描件.pdf --workbook 党支部.bdk --talk 7238461038592"
    )]
    Attach(attachments::AttachTask),
    #[command(
        about = "核对附件的内容和附上时是否一样；有变了的、找不到的则列出，退出码为 1",
        after_help = "例：\n  branchdesk verify --attachments --workbook 党支部.bdk"
    )]
    Verify(attachments::VerifyTask),
    #[command(
        about = "备份：在工作簿旁边的“备份”文件夹里做一份核对过的副本，新附上的附件也复制过去；有附件已经坏了的则列出，退出码为 1",
        after_help = "例：\n  branchdesk backup --workbook 党支部.bdk"
    )]
    Backup(attachments::BackupTask),
    #[command(
        about = "压缩附件库：去掉已没有材料用到的文件；去掉以后，撤销也找不回它们",
        after_help = "例：\n  branchdesk compact --workbook 党支部.bdk"
    )]
    Compact(attachments::CompactTask),
    #[command(
        about = "做检查包：把一个党组织（连同下级）一年的档案放进一个文件夹或 ZIP，有封面、目录、缺项单、材料文件、程序里的记录和 SHA256SUMS；有材料找不到时列出，退出码为 1",
        after_help = "例：\n  branchdesk pack --workbook 党支部.bdk --org 机关第一党支部 --year 2026 --out 检查包\n  branchdesk pack --workbook 党支部.bdk --year 2026 --template 支部档案 --out 检查包.zip"
    )]
    Pack(pack::PackTask),
    #[command(
        about = "移交：把工作簿和它的附件库放进一个 ZIP 文件，交给接手的人；没写完的草稿不在里面",
        after_help = "例：\n  branchdesk handover --workbook 党支部.bdk --out 移交.zip"
    )]
    Handover(handover::HandoverTask),
    #[command(
        about = "接收移交的文件：取出工作簿和附件库，核对后放好；已有同名的则不动",
        after_help = "例：\n  branchdesk receive 移交.zip --out 党支部.bdk"
    )]
    Receive(handover::ReceiveTask),
}

impl Task {
    /// The day for which something is asked, where one is told.
    pub fn asked_day(&self) -> Option<Day> {
        match self {
            Self::Export(task) => task.asked_day(),
            Self::Print(task) => task.asked_day(),
            Self::Quality(task) => task.asked_day(),
            Self::Figures(task) => task.asked_day(),
            Self::Coverage(task) => task.asked_day(),
            _ => None,
        }
    }
}
