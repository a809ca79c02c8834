//! Constants and placeholders that take a protected column's sealing: the one place where a plan decides to seal.

use std::sync::Arc;

use super::Exact;
use super::analysis::{Analysis, LeafState, Use, Way};
use super::coerce::{self, Mismatch, oid};
use super::edits::{Part, quoted};
use super::lineage::{Constants, Leaf, LeafKind, Value};
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::seal::SealSpec;
use crate::sql::{CastForm, CastSite, ConstantKind, Range, TokenKind};
use crate::value::{DeclaredType, Kind, ValueError};

/// What a constant is adopted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// An operator with the column on the other side.
    Compare,
    /// `IN` with several constants.
    InList,
    /// INSERT or UPDATE.
    Assign,
    /// NULLIF, whose result keeps the column's type.
    NullIf,
    /// CASE, COALESCE, a set operation: another branch of the same value.
    Merge,
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
        let compares = matches!(how, How::Compare | How::InList | How::NullIf);
        let guess = !value.columns.iter().all(|column| self.reveals(column));
        let oracle = how == How::Assign && self.is_key(&column) && !self.right(&column).search;
        let Some(spec) = value.spec().cloned() else {
            return self.count_plain(constants, &column, guess && (compares || oracle), array);
        };
        let as_text = constants.resolved
            && !constants.elements
            && constants.leaves.iter().all(|leaf| self.is_untyped(leaf));
        for leaf in &constants.leaves {
            match self.leaves.get(&leaf.range.first) {
                Some(LeafState::Adopted(_, known, as_array))
                    if *known == spec && *as_array == array =>
                {
                    continue;
                }
                Some(_) => return self.conflict(leaf),
                None => {}
            }
            self.check_neighbours(leaf.whole)?;
            let guess = guess && (compares || oracle);
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

    /// A masked-only column: nothing is sealed, but search constants are counted.
    fn count_plain(
        &mut self,
        constants: &Constants,
        column: &Protected,
        guess: bool,
        array: bool,
    ) -> Result<(), Refusal> {
        for leaf in &constants.leaves {
            // One that was settled as plain before is a guess all the same.
            match self.leaves.get(&leaf.range.first) {
                Some(LeafState::Done | LeafState::Adopted(..)) => continue,
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
                    let settings = &self.request.environment.settings;
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
        } = adoption;
        let token = leaf.range.first;
        let casts: Vec<(usize, DeclaredType)> = leaf
            .casts
            .iter()
            .chain(outer)
            .map(|site| self.cast_type(site, column, array))
            .collect::<Result<_, _>>()?;
        let declared = match &leaf.kind {
            LeafKind::Placeholder(_) if as_text => oid::TEXT,
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
        let given = casts.last().map_or(own, |(_, ty)| ty.oid);
        let mut read = self.read_as(column, given, how, token, &leaf.kind)?;
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
            How::Compare | How::InList | How::NullIf => Exact::Compared(column.declared.clone()),
            How::Merge => Exact::Merged(column.declared.clone()),
            How::Assign => Exact::Assigned,
        };
        let reading = Arc::new(Protected {
            declared: read.clone(),
            ..Protected::clone(column)
        });
        match &leaf.kind {
            LeafKind::Constant(ConstantKind::Null) => {}
            LeafKind::Constant(kind) => {
                let part = self.constant_part(
                    kind,
                    (&reading.declared, &exact),
                    column,
                    spec,
                    &adoption,
                    token,
                )?;
                self.edit(leaf.range, vec![part])?;
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
                };
                self.uses.push(Use {
                    number: *number,
                    token,
                    way,
                });
                let index = self.uses.len() - 1;
                self.edit(leaf.range, vec![Part::Use(index)])?;
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
    fn declared(&self, number: usize) -> u32 {
        let declared = self.request.declared.get(number.wrapping_sub(1));
        declared
            .copied()
            .filter(|oid| *oid != oid::UNKNOWN)
            .unwrap_or(0)
    }

    /// Whether the server gives the constant its type by what is around it.
    fn is_untyped(&self, leaf: &Leaf) -> bool {
        leaf.casts.is_empty()
            && match &leaf.kind {
                LeafKind::Placeholder(number) => self.declared(*number) == 0,
                LeafKind::Constant(kind) => literal_type(kind) == oid::UNKNOWN,
            }
    }

    fn constant_part(
        &mut self,
        kind: &ConstantKind,
        (reading, exact): (&DeclaredType, &Exact),
        column: &Arc<Protected>,
        spec: &SealSpec,
        adoption: &Adoption,
        token: usize,
    ) -> Result<Part, Refusal> {
        let text = literal_text(kind);
        let settings = &self.request.environment.settings;
        if adoption.array {
            let values = reading
                .elements_from_text(text.as_bytes(), settings)
                .map_err(|error| exact.cut(error))
                .and_then(|values| {
                    values
                        .into_iter()
                        .map(|value| value.map(|value| exact.apply(reading, value)).transpose())
                        .collect::<Result<Vec<_>, _>>()
                })
                .map_err(|error| self.bad_value(column, &error, token))?;
            if adoption.guess {
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
        let value = reading
            .from_text(text.as_bytes(), settings)
            .map_err(|error| exact.cut(error))
            .and_then(|value| exact.apply(reading, value))
            .map_err(|error| self.bad_value(column, &error, token))?;
        self.guesses = self.guesses.saturating_add(u32::from(adoption.guess));
        Ok(Part::Sealed {
            column: Arc::clone(column),
            spec: spec.clone(),
            value,
        })
    }

    /// The type of a cast around a constant for this column; with `array`, of its elements.
    fn cast_type(
        &self,
        site: &CastSite,
        column: &Protected,
        array: bool,
    ) -> Result<(usize, DeclaredType), Refusal> {
        let token = site.ty.first;
        let name = match (array, site.name.strip_suffix("[]")) {
            (true, Some(element)) => element.trim_end(),
            (false, None) => site.name.as_str(),
            (true, None) | (false, Some(_)) => {
                return self.refuse(
                    Fault::OperatorMissing,
                    "an array and a single value are compared",
                    Some(token),
                );
            }
        };
        let bare = |name: &str| name.rsplit('.').next().map(str::to_owned);
        let own = column.declared.name();
        if own == name
            || (matches!(column.declared.kind, Kind::Enum(_) | Kind::Citext)
                && bare(&own) == bare(name))
        {
            return Ok((token, column.declared.clone()));
        }
        match DeclaredType::parse_name(name.strip_prefix("pg_catalog.").unwrap_or(name)) {
            Some(ty) => Ok((token, ty)),
            None => self.refuse(
                Fault::ServerDependentValue,
                "a cast to a type that a value of a protected column cannot be sealed from",
                Some(token),
            ),
        }
    }

    fn read_as(
        &self,
        column: &Protected,
        given: u32,
        how: How,
        token: usize,
        kind: &LeafKind,
    ) -> Result<DeclaredType, Refusal> {
        let texts = matches!(
            column.declared.kind,
            Kind::Text | Kind::Varchar { .. } | Kind::Char { .. }
        );
        if how == How::Assign
            && texts
            && matches!(kind, LeafKind::Constant(ConstantKind::Integer(_)))
        {
            return Ok(column.declared.clone());
        }
        let (found, missing, what) = match how {
            How::Assign => (
                coerce::assigned(&column.declared, given),
                "42804",
                "assigned to",
            ),
            How::Compare | How::InList => (
                coerce::compared(&column.declared, given),
                "42883",
                "compared with",
            ),
            How::Merge | How::NullIf => (
                coerce::merged(&column.declared, given),
                "42804",
                "merged with",
            ),
        };
        found.map_err(|mismatch| match mismatch {
            Mismatch::Missing => self
                .refusal(
                    Fault::OperatorMissing,
                    format!(
                        "a value of another type is {what} column {}",
                        column.qualified()
                    ),
                    Some(token),
                )
                .with_sqlstate(missing),
            Mismatch::Elsewhere => self.refusal(
                Fault::ServerDependentValue,
                format!(
                    "a value of another type is {what} column {}",
                    column.qualified()
                ),
                Some(token),
            ),
        })
    }

    fn element_of(&self, array: u32, token: usize) -> Result<u32, Refusal> {
        match self
            .world
            .snapshot
            .types
            .get(&array)
            .map(|info| info.element)
        {
            Some(element) if element != 0 => Ok(element),
            Some(_) | None => self.refuse(
                Fault::OperatorMissing,
                "the parameter is not declared as an array",
                Some(token),
            ),
        }
    }

    /// What ParameterDescription shows (FACTS 3).
    fn shown(
        &self,
        declared: u32,
        cast: Option<u32>,
        column: &Protected,
        how: How,
        array: bool,
    ) -> u32 {
        if declared != 0 {
            return declared;
        }
        let element = cast.unwrap_or(match (&column.declared.kind, how) {
            (Kind::Varchar { .. }, How::Compare | How::NullIf) => oid::TEXT,
            _ => column.declared.oid,
        });
        if array {
            self.world.arrays.get(&element).copied().unwrap_or(0)
        } else {
            element
        }
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
        self.refusal(
            fault,
            format!("{} (column {})", error.message, column.qualified()),
            Some(token),
        )
        .with_sqlstate(error.sqlstate)
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
}

/// The type that the server gives a constant before context does (manual 4.1.2.6).
fn literal_type(kind: &ConstantKind) -> u32 {
    match kind {
        ConstantKind::Text(_) | ConstantKind::Null => oid::UNKNOWN,
        ConstantKind::Integer(digits) => {
            if digits.parse::<i32>().is_ok() {
                oid::INT4
            } else if digits.parse::<i64>().is_ok() {
                oid::INT8
            } else {
                oid::NUMERIC
            }
        }
        ConstantKind::Decimal(_) => oid::NUMERIC,
        ConstantKind::Boolean(_) => oid::BOOL,
    }
}

fn literal_text(kind: &ConstantKind) -> String {
    match kind {
        ConstantKind::Text(text) | ConstantKind::Decimal(text) => text.clone(),
        // As the server writes an integer: `007` is 7.
        ConstantKind::Integer(digits) => {
            let (sign, digits) = digits
                .strip_prefix('-')
                .map_or(("", digits.as_str()), |digits| ("-", digits));
            let digits = digits.trim_start_matches('0');
            if digits.is_empty() {
                "0".to_owned()
            } else {
                format!("{sign}{digits}")
            }
        }
        ConstantKind::Boolean(yes) => yes.to_string(),
        ConstantKind::Null => String::new(),
    }
}

/// The type that reads a value which passes through both; `None` where a cast would change it.
fn narrow(read: &DeclaredType, cast: &DeclaredType) -> Option<DeclaredType> {
    let same = || Some(read.clone());
    let with = |kind: Kind| {
        Some(DeclaredType {
            kind,
            ..read.clone()
        })
    };
    match (&read.kind, &cast.kind) {
        (
            Kind::Text | Kind::Varchar { .. } | Kind::Char { .. } | Kind::Citext,
            Kind::Text | Kind::Varchar { max: None },
        ) => same(),
        (Kind::Text | Kind::Varchar { max: None }, Kind::Varchar { max }) => {
            with(Kind::Varchar { max: *max })
        }
        (Kind::Varchar { max: Some(own) }, Kind::Varchar { max: Some(cast) }) => {
            with(Kind::Varchar {
                max: Some(*own.min(cast)),
            })
        }
        (Kind::Char { length: own }, Kind::Char { length: cast }) if own == cast => same(),
        (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Int8) => same(),
        (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Int2 | Kind::Int4) => Some(cast.clone()),
        (
            Kind::Numeric { .. },
            Kind::Numeric {
                precision_scale: None,
            },
        ) => same(),
        // The first modifier rounds or pads what is read.
        (
            Kind::Numeric {
                precision_scale: None,
            },
            Kind::Numeric { .. },
        )
        | (Kind::Char { length: 0 }, Kind::Char { .. })
        | (Kind::Timestamp { precision: None }, Kind::Timestamp { .. })
        | (Kind::Timestamptz { precision: None }, Kind::Timestamptz { .. })
        | (Kind::Time { precision: None }, Kind::Time { .. }) => Some(cast.clone()),
        (
            Kind::Float4 | Kind::Float8,
            Kind::Float8
            | Kind::Numeric {
                precision_scale: None,
            },
        ) => same(),
        (Kind::Float4 | Kind::Float8, Kind::Float4) => Some(cast.clone()),
        (Kind::Time { .. }, Kind::Time { precision: None })
        | (Kind::Timestamp { .. }, Kind::Timestamp { precision: None })
        | (Kind::Timestamptz { .. }, Kind::Timestamptz { precision: None }) => same(),
        (own, cast) if own == cast => same(),
        _ => None,
    }
}
