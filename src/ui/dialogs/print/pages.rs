//! Owns the pictures of a paper's pages that are known: drawn by jobs, one after the other, kept while they are near.
//! Must never draw a page itself. Start at [`Pictures`].

use std::collections::HashMap;
use std::sync::Arc;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::engine::Job;
use crate::print::paper::{PageImage, Paper};
use crate::problem::Problem;
use crate::ui::scene::Scene;

/// Pictures that are kept; more are only made again.
const KEPT: usize = 64;

/// Which picture: of a page, so many pixels wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    page: usize,
    pixels_wide: u32,
}

/// The pictures of one paper.
#[derive(Default)]
pub(super) struct Pictures {
    paper: Option<Arc<Paper>>,
    known: HashMap<Key, (TextureHandle, u64)>,
    drawing: Option<(Key, Job<PageImage>)>,
    /// Grows with each use, so that the oldest are dropped first.
    uses: u64,
}

impl Pictures {
    /// Another paper is shown; nothing of the old one is kept.
    pub fn begin(&mut self, paper: Arc<Paper>) {
        *self = Self { paper: Some(paper), ..Self::default() };
    }

    pub fn paper(&self) -> Option<&Arc<Paper>> {
        self.paper.as_ref()
    }

    /// The picture of a page this wide in pixels, if it is known; otherwise it is drawn, and meanwhile any other size
    /// of the page does.
    pub fn get(&mut self, ctx: &Context, scene: &Scene<'_>, page: usize, pixels_wide: f32) -> Option<TextureHandle> {
        let (page_width, page_height) = self.paper.as_ref()?.page_size(page)?;
        let most = ctx.input(|input| input.max_texture_side) as f32;
        let wide = pixels_wide.min(most).min(most * page_width / page_height.max(1.0)).round().max(1.0);
        let key = Key { page, pixels_wide: wide as u32 };
        self.take(ctx);
        self.uses += 1;
        if let Some((texture, used)) = self.known.get_mut(&key) {
            *used = self.uses;
            return Some(texture.clone());
        }
        if self.drawing.is_none()
            && let Some(paper) = self.paper.clone()
        {
            let pixels_per_point = wide / page_width.max(1.0);
            let job = scene.job(&format!("画第 {} 页", page + 1), move |_| {
                let image = paper.page_image(page, pixels_per_point);
                image.ok_or_else(|| Problem::fault(format!("no page {page}")))
            });
            self.drawing = Some((key, job));
            self.take(ctx);
            if let Some((texture, _)) = self.known.get(&key) {
                return Some(texture.clone());
            }
        }
        let others = self.known.iter().filter(|(other, _)| other.page == page);
        others.max_by_key(|(other, _)| other.pixels_wide).map(|(_, (texture, _))| texture.clone())
    }

    fn take(&mut self, ctx: &Context) {
        let Some(drawn) = self.drawing.as_ref().and_then(|(_, job)| job.take()) else { return };
        let Some((key, _)) = self.drawing.take() else { return };
        // A page that cannot be drawn stays white; the paper itself is not touched by it.
        let Ok(image) = drawn else { return };
        if self.known.len() >= KEPT
            && let Some(oldest) = self.known.iter().min_by_key(|(_, (_, used))| *used).map(|(key, _)| *key)
        {
            self.known.remove(&oldest);
        }
        let size = [image.width as usize, image.height as usize];
        let picture = ColorImage::from_rgba_unmultiplied(size, &image.rgba);
        let texture = ctx.load_texture(format!("page {}", key.page), picture, TextureOptions::LINEAR);
        self.uses += 1;
        self.known.insert(key, (texture, self.uses));
    }
}
