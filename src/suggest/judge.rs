//! From a name, a type and a tally to a suggestion.

use super::kind::Kind;
use super::names;
use super::tally::Tally;
use crate::value::{DeclaredType, Kind as Type};

/// Fewer values than this say nothing.
const ENOUGH: u64 = 20;
/// In a hundred.
const MOST: u64 = 80;

/// What is known of a column without its values.
#[derive(Debug, Clone)]
pub struct ColumnFacts {
    /// Schema.
    pub schema: String,
    /// Table.
    pub table: String,
    /// Column.
    pub column: String,
    /// Its type; `None` where values of it cannot be sealed.
    pub declared: Option<DeclaredType>,
    /// Alone in a unique index or the primary key.
    pub unique: bool,
    /// First in an index.
    pub indexed: bool,
    /// `lower()` or `upper()` of it stands in an index.
    pub folded: bool,
    /// One end of a foreign key.
    pub keyed: bool,
    /// It has a default.
    pub has_default: bool,
    /// Whether values could be looked at.
    pub readable: bool,
}

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "plain words")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

impl Confidence {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// A column that deserves a rule.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The column.
    pub facts: ColumnFacts,
    /// What it seems to hold.
    pub kind: Kind,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why, in plain words: names, counts and ratios.
    pub reason: String,
    /// `search = ["equality"]`.
    pub equality: bool,
    /// `search = ["equality-ci"]`, beside that or alone.
    pub insensitive: bool,
    /// Key domain that it shares with other columns.
    pub domain: Option<String>,
    /// The partial mask, as a rule writes it.
    pub mask: Option<&'static str>,
    /// What to know before it is used.
    pub remarks: Vec<String>,
}

/// Columns tied by a foreign key, as `schema.table.column`: from, to.
pub type ForeignKeyPair = (String, String);

impl ColumnFacts {
    /// `schema.table.column`.
    pub fn qualified(&self) -> String {
        format!("{}.{}.{}", self.schema, self.table, self.column)
    }

    fn text(&self) -> bool {
        fn text(declared: &DeclaredType) -> bool {
            match &declared.kind {
                Type::Array(element) => text(element),
                kind => matches!(
                    kind,
                    Type::Text | Type::Varchar { .. } | Type::Char { .. } | Type::Citext
                ),
            }
        }
        self.declared.as_ref().is_some_and(text)
    }

    fn is(&self, test: impl Fn(&Type) -> bool) -> bool {
        self.declared
            .as_ref()
            .is_some_and(|declared| test(&declared.kind))
    }

    fn number(&self) -> bool {
        self.is(|kind| matches!(kind, Type::Int4 | Type::Int8 | Type::Numeric { .. }))
    }

    fn moment(&self) -> bool {
        self.is(|kind| {
            matches!(
                kind,
                Type::Date | Type::Timestamp { .. } | Type::Timestamptz { .. }
            )
        })
    }

    /// Whether values of this type can be of a kind.
    fn can_hold(&self, kind: Kind) -> bool {
        match kind {
            Kind::Email
            | Kind::Iban
            | Kind::EsDni
            | Kind::UkNino
            | Kind::ItCodiceFiscale
            | Kind::PersonName
            | Kind::Address => self.text(),
            Kind::PasswordHash | Kind::Secret => {
                self.text() || self.is(|kind| matches!(kind, Type::Bytea))
            }
            Kind::FreeText => {
                self.text() || self.is(|kind| matches!(kind, Type::Json | Type::Jsonb))
            }
            Kind::IpAddress => self.text() || self.is(|kind| matches!(kind, Type::Inet)),
            Kind::BirthDate => self.text() || self.moment() || self.number(),
            Kind::Card
            | Kind::UsSsn
            | Kind::NlBsn
            | Kind::DeTaxId
            | Kind::FrNir
            | Kind::PlPesel
            | Kind::BeNrn
            | Kind::SePersonnummer
            | Kind::ChAhv
            | Kind::BrCpf
            | Kind::GovernmentId
            | Kind::Phone
            | Kind::Postcode => self.text() || self.number(),
        }
    }
}

/// The suggestion for a column, where there is one.
pub fn suggest(facts: &ColumnFacts, tally: &Tally) -> Option<Suggestion> {
    facts.declared.as_ref()?;
    let named = names::kind(&facts.table, &facts.column).filter(|kind| facts.can_hold(*kind));
    let shaped = tally
        .best()
        .filter(|(kind, percent)| {
            let sure = tally.seen() >= ENOUGH && *percent >= MOST;
            // Telephone numbers look like many other numbers.
            let telling = kind.is_telling() || (facts.text() && *percent >= 90);
            sure && telling && facts.can_hold(*kind)
        })
        .map(|(kind, _)| kind);
    let (kind, confidence) = match (named, shaped) {
        (None, None) if facts.is(|kind| matches!(kind, Type::Inet)) => {
            (Kind::IpAddress, Confidence::Medium)
        }
        (None, None) => return None,
        (Some(named), Some(shaped)) if named == shaped => (named, Confidence::High),
        // What the values show is more special than a name such as `national_id`, or contradicts it.
        (_, Some(shaped)) if shaped != Kind::Phone || named.is_none() => (
            shaped,
            if shaped.is_telling() {
                Confidence::High
            } else {
                Confidence::Medium
            },
        ),
        (Some(named), _) => (named, by_name(named, tally)),
        (None, Some(shaped)) => (shaped, Confidence::Medium),
    };
    Some(decide(facts, tally, kind, named, confidence))
}

fn by_name(kind: Kind, tally: &Tally) -> Confidence {
    let contradicted = tally.seen() >= ENOUGH
        && !matches!(kind, Kind::PasswordHash | Kind::Secret)
        && Kind::recognises(kind, "").is_some()
        && tally.percent(kind) < 30;
    if contradicted || matches!(kind, Kind::FreeText | Kind::Postcode) {
        Confidence::Low
    } else {
        Confidence::Medium
    }
}

fn decide(
    facts: &ColumnFacts,
    tally: &Tally,
    kind: Kind,
    named: Option<Kind>,
    confidence: Confidence,
) -> Suggestion {
    let mut reason = vec![kind.words().to_owned()];
    if let Some(named) = named {
        reason.push(if named == kind {
            "its name says so".to_owned()
        } else {
            format!("its name says {}", named.words())
        });
    }
    if tally.seen() > 0 && kind.recognises("").is_some() {
        reason.push(format!(
            "sampled {} value(s), {} % {}",
            tally.seen(),
            tally.percent(kind),
            kind.test()
        ));
    } else if !facts.readable {
        reason.push("values not read: no right to".to_owned());
    } else if tally.seen() == 0 {
        reason.push("no values sampled".to_owned());
    }
    let mut remarks = Vec::new();
    let insensitive = insensitive(facts, tally, kind, &mut remarks);
    let citext = facts.is(|kind| matches!(kind, Type::Citext));
    let equality = !(citext && insensitive) && equality(facts, tally, kind, &mut remarks);
    match kind {
        Kind::PasswordHash => remarks.push(
            "a hash is not the password; sealing keeps it from being guessed offline. Plaintext passwords should be hashed, not only sealed. Checks in SQL (crypt()) would be refused".to_owned(),
        ),
        Kind::Secret => remarks.push(
            "if it is only ever compared, store a hash of it instead; sealing is for what must be read again".to_owned(),
        ),
        Kind::BirthDate => remarks.push("ranges and sorting by it would be refused".to_owned()),
        Kind::FreeText => remarks.push("searching in it (LIKE, full text) would be refused".to_owned()),
        Kind::Email if !insensitive => remarks.push("look-ups by lower(…) or ILIKE need \"equality-ci\" in its search: see `sealwire assess`".to_owned()),
        _ => {}
    }
    if facts.has_default {
        remarks.push("has a default: `protect` takes constant ones only".to_owned());
    }
    Suggestion {
        facts: facts.clone(),
        kind,
        confidence,
        reason: reason.join("; "),
        equality,
        insensitive,
        domain: None,
        mask: mask(facts, kind),
        remarks,
    }
}

/// Whether rows are usually looked up by it.
fn looked_up(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::FreeText
            | Kind::PasswordHash
            | Kind::Address
            | Kind::PersonName
            | Kind::Postcode
            | Kind::BirthDate
            | Kind::Secret
            | Kind::IpAddress
            | Kind::Card
    )
}

/// Few different values, whose frequencies would show them.
fn few(facts: &ColumnFacts, tally: &Tally) -> bool {
    let (seen, distinct) = (tally.seen(), tally.distinct());
    !facts.unique && seen >= 50 && (distinct * 20 < seen || (seen >= 200 && distinct < 100))
}

/// Equality without regard to case: where an index on `lower()` or `upper()` shows the need, and for citext, which
/// knows no other.
fn insensitive(facts: &ColumnFacts, tally: &Tally, kind: Kind, remarks: &mut Vec<String>) -> bool {
    let citext = facts.is(|kind| matches!(kind, Type::Citext));
    let text =
        facts.is(|kind| matches!(kind, Type::Text | Type::Varchar { .. } | Type::Char { .. }));
    let by_index = facts.folded && (text || citext);
    let by_type = citext && !facts.keyed && (facts.unique || facts.indexed || looked_up(kind));
    if !(by_index || by_type) || few(facts, tally) {
        return false;
    }
    let why = if by_index {
        "for its index on lower() or upper()"
    } else {
        "as citext compares"
    };
    remarks.push(format!(
        "equality-ci, {why}; it shows which rows are equal but for case, and lengths"
    ));
    true
}

fn equality(facts: &ColumnFacts, tally: &Tally, kind: Kind, remarks: &mut Vec<String>) -> bool {
    let used = facts.unique || facts.indexed || facts.keyed;
    if !looked_up(kind) && !used {
        return false;
    }
    let allowed = facts.declared.as_ref().map_or(
        Err("its type is not supported"),
        DeclaredType::deterministic_allowed,
    );
    if let Err(why) = allowed {
        remarks.push(format!("no equality: {why}"));
        if used {
            remarks.push("its index or key stands in the way of `protect`".to_owned());
        }
        return false;
    }
    let (seen, distinct) = (tally.seen(), tally.distinct());
    let few = few(facts, tally);
    if few && !facts.keyed {
        remarks.push(format!(
            "no equality: only {distinct} different values among {seen}, whose frequencies would tell them apart. Searches by it would be refused"
        ));
        return false;
    }
    if few {
        remarks.push(format!(
            "only {distinct} different values among {seen}: equality nearly shows them, and the foreign key needs it"
        ));
    }
    remarks.push(match (facts.unique, facts.indexed, facts.keyed) {
        (_, _, true) => "equality, for its foreign key; it shows which rows are equal, and lengths".to_owned(),
        (true, _, _) => "equality, for its unique index; lengths show".to_owned(),
        (_, true, _) => "equality, for its index; it shows which rows are equal, and lengths".to_owned(),
        (false, false, false) => "equality, since such columns are looked up; it shows which rows are equal, and lengths. Leave it out if nothing searches by it".to_owned(),
    });
    true
}

/// A mask that shows a little, where the type has one.
fn mask(facts: &ColumnFacts, kind: Kind) -> Option<&'static str> {
    let array = facts.is(|kind| matches!(kind, Type::Array(_)));
    if array {
        return None;
    }
    if kind == Kind::BirthDate && facts.moment() {
        return Some("\"year\"");
    }
    if !facts.text() {
        return None;
    }
    match kind {
        Kind::Email => Some("\"email\""),
        Kind::Phone => Some("{ keep_last = 2 }"),
        Kind::PersonName => Some("{ keep_first = 1 }"),
        Kind::Postcode => Some("{ keep_first = 2 }"),
        Kind::Card
        | Kind::Iban
        | Kind::UsSsn
        | Kind::NlBsn
        | Kind::DeTaxId
        | Kind::FrNir
        | Kind::EsDni
        | Kind::UkNino
        | Kind::PlPesel
        | Kind::ItCodiceFiscale
        | Kind::BeNrn
        | Kind::SePersonnummer
        | Kind::ChAhv
        | Kind::BrCpf => Some("{ keep_last = 4 }"),
        Kind::GovernmentId
        | Kind::BirthDate
        | Kind::Address
        | Kind::IpAddress
        | Kind::PasswordHash
        | Kind::Secret
        | Kind::FreeText => None,
    }
}

/// Gives columns that a foreign key ties one key domain, and the other end of a suggested column a suggestion too.
pub fn share_domains(
    suggestions: &mut Vec<Suggestion>,
    pairs: &[ForeignKeyPair],
    facts: impl Fn(&str) -> Option<ColumnFacts>,
) {
    loop {
        let mut changed = false;
        for (from, to) in pairs {
            let find = |suggestions: &[Suggestion], name: &str| {
                suggestions
                    .iter()
                    .position(|one| one.facts.qualified() == name)
            };
            let (here, there) = (find(suggestions, from), find(suggestions, to));
            let (known, other, missing) = match (here, there) {
                (Some(at), None) => (at, to, true),
                (None, Some(at)) => (at, from, true),
                (Some(at), Some(_)) => (at, to, false),
                (None, None) => continue,
            };
            let Some(origin) = suggestions.get(known).cloned() else {
                continue;
            };
            if missing {
                let Some(facts) = facts(other) else { continue };
                let family =
                    |facts: &ColumnFacts| facts.declared.as_ref().map(DeclaredType::family);
                if family(&facts) != family(&origin.facts) {
                    continue;
                }
                suggestions.push(Suggestion {
                    reason: format!(
                        "{}; tied by a foreign key to {}",
                        origin.kind.words(),
                        origin.facts.qualified()
                    ),
                    mask: mask(&facts, origin.kind),
                    equality: true,
                    insensitive: false,
                    domain: None,
                    facts,
                    remarks: vec![
                        "equality, for its foreign key; it shows which rows are equal, and lengths"
                            .to_owned(),
                    ],
                    ..origin.clone()
                });
                changed = true;
            }
            let (Some(a), Some(b)) = (find(suggestions, from), find(suggestions, to)) else {
                continue;
            };
            // Nothing that a foreign key could rest on, such as citext.
            let allowed = |at: &usize| {
                let declared = suggestions.get(*at)?.facts.declared.as_ref()?;
                declared.deterministic_allowed().ok()
            };
            if ![a, b].iter().all(|at| allowed(at).is_some()) {
                continue;
            }
            let domain = [a, b]
                .iter()
                .filter_map(|at| suggestions.get(*at)?.domain.clone())
                .min()
                .unwrap_or_else(|| to.clone());
            for at in [a, b] {
                if let Some(one) = suggestions.get_mut(at)
                    && one.domain.as_ref() != Some(&domain)
                {
                    one.domain = Some(domain.clone());
                    one.equality = true;
                    changed = true;
                }
            }
        }
        if !changed {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn facts(table: &str, column: &str, ty: &str) -> ColumnFacts {
        ColumnFacts {
            schema: "public".to_owned(),
            table: table.to_owned(),
            column: column.to_owned(),
            declared: DeclaredType::parse_name(ty),
            unique: false,
            indexed: false,
            folded: false,
            keyed: false,
            has_default: false,
            readable: true,
        }
    }

    fn tally(values: impl IntoIterator<Item = String>) -> Tally {
        let mut tally = Tally::default();
        for value in values {
            tally.add(&value);
        }
        tally
    }

    #[test]
    fn values_speak_where_the_name_is_silent() {
        let addresses = tally((0..100).map(|n| format!("p{n}@example.com")));
        let found = suggest(&facts("t", "c7", "text"), &addresses).unwrap();
        assert_eq!(
            (found.kind, found.confidence),
            (Kind::Email, Confidence::High)
        );
        assert!(
            found.reason.contains("sampled 100 value(s), 100 %"),
            "{}",
            found.reason
        );
        assert!(suggest(&facts("t", "c7", "text"), &Tally::default()).is_none());
        let numbers = tally((0..500).map(|n| (100_000_000 + n * 7_919).to_string()));
        assert!(suggest(&facts("t", "serial", "int"), &numbers).is_none());
    }

    #[test]
    fn equality_is_for_what_is_looked_up_and_has_many_values() {
        let few = tally((0..300).map(|n| format!("p{}@example.com", n % 4)));
        let found = suggest(&facts("t", "email", "text"), &few).unwrap();
        assert!(
            !found.equality
                && found
                    .remarks
                    .iter()
                    .any(|remark| remark.contains("only 4 different"))
        );
        let mut unique = facts("t", "email", "text");
        unique.unique = true;
        assert!(suggest(&unique, &Tally::default()).unwrap().equality);
        let mut untyped = facts("t", "phone", "numeric");
        untyped.indexed = true;
        assert!(!suggest(&untyped, &Tally::default()).unwrap().equality);
        assert!(
            !suggest(&facts("t", "first_name", "text"), &Tally::default())
                .unwrap()
                .equality
        );
    }

    #[test]
    fn what_is_compared_without_case_gets_equality_ci() {
        let mut lowered = facts("t", "email", "varchar(80)");
        lowered.folded = true;
        let found = suggest(&lowered, &Tally::default()).unwrap();
        assert!(found.equality && found.insensitive);
        let plain = suggest(&facts("t", "email", "text"), &Tally::default()).unwrap();
        assert!(plain.equality && !plain.insensitive);
        let mut citext = facts("t", "email", "text");
        citext.declared = Some(DeclaredType {
            oid: 16_400,
            typmod: -1,
            kind: Type::Citext,
        });
        let found = suggest(&citext, &Tally::default()).unwrap();
        assert!(!found.equality && found.insensitive, "{:?}", found.remarks);
        let few = tally((0..300).map(|n| format!("p{}@example.com", n % 4)));
        assert!(!suggest(&citext, &few).unwrap().insensitive);
    }

    #[test]
    fn both_ends_of_a_foreign_key_share_a_domain() {
        let mut person = facts("person", "ssn", "text");
        person.unique = true;
        person.keyed = true;
        let claim = facts("claim", "holder", "varchar(20)");
        let mut found = vec![suggest(&person, &Tally::default()).unwrap()];
        let pairs = [(
            "public.claim.holder".to_owned(),
            "public.person.ssn".to_owned(),
        )];
        share_domains(&mut found, &pairs, |name| {
            (name == claim.qualified()).then(|| claim.clone())
        });
        assert_eq!(found.len(), 2);
        assert!(
            found
                .iter()
                .all(|one| one.domain.as_deref() == Some("public.person.ssn") && one.equality)
        );
    }
}
