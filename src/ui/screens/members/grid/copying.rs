//! Owns copying a block of cells for a spreadsheet, and whether personal numbers are shown in the cells.
//! Must never put a number on the clipboard in full that is not shown so.

use crate::domain::fields::{Class, FieldKey};
use crate::engine::Job;
use crate::exchange::clipboard::copy_block;
use crate::exchange::export::MemberColumn;
use crate::store::outputs::Output;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::members::MembersScreen;
use crate::ui::screens::members::column::{ListColumn, Source};
use crate::ui::widgets::{Block, grouped};

/// A block on its way to the clipboard.
#[derive(Debug)]
pub struct Copying {
    job: Job<String>,
    rows: usize,
    /// The heads of its columns.
    titles: Vec<String>,
    /// Personal numbers are in it, in full.
    in_full: bool,
}

impl MembersScreen {
    /// Reads the cells of the block, which may be more than are seen.
    pub(super) fn copy(&mut self, block: Block, scene: &Scene<'_>) {
        let ids = self.listed.get(block.rows()).unwrap_or_default().to_vec();
        let columns: Vec<&ListColumn> =
            self.columns.shown().skip(*block.columns().start()).take(block.size().1).collect();
        let titles = columns.iter().map(|column| column.title.clone()).collect();
        let sources: Vec<MemberColumn> = columns.iter().map(|column| column.source).collect();
        let (as_of, unmasked, rows) = (scene.as_of, self.rows.unmasked, ids.len());
        let in_full = unmasked && columns.iter().any(|column| is_personal(column.source));
        let job = scene
            .reading_job("复制", move |desk, progress| copy_block(desk, &ids, &sources, as_of, unmasked, progress));
        self.grid.copying = Some(Copying { job, rows, titles, in_full });
    }

    /// Puts what has been read on the clipboard, and notes it where it is more than a cell or tells numbers.
    pub(super) fn take_copied(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        let Some(answer) = self.grid.copying.as_ref().and_then(|copying| copying.job.take()) else { return };
        let Some(Copying { rows, titles, in_full, .. }) = self.grid.copying.take() else { return };
        let text = match answer {
            Ok(text) => text,
            Err(problem) => {
                out.wish(Wish::Problem(problem.titled("没有复制")));
                return;
            }
        };
        out.wish(Wish::Copy(text));
        let hint = if in_full { "；号码要贴到设成“文本”的列里，否则末几位会丢" } else { "" };
        out.toast(format!("已复制 {} 行 {} 列{hint}", grouped(rows as u64), titles.len()));
        if rows > 1 || in_full {
            self.log("复制到剪贴板", &titles.join("、"), rows, (!in_full, "剪贴板"), scene, out);
        }
    }

    /// Shows the numbers in full, which is noted, or masks them again.
    pub(super) fn toggle_masks(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        self.rows.unmasked = !self.rows.unmasked;
        if self.rows.unmasked {
            let personal = self.columns.shown().filter(|column| is_personal(column.source));
            let titles: Vec<&str> = personal.map(|column| column.title.as_str()).collect();
            self.log("显示完整号码", &titles.join("、"), self.listed.len(), (false, "屏幕"), scene, out);
        }
    }

    /// A line of the log; who and when are added where it is written.
    fn log(
        &self,
        what: &str,
        fields: &str,
        rows: usize,
        (masked, target): (bool, &str),
        scene: &Scene<'_>,
        out: &mut Outbox,
    ) {
        out.wish(Wish::Log(Output {
            id: 0,
            at: 0,
            operator: String::new(),
            what: what.to_owned(),
            scope: format!("{}的{fields}", scene.scope_name),
            row_count: rows as i64,
            masked,
            target: target.to_owned(),
        }));
    }
}

fn is_personal(source: Source) -> bool {
    matches!(source, Source::Field(FieldKey::Known(known)) if known.spec().class == Class::Personal)
}
