//! Owns the line of the log for a personal value that was shown in full.
//! Must never hold the value. Start at [`log_revealed`].

use std::collections::BTreeSet;

use crate::domain::fields::Known;
use crate::store::outputs::Output;
use crate::ui::outbox::{Outbox, Wish};

/// Notes that these values of a person were shown in full; who and when are added where it is written.
pub fn log_revealed(out: &mut Outbox, name: &str, fields: &BTreeSet<Known>) {
    for known in fields {
        out.wish(Wish::Log(Output {
            id: 0,
            at: 0,
            operator: String::new(),
            what: "显示完整号码".to_owned(),
            scope: format!("{name}的{}", known.label()),
            row_count: 1,
            masked: false,
            target: "屏幕".to_owned(),
        }));
    }
}
