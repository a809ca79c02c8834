//! The sections and keys of the rule format (DESIGN, section 5).

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::auth::{OneOrMore, RawAuth};
use super::declare::{section, words};
use super::grant::{RawHours, RawMoment};
use super::keys::{RawKeys, RawSubjects};
use super::mask::RawMasks;
use super::read::{Entry, Named, Node, Raw};
use super::transport::{RawListenTls, RawPlain, RawUpstreamTls};
use crate::policy::problem::{Located, Problems};

section! {
    /// A Sealwire rule file. All `*.toml` files of the rules folder are read as one set; each
    /// section stands in one of them.
    RawFile {
        /// `observe`: plan everything, change nothing, refuse nothing, for every table. Default: `enforce`.
        key "mode" mode: RawMode;
        /// Where clients connect.
        key "listen" listen: RawListen;
        /// The PostgreSQL server behind the proxy.
        key "upstream" upstream: RawUpstream;
        /// How clients prove who they are.
        key "auth" auth: RawAuth;
        /// Where the key-encryption key is.
        key "keys" keys: RawKeys;
        /// Where the keys of data subjects are, for tables with `erasable`.
        key "subjects" subjects: RawSubjects;
        /// The admin address.
        key "admin" admin: RawAdmin;
        /// What the proxy writes about itself.
        key "log" log: RawLog;
        /// The audit stream.
        key "audit" audit: RawAudit;
        /// Caps.
        key "limits" limits: RawLimits;
        /// What the catalogs show of sealed columns.
        key "facade" facade: RawFacade;
        /// Protections with a name, to be used by many columns.
        key "classes" classes: Named<RawClass>;
        /// Tables by `schema.table`; `*` stands for any characters; without a schema, `public` is meant.
        key "tables" tables: Named<RawTable>;
        /// Routines that are vouched for, by name and types: `"public.add_customer(text,text)"`. Every other that could reach a protected
        /// table is refused for who has not full control.
        key "routines" routines: Named<RawRoutine>;
        /// Roles by name.
        key "roles" roles: Named<RawRole>;
        /// What `sealwire check` must find true.
        key "tests" tests: Vec<Located<RawTest>>;
    }
}

words! {
    /// Whether rules are carried out or only watched.
    RawMode { "enforce" => Enforce, "observe" => Observe }
}

section! {
    /// Where clients connect.
    RawListen {
        /// Host and port. Default: `127.0.0.1:6432`.
        key "address" address: String;
        /// Sessions at one time; a client beyond it is turned away with 53300. Default: 500.
        key "max_sessions" max_sessions: u32;
        /// TLS towards clients. Default: none.
        key "tls" tls: RawListenTls;
        /// From where connections without TLS are taken. Default: `loopback`, and `never` where `tls` has `require = true`.
        key "plain" plain: RawPlain;
    }
}

section! {
    /// The PostgreSQL server behind the proxy. Database and user come from the client.
    RawUpstream {
        /// Host and port.
        need "address" address: String;
        /// TLS towards the server: a mode, or a table. Default: `disable` for a server on the loopback address, `verify-full` with the
        /// system's roots for every other.
        key "tls" tls: RawUpstreamTls;
        /// The proxy's own connection, for catalog, keysets and jobs.
        need "service" service: RawService;
    }
}

section! {
    /// The proxy's own login on the server; minimal grants, which `sealwire check` prints and verifies.
    RawService {
        /// Login name.
        need "user" user: String;
        /// A file with the password; relative to the rules folder, and not inside it. Default: no password.
        key "password_file" password_file: String;
        /// A client certificate of its own (PEM), with what leads to its issuer. Default: that of `[upstream]`.
        key "cert" cert: String;
        /// Its private key (PEM); relative to the rules folder, and not inside it.
        key "key" key: String;
    }
}

section! {
    /// The admin address: metrics, health, readiness.
    RawAdmin {
        /// Host and port. Default: `127.0.0.1:9432`.
        key "address" address: String;
    }
}

section! {
    /// What the proxy writes about itself, on standard error.
    RawLog {
        /// `text` or `json`. Default: `text`.
        key "format" format: RawLogFormat;
        /// The least important lines that are written. Default: `info`.
        key "level" level: RawLogLevel;
    }
}

words! {
    /// How log lines look.
    RawLogFormat { "text" => Text, "json" => Json }
}

words! {
    /// How important a log line is.
    RawLogLevel { "error" => Error, "warn" => Warn, "info" => Info, "debug" => Debug, "trace" => Trace }
}

section! {
    /// The audit stream, one JSON line a statement on protected tables.
    RawAudit {
        /// File that is appended to, relative to the rules folder; `-` is standard output. Default: no audit stream.
        key "path" path: String;
    }
}

section! {
    /// Caps.
    RawLimits {
        /// Constants that a statement may compare with columns its role may search but not see. Default: 20.
        key "guesses_per_statement" guesses_per_statement: u32;
        /// The same for a principal in an hour. Default: 1000.
        key "guesses_per_hour" guesses_per_hour: u32;
        /// Rows of one result that the proxy keeps to sort them, or to cut them off. Default: 10,000.
        key "gathered_rows" gathered_rows: u32;
        /// Rows of one result that the proxy may open in vain, to answer a pattern that no search token answers. Default: 0, such
        /// patterns are refused.
        key "scanned_rows" scanned_rows: u32;
    }
}

section! {
    /// What the catalogs show of sealed columns.
    RawFacade {
        /// Catalogs that are read through the proxy show the declared type, length and default of a sealed column,
        /// not `sealwire.sealed`. Default: true.
        key "enabled" enabled: bool;
    }
}

section! {
    /// A protection with a name.
    RawClass {
        /// The type that the application knows. Default: the live column's.
        key "type" declared: String;
        /// Sealing; without it the column stays in plaintext and is masked only.
        key "seal" seal: RawSeal;
        /// What is shown to roles that may not see the value.
        key "masks" masks: RawMasks;
    }
}

section! {
    /// How a column is sealed. Empty: randomly, no search.
    RawSeal {
        /// What the server can search by. Default: nothing.
        key "search" search: Vec<Located<RawSearch>>;
        /// A named key domain: columns that share it can be joined and reference each other.
        key "domain" domain: String;
        /// Lengths are rounded up to a multiple of this many bytes, to hide them. Default: not.
        key "pad" pad: u32;
        /// Which of lower() and upper() "equality-ci" answers, where a character's two cases differ. Default: both, and
        /// values that hold such a character are refused.
        key "fold" fold: RawFold;
        /// Most characters of a text with search = ["order"], which takes nine bytes for each byte of it: from 1 to 1,000; longer
        /// values are refused. Default: the n of varchar(n) or char(n).
        key "max_length" max_length: u32;
        /// Most characters of a beginning that search = ["prefix"] answers without looking at the values: from 1 to 32.
        /// Default: 12.
        key "prefix_length" prefix_length: u32;
        /// Accepts that equality on a type of few values shows how often each occurs, that an order shows nearly everything
        /// to whoever knows the span of the values, or that "match", "prefix" and "range" show which values have pieces in
        /// common. Default: false.
        key "acknowledge_leakage" acknowledge_leakage: bool;
    }
}

words! {
    /// What the server can search by.
    RawSearch { "equality" => Equality, "equality-ci" => EqualityCi, "order" => Order, "match" => Match,
        "prefix" => Prefix, "range" => Range }
}

words! {
    /// Which function of the server a case-insensitive search answers.
    RawFold { "both" => Both, "lower" => Lower, "upper" => Upper }
}

section! {
    /// The protection of one table, or of all that match.
    RawTable {
        /// Only in this database; `*` stands for any characters. Default: every database.
        key "database" database: String;
        /// Takes the columns of another entry of `tables`, named exactly as there.
        key "like" like: String;
        /// `observe`: plan everything, change nothing, refuse nothing on this table.
        key "mode" mode: RawMode;
        /// The column that says whose a row is (smallint, integer, bigint or uuid, in plaintext): `sealwire export` finds a data
        /// subject's rows by it, and with `erasable` the keys.
        key "subject" subject: String;
        /// Which kind of data subjects the values of `subject` are: customer 42 and employee 42 are two. Default: `subject`.
        key "subject_kind" subject_kind: String;
        /// Seals the columns without search under a key of the row's data subject, which `sealwire erase` destroys. Wants `subject`, and
        /// section [subjects]. Default: false.
        key "erasable" erasable: bool;
        /// Columns of an erasable table that an erasure does not reach: those with a search have to be named here.
        key "kept" kept: Vec<Located<String>>;
        /// The keyset that its columns are sealed under, made by `sealwire keys init --name`. Default: that of the database.
        key "keyset" keyset: String;
        /// Columns by name: the name of a class, or a protection of its own.
        key "columns" columns: Named<RawColumn>;
    }
}

/// A column: a class by name, or a protection of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::policy) enum RawColumn {
    Class(String),
    Own(Box<RawClass>),
}

impl Raw for RawColumn {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match node.value {
            DeValue::String(name) => Some(RawColumn::Class(name.to_string())),
            DeValue::Table(_) => {
                RawClass::read(node, problems).map(|own| RawColumn::Own(Box::new(own)))
            }
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => {
                node.expected("the name of a class, or a table", problems);
                None
            }
        }
    }
}

impl JsonSchema for RawColumn {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Column".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let own = generator.subschema_for::<RawClass>();
        json_schema!({
            "description": "The name of a class, or a protection of its own.",
            "anyOf": [{ "type": "string" }, own],
        })
    }
}

section! {
    /// A routine that is vouched for: its author answers for it that it shows and stores nothing else than is said here.
    RawRoutine {
        /// Only in this database; `*` stands for any characters. Default: every database.
        key "database" database: String;
        /// Arguments by name, or by position from 1, that are sealed on the way in: for which class, or for which column as
        /// `schema.table.column`.
        key "args" args: Named<String>;
        /// What its result holds: a class or a column, or one for each column of the result.
        key "returns" returns: RawReturns;
        /// What the caller must be allowed on the protected tables that it reaches. Default: `access-and-modify`.
        key "level" level: RawLevel;
    }
}

/// A class or a column, or one for each column of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::policy) enum RawReturns {
    Value(String),
    Columns(Named<String>),
}

impl Raw for RawReturns {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match node.value {
            DeValue::String(name) => Some(RawReturns::Value(name.to_string())),
            DeValue::Table(_) => Named::<String>::read(node, problems).map(RawReturns::Columns),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => {
                node.expected(
                    "the name of a class or a column, or a table of them",
                    problems,
                );
                None
            }
        }
    }
}

impl JsonSchema for RawReturns {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Returns".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let columns =
            generator.subschema_for::<std::collections::BTreeMap<String, Entry<String>>>();
        json_schema!({ "anyOf": [{ "type": "string" }, columns] })
    }
}

section! {
    /// A role: who has it, and what it may do.
    RawRole {
        /// `pg:` and a login, or `group:` and a group of the identity provider.
        key "members" members: Vec<Located<String>>;
        /// What it is for; stands in the audit.
        key "purpose" purpose: String;
        /// Keysets that it may choose with `SET sealwire.keyset`: columns without search are then sealed under that one, and opened.
        key "keysets" keysets: Vec<Located<String>>;
        /// What it may do.
        key "grants" grants: Vec<Located<RawGrant>>;
    }
}

section! {
    /// Rights on tables. Columns are named as in the rules, as `class:NAME`, or `*` for every
    /// protected column.
    RawGrant {
        /// Tables by `schema.table`; `*` stands for any characters.
        need "tables" tables: Vec<Located<String>>;
        /// Statements that are allowed. Default: `access`.
        key "level" level: RawLevel;
        /// Columns shown as they are; brings search and, within the level, write.
        key "reveal" reveal: Vec<Located<String>>;
        /// Columns shown with their partial mask in place of the default one.
        key "partial" partial: Vec<Located<String>>;
        /// Columns that may be compared with constants without being seen; constants are counted and capped.
        key "search" search: Vec<Located<String>>;
        /// Columns that may be written without being seen.
        key "write" write: Vec<Located<String>>;
        /// What happens where a mask is written back: `refuse`, or `keep` what is stored. Default: `refuse`.
        key "on_masked_write" on_masked_write: RawOnMaskedWrite;
        /// The grant holds before this moment: a date (its beginning in UTC), or a date and a time with an offset.
        key "until" until: RawMoment;
        /// It holds at these hours.
        key "hours" hours: RawHours;
        /// It holds for callers from these addresses or networks; `loopback` is the proxy's own host.
        key "from" from: OneOrMore;
        /// Why it was given.
        key "reason" reason: String;
    }
}

words! {
    /// access: SELECT; access-and-modify: also INSERT, UPDATE; modify: also DELETE, TRUNCATE; full-control: also DDL.
    RawLevel {
        "access" => Access,
        "access-and-modify" => AccessAndModify,
        "modify" => Modify,
        "full-control" => FullControl,
    }
}

words! {
    /// What happens where a mask is written back.
    RawOnMaskedWrite { "refuse" => Refuse, "keep" => Keep }
}

section! {
    /// A statement and what its result must be.
    RawTest {
        /// A role of these rules, or `pg:` and a login.
        need "as" as_role: String;
        /// One statement.
        need "sql" sql: String;
        /// Database. Default: the one that `check` is run against.
        key "database" database: String;
        /// Where the role calls from, for grants that depend on it: an address.
        key "from" from: String;
        /// When, for grants that depend on it. Default: now.
        key "at" at: RawMoment;
        /// By result column: `value`, `partial`, `mask`, `null` or `refused`; or `refused` for the whole.
        need "expect" expect: RawExpect;
    }
}

words! {
    /// What a result column must show.
    RawExpectation {
        "value" => Value,
        "reveal" => Reveal,
        "partial" => Partial,
        "mask" => Mask,
        "default" => Default,
        "null" => Null,
        "refused" => Refused,
    }
}

/// What a test expects: one word for the whole statement, or one for each result column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::policy) enum RawExpect {
    Whole(RawExpectation),
    Columns(Named<RawExpectation>),
}

impl Raw for RawExpect {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        if node.value.is_str() {
            RawExpectation::read(node, problems).map(RawExpect::Whole)
        } else {
            Named::<RawExpectation>::read(node, problems).map(RawExpect::Columns)
        }
    }
}

impl JsonSchema for RawExpect {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Expect".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let columns =
            generator.subschema_for::<std::collections::BTreeMap<String, Entry<RawExpectation>>>();
        json_schema!({
            "description": "`refused` for the whole statement, or one word for each result column.",
            "anyOf": [{ "type": "string", "const": "refused" }, columns],
        })
    }
}
