//! `<`, BETWEEN and the like of a column with `search = ["range"]`: the blocks of values that the constant asks for.

use std::sync::Arc;

use super::adopt::How;
use super::analysis::Analysis;
use super::coerce::oid;
use super::edits::Part;
use super::folded::Chain;
use super::lineage::LeafKind;
use super::scope::Scope;
use super::seek::{self, Seek, Side};
use super::tokened::{Sought, Tokened};
use super::typing::{literal_type, narrow};
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::sql::{Comparison, Expr, Range};
use crate::value::DeclaredType;

impl Analysis<'_> {
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
            found.tokens().range.is_some()
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
            .filter(|found| found.tokens().range.is_some())
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
}
