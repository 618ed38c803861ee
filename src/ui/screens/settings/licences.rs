//! Under which licences the program and what it carries may be used.

use egui::{Context, Ui};

use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, key_value, section, wrapped_note};

/// What the program is made of, by licence. The texts of the crates' licences lie with their sources.
const PARTS: &[(&str, &str)] = &[
    ("窗口", "egui、eframe、egui_table、winit、wgpu、glow：MIT 或 Apache-2.0"),
    ("文件", "SQLite：公有领域；SQLCipher：BSD 三条款；OpenSSL：Apache-2.0"),
    ("表格", "calamine、rust_xlsxwriter、csv、encoding_rs、zip：MIT 或 Apache-2.0"),
    ("排版", "typst：Apache-2.0"),
    ("排序", "ICU4X：Unicode-3.0；pinyin：MIT；笔顺表取自 cnchar-order：MIT"),
    ("字体", "Noto Sans SC、Noto Serif SC：SIL OFL 1.1"),
    ("图标", "Lucide：ISC"),
];

/// The dialog 许可.
#[derive(Debug, Default)]
pub struct Licences {}

impl Dialog for Licences {
    fn show(&mut self, ctx: &Context, _scene: &Scene<'_>, _out: &mut Outbox) -> Stay {
        let answered = widgets::Dialog::new("licences", "许可", "关闭").width(720.0).show(ctx, content);
        if answered.answer.is_some() { Stay::Closed } else { Stay::Open }
    }
}

fn content(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 0.0;
    section(ui, "其中包含", "");
    for (part, words) in PARTS {
        key_value(ui, 64.0, part, words, "");
    }
    ui.add_space(space::M);
    section(ui, "本程序", "MIT");
    ui.add_space(space::XS);
    wrapped_note(ui, include_str!("../../../../LICENSE"));
    ui.add_space(space::M);
    section(ui, "笔顺表", "MIT");
    ui.add_space(space::XS);
    wrapped_note(ui, include_str!("../../../../assets/codes/strokes.LICENSE"));
    ui.add_space(space::M);
    section(ui, "字体", "SIL OFL 1.1");
    ui.add_space(space::XS);
    wrapped_note(ui, include_str!("../../../../assets/fonts/OFL.txt"));
}
