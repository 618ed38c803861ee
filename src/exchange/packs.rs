//! Packs for an inspection (检查包): what an archive has, under names that speak, with their hashes.

pub mod names;
