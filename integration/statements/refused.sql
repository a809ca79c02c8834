select j.ssn from customers c join claims k using (ssn) as j order by c.id,k.id limit 3
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
select id from customers where email::text = 'user1@example.com'
select id from customers where email::varchar = 'user1@example.com'
select id from customers where email::varchar(3) = 'use'
select id from customers where cast(email as text) = 'user1@example.com'
select email::text from customers where id=1
select email::varchar from customers where id=1
select email::varchar(3) from customers where id=1
select visits::text, visits::bigint, visits::numeric from customers where id=1
select birth_date::text from customers where id=1
select code, code::text, code::varchar from customers where id=1
select id from customers where email = U&'user1\0040example.com'
select id from customers where email = N'user1@example.com'
select id from customers where (email, id) = (select 'user1@example.com', 1)
select id from customers where (id, email) < (2, 'b')
select id from customers where score = 1 order by id
select id from customers where tags = '{a}'
select tags, tags[1], array_length(tags,1) from customers where id=1
select ssn, visits, count(*), grouping(ssn) from customers group by grouping sets ((ssn),(visits),()) order by 3,min(id),4
select distinct on (ssn) ssn, id from customers order by ssn, id
select min(visits), max(email) from customers
select sum(visits), avg(balance) from customers
select string_agg(email, ',') from customers
select array_agg(distinct ssn) from customers where id=1
select json_agg(email) from customers where id<3
select mode() within group (order by email) from customers
select email, id from customers order by email
select c from customers c where id=1
select (c).email from customers c where id=1
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
select id from customers where notes isnull order by id
select id from customers where (email, notes) is null order by id limit 1
select id from customers where row(email, notes) is not null order by id limit 1
insert into claims (id,ssn) select id+900, name from customers where id<4 returning *
insert into claims (id,amount) select id+900, balance from customers where id<3 returning *
insert into customers (name,balance) select note, amount from claims where id<3 returning balance
insert into claims (id,ssn) select u.a,u.b from unnest(array[901,902],array['x','y']) u(a,b) returning *
insert into claims (id,ssn) select 901, unnest('{x}'::varchar[]) returning *
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
merge into claims k using (values (1,'a'),(999,'b')) v(i,s) on k.id=v.i when matched then update set ssn=v.s when not matched then insert (id,ssn) values (v.i,v.s)
select email from customers tablesample system(100) where id=1
select c.visits from customers c where c.visits in (select id from cities) order by id
table customers
table customers limit 1
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
