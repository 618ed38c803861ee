//! Owns how proposed talks stand in the table of the dialog: organisation by organisation, week by week.
//! Must never know what is done with them. Start at [`ProposedRows`].

use crate::domain::talk_plan::ProposedTalk;
use crate::ui::widgets::{Cell, Column, TableRows};
use crate::view::talk_plan::Proposal;

pub(super) fn columns(of_several: bool) -> Vec<Column<'static>> {
    let organisation = of_several.then(|| Column::new("organisation", "党组织", 150.0).unsortable());
    let rest = [
        Column::new("week", "周（周一）", 96.0).unsortable(),
        Column::new("talker", "谈话人", 144.0).unsortable(),
        Column::new("partner", "谈话对象", 144.0).unsortable(),
        Column::new("closes", "补哪一项", 140.0).unsortable(),
        Column::new("due", "完成时限", 96.0).unsortable(),
    ];
    organisation.into_iter().chain(rest).collect()
}

/// The proposed talks as rows.
pub(super) struct ProposedRows<'a> {
    proposal: &'a Proposal,
    /// Each with the name of its organisation.
    rows: Vec<(&'a str, &'a ProposedTalk)>,
    chosen: Option<usize>,
}

impl<'a> ProposedRows<'a> {
    pub fn new(proposal: &'a Proposal, chosen: Option<usize>) -> Self {
        let order =
            |talk: &&ProposedTalk| proposal.organisations.iter().position(|of| of.organisation == talk.organisation);
        let mut talks: Vec<&ProposedTalk> = proposal.plan.talks.iter().collect();
        talks.sort_by_cached_key(order);
        let name = |talk: &ProposedTalk| {
            let mut all = proposal.organisations.iter();
            all.find(|of| of.organisation == talk.organisation).map_or("", |of| of.name.as_str())
        };
        let rows = talks.into_iter().map(|talk| (name(talk), talk)).collect();
        Self { proposal, rows, chosen }
    }

    /// Whether the row is the first of its organisation, and of its week.
    fn begins(&self, row: usize) -> (bool, bool) {
        let Some((before, now)) = row.checked_sub(1).map(|before| (self.rows[before].1, self.rows[row].1)) else {
            return (true, true);
        };
        let begins = before.organisation != now.organisation;
        (begins, begins || before.week != now.week)
    }
}

impl TableRows for ProposedRows<'_> {
    fn row_count(&self) -> usize {
        self.rows.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some((name, talk)) = self.rows.get(row) else { return Cell::default() };
        match column {
            "organisation" if self.begins(row).0 => Cell::text(*name).strong(),
            "organisation" => Cell::text(*name).weak(),
            "week" if self.begins(row).1 => Cell::text(talk.week.to_string()).strong(),
            "week" => Cell::default(),
            "talker" => Cell::text(self.proposal.name_of(talk.talker)),
            "partner" => Cell::text(self.proposal.name_of(talk.partner)),
            "closes" => {
                let relations: Vec<&str> = talk.closes.iter().map(|relation| relation.label()).collect();
                let relations = relations.join("、");
                Cell::text(relations.clone()).weak().tip(relations)
            }
            _ => Cell::text(talk.due.to_string()),
        }
    }

    fn row_name(&self, row: usize) -> String {
        let name = |talk: &ProposedTalk| {
            format!("{} 和 {}", self.proposal.name_of(talk.talker), self.proposal.name_of(talk.partner))
        };
        self.rows.get(row).map(|(_, talk)| name(talk)).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.chosen == Some(row)
    }
}
