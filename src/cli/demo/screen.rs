//! Rows and columns on a terminal.

use std::fmt::Write as _;

/// A table of text, padded to its widest cells, each at most `CELL` wide.
const CELL: usize = 30;

/// Lays rows out under a header.
pub(super) fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut all: Vec<Vec<String>> = vec![header.iter().map(|title| (*title).to_owned()).collect()];
    all.extend(
        rows.iter()
            .map(|row| row.iter().map(|cell| shorten(cell)).collect()),
    );
    let widths: Vec<usize> = (0..header.len())
        .map(|column| {
            all.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for (number, row) in all.iter().enumerate() {
        out.push_str("  ");
        for (cell, width) in row.iter().zip(&widths) {
            // Writing to a String cannot fail.
            let _ = write!(out, "{cell:width$}  ");
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        if number == 0 {
            let line: usize = widths.iter().map(|width| width + 2).sum();
            let _ = writeln!(out, "  {}", "─".repeat(line.saturating_sub(2)));
        }
    }
    out
}

/// What a cell shows: NULL by name, the middle left out of what is long.
pub(super) fn cell(value: Option<&str>) -> String {
    value.map_or_else(|| "NULL".to_owned(), str::to_owned)
}

fn shorten(text: &str) -> String {
    let length = text.chars().count();
    // An envelope's header is the same for all of a column: its end is what differs.
    if text.starts_with("\\xfb") {
        let start: String = text.chars().take(6).collect();
        let end: String = text.chars().skip(length.saturating_sub(4)).collect();
        return format!("{start}…{end}");
    }
    if length <= CELL {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(CELL - 1).collect();
    short.push('…');
    short
}

/// 10000 → 10,000.
pub(super) fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = vec![
            vec!["billing".to_owned(), "x".repeat(60)],
            vec!["a".to_owned(), cell(None)],
        ];
        let lines: Vec<&str> = "  role     ssn|  ───────────────────────────────────────|  \
             billing  xxxxxxxxxxxxxxxxxxxxxxxxxxxxx…|  a        NULL"
            .split('|')
            .collect();
        assert_eq!(
            table(&["role", "ssn"], &rows).lines().collect::<Vec<_>>(),
            lines
        );
        assert_eq!(shorten("\\xfb1100000001abcd"), "\\xfb11…abcd");
        assert_eq!(number(10_000), "10,000");
        assert_eq!(number(7), "7");
    }
}
