//! Names of pg_catalog that others have too: an operator or a type in a statement is the server's own only where the
//! search path says so. (Of functions, `Analysis::builtin` asks.)

use super::analysis::Analysis;
use crate::catalog::{Stands, before_catalog};
use crate::fault::{Fault, Refusal};
use crate::sql::{Call, Range, TokenKind};

/// Words for operators (`gram.y`): they too are looked for along the search path.
const WORDS: &[(&str, &[&str])] = &[
    ("in", &["=", "<>"]),
    ("like", &["~~", "!~~"]),
    ("ilike", &["~~*", "!~~*"]),
    ("similar", &["~", "!~"]),
    ("between", &["<", "<=", ">", ">="]),
    ("nullif", &["="]),
    ("case", &["="]),
    ("distinct", &["="]),
    ("using", &["="]),
    ("natural", &["="]),
];

const HINT: &str = "Put pg_catalog first in search_path, or leave it out of it.";

impl Analysis<'_> {
    /// Refuses an operator or a type that may be another than that of pg_catalog, in a statement that reads or writes
    /// something protected.
    pub(super) fn is_of_catalog(&self, range: Range) -> Result<(), Refusal> {
        let path = &self.request.environment.search_path;
        let snapshot = &self.world.snapshot;
        let before = before_catalog(path);
        if snapshot.homonyms.operators.is_empty() && before.is_empty() {
            return Ok(());
        }
        let other = |operator: &str| {
            let operator = if operator == "!=" { "<>" } else { operator };
            snapshot.homonyms.operator(operator, path) == Stands::Unclear
        };
        for at in range.first..=range.last {
            let Some(token) = self.tokens.get(at) else {
                break;
            };
            let (unclear, kind) = match &token.kind {
                TokenKind::Operator(operator) => (other(operator), "an operator"),
                TokenKind::Word(word) => {
                    let known = WORDS.iter().find(|(known, _)| known == word);
                    let operators = known.is_some_and(|(_, own)| own.iter().any(|own| other(own)));
                    if operators {
                        (true, "an operator")
                    } else {
                        (self.is_own_type(before, word), "a type")
                    }
                }
                TokenKind::Quoted(word) => (self.is_own_type(before, word), "a type"),
                TokenKind::Text(_)
                | TokenKind::Escaped(_)
                | TokenKind::Dollar(_)
                | TokenKind::Bits
                | TokenKind::Number(_)
                | TokenKind::Placeholder(_)
                | TokenKind::Mark(_) => (false, ""),
            };
            if unclear {
                let message = format!(
                    "{kind} of this name stands in another schema too, and the search path or the operands may take that one"
                );
                return Err(self
                    .refusal(Fault::UnsupportedExpression, message, Some(at))
                    .with_hint(HINT));
            }
        }
        Ok(())
    }

    /// Whether a schema before pg_catalog has a type by the name of one of the server's own.
    fn is_own_type(&self, before: &[String], name: &str) -> bool {
        if before.is_empty() {
            return false;
        }
        let types = &self.world.snapshot.types;
        let named = |schemas: &dyn Fn(&str) -> bool| {
            (types.values()).any(|own| own.name == name && schemas(&own.schema))
        };
        named(&|schema| before.iter().any(|own| own == schema))
            && named(&|schema| schema == "pg_catalog")
    }

    /// What the name of a function stands for.
    pub(super) fn function_stands(&self, name: &str) -> Stands {
        let snapshot = &self.world.snapshot;
        if !snapshot.user_functions.contains(name) {
            return Stands::Catalog;
        }
        // One that has the name of what the grammar knows alone (coalesce) is nobody's homonym.
        if !snapshot.homonyms.functions.contains_key(name) {
            return Stands::Unclear;
        }
        let path = &self.request.environment.search_path;
        snapshot.homonyms.function(name, path)
    }

    /// The name, where it is the server's own function beyond doubt, or beside one that takes a type of its own first:
    /// whoever asks makes sure that what the call takes first is of the server's own types.
    pub(super) fn builtin_of_own_types<'c>(&self, call: &'c Call) -> Option<&'c str> {
        let [name] = call.name.as_slice() else {
            return self.builtin(call);
        };
        match self.function_stands(&name.text) {
            Stands::Catalog | Stands::CatalogOfOwnTypes => Some(&name.text),
            Stands::Unclear => None,
        }
    }
}
