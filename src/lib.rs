//! 支部工作台: the desk of a party branch's secretary.

pub mod ui;
