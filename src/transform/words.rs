//! The server's own words, its errors and notices: the values in them as the client may see them.
//!
//! A value that the role sees is shown exactly as the server would show it on the plain column. What the role does not
//! see is left out with the whole of what says it: a DETAIL with a hole in it still tells that a value is there.

use bytes::Bytes;

use super::bytea;
use super::keyed::Keyed;
use crate::catalog::{Relation, Snapshot};
use crate::keys::Keyring;
use crate::policy::{Protected, ProtectedTable, Protection, Rights, Sight, Storage};
use crate::value::Settings;

/// The fields of a report that may quote a value. `None`: it has none, or it is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// `M`.
    pub message: Option<Vec<u8>>,
    /// `D`.
    pub detail: Option<Vec<u8>>,
    /// `H`.
    pub hint: Option<Vec<u8>>,
    /// `W`.
    pub context: Option<Vec<u8>>,
    /// `q`.
    pub query: Option<Vec<u8>>,
}

/// What a report is about, by its own fields.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    /// `C`.
    pub sqlstate: &'a [u8],
    /// `s`.
    pub schema: &'a str,
    /// `t`.
    pub table: &'a str,
    /// `n`.
    pub constraint: &'a str,
    /// `d`.
    pub data_type: &'a str,
    /// `F`: the server's source file.
    pub file: &'a [u8],
}

/// Everything that decides what may be told.
pub struct Words<'a> {
    /// The catalog.
    pub snapshot: &'a Snapshot,
    /// The rules bound to it.
    pub protection: &'a Protection,
    /// What the principal may do.
    pub rights: &'a Rights,
    /// The keys.
    pub keyring: &'a Keyring,
    /// The session's formats.
    pub settings: &'a Settings,
    /// What was sent with the statement, its values sealed: the server cuts long values off.
    pub sent: &'a [Bytes],
}

/// Values longer than this are cut off in the description of a row (`maxfieldlen` in `execMain.c`).
const CUT: usize = 64;

/// What stands in a message for a value that is not shown.
const VEIL: &[u8] = b"(sealed)";

/// Raised by a statement of PL/pgSQL: all of the text is the routine's.
const RAISED: &[u8] = b"pl_exec.c";

impl Words<'_> {
    /// What may be told of a report on something protected.
    pub fn told(&self, said: Said, about: &About<'_>) -> Said {
        let sees_all = self.sees(|_| true);
        // A routine reads the plaintext of a column that is masked only, and may say it.
        let trusted = said.context.is_none()
            || (about.sqlstate.starts_with(b"23") && about.file != RAISED)
            || self.sees(|column| column.storage == Storage::MaskedOnly);
        let told = if trusted {
            Said {
                message: said.message.map(|text| self.veiled(text)),
                hint: said.hint.and_then(|text| self.shown(text, &[], false)),
                ..Said::default()
            }
        } else {
            Said {
                message: said.message.map(|_| UNTOLD.as_bytes().to_vec()),
                ..Said::default()
            }
        };
        let hint = if about.schema == "sealwire" && about.data_type == "sealed" {
            Some(NOT_SEALED.as_bytes().to_vec())
        } else {
            told.hint
        };
        let kept = |text: Option<Vec<u8>>| {
            text.filter(|_| sees_all)
                .and_then(|text| self.shown(text, &[], false))
        };
        Said {
            message: told.message,
            hint,
            detail: said.detail.and_then(|text| self.detail(text, about)),
            context: kept(said.context),
            query: kept(said.query),
        }
    }

    /// Whether text may hold an envelope, in either `bytea_output`.
    pub fn suspects(text: &[u8]) -> bool {
        find(text, b"\\xfb").is_some() || find(text, b"\\373").is_some()
    }

    fn sees(&self, which: impl Fn(&Protected) -> bool) -> bool {
        let tables = self.enforced();
        tables
            .flat_map(|table| table.columns.values())
            .all(|column| !which(column) || self.reveals(column))
    }

    fn enforced(&self) -> impl Iterator<Item = &ProtectedTable> {
        let tables = self.protection.tables.values();
        tables.map(AsRef::as_ref).filter(|table| !table.observe)
    }

    fn reveals(&self, column: &Protected) -> bool {
        self.rights
            .tables
            .get(&column.table)
            .and_then(|table| table.columns.get(&column.attnum))
            .is_some_and(|column| column.sight == Sight::Reveal)
    }

    /// The relations that a report may speak of: the one that it names, and what its foreign key refers to.
    fn spoken_of(&self, about: &About<'_>) -> Vec<&Relation> {
        let Some(relation) = self.snapshot.relation(about.schema, about.table) else {
            return Vec::new();
        };
        let keys = self.snapshot.foreign_keys.iter();
        let referred = keys
            .filter(|key| key.from.0 == relation.oid && key.name == about.constraint)
            .filter_map(|key| self.snapshot.relations.get(&key.to.0));
        std::iter::once(relation)
            .chain(referred)
            .map(AsRef::as_ref)
            .collect()
    }

    fn detail(&self, text: Vec<u8>, about: &About<'_>) -> Option<Vec<u8>> {
        let relations = self.spoken_of(about);
        let columns: Vec<&Protected> = relations
            .iter()
            .filter_map(|relation| self.protection.tables.get(&relation.oid))
            .filter(|table| !table.observe)
            .flat_map(|table| table.columns.values())
            .map(AsRef::as_ref)
            .collect();
        let keyed = about
            .sqlstate
            .starts_with(b"23")
            .then(|| Keyed::read(&text))
            .flatten();
        match keyed.filter(|_| !relations.is_empty()) {
            Some(keyed) => {
                let meant = keyed.columns(&columns);
                if !meant.iter().all(|column| self.reveals(column)) {
                    return None;
                }
                let text = if keyed.is_tagged() {
                    let was = self
                        .snapshot
                        .case_indexes
                        .get(&(about.schema.to_owned(), about.constraint.to_owned()));
                    keyed.untagged(&text, &meant, was?, |column, tag| self.tagged(column, tag))?
                } else {
                    text
                };
                self.shown(text, &meant, false)
            }
            // A whole row, or whatever else: who sees a mask anywhere in the table, or where no table is named, does
            // not get it.
            None => {
                let all = if relations.is_empty() {
                    self.sees(|_| true)
                } else {
                    columns.iter().all(|column| self.reveals(column))
                };
                let row = matches!(about.sqlstate, b"23502" | b"23514");
                if all {
                    self.shown(text, &columns, row)
                } else {
                    None
                }
            }
        }
    }

    /// The value among those sent whose case-insensitive tag it is.
    fn tagged(&self, column: &Protected, tag: &[u8]) -> Option<Vec<u8>> {
        let Storage::Sealed(spec) = &column.storage else {
            return None;
        };
        let cipher = self.keyring.cipher(spec).ok()?;
        for sent in self.sent {
            for envelope in envelopes(sent) {
                let Ok(value) = cipher.open(&envelope) else {
                    continue;
                };
                let form = spec.ci?.stored(value.expose_plaintext()).ok()?;
                if cipher.tag(&form).is_ok_and(|own| own == tag) {
                    let mut text = Vec::new();
                    column
                        .declared
                        .to_text(&value, self.settings, &mut text)
                        .ok()?;
                    return Some(text);
                }
            }
        }
        None
    }

    /// A text with its envelopes opened; `None` where one cannot be, or is not the principal's to see.
    fn shown(&self, text: Vec<u8>, columns: &[&Protected], cut: bool) -> Option<Vec<u8>> {
        self.replaced(text, |envelope| self.opened(envelope, columns, cut))
    }

    /// A text with its envelopes opened, or veiled.
    fn veiled(&self, text: Vec<u8>) -> Vec<u8> {
        if find(&text, b"\\373").is_some() {
            return UNTOLD.as_bytes().to_vec();
        }
        let veil = |found: Found<'_>| {
            Some(
                self.opened(found, &[], false)
                    .unwrap_or_else(|| VEIL.to_vec()),
            )
        };
        self.replaced(text, veil)
            .unwrap_or_else(|| UNTOLD.as_bytes().to_vec())
    }

    fn replaced(
        &self,
        text: Vec<u8>,
        with: impl Fn(Found<'_>) -> Option<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        if !Self::suspects(&text) {
            return Some(text);
        }
        // Written by `bytea_output = escape`: where it ends is not certain.
        if find(&text, b"\\373").is_some() {
            return None;
        }
        let mut out = Vec::with_capacity(text.len());
        let mut rest = text.as_slice();
        while let Some(at) = find(rest, b"\\xfb") {
            let (before, from) = rest.split_at(at);
            // Inside an array its text would have to be quoted.
            if before.ends_with(b"\\") {
                return None;
            }
            out.extend_from_slice(before);
            let digits = from
                .get(2..)?
                .iter()
                .take_while(|byte| byte.is_ascii_hexdigit())
                .count();
            let (hex, after) = from.split_at_checked(2 + digits)?;
            let cut_off = hex.len() == CUT && after.starts_with(b"...");
            out.extend(with(Found { hex, cut_off })?);
            rest = if cut_off { after.get(3..)? } else { after };
        }
        out.extend_from_slice(rest);
        Some(out)
    }

    fn opened(&self, found: Found<'_>, columns: &[&Protected], cut: bool) -> Option<Vec<u8>> {
        let mut envelope = Vec::new();
        bytea::decode(found.hex, &mut envelope)?;
        if found.cut_off {
            envelope = self.whole(&envelope)?;
        }
        let domain = crate::seal::header(&envelope).ok()?.domain;
        let of_domain = |column: &&Protected| matches!(&column.storage, Storage::Sealed(spec) if spec.domain == domain);
        let mut holders: Vec<&Protected> = columns.iter().copied().filter(of_domain).collect();
        if holders.is_empty() {
            let all = self.enforced().flat_map(|table| table.columns.values());
            holders = all.map(AsRef::as_ref).filter(of_domain).collect();
        }
        if !holders.iter().all(|column| self.reveals(column)) {
            return None;
        }
        let column = holders.first()?;
        let Storage::Sealed(spec) = &column.storage else {
            return None;
        };
        let value = self.keyring.cipher(spec).ok()?.open(&envelope).ok()?;
        let mut text = Vec::new();
        column
            .declared
            .to_text(&value, self.settings, &mut text)
            .ok()?;
        Some(if cut { cut_off(text) } else { text })
    }

    /// The one envelope that was sent and begins so.
    fn whole(&self, start: &[u8]) -> Option<Vec<u8>> {
        let mut found: Option<Vec<u8>> = None;
        for sent in self.sent {
            for envelope in envelopes(sent).filter(|envelope| envelope.starts_with(start)) {
                match &found {
                    Some(other) if *other != envelope => return None,
                    Some(_) | None => found = Some(envelope),
                }
            }
        }
        found
    }
}

/// An envelope in a text.
struct Found<'a> {
    /// `\x…`.
    hex: &'a [u8],
    /// The server has cut it off.
    cut_off: bool,
}

const UNTOLD: &str =
    "an error in the server whose words may hold protected values, which this role does not see";

const NOT_SEALED: &str = "The column is sealed, and the value reached the server without passing through Sealwire's \
                          hands: from an expression, a trigger, a default or a routine in the server.";

/// The envelopes in what was sent: a parameter in binary, or a text with constants.
fn envelopes(sent: &Bytes) -> impl Iterator<Item = Vec<u8>> {
    let binary = (sent.first() == Some(&crate::seal::FIRST_BYTE)).then(|| sent.to_vec());
    let mut rest: &[u8] = if binary.is_some() { &[] } else { sent };
    let in_text = std::iter::from_fn(move || {
        let at = find(rest, b"\\xfb")?;
        let from = rest.get(at..)?;
        let digits = from.get(2..)?.iter();
        let digits = digits.take_while(|byte| byte.is_ascii_hexdigit()).count();
        let (hex, after) = from.split_at_checked(2 + digits)?;
        rest = after;
        let mut envelope = Vec::new();
        bytea::decode(hex, &mut envelope)?;
        Some(envelope)
    });
    binary.into_iter().chain(in_text)
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// As the server cuts a value off: whole characters, and three points.
fn cut_off(mut text: Vec<u8>) -> Vec<u8> {
    if text.len() > CUT {
        let mut end = CUT;
        while text.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
            end -= 1;
        }
        text.truncate(end);
        text.extend_from_slice(b"...");
    }
    text
}
