//! Conditions written in two ways: as one for the server that is true at least wherever the condition is, and as the
//! condition itself over opened values.

use std::sync::Arc;

use super::Argument;
use super::analysis::{Analysis, LeafState, Use, Way};
use super::coerce::oid;
use super::edits::{Edit, Part};
use super::lineage::Lineage;
use super::patterned::TEXT;
use super::scope::Scope;
use super::sifted::{Sifted, Tree, first_token};
use crate::eval::{self, Fits};
use crate::fault::{Fault, Refusal};
use crate::sql::{Expr, Range};
use crate::value::{DeclaredType, Kind};

/// boolean.
pub(super) const BOOL: DeclaredType = DeclaredType {
    oid: oid::BOOL,
    typmod: -1,
    kind: Kind::Bool,
};

impl Analysis<'_> {
    /// A condition for the server, where one is wanted, and the condition itself over opened values.
    pub(super) fn write(
        &mut self,
        tree: &Tree<'_>,
        wanted: bool,
        scope: &Scope<'_>,
    ) -> Result<(Vec<Part>, eval::Expr), Refusal> {
        self.enter()?;
        let written = match tree {
            Tree::Pattern(one) => self.write_pattern(one, wanted),
            Tree::Server(exprs, range) => self.write_plain(exprs, *range, scope),
            Tree::All(trees) => {
                let (parts, truths) = self.write_all(trees, " AND ", wanted, scope)?;
                Ok((parts, eval::Expr::All(truths)))
            }
            Tree::Any(trees) => {
                let (parts, truths) = self.write_all(trees, " OR ", wanted, scope)?;
                Ok((parts, eval::Expr::Any(truths)))
            }
            Tree::Not(inner) => {
                self.need_scan(tree)?;
                let (_, truth) = self.write(inner, false, scope)?;
                let parts = vec![Part::Text("true".to_owned())];
                Ok((parts, eval::Expr::Not(Box::new(truth))))
            }
        };
        self.leave();
        written
    }

    fn write_all(
        &mut self,
        trees: &[Tree<'_>],
        between: &str,
        wanted: bool,
        scope: &Scope<'_>,
    ) -> Result<(Vec<Part>, Vec<eval::Expr>), Refusal> {
        let mut parts = vec![Part::Text("(".to_owned())];
        let mut truths = Vec::with_capacity(trees.len());
        for (at, tree) in trees.iter().enumerate() {
            if at > 0 {
                parts.push(Part::Text(between.to_owned()));
            }
            let (own, truth) = self.write(tree, wanted, scope)?;
            parts.extend(own);
            truths.push(truth);
        }
        parts.push(Part::Text(")".to_owned()));
        Ok((parts, truths))
    }

    fn need_scan(&mut self, tree: &Tree<'_>) -> Result<(), Refusal> {
        if self.may_scan() {
            self.rechecks.scans = true;
            return Ok(());
        }
        let message = "only the values of all rows tell which of them fit";
        self.refuse(Fault::PatternUndecided, message, first_token(tree))
    }

    fn write_pattern(
        &mut self,
        one: &Sifted<'_>,
        wanted: bool,
    ) -> Result<(Vec<Part>, eval::Expr), Refusal> {
        let token = one.asked.own.range.first;
        self.need_search(&one.column.value, Some(token))?;
        for leaf in &one.shape.leaves {
            self.take_leaf(*leaf)?;
        }
        let (column, spec) = (&one.column.column, &one.column.spec);
        let name = &one.column.name;
        let asked_of_tokens = wanted && !one.asked.negated && spec.tokens.is_some();
        let by = self.seek(one, false);
        let mut pattern = one.pattern.clone();
        let tokens = match one.shape.placeholder {
            Some((number, at)) => {
                let own = self.declared(number);
                let sought = self.pattern_type(&one.column, (own, one.shape.cast), at)?;
                self.uses.push(Use {
                    number,
                    token: at,
                    way: Way::Local(sought.shown),
                });
                pattern.argue(self.computed_arguments.len());
                self.computed_arguments.push(Argument {
                    parameter: number.saturating_sub(1),
                    declared: TEXT,
                    sent_as: sought.sent_as,
                });
                // Which pattern it is shows itself at Bind.
                self.rechecks.scans |= self.may_scan();
                asked_of_tokens.then(|| {
                    self.uses.push(Use {
                        number,
                        token: at,
                        way: Way::Tokens {
                            column: sought.reading,
                            spec: spec.clone(),
                            by,
                            sent_as: sought.sent_as,
                            shown: sought.shown,
                            guess: false,
                        },
                    });
                    Part::Use(self.uses.len() - 1)
                })
            }
            None => {
                let settings = &self.request.environment.settings;
                let value = by
                    .made(column, None, settings)
                    .map_err(|refusal| self.placed(refusal, token))?;
                pattern = eval::Expr::Constant(value.clone());
                match value {
                    None if asked_of_tokens => {
                        Some(Part::Text("NULL::pg_catalog.int8[]".to_owned()))
                    }
                    Some(value) if asked_of_tokens => {
                        let fragments = by
                            .fragments(column, spec, &value)
                            .map_err(|refusal| self.placed(refusal, token))?;
                        self.rechecks.scans |= fragments.is_empty() && self.may_scan();
                        Some(Part::Tokens {
                            column: Arc::clone(column),
                            spec: spec.clone(),
                            fragments,
                        })
                    }
                    None | Some(_) => None,
                }
            }
        };
        let parts = match tokens {
            Some(tokens) => vec![
                Part::Text(format!("(sealwire.tokens({name}) OPERATOR(pg_catalog.@>) ")),
                tokens,
                Part::Text(")".to_owned()),
            ],
            None => {
                if wanted && !self.may_scan() {
                    let message = "only the values of all rows tell which of them fit the pattern";
                    return self.refuse(Fault::PatternUndecided, message, Some(token));
                }
                self.rechecks.scans |= wanted;
                vec![Part::Text(format!("({name} IS NOT NULL)"))]
            }
        };
        let place = self.looked_operand(
            vec![Part::Text(name.clone())],
            name,
            Lineage::Value(one.column.value.clone()),
            one.column.column.declared.clone(),
        );
        let text = eval::Expr::Column(place);
        let fits = eval::Expr::Fits(Box::new(Fits {
            text: match one.function {
                None => text,
                Some(function) => eval::Expr::Text(function, vec![text]),
            },
            pattern,
            written: one.written,
            fold: one.fold,
        }));
        let truth = if one.asked.negated {
            eval::Expr::Not(Box::new(fits))
        } else {
            fits
        };
        Ok((parts, truth))
    }

    /// A constant that is read here and nowhere else.
    fn take_leaf(&mut self, token: usize) -> Result<(), Refusal> {
        match self.leaves.insert(token, LeafState::Done) {
            None => Ok(()),
            Some(_) => self.refuse(
                Fault::ParameterConflict,
                "a constant is used both for a sealed column and for something else",
                Some(token),
            ),
        }
    }

    /// Conditions that the server decides, beside one that it does not: their truth comes along.
    fn write_plain(
        &mut self,
        exprs: &[&Expr],
        range: Range,
        scope: &Scope<'_>,
    ) -> Result<(Vec<Part>, eval::Expr), Refusal> {
        for expr in exprs {
            self.check(expr, "a condition", scope)?;
        }
        let (Some(own), true) = (self.take_edits(range), self.is_steady(&[range])) else {
            let message = "a condition beside one that only the opened values decide";
            return self.refuse(Fault::PatternUndecided, message, Some(range.first));
        };
        let mut parts = vec![Part::Text("(".to_owned())];
        parts.extend(own);
        parts.push(Part::Text(")".to_owned()));
        let place = self.looked_operand(parts.clone(), "", Lineage::Plain, BOOL);
        Ok((parts, eval::Expr::Column(place)))
    }

    /// The text of these tokens with its edits, which are no longer those of the statement.
    fn take_edits(&mut self, range: Range) -> Option<Vec<Part>> {
        let start = self.tokens.get(range.first)?.start;
        let end = self.tokens.get(range.last)?.end;
        let within = |edit: &Edit| edit.start >= start && edit.end <= end;
        let crosses = |edit: &Edit| edit.start < end && edit.end > start;
        if self.edits.iter().any(|edit| crosses(edit) && !within(edit)) {
            return None;
        }
        let (mut taken, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.edits)
            .into_iter()
            .partition(within);
        self.edits = kept;
        taken.sort_by_key(|edit| (edit.start, edit.end));
        let mut parts = Vec::new();
        let mut at = start;
        for edit in taken {
            parts.push(Part::Text(self.text.get(at..edit.start)?.to_owned()));
            parts.extend(edit.parts);
            at = edit.end;
        }
        parts.push(Part::Text(self.text.get(at..end)?.to_owned()));
        Some(parts)
    }
}
