//! Owns the talks of a member in the place of the timeline: read one after the other, the latest first.
//! Must never read anything: it shows what the page holds. Start at [`show`].

use egui::{Align, Label, Layout, RichText, Ui};

use super::Middle;
use crate::domain::talks::FollowUp;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::screens::evidence::{Look, Shelf};
use crate::ui::screens::{Page, TalkStart};
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{heading, link, note, quiet_line, rule, small, small_link, strong, wrapped_note};
use crate::view::member::{MemberPage, MemberTalk};

/// Draws the talks; `middle` is set when the timeline is asked for instead.
pub fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    page: &MemberPage,
    shelf: &mut Shelf,
    middle: &mut Middle,
    out: &mut Outbox,
) {
    ui.horizontal(|ui| {
        ui.set_min_height(height::CHIP);
        heading(ui, "谈心谈话");
        note(ui, &format!("{} 次", page.talks.len()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if link(ui, "看时间线").clicked() {
                *middle = Middle::Timeline;
            }
        });
    });
    if page.talks.is_empty() {
        quiet_line(ui, "没有谈话记录");
    }
    for talk in &page.talks {
        ui.add_space(space::S);
        rule(ui);
        ui.add_space(space::S);
        ui.push_id(talk.id, |ui| talk_ui(ui, talk, out));
        // They are changed where the talk is.
        let look = Look { whose: "", may: false, moves: false };
        if let Some(wish) = ui.push_id(("scans", talk.id), |ui| shelf.pieces_ui(ui, &talk.scans, look)).inner {
            drop(shelf.act(wish, scene, out));
        }
    }
}

fn talk_ui(ui: &mut Ui, talk: &MemberTalk, out: &mut Outbox) {
    ui.horizontal(|ui| {
        let time = talk.time.as_ref().map(|time| format!(" {time}")).unwrap_or_default();
        strong(ui, &format!("{}{time} {} 和 {}", talk.held_on, talk.talkers, talk.partners));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if small_link(ui, "打开", &format!("打开谈话 {}", talk.number)).clicked() {
                out.go(Page::WriteTalk(TalkStart::of(talk.id)));
            }
        });
    });
    let about = [Some(talk.number.to_string()), Some(talk.kind.clone()), talk.place.clone(), talk.topic.clone()];
    wrapped_note(ui, &about.into_iter().flatten().collect::<Vec<_>>().join("·"));
    if talk.is_restricted {
        wrapped_note(ui, "这类谈话只存时间、主题和人员");
    }
    for (label, text) in &talk.texts {
        ui.add_space(space::XS);
        small(ui, label);
        let color = theme::tokens(ui).ink;
        ui.add(Label::new(RichText::new(text).font(Type::Body.font()).color(color)).selectable(true).wrap());
    }
    for (follow_up, owner) in talk.follow_ups.iter().zip(&talk.owners) {
        ui.add_space(space::XS);
        wrapped_note(ui, &followed(follow_up, owner));
    }
}

/// 「跟进：协调驻村工作交接，责任人 陈志远，2026-11-20 前办，未办结」「跟进：送学习资料，2026-11-18 办结：已送」
fn followed(follow_up: &FollowUp, owner: &str) -> String {
    let owner = if owner.is_empty() { String::new() } else { format!("，责任人 {owner}") };
    let end = match (follow_up.done_on, &follow_up.closing_note, follow_up.due) {
        (Some(done), Some(how), _) => format!("，{done} 办结：{how}"),
        (Some(done), None, _) => format!("，{done} 办结"),
        (None, _, Some(due)) => format!("，{due} 前办，未办结"),
        (None, _, None) => "，没有时限，未办结".to_owned(),
    };
    format!("跟进：{}{owner}{end}", follow_up.measure)
}
