//! Masks: from what is written to one mask.

use super::problem::{Located, Place, Problems};
use super::raw::{RawMask, RawMaskShape, RawMaskWord};
use crate::mask::Mask;

/// Reads one mask; `None` after a mistake was noted.
pub(super) fn read_mask(raw: &Located<RawMask>, problems: &mut Problems) -> Option<Mask> {
    match &raw.value {
        RawMask::Word(word) => Some(match word {
            RawMaskWord::Null => Mask::Null,
            RawMaskWord::Email => Mask::Email,
            RawMaskWord::Year => Mask::Year,
            RawMaskWord::Month => Mask::Month,
            RawMaskWord::Hash => Mask::Pseudonym,
            RawMaskWord::Zero => Mask::Zero,
        }),
        RawMask::Shaped(shape) => shaped(shape, &raw.place, problems),
    }
}

fn shaped(shape: &RawMaskShape, place: &Place, problems: &mut Problems) -> Option<Mask> {
    let with = match shape.with.as_ref() {
        None => '*',
        Some(with) => {
            let mut letters = with.value.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => letter,
                (_, _) => {
                    problems.add(&with.place, "expected one character");
                    '*'
                }
            }
        }
    };
    let count = |number: &Located<u32>| usize::try_from(number.value).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    if let Some(fixed) = &shape.fixed {
        let text = fixed.value.clone();
        found.push(Mask::Fixed { text });
    }
    if let Some(keep) = &shape.keep_first {
        let keep = count(keep);
        found.push(Mask::KeepFirst { keep, with });
    }
    if let Some(keep) = &shape.keep_last {
        let keep = count(keep);
        found.push(Mask::KeepLast { keep, with });
    }
    if let Some(step) = &shape.bucket {
        let text = step.value.0.clone();
        if !text
            .parse::<f64>()
            .is_ok_and(|step| step > 0.0 && step.is_finite())
        {
            problems.add(&step.place, "expected a number above 0");
        }
        found.push(Mask::Bucket { step: text });
    }
    let keeps = shape.keep_first.is_some() || shape.keep_last.is_some();
    if let Some(with) = shape.with.as_ref().filter(|_| !keeps) {
        problems.add(&with.place, "expected only beside keep_first or keep_last");
    }
    let one = found.len() == 1;
    if !one {
        problems.add(
            place,
            "expected exactly one of fixed, keep_first, keep_last, bucket",
        );
    }
    found.pop().filter(|_| one)
}
