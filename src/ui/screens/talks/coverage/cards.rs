//! Owns the four ratios: how many of how many, what is missing, what it rests on.
//! Must never count. Start at [`show`].

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use crate::domain::coverage::Relation;
use crate::domain::rules::Rule;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Figure, Tone, figure, grouped, measuring_bar, note, sheet, strong, toned};
use crate::view::coverage::{CoverageBoard, Ratio};

/// Height of a card, and where there is little room: what it rests on is then told where the pointer rests.
const TALL: f32 = 114.0;
const LOW: f32 = 88.0;

/// Draws them; gives back the relation whose number was pressed.
pub fn show(
    ui: &mut Ui,
    board: &CoverageBoard,
    ratio: &dyn Fn(Relation) -> Option<Ratio>,
    opened: Option<Relation>,
    is_low: bool,
) -> Option<Relation> {
    let mut pressed = None;
    let tall = if is_low { LOW } else { TALL };
    let inset = if is_low { vec2(space::M, space::S) } else { vec2(space::L, 10.0) };
    sheet(ui, 0, |ui| {
        let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), egui::Sense::hover());
        let wide = whole.width() / Relation::ALL.len() as f32;
        for (place, relation) in Relation::ALL.into_iter().enumerate() {
            let rect = Rect::from_min_size(whole.min + vec2(place as f32 * wide, 0.0), vec2(wide, tall));
            if opened == Some(relation) {
                ui.painter().rect_filled(rect.shrink(1.0), 0, theme::tokens(ui).select);
            }
            if place > 0 {
                let line = rect.with_max_x(rect.left() + theme::px(ui.pixels_per_point()));
                ui.painter().rect_filled(line, 0, theme::tokens(ui).line2);
            }
            let rule = board.rules.iter().find(|(of, _)| *of == relation).map(|(_, rule)| rule);
            let inner = rect.shrink2(inset);
            ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt(("card", place)), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let card = Card { relation, ratio: ratio(relation), rule, is_open: opened == Some(relation), is_low };
                if card.show(ui) {
                    pressed = Some(relation);
                }
            });
        }
    });
    pressed
}

/// One of the four.
struct Card<'a> {
    relation: Relation,
    /// None where the rule is switched off.
    ratio: Option<Ratio>,
    rule: Option<&'a Rule>,
    is_open: bool,
    is_low: bool,
}

impl Card<'_> {
    /// Draws it; true when its number is pressed.
    fn show(&self, ui: &mut Ui) -> bool {
        let line = vec2(ui.available_width(), 22.0);
        ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().interact_size.y = 0.0;
            strong(ui, self.relation.label());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| self.state_ui(ui));
        });
        let Some(ratio) = self.ratio else {
            ui.add_space(space::S);
            note(ui, "规则里停用了，不计");
            return false;
        };
        let basis = self.rule.map(|rule| (basis(self.relation, rule), rule.shown_article()));
        let value = grouped(ratio.done as u64);
        let unit = format!("/ {} {}", grouped(ratio.required as u64), self.relation.unit());
        let shown = Figure::new(self.relation.label(), &value, &unit).large().open(self.is_open);
        let mut number = figure(ui, &shown);
        if let Some((words, article)) = basis.as_ref().filter(|_| self.is_low) {
            number = number.on_hover_text(format!("{words}\n{article}"));
        }
        ui.add_space(space::XS);
        let width = ui.available_width();
        measuring_bar(ui, ratio.done, ratio.required, width);
        if let Some((words, article)) = basis.filter(|_| !self.is_low) {
            ui.add_space(space::XS);
            note(ui, &words).on_hover_text(article);
        }
        number.clicked()
    }

    /// What is missing, or that nothing is.
    fn state_ui(&self, ui: &mut Ui) {
        let Some(ratio) = self.ratio else { return };
        let unit = self.relation.unit();
        // Both at once are told without their unit where there is little room: it stands below.
        let counted = |count: usize, other: usize| match self.is_low && other > 0 {
            true => grouped(count as u64),
            false => format!("{} {unit}", grouped(count as u64)),
        };
        if ratio.required == 0 {
            note(ui, "没有要谈的");
        } else if ratio.missing() > 0 {
            let open = match ratio.open {
                0 => String::new(),
                open => format!("，待谈 {}", counted(open, ratio.missing())),
            };
            toned(ui, &format!("缺 {}{open}", counted(ratio.missing(), ratio.open)), Tone::Amber);
        } else if ratio.open > 0 {
            toned(ui, &format!("待谈 {} {unit}", grouped(ratio.open as u64)), Tone::Act);
        } else {
            toned(ui, "齐", Tone::Ok);
        }
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
