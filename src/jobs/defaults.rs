//! A column's default: constant, so that the proxy can write it, or not.

use tokio_postgres::Transaction;

use super::JobError;
use super::error::at;

/// What a column has for a default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Default {
    /// Nothing.
    None,
    /// A constant: its value in text form (`None` for NULL) and the expression.
    Constant { text: Option<String>, sql: String },
    /// A function, a sequence, or another expression.
    Expression,
    /// GENERATED ALWAYS AS (…) or AS IDENTITY.
    Generated,
}

/// Reads the default of a column.
pub(super) async fn read(
    tx: &Transaction<'_>,
    table: u32,
    attnum: i16,
    type_sql: &str,
) -> Result<Default, JobError> {
    let step = || at("reading a column's default");
    let row = tx
        .query_one(
            "SELECT a.attidentity <> '' OR a.attgenerated <> '', pg_get_expr(d.adbin, d.adrelid)
             FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE a.attrelid = $1 AND a.attnum = $2",
            &[&table, &attnum],
        )
        .await
        .map_err(step())?;
    if row.try_get(0).map_err(step())? {
        return Ok(Default::Generated);
    }
    let expression: Option<String> = row.try_get(1).map_err(step())?;
    let Some(sql) = expression else {
        return Ok(Default::None);
    };
    if !is_constant(&sql) {
        return Ok(Default::Expression);
    }
    // The server itself says what the constant is in the column's type, as assignment would make it.
    let text = tx
        .query_one(
            &format!("SELECT CASE WHEN v IS NOT NULL THEN format('%s', v) END FROM (SELECT ({sql})::{type_sql}) AS d(v)"),
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())?;
    Ok(Default::Constant { text, sql })
}

/// Whether an expression, as `pg_get_expr` writes it, is one literal, perhaps cast.
fn is_constant(sql: &str) -> bool {
    // A cast of a text at run time would still read these as the moment of the INSERT.
    let lower = sql.to_lowercase();
    let moment = ["'now'", "'today'", "'tomorrow'", "'yesterday'"];
    after_constant(sql.trim()) == Some("") && !moment.iter().any(|word| lower.contains(word))
}

/// Behind `literal` or `(constant)` and any casts.
fn after_constant(text: &str) -> Option<&str> {
    let mut rest = match text.strip_prefix('(') {
        Some(inner) => after_constant(inner)?.strip_prefix(')')?,
        None => after_literal(text)?,
    };
    // Casts: type names, quoted or not, with modifiers and brackets. No operator and no call survives.
    while let Some(cast) = rest.strip_prefix("::") {
        let mut depth = 0_usize;
        let end = cast
            .char_indices()
            .find(|(_, c)| {
                match c {
                    '(' => depth += 1,
                    ')' if depth == 0 => return true,
                    ')' => depth -= 1,
                    _ => {}
                }
                !(c.is_alphanumeric() || " _.\"(),[]$".contains(*c))
            })
            .map_or(cast.len(), |(at, _)| at);
        if end == 0 {
            return None;
        }
        rest = cast.get(end..)?;
    }
    Some(rest)
}

fn after_literal(text: &str) -> Option<&str> {
    if let Some(string) = text.strip_prefix('\'') {
        let mut rest = string;
        loop {
            let (_, tail) = rest.split_once('\'')?;
            match tail.strip_prefix('\'') {
                Some(more) => rest = more,
                None => return Some(tail),
            }
        }
    }
    for word in ["true", "false", "NULL"] {
        if let Some(tail) = text.strip_prefix(word) {
            return Some(tail);
        }
    }
    let number = text.strip_prefix('-').unwrap_or(text);
    let tail = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    (tail.len() < number.len()).then_some(tail)
}

#[cfg(test)]
mod tests {
    use super::is_constant;

    #[test]
    fn literals_are_constant_and_nothing_else_is() {
        for constant in [
            "'abc'::text",
            "'it''s'::character varying(10)",
            "42",
            "'-5'::integer",
            "(-5)",
            "0.00",
            "true",
            "NULL::character varying",
            "'{}'::text[]",
            "'new'::shop.\"State\"",
            "(0)::numeric(10,2)",
            "'2020-01-01'::date",
            "('abc'::text)::character varying",
        ] {
            assert!(is_constant(constant), "{constant}");
        }
        for not in [
            "now()",
            "nextval('s'::regclass)",
            "'a'::text || 'b'::text",
            "CURRENT_USER",
            "('a'::text || 'b'::text)",
            "upper('a'::text)",
            "1 + 1",
            "ARRAY[now()]",
            "('now'::text)::timestamp without time zone",
            "'a'::text || now()",
        ] {
            assert!(!is_constant(not), "{not}");
        }
    }
}
