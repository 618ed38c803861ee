//! Owns the four ratios: how many of how many, what is missing, what it rests on.
//! Must never count. Start at [`show`].

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use crate::domain::coverage::Relation;
use crate::domain::rules::Rule;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Figure, Tone, figure, grouped, measuring_bar, note, sheet, strong, toned};
use crate::view::coverage::{CoverageBoard, Ratio};

/// Height of a card.
const TALL: f32 = 114.0;

/// Draws them; gives back the relation whose number was pressed.
pub fn show(
    ui: &mut Ui,
    board: &CoverageBoard,
    ratio: &dyn Fn(Relation) -> Option<Ratio>,
    opened: Option<Relation>,
    two_lines: bool,
) -> Option<Relation> {
    let mut pressed = None;
    let rows = if two_lines { 2 } else { 1 };
    let columns = Relation::ALL.len() / rows;
    sheet(ui, 0, |ui| {
        let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), TALL * rows as f32), egui::Sense::hover());
        let wide = whole.width() / columns as f32;
        for (place, relation) in Relation::ALL.into_iter().enumerate() {
            let min = whole.min + vec2((place % columns) as f32 * wide, (place / columns) as f32 * TALL);
            let rect = Rect::from_min_size(min, vec2(wide, TALL));
            if opened == Some(relation) {
                ui.painter().rect_filled(rect.shrink(1.0), 0, theme::tokens(ui).select);
            }
            if place % columns > 0 {
                let line = rect.with_max_x(rect.left() + theme::px(ui.pixels_per_point()));
                ui.painter().rect_filled(line, 0, theme::tokens(ui).line2);
            }
            if place == columns {
                let line = whole.with_min_y(rect.top()).with_max_y(rect.top() + theme::px(ui.pixels_per_point()));
                ui.painter().rect_filled(line, 0, theme::tokens(ui).line2);
            }
            let rule = board.rules.iter().find(|(of, _)| *of == relation).map(|(_, rule)| rule);
            let inner = rect.shrink2(vec2(space::L, 10.0));
            ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt(("card", place)), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if card_ui(ui, relation, ratio(relation), rule, opened == Some(relation)) {
                    pressed = Some(relation);
                }
            });
        }
    });
    pressed
}

fn card_ui(ui: &mut Ui, relation: Relation, ratio: Option<Ratio>, rule: Option<&Rule>, open: bool) -> bool {
    let mut pressed = false;
    let line = vec2(ui.available_width(), 22.0);
    ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        strong(ui, title(relation));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| state_ui(ui, relation, ratio));
    });
    let Some(ratio) = ratio else {
        ui.add_space(space::S);
        note(ui, "规则里停用了，不计");
        return false;
    };
    let value = grouped(ratio.done as u64);
    let unit = format!("/ {} {}", grouped(ratio.required as u64), relation.unit());
    let shown = Figure::new(title(relation), &value, &unit).large().open(open);
    pressed |= figure(ui, &shown).clicked();
    ui.add_space(space::XS);
    let width = ui.available_width();
    measuring_bar(ui, ratio.done, ratio.required, width);
    ui.add_space(space::XS);
    if let Some(rule) = rule {
        note(ui, &basis(relation, rule)).on_hover_text(rule.shown_article());
    }
    pressed
}

/// What is missing, or that nothing is.
fn state_ui(ui: &mut Ui, relation: Relation, ratio: Option<Ratio>) {
    let Some(ratio) = ratio else { return };
    let unit = relation.unit();
    if ratio.required == 0 {
        note(ui, "没有要谈的");
    } else if ratio.missing() > 0 {
        let open = if ratio.open > 0 { format!("，待谈 {} {unit}", ratio.open) } else { String::new() };
        toned(ui, &format!("缺 {} {unit}{open}", ratio.missing()), Tone::Amber);
    } else if ratio.open > 0 {
        toned(ui, &format!("待谈 {} {unit}", ratio.open), Tone::Act);
    } else {
        toned(ui, "齐", Tone::Ok);
    }
}

/// How a relation is headed.
pub fn title(relation: Relation) -> &'static str {
    match relation {
        Relation::AfterEvents => "必谈事项",
        other => other.label(),
    }
}

/// 「一般每年不少于 1 次·第十九条」
fn basis(relation: Relation, rule: &Rule) -> String {
    let article = rule.article.rsplit('》').next().unwrap_or_default();
    match relation {
        Relation::AfterEvents => format!("事后 {} 天内·{article}", rule.number("days")),
        _ => format!("一般每年不少于 {} 次·{article}", rule.number("needed")),
    }
}

#[cfg(test)]
mod tests {
    use super::basis;
    use crate::domain::coverage::Relation;
    use crate::domain::rules::RuleBook;

    #[test]
    fn a_card_says_generally_and_the_article_and_nothing_of_a_breach() {
        let book = RuleBook::shipped().expect("rules");
        let words: Vec<String> =
            Relation::ALL.into_iter().map(|of| basis(of, of.rule(&book).expect("a rule"))).collect();
        assert_eq!(words[0], "一般每年不少于 1 次·第十九条");
        assert_eq!(words[3], "事后 30 天内·第十九条，各地做法");
        assert!(words.iter().all(|words| !words.contains("违规")));
    }
}
