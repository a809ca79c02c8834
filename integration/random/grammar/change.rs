//! Statements that change rows.

use super::super::schema::{Column, Kind, Use};
use super::Grammar;

impl Grammar {
    fn some_columns(&mut self) -> Vec<&'static Column> {
        let rel = Self::people("");
        let mut columns: Vec<&'static Column> = (0..1 + self.dice.below(5))
            .map(|_| self.column(&rel, Use::Show, &[]))
            .filter(|column| column.name != "id" && column.name != "name")
            .collect();
        columns.sort_unstable_by_key(|column| column.name);
        columns.dedup_by_key(|column| column.name);
        columns
    }

    fn row(&mut self, columns: &[&Column]) -> String {
        self.next_id += 1;
        let mut row = vec![self.next_id.to_string(), "'new'".to_owned()];
        for column in columns {
            let default = self.dice.chance(8);
            row.push(if default {
                "default".to_owned()
            } else {
                self.constant(column)
            });
        }
        format!("({})", row.join(", "))
    }

    fn returning(&mut self, alias: &str) -> String {
        let rels = [Self::people(alias)];
        match self.dice.below(5) {
            0 => String::new(),
            1 => " returning *".to_owned(),
            2 => format!(" returning {}", Self::named(&rels[0], "id")),
            _ => format!(
                " returning {}, {}",
                Self::named(&rels[0], "id"),
                self.items(&rels)
            ),
        }
    }

    pub(super) fn insert(&mut self) -> String {
        let columns = self.some_columns();
        let names: String = columns
            .iter()
            .map(|column| format!(", {}", column.name))
            .collect();
        let source = match self.dice.below(10) {
            0 => {
                let filter = self.plain(&Self::people("q"));
                let shown: String = columns
                    .iter()
                    .map(|column| format!(", q.{}", column.name))
                    .collect();
                format!(
                    "select q.id + 500, q.name{shown} from people q where {filter} and q.id > 0"
                )
            }
            1 => {
                let rows: Vec<String> = (0..2)
                    .map(|_| {
                        self.next_id += 1;
                        let mut row = self.next_id.to_string();
                        for column in &columns {
                            row +=
                                &format!(", {}::{}", self.constant(column), Self::type_of(column));
                        }
                        format!("({row})")
                    })
                    .collect();
                let given: String = (0..columns.len()).map(|at| format!(", v.p{at}")).collect();
                let called: String = (0..columns.len()).map(|at| format!(", p{at}")).collect();
                format!(
                    "select v.i, 'many'{given} from (values {}) as v (i{called}) order by v.i",
                    rows.join(", ")
                )
            }
            // unnest takes arrays of arrays apart to their elements.
            2 if columns.iter().all(|column| column.kind != Kind::Array) => {
                let arrays: String = columns
                    .iter()
                    .map(|column| {
                        let text = self.array_for(column);
                        format!(
                            ", {}::{}[]",
                            self.quoted(Some(&text)),
                            Self::type_of(column)
                        )
                    })
                    .collect();
                let given: String = (0..columns.len()).map(|at| format!(", p{at}")).collect();
                format!(
                    "select i + 2000, 'unnest'{given} from unnest('{{1,2,3}}'::int[]{arrays}) as u (i{given})"
                )
            }
            _ => {
                let rows: Vec<String> = (0..1 + self.dice.below(3))
                    .map(|_| self.row(&columns))
                    .collect();
                format!("values {}", rows.join(", "))
            }
        };
        let returning = self.returning("");
        format!("insert into people (id, name{names}) {source}{returning}")
    }

    pub(super) fn upsert(&mut self) -> String {
        let mut columns = self.some_columns();
        let people = Self::people("");
        if columns.iter().all(|column| column.name != "email") {
            columns.push(people.table.column("email"));
        }
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let rows: Vec<String> = (0..1 + self.dice.below(2))
            .map(|_| self.row(&columns))
            .collect();
        let set = self.dice.one(&names);
        let column = people.table.column(set);
        let action = match self.dice.below(6) {
            0 => " on conflict do nothing".to_owned(),
            1 => " on conflict (email) do nothing".to_owned(),
            2 => {
                format!(" on conflict (email) do update set {set} = excluded.{set}, name = 'again'")
            }
            3 => {
                let constant = self.constant(column);
                format!(" on conflict (email) do update set {set} = {constant}")
            }
            4 => format!(
                " on conflict (id) do update set {set} = coalesce(excluded.{set}, people.{set})"
            ),
            _ => {
                let filter = self.condition(&[Self::people("people")], 0);
                format!(" on conflict (email) do update set name = excluded.name where {filter}")
            }
        };
        let returning = self.returning("people");
        format!(
            "insert into people (id, name, {}) values {}{action}{returning}",
            names.join(", "),
            rows.join(", ")
        )
    }

    fn assignments(&mut self, alias: &str) -> String {
        let mut columns = self.some_columns();
        if columns.is_empty() {
            columns.push(Self::people("").table.column("email"));
        }
        columns
            .iter()
            .map(|column| {
                let name = column.name;
                match self.dice.below(12) {
                    0 => format!("{name} = default"),
                    1 => format!("{name} = {alias}.{name}"),
                    2 => {
                        let constant = self.constant(column);
                        format!("{name} = coalesce({constant}, {alias}.{name})")
                    }
                    3 => {
                        let (plain, constant) =
                            (self.plain(&Self::people(alias)), self.constant(column));
                        format!(
                            "{name} = case when {plain} then {constant} else {alias}.{name} end"
                        )
                    }
                    4 => {
                        let (plain, constant) =
                            (self.plain(&Self::people(alias)), self.constant(column));
                        format!(
                            "{name} = (case when {plain} then {constant} else null end)::{}",
                            Self::type_of(column)
                        )
                    }
                    5 => format!("({name}, points) = row({}, 7)", self.constant(column)),
                    _ => format!("{name} = {}", self.constant(column)),
                }
            })
            .collect::<Vec<_>>()
            .join(", ")
    }

    pub(super) fn update(&mut self) -> String {
        let (sets, filter) = (
            self.assignments("c"),
            self.condition(&[Self::people("c")], 1),
        );
        let returning = self.returning("c");
        format!(
            "update people c set {sets} where {filter} and c.id > {}{returning}",
            self.dice.below(30)
        )
    }

    pub(super) fn update_from(&mut self) -> String {
        // The rows of the second table are unique for a person: which of two would win is not told.
        match self.dice.below(3) {
            0 => {
                let filter = self.condition(&[Self::people("c")], 0);
                format!(
                    "update people c set ssn = k.ssn, name = k.kind from claims k where k.id = c.id and k.kind is not null and {filter} returning c.id, c.ssn, k.amount"
                )
            }
            1 => {
                let (sets, filter) = (
                    self.assignments("c"),
                    self.condition(&[Self::people("c")], 0),
                );
                format!(
                    "update people c set {sets} from (select distinct ssn from claims) k where k.ssn = c.ssn and {filter} returning c.id"
                )
            }
            _ => {
                let column = self.column(&Self::people(""), Use::Show, &[]);
                if matches!(column.name, "id" | "name" | "city_id") {
                    return "update people set name = v.x from (values (1, 'a'), (2, 'b')) as v (i, x) where people.id = v.i returning people.id, name".to_owned();
                }
                let rows: Vec<String> = (1..3)
                    .map(|at| {
                        format!(
                            "({at}, {}::{})",
                            self.constant(column),
                            Self::type_of(column)
                        )
                    })
                    .collect();
                format!(
                    "update people set {} = v.x from (values {}) as v (i, x) where people.id = v.i returning people.id",
                    column.name,
                    rows.join(", ")
                )
            }
        }
    }

    pub(super) fn delete(&mut self) -> String {
        let filter = self.condition(&[Self::people("c")], 1);
        let returning = self.returning("c");
        format!("delete from people c where {filter}{returning}")
    }

    pub(super) fn delete_using(&mut self) -> String {
        let filter = self.condition(&[Self::people("c")], 0);
        // Which of two claims is joined is not told.
        let returning = self.returning("c").replace("returning *", "returning c.*");
        format!("delete from people c using claims k where k.ssn = c.ssn and {filter}{returning}")
    }

    pub(super) fn merge(&mut self) -> String {
        let column = self.column(&Self::people(""), Use::Show, &[]);
        if column.name == "id" || column.name == "name" {
            return "merge into people p using cities t on p.id = t.id when matched then update set name = t.name".to_owned();
        }
        let (x, y) = (self.constant(column), self.constant(column));
        let (name, ty) = (column.name, Self::type_of(column));
        match self.dice.below(3) {
            0 => format!(
                "merge into people p using (values (1, {x}::{ty}), (700, {y}::{ty})) as v (i, x) on p.id = v.i when matched then update set {name} = v.x when not matched then insert (id, name, {name}) values (v.i, 'merged', v.x)"
            ),
            1 => format!(
                "merge into people p using claims k on p.id = k.id when matched and k.id < 5 then delete when matched then update set {name} = {x}"
            ),
            _ => format!(
                "merge into people p using orders o on p.email = o.email when not matched and o.id < 6 then insert (id, name, {name}) values (o.id + 800, 'm', {x}) when matched then do nothing"
            ),
        }
    }

    pub(super) fn changing_cte(&mut self) -> String {
        let filter = self.condition(&[Self::people("")], 0);
        let column = self.column(&Self::people(""), Use::Show, &[]);
        let constant = self.constant(column);
        match self.dice.below(3) {
            0 => format!("with d as (delete from people where {filter} returning id, email, {}) select * from d", column.name),
            1 if !matches!(column.name, "id" | "name" | "city_id") => {
                format!("with u as (update people set {0} = {constant} where {filter} returning id, {0}) select u.id, u.{0} from u", column.name)
            }
            _ => "with d as (delete from claims where id < 4 returning id, ssn) insert into people (id, name, ssn) select id + 900, 'moved', ssn from d returning id, ssn".to_owned(),
        }
    }
}
