//! Expressions with the types that the server would give them.

use crate::catalog::{Case, Snapshot};
use crate::eval::{Expr, Letters};
use crate::plan::coerce::oid;
use crate::value::{DeclaredType, Kind};

/// An expression with its type.
pub(super) struct Typed {
    pub(super) is: Is,
    pub(super) collation: Collation,
}

/// What it is.
pub(super) enum Is {
    /// A value of this type.
    Value(Expr, DeclaredType),
    /// A string that takes whatever type stands beside it.
    Text(String),
    /// NULL likewise.
    Null,
    /// A placeholder likewise, by its number and token.
    Placeholder(usize, usize),
}

/// The collation of a text (`merge_collation_state`).
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Collation {
    /// Of no column.
    Nothing,
    /// The database's.
    Default,
    /// One of its own, as the registry has it.
    Named(String),
    /// More than one, or not known which.
    Unclear,
}

impl Collation {
    /// That of an expression over both.
    pub(super) fn beside(self, other: Collation) -> Collation {
        match (self, other) {
            (Collation::Nothing | Collation::Default, other @ Collation::Named(_)) => other,
            (own, Collation::Nothing) => own,
            (Collation::Nothing, other) => other,
            (own @ Collation::Named(_), Collation::Default) => own,
            (own, other) if own == other => own,
            (_, _) => Collation::Unclear,
        }
    }

    /// What is known of the letters' cases.
    pub(super) fn letters(&self, snapshot: &Snapshot) -> Option<Letters> {
        match self {
            // ucs_basic and C know the letters of ASCII alone.
            Collation::Named(name) => name.ends_with("\"C\"").then_some(Letters::Ascii),
            Collation::Nothing | Collation::Default => {
                if snapshot.ascii_case {
                    return Some(Letters::Ascii);
                }
                if snapshot.case == Case::Exact {
                    return Some(Letters::Simple);
                }
                // Of the letters of ASCII, i alone has another case somewhere.
                let name = snapshot.text_order.default_name.as_str();
                let turkish = ["tr", "az", "lt"].iter().any(|own| name.starts_with(own));
                (!turkish && !name.is_empty()).then_some(Letters::AsciiAlone)
            }
            Collation::Unclear => None,
        }
    }

    /// Whether texts are equal only where their bytes are: a database's default is deterministic.
    pub(super) fn is_exact(&self, snapshot: &Snapshot) -> bool {
        match self {
            Collation::Nothing | Collation::Default => true,
            Collation::Named(name) => snapshot.text_order.holds(Some(name)),
            Collation::Unclear => false,
        }
    }

    /// Whether texts are in the order of their bytes.
    pub(super) fn is_ordered(&self, snapshot: &Snapshot) -> bool {
        match self {
            Collation::Nothing | Collation::Default => snapshot.text_order.holds(None),
            Collation::Named(name) => snapshot.text_order.holds(Some(name)),
            Collation::Unclear => false,
        }
    }
}

const fn plain(oid: u32, kind: Kind) -> DeclaredType {
    DeclaredType {
        oid,
        typmod: -1,
        kind,
    }
}

pub(super) const BOOL: DeclaredType = plain(oid::BOOL, Kind::Bool);
pub(super) const TEXT: DeclaredType = plain(oid::TEXT, Kind::Text);
pub(super) const INT2: DeclaredType = plain(oid::INT2, Kind::Int2);
pub(super) const INT4: DeclaredType = plain(oid::INT4, Kind::Int4);
pub(super) const INT8: DeclaredType = plain(oid::INT8, Kind::Int8);
pub(super) const FLOAT4: DeclaredType = plain(oid::FLOAT4, Kind::Float4);
pub(super) const FLOAT8: DeclaredType = plain(oid::FLOAT8, Kind::Float8);
pub(super) const DATE: DeclaredType = plain(oid::DATE, Kind::Date);
pub(super) const TIMESTAMP: DeclaredType =
    plain(oid::TIMESTAMP, Kind::Timestamp { precision: None });
pub(super) const TIMESTAMPTZ: DeclaredType = plain(1184, Kind::Timestamptz { precision: None });
pub(super) const NUMERIC: DeclaredType = plain(
    oid::NUMERIC,
    Kind::Numeric {
        precision_scale: None,
    },
);

impl Typed {
    /// A value of no collation.
    pub(super) fn value(expr: Expr, declared: DeclaredType) -> Typed {
        Typed {
            is: Is::Value(expr, declared),
            collation: Collation::Nothing,
        }
    }

    /// A text under a collation.
    pub(super) fn text(expr: Expr, collation: Collation) -> Typed {
        Typed {
            is: Is::Value(expr, TEXT),
            collation,
        }
    }

    pub(super) fn untyped(is: Is) -> Typed {
        Typed {
            is,
            collation: Collation::Nothing,
        }
    }

    /// The value and its type. What never got one is none that the proxy shows.
    pub(super) fn known(self) -> Option<(Expr, DeclaredType)> {
        match self.is {
            Is::Value(expr, declared) => Some((expr, declared)),
            Is::Text(_) | Is::Null | Is::Placeholder(..) => None,
        }
    }

    /// The value, where it has a type.
    pub(super) fn expr(&self) -> Option<&Expr> {
        match &self.is {
            Is::Value(expr, _) => Some(expr),
            Is::Text(_) | Is::Null | Is::Placeholder(..) => None,
        }
    }

    /// Its type, where it has one.
    pub(super) fn declared(&self) -> Option<&DeclaredType> {
        match &self.is {
            Is::Value(_, declared) => Some(declared),
            Is::Text(_) | Is::Null | Is::Placeholder(..) => None,
        }
    }
}

/// text, varchar and char.
pub(super) fn is_text(declared: &DeclaredType) -> bool {
    matches!(
        declared.kind,
        Kind::Text | Kind::Varchar { .. } | Kind::Char { .. }
    )
}

/// smallint, integer, bigint.
pub(super) fn is_whole(kind: &Kind) -> bool {
    matches!(kind, Kind::Int2 | Kind::Int4 | Kind::Int8)
}

/// The place of a type of numbers among those that the next can hold.
pub(super) fn rank(kind: &Kind) -> Option<u8> {
    Some(match kind {
        Kind::Int2 => 0,
        Kind::Int4 => 1,
        Kind::Int8 => 2,
        Kind::Numeric { .. } => 3,
        Kind::Float4 => 4,
        Kind::Float8 => 5,
        _ => return None,
    })
}

/// Likewise of moments.
pub(super) fn moment_rank(kind: &Kind) -> Option<u8> {
    Some(match kind {
        Kind::Date => 0,
        Kind::Timestamp { .. } => 1,
        Kind::Timestamptz { .. } => 2,
        _ => return None,
    })
}

/// Whether a value of the first type becomes one of the second without being asked (`can_coerce_type`, implicit).
pub(super) fn becomes(from: &DeclaredType, to: &DeclaredType) -> bool {
    let ranked = |rank: &dyn Fn(&Kind) -> Option<u8>| {
        rank(&from.kind)
            .zip(rank(&to.kind))
            .is_some_and(|(a, b)| a <= b)
    };
    from.oid == to.oid
        || ranked(&rank)
        || ranked(&moment_rank)
        || is_text(from) && matches!(to.kind, Kind::Text | Kind::Varchar { max: None })
}

/// The type of several results beside each other (`select_common_type`): of those that have one, in this order. None
/// of them: text.
pub(super) fn common(of: &[&Typed]) -> Option<DeclaredType> {
    let mut known = of.iter().filter_map(|one| one.declared());
    let Some(first) = known.next() else {
        return Some(TEXT);
    };
    let mut chosen = first;
    // One modifier of all is kept.
    let mut modified = known.clone().count() + 1 == of.len();
    for next in known {
        if next == chosen {
            continue;
        }
        modified = false;
        if next.oid == chosen.oid {
            continue;
        }
        let (forth, back) = (becomes(chosen, next), becomes(next, chosen));
        if !forth && !back {
            return None;
        }
        // varchar and text go both ways: the first stays.
        if forth && !back && !is_text(chosen) {
            chosen = next;
        }
    }
    // Blanks behind a char(n) are its modifier's.
    if matches!(chosen.kind, Kind::Char { .. }) && !modified {
        return None;
    }
    Some(if modified {
        chosen.clone()
    } else {
        chosen.without_modifier()
    })
}
