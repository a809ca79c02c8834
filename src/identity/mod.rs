//! Who is asking: the authenticated principal and the levels of access.
//!
//! Absent: how it was authenticated (auth), what it may do (policy).

use std::net::IpAddr;

/// The authenticated principal of a session. Only `auth` makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Principal {
    /// The PostgreSQL role the session logged in as.
    pub login: String,
    /// Groups from an identity provider; none with `relay`.
    pub groups: Vec<String>,
}

/// A principal, and where it calls from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub principal: Principal,
    /// The client's address.
    pub from: IpAddr,
}

/// The four levels of the design, and what follows from each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// SELECT.
    Access,
    /// SELECT, INSERT, UPDATE.
    AccessAndModify,
    /// SELECT, INSERT, UPDATE, DELETE, TRUNCATE.
    Modify,
    /// All of it, and DDL, GRANT, ownership.
    FullControl,
}

/// A kind of statement, as levels know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as in SQL")]
pub enum Verb {
    Select,
    Insert,
    Update,
    Delete,
    Truncate,
    Ddl,
}

impl Level {
    /// As rules write it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Access => "access",
            Level::AccessAndModify => "access-and-modify",
            Level::Modify => "modify",
            Level::FullControl => "full-control",
        }
    }

    /// Whether the level allows the verb.
    pub fn allows(self, verb: Verb) -> bool {
        match verb {
            Verb::Select => true,
            Verb::Insert | Verb::Update => self >= Level::AccessAndModify,
            Verb::Delete | Verb::Truncate => self >= Level::Modify,
            Verb::Ddl => self == Level::FullControl,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_allow_what_the_design_says() {
        let table = [
            (Level::Access, "S...."),
            (Level::AccessAndModify, "SIU.."),
            (Level::Modify, "SIUD."),
            (Level::FullControl, "SIUDX"),
        ];
        for (level, allowed) in table {
            let verbs = [
                (Verb::Select, 'S'),
                (Verb::Insert, 'I'),
                (Verb::Update, 'U'),
                (Verb::Delete, 'D'),
                (Verb::Ddl, 'X'),
            ];
            for (verb, letter) in verbs {
                assert_eq!(
                    level.allows(verb),
                    allowed.contains(letter),
                    "{}",
                    level.name()
                );
            }
            assert_eq!(level.allows(Verb::Truncate), level.allows(Verb::Delete));
        }
    }
}
