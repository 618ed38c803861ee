//! 撤到此前: everything from the newest step down to the chosen one is taken back, all of it or nothing.
//! Must never write: it wishes for one write. Start at [`BackTo`].

use egui::{Context, Ui};

use super::items;
use crate::clock::Day;
use crate::command::undo::WayBack;
use crate::domain::ids::EntryId;
use crate::engine::questions::StepsBack;
use crate::engine::{Revert, WriteRequest};
use crate::store::journal::Entry;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, EntryItem, EntryList, Icon, grouped, label, note, sheet, weak};
use crate::view::journal::DiaryLine;

/// The most of the dialog that the steps take.
const LIST_HEIGHT: f32 = 264.0;

/// The dialog 撤到此前.
pub struct BackTo {
    target: Entry,
    way: Live<StepsBack>,
}

impl BackTo {
    /// Back to before this entry.
    pub fn new(target: Entry) -> Self {
        Self { target, way: Live::default() }
    }

    fn body_ui(&self, ui: &mut Ui, today: Day) {
        let Some(way) = self.way.current() else {
            note(ui, "正在看要撤销哪些步骤");
            return;
        };
        let target = format!("第 {} 步“{}”", self.target.id, self.target.title);
        if way.steps.is_empty() {
            label(ui, &format!("从{target}起的改动都已经撤销，没有要撤的"));
        } else {
            let count = grouped(way.steps.len() as u64);
            label(ui, &format!("工作簿回到{target}之前的样子，由近到远撤销这 {count} 步："));
            steps_ui(ui, way, today);
        }
        if way.staying > 0 {
            note(ui, &format!("另有 {} 步导出、打印记录留着：离开本程序的东西收不回来", way.staying));
        }
        if !way.steps.is_empty() {
            weak(ui, "要么全部撤销，要么一步不动。每一步各记一行，可以再重做");
        }
    }

    fn wanted(&self) -> Vec<EntryId> {
        self.way.current().map_or_else(Vec::new, |way| way.steps.iter().map(|step| step.id).collect())
    }
}

/// The steps in the order in which they are taken back.
fn steps_ui(ui: &mut Ui, way: &WayBack, today: Day) {
    let line = |entry: &Entry| DiaryLine { entry: entry.clone(), stands: true, can_undo: true };
    let lines: Vec<DiaryLine> = way.steps.iter().map(line).collect();
    let items = items::items(&lines, "", today);
    let height = items.iter().map(EntryItem::height).sum::<f32>().min(LIST_HEIGHT);
    sheet(ui, 0, |ui| {
        ui.set_width(ui.available_width());
        ui.set_height(height);
        EntryList::new("要撤销的步骤", None).show(ui, &items);
    });
}

impl Dialog for BackTo {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.way.ask(scene, StepsBack(self.target.id));
        let wanted = self.wanted();
        let verb = if wanted.is_empty() { "撤销".to_owned() } else { format!("撤销 {} 步", wanted.len()) };
        let answered = widgets::Dialog::new("back to", "撤到此前", "取消")
            .width(640.0)
            .primary(Choice::new(&verb).icon(Icon::Undo2).enabled(!wanted.is_empty()))
            .show(ctx, |ui| self.body_ui(ui, scene.today));
        match answered.answer {
            Some(Answer::Primary) => {
                let request = WriteRequest::Revert(Revert::Steps(wanted));
                out.wish(Wish::Write(Slot::new("history: back to"), request));
                Stay::Closed
            }
            Some(_) => Stay::Closed,
            None => Stay::Open,
        }
    }
}
