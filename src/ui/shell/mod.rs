//! The frame around the pages: top bar, sidebar, status bar, the start page, the shell's own dialogs.
//! Must never know what a page shows. Start at [`layout`].

pub mod act;
pub mod drafts;
pub mod front;
pub mod host;
pub mod notices;
pub mod office;
pub mod outside;
pub mod pages;
pub mod passage;
pub mod running;
pub mod scope_tree;
pub mod search;
pub mod shortcuts;
pub mod sidebar;
pub mod start;
pub mod status_bar;
pub mod top_bar;
pub mod writes;

use egui::{Rect, pos2};

use crate::ui::scene::Width;
use crate::ui::theme::height;

/// The four fixed rectangles of the window.
#[derive(Debug, Clone, Copy)]
pub struct Regions {
    pub top: Rect,
    pub side: Rect,
    pub page: Rect,
    pub status: Rect,
}

/// Divides the window. Without a workbook there is no side.
pub fn layout(whole: Rect, width: Width, has_side: bool) -> Regions {
    let side_width = match (has_side, width) {
        (false, _) => 0.0,
        (true, Width::Narrow) => 52.0,
        (true, Width::Medium | Width::Wide) => 208.0,
    };
    let upper = whole.top() + height::TOP;
    let lower = whole.bottom() - height::STATUS;
    let left = whole.left() + side_width;
    Regions {
        top: whole.with_max_y(upper),
        side: Rect::from_min_max(pos2(whole.left(), upper), pos2(left, lower)),
        page: Rect::from_min_max(pos2(left, upper), pos2(whole.right(), lower)),
        status: whole.with_min_y(lower),
    }
}
