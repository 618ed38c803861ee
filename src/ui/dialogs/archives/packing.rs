//! 检查包: what will be in it and what not is said before; then a folder or a ZIP is made, which takes its time.
//! Must never make it while drawing: that is a job. Start at [`PackDialog`].

use std::path::{Path, PathBuf};

use egui::{Context, Ui};

use crate::engine::Job;
use crate::engine::folders::{FileAsk, FilePurpose};
use crate::engine::packs::make_pack;
use crate::exchange::attachments::{Absent, absent};
use crate::exchange::packs::Packed;
use crate::exchange::packs::names::safe;
use crate::print::printer::open_with_system;
use crate::problem::Problem;
use crate::store::outputs::Output;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::shell::running::in_words;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, Answer, Choice, Field, Icon, Segments, Tone, grouped, label, note, progress_line, remark, section,
    wrapped_note,
};
use crate::ui::words::size_in_words;
use crate::view::packs::{PackAsk, PackOutline, outline};

/// Files that could not be had and are named here; the index names all.
const LACKING_NAMED: usize = 8;

/// The dialog 检查包.
pub struct PackDialog {
    ask: PackAsk,
    /// The code and the title of the template that is looked at.
    template: (String, String),
    is_zip: bool,
    looking: Option<Job<(PackOutline, Absent)>>,
    outline: Option<(PackAsk, (PackOutline, Absent))>,
    asked: Option<PackAsk>,
    slot: Slot,
    making: Option<Job<(Packed, Output)>>,
    /// Where it is made, and what was made there.
    place: PathBuf,
    made: Option<Packed>,
    opening: Option<Job<()>>,
    problem: Option<Problem>,
}

impl PackDialog {
    /// Of all checklists that are asked for; `template` is the code and the title of the one that is looked at.
    pub fn new(ask: PackAsk, template: (String, String)) -> Self {
        Self {
            ask,
            template,
            is_zip: false,
            looking: None,
            outline: None,
            asked: None,
            slot: Slot::new("pack"),
            making: None,
            place: PathBuf::new(),
            made: None,
            opening: None,
            problem: None,
        }
    }

    /// Looks at what will be in it, anew where something else is asked for.
    fn look(&mut self, scene: &Scene<'_>) {
        if self.asked.as_ref() != Some(&self.ask) {
            if let Some(older) = self.looking.take() {
                older.cancel();
            }
            let ask = self.ask.clone();
            self.looking = Some(scene.desk_job("看检查包里有什么", move |desk, _| {
                let (path, key) = (desk.connection().path(), desk.connection().key());
                Ok((outline(desk, &ask)?, absent(desk.reader(), path, key)?))
            }));
            self.asked = Some(self.ask.clone());
            self.problem = None;
        }
        match self.looking.as_ref().and_then(Job::take) {
            Some(Ok(found)) => {
                self.looking = None;
                self.outline = Some((self.ask.clone(), found));
            }
            Some(Err(problem)) => {
                self.looking = None;
                self.problem = Some(problem);
            }
            None => {}
        }
    }

    /// What will be in it as it is asked for now, and which files cannot be opened.
    fn known(&self) -> Option<&(PackOutline, Absent)> {
        self.outline.as_ref().filter(|(ask, _)| *ask == self.ask).map(|(_, known)| known)
    }

    fn choose_place(&self, out: &mut Outbox) {
        let Some((outline, _)) = self.known() else { return };
        let name = safe(&outline.title);
        let ask = if self.is_zip {
            FileAsk::save("检查包存到", "压缩包", "zip", &format!("{name}.zip"))
        } else {
            // A folder of this name is made there.
            FileAsk { purpose: FilePurpose::Save(name), ..FileAsk::open("检查包存到", "", &[]) }
        };
        out.choose_file(self.slot.clone(), ask);
    }

    /// The person has chosen the place, and has seen whether something is there that is replaced.
    fn make(&mut self, scene: &Scene<'_>, place: PathBuf) {
        let (ask, to, clock) = (self.ask.clone(), place.clone(), scene.engine().clock());
        self.place = place;
        self.problem = None;
        self.making = Some(scene.desk_job("做检查包", move |desk, progress| {
            let packed = make_pack(desk, &ask, &to, true, clock, progress)?;
            let output = packed.output(desk, &ask, &to)?;
            Ok((packed, output))
        }));
    }

    fn take(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        if let Some(place) = scene.chosen(&self.slot) {
            self.make(scene, place);
        }
        match self.making.as_ref().and_then(Job::take) {
            Some(Ok((packed, output))) => {
                self.making = None;
                out.wish(Wish::Log(output));
                self.made = Some(packed);
            }
            Some(Err(problem)) => {
                self.making = None;
                self.problem = Some(problem);
            }
            None => {}
        }
        if let Some(opened) = self.opening.as_ref().and_then(Job::take) {
            self.opening = None;
            self.problem = opened.err();
        }
    }

    /// Opens the folder in which it lies; a pack that is a folder itself.
    fn open(&mut self, scene: &Scene<'_>) {
        let folder = if self.is_zip { self.place.parent().unwrap_or(Path::new(".")) } else { &self.place };
        let folder = folder.to_owned();
        self.opening = Some(scene.job("打开文件夹", move |_| open_with_system(&folder)));
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        if let Some(problem) = &self.problem {
            let next = if problem.next.is_empty() { String::new() } else { format!("。{}", problem.next) };
            remark(ui, Icon::CircleAlert, Tone::Hard, &format!("{}：{}{next}", problem.title, problem.happened));
        }
        if let Some(packed) = &self.made {
            return made_ui(ui, packed, &self.place);
        }
        let title = self.known().map_or_else(|| "…".to_owned(), |(outline, _)| outline.title.clone());
        label(ui, &title);
        // While it is made nothing else can be chosen, and how far it is stands where it is seen on a small window too.
        match &self.making {
            Some(job) => {
                let (words, share) = in_words("做检查包", &job.progress);
                if progress_line(ui, &words, share, Some("做检查包")) {
                    job.cancel();
                }
            }
            None => self.choices_ui(ui),
        }
        match self.known() {
            Some((outline, absent)) => outline_ui(ui, outline, absent),
            None if self.looking.is_some() => drop(note(ui, "正在看里面有什么…")),
            None => {}
        }
    }

    fn choices_ui(&mut self, ui: &mut Ui) {
        let only = format!("只要{}", self.template.1);
        Field::new("清单").show(ui, |ui, _| {
            let chosen = usize::from(self.ask.template.is_some());
            if let Some(place) = Segments::new("清单", &["全部", &only], Some(chosen)).show(ui) {
                self.ask.template = (place == 1).then(|| self.template.0.clone());
            }
        });
        Field::new("做成").show(ui, |ui, _| {
            let words = ["文件夹", "ZIP 压缩包"];
            if let Some(place) = Segments::new("做成", &words, Some(usize::from(self.is_zip))).show(ui) {
                self.is_zip = place == 1;
            }
        });
    }
}

/// What will be in it, and what is masked and left out.
fn outline_ui(ui: &mut Ui, outline: &PackOutline, absent: &Absent) {
    let count = |count: usize| grouped(count as u64);
    ui.spacing_mut().item_spacing.y = space::XS;
    section(ui, "里面有", "");
    ui.add_space(space::XS);
    let mut lines = vec!["封面、缺项单、不用本程序就能看的目录、核对用的 SHA256SUMS".to_owned()];
    if outline.lists > 0 {
        lines.push(format!("{} 份清单，各有档案清单和归档文件目录", count(outline.lists)));
    }
    lines.push(format!("材料 {} 个文件，{}", count(outline.hashes.len()), size_in_words(outline.bytes)));
    if outline.papers > 0 {
        lines.push(format!("纸质材料 {} 件，列出存放位置", count(outline.papers)));
    }
    if outline.records > 0 {
        lines.push(format!("程序里的名册、台账、名单 {} 份，存成 PDF", count(outline.records)));
    }
    for line in &lines {
        wrapped_note(ui, line);
    }
    let lacking = outline.hashes.iter().filter(|hash| absent.hashes.contains(*hash)).count();
    if let Some(told) = absent.told.as_ref().filter(|_| lacking > 0) {
        let words = format!("材料里有 {} 个文件打不开，不会在包里：{}", count(lacking), told.happened);
        remark(ui, Icon::TriangleAlert, Tone::Amber, &words);
    }
    ui.add_space(space::S);
    section(ui, "遮去的、没有放入的", "");
    ui.add_space(space::XS);
    for told in &outline.told {
        wrapped_note(ui, &format!("{}：{}", told.what, told.how));
    }
}

/// What was made, and what is lacking in it.
fn made_ui(ui: &mut Ui, packed: &Packed, place: &Path) {
    label(ui, &format!("已做好{}，共 {} 个文件", packed.summary.title, grouped(packed.files as u64)));
    wrapped_note(ui, &format!("在 {}", place.display()));
    let lacking = &packed.summary.lacking;
    if lacking.is_empty() {
        return;
    }
    ui.add_space(space::S);
    remark(ui, Icon::TriangleAlert, Tone::Amber, &format!("应当放入而没有的文件 {} 件", lacking.len()));
    for one in lacking.iter().take(LACKING_NAMED) {
        wrapped_note(ui, &format!("{}：{}，{}", one.place, one.name, one.why));
    }
    if lacking.len() > LACKING_NAMED {
        wrapped_note(ui, "其余的见包里的 index.html");
    }
}

impl Dialog for PackDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.look(scene);
        self.take(scene, out);
        let is_made = self.made.is_some();
        let may = self.known().is_some() && self.making.is_none();
        let quiet = if is_made { "关闭" } else { "取消" };
        let primary = match is_made {
            true => Choice::new("打开文件夹").icon(Icon::FolderOpen).enabled(self.opening.is_none()),
            false => Choice::new("存到…").icon(Icon::FolderDown).enabled(may),
        };
        let answered = widgets::Dialog::new("pack", "检查包", quiet)
            .width(620.0)
            .note("会记入导出和打印记录")
            .focus_body()
            .primary(primary)
            .show(ctx, |ui| self.body_ui(ui));
        match answered.answer {
            Some(Answer::Quiet) => {
                let making = self.making.as_ref().map(|job| &job.progress);
                let looking = self.looking.as_ref().map(|job| &job.progress);
                making.into_iter().chain(looking).for_each(|progress| progress.cancel());
                return Stay::Closed;
            }
            Some(Answer::Primary) if is_made => self.open(scene),
            Some(Answer::Primary) => self.choose_place(out),
            _ => {}
        }
        Stay::Open
    }
}
