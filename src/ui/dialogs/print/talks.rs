//! Owns what can be chosen about a paper of talks: which of those that are offered, with contents or without, and the
//! numbers that blank sheets are given before they leave.
//! Must never fill a form. Start at [`TalkChoices`].

use egui::Ui;

use crate::print::{Contents, Sheets, TalkAsk, TalkForm};
use crate::ui::widgets::{Icon, Segments, Tone, note, remark};

/// The papers that are offered, each with what it is asked for.
#[derive(Debug, Default)]
pub(super) struct TalkChoices {
    offered: Vec<TalkAsk>,
    /// What the command made last that gave numbers to the blank sheets.
    last_numbered: Option<i64>,
}

/// What a paper of talks is made from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TalkAsked {
    pub ask: TalkAsk,
    /// Of blank sheets whose numbers were given just now.
    pub last_numbered: Option<i64>,
}

impl TalkChoices {
    pub fn new(offered: Vec<TalkAsk>) -> Self {
        Self { offered, last_numbered: None }
    }

    pub fn forms(&self) -> impl Iterator<Item = TalkForm> {
        self.offered.iter().map(TalkAsk::form)
    }

    pub fn asked(&self, form: TalkForm) -> Option<TalkAsked> {
        let ask = self.offered.iter().find(|ask| ask.form() == form)?.clone();
        Some(TalkAsked { ask, last_numbered: self.last_numbered.filter(|_| form == TalkForm::Blank) })
    }

    /// The command has given their numbers.
    pub fn numbered(&mut self, last: i64) {
        self.last_numbered = Some(last);
    }

    /// Takes over the sheets with their numbers, and says whether all have one now.
    pub fn take(&mut self, sheets: Sheets) {
        self.last_numbered = None;
        if let Some(TalkAsk::Blank(held)) = self.offered.iter_mut().find(|ask| ask.form() == TalkForm::Blank) {
            *held = sheets;
        }
    }
}

/// Draws the choices of a paper.
pub(super) fn show(ui: &mut Ui, form: TalkForm, choices: &mut TalkChoices) {
    match choices.offered.iter_mut().find(|ask| ask.form() == form) {
        Some(TalkAsk::Ledger(_, contents)) => {
            let chosen = usize::from(*contents == Contents::Without);
            if let Some(index) = Segments::new("内容摘要", &["含内容", "不含内容"], Some(chosen)).show(ui) {
                *contents = if index == 1 { Contents::Without } else { Contents::With };
            }
        }
        Some(TalkAsk::Records(talks)) => {
            note(ui, &format!("选中的 {} 次谈话，每次一张", talks.len()));
        }
        Some(TalkAsk::RecordsOf(_)) => {
            note(ui, "每次谈话一张");
        }
        Some(TalkAsk::Blank(sheets)) => {
            let waiting = sheets.sheets.iter().filter(|sheet| sheet.number.is_none()).count();
            if waiting > 0 {
                remark(ui, Icon::Info, Tone::Act, &format!("存或打印时给 {waiting} 张编号；编号留下，不会重号"));
            } else {
                note(ui, "已编号，记谈话时选这张表");
            }
        }
        Some(TalkAsk::Coverage(_) | TalkAsk::Plan(..)) | None => {}
    }
}
