//! Stories of the window, through the accessibility tree and without a GPU: what a user does, by the names of controls.

mod backups;
mod columns;
mod committees;
mod coverage;
mod difference;
mod drafts;
mod events;
mod files;
mod filters;
mod forms;
mod grid;
mod history;
mod import;
mod live;
mod main_job;
mod members;
mod organisations;
mod quality;
mod shell;
mod statistics;
mod summary;
mod talk_papers;
mod talk_plans;
mod talks;
mod today;
mod wizard;
