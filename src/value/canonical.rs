//! The canonical form of a plaintext.

use zeroize::Zeroizing;

/// The canonical plaintext of one value: the bytes that are sealed (DESIGN, section 3). Two values
/// that PostgreSQL holds equal have equal canonical forms wherever the family may be sealed
/// deterministically. Wiped when dropped, and it cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Canonical(Zeroizing<Vec<u8>>);

impl Canonical {
    /// Takes the bytes over.
    pub fn new(bytes: Vec<u8>) -> Self {
        Canonical(Zeroizing::new(bytes))
    }

    /// What no value of a type of fixed form has as its own: sealed to be compared, it is equal to none. It is of no fixed
    /// length in use, no UTF-8, no number, no array. `value` tells such values apart.
    pub(super) fn none(value: &[u8]) -> Self {
        Canonical::new([&[0xff; 17], value].concat())
    }

    /// The plaintext bytes. The one way to them: grep finds every use.
    pub fn expose_plaintext(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Canonical {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Canonical(…)")
    }
}
