//! Padding that hides lengths in steps: ISO/IEC 7816-4, a byte 0x80 and as many zeros as are needed.
//! There is always a marker, so what was padded can be taken off without doubt.

/// Length after padding to a multiple of `step` (at least 1). `None` where it would not fit.
pub(super) fn padded_len(len: usize, step: usize) -> Option<usize> {
    len.checked_add(1)?.checked_next_multiple_of(step)
}

/// Length without the padding; `None` where there is no marker.
pub(super) fn unpadded_len(padded: &[u8]) -> Option<usize> {
    let marker = padded.iter().rposition(|&byte| byte != 0)?;
    (padded.get(marker) == Some(&0x80)).then_some(marker)
}
