//! Small pictures (缩略图) of attached files: of pictures, and of the first page of a PDF.
//!
//! What is drawn comes from anywhere, so nothing is unpacked before it is known how large it becomes; what is too large,
//! cut off or unknown has no small picture. Nothing is written anywhere. Runs long, so it belongs on a worker.
//! Start at [`thumbnail`].

mod pdf;

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgba, RgbaImage, imageops};

/// Of larger files no small picture is made.
pub const LARGEST_FILE: u64 = 32 << 20;
/// Pixels of the largest picture that is unpacked: that of a good camera.
const MOST_PIXELS: u64 = 26_000_000;
/// What unpacking may take, in bytes.
const MOST_MEMORY: u64 = 160 << 20;

/// How the names end of what has a small picture: what cameras, scanners and the screen make.
const ENDINGS: [&str; 9] = ["jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "pdf"];
const FORMATS: [ImageFormat; 6] =
    [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::Tiff];

/// A small picture, whole within a square.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    pub width: usize,
    pub height: usize,
    /// Red, green, blue and opacity of each pixel, line by line; opaque all over.
    pub rgba: Vec<u8>,
}

impl Thumbnail {
    /// The same, `side` pixels at most.
    pub fn smaller(&self, side: u32) -> Self {
        let whole = RgbaImage::from_raw(self.width as u32, self.height as u32, self.rgba.clone());
        match whole {
            Some(whole) if self.width.max(self.height) as u32 > side => {
                on_white(DynamicImage::ImageRgba8(whole).thumbnail(side, side).into_rgba8())
            }
            _ => self.clone(),
        }
    }
}

/// What a file looks like to whoever draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Picture(ImageFormat),
    Pdf,
}

/// Whether a small picture can be made of a file of this name and length, as far as that tells.
pub fn has_thumbnail(name: &str, bytes: u64) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    bytes <= LARGEST_FILE && ENDINGS.contains(&ending.as_str())
}

/// A small picture of a file, `side` pixels at most; `None` where there is none to be made.
pub fn thumbnail(bytes: &[u8], side: u32) -> Option<Thumbnail> {
    let picture = match kind(bytes)? {
        Kind::Picture(format) => picture(bytes, format, side)?,
        Kind::Pdf => pdf::first_page(bytes, side)?,
    };
    Some(on_white(picture))
}

/// By the first bytes: what a name says is only a promise.
fn kind(bytes: &[u8]) -> Option<Kind> {
    // Some programs write a few bytes before the head of a PDF.
    if bytes.get(..bytes.len().min(1024))?.windows(5).any(|bytes| bytes == b"%PDF-") {
        return Some(Kind::Pdf);
    }
    let format = image::guess_format(bytes).ok()?;
    FORMATS.contains(&format).then_some(Kind::Picture(format))
}

fn picture(bytes: &[u8], format: ImageFormat, side: u32) -> Option<RgbaImage> {
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().ok()?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut limited = reader();
    limited.limits(limits);
    let mut decoder = limited.into_decoder().ok()?;
    // How the camera was held: a picture that does not tell stands upright.
    let turned = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder).ok()?;
    let mut small = if width.max(height) > side { whole.thumbnail(side, side) } else { whole };
    small.apply_orientation(turned);
    Some(small.into_rgba8())
}

/// Pixels that can be seen through are seen on paper.
fn on_white(picture: RgbaImage) -> Thumbnail {
    let (width, height) = picture.dimensions();
    let mut sheet = RgbaImage::from_pixel(width, height, Rgba([255; 4]));
    imageops::overlay(&mut sheet, &picture, 0, 0);
    Thumbnail { width: width as usize, height: height as usize, rgba: sheet.into_raw() }
}

/// A picture as a PNG file: what was pasted becomes a file like any other.
pub fn png(width: u32, height: u32, rgba: Vec<u8>) -> Option<Vec<u8>> {
    let picture = RgbaImage::from_raw(width, height, rgba)?;
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(picture).into_rgb8().write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with a red top left corner, blue elsewhere.
    fn corner(width: u32, height: u32) -> DynamicImage {
        let is_corner = |x, y| x < width / 2 && y < height / 2;
        let red = |x, y| if is_corner(x, y) { Rgba([200, 0, 0, 255]) } else { Rgba([0, 0, 200, 255]) };
        DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, red))
    }

    fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.to_rgb8().write_to(&mut bytes, format).expect("written");
        bytes.into_inner()
    }

    fn is_red(small: &Thumbnail, x: usize, y: usize) -> bool {
        let at = (y * small.width + x) * 4;
        small.rgba[at] > 120 && small.rgba[at + 2] < 100
    }

    #[test]
    fn pictures_become_small_and_keep_their_shape() {
        for format in FORMATS {
            let small = thumbnail(&written(&corner(600, 300), format), 100).expect("a picture");
            assert_eq!((small.width, small.height), (100, 50), "{format:?}");
            assert_eq!(small.rgba.len(), 100 * 50 * 4);
            assert!(is_red(&small, 10, 10) && !is_red(&small, 90, 40), "{format:?}");
        }
        let small = thumbnail(&written(&corner(20, 10), ImageFormat::Png), 100).expect("a picture");
        assert_eq!((small.width, small.height), (20, 10), "never made larger");
    }

    #[test]
    fn what_can_be_seen_through_is_seen_on_white() {
        let clear = RgbaImage::from_pixel(4, 4, Rgba([0, 0, 0, 0]));
        let mut bytes = Cursor::new(Vec::new());
        clear.write_to(&mut bytes, ImageFormat::Png).expect("written");
        assert!(thumbnail(bytes.get_ref(), 100).expect("a picture").rgba.iter().all(|value| *value == 255));
    }

    /// A JPEG that says that the camera was held on its side: EXIF tag 0x0112, 6 is a quarter to the right.
    fn on_its_side(picture: &DynamicImage) -> Vec<u8> {
        let jpeg = written(picture, ImageFormat::Jpeg);
        let mut exif = b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".to_vec();
        exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
        [&jpeg[..2], &exif[..], &jpeg[2..]].concat()
    }

    #[test]
    fn a_picture_taken_sideways_stands_upright() {
        let small = thumbnail(&on_its_side(&corner(600, 300)), 100).expect("a picture");
        assert_eq!((small.width, small.height), (50, 100));
        assert!(is_red(&small, 40, 10) && !is_red(&small, 10, 10), "the corner went to the right");
    }

    #[test]
    fn what_is_cut_off_or_none_has_no_small_picture_and_fails_nothing() {
        // A JPEG shows what there is of it.
        for format in FORMATS.into_iter().filter(|format| *format != ImageFormat::Jpeg) {
            let whole = written(&corner(400, 400), format);
            assert!(thumbnail(&whole[..whole.len() / 3], 100).is_none(), "{format:?}");
        }
        assert!(thumbnail(b"", 100).is_none());
        assert!(thumbnail("只是文字".as_bytes(), 100).is_none());
        assert!(thumbnail(b"\xff\xd8\xff", 100).is_none());
    }

    /// The head of a PNG of this size, with hardly any data behind it.
    fn claims(width: u32, height: u32) -> Vec<u8> {
        let mut png = written(&corner(8, 8), ImageFormat::Png);
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&height.to_be_bytes());
        let mut crc = flate2::Crc::new();
        crc.update(&png[12..29]);
        png[29..33].copy_from_slice(&crc.sum().to_be_bytes());
        png
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_not_unpacked() {
        assert!(picture(&claims(60_000, 60_000), ImageFormat::Png, 100).is_none());
        assert!(picture(&claims(u32::MAX >> 1, 1), ImageFormat::Png, 100).is_none());
        // A real one over the limit, which would unpack well.
        let wide = DynamicImage::ImageLuma8(image::GrayImage::new(26_000, 1_001));
        let mut bytes = Cursor::new(Vec::new());
        wide.write_to(&mut bytes, ImageFormat::Png).expect("written");
        assert!(thumbnail(bytes.get_ref(), 100).is_none());
    }

    #[test]
    fn what_is_pasted_becomes_a_file() {
        let rgba = [10, 20, 30, 255].repeat(6);
        let bytes = png(3, 2, rgba).expect("a file");
        let back = image::load_from_memory(&bytes).expect("readable").into_rgba8();
        assert_eq!((back.dimensions(), back.get_pixel(2, 1).0), ((3, 2), [10, 20, 30, 255]));
        assert!(png(3, 2, vec![0; 5]).is_none());
    }

    #[test]
    fn only_what_can_be_drawn_is_read_at_all() {
        assert!(has_thumbnail("会场.JPG", 1) && has_thumbnail("扫描件.tif", 1) && has_thumbnail("a.pdf", LARGEST_FILE));
        assert!(!has_thumbnail("a.pdf", LARGEST_FILE + 1) && !has_thumbnail("a.docx", 1) && !has_thumbnail("jpg", 1));
    }
}
