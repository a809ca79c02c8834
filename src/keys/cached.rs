//! Keys of a provider that may be out of reach: kept in memory for a bounded time, asked for again with patience.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use zeroize::Zeroizing;

use super::secret::Secret;
use super::{Health, KekInfo, KeyError, KeyProvider, Lease};

/// The first pause after a failure; each one after it is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// No pause is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A provider that answers is asked again this often at least.
const PROOF: Duration = Duration::from_secs(300);

/// A provider behind a cache. What it unwrapped stays usable for the lifetime after its last good answer.
///
/// After a failure nobody waits for it anew until the pause is over: a hundred sessions must not each wait for the same
/// timeout.
pub struct Cached {
    inner: Box<dyn KeyProvider>,
    provider: &'static str,
    lifetime: Option<Duration>,
    lease: Arc<Lease>,
    /// Held while the provider is asked, so that it is asked once.
    asking: Mutex<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    unwrapped: HashMap<Wrapped, Option<Secret<32>>>,
    derived: HashMap<String, Zeroizing<[u8; 32]>>,
    described: Option<KekInfo>,
    last_success: Option<SystemTime>,
    failing: Option<Failing>,
    succeeded: u64,
    failed: u64,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Wrapped {
    bytes: Vec<u8>,
    associated: Vec<u8>,
}

struct Failing {
    at: SystemTime,
    why: String,
    pause: Duration,
    until: Instant,
    /// Asking again would do no good, or harm: a wrong PIN locks a token.
    for_good: bool,
}

impl Cached {
    /// `lifetime`: how long keys are kept without an answer; `None`: as long as the process runs.
    pub fn new(
        inner: Box<dyn KeyProvider>,
        provider: &'static str,
        lifetime: Option<Duration>,
    ) -> Self {
        Cached {
            inner,
            provider,
            lifetime,
            lease: Lease::none(),
            asking: Mutex::default(),
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.lease.is_held() {
            // What has lapsed is wiped; which keys they were is remembered.
            state.unwrapped.values_mut().for_each(|key| *key = None);
            state.derived.clear();
        }
        state
    }

    /// Fails at once while the pause after a failure lasts.
    fn pause(&self) -> Result<(), KeyError> {
        match &self.state().failing {
            Some(failing) if failing.for_good || Instant::now() < failing.until => {
                Err(KeyError::Unreachable {
                    provider: self.provider,
                    why: failing.why.clone(),
                })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Asks the provider and notes how that went.
    fn ask<T>(
        &self,
        question: impl FnOnce(&dyn KeyProvider) -> Result<T, KeyError>,
    ) -> Result<T, KeyError> {
        let began = Instant::now();
        let answer = question(self.inner.as_ref());
        self.note(began, answer.as_ref().err());
        answer
    }

    fn note(&self, began: Instant, error: Option<&KeyError>) {
        let mut state = self.state();
        let Some(error) = error else {
            // From the moment the question was put: the answer is at least as old.
            self.lease.extend(began, self.lifetime);
            state.succeeded += 1;
            state.last_success = Some(SystemTime::now());
            state.failing = None;
            return;
        };
        state.failed += 1;
        let pause = state.failing.as_ref().map_or(FIRST_PAUSE, |failing| {
            (failing.pause * 2).min(LONGEST_PAUSE)
        });
        state.failing = Some(Failing {
            at: SystemTime::now(),
            why: error.why(),
            pause,
            until: Instant::now() + pause,
            for_good: error.must_not_be_repeated(),
        });
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.asking.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeyProvider for Cached {
    fn wrap(&self, plain: &[u8; 32], associated: &[u8]) -> Result<Vec<u8>, KeyError> {
        let _turn = self.turn();
        self.pause()?;
        self.ask(|inner| inner.wrap(plain, associated))
    }

    fn unwrap(
        &self,
        wrapped: &[u8],
        associated: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
        let name = Wrapped {
            bytes: wrapped.to_vec(),
            associated: associated.to_vec(),
        };
        let known = |state: &State| {
            let key = state.unwrapped.get(&name)?.as_ref()?;
            Some(Zeroizing::new(key.expose_secret().to_vec()))
        };
        if let Some(key) = known(&self.state()) {
            return Ok(Some(key));
        }
        let _turn = self.turn();
        // Somebody may have asked meanwhile.
        if let Some(key) = known(&self.state()) {
            return Ok(Some(key));
        }
        self.pause()?;
        let key = self.ask(|inner| inner.unwrap(wrapped, associated))?;
        if let Some(secret) = key.as_deref().and_then(|key| Secret::from_slice(key)) {
            self.state().unwrapped.insert(name, Some(secret));
        }
        Ok(key)
    }

    fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        if let Some(known) = self.state().derived.get(purpose) {
            return Ok(known.clone());
        }
        let _turn = self.turn();
        self.pause()?;
        let derived = self.ask(|inner| inner.derive(purpose))?;
        let mut state = self.state();
        state.derived.insert(purpose.to_owned(), derived.clone());
        Ok(derived)
    }

    fn describe(&self) -> Result<KekInfo, KeyError> {
        if let Some(known) = &self.state().described {
            return Ok(known.clone());
        }
        let _turn = self.turn();
        self.pause()?;
        let described = self.ask(|inner| inner.describe())?;
        self.state().described = Some(described.clone());
        Ok(described)
    }

    /// Every key that was unwrapped is unwrapped again: only so is it known that the provider still would. One that it
    /// does not unwrap any more is forgotten.
    fn refresh(&self) -> Result<(), KeyError> {
        let _turn = self.turn();
        if self
            .state()
            .failing
            .as_ref()
            .is_some_and(|failing| failing.for_good)
        {
            return self.pause();
        }
        let names: Vec<Wrapped> = self.state().unwrapped.keys().cloned().collect();
        let mut fresh = Vec::with_capacity(names.len());
        self.ask(|inner| {
            inner.refresh()?;
            let described = inner.describe()?;
            for name in names {
                let key = inner.unwrap(&name.bytes, &name.associated)?;
                fresh.push((name, key.and_then(|key| Secret::from_slice(&key))));
            }
            Ok(described)
        })
        .map(|described| {
            let mut state = self.state();
            state.described = Some(described);
            state.unwrapped = fresh.into_iter().filter(|(_, key)| key.is_some()).collect();
        })
    }

    fn refresh_in(&self) -> Option<Duration> {
        let state = self.state();
        Some(match &state.failing {
            Some(failing) if failing.for_good => LONGEST_PAUSE,
            Some(failing) => failing.until.saturating_duration_since(Instant::now()),
            None => self
                .lifetime
                .map_or(PROOF, |lifetime| (lifetime / 4).min(PROOF)),
        })
    }

    fn lease(&self) -> Arc<Lease> {
        Arc::clone(&self.lease)
    }

    fn health(&self) -> Health {
        let state = self.state();
        let failure = state.failing.as_ref();
        let unusable = (!self.lease.is_held()).then(|| {
            failure.map_or_else(
                || format!("key provider {} has not answered yet", self.provider),
                |failing| failing.why.clone(),
            )
        });
        Health {
            unusable,
            last_success: state.last_success,
            last_failure: failure.map(|failing| (failing.at, failing.why.clone())),
            lapses: self.lease.left().map(|left| SystemTime::now() + left),
            succeeded: state.succeeded,
            failed: state.failed,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

    use super::*;
    use crate::keys::kek::Kek;

    const UP: u8 = 0;
    const DOWN: u8 = 1;
    const WRONG_PIN: u8 = 2;
    const OTHER_KEY: u8 = 3;

    /// A provider that does as it is told, and counts.
    struct Told {
        kek: Kek,
        state: Arc<AtomicU8>,
        calls: Arc<AtomicU64>,
    }

    impl Told {
        fn up(&self) -> Result<(), KeyError> {
            self.calls.fetch_add(1, Ordering::SeqCst);
            match self.state.load(Ordering::SeqCst) {
                DOWN => Err(KeyError::Unreachable {
                    provider: "told",
                    why: "no connection to it".to_owned(),
                }),
                WRONG_PIN => Err(KeyError::Denied {
                    provider: "told",
                    why: "the PIN is wrong".to_owned(),
                    for_good: true,
                }),
                _ => Ok(()),
            }
        }
    }

    impl KeyProvider for Told {
        fn wrap(&self, plain: &[u8; 32], associated: &[u8]) -> Result<Vec<u8>, KeyError> {
            self.up()?;
            self.kek.wrap(plain, associated)
        }

        fn unwrap(
            &self,
            wrapped: &[u8],
            associated: &[u8],
        ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
            self.up()?;
            if self.state.load(Ordering::SeqCst) == OTHER_KEY {
                return Ok(None);
            }
            Ok(self.kek.unwrap(wrapped, associated))
        }

        fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
            self.up()?;
            self.kek.derive(purpose)
        }

        fn describe(&self) -> Result<KekInfo, KeyError> {
            self.up()?;
            Ok(KekInfo {
                provider: "told",
                place: "here".to_owned(),
                fingerprint: self.kek.fingerprint(),
                passphrase: false,
            })
        }
    }

    fn told(lifetime: Option<Duration>) -> (Cached, Arc<AtomicU8>, Arc<AtomicU64>) {
        let state = Arc::new(AtomicU8::new(UP));
        let calls = Arc::new(AtomicU64::new(0));
        let inner = Told {
            kek: Kek::generate().unwrap(),
            state: Arc::clone(&state),
            calls: Arc::clone(&calls),
        };
        (Cached::new(Box::new(inner), "told", lifetime), state, calls)
    }

    const KEY: [u8; 32] = [7; 32];

    #[test]
    fn what_was_unwrapped_outlasts_an_outage_for_its_lifetime() {
        let (cached, state, calls) = told(Some(Duration::from_millis(300)));
        assert!(!cached.lease().is_held());
        assert!(cached.health().unusable.is_some());
        let wrapped = cached.wrap(&KEY, b"a").unwrap();
        assert_eq!(
            cached.unwrap(&wrapped, b"a").unwrap().unwrap().as_slice(),
            KEY
        );
        state.store(DOWN, Ordering::SeqCst);
        let before = calls.load(Ordering::SeqCst);
        assert_eq!(
            cached.unwrap(&wrapped, b"a").unwrap().unwrap().as_slice(),
            KEY
        );
        assert_eq!(calls.load(Ordering::SeqCst), before);
        // Other associated data is another question.
        assert!(cached.unwrap(&wrapped, b"b").is_err());
        assert!(cached.health().unusable.is_none());
        assert!(cached.health().last_failure.is_some());
        std::thread::sleep(Duration::from_millis(350));
        assert!(!cached.lease().is_held());
        assert!(cached.unwrap(&wrapped, b"a").unwrap_err().is_transient());
        assert_eq!(cached.health().unusable.unwrap(), "no connection to it");
        // It is back: the pause after a failure is for those who ask, not for the one who keeps the keys.
        state.store(UP, Ordering::SeqCst);
        cached.refresh().unwrap();
        assert!(cached.lease().is_held() && cached.health().unusable.is_none());
        let before = calls.load(Ordering::SeqCst);
        assert_eq!(
            cached.unwrap(&wrapped, b"a").unwrap().unwrap().as_slice(),
            KEY
        );
        assert_eq!(
            calls.load(Ordering::SeqCst),
            before,
            "it was fetched again with the others"
        );
    }

    #[test]
    fn a_lifetime_without_end_and_pauses_that_grow() {
        let (cached, state, calls) = told(None);
        let wrapped = cached.wrap(&KEY, b"").unwrap();
        cached.unwrap(&wrapped, b"").unwrap();
        assert_eq!(cached.lease().left(), None);
        assert_eq!(cached.health().lapses, None);
        state.store(DOWN, Ordering::SeqCst);
        assert!(cached.refresh().is_err());
        let first = cached.refresh_in().unwrap();
        assert!(cached.refresh().is_err());
        assert!(cached.refresh_in().unwrap() > first);
        assert!(cached.lease().is_held());
        // Nobody waits for what has just failed.
        let before = calls.load(Ordering::SeqCst);
        assert!(cached.derive("x").is_err() && cached.wrap(&KEY, b"").is_err());
        assert_eq!(calls.load(Ordering::SeqCst), before);
    }

    #[test]
    fn a_wrong_pin_is_tried_once() {
        let (cached, state, calls) = told(None);
        state.store(WRONG_PIN, Ordering::SeqCst);
        assert!(matches!(
            cached.refresh(),
            Err(KeyError::Denied { for_good: true, .. })
        ));
        let before = calls.load(Ordering::SeqCst);
        assert!(cached.refresh().is_err() && cached.describe().is_err());
        assert_eq!(calls.load(Ordering::SeqCst), before);
    }

    #[test]
    fn a_key_that_does_not_unwrap_any_more_is_forgotten() {
        let (cached, state, _) = told(None);
        let wrapped = cached.wrap(&KEY, b"").unwrap();
        cached.unwrap(&wrapped, b"").unwrap();
        state.store(OTHER_KEY, Ordering::SeqCst);
        cached.refresh().unwrap();
        assert!(cached.unwrap(&wrapped, b"").unwrap().is_none());
    }

    #[test]
    fn ciphers_end_with_the_lease() {
        let (cached, state, _) = told(Some(Duration::from_millis(200)));
        let keyset = crate::keys::mint_keyset(&cached, [1; 16], 0, 1, "main").unwrap();
        let keyring = crate::keys::Keyring::unwrap([1; 16], &cached, &[keyset]).unwrap();
        let spec = crate::seal::SealSpec {
            domain: 5,
            slot: 0,
            epoch: 1,
            scheme: crate::seal::Scheme::Random,
            family: 1,
            pad: None,
            ci: None,
            order: None,
            tokens: None,
        };
        keyring.cipher(&spec).unwrap();
        state.store(DOWN, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(250));
        assert!(!keyring.is_usable());
        assert!(matches!(keyring.cipher(&spec), Err(KeyError::Lapsed)));
        state.store(UP, Ordering::SeqCst);
        cached.refresh().unwrap();
        assert!(keyring.cipher(&spec).is_ok());
    }
}
