//! What a statement says, as far as a planner must know. Positions are indexes of tokens.

use super::lex::Token;
use super::sites::CastSite;

/// A name as written: folded or unquoted, and the token it stands at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name as the server knows it.
    pub text: String,
    /// Its token.
    pub token: usize,
}

/// A range of tokens, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
}

/// A statement that can touch data through a planner.
#[derive(Debug, Clone)]
pub enum Statement {
    /// SELECT, VALUES, TABLE, WITH …
    Query(Box<Query>),
    /// INSERT.
    Insert(Box<Insert>),
    /// UPDATE.
    Update(Box<Update>),
    /// DELETE.
    Delete(Box<Delete>),
    /// MERGE.
    Merge(Box<Merge>),
    /// TRUNCATE.
    Truncate {
        /// The tables.
        tables: Vec<Vec<Name>>,
        /// CASCADE.
        cascade: bool,
    },
    /// CALL.
    Call(Box<Call>),
    /// EXPLAIN of one of the above.
    Explain {
        /// It is carried out.
        analyze: bool,
        /// It shows the shape of the plan and no number: COSTS OFF, and beside it FORMAT, SETTINGS or GENERIC_PLAN at most.
        bare: bool,
        /// What is explained.
        statement: Box<Statement>,
    },
}

/// A query expression with its clauses.
#[derive(Debug, Clone)]
pub struct Query {
    /// WITH.
    pub with: Option<With>,
    /// The body.
    pub body: Body,
    /// ORDER BY.
    pub order_by: Vec<Expr>,
    /// LIMIT, OFFSET, FETCH.
    pub bounds: Vec<Expr>,
    /// What else the clauses behind the body say.
    pub tail: Tail,
}

/// The clauses behind a query's body.
#[derive(Debug, Clone, Default)]
pub struct Tail {
    /// One entry an entry of ORDER BY.
    pub directions: Vec<Direction>,
    /// Which of the bounds is LIMIT's or FETCH's.
    pub limit: Option<usize>,
    /// Which of them is OFFSET's.
    pub offset: Option<usize>,
    /// `FETCH FIRST ROW ONLY`: one row, without a number.
    pub one: bool,
    /// WITH TIES, or a bound that is none of these.
    pub ties: bool,
    /// FOR UPDATE and its like.
    pub locks: bool,
}

/// How an entry of ORDER BY sorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Direction {
    /// DESC.
    pub descending: bool,
    /// NULLS FIRST, where it is said or follows from DESC.
    pub nulls_first: bool,
    /// USING an operator.
    pub using: bool,
}

/// WITH.
#[derive(Debug, Clone)]
pub struct With {
    /// RECURSIVE.
    pub recursive: bool,
    /// Its tables.
    pub tables: Vec<CommonTable>,
}

/// One table of WITH.
#[derive(Debug, Clone)]
pub struct CommonTable {
    /// Name.
    pub name: Name,
    /// Column names given.
    pub columns: Vec<Name>,
    /// What makes it.
    pub statement: Statement,
}

/// The body of a query.
#[derive(Debug, Clone)]
pub enum Body {
    /// SELECT.
    Select(Box<Select>),
    /// VALUES.
    Values(Vec<Vec<Expr>>),
    /// A query in parentheses.
    Query(Box<Query>),
    /// UNION, INTERSECT, EXCEPT.
    Set {
        /// ALL: rows are not compared. Only UNION ALL compares nothing.
        compares: bool,
        /// Left side.
        left: Box<Body>,
        /// Right side.
        right: Box<Body>,
    },
    /// INSERT, UPDATE, DELETE or MERGE, in WITH or behind it.
    Change(Box<Statement>),
}

/// SELECT.
#[derive(Debug, Clone)]
pub struct Select {
    /// The token of SELECT.
    pub token: Option<usize>,
    /// DISTINCT.
    pub distinct: Distinct,
    /// The select list.
    pub items: Vec<Item>,
    /// INTO: the table that is made of the rows.
    pub into: bool,
    /// FROM.
    pub from: Vec<Source>,
    /// WHERE.
    pub filter: Option<Expr>,
    /// GROUP BY, grouping sets flattened.
    pub group_by: Vec<Expr>,
    /// HAVING.
    pub having: Option<Expr>,
    /// WINDOW.
    pub windows: Vec<Window>,
}

/// DISTINCT.
#[derive(Debug, Clone)]
pub enum Distinct {
    /// None or ALL.
    No,
    /// DISTINCT.
    Rows,
    /// DISTINCT ON.
    On(Vec<Expr>),
}

/// One entry of a select list or of RETURNING.
#[derive(Debug, Clone)]
pub enum Item {
    /// An expression.
    Expr {
        /// It.
        expr: Expr,
        /// Its alias.
        alias: Option<String>,
    },
    /// `*` or `a.*`.
    All {
        /// The qualifier.
        of: Option<Vec<Name>>,
        /// The token of the star or of its qualifier.
        token: usize,
    },
}

/// An entry of FROM.
#[derive(Debug, Clone)]
pub enum Source {
    /// A relation or common table by name.
    Named {
        /// Its name.
        path: Vec<Name>,
        /// Alias.
        alias: Option<Alias>,
        /// TABLESAMPLE: its arguments.
        sample: Vec<Expr>,
    },
    /// A subquery.
    Derived {
        /// LATERAL.
        lateral: bool,
        /// It.
        query: Box<Query>,
        /// Alias.
        alias: Option<Alias>,
    },
    /// A function, with its arguments.
    Function {
        /// The call.
        call: Call,
        /// WITH ORDINALITY.
        ordinality: bool,
        /// Alias.
        alias: Option<Alias>,
    },
    /// `ROWS FROM (f(…), g(…))`.
    RowsFrom {
        /// The calls.
        calls: Vec<Call>,
        /// WITH ORDINALITY.
        ordinality: bool,
        /// Alias.
        alias: Option<Alias>,
    },
    /// `UNNEST(a, b, …)`: one column an argument.
    Unnest {
        /// The arguments.
        arrays: Vec<Expr>,
        /// WITH ORDINALITY.
        ordinality: bool,
        /// Alias.
        alias: Option<Alias>,
    },
    /// A join.
    Join {
        /// Left side.
        left: Box<Source>,
        /// Right side.
        right: Box<Source>,
        /// Whose value a column of USING or NATURAL shows.
        shows: Shows,
        /// Condition.
        on: JoinOn,
        /// An alias of the whole, which hides the names inside.
        alias: Option<Alias>,
    },
}

/// The side that a merged column of a join comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Inner and left joins.
    Left,
    /// Right joins.
    Right,
    /// Full joins: the one that is not NULL.
    Either,
}

/// A join's condition.
#[derive(Debug, Clone)]
pub enum JoinOn {
    /// ON.
    Condition(Expr),
    /// USING.
    Using {
        /// The columns.
        columns: Vec<Name>,
        /// A name for the columns that it merges.
        alias: Option<String>,
    },
    /// NATURAL.
    Natural,
    /// CROSS.
    Cross,
}

/// `AS name (columns)`.
#[derive(Debug, Clone)]
pub struct Alias {
    /// Name.
    pub name: String,
    /// Column names.
    pub columns: Vec<String>,
    /// The columns are given with their types: a function has these and no others.
    pub typed: bool,
}

/// INSERT.
#[derive(Debug, Clone)]
pub struct Insert {
    /// WITH before it.
    pub with: Option<With>,
    /// Target.
    pub table: Vec<Name>,
    /// Its alias.
    pub alias: Option<String>,
    /// Columns given.
    pub columns: Vec<Name>,
    /// The token behind which a column list may be written where there is none (target or alias).
    pub list_after: usize,
    /// Rows; `None` for DEFAULT VALUES.
    pub source: Option<Box<Query>>,
    /// ON CONFLICT.
    pub conflict: Option<Conflict>,
    /// RETURNING.
    pub returning: Vec<Item>,
}

/// ON CONFLICT.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Columns of the inference, with its predicate.
    pub columns: Vec<Name>,
    /// The inference's WHERE.
    pub predicate: Option<Expr>,
    /// DO UPDATE SET …, empty for DO NOTHING.
    pub assignments: Vec<Assignment>,
    /// DO UPDATE … WHERE.
    pub filter: Option<Expr>,
}

/// `column = expression` or `(a, b) = …`.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Columns; more than one for a row assignment.
    pub columns: Vec<Name>,
    /// What is assigned.
    pub value: Expr,
}

/// UPDATE.
#[derive(Debug, Clone)]
pub struct Update {
    /// WITH before it.
    pub with: Option<With>,
    /// Target.
    pub table: Vec<Name>,
    /// Its alias.
    pub alias: Option<Alias>,
    /// SET.
    pub assignments: Vec<Assignment>,
    /// FROM.
    pub from: Vec<Source>,
    /// WHERE.
    pub filter: Option<Expr>,
    /// RETURNING.
    pub returning: Vec<Item>,
}

/// DELETE.
#[derive(Debug, Clone)]
pub struct Delete {
    /// WITH before it.
    pub with: Option<With>,
    /// Target.
    pub table: Vec<Name>,
    /// Its alias.
    pub alias: Option<Alias>,
    /// USING.
    pub using: Vec<Source>,
    /// WHERE.
    pub filter: Option<Expr>,
    /// RETURNING.
    pub returning: Vec<Item>,
}

/// MERGE.
#[derive(Debug, Clone)]
pub struct Merge {
    /// WITH before it.
    pub with: Option<With>,
    /// Target.
    pub table: Vec<Name>,
    /// Its alias.
    pub alias: Option<Alias>,
    /// USING.
    pub source: Source,
    /// ON.
    pub on: Expr,
    /// WHEN …
    pub clauses: Vec<MergeClause>,
}

/// WHEN … THEN of a MERGE.
#[derive(Debug, Clone)]
pub struct MergeClause {
    /// Which rows it is for.
    pub of: Merged,
    /// AND.
    pub filter: Option<Expr>,
    /// What is done.
    pub action: MergeAction,
}

/// The rows that a clause of MERGE is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// MATCHED: both sides.
    Both,
    /// NOT MATCHED: those of the source.
    Source,
    /// NOT MATCHED BY SOURCE: those of the target.
    Target,
}

/// What a clause of MERGE does.
#[derive(Debug, Clone)]
pub enum MergeAction {
    /// INSERT.
    Insert {
        /// Its token.
        token: usize,
        /// Columns given.
        columns: Vec<Name>,
        /// The token of VALUES.
        values: usize,
        /// The row.
        row: Vec<Expr>,
    },
    /// UPDATE SET …
    Update(Vec<Assignment>),
    /// DELETE.
    Delete,
    /// DO NOTHING.
    Nothing,
}

/// A window: OVER (…) or WINDOW.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// PARTITION BY.
    pub partition_by: Vec<Expr>,
    /// ORDER BY.
    pub order_by: Vec<Expr>,
    /// Frame bounds.
    pub bounds: Vec<Expr>,
    /// The bounds are distances between values (RANGE), not counts.
    pub by_distance: bool,
}

/// An expression.
#[derive(Debug, Clone)]
pub enum Expr {
    /// A column, or a table's name as a whole row.
    Column {
        /// The name.
        path: Vec<Name>,
    },
    /// `(row).field`: a column of a whole row, or a field of a composite value.
    Field {
        /// What stands in the parentheses.
        row: Vec<Name>,
        /// The field.
        name: Name,
        /// Tokens of the whole, where they are certain.
        range: Option<Range>,
    },
    /// A constant.
    Constant(Constant),
    /// `$n`.
    Placeholder {
        /// From 1.
        number: usize,
        /// Its token.
        token: usize,
    },
    /// DEFAULT, in VALUES and SET.
    Default {
        /// Its token.
        token: usize,
    },
    /// A cast.
    Cast {
        /// What is cast.
        inner: Box<Expr>,
        /// Where it stands and to which type; `None` where it could not be found for certain.
        site: Option<CastSite>,
        /// The type's name as the tree has it, in lower case.
        named: String,
        /// Tokens of the whole, where they are certain.
        range: Option<Range>,
    },
    /// An expression in parentheses: its tokens with them, if what is inside has any.
    Nested {
        /// What is inside.
        inner: Box<Expr>,
        /// Tokens with the parentheses, where they are certain.
        range: Option<Range>,
    },
    /// A comparison by an operator that yields a boolean.
    Compare {
        /// `=`, `<>` or another.
        op: Comparison,
        /// Which one it is.
        sign: Sign,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// IS \[NOT\] DISTINCT FROM.
    Distinct {
        /// NOT.
        negated: bool,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// IS \[NOT\] NULL.
    IsNull {
        /// NOT.
        negated: bool,
        /// What is looked at.
        inner: Box<Expr>,
    },
    /// `x [NOT] IN (a, b, …)`.
    In {
        /// NOT.
        negated: bool,
        /// Left.
        left: Box<Expr>,
        /// The list.
        list: Vec<Expr>,
    },
    /// `x [NOT] IN (SELECT …)`, `x = ANY (SELECT …)`.
    InQuery {
        /// Left.
        left: Box<Expr>,
        /// The operator; `=` for IN.
        op: Comparison,
        /// The query.
        query: Box<Query>,
    },
    /// `x op ANY|ALL (array)`.
    InArray {
        /// Left.
        left: Box<Expr>,
        /// The operator.
        op: Comparison,
        /// The array.
        array: Box<Expr>,
    },
    /// `x [NOT] BETWEEN [SYMMETRIC] low AND high`.
    Between {
        /// NOT.
        negated: bool,
        /// What is compared with both.
        inner: Box<Expr>,
        /// Lower bound.
        low: Box<Expr>,
        /// Upper bound.
        high: Box<Expr>,
    },
    /// `x [NOT] LIKE y`, `x [NOT] ILIKE y`.
    Like {
        /// ILIKE.
        insensitive: bool,
        /// NOT.
        negated: bool,
        /// Left.
        left: Box<Expr>,
        /// The pattern.
        pattern: Box<Expr>,
        /// ESCAPE.
        escape: Option<Box<Expr>>,
    },
    /// AND and nothing else.
    And(Vec<Expr>),
    /// OR, NOT.
    Logic {
        /// Which one.
        how: Logic,
        /// What it is of; one of NOT.
        parts: Vec<Expr>,
    },
    /// CASE.
    Case {
        /// `CASE x WHEN …`.
        operand: Option<Box<Expr>>,
        /// WHEN and THEN.
        arms: Vec<(Expr, Expr)>,
        /// ELSE.
        otherwise: Option<Box<Expr>>,
        /// From CASE to END, where they are certain.
        range: Option<Range>,
    },
    /// `(a, b)` or `ROW(a, b)`.
    Row(Vec<Expr>),
    /// A scalar subquery.
    Subquery(Box<Query>),
    /// EXISTS.
    Exists(Box<Query>),
    /// `ARRAY[…]`.
    Array {
        /// Its elements.
        elements: Vec<Expr>,
        /// Tokens of the whole, where they are certain.
        range: Option<Range>,
    },
    /// `ARRAY(SELECT …)`.
    ArrayQuery(Box<Query>),
    /// A function call.
    Call(Box<Call>),
    /// Operators of numbers and `||`, applied from left to right: `((a + b) - c)`.
    Operators {
        /// The operands.
        parts: Vec<Expr>,
        /// The operators between them, one less.
        operators: Vec<Operator>,
    },
    /// Anything else: its parts must hold nothing protected.
    Opaque {
        /// What it is, for messages.
        what: &'static str,
        /// All its subexpressions.
        parts: Vec<Expr>,
    },
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`.
    Equal,
    /// `<>`, `!=`.
    NotEqual,
    /// `<`, `<=`, `>`, `>=`.
    Order,
}

/// The sign of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum Sign {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A connective that is not AND alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as in SQL")]
pub enum Logic {
    Or,
    Not,
}

/// An operator that has a meaning of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum Operator {
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    Join,
}

/// A constant.
#[derive(Debug, Clone)]
pub struct Constant {
    /// Its kind and value.
    pub kind: ConstantKind,
    /// Its tokens: a sign and the number, or one.
    pub range: Range,
}

/// Kinds of constants, as the server types them before context does.
#[derive(Clone, PartialEq, Eq)]
pub enum ConstantKind {
    /// A quoted string: type unknown.
    Text(String),
    /// An integer, with its sign.
    Integer(String),
    /// A number with a point or exponent, with its sign: numeric.
    Decimal(String),
    /// TRUE or FALSE.
    Boolean(bool),
    /// NULL.
    Null,
}

impl std::fmt::Debug for ConstantKind {
    // A constant may be a protected plaintext: it is never printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ConstantKind::Text(_) => "Text(…)",
            ConstantKind::Integer(_) => "Integer(…)",
            ConstantKind::Decimal(_) => "Decimal(…)",
            ConstantKind::Boolean(_) => "Boolean(…)",
            ConstantKind::Null => "Null",
        })
    }
}

/// A function call.
#[derive(Debug, Clone, Default)]
pub struct Call {
    /// Its name.
    pub name: Vec<Name>,
    /// Arguments.
    pub args: Vec<Expr>,
    /// The names that they are given by (`name => value`), one entry each.
    pub names: Vec<Option<String>>,
    /// `count(*)`.
    pub star: bool,
    /// DISTINCT.
    pub distinct: bool,
    /// ORDER BY inside, and WITHIN GROUP.
    pub order_by: Vec<Expr>,
    /// WITHIN GROUP was given.
    pub within_group: bool,
    /// FILTER.
    pub filter: Option<Expr>,
    /// OVER.
    pub over: Option<Window>,
}

impl Item {
    /// `*` or `a.*`.
    pub fn is_star(&self) -> bool {
        match self {
            Item::All { .. } => true,
            Item::Expr { .. } => false,
        }
    }

    /// The tokens of the expression, of those of the entry.
    pub fn without_alias(&self, range: Range, tokens: &[Token]) -> Option<Range> {
        let last = match self {
            Item::All { .. } => return None,
            Item::Expr { alias: None, .. } => range.last,
            Item::Expr { alias: Some(_), .. } => {
                let before = range.last.checked_sub(1)?;
                if tokens.get(before)?.is_word("as") {
                    before.checked_sub(1)?
                } else {
                    before
                }
            }
        };
        (last >= range.first).then_some(Range { last, ..range })
    }
}

impl Expr {
    /// The tokens of a leaf, an array of them or a CASE, or of casts and parentheses around one; `None` for
    /// anything else.
    pub fn range(&self) -> Option<Range> {
        match self {
            Expr::Column { path } => Some(Range {
                first: path.first()?.token,
                last: path.last()?.token,
            }),
            Expr::Constant(constant) => Some(constant.range),
            Expr::Placeholder { token, .. } | Expr::Default { token } => Some(Range {
                first: *token,
                last: *token,
            }),
            Expr::Field { range, .. }
            | Expr::Cast { range, .. }
            | Expr::Nested { range, .. }
            | Expr::Array { range, .. }
            | Expr::Case { range, .. } => *range,
            Expr::Compare { .. }
            | Expr::Distinct { .. }
            | Expr::IsNull { .. }
            | Expr::In { .. }
            | Expr::InQuery { .. }
            | Expr::InArray { .. }
            | Expr::Between { .. }
            | Expr::Like { .. }
            | Expr::And(_)
            | Expr::Logic { .. }
            | Expr::Row(_)
            | Expr::Subquery(_)
            | Expr::Exists(_)
            | Expr::ArrayQuery(_)
            | Expr::Call(_)
            | Expr::Operators { .. }
            | Expr::Opaque { .. } => None,
        }
    }
}
