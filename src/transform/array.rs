//! One-dimensional arrays in text and binary, taken apart and put together without knowing their elements.

use std::borrow::Cow;

/// An array's elements in the array's own format.
pub(super) struct Elements<'a> {
    /// Subscript of the first, 1 as a rule.
    pub(super) lower: i32,
    /// `None` for NULL.
    pub(super) items: Vec<Option<Cow<'a, [u8]>>>,
}

/// Takes apart what `array_send` writes; `None` for anything but an array of no or one dimension.
pub(super) fn split_binary(bytes: &[u8]) -> Option<Elements<'_>> {
    let mut rest = bytes;
    let dimensions = int(&mut rest)?;
    let flags = int(&mut rest)?;
    let _element_oid = int(&mut rest)?;
    if !(0..=1).contains(&flags) {
        return None;
    }
    if dimensions == 0 {
        return rest.is_empty().then_some(Elements {
            lower: 1,
            items: Vec::new(),
        });
    }
    if dimensions != 1 {
        return None;
    }
    let count = usize::try_from(int(&mut rest)?).ok()?;
    let lower = int(&mut rest)?;
    // Every element has at least a length word, so a wrong count cannot reserve much.
    let mut items = Vec::with_capacity(count.min(rest.len() / 4));
    for _ in 0..count {
        items.push(match int(&mut rest)? {
            -1 => None,
            len => {
                let (item, after) = rest.split_at_checked(usize::try_from(len).ok()?)?;
                rest = after;
                Some(Cow::Borrowed(item))
            }
        });
    }
    rest.is_empty().then_some(Elements { lower, items })
}

fn int(bytes: &mut &[u8]) -> Option<i32> {
    let (int, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(i32::from_be_bytes(*int))
}

/// Takes apart what `array_out` writes, with `,` between the elements; `None` for anything but an array of no
/// or one dimension.
pub(super) fn split_text(text: &[u8]) -> Option<Elements<'_>> {
    let (lower, body) = match text.strip_prefix(b"[") {
        None => (1, text),
        Some(rest) => bounds(rest)?,
    };
    let mut rest = body.strip_prefix(b"{")?;
    let mut items = Vec::new();
    if rest == b"}" {
        return Some(Elements { lower, items });
    }
    loop {
        let (item, after) = match rest.strip_prefix(b"\"") {
            Some(quoted) => {
                let (item, after) = unquote(quoted)?;
                (Some(Cow::Owned(item)), after)
            }
            None => bare(rest)?,
        };
        items.push(item);
        match after.split_first()? {
            (b',', after) => rest = after,
            (b'}', []) => return Some(Elements { lower, items }),
            _ => return None,
        }
    }
}

/// `lower:upper]=` of one dimension.
fn bounds(text: &[u8]) -> Option<(i32, &[u8])> {
    let end = text.iter().position(|&byte| byte == b']')?;
    let (bounds, rest) = text.split_at_checked(end)?;
    let (lower, _upper) = std::str::from_utf8(bounds).ok()?.split_once(':')?;
    Some((lower.parse().ok()?, rest.strip_prefix(b"]=")?))
}

/// After the opening quote: the element, and what follows the closing one.
fn unquote(mut text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut item = Vec::new();
    loop {
        let (&byte, rest) = text.split_first()?;
        text = match byte {
            b'"' => return Some((item, rest)),
            b'\\' => {
                let (&escaped, rest) = rest.split_first()?;
                item.push(escaped);
                rest
            }
            _ => {
                item.push(byte);
                rest
            }
        };
    }
}

/// An element without quotes, which `array_out` writes for NULL and for what needs none.
#[expect(clippy::type_complexity, reason = "an element and the rest")]
fn bare(text: &[u8]) -> Option<(Option<Cow<'_, [u8]>>, &[u8])> {
    let end = text
        .iter()
        .position(|byte| matches!(byte, b',' | b'}' | b'{' | b'"' | b'\\'))?;
    let (item, rest) = text.split_at_checked(end)?;
    match item {
        [] => None,
        b"NULL" => Some((None, rest)),
        item => Some((Some(Cow::Borrowed(item)), rest)),
    }
}

/// Begins an array in binary.
pub(super) fn begin_binary(
    out: &mut Vec<u8>,
    element_oid: u32,
    count: usize,
    nulls: bool,
    lower: i32,
) -> Option<()> {
    let count = i32::try_from(count).ok()?;
    out.extend_from_slice(&i32::from(count > 0).to_be_bytes());
    out.extend_from_slice(&i32::from(nulls).to_be_bytes());
    out.extend_from_slice(&element_oid.to_be_bytes());
    if count > 0 {
        out.extend_from_slice(&count.to_be_bytes());
        out.extend_from_slice(&lower.to_be_bytes());
    }
    Some(())
}

/// Appends an element in binary.
pub(super) fn put_binary(out: &mut Vec<u8>, item: Option<&[u8]>) -> Option<()> {
    match item {
        None => out.extend_from_slice(&(-1i32).to_be_bytes()),
        Some(item) => {
            out.extend_from_slice(&i32::try_from(item.len()).ok()?.to_be_bytes());
            out.extend_from_slice(item);
        }
    }
    Some(())
}

/// Begins an array in text. `array_out` writes the bounds where they are not the usual ones.
pub(super) fn begin_text(out: &mut Vec<u8>, count: usize, lower: i32) {
    if lower != 1 && count > 0 {
        let upper = i64::from(lower) + i64::try_from(count).unwrap_or(i64::MAX) - 1;
        out.extend_from_slice(format!("[{lower}:{upper}]=").as_bytes());
    }
    out.push(b'{');
}

/// Appends an element in text, quoted where `array_out` quotes.
pub(super) fn put_text(out: &mut Vec<u8>, item: Option<&[u8]>, first: bool) {
    if !first {
        out.push(b',');
    }
    let Some(item) = item else {
        out.extend_from_slice(b"NULL");
        return;
    };
    let quoted = item.is_empty()
        || item.eq_ignore_ascii_case(b"NULL")
        || item.iter().any(|byte| {
            matches!(
                byte,
                b'"' | b'\\' | b'{' | b'}' | b',' | b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C
            )
        });
    if !quoted {
        out.extend_from_slice(item);
        return;
    }
    out.push(b'"');
    for &byte in item {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn items<'a>(elements: &'a Elements<'_>) -> Vec<Option<&'a [u8]>> {
        elements.items.iter().map(Option::as_deref).collect()
    }

    #[test]
    fn text_arrays_are_taken_apart() {
        let array = split_text(br#"{"\\xfb11",NULL,plain,"a\"b,c","NULL",""}"#).unwrap();
        assert_eq!(
            items(&array),
            [
                Some(br"\xfb11".as_slice()),
                None,
                Some(b"plain"),
                Some(b"a\"b,c"),
                Some(b"NULL"),
                Some(b"")
            ]
        );
        assert_eq!(array.lower, 1);
        assert!(split_text(b"{}").unwrap().items.is_empty());
        let array = split_text(b"[0:1]={a,b}").unwrap();
        assert_eq!((array.lower, array.items.len()), (0, 2));
        for text in [
            "", "{", "{a", "{a,}", "{,a}", "{{a}}", "{a}b", "{\"a}", "[0:1]{a}", "a", "{a\"b\"}",
        ] {
            assert!(split_text(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_put_together_is_taken_apart_again() {
        let all: [Option<&[u8]>; 7] = [
            Some(b""),
            None,
            Some(b"null"),
            Some(b"a b"),
            Some(b"\\\"{},"),
            Some(b"plain"),
            Some("ü".as_bytes()),
        ];
        for lower in [1, -2] {
            let mut text = Vec::new();
            begin_text(&mut text, all.len(), lower);
            for (at, item) in all.iter().enumerate() {
                put_text(&mut text, *item, at == 0);
            }
            text.push(b'}');
            let array = split_text(&text).unwrap();
            assert_eq!(items(&array), all);
            assert_eq!(array.lower, lower);

            let mut binary = Vec::new();
            begin_binary(&mut binary, 25, all.len(), true, lower).unwrap();
            for item in all {
                put_binary(&mut binary, item).unwrap();
            }
            let array = split_binary(&binary).unwrap();
            assert_eq!(items(&array), all);
            assert_eq!(array.lower, lower);
            for cut in 0..binary.len() {
                assert!(split_binary(binary.get(..cut).unwrap()).is_none());
            }
        }
        let mut empty = Vec::new();
        begin_binary(&mut empty, 25, 0, false, 1).unwrap();
        assert!(split_binary(&empty).unwrap().items.is_empty());
    }
}
