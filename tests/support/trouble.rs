//! Disks that refuse: a folder that forbids writing, a medium that is write-protected, a disk without room.
//!
//! A test runs itself again where that is so: the program it calls and the engine it holds are both in trouble there.
//! Permission bits do not bind root, so root runs without that privilege. What cannot be brought about is never
//! passed over in silence. Start at [`Trouble::befall`].

use std::ffi::OsString;
use std::fs::{File, Permissions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// What is the matter with the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The folders forbid writing.
    Forbidden,
    /// The medium is mounted read-only.
    Protected,
    /// So many KiB are left on the disk.
    NoRoom(u64),
    /// No file can become longer than so many KiB: what a quota does, or an old file system.
    NoLonger(u64),
}

/// Tells the second run which trouble it is in.
const INSIDE: &str = "BRANCHDESK_TEST_TROUBLE";
/// Tells it the folder.
const FOLDER: &str = "BRANCHDESK_TEST_FOLDER";
/// The size of the disk that is filled up.
const DISK: &str = "size=16m";

/// How a private mount is made here, if it may be.
static MOUNTING: LazyLock<Option<&[&str]>> = LazyLock::new(|| {
    let ways: [&[&str]; 2] = [&["unshare", "--mount"], &["unshare", "--user", "--map-root-user", "--mount"]];
    ways.into_iter().find(|way| {
        let tried = Command::new(way[0]).args(&way[1..]).arg("true").stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    })
});

impl Trouble {
    /// Whether nothing at all can be written.
    pub fn is_total(self) -> bool {
        !matches!(self, Self::NoRoom(1..) | Self::NoLonger(1..))
    }

    /// Prepares a folder, brings it into trouble, does something there, and looks at what is left.
    ///
    /// `test` is the name of the test that calls this, as the runner knows it; all before the call runs twice.
    pub fn befall<T>(
        self,
        test: &str,
        prepare: impl FnOnce(&Path) -> T,
        suffer: impl FnOnce(&Path),
        look: impl FnOnce(&Path, T),
    ) {
        match (std::env::var(INSIDE), std::env::var_os(FOLDER)) {
            (Ok(inside), Some(folder)) if inside == format!("{self:?}") => {
                let folder = Path::new(&folder);
                match self {
                    Self::NoRoom(kib) => {
                        let folder = folder.join("盘");
                        std::fs::create_dir(&folder).expect("a folder on the disk");
                        let prepared = prepare(&folder);
                        let filler = fill(&folder, kib);
                        self.probe(&folder);
                        suffer(&folder);
                        std::fs::remove_file(filler).expect("room again");
                        look(&folder, prepared);
                    }
                    _ => {
                        self.probe(folder);
                        suffer(folder);
                    }
                }
            }
            (Ok(_), _) => {} // another trouble of the same test
            (Err(_), _) => self.run_again(test, prepare, look),
        }
    }

    fn run_again<T>(self, test: &str, prepare: impl FnOnce(&Path) -> T, look: impl FnOnce(&Path, T)) {
        let Some(mut around) = self.around() else {
            // Past the capture of the test runner, which shows nothing of a test that passes.
            writeln!(std::io::stderr(), "NOT TRIED, since nothing can be mounted here: {test} under {self:?}")
                .expect("stderr");
            return;
        };
        let kept = tempfile::tempdir().expect("a folder");
        let folder = kept.path();
        let prepared = if matches!(self, Self::NoRoom(_)) { None } else { Some(prepare(folder)) };
        if self == Self::Forbidden {
            permit(folder, 0o555);
        }
        let own = std::env::current_exe().expect("the tests");
        around.extend([own.into_os_string(), test.into(), "--exact".into(), "--nocapture".into()]);
        let mut words = around.into_iter();
        let output = Command::new(words.next().expect("a program"))
            .args(words)
            .env(INSIDE, format!("{self:?}"))
            .env(FOLDER, folder)
            .output()
            .expect("the tests run again");
        if self == Self::Forbidden {
            permit(folder, 0o755);
        }
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && said.contains("1 passed"), "{test} under {self:?}:\n{said}");
        if let Some(prepared) = prepared {
            look(folder, prepared);
        }
    }

    /// The words before the command that is to run in this trouble; none where nothing can be mounted.
    fn around(self) -> Option<Vec<OsString>> {
        let shell = |script: &str| vec!["sh".into(), "-c".into(), OsString::from(script)];
        let mounted = |script: &str| {
            let mut words: Vec<OsString> = MOUNTING.as_ref()?.iter().map(Into::into).collect();
            words.extend(shell(&format!("{script} && exec \"$@\"")));
            words.push("sh".into());
            Some(words)
        };
        match self {
            Self::Forbidden => {
                let root = ["setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override"];
                Some(if is_root() { root.map(OsString::from).to_vec() } else { vec!["env".into()] })
            }
            Self::Protected => {
                mounted(&format!("mount --bind \"${FOLDER}\" \"${FOLDER}\" && mount -o remount,bind,ro \"${FOLDER}\""))
            }
            Self::NoRoom(_) => mounted(&format!("mount -t tmpfs -o {DISK} tmpfs \"${FOLDER}\"")),
            Self::NoLonger(kib) => {
                // The signal would end the program; a disk sends none.
                let mut words = shell(&format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", kib * 2));
                words.push("sh".into());
                Some(words)
            }
        }
    }

    /// Makes sure that it is as it should be: else the test would prove nothing.
    fn probe(self, folder: &Path) {
        let probe = folder.join("试写");
        let written = File::create(&probe).and_then(|mut file| match self {
            Self::Forbidden | Self::Protected => Ok(()),
            Self::NoRoom(kib) | Self::NoLonger(kib) => {
                file.write_all(&vec![0; usize::try_from(kib).expect("small") * 1024 + 65_536])
            }
        });
        let expected = match self {
            Self::Forbidden => ErrorKind::PermissionDenied,
            Self::Protected => ErrorKind::ReadOnlyFilesystem,
            Self::NoRoom(_) => ErrorKind::StorageFull,
            Self::NoLonger(_) => ErrorKind::FileTooLarge,
        };
        let failed = written.expect_err("the trouble could not be brought about").kind();
        assert_eq!(failed, expected, "the trouble could not be brought about");
        // Where it could not even be made there is nothing to take away.
        drop(std::fs::remove_file(probe));
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().expect("id");
    output.stdout.starts_with(b"0\n")
}

/// Sets the rights of a folder and of all folders below it.
fn permit(folder: &Path, mode: u32) {
    let below = |folder: &Path| -> Vec<_> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect()
    };
    std::fs::set_permissions(folder, Permissions::from_mode(mode)).expect("rights");
    below(folder).iter().for_each(|folder| permit(folder, mode));
}

/// Fills the disk of a folder up to so many KiB; the file that does.
fn fill(folder: &Path, kib: u64) -> std::path::PathBuf {
    let path = folder.with_file_name("占满");
    let mut file = File::create(&path).expect("a file on the disk");
    let block = [0; 4096];
    while file.write_all(&block).is_ok() {}
    let length = file.metadata().expect("its length").len();
    file.set_len(length.saturating_sub(kib * 1024)).expect("a little room");
    path
}
