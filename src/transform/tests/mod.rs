//! Tests of the room: values go in by a Bind or a text and come out in rows.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod derived;
mod masked;
mod sealing;
mod showing;

use std::sync::Arc;

use bytes::{Bytes, BytesMut};

use super::*;
use crate::fault::Refusal;
use crate::keys::{FileProvider, Keyring, mint_keyset};
use crate::mask::Mask;
use crate::plan::{
    Appended, Derived, Exact, Outcome, Output, Parameter, Plan, Show, StatementPlan, Treatment,
};
use crate::policy::{Protected, Storage};
use crate::seal::{Scheme, SealSpec};
use crate::value::{Canonical, DeclaredType, Place, Settings};

fn keyring() -> Keyring {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rules");
    std::fs::create_dir(&rules).unwrap();
    let provider = FileProvider::create(&folder.path().join("root.key"), &rules, None).unwrap();
    let wrapped = mint_keyset(&provider, [7; 16], 0, 1, "main").unwrap();
    Keyring::unwrap([7; 16], &provider, &[wrapped]).unwrap()
}

fn spec(declared: &DeclaredType, scheme: Scheme) -> SealSpec {
    SealSpec {
        domain: 40 + u32::from(declared.family()),
        slot: 0,
        epoch: 1,
        scheme,
        family: declared.family(),
        pad: None,
        ci: None,
        order: None,
        tokens: None,
    }
}

/// A column `public.customers.NAME`, sealed deterministically where its type allows.
fn column(name: &str, type_name: &str) -> (Arc<Protected>, SealSpec) {
    let declared = DeclaredType::parse_name(type_name).unwrap();
    let scheme = match declared.deterministic_allowed() {
        Ok(()) => Scheme::Deterministic,
        Err(_) => Scheme::Random,
    };
    let spec = spec(&declared, scheme);
    let column = Protected {
        collation: None,
        table: 16400,
        table_name: "public.customers".to_owned(),
        attnum: i16::try_from(name.len()).unwrap(),
        column: name.to_owned(),
        class: None,
        declared,
        storage: Storage::Sealed(spec.clone()),
        default_mask: Mask::Null,
        partial_mask: None,
        default: None,
        intended: None,
    };
    (Arc::new(column), spec)
}

fn plan(parameters: Vec<Treatment>, appended: Vec<(usize, Treatment)>) -> Plan {
    Plan {
        origins: Vec::new(),
        after: Vec::new(),
        stale: false,
        text: Vec::new(),
        statements: Vec::new(),
        parameters: parameters
            .into_iter()
            .map(|treatment| Parameter {
                upstream_oid: 17,
                client_oid: None,
                treatment,
            })
            .collect(),
        appended: appended
            .into_iter()
            .map(|(source, treatment)| Appended {
                source,
                upstream_oid: 17,
                treatment,
            })
            .collect(),
        changes_settings: false,
        changes_catalog: false,
    }
}

fn sealing(column: &Arc<Protected>, spec: &SealSpec, array: bool, guess: bool) -> Treatment {
    Treatment::Seal {
        whose: None,
        exact: Exact::Assigned,
        column: Arc::clone(column),
        spec: spec.clone(),
        sent_as: 0,
        array,
        guess,
    }
}

fn opening(column: &Arc<Protected>, spec: &SealSpec, show: Show, array: bool) -> Output {
    Output::Sealed {
        column: Arc::clone(column),
        spec: spec.clone(),
        show,
        array,
        origin: None,
    }
}

fn text(value: &str) -> Option<Bytes> {
    Some(Bytes::copy_from_slice(value.as_bytes()))
}

/// What a Bind of one value becomes.
fn bound(
    keyring: &Keyring,
    treatment: Treatment,
    format: i16,
    value: Option<Bytes>,
) -> Result<(Vec<Option<Bytes>>, Counts), Refusal> {
    let mut counts = Counts::default();
    let (formats, values) = parameters(
        &plan(vec![treatment], Vec::new()),
        &[format],
        &[value],
        &Settings::default(),
        keyring,
        &mut counts,
    )?;
    assert_eq!(formats.len(), values.len());
    Ok((values, counts))
}

/// A DataRow body.
fn payload(values: &[Option<&[u8]>]) -> Vec<u8> {
    let mut out = u16::try_from(values.len()).unwrap().to_be_bytes().to_vec();
    for value in values {
        match value {
            None => out.extend_from_slice(&(-1i32).to_be_bytes()),
            Some(value) => {
                out.extend_from_slice(&i32::try_from(value.len()).unwrap().to_be_bytes());
                out.extend_from_slice(value);
            }
        }
    }
    out
}

/// Takes a whole DataRow frame apart.
fn values(frame: &[u8]) -> Vec<Option<Vec<u8>>> {
    assert_eq!(frame[0], b'D');
    let int = |at: usize| i32::from_be_bytes(frame[at..at + 4].try_into().unwrap());
    assert_eq!(usize::try_from(int(1)).unwrap(), frame.len() - 1);
    let count = u16::from_be_bytes(frame[5..7].try_into().unwrap());
    let mut at = 7;
    let mut values = Vec::new();
    for _ in 0..count {
        let len = int(at);
        at += 4;
        values.push(usize::try_from(len).ok().map(|len| {
            at += len;
            frame[at - len..at].to_vec()
        }));
    }
    assert_eq!(at, frame.len());
    values
}

/// Values of a row as the client gets them.
type Row = Vec<Option<Vec<u8>>>;

/// The formats of a statement whose result is what the server returns.
fn formats(outputs: &[Output], client: &[i16]) -> Result<(Vec<i16>, Vec<i16>), Refusal> {
    super::formats(&statement(outputs, None), client)
}

/// A statement with this result.
fn statement(outputs: &[Output], derived: Option<Derived>) -> StatementPlan {
    StatementPlan {
        copy: None,
        outcome: Outcome::Planned,
        outputs: Some(outputs.into()),
        derived: derived.map(Arc::new),
        touches: Arc::new([]),
        writes: false,
        guesses: 0,
        fingerprint: String::new(),
        observed: None,
        change: None,
    }
}

/// One row through a row plan.
fn shown(
    keyring: &Keyring,
    outputs: &[Output],
    upstream: &[i16],
    client: &[i16],
    row: &[Option<&[u8]>],
) -> Result<(Row, Counts), Refusal> {
    let mut counts = Counts::default();
    let mut rows = RowPlan::new(outputs, upstream, client, &Settings::default(), keyring)?;
    let mut out = BytesMut::from(&b"before"[..]);
    let result = rows.row(&payload(row), &mut out, &mut counts);
    match result {
        Ok(()) => Ok((values(&out[6..]), counts)),
        Err(refusal) => {
            assert_eq!(&out[..], b"before");
            Err(refusal)
        }
    }
}

fn hex_text(bytes: &[u8]) -> Vec<u8> {
    let mut out = "\\x".to_owned();
    bytea::put_hex(&mut out, bytes);
    out.into_bytes()
}

fn escape_text(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for &byte in bytes {
        match byte {
            b'\\' => out.extend_from_slice(b"\\\\"),
            0x20..=0x7E => out.push(byte),
            _ => out.extend_from_slice(format!("\\{byte:03o}").as_bytes()),
        }
    }
    out
}

fn counted(counts: &Counts) -> Vec<(String, &'static str, u64)> {
    counts
        .iter()
        .map(|(table, column, treated, count)| {
            (format!("{table}.{column}"), treated.label(), count)
        })
        .collect()
}

fn canonical(declared: &DeclaredType, text: &str) -> Canonical {
    declared
        .from_text(text.as_bytes(), &Settings::default())
        .unwrap()
}
