//! COPY: what its data is, column by column, and how it is written down. Upstream it goes in the server's own text
//! format without any option, or in binary (in csv where a server before 15 is to write a header): what the client's options mean is decided here and in `transform`, so that
//! no reading of theirs can differ.

mod analysis;
mod options;

use std::sync::Arc;

use super::Output;
use crate::policy::{Protected, SubjectColumn};
use crate::seal::SealSpec;
use crate::value::Canonical;

/// How the data of a COPY is treated.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyPlan {
    /// The relation as the server calls it in the context of an error; empty for a query.
    pub table: String,
    /// How the client writes or reads it.
    pub format: CopyFormat,
    /// How the server does: in its own text format without any option, in binary, or in csv where no other has a header.
    pub upstream: CopyFormat,
    /// Which way it goes.
    pub way: CopyWay,
}

impl CopyPlan {
    /// The client's line of a line of the data sent upstream; `None` where rows may have had several.
    pub fn client_line(&self, upstream: &str) -> Option<u64> {
        let line: u64 = upstream.parse().ok()?;
        match &self.format {
            CopyFormat::Text(format) => {
                Some(line.saturating_add(u64::from(format.header != CopyHeader::None)))
            }
            CopyFormat::Csv(_) => None,
            CopyFormat::Binary => Some(line),
        }
    }
}

/// Which way the data goes.
#[derive(Debug, Clone, PartialEq)]
pub enum CopyWay {
    /// FROM STDIN.
    In {
        /// The client's columns.
        columns: Vec<CopyColumn>,
        /// Columns that are added to each row.
        defaults: Vec<CopyDefault>,
        /// Which of the client's columns says of whom a row is, where any value hangs on that.
        whose: Option<(usize, SubjectColumn)>,
    },
    /// TO STDOUT.
    Out(Arc<[Output]>),
}

/// A column that is written.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyColumn {
    /// Its name.
    pub name: String,
    /// How it is sealed; `None`: it goes as it comes.
    pub seal: Option<(Arc<Protected>, SealSpec)>,
}

/// A sealed column that the client leaves out, and its constant default: sealed anew for each row.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyDefault {
    /// The column.
    pub column: Arc<Protected>,
    /// How it is sealed.
    pub spec: SealSpec,
    /// The default.
    pub value: Canonical,
}

/// How rows are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyFormat {
    /// `text`.
    Text(TextFormat),
    /// `csv`.
    Csv(CsvFormat),
    /// `binary`.
    Binary,
}

/// Format `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFormat {
    /// Between two fields.
    pub delimiter: u8,
    /// What stands for NULL.
    pub null: Vec<u8>,
    /// The first line.
    pub header: CopyHeader,
}

impl Default for TextFormat {
    fn default() -> Self {
        TextFormat {
            delimiter: b'\t',
            null: b"\\N".to_vec(),
            header: CopyHeader::None,
        }
    }
}

/// Format `csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvFormat {
    /// Between two fields.
    pub delimiter: u8,
    /// Around a field.
    pub quote: u8,
    /// Before a quote inside one.
    pub escape: u8,
    /// What stands for NULL.
    pub null: Vec<u8>,
    /// The first line.
    pub header: CopyHeader,
    /// Columns of which what stands for NULL is read as a value: one flag each.
    pub force_not_null: Vec<bool>,
    /// Columns of which what stands for NULL is read so in quotes too.
    pub force_null: Vec<bool>,
    /// Columns whose values are written in quotes.
    pub force_quote: Vec<bool>,
    /// A line `\.` ends the data (up to PostgreSQL 17).
    pub marker: bool,
}

impl Default for CsvFormat {
    fn default() -> Self {
        CsvFormat {
            delimiter: b',',
            quote: b'"',
            escape: b'"',
            null: Vec::new(),
            header: CopyHeader::None,
            force_not_null: Vec::new(),
            force_null: Vec::new(),
            force_quote: Vec::new(),
            marker: true,
        }
    }
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyHeader {
    /// Is a row.
    None,
    /// Names the columns; read over.
    Names,
    /// Must name these columns.
    Match(Vec<String>),
}

impl CopyFormat {
    /// What the first line is.
    pub fn header(&self) -> &CopyHeader {
        match self {
            CopyFormat::Text(format) => &format.header,
            CopyFormat::Csv(format) => &format.header,
            CopyFormat::Binary => &CopyHeader::None,
        }
    }
}
