//! `demo`: the practice workbook, and workbooks of any size for measuring.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::Done;
use super::asks::day;
use super::opening::shown;
use super::print::{FormAsk, Order};
use crate::clock::{Clock, Day};
use crate::exchange::export::{self, Export, MemberExport};
use crate::exchange::practice::{self, CrowdSize, Practice};
use crate::problem::Result;
use crate::progress::Progress;
use crate::settings;
use crate::store::Key;
use crate::store::workbook::ReadOnly;
use crate::view::desk::Desk;
use crate::view::members::ListAsk;

#[derive(Debug, Args)]
pub(super) struct DemoTask {
    #[arg(long, value_name = "文件夹", help = "放在哪个文件夹；不写则放在本机设置的文件夹里")]
    dir: Option<PathBuf>,
    #[arg(long, value_name = "人数", help = "改为生成这么多人的工作簿（最多 1000000），用来测速度")]
    members: Option<u32>,
    #[arg(
        long,
        value_name = "次数",
        default_value_t = 0,
        requires = "members",
        help = "再生成这么多次谈话，分在十年里"
    )]
    talks: u32,
    #[arg(long, value_name = "种子", default_value_t = practice::DEFAULT_SEED, help = "同一个数生成同样的内容；不写为 1")]
    seed: u32,
    #[arg(long, value_name = "日期", value_parser = day, help = "练习内容截至哪一天；不写为今天")]
    day: Option<Day>,
    #[arg(long, help = "文件已存在时替换它")]
    force: bool,
    #[arg(long, help = "结果写成 JSON")]
    json: bool,
}

impl DemoTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let folder = self.dir.clone().unwrap_or_else(|| settings::folder().join("练习"));
        let progress = Progress::default();
        if let Some(members) = self.members {
            let size = CrowdSize { members, talks: self.talks };
            let workbook = practice::generate_with_talks(&folder, size, self.seed, self.force, &progress)?;
            return self.tell(out, &[("workbook", "练习工作簿", workbook)]);
        }
        let has_window = self.dir.is_none() && has_display();
        let path = practice::practice_path(&folder);
        if has_window && path.exists() && !self.force {
            return Ok(Done::Window(path)); // the one of last time, with what was practised in it
        }
        let day = self.day.unwrap_or_else(|| clock.today());
        let Practice { workbook, roster: imported } = practice::build(&folder, self.seed, day, self.force, &progress)?;
        if has_window {
            return Ok(Done::Window(workbook));
        }
        let desk = Desk::open(ReadOnly::open(&workbook, &Key::None)?)?;
        let roster = self.roster(&desk, &folder, day, clock)?;
        let summary = folder.join("党员基本情况汇总（练习）.pdf");
        Order::of(FormAsk::Summary, day, None).put_on_paper(&desk, &summary, self.force, clock)?;
        self.tell(
            out,
            &[
                ("workbook", "练习工作簿", workbook),
                ("imported", "其中一个党支部导入自", imported),
                ("roster", "花名册", roster),
                ("summary", "汇总表", summary),
            ],
        )
    }

    /// The roster of the whole as CSV.
    fn roster(&self, desk: &Desk, folder: &Path, day: Day, clock: Clock) -> Result<PathBuf> {
        let path = folder.join("党员花名册（练习）.csv");
        let list = MemberExport { ask: ListAsk::roll(day, None), columns: Vec::new(), unmasked: false };
        export::write(desk, &Export::Members(list), &path, self.force, clock.now(), &Progress::default())?;
        Ok(path)
    }

    fn tell(&self, out: &mut impl Write, made: &[(&str, &str, PathBuf)]) -> Result<Done> {
        if self.json {
            let files = made.iter().map(|(name, _, path)| ((*name).to_owned(), shown(path).into()));
            writeln!(out, "{}", json!(files.collect::<serde_json::Map<String, serde_json::Value>>()))?;
        } else {
            for (_, label, path) in made {
                writeln!(out, "{label}：{}", shown(path))?;
            }
        }
        Ok(Done::Well)
    }
}

/// Whether there is something to open a window on.
fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
