//! The sheet of keys: F1.

use egui::{Context, vec2};

use super::Front;
use crate::ui::dialogs::Stay;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::theme::space;
use crate::ui::widgets::{Dialog, key_value, section};

/// The keys of the whole window; those of a list stand in its menus.
pub struct Keys;

const EVERYWHERE: &[(&str, &str)] = &[
    ("Ctrl+K", "到搜索框"),
    ("Ctrl+Z", "撤销上一步"),
    ("Ctrl+Y", "重做"),
    ("Ctrl+1…7", "到左边的第 1 到第 7 页"),
    ("F6", "到下一块区域，Shift+F6 到上一块"),
    ("Tab", "到下一个控件，Shift+Tab 到上一个"),
    ("Alt+←", "回到上一页"),
    ("F1", "这张表"),
];

const IN_PLACES: &[(&str, &str)] = &[
    ("↑ ↓", "在列表、树和菜单里上下移动"),
    ("← →", "在树里收起、展开；在并排的选项里换选"),
    ("回车", "打开所在的一行，按下所在的按钮"),
    ("空格", "勾选所在的一行"),
    ("Shift+F10", "所在一行的菜单；菜单键也行"),
    ("Esc", "关掉菜单或对话框，不保存"),
    ("Ctrl+S", "在表单里保存"),
    ("Ctrl+回车", "按下对话框里的主要按钮"),
];

const IN_CELLS: &[(&str, &str)] = &[
    ("Ctrl+E", "在党员名册里开始或结束编辑表格"),
    ("回车、F2", "改所在的一格；直接打字则从头写"),
    ("Alt+↓", "列出可选的词"),
    ("Shift+方向键", "选一块；Ctrl+A 选全部"),
    ("Ctrl+C、Ctrl+V", "和 WPS 表格之间复制、粘贴一块"),
    ("Ctrl+D", "用第一行向下填充"),
    ("Delete", "清空"),
];

impl Front for Keys {
    fn show(&mut self, ctx: &Context, _host: &Host, _acts: &mut Vec<Act>) -> Stay {
        let answered = Dialog::new("keys", "按键", "关闭").width(820.0).show(ctx, |ui| {
            let column = (ui.available_width() - space::XL) / 2.0;
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::XL;
                list(ui, column, |ui| {
                    section(ui, "到处可用", "");
                    for (keys, what) in EVERYWHERE {
                        key_value(ui, 96.0, keys, what, "");
                    }
                    section(ui, "编辑表格", "");
                    for (keys, what) in IN_CELLS {
                        key_value(ui, 120.0, keys, what, "");
                    }
                });
                list(ui, column, |ui| {
                    section(ui, "所在之处", "");
                    for (keys, what) in IN_PLACES {
                        key_value(ui, 96.0, keys, what, "");
                    }
                });
            });
        });
        if answered.answer.is_some() { Stay::Closed } else { Stay::Open }
    }
}

fn list(ui: &mut egui::Ui, width: f32, add: impl FnOnce(&mut egui::Ui)) {
    ui.allocate_ui(vec2(width, 0.0), |ui| {
        ui.set_width(width);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            add(ui);
        });
    });
}
