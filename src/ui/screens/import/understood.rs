//! What was understood of the files: the day, the scope, the columns, the branches to be made.
//! Must never compare anything. Start at [`show`].

use egui::{Align, Layout, Ui, vec2};

use super::preview::{Preview, ShownColumn};
use crate::clock::Day;
use crate::ui::scene::Scene;
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Badge, Button, Icon, Tone, day_button, link, weak};

/// Columns that are shown before 「全部 n 栏」.
const SHOWN: usize = 12;
/// Branches to be made that are named.
const NAMED: usize = 3;

/// What the person did.
#[derive(Default)]
pub struct Done {
    /// Another day of the roster.
    pub day: Option<Day>,
    /// The column with questions is to be opened or closed.
    pub is_column_toggled: bool,
}

/// Draws it; `column` is the word of the button that opens the right column where there is no room for it.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, preview: &Preview, is_all: &mut bool, column: Option<&str>) -> Done {
    let mut done = Done::default();
    let size = vec2(ui.available_width(), height::CONTROL);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let words = format!("名册日期 {}", preview.plan.roster_day);
        let button = Button::plain(&words).icon(Icon::Calendar).tip("这份名册是哪一天的：变更从这一天算起");
        done.day = day_button(ui, button, preview.plan.roster_day, scene.today);
        if let Some(word) = column {
            done.is_column_toggled = ui.add(Button::plain(word).icon(Icon::CircleQuestionMark)).clicked();
        }
        weak(ui, &format!("范围：{}", scene.scope_name));
        if !preview.plan.new_branches.is_empty() {
            weak(ui, &new_branches(preview));
        }
    });
    ui.add_space(space::S);
    columns_ui(ui, preview, is_all);
    done
}

fn columns_ui(ui: &mut Ui, preview: &Preview, is_all: &mut bool) {
    let count = preview.columns.len();
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = height::BADGE;
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        ui.horizontal_wrapped(|ui| {
            let shown = if *is_all || count <= SHOWN + 1 { count } else { SHOWN };
            for column in preview.columns.iter().take(shown) {
                let (words, tone) = in_words(column);
                ui.add(Badge::new(&words).tone(tone));
            }
            if count > SHOWN + 1 {
                let word = if *is_all { "收起".to_owned() } else { format!("全部 {count} 栏") };
                if link(ui, &word).clicked() {
                    *is_all = !*is_all;
                }
            }
        });
    });
}

/// 「特长 → 自定义字段」; the head alone where it is the field's own word.
fn in_words(column: &ShownColumn) -> (String, Tone) {
    let tone = match (column.is_extra, column.meaning.is_empty()) {
        (true, _) => Tone::Act,
        (false, true) => Tone::Neutral,
        (false, false) => Tone::Ok,
    };
    if column.meaning.is_empty() {
        return (format!("{}：不取", column.head), tone);
    }
    if column.meaning == column.head {
        return (column.head.clone(), tone);
    }
    (format!("{} → {}", column.head, column.meaning), tone)
}

/// 「新建 2 个党组织：机关第一党支部、机关第二党支部」
fn new_branches(preview: &Preview) -> String {
    let new = &preview.plan.new_branches;
    let names: Vec<&str> = new.iter().take(NAMED).map(|branch| branch.name.as_str()).collect();
    let more = if new.len() > NAMED { " 等" } else { "" };
    format!("新建 {} 个党组织：{}{more}", new.len(), names.join("、"))
}
