//! Functions of texts that take and give characters one by one (`oracle_compat.c`, `varlena.c`).

use crate::value::ValueError;

/// The longest text that is made here: of one longer the server would make as much for each row.
const LONGEST: usize = 1 << 24;

/// The server's MaxAllocSize.
const SERVERS: usize = 0x3fff_ffff;

fn too_long(bytes: usize) -> ValueError {
    if bytes > SERVERS - 4 {
        ValueError::new("54000", "requested length too large")
    } else {
        ValueError::new("0A000", "a text of this length is left to the server")
    }
}

/// `lpad` and `rpad`: so many characters, with the filling at the left or at the right, or cut.
pub(super) fn padded(text: &str, to: i64, with: &str, left: bool) -> Result<String, ValueError> {
    let to = usize::try_from(to).unwrap_or(0);
    let own = text.chars().count().min(to);
    let missing = if with.is_empty() { 0 } else { to - own };
    // The server reckons with characters of four bytes.
    let bytes = (own + missing).saturating_mul(4);
    if bytes > LONGEST {
        return Err(too_long(bytes));
    }
    let own = text.chars().take(own);
    let filling = with.chars().cycle().take(missing);
    Ok(if left {
        filling.chain(own).collect()
    } else {
        own.chain(filling).collect()
    })
}

/// `repeat`.
pub(super) fn repeated(text: &str, times: i64) -> Result<String, ValueError> {
    let times = usize::try_from(times).unwrap_or(0);
    let bytes = text.len().saturating_mul(times);
    if bytes > LONGEST {
        return Err(too_long(bytes));
    }
    Ok(text.repeat(times))
}

/// `strpos`: where it begins, in characters from 1; 0 where it does not stand. Nothing stands at the start.
pub(super) fn place(text: &str, sought: &str) -> i64 {
    let before = text.find(sought).and_then(|at| text.get(..at));
    let place = before.map(|before| before.chars().count() + 1);
    place.map_or(0, |place| i64::try_from(place).unwrap_or(i64::MAX))
}

/// `translate`: each character of the one set becomes that of the other at its place, or goes where there is none.
pub(super) fn translated(text: &str, from: &str, to: &str) -> String {
    text.chars()
        .filter_map(|c| match from.chars().position(|own| own == c) {
            Some(at) => to.chars().nth(at),
            None => Some(c),
        })
        .collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_is_padded_is_cut_too() {
        for (text, to, with, left, right) in [
            ("ab", 5, "xy", "xyxab", "abxyx"),
            ("ab", 1, "xy", "a", "a"),
            ("日本", 3, "é", "é日本", "日本é"),
            ("ab", 5, "", "ab", "ab"),
            ("ab", -3, "x", "", ""),
            ("", 2, "x", "xx", "xx"),
        ] {
            assert_eq!(padded(text, to, with, true).unwrap(), left, "{text}");
            assert_eq!(padded(text, to, with, false).unwrap(), right, "{text}");
        }
        for (to, sqlstate) in [(5_000_000, "0A000"), (i64::from(i32::MAX), "54000")] {
            assert_eq!(padded("a", to, " ", true).unwrap_err().sqlstate, sqlstate);
            assert_eq!(repeated("abcd", to).unwrap_err().sqlstate, sqlstate);
        }
        assert_eq!(repeated("é", 3).unwrap(), "ééé");
        assert_eq!(repeated("é", -1).unwrap(), "");
        assert_eq!(repeated("", i64::MAX).unwrap(), "");
    }

    #[test]
    fn places_are_characters() {
        assert_eq!(place("日本語", "語"), 3);
        assert_eq!(place("abc", ""), 1);
        assert_eq!(place("", ""), 1);
        assert_eq!(place("abc", "d"), 0);
        assert_eq!(translated("abcabc", "ab", "x"), "xcxc");
        assert_eq!(translated("日本", "本", "木"), "日木");
        assert_eq!(translated("aa", "aa", "xy"), "xx");
    }
}
