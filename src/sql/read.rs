//! From a text to statements: split as the server splits, then read one by one.

use std::cell::Cell;
use std::collections::HashMap;

use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Span, Token as SqlToken};

use super::copy::Copy;
use super::lex::Token;
use super::nesting::{DEEPEST, DEPTH};
use super::tree::{Expr, Name, Range, Statement};
use super::{clauses, doubtful, expression, nesting, statement};

/// Why a statement is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The text is not understood, or holds what this reader does not know, at this token.
    Unread {
        /// What was met.
        what: String,
        /// Where, if known.
        token: Option<usize>,
    },
    /// Too deep or too long.
    TooComplex,
}

impl ReadError {
    /// Something that is not known here.
    pub(super) fn unread(what: impl Into<String>) -> Self {
        ReadError::Unread {
            what: what.into(),
            token: None,
        }
    }
}

/// A statement that was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What it says.
    pub statement: Statement,
}

/// The statements of a text: ranges of tokens without their semicolons, empty ones left out, as the server
/// counts them. Semicolons in parentheses (rules) and in `BEGIN ATOMIC … END` (routines) do not split.
pub fn split(tokens: &[Token]) -> Vec<Range> {
    let mut statements = Vec::new();
    let mut first = 0;
    let mut parentheses = 0_usize;
    let mut atomic = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        if token.is_mark('(') || token.is_mark('[') {
            parentheses += 1;
        } else if token.is_mark(')') || token.is_mark(']') {
            parentheses = parentheses.saturating_sub(1);
        } else if opens_block(tokens, at, atomic > 0) {
            atomic += 1;
        } else if atomic > 0 && token.is_word("end") {
            atomic -= 1;
        } else if token.is_mark(';') && parentheses == 0 && atomic == 0 {
            if at > first {
                statements.push(Range {
                    first,
                    last: at - 1,
                });
            }
            first = at + 1;
        }
    }
    if tokens.len() > first {
        statements.push(Range {
            first,
            last: tokens.len() - 1,
        });
    }
    statements
}

/// `BEGIN ATOMIC`, and inside it every CASE: both are closed by END.
fn opens_block(tokens: &[Token], at: usize, inside: bool) -> bool {
    let word = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is_word(word));
    (word(at, "atomic") && at > 0 && word(at - 1, "begin")) || (inside && word(at, "case"))
}

/// Reads one statement: `range` of `tokens` of `text`.
///
/// # Errors
/// What is not understood with certainty.
pub fn read(text: &str, tokens: &[Token], range: Range) -> Result<Reading, ReadError> {
    let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
    nesting::check(own)?;
    doubtful::check(own)?;
    if own.is_empty() {
        return Err(ReadError::unread("an empty statement"));
    }
    let copy = clauses::readable(text, own);
    let mut parsed = Parser::new(&PostgreSqlDialect {})
        .with_recursion_limit(DEPTH)
        .try_with_sql(&copy.text)
        .and_then(|mut parser| {
            let statements = parser.parse_statements()?;
            // It ends a list of statements at END, which is a name to the server in many places.
            match parser.peek_token().token {
                SqlToken::EOF => Ok(statements),
                _ => Err(ParserError::ParserError(String::new())),
            }
        })
        .map_err(|error| match error {
            ParserError::RecursionLimitExceeded => ReadError::TooComplex,
            // Its message quotes the text: not passed on.
            ParserError::TokenizerError(_) | ParserError::ParserError(_) => {
                ReadError::unread("a construct that is not understood")
            }
        })?;
    let (Some(one), true) = (parsed.pop(), parsed.is_empty()) else {
        return Err(ReadError::unread("more or less than one statement"));
    };
    let lower = Lower::new(tokens, places(&copy, range.first));
    let statement = statement::lower(&lower, one)?;
    Ok(Reading { statement })
}

/// Reads one expression: `range` of `tokens` of `text`.
///
/// # Errors
/// What is not understood with certainty.
pub fn read_expression(text: &str, tokens: &[Token], range: Range) -> Result<Expr, ReadError> {
    let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
    nesting::check(own)?;
    doubtful::check(own)?;
    let copy = clauses::readable(text, own);
    let unread = |_| ReadError::unread("a construct that is not understood");
    let mut parser = Parser::new(&PostgreSqlDialect {})
        .with_recursion_limit(DEPTH)
        .try_with_sql(&copy.text)
        .map_err(unread)?;
    let one = parser.parse_expr().map_err(unread)?;
    if parser.peek_token().token != sqlparser::tokenizer::Token::EOF {
        return Err(ReadError::unread("more than one expression"));
    }
    let lower = Lower::new(tokens, places(&copy, range.first));
    expression::expr(&lower, one)
}

/// What the tree's nodes are matched with.
pub(super) struct Lower<'a> {
    /// All tokens of the text.
    pub(super) tokens: &'a [Token],
    places: HashMap<(u64, u64), usize>,
    /// How deep it is in the tree.
    depth: Cell<usize>,
}

impl<'a> Lower<'a> {
    fn new(tokens: &'a [Token], places: HashMap<(u64, u64), usize>) -> Self {
        Lower {
            tokens,
            places,
            depth: Cell::new(0),
        }
    }

    /// A step into the tree, and back. Whoever walks our tree goes as deep.
    pub(super) fn deeper<T>(
        &self,
        step: impl FnOnce() -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        let depth = self.depth.get();
        if depth >= DEEPEST {
            return Err(ReadError::TooComplex);
        }
        self.depth.set(depth + 1);
        let stepped = step();
        self.depth.set(depth);
        stepped
    }
    /// The token that starts where the span starts.
    pub(super) fn token(&self, span: Span) -> Result<usize, ReadError> {
        self.places
            .get(&(span.start.line, span.start.column))
            .copied()
            .ok_or_else(|| ReadError::unread("a place where two readers differ"))
    }

    /// A name by its identifier.
    pub(super) fn name(&self, ident: &sqlparser::ast::Ident) -> Result<Name, ReadError> {
        let token = self.token(ident.span)?;
        let text = self
            .tokens
            .get(token)
            .and_then(Token::name)
            .ok_or_else(|| ReadError::unread("a name where two readers differ"))?;
        Ok(Name {
            text: text.to_owned(),
            token,
        })
    }

    /// A qualified name.
    pub(super) fn path(&self, name: &sqlparser::ast::ObjectName) -> Result<Vec<Name>, ReadError> {
        name.0
            .iter()
            .map(|part| match part {
                sqlparser::ast::ObjectNamePart::Identifier(ident) => self.name(ident),
                sqlparser::ast::ObjectNamePart::Function(_) => {
                    Err(ReadError::unread("a function as a name"))
                }
            })
            .collect()
    }
}

/// (line, column) in characters, from 1, as sqlparser counts them, of each token.
fn places(copy: &Copy, first: usize) -> HashMap<(u64, u64), usize> {
    let mut places = HashMap::with_capacity(copy.starts.len());
    let (mut line, mut column) = (1, 1);
    let mut next = copy.starts.iter().enumerate().peekable();
    for (offset, character) in copy.text.char_indices() {
        while let Some((index, _)) = next.next_if(|(_, start)| **start == offset) {
            places.insert((line, column), first + index);
        }
        if next.peek().is_none() {
            break;
        }
        if character == '\n' {
            line += 1;
            column = 1;
        } else {
            column += 1;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::panic,
        reason = "tests"
    )]
    use super::super::lex::lex;
    use super::*;

    fn reading(text: &str) -> Result<Reading, ReadError> {
        let tokens = lex(text).unwrap();
        let ranges = split(&tokens);
        assert_eq!(ranges.len(), 1, "{text}");
        read(text, &tokens, ranges[0])
    }

    #[test]
    fn splits_as_the_server_counts() {
        let count = |text: &str| split(&lex(text).unwrap()).len();
        assert_eq!(count(""), 0);
        assert_eq!(count(";; select 1;;select ';' ;"), 2);
        assert_eq!(
            count("create rule r as on insert to t do (select 1; select 2); select 3"),
            2
        );
        assert_eq!(
            count(
                "create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3"
            ),
            2
        );
    }

    #[test]
    fn reads_what_frameworks_write() {
        for text in [
            r#"SELECT "a"."id", a.* FROM "accounts" a WHERE ("a"."email" = $1 AND a.x IN ($2, 'b')) ORDER BY a.id LIMIT $3"#,
            "INSERT INTO t (a, b) VALUES ($1::VARCHAR, DEFAULT), (-1, 'x') ON CONFLICT (a) DO UPDATE SET b = excluded.b RETURNING id, b AS c",
            "INSERT INTO t SELECT * FROM UNNEST(('{a,b}')::varchar[], $1::int[])",
            "INSERT INTO t (a) SELECT p0::VARCHAR FROM (VALUES ($1, 0), ($2, 1)) AS imp_sen(p0, sen_counter) ORDER BY sen_counter RETURNING t.id",
            "UPDATE t AS x SET a = $1, (b, c) = ($2, 'y') FROM u WHERE x.id = u.id RETURNING *",
            "UPDATE ONLY t SET a = 1",
            "DELETE FROM t USING u WHERE t.id = u.id",
            "WITH q AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM q",
            "select t.x from t for no key update of t",
            "select t.x from t, u where t.id = u.id for update of t, \"u\" skip locked",
            "update t set a = (case when t.id = 1 then 'x' else null end)::varchar(10)",
            "select * from a join b using (id) natural left join c cross join lateral (select 1) d",
            "select x from t where (a, b) in ((1, 2), ($1, $2)) and c = any($3) and d is not distinct from 'q'",
            "select count(distinct x) filter (where y > 1) over (partition by z order by w rows between 1 preceding and current row) from t",
            "select x from t where a operator(pg_catalog.=) any (array['x']::text collate pg_catalog.default)",
            "truncate table only t, u restart identity cascade",
            "table t",
            "table only t limit 1",
            "(table t) union all table u",
            "insert into t (a) table u",
            "select a isnull, (b) isnull as isnull from t where c isnull and not d isnull",
            "select a as isnull, isnull(b) from t",
            "select a from t where b between symmetric 2 and 1",
            "select a from t where b = any (values (1), (2)) and c operator(=) 1",
            "select a from t for read only",
            "select a from t offset 1 rows fetch next (1 + 1) rows only",
            "select a from t offset (1) rows fetch next ($1) row with ties",
            "insert into s.t table u on conflict do nothing",
            "select sum(a) over (order by b groups between 1 preceding and 1 following exclude no others) from t",
            "select a from t group by distinct rollup (a), cube (a, b)",
            "select * from a, rows from (unnest(b, c), f(2)) with ordinality as r (x, y)",
            "select x.* from rows from (f(1)) x join lateral rows from (g(x.a)) y on true",
            "select a, rows from (select 1 as a, 2 as rows) q",
            "select a, rows from (f(x) cross join b)",
            "select j.a from t join u using (a) as j",
            "select * from t as x tablesample bernoulli (1 + 1) repeatable ($1)",
            "select (t).a, (x.t).a from t",
            "update t set a = 1 where current of c returning a",
            "with d as (delete from t where current of \"C\") select 1",
            "select current_schema, a like any (array['x']) from f(1) as x (a int, b text)",
            "select a into temp table u from t",
            "with q as (select 1) merge into only t as x using (select 1) s on true when matched and a = 1 then update set (a, b) = (1, 2) when not matched then insert (a) values (default) when matched then do nothing when not matched by source then delete",
            "explain (analyze false, costs off) select 1",
            "select date '2020-01-01', cast($1 as character varying(10)), array(select 1), row(1, 2), interval '1 day'",
            "select case x when 'a' then 1 else 2 end, exists (select 1) from t group by grouping sets ((a), (b, c))",
        ] {
            if let Err(error) = reading(text) {
                panic!("{text}: {error:?}");
            }
        }
    }

    #[test]
    fn does_not_read_what_it_does_not_know() {
        for text in [
            "merge into t using u on true when matched then delete returning *",
            "copy t to stdout",
            "select * from t tablesample my_method (1)",
            "select * from rows from (f(1) as (a int))",
            "select (t).* from t",
        ] {
            assert!(reading(text).is_err(), "{text}");
        }
    }

    #[test]
    fn long_chains_are_refused_and_do_not_overflow() {
        let chain = format!("select 1 {}", "or 1 = 1 ".repeat(30_000));
        assert_eq!(reading(&chain).unwrap_err(), ReadError::TooComplex);
        let nest = format!("select {}1{}", "(".repeat(10_000), ")".repeat(10_000));
        assert_eq!(reading(&nest).unwrap_err(), ReadError::TooComplex);
        let wide = format!("select 1 in ({})", vec!["-1::int"; 20_000].join(","));
        assert!(reading(&wide).is_ok());
    }
}
