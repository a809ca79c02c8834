//! The analysis of one statement: what it collects, and how it refuses.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::coerce::oid;
use super::edits::{Edit, Part};
use super::lineage::{Column, Constants, LeafKind, Lineage, Shown, Value};
use super::rechecked::Rechecks;
use super::{Action, Condition, Derived, Exact, Keep, Request, Seek, Touch, Whose, World};
use crate::fault::{Fault, Refusal};
use crate::mask::Mask;
use crate::policy::{ColumnRights, OnMaskedWrite, Protected, Sight};
use crate::seal::SealSpec;
use crate::sql::{ConstantKind, Range, ReadError, Token};
use crate::value::Kind;

/// What analysing a statement collects. Views are analysed with an analysis of their own, in which nothing can
/// be edited.
pub(super) struct Analysis<'a> {
    pub(super) world: &'a World,
    pub(super) request: &'a Request<'a>,
    /// Text and tokens that positions refer to: the client's, or a view's definition.
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// Inside a view's definition: vouched for by who made the view; no edits.
    pub(super) view: usize,
    pub(super) edits: Vec<Edit>,
    pub(super) uses: Vec<Use>,
    pub(super) touches: BTreeSet<Touch>,
    pub(super) guesses: u32,
    pub(super) writes: bool,
    /// Protected tables met, by oid.
    pub(super) tables: BTreeSet<u32>,
    /// Names of WITH in sight, innermost last; `None` where it is not read yet.
    pub(super) ctes: Vec<(String, Option<Vec<Column>>)>,
    /// A name was not found: the snapshot may be old.
    pub(super) stale: bool,
    /// Leaves that became something: by their first token.
    pub(super) leaves: HashMap<usize, LeafState>,
    /// Constants that are another branch of a sealed value, by their first token.
    pub(super) branches: HashMap<usize, Branch>,
    /// A `*` stood for columns whose number is not known.
    pub(super) unknown_width: bool,
    /// Constants that are result columns of their own without a name given: where one would stand, and the one that
    /// the server takes.
    pub(super) unnamed: HashMap<usize, (usize, String)>,
    /// Columns whose first assigned value was tied to them (`adopt`).
    pub(super) anchors: std::collections::HashSet<(u32, i16)>,
    /// Where `sealwire.ci` was written already: first tokens.
    pub(super) tagged: std::collections::HashSet<usize>,
    /// Tokens of the statement.
    pub(super) whole: Range,
    /// Views that are written through, by oid.
    pub(super) through: HashMap<u32, Arc<super::through::Beneath>>,
    /// A view over protected tables was met.
    pub(super) viewed: bool,
    /// What is assigned comes from a query, whose columns have types of their own.
    pub(super) from_query: bool,
    /// A routine that the rules vouch for was called.
    pub(super) calls_vouched: bool,
    /// Its rows become a table of their own (SELECT INTO).
    pub(super) makes: bool,
    /// The conditions of its own WHERE that the proxy decides.
    pub(super) rechecks: Rechecks,
    /// The query that comes next is the statement itself: its result may be another than the server's.
    pub(super) derives: bool,
    /// The change that comes next is the statement itself: its RETURNING may be another than the server's.
    pub(super) returns: bool,
    /// How it differs.
    pub(super) derived: Option<Derived>,
    /// The entries of its select list as tokens, while they may be computed.
    pub(super) computing: Option<Vec<Range>>,
    /// Those that are, and what is bound for them.
    pub(super) pending: Vec<super::computed::Pending>,
    pub(super) computed_arguments: Vec<super::Argument>,
    /// Of whom the values are that are being assigned, where the statement says so.
    pub(super) whose: Option<Arc<Whose>>,
    /// Relations whose indexes could tell what is hidden, and what is asked by name.
    pub(super) references: Vec<super::telling::Reference>,
    pub(super) sought: super::telling::Sought,
    /// What those beneath the view that was read last could tell.
    pub(super) beneath: Vec<super::telling::Telling>,
    /// The query that comes next is a view's; what the entries of its list are.
    pub(super) lists: bool,
    pub(super) listed: Option<Vec<Option<(usize, String)>>>,
    /// What becomes of the columns of the row that is being written.
    pub(super) row: super::judged::Row,
    /// Every analysis ends somewhere: nested views and queries.
    pub(super) depth: usize,
}

/// What a constant in the text was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LeafState {
    Plain,
    /// A sealed value of this column, or (true) an array of such.
    Adopted(Arc<Protected>, SealSpec, bool),
    /// The tag of the values that fulfil this condition.
    Sought(SealSpec, Condition),
    /// Looked at once already.
    Done,
}

/// A constant that is another branch of a sealed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Branch {
    /// The type that the server gives the whole.
    pub(super) told: u32,
    pub(super) at: BranchAt,
}

/// Whether the column could hold it, and show it in its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BranchAt {
    Held,
    /// It is only shown.
    Foreign,
    /// It is bound: this use of a placeholder says.
    Use(usize),
}

/// One use of a placeholder.
#[derive(Debug, Clone)]
pub(super) struct Use {
    /// From 1.
    pub(super) number: usize,
    pub(super) token: usize,
    pub(super) way: Way,
}

/// How a placeholder is used.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Way {
    Plain,
    Guess,
    Seal {
        column: Arc<Protected>,
        spec: SealSpec,
        /// What the client gives: declared by it, or by a cast; 0 for the column's own.
        given: u32,
        /// What ParameterDescription shows.
        shown: u32,
        array: bool,
        guess: bool,
        exact: Exact,
        whose: Option<Arc<Whose>>,
    },
    /// The tag of the values that fulfil a condition.
    Tag {
        column: Arc<Protected>,
        spec: SealSpec,
        by: Condition,
        /// What ParameterDescription shows.
        shown: u32,
        array: bool,
        guess: bool,
    },
    /// The search tokens that a fulfilling value has.
    Tokens {
        /// With the type that the value is read as.
        column: Arc<Protected>,
        spec: SealSpec,
        by: Seek,
        sent_as: u32,
        /// What ParameterDescription shows.
        shown: u32,
        guess: bool,
    },
    Keep(Keep, u32),
    KeepFlag,
    /// Read by the proxy alone, as a value of this type.
    Local(u32),
}

const DEPTH: usize = 200;

impl<'a> Analysis<'a> {
    pub(super) fn new(
        world: &'a World,
        request: &'a Request<'a>,
        text: &'a str,
        tokens: &'a [Token],
    ) -> Self {
        Analysis {
            world,
            request,
            text,
            tokens,
            view: 0,
            edits: Vec::new(),
            uses: Vec::new(),
            touches: BTreeSet::new(),
            guesses: 0,
            writes: false,
            tables: BTreeSet::new(),
            ctes: Vec::new(),
            stale: false,
            leaves: HashMap::new(),
            branches: HashMap::new(),
            unknown_width: false,
            anchors: std::collections::HashSet::new(),
            unnamed: HashMap::new(),
            whose: None,
            tagged: std::collections::HashSet::new(),
            whole: Range { first: 0, last: 0 },
            through: HashMap::new(),
            viewed: false,
            references: Vec::new(),
            sought: super::telling::Sought::default(),
            beneath: Vec::new(),
            lists: false,
            listed: None,
            calls_vouched: false,
            from_query: false,
            makes: false,
            rechecks: Rechecks::default(),
            derives: false,
            returns: false,
            derived: None,
            computing: None,
            pending: Vec::new(),
            computed_arguments: Vec::new(),
            row: super::judged::Row::default(),
            depth: 0,
        }
    }

    /// Counts a level of nesting.
    pub(super) fn enter(&mut self) -> Result<(), Refusal> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Refusal::new(
                Fault::TooComplex,
                "the statement is nested too deeply",
            ));
        }
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// A refusal at a token of the client's text.
    pub(super) fn refuse<T>(
        &self,
        fault: Fault,
        message: impl Into<String>,
        token: Option<usize>,
    ) -> Result<T, Refusal> {
        Err(self.refusal(fault, message, token))
    }

    pub(super) fn refusal(
        &self,
        fault: Fault,
        message: impl Into<String>,
        token: Option<usize>,
    ) -> Refusal {
        let refusal = Refusal::new(fault, message);
        match token.and_then(|token| self.position(token)) {
            Some(position) => refusal.at(position),
            None => refusal,
        }
    }

    /// The refusal of a statement that was not read.
    pub(super) fn unread(&self, error: ReadError, hit: usize) -> Refusal {
        match error {
            ReadError::TooComplex => {
                Refusal::new(Fault::TooComplex, "the statement is nested too deeply")
            }
            ReadError::Unread { what, token } => self.refusal(
                Fault::Unparsed,
                format!("the statement could not be read: {what}"),
                Some(token.unwrap_or(hit)),
            ),
        }
    }

    /// The constants in the text itself do not try more values than one statement may.
    pub(super) fn within_budget(&mut self) -> Result<(), Refusal> {
        self.unorder()?;
        if self.guesses > self.request.rights.guesses_per_statement {
            return Err(Refusal::new(
                Fault::GuessBudget,
                "too many search constants in one statement",
            ));
        }
        Ok(())
    }

    /// Characters from 1; none inside a view.
    pub(super) fn position(&self, token: usize) -> Option<usize> {
        if self.view > 0 {
            return None;
        }
        let start = self.tokens.get(token)?.start;
        Some(self.text.get(..start)?.chars().count() + 1)
    }

    /// What the principal may do with a column. A column without an entry: nothing.
    pub(super) fn right(&self, column: &Protected) -> ColumnRights {
        let known = self
            .request
            .rights
            .tables
            .get(&column.table)
            .and_then(|table| table.columns.get(&column.attnum));
        known.cloned().unwrap_or_else(|| ColumnRights {
            sight: Sight::Mask(column.default_mask.clone()),
            search: false,
            write: false,
            on_masked_write: OnMaskedWrite::Refuse,
        })
    }

    pub(super) fn reveals(&self, column: &Protected) -> bool {
        self.right(column).sight == Sight::Reveal
    }

    /// The mask that a value is shown under; `None`: it is opened. Where it may come from columns with different
    /// masks, none of them may be shown of the other's values.
    pub(super) fn mask(&self, value: &Value) -> Option<Mask> {
        let mut masks = value
            .columns
            .iter()
            .filter_map(|column| match self.right(column).sight {
                Sight::Reveal => None,
                Sight::Mask(mask) => Some(mask),
            });
        let first = masks.next()?;
        Some(if masks.all(|other| other == first) {
            first
        } else {
            Mask::Null
        })
    }

    pub(super) fn touch(&mut self, column: &Protected, action: Action) {
        self.touches.insert(Touch {
            table: column.table_name.clone(),
            column: column.column.clone(),
            action,
        });
    }

    /// Needs a value to be one of its columns': it is compared, sorted or stored, not only shown. A constant beside them
    /// that the column would not hold in its form is refused, one that is bound when it is.
    pub(super) fn exactly(&mut self, value: &Value) -> Result<(), Refusal> {
        let other = match (value.shown, value.column().map(|own| &own.declared.kind)) {
            (Shown::As(oid::BPCHAR, _), Some(_)) => true,
            (Shown::As(_, _), Some(kind)) => matches!(kind, Kind::Char { .. }),
            _ => false,
        };
        if other && let Some(column) = value.column() {
            // Blanks count in one of the types and not in the other.
            let message = format!(
                "column {} is used as another type of text beside a constant",
                column.qualified()
            );
            let token = value.beside.first().copied();
            return self.refuse(Fault::ServerDependentValue, message, token);
        }
        for leaf in &value.beside {
            self.exact_leaf(*leaf)?;
        }
        Ok(())
    }

    /// The same of one constant.
    pub(super) fn exact_leaf(&mut self, leaf: usize) -> Result<(), Refusal> {
        match self.branches.get(&leaf).map(|branch| branch.at) {
            None | Some(BranchAt::Held) => Ok(()),
            Some(BranchAt::Foreign) => {
                let message = "a constant beside the values of a sealed column is not in the form that the column has it in, and more is done with it than to show it";
                self.refuse(Fault::ServerDependentValue, message, Some(leaf))
            }
            Some(BranchAt::Use(at)) => {
                if let Some(Use {
                    way:
                        Way::Seal {
                            exact: Exact::Merged { shown_only, .. },
                            ..
                        },
                    ..
                }) = self.uses.get_mut(at)
                {
                    *shown_only = false;
                }
                Ok(())
            }
        }
    }

    /// Needs the search right on every column of a value, and records the search.
    pub(super) fn need_search(
        &mut self,
        value: &Value,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        for column in &value.columns {
            let right = self.right(column);
            if self.view == 0 && right.sight != Sight::Reveal && !right.search {
                let message = format!(
                    "column {} may not be used in a predicate by this role",
                    column.qualified()
                );
                return self.refuse(Fault::SearchMissing, message, token);
            }
            self.touch(column, Action::Search);
        }
        self.no_list_within(value, token)?;
        self.exactly(value)
    }

    /// Needs equality on a value: the capability and the right.
    pub(super) fn need_equality(
        &mut self,
        value: &Value,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        self.need_search(value, token)?;
        match value.columns.iter().find(|column| !column.has_equality()) {
            None => Ok(()),
            Some(column) => {
                let message = format!(
                    "column {} is sealed randomly and cannot be compared",
                    column.qualified()
                );
                self.refuse(Fault::NotSearchable, message, token)
            }
        }
    }

    /// Takes a value as one that nothing protected may be in.
    pub(super) fn plain(
        &mut self,
        lineage: Lineage,
        what: &str,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        match lineage {
            Lineage::Plain => Ok(()),
            Lineage::Constants(constants) => self.settle(&constants),
            Lineage::Value(value) | Lineage::Array(value) => {
                let Some(column) = value.column().cloned() else {
                    return Ok(());
                };
                let right = self.right(&column);
                if right.sight != Sight::Reveal && !right.search {
                    let message = format!(
                        "column {} may not be used in {what} by this role",
                        column.qualified()
                    );
                    return self.refuse(Fault::SearchMissing, message, token);
                }
                let message = format!("column {} cannot be used in {what}", column.qualified());
                self.refuse(Fault::UnsupportedExpression, message, token)
            }
        }
    }

    /// Takes a value as one that is sorted by.
    pub(super) fn ordered(
        &mut self,
        lineage: Lineage,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        match lineage {
            Lineage::Value(value) => {
                for column in &value.columns {
                    let right = self.right(column);
                    if self.view == 0 && right.sight != Sight::Reveal && !right.search {
                        let message =
                            format!("this role may not sort by column {}", column.qualified());
                        return self.refuse(Fault::SearchMissing, message, token);
                    }
                }
                if !value.columns.iter().all(|column| column.order().is_some()) {
                    return self.without_order(&value, token);
                }
                self.need_search(&value, token)
            }
            Lineage::Plain | Lineage::Constants(_) | Lineage::Array(_) => {
                self.plain(lineage, "ORDER BY", token)
            }
        }
    }

    /// Refuses to sort or compare by the order of a value that has none.
    pub(super) fn without_order<T>(
        &self,
        value: &Value,
        token: Option<usize>,
    ) -> Result<T, Refusal> {
        let name = value
            .column()
            .map(|column| column.qualified())
            .unwrap_or_default();
        let message = format!("column {name} has no order to sort by");
        self.refuse(Fault::OrderNotAvailable, message, token)
    }

    /// Takes a value as one that is grouped by, or made distinct.
    pub(super) fn grouped(
        &mut self,
        lineage: &Lineage,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        match lineage {
            // Which of them are equal the server says: of what they are, and not of envelopes, of which no two may be.
            Lineage::Constants(constants) if constants.leaves.len() > 1 || constants.elements => {
                self.settle(&constants.clone())
            }
            Lineage::Plain | Lineage::Constants(_) => Ok(()),
            Lineage::Value(value) => self.need_equality(&value.clone(), token),
            Lineage::Array(_) => self.plain(lineage.clone(), "a grouping", token),
        }
    }

    /// Constants that stay what they are.
    pub(super) fn settle(&mut self, constants: &Constants) -> Result<(), Refusal> {
        for leaf in &constants.leaves {
            match self.leaves.get(&leaf.range.first) {
                Some(LeafState::Adopted(..) | LeafState::Sought(..)) => {
                    let message =
                        "a constant is used both for a sealed column and for something else";
                    return self.refuse(Fault::ParameterConflict, message, Some(leaf.range.first));
                }
                Some(LeafState::Plain | LeafState::Done) => {}
                None => {
                    self.leaves.insert(leaf.range.first, LeafState::Plain);
                    if let LeafKind::Placeholder(number) = leaf.kind {
                        self.uses.push(Use {
                            number,
                            token: leaf.range.first,
                            way: Way::Plain,
                        });
                    }
                }
            }
        }
        Ok(())
    }

    /// What a result column of these constants holds: sealed values, where one of them was adopted.
    pub(super) fn adopted(&self, constants: &Constants) -> Option<Lineage> {
        let found =
            constants
                .leaves
                .iter()
                .find_map(|leaf| match self.leaves.get(&leaf.range.first) {
                    Some(LeafState::Adopted(column, _, array)) => Some((column, *array)),
                    Some(LeafState::Plain | LeafState::Done | LeafState::Sought(..)) | None => None,
                });
        let (column, array) = found?;
        let value = Value {
            columns: vec![Arc::clone(column)],
            origin: None,
            shown: Shown::NoModifier,
            beside: constants
                .leaves
                .iter()
                .filter(|leaf| !matches!(leaf.kind, LeafKind::Constant(ConstantKind::Null)))
                .map(|leaf| leaf.range.first)
                .filter(|leaf| self.branches.contains_key(leaf))
                .collect(),
        };
        // Without a type of their own they are text where the column is.
        let told = match self.constants_type(constants, column) {
            Ok(Some((0, _))) if is_text(&column.declared) => Some((oid::TEXT, -1)),
            Ok(Some((given, typmod)))
                if super::coerce::beside(&column.declared, given).is_some() =>
            {
                Some((given, typmod))
            }
            Ok(Some(_) | None) | Err(_) => None,
        };
        let value = match told {
            Some((oid, typmod)) => value.told_as(oid, typmod),
            None => value,
        };
        Some(if array && !constants.elements {
            Lineage::Array(value)
        } else {
            Lineage::Value(value)
        })
    }

    /// Replaces tokens by parts.
    pub(super) fn edit(&mut self, range: Range, parts: Vec<Part>) -> Result<(), Refusal> {
        let (Some(first), Some(last)) = (self.tokens.get(range.first), self.tokens.get(range.last))
        else {
            return self.refuse(
                Fault::Unparsed,
                "the statement could not be read with certainty",
                None,
            );
        };
        let (start, end) = (first.start, last.end);
        self.edit_bytes(start, end, parts)
    }

    /// Writes parts behind a token.
    pub(super) fn insert_after(&mut self, token: usize, parts: Vec<Part>) -> Result<(), Refusal> {
        match self.tokens.get(token).map(|token| token.end) {
            Some(at) => self.edit_bytes(at, at, parts),
            None => self.refuse(
                Fault::Unparsed,
                "the statement could not be read with certainty",
                None,
            ),
        }
    }

    /// Writes parts before a token.
    pub(super) fn insert_before(&mut self, token: usize, parts: Vec<Part>) -> Result<(), Refusal> {
        match self.tokens.get(token).map(|token| token.start) {
            Some(at) => self.edit_bytes(at, at, parts),
            None => self.refuse(
                Fault::Unparsed,
                "the statement could not be read with certainty",
                None,
            ),
        }
    }

    fn edit_bytes(&mut self, start: usize, end: usize, parts: Vec<Part>) -> Result<(), Refusal> {
        if self.view > 0 {
            return self.refuse(
                Fault::UnsupportedExpression,
                "a view holds a constant that would have to be sealed",
                None,
            );
        }
        self.edits.push(Edit { start, end, parts });
        Ok(())
    }
}

fn is_text(declared: &crate::value::DeclaredType) -> bool {
    matches!(declared.kind, Kind::Text | Kind::Varchar { .. })
}
