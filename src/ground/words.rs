//! The identifiers in the text of a routine: comments and strings left out, unquoted names folded.
//! Nested dollar-quoted bodies are strings too. Keywords come along; who asks knows names.

use std::collections::HashSet;

/// All identifiers of a text in SQL or plpgsql.
pub(crate) fn identifiers(text: &str) -> HashSet<String> {
    let words = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Word(name) => Some(name),
        Piece::Mark(_) => None,
    });
    words.collect()
}

/// What a text consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// An identifier, folded unless it was quoted.
    Word(String),
    /// Whatever else is neither blank, number, string nor comment.
    Mark(char),
}

/// The pieces of a text in SQL or plpgsql, in order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = if rest.starts_with("--") {
            after(rest, "\n")
        } else if rest.starts_with("/*") {
            after_comment(rest)
        } else if c == '\'' {
            after_string(tail, false)
        } else if c == '"' {
            let (name, tail) = quoted(tail);
            found.push(Piece::Word(name));
            tail
        } else if c == '$' {
            after_dollar(rest).unwrap_or(tail)
        } else if c.is_alphabetic() || c == '_' {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
                .unwrap_or(rest.len());
            let (word, tail) = rest.split_at(end);
            match tail.strip_prefix('\'') {
                Some(string) if word.eq_ignore_ascii_case("e") => after_string(string, true),
                Some(_) | None => {
                    found.push(Piece::Word(word.to_lowercase()));
                    tail
                }
            }
        } else if c.is_ascii_digit() {
            rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '.' || c == '_')
        } else {
            found.extend((!c.is_whitespace()).then_some(Piece::Mark(c)));
            tail
        };
    }
    found
}

fn after<'a>(text: &'a str, end: &str) -> &'a str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

fn after_comment(text: &str) -> &str {
    let mut depth = 0_usize;
    let mut rest = text;
    loop {
        if let Some(tail) = rest.strip_prefix("/*") {
            depth += 1;
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix("*/") {
            depth = depth.saturating_sub(1);
            rest = tail;
            if depth == 0 {
                return rest;
            }
        } else {
            let Some(c) = rest.chars().next() else {
                return "";
            };
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
}

fn after_string(text: &str, escapes: bool) -> &str {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && escapes {
            chars.next();
        } else if c == '\'' {
            let rest = text.get(at + 1..).unwrap_or_default();
            match rest.strip_prefix('\'') {
                Some(_) => {
                    chars.next();
                }
                None => return rest,
            }
        }
    }
    ""
}

fn quoted(text: &str) -> (String, &str) {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let Some((before, tail)) = rest.split_once('"') else {
            return (name, "");
        };
        name.push_str(before);
        match tail.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return (name, tail),
        }
    }
}

/// Behind a dollar-quoted string; `None` where the `$` does not begin one.
fn after_dollar(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('$')?;
    let (tag, _) = inner.split_once('$')?;
    if !tag.chars().all(|c| c.is_alphanumeric() || c == '_')
        || tag.starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let fence = format!("${tag}$");
    let body = text.strip_prefix(fence.as_str())?;
    Some(after(body, &fence))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(text: &str) -> Vec<String> {
        let mut words: Vec<String> = identifiers(text).into_iter().collect();
        words.sort();
        words
    }

    #[test]
    fn names_are_found_and_strings_and_comments_are_not() {
        assert_eq!(
            sorted(
                "select Email, \"Odd\"\"Name\" from public.customers -- ssn\n/* a /* notes */ b */ where x = 'phone''s'"
            ),
            [
                "Odd\"Name",
                "customers",
                "email",
                "from",
                "public",
                "select",
                "where",
                "x"
            ]
        );
    }

    #[test]
    fn bodies_and_escapes_are_strings() {
        assert_eq!(
            sorted("do $a$ select ssn $b$ $a$; e'it\\'s email' || $1 + 3e5"),
            ["do"]
        );
        assert_eq!(sorted("'open"), [""; 0]);
        assert_eq!(sorted("/* open"), [""; 0]);
    }
}
