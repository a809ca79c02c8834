//! What the proxy asks of arrays that are sealed whole: how many elements, their bounds, one of them; held against the
//! server on plain ones.

use crate::derived::Twins;
use crate::harness::Raw;

const TABLES: &str = r#"
create table w (id int primary key, t text[], n int[], c char(3)[], v varchar(5)[], d date[], k numeric(6,2)[], plain int);
insert into w values
 (1, '{a,b,c}', '{1,2,3}', '{x,yy,zzz}', '{é,日本}', '{2020-02-29,infinity}', '{1.50,NULL}', 1),
 (2, '{}', '{}', '{}', '{}', '{}', '{}', 2),
 (3, null, null, null, null, null, null, null),
 (4, '[0:2]={x,NULL,"a \"b\""}', '[-5:-4]={7,8}', '[3:3]={q}', '{NULL}', '{NULL,1999-12-31}', '[2:2]={-0.01}', 0),
 (5, '{{a,b},{c,NULL}}', '{{1,2,3},{4,5,6}}', '{{a},{b}}', '{{x}}', '{{2000-01-01}}', '{{1,2}}', -5),
 (6, '[2:3][-1:0]={{a,b},{c,d}}', '{{{1},{2}}}', '{" a"}', '{""}', '{-infinity}', '{9999.99}', 2147483647);
grant all on w to owner, support;
"#;

const RULES: &str = r#"
[tables."public.w".columns]
t = { seal = {} }
n = { seal = {} }
c = { seal = {} }
v = { seal = {} }
d = { seal = {} }
k = { seal = {} }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["public.w"]
level = "access-and-modify"
"#;

#[test]
fn arrays_are_asked_as_in_the_server() {
    let mut twins = Twins::of(TABLES, RULES, &["public.w"]);
    twins.agree(&[
        "select id, cardinality(t), cardinality(n), cardinality(k) from w order by id",
        "select id, array_length(t, 1), array_length(n, 2), array_length(t, 0), array_length(t, -1), array_length(n, 7) from w order by id",
        "select id, array_lower(t, 1), array_upper(t, 1), array_lower(t, 2), array_upper(n, 2), array_ndims(t), array_ndims(n) from w order by id",
        "select id, t[1], n[2], v[1], d[2], k[1] from w order by id",
        "select id, c[1], c[3] from w order by id",
        "select id, t[0], t[2], t[-1], n[-5], t[null], t[2147483647] from w order by id",
        "select id, t[1][2], t[2][1], n[2][3], n[1][2][1], t[3][0], n[1][1][1][1] from w order by id",
        "select w.id, w.t[1], w.t[1] as first, (w.t)[2], (t[1]) from w order by id",
        "select id, t[plain], n[plain], array_length(t, plain) from w order by id",
        "select id, upper(t[1]), t[1] || '!', length(v[2]), n[1] + 1, coalesce(t[1], 'none'), t[1]::varchar(1) from w order by id",
        "select id, case when cardinality(t) > 2 then 'many' else 'few' end, cardinality(t) * 2, cardinality(t) = 3 from w order by id",
        "select id, t, t[1], cardinality(t) from w where id < 3 order by id",
        "update w set plain = 7 where id = 1 returning id, t[1], cardinality(n)",
        "select cardinality(t), array_length(id, 1) from w",
    ]);
    for bound in ["1", "2", "-1"] {
        let sql = "select id, t[$1], array_length(n, $1) from w order by id";
        twins.bound(sql, &[23], &[Some(bound.as_bytes())], 1);
    }
    for refused in [
        "select t[1:2] from w",
        "select t[1] from w order by t[1]",
        "select cardinality(t), array_to_string(t, ',') from w",
        "select id from w where t[1] = 'a'",
    ] {
        assert_eq!(Raw::error(&twins.ask(refused)), "0A000", "{refused}");
    }
    let mut support = twins.login("support");
    for masked in ["select t[1] from w", "select cardinality(t) from w"] {
        assert_eq!(Raw::error(&support.query(masked)), "42501", "{masked}");
    }
}
