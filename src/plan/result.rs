//! The statement's own result, where it is another than the server's: columns that are hidden, and LIMIT and OFFSET
//! that only the proxy can apply.

use super::analysis::{Analysis, Use, Way};
use super::coerce::oid;
use super::compare::unwrap;
use super::edits::Part;
use super::lineage::{Column, Lineage};
use super::{Amount, Argument, Derived, Told};
use crate::fault::{Fault, Refusal};
use crate::sql::{
    ConstantKind, Expr, Query, Range, Select, TokenKind, list_entries, select_list, tail_clauses,
};
use crate::value::{DeclaredType, Kind};

/// bigint, as LIMIT and OFFSET take it.
pub(super) const BIGINT: DeclaredType = DeclaredType {
    oid: oid::INT8,
    typmod: -1,
    kind: Kind::Int8,
};

/// The name of a column that the client does not see: none that a statement could have.
pub(super) const HIDDEN: &str = "\0";

/// Functions whose value, or whose effect, depends on when and how often they are called.
const UNSTEADY: &[&str] = &[
    "clock_timestamp",
    "currval",
    "cursor_to_xml",
    "cursor_to_xmlschema",
    "gen_random_uuid",
    "lastval",
    "loread",
    "lowrite",
    "nextval",
    "query_to_xml",
    "query_to_xml_and_xmlschema",
    "query_to_xmlschema",
    "random",
    "random_normal",
    "set_config",
    "setseed",
    "setval",
    "timeofday",
    "txid_status",
    "uuidv4",
    "uuidv7",
];

impl Analysis<'_> {
    /// How the result differs from the server's, which has this many columns that the client is to see.
    pub(super) fn deriving(&mut self, visible: usize) -> &mut Derived {
        let most_rows = self.request.rights.gathered_rows;
        self.derived.get_or_insert_with(|| Derived {
            columns: (0..visible).map(Told::Upstream).collect(),
            inputs: Vec::new(),
            arguments: Vec::new(),
            given: None,
            filter: None,
            sort: Vec::new(),
            limit: None,
            offset: None,
            most_rows,
            most_in_vain: None,
        })
    }

    /// Writes a column to the end of the select list that the client does not see. Returns its place.
    pub(super) fn hide(
        &mut self,
        select: &Select,
        columns: &mut Vec<Column>,
        parts: Vec<Part>,
        lineage: Lineage,
    ) -> Result<usize, Refusal> {
        let end = self.list_end(select);
        self.hide_behind((end, select.token), columns, parts, lineage)
    }

    /// The last token of the select list.
    pub(super) fn list_end(&self, select: &Select) -> Option<usize> {
        let items = self.item_ranges(select)?;
        items.last().map(|last| last.last)
    }

    /// The same behind a token, where it is certain that the list ends there; the other is for messages.
    pub(super) fn hide_behind(
        &mut self,
        (end, token): (Option<usize>, Option<usize>),
        columns: &mut Vec<Column>,
        parts: Vec<Part>,
        lineage: Lineage,
    ) -> Result<usize, Refusal> {
        let Some(end) = end.filter(|_| !self.unknown_width) else {
            let message = "where the select list ends is not certain";
            return self.refuse(Fault::Unparsed, message, token);
        };
        self.deriving(columns.len());
        let mut written = vec![Part::Text(", ".to_owned())];
        written.extend(parts);
        self.insert_after(end, written)?;
        columns.push(Column {
            name: HIDDEN.to_owned(),
            lineage,
        });
        Ok(columns.len() - 1)
    }

    /// The entries of the select list as tokens, aliases included.
    pub(super) fn item_ranges(&self, select: &Select) -> Option<Vec<Range>> {
        let items = select_list(self.tokens, select.token?, self.whole.last)?;
        (items.len() == select.items.len()).then_some(items)
    }

    /// The entries of RETURNING as tokens.
    pub(super) fn returning_ranges(&self, count: usize) -> Option<Vec<Range>> {
        let mut depth = 0_usize;
        let mut begins = None;
        for at in self.whole.first..=self.whole.last {
            let token = self.tokens.get(at)?;
            if token.is_mark('(') || token.is_mark('[') {
                depth += 1;
            } else if token.is_mark(')') || token.is_mark(']') {
                depth = depth.checked_sub(1)?;
            } else if depth == 0 && token.is_word("returning") {
                // No column can have its name unquoted; nor can there be two.
                if begins.replace(at + 1).is_some() {
                    return None;
                }
            }
        }
        let last = (begins?..=self.whole.last)
            .rev()
            .find(|at| self.tokens.get(*at).is_some_and(|own| !own.is_mark(';')))?;
        let entries = list_entries(self.tokens, begins?, last)?;
        (entries.len() == count).then_some(entries)
    }

    /// The client's text of these tokens, where it can stand in another place as well: nothing in it is edited, and it
    /// holds no string and no placeholder, which might yet be.
    pub(super) fn copied(&self, range: Range) -> Option<String> {
        let tokens = self.tokens.get(range.first..=range.last)?;
        let (start, end) = (tokens.first()?.start, tokens.last()?.end);
        let edited = self
            .edits
            .iter()
            .any(|edit| edit.start < end && edit.end > start);
        let fixed = tokens.iter().all(|token| match token.kind {
            TokenKind::Word(_)
            | TokenKind::Quoted(_)
            | TokenKind::Number(_)
            | TokenKind::Operator(_)
            | TokenKind::Mark(_) => true,
            TokenKind::Text(_)
            | TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Bits
            | TokenKind::Placeholder(_) => false,
        });
        (!edited && fixed).then(|| self.text.get(start..end).map(str::to_owned))?
    }

    /// Whether the select list says the same however often, and in whatever order, the server comes to its rows.
    pub(super) fn is_steady(&self, items: &[Range]) -> bool {
        let (Some(first), Some(last)) = (items.first(), items.last()) else {
            return false;
        };
        let tokens = self.tokens.get(first.first..=last.last).unwrap_or(&[]);
        tokens.windows(2).all(|pair| {
            let [name, open] = pair else { return true };
            let Some(name) = name.name().filter(|_| open.is_mark('(')) else {
                return true;
            };
            !(UNSTEADY.contains(&name)
                || name.starts_with("pg_")
                || name.starts_with("lo_")
                || self.world.snapshot.user_functions.contains(name))
        })
    }

    /// Takes LIMIT and OFFSET out of the text, for the proxy to apply.
    pub(super) fn take_bounds(&mut self, query: &Query) -> Result<(), Refusal> {
        let tail = &query.tail;
        let clauses = tail_clauses(self.tokens, self.whole.first, self.whole.last);
        let bounds = clauses.into_iter().filter(|clause| {
            let first = self.tokens.get(clause.first);
            first.is_some_and(|own| {
                ["limit", "offset", "fetch"]
                    .iter()
                    .any(|word| own.is_word(word))
            })
        });
        let bounds: Vec<Range> = bounds.collect();
        let token = bounds.first().map(|clause| clause.first);
        if bounds.is_empty() {
            return Ok(());
        }
        if tail.ties || tail.locks {
            let what = if tail.ties {
                "WITH TIES"
            } else {
                "FOR UPDATE with LIMIT"
            };
            let message = format!("{what} of a result whose rows the proxy chooses");
            return self.refuse(Fault::OrderNotAvailable, message, token);
        }
        let of = |at: Option<usize>| at.and_then(|at| query.bounds.get(at));
        let limit = match of(tail.limit) {
            None if tail.one => Some(Amount::Fixed(1)),
            None => None,
            Some(bound) => self.amount(bound, "LIMIT", "2201W")?,
        };
        let offset = match of(tail.offset) {
            None => None,
            Some(bound) => self.amount(bound, "OFFSET", "2201X")?,
        };
        for clause in bounds {
            self.edit(clause, Vec::new())?;
        }
        if let Some(derived) = &mut self.derived {
            (derived.limit, derived.offset) = (limit, offset);
        }
        Ok(())
    }

    /// A bound of rows: a constant or a placeholder. `None`: none.
    fn amount(
        &mut self,
        bound: &Expr,
        what: &str,
        sqlstate: &'static str,
    ) -> Result<Option<Amount>, Refusal> {
        let token = bound.range().map(|range| range.first);
        let (inner, declared) = match unwrap(bound) {
            Expr::Cast {
                inner,
                site: Some(site),
                ..
            } => {
                let named = DeclaredType::parse_name(&site.name);
                (unwrap(inner), named.filter(is_integer))
            }
            other => (other, Some(BIGINT)),
        };
        match (inner, declared) {
            (Expr::Constant(constant), Some(declared)) => {
                let text = match &constant.kind {
                    ConstantKind::Null => return Ok(None),
                    ConstantKind::Integer(text) | ConstantKind::Text(text) => text,
                    ConstantKind::Decimal(_) | ConstantKind::Boolean(_) => {
                        return self.no_bound(what, token);
                    }
                };
                let settings = self.request.environment.of_literals();
                let value = declared.from_text(text.as_bytes(), settings);
                let number = value.ok().and_then(|value| {
                    let bytes = value.expose_plaintext().try_into();
                    bytes.map(i64::from_be_bytes).ok()
                });
                match number.map(u64::try_from) {
                    Some(Ok(number)) => Ok(Some(Amount::Fixed(number))),
                    Some(Err(_)) => Err(self
                        .refusal(
                            Fault::BadValue,
                            format!("{what} must not be negative"),
                            token,
                        )
                        .with_sqlstate(sqlstate)),
                    None => self.no_bound(what, token),
                }
            }
            (Expr::Placeholder { number, token: at }, Some(declared)) => {
                let place = number.saturating_sub(1);
                let given = self.declared(*number);
                let shown = if given == 0 { declared.oid } else { given };
                if !matches!(shown, oid::INT2 | oid::INT4 | oid::INT8) {
                    return self.no_bound(what, token);
                }
                self.uses.push(Use {
                    number: *number,
                    token: *at,
                    way: Way::Local(shown),
                });
                let arguments = &mut self.deriving(0).arguments;
                arguments.push(Argument {
                    parameter: place,
                    declared,
                    sent_as: shown,
                });
                Ok(Some(Amount::Argument(arguments.len() - 1)))
            }
            _ => self.no_bound(what, token),
        }
    }

    fn no_bound<T>(&self, what: &str, token: Option<usize>) -> Result<T, Refusal> {
        let message = format!(
            "{what} that is neither a constant nor a parameter, of a result whose rows the proxy chooses"
        );
        self.refuse(Fault::OrderNotAvailable, message, token)
    }
}

fn is_integer(declared: &DeclaredType) -> bool {
    matches!(declared.kind, Kind::Int2 | Kind::Int4 | Kind::Int8)
}
