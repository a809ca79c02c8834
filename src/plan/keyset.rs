//! `sealwire.keyset`: the keyset that a session has chosen, and what may not be done under it.

use super::route::Routed;
use super::{Action, Outcome, Request, World};
use crate::fault::{Fault, Refusal};
use crate::policy::{Protected, Storage};
use crate::sql::{Token, TokenKind};

/// What `SET sealwire.keyset` chooses; `None` for any other statement. The inner one is `None` for its default, and for what is
/// no name: what the server makes of that is looked at when something is sealed.
pub(super) fn chosen(own: &[Token]) -> Option<Option<&str>> {
    let is = |at: usize, name: &str| {
        own.get(at)
            .and_then(Token::name)
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    let word = |at: usize, word: &str| own.get(at).is_some_and(|token| token.is_word(word));
    if !word(0, "set") {
        return None;
    }
    let at = if word(1, "local") || word(1, "session") {
        2
    } else {
        1
    };
    let dot = (own.get(at + 1)).is_some_and(|token| token.kind == TokenKind::Mark('.'));
    if !(is(at, "sealwire") && dot && is(at + 2, "keyset")) {
        return None;
    }
    // Behind the name stands `=` or TO.
    let value = own.get(at + 4);
    Some(value.and_then(|value| match &value.kind {
        TokenKind::Word(word) if word == "default" => None,
        TokenKind::Word(text)
        | TokenKind::Quoted(text)
        | TokenKind::Text(text)
        | TokenKind::Escaped(text)
        | TokenKind::Dollar(text) => Some(text.as_str()),
        TokenKind::Bits
        | TokenKind::Number(_)
        | TokenKind::Placeholder(_)
        | TokenKind::Operator(_)
        | TokenKind::Mark(_) => None,
    }))
}

/// Why a statement is not carried out under the keyset that is chosen, or that it chooses.
pub(super) fn refusal(
    world: &World,
    request: &Request<'_>,
    own: &[Token],
    routed: &Routed,
) -> Option<Refusal> {
    if matches!(routed.outcome, Outcome::Refused(_)) {
        return None;
    }
    if let Some(name) = chosen(own) {
        return name
            .filter(|name| !name.is_empty())
            .and_then(|name| allowed(world, request, name).err());
    }
    let name = request.environment.keyset.as_deref()?;
    let concerned =
        matches!(routed.outcome, Outcome::Planned) || routed.writes || !routed.touches.is_empty();
    if !concerned {
        return None;
    }
    if let Err(refusal) = allowed(world, request, name) {
        return Some(refusal);
    }
    let searched = routed
        .touches
        .iter()
        .filter(|touch| touch.action == Action::Write)
        .find(|touch| {
            column(world, &touch.table, &touch.column)
                .is_none_or(|column| is_searched_elsewhere(world, column, name))
        })?;
    Some(Refusal::new(
        Fault::KeysetSearched,
        format!(
            "column {}.{} is searched, and is sealed under another keyset than {name:?}, which this session has chosen",
            searched.table, searched.column
        ),
    ))
}

/// Whether the rules let the principal choose the keyset, and it is there.
fn allowed(world: &World, request: &Request<'_>, name: &str) -> Result<(), Refusal> {
    let mut there = world.protection.keysets.values();
    if request.rights.keysets.contains(name) && there.any(|known| known == name) {
        return Ok(());
    }
    // Whether there is one of that name is not told to who may not choose it.
    Err(Refusal::new(
        Fault::KeysetRefused,
        format!("this role may not choose keyset {name:?}"),
    ))
}

fn column<'w>(world: &'w World, table: &str, name: &str) -> Option<&'w Protected> {
    let mut tables = world.protection.tables.values();
    let found = tables.find(|own| format!("{}.{}", own.schema, own.name) == table)?;
    let mut columns = found.columns.values();
    columns
        .find(|column| column.column == name)
        .map(AsRef::as_ref)
}

/// A column that holds envelopes which the server compares, of one keyset alone.
fn is_searched_elsewhere(world: &World, column: &Protected, name: &str) -> bool {
    match &column.storage {
        Storage::Sealed(spec) => {
            let own = world.protection.keysets.get(&spec.slot);
            spec.is_searched() && own.is_none_or(|own| own != name)
        }
        Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => false,
    }
}
