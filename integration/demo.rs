//! The demo is true, and cleans up behind itself.

use crate::harness::sealwire;

#[test]
fn everything_that_the_demo_shows_is_true() {
    let output = sealwire(&["demo"]);
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    assert!(output.stdout.contains("checks true"), "{}", output.stdout);
    for shown in [
        "before",
        "What billing sees",
        "What support sees",
        "What intern sees",
        "HINT",
    ] {
        assert!(output.stdout.contains(shown), "{shown}\n{}", output.stdout);
    }
}
