//! What holds for COPY data of every format: it reads alike wherever it is cut, rows that are written read back as
//! themselves, and what is sealed on its way in is shown again to who may see it, and to nobody else.

use std::sync::{Arc, LazyLock};

use bytes::BytesMut;
use sealwire::fault::Refusal;
use sealwire::mask::Mask;
use sealwire::plan::{
    CopyColumn, CopyFormat, CopyHeader, CopyPlan, CopyWay, Output, Show, TextFormat,
};
use sealwire::policy::{Protected, Storage};
use sealwire::seal::{Scheme, SealSpec};
use sealwire::transform::Counts;
use sealwire::transform::copy::{
    CopyError, CopyReader, CopySealer, CopyShower, CopyWriter, Record,
};
use sealwire::value::{DeclaredType, Settings};

use super::input::pieces;
use super::keys::KEYRING;

/// A row: fields, `None` for NULL.
pub type Row = Vec<Option<Vec<u8>>>;

/// Shown in place of what is sealed.
const MASKED: &str = "masked";

/// All that holds. `columns`: how many the reader is told of.
pub fn check(format: &CopyFormat, columns: usize, seed: u8, data: &[u8]) {
    let whole = read(format, columns, &[data]);
    let parts = read(format, columns, &pieces(data, seed));
    assert_eq!(parts, whole, "cut into pieces");
    let Ok(rows) = whole else { return };
    written(format, columns, &rows);
    sealed(format, columns, seed, data, &rows);
}

/// Rows from data given in pieces.
fn read(format: &CopyFormat, columns: usize, pieces: &[&[u8]]) -> Result<Vec<Row>, CopyError> {
    let mut reader = CopyReader::new(format, columns);
    let mut record = Record::default();
    let mut rows = Vec::new();
    let mut take = |reader: &mut CopyReader| {
        while reader.next(&mut record)? {
            assert_eq!(record.len(), record.fields().count());
            rows.push(
                record
                    .fields()
                    .map(|field| field.map(<[u8]>::to_vec))
                    .collect(),
            );
        }
        Ok(())
    };
    for piece in pieces {
        reader.push(piece);
        take(&mut reader)?;
    }
    reader.end();
    take(&mut reader)?;
    Ok(rows)
}

/// Rows of one width, written and read again.
fn written(format: &CopyFormat, columns: usize, rows: &[Row]) {
    let rows: Vec<&Row> = rows
        .iter()
        .filter(|row| {
            row.len() == columns && row.iter().flatten().all(|value| keeps(format, value))
        })
        .collect();
    let format = headless(format);
    let mut writer = CopyWriter::new(&format, columns);
    let mut out = BytesMut::new();
    for row in &rows {
        for field in *row {
            writer.field(field.as_deref(), false, &mut out);
        }
        writer.end_row(&mut out);
    }
    writer.end(&mut out);
    let again = read(&forceless(&format, columns), columns, &[&out]).unwrap();
    assert!(again.iter().eq(rows), "written and read again");
}

/// Whether a value can be told from NULL: in the text format the server does not see to it where the NULL string is
/// another than its own.
fn keeps(format: &CopyFormat, value: &[u8]) -> bool {
    match format {
        CopyFormat::Text(format) => value != format.null,
        CopyFormat::Csv(_) | CopyFormat::Binary => true,
    }
}

fn headless(format: &CopyFormat) -> CopyFormat {
    let mut format = format.clone();
    match &mut format {
        CopyFormat::Text(format) => format.header = CopyHeader::None,
        CopyFormat::Csv(format) => format.header = CopyHeader::None,
        CopyFormat::Binary => {}
    }
    format
}

/// Without the options by which NULL and its string are read as each other.
fn forceless(format: &CopyFormat, columns: usize) -> CopyFormat {
    let mut format = format.clone();
    if let CopyFormat::Csv(format) = &mut format {
        format.force_not_null = vec![false; columns];
        format.force_null = vec![false; columns];
    }
    format
}

/// A column of text that is sealed.
static COLUMN: LazyLock<(Arc<Protected>, SealSpec)> = LazyLock::new(|| {
    let declared = DeclaredType::parse_name("text").unwrap();
    let spec = SealSpec {
        domain: 77,
        slot: 0,
        epoch: 1,
        scheme: Scheme::Random,
        family: declared.family(),
        pad: None,
        ci: None,
        order: None,
        tokens: None,
    };
    let column = Protected {
        table: 1,
        table_name: "public.t".to_owned(),
        attnum: 1,
        column: "secret".to_owned(),
        class: None,
        declared,
        collation: None,
        storage: Storage::Sealed(spec.clone()),
        default_mask: Mask::Null,
        partial_mask: None,
        default: None,
        intended: None,
    };
    (Arc::new(column), spec)
});

/// The same data through COPY FROM, every other column sealed, and what went upstream through COPY TO.
fn sealed(format: &CopyFormat, columns: usize, seed: u8, data: &[u8], rows: &[Row]) {
    let seals = |at: usize| (at + usize::from(seed & 1)).is_multiple_of(2);
    let (column, spec) = &*COLUMN;
    let server = match format {
        CopyFormat::Text(_) | CopyFormat::Csv(_) => CopyFormat::Text(TextFormat::default()),
        CopyFormat::Binary => CopyFormat::Binary,
    };
    let plan = CopyPlan {
        table: "t".to_owned(),
        format: format.clone(),
        upstream: server.clone(),
        way: CopyWay::In {
            columns: (0..columns)
                .map(|at| CopyColumn {
                    name: format!("c{at}"),
                    seal: seals(at).then(|| (Arc::clone(column), spec.clone())),
                })
                .collect(),
            defaults: Vec::new(),
            whose: None,
        },
    };
    let Ok(upstream) = seal(&plan, &[data]) else {
        return;
    };
    // What is random differs; its length and its rows do not.
    let parts = seal(&plan, &pieces(data, seed)).unwrap();
    assert_eq!(parts.len(), upstream.len(), "sealed in pieces");
    if rows.iter().any(|row| row.len() != columns) {
        // What is missing, the server says.
        return;
    }
    let stored = read(&server, columns, &[&upstream]).unwrap();
    assert_eq!(stored.len(), rows.len(), "rows that went upstream");
    let mut masked = Vec::new();
    for (row, stored) in rows.iter().zip(&stored) {
        for (at, (value, stored)) in row.iter().zip(stored).enumerate() {
            assert_eq!(value.is_none(), stored.is_none(), "NULL stays NULL");
            if !seals(at) {
                assert_eq!(value, stored, "what is not sealed");
            } else if let Some(stored) = stored {
                let envelope: &[u8] = if *format == CopyFormat::Binary {
                    b"\xfb"
                } else {
                    b"\\xfb"
                };
                assert!(stored.starts_with(envelope), "sealed");
            }
        }
        let shown = |(at, value): (usize, &Option<Vec<u8>>)| match value {
            Some(_) if seals(at) => Some(MASKED.as_bytes().to_vec()),
            other => other.clone(),
        };
        masked.push(row.iter().enumerate().map(shown).collect::<Row>());
    }
    let fixed = Show::Mask(Mask::Fixed {
        text: MASKED.to_owned(),
    });
    for (show, expected) in [(Show::Open, rows), (fixed, &masked)] {
        let outputs: Vec<Output> = (0..columns)
            .map(|at| match seals(at) {
                false => Output::Pass,
                true => Output::Sealed {
                    column: Arc::clone(column),
                    spec: spec.clone(),
                    show: show.clone(),
                    array: false,
                    origin: None,
                },
            })
            .collect();
        let plan = CopyPlan {
            table: "t".to_owned(),
            format: server.clone(),
            upstream: server.clone(),
            way: CopyWay::Out(outputs.into()),
        };
        let mut shower = CopyShower::new(&plan, &Settings::default(), &KEYRING).unwrap();
        let mut out = BytesMut::new();
        for piece in pieces(&upstream, seed) {
            shower
                .take(piece, &mut out, &mut Counts::default())
                .unwrap();
        }
        shower.end(&mut out, &mut Counts::default()).unwrap();
        let told = read(&server, columns, &[&out]).unwrap();
        assert_eq!(told, expected, "shown");
    }
}

fn seal(plan: &CopyPlan, pieces: &[&[u8]]) -> Result<BytesMut, Refusal> {
    let mut sealer = CopySealer::new(plan, &Settings::default(), &KEYRING)?;
    let (mut out, mut counts) = (BytesMut::new(), Counts::default());
    for piece in pieces {
        sealer.take(piece, &mut out, &mut counts)?;
    }
    sealer.end(&mut out, &mut counts)?;
    Ok(out)
}
