//! What is done when the program itself fails: the place is logged, without what was in memory; work that was cut off
//! becomes a problem, and everything else goes on.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

use crate::problem::{Problem, Result};

thread_local! {
    /// Where this thread panicked last.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on a panic leaves a line in the log: place and thread. What it says may hold names, so it is not logged.
pub fn watch() {
    let before = take_hook();
    set_hook(Box::new(move |panic| {
        let place = panic.location().map_or_else(|| "unknown".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
        let thread = std::thread::current();
        tracing::error!(place, thread = thread.name().unwrap_or("window"), "the program failed");
        PLACE.with_borrow_mut(|held| *held = Some(place));
        if cfg!(debug_assertions) {
            before(panic);
        }
    }));
}

/// Runs `work`; a panic in it becomes a problem that names the place.
pub fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(fault()))
}

/// The problem of the last panic of this thread.
fn fault() -> Problem {
    let place = PLACE.with_borrow_mut(Option::take);
    Problem::fault(place.unwrap_or_else(|| "panic".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{guarded, watch};
    use crate::problem::ProblemKind;

    #[test]
    fn a_panic_becomes_a_problem_that_names_its_place_and_no_content() {
        watch();
        let ended = guarded::<()>(|| panic!("张三 110000199001010011"));
        let problem = ended.expect_err("a problem");
        assert_eq!(problem.kind, ProblemKind::Fault);
        assert!(problem.detail.starts_with("src/engine/faults.rs:"), "{}", problem.detail);
        assert!(!problem.to_string().contains('张'));
    }
}
