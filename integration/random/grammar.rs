//! Statements from a grammar over customers, claims, orders and cities: mostly such as an application sends, with
//! constants that exist, do not exist, do not fit, are NULL or empty.

/// A stream of numbers from a fixed seed (xorshift64*).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// Column of customers, constants for it as the text inside quotes, and such as are numbers.
const COLUMNS: &[(&str, &[&str])] = &[
    (
        "email",
        &[
            "user1@example.com",
            "user2@example.com",
            "user7@example.com",
            "nobody",
            "",
            "☃",
            "user1@example.com ",
            "a far longer address than the forty characters that fit",
        ],
    ),
    (
        "ssn",
        &[
            "00100000001",
            "00100000002",
            "00100000003",
            "00100000008",
            "1",
            "",
            "00100000001 ",
            "001000000012",
        ],
    ),
    (
        "balance",
        &[
            "1.25",
            "2.5",
            "2.50",
            "12.500",
            "1.255",
            "-1.25",
            "1e3",
            "99999999999",
            "NaN",
            "x",
        ],
    ),
    (
        "visits",
        &[
            "0",
            "1",
            "2",
            "7",
            "-3",
            " 4 ",
            "2147483648",
            "2.5",
            "x",
            "",
        ],
    ),
    (
        "birth_date",
        &[
            "1960-02-07",
            "1960-03-15",
            "infinity",
            "2000-02-30",
            "19600207",
            "Feb 7, 1960",
            "x",
        ],
    ),
    (
        "seen",
        &[
            "2020-01-01 01:07:00+00",
            "2020-01-01 02:07:00+01",
            "2020-01-01T01:07:00Z",
            "-infinity",
            "x",
        ],
    ),
    (
        "code",
        &["c1", "c2   ", "c3", "", "c1  x", "toolong", " c1"],
    ),
    (
        "key",
        &[
            "c4ca4238a0b923820dcc509a6f75849b",
            "{C81E728D-9D4C-2F63-6F06-7F89CC14862C}",
            "x",
        ],
    ),
    ("mood", &["sad", "ok", "happy", "angry", ""]),
    (
        "notes",
        &["note 1", "", "a longer note, with 'quotes' and ☃"],
    ),
    ("score", &["1.5", "-2", "NaN", "infinity", "1e-7", "x"]),
    (
        "tags",
        &[
            "{}",
            "{a,NULL,\"b c\"}",
            "{{a,b},{c,d}}",
            "[2:3]={x,y}",
            "{a",
        ],
    ),
];
const EQUALITY: usize = 9;
const TYPES: &[(&str, &[&str])] = &[
    ("email", &["varchar", "text", "varchar(40)", "varchar(60)"]),
    ("ssn", &["varchar", "text", "varchar(11)"]),
    (
        "balance",
        &["numeric", "numeric(10,2)", "int", "text", "float8"],
    ),
    ("visits", &["int", "bigint", "smallint", "numeric", "text"]),
    ("birth_date", &["date", "timestamp", "text"]),
    ("seen", &["timestamptz", "timestamp"]),
    ("code", &["char(5)", "text", "varchar", "bpchar"]),
    ("key", &["uuid", "text"]),
    ("mood", &["mood", "text"]),
];

/// A statement and the text values of its placeholders.
pub struct Statement {
    pub sql: String,
    pub values: Vec<Option<String>>,
    /// It may change rows.
    pub writes: bool,
}

pub struct Grammar {
    dice: Dice,
    next_id: u32,
    /// `None`: constants are written out.
    values: Option<Vec<Option<String>>>,
}

impl Grammar {
    pub fn new(seed: u64) -> Grammar {
        Grammar {
            dice: Dice::new(seed),
            next_id: 10_000,
            values: None,
        }
    }

    pub fn statement(&mut self) -> Statement {
        self.values = self.dice.chance(40).then(Vec::new);
        let kind = self.dice.below(100);
        let sql = match kind {
            0..=69 => self.select(),
            70..=79 => self.insert(),
            80..=92 => self.update(),
            _ => self.delete(),
        };
        Statement {
            sql,
            values: self.values.take().unwrap_or_default(),
            writes: kind > 69,
        }
    }

    fn quoted(&mut self, text: Option<&str>) -> String {
        let quote = |text: &str| format!("'{}'", text.replace('\'', "''"));
        match (&mut self.values, text) {
            (Some(values), text) => {
                values.push(text.map(str::to_owned));
                format!("${}", values.len())
            }
            (None, Some(text)) => quote(text),
            (None, None) => "null".to_owned(),
        }
    }

    fn constants(column: &str) -> &'static [&'static str] {
        COLUMNS.iter().find(|(name, _)| *name == column).unwrap().1
    }

    /// A constant for a column, in some spelling.
    fn constant(&mut self, column: &str) -> String {
        if self.dice.chance(6) {
            return self.quoted(None);
        }
        let text = self.dice.one(Self::constants(column));
        let number = text.parse::<f64>().is_ok_and(f64::is_finite) && text.trim() == text;
        if number && matches!(column, "balance" | "visits" | "score") && self.dice.chance(50) {
            return text.to_owned();
        }
        let constant = self.quoted(Some(text));
        match TYPES.iter().find(|(name, _)| *name == column) {
            Some((_, types)) if self.dice.chance(12) => {
                let ty = self.dice.one(types);
                if self.dice.chance(50) {
                    format!("{constant}::{ty}")
                } else {
                    format!("cast({constant} as {ty})")
                }
            }
            Some(_) | None => constant,
        }
    }

    fn sealed(&mut self) -> &'static str {
        COLUMNS[self.dice.below(EQUALITY)].0
    }

    fn any(&mut self) -> &'static str {
        COLUMNS[self.dice.below(COLUMNS.len())].0
    }

    fn plain(&mut self, c: &str) -> String {
        let at = 1 + self.dice.below(40);
        match self.dice.below(4) {
            0 => format!("{c}id < {at}"),
            1 => format!("{c}id in ({at}, {})", at + 3),
            2 => format!("{c}city_id = {}", at % 6),
            _ => format!("{c}name = 'name {at}'"),
        }
    }

    /// A condition on customers, whose columns are called with the prefix `c`.
    fn condition(&mut self, c: &str, depth: usize) -> String {
        let column = self.sealed();
        match self.dice.below(if depth == 0 { 12 } else { 16 }) {
            0..=2 => format!("{c}{column} = {}", self.constant(column)),
            3 => format!("{} = {c}{column}", self.constant(column)),
            4 => format!("{c}{column} <> {}", self.constant(column)),
            5 => {
                let not = self.dice.one(&["", "not "]);
                let list: Vec<String> = (0..1 + self.dice.below(3))
                    .map(|_| self.constant(column))
                    .collect();
                format!("{c}{column} {not}in ({})", list.join(", "))
            }
            6 => {
                let array: Vec<&str> = (0..self.dice.below(3))
                    .map(|_| self.dice.one(Self::constants(column)))
                    .map(|text| {
                        if text.contains(['{', ' ', ',']) || text.is_empty() {
                            "NULL"
                        } else {
                            text
                        }
                    })
                    .collect();
                let array = self.quoted(Some(&format!("{{{}}}", array.join(","))));
                let op = self.dice.one(&["= any", "<> all", "= all"]);
                format!("{c}{column} {op} ({array})")
            }
            7 => format!("{c}{} is {}null", self.any(), self.dice.one(&["", "not "])),
            8 => {
                let not = self.dice.one(&["", "not "]);
                format!(
                    "{c}{column} is {not}distinct from {}",
                    self.constant(column)
                )
            }
            9 => {
                let other = self.sealed();
                let (x, y) = (self.constant(column), self.constant(other));
                format!("({c}{column}, {c}{other}) = ({x}, {y})")
            }
            10 | 11 => self.plain(c),
            12 => format!("not ({})", self.condition(c, depth - 1)),
            13 | 14 => {
                let op = self.dice.one(&["and", "or"]);
                format!("({} {op} {})", self.condition(c, depth - 1), self.plain(c))
            }
            _ => match self.dice.below(3) {
                0 => format!("exists (select 1 from claims k where k.ssn = {c}ssn and k.id < 9)"),
                1 => format!(
                    "{c}ssn in (select ssn from claims where id < {})",
                    1 + self.dice.below(20)
                ),
                _ => format!("{c}ssn not in (select k.ssn from claims k where k.id > 15)"),
            },
        }
    }

    /// A result expression.
    fn item(&mut self, c: &str) -> String {
        let column = self.any();
        let eq = self.sealed();
        match self.dice.below(12) {
            0..=4 => format!("{c}{column}"),
            5 => format!("coalesce({c}{column}, {})", self.constant(column)),
            6 => format!("nullif({c}{eq}, {})", self.constant(eq)),
            7 => format!("case when {} then {c}{column} end", self.plain(c)),
            8 => format!(
                "case when {} then {c}{column} else {} end",
                self.plain(c),
                self.constant(column)
            ),
            9 => format!("{c}{eq} = {}", self.constant(eq)),
            10 => format!("({c}{column} is null) as missing"),
            _ => format!(
                "case {c}{eq} when {} then 'one' else 'other' end",
                self.constant(eq)
            ),
        }
    }

    fn items(&mut self, c: &str) -> String {
        (0..1 + self.dice.below(3))
            .map(|_| self.item(c))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn select(&mut self) -> String {
        let column = self.any();
        let eq = self.sealed();
        match self.dice.below(14) {
            0..=2 => {
                let (items, filter) = (self.items(""), self.condition("", 2));
                format!("select id, {items} from customers where {filter}")
            }
            3 => {
                let (items, filter) = (self.items("c."), self.condition("c.", 1));
                let order = self.dice.one(&["", " desc"]);
                format!(
                    "select {items} from customers c where {filter} order by c.id{order} limit {} offset {}",
                    self.dice.below(9),
                    self.dice.below(4)
                )
            }
            4 => {
                let join = self
                    .dice
                    .one(&["join", "left join", "right join", "full join"]);
                let (items, filter) = (self.items("c."), self.condition("c.", 1));
                format!(
                    "select {items}, k.id, k.ssn, k.amount from customers c {join} claims k on c.ssn = k.ssn where {filter}"
                )
            }
            5 => {
                let join = self
                    .dice
                    .one(&["join", "left join", "right join", "full join"]);
                format!(
                    "select ssn, c.id, k.id, {} from customers c {join} claims k using (ssn)",
                    self.items("c.")
                )
            }
            6 => {
                let (items, filter) = (self.items("c."), self.condition("c.", 1));
                let join = self.dice.one(&["join", "left join"]);
                format!(
                    "select o.id, {items} from orders o {join} customers c on c.id = o.customer_id and {filter}"
                )
            }
            7 => {
                let having = self
                    .dice
                    .one(&["", " having count(*) > 1", " having min(id) < 9"]);
                let filter = self.condition("", 1);
                format!(
                    "select {eq}, count(*), count(distinct {}), min(id) from customers where {filter} group by {eq}{having}",
                    self.sealed()
                )
            }
            8 => {
                let filter = self.condition("", 1);
                format!("select distinct {eq}, city_id from customers where {filter}")
            }
            9 => {
                let op =
                    self.dice
                        .one(&["union", "union all", "except", "intersect", "except all"]);
                let (x, y) = (self.condition("", 0), self.condition("", 0));
                format!(
                    "select {eq}, city_id from customers where {x} {op} select {eq}, city_id from customers where {y}"
                )
            }
            10 => {
                let op = self.dice.one(&["union all", "union"]);
                let constant = self.constant(eq);
                if self.dice.chance(50) {
                    format!("select {eq} from customers where id < 4 {op} select {constant}")
                } else {
                    format!("select {constant} {op} select {eq} from customers where id < 4")
                }
            }
            11 => {
                let (inner, outer) = (self.condition("", 1), self.constant(eq));
                let with = self.dice.one(&["with q as (", "with q as materialized ("]);
                format!(
                    "{with}select id, {eq} as e, {column} as f from customers where {inner}) select q.e, f from q where e = {outer} or q.id < 5"
                )
            }
            12 => {
                let filter = self.condition("", 1);
                format!(
                    "select id, count(*) over (partition by {eq}), lag({column}) over (order by id), first_value({eq}) over (partition by city_id order by id) from customers where {filter}"
                )
            }
            _ => {
                let filter = self.condition("c.", 1);
                format!(
                    "select c.id, l.* from customers c cross join lateral (select k.ssn, k.amount from claims k where k.ssn = c.ssn order by k.id limit 1) l where {filter}"
                )
            }
        }
    }

    fn row(&mut self, columns: &[&str]) -> String {
        self.next_id += 1;
        let mut row = vec![self.next_id.to_string(), "'new'".to_owned()];
        for column in columns {
            let default = self.dice.chance(10);
            row.push(if default {
                "default".to_owned()
            } else {
                self.constant(column)
            });
        }
        format!("({})", row.join(", "))
    }

    fn some_columns(&mut self) -> Vec<&'static str> {
        let mut columns: Vec<&str> = (0..1 + self.dice.below(4)).map(|_| self.any()).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    fn insert(&mut self) -> String {
        let columns = self.some_columns();
        let rows: Vec<String> = (0..1 + self.dice.below(2))
            .map(|_| self.row(&columns))
            .collect();
        let mut sql = format!(
            "insert into customers (id, name, {}) values {}",
            columns.join(", "),
            rows.join(", ")
        );
        match self.dice.below(5) {
            0 => sql += " on conflict do nothing",
            1 => {
                sql += " on conflict (email) do update set notes = excluded.notes, visits = excluded.visits"
            }
            2 => {
                sql += &format!(
                    " on conflict (email) do update set name = excluded.name where {}",
                    self.condition("customers.", 0)
                );
            }
            _ => {}
        }
        sql + &format!(" returning id, {}", columns.join(", "))
    }

    fn update(&mut self) -> String {
        let columns = self.some_columns();
        let sets: Vec<String> = columns
            .iter()
            .map(|column| match self.dice.below(8) {
                0 => format!("{column} = default"),
                1 => format!("{column} = c.{column}"),
                2 => format!("{column} = coalesce({}, c.{column})", self.constant(column)),
                3 => format!(
                    "{column} = case when {} then {} else c.{column} end",
                    self.plain("c."),
                    self.constant(column)
                ),
                _ => format!("{column} = {}", self.constant(column)),
            })
            .collect();
        let from = if self.dice.chance(20) {
            " from claims k where k.ssn = c.ssn and k.id < 4 and"
        } else {
            " where"
        };
        let filter = self.condition("c.", 1);
        format!(
            "update customers c set {}{from} c.id < 30 and {filter} returning c.id, c.name",
            sets.join(", ")
        )
    }

    fn delete(&mut self) -> String {
        let (filter, least) = (self.condition("c.", 1), 35 + self.dice.below(9000));
        if self.dice.chance(30) {
            format!(
                "delete from customers c using claims k where k.ssn = c.ssn and c.id > {least} and {filter} returning c.id"
            )
        } else {
            format!(
                "delete from customers c where c.id > {least} and {filter} returning c.id, c.email"
            )
        }
    }
}
