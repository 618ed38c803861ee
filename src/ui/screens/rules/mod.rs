//! 规则: what organisations, members and talks are checked against, rule by rule, with the article it comes from; numbers can be
//! changed.
//! Must never change anything itself: it wishes. Start at [`RulesScreen`].

mod edit;

use egui::Ui;

use super::Screen;
use super::frame::{head_height, page};
use crate::domain::rules::{Level, Rule, RuleGroup};
use crate::engine::questions::Rules;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::widgets::{
    Button, Cell, Column, ColumnState, EmptyState, Icon, PageHead, Segments, Table, TableEvent, TableRows, Tone, sheet,
};
use crate::view::rules::RuleLine;
use edit::EditRule;

/// The page 规则.
#[derive(Debug, Default)]
pub struct RulesScreen {
    rules: Live<Rules>,
    columns: Vec<ColumnState>,
    /// Those of the rules about talks, which tell how each is counted.
    talk_columns: Vec<ColumnState>,
    cursor: Option<usize>,
    /// The rules about what are shown; all of them while nothing is chosen.
    group: Option<RuleGroup>,
}

impl RulesScreen {
    fn group_ui(&mut self, ui: &mut Ui) {
        let words: Vec<&str> = std::iter::once("全部").chain(RuleGroup::ALL.map(RuleGroup::label)).collect();
        let chosen = RuleGroup::ALL.iter().position(|group| Some(*group) == self.group).map_or(0, |place| place + 1);
        if let Some(place) = Segments::new("看哪些规则", &words, Some(chosen)).show(ui) {
            self.group = place.checked_sub(1).and_then(|place| RuleGroup::ALL.get(place)).copied();
            self.cursor = None;
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, out: &mut Outbox) {
        let all = self.rules.shown().map_or(&[][..], Vec::as_slice);
        let is_shown = |line: &&RuleLine| self.group.is_none_or(|group| line.rule.measure.group() == group);
        let lines: Vec<&RuleLine> = all.iter().filter(is_shown).collect();
        let is_of_talks = self.group == Some(RuleGroup::Talks);
        let counted = is_of_talks.then(|| Column::new("counted", "怎样算", 464.0).unsortable());
        let states = if is_of_talks { &mut self.talk_columns } else { &mut self.columns };
        let columns = [
            Column::new("title", "规则", 170.0).unsortable(),
            Column::new("state", "状态", 56.0).unsortable(),
            Column::new("level", "程度", 60.0).unsortable(),
            Column::new("numbers", "数", 290.0).unsortable(),
            Column::new("article", "依据", 320.0).unsortable(),
            Column::new("note", "说明", 150.0).unsortable(),
            Column::new("checked", "核对", 72.0).unsortable(),
            Column::new("version", "施行", 96.0).unsortable(),
            Column::new("kinds", "适用", 180.0).unsortable(),
        ];
        let (before, after) = columns.split_at(1);
        let columns: Vec<Column<'_>> = before.iter().cloned().chain(counted).chain(after.iter().cloned()).collect();
        let response = Table::new("rules", "规则", &columns, states)
            .cursor(self.cursor)
            .empty(EmptyState::new("正在读规则", ""))
            .show(ui, &mut RuleRows { lines: &lines, chosen: self.cursor });
        for event in response.events {
            match event {
                TableEvent::Cursor(row) => self.cursor = Some(row),
                TableEvent::Opened(row) | TableEvent::LinkPressed { row, .. } => {
                    if let Some(line) = lines.get(row) {
                        out.open(EditRule::new(line));
                    }
                }
                _ => {}
            }
        }
    }
}

/// 「最多党员（人） 60（条例 50）」
fn numbers_of(line: &RuleLine) -> String {
    let told = line.rule.labels.iter().map(|(name, label)| {
        let number = line.rule.number(name);
        match line.shipped.number(name) {
            shipped if shipped == number => format!("{label} {number}"),
            shipped => format!("{label} {number}（原为 {shipped}）"),
        }
    });
    told.collect::<Vec<_>>().join("；")
}

/// How a level looks.
fn tone_of(rule: &Rule) -> Tone {
    if rule.level == Level::Red { Tone::Hard } else { Tone::Amber }
}

/// The rules as rows.
struct RuleRows<'a> {
    lines: &'a [&'a RuleLine],
    chosen: Option<usize>,
}

impl TableRows for RuleRows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.lines.get(row) else { return Cell::default() };
        let rule = &line.rule;
        match column {
            "title" => Cell::text(&*rule.title).link(),
            "state" if !rule.enabled => Cell::text("停用").badge(Tone::Neutral),
            "state" if line.is_changed() => Cell::text("改过").badge(Tone::Act),
            "state" => Cell::text("启用").weak(),
            "level" => Cell::text(rule.level.label()).badge(tone_of(rule)),
            "numbers" => Cell::text(numbers_of(line)).tip(numbers_of(line)),
            "counted" => Cell::text(rule.reckoning()).tip(rule.reckoning()),
            "kinds" => Cell::text(rule.speaks_of_words()).weak().tip(rule.speaks_of_words()),
            "article" => Cell::text(&*rule.article).tip(rule.shown_article()),
            "version" => Cell::text(rule.versions()).weak().tip(rule.versions()),
            "checked" if !rule.is_checked() => Cell::text("待核对").badge(Tone::Amber),
            "checked" => Cell::default(),
            _ => Cell::text(line.note.as_deref().unwrap_or_default()).weak(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.lines.get(row).map(|line| line.rule.title.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.chosen == Some(row)
    }

    fn is_dim(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| !line.rule.enabled)
    }
}

impl Screen for RulesScreen {
    fn show_rules(&mut self, group: RuleGroup) {
        self.group = Some(group);
        self.cursor = None;
    }

    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.rules.ask(scene, Rules);
        page(ui, scene, |ui| {
            let words = "党组织、党员和谈心谈话按这些规则核对；改了只在本工作簿里有效，可以撤回";
            PageHead::new("规则", words).height(head_height(scene)).show(ui, |ui| {
                if ui.add(Button::plain("返回").icon(Icon::ArrowLeft)).clicked() {
                    out.wish(Wish::Back);
                }
                self.group_ui(ui);
            });
            sheet(ui, 0, |ui| {
                ui.set_min_size(ui.available_size());
                self.table_ui(ui, out);
            });
        });
    }
}
