//! The whole job in one afternoon, through the accessibility tree: make a workbook, bring a roster in, find people,
//! change one, take it back, hand a list out, print it.

use branchdesk::store::Key as FileKey;
use branchdesk::store::workbook::ReadOnly;
use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::support::pdf;
use crate::support::story::Story;

const ROSTER: &str = "\
姓名,性别,民族,出生日期,公民身份号码,学历,入党时间,转正时间,所在党支部,党内职务,联系电话
林秀英,女,汉族,1981-05-21,110000198105210022,大学本科,2006.12.8,2007.12.8,机关第一党支部,组织委员,13800000001
吴海涛,男,汉族,1978-11-02,,大学专科,2003-07-01,2004-07-01,机关第一党支部,书记,
何静,女,土家,1983-01,,研究生,2008-07-01,2009-07-01,机关第二党支部,,13800000003
马晓东,男,汉族,1985-09-30,,大学本科,2026-03-01,,机关第二党支部,,
";

#[test]
fn a_secretary_makes_a_workbook_brings_a_roster_in_mends_one_line_and_hands_it_out() {
    let mut desk = Story::start();
    let folder = desk.folder().to_owned();
    std::fs::write(folder.join("花名册.csv"), format!("\u{feff}{ROSTER}")).expect("a roster");
    let workbook = folder.join("机关党建.bdk");

    // A new workbook.
    desk.press("新建空白工作簿…");
    desk.fill("名称", "机关党建")
        .fill("放在文件夹", &folder.display().to_string())
        .fill("操作人", "李敏")
        .press("新建");
    let empty = Story::dump_of(&workbook);

    // The roster: seen before it is written.
    desk.press_as(Role::Link, "导入").press("选文件…");
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.press_row("花名册.csv").press("打开").press_as(Role::Tab, "人员").sees("新增 4");
    assert_eq!(Story::dump_of(&workbook), empty, "nothing is written before one has seen it");
    desk.press_as(Role::Tab, "写入")
        .press("写入 4 人")
        .sees("导入党员 4 人：花名册.csv")
        .sees("新建 2 个党组织")
        .press("看党员");
    assert_eq!(desk.rows(), ["林秀英", "吴海涛", "何静", "马晓东"]);
    let imported = Story::dump_of(&workbook);

    // Who of them is a woman.
    desk.press("女 2 人");
    assert_eq!(desk.rows(), ["林秀英", "何静"]);

    // A telephone number and a unit that changed; a slip, and back.
    desk.open_row("何静").press("修改").fill("工作单位", "县殡仪馆").fill("联系电话", "13800000009").press("保存");
    desk.sees("县殡仪馆");
    let edited = Story::dump_of(&workbook);
    assert!(edited.contains("13800000009") && !edited.contains("13800000003"));
    desk.key(Modifiers::COMMAND, Key::Z).sees("已撤销：修改 何静").sees_no("县殡仪馆");
    assert_eq!(Story::dump_of(&workbook), imported, "the workbook as it was before the slip");
    desk.key(Modifiers::COMMAND, Key::Y).sees("已重做：修改 何静");
    assert_eq!(Story::dump_of(&workbook), edited);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(Story::dump_of(&workbook), imported);
    desk.key(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.rows(), ["林秀英", "何静"], "the list stands as it was left");

    // The list as a file: those who are shown, and the numbers masked.
    desk.press("导出…")
        .sees("列表里的 2 人")
        .press_as(Role::RadioButton, "CSV")
        .press_as(Role::RadioButton, "全部字段");
    desk.press("导出到…").fill("文件名", "女党员.csv").press("保存").sees("已导出 2 行：女党员.csv");
    let csv = std::fs::read_to_string(folder.join("女党员.csv")).expect("the file");
    let mut reader = csv::Reader::from_reader(csv.strip_prefix('\u{feff}').expect("a mark").as_bytes());
    let heads = reader.headers().expect("heads").clone();
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
    let cell = |row: usize, head: &str| {
        let column = heads.iter().position(|known| known == head).unwrap_or_else(|| panic!("{head} in {heads:?}"));
        records[row][column].to_owned()
    };
    assert_eq!(records.len(), 2);
    assert_eq!((cell(0, "姓名"), cell(1, "姓名")), ("林秀英".into(), "何静".into()));
    assert_eq!((cell(0, "出生日期"), cell(1, "出生日期")), ("1981-05-21".into(), "1983-01".into()));
    assert_eq!((cell(0, "公民身份号码"), cell(1, "民族")), ("110000********0022".into(), "土家族".into()));
    assert_eq!((cell(0, "入党时间"), cell(0, "党内职务")), ("2006-12-08".into(), "组织委员".into()));
    assert_eq!((cell(1, "所在党支部"), cell(1, "联系电话")), ("机关第二党支部".into(), "138****0003".into()));

    // The same list on paper.
    desk.press("打印…").press("存为 PDF…").fill("文件名", "女党员花名册.pdf").press("保存");
    let pages = pdf::pages(&std::fs::read(folder.join("女党员花名册.pdf")).expect("the file"));
    assert_eq!(pages.len(), 1);
    for words in
        ["花名册", "林秀英", "何静", "1981.05.21", "2006.12.08", "110000********0022", "合计：2 人", "只列：性别：女"]
    {
        assert!(pages[0].contains(words), "{words} in {}", pages[0]);
    }
    for words in ["吴海涛", "马晓东", "110000198105210022", "13800000009"] {
        assert!(!pages[0].contains(words), "{words} in {}", pages[0]);
    }

    // What left stands in the log; the diary tells the day; nothing is amiss.
    desk.press_as(Role::Button, "关闭").press_as(Role::Link, "导出和打印");
    desk.sees("女党员.csv").sees("女党员花名册.pdf");
    desk.press_as(Role::Link, "操作记录").sees("导入党员 4 人：花名册.csv").sees("撤销：修改 何静");
    let sound = ReadOnly::open(&workbook, &FileKey::None).expect("readable").findings().expect("checked");
    assert_eq!(sound, Vec::<String>::new());
    let left: Vec<String> = std::fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".branchdesk"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}
