//! 两日对比: who came to be 党员, who ceased to be, what changed between two days.
//! Must never count anything itself. Start at [`DifferenceScreen`].

use egui::{Key, Modifiers, Ui};

use super::{Page, Screen, frame};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::PersonId;
use crate::engine::questions::DifferenceOf;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::export::ExportDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    Button, Cell, Column, ColumnState, EmptyState, Icon, PageHead, Segments, Table, TableEvent, TableRows, grouped,
    keyboard, note, sheet, strip, weak,
};
use crate::view::difference::{Difference, DifferenceAsk, DifferenceLine};

/// The groups, in their order.
const GROUPS: [&str; 3] = ["新增", "减少", "变动"];

/// The page 两日对比.
#[derive(Debug, Default)]
pub struct DifferenceScreen {
    /// The two days as they are written; none before the first frame.
    days: Option<(DayField, DayField)>,
    group: usize,
    found: Live<DifferenceOf>,
    /// Of each group.
    columns: [Vec<ColumnState>; 3],
    cursor: Option<usize>,
    /// The table is to get the focus.
    into_list: bool,
}

impl DifferenceScreen {
    /// What is compared, if both days can be read and stand in their order; else why not.
    fn asked(&self, scene: &Scene<'_>) -> Result<DifferenceAsk, &'static str> {
        let day = |field: &DayField| field.date().map(PartialDate::first_day);
        let (from, to) = self.days.as_ref().map(|(from, to)| (day(from), day(to))).unwrap_or_default();
        match (from, to) {
            (Some(from), Some(to)) if from < to => Ok(DifferenceAsk { scope: scene.scope, from, to }),
            (Some(_), Some(_)) => Err("前一天要早于后一天"),
            _ => Err("写好两个日期"),
        }
    }

    /// From the end of last year until the day that is shown.
    fn begin(&mut self, scene: &Scene<'_>) {
        if self.days.is_none() {
            let last_year = PartialDate::new(scene.as_of.year() - 1, Some(12), Some(31));
            let from = last_year.map_or_else(|| DayField::today(scene.today), |day| DayField::at(scene.today, day));
            let to = DayField::at(scene.today, PartialDate::of_day(scene.as_of));
            self.days = Some((from, to));
        }
    }

    fn head_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        asked: Result<DifferenceAsk, &'static str>,
        out: &mut Outbox,
    ) {
        let about = if scene.width == Width::Narrow { "" } else { scene.scope_name };
        PageHead::new("两日对比", about).height(frame::head_height(scene)).show(ui, |ui| {
            if ui.add(Button::plain("返回").icon(Icon::ArrowLeft)).clicked() {
                out.wish(Wish::Back);
            }
            let export = Button::plain("导出…").icon(Icon::Upload).enabled(asked.is_ok());
            if ui.add(export).clicked()
                && let Ok(ask) = asked
            {
                out.open(ExportDialog::difference(ask));
            }
        });
    }

    fn bar_ui(&mut self, ui: &mut Ui, is_asked: bool) {
        ui.horizontal(|ui| {
            ui.set_min_height(height::CONTROL);
            ui.spacing_mut().item_spacing.x = space::S;
            if let Some((from, to)) = &mut self.days {
                from.show_in_row(ui, "前一天", 132.0);
                weak(ui, "至");
                to.show_in_row(ui, "后一天", 132.0);
            }
            ui.add_space(space::M);
            let found = is_asked.then(|| self.found.current()).flatten();
            let counts = found.map(|found| [found.came.len(), found.left.len(), found.changed_people]);
            let word = |nth: usize| match counts {
                Some(counts) => format!("{} {}", GROUPS[nth], grouped(counts[nth] as u64)),
                None => GROUPS[nth].to_owned(),
            };
            let words = [word(0), word(1), word(2)];
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            if let Some(group) = Segments::new("看哪些人", &words, Some(self.group)).show(ui) {
                self.group = group;
                self.cursor = None;
            }
        });
    }

    fn sheet_ui(&mut self, ui: &mut Ui, asked: Result<DifferenceAsk, &'static str>, out: &mut Outbox) {
        let whole = ui.available_height();
        sheet(ui, 0, |ui| {
            ui.set_height(whole);
            ui.spacing_mut().item_spacing.y = 0.0;
            if let Some(problem) = self.found.problem() {
                note(ui, &format!("{}：{}", problem.title, problem.happened));
            }
            let found = asked.is_ok().then(|| self.found.current()).flatten();
            let lines = found.map_or(&[][..], |found| lines_of(found, self.group));
            let room = (ui.available_height() - height::STRIP).max(height::HEAD);
            let size = egui::vec2(ui.available_width(), room);
            let empty = match (asked, found) {
                (Err(why), _) => EmptyState::new(why, ""),
                (Ok(_), None) => EmptyState::new("正在对比…", ""),
                (Ok(_), Some(_)) => EmptyState::new(nothing_words(self.group), ""),
            };
            let columns = columns(self.group);
            let (states, cursor) = (&mut self.columns[self.group], self.cursor);
            let shown = ui.allocate_ui(size, |ui| {
                ui.set_min_size(size);
                let table = Table::new("difference", "两日对比", &columns, states).cursor(cursor).empty(empty);
                table.show(ui, &mut Rows(lines))
            });
            let person = |row: usize| lines.get(row).map(|line| line.id);
            for event in shown.inner.events {
                match event {
                    TableEvent::Cursor(row) => self.cursor = Some(row),
                    TableEvent::Opened(row) | TableEvent::LinkPressed { row, .. } => {
                        if let Some(id) = person(row) {
                            out.go(Page::Member(id));
                        }
                    }
                    _ => {}
                }
            }
            if std::mem::take(&mut self.into_list) {
                shown.inner.response.request_focus();
            }
            strip(ui, |ui| {
                if let (Some(found), Ok(ask)) = (found, asked) {
                    weak(ui, &closing_words(found, &ask));
                }
            });
        });
    }
}

fn lines_of(found: &Difference, group: usize) -> &[DifferenceLine] {
    match group {
        0 => &found.came,
        1 => &found.left,
        _ => &found.changed,
    }
}

fn nothing_words(group: usize) -> &'static str {
    match group {
        0 => "两天之间没有新增的党员",
        1 => "两天之间没有减少的党员",
        _ => "两天都在册的人没有变动",
    }
}

/// 「2025-12-31 党员 180 人，新增 5 人，减少 3 人，2026-11-24 党员 182 人；在册（含申请人等）189 → 190 人」
fn closing_words(found: &Difference, ask: &DifferenceAsk) -> String {
    let count = |people: usize| grouped(people as u64);
    let at = |day: Day, people: usize| format!("{day} 党员 {} 人", count(people));
    format!(
        "{}，新增 {} 人，减少 {} 人，{}；在册（含申请人等）{} → {} 人",
        at(ask.from, found.before.members),
        count(found.came.len()),
        count(found.left.len()),
        at(ask.to, found.after.members),
        count(found.before.people),
        count(found.after.people),
    )
}

fn columns(group: usize) -> Vec<Column<'static>> {
    let own: &[(&str, &str, f32)] = match group {
        0 => &[("what", "怎样来的", 126.0), ("before", "来自", 220.0)],
        1 => &[("what", "怎样走的", 126.0), ("after", "去向", 220.0)],
        _ => &[("what", "变动", 92.0), ("before", "之前", 200.0), ("after", "之后", 200.0)],
    };
    let first = [("name", "姓名", 84.0), ("category", "人员类别", 104.0), ("branch", "所在党支部", 200.0)];
    let all = first.iter().chain(own).chain(&[("on", "日期", 100.0)]);
    all.map(|(id, title, width)| Column::new(id, title, *width).unsortable()).collect()
}

/// The lines of a group as rows.
struct Rows<'r>(&'r [DifferenceLine]);

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.0.get(row) else { return Cell::default() };
        match column {
            "name" => Cell::text(&line.name),
            "category" => Cell::known(line.category.map(|category| category.label())),
            "branch" => Cell::text(&line.branch_name).weak(),
            "what" => Cell::text(&line.what),
            "before" => Cell::known(Some(&*line.before).filter(|text| !text.is_empty())),
            "after" => Cell::known(Some(&*line.after).filter(|text| !text.is_empty())),
            _ => Cell::known(line.on.map(|on| on.to_string())),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.0.get(row).map(|line| format!("{} {}", line.name, line.what)).unwrap_or_default()
    }
}

impl Screen for DifferenceScreen {
    fn stand_on(&mut self, person: PersonId) {
        let lines = self.found.shown().map_or(&[][..], |found| lines_of(found, self.group));
        self.cursor = lines.iter().position(|line| line.id == person);
        self.into_list = true;
    }

    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.begin(scene);
        let asked = self.asked(scene);
        if let Ok(ask) = asked {
            self.found.ask(scene, DifferenceOf(ask));
        }
        frame::page(ui, scene, |ui| {
            self.head_ui(ui, scene, asked, out);
            self.bar_ui(ui, asked.is_ok());
            ui.add_space(space::XS);
            self.sheet_ui(ui, asked, out);
        });
        let ctx = ui.ctx();
        let is_busy = egui::Popup::is_any_open(ctx) || ctx.text_edit_focused();
        let is_free = !is_busy && ctx.memory(|memory| memory.top_modal_layer()).is_none();
        if is_free && keyboard::pressed(ctx, Modifiers::NONE, Key::Escape) {
            out.wish(Wish::Back);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::closing_words;
    use crate::clock::Day;
    use crate::view::difference::{Difference, DifferenceAsk, Standing};

    #[test]
    fn the_strip_tells_how_the_two_days_close() {
        let found = Difference {
            before: Standing { people: 182, members: 180 },
            after: Standing { people: 12_182, members: 12_180 },
            ..Difference::default()
        };
        let ask = DifferenceAsk { scope: None, from: Day::constant(2025, 12, 31), to: Day::constant(2026, 11, 24) };
        assert_eq!(
            closing_words(&found, &ask),
            "2025-12-31 党员 180 人，新增 0 人，减少 0 人，2026-11-24 党员 12,180 人；在册（含申请人等）182 → 12,182 人"
        );
    }
}
