//! COPY data in format `binary`.

use sealwire::plan::CopyFormat;

use super::copies::check;
use super::input::Input;

/// A byte chooses the columns, one where the data is cut, one whether a right header is put in front.
pub fn run(data: &[u8]) {
    let mut input = Input(data);
    let columns = usize::from(input.byte() % 4);
    let seed = input.byte();
    let header: &[u8] = match input.byte() % 4 {
        0 => b"",
        _ => b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0",
    };
    check(
        &CopyFormat::Binary,
        columns,
        seed,
        &[header, input.rest()].concat(),
    );
}
