//! "Did you mean …?" for mistyped names.

/// `; did you mean X?` for the nearest of the candidates, or nothing where none is near.
pub(super) fn did_you_mean<'a>(
    given: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> String {
    match nearest(given, candidates) {
        Some(candidate) => format!("; did you mean `{candidate}`?"),
        None => String::new(),
    }
}

/// The candidate with the fewest edits, where these are at most a third of its letters.
pub(crate) fn nearest<'a>(
    given: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (distance(given, candidate), candidate))
        .filter(|(edits, candidate)| *edits <= candidate.chars().count().div_ceil(3).min(4))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance, letter case ignored.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (above, letter) in left.chars().flat_map(char::to_lowercase).enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut last = above + 1;
        next.push(last);
        for ((other, diagonal), up) in right.iter().zip(&row).zip(row.iter().skip(1)) {
            last = (last + 1)
                .min(up + 1)
                .min(diagonal + usize::from(*other != letter));
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_nearest() {
        assert_eq!(nearest("emial", ["email", "ssn"]), Some("email"));
        assert_eq!(nearest("addres", ["admin", "address"]), Some("address"));
        assert_eq!(nearest("wholly", ["email", "ssn"]), None);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
