//! The catalogue: one entry a fault. `manual` prints it; a test keeps ids unique and texts present.

/// One row of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Stable id, `SW` and three digits, for look-up and for metric labels.
    pub id: &'static str,
    /// Short name in kebab case: the `reason` label of metrics.
    pub name: &'static str,
    /// SQLSTATE (PostgreSQL manual, appendix A).
    pub sqlstate: &'static str,
    /// Why it happens.
    pub cause: &'static str,
    /// What helps; the default hint.
    pub remedy: &'static str,
}

macro_rules! catalogue {
    ($($variant:ident = ($id:literal, $name:literal, $sqlstate:literal, $cause:literal, $remedy:literal);)*) => {
        /// Every fault that Sealwire itself reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Fault {
            $(#[doc = $cause] $variant,)*
        }

        /// All entries, in the order of their ids.
        pub const ENTRIES: &[(Fault, Entry)] = &[
            $((Fault::$variant, Entry { id: $id, name: $name, sqlstate: $sqlstate, cause: $cause, remedy: $remedy }),)*
        ];

        impl Fault {
            /// The entry of this fault.
            pub const fn entry(self) -> Entry {
                match self {
                    $(Fault::$variant => Entry { id: $id, name: $name, sqlstate: $sqlstate, cause: $cause, remedy: $remedy },)*
                }
            }
        }
    };
}

catalogue! {
    // 1xx: the statement
    UnsupportedStatement = ("SW101", "unsupported-statement", "0A000",
        "A statement kind that touches a protected table and is not supported on one.",
        "Use SELECT, INSERT, UPDATE or DELETE on the protected table.");
    UnsupportedExpression = ("SW102", "unsupported-expression", "0A000",
        "A protected column inside an expression that ciphertext cannot answer.",
        "Select the column itself and compute in the application.");
    NotSearchable = ("SW103", "not-searchable", "0A000",
        "A comparison, grouping or join on a sealed column whose rule gives it no such search capability.",
        "Give the column search = [\"equality\"] in its rule and protect it again.");
    OrderNotAvailable = ("SW104", "order-not-available", "0A000",
        "An ordering comparison, sort, min or max on a sealed column without an order.",
        "Give the column search = [\"order\"] in its rule and protect it again, order by another column, or sort in the application.");
    DomainsDiffer = ("SW105", "domains-differ", "0A000",
        "Two columns of different key domains, or a sealed and a plain one, are compared or merged.",
        "Put both columns into one key domain with `domain = \"name\"`.");
    Unparsed = ("SW106", "unparsed", "0A000",
        "The statement may touch a protected table and could not be read with certainty.",
        "Write the statement in standard SQL without the construct at the position shown.");
    AmbiguousText = ("SW107", "ambiguous-text", "0A000",
        "A lexical form that the server might read otherwise than Sealwire does.",
        "Avoid U&\"\" identifiers, backslashes with standard_conforming_strings off, and unusual literals here.");
    TooComplex = ("SW108", "too-complex", "54001",
        "The statement is nested too deeply or has too many operators.",
        "Split the statement.");
    ParameterConflict = ("SW109", "parameter-conflict", "42P08",
        "One placeholder is used for values of different types or key domains.",
        "Use a placeholder of its own for each use.");
    ConflictNeverFires = ("SW110", "conflict-never-fires", "0A000",
        "ON CONFLICT on a randomly sealed column would never fire.",
        "Give the column search = [\"equality\"], or use another conflict target.");
    CopyRefused = ("SW111", "copy-refused", "0A000",
        "A form of COPY that a protected table cannot have: a file or program of the server, a view, a condition on a protected column.",
        "Use COPY between the table and the client, or SELECT and INSERT.");
    CopyOptions = ("SW165", "copy-options", "22023",
        "Options of COPY that do not fit each other, or that are not known on a protected table; the SQLSTATE is PostgreSQL's own for the case.",
        "Leave the option out.");
    CursorRefused = ("SW112", "cursor-refused", "0A000",
        "A use of a cursor or of a prepared SQL statement over a protected table that is not known.",
        "Use the statement itself, or the driver's own prepared statements and row limits.");
    MixedDdl = ("SW113", "mixed-ddl", "0A000",
        "A change of schema, role or settings and a statement that depends on it stand in one message.",
        "Send them as separate statements.");
    OperatorMissing = ("SW114", "operator-missing", "42883",
        "The server has no such operator for the declared type of the column and the type given.",
        "Cast the value to the type of the column.");
    BadValue = ("SW115", "bad-value", "22P02",
        "A value is not valid for the declared type of the column; the SQLSTATE is PostgreSQL's own for the case.",
        "Give a value of the declared type.");
    ServerDependentValue = ("SW116", "server-dependent-value", "0A000",
        "A value whose meaning only the server knows, such as 'now' or a constant expression.",
        "Compute the value in the application and send it as a plain constant.");
    PatternHasWildcards = ("SW150", "pattern-has-wildcards", "0A000",
        "An ILIKE pattern with %, _ or a lone backslash on a sealed column, which answers whole values only.",
        "Search for the whole value, with %, _ and \\ escaped by a backslash.");
    CaseUnlike = ("SW151", "case-unlike", "22023",
        "A value with a character that lower() and upper() treat unlike, or not alike everywhere, for a column with equality-ci.",
        "Write the value without it, or set fold = \"lower\" or fold = \"upper\" in the column's rule and protect it again.");
    FoldMissing = ("SW152", "fold-missing", "0A000",
        "A case function on a sealed column whose rule does not let it be answered.",
        "Give the column search = [\"equality-ci\"] in its rule, with the `fold` of this function, then unprotect and protect it again.");
    PatternTooShort = ("SW153", "pattern-too-short", "0A000",
        "A pattern without a piece that the search tokens of the column could be searched for.",
        "Give three characters in a row with \"match\" (of which the beginning and the end of the whole text count as one), a first character with \"prefix\", and no ILIKE where the column's lower case is not known; or set scanned_rows in [limits], so that the proxy may open rows that no token has found.");
    PatternUndecided = ("SW154", "pattern-undecided", "0A000",
        "A pattern that only the opened values decide, where the proxy cannot look at the rows: in a subquery, with grouping, DISTINCT or a lock, in UPDATE and DELETE, by a role that does not see the column, or NOT LIKE where the rules allow no scan.",
        "Put the condition into the outermost WHERE of a SELECT, search for a beginning of a column with \"prefix\", or for NOT LIKE set scanned_rows in [limits].");
    TooManyRows = ("SW160", "too-many-rows", "54000",
        "A result that the proxy sorts, or counts rows of, has more rows than it keeps; or more rows were opened in vain than may be.",
        "Narrow the WHERE clause, add a LIMIT, or raise gathered_rows or scanned_rows in [limits].");
    DefinitionRefused = ("SW155", "definition-refused", "0A000",
        "A definition that a sealed column cannot have, such as a CHECK, or another type.",
        "Leave that part of the definition out.");
    SubjectUnknown = ("SW170", "subject-unknown", "0A000",
        "A value for a column of an erasable table, without a sign of whose row it goes into.",
        "Give the column that the rules name as `subject` as a constant or parameter in the same row of INSERT or COPY; in UPDATE add `AND subject_column = …` to WHERE. What is copied from another row or table is read and written by the application.");
    SubjectChanged = ("SW171", "subject-changed", "0A000",
        "A change of the column that says whose a row of an erasable table is: its values are sealed under the key of whom it says.",
        "Delete the row and insert it again for the other subject.");
    SubjectErased = ("SW172", "subject-erased", "55000",
        "A value for a data subject that was erased.",
        "Nothing is written for who was erased; who comes back gets a new id in the application.");
    // 2xx: rights
    LevelMissing = ("SW201", "level-missing", "42501",
        "The role's level on the protected table does not allow this kind of statement.",
        "Ask for a grant with a higher level on this table.");
    SearchMissing = ("SW202", "search-missing", "42501",
        "The role may not use this column in a predicate, a grouping, a join or a sort.",
        "Ask for search or reveal on the column.");
    WriteMissing = ("SW203", "write-missing", "42501",
        "The role sees a mask of this column and may not write it.",
        "Ask for reveal or write on the column.");
    GuessBudget = ("SW204", "guess-budget", "42501",
        "Too many search constants by a role that does not see the column.",
        "Search for fewer values, or ask for reveal on the column.");
    RoutineNotVouched = ("SW205", "routine-not-vouched", "42501",
        "A function or block that could reach protected tables unseen.",
        "Send the statement itself, vouch for the routine in the rules, or run it under a role with full control.");
    CatalogRestricted = ("SW206", "catalog-restricted", "42501",
        "A catalog or statistics view that can show values of protected columns.",
        "Ask for full control on the protected tables.");
    SettingRefused = ("SW207", "setting-refused", "42501",
        "A setting that chooses between the server's indexes or shows its own statements and plans, by a role that sees masks.",
        "Leave the setting as it is. Where it is needed, the server's administrator sets it for the role or the database.");
    CopyUnruled = ("SW208", "copy-unruled", "42501",
        "A generated column is made of a column that the role sees a mask of, and no rule says what it shows.",
        "Name the generated column in the rules too, with a mask, and protect the table again.");
    OutcomeTells = ("SW209", "outcome-tells", "42501",
        "Whether the server accepts the write, or what it then does, would tell of a column that the role may neither see nor search: a constraint, an index, row security, a trigger or a rule reads it.",
        "Ask for search on the column, or for a constraint that does not read it. A trigger's function can be vouched for in the rules.");
    // 3xx: state of the protection
    NotYetSealed = ("SW301", "not-yet-sealed", "55000",
        "The rules seal this column and the server still holds plaintext in it.",
        "Run `sealwire protect` for the table.");
    RuleMissing = ("SW302", "rule-missing", "55000",
        "The registry knows this column as protected and no rule names it.",
        "Restore the rule file, or take the protection off with `sealwire unprotect`.");
    SchemaChanged = ("SW303", "schema-changed", "55000",
        "The table's columns are not what Sealwire knows of them.",
        "Repeat the statement; if it stays, run `sealwire check`.");
    CannotOpen = ("SW304", "cannot-open", "XX001",
        "A sealed value could not be opened: damaged, or sealed under another key or for another column.",
        "Run `sealwire check`; restore the keyset or the row from a backup.");
    Backstop = ("SW305", "backstop", "42501",
        "A result turned out to come from a protected table that the statement did not show.",
        "Name the protected table in the statement itself.");
    KeysetUnavailable = ("SW306", "keyset-unavailable", "55000",
        "The keys for this table are not to be had.",
        "Check the key provider and `sealwire keys status`.");
    RegistryDamaged = ("SW307", "registry-damaged", "XX001",
        "The registry of protected columns in schema sealwire was changed by something else than Sealwire, or lost rows.",
        "Restore schema sealwire from a backup of the database; nothing of the database is let through until then.");
    EpochUnknown = ("SW311", "epoch-unknown", "55000",
        "A value was sealed in a key epoch that is not known here: newer than the keys that were last read, or retired.",
        "Repeat the statement, the keys are read again; if it stays, look at `sealwire keys status`.");
    LeaseLost = ("SW312", "lease-lost", "55000",
        "The proxy has not reached the database by its own login for some seconds: what is protected may have changed meanwhile.",
        "Repeat the statement; if it stays, the log of Sealwire says why the service user cannot connect.");
    KeysetSearched = ("SW313", "keyset-searched", "0A000",
        "A column with search would be written under another keyset than its own: what two keysets hold is not found together.",
        "RESET sealwire.keyset for this statement, or leave the column out of it.");
    KeysetOther = ("SW314", "keyset-other", "42501",
        "A value is sealed under a keyset that is neither the column's own nor the one that the session has chosen.",
        "SET sealwire.keyset to it, where the role may.");
    KeysetRefused = ("SW315", "keyset-refused", "42501",
        "`sealwire.keyset` names a keyset that the role may not choose, or that is not there.",
        "RESET sealwire.keyset, or ask for the keyset in `keysets` of the role.");
    NotInitialised = ("SW355", "not-initialised", "55000",
        "A table whose columns the rules seal is made in a database that has no schema sealwire, or an older one.",
        "Run `sealwire init` for the database, or for the template that it is made from.");
    // 4xx: protocol and session
    FunctionCallRefused = ("SW401", "function-call-refused", "0A000",
        "The fast-path FunctionCall message.",
        "Call the function with SELECT.");
    ReplicationRefused = ("SW402", "replication-refused", "42501",
        "A replication connection through the proxy.",
        "Connect to the server directly for replication.");
    ProtocolViolation = ("SW403", "protocol-violation", "08P01",
        "A message that is not valid in the PostgreSQL protocol.",
        "Check the driver.");
    UpstreamUnavailable = ("SW404", "upstream-unavailable", "08006",
        "The PostgreSQL server cannot be reached or ended the connection.",
        "Check the server and the address in [upstream].");
    EncodingUnsupported = ("SW405", "encoding-unsupported", "0A000",
        "client_encoding is not UTF8 while a protected table is used.",
        "SET client_encoding TO 'UTF8'.");
    TooManySessions = ("SW406", "too-many-sessions", "53300",
        "The limit of client sessions is reached.",
        "Raise [listen] max_sessions, or close idle sessions.");
    ShuttingDown = ("SW407", "shutting-down", "57P01",
        "Sealwire is being stopped.",
        "Connect again.");
    GroundUnavailable = ("SW408", "ground-unavailable", "08006",
        "The catalog, registry or keys of the database could not be read, so nothing can be let through safely.",
        "Check [upstream.service], its grants, and `sealwire check`.");
    LoginFailed = ("SW435", "login-failed", "28P01",
        "A wrong password, an expired one, a user that is not known, or a certificate that is not mapped to the user; which of them is not told.",
        "Check user and password; `sealwire users` shows nobody's password, but adds and imports them.");
    NoAuthRule = ("SW436", "no-auth-rule", "28000",
        "No rule of [auth] fits the connection, or the first that fits is `reject`.",
        "Look at the rules of [auth]: the first that fits database, user, address and TLS decides.");
    PasswordInClear = ("SW437", "password-in-clear", "28000",
        "A password would have to be sent over a connection that others can read.",
        "Connect with TLS.");
    ChannelBinding = ("SW438", "channel-binding", "28000",
        "The client is bound to another certificate than Sealwire's, or was told that no channel binding is to be had: somebody may stand between.",
        "Find out who ends TLS between the client and Sealwire.");
    TooManyFailures = ("SW439", "too-many-failures", "53400",
        "Too many failed logins of this user from this address, or of this address, in the last minutes.",
        "Wait, and check the password that the application uses.");
    UpstreamTrust = ("SW440", "upstream-trust", "28000",
        "The server lets connections of the proxy in without asking for anything (`trust`), so that whoever reaches the proxy would be anybody.",
        "Set scram-sha-256 for the proxy's address in the server's pg_hba.conf, or listen on loopback only.");
    UpstreamMethod = ("SW441", "upstream-method", "28000",
        "The server asks for a proof that cannot be given on behalf of the client, or does not prove itself.",
        "Use scram-sha-256 for the proxy's address in the server's pg_hba.conf.");
    VerifierDiffers = ("SW442", "verifier-differs", "28000",
        "Salt or iterations of the verifier in the users file are not those of the server, so that the client's proof does not open the server.",
        "Run `sealwire users import`, or `sealwire users add` with the password that the server knows.");
    LookupFailed = ("SW443", "lookup-failed", "08006",
        "The auth query failed, or gave something else than name, verifier and valid_until.",
        "Run the query of [auth] as the service user in auth_database.");
    TlsRequired = ("SW430", "tls-required", "28000",
        "A connection without TLS from where none is taken: from another host, or from anywhere with `require = true`.",
        "Connect with sslmode=require or verify-full; if Sealwire has no certificate yet, give it one in [listen.tls].");
    UpstreamTls = ("SW431", "upstream-tls", "08006",
        "The rules demand TLS towards the PostgreSQL server, and it has none, or its certificate is not the one demanded.",
        "Check the server's ssl settings and its certificate against `tls` in [upstream]; the log of Sealwire says what is wrong.");
}

impl Fault {
    /// Looks an entry up by its id.
    pub fn by_id(id: &str) -> Option<Fault> {
        ENTRIES
            .iter()
            .find(|(_, entry)| entry.id == id)
            .map(|(fault, _)| *fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_are_unique_and_texts_are_sentences() {
        for (i, (fault, entry)) in ENTRIES.iter().enumerate() {
            assert_eq!(fault.entry(), *entry);
            assert_eq!(entry.sqlstate.len(), 5, "{}", entry.id);
            assert!(
                entry.cause.ends_with('.') && entry.remedy.ends_with('.'),
                "{}",
                entry.id
            );
            for (_, other) in ENTRIES.iter().skip(i + 1) {
                assert_ne!(entry.id, other.id);
                assert_ne!(entry.name, other.name);
            }
        }
    }
}
