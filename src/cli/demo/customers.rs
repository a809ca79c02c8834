//! Ten thousand people who do not exist: the crate `fake`, a fixed seed.

use fake::Fake;
use fake::faker::company::en::{Buzzword, BuzzwordTail};
use fake::faker::name::en::{FirstName, LastName};
use fake::faker::phone_number::en::CellNumber;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

/// How many the demo loads.
pub(super) const COUNT: u32 = 10_000;
const SEED: u64 = 20_260_101;

/// The table as an existing application has it.
pub(super) const TABLE: &str = "
    create table public.customers (
        id integer primary key,
        name text not null,
        email text not null unique,
        ssn varchar(11) not null,
        birth_date date,
        phone text,
        notes text,
        created_at timestamptz not null default now()
    )";

/// One of them.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Customer {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) ssn: String,
    pub(super) birth_date: String,
    pub(super) phone: String,
    pub(super) notes: String,
}

/// The same ones each time.
pub(super) fn customers(count: u32) -> Vec<Customer> {
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    (1..=count).map(|id| customer(id, &mut rng)).collect()
}

fn customer(id: u32, rng: &mut ChaCha8Rng) -> Customer {
    let first: &str = FirstName().fake_with_rng(rng);
    let last: &str = LastName().fake_with_rng(rng);
    let domain = pick(&["example.com", "example.org", "example.net"], rng);
    let mailbox: String = format!("{first}.{last}")
        .to_lowercase()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '.')
        .collect();
    let subject: &str = Buzzword().fake_with_rng(rng);
    let thing: &str = BuzzwordTail().fake_with_rng(rng);
    let reason = pick(
        &[
            "called about an invoice that was charged twice",
            "moved house and wants the next delivery at the new address",
            "asked for a copy of the contract",
            "was unhappy with the waiting time, got a voucher",
            "wants to cancel at the end of the term",
        ],
        rng,
    );
    Customer {
        id,
        name: format!("{first} {last}"),
        email: format!("{mailbox}{id}@{domain}"),
        // Area numbers from 900 are never given out, so these are nobody's.
        ssn: format!(
            "{}-{:02}-{:04}",
            (900..1000_u32).fake_with_rng::<u32, _>(rng),
            (1..100_u32).fake_with_rng::<u32, _>(rng),
            (1..10_000_u32).fake_with_rng::<u32, _>(rng)
        ),
        birth_date: format!(
            "{}-{:02}-{:02}",
            (1940..2008_u32).fake_with_rng::<u32, _>(rng),
            (1..13_u32).fake_with_rng::<u32, _>(rng),
            (1..29_u32).fake_with_rng::<u32, _>(rng)
        ),
        phone: CellNumber().fake_with_rng(rng),
        notes: format!("{first} {reason} (case {id}, {subject} {thing})"),
    }
}

fn pick<'a>(from: &[&'a str], rng: &mut ChaCha8Rng) -> &'a str {
    let at = (0..from.len()).fake_with_rng::<usize, _>(rng);
    from.get(at).copied().unwrap_or_default()
}

/// As lines of COPY's text format; none of the values needs escaping but the backslash, which no name has.
pub(super) fn copy_text(customers: &[Customer]) -> String {
    let mut text = String::new();
    for c in customers {
        let id = c.id.to_string();
        let fields = [
            &id,
            &c.name,
            &c.email,
            &c.ssn,
            &c.birth_date,
            &c.phone,
            &c.notes,
        ];
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                text.push('\t');
            }
            text.push_str(&field.replace('\\', "\\\\").replace(['\t', '\n'], " "));
        }
        text.push('\n');
    }
    text
}

/// What `copy_text` feeds.
pub(super) const COPY: &str =
    "copy public.customers (id, name, email, ssn, birth_date, phone, notes) from stdin";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_seed_is_fixed_and_addresses_are_unique() {
        let (one, two) = (customers(500), customers(500));
        assert!(one == two);
        let addresses: HashSet<_> = one.iter().map(|c| &c.email).collect();
        assert_eq!(addresses.len(), 500);
        assert!(
            one.iter()
                .all(|c| c.ssn.len() == 11 && c.ssn.starts_with('9'))
        );
        assert_eq!(copy_text(&one).lines().count(), 500);
    }
}
