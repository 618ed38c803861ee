//! What this process holds in memory, as Linux tells; elsewhere nobody tells.

use std::fs;

/// Makes the highest mark start anew from what is held now; how many megabytes that is.
pub fn reset_peak() -> Option<f64> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    megabytes("VmRSS:")
}

/// The most megabytes that were held since.
pub fn peak() -> Option<f64> {
    megabytes("VmHWM:")
}

fn megabytes(what: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(what))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}
