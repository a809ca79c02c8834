//! Writing a protected column: the level, the write guard, and what may be assigned.

use std::sync::Arc;

use super::adopt::How;
use super::analysis::{Analysis, LeafState, Use, Way};
use super::coerce;
use super::edits::{Part, quoted};
use super::judged::Becomes;
use super::lineage::{Constants, LeafKind, Lineage, Shown, Value};
use super::{Action, Keep, Whose};
use crate::catalog::Relation;
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;
use crate::mask::Mask;
use crate::policy::{OnMaskedWrite, Protected, Sight, Storage};
use crate::seal::Scheme;
use crate::sql::{ConstantKind, Expr, Range};
use crate::value::{ByteaOutput, DateOrder, DateStyle, IntervalStyle, Place, Settings, TimeZone};

/// The target of a write.
pub(super) struct Target<'t> {
    /// The relation.
    pub(super) relation: &'t Arc<Relation>,
    /// Its alias or name in the text.
    pub(super) called: &'t str,
    /// An UPDATE: a mask may be written back over the truth.
    pub(super) over: bool,
}

impl Target<'_> {
    /// Whether the expression is the target's own column, of the very row that is written.
    fn is_itself(&self, column: &str, expr: &Expr) -> bool {
        let Expr::Column { path } = super::compare::unwrap(expr) else {
            return false;
        };
        let names: Vec<&str> = path.iter().map(|name| name.text.as_str()).collect();
        match names.as_slice() {
            [own] => *own == column,
            [table, own] => *table == self.called && *own == column,
            _ => false,
        }
    }
}

impl Analysis<'_> {
    /// Whether the principal's level on a table, and on those its foreign keys act on, allows the verb.
    pub(super) fn need_level(
        &mut self,
        oid: u32,
        verb: Verb,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        if self.world.watch.ruled.contains(&oid)
            && verb != Verb::Select
            && !self.request.rights.full_control_everywhere
        {
            let message = "rules of this relation act on protected tables unseen";
            return self.refuse(Fault::RoutineNotVouched, message, token);
        }
        let world = self.world;
        let oid = self.written(oid);
        let reached = match verb {
            Verb::Delete => world.watch.deletes.get(&oid),
            Verb::Update => world.watch.updates.get(&oid),
            Verb::Select | Verb::Insert | Verb::Truncate | Verb::Ddl => None,
        };
        for oid in std::iter::once(&oid).chain(reached.into_iter().flatten()) {
            let Some(table) = world.protection.tables.get(oid) else {
                continue;
            };
            self.tables.insert(*oid);
            let allowed = self
                .request
                .rights
                .tables
                .get(oid)
                .is_some_and(|rights| rights.allows(verb));
            if !allowed {
                let what = match verb {
                    Verb::Select => "read",
                    Verb::Insert => "insert into",
                    Verb::Update => "update",
                    Verb::Delete => "delete from",
                    Verb::Truncate => "truncate",
                    Verb::Ddl => "change the definition of",
                };
                let message = format!("this role may not {what} {}.{}", table.schema, table.name);
                return self.refuse(Fault::LevelMissing, message, token);
            }
            if verb == Verb::Delete || verb == Verb::Truncate {
                for column in table.columns.values() {
                    self.touch(column, Action::Delete);
                }
            }
        }
        Ok(())
    }

    /// `column = expr`, of an INSERT or an UPDATE.
    pub(super) fn assign_expr(
        &mut self,
        target: &Target<'_>,
        name: &str,
        expr: &Expr,
        scope: &super::scope::Scope<'_>,
    ) -> Result<(), Refusal> {
        let token = expr.range().map(|range| range.first);
        let Some(column) = self.protected(target.relation, name) else {
            if target.relation.column(name).is_none() {
                return self.no_column(target.relation, name, token);
            }
            let lineage = self.expr(expr, scope)?;
            self.becomes(target.relation, name, Becomes::Given);
            return self.assign_plain(Some(target.relation), lineage, name, token);
        };
        if let Expr::Default { token } = super::compare::unwrap(expr) {
            self.guard_write(target, &column, Some(*token))?;
            self.becomes(target.relation, name, Becomes::Given);
            return self.assign_default(&column, *token);
        }
        let lineage = self.expr(expr, scope)?;
        if target.over && target.is_itself(name, expr) {
            self.touch(&column, Action::Write);
            return Ok(());
        }
        self.becomes_of(target, name, &column, &lineage);
        self.assign(target, &column, lineage, expr.range(), token)
    }

    /// Notes what a protected column becomes by what is assigned to it.
    pub(super) fn becomes_of(
        &mut self,
        target: &Target<'_>,
        name: &str,
        column: &Protected,
        lineage: &Lineage,
    ) {
        let right = self.right(column);
        let what = match lineage {
            // What is given may be the mask, and leave what is stored.
            Lineage::Constants(_)
                if target.over
                    && right.on_masked_write == OnMaskedWrite::Keep
                    && right.sight != Sight::Reveal =>
            {
                Becomes::Unseen
            }
            Lineage::Constants(_) | Lineage::Plain => Becomes::Given,
            Lineage::Value(value) | Lineage::Array(value) => {
                if value.columns.iter().all(|from| self.reveals(from)) {
                    Becomes::Given
                } else {
                    Becomes::Unseen
                }
            }
        };
        self.becomes(target.relation, name, what);
    }

    pub(super) fn no_column<T>(
        &mut self,
        relation: &Relation,
        name: &str,
        token: Option<usize>,
    ) -> Result<T, Refusal> {
        self.stale = true;
        let message = format!(
            "column \"{name}\" of relation \"{}\" does not exist",
            relation.name
        );
        Err(self
            .refusal(Fault::SchemaChanged, message, token)
            .with_sqlstate("42703"))
    }

    /// Something assigned to a column that is not protected. Of a table that is not known nothing is known of its columns.
    pub(super) fn assign_plain(
        &mut self,
        relation: Option<&Relation>,
        lineage: Lineage,
        name: &str,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        if let Some(unseen) = relation.and_then(|own| self.named_unseen(own, name)) {
            return self.refers(&lineage, &unseen, token);
        }
        match lineage {
            Lineage::Plain => Ok(()),
            Lineage::Constants(constants) => self.settle(&constants),
            Lineage::Value(value) | Lineage::Array(value) => {
                let holds = relation.is_some_and(|relation| self.holds_envelopes(relation, name));
                if holds && self.may_copy_out(&value) {
                    return self.exactly(&value);
                }
                let from = value
                    .column()
                    .map(|column| column.qualified())
                    .unwrap_or_default();
                let message = format!(
                    "column {from} cannot be copied into column {name}, which is not protected"
                );
                Err(self
                    .refusal(Fault::DomainsDiffer, message, token)
                    .with_hint(super::made::COPIED))
            }
        }
    }

    /// Something assigned to a protected column.
    pub(super) fn assign(
        &mut self,
        target: &Target<'_>,
        column: &Arc<Protected>,
        lineage: Lineage,
        range: Option<Range>,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        let right = self.right(column);
        let own = Value {
            columns: vec![Arc::clone(column)],
            origin: None,
            shown: Shown::Column,
            beside: Vec::new(),
        };
        match lineage {
            Lineage::Constants(constants) => {
                if let (true, OnMaskedWrite::Keep, Sight::Mask(mask)) =
                    (target.over, right.on_masked_write, &right.sight)
                {
                    return self.keep(target, column, &constants, range, mask, right.write);
                }
                self.guard_write(target, column, token)?;
                // The server would take a NULL of a query for text.
                self.from_query = range.is_none();
                let adopted = self.adopt(&constants, &own, How::Assign, false);
                self.from_query = false;
                adopted
            }
            Lineage::Value(value) => {
                if own
                    .spec()
                    .is_some_and(|spec| spec.scheme == Scheme::Subject)
                {
                    // Of whom another row's value is, is not known.
                    return Err(self.unknown_subject(column, token));
                }
                let itself = value
                    .columns
                    .iter()
                    .all(|from| from.table == column.table && from.attnum == column.attnum);
                self.guard_write(target, column, token)?;
                self.guard_unseen(target, column, token)?;
                self.one_domain(&own, &value, token)?;
                if !itself {
                    if self.tries(column) {
                        self.no_list(&own, &value, token)?;
                    }
                    if let Some(unseen) = self.refers_unseen(column.table, column.attnum) {
                        return self.uncounted(&unseen, token);
                    }
                }
                self.exactly(&value)?;
                if let Some(from) = value
                    .columns
                    .iter()
                    .find(|from| !coerce::fits(&from.declared, &column.declared))
                {
                    let message = format!(
                        "column {} may hold values that column {} cannot",
                        from.qualified(),
                        column.qualified()
                    );
                    return self.refuse(Fault::ServerDependentValue, message, token);
                }
                // Who does not see the source must not copy it to where it can be seen.
                let hidden = value
                    .columns
                    .iter()
                    .find(|from| !self.reveals(from))
                    .cloned();
                if let Some(from) = hidden
                    && !itself
                {
                    let message =
                        format!("column {} may not be copied by this role", from.qualified());
                    return self.refuse(Fault::WriteMissing, message, token);
                }
                Ok(())
            }
            Lineage::Plain if own.spec().is_none() => {
                self.guard_write(target, column, token)?;
                self.guard_unseen(target, column, token)?;
                if self.is_key(column) {
                    // Which values were tried cannot be counted (FACTS 11).
                    self.need_search(&own, token)?;
                }
                if self.tries(column) {
                    return self.uncounted(column, token);
                }
                match self.refers_unseen(column.table, column.attnum) {
                    Some(unseen) => self.uncounted(&unseen, token),
                    None => Ok(()),
                }
            }
            Lineage::Plain | Lineage::Array(_) => {
                self.guard_write(target, column, token)?;
                let message = format!(
                    "an expression is assigned to sealed column {}",
                    column.qualified()
                );
                self.refuse(Fault::ServerDependentValue, message, token)
            }
        }
    }

    /// The write guard: a masked column is written only with the right to (DESIGN, section 5).
    pub(super) fn guard_write(
        &mut self,
        target: &Target<'_>,
        column: &Arc<Protected>,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        let right = self.right(column);
        let stores_what_is_given = !target.over && right.on_masked_write == OnMaskedWrite::Keep;
        if right.sight != Sight::Reveal && !right.write && !stores_what_is_given {
            let message = format!(
                "this role sees a mask of column {} and may not write it",
                column.qualified()
            );
            return self.refuse(Fault::WriteMissing, message, token);
        }
        self.touch(column, Action::Write);
        Ok(())
    }

    /// Under `keep` a value that is not written in the statement itself could be the mask, row by row: `excluded.c`,
    /// an expression, another row's.
    fn guard_unseen(
        &self,
        target: &Target<'_>,
        column: &Arc<Protected>,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        let right = self.right(column);
        if target.over
            && right.sight != Sight::Reveal
            && right.on_masked_write == OnMaskedWrite::Keep
        {
            let message = format!(
                "this role sees a mask of column {}, and what is assigned could be it",
                column.qualified()
            );
            return self.refuse(Fault::WriteMissing, message, token);
        }
        Ok(())
    }

    /// `on_masked_write = "keep"`: the mask that was shown, written back, leaves what is stored.
    fn keep(
        &mut self,
        target: &Target<'_>,
        column: &Arc<Protected>,
        constants: &Constants,
        range: Option<Range>,
        mask: &Mask,
        may_write: bool,
    ) -> Result<(), Refusal> {
        let own = Value {
            columns: vec![Arc::clone(column)],
            origin: None,
            shown: Shown::Column,
            beside: Vec::new(),
        };
        let (Some(range), [leaf]) = (range, constants.leaves.as_slice()) else {
            // Constants behind names: which of them is a mask cannot be told row by row.
            let message = format!(
                "this role sees a mask of column {} and assigns it from a list",
                column.qualified()
            );
            return self.refuse(Fault::WriteMissing, message, None);
        };
        if leaf.whole != range || constants.elements || !constants.casts.is_empty() {
            let message = format!(
                "an expression is assigned to masked column {}",
                column.qualified()
            );
            return self.refuse(Fault::WriteMissing, message, Some(range.first));
        }
        self.touch(column, Action::Write);
        let own_name = self.called(target.relation, column).unwrap_or_default();
        let itself = format!("{}.{}", quoted(target.called), quoted(&own_name));
        match &leaf.kind {
            LeafKind::Constant(kind) => {
                let masked = match kind {
                    // A stored NULL is shown as NULL under every mask.
                    ConstantKind::Null => mask.could_be(&column.declared, None) || !may_write,
                    ConstantKind::Text(text)
                    | ConstantKind::Integer(text)
                    | ConstantKind::Decimal(text) => {
                        self.is_mask(column, mask, text, leaf.range.first)?
                    }
                    ConstantKind::Boolean(yes) => {
                        self.is_mask(column, mask, &yes.to_string(), leaf.range.first)?
                    }
                };
                if masked {
                    return self.edit(range, vec![Part::Text(itself)]);
                }
                if !may_write {
                    return self.guard_write(target, column, Some(range.first));
                }
                self.adopt(constants, &own, How::Assign, false)
            }
            LeafKind::Placeholder(number) => {
                let declared = self
                    .request
                    .declared
                    .get(number.wrapping_sub(1))
                    .copied()
                    .unwrap_or(0);
                let shown = if declared == 0 {
                    column.declared.oid
                } else {
                    declared
                };
                let whose = own.spec().and_then(|spec| self.whose_of(spec));
                if whose.is_none()
                    && own
                        .spec()
                        .is_some_and(|spec| spec.scheme == Scheme::Subject)
                {
                    return Err(self.unknown_subject(column, Some(range.first)));
                }
                let keep = Keep {
                    whose,
                    column: Arc::clone(column),
                    spec: own.spec().cloned(),
                    sent_as: declared,
                    mask: mask.clone(),
                    may_write,
                };
                let token = leaf.range.first;
                self.leaves.insert(token, LeafState::Done);
                let unseen = self.refers_unseen(column.table, column.attnum);
                let tried = may_write && (self.tries(column) || unseen.is_some());
                self.guesses = self.guesses.saturating_add(u32::from(tried));
                self.uses.push(Use {
                    number: *number,
                    token,
                    way: Way::KeepFlag,
                });
                let flag = self.uses.len() - 1;
                self.uses.push(Use {
                    number: *number,
                    token,
                    way: Way::Keep(keep, shown),
                });
                let value = self.uses.len() - 1;
                self.edit(
                    range,
                    vec![
                        Part::Text("CASE WHEN ".to_owned()),
                        Part::Use(flag),
                        Part::Text(format!(" THEN {itself} ELSE ")),
                        Part::Use(value),
                        Part::Text(" END".to_owned()),
                    ],
                )
            }
        }
    }

    fn is_mask(
        &self,
        column: &Protected,
        mask: &Mask,
        text: &str,
        token: usize,
    ) -> Result<bool, Refusal> {
        // A mask need not be a valid value of the type's modifiers; one that is not of the type is not the mask.
        let settings = self.request.environment.of_literals();
        let value = column
            .declared
            .from_text(text.as_bytes(), settings)
            .map_err(|error| self.bad_value(column, &error, token))?;
        Ok(mask.could_be(&column.declared, Some(&value)))
    }

    /// DEFAULT for a protected column: the constant that `protect` took over from the server, sealed.
    fn assign_default(&mut self, column: &Arc<Protected>, token: usize) -> Result<(), Refusal> {
        match self.default_part(column, token)? {
            Some(part) => self.edit(
                Range {
                    first: token,
                    last: token,
                },
                vec![part],
            ),
            None => Ok(()),
        }
    }

    pub(super) fn default_part(
        &self,
        column: &Arc<Protected>,
        token: usize,
    ) -> Result<Option<Part>, Refusal> {
        let (Some(text), Storage::Sealed(spec)) = (&column.default, &column.storage) else {
            return Ok(None);
        };
        let value = column
            .declared
            .from_text(text.as_bytes(), &registry_settings())
            .map_err(|error| self.bad_value(column, &error, token))?;
        let whose = self.whose_of(spec);
        if spec.scheme == Scheme::Subject && !matches!(whose.as_deref(), Some(Whose::Named(_))) {
            return Err(self.unknown_subject(column, Some(token)));
        }
        Ok(Some(Part::Sealed {
            column: Arc::clone(column),
            spec: spec.clone(),
            value: Place::At(value),
            whose,
        }))
    }
}

/// The settings under which the registry keeps defaults.
fn registry_settings() -> Settings {
    Settings {
        date_style: DateStyle::Iso,
        date_order: DateOrder::Ymd,
        interval_style: IntervalStyle::Postgres,
        time_zone: TimeZone("UTC".to_owned()),
        bytea_output: ByteaOutput::Hex,
        extra_float_digits: 1,
    }
}
