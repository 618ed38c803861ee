//! Uses the long table as a person does: by the names of its rows and heads, and by the keyboard.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Shape, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use lucide_icons::Icon;

use super::gallery_list::{ListPage, Roster};
use super::gallery_tests::{WIDE, first, harness};
use super::table::{Cell, Column, Table, TableRows};
use super::{TableEvent, Tone};
use crate::ui::theme::Look;

fn list(count: usize) -> Harness<'static, ListPage> {
    harness(WIDE, Look::Light, ListPage::new(count), |ui, page| page.ui(ui))
}

#[test]
fn a_row_is_chosen_ticked_and_opened_by_its_names() {
    let mut page = list(100_000);
    first(page.query_all_by_role_and_label(Role::Label, "1961-02-02")).click();
    page.run();
    assert_eq!(page.state().roster.selected.iter().copied().collect::<Vec<_>>(), [1]);
    assert_eq!(page.state().cursor, Some(1));
    assert!(page.get_by_role_and_label(Role::Grid, "党员").is_focused());
    page.get_by_label(&format!("选择 {}", Roster::name(2))).click();
    page.run();
    assert!(page.state().roster.selected.contains(&2));
    first(page.query_all_by_role_and_label(Role::Link, "组织委员")).click();
    page.run();
    assert!(page.state().events.contains(&TableEvent::LinkPressed { row: 0, column: "post".into() }));
    page.get_by_role_and_label(Role::CheckBox, "全选").click();
    page.run();
    assert_eq!(page.state().roster.selected.len(), 100_000);
}

#[test]
fn the_arrows_go_on_from_a_row_that_was_clicked() {
    let mut page = list(100_000);
    first(page.query_all_by_role_and_label(Role::Label, "1961-02-02")).click();
    page.key_press(Key::ArrowDown);
    page.run();
    assert_eq!(page.state().cursor, Some(2), "even when the key comes before the click was drawn");
    assert!(page.get_by_role_and_label(Role::Grid, "党员").is_focused());
}

#[test]
fn keys_move_extend_and_tick_in_a_table() {
    let mut page = list(100_000);
    page.get_by_role_and_label(Role::Grid, "党员").focus();
    page.run();
    for key in [Key::ArrowDown, Key::ArrowDown] {
        page.key_press(key);
        page.run();
    }
    assert_eq!(page.state().cursor, Some(1));
    page.key_press(Key::Space);
    page.run();
    assert!(page.state().roster.selected.contains(&1));
    for _ in 0..2 {
        page.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
        page.run();
    }
    assert_eq!(page.state().roster.selected.iter().copied().collect::<Vec<_>>(), [1, 2, 3]);
    page.key_press(Key::End);
    page.run();
    assert_eq!(page.state().cursor, Some(99_999));
    page.get_by_label_contains("第 100000 行");
    page.key_press(Key::Enter);
    page.run();
    assert!(page.state().events.contains(&TableEvent::Opened(99_999)));
    page.key_press_modifiers(Modifiers::COMMAND, Key::A);
    page.run();
    assert_eq!(page.state().roster.selected.len(), 100_000);
}

#[test]
fn only_rows_that_are_seen_are_there() {
    let page = list(100_000);
    let rows = page.query_all_by_role(Role::Row).count();
    assert!((15..30).contains(&rows), "{rows}");
    assert_eq!(page.query_all_by_label_contains("第 1 行").count(), 1, "a row is there once, not once a part");
}

#[test]
fn heads_ask_for_order_and_their_menu_hides_a_column() {
    let mut page = list(50);
    page.get_by_role_and_label(Role::ColumnHeader, "出生日期").click();
    page.run();
    page.get_by_role_and_label(Role::ColumnHeader, "学历").click_modifiers(Modifiers::SHIFT);
    page.run();
    let asked: Vec<_> =
        page.state().events.iter().filter(|event| matches!(event, TableEvent::SortAsked { .. })).cloned().collect();
    let sort = |column: &str, add| TableEvent::SortAsked { column: column.into(), add };
    assert_eq!(asked, [sort("birth", false), sort("education", true)]);
    page.get_by_label("列：公民身份号码").click();
    page.run();
    page.get_by_role_and_label(Role::MenuItem, "隐藏此列").click();
    page.run();
    assert_eq!(page.state().asked.as_deref(), Some("identity"));
}

#[test]
fn a_column_keeps_its_width_and_is_dragged_wider_and_elsewhere() {
    let mut page = list(50);
    let width = |page: &Harness<'_, ListPage>, id: &str| {
        page.state().states.iter().find(|state| state.id == id).map(|state| state.width)
    };
    assert_eq!(width(&page, "name"), Some(84.0), "the first frame does not fit the column to its content");
    let head = page.get_by_role_and_label(Role::ColumnHeader, "姓名").rect();
    assert!((head.width() - 84.0).abs() < 1.0, "{head:?}");
    page.drag_at(head.right_center());
    page.run();
    page.hover_at(head.right_center() + vec2(30.0, 0.0));
    page.run();
    page.drop_at(head.right_center() + vec2(30.0, 0.0));
    page.run();
    let wider = width(&page, "name").unwrap_or_default();
    assert!((wider - 114.0).abs() < 4.0, "{wider}");
    let birth = page.get_by_role_and_label(Role::ColumnHeader, "出生日期").rect();
    let education = page.get_by_role_and_label(Role::ColumnHeader, "学历").rect();
    page.drag_at(birth.left_center() + vec2(30.0, 0.0));
    page.run();
    page.hover_at(education.left_center() + vec2(10.0, 0.0));
    page.run();
    page.drop_at(education.left_center() + vec2(10.0, 0.0));
    page.run();
    let order: Vec<&str> = page.state().states.iter().map(|state| state.id.as_str()).collect();
    assert_eq!(order[..6], ["name", "sex", "age", "identity", "birth", "education"]);
}

#[test]
fn the_edge_of_a_column_is_drawn_where_it_can_be_taken_and_not_across_the_rows() {
    let mut page = list(50);
    let edge = page.get_by_role_and_label(Role::ColumnHeader, "姓名").rect().right_center();
    let uprights = |page: &Harness<'_, ListPage>| {
        let upright = |shape: &egui::epaint::ClippedShape| match &shape.shape {
            egui::Shape::LineSegment { points: [from, to], stroke } => !stroke.is_empty() && from.x == to.x,
            _ => false,
        };
        page.output().shapes.iter().filter(|shape| upright(shape)).count()
    };
    page.hover_at(edge);
    page.run();
    let with_edge = uprights(&page);
    page.hover_at(edge + vec2(0.0, 100.0));
    page.run();
    assert_eq!(uprights(&page) + 1, with_edge);
}

#[test]
fn an_empty_table_says_so() {
    let page = list(0);
    page.get_by_label("没有符合条件的党员");
}

/// Cells of every kind, with more to say than a narrow column has room for.
struct Wordy;

const WORDS: &str = "中共青禾县交通运输局机关第一支部委员会\nQinghe";

impl TableRows for Wordy {
    fn row_count(&self) -> usize {
        3
    }

    fn cell(&self, _row: usize, column: &str) -> Cell<'_> {
        match column {
            "link" => Cell::text(WORDS).link(),
            "icon" => Cell::text(WORDS).icon(Icon::Info, Tone::Amber),
            "badge" => Cell::text(WORDS).badge(Tone::Ok),
            _ => Cell::text(WORDS),
        }
    }

    fn row_name(&self, row: usize) -> String {
        row.to_string()
    }
}

/// Cells share one clip, so each must keep within its column by itself.
#[test]
fn what_is_too_long_for_a_narrow_column_never_shows_in_the_next() {
    const WIDTH: f32 = 40.0;
    let page = harness(WIDE, Look::Light, (), |ui, ()| {
        let columns = ["text", "link", "icon", "badge", "rest"].map(|id| Column::new(id, "栏", WIDTH));
        Table::new("wordy", "长", &columns, &mut Vec::new()).show(ui, &mut Wordy);
    });
    let left = page.get_by_role_and_label(Role::Grid, "长").rect().left();
    let mut seen = 0;
    for drawn in &page.output().shapes {
        let Shape::Text(text) = &drawn.shape else { continue };
        let shown = text.visual_bounding_rect().intersect(drawn.clip_rect);
        let from = left + ((shown.left() - left) / WIDTH).floor() * WIDTH;
        // The last column takes what room is left.
        assert!(from >= left + 4.0 * WIDTH || shown.right() <= from + WIDTH + 0.5, "{shown:?}: {}", text.galley.text());
        seen += 1;
    }
    assert!(seen >= 15, "{seen} texts were drawn");
}
