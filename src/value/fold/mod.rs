//! Case folding: what `lower()` and `upper()` of the server make of a text, and the one form of a value that answers
//! both.
//!
//! The server's two relations differ for a few characters: `upper('ς') = upper('σ')`, but their lower cases differ;
//! with the Kelvin sign it is the other way round. [`Fold::Both`] keeps one form of a value and refuses values
//! that hold such a character; [`Fold::Lower`] and [`Fold::Upper`] take them and answer one function.
//! [`Fold::stored`] gives the form that a value is kept under, [`Fold::sought`] the form that the values which fulfil
//! a condition are kept under. Forms are frozen: tags are made of them.
//!
//! Absent: keys, and what the server makes of it (jobs compare the table with the live server).

mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::LazyLock;

use zeroize::Zeroizing;

use super::Canonical;

/// How the values of a column are folded. Part of its tags: constant for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fold {
    /// Collation C: letters of ASCII only. Answers both functions.
    Ascii,
    /// Simple case mapping; values whose characters the two functions treat unlike are refused. Answers both.
    Both,
    /// Simple lower case of any value. Answers `lower()`.
    Lower,
    /// Simple upper case of any value. Answers `upper()`.
    Upper,
}

/// A function of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseFunction {
    /// `lower(text)`.
    Lower,
    /// `upper(text)`.
    Upper,
}

/// Why a text has no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFold {
    /// It holds a character that `lower()` and `upper()` treat unlike.
    Unlike,
    /// It holds a character whose case is not the same in all versions of Unicode.
    Uncertain,
    /// It is not UTF-8.
    NotText,
}

impl std::fmt::Display for NoFold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NoFold::Unlike => {
                "a value holds a character that lower() and upper() treat unlike (such as the Greek final sigma, the \
                 Turkish dotless i or the Kelvin sign)"
            }
            NoFold::Uncertain => {
                "a value holds a character whose lower or upper case is not the same in every version of Unicode"
            }
            NoFold::NotText => "a value is not valid UTF-8",
        })
    }
}

impl std::error::Error for NoFold {}

/// What is applied to the text that values are compared with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Beside {
    /// Functions written around the text, in the order they are applied. A constant has the collation of the database.
    pub applied: Vec<CaseFunction>,
    /// That collation folds letters of ASCII only.
    pub ascii: bool,
    /// The operator applies the column's function to the text too, under the column's collation (ILIKE, citext).
    pub own: bool,
}

/// What values that fulfil a condition are kept under.
#[derive(Debug, Clone, PartialEq)]
pub enum Sought {
    /// Under this form.
    Form(Canonical),
    /// No value can fulfil it, such as `lower(c) = 'ABC'`.
    Nothing,
}

impl Fold {
    /// As the registry and the rules write it.
    pub fn name(self) -> &'static str {
        match self {
            Fold::Ascii => "ascii",
            Fold::Both => "both",
            Fold::Lower => "lower",
            Fold::Upper => "upper",
        }
    }

    /// From its name.
    pub fn by_name(name: &str) -> Option<Fold> {
        [Fold::Ascii, Fold::Both, Fold::Lower, Fold::Upper]
            .into_iter()
            .find(|fold| fold.name() == name)
    }

    /// Its number in tags. Frozen.
    pub fn number(self) -> u8 {
        match self {
            Fold::Ascii => 1,
            Fold::Both => 2,
            Fold::Lower => 3,
            Fold::Upper => 4,
        }
    }

    /// Whether values that this function makes equal, and no others, have one form.
    pub fn answers(self, function: CaseFunction) -> bool {
        match (self, function) {
            (Fold::Ascii | Fold::Both, CaseFunction::Lower | CaseFunction::Upper)
            | (Fold::Lower, CaseFunction::Lower)
            | (Fold::Upper, CaseFunction::Upper) => true,
            (Fold::Lower, CaseFunction::Upper) | (Fold::Upper, CaseFunction::Lower) => false,
        }
    }

    /// The form of a value of the column.
    ///
    /// # Errors
    /// Where the value holds what this fold does not take: it must not be written.
    pub fn stored(self, value: &[u8]) -> Result<Canonical, NoFold> {
        let text = utf8(value)?;
        let mut form = room(text);
        for c in text.chars() {
            let case = Case::of(self, c);
            if case.certainty == Certainty::Foreign {
                return Err(NoFold::Uncertain);
            }
            push(
                &mut form,
                match self {
                    Fold::Ascii | Fold::Lower => case.lower,
                    Fold::Upper => case.upper,
                    Fold::Both if case.is_regular(self) => case.lower,
                    Fold::Both => return Err(NoFold::Unlike),
                },
            );
        }
        Ok(finish(form))
    }

    /// The form of the values `v` for which `function(v)` is the text with its functions applied.
    ///
    /// # Errors
    /// Where the answer is not certain, or this fold does not answer the function.
    pub fn sought(
        self,
        function: CaseFunction,
        beside: &Beside,
        text: &[u8],
    ) -> Result<Sought, NoFold> {
        let text = utf8(text)?;
        if !self.answers(function) {
            return Err(NoFold::Unlike);
        }
        let mut form = room(text);
        for c in text.chars() {
            match self.sought_character(function, beside, c)? {
                Some(c) => push(&mut form, c),
                None => return Ok(Sought::Nothing),
            }
        }
        Ok(Sought::Form(finish(form)))
    }

    /// The server's lower case of a character, under a collation of this fold.
    ///
    /// # Errors
    /// Where it is not the same in all versions of the server.
    pub fn lower(self, c: char) -> Result<char, NoFold> {
        certain(self, c, CaseFunction::Lower)
    }

    fn sought_character(
        self,
        function: CaseFunction,
        beside: &Beside,
        c: char,
    ) -> Result<Option<char>, NoFold> {
        let constants = if beside.ascii {
            Fold::Ascii
        } else {
            Fold::Both
        };
        let alike = beside.ascii == (self == Fold::Ascii)
            && beside.applied.iter().all(|one| *one == function);
        // lower(v) = lower(x), also lower(lower(x)): both functions map a character once and for all.
        if alike && (beside.own || !beside.applied.is_empty()) {
            return self.same(function, c);
        }
        let mut image = c;
        for one in &beside.applied {
            image = certain(constants, image, *one)?;
        }
        if beside.own {
            return self.same(function, image);
        }
        // function(v) is always in the function's form.
        if certain(self, image, function)? != image {
            return Ok(None);
        }
        Ok(self.of_image(function, image))
    }

    /// `function(v) = function(c)`, both under the column's collation.
    fn same(self, function: CaseFunction, c: char) -> Result<Option<char>, NoFold> {
        let case = Case::of(self, c);
        match case.certainty {
            Certainty::Foreign => Err(NoFold::Uncertain),
            // What stands for itself in one version and under an upper case in another is a value's own character.
            Certainty::Own => Ok(Some(match self {
                Fold::Upper => case.upper,
                Fold::Ascii | Fold::Both | Fold::Lower => case.lower,
            })),
            Certainty::Same => Ok(self.of_image(function, case.map(function))),
        }
    }

    /// The form of the values' characters that the function makes `image`.
    fn of_image(self, function: CaseFunction, image: char) -> Option<char> {
        match (self, function) {
            (Fold::Ascii, _) => Some(image.to_ascii_lowercase()),
            (Fold::Lower, _) | (Fold::Upper, _) => Some(image),
            // No stored value holds an irregular character, and none has one as its image.
            (Fold::Both, CaseFunction::Lower | CaseFunction::Upper) => {
                let case = Case::of(self, image);
                case.is_regular(self).then_some(case.lower)
            }
        }
    }
}

/// What the table maps a character to, and whether it is certain: what the jobs compare the live server with.
pub fn simple_case(c: char) -> (char, char, bool) {
    let case = Case::of(Fold::Both, c);
    (case.lower, case.upper, case.certainty == Certainty::Same)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Certainty {
    /// Mapped alike by all versions.
    Same,
    /// Its own lower case; with an upper case in some versions.
    Own,
    /// Known to some versions only.
    Foreign,
}

#[derive(Debug, Clone, Copy)]
struct Case {
    lower: char,
    upper: char,
    certainty: Certainty,
}

impl Case {
    fn of(fold: Fold, c: char) -> Case {
        if c.is_ascii() || fold == Fold::Ascii {
            return Case {
                lower: c.to_ascii_lowercase(),
                upper: c.to_ascii_uppercase(),
                certainty: Certainty::Same,
            };
        }
        TABLE.get(&c).copied().unwrap_or(Case {
            lower: c,
            upper: c,
            certainty: Certainty::Same,
        })
    }

    fn map(self, function: CaseFunction) -> char {
        match function {
            CaseFunction::Lower => self.lower,
            CaseFunction::Upper => self.upper,
        }
    }

    /// Whether both functions treat the character alike: among regular characters, those with one lower case are
    /// those with one upper case.
    fn is_regular(self, fold: Fold) -> bool {
        Case::of(fold, self.upper).lower == self.lower
            && Case::of(fold, self.lower).upper == self.upper
    }
}

/// The function of a character, where every version has the same.
fn certain(fold: Fold, c: char, function: CaseFunction) -> Result<char, NoFold> {
    let case = Case::of(fold, c);
    match (case.certainty, function) {
        (Certainty::Same, _) | (Certainty::Own, CaseFunction::Lower) => Ok(case.map(function)),
        (Certainty::Own, CaseFunction::Upper) | (Certainty::Foreign, _) => Err(NoFold::Uncertain),
    }
}

static TABLE: LazyLock<HashMap<char, Case>> = LazyLock::new(|| {
    let mut cases = HashMap::new();
    for &(first, last, step, to_lower, to_upper, certainty) in table::RUNS {
        let certainty = match certainty {
            0 => Certainty::Same,
            1 => Certainty::Own,
            _ => Certainty::Foreign,
        };
        let mut code = first;
        while code <= last {
            let at = |distance| code.checked_add_signed(distance).and_then(char::from_u32);
            if let (Some(c), Some(lower), Some(upper)) =
                (char::from_u32(code), at(to_lower), at(to_upper))
            {
                let case = Case {
                    lower,
                    upper,
                    certainty,
                };
                cases.insert(c, case);
            }
            code += step;
        }
    }
    cases
});

fn utf8(bytes: &[u8]) -> Result<&str, NoFold> {
    std::str::from_utf8(bytes).map_err(|_| NoFold::NotText)
}

/// A buffer that is not moved while it fills: no character has a form of more than 4 bytes.
fn room(text: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(text.chars().count().saturating_mul(4)))
}

fn push(form: &mut Vec<u8>, c: char) {
    form.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

fn finish(mut form: Zeroizing<Vec<u8>>) -> Canonical {
    Canonical::new(std::mem::take(&mut *form))
}
