//! `quality`: what the rules find in members, kind by kind.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::asks::Scope;
use super::opening::Book;
use super::{Done, print_array};
use crate::clock::{Clock, Day};
use crate::domain::rules::Level;
use crate::problem::Result;
use crate::progress::Progress;
use crate::view::quality::quality;

#[derive(Debug, Args)]
pub(super) struct QualityTask {
    #[command(flatten)]
    book: Book,
    #[command(flatten)]
    scope: Scope,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

impl QualityTask {
    /// The day that is asked for.
    pub fn asked_day(&self) -> Option<Day> {
        self.scope.as_of
    }

    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let desk = self.book.desk()?;
        let scope = self.scope.organisation(&desk)?;
        let found = quality(&desk, scope, self.scope.day(clock), &Progress::default())?;
        let done = if found.items.is_empty() { Done::Well } else { Done::Findings };
        if self.json {
            let items = found.items.iter().filter_map(|item| {
                let kind = found.kinds.get(item.kind)?;
                let level = if kind.level == Level::Red { "red" } else { "amber" };
                Some(json!({
                    "rule": kind.rule, "level": level, "title": kind.title, "person": item.person,
                    "name": item.name, "words": item.words, "article": kind.article,
                }))
            });
            print_array(out, items)?;
            return Ok(done);
        }
        writeln!(out, "{}：核对 {} 人，待核 {} 处", desk.scope_name(scope), found.people, found.items.len())?;
        for (place, kind) in found.kinds.iter().enumerate() {
            let article = if kind.article.is_empty() { String::new() } else { format!("（{}）", kind.article) };
            writeln!(out, "\n{}·{} {} 处{article}", kind.level.label(), kind.title, kind.count)?;
            for item in found.items.iter().filter(|item| item.kind == place) {
                writeln!(out, "  {}：{}", item.name, item.words)?;
            }
        }
        Ok(done)
    }
}
