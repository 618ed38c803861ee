//! Owns what the list does with its filters: what dialogs answer, what is kept, how each list is laid out.
//! Must never draw. Start at [`MembersScreen::do_with_filters`].

use super::MembersScreen;
use super::columns::First;
use super::filters::{ROLL_LAYOUT, View};
use super::list_menus::ListWish;
use crate::command::{Command, SetSettings};
use crate::problem::Result;
use crate::ui::dialogs::compose::Compose;
use crate::ui::dialogs::filter_name::FilterName;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::Page;

impl MembersScreen {
    /// Takes what dialogs have answered. A filter that is no longer kept leaves its conditions.
    pub(super) fn take_answers(&mut self) {
        if let Some(conditions) = self.composed.take() {
            self.filters.set_conditions(&conditions);
        }
        if let Some(name) = self.named.take() {
            self.filters.view = View::Saved(name);
        } else if let (View::Saved(name), Some(saved)) = (&self.filters.view, self.saved.current())
            && !saved.iter().any(|kept| kept.name == *name)
        {
            self.filters.view = View::Plain;
        }
    }

    /// Shows the columns and the order of the list that is shown now, with what was changed of the last one kept.
    pub(super) fn lay_out(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        let name = self.filters.layout_name();
        if self.laid_out.as_ref() == Some(&name) {
            return;
        }
        if let (Some(last), Some(layout)) = (&self.laid_out, self.columns.take_change()) {
            out.wish(Wish::Layout(last.clone(), layout));
        }
        let kept = scene.settings.layout.get(&name);
        match self.filters.view {
            View::Ready(ready) => self.columns.show(First::of_ready(ready.list), kept),
            // A list that was never laid out begins as that of 在册.
            View::Plain | View::Saved(_) => {
                self.columns.show(First::default(), kept.or(scene.settings.layout.get(ROLL_LAYOUT)));
            }
        }
        self.laid_out = Some(name);
    }

    /// Does what was chosen in the menus of filters and lists.
    pub(super) fn do_with_filters(&mut self, wish: ListWish, scene: &Scene<'_>, out: &mut Outbox) {
        match wish {
            ListWish::Compose => {
                out.open(Compose::new(self.filters.own_conditions(), self.composed.clone()));
            }
            ListWish::Saved(saved) => self.filters.set_saved(&saved),
            ListWish::Ready(ready) => self.filters.set_ready(ready),
            ListWish::SaveAs => {
                out.open(FilterName::save(self.filters.to_save(scene.as_of), self.named.clone()));
            }
            ListWish::Store(name) => {
                self.set_filter(SetSettings::filter(&name, Some(&self.filters.to_save(scene.as_of))), out);
            }
            ListWish::Rename(name) => {
                let saved = self.saved.shown().and_then(|saved| saved.iter().find(|kept| kept.name == name));
                if let Some(kept) = saved {
                    out.open(FilterName::rename(kept.clone(), self.named.clone()));
                }
            }
            ListWish::Delete(name) => self.set_filter(SetSettings::filter(&name, None), out),
            ListWish::Difference => out.go(Page::Difference),
        }
    }

    fn set_filter(&self, command: Result<SetSettings>, out: &mut Outbox) {
        match command {
            Ok(command) => out.run(Slot::new("filter"), Command::SetSettings(command)),
            Err(problem) => out.wish(Wish::Problem(problem)),
        }
    }
}
