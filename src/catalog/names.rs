//! Names as SQL writes them.

/// An identifier, always in double quotes: right for every name and every server version.
pub fn quote_ident(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A string constant that reads the same under every setting of `standard_conforming_strings`.
pub fn quote_literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if quoted.contains('\\') {
        format!(" E'{}'", quoted.replace('\\', "\\\\"))
    } else {
        format!("'{quoted}'")
    }
}

/// Takes `schema.name` or `name` apart, quotes honoured, unquoted parts folded to lower case.
/// `None` for anything else.
pub fn split_qualified(text: &str) -> Option<(Option<String>, String)> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    loop {
        let (part, tail) = one_name(rest)?;
        parts.push(part);
        match tail.strip_prefix('.') {
            Some(tail) => rest = tail,
            None if tail.is_empty() => break,
            None => return None,
        }
    }
    let name = parts.pop()?;
    let schema = parts.pop();
    parts.is_empty().then_some((schema, name))
}

fn one_name(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
            .unwrap_or(text.len());
        let (name, tail) = text.split_at(end);
        return (!name.is_empty()).then(|| (name.to_lowercase(), tail));
    };
    let mut name = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('"')?;
        name.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return (!name.is_empty()).then_some((name, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn qualified_names_fold_and_unquote() {
        let split = |text| split_qualified(text).map(|(s, n)| (s.unwrap_or_default(), n));
        assert_eq!(
            split("Public.Customers"),
            Some(("public".into(), "customers".into()))
        );
        assert_eq!(
            split("\"Odd.\"\"Name\".t"),
            Some(("Odd.\"Name".into(), "t".into()))
        );
        assert_eq!(split("t"), Some((String::new(), "t".into())));
        for bad in ["", "a.", ".a", "a.b.c", "a b", "\"open"] {
            assert_eq!(split(bad), None, "{bad}");
        }
    }

    #[test]
    fn constants_survive_backslashes() {
        assert_eq!(quote_literal("it's"), "'it''s'");
        assert_eq!(quote_literal("a\\b"), " E'a\\\\b'");
        assert_eq!(quote_ident("a\"b"), "\"a\"\"b\"");
    }
}
