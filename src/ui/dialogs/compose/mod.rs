//! 组合条件: conditions put together row by row, joined by 且 or 或, with groups one level deep.
//! Must never list anybody: it gives the conditions to the page that opened it. Start at [`Compose`].

mod row;
mod row_ui;

use egui::{Context, Ui};

use super::{Dialog, Stay};
use crate::domain::conditions::{Condition, Join, Subject};
use crate::domain::fields::{FIELDS, FieldKey, Known};
use crate::engine::questions::ExtraFields;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::reply::Reply;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Icon, IconButton, Segments, label, link, note, weak, wrapped_note};
use crate::view::condition_words::{Names, words};
use row::Row;
use row_ui::{Around, Hand, row_ui};

/// One thing of the dialog, from top to bottom.
#[derive(Debug, Clone, PartialEq)]
enum Item {
    Row(Row),
    /// What no row can tell: it can be taken away only.
    Fixed(Condition),
    /// A group within: joined the other way than the whole.
    Group(Vec<Item>),
}

/// The dialog 组合条件.
#[derive(Debug)]
pub struct Compose {
    join: Join,
    items: Vec<Item>,
    extra: Live<ExtraFields>,
    hand: Hand,
    reply: Reply<Vec<Condition>>,
}

impl Compose {
    /// Begins with the conditions that are set; those put together go to `reply`.
    pub fn new(conditions: Vec<Condition>, reply: Reply<Vec<Condition>>) -> Self {
        let one_row = match &conditions[..] {
            [one] => Row::of_condition(one),
            _ => None,
        };
        let (join, items) = match one_row {
            Some(row) => (Join::All, vec![Item::Row(row)]),
            None => {
                let (join, each) = Join::apart(&conditions);
                (join, each.iter().map(|condition| item(condition, join)).collect())
            }
        };
        let items = if items.is_empty() { vec![Item::Row(Row::default())] } else { items };
        Self { join, items, extra: Live::default(), hand: Hand::default(), reply }
    }

    /// The conditions, or which row is not ready and why.
    fn conditions(&self) -> Result<Vec<Condition>, String> {
        let mut nth = 0;
        let each = read(&self.items, self.join, &mut nth)?;
        Ok(match self.join {
            Join::All => each,
            Join::Any => Join::Any.of(each).into_iter().collect(),
        })
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let subjects = self.subjects();
        let around = Around { subjects: &subjects, tree: scene.tree, today: scene.today };
        let joins = ["都满足（且）", "满足一个就行（或）"];
        ui.horizontal(|ui| {
            label(ui, "下面的条件");
            if let Some(place) = Segments::new("怎样合起来", &joins, Some(usize::from(self.join == Join::Any))).show(ui)
            {
                self.join = if place == 1 { Join::Any } else { Join::All };
            }
        });
        let extra = self.extra.shown().cloned().unwrap_or_default();
        let organisation = |id| {
            let line = scene.tree.iter().find(|line| line.organisation.id == id)?;
            Some(line.organisation.shown_name().to_owned())
        };
        let label_of = |id| Some(extra.iter().find(|field| field.id == id)?.label.clone());
        let names = Names { organisation: &organisation, extra: &label_of };
        self.hand.nth = 0;
        items_ui(ui, &around, &names, self.join, &mut self.items, &mut self.hand);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            let added = if link(ui, "加一行").clicked() {
                Some(Item::Row(Row::default()))
            } else if link(ui, "加一组").clicked() {
                Some(Item::Group(vec![Item::Row(Row::default()), Item::Row(Row::default())]))
            } else {
                None
            };
            if let Some(item) = added {
                self.items.push(item);
                self.hand.fresh = Some(self.hand.nth + 1);
            }
        });
        match self.conditions() {
            Ok(conditions) if conditions.is_empty() => note(ui, "没有条件，列出所有人"),
            Ok(conditions) => {
                let told = words(&Condition::All(conditions), &names);
                wrapped_note(ui, &format!("列出：{told}"))
            }
            Err(why) => note(ui, &why),
        };
    }

    /// What can be asked for: the fields of the table, what is computed, the fields the user made.
    fn subjects(&self) -> Vec<(Subject, String)> {
        let computed = |subject: Subject| (subject, subject.label().unwrap_or_default().to_owned());
        let mut subjects = Vec::new();
        for field in FIELDS {
            subjects.push((field.key.into(), field.label.to_owned()));
            match field.key {
                Known::Birth => subjects.push(computed(Subject::Age)),
                Known::Full => {
                    subjects.extend([Subject::Standing, Subject::StandingSince, Subject::ProbationEnds].map(computed));
                }
                Known::Remark => {
                    subjects.extend([Subject::LastTalk, Subject::Untalked, Subject::Missing].map(computed));
                }
                _ => {}
            }
        }
        let extra = self.extra.shown().map_or(&[][..], Vec::as_slice);
        subjects.extend(extra.iter().map(|field| (Subject::Field(FieldKey::Extra(field.id)), field.label.clone())));
        subjects
    }
}

/// What stands for a condition within a whole that is joined like this.
fn item(condition: &Condition, join: Join) -> Item {
    if let Some(row) = Row::of_condition(condition) {
        return Item::Row(row);
    }
    match (condition, join) {
        (Condition::Any(inner), Join::All) | (Condition::All(inner), Join::Any) if inner.len() > 1 => {
            let inner =
                inner.iter().map(|one| Row::of_condition(one).map_or_else(|| Item::Fixed(one.clone()), Item::Row));
            Item::Group(inner.collect())
        }
        _ => Item::Fixed(condition.clone()),
    }
}

fn read(items: &[Item], join: Join, nth: &mut usize) -> Result<Vec<Condition>, String> {
    let mut found = Vec::new();
    for item in items {
        match item {
            Item::Row(row) => {
                *nth += 1;
                found.push(row.condition().map_err(|why| format!("第 {nth} 行{why}"))?);
            }
            Item::Fixed(condition) => found.push(condition.clone()),
            Item::Group(inner) => {
                let inner = read(inner, join.other(), nth)?;
                found.extend(join.other().of(inner));
            }
        }
    }
    Ok(found)
}

fn items_ui(ui: &mut Ui, around: &Around<'_>, names: &Names<'_>, join: Join, items: &mut Vec<Item>, hand: &mut Hand) {
    let mut removed = None;
    for (place, item) in items.iter_mut().enumerate() {
        let is_to_go = match item {
            Item::Row(row) => row_ui(ui, around, row, hand),
            Item::Fixed(condition) => fixed_ui(ui, &words(condition, names)),
            Item::Group(inner) => {
                group_ui(ui, around, names, join.other(), inner, hand);
                inner.is_empty()
            }
        };
        if is_to_go {
            removed = Some(place);
        }
    }
    if let Some(place) = removed {
        items.remove(place);
    }
}

fn fixed_ui(ui: &mut Ui, told: &str) -> bool {
    ui.horizontal(|ui| {
        label(ui, told);
        ui.add(IconButton::new(Icon::X, &format!("去掉：{told}"))).clicked()
    })
    .inner
}

fn group_ui(ui: &mut Ui, around: &Around<'_>, names: &Names<'_>, join: Join, items: &mut Vec<Item>, hand: &mut Hand) {
    let title = if join == Join::Any { "其中满足一个就行（或）" } else { "其中都要满足（且）" };
    weak(ui, title);
    ui.horizontal_top(|ui| {
        ui.add_space(space::XL);
        ui.vertical(|ui| {
            items_ui(ui, around, names, join, items, hand);
            let name = format!("组内加一行，在第 {} 行后", hand.nth);
            if ui.add(widgets::Button::link("组内加一行").name(&name)).clicked() {
                items.push(Item::Row(Row::default()));
                hand.fresh = Some(hand.nth + 1);
            }
        });
    });
}

impl Dialog for Compose {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, _out: &mut Outbox) -> Stay {
        self.extra.ask(scene, ExtraFields);
        let ready = self.conditions().ok();
        let answered = widgets::Dialog::new("compose", "组合条件", "取消")
            .width(780.0)
            .primary(Choice::new("列出").icon(Icon::Funnel).enabled(ready.is_some()))
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, ready) {
            (Some(Answer::Quiet), _) => Stay::Closed,
            (Some(Answer::Primary), Some(conditions)) => {
                self.reply.give(conditions);
                Stay::Closed
            }
            _ => Stay::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Compose, Item};
    use crate::domain::conditions::{Comparison, Condition, Join};
    use crate::domain::fields::Known;
    use crate::ui::reply::Reply;

    fn unit() -> Condition {
        Condition::of(Known::Unit, Comparison::Contains("局".into()))
    }

    #[test]
    fn what_is_set_stands_in_rows_and_groups_and_means_the_same() {
        let sex = || Condition::Sex("女".into());
        let both = || Condition::All(vec![sex(), unit()]);
        for (conditions, join, items) in [
            (vec![sex(), unit()], Join::All, 2),
            (vec![Condition::Any(vec![sex(), unit()])], Join::Any, 2),
            (vec![Condition::Any(vec![sex(), unit()]), Condition::College], Join::All, 2),
            (vec![Condition::Any(vec![both(), Condition::Members])], Join::Any, 2),
            (vec![Condition::Any(vec![sex(), Condition::Sex("男".into())])], Join::All, 1),
            (vec![both().negated(), sex()], Join::All, 2),
        ] {
            let dialog = Compose::new(conditions.clone(), Reply::default());
            assert_eq!((dialog.join, dialog.items.len()), (join, items), "{conditions:?}");
            assert_eq!(dialog.conditions(), Ok(conditions));
        }
    }

    #[test]
    fn it_begins_with_an_empty_row_which_says_what_is_missing() {
        let dialog = Compose::new(Vec::new(), Reply::default());
        assert!(matches!(dialog.items[..], [Item::Row(_)]));
        assert_eq!(dialog.conditions(), Err("第 1 行还没写内容".to_owned()));
    }
}
