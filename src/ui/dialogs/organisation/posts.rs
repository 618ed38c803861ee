//! Owns the row in which a post and whoever holds it are chosen.
//! Must never know what for. Start at [`PostRow`].

use egui::Ui;

use crate::domain::ids::PersonId;
use crate::ui::theme::space;
use crate::ui::widgets::{Icon, IconButton, Select, note};
use crate::view::organisations::ChoosablePerson;

/// Posts of a committee that are offered.
pub(super) const COMMITTEE_POSTS: [&str; 9] =
    ["书记", "副书记", "组织委员", "宣传委员", "纪检委员", "统战委员", "青年委员", "群工委员", "委员"];

/// A post and whoever holds it.
#[derive(Debug, Clone)]
pub(super) struct PostRow {
    pub post: String,
    pub person: Option<PersonId>,
}

/// What was done in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    Nothing,
    Changed,
    Removed,
}

impl PostRow {
    pub fn new(post: &str, person: Option<PersonId>) -> Self {
        Self { post: post.to_owned(), person }
    }

    /// Whether both are chosen.
    pub fn is_whole(&self) -> bool {
        self.person.is_some() && !self.post.trim().is_empty()
    }

    /// Draws the row; `number` tells it apart, `remark` stands behind it.
    pub fn show(&mut self, ui: &mut Ui, number: usize, people: &[ChoosablePerson], remark: &str) -> Chosen {
        let mut done = Chosen::Nothing;
        ui.push_id(("post row", number), |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                if post_ui(ui, &format!("职务 {number}"), &mut self.post) | self.person_ui(ui, number, people) {
                    done = Chosen::Changed;
                }
                if ui.add(IconButton::new(Icon::X, &format!("去掉第 {number} 行"))).clicked() {
                    done = Chosen::Removed;
                }
                if !remark.is_empty() {
                    note(ui, remark);
                }
            });
        });
        done
    }

    fn person_ui(&mut self, ui: &mut Ui, number: usize, people: &[ChoosablePerson]) -> bool {
        person_ui(ui, &format!("当选人 {number}"), people, &mut self.person)
    }
}

/// The field of a post: one of those offered, or the other one that stands in it already.
fn post_ui(ui: &mut Ui, label: &str, post: &mut String) -> bool {
    let mut options: Vec<&str> = COMMITTEE_POSTS.to_vec();
    if !post.trim().is_empty() && !options.contains(&post.as_str()) {
        options.push(post);
    }
    let mut place = options.iter().position(|option| option == post);
    let changed = Select::new(label, &options, &mut place).label_hidden().hint("职务").width(150.0).show(ui).changed();
    let word = place.and_then(|place| options.get(place)).map(|word| (*word).to_owned());
    if changed && let Some(word) = word {
        *post = word;
    }
    changed
}

/// The field of a person.
fn person_ui(ui: &mut Ui, label: &str, people: &[ChoosablePerson], person: &mut Option<PersonId>) -> bool {
    let words: Vec<&str> = people.iter().map(|person| person.words.as_str()).collect();
    let mut place = person.and_then(|id| people.iter().position(|person| person.id == id));
    let changed = Select::new(label, &words, &mut place).label_hidden().hint("选人…").width(300.0).show(ui).changed();
    if changed {
        *person = place.and_then(|place| people.get(place)).map(|person| person.id);
    }
    changed
}
