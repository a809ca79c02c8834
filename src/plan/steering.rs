//! Settings that a role which sees masks may not choose. Two kinds, and no others, since drivers and object mappers set
//! plenty:
//!
//! - those by which the planner takes one index rather than another (`enable_*`, the costs, `effective_cache_size`,
//!   `cursor_tuple_fraction`). Whatever rows then come in is the order of an index: statements are written so that none
//!   serves whose order would tell something (`telling`, `unordered`), but a view's own conditions are its author's.
//!   work_mem, the timeouts, the collapse limits, GEQO, plan_cache_mode, jit and default_statistics_target choose how
//!   much is done and in which sequence, not by which index a table is read.
//! - those that make the server show statements and plans, Sealwire's own and their constants among them
//!   (`debug_*`, `trace_*`, `log_*`, `auto_explain.*`, client_min_messages below INFO).

use super::{Request, World};
use crate::fault::{Fault, Refusal};
use crate::policy::Rights;
use crate::sql::{Token, TokenKind};

/// What of client_min_messages does not show the server's own log.
const QUIET: &[&str] = &[
    "info", "notice", "warning", "error", "fatal", "panic", "default",
];

/// Whether the setting is one of these; `value` where it is known.
pub(super) fn steers(name: &str, value: Option<&str>) -> bool {
    let name = name.to_ascii_lowercase();
    let begins = |prefix: &str| name.starts_with(prefix);
    match name.as_str() {
        "effective_cache_size" | "cursor_tuple_fraction" => true,
        "client_min_messages" => value.is_none_or(|value| {
            let value = value.trim().to_ascii_lowercase();
            !QUIET.contains(&value.as_str())
        }),
        _ if begins("enable_") => true,
        _ if name.ends_with("_cost") => !begins("jit_"),
        _ => ["debug_", "trace_", "log_", "auto_explain.", "pg_hint_plan."]
            .iter()
            .any(|prefix| begins(prefix)),
    }
}

/// Whether a startup packet sets one of these: by its name, or among `options` (PGOPTIONS), where there are switches of
/// the server's besides.
pub(super) fn starts_with(parameters: &[(String, String)]) -> bool {
    parameters.iter().any(|(name, value)| match name.as_str() {
        "options" => switches(value),
        name => steers(name, Some(value)),
    })
}

fn switches(options: &str) -> bool {
    let mut words = words(options).into_iter();
    while let Some(word) = words.next() {
        let set = match word.strip_prefix("--") {
            Some(set) => Some(set.to_owned()),
            None => match word.strip_prefix("-c") {
                Some("") => words.next(),
                Some(set) => Some(set.to_owned()),
                None => None,
            },
        };
        let steered = match set {
            Some(set) => {
                let (name, value) = set.split_once('=').unwrap_or((&set, ""));
                steers(&name.replace('-', "_"), Some(value))
            }
            // -f forbids a kind of scan or join, -d, -s and -t show more in the log.
            None => ["-f", "-d", "-s", "-t"]
                .iter()
                .any(|switch| word.starts_with(switch)),
        };
        if steered {
            return true;
        }
    }
    false
}

/// As `pg_split_opts`: by white space, of which a backslash takes the meaning.
fn words(options: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut characters = options.chars();
    while let Some(character) = characters.next() {
        match (character, words.last_mut()) {
            ('\\', Some(word)) => word.extend(characters.next()),
            (white, _) if white.is_ascii_whitespace() || white == '\u{b}' => {
                words.push(String::new());
            }
            (other, Some(word)) => word.push(other),
            (_, None) => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The token at which a statement sets one of these: SET, ALTER ROLE or DATABASE, a function's SET, set_config, or the
/// view that stands for them. What set_config sets must be said in the text.
pub(super) fn found(own: &[Token]) -> Option<usize> {
    let defines = |token: &Token| {
        ["update", "create", "alter", "merge"]
            .iter()
            .any(|word| token.is_word(word))
    };
    let defines = own.iter().any(defines);
    own.iter()
        .enumerate()
        .position(|(at, token)| match token.name() {
            Some("set") => assigned(own, at).is_some_and(|(name, value)| steers(&name, value)),
            Some("set_config") => {
                !is_mark(own, at + 1, '(') || !(is_harmless(own, at + 2) || is_named(own, at))
            }
            Some("pg_settings") => defines,
            Some(_) | None => false,
        })
}

/// The token at which an operator is made that could be taken for a comparison of the server's own: what is read of
/// conditions rests on those.
pub(super) fn operator(own: &[Token]) -> Option<usize> {
    let begins = (own.first()?.is_word("create") && own.get(1)?.is_word("operator"))
        .then(|| own.iter().take(6))?;
    let compares = |token: &Token| {
        ["=", "<", ">", "<=", ">=", "<>", "!="]
            .iter()
            .any(|operator| token.is_operator(operator))
    };
    // `OPERATOR CLASS` and `OPERATOR FAMILY` make none.
    let named = begins.take_while(|token| !token.is_mark('('));
    named
        .enumerate()
        .find(|(_, token)| compares(token))
        .map(|(at, _)| at)
}

/// The setting behind SET, and the first word of its value.
fn assigned(own: &[Token], set: usize) -> Option<(String, Option<&str>)> {
    let name = |at: usize| own.get(at).and_then(Token::name);
    let mut at = set + 1;
    let scoped = name(at).is_some_and(|word| matches!(word, "local" | "session"));
    if scoped && name(at + 1).is_some_and(|word| !matches!(word, "to" | "characteristics")) {
        at += 1;
    }
    let mut full = name(at)?.to_owned();
    while is_mark(own, at + 1, '.') {
        at += 2;
        full = format!("{full}.{}", name(at)?);
    }
    Some((full, own.get(at + 2).and_then(constant)))
}

/// `set_config('name', 'value', …)` with a name that is none of these.
fn is_harmless(own: &[Token], at: usize) -> bool {
    let name = match own.get(at).map(|token| &token.kind) {
        Some(TokenKind::Text(name)) if is_mark(own, at + 1, ',') => name,
        Some(_) | None => return false,
    };
    let value = own.get(at + 2).filter(|_| is_mark(own, at + 3, ','));
    !steers(name, value.and_then(constant))
}

/// `SELECT set_config(name, 'value', …) FROM pg_settings WHERE name = 'name'`, as pg_dump sets what not every version of the
/// server has, with a name that is none of these.
fn is_named(own: &[Token], at: usize) -> bool {
    let words = |from: usize, words: &[&str]| {
        words.iter().enumerate().all(|(next, word)| {
            own.get(from + next)
                .is_some_and(|token| token.is_word(word))
        })
    };
    let end = |at: usize| own.get(at).is_none_or(|token| token.is_mark(';'));
    let value = own.get(at + 4).and_then(constant);
    let name = match own.get(at + 13).map(|token| &token.kind) {
        Some(TokenKind::Text(name)) => name,
        Some(_) | None => return false,
    };
    at == 1
        && words(0, &["select", "set_config"])
        && words(at + 2, &["name"])
        && is_mark(own, at + 3, ',')
        && is_mark(own, at + 5, ',')
        && (words(at + 6, &["false"]) || words(at + 6, &["true"]))
        && is_mark(own, at + 7, ')')
        && words(at + 8, &["from", "pg_settings", "where", "name"])
        && own.get(at + 12).is_some_and(|token| token.is_operator("="))
        && !steers(name, value)
        && end(at + 14)
}

fn constant(token: &Token) -> Option<&str> {
    match &token.kind {
        TokenKind::Word(text) | TokenKind::Quoted(text) | TokenKind::Text(text) => Some(text),
        TokenKind::Escaped(_)
        | TokenKind::Dollar(_)
        | TokenKind::Bits
        | TokenKind::Number(_)
        | TokenKind::Operator(_)
        | TokenKind::Placeholder(_)
        | TokenKind::Mark(_) => None,
    }
}

fn is_mark(own: &[Token], at: usize, mark: char) -> bool {
    own.get(at).is_some_and(|token| token.is_mark(mark))
}

impl World {
    /// Whether any protected column of this database is masked for who has these rights.
    pub fn sees_masks(&self, rights: &Rights) -> bool {
        let mut tables = self.protection.tables.iter();
        tables.any(|(oid, table)| {
            !table.observe
                && table.columns.keys().any(|attnum| {
                    rights
                        .tables
                        .get(oid)
                        .and_then(|own| own.columns.get(attnum))
                        .is_none_or(|column| column.sight != crate::policy::Sight::Reveal)
                })
        })
    }

    /// Whether a session may begin with these startup parameters.
    ///
    /// # Errors
    /// Where they set what a role that sees masks may not.
    pub fn may_start(
        &self,
        parameters: &[(String, String)],
        rights: &Rights,
    ) -> Result<(), Refusal> {
        if self.enforces() && starts_with(parameters) && self.sees_masks(rights) {
            return Err(refused());
        }
        Ok(())
    }
}

/// Refuses the statement where it sets one of these.
pub(super) fn check(
    world: &World,
    request: &Request<'_>,
    own: &[Token],
) -> Result<(), (Refusal, usize)> {
    if let Some(at) = found(own).filter(|_| world.sees_masks(request.rights)) {
        return Err((refused(), at));
    }
    if let Some(at) = operator(own).filter(|_| world.sees_masks(request.rights)) {
        let message = "an operator that could be taken for a comparison, by a role that sees masks";
        return Err((Refusal::new(Fault::RoutineNotVouched, message), at));
    }
    Ok(())
}

fn refused() -> Refusal {
    Refusal::new(
        Fault::SettingRefused,
        "a setting that chooses between indexes or shows the server's own statements, by a role that sees masks",
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn settings_are_found_wherever_they_are_set() {
        let found = |text: &str| found(&crate::sql::lex(text).unwrap()).is_some();
        for text in [
            "set enable_seqscan = off",
            "SET LOCAL Enable_SeqScan TO off",
            "set session \"ENABLE_sort\" to 'off'",
            "set random_page_cost = 1",
            "set cpu_index_tuple_cost to 0",
            "set client_min_messages = debug1",
            "set client_min_messages to 'LOG'",
            "set client_min_messages = E'log'",
            "set debug_print_plan = on",
            "set auto_explain.log_min_duration = 0",
            "set trace_sort = on",
            "alter role current_user set enable_seqscan = off",
            "alter role a in database b set enable_seqscan from current",
            "alter database d set effective_cache_size = '1GB'",
            "create function f() returns int language sql set enable_sort = off as 'select 1'",
            "select set_config('enable_seqscan', 'off', false)",
            "select pg_catalog.\"set_config\"('Enable_seqscan', $1, true)",
            "select set_config('enable_' || 'seqscan', 'off', false)",
            "select set_config($1, $2, false)",
            "select set_config(name, 'off', false) from pg_settings",
            "select set_config(name, 'off', false) from pg_settings where name = 'enable_sort'",
            "select set_config(name, 'off', false) from pg_settings where name = 'work_mem' or true",
            "select set_config(name, 'off', false) from mine.pg_settings where name = 'work_mem'",
            "select set_config(name, 'log', false) from pg_settings where name = 'client_min_messages'",
            "select set_config(setting_name => 'a', new_value => 'b', is_local => true)",
            "select set_config('client_min_messages', $1, true)",
            "update pg_settings set setting = 'off' where name = 'enable_seqscan'",
            "with x as (update pg_catalog.pg_settings set setting = 'off' returning 1) select 1",
            "create view v as select * from pg_settings",
        ] {
            assert!(found(text), "{text}");
        }
        for text in [
            "set statement_timeout = 0",
            "set local work_mem = '64MB'",
            "set session characteristics as transaction read only",
            "set time zone 'UTC'",
            "set client_min_messages to warning",
            "set extra_float_digits = 3",
            "set jit_above_cost = 5",
            "set plan_cache_mode = auto",
            "set join_collapse_limit = 1",
            "set search_path = public",
            "set app.tenant = '5'",
            "reset all",
            "reset enable_seqscan",
            "show enable_seqscan",
            "select set_config('app.tenant', $1, true)",
            "SELECT set_config(name, 'view, foreign-table', false) FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind'",
            "select set_config('search_path', 'a', false)",
            "select name, setting from pg_settings where name = 'enable_seqscan'",
            "update t set enable = true",
            "alter table t alter c set default 5",
            "alter table t set (fillfactor = 70)",
        ] {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn operators_that_compare_are_told_from_others() {
        let made = |text: &str| operator(&crate::sql::lex(text).unwrap()).is_some();
        for text in [
            "create operator = (function = f, leftarg = int, rightarg = t)",
            "create operator mine.<> (procedure = f, leftarg = int)",
            "CREATE OPERATOR public.>= (function = f)",
        ] {
            assert!(made(text), "{text}");
        }
        for text in [
            "create operator ### (function = f, rightarg = int)",
            "create operator class c for type t using btree as operator 1 <",
            "alter operator = (t, t) owner to me",
            "create view v as select 1 = 1",
        ] {
            assert!(!made(text), "{text}");
        }
    }

    #[test]
    fn startup_parameters_are_read_as_the_server_reads_them() {
        let starts = |name: &str, value: &str| starts_with(&[(name.to_owned(), value.to_owned())]);
        for (name, value) in [
            ("enable_seqscan", "off"),
            ("options", "-c enable_seqscan=off"),
            ("options", "-cenable_seqscan=off"),
            ("options", "--enable-seqscan=off"),
            ("options", " -c work_mem=1MB\t-c  Random_page_cost=1"),
            ("options", "-c client\\_min_messages=debug"),
            ("options", "-f s"),
            ("options", "-fb"),
            ("client_min_messages", "log"),
        ] {
            assert!(starts(name, value), "{name} {value}");
        }
        for (name, value) in [
            ("user", "enable_seqscan"),
            ("options", "-c sealwire.otp=123456"),
            ("options", "-c search_path=a\\ -c\\ enable_seqscan=off"),
            ("client_min_messages", "warning"),
            ("application_name", "-f s"),
            ("options", ""),
        ] {
            assert!(!starts(name, value), "{name} {value}");
        }
    }
}
