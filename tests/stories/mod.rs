//! Stories of the window, through the accessibility tree and without a GPU: what a user does, by the names of controls.

mod import;
mod members;
mod window;
