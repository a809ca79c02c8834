//! SQL scripts: split where the server would, without psql's own commands and COPY data.

use crate::sql;

/// The longest COPY that is looked for, in bytes.
const LONGEST: usize = 64 * 1024;

/// The statements of a script.
pub(super) fn statements(script: &str) -> Vec<String> {
    let script = plain(script);
    match sql::lex(&script) {
        Ok(tokens) => sql::split(&tokens)
            .into_iter()
            .filter_map(|range| {
                let start = tokens.get(range.first)?.start;
                let end = tokens.get(range.last)?.end;
                script.get(start..end).map(str::to_owned)
            })
            .collect(),
        // One statement that the lexer does not read must not hide the others.
        Err(_) => roughly(&script),
    }
}

/// The script without lines that are psql's, and without the data below `COPY … FROM STDIN …;`.
fn plain(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    // A COPY of several lines up to here, and how many blocks of data follow.
    let (mut copy, mut data) = (String::new(), 0_usize);
    for line in script.split_inclusive('\n') {
        let words = line.trim();
        if data > 0 {
            data -= usize::from(words == "\\.");
            continue;
        }
        if let Some(command) = words.strip_prefix('\\') {
            data = from_stdin(command);
            continue;
        }
        out.push_str(line);
        let begins = words
            .get(..4)
            .is_some_and(|word| word.eq_ignore_ascii_case("copy"));
        if begins || !copy.is_empty() {
            copy.push_str(line);
        }
        if words.ends_with(';') || copy.len() > LONGEST {
            data = from_stdin(&copy);
            copy.clear();
        }
    }
    out
}

/// How many of these statements read data that follows.
fn from_stdin(text: &str) -> usize {
    let Ok(tokens) = sql::lex(text) else {
        return 0;
    };
    let reads = |range: &sql::Range| {
        let own = tokens.get(range.first..=range.last).unwrap_or_default();
        let word = |at: usize, of: &str| {
            own.get(at).is_some_and(|token: &sql::Token| {
                let word = text.get(token.start..token.end).unwrap_or_default();
                word.eq_ignore_ascii_case(of)
            })
        };
        let mut depth = 0_usize;
        let mut found = false;
        for at in 0..own.len() {
            if word(at, "(") {
                depth += 1;
            } else if word(at, ")") {
                depth = depth.saturating_sub(1);
            }
            found |= depth == 0 && word(at, "from") && word(at + 1, "stdin");
        }
        word(0, "copy") && found
    };
    sql::split(&tokens)
        .iter()
        .filter(|range| reads(range))
        .count()
}

/// Splits at semicolons outside quotes, comments and parentheses.
fn roughly(script: &str) -> Vec<String> {
    let mut statements = Vec::new();
    let (mut from, mut depth) = (0, 0_usize);
    let mut at = 0;
    while let Some(rest) = script.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().map_or(1, char::len_utf8);
        at += match rest.as_bytes().first() {
            Some(b'\'' | b'"') => quoted(rest, escapes(script, at)),
            Some(b'$') => dollar(rest).unwrap_or(first),
            Some(b'-') if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            Some(b'/') if rest.starts_with("/*") => {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            }
            Some(b'(') => {
                depth += 1;
                1
            }
            Some(b')') => {
                depth = depth.saturating_sub(1);
                1
            }
            Some(b';') if depth == 0 => {
                statements.extend(script.get(from..at).map(str::to_owned));
                from = at + 1;
                1
            }
            _ => first,
        };
    }
    statements.extend(script.get(from..).map(str::to_owned));
    statements.retain(|statement| !statement.trim().is_empty());
    statements
}

/// Whether the quote at `at` opens an `E'…'`.
fn escapes(script: &str, at: usize) -> bool {
    script
        .get(..at)
        .is_some_and(|before| before.ends_with(['e', 'E']))
}

fn quoted(text: &str, escapes: bool) -> usize {
    let quote = text.chars().next();
    let mut skip = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if skip => skip = false,
            '\\' if escapes => skip = true,
            c if Some(c) == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn dollar(text: &str) -> Option<usize> {
    let end = text.get(1..)?.find('$')? + 2;
    let tag = text.get(..end)?;
    let name = tag.trim_matches('$');
    let is_tag = name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    let body = text.get(end..).filter(|_| is_tag)?;
    Some(body.find(tag).map_or(text.len(), |at| end + at + tag.len()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "tests")]
    use super::*;

    #[test]
    fn a_script_is_split_where_the_server_would() {
        let script = "\\set x 1\nselect 'a;b' from t; -- c;\nselect $$;$$;\ncopy t from stdin;\n1;2\n\\.\nselect 2";
        assert_eq!(
            statements(script),
            [
                "select 'a;b' from t",
                "select $$;$$",
                "copy t from stdin",
                "select 2"
            ]
        );
    }

    #[test]
    fn data_of_copy_is_no_statement() {
        let script = "\
COPY public.t (id, \"from stdin;\") FROM stdin WITH (FORMAT csv);
1,'it
\\.
copy t (id,
  name)
from stdin
  (format text, delimiter '|');
1|select 'x
\\.
Copy t From STDIN csv header where id > 1; copy t from stdin;
a
\\.
b
\\.
\\copy t from stdin with csv
c;d
\\.
copy (select 1 as x from stdin
 where a = ';') to stdout;
copy t from 'stdin';
copy t to stdout;
select 2;
copy t from program 'x; y' where a = '
from stdin';
select 3;
";
        let found = statements(script);
        let first: Vec<&str> = found
            .iter()
            .map(|one| one.get(..12).unwrap_or(one))
            .collect();
        assert_eq!(
            first,
            [
                "COPY public.",
                "copy t (id,\n",
                "Copy t From ",
                "copy t from ",
                "copy (select",
                "copy t from ",
                "copy t to st",
                "select 2",
                "copy t from ",
                "select 3",
            ],
            "{found:?}"
        );
    }

    #[test]
    fn what_cannot_be_read_hides_nothing_else() {
        let found =
            statements("select u&'x;' from t; select 'a;\\' ; select 2 /* ; */; select e'\\';'");
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[3].contains("e'"));
    }
}
