//! Constants: values that are there, that are not, that do not fit, NULL; quoted, typed, cast, as placeholders.

use super::super::schema::{Column, Kind};
use super::Grammar;

impl Grammar {
    /// A text as a constant or a placeholder.
    pub(super) fn quoted(&mut self, text: Option<&str>) -> String {
        match (&mut self.values, text) {
            (Some(values), text) => {
                values.push(text.map(str::to_owned));
                format!("${}", values.len())
            }
            (None, None) => "null".to_owned(),
            (None, Some(text)) => {
                let doubled = text.replace('\'', "''");
                if text.contains('\\') && self.dice.chance(50) {
                    format!("E'{}'", doubled.replace('\\', "\\\\"))
                } else if !text.contains('$') && self.dice.chance(3) {
                    format!("$q${text}$q$")
                } else {
                    format!("'{doubled}'")
                }
            }
        }
    }

    /// The text of a value for a column.
    pub(super) fn text_for(&mut self, column: &Column) -> String {
        self.text_or_odd(column, 14)
    }

    /// The same, with so many of a hundred that hardly fit.
    pub(super) fn text_or_odd(&mut self, column: &Column, percent: usize) -> String {
        let row = 1 + self.dice.below(36);
        let odd = !column.odd.is_empty() && self.dice.chance(percent);
        match column.value(row, 0) {
            Some(text) if !odd => text,
            Some(_) | None if column.odd.is_empty() => "1".to_owned(),
            Some(_) | None => self.dice.one(column.odd).to_owned(),
        }
    }

    /// A constant for a column, in some spelling.
    pub(super) fn constant(&mut self, column: &Column) -> String {
        if self.dice.chance(4) {
            return self.quoted(None);
        }
        let text = self.text_for(column);
        let number = !text.is_empty()
            && text.trim() == text
            && text.parse::<f64>().is_ok_and(f64::is_finite)
            && !text.starts_with("00");
        if number
            && matches!(column.kind, Kind::Int | Kind::Numeric | Kind::Float)
            && self.dice.chance(50)
        {
            return text;
        }
        if column.kind == Kind::Bool && self.dice.chance(50) {
            return self.dice.one(&["true", "false"]).to_owned();
        }
        let constant = self.quoted(Some(&text));
        if !self.dice.chance(12) {
            return constant;
        }
        let own = Self::type_of(column);
        let others: &[&str] = match column.kind {
            Kind::Text => &["text", "varchar", "varchar(60)"],
            Kind::Char => &["char(5)", "text", "bpchar"],
            Kind::Int => &["int", "bigint", "smallint", "numeric"],
            Kind::Numeric => &["numeric", "numeric(10,2)", "int", "float8"],
            Kind::Float => &["float8", "numeric"],
            Kind::Date => &["date", "timestamp"],
            Kind::Stamp => &["timestamptz", "timestamp"],
            Kind::Uuid => &["uuid", "text"],
            Kind::Mood => &["mood"],
            Kind::Array => &["text[]"],
            Kind::Bool => &["bool"],
        };
        let to = if self.dice.chance(60) {
            own
        } else {
            self.dice.one(others)
        };
        if self.dice.chance(60) {
            format!("{constant}::{to}")
        } else {
            format!("cast({constant} as {to})")
        }
    }

    /// An array of values of a column, as text.
    pub(super) fn array_for(&mut self, column: &Column) -> String {
        let elements: Vec<String> = (0..self.dice.below(4))
            .map(|_| {
                if self.dice.chance(8) {
                    return "NULL".to_owned();
                }
                let text = self.text_for(column);
                format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            })
            .collect();
        format!("{{{}}}", elements.join(","))
    }

    pub(super) fn type_of(column: &Column) -> &'static str {
        let sql = column.sql;
        let end = sql
            .find(" primary")
            .or_else(|| sql.find(" references"))
            .or_else(|| sql.find(" unique"))
            .or_else(|| sql.find(" not null"))
            .or_else(|| sql.find(" default"))
            .unwrap_or(sql.len());
        &sql[..end]
    }
}
