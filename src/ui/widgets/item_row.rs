//! Owns the row of an item of an archive: what it is, why it stands as it does, and the control that says how.
//! Must never know what is written. Start at [`item_row`].

use egui::{Align, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use super::button::small_link;
use super::{Holding, StateControl, paint};
use crate::ui::theme::{self, Type, space};

/// Height of the line with the control, and of the line of the reason below it.
const LINE: f32 = 37.0;
const REASON: f32 = 20.0;

/// An item as it is listed.
#[derive(Debug, Clone, Copy)]
pub struct ItemRow<'a> {
    pub title: &'a str,
    pub state: Holding,
    /// 「自动·9 篇」 where something fills it; else empty.
    pub by: &'a str,
    pub reason: &'a str,
    /// How deep it stands below the first.
    pub depth: usize,
    pub is_chosen: bool,
    /// It was set by hand and would stand by itself too.
    pub can_restore: bool,
    pub enabled: bool,
}

/// What was done with the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemRowEvent {
    /// Its title was pressed.
    Chosen,
    /// It is to stand so.
    Set(Holding),
    /// It is to stand by itself again.
    Restored,
}

/// Draws the row over the whole width.
pub fn item_row(ui: &mut Ui, row: &ItemRow<'_>) -> Option<ItemRowEvent> {
    let t = theme::tokens(ui);
    let room = ui.available_width() - indent(row) - space::S - StateControl::width(ui);
    let below = below(row, title_width(ui, row) + by_width(ui, row) > room);
    let tall = LINE + if below.is_empty() { 0.0 } else { REASON };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
    if row.is_chosen {
        ui.painter().rect_filled(rect, 0, t.select);
    }
    paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
    let line = rect.with_max_y(rect.top() + LINE - 1.0);
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(line).id_salt("state").layout(layout));
    right.spacing_mut().item_spacing.x = space::S;
    let control = |ui: &mut Ui| StateControl::new(row.title, Some(row.state)).show(ui);
    let set = right.add_enabled_ui(row.enabled, control).inner.map(ItemRowEvent::Set);
    let name = format!("恢复自动：{}", row.title);
    let restored = row.can_restore && row.enabled && small_link(&mut right, "恢复自动", &name).clicked();
    let end = right.min_rect().left() - space::S;
    let left = rect.left() + indent(row);
    let words = Rect::from_min_max(pos2(left, rect.top()), pos2(end.max(left), line.bottom()));
    let chosen = title_ui(ui, words, row).then_some(ItemRowEvent::Chosen);
    if !below.is_empty() {
        let galley = paint::text_within(ui, &below, Type::Small, t.ink2, rect.right() - left);
        let heights = line.bottom() - space::XS..=rect.bottom() - space::XS;
        paint::put_at(ui.painter(), left, heights, galley);
    }
    set.or(restored.then_some(ItemRowEvent::Restored)).or(chosen)
}

fn indent(row: &ItemRow<'_>) -> f32 {
    space::XS + space::L * row.depth as f32
}

fn title_width(ui: &Ui, row: &ItemRow<'_>) -> f32 {
    paint::text(ui, row.title, Type::Body, theme::tokens(ui).ink).size().x
}

/// What by what it stands takes beside the title.
fn by_width(ui: &Ui, row: &ItemRow<'_>) -> f32 {
    let text = || paint::text(ui, row.by, Type::Small, theme::tokens(ui).ink2).size().x;
    if row.by.is_empty() { 0.0 } else { space::S + 14.0 + space::XS + text() }
}

/// What stands below the title: the reason, and by what it stands where there is no room for it beside the title.
fn below(row: &ItemRow<'_>, is_full: bool) -> String {
    let by = Some(row.by.to_owned()).filter(|by| is_full && !by.is_empty());
    let reason = Some(format!("原因：{}", row.reason)).filter(|_| !row.reason.is_empty());
    by.into_iter().chain(reason).collect::<Vec<_>>().join("；")
}

/// The title and by what it stands; gives back whether it was pressed.
fn title_ui(ui: &mut Ui, rect: Rect, row: &ItemRow<'_>) -> bool {
    let t = theme::tokens(ui);
    let response = ui.interact(rect, ui.scope_id().with("title"), Sense::CLICK);
    response.widget_info(|| {
        let mut info = WidgetInfo::selected(Role::Button, true, row.is_chosen, row.title);
        let told = [row.by, row.reason].into_iter().filter(|words| !words.is_empty());
        info.current_text_value = Some(told.collect::<Vec<_>>().join("，"));
        info
    });
    let by = paint::text(ui, row.by, Type::Small, t.ink2);
    let by_width = by_width(ui, row);
    let title = paint::text_within(ui, row.title, Type::Body, t.ink, rect.width());
    let is_cut = title.elided;
    let end = paint::put_at(ui.painter(), rect.left(), rect.y_range(), title);
    if !row.by.is_empty() && end + by_width <= rect.right() + 1.0 {
        let slot = Rect::from_x_y_ranges(end + space::S..=end + space::S + 14.0, rect.y_range());
        paint::put_icon(ui, slot, Icon::Link, 14.0, t.ink2);
        paint::put_at(ui.painter(), slot.right() + space::XS, rect.y_range(), by);
    }
    let clicked = response.clicked();
    if is_cut {
        response.on_hover_text(row.title);
    }
    clicked
}

#[cfg(test)]
mod tests {
    use super::{Holding, ItemRow, below};

    #[test]
    fn by_what_an_item_stands_goes_below_its_title_rather_than_cut_it() {
        let row = ItemRow {
            title: "会前谈心谈话",
            state: Holding::Have,
            by: "自动·4 篇",
            reason: "",
            depth: 0,
            is_chosen: false,
            can_restore: false,
            enabled: true,
        };
        assert_eq!(below(&row, false), "");
        assert_eq!(below(&row, true), "自动·4 篇");
        assert_eq!(below(&ItemRow { reason: "缺签到", ..row }, true), "自动·4 篇；原因：缺签到");
        assert_eq!(below(&ItemRow { by: "", reason: "缺签到", ..row }, true), "原因：缺签到");
    }
}
