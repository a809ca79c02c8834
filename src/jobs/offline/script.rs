//! A plain dump as a stream of its pieces: asides, statements, rows of COPY data. No more than one of them is in memory.
//!
//! A statement ends where psql would end it (`psqlscan.l`): quotes, dollar quotes, comments, parentheses, and the body of a function
//! in standard SQL are stepped over.

use std::io::{BufRead, Error, ErrorKind, Result};

use zeroize::Zeroizing;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// A comment or an empty line between statements, or a command of psql.
    Aside,
    /// A statement with its semicolon, and what follows it on its line.
    Statement,
    /// A line of COPY data.
    Row,
    /// The line that ends it.
    End,
}

/// A script that is read.
pub(super) struct Script<R> {
    input: R,
    /// The piece at hand, line ends included.
    piece: Zeroizing<Vec<u8>>,
    /// The line in which it begins, from 1.
    line: u64,
    /// Lines read so far.
    read: u64,
    data: bool,
}

/// As long as PostgreSQL takes a statement or a row.
const LONGEST: usize = 0x3fff_ffff;

impl<R: BufRead> Script<R> {
    pub(super) fn new(input: R) -> Self {
        Script {
            input,
            piece: Zeroizing::default(),
            line: 0,
            read: 0,
            data: false,
        }
    }

    /// The piece that [`Script::next`] told of.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.piece
    }

    /// The line of the dump in which it begins.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece>> {
        self.piece.clear();
        self.line = self.read + 1;
        if !self.more()? {
            return match self.data {
                true => Err(cut_off("COPY data")),
                false => Ok(None),
            };
        }
        if self.data {
            let end = self.piece.as_slice() == b"\\.\n" || self.piece.as_slice() == b"\\.\r\n";
            self.data = !end;
            return Ok(Some(if end { Piece::End } else { Piece::Row }));
        }
        let text = self.piece.trim_ascii_start();
        if text.is_empty() || text.starts_with(b"--") || text.starts_with(b"\\") {
            return Ok(Some(Piece::Aside));
        }
        let mut scan = Scan::default();
        let mut from = 0;
        loop {
            scan.over(self.piece.get(from..).unwrap_or_default());
            if scan.ended {
                break;
            }
            from = self.piece.len();
            if !self.more()? {
                return Err(cut_off("a statement"));
            }
        }
        self.data = is_copy(&self.piece);
        Ok(Some(Piece::Statement))
    }

    /// Adds a line; `false` where there is none.
    fn more(&mut self) -> Result<bool> {
        let before = self.piece.len();
        self.input.read_until(b'\n', &mut self.piece)?;
        if self.piece.len() > LONGEST {
            return Err(Error::new(
                ErrorKind::InvalidData,
                format!("line {}: longer than PostgreSQL takes it", self.line),
            ));
        }
        let there = self.piece.len() > before;
        self.read += u64::from(there);
        Ok(there)
    }
}

fn cut_off(what: &str) -> Error {
    Error::new(
        ErrorKind::UnexpectedEof,
        format!("the dump breaks off inside {what}"),
    )
}

/// Whether rows follow.
fn is_copy(statement: &[u8]) -> bool {
    let statement = statement.trim_ascii();
    statement.starts_with(b"COPY ") && statement.ends_with(b" FROM stdin;")
}

/// Where in a statement the reader is.
#[derive(Default)]
struct Scan {
    inside: Inside,
    parentheses: u32,
    /// First words, to know a function's definition by.
    words: Vec<String>,
    word: String,
    /// Open BEGIN and CASE of a function's body in standard SQL.
    blocks: u32,
    /// The string at hand is `E'…'`.
    last_escapes: bool,
    ended: bool,
}

#[derive(Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    /// `'…'`; with backslashes where it is `E'…'`.
    Text {
        escapes: bool,
        escaped: bool,
    },
    Name,
    Line,
    Block(u32),
    /// `$tag$…$tag$`: the tag with its dollars.
    Dollar(Vec<u8>),
}

impl Scan {
    /// Steps over a line.
    fn over(&mut self, line: &[u8]) {
        let mut rest = line;
        while let Some((&byte, after)) = rest.split_first() {
            rest = self.step(byte, after);
        }
        // A line comment ends with its line, a word too.
        self.end_word();
        if self.inside == Inside::Line {
            self.inside = Inside::Nothing;
        }
    }

    fn step<'a>(&mut self, byte: u8, after: &'a [u8]) -> &'a [u8] {
        let next = after.first().copied().unwrap_or(0);
        let behind = after.get(1..).unwrap_or_default();
        match &mut self.inside {
            Inside::Text { escapes, escaped } => {
                if *escaped {
                    *escaped = false;
                } else if *escapes && byte == b'\\' {
                    *escaped = true;
                } else if byte == b'\'' {
                    // A doubled quote opens it again at once.
                    self.inside = Inside::Nothing;
                    if next == b'\'' {
                        let escapes = self.last_escapes;
                        self.inside = Inside::Text {
                            escapes,
                            escaped: false,
                        };
                        return behind;
                    }
                }
            }
            Inside::Name => {
                if byte == b'"' {
                    self.inside = Inside::Nothing;
                }
            }
            Inside::Line => {}
            Inside::Block(depth) => match (byte, next) {
                (b'*', b'/') => {
                    *depth -= 1;
                    if *depth == 0 {
                        self.inside = Inside::Nothing;
                    }
                    return behind;
                }
                (b'/', b'*') => {
                    *depth += 1;
                    return behind;
                }
                _ => {}
            },
            Inside::Dollar(tag) => {
                if byte == b'$'
                    && let Some(rest) = after.strip_prefix(tag.get(1..).unwrap_or_default())
                {
                    self.inside = Inside::Nothing;
                    return rest;
                }
            }
            Inside::Nothing => return self.outside(byte, after, next, behind),
        }
        after
    }

    fn outside<'a>(&mut self, byte: u8, after: &'a [u8], next: u8, behind: &'a [u8]) -> &'a [u8] {
        if is_word(byte) {
            self.word.push(char::from(byte.to_ascii_lowercase()));
            return after;
        }
        if byte == b'$' {
            if !self.word.is_empty() {
                self.word.push('$');
                return after;
            }
            let length = after.iter().position(|byte| !is_word(*byte));
            if let Some(length) = length
                && after.get(length) == Some(&b'$')
                && !next.is_ascii_digit()
            {
                let mut tag = vec![b'$'];
                tag.extend_from_slice(after.get(..=length).unwrap_or_default());
                self.inside = Inside::Dollar(tag);
                return after.get(length + 1..).unwrap_or_default();
            }
            return after;
        }
        let escapes = self.word == "e";
        self.end_word();
        match (byte, next) {
            (b'\'', _) => {
                self.last_escapes = escapes;
                self.inside = Inside::Text {
                    escapes,
                    escaped: false,
                };
            }
            (b'"', _) => self.inside = Inside::Name,
            (b'-', b'-') => self.inside = Inside::Line,
            (b'/', b'*') => {
                self.inside = Inside::Block(1);
                return behind;
            }
            (b'(', _) => self.parentheses += 1,
            (b')', _) => self.parentheses = self.parentheses.saturating_sub(1),
            (b';', _) => self.ended |= self.parentheses == 0 && self.blocks == 0,
            _ => {}
        }
        after
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        if self.parentheses == 0 && self.makes_routine() {
            match word.as_str() {
                "begin" => self.blocks += 1,
                "case" if self.blocks > 0 => self.blocks += 1,
                "end" => self.blocks = self.blocks.saturating_sub(1),
                _ => {}
            }
        }
        if self.words.len() < 4 {
            self.words.push(word);
        }
    }

    /// `CREATE [OR REPLACE] FUNCTION | PROCEDURE`.
    fn makes_routine(&self) -> bool {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        matches!(
            words.as_slice(),
            ["create", "function" | "procedure", ..]
                | ["create", "or", "replace", "function" | "procedure", ..]
        )
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;

    fn pieces(text: &str) -> Vec<(Piece, String)> {
        let mut script = Script::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(piece) = script.next().unwrap() {
            found.push((piece, String::from_utf8_lossy(script.bytes()).into_owned()));
        }
        found
    }

    #[test]
    fn statements_end_where_psql_ends_them() {
        for statement in [
            "SELECT ';', E'\\';', \"a;b\", 'it''s;' -- ; \n /* ; /* ; */ ; */ + 1;\n",
            "CREATE FUNCTION f() RETURNS text AS $_$ BEGIN; $a$;$a$ END; $_$ LANGUAGE plpgsql;\n",
            "CREATE FUNCTION f(a int) RETURNS int\n BEGIN ATOMIC\n SELECT CASE WHEN a > 1 THEN 2 END;\n SELECT 1;\nEND;\n",
            "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT 1; END;\n",
            "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);\n",
            "CREATE VIEW begin AS SELECT 1;\n",
            "SELECT $1a, a$b$c;\n",
            "SELECT 'a\nb;\nc', E'x\\\\';\n",
        ] {
            let text = format!("{statement}-- aside\nSELECT 1;\n");
            assert_eq!(
                pieces(&text),
                [
                    (Piece::Statement, statement.to_owned()),
                    (Piece::Aside, "-- aside\n".to_owned()),
                    (Piece::Statement, "SELECT 1;\n".to_owned())
                ],
                "{statement}"
            );
        }
    }

    #[test]
    fn rows_are_rows_whatever_they_look_like() {
        let found =
            pieces("COPY a.b (c) FROM stdin;\nCOPY x FROM stdin;\n--\n\\N\n\n\\.\n\\restrict x\n");
        let kinds: Vec<Piece> = found.iter().map(|(piece, _)| *piece).collect();
        assert_eq!(
            kinds,
            [
                Piece::Statement,
                Piece::Row,
                Piece::Row,
                Piece::Row,
                Piece::Row,
                Piece::End,
                Piece::Aside
            ]
        );
        for cut in ["COPY a.b (c) FROM stdin;\nx\n", "SELECT '\n", "SELECT 1\n"] {
            let mut script = Script::new(cut.as_bytes());
            let error = loop {
                match script.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => panic!("{cut}"),
                    Err(error) => break error,
                }
            };
            assert!(error.to_string().contains("breaks off"), "{error}");
        }
    }
}
