//! From an analysis to the parts of a plan: result columns and placeholders.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::analysis::{Analysis, Use, Way};
use super::coerce::oid;
use super::lineage::{Column, Lineage, Shown};
use super::{Appended, Output, Parameter, Show, Treatment};
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::sql::{Token, TokenKind};
use crate::value::{DeclaredType, Kind};

use super::Action;

impl Analysis<'_> {
    /// How each result column is treated.
    pub(super) fn outputs(&mut self, columns: Vec<Column>) -> Result<Arc<[Output]>, Refusal> {
        columns
            .into_iter()
            .map(|column| self.output(column))
            .collect()
    }

    fn output(&mut self, column: Column) -> Result<Output, Refusal> {
        let lineage = match column.lineage {
            Lineage::Constants(constants) => match self.adopted(&constants) {
                Some(lineage) => {
                    if let Lineage::Value(value) | Lineage::Array(value) = &lineage {
                        self.shows_constants(&constants, value)?;
                    }
                    lineage
                }
                None => {
                    self.settle(&constants)?;
                    Lineage::Plain
                }
            },
            lineage @ (Lineage::Plain | Lineage::Value(_) | Lineage::Array(_)) => lineage,
        };
        let (value, array) = match lineage {
            Lineage::Plain | Lineage::Constants(_) => return Ok(Output::Pass),
            Lineage::Value(value) => (value, false),
            Lineage::Array(value) => (value, true),
        };
        let Some(first) = value.column().cloned() else {
            return Ok(Output::Pass);
        };
        let mask = self.mask(&value);
        if mask.is_some() {
            // A mask is made of values of the column.
            self.exactly(&value)?;
        }
        let action = if mask.is_some() {
            Action::Mask
        } else {
            Action::Open
        };
        for from in &value.columns {
            self.touch(from, action);
        }
        let origin = if array { None } else { value.origin };
        match (value.spec().cloned(), mask) {
            (Some(spec), mask) => {
                let show = mask.map_or(Show::Open, Show::Mask);
                Ok(Output::Sealed {
                    column: shown_as(&first, value.shown),
                    spec,
                    show,
                    array,
                    origin,
                })
            }
            (None, Some(mask)) => Ok(Output::Plain {
                column: first,
                mask,
                array,
                origin,
            }),
            // A masked-only column that is revealed is plain from the start; merged ones can end here.
            (None, None) => Ok(Output::Pass),
        }
    }
}

/// Parameters that a Bind can carry.
const MOST_PARAMETERS: usize = 65_535;

/// Placeholders of a text: what the client may bind, and what the plan appended.
#[derive(Debug, Default)]
pub(super) struct Placeholders {
    pub(super) parameters: Vec<Parameter>,
    pub(super) appended: Vec<Appended>,
    /// The number that each use came to, from 1.
    pub(super) numbers: Vec<usize>,
}

/// Gives every use of a placeholder its number: the first treatment of a client's placeholder keeps its number, each
/// other one is appended (FACTS 4).
pub(super) fn placeholders(
    tokens: &[Token],
    declared: &[u32],
    uses: &[Use],
) -> Result<Placeholders, Refusal> {
    let highest = tokens
        .iter()
        .filter_map(placeholder)
        .max()
        .unwrap_or(0)
        .max(declared.len());
    if highest > MOST_PARAMETERS {
        return Err(too_many_parameters());
    }
    let seen: HashSet<usize> = uses.iter().map(|one| one.token).collect();
    let mut used: HashMap<usize, Vec<(usize, &Use)>> = HashMap::new();
    for (index, one) in uses.iter().enumerate() {
        used.entry(one.number).or_default().push((index, one));
    }
    // Places that the analysis did not settle are plain.
    let unsettled: HashSet<usize> = tokens
        .iter()
        .enumerate()
        .filter(|(at, _)| !seen.contains(at))
        .filter_map(|(_, token)| placeholder(token))
        .collect();
    let mut made = Placeholders {
        numbers: vec![0; uses.len()],
        ..Placeholders::default()
    };
    for number in 1..=highest {
        let own = used.remove(&number).unwrap_or_default();
        // To the server `unknown` is a type that it is to infer, too.
        let given = declared.get(number - 1).copied();
        let given = given.filter(|given| *given != oid::UNKNOWN).unwrap_or(0);
        let plain = unsettled.contains(&number) || own.iter().any(|(_, one)| one.way == Way::Plain);
        let counted = own.iter().any(|(_, one)| one.way == Way::Guess);
        let mut kept: Option<&Way> = None;
        let base = if plain || counted {
            let treatment = if counted {
                Treatment::Guess
            } else {
                Treatment::Pass
            };
            // Beside a sealed use the server cannot be left to infer the type from the plain one alone.
            let typed = own.iter().find_map(|(_, one)| match &one.way {
                Way::Seal { shown, .. }
                | Way::Tag { shown, .. }
                | Way::Tokens { shown, .. }
                | Way::Keep(_, shown) => Some(*shown),
                Way::Plain | Way::Guess | Way::KeepFlag | Way::Local(_) => None,
            });
            let upstream_oid = if given == 0 {
                typed.unwrap_or(0)
            } else {
                given
            };
            Parameter {
                upstream_oid,
                client_oid: (upstream_oid != 0).then_some(upstream_oid),
                treatment,
            }
        } else {
            let ways = || own.iter().map(|(_, one)| &one.way);
            // What the proxy reads as well leaves the others as they are.
            let first = ways()
                .find(|way| !matches!(way, Way::KeepFlag | Way::Local(_)))
                .or_else(|| ways().find(|way| matches!(way, Way::Local(_))));
            kept = first;
            match first {
                Some(way) => {
                    let (upstream_oid, treatment, shown) = treated(way, given);
                    Parameter {
                        upstream_oid,
                        client_oid: Some(shown).filter(|shown| *shown != 0),
                        treatment,
                    }
                }
                None => Parameter {
                    upstream_oid: given,
                    client_oid: None,
                    treatment: Treatment::Pass,
                },
            }
        };
        // The server looks at predicates before it looks at what is assigned, and calls varchar there text.
        let as_text = own
            .iter()
            .any(|(_, one)| matches!(&one.way, Way::Seal { shown, .. } | Way::Tag { shown, .. } | Way::Tokens { shown, .. } if *shown == oid::TEXT));
        let base = match base.client_oid {
            Some(oid::VARCHAR) if given == 0 && as_text => Parameter {
                client_oid: Some(oid::TEXT),
                ..base
            },
            Some(_) | None => base,
        };
        made.parameters.push(base);
        let mut others: Vec<(&Way, usize)> = Vec::new();
        for (index, one) in own {
            let at = match &one.way {
                Way::Plain | Way::Guess => number,
                Way::Local(shown) => {
                    // The client gives it in one type, and which one must be known.
                    let told = base_shown(&made, number);
                    if given == 0 && told != *shown {
                        return Err(Refusal::new(
                            Fault::ParameterConflict,
                            "one placeholder is used in the proxy and as another type in the server",
                        ));
                    }
                    number
                }
                way if kept == Some(way) => number,
                way => match others.iter().find(|(other, _)| *other == way) {
                    Some((_, at)) => *at,
                    None => {
                        let (upstream_oid, treatment, shown) = treated(way, given);
                        check_types(given, base_shown(&made, number), shown, way)?;
                        made.appended.push(Appended {
                            source: number - 1,
                            upstream_oid,
                            treatment,
                        });
                        let at = highest + made.appended.len();
                        others.push((way, at));
                        at
                    }
                },
            };
            if let Some(slot) = made.numbers.get_mut(index) {
                *slot = at;
            }
        }
    }
    // A Bind could not carry them, and its count would be another than that of its values.
    if highest + made.appended.len() > MOST_PARAMETERS {
        return Err(too_many_parameters());
    }
    Ok(made)
}

fn too_many_parameters() -> Refusal {
    Refusal::new(Fault::ProtocolViolation, "too many parameters").with_sqlstate("08P01")
}

fn placeholder(token: &Token) -> Option<usize> {
    match token.kind {
        TokenKind::Placeholder(number) => Some(number),
        TokenKind::Word(_)
        | TokenKind::Quoted(_)
        | TokenKind::Text(_)
        | TokenKind::Escaped(_)
        | TokenKind::Dollar(_)
        | TokenKind::Bits
        | TokenKind::Number(_)
        | TokenKind::Operator(_)
        | TokenKind::Mark(_) => None,
    }
}

fn base_shown(made: &Placeholders, number: usize) -> u32 {
    made.parameters
        .get(number - 1)
        .and_then(|parameter| parameter.client_oid)
        .unwrap_or(0)
}

/// One placeholder can be given in one type only.
fn check_types(given: u32, shown: u32, other: u32, way: &Way) -> Result<(), Refusal> {
    let texts = |oid: u32| matches!(oid, oid::TEXT | oid::VARCHAR);
    if given != 0
        || matches!(way, Way::KeepFlag)
        || shown == other
        || (texts(shown) && texts(other))
    {
        return Ok(());
    }
    Err(Refusal::new(
        Fault::ParameterConflict,
        "one placeholder is used for values of different types",
    ))
}

fn treated(way: &Way, given: u32) -> (u32, Treatment, u32) {
    match way {
        Way::Plain => (given, Treatment::Pass, given),
        Way::Guess => (given, Treatment::Guess, given),
        Way::Seal {
            column,
            spec,
            given: sent_as,
            shown,
            array,
            guess,
            exact,
            whose,
        } => {
            let treatment = Treatment::Seal {
                column: Arc::clone(column),
                spec: spec.clone(),
                sent_as: *sent_as,
                array: *array,
                guess: *guess,
                exact: exact.clone(),
                whose: whose.clone(),
            };
            (
                if *array { oid::BYTEA_ARRAY } else { oid::BYTEA },
                treatment,
                *shown,
            )
        }
        Way::Tag {
            column,
            spec,
            by,
            shown,
            array,
            guess,
        } => (
            if *array { oid::BYTEA_ARRAY } else { oid::BYTEA },
            Treatment::Tag {
                column: Arc::clone(column),
                spec: spec.clone(),
                by: by.clone(),
                array: *array,
                guess: *guess,
            },
            *shown,
        ),
        Way::Tokens {
            column,
            spec,
            by,
            sent_as,
            shown,
            guess,
        } => (
            oid::INT8_ARRAY,
            Treatment::Tokens {
                column: Arc::clone(column),
                spec: spec.clone(),
                by: by.clone(),
                sent_as: *sent_as,
                guess: *guess,
            },
            *shown,
        ),
        Way::Keep(keep, shown) => {
            let upstream = if keep.spec.is_some() {
                oid::BYTEA
            } else {
                *shown
            };
            (upstream, Treatment::Keep(keep.clone()), *shown)
        }
        Way::KeepFlag => (oid::BOOL, Treatment::KeepFlag, oid::BOOL),
        Way::Local(shown) => {
            let told = if given == 0 { *shown } else { given };
            (told, Treatment::Local, told)
        }
    }
}

/// The column under the type that its expression has.
fn shown_as(column: &Arc<Protected>, shown: Shown) -> Arc<Protected> {
    let declared = match (shown, &column.declared.kind) {
        (Shown::Column, _) => return Arc::clone(column),
        (Shown::AsText, Kind::Text | Kind::Varchar { .. }) => DeclaredType {
            oid: oid::TEXT,
            typmod: -1,
            kind: Kind::Text,
        },
        // The kind keeps what the canonical form needs (scale, blanks); only what is told changes.
        (Shown::NoModifier | Shown::AsText, _) => DeclaredType {
            typmod: -1,
            ..column.declared.clone()
        },
        // In another type of text a char(n) has no blanks.
        (Shown::As(oid, typmod), Kind::Char { .. }) if oid != oid::BPCHAR => DeclaredType {
            oid,
            typmod,
            kind: Kind::Char { length: 0 },
        },
        (Shown::As(oid, typmod), _) => {
            DeclaredType::from_catalog(oid, typmod).unwrap_or_else(|| column.declared.clone())
        }
    };
    Arc::new(Protected {
        declared,
        ..Protected::clone(column)
    })
}
