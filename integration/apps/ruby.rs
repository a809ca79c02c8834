//! Rails ActiveRecord with the pg driver (Debian's ruby-activerecord and ruby-pg).

use std::path::Path;
use std::process::Command;

use super::shop;

fn program() -> Command {
    let found = Command::new("ruby")
        .args(["-e", "require 'active_record'; require 'pg'"])
        .output();
    assert!(
        found.is_ok_and(|output| output.status.success()),
        "install ruby, ruby-activerecord and ruby-pg"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/apps/ruby");
    let mut command = Command::new("ruby");
    command.arg(folder.join("shop.rb"));
    command
}

#[test]
fn active_record() {
    shop::play(program);
}

/// Its migrations make the tables sealed, and later a column that the rules already name.
#[test]
fn active_record_migrates_through_the_proxy() {
    shop::play_from_the_start(program);
}

/// As it is set behind a pooler that knows no prepared statements.
#[test]
fn active_record_without_prepared_statements() {
    shop::play_with(program, &[("SHOP_PREPARED", "false")]);
}
