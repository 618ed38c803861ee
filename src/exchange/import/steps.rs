//! Which organisation stands above which, where a list shows it by steps: indentation, a column for each level,
//! numbers such as 一, （一）, 1.1.
//!
//! Start at [`Steps::parent_of`].

use super::sheets::Row;
use crate::domain::organisations::OrganisationKind;
use crate::domain::values::{half_width, says_nothing, squeezed};

/// How a list shows its levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    ByColumn,
    ByIndentation,
    BySerial,
    ByNumberInName,
    /// Not at all: only that a group stands below the branch before it.
    NotAtAll,
}

/// The organisations from the top down to the last one.
#[derive(Debug)]
pub struct Steps {
    shown: Shown,
    names: Vec<usize>,
    serial: Option<usize>,
    above: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    level: usize,
    name: String,
    kind: Option<OrganisationKind>,
}

impl Steps {
    /// Looks at all rows for how levels are shown.
    pub fn of(rows: &[&Row], names: &[usize], serial: Option<usize>) -> Self {
        let mut steps = Self { shown: Shown::NotAtAll, names: names.to_vec(), serial, above: Vec::new() };
        for shown in [Shown::ByColumn, Shown::ByIndentation, Shown::BySerial, Shown::ByNumberInName] {
            let mut levels = rows.iter().filter_map(|row| steps.level_as(shown, row));
            let first = levels.next();
            if levels.any(|level| Some(level) != first) {
                steps.shown = shown;
                break;
            }
        }
        steps
    }

    /// Another heading stands above what follows.
    pub fn forget(&mut self) {
        self.above.clear();
    }

    /// What stands above the organisation of a row; it is kept for the rows that follow.
    pub fn parent_of(&mut self, row: &Row, name: &str, kind: Option<OrganisationKind>) -> Option<String> {
        let level = match self.shown {
            // Only groups have a place that is known.
            Shown::NotAtAll => usize::from(kind == Some(OrganisationKind::Group)),
            shown => self.level_as(shown, row)?,
        };
        while self.above.last().is_some_and(|step| step.level >= level) {
            self.above.pop();
        }
        let parent = self.above.iter().rev().find(|step| can_stand_below(kind, step.kind));
        let parent = parent.map(|step| step.name.clone());
        self.above.push(Step { level, name: name.to_owned(), kind });
        parent
    }

    fn level_as(&self, shown: Shown, row: &Row) -> Option<usize> {
        let name_column = || self.names.iter().position(|column| !says_nothing(&row.text(*column)));
        let name = || name_column().map(|place| row.text(self.names[place]));
        match shown {
            Shown::ByColumn => name_column(),
            Shown::ByIndentation => name().map(|name| indentation(&name).0),
            Shown::BySerial => self.serial.and_then(|column| level_of_number(&row.text(column), false)),
            Shown::ByNumberInName => name().and_then(|name| level_of_number(&name, true)),
            Shown::NotAtAll => None,
        }
    }
}

/// Below a branch stand only groups, below a group nothing.
fn can_stand_below(kind: Option<OrganisationKind>, above: Option<OrganisationKind>) -> bool {
    let Some(above) = above else { return true };
    match kind {
        Some(OrganisationKind::Group) => above.is_branch(),
        _ => !above.is_branch() && above != OrganisationKind::Group,
    }
}

/// How far a text is indented, and the text without that: wide spaces count twice, strokes of a drawn tree too.
pub fn indentation(text: &str) -> (usize, &str) {
    let is_space =
        |c: char| c.is_whitespace() || matches!(c, '─' | '━' | '│' | '├' | '└' | '┣' | '┗' | '┃' | '—' | '-' | '·');
    let rest = text.trim_start_matches(is_space);
    let before = &text[..text.len() - rest.len()];
    let width = before.chars().map(|c| match c {
        '\n' | '\r' => 0,
        '\t' => 4,
        c if c.is_ascii() => 1,
        _ => 2,
    });
    (width.sum(), rest)
}

/// The level of a number, by the order of official documents: 一、 above （一） above 1. above （1）; 1 above 1.1.
fn level_of_number(text: &str, stands_before_name: bool) -> Option<usize> {
    let text = squeezed(&half_width(text));
    let bracketed = text.starts_with('(');
    let inside = text.trim_start_matches('(');
    let is_chinese = |c: char| "一二三四五六七八九十".contains(c);
    let chinese = inside.chars().take_while(|c| is_chinese(*c)).count();
    let digits: String = inside.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    let after: String = inside.chars().skip(chinese.max(digits.chars().count())).collect();
    // In front of a name there is a sign after it: 一、; 一中党支部 has no number.
    let is_ended = !stands_before_name || after.starts_with(['、', ')']) || digits.contains('.');
    if !is_ended || (!stands_before_name && !after.trim_start_matches(['、', ')', '.']).is_empty()) {
        return None;
    }
    match (chinese > 0, bracketed) {
        (true, false) => Some(0),
        (true, true) => Some(1),
        (false, true) if !digits.is_empty() => Some(20),
        (false, _) => {
            let parts = digits.split(['.', '-']).filter(|part| !part.is_empty()).count();
            (parts > 0).then_some(1 + parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheets::{Cell, Sheet};
    use super::*;

    fn parents(rows: &[(&str, &str)]) -> Vec<Option<String>> {
        let mut sheet = Sheet::new("");
        for ((serial, name), number) in rows.iter().zip(1..) {
            sheet.put(number, 0, Cell::text(serial));
            sheet.put(number, 1, Cell::text(name));
        }
        let all: Vec<&Row> = sheet.rows.iter().collect();
        let mut steps = Steps::of(&all, &[1], Some(0));
        let kind = |name: &str| crate::domain::values::kind_of_organisation(name);
        all.iter().zip(rows).map(|(row, (_, name))| steps.parent_of(row, name.trim(), kind(name))).collect()
    }

    fn told(names: &[&str]) -> Vec<Option<String>> {
        names.iter().map(|name| Some((*name).to_owned()).filter(|name| !name.is_empty())).collect()
    }

    #[test]
    fn levels_are_shown_by_indentation() {
        let rows = [
            ("1", "机关党委"),
            ("2", "\u{3000}第一党支部"),
            ("3", "\u{3000}\u{3000}第一党小组"),
            ("4", "\u{3000}社会组织党总支"),
            ("5", "\u{3000}\u{3000}协会党支部"),
        ];
        assert_eq!(parents(&rows), told(&["", "机关党委", "第一党支部", "机关党委", "社会组织党总支"]));
    }

    #[test]
    fn levels_are_shown_by_numbers() {
        let dotted = [
            ("1", "机关党委"),
            ("1.1", "第一党支部"),
            ("1.2", "第二党支部"),
            ("2", "学校党总支"),
            ("2.1", "高一党支部"),
        ];
        assert_eq!(parents(&dotted), told(&["", "机关党委", "机关党委", "", "学校党总支"]));
        let official = [
            ("一", "机关党委"),
            ("（一）", "直属党总支"),
            ("1", "第一党支部"),
            ("（二）", "老干部党总支"),
            ("1", "第三党支部"),
        ];
        assert_eq!(parents(&official), told(&["", "机关党委", "直属党总支", "机关党委", "老干部党总支"]));
    }

    #[test]
    fn plain_numbers_show_no_level_but_a_group_is_of_the_branch_before_it() {
        let rows =
            [("1", "机关党委"), ("2", "第一党支部"), ("3", "第一党小组"), ("4", "第二党支部"), ("5", "第一党小组")];
        assert_eq!(parents(&rows), told(&["", "", "第一党支部", "", "第二党支部"]));
    }
}
