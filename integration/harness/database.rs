//! A database of a test's own, and the roles that it needs.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use sealwire::embedded::Server;

use super::server::shared;
use super::tools::{Output, psql_with};

/// Roles belong to the whole server, so two tests may want to make the same one at once.
static ROLES: Mutex<()> = Mutex::new(());
static NUMBER: AtomicU32 = AtomicU32::new(1);

/// A fresh database.
pub struct Database {
    server: &'static Server,
    name: String,
}

impl Database {
    /// A database on the shared server; the roles (all with LOGIN) are made where they are missing and may
    /// create in schema public.
    pub fn create(roles: &[&str]) -> Database {
        Self::create_on(shared(), roles)
    }

    /// The same with options of CREATE DATABASE, such as another locale.
    pub fn create_with(options: &str, roles: &[&str]) -> Database {
        Self::made(shared(), options, roles)
    }

    /// The same on another server (`Box::leak` one of the test's own to stop it with the process).
    pub fn create_on(server: &'static Server, roles: &[&str]) -> Database {
        Self::made(server, "", roles)
    }

    /// With options of CREATE DATABASE, on any server.
    pub fn made(server: &'static Server, options: &str, roles: &[&str]) -> Database {
        let name = format!("t{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let database = Database { server, name };
        let admin = server.url(server.superuser(), "postgres");
        let must = |url: &str, sql: &str| {
            let output = psql_with(url, &["-q", "-v", "ON_ERROR_STOP=1"], sql);
            assert_eq!(output.code, 0, "{sql}: {}", output.stderr);
        };
        {
            let _one_at_a_time = ROLES
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner());
            for role in roles.iter().chain(&["sealwire"]) {
                must(
                    &admin,
                    &format!(
                        "do $$ begin if to_regrole('{role}') is null then create role {role} login password '{role}'; end if; end $$"
                    ),
                );
            }
            must(
                &admin,
                &format!("create database {} {options}", database.name),
            );
        }
        for role in roles {
            database.run(&format!("grant all on schema public to {role}"));
        }
        database
    }

    /// Runs SQL directly as the superuser; it must succeed.
    pub fn run(&self, sql: &str) -> Output {
        let output = psql_with(&self.superuser_url(), &["-q", "-v", "ON_ERROR_STOP=1"], sql);
        assert_eq!(output.code, 0, "{sql}: {}", output.stderr);
        output
    }

    /// One value, directly as the superuser, as psql prints it.
    pub fn value(&self, sql: &str) -> String {
        let output = psql_with(
            &self.superuser_url(),
            &["-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"],
            sql,
        );
        assert_eq!(output.code, 0, "{sql}: {}", output.stderr);
        output.stdout.trim_end_matches('\n').to_owned()
    }

    /// The direct connection string of a role.
    pub fn url(&self, role: &str) -> String {
        self.server.url(role, &self.name)
    }

    /// The direct connection string of the superuser.
    pub fn superuser_url(&self) -> String {
        self.url(self.server.superuser())
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its server.
    pub fn server(&self) -> &'static Server {
        self.server
    }
}
