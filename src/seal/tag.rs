//! The case-insensitive tag: HMAC-SHA256, cut to 16 bytes, of the fold's number and the folded value.

use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use crate::value::{Canonical, Fold, NoFold};

/// Bytes of a tag.
pub const TAG_LEN: usize = 16;
/// Bytes of a key for tags.
pub const TAG_KEY_LEN: usize = 32;

/// The derived key of one column's tags. Wiped when dropped; it cannot be printed.
pub struct TagKey(pub Zeroizing<[u8; TAG_KEY_LEN]>);

impl std::fmt::Debug for TagKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TagKey(…)")
    }
}

/// Makes the tags of one column.
pub(super) struct Tagger {
    fold: Fold,
    key: hmac::Key,
}

impl Tagger {
    pub(super) fn new(fold: Fold, key: &TagKey) -> Self {
        Tagger {
            fold,
            key: hmac::Key::new(hmac::HMAC_SHA256, key.0.as_slice()),
        }
    }

    /// The tag of a value of the column; padding is not part of it.
    pub(super) fn of_value(&self, value: &Canonical) -> Result<[u8; TAG_LEN], NoFold> {
        Ok(self.tag(&self.fold.stored(value.expose_plaintext())?))
    }

    /// The tag of a folded value.
    pub(super) fn tag(&self, form: &Canonical) -> [u8; TAG_LEN] {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(&[self.fold.number()]);
        context.update(form.expose_plaintext());
        let mut tag = [0; TAG_LEN];
        for (to, from) in tag.iter_mut().zip(context.sign().as_ref()) {
            *to = *from;
        }
        tag
    }
}
