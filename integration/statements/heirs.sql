create table events (id int, region text not null, email varchar(40), note text default 'none', phone text, primary key (id, region)) partition by list (region)
create table events_eu partition of events for values in ('eu')
create table events_us partition of events for values in ('us', 'ca')
create table events_rest partition of events default
insert into events (id, region, email, note, phone) values (1, 'eu', 'a@x', 'n1', '555-1'), (2, 'us', 'b@x', 'n2', '555-2'), (3, 'jp', 'c@x', null, '555-3')
insert into events (id, region, email) values (4, 'eu', 'd@x') returning *
insert into events_eu (id, region, email) values (5, 'eu', 'e@x') returning *
insert into events_eu (id, region, email) values (6, 'us', 'e@x')
select * from events order by id
select * from events_eu order by id
select * from only events
select id from events where email = 'a@x'
select id from events_eu where email = 'e@x'
select e.id, f.id from events e join events_eu f on e.email = f.email order by 1
update events set region = 'us', note = 'moved' where email = 'a@x' returning *
select * from events_us order by id
delete from events_us where email = 'b@x' returning id, note
create index on events (email)
alter table events detach partition events_rest
alter table events attach partition events_rest default
truncate events_us
select count(*) from events
select * from events where email = 'd@x'
alter table events add column extra int
alter table events rename column note to remark
drop table events_eu
select * from events order by id
create table sub partition of events for values in ('q') partition by range (id)
create table sub1 partition of sub for values from (0) to (100)
insert into events (id, region, email, remark) values (9, 'q', 'sub@x', 'deep') returning *
select * from sub1
select id from sub where email = 'sub@x'
merge into events e using orders o on o.id = e.id when matched then update set email = 'm@m'
select id, email from events order by id
select * from events order by id
select * from sub1
drop table events
create table kid (x int) inherits (claims)
insert into kid (id, ssn, x) values (77, 'kid', 1) returning *
select * from claims where id > 70
select ssn from kid
select ssn from kid
update claims set ssn = 'u' where id = 77 returning *
update only claims set ssn = 'v' where id = 77 returning *
delete from kid where ssn = 'u' returning *
alter table kid no inherit claims
alter table kid inherit claims
drop table kid
