//! The middleware of `integration/middleware/django`: who asks decides what a view shows.

use std::path::Path;
use std::process::Command;

use super::shop::{Shop, Urls};
use crate::harness::interpreter;

fn people_of_requests(urls: &Urls, argument: &str, through: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/middleware/django");
    let output = Command::new(interpreter())
        .arg(folder.join("people_of_requests.py"))
        .arg(argument)
        .env("SHOP_URL", &urls.shop)
        .env("CLERK_URL", &urls.clerk)
        .env("TEMP_URL", &urls.temp)
        .env("SHOP_THROUGH", through)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

#[test]
fn a_request_sees_what_its_user_may_see() {
    let shop = Shop::open(|urls| {
        people_of_requests(urls, "setup", "server");
    });
    // The role of support people ends sessions, too.
    shop.sealed.run("grant delete on django_session to clerk");
    let through = Urls::of(|role| shop.proxy.url(role));
    let said = people_of_requests(&through, "run", "proxy");
    assert_eq!(said.matches("ok ").count(), 7, "{said}");
    shop.assert_sealed();
}
