//! Owns the sum line over those of the list who are selected.
//! Must never act on them. Start at [`SelectedSums`].

use crate::domain::ids::PersonId;
use crate::engine::{Question as _, Ticket, questions};
use crate::ui::scene::Scene;
use crate::ui::screens::picked::Picked;
use crate::view::members::Sums;

/// What those selected sum up to.
#[derive(Debug, Default)]
pub struct SelectedSums {
    summed: Option<Summed>,
}

/// The sum line, for what it was asked, and whether it has come.
#[derive(Debug)]
struct Summed {
    /// Of the selection and of the data.
    versions: (u64, u64),
    ticket: Ticket<Sums>,
    sums: Option<Sums>,
}

impl SelectedSums {
    /// Asks for the sum line if somebody else is selected now, or something has changed.
    pub fn ask(&mut self, scene: &Scene<'_>, picked: &Picked<PersonId>, listed: &[PersonId]) {
        if picked.is_empty() {
            self.summed = None;
            return;
        }
        let versions = (picked.version(), scene.version(questions::Selection::USES));
        if self.summed.as_ref().is_none_or(|summed| summed.versions != versions) {
            let ticket = scene.ask(questions::Selection { ids: picked.in_order(listed), as_of: scene.as_of });
            self.summed = Some(Summed { versions, ticket, sums: None });
        }
        if let Some(summed) = &mut self.summed
            && let Some(Ok(sums)) = summed.ticket.take()
        {
            summed.sums = Some(sums);
        }
    }

    /// The sum line in words: 「女 1 人，大专及以上 3 人，平均年龄 43.7 岁，平均党龄 16.3 年」.
    pub fn words(&self) -> Option<String> {
        let sums = self.summed.as_ref()?.sums?;
        let mut words = vec![format!("女 {} 人", sums.women), format!("大专及以上 {} 人", sums.college)];
        words.extend(sums.mean_age.map(|years| format!("平均年龄 {years:.1} 岁")));
        words.extend(sums.mean_standing.map(|years| format!("平均党龄 {years:.1} 年")));
        Some(words.join("，"))
    }
}
