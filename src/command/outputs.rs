//! What left the program is written down.

use super::Made;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::outputs::Output;
use crate::store::workbook::Title;

/// Writes export and print log lines into the workbook. Cannot be undone: what left has left.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LogOutputs {
    pub outputs: Vec<Output>,
}

impl LogOutputs {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let text = match &self.outputs[..] {
            [one] => format!("{}：{}", one.what, one.scope),
            many => format!("记下 {} 次导出和打印", many.len()),
        };
        for output in self.outputs {
            let id = book.new_id();
            book.insert(&Output { id, ..output })?;
        }
        Ok((Title { text, undoable: false, reverts: None }, Made(None)))
    }
}
