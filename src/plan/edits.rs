//! Edits of the client's text, and the text that comes of them.

use std::sync::Arc;

use super::{Piece, Whose};
use crate::policy::Protected;
use crate::seal::SealSpec;
use crate::value::{Fragment, Place, Sought};

/// One replacement: bytes `start..end` of the client's text by the parts.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) parts: Vec<Part>,
}

/// What an edit writes.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Text(String),
    Sealed {
        column: Arc<Protected>,
        spec: SealSpec,
        value: Place,
        whose: Option<Arc<Whose>>,
    },
    SealedArray {
        column: Arc<Protected>,
        spec: SealSpec,
        values: Vec<Option<Place>>,
    },
    /// Tags of the values that fulfil a condition; one, where it is no array.
    Tags {
        column: Arc<Protected>,
        spec: SealSpec,
        forms: Vec<Option<Sought>>,
        array: bool,
    },
    /// Search tokens.
    Tokens {
        column: Arc<Protected>,
        spec: SealSpec,
        fragments: Vec<Fragment>,
    },
    /// One of the other pieces.
    Piece(Piece),
    /// The placeholder that the use of this index comes to.
    Use(usize),
}

/// Two edits that overlap: the plan is not certain and must refuse.
#[derive(Debug)]
pub(super) struct Overlap;

/// The pieces of `text[from..to]` under the edits, with the origins of the verbatim ones.
pub(super) fn apply(
    text: &str,
    from: usize,
    to: usize,
    mut edits: Vec<Edit>,
    number: impl Fn(usize) -> Option<usize>,
) -> Result<(Vec<Piece>, Vec<Option<usize>>), Overlap> {
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let mut written = Written {
        pieces: Vec::new(),
        origins: Vec::new(),
        counted: (0, 0),
        end: None,
    };
    let mut at = from;
    for edit in edits {
        if edit.start < at || edit.end < edit.start || edit.end > to {
            return Err(Overlap);
        }
        written.verbatim(text, at, edit.start)?;
        for part in edit.parts {
            match part {
                Part::Text(own) => written.push(Piece::Text(own), None),
                Part::Piece(piece) => written.push(piece, None),
                Part::Sealed {
                    column,
                    spec,
                    value,
                    whose,
                } => written.push(
                    Piece::Sealed {
                        column,
                        spec,
                        value,
                        whose,
                    },
                    None,
                ),
                Part::SealedArray {
                    column,
                    spec,
                    values,
                } => {
                    written.push(
                        Piece::SealedArray {
                            column,
                            spec,
                            values,
                        },
                        None,
                    );
                }
                Part::Tags {
                    column,
                    spec,
                    forms,
                    array,
                } => {
                    written.push(
                        Piece::Tags {
                            column,
                            spec,
                            forms,
                            array,
                        },
                        None,
                    );
                }
                Part::Tokens {
                    column,
                    spec,
                    fragments,
                } => written.push(
                    Piece::Tokens {
                        column,
                        spec,
                        fragments,
                    },
                    None,
                ),
                Part::Use(index) => {
                    let number = number(index).ok_or(Overlap)?;
                    written.push(Piece::Text(format!("${number}")), None);
                }
            }
        }
        at = edit.end;
    }
    written.verbatim(text, at, to)?;
    Ok((written.pieces, written.origins))
}

struct Written {
    pieces: Vec<Piece>,
    origins: Vec<Option<usize>>,
    /// A byte of the client's text and the characters before it: pieces come in order, so that each is counted once.
    counted: (usize, usize),
    /// Whether the last piece ends as a word does, and is the client's own text.
    end: Option<(bool, bool)>,
}

impl Written {
    fn push(&mut self, piece: Piece, origin: Option<usize>) {
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii();
        let (begins, ends) = match &piece {
            Piece::Text(text) => {
                let mut own = text.chars();
                let first = own.next();
                (
                    first.is_some_and(joins),
                    own.next_back().or(first).is_some_and(joins),
                )
            }
            // E'…'::pg_catalog.bytea and the like.
            _ => (true, true),
        };
        // `then'a'else` needs no blanks beside its quotes; what comes in their place does.
        if begins && self.end == Some((true, origin.is_none())) {
            self.pieces.push(Piece::Text(" ".to_owned()));
            self.origins.push(None);
        }
        self.end = Some((ends, origin.is_some()));
        self.pieces.push(piece);
        self.origins.push(origin);
    }

    fn verbatim(&mut self, text: &str, start: usize, end: usize) -> Result<(), Overlap> {
        if start < end {
            let own = text.get(start..end).ok_or(Overlap)?;
            let (byte, before) = self.counted;
            let origin = before + text.get(byte..start).ok_or(Overlap)?.chars().count();
            self.counted = (start, origin);
            self.push(Piece::Text(own.to_owned()), Some(origin));
        }
        Ok(())
    }
}

/// An identifier, quoted.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What replaces a refused statement: a call that fails in analysis with 42883, whatever the transaction's state
/// (FACTS 15). The reserved name cannot exist: schema `pg_catalog` takes no functions from users.
pub(super) const FAILING: &str = "SELECT pg_catalog.\"sealwire refused\"()";
