//! COPY data: taken apart, its fields sealed or shown, and written down again. The readers and writers of the three
//! formats are over bytes alone; what becomes of a field is in [`CopySealer`] and [`CopyShower`].
//!
//! A reader takes chunks that may be cut anywhere and keeps no more than the row that is not whole yet.

mod binary;
mod csv;
mod lines;
mod reader;
mod record;
mod seal;
mod show;
mod text;
mod writer;

pub use reader::CopyReader;
pub use record::{CopyError, Record};
pub use seal::CopySealer;
pub use show::CopyShower;
pub use writer::CopyWriter;

#[cfg(test)]
mod tests;
