//! 按上级表样: people are written in the columns of a form that an upper office sent, or copied in its order.
//! Must never read or write a file while drawing: those are jobs. Start at [`UpperFormDialog`].

mod columns;

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, ScrollArea, Ui};

use super::{Dialog, Stay};
use crate::command::{Command, SetSettings};
use crate::domain::ids::PersonId;
use crate::domain::upper_form::UpperForm;
use crate::engine::Job;
use crate::engine::folders::FileAsk;
use crate::engine::questions::{ExtraFields, UpperForms};
use crate::exchange::export::{
    FormExport, FormWritten, ReceivedForm, copied_rows, form_output, read_form, same_heads, write_form,
};
use crate::problem::Problem;
use crate::store::members::extra_fields;
use crate::store::outputs::Output;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, Answer, Button, Choice, Field, Icon, Segments, Tone, grouped, note, remark, row_link, section, strong, weak,
};
use crate::view::members::ListAsk;

/// The endings of files that can be a form.
const ENDINGS: [&str; 4] = ["xlsx", "xls", "csv", "txt"];
/// The name of the write by which a form is remembered.
const SLOT: &str = "upper_form";

/// What was written or copied, to be told and logged.
struct Done {
    written: FormWritten,
    output: Output,
    /// The rows, where they go to the clipboard; else the file they went into.
    to: Result<String, PathBuf>,
}

/// The dialog 按上级表样.
pub struct UpperFormDialog {
    ask: ListAsk,
    /// Those selected in the list; empty for all of it.
    people: Vec<PersonId>,
    known: Live<UpperForms>,
    extra: Live<ExtraFields>,
    opening: Slot,
    saving: Slot,
    reading: Option<Job<ReceivedForm>>,
    received: Option<Arc<ReceivedForm>>,
    form: Option<UpperForm>,
    /// Its columns are those of an earlier time.
    is_known: bool,
    unmasked: bool,
    working: Option<Job<Done>>,
    written: Option<FormWritten>,
    problem: Option<Problem>,
}

impl UpperFormDialog {
    /// The people of a list, or those of it who are selected.
    pub fn new(ask: ListAsk, people: Vec<PersonId>) -> Self {
        Self {
            ask,
            people,
            known: Live::default(),
            extra: Live::default(),
            opening: Slot::new("upper form to read"),
            saving: Slot::new("upper form to write"),
            reading: None,
            received: None,
            form: None,
            is_known: false,
            unmasked: false,
            working: None,
            written: None,
            problem: None,
        }
    }

    fn known(&self) -> &[UpperForm] {
        self.known.shown().map_or(&[], Vec::as_slice)
    }

    fn take(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        self.known.ask(scene, UpperForms);
        self.extra.ask(scene, ExtraFields);
        if let Some(path) = scene.chosen(&self.opening) {
            self.problem = None;
            self.reading = Some(scene.desk_job("读取表样", move |desk, progress| {
                read_form(&path, &extra_fields(desk.reader())?, progress)
            }));
        }
        if let Some(path) = scene.chosen(&self.saving) {
            self.write(scene, path);
        }
        match self.reading.as_ref().and_then(Job::take) {
            Some(Ok(received)) => {
                self.reading = None;
                self.begin(received);
            }
            Some(Err(problem)) => {
                self.reading = None;
                self.problem = Some(problem);
            }
            None => {}
        }
        match self.working.as_ref().and_then(Job::take) {
            Some(Ok(done)) => {
                self.working = None;
                self.end(done, scene, out);
            }
            Some(Err(problem)) => {
                self.working = None;
                self.problem = Some(problem);
            }
            None => {}
        }
    }

    /// A file was read: what was told of the same heads before holds again.
    fn begin(&mut self, received: ReceivedForm) {
        let mut form = received.form.clone();
        let known = same_heads(self.known(), &form).cloned();
        self.is_known = known.is_some();
        match &known {
            Some(known) => form.correct_by(known),
            None => form.name = self.free_name(&form.name),
        }
        self.form = Some(form);
        self.received = Some(Arc::new(received));
        self.written = None;
    }

    /// Another form of this name has other heads: this one gets a number.
    fn free_name(&self, name: &str) -> String {
        let is_taken = |name: &str| self.known().iter().any(|form| form.name == name);
        let numbered = (2..).map(|number| format!("{name}（{number}）"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| !is_taken(name)).unwrap_or_default()
    }

    fn export(&self) -> Option<FormExport> {
        let form = self.form.clone()?;
        Some(FormExport { form, ask: self.ask.clone(), people: self.people.clone(), unmasked: self.unmasked })
    }

    fn write(&mut self, scene: &Scene<'_>, path: PathBuf) {
        let (Some(export), Some(received)) = (self.export(), self.received.clone()) else { return };
        let has_ending = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        let path = if has_ending { path } else { PathBuf::from(format!("{}.xlsx", path.display())) };
        self.problem = None;
        self.working = Some(scene.desk_job("按表样写", move |desk, progress| {
            let written = write_form(desk, &received, &export, &path, true, progress)?;
            let output = form_output(desk, &export, written.rows, Some(&path))?;
            Ok(Done { written, output, to: Err(path) })
        }));
    }

    fn copy(&mut self, scene: &Scene<'_>) {
        let Some(export) = self.export() else { return };
        self.problem = None;
        self.working = Some(scene.desk_job("按表样复制", move |desk, progress| {
            let (text, rows) = copied_rows(desk, &export, progress)?;
            let left_empty = export.form.left_empty().into_iter().map(str::to_owned).collect();
            let output = form_output(desk, &export, rows, None)?;
            Ok(Done { written: FormWritten { rows, left_empty, not_kept: Vec::new() }, output, to: Ok(text) })
        }));
    }

    /// Tells and logs what was done, and remembers the form as it was used.
    fn end(&mut self, done: Done, scene: &Scene<'_>, out: &mut Outbox) {
        let rows = grouped(done.written.rows as u64);
        match done.to {
            Ok(text) => {
                out.wish(Wish::Copy(text));
                out.toast(format!("已复制 {rows} 行，到表样的第一个空行粘贴"));
            }
            Err(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                out.toast(format!("已写出 {rows} 人：{name}"));
            }
        }
        out.wish(Wish::Log(done.output));
        self.written = Some(done.written);
        let Some(form) = &self.form else { return };
        if scene.frozen.is_none() && !self.known().contains(form) {
            match SetSettings::remember_form(form) {
                Ok(command) => out.run(Slot::new(SLOT), Command::SetSettings(command)),
                Err(problem) => self.problem = Some(problem),
            }
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        if let Some(problem) = &self.problem {
            let next = if problem.next.is_empty() { String::new() } else { format!("。{}", problem.next) };
            remark(ui, Icon::CircleAlert, Tone::Hard, &format!("{}：{}{next}", problem.title, problem.happened));
        }
        if self.form.is_some() { self.form_ui(ui) } else { self.choosing_ui(ui, scene, out) }
    }

    /// Nothing is chosen yet: a file, or a form that is remembered; one that is no longer used is forgotten.
    fn choosing_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        note(ui, "上级发来的空表或填好的样表都可以；表里的栏目要有“姓名”");
        if self.known().is_empty() {
            return;
        }
        ui.add_space(space::S);
        section(ui, "用过的表样", "");
        note(ui, "不用再选文件，按它的栏目顺序复制");
        let mut chosen = None;
        for form in self.known() {
            let words = format!("{}（{} 栏）", form.name, form.columns.len());
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                if ui.add(Button::plain(&words).name(&form.name)).clicked() {
                    chosen = Some(form.clone());
                }
                let forget = format!("忘记：{}", form.name);
                if scene.frozen.is_none() && row_link(ui, "忘记", &forget, false).clicked() {
                    let command = SetSettings::forget_form(&form.name);
                    out.run(Slot::new(SLOT), Command::SetSettings(command));
                }
            });
        }
        if chosen.is_some() {
            self.form = chosen;
            self.is_known = true;
        }
    }

    fn choose(&self, out: &mut Outbox) {
        out.choose_file(self.opening.clone(), FileAsk::open("选表样", "电子表格", &ENDINGS));
    }

    fn form_ui(&mut self, ui: &mut Ui) {
        let people = if self.people.is_empty() {
            "列表里的全部人员".to_owned()
        } else {
            format!("选中的 {} 人", grouped(self.people.len() as u64))
        };
        let Some(form) = &mut self.form else { return };
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            strong(ui, &form.name);
            let known = if self.is_known { "，栏目按上次的填" } else { "" };
            weak(ui, &format!("{people}，{} 栏{known}", form.columns.len()));
        });
        let extra = self.extra.shown().map_or(&[][..], Vec::as_slice);
        ScrollArea::vertical().id_salt("form columns").max_height(240.0).auto_shrink([false, true]).show(ui, |ui| {
            columns::show(ui, form, extra);
        });
        let left_empty = form.left_empty().join("、");
        if !left_empty.is_empty() {
            remark(ui, Icon::Info, Tone::Neutral, &format!("留空：{left_empty}"));
        }
        Field::new("身份号码和电话").show(ui, |ui, _| {
            let words = ["号码遮盖", "完整号码"];
            if let Some(index) = Segments::new("身份号码和电话", &words, Some(usize::from(self.unmasked))).show(ui)
            {
                self.unmasked = index == 1;
            }
            if self.unmasked {
                ui.add_space(space::XS);
                remark(ui, Icon::TriangleAlert, Tone::Amber, "完整号码离开本机后由您保管；导出和打印记录里会写明");
            }
        });
        if self.received.is_none() {
            note(ui, "粘贴前，把表样的身份号码一栏设成“文本”格式，长号码才不会变样");
        }
        if let Some(not_kept) = self.written.as_ref().map(|written| written.not_kept.join("、"))
            && !not_kept.is_empty()
        {
            remark(ui, Icon::Info, Tone::Amber, &format!("原表的这些没有照搬：{not_kept}"));
        }
    }
}

impl Dialog for UpperFormDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.take(scene, out);
        let is_idle = self.reading.is_none() && self.working.is_none();
        let has_form = self.form.is_some();
        let may_write = is_idle && self.received.is_some();
        let note = if is_idle { "会记入导出和打印记录" } else { "请稍候…" };
        let quiet = if self.written.is_some() { "关闭" } else { "取消" };
        let mut dialog = widgets::Dialog::new("upper form", "按上级表样", quiet).width(620.0);
        if has_form {
            dialog = dialog
                .plain(Choice::new("复制").icon(Icon::Copy).enabled(is_idle))
                .link(Choice::new("换一张表").enabled(is_idle))
                .primary(Choice::new("写成文件…").icon(Icon::FileDown).enabled(may_write));
        } else {
            let choose = Choice::new("选表样…").icon(Icon::FolderOpen).enabled(is_idle);
            dialog = dialog.note(note).primary(choose);
        }
        let answered = dialog.show(ctx, |ui| self.body_ui(ui, scene, out));
        match answered.answer {
            Some(Answer::Quiet) => {
                if let Some(job) = &self.working {
                    job.cancel();
                }
                return Stay::Closed;
            }
            Some(Answer::Primary) if !has_form && is_idle => self.choose(out),
            Some(Answer::Primary) if may_write => {
                let name = self.form.as_ref().map_or("", |form| form.name.as_str());
                let name = format!("{name}-{}.xlsx", scene.as_of);
                out.choose_file(self.saving.clone(), FileAsk::save("写到", "Excel", "xlsx", &name));
            }
            Some(Answer::Plain) if has_form && is_idle => self.copy(scene),
            Some(Answer::Link) if is_idle => {
                self.form = None;
                self.received = None;
                self.written = None;
                self.problem = None;
            }
            _ => {}
        }
        Stay::Open
    }
}
