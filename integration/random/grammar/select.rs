//! Queries.

use super::super::schema::{Kind, Use};
use super::{Grammar, Rel};

/// What applications go through by pages.
const SORTED: &[Kind] = &[
    Kind::Int,
    Kind::Numeric,
    Kind::Float,
    Kind::Date,
    Kind::Stamp,
    Kind::Text,
];

impl Grammar {
    /// `people` or, more rarely, another table, with or without an alias.
    fn base(&mut self) -> (Rel, String) {
        let alias = self.dice.one(&["", "", "c", "p", "\"T0\""]);
        let mut rel = match self.dice.below(10) {
            0 | 1 => Self::claims(alias),
            _ => Self::people(alias),
        };
        let name = rel.table.name;
        if alias.is_empty() && self.dice.chance(40) {
            // As ORMs write it: each column with its table.
            rel.alias = format!("\"{name}\"");
            return (rel, format!("\"{name}\""));
        }
        let from = if alias.is_empty() {
            name.to_owned()
        } else {
            format!("{name} {alias}")
        };
        (rel, from)
    }

    pub(super) fn select(&mut self) -> String {
        let (rel, from) = self.base();
        let rels = [rel];
        let list = match self.dice.below(12) {
            0 => "*".to_owned(),
            1 if !rels[0].alias.is_empty() => format!("{}.*", rels[0].alias),
            2 => "count(*)".to_owned(),
            _ => format!("{}, {}", Self::named(&rels[0], "id"), self.items(&rels)),
        };
        let filter = self.condition(&rels, 2);
        let lock = if list.contains("count") {
            ""
        } else {
            self.dice
                .weighted(&[(95, ""), (3, " for update"), (2, " for no key update")])
        };
        format!("select {list} from {from} where {filter}{lock}")
    }

    /// A list by page: filter, order, limit.
    pub(super) fn page(&mut self) -> String {
        let (rel, from) = self.base();
        let rels = [rel];
        let items = self.items(&rels);
        let filter = if self.dice.chance(60) {
            format!(" where {}", self.condition(&rels, 1))
        } else {
            String::new()
        };
        let id = Self::named(&rels[0], "id");
        let mut keys = Vec::new();
        if self.dice.chance(60) {
            let column = self.column(&rels[0], Use::Sort, &[]);
            let how = self
                .dice
                .one(&["", " asc", " desc", " desc nulls last", " nulls first"]);
            keys.push(format!("{}{how}", Self::name(&rels[0], column)));
        }
        keys.push(format!("{id}{}", self.dice.one(&["", " desc"])));
        let bounds = self.bounds();
        format!(
            "select {id}, {items} from {from}{filter} order by {}{bounds}",
            keys.join(", ")
        )
    }

    /// The next page after a row: what takes the place of OFFSET.
    pub(super) fn keyset(&mut self) -> String {
        let rels = [Self::people("p")];
        let column = self.column(&rels[0], Use::Order, SORTED);
        let name = Self::name(&rels[0], column);
        let (constant, items) = (self.constant(column), self.items(&rels));
        let at = self.dice.below(36).to_string();
        let at = self.quoted(Some(&at));
        let (op, how) = self.dice.one(&[(">", ""), ("<", " desc")]);
        let after = match self.dice.below(3) {
            0 => {
                let again = self.constant(column);
                format!("({name} {op} {constant} or ({name} = {again} and p.id {op} {at}))")
            }
            1 => format!("{name} {op} {constant}"),
            _ => format!("({name}, p.id) {op} ({constant}, {at})"),
        };
        let filter = if self.dice.chance(40) {
            format!(" and {}", self.condition(&rels, 0))
        } else {
            String::new()
        };
        format!(
            "select p.id, {items} from people p where {after}{filter} order by {name}{how}, p.id{how} limit {}",
            1 + self.dice.below(10)
        )
    }

    fn bounds(&mut self) -> String {
        let (limit, offset) = (self.dice.below(9), self.dice.below(5));
        match self.dice.below(5) {
            0 => String::new(),
            1 => format!(" limit {limit} offset {offset}"),
            2 => format!(" offset {offset} rows fetch first {limit} rows only"),
            3 => {
                let (limit, offset) = (limit.to_string(), offset.to_string());
                if self.values.is_some() {
                    format!(
                        " limit {} offset {}",
                        self.quoted(Some(&limit)),
                        self.quoted(Some(&offset))
                    )
                } else {
                    format!(" limit {limit}")
                }
            }
            _ => format!(" limit {limit}"),
        }
    }

    pub(super) fn join(&mut self) -> String {
        let kind = self.dice.one(&[
            "join",
            "inner join",
            "left join",
            "left outer join",
            "right join",
            "full join",
        ]);
        let p = Self::people("p");
        match self.dice.below(9) {
            0 | 1 => {
                let rels = [p, Self::claims("k")];
                let (items, filter) = (self.items(&rels), self.condition(&rels, 1));
                format!(
                    "select p.id, k.id, {items} from people p {kind} claims k on k.ssn = p.ssn where {filter}"
                )
            }
            2 | 3 => {
                let rels = [p, Self::orders("o")];
                let (items, filter) = (self.items(&rels), self.condition(&rels, 1));
                format!(
                    "select p.id, o.id, {items} from orders o {kind} people p on p.id = o.person_id where {filter}"
                )
            }
            4 => {
                let rels = [p, Self::claims("k")];
                let items = self.items(&rels);
                format!("select ssn, p.id, k.id, {items} from people p {kind} claims k using (ssn)")
            }
            5 => {
                let rels = [p, Self::cities("t")];
                let (items, filter) = (self.items(&rels), self.condition(&rels, 1));
                format!(
                    "select p.id, {items} from people p, cities t where t.id = p.city_id and {filter}"
                )
            }
            6 => {
                let rels = [Self::people("a"), Self::people("b")];
                let column = self.column(&rels[0], Use::Equal, &[]).name;
                let (items, filter) = (self.items(&rels), self.condition(&rels, 0));
                format!(
                    "select a.id, b.id, {items} from people a {kind} people b on a.{column} = b.{column} and a.id < b.id where {filter}"
                )
            }
            7 => {
                let rels = [p, Self::claims("k"), Self::orders("o")];
                let (items, filter) = (self.items(&rels), self.condition(&rels, 1));
                format!(
                    "select p.id, k.id, o.id, {items} from people p join claims k on k.person_id = p.id left join orders o on o.person_id = p.id and o.total > 3 where {filter}"
                )
            }
            _ => {
                let rels = [p, Self::claims("k")];
                let (on, items) = (self.condition(&rels, 1), self.items(&rels));
                let kind = self.dice.one(&["join", "left join"]);
                format!(
                    "select p.id, k.id, {items} from people p {kind} claims k on k.person_id = p.id and {on}"
                )
            }
        }
    }

    pub(super) fn subquery(&mut self) -> String {
        let inner = [Self::people("q")];
        let (filter, show) = (
            self.condition(&inner, 1),
            self.column(&inner[0], Use::Show, &[]),
        );
        let equal = self.column(&inner[0], Use::Equal, &[]);
        let constant = self.constant(equal);
        match self.dice.below(5) {
            0 | 1 => format!(
                "select s.id, s.e, s.f from (select q.id, q.{} as e, q.{} as f from people q where {filter}) s where s.e = {constant} or s.id < 6",
                equal.name, show.name
            ),
            2 => {
                let outer = self.condition(&[Self::claims("k")], 0);
                format!(
                    "select k.id, (select q.{} from people q where q.ssn = k.ssn order by q.id limit 1) from claims k where {outer}",
                    show.name
                )
            }
            3 => format!(
                "select s.* from (select q.id, q.{}, q.{} from people q where {filter}) as s (a, b, c) where s.a > 3",
                equal.name, show.name
            ),
            _ => format!(
                "select count(*) from (select distinct q.{} from people q where {filter}) subquery",
                equal.name
            ),
        }
    }

    pub(super) fn cte(&mut self) -> String {
        let rels = [Self::people("")];
        let (filter, show) = (
            self.condition(&rels, 1),
            self.column(&rels[0], Use::Show, &[]),
        );
        let equal = self.column(&rels[0], Use::Equal, &[]);
        let constant = self.constant(equal);
        let with = self.dice.one(&[
            "with q as (",
            "with q as materialized (",
            "with q as not materialized (",
        ]);
        match self.dice.below(4) {
            0 | 1 => format!(
                "{with}select id, {} as e, {} as f from people where {filter}) select q.e, f from q where e = {constant} or q.id < 5",
                equal.name, show.name
            ),
            2 => format!(
                "{with}select * from people where {filter}), r as (select ssn, count(*) as n from claims group by ssn) select q.id, q.{}, r.n from q left join r on r.ssn = q.ssn",
                show.name
            ),
            _ => format!(
                "with recursive r (i, v) as (select id, {0} from people where id = 1 union all select p.id, p.{0} from people p, r where p.id = r.i + 3 and r.i < 20) select i, v from r",
                show.name
            ),
        }
    }

    pub(super) fn set_operation(&mut self) -> String {
        let rels = [Self::people("")];
        let op = self.dice.one(&[
            "union",
            "union all",
            "union all",
            "except",
            "intersect",
            "except all",
            "intersect all",
        ]);
        let used = if op == "union all" {
            Use::Show
        } else {
            Use::Equal
        };
        let column = self.column(&rels[0], used, &[]);
        let (x, y) = (self.condition(&rels, 1), self.condition(&rels, 0));
        match self.dice.below(5) {
            0 => format!("select ssn from people where {x} {op} select ssn from claims"),
            1 => {
                let constant = self.constant(column);
                format!(
                    "select {} from people where id < 4 {op} select {constant}",
                    column.name
                )
            }
            _ => format!(
                "select {0}, city_id from people where {x} {op} select {0}, city_id from people where {y}",
                column.name
            ),
        }
    }

    pub(super) fn window(&mut self) -> String {
        let rels = [Self::people("")];
        let (filter, show) = (
            self.condition(&rels, 1),
            self.column(&rels[0], Use::Show, &[]).name,
        );
        let part = self.column(&rels[0], Use::Equal, &[]).name;
        let order = self.column(&rels[0], Use::Order, &[]).name;
        let order = if self.dice.chance(50) {
            "id".to_owned()
        } else {
            format!("{order}, id")
        };
        match self.dice.below(5) {
            0 => {
                format!("select id, count(*) over (partition by {part}) from people where {filter}")
            }
            1 => format!(
                "select id, row_number() over (partition by {part} order by {order}) as n, {show} from people where {filter}"
            ),
            2 => format!(
                "select id, lag({show}) over w, first_value({part}) over w from people where {filter} window w as (partition by city_id order by {order})"
            ),
            3 => format!(
                "select * from (select id, {show}, rank() over (partition by city_id order by {order} desc) as r from people where {filter}) s where r <= 2"
            ),
            _ => format!(
                "select id, {show}, sum(points) over (order by id rows between 1 preceding and current row) from people where {filter}"
            ),
        }
    }

    pub(super) fn group(&mut self) -> String {
        let rels = [Self::people("")];
        let filter = self.condition(&rels, 1);
        let by = self.column(&rels[0], Use::Equal, &[]).name;
        let counted = self.column(&rels[0], Use::Equal, &[]).name;
        let extreme = self
            .column(
                &rels[0],
                Use::Order,
                &[Kind::Int, Kind::Numeric, Kind::Date, Kind::Text],
            )
            .name;
        let summed = self
            .column(&rels[0], Use::Server, &[Kind::Int, Kind::Numeric])
            .name;
        let show = self.column(&rels[0], Use::Show, &[]).name;
        let having = self
            .dice
            .one(&["", "", " having count(*) > 1", " having min(id) < 9"]);
        match self.dice.below(9) {
            0 | 1 => {
                format!("select {by}, count(*) from people where {filter} group by {by}{having}")
            }
            2 => format!(
                "select {by}, count(distinct {counted}), min(id) from people where {filter} group by 1{having}"
            ),
            3 => format!(
                "select {by}, min({extreme}), max({extreme}) from people where {filter} group by {by}"
            ),
            4 => format!(
                "select count({show}), count(*) filter (where {filter}), sum({summed}), avg({summed}) from people"
            ),
            5 => format!(
                "select city_id, array_agg({show} order by id) from people where {filter} group by city_id"
            ),
            6 => format!(
                "select c.name, count(p.{show}), max(p.{extreme}) from cities c left join people p on p.city_id = c.id group by c.id, c.name"
            ),
            7 => format!(
                "select {by}, city_id, count(*) from people where {filter} group by grouping sets (({by}, city_id), ({by}), ())"
            ),
            _ => format!(
                "select count(distinct {counted}), max(id), min({extreme}) from people where {filter}"
            ),
        }
    }

    /// The statement, and whether its order is total.
    pub(super) fn distinct(&mut self) -> (String, bool) {
        let rels = [Self::people("")];
        let filter = self.condition(&rels, 1);
        let by = self.column(&rels[0], Use::Equal, &[]).name;
        let order = self.column(&rels[0], Use::Order, &[]).name;
        let show = self.column(&rels[0], Use::Show, &[]).name;
        match self.dice.below(4) {
            0 => (
                format!("select distinct {by}, city_id from people where {filter}"),
                false,
            ),
            1 => (
                format!("select distinct {by} from people where {filter}"),
                false,
            ),
            2 => (
                format!(
                    "select distinct id, {by}, {show} from people where {filter} order by id limit 7"
                ),
                true,
            ),
            _ => (
                format!(
                    "select distinct on ({order}) {order}, id, {show} from people where {filter} order by {order}, id"
                ),
                true,
            ),
        }
    }

    pub(super) fn functions(&mut self) -> String {
        let rels = [Self::people("")];
        let items: Vec<String> = (0..1 + self.dice.below(3))
            .map(|_| self.computed(&rels[0]))
            .collect();
        let filter = self.condition(&rels, 1);
        format!("select id, {} from people where {filter}", items.join(", "))
    }

    pub(super) fn value_rows(&mut self) -> String {
        let rels = [Self::people("p")];
        let column = self.column(&rels[0], Use::Equal, &[]);
        let rows: Vec<String> = (0..1 + self.dice.below(3))
            .map(|at| {
                format!(
                    "({at}, {}::{})",
                    self.constant(column),
                    Self::type_of(column)
                )
            })
            .collect();
        let rows = rows.join(", ");
        match self.dice.below(3) {
            0 => format!(
                "select p.id, v.n, v.x from people p join (values {rows}) as v (n, x) on p.{} = v.x",
                column.name
            ),
            1 => format!(
                "select p.id from people p where p.{} in (select v.x from (values {rows}) v (n, x))",
                column.name
            ),
            _ => format!(
                "with v (n, x) as (values {rows}) select p.id, v.n, v.x, p.{0} from v left join people p on v.x = p.{0}",
                column.name
            ),
        }
    }

    pub(super) fn view(&mut self) -> String {
        match self.dice.below(4) {
            0 => {
                let at = self.dice.below(30);
                format!("select * from people_view where id > {at}")
            }
            1 => {
                let column = Self::people("v")
                    .table
                    .column(self.dice.one(&["email", "ssn"]));
                let constant = self.constant(column);
                format!(
                    "select v.id, v.email, v.notes from people_view v where v.{} = {constant}",
                    column.name
                )
            }
            2 => "select id, email, ssn, amount from claims_view".to_owned(),
            _ => {
                let filter = self.condition(&[Self::claims("k")], 1);
                format!(
                    "select k.id, v.name, v.notes, v.phone from claims k join people_view v on v.ssn = k.ssn where {filter}"
                )
            }
        }
    }

    /// Functions that the rules vouch for.
    pub(super) fn routine(&mut self) -> String {
        let email = Self::people("").table.column("email");
        let constant = self.constant(email);
        let at = self.dice.below(36);
        match self.dice.below(6) {
            0 => format!("select ssn_of({constant})"),
            1 => {
                let filter = self.condition(&[Self::people("")], 0);
                format!("select id, ssn_of({constant}) as own from people where {filter}")
            }
            2 => format!("select n, mail, own from everyone({at})"),
            3 => format!("select n, own from everyone({at}) e where e.mail = {constant}"),
            4 => format!("select id, phone_of(id) from people where id > {at}"),
            _ => {
                let items = self.items(&[Self::people("p")]);
                format!(
                    "select e.n, e.own, {items} from everyone({at}) e join people p on p.email = e.mail"
                )
            }
        }
    }

    pub(super) fn lateral(&mut self) -> String {
        let rels = [Self::people("p")];
        let filter = self.condition(&rels, 1);
        let show = self.column(&Self::claims(""), Use::Show, &[]).name;
        match self.dice.below(3) {
            0 => format!(
                "select p.id, l.* from people p cross join lateral (select k.ssn, k.{show} from claims k where k.ssn = p.ssn order by k.id limit 1) l where {filter}"
            ),
            1 => format!(
                "select p.id, l.n from people p left join lateral (select count(*) as n from claims k where k.person_id = p.id) l on true where {filter}"
            ),
            _ => {
                let column = self.column(&rels[0], Use::Equal, &[]);
                let text = self.array_for(column);
                let array = self.quoted(Some(&text));
                format!(
                    "select p.id, u.x from people p join unnest({array}::{}[]) as u (x) on u.x = p.{}",
                    Self::type_of(column),
                    column.name
                )
            }
        }
    }
}
