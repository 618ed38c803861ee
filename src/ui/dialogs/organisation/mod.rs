//! The dialogs of organisations: 新建 and 修改 (one form), what happens to them (更名, 并入, 分设, 变更隶属, 撤销), their
//! committees (任职, 免职, 换届选举, 延期换届), 更正沿革, 删掉误建的.
//! Must never write: each wishes for one command. Start at [`OrganisationForm`].

mod appointing;
mod closing;
mod delaying;
mod electing;
mod event;
mod form;
mod merging;
mod moving;
mod paper;
mod posts;
mod removing;
mod renaming;
mod splitting;

pub use appointing::{AppointDialog, EndPostDialog};
pub use closing::CloseDialog;
pub use delaying::DelayDialog;
pub use electing::ElectDialog;
pub use event::EventDialog;
pub use form::OrganisationForm;
pub use merging::MergeDialog;
pub use moving::MoveDialog;
pub use removing::RemoveDialog;
pub use renaming::RenameDialog;
pub use splitting::SplitDialog;

/// Under this name the writes of the form end; the page follows what was made.
pub const FORM_SLOT: &str = "organisation form";
