//! What a routine takes and gives, as `pg_proc` has it.

/// One routine of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Schema.
    pub schema: String,
    /// Name.
    pub name: String,
    /// A procedure, for CALL.
    pub procedure: bool,
    /// All arguments in order, those of OUT and TABLE among them.
    pub arguments: Vec<Argument>,
    /// How many of the arguments that are given have a default.
    pub defaults: usize,
    /// The type of the result: a composite's stands for its columns.
    pub result: u32,
    /// For a result that is a row of a relation: its oid; else 0.
    pub relation: u32,
}

/// One argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// `proargmodes`.
    pub mode: Mode,
    /// Its type.
    pub type_oid: u32,
    /// The type as `format_type` writes it.
    pub type_name: String,
}

/// How an argument is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as in the manual")]
pub enum Mode {
    In,
    Out,
    InOut,
    Variadic,
    Table,
}

impl Mode {
    /// Whether the caller gives it. (CALL wants OUT arguments too, and throws them away.)
    pub fn is_given(self) -> bool {
        matches!(self, Mode::In | Mode::InOut | Mode::Variadic)
    }

    /// Whether it is a column of the result.
    pub fn is_returned(self) -> bool {
        matches!(self, Mode::Out | Mode::InOut | Mode::Table)
    }
}

impl Signature {
    /// The arguments that the caller gives.
    pub fn given(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|one| one.mode.is_given())
    }

    /// The columns of the result, where it has such by OUT or TABLE.
    pub fn returned(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|one| one.mode.is_returned())
    }

    /// As the rules name it.
    pub fn shown(&self) -> String {
        let types: Vec<&str> = self.given().map(|one| one.type_name.as_str()).collect();
        format!("{}.{}({})", self.schema, self.name, types.join(","))
    }
}

/// The words of SQL for types that `format_type` writes otherwise.
const ALIASES: &[(&str, &str)] = &[
    ("int", "integer"),
    ("int4", "integer"),
    ("int8", "bigint"),
    ("int2", "smallint"),
    ("varchar", "character varying"),
    ("char", "character"),
    ("bpchar", "character"),
    ("bool", "boolean"),
    ("float", "double precision"),
    ("float8", "double precision"),
    ("float4", "real"),
    ("decimal", "numeric"),
    ("timestamptz", "timestamp with time zone"),
    ("timestamp", "timestamp without time zone"),
    ("timetz", "time with time zone"),
    ("time", "time without time zone"),
];

/// A type's name in the one form that names are compared in.
pub fn type_name(name: &str) -> String {
    let folded = name.trim().to_lowercase();
    let folded = folded.strip_prefix("pg_catalog.").unwrap_or(&folded);
    let (base, array) = match folded.strip_suffix("[]") {
        Some(base) => (base.trim_end(), "[]"),
        None => (folded, ""),
    };
    let base = base.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = ALIASES.iter().find(|(alias, _)| *alias == base);
    format!("{}{array}", known.map_or(base.as_str(), |(_, name)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_by_any_of_their_names() {
        for (a, b) in [
            ("varchar", "character  varying"),
            ("INT4[]", "integer[]"),
            ("pg_catalog.text", "text"),
            ("timestamptz", "timestamp with time zone"),
        ] {
            assert_eq!(type_name(a), type_name(b));
        }
        assert_ne!(type_name("int"), type_name("bigint"));
    }
}
