//! Texts: recorded ones, expressions of every precedence, and tokens in any order.

/// The statements of a recorded file: separated by lines of `--//`; lines of `--#` are about the file.
pub fn statements(file: &str) -> impl Iterator<Item = String> + '_ {
    file.split("\n--//\n").map(|statement| {
        statement
            .lines()
            .filter(|line| !line.starts_with("--#"))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

/// Numbers from a fixed seed (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }
}

const LEAVES: &[&str] = &[
    "a",
    "t.b",
    "\"C\"",
    "1",
    "'x'",
    "$1",
    "-2",
    "null",
    "true",
    "2.5",
    "(select c from u)",
    "f(a)",
    "E'\\n'",
    "c::text",
    "- a",
    "+ 3",
    "array[1,2]",
    "row(1, a)",
    "not b",
    "- -3",
    "a.b[1]",
    "interval '1 day'",
    "date '2020-01-01'",
    "case when a then b else 'y' end",
    "(a)",
    "exists (select 1)",
    "cast(a as int)",
    "coalesce(a, $2)",
    "@ -3",
    "a is null",
];
const OPERATORS: &[&str] = &[
    "=",
    "<>",
    "<",
    ">=",
    "!=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "||",
    "and",
    "or",
    "like",
    "not like",
    "ilike",
    "is distinct from",
    "is not distinct from",
    "~",
    "!~*",
    "@>",
    "->",
    "->>",
    "between 1 and",
    "not between $3 and",
    "in (1, b) and",
    "not in (a) or",
    "= any (array[1]) and",
    "<> all ($4) or",
    "is null and",
    "is not true or",
    "isnull and",
    "notnull or",
    "collate \"C\" =",
    "at time zone",
    "operator(pg_catalog.=)",
    "operator(pg_catalog.+)",
    "::int =",
    "&&",
    "<->",
    "similar to",
    "[1] =",
    "& -",
    "<= -",
];

/// `select` of operators and operands without and with parentheses.
pub fn expressions(count: usize) -> impl Iterator<Item = String> {
    let mut dice = Dice(77);
    (0..count).map(move |_| {
        let mut text = String::new();
        let mut open = 0;
        let length = 1 + dice.below(6);
        for at in 0..length {
            if dice.below(6) == 0 {
                text += "(";
                open += 1;
            }
            text += dice.one(LEAVES);
            if open > 0 && dice.below(3) == 0 {
                text += ")";
                open -= 1;
            }
            if at + 1 < length {
                text += &format!(" {} ", dice.one(OPERATORS));
            }
        }
        text += &")".repeat(open);
        match dice.below(3) {
            0 => format!("select {text} from t"),
            1 => format!("select a from t where {text}"),
            _ => format!("update t set a = {text} where {text}"),
        }
    })
}

const WORDS: &[&str] = &[
    "select",
    "from",
    "where",
    "t",
    "u",
    "a",
    "b",
    ",",
    "(",
    ")",
    "=",
    "1",
    "'x'",
    "''",
    "$1",
    "$2",
    ".",
    "*",
    "and",
    "or",
    "as",
    "join",
    "on",
    "using",
    "left",
    "natural",
    "order by",
    "group by",
    "limit",
    "union",
    "all",
    "distinct",
    "in",
    "not",
    "null",
    "is",
    "case",
    "when",
    "then",
    "else",
    "end",
    "::",
    "int",
    "text",
    "--c\n",
    "/*c*/",
    "/*/**/*/",
    "\"q\"",
    "E'\\''",
    "$$d$$",
    "$x$ $$ $x$",
    ";",
    "insert into t",
    "values",
    "update t set",
    "delete from t",
    "returning",
    "with w as",
    "-",
    "+",
    "||",
    "@",
    "<",
    ">=",
    "like",
    "exists",
    "any",
    "array[",
    "]",
    "row",
    "default",
    "lateral",
    "cross join",
    "for update",
    "window",
    "over",
    "partition by",
    "between",
    "cast(",
    "interval",
    "date",
    "operator(pg_catalog.=)",
    "0x1f",
    "1e5",
    "1.",
    ".5",
    "1_0",
    "b'1'",
    "x'f'",
    "U&'a'",
    "n'a'",
    "\n",
    "\t",
];

/// Words in any order, behind such as begin a statement: nearly all of it no SQL, and the rest of it odd.
pub fn soup(count: usize) -> impl Iterator<Item = String> {
    let mut dice = Dice(99);
    let starts: &[&str] = &[
        "select a",
        "select a from t",
        "select * from t where a =",
        "insert into t (a) values (1",
        "update t set a = 1",
        "delete from t where b",
        "select a from t join u",
        "with w as (select 1) select",
        "values (1",
    ];
    (0..count).map(move |_| {
        let mut text = dice.one(starts).to_owned();
        for _ in 0..1 + dice.below(5) {
            text += if dice.below(8) == 0 { "" } else { " " };
            text += dice.one(WORDS);
        }
        text
    })
}
