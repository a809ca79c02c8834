//! Types of constants: which type the server would give one here, and under which it is read.

use super::adopt::How;
use super::analysis::Analysis;
use super::coerce::{self, Mismatch, oid};
use super::lineage::{Constants, Leaf, LeafKind, Value};
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::sql::{CastSite, ConstantKind};
use crate::value::{DeclaredType, Kind};

impl Analysis<'_> {
    /// The type of a cast around a constant for this column; with `array`, of its elements.
    pub(super) fn cast_type(
        &self,
        site: &CastSite,
        column: &Protected,
        array: bool,
    ) -> Result<(usize, DeclaredType), Refusal> {
        let token = site.ty.first;
        // A column of arrays, beside an array.
        if !array
            && matches!(column.declared.kind, Kind::Array(_))
            && site.name.replace(" [", "[") == column.declared.name()
        {
            return Ok((token, column.declared.clone()));
        }
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

    /// Type and modifier that the server gives a constant by itself; type 0 where what is around it decides.
    pub(super) fn leaf_type(
        &self,
        leaf: &Leaf,
        constants: &Constants,
        column: &Protected,
    ) -> Result<(u32, i32), Refusal> {
        let cast = constants.casts.last().or(leaf.casts.last());
        self.cast_leaf(leaf, cast, constants.elements, column)
    }

    /// The same before what is cast around a name that stands for it; 0 where it has none.
    pub(super) fn bare_type(
        &self,
        leaf: &Leaf,
        constants: &Constants,
        column: &Protected,
    ) -> Result<u32, Refusal> {
        self.cast_leaf(leaf, leaf.casts.last(), constants.elements, column)
            .map(|(given, _)| given)
    }

    fn cast_leaf(
        &self,
        leaf: &Leaf,
        cast: Option<&CastSite>,
        elements: bool,
        column: &Protected,
    ) -> Result<(u32, i32), Refusal> {
        let (given, typmod) = match (cast, &leaf.kind) {
            (Some(site), _) => {
                let (_, ty) = self.cast_type(site, column, elements)?;
                (ty.oid, ty.typmod)
            }
            (None, LeafKind::Placeholder(number)) => match self.declared(*number) {
                0 => (0, -1),
                array if elements => (self.element_of(array, leaf.range.first)?, -1),
                given => (given, -1),
            },
            (None, LeafKind::Constant(kind)) => (literal_type(kind), -1),
        };
        Ok((
            if given == oid::UNKNOWN { 0 } else { given },
            // What a function gives has none.
            if elements { -1 } else { typmod },
        ))
    }

    /// The same for all of them together, in their order; `None` where they have no type in common that is known here.
    pub(super) fn constants_type(
        &self,
        constants: &Constants,
        column: &Protected,
    ) -> Result<Option<(u32, i32)>, Refusal> {
        let mut all: Option<(u32, i32)> = None;
        for leaf in &constants.leaves {
            let (given, typmod) = self.leaf_type(leaf, constants, column)?;
            all = Some(match all {
                None => (given, typmod),
                Some((known, _)) if known == 0 || given == 0 => (known.max(given), -1),
                Some((known, own)) => match coerce::common(known, given) {
                    None => return Ok(None),
                    Some(both) if known == given && own == typmod => (both, own),
                    Some(both) => (both, -1),
                },
            });
        }
        Ok(match all {
            // As result columns of a query they are text.
            None | Some((0, _))
                if (constants.resolved || constants.united) && !constants.elements =>
            {
                Some((oid::TEXT, -1))
            }
            None => Some((0, -1)),
            Some(all) => Some(all),
        })
    }

    /// Whether constants that were sealed for a column are shown as they are given: their type is the column's, and the
    /// column holds their values in just that form. A number has its own scale, a `char(n)` its blanks.
    pub(super) fn as_given(&self, constants: &Constants, column: &Protected) -> bool {
        let own = (column.declared.oid, column.declared.typmod);
        let all = |fits: &dyn Fn((u32, i32)) -> bool| {
            constants.leaves.iter().all(|leaf| {
                if let LeafKind::Constant(ConstantKind::Null) = leaf.kind {
                    return true;
                }
                // The modifier of an array's elements says how they are read, not what the server calls them.
                let cast = constants.casts.last().or(leaf.casts.last());
                let ty = match cast {
                    Some(site) => self
                        .cast_type(site, column, constants.elements)
                        .map(|(_, ty)| (ty.oid, ty.typmod)),
                    None => self.leaf_type(leaf, constants, column),
                };
                ty.is_ok_and(fits)
            })
        };
        match &column.declared.kind {
            Kind::Text | Kind::Varchar { .. } => {
                all(&|(oid, _)| matches!(oid, 0 | oid::TEXT | oid::VARCHAR))
            }
            Kind::Int2
            | Kind::Int4
            | Kind::Int8
            | Kind::Bool
            | Kind::Date
            | Kind::Time { precision: None }
            | Kind::Timestamp { precision: None }
            | Kind::Timestamptz { precision: None }
            | Kind::Uuid
            | Kind::Bytea
            | Kind::Inet
            | Kind::Citext
            | Kind::Enum(_) => all(&|(oid, _)| oid == column.declared.oid),
            // The cast gives them the column's form.
            Kind::Char { length: 1.. }
            | Kind::Numeric {
                precision_scale: Some(_),
            }
            | Kind::Time { .. }
            | Kind::Timestamp { .. }
            | Kind::Timestamptz { .. } => all(&|given| given == own),
            Kind::Char { .. }
            | Kind::Numeric { .. }
            | Kind::Float4
            | Kind::Float8
            | Kind::Json
            | Kind::Jsonb
            | Kind::Array(_) => false,
        }
    }

    /// Refuses to show constants otherwise than they are given.
    pub(super) fn shows_constants(
        &self,
        constants: &Constants,
        value: &Value,
    ) -> Result<(), Refusal> {
        let Some(column) = value.column() else {
            return Ok(());
        };
        if value.spec().is_none() || self.as_given(constants, column) {
            return Ok(());
        }
        let message = format!(
            "constants that are compared with column {} are shown too, and may have another form",
            column.qualified()
        );
        let token = constants.leaves.first().map(|leaf| leaf.range.first);
        Err(self
            .refusal(Fault::ServerDependentValue, message, token)
            .with_hint("Show the column, or give the constants the column's type."))
    }

    /// The type by which constants beside a value are shown, with the modifier, and by which the value is; refuses where
    /// the server would convert the value. `first`: the constants come first.
    pub(super) fn told_beside(
        &self,
        constants: &Constants,
        value: &Value,
        first: bool,
        token: Option<usize>,
    ) -> Result<(u32, i32), Refusal> {
        let Some(column) = value.column() else {
            return Ok((0, -1));
        };
        let own = value.told();
        let given = self.constants_type(constants, column)?;
        let found = match given {
            Some((0, _)) => Some((own.0, -1)),
            Some(given) if given == own => Some(own),
            Some((given, _)) if first => coerce::common(given, own.0).map(|told| (told, -1)),
            Some((given, _)) => coerce::common(own.0, given).map(|told| (told, -1)),
            None => None,
        };
        let shown = found.filter(|(told, _)| {
            // A list has a type of its own first.
            let known = !(constants.resolved || constants.united)
                || given.is_some_and(|(own, _)| own == *told)
                || self.is_uniform(constants, column);
            known && coerce::beside(&column.declared, *told).is_some()
        });
        if let Some(told) = shown {
            return Ok(told);
        }
        let token = token.or(constants.leaves.first().map(|leaf| leaf.range.first));
        let message = format!(
            "a value of another type is merged with column {}",
            column.qualified()
        );
        let missing = given.is_some_and(|(given, _)| {
            coerce::compared(&column.declared, given) == Err(Mismatch::Missing)
        });
        Err(if missing {
            self.refusal(Fault::OperatorMissing, message, token)
                .with_sqlstate("42804")
        } else {
            self.refusal(Fault::ServerDependentValue, message, token)
        })
    }

    /// Whether all constants of a list are read by one type, whatever stands beside the list.
    fn is_uniform(&self, constants: &Constants, column: &Protected) -> bool {
        let mut types = constants
            .leaves
            .iter()
            .filter(|leaf| !matches!(leaf.kind, LeafKind::Constant(ConstantKind::Null)))
            .map(|leaf| {
                self.leaf_type(leaf, constants, column)
                    .map(|(given, _)| given)
            });
        match types.next() {
            None => true,
            Some(Err(_)) => false,
            Some(Ok(first)) => types.all(|other| other.is_ok_and(|other| other == first)),
        }
    }

    /// The type by which a constant is read that stands beside values of the column as another branch: the one that it
    /// has, or that of the whole.
    fn branch_type(&self, given: u32, told: &DeclaredType) -> Result<DeclaredType, Mismatch> {
        if given == 0 || given == oid::UNKNOWN || given == told.oid {
            return Ok(told.clone());
        }
        DeclaredType::from_catalog(given, -1).ok_or(Mismatch::Elsewhere)
    }

    pub(super) fn read_as(
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
            How::Argument => (
                coerce::argued(&column.declared, given),
                "42883",
                "given for values of",
            ),
            How::Compare | How::InList(_) => (
                coerce::compared(&column.declared, given),
                "42883",
                "compared with",
            ),
            How::NullIf => (
                coerce::nullified(&column.declared, given),
                "42883",
                "compared with",
            ),
            How::Merge(told) => (
                match coerce::beside(&column.declared, told) {
                    Some(told) => self.branch_type(given, &told),
                    None => Err(Mismatch::Elsewhere),
                },
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

    pub(super) fn element_of(&self, array: u32, token: usize) -> Result<u32, Refusal> {
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
    pub(super) fn shown(
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
            (_, How::Merge(told)) => told,
            (Kind::Varchar { .. }, How::Compare | How::NullIf) => oid::TEXT,
            _ => column.declared.oid,
        });
        if array {
            self.world.arrays.get(&element).copied().unwrap_or(0)
        } else {
            element
        }
    }
}

/// The type that the server gives a constant before context does (manual 4.1.2.6).
pub(super) fn literal_type(kind: &ConstantKind) -> u32 {
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

pub(super) fn literal_text(kind: &ConstantKind) -> String {
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
pub(super) fn narrow(read: &DeclaredType, cast: &DeclaredType) -> Option<DeclaredType> {
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
        // What a wider type follows was limited by the narrower one.
        (Kind::Int2, Kind::Int2 | Kind::Int4)
        | (Kind::Int4, Kind::Int4)
        | (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Int8) => same(),
        (Kind::Int4 | Kind::Int8, Kind::Int2) | (Kind::Int8, Kind::Int4) => Some(cast.clone()),
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
