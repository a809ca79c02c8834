//! Classes and columns: what seals and masks a column, and whether that fits its type.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::masks::read_mask;
use super::nearest::did_you_mean;
use super::problem::{Located, Place, Problems};
use super::raw::{Entry, Named, RawClass, RawColumn, RawFold, RawMask, RawSeal, RawSearch};
use super::rules::{ColumnRule, FoldWish, OrderWish, SealRule, TokenWish};
use crate::mask::Mask;
use crate::seal::Scheme;
use crate::value::{DeclaredType, Kind, MOST_CHARACTERS, MOST_PREFIX, Matching};

/// Beginnings that `search = ["prefix"]` answers where nothing is said.
const PREFIX: u8 = 12;
/// Most bytes that `pad` may round up to.
const MAX_PAD: u32 = 65_536;

/// Classes by name; `None` for one with a mistake, which is not reported again where it is used.
pub(super) type Classes = BTreeMap<String, Option<Arc<ColumnRule>>>;

/// Validates all classes.
pub(super) fn classes(raw: Option<&Named<RawClass>>, problems: &mut Problems) -> Classes {
    let entries = raw.into_iter().flatten();
    entries
        .map(|(name, entry)| {
            let rule = entry
                .value
                .as_ref()
                .map(|class| Arc::new(rule(class, &entry.place, problems)));
            (name.clone(), rule)
        })
        .collect()
}

/// Validates one column of a table.
pub(super) fn column(
    entry: &Entry<RawColumn>,
    classes: &Classes,
    problems: &mut Problems,
) -> Option<Arc<ColumnRule>> {
    match entry.value.as_ref()? {
        RawColumn::Own(own) => Some(Arc::new(rule(own, &entry.place, problems))),
        RawColumn::Class(name) => match classes.get(name) {
            Some(class) => class.as_ref().map(|class| {
                Arc::new(ColumnRule {
                    class: Some(name.clone()),
                    place: entry.place.clone(),
                    ..ColumnRule::clone(class)
                })
            }),
            None => {
                let hint = did_you_mean(name, classes.keys().map(String::as_str));
                problems.add(
                    &entry.place,
                    format!("unknown class `{name}`, expected one of [classes.…]{hint}"),
                );
                None
            }
        },
    }
}

fn rule(raw: &RawClass, place: &Place, problems: &mut Problems) -> ColumnRule {
    if raw.seal.is_none() && raw.masks.is_none() {
        problems.add(place, "protects nothing: expected `seal`, `masks` or both");
    }
    let declared = raw
        .declared
        .as_ref()
        .and_then(|name| known_type(name, problems));
    let masks = raw.masks.as_ref().map(|masks| &masks.value);
    let mut read = |mask: Option<&Located<RawMask>>| {
        let mask = mask?;
        let read = read_mask(mask, problems)?;
        if let Some(Err(expected)) = declared.as_ref().map(|declared| read.fits(declared)) {
            problems.add(
                &mask.place,
                format!("mask does not fit the type: {expected}"),
            );
        }
        Some(read)
    };
    let default_mask = read(masks.and_then(|masks| masks.default.as_ref())).unwrap_or(Mask::Null);
    let partial_mask = read(masks.and_then(|masks| masks.partial.as_ref()));
    ColumnRule {
        class: None,
        declared: raw.declared.as_ref().map(|name| name.value.clone()),
        seal: raw
            .seal
            .as_ref()
            .map(|seal| seal_rule(&seal.value, declared.as_ref(), &seal.place, problems)),
        default_mask,
        partial_mask,
        place: place.clone(),
    }
}

/// The type, where it is built in. Another name may be that of an enum, which only the live
/// database knows, unless it looks like a slip.
fn known_type(name: &Located<String>, problems: &mut Problems) -> Option<DeclaredType> {
    const NAMES: [&str; 24] = [
        "text",
        "varchar",
        "character varying",
        "character",
        "smallint",
        "integer",
        "bigint",
        "numeric",
        "decimal",
        "real",
        "double precision",
        "boolean",
        "date",
        "time",
        "timestamp",
        "timestamptz",
        "timestamp with time zone",
        "uuid",
        "json",
        "jsonb",
        "bytea",
        "inet",
        "citext",
        "interval",
    ];
    let declared = DeclaredType::parse_name(&name.value);
    if declared.is_none() {
        let bare = name.value.split(['(', '[']).next().unwrap_or_default();
        let hint = did_you_mean(bare.trim(), NAMES);
        if !hint.is_empty() && !NAMES.contains(&bare.trim()) {
            problems.add(&name.place, format!("unknown type `{}`{hint}", name.value));
        } else if bare.trim().is_empty() {
            problems.add(&name.place, "expected the name of a type");
        }
    }
    declared
}

fn seal_rule(
    raw: &RawSeal,
    declared: Option<&DeclaredType>,
    place: &Place,
    problems: &mut Problems,
) -> SealRule {
    let searches = raw.search.as_ref().map(|search| search.value.as_slice());
    let given = |word: RawSearch| {
        searches
            .unwrap_or_default()
            .iter()
            .any(|search| search.value == word)
    };
    let equality = given(RawSearch::Equality);
    let ci = given(RawSearch::EqualityCi).then(|| match raw.fold.as_ref().map(|fold| fold.value) {
        None | Some(RawFold::Both) => FoldWish::Both,
        Some(RawFold::Lower) => FoldWish::Lower,
        Some(RawFold::Upper) => FoldWish::Upper,
    });
    let order = given(RawSearch::Order).then(|| OrderWish {
        max_length: raw.max_length.as_ref().map(|max| max.value),
    });
    let prefix = given(RawSearch::Prefix).then(|| {
        let asked = raw.prefix_length.as_ref().map(|length| length.value);
        asked
            .and_then(|length| u8::try_from(length).ok())
            .unwrap_or(PREFIX)
    });
    let wish = TokenWish {
        matching: given(RawSearch::Match),
        prefix,
        range: given(RawSearch::Range),
    };
    let rule = SealRule {
        scheme: if equality || order.is_some() {
            Scheme::Deterministic
        } else {
            Scheme::Random
        },
        ci,
        order,
        tokens: (wish.matching || wish.prefix.is_some() || wish.range).then_some(wish),
        domain: raw.domain.as_ref().map(|domain| domain.value.clone()),
        keyset: None,
        pad: raw.pad.as_ref().map(|pad| pad.value),
        acknowledge_leakage: raw
            .acknowledge_leakage
            .as_ref()
            .is_some_and(|acknowledged| acknowledged.value),
    };
    if let (Some(fold), None) = (&raw.fold, ci) {
        problems.add(
            &fold.place,
            "`fold` says what search = [\"equality-ci\"] answers: expected that search",
        );
    }
    check_order(raw, &rule, place, problems);
    check_tokens(raw, &rule, place, problems);
    if let Some(domain) = raw.domain.as_ref().filter(|name| name.value.is_empty()) {
        problems.add(&domain.place, "expected the name of a key domain");
    }
    if let Some(pad) = raw.pad.as_ref()
        && !(1..=MAX_PAD).contains(&pad.value)
    {
        problems.add(
            &pad.place,
            format!("expected a number of bytes from 1 to {MAX_PAD}"),
        );
    }
    if let Some(declared) = declared
        && let Err(reason) = may_seal(&rule, declared)
    {
        let at = raw.search.as_ref().map_or(place, |search| &search.place);
        problems.add(at, reason);
    }
    rule
}

/// Notes what does not go with an order, and keys that only an order has.
fn check_order(raw: &RawSeal, rule: &SealRule, place: &Place, problems: &mut Problems) {
    if let Some(max) = &raw.max_length {
        if rule.order.is_none() {
            problems.add(
                &max.place,
                "`max_length` is of search = [\"order\"]: expected that search",
            );
        } else if !(1..=MOST_CHARACTERS).contains(&max.value) {
            problems.add(
                &max.place,
                format!("expected a number of characters from 1 to {MOST_CHARACTERS}"),
            );
        }
    }
    if rule.order.is_none() {
        return;
    }
    if let Some(pad) = &raw.pad {
        problems.add(
            &pad.place,
            "an order shows the length of a text whatever its padding: leave `pad` out",
        );
    }
    if !rule.acknowledge_leakage {
        let at = raw.search.as_ref().map_or(place, |search| &search.place);
        problems.add(
            at,
            "search = [\"order\"] shows the order of all values to the server, from which most of them can be told where their \
             span is known: leave it out, or set acknowledge_leakage = true",
        );
    }
}

/// Notes what does not go with tokens, and keys that only tokens have.
fn check_tokens(raw: &RawSeal, rule: &SealRule, place: &Place, problems: &mut Problems) {
    if let Some(length) = &raw.prefix_length {
        if rule.tokens.is_none_or(|tokens| tokens.prefix.is_none()) {
            problems.add(
                &length.place,
                "`prefix_length` is of search = [\"prefix\"]: expected that search",
            );
        } else if !(1..=u32::from(MOST_PREFIX)).contains(&length.value) {
            problems.add(
                &length.place,
                format!("expected a number of characters from 1 to {MOST_PREFIX}"),
            );
        }
    }
    if rule.tokens.is_none() {
        return;
    }
    let at = raw.search.as_ref().map_or(place, |search| &search.place);
    if rule.order.is_some() {
        problems.add(
            at,
            "search = [\"order\"] answers ranges by itself, and does not go together with \"match\", \"prefix\" and \"range\"",
        );
    }
    if !rule.acknowledge_leakage {
        problems.add(
            at,
            "search = [\"match\"], [\"prefix\"] and [\"range\"] show the server which values have pieces in common, and how often each \
             piece occurs: leave them out, or set acknowledge_leakage = true",
        );
    }
}

/// Whether the type can be sealed as the rule says.
pub(super) fn may_seal(rule: &SealRule, declared: &DeclaredType) -> Result<(), String> {
    if let Some(wish) = rule.ci {
        may_fold(wish, declared).map_err(|reason| {
            format!("search = [\"equality-ci\"] is not possible here: {reason}")
        })?;
    }
    if let Some(wish) = rule.order {
        wish.of(declared)
            .map_err(|reason| format!("search = [\"order\"] is not possible here: {reason}"))?;
    }
    if let Some(wish) = rule.tokens {
        wish.of(declared, Matching::Exact)
            .map_err(|reason| format!("the rule's search is not possible here: {reason}"))?;
    }
    if rule.scheme != Scheme::Deterministic {
        return Ok(());
    }
    declared
        .deterministic_allowed()
        .map_err(|reason| format!("search = [\"equality\"] is not possible here: {reason}"))?;
    if few_values(declared) && !rule.acknowledge_leakage {
        return Err(
            "equality on a type of few values shows how often each occurs, and so which is which: \
             leave it out, or set acknowledge_leakage = true"
                .to_owned(),
        );
    }
    Ok(())
}

/// Whether a case-insensitive tag of the type's values is what the server holds equal.
pub fn may_fold(wish: FoldWish, declared: &DeclaredType) -> Result<(), &'static str> {
    match &declared.kind {
        Kind::Text | Kind::Varchar { .. } => Ok(()),
        Kind::Char { length } if *length > 0 => Ok(()),
        Kind::Citext if wish == FoldWish::Upper => {
            Err("citext compares by lower(): leave `fold` out")
        }
        Kind::Citext => Ok(()),
        Kind::Char { .. } => Err("bpchar without a length keeps blanks that lower() drops"),
        Kind::Int2
        | Kind::Int4
        | Kind::Int8
        | Kind::Numeric { .. }
        | Kind::Float4
        | Kind::Float8
        | Kind::Bool
        | Kind::Date
        | Kind::Time { .. }
        | Kind::Timestamp { .. }
        | Kind::Timestamptz { .. }
        | Kind::Uuid
        | Kind::Json
        | Kind::Jsonb
        | Kind::Bytea
        | Kind::Inet
        | Kind::Enum(_)
        | Kind::Array(_) => Err("only text, varchar, char(n) and citext have upper and lower case"),
    }
}

/// Whether the type has so few values that counting equal envelopes tells them apart.
fn few_values(declared: &DeclaredType) -> bool {
    const FEW: usize = 64;
    match &declared.kind {
        Kind::Bool => true,
        Kind::Enum(labels) => labels.labels.len() <= FEW,
        Kind::Text
        | Kind::Varchar { .. }
        | Kind::Char { .. }
        | Kind::Int2
        | Kind::Int4
        | Kind::Int8
        | Kind::Numeric { .. }
        | Kind::Float4
        | Kind::Float8
        | Kind::Date
        | Kind::Time { .. }
        | Kind::Timestamp { .. }
        | Kind::Timestamptz { .. }
        | Kind::Uuid
        | Kind::Json
        | Kind::Jsonb
        | Kind::Bytea
        | Kind::Inet
        | Kind::Citext
        | Kind::Array(_) => false,
    }
}

/// Notes rules that share a named key domain and would seal a value differently.
pub(super) fn check_domains<'a>(
    rules: impl Iterator<Item = &'a ColumnRule>,
    problems: &mut Problems,
) {
    let mut ordered: Vec<&ColumnRule> = rules.collect();
    ordered.sort_by_key(|rule| &rule.place);
    let mut first: BTreeMap<&str, &ColumnRule> = BTreeMap::new();
    for rule in ordered {
        let Some((seal, domain)) = rule
            .seal
            .as_ref()
            .and_then(|seal| Some((seal, seal.domain.as_deref()?)))
        else {
            continue;
        };
        let other = *first.entry(domain).or_insert(rule);
        let Some(other_seal) = &other.seal else {
            continue;
        };
        let mut differ = Vec::new();
        if seal.scheme != other_seal.scheme {
            differ.push("search");
        }
        if seal.ci != other_seal.ci && !differ.contains(&"search") {
            differ.push(if seal.ci.is_some() == other_seal.ci.is_some() {
                "fold"
            } else {
                "search"
            });
        }
        if seal.order != other_seal.order && !differ.contains(&"search") {
            differ.push(if seal.order.is_some() == other_seal.order.is_some() {
                "max_length"
            } else {
                "search"
            });
        }
        if seal.tokens != other_seal.tokens && !differ.contains(&"search") {
            differ.push("search");
        }
        if seal.pad != other_seal.pad {
            differ.push("pad");
        }
        // Of ordered columns the width of the order bytes hangs on the type.
        let family = |rule: &ColumnRule| {
            let declared = DeclaredType::parse_name(rule.declared.as_deref()?)?;
            let wish = rule.seal.as_ref().and_then(|seal| seal.order);
            let order = wish.and_then(|wish| wish.of(&declared).ok());
            let tokens = rule.seal.as_ref().and_then(|seal| seal.tokens);
            let tokens = tokens.and_then(|wish| wish.of(&declared, Matching::Exact).ok());
            Some((declared.family(), order, tokens))
        };
        if let (Some(left), Some(right)) = (family(rule), family(other))
            && left != right
        {
            differ.push("type");
        }
        if !differ.is_empty() {
            problems.add(
                &rule.place,
                format!(
                    "key domain `{domain}` is shared with {} ({}): expected the same {}",
                    other.place.key,
                    other.place.short(),
                    differ.join(" and "),
                ),
            );
        }
    }
}
