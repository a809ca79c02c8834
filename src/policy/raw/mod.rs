//! Rule files as they are written: the keys, their texts, their JSON Schema. Nothing here is
//! validated beyond its shape.

mod auth;
mod declare;
mod file;
mod grant;
mod keys;
mod mask;
mod read;
mod schema;
mod transport;

pub(super) use auth::{OneOrMore, RawAuth, RawAuthRule, RawMethod, RawNameRule};
pub(super) use file::*;
pub(super) use grant::{RawDay, RawHours};
pub(super) use keys::{RawPkcs11, RawProvider, RawSubjects, RawVault};
pub(super) use mask::{RawMask, RawMaskShape, RawMaskWord};
pub(super) use read::{Entry, Named, Source};
pub(super) use transport::{
    RawListenTls, RawPlain, RawTlsVersion, RawUpstreamMode, RawUpstreamTls, RawUpstreamTlsTable,
};

pub use schema::schemas;

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::problem::{Place, Problems};
use read::{Node, Raw};

/// Reads one file, and the names of the sections in it. `None` where it is not TOML: its mistakes are noted, and what else they may have
/// broken is not guessed at.
pub(super) fn parse(
    source: &Source<'_>,
    problems: &mut Problems,
) -> Option<(RawFile, BTreeSet<String>)> {
    let (table, errors) = DeTable::parse_recoverable(source.text);
    for error in &errors {
        let offset = error.span().map_or(0, |span| span.start);
        let message = error.message().trim().replace('\n', ", ");
        problems.add(
            &source.place(offset, String::new()),
            format!("not valid TOML: {message}"),
        );
    }
    let table = table.into_inner();
    let present = table.keys().map(|key| key.get_ref().to_string()).collect();
    let value = DeValue::Table(table);
    let node = Node {
        source,
        place: Place {
            file: source.name.to_owned(),
            line: 1,
            key: String::new(),
        },
        value: &value,
    };
    if errors.is_empty() {
        RawFile::read(&node, problems).map(|file| (file, present))
    } else {
        None
    }
}
