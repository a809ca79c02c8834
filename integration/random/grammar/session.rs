//! Statements that keep something in the session, or stream: cursors, PREPARE, COPY, EXPLAIN.

use super::super::schema::{Column, Kind, Use};
use super::{Case, Grammar, Step};

impl Grammar {
    pub(super) fn session(&mut self, kind: &'static str) -> Case {
        let mut ordered = true;
        let steps = match kind {
            "cursor" => self.cursor(),
            "prepare" => self.prepare(),
            "copy to" => {
                let (sql, total) = self.copy_to();
                ordered = total;
                vec![Step::Query(sql)]
            }
            "temporary" => {
                ordered = false;
                self.temporary()
            }
            "copy from" => vec![
                self.copy_from(),
                Step::Query("select * from people order by id".to_owned()),
            ],
            "explain" => {
                let statement = match self.dice.below(3) {
                    0 => self.update(),
                    1 => self.select(),
                    _ => self.join(),
                };
                let how = self.dice.one(&[
                    "explain",
                    "explain (costs off)",
                    "explain (verbose, costs off)",
                ]);
                vec![Step::Query(format!("{how} {statement}"))]
            }
            other => unreachable!("{other}"),
        };
        Case {
            kind,
            steps,
            ordered,
            plan: kind == "explain",
        }
    }

    fn cursor(&mut self) -> Vec<Step> {
        let how = self.dice.one(&[
            "cursor",
            "scroll cursor",
            "no scroll cursor",
            "binary cursor",
            "cursor with hold",
        ]);
        let query = self.page();
        let mut steps = vec![format!("declare c {how} for {query}")];
        for _ in 0..1 + self.dice.below(3) {
            let fetch = self.dice.one(&[
                "fetch c",
                "fetch 3 from c",
                "fetch all from c",
                "fetch next from c",
                "move 2 from c",
                "fetch forward 2 from c",
                "fetch backward 1 from c",
            ]);
            steps.push(fetch.to_owned());
        }
        steps.push("close c".to_owned());
        steps.into_iter().map(Step::Query).collect()
    }

    fn prepare(&mut self) -> Vec<Step> {
        let rel = Self::people("");
        let column = self.column(&rel, Use::Equal, &[]);
        let show = self.column(&rel, Use::Show, &[]).name;
        let (name, ty) = (column.name, Self::type_of(column));
        let types = self.dice.one(&["", "(#)"]).replace('#', ty);
        let mut steps = vec![format!(
            "prepare s{types} as select id, {show} from people where {name} = $1 order by id"
        )];
        for _ in 0..1 + self.dice.below(2) {
            steps.push(format!("execute s({})", self.constant(column)));
        }
        steps.push("deallocate s".to_owned());
        steps.into_iter().map(Step::Query).collect()
    }

    /// A table of the session's own, of rows that are worked on.
    fn temporary(&mut self) -> Vec<Step> {
        let people = [Self::people("")];
        let (filter, show) = (
            self.condition(&people, 1),
            self.column(&people[0], Use::Show, &[]).name,
        );
        let kept = if self.dice.chance(20) {
            format!("id as work_id, {show} as kept")
        } else {
            "id as work_id, name as kept, points".to_owned()
        };
        let made = match self.dice.below(3) {
            0 => format!("select {kept} into temp work from people where {filter}"),
            1 => format!(
                "create temp table work on commit drop as select {kept} from people where {filter}"
            ),
            _ => format!(
                "create temporary table work as select {kept} from people where {filter} with no data"
            ),
        };
        let rels = [Self::people("p")];
        let (items, outer) = (self.items(&rels), self.condition(&rels, 0));
        let then = match self.dice.below(4) {
            0 => "select * from work".to_owned(),
            1 => format!(
                "select p.id, w.kept, {items} from work w left join people p on p.id = w.work_id where {outer}"
            ),
            2 => format!("delete from people p using work w where w.work_id = p.id and {outer}"),
            _ => format!(
                "select p.id, {items} from people p where p.id in (select work_id from work) and {outer}"
            ),
        };
        vec![
            Step::Query(made),
            Step::Query(
                "insert into work (work_id, kept) select id, name from people where id = 3"
                    .to_owned(),
            ),
            Step::Query(then),
            Step::Query("drop table work".to_owned()),
        ]
    }

    fn options(&mut self) -> &'static str {
        self.dice.one(&[
            "",
            "",
            " (format csv)",
            " with csv header",
            " (format csv, header, quote '\"', force_quote *)",
            " (format text, null '-')",
            " (format csv, delimiter ';', null 'NULL')",
            " (format binary)",
        ])
    }

    fn copy_to(&mut self) -> (String, bool) {
        let options = self.options();
        let rel = Self::people("");
        match self.dice.below(3) {
            0 => (format!("copy people to stdout{options}"), false),
            1 => {
                let (a, b) = (
                    self.column(&rel, Use::Show, &[]).name,
                    self.column(&rel, Use::Show, &[]).name,
                );
                if a == b {
                    (format!("copy people (id, {a}) to stdout{options}"), false)
                } else {
                    (
                        format!("copy people (id, {a}, {b}) to stdout{options}"),
                        false,
                    )
                }
            }
            _ => (format!("copy ({}) to stdout{options}", self.page()), true),
        }
    }

    fn copy_from(&mut self) -> Step {
        let rel = Self::people("");
        let columns: Vec<_> = COPIED
            .iter()
            .filter(|_| self.dice.chance(35))
            .map(|(name, _)| rel.table.column(name))
            .collect();
        let names: String = columns
            .iter()
            .map(|column| format!(", {}", column.name))
            .collect();
        if self.dice.chance(30) {
            return self.copy_binary(&columns, &names);
        }
        let csv = self.dice.chance(50);
        let mut data = String::new();
        for at in 0..3 {
            data += &format!("{}{}copied", 3000 + at, if csv { "," } else { "\t" });
            for column in &columns {
                // One bad value fails the whole.
                let text = self.text_or_odd(column, 3);
                let null = self.dice.chance(10) || (column.kind != Kind::Text && text.is_empty());
                data += &match (csv, null) {
                    (true, true) => ",".to_owned(),
                    (true, false) => format!(",\"{}\"", text.replace('"', "\"\"")),
                    (false, true) => "\t\\N".to_owned(),
                    (false, false) => format!("\t{}", text.replace('\\', "\\\\")),
                };
            }
            data.push('\n');
        }
        let options = if csv { " (format csv)" } else { "" };
        Step::CopyIn {
            sql: format!("copy people (id, name{names}) from stdin{options}"),
            data,
        }
    }

    fn copy_binary(&mut self, columns: &[&Column], names: &str) -> Step {
        let mut types = vec![23, 25];
        types.extend(columns.iter().filter_map(|column| {
            let known = COPIED.iter().find(|(name, _)| *name == column.name)?;
            Some(known.1)
        }));
        let rows = (0..3)
            .map(|at| {
                let mut row = vec![Some((3000 + at).to_string()), Some("copied".to_owned())];
                for column in columns {
                    let text = self.text_or_odd(column, 3);
                    row.push((!self.dice.chance(10)).then_some(text));
                }
                row
            })
            .collect();
        Step::CopyBinary {
            sql: format!("copy people (id, name{names}) from stdin (format binary)"),
            types,
            rows,
        }
    }
}

/// Columns that are filled by COPY, and the oids of their types.
const COPIED: &[(&str, u32)] = &[
    ("email", 1043),
    ("notes", 25),
    ("visits", 23),
    ("birth", 1082),
    ("balance", 1700),
    ("surname", 1043),
    ("level", 23),
    ("hired", 1082),
    ("rate", 701),
    ("income", 1700),
    ("street", 25),
    ("title", 1043),
    ("about", 25),
    ("phone", 25),
];
