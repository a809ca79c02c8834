//! COPY data in format `text`.

use sealwire::plan::{CopyFormat, CopyHeader, TextFormat};

use super::copies::check;
use super::input::Input;

/// Two bytes choose the format, one the columns, one where the data is cut.
pub fn run(data: &[u8]) {
    let mut input = Input(data);
    let format = TextFormat {
        delimiter: input.one(b"\t\t,|A; "),
        null: input
            .one(&[&b"\\N"[..], b"\\N", b"", b"nil", b"\\\\", b"~"])
            .to_vec(),
        header: CopyHeader::None,
    };
    let choice = input.byte();
    let columns = 1 + usize::from(choice % 4);
    let header = match choice >> 4 {
        0 => CopyHeader::Names,
        1 => CopyHeader::Match((0..columns).map(|at| format!("c{at}")).collect()),
        _ => CopyHeader::None,
    };
    let seed = input.byte();
    let format = CopyFormat::Text(TextFormat { header, ..format });
    check(&format, columns, seed, input.rest());
}
