//! The tables, as data: every kind of protection beside plain columns, with NULLs, quotes and Unicode. A
//! capability that Sealwire learns is one line more here.
//!
//! Values are made from the number of their row and a world. Two worlds differ in every protected value and in
//! nothing else; what protected columns hold is marked, so that it is known wherever it appears.

/// What a column's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Char,
    Int,
    Numeric,
    Float,
    Date,
    Stamp,
    Uuid,
    Mood,
    Array,
    Bool,
}

/// What a statement does with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Shows it, computes with it in a select list.
    Show,
    /// Sorts the statement's own rows by it.
    Sort,
    /// Compares, groups, joins for equality.
    Equal,
    /// Equality of letters regardless of case.
    Insensitive,
    /// Compares by size with a constant.
    Range,
    /// Minimum, windows, DISTINCT ON: order inside the server.
    Order,
    /// LIKE with a pattern that begins with a wildcard.
    Match,
    /// LIKE with a pattern that ends with one.
    Prefix,
    /// Anything that only the server can do with plaintext: sum, regular expressions, arithmetic in predicates.
    Server,
}

/// A column.
pub struct Column {
    pub name: &'static str,
    pub sql: &'static str,
    pub kind: Kind,
    /// Its line in the rules; empty for a plain column.
    pub rule: &'static str,
    /// How many different values it has; 0: as many as rows.
    pub values: usize,
    /// Constants that are hardly ever in it, that do not fit, or that are written in another way.
    pub odd: &'static [&'static str],
}

impl Column {
    pub fn protected(&self) -> bool {
        !self.rule.is_empty()
    }

    fn sealed(&self) -> bool {
        self.rule.contains("seal")
    }

    /// Whether a column with this rule answers the use for someone who reveals it.
    pub fn can(&self, used: Use) -> bool {
        let has = |capability: &str| self.rule.contains(&format!("\"{capability}\""));
        if !self.sealed() {
            return true;
        }
        match used {
            Use::Show => true,
            Use::Sort => self.kind != Kind::Array,
            Use::Equal => has("equality") || has("order"),
            Use::Insensitive => has("equality-ci"),
            Use::Range => has("range") || has("order"),
            Use::Order => has("order"),
            Use::Match => has("match"),
            Use::Prefix => has("prefix") || has("match"),
            Use::Server => false,
        }
    }

    /// The value in row `row` (from 1) in a world, as text; `None` for NULL.
    pub fn value(&self, row: usize, world: usize) -> Option<String> {
        let letters: usize = self.name.bytes().map(usize::from).sum();
        // NULLs say the same in both worlds: every role may ask for them.
        if self.name != "id" && (row * 7 + letters).is_multiple_of(11) {
            return None;
        }
        let secret = self.protected();
        let world = if secret { world } else { 0 };
        let n = if self.values == 0 {
            row
        } else {
            // Other rows share values in the other world.
            (row * (1 + 2 * world) + world) % self.values
        };
        let mark = match (secret, world) {
            (false, _) => "pub",
            (true, 0) => MARKS[0],
            (true, _) => MARKS[1],
        };
        let base = if secret { BASES[world] } else { 0 };
        Some(match self.kind {
            Kind::Text => match (self.name, n % 5) {
                ("email" | "login", 0) => format!("{mark}.{n}@Example.com"),
                ("email" | "login", _) => format!("{mark}.{n}@example.com"),
                ("ssn", _) => format!("{mark}{n:08}"),
                (_, 0) => format!("{mark} Zoë {n} O'Hara"),
                (_, 1) => format!("{mark} {n} plain words"),
                (_, 2) => format!("{mark} {n} \"quoted\", \\ and, ☃"),
                (_, 3) => format!("{mark} {n}% of_it "),
                (_, _) => format!("{mark}{n}"),
            },
            Kind::Char => format!("{}{n}", &mark[..3]),
            Kind::Int if self.name == "id" => row.to_string(),
            Kind::Int if self.name.ends_with("_id") => (n + 1).to_string(),
            Kind::Int => (base + n).to_string(),
            Kind::Numeric => format!("{}.{:02}", base + n, (n * 25) % 100),
            Kind::Float => format!("{}.5", base + n),
            Kind::Date => format!(
                "{}-{:02}-{:02}",
                YEARS[world] + usize::from(!secret) * 100,
                1 + n % 12,
                1 + n % 28
            ),
            Kind::Stamp => format!(
                "{}-{:02}-{:02} {:02}:07:09.25+00",
                YEARS[world] + usize::from(!secret) * 100,
                1 + n % 12,
                1 + n % 28,
                n % 24
            ),
            Kind::Uuid => format!("{}-9d4c-2f63-6f06-{n:012}", ["ca7a0001", "ca7b0001"][world]),
            Kind::Mood => ["sad", "ok", "happy"][n % 3].to_owned(),
            Kind::Array => format!("{{{mark}{n},NULL,\"b \\\"{mark}\"}}"),
            Kind::Bool => ["t", "f"][n % 2].to_owned(),
        })
    }
}

/// In every protected text of the first and of the second world.
pub const MARKS: [&str; 2] = ["qza", "qzb"];
const BASES: [usize; 2] = [7_310_000, 8_420_000];
const YEARS: [usize; 2] = [1873, 1884];
/// What nobody without reveal may receive in a world, whatever else he receives.
pub const CANARIES: [&[&str]; 2] = [
    &["qza", "QZA", "Qza", "azq", "73100", "1873", "ca7a0001"],
    &["qzb", "QZB", "Qzb", "bzq", "84200", "1884", "ca7b0001"],
];

/// A table.
pub struct Table {
    pub name: &'static str,
    pub rows: usize,
    pub columns: &'static [Column],
}

impl Table {
    pub fn column(&self, name: &str) -> &'static Column {
        self.columns.iter().find(|c| c.name == name).unwrap()
    }
}

macro_rules! column {
    ($name:literal, $sql:literal, $kind:ident, $rule:literal, $values:literal, [$($odd:literal),*]) => {
        Column { name: $name, sql: $sql, kind: Kind::$kind, rule: $rule, values: $values, odd: &[$($odd),*] }
    };
}

/// Everybody's table.
pub static PEOPLE: Table = Table {
    name: "people",
    rows: 36,
    columns: &[
        column!(
            "id",
            "int primary key",
            Int,
            "",
            0,
            ["0", "-1", "2147483648"]
        ),
        column!(
            "name",
            "text not null default 'nobody'",
            Text,
            "",
            0,
            ["", "pub", "☃"]
        ),
        column!("city_id", "int references cities", Int, "", 5, ["9"]),
        column!("joined", "date", Date, "", 12, ["infinity", "2000-02-30"]),
        column!("points", "numeric(10,2)", Numeric, "", 9, ["1e2", "NaN"]),
        column!("active", "boolean", Bool, "", 2, ["yes", "0"]),
        column!(
            "email",
            "varchar(60) unique",
            Text,
            r#"{ seal = { search = ["equality"] } }"#,
            0,
            [
                "",
                "nobody",
                "qza.1@example.com ",
                "☃",
                "an address that is much longer than the sixty characters that fit into it"
            ]
        ),
        column!(
            "login",
            "varchar(40)",
            Text,
            r#"{ seal = { search = ["equality-ci"] } }"#,
            0,
            ["", "QZA.2@EXAMPLE.COM", "qza.3@Example.com", "a%", "ß"]
        ),
        column!(
            "ssn",
            "varchar(11)",
            Text,
            r#"{ seal = { search = ["equality"], domain = "person.ssn" }, masks = { default = "null", partial = { keep_last = 1 } } }"#,
            7,
            ["", "1", "qza00000001 ", "qza000000012"]
        ),
        column!(
            "notes",
            "text default 'none yet'",
            Text,
            "{ seal = {} }",
            0,
            ["", "a longer note, with 'quotes' and ☃"]
        ),
        column!(
            "balance",
            "numeric(10,2)",
            Numeric,
            r#"{ seal = { search = ["equality"] } }"#,
            9,
            [
                "7310001.250",
                "1e3",
                "7310002.5",
                "1.255",
                "99999999999",
                "NaN"
            ]
        ),
        column!(
            "visits",
            "int",
            Int,
            r#"{ seal = { search = ["equality"], acknowledge_leakage = true }, masks = { default = "zero" } }"#,
            8,
            [" 7310001 ", "-3", "2147483648", "2.5", "0"]
        ),
        column!(
            "birth",
            "date",
            Date,
            r#"{ seal = { search = ["equality"] } }"#,
            20,
            ["infinity", "2000-02-30", "18730203", "Feb 3, 1873"]
        ),
        column!(
            "seen",
            "timestamptz",
            Stamp,
            "{ seal = {} }",
            0,
            ["infinity", "2020-01-01T01:07:00Z"]
        ),
        column!(
            "code",
            "char(5)",
            Char,
            r#"{ seal = { search = ["equality"] } }"#,
            6,
            ["qza1 ", "", "toolong", " qza"]
        ),
        column!(
            "key",
            "uuid",
            Uuid,
            r#"{ seal = { search = ["equality"] } }"#,
            0,
            ["{CA7A0001-9D4C-2F63-6F06-000000000002}", "x"]
        ),
        column!(
            "mood",
            "mood",
            Mood,
            r#"{ seal = { search = ["equality"], acknowledge_leakage = true } }"#,
            3,
            ["angry", ""]
        ),
        column!(
            "tags",
            "text[]",
            Array,
            "{ seal = {} }",
            0,
            ["{}", "{{a,b},{c,d}}", "[2:3]={x,y}", "{a"]
        ),
        column!(
            "score",
            "float8",
            Float,
            "{ seal = {} }",
            0,
            ["-2", "NaN", "1e-7"]
        ),
        column!(
            "surname",
            "varchar(30)",
            Text,
            r#"{ seal = { search = ["order", "equality-ci"], acknowledge_leakage = true } }"#,
            12,
            [
                "",
                "QZA1",
                "qzb",
                "Zoë",
                "a family name of more characters than fit"
            ]
        ),
        column!(
            "level",
            "int",
            Int,
            r#"{ seal = { search = ["order"], acknowledge_leakage = true }, masks = { default = "zero" } }"#,
            9,
            ["-2147483648", "7310002.5", "3000000000", "7310004.0", "x"]
        ),
        column!(
            "hired",
            "date",
            Date,
            r#"{ seal = { search = ["order"], domain = "day", acknowledge_leakage = true } }"#,
            18,
            ["-infinity", "1873-02-30", "18730203"]
        ),
        column!(
            "rate",
            "float8",
            Float,
            r#"{ seal = { search = ["order"], acknowledge_leakage = true } }"#,
            7,
            ["0", "NaN", "1e-7", "Infinity"]
        ),
        column!(
            "income",
            "numeric(10,2)",
            Numeric,
            r#"{ seal = { search = ["range"], acknowledge_leakage = true } }"#,
            0,
            ["7310004.005", "1e3", "99999999999", "NaN", "0"]
        ),
        column!(
            "visited",
            "timestamptz",
            Stamp,
            r#"{ seal = { search = ["equality", "range"], acknowledge_leakage = true } }"#,
            15,
            ["infinity", "1873-03-03T07:07:09.25Z", "1873-05-01"]
        ),
        column!(
            "street",
            "text",
            Text,
            r#"{ seal = { search = ["match"], acknowledge_leakage = true } }"#,
            0,
            ["", "50% of_it", "☃☃☃"]
        ),
        column!(
            "title",
            "varchar(40)",
            Text,
            r#"{ seal = { search = ["prefix", "equality"], prefix_length = 8, acknowledge_leakage = true } }"#,
            14,
            ["", "Qza", "qza \\"]
        ),
        column!(
            "about",
            "text",
            Text,
            r#"{ seal = { search = ["match", "prefix", "equality"], acknowledge_leakage = true } }"#,
            17,
            ["", "Zoë", "words"]
        ),
        column!(
            "phone",
            "text",
            Text,
            "{ masks = { partial = { keep_last = 1 } } }",
            0,
            ["", "1"]
        ),
        column!(
            "salary",
            "int",
            Int,
            r#"{ masks = { default = "null" } }"#,
            10,
            ["0", "2.5"]
        ),
    ],
};

/// Its children.
pub static CLAIMS: Table = Table {
    name: "claims",
    rows: 24,
    columns: &[
        column!("id", "int primary key", Int, "", 0, ["0"]),
        column!("person_id", "int", Int, "", 30, ["0"]),
        column!("kind", "text", Text, "", 4, ["", "x"]),
        column!(
            "ssn",
            "varchar(11)",
            Text,
            r#"{ seal = { search = ["equality"], domain = "person.ssn" } }"#,
            9,
            ["", "1", "qza000000012"]
        ),
        column!(
            "amount",
            "numeric(12,2)",
            Numeric,
            "{ seal = {} }",
            0,
            ["1.255", "1"]
        ),
        column!(
            "secret",
            "text",
            Text,
            r#"{ seal = { search = ["equality"] } }"#,
            6,
            ["", "☃"]
        ),
        column!(
            "filed",
            "date",
            Date,
            r#"{ seal = { search = ["order"], domain = "day", acknowledge_leakage = true } }"#,
            10,
            ["infinity", "Mar 4, 1873"]
        ),
        column!(
            "payout",
            "numeric(12,2)",
            Numeric,
            r#"{ seal = { search = ["order"], acknowledge_leakage = true } }"#,
            8,
            ["7310001.005", "-1", "NaN"]
        ),
        column!(
            "memo",
            "text",
            Text,
            r#"{ seal = { search = ["match"], acknowledge_leakage = true } }"#,
            0,
            ["", "plain"]
        ),
    ],
};

/// Plain.
pub static ORDERS: Table = Table {
    name: "orders",
    rows: 30,
    columns: &[
        column!("id", "int primary key", Int, "", 0, ["0"]),
        column!("person_id", "int", Int, "", 20, ["0"]),
        column!("email", "text", Text, "", 0, ["", "nobody"]),
        column!("total", "numeric(10,2)", Numeric, "", 11, ["1.5"]),
        column!("placed", "date", Date, "", 12, ["2000-01-01"]),
    ],
};

/// Plain.
pub static CITIES: Table = Table {
    name: "cities",
    rows: 5,
    columns: &[
        column!("id", "int primary key", Int, "", 0, ["0"]),
        column!("name", "text", Text, "", 0, ["", "pub4"]),
    ],
};

/// In an order in which they can be made.
pub static TABLES: [&Table; 4] = [&CITIES, &PEOPLE, &CLAIMS, &ORDERS];

/// Who logs in: everything, nothing, and search without sight.
pub const ROLES: &[&str] = &["owner", "clerk", "agent"];

/// Tables and rows of a world.
pub fn tables(world: usize) -> String {
    let mut sql = String::from("create type mood as enum ('sad', 'ok', 'happy');\n");
    for table in TABLES {
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|column| format!("{} {}", column.name, column.sql))
            .collect();
        sql += &format!("create table {} ({});\n", table.name, columns.join(", "));
        for row in 1..=table.rows {
            let values: Vec<String> = table
                .columns
                .iter()
                .map(|column| match column.value(row, world) {
                    None if column.sql.contains("not null") => "''".to_owned(),
                    None => "null".to_owned(),
                    Some(text) => format!("'{}'", text.replace('\'', "''")),
                })
                .collect();
            sql += &format!(
                "insert into {} values ({});\n",
                table.name,
                values.join(", ")
            );
        }
    }
    sql + "grant all on all tables in schema public to owner, clerk, agent;\n"
}

/// Options of the databases: byte order, which text with an order needs, and letters beyond ASCII for `lower()`.
pub const OPTIONS: &str = "template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'";

/// Routines that the rules vouch for; `sealed` is what a value of a sealed column is to them.
pub fn routines(sealed: &str) -> String {
    r"
create function ssn_of(p_email TYPE) returns TYPE language sql stable as 'select ssn from people where email = p_email';
create function phone_of(p_id int) returns text language sql stable as 'select phone from people where id = p_id';
create function everyone(p_from int) returns table (n int, mail TYPE, own TYPE) language sql stable as
'select id, email, people.ssn from people where id >= p_from order by id';
"
    .replace("TYPE", sealed)
}

/// Views, made after the tables are protected.
pub const VIEWS: &str = "
create view people_view as select id, name, city_id, email, ssn, notes, phone from people where id > 0;
create view claims_view as select c.id, c.amount, p.email, c.ssn from claims c join people_view p on p.ssn = c.ssn;
grant all on people_view, claims_view to owner, clerk, agent;
analyze;
";

/// Indexes on what is hidden, alone and beside what is seen. `protect` has put the rows where there was room, which is by
/// their lengths: they are put in one order.
pub const TELLING: &str = "
alter table people set (autovacuum_enabled = false);
alter table claims set (autovacuum_enabled = false);
create index on people (phone); create index on people (city_id, phone); create index on people (phone) where active;
create index on people (ssn); create index on people (joined, ssn); create index on people (balance);
create index on claims (secret); create index on claims (kind, payout); create index on claims (filed);
create index on claims (person_id, ssn);
cluster people using people_pkey;
cluster claims using claims_pkey;
";

/// By which the planner takes them wherever it can.
pub const FORCED: &[&str] = &[
    "enable_seqscan = off",
    "enable_bitmapscan = off",
    "enable_sort = off",
    "jit = off",
    "max_parallel_workers_per_gather = 0",
];

/// The rules.
pub fn rules() -> String {
    let mut rules = String::new();
    for table in TABLES {
        let lines: Vec<String> = table
            .columns
            .iter()
            .filter(|column| column.protected())
            .map(|column| format!("{} = {}", column.name, column.rule))
            .collect();
        if !lines.is_empty() {
            rules += &format!(
                "[tables.\"public.{}\".columns]\n{}\n",
                table.name,
                lines.join("\n")
            );
        }
    }
    rules
        + r#"
[routines."public.ssn_of(sealwire.sealed)"]
args = { p_email = "public.people.email" }
returns = "public.people.ssn"
level = "access"
[routines."public.phone_of(int)"]
returns = "public.people.phone"
level = "access"
[routines."public.everyone(int)"]
returns = { mail = "public.people.email", own = "public.people.ssn" }
level = "access"
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.clerk]
members = ["pg:clerk"]
[[roles.clerk.grants]]
tables = ["*"]
level = "modify"
[roles.agent]
members = ["pg:agent"]
[[roles.agent.grants]]
tables = ["*"]
level = "modify"
search = ["*"]
"#
}
