//! A Bind's values: sealed, kept or passed.

use std::sync::Arc;

use bytes::Bytes;
use zeroize::Zeroizing;

use super::columns::{known_format, one_each};
use super::constants::tag_of;
use super::{Counts, Treated, array, refuse};
use crate::fault::{Fault, Refusal};
use crate::keys::Keyring;
use crate::plan::{Condition, Exact, Keep, Plan, Seek, Treatment, Whose};
use crate::policy::Protected;
use crate::seal::{SealError, SealSpec, Subject};
use crate::value::{Canonical, DeclaredType, Kind, Place, Settings, ValueError};

const BINARY: i16 = 1;
const BYTEA: u32 = 17;
const INT8: u32 = 20;

/// The format codes and values to send upstream: one each for every upstream parameter, the appended ones at
/// the end. `formats` are Bind's codes as the client sent them.
///
/// # Errors
/// Where a value is not of its column's type, must not be written, or cannot be sealed.
pub fn parameters(
    plan: &Plan,
    formats: &[i16],
    values: &[Option<Bytes>],
    settings: &Settings,
    keyring: &Keyring,
    counts: &mut Counts,
) -> Result<(Vec<i16>, Vec<Option<Bytes>>), Refusal> {
    if values.len() != plan.parameters.len() {
        return Err(refuse::protocol(format!(
            "bind message supplies {} parameters, but the prepared statement requires {}",
            values.len(),
            plan.parameters.len()
        )));
    }
    let formats = one_each(formats, values.len()).ok_or_else(|| {
        refuse::protocol(format!(
            "bind message has {} parameter formats but {} parameters",
            formats.len(),
            values.len()
        ))
    })?;
    let mut bind = Binding {
        settings,
        keyring,
        given: (&formats, values),
        counts: Counts::default(),
        formats: Vec::with_capacity(values.len() + plan.appended.len()),
        values: Vec::with_capacity(values.len() + plan.appended.len()),
    };
    for ((parameter, &format), value) in plan.parameters.iter().zip(&formats).zip(values) {
        bind.put(&parameter.treatment, format, value)?;
    }
    for appended in &plan.appended {
        let (Some(&format), Some(value), Some(parameter)) = (
            formats.get(appended.source),
            values.get(appended.source),
            plan.parameters.get(appended.source),
        ) else {
            return Err(inconsistent());
        };
        match (&appended.treatment, &parameter.treatment) {
            (Treatment::KeepFlag, Treatment::Keep(keep)) => {
                let kept = bind.is_kept(keep, format, value)?.is_none();
                bind.push(
                    BINARY,
                    Some(Bytes::from_static(if kept { &[1] } else { &[0] })),
                );
            }
            (treatment, _) => bind.put(treatment, format, value)?,
        }
    }
    counts.merge(&bind.counts);
    Ok((bind.formats, bind.values))
}

/// The plan contradicts itself: nothing is sent.
fn inconsistent() -> Refusal {
    Refusal::new(
        Fault::SchemaChanged,
        "the plan of the statement does not fit its parameters",
    )
}

struct Binding<'a> {
    settings: &'a Settings,
    keyring: &'a Keyring,
    /// What the client bound.
    given: (&'a [i16], &'a [Option<Bytes>]),
    counts: Counts,
    formats: Vec<i16>,
    values: Vec<Option<Bytes>>,
}

impl Binding<'_> {
    fn push(&mut self, format: i16, value: Option<Bytes>) {
        self.formats.push(format);
        self.values.push(value);
    }

    fn put(
        &mut self,
        treatment: &Treatment,
        format: i16,
        value: &Option<Bytes>,
    ) -> Result<(), Refusal> {
        match treatment {
            Treatment::Pass => self.push(format, value.clone()),
            // The proxy reads it itself: the server has no part in it.
            Treatment::Local => self.push(format, None),
            Treatment::Guess => {
                if let Some(value) = value {
                    self.counts.guess(constants_in(value, format));
                }
                self.push(format, value.clone());
            }
            Treatment::Seal {
                column,
                spec,
                sent_as,
                array,
                guess,
                exact,
                whose,
            } => {
                let Some(value) = value else {
                    self.push(BINARY, None);
                    return Ok(());
                };
                let (sealed, count) = if *array {
                    self.seal_array(column, spec, (exact, *sent_as), format, value)?
                } else {
                    let plain = self.read(column, *sent_as, exact, format, value)?;
                    let place = exact
                        .place(spec, &column.declared, plain)
                        .map_err(refuse::bad_value)?;
                    let unlike = match (&place, spec.ci) {
                        (Place::At(plain), Some(fold)) => {
                            fold.stored(plain.expose_plaintext()).is_err()
                        }
                        (Place::At(_) | Place::Before(_) | Place::End | Place::Beside(_), _) => {
                            false
                        }
                    };
                    if unlike && matches!(exact, Exact::Predicate(_)) {
                        // No value of the column is equal to one that it does not take.
                        (Bytes::new(), 1)
                    } else {
                        let subject = self.subject(column, whose.as_deref())?;
                        (self.place(column, spec, &place, subject.as_ref())?, 1)
                    }
                };
                self.counts.add(column, Treated::Sealed, count);
                if *guess {
                    self.counts.guess(count);
                }
                self.push(BINARY, Some(sealed));
            }
            Treatment::Tag {
                column,
                spec,
                by,
                array,
                guess,
            } => {
                let Some(value) = value else {
                    self.push(BINARY, None);
                    return Ok(());
                };
                let (tags, count) = if *array {
                    self.tag_array(column, spec, by, format, value)?
                } else {
                    known_format(format)?; // Text is the same in both.
                    let cipher = self.keyring.cipher(spec).map_err(refuse::keys(column))?;
                    let form = by.sought(column, spec, value)?;
                    let tag = tag_of(&cipher, &form).map_err(refuse::seal(column))?;
                    (Bytes::from(tag), 1)
                };
                self.counts.add(column, Treated::Sealed, count);
                if *guess {
                    self.counts.guess(count);
                }
                self.push(BINARY, Some(tags));
            }
            Treatment::Tokens {
                column,
                spec,
                by,
                sent_as,
                guess,
            } => {
                let value = value.as_deref();
                let tokens = self.tokens(column, spec, by, *sent_as, format, value)?;
                let Some(tokens) = tokens else {
                    self.push(BINARY, None);
                    return Ok(());
                };
                self.counts.add(column, Treated::Sealed, 1);
                if *guess {
                    self.counts.guess(1);
                }
                self.push(BINARY, Some(tokens));
            }
            Treatment::Keep(keep) => self.put_kept(keep, format, value)?,
            // Only appended ones stand for a flag, and only beside a Keep.
            Treatment::KeepFlag => return Err(inconsistent()),
        }
        Ok(())
    }

    /// What stays as it is takes any value, so NULL is sent; else the value, where it may be written.
    fn put_kept(&mut self, keep: &Keep, format: i16, value: &Option<Bytes>) -> Result<(), Refusal> {
        let upstream_format = if keep.spec.is_some() { BINARY } else { format };
        let Some(Some(plain)) = self.is_kept(keep, format, value)? else {
            self.push(upstream_format, None);
            return Ok(());
        };
        if !keep.may_write {
            return Err(refuse::write_missing(&keep.column));
        }
        match &keep.spec {
            None => self.push(format, value.clone()),
            Some(spec) => {
                let subject = self.subject(&keep.column, keep.whose.as_deref())?;
                let place = Place::At(plain);
                let sealed = self.place(&keep.column, spec, &place, subject.as_ref())?;
                self.counts.add(&keep.column, Treated::Sealed, 1);
                self.push(BINARY, Some(sealed));
            }
        }
        Ok(())
    }

    /// `None` where what is stored stays: the value could be the mask that the writer was shown. Else the
    /// value read, NULL among them. A stored NULL is shown as NULL under every mask: who may not write sends it back
    /// unchanged.
    fn is_kept(
        &self,
        keep: &Keep,
        format: i16,
        value: &Option<Bytes>,
    ) -> Result<Option<Option<Canonical>>, Refusal> {
        let Some(value) = value else {
            let masked = keep.mask.could_be(&keep.column.declared, None) || !keep.may_write;
            return Ok((!masked).then_some(None));
        };
        let plain = self.read(&keep.column, keep.sent_as, &Exact::Assigned, format, value)?;
        let masked = keep.mask.could_be(&keep.column.declared, Some(&plain));
        Ok((!masked).then_some(Some(plain)))
    }

    fn read(
        &self,
        column: &Protected,
        sent_as: u32,
        exact: &Exact,
        format: i16,
        value: &[u8],
    ) -> Result<Canonical, Refusal> {
        // Text in binary format is text: a string cast to the column's type is read as the server's input would.
        let as_text = is_text(sent_as) && !is_text_kind(&column.declared.kind);
        let value = exact.shortened(&column.declared, value);
        let binary = known_format(format)? && !as_text;
        exact
            .kept(&column.declared, value, binary)
            .map_err(refuse::bad_value)?;
        if binary {
            column.declared.from_binary(sent_as, value)
        } else {
            read_text(&column.declared, sent_as, value, self.settings)
        }
        .map_err(refuse::bad_value)
    }

    fn place(
        &self,
        column: &Arc<Protected>,
        spec: &SealSpec,
        place: &Place,
        subject: Option<&Subject>,
    ) -> Result<Bytes, Refusal> {
        let cipher = self.keyring.cipher(spec).map_err(refuse::keys(column))?;
        cipher
            .place_for(subject, place)
            .map(Bytes::from)
            .map_err(refuse::seal(column))
    }

    /// Of whom a value is.
    fn subject(
        &self,
        column: &Arc<Protected>,
        whose: Option<&Whose>,
    ) -> Result<Option<Subject>, Refusal> {
        let (source, sent_as, named) = match whose {
            None => return Ok(None),
            Some(Whose::Named(subject)) => return Ok(Some(subject.clone())),
            Some(Whose::Bound {
                source,
                sent_as,
                column,
            }) => (*source, *sent_as, column),
        };
        let (formats, values) = self.given;
        let (Some(&format), Some(value)) = (formats.get(source), values.get(source)) else {
            return Err(inconsistent());
        };
        let Some(value) = value else {
            return Err(refuse::seal(column)(SealError::NoSubject));
        };
        let value = if known_format(format)? {
            named.declared.from_binary(sent_as, value)
        } else {
            named.declared.from_text(value, self.settings)
        }
        .map_err(refuse::bad_value)?;
        Ok(Some(named.of(&value)))
    }

    /// A `bytea[]` of envelopes, and how many there are.
    fn seal_array(
        &self,
        column: &Arc<Protected>,
        spec: &SealSpec,
        (exact, sent_as): (&Exact, u32),
        format: i16,
        value: &[u8],
    ) -> Result<(Bytes, u64), Refusal> {
        let plain = if known_format(format)? {
            column.declared.elements_from_binary(value)
        } else {
            // What its own type would not take, and what the conversion from it would change, does not go further.
            let own = &column.declared;
            let sent = DeclaredType::from_catalog(sent_as, -1).filter(|sent| sent.oid != own.oid);
            match sent.map(|sent| (sent.elements_from_text(value, self.settings), sent.kind)) {
                Some((read, Kind::Int2 | Kind::Int4 | Kind::Int8)) => {
                    read.map_err(refuse::bad_value)?;
                }
                Some((_, Kind::Date | Kind::Timestamp { .. })) => {
                    let why = "an array of dates or timestamps for a column of the other type";
                    return Err(refuse::bad_value(ValueError::new("0A000", why)));
                }
                Some(_) | None => {}
            }
            column.declared.elements_from_text(value, self.settings)
        }
        .map_err(|error| refuse::bad_value(exact.cut(error)))?;
        let cipher = self.keyring.cipher(spec).map_err(refuse::keys(column))?;
        let too_long = || refuse::seal(column)(crate::seal::SealError::TooLong);
        let mut out = Vec::new();
        let nulls = plain.iter().any(Option::is_none);
        array::begin_binary(&mut out, BYTEA, plain.len(), nulls, 1).ok_or_else(too_long)?;
        let mut count = 0;
        for element in plain {
            let envelope = match element {
                None => None,
                Some(element) => {
                    let place = exact
                        .place(spec, &column.declared, element)
                        .map_err(refuse::bad_value)?;
                    count += 1;
                    Some(cipher.place(&place).map_err(refuse::seal(column))?)
                }
            };
            array::put_binary(&mut out, envelope.as_deref()).ok_or_else(too_long)?;
        }
        Ok((Bytes::from(out), count))
    }
}

impl Binding<'_> {
    /// A `bytea[]` of tags, and how many there are.
    fn tag_array(
        &self,
        column: &Arc<Protected>,
        spec: &SealSpec,
        by: &Condition,
        format: i16,
        value: &[u8],
    ) -> Result<(Bytes, u64), Refusal> {
        let text = DeclaredType {
            oid: 25,
            typmod: -1,
            kind: Kind::Text,
        };
        let elements = if known_format(format)? {
            text.elements_from_binary(value)
        } else {
            text.elements_from_text(value, self.settings)
        }
        .map_err(refuse::bad_value)?;
        let cipher = self.keyring.cipher(spec).map_err(refuse::keys(column))?;
        let too_long = || refuse::seal(column)(crate::seal::SealError::TooLong);
        let mut out = Vec::new();
        let nulls = elements.iter().any(Option::is_none);
        array::begin_binary(&mut out, BYTEA, elements.len(), nulls, 1).ok_or_else(too_long)?;
        let mut count = 0;
        for element in &elements {
            let tag = match element {
                None => None,
                Some(element) => {
                    let form = by.sought(column, spec, element.expose_plaintext())?;
                    count += 1;
                    Some(tag_of(&cipher, &form).map_err(refuse::seal(column))?)
                }
            };
            array::put_binary(&mut out, tag.as_deref()).ok_or_else(too_long)?;
        }
        Ok((Bytes::from(out), count))
    }
}

impl Binding<'_> {
    /// A `bigint[]` of search tokens; `None` where NULL is sought.
    fn tokens(
        &self,
        column: &Arc<Protected>,
        spec: &SealSpec,
        by: &Seek,
        sent_as: u32,
        format: i16,
        value: Option<&[u8]>,
    ) -> Result<Option<Bytes>, Refusal> {
        let exact = Exact::Compared(column.declared.clone());
        let read = |value| self.read(column, sent_as, &exact, format, value);
        let given = value.map(read).transpose()?;
        let Some(plain) = by.made(column, given, self.settings)? else {
            return Ok(None);
        };
        let fragments = by.fragments(column, spec, &plain)?;
        let cipher = self.keyring.cipher(spec).map_err(refuse::keys(column))?;
        let tokens = cipher.tokens(&fragments).map_err(refuse::seal(column))?;
        let too_long = || refuse::seal(column)(crate::seal::SealError::TooLong);
        let mut out = Vec::with_capacity(20 + tokens.len() * 12);
        array::begin_binary(&mut out, INT8, tokens.len(), false, 1).ok_or_else(too_long)?;
        for token in &tokens {
            array::put_binary(&mut out, Some(&token.to_be_bytes())).ok_or_else(too_long)?;
        }
        Ok(Some(Bytes::from(out)))
    }
}

/// A value in text format: of the type that it was declared as, and then of the one that it is read as.
fn read_text(
    declared: &DeclaredType,
    sent_as: u32,
    value: &[u8],
    settings: &Settings,
) -> Result<Canonical, ValueError> {
    let sent = DeclaredType::from_catalog(sent_as, -1)
        .filter(|sent| sent_as != 0 && sent.oid != declared.oid);
    let Some(sent) = sent else {
        return declared.from_text(value, settings);
    };
    let number = |kind: &Kind| {
        matches!(
            kind,
            Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Numeric { .. }
        )
    };
    let float = |kind: &Kind| matches!(kind, Kind::Float4 | Kind::Float8);
    let moment = |kind: &Kind| matches!(kind, Kind::Date | Kind::Timestamp { .. });
    let mut between = Zeroizing::new(Vec::new());
    match (&declared.kind, &sent.kind) {
        (own, other) if moment(own) && moment(other) || float(own) && float(other) => {
            sent.to_binary(&sent.from_text(value, settings)?, &mut between)?;
            declared.from_binary(sent_as, &between)
        }
        (own, other) if (number(own) || float(own)) && number(other) => {
            sent.to_text(&sent.from_text(value, settings)?, settings, &mut between)?;
            declared.from_text(&between, settings)
        }
        _ => declared.from_text(value, settings),
    }
}

/// Oids of text and varchar.
fn is_text(oid: u32) -> bool {
    matches!(oid, 25 | 1043)
}

fn is_text_kind(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Text | Kind::Varchar { .. } | Kind::Char { .. } | Kind::Citext
    )
}

/// How many constants a search value holds: the elements, where it has the form of an array (`= ANY($1)`).
/// A scalar that happens to have that form counts for more, never for less than one.
fn constants_in(value: &[u8], format: i16) -> u64 {
    let elements = if format == BINARY {
        array::split_binary(value)
    } else {
        array::split_text(value)
    };
    elements.map_or(1, |elements| {
        let constants = elements.items.iter().filter(|item| item.is_some()).count();
        u64::try_from(constants).unwrap_or(u64::MAX).max(1)
    })
}
