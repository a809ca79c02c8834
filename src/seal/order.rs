//! Order bytes: CLWW's order-preserving form (Chenette, Lewi, Weis, Wu 2016), one byte for each bit of a value's code. A byte is a
//! pseudorandom number in 0..=254 that hangs on all bits before it, plus the bit: no wrap, so that bytes compare as bits do,
//! and two values show where they first differ and which is less, nothing else.
//!
//! The pseudorandom numbers of four bits come from one HMAC-SHA256 of the bits before them: of the fifteen places in the
//! tree of four bits each takes two of its bytes.

use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use super::{HEADER_LEN, SealSpec, TAG_LEN};
use crate::value::{Code, Order};

/// Bytes of a key for order bytes.
pub const ORDER_KEY_LEN: usize = 32;

/// Bytes of a deterministic body that are not the value's.
pub(super) const SIV_TAG_LEN: usize = 16;
/// Bits that one HMAC serves.
const STEP: usize = 4;

/// The derived key of one column's order bytes. Wiped when dropped; it cannot be printed.
pub struct OrderKey(pub Zeroizing<[u8; ORDER_KEY_LEN]>);

impl std::fmt::Debug for OrderKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OrderKey(…)")
    }
}

/// Makes the order bytes of one column.
pub(super) struct Orderer {
    pub(super) order: Order,
    key: hmac::Key,
}

impl Orderer {
    pub(super) fn new(order: Order, key: &OrderKey) -> Self {
        Orderer {
            order,
            key: hmac::Key::new(hmac::HMAC_SHA256, key.0.as_slice()),
        }
    }

    /// One byte for each bit.
    pub(super) fn bytes(&self, code: &Code) -> Vec<u8> {
        let bits = code.expose_bits();
        let mut out = Vec::with_capacity(bits.len());
        let mut before = hmac::Context::with_key(&self.key);
        for chunk in bits.chunks(STEP) {
            let mac = before.clone().sign();
            let mac = mac.as_ref();
            // Nodes of the tree: 1 is its root, and of n the children are 2n and 2n + 1.
            let mut node = 1;
            for bit in chunk {
                let place = (node - 1) * 2;
                let number = match mac.get(place..place + 2) {
                    Some([high, low]) => u16::from_be_bytes([*high, *low]),
                    // 32 bytes hold fifteen numbers.
                    Some(_) | None => 0,
                };
                let pseudorandom = u8::try_from(number % 255).unwrap_or(0);
                out.push(pseudorandom.saturating_add(*bit));
                node = node * 2 + usize::from(*bit);
            }
            before.update(chunk);
        }
        out
    }
}

/// The order bytes of an envelope of a column that is sealed so, without keys and unproven; `None` where it has none.
pub fn order_bytes<'e>(envelope: &'e [u8], spec: &SealSpec) -> Option<&'e [u8]> {
    let rest = envelope.get(HEADER_LEN..)?;
    let tag = if spec.ci.is_some() { TAG_LEN } else { 0 };
    rest.get(..len(spec.order?, rest.len(), tag + SIV_TAG_LEN)?)
}

/// How many order bytes stand in the envelope of a value of so many bytes.
pub(super) fn order_len(order: Order, plain: usize) -> usize {
    order
        .width()
        .unwrap_or_else(|| plain.saturating_mul(9).saturating_add(1))
}

/// How long the order bytes of an envelope are, of which all that is not header is `rest` bytes; `fixed` of them are tags
/// and the body's own. Of text there are nine for each byte of the value and one; the value itself makes up the rest.
fn len(order: Order, rest: usize, fixed: usize) -> Option<usize> {
    match order.width() {
        Some(width) => Some(width),
        None => {
            let text = rest.checked_sub(fixed)?.checked_sub(1)?;
            (text % 10 == 0).then_some(text / 10 * 9 + 1)
        }
    }
}
