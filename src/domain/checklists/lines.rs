//! A template as a list of lines, each with how deep it stands: as it is edited, and as a table that comes in is read.
//!
//! Start at [`TemplateLines`].

use std::collections::HashSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::TemplateItem;
use super::templates::DEEPEST;

/// An item, without its parts: they are the deeper lines that follow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateLine {
    /// 0 at the top.
    pub depth: usize,
    pub item: TemplateItem,
}

/// The lines of a template, each whole before its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateLines(Vec<TemplateLine>);

impl TemplateLines {
    /// The lines of these items.
    pub fn of(items: &[TemplateItem]) -> Self {
        fn walk(items: &[TemplateItem], depth: usize, lines: &mut Vec<TemplateLine>) {
            for item in items {
                let alone = TemplateItem { parts: Vec::new(), ..item.clone() };
                lines.push(TemplateLine { depth, item: alone });
                walk(&item.parts, depth + 1, lines);
            }
        }
        let mut lines = Vec::new();
        walk(items, 0, &mut lines);
        Self(lines)
    }

    /// The items of these lines. A line that stands deeper than a part of the one before it can is a part of that one.
    pub fn items(&self) -> Vec<TemplateItem> {
        fn take(lines: &[TemplateLine], at: &mut usize, depth: usize) -> Vec<TemplateItem> {
            let mut items = Vec::new();
            while let Some(line) = lines.get(*at).filter(|line| line.depth >= depth) {
                *at += 1;
                items.push(TemplateItem { parts: take(lines, at, line.depth + 1), ..line.item.clone() });
            }
            items
        }
        take(&self.0, &mut 0, 0)
    }

    pub fn all(&self) -> &[TemplateLine] {
        &self.0
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, at: usize) -> Option<&TemplateLine> {
        self.0.get(at)
    }

    /// What is written of a line.
    pub fn item_mut(&mut self, at: usize) -> Option<&mut TemplateItem> {
        self.0.get_mut(at).map(|line| &mut line.item)
    }

    /// Puts a line at the end.
    pub fn push(&mut self, depth: usize, item: TemplateItem) {
        self.0.push(TemplateLine { depth, item });
    }

    /// The line with its parts.
    pub fn with_parts(&self, at: usize) -> Range<usize> {
        let Some(line) = self.0.get(at) else { return at..at };
        let parts = self.0[at + 1..].iter().take_while(|below| below.depth > line.depth).count();
        at..at + 1 + parts
    }

    /// Whether other lines are parts of it.
    pub fn has_parts(&self, at: usize) -> bool {
        self.with_parts(at).len() > 1
    }

    /// The line that this one is part of.
    pub fn whole_of(&self, at: usize) -> Option<usize> {
        let depth = self.0.get(at)?.depth;
        (0..at).rev().find(|before| self.0[*before].depth < depth)
    }

    /// The neighbour before it, of the same whole.
    fn before(&self, at: usize) -> Option<usize> {
        let depth = self.0.get(at)?.depth;
        let before = (0..at).rev().find(|before| self.0[*before].depth <= depth)?;
        (self.0[before].depth == depth).then_some(before)
    }

    /// The neighbour behind it, of the same whole.
    fn behind(&self, at: usize) -> Option<usize> {
        let depth = self.0.get(at)?.depth;
        let behind = self.with_parts(at).end;
        self.0.get(behind).filter(|line| line.depth == depth).map(|_| behind)
    }

    /// A new line behind this one and its parts, as deep as it; at the end where there is none. Gives its place.
    pub fn add_behind(&mut self, at: Option<usize>) -> usize {
        let line = at.and_then(|at| self.0.get(at));
        let depth = line.map_or(0, |line| line.depth);
        let place = at.filter(|_| line.is_some()).map_or(self.0.len(), |at| self.with_parts(at).end);
        self.0.insert(place, TemplateLine { depth, item: TemplateItem::default() });
        place
    }

    /// Whether a line can have parts: 类, 项, 件 and no deeper.
    pub fn may_have_parts(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|line| line.depth + 1 < DEEPEST)
    }

    /// A new line as the last part of this one; gives its place.
    pub fn add_part(&mut self, at: usize) -> Option<usize> {
        if !self.may_have_parts(at) {
            return None;
        }
        let depth = self.0.get(at)?.depth + 1;
        let place = self.with_parts(at).end;
        self.0.insert(place, TemplateLine { depth, item: TemplateItem::default() });
        Some(place)
    }

    /// Takes a line out, with its parts; gives how many lines went.
    pub fn remove(&mut self, at: usize) -> usize {
        let range = self.with_parts(at);
        self.0.drain(range).count()
    }

    /// Whether a neighbour stands before it.
    pub fn may_move_up(&self, at: usize) -> bool {
        self.before(at).is_some()
    }

    /// Whether a neighbour stands behind it.
    pub fn may_move_down(&self, at: usize) -> bool {
        self.behind(at).is_some()
    }

    /// Before its neighbour (上移); gives its place now, none where it is the first.
    pub fn move_up(&mut self, at: usize) -> Option<usize> {
        let before = self.before(at)?;
        let end = self.with_parts(at).end;
        self.0[before..end].rotate_left(at - before);
        Some(before)
    }

    /// Behind its neighbour (下移); gives its place now, none where it is the last.
    pub fn move_down(&mut self, at: usize) -> Option<usize> {
        let behind = self.behind(at)?;
        let end = self.with_parts(behind).end;
        self.0[at..end].rotate_left(behind - at);
        Some(at + end - behind)
    }

    /// Whether it can become a part of its neighbour before it: nothing may come to stand too deep.
    pub fn may_move_in(&self, at: usize) -> bool {
        let deepest = self.0.get(self.with_parts(at)).into_iter().flatten().map(|line| line.depth).max();
        self.before(at).is_some() && deepest.is_some_and(|deepest| deepest + 1 < DEEPEST)
    }

    /// Makes it the last part of its neighbour before it (移入上一项).
    pub fn move_in(&mut self, at: usize) -> bool {
        if !self.may_move_in(at) {
            return false;
        }
        for line in self.with_parts(at) {
            self.0[line].depth += 1;
        }
        true
    }

    /// Makes it the neighbour behind what it is part of (移出上一级); gives its place now.
    pub fn move_out(&mut self, at: usize) -> Option<usize> {
        let whole = self.whole_of(at)?;
        let own = self.with_parts(at);
        let end = self.with_parts(whole).end;
        for line in own.clone() {
            self.0[line].depth -= 1;
        }
        self.0[at..end].rotate_left(own.len());
        Some(end - own.len())
    }
}

/// Gives a code to the items that have none: the next number among their neighbours, after the code of the whole. Those
/// in `taken` are of other items, or were: a checklist would find its old item by them.
pub fn with_codes(items: Vec<TemplateItem>, taken: &HashSet<String>) -> Vec<TemplateItem> {
    let mut used = taken.clone();
    for line in TemplateLines::of(&items).0 {
        used.insert(line.item.code.trim().to_owned());
    }
    coded(items, "", &mut used)
}

fn coded(items: Vec<TemplateItem>, whole: &str, used: &mut HashSet<String>) -> Vec<TemplateItem> {
    let dotted = if whole.is_empty() { String::new() } else { format!("{whole}.") };
    let number = |code: &str| code.strip_prefix(&dotted).and_then(|number| number.parse::<u32>().ok());
    let mut last = items.iter().filter_map(|item| number(item.code.trim())).max().unwrap_or(0);
    // As wide as those of the neighbours: 7 behind 6, 07 behind 06.
    let told = items.iter().map(|item| item.code.trim()).filter(|code| number(code).is_some());
    let width = told.map(|code| code.len() - dotted.len()).min().unwrap_or(if dotted.is_empty() { 2 } else { 1 });
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        let mut code = item.code.trim().to_owned();
        while code.is_empty() {
            last += 1;
            let next = format!("{dotted}{last:0width$}");
            if used.insert(next.clone()) {
                code = next;
            }
        }
        let parts = coded(item.parts, &code, used);
        all.push(TemplateItem { code, parts, ..item });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(told: &[(usize, &str)]) -> TemplateLines {
        let mut lines = TemplateLines::default();
        for (depth, title) in told {
            lines.push(*depth, TemplateItem { title: (*title).to_owned(), ..TemplateItem::default() });
        }
        lines
    }

    fn told(lines: &TemplateLines) -> Vec<(usize, &str)> {
        lines.all().iter().map(|line| (line.depth, line.item.title.as_str())).collect()
    }

    fn archive() -> TemplateLines {
        lines(&[(0, "名册"), (1, "花名册"), (1, "年报"), (0, "计划"), (1, "年度计划"), (0, "选举")])
    }

    #[test]
    fn lines_are_the_items_and_the_items_are_the_lines() {
        let all = archive();
        assert_eq!(TemplateLines::of(&all.items()), all);
        assert_eq!(all.items().len(), 3);
        let deep = lines(&[(0, "类"), (2, "件")]).items();
        assert_eq!(deep[0].parts[0].title, "件", "no line is lost where a level is left out");
    }

    #[test]
    fn a_line_moves_with_its_parts_among_its_neighbours() {
        let mut all = archive();
        assert_eq!(all.move_up(3), Some(0));
        assert_eq!(told(&all)[..3], [(0, "计划"), (1, "年度计划"), (0, "名册")]);
        assert_eq!(all.move_down(0), Some(3));
        assert_eq!(all, archive());
        assert_eq!(all.move_up(1), None, "the first of its whole");
        assert_eq!(all.move_down(5), None);
        assert_eq!(all.move_down(2), None, "the last part of its whole stays there");
    }

    #[test]
    fn a_line_goes_into_the_one_before_it_and_out_again() {
        let mut all = archive();
        assert!(all.move_in(5));
        assert_eq!(told(&all)[3..], [(0, "计划"), (1, "年度计划"), (1, "选举")]);
        assert_eq!(all.move_out(4), Some(5));
        assert_eq!(told(&all)[3..], [(0, "计划"), (1, "选举"), (0, "年度计划")]);
        let mut deep = lines(&[(0, "一"), (0, "二"), (1, "三"), (2, "四")]);
        assert!(!deep.move_in(1), "its parts would stand too deep");
        assert_eq!(deep.move_out(0), None);
    }

    #[test]
    fn new_lines_stand_behind_or_within_and_go_with_their_parts() {
        let mut all = archive();
        assert_eq!(all.add_behind(Some(0)), 3, "behind its parts");
        assert_eq!(all.get(3).map(|line| line.depth), Some(0));
        assert_eq!(all.add_part(0), Some(3));
        assert_eq!(all.remove(0), 4);
        assert_eq!(all.len(), 4);
        assert_eq!(lines(&[(0, "一"), (1, "二"), (2, "三")]).add_part(2), None);
    }

    #[test]
    fn a_code_that_was_somebody_elses_is_not_given_again() {
        let mut all = archive().items();
        all[0].code = "01".into();
        let taken = HashSet::from(["02".to_owned(), "01.2".to_owned()]);
        let coded = TemplateLines::of(&with_codes(all, &taken));
        let codes: Vec<&str> = coded.all().iter().map(|line| line.item.code.as_str()).collect();
        assert_eq!(codes, ["01", "01.1", "01.3", "03", "03.1", "04"]);
        let item = |code: &str| TemplateItem { code: code.into(), ..TemplateItem::default() };
        let wide = with_codes(vec![item("6"), item("")], &HashSet::new());
        assert_eq!(wide[1].code, "7", "as its neighbours are written");
    }
}
