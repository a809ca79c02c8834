//! Statements that keep something in the session, or stream: cursors, PREPARE, COPY, EXPLAIN.

use super::super::schema::{Kind, Use};
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
        let columns: Vec<_> = ["email", "notes", "visits", "birth", "balance", "phone"]
            .into_iter()
            .filter(|_| self.dice.chance(50))
            .map(|name| rel.table.column(name))
            .collect();
        let names: String = columns
            .iter()
            .map(|column| format!(", {}", column.name))
            .collect();
        let csv = self.dice.chance(50);
        let mut data = String::new();
        for at in 0..3 {
            data += &format!("{}{}copied", 3000 + at, if csv { "," } else { "\t" });
            for column in &columns {
                let text = self.text_for(column);
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
}
