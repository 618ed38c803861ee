//! Owns the fields of the item that is looked at: what it is called, its standard, what fills it, how long it is kept.
//! Must never save: it changes the draft it is given. Start at [`ItemPart`].

use egui::Ui;

use super::tree::fill_words;
use crate::domain::checklists::{Fill, Retention, Subject, TemplateItem, due_in};
use crate::domain::talks::TalkTypes;
use crate::ui::theme::space;
use crate::ui::widgets::{LongField, Note, Select, TextField, note};
use crate::ui::words::filled;

/// What fills an item of such checklists, in the order of the list; talks and the coverage of talks first. A measure that
/// the program does not offer to choose stays what it is.
fn offered(subject: Subject) -> Vec<Fill> {
    let all = [
        Fill::Talks { at_least: 1, types: Vec::new() },
        Fill::Coverage,
        Fill::Committee,
        Fill::Roster,
        Fill::Groups,
        Fill::Transfers,
        Fill::Honours,
        Fill::Development,
        Fill::Election,
        Fill::Optional,
    ];
    all.into_iter().filter(|fill| fill.can_be_of(subject)).collect()
}

/// The fields, as they are written in.
#[derive(Debug, Default)]
pub(super) struct ItemPart {
    /// Of which line, so that another one begins anew.
    of: Option<(String, usize)>,
    standard: String,
    due: String,
    at_least: String,
    /// A line was added: its title is written now.
    pub into_title: bool,
}

impl ItemPart {
    /// Takes the fields of another line, or of the same after it was changed elsewhere.
    fn follow(&mut self, key: (String, usize), item: &TemplateItem) {
        let is_other = self.of.as_ref() != Some(&key);
        let standard = item.standard.clone().unwrap_or_default();
        if is_other || self.standard.trim() != standard.trim() {
            self.standard = standard;
        }
        if is_other {
            self.due = item.due.clone().unwrap_or_default();
            self.at_least = item.fill.as_ref().map(|fill| fill.at_least().to_string()).unwrap_or_default();
        }
        self.of = Some(key);
    }

    /// Forgets what is written: the draft is another one.
    pub fn forget(&mut self) {
        self.of = None;
    }

    /// Draws the fields. `place` tells the line, `subject` what the template is of.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        item: &mut TemplateItem,
        place: (&str, usize),
        (subject, may): (Subject, bool),
        types: Option<&TalkTypes>,
    ) {
        self.follow((place.0.to_owned(), place.1), item);
        ui.add_enabled_ui(may, |ui| {
            let into = std::mem::take(&mut self.into_title);
            TextField::new("内容", &mut item.title).required().take_focus(into).show(ui);
            let standard = LongField::new("标准", &mut self.standard).height(LongField::height_of(4));
            if standard.hint("要有什么、到什么程度").show(ui).changed() {
                item.standard = filled(&self.standard);
            }
            retention_ui(ui, item);
            self.fill_ui(ui, item, subject, types);
            if subject == Subject::Organisation {
                self.due_ui(ui, item);
            }
        });
    }

    /// 自动来源
    fn fill_ui(&mut self, ui: &mut Ui, item: &mut TemplateItem, subject: Subject, types: Option<&TalkTypes>) {
        let offered = offered(subject);
        let is_same = |fill: &Fill, other: &Fill| std::mem::discriminant(fill) == std::mem::discriminant(other);
        let other = item.fill.as_ref().filter(|fill| !offered.iter().any(|one| is_same(one, fill)));
        let mut words = vec!["不自动"];
        words.extend(offered.iter().map(Fill::label));
        words.extend(other.map(Fill::label));
        let mut place = match &item.fill {
            None => Some(0),
            Some(fill) => offered.iter().position(|one| is_same(one, fill)).map(|at| at + 1).or(Some(words.len() - 1)),
        };
        if Select::new("自动来源", &words, &mut place).width(220.0).show(ui).changed() {
            match place {
                Some(0) | None => item.fill = None,
                Some(at) => {
                    if let Some(fill) = offered.get(at - 1) {
                        item.fill = Some(fill.clone());
                        self.at_least = "1".to_owned();
                    }
                }
            }
        }
        let Some(fill) = &mut item.fill else {
            note(
                ui,
                match subject {
                    Subject::Organisation => "工作簿里本来就有的记录可以自动填，不用再附材料",
                    Subject::Person => "各地不一定要的，可以选“有则归档”，没有不算缺",
                },
            );
            return;
        };
        if let Fill::Talks { at_least, types: chosen } = fill {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                let number = self.at_least.trim().parse::<u32>().ok().filter(|number| (1..=9_999).contains(number));
                let remark = if number.is_some() { Note::None } else { Note::Fault("写 1 到 9999".to_owned()) };
                if TextField::new("至少", &mut self.at_least).suffix("篇").width(110.0).note(remark).show(ui).changed()
                    && let Ok(number) = self.at_least.trim().parse::<u32>()
                    && (1..=9_999).contains(&number)
                {
                    *at_least = number;
                }
                types_ui(ui, chosen, types);
            });
        }
        if fill.is_of_records() {
            note(ui, &format!("{}，由工作簿里的记录自动得出", fill_words(fill)));
        } else {
            note(ui, "附了材料为有，没有不算缺");
        }
    }

    /// 期限 within the year.
    fn due_ui(&mut self, ui: &mut Ui, item: &mut TemplateItem) {
        let told = filled(&self.due);
        let is_wrong = told.as_deref().is_some_and(|due| due_in(due, 2_000).is_none());
        let remark = if is_wrong {
            Note::Fault("写月-日，如 12-31；次年写 +06-30".to_owned())
        } else {
            Note::Plain("写月-日，如 12-31；次年写 +06-30".to_owned())
        };
        if TextField::new("期限", &mut self.due).width(220.0).note(remark).show(ui).changed() {
            item.due = filled(&self.due);
        }
    }
}

fn retention_ui(ui: &mut Ui, item: &mut TemplateItem) {
    let mut words = vec!["不建议"];
    words.extend(Retention::ALL.map(Retention::label));
    let mut place =
        Some(item.retention.and_then(|now| Retention::ALL.iter().position(|one| *one == now)).map_or(0, |at| at + 1));
    if Select::new("保管期限建议", &words, &mut place).width(220.0).show(ui).changed() {
        item.retention = place.and_then(|at| Retention::ALL.get(at.checked_sub(1)?)).copied();
    }
}

/// Of which type the talks are that count; several stay several until one is chosen.
fn types_ui(ui: &mut Ui, chosen: &mut Vec<String>, types: Option<&TalkTypes>) {
    let all = types.map(TalkTypes::all).unwrap_or_default();
    let label =
        |code: &String| all.iter().find(|kind| kind.code == *code).map_or(code.clone(), |kind| kind.label.clone());
    let mut words = vec!["各类型".to_owned()];
    words.extend(all.iter().map(|kind| kind.label.clone()));
    let mut place = match &chosen[..] {
        [] => Some(0),
        [one] => all.iter().position(|kind| kind.code == *one).map(|at| at + 1),
        several => {
            words.push(several.iter().map(label).collect::<Vec<_>>().join("、"));
            Some(words.len() - 1)
        }
    };
    if Select::new("谈话类型", &words, &mut place).width(190.0).show(ui).changed() {
        match place {
            Some(0) => chosen.clear(),
            Some(at) => {
                if let Some(kind) = all.get(at - 1) {
                    *chosen = vec![kind.code.clone()];
                }
            }
            None => {}
        }
    }
}
