//! 预计写入: how many rows of each class, in large figures.
//! Must never count rows itself. Start at [`expected_ui`].

use egui::{Align, Frame, Label, Layout, Margin, RichText, Ui};

use super::column::ColumnWish;
use super::preview::{Class, Preview};
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{grouped, heading, note, rule, small_link};

/// Figures in a line.
const FIGURES: usize = 3;

/// How many rows of each class.
fn expected(preview: &Preview) -> impl Iterator<Item = (Class, usize)> {
    let all = Class::of_kind(preview.plan.kind).iter().filter(|class| **class != Class::Branches);
    all.map(|class| (*class, preview.told(*class)))
}

/// 「新增 48，变更 0，相同 0」: what is not there is left out, but for these.
pub fn expected_words(preview: &Preview) -> String {
    let is_always = |class: Class| matches!(class, Class::New | Class::Changed | Class::Same);
    let told = expected(preview).filter(|(class, count)| *count > 0 || is_always(*class));
    let told: Vec<String> = told.map(|(class, count)| format!("{} {}", class.word(), grouped(count as u64))).collect();
    format!("预计写入：{}", told.join("，"))
}

/// 预计写入, in large figures, three in a line.
pub fn expected_ui(ui: &mut Ui, preview: &Preview, is_by_layout: bool) -> Option<ColumnWish> {
    let margin = Margin { left: 16, right: 16, top: 12, bottom: 8 };
    let wish = Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let kind = preview.plan.kind.label();
        let wish = ui.horizontal(|ui| {
            heading(ui, "预计写入");
            let name = format!("这份表是{kind}，改…");
            let is_asked = |ui: &mut Ui| small_link(ui, kind, &name).on_hover_text("认错了种类，点这里改").clicked();
            ui.with_layout(Layout::right_to_left(Align::Center), is_asked).inner.then_some(ColumnWish::Kind)
        });
        let figures: Vec<(Class, usize)> = expected(preview).collect();
        for line in figures.chunks(FIGURES) {
            ui.columns(FIGURES, |parts| {
                for (part, (class, count)) in parts.iter_mut().zip(line) {
                    figure_ui(part, *class, *count);
                }
            });
        }
        let told = is_by_layout.then(|| {
            let name = "栏目照记住的对照认，看栏目";
            small_link(ui, "栏目照记住的对照认", name).on_hover_text("以前改过这样的表头，见“栏目”一步").clicked()
        });
        wish.inner.or(told.unwrap_or_default().then_some(ColumnWish::Kind))
    });
    rule(ui);
    wish.inner
}

fn figure_ui(ui: &mut Ui, class: Class, count: usize) {
    let t = theme::tokens(ui);
    let color = match class {
        Class::Broken if count > 0 => t.hard,
        Class::Waiting if count > 0 => t.amber,
        _ => t.ink,
    };
    let text = RichText::new(grouped(count as u64)).font(Type::Title.font()).color(color);
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add(Label::new(text).selectable(false).extend());
    note(ui, class.word());
}
