//! Owns the small pictures of attached files that are looked at: made one at a time beside the window, some tens of them
//! kept, none written down. Must never read a file itself. Start at [`Pictures::of`].

use std::collections::HashMap;

use egui::load::SizedTexture;
use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::domain::checklists::EvidenceKind;
use crate::engine::Job;
use crate::print::thumbnails::{Thumbnail, has_thumbnail, thumbnail};
use crate::ui::scene::Scene;
use crate::ui::widgets::PiecePicture;

/// Pictures that are kept; who has looked at so many others since looks again.
const KEPT: usize = 48;
/// The longest side of the two sizes, in pixels.
const SMALL: u32 = 80;
const LARGE: u32 = 280;

/// The pictures of some files, by hash.
#[derive(Default)]
pub struct Pictures {
    known: HashMap<String, Known>,
    /// What is wanted and not begun, the last one first.
    wanted: Vec<(String, u64)>,
    making: Option<(String, Job<Option<Sizes>>)>,
    /// Grows with each look.
    looks: u64,
}

/// What is known of one file.
struct Known {
    /// None: there is no picture of it.
    drawn: Option<Drawn>,
    looked_at: u64,
}

struct Drawn {
    small: TextureHandle,
    large: TextureHandle,
}

struct Sizes {
    small: Thumbnail,
    large: Thumbnail,
}

impl std::fmt::Debug for Pictures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pictures")
            .field("known", &self.known.len())
            .field("wanted", &self.wanted)
            .finish_non_exhaustive()
    }
}

impl Pictures {
    /// The picture of a file; it is made where it is not known yet. `None` for what can have none.
    pub fn of(&mut self, kind: &EvidenceKind) -> Option<PiecePicture> {
        let EvidenceKind::File { name, hash, bytes } = kind else { return None };
        if !has_thumbnail(name, *bytes) {
            return None;
        }
        self.looks += 1;
        let is_coming = self.making.as_ref().is_some_and(|(making, _)| making == hash);
        if !self.known.contains_key(hash) && !is_coming && self.wanted.iter().all(|(wanted, _)| wanted != hash) {
            self.wanted.push((hash.clone(), *bytes));
        }
        let looks = self.looks;
        let drawn = self.known.get_mut(hash).and_then(|known| {
            known.looked_at = looks;
            known.drawn.as_ref()
        });
        let sized = |handle: &TextureHandle| SizedTexture::from_handle(handle);
        Some(PiecePicture {
            small: drawn.map(|drawn| sized(&drawn.small)),
            large: drawn.map(|drawn| sized(&drawn.large)),
        })
    }

    /// Takes what was made and begins the next. Called in each frame, after drawing.
    pub fn follow(&mut self, ctx: &Context, scene: &Scene<'_>) {
        loop {
            if let Some((hash, job)) = &self.making {
                let Some(made) = job.take() else { return };
                // What could not be read has no picture; opening it says why.
                let drawn = made.ok().flatten().map(|sizes| drawn(ctx, hash, sizes));
                self.known.insert(hash.clone(), Known { drawn, looked_at: self.looks });
                self.making = None;
                self.forget();
                ctx.request_repaint();
            }
            let Some((hash, bytes)) = self.wanted.pop() else { return };
            let wanted = hash.clone();
            let job = scene.attachments(move |stored, progress| {
                let Some(stored) = stored else { return Ok(None) };
                let mut file = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
                stored.copy_to(&wanted, &mut file, progress)?;
                Ok(thumbnail(&file, LARGE).map(|large| Sizes { small: large.smaller(SMALL), large }))
            });
            self.making = Some((hash, job));
        }
    }

    fn forget(&mut self) {
        while self.known.len() > KEPT {
            let oldest = self.known.iter().min_by_key(|(_, known)| known.looked_at).map(|(hash, _)| hash.clone());
            let Some(oldest) = oldest else { return };
            self.known.remove(&oldest);
        }
    }
}

fn drawn(ctx: &Context, hash: &str, sizes: Sizes) -> Drawn {
    let load = |word: &str, picture: &Thumbnail| {
        let image = ColorImage::from_rgba_unmultiplied([picture.width, picture.height], &picture.rgba);
        ctx.load_texture(format!("{word} {hash}"), image, TextureOptions::LINEAR)
    };
    Drawn { small: load("small", &sizes.small), large: load("large", &sizes.large) }
}
