//! The five steps: how they follow each other, the head and the foot that all of them have.
//! Must never know what a step shows. Start at [`Step`].

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use super::{ImportScreen, Press};
use crate::domain::imports::RosterKind;
use crate::ui::scene::Scene;
use crate::ui::screens::frame::head_height;
use crate::ui::theme::space;
use crate::ui::widgets::{Button, Icon, Select, grouped, keyboard, note, steps, steps_width, title};

/// A step of the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Step {
    /// 选文件
    #[default]
    Choose,
    /// 识别: the sheet's own picture.
    Recognise,
    /// 栏目: what each column means.
    Columns,
    /// 人员: the rows in their classes.
    People,
    /// 写入
    Write,
}

impl Step {
    pub const ALL: [Self; 5] = [Self::Choose, Self::Recognise, Self::Columns, Self::People, Self::Write];

    /// In the words of the kind of list.
    pub fn word(self, kind: RosterKind) -> &'static str {
        match self {
            Self::Choose => "选文件",
            Self::Recognise => "识别",
            Self::Columns => "栏目",
            Self::People => match kind {
                RosterKind::Members | RosterKind::None => "人员",
                RosterKind::Organisations => "党组织",
                RosterKind::Talks => "谈话",
            },
            Self::Write => "写入",
        }
    }

    fn moved(self, by: isize) -> Self {
        let at = (self as usize).saturating_add_signed(by).clamp(1, Self::ALL.len() - 1);
        Self::ALL.get(at).copied().unwrap_or_default()
    }
}

impl ImportScreen {
    /// Title, steps, and at the right which sheet is shown and the way to other files.
    pub(super) fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Press> {
        let mut press = None;
        let size = vec2(ui.available_width(), head_height(scene));
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(size);
            title(ui, "导入");
            ui.add_space(space::L);
            let kind = self.preview.as_ref().map_or(RosterKind::Members, |preview| preview.plan.kind);
            let words = Step::ALL.map(|step| step.word(kind));
            let reached = if self.preview.is_some() && self.written.is_none() { Step::ALL.len() - 1 } else { 0 };
            let step = if self.written.is_some() { Step::Write } else { self.step };
            let room = ui.available_width() - files_width(ui, !self.pictured.is_empty() && self.written.is_none());
            let chosen = steps(ui, &words, step as usize, reached, steps_width(ui, &words) > room);
            press = chosen.and_then(|at| Step::ALL.get(at)).map(|step| Press::Step(*step));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| press = self.files_ui(ui).or(press.take()));
        });
        press
    }

    fn files_ui(&mut self, ui: &mut Ui) -> Option<Press> {
        if self.pictured.is_empty() || self.written.is_some() {
            return None;
        }
        ui.spacing_mut().item_spacing.x = space::S;
        let mut press = None;
        if ui.add(Button::plain("换文件…").icon(Icon::FolderOpen)).clicked() {
            press = Some(Press::Choose);
        }
        if self.preview.is_some() && ui.add(Button::plain("再加文件…").icon(Icon::Plus)).clicked() {
            press = Some(Press::Add);
        }
        let is_one_file = self.opened.len() == 1 && self.pictured.len() > 1;
        let name = |one: &super::Pictured| match is_one_file {
            true => one.picture.sheet_name().to_owned(),
            false => one.name(),
        };
        let names: Vec<String> = self.pictured.iter().map(name).collect();
        let room = ui.available_width().min(240.0);
        match &names[..] {
            [only] if room > 80.0 => drop(ui.add(egui::Label::new(only).selectable(false).truncate())),
            [_, _, ..] if room > 80.0 => {
                let mut chosen = Some(self.view.sheet);
                Select::new("工作表", &names, &mut chosen).label_hidden().width(room).show(ui);
                if let Some(chosen) = chosen.filter(|chosen| *chosen != self.view.sheet) {
                    press = Some(Press::Sheet(chosen));
                }
            }
            _ => {}
        }
        press
    }

    /// What will happen, and the ways on and back. Ctrl+Enter goes on.
    pub(super) fn foot_ui(&self, ui: &mut Ui, rect: Rect, scene: &Scene<'_>) -> Option<Press> {
        let preview = self.preview.as_ref()?;
        let hindrance = self.hindrance(scene);
        let is_last = self.step == Step::Write;
        let mut press = None;
        let layout = Layout::right_to_left(Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout).id_salt("import foot"), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let write = format!("写入 {} {}", grouped(preview.written() as u64), preview.plan.kind.unit());
            let (word, may) = match is_last {
                true => (write.as_str(), hindrance.is_empty() && preview.plan.writes_something()),
                false => ("下一步", self.working.is_none() && !self.is_writing),
            };
            let is_pressed = ui.add(Button::primary(word).enabled(may)).clicked();
            if is_pressed || (may && self.view.goes_on) {
                press = Some(if is_last { Press::Write } else { Press::Step(self.step.moved(1)) });
            }
            if self.step > Step::Recognise && ui.add(Button::plain("上一步")).clicked() {
                press = Some(Press::Step(self.step.moved(-1)));
            }
            if ui.add(Button::quiet("取消")).clicked() {
                press = Some(Press::Leave);
            }
            let words = self.foot_words(hindrance);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| note(ui, &words));
        });
        press
    }

    /// Whether the page has its foot now.
    pub(super) fn has_foot(&self) -> bool {
        self.preview.is_some() && self.written.is_none() && self.problem.is_none() && self.step > Step::Choose
    }

    /// What stands at the left of the foot.
    fn foot_words(&self, hindrance: &str) -> String {
        let Some(preview) = &self.preview else { return String::new() };
        if !hindrance.is_empty() {
            return hindrance.to_owned();
        }
        if !preview.plan.writes_something() && preview.left_out() > 0 {
            return "现在没有可以写入的：待定的先回答，有误的先改好".to_owned();
        }
        if !preview.plan.writes_something() {
            return "没有要写入的：表里的内容工作簿里都有".to_owned();
        }
        if self.step < Step::People {
            return "尚未写入任何数据。写入后可一次撤销".to_owned();
        }
        let is_all = preview.questions.is_empty() && preview.left_out() == 0;
        let left_out = if is_all { "" } else { "没有回答的和有误的不写入；" };
        format!("{left_out}写入前会自动备份；整个导入可一步撤销")
    }
}

/// How wide the ways to other files are.
fn files_width(ui: &Ui, is_shown: bool) -> f32 {
    let wide = |word| Button::plain(word).icon(Icon::Plus).width(ui) + space::S;
    if is_shown { wide("换文件…") + wide("再加文件…") } else { 0.0 }
}

/// Takes Ctrl+Enter out of the input.
pub(super) fn goes_on_by_key(ui: &Ui) -> bool {
    let is_free = ui.ctx().memory(|memory| memory.top_modal_layer()).is_none();
    is_free && keyboard::pressed_exactly(ui.ctx(), egui::Modifiers::COMMAND, egui::Key::Enter)
}
