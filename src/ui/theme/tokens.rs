//! Owns every colour of the program, by role. Nothing else in `ui` may name a colour.
//! Must never know egui's widgets. Start at [`Tokens`].
//!
//! Text reaches a contrast of 4.5 and meaningful borders 3 on the worst ground they are used on.

use egui::Color32;

/// The colours of one look, by role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Window and page ground.
    pub desk: Color32,
    /// Navigation, top bar, status bar.
    pub side: Color32,
    /// Tables, cards, fields, current navigation row.
    pub sheet: Color32,
    /// Menus, popups, dialogs, toasts.
    pub raised: Color32,
    /// Table head, group head, figures strip, disabled field.
    pub head: Color32,
    /// Row under the pointer.
    pub hover: Color32,
    /// Selected row, current branch, selected text.
    pub select: Color32,
    /// Content.
    pub ink: Color32,
    /// Labels, second columns, icons.
    pub ink2: Color32,
    /// Notes, counts; not on `select`.
    pub ink3: Color32,
    /// Disabled text, days out of the month.
    pub off: Color32,
    /// Rules between rows.
    pub line: Color32,
    /// Borders of sheets, buttons and bars.
    pub line2: Color32,
    /// Borders of fields and checkboxes, dashed line below a figure.
    pub field: Color32,
    /// Focus ring and border of the focused field.
    pub focus: Color32,
    /// Links, text of a chosen chip or segment, current tab.
    pub act: Color32,
    /// Primary button, ticked box.
    pub actfill: Color32,
    /// Primary button under the pointer.
    pub acthover: Color32,
    /// Text on `actfill`.
    pub onact: Color32,
    /// Ground of a chosen chip or segment, menu row under the pointer.
    pub actsoft: Color32,
    /// The mark with the white 支.
    pub seal: Color32,
    /// Bar of the current page.
    pub sealmark: Color32,
    /// Text of what is due or 一般.
    pub amber: Color32,
    /// Ground of what is due.
    pub ambersoft: Color32,
    /// Ring, bar and dashed border of what is due.
    pub ambermark: Color32,
    /// Text of a hard rule or a real failure.
    pub hard: Color32,
    /// Ground of a hard rule or a real failure.
    pub hardsoft: Color32,
    /// Diamond and bar of a hard rule or a real failure.
    pub hardmark: Color32,
    /// Text of 有, 齐, 已核对.
    pub ok: Color32,
    /// Ground of 有, 齐, 已核对.
    pub oksoft: Color32,
    /// Square and dot of 有, 齐, 已核对.
    pub okmark: Color32,
    /// Filled part of a measuring bar.
    pub measure: Color32,
    /// Scroll handle, chart bars.
    pub thumb: Color32,
    /// Behind dialogs.
    pub scrim: Color32,
    /// Under popups and dialogs.
    pub shadow: Color32,
    /// Whether soft grounds get a border of their mark, so that no state depends on a pale ground.
    pub bordered_softs: bool,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Tokens {
    /// The empty part of a bar.
    pub fn bar_ground(&self) -> Color32 {
        if self.bordered_softs { self.select } else { self.line }
    }

    /// Warm paper and ink.
    pub const LIGHT: Self = Self {
        desk: rgb(0xF4F1EA),
        side: rgb(0xEBE6DB),
        sheet: rgb(0xFFFDF9),
        raised: rgb(0xFFFFFF),
        head: rgb(0xF1EDE3),
        hover: rgb(0xF6F2E8),
        select: rgb(0xDCE8F2),
        ink: rgb(0x26231E),
        ink2: rgb(0x575146),
        ink3: rgb(0x6B6457),
        off: rgb(0xA0988A),
        line: rgb(0xE2DCCE),
        line2: rgb(0xCDC5B4),
        field: rgb(0x8C8473),
        focus: rgb(0x22609A),
        act: rgb(0x1F4F7A),
        actfill: rgb(0x1F4F7A),
        acthover: rgb(0x183F62),
        onact: rgb(0xFFFFFF),
        actsoft: rgb(0xE3ECF4),
        seal: rgb(0x7C2A33),
        sealmark: rgb(0x7C2A33),
        amber: rgb(0x7A4E00),
        ambersoft: rgb(0xFBF0D8),
        ambermark: rgb(0xB07000),
        hard: rgb(0xA8201A),
        hardsoft: rgb(0xFCE9E5),
        hardmark: rgb(0xC4281C),
        ok: rgb(0x2C6140),
        oksoft: rgb(0xE5F0E6),
        okmark: rgb(0x3E7F55),
        measure: rgb(0x7F7767),
        thumb: rgb(0xBDB4A2),
        // Premultiplied: rgba(38, 35, 30, 0.34).
        scrim: Color32::from_rgba_premultiplied(13, 12, 10, 87),
        shadow: Color32::from_black_alpha(41),
        bordered_softs: false,
    };

    /// The same paper by lamplight.
    pub const DARK: Self = Self {
        desk: rgb(0x1D1C1A),
        side: rgb(0x171614),
        sheet: rgb(0x262522),
        raised: rgb(0x302E2B),
        head: rgb(0x2B2926),
        hover: rgb(0x2E2C28),
        select: rgb(0x28405A),
        ink: rgb(0xECE7DD),
        ink2: rgb(0xBDB6A8),
        ink3: rgb(0xA39C8E),
        off: rgb(0x6E685E),
        line: rgb(0x37342F),
        line2: rgb(0x4A463F),
        field: rgb(0x837C6F),
        focus: rgb(0x7DB6E8),
        act: rgb(0x8FBDE4),
        actfill: rgb(0x2F689C),
        acthover: rgb(0x3A77AE),
        onact: rgb(0xFFFFFF),
        actsoft: rgb(0x24384A),
        seal: rgb(0x9A3B45),
        sealmark: rgb(0xC9626C),
        amber: rgb(0xE6B65E),
        ambersoft: rgb(0x3A2E17),
        ambermark: rgb(0xD69A2D),
        hard: rgb(0xF59A8F),
        hardsoft: rgb(0x46231F),
        hardmark: rgb(0xE8685A),
        ok: rgb(0x8FCBA4),
        oksoft: rgb(0x1F3629),
        okmark: rgb(0x5FA97B),
        measure: rgb(0x837C6F),
        thumb: rgb(0x5A554C),
        scrim: Color32::from_black_alpha(128),
        shadow: Color32::from_black_alpha(128),
        bordered_softs: false,
    };

    /// The light look with black ink, grey lines and white grounds.
    pub const HIGH_CONTRAST: Self = Self {
        desk: rgb(0xFFFFFF),
        side: rgb(0xFFFFFF),
        sheet: rgb(0xFFFFFF),
        head: rgb(0xFFFFFF),
        hover: rgb(0xEDEDED),
        ink: rgb(0x000000),
        ink2: rgb(0x000000),
        ink3: rgb(0x000000),
        off: rgb(0x767676),
        line: rgb(0x5A5A5A),
        line2: rgb(0x5A5A5A),
        field: rgb(0x5A5A5A),
        thumb: rgb(0x767676),
        bordered_softs: true,
        ..Self::LIGHT
    };
}

#[cfg(test)]
mod tests {
    use super::Tokens;
    use egui::Color32;

    /// WCAG 2 contrast ratio of two opaque colours.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |c: Color32| {
            let linear = |v: u8| {
                let v = f32::from(v) / 255.0;
                if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_every_ground_it_is_used_on() {
        for t in [Tokens::LIGHT, Tokens::DARK, Tokens::HIGH_CONTRAST] {
            let grounds = [t.desk, t.side, t.sheet, t.raised, t.head, t.hover];
            let text_anywhere = [t.ink, t.ink2, t.ink3, t.act, t.amber, t.hard, t.ok];
            for ground in grounds {
                for text in text_anywhere {
                    assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {}", contrast(text, ground));
                }
            }
            for text in [t.ink, t.ink2, t.act, t.amber, t.hard, t.ok] {
                assert!(contrast(text, t.select) >= 4.5, "{text:?} on select");
            }
            for (text, soft) in [(t.amber, t.ambersoft), (t.hard, t.hardsoft), (t.ok, t.oksoft), (t.act, t.actsoft)] {
                assert!(contrast(text, soft) >= 4.5, "{text:?} on its soft ground");
            }
            assert!(contrast(t.onact, t.actfill) >= 4.5);
        }
    }

    #[test]
    fn borders_that_carry_meaning_can_be_seen() {
        for t in [Tokens::LIGHT, Tokens::DARK, Tokens::HIGH_CONTRAST] {
            for ground in [t.desk, t.sheet, t.raised] {
                for mark in [t.field, t.focus, t.ambermark, t.hardmark, t.okmark] {
                    assert!(contrast(mark, ground) >= 3.0, "{mark:?} on {ground:?}: {}", contrast(mark, ground));
                }
            }
        }
    }
}
