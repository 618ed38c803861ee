//! Owns the faces the program draws with: the text face in two weights and the icons.
//! Must never know colours or widgets. Start at [`install`].
//!
//! The icon face is a family of its own and never stands behind the text faces: rosters hold names in
//! private-use code points, which would turn into icons.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily, FontTweak};
use egui_system_font_provider::SystemFontProvider;

// The faces of the paper serve the window too, so that the program holds them once.
use crate::print::fonts::{NOTO_SANS_SC_BOLD as BOLD_FACE, NOTO_SANS_SC_REGULAR as REGULAR_FACE};

/// Name of the bold family.
pub const BOLD: &str = "bold";
/// Name of the icon family.
pub const ICONS: &str = "icons";

/// Chinese glyphs sit low in their line; this lifts them to its middle.
const TEXT_LIFT: f32 = -0.04;
/// Icons sit high in their line; this lowers them to its middle.
const ICON_DROP: f32 = 0.06;

/// Installs the program's own faces, and only these.
pub fn install(ctx: &Context) {
    ctx.set_fonts(definitions());
}

/// Lets the system draw the characters that the program's own faces lack: rare ones in names.
///
/// The locale is said, or a Japanese face may answer for 直 骨 角.
pub fn install_last_resort(ctx: &Context) {
    ctx.set_font_providers(vec![Arc::new(SystemFontProvider::new().with_locale(Some("zh-Hans")))]);
}

/// The faces and families of the program.
pub fn definitions() -> FontDefinitions {
    let face = |bytes: &'static [u8], y_offset_factor: f32| {
        let tweak = FontTweak { y_offset_factor, ..Default::default() };
        Arc::new(FontData::from_static(bytes).tweak(tweak))
    };
    let mut fonts = FontDefinitions::empty();
    fonts.font_data.insert("regular".into(), face(REGULAR_FACE, TEXT_LIFT));
    fonts.font_data.insert("bold".into(), face(BOLD_FACE, TEXT_LIFT));
    fonts.font_data.insert("icons".into(), face(lucide_icons::LUCIDE_FONT_BYTES, ICON_DROP));
    fonts.families.insert(FontFamily::Proportional, vec!["regular".into()]);
    fonts.families.insert(FontFamily::Monospace, vec!["regular".into()]);
    fonts.families.insert(FontFamily::Name(BOLD.into()), vec!["bold".into(), "regular".into()]);
    fonts.families.insert(FontFamily::Name(ICONS.into()), vec!["icons".into()]);
    fonts
}
