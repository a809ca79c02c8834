//! What a formula is made of: columns that the server sends, sealed or not, and values that the client binds.

use super::Operand;
use super::typed::{Collation, Is, Typed, is_text};
use crate::eval::{self, Letters};
use crate::fault::Refusal;
use crate::plan::Argument;
use crate::plan::analysis::{Analysis, Use, Way};
use crate::plan::coerce::oid;
use crate::plan::lineage::{Lineage, Shown};
use crate::plan::scope::Scope;
use crate::policy::Protected;
use crate::sql::{Expr, Name};
use crate::value::{DateStyle, DeclaredType, Kind};

impl Analysis<'_> {
    /// A column of the statement's rows: an opened one, or one that is plain and whose type is known.
    pub(super) fn column_operand(
        &mut self,
        column: &Expr,
        path: &[Name],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let lineage = self.expr(column, scope)?;
        let Some(text) = column.range().and_then(|range| self.copied(range)) else {
            return Ok(None);
        };
        Ok(match &lineage {
            Lineage::Value(value) => {
                let opened = value.spec().is_some()
                    && self.mask(value).is_none()
                    && value.shown == Shown::Column
                    && value.beside.is_empty();
                value.column().filter(|_| opened).map(|first| {
                    let declared = first.declared.clone();
                    let own = declared.is_collated().then(|| first.collation.clone());
                    let collation = match own {
                        None => Collation::Nothing,
                        Some(None) => Collation::Default,
                        Some(Some(name)) => Collation::Named(name),
                    };
                    let mut typed = operand(operands, text, lineage.clone(), declared);
                    typed.collation = collation;
                    typed
                })
            }
            Lineage::Plain => self.plain_column(path, scope).map(|(declared, collation)| {
                let mut typed = operand(operands, text, Lineage::Plain, declared);
                typed.collation = collation;
                typed
            }),
            Lineage::Constants(_) | Lineage::Array(_) => None,
        })
    }

    /// The type and collation of a column that is not protected.
    fn plain_column(&self, path: &[Name], scope: &Scope<'_>) -> Option<(DeclaredType, Collation)> {
        let names: Vec<&str> = path.iter().map(|name| name.text.as_str()).collect();
        let (relation, at) = scope.place(&names)?;
        let snapshot = &self.world.snapshot;
        let own = snapshot.relations.get(&relation)?.columns.get(at)?;
        let declared = snapshot.declared(own.type_oid, own.typmod)?;
        let collation = if !declared.is_collated() {
            Collation::Nothing
        } else if snapshot.collated.contains_key(&(relation, own.attnum)) {
            Collation::Unclear
        } else {
            Collation::Default
        };
        self.is_sent_exactly(&declared)
            .then_some((declared, collation))
    }

    /// What is known of the letters' cases in a column's collation.
    pub(in crate::plan) fn letters(&self, column: &Protected) -> Option<Letters> {
        let collation = match &column.collation {
            None => Collation::Default,
            Some(name) => Collation::Named(name.clone()),
        };
        collation.letters(&self.world.snapshot)
    }

    /// Whether the proxy reads from the server's text just the value that it has.
    fn is_sent_exactly(&self, declared: &DeclaredType) -> bool {
        let settings = &self.request.environment.settings;
        match &declared.kind {
            Kind::Float4 | Kind::Float8 => settings.extra_float_digits > 0,
            Kind::Date | Kind::Timestamp { .. } | Kind::Timestamptz { .. } => {
                settings.date_style == DateStyle::Iso
            }
            Kind::Text
            | Kind::Varchar { .. }
            | Kind::Char { .. }
            | Kind::Int2
            | Kind::Int4
            | Kind::Int8
            | Kind::Numeric { .. }
            | Kind::Bool
            | Kind::Time { .. }
            | Kind::Uuid
            | Kind::Enum(_) => true,
            Kind::Json | Kind::Jsonb | Kind::Bytea | Kind::Inet | Kind::Citext | Kind::Array(_) => {
                false
            }
        }
    }

    /// Something plain that the server makes, of a type that is certain.
    pub(super) fn made_operand(
        &self,
        text: &str,
        declared: DeclaredType,
        operands: &mut Vec<Operand>,
    ) -> Option<Typed> {
        self.is_sent_exactly(&declared)
            .then(|| operand(operands, text.to_owned(), Lineage::Plain, declared))
    }

    /// A column in plaintext, of whatever type, beside `||`: the server makes it text.
    pub(super) fn joined_plain(
        &mut self,
        column: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let Lineage::Plain = self.expr(column, scope)? else {
            return Ok(None);
        };
        let Some(text) = column.range().and_then(|range| self.copied(range)) else {
            return Ok(None);
        };
        // Of a type that is no text the server says that there is no such function, rather than join it otherwise.
        let text = format!("pg_catalog.textcat({text}, '')");
        let mut typed = operand(operands, text, Lineage::Plain, super::typed::TEXT);
        typed.collation = Collation::Unclear;
        Ok(Some(typed))
    }

    /// A placeholder: of the type that the client gave, or of none yet.
    pub(super) fn placeholder(&mut self, number: usize, token: usize) -> Option<Typed> {
        let place = number.checked_sub(1)?;
        let given = self.request.declared.get(place).copied().unwrap_or(0);
        if given == 0 || given == oid::UNKNOWN {
            return Some(Typed::untyped(Is::Placeholder(number, token)));
        }
        let declared = DeclaredType::from_catalog(given, -1)?;
        let collation = if is_text(&declared) {
            Collation::Default
        } else {
            Collation::Nothing
        };
        let expr = self.local_argument(number, token, declared.clone());
        Some(Typed {
            is: Is::Value(expr, declared),
            collation,
        })
    }

    /// A placeholder whose value the server does not get, of this type.
    pub(super) fn local_argument(
        &mut self,
        number: usize,
        token: usize,
        declared: DeclaredType,
    ) -> eval::Expr {
        self.uses.push(Use {
            number,
            token,
            way: Way::Local(declared.oid),
        });
        self.computed_arguments.push(Argument {
            parameter: number.saturating_sub(1),
            sent_as: declared.oid,
            declared,
        });
        eval::Expr::Argument(self.computed_arguments.len() - 1)
    }
}

/// A value that the server sends, once for all that is made of it.
fn operand(
    operands: &mut Vec<Operand>,
    text: String,
    lineage: Lineage,
    declared: DeclaredType,
) -> Typed {
    let known = operands.iter().position(|operand| operand.text == text);
    let place = known.unwrap_or_else(|| {
        operands.push(Operand {
            text,
            lineage,
            declared: declared.clone(),
        });
        operands.len() - 1
    });
    Typed::value(eval::Expr::Column(place), declared)
}
