//! HOW IT LOOKS: the window. egui lives only here.
