//! Where a dialog leaves its answer for the page that opened it.
//! Must never know what is answered. Start at [`Reply`].

use std::cell::RefCell;
use std::rc::Rc;

/// An answer that is not there yet; both ends are clones of one.
#[derive(Debug)]
pub struct Reply<T>(Rc<RefCell<Option<T>>>);

impl<T> Clone for Reply<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Default for Reply<T> {
    fn default() -> Self {
        Self(Rc::default())
    }
}

impl<T> Reply<T> {
    /// Leaves the answer.
    pub fn give(&self, answer: T) {
        *self.0.borrow_mut() = Some(answer);
    }

    /// Takes the answer, once it is there.
    pub fn take(&self) -> Option<T> {
        self.0.borrow_mut().take()
    }
}
