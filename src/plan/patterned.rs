//! LIKE and its kin as they are written, and those of them that search tokens alone answer, wherever they stand.

use std::sync::Arc;

use super::analysis::{Analysis, LeafState};
use super::coerce::oid;
use super::folded::{Chain, is_text};
use super::scope::Scope;
use super::seek::Seek;
use super::tokened::{Sought, Tokened};
use super::typing::literal_type;
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::sql::{Call, Comparison, ConstantKind, Expr, Range, TokenKind};
use crate::value::{DeclaredType, Escape, Kind, Matching, Written};

/// A pattern condition as it is written.
pub(super) struct Asked<'e> {
    /// The side of the column.
    pub(super) own: Chain<'e>,
    pub(super) pattern: &'e Expr,
    /// The first token of the pattern.
    pub(super) begins: usize,
    pub(super) form: Form<'e>,
    pub(super) insensitive: bool,
    pub(super) negated: bool,
}

/// How the pattern is written.
#[derive(Clone, Copy)]
pub(super) enum Form<'e> {
    /// LIKE, with what stands behind ESCAPE and its token.
    Like(Option<(&'e str, usize)>),
    /// `~~` and the like.
    Operator,
    /// `starts_with(c, …)`: from its name on.
    StartsWith(usize),
    /// `c ^@ …`.
    Beginning,
    /// `position(… in c) > 0`, `strpos(c, …) > 0`.
    Within,
}

impl Form<'_> {
    fn written(self) -> Result<Written, crate::value::ValueError> {
        Ok(match self {
            Form::Like(Some((escape, _))) => Written::Like(Escape::of(escape)?),
            Form::Like(None) | Form::Operator => Written::Like(Escape::By('\\')),
            Form::StartsWith(_) | Form::Beginning => Written::Beginning,
            Form::Within => Written::Within,
        })
    }
}

impl Analysis<'_> {
    /// Reads a condition of LIKE, ILIKE, their operators, or `starts_with`; `None`: it is none, or its tokens are not
    /// certain.
    pub(super) fn asked<'e>(&self, expr: &'e Expr) -> Option<Asked<'e>> {
        match expr {
            Expr::Like {
                insensitive,
                negated,
                left,
                pattern,
                escape,
            } => {
                let own = self.chain(left)?;
                let first = own.range.last + 1;
                let at = first + usize::from(*negated);
                let operator = if *insensitive { "ilike" } else { "like" };
                if (*negated && !self.is_word_at(first, "not")) || !self.is_word_at(at, operator) {
                    return None;
                }
                let escape = match escape.as_deref() {
                    None => None,
                    Some(Expr::Constant(constant)) => {
                        let ConstantKind::Text(text) = &constant.kind else {
                            return None;
                        };
                        let before = constant.range.first.checked_sub(1)?;
                        if !self.is_word_at(before, "escape") {
                            return None;
                        }
                        Some((text.as_str(), constant.range.last))
                    }
                    Some(_) => return None,
                };
                Some(Asked {
                    own,
                    pattern,
                    begins: at + 1,
                    form: Form::Like(escape),
                    insensitive: *insensitive,
                    negated: *negated,
                })
            }
            Expr::Opaque { parts, .. } => {
                let [left, pattern] = parts.as_slice() else {
                    return None;
                };
                let (own, other) = (self.chain(left)?, self.chain(pattern)?);
                let (insensitive, negated, form) =
                    match self.operator_between(own.range, other.range)? {
                        "~~" => (false, false, Form::Operator),
                        "~~*" => (true, false, Form::Operator),
                        "!~~" => (false, true, Form::Operator),
                        "!~~*" => (true, true, Form::Operator),
                        "^@" => (false, false, Form::Beginning),
                        _ => return None,
                    };
                Some(Asked {
                    own,
                    pattern,
                    begins: other.range.first,
                    form,
                    insensitive,
                    negated,
                })
            }
            Expr::Call(call) => self.starts_with(call),
            Expr::Column { .. }
            | Expr::Field { .. }
            | Expr::Constant(_)
            | Expr::Placeholder { .. }
            | Expr::Default { .. }
            | Expr::Cast { .. }
            | Expr::Nested { .. }
            | Expr::Compare { .. }
            | Expr::Distinct { .. }
            | Expr::IsNull { .. }
            | Expr::In { .. }
            | Expr::InQuery { .. }
            | Expr::InArray { .. }
            | Expr::Between { .. }
            | Expr::And(_)
            | Expr::Logic { .. }
            | Expr::Operators { .. }
            | Expr::Case { .. }
            | Expr::Row(_)
            | Expr::Subquery(_)
            | Expr::Exists(_)
            | Expr::Array { .. }
            | Expr::ArrayQuery(_) => None,
        }
    }

    /// The same of a condition that is all of these tokens; also `position` and `strpos`.
    pub(super) fn asked_at<'e>(&self, expr: &'e Expr, range: Range) -> Option<Asked<'e>> {
        if let Expr::Compare {
            op, left, right, ..
        } = expr
        {
            return self.asked_within((*op, left, right), range);
        }
        let asked = self.asked(expr)?;
        let closes = |last: usize| self.tokens.get(last).is_some_and(|last| last.is_mark(')'));
        let certain = match asked.form {
            Form::Like(None) => asked.own.range.first == range.first,
            Form::Like(Some((_, token))) => {
                asked.own.range.first == range.first && token == range.last
            }
            Form::Operator | Form::Beginning => {
                asked.own.range.first == range.first
                    && self.chain(asked.pattern)?.range.last == range.last
            }
            Form::StartsWith(first) => first == range.first && closes(range.last),
            Form::Within => false,
        };
        (certain && asked.begins <= range.last).then_some(asked)
    }

    /// `strpos(c, …) > 0`, `position(… in c) > 0`: also `<> 0`, `>= 1`, and `= 0` for its contrary.
    fn asked_within<'e>(
        &self,
        (op, left, right): (Comparison, &'e Expr, &'e Expr),
        range: Range,
    ) -> Option<Asked<'e>> {
        let Expr::Constant(constant) = right else {
            return None;
        };
        let ConstantKind::Integer(number) = &constant.kind else {
            return None;
        };
        let sign = range.last.checked_sub(1)?;
        let TokenKind::Operator(operator) = &self.tokens.get(sign)?.kind else {
            return None;
        };
        let negated = match (op, operator.as_str(), number.as_str()) {
            (Comparison::Order, ">", "0")
            | (Comparison::Order, ">=", "1")
            | (Comparison::NotEqual, "<>" | "!=", "0") => false,
            (Comparison::Equal, "=", "0") => true,
            _ => return None,
        };
        let close = sign.checked_sub(1)?;
        let mark = |at: usize, mark| self.tokens.get(at).is_some_and(|token| token.is_mark(mark));
        if constant.range.first != range.last || !mark(close, ')') {
            return None;
        }
        let (own, pattern, begins, certain) = match left {
            Expr::Call(call) if self.builtin(call) == Some("strpos") => {
                let [own, pattern] = call.args.as_slice() else {
                    return None;
                };
                let (first, name) = (call.name.first()?, call.name.last()?);
                let own = self.chain(own)?;
                let certain = first.token == range.first
                    && mark(name.token + 1, '(')
                    && own.range.first == name.token + 2
                    && mark(own.range.last + 1, ',')
                    && call.names.iter().all(Option::is_none);
                let begins = own.range.last + 2;
                (own, pattern, begins, certain)
            }
            Expr::Opaque {
                what: "POSITION",
                parts,
            } => {
                let [pattern, own] = parts.as_slice() else {
                    return None;
                };
                let own = self.chain(own)?;
                let certain = self.is_word_at(range.first, "position")
                    && mark(range.first + 1, '(')
                    && self.is_word_at(own.range.first.checked_sub(1)?, "in")
                    && own.range.last + 1 == close;
                (own, pattern, range.first + 2, certain)
            }
            _ => return None,
        };
        certain.then_some(Asked {
            own,
            pattern,
            begins,
            form: Form::Within,
            insensitive: false,
            negated,
        })
    }

    fn starts_with<'e>(&self, call: &'e Call) -> Option<Asked<'e>> {
        let plain = !call.star
            && !call.distinct
            && !call.within_group
            && call.order_by.is_empty()
            && call.filter.is_none()
            && call.over.is_none()
            && call.names.iter().all(Option::is_none);
        let ([left, beginning], true) = (call.args.as_slice(), plain) else {
            return None;
        };
        if self.builtin(call) != Some("starts_with") {
            return None;
        }
        let own = self.chain(left)?;
        let (first, name) = (call.name.first()?, call.name.last()?);
        let mark = |at: usize, mark| self.tokens.get(at).is_some_and(|token| token.is_mark(mark));
        let certain = mark(name.token + 1, '(')
            && own.range.first == name.token + 2
            && mark(own.range.last + 1, ',');
        certain.then_some(Asked {
            begins: own.range.last + 2,
            own,
            pattern: beginning,
            form: Form::StartsWith(first.token),
            insensitive: false,
            negated: false,
        })
    }

    /// The tokens of a condition whose pattern is a constant alone.
    fn whole_of(&self, asked: &Asked<'_>, other: &Chain<'_>) -> Option<Range> {
        if other.range.first != asked.begins {
            return None;
        }
        let (first, last) = match asked.form {
            Form::Like(None) | Form::Operator | Form::Beginning => {
                (asked.own.range.first, other.range.last)
            }
            Form::Like(Some((_, token))) => {
                if token != other.range.last + 2 {
                    return None;
                }
                (asked.own.range.first, token)
            }
            Form::StartsWith(first) => {
                let close = other.range.last + 1;
                let closes = self.tokens.get(close)?.is_mark(')');
                (first, closes.then_some(close)?)
            }
            Form::Within => return None,
        };
        Some(Range { first, last })
    }

    /// How the pattern is written.
    pub(super) fn way_written(&self, asked: &Asked<'_>) -> Result<Written, Refusal> {
        asked.form.written().map_err(|error| {
            let token = match asked.form {
                Form::Like(Some((_, token))) => Some(token),
                Form::Like(None)
                | Form::Operator
                | Form::StartsWith(_)
                | Form::Beginning
                | Form::Within => None,
            };
            self.refusal(Fault::BadValue, error.message, token)
                .with_sqlstate(error.sqlstate)
        })
    }

    /// A pattern condition that tokens alone answer. False: there is none here.
    pub(super) fn pattern_tokened(
        &mut self,
        expr: &Expr,
        scope: &Scope<'_>,
    ) -> Result<bool, Refusal> {
        let Some(asked) = self.asked(expr) else {
            return Ok(false);
        };
        let Some(other) = self.chain(asked.pattern) else {
            return Ok(false);
        };
        if matches!(other.leaf, Expr::Column { .. }) || !other.applied.is_empty() {
            return Ok(false);
        }
        let (Some(whole), Some(tokened)) = (
            self.whole_of(&asked, &other),
            self.patterned(&asked.own, scope)?,
        ) else {
            return Ok(false);
        };
        let (own, insensitive) = (&asked.own, asked.insensitive);
        if !own.applied.is_empty() || insensitive && !prefers_tokens(&tokened, &other) {
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
        let by = Seek::Pattern {
            written: self.way_written(&asked)?,
            insensitive,
            shape: None,
            exact: true,
            scans: false,
        };
        let sought = self.pattern_constant(&tokened, &other)?;
        let part = self.token_part(&tokened, &other, &sought, by)?;
        self.write_tokens(whole, &tokened, asked.negated, "@>", vec![part])?;
        if let Form::Like(Some((_, token))) = asked.form {
            self.leaves.insert(token, LeafState::Done);
        }
        Ok(true)
    }

    /// A column with tokens of its texts.
    fn patterned(
        &mut self,
        own: &Chain<'_>,
        scope: &Scope<'_>,
    ) -> Result<Option<Tokened>, Refusal> {
        let found = self.tokened(own, scope)?;
        Ok(found.filter(|found| {
            let text = matches!(
                found.column.declared.kind,
                Kind::Text | Kind::Varchar { .. }
            );
            text && (found.tokens().matching.is_some() || found.tokens().prefix.is_some())
        }))
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
        let cast = chain.casts.first().map(|site| {
            if site.name.ends_with("text") {
                oid::TEXT
            } else {
                oid::VARCHAR
            }
        });
        self.pattern_type(tokened, (own, cast), token)
    }

    /// The type of a pattern: declared as `own`, or under a cast.
    pub(super) fn pattern_type(
        &self,
        tokened: &Tokened,
        (own, cast): (u32, Option<u32>),
        token: usize,
    ) -> Result<Sought, Refusal> {
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
        let shown = if own == 0 {
            cast.unwrap_or(oid::TEXT)
        } else {
            own
        };
        Ok(Sought {
            reading: Arc::new(Protected {
                declared: TEXT,
                ..Protected::clone(&tokened.column)
            }),
            sent_as: shown,
            shown,
        })
    }
}

/// text.
pub(super) const TEXT: DeclaredType = DeclaredType {
    oid: oid::TEXT,
    typmod: -1,
    kind: Kind::Text,
};

/// Whether ILIKE goes by tokens and not by the case-insensitive tag, which answers whole values.
pub(super) fn prefers_tokens(tokened: &Tokened, other: &Chain<'_>) -> bool {
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
        _ => false,
    }
}

/// Whether tokens know the column's letters, so that they answer ILIKE.
pub(super) fn has_case(tokened: &Tokened) -> bool {
    let matching = tokened.tokens().matching;
    matching.and_then(Matching::fold).is_some()
}
