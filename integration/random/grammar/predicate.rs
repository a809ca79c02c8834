//! Conditions.

use super::super::schema::{Kind, Use};
use super::{Grammar, Rel};

const TEXTS: &[Kind] = &[Kind::Text];
const SIZES: &[Kind] = &[
    Kind::Int,
    Kind::Numeric,
    Kind::Float,
    Kind::Date,
    Kind::Stamp,
    Kind::Text,
];

impl Grammar {
    /// A condition on the columns of some relations.
    pub(super) fn condition(&mut self, rels: &[Rel], depth: usize) -> String {
        let rel = self.dice.below(rels.len());
        let rel = rels[rel].clone();
        let kinds: &[(usize, &str)] = if depth == 0 { LEAVES } else { ALL };
        match self.dice.weighted(kinds) {
            "and" => {
                let op = self.dice.one(&["and", "and", "or"]);
                let (x, y) = (
                    self.condition(rels, depth - 1),
                    self.condition(rels, depth - 1),
                );
                format!("({x} {op} {y})")
            }
            "not" => format!("not ({})", self.condition(rels, depth - 1)),
            "in query" => self.in_query(&rel),
            "exists" => self.exists(&rel),
            "scalar" => self.scalar(&rel),
            leaf => self.leaf(&rel, leaf),
        }
    }

    fn leaf(&mut self, rel: &Rel, kind: &str) -> String {
        match kind {
            "equal" => {
                let column = self.column(rel, Use::Equal, &[]);
                let (name, constant) = (Self::name(rel, column), self.constant(column));
                match self.dice.below(6) {
                    0 => format!("{constant} = {name}"),
                    1 => format!("{name} <> {constant}"),
                    2 => format!("({name}) = ({constant})"),
                    _ => format!("{name} = {constant}"),
                }
            }
            "in" => {
                let column = self.column(rel, Use::Equal, &[]);
                let list: Vec<String> = (0..1 + self.dice.below(4))
                    .map(|_| self.constant(column))
                    .collect();
                let not = self.dice.one(&["", "", "not "]);
                format!("{} {not}in ({})", Self::name(rel, column), list.join(", "))
            }
            "any" => {
                let column = self.column(rel, Use::Equal, &[]);
                let text = self.array_for(column);
                let mut array = self.quoted(Some(&text));
                if self.dice.chance(40) {
                    array = format!("{array}::{}[]", Self::type_of(column));
                }
                let op = self
                    .dice
                    .one(&["= any", "= any", "<> all", "= all", "= some"]);
                format!("{} {op} ({array})", Self::name(rel, column))
            }
            "null" => {
                let column = self.column(rel, Use::Show, &[]);
                let how = self
                    .dice
                    .one(&["is null", "is not null", "isnull", "notnull"]);
                format!("{} {how}", Self::name(rel, column))
            }
            "distinct from" => {
                let column = self.column(rel, Use::Equal, &[]);
                let not = self.dice.one(&["", "not "]);
                let constant = self.constant(column);
                format!(
                    "{} is {not}distinct from {constant}",
                    Self::name(rel, column)
                )
            }
            "row" => {
                let (a, b) = (
                    self.column(rel, Use::Equal, &[]),
                    self.column(rel, Use::Equal, &[]),
                );
                let (x, y) = (self.constant(a), self.constant(b));
                let (a, b) = (Self::name(rel, a), Self::name(rel, b));
                match self.dice.below(3) {
                    0 => format!("({a}, {b}) in (({x}, {y}))"),
                    1 => format!("row({a}, {b}) = row({x}, {y})"),
                    _ => format!("({a}, {b}) = ({x}, {y})"),
                }
            }
            "size" => {
                let column = self.column(rel, Use::Range, SIZES);
                let op = self.dice.one(&["<", "<=", ">", ">="]);
                let (name, constant) = (Self::name(rel, column), self.constant(column));
                if self.dice.chance(15) {
                    format!("{constant} {op} {name}")
                } else {
                    format!("{name} {op} {constant}")
                }
            }
            "between" => {
                let column = self.column(rel, Use::Range, SIZES);
                let (x, y) = (self.constant(column), self.constant(column));
                let how =
                    self.dice
                        .one(&["between", "between", "between symmetric", "not between"]);
                format!("{} {how} {x} and {y}", Self::name(rel, column))
            }
            "letters" => self.letters(rel),
            "like" => self.like(rel),
            "case" => {
                let column = self.column(rel, Use::Equal, &[]);
                let constant = self.constant(column);
                let name = Self::name(rel, column);
                let plain = self.plain(rel);
                match self.dice.below(3) {
                    0 => format!("case {name} when {constant} then true else false end"),
                    1 => format!(
                        "case when {plain} then {name} = {constant} else {name} is null end"
                    ),
                    _ => format!("nullif({name}, {constant}) is null"),
                }
            }
            "coalesce" => {
                let column = self.column(rel, Use::Equal, TEXTS);
                let (x, y) = (self.constant(column), self.constant(column));
                format!("coalesce({}, {x}) = {y}", Self::name(rel, column))
            }
            "columns" => {
                let (a, b) = (
                    self.column(rel, Use::Equal, &[]),
                    self.column(rel, Use::Equal, &[]),
                );
                format!("{} = {}", Self::name(rel, a), Self::name(rel, b))
            }
            "server" => {
                let column = self.column(rel, Use::Server, &[Kind::Int, Kind::Text, Kind::Date]);
                let name = Self::name(rel, column);
                match column.kind {
                    Kind::Int => format!("{name} % 3 = 1"),
                    Kind::Text => self
                        .dice
                        .one(&[
                            "length(#) > 5",
                            "# ~ '^q.*[0-9]'",
                            "position('1' in #) > 0",
                            "# || 'x' = 'pub1x'",
                        ])
                        .replace('#', &name),
                    _ => format!("extract(year from {name}) = 1900"),
                }
            }
            _ => self.plain(rel),
        }
    }

    /// A condition that touches no protected column.
    pub(super) fn plain(&mut self, rel: &Rel) -> String {
        let (id, at) = (Self::named(rel, "id"), 1 + self.dice.below(36));
        match self.dice.below(4) {
            0 => format!("{id} < {at}"),
            1 => format!("{id} in ({at}, {}, {})", at + 3, at / 2),
            2 => format!("{id} % 3 = 1"),
            _ => format!("{id} between {at} and {}", at + 9),
        }
    }

    fn letters(&mut self, rel: &Rel) -> String {
        let column = self.column(rel, Use::Insensitive, TEXTS);
        let (name, constant) = (Self::name(rel, column), self.constant(column));
        match self.dice.below(6) {
            0 | 1 => format!("lower({name}) = lower({constant})"),
            2 => format!("upper({name}) = upper({constant})"),
            3 => {
                let text = self.text_for(column).to_ascii_lowercase();
                format!("lower({name}) = {}", self.quoted(Some(&text)))
            }
            4 => {
                let other = self.constant(column);
                format!("lower({name}) in (lower({constant}), lower({other}))")
            }
            _ => {
                let text = self
                    .text_for(column)
                    .replace('\\', "\\\\")
                    .replace('%', "\\%")
                    .replace('_', "\\_");
                format!("{name} ilike {}", self.quoted(Some(&text)))
            }
        }
    }

    /// Search boxes: a beginning, or a part regardless of case, in the forms that object mappers write.
    fn like(&mut self, rel: &Rel) -> String {
        let prefix = self.dice.chance(45);
        let op = self.dice.weighted(LIKE);
        let insensitive = op.contains("ilike") || op.ends_with('*') || op.ends_with("like upper");
        let used = if prefix && !insensitive {
            Use::Prefix
        } else {
            Use::Match
        };
        let column = self.column(rel, used, TEXTS);
        let name = Self::name(rel, column);
        let piece = self.piece(column);
        let escaped = piece
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        let pattern = if prefix {
            format!("{escaped}%")
        } else if self.dice.chance(20) {
            format!("%{escaped}_%")
        } else {
            format!("%{escaped}%")
        };
        match op {
            "django like" => format!("{name}::text like {}", self.quoted(Some(&pattern))),
            "django like upper" => {
                format!(
                    "upper({name}::text) like upper({})",
                    self.quoted(Some(&pattern))
                )
            }
            "sqlalchemy like" => {
                let piece = self.quoted(Some(&escaped));
                let start = if prefix { "" } else { "'%' || " };
                format!("({name} like {start}{piece} || '%')")
            }
            "starts_with" if prefix => {
                format!("starts_with({name}, {})", self.quoted(Some(&piece)))
            }
            "starts_with" => format!("{name} like {}", self.quoted(Some(&pattern))),
            "like" | "ilike" | "not like" if self.dice.chance(10) => {
                let pattern = pattern
                    .replace("\\\\", "\u{1}")
                    .replace('\\', "!")
                    .replace('\u{1}', "\\");
                format!("{name} {op} {} escape '!'", self.quoted(Some(&pattern)))
            }
            _ => format!("{name} {op} {}", self.quoted(Some(&pattern))),
        }
    }

    /// A part of a value, of one to many characters.
    fn piece(&mut self, column: &super::super::schema::Column) -> String {
        let text: Vec<char> = self.text_for(column).chars().collect();
        if text.is_empty() {
            return String::new();
        }
        let start = if self.dice.chance(50) {
            0
        } else {
            self.dice.below(text.len())
        };
        let length = 2 + usize::from(self.dice.chance(85)) + self.dice.below(7);
        let mut piece: String = text.iter().skip(start).take(length).collect();
        if self.dice.chance(20) {
            piece = piece.to_uppercase();
        }
        piece
    }

    fn in_query(&mut self, rel: &Rel) -> String {
        let not = self.dice.one(&["", "", "", "not "]);
        let inner = Self::claims("k");
        match (rel.table.name, self.dice.below(4)) {
            ("people", 0..=1) => {
                let filter = self.condition(&[inner], 0);
                let how = self.dice.one(&["in", "in", "in", "= any", "<> all"]);
                let how = if how == "in" {
                    format!("{not}in")
                } else {
                    how.to_owned()
                };
                format!(
                    "{} {how} (select k.ssn from claims k where {filter})",
                    Self::named(rel, "ssn")
                )
            }
            ("people", 2) => {
                let filter = self.condition(&[Self::orders("o")], 0);
                format!(
                    "{} {not}in (select o.person_id from orders o where {filter})",
                    Self::named(rel, "id")
                )
            }
            ("claims", _) => {
                let filter = self.condition(&[Self::people("q")], 0);
                format!(
                    "{} {not}in (select q.ssn from people q where {filter})",
                    Self::named(rel, "ssn")
                )
            }
            (_, _) => {
                let filter = self.condition(&[Self::people("q")], 0);
                format!(
                    "{} {not}in (select q.id from people q where {filter})",
                    Self::named(rel, "id")
                )
            }
        }
    }

    fn exists(&mut self, rel: &Rel) -> String {
        let not = self.dice.one(&["", "", "not "]);
        let (inner, key) = match rel.table.name {
            "people" => (Self::claims("k"), "ssn"),
            "claims" => (Self::people("k"), "ssn"),
            _ => (Self::people("k"), "id"),
        };
        let from = inner.table.name;
        let filter = self.condition(&[inner], 0);
        // A name without its relation would be the inner one's.
        let own = if rel.alias.is_empty() {
            rel.table.name
        } else {
            &rel.alias
        };
        format!("{not}exists (select 1 from {from} k where k.{key} = {own}.{key} and {filter})")
    }

    fn scalar(&mut self, rel: &Rel) -> String {
        match self.dice.below(3) {
            0 => {
                let filter = self.plain(&Self::people("q"));
                format!(
                    "{} <= (select count(*) from people q where {filter})",
                    Self::named(rel, "id")
                )
            }
            1 if matches!(rel.table.name, "people" | "claims") => {
                format!(
                    "{} = (select k.ssn from claims k where k.id = {})",
                    Self::named(rel, "ssn"),
                    1 + self.dice.below(26)
                )
            }
            _ => format!(
                "{} = (select max(q.id) from people q)",
                Self::named(rel, "id")
            ),
        }
    }
}

/// What follows NOT is rare; Django casts, and folds both sides for `icontains`; SQLAlchemy joins the pattern in the server.
const LIKE: &[(usize, &str)] = &[
    (26, "like"),
    (28, "ilike"),
    (12, "django like"),
    (10, "django like upper"),
    (6, "sqlalchemy like"),
    (4, "starts_with"),
    (4, "not like"),
    (3, "not ilike"),
    (3, "~~"),
    (2, "~~*"),
    (2, "!~~"),
];

const LEAVES: &[(usize, &str)] = &[
    (26, "equal"),
    (8, "in"),
    (6, "any"),
    (6, "null"),
    (2, "distinct from"),
    (2, "row"),
    (8, "size"),
    (3, "between"),
    (6, "letters"),
    (7, "like"),
    (2, "case"),
    (1, "coalesce"),
    (1, "columns"),
    (2, "server"),
    (20, "plain"),
];

const ALL: &[(usize, &str)] = &[
    (18, "equal"),
    (6, "in"),
    (4, "any"),
    (5, "null"),
    (2, "distinct from"),
    (2, "row"),
    (6, "size"),
    (3, "between"),
    (5, "letters"),
    (6, "like"),
    (2, "case"),
    (1, "coalesce"),
    (1, "columns"),
    (2, "server"),
    (9, "plain"),
    (15, "and"),
    (3, "not"),
    (4, "in query"),
    (4, "exists"),
    (2, "scalar"),
];
