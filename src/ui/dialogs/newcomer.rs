//! Owns who is added: a member, somebody on the way in, or somebody who floats in — what is asked of each besides the
//! form, and which command adds them.
//! Must never write. Start at [`Newcomer`].

use egui::Ui;
use serde::{Deserialize, Serialize};

use super::day_field::DayField;
use crate::command::{AddFloatingMember, AddMember, Command, MemberDraft};
use crate::domain::fields::Known;
use crate::domain::ids::OrganisationId;
use crate::domain::members::Category;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{Field, Segments, TextField};
use crate::ui::words::filled;

/// Who is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Newcomer {
    /// 党员
    #[default]
    Member,
    /// 入党申请人、入党积极分子、发展对象: kept as persons, not counted.
    Applicant,
    /// 流入党员: the relation is elsewhere, counted nowhere here.
    FloatingIn,
}

/// How far somebody on the way in has come.
const STAGES: [Category; 3] = [Category::Applicant, Category::Activist, Category::Candidate];

/// Fields that make no sense for who is no member yet.
const NOT_OF_APPLICANTS: &[Known] = &[
    Known::PartyPost,
    Known::TransferIn,
    Known::Joined,
    Known::Full,
    Known::Category,
    Known::Status,
    Known::Introducers,
    Known::Floating,
    Known::FloatPlace,
    Known::Lost,
    Known::LostSince,
    Known::Fee,
];

/// Fields that make no sense for whose relation is elsewhere.
const NOT_OF_FLOATING: &[Known] = &[
    Known::Group,
    Known::PartyPost,
    Known::TransferIn,
    Known::Status,
    Known::Applied,
    Known::Activist,
    Known::Candidate,
    Known::Introducers,
    Known::Floating,
    Known::FloatPlace,
    Known::Lost,
    Known::LostSince,
    Known::Fee,
];

impl Newcomer {
    pub const ALL: [Self; 3] = [Self::Member, Self::Applicant, Self::FloatingIn];

    /// The title of the dialog, which is the name of its draft too.
    pub fn title(self) -> &'static str {
        match self {
            Self::Member => "新增党员",
            Self::Applicant => "新增申请人、积极分子、发展对象",
            Self::FloatingIn => "登记流入党员",
        }
    }

    /// Of whom a draft of this name is.
    pub fn of_draft(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.title() == name)
    }

    pub fn left_out(self) -> &'static [Known] {
        match self {
            Self::Member => &[],
            Self::Applicant => NOT_OF_APPLICANTS,
            Self::FloatingIn => NOT_OF_FLOATING,
        }
    }

    /// What the field of the branch is called.
    pub fn branch_label(self) -> &'static str {
        match self {
            Self::Member | Self::Applicant => "所在党支部",
            Self::FloatingIn => "流入党支部",
        }
    }
}

/// What is asked besides the form.
#[derive(Debug, Clone, Default)]
pub struct Besides {
    /// Its place among the stages.
    stage: usize,
    /// 流入日期
    on: Option<DayField>,
    /// 组织关系所在地
    place: String,
}

/// What of it is parked.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ParkedBesides {
    stage: usize,
    place: String,
}

impl Besides {
    pub fn parked(&self) -> ParkedBesides {
        ParkedBesides { stage: self.stage, place: self.place.clone() }
    }

    pub fn restore(&mut self, parked: ParkedBesides) {
        self.stage = parked.stage.min(STAGES.len() - 1);
        self.place = parked.place;
    }

    /// Whether it can be taken as it stands.
    pub fn is_clear(&self, who: Newcomer) -> bool {
        who != Newcomer::FloatingIn || self.on.as_ref().is_some_and(DayField::is_clear)
    }

    /// Draws it above the form; gives back whether it was changed.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, who: Newcomer) -> bool {
        let mut changed = false;
        match who {
            Newcomer::Member => {}
            Newcomer::Applicant => {
                Field::new("到了哪一步").show(ui, |ui, _| {
                    let words = STAGES.map(Category::label);
                    if let Some(place) = Segments::new("到了哪一步", &words, Some(self.stage)).show(ui) {
                        self.stage = place;
                        changed = true;
                    }
                });
            }
            Newcomer::FloatingIn => {
                let on = self.on.get_or_insert_with(|| DayField::today(scene.today));
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = space::M;
                    changed |= on.show(ui, "流入日期", 180.0);
                    let place = TextField::new("组织关系所在地", &mut self.place).hint("如：外省某镇某村党支部");
                    changed |= place.width(360.0).show(ui).changed();
                });
            }
        }
        changed
    }

    /// The command that adds them.
    pub fn command(&self, who: Newcomer, branch_id: OrganisationId, mut set: MemberDraft) -> Option<Command> {
        match who {
            Newcomer::Member => {}
            Newcomer::Applicant => {
                let stage = STAGES[self.stage].label().to_owned();
                set.0.insert(Known::Category.spec().name.to_owned(), Some(stage));
            }
            Newcomer::FloatingIn => {
                let on = self.on.as_ref()?.date()?;
                let place = filled(&self.place);
                return Some(Command::AddFloatingMember(AddFloatingMember { branch_id, set, on, place }));
            }
        }
        Some(Command::AddMember(AddMember { branch_id, set }))
    }
}
