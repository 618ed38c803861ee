//! Owns what is said of sentences that the content shares word for word with other talks of the year (雷同自查): one
//! line below it, and on demand every sentence with all talks in which it stands. Must never judge. Start at [`Sharing`].

use egui::{ScrollArea, Ui};

use super::written::Written;
use crate::domain::ids::TalkId;
use crate::engine::questions::SharedSentences;
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{Icon, Tone, popup, popup_inset, remark_beside, small, small_link, strong};
use crate::ui::words::shortened;
use crate::view::likeness::{SentencesAsk, SharedSentence};

/// Characters of the first sentence and talks that are told in the line.
const TOLD: usize = 14;
const TALKS_TOLD: usize = 3;
/// The list of all of them.
const WIDTH: f32 = 460.0;
const TALL: f32 = 280.0;

/// A sentence, and the numbers of the talks in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sentence {
    text: String,
    numbers: Vec<String>,
}

/// What is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharing {
    line: String,
    sentences: Vec<Sentence>,
    /// The line tells all there is.
    is_whole: bool,
}

/// Asks what the content shares word for word with other talks of the ledger and year.
pub fn ask_shared(shared: &mut Live<SharedSentences>, scene: &Scene<'_>, written: &Written, talk: Option<TalkId>) {
    if let (Some(organisation), Some(held_on)) = (written.ledger, written.date(scene.today)) {
        let (year, kind, text) = (held_on.year(), written.kind.clone(), written.content.clone());
        shared.ask(scene, SharedSentences(SentencesAsk { talk, organisation, year, kind, text }));
    }
}

impl Sharing {
    /// What was found of a text; none where that is nothing.
    pub fn of(found: &[SharedSentence], text: &str) -> Option<Self> {
        let mut talks: Vec<(TalkId, String)> = Vec::new();
        let mut sentences = Vec::new();
        for one in found {
            for (id, number) in &one.talks {
                if talks.iter().all(|(known, _)| known != id) {
                    talks.push((*id, number.to_string()));
                }
            }
            let numbers = one.talks.iter().map(|(_, number)| number.to_string()).collect();
            sentences.push(Sentence { text: text.get(one.range.clone())?.trim().to_owned(), numbers });
        }
        let first = sentences.first()?;
        let told: Vec<&str> = talks.iter().take(TALKS_TOLD).map(|(_, number)| number.as_str()).collect();
        let told = match talks.len() {
            count if count > TALKS_TOLD => format!("{} 等 {count} 次谈话", told.join("、")),
            _ => format!("{} ", told.join("、")),
        };
        let places = if sentences.len() > 1 { format!(" {} 处", sentences.len()) } else { String::new() };
        let line = format!("和 {told}有{places}相同的句子：“{}”", shortened(&first.text, TOLD));
        let is_whole = sentences.len() == 1 && talks.len() <= TALKS_TOLD && first.text.chars().count() <= TOLD;
        Some(Self { line, sentences, is_whole })
    }

    /// 「和 2026-018 有相同的句子：“近期两处敬老院…”」
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Draws the line, with the way to all of it.
    pub fn show(&self, ui: &mut Ui) {
        remark_beside(ui, Icon::CircleAlert, Tone::Amber, &self.line, |ui| {
            if self.is_whole {
                return;
            }
            let all = small_link(ui, "看全部", "看全部相同的句子");
            popup(ui, &all, "相同的句子", WIDTH, |ui, _| {
                ScrollArea::vertical().max_height(TALL).auto_shrink([false, true]).show(ui, |ui| {
                    for sentence in &self.sentences {
                        popup_inset(ui, |ui| {
                            ui.spacing_mut().item_spacing.y = space::XS;
                            strong(ui, &sentence.numbers.join("、"));
                            small(ui, &format!("“{}”", sentence.text));
                        });
                    }
                });
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::talks::TalkNumber;

    fn shared(text: &str, part: &str, numbers: &[i64]) -> SharedSentence {
        let start = text.find(part).expect("a part");
        let number = |number: &i64| TalkNumber { year: 2026, number: *number as u32 };
        let talks = numbers.iter().map(|it| (TalkId(*it), number(it))).collect();
        SharedSentence { range: start..start + part.len(), talks }
    }

    #[test]
    fn no_talk_and_no_place_is_left_out_silently() {
        let text = "围绕支部组织生活会主题与何静谈心。双方都表示满意，今后多到一线开展主题党日。";
        let first = shared(text, "围绕支部组织生活会主题与", &[2, 7, 26]);
        let second = shared(text, "双方都表示满意，今后多到一线开展主题党日", &[28, 2]);
        let found = Sharing::of(&[first.clone(), second], text).expect("shared");
        assert_eq!(
            found.line(),
            "和 2026-002、2026-007、2026-026 等 4 次谈话有 2 处相同的句子：“围绕支部组织生活会主题与”"
        );
        assert!(!found.is_whole);
        let short = Sharing::of(&[first], text).expect("shared");
        assert_eq!(short.line(), "和 2026-002、2026-007、2026-026 有相同的句子：“围绕支部组织生活会主题与”");
        assert!(short.is_whole, "there is nothing more to see");
        assert_eq!(Sharing::of(&[], text), None);
    }
}
