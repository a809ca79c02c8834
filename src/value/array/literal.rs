//! The text form of arrays: bounds, braces, quotes.

use super::{Dimension, MOST_DIMENSIONS, MOST_ELEMENTS, malformed, too_large, too_many_dimensions};
use crate::value::ValueError;
use crate::value::scan::is_space;

/// An array literal being read.
pub(super) struct Literal<'a> {
    pub(super) rest: &'a str,
}

impl Literal<'_> {
    pub(super) fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches(is_space);
    }

    pub(super) fn take(&mut self, expected: char) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// `[1:2][0:3]`
    pub(super) fn bounds(&mut self) -> Result<Vec<Dimension>, ValueError> {
        let mut dimensions = Vec::new();
        loop {
            self.skip_space();
            if !self.take('[') {
                return Ok(dimensions);
            }
            if dimensions.len() >= MOST_DIMENSIONS {
                return Err(too_many_dimensions());
            }
            let first = self.bound()?;
            let (lower, upper) = if self.take(':') {
                (first, self.bound()?)
            } else {
                (1, first)
            };
            if !self.take(']') {
                return Err(malformed());
            }
            if upper < lower {
                return Err(ValueError::new(
                    "2202E",
                    "upper bound cannot be less than lower bound",
                ));
            }
            let length = upper
                .checked_sub(lower)
                .and_then(|span| span.checked_add(1))
                .ok_or_else(too_large)?;
            if upper == i32::MAX {
                return Err(too_large());
            }
            dimensions.push(Dimension { length, lower });
        }
    }

    fn bound(&mut self) -> Result<i32, ValueError> {
        let unsigned = self.rest.strip_prefix(['+', '-']).unwrap_or(self.rest);
        let tail = unsigned.trim_start_matches(|c: char| c.is_ascii_digit());
        if tail.len() == unsigned.len() {
            return Err(malformed());
        }
        let (number, rest) = self
            .rest
            .split_at_checked(self.rest.len() - tail.len())
            .ok_or_else(malformed)?;
        self.rest = rest;
        // Some versions cut such a number off, some refuse it.
        number
            .parse()
            .map_err(|_| ValueError::server_dependent("an array bound of this size"))
    }

    /// One `{…}`. `lengths` holds what is known of each depth; all braces of a depth are alike.
    pub(super) fn braces(
        &mut self,
        depth: usize,
        lengths: &mut Vec<Option<i32>>,
        items: &mut Vec<Option<String>>,
    ) -> Result<(), ValueError> {
        if depth >= MOST_DIMENSIONS {
            return Err(too_many_dimensions());
        }
        if lengths.len() <= depth {
            // Deeper than a depth that already had plain elements.
            if !items.is_empty() {
                return Err(malformed());
            }
            lengths.push(None);
        }
        self.take('{');
        let mut count: i32 = 0;
        self.skip_space();
        if !self.take('}') {
            loop {
                self.skip_space();
                if self.rest.starts_with('{') {
                    self.braces(depth + 1, lengths, items)?;
                } else {
                    if lengths.len() > depth + 1 {
                        return Err(malformed());
                    }
                    items.push(self.item()?);
                    if items.len() > MOST_ELEMENTS {
                        return Err(too_large());
                    }
                }
                count = count.checked_add(1).ok_or_else(too_large)?;
                self.skip_space();
                if self.take('}') {
                    break;
                }
                if !self.take(',') {
                    return Err(malformed());
                }
            }
        }
        match lengths.get_mut(depth) {
            Some(Some(known)) if *known != count => Err(malformed()),
            Some(length) => {
                *length = Some(count);
                Ok(())
            }
            None => Err(malformed()),
        }
    }

    /// A quoted or plain element; unquoted NULL is none.
    fn item(&mut self) -> Result<Option<String>, ValueError> {
        if self.take('"') {
            return self.quoted().map(Some);
        }
        let mut text = String::new();
        // White space at the end is dropped, unless it was escaped.
        let mut keep = 0;
        let mut escaped = false;
        let mut chars = self.rest.chars();
        loop {
            let before = chars.as_str();
            match chars.next() {
                None | Some('"' | '{') => return Err(malformed()),
                Some(',' | '}') => {
                    self.rest = before;
                    break;
                }
                Some('\\') => {
                    text.push(chars.next().ok_or_else(malformed)?);
                    keep = text.len();
                    escaped = true;
                }
                Some(c) => {
                    text.push(c);
                    if !is_space(c) {
                        keep = text.len();
                    }
                }
            }
        }
        text.truncate(keep);
        if text.is_empty() {
            return Err(malformed());
        }
        Ok((escaped || !text.eq_ignore_ascii_case("null")).then_some(text))
    }

    fn quoted(&mut self) -> Result<String, ValueError> {
        let mut text = String::new();
        let mut chars = self.rest.chars();
        loop {
            match chars.next() {
                None => return Err(malformed()),
                Some('"') => {
                    self.rest = chars.as_str();
                    return Ok(text);
                }
                Some('\\') => text.push(chars.next().ok_or_else(malformed)?),
                Some(c) => text.push(c),
            }
        }
    }
}
