select * from customers natural join claims order by customers.id, claims.id
select ssn, c.id, k.id from customers c left join claims k using (ssn) order by 2,3
select ssn, c.id, k.id from customers c right join claims k using (ssn) order by 2 nulls last,3
select ssn, c.id, k.id from customers c full join claims k using (ssn) order by 2 nulls last,3 nulls last
select * from customers c full join claims k using (ssn) order by c.id nulls last,k.id nulls last
select c.ssn, k.ssn from customers c full join claims k using (ssn) order by c.id nulls last,k.id nulls last
select count(*) from customers c natural join claims k
select c.ssn, k.ssn from customers c cross join claims k where c.ssn=k.ssn order by c.id,k.id
select x.ssn from (customers c join claims k using (ssn)) x order by x.ssn is null limit 3
select x.* from (customers c join claims k using (ssn)) as x(a) order by 2 limit 3
select c.id, l.* from customers c, lateral (select k.ssn, k.amount from claims k where k.ssn = c.ssn order by k.id limit 1) l order by c.id
select c.id, l.* from customers c left join lateral (select k.ssn s, c.email e from claims k where k.ssn = c.ssn order by k.id limit 1) l on true order by c.id
select c.id, l.* from customers c left join lateral (select c.email e, c.visits) l on l.visits=3 order by c.id
with recursive r(n, e) as (select 1, email from customers where id=1 union all select n+1, c.email from r join customers c on c.id=n+1 where n<4) select * from r order by n
with recursive r as (select id, email from customers where id=1 union select c.id, c.email from r join customers c on c.id=r.id+1 and c.id<5) select * from r order by 1
with q as materialized (select email, id from customers) select email from q where id=3
with q as not materialized (select email, id from customers) select email from q where email='user3@example.com'
with q(a,b) as (select email, id from customers) select a from q where b=3
with d as (update customers set visits=visits where id<3 returning *) select email, visits from d order by id
with i as (insert into customers(name,email) values('zz','zz@e') returning id>0, email) select * from i
with i as (insert into customers(name,email) values('zz','zz@e') returning email) select i.email from i join customers c on c.email=i.email
with d as (delete from customers where id<4 returning *) insert into claims(id,ssn) select id+500, ssn from d returning *
select email from customers where id=1 union all select 'x'
select 'x' union all select email from customers where id=1
select null union all select email from customers where id=1
select email from customers where id=1 union all select null
select email, id from customers where id=1 union all select 'x', 5 order by id
select email, id from customers where id<4 except select 'user1@example.com', 1 order by id
select email, id from customers where id<4 intersect select 'user1@example.com', 1
select email from customers where id=1 union all values ('a'),('b')
select visits from customers where id=1 union all select 5
select visits from customers where id=1 union all select '5'
select score from customers where id=1 union all select 5
select birth_date from customers where id=1 union all select '2020-01-01'
select birth_date from customers where id=1 union all select date '2020-01-01'
select id from customers where email in (values ('user1@example.com'),('user2@example.com')) order by id
select id from customers c join (values ('user1@example.com'),('user2@example.com')) v(e) on v.e=c.email order by id
select id from customers c join (values (1,'user1@example.com'),(2,'user2@example.com')) v(n,e) on v.n=c.id and v.e=c.email order by id
select v.e, c.email from customers c join (values ('user1@example.com'),('user2@example.com')) v(e) on v.e=c.email order by c.id
select case when id=1 then email else null end from customers where id<3 order by id
select case id when 1 then visits else 0 end from customers where id<3 order by id
select case id when 1 then visits else '0' end from customers where id<3 order by id
select case when email='user1@example.com' then 1 else 0 end from customers where id<3 order by id
select case email when 'user1@example.com' then 1 when 'user2@example.com' then 2 else 0 end from customers where id<4 order by id
select coalesce(notes, '') from customers order by id
select coalesce(notes, null, 'a') from customers order by id
select nullif(email,'user1@example.com'), nullif(visits,1), nullif(balance,1.25), nullif(code,'c1'), nullif(mood,'ok'), nullif(birth_date,'1960-02-07') from customers order by id limit 3
select nullif('user1@example.com', email) from customers order by id limit 3
select nullif(email, '') from customers order by id limit 3
select nullif(balance, 1.255) from customers order by id limit 3
select id from customers where email not in ('user1@example.com', null)
select id from customers where email in (null)
select id from customers where email in ('user1@example.com', null)
select id from customers where email = any('{}')
select id from customers where email = any('{}'::text[])
select id from customers where email = any('{{user1@example.com,user2@example.com},{user3@example.com,x}}') order by id
select id from customers where email <> all('{user1@example.com,user2@example.com}') and id<6 order by id
select id from customers where email <> all('{user1@example.com,NULL}') and id<6 order by id
select id from customers where email <> any('{user1@example.com,user2@example.com}') and id<6 order by id
select id from customers where email = all('{user1@example.com}') order by id
select id from customers where email = all('{}') order by id
select id from customers where email = some(array['user1@example.com']) order by id
select id from customers where email = any(array['user1@example.com'::varchar,'a'::text]) order by id
select id from customers where visits = any('{1,2}') order by id
select id from customers where visits = any(array[1,5000000000]) order by id
select id from customers where visits = any('{1,5000000000}') order by id
select id from customers where visits = any('{1,x}') order by id
select id from customers where balance = any('{1.25,2.505}') order by id
select id from customers where code = any('{c1,"c2  "}') order by id
select id from customers where code in ('c1','c2   ') order by id
select id from customers where mood = any('{ok}') order by id
select id from customers where mood = any('{bad}') order by id
select id from customers where mood in ('ok','bad') order by id
select id from customers where key = any('{c4ca4238a0b923820dcc509a6f75849b,C81E728D9D4C2F636F067F89CC14862C}') order by id
select id from customers where key = '{C4CA4238-A0B9-2382-0DCC-509A6F75849B}' order by id
select id from customers where birth_date in ('1960-02-07','infinity') order by id
select id from customers where birth_date = 'infinity' order by id
select id from customers where birth_date = '-infinity' order by id
select id from customers where birth_date = 'Feb 7, 1960' order by id
select id from customers where birth_date = '1960-02-07 BC' order by id
select id from customers where birth_date = timestamp '1960-02-07 00:00:00' order by id
select id from customers where birth_date = timestamp '1960-02-07 01:00:00' order by id
select id from customers where birth_date <> timestamp '1960-02-07 01:00:00' and id<4 order by id
select id from customers where seen = '2020-01-01 01:07:00+00'
select id from customers where seen = '2020-01-01 01:07:00'
select id from customers where seen = timestamptz '2020-01-01 01:07:00+00'
select id from customers where seen = '2020-01-01T01:07:00Z'
select id from customers where seen = 'infinity'
select id from customers where balance = 1.25
select id from customers where balance = 1.250
select id from customers where balance = 1.255
select id from customers where balance <> 1.255 and id<4 order by id
select id from customers where balance = '1.255'
select id from customers where balance = 'NaN'
select id from customers where balance = 1.25e0
select id from customers where balance = 125e-2
select id from customers where balance = -1.25
select id from customers where balance = +1.25
select id from customers where balance = 1.25::numeric
select id from customers where balance = 1.25::numeric(10,2)
select id from customers where balance = 1.25::numeric(10,1)
select id from customers where balance = 99999999999999
select id from customers where balance = 5
select id from customers where balance in (1.25, 2.505, 2.5) order by id
select id from customers where balance not in (1.25, 2.505) and id<5 order by id
select id from customers where balance is distinct from 1.255 and id<4 order by id
select id from customers where visits = 2.5
select id from customers where visits = 2.0 order by id
select id from customers where visits = 2::numeric order by id
select id from customers where visits = '2.0'
select id from customers where visits = '2'::int8 order by id
select id from customers where visits = 2::smallint order by id
select id from customers where visits = ' 2 ' order by id
select id from customers where visits = -0 order by id
select id from customers where visits = - 2 order by id
select id from customers where visits = 2::text order by id
select id from customers where visits = true order by id
select id from customers where visits <> 5000000000 and id<3 order by id
select id from customers where visits is distinct from null and id<3 order by id
select id from customers where visits is not distinct from null and id<3 order by id
select id from customers where email = null
select id from customers where email is distinct from null and id<3 order by id
select id from customers where null is distinct from email and id<3 order by id
select id from customers where email = ''
select id from customers where email <> '' and id<3 order by id
select id from customers where email = 'user1@example.com'::text
select id from customers where email = 'user1@example.com'::varchar
select id from customers where email = 'user1@example.com'::varchar(40)
select id from customers where email = cast('user1@example.com' as text)
select id from customers where email = cast('user1@example.com' as varchar(40))
select id from customers where email = text 'user1@example.com'
select id from customers where email = varchar 'user1@example.com'
select id from customers where birth_date::date = '1960-02-07'
select id from customers where code = 'c1'::char(5) order by id limit 2
select id from customers where code = 'c1'::text order by id limit 2
select id from customers where code = 'c1   '::text order by id limit 2
select id from customers where code = 'c1 '::bpchar order by id limit 2
select id from customers where code = 'c1'::varchar order by id limit 2
select id from customers where code <> 'c1 '::text and id<3 order by id
select id from customers where code = 'c1xxxxxxxx' order by id limit 2
select id from customers where code = ' c1' order by id limit 2
select id from customers where email = E'user1\x40example.com'
select id from customers where email = $$user1@example.com$$
select id from customers where email = $x$user1@example.com$x$
select id from customers where (email) = (('user1@example.com'))
select id from customers where (email, visits) in (('user1@example.com', 1),('user2@example.com',3))
select id from customers where (email, visits) <> ('user1@example.com', 1) and id<4 order by id
select id from customers where row(email, visits) = row('user1@example.com', 1)
select id from customers where (email, visits) is distinct from ('user1@example.com', 1) and id<4 order by id
select id from customers where (email, id) in (select email, id from customers where id<3) order by id
select id from customers where (ssn, id) not in (select ssn, id from claims) order by id limit 4
select id from customers where (id, email) = any(select id, email from customers where id < 3) order by id
select id from customers where score is null
select id, tags is null from customers order by id limit 6
select id, rank() over (partition by ssn order by id) from customers order by id limit 5
select id, first_value(email) over w, last_value(ssn) over w, nth_value(email,2) over w, lead(email,1,'none') over w from customers window w as (partition by visits order by id) order by id limit 8
select id, lag(email, 1, 'x') over (order by id), lag(visits,2,0) over (order by id) from customers order by id limit 4
select count(*) filter (where email='user1@example.com') from customers
select ssn, count(*) from customers group by rollup(ssn) order by 2, min(id)
select ssn, visits, count(*) from customers group by cube(ssn,visits) order by 3,min(id) limit 4
select ssn from customers group by ssn having ssn='00100000001'
select ssn, count(*) from customers group by ssn having count(distinct email)>5 order by min(id)
select distinct ssn from customers where id=1
select distinct on (id) id, email from customers order by id limit 3
select count(*) from (select distinct on (ssn) ssn, id from customers) q
select array_agg(email) filter (where id<3) from customers
select 'user1@example.com' = any(array(select email from customers where id<4))
select bool_or(email='user1@example.com'), every(email is not null), count(email) from customers
select email, id from customers order by id desc nulls first limit 3 offset 2
select email, id from customers order by 2 fetch first 2 rows only
select email, id from customers order by id offset 3 rows fetch next 2 rows with ties
select email from customers where id=1 for update
select email from customers c where id=1 for share of c skip locked
select email from customers c where id=1 for no key update
select email from customers where id=1 for update nowait
select email as "Email Ünï", id "x.y" from customers where id=1
select customers.* from customers where id=1
select public.customers.email from public.customers where id=1
select exists(select 1 from customers where email='user1@example.com')
select (select email from customers where id=1), (select count(*) from claims)
select (select email from customers where id=1) as e, 5
select id from customers where (select ssn from claims k where k.id=1)=ssn order by id limit 2
select id from customers where ssn = (select ssn from claims k where k.id=1) order by id limit 2
select id from customers where email = (select 'user1@example.com')
select id from customers where email = (select 'user1@example.com'::text)
select id from customers where not email = 'user1@example.com' and id<3
select id from customers where not (email = 'user1@example.com' or visits=2) and id<4 order by id
select id from customers where (email = 'user1@example.com') is true
select id from customers where (email = 'user1@example.com') is not true and id<3 order by id
select id, email = 'user1@example.com' from customers where id<3 order by id
select id, email in ('user1@example.com','b') as x, visits<>1 from customers where id<3 order by id
select id, email is null, notes is not null from customers where id<5 order by id
select id from customers where notes notnull order by id limit 1
SELECT ID, EMAIL FROM CUSTOMERS WHERE EMAIL='user1@example.com'
select "email" from "public"."customers" where "customers"."id"=1
select "EMAIL" from customers
select email as é, 'naïve — ☃' as "☃" from customers where name <> '☃☃' and email='user1@example.com'
select 'é☃', email, nope from customers
select email from customers where email='☃' and nope=1
insert into customers(name,email) values('é☃ñ','☃@é') returning email, name
insert into customers(name,email) values('e','') returning email, email is null
insert into customers(name,notes) values('e',default) returning notes
insert into customers(name,notes) values('e',null) returning notes
insert into customers(name) values('e') returning notes, email
insert into customers(name,notes) values('e',default),('f','x'),('g',null),('h',default) returning name,notes
insert into customers default values
insert into claims default values
insert into claims values (900)
insert into claims values (900,'1') returning *
insert into claims values (900,default,default) returning *
insert into claims (id) values (900) returning *
insert into claims values (900,'1'),(901,'2',5) returning *
insert into claims values (900,'1',2),(901,'2',default) returning *
insert into claims values (901,'1',2.5,'n'),(902,null,null,null) returning *
insert into claims values (901,'1',2.5,'n','toomany')
insert into claims (id, id) values (1,2)
insert into claims (id, ssn) values (1)
insert into claims (id, ssn) values (902)
insert into customers overriding system value values (999,'n','e9@x') returning id, email
insert into customers overriding user value values (999,'n','e9@x') returning id>0, email
insert into customers (id,name,email) overriding user value values (999,'n','e9@x') returning id<>999, email
insert into claims select 900, '5', 6, 'x' returning *
insert into claims select 900, '5', 6 returning *
insert into claims select i+900, '5', 6 from generate_series(1,3) i returning *
insert into claims select i+900, '5' from generate_series(1,3) i returning *
insert into claims (id,ssn) select id+900, ssn from customers where id<4 returning *
insert into claims (id,ssn) select 900, ssn from customers where id=1 union all select 901, 'x' returning *
insert into claims (id,ssn) select 900, 'y' union all select 901, 'x' returning *
insert into claims (id,ssn) values (900,'y') union all select 901, 'x' returning *
insert into claims (id,ssn) select * from (values (900,'y'),(901,'x')) v returning *
insert into claims (id,ssn) with q as (select 900 i,'y' s) select i,s from q returning *
with q as (select 900 i,'y' s) insert into claims (id,ssn) select i,s from q returning *
insert into claims (id,ssn) (select 900,'y') returning *
insert into claims (id,amount) select id+900, amount from claims where id<3 returning *
insert into claims (id,ssn) select * from unnest('{901,902}'::int[],'{x,NULL}'::varchar[]) returning *
insert into claims as k (id,ssn) values (901,'x') returning k.ssn, k.*
insert into claims (id,ssn) values (901,'x') returning ssn as s, id+1, claims.ssn, upper(note)
insert into claims (id,ssn) values (901,'x') returning case when id>1 then ssn end, coalesce(ssn,'z'), ssn='x', amount is null
insert into claims (id,ssn) values (901,'x') returning (select count(*) from customers)
insert into claims (id,ssn) values (901,'x') returning (select email from customers where id=1)
insert into customers(name,email) values ('n','user1@example.com')
insert into customers(name,email) values ('n','user1@example.com') on conflict do nothing
insert into customers(name,email) values ('n','user1@example.com') on conflict (email) do nothing returning id
insert into customers(name,email) values ('n','user1@example.com') on conflict (email) do update set name=excluded.name, email=excluded.email returning id,name,email
insert into customers(name,email,notes) values ('n','user1@example.com','nn') on conflict (email) do update set notes=excluded.notes returning id,notes
insert into customers(name,email,notes) values ('n','user1@example.com','nn') on conflict (email) do update set notes=coalesce(excluded.notes, customers.notes) returning id,notes
insert into customers(name,email,notes) values ('n','user1@example.com',null) on conflict (email) do update set notes=coalesce(excluded.notes, customers.notes, 'k') returning id,notes
insert into customers(name,email) values ('n','user1@example.com') on conflict (email) do update set notes=default returning id,notes
insert into customers(name,email) values ('n','user1@example.com') on conflict (email) do update set notes=excluded.notes returning id,notes
insert into customers(name,email) values ('n','user1@example.com') on conflict (email) do update set (name,notes)=(excluded.name,'t') returning id,notes
insert into customers(name,email) values ('n','user1@example.com') on conflict (email) do update set (name,notes)=row(excluded.name,'t') returning id,notes
insert into customers(name,email) values ('n','user1@example.com') on conflict (email) do update set notes='t' where customers.email='user1@example.com' and customers.visits=excluded.visits returning id,notes
insert into customers(name,email) values ('n','user1@example.com') on conflict (email) do update set notes='t' where customers.ssn is distinct from excluded.ssn returning id,notes
insert into customers as c (name,email) values ('n','user1@example.com') on conflict (email) do update set visits=c.visits, ssn=excluded.ssn, email=c.email returning c.id,c.ssn,c.visits
insert into customers(name,email) values ('n','user1@example.com') on conflict on constraint customers_email_key do update set notes='x' returning notes
insert into customers(name,email) values ('n','user1@example.com') on conflict (email) where email is not null do nothing
insert into customers(name,email) values ('n','user1@example.com'),('m','user1@example.com') on conflict (email) do update set name=excluded.name
insert into customers(name,email) values ('n','a@a'),('m','a@a') on conflict (email) do nothing returning name
insert into customers(name,ssn) values ('n','1') on conflict (ssn) do nothing
insert into customers(id,name) values (1,'n') on conflict (id) do update set name=excluded.name, notes=excluded.notes, email=excluded.email, visits=excluded.visits, balance=excluded.balance, tags=excluded.tags returning *
insert into customers(name,balance) values ('n',1.005),('m',1.995),('o',-0.005),('p','1e3'),('q',5),('r','  7.5 ') returning balance
insert into customers(name,balance) values ('n','NaN') returning balance
insert into customers(name,balance) values ('n',99999999.995) returning balance
insert into customers(name,balance) values ('n','infinity') returning balance
insert into customers(name,visits) values ('n',true) returning visits
insert into customers(name,visits) values ('n',-5),('m',- 5) returning visits
insert into customers(name,visits) values ('n',2147483648) returning visits
insert into customers(name,visits) values ('n',-2147483648) returning visits
insert into customers(name,visits) values ('n','-2147483649') returning visits
insert into customers(name,email) values ('n',5) returning email
insert into customers(name,email) values ('n','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa   ') returning email
insert into customers(name,email) values ('n','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa') returning email
insert into customers(name,code) values ('n','a'),('o','a  '),('p',''),('q','abcde   '),('r','é☃') returning code
insert into customers(name,code) values ('n','abcdef') returning code
insert into customers(name,code) values ('n','abcdef'::text) returning code
insert into customers(name,score) values ('n',1e400) returning score
insert into customers(name,score) values ('n','1e400') returning score
insert into customers(name,birth_date) values ('n','infinity'),('o','-infinity'),('p','4713-01-01 BC'),('q','epoch'),('r','20200101'),('s','Jan 5 2020') returning birth_date
insert into customers(name,birth_date) values ('n',date '2020-01-01') returning birth_date
insert into customers(name,birth_date) values ('n','2020-01-01'::text) returning birth_date
insert into customers(name,birth_date) values ('n',5) returning birth_date
insert into customers(name,seen) values ('n','2020-06-01 12:00 Europe/Berlin') returning seen
insert into customers(name,seen) values ('n','2020-06-01 12:00:00.1234567+02') returning seen
insert into customers(name,seen) values ('n',timestamptz '2020-06-01 12:00+02'),('m','infinity') returning seen
insert into customers(name,key) values ('n','A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'),('o','{a0eebc999c0b4ef8bb6d6bb9bd380a12}') returning key
insert into customers(name,mood) values ('n','ok'::mood),('m','sad') returning mood
insert into customers(name,mood) values ('n','ok'::text) returning mood
insert into customers(name,tags) values ('n','{}'),('o','{{a,b},{c,NULL}}'),('p','[0:1]={x,"y z"}'),('s','{"NULL",null,""}') returning tags
insert into customers(name,tags) values ('q','{a') returning tags
update customers set email='z' where id=1 returning *
update customers set email=null, notes='', visits=0, balance=0 where id=1 returning email,notes,visits,balance
update customers set (email,visits)=('q',3) where id=1 returning email,visits
update customers set (email,visits)=row('q',3) where id=1 returning email,visits
update customers set (email,visits)=(select 'q',3) where id=1 returning email,visits
update customers set (ssn)=row('q') where id=1 returning ssn
update customers set ssn=(select ssn from claims where id=3) where id=1 returning ssn
update customers set (ssn,name)=(select ssn,note from claims where id=3) where id=1 returning ssn,name
update customers set notes=default, email=default where id=1 returning notes,email
update customers c set notes=d.notes from customers d where d.id=c.id+1 and c.id<4 returning c.id,c.notes,d.notes
update customers set notes=v.n from (values (1,'one'),(2,'two')) v(i,n) where v.i=customers.id returning id,notes
update customers set visits=v.n from (values (1,11),(2,22)) v(i,n) where v.i=customers.id returning id,visits
update customers set balance=v.n from (values (1,1.5),(2,2.005)) v(i,n) where v.i=customers.id returning id,balance
update customers as c set email=c.email where c.email='user1@example.com' returning c.email
update customers set notes=case when id=1 then 'one' when id=2 then null else notes end where id<4 returning id,notes
update customers set visits=case when id=1 then 10 else visits end where id<4 returning id,visits
update customers set nope=1
update customers set email='user2@example.com' where id=1
update only customers set email='k' where id=1 returning email
update customers set notes = notes where notes is null returning id
delete from customers where email='user1@example.com' returning *
delete from customers c using claims k where k.ssn=c.ssn and k.id=1 returning c.id, k.ssn
delete from customers where ssn in (select ssn from claims) returning id
delete from only claims where id=1 returning ssn
delete from claims where amount is null
delete from cities where id=1
truncate customers
truncate customers, claims restart identity
truncate table only claims
select 1; select email from customers where id=1; insert into claims values (990,'9') returning ssn; select count(*) from claims
insert into claims values (990,'9'); insert into claims values (990,'9'); select 1
select 1; select nope from customers; select 2
explain (costs off) select id from customers where id=1
select * from (select email, id from customers) as q(e, i) where e='user1@example.com'
select q.e from (select email as e, 'k' as k from customers where id=1) q where k='k'
select k from (select 'user1@example.com' as k) q join customers c on c.email=q.k
select c.email from (select 'user1@example.com' as k) q join customers c on c.email=q.k
select ssn from customers where id=1 union select ssn from claims where id=1
select ssn from (select ssn from customers union select ssn from claims) q where ssn='00100000001'
select ssn from (select ssn from customers union select ssn from claims) q group by ssn having count(*)=1 and ssn='00100000001'
select visits from customers where visits in (select visits from customers where id=1) order by id limit 3
select xmin is null, email from customers where id=1
select all email from customers where id=1
select email, email, email as e2 from customers where id=1
select * from customers c, lateral (select c.email) x where c.id=1
select * from customers c, lateral (values (c.email)) x(e) where c.id=1
select c.email from cities t left join customers c on c.city_id=t.id and c.email='user1@example.com' order by t.id
select t.id, count(c.email) from cities t left join customers c on c.city_id=t.id group by t.id order by t.id
select coalesce(c.email,'none') from cities t left join customers c on c.city_id=t.id and c.visits=1 order by t.id, c.id
select id from customers where email = any(array['user1@example.com']::varchar[]) order by id
select id from customers where email = any(array['user1@example.com']::varchar(40)[]) order by id
select id from customers where visits = any(array[1,2]::bigint[]) order by id
select id from customers where email = any(array['user1@example.com','user2@example.com']::text[]) order by id
select id from customers where email = any(cast(array['user1@example.com','user2@example.com'] as varchar[])) order by id
select id from customers where email = any((array['user1@example.com'])::character varying[]) order by id
select id from customers where email in (select unnest('{user1@example.com,user2@example.com}'::varchar[])) order by id
select unnest(array_agg(email)) from customers where id < 3
select distinct c.* from customers c join claims k using (ssn) order by c.id
select distinct c.* from customers c left join claims k on k.ssn = c.ssn where c.id < 9 order by c.id
select distinct * from customers where id < 4 order by id
select distinct customers.id, customers.notes, customers.email from customers left join claims on claims.ssn = customers.ssn order by customers.id
select distinct k.*, c.id from claims k join customers c on c.ssn = k.ssn where c.id < 5 order by c.id, k.id
select distinct id, notes n from customers order by id
select distinct c.id, k.amount, k.id from customers c, claims k where c.ssn = k.ssn order by 1, 3
select c.id, c.notes, c.score, count(*) from customers c join claims k on k.ssn = c.ssn group by c.id, c.notes, c.score order by c.id
select c.*, count(k.id) from customers c left join claims k on k.ssn = c.ssn group by c.id order by c.id
select id, notes, tags from customers group by id, notes, tags having count(*) = 1 order by id
update customers set notes = (case when (customers.id = 1) then 'a' when (customers.id = 2) then 'b' else null end)::text, email = (case when id = 1 then 'e1' when id = 2 then 'e2' else null end)::varchar(40) where customers.id in (1, 2) returning id, notes, email
update customers set visits = (case when id = 1 then 5 when id = 2 then 6 else null end)::integer, balance = (case when id = 1 then 5.5 else 6 end)::numeric(10, 2), birth_date = (case when id = 1 then '2020-01-02' else null end)::date where id < 3 returning visits, balance, birth_date
update customers set ssn = cast((case when id = 1 then '00900000001' else ssn end) as varchar(11)) where id < 3 returning ssn
select id from customers where email = (case when id = 1 then 'user1@example.com' else 'x' end)::varchar(40)
select (case when id = 1 then email else null end)::varchar(40) as e from customers where id < 3 order by id
select o.id, c.email from orders o join customers c on c.id = o.customer_id where o.id < 4 order by o.id for update of o, c
select o.id, c.email from orders o join customers c on c.id = o.customer_id where o.id < 4 order by o.id for no key update of c, o nowait
select u.e from (select array_agg(email) a from customers where id < 3) x, unnest(x.a) u(e)
select id from customers where email::text = 'user1@example.com'
select id from customers where cast(email as text) = 'user1@example.com'::varchar
select id from customers where 'user1@example.com' = (email)::text
select id from customers where cast("customers"."email" as varchar) in ('user1@example.com', 'x')
select id from customers where email::text = any('{user1@example.com,user2@example.com}') order by id
select id from customers where ssn::text in (select ssn from claims where id < 3) order by id
select id, email::text, cast(email as varchar) as v, ssn::pg_catalog.text t from customers order by id limit 3
select email::text::varchar(40)::text from customers where id = 1
select distinct email::text from customers where id < 2
select count(*) from customers c join claims k on c.ssn::text = k.ssn
select c.ssn::text, count(*) from customers c join claims k on c.ssn::text = k.ssn::text where c.ssn = '00100000001' group by c.ssn::text
select mail from (select email::text as mail from customers) as c where mail = 'user1@example.com'
select email from customers where id = 1 union all select email::text from customers where id = 2
select email::text from customers where id = 1 union all select email from customers where id = 2
select coalesce(ssn::text, 'none'), case when id = 1 then email::text else email end from customers where id < 3 order by id
insert into customers (name, email) select name, 'x' from customers where email::text = 'user1@example.com' returning email::text
update customers set ssn = ssn::text where id = 1 returning ssn
update customers set name = 'n' where email::text = 'user1@example.com' returning email::text as e
delete from customers where cast(email as text) = 'user1@example.com' returning id, email::text
select id from customers where email::text is null or email::text <> 'user1@example.com' order by id limit 2
select array_agg(email::text order by id) from customers where id < 3
select max(id), count(distinct email::text) from customers
select id, balance::numeric(10,2), email::varchar(40), cast(code as char(5)), cast(birth_date as date) from customers order by id
select id, notes::text, tags::text[] from customers order by id limit 3
update customers set ssn = '1' where id = 1 returning ssn::varchar(11), cast(balance as numeric(10,2))
update customers set tags = '{a,NULL}'::text[] where id < 3 returning id, tags
insert into customers (id, name, tags) values (900, 'x', cast('{a,b}' as text[])), (901, 'y', '{}'::text[]) returning id, tags
select c.id, u.x from customers c join unnest('{user1@example.com,user2@example.com}'::varchar(40)[]) as u (x) on u.x = c.email order by c.id
select id, case when id < 5 then ssn else '1'::text end, coalesce(email, 'x'::text), coalesce(email, 'x'::varchar) from customers order by id
select j.ssn from customers c join claims k using (ssn) as j order by c.id,k.id limit 3
select id from customers where email::varchar = 'user1@example.com'
select id from customers where cast(email as text) = 'user1@example.com'
select email::text from customers where id=1
select email::varchar from customers where id=1
select id from customers where (email, id) = (select 'user1@example.com', 1)
select ssn, visits, count(*), grouping(ssn) from customers group by grouping sets ((ssn),(visits),()) order by 3,min(id),4
select (c).email from customers c where id=1
select id from customers where notes isnull order by id
select id from customers where (email, notes) is null order by id limit 1
select id from customers where row(email, notes) is not null order by id limit 1
insert into claims (id,ssn) select 901, unnest('{x}'::varchar[]) returning *
merge into claims k using (values (1,'a'),(999,'b')) v(i,s) on k.id=v.i when matched then update set ssn=v.s when not matched then insert (id,ssn) values (v.i,v.s)
select email from customers tablesample system(100) where id=1
table customers
table customers limit 1
table claims
table claims order by id limit 2
(table claims) order by id limit 2
with q as (table claims) select ssn from q order by id limit 2
select * from (table claims) q order by id limit 2
select id, ssn from claims where id<3 union all (table claims limit 0) order by id
select all id from customers where email = 'user1@example.com'
select id from customers where notes isnull order by id limit 3
select id from customers where notes notnull and id < 4 order by id
select id, notes isnull, email notnull from customers where id<5 order by id
select id from customers where (email = 'user1@example.com') is unknown
select id from customers where (email = 'user1@example.com') is not unknown and id<3 order by id
select id from customers where (email = 'user1@example.com') is false and id<3 order by id
select id from customers where (email = 'user1@example.com' or visits = 3) is true and id<4 order by id
select id from customers where email = any(values ('user1@example.com'),('x'))
select id from customers where email = any(values ('user1@example.com'::text),('x'))
select id from customers where email in (values ('user1@example.com'),('x'))
select id from customers where email <> all(values ('user1@example.com'),('x')) and id<4 order by id
select id from customers where email = some(select 'user1@example.com')
select id from customers where id between 2 and 4 and email <> 'x' order by id
select email from customers where id between symmetric 4 and 2 order by id
select email from customers where id not between 2 and 400 order by id
select email from customers where name between 'name 2' and 'name 3' and visits=2 order by id
select id from customers where email operator(pg_catalog.=) 'user1@example.com'
select id from customers where email operator(pg_catalog.<>) 'user1@example.com' and id<3 order by id
select id from customers where email operator(=) 'user1@example.com'
select id from customers where id operator(pg_catalog.<) 3 and email operator(pg_catalog.=) any(array['user1@example.com','x'])
select id from customers where row(email,id) = row('user1@example.com',1)
select id from customers where (email,id) = ('user1@example.com',1)
select id from customers where (id,visits) in (row(1,1),row(2,2))
select id from customers where row(email) = row('user1@example.com')
select id from customers where (email,id) is not distinct from row('user1@example.com',1)
select id from customers where (email, id) = (select email, id from customers where id=2)
select id from customers c where (ssn, id) = (select ssn, id from claims where id=2)
select email from customers where id=1 for no key update
select email from customers where id=1 for share
select email from customers where id=1 for key share
select email from customers c where id=1 for update of c
select email from customers c join orders o on o.customer_id=c.id where c.id=1 for update of c, o
select email from customers c join orders o on o.customer_id=c.id where c.id=1 for update of c for share of o
select email from customers c where id=1 for update of c nowait
select email from customers c where id=1 for no key update of c skip locked
select email from customers c where id=1 for key share of c skip locked
select email from customers where id=1 limit 1 for update
select email from customers where id=1 for update limit 1
select email from customers where id=1 for read only
select email from customers order by id fetch first 2 rows only
select email from customers order by id fetch first row only
select email from customers order by id fetch next 2 rows only
select email from customers order by id offset 2 fetch first 2 rows with ties
select email from customers order by id offset 2 rows fetch first (1+1) rows only
select email from customers order by city_id fetch first 1 row with ties
select email from customers order by id limit all
select email from customers order by id limit null offset 38
select email from customers order by id offset 38
select email from customers order by id limit (select 2)
select email from customers tablesample bernoulli(100) repeatable(3) where id=1
select c.email from customers as c tablesample system (100.0) where id=1
select c.email, o.total from customers c tablesample system(100) join orders o tablesample bernoulli(100) on o.customer_id=c.id where c.id=2 order by 2
select c.email from customers c, lateral (select 1) x where c.id=1
select c.email, g from customers c, lateral generate_series(1, c.id) g where c.id<3 order by c.id, g
select c.email, g from customers c cross join lateral generate_series(1, c.id) as t(g) where c.id<3 order by c.id, g
select c.email, k.amount from customers c left join lateral (select amount from claims where ssn=c.ssn order by id limit 1) k on true where c.id<4 order by c.id
select c.id, v.n from customers c join (values ('user1@example.com',1),('user3@example.com',2)) v(e,n) on c.email=v.e order by 1
with v(e,n) as (values ('user1@example.com',1),('user3@example.com',2)) select c.id, v.n from customers c join v on c.email=v.e order by 1
with v(e,n) as (values ('user1@example.com'::text,1),('user3@example.com',2)) select c.id, v.n, v.e from customers c join v on c.email=v.e order by 1
select c.id from customers c, (values ('user1@example.com')) v where c.email=v.column1
select * from (values ('user1@example.com',1)) v(email,n) join customers c using (email)
select c.id from customers c natural join (values ('user1@example.com',1)) v(email,n)
select c.id, v.n from (values ('user1@example.com',1)) v(email,n) left join customers c using(email)
select c.id, v.n from (values ('user1@example.com',1)) v(email,n) right join customers c using(email) order by 1 limit 3
select c.id, v.n from (values ('user1@example.com',1),('zz',3)) v(email,n) full join customers c using(email) order by 1,2 limit 3
select v.email from (values ('user1@example.com',1),('zz',3)) v(email,n) left join customers c using(email) order by n
select ssn, c.id, k.id from customers c natural join (select id, ssn from claims) k order by 2
select c.ssn, k.id from customers c natural left join (select id, ssn from claims) k order by c.id
select c.ssn, k.id from customers c natural right join (select id, ssn from claims) k order by k.id
select c.ssn, k.id from customers c natural full join (select id, ssn from claims) k order by c.id, k.id
select ssn, visits, count(*) from customers group by grouping sets ((ssn),(visits),()) order by 3, min(id)
select ssn, count(*) from customers group by rollup (ssn, visits) order by 2, min(id) limit 3
select ssn, count(*) from customers group by cube (ssn, visits) order by 2, min(id) limit 3
select ssn, visits, count(*), grouping(ssn), grouping(ssn, visits) from customers group by grouping sets ((ssn),(visits),()) order by 3,min(id),4
select ssn, count(*) from customers group by ssn, grouping sets ((visits),()) order by 2, min(id) limit 3
select ssn, count(*) from customers group by distinct rollup(ssn), rollup(ssn,visits) order by 2,min(id) limit 3
select ssn, count(*) from customers group by all ssn order by 2, min(id)
select ssn, count(*) from customers group by (ssn, visits) order by 2, min(id) limit 3
select city_id, grouping(city_id), count(email) from customers group by rollup(city_id) order by 1
select count(distinct email), count(distinct ssn) filter (where id<4), count(all email) from customers
select count(distinct (ssn, visits)) from customers
select count(distinct (ssn, id)) from customers
select count((ssn, id)), count(row(ssn)) from customers
select count(c), count(c.*) from customers c
select count(customers) from customers
select array_agg(distinct id) from customers where id<3
select array_agg(email order by id desc) filter (where id<3) from customers
select email, row_number() over (order by id), rank() over (order by city_id), dense_rank() over (partition by ssn order by id), ntile(3) over (order by id), percent_rank() over (order by id), cume_dist() over (order by id) from customers order by id limit 4
select lag(email) over (order by id), lead(ssn, 2) over (order by id), first_value(notes) over (order by id), last_value(visits) over (order by id rows between unbounded preceding and unbounded following), nth_value(birth_date, 2) over (order by id) from customers order by id limit 4
select lag(email, 1, 'none') over (order by id) from customers order by id limit 2
select lag(visits, 1, 0) over w from customers window w as (partition by city_id order by id) order by id limit 2
select count(*) over (partition by email), count(email) over (), array_agg(email) over (order by id) from customers order by id limit 2
select count(*) over w, email from customers window w as (partition by ssn), w2 as (w order by id) order by id limit 3
select first_value(email) over (w order by id) from customers window w as (partition by ssn) order by id limit 3
select email from customers order by row_number() over (order by id) limit 3
select count(*) filter (where email = 'user1@example.com') over () from customers limit 1
select sum(id) over (order by id range between 1 preceding and current row exclude current row), email from customers order by id limit 3
select sum(id) over (order by id groups between 1 preceding and 1 following), email from customers order by id limit 3
select coalesce(balance, 0.55) from customers order by id limit 3
select coalesce(visits, 0), coalesce(visits, '0') from customers order by id limit 3
select coalesce(score, 0), coalesce(score, 0.5) from customers order by id limit 3
select coalesce(birth_date, date '2000-01-01'), coalesce(birth_date, '2000-01-01'::date) from customers order by id limit 2
select coalesce(tags, '{x,y}') from customers order by id limit 6
select coalesce(tags, '{}'::text[]) from customers order by id limit 6
select case when email = 'user1@example.com' then 'a' when ssn = '00100000002' then 'b' else 'c' end from customers where id<4 order by id
select case email when 'user1@example.com' then visits end from customers where id<4 order by id
select case when notes is null then 'n' else notes end from customers where id<5 order by id
select nullif(email, 'user1@example.com'), nullif(visits, 1), nullif(balance, 0), nullif(email, null) from customers where id<3 order by id
select nullif(ssn, (select ssn from claims where id=1)) from customers where id<4 order by id
select greatest(id, 3), email from customers order by id limit 3
select email from customers where greatest(id, 2) = 2 order by id
select email is null as n, email is not null, num_nulls(email, notes) from customers order by id limit 3
select num_nonnulls(email, notes, id) from customers order by id limit 3
select (email, id) is null, row(email, notes) is not null from customers order by id limit 4
select id from customers where (email, notes) is null
select id from customers where row(email, notes) is not null order by id limit 2
select id from customers c where c is not null
select pg_column_size(id), email from customers where id=1
select ctid is not null, email, tableoid::regclass::text from customers where id=1
select 1 from customers where exists (select from claims where claims.ssn = customers.ssn) order by customers.id limit 1
select from customers where email = 'user1@example.com'
select email, * from customers where id=1
select customers.email, c2.email from customers, customers c2 where customers.id=1 and c2.id=2
select id from customers where not exists (select 1 from claims where claims.ssn = customers.ssn) order by id limit 3
select email from (customers c cross join orders o) where c.id=1 and o.id=1
select email from customers as "C U" where "C U".id=1
select id as email, email as id from customers where id = 1
select id x, email y from customers where id<3 order by x
select email y, id from customers where id<3 order by id, y is null
select distinct city_id from customers where email <> 'x' order by city_id desc nulls last
select (select array_agg(x.email) from (select email from customers where id<3 order by id) x)
select array[email, 'x'] from customers where id=1
select array[visits, 1] from customers where id=1
select unnest(array_agg(email order by id)) from customers where id<3
select email from customers where id in (select customer_id from orders) order by id limit 1
select sum(o.total) from orders o join customers c on c.id=o.customer_id where c.email='user1@example.com'
select c.email, sum(o.total) from orders o join customers c on c.id=o.customer_id group by c.email order by 2 limit 3
select c.id, c.email, sum(o.total) from orders o join customers c on c.id=o.customer_id group by c.id order by 3 limit 3
select c.id, c.notes, sum(o.total) from orders o join customers c on c.id=o.customer_id group by c.id, c.notes order by 3 limit 3
select c.ssn, max(o.total) from orders o join customers c on c.id=o.customer_id group by 1 having max(o.total) > 3 and c.ssn <> 'x' order by 2 limit 3
values ((select email from customers where id=1)), ('b')
select * from (values ((select email from customers where id=1), 1)) v(a, b)
select email from customers where id = (values (1))
select md5('x'), email from customers where id=1
select current_user, email from customers where id=1
select current_date = current_date, email from customers where id=1
select row_to_json(q) from (select id, name from customers where id=1) q
select json_build_object('a', id, 'b', name) from customers where id=1
select (c).id, (c).email as e from customers c where id=1
select (customers).email from customers where id=1
select id from customers c where (c).email = 'user1@example.com'
select (q).email from (select email, id from customers where id=1) q
select row(1, id), email from customers where id=1
select email from customers where (select count(*) from claims where ssn = customers.ssn) > 2 order by id limit 2
select email from customers where id = any(array(select customer_id from orders where id<3)) order by id
select email from customers where id = any('{1,2}'::int[]) order by id
select c.id, g.* from customers c, rows from (generate_series(1,2), unnest(array['a','b'])) with ordinality as g(a,b,n) where c.id=1 order by 2
select id from only customers where email = 'user1@example.com'
select id from only (customers) where email = 'user1@example.com'
select id from customers * where email = 'user1@example.com'
select c.id from customers * as c where c.email = 'user1@example.com'
select array(select email from customers where id<3 order by id)
select array[email], array[email, email], array[email, 'x'] from customers where id=1
merge into claims k using claims s on k.id=s.id when matched then delete
merge into claims using customers c on c.id=claims.id when matched and c.email='user1@example.com' then update set ssn='x', note=default when matched then do nothing when not matched then insert (id, ssn) values (c.id, c.ssn)
merge into claims using customers c on c.ssn=claims.ssn and c.id=claims.id when matched then update set (ssn, note) = ('y','z')
merge into claims as k using (select id, ssn from customers) s on s.id = k.id when not matched then insert values (s.id, s.ssn) when matched then do nothing
merge into customers c using orders o on o.id = c.id when matched then update set notes = 'merged', visits = 3
with s as (select 1 as i, 'q'::text as n) merge into customers c using s on s.i = c.id when matched then update set notes = s.n
merge into claims k using orders o on o.id=k.id when matched and k.ssn = 'x' then delete when matched then do nothing when not matched then do nothing
merge into orders o using customers c on c.id = o.customer_id and o.id < 4 when matched then update set total = 1
update customers set name='a' where id=1 returning email, id+1 as next, customers.ssn, upper(name), (select count(*) from claims), email is null
update customers c set name='a' where id=1 returning c.*, c.email as e
update customers as c set name='a' from orders o where o.id=c.id and c.id=1 returning c.email, o.total, o.*
insert into customers as c (name,email) values ('a','b') returning c.email, c.id > 0, c.name || 'x'
insert into customers (name,email) values ('a','b') returning *
insert into claims (id,ssn) values (901,'b') returning claims.ssn, (select email from customers c where c.id=1)
delete from claims k where id=1 returning k.ssn, k.note, k.amount
delete from claims using customers c where c.id=claims.id and c.id=1 returning claims.ssn, c.email
update customers set name='a' where id=1 returning case when id=1 then email else 'x' end
update customers set name='a' where id=1 returning exists(select 1 from claims where claims.ssn=customers.ssn)
with u as (update customers set visits=9 where id=1 returning id, visits, email) select u.visits, c.visits from u join customers c using (id)
with i as (insert into claims(id,ssn) values (901,'qq'),(902,'rr') returning *) select ssn, id from i order by id
with i as (insert into claims(id,ssn) values (901,'qq'),(902,'rr')) select 1
with i as (insert into claims(id,ssn) select id+900, ssn from customers where id<3 returning id, ssn), d as (delete from claims where id=1 returning ssn) select i.id, i.ssn, d.ssn from i, d order by 1
with d as (delete from claims where ssn='00100000001' returning id, ssn) update customers c set notes='gone' from d where d.ssn=c.ssn and c.id<9 returning c.id, c.notes
with d as (delete from claims returning *) insert into claims select id+1000, ssn, amount, note from d returning id, ssn, amount
with a as (select 1 as id), b as (update customers set name='b' from a where a.id=customers.id returning customers.id, email) delete from claims using b where b.id=claims.id returning claims.ssn, b.email
with x as (select id, email from customers where id<3) insert into orders (id, customer_id) select id+900, id from x returning *
update contacts set mail='z@z' where id=1 returning *
update contacts set mail='z@z' where mail='user1@example.com' returning id, mail
update contacts c set mail='z@z', ssn=null from orders o where o.id=c.id and o.id=2 returning c.mail, o.total
delete from contacts where mail='user1@example.com' returning id, ssn
delete from contacts using claims k where k.id=contacts.id and k.id=3 returning contacts.mail, k.ssn
update contacts2 set m='q@q' where cid=3 returning *
delete from contacts2 where m='user4@example.com' returning cid
update adults set notes='n' where id=3 returning *
insert into adults (id, name, visits, notes) values (15000, 'x', 3, 'y')
insert into adults_local (id, name, visits, notes) values (15000, 'x', 3, 'y')
update adults set id=15000 where id=3
update adults set visits=5 where visits=3 returning id, visits, notes
delete from adults where notes is null returning id, notes
insert into star values (903, 'ss') returning *
update star set ssn='ss' where id=1 returning *
merge into contacts c using orders o on o.id=c.id when matched then update set mail='q@q'
select * from mv order by id
select email from mv where email='user1@example.com'
select mv.email, c.id from mv join customers c on c.email=mv.email order by 2
create table t1 as select id, name from customers
create table t1 as select id, email from customers
create temp table t1 as select id, name from customers
create table t1 as select email, count(*) as n from customers group by email
create table t1 as select * from customers with no data
create table t1 as table claims
create table t1 (a, b) as select id, email from customers
select id, email into t1 from customers
select id, name into temp t1 from customers where email='user1@example.com'
select count(*) as n into t1 from customers
create table t1 as select o.id, o.total from orders o join customers c on c.id=o.customer_id where c.email='user1@example.com'
create materialized view mv2 as select id, email from customers
create materialized view mv2 as select id, name from customers
create materialized view mv2 as select city_id, count(*) from customers group by city_id
create view v2 as select id, email from customers
insert into archive (id, who) select id, name from customers where id<3
insert into archive (id) select count(*) from customers where email='user1@example.com'
insert into orders (id, total) select 900+id, id from customers where email='user1@example.com' returning *
update orders set total = 5 from customers c where c.id = orders.customer_id and c.email='user1@example.com' returning orders.id
delete from orders using customers c where c.id = orders.customer_id and c.email='user1@example.com' returning orders.id
truncate claims
truncate table claims restart identity
truncate claims, orders
truncate claims, customers cascade
truncate only claims
truncate cities cascade
truncate customers restart identity cascade
truncate customers continue identity restrict
lock table customers
lock table customers in share mode
lock table only customers in access exclusive mode nowait
lock customers, claims in row exclusive mode
insert into customers (id, name, email) overriding system value values (901, 'a', 'b') returning id, email
insert into customers (id, name, email) overriding user value values (901, 'a', 'b') returning id>0, email
insert into customers (id, name, email) overriding system value select 901, 'a', 'b' returning id, email
insert into claims (id, ssn) select 901, 'x' union all select 902, 'y' returning *
insert into claims (id, ssn) values (901, 'x') union all values (902, 'y') returning *
insert into claims (id, ssn) (select 901, 'x') returning *
insert into claims (id, ssn) (values (901, 'x'), (902, null)) returning *
insert into claims (id, ssn) table claims
insert into claims select id+900, ssn, amount, note from claims where id=1 returning *
insert into claims (id, ssn) select * from (values (901,'x'),(902,'y')) v returning *
insert into claims (id, ssn) with q as (select 901 as a, 'x'::text as b) select * from q returning *
insert into claims (id, ssn) select 901, (select ssn from customers where id=1) returning *
insert into claims (id, ssn) values (901, (select ssn from customers where id=1)) returning *
insert into claims (id, ssn) select 901, case when 1=1 then 'x' else 'y' end returning *
insert into claims (id, ssn) select 901, coalesce(ssn, 'none') from customers where id=1 returning *
insert into claims (id, ssn) values (901, case when 1=1 then 'x' end) returning *
insert into claims (id, ssn) values (901, coalesce(null, 'x')) returning *
insert into customers default values returning *
insert into customers (name) values ('d') returning notes
insert into customers (name, notes) values ('d', default), ('e', 'f') returning notes
insert into customers (name) select 'd' union all select 'e' returning notes, name
insert into customers (name, email) values ('x','user1@example.com') on conflict on constraint customers_email_key do nothing
insert into customers (name, email) values ('x','user1@example.com') on conflict on constraint customers_email_key do update set name=excluded.name, notes='u' returning id, name, notes
insert into customers (name, email) values ('x','user1@example.com') on conflict (email) do update set name=customers.name||'!' where customers.email = excluded.email returning id, name
insert into customers (name, email) values ('x','user1@example.com') on conflict (email) do update set email='changed@x' where excluded.name <> 'y' returning id, email
insert into customers (name, email) values ('x','user1@example.com') on conflict (email) where id > 0 do nothing
insert into customers (name, email) values ('x','user1@example.com') on conflict do nothing returning id
insert into customers (id, name, email) values (1,'x','zz') on conflict (id) do update set (name, email) = (excluded.name, excluded.email) returning id, name, email
insert into customers (id, name, email) values (1,'x','zz') on conflict (id) do update set (name, email) = row('q', 'r@r') returning id, name, email
insert into customers (id, name, ssn) values (1,'x','zz') on conflict (id) do update set ssn = (select ssn from claims where id=2) returning id, ssn
insert into customers (id, name, email) values (1,'x','zz') on conflict (id) do update set email = coalesce(excluded.email, customers.email) returning id, email
insert into customers (id, name, email) values (1,'x','zz') on conflict (id) do update set email = case when customers.visits = 1 then excluded.email else customers.email end returning id, email
insert into customers as cu (id, name, email) values (1,'x','zz') on conflict (id) do update set email = cu.email, visits = excluded.visits returning cu.id, cu.email, cu.visits
insert into customers (id, name, email) values (1,'x','zz') on conflict ((lower(name))) do nothing
insert into claims (id, ssn) values (1, 'x') on conflict (id) do update set ssn = excluded.ssn where claims.ssn is distinct from excluded.ssn returning *
insert into orders (id, customer_id) values (1, 2) on conflict (id) do update set total = (select count(*) from customers where email='user1@example.com') returning *
update customers set ssn = k.ssn from (select id, ssn from claims) k where k.id = customers.id and customers.id<3 returning customers.id, customers.ssn
update customers set (ssn, name) = (select ssn, 'sub' from claims where claims.id = customers.id) where id<3 returning id, ssn, name
update customers set (email, name) = row('r@r', 'rr') where id=1 returning email, name
update customers set (email, name) = ('r@r', default) where id=1 returning email, name
update customers set (email) = row('r@r') where id=1 returning email
update customers set (email, notes) = (select 'c@c', 'cc') where id=1 returning email, notes
update customers set (email) = (select 'c@c') where id=1 returning email
update customers set email = (select 'c@c') where id=1 returning email
update customers set ssn = (select ssn from claims k where k.id=customers.id limit 1) where id<3 returning id, ssn
update customers set visits = (select visits from customers c where c.id=customers.id+1) where id<3 returning id, visits
update customers set notes = null, email = default, visits = 4 where id=2 returning notes, email, visits
update customers set email = email where id=1 returning email
update customers set email = customers.email where id=1
update customers c set email = c2.email from customers c2 where c2.id = 2 and c.id=2 returning c.email
update only customers set visits=3 where id=1 returning visits
update customers * set visits=3 where id=1
delete from only customers where email='user1@example.com' returning id
delete from claims using customers c join orders o on o.customer_id=c.id where c.ssn=claims.ssn and o.id=3 returning claims.id
delete from claims using (select ssn from customers where id=2) q where q.ssn=claims.ssn returning claims.id
delete from claims where (ssn, id) in (select ssn, id from customers) returning id
delete from claims where exists (select 1 from customers c where c.ssn=claims.ssn and c.email='user3@example.com') returning id
delete from claims where ctid in (select ctid from claims order by id limit 1) returning id, ssn
update customers set visits = 3 where ctid = any(array(select ctid from customers where email='user2@example.com' for update skip locked)) returning id
create table part (id int, email text) partition by range (id)
create table g1 (id int, two int generated always as (id*2) stored)
table contacts
select * from contacts where mail='user1@example.com' for update
select (contacts).mail from contacts where id=1
select x from (select array(select email from customers where id=2)) q(x)
explain (costs off) select (c).id from customers c
select * from customers c join claims k using (ssn) as j where j.ssn='00100000001' order by c.id, k.id limit 2
select j.* from customers c join claims k using (ssn) as j order by c.id, k.id limit 2
select j.ssn, c.ssn, k.ssn from customers c left join claims k using (ssn) as j order by c.id, k.id limit 2
select x.a from (customers join claims using (ssn) as j) as x(a) order by x.a is null limit 1
select v.visits, c.id from (values (1),(2)) v(visits) join customers c using (visits) order by 2 limit 4
select visits from (values (1),(2)) v(visits) full join customers c using (visits) order by c.id limit 4
select birth_date from (values ('1960-02-07'::date)) v(birth_date) join customers c using (birth_date) order by c.id limit 4
select key from (values ('c4ca4238-a0b9-2382-0dcc-509a6f75849b'::uuid)) v(key) join customers c using (key) order by c.id limit 4
select email from (values ('user1@example.com'::varchar)) v(email) join customers c using (email)
select email from (select 'user1@example.com' as email) v join customers c using (email)
select email from (select 'user1@example.com' as email) v right join customers c using (email) order by c.id limit 2
select email from customers c left join (select 'user1@example.com' as email, 1 as n) v using (email) order by c.id limit 2
select notes is null, email isnull or ssn isnull from customers order by id limit 4
select id from customers where email = 'user1@example.com' isnull
select id from customers where not notes isnull and id < 4 order by id
select isnull.id from customers as isnull where isnull.email isnull
select (c).email isnull from customers c where (c).id < 3 order by (c).id
select (public.customers).email from public.customers where id=1
select (select (c).email from claims k where k.id=(c).id) from customers c where (c).id<3 order by id
select count((c).email), count(distinct (c).ssn) from customers c
select ((c).email) from customers c where id=1
select (c).name, upper((c).name) from customers c where id=1
update customers c set name = (c).name || '!', email = (c).email where (c).id=1 returning (c).name, (c).email
update customers set email = (customers).email where id = 1
delete from customers c where (c).email='user1@example.com' returning (c).id
insert into claims (id, ssn) select (c).id+900, (c).ssn from customers c where (c).id=1 returning (claims).ssn
select count(*) from customers c left join claims k on k.ssn=c.ssn where k is null
select count(k) from customers c left join claims k on k.ssn=c.ssn
select c.id, count(k) from customers c left join claims k on k.ssn=c.ssn group by c.id order by 1 limit 3
select count(distinct (ssn, id)) from claims
select count(distinct (ssn, note)) filter (where id < 4) from claims
select count(q) from (select email from customers where id<3) q
select q is not null, (q).email from (select email, id from customers where id<3) q order by (q).id
select num_nulls(email, notes, id), num_nonnulls(ssn, 'x', null) from customers order by id limit 4
select ssn, grouping(ssn) as g from customers group by cube(ssn) having grouping(ssn)=1
select ssn, visits, grouping(visits, ssn) from customers group by grouping sets (ssn, visits) order by 3, count(*), min(id) limit 4
select id from customers where (email, visits) = (select 'user1@example.com', 1)
select id from customers where (email, visits) <> (select 'user1@example.com', 1) and id<4 order by id
select id from customers where row(ssn, id) = (select ssn, id from claims where id=1)
select id from customers where (ssn, id) = any (select ssn, id from claims) order by id limit 3
select id from customers where (ssn, id) = (select ssn, id from claims where id=99)
select id from customers where (ssn, id) in (values ('00100000001', 1), ('00100000002', 2)) order by id
select id from customers where (ssn, id) = any (values ('00100000001', 1), ('00100000002', 2)) order by id
select id from customers where email = all (values ('user1@example.com'))
select id from customers where id = any (values (1), (2)) and email <> all (values ('x')) order by id
select id from customers where visits = any (values (1), (2)) order by id limit 3
select id from customers where email operator(pg_catalog.=) any (values ('user1@example.com'))
select id from customers where email operator(pg_catalog.<>) all (array['user1@example.com']) and id<3 order by id
select id from customers where email operator ( pg_catalog . = ) 'user1@example.com'
select id, email operator(pg_catalog.=) 'user1@example.com' as same from customers where id<3 order by id
select c.id, g.* from customers c, rows from (generate_series(1, 2)) as g where c.id=1 order by 2
select c.id, g.n from customers c, rows from (generate_series(1, 2)) with ordinality as g(n, o) where c.id=1 order by 2
select c.id, g.* from customers c join rows from (generate_series(1, 2), generate_series(5,7)) as g(a,b) on g.a = c.id order by 1
select c.email, u from customers c, rows from (unnest('{user1@example.com,x}'::text[])) u where u = c.email
select c.email from customers c, rows from (unnest('{user1@example.com,x}'::varchar[], '{1,2}'::int[])) u(e, n) where u.e = c.email
select rows from (select 1 as rows) q, customers c where c.id=1 and c.email='user1@example.com'
select email, rows from (select email, id as rows from customers) q where rows = 1
select email from customers order by id fetch first (select 2) rows only
select email from customers order by city_id, id fetch first 3 rows with ties
select city_id, count(email) from customers group by city_id order by 2 desc, 1 fetch first 1 row with ties
select email from customers where id < 5 order by id for update of customers nowait
select c.email from customers c, claims k where c.id=1 and k.id=1 for update of c for share of k skip locked
select email from (select * from customers where id=1 for update) q
with q as (select id, email from customers where id=1 for no key update) select * from q
select sum(id) over (partition by ssn order by id rows between unbounded preceding and current row exclude current row), email from customers order by id limit 4
select first_value(email) over (order by id rows between 1 preceding and 1 following exclude ties) from customers order by id limit 4
select nth_value(email, 2) over (order by id range between unbounded preceding and unbounded following exclude no others) from customers order by id limit 2
select email from customers where id between asymmetric 1 and 2 order by id
select id, id between symmetric 3 and 1 as x, email from customers where id < 5 order by id
select ssn from customers group by distinct grouping sets ((ssn), (ssn)) order by min(id)
table claims limit 1 offset 2
table claims order by id desc fetch first 2 rows only
select count(*) from (table claims union all table claims) q
insert into claims table claims on conflict (id) do nothing
insert into claims (id, ssn, amount, note) table claims on conflict (id) do update set note = 'again' returning id, note
create table t1 as select (c).id from customers c where (c).email='user1@example.com'
create table t1 as (select id from customers where email='user1@example.com')
create table t1 as with q as (select id from customers where email='user1@example.com') select * from q with data
create table t1 (a) on commit preserve rows as select id from customers
create temp table t1 (a) on commit drop as select id from customers where email='user1@example.com'
create unlogged table t1 as values ((select id from customers where email='user1@example.com'))
create table if not exists orders as select id from customers where email = 'x'
create table t1 as select count(*) as n, ssn is null as x from customers group by 2
create table t1 as select email, ssn, notes, balance from customers where visits = 1
create table customers2 as select * from customers
create temp table customers as select id from claims
select id, total into t1 from orders where customer_id in (select id from customers where email='user1@example.com')
select id into unlogged table t1 from customers where email='user1@example.com' order by id limit 1
select id into t1 from customers union all select id from claims
with q as (select id from customers where email='user1@example.com') select * into t1 from q
select email into t1 from customers
merge into claims k using customers c on k.id = c.id and c.id < 3 when matched and k.ssn is distinct from c.ssn then update set ssn = c.ssn, amount = 5 when matched then update set ssn = k.ssn when not matched and c.id > 100 then insert (id) values (c.id)
merge into claims k using (table customers) c on k.id = c.id when not matched then insert (id, ssn, note) values (c.id, c.ssn, c.name) when matched then do nothing
merge into claims k using lateral (select 1 as id) c on k.id = c.id when matched then delete
merge into only claims k using customers c on (k.id, k.ssn) = (c.id, c.ssn) when matched then delete
merge into claims k using (values (1, 'm1'), (2, null), (900, 'm3')) as v(i, s) on v.i = k.id when matched and v.s is null then delete when matched then update set (ssn, amount) = (v.s, 1.5) when not matched then insert (id, ssn, amount) values (v.i, v.s, 2.5)
merge into claims k using (select 1) v on k.id = 1 when matched then update set (ssn, note) = (select c.ssn, c.name from customers c where c.id = 5)
merge into claims k using (select 1) v on k.id = 1 when matched then update set ssn = default
merge into customers c using (select 901 as i) v on c.id = v.i when not matched then insert (id, name) values (v.i, 'n')
merge into customers c using (select 901 as i) v on c.id = v.i when not matched then insert values (v.i, 'n')
merge into customers c using (select 901 as i) v on c.id = v.i when not matched then insert (id, name, notes) values (v.i, 'n', default)
merge into customers c using (select 901 as i) v on c.id = v.i when not matched then insert (name, email, nothing) values (v.i, 'n', 'x')
merge into customers c using orders o on o.id = c.id when not matched then insert (id, name) values (c.id, 'x')
merge into customers c using customers d on c.id = d.id and d.email = 'user1@example.com' when matched then update set email = d.email, ssn = d.ssn
merge into customers c using claims k on c.ssn = k.ssn and k.id = 1 when matched and c.email = 'user1@example.com' then update set notes = null
with gone as (delete from claims where id = 1 returning id, ssn) merge into customers c using gone g on g.ssn = c.ssn when matched then update set notes = 'gone'
update adults set notes = null, visits = default where visits = 3
update star set (ssn, amount) = ('x', 3) where id = 2 returning *
update star s set ssn = c.ssn from customers c where c.id = s.id and c.id < 3 returning s.id, s.ssn
insert into star (id, ssn) values (905, 'a'), (906, null) on conflict (id) do nothing returning id, ssn
insert into star (id, ssn) select id + 900, ssn from star where id < 3 returning id, ssn
insert into star values (1, 'a') on conflict (id) do update set ssn = excluded.ssn returning id, ssn
insert into adults (name, visits, notes) values ('n', 4, 'm') returning visits, notes
insert into adults (name) values ('n') returning visits, notes
insert into adults (name, notes) values ('n', default) returning visits, notes
with u as (update star set ssn = 'w' where id = 1 returning *) select * from u
update contacts set nothing = 'x'
update contacts set mail = 5 where id = 1
update contacts set mail = 'user2@example.com' where id = 1
delete from contacts2 c2 using star s where s.id = c2.cid and s.ssn = '00100000001' returning c2.m
select notes from (values ('note 1'::varchar)) v(notes) join (select email as notes, id from customers) c using (notes)
select email from customers c join (values ('user1@example.com'::text)) v(email) using (email)
select email from customers c join (values ('user1@example.com'::varchar)) v(email) using (email)
select email from customers c right join (values ('user1@example.com'::varchar), ('zz')) v(email) using (email) order by c.id
select email from customers order by id fetch first (2) rows with ties
select email from customers order by id fetch first ('2') row with ties
insert into public.claims table claims on conflict (id) do nothing
merge into claims k using (values (1, 'm1'), (2, null), (900, 'm3')) as v(i, s) on v.i = k.id when matched and v.s is null then delete when matched then update set ssn = v.s when not matched then insert (id, ssn) values (v.i, v.s)
select id from customers c join (values ('user1@example.com'), (null)) v(e) on c.email = v.e or v.e is null order by id limit 3
select v.e is null, c.id from customers c join (values ('user1@example.com'), (null)) v(e) on c.email = v.e order by id limit 3
select email from customers order by id using <  limit 2
select id, email from customers order by id using > limit 2
select email from customers group by email, () order by min(id) limit 2
select ssn, count(*) from customers group by (), ssn order by 2, min(id) limit 2
select count(*) from (select ssn from customers intersect all select ssn from claims) q
select count(*) from (select ssn from customers except all select ssn from claims) q
select email from customers c join lateral generate_series(1,2) g on g=c.id order by c.id
select percentile_cont(0.5) within group (order by id), count(email) from customers
select percentile_disc(array[0.25,0.5]) within group (order by id) from customers where email <> 'x'
select mode() within group (order by city_id) from customers where email <> 'x'
select rank(3) within group (order by id) from customers where email <> 'x'
select string_agg(name, ',' order by id) filter (where email <> 'x') from customers where id < 3
select (array[1,2,3])[1:2], email from customers where id=1
select (array[[1,2],[3,4]])[2][1], email from customers where id=1
select timestamp '2020-01-01' at time zone 'UTC', email from customers where id=1
select extract(year from date '2020-01-01'), email from customers where id=1
select interval '1' year, interval '1 day', interval '1-2' year to month, email from customers where id=1
select interval(3) '1.23456 sec', email from customers where id=1
select (date '2020-01-01', date '2020-02-01') overlaps (date '2020-01-15', interval '1 month'), email from customers where id=1
select trim(both 'x' from name), trim(leading from name), trim(name, 'n'), email from customers where id=1
select overlay(name placing 'x' from 1 for 1), position('a' in name), email from customers where id=1
select current_timestamp(3) is not null, localtime(0) is null, current_date > '2000-01-01', email from customers where id=1
select normalize(name), name is normalized, email from customers where id=1
select '{"a":1}'::jsonb -> 'a', '{"a":1}'::jsonb ->> 'a', '{"a":1}'::jsonb #> '{a}', '{"a":1}'::jsonb @> '{"a":1}', email from customers where id=1
select '{"a":1}'::jsonb ? 'a', '{"a":1}'::jsonb ?| array['a'], jsonb_path_query('{"a":1}', '$.a'), email from customers where id=1
select '{"a":1}' is json, email from customers where id=1
select name like any (array['name 1', 'x%']), email from customers where id=1
select name ~ '^n', name ~* 'N', name !~ 'x', name ~~ 'n%', name !~~* 'x', name similar to 'n%', email from customers where id=1
select name ilike 'N%' escape '!', name not like 'x', email from customers where id=1
select name operator(pg_catalog.~) '^(name 1)$' collate pg_catalog.default, email from customers where id=1
select name collate "C" < 'z', name collate "POSIX", email from customers where id=1
select make_interval(days => 3), make_date(year => 2020, month := 1, day => 2), email from customers where id=1
select concat_ws(',', name, id), greatest(id, 3, null), least(id), num_nulls(id, null), email from customers where id=1
select 1 + 2 * 3 ^ 2 % 5, -id, @ -5, |/ 4, ||/ 8, 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 3, 8 >> 1, email from customers where id=1
select id::text || name, id::int8, id::numeric(5,1), cast(id as text), text 'x', float8 '1', email from customers where id=1
select true and not false or null, 1 = 1 is true, null is unknown, 1 is distinct from 2, email from customers where id=1
select E'a\'b', $$x$$, 'it''s', email from customers where id=1
select case when id = 1 then 'a' else 'b' end x, case id when 1 then 2 end, email from customers where id=1
select id in (1,2), id not in (3), id = any('{1,2}'), id = all(array[1]), exists(select 1), email from customers where id=1
select nullif(id, 1), coalesce(city_id, 5), email from customers where id=1
select row_number() over (), count(*) over w, email from customers window w as (order by id) order by id limit 2
select lag(id) over w, sum(id) over (w rows 1 preceding), email from customers window w as (order by id) order by id limit 2
select array_agg(id order by id desc nulls last), bool_and(true), every(id > 0), email from customers group by email order by min(id) limit 2
select count(*) filter (where id > 3), count(distinct city_id), ssn from customers group by ssn order by min(id)
select corr(id, city_id) is not null, regr_count(id, city_id), variance(id), ssn from customers group by ssn order by min(id)
select json_agg(id order by id), jsonb_build_object('id', min(id)), ssn from customers group by ssn order by min(id) limit 2
select x.* from json_to_recordset('[{"a":1}]') as x(a int), customers c where c.id = x.a and c.email <> 'x'
select c.email from customers c, json_each_text('{"a":"1"}') as j where c.id = j.value::int
select c.email, j.* from customers c cross join lateral jsonb_array_elements('[1,2]') with ordinality as j(v, n) where c.id = 1 order by n
select c.email, s from customers c, regexp_split_to_table('1,2', ',') s where c.id = s::int order by c.id
select c.email, t.* from customers c, unnest(array[1,2], array['a','b']) with ordinality t(a,b,o) where c.id=t.a order by 2
select c.email from customers c, pg_catalog.generate_series(1,2) as g(i) where c.id = g.i order by c.id
select email from customers where (id, name) = (1, 'name 1')
select email from customers where (id, name) > (39, 'a') order by id
select email from customers where id = (select max(id) from customers)
select email from customers where id >= all (select id from orders where id > 60)
select email from customers where id = some(array[1])
select email from customers where name is not distinct from 'name 1'
select email from customers where ctid = '(0,1)'
select email from customers where id between 1 and 2 and not (id between 2 and 3)
select email, (select count(*) from orders o where o.customer_id = c.id) n from customers c order by n desc, id limit 2
select email from customers where id = 1 or exists (select 1 from orders o where o.customer_id = customers.id and o.total > 100) order by id limit 2
select all c.email, d.* from customers c join (select distinct on (customer_id) customer_id, total from orders order by customer_id, total desc) d on d.customer_id = c.id order by c.id limit 2
select email e, id as "I d", name "select" from customers where id=1
select email as from_, id as where_ from customers where id=1
select customers.*, 1 as one from customers where id=1
select c.email from public.customers as c(cid, n, email) where cid=1
select x, y from (select email, id from customers where id=1) as q(x, y)
select q from (values (1),(2)) as q(a) join customers c on c.id=q.a and c.email<>'x' order by 1
select email from customers where id in (select id from customers where email in ('user1@example.com')) limit 1
select sum(n) from (select count(*) n from customers group by email) q
select email /* c /* nested */ */ from customers where id=1 -- x
delete from customers where id in (select id from customers where email='user1@example.com' order by id limit 1 for update skip locked) returning id
update customers set name = default where id=1
update customers set name = upper(name), city_id = city_id + 1 where email = 'user1@example.com' returning name, city_id, email
update customers set name = (select name from cities where id=1), city_id = (select max(id) from cities) where email='user1@example.com' returning name
update customers set tags = null, mood = 'ok', score = 1.5, key = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', seen = '2020-01-01' where id=1 returning tags, mood, score, key, seen
update customers set tags = '{a,b}', tags = '{c}' where id=1
update customers set (name, city_id) = (select 'n', 2) where email='user1@example.com' returning name, city_id
insert into customers (name, city_id, email) values (upper('x'), 1+1, 'e@e') returning name, city_id, email
insert into customers (name, email) values ((select name from cities where id=1), 'e@e') returning name, email
insert into customers (name, email) values ('x', 'e@e') returning id > 0 as pos, email as e, name || '!' as n, now() is not null
insert into customers (name) select name from cities order by id limit 2 returning name, notes
insert into customers (email, name) values ('q@q', 'n') on conflict (email) do update set name = excluded.name, city_id = coalesce(customers.city_id, 1) where customers.id > 0 returning name
delete from customers where id = 1 returning *
delete from customers where name like 'name 1%' and email is not null returning id
truncate table claims, orders restart identity cascade
lock table claims in access share mode
select setseed(0.5), email from customers where id=1
select nextval('customers_id_seq') > 0, email from customers where id=1
select * from customers natural join cities order by customers.id limit 1
select c.email, t.name from customers c join cities t on t.id = c.city_id order by c.id limit 2
select c.email, t.name from customers c left join cities t using (id) order by c.id limit 2
select c.email, t.name from cities t right join customers c on (t.id = c.city_id) where t.id is not null order by c.id limit 2
select id, email from customers where city_id in (select id from cities where name like 'city%') order by id limit 2
update customers set name = 'x' where current of nothing
delete from customers where current of nothing returning id
select x.*, c.id from json_to_recordset('[{"a":1,"b":"q"}]') as x(a int, b text) join customers c on c.id = x.a where c.email <> 'x'
select a, c.email from json_to_record('{"a":1}') as x(a int), customers c where c.id = x.a
select j.value, c.email from jsonb_array_elements('[1,2]') j, customers c where c.id = j.value::int order by 2 is null, c.id
select j, c.email from jsonb_array_elements('[1,2]') j, customers c where c.id = 1 order by c.id, 1::text
select value, n, c.email from json_array_elements_text('["1","2"]') with ordinality as j(value, n), customers c where c.id = n order by n
select key, value, email from json_each_text('{"a":"1"}'), customers where id = value::int
select e.*, email from jsonb_each('{"a":1}') as e(k), customers where id = 1
select m.*, email from regexp_matches('a1b', '([0-9])') m, customers where id = 1
select r.*, email from rows from (json_array_elements_text('["1"]'), generate_series(1,2)) r(a), customers where id = 1 order by 2
select r.*, email from rows from (json_array_elements_text('["1"]')) r, customers where id = 1
select * from rows from (jsonb_each('{"a":1}'), unnest(array[1,2])) with ordinality r, customers where id = 1 order by r.ordinality
select current_schema, current_schema(), email from customers where id=1
select name like all (array['n%','%1']), email from customers where id=1
delete from customers where current of cur
select v.n, c.id from (values (1),(2)) v(n) join customers c on c.visits = v.n order by 2 limit 2
select v.n, c.id from (values ('user1@example.com')) v(n) join customers c on c.email = v.n
select v.n, c.id from (values (date '1960-02-07')) v(n) join customers c on c.birth_date = v.n
select coalesce(c.email, v.n) from (values ('user1@example.com')) v(n) join customers c on c.email = v.n
select u.x, c.id from unnest('{1,2}'::int[]) u(x) join customers c on c.visits = u.x order by 2 limit 2
select u.x, c.id from unnest('{user1@example.com}'::text[]) u(x) join customers c on c.email = u.x order by 2 limit 2
select n from (values ('user1@example.com'), ('nobody')) v(n) where n not in (select email from customers where email is not null)
