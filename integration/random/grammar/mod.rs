//! Statements from a grammar, with weights taken from the statement kinds that ORMs log (single tables with filters,
//! joins and lists by page are most of it) and from the behaviours that proxies get wrong. The weights stand in
//! one place, [`KINDS`], and were fixed before the refusals were counted.
//!
//! Of 1,184 different queries and changes in `integration/oracle/orm.sql` 35 % are plain selects and counts, 20 % sort (a third of
//! them by page), 8 % join, 16 % are UPDATE, 10 % INSERT, 4 % DELETE, 3 % upserts, 3 % cursors, 2 % subqueries. Here these have 60 %, in that
//! order of size; the rest goes to what such applications do more rarely and proxies get wrong more often: set operations,
//! windows, groups, functions in the list, CTEs, LATERAL, MERGE. So the share refused here is above what an application meets.

mod change;
mod constant;
mod item;
mod predicate;
mod select;
mod session;

use super::dice::Dice;
use super::schema::{CITIES, CLAIMS, Column, Kind, ORDERS, PEOPLE, Table, Use};

/// How the columns of a statement are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// As an application whose rules were written for it: a use falls on a column that allows it in 95 of 100 cases.
    Application,
    /// On any column: mostly refusals, and the place where wrong answers would hide.
    Torture,
}

/// One message or two of a client.
#[derive(Debug, Clone)]
pub enum Step {
    /// A Query message.
    Query(String),
    /// Parse to Execute, with the values of its placeholders.
    Extended {
        sql: String,
        values: Vec<Option<String>>,
        /// Results in binary form.
        binary: bool,
        /// Values in binary form, as far as their types are known to the tests.
        coded: bool,
    },
    /// COPY … FROM STDIN with its data.
    CopyIn { sql: String, data: String },
    /// COPY … FROM STDIN in binary form: rows of values of these types.
    CopyBinary {
        sql: String,
        types: Vec<u32>,
        rows: Vec<Vec<Option<String>>>,
    },
}

impl Step {
    /// The client's own words, in which a canary is no leak.
    pub fn said(&self) -> String {
        match self {
            Step::Query(sql) => sql.clone(),
            Step::Extended { sql, values, .. } => format!("{sql} {values:?}"),
            Step::CopyIn { sql, data } => format!("{sql} {data}"),
            Step::CopyBinary { sql, rows, .. } => format!("{sql} {rows:?}"),
        }
    }
}

/// What is tried: always in a transaction that is rolled back, so that every case meets the same rows.
#[derive(Debug, Clone)]
pub struct Case {
    pub kind: &'static str,
    pub steps: Vec<Step>,
    /// Rows come in the order that the statement demands.
    pub ordered: bool,
    /// Only that it is answered is compared: plans and their costs are the server's.
    pub plan: bool,
}

impl Case {
    /// It may change something that the next case would see.
    pub fn writes(&self) -> bool {
        matches!(
            self.kind,
            "insert"
                | "upsert"
                | "update"
                | "update from"
                | "delete"
                | "delete using"
                | "merge"
                | "changing cte"
                | "cursor"
                | "prepare"
                | "copy from"
                | "explain"
                | "temporary"
        )
    }
}

/// (weight, kind). Of 1,000.
const KINDS: &[(usize, &str)] = &[
    (180, "select"),
    (85, "page"),
    (20, "keyset"),
    (90, "join"),
    (45, "subquery"),
    (40, "cte"),
    (30, "set operation"),
    (35, "window"),
    (65, "group"),
    (30, "distinct"),
    (60, "functions"),
    (15, "values"),
    (25, "view"),
    (20, "lateral"),
    (60, "insert"),
    (30, "upsert"),
    (60, "update"),
    (15, "update from"),
    (20, "delete"),
    (8, "delete using"),
    (7, "merge"),
    (5, "changing cte"),
    (10, "cursor"),
    (10, "prepare"),
    (10, "copy to"),
    (5, "copy from"),
    (5, "explain"),
    (8, "temporary"),
    (7, "routine"),
];

/// A relation of FROM: what its columns are called with, and what they are.
#[derive(Clone)]
pub(super) struct Rel {
    alias: String,
    table: &'static Table,
}

pub struct Grammar {
    dice: Dice,
    profile: Profile,
    /// `None`: constants are written out.
    values: Option<Vec<Option<String>>>,
    next_id: usize,
}

impl Grammar {
    /// The case of a number.
    pub fn case(seed: u64, number: usize, profile: Profile) -> Case {
        let mut grammar = Grammar {
            dice: Dice::of_case(seed, number),
            profile,
            values: None,
            next_id: 1000,
        };
        let kind = grammar.dice.weighted(KINDS);
        grammar.made(kind)
    }

    fn made(&mut self, kind: &'static str) -> Case {
        let placeholders = self.dice.chance(45);
        self.values = placeholders.then(Vec::new);
        let mut ordered = false;
        let sql = match kind {
            "select" => self.select(),
            "page" => {
                ordered = true;
                self.page()
            }
            "keyset" => {
                ordered = true;
                self.keyset()
            }
            "join" => self.join(),
            "subquery" => self.subquery(),
            "cte" => self.cte(),
            "set operation" => self.set_operation(),
            "window" => self.window(),
            "group" => self.group(),
            "distinct" => {
                let (sql, total) = self.distinct();
                ordered = total;
                sql
            }
            "functions" => self.functions(),
            "values" => self.value_rows(),
            "view" => self.view(),
            "lateral" => self.lateral(),
            "insert" => self.insert(),
            "upsert" => self.upsert(),
            "update" => self.update(),
            "update from" => self.update_from(),
            "delete" => self.delete(),
            "delete using" => self.delete_using(),
            "merge" => self.merge(),
            "changing cte" => self.changing_cte(),
            "routine" => self.routine(),
            "cursor" | "prepare" | "copy to" | "copy from" | "explain" | "temporary" => {
                self.values = None;
                return self.session(kind);
            }
            other => unreachable!("{other}"),
        };
        // An array in binary form names its element type, and an enum's oid is another in every database.
        let binary = self.dice.chance(30) && kind != "group";
        let (sql, values) = match self.values.take() {
            Some(values) => used(&sql, &values),
            None => (sql, Vec::new()),
        };
        let step = if values.is_empty() && !binary {
            Step::Query(sql)
        } else {
            Step::Extended {
                coded: !values.is_empty() && self.dice.chance(35),
                sql,
                values,
                binary,
            }
        };
        let mut case = Case {
            kind,
            steps: vec![step],
            ordered,
            plan: false,
        };
        // Whether what was written is what is read again.
        if case.writes() && self.dice.chance(30) {
            let table = self.dice.one(&["people", "people", "people", "claims"]);
            case.steps
                .push(Step::Query(format!("select * from {table} order by id")));
        }
        case
    }

    fn people(alias: &str) -> Rel {
        Rel {
            alias: alias.to_owned(),
            table: &PEOPLE,
        }
    }

    fn claims(alias: &str) -> Rel {
        Rel {
            alias: alias.to_owned(),
            table: &CLAIMS,
        }
    }

    fn orders(alias: &str) -> Rel {
        Rel {
            alias: alias.to_owned(),
            table: &ORDERS,
        }
    }

    fn cities(alias: &str) -> Rel {
        Rel {
            alias: alias.to_owned(),
            table: &CITIES,
        }
    }

    /// A column for a use; of the kinds given, if any are.
    fn column(&mut self, rel: &Rel, used: Use, kinds: &[Kind]) -> &'static Column {
        let any = self.profile == Profile::Torture || self.dice.chance(5);
        let fits = |column: &&Column, strict: bool| {
            (kinds.is_empty() || kinds.contains(&column.kind)) && (!strict || column.can(used))
        };
        let mut from: Vec<(usize, &'static Column)> = Vec::new();
        for strict in [!any, false] {
            from = rel
                .table
                .columns
                .iter()
                .filter(|column| fits(column, strict))
                .map(|column| (if column.protected() { 3 } else { 1 }, column))
                .collect();
            if !from.is_empty() {
                break;
            }
        }
        if from.is_empty() {
            return rel.table.column("id");
        }
        self.dice.weighted(&from)
    }

    /// How a column is called: with its relation, if that has a name here.
    fn name(rel: &Rel, column: &Column) -> String {
        Self::named(rel, column.name)
    }

    fn named(rel: &Rel, column: &str) -> String {
        if rel.alias.is_empty() {
            column.to_owned()
        } else {
            format!("{}.{column}", rel.alias)
        }
    }
}

/// The statement with its placeholders numbered from 1, without values that it does not use.
fn used(sql: &str, values: &[Option<String>]) -> (String, Vec<Option<String>>) {
    let (mut text, mut kept) = (String::new(), Vec::new());
    let mut pieces = sql.split('$');
    text += pieces.next().unwrap_or("");
    for piece in pieces {
        let end = piece
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(piece.len());
        let number: usize = piece[..end].parse().unwrap();
        kept.push(values[number - 1].clone());
        text += &format!("${}{}", kept.len(), &piece[end..]);
    }
    (text, kept)
}
