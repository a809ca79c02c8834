//! `protect --strategy online`: what it leaves is what the rewriting strategy leaves, however much is written meanwhile and
//! whoever is killed.

mod fleet;
mod kills;
mod lease;
mod load;
mod shape;
mod traffic;

use crate::harness::{Database, Output, Site};

/// `sealwire protect`, as the superuser.
fn protect(site: &Site, database: &Database, more: &[&str], tables: &[&str]) -> Output {
    let url = database.superuser_url();
    let mut arguments = vec!["protect", "--upstream", &url, "--i-have-no-backup"];
    arguments.extend(more);
    arguments.extend(tables);
    site.sealwire(&arguments)
}

/// Nothing of a job is left.
#[track_caller]
pub fn left(database: &Database) {
    let left = database.value(
        "select coalesce(string_agg(what, ', '), '') from (
           select 'relation ' || relname from pg_class where relname like 'sealwire online%'
           union all select 'schema ' || nspname from pg_namespace where nspname like 'sealwire online%'
           union all select 'trigger ' || tgname from pg_trigger where tgname like 'sealwire online%'
           union all select 'routine ' || proname from pg_proc where proname like 'sealwire online%'
           union all select 'job ' || id from sealwire.online) as x (what)",
    );
    assert_eq!(left, "");
}
