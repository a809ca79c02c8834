select to_regclass('public.customers') is not null as there \gset
\if :there
  \quit
\endif
begin;
create role sealwire login password :'service';
create role billing login password :'roles';
create role support login password :'roles';
create role intern login password :'roles';
create table public.customers (
    id integer primary key,
    name text not null,
    email text not null unique,
    ssn varchar(11) not null,
    birth_date date,
    notes text
);
insert into public.customers
select n,
       'Customer ' || n,
       'customer' || n || '@example.com',
       format('%s-%s-%s', 900 + n % 100, lpad((n % 89 + 10)::text, 2, '0'), lpad(n::text, 4, '0')),
       date '1950-01-01' + n * 11,
       'Called about invoice ' || n
from generate_series(1, 1000) as n;
grant select, insert, update on public.customers to billing, support, intern;
commit;
