//! The associated data of a body: everything before the body, and what must never be swapped.

use super::{HEADER_LEN, Header, SealSpec};

/// The format label. With it the whole is 48 bytes, three blocks of AES.
const LABEL: &[u8; 17] = b"sealwire envelope";

/// Bytes of the associated data of an envelope without index bytes; order bytes, a tag and tokens follow them.
pub(super) const ASSOCIATED_LEN: usize = LABEL.len() + 16 + 4 + 1 + HEADER_LEN;

/// label ‖ environment ‖ domain ‖ family ‖ header. Every part but the last has a fixed length, and the
/// last is a prefix of the envelope itself, so no two columns share one.
pub(super) fn associated(spec: &SealSpec, environment: &[u8; 16]) -> [u8; ASSOCIATED_LEN] {
    let header = Header {
        scheme: spec.scheme,
        ordered: spec.order.is_some(),
        tagged: spec.ci.is_some(),
        tokens: spec.tokens.is_some(),
        slot: spec.slot,
        epoch: spec.epoch,
        domain: spec.domain,
    };
    let mut out = [0; ASSOCIATED_LEN];
    let bytes = LABEL
        .iter()
        .chain(environment)
        .copied()
        .chain(spec.domain.to_be_bytes())
        .chain([spec.family])
        .chain(header.to_bytes());
    for (to, from) in out.iter_mut().zip(bytes) {
        *to = from;
    }
    out
}
