//! Conditions of patterns as they are written, read whole: which of their parts the proxy can decide, which the server
//! does, and where each stands.

use super::analysis::Analysis;
use super::folded::is_text;
use super::patterned::{Asked, has_case, prefers_tokens};
use super::scope::Scope;
use super::seek::Seek;
use super::shaped::Shape;
use super::tokened::Tokened;
use crate::eval::{self, Letters, TextFunction};
use crate::fault::Refusal;
use crate::sql::{Expr, Range, conditions, inside};
use crate::value::{CaseFunction, Fold, Kind, Matching, Written};

/// A condition and where its parts stand.
pub(super) enum Tree<'e> {
    Pattern(Box<Sifted<'e>>),
    /// What the server decides: conditions that follow each other.
    Server(Vec<&'e Expr>, Range),
    All(Vec<Tree<'e>>),
    Any(Vec<Tree<'e>>),
    Not(Box<Tree<'e>>),
}

/// A pattern condition that the proxy can decide.
pub(super) struct Sifted<'e> {
    pub(super) asked: Asked<'e>,
    pub(super) written: Written,
    pub(super) column: Tokened,
    /// A case function around the column.
    pub(super) function: Option<TextFunction>,
    /// ILIKE.
    pub(super) fold: Option<Fold>,
    /// The pattern, over the argument 0.
    pub(super) pattern: eval::Expr,
    pub(super) shape: Shape,
}

impl Analysis<'_> {
    /// The parts between AND or OR, where there are as many as the tree has.
    pub(super) fn ranges(&self, whole: Range, word: &str, count: usize) -> Option<Vec<Range>> {
        let ranges = conditions(self.tokens, whole, word)?;
        (ranges.len() == count).then_some(ranges)
    }

    /// Reads a condition. `None`: where its parts stand is not certain.
    pub(super) fn tree<'e>(
        &mut self,
        expr: &'e Expr,
        range: Range,
        scope: &Scope<'_>,
    ) -> Result<Option<Tree<'e>>, Refusal> {
        self.enter()?;
        let tree = self.tree_inside(expr, range, scope);
        self.leave();
        // What the server decides, it decides as a whole.
        Ok(tree?.map(|tree| {
            if looks(&tree) {
                tree
            } else {
                Tree::Server(vec![expr], range)
            }
        }))
    }

    fn tree_inside<'e>(
        &mut self,
        expr: &'e Expr,
        range: Range,
        scope: &Scope<'_>,
    ) -> Result<Option<Tree<'e>>, Refusal> {
        let (parts, ranges, any) = match expr {
            Expr::Nested { inner, .. } => {
                return match inside(self.tokens, range) {
                    Some(range) => self.tree(inner, range, scope),
                    None => Ok(None),
                };
            }
            Expr::Logic { how: _, parts } => match parts.as_slice() {
                [inner] if self.is_word_at(range.first, "not") && range.first < range.last => {
                    let range = Range {
                        first: range.first + 1,
                        ..range
                    };
                    let inner = self.tree(inner, range, scope)?;
                    return Ok(inner.map(|inner| Tree::Not(Box::new(inner))));
                }
                parts => (parts, self.ranges(range, "or", parts.len()), true),
            },
            Expr::And(parts) => (
                parts.as_slice(),
                self.ranges(range, "and", parts.len()),
                false,
            ),
            other => {
                let sifted = self.sifted(other, range, scope)?;
                return Ok(Some(match sifted {
                    Some(sifted) if !self.is_decided(&sifted)? => Tree::Pattern(Box::new(sifted)),
                    Some(_) | None => Tree::Server(vec![other], range),
                }));
            }
        };
        let Some(ranges) = ranges else {
            return Ok(None);
        };
        let mut trees: Vec<Tree<'e>> = Vec::new();
        for (part, range) in parts.iter().zip(ranges) {
            let Some(tree) = self.tree(part, range, scope)? else {
                return Ok(None);
            };
            match (trees.last_mut(), tree) {
                // One column of the result for all of them.
                (Some(Tree::Server(before, whole)), Tree::Server(own, range)) => {
                    before.extend(own);
                    whole.last = range.last;
                }
                (_, tree) => trees.push(tree),
            }
        }
        Ok(Some(if any {
            Tree::Any(trees)
        } else {
            Tree::All(trees)
        }))
    }

    /// A pattern condition of a sealed column that the role sees, whose tokens are these.
    fn sifted<'e>(
        &mut self,
        expr: &'e Expr,
        range: Range,
        scope: &Scope<'_>,
    ) -> Result<Option<Sifted<'e>>, Refusal> {
        let Some(asked) = self.asked_at(expr, range) else {
            return Ok(None);
        };
        if !asked.own.casts.iter().all(|site| is_text(site)) {
            return Ok(None);
        }
        let Some(column) = self.sealed_side(&asked.own, scope)? else {
            return Ok(None);
        };
        let text = matches!(
            column.column.declared.kind,
            Kind::Text | Kind::Varchar { .. }
        );
        let seen = column.value.columns.iter().all(|one| self.reveals(one));
        let found = column.tokens().matching.is_some() || column.tokens().prefix.is_some();
        if !text || !seen || !(found || self.may_scan()) {
            return Ok(None);
        }
        let mut shape = Shape::default();
        let Some(pattern) = self.shape(asked.pattern, &mut shape) else {
            return Ok(None);
        };
        let function = match asked.own.applied.as_slice() {
            [] => None,
            [function] => match self.case_of(&column, *function) {
                Some(function) => Some(function),
                None => return Ok(None),
            },
            [_, _, ..] => return Ok(None),
        };
        let fold = if asked.insensitive {
            let tagged = self
                .chain(asked.pattern)
                .is_some_and(|other| !prefers_tokens(&column, &other));
            if tagged && !(shape.placeholder.is_some() && has_case(&column)) {
                return Ok(None);
            }
            match self.case_of(&column, CaseFunction::Lower) {
                Some(TextFunction::Lower(Letters::Ascii)) => Some(Fold::Ascii),
                Some(_) => Some(Fold::Lower),
                None => return Ok(None),
            }
        } else {
            None
        };
        let written = self.way_written(&asked)?;
        Ok(Some(Sifted {
            asked,
            written,
            column,
            function,
            fold,
            pattern,
            shape,
        }))
    }

    /// A case function of a column's values, where what it makes of every letter is known.
    fn case_of(&self, column: &Tokened, function: CaseFunction) -> Option<TextFunction> {
        let known = column.tokens().matching.and_then(Matching::fold);
        let letters = match (known, function) {
            (Some(Fold::Ascii), _) => Letters::Ascii,
            (Some(Fold::Lower), CaseFunction::Lower) => Letters::Simple,
            _ => match self.letters(&column.column)? {
                Letters::AsciiAlone => return None,
                known @ (Letters::Ascii | Letters::Simple) => known,
            },
        };
        Some(match function {
            CaseFunction::Lower => TextFunction::Lower(letters),
            CaseFunction::Upper => TextFunction::Upper(letters),
        })
    }

    /// Whether rows may be opened that no token has found.
    pub(super) fn may_scan(&self) -> bool {
        self.request.rights.scanned_rows > 0
    }

    /// NULL, and beginnings that have a token.
    fn is_decided(&self, one: &Sifted<'_>) -> Result<bool, Refusal> {
        let plain = one.function.is_none() && matches!(one.pattern, eval::Expr::Constant(_));
        let within = one.written == Written::Within;
        if one.shape.placeholder.is_some() || !plain || within || one.column.spec.tokens.is_none() {
            return Ok(false);
        }
        let by = self.seek(one, true);
        let settings = &self.request.environment.settings;
        Ok(match by.made(&one.column.column, None, settings)? {
            None => true,
            Some(value) => {
                let (column, spec) = (&one.column.column, &one.column.spec);
                by.fragments(column, spec, &value).is_ok()
            }
        })
    }

    pub(super) fn seek(&self, one: &Sifted<'_>, exact: bool) -> Seek {
        Seek::Pattern {
            written: one.written,
            insensitive: one.fold.is_some() || one.function.is_some(),
            shape: (one.pattern != eval::Expr::Argument(0)).then(|| one.pattern.clone()),
            exact,
            scans: !exact && self.may_scan(),
        }
    }
}

/// Whether there is something in it that the server does not decide.
pub(super) fn looks(tree: &Tree<'_>) -> bool {
    match tree {
        Tree::Server(..) => false,
        Tree::Pattern(_) => true,
        Tree::All(parts) | Tree::Any(parts) => parts.iter().any(looks),
        Tree::Not(inner) => looks(inner),
    }
}

/// Whether rows have to be looked at that no token finds.
pub(super) fn scans(tree: &Tree<'_>) -> bool {
    match tree {
        Tree::Server(..) => false,
        Tree::Pattern(one) => one.asked.negated || one.column.spec.tokens.is_none(),
        Tree::All(parts) | Tree::Any(parts) => parts.iter().any(scans),
        Tree::Not(inner) => looks(inner),
    }
}

pub(super) fn first_token(tree: &Tree<'_>) -> Option<usize> {
    match tree {
        Tree::Pattern(one) => Some(one.asked.own.range.first),
        Tree::Server(_, range) => Some(range.first),
        Tree::All(parts) | Tree::Any(parts) => parts.first().and_then(first_token),
        Tree::Not(inner) => first_token(inner),
    }
}
