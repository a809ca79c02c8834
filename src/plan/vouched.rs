//! Calls of routines that the rules vouch for: arguments sealed, results shown by right.

use std::sync::Arc;

use super::Action;
use super::adopt::How;
use super::analysis::Analysis;
use super::edits::Part;
use super::expression::is_direct;
use super::lineage::{Column, Lineage, Shown, Value};
use super::scope::Scope;
use crate::catalog::{Argument, Mode, Signature};
use crate::fault::{Fault, Refusal};
use crate::identity::Level;
use crate::policy::{Gives, Protected, Shut, Sight, Storage, Taken, Vouched};
use crate::sql::{Call, Expr};

/// What a call gives.
pub(super) enum Given {
    /// One value, under this name where the routine names it.
    Value(Lineage, Option<String>),
    /// Named columns.
    Row(Vec<Column>),
}

impl Analysis<'_> {
    /// The routine that a call means, where the rules vouch for it beyond doubt.
    pub(super) fn vouched(&self, call: &Call) -> Result<Option<Arc<Vouched>>, Refusal> {
        let routines = &self.world.protection.routines;
        let (schema, name) = match call.name.as_slice() {
            [name] => (None, name),
            [schema, name] => (Some(schema.text.as_str()), name),
            _ => return Ok(None),
        };
        if !routines.iter().any(|one| one.signature.name == name.text) {
            return Ok(None);
        }
        let path = &self.request.environment.search_path;
        let seen = |one: &&Signature| {
            one.name == name.text
                && match schema {
                    Some(schema) => one.schema == schema,
                    // A view's own text is qualified where its reader's path demands it.
                    None => path.contains(&one.schema),
                }
        };
        let fitting: Vec<&Signature> = self
            .world
            .snapshot
            .signatures
            .iter()
            .filter(seen)
            .filter(|one| takes(one, call))
            .collect();
        let known = |signature: &Signature| {
            let found = routines.iter().find(|one| one.signature == *signature);
            found.map(Arc::clone)
        };
        match fitting.as_slice() {
            [one] => Ok(known(one)),
            several if several.iter().any(|one| known(one).is_some()) => {
                if self.request.rights.full_control_everywhere {
                    return Ok(None);
                }
                let message = format!(
                    "several routines {} take these arguments, and which of them is meant is not certain",
                    name.text
                );
                self.refuse(Fault::RoutineNotVouched, message, Some(name.token))
            }
            _ => Ok(None),
        }
    }

    /// A call of it.
    pub(super) fn vouched_call(
        &mut self,
        call: &Call,
        vouched: &Vouched,
        scope: &Scope<'_>,
    ) -> Result<Given, Refusal> {
        let token = call.name.last().map(|name| name.token);
        let plain = !call.distinct
            && !call.star
            && !call.within_group
            && call.order_by.is_empty()
            && call.filter.is_none()
            && call.over.is_none();
        if !plain {
            let message = format!("a call of {} with clauses", vouched.signature.name);
            return self.refuse(Fault::UnsupportedExpression, message, token);
        }
        self.need_vouched(vouched, token)?;
        if let [name] = call.name.as_slice() {
            self.qualify(&vouched.signature.schema, Some(name.token))?;
        }
        let arguments: Vec<&Argument> = passed(&vouched.signature).collect();
        let given: Vec<&Argument> = vouched.signature.given().collect();
        for (at, arg) in call.args.iter().enumerate() {
            let named = call.names.get(at).and_then(Option::as_ref);
            let argument = match named {
                None => arguments.get(at),
                Some(name) => arguments.iter().find(|one| one.name.as_ref() == Some(name)),
            };
            // The same argument among those that the rules can name.
            let taken = argument
                .and_then(|argument| given.iter().position(|one| std::ptr::eq(*one, *argument)))
                .and_then(|at| vouched.takes.get(at)?.as_ref());
            match taken {
                Some(taken) => self.argument(arg, taken, scope)?,
                None => {
                    let what = format!("an argument of {}", vouched.signature.name);
                    self.check(arg, &what, scope)?;
                }
            }
        }
        self.given(vouched, token)
    }

    /// The rights that a call needs, and what it means for the plan.
    fn need_vouched(&mut self, vouched: &Vouched, token: Option<usize>) -> Result<(), Refusal> {
        self.calls_vouched = true;
        for oid in &vouched.tables {
            let Some(table) = self.world.protection.tables.get(oid).cloned() else {
                continue;
            };
            self.tables.insert(*oid);
            let levels = self.request.rights.tables.get(oid);
            let allowed =
                levels.is_some_and(|own| own.levels.iter().any(|own| *own >= vouched.level));
            if !allowed && self.view == 0 {
                let message = format!(
                    "{} needs the level {} on {}.{}",
                    vouched.signature.name,
                    vouched.level.name(),
                    table.schema,
                    table.name
                );
                return self.refuse(Fault::LevelMissing, message, token);
            }
        }
        self.writes |= vouched.level > Level::Access;
        Ok(())
    }

    /// The columns as they are protected here: some tables may only be observed.
    fn live(
        &self,
        columns: &[Arc<Protected>],
        token: Option<usize>,
    ) -> Result<Vec<Arc<Protected>>, Refusal> {
        let tables = &self.world.protection.tables;
        let live: Vec<Arc<Protected>> = columns
            .iter()
            .filter_map(|column| tables.get(&column.table)?.columns.get(&column.attnum))
            .map(Arc::clone)
            .collect();
        for column in &live {
            let fault = match column.storage {
                Storage::Sealed(_) | Storage::MaskedOnly => continue,
                Storage::NotYetSealed => Fault::NotYetSealed,
                Storage::RuleMissing => match self.world.protection.shut {
                    None => Fault::RuleMissing,
                    Some(Shut::Keys) => Fault::KeysetUnavailable,
                    Some(Shut::Registry) => Fault::RegistryDamaged,
                    Some(Shut::Lease) => Fault::LeaseLost,
                },
            };
            let message = format!(
                "column {} is not sealed as the rules say",
                column.qualified()
            );
            return self.refuse(fault, message, token);
        }
        Ok(live)
    }

    /// An argument that holds a protected value.
    fn argument(&mut self, arg: &Expr, taken: &Taken, scope: &Scope<'_>) -> Result<(), Refusal> {
        let token = arg.range().map(|range| range.first);
        let columns = self.live(&taken.columns, token)?;
        let Some(first) = columns.first().cloned() else {
            return self.check(arg, "an argument", scope);
        };
        for column in &columns {
            let right = self.right(column);
            if self.view == 0 && right.sight != Sight::Reveal && !right.search && !right.write {
                let message = format!(
                    "this role may neither search nor write column {}, whose values the argument takes",
                    column.qualified()
                );
                return self.refuse(Fault::SearchMissing, message, token);
            }
            self.touch(column, Action::Write);
        }
        let value = Value {
            columns,
            origin: None,
            shown: Shown::NoModifier,
            beside: Vec::new(),
        };
        match self.expr(arg, scope)? {
            Lineage::Constants(constants) => {
                let sealed = value.spec().is_some();
                if sealed && taken.as_text && !is_direct(arg) {
                    return self.no_constant(&first, token);
                }
                self.adopt(&constants, &value, How::Argument, false)?;
                match arg.range().filter(|_| sealed && taken.as_text) {
                    Some(range) if self.view == 0 => self
                        .insert_after(range.last, vec![Part::Text("::pg_catalog.text".to_owned())]),
                    Some(_) | None => Ok(()),
                }
            }
            Lineage::Value(own) if own.spec().is_some() && !taken.as_text => {
                self.need_search(&own, token)?;
                if own.same_domain(&value) {
                    return Ok(());
                }
                let message = format!("the argument takes values of {}", first.qualified());
                self.refuse(Fault::DomainsDiffer, message, token)
            }
            // What is tried cannot be counted.
            Lineage::Plain if value.spec().is_none() => self.need_search(&value, token),
            lineage @ (Lineage::Value(_) | Lineage::Array(_)) => {
                self.plain(lineage, "an argument", token)?;
                self.no_constant(&first, token)
            }
            Lineage::Plain => self.no_constant(&first, token),
        }
    }

    fn no_constant(&self, column: &Protected, token: Option<usize>) -> Result<(), Refusal> {
        let message = format!(
            "an argument for values of {} is neither a constant nor a parameter",
            column.qualified()
        );
        self.refuse(Fault::ServerDependentValue, message, token)
    }

    /// What comes back.
    fn given(&mut self, vouched: &Vouched, token: Option<usize>) -> Result<Given, Refusal> {
        match &vouched.gives {
            Gives::Value(columns) => {
                let name = vouched.signature.returned().next();
                let name = name.and_then(|one| one.name.clone());
                Ok(Given::Value(self.shown_of(columns, token)?, name))
            }
            Gives::Row(columns) => {
                let columns = columns.iter().map(|(name, columns)| {
                    Ok(Column {
                        name: name.clone(),
                        lineage: self.shown_of(columns, token)?,
                    })
                });
                Ok(Given::Row(columns.collect::<Result<_, Refusal>>()?))
            }
            Gives::Relation(oid) => {
                let Some(relation) = self.world.snapshot.relations.get(oid).cloned() else {
                    let message = "the routine gives rows of a relation that is not known";
                    return self.refuse(Fault::SchemaChanged, message, token);
                };
                let mut columns = self.columns_of(&relation, token)?;
                for column in &mut columns {
                    if let Lineage::Value(value) = &mut column.lineage {
                        value.origin = None;
                    }
                }
                Ok(Given::Row(columns))
            }
        }
    }

    /// The lineage of a result.
    fn shown_of(
        &self,
        columns: &[Arc<Protected>],
        token: Option<usize>,
    ) -> Result<Lineage, Refusal> {
        let columns = self.live(columns, token)?;
        let value = Value {
            columns,
            origin: None,
            shown: Shown::NoModifier,
            beside: Vec::new(),
        };
        // A masked-only column that is seen is plain.
        let seen = value.spec().is_none() && value.columns.iter().all(|one| self.reveals(one));
        Ok(if seen {
            Lineage::Plain
        } else {
            Lineage::Value(value)
        })
    }

    /// A call as an expression: one value.
    pub(super) fn vouched_value(
        &mut self,
        call: &Call,
        vouched: &Vouched,
        scope: &Scope<'_>,
    ) -> Result<Lineage, Refusal> {
        match self.vouched_call(call, vouched, scope)? {
            Given::Value(lineage, _) => Ok(lineage),
            Given::Row(columns) => {
                let token = call.name.last().map(|name| name.token);
                match columns.into_iter().find(|column| column.lineage.carries()) {
                    None => Ok(Lineage::Plain),
                    Some(_) => self.refuse(
                        Fault::UnsupportedExpression,
                        "a routine whose rows hold protected values is called in a select list: call it in FROM",
                        token,
                    ),
                }
            }
        }
    }

    /// CALL.
    pub(super) fn call_statement(&mut self, call: &Call) -> Result<Vec<Column>, Refusal> {
        let scope = Scope::inside(None);
        let Some(vouched) = self.vouched(call)? else {
            self.guard_function(call)?;
            for arg in &call.args {
                self.check(arg, "an argument", &scope)?;
            }
            return Ok(Vec::new());
        };
        let given = self.vouched_call(call, &vouched, &scope)?;
        let returned = vouched.signature.returned();
        Ok(match given {
            Given::Row(columns) => columns,
            Given::Value(_, _) if returned.count() == 0 => Vec::new(),
            Given::Value(lineage, name) => vec![Column {
                name: name.unwrap_or_default(),
                lineage,
            }],
        })
    }
}

/// The arguments that stand in a call: of a procedure those of OUT too.
fn passed(signature: &Signature) -> impl Iterator<Item = &Argument> {
    let procedure = signature.procedure;
    let arguments = signature.arguments.iter();
    arguments.filter(move |one| one.mode.is_given() || procedure && one.mode == Mode::Out)
}

/// Whether a call may mean it, by number and names of its arguments.
fn takes(signature: &Signature, call: &Call) -> bool {
    let passed: Vec<&Argument> = passed(signature).collect();
    let variadic = passed.iter().any(|one| one.mode == Mode::Variadic);
    let least = passed.len().saturating_sub(signature.defaults);
    let least = if variadic {
        least.saturating_sub(1)
    } else {
        least
    };
    let named = call.names.iter().flatten();
    call.args.len() >= least
        && (variadic || call.args.len() <= passed.len())
        && named
            .into_iter()
            .all(|name| passed.iter().any(|one| one.name.as_ref() == Some(name)))
}
