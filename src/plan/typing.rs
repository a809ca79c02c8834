//! Types of constants: which type the server would give one here, and under which it is read.

use super::adopt::How;
use super::analysis::Analysis;
use super::coerce::{self, Mismatch, oid};
use super::lineage::{Constants, LeafKind};
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

    /// Whether the first of the constants that has a type is text, by a cast or as the client has declared it.
    pub(super) fn holds_text(&self, constants: &Constants, column: &Protected) -> bool {
        let typed = constants.leaves.iter().find_map(|leaf| {
            match (constants.casts.last().or(leaf.casts.last()), &leaf.kind) {
                (Some(site), _) => self
                    .cast_type(site, column, constants.elements)
                    .ok()
                    .map(|(_, ty)| ty.oid),
                (None, LeafKind::Placeholder(number)) => Some(self.declared(*number)),
                (None, LeafKind::Constant(kind)) => Some(literal_type(kind)),
            }
            .filter(|ty| *ty != 0 && *ty != oid::UNKNOWN)
        });
        typed == Some(oid::TEXT)
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
                coerce::merged(&column.declared, given),
                "42883",
                "given for values of",
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
