//! When, and for callers from where, a grant holds.

use std::net::IpAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::DateTime;

use crate::auth::Network;
use crate::value::{Wall, WallZone};

/// What a grant's conditions are judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circumstances {
    /// As if all of them were met: what rules give at most.
    Met,
    /// A moment and an address.
    Now {
        /// Seconds since 1970-01-01 UTC.
        unix: i64,
        /// Where the caller is; `None`: nowhere in particular, so that a grant for certain addresses does not hold.
        from: Option<IpAddr>,
    },
}

impl Circumstances {
    /// This host's clock, and an address.
    pub fn now(from: Option<IpAddr>) -> Circumstances {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        // Before 1970 the clock is wrong: at the latest of all moments nothing holds that has an end.
        let unix = since.map_or(i64::MAX, |since| {
            i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
        });
        Circumstances::Now { unix, from }
    }
}

/// The conditions of a grant; one without any holds always.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Holds before this moment, in seconds since 1970-01-01 UTC.
    pub until: Option<i64>,
    /// Holds at these hours.
    pub hours: Option<Hours>,
    /// Holds for callers from one of these; empty: from anywhere.
    pub from: Vec<Network>,
}

/// Hours of the week, as a clock on the wall shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Monday to Sunday: whether hours begin on that day.
    pub days: [bool; 7],
    /// Second of the day that they begin with.
    pub begin: u32,
    /// Second that they end before; not later than `begin`: on the following day.
    pub end: u32,
    /// Whose clock.
    pub zone: WallZone,
}

/// Names of the days as rules write them.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Conditions {
    /// Whether there are any.
    pub fn are_any(&self) -> bool {
        *self != Conditions::default()
    }

    /// Whether they are met.
    pub fn hold(&self, circumstances: &Circumstances) -> bool {
        match *circumstances {
            Circumstances::Met => true,
            Circumstances::Now { unix, from } => {
                let comes_from =
                    |from: IpAddr| self.from.iter().any(|network| network.contains(from));
                self.until.is_none_or(|until| unix < until)
                    && self.hours.as_ref().is_none_or(|hours| hours.hold(unix))
                    && (self.from.is_empty() || from.is_some_and(comes_from))
            }
        }
    }
}

impl Hours {
    fn hold(&self, unix: i64) -> bool {
        // A zone whose clock is not known is no reason to let anyone in.
        self.zone.at(unix).is_some_and(|wall| self.contain(wall))
    }

    fn contain(&self, wall: Wall) -> bool {
        let day = usize::from(wall.weekday);
        let begins = |day: usize| self.days.get(day % 7).copied().unwrap_or(false);
        if self.begin < self.end {
            return begins(day) && (self.begin..self.end).contains(&wall.second);
        }
        let today = begins(day) && wall.second >= self.begin;
        today || (begins(day + 6) && wall.second < self.end)
    }
}

impl std::fmt::Display for Hours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let days: Vec<&str> = (DAYS.iter().zip(self.days))
            .filter_map(|(name, on)| on.then_some(*name))
            .collect();
        let clock = |second: u32| format!("{:02}:{:02}", second / 3600, second / 60 % 60);
        let days = match days.len() {
            7 => String::new(),
            _ => format!("{} ", days.join(",")),
        };
        let (begin, end) = (clock(self.begin), clock(self.end));
        write!(f, "{days}{begin} to {end} {}", self.zone.name())
    }
}

impl std::fmt::Display for Conditions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut said = Vec::new();
        if let Some(until) = self.until {
            let moment = DateTime::from_timestamp(until, 0)
                .map(|moment| moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
            said.push(format!(
                "until {}",
                moment.unwrap_or_else(|| until.to_string())
            ));
        }
        if let Some(hours) = &self.hours {
            said.push(hours.to_string());
        }
        if !self.from.is_empty() {
            let from: Vec<String> = self.from.iter().map(Network::to_string).collect();
            said.push(format!("from {}", from.join(", ")));
        }
        f.write_str(&said.join("; "))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn now(text: &str) -> Circumstances {
        let unix = DateTime::parse_from_rfc3339(text).unwrap().timestamp();
        Circumstances::Now { unix, from: None }
    }

    fn hours(days: [bool; 7], begin: u32, end: u32) -> Conditions {
        let zone = WallZone::named("Europe/Berlin").unwrap();
        let hours = Hours {
            days,
            begin: begin * 3600,
            end: end * 3600,
            zone,
        };
        Conditions {
            hours: Some(hours),
            ..Conditions::default()
        }
    }

    const WORK: [bool; 7] = [true, true, true, true, true, false, false];

    #[test]
    fn an_end_is_the_first_moment_without() {
        let until = Conditions {
            until: Some(1_798_761_600),
            ..Conditions::default()
        };
        assert!(until.hold(&now("2026-12-31T23:59:59Z")));
        assert!(!until.hold(&now("2027-01-01T00:00:00Z")));
        assert!(until.hold(&Circumstances::Met));
        assert_eq!(until.to_string(), "until 2027-01-01T00:00:00Z");
    }

    #[test]
    fn hours_are_those_of_the_wall() {
        let office = hours(WORK, 8, 18);
        // Friday the 27th of November; in Berlin it is an hour later.
        for (moment, held) in [
            ("2026-11-27T06:59:59Z", false),
            ("2026-11-27T07:00:00Z", true),
            ("2026-11-27T16:59:59Z", true),
            ("2026-11-27T17:00:00Z", false),
            ("2026-11-28T12:00:00Z", false),
            ("2026-07-03T06:00:00Z", true),
        ] {
            assert_eq!(office.hold(&now(moment)), held, "{moment}");
        }
        assert_eq!(
            office.to_string(),
            "mon,tue,wed,thu,fri 08:00 to 18:00 Europe/Berlin"
        );
    }

    #[test]
    fn a_night_belongs_to_the_day_it_begins_on() {
        let night = hours(WORK, 22, 6);
        for (moment, held) in [
            ("2026-11-27T21:00:00Z", true),  // Friday, 22:00
            ("2026-11-28T04:59:59Z", true),  // Saturday, 05:59
            ("2026-11-28T05:00:00Z", false), // Saturday, 06:00
            ("2026-11-28T21:30:00Z", false), // Saturday, 22:30
            ("2026-11-30T04:00:00Z", false), // Monday, 05:00: of Sunday's night
            ("2026-12-01T04:00:00Z", true),
        ] {
            assert_eq!(night.hold(&now(moment)), held, "{moment}");
        }
    }

    #[test]
    fn from_certain_addresses_and_no_others() {
        let from = Conditions {
            from: vec![Network::parse("10.0.0.0/8").unwrap()],
            ..Conditions::default()
        };
        let at = |address: &str| Circumstances::Now {
            unix: 0,
            from: address.parse().ok(),
        };
        assert!(from.hold(&at("10.2.3.4")) && from.hold(&at("::ffff:10.2.3.4")));
        assert!(!from.hold(&at("11.0.0.1")) && !from.hold(&at("nowhere")));
        assert_eq!(from.to_string(), "from 10.0.0.0/8");
    }
}
