//! Owns the line of the log for a personal value that was shown in full.
//! Must never hold the value. Start at [`log_revealed`].

use std::collections::BTreeSet;

use crate::domain::fields::Known;
use crate::store::outputs::Output;
use crate::ui::outbox::{Outbox, Wish};

/// Notes that these values of a person were shown in full; who and when are added where it is written.
pub fn log_revealed(out: &mut Outbox, name: &str, fields: &BTreeSet<Known>) {
    for known in fields {
        out.wish(Wish::Log(line("显示完整号码", name, *known, "屏幕")));
    }
}

/// Notes that a value of a person was copied in full.
pub fn log_copied(out: &mut Outbox, name: &str, known: Known) {
    out.wish(Wish::Log(line("复制完整号码", name, known, "剪贴板")));
}

fn line(what: &str, name: &str, known: Known, target: &str) -> Output {
    Output {
        id: 0,
        at: 0,
        operator: String::new(),
        what: what.to_owned(),
        scope: format!("{name}的{}", known.label()),
        row_count: 1,
        masked: false,
        target: target.to_owned(),
    }
}
