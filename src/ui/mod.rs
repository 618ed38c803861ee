//! HOW IT LOOKS: the window. egui lives only here.

pub mod fonts;
pub mod theme;
pub mod widgets;
