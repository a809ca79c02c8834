//! pg_stat_statements writes `$n` for every constant, also where no parameter can stand: `interval $1`,
//! `extract($1 FROM x)`. There a constant of the right kind is put back.

use crate::sql::{self, Token, TokenKind};

/// The text with constants in the places where a parameter is no valid SQL.
pub(super) fn restored(text: &str) -> String {
    let Ok(tokens) = sql::lex(text) else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, token) in tokens.iter().enumerate() {
        if !matches!(token.kind, TokenKind::Placeholder(_)) {
            continue;
        }
        if let Some(constant) = constant(&tokens, at) {
            out.push_str(text.get(from..token.start).unwrap_or_default());
            out.push_str(constant);
            from = token.end;
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

fn constant(tokens: &[Token], at: usize) -> Option<&'static str> {
    let word = |back: usize| match tokens.get(at.checked_sub(back)?).map(|token| &token.kind) {
        Some(TokenKind::Word(word)) => Some(word.as_str()),
        _ => None,
    };
    let next = tokens.get(at + 1);
    let opens = |back: usize| {
        at.checked_sub(back)
            .and_then(|at| tokens.get(at))
            .is_some_and(|token| token.is_mark('('))
    };
    if opens(1) && word(2) == Some("extract") && next.is_some_and(|token| token.is_word("from")) {
        return Some("year");
    }
    // A column may be called `date`: a constant follows it only where it is a type.
    let constant = match word(1)? {
        "interval" => "'1 day'",
        "date" => "'2000-01-01'",
        "time" | "timetz" => "'00:00:00'",
        "timestamp" | "timestamptz" => "'2000-01-01 00:00:00+00'",
        "zone" if matches!(word(4), Some("timestamp" | "time")) => "'2000-01-01 00:00:00+00'",
        "uuid" => "'00000000-0000-0000-0000-000000000000'",
        "inet" | "cidr" => "'192.0.2.1'",
        "json" | "jsonb" => "'{}'",
        "bytea" | "text" | "varchar" | "name" => "''",
        "int" | "integer" | "bigint" | "smallint" | "numeric" | "decimal" | "float8" | "float4" => {
            "'1'"
        }
        "bool" | "boolean" => "'true'",
        "regclass" => "'pg_class'",
        "point" => "'(0,0)'",
        _ => return None,
    };
    Some(constant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_where_no_parameter_can_stand_change() {
        for (text, expected) in [
            (
                "select now() - interval $1 from t where a = $2 limit $3",
                "select now() - interval '1 day' from t where a = $2 limit $3",
            ),
            (
                "select extract($1 from d), extract(year from $2)",
                "select extract(year from d), extract(year from $2)",
            ),
            (
                "select a at time zone $1 from t",
                "select a at time zone $1 from t",
            ),
            (
                "select timestamp with time zone $1",
                "select timestamp with time zone '2000-01-01 00:00:00+00'",
            ),
            ("select 1 where date = $1", "select 1 where date = $1"),
            ("select d > date $1", "select d > date '2000-01-01'"),
            ("'unterminated $1", "'unterminated $1"),
        ] {
            assert_eq!(restored(text), expected);
        }
    }
}
