//! 档号规则: how an organisation numbers its archive, for itself and those below it that say nothing else.
//! Must never write: it wishes for one command. Start at [`NumbersDialog`].

use egui::{Context, Ui};

use crate::command::{Command, SetArchiveNumbers};
use crate::domain::checklists::{ArchiveNumbers, Numbering, example};
use crate::domain::ids::OrganisationId;
use crate::engine::questions::NumbersOf;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Field, Segments, TextField, label, note, wrapped_note};
use crate::ui::words::filled;
use crate::view::checklists::Numbers;

/// How the archive is numbered, as it is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    /// None: as those above it.
    numbering: Option<Numbering>,
    fonds: String,
    fonds_name: String,
    section: String,
}

/// The dialog 档号规则.
#[derive(Debug)]
pub struct NumbersDialog {
    organisation: OrganisationId,
    /// Of the example.
    year: i16,
    told: Live<NumbersOf>,
    draft: Option<Draft>,
    before: Option<Draft>,
    saving: Saving,
}

impl Draft {
    fn of(own: Option<&ArchiveNumbers>) -> Self {
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        Self {
            numbering: own.map(|own| own.numbering),
            fonds: text(own.and_then(|own| own.fonds.as_ref())),
            fonds_name: text(own.and_then(|own| own.fonds_name.as_ref())),
            section: text(own.and_then(|own| own.section.as_ref())),
        }
    }

    /// As it would be kept; none where it is as above.
    fn numbers(&self, organisation: OrganisationId) -> Option<ArchiveNumbers> {
        let is_archive = self.numbering == Some(Numbering::Archive);
        let told = |text: &str| filled(text).filter(|_| is_archive);
        self.numbering.map(|numbering| ArchiveNumbers {
            id: 0,
            organisation,
            numbering,
            fonds: told(&self.fonds),
            fonds_name: filled(&self.fonds_name),
            section: told(&self.section),
        })
    }
}

impl NumbersDialog {
    /// Of an organisation; the example is of a year.
    pub fn new(organisation: OrganisationId, year: i16) -> Self {
        let (told, saving) = (Live::default(), Saving::new("archive numbers"));
        Self { organisation, year, told, draft: None, before: None, saving }
    }

    fn command(&self, draft: &Draft) -> Command {
        let numbers = draft.numbers(self.organisation);
        let of = |pick: fn(ArchiveNumbers) -> Option<String>| numbers.clone().and_then(pick);
        Command::SetArchiveNumbers(SetArchiveNumbers {
            organisation_id: self.organisation,
            numbering: draft.numbering,
            fonds: of(|numbers| numbers.fonds),
            fonds_name: of(|numbers| numbers.fonds_name),
            section: of(|numbers| numbers.section),
        })
    }

    fn body_ui(&mut self, ui: &mut Ui, told: &Numbers) {
        self.saving.problem_ui(ui);
        label(ui, &told.name);
        let Some(draft) = &mut self.draft else { return };
        let before = draft.clone();
        Field::new("编号方式").show(ui, |ui, _| {
            let ways = [None, Some(Numbering::Simple), Some(Numbering::Archive)];
            let words = ["同上级", "支部自编", "归档（DA/T 22）"];
            let chosen = ways.iter().position(|way| *way == draft.numbering);
            if let Some(place) = Segments::new("编号方式", &words, chosen).show(ui) {
                draft.numbering = ways[place];
            }
        });
        let inherited = told.inherited.as_ref();
        match draft.numbering {
            None => drop(wrapped_note(ui, &as_above(told))),
            Some(Numbering::Simple) => {
                wrapped_note(ui, "年度-类别号-件号，每类从 001 起；不向档案馆移交的用这种");
            }
            Some(Numbering::Archive) => {
                let words = "全宗号-WS·年度-保管期限-机构（问题）-件号，全宗号、机构（问题）相同的一起编，每年每种保管期限从 0001 起；保管期限是建议，以本单位批准的期限表为准";
                wrapped_note(ui, words);
                let above = |pick: fn(&ArchiveNumbers) -> Option<&String>| {
                    inherited.and_then(|(numbers, _)| pick(numbers)).map(|told| format!("同上级：{told}"))
                };
                let (fonds_above, section_above) =
                    (above(|above| above.fonds.as_ref()), above(|above| above.section.as_ref()));
                let half = (ui.available_width() - space::M) / 2.0;
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = space::M;
                    TextField::new("全宗号", &mut draft.fonds)
                        .hint(fonds_above.as_deref().unwrap_or("档案馆给的，如 Z109"))
                        .width(half)
                        .show(ui);
                    let section = TextField::new("机构（问题）代码", &mut draft.section);
                    section.hint(section_above.as_deref().unwrap_or("如 DQ，没有就空着")).width(half).show(ui);
                });
            }
        }
        if draft.numbering.is_some() {
            TextField::new("全宗名称", &mut draft.fonds_name).hint("印在盒脊上，不填用党组织名称").show(ui);
        }
        let numbers = draft.numbers(self.organisation);
        let shown = ArchiveNumbers::resolved(numbers.iter().chain(inherited.map(|(numbers, _)| numbers)));
        note(ui, &format!("档号的样子：{}", example(self.year, shown.as_ref())));
        if *draft != before {
            self.saving.forget();
        }
    }
}

/// What holds where nothing is told here.
fn as_above(told: &Numbers) -> String {
    match &told.inherited {
        Some((_, name)) => format!("照 {name} 的规则；改了上级的，这里跟着改"),
        None => "上级也没有规定，按支部自编：年度-类别号-件号".to_owned(),
    }
}

impl Dialog for NumbersDialog {
    fn is_dirty(&self) -> bool {
        self.draft != self.before
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        self.told.ask(scene, NumbersOf(self.organisation));
        let told = self.told.current().cloned();
        if let (None, Some(told)) = (&self.draft, &told) {
            self.draft = Some(Draft::of(told.own.as_ref()));
            self.before.clone_from(&self.draft);
        }
        let may = self.is_dirty() && scene.frozen.is_none() && !self.saving.is_under_way();
        let answered = widgets::Dialog::new("archive numbers", "档号规则", "取消")
            .width(560.0)
            .note("下级没有另定的，跟着这里；件号按材料的次序自动排")
            .focus_body()
            .primary(Choice::new("保存").enabled(may))
            .show(ctx, |ui| match &told {
                Some(told) => self.body_ui(ui, told),
                None => drop(note(ui, "正在读取…")),
            });
        match (answered.answer, self.draft.clone()) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(draft)) if may => self.saving.run(out, self.command(&draft)),
            _ => {}
        }
        Stay::Open
    }
}
