//! The numbered schema files. Forward only; a released one is never edited (its hash stands in `schema/HASHES`).

/// A step from one schema to the next.
#[derive(Debug)]
pub(super) struct Migration {
    pub version: i64,
    pub sql: &'static str,
}

/// All steps, in order, without a gap.
pub(super) const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, sql: include_str!("schema/0001.sql") },
    // Only adds: images of older rows are read with the new columns empty. An older program does not open the file,
    // since it would write rows without them.
    Migration { version: 2, sql: include_str!("schema/0002.sql") },
    // Tables that are new, and facts of further kinds: their rows are as they were, so older images are read as they are.
    Migration { version: 3, sql: include_str!("schema/0003.sql") },
    // Only adds, as the second, but for indexes, which images have not.
    Migration { version: 4, sql: include_str!("schema/0004.sql") },
    // Tables that are new.
    Migration { version: 5, sql: include_str!("schema/0005.sql") },
];

/// The schema this program writes.
pub const VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;
