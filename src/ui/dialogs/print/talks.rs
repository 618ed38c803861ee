//! Owns what can be chosen about a paper of talks: which of those that are offered, of which talks, with contents or without, and the
//! numbers that blank sheets are given before they leave.
//! Must never fill a form. Start at [`TalkChoices`].

use egui::Ui;

use crate::engine::questions::Talks;
use crate::print::{Contents, Sheets, TalkAsk, TalkForm};
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::widgets::{Icon, Segments, Select, Tone, grouped, note, remark};
use crate::view::talk_ledger::LedgerAsk;

/// The papers that are offered.
#[derive(Debug, Default)]
pub(super) struct TalkChoices {
    offered: Vec<Offer>,
    /// Counts what is listed and what there is.
    talks: Live<Talks>,
    /// What the command made last that gave numbers to the blank sheets.
    last_numbered: Option<i64>,
}

/// A paper with what it can be asked for: the talk one stands on, those of the list, all.
#[derive(Debug)]
struct Offer {
    form: TalkForm,
    asks: Vec<TalkAsk>,
    chosen: usize,
}

/// What a paper of talks is made from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TalkAsked {
    pub ask: TalkAsk,
    /// Of blank sheets whose numbers were given just now.
    pub last_numbered: Option<i64>,
}

impl TalkChoices {
    /// Of what is offered of one form the first is chosen.
    pub fn new(asks: Vec<TalkAsk>) -> Self {
        let mut offered: Vec<Offer> = Vec::new();
        for ask in asks {
            let form = ask.form();
            match offered.iter_mut().find(|offer| offer.form == form) {
                Some(offer) => offer.asks.push(ask),
                None => offered.push(Offer { form, asks: vec![ask], chosen: 0 }),
            }
        }
        Self { offered, ..Self::default() }
    }

    pub fn forms(&self) -> impl Iterator<Item = TalkForm> {
        self.offered.iter().map(|offer| offer.form)
    }

    pub fn asked(&self, form: TalkForm) -> Option<TalkAsked> {
        let offer = self.offered.iter().find(|offer| offer.form == form)?;
        let ask = offer.asks.get(offer.chosen)?.clone();
        Some(TalkAsked { ask, last_numbered: self.last_numbered.filter(|_| form == TalkForm::Blank) })
    }

    /// The command has given their numbers.
    pub fn numbered(&mut self, last: i64) {
        self.last_numbered = Some(last);
    }

    /// Takes over the sheets with their numbers, and says whether all have one now.
    pub fn take(&mut self, sheets: Sheets) {
        self.last_numbered = None;
        let mut asks = self.offered.iter_mut().flat_map(|offer| &mut offer.asks);
        if let Some(TalkAsk::Blank(held)) = asks.find(|ask| ask.form() == TalkForm::Blank) {
            *held = sheets;
        }
    }

    /// How many talks the list has, and how many there are.
    fn counts(&mut self, scene: &Scene<'_>) -> Option<(usize, usize)> {
        let mut ledgers = self.offered.iter().flat_map(|offer| &offer.asks).filter_map(ledger_of);
        // The list comes before all of its ledger.
        self.talks.ask(scene, Talks(ledgers.next()?.clone()));
        self.talks.current().map(|list| (list.lines.len(), list.all))
    }
}

fn ledger_of(ask: &TalkAsk) -> Option<&LedgerAsk> {
    match ask {
        TalkAsk::Ledger(ledger, _) | TalkAsk::RecordsOf(ledger) => Some(ledger),
        _ => None,
    }
}

/// 「选中的 1 次」, 「按当前筛选 10 次」, 「全部 32 次」
fn range_of(ask: &TalkAsk, counts: Option<(usize, usize)>) -> String {
    let count = |count: Option<usize>| count.map_or_else(|| "…".to_owned(), |count| grouped(count as u64));
    match (ask, ledger_of(ask)) {
        (TalkAsk::Records(talks), _) => format!("选中的 {} 次", talks.len()),
        (_, Some(ledger)) if !ledger.only.is_nothing() => {
            format!("按当前筛选 {} 次", count(counts.map(|(listed, _)| listed)))
        }
        _ => format!("全部 {} 次", count(counts.map(|(_, all)| all))),
    }
}

/// Draws the choices of a paper.
pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, form: TalkForm, choices: &mut TalkChoices) {
    let counts = choices.counts(scene);
    let Some(offer) = choices.offered.iter_mut().find(|offer| offer.form == form) else { return };
    if offer.asks.len() > 1 {
        let words: Vec<String> = offer.asks.iter().map(|ask| range_of(ask, counts)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut chosen = Some(offer.chosen);
        let width = ui.available_width();
        Select::new("范围", &words, &mut chosen).width(width).show(ui);
        offer.chosen = chosen.unwrap_or(offer.chosen);
    }
    match offer.asks.get_mut(offer.chosen) {
        Some(TalkAsk::Ledger(_, contents)) => {
            let chosen = usize::from(*contents == Contents::Without);
            if let Some(index) = Segments::new("内容摘要", &["含内容", "不含内容"], Some(chosen)).show(ui) {
                offer.with_contents(if index == 1 { Contents::Without } else { Contents::With });
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

impl Offer {
    /// The choice stays when another range is chosen.
    fn with_contents(&mut self, chosen: Contents) {
        for ask in &mut self.asks {
            if let TalkAsk::Ledger(_, contents) = ask {
                *contents = chosen;
            }
        }
    }
}
