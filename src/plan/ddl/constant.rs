//! DEFAULT of a sealed column: a constant, which the proxy writes itself from then on.

use super::Definition;
use crate::catalog::quote_literal;
use crate::fault::{Fault, Refusal};
use crate::sql::TokenKind;
use crate::value::{Canonical, DeclaredType, Kind, Settings};

/// A constant default.
pub(super) struct Constant {
    /// In text form, as the server shows it under its own settings.
    pub(super) text: String,
    /// As SQL.
    pub(super) sql: String,
    pub(super) value: Canonical,
}

const HINT: &str =
    "A sealed column takes a constant as its DEFAULT; let the application give any other value.";

impl Definition<'_> {
    /// Reads the expression between the tokens; `None`: NULL, which is no default at all.
    pub(super) fn constant(
        &self,
        first: usize,
        end: usize,
        declared: &DeclaredType,
    ) -> Result<Option<Constant>, Refusal> {
        let refuse = || {
            self.unsealable(
                "a DEFAULT of a sealed column that is no plain constant",
                HINT,
                first,
            )
        };
        let (mut from, mut to) = (first, end);
        let mark = |at: usize, mark| self.own.get(at).is_some_and(|token| token.is_mark(mark));
        // `(constant)`, `constant::type`
        if let Some(cast) = (from..to).find(|at| {
            self.own
                .get(*at)
                .is_some_and(|token| token.is_operator("::"))
        }) {
            let given = self.type_text(cast + 1, to);
            let cast_to = self
                .world
                .snapshot
                .declared_named(&given)
                .ok_or_else(refuse)?;
            let widens = cast_to.typmod == -1 || cast_to == *declared;
            if cast_to.family() != declared.family() || !widens {
                return Err(refuse());
            }
            to = cast;
        }
        while mark(from, '(') && to > from && mark(to - 1, ')') {
            (from, to) = (from + 1, to - 1);
        }
        let negative = self
            .own
            .get(from)
            .is_some_and(|token| token.is_operator("-"));
        from += usize::from(negative);
        let token = self
            .own
            .get(from)
            .filter(|_| to == from + 1)
            .ok_or_else(refuse)?;
        let given = match &token.kind {
            TokenKind::Text(text) | TokenKind::Escaped(text) | TokenKind::Dollar(text)
                if !negative =>
            {
                text.clone()
            }
            TokenKind::Number(number) if negative => format!("-{number}"),
            TokenKind::Number(number) => number.clone(),
            TokenKind::Word(word) if word == "null" && !negative => return Ok(None),
            TokenKind::Word(word) if matches!(word.as_str(), "true" | "false") && !negative => {
                word.clone()
            }
            TokenKind::Text(_)
            | TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Word(_)
            | TokenKind::Quoted(_)
            | TokenKind::Bits
            | TokenKind::Placeholder(_)
            | TokenKind::Operator(_)
            | TokenKind::Mark(_) => return Err(refuse()),
        };
        let bad = |error: crate::value::ValueError| {
            let fault = match error.sqlstate {
                "0A000" => Fault::ServerDependentValue,
                _ => Fault::BadValue,
            };
            let message = format!("the DEFAULT is not valid for its column: {}", error.message);
            self.refusal(fault, message, from)
                .with_sqlstate(error.sqlstate)
        };
        let settings = &self.request.environment.settings;
        let value = declared
            .from_text(given.as_bytes(), settings)
            .map_err(bad)?;
        let mut text = Vec::new();
        declared
            .to_text(&value, &Settings::default(), &mut text)
            .map_err(bad)?;
        let text = String::from_utf8(text).map_err(|_| refuse())?;
        // What the server shows follows what was written: `0` and `'0'` are two defaults to it.
        let sql = match (&token.kind, &declared.kind) {
            (TokenKind::Number(_) | TokenKind::Word(_), _) => given,
            (_, Kind::Numeric { .. } | Kind::Char { .. }) => default_sql(&given, declared),
            (_, _) => default_sql(&text, declared),
        };
        Ok(Some(Constant { text, sql, value }))
    }

    /// A type's name, its words one blank apart.
    pub(super) fn type_text(&self, first: usize, end: usize) -> String {
        let mut name = String::new();
        for at in first..end {
            let Some(token) = self.own.get(at) else { break };
            let own = self.request.text.get(token.start..token.end).unwrap_or("");
            let joins = name.is_empty()
                || name.ends_with(['(', '.', ',', '['])
                || matches!(token.kind, TokenKind::Mark(_));
            if !joins {
                name.push(' ');
            }
            name.push_str(own);
        }
        name.strip_prefix("pg_catalog.")
            .map_or(name.clone(), str::to_owned)
    }
}

/// A default's text as the server prints the expression: with the type, without its modifier.
pub(super) fn default_sql(text: &str, declared: &DeclaredType) -> String {
    let name = declared.name();
    let plain = match (name.split_once('('), name.split_once(')')) {
        // `character` by itself is `character(1)`.
        (Some(("character", _)), Some((_, after))) => format!("bpchar{after}"),
        (Some((before, _)), Some((_, after))) => format!("{before}{after}"),
        (None | Some(_), _) => name,
    };
    format!("{}::{plain}", quote_literal(text).trim_start())
}
