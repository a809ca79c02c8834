//! Functions of texts, as the server has them (`varlena.c`, `oracle_compat.c`, `formatting.c`). Lengths and places are
//! counted in characters.

use super::padded::{padded, place, repeated, translated};
use super::{Row, damaged};
use crate::value::{Canonical, ValueError, simple_case};

/// What a function does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as in the manual")]
pub enum TextFunction {
    Lower(Letters),
    Upper(Letters),
    Initcap(Letters),
    Length,
    /// `octet_length`.
    Octets,
    Trim(Side),
    Substring,
    Left,
    Right,
    Replace,
    SplitPart,
    Reverse,
    Repeat,
    /// `lpad` and `rpad`: the text, how long, with what.
    Pad(Side),
    /// `strpos` and `position`.
    Place,
    Translate,
    StartsWith,
    /// `concat`, which passes over NULL.
    Concat,
    /// `concat_ws`, likewise.
    ConcatWs,
    /// `||`.
    Join,
}

/// What is known of the letters' cases under a collation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// Those of ASCII have cases and no others.
    Ascii,
    /// Those of ASCII are known; a text with others is refused.
    AsciiAlone,
    /// Unicode's simple mapping; what versions of it do not agree on is refused.
    Simple,
}

/// Where is trimmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum Side {
    Both,
    Leading,
    Trailing,
}

impl TextFunction {
    /// Whether NULL among the arguments makes the value NULL.
    fn is_strict(self) -> bool {
        !matches!(self, TextFunction::Concat | TextFunction::ConcatWs)
    }

    /// Whether it has a value for all texts.
    pub(super) fn is_total(self) -> bool {
        match self {
            TextFunction::Lower(letters) | TextFunction::Upper(letters) => {
                letters == Letters::Ascii
            }
            TextFunction::Length
            | TextFunction::Octets
            | TextFunction::Trim(_)
            | TextFunction::Left
            | TextFunction::Right
            | TextFunction::Replace
            | TextFunction::Reverse
            | TextFunction::Place
            | TextFunction::Translate
            | TextFunction::StartsWith
            | TextFunction::Concat
            | TextFunction::ConcatWs
            | TextFunction::Join => true,
            TextFunction::Initcap(_)
            | TextFunction::Substring
            | TextFunction::SplitPart
            | TextFunction::Repeat
            | TextFunction::Pad(_) => false,
        }
    }

    /// The value for these arguments.
    pub(super) fn apply(
        self,
        args: &[super::Expr],
        row: &Row<'_>,
    ) -> Result<Option<Canonical>, ValueError> {
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            values.push(arg.evaluate(row)?);
        }
        if self.is_strict() && values.iter().any(Option::is_none) {
            return Ok(None);
        }
        self.of(&values)
    }

    fn of(self, values: &[Option<Canonical>]) -> Result<Option<Canonical>, ValueError> {
        let text = |at: usize| texted(values.get(at).and_then(Option::as_ref));
        let number = |at: usize| numbered(values.get(at).and_then(Option::as_ref));
        let given = |text: String| Ok(Some(Canonical::new(text.into_bytes())));
        match self {
            TextFunction::Lower(letters) => given(cased(text(0)?, letters, Case::Lower)?),
            TextFunction::Upper(letters) => given(cased(text(0)?, letters, Case::Upper)?),
            TextFunction::Initcap(letters) => given(cased(text(0)?, letters, Case::Initial)?),
            TextFunction::Length => {
                let count = i64::try_from(text(0)?.chars().count()).unwrap_or(i64::MAX);
                Ok(Some(Canonical::new(count.to_be_bytes().to_vec())))
            }
            TextFunction::Octets => {
                let count = i64::try_from(text(0)?.len()).unwrap_or(i64::MAX);
                Ok(Some(super::longed(count)))
            }
            TextFunction::Trim(side) => {
                let set: Vec<char> = match values.get(1) {
                    Some(_) => text(1)?.chars().collect(),
                    None => vec![' '],
                };
                let own = text(0)?;
                let own = match side {
                    Side::Both => own.trim_matches(set.as_slice()),
                    Side::Leading => own.trim_start_matches(set.as_slice()),
                    Side::Trailing => own.trim_end_matches(set.as_slice()),
                };
                given(own.to_owned())
            }
            TextFunction::Substring => {
                let start = number(1)?;
                let end = match values.get(2) {
                    None => i64::MAX,
                    Some(_) => {
                        let length = number(2)?;
                        if length < 0 {
                            return Err(ValueError::new(
                                "22011",
                                "negative substring length not allowed",
                            ));
                        }
                        start.saturating_add(length)
                    }
                };
                let skipped = usize::try_from(start.max(1) - 1).unwrap_or(usize::MAX);
                let taken = usize::try_from(end.saturating_sub(start.max(1)).max(0));
                let own = text(0)?.chars().skip(skipped);
                given(own.take(taken.unwrap_or(usize::MAX)).collect())
            }
            TextFunction::Left | TextFunction::Right => {
                let own = text(0)?;
                let all = i64::try_from(own.chars().count()).unwrap_or(i64::MAX);
                let count = number(1)?;
                // Below zero: all but so many at the other end. The smallest number has no contrary for the server, which
                // then takes nothing away at the right.
                let kept = if count == i64::from(i32::MIN) && self == TextFunction::Right {
                    all
                } else if count < 0 {
                    all.saturating_add(count).max(0)
                } else {
                    count.min(all)
                };
                let kept = usize::try_from(kept).unwrap_or(0);
                if self == TextFunction::Left {
                    return given(own.chars().take(kept).collect());
                }
                let skipped = usize::try_from(all).unwrap_or(0) - kept;
                given(own.chars().skip(skipped).collect())
            }
            TextFunction::Replace => {
                let (own, from) = (text(0)?, text(1)?);
                if from.is_empty() {
                    return given(own.to_owned());
                }
                given(own.replace(from, text(2)?))
            }
            TextFunction::SplitPart => given(split_part(text(0)?, text(1)?, number(2)?)?),
            TextFunction::Reverse => given(text(0)?.chars().rev().collect()),
            TextFunction::Repeat => given(repeated(text(0)?, number(1)?)?),
            TextFunction::Pad(side) => {
                let with = match values.get(2) {
                    Some(_) => text(2)?,
                    None => " ",
                };
                let left = side == Side::Leading;
                given(padded(text(0)?, number(1)?, with, left)?)
            }
            TextFunction::Place => Ok(Some(super::longed(place(text(0)?, text(1)?)))),
            TextFunction::Translate => given(translated(text(0)?, text(1)?, text(2)?)),
            TextFunction::StartsWith => Ok(Some(super::boolean(text(0)?.starts_with(text(1)?)))),
            TextFunction::Concat | TextFunction::Join => {
                let mut joined = String::new();
                for value in values.iter().flatten() {
                    joined.push_str(texted(Some(value))?);
                }
                given(joined)
            }
            TextFunction::ConcatWs => {
                let Some(Some(_)) = values.first() else {
                    return Ok(None);
                };
                let parts: Vec<&str> = values
                    .iter()
                    .skip(1)
                    .flatten()
                    .map(|value| texted(Some(value)))
                    .collect::<Result<_, _>>()?;
                given(parts.join(text(0)?))
            }
        }
    }
}

fn texted(value: Option<&Canonical>) -> Result<&str, ValueError> {
    let value = value.ok_or_else(damaged)?;
    std::str::from_utf8(value.expose_plaintext()).map_err(|_| damaged())
}

fn numbered(value: Option<&Canonical>) -> Result<i64, ValueError> {
    let bytes = value.ok_or_else(damaged)?.expose_plaintext().try_into();
    bytes.map(i64::from_be_bytes).map_err(|_| damaged())
}

#[derive(Clone, Copy)]
enum Case {
    Lower,
    Upper,
    /// `initcap`: upper at the start of a word.
    Initial,
}

fn cased(text: &str, letters: Letters, case: Case) -> Result<String, ValueError> {
    let mut inside = false;
    text.chars()
        .map(|c| {
            let upper = match case {
                Case::Lower => false,
                Case::Upper => true,
                Case::Initial => !inside,
            };
            inside = c.is_ascii_alphanumeric();
            if c.is_ascii() || letters == Letters::Ascii {
                return Ok(if upper {
                    c.to_ascii_uppercase()
                } else {
                    c.to_ascii_lowercase()
                });
            }
            let (low, up, certain) = simple_case(c);
            if letters == Letters::AsciiAlone || !certain || matches!(case, Case::Initial) {
                return Err(ValueError::new(
                    "0A000",
                    "the case of a letter in a value is known to the server alone",
                ));
            }
            Ok(if upper { up } else { low })
        })
        .collect()
}

fn split_part(text: &str, by: &str, field: i64) -> Result<String, ValueError> {
    if field == 0 {
        return Err(ValueError::new("22023", "field position must not be zero"));
    }
    if by.is_empty() {
        let whole = matches!(field, 1 | -1);
        return Ok(if whole {
            text.to_owned()
        } else {
            String::new()
        });
    }
    let at = usize::try_from(field.unsigned_abs() - 1).unwrap_or(usize::MAX);
    let found = if field > 0 {
        text.split(by).nth(at)
    } else {
        let parts: Vec<&str> = text.split(by).collect();
        let at = parts
            .len()
            .checked_sub(1)
            .and_then(|last| last.checked_sub(at));
        at.and_then(|at| parts.get(at).copied())
    };
    Ok(found.unwrap_or_default().to_owned())
}
