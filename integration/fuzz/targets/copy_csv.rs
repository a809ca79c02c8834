//! COPY data in format `csv`.

use sealwire::plan::{CopyFormat, CopyHeader, CsvFormat};

use super::copies::check;
use super::input::Input;

/// Three bytes choose the format, one the columns, one where the data is cut.
pub fn run(data: &[u8]) {
    let mut input = Input(data);
    let delimiter = input.one(b",,;|\t");
    let quotes = input.one(&[
        (b'"', b'"'),
        (b'"', b'"'),
        (b'\'', b'\\'),
        (b'"', b'\\'),
        (b'Q', b'Q'),
    ]);
    let null = input.one(&[&b""[..], b"", b"nil", b"\\N", b" "]).to_vec();
    let choice = input.byte();
    let columns = 1 + usize::from(choice % 4);
    let flags = |shift: u8| {
        (0..columns)
            .map(|at| choice >> 4 == shift && at % 2 == 0)
            .collect()
    };
    let format = CopyFormat::Csv(CsvFormat {
        delimiter,
        quote: quotes.0,
        escape: quotes.1,
        null,
        header: match choice >> 4 {
            0 => CopyHeader::Names,
            1 => CopyHeader::Match((0..columns).map(|at| format!("c{at}")).collect()),
            _ => CopyHeader::None,
        },
        force_not_null: flags(2),
        force_null: flags(3),
        force_quote: flags(4),
        marker: choice >> 4 != 5,
    });
    let seed = input.byte();
    check(&format, columns, seed, input.rest());
}
