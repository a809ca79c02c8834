//! A view over protected tables.

use crate::fault::{Fault, Refusal};
use crate::plan::analysis::Analysis;
use crate::plan::{Request, World};
use crate::sql::{self, Range, Statement, Token};

/// Whether the statement makes a view.
pub(super) fn defines_view(own: &[Token]) -> bool {
    let defines = own.first().is_some_and(|token| token.is_word("create"));
    let before_as = own.iter().take_while(|token| !token.is_word("as"));
    defines && before_as.into_iter().any(|token| token.is_word("view"))
}

/// A view over protected tables: what it says must be what ciphertext can answer, without a constant to seal.
pub(super) fn view(
    world: &World,
    request: &Request<'_>,
    tokens: &[Token],
    range: Range,
) -> Result<(), Refusal> {
    let unread = || {
        Refusal::new(
            Fault::Unparsed,
            "the view's query could not be read with certainty",
        )
    };
    let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
    if let Some(token) = passing(own, request) {
        let before = request.text.get(..token.start);
        let what =
            "a temporary view over a protected table: no other session could see what it reads";
        let hint = "Make it a view like any other, or write the query WITH a name.";
        return Err(Refusal::new(Fault::DefinitionRefused, what)
            .with_hint(hint)
            .at(before.map_or(1, |before| before.chars().count() + 1)));
    }
    let mut depth = 0_usize;
    let mut start = None;
    for at in range.first..=range.last {
        let Some(token) = tokens.get(at) else { break };
        if token.is_mark('(') {
            depth += 1;
        } else if token.is_mark(')') {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && token.is_word("as") {
            start = Some(at + 1);
            break;
        }
    }
    let first = start.ok_or_else(unread)?;
    let mut last = range.last;
    // WITH [NO] DATA, WITH [LOCAL | CASCADED] CHECK OPTION
    let with = (first..=range.last)
        .rev()
        .take(4)
        .find(|at| tokens.get(*at).is_some_and(|token| token.is_word("with")));
    if let Some(with) = with
        && tokens
            .get(range.last)
            .is_some_and(|token| token.is_word("data") || token.is_word("option"))
    {
        last = with.saturating_sub(1);
    }
    let reading = sql::read(request.text, tokens, Range { first, last }).map_err(|_| unread())?;
    let Statement::Query(query) = &reading.statement else {
        return Err(unread());
    };
    let mut analysis = Analysis::new(world, request, request.text, tokens);
    // As inside a view: nothing can be edited.
    analysis.view = 1;
    analysis.query(query, None)?;
    analysis.is_of_catalog(Range { first, last })
}

/// What makes the view a temporary one: a word, the schema, or a temporary table that it reads.
fn passing<'a>(own: &'a [Token], request: &Request<'_>) -> Option<&'a Token> {
    let temporary = &request.environment.temp_relations;
    let mut before_name = true;
    own.iter().find(|token| {
        before_name &= !token.is_word("as");
        let word = before_name && (token.is_word("temp") || token.is_word("temporary"));
        word || token.name().is_some_and(|name| {
            name.starts_with("pg_temp") || temporary.iter().any(|own| own == name)
        })
    })
}
