//! Pieces of texts.
//!
//! Trigrams are taken of the text between two marks that no text holds, of its characters without their case: characters
//! that `lower()` or `upper()` make one are one, such as s, S and the long ſ, or σ, Σ and ς. So a pattern finds all texts
//! that have it as it is written, in lower case or in upper case; that more fall together matters for how many texts are
//! looked at in vain alone, never for what is found.

use zeroize::Zeroizing;

use super::{Fragment, Matching, TokenKind, TokenSpec};
use crate::value::like::{Pattern, Step};
use crate::value::{Canonical, simple_case};

/// Marks of the beginning and the end: bytes that are in no UTF-8.
const START: u8 = 0xFF;
const END: u8 = 0xFE;
/// Most trigrams that are asked for at once: more find nothing more, and cost time.
const MOST_ASKED: usize = 24;

/// What is asked of an index for a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Needs {
    /// Pieces that every text has which fits.
    pub fragments: Vec<Fragment>,
    /// Every text that has them fits: nothing is left to be looked at.
    pub exact: bool,
}

#[derive(Clone, Copy)]
enum Sign {
    Start,
    Letter(char),
    End,
}

/// The one that stands for all characters that either function makes equal to this one.
pub(super) fn caseless(c: char) -> char {
    let lower = simple_case(c).0;
    let upper = simple_case(lower).1;
    simple_case(upper).0
}

fn trigram(window: &[Sign]) -> Fragment {
    let mut bytes = Zeroizing::new(Vec::with_capacity(12));
    for sign in window {
        match sign {
            Sign::Start => bytes.push(START),
            Sign::End => bytes.push(END),
            Sign::Letter(c) => {
                bytes.extend_from_slice(caseless(*c).encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
    Fragment {
        kind: TokenKind::Match,
        bytes: Canonical::new(std::mem::take(&mut *bytes)),
    }
}

/// Three signs in a row, ends among them; of the empty text both ends.
pub(super) fn trigrams(text: &str, fragments: &mut Vec<Fragment>) {
    let signs: Vec<Sign> = std::iter::once(Sign::Start)
        .chain(text.chars().map(Sign::Letter))
        .chain([Sign::End])
        .collect();
    if signs.len() < 3 {
        fragments.push(trigram(&signs));
        return;
    }
    fragments.extend(signs.windows(3).map(trigram));
}

/// The first character, the first two and so on, as they are written.
pub(super) fn beginnings(text: &str, most: u8, fragments: &mut Vec<Fragment>) {
    for (at, c) in text.char_indices().take(usize::from(most)) {
        fragments.extend(text.get(..at + c.len_utf8()).map(beginning));
    }
}

fn beginning(text: &str) -> Fragment {
    Fragment {
        kind: TokenKind::Prefix,
        bytes: Canonical::new(text.as_bytes().to_vec()),
    }
}

pub(super) fn needs(spec: &TokenSpec, pattern: &Pattern, insensitive: bool) -> Option<Needs> {
    let steps = pattern.steps();
    let ilike = spec.matching.and_then(Matching::fold).is_some();
    if insensitive && !ilike {
        return None;
    }
    if !steps.is_empty() && steps.iter().all(|step| *step == Step::Any) {
        // Every text fits.
        return Some(Needs {
            fragments: Vec::new(),
            exact: true,
        });
    }
    let mut fragments = Vec::new();
    if let Some(most) = spec.prefix.filter(|_| !insensitive) {
        let letters = |step: &Step| match step {
            Step::Is(c) => Some(*c),
            Step::One | Step::Any | Step::Lone => None,
        };
        let known: Zeroizing<String> = Zeroizing::new(steps.iter().map_while(letters).collect());
        let count = known.chars().count();
        let cut: Zeroizing<String> =
            Zeroizing::new(known.chars().take(usize::from(most)).collect());
        if !cut.is_empty() {
            fragments.push(beginning(&cut));
        }
        let rest = steps.get(count..).unwrap_or_default();
        let open = !rest.is_empty() && rest.iter().all(|step| *step == Step::Any);
        if open && count > 0 && count <= usize::from(most) {
            return Some(Needs {
                fragments,
                exact: true,
            });
        }
    }
    if spec.matching.is_some() {
        let mut found = of_runs(steps);
        if found.len() > MOST_ASKED {
            // From all over the pattern.
            let step = found.len().div_ceil(MOST_ASKED);
            found = found.into_iter().step_by(step).collect();
        }
        fragments.extend(found);
    }
    (!fragments.is_empty()).then_some(Needs {
        fragments,
        exact: false,
    })
}

/// Trigrams of what stands between wildcards.
fn of_runs(steps: &[Step]) -> Vec<Fragment> {
    if steps.is_empty() {
        return vec![trigram(&[Sign::Start, Sign::End])];
    }
    let mut found = Vec::new();
    let mut run = vec![Sign::Start];
    let close = |run: &mut Vec<Sign>, found: &mut Vec<Fragment>| {
        found.extend(run.windows(3).map(trigram));
        run.clear();
    };
    for step in steps {
        match step {
            Step::Is(c) => run.push(Sign::Letter(*c)),
            // What is held against a lone escape is longer than what stands before it.
            Step::One | Step::Any | Step::Lone => close(&mut run, &mut found),
        }
    }
    if !matches!(steps.last(), Some(Step::One | Step::Any | Step::Lone)) {
        run.push(Sign::End);
    }
    close(&mut run, &mut found);
    found
}
