//! `search`: people first, then organisations, then talks.

use std::io::Write;

use clap::Args;
use serde_json::{Value as Json, json};

use super::opening::Book;
use super::{Done, print_array};
use crate::clock::Clock;
use crate::problem::Result;
use crate::view::search::{Hit, TalkHit, search};

#[derive(Debug, Args)]
pub(super) struct SearchTask {
    #[arg(
        value_name = "文字",
        help = "姓名、拼音、首字母、身份证号或其中一段、电话、单位、住址、党组织名称、谈话编号（2026-031）、谈话类型、谈话里的任何字（几个词用空格隔开、加引号，都要有）"
    )]
    text: String,
    #[command(flatten)]
    book: Book,
    #[arg(long, value_name = "个数", default_value_t = 50, help = "最多列多少个；不写为 50")]
    limit: usize,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

impl SearchTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let desk = self.book.desk()?;
        let hits = search(&desk, &self.text, clock.today(), self.limit)?;
        if self.json {
            print_array(out, hits.iter().map(as_json))?;
            return Ok(Done::Well);
        }
        if hits.is_empty() {
            writeln!(out, "没有找到“{}”", self.text)?;
        }
        for hit in &hits {
            match hit {
                Hit::Member { id, name, branch, on_roll } => {
                    let gone = if *on_roll { "" } else { "（不在册）" };
                    writeln!(out, "{name}{gone}  {}  编号 {id}", branch.as_deref().unwrap_or("—"))?;
                }
                Hit::Merged { name, into, into_name, .. } => {
                    writeln!(out, "{name}（已并入 {into_name}）  编号 {into}")?
                }
                Hit::Organisation { id, path, .. } => writeln!(out, "{path}  编号 {id}")?,
                Hit::Talk(talk) => {
                    let TalkHit { id, number, held_on, talkers, partners, before, found, after, .. } = talk;
                    let said = format!("{before}“{found}”{after}");
                    writeln!(out, "谈话 {number}  {held_on}  {talkers} 和 {partners}  {said}  编号 {id}")?;
                }
                Hit::Archive(hit) => {
                    let id = hit.item.map_or(hit.checklist.id.0, |item| item.0);
                    writeln!(out, "{} {}  {}  编号 {id}", hit.what.label(), hit.title, hit.place)?;
                }
            }
        }
        Ok(Done::Well)
    }
}

fn as_json(hit: &Hit) -> Json {
    match hit {
        Hit::Member { id, name, branch, on_roll } => {
            let mut value = json!({ "kind": "member", "id": id, "name": name, "on_roll": on_roll });
            if let Some(branch) = branch {
                value["branch"] = branch.as_str().into();
            }
            value
        }
        Hit::Merged { id, name, into, into_name } => {
            json!({ "kind": "merged", "id": id, "name": name, "into": into, "into_name": into_name })
        }
        Hit::Organisation { id, name, path } => {
            json!({ "kind": "organisation", "id": id, "name": name, "path": path })
        }
        Hit::Archive(hit) => json!({
            "kind": hit.what.name(), "title": hit.title, "checklist_id": hit.checklist.id, "item_id": hit.item,
            "organisation_id": hit.checklist.organisation, "place": hit.place,
        }),
        Hit::Talk(talk) => json!({
            "kind": "talk", "id": talk.id, "number": talk.number, "held_on": talk.held_on.to_string(),
            "organisation_id": talk.organisation, "talkers": talk.talkers, "partners": talk.partners,
            "snippet": format!("{}{}{}", talk.before, talk.found, talk.after),
        }),
    }
}
