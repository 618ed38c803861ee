//! Long work under way, as the status bar shows it: after a fifth of a second, with 取消, five times a second at most.
//! Must never know what the work is.

use crate::progress::{Progress, Standing};
use crate::ui::scene::RunningJob;
use crate::ui::widgets::grouped;

/// Work is shown only when it lasts longer than this, in seconds.
pub const QUIET_SECONDS: f64 = 0.2;
/// The time from one look at running work to the next, in seconds.
pub const LOOK_SECONDS: f64 = 0.2;

/// From so many steps on they are bytes, which nobody reads one by one.
const BYTES: u64 = 1 << 20;

/// The work under way.
#[derive(Default)]
pub struct Running {
    jobs: Vec<(RunningJob, Option<f64>)>,
}

impl Running {
    pub fn add(&mut self, jobs: Vec<RunningJob>) {
        self.jobs.extend(jobs.into_iter().map(|job| (job, None)));
    }

    /// Forgets what is over. Called in each frame with the window's time in seconds.
    pub fn follow(&mut self, now: f64) {
        self.jobs.retain(|(job, _)| !job.progress.is_over());
        for (_, since) in &mut self.jobs {
            since.get_or_insert(now);
        }
    }

    pub fn is_idle(&self) -> bool {
        self.jobs.is_empty()
    }

    /// The work that is long enough under way to be told of.
    pub fn shown(&self, now: f64) -> impl Iterator<Item = &RunningJob> {
        let is_long = move |since: &Option<f64>| since.is_some_and(|since| now - since >= QUIET_SECONDS);
        self.jobs.iter().filter(move |(_, since)| is_long(since)).map(|(job, _)| job)
    }

    /// Asks everything to stop.
    pub fn cancel_all(&self) {
        for (job, _) in &self.jobs {
            job.progress.cancel();
        }
    }
}

/// `导入 12,480 / 20,000`, and how far that is.
pub fn in_words(label: &str, progress: &Progress) -> (String, Option<f32>) {
    let Standing { label: stage, done, total } = progress.standing();
    let what = if stage.is_empty() { label } else { &stage };
    match (done, total) {
        (0, 0) => (format!("{what}…"), None),
        (done, 0) => (format!("{what} {}", grouped(done)), None),
        (done, total) => {
            let share = done as f32 / total as f32;
            if total >= BYTES {
                return (format!("{what} {:.0} %", share * 100.0), Some(share.min(1.0)));
            }
            (format!("{what} {} / {}", grouped(done), grouped(total)), Some(share.min(1.0)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Progress, in_words};

    #[test]
    fn rows_are_counted_and_bytes_are_a_share() {
        let told = |done, total| {
            let progress = Progress::default();
            progress.stage("附材料", total).and_then(|()| progress.step(done)).expect("not cancelled");
            in_words("存盘", &progress).0
        };
        assert_eq!(told(12_480, 20_000), "附材料 12,480 / 20,000");
        assert_eq!(told(50 << 20, 200 << 20), "附材料 25 %");
        assert_eq!(told(0, 0), "附材料…");
    }
}
