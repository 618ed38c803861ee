//! Checklists of a person who was found to be another one (合并): the file is the kept one's, who answered for an item is
//! the kept one.

use super::rejected;
use crate::domain::checklists::{Checklist, ChecklistItem, Of, Owner};
use crate::domain::ids::PersonId;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::checklists;

/// Puts the kept one in the place of the dropped one. Fails where both have a file of one template.
pub(super) fn go_over(book: &mut Book<'_>, keep: PersonId, drop: PersonId) -> Result<()> {
    let kept = checklists::of_person(book.reader(), keep)?;
    for list in checklists::of_person(book.reader(), drop)? {
        if kept.iter().any(|kept| kept.template == list.template) {
            return Err(rejected(format!("两人都有“{}”清单", list.title))
                .next("先把材料移到要保留的那份，删掉另一份清单，再合并"));
        }
        book.update(&list, &Checklist { of: Of::Person(keep), ..list.clone() })?;
    }
    for item in checklists::items_owned(book.reader(), drop)? {
        book.update(&item, &ChecklistItem { owner: Some(Owner::Person(keep)), ..item.clone() })?;
    }
    Ok(())
}
