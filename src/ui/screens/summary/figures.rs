//! Owns how the figures of a scope stand on the page: the large ones, four families of bands, organisations by kind.
//! Must never know what opening one does. Start at [`show`].

use egui::{Id, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::domain::statistics::{Feature, is_rest};
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    ChartRow, Figure as Number, Icon, Tone, figure, grouped, icon, link, note, section, sheet, weak,
};
use crate::view::figures::{Figure, Figures};

/// What was asked for.
pub enum SummaryWish {
    /// The rows behind this figure; `source` is what was pressed.
    Open {
        name: String,
        source: Id,
    },
    UnknownCategory,
    UnknownStart,
}

/// Height of the sheet of large figures.
const LARGE: f32 = 96.0;
/// Gap between two columns of bands.
const GUTTER: f32 = 32.0;

/// The least height in which the bands scroll by themselves; in less the whole page does.
pub const LEAST_HEIGHT: f32 = 420.0;

/// Draws all figures; `open` is the name of the one whose rows are shown. Where it `fits` the page the bands take the
/// height that is left and scroll within it.
pub fn show(ui: &mut Ui, figures: &Figures, open: Option<&str>, is_past: bool, fits: bool) -> Option<SummaryWish> {
    let mut wish = large_ui(ui, figures, open);
    ui.add_space(space::M);
    wish = notes_ui(ui, figures, is_past).or(wish);
    sheet(ui, 0, |ui| {
        ui.set_width(ui.available_width());
        if fits {
            let room = ui.available_height() - height::STRIP;
            ui.allocate_ui(vec2(ui.available_width(), room), |ui| {
                ui.set_min_height(room);
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    wish = families_ui(ui, figures, open).or(wish.take());
                });
            });
        } else {
            wish = families_ui(ui, figures, open).or(wish.take());
        }
        wish = organisations_ui(ui, figures, open).or(wish.take());
    });
    wish
}

fn opened(response: &Response, name: &str) -> Option<SummaryWish> {
    response.clicked().then(|| SummaryWish::Open { name: name.to_owned(), source: response.id })
}

/// The five large figures, each with what it is a part of.
fn large_ui(ui: &mut Ui, figures: &Figures, open: Option<&str>) -> Option<SummaryWish> {
    const NAMES: [&str; 5] = ["党员.总数", "党员.女", "党员.少数民族", "党员.大专及以上", "党员.光荣在党50年"];
    let mut wish = None;
    sheet(ui, 0, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LARGE - 2.0), Sense::hover());
        // The first one has two more numbers below it.
        let first = (rect.width() * 0.24).round();
        let other = (rect.width() - first) / 4.0;
        let mut left = rect.left();
        for (index, name) in NAMES.iter().enumerate() {
            let Some(shown) = figures.get(name) else { continue };
            let width = if index == 0 { first } else { other };
            let cell = Rect::from_min_size(egui::pos2(left, rect.top()), vec2(width, rect.height()));
            left += width;
            if index > 0 {
                let line =
                    Rect::from_x_y_ranges(cell.left()..=cell.left() + theme::px(ui.pixels_per_point()), cell.y_range());
                ui.painter().rect_filled(line, 0, theme::tokens(ui).line);
            }
            ui.push_id(name, |ui| wish = large_cell(ui, cell, figures, shown, open).or(wish.take()));
        }
    });
    wish
}

fn large_cell(ui: &mut Ui, cell: Rect, figures: &Figures, shown: &Figure, open: Option<&str>) -> Option<SummaryWish> {
    let inner = cell.shrink2(vec2(space::L, 0.0));
    let line = |top: f32, height: f32| {
        let rect = Rect::from_min_size(egui::pos2(inner.left(), cell.top() + top), vec2(inner.width(), height));
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        UiBuilder::new().max_rect(rect).id_salt(top as u32).layout(layout)
    };
    ui.scope_builder(line(10.0, 22.0), |ui| weak(ui, &shown.label));
    let is_open = |name: &str| open == Some(name);
    let value = grouped(shown.value);
    let number = Number::new(&shown.label, &value, shown.unit).large().open(is_open(&shown.name));
    let pressed = ui.scope_builder(line(28.0, 42.0), |ui| figure(ui, &number)).inner;
    let mut wish = opened(&pressed, &shown.name);
    ui.scope_builder(line(66.0, 24.0), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        if shown.name != "党员.总数" {
            note(ui, &percent(shown.value, figures.value("党员.总数")));
            return;
        }
        for (name, word) in [("党员.正式", "正式"), ("党员.预备", "预备")] {
            let Some(part) = figures.get(name) else { continue };
            note(ui, word);
            let value = grouped(part.value);
            let number = Number::new(&part.label, &value, "").open(is_open(name));
            wish = opened(&figure(ui, &number), name).or(wish.take());
            ui.add_space(space::S);
        }
    });
    wish
}

/// `40.1 %`; — where there is nothing to be a part of.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "—".to_owned() } else { format!("{:.1} %", part as f64 * 100.0 / whole as f64) }
}

/// What does not stand in the figures, or not surely.
fn notes_ui(ui: &mut Ui, figures: &Figures, is_past: bool) -> Option<SummaryWish> {
    let mut wish = None;
    let mut line = |ui: &mut Ui, words: String, asked: SummaryWish| {
        ui.horizontal(|ui| {
            ui.set_min_height(height::SMALL);
            ui.spacing_mut().item_spacing.x = space::S;
            icon(ui, Icon::TriangleAlert, 16.0, Tone::Amber.mark(theme::tokens(ui)));
            weak(ui, &words);
            if link(ui, "看这些人").clicked() {
                wish = Some(asked);
            }
        });
        ui.add_space(space::S);
    };
    if figures.unknown_category > 0 {
        let words = format!("另有 {} 人类别不详，没有计入", figures.unknown_category);
        ui.push_id("unknown category", |ui| line(ui, words, SummaryWish::UnknownCategory));
    }
    if is_past && let Some(words) = figures.note() {
        ui.push_id("unknown start", |ui| line(ui, words, SummaryWish::UnknownStart));
    }
    wish
}

/// Two columns of two families.
fn families_ui(ui: &mut Ui, figures: &Figures, open: Option<&str>) -> Option<SummaryWish> {
    let width = ui.available_width() - 2.0 * space::L;
    let left_width = ((width - GUTTER) * 0.575).round();
    let columns = [
        (left_width, [Feature::Age, Feature::EntryPeriod]),
        (width - GUTTER - left_width, [Feature::Education, Feature::Standing]),
    ];
    let top = ui.cursor().min + vec2(space::L, space::M);
    let mut left = top.x;
    let mut bottom = top.y;
    let mut wish = None;
    for (width, families) in columns {
        let rect = Rect::from_min_size(egui::pos2(left, top.y), vec2(width, 10_000.0));
        left += width + GUTTER;
        let drawn = ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(families[0].name()), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut wish = None;
            for family in families {
                wish = family_ui(ui, figures, family, open).or(wish);
                ui.add_space(space::L);
            }
            wish
        });
        bottom = bottom.max(drawn.response.rect.bottom());
        wish = drawn.inner.or(wish);
    }
    ui.advance_cursor_after_rect(Rect::from_min_max(ui.cursor().min, egui::pos2(ui.cursor().left(), bottom)));
    wish
}

fn family_ui(ui: &mut Ui, figures: &Figures, feature: Feature, open: Option<&str>) -> Option<SummaryWish> {
    let bands: Vec<&Figure> = figures.family(feature).filter(|band| band.value > 0 || !is_rest(&band.label)).collect();
    let total: u64 = bands.iter().map(|band| band.value).sum();
    let longest = bands.iter().map(|band| band.value).max().unwrap_or(0).max(1);
    let labels: Vec<String> = bands.iter().map(|band| spaced(&shortened(&band.label))).collect();
    let label_width = labels.iter().map(|label| text_width(ui, label)).fold(0.0, f32::max).ceil();
    let basis = if feature.basis().is_empty() { String::new() } else { format!("{}，", feature.basis()) };
    let mut wish = None;
    ui.push_id(feature.name(), |ui| {
        section(ui, feature.name(), &format!("{basis}合计 {}", grouped(total)));
        for (band, label) in bands.iter().zip(&labels) {
            let value = grouped(band.value);
            let share = percent(band.value, total);
            let row = ChartRow::new(label, &value, band.value as f32 / longest as f32)
                .share(&share)
                .label_width(label_width)
                .open(open == Some(&band.name));
            wish = opened(&row.show(ui), &band.name).or(wish.take());
        }
    });
    wish
}

/// Organisations by kind, those there are.
fn organisations_ui(ui: &mut Ui, figures: &Figures, open: Option<&str>) -> Option<SummaryWish> {
    crate::ui::widgets::strip(ui, |ui| {
        let mut wish = None;
        let kinds: Vec<&Figure> =
            figures.all.iter().filter(|figure| figure.name.starts_with("组织.") && figure.value > 0).collect();
        if kinds.is_empty() {
            note(ui, "还没有党组织");
        }
        for kind in kinds {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                weak(ui, &kind.label);
                let value = grouped(kind.value);
                let number = Number::new(&kind.label, &value, kind.unit).open(open == Some(&kind.name));
                wish = opened(&figure(ui, &number), &kind.name).or(wish.take());
            });
        }
        wish
    })
}

fn text_width(ui: &Ui, text: &str) -> f32 {
    let font = Type::Body.font();
    ui.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x)
}

/// The long names of the entry periods as a list has room for them.
pub fn shortened(label: &str) -> String {
    label.replace("至党的", "至").replace("党的十一届", "十一届")
}

/// Numbers stand half-width with one space to Chinese text (`41 至 45 岁`).
pub fn spaced(label: &str) -> String {
    let mut text = String::new();
    let mut before: Option<char> = None;
    for c in label.chars() {
        let is_edge = |a: char, b: char| a.is_ascii_digit() && !b.is_ascii();
        if before.is_some_and(|before| is_edge(before, c) || is_edge(c, before)) {
            text.push(' ');
        }
        text.push(c);
        before = Some(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{percent, shortened, spaced};

    #[test]
    fn labels_of_bands_are_set_as_the_screen_sets_numbers() {
        assert_eq!(spaced("41至45岁"), "41 至 45 岁");
        assert_eq!(spaced("10年以下"), "10 年以下");
        assert_eq!(shortened("党的十一届三中全会后至党的十八大前"), "十一届三中全会后至十八大前");
        assert_eq!(shortened("党的十八大以来"), "党的十八大以来");
        assert_eq!(percent(73, 182), "40.1 %");
        assert_eq!(percent(0, 0), "—");
    }
}
