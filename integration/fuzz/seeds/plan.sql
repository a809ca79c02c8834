select 1
--//
select * from customers
--//
select id, email, ssn, notes, balance, visits, birth_date, phone from customers where id = 1
--//
select c.email, x.amount from customers c join claims x on x.customer_id = c.id where c.ssn = x.ssn
--//
select email from customers where email = 'ada@example.com' and ssn in ('1', '2', $1)
--//
select email from customers where lower(email) = lower('Ada@X.com') or upper(email) = upper($1)
--//
select id from customers where notes like '%needle%' and notes ilike 'A_b%' escape '!'
--//
select id from customers where visits between 3 and 5 or balance >= 2.5 and not visits < $1
--//
select id, birth_date from customers where birth_date > '2000-01-01' order by birth_date desc nulls last limit 10 offset $2
--//
select name from customers order by name, email limit 5
--//
select notes, email from customers order by notes limit 3
--//
select max(birth_date), min(name), count(*), count(distinct ssn) from customers group by city_id having count(*) > 1
--//
select lower(email), length(notes), substring(email from 2 for 3), left(ssn, 2) || '-' || coalesce(notes, 'none') from customers
--//
select case when email is null then 'none' else email end, notes::text, extract(year from birth_date) from customers
--//
with q as (select email as e, id from customers) select e from q where id in (select customer_id from orders)
--//
with recursive r(n, s) as (select 1, ssn from claims union all select n + 1, s from r where n < 5) select * from r
--//
select * from contacts
--//
select mail from contacts where ssn = '12'
--//
select email from customers union select email from orders
--//
select email from customers intersect all select 'x' order by 1
--//
select (select email from customers limit 1), exists (select 1 from claims where ssn = c.ssn) from customers c
--//
select c from customers c
--//
select row_to_json(c), to_jsonb(customers.*) from customers c
--//
select array_agg(email order by id), string_agg(ssn, ',') from customers
--//
select unnest(array[email, ssn]) from customers
--//
select rank() over (partition by ssn order by birth_date rows between 1 preceding and current row) from customers
--//
select distinct on (ssn) ssn, email from customers order by ssn, email
--//
table customers
--//
values (1, 'a'), (2, (select email from customers))
--//
insert into customers (id, name, email, ssn) values (1, 'Ada', 'ada@example.com', '123'), (2, $1, $2, default)
--//
insert into customers (id, email) select id, email from orders returning email, ssn
--//
insert into customers values (1, 'n', 'e', 's', 't', 1.5, 7, '2000-01-01', '1', 2) on conflict (id) do update set email = excluded.email, notes = 'x' where customers.ssn = '1'
--//
insert into claims default values
--//
update customers set email = 'x', (ssn, notes) = ('1', $1), visits = visits where id = 3 returning *
--//
update customers c set email = o.email from orders o where o.customer_id = c.id and c.ssn = $1
--//
delete from customers using claims where claims.ssn = customers.ssn returning customers.email
--//
delete from cities where id = 1
--//
merge into customers c using orders o on c.id = o.customer_id when matched then update set email = o.email when not matched then insert (id, email) values (o.id, 'x')
--//
copy customers (id, email) from stdin
--//
copy customers to stdout with (format csv, header, force_quote (email), null 'nil', delimiter '|')
--//
copy (select email from customers where ssn = '1') to stdout (format binary)
--//
copy customers from '/tmp/x'
--//
copy customers to program 'cat'
--//
explain (analyze, verbose) select email from customers
--//
declare c cursor with hold for select email from customers
--//
fetch 5 from c
--//
prepare p (text, int) as select email from customers where ssn = $1 and visits < $2
--//
execute p ('1', 2)
--//
deallocate all
--//
create table t as select email from customers
--//
select email into temp u from customers
--//
create view v as select email, ssn from customers
--//
create materialized view mv as select id from claims
--//
create temp table customers (id int)
--//
create index on customers (email)
--//
create index concurrently i on customers using hash (ssn) where email is not null
--//
create unique index on customers (lower(email))
--//
create function f() returns text language sql as $$ select email from customers $$
--//
create function f() returns int language sql begin atomic select 1 from customers; end
--//
create trigger t before update on customers for each row execute function anything()
--//
create rule r as on insert to customers do also insert into claims values (1)
--//
create policy p on customers using (email = current_user)
--//
create statistics s on email, ssn from customers
--//
alter table customers add column extra text default 'x', drop column phone
--//
alter table customers alter column email type varchar(80)
--//
alter table customers alter email set default 'none', add check (length(ssn) > 3), add constraint fk foreign key (ssn) references claims (ssn)
--//
alter table customers rename column email to mail
--//
alter table customers set schema other
--//
drop table customers cascade
--//
truncate customers, claims restart identity cascade
--//
grant select on customers to public
--//
comment on column customers.email is 'mail'
--//
vacuum (analyze) customers
--//
lock table customers in access exclusive mode
--//
do $$ begin perform email from customers; end $$
--//
call anything(1)
--//
select find_customer('a'), anything()
--//
set search_path = other, public; select email from customers
--//
set role owner
--//
reset all
--//
begin; update customers set notes = 'x' where id = 1; commit
--//
begin; select email from customers; rollback; select 1
--//
select set_config('search_path', 'x', false), email from customers
--//
select most_common_vals from pg_stats where tablename = 'customers'
--//
select * from pg_catalog.pg_stats
--//
select query_to_xml('select email from customers', true, false, '')
--//
select dblink('select email from customers')
--//
select "email" from "public"."customers" as "c" where "c"."ssn" = $1
--//
SELECT "customers".* FROM "customers" WHERE "customers"."email" = $1 LIMIT $2
--//
select email from other.customers
--//
select U&"email" from customers
--//
select E'\x27 or email' , $tag$ customers $tag$, $$a$$ from customers
--//
select /* customers /* nested */ */ email -- from claims
from customers
--//
select email from only customers tablesample bernoulli (10) for update of customers skip locked
--//
select email from customers cross join lateral (select ssn from claims where claims.ssn = customers.ssn) q natural join orders
--//
select * from rows from (generate_series(1, 2), unnest(array['a'])) with ordinality as t (a, b, c), customers
--//
select email from customers where ssn = any ($1) and visits <> all (array[1, 2]) and (ssn, email) in (('a', 'b'), ($2, 'c'))
--//
select email from customers where email is not distinct from 'x' and not (ssn is null) and ssn between symmetric 'a' and 'b'
--//
select email from customers where ssn operator(pg_catalog.=) '1' and notes ~ 'x' or notes similar to 'a%'
--//
select email collate "C", ssn at time zone 'UTC', (c).email, notes[1], visits::text::varchar(3) from customers c
--//
select coalesce(email, ssn), nullif(email, 'x'), greatest(email, 'y') from customers
--//
select json_build_object('e', email), xmlelement(name x, email), format('%s', email), concat(email, 'x') from customers
--//
select email from customers where id = 1 and 1 = 1 and ((((ssn = '1'))))
--//
select sealwire.masked(email), sealwire.ci(email), sealwire.tokens(notes) from customers
--//
select 1 as customers, 'customers', customers.x from (select 1 as x) customers
--//
select count(*) from customers where phone = '12' and email is null
--//
select customer_id from orders where email = 'x'
--//
refresh materialized view contacts
--//
import foreign schema public from server s into public
--//
notify customers, 'x'; listen customers; unlisten *
--//
select email from customers where date '2020-01-01' = birth_date and interval '1 day' is not null and birth_date + 1 > current_date
--//
select email from customers group by grouping sets ((email), (ssn, id)), rollup (visits), cube (balance)
--//
select email from customers window w as (partition by ssn) fetch first 5 rows with ties
--//
select trim(both 'x' from email), overlay(email placing 'x' from 1), position('x' in email), cast(email as varchar(10)) from customers
--//
security label on column customers.email is 'x'
--//
discard all; checkpoint; show all
