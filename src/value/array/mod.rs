//! Arrays. Canonical, all numbers big endian i32: count of dimensions, for each its length and lower
//! bound, then for each element its length (-1 for NULL) and its own canonical bytes.

mod literal;

use literal::Literal;

use super::scan::{Fields, is_space};
use super::{Canonical, DeclaredType, Settings, ValueError};

/// The server's MAXDIM.
const MOST_DIMENSIONS: usize = 6;
/// The server's MaxArraySize, rounded down.
const MOST_ELEMENTS: usize = 134_217_727;

/// Length and lower bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dimension {
    length: i32,
    lower: i32,
}

/// An array whose elements are canonical.
#[derive(Debug)]
pub struct Array {
    dimensions: Vec<Dimension>,
    pub(super) elements: Vec<Option<Canonical>>,
}

fn malformed() -> ValueError {
    ValueError::new("22P02", "malformed array literal")
}

fn too_many_dimensions() -> ValueError {
    ValueError::new(
        "54000",
        "number of array dimensions exceeds the maximum allowed (6)",
    )
}

/// Reads an array literal.
pub(super) fn read_text(
    text: &str,
    element: &DeclaredType,
    settings: &Settings,
) -> Result<Array, ValueError> {
    let mut literal = Literal {
        rest: text.trim_start_matches(is_space),
    };
    let declared = literal.bounds()?;
    if !declared.is_empty() {
        literal.skip_space();
        if !literal.take('=') {
            return Err(malformed());
        }
        literal.skip_space();
    }
    if !literal.rest.starts_with('{') {
        return Err(malformed());
    }
    let mut items = Vec::new();
    let mut lengths = Vec::new();
    literal.braces(0, &mut lengths, &mut items)?;
    if !literal.rest.trim_start_matches(is_space).is_empty() {
        return Err(malformed());
    }
    let lengths: Vec<i32> = lengths.into_iter().flatten().collect();
    if items.is_empty() {
        // Versions differ in which of these they take.
        return match (lengths.as_slice(), declared.is_empty()) {
            ([0], true) => Ok(Array {
                dimensions: Vec::new(),
                elements: Vec::new(),
            }),
            (_, true) => Err(ValueError::server_dependent(
                "an empty array with inner braces",
            )),
            (_, false) => Err(ValueError::server_dependent("an empty array with bounds")),
        };
    }
    let dimensions = if declared.is_empty() {
        lengths
            .into_iter()
            .map(|length| Dimension { length, lower: 1 })
            .collect()
    } else {
        if !declared.iter().map(|d| d.length).eq(lengths) {
            return Err(malformed());
        }
        declared
    };
    let elements = items
        .into_iter()
        .map(|item| match item {
            Some(text) => element.from_text(text.as_bytes(), settings).map(Some),
            None => Ok(None),
        })
        .collect::<Result<_, _>>()?;
    Ok(Array {
        dimensions,
        elements,
    })
}

fn too_large() -> ValueError {
    ValueError::new(
        "54000",
        "array size exceeds the maximum allowed (134217727)",
    )
}

/// Reads binary format; the element type that it names decides how the elements are taken.
pub(super) fn read_binary(bytes: &[u8], element: &DeclaredType) -> Result<Array, ValueError> {
    let bad = || ValueError::binary(&format!("{}[]", element.name()));
    let mut fields = Fields::new(bytes);
    let dimensions = fields.i32().ok_or_else(bad)?;
    let flags = fields.i32().ok_or_else(bad)?;
    let sent_element = fields.array().map(u32::from_be_bytes).ok_or_else(bad)?;
    if !matches!(flags, 0 | 1) {
        return Err(bad());
    }
    let (dimensions, count) = read_dimensions(&mut fields, dimensions).ok_or_else(bad)?;
    let mut elements = Vec::with_capacity(count.min(fields.remaining() / 4));
    for _ in 0..count {
        let length = fields.i32().ok_or_else(bad)?;
        elements.push(match usize::try_from(length) {
            Ok(length) => {
                let bytes = fields.bytes(length).ok_or_else(bad)?;
                Some(element.from_binary(sent_element, bytes)?)
            }
            Err(_) if length == -1 => None,
            Err(_) => return Err(bad()),
        });
    }
    if !fields.is_empty() {
        return Err(bad());
    }
    Ok(Array {
        dimensions,
        elements,
    })
}

fn read_dimensions(fields: &mut Fields<'_>, count: i32) -> Option<(Vec<Dimension>, usize)> {
    let count = usize::try_from(count)
        .ok()
        .filter(|n| *n <= MOST_DIMENSIONS)?;
    let mut dimensions = Vec::with_capacity(count);
    let mut elements: usize = usize::from(count > 0);
    for _ in 0..count {
        let length = fields.i32().filter(|length| *length >= 0)?;
        let lower = fields.i32()?;
        lower.checked_add(length)?;
        elements = elements.checked_mul(usize::try_from(length).ok()?)?;
        dimensions.push(Dimension { length, lower });
    }
    if elements == 0 {
        dimensions.clear();
    }
    (elements <= MOST_ELEMENTS).then_some((dimensions, elements))
}

impl Array {
    /// One dimension from 1.
    #[cfg(test)]
    pub(super) fn of(elements: Vec<Option<Canonical>>) -> Array {
        let dimensions = match i32::try_from(elements.len()) {
            Ok(0) | Err(_) => Vec::new(),
            Ok(length) => vec![Dimension { length, lower: 1 }],
        };
        Array {
            dimensions,
            elements,
        }
    }

    /// Canonical bytes.
    pub(super) fn to_canonical(&self) -> Result<Canonical, ValueError> {
        let mut bytes = Vec::new();
        bytes.extend(size(self.dimensions.len())?);
        for dimension in &self.dimensions {
            bytes.extend(dimension.length.to_be_bytes());
            bytes.extend(dimension.lower.to_be_bytes());
        }
        for element in &self.elements {
            match element {
                Some(value) => {
                    bytes.extend(size(value.expose_plaintext().len())?);
                    bytes.extend_from_slice(value.expose_plaintext());
                }
                None => bytes.extend((-1_i32).to_be_bytes()),
            }
        }
        Ok(Canonical::new(bytes))
    }

    /// How many elements it has.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// How many dimensions it has; an empty one has none.
    pub fn dimensions(&self) -> usize {
        self.dimensions.len()
    }

    /// The first and the last subscript of a dimension, counted from 1.
    pub fn bounds(&self, dimension: i64) -> Option<(i64, i64)> {
        let at = usize::try_from(dimension.checked_sub(1)?).ok()?;
        let Dimension { length, lower } = self.dimensions.get(at)?;
        let lower = i64::from(*lower);
        Some((lower, lower + i64::from(*length) - 1))
    }

    /// The element at subscripts, one a dimension; `None` where there is none, or it is NULL.
    pub fn element(&self, at: &[i64]) -> Option<&Canonical> {
        if at.len() != self.dimensions.len() {
            return None;
        }
        let mut place = 0_i64;
        for (subscript, Dimension { length, lower }) in at.iter().zip(&self.dimensions) {
            let within = subscript.checked_sub(i64::from(*lower))?;
            if !(0..i64::from(*length)).contains(&within) {
                return None;
            }
            place = place.checked_mul(i64::from(*length))?.checked_add(within)?;
        }
        self.elements.get(usize::try_from(place).ok()?)?.as_ref()
    }

    /// From canonical bytes.
    pub fn open(canonical: &[u8]) -> Option<Array> {
        let mut fields = Fields::new(canonical);
        let count = fields.i32()?;
        let (dimensions, count) = read_dimensions(&mut fields, count)?;
        let mut elements = Vec::with_capacity(count.min(fields.remaining() / 4));
        for _ in 0..count {
            let length = fields.i32()?;
            elements.push(match usize::try_from(length) {
                Ok(length) => Some(Canonical::new(fields.bytes(length)?.to_vec())),
                Err(_) if length == -1 => None,
                Err(_) => return None,
            });
        }
        fields.is_empty().then_some(Array {
            dimensions,
            elements,
        })
    }

    /// Writes an array literal.
    pub(super) fn write_text(
        &self,
        element: &DeclaredType,
        settings: &Settings,
        out: &mut Vec<u8>,
    ) -> Result<(), ValueError> {
        if self.dimensions.is_empty() {
            out.extend_from_slice(b"{}");
            return Ok(());
        }
        if self.dimensions.iter().any(|dimension| dimension.lower != 1) {
            for Dimension { length, lower } in &self.dimensions {
                let upper = i64::from(*lower) + i64::from(*length) - 1;
                out.extend_from_slice(format!("[{lower}:{upper}]").as_bytes());
            }
            out.push(b'=');
        }
        let mut elements = self.elements.iter();
        self.write_level(0, &mut elements, element, settings, out)
    }

    fn write_level(
        &self,
        depth: usize,
        elements: &mut std::slice::Iter<'_, Option<Canonical>>,
        element: &DeclaredType,
        settings: &Settings,
        out: &mut Vec<u8>,
    ) -> Result<(), ValueError> {
        let Some(dimension) = self.dimensions.get(depth) else {
            match elements.next() {
                Some(Some(value)) => {
                    let mut text = Vec::new();
                    element.to_text(value, settings, &mut text)?;
                    write_item(&text, out);
                }
                Some(None) => out.extend_from_slice(b"NULL"),
                None => return Err(ValueError::damaged(&element.name())),
            }
            return Ok(());
        };
        out.push(b'{');
        for index in 0..dimension.length {
            if index > 0 {
                out.push(b',');
            }
            self.write_level(depth + 1, elements, element, settings, out)?;
        }
        out.push(b'}');
        Ok(())
    }

    /// Writes binary format.
    pub(super) fn write_binary(
        &self,
        element: &DeclaredType,
        out: &mut Vec<u8>,
    ) -> Result<(), ValueError> {
        out.extend(size(self.dimensions.len())?);
        let nulls = self.elements.iter().any(Option::is_none);
        out.extend(i32::from(nulls).to_be_bytes());
        out.extend(element.oid.to_be_bytes());
        for dimension in &self.dimensions {
            out.extend(dimension.length.to_be_bytes());
            out.extend(dimension.lower.to_be_bytes());
        }
        for value in &self.elements {
            match value {
                Some(value) => {
                    let mut bytes = Vec::new();
                    element.to_binary(value, &mut bytes)?;
                    out.extend(size(bytes.len())?);
                    out.extend_from_slice(&bytes);
                }
                None => out.extend((-1_i32).to_be_bytes()),
            }
        }
        Ok(())
    }
}

fn size(length: usize) -> Result<[u8; 4], ValueError> {
    i32::try_from(length)
        .map(i32::to_be_bytes)
        .map_err(|_| too_large())
}

/// Quotes where the server does.
fn write_item(text: &[u8], out: &mut Vec<u8>) {
    let special =
        |b: &u8| matches!(b, b'"' | b'\\' | b'{' | b'}' | b',') || is_space(char::from(*b));
    let quote = text.is_empty() || text.eq_ignore_ascii_case(b"null") || text.iter().any(special);
    if !quote {
        out.extend_from_slice(text);
        return;
    }
    out.push(b'"');
    for byte in text {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(*byte);
    }
    out.push(b'"');
}
