//! The constant's side of a case-insensitive comparison: it becomes the tag of the values that fulfil it.

use super::Condition;
use super::analysis::{Analysis, LeafState, Use, Way};
use super::coerce::{self, oid};
use super::edits::Part;
use super::folded::{Chain, Folded, is_citext_name, is_text_name};
use super::typing::literal_type;
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::seal::SealSpec;
use crate::sql::{CastSite, ConstantKind, Expr};
use crate::value::{Beside, DeclaredType, Kind, Sought};

impl Analysis<'_> {
    /// Makes a constant, or an array of such, the tag that `folded` is compared with.
    pub(super) fn sought(
        &mut self,
        folded: &Folded,
        other: &Expr,
        array: bool,
        pattern: bool,
    ) -> Result<(), Refusal> {
        let column = folded.value.column().cloned();
        let spec = folded.value.spec().cloned();
        let (Some(chain), Some(column), Some(spec)) = (self.chain(other), column, spec) else {
            return self.differs(&folded.value, None);
        };
        let token = chain
            .leaf
            .range()
            .map_or(chain.range.first, |range| range.first);
        // citext beside text is compared as text, by its letters: no tag tells that.
        let citext_only = folded.bare && !chain.applied.is_empty();
        if matches!(chain.leaf, Expr::Column { .. }) || citext_only {
            return self.differs(&folded.value, Some(token));
        }
        let cast = self.cast_of(&chain, folded, &column, array)?;
        let condition = Condition {
            function: folded.function,
            beside: Beside {
                applied: chain.applied.clone(),
                ascii: self.world.snapshot.ascii_case,
                own: folded.bare || pattern,
            },
            pattern,
            most: chain.casts.iter().filter_map(|site| limit(site)).min(),
        };
        // A left side of IN is met once for every element.
        match self.leaves.get(&token) {
            None => {}
            Some(LeafState::Sought(known, by)) if *known == spec && *by == condition => {
                return Ok(());
            }
            Some(_) => {
                return self.refuse(
                    Fault::ParameterConflict,
                    "a constant is used both for a sealed column and for something else",
                    Some(token),
                );
            }
        }
        self.check_neighbours(chain.range)?;
        let guess = !folded.value.columns.iter().all(|one| self.reveals(one));
        let part = match chain.leaf {
            Expr::Placeholder { number, token } => {
                let shown =
                    self.sought_type(*number, *token, cast, (folded, pattern), &column, array)?;
                self.uses.push(Use {
                    number: *number,
                    token: *token,
                    way: Way::Tag {
                        column: column.clone(),
                        spec: spec.clone(),
                        by: condition.clone(),
                        shown,
                        array,
                        guess,
                    },
                });
                Part::Use(self.uses.len() - 1)
            }
            Expr::Constant(constant) => self.constant_tag(
                &constant.kind,
                (&column, &spec),
                &condition,
                (array, guess),
                token,
            )?,
            _ => return self.differs(&folded.value, Some(token)),
        };
        self.leaves
            .insert(token, LeafState::Sought(spec, condition));
        self.edit(chain.range, vec![part])
    }

    /// The tag of a constant; with `array` it holds several.
    pub(super) fn constant_tag(
        &mut self,
        kind: &ConstantKind,
        (column, spec): (&std::sync::Arc<Protected>, &SealSpec),
        condition: &Condition,
        (array, guess): (bool, bool),
        token: usize,
    ) -> Result<Part, Refusal> {
        let text = match kind {
            ConstantKind::Text(text) => text,
            ConstantKind::Null => {
                let ty = if array { "bytea[]" } else { "bytea" };
                return Ok(Part::Text(format!("NULL::pg_catalog.{ty}")));
            }
            ConstantKind::Integer(_) | ConstantKind::Decimal(_) | ConstantKind::Boolean(_) => {
                debug_assert_ne!(literal_type(kind), oid::UNKNOWN);
                return self.refuse(
                    Fault::OperatorMissing,
                    format!(
                        "a value of another type is compared with column {}",
                        column.qualified()
                    ),
                    Some(token),
                );
            }
        };
        let sought = |text: &[u8]| {
            let found = condition.sought(column, spec, text);
            found.map_err(|refusal| match self.position(token) {
                Some(position) => refusal.at(position),
                None => refusal,
            })
        };
        if !array {
            let form = sought(text.as_bytes())?;
            self.guesses = self.guesses.saturating_add(u32::from(guess));
            return Ok(Part::Tags {
                column: column.clone(),
                spec: spec.clone(),
                forms: vec![Some(form)],
                array,
            });
        }
        let elements = plain_text()
            .elements_from_text(text.as_bytes(), self.request.environment.of_literals())
            .map_err(|error| self.bad_value(column, &error, token))?;
        let forms = elements
            .iter()
            .map(|element| {
                let element = element.as_ref();
                element
                    .map(|element| sought(element.expose_plaintext()))
                    .transpose()
            })
            .collect::<Result<Vec<Option<Sought>>, Refusal>>()?;
        if guess {
            let count = u32::try_from(forms.len()).unwrap_or(u32::MAX);
            self.guesses = self.guesses.saturating_add(count);
        }
        Ok(Part::Tags {
            column: column.clone(),
            spec: spec.clone(),
            forms,
            array,
        })
    }

    /// The type of the cast around the constant, where there is one; 0 for none.
    fn cast_of(
        &self,
        chain: &Chain<'_>,
        folded: &Folded,
        column: &Protected,
        array: bool,
    ) -> Result<u32, Refusal> {
        let mut first = 0;
        for site in &chain.casts {
            let element = site.name.trim_end_matches("[]").trim_end();
            let fits = site.name.ends_with("[]") == array
                && if folded.bare {
                    is_citext_name(element)
                } else {
                    is_text_name(element) || (!array && limit(site).is_some())
                };
            if !fits {
                return self.refuse(
                    Fault::ServerDependentValue,
                    format!(
                        "a value under a cast is compared with column {}",
                        column.qualified()
                    ),
                    Some(chain.range.first),
                );
            }
            if first == 0 {
                first = if folded.bare {
                    column.declared.oid
                } else if element.ends_with("text") {
                    oid::TEXT
                } else {
                    oid::VARCHAR
                };
            }
        }
        Ok(first)
    }

    /// What ParameterDescription shows of a placeholder.
    fn sought_type(
        &self,
        number: usize,
        token: usize,
        cast: u32,
        (folded, pattern): (&Folded, bool),
        column: &Protected,
        array: bool,
    ) -> Result<u32, Refusal> {
        let declared = self.declared(number);
        if declared != 0 {
            let element = if array {
                self.element_of(declared, token)?
            } else {
                declared
            };
            let text = !folded.bare && matches!(element, oid::TEXT | oid::VARCHAR);
            let citext = column.declared.kind == Kind::Citext && element == column.declared.oid;
            // Under a cast the parameter's own type is text of some kind or what is cast to it.
            if !text && !citext {
                let fault = if coerce::is_certainly_no_text(element) {
                    Fault::OperatorMissing
                } else {
                    Fault::ServerDependentValue
                };
                return self.refuse(
                    fault,
                    format!(
                        "a value of another type is compared with column {}",
                        column.qualified()
                    ),
                    Some(token),
                );
            }
            return Ok(declared);
        }
        let element = if cast != 0 {
            cast
        } else if folded.bare || (pattern && column.declared.kind == Kind::Citext) {
            column.declared.oid
        } else {
            oid::TEXT
        };
        Ok(if array {
            self.world.arrays.get(&element).copied().unwrap_or(0)
        } else {
            element
        })
    }
}

/// The most characters under a cast to varchar(n).
fn limit(site: &CastSite) -> Option<u32> {
    let name = site.name.strip_prefix("pg_catalog.").unwrap_or(&site.name);
    match DeclaredType::parse_name(name)?.kind {
        Kind::Varchar { max } => max,
        _ => None,
    }
}

/// Elements are text whatever the column's length limit.
fn plain_text() -> DeclaredType {
    DeclaredType {
        oid: oid::TEXT,
        typmod: -1,
        kind: Kind::Text,
    }
}
