//! 材料: what a piece of evidence is called and what stands of it in the catalogue; or paper that is written down.
//! Must never write: it wishes for one command. Start at [`EvidenceDialog`].

use std::collections::BTreeMap;

use egui::{Context, Ui};
use serde_json::json;

use crate::clock::Day;
use crate::command::{AddEvidence, Command, EditEvidence, EvidenceDraft};
use crate::domain::checklists::{Belongs, Evidence, EvidenceKind, Retention, Secrecy};
use crate::domain::ids::EvidenceId;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Note, Select, TextField, label};
use crate::ui::words::filled;

/// What is written about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// New paper of an item or a talk.
    Paper(Belongs),
    /// One that is there.
    Known(EvidenceId),
}

/// The texts, as they are being written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Texts {
    title: String,
    cabinet: String,
    pages: String,
    document: String,
    author: String,
    remark: String,
    /// Place among [`Secrecy::ALL`] and [`Retention::ALL`], after one for none.
    secrecy: usize,
    retention: usize,
}

/// The dialog 材料.
#[derive(Debug)]
pub struct EvidenceDialog {
    piece: Piece,
    /// Of paper, where it lies can be told.
    is_paper: bool,
    /// The item or the talk, of new paper.
    whose: String,
    texts: Texts,
    before: Texts,
    day: DayField,
    /// 保管期限 that the item suggests.
    suggested: Option<Retention>,
    saving: Saving,
}

impl EvidenceDialog {
    /// Paper of an item or a talk.
    pub fn paper(to: Belongs, whose: &str, today: Day) -> Self {
        Self {
            piece: Piece::Paper(to),
            is_paper: true,
            whose: whose.to_owned(),
            texts: Texts::default(),
            before: Texts::default(),
            day: DayField::open(today, None),
            suggested: None,
            saving: Saving::new("evidence"),
        }
    }

    /// A piece that is there.
    pub fn of(piece: &Evidence, today: Day) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (is_paper, cabinet) = match &piece.kind {
            EvidenceKind::Paper { cabinet } => (true, text(cabinet)),
            EvidenceKind::File { .. } => (false, String::new()),
        };
        let texts = Texts {
            title: piece.title.clone(),
            cabinet,
            pages: piece.pages.map(|pages| pages.to_string()).unwrap_or_default(),
            document: text(&piece.document),
            author: text(&piece.author),
            remark: text(&piece.remark),
            secrecy: place_of(&Secrecy::ALL, piece.secrecy),
            retention: place_of(&Retention::ALL, piece.retention),
        };
        Self {
            piece: Piece::Known(piece.id),
            is_paper,
            whose: String::new(),
            before: texts.clone(),
            texts,
            day: DayField::open(today, piece.day),
            suggested: None,
            saving: Saving::new("evidence"),
        }
    }

    /// With the 保管期限 that its item suggests.
    #[must_use]
    pub fn suggesting(mut self, retention: Option<Retention>) -> Self {
        self.suggested = retention;
        self
    }

    /// The number of pages; an error where what is written is none.
    fn pages(&self) -> Result<Option<u32>, ()> {
        match self.texts.pages.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| ()),
        }
    }

    /// What is to be written; `None` while something is missing or cannot be read.
    fn draft(&self) -> Option<EvidenceDraft> {
        let texts = &self.texts;
        self.day.is_readable().then_some(())?;
        Some(EvidenceDraft {
            title: Some(filled(&texts.title)?),
            cabinet: filled(&texts.cabinet).filter(|_| self.is_paper),
            pages: self.pages().ok()?,
            document: filled(&texts.document),
            author: filled(&texts.author),
            day: self.day.date(),
            secrecy: chosen_of(&Secrecy::ALL, texts.secrecy).map(|secrecy| secrecy.label().to_owned()),
            retention: chosen_of(&Retention::ALL, texts.retention),
            remark: filled(&texts.remark),
            ..EvidenceDraft::default()
        })
    }

    fn command(&self, draft: EvidenceDraft) -> Command {
        match self.piece {
            Piece::Paper(to) => {
                let (item_id, talk_id) = match to {
                    Belongs::Item(item) => (Some(item), None),
                    Belongs::Talk(talk) => (None, Some(talk)),
                };
                Command::AddEvidence(AddEvidence { item_id, talk_id, evidence: vec![draft] })
            }
            Piece::Known(id) => {
                let mut set = BTreeMap::from([
                    ("title".to_owned(), json!(draft.title)),
                    ("pages".to_owned(), json!(draft.pages)),
                    ("document".to_owned(), json!(draft.document)),
                    ("author".to_owned(), json!(draft.author)),
                    ("day".to_owned(), json!(draft.day)),
                    ("secrecy".to_owned(), json!(draft.secrecy)),
                    ("retention".to_owned(), json!(draft.retention)),
                    ("remark".to_owned(), json!(draft.remark)),
                ]);
                if self.is_paper {
                    set.insert("cabinet".to_owned(), json!(draft.cabinet));
                }
                Command::EditEvidence(EditEvidence { id, set })
            }
        }
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        if !self.whose.is_empty() {
            label(ui, &self.whose);
        }
        let whole = ui.available_width();
        let half = (whole - space::M) / 2.0;
        let pages_fault = match self.pages() {
            Ok(_) => Note::None,
            Err(()) => Note::Fault("写页数，如 12".to_owned()),
        };
        let same = match self.suggested {
            Some(retention) => format!("建议 {}", retention.label()),
            None => "同所在项".to_owned(),
        };
        let texts = &mut self.texts;
        let mut changed = TextField::new("题名", &mut texts.title).required().width(whole).show(ui).changed();
        if self.is_paper {
            two(ui, |ui| {
                let field = TextField::new("存放位置", &mut texts.cabinet).hint("2 柜 3 盒").width(half);
                changed |= field.show(ui).changed();
                changed |= TextField::new("页数", &mut texts.pages).note(pages_fault).width(half).show(ui).changed();
            });
        } else {
            changed |= TextField::new("页数", &mut texts.pages).note(pages_fault).width(half).show(ui).changed();
        }
        two(ui, |ui| {
            changed |= TextField::new("文号", &mut texts.document).width(half).show(ui).changed();
            changed |=
                TextField::new("责任者", &mut texts.author).hint("发文的单位或个人").width(half).show(ui).changed();
        });
        two(ui, |ui| {
            changed |= self.day.show(ui, "日期", half);
            changed |= choice_ui(ui, "密级", "不标", Secrecy::ALL.map(Secrecy::label), &mut texts.secrecy, half);
        });
        two(ui, |ui| {
            let words = Retention::ALL.map(Retention::label);
            changed |= choice_ui(ui, "保管期限", &same, words, &mut texts.retention, half);
            changed |= TextField::new("备注", &mut texts.remark).width(half).show(ui).changed();
        });
        if changed {
            self.saving.forget();
        }
    }
}

fn place_of<T: PartialEq>(all: &[T], chosen: Option<T>) -> usize {
    all.iter().position(|one| Some(one) == chosen.as_ref()).map_or(0, |place| place + 1)
}

fn chosen_of<T: Copy>(all: &[T], place: usize) -> Option<T> {
    place.checked_sub(1).and_then(|place| all.get(place)).copied()
}

/// Two fields beside each other.
fn two(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        add(ui);
    });
}

/// One of some words, or none of them; gives back whether another was chosen.
fn choice_ui<const N: usize>(
    ui: &mut Ui,
    label: &str,
    none: &str,
    words: [&str; N],
    place: &mut usize,
    width: f32,
) -> bool {
    let words: Vec<&str> = std::iter::once(none).chain(words).collect();
    let mut chosen = Some(*place);
    let response = Select::new(label, &words, &mut chosen).width(width).show(ui);
    *place = chosen.unwrap_or(0);
    response.changed()
}

impl Dialog for EvidenceDialog {
    fn is_dirty(&self) -> bool {
        self.texts != self.before
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let draft = self.draft().filter(|_| !self.saving.is_under_way());
        let title = match self.piece {
            Piece::Paper(_) => "记纸质材料",
            Piece::Known(_) => "改材料",
        };
        let answered = widgets::Dialog::new("evidence", title, "取消")
            .width(560.0)
            .note("密级只能不标、内部或工作秘密：国家秘密不得存入")
            .focus_body()
            .primary(Choice::new("保存").enabled(draft.is_some()))
            .show(ctx, |ui| self.body_ui(ui));
        match (answered.answer, draft) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(draft)) => self.saving.run(out, self.command(draft)),
            _ => {}
        }
        Stay::Open
    }
}
