//! 关于: version, what draws the window, where things lie, what the program is not for.

use egui::Ui;

use super::licences::Licences;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{Icon, Tone, key_value, link, remark, section_with};

const KEY_WIDTH: f32 = 88.0;

pub fn show(ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
    section_with(ui, "关于", |ui| {
        if link(ui, "许可…").clicked() {
            out.open(Licences::default());
        }
    });
    ui.add_space(space::XS);
    let drawn_by = match scene.settings.renderer.as_deref() {
        Some("glow") => "OpenGL",
        Some("wgpu") => "wgpu（Vulkan、DirectX 12 或处理器）",
        _ => "",
    };
    key_value(ui, KEY_WIDTH, "版本", env!("CARGO_PKG_VERSION"), "");
    key_value(ui, KEY_WIDTH, "画面", drawn_by, "");
    key_value(ui, KEY_WIDTH, "工作簿", &scene.workbook().display().to_string(), "");
    ui.add_space(space::S);
    let words = "不联网，不上传：程序里没有一行联网的代码。不用于国家秘密，纪检谈话函询、审查调查材料不得录入。\
                 身份证号、电话在屏幕和纸面上默认遮去中段。";
    remark(ui, Icon::ShieldCheck, Tone::Amber, words);
}
