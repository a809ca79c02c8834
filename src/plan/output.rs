//! What a plan is made of.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{Derived, Seek};
use crate::fault::{Fault, Refusal};
use crate::mask::Mask;
use crate::policy::{Protected, SubjectColumn};
use crate::seal::{SealSpec, Subject};
use crate::value::{
    Beside, Canonical, CaseFunction, DeclaredType, Fragment, Kind, NoFold, NoOrder, Place,
    Settings, Sought, ValueError,
};

/// How the client sent the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// `Query`: any number of statements, no parameters, text results.
    Simple,
    /// `Parse`: one statement.
    Extended,
}

/// What the session knows of itself when it asks for a plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Environment {
    /// `current_schemas(true)`: the effective search path, pg_catalog and the temp schema included, in order.
    pub search_path: Vec<String>,
    /// Names of the relations in this session's temp schema.
    pub temp_relations: Vec<String>,
    /// `standard_conforming_strings`.
    pub standard_conforming_strings: bool,
    /// `array_nulls`: whether NULL in an array's text is one.
    pub array_nulls: bool,
    /// Something sent earlier is still unanswered, so the settings may change before this is read.
    pub unsettled: bool,
    /// `client_encoding` as the server reports it.
    pub client_encoding: String,
    /// Settings of value formats.
    pub settings: Settings,
    /// Those under which the text was prepared, where they were others: its literals mean what they meant then.
    pub literals: Option<Settings>,
    /// `sealwire.keyset`, where it is set: the keyset that columns without search are sealed under.
    pub keyset: Option<String>,
}

impl Environment {
    /// The settings that the literals of the text are read under.
    pub fn of_literals(&self) -> &Settings {
        self.literals.as_ref().unwrap_or(&self.settings)
    }

    /// This one for a text that was prepared under another: the server has read its literals, and its strings, then.
    #[must_use]
    pub fn prepared_under(self, before: &Environment) -> Environment {
        let before_it = before.of_literals();
        // The others say how values are written.
        let then = Settings {
            date_order: before_it.date_order,
            interval_style: before_it.interval_style,
            time_zone: before_it.time_zone.clone(),
            ..self.settings.clone()
        };
        Environment {
            literals: (then != self.settings).then_some(then),
            standard_conforming_strings: before.standard_conforming_strings,
            ..self
        }
    }
}

/// A request for a plan.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The client's text, valid UTF-8.
    pub text: &'a str,
    /// How it came.
    pub protocol: Protocol,
    /// Parameter type oids that the client declared in Parse; 0 for none.
    pub declared: &'a [u32],
    /// The session.
    pub environment: &'a Environment,
    /// What the principal may do.
    pub rights: &'a crate::policy::Rights,
    /// Application name, for observe mode's counts.
    pub application: &'a str,
    /// Cursors and prepared statements of SQL that the session has.
    pub named: &'a super::Named,
}

/// A quick look at a text, before anything is parsed: cheap, and run on every `Query` and `Parse`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Survey {
    /// The text must be planned. When false it passes untouched.
    pub watched: bool,
    /// It may change settings that plans depend on (SET, RESET, DISCARD, set_config, DO, CALL, ROLLBACK, …).
    pub changes_settings: bool,
    /// It may change the catalog (CREATE, ALTER, DROP, …): the ground looks again.
    pub changes_catalog: bool,
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What goes upstream in place of the client's text: one text, also for several statements.
    pub text: Vec<Piece>,
    /// One entry for each statement of the text that the server will count, in order (empty statements
    /// between semicolons are not counted).
    pub statements: Vec<StatementPlan>,
    /// One entry for each `$n` the client may use, in order.
    pub parameters: Vec<Parameter>,
    /// Placeholders appended by the plan, after the client's own, hidden from ParameterDescription: each
    /// repeats a client parameter in another treatment.
    pub appended: Vec<Appended>,
    /// One entry a piece of `text`: where in the client's text (characters from 0) a verbatim piece begins; `None`
    /// for what the plan wrote. Maps the server's error positions back.
    pub origins: Vec<Option<usize>>,
    /// Extended protocol: the statements carried out unseen right after this one, in the same transaction, each a piece.
    pub after: Vec<Piece>,
    /// The plan met a name that the snapshot does not know: it may be new. Refresh, and plan again once.
    pub stale: bool,
    /// Effects, as in [`Survey`].
    pub changes_settings: bool,
    /// Effects, as in [`Survey`].
    pub changes_catalog: bool,
}

/// A piece of the upstream text.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Sent as it is.
    Text(String),
    /// A sealed constant: rendered as `'\x…'::pg_catalog.bytea`.
    Sealed {
        /// The column it is compared with or written to.
        column: Arc<Protected>,
        /// How it is sealed.
        spec: SealSpec,
        /// The plaintext, or where it would stand among the column's.
        value: Place,
        /// Of whom it is, where the column's values are under the keys of data subjects.
        whose: Option<Arc<Whose>>,
    },
    /// An array of sealed constants, `None` for NULL: rendered as
    /// `'{"\\x…",NULL}'::pg_catalog.bytea[]`.
    SealedArray {
        /// As above.
        column: Arc<Protected>,
        /// As above.
        spec: SealSpec,
        /// The plaintexts.
        values: Vec<Option<Place>>,
    },
    /// Tags of the values that fulfil a condition: rendered as `'\x…'::pg_catalog.bytea`, `'\x'` where none does;
    /// with `array` as an array of such, `None` for NULL.
    Tags {
        /// The column whose tags they are compared with.
        column: Arc<Protected>,
        /// How it is sealed.
        spec: SealSpec,
        /// What is sought; one, where it is no array.
        forms: Vec<Option<Sought>>,
        /// An array.
        array: bool,
    },
    /// Search tokens: rendered as `'{…}'::pg_catalog.int8[]`.
    Tokens {
        /// The column whose tokens they are compared with.
        column: Arc<Protected>,
        /// How it is sealed.
        spec: SealSpec,
        /// What they are made of.
        fragments: Vec<Fragment>,
    },
    /// A call that enters a column into the registry.
    Entry(Box<NewEntry>),
    /// The constant default of a column that is being added, sealed for it: what the rows that are there get.
    Filled {
        /// The column.
        entry: Box<NewEntry>,
        /// The default.
        value: Canonical,
    },
}

/// What a definition enters into the registry, in its own transaction. Key domain and MAC are the renderer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Schema.
    pub schema: String,
    /// Table.
    pub table: String,
    /// Column.
    pub column: String,
    /// The type the application knows, as `format_type` writes it.
    pub declared: String,
    /// Collation that was given for it.
    pub collation: Option<String>,
    /// How it is sealed; `None`: masked only.
    pub seal: Option<NewSeal>,
    /// Constant default in text form, and as SQL.
    pub default: Option<(String, String)>,
    /// The definition may have done nothing, where the table or the column was there: then nothing is entered.
    pub anew: bool,
}

/// How a new column is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSeal {
    /// The rule.
    pub scheme: crate::seal::Scheme,
    /// How values are folded for a case-insensitive tag.
    pub ci: Option<crate::value::Fold>,
    /// How values are put in order.
    pub order: Option<crate::value::Order>,
    /// Search tokens.
    pub tokens: Option<crate::value::TokenSpec>,
    /// Canonical family of the type.
    pub family: u8,
    /// Padding.
    pub pad: Option<u32>,
    /// Named key domain.
    pub domain: Option<String>,
    /// The keyset of the table, by name; `None`: that of the database.
    pub keyset: Option<String>,
    /// As other columns of the domain are sealed already, or this one is.
    pub known: Option<SealSpec>,
    /// The new key domain, once it is chosen: by whoever renders a piece of the plan first.
    pub chosen: Chosen,
}

/// A key domain id that is chosen once, and is the same in every piece of a plan.
#[derive(Debug, Clone, Default)]
pub struct Chosen(Arc<std::sync::OnceLock<u32>>);

impl Chosen {
    /// The id: chosen now where it was not.
    pub fn or_choose(&self, fresh: u32) -> u32 {
        *self.0.get_or_init(|| fresh)
    }
}

impl PartialEq for Chosen {
    // Which number it is says nothing of the plan.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Chosen {}

/// One statement of a plan.
#[derive(Debug, Clone)]
pub struct StatementPlan {
    /// What becomes of it.
    pub outcome: Outcome,
    /// For a statement that returns rows and is not passed through: one entry a result column.
    /// `None`: rows, if any, are relayed under the backstop.
    pub outputs: Option<Arc<[Output]>>,
    /// Where the client gets something else than these columns and rows. `outputs` are the upstream columns then.
    pub derived: Option<Arc<Derived>>,
    /// Columns that the statement reveals, masks or searches, for audit and metrics (names only).
    pub touches: Arc<[Touch]>,
    /// For COPY of a protected table: how its data is treated.
    pub copy: Option<Arc<super::CopyPlan>>,
    /// Writes to a protected table: an error of the server about it has its DETAIL dropped, and a value that
    /// cannot be opened in RETURNING must roll it back.
    pub writes: bool,
    /// Search constants that count as guesses (columns without reveal), in the text itself. For parameters see
    /// [`Treatment::Seal`]'s `guess`.
    pub guesses: u32,
    /// Stable hash of the token stream with literals taken out, hexadecimal, for audit and observe mode.
    pub fingerprint: String,
    /// In observe mode: what enforcing would have done.
    pub observed: Option<Arc<Observed>>,
    /// What it does to the names of the session, once it was carried out.
    pub change: Option<Arc<super::Change>>,
}

/// What would become of a statement if the tables that are only observed were protected. Names alone, no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// The statement with its constants taken out; empty where it cannot be read.
    pub text: String,
    /// It would be refused.
    pub refusal: Option<Refusal>,
    /// What it would do with columns of the observed tables.
    pub touches: Arc<[Touch]>,
}

/// What becomes of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Sent as it came; the reason is a metric label.
    Passthrough(Reason),
    /// Sent as planned.
    Planned,
    /// Replaced upstream by a statement that fails in analysis; the server's error is swapped for this.
    Refused(Refusal),
}

/// Why a statement passes untouched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No watched name in it.
    NotWatched,
    /// A watched name, and it resolves to nothing protected.
    NothingProtected,
    /// A kind that carries no data.
    NoData,
    /// Observe mode.
    Observed,
    /// Sealwire's own, carried out unseen in the client's transaction.
    Own,
}

/// A client placeholder.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The type oid to declare upstream in Parse: 17 or 1001 for sealed ones, else what the client declared.
    pub upstream_oid: u32,
    /// What ParameterDescription shows the client; `None`: what the server says.
    pub client_oid: Option<u32>,
    /// What happens at Bind.
    pub treatment: Treatment,
}

/// A placeholder appended by the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Appended {
    /// Which client parameter it repeats, from 0.
    pub source: usize,
    /// As for [`Parameter`].
    pub upstream_oid: u32,
    /// What happens at Bind.
    pub treatment: Treatment,
}

/// What happens to a parameter at Bind.
#[derive(Debug, Clone, PartialEq)]
pub enum Treatment {
    /// Sent as it came, format and all.
    Pass,
    /// Sealed, sent in binary. `sent_as` is the oid the client gives the value in (0: the column's own type);
    /// with `array` the value is an array of the column's type and each element is sealed.
    Seal {
        /// The column whose value it is.
        column: Arc<Protected>,
        /// How it is sealed.
        spec: SealSpec,
        /// Oid the client gives it in; 0: the column's own type.
        sent_as: u32,
        /// An array, sealed element by element.
        array: bool,
        /// Counts as a guess (each element does).
        guess: bool,
        /// What becomes of a value that the column could not hold as it is.
        exact: Exact,
        /// Of whom it is, where the column's values are under the keys of data subjects.
        whose: Option<Arc<Whose>>,
    },
    /// Text that becomes the tag of the values that fulfil a condition, sent in binary; with `array` each element.
    Tag {
        /// The column whose tags it is compared with.
        column: Arc<Protected>,
        /// How it is sealed.
        spec: SealSpec,
        /// The condition.
        by: Condition,
        /// An array of text.
        array: bool,
        /// Counts as a guess (each element does).
        guess: bool,
    },
    /// A value that becomes the search tokens of those that fulfil a condition, sent in binary.
    Tokens {
        /// The column whose tokens they are compared with, under the type that the value is read as.
        column: Arc<Protected>,
        /// How it is sealed.
        spec: SealSpec,
        /// The condition.
        by: Seek,
        /// Oid the client gives it in; 0: the type it is read as.
        sent_as: u32,
        /// Counts as a guess.
        guess: bool,
    },
    /// A masked-only or masked column written under `on_masked_write = "keep"`: see [`Keep`].
    Keep(Keep),
    /// Only for appended placeholders, declared boolean: true where the client parameter it repeats (whose
    /// treatment is `Keep`) is NULL or a value that could be the mask ([`crate::mask::Mask::could_be`]).
    KeepFlag,
    /// Sent as it came, and counted: a search constant on a masked-only column without reveal.
    Guess,
    /// Read by the proxy alone ([`Derived::arguments`]): NULL goes upstream in its place.
    Local,
}

/// A condition on the case of a column's values: `function(c) = applied(text)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is applied to the column.
    pub function: CaseFunction,
    /// What is applied to the text.
    pub beside: Beside,
    /// The text is a pattern of LIKE.
    pub pattern: bool,
    /// The text stands under a cast to varchar of so many characters, which cuts it.
    pub most: Option<u32>,
}

impl Condition {
    /// What the values that fulfil it are kept under.
    ///
    /// # Errors
    /// Where that is not certain, or the pattern stands for more than one value.
    pub fn sought(
        &self,
        column: &Protected,
        spec: &SealSpec,
        text: &[u8],
    ) -> Result<Sought, Refusal> {
        let refuse = |fault, message: &str| {
            Refusal::new(fault, format!("column {}: {message}", column.qualified()))
        };
        let invalid = invalid_text;
        let Some(fold) = spec.ci else {
            return Err(refuse(Fault::FoldMissing, "it has no case-insensitive tag"));
        };
        if text.contains(&0) {
            return Err(invalid());
        }
        let cut = DeclaredType {
            oid: 0,
            typmod: -1,
            kind: Kind::Varchar { max: self.most },
        };
        let text = cut.cut(text);
        let whole;
        let text = if self.pattern {
            whole = unescaped(text).ok_or_else(|| {
                refuse(Fault::PatternHasWildcards, "the pattern is no whole value")
            })?;
            whole.as_slice()
        } else {
            text
        };
        fold.sought(self.function, &self.beside, text)
            .map_err(|error| match error {
                NoFold::NotText => invalid(),
                NoFold::Unlike | NoFold::Uncertain => refuse(Fault::CaseUnlike, &error.to_string()),
            })
    }
}

/// Bytes that are no text.
pub(super) fn invalid_text() -> Refusal {
    Refusal::new(
        Fault::BadValue,
        "invalid byte sequence for encoding \"UTF8\"",
    )
    .with_sqlstate("22021")
}

/// The one text that a pattern without wildcards matches.
fn unescaped(pattern: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut whole = Zeroizing::new(Vec::with_capacity(pattern.len()));
    let mut bytes = pattern.iter();
    while let Some(&byte) = bytes.next() {
        whole.push(match byte {
            b'%' | b'_' => return None,
            b'\\' => *bytes.next()?,
            byte => byte,
        });
    }
    Some(whole)
}

/// A value that meets values of a column was read by a type without the column's modifiers: what is sealed for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Exact {
    /// Written: it was read by the column's own type.
    Assigned,
    /// The same, under an explicit cast, which cuts what is too long where the assignment to this type refuses it.
    AssignedCast(DeclaredType),
    /// Compared with values of this type: what equals none of them is sealed so that it does.
    Compared(DeclaredType),
    /// The same, directly in a predicate and nowhere else: a value that the column does not take, since it has no
    /// case-insensitive tag, equals none of the column's.
    Predicate(DeclaredType),
    /// Stands beside values of a column as another branch.
    Merged {
        /// The column's type.
        column: DeclaredType,
        /// The type that the server gives the whole.
        told: DeclaredType,
        /// It is shown and nothing else: else one that the column would not hold and show as it is is refused.
        shown_only: bool,
    },
}

impl Exact {
    /// What is left of a text that is read by a limited type: an assignment is not to cut it, but under an explicit cast
    /// the server does.
    pub fn shortened<'t>(&self, read_as: &DeclaredType, text: &'t [u8]) -> &'t [u8] {
        match self {
            Exact::Assigned => text,
            // A comparison reads by a limited type only under such a cast.
            Exact::AssignedCast(_)
            | Exact::Compared(_)
            | Exact::Predicate(_)
            | Exact::Merged { .. } => read_as.cut(text),
        }
    }

    /// Whether a value that is shown again has lost nothing in its canonical form.
    ///
    /// # Errors
    /// Where it has.
    pub fn kept(
        &self,
        read_as: &DeclaredType,
        value: &[u8],
        binary: bool,
    ) -> Result<(), ValueError> {
        match self {
            Exact::Merged { .. } if read_as.is_minus_zero(value, binary) => Err(ValueError::new(
                "0A000",
                "-0 beside the values of a sealed column",
            )),
            Exact::Merged { .. }
            | Exact::Assigned
            | Exact::AssignedCast(_)
            | Exact::Compared(_)
            | Exact::Predicate(_) => Ok(()),
        }
    }

    /// What is too long among the elements of an array, which are not cut here.
    pub fn cut(&self, error: ValueError) -> ValueError {
        match self {
            Exact::AssignedCast(_)
            | Exact::Compared(_)
            | Exact::Predicate(_)
            | Exact::Merged { .. }
                if error.sqlstate == "22001" =>
            {
                ValueError::new("0A000", "a cast that cuts the value off")
            }
            Exact::Assigned
            | Exact::AssignedCast(_)
            | Exact::Compared(_)
            | Exact::Predicate(_)
            | Exact::Merged { .. } => error,
        }
    }

    /// What stands for a value that was read as `read_as`: it, sealed, or for an ordered column its place between two.
    ///
    /// # Errors
    /// Where it is not the server's place to convert it, or it cannot stand in for a value of the column.
    pub fn place(
        &self,
        spec: &SealSpec,
        read_as: &DeclaredType,
        value: Canonical,
    ) -> Result<Place, ValueError> {
        let beyond = || {
            ValueError::new(
                "0A000",
                "a value beside those of an ordered column that the column could not hold",
            )
        };
        match (self, spec.order) {
            // One that is too long is refused when it is sealed.
            (Exact::Assigned, _) => Ok(Place::At(value)),
            (Exact::AssignedCast(declared), _) => {
                let mut text = Zeroizing::new(Vec::new());
                read_as.to_text(&value, &Settings::default(), &mut text)?;
                declared
                    .from_text(&text, &Settings::default())
                    .map(Place::At)
            }
            (Exact::Compared(declared) | Exact::Predicate(declared), None) => {
                declared.compared(read_as, value)
            }
            (Exact::Predicate(declared), Some(order)) => {
                Ok(match declared.placed(order, read_as, value)? {
                    // The column does not take it, so it equals none of its values.
                    Place::At(value)
                        if (spec.ci)
                            .is_some_and(|fold| fold.stored(value.expose_plaintext()).is_err()) =>
                    {
                        Place::Before(order.code(&value).map_err(NoOrder::to_value_error)?)
                    }
                    place => place,
                })
            }
            (Exact::Compared(declared), Some(order)) => {
                match declared.placed(order, read_as, value)? {
                    place @ (Place::At(_) | Place::Beside(_)) => Ok(place),
                    Place::Before(_) | Place::End => Err(beyond()),
                }
            }
            (
                Exact::Merged {
                    column,
                    told,
                    shown_only,
                },
                order,
            ) => match column.merged(told, read_as, value)? {
                // The column takes it.
                Place::At(value)
                    if order.is_none_or(|order| order.code(&value).is_ok())
                        && spec
                            .ci
                            .is_none_or(|fold| fold.stored(value.expose_plaintext()).is_ok()) =>
                {
                    Ok(Place::At(value))
                }
                Place::At(value) | Place::Beside(value) if *shown_only => Ok(Place::Beside(value)),
                Place::At(_) if order.is_some() => Err(beyond()),
                // A value without a case-insensitive tag is refused by its own name.
                Place::At(value) => Ok(Place::At(value)),
                Place::Beside(_) | Place::Before(_) | Place::End => Err(ValueError::new(
                    "0A000",
                    format!(
                        "a value beside those of a column of type {} is not in the form that the column has it in",
                        column.name()
                    ),
                )),
            },
        }
    }
}

/// A written parameter that may be the mask the role was shown: then what is stored stays. The plan has
/// written the assignment as `column = CASE WHEN $flag THEN column ELSE $value END`: this placeholder is
/// the value, `flag` is the appended one that says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Keep {
    /// The column.
    pub column: Arc<Protected>,
    /// `None` for a masked-only column.
    pub spec: Option<SealSpec>,
    /// As for [`Treatment::Seal`].
    pub sent_as: u32,
    /// The mask shown.
    pub mask: Mask,
    /// Whether another value than the mask may be stored; else it is refused at Bind (42501).
    pub may_write: bool,
    /// As for [`Treatment::Seal`].
    pub whose: Option<Arc<Whose>>,
}

/// Of which data subject a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// The one that the statement names.
    Named(Subject),
    /// The one that a parameter of the client's names.
    Bound {
        /// Which one, from 0.
        source: usize,
        /// Oid the client gives it in; 0: the column's own type.
        sent_as: u32,
        /// The column that it is a value of.
        column: SubjectColumn,
    },
}

/// A result column.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Relayed.
    Pass,
    /// Holds sealed values.
    Sealed {
        /// The column it comes from: its declared type is what the client is told.
        column: Arc<Protected>,
        /// How it is sealed.
        spec: SealSpec,
        /// Opened or masked.
        show: Show,
        /// `array_agg` of it: an array of envelopes, shown as an array of the declared type.
        array: bool,
        /// (table oid, attnum) that RowDescription must show, where lineage is sure of it.
        origin: Option<(u32, i16)>,
    },
    /// Holds plaintext that must be masked.
    Plain {
        /// The column it comes from.
        column: Arc<Protected>,
        /// The mask.
        mask: Mask,
        /// `array_agg` of it.
        array: bool,
        /// As above.
        origin: Option<(u32, i16)>,
    },
}

/// How a sealed value is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Show {
    /// Opened.
    Open,
    /// Masked; opened first only where the mask needs it.
    Mask(Mask),
}

/// A protected column that a statement touches.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Touch {
    /// `schema.table`.
    pub table: String,
    /// Column.
    pub column: String,
    /// How.
    pub action: Action,
}

/// How a statement touches a protected column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "plain words")]
pub enum Action {
    Open,
    Mask,
    Search,
    Write,
    Delete,
}
