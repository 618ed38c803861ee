//! `pack`: a folder or a ZIP for an inspection (检查包).

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Done;
use super::archive_papers::template_named;
use super::asks::year;
use super::opening::{Book, Operator, shown};
use crate::clock::Clock;
use crate::engine::packs::make_pack;
use crate::exchange::packs::Packed;
use crate::problem::Result;
use crate::progress::Progress;
use crate::view::packs::PackAsk;

#[derive(Debug, Args)]
pub(super) struct PackTask {
    #[command(flatten)]
    book: Book,
    #[arg(
        long,
        value_name = "党组织",
        help = "哪个党组织的，连同下级：编号、名称，或“总支/支部”这样的路径；不写为全部"
    )]
    org: Option<String>,
    #[arg(long, value_name = "年", value_parser = year, help = "哪一年的档案；不写为今年")]
    year: Option<i16>,
    #[arg(long, value_name = "模板", help = "只要这个清单模板的（代号或名称）；不写为全部清单")]
    template: Option<String>,
    #[arg(long, value_name = "文件夹或 ZIP", help = "做成文件夹；名字以 .zip 结尾则做成压缩包")]
    out: PathBuf,
    #[arg(long, help = "已经有检查包时替换它；文件夹里有别的内容则不替换")]
    force: bool,
    #[command(flatten)]
    operator: Operator,
    #[arg(long, help = "结果写成 JSON")]
    json: bool,
}

impl PackTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let desk = self.book.desk()?;
        let scope = self.org.as_deref().map(|text| desk.tree().find(text).map(|node| node.id)).transpose()?;
        let template = self.template.as_deref().map(|text| template_named(&desk, text)).transpose()?;
        let year = self.year.unwrap_or_else(|| clock.today().year());
        let ask = PackAsk { scope, year, template, today: clock.today() };
        let packed = make_pack(&desk, &ask, &self.out, self.force, clock, &Progress::default())?;
        self.book.log_output(packed.output(&desk, &ask, &self.out)?, &self.operator, clock)?;
        self.tell(&packed, out)?;
        Ok(if packed.summary.lacking.is_empty() { Done::Well } else { Done::Findings })
    }

    fn tell(&self, packed: &Packed, out: &mut impl Write) -> Result<()> {
        let summary = &packed.summary;
        if self.json {
            let lists = summary
                .lists
                .iter()
                .map(|list| json!({ "name": list.name, "files": list.files, "papers": list.papers }));
            let told = summary.told.iter().map(|told| json!({ "what": told.what, "how": told.how }));
            let lacking =
                summary.lacking.iter().map(|one| json!({ "place": one.place, "name": one.name, "why": one.why }));
            let answer = json!({
                "pack": shown(&self.out), "title": summary.title, "files": packed.files, "lists": lists.collect::<Vec<_>>(),
                "told": told.collect::<Vec<_>>(), "lacking": lacking.collect::<Vec<_>>(),
            });
            writeln!(out, "{answer}")?;
            return Ok(());
        }
        writeln!(out, "已做好{}，文件 {} 个：{}", summary.title, packed.files, shown(&self.out))?;
        for told in &summary.told {
            writeln!(out, "{}：{}", told.what, told.how)?;
        }
        for one in &summary.lacking {
            writeln!(out, "没有放入：{}，{}，{}", one.name, one.place, one.why)?;
        }
        Ok(())
    }
}
