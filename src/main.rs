//! Starts the program: the command line decides what runs.

fn main() {}
