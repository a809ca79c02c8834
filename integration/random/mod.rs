//! Random statements on plain tables directly and on protected ones through the proxy: the same rows (as a multiset,
//! in order where the order is total), tags, types and SQLSTATE, or a refusal. The same statements by a role that
//! sees nothing: no canary is in what it receives, and two worlds that differ in protected values alone answer it
//! alike. By a role that may search without seeing: no canary.
//!
//! `SEALWIRE_LONG=1` tries 100,000; `SEALWIRE_RANDOM_COUNT` and `SEALWIRE_RANDOM_SEED` choose otherwise, and
//! `SEALWIRE_RANDOM_CASE` plays a single one, `SEALWIRE_RANDOM_TEXT` statements of one's own, a line each;
//! `SEALWIRE_RANDOM_MINUTES` ends a run early, and `SEALWIRE_RANDOM_REPORT` names a file for what it found so far. What the long run printed is in `integration/reports/random.txt`.

mod binary;
mod dice;
mod grammar;
mod judge;
mod schema;
mod tally;

use std::io::Write;
use std::time::{Duration, Instant};

use crate::differential::comparable;
use crate::harness::{Database, Frame, Proxy, Raw, Site};
use grammar::{Case, Grammar, Profile, Step};
use tally::Tally;

const STATEMENTS: usize = 4000;
const LONG: usize = 100_000;
const SEED: u64 = 20_261_129;
/// Percent of statements that PostgreSQL accepts which may be refused under the application's profile.
const REFUSED: usize = 10;
/// The same under the other profile, most of whose statements ask for what the rules do not allow.
const TORTURED: usize = 40;
/// Cases that are tried before they are judged.
const BATCH: usize = 200;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// A protected world.
fn world(number: usize, blind: bool) -> (Database, Proxy) {
    let database = Database::create_with(schema::OPTIONS, schema::ROLES);
    database.run(&schema::tables(number));
    let site = Site::new(&database, &schema::rules());
    site.settings(&[(
        "[audit]",
        "[limits]\nguesses_per_hour = 1000000000\nguesses_per_statement = 1000000\n[audit]",
    )]);
    for table in ["public.people", "public.claims"] {
        site.protect(table);
    }
    database.run(&schema::routines("sealwire.sealed"));
    database.run(schema::VIEWS);
    if blind {
        database.run(schema::TELLING);
        database.run("vacuum analyze");
        for set in schema::FORCED {
            database.run(&format!(
                "alter role clerk in database {} set {set}",
                database.name()
            ));
        }
    }
    (database, site.serve())
}

/// Constants that occur in no row, so that whatever comes back was not said by the client.
fn strangers(steps: &[Step]) -> Vec<Step> {
    let other = |text: &str| {
        text.replace("qza", "qzc")
            .replace("QZA", "QZC")
            .replace("Qza", "Qzc")
            .replace("73100", "99900")
            .replace("1873", "1999")
            .replace("ca7a0001", "ca7c0001")
    };
    steps
        .iter()
        .map(|step| match step {
            Step::Query(sql) => Step::Query(other(sql)),
            Step::Extended {
                sql,
                values,
                binary,
                coded,
            } => Step::Extended {
                sql: other(sql),
                values: values
                    .iter()
                    .map(|value| value.as_deref().map(other))
                    .collect(),
                binary: *binary,
                coded: *coded,
            },
            Step::CopyBinary { sql, types, rows } => Step::CopyBinary {
                sql: other(sql),
                types: types.clone(),
                rows: rows
                    .iter()
                    .map(|row| {
                        row.iter()
                            .map(|value| value.as_deref().map(other))
                            .collect()
                    })
                    .collect(),
            },
            Step::CopyIn { sql, data } => Step::CopyIn {
                sql: other(sql),
                data: other(data),
            },
        })
        .collect()
}

/// A case and how the roles without sight say it.
struct Tried {
    number: usize,
    profile: Profile,
    case: Case,
    blind: Vec<Step>,
}

impl Tried {
    fn new(seed: u64, number: usize) -> Tried {
        // Every fourth: any use of any column.
        let profile = if number % 4 == 3 {
            Profile::Torture
        } else {
            Profile::Application
        };
        let case = Grammar::case(seed, number, profile);
        // Constants that exist show whether they are compared; others let a canary be told from an echo.
        let blind = if number.is_multiple_of(2) {
            strangers(&case.steps)
        } else {
            case.steps.clone()
        };
        Tried {
            number,
            profile,
            case,
            blind,
        }
    }
}

fn play_all<'a>(
    raw: &mut Raw,
    tried: &'a [Tried],
    steps: impl Fn(&'a Tried) -> &'a [Step],
) -> Vec<Vec<Vec<Frame>>> {
    tried
        .iter()
        .map(|one| match steps(one) {
            [] => Vec::new(),
            steps => judge::play(raw, &one.case, steps),
        })
        .collect()
}

#[test]
fn random_statements() {
    let count = number("SEALWIRE_RANDOM_COUNT").map_or_else(
        || {
            if std::env::var_os("SEALWIRE_LONG").is_some() {
                LONG
            } else {
                STATEMENTS
            }
        },
        |count| usize::try_from(count).unwrap(),
    );
    let seed = number("SEALWIRE_RANDOM_SEED").unwrap_or(SEED);
    let only = number("SEALWIRE_RANDOM_CASE").map(|case| usize::try_from(case).unwrap());

    let plain = Database::create_with(schema::OPTIONS, schema::ROLES);
    plain.run(&schema::tables(0));
    plain.run(&schema::routines("varchar"));
    plain.run(schema::VIEWS);
    let (first, proxy) = world(0, false);
    // Nobody else is in these two, so that the rows lie in the same places.
    let (blind, blind_proxy) = world(0, true);
    let (second, other_proxy) = world(1, true);
    let mut direct = Raw::login(plain.server().port(), "owner", plain.name());
    let mut owner = Raw::login(proxy.port(), "owner", first.name());
    let mut clerk = Raw::login(blind_proxy.port(), "clerk", blind.name());
    let mut agent = Raw::login(proxy.port(), "agent", first.name());
    let mut other_clerk = Raw::login(other_proxy.port(), "clerk", second.name());

    if let Ok(text) = std::env::var("SEALWIRE_RANDOM_TEXT") {
        let mut out = std::io::stdout();
        for line in text.lines().filter(|line| !line.is_empty()) {
            let _unseen = writeln!(out, "{line}");
            let raws = [&mut direct, &mut owner, &mut clerk, &mut agent];
            for (who, raw) in ["direct", "owner", "clerk", "agent"].iter().zip(raws) {
                let frames = raw.query(line);
                let message = frames.iter().find_map(|frame| frame.field('M'));
                let told = comparable(&frames);
                let _unseen = writeln!(out, "  {who:>6} {told:?} {message:?}");
            }
        }
        return;
    }

    let started = Instant::now();
    let minutes = number("SEALWIRE_RANDOM_MINUTES")
        .map_or(Duration::MAX, |minutes| Duration::from_secs(60 * minutes));
    let mut tally = Tally::default();
    let numbers: Vec<usize> = only.map_or(0..count, |only| only..only + 1).collect();
    for batch in numbers.chunks(BATCH) {
        let tried: Vec<Tried> = batch
            .iter()
            .map(|number| Tried::new(seed, *number))
            .collect();
        // The three databases know nothing of each other; within one, a role waits for the locks of another.
        let (expected, (found, seen), one, other) = std::thread::scope(|scope| {
            let plain = scope.spawn(|| play_all(&mut direct, &tried, |one| &one.case.steps));
            let blind = scope.spawn(|| play_all(&mut clerk, &tried, |one| &one.blind));
            let second = scope.spawn(|| play_all(&mut other_clerk, &tried, |one| &one.blind));
            let first = (
                play_all(&mut owner, &tried, |one| &one.case.steps),
                play_all(&mut agent, &tried, |one| {
                    if one.number % 4 == 0 { &one.blind } else { &[] }
                }),
            );
            (
                plain.join().unwrap(),
                first,
                blind.join().unwrap(),
                second.join().unwrap(),
            )
        });
        for (at, tried) in tried.iter().enumerate() {
            let Tried {
                number,
                profile,
                case,
                blind,
            } = tried;
            let verdict = judge::compare(case, &expected[at], &found[at]);
            if only.is_some() {
                let _unseen = writeln!(std::io::stdout(), "{case:#?}\n{verdict:?}");
            }
            tally.owner(*profile, *number, case, verdict);
            let (one, other, seen) = (&one[at], &other[at], &seen[at]);
            let told = judge::canary(blind, one, 0).or_else(|| judge::canary(blind, other, 1));
            let differs = judge::interference(case, one, other);
            tally.clerk(*number, blind, one, told, differs);
            if !seen.is_empty() {
                tally.agent(*number, blind, seen, judge::canary(blind, seen, 0));
            }
        }
        if let Ok(path) = std::env::var("SEALWIRE_RANDOM_REPORT") {
            let seconds = started.elapsed().as_secs();
            let faults = tally.faults();
            std::fs::write(
                path,
                format!("{}\n{seconds} seconds\n{faults}\n", tally.report(seed)),
            )
            .unwrap();
        }
        if started.elapsed() > minutes {
            break;
        }
    }
    let report = tally.report(seed);
    let _unseen = writeln!(std::io::stdout(), "{report}");
    assert!(
        tally.faults().is_empty(),
        "{}\n{}\n{}\n{}",
        tally.faults(),
        proxy.log(),
        blind_proxy.log(),
        other_proxy.log()
    );
    if only.is_none() {
        for (torture, most) in [(false, REFUSED), (true, TORTURED)] {
            let (refused, accepted) = tally.of(torture);
            assert!(
                refused * 100 < accepted * most,
                "{refused} of {accepted} refused, torture: {torture}"
            );
        }
    }
}
