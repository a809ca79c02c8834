//! Who has failed to log in lately waits before the next attempt is heard: per user and address, and per address for
//! whoever tries many names. An attempt takes a place in the line, so that many at once gain nothing.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// After the first failure; doubled with each one more.
const FIRST: Duration = Duration::from_millis(100);
/// Between two attempts at most.
const MOST: Duration = Duration::from_secs(5);
/// Who would wait longer than this is sent away.
const PATIENCE: Duration = Duration::from_secs(20);
/// Failures are forgotten after this long without another.
const MEMORY: Duration = Duration::from_secs(600);
/// Failures of one address under any name that cost nothing: behind it may be many people.
const FREE: u32 = 20;
/// Places that are remembered. Beyond it the oldest go.
const PLACES: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Place {
    User(String, IpAddr),
    Address(IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Record {
    failures: u32,
    last: Instant,
    /// The next attempt is not heard before.
    next: Instant,
}

/// The failures of a process.
#[derive(Debug, Default)]
pub struct Failures(Mutex<HashMap<Place, Record>>);

impl Failures {
    /// How long an attempt has to wait, whatever it will bring. `None`: too long; it is not heard at all.
    pub fn attempt(&self, user: &str, address: IpAddr, now: Instant) -> Option<Duration> {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut wait = Duration::ZERO;
        for place in places(user, address) {
            if let Some(record) = records.get_mut(&place) {
                if now.saturating_duration_since(record.last) > MEMORY {
                    records.remove(&place);
                    continue;
                }
                let own = record.next.saturating_duration_since(now);
                if own > PATIENCE {
                    return None;
                }
                record.next = record.next.max(now) + delay(&place, record.failures);
                wait = wait.max(own);
            }
        }
        Some(wait)
    }

    /// It failed.
    pub fn failed(&self, user: &str, address: IpAddr, now: Instant) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if records.len() >= PLACES {
            records.retain(|_, record| now.saturating_duration_since(record.last) <= MEMORY);
        }
        if records.len() >= PLACES
            && let Some(oldest) = records
                .iter()
                .min_by_key(|(_, record)| record.last)
                .map(|(place, _)| place.clone())
        {
            records.remove(&oldest);
        }
        for place in places(user, address) {
            let record = records.entry(place.clone()).or_insert(Record {
                failures: 0,
                last: now,
                next: now,
            });
            record.failures = record.failures.saturating_add(1);
            record.last = now;
            record.next = record.next.max(now + delay(&place, record.failures));
        }
    }

    /// It succeeded: the user's failures from there are forgotten. Those of the address are not, since whoever tries
    /// names may have one of his own.
    pub fn succeeded(&self, user: &str, address: IpAddr) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.remove(&Place::User(user.to_owned(), network(address)));
    }
}

fn places(user: &str, address: IpAddr) -> [Place; 2] {
    let address = network(address);
    [
        Place::User(user.to_owned(), address),
        Place::Address(address),
    ]
}

fn delay(place: &Place, failures: u32) -> Duration {
    let counted = match place {
        Place::User(_, _) => failures,
        Place::Address(_) => failures.saturating_sub(FREE),
    };
    match counted.checked_sub(1) {
        None => Duration::ZERO,
        Some(doublings) => FIRST
            .saturating_mul(2_u32.saturating_pow(doublings.min(16)))
            .min(MOST),
    }
}

/// One client has a whole /64 of IPv6 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

    #[test]
    fn each_failure_makes_the_next_attempt_wait_longer() {
        let (failures, start) = (Failures::default(), Instant::now());
        let mut now = start;
        let mut waits = Vec::new();
        for _ in 0..8 {
            let wait = failures.attempt("ann", HERE, now).unwrap_or(PATIENCE);
            waits.push(wait.as_millis());
            now += wait;
            failures.failed("ann", HERE, now);
        }
        assert_eq!(waits, [0, 100, 200, 400, 800, 1600, 3200, 5000]);
        assert_eq!(failures.attempt("ann", THERE, now), Some(Duration::ZERO));
        assert_eq!(failures.attempt("bob", HERE, now), Some(Duration::ZERO));
        let later = now + MEMORY + MOST;
        assert_eq!(failures.attempt("ann", HERE, later), Some(Duration::ZERO));
    }

    #[test]
    fn many_at_once_stand_in_line_and_the_last_are_sent_away() {
        let (failures, now) = (Failures::default(), Instant::now());
        for _ in 0..6 {
            failures.failed("ann", HERE, now);
        }
        let heard: Vec<_> = (0..20)
            .map_while(|_| failures.attempt("ann", HERE, now))
            .collect();
        assert!(heard.len() < 10, "{heard:?}");
        assert!(heard.is_sorted_by(|before, after| before < after));
        assert_eq!(failures.attempt("ann", HERE, now), None);
    }

    #[test]
    fn a_success_forgets() {
        let (failures, now) = (Failures::default(), Instant::now());
        failures.failed("ann", HERE, now);
        failures.succeeded("ann", HERE);
        assert_eq!(failures.attempt("ann", HERE, now), Some(Duration::ZERO));
    }

    #[test]
    fn who_tries_many_names_waits_under_each() {
        let (failures, now) = (Failures::default(), Instant::now());
        for name in 0..=FREE {
            failures.failed(&name.to_string(), HERE, now);
        }
        assert_eq!(failures.attempt("new", HERE, now), Some(FIRST));
    }

    #[test]
    fn no_more_is_remembered_than_there_is_room_for() {
        let (failures, now) = (Failures::default(), Instant::now());
        for name in 0..PLACES + 50 {
            failures.failed(&name.to_string(), HERE, now);
        }
        let records = failures.0.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(records.len() <= PLACES + 2);
    }
}
