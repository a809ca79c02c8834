//! Guesses: search constants of roles that do not see the column, counted by principal and hour in the
//! whole process.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::fault::{Fault, Refusal};
use crate::identity::Principal;

const HOUR: Duration = Duration::from_secs(3600);

/// The counts of one process.
#[derive(Debug, Default)]
pub struct Ledger {
    spent: Mutex<HashMap<(String, String), (Instant, u64)>>,
}

impl Ledger {
    /// Counts guesses, or refuses them whole.
    ///
    /// # Errors
    /// `GuessBudget` where the hour's number would be passed.
    pub fn charge(
        &self,
        principal: &Principal,
        database: &str,
        guesses: u64,
        per_hour: u32,
    ) -> Result<(), Refusal> {
        if guesses == 0 {
            return Ok(());
        }
        let now = Instant::now();
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, count) = spent
            .entry((principal.login.clone(), database.to_owned()))
            .or_insert((now, 0));
        if now.duration_since(*since) >= HOUR {
            (*since, *count) = (now, 0);
        }
        let total = count.saturating_add(guesses);
        if total > u64::from(per_hour) {
            return Err(Refusal::new(
                Fault::GuessBudget,
                format!(
                    "more than {per_hour} search constants an hour on columns that this role does not see"
                ),
            ));
        }
        *count = total;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_shared_by_sessions_and_kept_by_principal() {
        let ledger = Ledger::default();
        let someone = |login: &str| Principal {
            login: login.to_owned(),
            groups: Vec::new(),
        };
        assert!(ledger.charge(&someone("a"), "shop", 3, 4).is_ok());
        assert!(ledger.charge(&someone("a"), "shop", 2, 4).is_err());
        assert!(ledger.charge(&someone("a"), "shop", 1, 4).is_ok());
        assert!(ledger.charge(&someone("b"), "shop", 4, 4).is_ok());
    }
}
