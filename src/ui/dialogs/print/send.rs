//! 打印到…: which printer, how many copies.
//! Must never typeset: it is given the paper. Start at [`SendDialog`].

use std::sync::Arc;

use egui::Context;

use crate::engine::Job;
use crate::print::paper::Paper;
use crate::print::printer::{Printer, printers, send};
use crate::problem::Problem;
use crate::store::outputs::Output;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, Icon, Note, Select, TextField, Tone, note, remark};

/// Most copies that are sent at once.
const MOST: u16 = 200;

/// The dialog 打印到.
pub(super) struct SendDialog {
    paper: Arc<Paper>,
    line: Output,
    asking: Option<Job<Vec<Printer>>>,
    printers: Vec<Printer>,
    chosen: Option<usize>,
    copies: String,
    sending: Option<Job<String>>,
    problem: Option<Problem>,
}

impl SendDialog {
    /// `line` is what the log is told; the printer is added.
    pub fn new(scene: &Scene<'_>, paper: Arc<Paper>, line: Output) -> Self {
        Self {
            paper,
            line,
            asking: Some(scene.job("找打印机", |_| printers())),
            printers: Vec::new(),
            chosen: None,
            copies: "1".to_owned(),
            sending: None,
            problem: None,
        }
    }

    fn take(&mut self, out: &mut Outbox) -> Stay {
        match self.asking.as_ref().and_then(Job::take) {
            Some(Ok(printers)) => {
                self.asking = None;
                self.chosen = (!printers.is_empty()).then_some(0);
                self.printers = printers;
            }
            Some(Err(problem)) => {
                self.asking = None;
                self.problem = Some(problem);
            }
            None => {}
        }
        match self.sending.as_ref().and_then(Job::take) {
            Some(Ok(_)) => {
                let target = self.printer().map(|printer| printer.name.clone()).unwrap_or_default();
                out.toast(format!("已送到打印机 {target}"));
                out.wish(Wish::Log(Output { target, ..self.line.clone() }));
                return Stay::Closed;
            }
            Some(Err(problem)) => {
                self.sending = None;
                self.problem = Some(problem);
            }
            None => {}
        }
        Stay::Open
    }

    fn printer(&self) -> Option<&Printer> {
        self.printers.get(self.chosen?)
    }

    fn copies(&self) -> Option<u16> {
        self.copies.trim().parse().ok().filter(|copies| (1..=MOST).contains(copies))
    }

    fn body_ui(&mut self, ui: &mut egui::Ui) {
        if let Some(problem) = &self.problem {
            let words = format!("{}：{}。{}", problem.title, problem.happened, problem.next);
            remark(ui, Icon::CircleAlert, Tone::Hard, &words);
        }
        if self.asking.is_some() {
            note(ui, "正在找打印机…");
            return;
        }
        if self.printers.is_empty() {
            if self.problem.is_none() {
                remark(ui, Icon::Info, Tone::Neutral, "这台机器上没有打印机。可以先存为 PDF，再用其他程序打印");
            }
            return;
        }
        let names: Vec<String> = self
            .printers
            .iter()
            .map(|printer| if printer.is_default { format!("{}（默认）", printer.name) } else { printer.name.clone() })
            .collect();
        Select::new("打印机", &names, &mut self.chosen).width(360.0).show(ui);
        let fault = match self.copies() {
            Some(_) => Note::None,
            None => Note::Fault(format!("份数在 1 到 {MOST} 之间")),
        };
        TextField::new("份数", &mut self.copies).width(100.0).note(fault).show(ui);
        note(ui, &format!("{} 页，A4", self.paper.pages()));
    }
}

impl Dialog for SendDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.take(out) == Stay::Closed {
            return Stay::Closed;
        }
        let may = self.printer().is_some() && self.copies().is_some() && self.sending.is_none();
        let answered = widgets::Dialog::new("send", "打印到", "取消")
            .width(440.0)
            .primary(Choice::new("打印").icon(Icon::Printer).enabled(may))
            .show(ctx, |ui| self.body_ui(ui));
        match answered.answer {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Primary) if may => {
                let printer = self.printer().map(|printer| printer.name.clone());
                let (paper, copies) = (Arc::clone(&self.paper), self.copies().unwrap_or(1));
                self.problem = None;
                self.sending = Some(
                    scene.job("送打印机", move |_| send(&paper.pdf()?, printer.as_deref(), copies, paper.title())),
                );
            }
            _ => {}
        }
        Stay::Open
    }
}
