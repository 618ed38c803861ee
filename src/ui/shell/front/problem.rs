//! A failure as a dialog: 发生了什么 · 没有改动 · 接下来.

use egui::Context;

use super::Front;
use crate::problem::Problem;
use crate::ui::dialogs::Stay;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::widgets::{ProblemText, problem_dialog};

/// A problem that is shown until it is closed.
pub struct ProblemFront {
    text: ProblemText,
}

impl ProblemFront {
    pub fn new(problem: &Problem) -> Self {
        Self { text: problem_text(problem) }
    }
}

impl Front for ProblemFront {
    fn show(&mut self, ctx: &Context, _host: &Host, _acts: &mut Vec<Act>) -> Stay {
        match problem_dialog(ctx, "problem", &self.text, None, None) {
            Some(_) => Stay::Closed,
            None => Stay::Open,
        }
    }
}

/// A problem in the words of the dialog; the technical cause stands in 复制详情 only.
pub fn problem_text(problem: &Problem) -> ProblemText {
    let Problem { kind, title, happened, unchanged, next, detail } = problem;
    let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    let version = env!("CARGO_PKG_VERSION");
    ProblemText {
        title: title.clone(),
        happened: happened.clone(),
        unchanged: or(unchanged, "工作簿没有改动"),
        next: or(next, "可以关闭这个提示，接着用"),
        details: format!("支部工作台 {version}\n{kind:?}\n{title}\n{detail}\n{happened}"),
    }
}
