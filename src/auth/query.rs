//! The auth query: one SELECT that is given the user's name as `$1`, every name in it with its schema, so that
//! nothing in somebody's search_path can take the place of what was meant.

use crate::sql::{Token, TokenKind, lex};

/// What is missing in a query; `Ok` where it can be used.
///
/// # Errors
/// What was expected.
pub fn check_query(text: &str) -> Result<(), String> {
    let tokens = lex(text).map_err(|error| format!("not valid SQL: {}", error.what))?;
    if !tokens.first().is_some_and(|token| token.is_word("select")) {
        return Err("expected one SELECT".to_owned());
    }
    if tokens.iter().any(|token| token.is_mark(';')) {
        return Err("expected one SELECT without a semicolon".to_owned());
    }
    let placeholders: Vec<usize> = tokens
        .iter()
        .filter_map(|token| match token.kind {
            TokenKind::Placeholder(number) => Some(number),
            _ => None,
        })
        .collect();
    if placeholders.is_empty() || placeholders.iter().any(|number| *number != 1) {
        return Err("expected $1, the user's name, and no other placeholder".to_owned());
    }
    match unqualified(&tokens) {
        Some(name) => Err(format!(
            "`{name}` stands without its schema: expected schema.{name}"
        )),
        None => Ok(()),
    }
}

/// Words before a parenthesis that name no function.
const GRAMMAR: &[&str] = &[
    "all",
    "and",
    "any",
    "array",
    "as",
    "case",
    "cast",
    "coalesce",
    "else",
    "except",
    "exists",
    "extract",
    "filter",
    "from",
    "greatest",
    "group",
    "having",
    "in",
    "intersect",
    "is",
    "join",
    "least",
    "like",
    "limit",
    "not",
    "nullif",
    "offset",
    "on",
    "or",
    "order",
    "over",
    "row",
    "select",
    "some",
    "then",
    "union",
    "using",
    "values",
    "when",
    "where",
    "by",
    "between",
    "lateral",
    "distinct",
];

/// The first relation or function that is named without its schema.
fn unqualified(tokens: &[Token]) -> Option<&str> {
    // For each parenthesis that is open: whether a list of relations goes on in it.
    let mut lists = vec![false];
    let mut wants_relation = false;
    for (at, token) in tokens.iter().enumerate() {
        let next = |mark| tokens.get(at + 1).is_some_and(|next| next.is_mark(mark));
        let qualified = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| before.is_mark('.'));
        if token.is_mark('(') {
            lists.push(wants_relation);
            continue;
        }
        if token.is_mark(')') {
            lists.pop();
            wants_relation = false;
            continue;
        }
        if token.is_mark(',') {
            wants_relation = lists.last().copied().unwrap_or(false);
            continue;
        }
        let Some(name) = token.name() else { continue };
        let word = |words: &[&str]| words.iter().any(|word| token.is_word(word));
        if wants_relation && word(&["lateral", "only"]) {
            continue;
        }
        if wants_relation && word(&["select"]) {
            // A query in parentheses stands where a relation might.
            wants_relation = false;
            if let Some(list) = lists.last_mut() {
                *list = false;
            }
            continue;
        }
        if wants_relation {
            wants_relation = false;
            if !next('.') {
                return Some(name);
            }
        } else if word(&["from", "join"]) {
            wants_relation = true;
            if let Some(list) = lists.last_mut() {
                *list = true;
            }
        } else if word(&[
            "where", "group", "order", "limit", "on", "having", "union", "select",
        ]) {
            if let Some(list) = lists.last_mut() {
                *list = false;
            }
        } else if next('(') && !qualified && !word(GRAMMAR) {
            return Some(name);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn qualified_queries_are_taken() {
        for query in [
            "select name, verifier, valid_until from sealwire.user_lookup($1)",
            "SELECT rolname, rolpassword, rolvaliduntil FROM pg_catalog.pg_authid WHERE rolname = $1 AND rolcanlogin",
            "select u.name, coalesce(u.verifier, ''), null from \"My Schema\".users u join crm.people as p on (p.id = u.id) where u.name in ($1)",
            "select a, b, c from (select x.a, x.b, x.c from s.t x) q, s.u where a = $1",
        ] {
            assert_eq!(check_query(query), Ok(()), "{query}");
        }
    }

    #[test]
    fn what_could_be_taken_for_something_else_is_not() {
        for (query, expected) in [
            ("select * from users where name = $1", "`users`"),
            ("select * from user_lookup($1)", "`user_lookup`"),
            ("select * from s.a, b where n = $1", "`b`"),
            ("select * from s.a join b on true where n = $1", "`b`"),
            ("select * from (select * from t) q where n = $1", "`t`"),
            ("select lower(n), v, null from s.a where n = $1", "`lower`"),
            ("select * from s.a where n = 'ann'", "$1"),
            ("select * from s.a where n = $1 and m = $2", "$1"),
            ("delete from s.a where n = $1 returning *", "SELECT"),
            (
                "select * from s.a where n = $1; drop table s.a",
                "semicolon",
            ),
            ("select 'open", "not valid SQL"),
        ] {
            let refused = check_query(query);
            assert!(
                refused.as_ref().is_err_and(|why| why.contains(expected)),
                "{query}: {refused:?}"
            );
        }
    }
}
