//! How columns that still hold plaintext would be sealed, so that statements can be judged before `protect`.
//! Nothing is ever sealed by these: a key domain that does not exist yet has a number that none can have.

use std::collections::BTreeMap;

use super::rules::SealRule;
use crate::catalog::Registry;
use crate::seal::SealSpec;
use crate::value::{DeclaredType, Matching};

/// Minted ids count up from 1; stand-ins lie far above them.
const FIRST_STAND_IN: u32 = 0x8000_0000;

pub(super) struct Intended {
    named: BTreeMap<String, u32>,
    next: u32,
}

impl Intended {
    pub(super) fn of(registry: &Registry) -> Self {
        let registered = registry.columns.iter().filter_map(|entry| {
            let name = entry.domain_name.clone()?;
            Some((name, entry.seal.as_ref()?.domain))
        });
        Intended {
            named: registered.collect(),
            next: FIRST_STAND_IN,
        }
    }

    /// `ascii`: the server's `lower()` and `upper()` of the column change letters of ASCII only.
    pub(super) fn spec(
        &mut self,
        rule: &SealRule,
        declared: &DeclaredType,
        ascii: bool,
    ) -> SealSpec {
        // A rule that does not fit the type has no intended seal: `may_seal` is asked before.
        let order = rule.order.and_then(|wish| wish.of(declared).ok());
        let matching = if ascii {
            Matching::Ascii
        } else {
            Matching::Letters
        };
        let tokens = (rule.tokens).and_then(|wish| wish.of(declared, matching).ok());
        let domain = match &rule.domain {
            None => self.mint(),
            Some(name) => match self.named.get(name) {
                Some(domain) => *domain,
                None => {
                    let domain = self.mint();
                    self.named.insert(name.clone(), domain);
                    domain
                }
            },
        };
        SealSpec {
            domain,
            slot: 0,
            epoch: 1,
            scheme: rule.scheme,
            family: declared.family(),
            pad: rule.pad,
            ci: rule.ci.map(|wish| wish.fold(declared, ascii)),
            order,
            tokens,
        }
    }

    fn mint(&mut self) -> u32 {
        self.next = self.next.wrapping_add(1).max(FIRST_STAND_IN);
        self.next
    }
}
