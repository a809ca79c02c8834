select email from customers where id<3 union select 'x' order by 1
(select email from customers where id=1) union all (select ssn from customers where id=2)
select visits from customers where id=1 union all select 5.5
select visits from customers where id=1 union all select 5000000000
select balance from customers where id=1 union all select 5
select balance from customers where id=1 union all select 5.555
select birth_date from customers where id=1 union all select timestamp '2020-01-01'
select code from customers where id=1 union all select 'abcdefghi'
select code from customers where id=1 union all select 'ab'
select email from customers where id=1 union all select 'abcdefghiabcdefghiabcdefghiabcdefghiabcdefghiabcdefghiabcdefghiabcdefghiabcdefghi'
select case id when 1 then email when 2 then ssn end from customers where id<3 order by id
select case id when 1 then visits else 1.5 end from customers where id<3 order by id
select case id when 1 then balance else 0 end from customers where id<3 order by id
select case id when 1 then balance else 1.555 end from customers where id<3 order by id
select case id when 1 then code else 'abcdefgh' end from customers where id<3 order by id
select coalesce(email, ssn, 'x') from customers where id<3
select coalesce(visits, 0), coalesce(balance, 0), coalesce(score, 0), coalesce(birth_date, '1900-01-01'), coalesce(seen, '2000-01-01'), coalesce(mood,'ok'), coalesce(tags, '{}'), coalesce(key, '00000000-0000-0000-0000-000000000000') from customers order by id limit 7
select coalesce(tags, array['x','y']) from customers order by id limit 7
select coalesce(tags, array[]::text[]) from customers order by id limit 7
select coalesce(code, 'abc'), coalesce(code,'abcdefgh') from customers order by id limit 3
select greatest(visits, 3) from customers order by id limit 3
select id from customers where email = any(array[array['user1@example.com','a'],array['user3@example.com','x']]) order by id
select id from customers where email = any(array[]::text[])
select id from customers where birth_date = 'today' order by id
select id from customers where birth_date = timestamptz '1960-02-07 00:00:00' order by id
select id from customers where seen = timestamp '2020-01-01 01:07:00'
select id from customers where seen = date '2020-01-01'
select id from customers where balance = 1.25::float8
select id from customers where visits = -(-2) order by id
select id from customers where visits = 1+1 order by id
select id from customers where visits = id order by id
select id from customers where email = 'user1@example.com'::varchar(5)
select id from customers where email = 'user1@example.com'::char(40)
select id from customers where email = 'user1@example.com'::bpchar
select id from customers where email = 'user1@example.com '::bpchar
select id from customers where email = 'user1@example.com'::name
select id from customers where email::varchar(3) = 'use'
select email::varchar(3) from customers where id=1
select visits::text, visits::bigint, visits::numeric from customers where id=1
select birth_date::text from customers where id=1
select code, code::text, code::varchar from customers where id=1
select id from customers where email = U&'user1\0040example.com'
select id from customers where email = N'user1@example.com'
select id from customers where (id, email) < (2, 'b')
select id from customers where score = 1 order by id
select id from customers where tags = '{a}'
select tags, tags[1], array_length(tags,1) from customers where id=1
select distinct on (ssn) ssn, id from customers order by ssn, id
select min(visits), max(email) from customers
select sum(visits), avg(balance) from customers
select string_agg(email, ',') from customers
select array_agg(distinct ssn) from customers where id=1
select json_agg(email) from customers where id<3
select mode() within group (order by email) from customers
select email, id from customers order by lower(email)
select c from customers c where id=1
select (c.*).email from customers c where id=1
select row(email, id) from customers where id=1
select to_json(c) from customers c where id=1
select email || 'x' from customers where id=1
select lower(email), length(email) from customers where id=1
select count(*) from customers where email like 'user%'
select id from customers where email > 'a'
select id from customers where email between 'a' and 'b'
select id from customers where visits between 1 and 2
select id from orders where email in (select email from customers)
select id from customers c where c.email = (select o.email from orders o where o.id=1)
select c.id from customers c join orders o on o.email = c.email
select * from customers c join orders o using (email)
insert into claims (id,ssn) select id+900, name from customers where id<4 returning *
insert into claims (id,amount) select id+900, balance from customers where id<3 returning *
insert into customers (name,balance) select note, amount from claims where id<3 returning balance
insert into claims (id,ssn) select u.a,u.b from unnest(array[901,902],array['x','y']) u(a,b) returning *
insert into customers(name,balance) values ('n',1.005::numeric(5,1)) returning balance
insert into customers(name,balance) values ('n',1.5::float8) returning balance
insert into customers(name,visits) values ('n',1.5),('m',2.5),('o','7'),('p',-0) returning visits
insert into customers(name,visits) values ('n',1.5) returning visits
insert into customers(name,visits) values ('n',1+1) returning visits
insert into customers(name,email) values ('n',5.50) returning email
insert into customers(name,email) values ('n',true) returning email
insert into customers(name,email) values ('n','a'::char(3)) returning email
insert into customers(name,email) values ('n',date '2020-01-01') returning email
insert into customers(name,email) values ('n','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'::varchar(40)) returning email
insert into customers(name,birth_date) values ('n',timestamp '2020-01-01 05:00') returning birth_date
insert into customers(name,birth_date) values ('n',current_date) returning birth_date is null
insert into customers(name,seen) values ('n',now()) returning seen is null
insert into customers(name,key) values ('n','A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'),('o','{a0eebc999c0b4ef8bb6d6bb9bd380a12}'),('p',gen_random_uuid()) returning key
insert into customers(name,tags) values ('n','{}'),('o','{{a,b},{c,NULL}}'),('p','[0:1]={x,"y z"}'),('q',array['a','b']),('r',array['a',null]::text[]),('s','{"NULL",null}') returning tags
insert into customers(name,tags) values ('q',array['a','b']) returning tags
update customers set email=name where id=1
update customers set name=email where id=1
update customers set email=ssn where id=1
update customers set visits=visits+1 where id=1
update customers set balance=case when id=1 then 10 else balance end where id<4 returning id,balance
update customers set balance=coalesce(balance,0) where id<4 returning id,balance
update customers set code=case when id=1 then 'x' else code end where id<4 returning id,code
select c.visits from customers c where c.visits in (select id from cities) order by id
with recursive r(n, e) as (select 1, null::varchar union all select n+1, c.email from r join customers c on c.id=n+1 where n<4) select * from r order by n
select distinct notes from customers
select distinct c.notes, k.id from customers c, claims k where k.id < 3
select distinct a.id, b.notes from customers a, customers b where a.id < 3 and b.id < 3
select distinct c.notes, * from customers c natural join claims k
select distinct id, notes from (select id, notes from customers) c order by id
select id from customers where email in (select unnest(array['user1@example.com','x']::varchar[])) order by id
select email::text collate "C" from customers where id = 1
select id from customers where code = any(array['ab ', 'cd'])
select id from customers where code <> all(array['ab '])
select case 'ab ' when code then 1 end from customers where id<3 order by id
insert into customers (id, name, email) values (902, 'x', cast('an address that is much longer than the forty characters that fit' as varchar(40))) returning email
select ssn from customers where id=1 union all table (select 1)
select id from customers where (select email, id from customers where id=2) = (email, id)
select id from customers where (email, id) <> (select ssn, id from claims where id=2)
select ssn from customers order by visits fetch first 1 row with ties
select count(distinct c) from customers c
select array_agg(tags order by id) from customers where id<3
select lag(balance, 1, 0) over (order by id) from customers order by id limit 2
select last_value(email) ignore nulls over (order by id) from customers order by id limit 3
select coalesce(balance, 0) from customers order by id limit 3
select coalesce(balance, 0.5) from customers order by id limit 3
select coalesce(balance, 0.555) from customers order by id limit 3
select coalesce(balance, 1e2) from customers order by id limit 3
select coalesce(balance, '0') from customers order by id limit 3
select coalesce(balance, 0)::numeric(10,2) from customers order by id limit 3
select coalesce(visits, 0.5) from customers order by id limit 3
select coalesce(code, 'abc') from customers order by id limit 3
select coalesce(tags, array['x','y']) from customers order by id limit 6
select coalesce(email, name) from customers order by id limit 6
select case when id=1 then balance else 0 end from customers where id<3 order by id
select case when id=1 then code else 'x' end from customers where id<3 order by id
select case when id > 2 then email else ssn end from customers where id<5 order by id
select nullif(notes, '') from customers where id<4 order by id
select greatest(visits, 3), least(visits, 2) from customers order by id limit 3
select id from customers c where c.* is null
select pg_typeof(email), pg_typeof(visits), pg_typeof(id) from customers where id=1
select email collate "C" from customers where id=1
select id from customers where email collate "C" = 'user1@example.com'
select id from customers where email = 'user1@example.com' collate "C"
select email from ((customers)) where id=1
select distinct ssn, visits from customers where id<2 order by 1 nulls first
select array[balance, 1] from customers where id=1
select (array[email])[1] from customers where id=1
select (array_agg(email order by id))[1] from customers
select unnest(tags) from customers where id<3
select x from customers c, unnest(c.tags) x where c.id<3
select tags[1] from customers where id=1
select email from customers where 't1' = any(tags)
select row_to_json(c) from customers c where id=1
select to_jsonb(c) from customers c where id=1
select json_build_object('a', email) from customers where id=1
select json_agg(email) from customers
select jsonb_object_agg(id, email) from customers
select json_agg(c) from customers c
select customers from customers where id=1
select (c).* from claims c where id=1
select (q).c.email from (select c from customers c where id=1) q
select c = c from customers c where id=1
select row(c.*) from customers c where id=1
select hstore(c) from customers c
select email from rows from (generate_series(1,2)) g(n) join customers c on c.id = g.n order by 1
select c.id, u.* from customers c join rows from (unnest(array['user1@example.com','x'])) as u(e) on u.e=c.email
merge into claims as k using (select id, ssn from customers) s on s.id = k.id when not matched then insert default values
merge into orders o using customers c on c.id = o.customer_id and o.id < 4 when matched then update set email = c.email
merge into claims k using orders o on k.id=o.id when matched then update set ssn=o.email
insert into contacts (id, name, mail) values (901, 'a', 'b@c') returning *
insert into contacts values (901, 'a', 'b@c', '123') returning id, mail, ssn
insert into contacts (name, mail) select 'n'||id, 'm@x' from orders where id=1 returning mail
insert into contacts (name) values ('x') returning mail, name
insert into contacts (name, mail) values ('x', default) returning mail
insert into contacts default values
insert into contacts2 (m, name) values ('t@t', 'tt') returning m, name
insert into contacts (name, mail) values ('x', 'user1@example.com') on conflict (mail) do nothing
insert into contacts (name, mail) values ('x', 'user1@example.com') on conflict (mail) do update set name='dup' returning id, name, mail
update joined set email='x' where id=1
create temp view v2 as select id, name from customers
insert into archive select id, name, email from customers where id=1
insert into archive (mail) select email from customers where id=1
insert into orders select id+900, id, email from customers where id=1
update orders set email = c.email from customers c where c.id = orders.customer_id and orders.id=1
insert into customers (id, name, email) values (1,'x','zz') on conflict (id) do update set email = (select email from customers where id=2) || '' returning id
update customers set ssn = (select max(id)::text from claims) where id=1
select code from (values ('c1'),('c2')) v(code) join customers c using (code) order by c.id limit 4
select email from (values ('user1@example.com'::varchar(40))) v(email) join customers c using (email)
select (c).email || 'x' from customers c where id=1
select max((c).email) from customers c
select (c).tags[1] from customers c where id=1
select id from customers c where (c.*) is null
select id from customers c where row(c.*) is not null order by id limit 1
select count(distinct k) from claims k
select id from customers where email = any (values ('user1@example.com') order by 1 limit 1)
select email from customers order by id offset (1) rows fetch next (1 + 1) rows with ties
table claims except table claims
explain (costs off) create table t1 as select id from customers
values ((select email from customers where id=1)) order by 1
with recursive t(n, e) as (select 1, email from customers where id=1 union all select n+1, e from t where n<3) search depth first by n set o select n, e from t order by o
with recursive t(n, e) as (select 1, email from customers where id=1 union all select n+1, e from t where n<3) cycle n set is_cycle using path select n, e, is_cycle from t order by n
select substring(name from 1 for 2), substring(name for 2), substring(name, 2), substring(name similar 'n#"a#"%' escape '#'), email from customers where id=1
select format('%s %s', variadic array['a','b']), email from customers where id=1
select b'101', x'1f', 1e5, .5, 5., 0x10, email from customers where id=1
select 1_000, 0o17, 0b11, email from customers where id=1
select xmlelement(name a, xmlattributes(1 as b), 'c')::text, email from customers where id=1
select xmlforest(1 as a, 2 as b)::text, xmlconcat('<a/>', '<b/>')::text, email from customers where id=1
select * from xmltable('/a/b' passing '<a><b>1</b></a>' columns x int path '.') x, customers c where c.id = x.x and c.email <> 'x'
update customers set tags[1] = 'x' where id=1
insert into customers (name, email) select name, 'x' || id || '@y' from cities where id=1 returning email
select balance from (values (1.25)) v(balance) join customers c using (balance) order by c.id limit 4
select v.n, c.id from (values (5),(1.25)) v(n) join customers c on c.balance = v.n order by 2
select v.n, c.id from (values (5)) v(n) left join customers c on c.balance = v.n order by 2
select v.n, c.id from (values ('c1'::text)) v(n) join customers c on c.code = v.n order by 2 limit 2
select v.n, c.id from (values (1::bigint)) v(n) join customers c on c.visits = v.n order by 2 limit 2
select v.n, c.id from (values (1.5::float8)) v(n) join customers c on c.visits = v.n
select coalesce(c.balance, v.n) from (values (5)) v(n) join customers c on c.balance = v.n
select u.x, c.id from unnest('{1.5,2}'::numeric[]) u(x) join customers c on c.balance = u.x order by 2 limit 2
select balance from (values (1.2)) v(balance) full join customers c using (balance) order by c.id limit 2
with v(n) as (values ('c1')) select n from v where exists (select 1 from customers where code = v.n)
with v(n) as (values (5)) select * from v where exists (select 1 from customers where balance = v.n)
with v(n) as (select 5) select * from v where n in (select balance from customers)
create temp table t1 as select id, email from customers
