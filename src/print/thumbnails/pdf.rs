//! The first page of a PDF as a small picture.
//!
//! A PDF can hold little that unpacks to much. Before a page is drawn everything in it is looked at: what its streams
//! unpack to together, and how large its pictures say they are. Start at [`first_page`].

use std::io::Read as _;
use std::sync::Arc;

use flate2::read::ZlibDecoder;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontData, FontQuery};
use hayro::hayro_syntax::Filter;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Object, Stream};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use image::RgbaImage;

use super::MOST_PIXELS;
use crate::print::fonts::NOTO_SANS_SC_REGULAR;

/// What all streams of the file may unpack to, in bytes.
const MOST_UNPACKED: u64 = 128 << 20;
/// Bytes of the longest stream that is packed in the old way, which unpacks to a thousand times as much.
const LONGEST_LZW: usize = 64 << 10;

/// The first page, `side` pixels at most; `None` where the file is none that can be drawn safely.
pub(super) fn first_page(bytes: &[u8], side: u32) -> Option<RgbaImage> {
    // What is in a locked file cannot be looked at before it is unlocked.
    if contains(bytes, b"/Encrypt") || !unpacks_well(bytes) {
        return None;
    }
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    if pdf.objects().into_iter().any(|object| matches!(object, Object::Stream(stream) if !is_bearable(&stream))) {
        return None;
    }
    let page = pdf.pages().first()?;
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !longest.is_finite() || longest < 1.0 || width < 1.0 || height < 1.0 {
        return None;
    }
    let scale = side as f32 / longest;
    let pixels = |points: f32| ((points * scale).round() as u16).clamp(1, u16::try_from(side).unwrap_or(u16::MAX));
    let (wide, high) = (pixels(width), pixels(height));
    let settings = RenderSettings {
        x_scale: f32::from(wide) / width,
        y_scale: f32::from(high) / height,
        width: Some(wide),
        height: Some(high),
        bg_color: WHITE,
    };
    let drawn = render(page, &RenderCache::new(), &interpreting(), &settings);
    RgbaImage::from_raw(wide.into(), high.into(), drawn.data_as_u8_slice().to_vec())
}

/// A font that is not in the file is drawn with ours.
fn interpreting() -> InterpreterSettings {
    let face: FontData = Arc::new(NOTO_SANS_SC_REGULAR);
    InterpreterSettings {
        font_resolver: Arc::new(move |_: &FontQuery| Some((Arc::clone(&face), 0))),
        cmap_resolver: Arc::new(|_| None),
        warning_sink: Arc::new(|_| {}),
        render_annotations: false,
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    memchr::memmem::find(bytes, wanted).is_some()
}

/// Whether all that is packed in the usual way unpacks to a bearable length. It is unpacked into nothing, from wherever
/// a stream begins, whatever the file says of it.
fn unpacks_well(bytes: &[u8]) -> bool {
    let mut left = MOST_UNPACKED;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let after = &bytes[at + b"stream".len()..];
        let packed =
            after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).or_else(|| after.strip_prefix(b"\r"));
        let Some(packed) = packed else { continue };
        // What is not packed so fails at once and has unpacked to nothing.
        let mut unpacking = ZlibDecoder::new(packed).take(left + 1);
        let mut piece = vec![0; 64 << 10];
        while let Ok(length @ 1..) = unpacking.read(&mut piece) {
            left = left.saturating_sub(length as u64);
            if left == 0 {
                return false;
            }
        }
    }
    true
}

/// Whether a stream is no picture that is too large, and packed in no way that hides how much it becomes.
fn is_bearable(stream: &Stream<'_>) -> bool {
    let filters = stream.filters();
    let is_packed =
        |filter: &&Filter| matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode);
    let is_long_lzw = filters.contains(&Filter::LzwDecode) && stream.raw_data().len() > LONGEST_LZW;
    if filters.iter().filter(is_packed).count() > 1 || is_long_lzw {
        return false;
    }
    let told = |name: &str| stream.dict().get::<u32>(name).unwrap_or(0);
    let told = u64::from(told("Width")) * u64::from(told("Height"));
    told <= MOST_PIXELS && held(stream).is_none_or(|pixels| pixels <= MOST_PIXELS)
}

/// Pixels of a picture by its own head, which need not say what the file says of it.
fn held(stream: &Stream<'_>) -> Option<u64> {
    let filters = stream.filters();
    let data = stream.raw_data();
    if filters.contains(&Filter::DctDecode) {
        let reader = image::ImageReader::with_format(std::io::Cursor::new(&data[..]), image::ImageFormat::Jpeg);
        let (width, height) = reader.into_dimensions().ok()?;
        return Some(u64::from(width) * u64::from(height));
    }
    if filters.contains(&Filter::JpxDecode) {
        // SIZ: mark, length, abilities, then width and height in four bytes each.
        let at = memchr::memmem::find(&data, b"\xff\x4f\xff\x51")?;
        let four = |from: usize| Some(u64::from(u32::from_be_bytes(data.get(from..from + 4)?.try_into().ok()?)));
        return Some(four(at + 8)?.saturating_mul(four(at + 12)?));
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// A PDF of one page of this size, with this content and a picture that says it has these sides.
    fn pdf(content: &[u8], filter: &str, media: (u32, u32), picture: (u32, u32)) -> Vec<u8> {
        let (wide, high) = media;
        let (width, height) = picture;
        let mut file = b"%PDF-1.4\n".to_vec();
        let mut places = Vec::new();
        let mut object = |file: &mut Vec<u8>, body: &[u8]| {
            places.push(file.len());
            let number = places.len();
            file.extend(format!("{number} 0 obj\n").bytes());
            file.extend(body);
            file.extend(b"\nendobj\n");
        };
        object(&mut file, b"<< /Type /Catalog /Pages 2 0 R >>");
        object(&mut file, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>"
        );
        object(&mut file, page.as_bytes());
        let head = format!("<< /Length {} {filter} >>\nstream\n", content.len());
        object(&mut file, &[head.as_bytes(), content, b"\nendstream"].concat());
        let picture = format!(
            "<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\0\nendstream"
        );
        object(&mut file, picture.as_bytes());
        let start = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
        for place in &places {
            file.extend(format!("{place:010} 00000 n \n").bytes());
        }
        let trailer = format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1);
        file.extend(trailer.bytes());
        file
    }

    /// The left half red.
    const RED: &[u8] = b"1 0 0 rg 0 0 100 300 re f";

    #[test]
    fn the_first_page_is_drawn_within_the_square() {
        let drawn = first_page(&pdf(RED, "", (200, 300), (1, 1)), 90).expect("a page");
        assert_eq!(drawn.dimensions(), (60, 90));
        assert_eq!((drawn.get_pixel(10, 45).0, drawn.get_pixel(50, 45).0), ([255, 0, 0, 255], [255; 4]));
    }

    #[test]
    fn a_page_as_large_as_a_field_is_drawn_no_larger() {
        let drawn = first_page(&pdf(RED, "", (2_000_000, 10), (1, 1)), 90).expect("a page");
        assert_eq!(drawn.dimensions(), (90, 1));
    }

    #[test]
    fn what_would_unpack_to_too_much_is_not_drawn() {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        let blank = vec![b' '; 1 << 20];
        for _ in 0..129 {
            packed.write_all(&blank).expect("packed");
        }
        let packed = packed.finish().expect("packed");
        assert!(packed.len() < 1 << 20, "small, and unpacks to 129 MB");
        assert!(first_page(&pdf(&packed, "/Filter /FlateDecode", (200, 300), (1, 1)), 90).is_none());
        assert!(first_page(&pdf(RED, "", (200, 300), (60_000, 60_000)), 90).is_none(), "a picture in it");
        let twice = "/Filter [/FlateDecode /FlateDecode]";
        assert!(first_page(&pdf(RED, twice, (200, 300), (1, 1)), 90).is_none());
        let locked = pdf(b"% /Encrypt", "", (200, 300), (1, 1));
        assert!(first_page(&locked, 90).is_none());
    }

    #[test]
    fn what_is_cut_off_is_not_drawn() {
        let whole = pdf(RED, "", (200, 300), (1, 1));
        assert!(first_page(&whole[..40], 90).is_none());
        assert!(first_page(b"%PDF-1.7\n", 90).is_none());
    }
}
