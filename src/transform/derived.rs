//! A result that is not what the server returns: rows filtered, sorted, cut off or counted, columns computed.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use zeroize::Zeroizing;

use super::columns::{known_format, one_each};
use super::rows::{Columns, put};
use super::{Counts, refuse};
use crate::eval::{Expr, Row};
use crate::fault::{Fault, Refusal};
use crate::keys::Keyring;
use crate::plan::{Amount, Argument, Derived, Output, StatementPlan, Told};
use crate::value::{Canonical, DeclaredType, Kind, Settings, ValueError};

/// Bytes of rows that are kept for one result.
const MOST_BYTES: usize = 64 << 20;

/// bigint.
const INT8: DeclaredType = DeclaredType {
    oid: 20,
    typmod: -1,
    kind: Kind::Int8,
};

/// The rows of one result, on their way from what the server sends to what the client gets.
pub struct DerivedRows {
    columns: Columns,
    derived: Arc<Derived>,
    /// What is computed, by the client's columns, with the arguments in it.
    computed: Vec<Option<Expr>>,
    arguments: Vec<Option<Canonical>>,
    /// Formats of the client's columns.
    binary: Vec<bool>,
    settings: Settings,
    /// Rows go out only when the last has come.
    gathers: bool,
    limit: Option<u64>,
    offset: u64,
    kept: Vec<Kept>,
    kept_bytes: usize,
    /// Sorted and cut: what is left to be sent.
    ready: VecDeque<Kept>,
    /// The server has sent its last row.
    over: bool,
    /// Rows that were let through.
    passed: u64,
    /// Rows that were left out.
    in_vain: u64,
    /// Rows sent since the last end of an Execute.
    sent: u64,
}

/// A row that is kept.
struct Kept {
    keys: Vec<Option<Canonical>>,
    frame: Zeroizing<Vec<u8>>,
    counts: Counts,
}

/// How an Execute ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// So many rows were sent in it.
    pub rows: u64,
    /// As many as were asked for: there may be more.
    pub suspended: bool,
}

impl DerivedRows {
    /// Prepares for the rows of a result. `whole`: nothing may go out before the last row has come, since the client
    /// takes the result in parts.
    ///
    /// # Errors
    /// Where a key is not to be had, the formats do not fit the columns, or LIMIT or OFFSET is below zero.
    pub fn new(
        derived: &Arc<Derived>,
        outputs: &[Output],
        formats: (&[i16], &[i16]),
        arguments: &[Option<Canonical>],
        whole: bool,
        settings: &Settings,
        keyring: &Keyring,
    ) -> Result<Self, Refusal> {
        let (upstream, client) = formats;
        let misfit = || refuse::protocol("the formats do not fit the result's columns");
        let client = one_each(client, derived.columns.len()).ok_or_else(misfit)?;
        let upstream = one_each(upstream, outputs.len()).ok_or_else(misfit)?;
        // What is shown in the client's format; a column that is read alone, in the server's.
        let mut shown = upstream.clone();
        for (told, format) in derived.columns.iter().zip(&client) {
            if let Told::Upstream(place) = told
                && let Some(own) = shown.get_mut(*place)
            {
                *own = *format;
            }
        }
        let mut columns = Columns::new(outputs, &upstream, &shown, settings, keyring)?;
        for input in &derived.inputs {
            columns.read(input.column, &input.declared)?;
        }
        let amount = |amount: Option<Amount>, what, sqlstate| {
            bound(amount, arguments, what, sqlstate).transpose()
        };
        Ok(DerivedRows {
            columns,
            limit: amount(derived.limit, "LIMIT", "2201W")?,
            offset: amount(derived.offset, "OFFSET", "2201X")?.unwrap_or(0),
            gathers: whole || !derived.sort.is_empty() || derived.counts(),
            arguments: arguments.to_vec(),
            binary: client
                .iter()
                .map(|format| known_format(*format))
                .collect::<Result<_, _>>()?,
            computed: derived
                .columns
                .iter()
                .map(|told| match told {
                    Told::Computed { expr, .. } => {
                        let folded = expr.clone().folded(Some(arguments), settings);
                        folded.map(Some).map_err(computed)
                    }
                    Told::Upstream(_) | Told::Count { .. } => Ok(None),
                })
                .collect::<Result<_, _>>()?,
            settings: settings.clone(),
            derived: Arc::clone(derived),
            kept: Vec::new(),
            kept_bytes: 0,
            ready: VecDeque::new(),
            over: false,
            passed: 0,
            in_vain: 0,
            sent: 0,
        })
    }

    /// Takes a row as the server sent it (`payload`: after the length word). What goes to the client at once is
    /// appended to `out`; on a refusal it is as it was.
    ///
    /// # Errors
    /// Where a value cannot be opened or computed, or more rows would have to be kept than may be.
    pub fn row(
        &mut self,
        payload: &[u8],
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        let raw = self.columns.split(payload)?;
        let mut values = vec![None; raw.len()];
        for input in &self.derived.inputs {
            if let (Some(value), Some(Some(raw))) =
                (values.get_mut(input.column), raw.get(input.column))
            {
                *value = self.columns.value(input.column, raw, &self.settings)?;
            }
        }
        let row = Row {
            columns: &values,
            arguments: &self.arguments,
            settings: &self.settings,
        };
        if let Some(filter) = &self.derived.filter
            && filter.truth(&row).map_err(computed)? != Some(true)
        {
            self.in_vain += 1;
            if let Some(most) = self.derived.most_in_vain
                && self.in_vain > u64::from(most)
            {
                let message = format!("more than {most} rows were opened that do not fit");
                return Err(Refusal::new(Fault::TooManyRows, message));
            }
            return Ok(());
        }
        if self.derived.counts() {
            self.passed += 1;
            return Ok(());
        }
        if !self.gathers {
            self.passed += 1;
            let past = self.passed.saturating_sub(self.offset);
            if past == 0 || self.limit.is_some_and(|limit| past > limit) {
                return Ok(());
            }
        }
        let mut frame = Zeroizing::new(Vec::with_capacity(payload.len() + 64));
        let mut own = Counts::default();
        self.show(&raw, &values, &mut frame, &mut own)?;
        if self.gathers {
            let keys = self.derived.sort.iter();
            let keys = keys.map(|key| values.get(key.column).cloned().flatten());
            return self.keep(Kept {
                keys: keys.collect(),
                frame,
                counts: own,
            });
        }
        out.extend_from_slice(&frame);
        counts.merge(&own);
        self.sent += 1;
        Ok(())
    }

    /// How many bytes of rows are kept that are still to be sorted.
    pub fn kept(&self) -> usize {
        if self.over { 0 } else { self.kept_bytes }
    }

    /// The server has no more rows: sends the client up to `most` of those that were kept, or all of them where it is 0.
    /// Called again for every further Execute of the portal.
    ///
    /// # Errors
    /// Where the count cannot be shown.
    pub fn end(
        &mut self,
        most: u32,
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<Ended, Refusal> {
        if !std::mem::replace(&mut self.over, true) {
            self.finish()?;
        }
        let mut suspended = false;
        while let Some(kept) = self.ready.pop_front() {
            out.extend_from_slice(&kept.frame);
            counts.merge(&kept.counts);
            self.sent += 1;
            if most > 0 && self.sent == u64::from(most) {
                suspended = true;
                break;
            }
        }
        Ok(Ended {
            rows: std::mem::take(&mut self.sent),
            suspended,
        })
    }

    fn finish(&mut self) -> Result<(), Refusal> {
        if self.derived.counts() {
            let count = i64::try_from(self.passed).unwrap_or(i64::MAX);
            let value = Canonical::new(count.to_be_bytes().to_vec());
            let mut frame = Zeroizing::new(Vec::new());
            begin(&mut frame, 1);
            let binary = self.binary.first().copied().unwrap_or_default();
            self.encode(&INT8, Some(&value), binary, &mut frame)?;
            end(&mut frame)?;
            self.kept.push(Kept {
                keys: Vec::new(),
                frame,
                counts: Counts::default(),
            });
        }
        if !self.gathers {
            return Ok(());
        }
        self.sort();
        let skipped = usize::try_from(self.offset).unwrap_or(usize::MAX);
        let taken = self.limit.map_or(usize::MAX, |limit| {
            usize::try_from(limit).unwrap_or(usize::MAX)
        });
        let kept = std::mem::take(&mut self.kept);
        self.ready = kept.into_iter().skip(skipped).take(taken).collect();
        Ok(())
    }

    /// Keeps a row to be sorted. Under LIMIT no more are needed than it lets through.
    fn keep(&mut self, row: Kept) -> Result<(), Refusal> {
        self.kept_bytes += size(&row);
        self.kept.push(row);
        let most = usize::try_from(self.derived.most_rows).unwrap_or(usize::MAX);
        let needed = self.limit.map(|limit| {
            let needed = limit.saturating_add(self.offset);
            usize::try_from(needed).unwrap_or(usize::MAX)
        });
        // Twice as many at the most, so that sorting them out costs little a row.
        let room = needed.map_or(most, |needed| needed.min(most).saturating_mul(2).max(1_024));
        if self.kept.len() <= room && self.kept_bytes <= MOST_BYTES {
            return Ok(());
        }
        if let Some(needed) = needed {
            self.sort();
            self.kept.truncate(needed);
            self.kept_bytes = self.kept.iter().map(size).sum();
        }
        if self.kept.len() > most || self.kept_bytes > MOST_BYTES / 2 {
            let message = format!(
                "the result has more than {most} rows, or {} MB, to be sorted by the proxy",
                MOST_BYTES >> 20
            );
            return Err(Refusal::new(Fault::TooManyRows, message));
        }
        Ok(())
    }

    fn sort(&mut self) {
        let keys = &self.derived.sort;
        self.kept.sort_by(|one, other| {
            keys.iter()
                .zip(one.keys.iter().zip(&other.keys))
                .map(|(key, pair)| match pair {
                    (None, None) => Ordering::Equal,
                    (None, Some(_)) if key.nulls_first => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (Some(_), None) if key.nulls_first => Ordering::Greater,
                    (Some(_), None) => Ordering::Less,
                    (Some(one), Some(other)) => {
                        // Both were read as values of the type.
                        let found = key.declared.compare(one, other).unwrap_or(Ordering::Equal);
                        if key.descending {
                            found.reverse()
                        } else {
                            found
                        }
                    }
                })
                .find(|found| found.is_ne())
                .unwrap_or(Ordering::Equal)
        });
    }

    /// Writes the client's row.
    fn show(
        &mut self,
        raw: &[Option<&[u8]>],
        values: &[Option<Canonical>],
        frame: &mut Vec<u8>,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        let derived = Arc::clone(&self.derived);
        let row = Row {
            columns: values,
            arguments: &self.arguments,
            settings: &self.settings,
        };
        begin(frame, derived.columns.len());
        let shown = derived.columns.iter().zip(&self.computed);
        for ((told, formula), binary) in shown.zip(&self.binary) {
            match told {
                Told::Upstream(place) => {
                    let raw = raw.get(*place).copied().flatten();
                    self.columns
                        .show(*place, raw, &self.settings, frame, counts)?;
                }
                Told::Computed { expr, declared, .. } => {
                    let expr = formula.as_ref().unwrap_or(expr);
                    let value = expr.evaluate(&row).map_err(computed)?;
                    let mut read = Vec::new();
                    expr.columns(&mut read);
                    for place in read {
                        if values.get(place).is_some_and(Option::is_some) {
                            self.columns.count_opened(place, counts);
                        }
                    }
                    self.encode(declared, value.as_ref(), *binary, frame)?;
                }
                Told::Count { .. } => {}
            }
        }
        end(frame)
    }

    fn encode(
        &self,
        declared: &DeclaredType,
        value: Option<&Canonical>,
        binary: bool,
        frame: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        let Some(value) = value else {
            return put(frame, None);
        };
        let mut encoded = Zeroizing::new(Vec::new());
        if binary {
            declared.to_binary(value, &mut encoded)
        } else {
            declared.to_text(value, &self.settings, &mut encoded)
        }
        .map_err(computed)?;
        put(frame, Some(&encoded))
    }
}

/// The parameters that the proxy reads itself, of a Bind's values as the client sent them.
///
/// # Errors
/// Where a value is not of its type.
pub fn arguments(
    statement: &StatementPlan,
    formats: &[i16],
    values: &[Option<Bytes>],
    settings: &Settings,
) -> Result<Vec<Option<Canonical>>, Refusal> {
    let Some(derived) = &statement.derived else {
        return Ok(Vec::new());
    };
    let formats = one_each(formats, values.len())
        .ok_or_else(|| refuse::protocol("the formats do not fit the parameters"))?;
    derived
        .arguments
        .iter()
        .map(|argument| {
            let Argument {
                parameter,
                declared,
                sent_as,
            } = argument;
            let (Some(value), Some(format)) = (values.get(*parameter), formats.get(*parameter))
            else {
                return Err(refuse::protocol("a parameter is missing"));
            };
            let Some(value) = value else {
                return Ok(None);
            };
            let binary = known_format(*format)?;
            if declared.is_minus_zero(value, binary) {
                // Canonical values have no -0, and it would be shown or calculated with.
                let error = ValueError::new("0A000", "-0 beside the values of a sealed column");
                return Err(refuse::bad_value(error));
            }
            if binary {
                declared.from_binary(*sent_as, value)
            } else {
                declared.from_text(value, settings)
            }
            .map(Some)
            .map_err(refuse::bad_value)
        })
        .collect()
}

fn size(row: &Kept) -> usize {
    let keys = row.keys.iter().flatten();
    row.frame.len()
        + 96
        + keys
            .map(|key| key.expose_plaintext().len() + 48)
            .sum::<usize>()
}

/// What LIMIT or OFFSET comes to.
fn bound(
    amount: Option<Amount>,
    arguments: &[Option<Canonical>],
    what: &str,
    sqlstate: &'static str,
) -> Option<Result<u64, Refusal>> {
    let place = match amount? {
        Amount::Fixed(fixed) => return Some(Ok(fixed)),
        Amount::Argument(place) => place,
    };
    let value = arguments.get(place)?.as_ref()?;
    let number = value.expose_plaintext().try_into().map(i64::from_be_bytes);
    Some(
        number
            .ok()
            .and_then(|number| u64::try_from(number).ok())
            .ok_or_else(|| {
                let message = format!("{what} must not be negative");
                Refusal::new(Fault::BadValue, message).with_sqlstate(sqlstate)
            }),
    )
}

/// An error that the server would have raised over the same values.
fn computed(error: ValueError) -> Refusal {
    refuse::bad_value(error)
}

fn begin(frame: &mut Vec<u8>, columns: usize) {
    frame.push(b'D');
    frame.extend_from_slice(&[0; 4]);
    let count = u16::try_from(columns).unwrap_or(u16::MAX);
    frame.extend_from_slice(&count.to_be_bytes());
}

fn end(frame: &mut [u8]) -> Result<(), Refusal> {
    let length = u32::try_from(frame.len() - 1).map_err(|_| super::field::too_long())?;
    if let Some(place) = frame.get_mut(1..5) {
        place.copy_from_slice(&length.to_be_bytes());
    }
    Ok(())
}
