//! The program itself, called as a script calls it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder in which the program is called.
pub struct Program {
    folder: PathBuf,
    /// Takes the folder away again, where it is the program's own.
    _own: Option<tempfile::TempDir>,
}

/// What a call said and how it ended.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Program {
    pub fn new() -> Self {
        let own = tempfile::tempdir().expect("a folder");
        Self { folder: own.path().to_owned(), _own: Some(own) }
    }

    /// Calls the program in a folder that a test has prepared.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), _own: None }
    }

    /// A new workbook `支部.bdk` in the folder.
    pub fn with_workbook() -> Self {
        let program = Self::new();
        program.well(&["new", "支部.bdk", "--title", "机关第一党支部"]);
        program
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("written");
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a readable file")
    }

    /// Calls the program in the folder, without a display, with settings of its own.
    pub fn call(&self, arguments: &[&str]) -> Answer {
        self.call_into(arguments, Stdio::piped())
    }

    /// The same, its answer written elsewhere.
    pub fn call_into(&self, arguments: &[&str], out: impl Into<Stdio>) -> Answer {
        let output = Command::new(env!("CARGO_BIN_EXE_branchdesk"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("XDG_CONFIG_HOME", self.folder.join("设置"))
            .env("LOCALAPPDATA", self.folder.join("设置"))
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(Stdio::piped())
            .output()
            .expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Answer { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Calls it and expects that all went well; what it said.
    pub fn well(&self, arguments: &[&str]) -> String {
        let answer = self.call(arguments);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{arguments:?}\n{}", answer.out);
        answer.out
    }

    /// Calls it with `--json` and reads what it said.
    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.well(&arguments)).expect("JSON")
    }

    /// Calls it and expects one sentence on stderr and this exit code; the sentence.
    pub fn fails(&self, arguments: &[&str], code: i32) -> String {
        let answer = self.call(arguments);
        assert_eq!(answer.code, code, "{arguments:?}\n{}\n{}", answer.out, answer.err);
        assert_eq!(answer.out, "", "{arguments:?}");
        assert_eq!(answer.err.trim_end().lines().count(), 1, "one sentence: {}", answer.err);
        answer.err
    }

    /// Runs commands written as JSON on `支部.bdk`; the receipts.
    pub fn apply(&self, commands: serde_json::Value) -> serde_json::Value {
        self.write("命令.json", &commands.to_string());
        let said = self.well(&["apply", "--workbook", "支部.bdk", "--from", "命令.json"]);
        serde_json::from_str(&said).expect("receipts")
    }

    /// All content but the journal.
    pub fn dump(&self, workbook: &str) -> String {
        self.well(&["dump", "--workbook", workbook, "--without", "journal"])
    }

    /// The names in the folder that are not hidden, sorted.
    pub fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}
