//! What `src/sql` reads, in the form of the other reader, and where they differ.

use std::collections::BTreeSet;

use sealwire::sql::{ConstantKind, Name, Statement, Token, TokenKind};

use crate::theirs::Leaves;

/// Leaves by their byte in the text.
pub struct Ours<'a> {
    text: &'a str,
    tokens: &'a [Token],
    leaves: sealwire::sql::Leaves,
}

impl<'a> Ours<'a> {
    pub fn of(text: &'a str, tokens: &'a [Token], statement: &Statement) -> Ours<'a> {
        Ours {
            text,
            tokens,
            leaves: sealwire::sql::Leaves::of(statement),
        }
    }

    fn byte(&self, token: usize) -> usize {
        self.tokens[token].start
    }

    fn paths(&self, paths: &[Vec<Name>]) -> BTreeSet<(usize, String)> {
        paths
            .iter()
            .filter(|path| !path.is_empty())
            .map(|path| {
                let names: Vec<&str> = path.iter().map(|name| name.text.as_str()).collect();
                (self.byte(path[0].token), names.join("."))
            })
            .collect()
    }

    fn columns(&self) -> BTreeSet<(usize, String)> {
        self.paths(&self.leaves.columns)
            .into_iter()
            .filter(|(_, name)| name != "*")
            .collect()
    }

    /// The first difference.
    pub fn differs(&self, theirs: &Leaves) -> Option<String> {
        let own = &self.leaves;
        // Lone stars are compared by their number.
        let lone = theirs
            .columns
            .iter()
            .filter(|(_, name)| name == "*")
            .count();
        let stars = own
            .columns
            .iter()
            .filter(|path| path.len() == 1 && path[0].text == "*");
        let stars = stars.count();
        // `TABLE t` and VALUES in parentheses have one that is not written.
        let unwritten = self
            .tokens
            .iter()
            .filter(|token| token.is_word("table") || token.is_word("values"))
            .count();
        if stars < lone || stars > lone + unwritten {
            return Some(format!("{stars} stars, not {lone}"));
        }
        let named: BTreeSet<(usize, String)> = theirs
            .columns
            .iter()
            .filter(|(_, name)| name != "*")
            .cloned()
            .collect();
        let placeholders = own
            .placeholders
            .iter()
            .map(|(number, token)| (self.byte(*token), number.to_string()))
            .collect();
        let sets = [
            ("tables", self.paths(&own.tables), &theirs.tables),
            ("columns", self.columns(), &named),
            ("placeholders", placeholders, &theirs.placeholders),
        ];
        for (what, ours, theirs) in &sets {
            if ours != *theirs {
                let mine: Vec<_> = ours.difference(theirs).collect();
                let other: Vec<_> = theirs.difference(ours).collect();
                return Some(format!("{what}: only here {mine:?}, only there {other:?}"));
            }
        }
        let constants: BTreeSet<(usize, String)> = own
            .constants
            .iter()
            .map(|constant| self.settled(self.byte(constant.range.first), &value(&constant.kind)))
            .collect();
        let theirs_settled: BTreeSet<(usize, String)> = theirs
            .constants
            .iter()
            .map(|(at, text)| self.settled(*at, text))
            .collect();
        // A sign is part of the number, or an operator before it: where it is part here it is so there.
        let bare = |constants: &BTreeSet<(usize, String)>| -> BTreeSet<(usize, String)> {
            constants
                .iter()
                .map(|(at, text)| (*at, text.trim_start_matches('-').to_owned()))
                .collect()
        };
        let (unsigned, theirs_unsigned) = (bare(&constants), bare(&theirs_settled));
        if let Some(missing) = theirs_unsigned
            .difference(&unsigned)
            .find(|(at, text)| self.must_be_read(*at, text))
        {
            return Some(format!("constants: only there {missing:?}"));
        }
        if let Some(extra) = unsigned
            .difference(&theirs_unsigned)
            .chain(
                constants
                    .difference(&theirs_settled)
                    .filter(|(_, text)| text.starts_with('-')),
            )
            .find(|(at, _)| !self.is_precision(*at))
        {
            return Some(format!("constants: only here {extra:?}"));
        }
        let calls = self.paths(&own.calls);
        if let Some(missing) = theirs
            .calls
            .difference(&calls)
            .find(|(at, name)| !self.is_syntax(*at, name))
        {
            return Some(format!("calls: only there {missing:?}"));
        }
        let targets: BTreeSet<(usize, String)> = own
            .targets
            .iter()
            .map(|name| (self.byte(name.token), name.text.clone()))
            .collect();
        if let Some(extra) = targets.difference(&theirs.targets).next() {
            return Some(format!("targets: only here {extra:?}"));
        }
        self.comparison(theirs)
    }

    /// A comparison here that has other leaves on its sides there.
    fn comparison(&self, theirs: &Leaves) -> Option<String> {
        // Leaves that one reader alone has were looked at before.
        let own: BTreeSet<usize> = self
            .leaves
            .comparisons
            .iter()
            .flat_map(|(left, right)| left.iter().chain(right))
            .map(|token| self.leaf(self.byte(*token)))
            .collect();
        let all: BTreeSet<usize> = theirs
            .comparisons
            .iter()
            .flat_map(|(left, right)| left.iter().chain(right))
            .map(|at| self.leaf(*at))
            .collect();
        let nameless: BTreeSet<usize> = theirs
            .constants
            .iter()
            .filter(|(at, text)| !self.must_be_read(self.leaf(*at), text))
            .map(|(at, _)| self.leaf(*at))
            .collect();
        let places = |side: &[usize]| -> Vec<usize> {
            let mut places: Vec<usize> = side
                .iter()
                .map(|at| self.leaf(*at))
                .filter(|at| !nameless.contains(at))
                .filter(|at| all.contains(at) || own.contains(at))
                .collect();
            places.sort_unstable();
            places
        };
        let bytes = |side: &[usize]| -> Vec<usize> {
            let bytes: Vec<usize> = side
                .iter()
                .map(|token| self.byte(*token))
                .filter(|at| !self.is_precision(*at))
                .collect();
            places(&bytes)
        };
        let known: BTreeSet<(Vec<usize>, Vec<usize>)> = theirs
            .comparisons
            .iter()
            .map(|(left, right)| (places(left), places(right)))
            .collect();
        self.leaves
            .comparisons
            .iter()
            .map(|(left, right)| (bytes(left), bytes(right)))
            .find(|pair| !known.contains(pair))
            .map(|pair| format!("a comparison of {pair:?}: there {known:?}"))
    }

    /// The place of a leaf behind its signs: of `- 3` the grammar gives the sign's place, of `+ 3` the number's.
    fn leaf(&self, at: usize) -> usize {
        self.tokens
            .iter()
            .skip_while(|token| token.start < at)
            .find(|token| !is_sign(token))
            .map_or(at, |token| token.start)
    }

    /// A constant at the place behind its signs; of several signs each reader may take another for the number's.
    fn settled(&self, at: usize, value: &str) -> (usize, String) {
        let place = self.leaf(at);
        let signs = self
            .tokens
            .iter()
            .rev()
            .skip_while(|token| token.start >= place)
            .take_while(|token| is_sign(token))
            .count();
        let value = value.trim_start_matches('+');
        let value = if signs > 1 {
            value.trim_start_matches('-')
        } else {
            value
        };
        (place, value.to_owned())
    }

    /// Not the words that the grammar makes constants of: the fields of EXTRACT, LIMIT ALL, and bit strings, which
    /// are nothing that could be sealed.
    fn must_be_read(&self, at: usize, text: &str) -> bool {
        let all = text == "null" && self.text[at..].to_ascii_lowercase().starts_with("all");
        !text.starts_with("bits ") && !all && (!text.starts_with('\'') || self.is_constant(at))
    }

    /// Whether the number at the byte is that of `current_time(3)` and its kin.
    fn is_precision(&self, at: usize) -> bool {
        let index = self
            .tokens
            .iter()
            .position(|token| token.start == at)
            .unwrap_or(0);
        index > 1
            && [
                "current_time",
                "current_timestamp",
                "localtime",
                "localtimestamp",
            ]
            .iter()
            .any(|word| self.tokens[index - 2].is_word(word))
    }

    /// Whether a string constant stands at the byte.
    fn is_constant(&self, at: usize) -> bool {
        self.tokens.iter().any(|token| {
            token.start == at
                && matches!(
                    token.kind,
                    TokenKind::Text(_) | TokenKind::Escaped(_) | TokenKind::Dollar(_)
                )
        })
    }

    /// Whether what stands at the byte is a syntax that the grammar makes a call of.
    fn is_syntax(&self, at: usize, name: &str) -> bool {
        let rest = self.text[at..].to_ascii_lowercase();
        if name.starts_with("pg_catalog.") && !rest.starts_with("pg_catalog") {
            return true;
        }
        [
            "unnest",
            "xml",
            "normalize",
            "overlay",
            "position",
            "substr",
            "ceil",
            "floor",
            "trim",
            "extract",
            "collation",
            "system_user",
        ]
        .iter()
        .any(|word| rest.starts_with(word))
    }
}

/// A sign, or a parenthesis between it and its number.
fn is_sign(token: &Token) -> bool {
    token.is_operator("-") || token.is_operator("+") || token.is_mark('(')
}

fn value(kind: &ConstantKind) -> String {
    match kind {
        ConstantKind::Text(text) => format!("'{text}"),
        ConstantKind::Integer(digits) => digits
            .parse::<i32>()
            .map_or_else(|_| digits.clone(), |number| number.to_string()),
        ConstantKind::Decimal(digits) => digits.clone(),
        ConstantKind::Boolean(yes) => yes.to_string(),
        ConstantKind::Null => "null".to_owned(),
    }
}
