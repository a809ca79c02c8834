//! Expressions over values.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
#[test]
fn truth_has_three_values() {
    let settings = Settings::default();
    let row = Row {
        columns: &[Some(boolean(true)), Some(boolean(false)), None],
        arguments: &[],
        settings: &settings,
    };
    let of = |place: usize| Expr::Column(place);
    let truth = |expr: Expr| expr.truth(&row).unwrap();
    for (a, b, both, either) in [
        (0, 0, Some(true), Some(true)),
        (0, 1, Some(false), Some(true)),
        (0, 2, None, Some(true)),
        (2, 1, Some(false), None),
        (2, 2, None, None),
        (1, 1, Some(false), Some(false)),
    ] {
        assert_eq!(truth(Expr::All(vec![of(a), of(b)])), both, "{a} and {b}");
        assert_eq!(truth(Expr::Any(vec![of(b), of(a)])), either, "{a} or {b}");
    }
    assert_eq!(truth(Expr::Not(Box::new(of(2)))), None);
    assert_eq!(truth(Expr::IsNull(Box::new(of(2)))), Some(true));
}
