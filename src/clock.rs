//! Today and now, read in one place.
//!
//! Everything that depends on the date takes a [`Day`] or a [`Moment`] as an argument; only `main`, the engine and
//! the command line hold a [`Clock`]. Tests hold a fixed one.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::problem::Problem;

/// A calendar day without a time zone.
pub type Day = jiff::civil::Date;

/// A point in time, in milliseconds since 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// The day of this moment where the program runs.
    pub fn day(self) -> Day {
        self.local().date()
    }

    /// `2026-11-24 10:42`, local time.
    pub fn shown(self) -> String {
        self.local().strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// `2026-11-24T02:42:05Z`, for data.
    pub fn iso(self) -> String {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
    }

    /// `20261124-104205`, local time, for file names.
    pub fn stamp(self) -> String {
        self.local().strftime("%Y%m%d-%H%M%S").to_string()
    }

    fn local(self) -> jiff::civil::DateTime {
        let timestamp = Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH);
        TimeZone::system().to_datetime(timestamp)
    }
}

/// Where the program gets today and now from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always the same moment: tests and the practice workbook.
    Fixed(Moment),
}

impl Clock {
    /// The moment it is.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(self) -> Moment {
        match self {
            Self::System => Moment(Timestamp::now().as_millisecond()),
            Self::Fixed(moment) => moment,
        }
    }

    /// The day it is.
    pub fn today(self) -> Day {
        self.now().day()
    }

    /// A clock that stands at noon of a day, local time.
    pub fn fixed_on(day: Day) -> Self {
        let noon = TimeZone::system().to_timestamp(day.at(12, 0, 0, 0)).map(Timestamp::as_millisecond);
        Self::Fixed(Moment(noon.unwrap_or_default()))
    }
}

/// A day that the calendar does not have: reckoning went beyond it.
impl From<jiff::Error> for Problem {
    fn from(error: jiff::Error) -> Self {
        Self::fault(error.to_string())
    }
}
