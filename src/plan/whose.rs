//! Whose value it is that a statement writes: columns of an erasable table are sealed under the keys of data subjects, and
//! the statement itself has to say of whom each value is. What it does not say is refused, never guessed.

use std::sync::Arc;

use super::Whose;
use super::analysis::Analysis;
use super::coerce::oid;
use super::compare::unwrap;
use super::lineage::{Constants, LeafKind};
use super::write::Target;
use crate::catalog::Relation;
use crate::fault::{Fault, Refusal};
use crate::policy::{Protected, Storage, SubjectColumn};
use crate::seal::{Scheme, SealSpec};
use crate::sql::{Assignment, Comparison, ConstantKind, Expr};
use crate::value::{DeclaredType, Kind};

impl Analysis<'_> {
    /// The column that says whose the rows of a relation are, where any of its columns hangs on that.
    pub(super) fn subject_of(&self, relation: &Relation) -> Option<&SubjectColumn> {
        let table = self
            .world
            .protection
            .tables
            .get(&self.written(relation.oid))?;
        let erasable = |column: &Arc<Protected>| matches!(&column.storage, Storage::Sealed(spec) if spec.scheme == Scheme::Subject);
        table
            .subject
            .as_ref()
            .filter(|_| table.columns.values().any(erasable))
    }

    /// Whose a row of VALUES is: the subject's column stands in it.
    pub(super) fn whose_row(
        &self,
        target: &Target<'_>,
        names: &[String],
        row: &[Expr],
    ) -> Option<Arc<Whose>> {
        let subject = self.subject_of(target.relation)?;
        let mut pairs = names.iter().zip(row);
        let (_, expr) = pairs.find(|(name, _)| self.is_subject(target, name))?;
        self.whose(subject, expr)
    }

    /// Whose the rows are that a condition leaves over: it demands one value of the subject's column.
    pub(super) fn whose_rows(
        &self,
        target: &Target<'_>,
        filter: Option<&Expr>,
    ) -> Option<Arc<Whose>> {
        let subject = self.subject_of(target.relation)?;
        self.demanded(target, subject, unwrap(filter?))
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what is no comparison of the column with a constant demands nothing"
    )]
    fn demanded(
        &self,
        target: &Target<'_>,
        subject: &SubjectColumn,
        filter: &Expr,
    ) -> Option<Arc<Whose>> {
        match filter {
            Expr::And(parts) => parts
                .iter()
                .find_map(|part| self.demanded(target, subject, unwrap(part))),
            Expr::Compare {
                op: Comparison::Equal,
                left,
                right,
                ..
            } => {
                if self.is_subject_column(target, left) {
                    self.whose(subject, right)
                } else if self.is_subject_column(target, right) {
                    self.whose(subject, left)
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    /// Whether a name of the target is that of the subject's column.
    fn is_subject(&self, target: &Target<'_>, name: &str) -> bool {
        let own = match self.through.get(&target.relation.oid) {
            Some(beneath) => beneath.column(name),
            None => Some(name),
        };
        self.subject_of(target.relation)
            .is_some_and(|subject| own == Some(subject.column.as_str()))
    }

    fn is_subject_column(&self, target: &Target<'_>, expr: &Expr) -> bool {
        let Expr::Column { path } = unwrap(expr) else {
            return false;
        };
        let names: Vec<&str> = path.iter().map(|name| name.text.as_str()).collect();
        match names.as_slice() {
            [own] => self.is_subject(target, own),
            [table, own] => *table == target.called && self.is_subject(target, own),
            _ => false,
        }
    }

    /// Whom a constant or placeholder names as a value of the column; `None` where that is not certain.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "whatever is no constant alone names nobody for certain"
    )]
    fn whose(&self, subject: &SubjectColumn, expr: &Expr) -> Option<Arc<Whose>> {
        let (inner, cast) = match unwrap(expr) {
            Expr::Cast { inner, named, .. } => {
                let to = DeclaredType::parse_name(named)?;
                if !same_values(&subject.declared, &to) {
                    return None;
                }
                (unwrap(inner), Some(to.oid))
            }
            expr => (expr, None),
        };
        match inner {
            Expr::Constant(constant) => {
                let text = match &constant.kind {
                    ConstantKind::Text(text) => text,
                    // The server writes 007 into a column of text as 7.
                    ConstantKind::Integer(text) if !subject.is_text() => text,
                    ConstantKind::Integer(_)
                    | ConstantKind::Decimal(_)
                    | ConstantKind::Boolean(_)
                    | ConstantKind::Null => {
                        return None;
                    }
                };
                let settings = self.request.environment.of_literals();
                let value = subject.declared.from_text(text.as_bytes(), settings).ok()?;
                Some(Arc::new(Whose::Named(subject.of(&value))))
            }
            Expr::Placeholder { number, .. } => {
                let declared = self.declared(*number);
                let sent_as = match (declared, cast) {
                    (0, cast) => cast.unwrap_or(0),
                    (declared, _) => declared,
                };
                let fits = match subject.declared.kind {
                    Kind::Uuid => [0, subject.declared.oid].contains(&sent_as),
                    Kind::Text | Kind::Varchar { .. } => {
                        [0, oid::TEXT, oid::VARCHAR].contains(&sent_as)
                    }
                    _ => [0, oid::INT2, oid::INT4, oid::INT8].contains(&sent_as),
                };
                fits.then(|| {
                    Arc::new(Whose::Bound {
                        source: number.wrapping_sub(1),
                        sent_as,
                        column: subject.clone(),
                    })
                })
            }
            _ => None,
        }
    }

    /// Constants that are written to a column under the keys of data subjects.
    pub(super) fn of_whom(
        &self,
        column: &Protected,
        spec: &SealSpec,
        constants: &Constants,
        assigns: bool,
    ) -> Result<(), Refusal> {
        let null = |kind: &LeafKind| matches!(kind, LeafKind::Constant(ConstantKind::Null));
        let nothing = constants.leaves.iter().all(|leaf| null(&leaf.kind));
        if spec.scheme != Scheme::Subject || nothing {
            return Ok(());
        }
        let token = constants.leaves.first().map(|leaf| leaf.range.first);
        if !assigns {
            let message = format!(
                "a constant beside the values of {}, which are of many data subjects",
                column.qualified()
            );
            return self.refuse(Fault::UnsupportedExpression, message, token);
        }
        if self.whose.is_none() {
            return Err(self.unknown_subject(column, token));
        }
        Ok(())
    }

    /// Of whom a value is that is being written to a column sealed so; `None` where that is nobody's.
    pub(super) fn whose_of(&self, spec: &SealSpec) -> Option<Arc<Whose>> {
        self.whose
            .clone()
            .filter(|_| spec.scheme == Scheme::Subject)
    }

    /// It is not said of whom a value is.
    pub(super) fn unknown_subject(&self, column: &Protected, token: Option<usize>) -> Refusal {
        let message = format!(
            "a value for {}, and the statement does not say of whom it is",
            column.qualified()
        );
        let refusal = self.refusal(Fault::SubjectUnknown, message, token);
        let table = self.world.protection.tables.get(&column.table);
        match table.and_then(|table| table.subject.as_ref()) {
            Some(subject) => refusal.with_hint(format!(
                "Give column \"{0}\" as a constant or parameter in the same row; in UPDATE add AND \"{0}\" = … to WHERE.",
                subject.column
            )),
            None => refusal,
        }
    }

    /// An entry of SET must not make a row someone else's.
    pub(super) fn keeps_subject(
        &self,
        target: &Target<'_>,
        assignment: &Assignment,
    ) -> Result<(), Refusal> {
        let Some(subject) = self.subject_of(target.relation) else {
            return Ok(());
        };
        let place = assignment
            .columns
            .iter()
            .position(|name| self.is_subject(target, &name.text));
        let Some(place) = place else {
            return Ok(());
        };
        let given = match (unwrap(&assignment.value), assignment.columns.as_slice()) {
            (Expr::Row(values), columns) if values.len() == columns.len() => values.get(place),
            (value, [_]) => Some(value),
            _ => None,
        };
        let stays = given.is_some_and(|given| {
            self.is_subject_column(target, given)
                || (self.whose.is_some() && self.whose(subject, given) == self.whose)
        });
        if stays {
            return Ok(());
        }
        let token = assignment.columns.get(place).map(|name| name.token);
        let message = format!(
            "column {} says whose the row is, and another is assigned to it",
            subject.column
        );
        self.refuse(Fault::SubjectChanged, message, token)
    }
}

/// Whether a cast to a type leaves a value of the column's type as it is, or fails.
fn same_values(column: &DeclaredType, to: &DeclaredType) -> bool {
    let integer =
        |declared: &DeclaredType| matches!(declared.kind, Kind::Int2 | Kind::Int4 | Kind::Int8);
    // A cast to varchar(3) cuts what is longer.
    let text = |declared: &DeclaredType| matches!(declared.kind, Kind::Text | Kind::Varchar { .. });
    let uncut = matches!(to.kind, Kind::Text | Kind::Varchar { max: None });
    (integer(column) && integer(to)) || (text(column) && uncut) || column.kind == to.kind
}
