//! Constants and placeholders that take a protected column's sealing: the one place where a plan decides to seal.

use std::sync::Arc;

use super::analysis::{Analysis, Branch, BranchAt, LeafState, Use, Way};
use super::coerce::{self, oid};
use super::edits::{Part, quoted};
use super::lineage::{Constants, Leaf, LeafKind, Value};
use super::typing::{literal_text, literal_type, narrow};
use super::{Exact, Whose};
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::seal::{Scheme, SealSpec};
use crate::sql::{CastForm, CastSite, ConstantKind, Range, TokenKind};
use crate::value::{DeclaredType, Kind, Place, Sought, ValueError};

/// What a constant is adopted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// An operator with the column on the other side.
    Compare,
    /// One of several in the list of IN or in `ARRAY[…]`, which get this type together.
    InList(u32),
    /// INSERT or UPDATE.
    Assign,
    /// NULLIF, whose result keeps the column's type.
    NullIf,
    /// CASE, COALESCE, a set operation: another branch of the same value, of which the server calls the whole by the type.
    Merge(u32),
    /// An argument of a routine that the rules vouch for: what it does with the value is not known.
    Argument,
}

impl Analysis<'_> {
    /// Makes constants values of the same domain as `value`. `array`: the constants are arrays of such values.
    pub(super) fn adopt(
        &mut self,
        constants: &Constants,
        value: &Value,
        how: How,
        array: bool,
    ) -> Result<(), Refusal> {
        let Some(column) = value.column().cloned() else {
            return Ok(());
        };
        let array = array || constants.elements;
        let compares = matches!(how, How::Compare | How::InList(_) | How::NullIf);
        let hidden = !value.columns.iter().all(|column| self.reveals(column));
        let unseen =
            how == How::Assign && self.refers_unseen(column.table, column.attnum).is_some();
        let guess = hidden || unseen;
        let oracle = how == How::Assign && (unseen || self.tries(&column));
        let Some(spec) = value.spec().cloned() else {
            if hidden {
                self.unconverted(constants, &column, how, array)?;
            }
            return self.count_plain(
                constants,
                &column,
                guess && (compares || oracle || how == How::Argument),
                array,
            );
        };
        self.of_whom(&column, &spec, constants, how == How::Assign && !array)?;
        let own_type = self.own_type(constants, &column)?;
        let group = match (own_type, how) {
            (0, How::InList(together)) => together,
            (0, How::Compare) if !array => Self::shown_type(value),
            (own, _) => own,
        };
        let as_text = (constants.resolved || constants.united)
            && !constants.elements
            && constants.leaves.iter().all(|leaf| self.is_untyped(leaf));
        for leaf in &constants.leaves {
            match self.leaves.get(&leaf.range.first) {
                Some(LeafState::Adopted(_, known, as_array))
                    if *known == spec && *as_array == array =>
                {
                    self.again(leaf, constants, value, how)?;
                    continue;
                }
                Some(_) => return self.conflict(leaf),
                None => {}
            }
            self.check_neighbours(leaf.whole)?;
            let guess = guess && (compares || oracle || how == How::Argument);
            let made = if as_text {
                None
            } else {
                self.made_one(leaf, constants, &column, group)?
            };
            // It would be rounded twice.
            let doubled = how == How::Assign
                && column.declared.kind == Kind::Float4
                && made.as_ref().is_some_and(|ty| ty.kind == Kind::Float8)
                && matches!(leaf.kind, LeafKind::Constant(_));
            if doubled {
                return self.unlike(&column, Some(leaf.range.first));
            }
            self.adopt_leaf(
                leaf,
                &constants.casts,
                &column,
                &spec,
                Adoption {
                    how,
                    array,
                    guess,
                    as_text,
                    made,
                    direct: !constants.resolved && !constants.elements,
                },
            )?;
            self.leaves.insert(
                leaf.range.first,
                LeafState::Adopted(Arc::clone(&column), spec.clone(), array),
            );
        }
        for site in &constants.casts {
            self.edit_cast(site, array)?;
        }
        Ok(())
    }

    /// A constant that was sealed for the same domain once already.
    fn again(
        &mut self,
        leaf: &Leaf,
        constants: &Constants,
        value: &Value,
        how: How,
    ) -> Result<(), Refusal> {
        let known = self.branches.get(&leaf.range.first).map(|known| known.told);
        let padded = value
            .column()
            .is_some_and(|column| matches!(column.declared.kind, Kind::Char { .. }));
        match (how, known) {
            (How::Merge(told), Some(known)) if told == known => Ok(()),
            (How::Merge(_), Some(_)) => self.conflict(leaf),
            // It was sealed to be compared, or written.
            (How::Merge(_), None) => self.shows_constants(constants, value),
            // With which blanks it stood beside the others is not how it is compared.
            (_, Some(_)) if padded => self.conflict(leaf),
            (_, Some(_)) => self.exact_leaf(leaf.range.first),
            (_, None) => Ok(()),
        }
    }

    /// A masked-only column: nothing is sealed, but search constants are counted.
    pub(super) fn count_plain(
        &mut self,
        constants: &Constants,
        column: &Protected,
        guess: bool,
        array: bool,
    ) -> Result<(), Refusal> {
        for leaf in &constants.leaves {
            // One that was settled as plain before is a guess all the same.
            match self.leaves.get(&leaf.range.first) {
                Some(LeafState::Done | LeafState::Adopted(..) | LeafState::Sought(..)) => continue,
                Some(LeafState::Plain) | None => {}
            }
            match &leaf.kind {
                LeafKind::Placeholder(number) => {
                    let way = if guess { Way::Guess } else { Way::Plain };
                    self.uses.push(Use {
                        number: *number,
                        token: leaf.range.first,
                        way,
                    });
                }
                LeafKind::Constant(ConstantKind::Null) => {}
                LeafKind::Constant(ConstantKind::Text(text)) if guess && array => {
                    let settings = self.request.environment.of_literals();
                    let elements = column
                        .declared
                        .elements_from_text(text.as_bytes(), settings)
                        .map_err(|error| self.bad_value(column, &error, leaf.range.first))?;
                    self.guesses = self
                        .guesses
                        .saturating_add(u32::try_from(elements.len()).unwrap_or(u32::MAX));
                }
                LeafKind::Constant(_) => {
                    self.guesses = self.guesses.saturating_add(u32::from(guess))
                }
            }
            self.leaves.insert(leaf.range.first, LeafState::Done);
        }
        Ok(())
    }

    fn conflict<T>(&self, leaf: &Leaf) -> Result<T, Refusal> {
        self.refuse(
            Fault::ParameterConflict,
            "a constant is used both for a sealed column and for something else",
            Some(leaf.range.first),
        )
    }

    /// Whether a write to the column tells whether a value exists (FACTS 11).
    pub(super) fn is_key(&self, column: &Protected) -> bool {
        let snapshot = &self.world.snapshot;
        let unique = snapshot
            .relations
            .get(&column.table)
            .is_some_and(|relation| {
                relation
                    .unique_keys
                    .iter()
                    .any(|key| key.contains(&column.attnum))
            });
        let judges = snapshot.judges.get(&column.table);
        let unique = unique
            || judges.into_iter().flatten().any(|judge| {
                judge.is_unique() && judge.reads.contains(&(column.table, column.attnum))
            });
        let references =
            |end: &(u32, Vec<i16>)| end.0 == column.table && end.1.contains(&column.attnum);
        unique
            || snapshot
                .foreign_keys
                .iter()
                .any(|key| references(&key.from) || references(&key.to))
    }

    /// The tokens around an operand must leave no doubt that it is one: with `=` beside `||` two readers of operator
    /// precedence could differ.
    pub(super) fn check_neighbours(&self, whole: Range) -> Result<(), Refusal> {
        let doubtful = |at: Option<usize>, behind: bool| {
            let Some(token) = at.and_then(|at| self.tokens.get(at)) else {
                return false;
            };
            match &token.kind {
                TokenKind::Operator(operator) => !matches!(
                    operator.as_str(),
                    "=" | "<>" | "!=" | "<" | ">" | "<=" | ">=" | ":=" | "=>"
                ),
                TokenKind::Mark(mark) => behind && matches!(mark, '[' | '.' | ':'),
                TokenKind::Word(word) => behind && matches!(word.as_str(), "collate" | "at"),
                TokenKind::Text(_)
                | TokenKind::Escaped(_)
                | TokenKind::Dollar(_)
                | TokenKind::Bits
                | TokenKind::Number(_)
                | TokenKind::Placeholder(_)
                | TokenKind::Quoted(_) => false,
            }
        };
        if doubtful(whole.first.checked_sub(1), false) || doubtful(Some(whole.last + 1), true) {
            return self.refuse(
                Fault::UnsupportedExpression,
                "a value for a protected column stands inside a larger expression",
                Some(whole.first),
            );
        }
        Ok(())
    }

    fn adopt_leaf(
        &mut self,
        leaf: &Leaf,
        outer: &[CastSite],
        column: &Arc<Protected>,
        spec: &SealSpec,
        adoption: Adoption,
    ) -> Result<(), Refusal> {
        let Adoption {
            how,
            array,
            guess,
            as_text,
            ref made,
            direct,
        } = adoption;
        let token = leaf.range.first;
        let typed = |site: &CastSite| self.cast_type(site, column, array);
        let mut casts: Vec<(usize, DeclaredType)> =
            leaf.casts.iter().map(typed).collect::<Result<_, _>>()?;
        // A placeholder without a type has the others' itself.
        let given_to_it =
            !array && self.is_untyped(leaf) && matches!(leaf.kind, LeafKind::Placeholder(_));
        let cast = made.iter().filter(|_| !given_to_it);
        casts.extend(cast.map(|ty| (token, ty.clone())));
        for site in outer {
            casts.push(typed(site)?);
        }
        let declared = match &leaf.kind {
            LeafKind::Placeholder(_) if as_text => oid::TEXT,
            LeafKind::Placeholder(_) if given_to_it && made.is_some() => {
                made.as_ref().map_or(0, |ty| ty.oid)
            }
            LeafKind::Placeholder(number) => self.declared(*number),
            LeafKind::Constant(_) => 0,
        };
        let own = match &leaf.kind {
            LeafKind::Placeholder(_) if array && declared != 0 => {
                self.element_of(declared, token)?
            }
            LeafKind::Placeholder(_) => declared,
            LeafKind::Constant(_) if as_text => oid::TEXT,
            LeafKind::Constant(kind) => literal_type(kind),
        };
        // The conversion to another type of text takes the blanks away, which is not done here.
        if own == oid::BPCHAR
            && casts
                .first()
                .is_some_and(|(_, ty)| !matches!(ty.kind, Kind::Char { .. }))
        {
            return self.refuse(
                Fault::ServerDependentValue,
                "a parameter of type char under a cast to another type",
                Some(token),
            );
        }
        let integer = |ty: &DeclaredType| matches!(ty.kind, Kind::Int2 | Kind::Int4 | Kind::Int8);
        if let (LeafKind::Constant(ConstantKind::Decimal(_)), Some((_, ty))) =
            (&leaf.kind, casts.first())
            && integer(ty)
        {
            return self.refuse(
                Fault::ServerDependentValue,
                "a number under a cast that rounds it",
                Some(token),
            );
        }
        // From a float to numeric the server takes 15 digits (6 of a real), from a float to real it rounds twice.
        let mut before = own;
        for (_, ty) in &casts {
            let rounds = match ty.kind {
                Kind::Numeric { .. } => matches!(before, oid::FLOAT4 | oid::FLOAT8),
                Kind::Float4 => before == oid::FLOAT8,
                _ => false,
            };
            if rounds {
                return self.refuse(
                    Fault::ServerDependentValue,
                    "a float under a cast that rounds it",
                    Some(token),
                );
            }
            before = ty.oid;
        }
        let given = casts.last().map_or(own, |(_, ty)| ty.oid);
        let mut read = self.read_as(column, given, how, token, &leaf.kind)?;
        // A cast cuts a text before it is assigned.
        let cuts = matches!(how, How::Assign | How::Argument)
            && casts.iter().any(|(_, ty)| {
                matches!(ty.kind, Kind::Varchar { max: Some(_) } | Kind::Char { .. })
            });
        if cuts {
            read = read.without_modifier();
        }
        for (_, ty) in &casts {
            read = narrow(&read, ty).ok_or_else(|| {
                self.refusal(
                    Fault::ServerDependentValue,
                    "a cast to another type than the column's",
                    Some(token),
                )
            })?;
        }
        let exact = match how {
            How::Compare | How::InList(_)
                if direct && (spec.ci.is_some() || spec.order.is_some()) =>
            {
                Exact::Predicate(column.declared.clone())
            }
            How::Compare | How::InList(_) | How::NullIf => Exact::Compared(column.declared.clone()),
            How::Merge(told) => {
                self.branches.insert(
                    token,
                    Branch {
                        told,
                        at: BranchAt::Held,
                    },
                );
                Exact::Merged {
                    column: column.declared.clone(),
                    told: coerce::beside(&column.declared, told)
                        .unwrap_or_else(|| column.declared.clone()),
                    shown_only: true,
                }
            }
            How::Assign | How::Argument if cuts => Exact::AssignedCast(column.declared.clone()),
            How::Assign | How::Argument => Exact::Assigned,
        };
        let reading = Arc::new(Protected {
            declared: read.clone(),
            ..Protected::clone(column)
        });
        match &leaf.kind {
            // A column of nothing else would be one of text.
            LeafKind::Constant(ConstantKind::Null)
                if as_text || self.from_query && self.is_untyped(leaf) =>
            {
                self.insert_after(
                    leaf.range.last,
                    vec![Part::Text("::pg_catalog.bytea".to_owned())],
                )?
            }
            LeafKind::Constant(ConstantKind::Null) => {}
            LeafKind::Constant(kind) => {
                let part = self.constant_part(
                    kind,
                    (&reading.declared, &exact),
                    column,
                    spec,
                    (array, guess),
                    token,
                )?;
                if let (Some(branch), true) = (
                    self.branches.get_mut(&token),
                    matches!(
                        part,
                        Part::Sealed {
                            value: Place::Beside(_),
                            ..
                        }
                    ),
                ) {
                    branch.at = BranchAt::Foreign;
                }
                let parts = self.anchored(part, column, &adoption);
                self.edit(leaf.range, parts)?;
            }
            LeafKind::Placeholder(number) => {
                let sent_as = if own != 0 && own != oid::UNKNOWN {
                    own
                } else {
                    casts.first().map_or(0, |(_, ty)| ty.oid)
                };
                let shown = self.shown(
                    declared,
                    casts.first().map(|(_, ty)| ty.oid),
                    column,
                    how,
                    array,
                );
                let way = Way::Seal {
                    column: reading,
                    spec: spec.clone(),
                    given: sent_as,
                    shown,
                    array,
                    guess,
                    exact,
                    whose: self.whose_of(spec),
                };
                self.uses.push(Use {
                    number: *number,
                    token,
                    way,
                });
                let index = self.uses.len() - 1;
                if let Some(branch) = self.branches.get_mut(&token) {
                    branch.at = BranchAt::Use(index);
                }
                let parts = self.anchored(Part::Use(index), column, &adoption);
                self.edit(leaf.range, parts)?;
            }
        }
        for site in &leaf.casts {
            self.edit_cast(site, array)?;
        }
        // The cast that is written with it would be its name.
        if let Some((last, name)) = self.unnamed.remove(&token) {
            self.insert_after(last, vec![Part::Text(format!(" AS {}", quoted(&name)))])?;
        }
        Ok(())
    }

    /// The type that the client gave a placeholder; 0 for none.
    pub(super) fn declared(&self, number: usize) -> u32 {
        let declared = self.request.declared.get(number.wrapping_sub(1));
        declared
            .copied()
            .filter(|oid| *oid != oid::UNKNOWN)
            .unwrap_or(0)
    }

    /// Whether the server gives the constant its type by what is around it.
    pub(super) fn is_untyped(&self, leaf: &Leaf) -> bool {
        leaf.casts.is_empty()
            && match &leaf.kind {
                LeafKind::Placeholder(number) => self.declared(*number) == 0,
                LeafKind::Constant(kind) => literal_type(kind) == oid::UNKNOWN,
            }
    }

    /// What is assigned first to a column says so to the server: a NULL of the column itself beside it, which costs
    /// nothing and fails in analysis where the column is no longer sealed. Without it the server would take an envelope
    /// for any text column (FACTS 8).
    fn anchored(&mut self, part: Part, column: &Protected, adoption: &Adoption) -> Vec<Part> {
        let first = adoption.how == How::Assign
            && !adoption.array
            && self.anchors.insert((column.table, column.attnum));
        let relation = self.world.snapshot.relations.get(&column.table);
        match relation.filter(|_| first) {
            None => vec![part],
            Some(relation) => {
                let itself = format!(
                    ", (NULL::{}.{}).{})",
                    quoted(&relation.schema),
                    quoted(&relation.name),
                    quoted(&column.column)
                );
                vec![Part::Text("COALESCE(".to_owned()), part, Part::Text(itself)]
            }
        }
    }

    /// A constant, sealed; with `array` it holds several.
    pub(super) fn constant_part(
        &mut self,
        kind: &ConstantKind,
        (reading, exact): (&DeclaredType, &Exact),
        column: &Arc<Protected>,
        spec: &SealSpec,
        (array, guess): (bool, bool),
        token: usize,
    ) -> Result<Part, Refusal> {
        let text = literal_text(kind);
        let settings = self.request.environment.of_literals();
        let text = if array {
            text.as_bytes()
        } else {
            exact.shortened(reading, text.as_bytes())
        };
        if array {
            let values = reading
                .elements_from_text(text, settings)
                .map_err(|error| exact.cut(error))
                .and_then(|values| {
                    values
                        .into_iter()
                        .map(|value| {
                            value
                                .map(|value| exact.place(spec, reading, value))
                                .transpose()
                        })
                        .collect::<Result<Vec<_>, _>>()
                })
                .map_err(|error| self.bad_value(column, &error, token))?;
            if guess {
                self.guesses = self
                    .guesses
                    .saturating_add(u32::try_from(values.len()).unwrap_or(u32::MAX));
            }
            return Ok(Part::SealedArray {
                column: Arc::clone(column),
                spec: spec.clone(),
                values,
            });
        }
        let value = exact
            .kept(reading, text, false)
            .and_then(|()| reading.from_text(text, settings))
            .and_then(|value| exact.place(spec, reading, value))
            .map_err(|error| self.bad_value(column, &error, token))?;
        self.guesses = self.guesses.saturating_add(u32::from(guess));
        if let (Some(fold), Place::At(value)) = (spec.ci, &value)
            && let Err(why) = fold.stored(value.expose_plaintext())
        {
            // No value of the column is equal to one that it does not take.
            if matches!(exact, Exact::Predicate(_)) {
                return Ok(Part::Tags {
                    column: Arc::clone(column),
                    spec: spec.clone(),
                    forms: vec![Some(Sought::Nothing)],
                    array: false,
                });
            }
            let message = format!("column {}: {why}", column.qualified());
            return self.refuse(Fault::CaseUnlike, message, Some(token));
        }
        let whose = self.whose_of(spec);
        // It is sealed before anything is bound.
        if spec.scheme == Scheme::Subject && !matches!(whose.as_deref(), Some(Whose::Named(_))) {
            return Err(self.unknown_subject(column, Some(token)).with_hint(
                "Give the value and the column that says of whom it is both as constants, or both as parameters.",
            ));
        }
        Ok(Part::Sealed {
            column: Arc::clone(column),
            spec: spec.clone(),
            value,
            whose,
        })
    }

    pub(super) fn bad_value(
        &self,
        column: &Protected,
        error: &ValueError,
        token: usize,
    ) -> Refusal {
        let fault = if error.sqlstate == "0A000" {
            Fault::ServerDependentValue
        } else {
            Fault::BadValue
        };
        // The server cuts to a length when it runs the statement, and then tells no place.
        let later = error.sqlstate == "22001"
            || (error.sqlstate == "22003" && matches!(column.declared.kind, Kind::Numeric { .. }));
        self.refusal(
            fault,
            format!("{} (column {})", error.message, column.qualified()),
            (!later).then_some(token),
        )
        .with_sqlstate(error.sqlstate)
    }

    /// A cast of a column to its own type, modifier and all, does nothing in the server, which tells its result as
    /// the column itself: it is taken away.
    pub(super) fn drop_cast(&mut self, site: &CastSite, whole: Range) -> Result<(), Refusal> {
        if self.leaves.insert(site.ty.first, LeafState::Done).is_some() {
            return Ok(());
        }
        let before = site.ty.first.saturating_sub(1);
        let with_word = Range {
            first: before,
            last: site.ty.last,
        };
        match site.form {
            CastForm::Postfix => self.edit(with_word, Vec::new()),
            CastForm::Function => {
                self.edit(with_word, Vec::new())?;
                self.edit(
                    Range {
                        first: whole.first,
                        last: whole.first,
                    },
                    Vec::new(),
                )
            }
            CastForm::Prefix => self.edit(site.ty, Vec::new()),
        }
    }

    /// A cast around something sealed becomes one to bytea; `type 'x'` loses its type.
    pub(super) fn edit_cast(&mut self, site: &CastSite, array: bool) -> Result<(), Refusal> {
        if self.leaves.insert(site.ty.first, LeafState::Done).is_some() {
            return Ok(());
        }
        let ty = if array {
            "pg_catalog.bytea[]"
        } else {
            "pg_catalog.bytea"
        };
        match site.form {
            CastForm::Postfix | CastForm::Function => {
                self.edit(site.ty, vec![Part::Text(ty.to_owned())])
            }
            CastForm::Prefix => self.edit(site.ty, Vec::new()),
        }
    }
}

struct Adoption {
    how: How,
    array: bool,
    guess: bool,
    /// Without a type of its own and a result column of a query: text.
    as_text: bool,
    /// What the type that it gets together with others makes of it first.
    made: Option<DeclaredType>,
    /// Written where it is used, not behind a name.
    direct: bool,
}
