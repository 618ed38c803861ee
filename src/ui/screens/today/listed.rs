//! Owns how the pieces of work stand in the list: groups by when, what was put off at the end.
//! Must never know what is done with a piece. Start at [`Listed::of`].

use std::collections::BTreeSet;

use super::deeds::{Deed, deeds};
use crate::clock::Day;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{Mark, WorkGroup, WorkItem, WorkPiece};
use crate::view::today::{Piece, PutOff, Today, Weight, When, week_of};

const DAYS_OF_YEAR: i32 = 365;

/// A group that begins closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fold {
    /// 以后
    Later,
    /// 推迟的
    PutOff,
}

/// A line of the list with what it stands for.
#[derive(Debug, Clone)]
pub enum Line {
    /// The head of a group that begins closed.
    Group(Fold),
    /// Any other line that is no piece.
    Words,
    Piece {
        piece: Piece,
        deeds: Vec<Deed>,
    },
}

impl Line {
    pub fn piece(&self) -> Option<&Piece> {
        match self {
            Self::Piece { piece, .. } => Some(piece),
            Self::Group(_) | Self::Words => None,
        }
    }

    /// What can be done with it, in the order of the buttons; the first is what Enter does.
    pub fn deeds(&self) -> &[Deed] {
        match self {
            Self::Piece { deeds, .. } => deeds,
            Self::Group(_) | Self::Words => &[],
        }
    }

    /// Does one of them.
    pub fn act(&self, deed: Deed, scene: &Scene<'_>, out: &mut Outbox) {
        if let Some(piece) = self.piece() {
            super::deeds::act(deed, piece, scene, out);
        }
    }
}

/// The list: what is drawn, and what each line stands for.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    pub items: Vec<WorkItem>,
    pub lines: Vec<Line>,
}

impl Listed {
    /// Lists all work; `open` are the groups that were opened, `may` whether anything may be changed.
    pub fn of(today: &Today, open: &BTreeSet<Fold>, may: bool) -> Self {
        let mut listed = Self::default();
        for when in When::ALL {
            listed.group(today, when, open, may);
        }
        listed.put_off(today, open.contains(&Fold::PutOff), may);
        listed
    }

    fn group(&mut self, today: &Today, when: When, open: &BTreeSet<Fold>, may: bool) {
        let pieces: Vec<&Piece> = today.of(when).collect();
        let fold = (when == When::Later).then_some(Fold::Later);
        // What is overdue, or comes later, is not spoken of where there is none.
        let nothing = match when {
            When::Week => "这一周没有别的事",
            When::Month => "30 天内没有别的事",
            When::Overdue | When::Later => "",
        };
        if pieces.is_empty() && nothing.is_empty() {
            return;
        }
        let (firm, right) = right_of(today, when, &pieces);
        // Where there is nothing else it is open from the first.
        let is_alone = pieces.len() == today.pieces.len();
        let is_open = fold.map(|fold| open.contains(&fold) != is_alone);
        let group = WorkGroup { name: when.label(today.day).to_owned(), count: pieces.len(), firm, right, is_open };
        self.push(WorkItem::Group(group), fold.map_or(Line::Words, Line::Group));
        if pieces.is_empty() {
            self.push(WorkItem::Nothing(nothing.to_owned()), Line::Words);
        }
        if is_open == Some(false) {
            return;
        }
        for piece in pieces {
            let shown = shown(piece, today.day);
            self.piece(piece, shown, deeds(piece, may));
        }
    }

    fn put_off(&mut self, today: &Today, is_open: bool, may: bool) {
        if today.put_off.is_empty() {
            return;
        }
        let count = today.put_off.len();
        let next = today.put_off.first().map(|next| format!("最近一项：{}", in_year(next.until, today.day)));
        let group = WorkGroup {
            name: "推迟的".to_owned(),
            count,
            right: next.unwrap_or_default(),
            is_open: Some(is_open),
            ..WorkGroup::default()
        };
        self.push(WorkItem::Group(group), Line::Group(Fold::PutOff));
        for PutOff { piece, until, reason } in today.put_off.iter().filter(|_| is_open) {
            let note = format!("推迟到 {until}：{reason}");
            let date = in_year(*until, today.day);
            let shown = WorkPiece { note, date, late: None, ..shown(piece, today.day) };
            let taken_back = if may { vec![Deed::TakeBack] } else { Vec::new() };
            self.piece(piece, shown, taken_back);
        }
    }

    fn piece(&mut self, piece: &Piece, mut shown: WorkPiece, deeds: Vec<Deed>) {
        shown.actions = deeds.iter().map(|deed| deed.word(piece)).collect();
        self.push(WorkItem::Piece(shown), Line::Piece { piece: piece.clone(), deeds });
    }

    fn push(&mut self, item: WorkItem, line: Line) {
        self.items.push(item);
        self.lines.push(line);
    }
}

/// What the head of a group says at its right: how firm, which days, what comes next.
fn right_of(today: &Today, when: When, pieces: &[&Piece]) -> (String, String) {
    match when {
        When::Overdue => {
            let firm = pieces.iter().filter(|piece| piece.weight == Weight::Hard).count();
            let soft = pieces.iter().filter(|piece| piece.weight == Weight::Soft).count();
            let firm_words = if firm == 0 { String::new() } else { format!("硬性 {firm}") };
            let parted = if firm == 0 || soft == 0 { "" } else { "，" };
            let soft_words = if soft == 0 { String::new() } else { format!("{parted}一般 {soft}") };
            (firm_words, soft_words)
        }
        When::Week => {
            let (monday, sunday) = week_of(today.day);
            let end = if monday.month() == sunday.month() {
                format!("{}日", sunday.day())
            } else {
                in_year(sunday, today.day)
            };
            (String::new(), format!("{}—{end}", in_year(monday, today.day)))
        }
        When::Month => (String::new(), String::new()),
        When::Later => {
            let next = pieces.iter().find_map(|piece| piece.due.map(|due| (due, &piece.title)));
            let words = next.map(|(due, title)| format!("最近一项：{} {title}", in_year(due, today.day)));
            (String::new(), words.unwrap_or_default())
        }
    }
}

fn shown(piece: &Piece, today: Day) -> WorkPiece {
    WorkPiece {
        mark: match piece.weight {
            Weight::Hard => Mark::Hard,
            Weight::Soft => Mark::Soft,
            Weight::Hint => Mark::Hint,
        },
        title: piece.title.clone(),
        badge: (piece.weight == Weight::Hard).then_some("硬性"),
        note: piece.basis.clone(),
        date: piece.due.map(|due| in_year(due, today)).unwrap_or_default(),
        late: piece.days_late(today).map(late_words),
        actions: Vec::new(),
    }
}

/// 「迟 15 天」; of what is late for years the years.
fn late_words(days: i32) -> String {
    if days < 2 * DAYS_OF_YEAR { format!("迟 {days} 天") } else { format!("迟 {} 年", days / DAYS_OF_YEAR) }
}

/// `11月24日` of this year, `2027-05-28` of another.
pub fn in_year(day: Day, today: Day) -> String {
    if day.year() == today.year() { format!("{}月{}日", day.month(), day.day()) } else { day.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PersonId;
    use crate::view::today::Way;

    fn piece(key: &str, weight: Weight, due: &str) -> Piece {
        Piece {
            key: key.into(),
            weight,
            title: format!("事项 {key}"),
            basis: String::new(),
            due: due.parse().ok(),
            organisation: None,
            way: Way::Probation(PersonId(1)),
        }
    }

    fn names(listed: &Listed) -> Vec<String> {
        let name = |item: &WorkItem| match item {
            WorkItem::Group(group) => format!("{} {}：{}{}", group.name, group.count, group.firm, group.right),
            WorkItem::Piece(piece) => format!("{} {}", piece.title, piece.date),
            WorkItem::Nothing(words) => words.clone(),
        };
        listed.items.iter().map(name).collect()
    }

    #[test]
    fn what_comes_later_is_closed_and_names_the_nearest() {
        let day: Day = "2026-11-24".parse().expect("a day");
        let overdue = vec![piece("1", Weight::Hard, "2026-11-09"), piece("2", Weight::Soft, "2026-11-03")];
        let later = vec![piece("3", Weight::Hint, "2026-12-25"), piece("4", Weight::Hint, "2027-05-28")];
        let today = Today {
            day,
            pieces: overdue.into_iter().chain(later).collect(),
            put_off: Vec::new(),
            progress: Vec::new(),
        };
        let closed = Listed::of(&today, &BTreeSet::new(), true);
        let heads = ["逾期 2：硬性 1，一般 1", "事项 1 11月9日", "事项 2 11月3日", "本周 0：11月23日—29日"];
        assert_eq!(names(&closed)[..4], heads);
        assert_eq!(
            names(&closed)[4..],
            ["这一周没有别的事", "30 天内 0：", "30 天内没有别的事", "以后 2：最近一项：12月25日 事项 3"]
        );
        let open = Listed::of(&today, &BTreeSet::from([Fold::Later]), true);
        assert_eq!(names(&open)[8..], ["事项 3 12月25日", "事项 4 2027-05-28"]);
    }

    #[test]
    fn what_comes_later_is_open_where_there_is_nothing_else() {
        let day: Day = "2026-11-24".parse().expect("a day");
        let pieces = vec![piece("1", Weight::Hint, "2027-05-28")];
        let today = Today { day, pieces, put_off: Vec::new(), progress: Vec::new() };
        let names_of = |open| names(&Listed::of(&today, &open, true));
        assert!(names_of(BTreeSet::new()).contains(&"事项 1 2027-05-28".to_owned()));
        assert!(!names_of(BTreeSet::from([Fold::Later])).contains(&"事项 1 2027-05-28".to_owned()), "it closes");
    }
}
