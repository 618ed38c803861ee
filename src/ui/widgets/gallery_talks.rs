//! Owns a page with the controls that talks are written with, for looking at and for their tests.
//! Must never be part of the program. Start at [`TalkControls::ui`].

use egui::{Ui, vec2};

use crate::store::directory::is_found;
use crate::ui::theme::space;
use crate::ui::widgets::{
    Button, LongField, MatrixPerson, Note, PairMatrix, PairState, PersonLine, PersonPicker, PersonToken, PickerEvent,
    PickerText, note, section, strong,
};

/// Invented people: name, branch, age.
pub const PEOPLE: [(&str, &str, &str); 5] = [
    ("郑美玲", "局机关第一党支部", "38 岁"),
    ("张敏", "社会组织联合党支部", "45 岁"),
    ("张敏", "局机关第二党支部", "31 岁"),
    ("吴海涛", "局机关第一党支部", "48 岁"),
    ("何静", "局机关第一党支部", "43 岁"),
];

/// Somebody who is picked: the place among [`PEOPLE`], or a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    Listed(usize),
    Named(String),
}

pub struct TalkControls {
    pub partners: PickerText,
    pub picked: Vec<Picked>,
    /// As an answer that is on its way.
    pub is_slow: bool,
    pub talk: String,
    pub attitude: String,
    pub asked: String,
}

impl Default for TalkControls {
    fn default() -> Self {
        Self {
            partners: PickerText::default(),
            picked: vec![Picked::Listed(3)],
            is_slow: false,
            talk: "近期两处敬老院移交改造，养老服务股任务重。谈了三件事：一是股里人手紧。".into(),
            attitude: String::new(),
            asked: String::new(),
        }
    }
}

impl TalkControls {
    pub fn ui(&mut self, ui: &mut Ui) {
        let page = ui.max_rect().shrink2(vec2(24.0, 12.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(page), |ui| {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(420.0);
                    self.people_ui(ui);
                    self.texts_ui(ui);
                });
                ui.add_space(space::XXL);
                ui.vertical(|ui| self.matrix_ui(ui));
            });
        });
    }

    fn people_ui(&mut self, ui: &mut Ui) {
        section(ui, "选人（姓名、拼音、首字母）", "");
        let sought = self.partners.sought().map(str::to_owned);
        let found: Vec<usize> = match &sought {
            Some(sought) => (0..PEOPLE.len()).filter(|place| is_found(PEOPLE[*place].0, sought)).collect(),
            None => Vec::new(),
        };
        let line = |place: &usize| {
            let (name, about, right) = PEOPLE[*place];
            PersonLine { name, about, right }
        };
        let lines: Vec<PersonLine<'_>> = found.iter().map(line).collect();
        let token = |picked: &'_ Picked| match picked {
            Picked::Listed(place) => (PEOPLE[*place].0.to_owned(), PEOPLE[*place].1),
            Picked::Named(name) => (name.clone(), "名册外"),
        };
        let names: Vec<(String, &str)> = self.picked.iter().map(token).collect();
        let tokens: Vec<PersonToken<'_>> = names
            .iter()
            .map(|(name, about)| PersonToken { name, about, beside: "", is_listed: *about != "名册外" })
            .collect();
        let shown = PersonPicker::new("谈话对象", &mut self.partners, &tokens)
            .found(&lines, !self.is_slow)
            .aside("副书记")
            .required()
            .width(300.0)
            .show(ui);
        match shown.event {
            Some(PickerEvent::Picked(place)) => self.picked.push(Picked::Listed(found[place])),
            Some(PickerEvent::Named(name)) => self.picked.push(Picked::Named(name)),
            Some(PickerEvent::Removed(place)) => {
                self.picked.remove(place);
            }
            None => {}
        }
        ui.add(Button::plain("别处"));
    }

    fn texts_ui(&mut self, ui: &mut Ui) {
        section(ui, "长文", "");
        let long = Note::Warning("和 2026-018 有相同的句子".into());
        LongField::new("谈话内容", &mut self.talk).height(LongField::height_of(6)).note(long).show(ui);
        LongField::new("对象表态", &mut self.attitude).low().hint("没有就留空").show(ui);
    }

    fn matrix_ui(&mut self, ui: &mut Ui) {
        section(ui, "矩阵", "");
        let person = |name, post| MatrixPerson { name, short: name, post };
        let people = [
            person("陈志远", "书记"),
            person("吴海涛", "副书记"),
            person("林秀英", "组织"),
            person("马晓东", "宣传"),
            person("何静", "纪检"),
        ];
        let state = |pair| match pair {
            (1, 4) => PairState::Missing { times: 0 },
            (2, 4) => PairState::Planned("12-03".into()),
            (0, 1) => PairState::Talked { last: "03-20".into(), times: 2 },
            _ => PairState::Talked { last: "04-09".into(), times: 1 },
        };
        let asked = PairMatrix::new("支委之间", &people, &state).show(ui, |ui, (one, other)| {
            strong(ui, &format!("{} 和 {}", people[one].name, people[other].name));
            let mut asked = None;
            ui.horizontal(|ui| {
                for (word, button) in [("计划", Button::plain("计划")), ("记谈话", Button::primary("记谈话"))]
                {
                    if ui.add(button.small()).clicked() {
                        asked = Some(format!("{word} {one} {other}"));
                        ui.close();
                    }
                }
            });
            asked
        });
        self.asked = asked.unwrap_or_else(|| std::mem::take(&mut self.asked));
        note(ui, &self.asked);
    }
}
