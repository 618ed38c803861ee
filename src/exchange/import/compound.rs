//! The container of older Office files (OLE compound file, MS-CFB): streams by name.
//!
//! Lenient about order and colours of the directory, strict about every length: whatever a damaged file claims, no
//! chain is followed longer than the file is. Start at [`Container::open`].

/// The first bytes of such a file.
pub const SIGNATURE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// From here on a sector number is a mark, not a sector.
const LAST_SECTOR: u32 = 0xffff_fffa;
const DIRECTORY_ENTRY: usize = 128;
const SMALL_SECTOR: usize = 64;

/// An opened container.
#[derive(Debug)]
pub struct Container<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    /// The next sector of each.
    chain: Vec<u32>,
    small_chain: Vec<u32>,
    small_bytes: Vec<u8>,
    /// Streams shorter than this lie among the small ones.
    small_below: u64,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    /// 1 storage, 2 stream, 5 root.
    kind: u8,
    first: u32,
    size: u64,
}

impl<'a> Container<'a> {
    /// Reads the tables of the container; fails with the technical cause.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let shift = u16_at(bytes, 30).ok_or("no header")?;
        if !bytes.starts_with(&SIGNATURE) || !matches!(shift, 9 | 12) {
            return Err("no compound file".into());
        }
        let mut container = Self {
            bytes,
            sector_size: 1 << shift,
            chain: Vec::new(),
            small_chain: Vec::new(),
            small_bytes: Vec::new(),
            small_below: u64::from(u32_at(bytes, 56).unwrap_or(4096)),
            entries: Vec::new(),
        };
        container.chain = container.read_chain_table()?;
        let directory = container.long_stream(u32_at(bytes, 48).ok_or("no directory")?, u64::MAX);
        container.entries = directory.chunks_exact(DIRECTORY_ENTRY).filter_map(entry_of).collect();
        let small_table = container.long_stream(u32_at(bytes, 60).ok_or("no header")?, u64::MAX);
        container.small_chain = numbers(&small_table).collect();
        if let Some(root) = container.entries.iter().find(|entry| entry.kind == 5) {
            container.small_bytes = container.long_stream(root.first, root.size);
        }
        if container.entries.is_empty() { Err("empty directory".into()) } else { Ok(container) }
    }

    /// Whether there is a stream or a storage of this name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The bytes of a stream; as many as the file really holds.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.kind == 2 && entry.name == name)?;
        Some(if entry.size < self.small_below {
            self.small_stream(entry.first, entry.size)
        } else {
            self.long_stream(entry.first, entry.size)
        })
    }

    /// The table of chains, whose own sectors stand in the header and in sectors after it.
    fn read_chain_table(&self) -> Result<Vec<u32>, String> {
        let mut places: Vec<u32> = numbers(self.bytes.get(76..512).ok_or("no header")?).collect();
        let mut next = u32_at(self.bytes, 68).ok_or("no header")?;
        let most = self.bytes.len() / self.sector_size + 1;
        while next < LAST_SECTOR && places.len() <= most {
            let Some(sector) = self.sector(next) else { break };
            let mut inside: Vec<u32> = numbers(sector).collect();
            next = inside.pop().unwrap_or(u32::MAX);
            places.extend(inside);
        }
        let places = places.into_iter().filter(|place| *place < LAST_SECTOR).take(most);
        Ok(places.filter_map(|place| self.sector(place)).flat_map(numbers).collect())
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector_size)?;
        let end = start.checked_add(self.sector_size)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn long_stream(&self, first: u32, size: u64) -> Vec<u8> {
        let most = usize::try_from(size).unwrap_or(usize::MAX).min(self.bytes.len());
        let mut out = Vec::new();
        let mut next = first;
        while next < LAST_SECTOR && out.len() < most {
            let Some(sector) = self.sector(next) else { break };
            if sector.is_empty() {
                break;
            }
            out.extend_from_slice(sector);
            next = self.chain.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        out.truncate(most);
        out
    }

    fn small_stream(&self, first: u32, size: u64) -> Vec<u8> {
        let most = usize::try_from(size).unwrap_or(usize::MAX).min(self.small_bytes.len());
        let mut out = Vec::new();
        let mut next = first;
        while next < LAST_SECTOR && out.len() < most {
            let start = (next as usize).saturating_mul(SMALL_SECTOR);
            let end = start.saturating_add(SMALL_SECTOR).min(self.small_bytes.len());
            let Some(sector) = self.small_bytes.get(start..end).filter(|sector| !sector.is_empty()) else { break };
            out.extend_from_slice(sector);
            next = self.small_chain.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        out.truncate(most);
        out
    }
}

fn entry_of(bytes: &[u8]) -> Option<Entry> {
    let kind = *bytes.get(66)?;
    let length = usize::from(u16_at(bytes, 64)?).min(64);
    if !matches!(kind, 1 | 2 | 5) || length < 2 {
        return None;
    }
    let units: Vec<u16> =
        bytes[..length - 2].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let size = u64::from(u32_at(bytes, 120)?);
    Some(Entry { name: String::from_utf16_lossy(&units), kind, first: u32_at(bytes, 116)?, size })
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_damaged_file_claims_it_ends() {
        assert!(Container::open(&SIGNATURE).is_err());
        let mut bytes = vec![0u8; 512 * 4];
        bytes[..8].copy_from_slice(&SIGNATURE);
        bytes[30] = 9;
        // Every chain leads back to sector 0.
        for byte in &mut bytes[76..512] {
            *byte = 0;
        }
        assert!(Container::open(&bytes).is_err());
    }
}
