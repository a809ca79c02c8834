//! `to_char` of numbers (`formatting.c`): templates of `9`, `0`, `.`, `,` and FM, which hang on no locale, with other
//! characters between them.

use super::numbers::float;
use super::{Class, damaged, long};
use crate::value::{Canonical, Number, ValueError};

/// A template, taken apart. It is a constant of the statement, and cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    nodes: Vec<Node>,
    /// Digits before the point, and behind it.
    before: usize,
    behind: usize,
    /// FM.
    fills: bool,
    /// The first `0` before the point, from 0, and where the last `0` stands.
    first_zero: Option<usize>,
    last_zero: usize,
    pointed: bool,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Picture(…)")
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Nine,
    Zero,
    Point,
    Comma,
    Letter(char),
}

impl Picture {
    /// Takes a template apart; `None` where it holds what is not done here.
    pub fn read(template: &str) -> Option<Picture> {
        let mut picture = Picture {
            nodes: Vec::new(),
            before: 0,
            behind: 0,
            fills: false,
            first_zero: None,
            last_zero: 0,
            pointed: false,
        };
        let mut rest = template;
        while let Some(letter) = rest.chars().next() {
            if let Some(behind) = rest.strip_prefix("FM").or_else(|| rest.strip_prefix("fm")) {
                picture.fills = true;
                rest = behind;
                continue;
            }
            rest = rest.get(letter.len_utf8()..)?;
            let node = match letter {
                '9' => Node::Nine,
                '0' => Node::Zero,
                '.' => Node::Point,
                ',' => Node::Comma,
                // Words have meanings, and quotes and backslashes take what is behind them.
                letter if letter.is_alphabetic() || matches!(letter, '"' | '\\') => return None,
                letter => Node::Letter(letter),
            };
            match node {
                Node::Nine | Node::Zero => {
                    if node == Node::Zero && !picture.pointed && picture.first_zero.is_none() {
                        picture.first_zero = Some(picture.before);
                    }
                    if picture.pointed {
                        picture.behind += 1;
                    } else {
                        picture.before += 1;
                    }
                    if node == Node::Zero {
                        picture.last_zero = picture.before + picture.behind;
                    }
                }
                Node::Point if picture.pointed => return None,
                Node::Point => picture.pointed = true,
                Node::Comma | Node::Letter(_) => {}
            }
            picture.nodes.push(node);
        }
        // A zero behind the point alone is another matter there.
        (picture.before + picture.behind > 0).then_some(picture)
    }

    /// What it makes of a number of this class.
    pub(super) fn show(&self, value: &Canonical, class: Class) -> Result<String, ValueError> {
        let left = || ValueError::new("0A000", "this number in a template is left to the server");
        let mut behind = self.behind;
        let text = match class {
            Class::Whole(_) => {
                let mut text = long(Some(value))?.to_string();
                if behind > 0 {
                    text.push('.');
                    text.extend(std::iter::repeat_n('0', behind));
                }
                text
            }
            Class::Exact => match Number::read(value)? {
                number @ Number::Finite(_) => {
                    let places = i64::try_from(behind).map_err(|_| damaged())?;
                    number.rounded(places).text()
                }
                Number::NaN | Number::Infinity { .. } => return Err(left()),
            },
            Class::Single | Class::Double => {
                let most = if class == Class::Single { 6 } else { 15 };
                let own = float(Some(value))?;
                if !own.is_finite() {
                    return Err(left());
                }
                let whole = format!("{:.0}", own.abs()).len();
                if whole >= most {
                    behind = 0;
                } else if whole + behind > most {
                    behind = most - whole;
                }
                format!("{own:.behind$}")
            }
        };
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits.to_owned()),
            None => (false, text),
        };
        let whole = digits.find('.').unwrap_or(digits.len());
        let (digits, spaces) = if whole > self.before {
            let mut filled = "#".repeat(self.before);
            filled.push('.');
            filled.extend(std::iter::repeat_n('#', behind));
            (filled, 0)
        } else {
            (digits, self.before - whole)
        };
        Ok(self.laid_out(negative, digits.as_bytes(), spaces, behind))
    }

    /// `NUM_processor`: the digits into the template. `spaces`: so many digits more than the number has.
    fn laid_out(&self, negative: bool, digits: &[u8], spaces: usize, behind: usize) -> String {
        let zero = self.first_zero;
        // With FM, zeros at the end are left out, as far as no `0` asks for them.
        let relevant = (self.fills && self.pointed)
            .then(|| {
                let point = digits.iter().position(|own| *own == b'.')?;
                let last = digits.iter().rposition(|own| *own != b'0').unwrap_or(0);
                let asked = self.last_zero.saturating_sub(spaces);
                Some(
                    last.max(point)
                        .max(asked.min(digits.len().saturating_sub(1))),
                )
            })
            .flatten();
        let ends_at_point =
            relevant.is_some_and(|last| digits.get(last).is_some_and(|own| *own == b'.'));
        let mut signed = !negative && self.fills;
        let mut begun = false;
        let (mut at, mut current) = (0_usize, 0_usize);
        let mut out = String::new();
        for node in &self.nodes {
            match node {
                Node::Letter(letter) => {
                    out.push(*letter);
                    continue;
                }
                Node::Comma => {
                    if begun {
                        out.push(',');
                    } else if !self.fills {
                        out.push(' ');
                    }
                    continue;
                }
                Node::Nine | Node::Zero | Node::Point => {}
            }
            // "9.9" of a number below one has a blank before its point.
            let blank = zero.is_none() && at == 0 && digits.first() == Some(&b'0') && behind > 0;
            if !signed && (current >= spaces || zero == Some(current)) && (!blank || ends_at_point)
            {
                if negative {
                    out.push('-');
                } else if !self.fills {
                    out.push(' ');
                }
                signed = true;
            }
            let filled = zero.is_some_and(|zero| zero <= current);
            if current < spaces && !filled {
                if !self.fills {
                    out.push(' ');
                }
            } else if current < spaces {
                out.push('0');
                begun = true;
            } else {
                match digits.get(at) {
                    Some(b'.') => {
                        if !ends_at_point || self.fills {
                            out.push('.');
                        }
                    }
                    Some(_) if relevant.is_some_and(|last| at > last) && *node != Node::Zero => {}
                    digit => {
                        if blank {
                            if !self.fills {
                                out.push(' ');
                            } else if ends_at_point {
                                out.push('0');
                            }
                        } else if let Some(digit) = digit {
                            out.push(char::from(*digit));
                            begun = true;
                        }
                    }
                }
                if at < digits.len() {
                    at += 1;
                }
            }
            current += 1;
        }
        out
    }
}
