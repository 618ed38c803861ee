//! The window itself failed: what that means for the work, and the way back to it.

use std::path::PathBuf;

use egui::Context;

use super::Front;
use super::problem::problem_text;
use crate::problem::Problem;
use crate::ui::dialogs::Stay;
use crate::ui::outbox::Wish;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::widgets::{Answer, Choice, ProblemText, problem_dialog};

/// Tells of a failure of the window.
pub struct BreakdownFront {
    text: ProblemText,
    /// The workbook that was open.
    path: Option<PathBuf>,
}

impl BreakdownFront {
    pub fn new(problem: &Problem, path: Option<PathBuf>) -> Self {
        let text = ProblemText {
            title: "程序出了差错，工作簿已关好".to_owned(),
            happened: "画窗口时出现了不该有的情况".to_owned(),
            unchanged: "存下的都在；填了一半的已留作草稿".to_owned(),
            next: "重新打开接着做；要是又出现，把“复制详情”的内容告诉维护程序的人".to_owned(),
            ..problem_text(problem)
        };
        Self { text, path }
    }
}

impl Front for BreakdownFront {
    fn show(&mut self, ctx: &Context, _host: &Host, acts: &mut Vec<Act>) -> Stay {
        let again = self.path.is_some().then(|| Choice::new("重新打开"));
        match problem_dialog(ctx, "breakdown", &self.text, None, again) {
            Some(Answer::Primary) => {
                acts.extend(self.path.take().map(|path| Act::Wish(Wish::OpenWorkbook(path))));
                Stay::Closed
            }
            Some(_) => Stay::Closed,
            None => Stay::Open,
        }
    }
}
