//! Conditions that the proxy decides: the server is asked for the rows that search tokens find, and the proxy opens the
//! columns and keeps those that fit. Only among the ANDs of the statement's own WHERE, where nothing else sees which rows
//! there are: no aggregate, no grouping, no lock. `count(*)` alone is counted by the proxy.
//!
//! A condition is read whole (`Tree`) before anything is written; then it is written in two ways: as one for the server
//! that is true at least wherever it is true, and as one over opened values.

use std::sync::Arc;

use super::analysis::{Analysis, LeafState, Use, Way};
use super::coerce::oid;
use super::counted;
use super::edits::Part;
use super::folded::is_text;
use super::lineage::{Column, Lineage};
use super::patterned::{Asked, TEXT, has_case, prefers_tokens};
use super::scope::Scope;
use super::seek::Seek;
use super::shaped::Shape;
use super::tokened::Tokened;
use super::{Argument, Input, Told};
use crate::eval::{self, Fits, Letters, TextFunction};
use crate::fault::{Fault, Refusal};
use crate::sql::{Expr, Query, Range, Select, condition, conditions, inside};
use crate::value::{CaseFunction, DeclaredType, Fold, Kind, Matching, Written};

/// What the proxy looks at.
#[derive(Default)]
pub(super) struct Rechecks {
    /// What the server sends for it.
    operands: Vec<Operand>,
    /// Conditions over the operands by their places here, and over the arguments.
    truths: Vec<eval::Expr>,
    /// Rows may be opened that no token has found.
    scans: bool,
}

struct Operand {
    /// As it is written; of a condition that the server decides with its edits.
    parts: Vec<Part>,
    /// The column; empty for a condition.
    name: String,
    lineage: Lineage,
    declared: DeclaredType,
}

/// A condition and where its parts stand.
enum Tree<'e> {
    Pattern(Box<Sifted<'e>>),
    /// What the server decides.
    Server(&'e Expr, Range),
    All(Vec<Tree<'e>>),
    Any(Vec<Tree<'e>>),
    Not(Box<Tree<'e>>),
}

/// A pattern condition that the proxy can decide.
struct Sifted<'e> {
    asked: Asked<'e>,
    written: Written,
    column: Tokened,
    /// A case function around the column.
    function: Option<TextFunction>,
    /// ILIKE.
    fold: Option<Fold>,
    /// The pattern, over the argument 0.
    pattern: eval::Expr,
    shape: Shape,
}

const BOOL: DeclaredType = DeclaredType {
    oid: oid::BOOL,
    typmod: -1,
    kind: Kind::Bool,
};

impl Analysis<'_> {
    /// The WHERE of a SELECT that is the statement itself.
    pub(super) fn own_filter(
        &mut self,
        filter: &Expr,
        select: &Select,
        query: &Query,
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        let alone = counted::is_alone(self, select, query);
        let whole = select
            .token
            .filter(|_| alone)
            .and_then(|token| condition(self.tokens, token, self.whole.last));
        match whole {
            Some(whole) => self.conjunct(filter, whole, scope),
            None => self.check(filter, "a condition", scope),
        }
    }

    /// One of the ANDs.
    fn conjunct(&mut self, expr: &Expr, range: Range, scope: &Scope<'_>) -> Result<(), Refusal> {
        self.enter()?;
        let done = match expr {
            Expr::And(parts) => match self.ranges(range, "and", parts.len()) {
                Some(ranges) => {
                    for (part, range) in parts.iter().zip(ranges) {
                        self.conjunct(part, range, scope)?;
                    }
                    true
                }
                None => false,
            },
            Expr::Nested { inner, .. } => match inside(self.tokens, range) {
                Some(range) => {
                    self.conjunct(inner, range, scope)?;
                    true
                }
                None => false,
            },
            other => self.looked_at(other, range, scope)?,
        };
        self.leave();
        if done {
            return Ok(());
        }
        self.check(expr, "a condition", scope)
    }

    fn ranges(&self, whole: Range, word: &str, count: usize) -> Option<Vec<Range>> {
        let ranges = conditions(self.tokens, whole, word)?;
        (ranges.len() == count).then_some(ranges)
    }

    /// A condition that the proxy decides. False: it is none, and nothing has been done.
    fn looked_at(&mut self, expr: &Expr, range: Range, scope: &Scope<'_>) -> Result<bool, Refusal> {
        let Some(tree) = self.tree(expr, range, scope)? else {
            return Ok(false);
        };
        if !looks(&tree) || !self.may_scan() && scans(&tree) {
            return Ok(false);
        }
        let (parts, truth) = self.write(&tree, true, scope)?;
        self.edit(range, parts)?;
        self.rechecks.truths.push(truth);
        Ok(true)
    }

    /// Reads a condition. `None`: where its parts stand is not certain.
    fn tree<'e>(
        &mut self,
        expr: &'e Expr,
        range: Range,
        scope: &Scope<'_>,
    ) -> Result<Option<Tree<'e>>, Refusal> {
        self.enter()?;
        let tree = self.tree_inside(expr, range, scope);
        self.leave();
        // What the server decides, it decides as a whole.
        Ok(tree?.map(|tree| {
            if looks(&tree) {
                tree
            } else {
                Tree::Server(expr, range)
            }
        }))
    }

    fn tree_inside<'e>(
        &mut self,
        expr: &'e Expr,
        range: Range,
        scope: &Scope<'_>,
    ) -> Result<Option<Tree<'e>>, Refusal> {
        let (parts, ranges, any) = match expr {
            Expr::Nested { inner, .. } => {
                return match inside(self.tokens, range) {
                    Some(range) => self.tree(inner, range, scope),
                    None => Ok(None),
                };
            }
            Expr::Logic { how: _, parts } => match parts.as_slice() {
                [inner] if self.is_word_at(range.first, "not") && range.first < range.last => {
                    let range = Range {
                        first: range.first + 1,
                        ..range
                    };
                    let inner = self.tree(inner, range, scope)?;
                    return Ok(inner.map(|inner| Tree::Not(Box::new(inner))));
                }
                parts => (parts, self.ranges(range, "or", parts.len()), true),
            },
            Expr::And(parts) => (
                parts.as_slice(),
                self.ranges(range, "and", parts.len()),
                false,
            ),
            other => {
                let sifted = self.sifted(other, range, scope)?;
                return Ok(Some(match sifted {
                    Some(sifted) if !self.is_decided(&sifted)? => Tree::Pattern(Box::new(sifted)),
                    Some(_) | None => Tree::Server(other, range),
                }));
            }
        };
        let Some(ranges) = ranges else {
            return Ok(None);
        };
        let mut trees = Vec::with_capacity(parts.len());
        for (part, range) in parts.iter().zip(ranges) {
            let Some(tree) = self.tree(part, range, scope)? else {
                return Ok(None);
            };
            trees.push(tree);
        }
        Ok(Some(if any {
            Tree::Any(trees)
        } else {
            Tree::All(trees)
        }))
    }

    /// A pattern condition of a sealed column that the role sees, whose tokens are these.
    fn sifted<'e>(
        &mut self,
        expr: &'e Expr,
        range: Range,
        scope: &Scope<'_>,
    ) -> Result<Option<Sifted<'e>>, Refusal> {
        let Some(asked) = self.asked_at(expr, range) else {
            return Ok(None);
        };
        if !asked.own.casts.iter().all(|site| is_text(site)) {
            return Ok(None);
        }
        let Some(column) = self.sealed_side(&asked.own, scope)? else {
            return Ok(None);
        };
        let text = matches!(
            column.column.declared.kind,
            Kind::Text | Kind::Varchar { .. }
        );
        let seen = column.value.columns.iter().all(|one| self.reveals(one));
        let found = column.tokens().matching.is_some() || column.tokens().prefix.is_some();
        if !text || !seen || !(found || self.may_scan()) {
            return Ok(None);
        }
        let mut shape = Shape::default();
        let Some(pattern) = self.shape(asked.pattern, &mut shape) else {
            return Ok(None);
        };
        let function = match asked.own.applied.as_slice() {
            [] => None,
            [function] => match self.case_of(&column, *function) {
                Some(function) => Some(function),
                None => return Ok(None),
            },
            [_, _, ..] => return Ok(None),
        };
        let fold = if asked.insensitive {
            let tagged = self
                .chain(asked.pattern)
                .is_some_and(|other| !prefers_tokens(&column, &other));
            if tagged && !(shape.placeholder.is_some() && has_case(&column)) {
                return Ok(None);
            }
            match self.case_of(&column, CaseFunction::Lower) {
                Some(TextFunction::Lower(Letters::Ascii)) => Some(Fold::Ascii),
                Some(_) => Some(Fold::Lower),
                None => return Ok(None),
            }
        } else {
            None
        };
        let written = self.way_written(&asked)?;
        Ok(Some(Sifted {
            asked,
            written,
            column,
            function,
            fold,
            pattern,
            shape,
        }))
    }

    /// A case function of a column's values, where what it makes of every letter is known.
    fn case_of(&self, column: &Tokened, function: CaseFunction) -> Option<TextFunction> {
        let known = column.tokens().matching.and_then(Matching::fold);
        let letters = match (known, function) {
            (Some(Fold::Ascii), _) => Letters::Ascii,
            (Some(Fold::Lower), CaseFunction::Lower) => Letters::Simple,
            _ => match self.letters(&column.column)? {
                Letters::AsciiAlone => return None,
                known @ (Letters::Ascii | Letters::Simple) => known,
            },
        };
        Some(match function {
            CaseFunction::Lower => TextFunction::Lower(letters),
            CaseFunction::Upper => TextFunction::Upper(letters),
        })
    }

    /// Whether rows may be opened that no token has found.
    fn may_scan(&self) -> bool {
        self.request.rights.scanned_rows > 0
    }

    /// NULL, and beginnings that have a token.
    fn is_decided(&self, one: &Sifted<'_>) -> Result<bool, Refusal> {
        let plain = one.function.is_none() && matches!(one.pattern, eval::Expr::Constant(_));
        let within = one.written == Written::Within;
        if one.shape.placeholder.is_some() || !plain || within || one.column.spec.tokens.is_none() {
            return Ok(false);
        }
        let by = self.seek(one, true);
        let settings = &self.request.environment.settings;
        Ok(match by.made(&one.column.column, None, settings)? {
            None => true,
            Some(value) => {
                let (column, spec) = (&one.column.column, &one.column.spec);
                by.fragments(column, spec, &value).is_ok()
            }
        })
    }

    fn seek(&self, one: &Sifted<'_>, exact: bool) -> Seek {
        Seek::Pattern {
            written: one.written,
            insensitive: one.fold.is_some() || one.function.is_some(),
            shape: (one.pattern != eval::Expr::Argument(0)).then(|| one.pattern.clone()),
            exact,
            scans: !exact && self.may_scan(),
        }
    }

    /// A condition for the server, where one is wanted, and the condition itself over opened values.
    fn write(
        &mut self,
        tree: &Tree<'_>,
        wanted: bool,
        scope: &Scope<'_>,
    ) -> Result<(Vec<Part>, eval::Expr), Refusal> {
        self.enter()?;
        let written = match tree {
            Tree::Pattern(one) => self.write_pattern(one, wanted),
            Tree::Server(expr, range) => self.write_plain(expr, *range, scope),
            Tree::All(trees) => {
                let (parts, truths) = self.write_all(trees, " AND ", wanted, scope)?;
                Ok((parts, eval::Expr::All(truths)))
            }
            Tree::Any(trees) => {
                let (parts, truths) = self.write_all(trees, " OR ", wanted, scope)?;
                Ok((parts, eval::Expr::Any(truths)))
            }
            Tree::Not(inner) => {
                self.need_scan(tree)?;
                let (_, truth) = self.write(inner, false, scope)?;
                let parts = vec![Part::Text("true".to_owned())];
                Ok((parts, eval::Expr::Not(Box::new(truth))))
            }
        };
        self.leave();
        written
    }

    fn write_all(
        &mut self,
        trees: &[Tree<'_>],
        between: &str,
        wanted: bool,
        scope: &Scope<'_>,
    ) -> Result<(Vec<Part>, Vec<eval::Expr>), Refusal> {
        let mut parts = vec![Part::Text("(".to_owned())];
        let mut truths = Vec::with_capacity(trees.len());
        for (at, tree) in trees.iter().enumerate() {
            if at > 0 {
                parts.push(Part::Text(between.to_owned()));
            }
            let (own, truth) = self.write(tree, wanted, scope)?;
            parts.extend(own);
            truths.push(truth);
        }
        parts.push(Part::Text(")".to_owned()));
        Ok((parts, truths))
    }

    fn need_scan(&mut self, tree: &Tree<'_>) -> Result<(), Refusal> {
        if self.may_scan() {
            self.rechecks.scans = true;
            return Ok(());
        }
        let message = "only the values of all rows tell which of them fit";
        self.refuse(Fault::PatternUndecided, message, first_token(tree))
    }

    fn write_pattern(
        &mut self,
        one: &Sifted<'_>,
        wanted: bool,
    ) -> Result<(Vec<Part>, eval::Expr), Refusal> {
        let token = one.asked.own.range.first;
        self.need_search(&one.column.value, Some(token))?;
        for leaf in &one.shape.leaves {
            self.take_leaf(*leaf)?;
        }
        let (column, spec) = (&one.column.column, &one.column.spec);
        let name = &one.column.name;
        let asked_of_tokens = wanted && !one.asked.negated && spec.tokens.is_some();
        let by = self.seek(one, false);
        let mut pattern = one.pattern.clone();
        let tokens = match one.shape.placeholder {
            Some((number, at)) => {
                let own = self.declared(number);
                let sought = self.pattern_type(&one.column, (own, one.shape.cast), at)?;
                self.uses.push(Use {
                    number,
                    token: at,
                    way: Way::Local(sought.shown),
                });
                pattern.argue(self.computed_arguments.len());
                self.computed_arguments.push(Argument {
                    parameter: number.saturating_sub(1),
                    declared: TEXT,
                    sent_as: sought.sent_as,
                });
                // Which pattern it is shows itself at Bind.
                self.rechecks.scans |= self.may_scan();
                asked_of_tokens.then(|| {
                    self.uses.push(Use {
                        number,
                        token: at,
                        way: Way::Tokens {
                            column: sought.reading,
                            spec: spec.clone(),
                            by,
                            sent_as: sought.sent_as,
                            shown: sought.shown,
                            guess: false,
                        },
                    });
                    Part::Use(self.uses.len() - 1)
                })
            }
            None => {
                let settings = &self.request.environment.settings;
                let value = by
                    .made(column, None, settings)
                    .map_err(|refusal| self.placed(refusal, token))?;
                pattern = eval::Expr::Constant(value.clone());
                match value {
                    None if asked_of_tokens => {
                        Some(Part::Text("NULL::pg_catalog.int8[]".to_owned()))
                    }
                    Some(value) if asked_of_tokens => {
                        let fragments = by
                            .fragments(column, spec, &value)
                            .map_err(|refusal| self.placed(refusal, token))?;
                        self.rechecks.scans |= fragments.is_empty() && self.may_scan();
                        Some(Part::Tokens {
                            column: Arc::clone(column),
                            spec: spec.clone(),
                            fragments,
                        })
                    }
                    None | Some(_) => None,
                }
            }
        };
        let parts = match tokens {
            Some(tokens) => vec![
                Part::Text(format!("(sealwire.tokens({name}) OPERATOR(pg_catalog.@>) ")),
                tokens,
                Part::Text(")".to_owned()),
            ],
            None => {
                if wanted && !self.may_scan() {
                    let message = "only the values of all rows tell which of them fit the pattern";
                    return self.refuse(Fault::PatternUndecided, message, Some(token));
                }
                self.rechecks.scans |= wanted;
                vec![Part::Text(format!("({name} IS NOT NULL)"))]
            }
        };
        let place = self.looked_operand(
            vec![Part::Text(name.clone())],
            name,
            Lineage::Value(one.column.value.clone()),
            one.column.column.declared.clone(),
        );
        let text = eval::Expr::Column(place);
        let fits = eval::Expr::Fits(Box::new(Fits {
            text: match one.function {
                None => text,
                Some(function) => eval::Expr::Text(function, vec![text]),
            },
            pattern,
            written: one.written,
            fold: one.fold,
        }));
        let truth = if one.asked.negated {
            eval::Expr::Not(Box::new(fits))
        } else {
            fits
        };
        Ok((parts, truth))
    }

    /// A constant that is read here and nowhere else.
    fn take_leaf(&mut self, token: usize) -> Result<(), Refusal> {
        match self.leaves.insert(token, LeafState::Done) {
            None => Ok(()),
            Some(_) => self.refuse(
                Fault::ParameterConflict,
                "a constant is used both for a sealed column and for something else",
                Some(token),
            ),
        }
    }

    /// A condition that the server decides, beside one that it does not: its truth comes along.
    fn write_plain(
        &mut self,
        expr: &Expr,
        range: Range,
        scope: &Scope<'_>,
    ) -> Result<(Vec<Part>, eval::Expr), Refusal> {
        self.check(expr, "a condition", scope)?;
        let (Some(own), true) = (self.take_edits(range), self.is_steady(&[range])) else {
            let message = "a condition beside one that only the opened values decide";
            return self.refuse(Fault::PatternUndecided, message, Some(range.first));
        };
        let mut parts = vec![Part::Text("(".to_owned())];
        parts.extend(own);
        parts.push(Part::Text(")".to_owned()));
        let place = self.looked_operand(parts.clone(), "", Lineage::Plain, BOOL);
        Ok((parts, eval::Expr::Column(place)))
    }

    /// The text of these tokens with its edits, which are no longer those of the statement.
    fn take_edits(&mut self, range: Range) -> Option<Vec<Part>> {
        let start = self.tokens.get(range.first)?.start;
        let end = self.tokens.get(range.last)?.end;
        let within = |edit: &super::edits::Edit| edit.start >= start && edit.end <= end;
        let crosses = |edit: &super::edits::Edit| edit.start < end && edit.end > start;
        if self.edits.iter().any(|edit| crosses(edit) && !within(edit)) {
            return None;
        }
        let (mut taken, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.edits)
            .into_iter()
            .partition(within);
        self.edits = kept;
        taken.sort_by_key(|edit| (edit.start, edit.end));
        let mut parts = Vec::new();
        let mut at = start;
        for edit in taken {
            parts.push(Part::Text(self.text.get(at..edit.start)?.to_owned()));
            parts.extend(edit.parts);
            at = edit.end;
        }
        parts.push(Part::Text(self.text.get(at..end)?.to_owned()));
        Some(parts)
    }

    fn looked_operand(
        &mut self,
        parts: Vec<Part>,
        name: &str,
        lineage: Lineage,
        declared: DeclaredType,
    ) -> usize {
        let operands = &mut self.rechecks.operands;
        let known = operands
            .iter()
            .position(|own| !name.is_empty() && own.name == name);
        known.unwrap_or_else(|| {
            operands.push(Operand {
                parts,
                name: name.to_owned(),
                lineage,
                declared,
            });
            operands.len() - 1
        })
    }

    /// Lets the proxy look at the rows: what it reads comes along, hidden where the list does not have it.
    pub(super) fn recheck(
        &mut self,
        select: &Select,
        query: &Query,
        columns: &mut Vec<Column>,
    ) -> Result<(), Refusal> {
        let rechecks = std::mem::take(&mut self.rechecks);
        if rechecks.truths.is_empty() {
            return Ok(());
        }
        let counted = counted::counts(select, query);
        if let Some(name) = &counted {
            let items = self.item_ranges(select);
            let Some(item) = items.and_then(|items| items.first().copied()) else {
                let message = "where the select list ends is not certain";
                return self.refuse(Fault::Unparsed, message, select.token);
            };
            self.edit(item, vec![Part::Text("1".to_owned())])?;
            self.deriving(1).columns = vec![Told::Count { name: name.clone() }];
        }
        let arguments = std::mem::take(&mut self.computed_arguments);
        let most = self.request.rights.scanned_rows;
        let derived = self.deriving(columns.len());
        if derived.arguments.is_empty() {
            derived.arguments = arguments;
        }
        derived.most_in_vain = rechecks.scans.then_some(most);
        let mut places = Vec::with_capacity(rechecks.operands.len());
        for one in rechecks.operands {
            let shown = if counted.is_none() {
                shown(&one.lineage, select, columns)
            } else {
                None
            };
            let place = match shown {
                Some(place) => place,
                None => self.hide(select, columns, one.parts, one.lineage)?,
            };
            let inputs = &mut self.deriving(0).inputs;
            if !inputs.iter().any(|input| input.column == place) {
                inputs.push(Input {
                    column: place,
                    declared: one.declared,
                });
            }
            places.push(place);
        }
        let mut filter = eval::Expr::All(rechecks.truths);
        filter.place(&places);
        self.deriving(0).filter = Some(filter);
        Ok(())
    }
}

/// Where a column stands in the list already: only one table is read, so that no other column could be meant.
fn shown(lineage: &Lineage, select: &Select, columns: &[Column]) -> Option<usize> {
    let Lineage::Value(own) = lineage else {
        return None;
    };
    let [crate::sql::Source::Named { .. }] = select.from.as_slice() else {
        return None;
    };
    let origin = own.origin?;
    columns.iter().position(|column| match &column.lineage {
        Lineage::Value(value) => value.origin == Some(origin) && value.shown == own.shown,
        Lineage::Plain | Lineage::Constants(_) | Lineage::Array(_) => false,
    })
}

/// Whether there is something in it that the server does not decide.
fn looks(tree: &Tree<'_>) -> bool {
    match tree {
        Tree::Server(..) => false,
        Tree::Pattern(_) => true,
        Tree::All(parts) | Tree::Any(parts) => parts.iter().any(looks),
        Tree::Not(inner) => looks(inner),
    }
}

/// Whether rows have to be looked at that no token finds.
fn scans(tree: &Tree<'_>) -> bool {
    match tree {
        Tree::Server(..) => false,
        Tree::Pattern(one) => one.asked.negated || one.column.spec.tokens.is_none(),
        Tree::All(parts) | Tree::Any(parts) => parts.iter().any(scans),
        Tree::Not(inner) => looks(inner),
    }
}

fn first_token(tree: &Tree<'_>) -> Option<usize> {
    match tree {
        Tree::Pattern(one) => Some(one.asked.own.range.first),
        Tree::Server(_, range) => Some(range.first),
        Tree::All(parts) | Tree::Any(parts) => parts.first().and_then(first_token),
        Tree::Not(inner) => first_token(inner),
    }
}
