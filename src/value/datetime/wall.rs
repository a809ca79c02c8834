//! What the clock on the wall shows in a zone, for rules that hold at certain hours.

use super::calendar::{self, UNIX_TO_EPOCH_DAYS};
use super::zone::Zone;

const DAY: i64 = 86_400;

/// A zone that has a wall clock: an IANA name, in any case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WallZone {
    name: String,
    zone: Zone,
}

/// What a wall clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wall {
    /// 0 for Monday to 6 for Sunday.
    pub weekday: u8,
    /// Seconds since midnight, as shown: a day with a change of the clock skips some or shows them twice.
    pub second: u32,
}

impl WallZone {
    /// By its name; `None`: there is no zone of that name.
    pub fn named(name: &str) -> Option<WallZone> {
        Some(WallZone {
            name: name.to_owned(),
            zone: Zone::named(name)?,
        })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it shows at a moment in seconds since 1970-01-01 UTC; `None` where the tables do not say.
    pub fn at(&self, unix: i64) -> Option<Wall> {
        let since = unix.checked_sub(UNIX_TO_EPOCH_DAYS.checked_mul(DAY)?)?;
        let (east, _) = self.zone.at(since).ok()?;
        let local = since.checked_add(east)?;
        let day = local.div_euclid(DAY);
        // The calendar's weeks begin on Sunday.
        let weekday = (calendar::weekday(day) + 6) % 7;
        Some(Wall {
            weekday: u8::try_from(weekday).ok()?,
            second: u32::try_from(local.rem_euclid(DAY)).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn at(zone: &str, unix: i64) -> (u8, u32) {
        let wall = WallZone::named(zone).unwrap().at(unix).unwrap();
        (wall.weekday, wall.second)
    }

    #[test]
    fn the_clock_follows_the_zone_through_its_changes() {
        // 1970-01-01 was a Thursday.
        assert_eq!(at("UTC", 0), (3, 0));
        // 2026-11-29 16:22:08 UTC, a Sunday.
        assert_eq!(at("utc", 1_795_969_328), (6, 16 * 3600 + 22 * 60 + 8));
        assert_eq!(
            at("Europe/Berlin", 1_795_969_328),
            (6, 17 * 3600 + 22 * 60 + 8)
        );
        // In the summer an hour more; beyond midnight it is Monday.
        assert_eq!(at("Europe/Berlin", 1_783_289_400), (0, 10 * 60));
        assert_eq!(
            at("Pacific/Kiritimati", 1_783_289_400),
            (0, 12 * 3600 + 10 * 60)
        );
        assert!(WallZone::named("Europe/Berlon").is_none());
    }
}
