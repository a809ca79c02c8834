//! Names with `*` in them.

/// A name; `*` stands for any characters, none among them. Compared as the catalog has it: letter
/// case counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern(String);

/// A table by schema and name, both patterns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TablePattern {
    /// Schema.
    pub schema: Pattern,
    /// Table.
    pub name: Pattern,
}

impl Pattern {
    /// From its text.
    pub fn new(text: impl Into<String>) -> Self {
        Pattern(text.into())
    }

    /// Whether it matches exactly one name.
    pub fn is_exact(&self) -> bool {
        !self.0.contains('*')
    }

    /// Whether the name matches.
    pub fn matches(&self, name: &str) -> bool {
        overlap(self.0.as_bytes(), name.as_bytes(), false)
    }

    /// Whether some name matches both.
    pub fn overlaps(&self, other: &Pattern) -> bool {
        overlap(self.0.as_bytes(), other.0.as_bytes(), true)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How narrow it is: exact first, then by letters.
    fn narrowness(&self) -> (bool, usize) {
        (self.is_exact(), self.0.len())
    }
}

impl TablePattern {
    /// From `schema.table`, `table` (of schema `public`) or `*` (all tables of all schemas).
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (schema, name) = match text.split_once('.') {
            Some(parts) => parts,
            None if text == "*" => ("*", "*"),
            None => ("public", text),
        };
        if schema.is_empty() || name.is_empty() || name.contains('.') {
            return Err("expected schema.table, or a table of schema public");
        }
        Ok(TablePattern {
            schema: Pattern::new(schema),
            name: Pattern::new(name),
        })
    }

    /// Whether it names exactly one table.
    pub fn is_exact(&self) -> bool {
        self.schema.is_exact() && self.name.is_exact()
    }

    /// Whether the table matches.
    pub fn matches(&self, schema: &str, name: &str) -> bool {
        self.schema.matches(schema) && self.name.matches(name)
    }

    /// Whether some table matches both.
    pub fn overlaps(&self, other: &TablePattern) -> bool {
        self.schema.overlaps(&other.schema) && self.name.overlaps(&other.name)
    }

    /// Orders patterns that match one table: the narrowest is greatest.
    pub(super) fn narrowness(&self) -> impl Ord + use<> {
        (self.name.narrowness(), self.schema.narrowness())
    }
}

impl std::fmt::Display for TablePattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.schema.0, self.name.0)
    }
}

/// Whether a text matches both sides; `*` of `right` counts where `both` says so. Goes through one
/// row of the table of (prefix of left, prefix of right), so it takes left × right steps at most.
fn overlap(left: &[u8], right: &[u8], both: bool) -> bool {
    let star = |byte: u8| both && byte == b'*';
    let mut row = Vec::with_capacity(right.len() + 1);
    row.push(true);
    for byte in right {
        let so_far = row.last().copied().unwrap_or(false);
        row.push(so_far && star(*byte));
    }
    for from_left in left {
        let wild = *from_left == b'*';
        let mut next = Vec::with_capacity(row.len());
        let mut beside = wild && row.first().copied().unwrap_or(false);
        next.push(beside);
        for ((byte, diagonal), above) in right.iter().zip(&row).zip(row.iter().skip(1)) {
            beside = if wild || star(*byte) {
                // The star takes nothing, or one character more of the other side.
                *above || beside
            } else {
                *diagonal && byte == from_left
            };
            next.push(beside);
        }
        row = next;
    }
    row.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn stars_match_any_characters() {
        let matches = |pattern: &str, name: &str| Pattern::new(pattern).matches(name);
        assert!(matches("tenant_*", "tenant_1"));
        assert!(matches("tenant_*", "tenant_"));
        assert!(matches("*", ""));
        assert!(matches("*a*b", "xxayyb"));
        assert!(!matches("*a*b", "xxayybz"));
        assert!(!matches("customers", "Customers"));
        assert!(matches("a*", "a*b"), "a star in a name is a character");
        assert!(!matches("ab", "a*"));
    }

    #[test]
    fn patterns_overlap_where_a_name_matches_both() {
        let overlaps = |left: &str, right: &str| Pattern::new(left).overlaps(&Pattern::new(right));
        assert!(overlaps("tenant_*", "*_1"));
        assert!(overlaps("a*c", "ab*"));
        assert!(overlaps("*", "*"));
        assert!(!overlaps("a*", "b*"));
        assert!(!overlaps("*x", "*y"));
    }

    #[test]
    fn an_unqualified_table_is_public() {
        let customers = TablePattern::parse("customers").unwrap();
        assert_eq!(customers.to_string(), "public.customers");
        assert!(TablePattern::parse("*").unwrap().matches("crm", "people"));
        assert!(TablePattern::parse("a.b.c").is_err());
        assert!(TablePattern::parse(".b").is_err());
    }
}
