//! Owns what can stand in a cell. Must never know the column it stands in. Start at [`Cell`].

use std::borrow::Cow;

use lucide_icons::Icon;

use crate::ui::widgets::Tone;

/// What stands in a cell.
#[derive(Debug, Clone, Default)]
pub struct Cell<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) weak: bool,
    pub(super) strong: bool,
    pub(super) link: bool,
    pub(super) figure: bool,
    pub(super) tone: Option<Tone>,
    pub(super) icon: Option<(Icon, Tone)>,
    pub(super) badge: bool,
    pub(super) tip: Option<Cow<'a, str>>,
    pub(super) name: Option<Cow<'a, str>>,
}

impl<'a> Cell<'a> {
    /// A text. An empty text leaves the cell empty; what is not known is [`Cell::unknown`].
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// What is not known: —.
    pub fn unknown() -> Self {
        Self { weak: true, ..Self::text("—") }
    }

    /// A text, or — where there is none.
    pub fn known(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or_else(Self::unknown, Self::text)
    }

    /// Second rank: ink2.
    pub fn weak(mut self) -> Self {
        self.weak = true;
        self
    }

    /// Bold.
    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }

    /// Pressing the text does something of its own.
    pub fn link(mut self) -> Self {
        self.link = true;
        self
    }

    /// A number whose rows can be opened: pressing it does something of its own, as a link does.
    pub fn figure(mut self) -> Self {
        self.figure = true;
        self
    }

    /// The accessible name of a figure or link whose text says too little by itself: 「女：12」. It is pressed anywhere in
    /// its cell.
    pub fn named(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Coloured text: a warning or a fault, always with the word.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = Some(tone);
        self
    }

    /// An icon before the text.
    pub fn icon(mut self, icon: Icon, tone: Tone) -> Self {
        self.icon = Some((icon, tone));
        self
    }

    /// The text on its soft ground; give the tone too.
    pub fn badge(mut self, tone: Tone) -> Self {
        self.badge = true;
        self.tone = Some(tone);
        self
    }

    /// What shows while the pointer rests on the text.
    pub fn tip(mut self, tip: impl Into<Cow<'a, str>>) -> Self {
        self.tip = Some(tip.into());
        self
    }
}
