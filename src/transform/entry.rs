//! The call that enters a column into the registry, its key domain chosen and its MAC made.

use super::refuse;
use crate::catalog::{Entry, quote_literal};
use crate::fault::Refusal;
use crate::keys::Keyring;
use crate::plan::NewEntry;
use crate::seal::SealSpec;
use crate::value::Canonical;

/// How a new column is sealed; `None`: it is masked only.
fn spec(new: &NewEntry, keyring: &Keyring) -> Result<Option<SealSpec>, Refusal> {
    let Some(seal) = &new.seal else {
        return Ok(None);
    };
    // A column that is there stays under its keyset.
    let keyset = seal.keyset.as_deref();
    let newest = keyring
        .newest_of(keyset)
        .ok_or_else(|| refuse::no_keyset(new));
    if let Some(known) = &seal.known {
        let fits = !new.anew || newest?.slot == known.slot;
        return match fits {
            true => Ok(Some(known.clone())),
            false => Err(refuse::other_keyset(new)),
        };
    }
    let newest = newest?;
    let fresh = keyring
        .new_domain(seal.domain.as_deref())
        .map_err(|_| refuse::no_keyset(new))?;
    Ok(Some(SealSpec {
        domain: seal.chosen.or_choose(fresh),
        slot: newest.slot,
        epoch: newest.epoch,
        scheme: seal.scheme,
        family: seal.family,
        pad: seal.pad,
        ci: seal.ci,
        order: seal.order,
        tokens: seal.tokens,
    }))
}

/// A default as an envelope of the new column.
///
/// # Errors
/// Where a key is not to be had.
pub(super) fn filled(
    new: &NewEntry,
    value: &Canonical,
    keyring: &Keyring,
    text: &mut String,
) -> Result<(), Refusal> {
    let spec = spec(new, keyring)?.ok_or_else(|| refuse::no_keyset(new))?;
    let envelope = keyring
        .cipher(&spec)
        .ok()
        .and_then(|cipher| cipher.seal(value).ok())
        .ok_or_else(|| refuse::no_keyset(new))?;
    text.push_str("E'\\\\x");
    super::bytea::put_hex(text, &envelope);
    text.push_str("'::sealwire.sealed");
    Ok(())
}

/// The statement that enters the column.
///
/// # Errors
/// Where a key is not to be had.
pub(super) fn enter(new: &NewEntry, keyring: &Keyring) -> Result<String, Refusal> {
    let entry = Entry {
        schema: new.schema.clone(),
        table: new.table.clone(),
        column: new.column.clone(),
        declared: new.declared.clone(),
        collation: new.collation.clone(),
        seal: spec(new, keyring)?,
        domain_name: new.seal.as_ref().and_then(|seal| seal.domain.clone()),
        default: new.default.as_ref().map(|(text, _)| text.clone()),
        default_sql: new.default.as_ref().map(|(_, sql)| sql.clone()),
    };
    let body = entry.body();
    let mac = keyring.registry_mac(&Entry::message(&keyring.environment(), &body));
    let mut hex = String::new();
    super::bytea::put_hex(&mut hex, &mac);
    let texts = [&new.schema, &new.table, &new.column, &body, &hex].map(|text| quote_literal(text));
    Ok(format!(
        "CALL sealwire.enter({}, {})",
        texts.join(", "),
        new.anew
    ))
}
