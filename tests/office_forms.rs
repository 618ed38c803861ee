//! The forms of an office on paper: filled from a workbook, compiled to PDF, read as any reader of the file does.

use branchdesk::domain::dates::Period;
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::domain::organisations::Organisation;
use branchdesk::print::{
    FillOptions, Form, Grouping, NameMarks, OfficeAsk, OfficeForm, PaperFonts, compile, office_form, roster_ask,
};
use branchdesk::progress::Progress;
use branchdesk::view::birthdays::birthdays;
use branchdesk::view::members::ListAsk;
use branchdesk::view::organisations::page;
use serde_json::json;

use crate::support::office::{Office, day};
use crate::support::pdf;
use crate::support::program::Program;

const TODAY: &str = "2026-11-24";

/// A general branch with a branch of seven and an empty one, elections, transfers, honours.
struct Bureau {
    office: Office,
    root: OrganisationId,
    first: OrganisationId,
    second: OrganisationId,
    wei: PersonId,
    he: PersonId,
}

fn bureau() -> Bureau {
    let mut office = Office::new();
    let root = office.organisation(None, "中共青禾县民政局总支部委员会");
    let first = office.organisation(Some(root), "机关第一党支部");
    let second = office.organisation(Some(root), "机关第二党支部");
    office.organisation(Some(first), "第一党小组");
    let person = |name: &str, sex: &str, joined: &str, full: &str| {
        json!({
            "name": name, "sex": sex, "birth": "1980-12-15", "education": "大学本科", "joined": joined, "full": full,
            "transfer_in": joined, "phone": "13800000013", "id_number": "110000198012150013",
        })
    };
    let wei = office.member(first, person("韦文军", "男", "2003-07-01", "2004-07-01"));
    let ding = office.member(first, person("丁一", "女", "2005-07", "2006-07"));
    office.member(first, person("阿卜杜拉·买买提", "男", "1999", "2000"));
    let he = office.member(second, person("何静", "女", "2010-05-04", "2011-05-04"));
    let record = |kind: &str, id: PersonId, on: &str, more: serde_json::Value| {
        let mut command = json!({ "do": "record_event", "kind": kind, "ids": [id], "on": on });
        let more = more.as_object().expect("an object").clone();
        command.as_object_mut().expect("an object").extend(more);
        command
    };
    let elected = json!([
        { "person_id": wei, "post": "书记" },
        { "person_id": ding, "post": "组织委员" },
        { "person_id": ding, "post": "宣传委员" },
    ]);
    let letter = json!({ "branch_id": first, "document": "青民转〔2026〕1号", "until": "2026-06-30" });
    let out = json!({ "place": "中共临川市委组织部", "document": "青民转〔2026〕2号", "until": "2026-12-31" });
    let commands = [
        json!({ "do": "elect_committee", "id": first, "on": "2023-12-10", "posts": elected }),
        record("honour", wei, "2021-07-01", json!({ "value": "优秀共产党员", "note": "表彰的经过" })),
        record("discipline", wei, "2015-03", json!({ "value": "警告" })),
        record("transfer_within", he, "2026-03-05", letter),
        record("transfer_out", he, "2026-10-05", out),
    ];
    for command in commands {
        office.run(command.clone()).unwrap_or_else(|problem| panic!("{command}: {problem}"));
    }
    Bureau { office, root, first, second, wei, he }
}

impl Bureau {
    fn ask(&self, form: OfficeForm, scope: Option<OrganisationId>) -> OfficeAsk {
        OfficeAsk::usual(form, roster_ask(day(TODAY), scope))
    }

    fn pages(&self, ask: &OfficeAsk) -> Vec<String> {
        self.pages_with(ask, &FillOptions::usual(day(TODAY)))
    }

    fn pages_with(&self, ask: &OfficeAsk, options: &FillOptions) -> Vec<String> {
        let filled = office_form(&self.office.desk(), ask, options).expect("a form");
        pages_of(&filled.form)
    }
}

fn pages_of(form: &Form) -> Vec<String> {
    let paper = compile(form, PaperFonts::embedded(), day(TODAY), &Progress::default()).expect("a paper");
    assert_eq!(paper.missing_characters(), [] as [char; 0]);
    let pages = pdf::pages(&paper.pdf().expect("a PDF"));
    assert_eq!(pages.len(), paper.pages());
    pages
}

#[track_caller]
fn holds(page: &str, words: &[&str]) {
    for word in words {
        assert!(page.contains(word), "{word} in {page}");
    }
}

#[track_caller]
fn holds_no(page: &str, words: &[&str]) {
    for word in words {
        assert!(!page.contains(word), "{word} in {page}");
    }
}

#[test]
fn a_card_has_the_fields_in_groups_and_of_discipline_only_kind_and_day() {
    let bureau = bureau();
    let mut ask = bureau.ask(OfficeForm::Card, None);
    ask.people = vec![bureau.wei];
    let pages = bureau.pages(&ask);
    assert_eq!(pages.len(), 1);
    let told =
        ["党员信息卡", "韦文军", "1980.12.15（45岁）", "110000********0013", "138****0013", "22 年", "优秀共产党员"];
    holds(&pages[0], &told);
    holds(&pages[0], &["机关第一党支部 书记", "2015.03", "党纪处分", "警告", "2023.12.10至今", "已隐去部分数字"]);
    holds_no(&pages[0], &["表彰的经过", "丁一"]);
    let unmasked = FillOptions { unmasked: true, ..FillOptions::usual(day(TODAY)) };
    let pages = bureau.pages_with(&ask, &unmasked);
    holds(&pages[0], &["110000198012150013", "13800000013"]);
    holds_no(&pages[0], &["已隐去"]);
}

#[test]
fn no_cell_of_a_card_is_blank() {
    let mut bureau = bureau();
    let new = bureau.office.member(bureau.first, json!({ "name": "吴海涛" }));
    let mut ask = bureau.ask(OfficeForm::Card, None);
    ask.people = vec![bureau.wei, new];
    let filled = office_form(&bureau.office.desk(), &ask, &FillOptions::usual(day(TODAY))).expect("a form");
    let Form::Cards(sheet) = filled.form else { panic!("cards") };
    let told = |card: usize, label: &str| {
        let mut fields = sheet.cards[card].groups.iter().flat_map(|group| &group.fields);
        fields.find(|field| field.label == label).map(|field| field.value.as_str())
    };
    for field in sheet.cards.iter().flat_map(|card| &card.groups).flat_map(|group| &group.fields) {
        assert!(!field.value.is_empty(), "{}", field.label);
    }
    let usual = [("党籍状态", "正常"), ("是否失联", "否"), ("是否流动党员", "否"), ("党小组", "无"), ("家庭住址", "—")];
    for (label, value) in usual {
        assert_eq!(told(0, label), Some(value), "{label}");
    }
    let unknown = [("党籍状态", "—"), ("是否失联", "—"), ("入党时间", "—"), ("党龄", "—"), ("备注", "无")];
    for (label, value) in unknown {
        assert_eq!(told(1, label), Some(value), "{label}: nobody knows whether this is a member");
    }
}

#[test]
fn a_card_of_a_past_day_knows_nothing_of_what_came_later() {
    let bureau = bureau();
    let mut ask = OfficeAsk::usual(OfficeForm::Card, roster_ask(day("2019-12-31"), None));
    ask.people = vec![bureau.wei, bureau.he];
    let pages = bureau.pages(&ask);
    holds(&pages[0], &["2015.03", "警告", "15 年"]);
    holds_no(&pages[0], &["优秀共产党员", "2023", "书记", "表彰奖励"]);
    holds(&pages[1], &["机关第二党支部", "2010.05.04至今"]);
    holds_no(&pages[1], &["2026.03.05", "2026.10.05", "机关第一党支部", "转出"]);
    ask.list = roster_ask(day("2010-12-31"), None);
    let pages = bureau.pages(&ask);
    holds(&pages[1], &["预备党员", "2010.05.04"]);
    holds_no(&pages[1], &["2011"]);
}

#[test]
fn each_person_has_a_card_of_their_own_that_counts_its_own_pages() {
    let bureau = bureau();
    let pages = bureau.pages(&bureau.ask(OfficeForm::Card, Some(bureau.first)));
    assert_eq!(pages.len(), 3);
    for (page, name) in pages.iter().zip(["韦文军", "丁一", "阿卜杜拉·买买提"]) {
        holds(page, &[name, "第 1 页，共 1 页"]);
    }
    let nobody = bureau.pages(&bureau.ask(OfficeForm::Card, Some(bureau.second)));
    holds(&nobody[0], &["没有人员"]);
}

#[test]
fn a_name_list_stands_in_the_order_of_strokes_with_short_names_padded() {
    let bureau = bureau();
    let mut ask = bureau.ask(OfficeForm::Names, None);
    ask.grouping = Grouping::Together;
    let pages = bureau.pages(&ask);
    holds(
        &pages[0],
        &["中共青禾县民政局总支部委员会党员名单", "（共 3 人，截至2026年11月24日，按姓氏笔画为序）", "丁\u{3000}一"],
    );
    let place = |name: &str| pages[0].find(name).expect(name);
    assert!(place("丁\u{3000}一") < place("韦文军") && place("韦文军") < place("阿卜杜拉·买买提"), "2, 4, 7 strokes");
    holds(&pages[0], &["— 1 —"]);
    let nobody = bureau.pages(&bureau.ask(OfficeForm::Names, Some(bureau.second)));
    holds(&nobody[0], &["没有党员"]);
}

#[test]
fn names_carry_the_marks_of_documents_unless_none_are_wanted() {
    let mut bureau = bureau();
    let set = json!({ "nation": "维吾尔族" });
    let all = roster_ask(day(TODAY), Some(bureau.first));
    let found = branchdesk::view::members::list(&bureau.office.desk(), &all).expect("a list").ids;
    bureau.office.run(json!({ "do": "edit_members", "ids": [found[2]], "set": set })).expect("a nation");
    let han = json!({ "nation": "汉族" });
    bureau.office.run(json!({ "do": "edit_members", "ids": [found[0], found[1]], "set": han })).expect("a nation");
    let mut ask = bureau.ask(OfficeForm::Names, None);
    let page = &bureau.pages(&ask)[0];
    holds(page, &["丁\u{3000}一\n（女）", "阿卜杜拉·买买提\n（维吾尔族）"]);
    holds_no(page, &["汉族", "男"]);
    ask.marks = NameMarks::None;
    holds_no(&bureau.pages(&ask)[0], &["（女）", "维吾尔族"]);
}

#[test]
fn birthdays_of_a_month_leave_an_unknown_day_open_and_tell_who_is_left_out() {
    let bureau = bureau();
    let mut ask = bureau.ask(OfficeForm::Birthdays, None);
    ask.period = Period::month(2026, 7).expect("a month");
    let pages = bureau.pages(&ask);
    holds(
        &pages[0],
        &["党员政治生日名单", "期间：2026年7月", "韦文军", "7月1日", "23", "丁一", "7月\u{3000}\u{3000}日", "21"],
    );
    holds(&pages[0], &["合计：2 人", "另有 1 人入党时间只知年份，没有列入"]);
    ask.period = Period::month(2026, 2).expect("a month");
    holds(&bureau.pages(&ask)[0], &["没有政治生日在此期间的党员", "合计：0 人"]);
    ask.period = Period::year(2026).expect("a year");
    holds(&bureau.pages(&ask)[0], &["2026年7月（2 人）", "2026年，月日不详（1 人）", "27", "合计：3 人"]);
}

#[test]
fn birthdays_are_those_of_members_of_the_day() {
    let mut bureau = bureau();
    let new = json!({ "name": "郑美玲", "joined": "2026-05-20", "transfer_in": "2026-05-20" });
    bureau.office.member(bureau.first, new);
    let desk = bureau.office.desk();
    let may = Period::month(2026, 5).expect("a month");
    let names = |as_of: &str| {
        let found = birthdays(&desk, &ListAsk::roll(day(as_of), Some(bureau.root)), may).expect("birthdays");
        found.lines.into_iter().map(|line| (line.name, line.years)).collect::<Vec<_>>()
    };
    assert_eq!(names("2026-09-30"), [("何静".to_owned(), 16)], "who joined this year has none yet");
    assert_eq!(names(TODAY), [], "transferred out in October");
}

#[test]
fn organisations_stand_as_a_tree_with_their_secretaries_and_members() {
    let bureau = bureau();
    let pages = bureau.pages(&bureau.ask(OfficeForm::Organisations, None));
    holds(
        &pages[0],
        &[
            "党组织一览表",
            "党总支",
            "\u{3000}机关第一党支部",
            "\u{3000}\u{3000}第一党小组",
            "韦文军",
            "合计：4 个党组织",
        ],
    );
    holds(&pages[0], &["党员人数含下级党组织"]);
}

#[test]
fn the_leader_of_a_group_is_told_alike_on_paper_and_screen_and_contacts_are_masked() {
    let mut bureau = bureau();
    let is_group = |node: &&Organisation| node.name == "第一党小组";
    let group = bureau.office.desk().tree().all().find(is_group).expect("the group").id;
    let command = json!({
        "do": "set_fact", "person_id": bureau.wei, "kind": "post", "organisation_id": bureau.first,
        "value": "第一党小组组长", "from": "2024-01-01",
    });
    bureau.office.run(command).expect("a post");
    let contact = json!({ "contact": "李敏", "phone": "13800000017", "unit": "青禾县民政局机关" });
    bureau.office.run(json!({ "do": "edit_organisation", "id": bureau.second, "set": contact })).expect("a contact");
    let desk = bureau.office.desk();
    let on_screen = page(&desk, bureau.first, day(TODAY)).expect("a page").groups;
    assert_eq!((on_screen[0].id, on_screen[0].leaders.as_slice()), (group, &["韦文军".to_owned()][..]));
    let ask = bureau.ask(OfficeForm::Organisations, None);
    let filled = office_form(&desk, &ask, &FillOptions::usual(day(TODAY))).expect("a form");
    let Form::Table(sheet) = &filled.form else { panic!("a table") };
    let row = |name: &str| sheet.sections[0].rows.iter().find(|row| row[0].ends_with(name)).expect("a row");
    assert_eq!(row("第一党小组")[2], "韦文军");
    let second = ["李敏", "138****0017", "青禾县民政局机关"].map(str::to_owned);
    assert_eq!(row("机关第二党支部")[3..6], second);
    assert_eq!(row("机关第一党支部")[10], "2026.12.10", "the term ends");
    holds(&pages_of(&filled.form)[0], &["任期届满", "联系电话已隐去部分数字"]);
    holds_no(&pages_of(&filled.form)[0], &["公民身份号码"]);
}

#[test]
fn a_committee_lists_a_person_with_two_posts_once() {
    let bureau = bureau();
    let pages = bureau.pages(&bureau.ask(OfficeForm::Committee, Some(bureau.first)));
    holds(
        &pages[0],
        &["机关第一党支部委员会组成人员名单", "组织委员、宣传委员", "1980.12", "2003.07", "2023.12", "合计：2 人"],
    );
    let whole = bureau.pages(&bureau.ask(OfficeForm::Committee, None));
    holds(
        &whole[0],
        &["机关第一党支部（2 人）", "没有登记任职人员的党组织：中共青禾县民政局总支部委员会、机关第二党支部"],
    );
    let nobody = bureau.pages(&bureau.ask(OfficeForm::Committee, Some(bureau.second)));
    holds(&nobody[0], &["没有登记任职人员"]);
}

#[test]
fn a_member_of_the_committee_is_listed_however_the_post_is_written() {
    let mut bureau = bureau();
    let set = json!({ "name": "范春梅", "joined": "2003-12-05", "full": "2004-12-05", "party_post": "支委" });
    bureau.office.member(bureau.first, set);
    let pages = bureau.pages(&bureau.ask(OfficeForm::Committee, Some(bureau.first)));
    holds(&pages[0], &["支委", "范春梅", "合计：3 人"]);
}

#[test]
fn a_term_that_ends_soon_is_marked_with_what_the_rule_says() {
    let bureau = bureau();
    let pages = bureau.pages(&bureau.ask(OfficeForm::Terms, None));
    holds(
        &pages[0],
        &["党组织任期情况表", "2023.12.10", "2026.12.10", "○任期 2026-12-10 届满，不足 1 个月", "○ 表示提醒。"],
    );
}

#[test]
fn a_term_long_overdue_says_one_sentence_and_its_sign_is_explained() {
    let mut bureau = bureau();
    let long_ago = json!({ "elected_on": "2019-03-01" });
    bureau.office.run(json!({ "do": "edit_organisation", "id": bureau.second, "set": long_ago })).expect("a term");
    let pages = bureau.pages(&bureau.ask(OfficeForm::Terms, None));
    holds(&pages[0], &["◆任期 2022-03-01 届满，已逾期超过 12 个月", "红色的 ◆ 表示按规定应当办理，○ 表示提醒"]);
    holds_no(&pages[0], &["应当及时换届"]);
}

#[test]
fn all_whom_a_merger_moved_are_one_line_with_its_paper_in_the_remarks() {
    let mut bureau = bureau();
    let merger = json!({
        "do": "merge_organisations", "ids": [bureau.first], "into_id": bureau.second, "on": "2026-11-01",
        "document": "青民党〔2026〕12号",
    });
    bureau.office.run(merger).expect("merged");
    let ask = bureau.ask(OfficeForm::Transfers, None);
    let filled = office_form(&bureau.office.desk(), &ask, &FillOptions::usual(day(TODAY))).expect("a form");
    assert_eq!(filled.rows, 5, "three people moved, two were transferred before");
    let Form::Table(sheet) = &filled.form else { panic!("a table") };
    let rows = &sheet.sections[0].rows;
    assert_eq!(rows.len(), 3);
    let told = [
        "2026.11.01",
        "3 人",
        "",
        "机关第一党支部",
        "机关第二党支部",
        "整建制转接",
        "",
        "",
        "",
        "合并，青民党〔2026〕12号",
    ];
    assert_eq!(rows[2], told);
    holds(&pages_of(&filled.form)[0], &["合计：5 人次"]);
}

#[test]
fn the_form_of_organisations_and_their_units_leaves_no_cell_blank() {
    let mut bureau = bureau();
    let set = json!({ "contact": "林秀英", "phone": "0898-65000012", "unit": "青禾县民政局", "unit_kind": "党政机关",
        "unit_situation": "法人单位", "unit_code": "11000000MB0000000X" });
    let edited = json!({ "do": "edit_organisation", "id": bureau.first, "set": set });
    bureau.office.run(edited).expect("edited");
    let ask = bureau.ask(OfficeForm::Units, Some(bureau.first));
    let desk = bureau.office.desk();
    let filled = |unmasked: bool| {
        let options = FillOptions { unmasked, ..FillOptions::usual(day(TODAY)) };
        match office_form(&desk, &ask, &options).expect("filled").form {
            Form::Table(sheet) => sheet,
            other => panic!("{other:?}"),
        }
    };
    let sheet = filled(true);
    let heads: Vec<&str> = sheet.columns.iter().map(|column| column.label.as_str()).collect();
    let row = &sheet.sections[0].rows[0];
    let cell = |head: &str| row[heads.iter().position(|own| *own == head).expect(head)].as_str();
    assert_eq!((cell("联系电话"), cell("组织类别")), ("0898-65000012", "党支部 631"));
    assert_eq!((cell("单位名称"), cell("建立党组织情况")), ("青禾县民政局", "建立党支部"));
    assert!(filled(false).masked && !filled(false).sections[0].rows[0].contains(&"0898-65000012".to_owned()));
    let pages = bureau.pages(&bureau.ask(OfficeForm::Units, None));
    holds(&pages[0], &["党组织和所在单位基本信息采集表", "建立党总支", "—"]);
    let everything = office_form(&desk, &bureau.ask(OfficeForm::Units, None), &FillOptions::usual(day(TODAY)));
    let Form::Table(all) = everything.expect("filled").form else { panic!("a table") };
    assert!(all.sections[0].rows.iter().flatten().all(|cell| !cell.is_empty()), "无 or —, never blank");
}

#[test]
fn the_ledger_of_transfers_marks_a_receipt_that_did_not_come_in_time() {
    let bureau = bureau();
    let pages = bureau.pages(&bureau.ask(OfficeForm::Transfers, None));
    holds(
        &pages[0],
        &["组织关系转接台账", "期间：2026年", "青民转〔2026〕1号", "内部转接", "中共临川市委组织部", "转出"],
    );
    holds(&pages[0], &["○未收到回执", "介绍信已过有效期而没有登记回执的 1 人次", "合计：2 人次"]);
    assert_eq!(pages[0].matches("未收到回执").count(), 1, "the other letter is valid still");
    let mut ask = bureau.ask(OfficeForm::Transfers, None);
    ask.period = Period::year(2025).expect("a year");
    holds(&bureau.pages(&ask)[0], &["没有组织关系转接", "合计：0 人次"]);
    let of_second = bureau.pages(&bureau.ask(OfficeForm::Transfers, Some(bureau.second)));
    holds(&of_second[0], &["合计：1 人次", "机关第二党支部"]);
}

#[test]
fn a_receipt_of_one_who_came_is_sent_not_received() {
    let mut bureau = bureau();
    let event = json!({
        "do": "record_event", "kind": "transfer_in", "ids": [bureau.he], "on": "2026-11-10", "branch_id": bureau.first,
        "place": "中共南江市委", "until": "2026-11-20",
    });
    if let Err(problem) = bureau.office.run(event) {
        panic!("{problem}");
    }
    let pages = bureau.pages(&bureau.ask(OfficeForm::Transfers, None));
    holds(&pages[0], &["○未寄出回执", "2026.11.10", "中共南江市委"]);
}

/// Reads what is printed of a practice workbook of two hundred: enough to fill pages, few enough to be quick.
#[test]
fn two_hundred_people_stand_on_pages_with_their_heads() {
    let program = Program::new();
    program.well(&["demo", "--dir", ".", "--members", "200", "--day", TODAY]);
    let made = std::fs::read_dir(program.path(".")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let workbook = made.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "bdk")).expect("made");
    let workbook = workbook.display().to_string();
    let print = |call: &[&str]| {
        program.well(&[&["print"], call, &["--workbook", &workbook, "--out", "表.pdf", "--force"]].concat());
        pdf::pages(&std::fs::read(program.path("表.pdf")).expect("a PDF"))
    };
    let pages = print(&["birthdays", "--period", "2026"]);
    assert!(pages.len() > 7, "{}", pages.len());
    for page in &pages {
        holds(page, &["政治生日", "入党时间"]);
    }
    holds(&pages[1], &["（续）"]);
    let pages = print(&["names", "--together", "--as-of", TODAY]);
    assert!(pages.len() >= 2, "{}", pages.len());
    for (page, number) in pages.iter().zip(1..) {
        holds(page, &[&format!("— {number} —")]);
    }
    holds(&pages[0], &["按姓氏笔画为序"]);
    let card = ["print", "card", "--workbook", &workbook, "--out", "卡.pdf"];
    let said = program.call(&card);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("信息卡 200 张，共 200 页"), "{}", said.err);
}
