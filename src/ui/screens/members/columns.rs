//! Owns which columns the list of members shows, in which order the rows stand, and how both are kept for the user.
//! Must never know a member. Start at [`Columns`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::column::{ListColumn, Source, Writing, id_of};
use super::orders::{Order, Rule};
use crate::domain::fields::{FIELDS, FieldKey, Known};
use crate::store::members::ExtraField;
use crate::ui::widgets::{Column, ColumnState, SortMark};
use crate::view::members::{SortBy, SortKey};
use crate::view::ready_lists::ReadyList;

/// The columns that are shown until the user says otherwise, in their order; sized for the list beside the tree.
const SHOWN_FIRST: &[(&str, f32)] = &[
    ("name", 84.0),
    ("sex", 52.0),
    ("birth", 100.0),
    ("age", 58.0),
    ("id_number", 180.0),
    ("education", 92.0),
    ("joined", 122.0),
    ("standing", 66.0),
    ("party_post", 136.0),
    ("branch", 180.0),
];

/// The column that gives way first where there is little room.
const OPTIONAL: &str = "id_number";

/// The widths of the others then.
const NARROW: &[(&str, f32)] = &[
    ("name", 76.0),
    ("sex", 48.0),
    ("birth", 94.0),
    ("age", 52.0),
    ("education", 86.0),
    ("joined", 106.0),
    ("standing", 58.0),
    ("party_post", 122.0),
    ("branch", 140.0),
];

/// Columns that stay in place while the others scroll.
pub const STICKY: usize = 2;

/// How a list is laid out until the user says otherwise.
#[derive(Debug, Clone, Default)]
pub struct First {
    /// Ids of the columns; those of [`SHOWN_FIRST`] where there are none.
    columns: Vec<String>,
    orders: Vec<Order>,
}

impl First {
    /// As a ready list has it.
    pub fn of_ready(list: ReadyList) -> Self {
        let columns: Vec<String> = list.columns().into_iter().map(id_of).collect();
        let order = |key: SortKey| {
            let source = match key.by {
                SortBy::Standing => Source::Standing,
                SortBy::Age => Source::Age,
                SortBy::LastTalk => Source::LastTalk,
                SortBy::Untalked => Source::Untalked,
                SortBy::Name | SortBy::Strokes => Known::Name.into(),
                SortBy::Extra(id) => Source::Field(FieldKey::Extra(id)),
                SortBy::PartyBirthday => Known::Joined.into(),
                SortBy::Field(place) => FIELDS.get(usize::from(place))?.key.into(),
                SortBy::Roster => return None,
            };
            let rule = match key.by {
                SortBy::Strokes => Rule::Strokes,
                SortBy::PartyBirthday => Rule::Birthday,
                _ => Rule::Usual,
            };
            Some(Order { column: id_of(source), rule, descending: key.descending })
        };
        Self { columns, orders: list.sort().into_iter().filter_map(order).collect() }
    }
}

/// How a list is laid out, as the user's settings keep it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    columns: Vec<KeptColumn>,
    orders: Vec<Order>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeptColumn {
    id: String,
    width: f32,
    visible: bool,
}

/// The columns of the list.
#[derive(Debug)]
pub struct Columns {
    all: Vec<ListColumn>,
    pub states: Vec<ColumnState>,
    /// First order first; empty for 名册顺序.
    orders: Vec<Order>,
    /// The user has changed something that is not kept yet.
    changed: bool,
    /// The user has once changed something: then no column gives way by itself.
    is_own: bool,
    fields: Arc<Vec<FieldKey>>,
    /// How the list is laid out until the user says otherwise.
    first: First,
}

impl Default for Columns {
    fn default() -> Self {
        let mut columns = Self {
            all: Vec::new(),
            states: Vec::new(),
            orders: Vec::new(),
            changed: false,
            is_own: false,
            fields: Arc::default(),
            first: First::default(),
        };
        columns.set_extra(&[]);
        columns
    }
}

impl Columns {
    /// Another list is shown: as the settings kept it, or else as it is at first.
    pub fn show(&mut self, first: First, kept: Option<&serde_json::Value>) {
        self.first = first;
        self.states.clear();
        self.orders.clone_from(&self.first.orders);
        self.is_own = false;
        self.changed = false;
        match kept {
            Some(kept) => self.restore(kept),
            None => self.complete(),
        }
    }

    /// Takes over what the settings kept; what cannot be read is as if it were not there.
    pub fn restore(&mut self, kept: &serde_json::Value) {
        let Ok(kept) = serde_json::from_value::<Kept>(kept.clone()) else { return };
        let state = |column: KeptColumn| ColumnState { id: column.id, width: column.width, visible: column.visible };
        self.states = kept.columns.into_iter().map(state).collect();
        self.orders = kept.orders;
        self.is_own = true;
        self.complete();
    }

    /// What the settings shall keep, if the user has changed something since.
    pub fn take_change(&mut self) -> Option<serde_json::Value> {
        if !std::mem::take(&mut self.changed) {
            return None;
        }
        let column =
            |state: &ColumnState| KeptColumn { id: state.id.clone(), width: state.width, visible: state.visible };
        let kept = Kept { columns: self.states.iter().map(column).collect(), orders: self.orders.clone() };
        serde_json::to_value(kept).ok()
    }

    /// Brings the columns in line with the fields the user made.
    pub fn set_extra(&mut self, extra: &[ExtraField]) {
        self.all.clear();
        for field in FIELDS {
            self.all.push(ListColumn::of_field(field));
            match field.key {
                Known::Birth => self.all.push(ListColumn::computed(Source::Age)),
                Known::Full => {
                    let computed = [Source::Standing, Source::StandingSince, Source::ProbationEnds];
                    self.all.extend(computed.map(ListColumn::computed));
                }
                Known::Remark => {
                    let computed = [Source::LastTalk, Source::Untalked, Source::Missing];
                    self.all.extend(computed.map(ListColumn::computed));
                }
                _ => {}
            }
        }
        self.all.extend(extra.iter().map(ListColumn::of_extra));
        self.complete();
    }

    fn complete(&mut self) {
        let Self { all, states, orders, first: laid_out, .. } = self;
        let first = |id: &str| SHOWN_FIRST.iter().find(|(shown, _)| *shown == id);
        if states.is_empty() && laid_out.columns.is_empty() {
            let shown = |(id, width): &(&str, f32)| ColumnState { id: (*id).to_owned(), width: *width, visible: true };
            states.extend(SHOWN_FIRST.iter().map(shown));
        } else if states.is_empty() {
            for column in laid_out.columns.iter().filter_map(|id| all.iter().find(|column| column.id == *id)) {
                let width = first(&column.id).map_or(column.width, |(_, width)| *width);
                states.push(ColumnState { id: column.id.clone(), width, visible: true });
            }
        }
        states.retain(|state| all.iter().any(|column| column.id == state.id));
        for column in all.iter() {
            if !states.iter().any(|state| state.id == column.id) {
                let width = first(&column.id).map_or(column.width, |(_, width)| *width);
                states.push(ColumnState { id: column.id.clone(), width, visible: false });
            }
        }
        orders.retain(|order| all.iter().any(|column| column.id == order.column));
        self.renew_fields();
    }

    /// Every column there is, in the order of the field table.
    pub fn all(&self) -> &[ListColumn] {
        &self.all
    }

    pub fn get(&self, id: &str) -> Option<&ListColumn> {
        self.all.iter().find(|column| column.id == id)
    }

    /// The fields the rows are asked for: the name first, then those that are shown.
    pub fn fields(&self) -> &Arc<Vec<FieldKey>> {
        &self.fields
    }

    fn renew_fields(&mut self) {
        let name = FieldKey::Known(Known::Name);
        let mut fields = vec![name];
        for state in self.states.iter().filter(|state| state.visible) {
            if let Some(Source::Field(key)) = self.get(&state.id).map(|column| column.source)
                && !fields.contains(&key)
            {
                fields.push(key);
            }
        }
        if *self.fields != fields {
            self.fields = Arc::new(fields);
        }
    }

    /// The visible fields as they stand from left to right, for what is printed or exported.
    pub fn shown(&self) -> impl Iterator<Item = &ListColumn> {
        self.states.iter().filter(|state| state.visible).filter_map(|state| self.get(&state.id))
    }

    /// As the table wants them.
    pub fn for_table(&self) -> Vec<Column<'_>> {
        self.all
            .iter()
            .map(|column| {
                let order = self.orders.iter().position(|order| order.column == column.id);
                let mark = order.map(|place| SortMark { ascending: !self.orders[place].descending, order: place + 1 });
                let is_locked = matches!(column.writing(), Writing::Locked(_));
                let known = Column::new(&column.id, &column.title, column.width).sort(mark).locked(is_locked);
                let known = if column.can_order() { known } else { known.unsortable() };
                if column.is_number() { known.right() } else { known }
            })
            .collect()
    }

    /// Makes the columns fit for this frame, where room is short and the user has not spoken; gives back how they were.
    pub fn give_way(&mut self, room_is_short: bool) -> Option<Vec<ColumnState>> {
        if !room_is_short || self.is_own {
            return None;
        }
        let before = self.states.clone();
        for state in &mut self.states {
            state.visible &= state.id != OPTIONAL;
            if let Some((_, width)) = NARROW.iter().find(|(id, _)| *id == state.id) {
                state.width = *width;
            }
        }
        Some(before)
    }

    /// Undoes [`give_way`](Self::give_way), unless the user made something of the columns meanwhile.
    pub fn take_back(&mut self, before: Option<Vec<ColumnState>>) {
        if let Some(before) = before.filter(|_| !self.is_own) {
            self.states = before;
        }
    }

    /// Notes that the user moved or sized a column.
    pub fn note_change(&mut self) {
        self.changed = true;
        self.is_own = true;
        self.renew_fields();
    }

    pub fn is_visible(&self, id: &str) -> bool {
        self.states.iter().any(|state| state.id == id && state.visible)
    }

    /// Shows or hides a column; the last one that is shown stays.
    pub fn set_visible(&mut self, id: &str, visible: bool) {
        let shown = self.states.iter().filter(|state| state.visible).count();
        if let Some(state) = self.states.iter_mut().find(|state| state.id == id)
            && (visible || shown > 1)
        {
            state.visible = visible;
            self.note_change();
        }
    }

    /// Moves a column by one visible place.
    pub fn step(&mut self, id: &str, to_the_right: bool) {
        let visible: Vec<usize> = (0..self.states.len()).filter(|place| self.states[*place].visible).collect();
        let Some(place) = visible.iter().position(|place| self.states[*place].id == id) else { return };
        let other = if to_the_right { place + 1 } else { place.wrapping_sub(1) };
        if let Some(other) = visible.get(other) {
            self.states.swap(visible[place], *other);
            self.note_change();
        }
    }

    /// Everything as it was at first.
    pub fn reset(&mut self) {
        self.states.clear();
        self.orders.clone_from(&self.first.orders);
        self.complete();
        self.changed = true;
        self.is_own = false;
    }

    /// First order first; empty for 名册顺序.
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// What the list is asked to be sorted by.
    pub fn sort_keys(&self) -> Vec<SortKey> {
        let key = |order: &Order| {
            let by = self.get(&order.column)?.sort_by(order.rule)?;
            Some(SortKey { by, descending: order.descending })
        };
        self.orders.iter().filter_map(key).collect()
    }

    /// Orders by a column: alone, or with `add` within the orders there are.
    pub fn order_by(&mut self, order: Order, add: bool) {
        if !add {
            self.orders.retain(|known| known.column == order.column);
        }
        match self.orders.iter_mut().find(|known| known.column == order.column) {
            Some(known) => *known = order,
            None => self.orders.push(order),
        }
        self.note_change();
    }

    /// A press on a head: from small to large, from large to small, not at all.
    pub fn next_order(&mut self, column: &str, add: bool) {
        match self.orders.iter().find(|order| order.column == column).cloned() {
            None => self.order_by(Order::ascending(column, Rule::Usual), add),
            Some(known) if !known.descending => self.order_by(Order { descending: true, ..known }, add),
            Some(_) => self.no_order(column),
        }
    }

    /// No longer by this column.
    pub fn no_order(&mut self, column: &str) {
        self.orders.retain(|order| order.column != column);
        self.note_change();
    }

    /// Back to 名册顺序.
    pub fn no_orders(&mut self) {
        self.orders.clear();
        self.note_change();
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, First, Order, Rule, Source};
    use crate::view::members::{SortBy, SortKey};
    use crate::view::ready_lists::ReadyList;

    #[test]
    fn a_head_is_pressed_up_then_down_then_off() {
        let mut columns = Columns::default();
        columns.next_order("joined", false);
        columns.next_order("age", true);
        let told = |columns: &Columns| {
            columns.orders().iter().map(|order| (order.column.clone(), order.descending)).collect::<Vec<_>>()
        };
        assert_eq!(told(&columns), [("joined".to_owned(), false), ("age".to_owned(), false)]);
        columns.next_order("joined", true);
        assert_eq!(told(&columns), [("joined".to_owned(), true), ("age".to_owned(), false)]);
        columns.next_order("joined", true);
        assert_eq!(told(&columns), [("age".to_owned(), false)]);
        columns.next_order("joined", false);
        assert_eq!(told(&columns), [("joined".to_owned(), false)]);
    }

    #[test]
    fn a_ready_list_begins_with_its_own_columns_and_order() {
        let mut columns = Columns::default();
        for list in ReadyList::ALL {
            columns.show(First::of_ready(list), None);
            let shown: Vec<Source> = columns.shown().map(|column| column.source).collect();
            assert_eq!(shown, list.columns(), "{list:?}");
            assert_eq!(columns.sort_keys(), list.sort(), "{list:?}");
        }
        columns.set_visible("sex", false);
        let kept = columns.take_change().expect("a change");
        columns.show(First::default(), None);
        assert!(columns.is_visible("sex") && columns.sort_keys().is_empty());
        columns.show(First::of_ready(ReadyList::Lost), Some(&kept));
        assert!(!columns.is_visible("sex"));
    }

    #[test]
    fn what_the_user_made_of_the_columns_is_kept_and_restored() {
        let mut columns = Columns::default();
        assert_eq!(columns.take_change(), None);
        columns.set_visible("id_number", false);
        columns.step("sex", true);
        columns.next_order("age", false);
        let kept = columns.take_change().expect("a change");
        assert_eq!(columns.take_change(), None);
        let mut restored = Columns::default();
        restored.restore(&kept);
        assert_eq!(restored.states, columns.states);
        assert_eq!(restored.orders(), columns.orders());
        assert!(!restored.is_visible("id_number"));
    }

    #[test]
    fn an_order_by_strokes_is_kept_and_a_press_on_the_head_turns_it() {
        let mut columns = Columns::default();
        columns.order_by(Order::ascending("name", Rule::Strokes), false);
        let kept = columns.take_change().expect("a change");
        let mut restored = Columns::default();
        restored.restore(&kept);
        assert_eq!(restored.sort_keys(), [SortKey { by: SortBy::Strokes, descending: false }]);
        restored.next_order("name", false);
        assert_eq!(restored.sort_keys(), [SortKey { by: SortBy::Strokes, descending: true }]);
    }

    #[test]
    fn what_was_kept_before_names_had_two_orders_is_by_pinyin() {
        let mut columns = Columns::default();
        let kept = serde_json::json!({ "columns": [], "orders": [{ "column": "name", "descending": true }] });
        columns.restore(&kept);
        assert_eq!(columns.sort_keys(), [SortKey { by: SortBy::Name, descending: true }]);
    }
}
