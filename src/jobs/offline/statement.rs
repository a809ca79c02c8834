//! What matters of a dump's statements, read from their tokens: tables, types, rows of INSERT, and whether schema `sealwire` is in them.

use std::ops::Range;

use crate::sql::{Token, TokenKind, lex};

/// Schema and name.
pub(super) type Qualified = (String, String);

/// A statement, as far as it matters here.
#[derive(Debug)]
pub(super) enum Statement {
    /// COPY: the table and its columns; rows follow.
    Copy(Qualified, Vec<String>),
    /// INSERT: the table, the columns where they are named, the rows.
    Insert(Qualified, Option<Vec<String>>, Vec<Vec<Value>>),
    /// CREATE TABLE.
    Table(Qualified, Vec<Column>),
    /// ALTER TABLE … ATTACH PARTITION: the parent, the partition.
    Attach(Qualified, Qualified),
    /// CREATE TYPE … AS ENUM.
    Enum(Qualified),
    /// CREATE EXTENSION citext, and its schema.
    Citext(String),
    /// SET of this to that.
    Set(String, String),
    /// Anything else.
    Other,
}

/// A column of CREATE TABLE.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    /// Where `sealwire.sealed` stands, where that is its type.
    pub(super) sealed: Option<Range<usize>>,
    /// It has a DEFAULT.
    pub(super) default: bool,
}

/// A value of INSERT.
#[derive(Debug)]
pub(super) struct Value {
    /// Where it stands.
    pub(super) place: Range<usize>,
    pub(super) what: What,
}

impl Value {
    /// As it stands in the statement.
    pub(super) fn text<'t>(&self, statement: &'t str) -> &'t str {
        statement.get(self.place.clone()).unwrap_or_default()
    }
}

/// What a value of INSERT is.
pub(super) enum What {
    Null,
    /// A string.
    Text(String),
    /// A number, or another word.
    Bare,
}

impl std::fmt::Debug for What {
    // A text may be a plaintext.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            What::Null => "Null",
            What::Text(_) => "Text(…)",
            What::Bare => "Bare",
        })
    }
}

/// Our schema.
pub(super) const OWN: &str = "sealwire";
const SEALED: &str = "sealed";

/// Reads a statement; `None` where its tokens cannot be told apart.
pub(super) fn read(text: &str) -> Option<Statement> {
    // Most of a dump is none of these, and function bodies may be long.
    let first = text.split_ascii_whitespace().next().unwrap_or_default();
    if !["COPY", "INSERT", "CREATE", "ALTER", "SET"].contains(&first) {
        return Some(Statement::Other);
    }
    let tokens = lex(text).ok()?;
    let mut reader = Reader {
        tokens: &tokens,
        at: 0,
    };
    Some(reader.statement(text).unwrap_or(Statement::Other))
}

/// How schema `sealwire` is in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mention {
    /// Not at all.
    No,
    /// It is about the schema or what lies in it.
    Own,
    /// Something else of the database hangs on it.
    Foreign,
}

/// Whether schema `sealwire` is mentioned, and beside what.
pub(super) fn mention(text: &str) -> Mention {
    if !text.contains(OWN) {
        return Mention::No;
    }
    let Ok(tokens) = lex(text) else {
        // What cannot be told apart is told of.
        return Mention::Foreign;
    };
    let (mut own, mut others) = (false, false);
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1).map(|token| &token.kind);
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let qualifies = next == Some(&TokenKind::Mark('.'));
        match name(token) {
            Some(OWN) => {
                let schema = before.and_then(name) == Some("schema");
                own |= qualifies || schema;
            }
            Some("pg_catalog") | None => {}
            Some(_) => {
                let behind = before.is_some_and(|token| token.kind == TokenKind::Mark('.'));
                others |= qualifies && !behind;
            }
        }
    }
    // `SELECT pg_catalog.setval('sealwire.domain_ids', 5, true)`
    let sequence = matches!(
        tokens.iter().find_map(|token| match &token.kind {
            TokenKind::Text(text) => Some(text.as_str()),
            _ => None,
        }),
        Some(text) if text.starts_with("sealwire.") && text_is_setval(&tokens)
    );
    match (own || sequence, others) {
        (false, _) => Mention::No,
        (true, false) => Mention::Own,
        (true, true) => Mention::Foreign,
    }
}

fn text_is_setval(tokens: &[Token]) -> bool {
    let names: Vec<&str> = tokens.iter().filter_map(name).take(3).collect();
    names == ["select", "pg_catalog", "setval"]
}

fn name(token: &Token) -> Option<&str> {
    match &token.kind {
        TokenKind::Word(name) | TokenKind::Quoted(name) => Some(name),
        _ => None,
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<&'a Token> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    /// Takes these words where they come next.
    fn words(&mut self, words: &[&str]) -> bool {
        let there = words.iter().enumerate().all(|(ahead, word)| {
            self.tokens
                .get(self.at + ahead)
                .is_some_and(|token| token.kind == TokenKind::Word((*word).to_owned()))
        });
        self.at += if there { words.len() } else { 0 };
        there
    }

    fn mark(&mut self, mark: char) -> bool {
        let there = self
            .peek()
            .is_some_and(|token| token.kind == TokenKind::Mark(mark));
        self.at += usize::from(there);
        there
    }

    fn identifier(&mut self) -> Option<String> {
        let found = self.peek().and_then(name)?.to_owned();
        self.at += 1;
        Some(found)
    }

    fn qualified(&mut self) -> Option<Qualified> {
        let first = self.identifier()?;
        if !self.mark('.') {
            return Some(("public".to_owned(), first));
        }
        Some((first, self.identifier()?))
    }

    fn columns(&mut self) -> Option<Vec<String>> {
        let mut found = Vec::new();
        loop {
            found.push(self.identifier()?);
            if !self.mark(',') {
                return self.mark(')').then_some(found);
            }
        }
    }

    fn statement(&mut self, text: &str) -> Option<Statement> {
        if self.words(&["copy"]) {
            let table = self.qualified()?;
            let columns = match self.mark('(') {
                true => self.columns()?,
                false => Vec::new(),
            };
            return Some(Statement::Copy(table, columns));
        }
        if self.words(&["insert", "into"]) {
            return self.insert(text);
        }
        if self.words(&["set"]) {
            let name = self.identifier()?;
            self.next()?;
            return match &self.next()?.kind {
                TokenKind::Text(value) | TokenKind::Word(value) => {
                    Some(Statement::Set(name, value.clone()))
                }
                _ => None,
            };
        }
        if self.words(&["alter", "table"]) {
            let _ = self.words(&["only"]);
            let parent = self.qualified()?;
            return match self.words(&["attach", "partition"]) {
                true => Some(Statement::Attach(parent, self.qualified()?)),
                false => None,
            };
        }
        if !self.words(&["create"]) {
            return None;
        }
        if self.words(&["type"]) {
            let name = self.qualified()?;
            return self.words(&["as", "enum"]).then_some(Statement::Enum(name));
        }
        if self.words(&["extension"]) {
            let _ = self.words(&["if", "not", "exists"]);
            if !self.words(&["citext"]) || !self.words(&["with", "schema"]) {
                return None;
            }
            return Some(Statement::Citext(self.identifier()?));
        }
        let _ = self.words(&["unlogged"]);
        if !self.words(&["table"]) {
            return None;
        }
        let table = self.qualified()?;
        if !self.mark('(') {
            return None;
        }
        self.table(table)
    }

    fn table(&mut self, table: Qualified) -> Option<Statement> {
        let mut columns = Vec::new();
        loop {
            if self.mark(')') {
                return Some(Statement::Table(table, columns));
            }
            columns.extend(self.column());
            // To the next entry.
            let mut depth = 0_u32;
            loop {
                match &self.peek()?.kind {
                    TokenKind::Mark('(' | '[') => depth += 1,
                    TokenKind::Mark(')') if depth == 0 => break,
                    TokenKind::Mark(')' | ']') => depth = depth.saturating_sub(1),
                    TokenKind::Mark(',') if depth == 0 => {
                        self.at += 1;
                        break;
                    }
                    TokenKind::Word(word) if depth == 0 && word == "default" => {
                        if let Some(column) = columns.last_mut() {
                            column.default = true;
                        }
                    }
                    _ => {}
                }
                self.at += 1;
            }
        }
    }

    /// `None`: a constraint.
    fn column(&mut self) -> Option<Column> {
        const OTHERS: [&str; 7] = [
            "constraint",
            "check",
            "primary",
            "unique",
            "foreign",
            "exclude",
            "like",
        ];
        if let TokenKind::Word(word) = &self.peek()?.kind
            && OTHERS.contains(&word.as_str())
        {
            return None;
        }
        let name = self.identifier()?;
        let from = self.peek()?.start;
        let before = self.at;
        let sealed = self.qualified() == Some((OWN.to_owned(), SEALED.to_owned()));
        let end = self.tokens.get(self.at.checked_sub(1)?)?.end;
        if !sealed {
            self.at = before;
        }
        Some(Column {
            name,
            sealed: sealed.then_some(from..end),
            default: false,
        })
    }

    fn insert(&mut self, text: &str) -> Option<Statement> {
        let table = self.qualified()?;
        let columns = match self.mark('(') {
            true => Some(self.columns()?),
            false => None,
        };
        let _ = self.words(&["overriding", "system", "value"])
            || self.words(&["overriding", "user", "value"]);
        if !self.words(&["values"]) {
            return None;
        }
        let mut rows = Vec::new();
        loop {
            if !self.mark('(') {
                return None;
            }
            rows.push(self.row(text)?);
            if !self.mark(',') {
                return Some(Statement::Insert(table, columns, rows));
            }
        }
    }

    fn row(&mut self, text: &str) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        loop {
            let from = self.at;
            let mut depth = 0_u32;
            loop {
                match &self.peek()?.kind {
                    TokenKind::Mark('(' | '[') => depth += 1,
                    TokenKind::Mark(')') if depth == 0 => break,
                    TokenKind::Mark(')' | ']') => depth = depth.saturating_sub(1),
                    TokenKind::Mark(',') if depth == 0 => break,
                    _ => {}
                }
                self.at += 1;
            }
            let tokens = self.tokens.get(from..self.at)?;
            let place = tokens.first()?.start..tokens.last()?.end;
            let what = match tokens {
                [one] => match &one.kind {
                    TokenKind::Text(value) | TokenKind::Escaped(value) => What::Text(value.clone()),
                    TokenKind::Word(word) if word == "null" => What::Null,
                    _ => What::Bare,
                },
                _ => What::Bare,
            };
            text.get(place.clone())?;
            values.push(Value { place, what });
            if !self.mark(',') {
                return self.mark(')').then_some(values);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn tables_tell_their_sealed_columns() {
        let text = "CREATE TABLE public.people (\n    id integer NOT NULL,\n    \"E mail\" sealwire.sealed NOT NULL,\n    n numeric(10,2) DEFAULT 1,\n    CONSTRAINT c CHECK ((id > 0))\n)\nPARTITION BY RANGE (id);\n";
        let Some(Statement::Table(name, columns)) = read(text) else {
            panic!();
        };
        assert_eq!(name, ("public".to_owned(), "people".to_owned()));
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["id", "E mail", "n"]);
        let place = columns.get(1).unwrap().sealed.clone().unwrap();
        assert_eq!(text.get(place), Some("sealwire.sealed"));
        assert!(columns.get(2).unwrap().default && !columns.get(1).unwrap().default);
    }

    #[test]
    fn rows_of_an_insert_are_told_apart() {
        let text = "INSERT INTO public.t (a, b) OVERRIDING SYSTEM VALUE VALUES\n\t(-1, 'it''s, (so)'),\n\t(NULL, '\\xfb');\n";
        let Some(Statement::Insert(_, columns, rows)) = read(text) else {
            panic!();
        };
        assert_eq!(columns.unwrap(), ["a", "b"]);
        assert_eq!(rows.len(), 2);
        let place = rows.first().unwrap().get(1).unwrap().place.clone();
        assert_eq!(text.get(place), Some("'it''s, (so)'"));
        assert!(matches!(
            rows.get(1).unwrap().first().unwrap().what,
            What::Null
        ));
    }

    #[test]
    fn what_hangs_on_the_schema_is_told_from_what_is_its_own() {
        for (text, expected) in [
            ("CREATE SCHEMA sealwire;", Mention::Own),
            ("GRANT USAGE ON SCHEMA sealwire TO PUBLIC;", Mention::Own),
            (
                "SELECT pg_catalog.setval('sealwire.column_ids', 4, true);",
                Mention::Own,
            ),
            (
                "CREATE AGGREGATE sealwire.min(bytea) (SORTOP = OPERATOR(pg_catalog.<));",
                Mention::Own,
            ),
            (
                "CREATE INDEX i ON public.people USING btree (sealwire.ci(email));",
                Mention::Foreign,
            ),
            ("GRANT SELECT ON public.people TO sealwire;", Mention::No),
            (
                "COMMENT ON INDEX public.i IS 'sealwire.ci: constraint';",
                Mention::No,
            ),
            ("SELECT 1;", Mention::No),
        ] {
            assert_eq!(mention(text), expected, "{text}");
        }
    }
}
