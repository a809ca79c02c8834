//! Patterns of LIKE and ILIKE, as the server reads them, and whether a text fits one.
//!
//! Absent: `SIMILAR TO` and regular expressions; nondeterministic collations, under which the server itself compares
//! otherwise.

use zeroize::Zeroizing;

use super::{Fold, NoFold, ValueError};

/// What takes the next character of a pattern for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Escape {
    /// `ESCAPE ''`: nothing.
    None,
    /// This character; a backslash where nothing is said.
    By(char),
}

impl Escape {
    /// Of the text behind ESCAPE.
    ///
    /// # Errors
    /// 22025 where it is more than one character.
    pub fn of(text: &str) -> Result<Escape, ValueError> {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Ok(Escape::None),
            (Some(one), None) => Ok(Escape::By(one)),
            (Some(_), Some(_)) => Err(ValueError::new("22025", "invalid escape string")),
        }
    }
}

/// How a pattern is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Written {
    /// LIKE and ILIKE.
    Like(Escape),
    /// What follows may be anything: `starts_with`, `^@`.
    Beginning,
    /// What stands before and behind may be anything: `position`, `strpos`.
    Within,
}

impl Written {
    /// The pattern.
    pub fn pattern(self, text: &str) -> Pattern {
        match self {
            Written::Like(escape) => Pattern::read(text, escape),
            Written::Beginning => Pattern::beginning(text),
            Written::Within => Pattern::within(text),
        }
    }
}

/// A pattern. It holds what somebody looks for: wiped when dropped, and it cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Pattern(Zeroizing<Vec<Step>>);

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pattern(…)")
    }
}

/// One part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// This character.
    Is(char),
    /// `_`: any one.
    One,
    /// `%`: any number.
    Any,
    /// An escape character with nothing behind it: an error, as soon as a text has to be held against it.
    Lone,
}

impl zeroize::Zeroize for Step {
    fn zeroize(&mut self) {
        *self = Step::Any;
    }
}

impl Pattern {
    /// Reads a pattern.
    pub fn read(text: &str, escape: Escape) -> Pattern {
        let mut steps = room(text);
        let mut characters = text.chars();
        while let Some(c) = characters.next() {
            steps.push(match c {
                c if escape == Escape::By(c) => characters.next().map_or(Step::Lone, Step::Is),
                '%' => Step::Any,
                '_' => Step::One,
                c => Step::Is(c),
            });
        }
        Pattern(steps)
    }

    /// What begins with the text (`starts_with`, `^@`).
    pub fn beginning(text: &str) -> Pattern {
        let mut steps = room(text);
        steps.extend(text.chars().map(Step::Is));
        steps.push(Step::Any);
        Pattern(steps)
    }

    /// What the text stands in somewhere (`position`, `strpos`).
    pub fn within(text: &str) -> Pattern {
        let mut steps = Zeroizing::new(Vec::with_capacity(text.len() + 2));
        steps.push(Step::Any);
        steps.extend(text.chars().map(Step::Is));
        steps.push(Step::Any);
        Pattern(steps)
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether the text fits; under a fold, both in lower case (ILIKE).
    ///
    /// # Errors
    /// 0A000 where the lower case of a character is not the same in all versions of the server; 22025 where the text
    /// fits so far that the end of a pattern that ends with its escape character is met.
    pub fn fits(&self, text: &str, fold: Option<Fold>) -> Result<bool, ValueError> {
        let lower = |c: char| match fold {
            None => Ok(c),
            Some(fold) => fold
                .lower(c)
                .map_err(|reason: NoFold| ValueError::new("0A000", reason.to_string())),
        };
        let mut letters = Zeroizing::new(Vec::with_capacity(text.len()));
        for c in text.chars() {
            letters.push(lower(c)?);
        }
        let mut steps = room(text);
        steps.reserve_exact(self.0.len());
        for step in self.0.iter() {
            steps.push(match step {
                Step::Is(c) => Step::Is(lower(*c)?),
                Step::One => Step::One,
                Step::Any => Step::Any,
                Step::Lone => Step::Lone,
            });
        }
        walk(&steps, &letters)
    }
}

/// Goes back to the last `%` alone: what an earlier one could take, a later one can take too (`MatchText`).
fn walk(steps: &[Step], letters: &[char]) -> Result<bool, ValueError> {
    let (mut step, mut letter) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    loop {
        match (steps.get(step), letters.get(letter)) {
            (Some(Step::Any), Some(_)) if is_lone_behind(steps, step, letters.len() - letter) => {
                return Err(lone());
            }
            (Some(Step::Lone), Some(_)) => return Err(lone()),
            (Some(Step::Any), _) => {
                back = Some((step + 1, letter));
                step += 1;
                continue;
            }
            (Some(Step::One), Some(_)) => {
                (step, letter) = (step + 1, letter + 1);
                continue;
            }
            (Some(Step::Is(wanted)), Some(found)) if wanted == found => {
                (step, letter) = (step + 1, letter + 1);
                continue;
            }
            (None, None) => return Ok(true),
            (Some(Step::One | Step::Is(_) | Step::Lone) | None, _) => {}
        }
        match back {
            Some((after, from)) if from < letters.len() => {
                back = Some((after, from + 1));
                (step, letter) = (after, from + 1);
            }
            Some(_) | None => return Ok(false),
        }
    }
}

/// The server looks behind a `%` for the character that is sought: whether it finds the lone escape there, past other
/// wildcards, each `_` of which takes one of the letters that are left.
fn is_lone_behind(steps: &[Step], at: usize, left: usize) -> bool {
    let mut taken = 0;
    for step in steps.get(at..).unwrap_or_default() {
        match step {
            Step::Any => {}
            Step::One => taken += 1,
            Step::Is(_) => return false,
            Step::Lone => return taken <= left,
        }
    }
    false
}

fn lone() -> ValueError {
    ValueError::new("22025", "LIKE pattern must not end with escape character")
}

/// A buffer that is not moved while it fills.
fn room(text: &str) -> Zeroizing<Vec<Step>> {
    Zeroizing::new(Vec::with_capacity(text.len() + 1))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn fits(text: &str, pattern: &str) -> bool {
        let pattern = Pattern::read(pattern, Escape::By('\\'));
        pattern.fits(text, None).unwrap()
    }

    #[test]
    fn as_the_server_matches() {
        for (text, pattern, expected) in [
            ("", "", true),
            ("", "%", true),
            ("", "%%", true),
            ("", "_", false),
            ("a", "", false),
            ("abc", "abc", true),
            ("abc", "ab", false),
            ("abc", "a%", true),
            ("abc", "%c", true),
            ("abc", "%b%", true),
            ("abc", "_b_", true),
            ("abc", "%_", true),
            ("abc", "____", false),
            ("abc", "%____", false),
            ("mississippi", "m%iss%ip_i", true),
            ("mississippi", "m%iss%is_i", false),
            ("äöü", "_ö_", true),
            ("100%", "100\\%", true),
            ("100x", "100\\%", false),
            ("a_b", "a\\_b", true),
            ("a\\b", "a\\\\b", true),
            ("axb", "a\\xb", true),
            ("aab", "%ab", true),
        ] {
            assert_eq!(fits(text, pattern), expected, "{text} LIKE {pattern}");
        }
    }

    #[test]
    fn escapes_are_read_as_the_server_reads_them() {
        let read = |pattern, escape| Pattern::read(pattern, escape);
        let own = read("a!%!!", Escape::By('!'));
        assert!(own.fits("a%!", None).unwrap());
        assert!(!own.fits("ab!", None).unwrap());
        let none = read("a\\%", Escape::None);
        assert!(none.fits("a\\bc", None).unwrap());
        // The wildcard itself as the escape character.
        let percent = read("%%a%_", Escape::By('%'));
        assert!(percent.fits("%a_", None).unwrap());
        assert_eq!(Escape::of("").unwrap(), Escape::None);
        assert_eq!(Escape::of("ä").unwrap(), Escape::By('ä'));
        assert_eq!(Escape::of("ab").unwrap_err().sqlstate, "22025");
    }

    #[test]
    fn without_regard_to_case() {
        let pattern = Pattern::read("%ÄB_", Escape::By('\\'));
        assert!(pattern.fits("xäbC", Some(Fold::Lower)).unwrap());
        assert!(!pattern.fits("xäbC", Some(Fold::Ascii)).unwrap());
        assert!(pattern.fits("xÄbC", Some(Fold::Ascii)).unwrap());
    }

    #[test]
    fn a_lone_escape_is_an_error_where_it_is_met() {
        // As the server's answers were.
        for (text, pattern, met) in [
            ("abc", "x\\", false),
            ("abc", "abc\\", false),
            ("abcd", "abc\\", true),
            ("abc", "abd\\", false),
            ("", "\\", false),
            ("a", "\\", true),
            ("", "%\\", false),
            ("a", "%\\", true),
            ("a", "%_\\", true),
            ("a", "%__\\", false),
            ("ab", "%_%_\\", true),
            ("ab", "_%_%\\", true),
            ("a", "_%\\", false),
            ("abc", "%b\\", true),
            ("abc", "%c\\", false),
            ("abcb", "%c%x\\", false),
            ("abab", "%a%b%\\", true),
        ] {
            let found = Pattern::read(pattern, Escape::By('\\')).fits(text, None);
            let found = found.map_err(|error| error.sqlstate);
            let expected = if met { Err("22025") } else { Ok(false) };
            assert_eq!(found, expected, "{text} LIKE {pattern}");
        }
    }

    #[test]
    fn many_wildcards_take_no_time() {
        let text = "a".repeat(20_000);
        assert!(!fits(&text, &format!("{}b", "%a".repeat(50))));
    }
}
