//! The catalog facade: where a statement reads a catalog that has a view in schema `sealwire` (in the form of a
//! function of one SELECT), the view stands in its place. Catalogs hold nothing to seal, so tokens are enough, and statements that the reader does not know
//! (`OPERATOR(pg_catalog.=) ANY (…)`) are served too. What is not certain stays as it is: then the catalog shows the
//! sealed type, and nothing breaks.

use std::collections::HashSet;

use super::edits::{Edit, Part, quoted};
use super::{Request, World};
use crate::catalog::{FACADE, FACADE_FUNCTIONS, FacadeView, SYSTEM_COLUMNS};
use crate::sql::{Range, Token};

/// What becomes of the names of catalogs in one statement.
#[derive(Debug, Default)]
pub(super) struct Faces {
    /// The edits.
    pub(super) edits: Vec<Edit>,
    /// Tokens of relation names that they replace: nobody else writes there.
    pub(super) tokens: HashSet<usize>,
}

/// Names that make a text worth a look. Names in `information_schema` are too common: its own stands for them.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    let catalogs = FACADE.iter().filter(|view| view.schema == CATALOG);
    catalogs
        .map(|view| view.relation)
        .chain(FACADE_FUNCTIONS.iter().copied())
        .chain(["information_schema"])
}

const CATALOG: &str = "pg_catalog";

/// Statements that read, whatever else they do.
const READING: &[&str] = &[
    "select", "with", "values", "table", "explain", "copy", "declare", "prepare", "insert",
];

/// What else a statement of them may do, and then its names are left alone: they could be written to.
const WRITING: &[&str] = &["update", "delete", "merge", "truncate"];

/// What may follow a relation that has no alias.
const AFTER: &[&str] = &[
    "natural",
    "cross",
    "inner",
    "left",
    "right",
    "full",
    "join",
    "on",
    "using",
    "where",
    "group",
    "having",
    "window",
    "union",
    "intersect",
    "except",
    "order",
    "limit",
    "offset",
    "fetch",
    "returning",
];

/// The edits of one statement: `range` of `tokens`. `settled`: nothing before it in the text changes what names mean.
pub(super) fn faces(
    world: &World,
    request: &Request<'_>,
    tokens: &[Token],
    range: Range,
    settled: bool,
) -> Faces {
    let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
    let face = Face {
        world,
        request,
        tokens: own,
        settled,
    };
    let mut faces = face.edits().unwrap_or_default();
    faces.tokens = faces.tokens.iter().map(|at| at + range.first).collect();
    faces
}

struct Face<'a> {
    world: &'a World,
    request: &'a Request<'a>,
    tokens: &'a [Token],
    settled: bool,
}

/// A name where a relation stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Its first token, and the last of the name.
    first: usize,
    last: usize,
    /// `TABLE name` takes no alias.
    command: bool,
}

/// One pair of parentheses, or what is around them all.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    /// It can hold clauses.
    query: bool,
    /// Within FROM.
    from: bool,
    /// A relation comes next.
    expects: bool,
}

impl Face<'_> {
    fn edits(&self) -> Option<Faces> {
        let first = self.tokens.iter().find(|token| !token.is_mark('('))?;
        if !READING.iter().any(|word| first.is_word(word)) || self.writes() {
            return None;
        }
        let places = self.places()?;
        let mut faces = Faces::default();
        let mut relations: Vec<&FacadeView> = FACADE.iter().filter(|view| !view.system).collect();
        relations.dedup_by_key(|view| (view.schema, view.relation));
        for relation in relations {
            self.relation(relation, &places, &mut faces);
        }
        for at in 0..self.tokens.len() {
            self.function(at, &mut faces);
        }
        Some(faces)
    }

    fn word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_word(word))
    }

    fn mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(mark))
    }

    fn name(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).and_then(Token::name)
    }

    /// The token before, as a mark or a word.
    fn before(&self, at: usize, is: impl Fn(&Token) -> bool) -> bool {
        at.checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .is_some_and(is)
    }

    /// A keyword here is one, and not a label.
    fn is_keyword(&self, at: usize) -> bool {
        !self.before(at, |token| token.is_mark('.') || token.is_word("as"))
    }

    /// Whether it writes, or locks rows, which a view cannot.
    fn writes(&self) -> bool {
        let inserts = self.word(0, "insert");
        (0..self.tokens.len()).any(|at| {
            WRITING.iter().any(|word| self.word(at, word))
                || (self.word(at, "into") && !inserts)
                || (self.word(at, "for")
                    && ["share", "no", "key"]
                        .iter()
                        .any(|word| self.word(at + 1, word)))
        })
    }

    /// Every name that stands where a relation does. `None` where the parentheses do not close.
    fn places(&self) -> Option<Vec<Place>> {
        let mut places = Vec::new();
        let mut levels = vec![Level {
            query: true,
            ..Level::default()
        }];
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            let level = levels.last_mut()?;
            if token.is_mark('(') || token.is_mark('[') {
                let inside = self.opens(at, *level);
                level.expects = false;
                levels.push(inside);
            } else if token.is_mark(')') || token.is_mark(']') {
                levels.pop();
                levels.last()?;
            } else if token.is_mark(',') {
                level.expects = level.from;
            } else if level.expects && (token.is_word("only") || token.is_word("lateral")) {
                // The relation is still to come.
            } else if level.expects && token.name().is_some() {
                let place = self.path(at, false);
                level.expects = false;
                at = place.last;
                if !self.mark(at + 1, '(') {
                    places.push(place);
                }
            } else if level.query && token.is_word("table") && self.is_keyword(at) {
                let next = if self.word(at + 1, "only") {
                    at + 2
                } else {
                    at + 1
                };
                if self.name(next).is_some() {
                    let place = self.path(next, true);
                    places.push(place);
                    at = place.last;
                }
            } else if level.query && self.is_keyword(at) {
                self.clause(at, level);
            }
            at += 1;
        }
        (levels.len() == 1).then_some(places)
    }

    fn clause(&self, at: usize, level: &mut Level) {
        let is = |words: &[&str]| words.iter().any(|word| self.word(at, word));
        if is(&["from"]) {
            let other = |token: &Token| token.is_word("distinct") || token.is_word("rows");
            if !self.before(at, other) && !level.from {
                (level.from, level.expects) = (true, true);
            }
        } else if is(&["join"]) {
            level.expects = level.from;
        } else if is(&[
            "select",
            "where",
            "group",
            "having",
            "window",
            "union",
            "intersect",
            "except",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
            "returning",
        ]) {
            (level.from, level.expects) = (false, false);
        } else {
            level.expects = false;
        }
    }

    /// What a parenthesis or bracket holds.
    fn opens(&self, at: usize, around: Level) -> Level {
        let starts = |at: usize| {
            ["select", "with", "values", "table"]
                .iter()
                .any(|word| self.word(at, word))
        };
        let mut first = at + 1;
        while self.mark(first, '(') {
            first += 1;
        }
        if self.mark(at, '[') {
            Level::default()
        } else if starts(at + 1) {
            Level {
                query: true,
                ..Level::default()
            }
        } else if around.expects {
            // A join, or another pair of parentheses.
            Level {
                query: true,
                from: true,
                expects: true,
            }
        } else {
            Level {
                query: starts(first) && first > at + 1,
                ..Level::default()
            }
        }
    }

    /// The dotted name that begins here.
    fn path(&self, first: usize, command: bool) -> Place {
        let mut last = first;
        while self.mark(last + 1, '.') && self.name(last + 2).is_some() {
            last += 2;
        }
        Place {
            first,
            last,
            command,
        }
    }

    /// Edits every place of one catalog, or none where one of them is in doubt.
    fn relation(&self, relation: &FacadeView, places: &[Place], faces: &mut Faces) {
        let mentions: Vec<usize> = (0..self.tokens.len())
            .filter(|at| self.name(*at) == Some(relation.relation))
            .collect();
        if mentions.is_empty() {
            return;
        }
        let Some(view) = self.view(relation) else {
            return;
        };
        if mentions.iter().any(|at| self.is_type(*at)) {
            return;
        }
        let common = mentions.iter().any(|at| self.is_common(*at));
        let mut edits = Vec::new();
        let mut tokens = Vec::new();
        let mut bare = false;
        for place in places.iter().filter(|place| mentions.contains(&place.last)) {
            let alias = self.has_alias(place.last + 1);
            if !self.is_meant(relation, place, common) {
                if !alias {
                    bare = true;
                }
                continue;
            }
            let Some(edit) = self.shown(place, view, alias) else {
                return;
            };
            edits.push(edit);
            tokens.push(place.last);
        }
        if edits.is_empty() {
            return;
        }
        // References by schema and table.
        for at in mentions {
            let by_schema = at >= 2
                && self.mark(at - 1, '.')
                && self.name(at - 2) == Some(relation.schema)
                && self.mark(at + 1, '.');
            if !by_schema {
                continue;
            }
            if bare || (at >= 3 && self.mark(at - 3, '.')) {
                return;
            }
            match self.edit(at - 2, at, quoted(relation.relation)) {
                Some(edit) => edits.push(edit),
                None => return,
            }
        }
        faces.edits.extend(edits);
        faces.tokens.extend(tokens);
    }

    /// The view in the place of a catalog. It is a call, and takes neither ONLY nor `*`, which say nothing of a catalog.
    fn shown(&self, place: &Place, view: &FacadeView, alias: bool) -> Option<Edit> {
        if self.word(place.last + 1, "tablesample") {
            return None;
        }
        let only = self.before(place.first, |token| token.is_word("only"));
        let first = place.first - usize::from(only);
        let star = (self.tokens.get(place.last + 1)).is_some_and(|token| token.is_operator("*"));
        let last = place.last + usize::from(star);
        let called = format!("sealwire.{}()", view.name);
        let named = format!("{called} AS {}", quoted(view.relation));
        if place.command {
            return self.edit(first - 1, last, format!("SELECT * FROM {named}"));
        }
        if self.before(place.first, |token| token.is_mark('('))
            && place.first >= 2
            && self.word(place.first - 2, "only")
        {
            return None;
        }
        let alias = alias || (star && self.has_alias(last + 1));
        self.edit(first, last, if alias { called } else { named })
    }

    /// The view that has what the statement asks for; `None` where none has.
    fn view(&self, relation: &FacadeView) -> Option<&'static FacadeView> {
        let any = |words: &[&str]| {
            self.tokens
                .iter()
                .any(|token| token.name().is_some_and(|name| words.contains(&name)))
        };
        // They take a row of the catalog's own type.
        if relation.relation == "pg_attribute" && any(&["_pg_truetypid", "_pg_truetypmod"]) {
            return None;
        }
        let system = SYSTEM_COLUMNS.iter().any(|(name, _)| any(&[name]));
        let view = FACADE.iter().find(|view| {
            (view.schema, view.relation) == (relation.schema, relation.relation)
                && view.system == system
        });
        match view {
            // With them `*` would be wider, and NATURAL would join by them.
            Some(_) if system && (any(&["natural"]) || self.has_star()) => None,
            Some(view) => Some(view),
            // A view has none.
            None => FACADE.iter().find(|view| {
                (view.schema, view.relation) == (relation.schema, relation.relation) && !view.system
            }),
        }
    }

    /// `*` for columns.
    fn has_star(&self) -> bool {
        (0..self.tokens.len()).any(|at| {
            self.tokens
                .get(at)
                .is_some_and(|token| token.is_operator("*"))
                && self.before(at, |token| {
                    token.is_mark(',')
                        || token.is_mark('.')
                        || ["select", "distinct", "all"]
                            .iter()
                            .any(|word| token.is_word(word))
                })
        }) || self.tokens.iter().any(|token| token.is_word("table"))
    }

    /// A cast to the catalog's row type.
    fn is_type(&self, at: usize) -> bool {
        let start = if at >= 2 && self.mark(at - 1, '.') {
            at - 2
        } else {
            at
        };
        self.before(start, |token| token.is_operator("::"))
    }

    /// The name of a table of WITH: `name AS (`, `name (columns) AS (`.
    fn is_common(&self, at: usize) -> bool {
        let mut next = at + 1;
        if self.mark(next, '(') {
            let mut depth = 0_usize;
            while let Some(token) = self.tokens.get(next) {
                if token.is_mark('(') {
                    depth += 1;
                } else if token.is_mark(')') {
                    depth -= 1;
                }
                next += 1;
                if depth == 0 {
                    break;
                }
            }
        }
        self.word(next, "as")
            && (self.mark(next + 1, '(')
                || self.word(next + 1, "materialized")
                || (self.word(next + 1, "not") && self.word(next + 2, "materialized")))
    }

    fn has_alias(&self, at: usize) -> bool {
        match self.tokens.get(at) {
            None => false,
            Some(token) if token.is_word("as") => true,
            Some(token) => {
                token.name().is_some()
                    && !AFTER.iter().any(|word| token.is_word(word))
                    && !token.is_word("for")
            }
        }
    }

    /// Whether the name here is the catalog's, whatever else has that name.
    fn is_meant(&self, relation: &FacadeView, place: &Place, common: bool) -> bool {
        let parts: Vec<&str> = (place.first..=place.last)
            .step_by(2)
            .filter_map(|at| self.name(at))
            .collect();
        match parts.as_slice() {
            [_] => !common && self.resolves(relation),
            [schema, _] => *schema == relation.schema,
            [database, schema, _] => {
                *schema == relation.schema && *database == self.world.snapshot.database
            }
            _ => false,
        }
    }

    /// Whether the bare name is the catalog's by the search path.
    fn resolves(&self, relation: &FacadeView) -> bool {
        let environment = self.request.environment;
        if !self.settled
            || (environment.temp_relations.iter()).any(|name| name == relation.relation)
        {
            return false;
        }
        (environment.search_path.iter())
            .find(|schema| {
                self.world
                    .snapshot
                    .relation(schema, relation.relation)
                    .is_some()
            })
            .is_some_and(|schema| schema == relation.schema)
    }

    /// A call of a function that has its like.
    fn function(&self, at: usize, faces: &mut Faces) {
        let Some(name) = self.name(at).filter(|name| FACADE_FUNCTIONS.contains(name)) else {
            return;
        };
        if !self.mark(at + 1, '(') {
            return;
        }
        let first = if !self.before(at, |token| token.is_mark('.')) {
            let known = &self.world.snapshot.user_functions;
            (self.settled && !known.contains(name)).then_some(at)
        } else if at >= 2
            && self.name(at - 2) == Some(CATALOG)
            && !self.before(at - 2, |token| token.is_mark('.'))
        {
            Some(at - 2)
        } else {
            None
        };
        let edit = first.and_then(|first| self.edit(first, at, format!("sealwire.{name}")));
        faces.edits.extend(edit);
    }

    fn edit(&self, first: usize, last: usize, text: String) -> Option<Edit> {
        Some(Edit {
            start: self.tokens.get(first)?.start,
            end: self.tokens.get(last)?.end,
            parts: vec![Part::Text(text)],
        })
    }
}
