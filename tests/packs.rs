//! Packs for an inspection: complete, verified by their hashes, inside their folder whatever names come, whole or not
//! there at all.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use branchdesk::domain::checklists::{Belongs, EvidenceKind};
use branchdesk::domain::ids::{ChecklistItemId, EvidenceId, OrganisationId};
use branchdesk::exchange::attachments::{Source, attach};
use branchdesk::exchange::packs::{PackPaper, Packed, pack};
use branchdesk::problem::{ProblemKind, Result};
use branchdesk::progress::Progress;
use branchdesk::store::attachments::path_of;
use branchdesk::store::checklists;
use branchdesk::view::packs::PackAsk;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use crate::support::office::{Office, day};
use crate::support::pdf;
use crate::support::program::Program;

const TODAY: &str = "2026-11-24";

/// A branch with a yearly archive, and a folder to pack into.
struct Archive {
    office: Office,
    general: OrganisationId,
    branch: OrganisationId,
    target: tempfile::TempDir,
}

impl Archive {
    fn new() -> Self {
        let mut office = Office::new();
        let general = office.organisation(None, "青禾县民政局党总支");
        let branch = office.organisation(Some(general), "机关第一党支部");
        let target = tempfile::tempdir().expect("a folder");
        let mut archive = Self { office, general, branch, target };
        archive.list("支部档案", branch);
        archive
    }

    fn list(&mut self, template: &str, organisation: OrganisationId) {
        let made =
            json!({ "do": "make_checklists", "template": template, "organisation_ids": [organisation], "year": 2026 });
        self.office.run(made).expect("made");
    }

    fn item(&self, title: &str) -> ChecklistItemId {
        let reader = self.office.read_only();
        let lists = checklists::all(reader.reader()).expect("lists");
        let mut items = lists.iter().flat_map(|list| checklists::items(reader.reader(), list.id).expect("items"));
        items.find(|item| item.title == title).expect("the item").id
    }

    fn attach(&mut self, title: &str, files: &[(&str, &[u8])]) {
        let to = Belongs::Item(self.item(title));
        self.attach_to(to, files, None);
    }

    fn attach_to(&mut self, to: Belongs, files: &[(&str, &[u8])], version_of: Option<EvidenceId>) {
        let sources: Vec<Source> = files
            .iter()
            .map(|(name, bytes)| Source::Bytes { name: (*name).to_owned(), bytes: bytes.to_vec() })
            .collect();
        let stamp = self.office.stamp.clone();
        attach(self.office.ledger(), &stamp, to, &sources, version_of, &Progress::default()).expect("attached");
    }

    fn evidence(&self, title: &str) -> EvidenceId {
        let mut found = None;
        checklists::each_evidence(self.office.read_only().reader(), |one| {
            if one.title == title {
                found = Some(one.id);
            }
            Ok(())
        })
        .expect("read");
        found.expect("the piece")
    }

    fn ask(&self) -> PackAsk {
        PackAsk { scope: Some(self.branch), year: 2026, template: None, today: day(TODAY) }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.target.path().join(name)
    }

    fn try_pack(&self, ask: &PackAsk, name: &str, replace: bool) -> Result<Packed> {
        let print = |paper: &PackPaper<'_>| Ok(format!("%PDF {paper:?}").into_bytes());
        let at = self.office.stamp.at;
        pack(&self.office.desk(), ask, &self.path(name), replace, &print, at, &Progress::default())
    }

    fn pack(&self, name: &str) -> Packed {
        self.try_pack(&self.ask(), name, false).expect("packed")
    }

    /// What lies where packs are made, by name.
    fn beside(&self) -> BTreeSet<String> {
        let entries = std::fs::read_dir(self.target.path()).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }
}

/// Every file of a folder with its content, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = entry.path();
            if entry.file_type().expect("a type").is_dir() {
                waiting.push(path);
            } else {
                let within = path.strip_prefix(folder).expect("within").to_string_lossy().replace('\\', "/");
                found.insert(within, std::fs::read(&path).expect("read"));
            }
        }
    }
    found
}

/// The files of a ZIP in the same way, each read to its end against its checksum.
fn unzipped(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut package = zip::ZipArchive::new(std::fs::File::open(path).expect("the file")).expect("a ZIP");
    let mut found = BTreeMap::new();
    for nth in 0..package.len() {
        let mut entry = package.by_index(nth).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("whole");
        let name = entry.name().expect("UTF-8").into_owned();
        assert!(found.insert(name.clone(), bytes).is_none(), "{name} is there twice");
    }
    found
}

/// Checks that the list of hashes names every file but itself, once, with its hash.
fn assert_sums(files: &BTreeMap<String, Vec<u8>>) {
    let sums = String::from_utf8(files["SHA256SUMS"].clone()).expect("UTF-8");
    assert!(sums.ends_with('\n') && !sums.contains('\r'));
    let mut named = BTreeMap::new();
    for line in sums.lines() {
        let (hash, path) = line.split_once("  ").expect("hash and path");
        assert!(named.insert(path.to_owned(), hash.to_owned()).is_none(), "{path} is there twice");
    }
    let hash = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let there: BTreeMap<String, String> = files
        .iter()
        .filter(|(path, _)| *path != "SHA256SUMS")
        .map(|(path, bytes)| (path.clone(), hash(bytes)))
        .collect();
    assert_eq!(named, there);
}

/// What whoever gets a pack calls. Elsewhere than on Linux [`assert_sums`] alone looks.
fn assert_sha256sum_agrees(folder: &Path) {
    if cfg!(not(target_os = "linux")) {
        return;
    }
    let check = ["--check", "--quiet", "--strict", "SHA256SUMS"];
    let checked = std::process::Command::new("sha256sum").args(check).current_dir(folder).output();
    let checked = checked.expect("coreutils are there");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}

/// The addresses of the index, as paths.
fn links(index: &str) -> Vec<String> {
    let addresses = index.split("href=\"").skip(1).map(|rest| rest.split('"').next().expect("an end"));
    addresses.filter(|address| !address.starts_with('#')).map(decoded).collect()
}

fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(&after[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn index(files: &BTreeMap<String, Vec<u8>>) -> String {
    String::from_utf8(files["index.html"].clone()).expect("UTF-8")
}

#[test]
fn a_branch_packs_a_thousand_files_and_whoever_gets_them_verifies_every_one() {
    let program = Program::with_workbook();
    let made = program.apply(json!([
        { "do": "add_organisation", "ref": "@branch", "set": { "name": "机关第一党支部" } },
        { "do": "add_member", "branch_id": "@branch", "ref": "@chen",
          "set": { "name": "陈志远", "joined": "1995-07-01", "party_post": "书记", "phone": "13800000013" } },
        { "do": "add_member", "branch_id": "@branch", "ref": "@he", "set": { "name": "何静", "joined": "2001-07-01" } },
        { "do": "make_checklists", "template": "支部档案", "organisation_ids": ["@branch"], "year": 2026 },
        { "do": "record_talk", "organisation_id": "@branch", "held_on": "2026-03-20", "type": "T02",
          "talker_ids": ["@chen"], "partner_ids": ["@he"], "content": "谈了夜班安排" },
        { "do": "record_talk", "organisation_id": "@branch", "held_on": "2026-04-20", "type": "T12",
          "talker_ids": ["@chen"], "partner_ids": ["@he"] },
    ]));
    assert_eq!(made.as_array().map(Vec::len), Some(6));
    program.well(&["export", "checklist", "--workbook", "支部.bdk", "--out", "项.json"]);
    let items: Vec<Json> = serde_json::from_str(&program.read("项.json")).expect("JSON");
    let item = |title: &str| {
        let item = items.iter().find(|item| item["title"] == title).expect("the item");
        item["id"].as_str().expect("an id").to_owned()
    };
    let names: Vec<String> = (1..=1_000).map(|nth| format!("第{nth}份.txt")).collect();
    for (nth, name) in names.iter().enumerate() {
        program.write(name, &format!("内容 {nth}"));
    }
    for (title, names) in ["征求意见", "测评票汇总", "签到表"].into_iter().zip(names.chunks(350)) {
        let files: Vec<&str> = names.iter().map(String::as_str).collect();
        let id = item(title);
        program.well(&[&["attach"], &files[..], &["--workbook", "支部.bdk", "--item", &id]].concat());
    }
    let paper = json!({ "title": "制度汇编", "cabinet": "2 柜 3 盒", "pages": 36 });
    program.apply(json!([{ "do": "add_evidence", "item_id": item("征求意见"), "evidence": [paper] }]));
    let before = program.dump("支部.bdk");
    let call = ["pack", "--workbook", "支部.bdk", "--org", "机关第一党支部", "--year", "2026", "--out", "检查包"];
    let said = program.json(&call);
    assert_eq!(
        (&said["lacking"], &said["lists"][0]["files"], &said["lists"][0]["papers"]),
        (&json!([]), &json!(1_000), &json!(1))
    );

    let found = files(&program.path("检查包"));
    assert_sums(&found);
    assert_eq!(said["files"], json!(found.len() - 1));
    assert_sha256sum_agrees(&program.path("检查包"));
    let contents: HashSet<&[u8]> = found.values().map(Vec::as_slice).collect();
    for nth in 0..1_000 {
        assert!(contents.contains(format!("内容 {nth}").as_bytes()), "{nth} is there, its bytes as they were");
    }
    assert_eq!(found["10 组织生活会/10-002 第2份.txt"], "内容 1".as_bytes());
    for paper in
        ["封面.pdf", "缺项单.pdf", "缺项单.xlsx", "档案清单.pdf", "归档文件目录.pdf", "程序记录/党员花名册.pdf"]
    {
        assert!(found.contains_key(paper), "{paper}");
    }
    let words = |path: &str| pdf::pages(&found[path]).concat().replace('\n', "");
    let ledger = words("程序记录/谈心谈话台账.pdf");
    assert!(ledger.contains("何静") && !ledger.contains("谈了夜班安排"), "what was said stays where it is: {ledger}");
    assert!(!words("程序记录/党员花名册.pdf").contains("13800000013"), "masked");
    let cover = words("封面.pdf");
    assert!(cover.contains("机关第一党支部 2026 年检查包") && cover.contains("没有放入的和遮去的"), "{cover}");
    assert!(cover.contains("谈话内容没有放入，台账只记时间、主题和人员"), "{cover}");

    let index = index(&found);
    for link in links(&index) {
        assert!(found.contains_key(&link), "{link} leads nowhere");
    }
    assert!(links(&index).contains(&"10 组织生活会/10-002 第2份.txt".to_owned()));
    assert!(index.contains("10-351 制度汇编（纸质，2 柜 3 盒，36 页）"), "paper is listed where it lies");
    assert!(!index.contains("<script") && !index.contains("http:") && !index.contains("https:"), "asks nobody");

    let log = program.well(&["history", "--workbook", "支部.bdk"]);
    assert!(log.contains("检查包 文件夹：机关第一党支部，2026 年"), "{log}");
    let after = program.dump("支部.bdk");
    let added: Vec<&str> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    assert_eq!(added.len(), 1, "nothing else was written: {added:?}");
    assert!(added[0].contains("检查包 文件夹"), "{added:?}");
    program.well(&["undo", "--workbook", "支部.bdk"]);
    program.well(&["export", "evidence", "--workbook", "支部.bdk", "--out", "材料.json"]);
    assert!(!program.read("材料.json").contains("制度汇编"), "undo takes back the step before");

    let again = program.fails(&call, 1);
    assert!(again.contains("已经存在"), "{again}");
}

/// Names as they come from mails, sticks and other systems.
const HOSTILE: [&str; 16] = [
    "..",
    "../../etc/passwd",
    "..\\..\\启动.bat",
    ".. /x",
    "C:\\Windows\\win.ini",
    "D:照片.jpg",
    "NUL",
    "nul.txt",
    "Com1 .txt",
    "通知\u{202e}fdp.exe",
    "表.XLSX",
    "表.xlsx",
    "a\nb.txt",
    " ",
    ".htaccess",
    "说明. . .",
];

/// Whether Windows and Linux both bear a name of a path, by the rules that Microsoft and POSIX write down.
fn is_borne(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let with_digit = ["COM", "LPT"].into_iter().filter_map(|word| stem.strip_prefix(word));
    let is_numbered = with_digit.into_iter().any(|rest| rest.chars().count() == 1 && "0123456789¹²³".contains(rest));
    let is_reserved = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str()) || is_numbered;
    let turns =
        |c: char| matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_foreign = |c: char| "/\\:*?\"<>|".contains(c) || c.is_control() || turns(c);
    let is_short = name.len() <= 255 && name.encode_utf16().count() <= 255;
    !name.is_empty() && !name.ends_with(['.', ' ']) && is_short && !is_reserved && !name.contains(is_foreign)
}

/// A pack that any system unpacks: nothing lies outside, no two paths are one where case or composition are not told
/// apart, and a path has room below a folder of Windows.
fn assert_fit(pack: &BTreeMap<String, Vec<u8>>) {
    assert_sums(pack);
    let mut seen = HashSet::new();
    for path in pack.keys() {
        assert!(path.split('/').all(is_borne), "{path:?}");
        assert!(path.encode_utf16().count() <= 160, "{path:?}");
        let components = Path::new(path).components();
        assert!(components.clone().all(|part| matches!(part, Component::Normal(_))), "{path:?}");
        assert_eq!(components.count(), path.split('/').count(), "{path:?}");
        let folded: String = path.to_uppercase().to_lowercase().nfd().collect();
        assert!(seen.insert(folded), "{path:?} is there twice where the case is not told apart");
    }
}

#[test]
fn whatever_files_and_items_are_called_the_pack_stays_in_its_folder_and_is_complete() {
    let mut archive = Archive::new();
    let long = format!("{}.pdf", "关于开展主题教育".repeat(30));
    let names: Vec<&str> = HOSTILE.into_iter().chain([long.as_str()]).collect();
    let contents: Vec<String> = (0..names.len() * 2).map(|nth| format!("内容 {nth}")).collect();
    let files_of = |from: usize| -> Vec<(&str, &[u8])> {
        names.iter().enumerate().map(|(nth, name)| (*name, contents[from + nth].as_bytes())).collect()
    };
    archive.attach("征求意见", &files_of(0));
    let list = checklists::all(archive.office.read_only().reader()).expect("lists")[0].id;
    for title in ["../../外面", "..\\..\\外面", "NUL", "index.html", &"很长的项".repeat(50)] {
        let add = json!({ "do": "add_checklist_item", "checklist_id": list, "set": { "title": title } });
        archive.office.run(add).expect("added");
    }
    archive.attach("NUL", &files_of(names.len()));
    archive.attach("../../外面", &[("index.html", b"<p>"), ("SHA256SUMS", b"00  x")]);
    archive.attach("..\\..\\外面", &[("a", b"1")]);
    archive.attach("index.html", &[("a", b"2")]);

    archive.pack("包");
    assert_eq!(archive.beside(), BTreeSet::from(["包".to_owned()]), "nothing lies outside");
    archive.pack("包.zip");
    let in_folder = files(&archive.path("包"));
    assert_fit(&in_folder);
    let in_zip = unzipped(&archive.path("包.zip"));
    assert_fit(&in_zip);
    assert_eq!(in_folder.keys().collect::<Vec<_>>(), in_zip.keys().collect::<Vec<_>>(), "the same in both");
    let kept: HashSet<&[u8]> = in_folder.values().map(Vec::as_slice).collect();
    assert!(contents.iter().all(|content| kept.contains(content.as_bytes())), "complete");
    assert_sha256sum_agrees(&archive.path("包"));
    let index = index(&in_folder);
    assert!(links(&index).iter().all(|link| in_folder.contains_key(link)));
    assert!(!index.contains('\u{202e}'));
}

/// Names as nobody thought of them: of files, of items, of an organisation. No file system has one without a character, or
/// with a zero.
fn any_name() -> impl Strategy<Value = String> {
    let names = prop_oneof![
        any::<String>(),
        "[.. /\\\\:*?\"<>|a-zA-Z支部\u{202e}\u{200f}\u{2066}]{1,40}",
        "(\\.\\./){1,4}[a-z]{1,5}",
        "[a-zA-Z]:\\\\?[a-z]{0,5}(\\.exe)?",
        "(con|NUL|Com[0-9¹²³]|LPT1|aux|CONIN\\$)[ .]{0,3}(txt)?",
        "[支部甲乙]{60,300}(\\.[a-z]{1,30})?",
        "[aA]{1,2}[eé]?(\\.(txt|TXT))?",
        "(index\\.html|SHA256SUMS|封面\\.pdf|缺项单\\.XLSX|程序记录)",
        "(?:é|e\u{301}|ﬁ|fi|ß|SS|ſ|s|K|k|İ|i){1,3}",
    ];
    names.prop_filter("a name", |name| !name.is_empty() && !name.contains('\0'))
}

#[test]
fn whatever_names_come_folder_and_zip_are_complete_and_fit_for_windows_and_linux() {
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let names = || prop::collection::vec(any_name(), 24);
    let named = Cell::new(0);
    let outcome = runner.run(&(names(), names(), any_name()), |(of_files, of_items, of_branch)| {
        let mut archive = Archive::new();
        archive.list("六有", archive.general);
        let rename = json!({ "do": "edit_organisation", "id": archive.branch, "set": { "name": of_branch } });
        // What is no name of an organisation is refused there, and cannot come into a pack.
        named.set(named.get() + usize::from(archive.office.run(rename).is_ok()));
        let list = checklists::all(archive.office.read_only().reader()).expect("lists")[0].id;
        let mut places = vec![archive.item("征求意见"), archive.item("签到表")];
        for title in &of_items {
            let add = json!({ "do": "add_checklist_item", "checklist_id": list, "set": { "title": title } });
            if let Ok(added) = archive.office.run(add) {
                places.push(ChecklistItemId(added.made.expect("an id")));
            }
        }
        prop_assert!(places.len() > of_items.len() / 3);
        let mut contents = Vec::new();
        for (nth, name) in of_files.iter().enumerate() {
            for place in [places[nth % 2], places[nth % places.len()]] {
                let content = format!("内容 {}", contents.len());
                archive.attach_to(Belongs::Item(place), &[(name.as_str(), content.as_bytes())], None);
                contents.push(content);
            }
        }
        let ask = PackAsk { scope: Some(archive.general), ..archive.ask() };
        for name in ["包", "包.zip"] {
            let packed = archive.try_pack(&ask, name, false).expect("packed");
            let path = archive.path(name);
            let found = if name == "包" { files(&path) } else { unzipped(&path) };
            assert_fit(&found);
            prop_assert_eq!(packed.files, found.len() - 1);
            let kept: HashSet<&[u8]> = found.values().map(Vec::as_slice).collect();
            prop_assert!(contents.iter().all(|content| kept.contains(content.as_bytes())), "complete");
            let index = index(&found);
            prop_assert!(links(&index).iter().all(|link| found.contains_key(link)));
        }
        assert_sha256sum_agrees(&archive.path("包"));
        prop_assert_eq!(archive.beside(), BTreeSet::from(["包".to_owned(), "包.zip".to_owned()]), "nothing outside");
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    assert!(named.get() > 6, "{} of 12 organisations took their name", named.get());
}

#[test]
fn a_zip_tells_its_names_in_unicode_and_ends_where_it_ends() {
    let mut archive = Archive::new();
    archive.attach("征求意见", &[("汇总.docx", b"docx"), ("汇总.txt", &[b'a'; 5_000])]);
    archive.pack("包.zip");
    let bytes = std::fs::read(archive.path("包.zip")).expect("read");
    let number = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    // The directory at the end, entry by entry: sheets inside have directories of their own.
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
    let found = unzipped(&archive.path("包.zip"));
    assert_eq!(number(end + 10), found.len());
    let mut at = number(end + 16) + (number(end + 18) << 16);
    for _ in 0..found.len() {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let name = std::str::from_utf8(&bytes[at + 46..at + 46 + number(at + 28)]).expect("UTF-8");
        assert_eq!(number(at + 8) & 0x0800 != 0, !name.is_ascii(), "{name}");
        at += 46 + number(at + 28) + number(at + 30) + number(at + 32);
    }
    assert_eq!(at, end);
    assert_eq!(found["10 组织生活会/10-001 汇总.docx"], b"docx");
    assert_sums(&found);
}

#[test]
fn bytes_that_are_gone_or_changed_are_named_and_stop_nothing() {
    let mut archive = Archive::new();
    let large: Vec<u8> = (0..3_u32 << 18).flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    archive.attach("征求意见", &[("好.txt", b"here"), ("没了.txt", b"gone"), ("变了.bin", &large)]);
    let store = rusqlite::Connection::open(path_of(&archive.office.path())).expect("opened");
    store.execute("DELETE FROM chunk WHERE blob = 2", []).expect("gone");
    store.execute("DELETE FROM blob WHERE id = 2", []).expect("gone");
    store
        .execute("UPDATE chunk SET data = zeroblob(length(data)) WHERE blob = 3 AND position = 2", [])
        .expect("spoiled");
    drop(store);
    for name in ["包", "包.zip"] {
        let packed = archive.pack(name);
        let told: Vec<_> = packed.summary.lacking.iter().map(|one| (&*one.name, one.why)).collect();
        assert_eq!(told, [("没了（没了.txt）", "附件库里找不到"), ("变了（变了.bin）", "内容和附上时不一样了")]);
        assert_eq!(packed.summary.lacking[0].place, "机关第一党支部 2026 年党支部工作档案 · 10 组织生活会");
        assert_eq!(packed.summary.lists[0].files, 1);
        let path = archive.path(name);
        let found = if name.ends_with("zip") { unzipped(&path) } else { files(&path) };
        assert_sums(&found);
        assert_eq!(packed.files, found.len() - 1);
        assert_eq!(found["10 组织生活会/10-001 好.txt"], b"here");
        assert!(!found.keys().any(|path| path.contains("没了") || path.contains("变了")), "no half of it");
        let index = index(&found);
        assert!(index.contains("变了（变了.bin）") && index.contains("10-002 没了<span"), "{index}");
        assert!(links(&index).iter().all(|link| found.contains_key(link)));
    }
    let zip = std::fs::read(archive.path("包.zip")).expect("read");
    assert_eq!(&zip[zip.len() - 22..zip.len() - 18], b"PK\x05\x06", "nothing of the spoiled file is left behind");
    std::fs::remove_file(path_of(&archive.office.path())).expect("removed");
    let packed = archive.pack("没有附件库");
    assert_eq!(packed.summary.lacking.len(), 3, "the workbook goes without its store");
}

#[test]
fn the_call_ends_with_one_where_a_file_is_lacking() {
    let mut archive = Archive::new();
    archive.attach("征求意见", &[("汇总.txt", b"here")]);
    archive.office.close();
    let program = Program::in_folder(archive.office.path().parent().expect("a folder"));
    std::fs::remove_file(path_of(&archive.office.path())).expect("removed");
    let answer = program.call(&["pack", "--workbook", "支部.bdk", "--year", "2026", "--out", "包.zip"]);
    assert_eq!((answer.code, &*answer.err), (1, ""));
    assert!(
        answer.out.contains(
            "没有放入：汇总（汇总.txt），机关第一党支部 2026 年党支部工作档案 · 10 组织生活会，附件库里找不到"
        ),
        "{}",
        answer.out
    );
    assert_sums(&unzipped(&program.path("包.zip")));
}

#[test]
fn a_pack_that_is_cancelled_leaves_nothing() {
    let mut archive = Archive::new();
    archive.attach("征求意见", &[("汇总.txt", b"here"), ("签到.txt", b"there")]);
    let before = archive.office.dump();
    for name in ["包", "包.zip"] {
        // At the first paper, at the last before the evidence, and at the cover, when all evidence lies there already.
        for stop in [1, 3, 4] {
            let progress = Progress::default();
            let printed = Cell::new(0);
            let print = |_: &PackPaper<'_>| {
                printed.set(printed.get() + 1);
                if printed.get() == stop {
                    progress.cancel();
                }
                Ok(b"%PDF".to_vec())
            };
            let (desk, at) = (archive.office.desk(), archive.office.stamp.at);
            let made = pack(&desk, &archive.ask(), &archive.path(name), false, &print, at, &progress);
            assert_eq!(made.map_err(|problem| problem.kind), Err(ProblemKind::Cancelled), "{name} {stop}");
            assert_eq!(printed.get(), stop);
            assert_eq!(archive.beside(), BTreeSet::new(), "{name} {stop}");
        }
    }
    assert_eq!(archive.office.dump(), before);
}

#[test]
fn only_an_earlier_pack_is_replaced_and_only_when_told_so() {
    let mut archive = Archive::new();
    archive.attach("征求意见", &[("汇总.txt", b"here")]);
    archive.pack("包");
    let refused = archive.try_pack(&archive.ask(), "包", false).expect_err("there is one");
    assert!(refused.happened.contains("已经存在"), "{refused}");
    archive.attach("征求意见", &[("新来.txt", b"new")]);
    archive.try_pack(&archive.ask(), "包", true).expect("replaced");
    let found = files(&archive.path("包"));
    assert!(found.contains_key("10 组织生活会/10-002 新来.txt"));
    assert_sums(&found);
    std::fs::write(archive.path("包").join("10 组织生活会").join("我的.txt"), "不能丢").expect("written");
    let refused = archive.try_pack(&archive.ask(), "包", true).expect_err("somebody's file");
    assert!(refused.happened.contains("我的.txt"), "{refused}");
    let mut kept = files(&archive.path("包"));
    assert_eq!(kept.remove("10 组织生活会/我的.txt").as_deref(), Some("不能丢".as_bytes()));
    assert_eq!(kept, found, "nothing was touched");
    std::fs::create_dir(archive.path("照片")).expect("a folder");
    std::fs::write(archive.path("照片").join("a.jpg"), "jpg").expect("written");
    assert!(archive.try_pack(&archive.ask(), "照片", true).is_err());
    assert_eq!(archive.beside(), BTreeSet::from(["包".to_owned(), "照片".to_owned()]));
    archive.pack("包.zip");
    assert!(archive.try_pack(&archive.ask(), "包.zip", false).is_err());
    archive.try_pack(&archive.ask(), "包.zip", true).expect("replaced");
}

#[test]
fn a_folder_that_comes_while_a_pack_is_made_keeps_its_place() {
    let mut archive = Archive::new();
    archive.attach("征求意见", &[("汇总.txt", b"here")]);
    let print = |_: &PackPaper<'_>| {
        std::fs::create_dir_all(archive.path("包")).expect("a folder");
        std::fs::write(archive.path("包").join("我的.txt"), "another's").expect("written");
        Ok(b"%PDF".to_vec())
    };
    let (desk, at) = (archive.office.desk(), archive.office.stamp.at);
    for (replace, told) in [(false, "已经存在"), (true, "我的.txt")] {
        let made = pack(&desk, &archive.ask(), &archive.path("包"), replace, &print, at, &Progress::default());
        let refused = made.expect_err("it came first");
        assert!(refused.happened.contains(told), "{replace}: {refused}");
        assert_eq!(files(&archive.path("包")), BTreeMap::from([("我的.txt".to_owned(), b"another's".to_vec())]));
        assert_eq!(archive.beside(), BTreeSet::from(["包".to_owned()]));
        std::fs::remove_dir_all(archive.path("包")).expect("made room");
    }
}

#[test]
fn a_pack_says_what_is_masked_and_what_stays_out_of_it() {
    let mut archive = Archive::new();
    let person = archive.office.member(archive.branch, json!({ "name": "何静", "joined": "2001-07-01" }));
    let other = archive.office.member(archive.branch, json!({ "name": "陈志远", "joined": "1995-07-01" }));
    archive.attach("征求意见", &[("汇总.txt", b"first")]);
    let item = Belongs::Item(archive.item("征求意见"));
    let first = archive.evidence("汇总");
    archive.office.run(json!({ "do": "edit_evidence", "id": first, "set": { "secrecy": "内部" } })).expect("set");
    archive.attach_to(item, &[("汇总（定稿）.txt", b"second")], Some(first));
    let mut talk = |kind: &str| {
        let talk = json!({ "do": "record_talk", "organisation_id": archive.branch, "held_on": "2026-03-20", "type": kind,
            "talker_ids": [other], "partner_ids": [person] });
        archive.office.run(talk).expect("recorded").made.expect("an id")
    };
    let scanned = talk("T02");
    talk("T12");
    archive.attach_to(Belongs::Talk(branchdesk::domain::ids::TalkId(scanned)), &[("扫描.pdf", b"scan")], None);
    archive
        .office
        .run(json!({ "do": "make_checklists", "template": "入党档案", "person_ids": [person] }))
        .expect("made");
    let items = json!([{ "code": "1", "title": "奖惩", "fill": { "measure": "honours" } }]);
    archive.office.run(json!({ "do": "set_template", "title": "自查表", "items": items })).expect("made");
    archive.list("自查表", archive.branch);
    archive.office.run(json!({ "do": "record_event", "kind": "honour", "ids": [other], "on": "2026-07-01", "value": "优秀共产党员" })).expect("recorded");
    let packed = archive.pack("包");
    let told: Vec<(&str, &str)> = packed.summary.told.iter().map(|told| (&*told.what, &*told.how)).collect();
    assert_eq!(
        told,
        [
            ("附上的文件", "照原样放入，里面的个人信息没有遮去"),
            ("身份证号和电话", "在程序写的打印件、表格、目录和文件名里遮去中间"),
            ("谈话内容", "没有放入，台账只记时间、主题和人员"),
            ("不是定稿的版本", "1 件没有放入"),
            ("标有密级的材料", "1 件（内部、工作秘密），按规定保管和传递"),
            ("谈话的扫描件", "1 件没有放入"),
            ("党员个人的档案清单", "1 份，在“党员个人档案”文件夹里，有个人信息，按规定保管和传递"),
            ("奖惩记录", "1 项在程序里，没有放入"),
        ]
    );
    let found = files(&archive.path("包"));
    let index = index(&found);
    assert!(told.iter().all(|(what, how)| index.contains(what) && index.contains(how)), "the index says so too");
    let texts: Vec<&String> = found.keys().filter(|path| path.contains("/10 ")).collect();
    assert_eq!(texts, ["党支部工作档案/10 组织生活会/10-001 汇总.txt"]);
    assert!(index.contains("（内部）"));
    let evidence =
        checklists::evidence_of_talk(archive.office.read_only().reader(), branchdesk::domain::ids::TalkId(scanned));
    assert!(matches!(evidence.expect("read")[0].kind, EvidenceKind::File { .. }));
    assert!(!found.values().any(|bytes| bytes == b"scan"));

    archive.list("六有", archive.branch);
    let other = PackAsk { template: Some("六有".into()), ..archive.ask() };
    let packed = archive.try_pack(&other, "六有", false).expect("packed");
    let told: Vec<&str> = packed.summary.told.iter().map(|told| &*told.what).collect();
    assert_eq!(told, ["附上的文件", "身份证号和电话"], "talks and their scans have nothing to do with it");
}

#[test]
fn a_pack_of_the_tree_has_a_folder_for_each_organisation_and_each_of_its_checklists() {
    let mut archive = Archive::new();
    let second = archive.office.organisation(Some(archive.general), "机关第二党支部");
    archive.list("六有", second);
    archive.list("支部档案", second);
    archive.attach("征求意见", &[("汇总.txt", b"first")]);
    archive.attach("有场所", &[("门牌.jpg", b"second")]);
    let ask = PackAsk { scope: Some(archive.general), ..archive.ask() };
    let packed = archive.try_pack(&ask, "包", false).expect("packed");
    assert_eq!(packed.summary.title, "青禾县民政局党总支 2026 年检查包");
    let found = files(&archive.path("包"));
    assert_sums(&found);
    assert_eq!(found["01 机关第一党支部/党支部工作档案/10 组织生活会/10-001 汇总.txt"], b"first");
    assert_eq!(found["02 机关第二党支部/六有/1 有场所/1-001 门牌.jpg"], b"second");
    assert!(found.contains_key("02 机关第二党支部/党支部工作档案/归档文件目录.pdf"));
    let one = PackAsk { template: Some("六有".into()), ..ask.clone() };
    archive.try_pack(&one, "六有", false).expect("packed");
    assert!(files(&archive.path("六有")).contains_key("1 有场所/1-001 门牌.jpg"), "one needs no folder around it");
    let none = archive.try_pack(&PackAsk { year: 2020, ..ask }, "空", false).expect_err("none");
    assert_eq!(none.happened, "青禾县民政局党总支 2020 年没有档案清单");
}

/// Who is below has an archive of its own: an item counts what the organisation itself keeps, and so does its paper.
#[test]
fn the_records_of_an_organisation_above_are_its_own_and_not_those_of_the_branches() {
    let program = Program::with_workbook();
    program.apply(json!([
        { "do": "add_organisation", "ref": "@general", "set": { "name": "青禾县民政局党总支" } },
        { "do": "add_organisation", "ref": "@branch", "parent_id": "@general", "set": { "name": "机关第一党支部" } },
        { "do": "add_organisation", "ref": "@group", "parent_id": "@branch", "set": { "name": "第一党小组", "org_kind": "党小组" } },
        { "do": "add_member", "branch_id": "@branch", "ref": "@chen", "set": { "name": "陈志远", "joined": "1995-07-01", "party_post": "书记" } },
        { "do": "add_member", "branch_id": "@branch", "ref": "@he", "set": { "name": "何静", "joined": "2001-07-01" } },
        { "do": "appoint", "person_id": "@chen", "organisation_id": "@general", "post": "书记", "from": "2025-01-01" },
        { "do": "record_talk", "organisation_id": "@branch", "held_on": "2026-03-20", "type": "T01",
          "talker_ids": ["@chen"], "partner_ids": ["@he"], "topic": "夜班安排" },
        { "do": "record_talk", "organisation_id": "@general", "held_on": "2026-04-20", "type": "T01",
          "talker_ids": ["@chen"], "partner_ids": ["@he"], "topic": "总支工作" },
        { "do": "make_checklists", "template": "支部档案", "organisation_ids": ["@general", "@branch"], "year": 2026 },
    ]));
    program.well(&["pack", "--workbook", "支部.bdk", "--year", "2026", "--out", "检查包"]);
    let found = files(&program.path("检查包"));
    let words = |path: &str| pdf::pages(&found[path]).concat().replace('\n', "");
    let (above, below) = ("01 青禾县民政局党总支/程序记录", "02 机关第一党支部/程序记录");
    let ledger = words(&format!("{above}/谈心谈话台账.pdf"));
    assert!(ledger.contains("总支工作") && !ledger.contains("夜班安排"), "{ledger}");
    assert!(ledger.contains("本级台账，不含下级"), "it says that it is not the whole: {ledger}");
    let ledger = words(&format!("{below}/谈心谈话台账.pdf"));
    assert!(ledger.contains("夜班安排") && !ledger.contains("总支工作") && !ledger.contains("本级"), "{ledger}");
    let committee = words(&format!("{above}/委员会组成人员名单.pdf"));
    assert!(committee.contains("陈志远") && !committee.contains("机关第一党支部"), "{committee}");
    assert!(words(&format!("{above}/党员花名册.pdf")).contains("何静"), "it has the rosters of all below it");
    assert!(words(&format!("{below}/党组织一览表.pdf")).contains("第一党小组"));
}

#[test]
fn the_files_of_members_lie_in_a_folder_of_their_own_each_under_its_name() {
    let mut archive = Archive::new();
    let other = archive.office.organisation(None, "县殡仪馆党支部");
    let he = archive.office.member(archive.branch, json!({ "name": "何静", "joined": "2001-07-01" }));
    let same = archive.office.member(archive.branch, json!({ "name": "何静", "joined": "2003-07-01" }));
    let odd = archive.office.member(archive.branch, json!({ "name": "买买提/阿里:", "joined": "2003-07-01" }));
    let elsewhere = archive.office.member(other, json!({ "name": "马晓东", "joined": "2003-07-01" }));
    let files_of = json!({ "do": "make_checklists", "template": "入党档案", "person_ids": [he, same, odd, elsewhere] });
    archive.office.run(files_of).expect("made");
    let lists = checklists::of_person(archive.office.read_only().reader(), he).expect("read");
    let items = checklists::items(archive.office.read_only().reader(), lists[0].id).expect("items");
    archive.attach_to(Belongs::Item(items[0].id), &[("志愿书.pdf", b"scan")], None);

    let packed = archive.pack("包");
    let found = files(&archive.path("包"));
    assert_sums(&found);
    let folders: BTreeSet<&str> =
        found.keys().filter_map(|path| path.strip_prefix("党员个人档案/")?.split('/').next()).collect();
    assert_eq!(folders.len(), 3, "those of the scope only, no two in one folder: {folders:?}");
    assert!(folders.contains("何静") && folders.iter().all(|name| is_borne(name)), "{folders:?}");
    assert!(
        found.iter().any(|(path, bytes)| path.starts_with("党员个人档案/何静/") && bytes == b"scan"),
        "{folders:?}"
    );
    assert!(!found.keys().any(|path| path.contains("马晓东")));
    assert!(found.contains_key("党员个人档案/何静/档案清单.pdf"));
    assert_eq!(packed.summary.lists.len(), 4);
    let index = index(&found);
    assert!(links(&index).iter().all(|link| found.contains_key(link)), "every link leads somewhere");
    let only_year = PackAsk { template: Some("支部档案".into()), ..archive.ask() };
    archive.try_pack(&only_year, "年度", false).expect("packed");
    assert!(!archive.path("年度/党员个人档案").exists());
}
