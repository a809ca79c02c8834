//! Conditions that search tokens answer: `<`, BETWEEN and the like of a column with `search = ["range"]`, LIKE and its kin of
//! one with "match" or "prefix".
//!
//! The column becomes `sealwire.tokens(c)`, the constant the tokens that a fulfilling value has: one of them (`&&`) for a
//! range, all of them (`@>`) for a pattern. NULL stays NULL. Where tokens do not decide a pattern, the rows they find are
//! looked at once more (`rechecked`).

use std::sync::Arc;

use super::adopt::How;
use super::analysis::{Analysis, LeafState, Use, Way};
use super::coerce::oid;
use super::edits::Part;
use super::folded::{Chain, is_text};
use super::lineage::{LeafKind, Lineage, Value};
use super::rechecked::{Looked, Recheck};
use super::scope::Scope;
use super::seek::{self, Seek, Side, Written};
use super::typing::{literal_text, literal_type, narrow};
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::seal::SealSpec;
use crate::sql::{Call, Comparison, ConstantKind, Expr, Range, TokenKind};
use crate::value::{Canonical, DeclaredType, Escape, Kind, Matching, TokenSpec};

/// A column with tokens, as one side of a condition.
struct Tokened {
    value: Value,
    column: Arc<Protected>,
    spec: SealSpec,
    tokens: TokenSpec,
    /// As it is written.
    name: String,
}

/// A constant of a condition, under the type that it is read as.
struct Sought {
    reading: Arc<Protected>,
    /// What the client gives a placeholder in.
    sent_as: u32,
    shown: u32,
}

impl Analysis<'_> {
    /// The column with tokens that a chain ends in; `None` for anything else.
    fn tokened(
        &mut self,
        chain: &Chain<'_>,
        scope: &Scope<'_>,
    ) -> Result<Option<Tokened>, Refusal> {
        if self.view > 0 || !chain.applied.is_empty() || !matches!(chain.leaf, Expr::Column { .. })
        {
            return Ok(None);
        }
        let Lineage::Value(value) = self.expr(chain.leaf, scope)? else {
            return Ok(None);
        };
        let (Some(column), Some(spec)) = (value.column().cloned(), value.spec().cloned()) else {
            return Ok(None);
        };
        let name = chain.leaf.range().and_then(|range| {
            let first = self.tokens.get(range.first)?;
            let last = self.tokens.get(range.last)?;
            self.text.get(first.start..last.end)
        });
        let (Some(tokens), Some(name)) = (spec.tokens, name) else {
            return Ok(None);
        };
        let name = name.to_owned();
        self.exactly(&value)?;
        Ok(Some(Tokened {
            value,
            column,
            spec,
            tokens,
            name,
        }))
    }

    /// The operator that stands alone between two ranges of tokens.
    fn operator_between(&self, left: Range, right: Range) -> Option<&str> {
        let at = left.last + 1;
        if right.first != at + 1 {
            return None;
        }
        match &self.tokens.get(at)?.kind {
            TokenKind::Operator(operator) => Some(operator),
            TokenKind::Word(_)
            | TokenKind::Quoted(_)
            | TokenKind::Text(_)
            | TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Bits
            | TokenKind::Number(_)
            | TokenKind::Placeholder(_)
            | TokenKind::Mark(_) => None,
        }
    }

    fn is_word_at(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_word(word))
    }

    /// `left op right` of a column with ranges and a constant. False: it is none.
    pub(super) fn compare_ranged(
        &mut self,
        op: Comparison,
        left: &Expr,
        right: &Expr,
        scope: &Scope<'_>,
    ) -> Result<bool, Refusal> {
        let (Some(a), Some(b)) = (self.chain(left), self.chain(right)) else {
            return Ok(false);
        };
        let is_column = |chain: &Chain<'_>| matches!(chain.leaf, Expr::Column { .. });
        let (own, other, flipped) = match (is_column(&a), is_column(&b)) {
            (true, false) => (&a, &b, false),
            (false, true) => (&b, &a, true),
            (true, true) | (false, false) => return Ok(false),
        };
        let (side, negated) = match (op, self.operator_between(a.range, b.range)) {
            (Comparison::Equal, Some("=")) => (Side::At, false),
            (Comparison::NotEqual, Some("<>" | "!=")) => (Side::At, true),
            (Comparison::Order, Some("<")) => (Side::Below, false),
            (Comparison::Order, Some("<=")) => (Side::UpTo, false),
            (Comparison::Order, Some(">=")) => (Side::From, false),
            (Comparison::Order, Some(">")) => (Side::Above, false),
            (Comparison::Equal | Comparison::NotEqual | Comparison::Order, _) => return Ok(false),
        };
        if !own.casts.is_empty() || !other.applied.is_empty() {
            return Ok(false);
        }
        let Some(tokened) = self.tokened(own, scope)?.filter(|found| {
            found.tokens.range.is_some()
                && !(op != Comparison::Order && found.column.has_equality())
        }) else {
            return Ok(false);
        };
        let side = if flipped { side.flipped() } else { side };
        let whole = Range {
            first: a.range.first,
            last: b.range.last,
        };
        self.check_neighbours(whole)?;
        self.need_search(&tokened.value, Some(whole.first))?;
        let sought = self.ranged_constant(&tokened, other)?;
        let by = Seek::Range {
            side,
            own: tokened.column.declared.clone(),
        };
        let part = self.token_part(&tokened, other, &sought, by)?;
        self.write_tokens(whole, &tokened, negated, "&&", vec![part])?;
        Ok(true)
    }

    /// `inner [NOT] BETWEEN low AND high` likewise.
    pub(super) fn between_ranged(
        &mut self,
        inner: &Expr,
        low: &Expr,
        high: &Expr,
        scope: &Scope<'_>,
    ) -> Result<bool, Refusal> {
        let (Some(own), Some(low), Some(high)) =
            (self.chain(inner), self.chain(low), self.chain(high))
        else {
            return Ok(false);
        };
        let is_column = |chain: &Chain<'_>| matches!(chain.leaf, Expr::Column { .. });
        let first = own.range.last + 1;
        let negated = self.is_word_at(first, "not");
        let at = first + usize::from(negated);
        let written = self.is_word_at(at, "between")
            && low.range.first == at + 1
            && self.is_word_at(low.range.last + 1, "and")
            && high.range.first == low.range.last + 2;
        let bare = low.applied.is_empty() && high.applied.is_empty() && own.casts.is_empty();
        let constants = is_column(&own) && !is_column(&low) && !is_column(&high);
        if !(constants && written && bare) {
            return Ok(false);
        }
        let Some(tokened) = self
            .tokened(&own, scope)?
            .filter(|found| found.tokens.range.is_some())
        else {
            return Ok(false);
        };
        let whole = Range {
            first: own.range.first,
            last: high.range.last,
        };
        self.check_neighbours(whole)?;
        self.need_search(&tokened.value, Some(whole.first))?;
        let bounds = [
            self.ranged_constant(&tokened, &low)?,
            self.ranged_constant(&tokened, &high)?,
        ];
        let [from, to] = &bounds;
        let known = (
            self.constant_value(&low, from)?,
            self.constant_value(&high, to)?,
        );
        let by = |side| Seek::Range {
            side,
            own: tokened.column.declared.clone(),
        };
        let parts = if let (Some(least), Some(most)) = &known {
            let fragments = seek::between(
                &tokened.column.declared,
                &tokened.spec,
                (&from.reading, least),
                (&to.reading, most),
            )
            .map_err(|refusal| self.placed(refusal, low.range.first))?;
            self.leave_leaf(&low)?;
            self.leave_leaf(&high)?;
            let guess = self.is_guess(&tokened);
            self.guesses = self.guesses.saturating_add(2 * u32::from(guess));
            vec![Part::Tokens {
                column: Arc::clone(&tokened.column),
                spec: tokened.spec.clone(),
                fragments,
            }]
        } else {
            let least = self.token_part(&tokened, &low, from, by(Side::From))?;
            let most = self.token_part(&tokened, &high, to, by(Side::UpTo))?;
            let again = format!(
                " AND sealwire.tokens({}) OPERATOR(pg_catalog.&&) ",
                tokened.name
            );
            vec![least, Part::Text(again), most]
        };
        self.write_tokens(whole, &tokened, negated, "&&", parts)?;
        Ok(true)
    }

    /// `left [NOT] LIKE pattern [ESCAPE …]` of a column with tokens of its texts. False: it is none.
    pub(super) fn like_tokened(
        &mut self,
        (insensitive, negated): (bool, bool),
        left: &Expr,
        pattern: &Expr,
        escape: Option<&Expr>,
        scope: &Scope<'_>,
    ) -> Result<bool, Refusal> {
        let (Some(own), Some(other)) = (self.chain(left), self.chain(pattern)) else {
            return Ok(false);
        };
        let first = own.range.last + 1;
        let at = first + usize::from(negated);
        let operator = if insensitive { "ilike" } else { "like" };
        if (negated && !self.is_word_at(first, "not"))
            || !self.is_word_at(at, operator)
            || other.range.first != at + 1
        {
            return Ok(false);
        }
        let (escape, last) = match escape {
            None => (Escape::By('\\'), other.range.last),
            Some(expr) => {
                let Expr::Constant(constant) = expr else {
                    return Ok(false);
                };
                let ConstantKind::Text(text) = &constant.kind else {
                    return Ok(false);
                };
                let at = other.range.last + 1;
                if !self.is_word_at(at, "escape") || constant.range.first != at + 1 {
                    return Ok(false);
                }
                let escape = Escape::of(text).map_err(|error| {
                    self.refusal(Fault::BadValue, error.message, Some(at))
                        .with_sqlstate(error.sqlstate)
                })?;
                (escape, constant.range.last)
            }
        };
        let whole = Range {
            first: own.range.first,
            last,
        };
        let done = self.pattern_tokened(
            whole,
            (insensitive, negated),
            &own,
            &other,
            Written::Like(escape),
            scope,
        )?;
        if done && last != other.range.last {
            self.leaves.insert(last, LeafState::Done);
        }
        Ok(done)
    }

    /// `left ~~ pattern`, `~~*`, `!~~`, `!~~*`, `^@`.
    pub(super) fn like_operator(
        &mut self,
        parts: &[Expr],
        scope: &Scope<'_>,
    ) -> Result<bool, Refusal> {
        let [left, pattern] = parts else {
            return Ok(false);
        };
        let (Some(own), Some(other)) = (self.chain(left), self.chain(pattern)) else {
            return Ok(false);
        };
        let like = Written::Like(Escape::By('\\'));
        let (insensitive, negated, written) = match self.operator_between(own.range, other.range) {
            Some("~~") => (false, false, like),
            Some("~~*") => (true, false, like),
            Some("!~~") => (false, true, like),
            Some("!~~*") => (true, true, like),
            Some("^@") => (false, false, Written::Beginning),
            Some(_) | None => return Ok(false),
        };
        let whole = Range {
            first: own.range.first,
            last: other.range.last,
        };
        self.pattern_tokened(whole, (insensitive, negated), &own, &other, written, scope)
    }

    /// `starts_with(left, beginning)`.
    pub(super) fn starts_with_tokened(
        &mut self,
        call: &Call,
        scope: &Scope<'_>,
    ) -> Result<bool, Refusal> {
        let plain = !call.star
            && !call.distinct
            && !call.within_group
            && call.order_by.is_empty()
            && call.filter.is_none()
            && call.over.is_none();
        let ([left, beginning], true) = (call.args.as_slice(), plain) else {
            return Ok(false);
        };
        if self.builtin(call) != Some("starts_with") {
            return Ok(false);
        }
        let (Some(own), Some(other), Some(name)) =
            (self.chain(left), self.chain(beginning), call.name.last())
        else {
            return Ok(false);
        };
        let mark = |at: usize, mark| self.tokens.get(at).is_some_and(|token| token.is_mark(mark));
        let certain = mark(name.token + 1, '(')
            && own.range.first == name.token + 2
            && mark(own.range.last + 1, ',')
            && other.range.first == own.range.last + 2
            && mark(other.range.last + 1, ')');
        let Some(first) = call.name.first().filter(|_| certain) else {
            return Ok(false);
        };
        let whole = Range {
            first: first.token,
            last: other.range.last + 1,
        };
        let how = (false, false);
        self.pattern_tokened(whole, how, &own, &other, Written::Beginning, scope)
    }

    fn pattern_tokened(
        &mut self,
        whole: Range,
        (insensitive, negated): (bool, bool),
        own: &Chain<'_>,
        other: &Chain<'_>,
        written: Written,
        scope: &Scope<'_>,
    ) -> Result<bool, Refusal> {
        if matches!(other.leaf, Expr::Column { .. }) || !other.applied.is_empty() {
            return Ok(false);
        }
        let Some(tokened) = self.tokened(own, scope)?.filter(|found| {
            let text = matches!(
                found.column.declared.kind,
                Kind::Text | Kind::Varchar { .. }
            );
            text && (found.tokens.matching.is_some() || found.tokens.prefix.is_some())
        }) else {
            return Ok(false);
        };
        let fold = tokened.tokens.matching.and_then(Matching::fold);
        let looks = !negated && self.may_recheck(whole, &tokened.value);
        if insensitive && !self.prefers_tokens(&tokened, other, looks && fold.is_some()) {
            return Ok(false);
        }
        if !own
            .casts
            .iter()
            .chain(&other.casts)
            .all(|site| is_text(site))
        {
            return Ok(false);
        }
        self.check_neighbours(whole)?;
        self.need_search(&tokened.value, Some(whole.first))?;
        let sought = self.pattern_constant(&tokened, other)?;
        let known = self.constant_value(other, &sought)?;
        let decided = match &known {
            None => false,
            Some(value) => Seek::Pattern {
                written,
                insensitive,
                exact: true,
            }
            .fragments(&tokened.column, &tokened.spec, value)
            .is_ok(),
        };
        let null = matches!(
            other.leaf,
            Expr::Constant(constant) if constant.kind == ConstantKind::Null
        );
        let looks = looks && !decided && !null;
        let by = Seek::Pattern {
            written,
            insensitive,
            exact: !looks,
        };
        let part = self.token_part(&tokened, other, &sought, by)?;
        self.write_tokens(whole, &tokened, negated, "@>", vec![part])?;
        if looks {
            let pattern = match (other.leaf, known) {
                (Expr::Placeholder { number, .. }, _) => Looked::Argument {
                    number: *number,
                    sent_as: sought.sent_as,
                },
                (_, Some(value)) => Looked::Constant(value),
                (_, None) => return self.differs(&tokened.value, Some(whole.first)),
            };
            if let Looked::Argument { number, .. } = &pattern {
                self.uses.push(Use {
                    number: *number,
                    token: other.range.first,
                    way: Way::Local(sought.shown),
                });
            }
            self.rechecks.push(Recheck {
                name: tokened.name,
                value: tokened.value,
                pattern,
                written,
                fold: fold.filter(|_| insensitive),
            });
        }
        Ok(true)
    }

    /// Whether ILIKE goes by tokens and not by the case-insensitive tag, which answers whole values.
    fn prefers_tokens(&self, tokened: &Tokened, other: &Chain<'_>, looks: bool) -> bool {
        if tokened.column.fold().is_none() {
            return true;
        }
        match other.leaf {
            Expr::Constant(constant) => match &constant.kind {
                ConstantKind::Text(text) => text.contains(['%', '_']),
                ConstantKind::Integer(_)
                | ConstantKind::Decimal(_)
                | ConstantKind::Boolean(_)
                | ConstantKind::Null => false,
            },
            _ => looks,
        }
    }

    /// A constant beside a column with ranges: its type as for any comparison.
    fn ranged_constant(&mut self, tokened: &Tokened, chain: &Chain<'_>) -> Result<Sought, Refusal> {
        let column = &tokened.column;
        let token = chain.range.first;
        let casts: Vec<DeclaredType> = chain
            .casts
            .iter()
            .map(|site| self.cast_type(site, column, false).map(|(_, ty)| ty))
            .collect::<Result<_, _>>()?;
        let (kind, own) = match chain.leaf {
            Expr::Placeholder { number, .. } => {
                (LeafKind::Placeholder(*number), self.declared(*number))
            }
            Expr::Constant(constant) => (
                LeafKind::Constant(constant.kind.clone()),
                literal_type(&constant.kind),
            ),
            _ => return self.differs(&tokened.value, Some(token)),
        };
        let given = casts.last().map_or(own, |ty| ty.oid);
        let mut read = self.read_as(column, given, How::Compare, token, &kind)?;
        for ty in &casts {
            read = narrow(&read, ty).ok_or_else(|| {
                self.refusal(
                    Fault::ServerDependentValue,
                    "a cast to another type than the column's",
                    Some(token),
                )
            })?;
        }
        let first = casts.first().map(|ty| ty.oid);
        let declared = match &kind {
            LeafKind::Placeholder(_) => own,
            LeafKind::Constant(_) => 0,
        };
        Ok(Sought {
            sent_as: if own != 0 && own != oid::UNKNOWN {
                own
            } else {
                first.unwrap_or(0)
            },
            shown: self.shown(declared, first, column, How::Compare, false),
            reading: Arc::new(Protected {
                declared: read,
                ..Protected::clone(column)
            }),
        })
    }

    /// A pattern: text of some kind.
    fn pattern_constant(
        &mut self,
        tokened: &Tokened,
        chain: &Chain<'_>,
    ) -> Result<Sought, Refusal> {
        let token = chain.range.first;
        let own = match chain.leaf {
            Expr::Placeholder { number, .. } => self.declared(*number),
            Expr::Constant(constant) => match literal_type(&constant.kind) {
                oid::UNKNOWN => 0,
                other => other,
            },
            _ => return self.differs(&tokened.value, Some(token)),
        };
        if !matches!(own, 0 | oid::TEXT | oid::VARCHAR) {
            let fault = if matches!(own, oid::BPCHAR | oid::NAME) {
                Fault::ServerDependentValue
            } else {
                Fault::OperatorMissing
            };
            let message = format!(
                "a value of another type is a pattern for column {}",
                tokened.column.qualified()
            );
            return self.refuse(fault, message, Some(token));
        }
        let cast = chain.casts.first().map(|site| {
            if site.name.ends_with("text") {
                oid::TEXT
            } else {
                oid::VARCHAR
            }
        });
        let shown = if own == 0 {
            cast.unwrap_or(oid::TEXT)
        } else {
            own
        };
        Ok(Sought {
            reading: Arc::new(Protected {
                declared: DeclaredType {
                    oid: oid::TEXT,
                    typmod: -1,
                    kind: Kind::Text,
                },
                ..Protected::clone(&tokened.column)
            }),
            sent_as: shown,
            shown,
        })
    }

    /// The value of a constant; `None` for a placeholder and for NULL.
    fn constant_value(
        &self,
        chain: &Chain<'_>,
        sought: &Sought,
    ) -> Result<Option<Canonical>, Refusal> {
        let Expr::Constant(constant) = chain.leaf else {
            return Ok(None);
        };
        if constant.kind == ConstantKind::Null {
            return Ok(None);
        }
        let settings = &self.request.environment.settings;
        sought
            .reading
            .declared
            .from_text(literal_text(&constant.kind).as_bytes(), settings)
            .map(Some)
            .map_err(|error| self.bad_value(&sought.reading, &error, chain.range.first))
    }

    /// Marks a constant as taken.
    fn leave_leaf(&mut self, chain: &Chain<'_>) -> Result<(), Refusal> {
        let token = chain.leaf.range().map(|range| range.first);
        let token = token.unwrap_or(chain.range.first);
        match self.leaves.insert(token, LeafState::Done) {
            None => Ok(()),
            Some(_) => self.refuse(
                Fault::ParameterConflict,
                "a constant is used both for a sealed column and for something else",
                Some(token),
            ),
        }
    }

    fn is_guess(&self, tokened: &Tokened) -> bool {
        !tokened.value.columns.iter().all(|one| self.reveals(one))
    }

    fn placed(&self, refusal: Refusal, token: usize) -> Refusal {
        match self.position(token) {
            Some(position) => refusal.at(position),
            None => refusal,
        }
    }

    /// What a constant is written as.
    fn token_part(
        &mut self,
        tokened: &Tokened,
        chain: &Chain<'_>,
        sought: &Sought,
        by: Seek,
    ) -> Result<Part, Refusal> {
        self.leave_leaf(chain)?;
        let guess = self.is_guess(tokened);
        if let Expr::Placeholder { number, token } = chain.leaf {
            self.uses.push(Use {
                number: *number,
                token: *token,
                way: Way::Tokens {
                    column: Arc::clone(&sought.reading),
                    spec: tokened.spec.clone(),
                    by,
                    sent_as: sought.sent_as,
                    shown: sought.shown,
                    guess,
                },
            });
            return Ok(Part::Use(self.uses.len() - 1));
        }
        match self.constant_value(chain, sought)? {
            None => Ok(Part::Text("NULL::pg_catalog.int8[]".to_owned())),
            Some(value) => {
                let fragments = by
                    .fragments(&sought.reading, &tokened.spec, &value)
                    .map_err(|refusal| self.placed(refusal, chain.range.first))?;
                self.guesses = self.guesses.saturating_add(u32::from(guess));
                Ok(Part::Tokens {
                    column: Arc::clone(&tokened.column),
                    spec: tokened.spec.clone(),
                    fragments,
                })
            }
        }
    }

    /// Writes the condition, in parentheses: whatever stands around it.
    fn write_tokens(
        &mut self,
        whole: Range,
        tokened: &Tokened,
        negated: bool,
        operator: &str,
        mut parts: Vec<Part>,
    ) -> Result<(), Refusal> {
        let (open, close) = if negated {
            ("(NOT (", "))")
        } else {
            ("(", ")")
        };
        let column = format!(
            "{open}sealwire.tokens({}) OPERATOR(pg_catalog.{operator}) ",
            tokened.name
        );
        parts.insert(0, Part::Text(column));
        parts.push(Part::Text(close.to_owned()));
        self.edit(whole, parts)
    }
}
