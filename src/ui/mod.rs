//! HOW IT LOOKS: the window. egui lives only here.
//!
//! A screen is a function (its drafts, what it asked for) → wishes. [`scene`] is what it is given, [`outbox`] what it
//! may wish for, [`live`] how it asks. Start at [`screens`].

pub mod app;
pub mod dialogs;
pub mod fonts;
pub mod live;
pub mod outbox;
pub mod reply;
pub mod scene;
pub mod screens;
pub mod shell;
pub mod theme;
pub mod widgets;
pub mod window;
pub mod words;
