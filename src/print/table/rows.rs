//! Which rows of a table stand on which page: whole rows, a branch's title never alone at the foot, the sign line with
//! at least some rows above it.
//!
//! Knows only heights, in units. Start at [`paginate`].

/// A row of the table: a person's, or the title of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub section: usize,
    /// Whether its section has a title.
    pub titled: bool,
    /// The person's row; `None`: the title of the section.
    pub row: Option<usize>,
    pub units: usize,
    /// A title that is repeated at the head of a page.
    pub continued: bool,
}

impl Item {
    pub(super) fn title(section: usize, units: usize) -> Self {
        Self { section, titled: true, row: None, units, continued: false }
    }

    pub(super) fn row(section: usize, titled: bool, row: usize, units: usize) -> Self {
        Self { section, titled, row: Some(row), units, continued: false }
    }
}

/// The units that a page takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paging {
    /// Below the title and the header.
    pub first: usize,
    /// Below the header on the pages after the first.
    pub next: usize,
    /// What notes and sign line take on the last page.
    pub bottom: usize,
    /// What the title of a branch takes.
    pub title: usize,
}

/// So many rows go over with the sign line when it has no room.
const ROWS_WITH_SIGN_LINE: usize = 3;

/// Divides rows into pages; there is always at least one.
pub(super) fn paginate(items: &[Item], paging: &Paging) -> Vec<Vec<Item>> {
    let mut pages = Pages { paging: *paging, full: Vec::new(), page: Vec::new(), used: 0 };
    for (index, item) in items.iter().enumerate() {
        // A title needs room for itself and the row after it.
        let after = if item.row.is_none() { items.get(index + 1).map_or(0, |next| next.units) } else { 0 };
        pages.add(*item, after);
    }
    pages.finish()
}

struct Pages {
    paging: Paging,
    full: Vec<Vec<Item>>,
    page: Vec<Item>,
    used: usize,
}

impl Pages {
    fn room(&self) -> usize {
        if self.full.is_empty() { self.paging.first } else { self.paging.next }
    }

    fn add(&mut self, item: Item, after: usize) {
        if !self.page.is_empty() && self.used + item.units + after > self.room() {
            self.turn();
        }
        self.place(item);
    }

    fn turn(&mut self) {
        self.full.push(std::mem::take(&mut self.page));
        self.used = 0;
    }

    /// Puts a row on the page, under its branch's title where the page begins with it.
    fn place(&mut self, item: Item) {
        let begins = self.page.is_empty() && item.row.is_some() && item.titled;
        let title = self.paging.title;
        if begins && self.used + title + item.units <= self.room() {
            self.page.push(Item { continued: true, ..Item::title(item.section, title) });
            self.used += title;
        }
        self.used += item.units;
        self.page.push(item);
    }

    fn finish(mut self) -> Vec<Vec<Item>> {
        if self.used + self.paging.bottom > self.room() {
            let over = self.rows_to_move();
            let moved = self.page.split_off(self.page.len() - over);
            self.turn();
            moved.into_iter().for_each(|item| self.place(item));
            if self.used + self.paging.bottom > self.room() {
                self.turn();
            }
        }
        self.full.push(self.page);
        self.full
    }

    /// How many rows go over with the sign line: at most three, and the page keeps at least as many.
    fn rows_to_move(&self) -> usize {
        let most = ROWS_WITH_SIGN_LINE.min(self.page.len() / 2);
        let mut over = 0;
        let mut units = self.paging.title;
        for item in self.page.iter().rev().take(most) {
            units += item.units;
            if units + self.paging.bottom > self.paging.next {
                break;
            }
            over += 1;
        }
        // The title of a branch does not stay behind alone.
        let stays = &self.page[..self.page.len() - over];
        if over > 0 && stays.last().is_some_and(|item| item.row.is_none()) { over + 1 } else { over }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGING: Paging = Paging { first: 5, next: 7, bottom: 2, title: 1 };

    fn rows(count: usize) -> Vec<Item> {
        (0..count).map(|row| Item::row(0, false, row, 1)).collect()
    }

    fn shape(pages: &[Vec<Item>]) -> Vec<usize> {
        pages.iter().map(Vec::len).collect()
    }

    #[test]
    fn an_empty_table_has_one_page() {
        assert_eq!(paginate(&[], &PAGING), vec![Vec::new()]);
    }

    #[test]
    fn the_sign_line_takes_some_rows_along_when_it_has_no_room() {
        assert_eq!(shape(&paginate(&rows(3), &PAGING)), [3]);
        assert_eq!(shape(&paginate(&rows(4), &PAGING)), [2, 2]);
        assert_eq!(shape(&paginate(&rows(10), &PAGING)), [5, 5]);
        assert_eq!(shape(&paginate(&rows(12), &PAGING)), [5, 4, 3]);
    }

    #[test]
    fn every_row_stands_on_exactly_one_page_in_order() {
        for count in 0..60 {
            let pages = paginate(&rows(count), &PAGING);
            let held: Vec<usize> = pages.iter().flatten().filter_map(|item| item.row).collect();
            assert_eq!(held, (0..count).collect::<Vec<_>>());
            for (index, page) in pages.iter().enumerate() {
                let used: usize = page.iter().map(|item| item.units).sum();
                let bottom = if index + 1 == pages.len() { PAGING.bottom } else { 0 };
                assert!(used + bottom <= if index == 0 { PAGING.first } else { PAGING.next }, "{count} {index}");
            }
        }
    }

    #[test]
    fn the_title_of_a_branch_is_repeated_and_never_alone_at_the_foot() {
        let mut items: Vec<Item> = (0..4).map(|row| Item::row(0, false, row, 1)).collect();
        items.push(Item::title(1, 1));
        items.extend((4..13).map(|row| Item::row(1, true, row, 1)));
        let pages = paginate(&items, &PAGING);
        assert_eq!(pages[0].len(), 4);
        assert_eq!(pages[1][0], Item::title(1, 1));
        assert!(pages[2][0].continued);
        assert_eq!(pages.iter().flatten().filter(|item| item.row.is_some()).count(), 13);
    }

    #[test]
    fn a_row_as_high_as_a_page_stands_alone() {
        let items = [Item::row(0, true, 0, 5), Item::row(0, true, 1, 7)];
        assert_eq!(shape(&paginate(&items, &PAGING)), [1, 1, 0]);
    }
}
