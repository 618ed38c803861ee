//! The dialogs of organisations: 新建 and 修改 (one form), 移动, 撤销, 删掉误建的.
//! Must never write: each wishes for one command. Start at [`OrganisationForm`].

mod closing;
mod form;
mod moving;
mod removing;

pub use closing::CloseDialog;
pub use form::OrganisationForm;
pub use moving::MoveDialog;
pub use removing::RemoveDialog;

/// Under this name the writes of the form end; the page follows what was made.
pub const FORM_SLOT: &str = "organisation form";
