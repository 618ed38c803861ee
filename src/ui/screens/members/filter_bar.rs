//! Owns the line of filters above the list: the field that searches, the chips, who is listed, the columns.
//! Must never ask the workbook. Start at [`show`].

use egui::Ui;

use super::columns::Columns;
use super::filters::{Filters, Piece, View, who_label};
use super::kinds::{Filter, Kind, Offer};
use super::list_menus::{ListWish, filters_menu, lists_menu, periods};
use super::order_menu::order_menu;
use crate::domain::conditions::Join;
use crate::store::members::ExtraField;
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    Button, Chip, Icon, MenuRow, OptionLine, Options, TextField, add_chip, is_popup_open, keyboard, link, menu,
    menu_button, menu_rule, note, popup_asked, popup_inset, weak,
};
use crate::view::condition_words::Names;
use crate::view::members::Who;
use crate::view::ready_lists::ReadyAsk;
use crate::view::saved_filters::NamedFilter;

/// What the line of filters keeps between frames.
#[derive(Debug, Default)]
pub struct FilterBar {
    /// What is written in the field, unfinished compositions included.
    written: String,
    /// What is looked for in the open popup.
    sought: String,
    /// The years written for an age.
    ages: (String, String),
    /// A kind that was just added: its popup opens as soon as its chip is there.
    opening: Option<Kind>,
    take_focus: bool,
    columns_asked: bool,
    wish: Option<ListWish>,
}

/// What came of the line.
#[derive(Debug, Default)]
pub struct BarDone {
    /// The user goes on into the list.
    pub into_list: bool,
    pub wish: Option<ListWish>,
}

/// What the line knows of the workbook.
pub struct Kept<'k> {
    pub extra: &'k [ExtraField],
    pub saved: &'k [NamedFilter],
}

/// Calls with the names that words of conditions need.
pub fn with_names<R>(scene: &Scene<'_>, extra: &[ExtraField], call: impl FnOnce(&Names<'_>) -> R) -> R {
    let organisation = |id| {
        let line = scene.tree.iter().find(|line| line.organisation.id == id)?;
        Some(line.organisation.shown_name().to_owned())
    };
    let extra = |id| Some(extra.iter().find(|field| field.id == id)?.label.clone());
    call(&Names { organisation: &organisation, extra: &extra })
}

impl FilterBar {
    /// Puts the focus into the field that searches, in the next frame.
    pub fn focus(&mut self) {
        self.take_focus = true;
    }

    /// Adds a kind of condition and opens what it offers.
    pub fn open(&mut self, filters: &mut Filters, kind: Kind) {
        filters.change(kind, |_| ());
        self.opening = Some(kind);
        self.sought.clear();
    }

    /// Opens the list of columns, in the next frame.
    pub fn open_columns(&mut self) {
        self.columns_asked = true;
        self.sought.clear();
    }

    /// Draws the line.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        kept: &Kept<'_>,
        filters: &mut Filters,
        columns: &mut Columns,
    ) -> BarDone {
        let mut done = BarDone::default();
        ui.horizontal(|ui| {
            ui.set_min_height(height::CONTROL);
            ui.spacing_mut().item_spacing.x = space::S;
            self.search_ui(ui, scene, filters, &mut done);
            // Where room is short, 名册顺序 is chosen in the menu of orders only.
            let restores = !columns.orders().is_empty() && scene.width != Width::Narrow;
            let right = 322.0 + if restores { 110.0 } else { 0.0 };
            let room = (ui.available_width() - right).max(120.0);
            let row = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(egui::vec2(room, height::CONTROL), row, |ui| {
                ui.set_max_width(room);
                with_names(scene, kept.extra, |names| self.chips_ui(ui, scene, names, filters));
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                self.columns_ui(ui, columns);
                order_menu(ui, columns);
                who_ui(ui, filters);
                let wish = lists_menu(ui, scene, filters);
                self.wish = wish.or(filters_menu(ui, scene, filters, kept.saved)).or(self.wish.take());
                if restores && link(ui, "恢复名册顺序").clicked() {
                    columns.no_orders();
                }
            });
        });
        done.wish = self.wish.take();
        done
    }

    fn search_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, filters: &mut Filters, done: &mut BarDone) {
        let composing = keyboard::composing(ui.ctx());
        if !composing && self.written != filters.text && !ui.ctx().text_edit_focused() {
            self.written.clone_from(&filters.text);
        }
        let width = if scene.width == Width::Wide { 172.0 } else { 160.0 };
        let response = TextField::new("筛本表", &mut self.written)
            .label_hidden()
            .hint("筛本表")
            .prefix(Icon::Funnel)
            .width(width)
            .take_focus(std::mem::take(&mut self.take_focus))
            .show(ui)
            .on_hover_text("按姓名、拼音、首字母、身份号码、电话、单位、住址查找");
        if composing {
            return;
        }
        if response.has_focus() && keyboard::pressed(ui.ctx(), egui::Modifiers::NONE, egui::Key::ArrowDown) {
            done.into_list = true;
        }
        if response.lost_focus() {
            let pressed = |key| ui.input(|input| input.key_pressed(key));
            done.into_list |= pressed(egui::Key::Enter);
            if pressed(egui::Key::Escape) {
                self.written.clear();
            }
        }
        if filters.text != self.written {
            filters.text.clone_from(&self.written);
        }
    }

    fn chips_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, names: &Names<'_>, filters: &mut Filters) {
        let ready = match filters.view {
            View::Ready(ready) => Some(ready),
            View::Plain | View::Saved(_) => None,
        };
        let words: Vec<String> = filters.all.iter().map(|piece| piece.words(names)).collect();
        let of_ready = ready.map(ReadyAsk::words);
        let width: f32 = words.iter().chain(&of_ready).map(|words| chip_width(ui, words)).sum();
        let folds = scene.width == Width::Narrow || width + 130.0 > ui.available_width();
        if let Some(ready) = ready {
            self.ready_ui(ui, scene, ready, filters, folds);
        }
        if folds && !filters.all.is_empty() {
            self.folded_ui(ui, scene, names, filters);
        } else {
            self.pieces_ui(ui, scene, names, filters, ready.is_some());
        }
        self.add_ui(ui, filters);
        if filters.is_set() && link(ui, "清除").clicked() {
            filters.clear();
            self.written.clear();
        }
    }

    fn pieces_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        names: &Names<'_>,
        filters: &mut Filters,
        beside_ready: bool,
    ) {
        let mut removed = None;
        for place in 0..filters.all.len() {
            if place > 0 {
                join_ui(ui, &mut filters.join, place);
            } else if beside_ready {
                note(ui, Join::All.word());
            }
            if self.piece_ui(ui, scene, names, &mut filters.all[place], place) {
                removed = Some(place);
            }
        }
        if let Some(place) = removed {
            filters.all.remove(place);
        }
    }

    /// The chip of a ready list: pressing it offers other months or years.
    fn ready_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, ready: ReadyAsk, filters: &mut Filters, short: bool) {
        let words = if short { ready.list.title().to_owned() } else { ready.words() };
        let chip = ui.push_id("ready", |ui| Chip::new(&words).chosen(true).removable().show(ui)).inner;
        let offered = periods(ready, scene);
        if !offered.is_empty() {
            let command = chip.response.clicked().then_some(egui::SetOpenCommand::Toggle);
            popup_asked(ui, &chip.response, ready.list.title(), 180.0, command, |ui, fresh| {
                let line = |(text, ask): &'_ (String, ReadyAsk)| (text.clone(), *ask == ready);
                let lines: Vec<(String, bool)> = offered.iter().map(line).collect();
                let lines: Vec<OptionLine<'_>> =
                    lines.iter().map(|(text, checked)| OptionLine { text, depth: 0, checked: *checked }).collect();
                let chosen = Options::new(ready.list.title(), &lines).fresh(fresh).show(ui, &mut self.sought);
                if let Some((_, ask)) = chosen.and_then(|index| offered.get(index)) {
                    filters.view = View::Ready(*ask);
                }
            });
        }
        if chip.removed {
            filters.view = View::Plain;
        }
    }

    /// One chip; gives back whether it is to go. What was put together is opened where it was.
    fn piece_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, names: &Names<'_>, piece: &mut Piece, place: usize) -> bool {
        match piece {
            Piece::Choices(filter) => self.chip_ui(ui, scene, names, filter),
            Piece::Condition(_) => {
                let words = piece.words(names);
                let chip =
                    ui.push_id(("composed", place), |ui| Chip::new(&words).chosen(true).removable().show(ui)).inner;
                if chip.response.clicked() && !chip.removed {
                    self.wish = Some(ListWish::Compose);
                }
                chip.removed
            }
        }
    }

    /// One chip with its popup; gives back whether it is to go.
    fn chip_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, names: &Names<'_>, filter: &mut Filter) -> bool {
        let words = filter.words(names);
        let chip =
            ui.push_id(("chip", filter.kind.label()), |ui| Chip::new(&words).chosen(true).removable().show(ui)).inner;
        let was_open = is_popup_open(&chip.response);
        let opening = self.opening.take_if(|kind| *kind == filter.kind).is_some();
        let command = (chip.response.clicked() || opening).then_some(egui::SetOpenCommand::Toggle);
        if command.is_some() && !was_open {
            self.begin(filter);
        }
        let name = format!("条件：{}", filter.kind.label());
        popup_asked(ui, &chip.response, &name, 240.0, command, |ui, fresh| {
            self.offers_ui(ui, scene, filter, fresh);
        });
        let is_left_empty = was_open && !is_popup_open(&chip.response) && filter.chosen.is_empty();
        chip.removed || is_left_empty
    }

    fn begin(&mut self, filter: &Filter) {
        self.sought.clear();
        let years = |years: u16, none: u16| if years == none { String::new() } else { years.to_string() };
        self.ages = filter.ages().map_or_else(Default::default, |(from, to)| (years(from, 0), years(to, u16::MAX)));
    }

    fn offers_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, filter: &mut Filter, fresh: bool) {
        let offers = filter.kind.offers(scene.tree, scene.scope);
        let lines: Vec<OptionLine<'_>> = offers.iter().map(|offer| line_of(offer, filter)).collect();
        let chosen = Options::new(filter.kind.label(), &lines).several().fresh(fresh).show(ui, &mut self.sought);
        if let Some(offer) = chosen.and_then(|index| offers.get(index)) {
            filter.toggle(offer);
        }
        if filter.kind == Kind::Age {
            menu_rule(ui);
            popup_inset(ui, |ui| self.ages_ui(ui, filter));
        }
    }

    fn ages_ui(&mut self, ui: &mut Ui, filter: &mut Filter) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let mut changed = false;
            for (name, hint) in [("年龄自", "自"), ("年龄至", "至")] {
                let text = if hint == "自" { &mut self.ages.0 } else { &mut self.ages.1 };
                let field = TextField::new(name, text).label_hidden().hint(hint).width(64.0);
                changed |= field.show(ui).changed();
                weak(ui, if hint == "自" { "至" } else { "岁" });
            }
            if changed {
                let years = |text: &str| text.trim().parse::<u16>().ok().filter(|years| *years <= 150);
                filter.set_ages(years(&self.ages.0), years(&self.ages.1));
            }
        });
    }

    /// All conditions in one chip.
    fn folded_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, names: &Names<'_>, filters: &mut Filters) {
        let words = format!("{} 个条件", filters.all.len());
        let chip = ui.push_id("folded", |ui| Chip::new(&words).chosen(true).show(ui)).inner.response;
        let opening = self.opening.take();
        let command =
            (chip.clicked() || (opening.is_some() && !is_popup_open(&chip))).then_some(egui::SetOpenCommand::Toggle);
        let open_kind = chip.id.with("kind");
        if let Some(kind) = opening {
            ui.data_mut(|data| data.insert_temp(open_kind, kind.label()));
        }
        let opened: Option<&'static str> = ui.data(|data| data.get_temp(open_kind));
        popup_asked(ui, &chip, "条件", 300.0, command, |ui, fresh| {
            let mut removed = None;
            for place in 0..filters.all.len() {
                if place > 0 {
                    popup_inset(ui, |ui| join_ui(ui, &mut filters.join, place));
                }
                let words = filters.all[place].words(names);
                let kind = filters.all[place].kind();
                let is_open = kind.is_some_and(|kind| opened == Some(kind.label()));
                popup_inset(ui, |ui| {
                    let shown = ui.push_id(place, |ui| Chip::new(&words).chosen(true).removable().show(ui)).inner;
                    match kind {
                        _ if shown.removed => removed = Some(place),
                        Some(kind) if shown.response.clicked() => {
                            let next = if is_open { "" } else { kind.label() };
                            ui.data_mut(|data| data.insert_temp(open_kind, next));
                            if let Piece::Choices(filter) = &filters.all[place] {
                                self.begin(filter);
                            }
                        }
                        None if shown.response.clicked() => {
                            self.wish = Some(ListWish::Compose);
                            ui.close();
                        }
                        _ => {}
                    }
                });
                if let (true, Piece::Choices(filter)) = (is_open, &mut filters.all[place]) {
                    self.offers_ui(ui, scene, filter, fresh);
                }
            }
            if let Some(place) = removed {
                filters.all.remove(place);
            }
            if filters.all.is_empty() {
                ui.close();
            }
        });
    }

    fn add_ui(&mut self, ui: &mut Ui, filters: &mut Filters) {
        let response = add_chip(ui, "条件");
        let added = menu(ui, &response, "加条件", |ui| {
            let mut added = None;
            for kind in Kind::OFFERED {
                let is_set = filters.all.iter().any(|piece| piece.kind() == Some(kind));
                let row = MenuRow::new(kind.label()).icon(icon_of(kind));
                if ui.add(if is_set { row.checked(true) } else { row }).clicked() {
                    added = Some(kind);
                }
            }
            menu_rule(ui);
            if ui.add(MenuRow::new("组合条件…").icon(Icon::Funnel)).clicked() {
                self.wish = Some(ListWish::Compose);
            }
            added
        });
        if let Some(kind) = added.flatten() {
            self.open(filters, kind);
        }
    }

    fn columns_ui(&mut self, ui: &mut Ui, columns: &mut Columns) {
        let response = ui.add(Button::quiet("列").icon(Icon::Columns3));
        let opened = response.clicked() && !is_popup_open(&response);
        if opened {
            self.sought.clear();
        }
        let asked = std::mem::take(&mut self.columns_asked) && !is_popup_open(&response);
        let command = (response.clicked() || asked).then_some(egui::SetOpenCommand::Toggle);
        popup_asked(ui, &response, "选列", 220.0, command, |ui, fresh| {
            columns_popup(ui, columns, &mut self.sought, fresh);
        });
    }
}

fn columns_popup(ui: &mut Ui, columns: &mut Columns, sought: &mut String, fresh: bool) {
    let known: Vec<(String, String)> =
        columns.all().iter().map(|column| (column.id.clone(), column.title.clone())).collect();
    let lines: Vec<OptionLine<'_>> =
        known.iter().map(|(id, title)| OptionLine { text: title, depth: 0, checked: columns.is_visible(id) }).collect();
    if let Some((id, _)) =
        Options::new("列", &lines).several().fresh(fresh).show(ui, sought).and_then(|index| known.get(index))
    {
        columns.set_visible(id, !columns.is_visible(id));
    }
    menu_rule(ui);
    if ui.add(MenuRow::new("恢复原来的列").icon(Icon::RotateCcw)).clicked() {
        columns.reset();
    }
}

fn who_ui(ui: &mut Ui, filters: &mut Filters) {
    let (_, chosen) = menu_button(ui, Button::quiet(who_label(filters.who)), "看谁", |ui| {
        let mut chosen = None;
        for who in [Who::OnRoll, Who::FloatingIn, Who::Left, Who::Voided] {
            if ui.add(MenuRow::new(who_label(who)).checked(filters.who == who)).clicked() {
                chosen = Some(who);
            }
        }
        chosen
    });
    if let Some(who) = chosen.flatten() {
        filters.who = who;
    }
}

fn line_of<'a>(offer: &'a Offer, filter: &Filter) -> OptionLine<'a> {
    OptionLine { text: &offer.text, depth: offer.depth, checked: filter.has(&offer.condition) }
}

/// 且 or 或 between two chips; pressing it turns it over for all of them.
fn join_ui(ui: &mut Ui, join: &mut Join, place: usize) {
    let name = format!("{}，改为“{}”", join.word(), join.other().word());
    let pressed = ui.push_id(("join", place), |ui| ui.add(Button::link(join.word()).name(&name).tip(&name))).inner;
    if pressed.clicked() {
        *join = join.other();
    }
}

fn chip_width(ui: &Ui, words: &str) -> f32 {
    // A chip is as wide as a button with its words and a cross.
    Button::plain(words).width(ui) + 40.0
}

fn icon_of(kind: Kind) -> Icon {
    match kind {
        Kind::Branch => Icon::Network,
        Kind::Category => Icon::IdCard,
        Kind::Sex => Icon::User,
        Kind::Nation => Icon::Users,
        Kind::Education => Icon::GraduationCap,
        Kind::Age => Icon::Cake,
        Kind::EntryPeriod | Kind::Start => Icon::Calendar,
        Kind::Standing => Icon::Hourglass,
    }
}
