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
    Ok(())
}
