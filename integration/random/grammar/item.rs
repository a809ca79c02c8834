//! Expressions of select lists.

use super::super::schema::{Column, Kind, Use};
use super::{Grammar, Rel};

impl Grammar {
    /// One to four entries.
    pub(super) fn items(&mut self, rels: &[Rel]) -> String {
        (0..1 + self.dice.below(4))
            .map(|_| self.item(rels))
            .collect::<Vec<_>>()
            .join(", ")
    }

    pub(super) fn item(&mut self, rels: &[Rel]) -> String {
        let at = self.dice.below(rels.len());
        let rel = rels[at].clone();
        let column = self.column(&rel, Use::Show, &[]);
        let name = Self::name(&rel, column);
        match self.dice.below(40) {
            0..=25 => name,
            26 => format!("{name} as x{}", self.dice.below(3)),
            27 | 28 => {
                let constant = self.constant(column);
                format!("coalesce({name}, {constant})")
            }
            29 => {
                let equal = self.column(&rel, Use::Equal, &[]);
                let constant = self.constant(equal);
                format!("nullif({}, {constant})", Self::name(&rel, equal))
            }
            30 => format!("case when {} then {name} end", self.plain(&rel)),
            31 => {
                let (plain, constant) = (self.plain(&rel), self.constant(column));
                format!("case when {plain} then {name} else {constant} end")
            }
            32 => {
                let equal = self.column(&rel, Use::Equal, &[]);
                let constant = self.constant(equal);
                format!("{} = {constant} as same", Self::name(&rel, equal))
            }
            33 => format!("({name} is null) as missing"),
            34 => {
                let equal = self.column(&rel, Use::Equal, &[]);
                let constant = self.constant(equal);
                format!(
                    "case {} when {constant} then 'one' else 'other' end",
                    Self::name(&rel, equal)
                )
            }
            35 => {
                let equal = self.column(&rel, Use::Equal, &[]);
                let other = self.constant(equal);
                format!(
                    "case when {} = {other} then {name} end",
                    Self::name(&rel, equal)
                )
            }
            36 => {
                let filter = self.plain(&Self::claims("s"));
                format!("(select count(*) from claims s where {filter})")
            }
            37 => format!("{name}::{}", Self::type_of(column)),
            _ => self.computed(&rel),
        }
    }

    /// A function of a column.
    pub(super) fn computed(&mut self, rel: &Rel) -> String {
        let column = self.column(rel, Use::Show, &[]);
        let form = self.function(column);
        form.replace('#', &Self::name(rel, column))
    }

    fn function(&mut self, column: &Column) -> String {
        let forms: &[&str] = match column.kind {
            Kind::Text | Kind::Char => &[
                "lower(#)",
                "upper(#)",
                "initcap(#)",
                "length(#)",
                "char_length(#)",
                "octet_length(#)",
                "trim(#)",
                "ltrim(#)",
                "rtrim(#)",
                "trim(both 'q' from #)",
                "substring(# from 2 for 3)",
                "substring(#, 3)",
                "left(#, 3)",
                "left(#, -2)",
                "right(#, 2)",
                "split_part(#, '@', 1)",
                "replace(#, 'a', 'bb')",
                "concat(#, '-', #)",
                "concat_ws(', ', #, 'x')",
                "# || '!'",
                "'<' || # || '>'",
                "coalesce(#, 'none')",
                "nullif(#, '')",
                "#::text",
                "upper(left(#, 1)) || lower(substring(#, 2))",
                "case when # is null then '-' else # end",
                "coalesce(nullif(trim(#), ''), 'empty')",
            ],
            Kind::Int => &[
                "# + 1",
                "# * 2",
                "# - 10",
                "# / 3",
                "# % 7",
                "-#",
                "abs(#)",
                "#::text",
                "#::bigint",
                "#::numeric",
                "coalesce(#, 0)",
                "round(#)",
                "# * 1.5",
            ],
            Kind::Numeric => &[
                "round(#)",
                "round(#, 1)",
                "abs(#)",
                "# * 2",
                "# + 1.5",
                "# / 4",
                "#::text",
                "#::int",
                "coalesce(#, 0)",
                "to_char(#, 'FM999999990.00')",
                "to_char(#, '999,999,990.99')",
            ],
            Kind::Float => &["# * 2", "# + 1", "abs(#)", "round(#)", "#::text", "#::int"],
            Kind::Date => &[
                "extract(year from #)",
                "date_part('month', #)",
                "date_trunc('month', #)",
                "to_char(#, 'YYYY-MM-DD')",
                "to_char(#, 'DD.MM.YYYY')",
                "to_char(#, 'FMDay, DD Mon YYYY')",
                "#::text",
                "#::timestamp",
                "# + 1",
                "extract(year from age(date '2020-01-01', #))",
                "date_part('year', age(date '2020-06-15', #))::int",
            ],
            Kind::Stamp => &[
                "extract(year from #)",
                "date_part('hour', #)",
                "date_trunc('day', #)",
                "to_char(#, 'YYYY-MM-DD HH24:MI')",
                "#::date",
                "#::text",
            ],
            Kind::Uuid | Kind::Mood | Kind::Bool => &["#::text", "coalesce(#::text, '-')"],
            Kind::Array => &["array_length(#, 1)", "#[1]", "cardinality(#)"],
        };
        self.dice.one(forms).to_owned()
    }
}
