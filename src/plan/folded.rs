//! Case-insensitive comparison: `lower(c) = lower($1)`, `upper`, ILIKE without wildcards, citext.
//!
//! The side with the column becomes `sealwire.ci(c)`, the tag of its value; the other side becomes the tag of the
//! values that the server would hold equal (`sought`). What ILIKE compares is `lower` of both sides, and so is what
//! citext's own operators compare.

use super::analysis::Analysis;
use super::edits::Part;
use super::lineage::{Lineage, Value};
use super::scope::Scope;
use crate::fault::{Fault, Refusal};
use crate::policy::{Protected, may_fold};
use crate::sql::{Call, CastSite, Comparison, Expr, Name, Range, folded_targets};
use crate::value::{CaseFunction, Kind};

/// One side of a comparison: a case function of a column.
pub(super) struct Folded {
    pub(super) value: Value,
    pub(super) function: CaseFunction,
    /// No function is written: citext's own operator applies it.
    pub(super) bare: bool,
}

/// A leaf with casts and case functions around it.
pub(super) struct Chain<'e> {
    pub(super) leaf: &'e Expr,
    /// Directly around the leaf, inmost first.
    pub(super) casts: Vec<&'e CastSite>,
    /// In the order they are applied.
    pub(super) applied: Vec<CaseFunction>,
    /// Tokens of the whole.
    pub(super) range: Range,
}

impl Analysis<'_> {
    /// A case function of a column with a tag, rewritten; `None` for anything else.
    pub(super) fn folded(
        &mut self,
        expr: &Expr,
        scope: &Scope<'_>,
    ) -> Result<Option<Folded>, Refusal> {
        let Some(chain) = self.chain(expr) else {
            return Ok(None);
        };
        let Some((value, column)) = self.sealed_leaf(&chain, scope)? else {
            return Ok(None);
        };
        let citext = column.declared.kind == Kind::Citext;
        let (function, bare) = match chain.applied.as_slice() {
            [] if citext && column.fold().is_some() => (CaseFunction::Lower, true),
            [function] => (*function, false),
            [] | [_, ..] => return Ok(None),
        };
        if bare && !chain.casts.iter().all(|site| is_citext(site)) {
            return Ok(None);
        }
        let folded = Folded {
            value,
            function,
            bare,
        };
        self.tagged(&folded, &column, &chain).map(Some)
    }

    /// The column of `c ILIKE …`, or of a `LIKE` of citext, rewritten.
    fn folded_text(
        &mut self,
        insensitive: bool,
        expr: &Expr,
        scope: &Scope<'_>,
    ) -> Result<Option<Folded>, Refusal> {
        let Some(chain) = self.chain(expr) else {
            return Ok(None);
        };
        let Some((value, column)) = self.sealed_leaf(&chain, scope)? else {
            return Ok(None);
        };
        // The blanks of char(n) count for LIKE.
        let answered = column.declared.kind == Kind::Citext
            || (insensitive && matches!(column.declared.kind, Kind::Text | Kind::Varchar { .. }));
        // `ci::text LIKE …` is text's own LIKE.
        let own = insensitive || chain.casts.iter().all(|site| is_citext(site));
        if !answered || !own || !chain.applied.is_empty() || column.fold().is_none() {
            return Ok(None);
        }
        let folded = Folded {
            value,
            function: CaseFunction::Lower,
            bare: false,
        };
        self.tagged(&folded, &column, &chain).map(Some)
    }

    /// The sealed column of text that the chain ends in.
    fn sealed_leaf(
        &mut self,
        chain: &Chain<'_>,
        scope: &Scope<'_>,
    ) -> Result<Option<(Value, std::sync::Arc<Protected>)>, Refusal> {
        if !matches!(chain.leaf, Expr::Column { .. }) {
            return Ok(None);
        }
        let Lineage::Value(value) = self.expr(chain.leaf, scope)? else {
            return Ok(None);
        };
        let Some(column) = value.column().cloned() else {
            return Ok(None);
        };
        let text = may_fold(crate::policy::FoldWish::Both, &column.declared).is_ok();
        Ok((value.spec().is_some() && text).then_some((value, column)))
    }

    /// Checks right and capability, and writes `sealwire.ci(c)` in place of the chain.
    fn tagged(
        &mut self,
        folded: &Folded,
        column: &Protected,
        chain: &Chain<'_>,
    ) -> Result<Folded, Refusal> {
        let token = Some(chain.range.first);
        self.need_search(&folded.value, token)?;
        if !column
            .fold()
            .is_some_and(|fold| fold.answers(folded.function))
        {
            let message = format!(
                "{}() of column {} cannot be compared",
                name_of(folded.function),
                column.qualified()
            );
            return self.refuse(Fault::FoldMissing, message, token);
        }
        let kept = |site: &&CastSite| {
            is_text(site) || (column.declared.kind == Kind::Citext && is_citext(site))
        };
        if !chain.casts.iter().all(kept) {
            let message = format!("column {} cannot be used in a cast", column.qualified());
            return self.refuse(Fault::UnsupportedExpression, message, token);
        }
        if self.tagged.insert(chain.range.first) {
            self.check_neighbours(chain.range)?;
            let name = chain
                .leaf
                .range()
                .and_then(|range| {
                    let first = self.tokens.get(range.first)?;
                    let last = self.tokens.get(range.last)?;
                    self.text.get(first.start..last.end)
                })
                .map(str::to_owned);
            let Some(name) = name else {
                return self.refuse(
                    Fault::Unparsed,
                    "the statement could not be read with certainty",
                    token,
                );
            };
            self.edit(
                chain.range,
                vec![Part::Text(format!("sealwire.ci({name})"))],
            )?;
        }
        Ok(Folded {
            value: folded.value.clone(),
            ..*folded
        })
    }

    /// `left op right` where a side is a case function of a column with a tag. False: neither is.
    pub(super) fn compare_folded(
        &mut self,
        op: Comparison,
        left: &Expr,
        right: &Expr,
        scope: &Scope<'_>,
    ) -> Result<bool, Refusal> {
        let a = self.folded(left, scope)?;
        let b = self.folded(right, scope)?;
        let (folded, other) = match (a, b) {
            (None, None) => return Ok(false),
            (Some(a), Some(b)) => {
                self.equality_only(op, &a)?;
                if a.function != b.function || a.bare != b.bare {
                    return self.refuse(
                        Fault::UnsupportedExpression,
                        "different case functions of two columns are compared",
                        None,
                    );
                }
                self.no_list(&a.value, &b.value, None)?;
                self.one_domain(&a.value, &b.value, None)?;
                return Ok(true);
            }
            (Some(folded), None) => (folded, right),
            (None, Some(folded)) => (folded, left),
        };
        self.equality_only(op, &folded)?;
        self.sought(&folded, other, false, false)?;
        Ok(true)
    }

    /// `left op ANY (array)` likewise.
    pub(super) fn compare_folded_array(
        &mut self,
        op: Comparison,
        left: &Expr,
        array: &Expr,
        scope: &Scope<'_>,
    ) -> Result<bool, Refusal> {
        let Some(folded) = self.folded(left, scope)? else {
            return Ok(false);
        };
        self.equality_only(op, &folded)?;
        if let Expr::Cast {
            inner,
            site: Some(site),
            ..
        } = super::compare::unwrap(array)
            && let Expr::Array { elements, .. } = super::compare::unwrap(inner)
        {
            let element = site.name.trim_end_matches("[]").trim_end();
            let fits = if folded.bare {
                is_citext_name(element)
            } else {
                is_text_name(element)
            };
            if !fits {
                let name = folded.value.clone();
                return self.differs(&name, None);
            }
            self.edit_cast(site, true)?;
            for element in elements {
                self.sought(&folded, element, false, false)?;
            }
            return Ok(true);
        }
        self.sought(&folded, array, true, false)?;
        Ok(true)
    }

    /// Constants without a type become text in `ARRAY[…]` and behind CASE, before they meet a column: beside text,
    /// citext is compared by its letters, which no tag tells, and blanks at the end of a constant are none of char(n).
    pub(super) fn keep_from_text(
        &mut self,
        column: &Expr,
        constants: &[Expr],
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        let cast = |one: &Expr, fits: &dyn Fn(&CastSite) -> bool| {
            self.chain(one).is_none_or(|chain| {
                matches!(chain.leaf, Expr::Column { .. })
                    || chain.casts.last().is_some_and(|site| fits(site))
            })
        };
        let citext = constants.iter().any(|one| cast(one, &is_citext));
        let blanks = constants.iter().any(|one| cast(one, &is_char))
            || constants.iter().all(|one| cast(one, &|_| true));
        if citext && blanks {
            return Ok(());
        }
        let token = column.range().map(|range| range.first);
        match self.folded(column, scope)? {
            Some(folded) if folded.bare && !citext => self.differs(&folded.value, token),
            Some(_) => Ok(()),
            None if blanks || !matches!(super::compare::unwrap(column), Expr::Column { .. }) => {
                Ok(())
            }
            None => match self.expr(column, scope)? {
                Lineage::Value(value)
                    if value.spec().is_some()
                        && (value.column())
                            .is_some_and(|one| matches!(one.declared.kind, Kind::Char { .. })) =>
                {
                    self.differs(&value, token)
                }
                Lineage::Value(_) | Lineage::Plain | Lineage::Constants(_) | Lineage::Array(_) => {
                    Ok(())
                }
            },
        }
    }

    /// `left [NOT] ILIKE pattern`. False: nothing here is answered by a tag.
    pub(super) fn alike(
        &mut self,
        insensitive: bool,
        negated: bool,
        left: &Expr,
        pattern: &Expr,
        scope: &Scope<'_>,
    ) -> Result<bool, Refusal> {
        let (Some(before), Some(behind)) = (self.chain(left), self.chain(pattern)) else {
            return Ok(false);
        };
        // The pattern is a constant, and nothing but the operator stands between them.
        if matches!(behind.leaf, Expr::Column { .. }) {
            return Ok(false);
        }
        let first = before.range.last + 1;
        let word =
            |at: usize, word: &str| self.tokens.get(at).is_some_and(|token| token.is_word(word));
        let at = if negated && word(first, "not") {
            first + 1
        } else {
            first
        };
        let operator = if insensitive { "ilike" } else { "like" };
        if !word(at, operator) || at + 1 != behind.range.first || (at > first) != negated {
            return Ok(false);
        }
        let Some(folded) = self.folded_text(insensitive, left, scope)? else {
            return Ok(false);
        };
        let equals = if negated { "<>" } else { "=" };
        self.edit(
            Range { first, last: at },
            vec![Part::Text(format!("OPERATOR(pg_catalog.{equals})"))],
        )?;
        self.sought(&folded, pattern, false, true)?;
        Ok(true)
    }

    /// `ON CONFLICT (lower(c))`, or a citext column: the index is on the tag. False: neither.
    pub(super) fn conflict_by_case(
        &mut self,
        name: &Name,
        column: &Protected,
    ) -> Result<bool, Refusal> {
        let word = |at: Option<usize>, word: &str| {
            at.and_then(|at| self.tokens.get(at))
                .is_some_and(|token| token.is_word(word))
        };
        let function = name.token.checked_sub(2);
        let lower = word(function, "lower");
        let target = if lower || word(function, "upper") {
            // From the parenthesis of the target on: the one before the call, or before the one around it.
            let open = (0..name.token).rev().find(|at| word(Some(*at), "conflict"));
            let targets = open.map(|at| folded_targets(self.tokens, at + 1));
            targets
                .unwrap_or_default()
                .into_iter()
                .find(|target| target.name == name.token)
        } else {
            None
        };
        let (range, function) = match target {
            Some(target) => {
                let function = if lower {
                    CaseFunction::Lower
                } else {
                    CaseFunction::Upper
                };
                let range = Range {
                    first: target.first,
                    last: target.last,
                };
                (range, function)
            }
            None if column.declared.kind == Kind::Citext && column.fold().is_some() => {
                let range = Range {
                    first: name.token,
                    last: name.token,
                };
                (range, CaseFunction::Lower)
            }
            None => return Ok(false),
        };
        let own = &self.world.snapshot.user_functions;
        let certain = target.is_none() || !own.contains(name_of(function));
        if !certain || !column.fold().is_some_and(|fold| fold.answers(function)) {
            let message = format!(
                "ON CONFLICT on {}() of column {}",
                name_of(function),
                column.qualified()
            );
            return self.refuse(Fault::FoldMissing, message, Some(name.token));
        }
        let key = format!("sealwire.ci({})", super::edits::quoted(&name.text));
        self.edit(range, vec![Part::Text(key)])?;
        Ok(true)
    }

    fn equality_only(&mut self, op: Comparison, folded: &Folded) -> Result<(), Refusal> {
        match op {
            Comparison::Equal | Comparison::NotEqual => Ok(()),
            // Tags have no order, whatever the column has.
            Comparison::Order => self.without_order(&folded.value, None),
        }
    }

    /// The chain that an expression is; `None` where it is none, or where its tokens are not certain.
    pub(super) fn chain<'e>(&self, expr: &'e Expr) -> Option<Chain<'e>> {
        match expr {
            Expr::Column { .. } | Expr::Constant(_) | Expr::Placeholder { .. } => Some(Chain {
                leaf: expr,
                casts: Vec::new(),
                applied: Vec::new(),
                range: expr.range()?,
            }),
            Expr::Nested { inner, .. } => {
                let chain = self.chain(inner)?;
                let range = self.between('(', chain.range, ')')?;
                Some(Chain { range, ..chain })
            }
            Expr::Cast {
                inner,
                site,
                named: _,
                range,
            } => {
                let mut chain = self.chain(inner)?;
                chain.casts.push(site.as_ref()?);
                let range = (*range)?;
                chain.applied.is_empty().then_some(Chain { range, ..chain })
            }
            Expr::Call(call) => {
                let function = self.case_function(call)?;
                let mut chain = self.chain(call.args.first()?)?;
                chain.applied.push(function);
                let inside = self.between('(', chain.range, ')')?;
                let (first, last) = (call.name.first()?, call.name.last()?);
                let range = Range {
                    first: first.token,
                    last: inside.last,
                };
                (last.token + 1 == inside.first).then_some(Chain { range, ..chain })
            }
            Expr::Default { .. }
            | Expr::Field { .. }
            | Expr::Compare { .. }
            | Expr::Distinct { .. }
            | Expr::IsNull { .. }
            | Expr::In { .. }
            | Expr::InQuery { .. }
            | Expr::InArray { .. }
            | Expr::Between { .. }
            | Expr::Like { .. }
            | Expr::And(_)
            | Expr::Logic { .. }
            | Expr::Operators { .. }
            | Expr::Case { .. }
            | Expr::Row(_)
            | Expr::Subquery(_)
            | Expr::Exists(_)
            | Expr::Array { .. }
            | Expr::ArrayQuery(_)
            | Expr::Opaque { .. } => None,
        }
    }

    fn between(&self, open: char, inner: Range, close: char) -> Option<Range> {
        let first = inner.first.checked_sub(1)?;
        let last = inner.last + 1;
        (self.tokens.get(first)?.is_mark(open) && self.tokens.get(last)?.is_mark(close))
            .then_some(Range { first, last })
    }

    /// The server's `lower(x)` or `upper(x)`, with one argument and nothing else.
    fn case_function(&self, call: &Call) -> Option<CaseFunction> {
        let plain = call.args.len() == 1
            && !call.star
            && !call.distinct
            && !call.within_group
            && call.order_by.is_empty()
            && call.filter.is_none()
            && call.over.is_none();
        match self.builtin(call).filter(|_| plain) {
            Some("lower") => Some(CaseFunction::Lower),
            Some("upper") => Some(CaseFunction::Upper),
            Some(_) | None => None,
        }
    }
}

fn name_of(function: CaseFunction) -> &'static str {
    match function {
        CaseFunction::Lower => "lower",
        CaseFunction::Upper => "upper",
    }
}

/// A cast that changes no text.
pub(super) fn is_text(site: &CastSite) -> bool {
    is_text_name(&site.name)
}

pub(super) fn is_text_name(name: &str) -> bool {
    matches!(
        name.strip_prefix("pg_catalog.").unwrap_or(name),
        "text" | "varchar" | "character varying"
    )
}

pub(super) fn is_citext(site: &CastSite) -> bool {
    is_citext_name(&site.name)
}

fn is_char(site: &CastSite) -> bool {
    let name = site.name.strip_prefix("pg_catalog.").unwrap_or(&site.name);
    let name = name.split('(').next().unwrap_or(name).trim_end();
    matches!(name, "char" | "character" | "bpchar")
}

pub(super) fn is_citext_name(name: &str) -> bool {
    name.rsplit('.').next() == Some("citext")
}
