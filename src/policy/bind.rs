//! Binding: what the rules and the registry mean for the tables of one live database.
//!
//! Fails closed: a registered column never drops out, and a column that a rule names is protected
//! even where the rule turns out not to fit it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::columns::may_seal;
use super::intended::Intended;
use super::kin::{Kin, holds_rows, registered};
use super::live;
use super::load::Policy;
use super::problem::{Place, Problem, Problems};
use super::protection::{
    Protected, ProtectedTable, Protection, Storage, SubjectColumn, TableRules,
};
use super::rules::{ColumnRule, OrderWish, SubjectRule, TableRule};
use super::vouched;
use crate::catalog::{Column, Registered, Registry, Relation, Snapshot};
use crate::mask::Mask;
use crate::seal::Scheme;
use crate::value::{DeclaredType, Kind, Order};

impl Policy {
    /// Binds the rules to a database. The problems are what an operator has to mend; the protection
    /// is safe to use with all of them.
    pub fn bind(
        &self,
        database: &str,
        snapshot: &Snapshot,
        registry: &Registry,
    ) -> (Protection, Vec<Problem>) {
        let mut binding = Binding {
            policy: self,
            database,
            snapshot,
            kin: Kin::of(snapshot),
            registered: registered(snapshot, registry),
            problems: Problems::default(),
            domains: BTreeMap::new(),
            intended: Intended::of(registry),
            keysets: &registry.keysets,
        };
        binding.check_names();
        let mut oids: Vec<u32> = snapshot.relations.keys().copied().collect();
        oids.sort_unstable();
        let mut tables = HashMap::new();
        for oid in oids {
            let Some(relation) = snapshot.relations.get(&oid) else {
                continue;
            };
            if let Some(table) = binding.table(relation) {
                tables.insert(oid, Arc::new(table));
            }
        }
        let routines = vouched::bind(self, snapshot, &tables, &mut binding.problems);
        let protection = Protection {
            routines,
            tables,
            rules_epoch: self.epoch,
            rules_hash: self.hash.clone(),
            rules: Arc::new(TableRules::new(&self.tables, database)),
            facade: self.settings.facade.enabled,
            keysets: registry.keysets.clone(),
            shut: None,
        };
        (protection, binding.problems.into_sorted())
    }

    /// The rules for one table's columns, by column name: its own, not those of its parents. What
    /// `protect` seals by. Where several entries match, the narrowest says more than the others.
    pub fn column_rules(
        &self,
        database: &str,
        schema: &str,
        table: &str,
    ) -> BTreeMap<String, Arc<ColumnRule>> {
        let mut columns = BTreeMap::new();
        for rule in self.table_rules(database, schema, table) {
            for (name, column) in &rule.columns {
                columns
                    .entry(name.clone())
                    .or_insert_with(|| column.clone());
            }
        }
        columns
    }

    /// Whose the rows of a table are, by its own rules, not those of its parents.
    pub fn subject_rule(&self, database: &str, schema: &str, table: &str) -> Option<&SubjectRule> {
        let rules = self.table_rules(database, schema, table);
        rules.into_iter().find_map(|rule| rule.subject.as_ref())
    }

    /// The table rules that match, the narrowest first.
    fn table_rules(&self, database: &str, schema: &str, table: &str) -> Vec<&TableRule> {
        let mut rules: Vec<&TableRule> = self
            .tables
            .iter()
            .filter(|rule| rule.covers(database, schema, table))
            .collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.pattern.narrowness()));
        rules
    }
}

struct Binding<'a> {
    policy: &'a Policy,
    database: &'a str,
    snapshot: &'a Snapshot,
    kin: Kin,
    registered: HashMap<u32, BTreeMap<String, &'a Registered>>,
    problems: Problems,
    /// Family, order and place of the first column of each named domain.
    domains: BTreeMap<String, (u8, Option<Order>, Place)>,
    intended: Intended,
    /// Names of keysets by slot.
    keysets: &'a BTreeMap<u8, String>,
}

impl<'a> Binding<'a> {
    /// Notes rules that name a table or a column that is not there.
    fn check_names(&mut self) {
        for rule in &self.policy.tables {
            if !rule.in_database(self.database) {
                continue;
            }
            let matching: Vec<&Arc<Relation>> = self
                .snapshot
                .relations
                .values()
                .filter(|relation| rule.pattern.matches(&relation.schema, &relation.name))
                .collect();
            if rule.pattern.is_exact() {
                match matching.first() {
                    None => self.problems.add(
                        &rule.place,
                        format!("no table {} in database {}", rule.pattern, self.database),
                    ),
                    Some(relation) if !holds_rows(relation) => self.problems.add(
                        &rule.place,
                        format!(
                            "{} is not an ordinary table: expected the table under it",
                            rule.pattern
                        ),
                    ),
                    Some(_) => {}
                }
            }
            for (name, column) in &rule.columns {
                for relation in matching.iter().filter(|relation| holds_rows(relation)) {
                    if relation.column(name).is_none() {
                        let hint = super::nearest::did_you_mean(
                            name,
                            relation.columns.iter().map(|column| column.name.as_str()),
                        );
                        self.problems.add(
                            &column.place,
                            format!(
                                "table {} has no column `{name}`{hint}",
                                relation.qualified()
                            ),
                        );
                    }
                }
            }
        }
    }

    fn table(&mut self, relation: &Relation) -> Option<ProtectedTable> {
        if !holds_rows(relation) {
            return None;
        }
        let rules = self.rules(relation);
        let registered = self.registered_of(relation);
        let observe = self
            .policy
            .table_rules(self.database, &relation.schema, &relation.name)
            .first()
            .or(self.kin_rules(relation).first())
            .is_some_and(|rule| rule.observe);
        let mut columns = BTreeMap::new();
        let mut sealed = false;
        for column in &relation.columns {
            let rule = rules.get(&column.name);
            let entry = registered.get(&column.name).copied();
            let is_sealed = self.is_sealed(column);
            if rule.is_none() && entry.is_none() && !is_sealed {
                continue;
            }
            sealed |= is_sealed || entry.is_some();
            let protected = self.column(relation, column, rule, entry);
            columns.insert(column.attnum, Arc::new(protected));
        }
        if columns.is_empty() {
            return None;
        }
        if observe && sealed {
            self.problems.add(
                &rules
                    .values()
                    .next()
                    .map_or_else(|| Place::registry(relation.qualified()), |rule| rule.place.clone()),
                format!(
                    "table {} is protected already, so it cannot be only observed: its rules are enforced",
                    relation.qualified()
                ),
            );
        }
        let subject = self.subject(relation, &columns);
        Some(ProtectedTable {
            subject,
            oid: relation.oid,
            schema: relation.schema.clone(),
            name: relation.name.clone(),
            columns,
            observe: observe && !sealed,
        })
    }

    /// The column that says whose a row is, as the narrowest rule names it; noted where it cannot be one.
    fn subject(
        &mut self,
        relation: &Relation,
        columns: &BTreeMap<i16, Arc<Protected>>,
    ) -> Option<SubjectColumn> {
        let own = self
            .policy
            .table_rules(self.database, &relation.schema, &relation.name);
        let kin = self.kin_rules(relation);
        let mut rules = own.into_iter().chain(kin);
        let Some(rule) = rules.find_map(|rule| rule.subject.as_ref()) else {
            let sealed = columns.values().find(|column| {
                matches!(&column.storage, Storage::Sealed(spec) if spec.scheme == Scheme::Subject)
            });
            if let Some(column) = sealed {
                self.problems.add(
                    &Place::registry(column.qualified()),
                    format!(
                        "{} is sealed under the keys of data subjects and no rule says whose its rows are: expected `subject` in the rule of its table",
                        column.qualified()
                    ),
                );
            }
            return None;
        };
        let Some(live) = relation.column(&rule.column) else {
            self.problems.add(
                &rule.place,
                format!(
                    "table {} has no column `{}`",
                    relation.qualified(),
                    rule.column
                ),
            );
            return None;
        };
        if columns.contains_key(&live.attnum) {
            self.problems.add(
                &rule.place,
                format!(
                    "{}.{} says whose a row is, and is protected itself: expected a column in plaintext",
                    relation.qualified(),
                    rule.column
                ),
            );
            return None;
        }
        match live::declared(self.snapshot, live) {
            Ok(declared)
                if SubjectColumn::may_be(self.snapshot, relation.oid, live.attnum, &declared) =>
            {
                Some(SubjectColumn {
                    column: rule.column.clone(),
                    attnum: live.attnum,
                    kind: rule.kind.clone(),
                    declared,
                    erasable: rule.erasable,
                })
            }
            Ok(_) | Err(_) => {
                self.problems.add(
                    &rule.place,
                    format!(
                        "{}.{} says whose a row is: expected smallint, integer, bigint, uuid, or text or varchar without a collation of its own (but \"C\")",
                        relation.qualified(),
                        rule.column
                    ),
                );
                None
            }
        }
    }

    fn column(
        &mut self,
        relation: &Relation,
        column: &Column,
        rule: Option<&Arc<ColumnRule>>,
        entry: Option<&Registered>,
    ) -> Protected {
        let qualified = format!("{}.{}", relation.qualified(), column.name);
        let place = rule.map_or_else(
            || Place::registry(qualified.as_str()),
            |rule| rule.place.clone(),
        );
        let (declared, known) = self.declared(column, rule, entry, &place, &qualified);
        let mut storage = match (rule, entry) {
            (None, Some(_)) => {
                self.problems.add(
                    &place,
                    format!("{qualified} is protected and no rule names it: expected its rule, or `sealwire unprotect`"),
                );
                Storage::RuleMissing
            }
            (None, None) => {
                self.problems.add(
                    &place,
                    format!("{qualified} is of the sealed type, and neither a rule nor the registry names it"),
                );
                Storage::RuleMissing
            }
            (Some(rule), entry) => self.storage(rule, entry, column, &place, &qualified),
        };
        if !known && storage == Storage::MaskedOnly {
            // Without knowing the type nothing can be masked: refused, like what is not yet sealed.
            storage = Storage::NotYetSealed;
        }
        if let (Some(rule), true) = (rule, known) {
            self.check_rule(rule, &declared, &place, &qualified);
        }
        // What is sealed already has no collation any more.
        let sorted_otherwise = known
            && rule.is_some_and(|rule| rule.wants_text_order(&declared))
            && !self.is_sealed(column)
            && !self.snapshot.sorts_by_bytes(relation.oid, column.attnum);
        if sorted_otherwise {
            self.problems.add(
                &place.below("seal"),
                format!(
                    "{qualified} does not sort by its bytes: search = [\"order\"] of text wants collation \"C\" (ALTER COLUMN … TYPE … COLLATE \"C\")"
                ),
            );
        }
        let intended = rule
            .and_then(|rule| rule.seal.as_ref())
            .filter(|seal| {
                known
                    && !sorted_otherwise
                    && storage == Storage::NotYetSealed
                    && may_seal(seal, &declared).is_ok()
            })
            .map(|seal| {
                let ascii = self.snapshot.folds_ascii(relation.oid, column.attnum);
                self.intended.spec(seal, &declared, ascii)
            });
        let fitting = |mask: &Mask| known && mask.fits(&declared).is_ok();
        Protected {
            table: relation.oid,
            table_name: relation.qualified(),
            attnum: column.attnum,
            column: column.name.clone(),
            class: rule.and_then(|rule| rule.class.clone()),
            collation: entry.and_then(|entry| entry.collation.clone()),
            storage,
            default_mask: rule
                .map(|rule| rule.default_mask.clone())
                .filter(fitting)
                .unwrap_or(Mask::Null),
            partial_mask: rule
                .and_then(|rule| rule.partial_mask.clone())
                .filter(fitting),
            default: entry.and_then(|entry| entry.default.clone()),
            intended,
            declared,
        }
    }

    /// The application's type, and whether it is known for certain.
    fn declared(
        &mut self,
        column: &Column,
        rule: Option<&Arc<ColumnRule>>,
        entry: Option<&Registered>,
        place: &Place,
        qualified: &str,
    ) -> (DeclaredType, bool) {
        let found = match entry {
            Some(entry) => Ok(entry.declared.clone()),
            None if self.is_sealed(column) => Err(
                "it is sealed and the registry does not name it, so its type is not known"
                    .to_owned(),
            ),
            None => live::declared(self.snapshot, column),
        };
        match found {
            Ok(declared) => {
                if let Some(name) = rule.and_then(|rule| rule.declared.as_deref())
                    && !live::is_named(name, &declared, self.snapshot)
                {
                    self.problems.add(
                        place,
                        format!("{qualified} is of type {}, not {name}", declared.name()),
                    );
                }
                (declared, true)
            }
            Err(reason) => {
                self.problems.add(place, format!("{qualified}: {reason}"));
                let stand_in = DeclaredType {
                    oid: column.type_oid,
                    typmod: column.typmod,
                    kind: Kind::Text,
                };
                (stand_in, false)
            }
        }
    }

    fn storage(
        &mut self,
        rule: &ColumnRule,
        entry: Option<&Registered>,
        column: &Column,
        place: &Place,
        qualified: &str,
    ) -> Storage {
        let spec = entry.and_then(|entry| entry.seal.as_ref());
        let mut problem = |text: &str| self.problems.add(place, format!("{qualified} {text}"));
        match (
            &rule.seal,
            spec,
            self.snapshot
                .sealed_type
                .is_some_and(|(oid, _)| oid == column.type_oid),
        ) {
            (Some(seal), Some(spec), true) => {
                let named = entry.and_then(|entry| entry.domain_name.as_deref());
                let own = self.keysets.get(&spec.slot).map(String::as_str);
                let keyset_fits = match seal.keyset.as_deref() {
                    None => spec.slot == 0,
                    asked @ Some(_) => own == asked,
                };
                if !keyset_fits {
                    problem(&format!(
                        "is sealed under keyset {:?}, which is not that of its rule: unprotect and protect it again",
                        own.unwrap_or_default()
                    ));
                }
                if seal.scheme != spec.scheme {
                    problem(match (seal.scheme, spec.scheme) {
                        (Scheme::Subject, _) => {
                            "was protected without erasable = true and the rule of its table gives it: unprotect and protect it again"
                        }
                        (_, Scheme::Subject) => {
                            "was protected with erasable = true and the rule of its table does not give it: unprotect and protect it again"
                        }
                        (_, Scheme::Deterministic) => {
                            "was protected with search = [\"equality\"] and the rule does not give it: unprotect and protect it again"
                        }
                        (_, Scheme::Random) => {
                            "was protected without search and the rule gives search = [\"equality\"]: unprotect and protect it again"
                        }
                    });
                }
                let fits = match (seal.ci, spec.ci) {
                    (None, None) => true,
                    (Some(wish), Some(fold)) => entry.is_some_and(|entry| {
                        [true, false]
                            .map(|ascii| wish.fold(&entry.declared, ascii))
                            .contains(&fold)
                    }),
                    (Some(_), None) | (None, Some(_)) => false,
                };
                if !fits {
                    problem(match (seal.ci, spec.ci) {
                        (Some(_), None) => {
                            "was protected without search = [\"equality-ci\"] and the rule gives it: unprotect and protect it again"
                        }
                        (None, _) => {
                            "was protected with search = [\"equality-ci\"] and the rule does not give it: unprotect and protect it again"
                        }
                        (Some(_), Some(_)) => {
                            "was protected with another `fold`: unprotect and protect it again"
                        }
                    });
                }
                let order = |wish: OrderWish| entry.and_then(|entry| wish.of(&entry.declared).ok());
                match (seal.order, spec.order) {
                    (None, None) => {}
                    (Some(wish), Some(found)) if order(wish) == Some(found) => {}
                    (Some(_), None) => problem(
                        "was protected without search = [\"order\"] and the rule gives it: unprotect and protect it again",
                    ),
                    (None, Some(_)) => problem(
                        "was protected with search = [\"order\"] and the rule does not give it: unprotect and protect it again",
                    ),
                    (Some(_), Some(_)) => problem(
                        "was protected with another `max_length`: unprotect and protect it again",
                    ),
                }
                match (seal.tokens, spec.tokens) {
                    (None, None) => {}
                    (Some(wish), Some(found))
                        if entry.is_some_and(|entry| wish.may_be(&entry.declared, &found)) => {}
                    (Some(_), None) => problem(
                        "was protected without the tokens of search = [\"match\"], [\"prefix\"] or [\"range\"] and the rule gives it: unprotect and protect it again",
                    ),
                    (None, Some(_)) => problem(
                        "was protected with search = [\"match\"], [\"prefix\"] or [\"range\"] and the rule does not give it: unprotect and protect it again",
                    ),
                    (Some(_), Some(_)) => problem(
                        "was protected with other search tokens: unprotect and protect it again",
                    ),
                }
                if seal.pad != spec.pad {
                    problem("was protected with another `pad`: unprotect and protect it again");
                }
                if seal.domain.as_deref() != named {
                    problem("was protected in another key domain: unprotect and protect it again");
                }
                Storage::Sealed(spec.clone())
            }
            (None, Some(spec), true) => {
                problem(
                    "is sealed and the rule only masks it: expected `seal` in the rule, or `sealwire unprotect`",
                );
                Storage::Sealed(spec.clone())
            }
            (_, Some(_), false) => {
                problem("is registered as sealed, and its type in the server is another");
                Storage::NotYetSealed
            }
            (_, None, true) => {
                problem("is of the sealed type, and the registry holds no key for it");
                Storage::NotYetSealed
            }
            (Some(_), None, false) => Storage::NotYetSealed,
            (None, None, false) => Storage::MaskedOnly,
        }
    }

    /// Notes where the rule does not fit the type.
    fn check_rule(
        &mut self,
        rule: &ColumnRule,
        declared: &DeclaredType,
        place: &Place,
        qualified: &str,
    ) {
        let masks = [
            ("default", Some(&rule.default_mask)),
            ("partial", rule.partial_mask.as_ref()),
        ];
        for (which, mask) in masks {
            if let Some(Err(expected)) = mask.map(|mask| mask.fits(declared)) {
                self.problems.add(
                    &place.below("masks").below(which),
                    format!(
                        "mask does not fit {qualified}, of type {}: {expected}",
                        declared.name()
                    ),
                );
            }
        }
        let Some(seal) = &rule.seal else { return };
        if let Err(reason) = may_seal(seal, declared) {
            self.problems.add(
                &place.below("seal"),
                format!("{qualified}, of type {}: {reason}", declared.name()),
            );
        }
        if let Some(domain) = &seal.domain {
            let family = declared.family();
            let order = seal.order.and_then(|wish| wish.of(declared).ok());
            let first = self
                .domains
                .entry(domain.clone())
                .or_insert_with(|| (family, order, place.clone()));
            if (first.0, first.1) != (family, order) {
                let message = format!(
                    "{qualified}, of type {}, cannot share key domain `{domain}` with {} ({}): expected the same type",
                    declared.name(),
                    first.2.key,
                    first.2.short()
                );
                self.problems.add(place, message);
            }
        }
    }

    fn is_sealed(&self, column: &Column) -> bool {
        self.snapshot
            .sealed_type
            .is_some_and(|(oid, _)| oid == column.type_oid)
    }

    /// Rules of the table itself, then of those it shares rows with.
    fn rules(&self, relation: &Relation) -> BTreeMap<String, Arc<ColumnRule>> {
        let mut columns = self
            .policy
            .column_rules(self.database, &relation.schema, &relation.name);
        for rule in self.kin_rules(relation) {
            for (name, column) in &rule.columns {
                columns
                    .entry(name.clone())
                    .or_insert_with(|| column.clone());
            }
        }
        columns
    }

    fn kin_rules(&self, relation: &Relation) -> Vec<&'a TableRule> {
        let kin = self.kin.get(relation.oid);
        kin.filter_map(|oid| self.snapshot.relations.get(&oid))
            .flat_map(|kin| {
                self.policy
                    .table_rules(self.database, &kin.schema, &kin.name)
            })
            .collect()
    }

    fn registered_of(&self, relation: &Relation) -> BTreeMap<String, &'a Registered> {
        let mut entries = self
            .registered
            .get(&relation.oid)
            .cloned()
            .unwrap_or_default();
        for oid in self.kin.get(relation.oid) {
            for (name, entry) in self.registered.get(&oid).into_iter().flatten() {
                entries.entry(name.clone()).or_insert(entry);
            }
        }
        entries
    }
}
