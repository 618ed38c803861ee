//! Owns how the committee, its term and the 党小组 of an organisation are shown.
//! Must never change them: it says what was asked for. Start at [`show`].

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::actions::Action;
use super::facts::{FactsWish, KEY_WIDTH};
use crate::command::organisation_field_label;
use crate::domain::organisations::{Organisation, OrganisationKind, Term};
use crate::ui::scene::Scene;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{Icon, IconButton, fact, link, note, quiet_line, section_with};
use crate::view::organisations::{OrganisationLine, OrganisationPage, PostLine, Standing};

/// The committee with its posts, and its term.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, node: &Organisation, standing: Option<&Standing>) -> Option<FactsWish> {
    let may = scene.frozen.is_none() && node.closed.is_none();
    let is_group = node.kind == OrganisationKind::Group;
    let mut wish = None;
    section_with(ui, if is_group { "组长" } else { "班子" }, |ui| {
        if may && link(ui, "任职…").clicked() {
            wish = Some(FactsWish::Do(Action::Appoint));
        }
    });
    ui.add_space(space::XS);
    let posts = standing.map(|standing| standing.posts.as_slice()).unwrap_or_default();
    for (place, line) in posts.iter().enumerate() {
        wish = ui.push_id(place, |ui| post_ui(ui, line, may)).inner.or(wish);
    }
    if posts.is_empty() && !told_ui(ui, node) {
        quiet_line(ui, "没有登记任职");
    }
    ui.add_space(space::S);
    if !is_group {
        section_with(ui, "任期", |ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            if may && link(ui, "换届选举…").clicked() {
                wish = Some(FactsWish::Do(Action::Elect));
            }
        });
        ui.add_space(space::XS);
        term_ui(ui, standing.map(|standing| standing.term));
        ui.add_space(space::S);
    }
    wish
}

/// Names in a list of organisations stay text; who has a post says so himself. Gives back whether there are any.
fn told_ui(ui: &mut Ui, node: &Organisation) -> bool {
    let told = [("secretary", &node.secretary), ("deputy", &node.deputy), ("committee", &node.committee)];
    let told = told.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    let mut any = false;
    for (name, value) in told {
        any = true;
        fact(ui, KEY_WIDTH, organisation_field_label(name).unwrap_or(name), value, "", |_| ());
    }
    any
}

/// Who has a post: the name opens the member's page, × ends the post.
fn post_ui(ui: &mut Ui, line: &PostLine, may: bool) -> Option<FactsWish> {
    let mut wish = None;
    let size = vec2(ui.available_width(), height::TREE);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(size.x);
        ui.spacing_mut().item_spacing.x = space::XS;
        let key = vec2(KEY_WIDTH, height::TREE);
        ui.allocate_ui_with_layout(key, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(KEY_WIDTH);
            let words = RichText::new(&line.post).font(Type::Body.font()).color(theme::tokens(ui).ink2);
            ui.add(Label::new(words).selectable(false).truncate());
        });
        if link(ui, &line.name).clicked() {
            wish = Some(FactsWish::Member(line.person));
        }
        if let Some(since) = line.since {
            ui.add_space(space::XS);
            note(ui, &format!("自 {since}"));
        }
        if may {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = format!("免职：{} {}", line.post, line.name);
                if ui.add(IconButton::new(Icon::X, &name).small()).clicked() {
                    wish = Some(FactsWish::EndPost(line.clone()));
                }
            });
        }
    });
    wish
}

fn term_ui(ui: &mut Ui, term: Option<Term>) {
    let Some(term) = term.filter(|term| term.elected_on.is_some() || term.ends.is_some()) else {
        quiet_line(ui, "没有登记选举时间");
        return;
    };
    let words = |date: Option<crate::domain::dates::PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    fact(ui, KEY_WIDTH, "本届选举时间", &words(term.elected_on), "", |_| ());
    fact(ui, KEY_WIDTH, "任期年限", &format!("{} 年", term.years), "", |_| ());
    let basis = if term.is_told { "登记" } else { "推算" };
    fact(ui, KEY_WIDTH, "任期届满时间", &words(term.ends), basis, |_| ());
    if let Some(until) = term.delayed_to {
        fact(ui, KEY_WIDTH, "延期至", &until.to_string(), "", |_| ());
    }
}

/// 党小组 with who leads them and how many are in each.
pub fn groups_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    line: &OrganisationLine,
    page: Option<&OrganisationPage>,
) -> Option<FactsWish> {
    let node = &line.organisation;
    if !node.kind.is_branch() {
        return None;
    }
    let may = scene.frozen.is_none() && node.closed.is_none();
    let mut wish = None;
    section_with(ui, "党小组", |ui| {
        if may && link(ui, "新建党小组…").clicked() {
            wish = Some(FactsWish::Do(Action::AddBelow));
        }
    });
    ui.add_space(space::XS);
    let groups = page.map(|page| page.groups.as_slice()).unwrap_or_default();
    for group in groups {
        let size = vec2(ui.available_width(), height::TREE);
        ui.push_id(group.id, |ui| {
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                if link(ui, &group.name).clicked() {
                    wish = Some(FactsWish::Organisation(group.id));
                }
                let leaders =
                    if group.leaders.is_empty() { "组长未定".to_owned() } else { group.leaders.join("、") };
                note(ui, &format!("{} 人·{leaders}", group.members));
            });
        });
    }
    if groups.is_empty() {
        quiet_line(ui, "没有党小组");
    }
    ui.add_space(space::S);
    wish
}
