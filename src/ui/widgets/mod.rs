//! Owns every control the program draws: buttons, fields, lists, dialogs. Screens are built of these only.
//! Must never know a screen, a command, a view or the workbook: a control takes plain values and says what the
//! user did. Start at [`Button`], [`TextField`], [`Dialog`] and [`Table`].
//!
//! Every control has an accessible name, the very words that are seen; tests find it by that name.

mod answer_card;
mod badge;
mod bars;
mod beside;
mod button;
mod calendar;
mod cell_editor;
mod change_row;
mod checkbox;
mod chip;
mod compare_row;
mod copy_row;
mod date_field;
mod day_button;
mod dialog;
mod drawer;
mod empty;
mod entry_list;
mod field;
mod figure;
mod file_row;
mod found_row;
mod in_sight;
mod item_row;
pub mod keyboard;
mod long_field;
mod menu;
mod nav_row;
mod options;
mod page_head;
mod paint;
mod pair_matrix;
mod person_picker;
mod piece_row;
mod popup;
mod problem_panel;
mod progress;
mod section;
mod segments;
mod select;
mod sheet;
mod sheet_picture;
mod squares;
mod steps;
mod table;
mod text_menu;
mod timeline;
mod toast;
mod tree;
mod work_list;

#[cfg(test)]
mod dialog_tests;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod gallery_list;
#[cfg(test)]
mod gallery_talks;
#[cfg(test)]
mod gallery_talks_tests;
#[cfg(test)]
mod gallery_tests;
#[cfg(test)]
mod table_tests;

pub use crate::domain::digits::grouped;
pub use answer_card::AnswerCard;
pub use badge::{Badge, Mark, Tone, badge_width, mark, toned, toned_small};
pub use bars::{ChartRow, measuring_bar};
pub use beside::{beside, beside_foot, list_beside};
pub use button::{Button, IconButton, icon, link, row_link, small_link};
pub use cell_editor::{CellEditor, CellEvent, CellFace};
pub use change_row::{ChangeRow, change_row};
pub use checkbox::{Checkbox, Tick};
pub use chip::{Chip, ChipResponse, add_chip};
pub use compare_row::CompareRow;
pub use copy_row::{CopyRow, copy_row};
pub use date_field::DateField;
pub use day_button::day_button;
pub use dialog::{Answer, Answered, Choice, Dialog};
pub use drawer::drawer;
pub use empty::{EmptyState, quiet_line};
pub use entry_list::{EntryItem, EntryLine, EntryList};
pub use field::{Field, Note, TextField};
pub use figure::{Figure, Value, figure};
pub use file_row::{FileRow, FileRowPressed, file_row};
pub use found_row::FoundRow;
pub use in_sight::{keep_focus_in_sight, tell_place};
pub use item_row::{ItemRow, ItemRowEvent, item_row};
pub use long_field::{LONG_LINE, LongField};
pub use lucide_icons::Icon;
pub use menu::{MenuRow, context_menu, menu, menu_button, menu_rule};
pub use nav_row::{NavRow, rail_pitch, seal, status_dot};
pub use options::{OptionLine, Options};
pub use page_head::{PageHead, tabs};
pub use paint::{
    Edge, ground, heading, label, note, path_text, ring, ring_inside, rule, section_title, small, strong, text_width,
    title, vertical_rule, weak, wrapped_note,
};
pub use pair_matrix::{MatrixPerson, Pair, PairMatrix, PairState, matrix_key};
pub use person_picker::{PersonLine, PersonPicker, PersonToken, PickerEvent, PickerShown, PickerText};
pub use piece_row::{Opens, PiecePicture, PieceRow, PieceShown, piece_row};
pub use popup::{is_popup_open, popup, popup_asked, popup_inset};
pub use problem_panel::{ProblemText, problem_dialog, problem_rows};
pub use progress::{progress_line, progress_small};
pub use section::{fact, key_value, pick_row, section, section_with};
pub use segments::{Holding, Segments, StateControl};
pub use select::Select;
pub use sheet::{
    DayBar, choice_card, drop_area, drop_notice, remark, remark_beside, remark_centred, scroll_handles, sheet, strip,
};
pub use sheet_picture::{PictureCell, PictureCells, PictureEvent, PictureHead, PictureRow, SheetPicture, Spot};
pub use squares::{StateSquare, StateSquares};
pub use steps::{steps, steps_width};
pub use table::{
    Block, Cell, CellPlace, CellSpot, Column, ColumnState, Extent, Outline, SortMark, Step, TICK_WIDTH, Table,
    TableEvent, TableResponse, TableRows,
};
pub use timeline::{Dot, TimelineRow};
pub use toast::{Toast, ToastEvent, ToastSign, Toasts};
pub use tree::{Tree, TreeEvent, TreeLine};
pub use work_list::{WorkEvent, WorkGroup, WorkItem, WorkList, WorkPiece};
