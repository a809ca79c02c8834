//! Data taken apart and put together, cut at every byte.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use bytes::BytesMut;
use proptest::prelude::*;

use super::*;
use crate::plan::{CopyFormat, CopyHeader, CsvFormat, TextFormat};

type Row = Vec<Option<Vec<u8>>>;

fn text() -> CopyFormat {
    CopyFormat::Text(TextFormat::default())
}

fn csv() -> CsvFormat {
    CsvFormat {
        delimiter: b',',
        quote: b'"',
        escape: b'"',
        null: Vec::new(),
        header: CopyHeader::None,
        force_not_null: vec![false; 2],
        force_null: vec![false; 2],
        force_quote: vec![false; 2],
        marker: true,
    }
}

/// Rows with their lines, from data given in pieces.
fn read(
    format: &CopyFormat,
    columns: usize,
    pieces: &[&[u8]],
) -> Result<Vec<(u64, Row)>, CopyError> {
    let mut reader = CopyReader::new(format, columns);
    let mut record = Record::default();
    let mut rows = Vec::new();
    let mut all = |reader: &mut CopyReader| {
        while reader.next(&mut record)? {
            let fields = record.fields().map(|field| field.map(<[u8]>::to_vec));
            rows.push((record.line(), fields.collect()));
        }
        Ok(())
    };
    for piece in pieces {
        reader.push(piece);
        all(&mut reader)?;
    }
    reader.end();
    all(&mut reader)?;
    Ok(rows)
}

/// The same whole, in two pieces cut at every place, and byte by byte: always alike.
fn everywhere(
    format: &CopyFormat,
    columns: usize,
    data: &[u8],
) -> Result<Vec<(u64, Row)>, CopyError> {
    let whole = read(format, columns, &[data]);
    for cut in 0..=data.len() {
        let (before, after) = data.split_at(cut);
        assert_eq!(
            read(format, columns, &[before, after]),
            whole,
            "cut at {cut}"
        );
    }
    let bytes: Vec<&[u8]> = data.chunks(1).collect();
    assert_eq!(read(format, columns, &bytes), whole);
    whole
}

/// Rows in one line: fields between bars, `~` for NULL, rows between semicolons.
fn shown(rows: Result<Vec<(u64, Row)>, CopyError>) -> String {
    match rows {
        Err(error) => format!("{} {} at {}", error.sqlstate, error.message, error.line),
        Ok(rows) => rows
            .iter()
            .map(|(_, row)| {
                let fields: Vec<String> = row
                    .iter()
                    .map(|field| match field {
                        None => "~".to_owned(),
                        Some(field) => String::from_utf8_lossy(field).escape_debug().to_string(),
                    })
                    .collect();
                fields.join("|")
            })
            .collect::<Vec<_>>()
            .join(";"),
    }
}

#[test]
fn text_is_read_as_the_server_reads_it() {
    for (data, expected) in [
        ("a\tb\n", "a|b"),
        ("a\tb", "a|b"),
        ("a\t\n\tb\n", "a|;|b"),
        ("\n", ""),
        ("\\N\t\\\\N\n", "~|\\\\N"),
        ("a\\tb\tc\\\\\n", "a\\tb|c\\\\"),
        ("a\\\tb\n", "a\\tb"),
        ("a\\\nb\tc\n", "a\\nb|c"),
        ("\\x41\\x4g\\101\\1018\\xg\n", "A\\u{4}gAA8xg"),
        ("\\b\\f\\n\\r\\t\\v\\q\n", "\\u{8}\\u{c}\\n\\r\\t\\u{b}q"),
        ("a\r\nb\r\n", "a;b"),
        ("a\rb\r", "a;b"),
        (
            "a\nb\r\n",
            "22P04 literal carriage return found in data at 2",
        ),
        ("a\r\nb\n", "22P04 literal newline found in data at 2"),
        (
            "a\r\nb\rc\r\n",
            "22P04 literal carriage return found in data at 2",
        ),
        ("a\n\\.\nb\n", "a"),
        ("a\r\n\\.\r\nb", "a"),
        ("\\.\n", ""),
        ("a\n\\.", "22P04 end-of-copy marker corrupt at 2"),
        ("a\n\\.x\n", "22P04 end-of-copy marker corrupt at 2"),
        (
            "a\n\\.\r\n",
            "22P04 end-of-copy marker does not match previous newline style at 2",
        ),
        (
            "a\r\n\\.\n",
            "22P04 end-of-copy marker does not match previous newline style at 2",
        ),
        (
            "a\nb\\.\n",
            "22P04 end-of-copy marker is not alone on its line at 2",
        ),
        ("a\n\\\\.\n", "a;\\\\."),
        ("ü\tß\n", "ü|ß"),
        ("a\\", "a"),
    ] {
        assert_eq!(
            shown(everywhere(&text(), 2, data.as_bytes())),
            expected,
            "{data:?}"
        );
    }
    let other = CopyFormat::Text(TextFormat {
        delimiter: b'A',
        null: b"nil".to_vec(),
        header: CopyHeader::Names,
    });
    for (data, expected) in [
        ("xAy\nnilA\\N\nn\\ilAnil\n", "~|N;nil|~"),
        // A digit is no delimiter.
        ("h\n\\xAB\\x41Ab\n", "\u{fffd}A|b"),
        ("h\n\\AAb\n", "A|b"),
        ("h", ""),
    ] {
        assert_eq!(
            shown(everywhere(&other, 2, data.as_bytes())),
            expected,
            "{data:?}"
        );
    }
}

#[test]
fn csv_is_read_as_the_server_reads_it() {
    for (data, expected) in [
        ("a,b\n", "a|b"),
        (",\"\"\n", "~|"),
        ("\"a,\"\"b\nc\",d\n", "a,\\\"b\\nc|d"),
        ("a\"b\"c,d\n", "abc|d"),
        ("\"a\nb\r\nc\",d\n", "a\\nb\\r\\nc|d"),
        ("\n", "~"),
        ("a,b\r\nc,d\r\n", "a|b;c|d"),
        ("a\n\\.\nb\n", "a"),
        ("a\n\\.", "a;\\\\."),
        ("a\n\\.x\n", "a;\\\\.x"),
        ("a,\\.\n", "a|\\\\."),
        ("\"a\n", "22P04 unterminated CSV quoted field at 1"),
        (
            "a\nb\r\n",
            "22P04 unquoted carriage return found in data at 2",
        ),
        ("a,\"b\"\"\",c\n", "a|b\\\"|c"),
    ] {
        let format = CopyFormat::Csv(csv());
        assert_eq!(
            shown(everywhere(&format, 2, data.as_bytes())),
            expected,
            "{data:?}"
        );
    }
    let escaped = CopyFormat::Csv(CsvFormat {
        quote: b'\'',
        escape: b'\\',
        delimiter: b'|',
        null: b"nil".to_vec(),
        force_not_null: vec![true, false],
        force_null: vec![false, true],
        marker: false,
        ..csv()
    });
    for (data, expected) in [
        ("'a\\'b'|'c\\\\'\n", "a\\'b|c\\\\"),
        ("'a\\\\'|'x\\'\ny'\n", "a\\\\|x\\'\\ny"),
        ("nil|'nil'\n", "nil|~"),
        ("a\\b|\n", "a\\\\b|"),
        ("\\.\n", "\\\\."),
    ] {
        assert_eq!(
            shown(everywhere(&escaped, 2, data.as_bytes())),
            expected,
            "{data:?}"
        );
    }
    // The line of an error is the one in which its row ends; how lines end is known from the second on.
    let data = b"x,y\n\"a\nb\",c\nd,e\n";
    let rows = everywhere(&CopyFormat::Csv(csv()), 2, data).unwrap();
    let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 3, 4]);
}

#[test]
fn a_header_names_the_columns() {
    let names = ["id", "a,b"].map(str::to_owned).to_vec();
    let format = CopyFormat::Csv(CsvFormat {
        header: CopyHeader::Match(names),
        ..csv()
    });
    for (data, expected) in [
        ("id,\"a,b\"\n1,x\n", "1|x"),
        (
            "id\n1,x\n",
            "22P04 wrong number of fields in header line: got 1, expected 2 at 1",
        ),
        (
            "id,a\n1,x\n",
            "22P04 column name mismatch in header line field 2: expected \"a,b\" at 1",
        ),
        (
            ",x\n",
            "22P04 column name mismatch in header line field 1: expected \"id\" at 1",
        ),
        ("", ""),
    ] {
        assert_eq!(
            shown(everywhere(&format, 2, data.as_bytes())),
            expected,
            "{data:?}"
        );
    }
}

fn binary(rows: &[Row], columns: usize) -> Vec<u8> {
    write(&CopyFormat::Binary, rows, columns).to_vec()
}

fn write(format: &CopyFormat, rows: &[Row], columns: usize) -> BytesMut {
    let mut writer = CopyWriter::new(format, columns);
    let mut out = BytesMut::new();
    for row in rows {
        for field in row {
            writer.field(field.as_deref(), false, &mut out);
        }
        writer.end_row(&mut out);
    }
    writer.end(&mut out);
    out
}

#[test]
fn binary_is_read_as_the_server_reads_it() {
    let rows = vec![
        vec![Some(b"a".to_vec()), None],
        vec![Some(Vec::new()), Some(vec![0, 255])],
    ];
    let data = binary(&rows, 2);
    assert_eq!(
        shown(everywhere(&CopyFormat::Binary, 2, &data)),
        "a|~;|\\0\u{fffd}"
    );
    let wrong = |data: &[u8]| shown(everywhere(&CopyFormat::Binary, 2, data));
    assert_eq!(wrong(b""), "22P04 COPY file signature not recognized at 0");
    assert_eq!(
        wrong(b"1,a\n"),
        "22P04 COPY file signature not recognized at 0"
    );
    // The trailer may be missing; nothing may follow it.
    assert_eq!(wrong(&data[..data.len() - 2]), "a|~;|\\0\u{fffd}");
    assert_eq!(
        wrong(&[&data[..], b"x"].concat()),
        "22P04 received copy data after EOF marker at 2"
    );
    assert_eq!(
        wrong(&data[..data.len() - 3]),
        "22P04 unexpected EOF in COPY data at 2"
    );
    assert_eq!(
        shown(read(&CopyFormat::Binary, 3, &[&data])),
        "22P04 row field count is 2, expected 3 at 1"
    );
    let mut flagged = data.clone();
    flagged[11] = 1;
    assert_eq!(
        wrong(&flagged),
        "22P04 unrecognized critical flags in COPY file header at 0"
    );
    // An extension of the header is passed over.
    let mut extended = data.clone();
    extended[18] = 2;
    extended.splice(19..19, *b"xy");
    assert_eq!(wrong(&extended), "a|~;|\\0\u{fffd}");
    let mut sized = data;
    sized[21..25].copy_from_slice(&(-2_i32).to_be_bytes());
    assert_eq!(wrong(&sized), "22P04 invalid field size at 1");
}

fn value() -> impl Strategy<Value = Option<Vec<u8>>> {
    let byte = prop_oneof![
        4 => prop::sample::select(b"\\\t\n\r,\"'|.Nxn1 \x08".to_vec()),
        1 => any::<u8>().prop_filter("no text", |byte| *byte != 0),
    ];
    prop::option::weighted(0.9, prop::collection::vec(byte, 0..8))
}

fn formats() -> impl Strategy<Value = CopyFormat> {
    let delimiter = prop::sample::select(b"\t,|\x01".to_vec());
    let header = prop::sample::select(vec![CopyHeader::None]);
    let null = prop::sample::select(vec!["", "\\N", "nil", "N"]);
    (delimiter, header, null, 0_u8..6, any::<[bool; 2]>()).prop_map(
        |(delimiter, header, null, kind, force_quote)| match kind {
            0 => CopyFormat::Binary,
            1 | 2 => CopyFormat::Text(TextFormat {
                delimiter,
                null: b"\\N".to_vec(),
                header,
            }),
            kind => CopyFormat::Csv(CsvFormat {
                delimiter,
                quote: if kind == 3 { b'\'' } else { b'"' },
                escape: if kind == 4 { b'\\' } else { b'"' },
                null: null.into(),
                force_quote: force_quote.to_vec(),
                ..csv()
            }),
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        format in formats(),
        rows in prop::collection::vec(prop::collection::vec(value(), 2), 0..4),
        cuts in prop::collection::vec(0_usize..200, 0..4),
    ) {
        let data = write(&format, &rows, 2);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(data.len())).collect();
        cuts.extend([0, data.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &data[pair[0]..pair[1]]).collect();
        let again: Vec<Row> = read(&format, 2, &pieces).unwrap().into_iter().map(|(_, row)| row).collect();
        prop_assert_eq!(again, rows);
    }

    #[test]
    fn whatever_comes_is_read_alike_however_it_is_cut(
        format in formats(),
        data in prop::collection::vec(prop_oneof![
            3 => prop::sample::select(b"\\\t\n\r,\"'.Nx\xff\0".to_vec()),
            1 => any::<u8>(),
        ], 0..24),
        begun in any::<bool>(),
    ) {
        let data = if begun && format == CopyFormat::Binary {
            [binary::HEADER.as_slice(), &data].concat()
        } else {
            data
        };
        let _rows = everywhere(&format, 2, &data);
    }
}
