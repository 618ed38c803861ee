//! The search box of the window: people by name, pinyin, initials, ID number, phone, unit; talks by any of their words;
//! archive checklists with their items and evidence; organisations; pages and what can be done on them.
//! Must never change anything: it only leads somewhere. Start at [`Search::show`].

use std::ops::Range;
use std::sync::Arc;

use egui::{EventFilter, Id, Key, Margin, Modifiers, Popup, PopupCloseBehavior, Response, SetOpenCommand, Ui};

use super::act::Act;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::engine::Engine;
use crate::engine::questions::{FoundArchives, FoundTalks, List, MergedPeople, Rows, Talks};
use crate::ui::dialogs::handover::HandoverDialog;
use crate::ui::live::Live;
use crate::ui::outbox::Wish;
use crate::ui::screens::archives::{self, ArchivesStart, Listed};
use crate::ui::screens::{NAVIGATION, Page, TalkStart};
use crate::ui::shell::start::ask_for_handover;
use crate::ui::theme::space;
use crate::ui::widgets::{FoundRow, Icon, TextField, keyboard, note, popup_inset};
use crate::view::duplicates::Merged;
use crate::view::members::{ListAsk, MemberRow, Who};
use crate::view::organisations::OrganisationLine;
use crate::view::search::{ArchiveHit, ArchiveHitKind, TalkHit};
use crate::view::talks::{LedgerAsk, Narrowing};

/// People that are shown of those found.
const PEOPLE_SHOWN: usize = 8;
/// Talks that are shown of those found.
const TALKS_SHOWN: usize = 5;
/// Checklists, items and evidence that are shown of those found.
const ARCHIVES_SHOWN: usize = 5;
/// Organisations that are shown of those found.
const ORGANISATIONS_SHOWN: usize = 4;
/// The least width of what was found.
const FOUND_WIDTH: f32 = 640.0;

/// What the search box keeps.
#[derive(Default)]
pub struct Search {
    text: String,
    /// Ctrl+K was pressed.
    wants_focus: bool,
    people: Live<List>,
    left: Live<List>,
    floating: Live<List>,
    merged: Live<MergedPeople>,
    rows: Live<Rows>,
    talks: Live<FoundTalks>,
    /// All of them, in the list of talks, where there are more than are shown.
    all_talks: Live<Talks>,
    archives: Live<FoundArchives>,
    /// The line that Enter opens.
    cursor: usize,
}

/// One thing that was found.
struct Found {
    icon: Icon,
    name: String,
    about: String,
    /// The words in it that were looked for.
    seen: Range<usize>,
    right: String,
    leads: Vec<Wish>,
    /// Said below it, where it is the last of its kind that is shown: 「共 9 个，再写几个字就少了」.
    below: String,
}

impl Search {
    /// Puts the focus into the box at the next frame.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Draws the box, and what was found below it.
    pub fn show(&mut self, ui: &mut Ui, width: f32, lines: &[OrganisationLine], engine: &Engine, acts: &mut Vec<Act>) {
        let wants_focus = std::mem::take(&mut self.wants_focus);
        let hint = if width < 240.0 { "搜索" } else { "搜索人、谈话、材料、命令" };
        let field = TextField::new("搜索", &mut self.text)
            .label_hidden()
            .hint(hint)
            .prefix(Icon::Search)
            .suffix("Ctrl+K")
            .width(width)
            .take_focus(wants_focus)
            .show(ui);
        if field.changed() {
            self.cursor = 0;
        }
        let key = field.id.with("found");
        let is_wanted = !self.text.trim().is_empty();
        let was_open = Popup::is_id_open(ui.ctx(), key);
        let opens = is_wanted && (field.changed() || field.gained_focus() || wants_focus);
        if is_wanted && !was_open && !opens && !field.has_focus() {
            // Left with Esc or by a click elsewhere: the next search begins anew.
            self.text.clear();
        }
        if !is_wanted || !(was_open || opens) {
            return;
        }
        self.ask(engine);
        let found = self.found(lines);
        let mut chosen = if was_open { self.by_keys(ui, &field, &found) } else { None };
        let command = opens.then_some(SetOpenCommand::Bool(true));
        self.popup(&field, key, command, &found, &mut chosen);
        if let Some(index) = chosen
            && let Some(found) = found.into_iter().nth(index)
        {
            acts.extend(found.leads.into_iter().map(Act::Wish));
            Popup::close_id(ui.ctx(), key);
            field.surrender_focus();
            self.text.clear();
        }
    }

    fn popup(
        &self,
        field: &Response,
        key: Id,
        command: Option<SetOpenCommand>,
        found: &[Found],
        chosen: &mut Option<usize>,
    ) {
        let width = field.rect.width().max(FOUND_WIDTH.min(field.ctx.content_rect().width() - 2.0 * space::L));
        Popup::from_response(field)
            .id(key)
            .open_memory(command)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .align(egui::RectAlign::BOTTOM_END)
            .gap(4.0)
            .width(width)
            .accessible_name("搜索结果")
            .frame(popup_frame_of(field))
            .show(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.set_width(width);
                for (index, found) in found.iter().enumerate() {
                    let row = FoundRow {
                        icon: found.icon,
                        name: &found.name,
                        about: &found.about,
                        seen: found.seen.clone(),
                        right: &found.right,
                        is_current: index == self.cursor,
                    };
                    if ui.add(row).clicked() {
                        *chosen = Some(index);
                    }
                    said(ui, &found.below);
                }
                self.remark(ui, found.is_empty());
            });
    }

    /// That it is being looked for, or that there is nothing.
    fn remark(&self, ui: &mut Ui, is_nothing: bool) {
        let is_asking = self.people.is_waiting() && self.people.shown().is_none();
        match (is_asking, is_nothing) {
            (true, _) => said(ui, "正在找"),
            (false, true) => said(ui, "没有找到，换个词再找"),
            (false, false) => {}
        }
    }

    fn ask(&mut self, engine: &Engine) {
        let today = engine.clock().today();
        let text = self.text.trim().to_owned();
        self.merged.ask_engine(engine, MergedPeople { text: text.clone() });
        self.talks.ask_engine(engine, FoundTalks { text: text.clone(), limit: TALKS_SHOWN + 1 });
        self.archives.ask_engine(engine, FoundArchives { text: text.clone(), limit: ARCHIVES_SHOWN });
        if self.talks.current().is_some_and(|hits| hits.len() > TALKS_SHOWN) {
            self.all_talks.ask_engine(
                engine,
                Talks(LedgerAsk {
                    only: Narrowing { text: text.clone(), ..Narrowing::default() },
                    ..LedgerAsk::default()
                }),
            );
        }
        let on_roll = ListAsk { text, ..ListAsk::roll(today, None) };
        self.left.ask_engine(engine, List(ListAsk { who: Who::Left, ..on_roll.clone() }));
        self.floating.ask_engine(engine, List(ListAsk { who: Who::FloatingIn, ..on_roll.clone() }));
        self.people.ask_engine(engine, List(on_roll));
        let ids: Vec<PersonId> = [&self.people, &self.floating, &self.left]
            .into_iter()
            .filter_map(Live::shown)
            .flat_map(|list| list.ids.iter().copied())
            .take(PEOPLE_SHOWN)
            .collect();
        let fields = Arc::new(vec![FieldKey::Known(Known::Name), FieldKey::Known(Known::Unit)]);
        self.rows.ask_engine(engine, Rows { ids, as_of: today, fields, unmasked: false });
    }

    fn found(&self, lines: &[OrganisationLine]) -> Vec<Found> {
        let mut found = Vec::new();
        let people = self.rows.shown().into_iter().flatten().map(|row| person(row, lines, self.right_of(row)));
        let all = self.people.shown().map_or(0, |list| list.ids.len());
        found.extend(counted(people.collect(), all, PEOPLE_SHOWN, "人"));
        let all = self.merged.shown().map_or(0, Vec::len);
        let people = self.merged.shown().into_iter().flatten().take(PEOPLE_SHOWN).map(merged);
        found.extend(counted(people.collect(), all, PEOPLE_SHOWN, "人"));
        found.extend(self.talks(lines));
        if let Some(archives) = self.archives.shown() {
            let hits = archives.hits.iter().map(archive).collect();
            found.extend(counted(hits, archives.all, ARCHIVES_SHOWN, "个"));
        }
        found.extend(self.organisations(lines));
        found.extend(self.pages());
        found.extend(self.deeds());
        found
    }

    /// How somebody stands who is not on the roll.
    fn right_of(&self, row: &MemberRow) -> &'static str {
        match row.branch {
            Some(_) => "",
            None if self.floating.shown().is_some_and(|list| list.ids.contains(&row.id)) => "流入党员",
            None => "已离开",
        }
    }

    /// Talks, in the newest of which it stands, with their branch where they are of several; then how many more there are.
    fn talks(&self, lines: &[OrganisationLine]) -> Vec<Found> {
        let hits = self.talks.shown().map(Vec::as_slice).unwrap_or_default();
        let is_of_several = hits.iter().any(|hit| hit.organisation != hits[0].organisation);
        let branch = |hit: &TalkHit| {
            let line = lines.iter().find(|line| line.organisation.id == hit.organisation).filter(|_| is_of_several);
            line.map(|line| line.organisation.shown_name())
        };
        let mut found: Vec<Found> = hits.iter().take(TALKS_SHOWN).map(|hit| talk(hit, branch(hit))).collect();
        found.extend(self.further_talks(hits.len(), lines));
        found
    }

    /// How many more there are; leads to the list of all of them.
    fn further_talks(&self, hits: usize, lines: &[OrganisationLine]) -> Option<Found> {
        let text = self.text.trim();
        let is_told = hits > TALKS_SHOWN && self.all_talks.answered().is_some_and(|asked| asked.0.only.text == text);
        let all = self.all_talks.shown().filter(|_| is_told)?.lines.len();
        let further = all.checked_sub(TALKS_SHOWN).filter(|further| *further > 0)?;
        let mut roots = lines.iter().filter(|line| line.depth == 0).map(|line| line.organisation.id);
        let whole = roots.next().filter(|_| roots.next().is_none());
        Some(Found {
            icon: Icon::MessagesSquare,
            name: format!("还有 {further} 次，在谈心谈话里看"),
            about: String::new(),
            seen: Range::default(),
            right: String::new(),
            leads: vec![Wish::Scope(whole), Wish::FindTalks(text.to_owned())],
            below: String::new(),
        })
    }

    fn organisations(&self, lines: &[OrganisationLine]) -> Vec<Found> {
        let wanted = self.text.trim();
        let name = |id: Option<OrganisationId>| {
            id.and_then(|id| lines.iter().find(|line| line.organisation.id == id))
                .map_or_else(String::new, |line| line.organisation.shown_name().to_owned())
        };
        let is_found = |line: &&OrganisationLine| {
            line.organisation.name.contains(wanted) || line.organisation.shown_name().contains(wanted)
        };
        let all = lines.iter().filter(is_found).count();
        let found = lines
            .iter()
            .filter(is_found)
            .take(ORGANISATIONS_SHOWN)
            .map(|line| Found {
                icon: Icon::Network,
                name: line.organisation.shown_name().to_owned(),
                about: name(line.organisation.parent),
                seen: Range::default(),
                right: format!("范围·{} 人", line.members),
                leads: vec![Wish::Scope(Some(line.organisation.id)), Wish::Go(Page::Members)],
                below: String::new(),
            })
            .collect();
        counted(found, all, ORGANISATIONS_SHOWN, "个党组织")
    }

    fn pages(&self) -> Vec<Found> {
        let wanted = self.text.trim();
        let page = |icon, word: &str, page| Found {
            icon,
            name: word.to_owned(),
            about: String::new(),
            seen: Range::default(),
            right: "页面".to_owned(),
            leads: vec![Wish::Go(page)],
            below: String::new(),
        };
        NAVIGATION
            .iter()
            .map(|item| (item.icon, item.word, item.page()))
            .chain([
                (Icon::SquarePen, "记谈话", Page::WriteTalk(TalkStart::default())),
                (Icon::Rows3, "补录谈话", Page::EnterTalks),
                (Icon::Settings, "谈话类型", Page::TalkTypes),
                (Icon::ListTree, "清单模板", Page::ChecklistTemplates),
                (Icon::Settings, "规则", Page::Rules),
                (Icon::Settings, "设置", Page::Settings),
            ])
            .filter(|(_, word, _)| word.contains(wanted))
            .map(|(icon, word, to)| page(icon, word, to))
            .collect()
    }

    /// What can be done at once.
    fn deeds(&self) -> Vec<Found> {
        let wanted = self.text.trim();
        let deeds: [(Icon, &str, fn() -> Wish); 6] = [
            (Icon::Plus, "新建清单", || Wish::ShowArchives(ArchivesStart::Make)),
            (Icon::FolderDown, "检查包", || Wish::ShowArchives(ArchivesStart::Pack)),
            (Icon::ListChecks, "缺项单", || Wish::ShowArchives(ArchivesStart::Gaps)),
            (Icon::ListOrdered, "档号规则", || Wish::ShowArchives(ArchivesStart::Numbers)),
            (Icon::FolderOutput, "移交", || Wish::Open(Box::new(HandoverDialog::default()))),
            (Icon::FolderInput, "接收移交", ask_for_handover),
        ];
        let fitting = deeds.into_iter().filter(|(_, word, _)| word.contains(wanted));
        fitting
            .map(|(icon, word, wish)| Found {
                icon,
                name: word.to_owned(),
                about: String::new(),
                seen: Range::default(),
                right: "命令".to_owned(),
                leads: vec![wish()],
                below: String::new(),
            })
            .collect()
    }

    fn by_keys(&mut self, ui: &Ui, field: &Response, found: &[Found]) -> Option<usize> {
        let last = found.len().checked_sub(1)?;
        self.cursor = self.cursor.min(last);
        let pressed = |key| keyboard::pressed(ui.ctx(), Modifiers::NONE, key);
        // Enter takes the focus from a field of one line before anything else sees it.
        if field.lost_focus() && !keyboard::composing(ui.ctx()) && ui.input(|input| input.key_pressed(Key::Enter)) {
            return Some(self.cursor);
        }
        if !field.has_focus() {
            return None;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(field.id, filter));
        if pressed(Key::ArrowDown) {
            self.cursor = (self.cursor + 1).min(last);
        }
        if pressed(Key::ArrowUp) {
            self.cursor = self.cursor.saturating_sub(1);
        }
        None
    }
}

/// A group of what was found; where there is more than is shown, its end says how much.
fn counted(mut found: Vec<Found>, all: usize, shown: usize, unit: &str) -> Vec<Found> {
    if let Some(last) = found.last_mut().filter(|_| all > shown) {
        last.below = format!("共 {all} {unit}，再写几个字就少了");
    }
    found
}

/// A line among what was found that cannot be chosen.
fn said(ui: &mut Ui, words: &str) {
    if words.is_empty() {
        return;
    }
    ui.add_space(4.0);
    popup_inset(ui, |ui| note(ui, words));
}

fn person(row: &MemberRow, lines: &[OrganisationLine], right: &str) -> Found {
    let cell = |place: usize| row.cells.get(place).cloned().flatten();
    let branch = row.branch.and_then(|id| lines.iter().find(|line| line.organisation.id == id));
    let branch = branch.map(|line| line.organisation.shown_name().to_owned());
    let age = row.age.map(|age| format!("{age} 岁"));
    let about = [branch, age, cell(1)].into_iter().flatten().collect::<Vec<_>>().join("·");
    Found {
        icon: Icon::User,
        name: cell(0).unwrap_or_default(),
        about,
        seen: Range::default(),
        right: right.to_owned(),
        leads: vec![Wish::Go(Page::Member(row.id))],
        below: String::new(),
    }
}

/// A talk with the words around what was found.
fn talk(hit: &TalkHit, branch: Option<&str>) -> Found {
    let day = hit.held_on.to_string();
    Found {
        icon: Icon::MessagesSquare,
        name: format!("{} {} 和 {}", hit.number, hit.talkers, hit.partners),
        about: format!("{}{}{}", hit.before, hit.found, hit.after),
        seen: hit.before.len()..hit.before.len() + hit.found.len(),
        right: [branch, Some(&*day)].into_iter().flatten().collect::<Vec<_>>().join("·"),
        leads: vec![Wish::Go(Page::WriteTalk(TalkStart::of(hit.id)))],
        below: String::new(),
    }
}

/// A checklist, an item or evidence with where it stands.
fn archive(hit: &ArchiveHit) -> Found {
    Found {
        icon: if hit.what == ArchiveHitKind::Evidence { Icon::Paperclip } else { Icon::Archive },
        name: hit.title.clone(),
        about: hit.place.clone(),
        seen: Range::default(),
        right: hit.what.label().to_owned(),
        leads: archives::wishes(&hit.checklist, hit.item, Listed::All),
        below: String::new(),
    }
}

/// Who was merged into another leads to that one.
fn merged(one: &Merged) -> Found {
    Found {
        icon: Icon::User,
        name: one.name.clone(),
        about: format!("已并入 {}", one.into_name),
        seen: Range::default(),
        right: "已并入".to_owned(),
        leads: vec![Wish::Go(Page::Member(one.into))],
        below: String::new(),
    }
}

fn popup_frame_of(field: &Response) -> egui::Frame {
    let style = field.ctx.global_style();
    egui::Frame::popup(&style).inner_margin(Margin::symmetric(0, 6))
}
