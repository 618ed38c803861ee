//! The pages. Each is a struct with what it keeps between frames, and one function that draws it.

mod frame;
pub mod members;
pub mod summary;

use super::outbox::Outbox;
use super::scene::Scene;
use crate::domain::ids::{PersonId, RecordId};

/// A page that can be gone to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// 党组织
    Organisations,
    /// 党员
    Members,
    /// One member's page, within the list it was opened from.
    Member(PersonId),
    /// 导入
    Import,
    /// 基本情况
    Summary,
    /// 操作记录, of a record or of all.
    History(Option<RecordId>),
    /// 导出和打印记录
    Outputs,
    /// 设置
    Settings,
}

/// What every page can do.
pub trait Screen {
    /// Draws the page into the rectangle that is left.
    fn show(&mut self, ui: &mut egui::Ui, scene: &Scene<'_>, out: &mut Outbox);
}
