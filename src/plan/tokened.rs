//! Columns with search tokens, as one side of a condition. The column becomes `sealwire.tokens(c)`, the constant the tokens
//! that a fulfilling value has: one of them (`&&`) for a range (`ranged`), all of them (`@>`) for a pattern (`patterned`).
//! NULL stays NULL. Where tokens do not decide a pattern, the rows they find are looked at once more (`rechecked`).

use std::sync::Arc;

use super::analysis::{Analysis, LeafState, Use, Way};
use super::edits::Part;
use super::folded::Chain;
use super::lineage::{Lineage, Value};
use super::scope::Scope;
use super::seek::Seek;
use super::typing::literal_text;
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::seal::SealSpec;
use crate::sql::{ConstantKind, Expr, Range, TokenKind};
use crate::value::{Canonical, TokenSpec};

/// A sealed column as one side of a condition.
pub(super) struct Tokened {
    pub(super) value: Value,
    pub(super) column: Arc<Protected>,
    pub(super) spec: SealSpec,
    /// As it is written.
    pub(super) name: String,
}

/// A constant of a condition, under the type that it is read as.
pub(super) struct Sought {
    pub(super) reading: Arc<Protected>,
    /// What the client gives a placeholder in.
    pub(super) sent_as: u32,
    pub(super) shown: u32,
}

impl Tokened {
    /// Its tokens; none of any kind where it has none.
    pub(super) fn tokens(&self) -> TokenSpec {
        self.spec.tokens.unwrap_or_default()
    }
}

impl Analysis<'_> {
    /// The sealed column that a chain ends in; `None` for anything else.
    pub(super) fn sealed_side(
        &mut self,
        chain: &Chain<'_>,
        scope: &Scope<'_>,
    ) -> Result<Option<Tokened>, Refusal> {
        if self.view > 0 || !matches!(chain.leaf, Expr::Column { .. }) {
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
        self.exactly(&value)?;
        Ok(name.map(str::to_owned).map(|name| Tokened {
            value,
            column,
            spec,
            name,
        }))
    }

    /// The column with tokens that a chain is, casts apart; `None` for anything else.
    pub(super) fn tokened(
        &mut self,
        chain: &Chain<'_>,
        scope: &Scope<'_>,
    ) -> Result<Option<Tokened>, Refusal> {
        if !chain.applied.is_empty() {
            return Ok(None);
        }
        let found = self.sealed_side(chain, scope)?;
        Ok(found.filter(|found| found.spec.tokens.is_some()))
    }

    /// The operator that stands alone between two ranges of tokens.
    pub(super) fn operator_between(&self, left: Range, right: Range) -> Option<&str> {
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

    pub(super) fn is_word_at(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_word(word))
    }

    /// The value of a constant; `None` for a placeholder and for NULL.
    pub(super) fn constant_value(
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
        let settings = self.request.environment.of_literals();
        sought
            .reading
            .declared
            .from_text(literal_text(&constant.kind).as_bytes(), settings)
            .map(Some)
            .map_err(|error| self.bad_value(&sought.reading, &error, chain.range.first))
    }

    /// Marks a constant as taken.
    pub(super) fn leave_leaf(&mut self, chain: &Chain<'_>) -> Result<(), Refusal> {
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

    pub(super) fn is_guess(&self, tokened: &Tokened) -> bool {
        !tokened.value.columns.iter().all(|one| self.reveals(one))
    }

    pub(super) fn placed(&self, refusal: Refusal, token: usize) -> Refusal {
        match self.position(token) {
            Some(position) => refusal.at(position),
            None => refusal,
        }
    }

    /// What a constant is written as.
    pub(super) fn token_part(
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
    pub(super) fn write_tokens(
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
