--# Statements of PostgreSQL's regression suite (src/test/regress/sql of 15), queries and changes of rows, one of a kind.
--# PostgreSQL Database Management System (also known as Postgres, formerly known as Postgres95)
--# Portions Copyright (c) 1996-2022, PostgreSQL Global Development Group
--# Portions Copyright (c) 1994, The Regents of the University of California
--# Permission to use, copy, modify, and distribute this software and its documentation for any purpose, without fee,
--# and without a written agreement is hereby granted, provided that the above copyright notice and this paragraph and
--# the following two paragraphs appear in all copies.
--# IN NO EVENT SHALL THE UNIVERSITY OF CALIFORNIA BE LIABLE TO ANY PARTY FOR DIRECT, INDIRECT, SPECIAL, INCIDENTAL, OR
--# CONSEQUENTIAL DAMAGES, INCLUDING LOST PROFITS, ARISING OUT OF THE USE OF THIS SOFTWARE AND ITS DOCUMENTATION, EVEN IF
--# THE UNIVERSITY OF CALIFORNIA HAS BEEN ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
--# THE UNIVERSITY OF CALIFORNIA SPECIFICALLY DISCLAIMS ANY WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
--# WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE. THE SOFTWARE PROVIDED HEREUNDER IS ON AN "AS IS"
--# BASIS, AND THE UNIVERSITY OF CALIFORNIA HAS NO OBLIGATIONS TO PROVIDE MAINTENANCE, SUPPORT, UPDATES, ENHANCEMENTS, OR
--# MODIFICATIONS.
SELECT oid AS datoid FROM pg_database WHERE datname = current_database()
--//
SELECT
	pg_advisory_xact_lock(1), pg_advisory_xact_lock_shared(2),
	pg_advisory_xact_lock(1, 1), pg_advisory_xact_lock_shared(2, 2)
--//
SELECT pg_advisory_unlock_all()
--//
SELECT
	pg_advisory_unlock(1), pg_advisory_unlock_shared(2),
	pg_advisory_unlock(1, 1), pg_advisory_unlock_shared(2, 2)
--//
SELECT
	pg_advisory_lock(1), pg_advisory_lock_shared(2),
	pg_advisory_lock(1, 1), pg_advisory_lock_shared(2, 2)
--//
SELECT
	pg_advisory_unlock(1), pg_advisory_unlock(1),
	pg_advisory_unlock_shared(2), pg_advisory_unlock_shared(2),
	pg_advisory_unlock(1, 1), pg_advisory_unlock(1, 1),
	pg_advisory_unlock_shared(2, 2), pg_advisory_unlock_shared(2, 2)
--//
SELECT
	pg_advisory_xact_lock(1), pg_advisory_xact_lock(1),
	pg_advisory_xact_lock_shared(2), pg_advisory_xact_lock_shared(2),
	pg_advisory_xact_lock(1, 1), pg_advisory_xact_lock(1, 1),
	pg_advisory_xact_lock_shared(2, 2), pg_advisory_xact_lock_shared(2, 2)
--//
SELECT
	pg_advisory_lock(1), pg_advisory_lock(1),
	pg_advisory_lock_shared(2), pg_advisory_lock_shared(2),
	pg_advisory_lock(1, 1), pg_advisory_lock(1, 1),
	pg_advisory_lock_shared(2, 2), pg_advisory_lock_shared(2, 2)
--//
SELECT avg(four) AS avg_1 FROM onek
--//
SELECT avg(a) AS avg_32 FROM aggtest WHERE a < 100
--//
SELECT avg(b)::numeric(10,3) AS avg_107_943 FROM aggtest
--//
SELECT avg(gpa) AS avg_3_4 FROM ONLY student
--//
SELECT sum(four) AS sum_1500 FROM onek
--//
SELECT sum(a) AS sum_198 FROM aggtest
--//
SELECT sum(b) AS avg_431_773 FROM aggtest
--//
SELECT sum(gpa) AS avg_6_8 FROM ONLY student
--//
SELECT max(four) AS max_3 FROM onek
--//
SELECT max(a) AS max_100 FROM aggtest
--//
SELECT max(aggtest.b) AS max_324_78 FROM aggtest
--//
SELECT max(student.gpa) AS max_3_7 FROM student
--//
SELECT stddev_pop(b) FROM aggtest
--//
SELECT stddev_samp(b) FROM aggtest
--//
SELECT var_pop(b) FROM aggtest
--//
SELECT var_samp(b) FROM aggtest
--//
SELECT stddev_pop(b::numeric) FROM aggtest
--//
SELECT stddev_samp(b::numeric) FROM aggtest
--//
SELECT var_pop(b::numeric) FROM aggtest
--//
SELECT var_samp(b::numeric) FROM aggtest
--//
SELECT var_pop(1.0::float8), var_samp(2.0::float8)
--//
SELECT stddev_pop(3.0::float8), stddev_samp(4.0::float8)
--//
SELECT var_pop('inf'::float8), var_samp('inf'::float8)
--//
SELECT stddev_pop('inf'::float8), stddev_samp('inf'::float8)
--//
SELECT var_pop(1.0::numeric), var_samp(2.0::numeric)
--//
SELECT stddev_pop(3.0::numeric), stddev_samp(4.0::numeric)
--//
SELECT var_pop('inf'::numeric), var_samp('inf'::numeric)
--//
SELECT stddev_pop('inf'::numeric), stddev_samp('inf'::numeric)
--//
select sum(null::int4) from generate_series(1,3)
--//
select sum(null::numeric) from generate_series(1,3)
--//
select sum(null::float8) from generate_series(1,3)
--//
select avg(null::int4) from generate_series(1,3)
--//
select avg(null::numeric) from generate_series(1,3)
--//
select avg(null::float8) from generate_series(1,3)
--//
select sum('NaN'::numeric) from generate_series(1,3)
--//
select avg('NaN'::numeric) from generate_series(1,3)
--//
SELECT sum(x::float8), avg(x::float8), var_pop(x::float8)
FROM (VALUES ('1'), ('infinity')) v(x)
--//
SELECT sum(x::numeric), avg(x::numeric), var_pop(x::numeric)
FROM (VALUES ('1'), ('infinity')) v(x)
--//
SELECT avg(x::float8), var_pop(x::float8)
FROM (VALUES (100000003), (100000004), (100000006), (100000007)) v(x)
--//
SELECT avg(x::float8), var_pop(x::float8)
FROM (VALUES (7000000000005), (7000000000007)) v(x)
--//
SELECT regr_count(b, a) FROM aggtest
--//
SELECT regr_sxx(b, a) FROM aggtest
--//
SELECT regr_syy(b, a) FROM aggtest
--//
SELECT regr_sxy(b, a) FROM aggtest
--//
SELECT regr_avgx(b, a), regr_avgy(b, a) FROM aggtest
--//
SELECT regr_r2(b, a) FROM aggtest
--//
SELECT regr_slope(b, a), regr_intercept(b, a) FROM aggtest
--//
SELECT covar_pop(b, a), covar_samp(b, a) FROM aggtest
--//
SELECT corr(b, a) FROM aggtest
--//
SELECT covar_pop(1::float8,2::float8), covar_samp(3::float8,4::float8)
--//
SELECT covar_pop(1::float8,'inf'::float8), covar_samp(3::float8,'inf'::float8)
--//
INSERT INTO regr_test VALUES (10,150),(20,250),(30,350),(80,540),(100,200)
--//
SELECT count(*), sum(x), regr_sxx(y,x), sum(y),regr_syy(y,x), regr_sxy(y,x)
FROM regr_test WHERE x IN (10,20,30,80)
--//
SELECT count(*), sum(x), regr_sxx(y,x), sum(y),regr_syy(y,x), regr_sxy(y,x)
FROM regr_test
--//
SELECT float8_accum('{4,140,2900}'::float8[], 100)
--//
SELECT float8_regr_accum('{4,140,2900,1290,83075,15050}'::float8[], 200, 100)
--//
SELECT count(*), sum(x), regr_sxx(y,x), sum(y),regr_syy(y,x), regr_sxy(y,x)
FROM regr_test WHERE x IN (10,20,30)
--//
SELECT count(*), sum(x), regr_sxx(y,x), sum(y),regr_syy(y,x), regr_sxy(y,x)
FROM regr_test WHERE x IN (80,100)
--//
SELECT float8_combine('{3,60,200}'::float8[], '{0,0,0}'::float8[])
--//
SELECT float8_regr_combine('{3,60,200,750,20000,2000}'::float8[],
                           '{0,0,0,0,0,0}'::float8[])
--//
SELECT count(four) AS cnt_1000 FROM onek
--//
SELECT count(DISTINCT four) AS cnt_4 FROM onek
--//
select ten, count(*), sum(four) from onek
group by ten order by ten
--//
select ten, count(four), sum(DISTINCT four) from onek
group by ten order by ten
--//
SELECT newavg(four) AS avg_1 FROM onek
--//
SELECT newsum(four) AS sum_1500 FROM onek
--//
SELECT newcnt(four) AS cnt_1000 FROM onek
--//
SELECT newcnt(*) AS cnt_1000 FROM onek
--//
SELECT oldcnt(*) AS cnt_1000 FROM onek
--//
SELECT sum2(q1,q2) FROM int8_tbl
--//
select ten, sum(distinct four) from onek a
group by ten
having exists (select 1 from onek b where sum(distinct a.four) = b.four)
--//
select ten, sum(distinct four) from onek a
group by ten
having exists (select 1 from onek b
               where sum(distinct a.four + b.four) = b.four)
--//
select
  (select max((select i.unique2 from tenk1 i where i.unique1 = o.unique1)))
from tenk1 o
--//
explain (verbose, costs off)
select s1, s2, sm
from generate_series(1, 3) s1,
     lateral (select s2, sum(s1 + s2) sm
              from generate_series(1, 3) s2 group by s2) ss
order by 1, 2
--//
select s1, s2, sm
from generate_series(1, 3) s1,
     lateral (select s2, sum(s1 + s2) sm
              from generate_series(1, 3) s2 group by s2) ss
order by 1, 2
--//
explain (verbose, costs off)
select array(select sum(x+y) s
            from generate_series(1,3) y group by y order by s)
  from generate_series(1,3) x
--//
select array(select sum(x+y) s
            from generate_series(1,3) y group by y order by s)
  from generate_series(1,3) x
--//
SELECT
  BIT_AND(i2) AS "?",
  BIT_OR(i4)  AS "?",
  BIT_XOR(i8) AS "?"
FROM bitwise_test
--//
SELECT
  BIT_AND(i2) AS "1",
  BIT_AND(i4) AS "1",
  BIT_AND(i8) AS "1",
  BIT_AND(i)  AS "?",
  BIT_AND(x)  AS "0",
  BIT_AND(y)  AS "0100",
  BIT_OR(i2)  AS "7",
  BIT_OR(i4)  AS "7",
  BIT_OR(i8)  AS "7",
  BIT_OR(i)   AS "?",
  BIT_OR(x)   AS "7",
  BIT_OR(y)   AS "1101",
  BIT_XOR(i2) AS "5",
  BIT_XOR(i4) AS "5",
  BIT_XOR(i8) AS "5",
  BIT_XOR(i)  AS "?",
  BIT_XOR(x)  AS "7",
  BIT_XOR(y)  AS "1101"
FROM bitwise_test
--//
SELECT
  booland_statefunc(NULL, NULL)  IS NULL AS "t",
  booland_statefunc(TRUE, NULL)  IS NULL AS "t",
  booland_statefunc(FALSE, NULL) IS NULL AS "t",
  booland_statefunc(NULL, TRUE)  IS NULL AS "t",
  booland_statefunc(NULL, FALSE) IS NULL AS "t",
  booland_statefunc(TRUE, TRUE) AS "t",
  NOT booland_statefunc(TRUE, FALSE) AS "t",
  NOT booland_statefunc(FALSE, TRUE) AS "t",
  NOT booland_statefunc(FALSE, FALSE) AS "t"
--//
SELECT
  boolor_statefunc(NULL, NULL)  IS NULL AS "t",
  boolor_statefunc(TRUE, NULL)  IS NULL AS "t",
  boolor_statefunc(FALSE, NULL) IS NULL AS "t",
  boolor_statefunc(NULL, TRUE)  IS NULL AS "t",
  boolor_statefunc(NULL, FALSE) IS NULL AS "t",
  boolor_statefunc(TRUE, TRUE) AS "t",
  boolor_statefunc(TRUE, FALSE) AS "t",
  boolor_statefunc(FALSE, TRUE) AS "t",
  NOT boolor_statefunc(FALSE, FALSE) AS "t"
--//
SELECT
  BOOL_AND(b1)   AS "n",
  BOOL_OR(b3)    AS "n"
FROM bool_test
--//
SELECT
  BOOL_AND(b1)     AS "f",
  BOOL_AND(b2)     AS "t",
  BOOL_AND(b3)     AS "f",
  BOOL_AND(b4)     AS "n",
  BOOL_AND(NOT b2) AS "f",
  BOOL_AND(NOT b3) AS "t"
FROM bool_test
--//
SELECT
  EVERY(b1)     AS "f",
  EVERY(b2)     AS "t",
  EVERY(b3)     AS "f",
  EVERY(b4)     AS "n",
  EVERY(NOT b2) AS "f",
  EVERY(NOT b3) AS "t"
FROM bool_test
--//
SELECT
  BOOL_OR(b1)      AS "t",
  BOOL_OR(b2)      AS "t",
  BOOL_OR(b3)      AS "f",
  BOOL_OR(b4)      AS "n",
  BOOL_OR(NOT b2)  AS "f",
  BOOL_OR(NOT b3)  AS "t"
FROM bool_test
--//
explain (costs off)
  select min(unique1) from tenk1
--//
select min(unique1) from tenk1
--//
explain (costs off)
  select max(unique1) from tenk1
--//
select max(unique1) from tenk1
--//
explain (costs off)
  select max(unique1) from tenk1 where unique1 < 42
--//
select max(unique1) from tenk1 where unique1 < 42
--//
explain (costs off)
  select max(unique1) from tenk1 where unique1 > 42
--//
select max(unique1) from tenk1 where unique1 > 42
--//
explain (costs off)
  select max(tenthous) from tenk1 where thousand = 33
--//
select max(tenthous) from tenk1 where thousand = 33
--//
explain (costs off)
  select min(tenthous) from tenk1 where thousand = 33
--//
select min(tenthous) from tenk1 where thousand = 33
--//
explain (costs off)
  select f1, (select min(unique1) from tenk1 where unique1 > f1) AS gt
    from int4_tbl
--//
select f1, (select min(unique1) from tenk1 where unique1 > f1) AS gt
  from int4_tbl
--//
explain (costs off)
  select distinct max(unique2) from tenk1
--//
select distinct max(unique2) from tenk1
--//
explain (costs off)
  select max(unique2) from tenk1 order by 1
--//
select max(unique2) from tenk1 order by 1
--//
explain (costs off)
  select max(unique2) from tenk1 order by max(unique2)
--//
select max(unique2) from tenk1 order by max(unique2)
--//
explain (costs off)
  select max(unique2) from tenk1 order by max(unique2)+1
--//
select max(unique2) from tenk1 order by max(unique2)+1
--//
explain (costs off)
  select max(unique2), generate_series(1,3) as g from tenk1 order by g desc
--//
select max(unique2), generate_series(1,3) as g from tenk1 order by g desc
--//
explain (costs off)
  select max(100) from tenk1
--//
select max(100) from tenk1
--//
insert into minmaxtest values(11), (12)
--//
insert into minmaxtest1 values(13), (14)
--//
explain (costs off)
  select min(f1), max(f1) from minmaxtest
--//
select min(f1), max(f1) from minmaxtest
--//
explain (costs off)
  select distinct min(f1), max(f1) from minmaxtest
--//
select distinct min(f1), max(f1) from minmaxtest
--//
explain (costs off)
  select f1, (select distinct min(t1.f1) from int4_tbl t1 where t1.f1 = t0.f1)
  from int4_tbl t0
--//
select f1, (select distinct min(t1.f1) from int4_tbl t1 where t1.f1 = t0.f1)
from int4_tbl t0
--//
select max(min(unique1)) from tenk1
--//
select (select max(min(unique1)) from int8_tbl) from tenk1
--//
select avg((select avg(a1.col1 order by (select avg(a2.col2) from tenk1 a3))
            from tenk1 a1(col1)))
from tenk1 a2(col2)
--//
explain (costs off) select * from t1 group by a,b,c,d
--//
explain (costs off) select a,c from t1 group by a,c,d
--//
explain (costs off) select *
from t1 inner join t2 on t1.a = t2.x and t1.b = t2.y
group by t1.a,t1.b,t1.c,t1.d,t2.x,t2.y,t2.z
--//
explain (costs off) select t1.*,t2.x,t2.z
from t1 inner join t2 on t1.a = t2.x and t1.b = t2.y
group by t1.a,t1.b,t1.c,t1.d,t2.x,t2.z
--//
explain (costs off) select * from t3 group by a,b,c
--//
explain (costs off) select * from only t1 group by a,b,c,d
--//
explain (costs off) select * from p_t1 group by a,b,c,d
--//
select f1 from t1 left join t2 using (f1) group by f1
--//
select f1 from t1 left join t2 using (f1) group by t1.f1
--//
select t1.f1 from t1 left join t2 using (f1) group by t1.f1
--//
select t1.f1 from t1 left join t2 using (f1) group by f1
--//
select array_agg(a order by b)
  from (values (1,4),(2,3),(3,1),(4,2)) v(a,b)
--//
select array_agg(a order by a)
  from (values (1,4),(2,3),(3,1),(4,2)) v(a,b)
--//
select array_agg(a order by a desc)
  from (values (1,4),(2,3),(3,1),(4,2)) v(a,b)
--//
select array_agg(b order by a desc)
  from (values (1,4),(2,3),(3,1),(4,2)) v(a,b)
--//
select array_agg(distinct a)
  from (values (1),(2),(1),(3),(null),(2)) v(a)
--//
select array_agg(distinct a order by a)
  from (values (1),(2),(1),(3),(null),(2)) v(a)
--//
select array_agg(distinct a order by a desc)
  from (values (1),(2),(1),(3),(null),(2)) v(a)
--//
select array_agg(distinct a order by a desc nulls last)
  from (values (1),(2),(1),(3),(null),(2)) v(a)
--//
select aggfstr(a,b,c)
  from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c)
--//
select aggfns(a,b,c)
  from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c)
--//
select aggfstr(distinct a,b,c)
  from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c),
       generate_series(1,3) i
--//
select aggfns(distinct a,b,c)
  from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c),
       generate_series(1,3) i
--//
select aggfstr(distinct a,b,c order by b)
  from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c),
       generate_series(1,3) i
--//
select aggfns(distinct a,b,c order by b)
  from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c),
       generate_series(1,3) i
--//
select aggfns(distinct a,a,c order by c using ~<~,a)
  from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c),
       generate_series(1,2) i
--//
select aggfns(distinct a,a,c order by c using ~<~)
  from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c),
       generate_series(1,2) i
--//
select aggfns(distinct a,a,c order by a)
  from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c),
       generate_series(1,2) i
--//
select aggfns(distinct a,b,c order by a,c using ~<~,b)
  from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c),
       generate_series(1,2) i
--//
select * from agg_view1
--//
select pg_get_viewdef('agg_view1'::regclass)
--//
select aggfns(distinct a,b,c order by i)
  from (values (1,1,'foo')) v(a,b,c), generate_series(1,2) i
--//
select aggfns(distinct a,b,c order by a,b+1)
  from (values (1,1,'foo')) v(a,b,c), generate_series(1,2) i
--//
select aggfns(distinct a,b,c order by a,b,i,c)
  from (values (1,1,'foo')) v(a,b,c), generate_series(1,2) i
--//
select aggfns(distinct a,a,c order by a,b)
  from (values (1,1,'foo')) v(a,b,c), generate_series(1,2) i
--//
select string_agg(a,',') from (values('aaaa'),('bbbb'),('cccc')) g(a)
--//
select string_agg(a,',') from (values('aaaa'),(null),('bbbb'),('cccc')) g(a)
--//
select string_agg(a,'AB') from (values(null),(null),('bbbb'),('cccc')) g(a)
--//
select string_agg(a,',') from (values(null),(null)) g(a)
--//
select string_agg(distinct f1, ',' order by f1) from varchar_tbl
--//
select string_agg(distinct f1::text, ',' order by f1) from varchar_tbl
--//
select string_agg(distinct f1, ',' order by f1::text) from varchar_tbl
--//
select string_agg(distinct f1::text, ',' order by f1::text) from varchar_tbl
--//
select string_agg(v, '') from bytea_test_table
--//
insert into bytea_test_table values(decode('ff','hex'))
--//
select string_agg(v, NULL) from bytea_test_table
--//
select string_agg(v, decode('ee', 'hex')) from bytea_test_table
--//
select min(unique1) filter (where unique1 > 100) from tenk1
--//
select sum(1/ten) filter (where ten > 0) from tenk1
--//
select ten, sum(distinct four) filter (where four::text ~ '123') from onek a
group by ten
--//
select ten, sum(distinct four) filter (where four > 10) from onek a
group by ten
having exists (select 1 from onek b where sum(distinct a.four) = b.four)
--//
select max(foo COLLATE "C") filter (where (bar collate "POSIX") > '0')
from (values ('a', 'b')) AS v(foo,bar)
--//
select (select count(*)
        from (values (1)) t0(inner_c))
from (values (2),(3)) t1(outer_c)
--//
select (select count(*) filter (where outer_c <> 0)
        from (values (1)) t0(inner_c))
from (values (2),(3)) t1(outer_c)
--//
select (select count(inner_c) filter (where outer_c <> 0)
        from (values (1)) t0(inner_c))
from (values (2),(3)) t1(outer_c)
--//
select
  (select max((select i.unique2 from tenk1 i where i.unique1 = o.unique1))
     filter (where o.unique1 < 10))
from tenk1 o
--//
select sum(unique1) FILTER (WHERE
  unique1 IN (SELECT unique1 FROM onek where unique1 < 100)) FROM tenk1
--//
select aggfns(distinct a,b,c order by a,c using ~<~,b) filter (where a > 1)
    from (values (1,3,'foo'),(0,null,null),(2,2,'bar'),(3,1,'baz')) v(a,b,c),
    generate_series(1,2) i
--//
select max(0) filter (where b1) from bool_test
--//
select (select max(0) filter (where b1)) from bool_test
--//
select max(unique1) filter (where sum(ten) > 0) from tenk1
--//
select (select max(unique1) filter (where sum(ten) > 0) from int8_tbl) from tenk1
--//
select max(unique1) filter (where bool_or(ten > 0)) from tenk1
--//
select (select max(unique1) filter (where bool_or(ten > 0)) from int8_tbl) from tenk1
--//
select p, percentile_cont(p) within group (order by x::float8)
from generate_series(1,5) x,
     (values (0::float8),(0.1),(0.25),(0.4),(0.5),(0.6),(0.75),(0.9),(1)) v(p)
group by p order by p
--//
select p, percentile_cont(p order by p) within group (order by x)
from generate_series(1,5) x,
     (values (0::float8),(0.1),(0.25),(0.4),(0.5),(0.6),(0.75),(0.9),(1)) v(p)
group by p order by p
--//
select p, sum() within group (order by x::float8)
from generate_series(1,5) x,
     (values (0::float8),(0.1),(0.25),(0.4),(0.5),(0.6),(0.75),(0.9),(1)) v(p)
group by p order by p
--//
select p, percentile_cont(p,p)
from generate_series(1,5) x,
     (values (0::float8),(0.1),(0.25),(0.4),(0.5),(0.6),(0.75),(0.9),(1)) v(p)
group by p order by p
--//
select percentile_cont(0.5) within group (order by b) from aggtest
--//
select percentile_cont(0.5) within group (order by b), sum(b) from aggtest
--//
select percentile_cont(0.5) within group (order by thousand) from tenk1
--//
select percentile_disc(0.5) within group (order by thousand) from tenk1
--//
select rank(3) within group (order by x)
from (values (1),(1),(2),(2),(3),(3),(4)) v(x)
--//
select cume_dist(3) within group (order by x)
from (values (1),(1),(2),(2),(3),(3),(4)) v(x)
--//
select percent_rank(3) within group (order by x)
from (values (1),(1),(2),(2),(3),(3),(4),(5)) v(x)
--//
select dense_rank(3) within group (order by x)
from (values (1),(1),(2),(2),(3),(3),(4)) v(x)
--//
select percentile_disc(array[0,0.1,0.25,0.5,0.75,0.9,1]) within group (order by thousand)
from tenk1
--//
select percentile_cont(array[0,0.25,0.5,0.75,1]) within group (order by thousand)
from tenk1
--//
select percentile_disc(array[[null,1,0.5],[0.75,0.25,null]]) within group (order by thousand)
from tenk1
--//
select percentile_cont(array[0,1,0.25,0.75,0.5,1,0.3,0.32,0.35,0.38,0.4]) within group (order by x)
from generate_series(1,6) x
--//
select ten, mode() within group (order by string4) from tenk1 group by ten
--//
select percentile_disc(array[0.25,0.5,0.75]) within group (order by x)
from unnest('{fred,jim,fred,jack,jill,fred,jill,jim,jim,sheila,jim,sheila}'::text[]) u(x)
--//
select pg_collation_for(percentile_disc(1) within group (order by x collate "POSIX"))
  from (values ('fred'),('jim')) v(x)
--//
select test_rank(3) within group (order by x)
from (values (1),(1),(2),(2),(3),(3),(4)) v(x)
--//
select test_percentile_disc(0.5) within group (order by thousand) from tenk1
--//
select rank(x) within group (order by x) from generate_series(1,5) x
--//
select array(select percentile_disc(a) within group (order by x)
               from (values (0.3),(0.7)) v(a) group by a)
  from generate_series(1,5) g(x)
--//
select rank(sum(x)) within group (order by x) from generate_series(1,5) x
--//
select rank(3) within group (order by x) from (values ('fred'),('jim')) v(x)
--//
select rank(3) within group (order by stringu1,stringu2) from tenk1
--//
select rank('fred') within group (order by x) from generate_series(1,5) x
--//
select rank('adam'::text collate "C") within group (order by x collate "POSIX")
  from (values ('fred'),('jim')) v(x)
--//
select rank('adam'::varchar) within group (order by x) from (values ('fred'),('jim')) v(x)
--//
select percent_rank(0) within group (order by x) from generate_series(1,0) x
--//
select pg_get_viewdef('aggordview1')
--//
select * from aggordview1 order by ten
--//
select least_agg(q1,q2) from int8_tbl
--//
select least_agg(variadic array[q1,q2]) from int8_tbl
--//
select cleast_agg(q1,q2) from int8_tbl
--//
select cleast_agg(4.5,f1) from int4_tbl
--//
select cleast_agg(variadic array[4.5,f1]) from int4_tbl
--//
select pg_typeof(cleast_agg(variadic array[4.5,f1])) from int4_tbl
--//
select my_avg(one),my_avg(one) from (values(1),(3)) t(one)
--//
select my_avg(one),my_sum(one) from (values(1),(3)) t(one)
--//
select my_avg(distinct one),my_sum(distinct one) from (values(1),(3),(1)) t(one)
--//
select my_avg(distinct one),my_sum(one) from (values(1),(3)) t(one)
--//
select my_avg(one) filter (where one > 1),my_sum(one) from (values(1),(3)) t(one)
--//
select my_avg(one),my_sum(two) from (values(1,2),(3,4)) t(one,two)
--//
select
  percentile_cont(0.5) within group (order by a),
  percentile_disc(0.5) within group (order by a)
from (values(1::float8),(3),(5),(7)) t(a)
--//
select
  rank(4) within group (order by a),
  dense_rank(4) within group (order by a)
from (values(1),(3),(5),(7)) t(a)
--//
select my_sum_init(one),my_avg_init(one) from (values(1),(3)) t(one)
--//
select my_sum_init(one),my_avg_init2(one) from (values(1),(3)) t(one)
--//
select my_sum(one),my_half_sum(one) from (values(1),(2),(3),(4)) t(one)
--//
SELECT balk(hundred) FROM tenk1
--//
EXPLAIN (COSTS OFF) SELECT balk(hundred) FROM tenk1
--//
EXPLAIN (COSTS OFF, VERBOSE)
SELECT variance(unique1::int4), sum(unique1::int8), regr_count(unique1::float8, unique1::float8)
FROM (SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1) u
--//
SELECT variance(unique1::int4), sum(unique1::int8), regr_count(unique1::float8, unique1::float8)
FROM (SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1) u
--//
EXPLAIN (COSTS OFF, VERBOSE)
SELECT variance(unique1::int8), avg(unique1::numeric)
FROM (SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1) u
--//
SELECT variance(unique1::int8), avg(unique1::numeric)
FROM (SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1
      UNION ALL SELECT * FROM tenk1) u
--//
SELECT dense_rank(x) WITHIN GROUP (ORDER BY x) FROM (VALUES (1),(1),(2),(2),(3),(3)) v(x) GROUP BY (x) ORDER BY 1
--//
SELECT min(x ORDER BY y) FROM (VALUES(1, NULL)) AS d(x,y)
--//
SELECT min(x ORDER BY y) FROM (VALUES(1, 2)) AS d(x,y)
--//
select v||'a', case v||'a' when 'aa' then 1 else 0 end, count(*)
  from unnest(array['a','b']) u(v)
 group by v||'a' order by 1
--//
select v||'a', case when v||'a' = 'aa' then 1 else 0 end, count(*)
  from unnest(array['a','b']) u(v)
 group by v||'a' order by 1
--//
explain (costs off)
  select 1 from tenk1
   where (hundred, thousand) in (select twothousand, twothousand from onek)
--//
select unique1, count(*), sum(twothousand) from tenk1
group by unique1
having sum(fivethous) > 4975
order by sum(twothousand)
--//
explain (costs off)
select g%10000 as c1, sum(g::numeric) as c2, count(*) as c3
  from agg_data_20k group by g%10000
--//
(select * from agg_hash_1 except select * from agg_group_1)
  union all
(select * from agg_group_1 except select * from agg_hash_1)
--//
SELECT n.nspname, proname, prorettype::regtype, prokind, a.rolname
  FROM pg_proc p, pg_namespace n, pg_authid a
  WHERE p.pronamespace = n.oid AND p.proowner = a.oid
    AND n.nspname IN ('alt_nsp1', 'alt_nsp2')
  ORDER BY nspname, proname
--//
SELECT n.nspname, c.conname, a.rolname
  FROM pg_conversion c, pg_namespace n, pg_authid a
  WHERE c.connamespace = n.oid AND c.conowner = a.oid
    AND n.nspname IN ('alt_nsp1', 'alt_nsp2')
  ORDER BY nspname, conname
--//
SELECT fdwname FROM pg_foreign_data_wrapper WHERE fdwname like 'alt_fdw%'
--//
SELECT srvname FROM pg_foreign_server WHERE srvname like 'alt_fserv%'
--//
SELECT lanname, a.rolname
  FROM pg_language l, pg_authid a
  WHERE l.lanowner = a.oid AND l.lanname like 'alt_lang%'
  ORDER BY lanname
--//
SELECT n.nspname, oprname, a.rolname,
    oprleft::regtype, oprright::regtype, oprcode::regproc
  FROM pg_operator o, pg_namespace n, pg_authid a
  WHERE o.oprnamespace = n.oid AND o.oprowner = a.oid
    AND n.nspname IN ('alt_nsp1', 'alt_nsp2')
  ORDER BY nspname, oprname
--//
SELECT nspname, opfname, amname, rolname
  FROM pg_opfamily o, pg_am m, pg_namespace n, pg_authid a
  WHERE o.opfmethod = m.oid AND o.opfnamespace = n.oid AND o.opfowner = a.oid
    AND n.nspname IN ('alt_nsp1', 'alt_nsp2')
	AND NOT opfname LIKE 'alt_opc%'
  ORDER BY nspname, opfname
--//
SELECT nspname, opcname, amname, rolname
  FROM pg_opclass o, pg_am m, pg_namespace n, pg_authid a
  WHERE o.opcmethod = m.oid AND o.opcnamespace = n.oid AND o.opcowner = a.oid
    AND n.nspname IN ('alt_nsp1', 'alt_nsp2')
  ORDER BY nspname, opcname
--//
SELECT nspname, stxname, rolname
  FROM pg_statistic_ext s, pg_namespace n, pg_authid a
 WHERE s.stxnamespace = n.oid AND s.stxowner = a.oid
   AND n.nspname in ('alt_nsp1', 'alt_nsp2')
 ORDER BY nspname, stxname
--//
SELECT nspname, dictname, rolname
  FROM pg_ts_dict t, pg_namespace n, pg_authid a
  WHERE t.dictnamespace = n.oid AND t.dictowner = a.oid
    AND n.nspname in ('alt_nsp1', 'alt_nsp2')
  ORDER BY nspname, dictname
--//
SELECT nspname, cfgname, rolname
  FROM pg_ts_config t, pg_namespace n, pg_authid a
  WHERE t.cfgnamespace = n.oid AND t.cfgowner = a.oid
    AND n.nspname in ('alt_nsp1', 'alt_nsp2')
  ORDER BY nspname, cfgname
--//
SELECT nspname, tmplname
  FROM pg_ts_template t, pg_namespace n
  WHERE t.tmplnamespace = n.oid AND nspname like 'alt_nsp%'
  ORDER BY nspname, tmplname
--//
SELECT nspname, prsname
  FROM pg_ts_parser t, pg_namespace n
  WHERE t.prsnamespace = n.oid AND nspname like 'alt_nsp%'
  ORDER BY nspname, prsname
--//
SELECT pg_describe_object(refclassid,refobjid,refobjsubid) as ref, deptype
FROM pg_depend
WHERE classid = 'pg_operator'::regclass AND
      objid = '===(bool,bool)'::regoperator
ORDER BY 1
--//
SELECT oprrest, oprjoin FROM pg_operator WHERE oprname = '==='
  AND oprleft = 'boolean'::regtype AND oprright = 'boolean'::regtype
--//
INSERT INTO attmp (a, b, c, d, e, f, g,    i,    k, l, m, n, p, q, r, s, t,
	v, w, x, y, z)
   VALUES (4, 'name', 'text', 4.1, 4.1, 2, '(4.1,4.1,3.1,3.1)',
	'c',
	314159, '(1,1)', '512',
	'1 2 3 4 5 6 7 8', true, '(1.1,1.1)', '(4.1,4.1,3.1,3.1)',
	'(0,2,4.1,4.1,3.1,3.1)', '(4.1,4.1,3.1,3.1)',
	'epoch', '01:00:10', '{1.0,2.0,3.0,4.0}', '{1.0,2.0,3.0,4.0}', '{1,2,3,4}')
--//
SELECT * FROM attmp
--//
SELECT * FROM attmp_new
--//
SELECT * FROM attmp_new2
--//
SELECT typname FROM pg_type WHERE oid = 'attmp_array[]'::regtype
--//
SELECT relation::regclass, mode FROM pg_locks
WHERE pid = pg_backend_pid() AND locktype = 'relation'
  AND relation::regclass::text LIKE 'alter\_idx%'
ORDER BY relation::regclass::text COLLATE "C"
--//
SELECT unique1 FROM tenk1 WHERE unique1 < 5
--//
INSERT INTO attmp2 values (1)
--//
INSERT INTO attmp3 values (1,10)
--//
DELETE FROM attmp3 where a=5
--//
DELETE FROM attmp3 WHERE NOT b > 10
--//
select * from attmp3
--//
INSERT INTO attmp6 VALUES (6, 30), (7, 16)
--//
DELETE FROM attmp6 WHERE b > 20
--//
INSERT INTO attmp7 VALUES (8, 18)
--//
insert into parent_noinh_convalid values (1)
--//
insert into child_noinh_convalid values (1)
--//
delete from only parent_noinh_convalid
--//
select convalidated from pg_constraint where conrelid = 'parent_noinh_convalid'::regclass and conname = 'check_a_is_2'
--//
explain (costs off) select * from nv_parent where d between '2011-08-01' and '2011-08-31'
--//
explain (costs off) select * from nv_parent where d between '2011-08-01'::date and '2011-08-31'::date
--//
INSERT INTO PKTABLE VALUES(42)
--//
INSERT INTO FKTABLE VALUES(42)
--//
SELECT conname, tgfoid::regproc, tgtype, tgdeferrable, tginitdeferred
FROM pg_trigger JOIN pg_constraint con ON con.oid = tgconstraint
WHERE tgrelid = 'pktable'::regclass
ORDER BY 1,2,3
--//
insert into atacc1 (test) values (2)
--//
insert into atacc1 (test,test2,test3) values (4,4,2)
--//
insert into atacc1 (test2, test) values (3, 4)
--//
insert into atacc2 (test2) values (-3)
--//
insert into atacc2 (test2) values (3)
--//
select test2 from atacc2
--//
update atacc3 set test2 = 4 where test2 is null
--//
insert into atacc2 (test) values (-3)
--//
insert into atacc1 (test,test2) values (4,4)
--//
insert into atacc1 (test) values(NULL)
--//
insert into atacc1 (test) values (NULL)
--//
insert into atacc1 values(1)
--//
insert into atacc1 values(1,1)
--//
insert into atacc1 (test,test2) values (NULL,3)
--//
insert into atacc1 (test,test2) values (3, NULL)
--//
insert into atacc1 (test,test2) values (NULL,NULL)
--//
insert into atacc1 (test2, test) values (1, NULL)
--//
insert into atacc1 values (null)
--//
delete from atacc1
--//
insert into atacc1 values (null, 1)
--//
update atacc1 set test_a = 1
--//
insert into atacc1 values (2, null)
--//
update atacc1 set test_b = 1
--//
insert into parent values (NULL)
--//
insert into child (a, b) values (NULL, 'foo')
--//
delete from parent
--//
delete from child
--//
insert into def_test default values
--//
select * from def_test
--//
insert into def_view_test default values
--//
select * from def_view_test
--//
insert into atacc1 values (1, 2, 3, 4)
--//
select * from atacc1
--//
select * from atacc1 order by a
--//
select * from atacc1 order by "........pg.dropped.1........"
--//
select * from atacc1 group by a
--//
select * from atacc1 group by "........pg.dropped.1........"
--//
select atacc1.* from atacc1
--//
select a from atacc1
--//
select atacc1.a from atacc1
--//
select b,c,d from atacc1
--//
select a,b,c,d from atacc1
--//
select * from atacc1 where a = 1
--//
select "........pg.dropped.1........" from atacc1
--//
select atacc1."........pg.dropped.1........" from atacc1
--//
select "........pg.dropped.1........",b,c,d from atacc1
--//
select * from atacc1 where "........pg.dropped.1........" = 1
--//
update atacc1 set a = 3
--//
update atacc1 set b = 2 where a = 3
--//
update atacc1 set "........pg.dropped.1........" = 3
--//
update atacc1 set b = 2 where "........pg.dropped.1........" = 3
--//
insert into atacc1 values (default, 11, 12, 13)
--//
insert into atacc1 values (11, 12, 13)
--//
insert into atacc1 (a) values (10)
--//
insert into atacc1 (a) values (default)
--//
insert into atacc1 (a,b,c,d) values (10,11,12,13)
--//
insert into atacc1 (a,b,c,d) values (default,11,12,13)
--//
insert into atacc1 (b,c,d) values (11,12,13)
--//
insert into atacc1 ("........pg.dropped.1........") values (10)
--//
insert into atacc1 ("........pg.dropped.1........") values (default)
--//
insert into atacc1 ("........pg.dropped.1........",b,c,d) values (10,11,12,13)
--//
insert into atacc1 ("........pg.dropped.1........",b,c,d) values (default,11,12,13)
--//
delete from atacc1 where a = 3
--//
delete from atacc1 where "........pg.dropped.1........" = 3
--//
select * from myview
--//
select * from attest1
--//
select * into attest2 from atacc1
--//
insert into atacc1(value) values (100)
--//
insert into atacc1(id, value) values (null, 0)
--//
insert into parent values (1, 2, 3)
--//
insert into child values (12, 13, 'testing')
--//
select * from parent
--//
select * from child
--//
insert into attest values (1,2,3)
--//
select * from attest
--//
select f1 from c1
--//
select relname, attname, attinhcount, attislocal
from pg_class join pg_attribute on (pg_class.oid = pg_attribute.attrelid)
where relname in ('p1','p2','c1','gc1') and attnum > 0 and not attisdropped
order by relname, attnum
--//
select attrelid::regclass, attname, attinhcount, attislocal
from pg_attribute
where attnum > 0 and attrelid::regclass in ('depth0', 'depth1', 'depth2')
order by attrelid::regclass::text, attnum
--//
insert into p1 values (1,2,'abc')
--//
insert into c1 values(11,'xyz',33,0)
--//
select * from p1
--//
update p1 set a1 = a1 + 1, f2 = upper(f2)
--//
insert into foo values('bb','cc','dd')
--//
select * from foo
--//
insert into foo values('qq','rr')
--//
update foo set f3 = 'zz'
--//
select f3,max(f1) from foo group by f3
--//
insert into anothertab (atcol1, atcol2) values (default, true)
--//
insert into anothertab (atcol1, atcol2) values (default, false)
--//
select * from anothertab
--//
insert into anothertab (atcol1, atcol2) values (45, null)
--//
insert into anothertab (atcol1, atcol2) values (default, null)
--//
insert into another values(1, 'one', 'uno')
--//
select * from another
--//
insert into at_tab2 values(1,'42')
--//
insert into at_partitioned values (512, '0.123')
--//
insert into at_part_2 values ('1.234', 1024)
--//
insert into at_partitioned values(1, 'foo')
--//
select relname,
  c.oid = oldoid as orig_oid,
  case relfilenode
    when 0 then 'none'
    when c.oid then 'own'
    when oldfilenode then 'orig'
    else 'OTHER'
    end as storage,
  obj_description(c.oid, 'pg_class') as desc
  from pg_class c left join old_oids using (relname)
  where relname like 'at_partitioned%'
  order by relname
--//
select conname, obj_description(oid, 'pg_constraint') as desc
  from pg_constraint where conname like 'at_partitioned%'
  order by conname
--//
select reltoastrelid <> 0 as has_toast_table
  from pg_class where oid = 'test_storage'::regclass
--//
select relname, conname, coninhcount, conislocal, connoinherit
  from pg_constraint c, pg_class r
  where relname like 'test_inh_check%' and c.conrelid = r.oid
  order by 1, 2
--//
INSERT INTO test_type_diff_c VALUES (1, 2, 3)
--//
INSERT INTO test_type_diff2_c1 VALUES (1, 2, 3)
--//
insert into at_base_table values (23, 'skidoo')
--//
explain (verbose, costs off) select * from at_view_2
--//
select * from at_view_2
--//
update v2 set q1 = q1 + 1 where q1 = 123
--//
select * from t1
--//
select * from log
--//
INSERT INTO rewrite_test VALUES ('something')
--//
INSERT INTO rewrite_test VALUES (NULL)
--//
SELECT check_ddl_rewrite('rewrite_test', $$
  ALTER TABLE rewrite_test
      ADD COLUMN empty1 text,
      ADD COLUMN notempty1_rewrite serial;
$$)
--//
SELECT check_ddl_rewrite('rewrite_test', $$
    ALTER TABLE rewrite_test
        ADD COLUMN notempty2_rewrite serial,
        ADD COLUMN empty2 text;
$$)
--//
SELECT check_ddl_rewrite('rewrite_test', $$
    ALTER TABLE rewrite_test
        ADD COLUMN empty3 text,
        ADD COLUMN notempty3_norewrite int default 42;
$$)
--//
SELECT check_ddl_rewrite('rewrite_test', $$
    ALTER TABLE rewrite_test
        ADD COLUMN notempty4_norewrite int default 42,
        ADD COLUMN empty4 text;
$$)
--//
SELECT check_ddl_rewrite('rewrite_test', $$
    ALTER TABLE rewrite_test
        ADD COLUMN empty5 text,
        ADD COLUMN notempty5_norewrite int default 42,
        ADD COLUMN notempty5_rewrite serial;
$$)
--//
SELECT check_ddl_rewrite('rewrite_test', $$
    ALTER TABLE rewrite_test
        ADD COLUMN notempty6_rewrite serial,
        ADD COLUMN empty6 text,
        ADD COLUMN notempty6_norewrite int default 42;
$$)
--//
insert into alterlock values (1, 'foo')
--//
insert into alterlock2 values (1, 1)
--//
select * from my_locks order by 1
--//
select test_strict(NULL)
--//
select non_strict(NULL)
--//
insert into alter1.t1(f2) values(11)
--//
select * from alter2.t1
--//
select * from alter2.v1
--//
select alter2.plus1(41)
--//
INSERT INTO test_drop_constr_child (c) VALUES (NULL)
--//
SELECT col_description('comment_test'::regclass, 1) as comment
--//
SELECT indexrelid::regclass::text as index, obj_description(indexrelid, 'pg_class') as comment FROM pg_index where indrelid = 'comment_test'::regclass ORDER BY 1, 2
--//
SELECT conname as constraint, obj_description(oid, 'pg_constraint') as comment FROM pg_constraint where conrelid = 'comment_test'::regclass ORDER BY 1, 2
--//
SELECT m.* FROM filenode_mapping m LEFT JOIN pg_class c ON c.oid = m.oid
WHERE c.oid IS NOT NULL OR m.mapped_oid IS NOT NULL
--//
INSERT INTO old_system_table(othercol) VALUES ('somedata'), ('otherdata')
--//
UPDATE old_system_table SET id = -id
--//
DELETE FROM old_system_table WHERE othercol = 'somedata'
--//
TRUNCATE old_system_table
--//
SELECT relname, relkind, relpersistence FROM pg_class WHERE relname ~ '^unlogged1'
UNION ALL
SELECT r.relname || ' toast table', t.relkind, t.relpersistence FROM pg_class r JOIN pg_class t ON t.oid = r.reltoastrelid WHERE r.relname ~ '^unlogged1'
UNION ALL
SELECT r.relname || ' toast index', ri.relkind, ri.relpersistence FROM pg_class r join pg_class t ON t.oid = r.reltoastrelid JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class ri ON ri.oid = i.indexrelid WHERE r.relname ~ '^unlogged1'
ORDER BY relname
--//
SELECT relname, relkind, relpersistence FROM pg_class WHERE relname ~ '^logged1'
UNION ALL
SELECT r.relname || ' toast table', t.relkind, t.relpersistence FROM pg_class r JOIN pg_class t ON t.oid = r.reltoastrelid WHERE r.relname ~ '^logged1'
UNION ALL
SELECT r.relname ||' toast index', ri.relkind, ri.relpersistence FROM pg_class r join pg_class t ON t.oid = r.reltoastrelid JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class ri ON ri.oid = i.indexrelid WHERE r.relname ~ '^logged1'
ORDER BY relname
--//
INSERT INTO ataddindex VALUES (42), (43)
--//
INSERT INTO ataddindex(f1) VALUES ('foo'), ('a')
--//
INSERT INTO parent VALUES (1)
--//
UPDATE parent SET a = 2 WHERE a = 1
--//
SELECT attislocal, attinhcount FROM pg_attribute WHERE attrelid = 'part_1'::regclass AND attnum > 0
--//
SELECT conislocal, coninhcount FROM pg_constraint WHERE conrelid = 'part_1'::regclass AND conname = 'check_a'
--//
INSERT INTO part_2 VALUES (3, 'a')
--//
DELETE FROM part_2
--//
INSERT INTO list_parted2_def VALUES (11, 'z')
--//
DELETE FROM list_parted2_def WHERE a = 11
--//
INSERT INTO part1 VALUES (1, 10)
--//
DELETE FROM part1
--//
INSERT INTO partr_def1 VALUES (2, 10)
--//
INSERT INTO part_5_a (a, b) VALUES (6, 'a')
--//
DELETE FROM part_5_a WHERE a NOT IN (3)
--//
INSERT INTO part_7 (a, b) VALUES (8, null), (9, 'a')
--//
SELECT tableoid::regclass, a, b FROM part_7 order by a
--//
INSERT INTO part5_def_p1 VALUES (5, 'y')
--//
DELETE FROM part5_def_p1 WHERE b = 'y'
--//
INSERT INTO hpart_2 VALUES (3, 0)
--//
DELETE FROM hpart_2
--//
INSERT INTO hpart_5_a (a, b) VALUES (7, 1)
--//
DELETE FROM hpart_5_a
--//
SELECT attinhcount, attislocal FROM pg_attribute WHERE attrelid = 'part_3_4'::regclass AND attnum > 0
--//
SELECT coninhcount, conislocal FROM pg_constraint WHERE conrelid = 'part_3_4'::regclass AND conname = 'check_a'
--//
SELECT * from part_rp
--//
INSERT INTO part_hp VALUES (1)
--//
SELECT * FROM list_parted
--//
select attrelid::regclass, attname, attnum
from pg_attribute
where attname = 'a'
 and (attrelid = 'p'::regclass
   or attrelid = 'p1'::regclass
   or attrelid = 'p11'::regclass)
order by attrelid::regclass::text
--//
insert into p1 (a, b) values (2, 3)
--//
INSERT INTO attmp VALUES (1)
--//
insert into defpart_attach_test_d values (1), (2)
--//
delete from defpart_attach_test_d where a = 1
--//
insert into tab_part_attach values (1)
--//
insert into bar2 values (1)
--//
select * from bar1
--//
update bar1 set a = a + 1
--//
select indexrelid::regclass, indisclustered from pg_index
  where indrelid = 'alttype_cluster'::regclass
  order by indexrelid::regclass::text
--//
insert into attach_parted_part1 values (1, 1)
--//
select prop,
       pg_indexam_has_property(a.oid, prop) as "AM",
       pg_index_has_property('onek_hundred'::regclass, prop) as "Index",
       pg_index_column_has_property('onek_hundred'::regclass, 1, prop) as "Column"
  from pg_am a,
       unnest(array['asc', 'desc', 'nulls_first', 'nulls_last',
                    'orderable', 'distance_orderable', 'returnable',
                    'search_array', 'search_nulls',
                    'clusterable', 'index_scan', 'bitmap_scan',
                    'backward_scan',
                    'can_order', 'can_unique', 'can_multi_col',
                    'can_exclude', 'can_include',
                    'bogus']::text[])
         with ordinality as u(prop,ord)
 where a.amname = 'btree'
 order by ord
--//
select prop,
       pg_index_column_has_property('onek_hundred'::regclass, 1, prop) as btree,
       pg_index_column_has_property('hash_i4_index'::regclass, 1, prop) as hash,
       pg_index_column_has_property('gcircleind'::regclass, 1, prop) as gist,
       pg_index_column_has_property('sp_radix_ind'::regclass, 1, prop) as spgist_radix,
       pg_index_column_has_property('sp_quad_ind'::regclass, 1, prop) as spgist_quad,
       pg_index_column_has_property('botharrayidx'::regclass, 1, prop) as gin,
       pg_index_column_has_property('brinidx'::regclass, 1, prop) as brin
  from unnest(array['asc', 'desc', 'nulls_first', 'nulls_last',
                    'orderable', 'distance_orderable', 'returnable',
                    'search_array', 'search_nulls',
                    'bogus']::text[])
         with ordinality as u(prop,ord)
 order by ord
--//
select prop,
       pg_index_has_property('onek_hundred'::regclass, prop) as btree,
       pg_index_has_property('hash_i4_index'::regclass, prop) as hash,
       pg_index_has_property('gcircleind'::regclass, prop) as gist,
       pg_index_has_property('sp_radix_ind'::regclass, prop) as spgist,
       pg_index_has_property('botharrayidx'::regclass, prop) as gin,
       pg_index_has_property('brinidx'::regclass, prop) as brin
  from unnest(array['clusterable', 'index_scan', 'bitmap_scan',
                    'backward_scan',
                    'bogus']::text[])
         with ordinality as u(prop,ord)
 order by ord
--//
select amname, prop, pg_indexam_has_property(a.oid, prop) as p
  from pg_am a,
       unnest(array['can_order', 'can_unique', 'can_multi_col',
                    'can_exclude', 'can_include', 'bogus']::text[])
         with ordinality as u(prop,ord)
 where amtype = 'i'
 order by amname, ord
--//
select col, prop, pg_index_column_has_property(o, col, prop)
  from (values ('fooindex'::regclass)) v1(o),
       (values (1,'orderable'),(2,'asc'),(3,'desc'),
               (4,'nulls_first'),(5,'nulls_last'),
               (6, 'bogus')) v2(idx,prop),
       generate_series(1,4) col
 order by col, idx
--//
select col, prop, pg_index_column_has_property(o, col, prop)
  from (values ('foocover'::regclass)) v1(o),
       (values (1,'orderable'),(2,'asc'),(3,'desc'),
               (4,'nulls_first'),(5,'nulls_last'),
               (6,'distance_orderable'),(7,'returnable'),
               (8, 'bogus')) v2(idx,prop),
       generate_series(1,3) col
 order by col, idx
--//
INSERT INTO arrtest (a[1:5], b[1:1][1:2][1:2], c, d, f, g)
   VALUES ('{1,2,3,4,5}', '{{{0,0},{1,2}}}', '{}', '{}', '{}', '{}')
--//
UPDATE arrtest SET e[0] = '1.1'
--//
INSERT INTO arrtest (f)
   VALUES ('{"too long"}')
--//
INSERT INTO arrtest (a, b[1:2][1:2], c, d, e, f, g)
   VALUES ('{11,12,23}', '{{3,4},{4,5}}', '{"foobar"}',
           '{{"elt1", "elt2"}}', '{"3.4", "6.7"}',
           '{"abc","abcde"}', '{"abc","abcde"}')
--//
INSERT INTO arrtest (a, b[1:2], c, d[1:2])
   VALUES ('{}', '{3,4}', '{foo,bar}', '{bar,foo}')
--//
INSERT INTO arrtest (b[2]) VALUES(now())
--//
INSERT INTO arrtest (b[1:2]) VALUES(now())
--//
SELECT * FROM arrtest
--//
SELECT arrtest.a[1],
          arrtest.b[1][1][1],
          arrtest.c[1],
          arrtest.d[1][1],
          arrtest.e[0]
   FROM arrtest
--//
SELECT a[1], b[1][1][1], c[1], d[1][1], e[0]
   FROM arrtest
--//
SELECT a[1:3],
          b[1:1][1:2][1:2],
          c[1:2],
          d[1:1][1:2]
   FROM arrtest
--//
SELECT array_ndims(a) AS a,array_ndims(b) AS b,array_ndims(c) AS c
   FROM arrtest
--//
SELECT array_dims(a) AS a,array_dims(b) AS b,array_dims(c) AS c
   FROM arrtest
--//
SELECT *
   FROM arrtest
   WHERE a[1] < 5 and
         c = '{"foobar"}'::_name
--//
UPDATE arrtest
  SET a[1:2] = '{16,25}'
  WHERE NOT a = '{}'::_int2
--//
UPDATE arrtest
  SET b[1:1][1:1][1:2] = '{113, 117}',
      b[1:1][1:2][2:2] = '{142, 147}'
  WHERE array_dims(b) = '[1:1][1:2][1:2]'
--//
UPDATE arrtest
  SET c[2:2] = '{"new_word"}'
  WHERE array_dims(c) is not null
--//
SELECT a,b,c FROM arrtest
--//
SELECT b[1:1][2][2],
       d[1:1][2]
   FROM arrtest
--//
INSERT INTO arrtest(a) VALUES('{1,null,3}')
--//
SELECT a FROM arrtest
--//
UPDATE arrtest SET a[4] = NULL WHERE a[2] IS NULL
--//
SELECT a FROM arrtest WHERE a[2] IS NULL
--//
DELETE FROM arrtest WHERE a[2] IS NULL AND b IS NULL
--//
select '{{1,2,3},{4,5,6},{7,8,9}}'::int[]
--//
select ('{{1,2,3},{4,5,6},{7,8,9}}'::int[])[1:2][2]
--//
SELECT ('{}'::int[])[1][2][3][4][5][6][7]
--//
SELECT ('{{{1},{2},{3}},{{4},{5},{6}}}'::int[])[1][NULL][1]
--//
SELECT ('{{{1},{2},{3}},{{4},{5},{6}}}'::int[])[1][NULL:1][1]
--//
SELECT ('{{{1},{2},{3}},{{4},{5},{6}}}'::int[])[1][1:NULL][1]
--//
UPDATE arrtest
  SET c[NULL] = '{"can''t assign"}'
  WHERE array_dims(c) is not null
--//
UPDATE arrtest
  SET c[NULL:1] = '{"can''t assign"}'
  WHERE array_dims(c) is not null
--//
UPDATE arrtest
  SET c[1:NULL] = '{"can''t assign"}'
  WHERE array_dims(c) is not null
--//
SELECT (now())[1]
--//
INSERT INTO arrtest_s VALUES ('{1,2,3,4,5}', '{{1,2,3}, {4,5,6}, {7,8,9}}')
--//
SELECT * FROM arrtest_s
--//
SELECT a[:3], b[:2][:2] FROM arrtest_s
--//
SELECT a[2:], b[2:][2:] FROM arrtest_s
--//
SELECT a[:], b[:] FROM arrtest_s
--//
UPDATE arrtest_s SET a[:3] = '{11, 12, 13}', b[:2][:2] = '{{11,12}, {14,15}}'
  WHERE array_lower(a,1) = 1
--//
UPDATE arrtest_s SET a[3:] = '{23, 24, 25}', b[2:][2:] = '{{25,26}, {28,29}}'
--//
UPDATE arrtest_s SET a[:] = '{11, 12, 13, 14, 15}'
--//
INSERT INTO arrtest_s VALUES(NULL, NULL)
--//
INSERT INTO POINT_TBL(f1) VALUES (NULL)
--//
SELECT f1[0:1] FROM POINT_TBL
--//
SELECT f1[0:] FROM POINT_TBL
--//
SELECT f1[:1] FROM POINT_TBL
--//
SELECT f1[:] FROM POINT_TBL
--//
UPDATE point_tbl SET f1[0] = 10 WHERE f1 IS NULL RETURNING *
--//
INSERT INTO point_tbl(f1[0]) VALUES(0) RETURNING *
--//
UPDATE point_tbl SET f1[0] = NULL WHERE f1::text = '(10,10)'::point::text RETURNING *
--//
UPDATE point_tbl SET f1[0] = -10, f1[1] = -10 WHERE f1::text = '(10,10)'::point::text RETURNING *
--//
UPDATE point_tbl SET f1[3] = 10 WHERE f1::text = '(-10,-10)'::point::text RETURNING *
--//
insert into arrtest1 values(array[1,2,null,4], array['one','two',null,'four'])
--//
select * from arrtest1
--//
update arrtest1 set i[2] = 22, t[2] = 'twenty-two'
--//
update arrtest1 set i[-3] = -3, t[-3] = 'minus-three'
--//
update arrtest1 set i[0:2] = array[10,11,12], t[0:2] = array['ten','eleven','twelve']
--//
update arrtest1 set i[8:10] = array[18,null,20], t[8:10] = array['p18',null,'p20']
--//
update arrtest1 set i[11:12] = array[null,22], t[11:12] = array[null,'p22']
--//
update arrtest1 set i[-5:-3] = array[-15,-14,-13], t[-5:-3] = array['m15','m14','m13']
--//
update arrtest1 set i[-7:-6] = array[-17,null], t[-7:-6] = array['m17',null]
--//
update arrtest1 set i[-12:-10] = array[-22,null,-20], t[-12:-10] = array['m22',null,'m20']
--//
delete from arrtest1
--//
update arrtest1 set i[0:5] = array[0,1,2,null,4,5], t[0:5] = array['z','p1','p2',null,'p4','p5']
--//
INSERT INTO arrtest2 VALUES(
  ARRAY[[[113,142],[1,147]]],
  ARRAY[1.1,1.2,1.3]::float8[],
  ARRAY[1.1,1.2,1.3],
  ARRAY[[['aaa','aab'],['aba','abb'],['aca','acb']],[['baa','bab'],['bba','bbb'],['bca','bcb']]],
  ARRAY['19620326','19931223','19970117']::timestamp[]
)
--//
insert into arrtest_f values(1,'cat1',1.21)
--//
insert into arrtest_i values(1,'cat1',21)
--//
SELECT t.f[1][3][1] AS "131", t.f[2][2][1] AS "221" FROM (
  SELECT ARRAY[[[111,112],[121,122],[131,132]],[[211,212],[221,122],[231,232]]] AS f
) AS t
--//
SELECT ARRAY[[[[[['hello'],['world']]]]]]
--//
SELECT ARRAY[ARRAY['hello'],ARRAY['world']]
--//
SELECT ARRAY(select f2 from arrtest_f order by f2) AS "ARRAY"
--//
SELECT ARRAY[1,NULL,3]
--//
SELECT array_append(array[42], 6) AS "{42,6}"
--//
SELECT array_prepend(6, array[42]) AS "{6,42}"
--//
SELECT array_cat(ARRAY[1,2], ARRAY[3,4]) AS "{1,2,3,4}"
--//
SELECT array_cat(ARRAY[1,2], ARRAY[[3,4],[5,6]]) AS "{{1,2},{3,4},{5,6}}"
--//
SELECT array_cat(ARRAY[[3,4],[5,6]], ARRAY[1,2]) AS "{{3,4},{5,6},{1,2}}"
--//
SELECT array_position(ARRAY[1,2,3,4,5], 4)
--//
SELECT array_position(ARRAY[[1,2],[3,4]], 3)
--//
SELECT array_position(ARRAY['sun','mon','tue','wed','thu','fri','sat'], 'mon')
--//
SELECT array_position(ARRAY['sun','mon','tue','wed','thu','fri','sat'], NULL)
--//
SELECT array_position(ARRAY['sun','mon','tue','wed','thu',NULL,'fri','sat'], NULL)
--//
SELECT array_position(ARRAY['sun','mon','tue','wed','thu',NULL,'fri','sat'], 'sat')
--//
SELECT array_positions(NULL, 10)
--//
SELECT array_positions(NULL, NULL::int)
--//
SELECT array_positions(ARRAY[1,2,3,4,5,6,1,2,3,4,5,6], 4)
--//
SELECT array_positions(ARRAY[[1,2],[3,4]], 4)
--//
SELECT array_positions(ARRAY[1,2,3,4,5,6,1,2,3,4,5,6], NULL)
--//
SELECT array_positions(ARRAY[1,2,3,NULL,5,6,1,2,3,NULL,5,6], NULL)
--//
SELECT array_length(array_positions(ARRAY(SELECT 'AAAAAAAAAAAAAAAAAAAAAAAAA'::text || i % 10
                                          FROM generate_series(1,100) g(i)),
                                  'AAAAAAAAAAAAAAAAAAAAAAAAA5'), 1)
--//
SELECT array_position('[2:4]={1,2,3}'::int[], 1)
--//
SELECT array_positions('[2:4]={1,2,3}'::int[], 1)
--//
SELECT
    array_position(ids, (1, 1)),
    array_positions(ids, (1, 1))
        FROM
(VALUES
    (ARRAY[(0, 0), (1, 1)]),
    (ARRAY[(1, 1)])
) AS f (ids)
--//
SELECT a FROM arrtest WHERE b = ARRAY[[[113,142],[1,147]]]
--//
SELECT NOT ARRAY[1.1,1.2,1.3] = ARRAY[1.1,1.2,1.3] AS "FALSE"
--//
SELECT ARRAY[1,2] || 3 AS "{1,2,3}"
--//
SELECT 0 || ARRAY[1,2] AS "{0,1,2}"
--//
SELECT ARRAY[1,2] || ARRAY[3,4] AS "{1,2,3,4}"
--//
SELECT ARRAY[[['hello','world']]] || ARRAY[[['happy','birthday']]] AS "ARRAY"
--//
SELECT ARRAY[[1,2],[3,4]] || ARRAY[5,6] AS "{{1,2},{3,4},{5,6}}"
--//
SELECT ARRAY[0,0] || ARRAY[1,1] || ARRAY[2,2] AS "{0,0,1,1,2,2}"
--//
SELECT 0 || ARRAY[1,2] || 3 AS "{0,1,2,3}"
--//
SELECT ARRAY[1.1] || ARRAY[2,3,4]
--//
SELECT array_agg(x) || array_agg(x) FROM (VALUES (ROW(1,2)), (ROW(3,4))) v(x)
--//
SELECT ROW(1,2) || array_agg(x) FROM (VALUES (ROW(3,4)), (ROW(5,6))) v(x)
--//
SELECT * FROM array_op_test WHERE i @> '{32}' ORDER BY seqno
--//
SELECT * FROM array_op_test WHERE i && '{32}' ORDER BY seqno
--//
SELECT * FROM array_op_test WHERE i <@ '{38,34,32,89}' ORDER BY seqno
--//
SELECT * FROM array_op_test WHERE i = '{}' ORDER BY seqno
--//
SELECT * FROM array_op_test WHERE t @> '{AAAAAAAA72908}' ORDER BY seqno
--//
SELECT * FROM array_op_test WHERE t && '{AAAAAAAA72908}' ORDER BY seqno
--//
SELECT * FROM array_op_test WHERE t <@ '{AAAAAAAA72908,AAAAAAAAAAAAAAAAAAA17075,AA88409,AAAAAAAAAAAAAAAAAA36842,AAAAAAA48038,AAAAAAAAAAAAAA10611}' ORDER BY seqno
--//
SELECT * FROM array_op_test WHERE t = '{}' ORDER BY seqno
--//
SELECT ARRAY[1,2,3]::text[]::int[]::float8[] AS "{1,2,3}"
--//
SELECT pg_typeof(ARRAY[1,2,3]::text[]::int[]::float8[]) AS "double precision[]"
--//
SELECT ARRAY[['a','bc'],['def','hijk']]::text[]::varchar[] AS "{{a,bc},{def,hijk}}"
--//
SELECT pg_typeof(ARRAY[['a','bc'],['def','hijk']]::text[]::varchar[]) AS "character varying[]"
--//
SELECT CAST(ARRAY[[[[[['a','bb','ccc']]]]]] as text[]) as "{{{{{{a,bb,ccc}}}}}}"
--//
SELECT NULL::text[]::int[] AS "NULL"
--//
select 33 = any ('{1,2,3}')
--//
select 33 = all ('{1,2,33}')
--//
select 33 >= all ('{1,2,33}')
--//
select null::int >= all ('{1,2,33}')
--//
select null::int >= any ('{}')
--//
select 33.4 = any (array[1,2,3])
--//
select 33.4 > all (array[1,2,3])
--//
select 33 * any ('{1,2,3}')
--//
select 33 * any (44)
--//
select 33 = any (null::int[])
--//
select null::int = any ('{1,2,3}')
--//
select 33 = all (null::int[])
--//
select null::int = all ('{1,2,3}')
--//
SELECT -1 != ALL(ARRAY(SELECT NULLIF(g.i, 900) FROM generate_series(1,1000) g(i)))
--//
insert into arr_tbl values ('{1,2,3}')
--//
select * from arr_tbl where f1 > '{1,2,3}' and f1 <= '{1,5,3}'
--//
select * from arr_tbl where f1 >= '{1,2,3}' and f1 < '{1,5,3}'
--//
insert into arr_pk_tbl values (1, '{1,2,3}')
--//
insert into arr_pk_tbl values (1, '{3,4,5}') on conflict (pk)
  do update set f1[1] = excluded.f1[1], f1[3] = excluded.f1[3]
  returning pk, f1
--//
insert into arr_pk_tbl(pk, f1[1:2]) values (1, '{6,7,8}') on conflict (pk)
  do update set f1[1] = excluded.f1[1],
    f1[2] = excluded.f1[2],
    f1[3] = excluded.f1[3]
  returning pk, f1
--//
insert into arr_pk_tbl values(10, '[-2147483648:-2147483647]={1,2}')
--//
update arr_pk_tbl set f1[2147483647] = 42 where pk = 10
--//
update arr_pk_tbl set f1[2147483646:2147483647] = array[4,2] where pk = 10
--//
insert into arr_pk_tbl(pk, f1[0:2147483647]) values (2, '{}')
--//
insert into arr_pk_tbl(pk, f1[-2147483648:2147483647]) values (2, '{}')
--//
select 'foo' like any (array['%a', '%o'])
--//
select 'foo' like all (array['f%', '%o'])
--//
select 'foo' not like any (array['%a', '%b'])
--//
select 'foo' not like all (array['%a', '%o'])
--//
select 'foo' ilike any (array['%A', '%O'])
--//
select 'foo' ilike all (array['F%', '%O'])
--//
select '{{1,{2}},{2,3}}'::text[]
--//
select E'{{1,2},\\{2,3}}'::text[]
--//
select array[]
--//
select '{0 second  ,0 second}'::interval[]
--//
select array[]::text[]
--//
select '[0:1]={1.1,2.2}'::float8[]
--//
select array[]::oidvector
--//
select array[]::int2vector
--//
INSERT INTO arraggtest (f1, f2, f3) VALUES
('{1,2,3,4}','{{grey,red},{blue,blue}}','{1.6, 0.0}')
--//
SELECT max(f1), min(f1), max(f2), min(f2), max(f3), min(f3) FROM arraggtest
--//
INSERT INTO arraggtest (f1, f2, f3) VALUES
('{4,2,6,7,8,1}','{{red},{black},{purple},{blue},{blue}}',NULL)
--//
insert into comptable
  values (row(1,'foo'), array[row(2,'bar')::comptype, row(3,'baz')::comptype])
--//
select * from comptable
--//
select c2[2].f2 from comptable
--//
select * from unnest1(array[1,2,3])
--//
select * from unnest2(array[[1,2,3],[4,5,6]])
--//
select array_fill(null::integer, array[3,3],array[2,2])
--//
select array_fill(null::integer, array[3,3])
--//
select array_fill(null::text, array[3,3],array[2,2])
--//
select array_fill(null::text, array[3,3])
--//
select array_fill(7, array[3,3],array[2,2])
--//
select array_fill(7, array[3,3])
--//
select array_fill('juhu'::text, array[3,3],array[2,2])
--//
select array_fill('juhu'::text, array[3,3])
--//
select a, a = '{}' as is_eq, array_dims(a)
  from (select array_fill(42, array[0]) as a) ss
--//
select a, a = '{}' as is_eq, array_dims(a)
  from (select array_fill(42, '{}') as a) ss
--//
select a, a = '{}' as is_eq, array_dims(a)
  from (select array_fill(42, '{}', '{}') as a) ss
--//
select array_fill(1, null, array[2,2])
--//
select array_fill(1, array[2,2], null)
--//
select array_fill(1, array[2,2], '{}')
--//
select array_fill(1, array[3,3], array[1,1,1])
--//
select array_fill(1, array[1,2,null])
--//
select array_fill(1, array[[1,2],[3,4]])
--//
select string_to_array('1|2|3', '|')
--//
select string_to_array('1|2|3', NULL)
--//
select string_to_array(NULL, '|') IS NULL
--//
select string_to_array('abc', '', 'abc')
--//
select v, v is null as "is null" from string_to_table('1|2|3', '|') g(v)
--//
select v, v is null as "is null" from string_to_table('1|2|3', NULL) g(v)
--//
select v, v is null as "is null" from string_to_table(NULL, '|') g(v)
--//
select v, v is null as "is null" from string_to_table('abc', '', 'abc') g(v)
--//
select array_to_string(NULL::int4[], ',') IS NULL
--//
select array_to_string('{}'::int4[], ',')
--//
select array_to_string(array[1,2,3,4,NULL,6], ',')
--//
select array_to_string(array[1,2,3,4,NULL,6], ',', '*')
--//
select array_to_string(array[1,2,3,4,NULL,6], NULL)
--//
select array_to_string(array[1,2,3,4,NULL,6], ',', NULL)
--//
select array_to_string(string_to_array('1|2|3', '|'), '|')
--//
select array_length(array[1,2,3], 1)
--//
select array_length(array[[1,2,3], [4,5,6]], 0)
--//
select cardinality(NULL::int[])
--//
select cardinality('{}'::int[])
--//
select cardinality(array[1,2,3])
--//
select array_agg(unique1) from (select unique1 from tenk1 where unique1 < 15 order by unique1) ss
--//
select array_agg(ten) from (select ten from tenk1 where unique1 < 15 order by unique1) ss
--//
select array_agg(nullif(ten, 4)) from (select ten from tenk1 where unique1 < 15 order by unique1) ss
--//
select array_agg(unique1) from tenk1 where unique1 < -15
--//
select array_agg(ar)
  from (values ('{1,2}'::int[]), ('{3,4}'::int[])) v(ar)
--//
select array_agg(distinct ar order by ar desc)
  from (select array[i / 2] from generate_series(1,10) a(i)) b(ar)
--//
select array_agg(ar)
  from (select array_agg(array[i, i+1, i-1])
        from generate_series(1,2) a(i)) b(ar)
--//
select array_agg(array[i+1.2, i+1.3, i+1.4]) from generate_series(1,3) g(i)
--//
select array_agg(array['Hello', i::text]) from generate_series(9,11) g(i)
--//
select array_agg(array[i, nullif(i, 3), i+1]) from generate_series(1,4) g(i)
--//
select array_agg('{}'::int[]) from generate_series(1,2)
--//
select array_agg(null::int[]) from generate_series(1,2)
--//
select unnest(array[1,2,3])
--//
select * from unnest(array[1,2,3])
--//
select unnest(array[1,2,3,4.5]::float8[])
--//
select unnest(array[1,2,3,4.5]::numeric[])
--//
select unnest(array[1,2,3,null,4,null,null,5,6])
--//
select unnest(array[1,2,3,null,4,null,null,5,6]::text[])
--//
select abs(unnest(array[1,2,null,-3]))
--//
select array_remove(array[1,2,2,3], 2)
--//
select array_remove(array[1,NULL,NULL,3], NULL)
--//
select array_remove(array['A','CC','D','C','RR'], 'RR')
--//
select array_remove(array[1.0, 2.1, 3.3], 1)
--//
select array_remove('{{1,2,2},{1,4,3}}', 2)
--//
select array_remove(array['X','X','X'], 'X') = '{}'
--//
select array_replace(array[1,2,5,4],5,3)
--//
select array_replace(array[1,2,5,4],5,NULL)
--//
select array_replace(array[1,2,NULL,4,NULL],NULL,5)
--//
select array_replace(array['A','B','DD','B'],'B','CC')
--//
select array_replace(array[1,NULL,3],NULL,NULL)
--//
select array_replace(array['AB',NULL,'CDE'],NULL,'12')
--//
select array(select array[i,i/2] from generate_series(1,5) i)
--//
select array(select array['Hello', i::text] from generate_series(9,11) i)
--//
select pg_typeof(array(select '11 22 33'::int2vector from generate_series(1,5)))
--//
select array(select '11 22 33'::int2vector from generate_series(1,5))
--//
select unnest(array(select '11 22 33'::int2vector from generate_series(1,5)))
--//
select pg_typeof(array(select '11 22 33'::oidvector from generate_series(1,5)))
--//
select array(select '11 22 33'::oidvector from generate_series(1,5))
--//
select unnest(array(select '11 22 33'::oidvector from generate_series(1,5)))
--//
select pg_typeof(array['11 22 33'::int2vector])
--//
select array['11 22 33'::int2vector]
--//
select pg_typeof(unnest(array['11 22 33'::int2vector]))
--//
select unnest(array['11 22 33'::int2vector])
--//
select pg_typeof(unnest('11 22 33'::int2vector))
--//
select unnest('11 22 33'::int2vector)
--//
select pg_typeof(array['11 22 33'::oidvector])
--//
select array['11 22 33'::oidvector]
--//
select pg_typeof(unnest(array['11 22 33'::oidvector]))
--//
select unnest(array['11 22 33'::oidvector])
--//
select pg_typeof(unnest('11 22 33'::oidvector))
--//
select unnest('11 22 33'::oidvector)
--//
insert into t1 (f1[5].q1) values(42)
--//
update t1 set f1[5].q2 = 43
--//
insert into src
  select string_agg(random()::text,'') from generate_series(1,10000)
--//
insert into dest select array[row(f1,f1)::textandtext] from src
--//
select length(md5((f1[1]).c2)) from dest
--//
delete from src
--//
truncate table src
--//
SELECT
    op,
    width_bucket(op::numeric, ARRAY[1, 3, 5, 10.0]::numeric[]) AS wb_n1,
    width_bucket(op::numeric, ARRAY[0, 5.5, 9.99]::numeric[]) AS wb_n2,
    width_bucket(op::numeric, ARRAY[-6, -5, 2.0]::numeric[]) AS wb_n3,
    width_bucket(op::float8, ARRAY[1, 3, 5, 10.0]::float8[]) AS wb_f1,
    width_bucket(op::float8, ARRAY[0, 5.5, 9.99]::float8[]) AS wb_f2,
    width_bucket(op::float8, ARRAY[-6, -5, 2.0]::float8[]) AS wb_f3
FROM (VALUES
  (-5.2),
  (-0.0000000001),
  (0.000000000001),
  (1),
  (1.99999999999999),
  (2),
  (2.00000000000001),
  (3),
  (4),
  (4.5),
  (5),
  (5.5),
  (6),
  (7),
  (8),
  (9),
  (9.99999999999999),
  (10),
  (10.0000000000001)
) v(op)
--//
SELECT
    op,
    width_bucket(op, ARRAY[1, 3, 9, 'NaN', 'NaN']::float8[]) AS wb
FROM (VALUES
  (-5.2::float8),
  (4::float8),
  (77::float8),
  ('NaN'::float8)
) v(op)
--//
SELECT
    op,
    width_bucket(op, ARRAY[1, 3, 5, 10]) AS wb_1
FROM generate_series(0,11) as op
--//
SELECT width_bucket(now(),
                    array['yesterday', 'today', 'tomorrow']::timestamptz[])
--//
SELECT width_bucket(5, ARRAY[3])
--//
SELECT width_bucket(5, '{}')
--//
SELECT width_bucket('5'::text, ARRAY[3, 4]::integer[])
--//
SELECT width_bucket(5, ARRAY[3, 4, NULL])
--//
SELECT width_bucket(5, ARRAY[ARRAY[1, 2], ARRAY[3, 4]])
--//
SELECT arr, trim_array(arr, 2)
FROM
(VALUES ('{1,2,3,4,5,6}'::bigint[]),
        ('{1,2}'),
        ('[10:16]={1,2,3,4,5,6,7}'),
        ('[-15:-10]={1,2,3,4,5,6}'),
        ('{{1,10},{2,20},{3,30},{4,40}}')) v(arr)
--//
SELECT trim_array(ARRAY[1, 2, 3], -1)
--//
SELECT trim_array(ARRAY[1, 2, 3], 10)
--//
SELECT trim_array(ARRAY[]::int[], 1)
--//
SELECT pg_notify('notify_async1','sample message1')
--//
SELECT pg_notify('notify_async1',NULL)
--//
SELECT pg_notify(NULL,'sample message1')
--//
SELECT pg_notification_queue_usage()
--//
INSERT INTO BIT_TABLE VALUES (B'10')
--//
SELECT * FROM BIT_TABLE
--//
INSERT INTO VARBIT_TABLE VALUES (B'')
--//
SELECT * FROM VARBIT_TABLE
--//
SELECT v, b, (v || b) AS concat
       FROM BIT_TABLE, VARBIT_TABLE
       ORDER BY 3
--//
SELECT b, length(b) AS lb
       FROM BIT_TABLE
--//
SELECT v, length(v) AS lv
       FROM VARBIT_TABLE
--//
SELECT b,
       SUBSTRING(b FROM 2 FOR 4) AS sub_2_4,
       SUBSTRING(b FROM 7 FOR 13) AS sub_7_13,
       SUBSTRING(b FROM 6) AS sub_6
       FROM BIT_TABLE
--//
SELECT v,
       SUBSTRING(v FROM 2 FOR 4) AS sub_2_4,
       SUBSTRING(v FROM 7 FOR 13) AS sub_7_13,
       SUBSTRING(v FROM 6) AS sub_6
       FROM VARBIT_TABLE
--//
SELECT SUBSTRING('01010101'::bit(8) FROM 2 FOR 2147483646) AS "1010101"
--//
SELECT SUBSTRING('01010101'::bit(8) FROM -10 FOR 2147483646) AS "01010101"
--//
SELECT SUBSTRING('01010101'::bit(8) FROM -10 FOR -2147483646) AS "error"
--//
SELECT SUBSTRING('01010101'::varbit FROM 2 FOR 2147483646) AS "1010101"
--//
SELECT SUBSTRING('01010101'::varbit FROM -10 FOR 2147483646) AS "01010101"
--//
SELECT SUBSTRING('01010101'::varbit FROM -10 FOR -2147483646) AS "error"
--//
SELECT a, b, ~a AS "~ a", a & b AS "a & b",
       a | b AS "a | b", a # b AS "a # b" FROM varbit_table
--//
SELECT a,b,a<b AS "a<b",a<=b AS "a<=b",a=b AS "a=b",
        a>=b AS "a>=b",a>b AS "a>b",a<>b AS "a<>b" FROM varbit_table
--//
SELECT a,a<<4 AS "a<<4",b,b>>2 AS "b>>2" FROM varbit_table
--//
SELECT a,b,~a AS "~ a",a & b AS "a & b",
	a|b AS "a | b", a # b AS "a # b" FROM bit_table
--//
SELECT a,b,a<b AS "a<b",a<=b AS "a<=b",a=b AS "a=b",
        a>=b AS "a>=b",a>b AS "a>b",a<>b AS "a<>b" FROM bit_table
--//
SELECT a,a<<4 AS "a<<4",b,b>>2 AS "b>>2" FROM bit_table
--//
select B'001' & B'10'
--//
select B'0111' | B'011'
--//
select B'0010' # B'011101'
--//
SELECT POSITION(B'1010' IN B'0000101')
--//
INSERT INTO BIT_SHIFT_TABLE VALUES (B'1101100000000000')
--//
INSERT INTO BIT_SHIFT_TABLE SELECT b>>1 FROM BIT_SHIFT_TABLE
--//
SELECT POSITION(B'1101' IN b),
       POSITION(B'11011' IN b),
       b
       FROM BIT_SHIFT_TABLE
--//
SELECT b, b >> 1 AS bsr, b << 1 AS bsl
       FROM BIT_SHIFT_TABLE
--//
SELECT b, b >> 8 AS bsr8, b << 8 AS bsl8
       FROM BIT_SHIFT_TABLE
--//
SELECT b::bit(15), b::bit(15) >> 1 AS bsr, b::bit(15) << 1 AS bsl
       FROM BIT_SHIFT_TABLE
--//
SELECT b::bit(15), b::bit(15) >> 8 AS bsr8, b::bit(15) << 8 AS bsl8
       FROM BIT_SHIFT_TABLE
--//
INSERT INTO VARBIT_SHIFT_TABLE VALUES (B'11011')
--//
INSERT INTO VARBIT_SHIFT_TABLE SELECT CAST(v || B'0' AS BIT VARYING(6)) >>1 FROM VARBIT_SHIFT_TABLE
--//
SELECT POSITION(B'1101' IN v),
       POSITION(B'11011' IN v),
       v
       FROM VARBIT_SHIFT_TABLE
--//
SELECT v, v >> 1 AS vsr, v << 1 AS vsl
       FROM VARBIT_SHIFT_TABLE
--//
SELECT v, v >> 8 AS vsr8, v << 8 AS vsl8
       FROM VARBIT_SHIFT_TABLE
--//
SELECT get_bit(B'0101011000100', 10)
--//
SELECT set_bit(B'0101011000100100', 15, 1)
--//
SELECT overlay(B'0101011100' placing '001' from 2 for 3)
--//
SELECT overlay(B'0101011100' placing '101' from 6)
--//
SELECT bit_count(B'0101011100'::bit(10))
--//
INSERT INTO bit_defaults DEFAULT VALUES
--//
TABLE bit_defaults
--//
INSERT INTO bmscantest
  SELECT (r%53), (r%59), 'foooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo'
  FROM generate_series(1,70000) r
--//
SELECT count(*) FROM bmscantest WHERE a = 1 AND b = 1
--//
SELECT count(*) FROM bmscantest WHERE a = 1 OR b = 1
--//
SELECT 1 AS one
--//
SELECT true AS true
--//
SELECT false AS false
--//
SELECT bool 't' AS true
--//
SELECT bool '   f           ' AS false
--//
SELECT bool 'test' AS error
--//
SELECT bool 't' or bool 'f' AS true
--//
SELECT bool 't' and bool 'f' AS false
--//
SELECT not bool 'f' AS true
--//
SELECT bool 't' = bool 'f' AS false
--//
SELECT bool 't' <> bool 'f' AS true
--//
SELECT bool 't' > bool 'f' AS true
--//
SELECT bool 't' >= bool 'f' AS true
--//
SELECT bool 'f' < bool 't' AS true
--//
SELECT bool 'f' <= bool 't' AS true
--//
SELECT 'TrUe'::text::boolean AS true, 'fAlse'::text::boolean AS false
--//
SELECT true::boolean::text AS true, false::boolean::text AS false
--//
SELECT '  tru e '::text::boolean AS invalid
--//
INSERT INTO BOOLTBL1 (f1) VALUES (bool 't')
--//
SELECT BOOLTBL1.* FROM BOOLTBL1
--//
SELECT BOOLTBL1.*
   FROM BOOLTBL1
   WHERE f1 = bool 'true'
--//
SELECT BOOLTBL1.*
   FROM BOOLTBL1
   WHERE f1 <> bool 'false'
--//
SELECT BOOLTBL1.*
   FROM BOOLTBL1
   WHERE booleq(bool 'false', f1)
--//
SELECT BOOLTBL1.*, BOOLTBL2.*
   FROM BOOLTBL1, BOOLTBL2
   WHERE BOOLTBL2.f1 <> BOOLTBL1.f1
--//
SELECT BOOLTBL1.*, BOOLTBL2.*
   FROM BOOLTBL1, BOOLTBL2
   WHERE boolne(BOOLTBL2.f1,BOOLTBL1.f1)
--//
SELECT BOOLTBL1.*, BOOLTBL2.*
   FROM BOOLTBL1, BOOLTBL2
   WHERE BOOLTBL2.f1 = BOOLTBL1.f1 and BOOLTBL1.f1 = bool 'false'
--//
SELECT BOOLTBL1.*, BOOLTBL2.*
   FROM BOOLTBL1, BOOLTBL2
   WHERE BOOLTBL2.f1 = BOOLTBL1.f1 or BOOLTBL1.f1 = bool 'true'
   ORDER BY BOOLTBL1.f1, BOOLTBL2.f1
--//
SELECT f1
   FROM BOOLTBL1
   WHERE f1 IS TRUE
--//
SELECT f1
   FROM BOOLTBL1
   WHERE f1 IS NOT FALSE
--//
SELECT f1
   FROM BOOLTBL1
   WHERE f1 IS FALSE
--//
SELECT f1
   FROM BOOLTBL1
   WHERE f1 IS NOT TRUE
--//
INSERT INTO BOOLTBL3 (d, b, o) VALUES ('true', true, 1)
--//
INSERT INTO BOOLTBL3 (d, b, o) VALUES ('false', false, 2)
--//
INSERT INTO BOOLTBL3 (d, b, o) VALUES ('null', null, 3)
--//
SELECT
    d,
    b IS TRUE AS istrue,
    b IS NOT TRUE AS isnottrue,
    b IS FALSE AS isfalse,
    b IS NOT FALSE AS isnotfalse,
    b IS UNKNOWN AS isunknown,
    b IS NOT UNKNOWN AS isnotunknown
FROM booltbl3 ORDER BY o
--//
INSERT INTO booltbl4 VALUES (false, true, null)
--//
SELECT istrue AND isnul AND istrue FROM booltbl4
--//
SELECT istrue AND istrue AND isnul FROM booltbl4
--//
SELECT isnul AND istrue AND istrue FROM booltbl4
--//
SELECT isfalse AND isnul AND istrue FROM booltbl4
--//
SELECT istrue AND isfalse AND isnul FROM booltbl4
--//
SELECT isnul AND istrue AND isfalse FROM booltbl4
--//
SELECT isfalse OR isnul OR isfalse FROM booltbl4
--//
SELECT isfalse OR isfalse OR isnul FROM booltbl4
--//
SELECT isnul OR isfalse OR isfalse FROM booltbl4
--//
SELECT isfalse OR isnul OR istrue FROM booltbl4
--//
SELECT istrue OR isfalse OR isnul FROM booltbl4
--//
SELECT isnul OR istrue OR isfalse FROM booltbl4
--//
INSERT INTO BOX_TBL (f1) VALUES ('(2.0,2.0,0.0,0.0)')
--//
SELECT * FROM BOX_TBL
--//
SELECT b.*, area(b.f1) as barea
   FROM BOX_TBL b
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE b.f1 && box '(2.5,2.5,1.0,1.0)'
--//
SELECT b1.*
   FROM BOX_TBL b1
   WHERE b1.f1 &< box '(2.0,2.0,2.5,2.5)'
--//
SELECT b1.*
   FROM BOX_TBL b1
   WHERE b1.f1 &> box '(2.0,2.0,2.5,2.5)'
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE b.f1 << box '(3.0,3.0,5.0,5.0)'
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE b.f1 <= box '(3.0,3.0,5.0,5.0)'
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE b.f1 < box '(3.0,3.0,5.0,5.0)'
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE b.f1 = box '(3.0,3.0,5.0,5.0)'
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE b.f1 > box '(3.5,3.0,4.5,3.0)'
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE b.f1 >= box '(3.5,3.0,4.5,3.0)'
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE box '(3.0,3.0,5.0,5.0)' >> b.f1
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE b.f1 <@ box '(0,0,3,3)'
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE box '(0,0,3,3)' @> b.f1
--//
SELECT b.f1
   FROM BOX_TBL b
   WHERE box '(1,1,3,3)' ~= b.f1
--//
SELECT @@(b1.f1) AS p
   FROM BOX_TBL b1
--//
SELECT b1.*, b2.*
   FROM BOX_TBL b1, BOX_TBL b2
   WHERE b1.f1 @> b2.f1 and not b1.f1 ~= b2.f1
--//
SELECT height(f1), width(f1) FROM BOX_TBL
--//
INSERT INTO box_temp
	SELECT box(point(i, i), point(i * 2, i * 2))
	FROM generate_series(1, 50) AS i
--//
INSERT INTO box_temp
	VALUES (NULL),
		   ('(0,0)(0,100)'),
		   ('(-3,4.3333333333)(40,1)'),
		   ('(0,100)(0,infinity)'),
		   ('(-infinity,0)(0,infinity)'),
		   ('(-infinity,-infinity)(infinity,infinity)')
--//
SELECT * FROM box_temp WHERE f1 << '(10,20),(30,40)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 << '(10,20),(30,40)'
--//
SELECT * FROM box_temp WHERE f1 &< '(10,4.333334),(5,100)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 &< '(10,4.333334),(5,100)'
--//
SELECT * FROM box_temp WHERE f1 && '(15,20),(25,30)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 && '(15,20),(25,30)'
--//
SELECT * FROM box_temp WHERE f1 &> '(40,30),(45,50)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 &> '(40,30),(45,50)'
--//
SELECT * FROM box_temp WHERE f1 >> '(30,40),(40,30)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 >> '(30,40),(40,30)'
--//
SELECT * FROM box_temp WHERE f1 <<| '(10,4.33334),(5,100)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 <<| '(10,4.33334),(5,100)'
--//
SELECT * FROM box_temp WHERE f1 &<| '(10,4.3333334),(5,1)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 &<| '(10,4.3333334),(5,1)'
--//
SELECT * FROM box_temp WHERE f1 |&> '(49.99,49.99),(49.99,49.99)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 |&> '(49.99,49.99),(49.99,49.99)'
--//
SELECT * FROM box_temp WHERE f1 |>> '(37,38),(39,40)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 |>> '(37,38),(39,40)'
--//
SELECT * FROM box_temp WHERE f1 @> '(10,11),(15,16)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 @> '(10,11),(15,15)'
--//
SELECT * FROM box_temp WHERE f1 <@ '(10,15),(30,35)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 <@ '(10,15),(30,35)'
--//
SELECT * FROM box_temp WHERE f1 ~= '(20,20),(40,40)'
--//
EXPLAIN (COSTS OFF) SELECT * FROM box_temp WHERE f1 ~= '(20,20),(40,40)'
--//
INSERT INTO quad_box_tbl
  SELECT (x - 1) * 100 + y, box(point(x * 10, y * 10), point(x * 10 + 5, y * 10 + 5))
  FROM generate_series(1, 100) x,
       generate_series(1, 100) y
--//
INSERT INTO quad_box_tbl
  SELECT i, '((200, 300),(210, 310))'
  FROM generate_series(10001, 11000) AS i
--//
INSERT INTO quad_box_tbl
VALUES
  (11001, NULL),
  (11002, NULL),
  (11003, '((-infinity,-infinity),(infinity,infinity))'),
  (11004, '((-infinity,100),(-infinity,500))'),
  (11005, '((-infinity,-infinity),(700,infinity))')
--//
SELECT count(*) FROM quad_box_tbl WHERE b <<  box '((100,200),(300,500))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b &<  box '((100,200),(300,500))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b &&  box '((100,200),(300,500))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b &>  box '((100,200),(300,500))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b >>  box '((100,200),(300,500))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b <<| box '((100,200),(300,500))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b &<| box '((100,200),(300,500))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b |&> box '((100,200),(300,500))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b |>> box '((100,200),(300,500))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b @>  box '((201,301),(202,303))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b <@  box '((100,200),(300,500))'
--//
SELECT count(*) FROM quad_box_tbl WHERE b ~=  box '((200,300),(205,305))'
--//
EXPLAIN (COSTS OFF)
SELECT rank() OVER (ORDER BY b <-> point '123,456') n, b <-> point '123,456' dist, id
FROM quad_box_tbl
--//
SELECT *
FROM quad_box_tbl_ord_seq1 seq FULL JOIN quad_box_tbl_ord_idx1 idx
	ON seq.n = idx.n AND seq.id = idx.id AND
		(seq.dist = idx.dist OR seq.dist IS NULL AND idx.dist IS NULL)
WHERE seq.id IS NULL OR idx.id IS NULL
--//
EXPLAIN (COSTS OFF)
SELECT rank() OVER (ORDER BY b <-> point '123,456') n, b <-> point '123,456' dist, id
FROM quad_box_tbl WHERE b <@ box '((200,300),(500,600))'
--//
INSERT INTO brintest (inetcol, cidrcol, int4rangecol) SELECT
	inet 'fe80::6e40:8ff:fea9:8c46' + tenthous,
	cidr 'fe80::6e40:8ff:fea9:8c46' + tenthous,
	'empty'::int4range
FROM tenk1 ORDER BY thousand, tenthous LIMIT 25
--//
SELECT brin_desummarize_range('brinidx', 0)
--//
UPDATE brintest SET int8col = int8col * int4col
--//
UPDATE brintest SET textcol = '' WHERE textcol IS NOT NULL
--//
SELECT brin_summarize_new_values('brintest')
--//
SELECT brin_desummarize_range('brinidx', -1)
--//
SELECT brin_summarize_range('brin_summarize_idx', 0)
--//
SELECT brin_summarize_range('brin_summarize_idx', -1)
--//
INSERT INTO brintest_2 VALUES ('empty')
--//
INSERT INTO brintest_2 VALUES (numrange(0, 2^1000::numeric))
--//
INSERT INTO brin_test SELECT x/100,x%100 FROM generate_series(1,10000) x(x)
--//
EXPLAIN (COSTS OFF) SELECT * FROM brin_test WHERE a = 1
--//
EXPLAIN (COSTS OFF) SELECT * FROM brin_test WHERE b = 1
--//
WITH rand_value AS (SELECT string_agg(md5(i::text),'') AS val FROM generate_series(1,60) s(i))
INSERT INTO brintest_3
SELECT val, val, val, val FROM rand_value
--//
DELETE FROM brintest_3
--//
WITH rand_value AS (SELECT string_agg(md5((-i)::text),'') AS val FROM generate_series(1,60) s(i))
INSERT INTO brintest_3
SELECT val, val, val, val FROM rand_value
--//
EXPLAIN (COSTS OFF)
SELECT * FROM brintest_3 WHERE b < '0'
--//
SELECT * FROM brintest_3 WHERE b < '0'
--//
INSERT INTO brintest_unlogged VALUES (numrange(0, 2^1000::numeric))
--//
INSERT INTO brintest_bloom (inetcol, cidrcol) SELECT
	inet 'fe80::6e40:8ff:fea9:8c46' + tenthous,
	cidr 'fe80::6e40:8ff:fea9:8c46' + tenthous
FROM tenk1 ORDER BY thousand, tenthous LIMIT 25
--//
UPDATE brintest_bloom SET int8col = int8col * int4col
--//
UPDATE brintest_bloom SET textcol = '' WHERE textcol IS NOT NULL
--//
INSERT INTO brin_test_bloom SELECT x/100,x%100 FROM generate_series(1,10000) x(x)
--//
EXPLAIN (COSTS OFF) SELECT * FROM brin_test_bloom WHERE a = 1
--//
EXPLAIN (COSTS OFF) SELECT * FROM brin_test_bloom WHERE b = 1
--//
INSERT INTO brintest_multi SELECT
	142857 * tenthous,
	thousand,
	twothousand,
	unique1::oid,
	format('(%s,%s)', tenthous, twenty)::tid,
	(four + 1.0)/(hundred+1),
	odd::float8 / (tenthous + 1),
	format('%s:00:%s:00:%s:00', to_hex(odd), to_hex(even), to_hex(hundred))::macaddr,
	substr(md5(unique1::text), 1, 16)::macaddr8,
	inet '10.2.3.4/24' + tenthous,
	cidr '10.2.3/24' + tenthous,
	date '1995-08-15' + tenthous,
	time '01:20:30' + thousand * interval '18.5 second',
	timestamp '1942-07-23 03:05:09' + tenthous * interval '36.38 hours',
	timestamptz '1972-10-10 03:00' + thousand * interval '1 hour',
	justify_days(justify_hours(tenthous * interval '12 minutes')),
	timetz '01:30:20+02' + hundred * interval '15 seconds',
	tenthous::numeric(36,30) * fivethous * even / (hundred + 1),
	format('%s%s-%s-%s-%s-%s%s%s', to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'))::uuid,
	format('%s/%s%s', odd, even, tenthous)::pg_lsn
FROM tenk1 ORDER BY unique2 LIMIT 100
--//
INSERT INTO brintest_multi (inetcol, cidrcol) SELECT
	inet 'fe80::6e40:8ff:fea9:8c46' + tenthous,
	cidr 'fe80::6e40:8ff:fea9:8c46' + tenthous
FROM tenk1 ORDER BY thousand, tenthous LIMIT 25
--//
INSERT INTO brintest_multi SELECT
	142857 * tenthous,
	thousand,
	twothousand,
	unique1::oid,
	format('(%s,%s)', tenthous, twenty)::tid,
	(four + 1.0)/(hundred+1),
	odd::float8 / (tenthous + 1),
	format('%s:00:%s:00:%s:00', to_hex(odd), to_hex(even), to_hex(hundred))::macaddr,
	substr(md5(unique1::text), 1, 16)::macaddr8,
	inet '10.2.3.4' + tenthous,
	cidr '10.2.3/24' + tenthous,
	date '1995-08-15' + tenthous,
	time '01:20:30' + thousand * interval '18.5 second',
	timestamp '1942-07-23 03:05:09' + tenthous * interval '36.38 hours',
	timestamptz '1972-10-10 03:00' + thousand * interval '1 hour',
	justify_days(justify_hours(tenthous * interval '12 minutes')),
	timetz '01:30:20' + hundred * interval '15 seconds',
	tenthous::numeric(36,30) * fivethous * even / (hundred + 1),
	format('%s%s-%s-%s-%s-%s%s%s', to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'), to_char(tenthous, 'FM0000'))::uuid,
	format('%s/%s%s', odd, even, tenthous)::pg_lsn
FROM tenk1 ORDER BY unique2 LIMIT 5 OFFSET 5
--//
insert into public.brintest_multi (float4col) values (real 'nan')
--//
UPDATE brintest_multi SET int8col = int8col * int4col
--//
INSERT INTO brin_test_inet VALUES ('127.0.0.1/0')
--//
INSERT INTO brin_large_range SELECT i FROM generate_series(1,10000) s(i)
--//
INSERT INTO brin_test_multi SELECT x/100,x%100 FROM generate_series(1,10000) x(x)
--//
EXPLAIN (COSTS OFF) SELECT * FROM brin_test_multi WHERE a = 1
--//
EXPLAIN (COSTS OFF) SELECT * FROM brin_test_multi WHERE b = 1
--//
INSERT INTO brin_timestamp_test
SELECT '4713-01-01 00:00:01 BC'::timestamptz + (i || ' seconds')::interval
  FROM generate_series(1,30) s(i)
--//
INSERT INTO brin_date_test SELECT '4713-01-01 BC'::date + i FROM generate_series(1, 30) s(i)
--//
EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF)
SELECT * FROM brin_date_test WHERE a = '2023-01-01'::date
--//
INSERT INTO brin_timestamp_test VALUES ('-infinity'), ('infinity')
--//
INSERT INTO brin_timestamp_test
SELECT i FROM generate_series('2000-01-01'::timestamp, '2000-02-09'::timestamp, '1 day'::interval) s(i)
--//
EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF)
SELECT * FROM brin_timestamp_test WHERE a = '2023-01-01'::timestamp
--//
INSERT INTO brin_date_test VALUES ('-infinity'), ('infinity')
--//
INSERT INTO brin_interval_test SELECT (i || ' years')::interval FROM generate_series(-178000000, -177999980) s(i)
--//
INSERT INTO brin_interval_test SELECT (i || ' years')::interval FROM generate_series( 177999980,  178000000) s(i)
--//
EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF)
SELECT * FROM brin_interval_test WHERE a = '-30 years'::interval
--//
SELECT b.*
   FROM bt_i4_heap b
   WHERE b.seqno < 1
--//
SELECT b.*
   FROM bt_i4_heap b
   WHERE b.seqno >= 9999
--//
SELECT b.*
   FROM bt_i4_heap b
   WHERE b.seqno = 4500
--//
SELECT b.*
   FROM bt_name_heap b
   WHERE b.seqno < '1'::name
--//
SELECT b.*
   FROM bt_name_heap b
   WHERE b.seqno >= '9999'::name
--//
SELECT b.*
   FROM bt_name_heap b
   WHERE b.seqno = '4500'::name
--//
SELECT b.*
   FROM bt_txt_heap b
   WHERE b.seqno < '1'::text
--//
SELECT b.*
   FROM bt_txt_heap b
   WHERE b.seqno >= '9999'::text
--//
SELECT b.*
   FROM bt_txt_heap b
   WHERE b.seqno = '4500'::text
--//
SELECT b.*
   FROM bt_f8_heap b
   WHERE b.seqno < '1'::float8
--//
SELECT b.*
   FROM bt_f8_heap b
   WHERE b.seqno >= '9999'::float8
--//
SELECT b.*
   FROM bt_f8_heap b
   WHERE b.seqno = '4500'::float8
--//
explain (costs off)
select proname from pg_proc where proname like E'RI\\_FKey%del' order by 1
--//
select proname from pg_proc where proname like E'RI\\_FKey%del' order by 1
--//
explain (costs off)
select proname from pg_proc where proname ilike '00%foo' order by 1
--//
select proname from pg_proc where proname ilike '00%foo' order by 1
--//
insert into btree_bpchar values ('foo'), ('fool'), ('bar'), ('quux')
--//
explain (costs off)
select * from btree_bpchar where f1 like 'foo'
--//
select * from btree_bpchar where f1 like 'foo'
--//
explain (costs off)
select * from btree_bpchar where f1::bpchar like 'foo'
--//
select * from btree_bpchar where f1::bpchar like 'foo'
--//
insert into btree_bpchar select 'foo' from generate_series(1,1500)
--//
DELETE FROM dedup_unique_test_table WHERE a = 1
--//
INSERT INTO dedup_unique_test_table SELECT i FROM generate_series(0,450) i
--//
insert into btree_tall_tbl select g, repeat('x', 250)
from generate_series(1, 130) g
--//
INSERT INTO delete_test_table SELECT i, 1, 2, 3 FROM generate_series(1,80000) i
--//
DELETE FROM delete_test_table WHERE a < 79990
--//
INSERT INTO CASE_TBL VALUES (1, 10.1)
--//
INSERT INTO CASE_TBL VALUES (3, -30.3)
--//
INSERT INTO CASE_TBL VALUES (4, NULL)
--//
INSERT INTO CASE2_TBL VALUES (1, -1)
--//
INSERT INTO CASE2_TBL VALUES (1, NULL)
--//
INSERT INTO CASE2_TBL VALUES (NULL, -6)
--//
SELECT '3' AS "One",
  CASE
    WHEN 1 < 2 THEN 3
  END AS "Simple WHEN"
--//
SELECT '<NULL>' AS "One",
  CASE
    WHEN 1 > 2 THEN 3
  END AS "Simple default"
--//
SELECT '3' AS "One",
  CASE
    WHEN 1 < 2 THEN 3
    ELSE 4
  END AS "Simple ELSE"
--//
SELECT '4' AS "One",
  CASE
    WHEN 1 > 2 THEN 3
    ELSE 4
  END AS "ELSE default"
--//
SELECT '6' AS "One",
  CASE
    WHEN 1 > 2 THEN 3
    WHEN 4 < 5 THEN 6
    ELSE 7
  END AS "Two WHEN with default"
--//
SELECT '7' AS "None",
   CASE WHEN random() < 0 THEN 1
   END AS "NULL on no matches"
--//
SELECT CASE WHEN 1=0 THEN 1/0 WHEN 1=1 THEN 1 ELSE 2/0 END
--//
SELECT CASE 1 WHEN 0 THEN 1/0 WHEN 1 THEN 1 ELSE 2/0 END
--//
SELECT CASE WHEN i > 100 THEN 1/0 ELSE 0 END FROM case_tbl
--//
SELECT CASE 'a' WHEN 'a' THEN 1 ELSE 2 END
--//
SELECT
  CASE
    WHEN i >= 3 THEN i
  END AS ">= 3 or Null"
  FROM CASE_TBL
--//
SELECT
  CASE WHEN i >= 3 THEN (i + i)
       ELSE i
  END AS "Simplest Math"
  FROM CASE_TBL
--//
SELECT i AS "Value",
  CASE WHEN (i < 0) THEN 'small'
       WHEN (i = 0) THEN 'zero'
       WHEN (i = 1) THEN 'one'
       WHEN (i = 2) THEN 'two'
       ELSE 'big'
  END AS "Category"
  FROM CASE_TBL
--//
SELECT
  CASE WHEN ((i < 0) or (i < 0)) THEN 'small'
       WHEN ((i = 0) or (i = 0)) THEN 'zero'
       WHEN ((i = 1) or (i = 1)) THEN 'one'
       WHEN ((i = 2) or (i = 2)) THEN 'two'
       ELSE 'big'
  END AS "Category"
  FROM CASE_TBL
--//
SELECT * FROM CASE_TBL WHERE COALESCE(f,i) = 4
--//
SELECT * FROM CASE_TBL WHERE NULLIF(f,i) = 2
--//
SELECT COALESCE(a.f, b.i, b.j)
  FROM CASE_TBL a, CASE2_TBL b
--//
SELECT *
  FROM CASE_TBL a, CASE2_TBL b
  WHERE COALESCE(a.f, b.i, b.j) = 2
--//
SELECT NULLIF(a.i,b.i) AS "NULLIF(a.i,b.i)",
  NULLIF(b.i, 4) AS "NULLIF(b.i,4)"
  FROM CASE_TBL a, CASE2_TBL b
--//
SELECT *
  FROM CASE_TBL a, CASE2_TBL b
  WHERE COALESCE(f,b.i) = 2
--//
explain (costs off)
SELECT * FROM CASE_TBL WHERE NULLIF(1, 2) = 2
--//
explain (costs off)
SELECT * FROM CASE_TBL WHERE NULLIF(1, 1) IS NOT NULL
--//
explain (costs off)
SELECT * FROM CASE_TBL WHERE NULLIF(1, null) = 2
--//
UPDATE CASE_TBL
  SET i = CASE WHEN i >= 3 THEN (- i)
                ELSE (2 * i) END
--//
SELECT * FROM CASE_TBL
--//
UPDATE CASE_TBL
  SET i = CASE WHEN i >= 2 THEN (2 * i)
                ELSE (3 * i) END
--//
UPDATE CASE_TBL
  SET i = CASE WHEN b.i >= 2 THEN (2 * j)
                ELSE (3 * j) END
  FROM CASE2_TBL b
  WHERE j = -CASE_TBL.i
--//
SELECT CASE
  (CASE vol('bar')
    WHEN 'foo' THEN 'it was foo!'
    WHEN vol(null) THEN 'null input'
    WHEN 'bar' THEN 'it was bar!' END
  )
  WHEN 'it was foo!' THEN 'foo recognized'
  WHEN 'it was bar!' THEN 'bar recognized'
  ELSE 'unrecognized' END
--//
SELECT CASE volfoo('bar') WHEN 'foo'::foodomain THEN 'is foo' ELSE 'is not foo' END
--//
SELECT CASE make_ad(1,2)
  WHEN array[2,4]::arrdomain THEN 'wrong'
  WHEN array[2,5]::arrdomain THEN 'still wrong'
  WHEN array[1,2]::arrdomain THEN 'right'
  END
--//
SELECT NULLIF(make_ad(1,2), array[2,3]::arrdomain)
--//
SELECT
  CASE 'foo'::text
    WHEN 'foo' THEN ARRAY['a', 'b', 'c', 'd'] || enum_range(NULL::casetestenum)::text[]
    ELSE ARRAY['x', 'y']
    END
--//
SELECT char 'c' = char 'c' AS true
--//
INSERT INTO CHAR_TBL (f1) VALUES ('a')
--//
INSERT INTO CHAR_TBL (f1) VALUES (2)
--//
SELECT * FROM CHAR_TBL
--//
SELECT c.*
   FROM CHAR_TBL c
   WHERE c.f1 <> 'a'
--//
SELECT c.*
   FROM CHAR_TBL c
   WHERE c.f1 = 'a'
--//
SELECT c.*
   FROM CHAR_TBL c
   WHERE c.f1 < 'a'
--//
SELECT c.*
   FROM CHAR_TBL c
   WHERE c.f1 <= 'a'
--//
SELECT c.*
   FROM CHAR_TBL c
   WHERE c.f1 > 'a'
--//
SELECT c.*
   FROM CHAR_TBL c
   WHERE c.f1 >= 'a'
--//
INSERT INTO CIRCLE_TBL VALUES ('<(5,1),3>')
--//
SELECT * FROM CIRCLE_TBL
--//
SELECT center(f1) AS center
  FROM CIRCLE_TBL
--//
SELECT radius(f1) AS radius
  FROM CIRCLE_TBL
--//
SELECT diameter(f1) AS diameter
  FROM CIRCLE_TBL
--//
SELECT f1 FROM CIRCLE_TBL WHERE radius(f1) < 5
--//
SELECT f1 FROM CIRCLE_TBL WHERE diameter(f1) >= 10
--//
SELECT c1.f1 AS one, c2.f1 AS two, (c1.f1 <-> c2.f1) AS distance
  FROM CIRCLE_TBL c1, CIRCLE_TBL c2
  WHERE (c1.f1 < c2.f1) AND ((c1.f1 <-> c2.f1) > 0)
  ORDER BY distance, area(c1.f1), area(c2.f1)
--//
INSERT INTO clstr_tst_s (b) VALUES (0)
--//
INSERT INTO clstr_tst_s (b) SELECT b FROM clstr_tst_s
--//
INSERT INTO clstr_tst (b, c) VALUES (11, 'once')
--//
INSERT INTO clstr_tst (b, c, d) VALUES (6, 'seis', repeat('xyzzy', 100000))
--//
SELECT a,b,c,substring(d for 30), length(d) from clstr_tst
--//
SELECT a,b,c,substring(d for 30), length(d) from clstr_tst ORDER BY a
--//
SELECT a,b,c,substring(d for 30), length(d) from clstr_tst ORDER BY b
--//
SELECT a,b,c,substring(d for 30), length(d) from clstr_tst ORDER BY c
--//
INSERT INTO clstr_tst_inh VALUES (0, 100, 'in child table')
--//
SELECT conname FROM pg_constraint WHERE conrelid = 'clstr_tst'::regclass
ORDER BY 1
--//
SELECT relname, relkind,
    EXISTS(SELECT 1 FROM pg_class WHERE oid = c.reltoastrelid) AS hastoast
FROM pg_class c WHERE relname LIKE 'clstr_tst%' ORDER BY relname
--//
SELECT pg_class.relname FROM pg_index, pg_class, pg_class AS pg_class_2
WHERE pg_class.oid=indexrelid
	AND indrelid=pg_class_2.oid
	AND pg_class_2.relname = 'clstr_tst'
	AND indisclustered
--//
INSERT INTO clstr_1 VALUES (2)
--//
SELECT * FROM clstr_1 UNION ALL
  SELECT * FROM clstr_2 UNION ALL
  SELECT * FROM clstr_3
--//
DELETE FROM clstr_1
--//
SELECT * FROM clstr_1
--//
INSERT INTO clustertest VALUES (10)
--//
UPDATE clustertest SET key = 100 WHERE key = 10
--//
SELECT * FROM clustertest
--//
insert into clstr_temp values (2, 'two'), (1, 'one')
--//
select * from clstr_temp
--//
SELECT relname, old.level, old.relkind, old.relfilenode = new.relfilenode FROM old_cluster_info AS old JOIN new_cluster_info AS new USING (relname) ORDER BY relname COLLATE "C"
--//
SELECT a.relname, a.relfilenode=b.relfilenode FROM pg_class a
  JOIN ptnowner_oldnodes b USING (oid) ORDER BY a.relname COLLATE "C"
--//
select * from
(select hundred, lag(hundred) over () as lhundred,
        thousand, lag(thousand) over () as lthousand,
        tenthous, lag(tenthous) over () as ltenthous from clstr_4) ss
where row(hundred, thousand, tenthous) <= row(lhundred, lthousand, ltenthous)
--//
INSERT INTO clstr_expression(a, b) SELECT g.i % 42, 'prefix'||g.i FROM generate_series(1, 133) g(i)
--//
EXPLAIN (COSTS OFF) SELECT * FROM clstr_expression WHERE upper(b) = 'PREFIX3'
--//
SELECT * FROM clstr_expression WHERE upper(b) = 'PREFIX3'
--//
EXPLAIN (COSTS OFF) SELECT * FROM clstr_expression WHERE -a = -3 ORDER BY -a, b
--//
SELECT * FROM clstr_expression WHERE -a = -3 ORDER BY -a, b
--//
WITH rows AS
  (SELECT ctid, lag(a) OVER (ORDER BY ctid) AS la, a FROM clstr_expression)
SELECT * FROM rows WHERE la < a
--//
WITH rows AS
  (SELECT ctid, lag(b) OVER (ORDER BY ctid) AS lb, b FROM clstr_expression)
SELECT * FROM rows WHERE upper(lb) > upper(b)
--//
INSERT INTO collate_test1 VALUES (1, 'abc'), (2, 'äbc'), (3, 'bbc'), (4, 'ABC')
--//
INSERT INTO collate_test2 SELECT * FROM collate_test1
--//
SELECT * FROM collate_test1 WHERE b >= 'bbc'
--//
SELECT * FROM collate_test1 WHERE b COLLATE "C" >= 'bbc'
--//
SELECT * FROM collate_test1 WHERE b >= 'bbc' COLLATE "C"
--//
SELECT * FROM collate_test1 WHERE b COLLATE "C" >= 'bbc' COLLATE "C"
--//
SELECT * FROM collate_test1 WHERE b COLLATE "C" >= 'bbc' COLLATE "en-x-icu"
--//
SELECT a, b FROM collate_test4 ORDER BY b
--//
SELECT a, b FROM collate_test1 ORDER BY b COLLATE "C"
--//
SELECT * FROM collate_test1 ORDER BY b
--//
SELECT 'bbc' COLLATE "en-x-icu" > 'äbc' COLLATE "en-x-icu" AS "true"
--//
SELECT 'bbc' COLLATE "sv-x-icu" > 'äbc' COLLATE "sv-x-icu" AS "false"
--//
INSERT INTO collate_test10 VALUES (1, 'hij', 'hij'), (2, 'HIJ', 'HIJ')
--//
SELECT a, lower(x), lower(y), upper(x), upper(y), initcap(x), initcap(y) FROM collate_test10
--//
SELECT a, lower(x COLLATE "C"), lower(y COLLATE "C") FROM collate_test10
--//
SELECT a, x, y FROM collate_test10 ORDER BY lower(y), a
--//
SELECT * FROM collate_test1 WHERE b LIKE 'abc'
--//
SELECT * FROM collate_test1 WHERE b ILIKE 'abc'
--//
SELECT 'Türkiye' COLLATE "en-x-icu" ILIKE '%KI%' AS "true"
--//
SELECT 'Türkiye' COLLATE "tr-x-icu" ILIKE '%KI%' AS "false"
--//
SELECT 'bıt' ILIKE 'BIT' COLLATE "en-x-icu" AS "false"
--//
SELECT 'bıt' ILIKE 'BIT' COLLATE "tr-x-icu" AS "true"
--//
SELECT relname FROM pg_class WHERE relname ILIKE 'abc%'
--//
SELECT * FROM collate_test1 WHERE b ~ '^abc$'
--//
SELECT * FROM collate_test1 WHERE b ~* '^abc$'
--//
INSERT INTO collate_test6 VALUES (1, 'abc'), (2, 'ABC'), (3, '123'), (4, 'ab1'),
                                 (5, 'a1!'), (6, 'a c'), (7, '!.;'), (8, '   '),
                                 (9, 'äbç'), (10, 'ÄBÇ')
--//
SELECT b,
       b ~ '^[[:alpha:]]+$' AS is_alpha,
       b ~ '^[[:upper:]]+$' AS is_upper,
       b ~ '^[[:lower:]]+$' AS is_lower,
       b ~ '^[[:digit:]]+$' AS is_digit,
       b ~ '^[[:alnum:]]+$' AS is_alnum,
       b ~ '^[[:graph:]]+$' AS is_graph,
       b ~ '^[[:print:]]+$' AS is_print,
       b ~ '^[[:punct:]]+$' AS is_punct,
       b ~ '^[[:space:]]+$' AS is_space
FROM collate_test6
--//
SELECT 'Türkiye' COLLATE "en-x-icu" ~* 'KI' AS "true"
--//
SELECT 'Türkiye' COLLATE "tr-x-icu" ~* 'KI' AS "true"
--//
SELECT 'bıt' ~* 'BIT' COLLATE "en-x-icu" AS "false"
--//
SELECT 'bıt' ~* 'BIT' COLLATE "tr-x-icu" AS "false"
--//
SELECT relname FROM pg_class WHERE relname ~* '^abc'
--//
SELECT table_name, view_definition FROM information_schema.views
  WHERE table_name LIKE 'collview%' ORDER BY 1
--//
SELECT a, coalesce(b, 'foo') FROM collate_test1 ORDER BY 2
--//
SELECT a, lower(coalesce(x, 'foo')), lower(coalesce(y, 'foo')) FROM collate_test10
--//
SELECT a, b, greatest(b, 'CCC') FROM collate_test1 ORDER BY 3
--//
SELECT a, x, y, lower(greatest(x, 'foo')), lower(greatest(y, 'foo')) FROM collate_test10
--//
SELECT a, nullif(b, 'abc') FROM collate_test1 ORDER BY 2
--//
SELECT a, lower(nullif(x, 'foo')), lower(nullif(y, 'foo')) FROM collate_test10
--//
SELECT a, CASE b WHEN 'abc' THEN 'abcd' ELSE b END FROM collate_test1 ORDER BY 2
--//
SELECT a, b::testdomain FROM collate_test1 ORDER BY 2
--//
SELECT a, b::testdomain_sv FROM collate_test3 ORDER BY 2
--//
SELECT a, lower(x::testdomain), lower(y::testdomain) FROM collate_test10
--//
SELECT min(b), max(b) FROM collate_test1
--//
SELECT array_agg(b ORDER BY b) FROM collate_test1
--//
SELECT a, b FROM collate_test1 UNION ALL SELECT a, b FROM collate_test1 ORDER BY 2
--//
SELECT a, b FROM collate_test2 UNION SELECT a, b FROM collate_test2 ORDER BY 2
--//
SELECT a, b FROM collate_test3 WHERE a < 4 INTERSECT SELECT a, b FROM collate_test3 WHERE a > 1 ORDER BY 2
--//
SELECT a, b FROM collate_test3 EXCEPT SELECT a, b FROM collate_test3 WHERE a < 2 ORDER BY 2
--//
SELECT a, b FROM collate_test1 UNION ALL SELECT a, b FROM collate_test3
--//
SELECT a, b COLLATE "C" FROM collate_test1 UNION SELECT a, b FROM collate_test3 ORDER BY 2
--//
SELECT a, b FROM collate_test1 INTERSECT SELECT a, b FROM collate_test3 ORDER BY 2
--//
SELECT a, b FROM collate_test1 EXCEPT SELECT a, b FROM collate_test3 ORDER BY 2
--//
select x < y from collate_test10
--//
select x || y from collate_test10
--//
select x, y from collate_test10 order by x || y
--//
WITH RECURSIVE foo(x) AS
   (SELECT x FROM (VALUES('a' COLLATE "en-x-icu"),('b')) t(x)
   UNION ALL
   SELECT (x || 'c') COLLATE "de-x-icu" FROM foo WHERE length(x) < 10)
SELECT * FROM foo
--//
SELECT CAST('42' AS text COLLATE "C")
--//
SELECT a, CAST(b AS varchar) FROM collate_test1 ORDER BY 2
--//
SELECT a.b AS a, b.b AS b, a.b < b.b AS lt,
       mylt(a.b, b.b), mylt_noninline(a.b, b.b), mylt_plpgsql(a.b, b.b)
FROM collate_test1 a, collate_test1 b
ORDER BY a.b, b.b
--//
SELECT a.b AS a, b.b AS b, a.b < b.b COLLATE "C" AS lt,
       mylt(a.b, b.b COLLATE "C"), mylt_noninline(a.b, b.b COLLATE "C"),
       mylt_plpgsql(a.b, b.b COLLATE "C")
FROM collate_test1 a, collate_test1 b
ORDER BY a.b, b.b
--//
SELECT mylt2('a', 'B' collate "en-x-icu") as t, mylt2('a', 'B' collate "C") as f
--//
SELECT mylt2('a', 'B') as f
--//
SELECT mylt2('a', 'B' collate "C") as fail
--//
SELECT mylt2('a', 'B' collate "POSIX") as f
--//
SELECT * FROM unnest((SELECT array_agg(b ORDER BY b) FROM collate_test1)) ORDER BY 1
--//
SELECT a, dup(b) FROM collate_test1 ORDER BY 2
--//
SELECT relname, pg_get_indexdef(oid) FROM pg_class WHERE relname LIKE 'collate_test%_idx%' ORDER BY 1
--//
explain (costs off)
select * from collate_test1 where b ilike 'abc'
--//
SELECT collname FROM pg_collation WHERE collname LIKE 'test%' ORDER BY 1
--//
SELECT collname, nspname, obj_description(pg_collation.oid, 'pg_collation')
    FROM pg_collation JOIN pg_namespace ON (collnamespace = pg_namespace.oid)
    WHERE collname LIKE 'test%'
    ORDER BY 1
--//
SELECT collname FROM pg_collation WHERE collname LIKE 'test%'
--//
SELECT current_database() AS datname
--//
select textrange_c('A','Z') @> 'b'::text
--//
select textrange_en_us('A','Z') @> 'b'::text
--//
SELECT 'aaá' > 'AAA' COLLATE "und-x-icu", 'aaá' < 'AAA' COLLATE testcoll_ignore_accents
--//
SELECT 'coté' < 'côte' COLLATE "und-x-icu", 'coté' > 'côte' COLLATE testcoll_backwards
--//
SELECT 'aaa' < 'AAA' COLLATE testcoll_lower_first, 'aaa' > 'AAA' COLLATE testcoll_upper_first
--//
SELECT 'de-luge' < 'deanza' COLLATE "und-x-icu", 'de-luge' > 'deanza' COLLATE testcoll_shifted
--//
SELECT 'A-21' > 'A-123' COLLATE "und-x-icu", 'A-21' < 'A-123' COLLATE testcoll_numeric
--//
SELECT 'Goldmann' < 'Götz' COLLATE "de-x-icu", 'Goldmann' > 'Götz' COLLATE testcoll_de_phonebook
--//
INSERT INTO test6 VALUES (1, U&'\00E4bc')
--//
SELECT * FROM test6
--//
SELECT * FROM test6 WHERE b = 'äbc' COLLATE ctest_det
--//
SELECT * FROM test6 WHERE b = 'äbc' COLLATE ctest_nondet
--//
INSERT INTO test6a VALUES (1, ARRAY[U&'\00E4bc'])
--//
SELECT * FROM test6a
--//
SELECT * FROM test6a WHERE b = ARRAY['äbc'] COLLATE ctest_det
--//
SELECT * FROM test6a WHERE b = ARRAY['äbc'] COLLATE ctest_nondet
--//
SELECT 'abc' <= 'ABC' COLLATE case_sensitive, 'abc' >= 'ABC' COLLATE case_sensitive
--//
SELECT 'abc' <= 'ABC' COLLATE case_insensitive, 'abc' >= 'ABC' COLLATE case_insensitive
--//
INSERT INTO test1cs VALUES ('abc'), ('def'), ('ghi')
--//
INSERT INTO test2cs VALUES ('ABC'), ('ghi')
--//
INSERT INTO test3cs VALUES ('abc'), ('ABC'), ('def'), ('ghi')
--//
SELECT x FROM test3cs WHERE x = 'abc'
--//
SELECT x FROM test3cs WHERE x <> 'abc'
--//
SELECT x FROM test3cs WHERE x LIKE 'a%'
--//
SELECT x FROM test3cs WHERE x ILIKE 'a%'
--//
SELECT x FROM test3cs WHERE x SIMILAR TO 'a%'
--//
SELECT x FROM test3cs WHERE x ~ 'a'
--//
SELECT x FROM test1cs UNION SELECT x FROM test2cs ORDER BY x
--//
SELECT x FROM test1cs INTERSECT SELECT x FROM test2cs
--//
SELECT x FROM test1cs EXCEPT SELECT x FROM test2cs
--//
SELECT DISTINCT x FROM test3cs ORDER BY x
--//
SELECT count(DISTINCT x) FROM test3cs
--//
SELECT x, count(*) FROM test3cs GROUP BY x ORDER BY x
--//
SELECT x, row_number() OVER (ORDER BY x), rank() OVER (ORDER BY x) FROM test3cs ORDER BY x
--//
INSERT INTO test1cs VALUES ('ABC')
--//
SELECT string_to_array('ABC,DEF,GHI' COLLATE case_sensitive, ',', 'abc')
--//
SELECT string_to_array('ABCDEFGHI' COLLATE case_sensitive, NULL, 'b')
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT * FROM test1cs t1, test3cs t2
WHERE t1.x = t2.x COLLATE case_insensitive
ORDER BY 1, 2
--//
SELECT * FROM test1cs t1, test3cs t2
WHERE t1.x = t2.x COLLATE case_insensitive
ORDER BY 1, 2
--//
EXPLAIN (COSTS OFF)
SELECT t1.* FROM test3cs t1
       LEFT JOIN test3cs t2 ON t1.x = t2.x COLLATE case_insensitive
ORDER BY 1
--//
SELECT t1.* FROM test3cs t1
       LEFT JOIN test3cs t2 ON t1.x = t2.x COLLATE case_insensitive
ORDER BY 1
--//
EXPLAIN (COSTS OFF)
SELECT * FROM test3cs t1, test3cs t2
WHERE t1.x = t2.x COLLATE case_insensitive
ORDER BY 1, 2
--//
EXPLAIN (COSTS OFF)
SELECT * FROM test3cs t1
  WHERE EXISTS (SELECT 1 FROM test3cs t2 WHERE t1.x = t2.x COLLATE case_insensitive)
ORDER BY 1
--//
SELECT * FROM test3cs t1
  WHERE EXISTS (SELECT 1 FROM test3cs t2 WHERE t1.x = t2.x COLLATE case_insensitive)
ORDER BY 1
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT * FROM test1cs t1, (SELECT DISTINCT x FROM test3cs) t2
WHERE t1.x = t2.x COLLATE case_insensitive
ORDER BY 1, 2
--//
SELECT * FROM test1cs t1, (SELECT DISTINCT x FROM test3cs) t2
WHERE t1.x = t2.x COLLATE case_insensitive
ORDER BY 1, 2
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT * FROM test1cs t1, (SELECT x FROM test3cs GROUP BY x) t2
WHERE t1.x = t2.x COLLATE case_insensitive
ORDER BY 1, 2
--//
SELECT * FROM test1cs t1, (SELECT x FROM test3cs GROUP BY x) t2
WHERE t1.x = t2.x COLLATE case_insensitive
ORDER BY 1, 2
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT * FROM test1cs t1, (SELECT x FROM test3cs UNION SELECT x FROM test3cs) t2
WHERE t1.x = t2.x COLLATE case_insensitive
ORDER BY 1, 2
--//
SELECT * FROM test1cs t1, (SELECT x FROM test3cs UNION SELECT x FROM test3cs) t2
WHERE t1.x = t2.x COLLATE case_insensitive
ORDER BY 1, 2
--//
EXPLAIN (COSTS OFF)
SELECT t1.* FROM test3cs t1
       LEFT JOIN (SELECT DISTINCT x FROM test3cs) t2 ON t1.x = t2.x COLLATE case_insensitive
ORDER BY 1
--//
SELECT t1.* FROM test3cs t1
       LEFT JOIN (SELECT DISTINCT x FROM test3cs) t2 ON t1.x = t2.x COLLATE case_insensitive
ORDER BY 1
--//
EXPLAIN (COSTS OFF)
SELECT * FROM test3cs t1
  WHERE EXISTS (SELECT 1 FROM (SELECT DISTINCT x FROM test3cs) t2
                WHERE t1.x = t2.x COLLATE case_insensitive)
ORDER BY 1
--//
SELECT * FROM test3cs t1
  WHERE EXISTS (SELECT 1 FROM (SELECT DISTINCT x FROM test3cs) t2
                WHERE t1.x = t2.x COLLATE case_insensitive)
ORDER BY 1
--//
INSERT INTO test1ci VALUES ('abc'), ('def'), ('ghi')
--//
INSERT INTO test2ci VALUES ('ABC'), ('ghi')
--//
INSERT INTO test3ci VALUES ('abc'), ('ABC'), ('def'), ('ghi')
--//
SELECT x FROM test3ci WHERE x = 'abc'
--//
SELECT x FROM test3ci WHERE x <> 'abc'
--//
SELECT x FROM test3ci WHERE x LIKE 'a%'
--//
SELECT x FROM test3ci WHERE x ILIKE 'a%'
--//
SELECT x FROM test3ci WHERE x SIMILAR TO 'a%'
--//
SELECT x FROM test3ci WHERE x ~ 'a'
--//
SELECT x FROM test1ci UNION SELECT x FROM test2ci ORDER BY x
--//
SELECT x FROM test1ci INTERSECT SELECT x FROM test2ci ORDER BY x
--//
SELECT x FROM test1ci EXCEPT SELECT x FROM test2ci
--//
SELECT DISTINCT x FROM test3ci ORDER BY x
--//
SELECT count(DISTINCT x) FROM test3ci
--//
SELECT x, count(*) FROM test3ci GROUP BY x ORDER BY x
--//
SELECT x, row_number() OVER (ORDER BY x), rank() OVER (ORDER BY x) FROM test3ci ORDER BY x
--//
INSERT INTO test1ci VALUES ('ABC')
--//
SELECT string_to_array('ABC,DEF,GHI' COLLATE case_insensitive, ',', 'abc')
--//
SELECT string_to_array('ABCDEFGHI' COLLATE case_insensitive, NULL, 'b')
--//
INSERT INTO test1bpci VALUES ('abc'), ('def'), ('ghi')
--//
INSERT INTO test2bpci VALUES ('ABC'), ('ghi')
--//
INSERT INTO test3bpci VALUES ('abc'), ('ABC'), ('def'), ('ghi')
--//
SELECT x FROM test3bpci WHERE x = 'abc'
--//
SELECT x FROM test3bpci WHERE x <> 'abc'
--//
SELECT x FROM test3bpci WHERE x LIKE 'a%'
--//
SELECT x FROM test3bpci WHERE x ILIKE 'a%'
--//
SELECT x FROM test3bpci WHERE x SIMILAR TO 'a%'
--//
SELECT x FROM test3bpci WHERE x ~ 'a'
--//
SELECT x FROM test1bpci UNION SELECT x FROM test2bpci ORDER BY x
--//
SELECT x FROM test1bpci INTERSECT SELECT x FROM test2bpci ORDER BY x
--//
SELECT x FROM test1bpci EXCEPT SELECT x FROM test2bpci
--//
SELECT DISTINCT x FROM test3bpci ORDER BY x
--//
SELECT count(DISTINCT x) FROM test3bpci
--//
SELECT x, count(*) FROM test3bpci GROUP BY x ORDER BY x
--//
SELECT x, row_number() OVER (ORDER BY x), rank() OVER (ORDER BY x) FROM test3bpci ORDER BY x
--//
INSERT INTO test1bpci VALUES ('ABC')
--//
SELECT string_to_array('ABC,DEF,GHI'::char(11) COLLATE case_insensitive, ',', 'abc')
--//
SELECT string_to_array('ABCDEFGHI'::char(9) COLLATE case_insensitive, NULL, 'b')
--//
INSERT INTO test4c VALUES ('abc')
--//
SELECT x FROM test4c WHERE x LIKE 'ABC' COLLATE case_sensitive
--//
SELECT x FROM test4c WHERE x LIKE 'ABC' COLLATE case_insensitive
--//
SELECT 'ὀδυσσεύς' = 'ὈΔΥΣΣΕΎΣ' COLLATE case_sensitive
--//
SELECT 'ὀδυσσεύς' = 'ὈΔΥΣΣΕΎΣ' COLLATE case_insensitive
--//
SELECT relname FROM pg_class WHERE relname = 'PG_CLASS'::text COLLATE case_insensitive
--//
SELECT relname FROM pg_class WHERE 'PG_CLASS'::text = relname COLLATE case_insensitive
--//
SELECT typname FROM pg_type WHERE typname LIKE 'int_' AND typname <> 'INT2'::text
  COLLATE case_insensitive ORDER BY typname
--//
SELECT typname FROM pg_type WHERE typname LIKE 'int_' AND 'INT2'::text <> typname
  COLLATE case_insensitive ORDER BY typname
--//
INSERT INTO outer_text VALUES ('a', 'a')
--//
INSERT INTO outer_text VALUES ('A', NULL)
--//
INSERT INTO inner_text VALUES ('a', NULL)
--//
SELECT * FROM outer_text WHERE (f1, f2) NOT IN (SELECT * FROM inner_text)
--//
INSERT INTO test4 VALUES (1, 'cote'), (2, 'côte'), (3, 'coté'), (4, 'côté')
--//
SELECT * FROM test4 WHERE b = 'cote'
--//
SELECT * FROM test4 WHERE b = 'cote' COLLATE ignore_accents
--//
SELECT * FROM test4 WHERE b = 'Cote' COLLATE case_insensitive
--//
INSERT INTO test10pk VALUES ('abc'), ('def'), ('ghi')
--//
INSERT INTO test10fk VALUES ('abc')
--//
SELECT * FROM test10pk
--//
SELECT * FROM test10fk
--//
UPDATE test10fk SET x = 'ABC' WHERE x = 'abc'
--//
DELETE FROM test10pk WHERE x = 'abc'
--//
UPDATE test11pk SET x = 'ABC' WHERE x = 'abc'
--//
INSERT INTO test20 VALUES (1, 'abc')
--//
SELECT * FROM test20_1
--//
SELECT (SELECT count(*) FROM test22_0) = (SELECT count(*) FROM test22_1)
--//
INSERT INTO test22a VALUES (1, ARRAY['def'])
--//
SELECT (SELECT count(*) FROM test22a_0) = (SELECT count(*) FROM test22a_1)
--//
SELECT (SELECT count(*) FROM test23_0) <> (SELECT count(*) FROM test23_1)
--//
SELECT (SELECT count(*) FROM test23a_0) <> (SELECT count(*) FROM test23a_1)
--//
INSERT INTO pagg_tab3 SELECT i % 4 + 1, substr('abAB', (i % 4) + 1 , 1) FROM generate_series(0, 19) i
--//
EXPLAIN (COSTS OFF)
SELECT upper(c collate case_insensitive), count(c) FROM pagg_tab3 GROUP BY c collate case_insensitive ORDER BY 1
--//
SELECT upper(c collate case_insensitive), count(c) FROM pagg_tab3 GROUP BY c collate case_insensitive ORDER BY 1
--//
EXPLAIN (COSTS OFF)
SELECT c collate "C", count(c) FROM pagg_tab3 GROUP BY c collate "C" ORDER BY 1
--//
SELECT c collate "C", count(c) FROM pagg_tab3 GROUP BY c collate "C" ORDER BY 1
--//
EXPLAIN (COSTS OFF)
SELECT t1.c, count(t2.c) FROM pagg_tab3 t1 JOIN pagg_tab3 t2 ON t1.c = t2.c GROUP BY 1 ORDER BY t1.c COLLATE "C"
--//
SELECT t1.c, count(t2.c) FROM pagg_tab3 t1 JOIN pagg_tab3 t2 ON t1.c = t2.c GROUP BY 1 ORDER BY t1.c COLLATE "C"
--//
EXPLAIN (COSTS OFF)
SELECT t1.c COLLATE "C", count(t2.c) FROM pagg_tab3 t1 JOIN pagg_tab3 t2 ON t1.c = t2.c COLLATE "C" GROUP BY t1.c COLLATE "C" ORDER BY t1.c COLLATE "C"
--//
SELECT t1.c COLLATE "C", count(t2.c) FROM pagg_tab3 t1 JOIN pagg_tab3 t2 ON t1.c = t2.c COLLATE "C" GROUP BY t1.c COLLATE "C" ORDER BY t1.c COLLATE "C"
--//
SELECT * FROM collate_test1 WHERE b COLLATE "C" >= 'bbc' COLLATE "en_US"
--//
SELECT 'bbc' COLLATE "en_US" > 'äbc' COLLATE "en_US" AS "true"
--//
SELECT 'bbc' COLLATE "sv_SE" > 'äbc' COLLATE "sv_SE" AS "false"
--//
SELECT 'Türkiye' COLLATE "en_US" ILIKE '%KI%' AS "true"
--//
SELECT 'Türkiye' COLLATE "tr_TR" ILIKE '%KI%' AS "false"
--//
SELECT 'bıt' ILIKE 'BIT' COLLATE "en_US" AS "false"
--//
SELECT 'bıt' ILIKE 'BIT' COLLATE "tr_TR" AS "true"
--//
SELECT 'Türkiye' COLLATE "en_US" ~* 'KI' AS "true"
--//
SELECT 'Türkiye' COLLATE "tr_TR" ~* 'KI' AS "false"
--//
SELECT 'bıt' ~* 'BIT' COLLATE "en_US" AS "false"
--//
SELECT 'bıt' ~* 'BIT' COLLATE "tr_TR" AS "true"
--//
SELECT to_char(date '2010-02-01', 'DD TMMON YYYY')
--//
SELECT to_char(date '2010-02-01', 'DD TMMON YYYY' COLLATE "tr_TR")
--//
SELECT to_date('01 ŞUB 2010', 'DD TMMON YYYY')
--//
WITH RECURSIVE foo(x) AS
   (SELECT x FROM (VALUES('a' COLLATE "en_US"),('b')) t(x)
   UNION ALL
   SELECT (x || 'c') COLLATE "de_DE" FROM foo WHERE length(x) < 10)
SELECT * FROM foo
--//
SELECT mylt2('a', 'B' collate "en_US") as t, mylt2('a', 'B' collate "C") as f
--//
SELECT * FROM collate_test1 WHERE b COLLATE "C" >= 'bbc' COLLATE "POSIX"
--//
SELECT 'bbc' COLLATE "C" > 'Abc' COLLATE "C" AS "true"
--//
SELECT 'bbc' COLLATE "POSIX" < 'Abc' COLLATE "POSIX" AS "false"
--//
SELECT a, b::testdomain_p FROM collate_test2 ORDER BY 2
--//
SELECT string_agg(x COLLATE "C", y COLLATE "POSIX") FROM collate_test10
--//
SELECT array_agg(x COLLATE "C" ORDER BY y COLLATE "POSIX") FROM collate_test10
--//
SELECT array_agg(a ORDER BY x COLLATE "C", y COLLATE "POSIX") FROM collate_test10
--//
SELECT array_agg(a ORDER BY x||y) FROM collate_test10
--//
WITH RECURSIVE foo(x) AS
   (SELECT x FROM (VALUES('a' COLLATE "C"),('b')) t(x)
   UNION ALL
   SELECT (x || 'c') COLLATE "POSIX" FROM foo WHERE length(x) < 10)
SELECT * FROM foo
--//
SELECT a, b, a < b as lt FROM
  (VALUES ('a', 'B'), ('A', 'b' COLLATE "C")) v(a,b)
--//
SELECT * FROM collate_test10 WHERE (x, y) NOT IN (SELECT y, x FROM collate_test10)
--//
SELECT * FROM collate_test10 WHERE (x COLLATE "POSIX", y COLLATE "C") NOT IN (SELECT y, x FROM collate_test10)
--//
SELECT * FROM collate_test10 WHERE (x, y) NOT IN (SELECT y COLLATE "C", x COLLATE "POSIX" FROM collate_test10)
--//
SELECT a, b FROM collate_test1 ORDER BY a, vc(b)
--//
INSERT INTO collate_test20 VALUES ('foo'), ('bar')
--//
INSERT INTO collate_test21 VALUES ('baz')
--//
INSERT INTO collate_test22 VALUES ('foo'), ('bar'), ('baz')
--//
DELETE FROM collate_test22 WHERE f2 = 'baz'
--//
EXPLAIN (COSTS OFF)
  SELECT * FROM collate_test10 ORDER BY x, y
--//
EXPLAIN (COSTS OFF)
  SELECT * FROM collate_test10 ORDER BY x DESC, y COLLATE "C" ASC NULLS FIRST
--//
INSERT INTO vctable VALUES ('foo' COLLATE "C")
--//
SELECT collation for ('foo')
--//
SELECT collation for ('foo'::text)
--//
SELECT collation for ((SELECT a FROM collate_test1 LIMIT 1))
--//
SELECT collation for ((SELECT b FROM collate_test1 LIMIT 1))
--//
INSERT INTO combocidtest SELECT 1 LIMIT 0
--//
INSERT INTO combocidtest VALUES (1)
--//
SELECT ctid,cmin,* FROM combocidtest
--//
UPDATE combocidtest SET foobar = foobar + 10
--//
DELETE FROM combocidtest
--//
SELECT ctid,cmin,* FROM combocidtest FOR UPDATE
--//
INSERT INTO testcase VALUES (1, 0)
--//
SELECT * FROM testcase WHERE testcase.id = 1 FOR UPDATE
--//
UPDATE testcase SET balance = balance + 400 WHERE id=1
--//
UPDATE testcase SET balance = balance - 100 WHERE id=1
--//
SELECT * FROM testcase WHERE id = 1 FOR UPDATE
--//
SELECT 'trailing' AS first
--//
SELECT /* embedded single line */ 'embedded' AS second
--//
SELECT /* both embedded and trailing single line */ 'both' AS third
--//
SELECT 'before multi-line' AS fourth
--//
INSERT INTO cmdata VALUES(repeat('1234567890', 1000))
--//
INSERT INTO cmdata1 VALUES(repeat('1234567890', 1004))
--//
SELECT pg_column_compression(f1) FROM cmdata
--//
SELECT pg_column_compression(f1) FROM cmdata1
--//
SELECT SUBSTR(f1, 200, 5) FROM cmdata
--//
SELECT SUBSTR(f1, 2000, 50) FROM cmdata1
--//
SELECT * INTO cmmove1 FROM cmdata
--//
SELECT pg_column_compression(f1) FROM cmmove1
--//
INSERT INTO cmmove3 SELECT * FROM cmdata
--//
INSERT INTO cmmove3 SELECT * FROM cmdata1
--//
INSERT INTO cmmove2 VALUES (repeat('1234567890', 1004))
--//
UPDATE cmmove2 SET f1 = cmdata1.f1 FROM cmdata1
--//
INSERT INTO cmdata2 SELECT large_val() || repeat('a', 4000)
--//
INSERT INTO cmdata2 VALUES (repeat('123456789', 800))
--//
SELECT pg_column_compression(x) FROM compressmv
--//
INSERT INTO cmpart VALUES (repeat('123456789', 1004))
--//
SELECT pg_column_compression(f1) FROM cmpart1
--//
INSERT INTO cmdata VALUES (repeat('123456789', 4004))
--//
INSERT INTO cmdata2 VALUES((SELECT array_agg(md5(g::TEXT))::TEXT FROM
generate_series(1, 50) g), VERSION())
--//
SELECT length(f1) FROM cmdata
--//
SELECT length(f1) FROM cmdata1
--//
SELECT length(f1) FROM cmmove1
--//
SELECT test_pglz_decompress(test_pglz_compress(
    decode(repeat('abcd', 100), 'escape')), 400, false) =
    decode(repeat('abcd', 100), 'escape') AS roundtrip_ok
--//
SELECT test_pglz_decompress(test_pglz_compress(
    decode(repeat('abcd', 100), 'escape')), 400, true) =
    decode(repeat('abcd', 100), 'escape') AS roundtrip_ok
--//
SELECT test_pglz_decompress(test_pglz_compress(
    decode(repeat('abcd', 100), 'escape')), 500, true)
--//
SELECT length(test_pglz_decompress('\x01'::bytea, 1024, false)) AS ctrl_only_len
--//
SELECT test_pglz_decompress('\x01'::bytea, 1024, true)
--//
SELECT test_pglz_decompress('\x01ff'::bytea, 1024, false)
--//
INSERT INTO DEFAULT_TBL VALUES (1, 'thomas', 57.0613)
--//
INSERT INTO DEFAULT_TBL VALUES (1, 'bruce')
--//
INSERT INTO DEFAULT_TBL (i, f) VALUES (2, 987.654)
--//
INSERT INTO DEFAULT_TBL (x) VALUES ('marc')
--//
INSERT INTO DEFAULT_TBL VALUES (3, null, 1.0)
--//
SELECT * FROM DEFAULT_TBL
--//
INSERT INTO DEFAULTEXPR_TBL VALUES (-1, -2)
--//
INSERT INTO DEFAULTEXPR_TBL (i1) VALUES (-3)
--//
INSERT INTO DEFAULTEXPR_TBL (i2) VALUES (NULL)
--//
SELECT * FROM DEFAULTEXPR_TBL
--//
INSERT INTO CHECK_TBL VALUES (5)
--//
SELECT * FROM CHECK_TBL
--//
INSERT INTO CHECK2_TBL VALUES (4, 'check ok', -2)
--//
INSERT INTO CHECK2_TBL VALUES (5, 'z check failed', 10)
--//
SELECT * from CHECK2_TBL
--//
INSERT INTO INSERT_TBL(x,z) VALUES (2, -2)
--//
SELECT * FROM INSERT_TBL
--//
SELECT 'one' AS one, nextval('insert_seq')
--//
INSERT INTO INSERT_TBL(y) VALUES ('Y')
--//
INSERT INTO INSERT_TBL(z,x) VALUES (-7,  7)
--//
INSERT INTO INSERT_TBL VALUES (5, 'check failed', -5)
--//
INSERT INTO INSERT_TBL(y,z) VALUES ('check failed', 4)
--//
INSERT INTO INSERT_TBL(x,y) VALUES (5, 'check failed')
--//
SELECT 'eight' AS one, currval('insert_seq')
--//
INSERT INTO INSERT_TBL VALUES (null, null, null)
--//
INSERT INTO SYS_COL_CHECK_TBL VALUES ('Seattle', 'Washington', false, 100)
--//
INSERT INTO SYS_COL_CHECK_TBL VALUES ('Olympia', 'Washington', true, 100)
--//
SELECT *, tableoid::regclass::text FROM SYS_COL_CHECK_TBL
--//
INSERT INTO INSERT_CHILD(x,z,cy) VALUES (7,-7,11)
--//
INSERT INTO INSERT_CHILD(x,y,z,cy) VALUES (6,'check failed',-6,7)
--//
SELECT * FROM INSERT_CHILD
--//
DELETE FROM INSERT_TBL
--//
INSERT INTO tmp VALUES (null, 'Y', null)
--//
INSERT INTO tmp VALUES (5, '!check failed', null)
--//
INSERT INTO INSERT_TBL(y) select yd from tmp
--//
INSERT INTO INSERT_TBL SELECT * FROM tmp WHERE yd = 'try again'
--//
INSERT INTO INSERT_TBL(y,z) SELECT yd, -7 FROM tmp WHERE yd = 'try again'
--//
UPDATE INSERT_TBL SET x = NULL WHERE x = 5
--//
UPDATE INSERT_TBL SET x = 6 WHERE x = 6
--//
UPDATE INSERT_TBL SET x = -z, z = -x
--//
UPDATE INSERT_TBL SET x = z, z = x
--//
SELECT * FROM COPY_TBL
--//
INSERT INTO PRIMARY_TBL VALUES (1, 'one')
--//
INSERT INTO PRIMARY_TBL (t) VALUES ('six')
--//
SELECT * FROM PRIMARY_TBL
--//
INSERT INTO UNIQUE_TBL VALUES (1, 'one')
--//
INSERT INTO UNIQUE_TBL (t) VALUES ('six')
--//
INSERT INTO UNIQUE_TBL VALUES (5, 'five-upsert-insert') ON CONFLICT (i) DO UPDATE SET t = 'five-upsert-update'
--//
INSERT INTO UNIQUE_TBL VALUES (1, 'a'), (2, 'b'), (2, 'b') ON CONFLICT (i) DO UPDATE SET t = 'fails'
--//
SELECT * FROM UNIQUE_TBL
--//
INSERT INTO UNIQUE_TBL (t) VALUES ('eight') ON CONFLICT DO NOTHING
--//
UPDATE unique_tbl SET i = 1 WHERE i = 0
--//
UPDATE unique_tbl SET i = i+1
--//
DELETE FROM unique_tbl WHERE t = 'tree'
--//
UPDATE unique_tbl SET i = 2 WHERE i = 4 AND t = 'four'
--//
DELETE FROM unique_tbl WHERE i = 1 AND t = 'one'
--//
SELECT conname, conrelid::regclass FROM pg_constraint
  WHERE conname LIKE 'parted_uniq%' ORDER BY conname
--//
INSERT INTO parted_uniq_tbl VALUES (1)
--//
SELECT conname FROM pg_constraint WHERE conrelid = 'parted_fk_naming_1'::regclass AND contype = 'f'
--//
SELECT conname, conparentid, conislocal, coninhcount
  FROM pg_constraint WHERE conname IN ('tp_pkey', 'tp_b_a_key')
  ORDER BY conname DESC
--//
UPDATE unique_tbl SET t = 'THREE' WHERE i = 3 AND t = 'Three'
--//
INSERT INTO unique_tbl VALUES(3, 'tree')
--//
UPDATE unique_tbl SET t = 'threex' WHERE t = 'tree'
--//
INSERT INTO circles VALUES('<(0,0), 5>', '<(0,0), 5>')
--//
INSERT INTO circles VALUES('<(20,20), 10>', '<(0,0), 4>')
  ON CONFLICT ON CONSTRAINT circles_c1_c2_excl DO NOTHING
--//
INSERT INTO circles VALUES('<(20,20), 10>', '<(0,0), 4>')
  ON CONFLICT ON CONSTRAINT circles_c1_c2_excl DO UPDATE SET c2 = EXCLUDED.c2
--//
INSERT INTO deferred_excl VALUES(1)
--//
INSERT INTO deferred_excl VALUES(1) ON CONFLICT ON CONSTRAINT deferred_excl_con DO NOTHING
--//
INSERT INTO deferred_excl VALUES(2, 1)
--//
DELETE FROM deferred_excl WHERE f1 = 2 AND f2 IS NULL
--//
UPDATE deferred_excl SET f2 = 2 WHERE f1 = 2
--//
SELECT * FROM deferred_excl
--//
UPDATE deferred_excl SET f1 = 3
--//
SELECT FROM test_enc_setup()
--//
insert into utf8_verification_inputs  values
  ('\x66006f',	'NUL byte'),
  ('\xaf',		'bare continuation'),
  ('\xc5',		'missing second byte in 2-byte char'),
  ('\xc080',	'smallest 2-byte overlong'),
  ('\xc1bf',	'largest 2-byte overlong'),
  ('\xc280',	'next 2-byte after overlongs'),
  ('\xdfbf',	'largest 2-byte'),
  ('\xe9af',	'missing third byte in 3-byte char'),
  ('\xe08080',	'smallest 3-byte overlong'),
  ('\xe09fbf',	'largest 3-byte overlong'),
  ('\xe0a080',	'next 3-byte after overlong'),
  ('\xed9fbf',	'last before surrogates'),
  ('\xeda080',	'smallest surrogate'),
  ('\xedbfbf',	'largest surrogate'),
  ('\xee8080',	'next after surrogates'),
  ('\xefbfbf',	'largest 3-byte'),
  ('\xf1afbf',	'missing fourth byte in 4-byte char'),
  ('\xf0808080',	'smallest 4-byte overlong'),
  ('\xf08fbfbf',	'largest 4-byte overlong'),
  ('\xf0908080',	'next 4-byte after overlong'),
  ('\xf48fbfbf',	'largest 4-byte'),
  ('\xf4908080',	'smallest too large'),
  ('\xfa9a9a8a8a',	'5-byte')
--//
select description, (test_conv(inbytes, 'utf8', 'utf8')).* from utf8_verification_inputs
--//
with test_bytes as (
  select
    inbytes,
    description,
    (test_conv(inbytes || repeat('.', 3)::bytea, 'utf8', 'utf8')).error
  from utf8_verification_inputs
), test_padded as (
  select
    description,
    (test_conv(inbytes || repeat('.', 64)::bytea, 'utf8', 'utf8')).error
  from test_bytes
)
select
  description,
  b.error as orig_error,
  p.error as error_after_padding
from test_padded p
join test_bytes b
using (description)
where p.error is distinct from b.error
order by description
--//
with test_bytes as (
  select
    inbytes,
    description,
    (test_conv(inbytes || repeat('.', 3)::bytea, 'utf8', 'utf8')).error
  from utf8_verification_inputs
), test_padded as (
  select
    description,
    (test_conv(repeat('.', 64 - length(inbytes))::bytea || inbytes || repeat('.', 64)::bytea, 'utf8', 'utf8')).error
  from test_bytes
)
select
  description,
  b.error as orig_error,
  p.error as error_after_padding
from test_padded p
join test_bytes b
using (description)
where p.error is distinct from b.error
order by description
--//
with test_bytes as (
  select
    inbytes,
    description,
    (test_conv(inbytes || repeat('.', 3)::bytea, 'utf8', 'utf8')).error
  from utf8_verification_inputs
), test_padded as (
  select
    description,
    (test_conv(repeat('.', 64)::bytea || inbytes || repeat('.', 3)::bytea, 'utf8', 'utf8')).error
  from test_bytes
)
select
  description,
  b.error as orig_error,
  p.error as error_after_padding
from test_padded p
join test_bytes b
using (description)
where p.error is distinct from b.error
order by description
--//
insert into utf8_inputs  values
  ('\x666f6f',		'valid, pure ASCII'),
  ('\xc3a4c3b6',	'valid, extra latin chars'),
  ('\xd184d0bed0be',	'valid, cyrillic'),
  ('\x666f6fe8b1a1',	'valid, kanji/Chinese'),
  ('\xe382abe3829a',	'valid, two chars that combine to one in EUC_JIS_2004'),
  ('\xe382ab',		'only first half of combined char in EUC_JIS_2004'),
  ('\xe382abe382',	'incomplete combination when converted EUC_JIS_2004'),
  ('\xecbd94eb81bceba6ac', 'valid, Hangul, Korean'),
  ('\x666f6fefa8aa',	'valid, needs mapping function to convert to GB18030'),
  ('\x66e8b1ff6f6f',	'invalid byte sequence'),
  ('\x66006f',		'invalid, NUL byte'),
  ('\x666f6fe8b100',	'invalid, NUL byte'),
  ('\x666f6fe8b1',	'incomplete character at end')
--//
select description, (test_conv(inbytes, 'utf8', 'utf8')).* from utf8_inputs
--//
select description, inbytes, (test_conv(inbytes, 'utf8', 'euc_jis_2004')).* from utf8_inputs
--//
insert into euc_jis_2004_inputs  values
  ('\x666f6f',		'valid, pure ASCII'),
  ('\x666f6fbedd',	'valid'),
  ('\xa5f7',		'valid, translates to two UTF-8 chars '),
  ('\xbeddbe',		'incomplete char '),
  ('\x666f6f00bedd',	'invalid, NUL byte'),
  ('\x666f6fbe00dd',	'invalid, NUL byte'),
  ('\x666f6fbedd00',	'invalid, NUL byte'),
  ('\xbe04',		'invalid byte sequence')
--//
select description, inbytes, (test_conv(inbytes, 'euc_jis_2004', 'euc_jis_2004')).* from euc_jis_2004_inputs
--//
insert into shiftjis2004_inputs  values
  ('\x666f6f',		'valid, pure ASCII'),
  ('\x666f6f8fdb',	'valid'),
  ('\x666f6f81c0',	'valid, no translation to UTF-8'),
  ('\x666f6f82f5',	'valid, translates to two UTF-8 chars '),
  ('\x666f6f8fdb8f',	'incomplete char '),
  ('\x666f6f820a',	'incomplete char, followed by newline '),
  ('\x666f6f008fdb',	'invalid, NUL byte'),
  ('\x666f6f8f00db',	'invalid, NUL byte'),
  ('\x666f6f8fdb00',	'invalid, NUL byte')
--//
select description, inbytes, (test_conv(inbytes, 'shiftjis2004', 'shiftjis2004')).* from shiftjis2004_inputs
--//
insert into gb18030_inputs  values
  ('\x666f6f',		'valid, pure ASCII'),
  ('\x666f6fcff3',	'valid'),
  ('\x666f6f8431a530',	'valid, no translation to UTF-8'),
  ('\x666f6f84309c38',	'valid, translates to UTF-8 by mapping function'),
  ('\x666f6f84309c',	'incomplete char '),
  ('\x666f6f84309c0a',	'incomplete char, followed by newline '),
  ('\x666f6f84',		'incomplete char at end'),
  ('\x666f6f84309c3800', 'invalid, NUL byte'),
  ('\x666f6f84309c0038', 'invalid, NUL byte')
--//
select description, inbytes, (test_conv(inbytes::text::bytea, 'gb18030', 'gb18030')).* from gb18030_inputs
--//
select description, inbytes, (test_conv(inbytes, 'gb18030', 'utf8')).* from gb18030_inputs
--//
insert into iso8859_5_inputs  values
  ('\x666f6f',		'valid, pure ASCII'),
  ('\xe4dede',		'valid'),
  ('\x00',		'invalid, NUL byte'),
  ('\xe400dede',	'invalid, NUL byte'),
  ('\xe4dede00',	'invalid, NUL byte')
--//
select description, inbytes, (test_conv(inbytes, 'iso8859-5', 'iso8859-5')).* from iso8859_5_inputs
--//
insert into big5_inputs  values
  ('\x666f6f',		'valid, pure ASCII'),
  ('\x666f6fb648',	'valid'),
  ('\x666f6fa27f',	'valid, no translation to UTF-8'),
  ('\x666f6fb60048',	'invalid, NUL byte'),
  ('\x666f6fb64800',	'invalid, NUL byte')
--//
select description, inbytes, (test_conv(inbytes, 'big5', 'big5')).* from big5_inputs
--//
insert into mic_inputs  values
  ('\x666f6f',		'valid, pure ASCII'),
  ('\x8bc68bcf8bcf',	'valid (in KOI8R)'),
  ('\x8bc68bcf8b',	'invalid,incomplete char'),
  ('\x92bedd',		'valid (in SHIFT_JIS)'),
  ('\x92be',		'invalid, incomplete char)'),
  ('\x666f6f95a3c1',	'valid (in Big5)'),
  ('\x666f6f95a3',	'invalid, incomplete char'),
  ('\x9200bedd',	'invalid, NUL byte'),
  ('\x92bedd00',	'invalid, NUL byte'),
  ('\x8b00c68bcf8bcf',	'invalid, NUL byte')
--//
select description, inbytes, (test_conv(inbytes, 'mule_internal', 'mule_internal')).* from mic_inputs
--//
insert into copytest values('DOS',E'abc\r\ndef',1)
--//
insert into copytest values(E'esc\\ape',E'a\\r\\\r\\\n\\nb',4)
--//
select * from copytest except select * from copytest2
--//
truncate copytest2
--//
insert into parted_copytest select x,1,'One' from generate_series(1,1000) x
--//
truncate parted_copytest
--//
select tableoid::regclass,count(*),sum(a) from parted_copytest
group by tableoid order by tableoid::regclass::name
--//
truncate table parted_copytest
--//
select * from parted_copytest where b = 1
--//
truncate tab_progress_reporting
--//
SELECT * FROM header_copytest ORDER BY a
--//
INSERT INTO testnull VALUES (1, E'\\0'), (NULL, NULL)
--//
SELECT * FROM testnull
--//
SELECT * FROM vistest
--//
TRUNCATE vistest
--//
INSERT INTO vistest VALUES ('z')
--//
SELECT truncate_in_subxact()
--//
SELECT b, c FROM forcetest WHERE a = 1
--//
SELECT c, d FROM forcetest WHERE a = 2
--//
select * from check_con_tbl
--//
SELECT * FROM instead_of_insert_tbl
--//
insert into copydml_test (t) values ('a')
--//
delete from copydml_test)
--//
insert into copydml_test default values)
--//
insert into test1 (t) values ('a')
--//
SELECT aggfnoid, aggtransfn, aggcombinefn, aggtranstype::regtype,
       aggserialfn, aggdeserialfn, aggfinalmodify
FROM pg_aggregate
WHERE aggfnoid = 'myavg'::REGPROC
--//
EXPLAIN (COSTS OFF)
SELECT * FROM fast_emp4000
    WHERE home_base <@ '(200,200),(2000,1000)'::box
    ORDER BY (home_base[0])[0]
--//
SELECT * FROM fast_emp4000
    WHERE home_base <@ '(200,200),(2000,1000)'::box
    ORDER BY (home_base[0])[0]
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM fast_emp4000 WHERE home_base && '(1000,1000,0,0)'::box
--//
SELECT count(*) FROM fast_emp4000 WHERE home_base && '(1000,1000,0,0)'::box
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM fast_emp4000 WHERE home_base IS NULL
--//
SELECT count(*) FROM fast_emp4000 WHERE home_base IS NULL
--//
SELECT amname, amhandler, amtype FROM pg_am where amtype = 't' ORDER BY 1, 2
--//
INSERT INTO tableam_tbl_heap2 VALUES(1)
--//
SELECT f1 FROM tableam_tbl_heap2 ORDER BY f1
--//
SELECT INTO tableam_tblselectinto_heap2 USING heap2 FROM tableam_tbl_heap2
--//
SELECT f1 FROM tableam_tblmv_heap2 ORDER BY f1
--//
SELECT
    pc.relkind,
    pa.amname,
    CASE WHEN relkind = 't' THEN
        (SELECT 'toast for ' || relname::regclass FROM pg_class pcm WHERE pcm.reltoastrelid = pc.oid)
    ELSE
        relname::regclass::text
    END COLLATE "C" AS relname
FROM pg_class AS pc,
    pg_am AS pa
WHERE pa.oid = pc.relam
   AND pa.amname = 'heap2'
ORDER BY 3, 1, 2
--//
SELECT pg_describe_object(classid,objid,objsubid) AS obj
FROM pg_depend, pg_am
WHERE pg_depend.refclassid = 'pg_am'::regclass
    AND pg_am.oid = pg_depend.refobjid
    AND pg_am.amname = 'heap2'
ORDER BY classid, objid, objsubid
--//
SELECT amname FROM pg_class c, pg_am am
  WHERE c.relam = am.oid AND c.oid = 'heaptable'::regclass
--//
SELECT pg_describe_object(classid, objid, objsubid) as obj,
       pg_describe_object(refclassid, refobjid, refobjsubid) as objref,
       deptype
  FROM pg_depend
  WHERE classid = 'pg_class'::regclass AND
        objid = 'heaptable'::regclass
  ORDER BY 1, 2
--//
SELECT COUNT(a), COUNT(1) FILTER(WHERE a=1) FROM heaptable
--//
SELECT COUNT(a), COUNT(1) FILTER(WHERE a=1) FROM heapmv
--//
SELECT INTO tableam_tblselectinto_heapx FROM tableam_tbl_heapx
--//
SELECT
    pc.relkind,
    pa.amname,
    CASE WHEN relkind = 't' THEN
        (SELECT 'toast for ' || relname::regclass FROM pg_class pcm WHERE pcm.reltoastrelid = pc.oid)
    ELSE
        relname::regclass::text
    END COLLATE "C" AS relname
FROM pg_class AS pc
    LEFT JOIN pg_am AS pa ON (pa.oid = pc.relam)
WHERE pc.relname LIKE 'tableam_%_heapx'
ORDER BY 3, 1, 2
--//
SELECT casttestfunc('foo'::text)
--//
SELECT casttestfunc('foo'::text::casttesttype)
--//
SELECT 1234::int4::casttesttype
--//
SELECT proname, prorettype::regtype, proargtypes::regtype[] FROM pg_proc
       WHERE oid in ('functest_A_1'::regproc,
                     'functest_A_2'::regproc,
                     'functest_A_3'::regproc) ORDER BY proname
--//
SELECT functest_A_1('abcd', '2020-01-01')
--//
SELECT functest_A_2(ARRAY['1', '2', '3'])
--//
SELECT functest_A_3()
--//
SELECT proname, provolatile FROM pg_proc
       WHERE oid in ('functest_B_1'::regproc,
                     'functest_B_2'::regproc,
                     'functest_B_3'::regproc,
		     'functest_B_4'::regproc) ORDER BY proname
--//
SELECT proname, prosecdef FROM pg_proc
       WHERE oid in ('functest_C_1'::regproc,
                     'functest_C_2'::regproc,
                     'functest_C_3'::regproc) ORDER BY proname
--//
SELECT proname, proleakproof FROM pg_proc
       WHERE oid in ('functest_E_1'::regproc,
                     'functest_E_2'::regproc) ORDER BY proname
--//
SELECT proname, proisstrict FROM pg_proc
       WHERE oid in ('functest_F_1'::regproc,
                     'functest_F_2'::regproc,
                     'functest_F_3'::regproc,
                     'functest_F_4'::regproc) ORDER BY proname
--//
SELECT pg_get_functiondef('functest_A_1'::regproc)
--//
SELECT false
--//
SELECT functest_S_1('abcd', '2020-01-01')
--//
SELECT functest_S_2(ARRAY['1', '2', '3'])
--//
SELECT functest_S_3()
--//
INSERT INTO functest3 VALUES (1), (2)
--//
SELECT routine_name, ordinal_position, parameter_name, parameter_default
    FROM information_schema.parameters JOIN information_schema.routines USING (specific_schema, specific_name)
    WHERE routine_schema = 'temp_func_test' AND routine_name ~ '^functest_is_'
    ORDER BY 1, 2
--//
SELECT r0.routine_name, r1.routine_name
  FROM information_schema.routine_routine_usage rru
       JOIN information_schema.routines r0 ON r0.specific_name = rru.specific_name
       JOIN information_schema.routines r1 ON r1.specific_name = rru.routine_name
  WHERE r0.routine_schema = 'temp_func_test' AND
        r1.routine_schema = 'temp_func_test'
  ORDER BY 1, 2
--//
SELECT routine_name, sequence_name FROM information_schema.routine_sequence_usage
  WHERE routine_schema = 'temp_func_test'
  ORDER BY 1, 2
--//
SELECT routine_name, table_name, column_name FROM information_schema.routine_column_usage
  WHERE routine_schema = 'temp_func_test'
  ORDER BY 1, 2
--//
SELECT routine_name, table_name FROM information_schema.routine_table_usage
  WHERE routine_schema = 'temp_func_test'
  ORDER BY 1, 2
--//
INSERT INTO functest3 VALUES (1), (2), (3)
--//
SELECT * FROM functest_sri1()
--//
EXPLAIN (verbose, costs off) SELECT * FROM functest_sri1()
--//
SELECT voidtest1(42)
--//
SELECT voidtest2(11,22)
--//
EXPLAIN (verbose, costs off) SELECT voidtest2(11,22)
--//
TABLE sometable
--//
SELECT * FROM voidtest5(3)
--//
SELECT double_append(array_append(ARRAY[q1], q2), q3)
  FROM (VALUES(1,2,3), (4,5,6)) v(q1,q2,q3)
--//
SELECT obj_description('six'::regclass, 'pg_class') IS NULL AS six_comment_is_null
--//
INSERT INTO fast_emp4000 SELECT * FROM slow_emp4000
--//
INSERT INTO gpolygon_tbl VALUES ( '(1000,0,0,1000)' )
--//
SELECT count(*) FROM gpolygon_tbl WHERE f1 && '(1000,1000,0,0)'::polygon
--//
SELECT count(*) FROM gcircle_tbl WHERE f1 && '<(500,500),500>'::circle
--//
SELECT count(*) FROM point_tbl WHERE f1 <@ box '(0,0,100,100)'
--//
SELECT count(*) FROM point_tbl WHERE box '(0,0,100,100)' @> f1
--//
SELECT count(*) FROM point_tbl WHERE f1 <@ polygon '(0,0),(0,100),(100,100),(50,50),(100,0),(0,0)'
--//
SELECT count(*) FROM point_tbl WHERE f1 <@ circle '<(50,50),50>'
--//
SELECT count(*) FROM point_tbl p WHERE p.f1 << '(0.0, 0.0)'
--//
SELECT count(*) FROM point_tbl p WHERE p.f1 >> '(0.0, 0.0)'
--//
SELECT count(*) FROM point_tbl p WHERE p.f1 <<| '(0.0, 0.0)'
--//
SELECT count(*) FROM point_tbl p WHERE p.f1 |>> '(0.0, 0.0)'
--//
SELECT count(*) FROM point_tbl p WHERE p.f1 ~= '(-5, -12)'
--//
SELECT * FROM point_tbl ORDER BY f1 <-> '0,1'
--//
SELECT * FROM point_tbl WHERE f1 IS NULL
--//
SELECT * FROM point_tbl WHERE f1 IS NOT NULL ORDER BY f1 <-> '0,1'
--//
SELECT * FROM point_tbl WHERE f1 <@ '(-10,-10),(10,10)':: box ORDER BY f1 <-> '0,1'
--//
SELECT * FROM gpolygon_tbl ORDER BY f1 <-> '(0,0)'::point LIMIT 10
--//
SELECT circle_center(f1), round(radius(f1)) as radius FROM gcircle_tbl ORDER BY f1 <-> '(200,300)'::point LIMIT 10
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM gpolygon_tbl WHERE f1 && '(1000,1000,0,0)'::polygon
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM gcircle_tbl WHERE f1 && '<(500,500),500>'::circle
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM point_tbl WHERE f1 <@ box '(0,0,100,100)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM point_tbl WHERE box '(0,0,100,100)' @> f1
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM point_tbl WHERE f1 <@ polygon '(0,0),(0,100),(100,100),(50,50),(100,0),(0,0)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM point_tbl WHERE f1 <@ circle '<(50,50),50>'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM point_tbl p WHERE p.f1 << '(0.0, 0.0)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM point_tbl p WHERE p.f1 >> '(0.0, 0.0)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM point_tbl p WHERE p.f1 <<| '(0.0, 0.0)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM point_tbl p WHERE p.f1 |>> '(0.0, 0.0)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM point_tbl p WHERE p.f1 ~= '(-5, -12)'
--//
EXPLAIN (COSTS OFF)
SELECT * FROM point_tbl ORDER BY f1 <-> '0,1'
--//
EXPLAIN (COSTS OFF)
SELECT * FROM point_tbl WHERE f1 IS NULL
--//
EXPLAIN (COSTS OFF)
SELECT * FROM point_tbl WHERE f1 IS NOT NULL ORDER BY f1 <-> '0,1'
--//
EXPLAIN (COSTS OFF)
SELECT * FROM point_tbl WHERE f1 <@ '(-10,-10),(10,10)':: box ORDER BY f1 <-> '0,1'
--//
EXPLAIN (COSTS OFF)
SELECT * FROM gpolygon_tbl ORDER BY f1 <-> '(0,0)'::point LIMIT 10
--//
EXPLAIN (COSTS OFF)
SELECT circle_center(f1), round(radius(f1)) as radius FROM gcircle_tbl ORDER BY f1 <-> '(200,300)'::point LIMIT 10
--//
EXPLAIN (COSTS OFF)
SELECT point(x,x), (SELECT f1 FROM gpolygon_tbl ORDER BY f1 <-> point(x,x) LIMIT 1) as c FROM generate_series(0,10,1) x
--//
SELECT point(x,x), (SELECT f1 FROM gpolygon_tbl ORDER BY f1 <-> point(x,x) LIMIT 1) as c FROM generate_series(0,10,1) x
--//
SELECT * FROM array_index_op_test WHERE i = '{NULL}' ORDER BY seqno
--//
SELECT * FROM array_index_op_test WHERE i @> '{NULL}' ORDER BY seqno
--//
SELECT * FROM array_index_op_test WHERE i && '{NULL}' ORDER BY seqno
--//
SELECT * FROM array_index_op_test WHERE i <@ '{NULL}' ORDER BY seqno
--//
explain (costs off)
SELECT * FROM array_index_op_test WHERE i @> '{32}' ORDER BY seqno
--//
explain (costs off)
SELECT * FROM array_index_op_test WHERE t @> '{AAAAAAAA72908}' ORDER BY seqno
--//
SELECT * FROM array_index_op_test WHERE t @> '{AAAAAAAA72908}' ORDER BY seqno
--//
SELECT * FROM array_index_op_test WHERE t && '{AAAAAAAA72908}' ORDER BY seqno
--//
SELECT * FROM array_index_op_test WHERE t <@ '{AAAAAAAA72908,AAAAAAAAAAAAAAAAAAA17075,AA88409,AAAAAAAAAAAAAAAAAA36842,AAAAAAA48038,AAAAAAAAAAAAAA10611}' ORDER BY seqno
--//
SELECT * FROM array_index_op_test WHERE t = '{AAAAAAAAAA646,A87088}' ORDER BY seqno
--//
SELECT * FROM array_index_op_test WHERE i @> '{32}' AND t && '{AAAAAAA80240}' ORDER BY seqno
--//
SELECT * FROM array_index_op_test WHERE i && '{32}' AND t @> '{AAAAAAA80240}' ORDER BY seqno
--//
INSERT INTO array_gin_test SELECT ARRAY[1, g%5, g] FROM generate_series(1, 10000) g
--//
SELECT COUNT(*) FROM array_gin_test WHERE a @> '{2}'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM tenk1 WHERE stringu1 = 'TVAAAA'
--//
SELECT count(*) FROM tenk1 WHERE stringu1 = 'TVAAAA'
--//
SELECT pg_get_indexdef('unique_idx3'::regclass)
--//
INSERT INTO func_index_heap VALUES('ABC','DEF')
--//
INSERT INTO func_index_heap VALUES('ABCD', 'EF')
--//
INSERT INTO func_index_heap VALUES('QWERTY')
--//
INSERT INTO covering_index_heap VALUES(1,1,'AAA')
--//
INSERT INTO concur_heap VALUES  ('a','b')
--//
DELETE FROM concur_heap WHERE f1 = 'b'
--//
INSERT INTO concur_temp VALUES (1, 'foo'), (2, 'bar')
--//
INSERT INTO cwi_test VALUES(1, 2), (3, 4), (5, 6)
--//
INSERT INTO onek_with_null (unique1,unique2) VALUES (NULL, -1), (NULL, NULL)
--//
SELECT count(*) FROM onek_with_null WHERE unique1 IS NULL
--//
SELECT count(*) FROM onek_with_null WHERE unique1 IS NULL AND unique2 IS NULL
--//
SELECT count(*) FROM onek_with_null WHERE unique1 IS NOT NULL
--//
SELECT count(*) FROM onek_with_null WHERE unique1 IS NULL AND unique2 IS NOT NULL
--//
SELECT count(*) FROM onek_with_null WHERE unique1 IS NOT NULL AND unique1 > 500
--//
SELECT count(*) FROM onek_with_null WHERE unique1 IS NULL AND unique1 > 500
--//
SELECT unique1, unique2 FROM onek_with_null
  ORDER BY unique2 LIMIT 2
--//
SELECT unique1, unique2 FROM onek_with_null WHERE unique2 >= -1
  ORDER BY unique2 LIMIT 2
--//
SELECT unique1, unique2 FROM onek_with_null WHERE unique2 >= 0
  ORDER BY unique2 LIMIT 2
--//
SELECT unique1, unique2 FROM onek_with_null
  ORDER BY unique2 DESC LIMIT 2
--//
SELECT unique1, unique2 FROM onek_with_null WHERE unique2 >= -1
  ORDER BY unique2 DESC LIMIT 2
--//
SELECT unique1, unique2 FROM onek_with_null WHERE unique2 < 999
  ORDER BY unique2 DESC LIMIT 2
--//
EXPLAIN (COSTS OFF)
SELECT * FROM tenk1
  WHERE thousand = 42 AND (tenthous = 1 OR tenthous = 3 OR tenthous = 42)
--//
SELECT * FROM tenk1
  WHERE thousand = 42 AND (tenthous = 1 OR tenthous = 3 OR tenthous = 42)
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM tenk1
  WHERE hundred = 42 AND (thousand = 42 OR thousand = 99)
--//
SELECT count(*) FROM tenk1
  WHERE hundred = 42 AND (thousand = 42 OR thousand = 99)
--//
EXPLAIN (COSTS OFF)
  SELECT count(*) FROM dupindexcols
    WHERE f1 BETWEEN 'WA' AND 'ZZZ' and id < 1000 and f1 ~<~ 'YX'
--//
SELECT count(*) FROM dupindexcols
  WHERE f1 BETWEEN 'WA' AND 'ZZZ' and id < 1000 and f1 ~<~ 'YX'
--//
explain (costs off)
SELECT unique1 FROM tenk1
WHERE unique1 IN (1,42,7)
ORDER BY unique1
--//
SELECT unique1 FROM tenk1
WHERE unique1 IN (1,42,7)
ORDER BY unique1
--//
explain (costs off)
SELECT thousand, tenthous FROM tenk1
WHERE thousand < 2 AND tenthous IN (1001,3000)
ORDER BY thousand
--//
SELECT thousand, tenthous FROM tenk1
WHERE thousand < 2 AND tenthous IN (1001,3000)
ORDER BY thousand
--//
explain (costs off)
  select * from tenk1 where (thousand, tenthous) in ((1,1001), (null,null))
--//
explain (costs off)
  select * from boolindex order by b, i limit 10
--//
explain (costs off)
  select * from boolindex where b order by i limit 10
--//
explain (costs off)
  select * from boolindex where b = true order by i desc limit 10
--//
explain (costs off)
  select * from boolindex where not b order by i limit 10
--//
explain (costs off)
  select * from boolindex where b is true order by i desc limit 10
--//
explain (costs off)
  select * from boolindex where b is false order by i desc limit 10
--//
INSERT INTO concur_reindex_tab VALUES  (1, 'a')
--//
INSERT INTO concur_reindex_tab3 VALUES  (3, '[1,2]')
--//
SELECT pg_describe_object(classid, objid, objsubid) as obj,
       pg_describe_object(refclassid,refobjid,refobjsubid) as objref,
       deptype
FROM pg_depend
WHERE classid = 'pg_class'::regclass AND
  objid in ('concur_reindex_tab'::regclass,
            'concur_reindex_ind1'::regclass,
	    'concur_reindex_ind2'::regclass,
	    'concur_reindex_ind3'::regclass,
	    'concur_reindex_ind4'::regclass,
	    'concur_reindex_matview'::regclass)
  ORDER BY 1, 2
--//
SELECT obj_description('testcomment_idx1'::regclass, 'pg_class')
--//
SELECT indexrelid::regclass, indisclustered FROM pg_index
  WHERE indrelid = 'concur_clustered'::regclass
--//
SELECT indexrelid::regclass, indisreplident FROM pg_index
  WHERE indrelid = 'concur_replident'::regclass
--//
SELECT relid, parentrelid, level FROM pg_partition_tree('concur_reindex_part_index')
  ORDER BY relid, level
--//
SELECT pg_describe_object(classid, objid, objsubid) as obj,
       pg_describe_object(refclassid,refobjid,refobjsubid) as objref,
       deptype
FROM pg_depend
WHERE classid = 'pg_class'::regclass AND
  objid in ('concur_reindex_part'::regclass,
            'concur_reindex_part_0'::regclass,
            'concur_reindex_part_0_1'::regclass,
            'concur_reindex_part_0_2'::regclass,
            'concur_reindex_part_index'::regclass,
            'concur_reindex_part_index_0'::regclass,
            'concur_reindex_part_index_0_1'::regclass,
            'concur_reindex_part_index_0_2'::regclass)
  ORDER BY 1, 2
--//
SELECT create_relfilenode_part('reindex_index_status', 'concur_reindex_part_index')
--//
SELECT * FROM compare_relfilenode_part('reindex_index_status')
--//
INSERT INTO concur_reindex_tab4 VALUES (1), (1), (2)
--//
DELETE FROM concur_reindex_tab4 WHERE c1 = 1
--//
INSERT INTO concur_exprs_tab (c1, c2) VALUES (1369652450, FALSE),
  (414515746, TRUE),
  (897778963, FALSE)
--//
SELECT starelid::regclass, count(*) FROM pg_statistic WHERE starelid IN (
  'concur_exprs_index_expr'::regclass,
  'concur_exprs_index_pred'::regclass,
  'concur_exprs_index_pred_2'::regclass)
  GROUP BY starelid ORDER BY starelid::regclass::text
--//
SELECT attrelid::regclass, attnum, attstattarget
  FROM pg_attribute WHERE attrelid IN (
    'concur_exprs_index_expr'::regclass,
    'concur_exprs_index_pred'::regclass,
    'concur_exprs_index_pred_2'::regclass)
  ORDER BY attrelid::regclass::text, attnum
--//
INSERT INTO concur_temp_tab_1 VALUES (1, 'foo'), (2, 'bar')
--//
SELECT pg_my_temp_schema()::regnamespace as temp_schema_name
--//
SELECT  b.relname,
        b.relkind,
        CASE WHEN a.relfilenode = b.relfilenode THEN 'relfilenode is unchanged'
        ELSE 'relfilenode has changed' END
  FROM reindex_temp_before b JOIN pg_class a ON b.oid = a.oid
  ORDER BY 1
--//
INSERT INTO table1 SELECT generate_series(1,400)
--//
INSERT INTO table2 SELECT generate_series(1,400), 'abc'
--//
INSERT INTO reindex_before
SELECT oid, 'pg_toast_TABLE', relfilenode, relkind, reltoastrelid
FROM pg_class WHERE oid IN
	(SELECT reltoastrelid FROM reindex_before WHERE reltoastrelid > 0)
--//
INSERT INTO reindex_before
SELECT oid, 'pg_toast_TABLE_index', relfilenode, relkind, reltoastrelid
FROM pg_class where oid in
	(select indexrelid from pg_index where indrelid in
		(select reltoastrelid from reindex_before where reltoastrelid > 0))
--//
SELECT  b.relname,
        b.relkind,
        CASE WHEN a.relfilenode = b.relfilenode THEN 'relfilenode is unchanged'
        ELSE 'relfilenode has changed' END
  FROM reindex_before b JOIN pg_class a ON b.oid = a.oid
  ORDER BY 1
--//
INSERT INTO quad_point_tbl
    SELECT '(333.0,400.0)'::point FROM generate_series(1,1000)
--//
INSERT INTO quad_point_tbl VALUES (NULL), (NULL), (NULL)
--//
INSERT INTO radix_text_tbl
    SELECT 'P0123456789abcdef' FROM generate_series(1,1000)
--//
INSERT INTO radix_text_tbl VALUES ('P0123456789abcde')
--//
SELECT count(*) FROM quad_point_tbl WHERE p IS NULL
--//
SELECT count(*) FROM quad_point_tbl WHERE p IS NOT NULL
--//
SELECT count(*) FROM quad_point_tbl
--//
SELECT count(*) FROM quad_point_tbl WHERE p <@ box '(200,200,1000,1000)'
--//
SELECT count(*) FROM quad_point_tbl WHERE box '(200,200,1000,1000)' @> p
--//
SELECT count(*) FROM quad_point_tbl WHERE p << '(5000, 4000)'
--//
SELECT count(*) FROM quad_point_tbl WHERE p >> '(5000, 4000)'
--//
SELECT count(*) FROM quad_point_tbl WHERE p <<| '(5000, 4000)'
--//
SELECT count(*) FROM quad_point_tbl WHERE p |>> '(5000, 4000)'
--//
SELECT count(*) FROM quad_point_tbl WHERE p ~= '(4585, 365)'
--//
SELECT count(*) FROM radix_text_tbl WHERE t = 'P0123456789abcdef'
--//
SELECT count(*) FROM radix_text_tbl WHERE t <    'Aztec                         Ct  '
--//
SELECT count(*) FROM radix_text_tbl WHERE t ~<~  'Aztec                         Ct  '
--//
SELECT count(*) FROM radix_text_tbl WHERE t <=   'Aztec                         Ct  '
--//
SELECT count(*) FROM radix_text_tbl WHERE t ~<=~ 'Aztec                         Ct  '
--//
SELECT count(*) FROM radix_text_tbl WHERE t >=   'Worth                         St  '
--//
SELECT count(*) FROM radix_text_tbl WHERE t ~>=~ 'Worth                         St  '
--//
SELECT count(*) FROM radix_text_tbl WHERE t >    'Worth                         St  '
--//
SELECT count(*) FROM radix_text_tbl WHERE t ~>~  'Worth                         St  '
--//
SELECT count(*) FROM radix_text_tbl WHERE t ^@  'Worth'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_point_tbl WHERE p IS NULL
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_point_tbl WHERE p IS NOT NULL
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_point_tbl
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_point_tbl WHERE p <@ box '(200,200,1000,1000)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_point_tbl WHERE box '(200,200,1000,1000)' @> p
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_point_tbl WHERE p << '(5000, 4000)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_point_tbl WHERE p >> '(5000, 4000)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_point_tbl WHERE p <<| '(5000, 4000)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_point_tbl WHERE p |>> '(5000, 4000)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_point_tbl WHERE p ~= '(4585, 365)'
--//
EXPLAIN (COSTS OFF)
SELECT row_number() OVER (ORDER BY p <-> '0,0') n, p <-> '0,0' dist, p
FROM quad_point_tbl
--//
SELECT * FROM quad_point_tbl_ord_seq1 seq FULL JOIN quad_point_tbl_ord_idx1 idx
ON seq.n = idx.n
WHERE seq.dist IS DISTINCT FROM idx.dist
--//
EXPLAIN (COSTS OFF)
SELECT row_number() OVER (ORDER BY p <-> '0,0') n, p <-> '0,0' dist, p
FROM quad_point_tbl WHERE p <@ box '(200,200,1000,1000)'
--//
EXPLAIN (COSTS OFF)
SELECT row_number() OVER (ORDER BY p <-> '333,400') n, p <-> '333,400' dist, p
FROM quad_point_tbl WHERE p IS NOT NULL
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM kd_point_tbl WHERE p <@ box '(200,200,1000,1000)'
--//
SELECT count(*) FROM kd_point_tbl WHERE p <@ box '(200,200,1000,1000)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM kd_point_tbl WHERE box '(200,200,1000,1000)' @> p
--//
SELECT count(*) FROM kd_point_tbl WHERE box '(200,200,1000,1000)' @> p
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM kd_point_tbl WHERE p << '(5000, 4000)'
--//
SELECT count(*) FROM kd_point_tbl WHERE p << '(5000, 4000)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM kd_point_tbl WHERE p >> '(5000, 4000)'
--//
SELECT count(*) FROM kd_point_tbl WHERE p >> '(5000, 4000)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM kd_point_tbl WHERE p <<| '(5000, 4000)'
--//
SELECT count(*) FROM kd_point_tbl WHERE p <<| '(5000, 4000)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM kd_point_tbl WHERE p |>> '(5000, 4000)'
--//
SELECT count(*) FROM kd_point_tbl WHERE p |>> '(5000, 4000)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM kd_point_tbl WHERE p ~= '(4585, 365)'
--//
SELECT count(*) FROM kd_point_tbl WHERE p ~= '(4585, 365)'
--//
EXPLAIN (COSTS OFF)
SELECT row_number() OVER (ORDER BY p <-> '0,0') n, p <-> '0,0' dist, p
FROM kd_point_tbl
--//
SELECT * FROM quad_point_tbl_ord_seq1 seq FULL JOIN kd_point_tbl_ord_idx1 idx
ON seq.n = idx.n
WHERE seq.dist IS DISTINCT FROM idx.dist
--//
EXPLAIN (COSTS OFF)
SELECT row_number() OVER (ORDER BY p <-> '0,0') n, p <-> '0,0' dist, p
FROM kd_point_tbl WHERE p <@ box '(200,200,1000,1000)'
--//
EXPLAIN (COSTS OFF)
SELECT row_number() OVER (ORDER BY p <-> '333,400') n, p <-> '333,400' dist, p
FROM kd_point_tbl WHERE p IS NOT NULL
--//
EXPLAIN (COSTS OFF)
SELECT p, dist FROM quad_point_tbl_ord_seq1 ORDER BY p <-> '0,0' LIMIT 10
--//
SELECT p, dist FROM quad_point_tbl_ord_seq1 ORDER BY p <-> '0,0' LIMIT 10
--//
SELECT (SELECT p FROM kd_point_tbl ORDER BY p <-> pt, p <-> '0,0' LIMIT 1)
FROM (VALUES (point '1,2'), (NULL), ('1234,5678')) pts(pt)
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE t = 'P0123456789abcdef'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE t <    'Aztec                         Ct  '
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE t ~<~  'Aztec                         Ct  '
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE t <=   'Aztec                         Ct  '
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE t ~<=~ 'Aztec                         Ct  '
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE t >=   'Worth                         St  '
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE t ~>=~ 'Worth                         St  '
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE t >    'Worth                         St  '
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE t ~>~  'Worth                         St  '
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE t ^@	 'Worth'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM radix_text_tbl WHERE starts_with(t, 'Worth')
--//
SELECT count(*) FROM radix_text_tbl WHERE starts_with(t, 'Worth')
--//
INSERT INTO a_star (class, a) VALUES ('a', 1)
--//
INSERT INTO a_star (class) VALUES ('a')
--//
INSERT INTO b_star (class, a, b) VALUES ('b', 3, 'mumble'::text)
--//
INSERT INTO b_star (class, a) VALUES ('b', 4)
--//
INSERT INTO b_star (class, b) VALUES ('b', 'bumble'::text)
--//
INSERT INTO b_star (class) VALUES ('b')
--//
INSERT INTO c_star (class, a, c) VALUES ('c', 5, 'hi mom'::name)
--//
INSERT INTO c_star (class, a) VALUES ('c', 6)
--//
INSERT INTO c_star (class, c) VALUES ('c', 'hi paul'::name)
--//
INSERT INTO c_star (class) VALUES ('c')
--//
INSERT INTO d_star (class, a, b, c, d)
   VALUES ('d', 7, 'grumble'::text, 'hi sunita'::name, '0.0'::float8)
--//
INSERT INTO d_star (class, a, b, c)
   VALUES ('d', 8, 'stumble'::text, 'hi koko'::name)
--//
INSERT INTO d_star (class, a, b, d)
   VALUES ('d', 9, 'rumble'::text, '1.1'::float8)
--//
INSERT INTO d_star (class, a, c, d)
   VALUES ('d', 10, 'hi kristin'::name, '10.01'::float8)
--//
INSERT INTO d_star (class, b, c, d)
   VALUES ('d', 'crumble'::text, 'hi boris'::name, '100.001'::float8)
--//
INSERT INTO d_star (class, a, b)
   VALUES ('d', 11, 'fumble'::text)
--//
INSERT INTO d_star (class, a, c)
   VALUES ('d', 12, 'hi avi'::name)
--//
INSERT INTO d_star (class, a, d)
   VALUES ('d', 13, '1000.0001'::float8)
--//
INSERT INTO d_star (class, b, c)
   VALUES ('d', 'tumble'::text, 'hi andrew'::name)
--//
INSERT INTO d_star (class, b, d)
   VALUES ('d', 'humble'::text, '10000.00001'::float8)
--//
INSERT INTO d_star (class, c, d)
   VALUES ('d', 'hi ginger'::name, '100000.000001'::float8)
--//
INSERT INTO d_star (class, a) VALUES ('d', 14)
--//
INSERT INTO d_star (class, b) VALUES ('d', 'jumble'::text)
--//
INSERT INTO d_star (class, c) VALUES ('d', 'hi jolly'::name)
--//
INSERT INTO d_star (class, d) VALUES ('d', '1000000.0000001'::float8)
--//
INSERT INTO d_star (class) VALUES ('d')
--//
INSERT INTO e_star (class, a, c, e)
   VALUES ('e', 15, 'hi carol'::name, '-1'::int2)
--//
INSERT INTO e_star (class, a, c)
   VALUES ('e', 16, 'hi bob'::name)
--//
INSERT INTO e_star (class, a, e)
   VALUES ('e', 17, '-2'::int2)
--//
INSERT INTO e_star (class, c, e)
   VALUES ('e', 'hi michelle'::name, '-3'::int2)
--//
INSERT INTO e_star (class, a)
   VALUES ('e', 18)
--//
INSERT INTO e_star (class, c)
   VALUES ('e', 'hi elisa'::name)
--//
INSERT INTO e_star (class, e)
   VALUES ('e', '-4'::int2)
--//
INSERT INTO f_star (class, a, c, e, f)
   VALUES ('f', 19, 'hi claire'::name, '-5'::int2, '(1,3),(2,4)'::polygon)
--//
INSERT INTO f_star (class, a, c, e)
   VALUES ('f', 20, 'hi mike'::name, '-6'::int2)
--//
INSERT INTO f_star (class, a, c, f)
   VALUES ('f', 21, 'hi marcel'::name, '(11,44),(22,55),(33,66)'::polygon)
--//
INSERT INTO f_star (class, a, e, f)
   VALUES ('f', 22, '-7'::int2, '(111,555),(222,666),(333,777),(444,888)'::polygon)
--//
INSERT INTO f_star (class, c, e, f)
   VALUES ('f', 'hi keith'::name, '-8'::int2,
	   '(1111,3333),(2222,4444)'::polygon)
--//
INSERT INTO f_star (class, a, c)
   VALUES ('f', 24, 'hi marc'::name)
--//
INSERT INTO f_star (class, a, e)
   VALUES ('f', 25, '-9'::int2)
--//
INSERT INTO f_star (class, a, f)
   VALUES ('f', 26, '(11111,33333),(22222,44444)'::polygon)
--//
INSERT INTO f_star (class, c, e)
   VALUES ('f', 'hi allison'::name, '-10'::int2)
--//
INSERT INTO f_star (class, c, f)
   VALUES ('f', 'hi jeff'::name,
           '(111111,333333),(222222,444444)'::polygon)
--//
INSERT INTO f_star (class, e, f)
   VALUES ('f', '-11'::int2, '(1111111,3333333),(2222222,4444444)'::polygon)
--//
INSERT INTO f_star (class, a) VALUES ('f', 27)
--//
INSERT INTO f_star (class, c) VALUES ('f', 'hi carl'::name)
--//
INSERT INTO f_star (class, e) VALUES ('f', '-12'::int2)
--//
INSERT INTO f_star (class, f)
   VALUES ('f', '(11111111,33333333),(22222222,44444444)'::polygon)
--//
INSERT INTO f_star (class) VALUES ('f')
--//
SELECT * FROM a_star*
--//
SELECT *
   FROM b_star* x
   WHERE x.b = text 'bumble' or x.a < 3
--//
SELECT class, a
   FROM c_star* x
   WHERE x.c ~ text 'hi'
--//
SELECT class, b, c
   FROM d_star* x
   WHERE x.a < 100
--//
SELECT class, c FROM e_star* x WHERE x.c NOTNULL
--//
SELECT * FROM f_star* x WHERE x.c ISNULL
--//
SELECT sum(a) FROM a_star*
--//
SELECT class, sum(a) FROM a_star* GROUP BY class ORDER BY class
--//
SELECT class, aa
   FROM a_star* x
   WHERE aa ISNULL
--//
SELECT class, foo
   FROM a_star* x
   WHERE x.foo >= 2
--//
SELECT *
   from a_star*
   WHERE aa < 1000
--//
UPDATE f_star SET f = 10
--//
SELECT * FROM e_star*
--//
SELECT relname, reltoastrelid <> 0 AS has_toast_table
   FROM pg_class
   WHERE oid::regclass IN ('a_star', 'c_star')
   ORDER BY 1
--//
SELECT class, aa, a FROM a_star*
--//
SELECT @#@ 24
--//
SELECT !=- 10
--//
SELECT 10 !=-
--//
SELECT 2 !=/**/ 1, 2 !=/**/ 2
--//
SELECT 2 !=
  1
--//
SELECT true<>-1 BETWEEN 1 AND 1
--//
SELECT false<>/**/1 BETWEEN 1 AND 1
--//
SELECT false<=-1 BETWEEN 1 AND 1
--//
SELECT false>=-1 BETWEEN 1 AND 1
--//
SELECT 2<=/**/3, 3>=/**/2, 2<>/**/3
--//
SELECT ptest1('x')
--//
SELECT * FROM cp_test ORDER BY b COLLATE "C"
--//
TRUNCATE cp_test
--//
SELECT * FROM cp_test
--//
SELECT shobj_description('regress_tenant'::regrole, 'pg_authid') IS NOT NULL AS has_comment
--//
SELECT shobj_description('regress_tenant'::regrole, 'pg_authid') IS NULL AS no_comment
--//
SELECT relname, relkind, relpersistence FROM pg_class WHERE relname ~ '^unlogged\d' ORDER BY relname
--//
INSERT INTO unlogged1 VALUES (42)
--//
SELECT * FROM as_select1
--//
SELECT 'CREATE TABLE extra_wide_table(firstc text, '|| array_to_string(array_agg('c'||i||' bool'),',')||', lastc text);'
FROM generate_series(1, 1100) g(i)
--//
INSERT INTO extra_wide_table(firstc, lastc) VALUES('first col', 'last col')
--//
SELECT firstc, lastc FROM extra_wide_table
--//
SELECT relpersistence,
  pg_filenode_relation (reltablespace, pg_relation_filenode(oid))
  FROM pg_class
  WHERE relname = 'relation_filenode_check'
--//
SELECT relkind FROM pg_class WHERE relname = 'partitioned'
--//
INSERT INTO partitioned2 VALUES (1, 'hello')
--//
explain (costs off)
select * from partitioned where row(a,b)::partitioned = '(1,2)'::partitioned
--//
explain (costs off)
select * from partitioned where partitioned = '(1,2)'::partitioned
--//
table partitioned
--//
INSERT INTO list_parted2 VALUES('X')
--//
INSERT INTO range_parted2 VALUES (85)
--//
SELECT attname, attislocal, attinhcount FROM pg_attribute
  WHERE attrelid = 'part_a'::regclass and attnum > 0
  ORDER BY attnum
--//
SELECT conislocal, coninhcount FROM pg_constraint WHERE conrelid = 'part_b'::regclass ORDER BY conislocal, coninhcount
--//
SELECT conislocal, coninhcount FROM pg_constraint WHERE conrelid = 'part_b'::regclass
--//
insert into parted_notnull_inh_test (b) values (null)
--//
INSERT INTO partkey_t VALUES (100)
--//
SELECT obj_description('parted_col_comment'::regclass)
--//
insert into tab_part_create values (1)
--//
insert into volatile_partbound_test values (current_timestamp)
--//
select tableoid::regclass from volatile_partbound_test
--//
insert into defcheck_def values (0, 0)
--//
INSERT INTO inhe VALUES ('ee-col1', 'ee-col2', DEFAULT, 'ee-col4')
--//
SELECT * FROM inhe
--//
INSERT INTO inhf DEFAULT VALUES
--//
SELECT * FROM inhf
--//
INSERT INTO test_like_id_1 (b) VALUES ('b1')
--//
SELECT * FROM test_like_id_1
--//
INSERT INTO test_like_gen_1 (a) VALUES (1)
--//
SELECT * FROM test_like_gen_1
--//
INSERT INTO test_like_4a (a) VALUES(11)
--//
SELECT a, b, c FROM test_like_4a
--//
INSERT INTO test_like_4b (a) VALUES(11)
--//
SELECT a, b, c FROM test_like_4b
--//
INSERT INTO test_like_4c (a) VALUES(11)
--//
SELECT a, b, c FROM test_like_4c
--//
INSERT INTO test_like_4d (a) VALUES(11)
--//
SELECT a, b, c FROM test_like_4d
--//
INSERT INTO inhg VALUES (20, 10)
--//
INSERT INTO inhg (xx, yy, x) VALUES ('test', 5, 10)
--//
SELECT description FROM pg_description, pg_constraint c WHERE classoid = 'pg_constraint'::regclass AND objoid = c.oid AND c.conrelid = 'ctlt1_inh'::regclass
--//
SELECT c.relname, objsubid, description FROM pg_description, pg_index i, pg_class c WHERE classoid = 'pg_class'::regclass AND objoid = i.indexrelid AND c.oid = i.indexrelid AND i.indrelid = 'ctlt_all'::regclass ORDER BY c.relname, objsubid
--//
SELECT s.stxname, objsubid, description FROM pg_description, pg_statistic_ext s WHERE classoid = 'pg_statistic_ext'::regclass AND objoid = s.oid AND s.stxrelid = 'ctlt_all'::regclass ORDER BY s.stxname, objsubid
--//
SELECT s.stxrelid::regclass AS relation,
       array_agg(a.attname ORDER BY u.ord) AS stats_columns
FROM pg_statistic_ext s
CROSS JOIN LATERAL
  unnest(s.stxkeys::int2[]) WITH ORDINALITY AS u(attnum, ord)
JOIN pg_attribute a
  ON a.attrelid = s.stxrelid AND a.attnum = u.attnum
WHERE s.stxrelid IN ('ctl_stats3_child'::regclass,
                     'ctl_stats4_child'::regclass)
GROUP BY s.stxrelid
ORDER BY s.stxrelid::regclass::text
--//
INSERT INTO default_test DEFAULT VALUES
--//
SELECT * FROM default_test
--//
SELECT * FROM get_default_test()
--//
SELECT format_type(atttypid,atttypmod) FROM pg_attribute
WHERE attrelid = 'mytab'::regclass AND attnum > 0
--//
INSERT INTO mytab VALUES ('(1,2,3)'), ('(-44,5.5,12)')
--//
TABLE mytab
--//
select format_type('varchar'::regtype, 42)
--//
select format_type('bpchar'::regtype, null)
--//
select format_type('bpchar'::regtype, -1)
--//
SELECT point '(1,2)' <% widget '(0,0,3)' AS t,
       point '(1,2)' <% widget '(0,0,1)' AS f
--//
INSERT INTO city VALUES
('Podunk', '(1,2),(3,4)', '100,127,1000'),
('Gotham', '(1000,34),(1100,334)', '123456,127,-1000,6789')
--//
TABLE city
--//
SELECT typinput, typoutput, typreceive, typsend, typmodin, typmodout,
       typanalyze, typsubscript, typstorage
FROM pg_type WHERE typname = 'myvarchar'
--//
SELECT *
   INTO TABLE ramp
   FROM ONLY road
   WHERE name ~ '.*Ramp'
--//
SELECT * FROM viewtest
--//
SELECT relname FROM pg_class
    WHERE relname LIKE 'v_'
    AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'temp_view_test')
    ORDER BY relname
--//
SELECT relname FROM pg_class
    WHERE relname LIKE 'v%'
    AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg_temp%')
    ORDER BY relname
--//
SELECT count(*) FROM pg_class where relname = 'pubview'
AND relnamespace IN (SELECT OID FROM pg_namespace WHERE nspname = 'testviewschm2')
--//
SELECT count(*) FROM pg_class where relname LIKE 'mytempview'
And relnamespace IN (SELECT OID FROM pg_namespace WHERE nspname LIKE 'pg_temp%')
--//
SELECT relname, relkind, reloptions FROM pg_class
       WHERE oid in ('mysecview1'::regclass, 'mysecview2'::regclass,
                     'mysecview3'::regclass, 'mysecview4'::regclass,
                     'mysecview7'::regclass, 'mysecview8'::regclass,
                     'mysecview9'::regclass)
       ORDER BY relname
--//
SELECT * FROM unspecified_types
--//
SELECT * FROM tt1
--//
SELECT a::varchar(3) FROM tt1
--//
select pg_get_viewdef('view_of_joins_2a', true)
--//
insert into tt14t values('foo', 'bar', 'baz', '42')
--//
select * from tt14v
--//
delete from pg_depend where
  objid = (select oid from pg_rewrite
           where ev_class = 'tt14v'::regclass and rulename = '_RETURN')
  and refobjsubid = 3
returning pg_describe_object(classid, objid, objsubid) as obj,
          pg_describe_object(refclassid, refobjid, refobjsubid) as ref,
          deptype
--//
explain (verbose, costs off) select * from tt14v
--//
select f1, f4 from tt14v
--//
select row(i.*::int8_tbl)::nestedcomposite from int8_tbl i
--//
select * from int8_tbl i, lateral(values(i.*::int8_tbl)) ss
--//
select * from int8_tbl i where i.* in (values(i.*::int8_tbl))
--//
explain (costs off) select * from tt18v
--//
select 'foo'::text = any(array['abc','def','foo']::text[])
--//
select 'foo'::text = any((select array['abc','def','foo']::text[]))
--//
select 'foo'::text = any((select array['abc','def','foo']::text[])::text[])
--//
select pg_get_ruledef(oid, true) from pg_rewrite
  where ev_class = 'tt23v'::regclass and ev_type = '1'
--//
explain (verbose, costs off)
select (r).column2 from (select r from (values(1,2),(3,4)) r limit 1) ss
--//
select a from tt27v where a > 0
--//
insert into tt27v values (1)
--//
select viewname from pg_views where viewname = 'tt27v'
--//
UPDATE pg_database
SET datacl = array_fill(makeaclitem(10, 10, 'USAGE', false), ARRAY[5e5::int])
WHERE datname = 'regression_utf8'
--//
INSERT INTO DATE_TBL VALUES ('1957-04-09')
--//
SELECT f1 FROM DATE_TBL
--//
SELECT f1 FROM DATE_TBL WHERE f1 < '2000-01-01'
--//
SELECT f1 FROM DATE_TBL
  WHERE f1 BETWEEN '2000-01-01' AND '2001-01-01'
--//
SELECT date 'January 8, 1999'
--//
SELECT f1 - date '2000-01-01' AS "Days From 2K" FROM DATE_TBL
--//
SELECT f1 - date 'epoch' AS "Days From Epoch" FROM DATE_TBL
--//
SELECT date 'yesterday' - date 'today' AS "One day"
--//
SELECT date 'yesterday' - date 'tomorrow' AS "Two days"
--//
SELECT f1 as "date",
    date_part('year', f1) AS year,
    date_part('month', f1) AS month,
    date_part('day', f1) AS day,
    date_part('quarter', f1) AS quarter,
    date_part('decade', f1) AS decade,
    date_part('century', f1) AS century,
    date_part('millennium', f1) AS millennium,
    date_part('isoyear', f1) AS isoyear,
    date_part('week', f1) AS week,
    date_part('dow', f1) AS dow,
    date_part('isodow', f1) AS isodow,
    date_part('doy', f1) AS doy,
    date_part('julian', f1) AS julian,
    date_part('epoch', f1) AS epoch
    FROM date_tbl
--//
SELECT EXTRACT(EPOCH FROM DATE        '1970-01-01')
--//
SELECT EXTRACT(CENTURY FROM DATE '0101-12-31 BC')
--//
SELECT EXTRACT(CENTURY FROM CURRENT_DATE)>=21 AS True
--//
SELECT EXTRACT(MILLENNIUM FROM DATE '0001-12-31 BC')
--//
SELECT EXTRACT(MILLENNIUM FROM CURRENT_DATE)
--//
SELECT EXTRACT(DECADE FROM DATE '1994-12-25')
--//
SELECT EXTRACT(MICROSECONDS  FROM DATE '2020-08-11')
--//
SELECT EXTRACT(MILLISECONDS  FROM DATE '2020-08-11')
--//
SELECT EXTRACT(SECOND        FROM DATE '2020-08-11')
--//
SELECT EXTRACT(MINUTE        FROM DATE '2020-08-11')
--//
SELECT EXTRACT(HOUR          FROM DATE '2020-08-11')
--//
SELECT EXTRACT(DAY           FROM DATE '2020-08-11')
--//
SELECT EXTRACT(MONTH         FROM DATE '2020-08-11')
--//
SELECT EXTRACT(YEAR          FROM DATE '2020-08-11')
--//
SELECT EXTRACT(ISOYEAR       FROM DATE '2020-08-11')
--//
SELECT EXTRACT(QUARTER       FROM DATE '2020-08-11')
--//
SELECT EXTRACT(WEEK          FROM DATE '2020-08-11')
--//
SELECT EXTRACT(DOW           FROM DATE '2020-08-11')
--//
SELECT EXTRACT(ISODOW        FROM DATE '2020-08-11')
--//
SELECT EXTRACT(DOY           FROM DATE '2020-08-11')
--//
SELECT EXTRACT(TIMEZONE      FROM DATE '2020-08-11')
--//
SELECT EXTRACT(TIMEZONE_M    FROM DATE '2020-08-11')
--//
SELECT EXTRACT(TIMEZONE_H    FROM DATE '2020-08-11')
--//
SELECT EXTRACT(JULIAN        FROM DATE '2020-08-11')
--//
SELECT DATE_TRUNC('MILLENNIUM', TIMESTAMP '1970-03-20 04:30:00.00000')
--//
SELECT DATE_TRUNC('MILLENNIUM', DATE '1970-03-20')
--//
select 'infinity'::date, '-infinity'::date
--//
select 'infinity'::date > 'today'::date as t
--//
select '-infinity'::date < 'today'::date as t
--//
select isfinite('infinity'::date), isfinite('-infinity'::date), isfinite('today'::date)
--//
SELECT EXTRACT(MICROSEC  FROM DATE 'infinity')
--//
select make_date(2013, 7, 15)
--//
select make_date(-44, 3, 15)
--//
select make_time(8, 20, 0.0)
--//
select make_date(2013, 11, -1)
--//
SELECT size, pg_size_pretty(size), pg_size_pretty(-1 * size) FROM
    (VALUES (10::bigint), (1000::bigint), (1000000::bigint),
            (1000000000::bigint), (1000000000000::bigint),
            (1000000000000000::bigint)) x(size)
--//
SELECT size, pg_size_pretty(size), pg_size_pretty(-1 * size) FROM
    (VALUES (10::numeric), (1000::numeric), (1000000::numeric),
            (1000000000::numeric), (1000000000000::numeric),
            (1000000000000000::numeric),
            (10.5::numeric), (1000.5::numeric), (1000000.5::numeric),
            (1000000000.5::numeric), (1000000000000.5::numeric),
            (1000000000000000.5::numeric)) x(size)
--//
SELECT size, pg_size_pretty(size), pg_size_pretty(-1 * size) FROM
    (VALUES (10239::bigint), (10240::bigint),
            (10485247::bigint), (10485248::bigint),
            (10736893951::bigint), (10736893952::bigint),
            (10994579406847::bigint), (10994579406848::bigint),
            (11258449312612351::bigint), (11258449312612352::bigint)) x(size)
--//
SELECT size, pg_size_pretty(size), pg_size_pretty(-1 * size) FROM
    (VALUES (10239::numeric), (10240::numeric),
            (10485247::numeric), (10485248::numeric),
            (10736893951::numeric), (10736893952::numeric),
            (10994579406847::numeric), (10994579406848::numeric),
            (11258449312612351::numeric), (11258449312612352::numeric),
            (11528652096115048447::numeric), (11528652096115048448::numeric)) x(size)
--//
SELECT pg_size_pretty('-9223372036854775808'::bigint),
       pg_size_pretty('9223372036854775807'::bigint)
--//
SELECT size, pg_size_bytes(size) FROM
    (VALUES ('1'), ('123bytes'), ('1kB'), ('1MB'), (' 1 GB'), ('1.5 GB '),
            ('1TB'), ('3000 TB'), ('1e6 MB'), ('99 PB')) x(size)
--//
SELECT size, pg_size_bytes(size) FROM
     (VALUES ('-1.'), ('-1.kb'), ('-1. kb'), ('-0. gb'),
             ('-.1'), ('-.1kb'), ('-.1 kb'), ('-.0 gb')) x(size)
--//
SELECT pg_size_bytes('1 AB')
--//
INSERT INTO delete_test (a) VALUES (10)
--//
INSERT INTO delete_test (a, b) VALUES (50, repeat('x', 10000))
--//
DELETE FROM delete_test AS dt WHERE dt.a > 75
--//
DELETE FROM delete_test dt WHERE delete_test.a > 25
--//
SELECT id, a, char_length(b) FROM delete_test
--//
DELETE FROM delete_test WHERE a > 25
--//
SELECT typowner = relowner
FROM pg_type JOIN pg_class c ON typrelid = c.oid WHERE typname = 'deptest_t'
--//
SELECT cast('123456' as domainvarchar)
--//
INSERT INTO basictest values ('88', 'haha', 'short', '123.12')
--//
select * from basictest
--//
select testtext || testvarchar as concat, testnumeric + 42 as sum
from basictest
--//
select pg_typeof(coalesce(4::domainint4, 7))
--//
select pg_typeof(coalesce(4::domainint4, 7::domainint4))
--//
INSERT INTO domarrtest values ('{2,2}', '{{"a","b"},{"c","d"}}')
--//
INSERT INTO domarrtest values (NULL, '{{"a","b","c"},{"d","e","f"}}')
--//
INSERT INTO domarrtest (testint4arr[1], testint4arr[3]) values (11,22)
--//
select * from domarrtest
--//
select testint4arr[1], testchar4arr[2:2] from domarrtest
--//
select array_dims(testint4arr), array_dims(testchar4arr) from domarrtest
--//
update domarrtest set
  testint4arr[1] = testint4arr[1] + 1,
  testint4arr[3] = testint4arr[3] - 1
where testchar4arr is null
--//
select * from domarrtest where testchar4arr is null
--//
select '{1,2,3}'::dia
--//
select array_dims('{1,2,3}'::dia)
--//
select pg_typeof('{1,2,3}'::dia)
--//
select pg_typeof('{1,2,3}'::dia || 42)
--//
insert into dcomptable values (row(1,2)::dcomptype)
--//
insert into dcomptable values (row(3,4)::comptype)
--//
insert into dcomptable (d1.r) values(11)
--//
select * from dcomptable
--//
select (d1).r, (d1).i, (d1).* from dcomptable
--//
update dcomptable set d1.r = (d1).r + 1 where (d1).i > 0
--//
select row(2,1)::dcomptype
--//
insert into dcomptable (d1.r, d1.i) values(99, 100)
--//
update dcomptable set d1.r = (d1).r - 1, d1.i = (d1).i + 1 where (d1).i > 0
--//
explain (verbose, costs off)
  update dcomptable set d1.r = (d1).r - 1, d1.i = (d1).i + 1 where (d1).i > 0
--//
select makedcomp(1,2)
--//
select * from makedcomp(1,2) m
--//
select m, m is not null from makedcomp(1,2) m
--//
select conname, obj_description(oid, 'pg_constraint') from pg_constraint
  where contypid = 'dcomptype'::regtype
--//
insert into dcomptable values (array[row(1,2)]::dcomptypea)
--//
insert into dcomptable values (array[row(3,4), row(5,6)]::comptype[])
--//
insert into dcomptable values (array[row(7,8)::comptype, row(9,10)::comptype])
--//
insert into dcomptable (d1[1]) values(row(9,10))
--//
insert into dcomptable (d1[1].r) values(11)
--//
select d1[2], d1[1].r, d1[1].i from dcomptable
--//
update dcomptable set d1[2] = row(d1[2].i, d1[2].r)
--//
update dcomptable set d1[1].r = d1[1].r + 1 where d1[1].i > 0
--//
select array[row(2,1)]::dcomptypea
--//
insert into dcomptable values (array[row(1,2)]::comptype[])
--//
insert into dcomptable (d1[1].r, d1[1].i) values(99, 100)
--//
update dcomptable set d1[1].r = d1[1].r - 1, d1[1].i = d1[1].i + 1
  where d1[1].i > 0
--//
explain (verbose, costs off)
  update dcomptable set d1[1].r = d1[1].r - 1, d1[1].i = d1[1].i + 1
    where d1[1].i > 0
--//
insert into pitable values(array[42])
--//
insert into pitable values(array[-1])
--//
insert into pitable values('{0}')
--//
update pitable set f1[1] = f1[1] + 1
--//
update pitable set f1[1] = 0
--//
select * from pitable
--//
insert into vc4table values(array['too long'])
--//
insert into vc4table values(array['too long']::vc4[])
--//
select * from vc4table
--//
insert into dposintatable values(array[array[42]])
--//
insert into dposintatable values(array[array[42]::posint[]])
--//
insert into dposintatable values(array[array[42]::dposinta])
--//
select f1, f1[1], (f1[1])[1] from dposintatable
--//
select pg_typeof(f1) from dposintatable
--//
select pg_typeof(f1[1]) from dposintatable
--//
select pg_typeof(f1[1][1]) from dposintatable
--//
select pg_typeof((f1[1])[1]) from dposintatable
--//
update dposintatable set f1[2] = array[99]
--//
update dposintatable set f1[2][1] = array[97]
--//
update dposintatable set (f1[2])[1] = array[98]
--//
insert into dcomptable values (null)
--//
update dcomptable set f1[1].cf2 = 5
--//
table dcomptable
--//
update dcomptable set f1[1].cf1 = -1
--//
INSERT INTO nulltest DEFAULT VALUES
--//
INSERT INTO nulltest values ('a', 'b', 'c', 'd', 'c')
--//
insert into nulltest values ('a', 'b', 'c', 'd', NULL)
--//
INSERT INTO nulltest values (NULL, 'b', 'c', 'd', 'd')
--//
INSERT INTO nulltest values ('a', NULL, 'c', 'd', 'c')
--//
INSERT INTO nulltest values ('a', 'b', NULL, 'd', 'c')
--//
INSERT INTO nulltest values ('a', 'b', 'c', NULL, 'd')
--//
select * from nulltest
--//
SELECT cast('1' as dnotnull)
--//
SELECT cast(NULL as dnotnull)
--//
SELECT cast(cast(NULL as dnull) as dnotnull)
--//
SELECT cast(col4 as dnotnull) from nulltest
--//
insert into defaulttest(col4) values(0)
--//
insert into defaulttest default values
--//
select * from defaulttest
--//
insert into domnotnull default values
--//
update domnotnull set col1 = 5
--//
update domnotnull set col1 = null
--//
insert into domdeftest default values
--//
select * from domdeftest
--//
insert into domcontest values (1)
--//
insert into domcontest values (-5)
--//
INSERT INTO thethings (stuff) VALUES (55)
--//
UPDATE thethings SET stuff = 10
--//
insert into domtab (col1) values (null)
--//
insert into domtab (col1) values (5)
--//
select * from domview
--//
select 'x123'::dtop
--//
insert into dtest values('x123')
--//
insert into domain_test values (1, 2)
--//
select doubledecrement(3)
--//
select doubledecrement(null)
--//
insert into ddtest2 values(row(-1))
--//
insert into ddtest2 values('{(-1)}')
--//
insert into ddtest2 values(11)
--//
insert into ddtest2 values(-2)
--//
select array_elem_check(121.00)
--//
select array[1,2]::orderedpair
--//
insert into op values (array[1,2])
--//
update op set f1[2] = 3
--//
select * from op
--//
select array_elem_check(3)
--//
select array_elem_check(-1)
--//
select dom_check(0)
--//
select 1::inotnull
--//
select null::inotnull
--//
insert into dom_table values ('1')
--//
insert into dom_table values (1)
--//
insert into dom_table values (null)
--//
SELECT  ctid, oprcom
FROM    pg_catalog.pg_operator fk
WHERE   oprcom != 0 AND
        NOT EXISTS(SELECT 1 FROM pg_catalog.pg_operator pk WHERE pk.oid = fk.oprcom)
--//
SELECT  ctid, oprnegate
FROM    pg_catalog.pg_operator fk
WHERE   oprnegate != 0 AND
        NOT EXISTS(SELECT 1 FROM pg_catalog.pg_operator pk WHERE pk.oid = fk.oprnegate)
--//
INSERT INTO regress_encoding
VALUES ('café',
        'caf' || test_bytea_to_text('\xc3'),
        'café' || test_bytea_to_text('\x00') || 'dcba',
        'caf' || test_bytea_to_text('\xc300') || 'dcba')
--//
SELECT good, truncated, with_nul FROM regress_encoding
--//
SELECT length(good) FROM regress_encoding
--//
SELECT substring(good, 3, 1) FROM regress_encoding
--//
SELECT regexp_replace(good, '^caf(.)$', '\1') FROM regress_encoding
--//
SELECT reverse(good) FROM regress_encoding
--//
SELECT length(truncated) FROM regress_encoding
--//
SELECT substring(truncated, 1, 3) FROM regress_encoding
--//
SELECT reverse(truncated) FROM regress_encoding
--//
SELECT regexp_replace(truncated, '^caf(.)$', '\1') FROM regress_encoding
--//
SELECT length(with_nul) FROM regress_encoding
--//
SELECT substring(with_nul, 3, 1) FROM regress_encoding
--//
SELECT convert_to(substring(with_nul, 5, 1), 'UTF8') FROM regress_encoding
--//
SELECT regexp_replace(with_nul, '^caf(.)$', '\1') FROM regress_encoding
--//
SELECT with_nul, reverse(with_nul), reverse(reverse(with_nul)) FROM regress_encoding
--//
SELECT length(truncated_with_nul) FROM regress_encoding
--//
SELECT substring(truncated_with_nul, 3, 1) FROM regress_encoding
--//
SELECT convert_to(substring(truncated_with_nul, 4, 1), 'UTF8') FROM regress_encoding
--//
SELECT regexp_replace(truncated_with_nul, '^caf(.)dcba$', '\1') = test_bytea_to_text('\xc300') FROM regress_encoding
--//
SELECT reverse(truncated_with_nul) FROM regress_encoding
--//
SELECT test_mblen_func('pg_mblen_unbounded', 'UTF8', truncated, 3)
FROM regress_encoding
--//
SELECT test_mblen_func('pg_mblen_unbounded', 'UTF8', truncated_with_nul, 3)
FROM regress_encoding
--//
SELECT COUNT(test_encoding(encoding, description, input)) > 0
FROM encoding_tests
--//
INSERT INTO toast_3b_utf8 VALUES (repeat(U&'\2026', 4000))
--//
SELECT SUBSTRING(c FROM 1 FOR 1) FROM toast_3b_utf8
--//
UPDATE toast_3b_utf8 SET c = c || test_bytea_to_text('\xe280')
--//
UPDATE toast_4b_utf8 SET c = repeat(U&'\+01F680', 3000)
--//
SELECT SUBSTRING('a' SIMILAR U&'\00AC' ESCAPE U&'\00A7')
--//
SELECT U&"real\00A7_name" FROM (select 1) AS x(real_name)
--//
SELECT repeat(U&'\00A7', 30)::json
--//
SELECT COUNT(*) FROM pg_enum WHERE enumtypid = 'rainbow'::regtype
--//
SELECT 'red'::rainbow
--//
SELECT enumlabel, enumsortorder
FROM pg_enum
WHERE enumtypid = 'planets'::regtype
ORDER BY 2
--//
SELECT enumlabel, enumsortorder
FROM pg_enum
WHERE enumtypid = 'planets'::regtype
ORDER BY enumlabel::planets
--//
SELECT enum_last(NULL::planets)
--//
SELECT enumlabel,
       case when enumsortorder > 20 then null else enumsortorder end as so
FROM pg_enum
WHERE enumtypid = 'insenum'::regtype
ORDER BY enumsortorder
--//
INSERT INTO enumtest values ('red'), ('orange'), ('yellow'), ('green')
--//
SELECT * FROM enumtest
--//
SELECT * FROM enumtest WHERE col = 'orange'
--//
SELECT * FROM enumtest WHERE col <> 'orange' ORDER BY col
--//
SELECT * FROM enumtest WHERE col > 'yellow' ORDER BY col
--//
SELECT * FROM enumtest WHERE col >= 'yellow' ORDER BY col
--//
SELECT * FROM enumtest WHERE col < 'green' ORDER BY col
--//
SELECT * FROM enumtest WHERE col <= 'green' ORDER BY col
--//
SELECT 'red'::rainbow::text || 'hithere'
--//
SELECT 'red'::text::rainbow = 'red'::rainbow
--//
SELECT min(col) FROM enumtest
--//
SELECT max(col) FROM enumtest
--//
SELECT max(col) FROM enumtest WHERE col < 'green'
--//
SELECT 'red'::rgb
--//
SELECT 'purple'::rainbow::rgb
--//
SELECT '{red,green,blue}'::rainbow[]
--//
SELECT ('{red,green,blue}'::rainbow[])[2]
--//
SELECT 'red' = ANY ('{red,green,blue}'::rainbow[])
--//
SELECT 'red' = ALL ('{red,green,blue}'::rainbow[])
--//
SELECT enum_first(NULL::rainbow)
--//
SELECT enum_last('green'::rainbow)
--//
SELECT enum_range(NULL::rainbow)
--//
SELECT enum_range('orange'::rainbow, 'green'::rainbow)
--//
SELECT enum_range(NULL, 'green'::rainbow)
--//
SELECT enum_range('orange'::rainbow, NULL)
--//
SELECT enum_range(NULL::rainbow, NULL)
--//
SELECT echo_me('red'::rainbow)
--//
SELECT echo_me('red')
--//
INSERT INTO enumtest_parent VALUES ('red')
--//
INSERT INTO enumtest_child VALUES ('red')
--//
DELETE FROM enumtest_parent
--//
SELECT 'new'::bogus
--//
SELECT enum_first(null::bogus)
--//
SELECT enum_last(null::bogus)
--//
SELECT enum_range(null::bogus)
--//
SELECT 'bad'::bogon
--//
select enum_range(null::bogon)
--//
SELECT COUNT(*) FROM pg_type WHERE typname = 'rainbow'
--//
SELECT * FROM pg_enum WHERE NOT EXISTS
  (SELECT 1 FROM pg_type WHERE pg_type.oid = enumtypid)
--//
explain (costs off)
  select * from ec0 where ff = f1 and f1 = '42'::int8
--//
explain (costs off)
  select * from ec0 where ff = f1 and f1 = '42'::int8alias1
--//
explain (costs off)
  select * from ec1, ec2 where ff = x1 and ff = '42'::int8
--//
explain (costs off)
  select * from ec1, ec2 where ff = x1 and ff = '42'::int8alias1
--//
explain (costs off)
  select * from ec1, ec2 where ff = x1 and '42'::int8 = x1
--//
explain (costs off)
  select * from ec1, ec2 where ff = x1 and x1 = '42'::int8alias1
--//
explain (costs off)
  select * from ec1,
    (select ff + 1 as x from
       (select ff + 2 as ff from ec1
        union all
        select ff + 3 as ff from ec1) ss0
     union all
     select ff + 4 as x from ec1) as ss1
  where ss1.x = ec1.f1 and ec1.ff = 42::int8
--//
explain (costs off)
  select * from ec1,
    (select ff + 1 as x from
       (select ff + 2 as ff from ec1
        union all
        select ff + 3 as ff from ec1) ss0
     union all
     select ff + 4 as x from ec1) as ss1
  where ss1.x = ec1.f1 and ec1.ff = 42::int8 and ec1.ff = ec1.f1
--//
explain (costs off)
  select * from ec1,
    (select ff + 1 as x from
       (select ff + 2 as ff from ec1
        union all
        select ff + 3 as ff from ec1) ss0
     union all
     select ff + 4 as x from ec1) as ss1,
    (select ff + 1 as x from
       (select ff + 2 as ff from ec1
        union all
        select ff + 3 as ff from ec1) ss0
     union all
     select ff + 4 as x from ec1) as ss2
  where ss1.x = ec1.f1 and ss1.x = ss2.x and ec1.ff = 42::int8
--//
explain (costs off)
  select * from ec0 a, ec1 b
  where a.ff = b.ff and a.ff = 43::bigint::int8alias1
--//
explain (costs off)
  select * from tenk1 where unique1 = unique1 and unique2 = unique2
--//
explain (costs off)
  select * from tenk1 where unique1 = unique1 or unique2 = unique2
--//
explain (costs off)
  select * from overview where sqli = 'foo' order by sqli
--//
select 1
--//
select
--//
select * from nonesuch
--//
select nonesuch from pg_database
--//
select distinct from pg_database
--//
select * from pg_database where nonesuch = pg_database.datname
--//
select * from pg_database where pg_database.datname = nonesuch
--//
select distinct on (foobar) * from pg_database
--//
select null from pg_database group by datname for update
--//
select null from pg_database group by grouping sets (()) for update
--//
delete from
--//
delete from nonesuch
--//
select 1/0
--//
select 1::int8/0
--//
select 1/0::int8
--//
select 1::numeric/0
--//
select 1/0::numeric
--//
select 1::float8/0
--//
select 1/0::float8
--//
INSERT INTO foo VALUES(123) foo
--//
INSERT INTO 123
VALUES(123)
--//
INSERT INTO foo
VALUES(123) 123
--//
SELECT getdatabaseencoding() NOT IN ('EUC_KR', 'UTF8') AS skip_test
--//
SELECT POSITION(
	convert_from('\xbcf6c7d0', 'EUC_KR') IN
	convert_from('\xb0fac7d02c20bcf6c7d02c20b1e2bcfa2c20bbee', 'EUC_KR'))
--//
SELECT test_event_trigger()
--//
select f1()
--//
INSERT INTO undroppable_objs VALUES
('table', 'schema_one.table_three'),
('table', 'audit_tbls.schema_two_table_three')
--//
DELETE FROM undroppable_objs WHERE object_identity = 'audit_tbls.schema_two_table_three'
--//
SELECT * FROM dropped_objects
  WHERE schema_name IS NULL OR schema_name <> 'pg_toast'
--//
SELECT * FROM dropped_objects WHERE object_type = 'schema'
--//
select pg_event_trigger_table_rewrite_oid()
--//
insert into rewriteme
     select x * 1.001 from generate_series(1, 500) as t(x)
--//
SELECT
    e.evtname,
    pg_describe_object('pg_event_trigger'::regclass, e.oid, 0) as descr,
    b.type, b.object_names, b.object_args,
    pg_identify_object(a.classid, a.objid, a.objsubid) as ident
  FROM pg_event_trigger as e,
    LATERAL pg_identify_object_as_address('pg_event_trigger'::regclass, e.oid, 0) as b,
    LATERAL pg_get_object_address(b.type, b.object_names, b.object_args) as a
  ORDER BY e.evtname
--//
select explain_filter('explain select * from int8_tbl i8')
--//
select true as "OK"
  from explain_filter('explain (settings) select * from int8_tbl i8') ln
  where ln ~ '^ *Settings: .*plan_cache_mode = ''force_generic_plan'''
--//
select explain_filter_to_json('explain (settings, format json) select * from int8_tbl i8') #> '{0,Settings,plan_cache_mode}'
--//
select jsonb_pretty(
  explain_filter_to_json('explain (analyze, verbose, buffers, format json)
                         select * from tenk1 order by tenthous')
  #- '{0,Plan,Plans,0,Plans,0,Workers}'
  #- '{0,Plan,Plans,0,Workers}'
  #- '{0,Plan,Plans,0,Sort Method}'
  #- '{0,Plan,Plans,0,Sort Space Type}'
)
--//
SELECT date(now())::text = current_date::text
--//
SELECT now()::timetz::text = current_time::text
--//
SELECT now()::timetz(4)::text = current_time(4)::text
--//
SELECT now()::time::text = localtime::text
--//
SELECT now()::time(3)::text = localtime(3)::text
--//
SELECT current_timestamp = NOW()
--//
SELECT length(current_timestamp::text) >= length(current_timestamp(0)::text)
--//
SELECT now()::timestamp::text = localtimestamp::text
--//
SELECT current_catalog = current_database()
--//
SELECT current_schema
--//
explain (verbose, costs off) select * from numeric_view
--//
explain (verbose, costs off) select * from bpchar_view
  where f1::bpchar = 'foo'
--//
explain (verbose, costs off)
select random() IN (1, 4, 8.0)
--//
explain (verbose, costs off)
select random()::int IN (1, 4, 8.0)
--//
select '(0,0)'::point in ('(0,0,0,0)'::box, point(0,0))
--//
select return_int_input(1) in (10, 9, 2, 8, 3, 7, 4, 6, 5, 1)
--//
select return_int_input(1) in (10, 9, 2, 8, 3, 7, 4, 6, 5, null)
--//
select return_int_input(1) in (null, null, null, null, null, null, null, null, null, null, null)
--//
select return_int_input(1) in (10, 9, 2, 8, 3, 7, 4, 6, 5, 1, null)
--//
select return_int_input(null::int) in (10, 9, 2, 8, 3, 7, 4, 6, 5, 1)
--//
select return_int_input(null::int) in (10, 9, 2, 8, 3, 7, 4, 6, 5, null)
--//
select return_text_input('a') in ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j')
--//
select return_int_input(1) not in (10, 9, 2, 8, 3, 7, 4, 6, 5, 1)
--//
select return_int_input(1) not in (10, 9, 2, 8, 3, 7, 4, 6, 5, 2, null)
--//
select return_int_input(1) not in (null, null, null, null, null, null, null, null, null, null, null)
--//
select return_int_input(null::int) not in (10, 9, 2, 8, 3, 7, 4, 6, 5, 1)
--//
select return_int_input(null::int) not in (10, 9, 2, 8, 3, 7, 4, 6, 5, null)
--//
select return_text_input('a') not in ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j')
--//
insert into inttest values (null), (0::myint), (1::myint)
--//
select
  a,
  a in (1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint) as not_hashed,
  a in (1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint,9::myint) as hashed
from inttest
--//
select
  a,
  a in (null::myint,1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint) as not_hashed,
  a in (null::myint,1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint) as hashed
 from inttest
--//
select
  a,
  a not in (1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint) as not_hashed,
  a not in (1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint,9::myint) as hashed
from inttest
--//
select
  a,
  a not in (null::myint,1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint) as not_hashed,
  a not in (null::myint,1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint) as hashed
from inttest
--//
select
  a,
  a in (1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint) as not_hashed,
  a in (1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint,9::myint) as hashed,
  a in (0::myint,1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint) as not_hashed_zero,
  a in (0::myint,1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint) as hashed_zero
from inttest
--//
select
  a,
  a not in (1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint) as not_hashed,
  a not in (1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint,9::myint) as hashed,
  a not in (0::myint,1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint) as not_hashed_zero,
  a not in (0::myint,1::myint,2::myint,3::myint,4::myint,5::myint,6::myint,7::myint,8::myint) as hashed_zero
from inttest
--//
INSERT INTO m VALUES (NULL::OID)
--//
SELECT set('t')
--//
INSERT INTO T VALUES (1), (2)
--//
SELECT pk, c_int, c_bpchar, c_text, c_date, c_timestamp,
       c_timestamp_null, c_array, c_small, c_small_null,
       c_big, c_num, c_time, c_interval,
       c_hugetext = repeat('abcdefg',1000) as c_hugetext_origdef,
       c_hugetext = repeat('poiuyt', 1000) as c_hugetext_newdef
FROM T ORDER BY pk
--//
SELECT comp()
--//
SELECT * FROM T
--//
INSERT INTO t2 VALUES (1),(2)
--//
SELECT attnum, attname, atthasmissing, atthasdef, attmissingval
FROM pg_attribute
WHERE attnum > 0 AND attrelid = 't2'::regclass
ORDER BY attnum
--//
SELECT a, b, length(c) = 3 as c_ok, d, e >= 10 as e_ok FROM t2
--//
INSERT INTO T VALUES (1)
--//
SELECT attname, atthasmissing, attmissingval FROM pg_attribute
  WHERE attrelid = 't'::regclass AND attnum > 0
  ORDER BY attnum
--//
INSERT INTO T SELECT * FROM generate_series(1, 10) a
--//
INSERT INTO T SELECT b, b - 10 FROM generate_series(11, 20) a(b)
--//
INSERT INTO T SELECT b, b - 10, (b + 10)::text FROM generate_series(21, 30) a(b)
--//
SELECT c_bigint, c_text FROM T WHERE c_bigint = -1 LIMIT 1
--//
EXPLAIN (VERBOSE TRUE, COSTS FALSE)
SELECT c_bigint, c_text FROM T WHERE c_bigint = -1 LIMIT 1
--//
SELECT c_bigint, c_text FROM T WHERE c_text = 'hello' LIMIT 1
--//
EXPLAIN (VERBOSE TRUE, COSTS FALSE) SELECT c_bigint, c_text FROM T WHERE c_text = 'hello' LIMIT 1
--//
SELECT COALESCE(c_bigint, pk), COALESCE(c_text, pk::text)
FROM T
ORDER BY pk LIMIT 10
--//
SELECT SUM(c_bigint), MAX(c_text COLLATE "C" ), MIN(c_text COLLATE "C") FROM T
--//
SELECT * FROM T ORDER BY c_bigint, c_text, pk LIMIT 10
--//
EXPLAIN (VERBOSE TRUE, COSTS FALSE)
SELECT * FROM T ORDER BY c_bigint, c_text, pk LIMIT 10
--//
SELECT * FROM T WHERE c_bigint > -1 ORDER BY c_bigint, c_text, pk LIMIT 10
--//
EXPLAIN (VERBOSE TRUE, COSTS FALSE)
SELECT * FROM T WHERE c_bigint > -1 ORDER BY c_bigint, c_text, pk LIMIT 10
--//
DELETE FROM T WHERE pk BETWEEN 10 AND 20 RETURNING *
--//
EXPLAIN (VERBOSE TRUE, COSTS FALSE)
DELETE FROM T WHERE pk BETWEEN 10 AND 20 RETURNING *
--//
UPDATE T SET c_text = '"' || c_text || '"'  WHERE pk < 10
--//
SELECT * FROM T WHERE c_text LIKE '"%"' ORDER BY PK
--//
SELECT * FROM T ORDER BY pk
--//
SELECT c_text FROM T WHERE c_int = -1
--//
SELECT a,
       stddev(cast((SELECT sum(1) FROM generate_series(1,20) x) AS float4))
          OVER (PARTITION BY a,b,c ORDER BY b)
       AS z
FROM t1
--//
INSERT INTO t (a,b,c) VALUES (1,2,3)
--//
UPDATE t SET y = 2
--//
INSERT INTO t (a,b,c) VALUES (1,2,NULL)
--//
INSERT INTO leader VALUES (1, 1), (2, 2)
--//
DELETE FROM leader
--//
INSERT INTO vtype VALUES (1)
--//
SELECT * FROM vtype
--//
INSERT INTO vtype2 VALUES (1)
--//
SELECT * FROM vtype2
--//
INSERT INTO t DEFAULT VALUES
--//
UPDATE t SET a = NULL
--//
SELECT * FROM t WHERE a IS NULL
--//
SELECT count(*)
  FROM pg_attribute
  WHERE attrelid = 'ft1'::regclass AND
    (attmissingval IS NOT NULL OR atthasmissing)
--//
insert into has_fast_default values(1)
--//
table has_fast_default
--//
INSERT INTO FLOAT4_TBL(f1) VALUES ('    0.0')
--//
INSERT INTO FLOAT4_TBL(f1) VALUES ('10e70'::float8)
--//
SELECT 'NaN'::float4
--//
SELECT 'Infinity'::float4 + 100.0
--//
SELECT 'Infinity'::float4 / 'Infinity'::float4
--//
SELECT 'nan'::numeric::float4
--//
SELECT * FROM FLOAT4_TBL
--//
SELECT f.* FROM FLOAT4_TBL f WHERE f.f1 <> '1004.3'
--//
SELECT f.* FROM FLOAT4_TBL f WHERE f.f1 = '1004.3'
--//
SELECT f.* FROM FLOAT4_TBL f WHERE '1004.3' > f.f1
--//
SELECT f.* FROM FLOAT4_TBL f WHERE  f.f1 < '1004.3'
--//
SELECT f.* FROM FLOAT4_TBL f WHERE '1004.3' >= f.f1
--//
SELECT f.* FROM FLOAT4_TBL f WHERE  f.f1 <= '1004.3'
--//
SELECT f.f1, f.f1 * '-10' AS x FROM FLOAT4_TBL f
   WHERE f.f1 > '0.0'
--//
SELECT f.f1, f.f1 + '-10' AS x FROM FLOAT4_TBL f
   WHERE f.f1 > '0.0'
--//
SELECT f.f1, f.f1 / '-10' AS x FROM FLOAT4_TBL f
   WHERE f.f1 > '0.0'
--//
SELECT f.f1, f.f1 - '-10' AS x FROM FLOAT4_TBL f
   WHERE f.f1 > '0.0'
--//
SELECT f.f1 / '0.0' from FLOAT4_TBL f
--//
SELECT f.f1, @f.f1 AS abs_f1 FROM FLOAT4_TBL f
--//
UPDATE FLOAT4_TBL
   SET f1 = FLOAT4_TBL.f1 * '-1'
   WHERE FLOAT4_TBL.f1 > '0.0'
--//
SELECT '32767.4'::float4::int2
--//
SELECT float4send('5e-20'::float4)
--//
with testdata(bits) as (values
  (x'00000001'),
  (x'00000002'), (x'00000003'),
  (x'00000010'), (x'00000011'), (x'00000100'), (x'00000101'),
  (x'00004000'), (x'00004001'), (x'00080000'), (x'00080001'),
  (x'0053c4f4'),
  (x'006c85c4'),
  (x'0041ca76'),
  (x'004b7678'),
  (x'00000007'),
  (x'00424fe2'),
  (x'007ffff0'), (x'007ffff1'), (x'007ffffe'), (x'007fffff'))
select float4send(flt) as ibits,
       flt
  from (select bits::integer::xfloat4::float4 as flt
          from testdata
	offset 0) s
--//
SELECT f.f1 ^ '2.0' AS square_f1
   FROM FLOAT8_TBL f where f.f1 = '1004.3'
--//
SELECT f.f1, trunc(f.f1) AS trunc_f1
   FROM FLOAT8_TBL f
--//
SELECT f.f1, round(f.f1) AS round_f1
   FROM FLOAT8_TBL f
--//
select ceil(f1) as ceil_f1 from float8_tbl f
--//
select ceiling(f1) as ceiling_f1 from float8_tbl f
--//
select floor(f1) as floor_f1 from float8_tbl f
--//
select sign(f1) as sign_f1 from float8_tbl f
--//
SELECT sqrt(float8 '64') AS eight
--//
SELECT |/ float8 '64' AS eight
--//
SELECT f.f1, |/f.f1 AS sqrt_f1
   FROM FLOAT8_TBL f
   WHERE f.f1 > '0.0'
--//
SELECT power(float8 '144', float8 '0.5')
--//
SELECT power(float8 '-inf', float8 '-2') = '0'
--//
SELECT f.f1, exp(ln(f.f1)) AS exp_ln_f1
   FROM FLOAT8_TBL f
   WHERE f.f1 > '0.0'
--//
SELECT exp('inf'::float8), exp('-inf'::float8), exp('nan'::float8)
--//
SELECT ||/ float8 '27' AS three
--//
SELECT f.f1, ||/f.f1 AS cbrt_f1 FROM FLOAT8_TBL f
--//
SELECT f.f1 * '1e200' from FLOAT8_TBL f
--//
SELECT f.f1 ^ '1e200' from FLOAT8_TBL f
--//
SELECT 0 ^ 0 + 0 ^ 1 + 0 ^ 0.0 + 0 ^ 0.5
--//
SELECT ln(f.f1) from FLOAT8_TBL f where f.f1 = '0.0'
--//
SELECT ln(f.f1) from FLOAT8_TBL f where f.f1 < '0.0'
--//
SELECT exp(f.f1) from FLOAT8_TBL f
--//
SELECT sinh(float8 '1')
--//
SELECT cosh(float8 '1')
--//
SELECT tanh(float8 '1')
--//
SELECT asinh(float8 '1')
--//
SELECT acosh(float8 '2')
--//
SELECT atanh(float8 '0.5')
--//
SELECT x,
       sind(x),
       sind(x) IN (-1,-0.5,0,0.5,1) AS sind_exact
FROM (VALUES (0), (30), (90), (150), (180),
      (210), (270), (330), (360)) AS t(x)
--//
SELECT x,
       cosd(x),
       cosd(x) IN (-1,-0.5,0,0.5,1) AS cosd_exact
FROM (VALUES (0), (60), (90), (120), (180),
      (240), (270), (300), (360)) AS t(x)
--//
SELECT x,
       tand(x),
       tand(x) IN ('-Infinity'::float8,-1,0,
                   1,'Infinity'::float8) AS tand_exact,
       cotd(x),
       cotd(x) IN ('-Infinity'::float8,-1,0,
                   1,'Infinity'::float8) AS cotd_exact
FROM (VALUES (0), (45), (90), (135), (180),
      (225), (270), (315), (360)) AS t(x)
--//
SELECT x,
       asind(x),
       asind(x) IN (-90,-30,0,30,90) AS asind_exact,
       acosd(x),
       acosd(x) IN (0,60,90,120,180) AS acosd_exact
FROM (VALUES (-1), (-0.5), (0), (0.5), (1)) AS t(x)
--//
SELECT x,
       atand(x),
       atand(x) IN (-90,-45,0,45,90) AS atand_exact
FROM (VALUES ('-Infinity'::float8), (-1), (0), (1),
      ('Infinity'::float8)) AS t(x)
--//
SELECT x, y,
       atan2d(y, x),
       atan2d(y, x) IN (-90,0,90,180) AS atan2d_exact
FROM (SELECT 10*cosd(a), 10*sind(a)
      FROM generate_series(0, 360, 90) AS t(a)) AS t(x,y)
--//
with testdata(bits) as (values
  (x'0000000000000001'),
  (x'0000000000000002'), (x'0000000000000003'),
  (x'0000000000001000'), (x'0000000100000000'),
  (x'0000010000000000'), (x'0000010100000000'),
  (x'0000400000000000'), (x'0000400100000000'),
  (x'0000800000000000'), (x'0000800000000001'),
  (x'00000000000f4240'),
  (x'00000000016e3600'),
  (x'0000008cdcdea440'),
  (x'000ffffffffffff0'), (x'000ffffffffffff1'),
  (x'000ffffffffffffe'), (x'000fffffffffffff'))
select float8send(flt) as ibits,
       flt
  from (select bits::bigint::xfloat8::float8 as flt
          from testdata
	offset 0) s
--//
SELECT fdwname, fdwhandler::regproc, fdwvalidator::regproc, fdwoptions FROM pg_foreign_data_wrapper ORDER BY 1, 2, 3
--//
SELECT srvname, srvoptions FROM pg_foreign_server
--//
SELECT * FROM pg_user_mapping
--//
SELECT * FROM ft1
--//
EXPLAIN SELECT * FROM ft1
--//
SELECT * FROM information_schema.foreign_data_wrappers ORDER BY 1, 2
--//
SELECT * FROM information_schema.foreign_data_wrapper_options ORDER BY 1, 2, 3
--//
SELECT * FROM information_schema.foreign_servers ORDER BY 1, 2
--//
SELECT * FROM information_schema.foreign_server_options ORDER BY 1, 2, 3
--//
SELECT * FROM information_schema.user_mappings ORDER BY lower(authorization_identifier), 2, 3
--//
SELECT * FROM information_schema.user_mapping_options ORDER BY lower(authorization_identifier), 2, 3, 4
--//
SELECT * FROM information_schema.usage_privileges WHERE object_type LIKE 'FOREIGN%' AND object_name IN ('s6', 'foo') ORDER BY 1, 2, 3, 4, 5
--//
SELECT * FROM information_schema.role_usage_grants WHERE object_type LIKE 'FOREIGN%' AND object_name IN ('s6', 'foo') ORDER BY 1, 2, 3, 4, 5
--//
SELECT * FROM information_schema.foreign_tables ORDER BY 1, 2, 3
--//
SELECT * FROM information_schema.foreign_table_options ORDER BY 1, 2, 3, 4
--//
SELECT * FROM information_schema.user_mapping_options ORDER BY 1, 2, 3, 4
--//
SELECT has_foreign_data_wrapper_privilege('regress_test_role',
    (SELECT oid FROM pg_foreign_data_wrapper WHERE fdwname='foo'), 'USAGE')
--//
SELECT has_foreign_data_wrapper_privilege('regress_test_role', 'foo', 'USAGE')
--//
SELECT has_foreign_data_wrapper_privilege(
    (SELECT oid FROM pg_roles WHERE rolname='regress_test_role'),
    (SELECT oid FROM pg_foreign_data_wrapper WHERE fdwname='foo'), 'USAGE')
--//
SELECT has_foreign_data_wrapper_privilege(
    (SELECT oid FROM pg_foreign_data_wrapper WHERE fdwname='foo'), 'USAGE')
--//
SELECT has_foreign_data_wrapper_privilege(
    (SELECT oid FROM pg_roles WHERE rolname='regress_test_role'), 'foo', 'USAGE')
--//
SELECT has_foreign_data_wrapper_privilege('foo', 'USAGE')
--//
SELECT has_server_privilege('regress_test_role',
    (SELECT oid FROM pg_foreign_server WHERE srvname='s8'), 'USAGE')
--//
SELECT has_server_privilege('regress_test_role', 's8', 'USAGE')
--//
SELECT has_server_privilege(
    (SELECT oid FROM pg_roles WHERE rolname='regress_test_role'),
    (SELECT oid FROM pg_foreign_server WHERE srvname='s8'), 'USAGE')
--//
SELECT has_server_privilege(
    (SELECT oid FROM pg_foreign_server WHERE srvname='s8'), 'USAGE')
--//
SELECT has_server_privilege(
    (SELECT oid FROM pg_roles WHERE rolname='regress_test_role'), 's8', 'USAGE')
--//
SELECT has_server_privilege('s8', 'USAGE')
--//
SELECT relname, conname, contype, conislocal, coninhcount, connoinherit
  FROM pg_class AS pc JOIN pg_constraint AS pgc ON (conrelid = pc.oid)
  WHERE pc.relname = 'fd_pt1'
  ORDER BY 1,2
--//
INSERT INTO fd_pt1 VALUES (1, 'fd_pt1'::text, '1994-01-01'::date)
--//
SELECT fdwname, fdwhandler, fdwvalidator, fdwoptions FROM pg_foreign_data_wrapper
--//
INSERT INTO PKTABLE VALUES (1, 'Test1')
--//
INSERT INTO FKTABLE VALUES (1, 2)
--//
INSERT INTO FKTABLE VALUES (NULL, 1)
--//
SELECT * FROM FKTABLE
--//
DELETE FROM PKTABLE WHERE ptest1=1
--//
UPDATE PKTABLE SET ptest1=1 WHERE ptest1=2
--//
INSERT INTO PKTABLE VALUES (1, 2, 'Test1')
--//
INSERT INTO FKTABLE VALUES (1, 2, 4)
--//
INSERT INTO FKTABLE VALUES (NULL, NULL, 0)
--//
INSERT INTO FKTABLE VALUES (NULL, 2, 4)
--//
INSERT INTO FKTABLE VALUES (1, NULL, 4)
--//
DELETE FROM PKTABLE WHERE ptest1=1 and ptest2=2
--//
UPDATE FKTABLE SET ftest1 = NULL WHERE ftest1 = 1
--//
UPDATE FKTABLE SET ftest1 = 1 WHERE ftest1 = 1
--//
SELECT * FROM PKTABLE
--//
INSERT INTO PKTABLE VALUES (-1, -2, 'The Default!')
--//
INSERT INTO PKTABLE VALUES (1, 2)
--//
INSERT INTO FKTABLE VALUES (1, NULL)
--//
INSERT INTO PKTABLE VALUES (1, 2, 3, 'test1')
--//
INSERT INTO FKTABLE VALUES (1, 2, 3, 1)
--//
INSERT INTO FKTABLE VALUES (NULL, 2, 3, 2)
--//
INSERT INTO FKTABLE VALUES (2, NULL, 3, 3)
--//
DELETE FROM PKTABLE where ptest1=1 and ptest2=2 and ptest3=3
--//
INSERT INTO PKTABLE VALUES (1, 3, NULL, 'test2')
--//
INSERT INTO PKTABLE VALUES (2, NULL, 4, 'test3')
--//
DELETE FROM PKTABLE WHERE ptest1 = 2
--//
UPDATE PKTABLE set ptest2=2 WHERE ptest2=3 and ptest1=1
--//
INSERT INTO PKTABLE VALUES (2, -1, 5, 'test5')
--//
UPDATE PKTABLE set ptest1=0, ptest2=-1, ptest3=-2 where ptest2=2
--//
DELETE FROM PKTABLE where ptest2=-1 and ptest3=5
--//
SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'fktable'::regclass::oid ORDER BY oid
--//
INSERT INTO PKTABLE VALUES (1, 0), (1, 1), (1, 2)
--//
INSERT INTO FKTABLE VALUES
  (1, 1, 1, NULL),
  (1, 2, NULL, 2)
--//
DELETE FROM PKTABLE WHERE id = 1 OR id = 2
--//
SELECT * FROM FKTABLE ORDER BY id
--//
UPDATE FKTABLE SET ftest1 = ftest1
--//
UPDATE FKTABLE SET ftest1 = ftest1 + 1
--//
insert into pktable(base1) values (1)
--//
insert into fktable(ftest1) values (3)
--//
delete from pktable where base1>2
--//
update pktable set base1=base1*4
--//
update pktable set base1=base1*4 where base1<3
--//
delete from pktable
--//
insert into pktable(base1, ptest1) values (1, 1)
--//
insert into fktable(ftest1, ftest2) values (3, 1)
--//
insert into pktable(base1,ptest1) values (3, 1)
--//
insert into pktable (base1, ptest1, base2, ptest2) values (1, 1, 1, 1)
--//
delete from pktable where base1=2
--//
update pktable set base1=3 where base1=1
--//
UPDATE fktable SET id = id + 1
--//
UPDATE pktable SET id = 10 WHERE id = 5
--//
INSERT INTO users VALUES (1, 'Jozko')
--//
INSERT INTO tasks VALUES (1,1,NULL,NULL)
--//
INSERT INTO tasks VALUES (2,2,2,NULL)
--//
INSERT INTO tasks VALUES (3,3,3,3)
--//
SELECT * FROM tasks
--//
UPDATE users SET id = 4 WHERE id = 3
--//
DELETE FROM users WHERE id = 4
--//
UPDATE tasks set id=id WHERE id=2
--//
insert into selfref (a, b)
values
    (0, 0),
    (1, 1)
--//
update selfref set a = 123 where a = 0
--//
select a, b from selfref
--//
insert into defp values (0), (1), (2)
--//
insert into defc values (2)
--//
select * from defc
--//
delete from defp where f1 = 2
--//
insert into pp values(12)
--//
update pp set f1=f1+1
--//
insert into cc values(13)
--//
delete from pp where f1 = 13
--//
explain (costs off) delete from t1 where a = 1
--//
delete from t1 where a = 1
--//
insert into pktable2 values (1, 2, 3, 4, 5)
--//
insert into fktable2 values (4, 5)
--//
delete from pktable2
--//
update pktable2 set d = 5
--//
select conname from pg_constraint where conrelid = 'fktable2'::regclass order by conname
--//
insert into pktable2 values(1)
--//
insert into fktable2 values(1)
--//
delete from fktable2
--//
delete from pktable2 where f1 = 1
--//
insert into pktable2 values ('-0', '-0')
--//
insert into fktable2 values ('-0', '-0')
--//
select * from pktable2
--//
select * from fktable2
--//
update pktable2 set a = '0' where a = '-0'
--//
INSERT INTO fk_partitioned_fk (a,b) VALUES (500, 501)
--//
INSERT INTO fk_partitioned_fk_1 (a,b) VALUES (500, 501)
--//
INSERT INTO fk_notpartitioned_pk VALUES (500, 501), (1500, 1501),
  (2500, 2502), (2501, 2503)
--//
UPDATE fk_partitioned_fk SET a = a + 1 WHERE a = 2501
--//
INSERT INTO fk_notpartitioned_pk (a,b) VALUES (2502, 2503)
--//
UPDATE fk_notpartitioned_pk SET b = 502 WHERE a = 500
--//
INSERT INTO fk_notpartitioned_pk VALUES (1)
--//
INSERT INTO fk_partitioned_fk VALUES (1)
--//
DELETE FROM fk_notpartitioned_pk WHERE a = 1
--//
INSERT INTO fk_partitioned_fk (a, b) VALUES (2502, 2503)
--//
INSERT INTO fk_partitioned_fk_3 (a, b) VALUES (2502, 2503)
--//
INSERT INTO fk_partitioned_fk_3 (a, b) VALUES (2502, NULL)
--//
INSERT INTO fk_notpartitioned_pk VALUES (2502, 2503)
--//
INSERT INTO fk_partitioned_fk (a,b) VALUES (NULL, NULL)
--//
INSERT INTO fk_partitioned_fk_full VALUES (1, NULL)
--//
TRUNCATE fk_partitioned_fk_full
--//
SELECT tableoid::regclass, a, b FROM fk_partitioned_fk WHERE b IS NULL ORDER BY a
--//
UPDATE fk_notpartitioned_pk SET a = a + 1 WHERE a = 2502
--//
INSERT INTO fk_partitioned_fk VALUES (2503, 2503)
--//
SELECT count(*) FROM fk_partitioned_fk WHERE a IS NULL
--//
DELETE FROM fk_notpartitioned_pk
--//
UPDATE fk_notpartitioned_pk SET a = 1500 WHERE a = 2502
--//
SELECT * FROM fk_partitioned_fk WHERE b = 142857
--//
DELETE FROM fk_notpartitioned_pk WHERE b = 142857
--//
SELECT * FROM fk_partitioned_fk WHERE a IS NOT NULL OR b IS NOT NULL ORDER BY a NULLS LAST
--//
DELETE FROM fk_partitioned_fk
--//
INSERT INTO fk_notpartitioned_pk VALUES (500, 100000), (2501, 100000)
--//
SELECT * FROM fk_partitioned_fk ORDER BY a
--//
SELECT * FROM fk_partitioned_fk WHERE a = 142857
--//
INSERT INTO fk_partitioned_fk_2 VALUES (1600, 601), (1600, 1601)
--//
insert into other_partitioned_fk
  select 2048, x from generate_series(1,10) x
--//
insert into fk_notpartitioned_pk (a, b)
  select 2048, x from generate_series(1,10) x
--//
INSERT INTO parted_self_fk VALUES (1, NULL), (2, NULL), (3, NULL)
--//
INSERT INTO parted_self_fk VALUES (10, 1), (11, 2), (12, 3) RETURNING tableoid::regclass
--//
INSERT INTO parted_self_fk VALUES (4, 5)
--//
DELETE FROM parted_self_fk WHERE id = 1 RETURNING *
--//
SELECT cr.relname, co.conname, co.convalidated,
       p.conname AS conparent, p.convalidated, cf.relname AS foreignrel
FROM pg_constraint co
JOIN pg_class cr ON cr.oid = co.conrelid
LEFT JOIN pg_class cf ON cf.oid = co.confrelid
LEFT JOIN pg_constraint p ON p.oid = co.conparentid
WHERE co.contype = 'f' AND
      cr.oid IN (SELECT relid FROM pg_partition_tree('parted_self_fk'))
ORDER BY cr.relname, co.conname, p.conname
--//
INSERT INTO part2_self_fk VALUES (16, 9)
--//
insert into fkpart1.fk_part values (1)
--//
insert into fkpart1.pkey values (1)
--//
delete from fkpart1.pkey where a = 1
--//
insert into fkpart1.fk_part_1 values (2)
--//
delete from fkpart3.pkey
--//
delete from fkpart3.fk_part
--//
INSERT into fk VALUES (1)
--//
INSERT into pk VALUES (1), (1000), (2000), (3000), (4000), (4500)
--//
INSERT into fk VALUES (1), (1000), (2000), (3000), (4000), (4500)
--//
DELETE FROM pk WHERE a = 1
--//
UPDATE pk SET a = 2 WHERE a = 1
--//
DELETE FROM fk
--//
INSERT into droppk VALUES (1), (1000), (1500), (2000)
--//
INSERT into dropfk VALUES (1), (1000), (1500), (2000)
--//
DELETE FROM dropfk
--//
SELECT pg_describe_object('pg_constraint'::regclass, oid, 0), confrelid::regclass,
       CASE WHEN conparentid <> 0 THEN pg_describe_object('pg_constraint'::regclass, conparentid, 0) ELSE 'TOP' END
FROM pg_catalog.pg_constraint
WHERE conrelid IN (SELECT relid FROM pg_partition_tree('fk'))
ORDER BY conrelid::regclass::text, conname
--//
INSERT INTO fk4 VALUES (50)
--//
INSERT INTO pk VALUES (1)
--//
DELETE FROM fk WHERE a = 1
--//
INSERT INTO pt VALUES(1,2,3)
--//
INSERT INTO ref VALUES(1,2,3)
--//
DELETE FROM pt
--//
DELETE FROM ref
--//
UPDATE pk SET a = 20
--//
SELECT tableoid::regclass, * FROM fk
--//
TRUNCATE TABLE pk
--//
INSERT INTO pk VALUES (20), (50)
--//
INSERT INTO fk VALUES (20), (50)
--//
INSERT INTO pk VALUES (20), (30), (50)
--//
INSERT INTO fk VALUES (1, 20), (2, 30)
--//
DELETE FROM pk WHERE a = 20 RETURNING *
--//
UPDATE pk SET a = 90 WHERE a = 30 RETURNING *
--//
INSERT INTO fkpart8.tbl1 VALUES(1)
--//
INSERT INTO fkpart9.pk VALUES (35)
--//
INSERT INTO fkpart9.fk VALUES (35)
--//
DELETE FROM fkpart9.pk WHERE a=35
--//
SELECT * FROM fkpart9.pk
--//
SELECT * FROM fkpart9.fk
--//
INSERT INTO fkpart10.tbl1 VALUES (0), (1)
--//
INSERT INTO fkpart10.tbl3 VALUES (-2), (-1), (0)
--//
INSERT INTO fkpart10.tbl4 VALUES (-2), (-1)
--//
DELETE FROM fkpart10.tbl1 WHERE f1 = 0
--//
UPDATE fkpart10.tbl1 SET f1 = 2 WHERE f1 = 1
--//
UPDATE fkpart10.tbl3 SET f1 = f1 * -1
--//
INSERT INTO fkpart10.tbl1 VALUES (4)
--//
UPDATE fkpart10.tbl3 SET f1 = f1 + 3
--//
DELETE FROM fkpart10.tbl5
--//
INSERT INTO fkpart11.pk VALUES (1, 'xxx'), (3, 'yyy')
--//
INSERT INTO fkpart11.fk VALUES (1), (3)
--//
INSERT INTO fkpart11.fk_parted VALUES (1), (3)
--//
INSERT INTO fkpart11.fk_another VALUES (1), (3)
--//
UPDATE fkpart11.pk SET a = a + 1 RETURNING tableoid::pg_catalog.regclass, *
--//
SELECT tableoid::pg_catalog.regclass, * FROM fkpart11.fk
--//
SELECT tableoid::pg_catalog.regclass, * FROM fkpart11.fk_parted
--//
SELECT tableoid::pg_catalog.regclass, * FROM fkpart11.fk_another
--//
DELETE FROM fkpart11.fk WHERE a = 4
--//
UPDATE fkpart11.pk SET a = a - 1
--//
UPDATE fkpart11.pk1 SET a = a - 1
--//
SELECT tableoid::pg_catalog.regclass, * FROM fkpart11.pk
--//
UPDATE fkpart11.pk SET a = a + 1 WHERE a = 1
--//
UPDATE fkpart11.pk SET a = 3 WHERE a = 4
--//
INSERT INTO fk_p VALUES (1, 1)
--//
INSERT INTO fk_r VALUES (1, 1, 1)
--//
INSERT INTO fk_r_1 (id, p_id, p_jd) VALUES (2, 1, 2)
--//
DELETE FROM fk_p
--//
INSERT INTO fkpart13_t1 (a) VALUES (1)
--//
INSERT INTO fkpart13_t2 (part_id) VALUES (1)
--//
UPDATE fkpart13_t1 SET a = 2 WHERE a = 1
--//
SELECT tableoid::regclass,* FROM fkpart13_t2
--//
WITH cte AS (
  UPDATE fkpart13_t2_p1 SET part_id = part_id
) UPDATE fkpart13_t1 SET a = 2 WHERE a = 1
--//
SELECT id, keywords, title, body, created
FROM articles
GROUP BY id
--//
SELECT id, keywords, title, body, created
FROM articles
GROUP BY title
--//
SELECT id, keywords, title, body, created
FROM articles
GROUP BY body
--//
SELECT id, keywords, title, body, created
FROM articles
GROUP BY keywords
--//
SELECT a.id, a.keywords, a.title, a.body, a.created
FROM articles AS a, articles_in_category AS aic
WHERE a.id = aic.article_id AND aic.category_id in (14,62,70,53,138)
GROUP BY a.id
--//
SELECT a.id, a.keywords, a.title, a.body, a.created
FROM articles AS a, articles_in_category AS aic
WHERE a.id = aic.article_id AND aic.category_id in (14,62,70,53,138)
GROUP BY aic.article_id, aic.category_id
--//
SELECT a.id, a.keywords, a.title, a.body, a.created
FROM articles AS a JOIN articles_in_category AS aic ON a.id = aic.article_id
WHERE aic.category_id in (14,62,70,53,138)
GROUP BY a.id
--//
SELECT a.id, a.keywords, a.title, a.body, a.created
FROM articles AS a JOIN articles_in_category AS aic ON a.id = aic.article_id
WHERE aic.category_id in (14,62,70,53,138)
GROUP BY aic.article_id, aic.category_id
--//
SELECT aic.changed
FROM articles AS a JOIN articles_in_category AS aic ON a.id = aic.article_id
WHERE aic.category_id in (14,62,70,53,138)
GROUP BY aic.category_id, aic.article_id
--//
SELECT aic.changed
FROM articles AS a JOIN articles_in_category AS aic ON a.id = aic.article_id
WHERE aic.category_id in (14,62,70,53,138)
GROUP BY aic.article_id
--//
SELECT product_id, p.name, (sum(s.units) * p.price) AS sales
    FROM products p LEFT JOIN sales s USING (product_id)
    GROUP BY product_id, p.name, p.price
--//
SELECT product_id, p.name, (sum(s.units) * p.price) AS sales
    FROM products p LEFT JOIN sales s USING (product_id)
    GROUP BY product_id
--//
SELECT u.uid, u.name FROM node n
INNER JOIN users u ON u.uid = n.uid
WHERE n.type = 'blog' AND n.status = 1
GROUP BY u.uid, u.name
--//
SELECT u.uid, u.name FROM node n
INNER JOIN users u ON u.uid = n.uid
WHERE n.type = 'blog' AND n.status = 1
GROUP BY u.uid
--//
SELECT attrelid, attname, attgenerated FROM pg_attribute WHERE attgenerated NOT IN ('', 's')
--//
SELECT table_name, column_name, column_default, is_nullable, is_generated, generation_expression FROM information_schema.columns WHERE table_name LIKE 'gtest_' ORDER BY 1, 2
--//
SELECT table_name, column_name, dependent_column FROM information_schema.column_column_usage ORDER BY 1, 2, 3
--//
INSERT INTO gtest1 VALUES (1)
--//
INSERT INTO gtest1 VALUES (2, DEFAULT)
--//
INSERT INTO gtest1 VALUES (3, 33)
--//
INSERT INTO gtest1 VALUES (3, 33), (4, 44)
--//
INSERT INTO gtest1 VALUES (3, DEFAULT), (4, 44)
--//
INSERT INTO gtest1 VALUES (3, 33), (4, DEFAULT)
--//
INSERT INTO gtest1 VALUES (3, DEFAULT), (4, DEFAULT)
--//
SELECT * FROM gtest1 ORDER BY a
--//
DELETE FROM gtest1 WHERE a >= 3
--//
UPDATE gtest1 SET b = DEFAULT WHERE a = 1
--//
UPDATE gtest1 SET b = 11 WHERE a = 1
--//
SELECT a, b, b * 2 AS b2 FROM gtest1 ORDER BY a
--//
SELECT a, b FROM gtest1 WHERE b = 4 ORDER BY a
--//
SELECT * FROM gtest1
--//
DELETE FROM gtest1 WHERE a = 2000000000
--//
INSERT INTO gtestx VALUES (11, 1), (22, 2), (33, 3)
--//
SELECT * FROM gtestx, gtest1 WHERE gtestx.y = gtest1.a
--//
UPDATE gtest1 SET a = 3 WHERE b = 4
--//
DELETE FROM gtest1 WHERE b = 2
--//
INSERT INTO gtestm VALUES (1, 5, 100)
--//
MERGE INTO gtestm t USING (VALUES (1, 10), (2, 20)) v(id, f1) ON t.id = v.id
  WHEN MATCHED THEN UPDATE SET f1 = v.f1
  WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.f1, 200)
--//
SELECT * FROM gtestm ORDER BY id
--//
SELECT * FROM gtest1v
--//
INSERT INTO gtest1v VALUES (4, 8)
--//
INSERT INTO gtest1v VALUES (5, DEFAULT)
--//
INSERT INTO gtest1v VALUES (6, 66), (7, 77)
--//
INSERT INTO gtest1v VALUES (6, DEFAULT), (7, 77)
--//
INSERT INTO gtest1v VALUES (6, 66), (7, DEFAULT)
--//
INSERT INTO gtest1v VALUES (6, DEFAULT), (7, DEFAULT)
--//
DELETE FROM gtest1v WHERE a >= 5
--//
WITH foo AS (SELECT * FROM gtest1) SELECT * FROM foo
--//
SELECT * FROM gtest1_1
--//
INSERT INTO gtest1_1 VALUES (4)
--//
INSERT INTO gtest_normal (a) VALUES (1)
--//
INSERT INTO gtest_normal_child (a) VALUES (2)
--//
SELECT * FROM gtest_normal
--//
INSERT INTO gtest_normal_child2 (a) VALUES (3)
--//
INSERT INTO gtestc values(42)
--//
TABLE gtestc
--//
UPDATE gtestp SET f1 = f1 * 10
--//
INSERT INTO gtest3 (a) VALUES (1), (2), (3), (NULL)
--//
UPDATE gtest3 SET a = 22 WHERE a = 2
--//
INSERT INTO gtest3a (a) VALUES ('a'), ('b'), ('c'), (NULL)
--//
SELECT * FROM gtest3a ORDER BY a
--//
UPDATE gtest3a SET a = 'bb' WHERE a = 'b'
--//
TRUNCATE gtest1
--//
INSERT INTO gtest1 (a) VALUES (1), (2)
--//
INSERT INTO gtest_varlena (a) VALUES('01234567890123456789')
--//
INSERT INTO gtest_varlena (a) VALUES(NULL)
--//
SELECT * FROM gtest_varlena ORDER BY a
--//
INSERT INTO gtest4 VALUES (1), (6)
--//
INSERT INTO gtest_tableoid VALUES (1), (2)
--//
SELECT * FROM gtest_tableoid
--//
INSERT INTO gtest10a (a) VALUES (1)
--//
INSERT INTO gtest11s VALUES (1, 10), (2, 20)
--//
SELECT a, b FROM gtest11s
--//
SELECT a, c FROM gtest11s
--//
SELECT gf1(10)
--//
INSERT INTO gtest20 (a) VALUES (10)
--//
INSERT INTO gtest20b (a) VALUES (10)
--//
INSERT INTO gtest22a VALUES (2)
--//
INSERT INTO gtest22b VALUES (2)
--//
INSERT INTO gtest22c VALUES (1), (2), (3)
--//
EXPLAIN (COSTS OFF) SELECT * FROM gtest22c WHERE b = 4
--//
SELECT * FROM gtest22c WHERE b = 4
--//
EXPLAIN (COSTS OFF) SELECT * FROM gtest22c WHERE b * 3 = 6
--//
SELECT * FROM gtest22c WHERE b * 3 = 6
--//
EXPLAIN (COSTS OFF) SELECT * FROM gtest22c WHERE a = 1 AND b > 0
--//
SELECT * FROM gtest22c WHERE a = 1 AND b > 0
--//
INSERT INTO gtest23a VALUES (1, 11), (2, 22), (3, 33)
--//
INSERT INTO gtest23p VALUES (1), (2), (3)
--//
INSERT INTO gtest23q VALUES (1, 2)
--//
INSERT INTO gtest24nn (a) VALUES (4)
--//
INSERT INTO gtest24nn (a) VALUES (NULL)
--//
INSERT INTO gtest_parent (f1, f2) VALUES ('2016-07-15', 1)
--//
SELECT * FROM gtest_parent
--//
SELECT * FROM gtest_child
--//
UPDATE gtest_parent SET f1 = f1 + 60, f2 = f2 + 1
--//
SELECT * FROM gtest_child3
--//
INSERT INTO gtest27 (a, b) VALUES (3, 7), (4, 11)
--//
INSERT INTO gtest29 (a, b) VALUES (6, 66)
--//
INSERT INTO gtest26 (a) VALUES (-2), (0), (3)
--//
UPDATE gtest26 SET a = a * -2
--//
DELETE FROM gtest26 WHERE a = -6
--//
INSERT INTO gtest_rule (a) VALUES (1)
--//
UPDATE gtest_rule SET a = 10
--//
UPDATE gtest_rule SET a = (SELECT max(b) FROM gtest_rule)
--//
SELECT * FROM gtest_rule_log
--//
SELECT * FROM gtest_rule
--//
SELECT center(f1) AS center
   FROM BOX_TBL
--//
SELECT (@@ f1) AS center
   FROM BOX_TBL
--//
SELECT point(f1) AS center
   FROM CIRCLE_TBL
--//
SELECT (@@ f1) AS center
   FROM CIRCLE_TBL
--//
SELECT (@@ f1) AS center
   FROM POLYGON_TBL
   WHERE (# f1) > 2
--//
SELECT p1.f1
   FROM POINT_TBL p1
   WHERE ishorizontal(p1.f1, point '(0,0)')
--//
SELECT p1.f1
   FROM POINT_TBL p1
   WHERE p1.f1 ?- point '(0,0)'
--//
SELECT p1.f1
   FROM POINT_TBL p1
   WHERE isvertical(p1.f1, point '(5.1,34.5)')
--//
SELECT p1.f1
   FROM POINT_TBL p1
   WHERE p1.f1 ?| point '(5.1,34.5)'
--//
SELECT p1.f1, p2.f1, slope(p1.f1, p2.f1) FROM POINT_TBL p1, POINT_TBL p2
--//
SELECT p1.f1, p2.f1, p1.f1 + p2.f1 FROM POINT_TBL p1, POINT_TBL p2
--//
SELECT p1.f1, p2.f1, p1.f1 - p2.f1 FROM POINT_TBL p1, POINT_TBL p2
--//
SELECT p1.f1, p2.f1, p1.f1 * p2.f1 FROM POINT_TBL p1, POINT_TBL p2 WHERE p1.f1[0] BETWEEN 1 AND 1000
--//
SELECT p1.f1, p2.f1, p1.f1 * p2.f1 FROM POINT_TBL p1, POINT_TBL p2 WHERE p1.f1[0] < 1
--//
SELECT p1.f1, p2.f1, p1.f1 / p2.f1 FROM POINT_TBL p1, POINT_TBL p2 WHERE p2.f1[0] BETWEEN 1 AND 1000
--//
SELECT p1.f1, p2.f1, p1.f1 / p2.f1 FROM POINT_TBL p1, POINT_TBL p2 WHERE p2.f1[0] > 1000
--//
SELECT p1.f1, p2.f1, p1.f1 / p2.f1 FROM POINT_TBL p1, POINT_TBL p2 WHERE p2.f1 ~= '(0,0)'::point
--//
SELECT p.f1, l.s, p.f1 <-> l.s AS dist_pl, l.s <-> p.f1 AS dist_lp FROM POINT_TBL p, LINE_TBL l
--//
SELECT p.f1, l.s, p.f1 <-> l.s AS dist_ps, l.s <-> p.f1 AS dist_sp FROM POINT_TBL p, LSEG_TBL l
--//
SELECT p.f1, b.f1, p.f1 <-> b.f1 AS dist_pb, b.f1 <-> p.f1 AS dist_bp FROM POINT_TBL p, BOX_TBL b
--//
SELECT p.f1, p1.f1, p.f1 <-> p1.f1 AS dist_ppath, p1.f1 <-> p.f1 AS dist_pathp FROM POINT_TBL p, PATH_TBL p1
--//
SELECT p.f1, p1.f1, p.f1 <-> p1.f1 AS dist_ppoly, p1.f1 <-> p.f1 AS dist_polyp FROM POINT_TBL p, POLYGON_TBL p1
--//
SELECT p1.f1, p2.f1, line(p1.f1, p2.f1)
  FROM POINT_TBL p1, POINT_TBL p2 WHERE p1.f1 <> p2.f1
--//
SELECT p.f1, l.s, p.f1 ## l.s FROM POINT_TBL p, LINE_TBL l
--//
SELECT p.f1, l.s, p.f1 ## l.s FROM POINT_TBL p, LSEG_TBL l
--//
SELECT p.f1, b.f1, p.f1 ## b.f1 FROM POINT_TBL p, BOX_TBL b
--//
SELECT p.f1, l.s FROM POINT_TBL p, LINE_TBL l WHERE p.f1 <@ l.s
--//
SELECT p.f1, l.s FROM POINT_TBL p, LSEG_TBL l WHERE p.f1 <@ l.s
--//
SELECT p.f1, p1.f1 FROM POINT_TBL p, PATH_TBL p1 WHERE p.f1 <@ p1.f1
--//
SELECT s FROM LINE_TBL WHERE ?| s
--//
SELECT s FROM LINE_TBL WHERE ?- s
--//
SELECT l1.s, l2.s FROM LINE_TBL l1, LINE_TBL l2 WHERE l1.s = l2.s
--//
SELECT l1.s, l2.s FROM LINE_TBL l1, LINE_TBL l2 WHERE l1.s ?|| l2.s
--//
SELECT l1.s, l2.s FROM LINE_TBL l1, LINE_TBL l2 WHERE l1.s ?-| l2.s
--//
SELECT l1.s, l2.s, l1.s <-> l2.s FROM LINE_TBL l1, LINE_TBL l2
--//
SELECT l1.s, l2.s FROM LINE_TBL l1, LINE_TBL l2 WHERE l1.s ?# l2.s
--//
SELECT l.s, b.f1 FROM LINE_TBL l, BOX_TBL b WHERE l.s ?# b.f1
--//
SELECT l1.s, l2.s, l1.s # l2.s FROM LINE_TBL l1, LINE_TBL l2
--//
SELECT l.s, l1.s, l.s ## l1.s FROM LINE_TBL l, LSEG_TBL l1
--//
SELECT p.f1, l.s, l.s # p.f1 AS intersection
   FROM LSEG_TBL l, POINT_TBL p
--//
SELECT s, @-@ s FROM LSEG_TBL
--//
SELECT s FROM LSEG_TBL WHERE ?| s
--//
SELECT s FROM LSEG_TBL WHERE ?- s
--//
SELECT s, @@ s FROM LSEG_TBL
--//
SELECT s, s::point FROM LSEG_TBL
--//
SELECT l1.s, l2.s FROM LSEG_TBL l1, LSEG_TBL l2 WHERE l1.s < l2.s
--//
SELECT l1.s, l2.s FROM LSEG_TBL l1, LSEG_TBL l2 WHERE l1.s <= l2.s
--//
SELECT l1.s, l2.s FROM LSEG_TBL l1, LSEG_TBL l2 WHERE l1.s = l2.s
--//
SELECT l1.s, l2.s FROM LSEG_TBL l1, LSEG_TBL l2 WHERE l1.s >= l2.s
--//
SELECT l1.s, l2.s FROM LSEG_TBL l1, LSEG_TBL l2 WHERE l1.s > l2.s
--//
SELECT l1.s, l2.s FROM LSEG_TBL l1, LSEG_TBL l2 WHERE l1.s != l2.s
--//
SELECT l1.s, l2.s FROM LSEG_TBL l1, LSEG_TBL l2 WHERE l1.s ?|| l2.s
--//
SELECT l1.s, l2.s FROM LSEG_TBL l1, LSEG_TBL l2 WHERE l1.s ?-| l2.s
--//
SELECT l.s, l1.s, l.s <-> l1.s AS dist_sl, l1.s <-> l.s AS dist_ls FROM LSEG_TBL l, LINE_TBL l1
--//
SELECT l1.s, l2.s, l1.s <-> l2.s FROM LSEG_TBL l1, LSEG_TBL l2
--//
SELECT l.s, b.f1, l.s <-> b.f1 AS dist_sb, b.f1 <-> l.s AS dist_bs FROM LSEG_TBL l, BOX_TBL b
--//
SELECT l.s, l1.s FROM LSEG_TBL l, LINE_TBL l1 WHERE l.s ?# l1.s
--//
SELECT l.s, b.f1 FROM LSEG_TBL l, BOX_TBL b WHERE l.s ?# b.f1
--//
SELECT l1.s, l2.s, l1.s # l2.s FROM LSEG_TBL l1, LSEG_TBL l2
--//
SELECT l1.s, l2.s, l1.s ## l2.s FROM LSEG_TBL l1, LSEG_TBL l2
--//
SELECT l.s, b.f1, l.s ## b.f1 FROM LSEG_TBL l, BOX_TBL b
--//
SELECT l.s, l1.s FROM LSEG_TBL l, LINE_TBL l1 WHERE l.s <@ l1.s
--//
SELECT l.s, b.f1 FROM LSEG_TBL l, BOX_TBL b WHERE l.s <@ b.f1
--//
SELECT box(f1) AS box FROM CIRCLE_TBL
--//
SELECT b.f1 + p.f1 AS translation
   FROM BOX_TBL b, POINT_TBL p
--//
SELECT b.f1 - p.f1 AS translation
   FROM BOX_TBL b, POINT_TBL p
--//
SELECT b.f1, p.f1, b.f1 * p.f1 FROM BOX_TBL b, POINT_TBL p WHERE p.f1[0] BETWEEN 1 AND 1000
--//
SELECT b.f1, p.f1, b.f1 * p.f1 FROM BOX_TBL b, POINT_TBL p WHERE p.f1[0] > 1000
--//
SELECT b.f1, p.f1, b.f1 / p.f1 FROM BOX_TBL b, POINT_TBL p WHERE p.f1[0] BETWEEN 1 AND 1000
--//
SELECT f1::box
	FROM POINT_TBL
--//
SELECT bound_box(a.f1, b.f1)
	FROM BOX_TBL a, BOX_TBL b
--//
SELECT b1.f1, b2.f1, b1.f1 <^ b2.f1 FROM BOX_TBL b1, BOX_TBL b2
--//
SELECT b1.f1, b2.f1, b1.f1 >^ b2.f1 FROM BOX_TBL b1, BOX_TBL b2
--//
SELECT b1.f1, b2.f1, b1.f1 # b2.f1 FROM BOX_TBL b1, BOX_TBL b2
--//
SELECT f1, diagonal(f1) FROM BOX_TBL
--//
SELECT b1.f1, b2.f1, b1.f1 <-> b2.f1 FROM BOX_TBL b1, BOX_TBL b2
--//
SELECT f1, npoints(f1) FROM PATH_TBL
--//
SELECT f1, area(f1) FROM PATH_TBL
--//
SELECT f1, @-@ f1 FROM PATH_TBL
--//
SELECT f1, f1::polygon FROM PATH_TBL WHERE isclosed(f1)
--//
SELECT f1, f1::polygon FROM PATH_TBL WHERE isopen(f1)
--//
SELECT p1.f1, p2.f1 FROM PATH_TBL p1, PATH_TBL p2 WHERE p1.f1 < p2.f1
--//
SELECT p1.f1, p2.f1 FROM PATH_TBL p1, PATH_TBL p2 WHERE p1.f1 <= p2.f1
--//
SELECT p1.f1, p2.f1 FROM PATH_TBL p1, PATH_TBL p2 WHERE p1.f1 = p2.f1
--//
SELECT p1.f1, p2.f1 FROM PATH_TBL p1, PATH_TBL p2 WHERE p1.f1 >= p2.f1
--//
SELECT p1.f1, p2.f1 FROM PATH_TBL p1, PATH_TBL p2 WHERE p1.f1 > p2.f1
--//
SELECT p1.f1, p2.f1, p1.f1 + p2.f1 FROM PATH_TBL p1, PATH_TBL p2
--//
SELECT p.f1, p1.f1, p.f1 + p1.f1 FROM PATH_TBL p, POINT_TBL p1
--//
SELECT p.f1, p1.f1, p.f1 - p1.f1 FROM PATH_TBL p, POINT_TBL p1
--//
SELECT p.f1, p1.f1, p.f1 * p1.f1 FROM PATH_TBL p, POINT_TBL p1
--//
SELECT p.f1, p1.f1, p.f1 / p1.f1 FROM PATH_TBL p, POINT_TBL p1 WHERE p1.f1[0] BETWEEN 1 AND 1000
--//
SELECT p.f1, p1.f1, p.f1 / p1.f1 FROM PATH_TBL p, POINT_TBL p1 WHERE p1.f1 ~= '(0,0)'::point
--//
SELECT p1.f1, p2.f1, p1.f1 <-> p2.f1 FROM PATH_TBL p1, PATH_TBL p2
--//
SELECT p.f1, poly.f1, poly.f1 @> p.f1 AS contains
   FROM POLYGON_TBL poly, POINT_TBL p
--//
SELECT p.f1, poly.f1, p.f1 <@ poly.f1 AS contained
   FROM POLYGON_TBL poly, POINT_TBL p
--//
SELECT npoints(f1) AS npoints, f1 AS polygon
   FROM POLYGON_TBL
--//
SELECT polygon(f1)
   FROM BOX_TBL
--//
SELECT polygon(f1)
   FROM PATH_TBL WHERE isclosed(f1)
--//
SELECT f1 AS open_path, polygon( pclose(f1)) AS polygon
   FROM PATH_TBL
   WHERE isopen(f1)
--//
SELECT f1, f1::box FROM POLYGON_TBL
--//
SELECT f1, f1::path FROM POLYGON_TBL
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 ~= p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 <@ p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 @> p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 && p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 << p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 &< p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 >> p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 &> p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 <<| p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 &<| p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 |>> p2.f1
--//
SELECT p1.f1, p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2 WHERE p1.f1 |&> p2.f1
--//
SELECT p1.f1, p2.f1, p1.f1 <-> p2.f1 FROM POLYGON_TBL p1, POLYGON_TBL p2
--//
SELECT circle(f1, 50.0)
   FROM POINT_TBL
--//
SELECT circle(f1)
   FROM BOX_TBL
--//
SELECT circle(f1)
   FROM POLYGON_TBL
   WHERE (# f1) >= 3
--//
SELECT c1.f1 AS circle, p1.f1 AS point, (p1.f1 <-> c1.f1) AS distance
   FROM CIRCLE_TBL c1, POINT_TBL p1
   WHERE (p1.f1 <-> c1.f1) > 0
   ORDER BY distance, area(c1.f1), p1.f1[0]
--//
SELECT f1, f1::polygon FROM CIRCLE_TBL WHERE f1 >= '<(0,0),1>'
--//
SELECT f1, polygon(8, f1) FROM CIRCLE_TBL WHERE f1 >= '<(0,0),1>'
--//
SELECT f1, polygon(10, f1) FROM CIRCLE_TBL WHERE f1 < '<(0,0),1>'
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 ~= c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 && c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 &< c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 << c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 >> c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 &> c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 <@ c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 @> c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 <<| c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 |>> c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 &<| c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 |&> c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 = c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 != c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 < c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 > c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 <= c2.f1
--//
SELECT c1.f1, c2.f1 FROM CIRCLE_TBL c1, CIRCLE_TBL c2 WHERE c1.f1 >= c2.f1
--//
SELECT c.f1, p.f1, c.f1 + p.f1 FROM CIRCLE_TBL c, POINT_TBL p
--//
SELECT c.f1, p.f1, c.f1 - p.f1 FROM CIRCLE_TBL c, POINT_TBL p
--//
SELECT c.f1, p.f1, c.f1 * p.f1 FROM CIRCLE_TBL c, POINT_TBL p
--//
SELECT c.f1, p.f1, c.f1 / p.f1 FROM CIRCLE_TBL c, POINT_TBL p WHERE p.f1[0] BETWEEN 1 AND 1000
--//
SELECT c.f1, p.f1, c.f1 / p.f1 FROM CIRCLE_TBL c, POINT_TBL p WHERE p.f1[0] > 1000
--//
SELECT c.f1, p.f1, c.f1 / p.f1 FROM CIRCLE_TBL c, POINT_TBL p WHERE p.f1 ~= '(0,0)'::point
--//
SELECT c.f1, p.f1, c.f1 <-> p.f1 FROM CIRCLE_TBL c, POLYGON_TBL p
--//
SELECT * FROM circle_tbl WHERE f1 && circle(point(1,-2), 1)
    ORDER BY area(f1)
--//
EXPLAIN (COSTS OFF)
SELECT * FROM circle_tbl WHERE f1 && circle(point(1,-2), 1)
    ORDER BY area(f1)
--//
SELECT * FROM polygon_tbl WHERE f1 @> '((1,1),(2,2),(2,1))'::polygon
    ORDER BY (poly_center(f1))[0]
--//
EXPLAIN (COSTS OFF)
SELECT * FROM polygon_tbl WHERE f1 @> '((1,1),(2,2),(2,1))'::polygon
    ORDER BY (poly_center(f1))[0]
--//
insert into gin_test_tbl select array[1, 2, g] from generate_series(1, 20000) g
--//
select gin_clean_pending_list('gin_test_idx')>10 as many
--//
select gin_clean_pending_list('gin_test_idx')
--//
delete from gin_test_tbl where i @> array[2]
--//
explain (costs off)
select count(*) from gin_test_tbl where i @> array[1, 999]
--//
select count(*) from gin_test_tbl where i @> array[1, 999]
--//
explain (costs off)
select count(*) > 0 as ok from gin_test_tbl where i @> array[1]
--//
select count(*) > 0 as ok from gin_test_tbl where i @> array[1]
--//
insert into t_gin_test_tbl
values
  (null,    null),
  ('{}',    null),
  ('{1}',   null),
  ('{1,2}', null),
  (null,    '{}'),
  (null,    '{10}'),
  ('{1,2}', '{10}'),
  ('{2}',   '{10}'),
  ('{1,3}', '{}'),
  ('{1,1}', '{10}')
--//
explain (costs off)
select * from t_gin_test_tbl where array[0] <@ i
--//
select * from t_gin_test_tbl where array[0] <@ i
--//
select * from t_gin_test_tbl where array[0] <@ i and '{}'::int4[] <@ j
--//
explain (costs off)
select * from t_gin_test_tbl where i @> '{}'
--//
select * from t_gin_test_tbl where i @> '{}'
--//
select
  query,
  js->0->'Plan'->'Plans'->0->'Actual Rows' as "return by index",
  js->0->'Plan'->'Rows Removed by Index Recheck' as "removed by recheck",
  (res_index = res_heap) as "match"
from
  (values
    ($$ i @> '{}' $$),
    ($$ j @> '{}' $$),
    ($$ i @> '{}' and j @> '{}' $$),
    ($$ i @> '{1}' $$),
    ($$ i @> '{1}' and j @> '{}' $$),
    ($$ i @> '{1}' and i @> '{}' and j @> '{}' $$),
    ($$ j @> '{10}' $$),
    ($$ j @> '{10}' and i @> '{}' $$),
    ($$ j @> '{10}' and j @> '{}' and i @> '{}' $$),
    ($$ i @> '{1}' and j @> '{10}' $$)
  ) q(query),
  lateral explain_query_json($$select * from t_gin_test_tbl where $$ || query) js,
  lateral execute_text_query_index($$select string_agg((i, j)::text, ' ') from t_gin_test_tbl where $$ || query) res_index,
  lateral execute_text_query_heap($$select string_agg((i, j)::text, ' ') from t_gin_test_tbl where $$ || query) res_heap
--//
insert into t_gin_test_tbl select array[1, g, g/10], array[2, g, g/10]
  from generate_series(1, 20000) g
--//
select gin_clean_pending_list('t_gin_test_tbl_i_j_idx') is not null
--//
explain (costs off)
select count(*) from t_gin_test_tbl where j @> array[50]
--//
select count(*) from t_gin_test_tbl where j @> array[50]
--//
explain (costs off)
select count(*) from t_gin_test_tbl where j @> '{}'::int[]
--//
select count(*) from t_gin_test_tbl where j @> '{}'::int[]
--//
delete from t_gin_test_tbl where j @> array[2]
--//
insert into t_gin_test_tbl
values
  (null,    null),
  ('{}',    null),
  ('{1}',   '{2,3}')
--//
insert into gist_point_tbl (id, p)
select g,        point(g*10, g*10) from generate_series(1, 10000) g
--//
insert into gist_point_tbl (id, p)
select g+100000, point(g*10+1, g*10+1) from generate_series(1, 10000) g
--//
delete from gist_point_tbl where id % 2 = 1
--//
delete from gist_point_tbl where id > 5000
--//
insert into gist_tbl
select box(point(0.05*i, 0.05*i), point(0.05*i, 0.05*i)),
       point(0.05*i, 0.05*i),
       circle(point(0.05*i, 0.05*i), 1.0)
from generate_series(0,10000) as i
--//
explain (costs off)
select p from gist_tbl where p <@ box(point(0,0), point(0.5, 0.5))
--//
select p from gist_tbl where p <@ box(point(0,0), point(0.5, 0.5))
--//
explain (costs off)
select p from gist_tbl where p <@ box(point(0,0), point(0.5, 0.5))
order by p <-> point(0.201, 0.201)
--//
select p from gist_tbl where p <@ box(point(0,0), point(0.5, 0.5))
order by p <-> point(0.201, 0.201)
--//
explain (costs off)
select p from gist_tbl where p <@ box(point(0,0), point(0.5, 0.5))
order by point(0.101, 0.101) <-> p
--//
select p from gist_tbl where p <@ box(point(0,0), point(0.5, 0.5))
order by point(0.101, 0.101) <-> p
--//
explain (costs off)
select p from
  (values (box(point(0,0), point(0.5,0.5))),
          (box(point(0.5,0.5), point(0.75,0.75))),
          (box(point(0.8,0.8), point(1.0,1.0)))) as v(bb)
cross join lateral
  (select p from gist_tbl where p <@ bb order by p <-> bb[0] limit 2) ss
--//
select p from
  (values (box(point(0,0), point(0.5,0.5))),
          (box(point(0.5,0.5), point(0.75,0.75))),
          (box(point(0.8,0.8), point(1.0,1.0)))) as v(bb)
cross join lateral
  (select p from gist_tbl where p <@ bb order by p <-> bb[0] limit 2) ss
--//
explain (costs off)
select b from gist_tbl where b <@ box(point(5,5), point(6,6))
--//
select b from gist_tbl where b <@ box(point(5,5), point(6,6))
--//
explain (costs off)
select b from gist_tbl where b <@ box(point(5,5), point(6,6))
order by b <-> point(5.2, 5.91)
--//
select b from gist_tbl where b <@ box(point(5,5), point(6,6))
order by b <-> point(5.2, 5.91)
--//
explain (costs off)
select b from gist_tbl where b <@ box(point(5,5), point(6,6))
order by point(5.2, 5.91) <-> b
--//
select b from gist_tbl where b <@ box(point(5,5), point(6,6))
order by point(5.2, 5.91) <-> b
--//
explain (costs off)
select p, c from gist_tbl
where p <@ box(point(5,5), point(6, 6))
--//
select b, p from gist_tbl
where b <@ box(point(4.5, 4.5), point(5.5, 5.5))
and p <@ box(point(5,5), point(6, 6))
--//
explain (verbose, costs off)
select circle(p,1) from gist_tbl
where p <@ box(point(5, 5), point(5.3, 5.3))
--//
select circle(p,1) from gist_tbl
where p <@ box(point(5, 5), point(5.3, 5.3))
--//
explain (verbose, costs off)
select p from gist_tbl where circle(p,1) @> circle(point(0,0),0.95)
--//
select p from gist_tbl where circle(p,1) @> circle(point(0,0),0.95)
--//
explain (verbose, costs off)
select count(*) from gist_tbl
--//
select count(*) from gist_tbl
--//
explain (verbose, costs off)
select p from gist_tbl order by circle(p,1) <-> point(0,0) limit 1
--//
select p from gist_tbl order by circle(p,1) <-> point(0,0) limit 1
--//
insert into gist_tbl
  select box(point(0.05*i, 0.05*i)) from generate_series(0,10) as i
--//
insert into gstest4
values (1,1,b'0000','1'), (2,2,b'0001','1'),
       (3,4,b'0010','2'), (4,8,b'0011','2'),
       (5,16,b'0000','2'), (6,32,b'0001','2'),
       (7,64,b'0010','1'), (8,128,b'0011','1')
--//
select a, b, grouping(a,b), sum(v), count(*), max(v)
  from gstest1 group by rollup (a,b)
--//
select a, b, grouping(a,b), sum(v), count(*), max(v)
  from gstest1 group by rollup (a,b) order by a,b
--//
select a, b, grouping(a,b), sum(v), count(*), max(v)
  from gstest1 group by rollup (a,b) order by b desc, a
--//
select a, b, grouping(a,b), sum(v), count(*), max(v)
  from gstest1 group by rollup (a,b) order by coalesce(a,0)+coalesce(b,0)
--//
select grouping(a), a, array_agg(b),
       rank(a) within group (order by b nulls first),
       rank(a) within group (order by b nulls last)
  from (values (1,1),(1,4),(1,5),(3,1),(3,2)) v(a,b)
 group by rollup (a) order by a
--//
select a, b, sum(c), sum(sum(c)) over (order by a,b) as rsum
  from gstest2 group by rollup (a,b) order by rsum, a, b
--//
select sum(c) from gstest2
  group by grouping sets((), grouping sets((), grouping sets(())))
  order by 1 desc
--//
select sum(c) from gstest2
  group by grouping sets((), grouping sets((), grouping sets(((a, b)))))
  order by 1 desc
--//
select sum(c) from gstest2
  group by grouping sets(grouping sets(rollup(c), grouping sets(cube(c))))
  order by 1 desc
--//
select sum(c) from gstest2
  group by grouping sets(a, grouping sets(a, cube(b)))
  order by 1 desc
--//
select sum(c) from gstest2
  group by grouping sets(grouping sets((a, (b))))
  order by 1 desc
--//
select sum(c) from gstest2
  group by grouping sets(grouping sets((a, b)))
  order by 1 desc
--//
select sum(c) from gstest2
  group by grouping sets(grouping sets(a, grouping sets(a), a))
  order by 1 desc
--//
select sum(c) from gstest2
  group by grouping sets(grouping sets(a, grouping sets(a, grouping sets(a), ((a)), a, grouping sets(a), (a)), a))
  order by 1 desc
--//
select sum(c) from gstest2
  group by grouping sets((a,(a,b)), grouping sets((a,(a,b)),a))
  order by 1 desc
--//
select a, b, sum(v), count(*) from gstest_empty group by grouping sets ((a,b),a)
--//
select a, b, sum(v), count(*) from gstest_empty group by grouping sets ((a,b),())
--//
select a, b, sum(v), count(*) from gstest_empty group by grouping sets ((a,b),(),(),())
--//
select sum(v), count(*) from gstest_empty group by grouping sets ((),(),())
--//
select t1.a, t2.b, sum(t1.v), count(*) from gstest_empty t1, gstest_empty t2
 group by grouping sets ((t1.a,t2.b),())
--//
select t1.a, t2.b, grouping(t1.a, t2.b), sum(t1.v), max(t2.a)
  from gstest1 t1, gstest2 t2
 group by grouping sets ((t1.a, t2.b), ())
--//
select t1.a, t2.b, grouping(t1.a, t2.b), sum(t1.v), max(t2.a)
  from gstest1 t1 join gstest2 t2 on (t1.a=t2.a)
 group by grouping sets ((t1.a, t2.b), ())
--//
select a, b, grouping(a, b), sum(t1.v), max(t2.c)
  from gstest1 t1 join gstest2 t2 using (a,b)
 group by grouping sets ((a, b), ())
--//
select a, d, grouping(a,b,c)
  from gstest3
 group by grouping sets ((a,b), (a,c))
--//
explain (costs off)
select g as alias1, g as alias2
  from generate_series(1,3) g
 group by alias1, rollup(alias2)
--//
select g as alias1, g as alias2
  from generate_series(1,3) g
 group by alias1, rollup(alias2)
--//
select four, x
  from (select four, ten, 'foo'::text as x from tenk1) as t
  group by grouping sets (four, x)
  having x = 'foo'
--//
select four, x || 'x'
  from (select four, ten, 'foo'::text as x from tenk1) as t
  group by grouping sets (four, x)
  order by four
--//
select (x+y)*1, sum(z)
 from (select 1 as x, 2 as y, 3 as z) s
 group by grouping sets (x+y, x)
--//
select x, not x as not_x, q2 from
  (select *, q1 = 1 as x from int8_tbl i1) as t
  group by grouping sets(x, q2)
  order by x, q2
--//
explain (verbose, costs off)
select * from (
  select 1 as x, q1, sum(q2)
  from int8_tbl i1
  group by grouping sets(1, 2)
) ss
where x = 1 and q1 = 123
--//
select * from (
  select 1 as x, q1, sum(q2)
  from int8_tbl i1
  group by grouping sets(1, 2)
) ss
where x = 1 and q1 = 123
--//
explain (verbose, costs off)
select grouping(ss.x)
from int8_tbl i1
cross join lateral (select (select i1.q1) as x) ss
group by ss.x
--//
select grouping(ss.x)
from int8_tbl i1
cross join lateral (select (select i1.q1) as x) ss
group by ss.x
--//
explain (verbose, costs off)
select (select grouping(ss.x))
from int8_tbl i1
cross join lateral (select (select i1.q1) as x) ss
group by ss.x
--//
select (select grouping(ss.x))
from int8_tbl i1
cross join lateral (select (select i1.q1) as x) ss
group by ss.x
--//
select a, b, sum(v.x)
  from (values (1),(2)) v(x), gstest_data(v.x)
 group by rollup (a,b)
--//
select *
  from (values (1),(2)) v(x),
       lateral (select a, b, sum(v.x) from gstest_data(v.x) group by rollup (a,b)) s
--//
explain (costs off)
  select min(unique1) from tenk1 GROUP BY ()
--//
select pg_get_viewdef('gstest_view'::regclass, true)
--//
select(select (select grouping(a,b) from (values (1)) v2(c)) from (values (1,2)) v1(a,b) group by (a,b)) from (values(6,7)) v3(e,f) GROUP BY ROLLUP(e,f)
--//
select(select (select grouping(e,f) from (values (1)) v2(c)) from (values (1,2)) v1(a,b) group by (a,b)) from (values(6,7)) v3(e,f) GROUP BY ROLLUP(e,f)
--//
select(select (select grouping(c) from (values (1)) v2(c) GROUP BY c) from (values (1,2)) v1(a,b) group by (a,b)) from (values(6,7)) v3(e,f) GROUP BY ROLLUP(e,f)
--//
select a, b, c, d from gstest2 group by rollup(a,b),grouping sets(c,d)
--//
select a, b from (values (1,2),(2,3)) v(a,b) group by a,b, grouping sets(a)
--//
select a, b, grouping(a,b), sum(v), count(*), max(v)
  from gstest1 group by grouping sets ((a,b),(a+1,b+1),(a+2,b+2)) order by 3,6
--//
select(select (select grouping(a,b) from (values (1)) v2(c)) from (values (1,2)) v1(a,b) group by (a,b)) from (values(6,7)) v3(e,f) GROUP BY ROLLUP((e+1),(f+1))
--//
select(select (select grouping(a,b) from (values (1)) v2(c)) from (values (1,2)) v1(a,b) group by (a,b)) from (values(6,7)) v3(e,f) GROUP BY CUBE((e+1),(f+1)) ORDER BY (e+1),(f+1)
--//
select a, b, sum(c), sum(sum(c)) over (order by a,b) as rsum
  from gstest2 group by cube (a,b) order by rsum, a, b
--//
select a, b, sum(c) from (values (1,1,10),(1,1,11),(1,2,12),(1,2,13),(1,3,14),(2,3,15),(3,3,16),(3,4,17),(4,1,18),(4,1,19)) v(a,b,c) group by rollup (a,b)
--//
select a, b, sum(v.x)
  from (values (1),(2)) v(x), gstest_data(v.x)
 group by cube (a,b) order by a,b
--//
explain (costs off)
select * from gstest1 group by grouping sets((a,b,v),(v)) order by v,b,a
--//
select (select grouping(a,b) from gstest2) from gstest2 group by a,b
--//
select a, b, sum(c), count(*) from gstest2 group by grouping sets (rollup(a,b),a)
--//
select ten, sum(distinct four) from onek a
group by grouping sets((ten,four),(ten))
having exists (select 1 from onek b where sum(distinct a.four) = b.four)
--//
select a,count(*) from gstest2 group by rollup(a) order by a
--//
select a,count(*) from gstest2 group by rollup(a) having a is distinct from 1 order by a
--//
explain (costs off)
  select a,count(*) from gstest2 group by rollup(a) having a is distinct from 1 order by a
--//
select v.c, (select count(*) from gstest2 group by () having v.c)
  from (values (false),(true)) v(c) order by v.c
--//
explain (costs off)
  select v.c, (select count(*) from gstest2 group by () having v.c)
    from (values (false),(true)) v(c) order by v.c
--//
select ten, grouping(ten) from onek
group by grouping sets(ten) having grouping(ten) >= 0
order by 2,1
--//
select ten, grouping(ten) from onek
group by grouping sets(ten, four) having grouping(ten) > 0
order by 2,1
--//
select ten, grouping(ten) from onek
group by rollup(ten) having grouping(ten) > 0
order by 2,1
--//
select ten, grouping(ten) from onek
group by cube(ten) having grouping(ten) > 0
order by 2,1
--//
select ten, grouping(ten) from onek
group by (ten) having grouping(ten) >= 0
order by 2,1
--//
select ten, sum(distinct four) filter (where four::text ~ '123') from onek a
group by rollup(ten)
--//
select * from (values (1),(2)) v(a) left join lateral (select v.a, four, ten, count(*) from onek group by cube(four,ten)) s on true order by v.a,four,ten
--//
select array(select row(v.a,s1.*) from (select two,four, count(*) from onek group by cube(two,four) order by two,four) s1) from (values (1),(2)) v(a)
--//
select sum(ten) from onek group by two, rollup(four::text) order by 1
--//
select sum(ten) from onek group by rollup(four::text), two order by 1
--//
select count(*) from gstest4 group by rollup(unhashable_col,unsortable_col)
--//
select array_agg(v order by v) from gstest4 group by grouping sets ((id,unsortable_col),(id))
--//
select a, b, grouping(a,b), sum(v), count(*), max(v)
  from gstest1 group by grouping sets ((a),(b)) order by 3,1,2
--//
explain (costs off) select a, b, grouping(a,b), sum(v), count(*), max(v)
  from gstest1 group by grouping sets ((a),(b)) order by 3,1,2
--//
select a, b, grouping(a,b), sum(v), count(*), max(v)
  from gstest1 group by cube(a,b) order by 3,1,2
--//
explain (costs off) select a, b, grouping(a,b), sum(v), count(*), max(v)
  from gstest1 group by cube(a,b) order by 3,1,2
--//
explain (costs off)
  select a, b, grouping(a,b), array_agg(v order by v)
    from gstest1 group by cube(a,b)
--//
select unsortable_col, count(*)
  from gstest4 group by grouping sets ((unsortable_col),(unsortable_col))
  order by unsortable_col::text
--//
select unhashable_col, unsortable_col,
       grouping(unhashable_col, unsortable_col),
       count(*), sum(v)
  from gstest4 group by grouping sets ((unhashable_col),(unsortable_col))
 order by 3, 5
--//
explain (costs off)
  select unhashable_col, unsortable_col,
         grouping(unhashable_col, unsortable_col),
         count(*), sum(v)
    from gstest4 group by grouping sets ((unhashable_col),(unsortable_col))
   order by 3,5
--//
select unhashable_col, unsortable_col,
       grouping(unhashable_col, unsortable_col),
       count(*), sum(v)
  from gstest4 group by grouping sets ((v,unhashable_col),(v,unsortable_col))
 order by 3,5
--//
explain (costs off)
  select unhashable_col, unsortable_col,
         grouping(unhashable_col, unsortable_col),
         count(*), sum(v)
    from gstest4 group by grouping sets ((v,unhashable_col),(v,unsortable_col))
   order by 3,5
--//
explain (costs off)
  select a, b, sum(v), count(*) from gstest_empty group by grouping sets ((a,b),a)
--//
explain (costs off)
  select a, b, sum(v), count(*) from gstest_empty group by grouping sets ((a,b),(),(),())
--//
explain (costs off)
  select sum(v), count(*) from gstest_empty group by grouping sets ((),(),())
--//
explain (costs off)
  select a, d, grouping(a,b,c)
    from gstest3
   group by grouping sets ((a,b), (a,c))
--//
select a, b, sum(v.x)
  from (values (1),(2)) v(x), gstest_data(v.x)
 group by grouping sets (a,b)
 order by 1, 2, 3
--//
explain (costs off)
  select a, b, sum(v.x)
    from (values (1),(2)) v(x), gstest_data(v.x)
   group by grouping sets (a,b)
   order by 3, 1, 2
--//
select *
  from (values (1),(2)) v(x),
       lateral (select a, b, sum(v.x) from gstest_data(v.x) group by grouping sets (a,b)) s
--//
explain (costs off)
  select *
    from (values (1),(2)) v(x),
         lateral (select a, b, sum(v.x) from gstest_data(v.x) group by grouping sets (a,b)) s
--//
explain (costs off)
  select a, b, grouping(a,b), sum(v), count(*), max(v)
    from gstest1 group by grouping sets ((a,b),(a+1,b+1),(a+2,b+2)) order by 3,6
--//
explain (costs off)
  select a, b, sum(c), sum(sum(c)) over (order by a,b) as rsum
    from gstest2 group by cube (a,b) order by rsum, a, b
--//
explain (costs off)
  select a, b, sum(v.x)
    from (values (1),(2)) v(x), gstest_data(v.x)
   group by cube (a,b) order by a,b
--//
EXPLAIN (COSTS OFF) SELECT a, b, count(*), max(a), max(b) FROM gstest3 GROUP BY GROUPING SETS(a, b,()) ORDER BY a, b
--//
SELECT a, b, count(*), max(a), max(b) FROM gstest3 GROUP BY GROUPING SETS(a, b,()) ORDER BY a, b
--//
select * from (values (1),(2)) v(a) left join lateral (select v.a, four, ten, count(*) from onek group by grouping sets(four,ten)) s on true order by v.a,four,ten
--//
select array(select row(v.a,s1.*) from (select two,four, count(*) from onek group by grouping sets(two,four) order by two,four) s1) from (values (1),(2)) v(a)
--//
explain (costs off)
  select unique1,
         count(two), count(four), count(ten),
         count(hundred), count(thousand), count(twothousand),
         count(*)
    from tenk1 group by grouping sets (unique1,twothousand,thousand,hundred,ten,four,two)
--//
explain (costs off)
  select unique1,
         count(two), count(four), count(ten),
         count(hundred), count(thousand), count(twothousand),
         count(*)
    from tenk1 group by grouping sets (unique1,hundred,ten,four,two)
--//
select v||'a', case grouping(v||'a') when 1 then 1 else 0 end, count(*)
  from unnest(array[1,1], array['a','b']) u(i,v)
 group by rollup(i, v||'a') order by 1,3
--//
select v||'a', case when grouping(v||'a') = 1 then 1 else 0 end, count(*)
  from unnest(array[1,1], array['a','b']) u(i,v)
 group by rollup(i, v||'a') order by 1,3
--//
update pg_class set reltuples = 10 where relname='bug_16784'
--//
insert into bug_16784 select g/10, g from generate_series(1,40) g
--//
select * from
  (values (1),(2)) v(a),
  lateral (select a, i, j, count(*) from
             bug_16784 group by cube(i,j)) s
  order by v.a, i, j
--//
explain (costs off)
select g100, g10, sum(g::numeric), count(*), max(g::text)
from gs_data_1 group by cube (g1000, g100,g10)
--//
(select * from gs_hash_1 except select * from gs_group_1)
  union all
(select * from gs_group_1 except select * from gs_hash_1)
--//
select a, b, c
from (values (1, 2, 3), (4, null, 6), (7, 8, 9)) as t (a, b, c)
group by all rollup(a, b), rollup(a, c)
order by a, b, c
--//
select a, b, c
from (values (1, 2, 3), (4, null, 6), (7, 8, 9)) as t (a, b, c)
group by rollup(a, b), rollup(a, c)
order by a, b, c
--//
select a, b, c
from (values (1, 2, 3), (4, null, 6), (7, 8, 9)) as t (a, b, c)
group by distinct rollup(a, b), rollup(a, c)
order by a, b, c
--//
select distinct a, b, c
from (values (1, 2, 3), (4, null, 6), (7, 8, 9)) as t (a, b, c)
group by rollup(a, b), rollup(a, c)
order by a, b, c
--//
explain (costs off)
select (select grouping(v1)) from (values ((select 1))) v(v1) group by cube(v1)
--//
select (select grouping(v1)) from (values ((select 1))) v(v1) group by cube(v1)
--//
explain (costs off)
select (select grouping(v1)) from (values ((select 1))) v(v1) group by v1
--//
select (select grouping(v1)) from (values ((select 1))) v(v1) group by v1
--//
SELECT '2006-08-13 12:34:56'::timestamptz
--//
SELECT relname FROM pg_class WHERE relname = 'reset_test'
--//
SELECT pg_listening_channels()
--//
SELECT name FROM pg_prepared_statements
--//
SELECT name FROM pg_cursors
--//
SELECT current_user = 'regress_guc_user'
--//
select current_schemas(false)
--//
select report_guc('work_mem'), current_setting('work_mem')
--//
select myfunc(0), current_setting('work_mem')
--//
select myfunc(0)
--//
select current_setting('work_mem')
--//
select current_setting('nosuch.setting', false)
--//
select current_setting('nosuch.setting', true) is null
--//
select current_setting('nosuch.setting', true)
--//
select func_with_bad_set()
--//
SELECT pg_settings_get_flags(NULL)
--//
SELECT pg_settings_get_flags('does_not_exist')
--//
SELECT name FROM tab_settings_flags
  WHERE category = 'Developer Options' AND NOT not_in_sample
  ORDER BY 1
--//
SELECT name FROM tab_settings_flags
  WHERE category ~ '^Query Tuning' AND NOT explain
  ORDER BY 1
--//
SELECT name FROM tab_settings_flags
  WHERE NOT category = 'Preset Options' AND runtime_computed
  ORDER BY 1
--//
SELECT v as value, hashint2(v)::bit(32) as standard,
       hashint2extended(v, 0)::bit(32) as extended0,
       hashint2extended(v, 1)::bit(32) as extended1
FROM   (VALUES (0::int2), (1::int2), (17::int2), (42::int2)) x(v)
WHERE  hashint2(v)::bit(32) != hashint2extended(v, 0)::bit(32)
       OR hashint2(v)::bit(32) = hashint2extended(v, 1)::bit(32)
--//
SELECT v as value, hashint4(v)::bit(32) as standard,
       hashint4extended(v, 0)::bit(32) as extended0,
       hashint4extended(v, 1)::bit(32) as extended1
FROM   (VALUES (0), (1), (17), (42), (550273), (207112489)) x(v)
WHERE  hashint4(v)::bit(32) != hashint4extended(v, 0)::bit(32)
       OR hashint4(v)::bit(32) = hashint4extended(v, 1)::bit(32)
--//
SELECT v as value, hashfloat4(v)::bit(32) as standard,
       hashfloat4extended(v, 0)::bit(32) as extended0,
       hashfloat4extended(v, 1)::bit(32) as extended1
FROM   (VALUES (0), (1), (17), (42), (550273), (207112489)) x(v)
WHERE  hashfloat4(v)::bit(32) != hashfloat4extended(v, 0)::bit(32)
       OR hashfloat4(v)::bit(32) = hashfloat4extended(v, 1)::bit(32)
--//
SELECT v as value, hashoid(v)::bit(32) as standard,
       hashoidextended(v, 0)::bit(32) as extended0,
       hashoidextended(v, 1)::bit(32) as extended1
FROM   (VALUES (0), (1), (17), (42), (550273), (207112489)) x(v)
WHERE  hashoid(v)::bit(32) != hashoidextended(v, 0)::bit(32)
       OR hashoid(v)::bit(32) = hashoidextended(v, 1)::bit(32)
--//
SELECT v as value, hashname(v)::bit(32) as standard,
       hashnameextended(v, 0)::bit(32) as extended0,
       hashnameextended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL), ('PostgreSQL'), ('eIpUEtqmY89'), ('AXKEJBTK'),
        ('muop28x03'), ('yi3nm0d73')) x(v)
WHERE  hashname(v)::bit(32) != hashnameextended(v, 0)::bit(32)
       OR hashname(v)::bit(32) = hashnameextended(v, 1)::bit(32)
--//
SELECT v as value, hashtext(v)::bit(32) as standard,
       hashtextextended(v, 0)::bit(32) as extended0,
       hashtextextended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL), ('PostgreSQL'), ('eIpUEtqmY89'), ('AXKEJBTK'),
        ('muop28x03'), ('yi3nm0d73')) x(v)
WHERE  hashtext(v)::bit(32) != hashtextextended(v, 0)::bit(32)
       OR hashtext(v)::bit(32) = hashtextextended(v, 1)::bit(32)
--//
SELECT v as value, hashoidvector(v)::bit(32) as standard,
       hashoidvectorextended(v, 0)::bit(32) as extended0,
       hashoidvectorextended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::oidvector), ('0 1 2 3 4'), ('17 18 19 20'),
        ('42 43 42 45'), ('550273 550273 570274'),
        ('207112489 207112499 21512 2155 372325 1363252')) x(v)
WHERE  hashoidvector(v)::bit(32) != hashoidvectorextended(v, 0)::bit(32)
       OR hashoidvector(v)::bit(32) = hashoidvectorextended(v, 1)::bit(32)
--//
SELECT v as value, hash_aclitem(v)::bit(32) as standard,
       hash_aclitem_extended(v, 0)::bit(32) as extended0,
       hash_aclitem_extended(v, 1)::bit(32) as extended1
FROM   (SELECT DISTINCT(relacl[1]) FROM pg_class LIMIT 10) x(v)
WHERE  hash_aclitem(v)::bit(32) != hash_aclitem_extended(v, 0)::bit(32)
       OR hash_aclitem(v)::bit(32) = hash_aclitem_extended(v, 1)::bit(32)
--//
SELECT v as value, hashmacaddr(v)::bit(32) as standard,
       hashmacaddrextended(v, 0)::bit(32) as extended0,
       hashmacaddrextended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::macaddr), ('08:00:2b:01:02:04'), ('08:00:2b:01:02:04'),
        ('e2:7f:51:3e:70:49'), ('d6:a9:4a:78:1c:d5'),
        ('ea:29:b1:5e:1f:a5')) x(v)
WHERE  hashmacaddr(v)::bit(32) != hashmacaddrextended(v, 0)::bit(32)
       OR hashmacaddr(v)::bit(32) = hashmacaddrextended(v, 1)::bit(32)
--//
SELECT v as value, hashinet(v)::bit(32) as standard,
       hashinetextended(v, 0)::bit(32) as extended0,
       hashinetextended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::inet), ('192.168.100.128/25'), ('192.168.100.0/8'),
        ('172.168.10.126/16'), ('172.18.103.126/24'), ('192.188.13.16/32')) x(v)
WHERE  hashinet(v)::bit(32) != hashinetextended(v, 0)::bit(32)
       OR hashinet(v)::bit(32) = hashinetextended(v, 1)::bit(32)
--//
SELECT v as value, hash_numeric(v)::bit(32) as standard,
       hash_numeric_extended(v, 0)::bit(32) as extended0,
       hash_numeric_extended(v, 1)::bit(32) as extended1
FROM   (VALUES (0), (1.149484958), (17.149484958), (42.149484958),
        (149484958.550273), (2071124898672)) x(v)
WHERE  hash_numeric(v)::bit(32) != hash_numeric_extended(v, 0)::bit(32)
       OR hash_numeric(v)::bit(32) = hash_numeric_extended(v, 1)::bit(32)
--//
SELECT v as value, hashmacaddr8(v)::bit(32) as standard,
       hashmacaddr8extended(v, 0)::bit(32) as extended0,
       hashmacaddr8extended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::macaddr8), ('08:00:2b:01:02:04:36:49'),
        ('08:00:2b:01:02:04:f0:e8'), ('e2:7f:51:3e:70:49:16:29'),
        ('d6:a9:4a:78:1c:d5:47:32'), ('ea:29:b1:5e:1f:a5')) x(v)
WHERE  hashmacaddr8(v)::bit(32) != hashmacaddr8extended(v, 0)::bit(32)
       OR hashmacaddr8(v)::bit(32) = hashmacaddr8extended(v, 1)::bit(32)
--//
SELECT v as value, hash_array(v)::bit(32) as standard,
       hash_array_extended(v, 0)::bit(32) as extended0,
       hash_array_extended(v, 1)::bit(32) as extended1
FROM   (VALUES ('{0}'::int4[]), ('{0,1,2,3,4}'), ('{17,18,19,20}'),
        ('{42,34,65,98}'), ('{550273,590027, 870273}'),
        ('{207112489, 807112489}')) x(v)
WHERE  hash_array(v)::bit(32) != hash_array_extended(v, 0)::bit(32)
       OR hash_array(v)::bit(32) = hash_array_extended(v, 1)::bit(32)
--//
SELECT v as value, hash_array(v)::bit(32) as standard
FROM   (VALUES ('{0}'::money[])) x(v)
--//
SELECT v as value, hash_array_extended(v, 0)::bit(32) as extended0
FROM   (VALUES ('{0}'::money[])) x(v)
--//
SELECT v as value, hashbpchar(v)::bit(32) as standard,
       hashbpcharextended(v, 0)::bit(32) as extended0,
       hashbpcharextended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL), ('PostgreSQL'), ('eIpUEtqmY89'), ('AXKEJBTK'),
        ('muop28x03'), ('yi3nm0d73')) x(v)
WHERE  hashbpchar(v)::bit(32) != hashbpcharextended(v, 0)::bit(32)
       OR hashbpchar(v)::bit(32) = hashbpcharextended(v, 1)::bit(32)
--//
SELECT v as value, time_hash(v)::bit(32) as standard,
       time_hash_extended(v, 0)::bit(32) as extended0,
       time_hash_extended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::time), ('11:09:59'), ('1:09:59'), ('11:59:59'),
        ('7:9:59'), ('5:15:59')) x(v)
WHERE  time_hash(v)::bit(32) != time_hash_extended(v, 0)::bit(32)
       OR time_hash(v)::bit(32) = time_hash_extended(v, 1)::bit(32)
--//
SELECT v as value, timetz_hash(v)::bit(32) as standard,
       timetz_hash_extended(v, 0)::bit(32) as extended0,
       timetz_hash_extended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::timetz), ('00:11:52.518762-07'), ('00:11:52.51762-08'),
        ('00:11:52.62-01'), ('00:11:52.62+01'), ('11:59:59+04')) x(v)
WHERE  timetz_hash(v)::bit(32) != timetz_hash_extended(v, 0)::bit(32)
       OR timetz_hash(v)::bit(32) = timetz_hash_extended(v, 1)::bit(32)
--//
SELECT v as value, interval_hash(v)::bit(32) as standard,
       interval_hash_extended(v, 0)::bit(32) as extended0,
       interval_hash_extended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::interval),
        ('5 month 7 day 46 minutes'), ('1 year 7 day 46 minutes'),
        ('1 year 7 month 20 day 46 minutes'), ('5 month'),
        ('17 year 11 month 7 day 9 hours 46 minutes 5 seconds')) x(v)
WHERE  interval_hash(v)::bit(32) != interval_hash_extended(v, 0)::bit(32)
       OR interval_hash(v)::bit(32) = interval_hash_extended(v, 1)::bit(32)
--//
SELECT v as value, timestamp_hash(v)::bit(32) as standard,
       timestamp_hash_extended(v, 0)::bit(32) as extended0,
       timestamp_hash_extended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::timestamp), ('2017-08-22 00:09:59.518762'),
        ('2015-08-20 00:11:52.51762-08'),
        ('2017-05-22 00:11:52.62-01'),
        ('2013-08-22 00:11:52.62+01'), ('2013-08-22 11:59:59+04')) x(v)
WHERE  timestamp_hash(v)::bit(32) != timestamp_hash_extended(v, 0)::bit(32)
       OR timestamp_hash(v)::bit(32) = timestamp_hash_extended(v, 1)::bit(32)
--//
SELECT v as value, uuid_hash(v)::bit(32) as standard,
       uuid_hash_extended(v, 0)::bit(32) as extended0,
       uuid_hash_extended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::uuid), ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
        ('5a9ba4ac-8d6f-11e7-bb31-be2e44b06b34'),
        ('99c6705c-d939-461c-a3c9-1690ad64ed7b'),
        ('7deed3ca-8d6f-11e7-bb31-be2e44b06b34'),
        ('9ad46d4f-6f2a-4edd-aadb-745993928e1e')) x(v)
WHERE  uuid_hash(v)::bit(32) != uuid_hash_extended(v, 0)::bit(32)
       OR uuid_hash(v)::bit(32) = uuid_hash_extended(v, 1)::bit(32)
--//
SELECT v as value, pg_lsn_hash(v)::bit(32) as standard,
       pg_lsn_hash_extended(v, 0)::bit(32) as extended0,
       pg_lsn_hash_extended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::pg_lsn), ('16/B374D84'), ('30/B374D84'),
        ('255/B374D84'), ('25/B379D90'), ('900/F37FD90')) x(v)
WHERE  pg_lsn_hash(v)::bit(32) != pg_lsn_hash_extended(v, 0)::bit(32)
       OR pg_lsn_hash(v)::bit(32) = pg_lsn_hash_extended(v, 1)::bit(32)
--//
SELECT v as value, hashenum(v)::bit(32) as standard,
       hashenumextended(v, 0)::bit(32) as extended0,
       hashenumextended(v, 1)::bit(32) as extended1
FROM   (VALUES ('sad'::mood), ('ok'), ('happy')) x(v)
WHERE  hashenum(v)::bit(32) != hashenumextended(v, 0)::bit(32)
       OR hashenum(v)::bit(32) = hashenumextended(v, 1)::bit(32)
--//
SELECT v as value, jsonb_hash(v)::bit(32) as standard,
       jsonb_hash_extended(v, 0)::bit(32) as extended0,
       jsonb_hash_extended(v, 1)::bit(32) as extended1
FROM   (VALUES (NULL::jsonb),
        ('{"a": "aaa bbb ddd ccc", "b": ["eee fff ggg"], "c": {"d": "hhh iii"}}'),
        ('{"foo": [true, "bar"], "tags": {"e": 1, "f": null}}'),
        ('{"g": {"h": "value"}}')) x(v)
WHERE  jsonb_hash(v)::bit(32) != jsonb_hash_extended(v, 0)::bit(32)
       OR jsonb_hash(v)::bit(32) = jsonb_hash_extended(v, 1)::bit(32)
--//
SELECT v as value, hash_range(v)::bit(32) as standard,
       hash_range_extended(v, 0)::bit(32) as extended0,
       hash_range_extended(v, 1)::bit(32) as extended1
FROM   (VALUES (int4range(10, 20)), (int4range(23, 43)),
        (int4range(5675, 550273)),
        (int4range(550274, 1550274)), (int4range(1550275, 208112489))) x(v)
WHERE  hash_range(v)::bit(32) != hash_range_extended(v, 0)::bit(32)
       OR hash_range(v)::bit(32) = hash_range_extended(v, 1)::bit(32)
--//
SELECT v as value, hash_multirange(v)::bit(32) as standard,
	   hash_multirange_extended(v, 0)::bit(32) as extended0,
	   hash_multirange_extended(v, 1)::bit(32) as extended1
FROM   (VALUES ('{[10,20)}'::int4multirange), ('{[23, 43]}'::int4multirange),
         ('{[5675, 550273)}'::int4multirange),
		 ('{[550274, 1550274)}'::int4multirange),
		 ('{[1550275, 208112489)}'::int4multirange)) x(v)
WHERE  hash_multirange(v)::bit(32) != hash_multirange_extended(v, 0)::bit(32)
       OR hash_multirange(v)::bit(32) = hash_multirange_extended(v, 1)::bit(32)
--//
SELECT v as value, hash_record(v)::bit(32) as standard,
       hash_record_extended(v, 0)::bit(32) as extended0,
       hash_record_extended(v, 1)::bit(32) as extended1
FROM   (VALUES (row(1, 'aaa')::hash_test_t1, row(2, 'bbb'), row(-1, 'ccc'))) x(v)
WHERE  hash_record(v)::bit(32) != hash_record_extended(v, 0)::bit(32)
       OR hash_record(v)::bit(32) = hash_record_extended(v, 1)::bit(32)
--//
SELECT v as value, hash_record(v)::bit(32) as standard
FROM   (VALUES (row(1, 'aaa')::hash_test_t2)) x(v)
--//
SELECT v as value, hash_record_extended(v, 0)::bit(32) as extended0
FROM   (VALUES (row(1, 'aaa')::hash_test_t2)) x(v)
--//
SELECT hashfloat4('0'::float4) = hashfloat4('-0'::float4) AS t
--//
SELECT hashfloat4('NaN'::float4) = hashfloat4(-'NaN'::float4) AS t
--//
SELECT * FROM hash_i4_heap
   WHERE hash_i4_heap.random = 843938989
--//
SELECT * FROM hash_name_heap
   WHERE hash_name_heap.random = '1505703298'::name
--//
SELECT * FROM hash_txt_heap
   WHERE hash_txt_heap.random = '1351610853'::text
--//
SELECT * FROM hash_f8_heap
   WHERE hash_f8_heap.random = '444705537'::float8
--//
EXPLAIN (COSTS OFF)
SELECT * FROM hash_i4_heap
   WHERE seqno = 9999
--//
SELECT * FROM hash_i4_heap
   WHERE seqno = 9999
--//
UPDATE hash_i4_heap
   SET random = 1
   WHERE hash_i4_heap.seqno = 1492
--//
SELECT h.seqno AS i1492, h.random AS i1
   FROM hash_i4_heap h
   WHERE h.random = 1
--//
UPDATE hash_i4_heap
   SET seqno = 20000
   WHERE hash_i4_heap.random = 1492795354
--//
SELECT h.seqno AS i20000
   FROM hash_i4_heap h
   WHERE h.random = 1492795354
--//
UPDATE hash_name_heap
   SET random = '0123456789abcdef'::name
   WHERE hash_name_heap.seqno = 6543
--//
SELECT h.seqno AS i6543, h.random AS c0_to_f
   FROM hash_name_heap h
   WHERE h.random = '0123456789abcdef'::name
--//
UPDATE hash_name_heap
   SET seqno = 20000
   WHERE hash_name_heap.random = '76652222'::name
--//
SELECT h.seqno AS emptyset
   FROM hash_name_heap h
   WHERE h.random = '76652222'::name
--//
UPDATE hash_txt_heap
   SET random = '0123456789abcdefghijklmnop'::text
   WHERE hash_txt_heap.seqno = 4002
--//
SELECT h.seqno AS i4002, h.random AS c0_to_p
   FROM hash_txt_heap h
   WHERE h.random = '0123456789abcdefghijklmnop'::text
--//
UPDATE hash_txt_heap
   SET seqno = 20000
   WHERE hash_txt_heap.random = '959363399'::text
--//
SELECT h.seqno AS t20000
   FROM hash_txt_heap h
   WHERE h.random = '959363399'::text
--//
UPDATE hash_f8_heap
   SET random = '-1234.1234'::float8
   WHERE hash_f8_heap.seqno = 8906
--//
SELECT h.seqno AS i8096, h.random AS f1234_1234
   FROM hash_f8_heap h
   WHERE h.random = '-1234.1234'::float8
--//
UPDATE hash_f8_heap
   SET seqno = 20000
   WHERE hash_f8_heap.random = '488912369'::float8
--//
SELECT h.seqno AS f20000
   FROM hash_f8_heap h
   WHERE h.random = '488912369'::float8
--//
INSERT INTO hash_split_heap SELECT 1 FROM generate_series(1, 500) a
--//
DELETE FROM hash_split_heap WHERE keycol = 1
--//
INSERT INTO hash_split_heap SELECT a/2 FROM generate_series(1, 25000) a
--//
INSERT INTO hash_temp_heap VALUES (1,1)
--//
INSERT INTO hash_heap_float4 VALUES (1.1,1)
--//
SELECT satisfies_hash_partition(0, 4, 0, NULL)
--//
SELECT satisfies_hash_partition('tenk1'::regclass, 4, 0, NULL)
--//
SELECT satisfies_hash_partition('mchash'::regclass, 1, -1, NULL)
--//
SELECT satisfies_hash_partition('mchash'::regclass, NULL, 0, NULL)
--//
SELECT satisfies_hash_partition('mchash'::regclass, 4, NULL, NULL)
--//
SELECT satisfies_hash_partition('mchash'::regclass, 4, 0, NULL::int, NULL::text, NULL::json)
--//
SELECT satisfies_hash_partition('mchash'::regclass, 3, 1, NULL::int)
--//
SELECT satisfies_hash_partition('mchash'::regclass, 2, 1, NULL::int, NULL::int)
--//
SELECT satisfies_hash_partition('mchash'::regclass, 4, 0, 0, ''::text)
--//
SELECT satisfies_hash_partition('mchash'::regclass, 2, 1,
								variadic array[1,2]::int[])
--//
SELECT satisfies_hash_partition('mcinthash'::regclass, 4, 0,
								variadic array[0, 0])
--//
SELECT satisfies_hash_partition('mcinthash'::regclass, 4, 0,
								variadic array[]::int[])
--//
SELECT satisfies_hash_partition('mcinthash'::regclass, 4, 0,
								variadic array[now(), now()])
--//
select satisfies_hash_partition('text_hashp'::regclass, 2, 0, 'xxx'::text) OR
	   satisfies_hash_partition('text_hashp'::regclass, 2, 1, 'xxx'::text) AS satisfies
--//
SELECT timestamp with time zone '20011227 040506+08'
--//
SELECT time without time zone '040506.789+08'
--//
SELECT time with time zone '040506.789+08'
--//
SELECT date 'J1520447' AS "Confucius' Birthday"
--//
SELECT date 'J0' AS "Julian Epoch"
--//
SELECT date '1981-02-03' + time '04:05:06' AS "Date + Time"
--//
SELECT date '1991-02-03' + time with time zone '04:05:06 PST' AS "Date + Time PST"
--//
SELECT date '2001-02-03' + time with time zone '04:05:06 UTC' AS "Date + Time UTC"
--//
SELECT date '1991-02-03' + interval '2 years' AS "Add Two Years"
--//
SELECT date '2001-12-13' - interval '2 years' AS "Subtract Two Years"
--//
SELECT date '1991-02-03' - time '04:05:06' AS "Subtract Time"
--//
SELECT date '1991-02-03' - time with time zone '04:05:06 UTC' AS "Subtract Time UTC"
--//
SELECT timestamp without time zone '1996-03-01' - interval '1 second' AS "Feb 29"
--//
SELECT timestamp without time zone '1999-12-01' + interval '1 month - 1 second' AS "Dec 31"
--//
SELECT timestamp without time zone 'Jan 1, 4713 BC' + interval '106000000 days' AS "Feb 23, 285506"
--//
SELECT timestamp without time zone 'Jan 1, 4713 BC' + interval '107000000 days' AS "Jan 20, 288244"
--//
SELECT timestamp without time zone 'Jan 1, 4713 BC' + interval '109203489 days' AS "Dec 31, 294276"
--//
SELECT timestamp without time zone '2000-01-01' - interval '2483590 days' AS "out of range"
--//
SELECT timestamp without time zone '294276-12-31 23:59:59' + interval '9223372036854775807 microseconds' AS "out of range"
--//
SELECT timestamp without time zone '12/31/294276' - timestamp without time zone '12/23/1999' AS "106751991 Days"
--//
SELECT (timestamp without time zone 'today' = (timestamp without time zone 'yesterday' + interval '1 day')) as "True"
--//
SELECT (timestamp without time zone 'today' = (timestamp without time zone 'tomorrow' - interval '1 day')) as "True"
--//
SELECT (timestamp without time zone 'tomorrow' > 'now') as "True"
--//
SELECT date '1994-01-01' + time '11:00' AS "Jan_01_1994_11am"
--//
SELECT date '1994-01-01' + timetz '11:00-5' AS "Jan_01_1994_8am"
--//
SELECT timestamptz(date '1994-01-01', time with time zone '11:00-5') AS "Jan_01_1994_8am"
--//
SELECT d1 + interval '1 year' AS one_year FROM TIMESTAMP_TBL
--//
SELECT d1 - interval '1 year' AS one_year FROM TIMESTAMP_TBL
--//
SELECT timestamp with time zone '1996-03-01' - interval '1 second' AS "Feb 29"
--//
SELECT timestamp with time zone '1999-12-01' + interval '1 month - 1 second' AS "Dec 31"
--//
SELECT timestamp with time zone '2000-01-01' - interval '2483590 days' AS "out of range"
--//
SELECT timestamp with time zone '294276-12-31 23:59:59 UTC' + interval '9223372036854775807 microseconds' AS "out of range"
--//
SELECT (timestamp with time zone 'today' = (timestamp with time zone 'yesterday' + interval '1 day')) as "True"
--//
SELECT (timestamp with time zone 'today' = (timestamp with time zone 'tomorrow' - interval '1 day')) as "True"
--//
SELECT (timestamp with time zone 'tomorrow' > 'now') as "True"
--//
SELECT timestamp with time zone '2005-04-02 12:00-07' + interval '1 day' as "Apr 3, 12:00"
--//
SELECT timestamp with time zone '2005-04-03 12:00-06' - interval '1 day' as "Apr 2, 12:00"
--//
SELECT timestamptz(date '1994-01-01', time '11:00') AS "Jan_01_1994_10am"
--//
SELECT d1 + interval '1 year' AS one_year FROM TIMESTAMPTZ_TBL
--//
SELECT d1 - interval '1 year' AS one_year FROM TIMESTAMPTZ_TBL
--//
SELECT CAST(time '01:02' AS interval) AS "+01:02"
--//
SELECT CAST(interval '02:03' AS time) AS "02:03:00"
--//
SELECT time '01:30' + interval '02:01' AS "03:31:00"
--//
SELECT time '01:30' - interval '02:01' AS "23:29:00"
--//
SELECT CAST(time with time zone '01:02-08' AS interval) AS "+00:01"
--//
SELECT CAST(interval '02:03' AS time with time zone) AS "02:03:00-08"
--//
SELECT time with time zone '01:30-08' - interval '02:01' AS "23:29:00-08"
--//
SELECT time with time zone '02:30-08' + interval '36:01' AS "14:31:00-08"
--//
SELECT CAST(CAST(date 'today' + time with time zone '05:30'
            + interval '02:01' AS time with time zone) AS time) AS "07:31:00"
--//
SELECT CAST(cast(date 'today' + time with time zone '03:30'
  + interval '1 month 04:01' as timestamp without time zone) AS time) AS "07:31:00"
--//
SELECT t.d1 AS t, i.f1 AS i, t.d1 + i.f1 AS "add", t.d1 - i.f1 AS "subtract"
  FROM TIMESTAMP_TBL t, INTERVAL_TBL i
  WHERE t.d1 BETWEEN '1990-01-01' AND '2001-01-01'
    AND i.f1 BETWEEN '00:00' AND '23:00'
  ORDER BY 1,2
--//
SELECT t.f1 AS t, i.f1 AS i, t.f1 + i.f1 AS "add", t.f1 - i.f1 AS "subtract"
  FROM TIME_TBL t, INTERVAL_TBL i
  ORDER BY 1,2
--//
SELECT t.f1 AS t, i.f1 AS i, t.f1 + i.f1 AS "add", t.f1 - i.f1 AS "subtract"
  FROM TIMETZ_TBL t, INTERVAL_TBL i
  ORDER BY 1,2
--//
SELECT (timestamp with time zone '2000-11-27', timestamp with time zone '2000-11-28')
  OVERLAPS (timestamp with time zone '2000-11-27 12:00', timestamp with time zone '2000-11-30') AS "True"
--//
SELECT (timestamp with time zone '2000-11-26', timestamp with time zone '2000-11-27')
  OVERLAPS (timestamp with time zone '2000-11-27 12:00', timestamp with time zone '2000-11-30') AS "False"
--//
SELECT (timestamp with time zone '2000-11-27', timestamp with time zone '2000-11-28')
  OVERLAPS (timestamp with time zone '2000-11-27 12:00', interval '1 day') AS "True"
--//
SELECT (timestamp with time zone '2000-11-27', interval '12 hours')
  OVERLAPS (timestamp with time zone '2000-11-27 12:00', timestamp with time zone '2000-11-30') AS "False"
--//
SELECT (timestamp with time zone '2000-11-27', interval '12 hours')
  OVERLAPS (timestamp with time zone '2000-11-27', interval '12 hours') AS "True"
--//
SELECT (timestamp with time zone '2000-11-27', interval '12 hours')
  OVERLAPS (timestamp with time zone '2000-11-27 12:00', interval '12 hours') AS "False"
--//
SELECT (timestamp without time zone '2000-11-27', timestamp without time zone '2000-11-28')
  OVERLAPS (timestamp without time zone '2000-11-27 12:00', timestamp without time zone '2000-11-30') AS "True"
--//
SELECT (timestamp without time zone '2000-11-26', timestamp without time zone '2000-11-27')
  OVERLAPS (timestamp without time zone '2000-11-27 12:00', timestamp without time zone '2000-11-30') AS "False"
--//
SELECT (timestamp without time zone '2000-11-27', timestamp without time zone '2000-11-28')
  OVERLAPS (timestamp without time zone '2000-11-27 12:00', interval '1 day') AS "True"
--//
SELECT (timestamp without time zone '2000-11-27', interval '12 hours')
  OVERLAPS (timestamp without time zone '2000-11-27 12:00', timestamp without time zone '2000-11-30') AS "False"
--//
SELECT (timestamp without time zone '2000-11-27', interval '12 hours')
  OVERLAPS (timestamp without time zone '2000-11-27', interval '12 hours') AS "True"
--//
SELECT (timestamp without time zone '2000-11-27', interval '12 hours')
  OVERLAPS (timestamp without time zone '2000-11-27 12:00', interval '12 hours') AS "False"
--//
SELECT (time '00:00', time '01:00')
  OVERLAPS (time '00:30', time '01:30') AS "True"
--//
SELECT (time '00:00', interval '1 hour')
  OVERLAPS (time '00:30', interval '1 hour') AS "True"
--//
SELECT (time '00:00', interval '1 hour')
  OVERLAPS (time '01:30', interval '1 hour') AS "False"
--//
INSERT INTO TEMP_TIMESTAMP (f1)
  SELECT d1 FROM TIMESTAMP_TBL
  WHERE d1 BETWEEN '13-jun-1957' AND '1-jan-1997'
   OR d1 BETWEEN '1-jan-1999' AND '1-jan-2010'
--//
SELECT f1 AS "timestamp"
  FROM TEMP_TIMESTAMP
  ORDER BY "timestamp"
--//
SELECT d.f1 AS "timestamp", t.f1 AS "interval", d.f1 + t.f1 AS plus
  FROM TEMP_TIMESTAMP d, INTERVAL_TBL t
  ORDER BY plus, "timestamp", "interval"
--//
SELECT d.f1 AS "timestamp", t.f1 AS "interval", d.f1 - t.f1 AS minus
  FROM TEMP_TIMESTAMP d, INTERVAL_TBL t
  WHERE isfinite(d.f1)
  ORDER BY minus, "timestamp", "interval"
--//
SELECT d.f1 AS "timestamp",
   timestamp with time zone '1980-01-06 00:00 GMT' AS gpstime_zero,
   d.f1 - timestamp with time zone '1980-01-06 00:00 GMT' AS difference
  FROM TEMP_TIMESTAMP d
  ORDER BY difference
--//
SELECT d1.f1 AS timestamp1, d2.f1 AS timestamp2, d1.f1 - d2.f1 AS difference
  FROM TEMP_TIMESTAMP d1, TEMP_TIMESTAMP d2
  ORDER BY timestamp1, timestamp2, difference
--//
SELECT f1 AS "timestamp", date(f1) AS date
  FROM TEMP_TIMESTAMP
  WHERE f1 <> timestamp 'now'
  ORDER BY date, "timestamp"
--//
SELECT '2202020-10-05'::date::timestamp
--//
SELECT '2202020-10-05'::date > '2020-10-05'::timestamp as t
--//
SELECT '2020-10-05'::timestamp > '2202020-10-05'::date as f
--//
SELECT '2202020-10-05'::date::timestamptz
--//
SELECT '2202020-10-05'::date > '2020-10-05'::timestamptz as t
--//
SELECT '2020-10-05'::timestamptz > '2202020-10-05'::date as f
--//
SELECT '4714-11-24 BC'::date < '2020-10-05'::timestamptz as t
--//
SELECT '2020-10-05'::timestamptz >= '4714-11-24 BC'::date as t
--//
SELECT '4714-11-24 BC'::timestamp < '2020-10-05'::timestamptz as t
--//
SELECT '2020-10-05'::timestamptz >= '4714-11-24 BC'::timestamp as t
--//
explain (costs off)
select count(*) from date_tbl
  where f1 between '1997-01-01' and '1998-01-01'
--//
select count(*) from date_tbl
  where f1 between '1997-01-01' and '1998-01-01'
--//
explain (costs off)
select count(*) from date_tbl
  where f1 not between '1997-01-01' and '1998-01-01'
--//
select count(*) from date_tbl
  where f1 not between '1997-01-01' and '1998-01-01'
--//
explain (costs off)
select count(*) from date_tbl
  where f1 between symmetric '1997-01-01' and '1998-01-01'
--//
select count(*) from date_tbl
  where f1 between symmetric '1997-01-01' and '1998-01-01'
--//
explain (costs off)
select count(*) from date_tbl
  where f1 not between symmetric '1997-01-01' and '1998-01-01'
--//
select count(*) from date_tbl
  where f1 not between symmetric '1997-01-01' and '1998-01-01'
--//
SELECT d1 AS us_postgres FROM TIMESTAMP_TBL
--//
SELECT d1 AS us_iso FROM TIMESTAMP_TBL
--//
SELECT d1 AS us_sql FROM TIMESTAMP_TBL
--//
INSERT INTO TIMESTAMP_TBL VALUES('13/06/1957')
--//
SELECT count(*) as one FROM TIMESTAMP_TBL WHERE d1 = 'Jun 13 1957'
--//
SELECT d1 AS european_postgres FROM TIMESTAMP_TBL
--//
SELECT d1 AS european_iso FROM TIMESTAMP_TBL
--//
SELECT d1 AS european_sql FROM TIMESTAMP_TBL
--//
SELECT to_timestamp('0097/Feb/16 --> 08:14:30', 'YYYY/Mon/DD --> HH:MI:SS')
--//
SELECT to_timestamp('15 "text between quote marks" 98 54 45',
                    E'HH24 "\\"text between quote marks\\"" YY MI SS')
--//
SELECT i, to_timestamp('2018-11-02 12:34:56', 'YYYY-MM-DD HH24:MI:SS.FF' || i) FROM generate_series(1, 6) i
--//
SELECT to_date('44-02-01 BC','YYYY-MM-DD BC')
--//
SELECT to_timestamp('44-02-01 11:12:13 BC','YYYY-MM-DD HH24:MI:SS BC')
--//
SELECT to_char('2012-12-12 12:00'::timestamptz, 'YYYY-MM-DD HH:MI:SS TZ')
--//
SELECT attrelid, attname, attidentity FROM pg_attribute WHERE attidentity NOT IN ('', 'a', 'd')
--//
SELECT table_name, column_name, column_default, is_nullable, is_identity, identity_generation, identity_start, identity_increment, identity_maximum, identity_minimum, identity_cycle FROM information_schema.columns WHERE table_name LIKE 'itest_' ORDER BY 1, 2
--//
SELECT sequence_name FROM information_schema.sequences WHERE sequence_name LIKE 'itest%'
--//
SELECT pg_get_serial_sequence('itest1', 'a')
--//
INSERT INTO itest1 DEFAULT VALUES
--//
SELECT * FROM itest1
--//
INSERT INTO itest5 VALUES (1, 'a')
--//
INSERT INTO itest5 VALUES (DEFAULT, 'a')
--//
INSERT INTO itest5 VALUES (2, 'b'), (3, 'c')
--//
INSERT INTO itest5 VALUES (DEFAULT, 'b'), (3, 'c')
--//
INSERT INTO itest5 VALUES (2, 'b'), (DEFAULT, 'c')
--//
INSERT INTO itest5 VALUES (DEFAULT, 'b'), (DEFAULT, 'c')
--//
INSERT INTO itest5 OVERRIDING SYSTEM VALUE VALUES (-1, 'aa')
--//
INSERT INTO itest5 OVERRIDING SYSTEM VALUE VALUES (-2, 'bb'), (-3, 'cc')
--//
INSERT INTO itest5 OVERRIDING SYSTEM VALUE VALUES (DEFAULT, 'dd'), (-4, 'ee')
--//
INSERT INTO itest5 OVERRIDING SYSTEM VALUE VALUES (-5, 'ff'), (DEFAULT, 'gg')
--//
INSERT INTO itest5 OVERRIDING SYSTEM VALUE VALUES (DEFAULT, 'hh'), (DEFAULT, 'ii')
--//
INSERT INTO itest5 OVERRIDING USER VALUE VALUES (-1, 'aaa')
--//
INSERT INTO itest5 OVERRIDING USER VALUE VALUES (-2, 'bbb'), (-3, 'ccc')
--//
INSERT INTO itest5 OVERRIDING USER VALUE VALUES (DEFAULT, 'ddd'), (-4, 'eee')
--//
INSERT INTO itest5 OVERRIDING USER VALUE VALUES (-5, 'fff'), (DEFAULT, 'ggg')
--//
INSERT INTO itest5 OVERRIDING USER VALUE VALUES (DEFAULT, 'hhh'), (DEFAULT, 'iii')
--//
INSERT INTO itest1 OVERRIDING SYSTEM VALUE VALUES (20, 'xyz')
--//
INSERT INTO itest1 OVERRIDING USER VALUE VALUES (30, 'xyz')
--//
UPDATE itest1 SET a = 101 WHERE a = 1
--//
UPDATE itest1 SET a = DEFAULT WHERE a = 2
--//
SELECT * FROM itest9 ORDER BY c
--//
SELECT sequence_name FROM itest4_a_seq
--//
INSERT INTO itestv10 DEFAULT VALUES
--//
SELECT * FROM itestv10
--//
INSERT INTO itestv10 VALUES (10, 'xyz')
--//
INSERT INTO itestv10 OVERRIDING USER VALUE VALUES (11, 'xyz')
--//
INSERT INTO itestv11 OVERRIDING SYSTEM VALUE VALUES (11, 'xyz')
--//
INSERT INTO itest13 VALUES (1), (2), (3)
--//
SELECT seqtypid::regtype FROM pg_sequence WHERE seqrelid = 'itest3_a_seq'::regclass
--//
SELECT table_name, column_name, is_identity, identity_generation FROM information_schema.columns WHERE table_name = 'itest6' ORDER BY 1, 2
--//
INSERT INTO itest7c DEFAULT VALUES
--//
SELECT * FROM itest7c
--//
SELECT table_name, column_name, is_nullable, is_identity, identity_generation FROM information_schema.columns WHERE table_name LIKE 'itest7%' ORDER BY 1, 2
--//
INSERT INTO itest8 VALUES(0), (1)
--//
TABLE itest8
--//
INSERT INTO itest14 (id) VALUES (DEFAULT)
--//
MERGE INTO itest15 t
USING (SELECT 10 AS s_a, 'inserted by merge' AS s_b) s
ON t.a = s.s_a
WHEN NOT MATCHED THEN
	INSERT (a, b) VALUES (s.s_a, s.s_b)
--//
MERGE INTO itest15 t
USING (SELECT 20 AS s_a, 'inserted by merge' AS s_b) s
ON t.a = s.s_a
WHEN NOT MATCHED THEN
	INSERT (a, b) OVERRIDING USER VALUE VALUES (s.s_a, s.s_b)
--//
MERGE INTO itest15 t
USING (SELECT 30 AS s_a, 'inserted by merge' AS s_b) s
ON t.a = s.s_a
WHEN NOT MATCHED THEN
	INSERT (a, b) OVERRIDING SYSTEM VALUE VALUES (s.s_a, s.s_b)
--//
SELECT relname, relpersistence FROM pg_class
  WHERE relname ~ '^identity_dump_' ORDER BY 1
--//
explain (costs off)
select * from (select * from tenk1 order by four) t order by four, ten
--//
explain (costs off)
select * from (select * from tenk1 order by four) t order by four, ten
limit 1
--//
insert into t(a, b) select i/100 + 1, i + 1 from generate_series(0, 999) n(i)
--//
explain (costs off) select * from (select * from t order by a) s order by a, b limit 31
--//
select * from (select * from t order by a) s order by a, b limit 31
--//
delete from t
--//
select explain_analyze_without_memory('select * from (select * from t order by a) s order by a, b limit 55')
--//
select jsonb_pretty(explain_analyze_inc_sort_nodes_without_memory('select * from (select * from t order by a) s order by a, b limit 55'))
--//
select explain_analyze_inc_sort_nodes_verify_invariants('select * from (select * from t order by a) s order by a, b limit 55')
--//
insert into t(a, b) select (case when i < 5 then i else 9 end), i from generate_series(1, 1000) n(i)
--//
explain (costs off) select * from t left join (select * from (select * from t order by a) v order by a, b) s on s.a = t.a where t.a in (1, 2)
--//
select * from t left join (select * from (select * from t order by a) v order by a, b) s on s.a = t.a where t.a in (1, 2)
--//
insert into t(a, b) select i / 10, i from generate_series(1, 1000) n(i)
--//
insert into t(a, b) select i, i from generate_series(1, 1000) n(i)
--//
insert into t select mod(i,10),mod(i,10),i from generate_series(1,10000) s(i)
--//
explain (costs off) select a,b,sum(c) from t group by 1,2 order by 1,2,3 limit 1
--//
explain (costs off) select * from t union select * from t order by 1,3
--//
explain (costs off) select distinct a,b from t
--//
explain (costs off) select distinct sub.unique1, stringu1
from tenk1, lateral (select tenk1.unique1 from generate_series(1, 1000)) as sub
--//
explain (costs off) select sub.unique1, stringu1
from tenk1, lateral (select tenk1.unique1 from generate_series(1, 1000)) as sub
order by 1, 2
--//
explain (costs off) select distinct sub.unique1, md5(stringu1)
from tenk1, lateral (select tenk1.unique1 from generate_series(1, 1000)) as sub
--//
explain (costs off) select sub.unique1, md5(stringu1)
from tenk1, lateral (select tenk1.unique1 from generate_series(1, 1000)) as sub
order by 1, 2
--//
explain (costs off) select count(*)
from tenk1 t1
join tenk1 t2 on t1.unique1 = t2.unique2
join tenk1 t3 on t2.unique1 = t3.unique1
order by count(*)
--//
explain (costs off) select distinct
  unique1,
  (select t.unique1 from tenk1 where tenk1.unique1 = t.unique1)
from tenk1 t, generate_series(1, 1000)
--//
explain (costs off) select
  unique1,
  (select t.unique1 from tenk1 where tenk1.unique1 = t.unique1)
from tenk1 t, generate_series(1, 1000)
order by 1, 2
--//
explain (costs off) select distinct sub.unique1, stringu1 || random()::text
from tenk1, lateral (select tenk1.unique1 from generate_series(1, 1000)) as sub
--//
explain (costs off) select sub.unique1, stringu1 || random()::text
from tenk1, lateral (select tenk1.unique1 from generate_series(1, 1000)) as sub
order by 1, 2
--//
INSERT INTO tbl_include_reg SELECT x, 2*x, 3*x, box('4,4,4,4') FROM generate_series(1,10) AS x
--//
SELECT pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON i.indexrelid = c.oid
WHERE i.indrelid = 'tbl_include_reg'::regclass ORDER BY c.relname
--//
INSERT INTO tbl_include_unique1 SELECT x, 2*x, 3*x, box('4,4,4,4') FROM generate_series(1,10) AS x
--//
INSERT INTO tbl_include_unique2 SELECT 1, 2, 3*x, box('4,4,4,4') FROM generate_series(1,10) AS x
--//
INSERT INTO tbl_include_pk SELECT 1, 2*x, 3*x, box('4,4,4,4') FROM generate_series(1,10) AS x
--//
INSERT INTO tbl_include_box SELECT 1, 2*x, 3*x, box('4,4,4,4') FROM generate_series(1,10) AS x
--//
INSERT INTO tbl_include_box_pk SELECT 1, 2, 3*x, box('4,4,4,4') FROM generate_series(1,10) AS x
--//
SELECT indexrelid::regclass, indnatts, indnkeyatts, indisunique, indisprimary, indkey, indclass FROM pg_index WHERE indrelid = 'tbl'::regclass::oid
--//
SELECT pg_get_constraintdef(oid), conname, conkey FROM pg_constraint WHERE conrelid = 'tbl'::regclass::oid
--//
INSERT INTO tbl SELECT 1, 2, 3*x, box('4,4,4,4') FROM generate_series(1,10) AS x
--//
INSERT INTO tbl SELECT 1, NULL, 3*x, box('4,4,4,4') FROM generate_series(1,10) AS x
--//
INSERT INTO tbl SELECT x, 2*x, NULL, NULL FROM generate_series(1,300) AS x
--//
explain (costs off)
select * from tbl where (c1,c2,c3) < (2,5,1)
--//
select * from tbl where (c1,c2,c3) < (2,5,1)
--//
explain (costs off)
select * from tbl where (c1,c2,c3) < (262,1,1) limit 1
--//
select * from tbl where (c1,c2,c3) < (262,1,1) limit 1
--//
SELECT indexdef FROM pg_indexes WHERE tablename = 'tbl' ORDER BY indexname
--//
INSERT INTO tbl SELECT x, 2*x, 3*x, box('4,4,4,4') FROM generate_series(1,1000) AS x
--//
UPDATE tbl SET c1 = 100 WHERE c1 = 2
--//
UPDATE tbl SET c3 = 1
--//
DELETE FROM tbl WHERE c1 = 5 OR c3 = 12
--//
INSERT INTO nametbl VALUES(1, 'two', 3.0)
--//
EXPLAIN (COSTS OFF) SELECT c2, c1, c3 FROM nametbl WHERE c2 = 'two' AND c1 = 1
--//
SELECT c2, c1, c3 FROM nametbl WHERE c2 = 'two' AND c1 = 1
--//
INSERT INTO tbl_gist SELECT x, 2*x, 3*x, box(point(x,x+1),point(2*x,2*x+1)) FROM generate_series(1,8000) AS x
--//
SELECT * FROM tbl_gist where c4 <@ box(point(1,1),point(10,10))
--//
EXPLAIN  (costs off) SELECT * FROM tbl_gist where c4 <@ box(point(1,1),point(10,10))
--//
UPDATE tbl_gist SET c1 = 100 WHERE c1 = 2
--//
DELETE FROM tbl_gist WHERE c1 = 5 OR c3 = 12
--//
INSERT INTO tbl_gist SELECT x, 2*x, 3*x, box(point(3*x,2*x),point(3*x+1,2*x+1)) FROM generate_series(1,10) AS x
--//
select relhassubclass from pg_class where relname = 'idxpart_idx'
--//
select indexdef from pg_indexes where indexname like 'idxpart_idx%'
--//
select relname, relkind, relhassubclass, inhparent::regclass
    from pg_class left join pg_index ix on (indexrelid = oid)
	left join pg_inherits on (ix.indexrelid = inhrelid)
	where relname like 'idxpart%' order by relname
--//
SELECT col2 FROM idxpart_two fk LEFT OUTER JOIN idxpart pk ON (col1 = col2)
--//
INSERT INTO idxpart (a, b, c) SELECT i, i, i FROM generate_series(1, 50) i
--//
select relname, relpartbound from pg_class
  where relname in ('idxpart_c', 'idxpart1_c')
  order by relname
--//
select relname, relkind from pg_class
  where relname like 'idxpart%' order by relname
--//
select indexrelid::regclass, indrelid::regclass
  from pg_index where indexrelid::regclass::text like 'idxpart%'
--//
select indexrelid::regclass, indrelid::regclass, inhparent::regclass
  from pg_index idx left join pg_inherits inh on (idx.indexrelid = inh.inhrelid)
where indexrelid::regclass::text like 'idxpart%'
  order by indexrelid::regclass::text collate "C"
--//
select relname, relkind, inhparent::regclass
    from pg_class left join pg_index ix on (indexrelid = oid)
	left join pg_inherits on (ix.indexrelid = inhrelid)
	where relname like 'idxpart%' order by relname
--//
select relname, indisvalid from pg_class join pg_index on indexrelid = oid
   where relname like 'idxpart%' order by relname
--//
insert into idxpart11 values (1, 0)
--//
delete from idxpart11 where b = 0
--//
select relname as child, inhparent::regclass as parent, pg_get_indexdef as childdef
  from pg_class join pg_inherits on inhrelid = oid,
  lateral pg_get_indexdef(pg_class.oid)
  where relkind in ('i', 'I') and relname like 'idxpart%' order by relname
--//
select relname as child, inhparent::regclass as parent, pg_get_indexdef as childdef
  from pg_class left join pg_inherits on inhrelid = oid,
  lateral pg_get_indexdef(pg_class.oid)
  where relkind in ('i', 'I') and relname like 'idxpart%' order by relname
--//
select c.relname, pg_get_indexdef(indexrelid)
  from pg_class c join pg_index i on c.oid = i.indexrelid
  where indrelid::regclass::text like 'idxpart%'
  order by indexrelid::regclass::text collate "C"
--//
select attrelid::regclass, attname, attnum from pg_attribute
  where attrelid::regclass::text like 'idxpart%' and attnum > 0
  order by attrelid::regclass, attnum
--//
select conname, contype, conrelid::regclass, conindid::regclass, conkey
  from pg_constraint where conrelid::regclass::text like 'idxpart%'
  order by conname
--//
select indrelid::regclass, indexrelid::regclass, inhparent::regclass, indisvalid,
  conname, conislocal, coninhcount, connoinherit, convalidated
  from pg_index idx left join pg_inherits inh on (idx.indexrelid = inh.inhrelid)
  left join pg_constraint con on (idx.indexrelid = con.conindid)
  where indrelid::regclass::text like 'idxpart%'
  order by indexrelid::regclass::text collate "C"
--//
insert into idxpart2 (c, a, b) values (42, 572814, 'inserted first')
--//
insert into idxpart values (0, 'zero'), (42, 'life'), (2^16, 'sixteen')
--//
insert into idxpart select 2^g, format('two to power of %s', g) from generate_series(15, 17) g
--//
insert into idxpart values (16, 'sixteen')
--//
insert into idxpart (b, a) values ('one', 142857), ('two', 285714)
--//
insert into idxpart select a * 2, b || b from idxpart where a between 2^16 and 2^19
--//
select tableoid::regclass, * from idxpart order by a
--//
explain (costs off) select * from idxpart where b = 'abcd'
--//
explain (costs off) select * from idxpart where c @> array[42]
--//
insert into covidxpart values (1, 1)
--//
select indexrelid::regclass, indisvalid,
       indrelid::regclass, inhparent::regclass
  from pg_index idx left join
       pg_inherits inh on (idx.indexrelid = inh.inhrelid)
  where indexrelid::regclass::text like 'parted_inval%'
  order by indexrelid::regclass::text collate "C"
--//
insert into parted_isvalid_tab_11 values (1, 0)
--//
select indexrelid::regclass, indisvalid, indisreplident,
       indrelid::regclass, inhparent::regclass
  from pg_index idx left join
       pg_inherits inh on (idx.indexrelid = inh.inhrelid)
  where indexrelid::regclass::text like 'parted_replica%'
  order by indexrelid::regclass::text collate "C"
--//
INSERT INTO indtoasttest(descr, f1, f2) VALUES('two-compressed', repeat('1234567890',1000), repeat('1234567890',1000))
--//
INSERT INTO indtoasttest(descr, f1, f2) VALUES('one-compressed,one-null', NULL, repeat('1234567890',1000))
--//
SELECT descr, substring(make_tuple_indirect(indtoasttest)::text, 1, 200) FROM indtoasttest
--//
UPDATE indtoasttest SET cnt = cnt +1 RETURNING substring(indtoasttest::text, 1, 200)
--//
UPDATE indtoasttest SET cnt = cnt +1, f1 = f1 RETURNING substring(indtoasttest::text, 1, 200)
--//
UPDATE indtoasttest SET cnt = cnt +1, f1 = f1||'' RETURNING substring(indtoasttest::text, 1, 200)
--//
UPDATE indtoasttest SET cnt = cnt +1, f1 = '-'||f1||'-' RETURNING substring(indtoasttest::text, 1, 200)
--//
SELECT substring(indtoasttest::text, 1, 200) FROM indtoasttest
--//
INSERT INTO indtoasttest(descr, f1, f2) VALUES('one-toasted,one-null, via indirect', repeat('1234567890',30000), NULL)
--//
INSERT INTO INET_TBL (c, i) VALUES ('192.168.1', '192.168.1.226/24')
--//
INSERT INTO INET_TBL (c, i) VALUES (cidr('192.168.1.2/30'), '192.168.1.226')
--//
SELECT c AS cidr, i AS inet FROM INET_TBL
--//
SELECT i AS inet, host(i), text(i), family(i) FROM INET_TBL
--//
SELECT c AS cidr, abbrev(c) FROM INET_TBL
--//
SELECT c AS cidr, broadcast(c),
  i AS inet, broadcast(i) FROM INET_TBL
--//
SELECT c AS cidr, network(c) AS "network(cidr)",
  i AS inet, network(i) AS "network(inet)" FROM INET_TBL
--//
SELECT c AS cidr, masklen(c) AS "masklen(cidr)",
  i AS inet, masklen(i) AS "masklen(inet)" FROM INET_TBL
--//
SELECT c AS cidr, masklen(c) AS "masklen(cidr)",
  i AS inet, masklen(i) AS "masklen(inet)" FROM INET_TBL
  WHERE masklen(c) <= 8
--//
SELECT c AS cidr, i AS inet FROM INET_TBL
  WHERE c = i
--//
SELECT i, c,
  i < c AS lt, i <= c AS le, i = c AS eq,
  i >= c AS ge, i > c AS gt, i <> c AS ne,
  i << c AS sb, i <<= c AS sbe,
  i >> c AS sup, i >>= c AS spe,
  i && c AS ovr
  FROM INET_TBL
--//
SELECT max(i) AS max, min(i) AS min FROM INET_TBL
--//
SELECT max(c) AS max, min(c) AS min FROM INET_TBL
--//
SELECT set_masklen(inet(text(i)), 24) FROM INET_TBL
--//
EXPLAIN (COSTS OFF)
SELECT * FROM inet_tbl WHERE i<<'192.168.1.0/24'::cidr
--//
SELECT * FROM inet_tbl WHERE i<<'192.168.1.0/24'::cidr
--//
EXPLAIN (COSTS OFF)
SELECT * FROM inet_tbl WHERE i<<='192.168.1.0/24'::cidr
--//
SELECT * FROM inet_tbl WHERE i<<='192.168.1.0/24'::cidr
--//
EXPLAIN (COSTS OFF)
SELECT * FROM inet_tbl WHERE '192.168.1.0/24'::cidr >>= i
--//
SELECT * FROM inet_tbl WHERE '192.168.1.0/24'::cidr >>= i
--//
EXPLAIN (COSTS OFF)
SELECT * FROM inet_tbl WHERE '192.168.1.0/24'::cidr >> i
--//
SELECT * FROM inet_tbl WHERE '192.168.1.0/24'::cidr >> i
--//
SELECT * FROM inet_tbl WHERE i << '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT * FROM inet_tbl WHERE i <<= '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT * FROM inet_tbl WHERE i && '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT * FROM inet_tbl WHERE i >>= '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT * FROM inet_tbl WHERE i >> '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT * FROM inet_tbl WHERE i < '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT * FROM inet_tbl WHERE i <= '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT * FROM inet_tbl WHERE i = '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT * FROM inet_tbl WHERE i >= '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT * FROM inet_tbl WHERE i > '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT * FROM inet_tbl WHERE i <> '192.168.1.0/24'::cidr ORDER BY i
--//
EXPLAIN (COSTS OFF)
SELECT i FROM inet_tbl WHERE i << '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT i FROM inet_tbl WHERE i << '192.168.1.0/24'::cidr ORDER BY i
--//
SELECT i, ~i AS "~i" FROM inet_tbl
--//
SELECT i, c, i & c AS "and" FROM inet_tbl
--//
SELECT i, c, i | c AS "or" FROM inet_tbl
--//
SELECT i, i + 500 AS "i+500" FROM inet_tbl
--//
SELECT i, i - 500 AS "i-500" FROM inet_tbl
--//
SELECT i, c, i - c AS "minus" FROM inet_tbl
--//
SELECT '127.0.0.1'::inet + 257
--//
SELECT ('127.0.0.1'::inet + 257) - 257
--//
SELECT '127.0.0.2'::inet  - ('127.0.0.2'::inet + 500)
--//
SELECT '127.0.0.2'::inet  - ('127.0.0.2'::inet - 500)
--//
SELECT '127.0.0.1'::inet - 10000000000
--//
SELECT '126::1'::inet - '127::2'::inet
--//
SELECT inet_merge(c, i) FROM INET_TBL
--//
SELECT inet_merge(c, i) FROM INET_TBL WHERE inet_same_family(c, i)
--//
SELECT version() ~ 'powerpc64[^,]*-linux-gnu'
       AS skip_test
--//
select infinite_recurse()
--//
INSERT INTO a(aa) VALUES('aaa')
--//
INSERT INTO b(aa) VALUES('bbb')
--//
INSERT INTO c(aa) VALUES('ccc')
--//
INSERT INTO d(aa) VALUES('ddd')
--//
SELECT relname, a.* FROM a, pg_class where a.tableoid = pg_class.oid
--//
SELECT relname, b.* FROM b, pg_class where b.tableoid = pg_class.oid
--//
SELECT relname, c.* FROM c, pg_class where c.tableoid = pg_class.oid
--//
SELECT relname, d.* FROM d, pg_class where d.tableoid = pg_class.oid
--//
SELECT relname, a.* FROM ONLY a, pg_class where a.tableoid = pg_class.oid
--//
SELECT relname, b.* FROM ONLY b, pg_class where b.tableoid = pg_class.oid
--//
SELECT relname, c.* FROM ONLY c, pg_class where c.tableoid = pg_class.oid
--//
SELECT relname, d.* FROM ONLY d, pg_class where d.tableoid = pg_class.oid
--//
UPDATE a SET aa='zzzz' WHERE aa='aaaa'
--//
UPDATE ONLY a SET aa='zzzzz' WHERE aa='aaaaa'
--//
UPDATE b SET aa='zzz' WHERE aa='aaa'
--//
UPDATE ONLY b SET aa='zzz' WHERE aa='aaa'
--//
UPDATE a SET aa='zzzzzz' WHERE aa LIKE 'aaa%'
--//
UPDATE b SET aa='new'
--//
UPDATE a SET aa='new'
--//
DELETE FROM ONLY c WHERE aa='new'
--//
DELETE FROM a
--//
INSERT INTO z VALUES (NULL, 'text')
--//
insert into some_tab_child select i, i+1, 0 from generate_series(1,1000) i
--//
explain (costs off)
update some_tab set f3 = 11 where f1 = 12 and f2 = 13
--//
update some_tab set f3 = 11 where f1 = 12 and f2 = 13
--//
insert into some_tab_child values(1,2)
--//
explain (verbose, costs off)
update some_tab set a = a + 1 where false
--//
update some_tab set a = a + 1 where false
--//
explain (verbose, costs off)
update some_tab set a = a + 1 where false returning b, a
--//
update some_tab set a = a + 1 where false returning b, a
--//
table some_tab
--//
insert into foo values(1,1)
--//
insert into foo2 values(2,2,2)
--//
insert into bar values(1,1)
--//
insert into bar2 values(1,1,1)
--//
update bar set f2 = f2 + 100 where f1 in (select f1 from foo)
--//
select tableoid::regclass::text as relname, bar.* from bar order by 1,2
--//
update bar set f2 = f2 + 100
from
  ( select f1 from foo union all select f1+3 from foo ) ss
where bar.f1 = ss.f1
--//
insert into some_tab values (0)
--//
insert into some_tab_child values (1)
--//
insert into parted_tab values (1, 'a'), (2, 'a'), (3, 'a')
--//
update parted_tab set b = 'b'
from
  (select a from some_tab union all select a+1 from some_tab) ss (a)
where parted_tab.a = ss.a
--//
select tableoid::regclass::text as relname, parted_tab.* from parted_tab order by 1,2
--//
truncate parted_tab
--//
update parted_tab set b = 'b'
from
  (select 0 from parted_tab union all select 1 from parted_tab) ss (a)
where parted_tab.a = ss.a
--//
explain update parted_tab set a = 2 where false
--//
insert into mlparted_tab values (1, 'a'), (2, 'a'), (2, 'b'), (3, 'a')
--//
update mlparted_tab mlp set c = 'xxx'
from
  (select a from some_tab union all select a+1 from some_tab) ss (a)
where (mlp.a = ss.a and mlp.b = 'b') or mlp.a = 3
--//
select tableoid::regclass::text as relname, mlparted_tab.* from mlparted_tab order by 1,2
--//
insert into d values('test','one','two','three')
--//
select * from d
--//
select pc.relname, pgc.conname, pgc.contype, pgc.conislocal, pgc.coninhcount, pgc.connoinherit from pg_class as pc inner join pg_constraint as pgc on (pgc.conrelid = pc.oid) where pc.relname = 'p1' order by 1,2
--//
insert into derived (i) values (0)
--//
select derived::base from derived
--//
select NULL::derived::base
--//
explain (verbose on, costs off) select row(i, b)::more_derived::derived::base from more_derived
--//
explain (verbose on, costs off) select (1, 2)::more_derived::derived::base
--//
insert into c1 values(123456789, 'hi', 42)
--//
select p2text(c1.*) from c1
--//
select pc.relname, pgc.conname, pgc.contype, pgc.conislocal, pgc.coninhcount, pg_get_expr(pgc.conbin, pc.oid) as consrc from pg_class as pc inner join pg_constraint as pgc on (pgc.conrelid = pc.oid) where pc.relname in ('ac', 'bc') order by 1,2
--//
insert into ac (aa) values (NULL)
--//
insert into bc (aa) values (NULL)
--//
select pc.relname, pgc.conname, pgc.contype, pgc.conislocal, pgc.coninhcount, pg_get_expr(pgc.conbin, pc.oid) as consrc from pg_class as pc inner join pg_constraint as pgc on (pgc.conrelid = pc.oid) where pc.relname in ('ac', 'bc', 'cc') order by 1,2
--//
insert into c1 values(1,-1,2)
--//
delete from c1
--//
insert into c1 values(1,1,2)
--//
WITH RECURSIVE r AS (
  SELECT 'inht1'::regclass AS inhrelid
UNION ALL
  SELECT c.inhrelid FROM pg_inherits c, r WHERE r.inhrelid = c.inhparent
)
SELECT a.attrelid::regclass, a.attname, a.attinhcount, e.expected
  FROM (SELECT inhrelid, count(*) AS expected FROM pg_inherits
        WHERE inhparent IN (SELECT inhrelid FROM r) GROUP BY inhrelid) e
  JOIN pg_attribute a ON e.inhrelid = a.attrelid WHERE NOT attislocal
  ORDER BY a.attrelid::regclass::name, a.attnum
--//
insert into inh_fk_1 values (1), (2), (3)
--//
insert into inh_fk_2 values (11, 1), (22, 2), (33, 3)
--//
insert into inh_fk_2_child values (111, 1), (222, 2)
--//
delete from inh_fk_1 where a = 1
--//
select * from inh_fk_1 order by 1
--//
select * from inh_fk_2 order by 1, 2
--//
select conrelid::regclass::text as relname, conname, conislocal, coninhcount
from pg_constraint where conname like 'inh\_check\_constraint%'
order by 1, 2
--//
insert into invalid_check_con values(0)
--//
insert into invalid_check_con_child values(0)
--//
select conrelid::regclass::text as relname, conname,
       convalidated, conislocal, coninhcount, connoinherit
from pg_constraint where conname like 'inh\_check\_constraint%'
order by 1, 2
--//
insert into patest1
  select x, x from generate_series(0,1000) x
--//
explain (costs off)
select * from patest0 join (select f1 from int4_tbl limit 1) ss on id = f1
--//
select * from patest0 join (select f1 from int4_tbl limit 1) ss on id = f1
--//
insert into matest1 (name) values ('Test 1')
--//
explain (verbose, costs off) select * from matest0 order by 1-id
--//
select * from matest0 order by 1-id
--//
explain (verbose, costs off) select min(1-id) from matest0
--//
select min(1-id) from matest0
--//
explain (verbose, costs off)
select 1 - id as c from
(select id from matest3 t1 union all select id * 2 from matest3 t2) ss
order by c
--//
select 1 - id as c from
(select id from matest3 t1 union all select id * 2 from matest3 t2) ss
order by c
--//
explain (costs off)
select t1.* from matest0 t1, matest0 t2
where t1.b = t2.b and t2.c = t2.d
order by t1.b limit 10
--//
explain (costs off)
SELECT thousand, tenthous FROM tenk1
UNION ALL
SELECT thousand, thousand FROM tenk1
ORDER BY thousand, tenthous
--//
explain (costs off)
SELECT thousand, tenthous, thousand+tenthous AS x FROM tenk1
UNION ALL
SELECT 42, 42, hundred FROM tenk1
ORDER BY thousand, tenthous
--//
explain (costs off)
SELECT thousand, tenthous FROM tenk1
UNION ALL
SELECT thousand, random()::integer FROM tenk1
ORDER BY thousand, tenthous
--//
explain (costs off)
SELECT min(x) FROM
  (SELECT unique1 AS x FROM tenk1 a
   UNION ALL
   SELECT unique2 AS x FROM tenk1 b) s
--//
explain (costs off)
SELECT min(y) FROM
  (SELECT unique1 AS x, unique1 AS y FROM tenk1 a
   UNION ALL
   SELECT unique2 AS x, unique2 AS y FROM tenk1 b) s
--//
explain (costs off)
SELECT x, y FROM
  (SELECT thousand AS x, tenthous AS y FROM tenk1 a
   UNION ALL
   SELECT unique2 AS x, unique2 AS y FROM tenk1 b) s
ORDER BY x, y
--//
explain (costs off)
SELECT
    ARRAY(SELECT f.i FROM (
        (SELECT d + g.i FROM generate_series(4, 30, 3) d ORDER BY 1)
        UNION ALL
        (SELECT d + g.i FROM generate_series(0, 30, 5) d ORDER BY 1)
    ) f(i)
    ORDER BY f.i LIMIT 10)
FROM generate_series(1, 3) g(i)
--//
SELECT
    ARRAY(SELECT f.i FROM (
        (SELECT d + g.i FROM generate_series(4, 30, 3) d ORDER BY 1)
        UNION ALL
        (SELECT d + g.i FROM generate_series(0, 30, 5) d ORDER BY 1)
    ) f(i)
    ORDER BY f.i LIMIT 10)
FROM generate_series(1, 3) g(i)
--//
insert into inhpar select x, x::text from generate_series(1,5) x
--//
insert into inhcld select x::text, x from generate_series(6,10) x
--//
explain (verbose, costs off)
update inhpar i set (f1, f2) = (select i.f1, i.f2 || '-' from int4_tbl limit 1)
--//
update inhpar i set (f1, f2) = (select i.f1, i.f2 || '-' from int4_tbl limit 1)
--//
select * from inhpar
--//
insert into inhpar as i values (3), (7) on conflict (f1)
  do update set (f1, f2) = (select i.f1, i.f2 || '+')
--//
select * from inhpar order by f1
--//
insert into cnullchild values(1)
--//
insert into cnullchild values(null)
--//
select * from cnullparent
--//
select * from cnullparent where f1 = 2
--//
insert into inh_perm_parent values (1)
--//
insert into inh_temp_parent values (2)
--//
insert into inh_temp_child values (3)
--//
insert into inh_temp_child_2 values (4)
--//
select tableoid::regclass, a1 from inh_perm_parent
--//
select tableoid::regclass, a1 from inh_temp_parent
--//
explain (costs off) select * from list_parted
--//
explain (costs off) select * from list_parted where a is null
--//
explain (costs off) select * from list_parted where a is not null
--//
explain (costs off) select * from list_parted where a in ('ab', 'cd', 'ef')
--//
explain (costs off) select * from list_parted where a = 'ab' or a in (null, 'cd')
--//
explain (costs off) select * from list_parted where a = 'ab'
--//
explain (costs off) select * from range_list_parted
--//
explain (costs off) select * from range_list_parted where a = 5
--//
explain (costs off) select * from range_list_parted where b = 'ab'
--//
explain (costs off) select * from range_list_parted where a between 3 and 23 and b in ('ab')
--//
explain (costs off) select * from range_list_parted where a is not null and a < 67
--//
explain (costs off) select * from range_list_parted where a >= 30
--//
explain (costs off) select * from mcrparted where a = 0
--//
explain (costs off) select * from mcrparted where a = 10 and abs(b) < 5
--//
explain (costs off) select * from mcrparted where a = 10 and abs(b) = 5
--//
explain (costs off) select * from mcrparted where abs(b) = 5
--//
explain (costs off) select * from mcrparted where a > -1
--//
explain (costs off) select * from mcrparted where a = 20 and abs(b) = 10 and c > 10
--//
explain (costs off) select * from mcrparted where a = 20 and c > 20
--//
insert into parted_minmax values (1,'12345')
--//
explain (costs off) select min(a), max(a) from parted_minmax where b = '12345'
--//
select min(a), max(a) from parted_minmax where b = '12345'
--//
explain (costs off) select * from mcrparted order by a, abs(b), c
--//
explain (costs off) select * from mcrparted order by a desc, abs(b) desc, c desc
--//
explain (costs off) select a, abs(b) from mcrparted order by a, abs(b), c
--//
explain (costs off) select * from mcrparted where a < 20 order by a, abs(b), c
--//
explain (costs off) select * from mclparted order by a
--//
explain (costs off) select * from mclparted where a in(3,4,5) order by a
--//
explain (costs off) select * from mclparted where a in(1,2,4) or a is null order by a
--//
explain (costs off) select * from mclparted where a in(0,1,2,4) order by a
--//
explain (costs off) select * from mcrparted where a < 20 order by a, abs(b), c limit 1
--//
explain (costs off) select * from mcrparted where a = 10 order by a, abs(b), c
--//
explain (costs off) select * from bool_lp order by b
--//
explain (costs off) select * from bool_rp where b = true order by b,a
--//
explain (costs off) select * from bool_rp where b = false order by b,a
--//
explain (costs off) select * from bool_rp where b = true order by a
--//
explain (costs off) select * from bool_rp where b = false order by a
--//
explain (costs off) select * from range_parted order by a,b,c
--//
explain (costs off) select * from range_parted order by a desc,b desc,c desc
--//
insert into permtest_parent
  select 1, 'a', left(md5(i::text), 5) from generate_series(0, 100) i
--//
explain (costs off)
  select * from permtest_parent p1 inner join permtest_parent p2
  on p1.a = p2.a and p1.c ~ 'a1$'
--//
explain (costs off)
  select * from permtest_parent p1 inner join permtest_parent p2
  on p1.a = p2.a and left(p1.c, 3) ~ 'a1$'
--//
explain (costs off)
  select p2.a, p1.c from permtest_parent p1 inner join permtest_parent p2
  on p1.a = p2.a and p1.c ~ 'a1$'
--//
explain (costs off)
  select p2.a, p1.c from permtest_parent p1 inner join permtest_parent p2
  on p1.a = p2.a and left(p1.c, 3) ~ 'a1$'
--//
INSERT INTO errtst_parent(partid, shdata, data) VALUES ( '0', '1', '5')
--//
INSERT INTO errtst_parent(partid, shdata, data) VALUES ('10', '1', '5')
--//
INSERT INTO errtst_parent(partid, shdata, data) VALUES ( '0', '1', NULL)
--//
INSERT INTO errtst_parent(partid, shdata, data) VALUES ('10', '1', NULL)
--//
UPDATE errtst_parent SET data = data + 1 WHERE partid = 0
--//
UPDATE errtst_child_fastdef SET partid = 1 WHERE partid = 0
--//
UPDATE errtst_child_plaindef SET partid = 11 WHERE partid = 10
--//
UPDATE errtst_child_reorder SET partid = 21 WHERE partid = 20
--//
UPDATE errtst_child_fastdef SET partid = partid + 10 WHERE partid = 0
--//
UPDATE errtst_child_plaindef SET partid = partid + 10 WHERE partid = 10
--//
UPDATE errtst_child_reorder SET partid = partid + 10 WHERE partid = 20
--//
UPDATE errtst_parent SET partid = 10, data = data + 1 WHERE partid = 0
--//
SELECT count(*) > 0 FROM pg_init_privs
--//
insert into inserttest (col1, col2, col3) values (DEFAULT, DEFAULT, DEFAULT)
--//
insert into inserttest (col2, col3) values (3, DEFAULT)
--//
insert into inserttest (col1, col2, col3) values (DEFAULT, 5, DEFAULT)
--//
insert into inserttest values (DEFAULT, 5, 'test')
--//
insert into inserttest values (DEFAULT, 7)
--//
select * from inserttest
--//
insert into inserttest (col1, col2, col3) values (DEFAULT, DEFAULT)
--//
insert into inserttest (col1, col2, col3) values (1, 2)
--//
insert into inserttest (col1) values (1, 2)
--//
insert into inserttest (col1) values (DEFAULT, DEFAULT)
--//
insert into inserttest values(10, 20, '40'), (-1, 2, DEFAULT),
    ((select 2), (select i from (values(3)) as foo (i)), 'values are fun!')
--//
insert into inserttest values(30, 50, repeat('x', 10000))
--//
select col1, col2, char_length(col3) from inserttest
--//
INSERT INTO large_tuple_test (select 1, NULL)
--//
INSERT INTO large_tuple_test (select 2, repeat('a', 1000))
--//
SELECT pg_size_pretty(pg_relation_size('large_tuple_test'::regclass, 'main'))
--//
insert into inserttest (f2[1], f2[2]) values (1,2)
--//
insert into inserttest (f2[1], f2[2]) values (3,4), (5,6)
--//
insert into inserttest (f2[1], f2[2]) select 7,8
--//
insert into inserttest (f2[1], f2[2]) values (1,default)
--//
insert into inserttest (f3.if1, f3.if2) values (1,array['foo'])
--//
insert into inserttest (f3.if1, f3.if2) values (1,'{foo}'), (2,'{bar}')
--//
insert into inserttest (f3.if1, f3.if2) select 3, '{baz,quux}'
--//
insert into inserttest (f3.if1, f3.if2) values (1,default)
--//
insert into inserttest (f3.if2[1], f3.if2[2]) values ('foo', 'bar')
--//
insert into inserttest (f3.if2[1], f3.if2[2]) values ('foo', 'bar'), ('baz', 'quux')
--//
insert into inserttest (f3.if2[1], f3.if2[2]) select 'bear', 'beer'
--//
insert into inserttest (f4[1].if2[1], f4[1].if2[2]) values ('foo', 'bar')
--//
insert into inserttest (f4[1].if2[1], f4[1].if2[2]) values ('foo', 'bar'), ('baz', 'quux')
--//
insert into inserttest (f4[1].if2[1], f4[1].if2[2]) select 'bear', 'beer'
--//
insert into inserttesta (f2[1], f2[2]) values (1,2)
--//
insert into inserttesta (f2[1], f2[2]) values (3,4), (5,6)
--//
insert into inserttesta (f2[1], f2[2]) select 7,8
--//
insert into inserttesta (f2[1], f2[2]) values (1,default)
--//
insert into inserttestb (f3.if1, f3.if2) values (1,array['foo'])
--//
insert into inserttestb (f3.if1, f3.if2) values (1,'{foo}'), (2,'{bar}')
--//
insert into inserttestb (f3.if1, f3.if2) select 3, '{baz,quux}'
--//
insert into inserttestb (f3.if1, f3.if2) values (1,default)
--//
insert into inserttestb (f3.if1, f3.if2) values (1,array[null])
--//
insert into inserttestb (f3.if2[1], f3.if2[2]) values ('foo', 'bar')
--//
insert into inserttestb (f3.if2[1], f3.if2[2]) values ('foo', 'bar'), ('baz', 'quux')
--//
insert into inserttestb (f3.if2[1], f3.if2[2]) select 'bear', 'beer'
--//
insert into inserttestb (f3, f4[1].if2[1], f4[1].if2[2]) values (row(1,'{x}'), 'foo', 'bar')
--//
insert into inserttestb (f3, f4[1].if2[1], f4[1].if2[2]) values (row(1,'{x}'), 'foo', 'bar'), (row(2,'{y}'), 'baz', 'quux')
--//
insert into inserttestb (f3, f4[1].if2[1], f4[1].if2[2]) select row(1,'{x}')::insert_test_domain, 'bear', 'beer'
--//
select * from inserttesta
--//
select * from inserttestb
--//
insert into inserttesta (f1[1]) values (1)
--//
insert into inserttesta (f1[1], f1[2]) values (1, 2)
--//
insert into inserttestb (f1.if1) values (1)
--//
insert into inserttestb (f1.if1, f1.if2) values (1, '{foo}')
--//
insert into range_parted values ('a', 11)
--//
insert into part1 values ('a', 11)
--//
insert into part1 values (null)
--//
insert into part1 values (1)
--//
insert into part_aa_bb values ('cc', 1)
--//
insert into part_aa_bb values (null)
--//
insert into part_cc_dd values ('cC', 1)
--//
insert into part_null values (null, 0)
--//
insert into part_default values ('aa', 2)
--//
insert into part_default values (null, 2)
--//
insert into part_ee_ff1 values ('EE', 11)
--//
insert into part_default_p2 values ('gg', 43)
--//
insert into list_parted values ('ab', 21)
--//
select tableoid::regclass, * from list_parted
--//
insert into range_parted values ('a')
--//
insert into part_def values ('b', 10)
--//
insert into range_parted values (null, null)
--//
insert into range_parted values ('a', null)
--//
insert into range_parted values (null, 19)
--//
select tableoid::regclass, * from range_parted
--//
insert into list_parted values (null, 1)
--//
insert into list_parted (a) values ('aA')
--//
insert into part_ee_ff values ('EE', 0)
--//
truncate list_parted
--//
insert into list_parted values ('aa'), ('cc')
--//
insert into list_parted select 'Ff', s.a from generate_series(1, 29) s(a)
--//
insert into list_parted (b) values (1)
--//
select tableoid::regclass::text, a, min(b) as min_b, max(b) as max_b from list_parted group by 1, 2 order by 1
--//
insert into hash_parted values(generate_series(1,10))
--//
insert into hpart0 values(12),(16)
--//
insert into hpart0 values(11)
--//
select tableoid::regclass as part, a, a%4 as "remainder = a % 4"
from hash_parted order by part
--//
insert into part_default values (null)
--//
insert into part_default values (1)
--//
insert into part_default values (-1)
--//
select tableoid::regclass, a from list_parted
--//
insert into mlparted values (1, 2)
--//
select tableoid::regclass, * from mlparted
--//
insert into mlparted (a, b) values (1, 5)
--//
truncate mlparted
--//
insert into mlparted1 (a, b) values (2, 3)
--//
insert into lparted_nonullpart values (1)
--//
with ins (a, b, c) as
  (insert into mlparted (b, a) select s.a, 1 from generate_series(2, 39) s(a) returning tableoid::regclass, *)
  select a, b, min(c), max(c) from ins group by a, b order by 1
--//
insert into mlparted values (1, 45, 'a')
--//
insert into mlparted5 (a, b, c) values (1, 40, 'a')
--//
insert into mlparted_def1 values (42, 100)
--//
select tableoid::regclass, * from mlparted_def
--//
insert into mlparted values (1, 2, 'a', 1)
--//
select tableoid::regclass, * from mlparted order by a, b, c, d
--//
insert into key_desc values (1, 1)
--//
insert into mcrparted values (null, null, null)
--//
insert into mcrparted values (0, 1, 1)
--//
insert into mcrparted0 values (0, 1, 1)
--//
insert into mcrparted values (10, 5, -1)
--//
insert into mcrparted1 values (10, 5, -1)
--//
select tableoid::regclass::text, * from mcrparted order by 1
--//
insert into brtrigpartcon values (1, 'hi there')
--//
insert into brtrigpartcon1 values (1, 'hi there')
--//
with result as (insert into brtrigpartcon values (1, 'hi there') returning 1)
  insert into inserttest3 (f3) select * from result
--//
insert into donothingbrtrig_test values (1, 'foo'), (2, 'bar')
--//
insert into mcrparted values ('aaa', 0), ('b', 0), ('bz', 10), ('c', -10),
    ('comm', -10), ('common', -10), ('common', 0), ('common', 10),
    ('commons', 0), ('d', -10), ('e', 0)
--//
select tableoid::regclass, * from mcrparted order by a, b
--//
insert into returningwrtest values (1) returning returningwrtest
--//
insert into returningwrtest values (2, 'foo') returning returningwrtest
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (key) do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (fruit) do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (key, fruit) do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (fruit, key, fruit, key) do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (lower(fruit), key, lower(fruit), key) do nothing
--//
explain (costs off) insert into insertconflictview values(0, 'Crowberry') on conflict (lower(fruit), key, lower(fruit), key) do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (key, fruit) do update set fruit = excluded.fruit
  where exists (select 1 from insertconflicttest ii where ii.key = excluded.key)
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (key, fruit text_pattern_ops) do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (key, fruit collate "C") do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (fruit collate "C" text_pattern_ops, key) do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (lower(fruit) collate "C", key, key) do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (fruit, key, fruit text_pattern_ops, key) do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (lower(fruit) collate "C" text_pattern_ops, key, key) do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (lower(fruit) text_pattern_ops, upper(fruit) collate "C") do nothing
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (lower(fruit) collate "C", upper(fruit) text_pattern_ops) do nothing
--//
explain (costs off) insert into insertconflicttest values (0, 'Bilberry') on conflict (key) do update set fruit = excluded.fruit
--//
explain (costs off) insert into insertconflicttest values (0, 'Bilberry') on conflict (key) do update set fruit = excluded.fruit where insertconflicttest.fruit != 'Cawesh'
--//
explain (costs off) insert into insertconflicttest values(0, 'Crowberry') on conflict (key) do update set fruit = excluded.fruit where excluded.fruit != 'Elderberry'
--//
explain (costs off, format json) insert into insertconflicttest values (0, 'Bilberry') on conflict (key) do update set fruit = excluded.fruit where insertconflicttest.fruit != 'Lime' returning *
--//
insert into insertconflicttest values (1, 'Apple') on conflict do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (1, 'Apple') on conflict (key) do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (2, 'Orange') on conflict (key, key, key) do update set fruit = excluded.fruit
--//
insert into insertconflicttest
values (1, 'Apple'), (2, 'Orange')
on conflict (key) do update set (fruit, key) = (excluded.fruit, excluded.key)
--//
insert into insertconflicttest values (1, 'Apple') on conflict (key) do update set fruit = excluded.fruit RETURNING excluded.fruit
--//
insert into insertconflicttest values (1, 'Apple') on conflict (keyy) do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (1, 'Apple') on conflict (key) do update set fruit = excluded.fruitt
--//
insert into insertconflicttest values (3, 'Kiwi') on conflict (key, fruit) do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (4, 'Mango') on conflict (fruit, key) do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (5, 'Lemon') on conflict (fruit) do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (6, 'Passionfruit') on conflict (lower(fruit)) do update set fruit = excluded.fruit
--//
insert into insertconflicttest AS ict values (6, 'Passionfruit') on conflict (key) do update set fruit = excluded.fruit
--//
insert into insertconflicttest AS ict values (6, 'Passionfruit') on conflict (key) do update set fruit = ict.fruit
--//
insert into insertconflicttest AS ict values (6, 'Passionfruit') on conflict (key) do update set fruit = insertconflicttest.fruit
--//
insert into insertconflicttest values (11, 'Cherry') on conflict (key, lower(fruit)) do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (12, 'Date') on conflict (lower(fruit), key) do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (21, 'Pomegranate') on conflict (lower(fruit), lower(fruit)) do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (22, 'Apricot') on conflict (upper(fruit)) do update set fruit = excluded.fruit
--//
explain (costs off) insert into insertconflicttest values (26, 'Fig') on conflict (lower(fruit), key, lower(fruit), key) do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (27, 'Prune') on conflict (key, upper(fruit)) do update set fruit = excluded.fruit
--//
insert into insertconflicttest values (23, 'Blackberry') on conflict (key) where fruit like '%berry' do update set fruit = excluded.fruit
--//
insert into insertconflicttest as t values (23, 'Blackberry') on conflict (key) where fruit like '%berry' and t.fruit = 'inconsequential' do nothing
--//
insert into insertconflictview as t values (23, 'Blackberry') on conflict (key) where fruit like '%berry' and t.fruit = 'inconsequential' do nothing
--//
insert into insertconflicttest values (23, 'Blackberry') on conflict (key) where fruit like '%berry' or fruit = 'consequential' do nothing
--//
insert into insertconflicttest values (23, 'Blackberry') on conflict (fruit) where fruit like '%berry' do update set fruit = excluded.fruit
--//
insert into insertconflicttest as i values (23, 'Jackfruit') on conflict (key) do update set fruit = excluded.fruit
  where i.* != excluded.* returning *
--//
insert into insertconflicttest as i values (23, 'Jackfruit') on conflict (key) do update set fruit = excluded.fruit
  where i.* = excluded.* returning *
--//
insert into insertconflicttest as i values (23, 'Avocado') on conflict (key) do update set fruit = excluded.*::text
  returning *
--//
explain (costs off) insert into insertconflicttest as i values (23, 'Avocado') on conflict (key) do update set fruit = excluded.fruit where excluded.* is null
--//
explain (costs off) insert into insertconflicttest as i values (23, 'Avocado') on conflict (key) do update set fruit = excluded.*::text
--//
insert into syscolconflicttest values (1)
--//
insert into syscolconflicttest values (1) on conflict (key) do update set data = excluded.ctid::text
--//
insert into insertconflict values (1, 2)
on conflict (coalesce(a, 0)) do nothing
--//
insert into insertconflict values (1, 2)
on conflict (b) where coalesce(a, 1) > 0 do nothing
--//
insert into insertconflictv values (1,'foo')
  on conflict (f1) do update set f2 = excluded.f2
--//
select * from insertconflict
--//
insert into cities values ('San Francisco', 7.24E+5, 63)
--//
insert into cities values ('Mariposa', 1200, 1953)
--//
insert into capitals values ('Sacramento', 3.694E+5, 30, 'CA')
--//
select * from capitals
--//
insert into cities values ('Las Vegas', 2.583E+5, 2174) on conflict do nothing
--//
insert into capitals values ('Sacramento', 4664.E+5, 30, 'CA') on conflict (name) do update set population = excluded.population
--//
insert into capitals values ('Sacramento', 50, 2267, 'NE') on conflict (name) do nothing
--//
insert into cities values ('Las Vegas', 5.83E+5, 2001) on conflict (name) do update set population = excluded.population, altitude = excluded.altitude
--//
select tableoid::regclass, * from cities
--//
insert into capitals values ('Las Vegas', 5.83E+5, 2222, 'NV') on conflict (name) do update set population = excluded.population
--//
insert into excluded values(1, '1')
--//
insert into excluded values(1, '2') on conflict (key) do update set data = excluded.data RETURNING *
--//
insert into excluded AS target values(1, '2') on conflict (key) do update set data = excluded.data RETURNING *
--//
insert into excluded AS target values(1, '2') on conflict (key) do update set data = target.data RETURNING *
--//
insert into excluded values(1, '2') on conflict (key) do update set data = 3 RETURNING excluded.*
--//
insert into dropcol(key, drop1, keep1, drop2, keep2) values(1, 1, '1', '1', 1)
--//
insert into dropcol(key, drop1, keep1, drop2, keep2) values(1, 2, '2', '2', 2) on conflict(key)
    do update set drop1 = excluded.drop1, keep1 = excluded.keep1, drop2 = excluded.drop2, keep2 = excluded.keep2
    where excluded.drop1 is not null and excluded.keep1 is not null and excluded.drop2 is not null and excluded.keep2 is not null
          and dropcol.drop1 is not null and dropcol.keep1 is not null and dropcol.drop2 is not null and dropcol.keep2 is not null
    returning *
--//
insert into dropcol(key, drop1, keep1, drop2, keep2) values(1, 3, '3', '3', 3) on conflict(key)
    do update set drop1 = dropcol.drop1, keep1 = dropcol.keep1, drop2 = dropcol.drop2, keep2 = dropcol.keep2
    returning *
--//
insert into dropcol(key, keep1, keep2) values(1, '4', 4) on conflict(key)
    do update set keep1 = excluded.keep1, keep2 = excluded.keep2
    where excluded.keep1 is not null and excluded.keep2 is not null
          and dropcol.keep1 is not null and dropcol.keep2 is not null
    returning *
--//
insert into dropcol(key, keep1, keep2) values(1, '5', 5) on conflict(key)
    do update set keep1 = dropcol.keep1, keep2 = dropcol.keep2
    returning *
--//
insert into twoconstraints values(1, '((0,0),(1,1))')
--//
insert into twoconstraints values(2, '((0,0),(1,2))')
  on conflict on constraint twoconstraints_f1_key do nothing
--//
insert into twoconstraints values(2, '((0,0),(1,2))')
  on conflict on constraint twoconstraints_f2_excl do nothing
--//
select * from twoconstraints
--//
insert into selfconflict values (1,1), (1,2) on conflict do nothing
--//
insert into selfconflict values (4,1), (4,2) on conflict(f1) do update set f2 = 0
--//
select * from selfconflict
--//
insert into parted_conflict_test values (1, 'a') on conflict do nothing
--//
insert into parted_conflict_test values (1, 'a') on conflict (a) do nothing
--//
insert into parted_conflict_test values (1, 'a') on conflict (a) do update set b = excluded.b
--//
insert into parted_conflict_test_1 values (1, 'a') on conflict (a) do nothing
--//
insert into parted_conflict_test_1 values (1, 'b') on conflict (a) do update set b = excluded.b
--//
insert into parted_conflict_test values (2, 'b') on conflict (b) do update set a = excluded.a
--//
insert into parted_conflict_test_1 values (2, 'b') on conflict (b) do update set a = excluded.a
--//
select * from parted_conflict_test order by a
--//
truncate parted_conflict_test
--//
insert into parted_conflict_test (a, b) values (4, 'a') on conflict (a) do update set b = excluded.b
--//
insert into parted_conflict_test (a, b) values (4, 'b') on conflict (a) do update set b = excluded.b where parted_conflict_test.b = 'a'
--//
insert into parted_conflict_test (a, b) values (1, 'a'), (2, 'a'), (4, 'a') on conflict (a) do update set b = excluded.b where excluded.b = 'b'
--//
insert into parted_conflict values (40, 'forty')
--//
insert into parted_conflict_1 values (40, 'cuarenta')
  on conflict (a) do update set b = excluded.b
--//
truncate parted_conflict
--//
insert into parted_conflict values (50, 'cincuenta', 1)
--//
insert into parted_conflict values (50, 'cincuenta', 2)
  on conflict (a, b) do update set (a, b, c) = row(excluded.*)
  where parted_conflict = (50, text 'cincuenta', 1) and
        excluded = (50, text 'cincuenta', 2)
--//
select * from parted_conflict order by a
--//
insert into parted_conflict values(0, 'cero', 1)
  on conflict (a,b) do update set c = parted_conflict.c + 1
--//
INSERT INTO INT2_TBL(f1) VALUES ('34.5')
--//
SELECT * FROM INT2_TBL
--//
SELECT * FROM INT2_TBL AS f(a, b)
--//
SELECT * FROM (TABLE int2_tbl) AS s (a, b)
--//
SELECT i.* FROM INT2_TBL i WHERE i.f1 <> int2 '0'
--//
SELECT i.* FROM INT2_TBL i WHERE i.f1 = int2 '0'
--//
SELECT i.* FROM INT2_TBL i WHERE i.f1 < int2 '0'
--//
SELECT i.* FROM INT2_TBL i WHERE i.f1 <= int2 '0'
--//
SELECT i.* FROM INT2_TBL i WHERE i.f1 > int2 '0'
--//
SELECT i.* FROM INT2_TBL i WHERE i.f1 >= int2 '0'
--//
SELECT i.* FROM INT2_TBL i WHERE (i.f1 % int2 '2') = int2 '1'
--//
SELECT i.f1, i.f1 * int2 '2' AS x FROM INT2_TBL i
--//
SELECT i.f1, i.f1 * int2 '2' AS x FROM INT2_TBL i
WHERE abs(f1) < 16384
--//
SELECT i.f1, i.f1 + int2 '2' AS x FROM INT2_TBL i
--//
SELECT i.f1, i.f1 + int2 '2' AS x FROM INT2_TBL i
WHERE f1 < 32766
--//
SELECT i.f1, i.f1 - int2 '2' AS x FROM INT2_TBL i
--//
SELECT i.f1, i.f1 - int2 '2' AS x FROM INT2_TBL i
WHERE f1 > -32767
--//
SELECT i.f1, i.f1 / int2 '2' AS x FROM INT2_TBL i
--//
SELECT (-1::int2<<15)::text
--//
SELECT ((-1::int2<<15)+1::int2)::text
--//
SELECT (-32768)::int2 * (-1)::int2
--//
SELECT (-32768)::int2 / (-1)::int2
--//
SELECT (-32768)::int2 % (-1)::int2
--//
SELECT x, x::int2 AS int2_value
FROM (VALUES (-2.5::float8),
             (-1.5::float8),
             (-0.5::float8),
             (0.0::float8),
             (0.5::float8),
             (1.5::float8),
             (2.5::float8)) t(x)
--//
SELECT x, x::int2 AS int2_value
FROM (VALUES (-2.5::numeric),
             (-1.5::numeric),
             (-0.5::numeric),
             (0.0::numeric),
             (0.5::numeric),
             (1.5::numeric),
             (2.5::numeric)) t(x)
--//
SELECT -2+3 AS one
--//
SELECT 4-2 AS two
--//
SELECT 2- -1 AS three
--//
SELECT 2 - -2 AS four
--//
SELECT int2 '2' * int2 '2' = int2 '16' / int2 '4' AS true
--//
SELECT int4 '1000' < int4 '999' AS false
--//
SELECT 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 AS ten
--//
SELECT 2 + 2 / 2 AS three
--//
SELECT (2 + 2) / 2 AS two
--//
SELECT ((-1::int4<<31)+1)::text
--//
SELECT a, b, gcd(a, b), gcd(a, -b), gcd(b, a), gcd(-b, a)
FROM (VALUES (0::int4, 0::int4),
             (0::int4, 6410818::int4),
             (61866666::int4, 6410818::int4),
             (-61866666::int4, 6410818::int4),
             ((-2147483648)::int4, 1::int4),
             ((-2147483648)::int4, 2147483647::int4),
             ((-2147483648)::int4, 1073741824::int4)) AS v(a, b)
--//
SELECT gcd((-2147483648)::int4, 0::int4)
--//
SELECT gcd((-2147483648)::int4, (-2147483648)::int4)
--//
SELECT a, b, lcm(a, b), lcm(a, -b), lcm(b, a), lcm(-b, a)
FROM (VALUES (0::int4, 0::int4),
             (0::int4, 42::int4),
             (42::int4, 42::int4),
             (330::int4, 462::int4),
             (-330::int4, 462::int4),
             ((-2147483648)::int4, 0::int4)) AS v(a, b)
--//
SELECT lcm((-2147483648)::int4, 1::int4)
--//
SELECT lcm(2147483647::int4, 2147483646::int4)
--//
INSERT INTO INT8_TBL(q1) VALUES ('      ')
--//
SELECT * FROM INT8_TBL WHERE q2 = 4567890123456789
--//
SELECT * FROM INT8_TBL WHERE q2 <> 4567890123456789
--//
SELECT * FROM INT8_TBL WHERE q2 < 4567890123456789
--//
SELECT * FROM INT8_TBL WHERE q2 > 4567890123456789
--//
SELECT * FROM INT8_TBL WHERE q2 <= 4567890123456789
--//
SELECT * FROM INT8_TBL WHERE q2 >= 4567890123456789
--//
SELECT * FROM INT8_TBL WHERE 123 = q1
--//
SELECT * FROM INT8_TBL WHERE 123 <> q1
--//
SELECT * FROM INT8_TBL WHERE 123 < q1
--//
SELECT * FROM INT8_TBL WHERE 123 > q1
--//
SELECT * FROM INT8_TBL WHERE 123 <= q1
--//
SELECT * FROM INT8_TBL WHERE 123 >= q1
--//
SELECT * FROM INT8_TBL WHERE q2 = '456'::int2
--//
SELECT * FROM INT8_TBL WHERE q2 <> '456'::int2
--//
SELECT * FROM INT8_TBL WHERE q2 < '456'::int2
--//
SELECT * FROM INT8_TBL WHERE q2 > '456'::int2
--//
SELECT * FROM INT8_TBL WHERE q2 <= '456'::int2
--//
SELECT * FROM INT8_TBL WHERE q2 >= '456'::int2
--//
SELECT * FROM INT8_TBL WHERE '123'::int2 = q1
--//
SELECT * FROM INT8_TBL WHERE '123'::int2 <> q1
--//
SELECT * FROM INT8_TBL WHERE '123'::int2 < q1
--//
SELECT * FROM INT8_TBL WHERE '123'::int2 > q1
--//
SELECT * FROM INT8_TBL WHERE '123'::int2 <= q1
--//
SELECT * FROM INT8_TBL WHERE '123'::int2 >= q1
--//
SELECT q1 AS plus, -q1 AS minus FROM INT8_TBL
--//
SELECT q1, q2, q1 + q2 AS plus FROM INT8_TBL
--//
SELECT q1, q2, q1 - q2 AS minus FROM INT8_TBL
--//
SELECT q1, q2, q1 * q2 AS multiply FROM INT8_TBL
--//
SELECT q1, q2, q1 * q2 AS multiply FROM INT8_TBL
 WHERE q1 < 1000 or (q2 > 0 and q2 < 1000)
--//
SELECT q1, q2, q1 / q2 AS divide, q1 % q2 AS mod FROM INT8_TBL
--//
SELECT q1, float8(q1) FROM INT8_TBL
--//
SELECT 37 + q1 AS plus4 FROM INT8_TBL
--//
SELECT 37 - q1 AS minus4 FROM INT8_TBL
--//
SELECT 2 * q1 AS "twice int4" FROM INT8_TBL
--//
SELECT q1 * 2 AS "twice int4" FROM INT8_TBL
--//
SELECT q1 + 42::int4 AS "8plus4", q1 - 42::int4 AS "8minus4", q1 * 42::int4 AS "8mul4", q1 / 42::int4 AS "8div4" FROM INT8_TBL
--//
SELECT 246::int4 + q1 AS "4plus8", 246::int4 - q1 AS "4minus8", 246::int4 * q1 AS "4mul8", 246::int4 / q1 AS "4div8" FROM INT8_TBL
--//
SELECT q2, abs(q2) FROM INT8_TBL
--//
SELECT min(q1), min(q2) FROM INT8_TBL
--//
SELECT max(q1), max(q2) FROM INT8_TBL
--//
SELECT to_char(q1, '9G999G999G999G999G999'), to_char(q2, '9,999,999,999,999,999')
	FROM INT8_TBL
--//
SELECT to_char( (q1 * -1), '9999999999999999PR'), to_char( (q2 * -1), '9999999999999999.999PR')
	FROM INT8_TBL
--//
SELECT to_char(q2, 'MI9999999999999999')     FROM INT8_TBL
--//
SELECT to_char(q2, E'99999 "text" 9999 "9999" 999 "\\"text between quote marks\\"" 9999') FROM INT8_TBL
--//
select '-9223372036854775808'::int8
--//
select -('-9223372036854775807'::int8)
--//
select 0::int8 - '-9223372036854775808'::int8
--//
select '9223372036854775800'::int8 + '9223372036854775800'::int8
--//
select '9223372036854775800'::int8 - '-9223372036854775800'::int8
--//
select '9223372036854775800'::int8 * '9223372036854775800'::int8
--//
select '9223372036854775800'::int8 / '0'::int8
--//
select '9223372036854775800'::int8 % '0'::int8
--//
select abs('-9223372036854775808'::int8)
--//
SELECT CAST(q1 AS int4) FROM int8_tbl WHERE q2 = 456
--//
SELECT CAST(q1 AS int4) FROM int8_tbl WHERE q2 <> 456
--//
SELECT CAST('42'::int2 AS int8), CAST('-37'::int2 AS int8)
--//
SELECT CAST(q1 AS float4), CAST(q2 AS float8) FROM INT8_TBL
--//
SELECT CAST('36854775807.0'::float4 AS int8)
--//
SELECT CAST(q1 AS oid) FROM INT8_TBL
--//
SELECT oid::int8 FROM pg_class WHERE relname = 'pg_class'
--//
SELECT q1, q2, q1 & q2 AS "and", q1 | q2 AS "or", q1 # q2 AS "xor", ~q1 AS "not" FROM INT8_TBL
--//
SELECT q1, q1 << 2 AS "shl", q1 >> 3 AS "shr" FROM INT8_TBL
--//
SELECT * FROM generate_series('+4567890123456789'::int8, '+4567890123456799'::int8)
--//
SELECT * FROM generate_series('+4567890123456789'::int8, '+4567890123456799'::int8, 0)
--//
SELECT INTERVAL '01:00' AS "One hour"
--//
SELECT INTERVAL '+02:00' AS "Two hours"
--//
SELECT INTERVAL '-08:00' AS "Eight hours"
--//
SELECT INTERVAL '-1 +02:03' AS "22 hours ago..."
--//
SELECT INTERVAL '1.5 weeks' AS "Ten days twelve hours"
--//
SELECT INTERVAL '1.5 months' AS "One month 15 days"
--//
SELECT INTERVAL '10 years -11 month -12 days +13:14' AS "9 years..."
--//
INSERT INTO INTERVAL_TBL (f1) VALUES ('@ 1 minute')
--//
SELECT * FROM INTERVAL_TBL
--//
SELECT * FROM INTERVAL_TBL
   WHERE INTERVAL_TBL.f1 <> interval '@ 10 days'
--//
SELECT * FROM INTERVAL_TBL
   WHERE INTERVAL_TBL.f1 <= interval '@ 5 hours'
--//
SELECT * FROM INTERVAL_TBL
   WHERE INTERVAL_TBL.f1 < interval '@ 1 day'
--//
SELECT * FROM INTERVAL_TBL
   WHERE INTERVAL_TBL.f1 = interval '@ 34 years'
--//
SELECT * FROM INTERVAL_TBL
   WHERE INTERVAL_TBL.f1 >= interval '@ 1 month'
--//
SELECT * FROM INTERVAL_TBL
   WHERE INTERVAL_TBL.f1 > interval '@ 3 seconds ago'
--//
SELECT r1.*, r2.*
   FROM INTERVAL_TBL r1, INTERVAL_TBL r2
   WHERE r1.f1 > r2.f1
   ORDER BY r1.f1, r2.f1
--//
INSERT INTO INTERVAL_TBL_OF (f1) VALUES
  ('2147483647 days 2147483647 months'),
  ('2147483647 days -2147483648 months'),
  ('1 year'),
  ('-2147483648 days 2147483647 months'),
  ('-2147483648 days -2147483648 months')
--//
INSERT INTO INTERVAL_TBL_OF (f1) VALUES ('2147483648 days')
--//
select extract(epoch from '256 microseconds'::interval * (2^55)::float8)
--//
SELECT r1.*, r2.*
   FROM INTERVAL_TBL_OF r1, INTERVAL_TBL_OF r2
   WHERE r1.f1 > r2.f1
   ORDER BY r1.f1, r2.f1
--//
EXPLAIN (COSTS OFF)
SELECT f1 FROM INTERVAL_TBL_OF r1 ORDER BY f1
--//
SELECT f1 FROM INTERVAL_TBL_OF r1 ORDER BY f1
--//
SELECT span * 0.3 AS product
FROM INTERVAL_MULDIV_TBL
--//
SELECT span / 10 AS quotient
FROM INTERVAL_MULDIV_TBL
--//
SELECT '3000000 months'::interval * 1000
--//
SELECT '3000000 months'::interval / 0.001
--//
SELECT '1 month 2146410 days'::interval * 1000.5002
--//
select avg(f1) from interval_tbl
--//
select '4 millenniums 5 centuries 4 decades 1 year 4 months 4 days 17 minutes 31 seconds'::interval
--//
SELECT justify_hours(interval '6 months 3 days 52 hours 3 minutes 2 seconds') as "6 mons 5 days 4 hours 3 mins 2 seconds"
--//
SELECT justify_days(interval '6 months 36 days 5 hours 4 minutes 3 seconds') as "7 mons 6 days 5 hours 4 mins 3 seconds"
--//
SELECT justify_hours(interval '2147483647 days 24 hrs')
--//
SELECT justify_days(interval '2147483647 months 30 days')
--//
SELECT justify_interval(interval '1 month -1 hour') as "1 month -1 hour"
--//
SELECT justify_interval(interval '2147483647 days 24 hrs')
--//
SELECT '1 millisecond'::interval, '1 microsecond'::interval,
       '500 seconds 99 milliseconds 51 microseconds'::interval
--//
SELECT interval '1-2'
--//
SELECT interval '999' second
--//
SELECT interval '999' minute
--//
SELECT interval '999' hour
--//
SELECT interval '999' day
--//
SELECT interval '999' month
--//
SELECT interval '1' year
--//
SELECT interval '1' year to month
--//
SELECT interval '1 2' day to hour
--//
SELECT interval '1 2' day to minute
--//
SELECT interval '1 2' day to second
--//
SELECT interval '1 2' hour to minute
--//
SELECT interval '1 2' hour to second
--//
SELECT interval '1 2' minute to second
--//
SELECT interval(0) '1 day 01:23:45.6789'
--//
SELECT interval '12:34.5678' minute to second(2)
--//
SELECT interval '1.234' second(2)
--//
SELECT interval '1 2.345' day to second(2)
--//
SELECT interval '1 2.345' hour to second(2)
--//
SELECT f1, f1::INTERVAL DAY TO MINUTE AS "minutes",
  (f1 + INTERVAL '1 month')::INTERVAL MONTH::INTERVAL YEAR AS "years"
  FROM interval_tbl
--//
SELECT  interval '0'                       AS "zero",
        interval '1-2' year to month       AS "year-month",
        interval '1 2:03:04' day to second AS "day-time",
        - interval '1-2'                   AS "negative year-month",
        - interval '1 2:03:04'             AS "negative day-time"
--//
SELECT  interval '+1 -1:00:00',
        interval '-1 +1:00:00',
        interval '+1-2 -3 +4:05:06.789',
        interval '-1-2 +3 -4:05:06.789'
--//
SELECT  interval '1 day -1 hours',
        interval '-1 days +1 hours',
        interval '1 years 2 months -3 days 4 hours 5 minutes 6.789 seconds',
        - interval '1 years 2 months -3 days 4 hours 5 minutes 6.789 seconds'
--//
select  interval '0'                                AS "zero",
        interval '1-2'                              AS "a year 2 months",
        interval '1 2:03:04'                        AS "a bit over a day",
        interval '2:03:04.45679'                    AS "a bit over 2 hours",
        (interval '1-2' + interval '3 4:05:06.7')   AS "all fields",
        (interval '1-2' - interval '3 4:05:06.7')   AS "mixed sign",
        (- interval '1-2' + interval '3 4:05:06.7') AS "negative"
--//
select  interval 'P0Y'                    AS "zero",
        interval 'P1Y2M'                  AS "a year 2 months",
        interval 'P1W'                    AS "a week",
        interval 'P1DT2H3M4S'             AS "a bit over a day",
        interval 'P1Y2M3DT4H5M6.7S'       AS "all fields",
        interval 'P-1Y-2M-3DT-4H-5M-6.7S' AS "negative",
        interval 'PT-0.1S'                AS "fractional second"
--//
select  interval 'P00021015T103020'       AS "ISO8601 Basic Format",
        interval 'P0002-10-15T10:30:20'   AS "ISO8601 Extended Format"
--//
select  interval 'P0002'                  AS "year only",
        interval 'P0002-10'               AS "year month",
        interval 'P0002-10-15'            AS "year month day",
        interval 'P0002T1S'               AS "year only plus time",
        interval 'P0002-10T1S'            AS "year month plus time",
        interval 'P0002-10-15T1S'         AS "year month day plus time",
        interval 'PT10'                   AS "hour only",
        interval 'PT10:30'                AS "hour minute"
--//
select interval '0:0:0.7', interval '@ 0.70 secs', interval '0.7 seconds'
--//
select '30 days'::interval = '1 month'::interval as t
--//
select interval_hash('30 days'::interval) = interval_hash('1 month'::interval) as t
--//
select make_interval(years := 2)
--//
select make_interval(years := 1, months := 6)
--//
select make_interval(years := 1, months := -1, weeks := 5, days := -7, hours := 25, mins := -180)
--//
select make_interval() = make_interval(years := 0, months := 0, weeks := 0, days := 0, mins := 0, secs := 0.0)
--//
select make_interval(hours := -2, mins := -10, secs := -25.3)
--//
select make_interval(years := 'inf'::float::int)
--//
select make_interval(months := 'NaN'::float::int)
--//
select make_interval(secs := 'inf')
--//
select make_interval(secs := 7e12)
--//
SELECT f1,
    EXTRACT(MICROSECOND FROM f1) AS MICROSECOND,
    EXTRACT(MILLISECOND FROM f1) AS MILLISECOND,
    EXTRACT(SECOND FROM f1) AS SECOND,
    EXTRACT(MINUTE FROM f1) AS MINUTE,
    EXTRACT(HOUR FROM f1) AS HOUR,
    EXTRACT(DAY FROM f1) AS DAY,
    EXTRACT(MONTH FROM f1) AS MONTH,
    EXTRACT(QUARTER FROM f1) AS QUARTER,
    EXTRACT(YEAR FROM f1) AS YEAR,
    EXTRACT(DECADE FROM f1) AS DECADE,
    EXTRACT(CENTURY FROM f1) AS CENTURY,
    EXTRACT(MILLENNIUM FROM f1) AS MILLENNIUM,
    EXTRACT(EPOCH FROM f1) AS EPOCH
    FROM INTERVAL_TBL
--//
SELECT EXTRACT(FORTNIGHT FROM INTERVAL '2 days')
--//
SELECT EXTRACT(TIMEZONE FROM INTERVAL '2 days')
--//
SELECT EXTRACT(DECADE FROM INTERVAL '100 y')
--//
SELECT EXTRACT(CENTURY FROM INTERVAL '100 y')
--//
SELECT f1,
    date_part('microsecond', f1) AS microsecond,
    date_part('millisecond', f1) AS millisecond,
    date_part('second', f1) AS second,
    date_part('epoch', f1) AS epoch
    FROM INTERVAL_TBL
--//
SELECT extract(epoch from interval '1000000000 days')
--//
INSERT INTO J1_TBL VALUES (1, 4, 'one')
--//
INSERT INTO J1_TBL VALUES (0, NULL, 'zero')
--//
INSERT INTO J1_TBL VALUES (NULL, NULL, 'null')
--//
INSERT INTO J1_TBL VALUES (NULL, 0, 'zero')
--//
INSERT INTO J2_TBL VALUES (1, -1)
--//
INSERT INTO J2_TBL VALUES (2, 2)
--//
INSERT INTO J2_TBL VALUES (0, NULL)
--//
INSERT INTO J2_TBL VALUES (NULL, NULL)
--//
INSERT INTO J2_TBL VALUES (NULL, 0)
--//
insert into onerow default values
--//
SELECT *
  FROM J1_TBL AS tx
--//
SELECT *
  FROM J1_TBL tx
--//
SELECT *
  FROM J1_TBL AS t1 (a, b, c)
--//
SELECT *
  FROM J1_TBL t1 (a, b, c)
--//
SELECT *
  FROM J1_TBL t1 (a, b, c), J2_TBL t2 (d, e)
--//
SELECT t1.a, t2.e
  FROM J1_TBL t1 (a, b, c), J2_TBL t2 (d, e)
  WHERE t1.a = t2.d
--//
SELECT *
  FROM J1_TBL CROSS JOIN J2_TBL
--//
SELECT i, k, t
  FROM J1_TBL CROSS JOIN J2_TBL
--//
SELECT t1.i, k, t
  FROM J1_TBL t1 CROSS JOIN J2_TBL t2
--//
SELECT ii, tt, kk
  FROM (J1_TBL CROSS JOIN J2_TBL)
    AS tx (ii, jj, tt, ii2, kk)
--//
SELECT tx.ii, tx.jj, tx.kk
  FROM (J1_TBL t1 (a, b, c) CROSS JOIN J2_TBL t2 (d, e))
    AS tx (ii, jj, tt, ii2, kk)
--//
SELECT *
  FROM J1_TBL CROSS JOIN J2_TBL a CROSS JOIN J2_TBL b
--//
SELECT *
  FROM J1_TBL INNER JOIN J2_TBL USING (i)
--//
SELECT *
  FROM J1_TBL JOIN J2_TBL USING (i)
--//
SELECT *
  FROM J1_TBL t1 (a, b, c) JOIN J2_TBL t2 (a, d) USING (a)
  ORDER BY a, d
--//
SELECT *
  FROM J1_TBL t1 (a, b, c) JOIN J2_TBL t2 (a, b) USING (b)
  ORDER BY b, t1.a
--//
SELECT * FROM J1_TBL JOIN J2_TBL USING (i) WHERE J1_TBL.t = 'one'
--//
SELECT * FROM J1_TBL JOIN J2_TBL USING (i) AS x WHERE J1_TBL.t = 'one'
--//
SELECT * FROM (J1_TBL JOIN J2_TBL USING (i)) AS x WHERE J1_TBL.t = 'one'
--//
SELECT * FROM J1_TBL JOIN J2_TBL USING (i) AS x WHERE x.i = 1
--//
SELECT * FROM J1_TBL JOIN J2_TBL USING (i) AS x WHERE x.t = 'one'
--//
SELECT * FROM (J1_TBL JOIN J2_TBL USING (i) AS x) AS xx WHERE x.i = 1
--//
SELECT * FROM J1_TBL a1 JOIN J2_TBL a2 USING (i) AS a1
--//
SELECT x.* FROM J1_TBL JOIN J2_TBL USING (i) AS x WHERE J1_TBL.t = 'one'
--//
SELECT ROW(x.*) FROM J1_TBL JOIN J2_TBL USING (i) AS x WHERE J1_TBL.t = 'one'
--//
SELECT row_to_json(x.*) FROM J1_TBL JOIN J2_TBL USING (i) AS x WHERE J1_TBL.t = 'one'
--//
SELECT *
  FROM J1_TBL NATURAL JOIN J2_TBL
--//
SELECT *
  FROM J1_TBL t1 (a, b, c) NATURAL JOIN J2_TBL t2 (a, d)
--//
SELECT *
  FROM J1_TBL t1 (a, b, c) NATURAL JOIN J2_TBL t2 (d, a)
--//
SELECT *
  FROM J1_TBL t1 (a, b) NATURAL JOIN J2_TBL t2 (a)
--//
SELECT *
  FROM J1_TBL JOIN J2_TBL ON (J1_TBL.i = J2_TBL.i)
--//
SELECT *
  FROM J1_TBL JOIN J2_TBL ON (J1_TBL.i = J2_TBL.k)
--//
SELECT *
  FROM J1_TBL JOIN J2_TBL ON (J1_TBL.i <= J2_TBL.k)
--//
SELECT *
  FROM J1_TBL LEFT OUTER JOIN J2_TBL USING (i)
  ORDER BY i, k, t
--//
SELECT *
  FROM J1_TBL LEFT JOIN J2_TBL USING (i)
  ORDER BY i, k, t
--//
SELECT *
  FROM J1_TBL RIGHT OUTER JOIN J2_TBL USING (i)
--//
SELECT *
  FROM J1_TBL RIGHT JOIN J2_TBL USING (i)
--//
SELECT *
  FROM J1_TBL FULL OUTER JOIN J2_TBL USING (i)
  ORDER BY i, k, t
--//
SELECT *
  FROM J1_TBL FULL JOIN J2_TBL USING (i)
  ORDER BY i, k, t
--//
SELECT *
  FROM J1_TBL LEFT JOIN J2_TBL USING (i) WHERE (k = 1)
--//
SELECT *
  FROM J1_TBL LEFT JOIN J2_TBL USING (i) WHERE (i = 1)
--//
explain (costs off)
select * from int4_tbl i4, tenk1 a
where exists(select * from tenk1 b
             where a.twothousand = b.twothousand and a.fivethous <> b.fivethous)
      and i4.f1 = a.tenthous
--//
INSERT INTO t1 VALUES ( 'bb', 11 )
--//
SELECT * FROM t1 FULL JOIN t2 USING (name) FULL JOIN t3 USING (name)
--//
SELECT * FROM
(SELECT * FROM t2) as s2
INNER JOIN
(SELECT * FROM t3) s3
USING (name)
--//
SELECT * FROM
(SELECT * FROM t2) as s2
LEFT JOIN
(SELECT * FROM t3) s3
USING (name)
--//
SELECT * FROM
(SELECT * FROM t2) as s2
FULL JOIN
(SELECT * FROM t3) s3
USING (name)
--//
SELECT * FROM
(SELECT name, n as s2_n, 2 as s2_2 FROM t2) as s2
NATURAL INNER JOIN
(SELECT name, n as s3_n, 3 as s3_2 FROM t3) s3
--//
SELECT * FROM
(SELECT name, n as s2_n, 2 as s2_2 FROM t2) as s2
NATURAL LEFT JOIN
(SELECT name, n as s3_n, 3 as s3_2 FROM t3) s3
--//
SELECT * FROM
(SELECT name, n as s2_n, 2 as s2_2 FROM t2) as s2
NATURAL FULL JOIN
(SELECT name, n as s3_n, 3 as s3_2 FROM t3) s3
--//
SELECT * FROM
(SELECT name, n as s1_n, 1 as s1_1 FROM t1) as s1
NATURAL INNER JOIN
(SELECT name, n as s2_n, 2 as s2_2 FROM t2) as s2
NATURAL INNER JOIN
(SELECT name, n as s3_n, 3 as s3_2 FROM t3) s3
--//
SELECT * FROM
(SELECT name, n as s1_n, 1 as s1_1 FROM t1) as s1
NATURAL FULL JOIN
(SELECT name, n as s2_n, 2 as s2_2 FROM t2) as s2
NATURAL FULL JOIN
(SELECT name, n as s3_n, 3 as s3_2 FROM t3) s3
--//
SELECT * FROM
(SELECT name, n as s1_n FROM t1) as s1
NATURAL FULL JOIN
  (SELECT * FROM
    (SELECT name, n as s2_n FROM t2) as s2
    NATURAL FULL JOIN
    (SELECT name, n as s3_n FROM t3) as s3
  ) ss2
--//
SELECT * FROM
(SELECT name, n as s1_n FROM t1) as s1
NATURAL FULL JOIN
  (SELECT * FROM
    (SELECT name, n as s2_n, 2 as s2_2 FROM t2) as s2
    NATURAL FULL JOIN
    (SELECT name, n as s3_n FROM t3) as s3
  ) ss2
--//
SELECT * FROM
  (SELECT name, n as s1_n FROM t1) as s1
FULL JOIN
  (SELECT name, 2 as s2_n FROM t2) as s2
ON (s1_n = s2_n)
--//
insert into x values (1,11)
--//
insert into x values (3,null)
--//
insert into y values (1,111)
--//
insert into y values (4,null)
--//
select * from x
--//
select * from y
--//
select * from x left join y on (x1 = y1 and x2 is not null)
--//
select * from x left join y on (x1 = y1 and y2 is not null)
--//
select * from (x left join y on (x1 = y1)) left join x xx(xx1,xx2)
on (x1 = xx1)
--//
select * from (x left join y on (x1 = y1)) left join x xx(xx1,xx2)
on (x1 = xx1 and x2 is not null)
--//
select * from (x left join y on (x1 = y1)) left join x xx(xx1,xx2)
on (x1 = xx1 and y2 is not null)
--//
select * from (x left join y on (x1 = y1)) left join x xx(xx1,xx2)
on (x1 = xx1 and xx2 is not null)
--//
select * from (x left join y on (x1 = y1)) left join x xx(xx1,xx2)
on (x1 = xx1) where (x2 is not null)
--//
select * from (x left join y on (x1 = y1)) left join x xx(xx1,xx2)
on (x1 = xx1) where (y2 is not null)
--//
select * from (x left join y on (x1 = y1)) left join x xx(xx1,xx2)
on (x1 = xx1) where (xx2 is not null)
--//
select count(*) from tenk1 a where unique1 in
  (select unique1 from tenk1 b join tenk1 c using (unique1)
   where b.unique2 = 42)
--//
select count(*) from tenk1 x where
  x.unique1 in (select a.f1 from int4_tbl a,float8_tbl b where a.f1=b.f1) and
  x.unique1 = 0 and
  x.unique1 in (select aa.f1 from int4_tbl aa,float8_tbl bb where aa.f1=bb.f1)
--//
explain (costs off)
select aa, bb, unique1, unique1
  from tenk1 right join b_star on aa = unique1
  where bb < bb and bb is null
--//
select aa, bb, unique1, unique1
  from tenk1 right join b_star on aa = unique1
  where bb < bb and bb is null
--//
explain (costs off)
select * from int8_tbl i1 left join (int8_tbl i2 join
  (select 123 as x) ss on i2.q1 = x) on i1.q2 = i2.q2
order by 1, 2
--//
select * from int8_tbl i1 left join (int8_tbl i2 join
  (select 123 as x) ss on i2.q1 = x) on i1.q2 = i2.q2
order by 1, 2
--//
select count(*)
from
  (select t3.tenthous as x1, coalesce(t1.stringu1, t2.stringu1) as x2
   from tenk1 t1
   left join tenk1 t2 on t1.unique1 = t2.unique1
   join tenk1 t3 on t1.unique2 = t3.unique2) ss,
  tenk1 t4,
  tenk1 t5
where t4.thousand = t5.unique1 and ss.x1 = t4.tenthous and ss.x2 = t5.stringu1
--//
explain (costs off)
select a.f1, b.f1, t.thousand, t.tenthous from
  tenk1 t,
  (select sum(f1)+1 as f1 from int4_tbl i4a) a,
  (select sum(f1) as f1 from int4_tbl i4b) b
where b.f1 = t.thousand and a.f1 = b.f1 and (a.f1+b.f1+999) = t.tenthous
--//
select a.f1, b.f1, t.thousand, t.tenthous from
  tenk1 t,
  (select sum(f1)+1 as f1 from int4_tbl i4a) a,
  (select sum(f1) as f1 from int4_tbl i4b) b
where b.f1 = t.thousand and a.f1 = b.f1 and (a.f1+b.f1+999) = t.tenthous
--//
explain (costs off)
select * from
  j1_tbl full join
  (select * from j2_tbl order by j2_tbl.i desc, j2_tbl.k asc) j2_tbl
  on j1_tbl.i = j2_tbl.i and j1_tbl.i = j2_tbl.k
--//
select * from
  j1_tbl full join
  (select * from j2_tbl order by j2_tbl.i desc, j2_tbl.k asc) j2_tbl
  on j1_tbl.i = j2_tbl.i and j1_tbl.i = j2_tbl.k
--//
explain (costs off)
select count(*) from
  (select * from tenk1 x order by x.thousand, x.twothousand, x.fivethous) x
  left join
  (select * from tenk1 y order by y.unique2) y
  on x.thousand = y.unique2 and x.twothousand = y.hundred and x.fivethous = y.unique2
--//
select count(*) from
  (select * from tenk1 x order by x.thousand, x.twothousand, x.fivethous) x
  left join
  (select * from tenk1 y order by y.unique2) y
  on x.thousand = y.unique2 and x.twothousand = y.hundred and x.fivethous = y.unique2
--//
INSERT INTO t1 VALUES (5, 10)
--//
DELETE FROM t3 USING t1 table1 WHERE t3.x = table1.a
--//
DELETE FROM t3 USING t1 JOIN t2 USING (a) WHERE t3.x > t1.a
--//
DELETE FROM t3 USING t3 t3_other WHERE t3.x = t3_other.x AND t3.y = t3_other.y
--//
insert into t2a values (200, 2001)
--//
select * from t1 left join t2 on (t1.a = t2.a)
--//
select t1.x from t1 join t3 on (t1.a = t3.x)
--//
select t1.*, t2.*, unnamed_join.* from
  t1 join t2 on (t1.a = t2.a), t3 as unnamed_join
  for update of unnamed_join
--//
select foo.*, unnamed_join.* from
  t1 join t2 using (a) as foo, t3 as unnamed_join
  for update of unnamed_join
--//
select foo.*, unnamed_join.* from
  t1 join t2 using (a) as foo, t3 as unnamed_join
  for update of foo
--//
select bar.*, unnamed_join.* from
  (t1 join t2 using (a) as foo) as bar, t3 as unnamed_join
  for update of foo
--//
select bar.*, unnamed_join.* from
  (t1 join t2 using (a) as foo) as bar, t3 as unnamed_join
  for update of bar
--//
INSERT INTO tt1 VALUES (1, 11)
--//
INSERT INTO tt1 VALUES (2, NULL)
--//
select tt1.*, tt2.* from tt1 left join tt2 on tt1.joincol = tt2.joincol
--//
select tt1.*, tt2.* from tt2 right join tt1 on tt1.joincol = tt2.joincol
--//
explain (costs off)
select count(*) from tenk1 a, tenk1 b
  where a.hundred = b.thousand and (b.fivethous % 10) < 10
--//
select count(*) from tenk1 a, tenk1 b
  where a.hundred = b.thousand and (b.fivethous % 10) < 10
--//
insert into tt3 select x, repeat('xyzzy', 100) from generate_series(1,10000) x
--//
insert into tt4 values (0),(1),(9999)
--//
SELECT a.f1
FROM tt4 a
LEFT JOIN (
        SELECT b.f1
        FROM tt3 b LEFT JOIN tt3 c ON (b.f1 = c.f1)
        WHERE c.f1 IS NULL
) AS d ON (a.f1 = d.f1)
WHERE d.f1 IS NULL
--//
explain (costs off)
select * from tt4x t1
where not exists (
  select 1 from tt4x t2
    left join tt4x t3 on t2.c3 = t3.c1
    left join ( select t5.c1 as c1
                from tt4x t4 left join tt4x t5 on t4.c2 = t5.c1
              ) a1 on t3.c2 = a1.c1
  where t1.c1 = t2.c2
)
--//
insert into tt5 values(1, 10)
--//
select * from tt5,tt6 where tt5.f1 = tt6.f1 and tt5.f1 = tt5.f2 - tt6.f2
--//
insert into xx values (1)
--//
insert into yy values (101, 1)
--//
insert into yy values (301, NULL)
--//
select yy.pkyy as yy_pkyy, yy.pkxx as yy_pkxx, yya.pkyy as yya_pkyy,
       xxa.pkxx as xxa_pkxx, xxb.pkxx as xxb_pkxx
from yy
     left join (SELECT * FROM yy where pkyy = 101) as yya ON yy.pkyy = yya.pkyy
     left join xx xxa on yya.pkxx = xxa.pkxx
     left join xx xxb on coalesce (xxa.pkxx, 1) = xxb.pkxx
--//
insert into zt1 values(53)
--//
select * from
  zt2 left join zt3 on (f2 = f3)
      left join zt1 on (f3 = f1)
where f2 = 53
--//
select * from
  zt2 left join zt3 on (f2 = f3)
      left join zv1 on (f3 = f1)
where f2 = 53
--//
select a.unique2, a.ten, b.tenthous, b.unique2, b.hundred
from tenk1 a left join tenk1 b on a.unique2 = b.tenthous
where a.unique1 = 42 and
      ((b.unique2 is null and a.ten = 2) or b.hundred = 3)
--//
select * from a left join b on i = x and i = y and x = i
--//
explain (costs off)
select a.idv, b.idv from tidv a, tidv b where a.idv = b.idv
--//
select t1.q2, count(t2.*)
from int8_tbl t1 left join int8_tbl t2 on (t1.q2 = t2.q1)
group by t1.q2 order by 1
--//
select t1.q2, count(t2.*)
from int8_tbl t1 left join (select * from int8_tbl) t2 on (t1.q2 = t2.q1)
group by t1.q2 order by 1
--//
select t1.q2, count(t2.*)
from int8_tbl t1 left join (select * from int8_tbl offset 0) t2 on (t1.q2 = t2.q1)
group by t1.q2 order by 1
--//
select t1.q2, count(t2.*)
from int8_tbl t1 left join
  (select q1, case when q2=1 then 1 else q2 end as q2 from int8_tbl) t2
  on (t1.q2 = t2.q1)
group by t1.q2 order by 1
--//
insert into a (code) values ('p')
--//
insert into b (a, num) values ('p', 1)
--//
insert into c (name, a) values ('A', 'p')
--//
insert into c (name, a) values ('C', null)
--//
select c.name, ss.code, ss.b_cnt, ss.const
from c left join
  (select a.code, coalesce(b_grp.cnt, 0) as b_cnt, -1 as const
   from a left join
     (select count(1) as cnt, b.a from b group by b.a) as b_grp
     on a.code = b_grp.a
  ) as ss
  on (c.a = ss.code)
order by c.name
--//
SELECT * FROM
( SELECT 1 as key1 ) sub1
LEFT JOIN
( SELECT sub3.key3, sub4.value2, COALESCE(sub4.value2, 66) as value3 FROM
    ( SELECT 1 as key3 ) sub3
    LEFT JOIN
    ( SELECT sub5.key5, COALESCE(sub6.value1, 1) as value2 FROM
        ( SELECT 1 as key5 ) sub5
        LEFT JOIN
        ( SELECT 2 as key6, 42 as value1 ) sub6
        ON sub5.key5 = sub6.key6
    ) sub4
    ON sub4.key5 = sub3.key3
) sub2
ON sub1.key1 = sub2.key3
--//
SELECT * FROM
( SELECT 1 as key1 ) sub1
LEFT JOIN
( SELECT sub3.key3, value2, COALESCE(value2, 66) as value3 FROM
    ( SELECT 1 as key3 ) sub3
    LEFT JOIN
    ( SELECT sub5.key5, COALESCE(sub6.value1, 1) as value2 FROM
        ( SELECT 1 as key5 ) sub5
        LEFT JOIN
        ( SELECT 2 as key6, 42 as value1 ) sub6
        ON sub5.key5 = sub6.key6
    ) sub4
    ON sub4.key5 = sub3.key3
) sub2
ON sub1.key1 = sub2.key3
--//
EXPLAIN (COSTS OFF)
SELECT qq, unique1
  FROM
  ( SELECT COALESCE(q1, 0) AS qq FROM int8_tbl a ) AS ss1
  FULL OUTER JOIN
  ( SELECT COALESCE(q2, -1) AS qq FROM int8_tbl b ) AS ss2
  USING (qq)
  INNER JOIN tenk1 c ON qq = unique2
--//
SELECT qq, unique1
  FROM
  ( SELECT COALESCE(q1, 0) AS qq FROM int8_tbl a ) AS ss1
  FULL OUTER JOIN
  ( SELECT COALESCE(q2, -1) AS qq FROM int8_tbl b ) AS ss2
  USING (qq)
  INNER JOIN tenk1 c ON qq = unique2
--//
insert into nt1 values (1,true,true)
--//
insert into nt1 values (2,true,false)
--//
insert into nt1 values (3,false,false)
--//
insert into nt2 values (1,1,true,true)
--//
insert into nt2 values (2,2,true,false)
--//
insert into nt2 values (3,3,false,false)
--//
insert into nt3 values (1,1,true)
--//
insert into nt3 values (2,2,false)
--//
explain (costs off)
select nt3.id
from nt3 as nt3
  left join
    (select nt2.*, (nt2.b1 and ss1.a3) AS b3
     from nt2 as nt2
       left join
         (select nt1.*, (nt1.id is not null) as a3 from nt1) as ss1
         on ss1.id = nt2.nt1_id
    ) as ss2
    on ss2.id = nt3.nt2_id
where nt3.id = 1 and ss2.b3
--//
select nt3.id
from nt3 as nt3
  left join
    (select nt2.*, (nt2.b1 and ss1.a3) AS b3
     from nt2 as nt2
       left join
         (select nt1.*, (nt1.id is not null) as a3 from nt1) as ss1
         on ss1.id = nt2.nt1_id
    ) as ss2
    on ss2.id = nt3.nt2_id
where nt3.id = 1 and ss2.b3
--//
explain (costs off)
select * from
  int8_tbl t1 left join
  (select q1 as x, 42 as y from int8_tbl t2) ss
  on t1.q2 = ss.x
where
  1 = (select 1 from int8_tbl t3 where ss.y is not null limit 1)
order by 1,2
--//
select * from
  int8_tbl t1 left join
  (select q1 as x, 42 as y from int8_tbl t2) ss
  on t1.q2 = ss.x
where
  1 = (select 1 from int8_tbl t3 where ss.y is not null limit 1)
order by 1,2
--//
explain (costs off)
select * from
  int4_tbl as i41,
  lateral
    (select 1 as x from
      (select i41.f1 as lat,
              i42.f1 as loc from
         int8_tbl as i81, int4_tbl as i42) as ss1
      right join int4_tbl as i43 on (i43.f1 > 1)
      where ss1.loc = ss1.lat) as ss2
where i41.f1 > 0
--//
select * from
  int4_tbl as i41,
  lateral
    (select 1 as x from
      (select i41.f1 as lat,
              i42.f1 as loc from
         int8_tbl as i81, int4_tbl as i42) as ss1
      right join int4_tbl as i43 on (i43.f1 > 1)
      where ss1.loc = ss1.lat) as ss2
where i41.f1 > 0
--//
select * from int4_tbl a full join int4_tbl b on true
--//
select * from int4_tbl a full join int4_tbl b on false
--//
explain (costs off)
select * from
  tenk1 join int4_tbl on f1 = twothousand,
  q1, q2
where q1 = thousand or q2 = thousand
--//
explain (costs off)
select * from
  tenk1 join int4_tbl on f1 = twothousand,
  q1, q2
where thousand = (q1 + q2)
--//
explain (costs off)
select * from
  tenk1, int8_tbl a, int8_tbl b
where thousand = a.q1 and tenthous = b.q1 and a.q2 = 1 and b.q2 = 2
--//
explain (costs off)
select t1.unique2, t1.stringu1, t2.unique1, t2.stringu2 from
  tenk1 t1
  inner join int4_tbl i1
    left join (select v1.x2, v2.y1, 11 AS d1
               from (select 1,0 from onerow) v1(x1,x2)
               left join (select 3,1 from onerow) v2(y1,y2)
               on v1.x1 = v2.y2) subq1
    on (i1.f1 = subq1.x2)
  on (t1.unique2 = subq1.d1)
  left join tenk1 t2
  on (subq1.y1 = t2.unique1)
where t1.unique2 < 42 and t1.stringu1 > t2.stringu2
--//
select t1.unique2, t1.stringu1, t2.unique1, t2.stringu2 from
  tenk1 t1
  inner join int4_tbl i1
    left join (select v1.x2, v2.y1, 11 AS d1
               from (select 1,0 from onerow) v1(x1,x2)
               left join (select 3,1 from onerow) v2(y1,y2)
               on v1.x1 = v2.y2) subq1
    on (i1.f1 = subq1.x2)
  on (t1.unique2 = subq1.d1)
  left join tenk1 t2
  on (subq1.y1 = t2.unique1)
where t1.unique2 < 42 and t1.stringu1 > t2.stringu2
--//
select ss1.d1 from
  tenk1 as t1
  inner join tenk1 as t2
  on t1.tenthous = t2.ten
  inner join
    int8_tbl as i8
    left join int4_tbl as i4
      inner join (select 64::information_schema.cardinal_number as d1
                  from tenk1 t3,
                       lateral (select abs(t3.unique1) + random()) ss0(x)
                  where t3.fivethous < 0) as ss1
      on i4.f1 = ss1.d1
    on i8.q1 = i4.f1
  on t1.tenthous = ss1.d1
where t1.unique1 < i4.f1
--//
explain (costs off)
select t1.unique2, t1.stringu1, t2.unique1, t2.stringu2 from
  tenk1 t1
  inner join int4_tbl i1
    left join (select v1.x2, v2.y1, 11 AS d1
               from (values(1,0)) v1(x1,x2)
               left join (values(3,1)) v2(y1,y2)
               on v1.x1 = v2.y2) subq1
    on (i1.f1 = subq1.x2)
  on (t1.unique2 = subq1.d1)
  left join tenk1 t2
  on (subq1.y1 = t2.unique1)
where t1.unique2 < 42 and t1.stringu1 > t2.stringu2
--//
select t1.unique2, t1.stringu1, t2.unique1, t2.stringu2 from
  tenk1 t1
  inner join int4_tbl i1
    left join (select v1.x2, v2.y1, 11 AS d1
               from (values(1,0)) v1(x1,x2)
               left join (values(3,1)) v2(y1,y2)
               on v1.x1 = v2.y2) subq1
    on (i1.f1 = subq1.x2)
  on (t1.unique2 = subq1.d1)
  left join tenk1 t2
  on (subq1.y1 = t2.unique1)
where t1.unique2 < 42 and t1.stringu1 > t2.stringu2
--//
explain (verbose, costs off)
select * from
  (select 1 as x) ss1 left join (select 2 as y) ss2 on (true),
  lateral (select ss2.y as z limit 1) ss3
--//
select * from
  (select 1 as x) ss1 left join (select 2 as y) ss2 on (true),
  lateral (select ss2.y as z limit 1) ss3
--//
explain (costs off)
select * from
  (select 0 as z) as t1
  left join
  (select true as a) as t2
  on true,
  lateral (select true as b
           union all
           select a as b) as t3
where b
--//
select * from
  (select 0 as z) as t1
  left join
  (select true as a) as t2
  on true,
  lateral (select true as b
           union all
           select a as b) as t3
where b
--//
explain (verbose, costs off)
with ctetable as not materialized ( select 1 as f1 )
select * from ctetable c1
where f1 in ( select c3.f1 from ctetable c2 full join ctetable c3 on true )
--//
with ctetable as not materialized ( select 1 as f1 )
select * from ctetable c1
where f1 in ( select c3.f1 from ctetable c2 full join ctetable c3 on true )
--//
explain (costs off)
select unique1 from tenk1, (select * from f_immutable_int4(1) x) x
where x = unique1
--//
explain (verbose, costs off)
select unique1, x.*
from tenk1, (select *, random() from f_immutable_int4(1) x) x
where x = unique1
--//
explain (costs off)
select unique1 from tenk1, f_immutable_int4(1) x where x = unique1
--//
explain (costs off)
select unique1 from tenk1, lateral f_immutable_int4(1) x where x = unique1
--//
explain (costs off)
select unique1 from tenk1, lateral f_immutable_int4(1) x where x in (select 17)
--//
explain (costs off)
select unique1, x from tenk1 join f_immutable_int4(1) x on unique1 = x
--//
explain (costs off)
select unique1, x from tenk1 left join f_immutable_int4(1) x on unique1 = x
--//
explain (costs off)
select unique1, x from tenk1 right join f_immutable_int4(1) x on unique1 = x
--//
explain (costs off)
select unique1, x from tenk1 full join f_immutable_int4(1) x on unique1 = x
--//
explain (costs off)
select unique1 from tenk1, f_immutable_int4(1) x where x = 42
--//
explain (costs off)
select nt3.id
from nt3 as nt3
  left join
    (select nt2.*, (nt2.b1 or i4 = 42) AS b3
     from nt2 as nt2
       left join
         f_immutable_int4(0) i4
         on i4 = nt2.nt1_id
    ) as ss2
    on ss2.id = nt3.nt2_id
where nt3.id = 1 and ss2.b3
--//
explain (verbose, costs off)
select * from mki8(1,2)
--//
select * from mki8(1,2)
--//
explain (verbose, costs off)
select * from mki4(42)
--//
select * from mki4(42)
--//
explain (costs off)
select * from tenk1 a join tenk1 b on
  (a.unique1 = 1 and b.unique1 = 2) or (a.unique2 = 3 and b.hundred = 4)
--//
explain (costs off)
select * from tenk1 a join tenk1 b on
  (a.unique1 = 1 and b.unique1 = 2) or (a.unique2 = 3 and b.ten = 4)
--//
explain (costs off)
select * from tenk1 a join tenk1 b on
  (a.unique1 = 1 and b.unique1 = 2) or
  ((a.unique2 = 3 or a.unique2 = 7) and b.hundred = 4)
--//
explain (costs off)
select * from tenk1 t1 left join
  (tenk1 t2 join tenk1 t3 on t2.thousand = t3.unique2)
  on t1.hundred = t2.hundred and t1.ten = t3.ten
where t1.unique1 = 1
--//
explain (costs off)
select * from tenk1 t1 left join
  (tenk1 t2 join tenk1 t3 on t2.thousand = t3.unique2)
  on t1.hundred = t2.hundred and t1.ten + t2.ten = t3.ten
where t1.unique1 = 1
--//
explain (costs off)
select count(*) from
  tenk1 a join tenk1 b on a.unique1 = b.unique2
  left join tenk1 c on a.unique2 = b.unique1 and c.thousand = a.thousand
  join int4_tbl on b.thousand = f1
--//
select count(*) from
  tenk1 a join tenk1 b on a.unique1 = b.unique2
  left join tenk1 c on a.unique2 = b.unique1 and c.thousand = a.thousand
  join int4_tbl on b.thousand = f1
--//
explain (costs off)
select b.unique1 from
  tenk1 a join tenk1 b on a.unique1 = b.unique2
  left join tenk1 c on b.unique1 = 42 and c.thousand = a.thousand
  join int4_tbl i1 on b.thousand = f1
  right join int4_tbl i2 on i2.f1 = b.tenthous
  order by 1
--//
select b.unique1 from
  tenk1 a join tenk1 b on a.unique1 = b.unique2
  left join tenk1 c on b.unique1 = 42 and c.thousand = a.thousand
  join int4_tbl i1 on b.thousand = f1
  right join int4_tbl i2 on i2.f1 = b.tenthous
  order by 1
--//
explain (costs off)
select * from
(
  select unique1, q1, coalesce(unique1, -1) + q1 as fault
  from int8_tbl left join tenk1 on (q2 = unique2)
) ss
where fault = 122
order by fault
--//
select * from
(
  select unique1, q1, coalesce(unique1, -1) + q1 as fault
  from int8_tbl left join tenk1 on (q2 = unique2)
) ss
where fault = 122
order by fault
--//
explain (costs off)
select * from
(values (1, array[10,20]), (2, array[20,30])) as v1(v1x,v1ys)
left join (values (1, 10), (2, 20)) as v2(v2x,v2y) on v2x = v1x
left join unnest(v1ys) as u1(u1y) on u1y = v2y
--//
select * from
(values (1, array[10,20]), (2, array[20,30])) as v1(v1x,v1ys)
left join (values (1, 10), (2, 20)) as v2(v2x,v2y) on v2x = v1x
left join unnest(v1ys) as u1(u1y) on u1y = v2y
--//
explain (costs off)
select q1, unique2, thousand, hundred
  from int8_tbl a left join tenk1 b on q1 = unique2
  where coalesce(thousand,123) = q1 and q1 = coalesce(hundred,123)
--//
select q1, unique2, thousand, hundred
  from int8_tbl a left join tenk1 b on q1 = unique2
  where coalesce(thousand,123) = q1 and q1 = coalesce(hundred,123)
--//
explain (costs off)
select f1, unique2, case when unique2 is null then f1 else 0 end
  from int4_tbl a left join tenk1 b on f1 = unique2
  where (case when unique2 is null then f1 else 0 end) = 0
--//
select f1, unique2, case when unique2 is null then f1 else 0 end
  from int4_tbl a left join tenk1 b on f1 = unique2
  where (case when unique2 is null then f1 else 0 end) = 0
--//
explain (costs off)
select a.unique1, b.unique1, c.unique1, coalesce(b.twothousand, a.twothousand)
  from tenk1 a left join tenk1 b on b.thousand = a.unique1                        left join tenk1 c on c.unique2 = coalesce(b.twothousand, a.twothousand)
  where a.unique2 < 10 and coalesce(b.twothousand, a.twothousand) = 44
--//
select a.unique1, b.unique1, c.unique1, coalesce(b.twothousand, a.twothousand)
  from tenk1 a left join tenk1 b on b.thousand = a.unique1                        left join tenk1 c on c.unique2 = coalesce(b.twothousand, a.twothousand)
  where a.unique2 < 10 and coalesce(b.twothousand, a.twothousand) = 44
--//
explain (verbose, costs off)
select foo1.join_key as foo1_id, foo3.join_key AS foo3_id, bug_field from
  (values (0),(1)) foo1(join_key)
left join
  (select join_key, bug_field from
    (select ss1.join_key, ss1.bug_field from
      (select f1 as join_key, 666 as bug_field from int4_tbl i1) ss1
    ) foo2
   left join
    (select unique2 as join_key from tenk1 i2) ss2
   using (join_key)
  ) foo3
using (join_key)
--//
select foo1.join_key as foo1_id, foo3.join_key AS foo3_id, bug_field from
  (values (0),(1)) foo1(join_key)
left join
  (select join_key, bug_field from
    (select ss1.join_key, ss1.bug_field from
      (select f1 as join_key, 666 as bug_field from int4_tbl i1) ss1
    ) foo2
   left join
    (select unique2 as join_key from tenk1 i2) ss2
   using (join_key)
  ) foo3
using (join_key)
--//
explain (verbose, costs off)
select t1.* from
  text_tbl t1
  left join (select *, '***'::text as d1 from int8_tbl i8b1) b1
    left join int8_tbl i8
      left join (select *, null::int as d2 from int8_tbl i8b2) b2
      on (i8.q1 = b2.q1)
    on (b2.d2 = b1.q2)
  on (t1.f1 = b1.d1)
  left join int4_tbl i4
  on (i8.q2 = i4.f1)
--//
select t1.* from
  text_tbl t1
  left join (select *, '***'::text as d1 from int8_tbl i8b1) b1
    left join int8_tbl i8
      left join (select *, null::int as d2 from int8_tbl i8b2) b2
      on (i8.q1 = b2.q1)
    on (b2.d2 = b1.q2)
  on (t1.f1 = b1.d1)
  left join int4_tbl i4
  on (i8.q2 = i4.f1)
--//
explain (verbose, costs off)
select t1.* from
  text_tbl t1
  left join (select *, '***'::text as d1 from int8_tbl i8b1) b1
    left join int8_tbl i8
      left join (select *, null::int as d2 from int8_tbl i8b2, int4_tbl i4b2) b2
      on (i8.q1 = b2.q1)
    on (b2.d2 = b1.q2)
  on (t1.f1 = b1.d1)
  left join int4_tbl i4
  on (i8.q2 = i4.f1)
--//
select t1.* from
  text_tbl t1
  left join (select *, '***'::text as d1 from int8_tbl i8b1) b1
    left join int8_tbl i8
      left join (select *, null::int as d2 from int8_tbl i8b2, int4_tbl i4b2) b2
      on (i8.q1 = b2.q1)
    on (b2.d2 = b1.q2)
  on (t1.f1 = b1.d1)
  left join int4_tbl i4
  on (i8.q2 = i4.f1)
--//
explain (verbose, costs off)
select t1.* from
  text_tbl t1
  left join (select *, '***'::text as d1 from int8_tbl i8b1) b1
    left join int8_tbl i8
      left join (select *, null::int as d2 from int8_tbl i8b2, int4_tbl i4b2
                 where q1 = f1) b2
      on (i8.q1 = b2.q1)
    on (b2.d2 = b1.q2)
  on (t1.f1 = b1.d1)
  left join int4_tbl i4
  on (i8.q2 = i4.f1)
--//
select t1.* from
  text_tbl t1
  left join (select *, '***'::text as d1 from int8_tbl i8b1) b1
    left join int8_tbl i8
      left join (select *, null::int as d2 from int8_tbl i8b2, int4_tbl i4b2
                 where q1 = f1) b2
      on (i8.q1 = b2.q1)
    on (b2.d2 = b1.q2)
  on (t1.f1 = b1.d1)
  left join int4_tbl i4
  on (i8.q2 = i4.f1)
--//
explain (verbose, costs off)
select * from
  text_tbl t1
  inner join int8_tbl i8
  on i8.q2 = 456
  right join text_tbl t2
  on t1.f1 = 'doh!'
  left join int4_tbl i4
  on i8.q1 = i4.f1
--//
select * from
  text_tbl t1
  inner join int8_tbl i8
  on i8.q2 = 456
  right join text_tbl t2
  on t1.f1 = 'doh!'
  left join int4_tbl i4
  on i8.q1 = i4.f1
--//
explain (verbose, costs off)
select * from
  text_tbl t1
  left join int8_tbl i8
  on i8.q2 = 123,
  lateral (select i8.q1, t2.f1 from text_tbl t2 limit 1) as ss
where t1.f1 = ss.f1
--//
select * from
  text_tbl t1
  left join int8_tbl i8
  on i8.q2 = 123,
  lateral (select i8.q1, t2.f1 from text_tbl t2 limit 1) as ss
where t1.f1 = ss.f1
--//
explain (verbose, costs off)
select * from
  text_tbl t1
  left join int8_tbl i8
  on i8.q2 = 123,
  lateral (select i8.q1, t2.f1 from text_tbl t2 limit 1) as ss1,
  lateral (select ss1.* from text_tbl t3 limit 1) as ss2
where t1.f1 = ss2.f1
--//
select * from
  text_tbl t1
  left join int8_tbl i8
  on i8.q2 = 123,
  lateral (select i8.q1, t2.f1 from text_tbl t2 limit 1) as ss1,
  lateral (select ss1.* from text_tbl t3 limit 1) as ss2
where t1.f1 = ss2.f1
--//
explain (verbose, costs off)
select 1 from
  text_tbl as tt1
  inner join text_tbl as tt2 on (tt1.f1 = 'foo')
  left join text_tbl as tt3 on (tt3.f1 = 'foo')
  left join text_tbl as tt4 on (tt3.f1 = tt4.f1),
  lateral (select tt4.f1 as c0 from text_tbl as tt5 limit 1) as ss1
where tt1.f1 = ss1.c0
--//
select 1 from
  text_tbl as tt1
  inner join text_tbl as tt2 on (tt1.f1 = 'foo')
  left join text_tbl as tt3 on (tt3.f1 = 'foo')
  left join text_tbl as tt4 on (tt3.f1 = tt4.f1),
  lateral (select tt4.f1 as c0 from text_tbl as tt5 limit 1) as ss1
where tt1.f1 = ss1.c0
--//
explain (verbose, costs off)
select ss2.* from
  int4_tbl i41
  left join int8_tbl i8
    join (select i42.f1 as c1, i43.f1 as c2, 42 as c3
          from int4_tbl i42, int4_tbl i43) ss1
    on i8.q1 = ss1.c2
  on i41.f1 = ss1.c1,
  lateral (select i41.*, i8.*, ss1.* from text_tbl limit 1) ss2
where ss1.c2 = 0
--//
select ss2.* from
  int4_tbl i41
  left join int8_tbl i8
    join (select i42.f1 as c1, i43.f1 as c2, 42 as c3
          from int4_tbl i42, int4_tbl i43) ss1
    on i8.q1 = ss1.c2
  on i41.f1 = ss1.c1,
  lateral (select i41.*, i8.*, ss1.* from text_tbl limit 1) ss2
where ss1.c2 = 0
--//
explain (costs off)
select * from
  (select 1 as id) as xx
  left join
    (tenk1 as a1 full join (select 1 as id) as yy on (a1.unique1 = yy.id))
  on (xx.id = coalesce(yy.id))
--//
select * from
  (select 1 as id) as xx
  left join
    (tenk1 as a1 full join (select 1 as id) as yy on (a1.unique1 = yy.id))
  on (xx.id = coalesce(yy.id))
--//
explain (costs off)
  select * from int4_tbl a left join tenk1 b on f1 = unique2 where f1 = 0
--//
explain (costs off)
  select * from tenk1 a full join tenk1 b using(unique2) where unique2 = 42
--//
explain (verbose, costs off)
  select a.q2, b.q1
    from int8_tbl a left join int8_tbl b on a.q2 = coalesce(b.q1, 1)
    where coalesce(b.q1, 1) > 0
--//
select a.q2, b.q1
  from int8_tbl a left join int8_tbl b on a.q2 = coalesce(b.q1, 1)
  where coalesce(b.q1, 1) > 0
--//
INSERT INTO a VALUES (0, 0), (1, NULL)
--//
INSERT INTO b VALUES (0, 0), (1, NULL)
--//
INSERT INTO c VALUES (0), (1)
--//
INSERT INTO d VALUES (1,3), (2,2), (3,1)
--//
explain (costs off) SELECT a.* FROM a LEFT JOIN b ON a.b_id = b.id
--//
explain (costs off) SELECT b.* FROM b LEFT JOIN c ON b.c_id = c.id
--//
explain (costs off)
  SELECT a.* FROM a LEFT JOIN (b left join c on b.c_id = c.id)
  ON (a.b_id = b.id)
--//
explain (costs off)
select id from a where id in (
	select b.id from b left join c on b.id = c.id
)
--//
explain (costs off)
select d.* from d left join (select * from b group by b.id, b.c_id) s
  on d.a = s.id and d.b = s.c_id
--//
explain (costs off)
select d.* from d left join (select distinct * from b) s
  on d.a = s.id and d.b = s.c_id
--//
explain (costs off)
select d.* from d left join (select * from b group by b.id, b.c_id) s
  on d.a = s.id
--//
explain (costs off)
select d.* from d left join (select distinct * from b) s
  on d.a = s.id
--//
explain (costs off)
select d.* from d left join (select id from a union select id from b) s
  on d.a = s.id
--//
explain (costs off)
select i8.* from int8_tbl i8 left join (select f1 from int4_tbl group by f1) i4
  on i8.q1 = i4.f1
--//
explain (costs off)
select 1 from (select a.id FROM a left join b on a.b_id = b.id) q,
			  lateral generate_series(1, q.id) gs(i) where q.id = gs.i
--//
insert into parent values (1, 10), (2, 20), (3, 30)
--//
insert into child values (1, 100), (4, 400)
--//
select p.* from parent p left join child c on (p.k = c.k)
--//
explain (costs off)
  select p.* from parent p left join child c on (p.k = c.k)
--//
select p.*, linked from parent p
  left join (select c.*, true as linked from child c) as ss
  on (p.k = ss.k)
--//
explain (costs off)
  select p.*, linked from parent p
    left join (select c.*, true as linked from child c) as ss
    on (p.k = ss.k)
--//
select p.* from
  parent p left join child c on (p.k = c.k)
  where p.k = 1 and p.k = 2
--//
explain (costs off)
select p.* from
  parent p left join child c on (p.k = c.k)
  where p.k = 1 and p.k = 2
--//
select p.* from
  (parent p left join child c on (p.k = c.k)) join parent x on p.k = x.k
  where p.k = 1 and p.k = 2
--//
explain (costs off)
select p.* from
  (parent p left join child c on (p.k = c.k)) join parent x on p.k = x.k
  where p.k = 1 and p.k = 2
--//
INSERT INTO a VALUES (0), (1)
--//
SELECT * FROM b LEFT JOIN a ON (b.a_id = a.id) WHERE (a.id IS NULL OR a.id > 0)
--//
SELECT b.* FROM b LEFT JOIN a ON (b.a_id = a.id) WHERE (a.id IS NULL OR a.id > 0)
--//
insert into innertab values(123, 42)
--//
SELECT * FROM
    (SELECT 1 AS x) ss1
  LEFT JOIN
    (SELECT q1, q2, COALESCE(dat1, q1) AS y
     FROM int8_tbl LEFT JOIN innertab ON q2 = id) ss2
  ON true
--//
explain (costs off)
select t1.* from
  uniquetbl as t1
  left join (select *, '***'::text as d1 from uniquetbl) t2
  on t1.f1 = t2.f1
  left join uniquetbl t3
  on t2.d1 = t3.f1
--//
explain (costs off)
select t0.*
from
 text_tbl t0
 left join
   (select case t1.ten when 0 then 'doh!'::text else null::text end as case1,
           t1.stringu2
     from tenk1 t1
     join int4_tbl i4 ON i4.f1 = t1.unique2
     left join uniquetbl u1 ON u1.f1 = t1.string4) ss
  on t0.f1 = ss.case1
where ss.stringu2 !~* ss.case1
--//
select t0.*
from
 text_tbl t0
 left join
   (select case t1.ten when 0 then 'doh!'::text else null::text end as case1,
           t1.stringu2
     from tenk1 t1
     join int4_tbl i4 ON i4.f1 = t1.unique2
     left join uniquetbl u1 ON u1.f1 = t1.string4) ss
  on t0.f1 = ss.case1
where ss.stringu2 !~* ss.case1
--//
explain (verbose, costs off)
select i8.*, ss.v, t.unique2
  from int8_tbl i8
    left join int4_tbl i4 on i4.f1 = 1
    left join lateral (select i4.f1 + 1 as v) as ss on true
    left join tenk1 t on t.unique2 = ss.v
where q2 = 456
--//
select i8.*, ss.v, t.unique2
  from int8_tbl i8
    left join int4_tbl i4 on i4.f1 = 1
    left join lateral (select i4.f1 + 1 as v) as ss on true
    left join tenk1 t on t.unique2 = ss.v
where q2 = 456
--//
insert into parttbl values (11), (12)
--//
explain (costs off)
select * from
  (select *, 12 as phv from parttbl) as ss
  right join int4_tbl on true
where ss.a = ss.phv and f1 = 0
--//
select * from
  (select *, 12 as phv from parttbl) as ss
  right join int4_tbl on true
where ss.a = ss.phv and f1 = 0
--//
select * from
  int8_tbl x join (int4_tbl x cross join int4_tbl y) j on q1 = f1
--//
select * from
  int8_tbl x join (int4_tbl x cross join int4_tbl y) j on q1 = y.f1
--//
select * from
  int8_tbl x join (int4_tbl x cross join int4_tbl y(ff)) j on q1 = f1
--//
select t1.uunique1 from
  tenk1 t1 join tenk2 t2 on t1.two = t2.two
--//
select uunique1 from
  tenk1 t1 join tenk2 t2 on t1.two = t2.two
--//
select atts.relid::regclass, s.* from pg_stats s join
    pg_attribute a on s.attname = a.attname and s.tablename =
    a.attrelid::regclass::text join (select unnest(indkey) attnum,
    indexrelid from pg_index i) atts on atts.attnum = a.attnum where
    schemaname != 'pg_catalog'
--//
select unique2, x.*
from tenk1 a, lateral (select * from int4_tbl b where f1 = a.unique1) x
--//
explain (costs off)
  select unique2, x.*
  from tenk1 a, lateral (select * from int4_tbl b where f1 = a.unique1) x
--//
select unique2, x.*
from int4_tbl x, lateral (select unique2 from tenk1 where f1 = unique1) ss
--//
explain (costs off)
  select unique2, x.*
  from int4_tbl x, lateral (select unique2 from tenk1 where f1 = unique1) ss
--//
explain (costs off)
  select unique2, x.*
  from int4_tbl x cross join lateral (select unique2 from tenk1 where f1 = unique1) ss
--//
select unique2, x.*
from int4_tbl x left join lateral (select unique1, unique2 from tenk1 where f1 = unique1) ss on true
--//
explain (costs off)
  select unique2, x.*
  from int4_tbl x left join lateral (select unique1, unique2 from tenk1 where f1 = unique1) ss on true
--//
select *, (select r from (select q1 as q2) x, (select q2 as r) y) from int8_tbl
--//
select *, (select r from (select q1 as q2) x, lateral (select q2 as r) y) from int8_tbl
--//
select count(*) from tenk1 a, lateral generate_series(1,two) g
--//
explain (costs off)
  select count(*) from tenk1 a, lateral generate_series(1,two) g
--//
explain (costs off)
  select count(*) from tenk1 a cross join lateral generate_series(1,two) g
--//
explain (costs off)
  select count(*) from tenk1 a, generate_series(1,two) g
--//
explain (costs off)
  select * from generate_series(100,200) g,
    lateral (select * from int8_tbl a where g = q1 union all
             select * from int8_tbl b where g = q2) ss
--//
select * from generate_series(100,200) g,
  lateral (select * from int8_tbl a where g = q1 union all
           select * from int8_tbl b where g = q2) ss
--//
explain (costs off)
  select count(*) from tenk1 a,
    tenk1 b join lateral (values(a.unique1)) ss(x) on b.unique2 = ss.x
--//
select count(*) from tenk1 a,
  tenk1 b join lateral (values(a.unique1)) ss(x) on b.unique2 = ss.x
--//
explain (costs off)
  select count(*) from tenk1 a,
    tenk1 b join lateral (values(a.unique1),(-1)) ss(x) on b.unique2 = ss.x
--//
select count(*) from tenk1 a,
  tenk1 b join lateral (values(a.unique1),(-1)) ss(x) on b.unique2 = ss.x
--//
explain (costs off)
  select * from int8_tbl a,
    int8_tbl x left join lateral (select a.q1 from int4_tbl y) ss(z)
      on x.q2 = ss.z
  order by a.q1, a.q2, x.q1, x.q2, ss.z
--//
select * from int8_tbl a,
  int8_tbl x left join lateral (select a.q1 from int4_tbl y) ss(z)
    on x.q2 = ss.z
  order by a.q1, a.q2, x.q1, x.q2, ss.z
--//
select * from (select f1/2 as x from int4_tbl) ss1 join int4_tbl i4 on x = f1,
  lateral (select x) ss2(y)
--//
select * from (select f1 as x from int4_tbl) ss1 join int4_tbl i4 on x = f1,
  lateral (values(x)) ss2(y)
--//
select * from ((select f1/2 as x from int4_tbl) ss1 join int4_tbl i4 on x = f1) j,
  lateral (select x) ss2(y)
--//
select * from (values(1)) x(lb),
  lateral generate_series(lb,4) x4
--//
select * from (select f1/1000000000 from int4_tbl) x(lb),
  lateral generate_series(lb,4) x4
--//
select * from (values(1)) x(lb),
  lateral (values(lb)) y(lbcopy)
--//
select * from (values(1)) x(lb),
  lateral (select lb from int4_tbl) y(lbcopy)
--//
select * from
  int8_tbl x left join (select q1,coalesce(q2,0) q2 from int8_tbl) y on x.q2 = y.q1,
  lateral (values(x.q1,y.q1,y.q2)) v(xq1,yq1,yq2)
--//
select * from
  int8_tbl x left join (select q1,coalesce(q2,0) q2 from int8_tbl) y on x.q2 = y.q1,
  lateral (select x.q1,y.q1,y.q2) v(xq1,yq1,yq2)
--//
select x.* from
  int8_tbl x left join (select q1,coalesce(q2,0) q2 from int8_tbl) y on x.q2 = y.q1,
  lateral (select x.q1,y.q1,y.q2) v(xq1,yq1,yq2)
--//
select v.* from
  (int8_tbl x left join (select q1,coalesce(q2,0) q2 from int8_tbl) y on x.q2 = y.q1)
  left join int4_tbl z on z.f1 = x.q2,
  lateral (select x.q1,y.q1 union all select x.q2,y.q2) v(vx,vy)
--//
select v.* from
  (int8_tbl x left join (select q1,(select coalesce(q2,0)) q2 from int8_tbl) y on x.q2 = y.q1)
  left join int4_tbl z on z.f1 = x.q2,
  lateral (select x.q1,y.q1 union all select x.q2,y.q2) v(vx,vy)
--//
select v.* from
  (int8_tbl x left join (select q1,(select coalesce(q2,0)) q2 from int8_tbl) y on x.q2 = y.q1)
  left join int4_tbl z on z.f1 = x.q2,
  lateral (select x.q1,y.q1 from onerow union all select x.q2,y.q2 from onerow) v(vx,vy)
--//
explain (verbose, costs off)
select * from
  int8_tbl a left join
  lateral (select *, a.q2 as x from int8_tbl b) ss on a.q2 = ss.q1
--//
select * from
  int8_tbl a left join
  lateral (select *, a.q2 as x from int8_tbl b) ss on a.q2 = ss.q1
--//
explain (verbose, costs off)
select * from
  int8_tbl a left join
  lateral (select *, coalesce(a.q2, 42) as x from int8_tbl b) ss on a.q2 = ss.q1
--//
select * from
  int8_tbl a left join
  lateral (select *, coalesce(a.q2, 42) as x from int8_tbl b) ss on a.q2 = ss.q1
--//
explain (verbose, costs off)
select * from int4_tbl i left join
  lateral (select * from int2_tbl j where i.f1 = j.f1) k on true
--//
select * from int4_tbl i left join
  lateral (select * from int2_tbl j where i.f1 = j.f1) k on true
--//
explain (verbose, costs off)
select * from int4_tbl i left join
  lateral (select coalesce(i) from int2_tbl j where i.f1 = j.f1) k on true
--//
select * from int4_tbl i left join
  lateral (select coalesce(i) from int2_tbl j where i.f1 = j.f1) k on true
--//
explain (verbose, costs off)
select * from int4_tbl a,
  lateral (
    select * from int4_tbl b left join int8_tbl c on (b.f1 = q1 and a.f1 = q2)
  ) ss
--//
select * from int4_tbl a,
  lateral (
    select * from int4_tbl b left join int8_tbl c on (b.f1 = q1 and a.f1 = q2)
  ) ss
--//
explain (verbose, costs off)
select * from
  int8_tbl a left join lateral
  (select b.q1 as bq1, c.q1 as cq1, least(a.q1,b.q1,c.q1) from
   int8_tbl b cross join int8_tbl c) ss
  on a.q2 = ss.bq1
--//
select * from
  int8_tbl a left join lateral
  (select b.q1 as bq1, c.q1 as cq1, least(a.q1,b.q1,c.q1) from
   int8_tbl b cross join int8_tbl c) ss
  on a.q2 = ss.bq1
--//
explain (verbose, costs off)
select * from
  int8_tbl c left join (
    int8_tbl a left join (select q1, coalesce(q2,42) as x from int8_tbl b) ss1
      on a.q2 = ss1.q1
    cross join
    lateral (select q1, coalesce(ss1.x,q2) as y from int8_tbl d) ss2
  ) on c.q2 = ss2.q1,
  lateral (select ss2.y offset 0) ss3
--//
explain (verbose, costs off)
select * from
  (select 0 as val0) as ss0
  left join (select 1 as val) as ss1 on true
  left join lateral (select ss1.val as val_filtered where false) as ss2 on true
--//
select * from
  (select 0 as val0) as ss0
  left join (select 1 as val) as ss1 on true
  left join lateral (select ss1.val as val_filtered where false) as ss2 on true
--//
explain (verbose, costs off)
select c.*,a.*,ss1.q1,ss2.q1,ss3.* from
  int8_tbl c left join (
    int8_tbl a left join
      (select q1, coalesce(q2,f1) as x from int8_tbl b, int4_tbl b2
       where q1 < f1) ss1
      on a.q2 = ss1.q1
    cross join
    lateral (select q1, coalesce(ss1.x,q2) as y from int8_tbl d) ss2
  ) on c.q2 = ss2.q1,
  lateral (select * from int4_tbl i where ss2.y > f1) ss3
--//
explain (verbose, costs off)
select * from
  (select 1 as x offset 0) x cross join (select 2 as y offset 0) y
  left join lateral (
    select * from (select 3 as z offset 0) z where z.z = x.x
  ) zz on zz.z = y.y
--//
explain (verbose, costs off)
select * from int8_tbl i8 left join lateral
  (select *, i8.q2 from int4_tbl where false) ss on true
--//
explain (verbose, costs off)
select * from int8_tbl i8 left join lateral
  (select *, i8.q2 from int4_tbl i1, int4_tbl i2 where false) ss on true
--//
select * from
  ((select 2 as v) union all (select 3 as v)) as q1
  cross join lateral
  ((select * from
      ((select 4 as v) union all (select 5 as v)) as q3)
   union all
   (select q1.v)
  ) as q2
--//
explain (costs off)
select * from (
  select arrayd.ad, coalesce(c.hundred, 0) as h
  from unnest(array[1]) as arrayd(ad)
  left join lateral (
    select hundred from tenk1 where unique2 = arrayd.ad
  ) c on true
) c2
where c2.h * c2.ad = c2.h * (c2.ad + 1)
--//
select * from (
  select arrayd.ad, coalesce(c.hundred, 0) as h
  from unnest(array[1]) as arrayd(ad)
  left join lateral (
    select hundred from tenk1 where unique2 = arrayd.ad
  ) c on true
) c2
where c2.h * c2.ad = c2.h * (c2.ad + 1)
--//
SELECT * FROM (int8_tbl i cross join int4_tbl j) ss(a,b,c,d)
--//
explain (verbose, costs off)
select * from
  (values (0,9998), (1,1000)) v(id,x),
  lateral (select f1 from int4_tbl
           where f1 = any (select unique1 from tenk1
                           where unique2 = v.x offset 0)) ss
--//
select * from
  (values (0,9998), (1,1000)) v(id,x),
  lateral (select f1 from int4_tbl
           where f1 = any (select unique1 from tenk1
                           where unique2 = v.x offset 0)) ss
--//
explain (verbose, costs off)
select * from (values (0), (1)) v(id),
lateral (select * from int8_tbl t1,
         lateral (select * from
                    (select * from int8_tbl t2
                     where q1 = any (select q2 from int8_tbl t3
                                     where q2 = (select greatest(t1.q1,t2.q2))
                                       and (select v.id=0)) offset 0) ss2) ss
         where t1.q1 = ss.q2) ss0
--//
select * from (values (0), (1)) v(id),
lateral (select * from int8_tbl t1,
         lateral (select * from
                    (select * from int8_tbl t2
                     where q1 = any (select q2 from int8_tbl t3
                                     where q2 = (select greatest(t1.q1,t2.q2))
                                       and (select v.id=0)) offset 0) ss2) ss
         where t1.q1 = ss.q2) ss0
--//
select f1,g from int4_tbl a, (select f1 as g) ss
--//
select f1,g from int4_tbl a, (select a.f1 as g) ss
--//
select f1,g from int4_tbl a cross join (select f1 as g) ss
--//
select f1,g from int4_tbl a cross join (select a.f1 as g) ss
--//
select f1,g from int4_tbl a right join lateral generate_series(0, a.f1) g on true
--//
select f1,g from int4_tbl a full join lateral generate_series(0, a.f1) g on true
--//
select * from
  int8_tbl x cross join (int4_tbl x cross join lateral (select x.f1) ss)
--//
select 1 from tenk1 a, lateral (select max(a.unique1) from int4_tbl b) ss
--//
update xx1 set x2 = f1 from (select * from int4_tbl where f1 = x1) ss
--//
update xx1 set x2 = f1 from (select * from int4_tbl where f1 = xx1.x1) ss
--//
update xx1 set x2 = f1 from lateral (select * from int4_tbl where f1 = x1) ss
--//
update xx1 set x2 = f1 from xx1, lateral (select * from int4_tbl where f1 = x1) ss
--//
delete from xx1 using (select * from int4_tbl where f1 = x1) ss
--//
delete from xx1 using (select * from int4_tbl where f1 = xx1.x1) ss
--//
delete from xx1 using lateral (select * from int4_tbl where f1 = x1) ss
--//
insert into join_pt1 values (1, 1, 'x'), (101, 101, 'y')
--//
insert into join_ut1 values (101, 101, 'y'), (2, 2, 'z')
--//
explain (verbose, costs off)
select t1.b, ss.phv from join_ut1 t1 left join lateral
              (select t2.a as t2a, t3.a t3a, least(t1.a, t2.a, t3.a) phv
					  from join_pt1 t2 join join_ut1 t3 on t2.a = t3.b) ss
              on t1.a = ss.t2a order by t1.a
--//
select t1.b, ss.phv from join_ut1 t1 left join lateral
              (select t2.a as t2a, t3.a t3a, least(t1.a, t2.a, t3.a) phv
					  from join_pt1 t2 join join_ut1 t3 on t2.a = t3.b) ss
              on t1.a = ss.t2a order by t1.a
--//
insert into fkest select x, x/10, x/10, x/100 from generate_series(1,1000) x
--//
explain (costs off)
select * from fkest f1
  join fkest f2 on (f1.x = f2.x and f1.x10 = f2.x10b and f1.x100 = f2.x100)
  join fkest f3 on f1.x = f3.x
  where f1.x100 = 2
--//
insert into fkest select x/10, x%10, x from generate_series(1,1000) x
--//
insert into fkest1 select x/10, x%10 from generate_series(1,1000) x
--//
explain (costs off)
select *
from fkest f
  left join fkest1 f1 on f.a = f1.a and f.b = f1.b
  left join fkest1 f2 on f.a = f2.a and f.b = f2.b
  left join fkest1 f3 on f.a = f3.a and f.b = f3.b
where f.c = 1
--//
insert into j1 values(1),(2),(3)
--//
insert into j3 values(1),(1)
--//
explain (verbose, costs off)
select * from j1 inner join j2 on j1.id = j2.id
--//
explain (verbose, costs off)
select * from j1 inner join j2 on j1.id > j2.id
--//
explain (verbose, costs off)
select * from j1 left join j2 on j1.id = j2.id
--//
explain (verbose, costs off)
select * from j1 right join j2 on j1.id = j2.id
--//
explain (verbose, costs off)
select * from j1 full join j2 on j1.id = j2.id
--//
explain (verbose, costs off)
select * from j1 cross join j2
--//
explain (verbose, costs off)
select * from j1 natural join j2
--//
explain (verbose, costs off)
select * from j1
inner join (select distinct id from j3) j3 on j1.id = j3.id
--//
explain (verbose, costs off)
select * from j1
inner join (select id from j3 group by id) j3 on j1.id = j3.id
--//
insert into j1 values(1,1),(1,2)
--//
insert into j2 values(1,1)
--//
explain (verbose, costs off)
select * from j1
inner join j2 on j1.id1 = j2.id1
--//
explain (verbose, costs off)
select * from j1
inner join j2 on j1.id1 = j2.id1 and j1.id2 = j2.id2
--//
explain (verbose, costs off)
select * from j1
inner join j2 on j1.id1 = j2.id1 where j1.id2 = 1
--//
explain (verbose, costs off)
select * from j1
left join j2 on j1.id1 = j2.id1 where j1.id2 = 1
--//
explain (costs off) select * from j1
inner join j2 on j1.id1 = j2.id1 and j1.id2 = j2.id2
where j1.id1 % 1000 = 1 and j2.id1 % 1000 = 1
--//
select * from j1
inner join j2 on j1.id1 = j2.id1 and j1.id2 = j2.id2
where j1.id1 % 1000 = 1 and j2.id1 % 1000 = 1
--//
explain (costs off) select * from j1
inner join j2 on j1.id1 = j2.id1 and j1.id2 = j2.id2
where j1.id1 % 1000 = 1 and j2.id1 % 1000 = 1 and j2.id1 = any (array[1])
--//
select * from j1
inner join j2 on j1.id1 = j2.id1 and j1.id2 = j2.id2
where j1.id1 % 1000 = 1 and j2.id1 % 1000 = 1 and j2.id1 = any (array[1])
--//
explain (costs off) select * from j1
inner join j2 on j1.id1 = j2.id1 and j1.id2 = j2.id2
where j1.id1 % 1000 = 1 and j2.id1 % 1000 = 1 and j2.id1 >= any (array[1,5])
--//
select * from j1
inner join j2 on j1.id1 = j2.id1 and j1.id2 = j2.id2
where j1.id1 % 1000 = 1 and j2.id1 % 1000 = 1 and j2.id1 >= any (array[1,5])
--//
explain (verbose, costs off)
select t1.unique1, t2.hundred
from onek t1, tenk1 t2
where exists (select 1 from tenk1 t3
              where t3.thousand = t1.unique1 and t3.tenthous = t2.hundred)
      and t1.unique1 < 1
--//
explain (verbose, costs off)
select t1.unique1, t2.hundred
from onek t1, tenk1 t2
where exists (select 1 from j3
              where j3.unique1 = t1.unique1 and j3.tenthous = t2.hundred)
      and t1.unique1 < 1
--//
update pg_class set reltuples = 1000 where relname = 'bigger_than_it_looks'
--//
insert into extremely_skewed
  select 42 as id, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
  from generate_series(1, 20000)
--//
update pg_class
  set reltuples = 2, relpages = pg_relation_size('extremely_skewed') / 8192
  where relname = 'extremely_skewed'
--//
explain (costs off)
  select count(*) from simple r join simple s using (id)
--//
select count(*) from simple r join simple s using (id)
--//
select original > 1 as initially_multibatch, final > original as increased_batches
  from hash_join_batches(
$$
  select count(*) from simple r join simple s using (id);
$$)
--//
explain (costs off)
  select count(*) FROM simple r JOIN bigger_than_it_looks s USING (id)
--//
select count(*) FROM simple r JOIN bigger_than_it_looks s USING (id)
--//
select original > 1 as initially_multibatch, final > original as increased_batches
  from hash_join_batches(
$$
  select count(*) FROM simple r JOIN bigger_than_it_looks s USING (id);
$$)
--//
explain (costs off)
  select count(*) from simple r join extremely_skewed s using (id)
--//
select count(*) from simple r join extremely_skewed s using (id)
--//
select * from hash_join_batches(
$$
  select count(*) from simple r join extremely_skewed s using (id);
$$)
--//
select * from hash_join_batches(
$$
  select count(*) from simple r join simple s using (id);
$$)
--//
explain (costs off)
  select count(*) from join_foo
    left join (select b1.id, b1.t from join_bar b1 join join_bar b2 using (id)) ss
    on join_foo.id < ss.id + 1 and join_foo.id > ss.id - 1
--//
select count(*) from join_foo
  left join (select b1.id, b1.t from join_bar b1 join join_bar b2 using (id)) ss
  on join_foo.id < ss.id + 1 and join_foo.id > ss.id - 1
--//
select final > 1 as multibatch
  from hash_join_batches(
$$
  select count(*) from join_foo
    left join (select b1.id, b1.t from join_bar b1 join join_bar b2 using (id)) ss
    on join_foo.id < ss.id + 1 and join_foo.id > ss.id - 1;
$$)
--//
explain (costs off)
     select  count(*) from simple r full outer join simple s using (id)
--//
select  count(*) from simple r full outer join simple s using (id)
--//
explain (costs off)
     select  count(*) from simple r full outer join simple s on (r.id = 0 - s.id)
--//
select  count(*) from simple r full outer join simple s on (r.id = 0 - s.id)
--//
explain (costs off)
  select length(max(s.t))
  from wide left join (select id, coalesce(t, '') || '' as t from wide) s using (id)
--//
select length(max(s.t))
from wide left join (select id, coalesce(t, '') || '' as t from wide) s using (id)
--//
select final > 1 as multibatch
  from hash_join_batches(
$$
  select length(max(s.t))
  from wide left join (select id, coalesce(t, '') || '' as t from wide) s using (id);
$$)
--//
INSERT INTO hjtest_1(a, b, id, c) VALUES ('text', 2, 1, false)
--//
INSERT INTO hjtest_2(a, id, b, c) VALUES (true, 1, 'another', 2)
--//
EXPLAIN (COSTS OFF, VERBOSE)
SELECT hjtest_1.a a1, hjtest_2.a a2,hjtest_1.tableoid::regclass t1, hjtest_2.tableoid::regclass t2
FROM hjtest_1, hjtest_2
WHERE
    hjtest_1.id = (SELECT 1 WHERE hjtest_2.id = 1)
    AND (SELECT hjtest_1.b * 5) = (SELECT hjtest_2.c*5)
    AND (SELECT hjtest_1.b * 5) < 50
    AND (SELECT hjtest_2.c * 5) < 55
    AND hjtest_1.a <> hjtest_2.b
--//
SELECT hjtest_1.a a1, hjtest_2.a a2,hjtest_1.tableoid::regclass t1, hjtest_2.tableoid::regclass t2
FROM hjtest_1, hjtest_2
WHERE
    hjtest_1.id = (SELECT 1 WHERE hjtest_2.id = 1)
    AND (SELECT hjtest_1.b * 5) = (SELECT hjtest_2.c*5)
    AND (SELECT hjtest_1.b * 5) < 50
    AND (SELECT hjtest_2.c * 5) < 55
    AND hjtest_1.a <> hjtest_2.b
--//
explain (costs off)
select i8.q2, ss.* from
int8_tbl i8,
lateral (select t1.fivethous, i4.f1 from tenk1 t1 join int4_tbl i4
         on t1.fivethous = i4.f1+i8.q2 order by 1,2) ss
--//
select i8.q2, ss.* from
int8_tbl i8,
lateral (select t1.fivethous, i4.f1 from tenk1 t1 join int4_tbl i4
         on t1.fivethous = i4.f1+i8.q2 order by 1,2) ss
--//
SELECT '""'::json
--//
SELECT $$''$$::json
--//
SELECT repeat('[', 10000)::json
--//
SELECT array_to_json(array(select 1 as a))
--//
SELECT array_to_json(array_agg(q),false) from (select x as b, x * 2 as c from generate_series(1,3) x) q
--//
SELECT array_to_json(array_agg(q),true) from (select x as b, x * 2 as c from generate_series(1,3) x) q
--//
SELECT array_to_json(array_agg(q),false)
  FROM ( SELECT $$a$$ || x AS b, y AS c,
               ARRAY[ROW(x.*,ARRAY[1,2,3]),
               ROW(y.*,ARRAY[4,5,6])] AS z
         FROM generate_series(1,2) x,
              generate_series(4,5) y) q
--//
SELECT array_to_json(array_agg(x),false) from generate_series(5,10) x
--//
SELECT array_to_json('{{1,5},{99,100}}'::int[])
--//
SELECT row_to_json(row(1,'foo'))
--//
SELECT row_to_json(q)
FROM (SELECT $$a$$ || x AS b,
         y AS c,
         ARRAY[ROW(x.*,ARRAY[1,2,3]),
               ROW(y.*,ARRAY[4,5,6])] AS z
      FROM generate_series(1,2) x,
           generate_series(4,5) y) q
--//
SELECT row_to_json(q,true)
FROM (SELECT $$a$$ || x AS b,
         y AS c,
         ARRAY[ROW(x.*,ARRAY[1,2,3]),
               ROW(y.*,ARRAY[4,5,6])] AS z
      FROM generate_series(1,2) x,
           generate_series(4,5) y) q
--//
SELECT row_to_json(q,true)
FROM rows q
--//
SELECT row_to_json(row((select array_agg(x) as d from generate_series(5,10) x)),false)
--//
select attname, to_json(histogram_bounds) histogram_bounds
from pg_stats
where tablename = 'rows' and
      schemaname = pg_my_temp_schema()::regnamespace::text
order by 1
--//
select to_json(timestamp '2014-05-28 12:22:35.614298')
--//
select to_json(timestamptz '2014-05-28 12:22:35.614298-04')
--//
select to_json(date '2014-05-28')
--//
SELECT json_agg(q)
  FROM ( SELECT $$a$$ || x AS b, y AS c,
               ARRAY[ROW(x.*,ARRAY[1,2,3]),
               ROW(y.*,ARRAY[4,5,6])] AS z
         FROM generate_series(1,2) x,
              generate_series(4,5) y) q
--//
SELECT json_agg(q ORDER BY x, y)
  FROM rows q
--//
UPDATE rows SET x = NULL WHERE x = 1
--//
SELECT json_agg(q ORDER BY x NULLS FIRST, y)
  FROM rows q
--//
SELECT row_to_json(q)
FROM (SELECT 'NaN'::float8 AS "float8field") q
--//
SELECT row_to_json(q)
FROM (SELECT '{"a":1,"b": [2,3,4,"d","e","f"],"c":{"p":1,"q":2}}'::json AS "jsonfield") q
--//
SELECT test_json -> 'x'
FROM test_json
WHERE json_type = 'scalar'
--//
SELECT test_json->'field2'
FROM test_json
WHERE json_type = 'object'
--//
SELECT test_json->>'field2'
FROM test_json
WHERE json_type = 'object'
--//
SELECT test_json -> 2
FROM test_json
WHERE json_type = 'scalar'
--//
SELECT test_json -> -1
FROM test_json
WHERE json_type = 'array'
--//
SELECT test_json->>2
FROM test_json
WHERE json_type = 'array'
--//
SELECT test_json ->> 6 FROM test_json WHERE json_type = 'array'
--//
SELECT test_json ->> 'field4' FROM test_json WHERE json_type = 'object'
--//
SELECT json_object_keys(test_json)
FROM test_json
WHERE json_type = 'scalar'
--//
select count(*) from
    (select json_object_keys(json_object(array_agg(g)))
     from (select unnest(array['f'||n,n::text])as g
           from generate_series(1,300) as n) x ) y
--//
select (test_json->'field3') is null as expect_false
from test_json
where json_type = 'object'
--//
select (test_json->>'field3') is null as expect_true
from test_json
where json_type = 'object'
--//
select (test_json->3) is null as expect_false
from test_json
where json_type = 'array'
--//
select (test_json->>3) is null as expect_true
from test_json
where json_type = 'array'
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::json -> null::text
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::json -> null::int
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::json -> 1
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::json -> -1
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::json -> 'z'
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::json ->> null::text
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::json ->> null::int
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::json ->> 1
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::json ->> 'z'
--//
SELECT json_array_length('[1,2,3,{"f1":1,"f2":[5,6]},4]')
--//
select json_extract_path('{"f2":{"f3":1},"f4":[0,1,2,null]}','f4','3') is null as expect_false
--//
select json_extract_path_text('{"f2":{"f3":1},"f4":[0,1,2,null]}','f4','3') is null as expect_true
--//
select '{"a": {"b":{"c": "foo"}}}'::json #> '{}'
--//
select '{"a": {"b":{"c": "foo"}}}'::json #> array['a']
--//
select '{"a": {"b":{"c": "foo"}}}'::json #> array['a', null]
--//
select '{"a": {"b":{"c": "foo"}}}'::json #> array['a', '']
--//
select '{"a": {"b":{"c": "foo"}}}'::json #> array['a','b']
--//
select '{"a": {"b":{"c": "foo"}}}'::json #> array['a','b','c']
--//
select '{"a": {"b":{"c": "foo"}}}'::json #> array['a','b','c','d']
--//
select '{"a": {"b":{"c": "foo"}}}'::json #>> '{}'
--//
select '{"a": {"b":{"c": "foo"}}}'::json #>> array['a']
--//
select '{"a": {"b":{"c": "foo"}}}'::json #>> array['a', null]
--//
select '{"a": {"b":{"c": "foo"}}}'::json #>> array['a', '']
--//
select '{"a": {"b":{"c": "foo"}}}'::json #>> array['a','b']
--//
select '{"a": {"b":{"c": "foo"}}}'::json #>> array['a','b','c']
--//
select '{"a": {"b":{"c": "foo"}}}'::json #>> array['a','b','c','d']
--//
select json_array_elements('[1,true,[1,[2,3]],null,{"f1":1,"f2":[7,8,9]},false,"stringy"]')
--//
select * from json_array_elements('[1,true,[1,[2,3]],null,{"f1":1,"f2":[7,8,9]},false,"stringy"]') q
--//
select json_array_elements_text('[1,true,[1,[2,3]],null,{"f1":1,"f2":[7,8,9]},false,"stringy"]')
--//
select * from json_array_elements_text('[1,true,[1,[2,3]],null,{"f1":1,"f2":[7,8,9]},false,"stringy"]') q
--//
select * from json_populate_record(null::jpop,'{"a":[100,200,false],"x":43.2}') q
--//
select * from json_populate_record(row('x',3,'2012-12-31 15:30:56')::jpop,'{"a":[100,200,false],"x":43.2}') q
--//
SELECT i FROM json_populate_record(NULL::jsrec_i_not_null, '{"x": 43.2}') q
--//
SELECT ia FROM json_populate_record(NULL::jsrec, '{"ia": null}') q
--//
SELECT ia1 FROM json_populate_record(NULL::jsrec, '{"ia1": null}') q
--//
SELECT ia1d FROM json_populate_record(NULL::jsrec, '{"ia1d": null}') q
--//
SELECT ta FROM json_populate_record(NULL::jsrec, '{"ta": null}') q
--//
SELECT c FROM json_populate_record(NULL::jsrec, '{"c": null}') q
--//
SELECT ca FROM json_populate_record(NULL::jsrec, '{"ca": null}') q
--//
SELECT js FROM json_populate_record(NULL::jsrec, '{"js": null}') q
--//
SELECT jsb FROM json_populate_record(NULL::jsrec, '{"jsb": null}') q
--//
SELECT jsa FROM json_populate_record(NULL::jsrec, '{"jsa": null}') q
--//
SELECT rec FROM json_populate_record(NULL::jsrec, '{"rec": 123}') q
--//
SELECT reca FROM json_populate_record(NULL::jsrec, '{"reca": 123}') q
--//
SELECT rec FROM json_populate_record(
	row(NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,
		row('x',3,'2012-12-31 15:30:56')::jpop,NULL)::jsrec,
	'{"rec": {"a": "abc", "c": "01.02.2003", "x": 43.2}}'
) q
--//
SELECT json_populate_record(null::record, '{"x": 0, "y": 1}')
--//
SELECT json_populate_record(row(1,2), '{"f1": 0, "f2": 1}')
--//
SELECT * FROM
  json_populate_record(null::record, '{"x": 776}') AS (x int, y int)
--//
SELECT json_populate_record(null::j_ordered_pair, '{"x": 0, "y": 1}')
--//
SELECT json_populate_record(row(1,2)::j_ordered_pair, '{"x": 0}')
--//
select * from json_populate_recordset(null::jpop2, '[{"a":2,"c":3,"b":{"z":4},"d":6}]') q
--//
SELECT json_populate_recordset(null::record, '[{"x": 0, "y": 1}]')
--//
SELECT json_populate_recordset(row(1,2), '[{"f1": 0, "f2": 1}]')
--//
SELECT * FROM
  json_populate_recordset(null::record, '[{"x": 776}]') AS (x int, y int)
--//
SELECT * FROM json_populate_recordset(NULL::jpop,'[]') q
--//
SELECT json_populate_recordset(null::j_ordered_pair, '[{"x": 0, "y": 1}]')
--//
SELECT json_populate_recordset(row(1,2)::j_ordered_pair, '[{"x": 0}, {"y": 3}]')
--//
INSERT INTO jspoptest
SELECT '{
	"jsa": [1, "2", null, 4],
	"rec": {"a": "abc", "c": "01.02.2003", "x": 43.2},
	"reca": [{"a": "abc", "b": 456}, null, {"c": "01.02.2003", "x": 43.2}]
}'::json
FROM generate_series(1, 3)
--//
SELECT (json_populate_record(NULL::jsrec, js)).* FROM jspoptest
--//
SELECT json_build_array('a',1,'b',1.2,'c',true,'d',null,'e',json '{"x": 3, "y": [1,2,3]}')
--//
SELECT json_build_array('a', NULL)
--//
SELECT json_build_array(VARIADIC NULL::text[])
--//
SELECT json_build_array(VARIADIC '{}'::text[])
--//
SELECT json_build_array(VARIADIC ARRAY['a', NULL]::text[])
--//
SELECT json_build_array(VARIADIC '{1,2,3,4}'::int[])
--//
SELECT json_build_array(VARIADIC '{{1,4},{2,5},{3,6}}'::int[][])
--//
SELECT json_build_object('a',1,'b',1.2,'c',true,'d',null,'e',json '{"x": 3, "y": [1,2,3]}')
--//
SELECT json_build_object(
       'a', json_build_object('b',false,'c',99),
       'd', json_build_object('e',array[9,8,7]::int[],
           'f', (select row_to_json(r) from ( select relkind, oid::regclass as name from pg_class where relname = 'pg_class') r)))
--//
SELECT json_build_object('{a,b,c}'::text[])
--//
SELECT json_build_object('{a,b,c}'::text[], '{d,e,f}'::text[])
--//
SELECT json_build_object('a', 'b', 'c')
--//
SELECT json_build_object(NULL, 'a')
--//
SELECT json_build_object('a', NULL)
--//
SELECT json_build_object(VARIADIC NULL::text[])
--//
SELECT json_build_object(VARIADIC '{}'::text[])
--//
SELECT json_build_object(VARIADIC ARRAY['a', NULL]::text[])
--//
SELECT json_build_object(VARIADIC ARRAY[NULL, 'a']::text[])
--//
SELECT json_build_object(VARIADIC '{1,2,3,4}'::int[])
--//
SELECT json_build_object(VARIADIC '{{1,4},{2,5},{3,6}}'::int[][])
--//
SELECT json_build_array()
--//
SELECT json_build_object()
--//
SELECT json_build_object(1,2)
--//
SELECT json_build_object(null,2)
--//
SELECT json_build_object(r,2) FROM (SELECT 1 AS a, 2 AS b) r
--//
SELECT json_build_object(json '{"a":1,"b":2}', 3)
--//
SELECT json_build_object('{1,2,3}'::int[], 3)
--//
INSERT INTO foo VALUES (847001,'t15','GE1043')
--//
SELECT json_build_object('turbines',json_object_agg(serial_num,json_build_object('name',name,'type',type)))
FROM foo
--//
SELECT json_object_agg(name, type) FROM foo
--//
INSERT INTO foo VALUES (999999, NULL, 'bar')
--//
SELECT json_object('{}')
--//
SELECT json_object('{}', '{}')
--//
select json_object('{a,b,c,"d e f"}','{1,2,3,"a b c"}')
--//
select *, c is null as c_is_null
from json_to_record('{"a":1, "b":{"c":16, "d":2}, "x":8, "ca": ["1 2", 3], "ia": [[1,2],[3,4]], "r": {"a": "aaa", "b": 123}}'::json)
    as t(a int, b json, c text, x int, ca char(5)[], ia int[][], r jpop)
--//
select *, c is null as c_is_null
from json_to_recordset('[{"a":1, "b":{"c":16, "d":2}, "x":8}]'::json)
    as t(a int, b json, c text, x int)
--//
select * from json_to_record('{"ia": null}') as x(ia _int4)
--//
select * from json_to_record('{"ia2": [1, 2, 3]}') as x(ia2 int[][])
--//
select * from json_to_record('{"ia2": [[1, 2], [3, 4]]}') as x(ia2 int4[][])
--//
select * from json_to_record('{"out": {"key": 1}}') as x(out json)
--//
select * from json_to_record('{"out": {"key": 1}}') as x(out jsonb)
--//
select json_strip_nulls(null)
--//
select json_strip_nulls('1')
--//
select to_tsvector('{"a": "aaa bbb ddd ccc", "b": ["eee fff ggg"], "c": {"d": "hhh iii"}}'::json)
--//
select to_tsvector('simple', '{"a": "aaa bbb ddd ccc", "b": ["eee fff ggg"], "c": {"d": "hhh iii"}}'::json)
--//
select json_to_tsvector('english', '{"a": "aaa in bbb", "b": 123, "c": 456, "d": true, "f": false, "g": null}'::json, '"all"')
--//
select json_to_tsvector('""'::json, '"all"')
--//
select ts_headline('{"a": "aaa bbb", "b": {"c": "ccc ddd fff", "c1": "ccc1 ddd1"}, "d": ["ggg hhh", "iii jjj"]}'::json, tsquery('bbb & ddd & hhh'))
--//
select ts_headline('english', '{"a": "aaa bbb", "b": {"c": "ccc ddd fff"}, "d": ["ggg hhh", "iii jjj"]}'::json, tsquery('bbb & ddd & hhh'))
--//
select ts_headline('{"a": "aaa bbb", "b": {"c": "ccc ddd fff", "c1": "ccc1 ddd1"}, "d": ["ggg hhh", "iii jjj"]}'::json, tsquery('bbb & ddd & hhh'), 'StartSel = <, StopSel = >')
--//
select ts_headline('english', '{"a": "aaa bbb", "b": {"c": "ccc ddd fff", "c1": "ccc1 ddd1"}, "d": ["ggg hhh", "iii jjj"]}'::json, tsquery('bbb & ddd & hhh'), 'StartSel = <, StopSel = >')
--//
SELECT getdatabaseencoding()
--//
select json '{ "a":  "\ud83d\ude04\ud83d\udc36" }' -> 'a' as correct_in_utf8
--//
select json '{ "a":  "\ud83d\ud83d" }' -> 'a'
--//
select json '{ "a":  "the Copyright \u00a9 sign" }' as correct_in_utf8
--//
select json '{ "a":  "dollar \u0024 character" }' as correct_everywhere
--//
select json '{ "a":  "dollar \\u0024 character" }' as not_an_escape
--//
select json '{ "a":  "null \u0000 escape" }' as not_unescaped
--//
select json '{ "a":  "the Copyright \u00a9 sign" }' ->> 'a' as correct_in_utf8
--//
select json '{ "a":  "dollar \u0024 character" }' ->> 'a' as correct_everywhere
--//
select json '{ "a":  "dollar \\u0024 character" }' ->> 'a' as not_an_escape
--//
select json '{ "a":  "null \u0000 escape" }' ->> 'a' as fails
--//
SELECT '"\u"'::jsonb
--//
SELECT octet_length('"\uaBcD"'::jsonb::text)
--//
SELECT octet_length((jsonb '{ "a":  "\ud83d\ude04\ud83d\udc36" }' -> 'a')::text) AS correct_in_utf8
--//
SELECT jsonb '{ "a":  "\ud83d\ud83d" }' -> 'a'
--//
SELECT jsonb '{ "a":  "the Copyright \u00a9 sign" }' as correct_in_utf8
--//
SELECT jsonb '{ "a":  "dollar \u0024 character" }' as correct_everywhere
--//
SELECT jsonb '{ "a":  "dollar \\u0024 character" }' as not_an_escape
--//
SELECT jsonb '{ "a":  "null \u0000 escape" }' as fails
--//
SELECT jsonb '{ "a":  "the Copyright \u00a9 sign" }' ->> 'a' as correct_in_utf8
--//
SELECT jsonb '{ "a":  "dollar \u0024 character" }' ->> 'a' as correct_everywhere
--//
SELECT jsonb '{ "a":  "dollar \\u0024 character" }' ->> 'a' as not_an_escape
--//
SELECT jsonb '{ "a":  "null \u0000 escape" }' ->> 'a' as fails
--//
SELECT $$''$$::jsonb
--//
SELECT repeat('[', 10000)::jsonb
--//
SELECT array_to_json(ARRAY [jsonb '{"a":1}', jsonb '{"b":[2,3]}'])
--//
select attname, to_jsonb(histogram_bounds) histogram_bounds
from pg_stats
where tablename = 'rows' and
      schemaname = pg_my_temp_schema()::regnamespace::text
order by 1
--//
select to_jsonb(timestamp '2014-05-28 12:22:35.614298')
--//
select to_jsonb(timestamptz '2014-05-28 12:22:35.614298-04')
--//
select to_jsonb(date '2014-05-28')
--//
SELECT jsonb_agg(q)
  FROM ( SELECT $$a$$ || x AS b, y AS c,
               ARRAY[ROW(x.*,ARRAY[1,2,3]),
               ROW(y.*,ARRAY[4,5,6])] AS z
         FROM generate_series(1,2) x,
              generate_series(4,5) y) q
--//
SELECT jsonb_agg(q ORDER BY x, y)
  FROM rows q
--//
SELECT jsonb_agg(q ORDER BY x NULLS FIRST, y)
  FROM rows q
--//
SELECT test_json -> 'x' FROM test_jsonb WHERE json_type = 'scalar'
--//
SELECT test_json ->> 'field2' FROM test_jsonb WHERE json_type = 'scalar'
--//
SELECT test_json -> 2 FROM test_jsonb WHERE json_type = 'scalar'
--//
SELECT test_json ->> 6 FROM test_jsonb WHERE json_type = 'array'
--//
SELECT jsonb_object_keys(test_json) FROM test_jsonb WHERE json_type = 'scalar'
--//
SELECT (test_json->'field3') IS NULL AS expect_false FROM test_jsonb WHERE json_type = 'object'
--//
SELECT (test_json->>'field3') IS NULL AS expect_true FROM test_jsonb WHERE json_type = 'object'
--//
SELECT (test_json->3) IS NULL AS expect_false FROM test_jsonb WHERE json_type = 'array'
--//
SELECT (test_json->>3) IS NULL AS expect_true FROM test_jsonb WHERE json_type = 'array'
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::jsonb -> null::text
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::jsonb -> null::int
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::jsonb -> 1
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::jsonb -> 'z'
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::jsonb ->> null::text
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::jsonb ->> null::int
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::jsonb ->> 1
--//
select '{"a": [{"b": "c"}, {"b": "cc"}]}'::jsonb ->> 'z'
--//
SELECT '[1,2]'::jsonb @> '[1,2,2]'::jsonb
--//
SELECT '[1,2,2]'::jsonb <@ '[1,2]'::jsonb
--//
SELECT '[5]'::jsonb @> '[5]'
--//
SELECT jsonb_array_length('[1,2,3,{"f1":1,"f2":[5,6]},4]')
--//
SELECT count(*) from testjsonb  WHERE j->'array' ? 'bar'
--//
SELECT count(*) from testjsonb  WHERE j->'array' ? '5'::text
--//
SELECT count(*) from testjsonb  WHERE j->'array' @> '5'::jsonb
--//
SELECT jsonb_typeof('{}') AS object
--//
SELECT jsonb_typeof('[]') AS array
--//
SELECT jsonb_typeof('null') AS "null"
--//
SELECT jsonb_typeof('1') AS number
--//
SELECT jsonb_typeof('true') AS boolean
--//
SELECT jsonb_typeof('"hello"') AS string
--//
SELECT jsonb_build_array('a',1,'b',1.2,'c',true,'d',null,'e',json '{"x": 3, "y": [1,2,3]}')
--//
SELECT jsonb_build_array('a', NULL)
--//
SELECT jsonb_build_array(VARIADIC NULL::text[])
--//
SELECT jsonb_build_array(VARIADIC '{}'::text[])
--//
SELECT jsonb_build_array(VARIADIC ARRAY['a', NULL]::text[])
--//
SELECT jsonb_build_array(VARIADIC '{1,2,3,4}'::int[])
--//
SELECT jsonb_build_array(VARIADIC '{{1,4},{2,5},{3,6}}'::int[][])
--//
SELECT jsonb_build_object('a',1,'b',1.2,'c',true,'d',null,'e',json '{"x": 3, "y": [1,2,3]}')
--//
SELECT jsonb_build_object(
       'a', jsonb_build_object('b',false,'c',99),
       'd', jsonb_build_object('e',array[9,8,7]::int[],
           'f', (select row_to_json(r) from ( select relkind, oid::regclass as name from pg_class where relname = 'pg_class') r)))
--//
SELECT jsonb_build_object('{a,b,c}'::text[])
--//
SELECT jsonb_build_object('{a,b,c}'::text[], '{d,e,f}'::text[])
--//
SELECT jsonb_build_object('a', 'b', 'c')
--//
SELECT jsonb_build_object(NULL, 'a')
--//
SELECT jsonb_build_object('a', NULL)
--//
SELECT jsonb_build_object(VARIADIC NULL::text[])
--//
SELECT jsonb_build_object(VARIADIC '{}'::text[])
--//
SELECT jsonb_build_object(VARIADIC ARRAY['a', NULL]::text[])
--//
SELECT jsonb_build_object(VARIADIC ARRAY[NULL, 'a']::text[])
--//
SELECT jsonb_build_object(VARIADIC '{1,2,3,4}'::int[])
--//
SELECT jsonb_build_object(VARIADIC '{{1,4},{2,5},{3,6}}'::int[][])
--//
SELECT jsonb_build_array()
--//
SELECT jsonb_build_object()
--//
SELECT jsonb_build_object(1,2)
--//
SELECT jsonb_build_object(null,2)
--//
SELECT jsonb_build_object(r,2) FROM (SELECT 1 AS a, 2 AS b) r
--//
SELECT jsonb_build_object(json '{"a":1,"b":2}', 3)
--//
SELECT jsonb_build_object('{1,2,3}'::int[], 3)
--//
SELECT jsonb_object_agg(1, NULL::jsonb)
--//
SELECT jsonb_object_agg(NULL, '{"a":1}')
--//
SELECT jsonb_build_object('turbines',jsonb_object_agg(serial_num,jsonb_build_object('name',name,'type',type)))
FROM foo
--//
SELECT jsonb_object_agg(name, type) FROM foo
--//
SELECT jsonb_object_agg(DISTINCT 'a', 'abc')
--//
SELECT jsonb_object('{}')
--//
SELECT jsonb_object('{}', '{}')
--//
select jsonb_object('{a,b,c,"d e f"}','{1,2,3,"a b c"}')
--//
SELECT jsonb_extract_path('{"f2":{"f3":1},"f4":[0,1,2,null]}','f4','3') IS NULL AS expect_false
--//
SELECT jsonb_extract_path_text('{"f2":{"f3":1},"f4":[0,1,2,null]}','f4','3') IS NULL AS expect_true
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #> '{}'
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #> array['a']
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #> array['a', null]
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #> array['a', '']
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #> array['a','b']
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #> array['a','b','c']
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #> array['a','b','c','d']
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #>> '{}'
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #>> array['a']
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #>> array['a', null]
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #>> array['a', '']
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #>> array['a','b']
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #>> array['a','b','c']
--//
select '{"a": {"b":{"c": "foo"}}}'::jsonb #>> array['a','b','c','d']
--//
SELECT jsonb_array_elements('[1,true,[1,[2,3]],null,{"f1":1,"f2":[7,8,9]},false]')
--//
SELECT * FROM jsonb_array_elements('[1,true,[1,[2,3]],null,{"f1":1,"f2":[7,8,9]},false]') q
--//
SELECT jsonb_array_elements_text('[1,true,[1,[2,3]],null,{"f1":1,"f2":[7,8,9]},false,"stringy"]')
--//
SELECT * FROM jsonb_array_elements_text('[1,true,[1,[2,3]],null,{"f1":1,"f2":[7,8,9]},false,"stringy"]') q
--//
SELECT * FROM jsonb_populate_record(NULL::jbpop,'{"a":[100,200,false],"x":43.2}') q
--//
SELECT * FROM jsonb_populate_record(row('x',3,'2012-12-31 15:30:56')::jbpop,'{"a":[100,200,false],"x":43.2}') q
--//
SELECT * FROM jsonb_populate_record(row('x',3,'2012-12-31 15:30:56')::jbpop, '{}') q
--//
SELECT i FROM jsonb_populate_record(NULL::jsbrec_i_not_null, '{"x": 43.2}') q
--//
SELECT ia FROM jsonb_populate_record(NULL::jsbrec, '{"ia": null}') q
--//
SELECT ia1 FROM jsonb_populate_record(NULL::jsbrec, '{"ia1": null}') q
--//
SELECT ia1d FROM jsonb_populate_record(NULL::jsbrec, '{"ia1d": null}') q
--//
SELECT ta FROM jsonb_populate_record(NULL::jsbrec, '{"ta": null}') q
--//
SELECT c FROM jsonb_populate_record(NULL::jsbrec, '{"c": null}') q
--//
SELECT ca FROM jsonb_populate_record(NULL::jsbrec, '{"ca": null}') q
--//
SELECT js FROM jsonb_populate_record(NULL::jsbrec, '{"js": null}') q
--//
SELECT jsb FROM jsonb_populate_record(NULL::jsbrec, '{"jsb": null}') q
--//
SELECT jsa FROM jsonb_populate_record(NULL::jsbrec, '{"jsa": null}') q
--//
SELECT rec FROM jsonb_populate_record(NULL::jsbrec, '{"rec": 123}') q
--//
SELECT reca FROM jsonb_populate_record(NULL::jsbrec, '{"reca": 123}') q
--//
SELECT rec FROM jsonb_populate_record(
	row(NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,
		row('x',3,'2012-12-31 15:30:56')::jbpop,NULL)::jsbrec,
	'{"rec": {"a": "abc", "c": "01.02.2003", "x": 43.2}}'
) q
--//
SELECT jsonb_populate_record(null::record, '{"x": 0, "y": 1}')
--//
SELECT jsonb_populate_record(row(1,2), '{"f1": 0, "f2": 1}')
--//
SELECT * FROM
  jsonb_populate_record(null::record, '{"x": 776}') AS (x int, y int)
--//
SELECT jsonb_populate_record(null::jb_ordered_pair, '{"x": 0, "y": 1}')
--//
SELECT jsonb_populate_record(row(1,2)::jb_ordered_pair, '{"x": 0}')
--//
SELECT jsonb_populate_recordset(null::record, '[{"x": 0, "y": 1}]')
--//
SELECT jsonb_populate_recordset(row(1,2), '[{"f1": 0, "f2": 1}]')
--//
SELECT * FROM
  jsonb_populate_recordset(null::record, '[{"x": 776}]') AS (x int, y int)
--//
SELECT * FROM jsonb_populate_recordset(NULL::jbpop,'[]') q
--//
SELECT jsonb_populate_recordset(null::jb_ordered_pair, '[{"x": 0, "y": 1}]')
--//
SELECT jsonb_populate_recordset(row(1,2)::jb_ordered_pair, '[{"x": 0}, {"y": 3}]')
--//
select *, c is null as c_is_null
from jsonb_to_record('{"a":1, "b":{"c":16, "d":2}, "x":8, "ca": ["1 2", 3], "ia": [[1,2],[3,4]], "r": {"a": "aaa", "b": 123}}'::jsonb)
    as t(a int, b jsonb, c text, x int, ca char(5)[], ia int[][], r jbpop)
--//
select *, c is null as c_is_null
from jsonb_to_recordset('[{"a":1, "b":{"c":16, "d":2}, "x":8}]'::jsonb)
    as t(a int, b jsonb, c text, x int)
--//
select * from jsonb_to_record('{"ia": null}') as x(ia _int4)
--//
select * from jsonb_to_record('{"ia2": [1, 2, 3]}') as x(ia2 int[][])
--//
select * from jsonb_to_record('{"ia2": [[1, 2], [3, 4]]}') as x(ia2 int4[][])
--//
select * from jsonb_to_record('{"out": {"key": 1}}') as x(out json)
--//
select * from jsonb_to_record('{"out": {"key": 1}}') as x(out jsonb)
--//
INSERT INTO jsbpoptest
SELECT '{
	"jsa": [1, "2", null, 4],
	"rec": {"a": "abc", "c": "01.02.2003", "x": 43.2},
	"reca": [{"a": "abc", "b": 456}, null, {"c": "01.02.2003", "x": 43.2}]
}'::jsonb
FROM generate_series(1, 3)
--//
SELECT (jsonb_populate_record(NULL::jsbrec, js)).* FROM jsbpoptest
--//
SELECT count(*) FROM testjsonb WHERE j @> '{"age":25}'
--//
SELECT count(*) FROM testjsonb WHERE j ? 'public'
--//
SELECT count(*) FROM testjsonb WHERE j ?| ARRAY['public','disabled']
--//
SELECT count(*) FROM testjsonb WHERE j ?& ARRAY['public','disabled']
--//
SELECT count(*) FROM testjsonb WHERE j @@ '$.wait == null'
--//
SELECT count(*) FROM testjsonb WHERE j @? '$.wait ? (@ == null)'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM testjsonb WHERE j @@ '$.wait == null'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM testjsonb WHERE j @? '$.wait ? (@ == null)'
--//
SELECT count(*) FROM (SELECT (jsonb_each(j)).key FROM testjsonb) AS wow
--//
SELECT key, count(*) FROM (SELECT (jsonb_each(j)).key FROM testjsonb) AS wow GROUP BY key ORDER BY count DESC, key
--//
SELECT count(distinct j) FROM testjsonb
--//
SELECT count(*) FROM (SELECT j FROM (SELECT * FROM testjsonb UNION ALL SELECT * FROM testjsonb) js GROUP BY j) js2
--//
SELECT distinct * FROM (values (jsonb '{}' || ''::text),('{}')) v(j)
--//
SELECT count(*) FROM testjsonb WHERE j > '{"p":1}'
--//
insert into nestjsonb (j) values ('{"a":[["b",{"x":1}],["b",{"x":2}]],"c":3}')
--//
select * from nestjsonb where j @> '{"a":[[{"x":2}]]}'::jsonb
--//
select * from nestjsonb where j @> '{"c":3}'
--//
SELECT '["a","b","c",[1,2],null]'::jsonb -> 3 -> 1
--//
SELECT '["a","b","c",[1,2],null]'::jsonb -> -1
--//
select jsonb_strip_nulls(null)
--//
select jsonb_strip_nulls('1')
--//
select jsonb_pretty('{"a": "test", "b": [1, 2, 3], "c": "test3", "d":{"dd": "test4", "dd2":{"ddd": "test5"}}}')
--//
select jsonb_concat('{"d": "test", "a": [1, 2]}', '{"g": "test2", "c": {"c1":1, "c2":2}}')
--//
select '{"aa":1 , "b":2, "cq":3}'::jsonb || '{}'
--//
select '["c"]' || '["a", "b"]'::jsonb
--//
select '[]'::jsonb || '["a"]'::jsonb
--//
select pg_column_size('{}'::jsonb || '{}'::jsonb) = pg_column_size('{}'::jsonb)
--//
select jsonb_delete('{"a":1 , "b":2, "c":3}'::jsonb, 'a')
--//
select '{"a":1 , "b":2, "c":3}'::jsonb - 'a'
--//
select pg_column_size('{"a":1 , "b":2, "c":3}'::jsonb - 'b') = pg_column_size('{"a":1, "b":2}'::jsonb)
--//
select '["a","b","c"]'::jsonb - 3
--//
select '["a","b","c"]'::jsonb - -1
--//
select '{"a":1 , "b":2, "c":3}'::jsonb - '{b}'::text[]
--//
select '"a"'::jsonb #- '{a}'
--//
select jsonb_set('"a"','{a}','"b"')
--//
select jsonb_set('{}','{a}','"b"', false)
--//
select jsonb_set('{"a": [1, 2, 3]}', '{a, non_integer}', '"new_value"')
--//
select jsonb_set_lax('{"a":1,"b":2}','{b}','5')
--//
select jsonb_set_lax('{"a":1,"b":2}','{d}','6', true)
--//
select jsonb_set_lax('{"a":1,"b":2}','{b}',null)
--//
select jsonb_set_lax('{"a":1,"b":2}','{d}',null,true)
--//
select jsonb_set_lax('{"a":1,"b":2}', '{b}', null, true, null)
--//
select jsonb_set_lax('{"a":1,"b":2}', '{b}', null, true, 'no_such_treatment')
--//
select jsonb_set_lax('{"a":1,"b":2}', '{b}', null, null_value_treatment => 'raise_exception') as raise_exception
--//
select jsonb_set_lax('{"a":1,"b":2}', '{b}', null, null_value_treatment => 'return_target') as return_target
--//
select jsonb_set_lax('{"a":1,"b":2}', '{b}', null, null_value_treatment => 'delete_key') as delete_key
--//
select jsonb_set_lax('{"a":1,"b":2}', '{b}', null, null_value_treatment => 'use_json_null') as use_json_null
--//
select jsonb_insert('{"a": [0,1,2]}', '{a, 1}', '"new_value"')
--//
select jsonb_insert('{"a": [0,1,2]}', '{a, 1}', '"new_value"', true)
--//
select ('123'::jsonb)['a']
--//
select ('123'::jsonb)[0]
--//
select ('123'::jsonb)[NULL]
--//
select ('[1, "2", null]'::jsonb)[1.0]
--//
select ('[1, "2", null]'::jsonb)[-2]
--//
select ('[1, "2", null]'::jsonb)[1]['a']
--//
select ('[1, "2", null]'::jsonb)[1][0]
--//
select ('{"a": 1, "b": "c", "d": [1, 2, 3]}'::jsonb)['d'][1]
--//
select ('{"a": 1, "b": "c", "d": [1, 2, 3]}'::jsonb)['d']['a']
--//
select ('{"a": {"a1": {"a2": "aaa"}}, "b": "bbb", "c": "ccc"}'::jsonb)['a']['a1']['a2']
--//
select ('{"a": {"a1": {"a2": "aaa"}}, "b": "bbb", "c": "ccc"}'::jsonb)['a']['a1']['a2']['a3']
--//
select ('{"a": ["a1", {"b1": ["aaa", "bbb", "ccc"]}], "b": "bb"}'::jsonb)['a'][1]['b1']
--//
select ('{"a": ["a1", {"b1": ["aaa", "bbb", "ccc"]}], "b": "bb"}'::jsonb)['a'][1]['b1'][2]
--//
select ('[1, "2", null]'::jsonb)[1:2]
--//
select ('[1, "2", null]'::jsonb)[:2]
--//
select ('[1, "2", null]'::jsonb)[1:]
--//
select ('[1, "2", null]'::jsonb)[:]
--//
insert into test_jsonb_subscript values
(1, '{}'),
(2, '{"key": "value"}')
--//
update test_jsonb_subscript set test_json['a'] = '1' where id = 1
--//
select * from test_jsonb_subscript
--//
update test_jsonb_subscript set test_json['a'] = '"test"'
--//
update test_jsonb_subscript set test_json['a'] = '{"b": 1}'::jsonb
--//
select * from test_jsonb_subscript where test_json['key'] = '"value"'
--//
update test_jsonb_subscript set test_json[NULL] = '1'
--//
update test_jsonb_subscript set test_json['another_key'] = NULL
--//
insert into test_jsonb_subscript values (3, NULL)
--//
update test_jsonb_subscript set test_json = NULL where id = 3
--//
update test_jsonb_subscript set test_json[0] = '1'
--//
delete from test_jsonb_subscript
--//
insert into test_jsonb_subscript values (1, '[0]')
--//
update test_jsonb_subscript set test_json[-4] = '1'
--//
update test_jsonb_subscript set test_json['a'][0]['b'][0]['c'] = '1'
--//
update test_jsonb_subscript set test_json['a'][2]['b'][2]['c'][2] = '1'
--//
update test_jsonb_subscript set test_json['a'][0] = '2'
--//
update test_jsonb_subscript set test_json[0]['a'] = '1'
--//
update test_jsonb_subscript set test_json['a']['b'][1] = '1'
--//
update test_jsonb_subscript set test_json[0][0][0] = '1'
--//
update test_jsonb_subscript set test_json['a'][10][10] = '1'
--//
update test_jsonb_subscript set test_json['a']['b']['c'][2] = '1'
--//
update test_jsonb_subscript set test_json['a'][1]['c'][2] = '1'
--//
update test_jsonb_subscript set test_json['a']['b'] = '1'
--//
update test_jsonb_subscript set test_json['a']['b']['c'] = '1'
--//
update test_jsonb_subscript set test_json['a'][0]['c'] = '1'
--//
update test_jsonb_subscript set test_json[0][0] = '1'
--//
insert into test_jsonb_subscript values('foo', '{"foo": "bar"}')
--//
insert into test_jsonb_subscript
  select s, ('{"' || s || '": "bar"}')::jsonb from repeat('xyzzy', 500) s
--//
select length(id), test_json[id] from test_jsonb_subscript
--//
update test_jsonb_subscript set test_json[id] = '"baz"'
--//
table test_jsonb_subscript
--//
select to_tsvector('{"a": "aaa bbb ddd ccc", "b": ["eee fff ggg"], "c": {"d": "hhh iii"}}'::jsonb)
--//
select to_tsvector('simple', '{"a": "aaa bbb ddd ccc", "b": ["eee fff ggg"], "c": {"d": "hhh iii"}}'::jsonb)
--//
select jsonb_to_tsvector('english', '{"a": "aaa in bbb", "b": 123, "c": 456, "d": true, "f": false, "g": null}'::jsonb, '"all"')
--//
select jsonb_to_tsvector('""'::jsonb, '"all"')
--//
select ts_headline('{"a": "aaa bbb", "b": {"c": "ccc ddd fff", "c1": "ccc1 ddd1"}, "d": ["ggg hhh", "iii jjj"]}'::jsonb, tsquery('bbb & ddd & hhh'))
--//
select ts_headline('english', '{"a": "aaa bbb", "b": {"c": "ccc ddd fff"}, "d": ["ggg hhh", "iii jjj"]}'::jsonb, tsquery('bbb & ddd & hhh'))
--//
select ts_headline('{"a": "aaa bbb", "b": {"c": "ccc ddd fff", "c1": "ccc1 ddd1"}, "d": ["ggg hhh", "iii jjj"]}'::jsonb, tsquery('bbb & ddd & hhh'), 'StartSel = <, StopSel = >')
--//
select ts_headline('english', '{"a": "aaa bbb", "b": {"c": "ccc ddd fff", "c1": "ccc1 ddd1"}, "d": ["ggg hhh", "iii jjj"]}'::jsonb, tsquery('bbb & ddd & hhh'), 'StartSel = <, StopSel = >')
--//
select 'true'::jsonb::bool
--//
select '1.0'::jsonb::float
--//
select '12345'::jsonb::int4
--//
select '12345'::jsonb::numeric
--//
select '12345.05'::jsonb::float4
--//
select jsonb '{"a": 12}' @? '$'
--//
select jsonb_path_query('[1]', 'strict $[1]')
--//
select jsonb_path_query('[1]', 'strict $[1]', silent => true)
--//
select jsonb_path_exists('[{"a": 1}, {"a": 2}, 3]', 'lax $[*].a', silent => false)
--//
select jsonb_path_exists('[{"a": 1}, {"a": 2}, 3]', 'lax $[*].a', silent => true)
--//
select * from jsonb_path_query('{"a": 10}', '$')
--//
select * from jsonb_path_query('{"a": 10}', '$ ? (@.a < $value)', '1')
--//
select
	x, y,
	jsonb_path_query(
		'[true, false, null]',
		'$[*] ? (@ == true  &&  ($x == true && $y == true) ||
				 @ == false && !($x == true && $y == true) ||
				 @ == null  &&  ($x == true && $y == true) is unknown)',
		jsonb_build_object('x', x, 'y', y)
	) as "x && y"
from
	(values (jsonb 'true'), ('false'), ('"null"')) x(x),
	(values (jsonb 'true'), ('false'), ('"null"')) y(y)
--//
select
	x, y,
	jsonb_path_query(
		'[true, false, null]',
		'$[*] ? (@ == true  &&  ($x == true || $y == true) ||
				 @ == false && !($x == true || $y == true) ||
				 @ == null  &&  ($x == true || $y == true) is unknown)',
		jsonb_build_object('x', x, 'y', y)
	) as "x || y"
from
	(values (jsonb 'true'), ('false'), ('"null"')) x(x),
	(values (jsonb 'true'), ('false'), ('"null"')) y(y)
--//
select jsonb '2' @@ '$ > 1'
--//
select jsonb_path_match('[[1, true], [2, false]]', 'strict $[*] ? (@[0] > $x) [1]', '{"x": 1}')
--//
select jsonb_path_match('[{"a": 1}, {"a": 2}, 3]', 'lax exists($[*].a)', silent => false)
--//
select jsonb_path_match('[{"a": 1}, {"a": 2}, 3]', 'lax exists($[*].a)', silent => true)
--//
select jsonb_path_query(
	'["2017-03-10", "2017-03-11", "2017-03-09", "12:34:56", "01:02:03+04", "2017-03-10 00:00:00", "2017-03-10 12:34:56", "2017-03-10 01:02:03+04", "2017-03-10 03:00:00+03"]',
	'$[*].datetime() ? (@ == "10.03.2017".datetime("dd.mm.yyyy"))')
--//
select jsonb_path_query_tz(
	'["2017-03-10", "2017-03-11", "2017-03-09", "12:34:56", "01:02:03+04", "2017-03-10 00:00:00", "2017-03-10 12:34:56", "2017-03-10 01:02:03+04", "2017-03-10 03:00:00+03"]',
	'$[*].datetime() ? (@ == "10.03.2017".datetime("dd.mm.yyyy"))')
--//
select jsonb_path_query('"1000000-01-01"', '$.datetime() > "2020-01-01 12:00:00".datetime()'::jsonpath)
--//
SELECT jsonb_path_query_array('[{"a": 1}, {"a": 2}, {}]', 'strict $[*].a')
--//
SELECT jsonb_path_query_array('[{"a": 1}, {"a": 2}, {"a": 3}, {"a": 5}]', '$[*].a ? (@ > $min && @ < $max)', vars => '{"min": 1, "max": 4}')
--//
SELECT jsonb_path_query_first('[{"a": 1}, {"a": 2}, {}]', 'strict $[*].a')
--//
SELECT jsonb_path_query_first('[{"a": 1}, {"a": 2}, {}]', 'strict $[*].a', silent => true)
--//
SELECT jsonb_path_query_first('[{"a": 1}, {"a": 2}, {"a": 3}, {"a": 5}]', '$[*].a ? (@ > $min && @ < $max)', vars => '{"min": 1, "max": 4}')
--//
SELECT jsonb_path_exists('[{"a": 1}, {"a": 2}]', '$[*].a ? (@ > 1)')
--//
SELECT jsonb_path_exists('[{"a": 1}, {"a": 2}, {"a": 3}, {"a": 5}]', '$[*] ? (@.a > $min && @.a < $max)', vars => '{"min": 1, "max": 4}')
--//
SELECT jsonb_path_match('[{"a": 1}, {"a": 2}]', '$[*].a > 1')
--//
WITH str(j, num) AS
(
	SELECT jsonb_build_object('s', s), num
	FROM unnest('{"", "a", "ab", "abc", "abcd", "b", "A", "AB", "ABC", "ABc", "ABcD", "B"}'::text[]) WITH ORDINALITY AS a(s, num)
)
SELECT
	s1.j, s2.j,
	jsonb_path_query_first(s1.j, '$.s < $s', vars => s2.j) lt,
	jsonb_path_query_first(s1.j, '$.s <= $s', vars => s2.j) le,
	jsonb_path_query_first(s1.j, '$.s == $s', vars => s2.j) eq,
	jsonb_path_query_first(s1.j, '$.s >= $s', vars => s2.j) ge,
	jsonb_path_query_first(s1.j, '$.s > $s', vars => s2.j) gt
FROM str s1, str s2
ORDER BY s1.num, s2.num
--//
select ''::jsonpath
--//
select '"\ud83d\ude04\ud83d\udc36"'::jsonpath as correct_in_utf8
--//
select '"dollar \u0024 character"'::jsonpath as correct_everywhere
--//
select '"dollar \\u0024 character"'::jsonpath as not_an_escape
--//
select '"null \u0000 escape"'::jsonpath as not_unescaped
--//
SELECT lo_create(42)
--//
INSERT INTO lotest_stash_values (loid) SELECT lo_creat(42)
--//
UPDATE lotest_stash_values SET fd = lo_open(loid, CAST(x'20000' | x'40000' AS integer))
--//
SELECT lowrite(fd, '
I wandered lonely as a cloud
That floats on high o''er vales and hills,
When all at once I saw a crowd,
A host, of golden daffodils;
Beside the lake, beneath the trees,
Fluttering and dancing in the breeze.
Continuous as the stars that shine
And twinkle on the milky way,
They stretched in never-ending line
Along the margin of a bay:
Ten thousand saw I at a glance,
Tossing their heads in sprightly dance.
The waves beside them danced; but they
Out-did the sparkling waves in glee:
A poet could not but be gay,
In such a jocund company:
I gazed--and gazed--but little thought
What wealth the show to me had brought:
For oft, when on my couch I lie
In vacant or in pensive mood,
They flash upon that inward eye
Which is the bliss of solitude;
And then my heart with pleasure fills,
And dances with the daffodils.
         -- William Wordsworth
') FROM lotest_stash_values
--//
SELECT lo_close(fd) FROM lotest_stash_values
--//
SELECT lo_from_bytea(0, lo_get(loid)) AS newloid FROM lotest_stash_values
--//
UPDATE lotest_stash_values SET fd=lo_open(loid, CAST(x'20000' | x'40000' AS integer))
--//
SELECT lo_lseek(fd, 104, 0) FROM lotest_stash_values
--//
SELECT loread(fd, 28) FROM lotest_stash_values
--//
SELECT lo_lseek(fd, -19, 1) FROM lotest_stash_values
--//
SELECT lo_tell(fd) FROM lotest_stash_values
--//
SELECT lo_open(loid, x'40000'::int) from lotest_stash_values
--//
SELECT lo_truncate(fd, 11) FROM lotest_stash_values
--//
SELECT lo_lseek64(fd, 4294967296, 0) FROM lotest_stash_values
--//
SELECT lo_tell64(fd) FROM lotest_stash_values
--//
SELECT lo_lseek64(fd, -10, 1) FROM lotest_stash_values
--//
SELECT lo_truncate64(fd, 5000000000) FROM lotest_stash_values
--//
SELECT lo_unlink(loid) from lotest_stash_values
--//
TRUNCATE lotest_stash_values
--//
SELECT lo_from_bytea(0, lo_get(:newloid_1)) AS newloid_2
--//
SELECT md5(lo_get(:newloid_1)) = md5(lo_get(:newloid_2))
--//
SELECT lo_get(:newloid_1, 0, 20)
--//
SELECT lo_put(:newloid_1, 5, decode('afafafaf', 'hex'))
--//
SELECT lo_put(:newloid_1, 4294967310, 'foo')
--//
SELECT lo_get(:newloid_1)
--//
SELECT lo_from_bytea(0, E'\\xdeadbeef') AS newloid
--//
SELECT ''::text AS two, unique1, unique2, stringu1
		FROM onek WHERE unique1 > 50
		ORDER BY unique1 LIMIT 2
--//
SELECT ''::text AS five, unique1, unique2, stringu1
		FROM onek WHERE unique1 > 60
		ORDER BY unique1 LIMIT 5
--//
SELECT ''::text AS two, unique1, unique2, stringu1
		FROM onek WHERE unique1 > 60 AND unique1 < 63
		ORDER BY unique1 LIMIT 5
--//
SELECT ''::text AS three, unique1, unique2, stringu1
		FROM onek WHERE unique1 > 100
		ORDER BY unique1 LIMIT 3 OFFSET 20
--//
SELECT ''::text AS zero, unique1, unique2, stringu1
		FROM onek WHERE unique1 < 50
		ORDER BY unique1 DESC LIMIT 8 OFFSET 99
--//
SELECT ''::text AS eleven, unique1, unique2, stringu1
		FROM onek WHERE unique1 < 50
		ORDER BY unique1 DESC LIMIT 20 OFFSET 39
--//
SELECT ''::text AS ten, unique1, unique2, stringu1
		FROM onek
		ORDER BY unique1 OFFSET 990
--//
SELECT ''::text AS five, unique1, unique2, stringu1
		FROM onek
		ORDER BY unique1 OFFSET 990 LIMIT 5
--//
SELECT ''::text AS five, unique1, unique2, stringu1
		FROM onek
		ORDER BY unique1 LIMIT 5 OFFSET 900
--//
select * from int8_tbl limit (case when random() < 0.5 then null::bigint end)
--//
select * from int8_tbl offset (case when random() < 0.5 then null::bigint end)
--//
SELECT
  (SELECT n
     FROM (VALUES (1)) AS x,
          (SELECT n FROM generate_series(1,10) AS n
             ORDER BY n LIMIT 1 OFFSET s-1) AS y) AS z
  FROM generate_series(1,10) AS s
--//
explain (verbose, costs off)
select unique1, unique2, nextval('testseq')
  from tenk1 order by unique2 limit 10
--//
select unique1, unique2, nextval('testseq')
  from tenk1 order by unique2 limit 10
--//
select currval('testseq')
--//
explain (verbose, costs off)
select unique1, unique2, nextval('testseq')
  from tenk1 order by tenthous limit 10
--//
select unique1, unique2, nextval('testseq')
  from tenk1 order by tenthous limit 10
--//
explain (verbose, costs off)
select unique1, unique2, generate_series(1,10)
  from tenk1 order by unique2 limit 7
--//
select unique1, unique2, generate_series(1,10)
  from tenk1 order by unique2 limit 7
--//
explain (verbose, costs off)
select unique1, unique2, generate_series(1,10)
  from tenk1 order by tenthous limit 7
--//
select unique1, unique2, generate_series(1,10)
  from tenk1 order by tenthous limit 7
--//
explain (verbose, costs off)
select generate_series(0,2) as s1, generate_series((random()*.1)::int,2) as s2
--//
select generate_series(0,2) as s1, generate_series((random()*.1)::int,2) as s2
--//
explain (verbose, costs off)
select generate_series(0,2) as s1, generate_series((random()*.1)::int,2) as s2
order by s2 desc
--//
select generate_series(0,2) as s1, generate_series((random()*.1)::int,2) as s2
order by s2 desc
--//
explain (verbose, costs off)
select sum(tenthous) as s1, sum(tenthous) + random()*0 as s2
  from tenk1 group by thousand order by thousand limit 3
--//
select sum(tenthous) as s1, sum(tenthous) + random()*0 as s2
  from tenk1 group by thousand order by thousand limit 3
--//
SELECT  thousand
		FROM onek WHERE thousand < 5
		ORDER BY thousand FETCH FIRST 2 ROW WITH TIES
--//
SELECT  thousand
		FROM onek WHERE thousand < 5
		ORDER BY thousand FETCH FIRST ROWS WITH TIES
--//
SELECT  thousand
		FROM onek WHERE thousand < 5
		ORDER BY thousand FETCH FIRST 2 ROW ONLY
--//
SELECT  thousand
		FROM onek WHERE thousand < 5
		ORDER BY thousand FETCH FIRST 1 ROW WITH TIES FOR UPDATE SKIP LOCKED
--//
SELECT ''::text AS two, unique1, unique2, stringu1
		FROM onek WHERE unique1 > 50
		FETCH FIRST 2 ROW WITH TIES
--//
INSERT INTO LINE_TBL VALUES ('{0,-1,5}')
--//
INSERT INTO LINE_TBL VALUES (line(point '(3,1)', point '(3,2)'))
--//
select * from LINE_TBL
--//
select '{nan, 1, nan}'::line = '{nan, 1, nan}'::line as true,
	   '{nan, 1, nan}'::line = '{nan, 2, nan}'::line as false
--//
select relname from pg_locks l, pg_class c
 where l.relation = c.oid and relname like '%lock_%' and mode = 'ExclusiveLock'
 order by relname
--//
SELECT test_atomic_ops()
--//
INSERT INTO LSEG_TBL VALUES ('[(1,2),(3,4)]')
--//
INSERT INTO LSEG_TBL VALUES (lseg(point(11, 22), point(33,44)))
--//
select * from LSEG_TBL
--//
INSERT INTO macaddr_data VALUES (1, '08:00:2b:01:02:03')
--//
SELECT * FROM macaddr_data
--//
SELECT a, b, trunc(b) FROM macaddr_data ORDER BY 2, 1
--//
SELECT b <  '08:00:2b:01:02:04' FROM macaddr_data WHERE a = 1
--//
SELECT b >  '08:00:2b:01:02:04' FROM macaddr_data WHERE a = 1
--//
SELECT b <= '08:00:2b:01:02:04' FROM macaddr_data WHERE a = 1
--//
SELECT b >= '08:00:2b:01:02:04' FROM macaddr_data WHERE a = 1
--//
SELECT b =  '08:00:2b:01:02:03' FROM macaddr_data WHERE a = 1
--//
SELECT b <> '08:00:2b:01:02:04' FROM macaddr_data WHERE a = 1
--//
SELECT ~b                       FROM macaddr_data
--//
SELECT  b | '01:02:03:04:05:06' FROM macaddr_data
--//
SELECT '08:00:2b:01:02:03     '::macaddr8
--//
SELECT macaddr8_set7bit('00:08:2b:01:02:03'::macaddr8)
--//
INSERT INTO macaddr8_data VALUES (1, '08:00:2b:01:02:03')
--//
SELECT * FROM macaddr8_data ORDER BY 1
--//
SELECT a, b, trunc(b) FROM macaddr8_data ORDER BY 2, 1
--//
SELECT b <  '08:00:2b:01:02:04' FROM macaddr8_data WHERE a = 1
--//
SELECT b >  '08:00:2b:ff:fe:01:02:04' FROM macaddr8_data WHERE a = 1
--//
SELECT b::macaddr <= '08:00:2b:01:02:04' FROM macaddr8_data WHERE a = 1
--//
SELECT b::macaddr >= '08:00:2b:01:02:04' FROM macaddr8_data WHERE a = 1
--//
SELECT b =  '08:00:2b:ff:fe:01:02:03' FROM macaddr8_data WHERE a = 1
--//
SELECT b::macaddr <> '08:00:2b:01:02:04'::macaddr FROM macaddr8_data WHERE a = 1
--//
SELECT b <= '08:00:2b:01:02:03:04:06' FROM macaddr8_data WHERE a = 15
--//
SELECT b >= '08:00:2b:01:02:03:04:06' FROM macaddr8_data WHERE a = 15
--//
SELECT b <> '08:00:2b:01:02:03:04:06' FROM macaddr8_data WHERE a = 15
--//
SELECT ~b                       FROM macaddr8_data
--//
SELECT  b | '01:02:03:04:05:06' FROM macaddr8_data
--//
SELECT reltuples, relhassubclass
  FROM pg_class WHERE oid = 'past_inh_db_parent'::regclass
--//
INSERT INTO mvtest_t VALUES
  (1, 'x', 2),
  (2, 'x', 3),
  (3, 'y', 5),
  (4, 'y', 7),
  (5, 'z', 11)
--//
SELECT * FROM mvtest_tv ORDER BY type
--//
EXPLAIN (costs off)
  CREATE MATERIALIZED VIEW mvtest_tm AS SELECT type, sum(amt) AS totamt FROM mvtest_t GROUP BY type WITH NO DATA
--//
SELECT relispopulated FROM pg_class WHERE oid = 'mvtest_tm'::regclass
--//
SELECT * FROM mvtest_tm ORDER BY type
--//
EXPLAIN (costs off)
  CREATE MATERIALIZED VIEW mvtest_tvm AS SELECT * FROM mvtest_tv ORDER BY type
--//
SELECT * FROM mvtest_tvm
--//
EXPLAIN (costs off)
  CREATE MATERIALIZED VIEW mvtest_tvvm AS SELECT * FROM mvtest_tvv
--//
INSERT INTO mvtest_t VALUES (6, 'z', 13)
--//
SELECT * FROM mvtest_tvm ORDER BY type
--//
EXPLAIN (costs off)
  SELECT * FROM mvtest_tmm
--//
EXPLAIN (costs off)
  SELECT * FROM mvtest_tvmm
--//
EXPLAIN (costs off)
  SELECT * FROM mvtest_tvvm
--//
SELECT * FROM mvtest_tmm
--//
SELECT * FROM mvtest_tvmm
--//
SELECT * FROM mvtest_tvvm
--//
SELECT * FROM mvtest_tvvm FOR SHARE
--//
SELECT type, m.totamt AS mtot, v.totamt AS vtot FROM mvtest_tm m LEFT JOIN mvtest_tv v USING (type) ORDER BY type
--//
INSERT INTO mvtest_foo SELECT * FROM mvtest_foo
--//
INSERT INTO mvtest_foo VALUES(2, 3, 4)
--//
INSERT INTO mvtest_boxes (b) VALUES
  ('(32,32),(31,31)'),
  ('(2.0000004,2.0000004),(1,1)'),
  ('(1.9999996,1.9999996),(1,1)')
--//
UPDATE mvtest_boxes SET b = '(2,2),(1,1)' WHERE id = 2
--//
SELECT * FROM mvtest_boxmv ORDER BY id
--//
INSERT INTO mvtest_v values (1, 2)
--//
UPDATE mvtest_v SET j = 3 WHERE x = 1
--//
SELECT * FROM mvtest_v
--//
SELECT * FROM mvtest_mv_v
--//
SELECT * FROM mvtest_mv_v_2
--//
SELECT * FROM mv_unspecified_types
--//
DELETE FROM mvtest_v WHERE EXISTS ( SELECT * FROM mvtest_mv_v WHERE mvtest_mv_v.a = mvtest_v.a )
--//
SELECT mvtest_func()
--//
SELECT * FROM mvtest1
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE MATERIALIZED VIEW matview_schema.mv_withdata2 (a) AS
  SELECT generate_series(1, 10) WITH DATA
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE MATERIALIZED VIEW matview_schema.mv_nodata2 (a) AS
  SELECT generate_series(1, 10) WITH NO DATA
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE MATERIALIZED VIEW matview_ine_tab AS
    SELECT 1 / 0
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE MATERIALIZED VIEW IF NOT EXISTS matview_ine_tab AS
    SELECT 1 / 0
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE MATERIALIZED VIEW matview_ine_tab AS
    SELECT 1 / 0 WITH NO DATA
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE MATERIALIZED VIEW IF NOT EXISTS matview_ine_tab AS
    SELECT 1 / 0 WITH NO DATA
--//
SELECT explain_memoize('
SELECT COUNT(*),AVG(t1.unique1) FROM tenk1 t1
INNER JOIN tenk1 t2 ON t1.unique1 = t2.twenty
WHERE t2.unique1 < 1000;', false)
--//
SELECT COUNT(*),AVG(t1.unique1) FROM tenk1 t1
INNER JOIN tenk1 t2 ON t1.unique1 = t2.twenty
WHERE t2.unique1 < 1000
--//
SELECT COUNT(*),AVG(t2.unique1) FROM tenk1 t1,
LATERAL (SELECT t2.unique1 FROM tenk1 t2
         WHERE t1.twenty = t2.unique1 OFFSET 0) t2
WHERE t1.unique1 < 1000
--//
INSERT INTO expr_key (x, t)
SELECT d1::numeric, d1::text FROM (
    SELECT round((d / pi())::numeric, 7) AS d1 FROM generate_series(1, 20) AS d
) t
--//
INSERT INTO expr_key SELECT * FROM expr_key
--//
SELECT explain_memoize('
SELECT COUNT(*),AVG(t1.unique1) FROM tenk1 t1
INNER JOIN tenk1 t2 ON t1.unique1 = t2.thousand
WHERE t2.unique1 < 1200;', true)
--//
INSERT INTO flt VALUES('-0.0'::float),('+0.0'::float)
--//
INSERT INTO strtest VALUES('one','one'),('two','two'),('three',repeat(md5('three'),100))
--//
INSERT INTO strtest SELECT * FROM strtest
--//
INSERT INTO prt VALUES (0), (0), (0), (0)
--//
EXPLAIN (COSTS OFF)
SELECT unique1 FROM tenk1 t0
WHERE unique1 < 3
  AND EXISTS (
	SELECT 1 FROM tenk1 t1
	INNER JOIN tenk1 t2 ON t1.unique1 = t2.hundred
	WHERE t0.ten = t1.twenty AND t0.two <> t2.four OFFSET 0)
--//
SELECT unique1 FROM tenk1 t0
WHERE unique1 < 3
  AND EXISTS (
	SELECT 1 FROM tenk1 t1
	INNER JOIN tenk1 t2 ON t1.unique1 = t2.hundred
	WHERE t0.ten = t1.twenty AND t0.two <> t2.four OFFSET 0)
--//
EXPLAIN (COSTS OFF)
SELECT COUNT(*),AVG(t2.unique1) FROM tenk1 t1,
LATERAL (SELECT t2.unique1 FROM tenk1 t2 WHERE t1.twenty = t2.unique1) t2
WHERE t1.unique1 < 1000
--//
SELECT COUNT(*),AVG(t2.unique1) FROM tenk1 t1,
LATERAL (SELECT t2.unique1 FROM tenk1 t2 WHERE t1.twenty = t2.unique1) t2
WHERE t1.unique1 < 1000
--//
INSERT INTO target VALUES (1, 10)
--//
SELECT t.ctid is not null as matched, t.*, s.* FROM source s FULL OUTER JOIN target t ON s.sid = t.tid ORDER BY t.tid, s.sid
--//
EXPLAIN (COSTS OFF)
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	DELETE
--//
MERGE INTO target t RANDOMWORD
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	UPDATE SET balance = 0
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	INSERT DEFAULT VALUES
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT INTO target DEFAULT VALUES
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT VALUES (1,1), (2,2)
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT SELECT (1, 1)
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	UPDATE SET balance = 0
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	UPDATE target SET balance = 0
--//
MERGE INTO target
USING target
ON tid = tid
WHEN MATCHED THEN DO NOTHING
--//
WITH foo AS (
  MERGE INTO target USING source ON (true)
  WHEN MATCHED THEN DELETE
) SELECT * FROM foo
--//
MERGE INTO tv t
USING source s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT DEFAULT VALUES
--//
MERGE INTO mv t
USING source s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT DEFAULT VALUES
--//
MERGE INTO target
USING (SELECT 1) AS s
ON true
WHEN MATCHED THEN
	DO NOTHING
--//
MERGE INTO target
USING source2
ON target.tid = source2.sid
WHEN MATCHED THEN
	UPDATE SET balance = 0
--//
MERGE INTO target2
USING source
ON target2.tid = source.sid
WHEN MATCHED THEN
	DELETE
--//
MERGE INTO target2
USING source
ON target2.tid = source.sid
WHEN NOT MATCHED THEN
	INSERT DEFAULT VALUES
--//
MERGE INTO target t
USING (SELECT * FROM source WHERE t.tid > sid) s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT DEFAULT VALUES
--//
MERGE INTO target
USING source
ON target.tid = source.sid
WHEN MATCHED THEN
	UPDATE SET balance = 0
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	UPDATE SET balance = 0
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	DELETE
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT DEFAULT VALUES
--//
INSERT INTO source VALUES (4, 40)
--//
SELECT * FROM source ORDER BY sid
--//
SELECT * FROM target ORDER BY tid
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	DO NOTHING
--//
INSERT INTO target SELECT generate_series(1000,2500), 0
--//
EXPLAIN (COSTS OFF)
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	UPDATE SET balance = 0
--//
EXPLAIN (COSTS OFF)
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT VALUES (4, NULL)
--//
DELETE FROM target WHERE tid > 100
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	DO NOTHING
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT VALUES (4, NULL)
--//
DELETE FROM source WHERE sid = 2
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT VALUES (4, 4)
WHEN MATCHED THEN
	UPDATE SET balance = 0
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	UPDATE SET balance = 0
WHEN NOT MATCHED THEN
	INSERT VALUES (4, 4)
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	UPDATE SET balance = t.balance + s.delta
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT VALUES (s.sid, s.delta)
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT (tid, balance) VALUES (s.sid, s.delta)
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT (tid, balance) VALUES (t.tid, s.delta)
--//
MERGE INTO target t
USING source AS s
ON (SELECT true)
WHEN NOT MATCHED THEN
	INSERT (tid, balance) VALUES (t.tid, s.delta)
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN
	UPDATE SET balance = t.balance + s.delta
WHEN NOT MATCHED THEN
	INSERT VALUES (s.sid, s.delta)
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED THEN /* Terminal WHEN clause for MATCHED */
	DELETE
WHEN MATCHED THEN
	UPDATE SET balance = t.balance - s.delta
--//
INSERT INTO wq_source (sid, balance) VALUES (1, 100)
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT (tid) VALUES (s.sid)
--//
SELECT * FROM wq_target
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN NOT MATCHED AND FALSE THEN
	INSERT (tid) VALUES (s.sid)
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN NOT MATCHED AND s.balance <> 100 THEN
	INSERT (tid) VALUES (s.sid)
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN NOT MATCHED AND s.balance = 100 THEN
	INSERT (tid) VALUES (s.sid)
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN NOT MATCHED AND t.balance = 100 THEN
	INSERT (tid) VALUES (s.sid)
--//
SELECT * FROM wq_source
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN MATCHED AND s.balance = 100 THEN
	UPDATE SET balance = t.balance + s.balance
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN MATCHED AND t.balance = 100 THEN
	UPDATE SET balance = t.balance + s.balance
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN MATCHED AND t.balance = 99 AND s.balance > 100 THEN
	UPDATE SET balance = t.balance + s.balance
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN MATCHED AND t.balance = 99 AND s.balance = 100 THEN
	UPDATE SET balance = t.balance + s.balance
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN MATCHED AND t.balance = 99 OR s.balance > 100 THEN
	UPDATE SET balance = t.balance + s.balance
--//
MERGE INTO wq_target t
USING wq_source s ON (t.tid = s.sid)
WHEN matched and t = s or t.tid = s.sid THEN
	UPDATE SET balance = t.balance + s.balance
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN MATCHED AND t.balance > (SELECT max(balance) FROM target) THEN
	UPDATE SET balance = t.balance + s.balance
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN MATCHED AND t.xmin = t.xmax THEN
	UPDATE SET balance = t.balance + s.balance
--//
MERGE INTO wq_target t
USING wq_source s ON t.tid = s.sid
WHEN MATCHED AND t.tableoid >= 0 THEN
	UPDATE SET balance = t.balance + s.balance
--//
UPDATE target SET balance = 0 WHERE tid = 3
--//
MERGE INTO target t
USING source AS s
ON t.tid = s.sid
WHEN MATCHED AND t.balance > s.delta THEN
	UPDATE SET balance = t.balance - s.delta
WHEN MATCHED THEN
	DELETE
WHEN NOT MATCHED THEN
	INSERT VALUES (s.sid, s.delta)
--//
SELECT * FROM target full outer join source on (sid = tid)
--//
MERGE INTO target t
USING (SELECT 9 AS sid, 57 AS delta) AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT (tid, balance) VALUES (s.sid, s.delta)
--//
MERGE INTO target t
USING (SELECT sid, delta FROM source WHERE delta > 0) AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT (tid, balance) VALUES (s.sid, s.delta)
--//
MERGE INTO target t
USING (SELECT sid, delta as newname FROM source WHERE delta > 0) AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT (tid, balance) VALUES (s.sid, s.newname)
--//
MERGE INTO target t1
USING target t2
ON t1.tid = t2.tid
WHEN MATCHED THEN
	UPDATE SET balance = t1.balance + t2.balance
WHEN NOT MATCHED THEN
	INSERT VALUES (t2.tid, t2.balance)
--//
MERGE INTO target t
USING (SELECT tid as sid, balance as delta FROM target WHERE balance > 0) AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT (tid, balance) VALUES (s.sid, s.delta)
--//
MERGE INTO target t
USING
(SELECT sid, max(delta) AS delta
 FROM source
 GROUP BY sid
 HAVING count(*) = 1
 ORDER BY sid ASC) AS s
ON t.tid = s.sid
WHEN NOT MATCHED THEN
	INSERT (tid, balance) VALUES (s.sid, s.delta)
--//
SELECT merge_func(3, 4)
--//
INSERT INTO sq_target(tid, balance) VALUES (1,100), (2,200), (3,300)
--//
INSERT INTO sq_source(sid, delta) VALUES (1,10), (2,20), (4,40)
--//
MERGE INTO sq_target t
USING (SELECT * FROM sq_source) s
ON tid = sid
WHEN MATCHED AND t.balance > delta THEN
	UPDATE SET balance = t.balance + delta
--//
SELECT * FROM sq_target
--//
MERGE INTO sq_target
USING v
ON tid = sid
WHEN MATCHED THEN
    UPDATE SET balance = v.balance + delta
--//
MERGE INTO sq_target
USING v
ON tid = sid
WHEN MATCHED AND tid > 2 THEN
    UPDATE SET balance = balance + delta
WHEN NOT MATCHED THEN
	INSERT (balance, tid) VALUES (balance + delta, sid)
WHEN MATCHED AND tid < 2 THEN
	DELETE
--//
INSERT INTO sq_source (sid, balance, delta) VALUES (-1, -1, -10)
--//
MERGE INTO sq_target t
USING v
ON tid = sid
WHEN MATCHED AND tid > 2 THEN
    UPDATE SET balance = t.balance + delta
WHEN NOT MATCHED THEN
	INSERT (balance, tid) VALUES (balance + delta, sid)
WHEN MATCHED AND tid < 2 THEN
	DELETE
--//
WITH targq AS (
	SELECT * FROM v
)
MERGE INTO sq_target t
USING v
ON tid = sid
WHEN MATCHED AND tid > 2 THEN
    UPDATE SET balance = t.balance + delta
WHEN NOT MATCHED THEN
	INSERT (balance, tid) VALUES (balance + delta, sid)
WHEN MATCHED AND tid < 2 THEN
	DELETE
--//
MERGE INTO sq_target t
USING v
ON tid = sid
WHEN MATCHED AND tid > 2 THEN
    UPDATE SET balance = t.balance + delta
WHEN NOT MATCHED THEN
	INSERT (balance, tid) VALUES (balance + delta, sid)
WHEN MATCHED AND tid < 2 THEN
	DELETE
RETURNING *
--//
INSERT INTO ex_mtarget SELECT i, i*10 FROM generate_series(1,100,2) i
--//
INSERT INTO ex_msource SELECT i, i*10 FROM generate_series(1,100,1) i
--//
SELECT explain_merge('
MERGE INTO ex_mtarget t USING ex_msource s ON t.a = s.a
WHEN MATCHED THEN
	UPDATE SET b = t.b + 1')
--//
EXPLAIN (verbose, costs off)
MERGE INTO tgt t
USING (SELECT *, (SELECT count(*) FROM ref r
                   WHERE r.ab = s.a + s.b
                     AND r.cd = s.c - s.d) cnt
         FROM src s) s
ON t.a = s.a AND t.b < s.cnt
WHEN MATCHED AND t.c > s.cnt THEN
  UPDATE SET (b, c) = (SELECT s.b, s.cnt)
--//
MERGE INTO sq_target t
USING v
ON tid = sid
WHEN MATCHED THEN
    UPDATE SET balance = (SELECT count(*) FROM sq_target)
--//
SELECT * FROM sq_target WHERE tid = 1
--//
MERGE INTO sq_target t
USING v
ON tid = sid
WHEN MATCHED AND (SELECT count(*) > 0 FROM sq_target) THEN
    UPDATE SET balance = 42
--//
MERGE INTO sq_target t
USING v
ON tid = sid AND (SELECT count(*) > 0 FROM sq_target)
WHEN MATCHED THEN
    UPDATE SET balance = 42
--//
INSERT INTO pa_source SELECT id, id * 10  FROM generate_series(1,14) AS id
--//
INSERT INTO pa_target SELECT id, id * 100, 'initial' FROM generate_series(1,14,2) AS id
--//
MERGE INTO pa_target t
  USING pa_source s
  ON t.tid = s.sid
  WHEN MATCHED THEN
    UPDATE SET balance = balance + delta, val = val || ' updated by merge'
  WHEN NOT MATCHED THEN
    INSERT VALUES (sid, delta, 'inserted by merge')
--//
SELECT * FROM pa_target ORDER BY tid
--//
MERGE INTO pa_target t
  USING pa_source s
  ON t.tid = s.sid AND tid = 1
  WHEN MATCHED THEN
    UPDATE SET balance = balance + delta, val = val || ' updated by merge'
  WHEN NOT MATCHED THEN
    INSERT VALUES (sid, delta, 'inserted by merge')
--//
SELECT merge_func()
--//
TRUNCATE pa_target
--//
MERGE INTO pa_target t
  USING (VALUES (10, 100)) AS s(sid, delta)
  ON t.tid = s.sid
  WHEN NOT MATCHED THEN
    INSERT VALUES (1, 10, 'inserted by merge')
  WHEN MATCHED THEN
    DO NOTHING
--//
SELECT * FROM pa_target ORDER BY tid, val
--//
MERGE INTO pa_target t
  USING pa_source s
  ON t.tid = s.sid AND tid IN (1, 5)
  WHEN MATCHED AND tid % 5 = 0 THEN DELETE
  WHEN MATCHED THEN
    UPDATE SET balance = balance + delta, val = val || ' updated by merge'
  WHEN NOT MATCHED THEN
    INSERT VALUES (sid, delta, 'inserted by merge')
--//
MERGE INTO pa_target t
  USING pa_source s
  ON t.tid = s.sid AND t.tid IN (1,2,3,4)
  WHEN MATCHED THEN
    UPDATE SET tid = tid - 1
--//
INSERT INTO pa_target SELECT '2017-01-31', id, id * 100, 'initial' FROM generate_series(1,9,3) AS id
--//
MERGE INTO pa_target t
  USING (SELECT '2017-01-15' AS slogts, * FROM pa_source WHERE sid < 10) s
  ON t.tid = s.sid
  WHEN MATCHED THEN
    UPDATE SET balance = balance + delta, val = val || ' updated by merge'
  WHEN NOT MATCHED THEN
    INSERT VALUES (slogts::timestamp, sid, delta, 'inserted by merge')
--//
INSERT INTO pa_source VALUES (1), (2)
--//
EXPLAIN (VERBOSE, COSTS OFF)
MERGE INTO pa_target t USING pa_source s ON t.tid = s.sid
  WHEN NOT MATCHED THEN INSERT VALUES (s.sid)
--//
MERGE INTO pa_target t USING pa_source s ON t.tid = s.sid
  WHEN NOT MATCHED THEN INSERT VALUES (s.sid)
--//
TABLE pa_target
--//
INSERT INTO cj_source1 VALUES (1, 10, 100)
--//
INSERT INTO cj_source2 VALUES (1, 'initial source2')
--//
MERGE INTO cj_target t
USING cj_source1 s1
	INNER JOIN cj_source2 s2 ON sid1 = sid2
ON t.tid = sid1
WHEN NOT MATCHED THEN
	INSERT VALUES (sid1, delta, sval)
--//
MERGE INTO cj_target t
USING cj_source2 s2
	INNER JOIN cj_source1 s1 ON sid1 = sid2 AND scat = 20
ON t.tid = sid1
WHEN NOT MATCHED THEN
	INSERT VALUES (sid2, delta, sval)
WHEN MATCHED THEN
	DELETE
--//
MERGE INTO cj_target t
USING cj_source2 s2
	INNER JOIN cj_source1 s1 ON sid1 = sid2
ON t.tid = sid1
WHEN NOT MATCHED THEN
	INSERT VALUES (sid2, delta + scat, sval)
WHEN MATCHED THEN
	UPDATE SET val = val || ' updated by merge'
--//
MERGE INTO cj_target t
USING cj_source2 s2
	INNER JOIN cj_source1 s1 ON sid1 = sid2 AND scat = 20
ON t.tid = sid1
WHEN MATCHED THEN
	UPDATE SET val = val || ' ' || delta::text
--//
SELECT * FROM cj_target
--//
MERGE INTO cj_target t
USING (SELECT *, 'join input'::text AS phv FROM cj_source1) fj
	FULL JOIN cj_source2 fj2 ON fj.scat = fj2.sid2 * 10
ON t.tid = fj.scat
WHEN NOT MATCHED THEN
	INSERT (tid, balance, val) VALUES (fj.scat, fj.delta, fj.phv)
--//
TRUNCATE cj_target
--//
MERGE INTO cj_target t
USING cj_source1 s1
	INNER JOIN cj_source2 s2 ON s1.sid = s2.sid
ON t.tid = s1.sid
WHEN NOT MATCHED THEN
	INSERT VALUES (s2.sid, delta, sval)
--//
MERGE INTO fs_target t
USING generate_series(1,100,1) AS id
ON t.a = id
WHEN MATCHED THEN
	UPDATE SET b = b + id
WHEN NOT MATCHED THEN
	INSERT VALUES (id, -1)
--//
MERGE INTO fs_target t
USING generate_series(1,100,2) AS id
ON t.a = id
WHEN MATCHED THEN
	UPDATE SET b = b + id, c = 'updated '|| id.*::text
WHEN NOT MATCHED THEN
	INSERT VALUES (id, -1, 'inserted ' || id.*::text)
--//
SELECT count(*) FROM fs_target
--//
INSERT INTO measurement VALUES (0, '2005-07-21', 5, 15)
--//
SELECT tableoid::regclass, * FROM measurement ORDER BY city_id, logdate
--//
INSERT INTO new_measurement VALUES (0, '2005-07-21', 25, 20)
--//
INSERT INTO new_measurement VALUES (1, '2006-03-27', NULL, NULL)
--//
INSERT INTO new_measurement VALUES (1, '2007-01-15', 5, NULL)
--//
MERGE INTO ONLY measurement m
 USING new_measurement nm ON
      (m.city_id = nm.city_id and m.logdate=nm.logdate)
WHEN MATCHED AND nm.peaktemp IS NULL THEN DELETE
WHEN MATCHED THEN UPDATE
     SET peaktemp = greatest(m.peaktemp, nm.peaktemp),
        unitsales = m.unitsales + coalesce(nm.unitsales, 0)
WHEN NOT MATCHED THEN INSERT
     (city_id, logdate, peaktemp, unitsales)
   VALUES (city_id, logdate, peaktemp, unitsales)
--//
SELECT tableoid::regclass, * FROM measurement ORDER BY city_id, logdate, peaktemp
--//
MERGE into measurement m
 USING new_measurement nm ON
      (m.city_id = nm.city_id and m.logdate=nm.logdate)
WHEN MATCHED AND nm.peaktemp IS NULL THEN DELETE
WHEN MATCHED THEN UPDATE
     SET peaktemp = greatest(m.peaktemp, nm.peaktemp),
        unitsales = m.unitsales + coalesce(nm.unitsales, 0)
WHEN NOT MATCHED THEN INSERT
     (city_id, logdate, peaktemp, unitsales)
   VALUES (city_id, logdate, peaktemp, unitsales)
--//
MERGE INTO new_measurement nm
 USING ONLY measurement m ON
      (nm.city_id = m.city_id and nm.logdate=m.logdate)
WHEN MATCHED THEN DELETE
--//
SELECT * FROM new_measurement ORDER BY city_id, logdate
--//
MERGE INTO new_measurement nm
 USING measurement m ON
      (nm.city_id = m.city_id and nm.logdate=m.logdate)
WHEN MATCHED THEN DELETE
--//
EXPLAIN (COSTS OFF)
MERGE INTO measurement m
 USING (VALUES (1, '01-17-2007'::date)) nm(city_id, logdate) ON
      (m.city_id = nm.city_id and m.logdate=nm.logdate)
WHEN NOT MATCHED THEN INSERT
     (city_id, logdate, peaktemp, unitsales)
   VALUES (city_id - 1, logdate, 25, 100)
--//
MERGE INTO measurement m
 USING (VALUES (1, '01-17-2007'::date)) nm(city_id, logdate) ON
      (m.city_id = nm.city_id and m.logdate=nm.logdate)
WHEN NOT MATCHED THEN INSERT
     (city_id, logdate, peaktemp, unitsales)
   VALUES (city_id - 1, logdate, 25, 100)
--//
SELECT * FROM ONLY measurement ORDER BY city_id, logdate
--//
MERGE INTO measurement m
 USING (VALUES (1, '01-17-2007'::date)) nm(city_id, logdate) ON
      (m.city_id = nm.city_id and m.logdate=nm.logdate)
WHEN NOT MATCHED THEN INSERT
     (city_id, logdate, peaktemp, unitsales)
   VALUES (city_id - 1, logdate, NULL, 100)
--//
MERGE INTO pg_class c
USING (SELECT 'pg_depend'::regclass AS oid) AS j
ON j.oid = c.oid
WHEN MATCHED THEN
	UPDATE SET reltuples = reltuples + 1
--//
MERGE INTO pg_class c
USING pg_namespace n
ON n.oid = c.relnamespace
WHEN MATCHED AND c.oid = 'pg_depend'::regclass THEN
	UPDATE SET reltuples = reltuples - 1
--//
UPDATE onek
   SET unique1 = onek.unique1 + 1
--//
UPDATE onek
   SET unique1 = onek.unique1 - 1
--//
SELECT two, stringu1, ten, string4
   INTO TABLE tmp
   FROM onek
--//
UPDATE tmp
   SET stringu1 = reverse_name(onek.stringu1)
   FROM onek
   WHERE onek.stringu1 = 'JBAAAA' and
	  onek.stringu1 = tmp.stringu1
--//
UPDATE tmp
   SET stringu1 = reverse_name(onek2.stringu1)
   FROM onek2
   WHERE onek2.stringu1 = 'JCAAAA' and
	  onek2.stringu1 = tmp.stringu1
--//
SELECT * FROM onek EXCEPT ALL SELECT * FROM onek_copy
--//
SELECT * FROM onek_copy EXCEPT ALL SELECT * FROM onek
--//
SELECT * FROM stud_emp_copy
--//
INSERT INTO hobbies_r (name, person)
   SELECT 'posthacking', p.name
   FROM person* p
   WHERE p.name = 'mike' or p.name = 'jeff'
--//
INSERT INTO hobbies_r (name, person)
   SELECT 'basketball', p.name
   FROM person p
   WHERE p.name = 'joe' or p.name = 'sally'
--//
INSERT INTO hobbies_r (name) VALUES ('skywalking')
--//
INSERT INTO equipment_r (name, hobby) VALUES ('advil', 'posthacking')
--//
SELECT p.name, name(p.hobbies) FROM ONLY person p
--//
SELECT p.name, name(p.hobbies) FROM person* p
--//
SELECT DISTINCT hobbies_r.name, name(hobbies_r.equipment) FROM hobbies_r
  ORDER BY 1,2
--//
SELECT hobbies_r.name, (hobbies_r.equipment).name FROM hobbies_r
--//
SELECT p.name, name(p.hobbies), name(equipment(p.hobbies)) FROM ONLY person p
--//
SELECT p.name, name(p.hobbies), name(equipment(p.hobbies)) FROM person* p
--//
SELECT name(equipment(p.hobbies)), p.name, name(p.hobbies) FROM ONLY person p
--//
SELECT (p.hobbies).equipment.name, p.name, name(p.hobbies) FROM person* p
--//
SELECT (p.hobbies).equipment.name, name(p.hobbies), p.name FROM ONLY person p
--//
SELECT name(equipment(p.hobbies)), name(p.hobbies), p.name FROM person* p
--//
SELECT name(equipment(hobby_construct(text 'skywalking', text 'mer')))
--//
SELECT name(equipment(hobby_construct_named(text 'skywalking', text 'mer')))
--//
SELECT name(equipment_named(hobby_construct_named(text 'skywalking', text 'mer')))
--//
SELECT name(equipment_named_ambiguous_1a(hobby_construct_named(text 'skywalking', text 'mer')))
--//
SELECT name(equipment_named_ambiguous_1b(hobby_construct_named(text 'skywalking', text 'mer')))
--//
SELECT name(equipment_named_ambiguous_1c(hobby_construct_named(text 'skywalking', text 'mer')))
--//
SELECT name(equipment_named_ambiguous_2a(text 'skywalking'))
--//
SELECT name(equipment_named_ambiguous_2b(text 'skywalking'))
--//
SELECT hobbies_by_name('basketball')
--//
SELECT name, overpaid(emp.*) FROM emp
--//
SELECT * FROM equipment(ROW('skywalking', 'mer'))
--//
SELECT name(equipment(ROW('skywalking', 'mer')))
--//
SELECT *, name(equipment(h.*)) FROM hobbies_r h
--//
SELECT *, (equipment(CAST((h.*) AS hobbies_r))).name FROM hobbies_r h
--//
SELECT num_nonnulls(NULL)
--//
SELECT num_nonnulls('1')
--//
SELECT num_nonnulls(NULL::text)
--//
SELECT num_nonnulls(NULL::text, NULL::int)
--//
SELECT num_nonnulls(1, 2, NULL::text, NULL::point, '', int8 '9', 1.0 / NULL)
--//
SELECT num_nonnulls(VARIADIC '{1,2,NULL,3}'::int[])
--//
SELECT num_nonnulls(VARIADIC '{"1","2","3","4"}'::text[])
--//
SELECT num_nonnulls(VARIADIC ARRAY(SELECT CASE WHEN i <> 40 THEN i END FROM generate_series(1, 100) i))
--//
SELECT num_nulls(NULL)
--//
SELECT num_nulls('1')
--//
SELECT num_nulls(NULL::text)
--//
SELECT num_nulls(NULL::text, NULL::int)
--//
SELECT num_nulls(1, 2, NULL::text, NULL::point, '', int8 '9', 1.0 / NULL)
--//
SELECT num_nulls(VARIADIC '{1,2,NULL,3}'::int[])
--//
SELECT num_nulls(VARIADIC '{"1","2","3","4"}'::text[])
--//
SELECT num_nulls(VARIADIC ARRAY(SELECT CASE WHEN i <> 40 THEN i END FROM generate_series(1, 100) i))
--//
SELECT num_nonnulls(VARIADIC NULL::text[])
--//
SELECT num_nulls(VARIADIC NULL::text[])
--//
SELECT num_nonnulls()
--//
SELECT num_nulls()
--//
SELECT test_canonicalize_path('/')
--//
SELECT pg_log_backend_memory_contexts(pg_backend_pid())
--//
SELECT pg_log_backend_memory_contexts(pid) FROM pg_stat_activity
  WHERE backend_type = 'checkpointer'
--//
SELECT has_function_privilege('regress_log_memory',
  'pg_log_backend_memory_contexts(integer)', 'EXECUTE')
--//
select setting as segsize
from pg_settings where name = 'wal_segment_size'
--//
select count(*) > 0 as ok from pg_ls_waldir()
--//
select count(*) > 0 as ok from (select pg_ls_waldir()) ss
--//
select * from pg_ls_waldir() limit 0
--//
select count(*) > 0 as ok from (select * from pg_ls_waldir() limit 1) ss
--//
select count(*) >= 0 as ok from pg_ls_archive_statusdir()
--//
select * from (select pg_ls_dir('.') a) a where a = 'base' limit 1
--//
select pg_ls_dir('does not exist', false, false)
--//
select pg_ls_dir('does not exist', true, false)
--//
select count(*) = 1 as dot_found
  from pg_ls_dir('.', false, true) as ls where ls = '.'
--//
select count(*) = 1 as dot_found
  from pg_ls_dir('.', false, false) as ls where ls = '.'
--//
select * from (select (pg_timezone_names()).name) ptn where name='UTC' limit 1
--//
select count(*) > 0 from
  (select pg_tablespace_databases(oid) as pts from pg_tablespace
   where spcname = 'pg_default') pts
  join pg_database db on pts.pts = db.oid
--//
EXPLAIN (COSTS OFF)
SELECT * FROM tenk1 a JOIN tenk1 b ON a.unique1 = b.unique1
WHERE my_int_eq(a.unique2, 42)
--//
EXPLAIN (COSTS OFF)
SELECT * FROM tenk1 a JOIN my_gen_series(1,1000) g ON a.unique1 = g
--//
SELECT *
FROM pg_depend as d1
WHERE refclassid = 0 OR refobjid = 0 OR
      classid = 0 OR objid = 0 OR
      deptype NOT IN ('a', 'e', 'i', 'n', 'x', 'P', 'S')
--//
SELECT *
FROM pg_shdepend as d1
WHERE refclassid = 0 OR refobjid = 0 OR
      classid = 0 OR objid = 0 OR
      deptype NOT IN ('a', 'o', 'r', 't')
--//
SELECT relname, attname, atttypid::regtype
FROM pg_class c JOIN pg_attribute a ON c.oid = attrelid
WHERE c.oid < 16384 AND
      reltoastrelid = 0 AND
      relkind = 'r' AND
      attstorage != 'p'
ORDER BY 1, 2
--//
SELECT relname
FROM pg_class
WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'
      AND pg_class.oid NOT IN (SELECT indrelid FROM pg_index WHERE indisprimary)
ORDER BY 1
--//
SELECT relname
FROM pg_class c JOIN pg_index i ON c.oid = i.indexrelid
WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'i'
      AND i.indisunique
      AND c.oid NOT IN (SELECT conindid FROM pg_constraint)
ORDER BY 1
--//
INSERT INTO money_data VALUES ('123')
--//
SELECT * FROM money_data
--//
SELECT m + '123' FROM money_data
--//
SELECT m - '123.45' FROM money_data
--//
SELECT m / '2'::money FROM money_data
--//
SELECT m * 2 FROM money_data
--//
SELECT 2 * m FROM money_data
--//
SELECT m / 2 FROM money_data
--//
SELECT m * 2::int2 FROM money_data
--//
SELECT 2::int2 * m FROM money_data
--//
SELECT m / 2::int2 FROM money_data
--//
SELECT m * 2::float8 FROM money_data
--//
SELECT 2::float8 * m FROM money_data
--//
SELECT m / 2::float8 FROM money_data
--//
SELECT m = '$123.00' FROM money_data
--//
SELECT m != '$124.00' FROM money_data
--//
SELECT m <= '$123.00' FROM money_data
--//
SELECT m >= '$123.00' FROM money_data
--//
SELECT m < '$124.00' FROM money_data
--//
SELECT m > '$122.00' FROM money_data
--//
SELECT cashlarger(m, '$124.00') FROM money_data
--//
SELECT cashsmaller(m, '$124.00') FROM money_data
--//
SELECT cash_words(m) FROM money_data
--//
SELECT cash_words(m + '1.23') FROM money_data
--//
DELETE FROM money_data
--//
SELECT '1234567890'::money
--//
SELECT '878.08'::money / 11::float8
--//
SELECT '878.08'::money / 11::bigint
--//
SELECT '878.08'::money / 11::int
--//
SELECT '878.08'::money / 11::smallint
--//
SELECT 1234567890::money
--//
SELECT (-12345)::money
--//
SELECT 1234567890::int4::money
--//
SELECT 12345678901234567::numeric::money
--//
SELECT (-1234567890)::int4::money
--//
SELECT (-12345678901234567)::numeric::money
--//
SELECT '12345678901234567'::money::numeric
--//
SELECT '92233720368547758.07'::money + '0.01'::money
--//
SELECT '-92233720368547758.08'::money - '0.01'::money
--//
SELECT '92233720368547758.07'::money * 2::float8
--//
SELECT '-1'::money / 1.175494e-38::float4
--//
SELECT '92233720368547758.07'::money * 2::int4
--//
SELECT '1'::money / 0::int2
--//
SELECT '42'::money * 'inf'::float8
--//
select ''::textmultirange
--//
select textrange('\\\\', repeat('a', 200))::textmultirange
--//
select '{[1,2], [3,4]}'::int4multirange
--//
select textmultirange()
--//
select textmultirange(textrange('a', 'c'))
--//
select textmultirange(textrange('a', 'c'), textrange('f', 'g'))
--//
select textmultirange(textrange('\\\\', repeat('a', 200)), textrange('c', 'd'))
--//
select 'empty'::int4range::int4multirange
--//
select int4range(1, 3)::int4multirange
--//
select int4range(1, null)::int4multirange
--//
select int4range(null, null)::int4multirange
--//
select 'empty'::textrange::textmultirange
--//
select textrange('a', 'c')::textmultirange
--//
select textrange('a', null)::textmultirange
--//
select textrange(null, null)::textmultirange
--//
select unnest(int4multirange(int4range('5', '6'), int4range('1', '2')))
--//
select unnest(textmultirange(textrange('a', 'b'), textrange('d', 'e')))
--//
select unnest(textmultirange(textrange('\\\\', repeat('a', 200)), textrange('c', 'd')))
--//
INSERT INTO nummultirange_test VALUES('{}')
--//
INSERT INTO nummultirange_test VALUES(nummultirange())
--//
INSERT INTO nummultirange_test VALUES(nummultirange(variadic '{}'::numrange[]))
--//
INSERT INTO nummultirange_test VALUES(nummultirange(numrange(1.1, 2.2)))
--//
INSERT INTO nummultirange_test VALUES(nummultirange(numrange(1.7, 1.7, '[]'), numrange(1.7, 1.9)))
--//
SELECT nmr, isempty(nmr), lower(nmr), upper(nmr) FROM nummultirange_test ORDER BY nmr
--//
SELECT nmr, lower_inc(nmr), lower_inf(nmr), upper_inc(nmr), upper_inf(nmr) FROM nummultirange_test ORDER BY nmr
--//
SELECT * FROM nummultirange_test WHERE nmr = '{}'
--//
SELECT * FROM nummultirange_test WHERE nmr < '{}'
--//
SELECT * FROM nummultirange_test WHERE nmr <= '{}'
--//
SELECT * FROM nummultirange_test WHERE nmr >= '{}'
--//
SELECT * FROM nummultirange_test WHERE nmr > '{}'
--//
SELECT * FROM nummultirange_test WHERE nmr <> '{}'
--//
select nummultirange(numrange(2.0, 1.0))
--//
select nummultirange(numrange(5.0, 6.0), numrange(1.0, 2.0))
--//
SELECT * FROM nummultirange_test WHERE range_overlaps_multirange(numrange(4.0, 4.2), nmr)
--//
SELECT * FROM nummultirange_test WHERE numrange(4.0, 4.2) && nmr
--//
SELECT * FROM nummultirange_test WHERE multirange_overlaps_range(nmr, numrange(4.0, 4.2))
--//
SELECT * FROM nummultirange_test WHERE nmr && numrange(4.0, 4.2)
--//
SELECT * FROM nummultirange_test WHERE multirange_overlaps_multirange(nmr, nummultirange(numrange(4.0, 4.2), numrange(6.0, 7.0)))
--//
SELECT * FROM nummultirange_test WHERE nmr && nummultirange(numrange(4.0, 4.2), numrange(6.0, 7.0))
--//
SELECT * FROM nummultirange_test WHERE nmr && nummultirange(numrange(6.0, 7.0))
--//
SELECT * FROM nummultirange_test WHERE multirange_contains_elem(nmr, 4.0)
--//
SELECT * FROM nummultirange_test WHERE nmr @> 4.0
--//
SELECT * FROM nummultirange_test WHERE multirange_contains_range(nmr, numrange(4.0, 4.2))
--//
SELECT * FROM nummultirange_test WHERE nmr @> numrange(4.0, 4.2)
--//
SELECT * FROM nummultirange_test WHERE multirange_contains_multirange(nmr, '{[4.0,4.2), [6.0, 8.0)}')
--//
SELECT * FROM nummultirange_test WHERE nmr @> '{[4.0,4.2), [6.0, 8.0)}'::nummultirange
--//
SELECT * FROM nummultirange_test WHERE elem_contained_by_multirange(4.0, nmr)
--//
SELECT * FROM nummultirange_test WHERE 4.0 <@ nmr
--//
SELECT * FROM nummultirange_test WHERE range_contained_by_multirange(numrange(4.0, 4.2), nmr)
--//
SELECT * FROM nummultirange_test WHERE numrange(4.0, 4.2) <@ nmr
--//
SELECT * FROM nummultirange_test WHERE multirange_contained_by_multirange('{[4.0,4.2), [6.0, 8.0)}', nmr)
--//
SELECT * FROM nummultirange_test WHERE '{[4.0,4.2), [6.0, 8.0)}'::nummultirange <@ nmr
--//
SELECT 'empty'::numrange && nummultirange()
--//
SELECT 'empty'::numrange && nummultirange(numrange(1,2))
--//
SELECT nummultirange() && 'empty'::numrange
--//
SELECT nummultirange(numrange(1,2)) && 'empty'::numrange
--//
SELECT nummultirange() && nummultirange()
--//
SELECT nummultirange() && nummultirange(numrange(1,2))
--//
SELECT nummultirange(numrange(1,2)) && nummultirange()
--//
SELECT nummultirange(numrange(3,4)) && nummultirange(numrange(1,2), numrange(7,8))
--//
SELECT nummultirange(numrange(1,2), numrange(7,8)) && nummultirange(numrange(3,4))
--//
SELECT nummultirange(numrange(3,4)) && nummultirange(numrange(1,2), numrange(3.5,8))
--//
SELECT nummultirange(numrange(1,2), numrange(3.5,8)) && numrange(3,4)
--//
SELECT nummultirange(numrange(1,2), numrange(3.5,8)) && nummultirange(numrange(3,4))
--//
select '{(10,20),(30,40),(50,60)}'::nummultirange && '(42,92)'::numrange
--//
SELECT nummultirange() @> nummultirange()
--//
SELECT nummultirange() @> 'empty'::numrange
--//
SELECT nummultirange(numrange(null,null)) @> numrange(1,2)
--//
SELECT nummultirange(numrange(null,null)) @> numrange(null,2)
--//
SELECT nummultirange(numrange(null,null)) @> numrange(2,null)
--//
SELECT nummultirange(numrange(null,5)) @> numrange(null,3)
--//
SELECT nummultirange(numrange(5,null)) @> numrange(8,null)
--//
SELECT nummultirange(numrange(1,5)) @> numrange(8,9)
--//
SELECT nummultirange(numrange(-4,-2), numrange(1,5)) @> numrange(1,5)
--//
SELECT nummultirange(numrange(1,5), numrange(8,9)) @> numrange(1,5)
--//
SELECT '{[1,5)}'::nummultirange @> '{[1,5)}'
--//
select '{(10,20),(30,40),(50,60)}'::nummultirange @> '(52,56)'::numrange
--//
SELECT numrange(null,null) @> nummultirange(numrange(1,2))
--//
SELECT numrange(null,null) @> nummultirange(numrange(null,2))
--//
SELECT numrange(null,null) @> nummultirange(numrange(2,null))
--//
SELECT numrange(null,5) @> nummultirange(numrange(null,3))
--//
SELECT numrange(5,null) @> nummultirange(numrange(8,null))
--//
SELECT numrange(1,5) @> nummultirange(numrange(8,9))
--//
SELECT numrange(1,9) @> nummultirange(numrange(-4,-2), numrange(1,5))
--//
SELECT numrange(1,9) @> nummultirange(numrange(1,5), numrange(8,9))
--//
SELECT '{[1,9)}' @> '{[1,5)}'::nummultirange
--//
SELECT nummultirange() <@ nummultirange()
--//
SELECT 'empty'::numrange <@ nummultirange()
--//
SELECT numrange(1,2) <@ nummultirange(numrange(null,null))
--//
SELECT numrange(null,2) <@ nummultirange(numrange(null,null))
--//
SELECT numrange(2,null) <@ nummultirange(numrange(null,null))
--//
SELECT numrange(null,3) <@ nummultirange(numrange(null,5))
--//
SELECT numrange(8,null) <@ nummultirange(numrange(5,null))
--//
SELECT numrange(8,9) <@ nummultirange(numrange(1,5))
--//
SELECT numrange(1,5) <@ nummultirange(numrange(-4,-2), numrange(1,5))
--//
SELECT numrange(1,5) <@ nummultirange(numrange(1,5), numrange(8,9))
--//
SELECT '{[1,5)}' <@ '{[1,5)}'::nummultirange
--//
SELECT nummultirange(numrange(1,2)) <@ numrange(null,null)
--//
SELECT nummultirange(numrange(null,2)) <@ numrange(null,null)
--//
SELECT nummultirange(numrange(2,null)) <@ numrange(null,null)
--//
SELECT nummultirange(numrange(null,3)) <@ numrange(null,5)
--//
SELECT nummultirange(numrange(8,null)) <@ numrange(5,null)
--//
SELECT nummultirange(numrange(8,9)) <@ numrange(1,5)
--//
SELECT nummultirange(numrange(-4,-2), numrange(1,5)) <@ numrange(1,9)
--//
SELECT nummultirange(numrange(1,5), numrange(8,9)) <@ numrange(1,9)
--//
SELECT '{[1,5)}'::nummultirange <@ '{[1,9)}'
--//
SELECT 'empty'::numrange &< nummultirange()
--//
SELECT 'empty'::numrange &< nummultirange(numrange(1,2))
--//
SELECT nummultirange() &< 'empty'::numrange
--//
SELECT nummultirange(numrange(1,2)) &< 'empty'::numrange
--//
SELECT nummultirange() &< nummultirange()
--//
SELECT nummultirange(numrange(1,2)) &< nummultirange()
--//
SELECT nummultirange() &< nummultirange(numrange(1,2))
--//
SELECT numrange(6,7) &< nummultirange(numrange(3,4))
--//
SELECT numrange(3.5,6) &< nummultirange(numrange(3,4))
--//
SELECT nummultirange(numrange(6,7)) &< numrange(3,4)
--//
SELECT nummultirange(numrange(3.5,6)) &< numrange(3,4)
--//
SELECT nummultirange(numrange(6,7)) &< nummultirange(numrange(3,4))
--//
SELECT nummultirange(numrange(3.5,6)) &< nummultirange(numrange(3,4))
--//
SELECT nummultirange() &> 'empty'::numrange
--//
SELECT nummultirange(numrange(1,2)) &> 'empty'::numrange
--//
SELECT 'empty'::numrange &> nummultirange()
--//
SELECT 'empty'::numrange &> nummultirange(numrange(1,2))
--//
SELECT nummultirange() &> nummultirange()
--//
SELECT nummultirange() &> nummultirange(numrange(1,2))
--//
SELECT nummultirange(numrange(1,2)) &> nummultirange()
--//
SELECT nummultirange(numrange(3,4)) &> numrange(6,7)
--//
SELECT nummultirange(numrange(3,4)) &> numrange(3.5,6)
--//
SELECT numrange(3,4) &> nummultirange(numrange(6,7))
--//
SELECT numrange(3,4) &> nummultirange(numrange(3.5,6))
--//
SELECT nummultirange(numrange(3,4)) &> nummultirange(numrange(6,7))
--//
SELECT nummultirange(numrange(3,4)) &> nummultirange(numrange(3.5,6))
--//
SELECT 'empty'::numrange -|- nummultirange()
--//
SELECT 'empty'::numrange -|- nummultirange(numrange(1,2))
--//
SELECT nummultirange() -|- 'empty'::numrange
--//
SELECT nummultirange(numrange(1,2)) -|- 'empty'::numrange
--//
SELECT nummultirange() -|- nummultirange()
--//
SELECT nummultirange(numrange(1,2)) -|- nummultirange()
--//
SELECT nummultirange() -|- nummultirange(numrange(1,2))
--//
SELECT numrange(1,2) -|- nummultirange(numrange(2,4))
--//
SELECT nummultirange(numrange(1,2)) -|- numrange(2,4)
--//
SELECT nummultirange(numrange(1,2)) -|- nummultirange(numrange(2,4))
--//
SELECT nummultirange(numrange(1,2), numrange(5,6)) -|- nummultirange(numrange(3,4))
--//
SELECT nummultirange(numrange(1,2)) -|- nummultirange(numrange(2,4), numrange(6,7))
--//
select 'empty'::numrange << nummultirange()
--//
select numrange(1,2) << nummultirange()
--//
select numrange(1,2) << nummultirange(numrange(3,4))
--//
select numrange(1,2) << nummultirange(numrange(0,4), numrange(7,8))
--//
select nummultirange() << 'empty'::numrange
--//
select nummultirange() << numrange(1,2)
--//
select nummultirange(numrange(3,4)) << numrange(3,6)
--//
select nummultirange(numrange(0,2), numrange(7,8)) << numrange(3,6)
--//
select nummultirange(numrange(-4,-2), numrange(0,2)) << numrange(3,6)
--//
select nummultirange() << nummultirange()
--//
select nummultirange() << nummultirange(numrange(1,2))
--//
select nummultirange(numrange(1,2)) << nummultirange()
--//
select nummultirange(numrange(1,2)) << nummultirange(numrange(1,2))
--//
select nummultirange(numrange(1,2)) << nummultirange(numrange(3,4), numrange(7,8))
--//
select nummultirange(numrange(1,2), numrange(4,5)) << nummultirange(numrange(3,4), numrange(7,8))
--//
select nummultirange() >> 'empty'::numrange
--//
select nummultirange() >> numrange(1,2)
--//
select nummultirange(numrange(3,4)) >> numrange(1,2)
--//
select nummultirange(numrange(0,4), numrange(7,8)) >> numrange(1,2)
--//
select 'empty'::numrange >> nummultirange()
--//
select numrange(1,2) >> nummultirange()
--//
select numrange(3,6) >> nummultirange(numrange(3,4))
--//
select numrange(3,6) >> nummultirange(numrange(0,2), numrange(7,8))
--//
select numrange(3,6) >> nummultirange(numrange(-4,-2), numrange(0,2))
--//
select nummultirange() >> nummultirange()
--//
select nummultirange(numrange(1,2)) >> nummultirange()
--//
select nummultirange() >> nummultirange(numrange(1,2))
--//
select nummultirange(numrange(1,2)) >> nummultirange(numrange(1,2))
--//
select nummultirange(numrange(3,4), numrange(7,8)) >> nummultirange(numrange(1,2))
--//
select nummultirange(numrange(3,4), numrange(7,8)) >> nummultirange(numrange(1,2), numrange(4,5))
--//
SELECT nummultirange() + nummultirange()
--//
SELECT nummultirange() + nummultirange(numrange(1,2))
--//
SELECT nummultirange(numrange(1,2)) + nummultirange()
--//
SELECT nummultirange(numrange(1,2)) + nummultirange(numrange(1,2))
--//
SELECT nummultirange(numrange(1,2), numrange(4,5)) + nummultirange(numrange(2,4))
--//
SELECT range_merge(nummultirange())
--//
SELECT range_merge(nummultirange(numrange(1,2)))
--//
SELECT range_merge(nummultirange(numrange(1,2), numrange(7,8)))
--//
SELECT nummultirange() - nummultirange()
--//
SELECT nummultirange() - nummultirange(numrange(1,2))
--//
SELECT nummultirange(numrange(1,2)) - nummultirange()
--//
SELECT nummultirange(numrange(1,2), numrange(3,4)) - nummultirange()
--//
SELECT nummultirange(numrange(1,2)) - nummultirange(numrange(1,2))
--//
SELECT nummultirange(numrange(1,8)) - nummultirange(numrange(0,2), numrange(3,4))
--//
SELECT nummultirange(numrange(1,8)) - nummultirange(numrange(2,3), numrange(5,null))
--//
SELECT nummultirange(numrange(1,2), numrange(4,5)) - nummultirange(numrange(-2,0))
--//
SELECT nummultirange(numrange(1,2), numrange(4,5)) - nummultirange(numrange(2,4))
--//
SELECT nummultirange(numrange(1,2), numrange(4,5)) - nummultirange(numrange(-2,0), numrange(8,9))
--//
SELECT nummultirange() * nummultirange()
--//
SELECT nummultirange() * nummultirange(numrange(1,2))
--//
SELECT nummultirange(numrange(1,2)) * nummultirange()
--//
SELECT '{[1,3)}'::nummultirange * '{[1,5)}'::nummultirange
--//
insert into test_multirange_gist select int4multirange(int4range(g, g+10),int4range(g+20, g+30),int4range(g+40, g+50)) from generate_series(1,2000) g
--//
insert into test_multirange_gist select '{}'::int4multirange from generate_series(1,500) g
--//
insert into test_multirange_gist select int4multirange(int4range(g, g+10000)) from generate_series(1,1000) g
--//
insert into test_multirange_gist select int4multirange(int4range(NULL, g*10, '(]'), int4range(g*10, g*20, '(]')) from generate_series(1,100) g
--//
insert into test_multirange_gist select int4multirange(int4range(g*10, g*20, '(]'), int4range(g*20, NULL, '(]')) from generate_series(1,100) g
--//
select count(*) from test_multirange_gist where mr = '{}'::int4multirange
--//
select count(*) from test_multirange_gist where mr @> 'empty'::int4range
--//
select count(*) from test_multirange_gist where mr && 'empty'::int4range
--//
select count(*) from test_multirange_gist where mr <@ 'empty'::int4range
--//
select count(*) from test_multirange_gist where mr << 'empty'::int4range
--//
select count(*) from test_multirange_gist where mr >> 'empty'::int4range
--//
select count(*) from test_multirange_gist where mr &< 'empty'::int4range
--//
select count(*) from test_multirange_gist where mr &> 'empty'::int4range
--//
select count(*) from test_multirange_gist where mr -|- 'empty'::int4range
--//
select count(*) from test_multirange_gist where mr @> '{}'::int4multirange
--//
select count(*) from test_multirange_gist where mr && '{}'::int4multirange
--//
select count(*) from test_multirange_gist where mr <@ '{}'::int4multirange
--//
select count(*) from test_multirange_gist where mr << '{}'::int4multirange
--//
select count(*) from test_multirange_gist where mr >> '{}'::int4multirange
--//
select count(*) from test_multirange_gist where mr &< '{}'::int4multirange
--//
select count(*) from test_multirange_gist where mr &> '{}'::int4multirange
--//
select count(*) from test_multirange_gist where mr -|- '{}'::int4multirange
--//
select count(*) from test_multirange_gist where mr = int4multirange(int4range(10,20), int4range(30,40), int4range(50,60))
--//
select count(*) from test_multirange_gist where mr @> 10
--//
select count(*) from test_multirange_gist where mr @> int4range(10,20)
--//
select count(*) from test_multirange_gist where mr && int4range(10,20)
--//
select count(*) from test_multirange_gist where mr <@ int4range(10,50)
--//
select count(*) from test_multirange_gist where mr << int4range(100,500)
--//
select count(*) from test_multirange_gist where mr >> int4range(100,500)
--//
select count(*) from test_multirange_gist where mr &< int4range(100,500)
--//
select count(*) from test_multirange_gist where mr &> int4range(100,500)
--//
select count(*) from test_multirange_gist where mr -|- int4range(100,500)
--//
select count(*) from test_multirange_gist where mr @> int4multirange(int4range(10,20), int4range(30,40))
--//
select count(*) from test_multirange_gist where mr << int4multirange(int4range(100,200), int4range(400,500))
--//
select count(*) from test_multirange_gist where mr >> int4multirange(int4range(100,200), int4range(400,500))
--//
select count(*) from test_multirange_gist where mr &< int4multirange(int4range(100,200), int4range(400,500))
--//
select count(*) from test_multirange_gist where mr &> int4multirange(int4range(100,200), int4range(400,500))
--//
select count(*) from test_multirange_gist where mr -|- int4multirange(int4range(100,200), int4range(400,500))
--//
insert into reservations values
(1, daterange('2018-07-01', '2018-07-07')),
(1, daterange('2018-07-07', '2018-07-14')),
(1, daterange('2018-07-20', '2018-07-22')),
(2, daterange('2018-07-01', '2018-07-03')),
(3, NULL),
(4, NULL),
(4, NULL),
(5, NULL),
(5, daterange('2018-07-01', '2018-07-03')),
(6, daterange('2018-07-01', '2018-07-07')),
(6, daterange('2018-07-05', '2018-07-10')),
(7, daterange('2018-07-01', '2018-07-07')),
(7, daterange('2018-07-07', '2018-07-14')),
(8, 'empty'::daterange)
--//
SELECT   room_id, range_agg(booked_during)
FROM     reservations
GROUP BY room_id
ORDER BY room_id
--//
SELECT  range_agg(r)
FROM    (VALUES
          ('[a,c]'::textrange),
          ('[b,b]'::textrange),
          ('[c,f]'::textrange),
          ('[g,h)'::textrange),
          ('[h,j)'::textrange)
        ) t(r)
--//
select range_agg(nmr) from nummultirange_test
--//
select range_agg(nmr) from nummultirange_test where false
--//
select range_agg(null::nummultirange) from nummultirange_test
--//
select range_agg(nmr) from (values ('{}'::nummultirange)) t(nmr)
--//
select range_agg(nmr) from (values ('{}'::nummultirange), ('{}'::nummultirange)) t(nmr)
--//
select range_intersect_agg(nmr) from nummultirange_test
--//
select range_intersect_agg(nmr) from nummultirange_test where false
--//
select range_intersect_agg(null::nummultirange) from nummultirange_test
--//
select range_intersect_agg(nmr) from (values ('{[1,3]}'::nummultirange), ('{[6,12]}'::nummultirange)) t(nmr)
--//
select range_intersect_agg(nmr) from (values ('{}'::nummultirange)) t(nmr)
--//
select range_intersect_agg(nmr) from nummultirange_test where nmr @> 4.0
--//
INSERT INTO nummultirange_test2 VALUES('{[, 5)}')
--//
INSERT INTO nummultirange_test2 VALUES(nummultirange(numrange(1.1, 2.2)))
--//
INSERT INTO nummultirange_test2 VALUES(nummultirange(numrange(1.1, 2.2,'()')))
--//
select * from nummultirange_test2 where nmr = '{}'
--//
select * from nummultirange_test2 where nmr = nummultirange(numrange(1.1, 2.2))
--//
select * from nummultirange_test natural join nummultirange_test2 order by nmr
--//
select '{[123.001, 5.e9)}'::float8multirange @> 888.882::float8
--//
insert into float8multirange_test values(float8multirange(float8range(-100.00007, '1.111113e9')), 42)
--//
select * from float8multirange_test
--//
select '{[4,50)}'::mydomainmultirange @> 7::mydomain
--//
select '{[4,5)}'::restrictedmultirange @> 7
--//
select intr_multirange(intr(1,10))
--//
select multirange_of_text(textrange2('a','Z'))
--//
select multirange_of_text(textrange1('a','Z')) @> 'b'::text
--//
select unnest(multirange_of_text(textrange1('a','b'), textrange1('d','e')))
--//
select _textrange1(textrange2('a','z')) @> 'b'::text
--//
select anyarray_anymultirange_func(ARRAY[1,2], int4multirange(int4range(10,20)))
--//
select anyarray_anymultirange_func(ARRAY[1,2], nummultirange(numrange(10,20)))
--//
select range_add_bounds(int4multirange(int4range(1, 17)))
--//
select range_add_bounds(nummultirange(numrange(1.0001, 123.123)))
--//
select multirangetypes_sql(int4multirange(int4range(1,10)), ARRAY[2,20])
--//
select multirangetypes_sql(nummultirange(numrange(1,10)), ARRAY[2,20])
--//
select anycompatiblearray_anycompatiblemultirange_func(ARRAY[1,2], multirange(int4range(10,20)))
--//
select anycompatiblearray_anycompatiblemultirange_func(ARRAY[1,2], multirange(numrange(10,20)))
--//
select anycompatiblearray_anycompatiblemultirange_func(ARRAY[1.1,2], multirange(int4range(10,20)))
--//
select anycompatiblerange_anycompatiblemultirange_func(int4range(1,2), multirange(int4range(10,20)))
--//
select anycompatiblerange_anycompatiblemultirange_func(numrange(1,2), multirange(int4range(10,20)))
--//
select ARRAY[nummultirange(numrange(1.1, 1.2)), nummultirange(numrange(12.3, 155.5))]
--//
insert into i8mr_array values (42, array[int8multirange(int8range(1,10)), int8multirange(int8range(2,20))])
--//
select * from i8mr_array
--//
select arraymultirange(arrayrange(ARRAY[1,2], ARRAY[2,1]))
--//
select array[1,1] <@ arraymultirange(arrayrange(array[1,2], array[2,1]))
--//
select *, row_to_json(upper(t)) as u from
  (values (two_ints_multirange(two_ints_range(row(1,2), row(3,4)))),
          (two_ints_multirange(two_ints_range(row(5,6), row(7,8))))) v(t)
--//
select '{(2,5)}'::cashmultirange except select '{(5,6)}'::cashmultirange
--//
select * from mr_outparam_succeed(int4multirange(int4range(1,2)))
--//
select * from mr_outparam_succeed2(int4multirange(int4range(1,2)))
--//
select * from mr_outparam_succeed4(int4range(1,2))
--//
select * from mr_inoutparam_succeed(int4multirange(int4range(1,2)))
--//
select * from mr_table_succeed(123, int4multirange(int4range(1,11)))
--//
select mr_polymorphic(int4range(1, 4))
--//
INSERT INTO clean_aborted_self (key, data) VALUES (-1, 'just to allocate metapage')
--//
SELECT pg_relation_size('clean_aborted_self_key') AS clean_aborted_self_key_before
--//
SELECT name 'name string' = name 'name string' AS "True"
--//
SELECT name 'name string' = name 'name string ' AS "False"
--//
INSERT INTO NAME_TBL(f1) VALUES ('1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890ABCDEFGHIJKLMNOPQR')
--//
SELECT * FROM NAME_TBL
--//
SELECT c.f1 FROM NAME_TBL c WHERE c.f1 <> '1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890ABCDEFGHIJKLMNOPQR'
--//
SELECT c.f1 FROM NAME_TBL c WHERE c.f1 = '1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890ABCDEFGHIJKLMNOPQR'
--//
SELECT c.f1 FROM NAME_TBL c WHERE c.f1 < '1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890ABCDEFGHIJKLMNOPQR'
--//
SELECT c.f1 FROM NAME_TBL c WHERE c.f1 <= '1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890ABCDEFGHIJKLMNOPQR'
--//
SELECT c.f1 FROM NAME_TBL c WHERE c.f1 > '1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890ABCDEFGHIJKLMNOPQR'
--//
SELECT c.f1 FROM NAME_TBL c WHERE c.f1 >= '1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890ABCDEFGHIJKLMNOPQR'
--//
SELECT c.f1 FROM NAME_TBL c WHERE c.f1 ~ '.*'
--//
SELECT c.f1 FROM NAME_TBL c WHERE c.f1 !~ '.*'
--//
SELECT parse_ident('foo.boo')
--//
SELECT parse_ident('foo.boo[]', strict => false)
--//
SELECT parse_ident(E'X\rXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX')
--//
SELECT length(a[1]), length(a[2]) from parse_ident('"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy') as a
--//
SELECT parse_ident(' first . "  second  " ."   third   ". "  ' || repeat('x',66) || '"')
--//
SELECT parse_ident(' first . "  second  " ."   third   ". "  ' || repeat('x',66) || '"')::name[]
--//
SELECT pg_catalog.set_config('search_path', ' ', false)
--//
SELECT COUNT(*) FROM pg_class WHERE relnamespace =
    (SELECT oid FROM pg_namespace WHERE nspname = 'test_ns_schema_1')
--//
INSERT INTO test_ns_schema_1.abc DEFAULT VALUES
--//
SELECT * FROM test_ns_schema_1.abc
--//
SELECT * FROM test_ns_schema_1.abc_view
--//
INSERT INTO num_exp_add VALUES (0,0,'0')
--//
INSERT INTO num_exp_sub VALUES (0,0,'0')
--//
INSERT INTO num_exp_mul VALUES (0,0,'0')
--//
INSERT INTO num_exp_div VALUES (0,0,'NaN')
--//
INSERT INTO num_exp_sqrt VALUES (0,'0')
--//
INSERT INTO num_exp_ln VALUES (0,'NaN')
--//
INSERT INTO num_exp_log10 VALUES (0,'NaN')
--//
INSERT INTO num_exp_power_10_ln VALUES (0,'NaN')
--//
INSERT INTO num_data VALUES (0, '0')
--//
DELETE FROM num_result
--//
INSERT INTO num_result SELECT t1.id, t2.id, t1.val + t2.val
    FROM num_data t1, num_data t2
--//
SELECT t1.id1, t1.id2, t1.result, t2.expected
    FROM num_result t1, num_exp_add t2
    WHERE t1.id1 = t2.id1 AND t1.id2 = t2.id2
    AND t1.result != t2.expected
--//
INSERT INTO num_result SELECT t1.id, t2.id, round(t1.val + t2.val, 10)
    FROM num_data t1, num_data t2
--//
SELECT t1.id1, t1.id2, t1.result, round(t2.expected, 10) as expected
    FROM num_result t1, num_exp_add t2
    WHERE t1.id1 = t2.id1 AND t1.id2 = t2.id2
    AND t1.result != round(t2.expected, 10)
--//
INSERT INTO num_result SELECT t1.id, t2.id, t1.val - t2.val
    FROM num_data t1, num_data t2
--//
SELECT t1.id1, t1.id2, t1.result, t2.expected
    FROM num_result t1, num_exp_sub t2
    WHERE t1.id1 = t2.id1 AND t1.id2 = t2.id2
    AND t1.result != t2.expected
--//
INSERT INTO num_result SELECT t1.id, t2.id, round(t1.val - t2.val, 40)
    FROM num_data t1, num_data t2
--//
SELECT t1.id1, t1.id2, t1.result, round(t2.expected, 40)
    FROM num_result t1, num_exp_sub t2
    WHERE t1.id1 = t2.id1 AND t1.id2 = t2.id2
    AND t1.result != round(t2.expected, 40)
--//
INSERT INTO num_result SELECT t1.id, t2.id, t1.val * t2.val
    FROM num_data t1, num_data t2
--//
SELECT t1.id1, t1.id2, t1.result, t2.expected
    FROM num_result t1, num_exp_mul t2
    WHERE t1.id1 = t2.id1 AND t1.id2 = t2.id2
    AND t1.result != t2.expected
--//
INSERT INTO num_result SELECT t1.id, t2.id, round(t1.val * t2.val, 30)
    FROM num_data t1, num_data t2
--//
SELECT t1.id1, t1.id2, t1.result, round(t2.expected, 30) as expected
    FROM num_result t1, num_exp_mul t2
    WHERE t1.id1 = t2.id1 AND t1.id2 = t2.id2
    AND t1.result != round(t2.expected, 30)
--//
INSERT INTO num_result SELECT t1.id, t2.id, t1.val / t2.val
    FROM num_data t1, num_data t2
    WHERE t2.val != '0.0'
--//
SELECT t1.id1, t1.id2, t1.result, t2.expected
    FROM num_result t1, num_exp_div t2
    WHERE t1.id1 = t2.id1 AND t1.id2 = t2.id2
    AND t1.result != t2.expected
--//
INSERT INTO num_result SELECT t1.id, t2.id, round(t1.val / t2.val, 80)
    FROM num_data t1, num_data t2
    WHERE t2.val != '0.0'
--//
SELECT t1.id1, t1.id2, t1.result, round(t2.expected, 80) as expected
    FROM num_result t1, num_exp_div t2
    WHERE t1.id1 = t2.id1 AND t1.id2 = t2.id2
    AND t1.result != round(t2.expected, 80)
--//
INSERT INTO num_result SELECT id, 0, SQRT(ABS(val))
    FROM num_data
--//
SELECT t1.id1, t1.result, t2.expected
    FROM num_result t1, num_exp_sqrt t2
    WHERE t1.id1 = t2.id
    AND t1.result != t2.expected
--//
INSERT INTO num_result SELECT id, 0, LN(ABS(val))
    FROM num_data
    WHERE val != '0.0'
--//
SELECT t1.id1, t1.result, t2.expected
    FROM num_result t1, num_exp_ln t2
    WHERE t1.id1 = t2.id
    AND t1.result != t2.expected
--//
INSERT INTO num_result SELECT id, 0, LOG(numeric '10', ABS(val))
    FROM num_data
    WHERE val != '0.0'
--//
SELECT t1.id1, t1.result, t2.expected
    FROM num_result t1, num_exp_log10 t2
    WHERE t1.id1 = t2.id
    AND t1.result != t2.expected
--//
INSERT INTO num_result SELECT id, 0, POWER(numeric '10', LN(ABS(round(val,200))))
    FROM num_data
    WHERE val != '0.0'
--//
SELECT t1.id1, t1.result, t2.expected
    FROM num_result t1, num_exp_power_10_ln t2
    WHERE t1.id1 = t2.id
    AND t1.result != t2.expected
--//
WITH v(x) AS
  (VALUES('0'::numeric),('1'),('-1'),('4.2'),('inf'),('-inf'),('nan'))
SELECT x1, x2,
  x1 + x2 AS sum,
  x1 - x2 AS diff,
  x1 * x2 AS prod
FROM v AS v1(x1), v AS v2(x2)
--//
WITH v(x) AS
  (VALUES('0'::numeric),('1'),('-1'),('4.2'),('inf'),('-inf'),('nan'))
SELECT x1, x2,
  x1 / x2 AS quot,
  x1 % x2 AS mod,
  div(x1, x2) AS div
FROM v AS v1(x1), v AS v2(x2) WHERE x2 != 0
--//
SELECT 'inf'::numeric / '0'
--//
SELECT 'inf'::numeric % '0'
--//
SELECT div('inf'::numeric, '0')
--//
WITH v(x) AS
  (VALUES('0'::numeric),('1'),('-1'),('4.2'),('-7.777'),('inf'),('-inf'),('nan'))
SELECT x, -x as minusx, abs(x), floor(x), ceil(x), sign(x), numeric_inc(x) as inc
FROM v
--//
WITH v(x) AS
  (VALUES('0'::numeric),('1'),('-1'),('4.2'),('-7.777'),('inf'),('-inf'),('nan'))
SELECT x, round(x), round(x,1) as round1, trunc(x), trunc(x,1) as trunc1
FROM v
--//
WITH v(x) AS
  (VALUES('0'::numeric),('1'),('-1'),('4.2'),('-7.777'),('1e340'),('-1e340'),
         ('inf'),('-inf'),('nan'),
         ('inf'),('-inf'),('nan'))
SELECT substring(x::text, 1, 32)
FROM v ORDER BY x
--//
WITH v(x) AS
  (VALUES('0'::numeric),('1'),('4.2'),('inf'),('nan'))
SELECT x, sqrt(x)
FROM v
--//
SELECT sqrt('-1'::numeric)
--//
WITH v(x) AS
  (VALUES('1'::numeric),('4.2'),('inf'),('nan'))
SELECT x,
  log(x),
  log10(x),
  ln(x)
FROM v
--//
SELECT ln('0'::numeric)
--//
WITH v(x) AS
  (VALUES('2'::numeric),('4.2'),('inf'),('nan'))
SELECT x1, x2,
  log(x1, x2)
FROM v AS v1(x1), v AS v2(x2)
--//
SELECT log('0'::numeric, '10')
--//
WITH v(x) AS
  (VALUES('0'::numeric),('1'),('2'),('4.2'),('inf'),('nan'))
SELECT x1, x2,
  power(x1, x2)
FROM v AS v1(x1), v AS v2(x2) WHERE x1 != 0 OR x2 >= 0
--//
SELECT power('0'::numeric, '-1')
--//
SELECT AVG(val) FROM num_data
--//
SELECT MAX(val) FROM num_data
--//
SELECT MIN(val) FROM num_data
--//
SELECT STDDEV(val) FROM num_data
--//
SELECT VARIANCE(val) FROM num_data
--//
INSERT INTO fract_only VALUES (1, '0.0')
--//
SELECT * FROM fract_only
--//
SELECT (-9223372036854775808.5)::int8
--//
SELECT 9223372036854775807.4::int8
--//
SELECT 'NaN'::float8::numeric
--//
SELECT '42'::int2::numeric
--//
SELECT 'NaN'::numeric::int2
--//
INSERT INTO ceil_floor_round VALUES ('-5.5')
--//
SELECT a, ceil(a), ceiling(a), floor(a), round(a) FROM ceil_floor_round
--//
SELECT i as pow,
	round((-2.5 * 10 ^ i)::numeric, -i),
	round((-1.5 * 10 ^ i)::numeric, -i),
	round((-0.5 * 10 ^ i)::numeric, -i),
	round((0.5 * 10 ^ i)::numeric, -i),
	round((1.5 * 10 ^ i)::numeric, -i),
	round((2.5 * 10 ^ i)::numeric, -i)
FROM generate_series(-5,5) AS t(i)
--//
SELECT round(4.4e131071, -131071) = 4e131071
--//
SELECT round(4.5e131071, -131072)
--//
SELECT round(5e-16383, 1000000) = 5e-16383
--//
SELECT round(5e-16383, 16381) = 0
--//
SELECT trunc(9.9e131071, -131071) = 9e131071
--//
SELECT trunc(9.9e131071, -131072)
--//
SELECT trunc(5e-16383, 1000000) = 5e-16383
--//
SELECT trunc(5e-16383, 16382) = 0
--//
SELECT width_bucket(5.0, 3.0, 4.0, 0)
--//
SELECT width_bucket(5.0, 3.0, 4.0, -5)
--//
SELECT width_bucket(5.0::float8, 3.0::float8, 4.0::float8, 0)
--//
SELECT width_bucket(5.0::float8, 3.0::float8, 4.0::float8, -5)
--//
SELECT width_bucket('NaN', 3.0, 4.0, 888)
--//
SELECT width_bucket(0::float8, 'NaN', 4.0::float8, 888)
--//
SELECT width_bucket(2.0, 3.0, '-inf', 888)
--//
UPDATE width_bucket_test SET operand_f8 = operand_num::float8
--//
SELECT
    operand_num,
    width_bucket(operand_num, 0, 10, 5) AS wb_1,
    width_bucket(operand_f8, 0, 10, 5) AS wb_1f,
    width_bucket(operand_num, 10, 0, 5) AS wb_2,
    width_bucket(operand_f8, 10, 0, 5) AS wb_2f,
    width_bucket(operand_num, 2, 8, 4) AS wb_3,
    width_bucket(operand_f8, 2, 8, 4) AS wb_3f,
    width_bucket(operand_num, 5.0, 5.5, 20) AS wb_4,
    width_bucket(operand_f8, 5.0, 5.5, 20) AS wb_4f,
    width_bucket(operand_num, -25, 25, 10) AS wb_5,
    width_bucket(operand_f8, -25, 25, 10) AS wb_5f
    FROM width_bucket_test
--//
SELECT width_bucket(0.0::numeric, 'Infinity'::numeric, 5, 10)
--//
SELECT width_bucket(0.0::numeric, 5, '-Infinity'::numeric, 20)
--//
SELECT width_bucket('Infinity'::numeric, 1, 10, 10),
       width_bucket('-Infinity'::numeric, 1, 10, 10)
--//
SELECT width_bucket(0.0::float8, 'Infinity'::float8, 5, 10)
--//
SELECT width_bucket(0.0::float8, 5, '-Infinity'::float8, 20)
--//
SELECT width_bucket('Infinity'::float8, 1, 10, 10),
       width_bucket('-Infinity'::float8, 1, 10, 10)
--//
SELECT x, width_bucket(x::float8, 10, 100, 9) as flt,
       width_bucket(x::numeric, 10, 100, 9) as num
FROM generate_series(0, 110, 10) x
--//
SELECT to_char(val, '9G999G999G999G999G999')
	FROM num_data
--//
SELECT to_char(val, E'99999 "text" 9999 "9999" 999 "\\"text between quote marks\\"" 9999') FROM num_data
--//
WITH v(val) AS
  (VALUES('0'::numeric),('-4.2'),('4.2e9'),('1.2e-5'),('inf'),('-inf'),('nan'))
SELECT val,
  to_char(val, '9.999EEEE') as numeric,
  to_char(val::float8, '9.999EEEE') as float8,
  to_char(val::float4, '9.999EEEE') as float4
FROM v
--//
WITH v(exp) AS
  (VALUES(-16379),(-16378),(-1234),(-789),(-45),(-5),(-4),(-3),(-2),(-1),(0),
         (1),(2),(3),(4),(5),(38),(275),(2345),(45678),(131070),(131071))
SELECT exp,
  to_char(('1.2345e'||exp)::numeric, '9.999EEEE') as numeric
FROM v
--//
SELECT to_char('100'::numeric, 'FM999.9')
--//
SELECT to_char('12345678901'::float8, 'FM9999999999D9999900000000000000000')
--//
SELECT to_number('-34,338,492', '99G999G999')
--//
SELECT to_number('34,50','999,99')
--//
INSERT INTO num_input_test(n1) VALUES (' 123')
--//
SELECT * FROM num_input_test
--//
INSERT INTO num_typemod_test VALUES (123456, 123, 0.123, 0.000123, 0.000000123)
--//
INSERT INTO num_typemod_test VALUES ('NaN', 'NaN', 'NaN', 'NaN', 'NaN')
--//
SELECT scale(millions), * FROM num_typemod_test ORDER BY millions
--//
INSERT INTO num_typemod_test (millions) VALUES ('inf')
--//
INSERT INTO num_typemod_test (millions) VALUES (999500000)
--//
INSERT INTO num_typemod_test (thousands) VALUES (999500)
--//
INSERT INTO num_typemod_test (units) VALUES (999.5)
--//
INSERT INTO num_typemod_test (thousandths) VALUES (0.9995)
--//
INSERT INTO num_typemod_test (millionths) VALUES (0.0009995)
--//
select 4790999999999999999999999999999999999999999999999999999999999999999999999999999999999999 * 9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999
--//
select trim_scale((0.1 - 2e-16383) * (0.1 - 3e-16383))
--//
select div(999999999999999999999::numeric,1000000000000000000000)
--//
select mod(999999999999999999999::numeric,1000000000000000000000)
--//
select div(-9999999999999999999999::numeric,1000000000000000000000)
--//
select mod(-9999999999999999999999::numeric,1000000000000000000000)
--//
select div(-9999999999999999999999::numeric,1000000000000000000000)*1000000000000000000000 + mod(-9999999999999999999999::numeric,1000000000000000000000)
--//
select mod (70.0,70)
--//
select div (70.0,70)
--//
select 70.0 / 70
--//
select 12345678901234567890 % 123
--//
select 12345678901234567890 / 123
--//
select div(12345678901234567890, 123)
--//
select div(12345678901234567890, 123) * 123 + 12345678901234567890 % 123
--//
select sqrt(1.000000000000003::numeric)
--//
select sqrt(8015491789940783531003294973900306::numeric)
--//
select 10.0 ^ -2147483648 as rounds_to_zero
--//
select 10.0 ^ 2147483647 as overflows
--//
select 3.789 ^ 21
--//
select 0.12 ^ (-20)
--//
select coalesce(nullif(0.9999999999 ^ 23300000000000, 0), 0) as rounds_to_zero
--//
select round(((1 - 1.500012345678e-1000) ^ 1.45e1003) * 1e1000)
--//
select coalesce(nullif(0.9999999999 ^ 70000000000000, 0), 0) as underflows
--//
select (-1.0) ^ 2147483646
--//
select 0.0 ^ 0.0
--//
select (-12.34) ^ 0.0
--//
select 'NaN'::numeric ^ 'NaN'::numeric
--//
select 'NaN'::numeric ^ 0
--//
select 0 ^ 'NaN'::numeric
--//
select 0.0 ^ (-12.34)
--//
select exp(0.0)
--//
select exp(1.0::numeric(71,70))
--//
select exp('nan'::numeric)
--//
select coalesce(nullif(exp(-5000::numeric), 0), 0) as rounds_to_zero
--//
select coalesce(nullif(exp(-10000::numeric), 0), 0) as underflows
--//
select exp(-32.999)
--//
select * from generate_series(0.0::numeric, 4.0::numeric)
--//
select * from generate_series(0.1::numeric, 4.0::numeric, 1.3::numeric)
--//
select * from generate_series(4.0::numeric, -1.5::numeric, -2.2::numeric)
--//
select * from generate_series(-100::numeric, 100::numeric, 0::numeric)
--//
select * from generate_series(-100::numeric, 100::numeric, 'nan'::numeric)
--//
select * from generate_series('nan'::numeric, 100::numeric, 10::numeric)
--//
select * from generate_series(0::numeric, 'nan'::numeric, 10::numeric)
--//
select * from generate_series('inf'::numeric, 'inf'::numeric, 10::numeric)
--//
select * from generate_series(0::numeric, '42'::numeric, '-inf'::numeric)
--//
select (i / (10::numeric ^ 131071))::numeric(1,0)
	from generate_series(6 * (10::numeric ^ 131071),
			     9 * (10::numeric ^ 131071),
			     10::numeric ^ 131071) as a(i)
--//
select * from generate_series(1::numeric, 3::numeric) i, generate_series(i,3) j
--//
select * from generate_series(1::numeric, 3::numeric) i, generate_series(1,i) j
--//
select * from generate_series(1::numeric, 3::numeric) i, generate_series(1,5,i) j
--//
select ln(-12.34)
--//
select ln(0.0)
--//
select ln(1.2345678e-28)
--//
select ln(5.80397490724e5)
--//
select log(-12.34)
--//
select log(0.0)
--//
select log(1.234567e-89)
--//
select log(-12.34, 56.78)
--//
select log(-12.34, -56.78)
--//
select log(12.34, -56.78)
--//
select log(0.0, 12.34)
--//
select log(1.23e-89, 6.4689e45)
--//
select log(0.99923, 4.58934e34)
--//
select log(3.1954752e47, 9.4792021e-73)
--//
select scale(numeric 'NaN')
--//
select scale(NULL::numeric)
--//
select scale(1.12)
--//
select scale(0)
--//
select scale(-1123.12471856128)
--//
select min_scale(numeric 'NaN') is NULL
--//
select min_scale(0)
--//
select min_scale(0.00)
--//
select min_scale(1e100)
--//
select trim_scale(numeric 'NaN')
--//
select trim_scale(1.120)
--//
select trim_scale(0)
--//
select trim_scale(-1123.124718561280000000)
--//
select trim_scale(1e100)
--//
SELECT SUM(9999::numeric) FROM generate_series(1, 100000)
--//
SELECT SUM((-9999)::numeric) FROM generate_series(1, 100000)
--//
INSERT INTO num_variance VALUES (0)
--//
INSERT INTO num_variance VALUES (3e-500)
--//
INSERT INTO num_variance VALUES (-3e-500)
--//
INSERT INTO num_variance VALUES (4e-500 - 1e-16383)
--//
INSERT INTO num_variance VALUES (-4e-500 + 1e-16383)
--//
SELECT trim_scale(variance(a) * 1e1000) FROM num_variance
--//
DELETE FROM num_variance
--//
INSERT INTO num_variance SELECT 9e131071 + x FROM generate_series(1, 5) x
--//
SELECT variance(a) FROM num_variance
--//
SELECT a, b, gcd(a, b), gcd(a, -b), gcd(-b, a), gcd(-b, -a)
FROM (VALUES (0::numeric, 0::numeric),
             (0::numeric, numeric 'NaN'),
             (0::numeric, 46375::numeric),
             (433125::numeric, 46375::numeric),
             (43312.5::numeric, 4637.5::numeric),
             (4331.250::numeric, 463.75000::numeric),
             ('inf', '0'),
             ('inf', '42'),
             ('inf', 'inf')
     ) AS v(a, b)
--//
SELECT a,b, lcm(a, b), lcm(a, -b), lcm(-b, a), lcm(-b, -a)
FROM (VALUES (0::numeric, 0::numeric),
             (0::numeric, numeric 'NaN'),
             (0::numeric, 13272::numeric),
             (13272::numeric, 13272::numeric),
             (423282::numeric, 13272::numeric),
             (42328.2::numeric, 1327.2::numeric),
             (4232.820::numeric, 132.72000::numeric),
             ('inf', '0'),
             ('inf', '42'),
             ('inf', 'inf')
     ) AS v(a, b)
--//
SELECT lcm(9999 * (10::numeric)^131068 + (10::numeric^131068 - 1), 2)
--//
SELECT factorial(4)
--//
SELECT factorial(-4)
--//
SELECT pg_lsn(23783416::numeric)
--//
SELECT pg_lsn(-1::numeric)
--//
SELECT pg_lsn('NaN'::numeric)
--//
INSERT INTO num_result SELECT id, 0, LOG('10'::numeric, ABS(val))
    FROM num_data
    WHERE val != '0.0'
--//
INSERT INTO num_result SELECT id, 0, POW(numeric '10', LN(ABS(round(val,1000))))
    FROM num_data
    WHERE val != '0.0'
--//
WITH t(x, bc_result) AS (VALUES
(-20.29837, .000000001529431101152222),
(-19.29837, .000000004157424770142192),
(-18.29837, .00000001130105220586304),
(-17.29837, .00000003071944485366452),
(-16.29837, .00000008350410872606600),
(-15.29837, .0000002269877013517336),
(-14.29837, .0000006170165438681061),
(-13.29837, .000001677224859055276),
(-12.29837, .000004559169856609741),
(-11.29837, .00001239310857408049),
(-10.29837, .00003368796183504298),
(-9.29837, .00009157337449401917),
(-8.29837, .0002489222398577673),
(-7.29837, .0006766408013046928),
(-6.29837, .001839300394580514),
(-5.29837, .004999736839665763),
(-4.29837, .01359069379834070),
(-3.29837, .03694333598818056),
(-2.29837, .1004223988993283),
(-1.29837, .2729763820983097),
(0.29837, 1.3476603299656679),
(1.29837, 3.6633205858807959),
(2.29837, 9.9579377804197108),
(3.29837, 27.068481317440698),
(4.29837, 73.579760889182206),
(5.29837, 200.01052696742555),
(6.29837, 543.68498095607070),
(7.29837, 1477.8890041389891),
(8.29837, 4017.3188244304487),
(9.29837, 10920.204759575742),
(10.29837, 29684.194161006717),
(11.29837, 80690.005580314652),
(12.29837, 219338.17590722828),
(13.29837, 596222.97785597218),
(14.29837, 1620702.0864156289),
(15.29837, 4405525.0308492653),
(16.29837, 11975458.636179032),
(17.29837, 32552671.598188404),
(18.29837, 88487335.673150406),
(19.29837, 240533516.60908059),
(20.29837, 653837887.33381570))
SELECT x, bc_result, exp(x), exp(x)-bc_result AS diff FROM t
--//
WITH t(x, bc_result) AS (VALUES
('1.0e1', 2.3025850929940457),
('1.0e2', 4.6051701859880914),
('1.0e3', 6.9077552789821371),
('1.0e4', 9.2103403719761827),
('1.0e5', 11.512925464970228),
('1.0e6', 13.815510557964274),
('1.0e7', 16.118095650958320),
('1.0e8', 18.420680743952365),
('1.0e9', 20.723265836946411),
('1.0e10', 23.025850929940457),
('1.0e11', 25.328436022934503),
('1.0e12', 27.631021115928548),
('1.0e13', 29.933606208922594),
('1.0e14', 32.236191301916640),
('1.0e15', 34.538776394910685),
('1.0e16', 36.841361487904731),
('1.0e17', 39.143946580898777),
('1.0e18', 41.446531673892822),
('1.0e19', 43.749116766886868),
('1.0e20', 46.051701859880914),
('1.0e21', 48.354286952874959),
('1.0e22', 50.656872045869005),
('1.0e23', 52.959457138863051),
('1.0e24', 55.262042231857096),
('1.0e25', 57.564627324851142),
('1.0e26', 59.867212417845188),
('1.0e27', 62.169797510839233),
('1.0e28', 64.472382603833279),
('1.0e29', 66.774967696827325),
('1.0e30', 69.077552789821371),
('1.0e31', 71.380137882815416),
('1.0e32', 73.682722975809462),
('1.0e33', 75.985308068803508),
('1.0e34', 78.287893161797553),
('1.0e35', 80.590478254791599),
('1.0e36', 82.893063347785645),
('1.0e37', 85.195648440779690),
('1.0e38', 87.498233533773736),
('1.0e39', 89.800818626767782),
('1.0e40', 92.103403719761827))
SELECT x, bc_result, ln(x::numeric), ln(x::numeric)-bc_result AS diff FROM t
--//
WITH t(x, bc_result) AS (VALUES
('1.0e100', 230.25850929940457),
('1.0e200', 460.51701859880914),
('1.0e300', 690.77552789821371),
('1.0e400', 921.03403719761827),
('1.0e500', 1151.2925464970228),
('1.0e600', 1381.5510557964274),
('1.0e700', 1611.8095650958320),
('1.0e800', 1842.0680743952365),
('1.0e900', 2072.3265836946411),
('1.0e1000', 2302.5850929940457))
SELECT x, bc_result, ln(x::numeric), ln(x::numeric)-bc_result AS diff FROM t
--//
WITH t(x) AS (SELECT '1e-'||n FROM generate_series(1, 100) g(n))
SELECT x, log(x::numeric) FROM t
--//
WITH t(x, bc_result) AS (VALUES
('9.0e-1', -.04575749056067513),
('6.0e-1', -.2218487496163564),
('3.0e-1', -.5228787452803376),
('9.0e-8', -7.045757490560675),
('6.0e-8', -7.221848749616356),
('3.0e-8', -7.522878745280338),
('9.0e-15', -14.0457574905606751),
('6.0e-15', -14.2218487496163564),
('3.0e-15', -14.5228787452803376),
('9.0e-22', -21.04575749056067512540994),
('6.0e-22', -21.22184874961635636749123),
('3.0e-22', -21.52287874528033756270497),
('9.0e-29', -28.045757490560675125409944193490),
('6.0e-29', -28.221848749616356367491233202020),
('3.0e-29', -28.522878745280337562704972096745),
('9.0e-36', -35.0457574905606751254099441934897693816),
('6.0e-36', -35.2218487496163563674912332020203916640),
('3.0e-36', -35.5228787452803375627049720967448846908),
('9.0e-43', -42.04575749056067512540994419348976938159974227),
('6.0e-43', -42.22184874961635636749123320202039166403168125),
('3.0e-43', -42.52287874528033756270497209674488469079987114),
('9.0e-50', -49.045757490560675125409944193489769381599742271618608),
('6.0e-50', -49.221848749616356367491233202020391664031681254347196),
('3.0e-50', -49.522878745280337562704972096744884690799871135809304))
SELECT x, bc_result, log(x::numeric), log(x::numeric)-bc_result AS diff FROM t
--//
WITH t(x, bc_result) AS (VALUES
('9.0e-1', -1.0000000000000000),
('6.0e-1', -.3979400086720376),
('3.0e-1', -.1549019599857432),
('9.0e-8', -.000000039086505130185422),
('6.0e-8', -.000000026057669695925208),
('3.0e-8', -.000000013028834652530076),
('9.0e-15', -.0000000000000039086503371292840),
('6.0e-15', -.0000000000000026057668914195188),
('3.0e-15', -.0000000000000013028834457097574),
('9.0e-22', -.00000000000000000000039086503371292664),
('6.0e-22', -.00000000000000000000026057668914195110),
('3.0e-22', -.00000000000000000000013028834457097555),
('9.0e-29', -.000000000000000000000000000039086503371292664),
('6.0e-29', -.000000000000000000000000000026057668914195110),
('3.0e-29', -.000000000000000000000000000013028834457097555),
('9.0e-36', -.0000000000000000000000000000000000039086503371292664),
('6.0e-36', -.0000000000000000000000000000000000026057668914195110),
('3.0e-36', -.0000000000000000000000000000000000013028834457097555))
SELECT '1-'||x, bc_result, log(1.0-x::numeric), log(1.0-x::numeric)-bc_result AS diff FROM t
--//
WITH t(x, bc_result) AS (VALUES
('9.0e-1', .2787536009528290),
('6.0e-1', .2041199826559248),
('3.0e-1', .1139433523068368),
('9.0e-8', .000000039086501612400118),
('6.0e-8', .000000026057668132465074),
('3.0e-8', .000000013028834261665042),
('9.0e-15', .0000000000000039086503371292489),
('6.0e-15', .0000000000000026057668914195031),
('3.0e-15', .0000000000000013028834457097535),
('9.0e-22', .00000000000000000000039086503371292664),
('6.0e-22', .00000000000000000000026057668914195110),
('3.0e-22', .00000000000000000000013028834457097555),
('9.0e-29', .000000000000000000000000000039086503371292664),
('6.0e-29', .000000000000000000000000000026057668914195110),
('3.0e-29', .000000000000000000000000000013028834457097555),
('9.0e-36', .0000000000000000000000000000000000039086503371292664),
('6.0e-36', .0000000000000000000000000000000000026057668914195110),
('3.0e-36', .0000000000000000000000000000000000013028834457097555))
SELECT '1+'||x, bc_result, log(1.0+x::numeric), log(1.0+x::numeric)-bc_result AS diff FROM t
--//
WITH t(x, bc_result) AS (VALUES
('2.0e10', 10.301029995663981),
('5.0e10', 10.698970004336019),
('8.0e10', 10.903089986991944),
('2.0e17', 17.301029995663981),
('5.0e17', 17.698970004336019),
('8.0e17', 17.903089986991944),
('2.0e24', 24.301029995663981),
('5.0e24', 24.698970004336019),
('8.0e24', 24.903089986991944),
('2.0e31', 31.301029995663981),
('5.0e31', 31.698970004336019),
('8.0e31', 31.903089986991944),
('2.0e38', 38.301029995663981),
('5.0e38', 38.698970004336019),
('8.0e38', 38.903089986991944),
('2.0e45', 45.30102999566398),
('5.0e45', 45.69897000433602),
('8.0e45', 45.90308998699194))
SELECT x, bc_result, log(x::numeric), log(x::numeric)-bc_result AS diff FROM t
--//
SELECT 123abc
--//
SELECT 0x0o
--//
SELECT 1_2_3
--//
SELECT 0.a
--//
SELECT 0.0a
--//
SELECT .0a
--//
SELECT 0.0e1a
--//
SELECT 0.0e
--//
SELECT 0.0e+a
--//
INSERT INTO TEMP_FLOAT (f1)
  SELECT float8(f1) FROM INT4_TBL
--//
SELECT f1 FROM TEMP_FLOAT
  ORDER BY f1
--//
INSERT INTO TEMP_INT4 (f1)
  SELECT int4(f1) FROM FLOAT8_TBL
  WHERE (f1 > -2147483647) AND (f1 < 2147483647)
--//
INSERT INTO TEMP_INT4 (f1)
  SELECT int4(f1) FROM INT2_TBL
--//
SELECT f1 FROM TEMP_INT4
  ORDER BY f1
--//
INSERT INTO TEMP_INT2 (f1)
  SELECT int2(f1) FROM FLOAT8_TBL
  WHERE (f1 >= -32767) AND (f1 <= 32767)
--//
INSERT INTO TEMP_INT2 (f1)
  SELECT int2(f1) FROM INT4_TBL
  WHERE (f1 >= -32767) AND (f1 <= 32767)
--//
INSERT INTO TEMP_GROUP
  SELECT 1, (- i.f1), (- f.f1)
  FROM INT4_TBL i, FLOAT8_TBL f
--//
INSERT INTO TEMP_GROUP
  SELECT 2, i.f1, f.f1
  FROM INT4_TBL i, FLOAT8_TBL f
--//
SELECT DISTINCT f1 AS two FROM TEMP_GROUP ORDER BY 1
--//
SELECT f1 AS two, max(f3) AS max_float, min(f3) as min_float
  FROM TEMP_GROUP
  GROUP BY f1
  ORDER BY two, max_float, min_float
--//
SELECT f1 AS two, max(f3) AS max_float, min(f3) AS min_float
  FROM TEMP_GROUP
  GROUP BY two
  ORDER BY two, max_float, min_float
--//
SELECT f1 AS two, (max(f3) + 1) AS max_plus_1, (min(f3) - 1) AS min_minus_1
  FROM TEMP_GROUP
  GROUP BY f1
  ORDER BY two, min_minus_1
--//
SELECT f1 AS two,
       max(f2) + min(f2) AS max_plus_min,
       min(f3) - 1 AS min_minus_1
  FROM TEMP_GROUP
  GROUP BY f1
  ORDER BY two, min_minus_1
--//
SELECT pg_get_object_address('stone', '{}', '{}')
--//
select * from pg_get_object_address('operator of access method', '{btree,integer_ops,1}', '{int4,bool}')
--//
INSERT INTO OID_TBL(f1) VALUES ('1234')
--//
SELECT * FROM OID_TBL
--//
SELECT o.* FROM OID_TBL o WHERE o.f1 = 1234
--//
SELECT o.* FROM OID_TBL o WHERE o.f1 <> '1234'
--//
SELECT o.* FROM OID_TBL o WHERE o.f1 <= '1234'
--//
SELECT o.* FROM OID_TBL o WHERE o.f1 < '1234'
--//
SELECT o.* FROM OID_TBL o WHERE o.f1 >= '1234'
--//
SELECT o.* FROM OID_TBL o WHERE o.f1 > '1234'
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE p1.prolang = 0 OR p1.prorettype = 0 OR
       p1.pronargs < 0 OR
       p1.pronargdefaults < 0 OR
       p1.pronargdefaults > p1.pronargs OR
       array_lower(p1.proargtypes, 1) != 0 OR
       array_upper(p1.proargtypes, 1) != p1.pronargs-1 OR
       0::oid = ANY (p1.proargtypes) OR
       procost <= 0 OR
       CASE WHEN proretset THEN prorows <= 0 ELSE prorows != 0 END OR
       prokind NOT IN ('f', 'a', 'w', 'p') OR
       provolatile NOT IN ('i', 's', 'v') OR
       proparallel NOT IN ('s', 'r', 'u')
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE prosrc IS NULL
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE (prosrc = '' OR prosrc = '-') AND prosqlbody IS NULL
--//
SELECT p1.oid, p1.proname
FROM pg_proc AS p1
WHERE proretset AND prokind != 'f'
--//
SELECT p1.oid, p1.proname
FROM pg_proc AS p1
WHERE prosecdef
ORDER BY 1
--//
SELECT p1.oid, p1.proname
FROM pg_proc AS p1
WHERE (pronargdefaults <> 0) != (proargdefaults IS NOT NULL)
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE prolang = 13 AND (probin IS NULL OR probin = '' OR probin = '-')
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE prolang != 13 AND probin IS NOT NULL
--//
SELECT p1.oid, p1.proname, p2.oid, p2.proname
FROM pg_proc AS p1, pg_proc AS p2
WHERE p1.oid != p2.oid AND
    p1.proname = p2.proname AND
    p1.pronargs = p2.pronargs AND
    p1.proargtypes = p2.proargtypes
--//
SELECT p1.oid, p1.proname, p2.oid, p2.proname
FROM pg_proc AS p1, pg_proc AS p2
WHERE p1.oid < p2.oid AND
    p1.prosrc = p2.prosrc AND
    p1.prolang = 12 AND p2.prolang = 12 AND
    (p1.prokind != 'a' OR p2.prokind != 'a') AND
    (p1.prolang != p2.prolang OR
     p1.prokind != p2.prokind OR
     p1.prosecdef != p2.prosecdef OR
     p1.proleakproof != p2.proleakproof OR
     p1.proisstrict != p2.proisstrict OR
     p1.proretset != p2.proretset OR
     p1.provolatile != p2.provolatile OR
     p1.pronargs != p2.pronargs)
--//
SELECT DISTINCT p1.prorettype::regtype, p2.prorettype::regtype
FROM pg_proc AS p1, pg_proc AS p2
WHERE p1.oid != p2.oid AND
    p1.prosrc = p2.prosrc AND
    p1.prolang = 12 AND p2.prolang = 12 AND
    p1.prokind != 'a' AND p2.prokind != 'a' AND
    p1.prosrc NOT LIKE E'range\\_constructor_' AND
    p2.prosrc NOT LIKE E'range\\_constructor_' AND
    p1.prosrc NOT LIKE E'multirange\\_constructor_' AND
    p2.prosrc NOT LIKE E'multirange\\_constructor_' AND
    (p1.prorettype < p2.prorettype)
ORDER BY 1, 2
--//
SELECT DISTINCT p1.proargtypes[0]::regtype, p2.proargtypes[0]::regtype
FROM pg_proc AS p1, pg_proc AS p2
WHERE p1.oid != p2.oid AND
    p1.prosrc = p2.prosrc AND
    p1.prolang = 12 AND p2.prolang = 12 AND
    p1.prokind != 'a' AND p2.prokind != 'a' AND
    p1.prosrc NOT LIKE E'range\\_constructor_' AND
    p2.prosrc NOT LIKE E'range\\_constructor_' AND
    p1.prosrc NOT LIKE E'multirange\\_constructor_' AND
    p2.prosrc NOT LIKE E'multirange\\_constructor_' AND
    (p1.proargtypes[0] < p2.proargtypes[0])
ORDER BY 1, 2
--//
SELECT DISTINCT p1.proargtypes[2]::regtype, p2.proargtypes[2]::regtype
FROM pg_proc AS p1, pg_proc AS p2
WHERE p1.oid != p2.oid AND
    p1.prosrc = p2.prosrc AND
    p1.prolang = 12 AND p2.prolang = 12 AND
    p1.prokind != 'a' AND p2.prokind != 'a' AND
    (p1.proargtypes[2] < p2.proargtypes[2])
ORDER BY 1, 2
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE p1.prorettype = 'internal'::regtype AND NOT
    'internal'::regtype = ANY (p1.proargtypes)
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE p1.prorettype IN
    ('anyelement'::regtype, 'anyarray'::regtype, 'anynonarray'::regtype,
     'anyenum'::regtype)
  AND NOT
    ('anyelement'::regtype = ANY (p1.proargtypes) OR
     'anyarray'::regtype = ANY (p1.proargtypes) OR
     'anynonarray'::regtype = ANY (p1.proargtypes) OR
     'anyenum'::regtype = ANY (p1.proargtypes) OR
     'anyrange'::regtype = ANY (p1.proargtypes) OR
     'anymultirange'::regtype = ANY (p1.proargtypes))
ORDER BY 2
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE p1.prorettype IN ('anyrange'::regtype, 'anymultirange'::regtype)
  AND NOT
    ('anyrange'::regtype = ANY (p1.proargtypes) OR
      'anymultirange'::regtype = ANY (p1.proargtypes))
ORDER BY 2
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE p1.prorettype IN
    ('anycompatible'::regtype, 'anycompatiblearray'::regtype,
     'anycompatiblenonarray'::regtype)
  AND NOT
    ('anycompatible'::regtype = ANY (p1.proargtypes) OR
     'anycompatiblearray'::regtype = ANY (p1.proargtypes) OR
     'anycompatiblenonarray'::regtype = ANY (p1.proargtypes) OR
     'anycompatiblerange'::regtype = ANY (p1.proargtypes))
ORDER BY 2
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE p1.prorettype = 'anycompatiblerange'::regtype
  AND NOT
     'anycompatiblerange'::regtype = ANY (p1.proargtypes)
ORDER BY 2
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE 'cstring'::regtype = ANY (p1.proargtypes)
    AND NOT EXISTS(SELECT 1 FROM pg_type WHERE typinput = p1.oid)
    AND NOT EXISTS(SELECT 1 FROM pg_conversion WHERE conproc = p1.oid)
    AND p1.oid != 'shell_in(cstring)'::regprocedure
ORDER BY 1
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE  p1.prorettype = 'cstring'::regtype
    AND NOT EXISTS(SELECT 1 FROM pg_type WHERE typoutput = p1.oid)
    AND NOT EXISTS(SELECT 1 FROM pg_type WHERE typmodout = p1.oid)
    AND p1.oid != 'shell_out(void)'::regprocedure
ORDER BY 1
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE proallargtypes IS NOT NULL AND
    array_length(proallargtypes,1) < array_length(proargtypes,1)
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE proargmodes IS NOT NULL AND
    array_length(proargmodes,1) < array_length(proargtypes,1)
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE proargnames IS NOT NULL AND
    array_length(proargnames,1) < array_length(proargtypes,1)
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE proallargtypes IS NOT NULL AND proargmodes IS NOT NULL AND
    array_length(proallargtypes,1) <> array_length(proargmodes,1)
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE proallargtypes IS NOT NULL AND proargnames IS NOT NULL AND
    array_length(proallargtypes,1) <> array_length(proargnames,1)
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1
WHERE proargmodes IS NOT NULL AND proargnames IS NOT NULL AND
    array_length(proargmodes,1) <> array_length(proargnames,1)
--//
SELECT p1.oid, p1.proname, p1.proargtypes, p1.proallargtypes, p1.proargmodes
FROM pg_proc as p1
WHERE proallargtypes IS NOT NULL AND
  ARRAY(SELECT unnest(proargtypes)) <>
  ARRAY(SELECT proallargtypes[i]
        FROM generate_series(1, array_length(proallargtypes, 1)) g(i)
        WHERE proargmodes IS NULL OR proargmodes[i] IN ('i', 'b', 'v'))
--//
SELECT p1.oid, p1.proname, p2.oid, p2.proname
FROM pg_proc AS p1, pg_proc AS p2
WHERE p2.oid = p1.prosupport AND
    (p2.prorettype != 'internal'::regtype OR p2.proretset OR p2.pronargs != 1
     OR p2.proargtypes[0] != 'internal'::regtype)
--//
SELECT p1.oid, p1.proname
FROM pg_proc as p1 LEFT JOIN pg_description as d
     ON p1.tableoid = d.classoid and p1.oid = d.objoid and d.objsubid = 0
WHERE d.classoid IS NULL AND p1.oid <= 9999
--//
SELECT p1.oid::regprocedure
FROM pg_proc p1 JOIN pg_namespace pn
     ON pronamespace = pn.oid
WHERE nspname = 'pg_catalog' AND proleakproof
ORDER BY 1
--//
select proname, oid from pg_catalog.pg_proc
where proname in (
  'lo_open',
  'lo_close',
  'lo_creat',
  'lo_create',
  'lo_unlink',
  'lo_lseek',
  'lo_lseek64',
  'lo_tell',
  'lo_tell64',
  'lo_truncate',
  'lo_truncate64',
  'loread',
  'lowrite')
and pronamespace = (select oid from pg_catalog.pg_namespace
                    where nspname = 'pg_catalog')
order by 1
--//
SELECT p1.oid, p1.proname
FROM pg_proc AS p1
WHERE provolatile = 'i' AND proparallel = 'u'
--//
SELECT *
FROM pg_cast c
WHERE castsource = 0 OR casttarget = 0 OR castcontext NOT IN ('e', 'a', 'i')
    OR castmethod NOT IN ('f', 'b' ,'i')
--//
SELECT *
FROM pg_cast c
WHERE (castmethod = 'f' AND castfunc = 0)
   OR (castmethod IN ('b', 'i') AND castfunc <> 0)
--//
SELECT *
FROM pg_cast c
WHERE castsource = casttarget AND castfunc = 0
--//
SELECT c.*
FROM pg_cast c, pg_proc p
WHERE c.castfunc = p.oid AND p.pronargs < 2 AND castsource = casttarget
--//
SELECT c.*
FROM pg_cast c, pg_proc p
WHERE c.castfunc = p.oid AND
    (p.pronargs < 1 OR p.pronargs > 3
     OR NOT (binary_coercible(c.castsource, p.proargtypes[0])
             OR (c.castsource = 'character'::regtype AND
                 p.proargtypes[0] = 'text'::regtype))
     OR NOT binary_coercible(p.prorettype, c.casttarget))
--//
SELECT c.*
FROM pg_cast c, pg_proc p
WHERE c.castfunc = p.oid AND
    ((p.pronargs > 1 AND p.proargtypes[1] != 'int4'::regtype) OR
     (p.pronargs > 2 AND p.proargtypes[2] != 'bool'::regtype))
--//
SELECT castsource::regtype, casttarget::regtype, castfunc, castcontext
FROM pg_cast c
WHERE c.castmethod = 'b' AND
    NOT EXISTS (SELECT 1 FROM pg_cast k
                WHERE k.castmethod = 'b' AND
                    k.castsource = c.casttarget AND
                    k.casttarget = c.castsource)
--//
SELECT c.oid, c.conname
FROM pg_conversion as c
WHERE c.conproc = 0 OR
    pg_encoding_to_char(conforencoding) = '' OR
    pg_encoding_to_char(contoencoding) = ''
--//
SELECT p.oid, p.proname, c.oid, c.conname
FROM pg_proc p, pg_conversion c
WHERE p.oid = c.conproc AND
    (p.prorettype != 'int4'::regtype OR p.proretset OR
     p.pronargs != 6 OR
     p.proargtypes[0] != 'int4'::regtype OR
     p.proargtypes[1] != 'int4'::regtype OR
     p.proargtypes[2] != 'cstring'::regtype OR
     p.proargtypes[3] != 'internal'::regtype OR
     p.proargtypes[4] != 'int4'::regtype OR
     p.proargtypes[5] != 'bool'::regtype)
--//
SELECT c.oid, c.conname
FROM pg_conversion as c
WHERE condefault AND
    convert('ABC'::bytea, pg_encoding_to_char(conforencoding),
            pg_encoding_to_char(contoencoding)) != 'ABC'
--//
SELECT o1.oid, o1.oprname
FROM pg_operator as o1
WHERE (o1.oprkind != 'b' AND o1.oprkind != 'l') OR
    o1.oprresult = 0 OR o1.oprcode = 0
--//
SELECT o1.oid, o1.oprname
FROM pg_operator as o1
WHERE (o1.oprleft = 0 and o1.oprkind != 'l') OR
    (o1.oprleft != 0 and o1.oprkind = 'l') OR
    o1.oprright = 0
--//
SELECT o1.oid, o1.oprcode, o2.oid, o2.oprcode
FROM pg_operator AS o1, pg_operator AS o2
WHERE o1.oid != o2.oid AND
    o1.oprname = o2.oprname AND
    o1.oprkind = o2.oprkind AND
    o1.oprleft = o2.oprleft AND
    o1.oprright = o2.oprright
--//
SELECT o1.oid, o1.oprcode, o2.oid, o2.oprcode
FROM pg_operator AS o1, pg_operator AS o2
WHERE o1.oprcom = o2.oid AND
    (o1.oprkind != 'b' OR
     o1.oprleft != o2.oprright OR
     o1.oprright != o2.oprleft OR
     o1.oprresult != o2.oprresult OR
     o1.oid != o2.oprcom)
--//
SELECT o1.oid, o1.oprcode, o2.oid, o2.oprcode
FROM pg_operator AS o1, pg_operator AS o2
WHERE o1.oprnegate = o2.oid AND
    (o1.oprkind != o2.oprkind OR
     o1.oprleft != o2.oprleft OR
     o1.oprright != o2.oprright OR
     o1.oprresult != 'bool'::regtype OR
     o2.oprresult != 'bool'::regtype OR
     o1.oid != o2.oprnegate OR
     o1.oid = o2.oid)
--//
SELECT DISTINCT o1.oprname AS op1, o2.oprname AS op2
FROM pg_operator o1, pg_operator o2
WHERE o1.oprcom = o2.oid AND o1.oprname <= o2.oprname
ORDER BY 1, 2
--//
SELECT DISTINCT o1.oprname AS op1, o2.oprname AS op2
FROM pg_operator o1, pg_operator o2
WHERE o1.oprnegate = o2.oid AND o1.oprname <= o2.oprname
ORDER BY 1, 2
--//
SELECT o1.oid, o1.oprname FROM pg_operator AS o1
WHERE (o1.oprcanmerge OR o1.oprcanhash) AND NOT
    (o1.oprkind = 'b' AND o1.oprresult = 'bool'::regtype AND o1.oprcom != 0)
--//
SELECT o1.oid, o1.oprname, o2.oid, o2.oprname
FROM pg_operator AS o1, pg_operator AS o2
WHERE o1.oprcom = o2.oid AND
    (o1.oprcanmerge != o2.oprcanmerge OR
     o1.oprcanhash != o2.oprcanhash)
--//
SELECT o1.oid, o1.oprname
FROM pg_operator AS o1
WHERE o1.oprcanmerge AND NOT EXISTS
  (SELECT 1 FROM pg_amop
   WHERE amopmethod = (SELECT oid FROM pg_am WHERE amname = 'btree') AND
         amopopr = o1.oid AND amopstrategy = 3)
--//
SELECT o1.oid, o1.oprname, p.amopfamily
FROM pg_operator AS o1, pg_amop p
WHERE amopopr = o1.oid
  AND amopmethod = (SELECT oid FROM pg_am WHERE amname = 'btree')
  AND amopstrategy = 3
  AND NOT o1.oprcanmerge
--//
SELECT o1.oid, o1.oprname
FROM pg_operator AS o1
WHERE o1.oprcanhash AND NOT EXISTS
  (SELECT 1 FROM pg_amop
   WHERE amopmethod = (SELECT oid FROM pg_am WHERE amname = 'hash') AND
         amopopr = o1.oid AND amopstrategy = 1)
--//
SELECT o1.oid, o1.oprname, p.amopfamily
FROM pg_operator AS o1, pg_amop p
WHERE amopopr = o1.oid
  AND amopmethod = (SELECT oid FROM pg_am WHERE amname = 'hash')
  AND NOT o1.oprcanhash
--//
SELECT o1.oid, o1.oprname, p1.oid, p1.proname
FROM pg_operator AS o1, pg_proc AS p1
WHERE o1.oprcode = p1.oid AND
    o1.oprkind = 'b' AND
    (p1.pronargs != 2
     OR NOT binary_coercible(p1.prorettype, o1.oprresult)
     OR NOT binary_coercible(o1.oprleft, p1.proargtypes[0])
     OR NOT binary_coercible(o1.oprright, p1.proargtypes[1]))
--//
SELECT o1.oid, o1.oprname, p1.oid, p1.proname
FROM pg_operator AS o1, pg_proc AS p1
WHERE o1.oprcode = p1.oid AND
    o1.oprkind = 'l' AND
    (p1.pronargs != 1
     OR NOT binary_coercible(p1.prorettype, o1.oprresult)
     OR NOT binary_coercible(o1.oprright, p1.proargtypes[0])
     OR o1.oprleft != 0)
--//
SELECT o1.oid, o1.oprname, p1.oid, p1.proname
FROM pg_operator AS o1, pg_proc AS p1
WHERE o1.oprcode = p1.oid AND
    (o1.oprcanmerge OR o1.oprcanhash) AND
    p1.provolatile = 'v'
--//
SELECT o1.oid, o1.oprname, p2.oid, p2.proname
FROM pg_operator AS o1, pg_proc AS p2
WHERE o1.oprrest = p2.oid AND
    (o1.oprresult != 'bool'::regtype OR
     p2.prorettype != 'float8'::regtype OR p2.proretset OR
     p2.pronargs != 4 OR
     p2.proargtypes[0] != 'internal'::regtype OR
     p2.proargtypes[1] != 'oid'::regtype OR
     p2.proargtypes[2] != 'internal'::regtype OR
     p2.proargtypes[3] != 'int4'::regtype)
--//
SELECT o1.oid, o1.oprname, p2.oid, p2.proname
FROM pg_operator AS o1, pg_proc AS p2
WHERE o1.oprjoin = p2.oid AND
    (o1.oprkind != 'b' OR o1.oprresult != 'bool'::regtype OR
     p2.prorettype != 'float8'::regtype OR p2.proretset OR
     p2.pronargs != 5 OR
     p2.proargtypes[0] != 'internal'::regtype OR
     p2.proargtypes[1] != 'oid'::regtype OR
     p2.proargtypes[2] != 'internal'::regtype OR
     p2.proargtypes[3] != 'int2'::regtype OR
     p2.proargtypes[4] != 'internal'::regtype)
--//
SELECT o1.oid, o1.oprname
FROM pg_operator as o1 LEFT JOIN pg_description as d
     ON o1.tableoid = d.classoid and o1.oid = d.objoid and d.objsubid = 0
WHERE d.classoid IS NULL AND o1.oid <= 9999
--//
WITH funcdescs AS (
  SELECT p.oid as p_oid, proname, o.oid as o_oid,
    pd.description as prodesc,
    'implementation of ' || oprname || ' operator' as expecteddesc,
    od.description as oprdesc
  FROM pg_proc p JOIN pg_operator o ON oprcode = p.oid
       LEFT JOIN pg_description pd ON
         (pd.objoid = p.oid and pd.classoid = p.tableoid and pd.objsubid = 0)
       LEFT JOIN pg_description od ON
         (od.objoid = o.oid and od.classoid = o.tableoid and od.objsubid = 0)
  WHERE o.oid <= 9999
)
SELECT * FROM funcdescs
  WHERE prodesc IS DISTINCT FROM expecteddesc
    AND oprdesc NOT LIKE 'deprecated%'
    AND prodesc IS DISTINCT FROM oprdesc
--//
WITH funcdescs AS (
  SELECT p.oid as p_oid, proname, o.oid as o_oid,
    pd.description as prodesc,
    'implementation of ' || oprname || ' operator' as expecteddesc,
    od.description as oprdesc
  FROM pg_proc p JOIN pg_operator o ON oprcode = p.oid
       LEFT JOIN pg_description pd ON
         (pd.objoid = p.oid and pd.classoid = p.tableoid and pd.objsubid = 0)
       LEFT JOIN pg_description od ON
         (od.objoid = o.oid and od.classoid = o.tableoid and od.objsubid = 0)
  WHERE o.oid <= 9999
)
SELECT p_oid, proname, prodesc FROM funcdescs
  WHERE prodesc IS DISTINCT FROM expecteddesc
    AND oprdesc NOT LIKE 'deprecated%'
ORDER BY 1
--//
SELECT o1.oid, o1.oprcode, o2.oid, o2.oprcode
FROM pg_operator AS o1, pg_operator AS o2, pg_proc AS p1, pg_proc AS p2
WHERE o1.oprcom = o2.oid AND p1.oid = o1.oprcode AND p2.oid = o2.oprcode AND
    (p1.provolatile != p2.provolatile OR
     p1.proleakproof != p2.proleakproof)
--//
SELECT o1.oid, o1.oprcode, o2.oid, o2.oprcode
FROM pg_operator AS o1, pg_operator AS o2, pg_proc AS p1, pg_proc AS p2
WHERE o1.oprnegate = o2.oid AND p1.oid = o1.oprcode AND p2.oid = o2.oprcode AND
    (p1.provolatile != p2.provolatile OR
     p1.proleakproof != p2.proleakproof)
--//
SELECT pp.oid::regprocedure as proc, pp.provolatile as vp, pp.proleakproof as lp,
       po.oid::regprocedure as opr, po.provolatile as vo, po.proleakproof as lo
FROM pg_proc pp, pg_proc po, pg_operator o, pg_amproc ap, pg_amop ao
WHERE pp.oid = ap.amproc AND po.oid = o.oprcode AND o.oid = ao.amopopr AND
    ao.amopmethod = (SELECT oid FROM pg_am WHERE amname = 'btree') AND
    ao.amopfamily = ap.amprocfamily AND
    ao.amoplefttype = ap.amproclefttype AND
    ao.amoprighttype = ap.amprocrighttype AND
    ap.amprocnum = 1 AND
    (pp.provolatile != po.provolatile OR
     pp.proleakproof != po.proleakproof)
ORDER BY 1
--//
SELECT ctid, aggfnoid::oid
FROM pg_aggregate as a
WHERE aggfnoid = 0 OR aggtransfn = 0 OR
    aggkind NOT IN ('n', 'o', 'h') OR
    aggnumdirectargs < 0 OR
    (aggkind = 'n' AND aggnumdirectargs > 0) OR
    aggfinalmodify NOT IN ('r', 's', 'w') OR
    aggmfinalmodify NOT IN ('r', 's', 'w') OR
    aggtranstype = 0 OR aggtransspace < 0 OR aggmtransspace < 0
--//
SELECT a.aggfnoid::oid, p.proname
FROM pg_aggregate as a, pg_proc as p
WHERE a.aggfnoid = p.oid AND
    (p.prokind != 'a' OR p.proretset OR p.pronargs < a.aggnumdirectargs)
--//
SELECT oid, proname
FROM pg_proc as p
WHERE p.prokind = 'a' AND
    NOT EXISTS (SELECT 1 FROM pg_aggregate a WHERE a.aggfnoid = p.oid)
--//
SELECT a.aggfnoid::oid, p.proname
FROM pg_aggregate as a, pg_proc as p
WHERE a.aggfnoid = p.oid AND
    a.aggfinalfn = 0 AND p.prorettype != a.aggtranstype
--//
SELECT a.aggfnoid::oid, p.proname, ptr.oid, ptr.proname
FROM pg_aggregate AS a, pg_proc AS p, pg_proc AS ptr
WHERE a.aggfnoid = p.oid AND
    a.aggtransfn = ptr.oid AND
    (ptr.proretset
     OR NOT (ptr.pronargs =
             CASE WHEN a.aggkind = 'n' THEN p.pronargs + 1
             ELSE greatest(p.pronargs - a.aggnumdirectargs, 1) + 1 END)
     OR NOT binary_coercible(ptr.prorettype, a.aggtranstype)
     OR NOT binary_coercible(a.aggtranstype, ptr.proargtypes[0])
     OR (p.pronargs > 0 AND
         NOT binary_coercible(p.proargtypes[0], ptr.proargtypes[1]))
     OR (p.pronargs > 1 AND
         NOT binary_coercible(p.proargtypes[1], ptr.proargtypes[2]))
     OR (p.pronargs > 2 AND
         NOT binary_coercible(p.proargtypes[2], ptr.proargtypes[3]))
     OR (p.pronargs > 3)
    )
--//
SELECT a.aggfnoid::oid, p.proname, pfn.oid, pfn.proname
FROM pg_aggregate AS a, pg_proc AS p, pg_proc AS pfn
WHERE a.aggfnoid = p.oid AND
    a.aggfinalfn = pfn.oid AND
    (pfn.proretset OR
     NOT binary_coercible(pfn.prorettype, p.prorettype) OR
     NOT binary_coercible(a.aggtranstype, pfn.proargtypes[0]) OR
     CASE WHEN a.aggfinalextra THEN pfn.pronargs != p.pronargs + 1
          ELSE pfn.pronargs != a.aggnumdirectargs + 1 END
     OR (pfn.pronargs > 1 AND
         NOT binary_coercible(p.proargtypes[0], pfn.proargtypes[1]))
     OR (pfn.pronargs > 2 AND
         NOT binary_coercible(p.proargtypes[1], pfn.proargtypes[2]))
     OR (pfn.pronargs > 3 AND
         NOT binary_coercible(p.proargtypes[2], pfn.proargtypes[3]))
     OR (pfn.pronargs > 4)
    )
--//
SELECT a.aggfnoid::oid, p.proname, ptr.oid, ptr.proname
FROM pg_aggregate AS a, pg_proc AS p, pg_proc AS ptr
WHERE a.aggfnoid = p.oid AND
    a.aggtransfn = ptr.oid AND ptr.proisstrict AND
    a.agginitval IS NULL AND
    NOT binary_coercible(p.proargtypes[0], a.aggtranstype)
--//
SELECT ctid, aggfnoid::oid
FROM pg_aggregate as a
WHERE aggmtranstype != 0 AND
    (aggmtransfn = 0 OR aggminvtransfn = 0)
--//
SELECT ctid, aggfnoid::oid
FROM pg_aggregate as a
WHERE aggmtranstype = 0 AND
    (aggmtransfn != 0 OR aggminvtransfn != 0 OR aggmfinalfn != 0 OR
     aggmtransspace != 0 OR aggminitval IS NOT NULL)
--//
SELECT a.aggfnoid::oid, p.proname
FROM pg_aggregate as a, pg_proc as p
WHERE a.aggfnoid = p.oid AND
    a.aggmtransfn != 0 AND
    a.aggmfinalfn = 0 AND p.prorettype != a.aggmtranstype
--//
SELECT a.aggfnoid::oid, p.proname, ptr.oid, ptr.proname
FROM pg_aggregate AS a, pg_proc AS p, pg_proc AS ptr
WHERE a.aggfnoid = p.oid AND
    a.aggmtransfn = ptr.oid AND
    (ptr.proretset
     OR NOT (ptr.pronargs =
             CASE WHEN a.aggkind = 'n' THEN p.pronargs + 1
             ELSE greatest(p.pronargs - a.aggnumdirectargs, 1) + 1 END)
     OR NOT binary_coercible(ptr.prorettype, a.aggmtranstype)
     OR NOT binary_coercible(a.aggmtranstype, ptr.proargtypes[0])
     OR (p.pronargs > 0 AND
         NOT binary_coercible(p.proargtypes[0], ptr.proargtypes[1]))
     OR (p.pronargs > 1 AND
         NOT binary_coercible(p.proargtypes[1], ptr.proargtypes[2]))
     OR (p.pronargs > 2 AND
         NOT binary_coercible(p.proargtypes[2], ptr.proargtypes[3]))
     OR (p.pronargs > 3)
    )
--//
SELECT a.aggfnoid::oid, p.proname, ptr.oid, ptr.proname
FROM pg_aggregate AS a, pg_proc AS p, pg_proc AS ptr
WHERE a.aggfnoid = p.oid AND
    a.aggminvtransfn = ptr.oid AND
    (ptr.proretset
     OR NOT (ptr.pronargs =
             CASE WHEN a.aggkind = 'n' THEN p.pronargs + 1
             ELSE greatest(p.pronargs - a.aggnumdirectargs, 1) + 1 END)
     OR NOT binary_coercible(ptr.prorettype, a.aggmtranstype)
     OR NOT binary_coercible(a.aggmtranstype, ptr.proargtypes[0])
     OR (p.pronargs > 0 AND
         NOT binary_coercible(p.proargtypes[0], ptr.proargtypes[1]))
     OR (p.pronargs > 1 AND
         NOT binary_coercible(p.proargtypes[1], ptr.proargtypes[2]))
     OR (p.pronargs > 2 AND
         NOT binary_coercible(p.proargtypes[2], ptr.proargtypes[3]))
     OR (p.pronargs > 3)
    )
--//
SELECT a.aggfnoid::oid, p.proname, pfn.oid, pfn.proname
FROM pg_aggregate AS a, pg_proc AS p, pg_proc AS pfn
WHERE a.aggfnoid = p.oid AND
    a.aggmfinalfn = pfn.oid AND
    (pfn.proretset OR
     NOT binary_coercible(pfn.prorettype, p.prorettype) OR
     NOT binary_coercible(a.aggmtranstype, pfn.proargtypes[0]) OR
     CASE WHEN a.aggmfinalextra THEN pfn.pronargs != p.pronargs + 1
          ELSE pfn.pronargs != a.aggnumdirectargs + 1 END
     OR (pfn.pronargs > 1 AND
         NOT binary_coercible(p.proargtypes[0], pfn.proargtypes[1]))
     OR (pfn.pronargs > 2 AND
         NOT binary_coercible(p.proargtypes[1], pfn.proargtypes[2]))
     OR (pfn.pronargs > 3 AND
         NOT binary_coercible(p.proargtypes[2], pfn.proargtypes[3]))
     OR (pfn.pronargs > 4)
    )
--//
SELECT a.aggfnoid::oid, p.proname, ptr.oid, ptr.proname
FROM pg_aggregate AS a, pg_proc AS p, pg_proc AS ptr
WHERE a.aggfnoid = p.oid AND
    a.aggmtransfn = ptr.oid AND ptr.proisstrict AND
    a.aggminitval IS NULL AND
    NOT binary_coercible(p.proargtypes[0], a.aggmtranstype)
--//
SELECT a.aggfnoid::oid, p.proname, ptr.oid, ptr.proname, iptr.oid, iptr.proname
FROM pg_aggregate AS a, pg_proc AS p, pg_proc AS ptr, pg_proc AS iptr
WHERE a.aggfnoid = p.oid AND
    a.aggmtransfn = ptr.oid AND
    a.aggminvtransfn = iptr.oid AND
    ptr.proisstrict != iptr.proisstrict
--//
SELECT a.aggfnoid, p.proname
FROM pg_aggregate as a, pg_proc as p
WHERE a.aggcombinefn = p.oid AND
    (p.pronargs != 2 OR
     p.prorettype != p.proargtypes[0] OR
     p.prorettype != p.proargtypes[1] OR
     NOT binary_coercible(a.aggtranstype, p.proargtypes[0]))
--//
SELECT a.aggfnoid, p.proname
FROM pg_aggregate as a, pg_proc as p
WHERE a.aggcombinefn = p.oid AND
    a.aggtranstype = 'internal'::regtype AND p.proisstrict
--//
SELECT aggfnoid, aggtranstype, aggserialfn, aggdeserialfn
FROM pg_aggregate
WHERE (aggserialfn != 0 OR aggdeserialfn != 0)
  AND (aggtranstype != 'internal'::regtype OR aggcombinefn = 0 OR
       aggserialfn = 0 OR aggdeserialfn = 0)
--//
SELECT a.aggfnoid, p.proname
FROM pg_aggregate as a, pg_proc as p
WHERE a.aggserialfn = p.oid AND
    (p.prorettype != 'bytea'::regtype OR p.pronargs != 1 OR
     p.proargtypes[0] != 'internal'::regtype OR
     NOT p.proisstrict)
--//
SELECT a.aggfnoid, p.proname
FROM pg_aggregate as a, pg_proc as p
WHERE a.aggdeserialfn = p.oid AND
    (p.prorettype != 'internal'::regtype OR p.pronargs != 2 OR
     p.proargtypes[0] != 'bytea'::regtype OR
     p.proargtypes[1] != 'internal'::regtype OR
     NOT p.proisstrict)
--//
SELECT a.aggfnoid, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn,
       b.aggfnoid, b.aggcombinefn, b.aggserialfn, b.aggdeserialfn
FROM
    pg_aggregate a, pg_aggregate b
WHERE
    a.aggfnoid < b.aggfnoid AND a.aggtransfn = b.aggtransfn AND
    (a.aggcombinefn != b.aggcombinefn OR a.aggserialfn != b.aggserialfn
     OR a.aggdeserialfn != b.aggdeserialfn)
--//
SELECT DISTINCT proname, oprname
FROM pg_operator AS o, pg_aggregate AS a, pg_proc AS p
WHERE a.aggfnoid = p.oid AND a.aggsortop = o.oid
ORDER BY 1, 2
--//
SELECT a.aggfnoid::oid, o.oid
FROM pg_operator AS o, pg_aggregate AS a, pg_proc AS p
WHERE a.aggfnoid = p.oid AND a.aggsortop = o.oid AND
    (oprkind != 'b' OR oprresult != 'boolean'::regtype
     OR oprleft != p.proargtypes[0] OR oprright != p.proargtypes[0])
--//
SELECT a.aggfnoid::oid, o.oid
FROM pg_operator AS o, pg_aggregate AS a, pg_proc AS p
WHERE a.aggfnoid = p.oid AND a.aggsortop = o.oid AND
    NOT EXISTS(SELECT 1 FROM pg_amop
               WHERE amopmethod = (SELECT oid FROM pg_am WHERE amname = 'btree')
                     AND amopopr = o.oid
                     AND amoplefttype = o.oprleft
                     AND amoprighttype = o.oprright)
--//
SELECT DISTINCT proname, oprname, amopstrategy
FROM pg_operator AS o, pg_aggregate AS a, pg_proc AS p,
     pg_amop as ao
WHERE a.aggfnoid = p.oid AND a.aggsortop = o.oid AND
    amopopr = o.oid AND
    amopmethod = (SELECT oid FROM pg_am WHERE amname = 'btree')
ORDER BY 1, 2
--//
SELECT p1.oid::regprocedure, p2.oid::regprocedure
FROM pg_proc AS p1, pg_proc AS p2
WHERE p1.oid < p2.oid AND p1.proname = p2.proname AND
    p1.prokind = 'a' AND p2.prokind = 'a' AND
    array_dims(p1.proargtypes) != array_dims(p2.proargtypes)
ORDER BY 1
--//
SELECT oid, proname
FROM pg_proc AS p
WHERE prokind = 'a' AND proargdefaults IS NOT NULL
--//
SELECT p.oid, proname
FROM pg_proc AS p JOIN pg_aggregate AS a ON a.aggfnoid = p.oid
WHERE prokind = 'a' AND provariadic != 0 AND a.aggkind = 'n'
--//
SELECT f.oid
FROM pg_opfamily as f
WHERE f.opfmethod = 0 OR f.opfnamespace = 0
--//
SELECT oid, opfname FROM pg_opfamily f
WHERE NOT EXISTS (SELECT 1 FROM pg_opclass WHERE opcfamily = f.oid)
--//
SELECT c1.oid
FROM pg_opclass AS c1
WHERE c1.opcmethod = 0 OR c1.opcnamespace = 0 OR c1.opcfamily = 0
    OR c1.opcintype = 0
--//
SELECT c1.oid, f1.oid
FROM pg_opclass AS c1, pg_opfamily AS f1
WHERE c1.opcfamily = f1.oid AND c1.opcmethod != f1.opfmethod
--//
SELECT c1.oid, c2.oid
FROM pg_opclass AS c1, pg_opclass AS c2
WHERE c1.oid != c2.oid AND
    c1.opcmethod = c2.opcmethod AND c1.opcintype = c2.opcintype AND
    c1.opcdefault AND c2.opcdefault
--//
SELECT oid, opcname FROM pg_opclass WHERE NOT amvalidate(oid)
--//
SELECT a1.oid, a1.amname
FROM pg_am AS a1
WHERE a1.amhandler = 0
--//
SELECT a1.oid, a1.amname, p1.oid, p1.proname
FROM pg_am AS a1, pg_proc AS p1
WHERE p1.oid = a1.amhandler AND a1.amtype = 'i' AND
    (p1.prorettype != 'index_am_handler'::regtype
     OR p1.proretset
     OR p1.pronargs != 1
     OR p1.proargtypes[0] != 'internal'::regtype)
--//
SELECT a1.amopfamily, a1.amopstrategy
FROM pg_amop as a1
WHERE a1.amopfamily = 0 OR a1.amoplefttype = 0 OR a1.amoprighttype = 0
    OR a1.amopopr = 0 OR a1.amopmethod = 0 OR a1.amopstrategy < 1
--//
SELECT a1.amopfamily, a1.amopstrategy
FROM pg_amop as a1
WHERE NOT ((a1.amoppurpose = 's' AND a1.amopsortfamily = 0) OR
           (a1.amoppurpose = 'o' AND a1.amopsortfamily <> 0))
--//
SELECT a1.oid, f1.oid
FROM pg_amop AS a1, pg_opfamily AS f1
WHERE a1.amopfamily = f1.oid AND a1.amopmethod != f1.opfmethod
--//
SELECT DISTINCT amopmethod, amopstrategy, oprname
FROM pg_amop a1 LEFT JOIN pg_operator o1 ON amopopr = o1.oid
ORDER BY 1, 2, 3
--//
SELECT a1.amopfamily, a1.amopopr, o1.oid, o1.oprname
FROM pg_amop AS a1, pg_operator AS o1
WHERE a1.amopopr = o1.oid AND a1.amoppurpose = 's' AND
    (o1.oprrest = 0 OR o1.oprjoin = 0)
--//
SELECT c1.opcname, c1.opcfamily
FROM pg_opclass AS c1
WHERE NOT EXISTS(SELECT 1 FROM pg_amop AS a1
                 WHERE a1.amopfamily = c1.opcfamily
                   AND binary_coercible(c1.opcintype, a1.amoplefttype))
--//
SELECT a1.amopfamily, a1.amopstrategy, a1.amopopr
FROM pg_amop AS a1
WHERE NOT EXISTS(SELECT 1 FROM pg_opclass AS c1
                 WHERE c1.opcfamily = a1.amopfamily
                   AND binary_coercible(c1.opcintype, a1.amoplefttype))
--//
SELECT a1.amopfamily, a1.amopopr, o1.oprname, p1.prosrc
FROM pg_amop AS a1, pg_operator AS o1, pg_proc AS p1
WHERE a1.amopopr = o1.oid AND o1.oprcode = p1.oid AND
    a1.amoplefttype = a1.amoprighttype AND
    p1.provolatile != 'i'
--//
SELECT a1.amopfamily, a1.amopopr, o1.oprname, p1.prosrc
FROM pg_amop AS a1, pg_operator AS o1, pg_proc AS p1
WHERE a1.amopopr = o1.oid AND o1.oprcode = p1.oid AND
    a1.amoplefttype != a1.amoprighttype AND
    p1.provolatile = 'v'
--//
SELECT a1.amprocfamily, a1.amprocnum
FROM pg_amproc as a1
WHERE a1.amprocfamily = 0 OR a1.amproclefttype = 0 OR a1.amprocrighttype = 0
    OR a1.amprocnum < 0 OR a1.amproc = 0
--//
SELECT a1.amprocfamily, a1.amproc, p1.prosrc
FROM pg_amproc AS a1, pg_proc AS p1
WHERE a1.amproc = p1.oid AND
    a1.amproclefttype = a1.amprocrighttype AND
    p1.provolatile != 'i'
--//
SELECT a1.amprocfamily, a1.amproc, p1.prosrc
FROM pg_amproc AS a1, pg_proc AS p1
WHERE a1.amproc = p1.oid AND
    a1.amproclefttype != a1.amprocrighttype AND
    p1.provolatile = 'v'
--//
SELECT amp.amproc::regproc AS proc, opf.opfname AS opfamily_name,
       opc.opcname AS opclass_name, opc.opcintype::regtype AS opcintype
FROM pg_am AS am
JOIN pg_opclass AS opc ON opc.opcmethod = am.oid
JOIN pg_opfamily AS opf ON opc.opcfamily = opf.oid
LEFT JOIN pg_amproc AS amp ON amp.amprocfamily = opf.oid AND
    amp.amproclefttype = opc.opcintype AND amp.amprocnum = 4
WHERE am.amname = 'btree' AND
    amp.amproc IS DISTINCT FROM 'btequalimage'::regproc
ORDER BY 1, 2, 3
--//
SELECT indexrelid, indrelid
FROM pg_index
WHERE indexrelid = 0 OR indrelid = 0 OR
      indnatts <= 0 OR indnatts > 32
--//
SELECT indexrelid, indrelid
FROM pg_index
WHERE array_lower(indkey, 1) != 0 OR array_upper(indkey, 1) != indnatts-1 OR
    array_lower(indclass, 1) != 0 OR array_upper(indclass, 1) != indnatts-1 OR
    array_lower(indcollation, 1) != 0 OR array_upper(indcollation, 1) != indnatts-1 OR
    array_lower(indoption, 1) != 0 OR array_upper(indoption, 1) != indnatts-1
--//
SELECT indexrelid::regclass, indrelid::regclass, attname, atttypid::regtype, opcname
FROM (SELECT indexrelid, indrelid, unnest(indkey) as ikey,
             unnest(indclass) as iclass, unnest(indcollation) as icoll
      FROM pg_index) ss,
      pg_attribute a,
      pg_opclass opc
WHERE a.attrelid = indrelid AND a.attnum = ikey AND opc.oid = iclass AND
      (NOT binary_coercible(atttypid, opcintype) OR icoll != attcollation)
--//
SELECT indexrelid::regclass, indrelid::regclass, attname, atttypid::regtype, opcname
FROM (SELECT indexrelid, indrelid, unnest(indkey) as ikey,
             unnest(indclass) as iclass, unnest(indcollation) as icoll
      FROM pg_index
      WHERE indrelid < 16384) ss,
      pg_attribute a,
      pg_opclass opc
WHERE a.attrelid = indrelid AND a.attnum = ikey AND opc.oid = iclass AND
      (opcintype != atttypid OR icoll != attcollation)
ORDER BY 1
--//
SELECT relname, attname, attcollation
FROM pg_class c, pg_attribute a
WHERE c.oid = attrelid AND c.oid < 16384 AND
    c.relkind != 'v' AND
    attcollation != 0 AND
    attcollation != (SELECT oid FROM pg_collation WHERE collname = 'C')
--//
SELECT indexrelid::regclass, indrelid::regclass, iclass, icoll
FROM (SELECT indexrelid, indrelid,
             unnest(indclass) as iclass, unnest(indcollation) as icoll
      FROM pg_index
      WHERE indrelid < 16384) ss
WHERE icoll != 0 AND
    icoll != (SELECT oid FROM pg_collation WHERE collname = 'C')
--//
INSERT INTO pagg_tab SELECT i % 20, i % 30, to_char(i % 12, 'FM0000'), i % 30 FROM generate_series(0, 2999) i
--//
EXPLAIN (COSTS OFF)
SELECT c, sum(a), avg(b), count(*), min(a), max(b) FROM pagg_tab GROUP BY c HAVING avg(d) < 15 ORDER BY 1, 2, 3
--//
SELECT c, sum(a), avg(b), count(*), min(a), max(b) FROM pagg_tab GROUP BY c HAVING avg(d) < 15 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT a, sum(b), avg(b), count(*), min(a), max(b) FROM pagg_tab GROUP BY a HAVING avg(d) < 15 ORDER BY 1, 2, 3
--//
SELECT a, sum(b), avg(b), count(*), min(a), max(b) FROM pagg_tab GROUP BY a HAVING avg(d) < 15 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT a, c, count(*) FROM pagg_tab GROUP BY a, c
--//
EXPLAIN (COSTS OFF)
SELECT a, c, count(*) FROM pagg_tab GROUP BY c, a
--//
EXPLAIN (COSTS OFF)
SELECT c, a, count(*) FROM pagg_tab GROUP BY a, c
--//
EXPLAIN (COSTS OFF)
SELECT c, sum(a) FROM pagg_tab WHERE 1 = 2 GROUP BY c
--//
SELECT c, sum(a) FROM pagg_tab WHERE 1 = 2 GROUP BY c
--//
EXPLAIN (COSTS OFF)
SELECT c, sum(a) FROM pagg_tab WHERE c = 'x' GROUP BY c
--//
SELECT c, sum(a) FROM pagg_tab WHERE c = 'x' GROUP BY c
--//
EXPLAIN (COSTS OFF)
SELECT c, sum(a), avg(b), count(*) FROM pagg_tab GROUP BY 1 HAVING avg(d) < 15 ORDER BY 1, 2, 3
--//
SELECT c, sum(a), avg(b), count(*) FROM pagg_tab GROUP BY 1 HAVING avg(d) < 15 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT a, sum(b), avg(b), count(*) FROM pagg_tab GROUP BY 1 HAVING avg(d) < 15 ORDER BY 1, 2, 3
--//
SELECT a, sum(b), avg(b), count(*) FROM pagg_tab GROUP BY 1 HAVING avg(d) < 15 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT c FROM pagg_tab GROUP BY c ORDER BY 1
--//
SELECT c FROM pagg_tab GROUP BY c ORDER BY 1
--//
EXPLAIN (COSTS OFF)
SELECT a FROM pagg_tab WHERE a < 3 GROUP BY a ORDER BY 1
--//
SELECT a FROM pagg_tab WHERE a < 3 GROUP BY a ORDER BY 1
--//
EXPLAIN (COSTS OFF)
SELECT c, sum(a) FROM pagg_tab GROUP BY rollup(c) ORDER BY 1, 2
--//
EXPLAIN (COSTS OFF)
SELECT c, sum(b order by a) FROM pagg_tab GROUP BY c ORDER BY 1, 2
--//
EXPLAIN (COSTS OFF)
SELECT a, sum(b order by a) FROM pagg_tab GROUP BY a ORDER BY 1, 2
--//
INSERT INTO pagg_tab1 SELECT i % 30, i % 20 FROM generate_series(0, 299, 2) i
--//
EXPLAIN (COSTS OFF)
SELECT t1.x, sum(t1.y), count(*) FROM pagg_tab1 t1, pagg_tab2 t2 WHERE t1.x = t2.y GROUP BY t1.x ORDER BY 1, 2, 3
--//
SELECT t1.x, sum(t1.y), count(*) FROM pagg_tab1 t1, pagg_tab2 t2 WHERE t1.x = t2.y GROUP BY t1.x ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT t1.x, sum(t1.y), count(t1) FROM pagg_tab1 t1, pagg_tab2 t2 WHERE t1.x = t2.y GROUP BY t1.x ORDER BY 1, 2, 3
--//
SELECT t1.x, sum(t1.y), count(t1) FROM pagg_tab1 t1, pagg_tab2 t2 WHERE t1.x = t2.y GROUP BY t1.x ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT t2.y, sum(t1.y), count(*) FROM pagg_tab1 t1, pagg_tab2 t2 WHERE t1.x = t2.y GROUP BY t2.y ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT t1.y, sum(t1.x), count(*) FROM pagg_tab1 t1, pagg_tab2 t2 WHERE t1.x = t2.y GROUP BY t1.y HAVING avg(t1.x) > 10 ORDER BY 1, 2, 3
--//
SELECT t1.y, sum(t1.x), count(*) FROM pagg_tab1 t1, pagg_tab2 t2 WHERE t1.x = t2.y GROUP BY t1.y HAVING avg(t1.x) > 10 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT b.y, sum(a.y) FROM pagg_tab1 a LEFT JOIN pagg_tab2 b ON a.x = b.y GROUP BY b.y ORDER BY 1 NULLS LAST
--//
SELECT b.y, sum(a.y) FROM pagg_tab1 a LEFT JOIN pagg_tab2 b ON a.x = b.y GROUP BY b.y ORDER BY 1 NULLS LAST
--//
EXPLAIN (COSTS OFF)
SELECT b.y, sum(a.y) FROM pagg_tab1 a RIGHT JOIN pagg_tab2 b ON a.x = b.y GROUP BY b.y ORDER BY 1 NULLS LAST
--//
SELECT b.y, sum(a.y) FROM pagg_tab1 a RIGHT JOIN pagg_tab2 b ON a.x = b.y GROUP BY b.y ORDER BY 1 NULLS LAST
--//
EXPLAIN (COSTS OFF)
SELECT a.x, sum(b.x) FROM pagg_tab1 a FULL OUTER JOIN pagg_tab2 b ON a.x = b.y GROUP BY a.x ORDER BY 1 NULLS LAST
--//
SELECT a.x, sum(b.x) FROM pagg_tab1 a FULL OUTER JOIN pagg_tab2 b ON a.x = b.y GROUP BY a.x ORDER BY 1 NULLS LAST
--//
EXPLAIN (COSTS OFF)
SELECT a.x, b.y, count(*) FROM (SELECT * FROM pagg_tab1 WHERE x < 20) a LEFT JOIN (SELECT * FROM pagg_tab2 WHERE y > 10) b ON a.x = b.y WHERE a.x > 5 or b.y < 20  GROUP BY a.x, b.y ORDER BY 1, 2
--//
SELECT a.x, b.y, count(*) FROM (SELECT * FROM pagg_tab1 WHERE x < 20) a LEFT JOIN (SELECT * FROM pagg_tab2 WHERE y > 10) b ON a.x = b.y WHERE a.x > 5 or b.y < 20  GROUP BY a.x, b.y ORDER BY 1, 2
--//
EXPLAIN (COSTS OFF)
SELECT a.x, b.y, count(*) FROM (SELECT * FROM pagg_tab1 WHERE x < 20) a FULL JOIN (SELECT * FROM pagg_tab2 WHERE y > 10) b ON a.x = b.y WHERE a.x > 5 or b.y < 20  GROUP BY a.x, b.y ORDER BY 1, 2
--//
SELECT a.x, b.y, count(*) FROM (SELECT * FROM pagg_tab1 WHERE x < 20) a FULL JOIN (SELECT * FROM pagg_tab2 WHERE y > 10) b ON a.x = b.y WHERE a.x > 5 or b.y < 20 GROUP BY a.x, b.y ORDER BY 1, 2
--//
EXPLAIN (COSTS OFF)
SELECT a.x, a.y, count(*) FROM (SELECT * FROM pagg_tab1 WHERE x = 1 AND x = 2) a LEFT JOIN pagg_tab2 b ON a.x = b.y GROUP BY a.x, a.y ORDER BY 1, 2
--//
SELECT a.x, a.y, count(*) FROM (SELECT * FROM pagg_tab1 WHERE x = 1 AND x = 2) a LEFT JOIN pagg_tab2 b ON a.x = b.y GROUP BY a.x, a.y ORDER BY 1, 2
--//
INSERT INTO pagg_tab_m SELECT i % 30, i % 40, i % 50 FROM generate_series(0, 2999) i
--//
EXPLAIN (COSTS OFF)
SELECT a, sum(b), avg(c), count(*) FROM pagg_tab_m GROUP BY a HAVING avg(c) < 22 ORDER BY 1, 2, 3
--//
SELECT a, sum(b), avg(c), count(*) FROM pagg_tab_m GROUP BY a HAVING avg(c) < 22 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT a, sum(b), avg(c), count(*) FROM pagg_tab_m GROUP BY a, (a+b)/2 HAVING sum(b) < 50 ORDER BY 1, 2, 3
--//
SELECT a, sum(b), avg(c), count(*) FROM pagg_tab_m GROUP BY a, (a+b)/2 HAVING sum(b) < 50 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT a, c, sum(b), avg(c), count(*) FROM pagg_tab_m GROUP BY (a+b)/2, 2, 1 HAVING sum(b) = 50 AND avg(c) > 25 ORDER BY 1, 2, 3
--//
SELECT a, c, sum(b), avg(c), count(*) FROM pagg_tab_m GROUP BY (a+b)/2, 2, 1 HAVING sum(b) = 50 AND avg(c) > 25 ORDER BY 1, 2, 3
--//
INSERT INTO pagg_tab_ml SELECT i % 30, i % 10, to_char(i % 4, 'FM0000') FROM generate_series(0, 29999) i
--//
EXPLAIN (COSTS OFF)
SELECT a, sum(b), array_agg(distinct c), count(*) FROM pagg_tab_ml GROUP BY a HAVING avg(b) < 3 ORDER BY 1, 2, 3
--//
SELECT a, sum(b), array_agg(distinct c), count(*) FROM pagg_tab_ml GROUP BY a HAVING avg(b) < 3 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT a, sum(b), array_agg(distinct c), count(*) FROM pagg_tab_ml GROUP BY a HAVING avg(b) < 3
--//
EXPLAIN (COSTS OFF)
SELECT a, sum(b), count(*) FROM pagg_tab_ml GROUP BY a HAVING avg(b) < 3 ORDER BY 1, 2, 3
--//
SELECT a, sum(b), count(*) FROM pagg_tab_ml GROUP BY a HAVING avg(b) < 3 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT b, sum(a), count(*) FROM pagg_tab_ml GROUP BY b ORDER BY 1, 2, 3
--//
SELECT b, sum(a), count(*) FROM pagg_tab_ml GROUP BY b HAVING avg(a) < 15 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT a, sum(b), count(*) FROM pagg_tab_ml GROUP BY a, b, c HAVING avg(b) > 7 ORDER BY 1, 2, 3
--//
SELECT a, sum(b), count(*) FROM pagg_tab_ml GROUP BY a, b, c HAVING avg(b) > 7 ORDER BY 1, 2, 3
--//
INSERT INTO pagg_tab_para SELECT i % 30, i % 20 FROM generate_series(0, 29999) i
--//
EXPLAIN (COSTS OFF)
SELECT x, sum(y), avg(y), count(*) FROM pagg_tab_para GROUP BY x HAVING avg(y) < 7 ORDER BY 1, 2, 3
--//
SELECT x, sum(y), avg(y), count(*) FROM pagg_tab_para GROUP BY x HAVING avg(y) < 7 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT y, sum(x), avg(x), count(*) FROM pagg_tab_para GROUP BY y HAVING avg(x) < 12 ORDER BY 1, 2, 3
--//
SELECT y, sum(x), avg(x), count(*) FROM pagg_tab_para GROUP BY y HAVING avg(x) < 12 ORDER BY 1, 2, 3
--//
EXPLAIN (COSTS OFF)
SELECT x, sum(y), avg(y), sum(x+y), count(*) FROM pagg_tab_para GROUP BY x HAVING avg(y) < 7 ORDER BY 1, 2, 3
--//
SELECT x, sum(y), avg(y), sum(x+y), count(*) FROM pagg_tab_para GROUP BY x HAVING avg(y) < 7 ORDER BY 1, 2, 3
--//
SELECT * FROM pg_partition_tree(NULL)
--//
SELECT * FROM pg_partition_tree(0)
--//
SELECT * FROM pg_partition_ancestors(NULL)
--//
SELECT * FROM pg_partition_ancestors(0)
--//
SELECT pg_partition_root(NULL)
--//
SELECT pg_partition_root(0)
--//
SELECT pg_partition_root('ptif_test')
--//
SELECT relid, parentrelid, level, isleaf
  FROM pg_partition_tree('ptif_test')
--//
SELECT relid, parentrelid, level, isleaf
  FROM pg_partition_tree('ptif_test0') p
  JOIN pg_class c ON (p.relid = c.oid)
--//
SELECT * FROM pg_partition_ancestors('ptif_test01')
--//
SELECT relid, parentrelid, level, isleaf
  FROM pg_partition_tree(pg_partition_root('ptif_test01')) p
  JOIN pg_class c ON (p.relid = c.oid)
--//
SELECT * FROM pg_partition_tree('ptif_test_view')
--//
INSERT INTO prt1 SELECT i, i % 25, to_char(i, 'FM0000') FROM generate_series(0, 599) i WHERE i % 2 = 0
--//
INSERT INTO prt2 SELECT i % 25, i, to_char(i, 'FM0000') FROM generate_series(0, 599) i WHERE i % 3 = 0
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1 t1, prt2 t2 WHERE t1.a = t2.b AND t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1 t1, prt2 t2 WHERE t1.a = t2.b AND t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1, t2 FROM prt1 t1 LEFT JOIN prt2 t2 ON t1.a = t2.b WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1, t2 FROM prt1 t1 LEFT JOIN prt2 t2 ON t1.a = t2.b WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1 t1 RIGHT JOIN prt2 t2 ON t1.a = t2.b WHERE t2.a = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1 t1 RIGHT JOIN prt2 t2 ON t1.a = t2.b WHERE t2.a = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT 50 phv, * FROM prt1 WHERE prt1.b = 0) t1 FULL JOIN (SELECT 75 phv, * FROM prt2 WHERE prt2.a = 0) t2 ON (t1.a = t2.b) WHERE t1.phv = t1.a OR t2.phv = t2.b ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT 50 phv, * FROM prt1 WHERE prt1.b = 0) t1 FULL JOIN (SELECT 75 phv, * FROM prt2 WHERE prt2.a = 0) t2 ON (t1.a = t2.b) WHERE t1.phv = t1.a OR t2.phv = t2.b ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1 t1, prt2 t2 WHERE t1.a = t2.b AND t1.a < 450 AND t2.b > 250 AND t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1 t1, prt2 t2 WHERE t1.a = t2.b AND t1.a < 450 AND t2.b > 250 AND t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1 WHERE a < 450) t1 LEFT JOIN (SELECT * FROM prt2 WHERE b > 250) t2 ON t1.a = t2.b WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1 WHERE a < 450) t1 LEFT JOIN (SELECT * FROM prt2 WHERE b > 250) t2 ON t1.a = t2.b WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1 WHERE a < 450) t1 FULL JOIN (SELECT * FROM prt2 WHERE b > 250) t2 ON t1.a = t2.b WHERE t1.b = 0 OR t2.a = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1 WHERE a < 450) t1 FULL JOIN (SELECT * FROM prt2 WHERE b > 250) t2 ON t1.a = t2.b WHERE t1.b = 0 OR t2.a = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.* FROM prt1 t1 WHERE t1.a IN (SELECT t2.b FROM prt2 t2 WHERE t2.a = 0) AND t1.b = 0 ORDER BY t1.a
--//
SELECT t1.* FROM prt1 t1 WHERE t1.a IN (SELECT t2.b FROM prt2 t2 WHERE t2.a = 0) AND t1.b = 0 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT sum(t1.a), avg(t1.a), sum(t1.b), avg(t1.b) FROM prt1 t1 WHERE NOT EXISTS (SELECT 1 FROM prt2 t2 WHERE t1.a = t2.b)
--//
SELECT sum(t1.a), avg(t1.a), sum(t1.b), avg(t1.b) FROM prt1 t1 WHERE NOT EXISTS (SELECT 1 FROM prt2 t2 WHERE t1.a = t2.b)
--//
EXPLAIN (COSTS OFF)
SELECT * FROM prt1 t1 LEFT JOIN LATERAL
			  (SELECT t2.a AS t2a, t3.a AS t3a, least(t1.a,t2.a,t3.b) FROM prt1 t2 JOIN prt2 t3 ON (t2.a = t3.b)) ss
			  ON t1.a = ss.t2a WHERE t1.b = 0 ORDER BY t1.a
--//
SELECT * FROM prt1 t1 LEFT JOIN LATERAL
			  (SELECT t2.a AS t2a, t3.a AS t3a, least(t1.a,t2.a,t3.b) FROM prt1 t2 JOIN prt2 t3 ON (t2.a = t3.b)) ss
			  ON t1.a = ss.t2a WHERE t1.b = 0 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, ss.t2a, ss.t2c FROM prt1 t1 LEFT JOIN LATERAL
			  (SELECT t2.a AS t2a, t3.a AS t3a, t2.b t2b, t2.c t2c, least(t1.a,t2.a,t3.b) FROM prt1 t2 JOIN prt2 t3 ON (t2.a = t3.b)) ss
			  ON t1.c = ss.t2c WHERE (t1.b + coalesce(ss.t2b, 0)) = 0 ORDER BY t1.a
--//
SELECT t1.a, ss.t2a, ss.t2c FROM prt1 t1 LEFT JOIN LATERAL
			  (SELECT t2.a AS t2a, t3.a AS t3a, t2.b t2b, t2.c t2c, least(t1.a,t2.a,t3.a) FROM prt1 t2 JOIN prt2 t3 ON (t2.a = t3.b)) ss
			  ON t1.c = ss.t2c WHERE (t1.b + coalesce(ss.t2b, 0)) = 0 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT * FROM prt1 t1 JOIN LATERAL
			  (SELECT * FROM prt1 t2 TABLESAMPLE SYSTEM (t1.a) REPEATABLE(t1.b)) s
			  ON t1.a = s.a
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM prt1 t1 LEFT JOIN LATERAL
			  (SELECT t1.b AS t1b, t2.* FROM prt2 t2) s
			  ON t1.a = s.b WHERE s.t1b = s.a
--//
SELECT count(*) FROM prt1 t1 LEFT JOIN LATERAL
			  (SELECT t1.b AS t1b, t2.* FROM prt2 t2) s
			  ON t1.a = s.b WHERE s.t1b = s.a
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM prt1 t1 LEFT JOIN LATERAL
			  (SELECT t1.b AS t1b, t2.* FROM prt2 t2) s
			  ON t1.a = s.b WHERE s.t1b = s.b
--//
SELECT count(*) FROM prt1 t1 LEFT JOIN LATERAL
			  (SELECT t1.b AS t1b, t2.* FROM prt2 t2) s
			  ON t1.a = s.b WHERE s.t1b = s.b
--//
EXPLAIN (COSTS OFF)
SELECT a, b FROM prt1 FULL JOIN prt2 p2(b,a,c) USING(a,b)
  WHERE a BETWEEN 490 AND 510
  GROUP BY 1, 2 ORDER BY 1, 2
--//
SELECT a, b FROM prt1 FULL JOIN prt2 p2(b,a,c) USING(a,b)
  WHERE a BETWEEN 490 AND 510
  GROUP BY 1, 2 ORDER BY 1, 2
--//
INSERT INTO prt1_e SELECT i, i, i % 25 FROM generate_series(0, 599, 2) i
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_e t1, prt2_e t2 WHERE (t1.a + t1.b)/2 = (t2.b + t2.a)/2 AND t1.c = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_e t1, prt2_e t2 WHERE (t1.a + t1.b)/2 = (t2.b + t2.a)/2 AND t1.c = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c, t3.a + t3.b, t3.c FROM prt1 t1, prt2 t2, prt1_e t3 WHERE t1.a = t2.b AND t1.a = (t3.a + t3.b)/2 AND t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c, t3.a + t3.b, t3.c FROM prt1 t1, prt2 t2, prt1_e t3 WHERE t1.a = t2.b AND t1.a = (t3.a + t3.b)/2 AND t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c, t3.a + t3.b, t3.c FROM (prt1 t1 LEFT JOIN prt2 t2 ON t1.a = t2.b) LEFT JOIN prt1_e t3 ON (t1.a = (t3.a + t3.b)/2) WHERE t1.b = 0 ORDER BY t1.a, t2.b, t3.a + t3.b
--//
SELECT t1.a, t1.c, t2.b, t2.c, t3.a + t3.b, t3.c FROM (prt1 t1 LEFT JOIN prt2 t2 ON t1.a = t2.b) LEFT JOIN prt1_e t3 ON (t1.a = (t3.a + t3.b)/2) WHERE t1.b = 0 ORDER BY t1.a, t2.b, t3.a + t3.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c, t3.a + t3.b, t3.c FROM (prt1 t1 LEFT JOIN prt2 t2 ON t1.a = t2.b) RIGHT JOIN prt1_e t3 ON (t1.a = (t3.a + t3.b)/2) WHERE t3.c = 0 ORDER BY t1.a, t2.b, t3.a + t3.b
--//
SELECT t1.a, t1.c, t2.b, t2.c, t3.a + t3.b, t3.c FROM (prt1 t1 LEFT JOIN prt2 t2 ON t1.a = t2.b) RIGHT JOIN prt1_e t3 ON (t1.a = (t3.a + t3.b)/2) WHERE t3.c = 0 ORDER BY t1.a, t2.b, t3.a + t3.b
--//
EXPLAIN (COSTS OFF)
SELECT COUNT(*) FROM prt1 FULL JOIN prt2 p2(b,a,c) USING(a,b) FULL JOIN prt2 p3(b,a,c) USING (a, b)
  WHERE a BETWEEN 490 AND 510
--//
SELECT COUNT(*) FROM prt1 FULL JOIN prt2 p2(b,a,c) USING(a,b) FULL JOIN prt2 p3(b,a,c) USING (a, b)
  WHERE a BETWEEN 490 AND 510
--//
EXPLAIN (COSTS OFF)
SELECT COUNT(*) FROM prt1 FULL JOIN prt2 p2(b,a,c) USING(a,b) FULL JOIN prt2 p3(b,a,c) USING (a, b) FULL JOIN prt1 p4 (a,b,c) USING (a, b)
  WHERE a BETWEEN 490 AND 510
--//
SELECT COUNT(*) FROM prt1 FULL JOIN prt2 p2(b,a,c) USING(a,b) FULL JOIN prt2 p3(b,a,c) USING (a, b) FULL JOIN prt1 p4 (a,b,c) USING (a, b)
  WHERE a BETWEEN 490 AND 510
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.phv, t2.b, t2.phv, t3.a + t3.b, t3.phv FROM ((SELECT 50 phv, * FROM prt1 WHERE prt1.b = 0) t1 FULL JOIN (SELECT 75 phv, * FROM prt2 WHERE prt2.a = 0) t2 ON (t1.a = t2.b)) FULL JOIN (SELECT 50 phv, * FROM prt1_e WHERE prt1_e.c = 0) t3 ON (t1.a = (t3.a + t3.b)/2) WHERE t1.a = t1.phv OR t2.b = t2.phv OR (t3.a + t3.b)/2 = t3.phv ORDER BY t1.a, t2.b, t3.a + t3.b
--//
SELECT t1.a, t1.phv, t2.b, t2.phv, t3.a + t3.b, t3.phv FROM ((SELECT 50 phv, * FROM prt1 WHERE prt1.b = 0) t1 FULL JOIN (SELECT 75 phv, * FROM prt2 WHERE prt2.a = 0) t2 ON (t1.a = t2.b)) FULL JOIN (SELECT 50 phv, * FROM prt1_e WHERE prt1_e.c = 0) t3 ON (t1.a = (t3.a + t3.b)/2) WHERE t1.a = t1.phv OR t2.b = t2.phv OR (t3.a + t3.b)/2 = t3.phv ORDER BY t1.a, t2.b, t3.a + t3.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.* FROM prt1 t1 WHERE t1.a IN (SELECT t1.b FROM prt2 t1, prt1_e t2 WHERE t1.a = 0 AND t1.b = (t2.a + t2.b)/2) AND t1.b = 0 ORDER BY t1.a
--//
SELECT t1.* FROM prt1 t1 WHERE t1.a IN (SELECT t1.b FROM prt2 t1, prt1_e t2 WHERE t1.a = 0 AND t1.b = (t2.a + t2.b)/2) AND t1.b = 0 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.* FROM prt1 t1 WHERE t1.a IN (SELECT t1.b FROM prt2 t1 WHERE t1.b IN (SELECT (t1.a + t1.b)/2 FROM prt1_e t1 WHERE t1.c = 0)) AND t1.b = 0 ORDER BY t1.a
--//
SELECT t1.* FROM prt1 t1 WHERE t1.a IN (SELECT t1.b FROM prt2 t1 WHERE t1.b IN (SELECT (t1.a + t1.b)/2 FROM prt1_e t1 WHERE t1.c = 0)) AND t1.b = 0 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t2.b FROM (SELECT * FROM prt1 WHERE a < 450) t1 LEFT JOIN (SELECT * FROM prt2 WHERE b > 250) t2 ON t1.a = t2.b WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t2.b FROM (SELECT * FROM prt1 WHERE a < 450) t1 LEFT JOIN (SELECT * FROM prt2 WHERE b > 250) t2 ON t1.a = t2.b WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t2.b FROM prt1 t1, prt2 t2 WHERE t1::text = t2::text AND t1.a = t2.b ORDER BY t1.a
--//
SELECT t1.a, t2.b FROM prt1 t1, prt2 t2 WHERE t1::text = t2::text AND t1.a = t2.b ORDER BY t1.a
--//
INSERT INTO prt1_m SELECT i, i, i % 25 FROM generate_series(0, 599, 2) i
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1_m WHERE prt1_m.c = 0) t1 FULL JOIN (SELECT * FROM prt2_m WHERE prt2_m.c = 0) t2 ON (t1.a = (t2.b + t2.a)/2 AND t2.b = (t1.a + t1.b)/2) ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1_m WHERE prt1_m.c = 0) t1 FULL JOIN (SELECT * FROM prt2_m WHERE prt2_m.c = 0) t2 ON (t1.a = (t2.b + t2.a)/2 AND t2.b = (t1.a + t1.b)/2) ORDER BY t1.a, t2.b
--//
INSERT INTO plt1 SELECT i, i, to_char(i/50, 'FM0000') FROM generate_series(0, 599, 2) i
--//
INSERT INTO plt1_e SELECT i, i, 'A' || to_char(i/50, 'FM0000') FROM generate_series(0, 599, 2) i
--//
EXPLAIN (COSTS OFF)
SELECT avg(t1.a), avg(t2.b), avg(t3.a + t3.b), t1.c, t2.c, t3.c FROM plt1 t1, plt2 t2, plt1_e t3 WHERE t1.b = t2.b AND t1.c = t2.c AND ltrim(t3.c, 'A') = t1.c GROUP BY t1.c, t2.c, t3.c ORDER BY t1.c, t2.c, t3.c
--//
SELECT avg(t1.a), avg(t2.b), avg(t3.a + t3.b), t1.c, t2.c, t3.c FROM plt1 t1, plt2 t2, plt1_e t3 WHERE t1.b = t2.b AND t1.c = t2.c AND ltrim(t3.c, 'A') = t1.c GROUP BY t1.c, t2.c, t3.c ORDER BY t1.c, t2.c, t3.c
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1 t1, prt2 t2 WHERE t1.a = t2.b AND t1.a = 1 AND t1.a = 2
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1 WHERE a = 1 AND a = 2) t1 LEFT JOIN prt2 t2 ON t1.a = t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1 WHERE a = 1 AND a = 2) t1 RIGHT JOIN prt2 t2 ON t1.a = t2.b, prt1 t3 WHERE t2.b = t3.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1 WHERE a = 1 AND a = 2) t1 FULL JOIN prt2 t2 ON t1.a = t2.b WHERE t2.a = 0 ORDER BY t1.a, t2.b
--//
INSERT INTO pht1 SELECT i, i, to_char(i/50, 'FM0000') FROM generate_series(0, 599, 2) i
--//
INSERT INTO pht1_e SELECT i, i, 'A' || to_char(i/50, 'FM0000') FROM generate_series(0, 299, 2) i
--//
EXPLAIN (COSTS OFF)
SELECT avg(t1.a), avg(t2.b), avg(t3.a + t3.b), t1.c, t2.c, t3.c FROM pht1 t1, pht2 t2, pht1_e t3 WHERE t1.b = t2.b AND t1.c = t2.c AND ltrim(t3.c, 'A') = t1.c GROUP BY t1.c, t2.c, t3.c ORDER BY t1.c, t2.c, t3.c
--//
SELECT avg(t1.a), avg(t2.b), avg(t3.a + t3.b), t1.c, t2.c, t3.c FROM pht1 t1, pht2 t2, pht1_e t3 WHERE t1.b = t2.b AND t1.c = t2.c AND ltrim(t3.c, 'A') = t1.c GROUP BY t1.c, t2.c, t3.c ORDER BY t1.c, t2.c, t3.c
--//
EXPLAIN (COSTS OFF)
SELECT avg(t1.a), avg(t2.b), t1.c, t2.c FROM plt1 t1 RIGHT JOIN plt2 t2 ON t1.c = t2.c WHERE t1.a % 25 = 0 GROUP BY t1.c, t2.c ORDER BY t1.c, t2.c
--//
INSERT INTO prt1_l SELECT i, i % 25, to_char(i % 4, 'FM0000') FROM generate_series(0, 599, 2) i
--//
INSERT INTO prt2_l SELECT i % 25, i, to_char(i % 4, 'FM0000') FROM generate_series(0, 599, 3) i
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_l t1, prt2_l t2 WHERE t1.a = t2.b AND t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_l t1, prt2_l t2 WHERE t1.a = t2.b AND t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_l t1 LEFT JOIN prt2_l t2 ON t1.a = t2.b AND t1.c = t2.c WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_l t1 LEFT JOIN prt2_l t2 ON t1.a = t2.b AND t1.c = t2.c WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_l t1 RIGHT JOIN prt2_l t2 ON t1.a = t2.b AND t1.c = t2.c WHERE t2.a = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_l t1 RIGHT JOIN prt2_l t2 ON t1.a = t2.b AND t1.c = t2.c WHERE t2.a = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1_l WHERE prt1_l.b = 0) t1 FULL JOIN (SELECT * FROM prt2_l WHERE prt2_l.a = 0) t2 ON (t1.a = t2.b AND t1.c = t2.c) ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1_l WHERE prt1_l.b = 0) t1 FULL JOIN (SELECT * FROM prt2_l WHERE prt2_l.a = 0) t2 ON (t1.a = t2.b AND t1.c = t2.c) ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT * FROM prt1_l t1 LEFT JOIN LATERAL
			  (SELECT t2.a AS t2a, t2.c AS t2c, t2.b AS t2b, t3.b AS t3b, least(t1.a,t2.a,t3.b) FROM prt1_l t2 JOIN prt2_l t3 ON (t2.a = t3.b AND t2.c = t3.c)) ss
			  ON t1.a = ss.t2a AND t1.c = ss.t2c WHERE t1.b = 0 ORDER BY t1.a
--//
SELECT * FROM prt1_l t1 LEFT JOIN LATERAL
			  (SELECT t2.a AS t2a, t2.c AS t2c, t2.b AS t2b, t3.b AS t3b, least(t1.a,t2.a,t3.b) FROM prt1_l t2 JOIN prt2_l t3 ON (t2.a = t3.b AND t2.c = t3.c)) ss
			  ON t1.a = ss.t2a AND t1.c = ss.t2c WHERE t1.b = 0 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT * FROM prt1_l t1 JOIN LATERAL
			  (SELECT * FROM prt1_l t2 TABLESAMPLE SYSTEM (t1.a) REPEATABLE(t1.b)) s
			  ON t1.a = s.a AND t1.b = s.b AND t1.c = s.c
--//
EXPLAIN (COSTS OFF)
SELECT COUNT(*) FROM prt1_l t1 LEFT JOIN LATERAL
			  (SELECT t1.b AS t1b, t2.* FROM prt2_l t2) s
			  ON t1.a = s.b AND t1.b = s.a AND t1.c = s.c
			  WHERE s.t1b = s.a
--//
SELECT COUNT(*) FROM prt1_l t1 LEFT JOIN LATERAL
			  (SELECT t1.b AS t1b, t2.* FROM prt2_l t2) s
			  ON t1.a = s.b AND t1.b = s.a AND t1.c = s.c
			  WHERE s.t1b = s.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT * FROM prt1_l WHERE a = 1 AND a = 2) t1 RIGHT JOIN prt2_l t2 ON t1.a = t2.b AND t1.b = t2.a AND t1.c = t2.c
--//
EXPLAIN (COSTS OFF)
DELETE FROM prt1_l
WHERE EXISTS (
  SELECT 1
    FROM int4_tbl,
         LATERAL (SELECT int4_tbl.f1 FROM int8_tbl LIMIT 2) ss
    WHERE prt1_l.c IS NULL)
--//
INSERT INTO prt1_n SELECT i, i, to_char(i, 'FM0000') FROM generate_series(0, 499, 2) i
--//
INSERT INTO prt2_n SELECT i, i, to_char(i/50, 'FM0000') FROM generate_series(0, 599, 2) i
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1 t1, prt4_n t2 WHERE t1.a = t2.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1 t1, prt4_n t2, prt2 t3 WHERE t1.a = t2.a and t1.a = t3.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1 t1 LEFT JOIN prt2 t2 ON (t1.a < t2.b)
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_m t1, prt2_m t2 WHERE t1.a = (t2.b + t2.a)/2
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_m t1 LEFT JOIN prt2_m t2 ON t1.a = t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_m t1 LEFT JOIN prt2_m t2 ON t1.c = t2.c
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_n t1 LEFT JOIN prt2_n t2 ON (t1.c = t2.c)
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_n t1 JOIN prt2_n t2 ON (t1.c = t2.c) JOIN plt1 t3 ON (t1.c = t3.c)
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_n t1 FULL JOIN prt1 t2 ON (t1.c = t2.c)
--//
insert into prtx1 select 1 + i%30, i, i
  from generate_series(1,1000) i
--//
insert into prtx2 select 1 + i%30, i, i
  from generate_series(1,500) i, generate_series(1,10) j
--//
explain (costs off)
select * from prtx1
where not exists (select 1 from prtx2
                  where prtx2.a=prtx1.a and prtx2.b=prtx1.b and prtx2.c=123)
  and a<20 and c=120
--//
select * from prtx1
where not exists (select 1 from prtx2
                  where prtx2.a=prtx1.a and prtx2.b=prtx1.b and prtx2.c=123)
  and a<20 and c=120
--//
explain (costs off)
select * from prtx1
where not exists (select 1 from prtx2
                  where prtx2.a=prtx1.a and (prtx2.b=prtx1.b+1 or prtx2.c=99))
  and a<20 and c=91
--//
select * from prtx1
where not exists (select 1 from prtx2
                  where prtx2.a=prtx1.a and (prtx2.b=prtx1.b+1 or prtx2.c=99))
  and a<20 and c=91
--//
INSERT INTO prt1_adv SELECT i, i % 25, to_char(i, 'FM0000') FROM generate_series(100, 399) i
--//
INSERT INTO prt2_adv_p1 SELECT i % 25, i, to_char(i, 'FM0000') FROM generate_series(100, 149) i
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_adv t1 INNER JOIN prt2_adv t2 ON (t1.a = t2.b) WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_adv t1 INNER JOIN prt2_adv t2 ON (t1.a = t2.b) WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.* FROM prt1_adv t1 WHERE EXISTS (SELECT 1 FROM prt2_adv t2 WHERE t1.a = t2.b) AND t1.b = 0 ORDER BY t1.a
--//
SELECT t1.* FROM prt1_adv t1 WHERE EXISTS (SELECT 1 FROM prt2_adv t2 WHERE t1.a = t2.b) AND t1.b = 0 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_adv t1 LEFT JOIN prt2_adv t2 ON (t1.a = t2.b) WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_adv t1 LEFT JOIN prt2_adv t2 ON (t1.a = t2.b) WHERE t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.* FROM prt1_adv t1 WHERE NOT EXISTS (SELECT 1 FROM prt2_adv t2 WHERE t1.a = t2.b) AND t1.b = 0 ORDER BY t1.a
--//
SELECT t1.* FROM prt1_adv t1 WHERE NOT EXISTS (SELECT 1 FROM prt2_adv t2 WHERE t1.a = t2.b) AND t1.b = 0 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT 175 phv, * FROM prt1_adv WHERE prt1_adv.b = 0) t1 FULL JOIN (SELECT 425 phv, * FROM prt2_adv WHERE prt2_adv.a = 0) t2 ON (t1.a = t2.b) WHERE t1.phv = t1.a OR t2.phv = t2.b ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM (SELECT 175 phv, * FROM prt1_adv WHERE prt1_adv.b = 0) t1 FULL JOIN (SELECT 425 phv, * FROM prt2_adv WHERE prt2_adv.a = 0) t2 ON (t1.a = t2.b) WHERE t1.phv = t1.a OR t2.phv = t2.b ORDER BY t1.a, t2.b
--//
INSERT INTO prt2_adv SELECT i % 25, i, to_char(i, 'FM0000') FROM generate_series(500, 599) i
--//
EXPLAIN (COSTS OFF)
SELECT t1.b, t1.c, t2.a, t2.c FROM prt2_adv t1 LEFT JOIN prt1_adv t2 ON (t1.b = t2.a) WHERE t1.a = 0 ORDER BY t1.b, t2.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.* FROM prt2_adv t1 WHERE NOT EXISTS (SELECT 1 FROM prt1_adv t2 WHERE t1.b = t2.a) AND t1.a = 0 ORDER BY t1.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.b, t1.c, t2.a, t2.c, t3.a, t3.c FROM prt2_adv t1 LEFT JOIN prt1_adv t2 ON (t1.b = t2.a) INNER JOIN prt1_adv t3 ON (t1.b = t3.a) WHERE t1.a = 0 ORDER BY t1.b, t2.a, t3.a
--//
SELECT t1.b, t1.c, t2.a, t2.c, t3.a, t3.c FROM prt2_adv t1 LEFT JOIN prt1_adv t2 ON (t1.b = t2.a) INNER JOIN prt1_adv t3 ON (t1.b = t3.a) WHERE t1.a = 0 ORDER BY t1.b, t2.a, t3.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c, t3.a, t3.c FROM prt1_adv t1 LEFT JOIN prt2_adv t2 ON (t1.a = t2.b) LEFT JOIN prt3_adv t3 ON (t1.a = t3.a) WHERE t1.b = 0 ORDER BY t1.a, t2.b, t3.a
--//
SELECT t1.a, t1.c, t2.b, t2.c, t3.a, t3.c FROM prt1_adv t1 LEFT JOIN prt2_adv t2 ON (t1.a = t2.b) LEFT JOIN prt3_adv t3 ON (t1.a = t3.a) WHERE t1.b = 0 ORDER BY t1.a, t2.b, t3.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_adv t1 INNER JOIN prt2_adv t2 ON (t1.a = t2.b) WHERE t1.a < 300 AND t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_adv t1 INNER JOIN prt2_adv t2 ON (t1.a = t2.b) WHERE t1.a < 300 AND t1.b = 0 ORDER BY t1.a, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_adv t1 INNER JOIN prt2_adv t2 ON (t1.a = t2.b) WHERE t1.a >= 100 AND t1.a < 300 AND t1.b = 0 ORDER BY t1.a, t2.b
--//
SELECT t1.a, t1.c, t2.b, t2.c FROM prt1_adv t1 INNER JOIN prt2_adv t2 ON (t1.a = t2.b) WHERE t1.a >= 100 AND t1.a < 300 AND t1.b = 0 ORDER BY t1.a, t2.b
--//
INSERT INTO plt1_adv SELECT i, i, to_char(i % 10, 'FM0000') FROM generate_series(1, 299) i WHERE i % 10 IN (1, 3, 4, 6, 8, 9)
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.a, t2.c FROM plt1_adv t1 INNER JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE t1.b < 10 ORDER BY t1.a
--//
SELECT t1.a, t1.c, t2.a, t2.c FROM plt1_adv t1 INNER JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE t1.b < 10 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.* FROM plt1_adv t1 WHERE EXISTS (SELECT 1 FROM plt2_adv t2 WHERE t1.a = t2.a AND t1.c = t2.c) AND t1.b < 10 ORDER BY t1.a
--//
SELECT t1.* FROM plt1_adv t1 WHERE EXISTS (SELECT 1 FROM plt2_adv t2 WHERE t1.a = t2.a AND t1.c = t2.c) AND t1.b < 10 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.a, t2.c FROM plt1_adv t1 LEFT JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE t1.b < 10 ORDER BY t1.a
--//
SELECT t1.a, t1.c, t2.a, t2.c FROM plt1_adv t1 LEFT JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE t1.b < 10 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.* FROM plt1_adv t1 WHERE NOT EXISTS (SELECT 1 FROM plt2_adv t2 WHERE t1.a = t2.a AND t1.c = t2.c) AND t1.b < 10 ORDER BY t1.a
--//
SELECT t1.* FROM plt1_adv t1 WHERE NOT EXISTS (SELECT 1 FROM plt2_adv t2 WHERE t1.a = t2.a AND t1.c = t2.c) AND t1.b < 10 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.a, t2.c FROM plt1_adv t1 FULL JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE coalesce(t1.b, 0) < 10 AND coalesce(t2.b, 0) < 10 ORDER BY t1.a, t2.a
--//
SELECT t1.a, t1.c, t2.a, t2.c FROM plt1_adv t1 FULL JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE coalesce(t1.b, 0) < 10 AND coalesce(t2.b, 0) < 10 ORDER BY t1.a, t2.a
--//
INSERT INTO plt2_adv_extra VALUES (0, 0, '0000')
--//
INSERT INTO plt2_adv SELECT i, i, to_char(i % 10, 'FM0000') FROM generate_series(1, 299) i WHERE i % 10 IN (4, 6)
--//
INSERT INTO plt1_adv VALUES (-1, -1, NULL)
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.a, t2.c, t3.a, t3.c FROM plt1_adv t1 LEFT JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) LEFT JOIN plt1_adv t3 ON (t1.a = t3.a AND t1.c = t3.c) WHERE t1.b < 10 ORDER BY t1.a
--//
SELECT t1.a, t1.c, t2.a, t2.c, t3.a, t3.c FROM plt1_adv t1 LEFT JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) LEFT JOIN plt1_adv t3 ON (t1.a = t3.a AND t1.c = t3.c) WHERE t1.b < 10 ORDER BY t1.a
--//
INSERT INTO plt2_adv SELECT i, i, to_char(i % 10, 'FM0000') FROM generate_series(1, 299) i WHERE i % 10 IN (4, 5, 6)
--//
INSERT INTO plt3_adv SELECT i, i, to_char(i % 10, 'FM0000') FROM generate_series(1, 299) i WHERE i % 10 IN (4, 6, 7, 9)
--//
INSERT INTO plt1_adv SELECT i, i, to_char(i % 10, 'FM0000') FROM generate_series(1, 299) i WHERE i % 10 IN (1, 2, 3, 4, 5)
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.a, t2.c FROM plt1_adv t1 INNER JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE t1.c IN ('0003', '0004', '0005') AND t1.b < 10 ORDER BY t1.a
--//
SELECT t1.a, t1.c, t2.a, t2.c FROM plt1_adv t1 INNER JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE t1.c IN ('0003', '0004', '0005') AND t1.b < 10 ORDER BY t1.a
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.a, t2.c FROM plt1_adv t1 LEFT JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE t1.c IS NULL AND t1.b < 10 ORDER BY t1.a
--//
SELECT t1.a, t1.c, t2.a, t2.c FROM plt1_adv t1 LEFT JOIN plt2_adv t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE t1.c IS NULL AND t1.b < 10 ORDER BY t1.a
--//
INSERT INTO plt1_adv SELECT i, i, to_char(i % 5, 'FM0000') FROM generate_series(0, 24) i
--//
EXPLAIN (COSTS OFF)
SELECT t1.a, t1.c, t2.a, t2.c, t3.a, t3.c FROM (plt1_adv t1 LEFT JOIN plt2_adv t2 ON (t1.c = t2.c)) FULL JOIN plt3_adv t3 ON (t1.c = t3.c) WHERE coalesce(t1.a, 0) % 5 != 3 AND coalesce(t1.a, 0) % 5 != 4 ORDER BY t1.c, t1.a, t2.a, t3.a
--//
SELECT t1.a, t1.c, t2.a, t2.c, t3.a, t3.c FROM (plt1_adv t1 LEFT JOIN plt2_adv t2 ON (t1.c = t2.c)) FULL JOIN plt3_adv t3 ON (t1.c = t3.c) WHERE coalesce(t1.a, 0) % 5 != 3 AND coalesce(t1.a, 0) % 5 != 4 ORDER BY t1.c, t1.a, t2.a, t3.a
--//
INSERT INTO alpha_neg SELECT -1.0, i, to_char(i % 10, 'FM0000') FROM generate_series(100, 399) i WHERE i % 10 IN (1, 3, 4, 6, 8, 9)
--//
INSERT INTO alpha_pos SELECT  1.0, i, to_char(i % 10, 'FM0000') FROM generate_series(100, 399) i WHERE i % 10 IN (1, 3, 4, 6, 8, 9)
--//
INSERT INTO beta_neg SELECT -1.0, i, to_char(i % 10, 'FM0000') FROM generate_series(100, 149) i WHERE i % 10 IN (2, 3, 4, 6, 7, 9)
--//
INSERT INTO beta_pos SELECT  1.0, i, to_char(i % 10, 'FM0000') FROM generate_series(100, 149) i WHERE i % 10 IN (2, 3, 4, 6, 7, 9)
--//
EXPLAIN (COSTS OFF)
SELECT t1.*, t2.* FROM alpha t1 INNER JOIN beta t2 ON (t1.a = t2.a AND t1.b = t2.b) WHERE t1.b >= 125 AND t1.b < 225 ORDER BY t1.a, t1.b
--//
SELECT t1.*, t2.* FROM alpha t1 INNER JOIN beta t2 ON (t1.a = t2.a AND t1.b = t2.b) WHERE t1.b >= 125 AND t1.b < 225 ORDER BY t1.a, t1.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.*, t2.* FROM alpha t1 INNER JOIN beta t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE ((t1.b >= 100 AND t1.b < 110) OR (t1.b >= 200 AND t1.b < 210)) AND ((t2.b >= 100 AND t2.b < 110) OR (t2.b >= 200 AND t2.b < 210)) AND t1.c IN ('0004', '0009') ORDER BY t1.a, t1.b, t2.b
--//
SELECT t1.*, t2.* FROM alpha t1 INNER JOIN beta t2 ON (t1.a = t2.a AND t1.c = t2.c) WHERE ((t1.b >= 100 AND t1.b < 110) OR (t1.b >= 200 AND t1.b < 210)) AND ((t2.b >= 100 AND t2.b < 110) OR (t2.b >= 200 AND t2.b < 210)) AND t1.c IN ('0004', '0009') ORDER BY t1.a, t1.b, t2.b
--//
EXPLAIN (COSTS OFF)
SELECT t1.*, t2.* FROM alpha t1 INNER JOIN beta t2 ON (t1.a = t2.a AND t1.b = t2.b AND t1.c = t2.c) WHERE ((t1.b >= 100 AND t1.b < 110) OR (t1.b >= 200 AND t1.b < 210)) AND ((t2.b >= 100 AND t2.b < 110) OR (t2.b >= 200 AND t2.b < 210)) AND t1.c IN ('0004', '0009') ORDER BY t1.a, t1.b
--//
SELECT t1.*, t2.* FROM alpha t1 INNER JOIN beta t2 ON (t1.a = t2.a AND t1.b = t2.b AND t1.c = t2.c) WHERE ((t1.b >= 100 AND t1.b < 110) OR (t1.b >= 200 AND t1.b < 210)) AND ((t2.b >= 100 AND t2.b < 110) OR (t2.b >= 200 AND t2.b < 210)) AND t1.c IN ('0004', '0009') ORDER BY t1.a, t1.b
--//
INSERT INTO fract_t (id) (SELECT generate_series(0, 1999))
--//
EXPLAIN (COSTS OFF)
SELECT * FROM fract_t x LEFT JOIN fract_t y USING (id) ORDER BY id ASC LIMIT 10
--//
EXPLAIN (COSTS OFF)
SELECT * FROM fract_t x LEFT JOIN fract_t y USING (id) ORDER BY id DESC LIMIT 10
--//
explain (costs off) select * from lp
--//
explain (costs off) select * from lp where a > 'a' and a < 'd'
--//
explain (costs off) select * from lp where a > 'a' and a <= 'd'
--//
explain (costs off) select * from lp where a = 'a'
--//
explain (costs off) select * from lp where 'a' = a
--//
explain (costs off) select * from lp where a is null
--//
explain (costs off) select * from lp where a = 'a' or a = 'c'
--//
explain (costs off) select * from lp where a is not null and (a = 'a' or a = 'c')
--//
explain (costs off) select * from lp where a <> 'g'
--//
explain (costs off) select * from lp where a <> 'a' and a <> 'd'
--//
explain (costs off) select * from lp where a not in ('a', 'd')
--//
explain (costs off) select * from coll_pruning where a collate "C" = 'a' collate "C"
--//
explain (costs off) select * from coll_pruning where a collate "POSIX" = 'a' collate "POSIX"
--//
explain (costs off) select * from rlp where a < 1
--//
explain (costs off) select * from rlp where 1 > a
--//
explain (costs off) select * from rlp where a = 1
--//
explain (costs off) select * from rlp where a = 1::bigint
--//
explain (costs off) select * from rlp where a > 10
--//
explain (costs off) select * from rlp where a <= 15
--//
explain (costs off) select * from rlp where a > 15 and b = 'ab'
--//
explain (costs off) select * from rlp where a = 16 and b in ('not', 'in', 'here')
--//
explain (costs off) select * from rlp where a = 16 and b < 'ab'
--//
explain (costs off) select * from rlp where a = 16 and b <= 'ab'
--//
explain (costs off) select * from rlp where a = 16 and b is null
--//
explain (costs off) select * from rlp where a = 16 and b is not null
--//
explain (costs off) select * from rlp where a is null
--//
explain (costs off) select * from rlp where a is not null
--//
explain (costs off) select * from rlp where a = 1 or a = 7
--//
explain (costs off) select * from rlp where a = 1 or b = 'ab'
--//
explain (costs off) select * from rlp where a > 20 and a < 27
--//
explain (costs off) select * from rlp where a >= 29
--//
explain (costs off) select * from rlp where a < 1 or (a > 20 and a < 25)
--//
explain (costs off) select * from rlp3 where a = 20
--//
explain (costs off) select * from mc3p where a = 1
--//
explain (costs off) select * from mc3p where a = 1 and abs(b) < 1
--//
explain (costs off) select * from mc3p where a = 1 and abs(b) = 1
--//
explain (costs off) select * from mc3p where a = 1 and abs(b) = 1 and c < 8
--//
explain (costs off) select * from mc3p where a = 10 and abs(b) between 5 and 35
--//
explain (costs off) select * from mc3p where a > 10
--//
explain (costs off) select * from mc3p where a >= 10
--//
explain (costs off) select * from mc3p where a < 10
--//
explain (costs off) select * from mc3p where a <= 10 and abs(b) < 10
--//
explain (costs off) select * from mc3p where a = 20 and abs(b) = 10 and c = 100
--//
explain (costs off) select * from mc3p where (a = 1 and abs(b) = 1 and c = 1) or (a = 10 and abs(b) = 5 and c = 10) or (a > 11 and a < 20)
--//
explain (costs off) select * from mc3p where (a = 1 and abs(b) = 1 and c = 1) or (a = 10 and abs(b) = 5 and c = 10) or (a > 11 and a < 20) or a < 1
--//
explain (costs off) select * from mc3p where (a = 1 and abs(b) = 1 and c = 1) or (a = 10 and abs(b) = 5 and c = 10) or (a > 11 and a < 20) or a < 1 or a = 1
--//
explain (costs off) select * from mc3p where a = 1 or abs(b) = 1 or c = 1
--//
explain (costs off) select * from mc3p where (a = 1 and abs(b) = 1) or (a = 10 and abs(b) = 10)
--//
explain (costs off) select * from mc2p where a = 2 and b < 1
--//
explain (costs off) select * from mc2p where a = 1 and b > 1
--//
explain (costs off) select * from mc2p where a = 1 and b is null
--//
explain (costs off) select * from mc2p where a is null and b is null
--//
explain (costs off) select * from mc2p where a is null and b = 1
--//
explain (costs off) select * from mc2p where a is null
--//
explain (costs off) select * from mc2p where b is null
--//
insert into boolpart values (true), (false), (null)
--//
explain (costs off) select * from boolpart where a in (true, false)
--//
explain (costs off) select * from boolpart where a = false
--//
explain (costs off) select * from boolpart where not a = false
--//
explain (costs off) select * from boolpart where a is true or a is not true
--//
explain (costs off) select * from boolpart where a is not true
--//
explain (costs off) select * from boolpart where a is not true and a is not false
--//
explain (costs off) select * from boolpart where a is unknown
--//
explain (costs off) select * from boolpart where a is not unknown
--//
select * from boolpart where a in (true, false)
--//
select * from boolpart where a = false
--//
select * from boolpart where not a = false
--//
select * from boolpart where a is true or a is not true
--//
select * from boolpart where a is not true
--//
select * from boolpart where a is not true and a is not false
--//
select * from boolpart where a is unknown
--//
select * from boolpart where a is not unknown
--//
delete from boolpart where a is null
--//
insert into boolpart values(null)
--//
explain (costs off) select * from boolpart where a is not false
--//
select * from boolpart where a is not false
--//
insert into iboolpart values (true), (false), (null)
--//
explain (costs off) select * from iboolpart where a in (true, false)
--//
explain (costs off) select * from iboolpart where a = false
--//
explain (costs off) select * from iboolpart where not a = false
--//
explain (costs off) select * from iboolpart where a is true or a is not true
--//
explain (costs off) select * from iboolpart where a is not true
--//
explain (costs off) select * from iboolpart where a is not true and a is not false
--//
explain (costs off) select * from iboolpart where a is unknown
--//
explain (costs off) select * from iboolpart where a is not unknown
--//
select * from iboolpart where a in (true, false)
--//
select * from iboolpart where a = false
--//
select * from iboolpart where not a = false
--//
select * from iboolpart where a is true or a is not true
--//
select * from iboolpart where a is not true
--//
select * from iboolpart where a is not true and a is not false
--//
select * from iboolpart where a is unknown
--//
select * from iboolpart where a is not unknown
--//
delete from iboolpart where a is null
--//
insert into iboolpart values(null)
--//
select * from iboolpart where a is not false
--//
explain (costs off)  select * from boolrangep where not a and not b and c = 25
--//
explain (costs off)  select * from boolrangep where a is not true and not b and c = 25
--//
explain (costs off)  select * from boolrangep where a is not false and not b and c = 25
--//
explain (costs off) select * from coercepart where a in ('ab', to_char(125, '999'))
--//
explain (costs off) select * from coercepart where a ~ any ('{ab}')
--//
explain (costs off) select * from coercepart where a !~ all ('{ab}')
--//
explain (costs off) select * from coercepart where a = any ('{ab,bc}')
--//
explain (costs off) select * from coercepart where a = any (null::text[])
--//
explain (costs off) select * from coercepart where a = all ('{ab}')
--//
explain (costs off) select * from coercepart where a = all (null::text[])
--//
INSERT INTO part VALUES (-1,-1), (1,1), (2,NULL), (NULL,-2),(NULL,NULL)
--//
EXPLAIN (COSTS OFF) SELECT tableoid::regclass as part, a, b FROM part WHERE a IS NULL ORDER BY 1, 2, 3
--//
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM part p(x) ORDER BY x
--//
explain (costs off) select * from mc2p t1, lateral (select count(*) from mc3p t2 where t2.a = t1.b and abs(t2.b) = 1 and t2.c = 1) s where t1.a = 1
--//
explain (costs off) select * from mc2p t1, lateral (select count(*) from mc3p t2 where t2.c = t1.b and abs(t2.b) = 1 and t2.a = 1) s where t1.a = 1
--//
explain (costs off) select * from mc2p t1, lateral (select count(*) from mc3p t2 where t2.a = 1 and abs(t2.b) = 1 and t2.c = 1) s where t1.a = 1
--//
explain (costs off) select * from rp where a <> 1
--//
explain (costs off) select * from rp where a <> 1 and a <> 2
--//
explain (costs off) select * from lp where a <> 'a' and a is null
--//
explain (costs off) select * from lp where (a <> 'a' and a <> 'd') or a is null
--//
explain (costs off) select * from rlp where a = 15 and b <> 'ab' and b <> 'cd' and b <> 'xy' and b is not null
--//
explain (costs off) select * from coll_pruning_multi where substr(a, 1) = 'e' collate "C"
--//
explain (costs off) select * from coll_pruning_multi where substr(a, 1) = 'a' collate "POSIX"
--//
explain (costs off) select * from coll_pruning_multi where substr(a, 1) = 'e' collate "C" and substr(a, 1) = 'a' collate "POSIX"
--//
explain (costs off) select * from like_op_noprune where a like '%BC'
--//
explain (costs off) select * from lparted_by_int2 where a = 100000000000000
--//
explain (costs off) select * from rparted_by_int2 where a > 100000000000000
--//
explain (costs off)
select * from
  (select exists (select 1 from int4_tbl tinner where f1 = touter.f1) as b
   from int4_tbl touter) ss,
  asptab
where asptab.id > ss.b::int
--//
insert into hp values (null, null, 0)
--//
insert into hp values (1, null, 1)
--//
insert into hp values (1, 'xxx', 2)
--//
insert into hp values (null, 'xxx', 3)
--//
select tableoid::regclass, * from hp order by c
--//
explain (costs off) select * from hp where a = 1
--//
explain (costs off) select * from hp where b = 'xxx'
--//
explain (costs off) select * from hp where a is null
--//
explain (costs off) select * from hp where b is null
--//
explain (costs off) select * from hp where a < 1 and b = 'xxx'
--//
explain (costs off) select * from hp where a <> 1 and b = 'yyy'
--//
explain (costs off) select * from hp where a <> 1 and b <> 'xxx'
--//
explain (costs off) select * from hp where a is null and b is null
--//
explain (costs off) select * from hp where a = 1 and b is null
--//
explain (costs off) select * from hp where a = 1 and b = 'xxx'
--//
explain (costs off) select * from hp where a is null and b = 'xxx'
--//
explain (costs off) select * from hp where (a = 1 and b = 'abcde') or (a = 2 and b = 'xxx') or (a is null and b is null)
--//
explain (costs off) select * from hp where a = 1 and b = 'abcde' and
  (c = 2 or c = 3)
--//
explain (analyze, costs off, summary off, timing off) execute ab_q1 (2, 2, 3)
--//
explain (analyze, costs off, summary off, timing off) execute ab_q1 (2, 2)
--//
explain (costs off) execute hp_q1('xxx')
--//
insert into list_part select generate_series(1,4)
--//
explain (analyze, costs off, summary off, timing off) select * from list_part where a = list_part_fn(1)
--//
explain (analyze, costs off, summary off, timing off) select * from list_part where a = list_part_fn(a)
--//
explain (analyze, costs off, summary off, timing off) select * from list_part where a = list_part_fn(1) + a
--//
select explain_parallel_append('execute ab_q4 (2, 2)')
--//
insert into lprt_a select 0 from generate_series(1,100)
--//
insert into lprt_a values(1),(1)
--//
delete from lprt_a where a = 1
--//
explain (analyze, costs off, summary off, timing off)
select * from ab where a = (select max(a) from lprt_a) and b = (select max(a)-1 from lprt_a)
--//
explain (analyze, costs off, summary off, timing off)
select * from (select * from ab where a = 1 union all select * from ab) ab where b = (select 1)
--//
explain (analyze, costs off, summary off, timing off)
select * from (select * from ab where a = 1 union all (values(10,5)) union all select * from ab) ab where b = (select 1)
--//
insert into xy_1 values(100,-10)
--//
explain (analyze, costs off, summary off, timing off) execute ab_q6(1)
--//
insert into ab values (1,2)
--//
explain (analyze, costs off, summary off, timing off)
update ab_a1 set b = 3 from ab where ab.a = 1 and ab.a = ab_a1.a
--//
table ab
--//
truncate ab
--//
insert into ab values (1, 1), (1, 2), (1, 3), (2, 1)
--//
explain (analyze, costs off, summary off, timing off)
update ab_a1 set b = 3 from ab_a2 where ab_a2.b = (select 1)
--//
select tableoid::regclass, * from ab
--//
insert into tbl1 values (501), (505)
--//
insert into tprt values (10), (20), (501), (502), (505), (1001), (4500)
--//
explain (analyze, costs off, summary off, timing off)
select * from tbl1 join tprt on tbl1.col1 > tprt.col1
--//
explain (analyze, costs off, summary off, timing off)
select * from tbl1 join tprt on tbl1.col1 = tprt.col1
--//
select tbl1.col1, tprt.col1 from tbl1
inner join tprt on tbl1.col1 > tprt.col1
order by tbl1.col1, tprt.col1
--//
select tbl1.col1, tprt.col1 from tbl1
inner join tprt on tbl1.col1 = tprt.col1
order by tbl1.col1, tprt.col1
--//
insert into tbl1 values (1001), (1010), (1011)
--//
explain (analyze, costs off, summary off, timing off)
select * from tbl1 inner join tprt on tbl1.col1 > tprt.col1
--//
explain (analyze, costs off, summary off, timing off)
select * from tbl1 inner join tprt on tbl1.col1 = tprt.col1
--//
delete from tbl1
--//
insert into tbl1 values (4400)
--//
explain (analyze, costs off, summary off, timing off)
select * from tbl1 join tprt on tbl1.col1 < tprt.col1
--//
select tbl1.col1, tprt.col1 from tbl1
inner join tprt on tbl1.col1 < tprt.col1
order by tbl1.col1, tprt.col1
--//
explain (analyze, costs off, summary off, timing off) execute part_abc_q1 (1, 2, 3)
--//
select * from listp where b = 1
--//
explain (analyze, costs off, summary off, timing off)  execute q1 (1,1)
--//
explain (analyze, costs off, summary off, timing off)  execute q1 (1,2,2,0)
--//
explain (analyze, costs off, summary off, timing off)
select * from listp where a = (select null::int)
--//
explain (analyze, costs off, summary off, timing off)
select * from stable_qual_pruning where a < localtimestamp
--//
explain (analyze, costs off, summary off, timing off)
select * from stable_qual_pruning where a < '2000-02-01'::timestamptz
--//
explain (analyze, costs off, summary off, timing off)
select * from stable_qual_pruning
  where a = any(array['2010-02-01', '2020-01-01']::timestamp[])
--//
explain (analyze, costs off, summary off, timing off)
select * from stable_qual_pruning
  where a = any(array['2000-02-01', localtimestamp]::timestamp[])
--//
explain (analyze, costs off, summary off, timing off)
select * from stable_qual_pruning
  where a = any(array['2010-02-01', '2020-01-01']::timestamptz[])
--//
explain (analyze, costs off, summary off, timing off)
select * from stable_qual_pruning
  where a = any(null::timestamptz[])
--//
insert into mc3p values (0, 1, 1), (1, 1, 1), (2, 1, 1)
--//
explain (analyze, costs off, summary off, timing off)
select * from mc3p where a < 3 and abs(b) = 1
--//
explain (analyze, costs off, summary off, timing off)
execute ps1(1)
--//
insert into boolvalues values('t'),('f')
--//
explain (analyze, costs off, summary off, timing off)
select * from boolp where a = (select value from boolvalues where value)
--//
explain (analyze, costs off, summary off, timing off)
select * from boolp where a = (select value from boolvalues where not value)
--//
insert into ma_test select x,x from generate_series(0,29) t(x)
--//
explain (analyze, costs off, summary off, timing off) execute mt_q1(15)
--//
explain (analyze, verbose, costs off, summary off, timing off) execute mt_q2 (35)
--//
explain (analyze, costs off, summary off, timing off) select * from ma_test where a >= (select min(b) from ma_test_p2) order by b
--//
explain (costs off) select * from pp_arrpart where a = '{1}'
--//
explain (costs off) select * from pp_arrpart where a in ('{4, 5}', '{1}')
--//
explain (costs off) update pp_arrpart set a = a where a = '{1}'
--//
explain (costs off) delete from pp_arrpart where a = '{1}'
--//
insert into pph_arrpart values ('{1}'), ('{1, 2}'), ('{4, 5}')
--//
select tableoid::regclass, * from pph_arrpart order by 1
--//
explain (costs off) select * from pph_arrpart where a = '{1}'
--//
explain (costs off) select * from pph_arrpart where a in ('{4, 5}', '{1}')
--//
explain (costs off) select * from pp_enumpart where a = 'blue'
--//
explain (costs off) select * from pp_recpart where a = '(1,1)'::pp_rectype
--//
explain (costs off) select * from pp_intrangepart where a = '[1,2]'::int4range
--//
explain (costs off) select * from pp_lp where a = 1
--//
explain (costs off) update pp_lp set value = 10 where a = 1
--//
explain (costs off) delete from pp_lp where a = 1
--//
explain (costs off) select * from inh_lp where a = 1
--//
explain (costs off) update inh_lp set value = 10 where a = 1
--//
explain (costs off) delete from inh_lp where a = 1
--//
explain (costs off) update inh_lp1 set value = 10 where a = 2
--//
explain (costs off) select * from pp_temp_parent where true
--//
explain (costs off) select * from pp_temp_parent where a = 2
--//
insert into q22 values (2, 2, 3)
--//
explain (costs off)
select *
from (
      select * from p
      union all
      select * from q1
      union all
      select 1, 1, 1
     ) s(a, b, c)
where s.a = 1 and s.b = 1 and s.c = (select 1)
--//
select *
from (
      select * from p
      union all
      select * from q1
      union all
      select 1, 1, 1
     ) s(a, b, c)
where s.a = 1 and s.b = 1 and s.c = (select 1)
--//
explain (costs off) execute q (1, 1)
--//
explain (analyze, costs off, summary off, timing off)
select * from listp where a = (select 2) and b <> 10
--//
explain (costs off) select * from listp1 where a = 2
--//
explain (costs off) update listp1 set a = 1 where a = 2
--//
select explain_parallel_append(
'select * from listp where a = (select 1)
  union all
select * from listp where a = (select 2);')
--//
explain (analyze on, costs off, timing off, summary off)
select * from rangep where b IN((select 1),(select 2)) order by a
--//
explain (costs off) select * from rp_prefix_test1 where a <= 1 and b = 'a'
--//
explain (costs off) select * from rp_prefix_test2 where a <= 1 and b = 1 and c >= 0
--//
explain (costs off) select * from rp_prefix_test3 where a >= 1 and b >= 1 and b >= 2 and c >= 2 and d >= 0
--//
explain (costs off) select * from rp_prefix_test3 where a >= 1 and b >= 1 and b = 2 and c = 2 and d >= 0
--//
select 'create table hp_prefix_test_p' || x::text || ' partition of hp_prefix_test for values with (modulus 8, remainder ' || x::text || ');'
from generate_Series(0,7) x
--//
insert into hp_prefix_test
select
  case a when 0 then null else 1 end,
  case b when 0 then null else 2 end,
  case c when 0 then null else 3 end,
  case d when 0 then null else 4 end
from
  generate_series(0,1) a,
  generate_series(0,1) b,
  generate_Series(0,1) c,
  generate_Series(0,1) d
--//
select
  'explain (costs off) select tableoid::regclass,* from hp_prefix_test where ' ||
  string_agg(c.colname || case when g.s & (1 << c.colpos) = 0 then ' is null' else ' = ' || (colpos+1)::text end, ' and ' order by c.colpos)
from (values('a',0),('b',1),('c',2),('d',3)) c(colname, colpos), generate_Series(0,15) g(s)
group by g.s
order by g.s
--//
explain (costs off) select * from hp_contradict_test where a is null and a === 1 and b === 1
--//
explain (costs off) select * from hp_contradict_test where a === 1 and b === 1 and a is null
--//
SELECT rolname, regexp_replace(rolpassword, '(SCRAM-SHA-256)\$(\d+):([a-zA-Z0-9+/=]+)\$([a-zA-Z0-9+=/]+):([a-zA-Z0-9+/=]+)', '\1$\2:<salt>$<storedkey>:<serverkey>') as rolpassword_masked
    FROM pg_authid
    WHERE rolname LIKE 'regress_passwd%'
    ORDER BY rolname, rolpassword
--//
SELECT rolname, rolpassword
    FROM pg_authid
    WHERE rolname LIKE 'regress_passwd2_new'
    ORDER BY rolname, rolpassword
--//
SELECT rolpassword FROM pg_authid WHERE rolname='regress_passwd_empty'
--//
SELECT rolname, rolpassword not like '%A6xHKoH/494E941doaPOYg==%' as is_rolpassword_rehashed
    FROM pg_authid
    WHERE rolname LIKE 'regress_passwd_sha_len%'
    ORDER BY rolname
--//
INSERT INTO PATH_TBL VALUES ('[(1,2),(3,4)]')
--//
SELECT f1 AS open_path FROM PATH_TBL WHERE isopen(f1)
--//
SELECT f1 AS closed_path FROM PATH_TBL WHERE isclosed(f1)
--//
SELECT pclose(f1) AS closed_path FROM PATH_TBL
--//
SELECT popen(f1) AS open_path FROM PATH_TBL
--//
INSERT INTO PG_LSN_TBL VALUES ('0/0')
--//
SELECT MIN(f1), MAX(f1) FROM PG_LSN_TBL
--//
SELECT '0/16AE7F8' = '0/16AE7F8'::pg_lsn
--//
SELECT '0/16AE7F8'::pg_lsn != '0/16AE7F7'
--//
SELECT '0/16AE7F7' < '0/16AE7F8'::pg_lsn
--//
SELECT '0/16AE7F8' > pg_lsn '0/16AE7F7'
--//
SELECT '0/16AE7F7'::pg_lsn - '0/16AE7F8'::pg_lsn
--//
SELECT '0/16AE7F7'::pg_lsn + 16::numeric
--//
SELECT 16::numeric + '0/16AE7F7'::pg_lsn
--//
SELECT '0/16AE7F7'::pg_lsn - 16::numeric
--//
SELECT '0/0'::pg_lsn + ('FFFFFFFF/FFFFFFFF'::pg_lsn - '0/0'::pg_lsn)
--//
SELECT 'FFFFFFFF/FFFFFFFF'::pg_lsn - ('FFFFFFFF/FFFFFFFF'::pg_lsn - '0/0'::pg_lsn)
--//
SELECT '0/16AE7F7'::pg_lsn + 'NaN'::numeric
--//
SELECT '0/16AE7F7'::pg_lsn - 'NaN'::numeric
--//
EXPLAIN (COSTS OFF)
SELECT DISTINCT (i || '/' || j)::pg_lsn f
  FROM generate_series(1, 10) i,
       generate_series(1, 10) j,
       generate_series(1, 5) k
  WHERE i <= 10 AND j > 0 AND j <= 10
  ORDER BY f
--//
SELECT DISTINCT (i || '/' || j)::pg_lsn f
  FROM generate_series(1, 10) i,
       generate_series(1, 10) j,
       generate_series(1, 5) k
  WHERE i <= 10 AND j > 0 AND j <= 10
  ORDER BY f
--//
select cache_test(1)
--//
select cache_test_2()
--//
insert into s1.abc values(123)
--//
select f1 from abc
--//
select cachebug()
--//
insert into test_mode select 1 from generate_series(1,1000) union all select 2
--//
select name, generic_plans, custom_plans from pg_prepared_statements
  where  name = 'test_mode_pp'
--//
explain (costs off) execute test_mode_pp(2)
--//
insert into Room values ('001', 'Entrance')
--//
insert into WSlot values ('WS.001.1a', '001', '', '')
--//
insert into PField values ('PF0_1', 'Wallslots basement')
--//
insert into PSlot values ('PS.base.a1', 'PF0_1', '', '')
--//
update PSlot set backlink = 'WS.001.1a' where slotname = 'PS.base.a1'
--//
select * from WSlot where roomno = '001' order by slotname
--//
select * from PSlot where slotname ~ 'PS.base.a' order by slotname
--//
update WSlot set backlink = 'PS.base.a4' where slotname = 'WS.001.2b'
--//
update PField set name = 'PF0_2' where name = 'PF0_X'
--//
select * from PSlot order by slotname
--//
select * from WSlot order by slotname
--//
insert into PLine values ('PL.001', '-0', 'Central call', 'PS.base.ta1')
--//
insert into PHone values ('PH.hc001', 'Hicom standard', 'WS.001.1a')
--//
update PSlot set slotlink = 'PS.base.ta1' where slotname = 'PS.base.a1'
--//
insert into Hub values ('base.hub1', 'Patchfield PF0_1 hub', 16)
--//
insert into System values ('orion', 'PC')
--//
insert into IFace values ('IF', 'orion', 'eth0', 'WS.002.1b')
--//
select * from PField_v1 where pfname = 'PF0_1' order by slotname
--//
insert into HSlot values ('HS', 'base.hub1', 1, '')
--//
delete from HSlot
--//
SELECT recursion_test(4,3)
--//
select test_found()
--//
select * from found_test_tbl
--//
select * from test_table_func_rec()
--//
select * from test_table_func_row()
--//
select * from test_ret_set_scalar(1,10)
--//
SELECT * FROM test_ret_set_rec_dyn(1500) AS (a int, b int, c int)
--//
SELECT * FROM test_ret_set_rec_dyn(5) AS (a int, b numeric, c text)
--//
SELECT * FROM test_ret_rec_dyn(1500) AS (a int, b int, c int)
--//
SELECT * FROM test_ret_rec_dyn(5) AS (a int, b numeric, c text)
--//
select f1(42) as int, f1(4.5) as num
--//
select f1(point(3,4))
--//
select f1(array[2,4]) as int, f1(array[4.5, 7.7]) as num
--//
select f1(stavalues1) from pg_statistic
--//
select f1(int4range(42, 49)) as int, f1(float8range(4.5, 7.8)) as num
--//
select f1(2, 4) as int, f1(2, 4.5) as num
--//
select f1(int4range(42, 49), 11, 2::smallint) as int, f1(float8range(4.5, 7.8), 7.8, 11::real) as num
--//
select f1(int4range(42, 49), 11, 4.5) as fail
--//
select f1(int4range(42, 49), array[11]) as int, f1(float8range(4.5, 7.8), array[7]) as num
--//
select x, pg_typeof(x), y, pg_typeof(y)
  from f1(11, array[1, 2], 42, 34.5)
--//
select x, pg_typeof(x), y, pg_typeof(y)
  from f1(11, array[1, 2], point(1,2), point(3,4))
--//
select x, pg_typeof(x), y, pg_typeof(y)
  from f1(11, '{1,2}', point(1,2), '(3,4)')
--//
select x, pg_typeof(x), y, pg_typeof(y)
  from f1(11, array[1, 2.2], 42, 34.5)
--//
select f1(42)
--//
select * from f1(42)
--//
select * from duplic(42)
--//
select * from duplic('foo'::text)
--//
select * from duplic(int4range(42,49))
--//
select * from duplic(textrange('aaa', 'bbb'))
--//
SELECT perform_test_func()
--//
SELECT * FROM perform_test
--//
insert into users values('user1')
--//
select sp_id_user('user1')
--//
select sp_add_user('user1')
--//
select use_refcursor(return_unnamed_refcursor())
--//
select refcursor_test1('test1')
--//
select refcursor_test2(20000, 20000) as "Should be false",
       refcursor_test2(20, 20) as "Should be true"
--//
select constant_refcursor()
--//
select namedparmcursor_test1(20000, 20000) as "Should be false",
       namedparmcursor_test1(20, 20) as "Should be true"
--//
select namedparmcursor_test2(20, 20)
--//
select namedparmcursor_test7()
--//
select namedparmcursor_test9(6)
--//
select raise_test3(1)
--//
SELECT reraise_test()
--//
select void_return_expr()
--//
select missing_return_expr()
--//
select execute_into_test('eifoo')
--//
select excpt_test1()
--//
select raise_exprs()
--//
select multi_datum_use(42)
--//
insert into foo values (1,2), (3,4)
--//
select stricttest()
--//
select shadowtest(1)
--//
insert into test_01 values(10,20)
--//
select * from sc_test()
--//
select pl_qual_names(42)
--//
select * from ret_query1()
--//
select * from ret_query2(8)
--//
select exc_using(5, 'foobar')
--//
select exc_using(5)
--//
select forc01()
--//
select * from forc_test
--//
select * from return_dquery()
--//
insert into tabwithcols values(10,20,30,40),(50,60,70,80)
--//
select * from returnqueryf()
--//
select compos()
--//
select composrec()
--//
select * from compos()
--//
select raise_test()
--//
select stacked_diagnostics_test()
--//
select vari(1,2,3,4,5)
--//
select vari(3,4,5)
--//
select vari(variadic array[5,6,7])
--//
select pleast(10,1,2,3,-16)
--//
select pleast(10.2,2.2,-1.1)
--//
select pleast(10.2,10, -20)
--//
select pleast(10,20, -1.0)
--//
select pleast(10)
--//
select * from tftest(10)
--//
select * from rttest()
--//
select * from no_such_table
--//
SELECT * FROM leaker_1(false)
--//
SELECT * FROM leaker_1(true)
--//
SELECT nonsimple_expr_test()
--//
select recurse(10)
--//
select error2('nonexistent.stuffs')
--//
select cast_invoker(20150717)
--//
select cast_invoker(-1)
--//
select fail()
--//
select strtest()
--//
select * from conflict_test()
--//
select unreserved_test()
--//
select obj_description('unreserved_test()'::regprocedure, 'pg_proc')
--//
select foreach_test(ARRAY[1,2,3,4])
--//
select foreach_test(ARRAY[[1,2],[3,4]])
--//
select foreach_test(ARRAY[[[1,2]],[[3,4]]])
--//
select foreach_test(ARRAY[(10,20),(40,69),(35,78)]::xy_tuple[])
--//
select foreach_test(ARRAY[[(10,20),(40,69)],[(35,78),(88,76)]]::xy_tuple[])
--//
select arrayassign1()
--//
select '{1,2}'::orderedarray
--//
select testoa(1,2,3)
--//
select consumes_rw_array(returns_rw_array(42))
--//
explain (verbose, costs off)
select i, a from
  (select returns_rw_array(1) as a offset 0) ss,
  lateral consumes_rw_array(a) i
--//
select i, a from
  (select returns_rw_array(1) as a offset 0) ss,
  lateral consumes_rw_array(a) i
--//
explain (verbose, costs off)
select consumes_rw_array(a), a from returns_rw_array(1) a
--//
select consumes_rw_array(a), a from returns_rw_array(1) a
--//
explain (verbose, costs off)
select consumes_rw_array(a), a from
  (values (returns_rw_array(1)), (returns_rw_array(2))) v(a)
--//
select consumes_rw_array(a), a from
  (values (returns_rw_array(1)), (returns_rw_array(2))) v(a)
--//
select outer_outer_func(10)
--//
INSERT INTO transition_table_base VALUES (1, 'One'), (2, 'Two')
--//
UPDATE transition_table_base
  SET val = '*' || val || '*'
  WHERE id BETWEEN 2 AND 3
--//
INSERT INTO transition_table_level1 (level1_no)
  SELECT generate_series(1,200)
--//
INSERT INTO transition_table_level2 (level2_no, parent_no)
  SELECT level2_no, level2_no / 50 + 1 AS parent_no
    FROM generate_series(1,9999) level2_no
--//
INSERT INTO transition_table_status (level, node_no, status)
  SELECT 1, level1_no, 0 FROM transition_table_level1
--//
INSERT INTO transition_table_level1(level1_no)
  SELECT generate_series(201,1000)
--//
DELETE FROM transition_table_level2
  WHERE level2_no BETWEEN 301 AND 305
--//
DELETE FROM transition_table_level1
  WHERE level1_no = 25
--//
UPDATE transition_table_level1 SET level1_no = -1
  WHERE level1_no = 30
--//
INSERT INTO transition_table_level2 (level2_no, parent_no)
  VALUES (10000, 10000)
--//
UPDATE transition_table_level2 SET parent_no = 2000
  WHERE level2_no = 40
--//
SELECT count(*) FROM transition_table_level1
--//
INSERT INTO alter_table_under_transition_tables
  VALUES (1, '1'), (2, '2'), (3, '3')
--//
UPDATE alter_table_under_transition_tables
  SET name = name || name
--//
UPDATE alter_table_under_transition_tables
  SET name = (name::text || name::text)::integer
--//
UPDATE alter_table_under_transition_tables
  SET id = id
--//
INSERT INTO multi_test VALUES (1)
--//
UPDATE multi_test SET i = i
--//
INSERT INTO partitioned_table VALUES (1, 'Row 1')
--//
SELECT * FROM get_from_partitioned_table(1) AS t
--//
SELECT * FROM list_partitioned_table() AS t
--//
INSERT INTO POINT_TBL(f1) VALUES ('asdfasdf')
--//
SELECT * FROM POINT_TBL
--//
SELECT p.* FROM POINT_TBL p WHERE p.f1 << '(0.0, 0.0)'
--//
SELECT p.* FROM POINT_TBL p WHERE '(0.0,0.0)' >> p.f1
--//
SELECT p.* FROM POINT_TBL p WHERE '(0.0,0.0)' |>> p.f1
--//
SELECT p.* FROM POINT_TBL p WHERE p.f1 <<| '(0.0, 0.0)'
--//
SELECT p.* FROM POINT_TBL p WHERE p.f1 ~= '(5.1, 34.5)'
--//
SELECT p.* FROM POINT_TBL p
   WHERE p.f1 <@ box '(0,0,100,100)'
--//
SELECT p.* FROM POINT_TBL p
   WHERE box '(0,0,100,100)' @> p.f1
--//
SELECT p.* FROM POINT_TBL p
   WHERE not p.f1 <@ box '(0,0,100,100)'
--//
SELECT p.* FROM POINT_TBL p
   WHERE p.f1 <@ path '[(0,0),(-10,0),(-10,10)]'
--//
SELECT p.* FROM POINT_TBL p
   WHERE not box '(0,0,100,100)' @> p.f1
--//
SELECT p.f1, p.f1 <-> point '(0,0)' AS dist
   FROM POINT_TBL p
   ORDER BY dist
--//
SELECT p1.f1 AS point1, p2.f1 AS point2, p1.f1 <-> p2.f1 AS dist
   FROM POINT_TBL p1, POINT_TBL p2
   ORDER BY dist, p1.f1[0], p2.f1[0]
--//
SELECT p1.f1 AS point1, p2.f1 AS point2
   FROM POINT_TBL p1, POINT_TBL p2
   WHERE (p1.f1 <-> p2.f1) > 3
--//
SELECT p1.f1 AS point1, p2.f1 AS point2, (p1.f1 <-> p2.f1) AS distance
   FROM POINT_TBL p1, POINT_TBL p2
   WHERE (p1.f1 <-> p2.f1) > 3 and p1.f1 << p2.f1
   ORDER BY distance, p1.f1[0], p2.f1[0]
--//
SELECT p1.f1 AS point1, p2.f1 AS point2, (p1.f1 <-> p2.f1) AS distance
   FROM POINT_TBL p1, POINT_TBL p2
   WHERE (p1.f1 <-> p2.f1) > 3 and p1.f1 << p2.f1 and p1.f1 |>> p2.f1
   ORDER BY distance
--//
INSERT INTO point_gist_tbl SELECT '(0,0)' FROM generate_series(0,1000)
--//
INSERT INTO point_gist_tbl VALUES ('(0.0000009,0.0000009)')
--//
SELECT COUNT(*) FROM point_gist_tbl WHERE f1 ~= '(0.0000009,0.0000009)'::point
--//
SELECT COUNT(*) FROM point_gist_tbl WHERE f1 <@ '(0.0000009,0.0000009),(0.0000009,0.0000009)'::box
--//
INSERT INTO POLYGON_TBL(f1) VALUES ('(2.0,0.0),(2.0,4.0),(0.0,0.0)')
--//
SELECT * FROM POLYGON_TBL
--//
INSERT INTO quad_poly_tbl
	SELECT (x - 1) * 100 + y, polygon(circle(point(x * 10, y * 10), 1 + (x + y) % 10))
	FROM generate_series(1, 100) x,
		 generate_series(1, 100) y
--//
INSERT INTO quad_poly_tbl
	SELECT i, polygon '((200, 300),(210, 310),(230, 290))'
	FROM generate_series(10001, 11000) AS i
--//
INSERT INTO quad_poly_tbl
	VALUES
		(11001, NULL),
		(11002, NULL),
		(11003, NULL)
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p << polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p << polygon '((300,300),(400,600),(600,500),(700,200))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p &< polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p &< polygon '((300,300),(400,600),(600,500),(700,200))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p && polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p && polygon '((300,300),(400,600),(600,500),(700,200))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p &> polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p &> polygon '((300,300),(400,600),(600,500),(700,200))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p >> polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p >> polygon '((300,300),(400,600),(600,500),(700,200))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p <<| polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p <<| polygon '((300,300),(400,600),(600,500),(700,200))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p &<| polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p &<| polygon '((300,300),(400,600),(600,500),(700,200))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p |&> polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p |&> polygon '((300,300),(400,600),(600,500),(700,200))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p |>> polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p |>> polygon '((300,300),(400,600),(600,500),(700,200))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p <@ polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p <@ polygon '((300,300),(400,600),(600,500),(700,200))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p @> polygon '((340,550),(343,552),(341,553))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p @> polygon '((340,550),(343,552),(341,553))'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM quad_poly_tbl WHERE p ~= polygon '((200, 300),(210, 310),(230, 290))'
--//
SELECT count(*) FROM quad_poly_tbl WHERE p ~= polygon '((200, 300),(210, 310),(230, 290))'
--//
EXPLAIN (COSTS OFF)
SELECT rank() OVER (ORDER BY p <-> point '123,456') n, p <-> point '123,456' dist, id
FROM quad_poly_tbl WHERE p <@ polygon '((300,300),(400,600),(600,500),(700,200))'
--//
SELECT *
FROM quad_poly_tbl_ord_seq2 seq FULL JOIN quad_poly_tbl_ord_idx2 idx
	ON seq.n = idx.n AND seq.id = idx.id AND
		(seq.dist = idx.dist OR seq.dist IS NULL AND idx.dist IS NULL)
WHERE seq.id IS NULL OR idx.id IS NULL
--//
select polyf(42) as int, polyf(4.5) as num
--//
select polyf(point(3,4))
--//
select polyf(array[2,4]) as int, polyf(array[4.5, 7.7]) as num
--//
select polyf(stavalues1) from pg_statistic
--//
select polyf(int4range(42, 49)) as int, polyf(float8range(4.5, 7.8)) as num
--//
select polyf(2, 4) as int, polyf(2, 4.5) as num
--//
select polyf(int4range(42, 49), 11, 2::smallint) as int, polyf(float8range(4.5, 7.8), 7.8, 11::real) as num
--//
select polyf(int4range(42, 49), 11, 4.5) as fail
--//
select polyf(multirange(int4range(42, 49)), 11, 2::smallint) as int, polyf(multirange(float8range(4.5, 7.8)), 7.8, 11::real) as num
--//
select polyf(multirange(int4range(42, 49)), 11, 4.5) as fail
--//
select polyf(int4range(42, 49), array[11]) as int, polyf(float8range(4.5, 7.8), array[7]) as num
--//
select polyf(multirange(int4range(42, 49)), array[11]) as int, polyf(multirange(float8range(4.5, 7.8)), array[7]) as num
--//
select x, pg_typeof(x), y, pg_typeof(y)
  from polyf(11, array[1, 2], 42, 34.5)
--//
select x, pg_typeof(x), y, pg_typeof(y)
  from polyf(11, array[1, 2], point(1,2), point(3,4))
--//
select x, pg_typeof(x), y, pg_typeof(y)
  from polyf(11, '{1,2}', point(1,2), '(3,4)')
--//
select x, pg_typeof(x), y, pg_typeof(y)
  from polyf(11, array[1, 2.2], 42, 34.5)
--//
select polyf(int4range(1,10))
--//
select polyf(null)
--//
select polyf(int4multirange(int4range(1,10), int4range(20,30)))
--//
insert into t values(1,array[1],'a')
--//
select f3, myaggp01a(*) from t group by f3 order by f3
--//
select f3, myaggp03b(*) from t group by f3 order by f3
--//
select f3, myaggp05a(f1) from t group by f3 order by f3
--//
select f3, myaggp09b(f1) from t group by f3 order by f3
--//
select f3, myaggn01a(*) from t group by f3 order by f3
--//
select f3, myaggn01b(*) from t group by f3 order by f3
--//
select f3, myaggn05a(f1) from t group by f3 order by f3
--//
select f3, myaggn05b(f1) from t group by f3 order by f3
--//
select mysum2(f1, f1 + 1) from t
--//
select f1, sql_if(f1 > 0, bleat(f1), bleat(f1 + 1)) from int4_tbl
--//
select q2, sql_if(q2 > 0, q2, q2 + 1) from int8_tbl
--//
SELECT array_larger_accum(i)
FROM (VALUES (ARRAY[1,2]), (ARRAY[3,4])) as t(i)
--//
SELECT array_larger_accum(i)
FROM (VALUES (ARRAY[row(1,2),row(3,4)]), (ARRAY[row(5,6),row(7,8)])) as t(i)
--//
select build_group(q1,3) from int8_tbl
--//
select first_el_agg_f8(x::float8) from generate_series(1,10) x
--//
select first_el_agg_any(x) from generate_series(1,10) x
--//
select first_el_agg_f8(x::float8) over(order by x) from generate_series(1,10) x
--//
select first_el_agg_any(x) over(order by x) from generate_series(1,10) x
--//
select distinct array_ndims(histogram_bounds) from pg_stats
where histogram_bounds is not null
--//
select max(histogram_bounds) from pg_stats where tablename = 'pg_am'
--//
select array_in('{1,2,3}','int4'::regtype,-1)
--//
select * from array_in('{1,2,3}','int4'::regtype,-1)
--//
select anyrange_in('[10,20)','int4range'::regtype,-1)
--//
select myleast(10, 1, 20, 33)
--//
select myleast(1.1, 0.22, 0.55)
--//
select myleast('z'::text)
--//
select myleast()
--//
select myleast(variadic array[1,2,3,4,-1])
--//
select myleast(variadic array[1.1, -5.5])
--//
select myleast(variadic array[]::int[])
--//
select concat('%', 1, 2, 3, 4, 5)
--//
select concat('|', 'a'::text, 'b', 'c')
--//
select concat('|', variadic array[1,2,33])
--//
select concat('|', variadic array[]::int[])
--//
select formarray(1,2,3,4,5)
--//
select formarray(1.1, variadic array[1.2,55.5])
--//
select formarray(1.1, array[1.2,55.5])
--//
select formarray(1, 'x'::text)
--//
select formarray(1, variadic array['x'::text])
--//
select pg_typeof(null)
--//
select pg_typeof(0)
--//
select pg_typeof(0.0)
--//
select pg_typeof(1+1 = 2)
--//
select pg_typeof('x')
--//
select pg_typeof('' || '')
--//
select pg_typeof(pg_typeof(0))
--//
select pg_typeof(array[1.2,55.5])
--//
select pg_typeof(myleast(10, 1, 20, 33))
--//
select dfunc()
--//
select dfunc(10)
--//
select dfunc(10, 20)
--//
select dfunc(10, 20, 30)
--//
select dfunc('Hi')
--//
select dfunc('Hi', 'City')
--//
select dfunc(1, 2, 3, 4)
--//
select dfunc(to_date('20081215','YYYYMMDD'))
--//
select dfunc('City'::text)
--//
select dfunc(10,20)
--//
select (dfunc(10,20,30)).*
--//
select (dfunc(a := 10, b := 20, c := 30)).*
--//
select * from dfunc(a := 10, b := 20)
--//
select * from dfunc(b := 10, a := 20)
--//
select * from dfunc(0)
--//
select * from dfunc(1,2)
--//
select * from dfunc(1,2,c := 3)
--//
select * from dfunc(1,2,d := 3)
--//
select * from dfunc(x := 20, b := 10, x := 30)
--//
select * from dfunc(10, b := 20, 30)
--//
select * from dfunc(x := 10, b := 20, c := 30)
--//
select * from dfunc(10, 10, a := 20)
--//
select * from dfunc(1,c := 2,d := 3)
--//
select (dfunc('Hello World', 20, '2009-07-25'::date)).*
--//
select * from dfunc('Hello World', 20, '2009-07-25'::date)
--//
select * from dfunc(c := '2009-07-25'::date, a := 'Hello World', b := 20)
--//
select * from dfunc('Hello World', b := 20, c := '2009-07-25'::date)
--//
select * from dfunc('Hello World', c := '2009-07-25'::date, b := 20)
--//
select * from dfunc('Hello World', c := 20, b := '2009-07-25'::date)
--//
select (dfunc()).*
--//
select * from dfunc()
--//
select * from dfunc('Hello', 100)
--//
select * from dfunc(a := 'Hello', c := 100)
--//
select * from dfunc(c := 100, a := 'Hello')
--//
select * from dfunc('Hello')
--//
select * from dfunc('Hello', c := 100)
--//
select * from dfunc(c := 100)
--//
select testpolym(37)
--//
select * from testpolym(37)
--//
select dfunc('a'::text, 'b')
--//
select dfunc(a := 1, b := 2)
--//
select dfunc(a := 'a'::text, b := 'b')
--//
select dfunc(a := 'a'::text, b := 'b', flag := false)
--//
select dfunc(b := 'b'::text, a := 'a')
--//
select dfunc(a := 'a'::text, flag := true)
--//
select dfunc(a := 'a'::text, flag := false)
--//
select dfunc(b := 'b'::text, a := 'a', flag := true)
--//
select dfunc('a'::text, 'b', false)
--//
select dfunc('a'::text, 'b', flag := false)
--//
select dfunc('a'::text, 'b', true)
--//
select dfunc('a'::text, 'b', flag := true)
--//
select dfunc(a => 1, b => 2)
--//
select dfunc(a => 'a'::text, b => 'b')
--//
select dfunc(a => 'a'::text, b => 'b', flag => false)
--//
select dfunc(b => 'b'::text, a => 'a')
--//
select dfunc(a => 'a'::text, flag => true)
--//
select dfunc(a => 'a'::text, flag => false)
--//
select dfunc(b => 'b'::text, a => 'a', flag => true)
--//
select dfunc('a'::text, 'b', flag => false)
--//
select dfunc('a'::text, 'b', flag => true)
--//
select dfunc(a =>-1)
--//
select dfunc(a =>+1)
--//
select dfunc(a =>/**/1)
--//
select dfunc(a =>
  1)
--//
select * from dfview
--//
select x, pg_typeof(x) from anyctest(11, 12) x
--//
select x, pg_typeof(x) from anyctest(11, 12.3) x
--//
select x, pg_typeof(x) from anyctest(11, point(1,2)) x
--//
select x, pg_typeof(x) from anyctest('11', '12.3') x
--//
select x, pg_typeof(x) from anyctest(11, array[1,2]) x
--//
select x, pg_typeof(x) from anyctest(11, array[12]) x
--//
select x, pg_typeof(x) from anyctest(11, array[12.3]) x
--//
select x, pg_typeof(x) from anyctest(12.3, array[13]) x
--//
select x, pg_typeof(x) from anyctest(12.3, '{13,14.4}') x
--//
select x, pg_typeof(x) from anyctest(11, array[point(1,2)]) x
--//
select x, pg_typeof(x) from anyctest(11, int4range(4,7)) x
--//
select x, pg_typeof(x) from anyctest(11, numrange(4,7)) x
--//
select x, pg_typeof(x) from anyctest(11.2, int4range(4,7)) x
--//
select x, pg_typeof(x) from anyctest(int4range(11,12), int4range(4,7)) x
--//
select x, pg_typeof(x) from anyctest(int4range(11,12), numrange(4,7)) x
--//
select x, pg_typeof(x) from anyctest(11, multirange(int4range(4,7))) x
--//
select x, pg_typeof(x) from anyctest(11, multirange(numrange(4,7))) x
--//
select x, pg_typeof(x) from anyctest(11.2, multirange(int4range(4,7))) x
--//
select x, pg_typeof(x) from anyctest(multirange(int4range(11,12)), multirange(int4range(4,7))) x
--//
select x, pg_typeof(x) from anyctest(multirange(int4range(11,12)), multirange(numrange(4,7))) x
--//
select x, pg_typeof(x) from anyctest(array[11], array[1,2]) x
--//
select x, pg_typeof(x) from anyctest(11, array[1, 2], 42, 34.5) x
--//
select x, pg_typeof(x) from anyctest(11, array[1, 2], point(1,2), point(3,4)) x
--//
select x, pg_typeof(x) from anyctest(11, '{1,2}', point(1,2), '(3,4)') x
--//
select x, pg_typeof(x) from anyctest(11, array[1, 2.2], 42, 34.5) x
--//
select x, pg_typeof(x) from anyctest(11, '12') x
--//
select x, pg_typeof(x) from anyctest(variadic array[11, 12]) x
--//
select x, pg_typeof(x) from anyctest(variadic array[11, 12.2]) x
--//
SELECT name, statement, is_holdable, is_binary, is_scrollable FROM pg_cursors ORDER BY 1
--//
SELECT name, statement, is_holdable, is_binary, is_scrollable FROM pg_cursors
--//
SELECT declares_cursor('AB%')
--//
insert into tt1 values(1)
--//
delete from tt1
--//
SELECT name FROM pg_cursors ORDER BY 1
--//
INSERT INTO uctest VALUES (1, 'one'), (2, 'two'), (3, 'three')
--//
SELECT * FROM uctest
--//
DELETE FROM uctest WHERE CURRENT OF c1
--//
UPDATE uctest SET f1 = 8 WHERE CURRENT OF c1
--//
UPDATE uctest SET f1 = f1 + 10 WHERE CURRENT OF c1
--//
INSERT INTO uctest VALUES (10, 'ten')
--//
DELETE FROM uctest WHERE f1 = 10
--//
INSERT INTO ucchild values(100, 'hundred')
--//
DELETE FROM uctest WHERE CURRENT OF cx
--//
DELETE FROM uctest WHERE CURRENT OF c
--//
DELETE FROM tenk1 WHERE CURRENT OF c
--//
DELETE FROM ucview WHERE CURRENT OF c1
--//
EXPLAIN (costs off)
DECLARE c1 CURSOR FOR SELECT stringu1 FROM onek WHERE stringu1 = 'DZAAAA'
--//
DELETE FROM onek WHERE CURRENT OF c1
--//
SELECT stringu1 FROM onek WHERE stringu1 = 'DZAAAA'
--//
INSERT INTO current_check_1 SELECT i, 'p' || i FROM generate_series(1,9) i
--//
DELETE FROM current_check WHERE CURRENT OF c1 RETURNING *
--//
SELECT * FROM current_check
--//
INSERT INTO cursor VALUES (1)
--//
UPDATE cursor SET a = 2
--//
explain (costs off) declare c1 cursor for select (select 42) as x
--//
explain (costs off) declare c1 scroll cursor for select (select 42) as x
--//
explain (costs off) declare c2 cursor for select generate_series(1,3) as g
--//
explain (costs off) declare c2 scroll cursor for select generate_series(1,3) as g
--//
insert into toasted_data
  select array_agg(i) from generate_series(12345678, 12345678 + 1000) i
--//
SELECT name, statement, parameter_types FROM pg_prepared_statements
--//
SELECT * FROM q5_prep_results
--//
SELECT * FROM q5_prep_nodata
--//
SELECT name, statement, parameter_types FROM pg_prepared_statements
    ORDER BY name
--//
SELECT current_setting('max_prepared_transactions')::integer < 2 AS skip_test
--//
INSERT INTO pxtest1 VALUES ('aaa')
--//
UPDATE pxtest1 SET foobar = 'bbb' WHERE foobar = 'aaa'
--//
SELECT * FROM pxtest1
--//
SELECT gid FROM pg_prepared_xacts
--//
SELECT pg_advisory_lock(1)
--//
SELECT pg_advisory_xact_lock_shared(1)
--//
INSERT INTO pxtest2 VALUES (1)
--//
SELECT lo_unlink(oid) FROM pg_largeobject_metadata WHERE oid >= 1000 AND oid < 3000 ORDER BY oid
--//
SELECT session_user, current_role, current_user, current_setting('role') as role
--//
SELECT session_user = current_role as c_r_ok, session_user = current_user as c_u_ok, current_setting('role') as role
--//
SELECT session_user, current_user
--//
SELECT * FROM atest1
--//
INSERT INTO atest1 VALUES (1, 'one')
--//
DELETE FROM atest1
--//
UPDATE atest1 SET a = 1 WHERE b = 'blech'
--//
TRUNCATE atest1
--//
INSERT INTO atest2 VALUES ('foo', true)
--//
INSERT INTO atest1 SELECT 1, b FROM atest1
--//
UPDATE atest1 SET a = 1 WHERE a = 2
--//
UPDATE atest2 SET col2 = NOT col2
--//
SELECT * FROM atest1 FOR UPDATE
--//
EXPLAIN (COSTS OFF) SELECT * FROM atest12v x, atest12v y WHERE x.a = y.b
--//
EXPLAIN (COSTS OFF) SELECT * FROM atest12 x, atest12 y
  WHERE x.a = y.b and abs(y.a) <<< 5
--//
EXPLAIN (COSTS OFF) SELECT * FROM atest12sbv x, atest12sbv y WHERE x.a = y.b
--//
EXPLAIN (COSTS OFF) SELECT * FROM atest12 WHERE a >>> 0
--//
EXPLAIN (COSTS OFF) SELECT * FROM atest12v WHERE a >>> 0
--//
EXPLAIN (COSTS OFF) SELECT * FROM atest12sbv WHERE a >>> 0
--//
EXPLAIN (COSTS OFF) SELECT * FROM atest12v x, atest12v y
  WHERE x.a = y.b and abs(y.a) <<< 5
--//
EXPLAIN (COSTS OFF) SELECT * FROM atest12sbv x, atest12sbv y
  WHERE x.a = y.b and abs(y.a) <<< 5
--//
SELECT * FROM atestv1
--//
select * from
  ((select a.q1 as x from int8_tbl a offset 0)
   union all
   (select b.q2 as x from int8_tbl b offset 0)) ss
where false
--//
select * from
  ((select a.q1 as x, random() from int8_tbl a where q1 > 0)
   union all
   (select b.q2 as x, random() from int8_tbl b where q2 > 0)) ss
where x < 0
--//
INSERT INTO atest5 VALUES (1,2,3)
--//
SELECT one FROM atest5
--//
SELECT two FROM atest5
--//
SELECT atest5 FROM atest5
--//
SELECT 1 FROM atest5
--//
SELECT 1 FROM atest5 a JOIN atest5 b USING (one)
--//
SELECT 1 FROM atest5 a JOIN atest5 b USING (two)
--//
SELECT 1 FROM atest5 a NATURAL JOIN atest5 b
--//
SELECT * FROM (atest5 a JOIN atest5 b USING (one)) j
--//
SELECT j.* FROM (atest5 a JOIN atest5 b USING (one)) j
--//
SELECT (j.*) IS NULL FROM (atest5 a JOIN atest5 b USING (one)) j
--//
SELECT one FROM (atest5 a JOIN atest5 b(one,x,y,z) USING (one)) j
--//
SELECT j.one FROM (atest5 a JOIN atest5 b(one,x,y,z) USING (one)) j
--//
SELECT two FROM (atest5 a JOIN atest5 b(one,x,y,z) USING (one)) j
--//
SELECT j.two FROM (atest5 a JOIN atest5 b(one,x,y,z) USING (one)) j
--//
SELECT y FROM (atest5 a JOIN atest5 b(one,x,y,z) USING (one)) j
--//
SELECT j.y FROM (atest5 a JOIN atest5 b(one,x,y,z) USING (one)) j
--//
SELECT * FROM (atest5 a JOIN atest5 b USING (one))
--//
SELECT a.* FROM (atest5 a JOIN atest5 b USING (one))
--//
SELECT (a.*) IS NULL FROM (atest5 a JOIN atest5 b USING (one))
--//
SELECT two FROM (atest5 a JOIN atest5 b(one,x,y,z) USING (one))
--//
SELECT a.two FROM (atest5 a JOIN atest5 b(one,x,y,z) USING (one))
--//
SELECT y FROM (atest5 a JOIN atest5 b(one,x,y,z) USING (one))
--//
SELECT b.y FROM (atest5 a JOIN atest5 b(one,x,y,z) USING (one))
--//
SELECT y FROM (atest5 a LEFT JOIN atest5 b(one,x,y,z) USING (one))
--//
SELECT b.y FROM (atest5 a LEFT JOIN atest5 b(one,x,y,z) USING (one))
--//
SELECT y FROM (atest5 a FULL JOIN atest5 b(one,x,y,z) USING (one))
--//
SELECT b.y FROM (atest5 a FULL JOIN atest5 b(one,x,y,z) USING (one))
--//
SELECT 1 FROM atest5 WHERE two = 2
--//
SELECT * FROM atest1, atest5
--//
SELECT atest1.* FROM atest1, atest5
--//
SELECT atest1.*,atest5.one FROM atest1, atest5
--//
SELECT atest1.*,atest5.one FROM atest1 JOIN atest5 ON (atest1.a = atest5.two)
--//
SELECT atest1.*,atest5.one FROM atest1 JOIN atest5 ON (atest1.a = atest5.one)
--//
SELECT one, two FROM atest5
--//
SELECT one, two FROM atest5 NATURAL JOIN atest6
--//
INSERT INTO atest5 (two) VALUES (3)
--//
INSERT INTO atest5 (three) VALUES (4)
--//
UPDATE atest5 SET three = 10
--//
UPDATE atest5 SET one = 8
--//
UPDATE atest5 SET three = 5, one = 2
--//
INSERT INTO atest5(two) VALUES (6) ON CONFLICT (two) DO UPDATE set three = 10
--//
INSERT INTO atest5(two) VALUES (6) ON CONFLICT (two) DO UPDATE set three = 10 RETURNING atest5.three
--//
INSERT INTO atest5(two) VALUES (6) ON CONFLICT (two) DO UPDATE set three = 10 RETURNING atest5.one
--//
INSERT INTO atest5(two) VALUES (6) ON CONFLICT (two) DO UPDATE set three = EXCLUDED.one
--//
INSERT INTO atest5(two) VALUES (6) ON CONFLICT (two) DO UPDATE set three = EXCLUDED.three
--//
INSERT INTO atest5(two) VALUES (6) ON CONFLICT (two) DO UPDATE set one = 8
--//
INSERT INTO atest5(three) VALUES (4) ON CONFLICT (two) DO UPDATE set three = 10
--//
INSERT INTO atest5(four) VALUES (4)
--//
INSERT INTO atest5(four) VALUES (4) ON CONFLICT (four) DO UPDATE set three = 3
--//
INSERT INTO atest5(four) VALUES (4) ON CONFLICT ON CONSTRAINT atest5_four_key DO UPDATE set three = 3
--//
INSERT INTO mtarget VALUES (1, 'init1'), (2, 'init2')
--//
INSERT INTO msource VALUES (1, 'source1'), (2, 'source2'), (3, 'source3')
--//
MERGE INTO mtarget t USING msource s ON t.a = s.a
WHEN MATCHED THEN
	UPDATE SET b = s.b
WHEN NOT MATCHED THEN
	INSERT VALUES (a, NULL)
--//
MERGE INTO mtarget t USING msource s ON t.a = s.a
WHEN MATCHED THEN
	UPDATE SET b = 'x'
WHEN NOT MATCHED THEN
	INSERT VALUES (a, b)
--//
MERGE INTO mtarget t USING msource s ON t.a = s.a
WHEN MATCHED AND s.b = 'x' THEN
	UPDATE SET b = 'x'
WHEN NOT MATCHED THEN
	INSERT VALUES (a, NULL)
--//
MERGE INTO mtarget t USING msource s ON t.a = s.a
WHEN MATCHED THEN
	UPDATE SET b = 'ok'
WHEN NOT MATCHED THEN
	INSERT VALUES (a, NULL)
--//
MERGE INTO mtarget t USING msource s ON t.a = s.a
WHEN MATCHED THEN
	UPDATE SET b = s.b
WHEN NOT MATCHED THEN
	INSERT VALUES (a, b)
--//
MERGE INTO mtarget t USING msource s ON t.a = s.a
WHEN MATCHED THEN
	UPDATE SET b = t.b
WHEN NOT MATCHED THEN
	INSERT VALUES (a, NULL)
--//
MERGE INTO mtarget t USING msource s ON t.a = s.a
WHEN MATCHED THEN
	UPDATE SET b = s.b, a = t.a + 1
WHEN NOT MATCHED THEN
	INSERT VALUES (a, b)
--//
MERGE INTO mtarget t USING msource s ON t.a = s.a
WHEN MATCHED AND t.b IS NOT NULL THEN
	UPDATE SET b = s.b
WHEN NOT MATCHED THEN
	INSERT VALUES (a, b)
--//
MERGE INTO mtarget t USING msource s ON t.a = s.a
WHEN MATCHED THEN
	UPDATE SET b = s.b
--//
MERGE INTO mtarget t USING msource s ON t.a = s.a
WHEN MATCHED AND t.b IS NOT NULL THEN
	DELETE
--//
INSERT INTO t1 VALUES (1, 1, 1)
--//
INSERT INTO t1 (c1, c2) VALUES (1, 1)
--//
UPDATE t1 SET c2 = 1
--//
INSERT INTO t1 (c1, c2) VALUES (null, null)
--//
INSERT INTO t1 (c3) VALUES (null)
--//
INSERT INTO t1 (c1) VALUES (5)
--//
INSERT INTO errtst_part_1 (a, b, c, secret1, secret2)
VALUES ('aaa', 'bbb', 'ccc', 'the body', 'is in the attic')
--//
INSERT INTO errtst (a, b) VALUES ('aaa', NULL)
--//
UPDATE errtst SET b = NULL
--//
UPDATE errtst SET a = 'aaa', b = NULL
--//
UPDATE errtst SET a = 'aaaa', b = NULL WHERE a = 'aaa'
--//
SELECT one FROM atest5 NATURAL JOIN atest6
--//
DELETE FROM atest5 WHERE one = 1
--//
DELETE FROM atest5 WHERE two = 2
--//
SELECT fx FROM atestp2
--//
SELECT fy FROM atestp2
--//
SELECT atestp2 FROM atestp2
--//
SELECT tableoid FROM atestp2
--//
SELECT fy FROM atestc
--//
SELECT f2 FROM atestp1
--//
SELECT f2 FROM atestc
--//
DELETE FROM atestp1
--//
DELETE FROM atestc
--//
UPDATE atestp1 SET f1 = 1
--//
UPDATE atestc SET f1 = 1
--//
TRUNCATE atestp1
--//
TRUNCATE atestc
--//
SELECT priv_testfunc1(5), priv_testfunc2(5)
--//
SELECT priv_testagg1(x) FROM (VALUES (1), (2), (3)) _(x)
--//
SELECT priv_testfunc1(5)
--//
SELECT col1 FROM atest2 WHERE col2 = true
--//
SELECT priv_testfunc4(true)
--//
SELECT '{1}'::int4[]::int8[]
--//
select has_table_privilege(NULL,'pg_authid','select')
--//
select has_table_privilege('pg_shad','select')
--//
select has_table_privilege('nosuchuser','pg_authid','select')
--//
select has_table_privilege(-999999,'pg_authid','update')
--//
select has_table_privilege(1,'select')
--//
select has_table_privilege(current_user,'pg_authid','select')
--//
select has_table_privilege(t2.oid,'pg_authid','update')
from (select oid from pg_roles where rolname = current_user) as t2
--//
select has_table_privilege(current_user,t1.oid,'rule')
from (select oid from pg_class where relname = 'pg_authid') as t1
--//
select has_table_privilege(t2.oid,t1.oid,'select')
from (select oid from pg_class where relname = 'pg_authid') as t1,
  (select oid from pg_roles where rolname = current_user) as t2
--//
select has_table_privilege(t1.oid,'select')
from (select oid from pg_class where relname = 'pg_authid') as t1
--//
select has_column_privilege('pg_authid',NULL,'select')
--//
select has_column_privilege('pg_authid','nosuchcol','select')
--//
select has_column_privilege(9999,'nosuchcol','select')
--//
select has_column_privilege(9999,99::int2,'select')
--//
select has_column_privilege('pg_authid',99::int2,'select')
--//
SELECT has_table_privilege('regress_priv_user3', 'atest4', 'SELECT')
--//
INSERT INTO sro_tab VALUES (1), (2), (3)
--//
INSERT INTO sro_ptab VALUES (1), (2), (3)
--//
SELECT dogrant_ok()
--//
SELECT has_sequence_privilege('regress_priv_user1', 'atest1', 'SELECT')
--//
SELECT has_sequence_privilege('x_seq', 'USAGE')
--//
SELECT loread(lo_open(1001, x'20000'::int), 32)
--//
SELECT lowrite(lo_open(1001, x'40000'::int), 'abcd')
--//
SELECT lo_unlink(1001)
--//
SELECT oid, pg_get_userbyid(lomowner) ownername, lomacl FROM pg_largeobject_metadata WHERE oid >= 1000 AND oid < 3000 ORDER BY oid
--//
SELECT lo_truncate(lo_open(1005, x'20000'::int), 10)
--//
SELECT lo_put(1002, 1, 'abcd')
--//
SELECT lo_export(1001, '/dev/null')
--//
SELECT lo_import('/dev/null')
--//
SELECT lo_import('/dev/null', 2003)
--//
SELECT * FROM pg_largeobject LIMIT 0
--//
SELECT backend_type FROM pg_stat_activity
WHERE CASE WHEN COALESCE(usesysid, 10) = 10 THEN terminate_nothrow(pid) END
--//
SELECT
	pg_has_role('regress_priv_user1', 'pg_database_owner', 'USAGE') as priv,
	pg_has_role('regress_priv_user1', 'pg_database_owner', 'MEMBER') as mem,
	pg_has_role('regress_priv_user1', 'pg_database_owner',
				'MEMBER WITH ADMIN OPTION') as admin
--//
TABLE information_schema.enabled_roles ORDER BY role_name COLLATE "C"
--//
TABLE information_schema.applicable_roles ORDER BY role_name COLLATE "C"
--//
INSERT INTO datdba_only DEFAULT VALUES
--//
DELETE FROM datdba_only
--//
TABLE information_schema.enabled_roles
--//
SELECT makeaclitem('regress_"quoted'::regrole, 'regress_"quoted'::regrole,
                   'SELECT', TRUE)
--//
SELECT '"regress_""quoted"=r*/"regress_""quoted"'::aclitem
--//
SELECT has_schema_privilege('regress_priv_user2', 'testns2', 'USAGE')
--//
SELECT count(*) FROM pg_shdepend
  WHERE deptype = 'a' AND
        refobjid = 'regress_priv_user2'::regrole AND
	classid = 'pg_default_acl'::regclass
--//
SELECT has_type_privilege('regress_priv_user2', 'testns.priv_testdomain1', 'USAGE')
--//
SELECT count(*)
  FROM pg_default_acl d LEFT JOIN pg_namespace n ON defaclnamespace = n.oid
  WHERE nspname = 'testns'
--//
SELECT d.*
  FROM pg_default_acl d LEFT JOIN pg_namespace n ON defaclnamespace = n.oid
  WHERE nspname IS NULL AND defaclnamespace != 0
--//
SELECT nspname, rolname FROM pg_namespace, pg_roles WHERE pg_namespace.nspname = 'testns' AND pg_namespace.nspowner = pg_roles.oid
--//
SELECT COUNT(*) >= 0 AS ok FROM pg_backend_memory_contexts
--//
SELECT COUNT(*) >= 0 AS ok FROM pg_shmem_allocations
--//
SELECT 1 as one, 2 as two
--//
SELECT 3 as three, 4 as four
--//
select 10 as test01, 20 as test02, 'Hello' as test03
--//
select 10 as "bad name"
--//
select 97 as "EOF", 'ok' as _foo
--//
select 1 as x, 2 as y
--//
select 1 as var1, NULL as var2, 3 as var3
--//
select 10 as test01, 20 as test02 from generate_series(1,3)
--//
SELECT
    NULL AS zero,
    1 AS one,
    2.0 AS two,
    'three' AS three,
    $1 AS four,
    sin($2) as five,
    'foo'::varchar(4) as six,
    CURRENT_DATE AS now
--//
EXPLAIN EXECUTE test
--//
SELECT 1 +
--//
TABLE bububu
--//
SELECT 1 AS x, 'Hello', 2 AS y, true AS "dirty\name"
--//
select format('create index on gexec_test(%I)', attname)
from pg_attribute
where attrelid = 'gexec_test'::regclass and attnum > 0
order by attnum
--//
select 'select 1 as ones', 'select x.y, x.y*2 as double from generate_series(1,4) as x(y)'
union all
select 'drop table gexec_test', NULL
union all
select 'drop table gexec_test', 'select ''2000-01-01''::date as party_over'
--//
select 1 where false
--//
select n, -n as m, n * 111 as x, '1e90'::float8 as f
from generate_series(0,3) n
--//
select 'comma,comma' as comma, 'semi;semi' as semi
--//
select '\.' as data
--//
select '\' as d1, '' as d2
--//
select 'okay'
--//
select
    42
    (bogus
  forty_two
--//
SELECT :{?i} AS i_is_defined
--//
SELECT NOT :{?no_such_var} AS no_such_var_is_not_defined
--//
SELECT 2
SELECT 3
UNION SELECT 4
UNION SELECT 5
ORDER BY 1
--//
SELECT 1 AS stuff UNION SELECT 2
--//
SELECT 1 UNION
--//
SELECT 4 AS
--//
select unique2 from tenk1 order by unique2 limit 19
--//
select 1/(15-unique2) from tenk1 order by unique2 limit 19
--//
insert into parent_tab values (generate_series(0,29))
--//
INSERT INTO ac_test VALUES (1)
--//
SELECT * FROM ac_test
--//
INSERT INTO oer_test VALUES (1)
--//
INSERT INTO oer_test VALUES ('foo')
--//
SELECT * FROM oer_test
--//
SELECT * FROM notexists
--//
SELECT 1 AS one
SELECT 3 AS three
SELECT 5
BEGIN
ROLLBACK
--//
SELECT 'ok' AS "begin"
CREATE TABLE psql_comics(s TEXT)
INSERT INTO psql_comics VALUES ('Calvin'), ('hobbes')
SELECT 1 AS one
DROP FUNCTION warn(TEXT)
--//
SELECT * FROM foo ORDER BY 1
DROP TABLE foo
COMMIT
--//
SELECT psql_error('oops!')
--//
INSERT INTO bla VALUES ('Calvin'), ('Hobbes')
--//
SELECT * FROM bla ORDER BY 1
--//
INSERT INTO bla VALUES ('Susie')
--//
INSERT INTO bla VALUES ('Rosalyn')
SELECT 'before error' AS show
  SELECT psql_error('boum!')
  SELECT 'after error' AS noshow
--//
INSERT INTO bla(s) VALUES ('Moe')
  SELECT psql_error('bam!')
--//
INSERT INTO bla VALUES ('Mum')
SELECT COUNT(*) AS "#mum"
FROM bla WHERE s = 'Mum'
SELECT psql_error('bad!')
--//
SELECT COUNT(*) AS "#mum"
FROM bla WHERE s = 'Mum'
SELECT * FROM bla ORDER BY 1
--//
SELECT v, EXTRACT(year FROM d), count(*)
 FROM ctv_data
 GROUP BY 1, 2
 ORDER BY 1, 2
--//
SELECT v, to_char(d, 'Mon') AS "month name", EXTRACT(month FROM d) AS num,
 count(*) FROM ctv_data  GROUP BY 1,2,3 ORDER BY 1
--//
SELECT EXTRACT(year FROM d) AS year, to_char(d,'Mon') AS """month"" name",
  EXTRACT(month FROM d) AS month,
  format('sum=%s avg=%s', sum(i), avg(i)::numeric(2,1))
  FROM ctv_data
  GROUP BY EXTRACT(year FROM d), to_char(d,'Mon'), EXTRACT(month FROM d)
ORDER BY month
--//
SELECT v, h, string_agg(c, E'\n') FROM ctv_data GROUP BY v, h ORDER BY 1,2,3
--//
SELECT v,h, string_agg(c, E'\n') AS c, row_number() OVER(ORDER BY h) AS r
FROM ctv_data GROUP BY v, h ORDER BY 1,3,2
--//
SELECT v, h, string_agg(c, E'\n') AS c, row_number() OVER(ORDER BY h DESC) AS r
FROM ctv_data GROUP BY v, h ORDER BY 1,3,2
--//
SELECT v,h, string_agg(c, E'\n') AS c, row_number() OVER(ORDER BY h NULLS LAST) AS r
FROM ctv_data GROUP BY v, h ORDER BY 1,3,2
--//
SELECT null,null
--//
SELECT null,null,null
--//
SELECT v,h, string_agg(i::text, E'\n') AS i FROM ctv_data
GROUP BY v, h ORDER BY h,v
--//
SELECT v,h,string_agg(i::text, E'\n'), string_agg(c, E'\n')
FROM ctv_data GROUP BY v, h ORDER BY h,v
--//
SELECT v,h, string_agg(i::text, E'\n') AS i, string_agg(c, E'\n') AS c
FROM ctv_data GROUP BY v, h ORDER BY h,v
--//
SELECT 1 as "22", 2 as b, 3 as "Foo"
--//
SELECT v,h,c,i FROM ctv_data
--//
SELECT v,h,i,c FROM ctv_data
--//
SELECT a,a,1 FROM generate_series(1,3000) AS a
--//
INSERT INTO ctv_data SELECT 1, x, '*' || x FROM generate_series(1,10) x
--//
SELECT * FROM ctv_data
--//
INSERT INTO ctv_data VALUES (1, 10, '*')
--//
SELECT obj_description(p.oid, 'pg_publication') FROM pg_publication p
--//
SELECT pubname, puballtables FROM pg_publication WHERE pubname = 'testpub_foralltables'
--//
UPDATE testpub_parted1 SET a = 1
--//
UPDATE testpub_parted SET a = 1 WHERE false
--//
UPDATE rf_tbl_abcd_pk SET a = 1
--//
UPDATE rf_tbl_abcd_nopk SET a = 1
--//
UPDATE rf_tbl_abcd_part_pk SET a = 1
--//
UPDATE testpub_tbl5 SET a = 1
--//
INSERT INTO testpub_tbl4 values(1)
--//
INSERT INTO pub_test.testpub_addpk VALUES(1, 11)
--//
UPDATE pub_test.testpub_addpk SET id = 2
--//
INSERT INTO pub_test1.tbl VALUES(1, 'test')
--//
UPDATE pub_test1.tbl SET id = 2
--//
INSERT INTO pub_testpart2.child_parent1 values(1)
--//
UPDATE pub_testpart2.child_parent1 set a = 1
--//
UPDATE pub_testpart1.parent1 set a = 1
--//
SELECT * FROM pg_publication_tables
--//
INSERT INTO testpub_insert_onconfl_no_ri VALUES (1, 1) ON CONFLICT (a) DO UPDATE SET b = 2
--//
INSERT INTO testpub_insert_onconfl_no_ri VALUES (1, 1) ON CONFLICT DO NOTHING
--//
INSERT INTO testpub_insert_onconfl_parted VALUES (1, 1) ON CONFLICT (a) DO UPDATE SET b = 2
--//
INSERT INTO testpub_insert_onconfl_parted VALUES (1, 1) ON CONFLICT DO NOTHING
--//
MERGE INTO testpub_merge_no_ri USING testpub_merge_pk s ON s.a >= 1
 WHEN MATCHED THEN UPDATE SET b = s.b
--//
MERGE INTO testpub_merge_no_ri USING testpub_merge_pk s ON s.a >= 1
 WHEN MATCHED THEN DELETE
--//
MERGE INTO testpub_merge_no_ri USING testpub_merge_pk s ON s.a >= 1
 WHEN MATCHED THEN DO NOTHING
 WHEN NOT MATCHED THEN INSERT (a, b) VALUES (0, 0)
--//
MERGE INTO testpub_merge_pk USING testpub_merge_no_ri s ON s.a >= 1
 WHEN MATCHED AND s.a > 0 THEN UPDATE SET b = s.b
 WHEN MATCHED THEN DELETE
--//
SELECT count(*) FROM onek
--//
(SELECT unique1 AS random
  FROM onek ORDER BY random() LIMIT 1)
INTERSECT
(SELECT unique1 AS random
  FROM onek ORDER BY random() LIMIT 1)
INTERSECT
(SELECT unique1 AS random
  FROM onek ORDER BY random() LIMIT 1)
--//
INSERT INTO RANDOM_TBL (random)
  SELECT count(*)
  FROM onek WHERE random() < 1.0/10
--//
SELECT random, count(random) FROM RANDOM_TBL
  GROUP BY random HAVING count(random) > 3
--//
SELECT AVG(random) FROM RANDOM_TBL
  HAVING AVG(random) NOT BETWEEN 80 AND 120
--//
INSERT INTO rngfunc2 VALUES(1, 11)
--//
select * from rngfunct(1) with ordinality as z(a,b,ord)
--//
select * from rngfunct(1) with ordinality as z(a,b,ord) where b > 100
--//
select a,b,ord from rngfunct(1) with ordinality as z(a,b,ord)
--//
select a,ord from unnest(array['a','b']) with ordinality as z(a,ord)
--//
select * from unnest(array['a','b']) with ordinality as z(a,ord)
--//
select a,ord from unnest(array[1.0::float8]) with ordinality as z(a,ord)
--//
select * from unnest(array[1.0::float8]) with ordinality as z(a,ord)
--//
select row_to_json(s.*) from generate_series(11,14) with ordinality s
--//
select * from vw_ord
--//
select definition from pg_views where viewname='vw_ord'
--//
select * from rows from(rngfunct(1),rngfunct(2)) with ordinality as z(a,b,c,d,ord)
--//
select * from unnest(array[10,20],array['foo','bar'],array[1.0])
--//
select * from unnest(array[10,20],array['foo','bar'],array[1.0]) with ordinality as z(a,b,c,ord)
--//
select * from rows from(unnest(array[10,20],array['foo','bar'],array[1.0])) with ordinality as z(a,b,c,ord)
--//
select * from rows from(unnest(array[10,20],array['foo','bar']), generate_series(101,102)) with ordinality as z(a,b,c,ord)
--//
select * from rngfunc2, rngfunct(rngfunc2.rngfuncid) z where rngfunc2.f2 = z.f2
--//
select * from rngfunc2, rngfunct(rngfunc2.rngfuncid) with ordinality as z(rngfuncid,f2,ord) where rngfunc2.f2 = z.f2
--//
select * from rngfunc2 where f2 in (select f2 from rngfunct(rngfunc2.rngfuncid) z where z.rngfuncid = rngfunc2.rngfuncid) ORDER BY 1,2
--//
select * from rngfunc2 where f2 in (select f2 from rngfunct(1) z where z.rngfuncid = rngfunc2.rngfuncid) ORDER BY 1,2
--//
select * from rngfunc2 where f2 in (select f2 from rngfunct(rngfunc2.rngfuncid) z where z.rngfuncid = 1) ORDER BY 1,2
--//
select rngfunct.rngfuncid, rngfunct.f2 from rngfunct(sin(pi()/2)::int) ORDER BY 1,2
--//
INSERT INTO rngfunc VALUES(1,1,'Joe')
--//
SELECT * FROM getrngfunc1(1) AS t1
--//
SELECT * FROM getrngfunc1(1) WITH ORDINALITY AS t1(v,o)
--//
SELECT * FROM vw_getrngfunc
--//
SELECT * FROM getrngfunc4(1) WITH ORDINALITY AS t1(a,b,c,o)
--//
SELECT * FROM getrngfunc6(1) AS t1(rngfuncid int, rngfuncsubid int, rngfuncname text)
--//
SELECT * FROM ROWS FROM( getrngfunc6(1) AS (rngfuncid int, rngfuncsubid int, rngfuncname text) ) WITH ORDINALITY
--//
select * from rows from(getrngfunc1(1),getrngfunc2(1),getrngfunc3(1),getrngfunc4(1),getrngfunc5(1),
                    getrngfunc6(1) AS (rngfuncid int, rngfuncsubid int, rngfuncname text),
                    getrngfunc7(1) AS (rngfuncid int, rngfuncsubid int, rngfuncname text),
                    getrngfunc8(1),getrngfunc9(1))
              with ordinality as t1(a,b,c,d,e,f,g,h,i,j,k,l,m,o,p,q,r,s,t,u)
--//
select * from rows from(getrngfunc9(1),getrngfunc8(1),
                    getrngfunc7(1) AS (rngfuncid int, rngfuncsubid int, rngfuncname text),
                    getrngfunc6(1) AS (rngfuncid int, rngfuncsubid int, rngfuncname text),
                    getrngfunc5(1),getrngfunc4(1),getrngfunc3(1),getrngfunc2(1),getrngfunc1(1))
              with ordinality as t1(a,b,c,d,e,f,g,h,i,j,k,l,m,o,p,q,r,s,t,u)
--//
select * from vw_rngfunc
--//
SELECT setval('rngfunc_rescan_seq1',1,false),setval('rngfunc_rescan_seq2',1,false)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r) LEFT JOIN rngfunc_sql(11,13) ON (r+i)<100
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r) LEFT JOIN rngfunc_sql(11,13) WITH ORDINALITY AS f(i,s,o) ON (r+i)<100
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r) LEFT JOIN rngfunc_mat(11,13) ON (r+i)<100
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r) LEFT JOIN rngfunc_mat(11,13) WITH ORDINALITY AS f(i,s,o) ON (r+i)<100
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r) LEFT JOIN ROWS FROM( rngfunc_sql(11,13), rngfunc_mat(11,13) ) WITH ORDINALITY AS f(i1,s1,i2,s2,o) ON (r+i1+i2)<100
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r) LEFT JOIN generate_series(11,13) f(i) ON (r+i)<100
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r) LEFT JOIN generate_series(11,13) WITH ORDINALITY AS f(i,o) ON (r+i)<100
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r) LEFT JOIN unnest(array[10,20,30]) f(i) ON (r+i)<100
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r) LEFT JOIN unnest(array[10,20,30]) WITH ORDINALITY AS f(i,o) ON (r+i)<100
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), rngfunc_sql(10+r,13)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), rngfunc_sql(10+r,13) WITH ORDINALITY AS f(i,s,o)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), rngfunc_sql(11,10+r)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), rngfunc_sql(11,10+r) WITH ORDINALITY AS f(i,s,o)
--//
SELECT * FROM (VALUES (11,12),(13,15),(16,20)) v(r1,r2), rngfunc_sql(r1,r2)
--//
SELECT * FROM (VALUES (11,12),(13,15),(16,20)) v(r1,r2), rngfunc_sql(r1,r2) WITH ORDINALITY AS f(i,s,o)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), rngfunc_mat(10+r,13)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), rngfunc_mat(10+r,13) WITH ORDINALITY AS f(i,s,o)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), rngfunc_mat(11,10+r)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), rngfunc_mat(11,10+r) WITH ORDINALITY AS f(i,s,o)
--//
SELECT * FROM (VALUES (11,12),(13,15),(16,20)) v(r1,r2), rngfunc_mat(r1,r2)
--//
SELECT * FROM (VALUES (11,12),(13,15),(16,20)) v(r1,r2), rngfunc_mat(r1,r2) WITH ORDINALITY AS f(i,s,o)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), ROWS FROM( rngfunc_sql(11,11), rngfunc_mat(10+r,13) )
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), ROWS FROM( rngfunc_sql(10+r,13), rngfunc_mat(11,11) )
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), ROWS FROM( rngfunc_sql(10+r,13), rngfunc_mat(10+r,13) )
--//
SELECT * FROM generate_series(1,2) r1, generate_series(r1,3) r2, ROWS FROM( rngfunc_sql(10+r1,13), rngfunc_mat(10+r2,13) )
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), generate_series(10+r,20-r) f(i)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), generate_series(10+r,20-r) WITH ORDINALITY AS f(i,o)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), unnest(array[r*10,r*20,r*30]) f(i)
--//
SELECT * FROM (VALUES (1),(2),(3)) v(r), unnest(array[r*10,r*20,r*30]) WITH ORDINALITY AS f(i,o)
--//
SELECT * FROM (VALUES (1),(2),(3)) v1(r1),
              LATERAL (SELECT r1, * FROM (VALUES (10),(20),(30)) v2(r2)
                                         LEFT JOIN generate_series(21,23) f(i) ON ((r2+i)<100) OFFSET 0) s1
--//
SELECT * FROM (VALUES (1),(2),(3)) v1(r1),
              LATERAL (SELECT r1, * FROM (VALUES (10),(20),(30)) v2(r2)
                                         LEFT JOIN generate_series(20+r1,23) f(i) ON ((r2+i)<100) OFFSET 0) s1
--//
SELECT * FROM (VALUES (1),(2),(3)) v1(r1),
              LATERAL (SELECT r1, * FROM (VALUES (10),(20),(30)) v2(r2)
                                         LEFT JOIN generate_series(r2,r2+3) f(i) ON ((r2+i)<100) OFFSET 0) s1
--//
SELECT * FROM (VALUES (1),(2),(3)) v1(r1),
              LATERAL (SELECT r1, * FROM (VALUES (10),(20),(30)) v2(r2)
                                         LEFT JOIN generate_series(r1,2+r2/5) f(i) ON ((r2+i)<100) OFFSET 0) s1
--//
SELECT *
FROM (VALUES (1),(2)) v1(r1)
    LEFT JOIN LATERAL (
        SELECT *
        FROM generate_series(1, v1.r1) AS gs1
        LEFT JOIN LATERAL (
            SELECT *
            FROM generate_series(1, gs1) AS gs2
            LEFT JOIN generate_series(1, gs2) AS gs3 ON TRUE
        ) AS ss1 ON TRUE
        FULL JOIN generate_series(1, v1.r1) AS gs4 ON FALSE
    ) AS ss0 ON TRUE
--//
SELECT rngfunc(42)
--//
SELECT * FROM rngfunc(42)
--//
SELECT * FROM rngfunc(42) AS p(x)
--//
SELECT f1, rngfuncr(f1) FROM int4_tbl
--//
SELECT * FROM rngfuncr(42)
--//
SELECT * FROM rngfuncr(42) AS p(a,b)
--//
SELECT f1, rngfuncb(f1, f1/2) FROM int4_tbl
--//
SELECT * FROM rngfuncb(42, 99)
--//
SELECT * FROM rngfuncb(42, 99) AS p(a,b)
--//
SELECT dup(22)
--//
SELECT dup('xyz')
--//
SELECT dup('xyz'::text)
--//
SELECT * FROM dup('xyz'::text)
--//
SELECT dup(22, array[44])
--//
SELECT dup(4.5, array[44])
--//
SELECT dup(22, array[44::bigint])
--//
SELECT *, pg_typeof(f3), pg_typeof(f4) FROM dup(22, array[44::bigint])
--//
SELECT dup(int4range(4,7))
--//
SELECT dup(numrange(4,7))
--//
SELECT dup(textrange('aaa', 'bbb'))
--//
SELECT * FROM rngfunc()
--//
SELECT * FROM rngfunc() GROUP BY 1
--//
select insert_tt('foo')
--//
select * from tt
--//
select insert_tt2('foolish','barrish')
--//
select * from insert_tt2('baz','quux')
--//
select insert_tt2('foolish','barrish') limit 1
--//
select * from tt_log
--//
select t.a, t, t.a from rngfunc1(10000) t limit 1
--//
select array_to_set(array['one', 'two'])
--//
select * from array_to_set(array['one', 'two']) as t(f1 int,f2 text)
--//
select * from array_to_set(array['one', 'two'])
--//
select * from array_to_set(array['one', 'two']) as t(f1 numeric(4,2),f2 text)
--//
select * from array_to_set(array['one', 'two']) as t(f1 point,f2 text)
--//
explain (verbose, costs off)
  select * from array_to_set(array['one', 'two']) as t(f1 numeric(4,2),f2 text)
--//
select testrngfunc()
--//
select * from testrngfunc() as t(f1 int8,f2 int8)
--//
select * from testrngfunc()
--//
explain (verbose, costs off)
select testrngfunc()
--//
explain (verbose, costs off)
select * from testrngfunc()
--//
select * from pg_get_keywords() as t(f1 int8,f2 int8)
--//
select * from sin(3) as t(f1 int8,f2 int8)
--//
insert into users values ('id',1,'email',true,11,true)
--//
SELECT get_first_user()
--//
SELECT * FROM get_first_user()
--//
SELECT get_users()
--//
SELECT * FROM get_users()
--//
SELECT * FROM get_users() WITH ORDINALITY
--//
SELECT * FROM ROWS FROM(generate_series(10,11), get_users()) WITH ORDINALITY
--//
SELECT * FROM ROWS FROM(get_users(), generate_series(10,11)) WITH ORDINALITY
--//
select * from usersview
--//
select rngfuncbar()
--//
select * from rngfuncbar()
--//
explain (verbose, costs off) select * from rngfuncbar()
--//
explain (verbose, costs off)
select x from int8_tbl, extractq2(int8_tbl) f(x)
--//
select x from int8_tbl, extractq2(int8_tbl) f(x)
--//
explain (verbose, costs off)
select x from int8_tbl, extractq2_2(int8_tbl) f(x)
--//
select x from int8_tbl, extractq2_2(int8_tbl) f(x)
--//
explain (verbose, costs off)
select x from int8_tbl, extractq2_2_opt(int8_tbl) f(x)
--//
select x from int8_tbl, extractq2_2_opt(int8_tbl) f(x)
--//
select *, row_to_json(u) from unnest(array[(1,'foo')::rngfunc2, null::rngfunc2]) u
--//
select *, row_to_json(u) from unnest(array[null::rngfunc2, null::rngfunc2]) u
--//
select *, row_to_json(u) from unnest(array[null::rngfunc2, (1,'foo')::rngfunc2, null::rngfunc2]) u
--//
select *, row_to_json(u) from unnest(array[]::rngfunc2[]) u
--//
explain (verbose, costs off)
select * from
  (select jsonb_path_query_array(module->'lectures', '$[*]') as lecture
   from unnest(array['{"lectures": [{"id": "1"}]}'::jsonb])
        as unnested_modules(module)) as ss,
  jsonb_to_recordset(ss.lecture) as j (id text)
--//
select * from
  (select jsonb_path_query_array(module->'lectures', '$[*]') as lecture
   from unnest(array['{"lectures": [{"id": "1"}]}'::jsonb])
        as unnested_modules(module)) as ss,
  jsonb_to_recordset(ss.lecture) as j (id text)
--//
with a(b) as (values (row(1,2,3)))
select * from a, coalesce(b) as c(d int, e int)
--//
with a(b) as (values (row(1,2,3)))
select * from a, coalesce(b) as c(d int, e int, f int, g int)
--//
with a(b) as (values (row(1,2,3)))
select * from a, coalesce(b) as c(d int, e int, f float)
--//
select * from int8_tbl, coalesce(row(1)) as (a int, b int)
--//
select ''::textrange
--//
INSERT INTO numrange_test VALUES('[,)')
--//
INSERT INTO numrange_test VALUES(numrange(1.1, 2.2))
--//
INSERT INTO numrange_test VALUES(numrange(1.7, 1.7, '[]'))
--//
SELECT nr, isempty(nr), lower(nr), upper(nr) FROM numrange_test
--//
SELECT nr, lower_inc(nr), lower_inf(nr), upper_inc(nr), upper_inf(nr) FROM numrange_test
--//
SELECT * FROM numrange_test WHERE range_contains(nr, numrange(1.9,1.91))
--//
SELECT * FROM numrange_test WHERE nr @> numrange(1.0,10000.1)
--//
SELECT * FROM numrange_test WHERE range_contained_by(numrange(-1e7,-10000.1), nr)
--//
SELECT * FROM numrange_test WHERE 1.9 <@ nr
--//
select * from numrange_test where nr = 'empty'
--//
select * from numrange_test where nr < 'empty'
--//
select * from numrange_test where nr < numrange(-1000.0, -1000.0,'[]')
--//
select * from numrange_test where nr < numrange(0.0, 1.0,'[]')
--//
select * from numrange_test where nr <= 'empty'
--//
select * from numrange_test where nr >= 'empty'
--//
select * from numrange_test where nr > 'empty'
--//
select * from numrange_test where nr > numrange(-1001.0, -1000.0,'[]')
--//
select * from numrange_test where nr > numrange(0.0, 1.0,'[]')
--//
select numrange(2.0, 1.0)
--//
select numrange(2.0, 3.0) -|- numrange(3.0, 4.0)
--//
select range_adjacent(numrange(2.0, 3.0), numrange(3.1, 4.0))
--//
select range_adjacent(numrange(2.0, 3.0), numrange(3.1, null))
--//
select numrange(2.0, 3.0, '[]') -|- numrange(3.0, 4.0, '()')
--//
select numrange(1.0, 2.0) -|- numrange(2.0, 3.0,'[]')
--//
select range_adjacent(numrange(2.0, 3.0, '(]'), numrange(1.0, 2.0, '(]'))
--//
select numrange(1.1, 3.3) <@ numrange(0.1,10.1)
--//
select numrange(1.1, 2.2) - numrange(2.0, 3.0)
--//
select numrange(1.1, 2.2,'[]') - numrange(2.0, 3.0)
--//
select range_minus(numrange(10.1,12.2,'[]'), numrange(110.0,120.2,'(]'))
--//
select numrange(4.5, 5.5, '[]') && numrange(5.5, 6.5)
--//
select numrange(1.0, 2.0) << numrange(3.0, 4.0)
--//
select numrange(1.0, 3.0,'[]') << numrange(3.0, 4.0,'[]')
--//
select numrange(1.0, 2.0) >> numrange(3.0, 4.0)
--//
select numrange(3.0, 70.0) &< numrange(6.6, 100.0)
--//
select numrange(1.1, 2.2) < numrange(1.0, 200.2)
--//
select numrange(1.0, 2.0) + numrange(2.0, 3.0)
--//
select range_merge(numrange(1.0, 2.0), numrange(2.0, 3.0))
--//
select numrange(1.0, 2.0) * numrange(2.0, 3.0)
--//
select range_intersect_agg(nr) from numrange_test
--//
select range_intersect_agg(nr) from numrange_test where false
--//
select range_intersect_agg(nr) from numrange_test where nr @> 4.0
--//
INSERT INTO numrange_test2 VALUES('[, 5)')
--//
INSERT INTO numrange_test2 VALUES(numrange(1.1, 2.2))
--//
INSERT INTO numrange_test2 VALUES(numrange(1.1, 2.2,'()'))
--//
select * from numrange_test2 where nr = 'empty'::numrange
--//
select * from numrange_test2 where nr = numrange(1.1, 2.2)
--//
select * from numrange_test natural join numrange_test2 order by nr
--//
INSERT INTO textrange_test VALUES('[,)')
--//
INSERT INTO textrange_test VALUES(textrange('b', 'g'))
--//
INSERT INTO textrange_test VALUES(textrange('d', 'd', '[]'))
--//
SELECT tr, isempty(tr), lower(tr), upper(tr) FROM textrange_test
--//
SELECT tr, lower_inc(tr), lower_inf(tr), upper_inc(tr), upper_inf(tr) FROM textrange_test
--//
SELECT * FROM textrange_test WHERE range_contains(tr, textrange('f', 'fx'))
--//
SELECT * FROM textrange_test WHERE tr @> textrange('a', 'z')
--//
SELECT * FROM textrange_test WHERE range_contained_by(textrange('0','9'), tr)
--//
SELECT * FROM textrange_test WHERE 'e'::text <@ tr
--//
select * from textrange_test where tr = 'empty'
--//
select * from textrange_test where tr < 'empty'
--//
select int4range(1, 10, '[]')
--//
select daterange('2000-01-10'::date, '2000-01-20'::date, '[]')
--//
insert into test_range_gist select int4range(g, g+10) from generate_series(1,2000) g
--//
insert into test_range_gist select 'empty'::int4range from generate_series(1,500) g
--//
insert into test_range_gist select int4range(NULL,g*10,'(]') from generate_series(1,100) g
--//
insert into test_range_gist select int4range(g*10,NULL,'(]') from generate_series(1,100) g
--//
select count(*) from test_range_gist where ir @> 'empty'::int4range
--//
select count(*) from test_range_gist where ir = int4range(10,20)
--//
select count(*) from test_range_gist where ir @> 10
--//
select count(*) from test_range_gist where ir @> int4range(10,20)
--//
select count(*) from test_range_gist where ir && int4range(10,20)
--//
select count(*) from test_range_gist where ir <@ int4range(10,50)
--//
select count(*) from test_range_gist where ir << int4range(100,500)
--//
select count(*) from test_range_gist where ir >> int4range(100,500)
--//
select count(*) from test_range_gist where ir &< int4range(100,500)
--//
select count(*) from test_range_gist where ir &> int4range(100,500)
--//
select count(*) from test_range_gist where ir -|- int4range(100,500)
--//
select count(*) from test_range_gist where ir @> '{}'::int4multirange
--//
select count(*) from test_range_gist where ir @> int4multirange(int4range(10,20), int4range(30,40))
--//
select count(*) from test_range_gist where ir && '{(10,20),(30,40),(50,60)}'::int4multirange
--//
select count(*) from test_range_gist where ir <@ '{(10,30),(40,60),(70,90)}'::int4multirange
--//
select count(*) from test_range_gist where ir << int4multirange(int4range(100,200), int4range(400,500))
--//
select count(*) from test_range_gist where ir >> int4multirange(int4range(100,200), int4range(400,500))
--//
select count(*) from test_range_gist where ir &< int4multirange(int4range(100,200), int4range(400,500))
--//
select count(*) from test_range_gist where ir &> int4multirange(int4range(100,200), int4range(400,500))
--//
select count(*) from test_range_gist where ir -|- int4multirange(int4range(100,200), int4range(400,500))
--//
insert into test_range_spgist select int4range(g, g+10) from generate_series(1,2000) g
--//
insert into test_range_spgist select 'empty'::int4range from generate_series(1,500) g
--//
insert into test_range_spgist select int4range(NULL,g*10,'(]') from generate_series(1,100) g
--//
insert into test_range_spgist select int4range(g*10,NULL,'(]') from generate_series(1,100) g
--//
select count(*) from test_range_spgist where ir @> 'empty'::int4range
--//
select count(*) from test_range_spgist where ir = int4range(10,20)
--//
select count(*) from test_range_spgist where ir @> 10
--//
select count(*) from test_range_spgist where ir @> int4range(10,20)
--//
select count(*) from test_range_spgist where ir && int4range(10,20)
--//
select count(*) from test_range_spgist where ir <@ int4range(10,50)
--//
select count(*) from test_range_spgist where ir << int4range(100,500)
--//
select count(*) from test_range_spgist where ir >> int4range(100,500)
--//
select count(*) from test_range_spgist where ir &< int4range(100,500)
--//
select count(*) from test_range_spgist where ir &> int4range(100,500)
--//
select count(*) from test_range_spgist where ir -|- int4range(100,500)
--//
explain (costs off)
select ir from test_range_spgist where ir -|- int4range(10,20) order by ir
--//
select ir from test_range_spgist where ir -|- int4range(10,20) order by ir
--//
insert into test_range_elem select i from generate_series(1,100) i
--//
select count(*) from test_range_elem where i <@ int4range(10,50)
--//
explain (costs off)
select count(*) from test_range_elem where int4range(i,i+10) <@ int4range(10,30)
--//
select count(*) from test_range_elem where int4range(i,i+10) <@ int4range(10,30)
--//
insert into test_range_excl
  values(int4range(123, 123, '[]'), int4range(1, 1, '[]'), '[2010-01-02 10:00, 2010-01-02 11:00)')
--//
select int8range(10000000000::int8, 20000000000::int8,'(]')
--//
select '[2010-01-01 01:00:00 -05, 2010-01-01 02:00:00 -08)'::tstzrange
--//
select '[123.001, 5.e9)'::float8range @> 888.882::float8
--//
insert into float8range_test values(float8range(-100.00007, '1.111113e9'), 42)
--//
select * from float8range_test
--//
select '[4,50)'::mydomainrange @> 7::mydomain
--//
select '[4,5)'::restrictedrange @> 7
--//
select textrange1('a','Z') @> 'b'::text
--//
select anyarray_anyrange_func(ARRAY[1,2], int4range(10,20))
--//
select anyarray_anyrange_func(ARRAY[1,2], numrange(10,20))
--//
select range_add_bounds(int4range(1, 17))
--//
select range_add_bounds(numrange(1.0001, 123.123))
--//
select rangetypes_sql(int4range(1,10), ARRAY[2,20])
--//
select rangetypes_sql(numrange(1,10), ARRAY[2,20])
--//
select anycompatiblearray_anycompatiblerange_func(ARRAY[1,2], int4range(10,20))
--//
select anycompatiblearray_anycompatiblerange_func(ARRAY[1,2], numrange(10,20))
--//
select anycompatiblearray_anycompatiblerange_func(ARRAY[1.1,2], int4range(10,20))
--//
select ARRAY[numrange(1.1, 1.2), numrange(12.3, 155.5)]
--//
insert into i8r_array values (42, array[int8range(1,10), int8range(2,20)])
--//
select * from i8r_array
--//
select arrayrange(ARRAY[1,2], ARRAY[2,1])
--//
select array[1,1] <@ arrayrange(array[1,2], array[2,1])
--//
select *, row_to_json(upper(t)) as u from
  (values (two_ints_range(row(1,2), row(3,4))),
          (two_ints_range(row(5,6), row(7,8)))) v(t)
--//
select '(2,5)'::cashrange except select '(5,6)'::cashrange
--//
select * from outparam_succeed(int4range(1,2))
--//
select * from outparam2_succeed(int4range(1,11))
--//
select * from outparam_succeed2(int4range(int4range(1,2)))
--//
select * from inoutparam_succeed(int4range(1,2))
--//
select * from table_succeed(int4range(1,11))
--//
select 'bbbbb' ~ '^([bc])\1*$' as t
--//
select 'xxx' ~ '^([bc])\1*$' as f
--//
select substring('asd TO foo' from ' TO (([a-z0-9._]+|"([^"]+|"")+")+)')
--//
select regexp_match('abc', '')
--//
select regexp_match('abc', 'd') is null
--//
select regexp_match('abc', '(B)(c)', 'i')
--//
select regexp_matches('ab', 'a(?=b)b*')
--//
select 'xz' ~ 'x(?=[xy])'
--//
explain (costs off) select * from pg_proc where proname ~ 'abc'
--//
select 'x' ~ repeat('x*y*z*', 1000)
--//
select regexp_matches('Programmer', '(\w)(.*?\1)', 'g')
--//
select regexp_match('xyz', repeat('.', 260))
--//
SELECT regoper('||/')
--//
SELECT regoperator('+(int4,int4)')
--//
SELECT regproc('now')
--//
SELECT regprocedure('abs(numeric)')
--//
SELECT regclass('pg_class')
--//
SELECT regtype('int4')
--//
SELECT regcollation('"POSIX"')
--//
SELECT to_regoper('||/')
--//
SELECT to_regoperator('+(int4,int4)')
--//
SELECT to_regproc('now')
--//
SELECT to_regprocedure('abs(numeric)')
--//
SELECT to_regclass('pg_class')
--//
SELECT to_regtype('int4')
--//
SELECT to_regcollation('"POSIX"')
--//
SELECT regrole('regress_regrole_test')
--//
SELECT regnamespace('pg_catalog')
--//
SELECT to_regrole('regress_regrole_test')
--//
SELECT to_regnamespace('pg_catalog')
--//
SELECT reloptions FROM pg_class WHERE oid = 'reloptions_test'::regclass
--//
SELECT reloptions FROM pg_class WHERE oid = 'reloptions_test'::regclass AND
       reloptions IS NULL
--//
INSERT INTO reloptions_test VALUES (1, NULL), (NULL, NULL)
--//
SELECT pg_relation_size('reloptions_test') > 0
--//
SELECT reloptions FROM pg_class WHERE oid =
	(SELECT reltoastrelid FROM pg_class
	WHERE oid = 'reloptions_test'::regclass)
--//
SELECT pg_relation_size('reloptions_test') = 0
--//
SELECT reltoastrelid as toast_oid
	FROM pg_class WHERE oid = 'reloptions_test'::regclass
--//
SELECT reloptions FROM pg_class WHERE oid = (
	SELECT reltoastrelid FROM pg_class WHERE oid = 'reloptions_test'::regclass)
--//
SELECT relreplident FROM pg_class WHERE oid = 'test_replica_identity'::regclass
--//
SELECT count(*) FROM pg_index WHERE indrelid = 'test_replica_identity'::regclass AND indisreplident
--//
INSERT INTO foo (f2,f3)
  VALUES ('test', DEFAULT), ('More', 11), (upper('more'), 7+9)
  RETURNING *, f1+f3 AS sum
--//
UPDATE foo SET f2 = lower(f2), f3 = DEFAULT RETURNING foo.*, f1+f3 AS sum13
--//
DELETE FROM foo WHERE f1 > 2 RETURNING f3, f2, f1, least(f1,f3)
--//
INSERT INTO foo SELECT f1+10, f2, f3+99 FROM foo
  RETURNING *, f1+112 IN (SELECT q1 FROM int8_tbl) AS subplan,
    EXISTS(SELECT * FROM int4_tbl) AS initplan
--//
UPDATE foo SET f3 = f3 * 2
  WHERE f1 > 10
  RETURNING *, f1+112 IN (SELECT q1 FROM int8_tbl) AS subplan,
    EXISTS(SELECT * FROM int4_tbl) AS initplan
--//
DELETE FROM foo
  WHERE f1 > 10
  RETURNING *, f1+112 IN (SELECT q1 FROM int8_tbl) AS subplan,
    EXISTS(SELECT * FROM int4_tbl) AS initplan
--//
UPDATE foo SET f3 = f3*2
  FROM int4_tbl i
  WHERE foo.f1 + 123455 = i.f1
  RETURNING foo.*, i.f1 as "i.f1"
--//
DELETE FROM foo
  USING int4_tbl i
  WHERE foo.f1 + 123455 = i.f1
  RETURNING foo.*, i.f1 as "i.f1"
--//
INSERT INTO foochild VALUES(123,'child',999,-123)
--//
SELECT * FROM foochild
--//
UPDATE foo SET f4 = f4 + f3 WHERE f4 = 99 RETURNING *
--//
UPDATE foo SET f3 = f3*2
  FROM int8_tbl i
  WHERE foo.f1 = i.q2
  RETURNING *
--//
DELETE FROM foo
  USING int8_tbl i
  WHERE foo.f1 = i.q2
  RETURNING *
--//
INSERT INTO voo VALUES(11,'zit')
--//
INSERT INTO voo VALUES(12,'zoo') RETURNING *, f1*2
--//
INSERT INTO voo VALUES(14,'zoo2') RETURNING *
--//
SELECT * FROM voo
--//
update voo set f1 = f1 + 1 where f2 = 'zoo2'
--//
update voo set f1 = f1 + 1 where f2 = 'zoo2' RETURNING *, f1*2
--//
DELETE FROM foo WHERE f1 = 13
--//
DELETE FROM foo WHERE f2 = 'zit' RETURNING *
--//
UPDATE foo SET f2 = foo_v.f2 FROM foo_v WHERE foo_v.f1 = foo.f1
  RETURNING foo_v
--//
UPDATE foo SET f2 = foo_f.f2 FROM foo_f() WHERE foo_f.f1 = foo.f1
  RETURNING foo_f
--//
INSERT INTO joinme VALUES('more', 12345)
--//
SELECT * FROM joinview
--//
UPDATE joinview SET f1 = f1 + 1 WHERE f3 = 57 RETURNING *, other + 1
--//
INSERT INTO foo AS bar DEFAULT VALUES RETURNING *
--//
INSERT INTO foo AS bar DEFAULT VALUES RETURNING foo.*
--//
INSERT INTO foo AS bar DEFAULT VALUES RETURNING bar.*
--//
INSERT INTO foo AS bar DEFAULT VALUES RETURNING bar.f3
--//
SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit, rolpassword, rolvaliduntil FROM pg_authid WHERE rolname = 'regress_test_def_superuser'
--//
INSERT INTO uaccount VALUES
    ('regress_rls_alice', 99),
    ('regress_rls_bob', 1),
    ('regress_rls_carol', 2),
    ('regress_rls_dave', 3)
--//
INSERT INTO category VALUES
    (11, 'novel'),
    (22, 'science fiction'),
    (33, 'technology'),
    (44, 'manga')
--//
INSERT INTO document VALUES
    ( 1, 11, 1, 'regress_rls_bob', 'my first novel'),
    ( 2, 11, 2, 'regress_rls_bob', 'my second novel'),
    ( 3, 22, 2, 'regress_rls_bob', 'my science fiction'),
    ( 4, 44, 1, 'regress_rls_bob', 'my first manga'),
    ( 5, 44, 2, 'regress_rls_bob', 'my second manga'),
    ( 6, 22, 1, 'regress_rls_carol', 'great science fiction'),
    ( 7, 33, 2, 'regress_rls_carol', 'great technology book'),
    ( 8, 44, 1, 'regress_rls_carol', 'great manga'),
    ( 9, 22, 1, 'regress_rls_dave', 'awesome science fiction'),
    (10, 33, 2, 'regress_rls_dave', 'awesome technology book')
--//
SELECT * FROM pg_policies WHERE schemaname = 'regress_rls_schema' AND tablename = 'document' ORDER BY policyname
--//
SELECT * FROM document WHERE f_leak(dtitle) ORDER BY did
--//
SELECT * FROM document NATURAL JOIN category WHERE f_leak(dtitle) ORDER BY did
--//
SELECT * FROM document TABLESAMPLE BERNOULLI(50) REPEATABLE(0)
  WHERE f_leak(dtitle) ORDER BY did
--//
EXPLAIN (COSTS OFF) SELECT * FROM document WHERE f_leak(dtitle)
--//
EXPLAIN (COSTS OFF) SELECT * FROM document NATURAL JOIN category WHERE f_leak(dtitle)
--//
INSERT INTO document VALUES (100, 44, 1, 'regress_rls_dave', 'testing sorting of policies')
--//
SELECT * FROM document d FULL OUTER JOIN category c on d.cid = c.cid ORDER BY d.did, c.cid
--//
DELETE FROM category WHERE cid = 33
--//
INSERT INTO document VALUES (11, 33, 1, current_user, 'hoge')
--//
SELECT * FROM document WHERE did = 8
--//
UPDATE document SET did = 8, dauthor = 'regress_rls_carol' WHERE did = 5
--//
SELECT * FROM document
--//
SELECT * FROM category
--//
EXPLAIN (COSTS OFF) SELECT * FROM t1
--//
SELECT * FROM t1 WHERE f_leak(b)
--//
EXPLAIN (COSTS OFF) SELECT * FROM t1 WHERE f_leak(b)
--//
SELECT tableoid::regclass, * FROM t1
--//
EXPLAIN (COSTS OFF) SELECT *, t1 FROM t1
--//
SELECT *, t1 FROM t1
--//
SELECT * FROM t1 FOR SHARE
--//
EXPLAIN (COSTS OFF) SELECT * FROM t1 FOR SHARE
--//
SELECT * FROM t1 WHERE f_leak(b) FOR SHARE
--//
EXPLAIN (COSTS OFF) SELECT * FROM t1 WHERE f_leak(b) FOR SHARE
--//
SELECT a, b, tableoid::regclass FROM t2 UNION ALL SELECT a, b, tableoid::regclass FROM t3
--//
EXPLAIN (COSTS OFF) SELECT a, b, tableoid::regclass FROM t2 UNION ALL SELECT a, b, tableoid::regclass FROM t3
--//
INSERT INTO part_document VALUES
    ( 1, 11, 1, 'regress_rls_bob', 'my first novel'),
    ( 2, 11, 2, 'regress_rls_bob', 'my second novel'),
    ( 3, 99, 2, 'regress_rls_bob', 'my science textbook'),
    ( 4, 55, 1, 'regress_rls_bob', 'my first satire'),
    ( 5, 99, 2, 'regress_rls_bob', 'my history book'),
    ( 6, 11, 1, 'regress_rls_carol', 'great science fiction'),
    ( 7, 99, 2, 'regress_rls_carol', 'great technology book'),
    ( 8, 55, 2, 'regress_rls_carol', 'great satire'),
    ( 9, 11, 1, 'regress_rls_dave', 'awesome science fiction'),
    (10, 99, 2, 'regress_rls_dave', 'awesome technology book')
--//
SELECT * FROM pg_policies WHERE schemaname = 'regress_rls_schema' AND tablename like '%part_document%' ORDER BY policyname
--//
SELECT * FROM part_document WHERE f_leak(dtitle) ORDER BY did
--//
EXPLAIN (COSTS OFF) SELECT * FROM part_document WHERE f_leak(dtitle)
--//
INSERT INTO part_document VALUES (100, 11, 5, 'regress_rls_dave', 'testing pp1')
--//
INSERT INTO part_document_satire VALUES (100, 55, 1, 'regress_rls_dave', 'testing RLS with partitions')
--//
SELECT * FROM part_document_satire WHERE f_leak(dtitle) ORDER BY did
--//
SELECT * FROM part_document ORDER BY did
--//
SELECT * FROM part_document_satire ORDER by did
--//
EXPLAIN (COSTS OFF) SELECT * FROM dependent
--//
SELECT * FROM rec1
--//
INSERT INTO s1 (SELECT x, md5(x::text) FROM generate_series(-10,10) x)
--//
SELECT * FROM s1 WHERE f_leak(b)
--//
INSERT INTO s1 VALUES (1, 'foo')
--//
EXPLAIN (COSTS OFF) SELECT * FROM only s1 WHERE f_leak(b)
--//
EXPLAIN (COSTS OFF) SELECT * FROM s1 WHERE f_leak(b)
--//
SELECT (SELECT x FROM s1 LIMIT 1) xx, * FROM s2 WHERE y like '%28%'
--//
EXPLAIN (COSTS OFF) SELECT (SELECT x FROM s1 LIMIT 1) xx, * FROM s2 WHERE y like '%28%'
--//
EXPLAIN (COSTS OFF) EXECUTE p1(2)
--//
EXPLAIN (COSTS OFF) UPDATE t1 SET b = b || b WHERE f_leak(b)
--//
UPDATE t1 SET b = b || b WHERE f_leak(b)
--//
EXPLAIN (COSTS OFF) UPDATE only t1 SET b = b || '_updt' WHERE f_leak(b)
--//
UPDATE only t1 SET b = b || '_updt' WHERE f_leak(b)
--//
UPDATE only t1 SET b = b WHERE f_leak(b) RETURNING tableoid::regclass, *, t1
--//
UPDATE t1 SET b = b WHERE f_leak(b) RETURNING *
--//
UPDATE t1 SET b = b WHERE f_leak(b) RETURNING tableoid::regclass, *, t1
--//
EXPLAIN (COSTS OFF) UPDATE t2 SET b=t2.b FROM t3
WHERE t2.a = 3 and t3.a = 2 AND f_leak(t2.b) AND f_leak(t3.b)
--//
UPDATE t2 SET b=t2.b FROM t3
WHERE t2.a = 3 and t3.a = 2 AND f_leak(t2.b) AND f_leak(t3.b)
--//
EXPLAIN (COSTS OFF) UPDATE t2 t2_1 SET b = t2_2.b FROM t2 t2_2
WHERE t2_1.a = 3 AND t2_2.a = t2_1.a AND t2_2.b = t2_1.b
AND f_leak(t2_1.b) AND f_leak(t2_2.b) RETURNING *, t2_1, t2_2
--//
UPDATE t2 t2_1 SET b = t2_2.b FROM t2 t2_2
WHERE t2_1.a = 3 AND t2_2.a = t2_1.a AND t2_2.b = t2_1.b
AND f_leak(t2_1.b) AND f_leak(t2_2.b) RETURNING *, t2_1, t2_2
--//
SELECT * FROM t1 ORDER BY a,b
--//
EXPLAIN (COSTS OFF) DELETE FROM only t1 WHERE f_leak(b)
--//
EXPLAIN (COSTS OFF) DELETE FROM t1 WHERE f_leak(b)
--//
DELETE FROM only t1 WHERE f_leak(b) RETURNING tableoid::regclass, *, t1
--//
DELETE FROM t1 WHERE f_leak(b) RETURNING tableoid::regclass, *, t1
--//
INSERT INTO b1 (SELECT x, md5(x::text) FROM generate_series(-10,10) x)
--//
EXPLAIN (COSTS OFF) SELECT * FROM bv1 WHERE f_leak(b)
--//
SELECT * FROM bv1 WHERE f_leak(b)
--//
INSERT INTO bv1 VALUES (-1, 'xxx')
--//
INSERT INTO bv1 VALUES (11, 'xxx')
--//
EXPLAIN (COSTS OFF) UPDATE bv1 SET b = 'yyy' WHERE a = 4 AND f_leak(b)
--//
UPDATE bv1 SET b = 'yyy' WHERE a = 4 AND f_leak(b)
--//
EXPLAIN (COSTS OFF) DELETE FROM bv1 WHERE a = 6 AND f_leak(b)
--//
DELETE FROM bv1 WHERE a = 6 AND f_leak(b)
--//
SELECT * FROM b1
--//
INSERT INTO document VALUES (2, (SELECT cid from category WHERE cname = 'novel'), 1, 'regress_rls_carol', 'my first novel')
    ON CONFLICT (did) DO UPDATE SET dtitle = EXCLUDED.dtitle, dauthor = EXCLUDED.dauthor
--//
INSERT INTO document VALUES (33, (SELECT cid from category WHERE cname = 'novel'), 1, 'regress_rls_bob', 'Some novel, replaces sci-fi')
    ON CONFLICT (did) DO UPDATE SET dtitle = EXCLUDED.dtitle
--//
INSERT INTO document VALUES (2, (SELECT cid from category WHERE cname = 'novel'), 1, 'regress_rls_bob', 'my first novel')
    ON CONFLICT (did) DO UPDATE SET dtitle = EXCLUDED.dtitle RETURNING *
--//
INSERT INTO document VALUES (78, (SELECT cid from category WHERE cname = 'novel'), 1, 'regress_rls_bob', 'some technology novel')
    ON CONFLICT (did) DO UPDATE SET dtitle = EXCLUDED.dtitle, cid = 33 RETURNING *
--//
INSERT INTO document VALUES (2, (SELECT cid from category WHERE cname = 'technology'), 1, 'regress_rls_bob', 'my first novel')
    ON CONFLICT (did) DO UPDATE SET cid = EXCLUDED.cid, dtitle = EXCLUDED.dtitle RETURNING *
--//
INSERT INTO document VALUES (80, (SELECT cid from category WHERE cname = 'novel'), 1, 'regress_rls_carol', 'my first novel')
    ON CONFLICT (did) DO UPDATE SET dtitle = EXCLUDED.dtitle, cid = 33
--//
INSERT INTO document VALUES (1, (SELECT cid from category WHERE cname = 'novel'), 1, 'regress_rls_bob', 'my first novel')
    ON CONFLICT (did) DO UPDATE SET dauthor = 'regress_rls_carol'
--//
MERGE INTO document d
USING (SELECT 1 as sdid) s
ON did = s.sdid
WHEN MATCHED THEN
	UPDATE SET dnotes = dnotes || ' notes added by merge1 ', dlevel = 0
--//
MERGE INTO document d
USING (SELECT 1 as sdid) s
ON did = s.sdid
WHEN MATCHED THEN
	UPDATE SET dnotes = dnotes || ' notes added by merge2 '
--//
MERGE INTO document d
USING (SELECT 3 as sdid) s
ON did = s.sdid
WHEN MATCHED THEN
	DELETE
--//
MERGE INTO document d
USING (SELECT 4 as sdid) s
ON did = s.sdid
WHEN MATCHED AND dnotes = '' THEN
	UPDATE SET dnotes = dnotes || ' notes added by merge '
WHEN MATCHED THEN
	DELETE
--//
MERGE INTO document d
USING (SELECT 4 as sdid) s
ON did = s.sdid
WHEN MATCHED AND dnotes <> '' THEN
	UPDATE SET dnotes = dnotes || ' notes added by merge '
WHEN MATCHED THEN
	DELETE
--//
MERGE INTO document d
USING (SELECT 4 as sdid) s
ON did = s.sdid
WHEN MATCHED AND dnotes <> '' THEN
	UPDATE SET dnotes = dnotes || ' notes added by merge '
WHEN MATCHED THEN
	DO NOTHING
--//
MERGE INTO document d
USING (SELECT 12 as sdid) s
ON did = s.sdid
WHEN MATCHED THEN
	DELETE
WHEN NOT MATCHED THEN
	INSERT VALUES (12, 11, 1, 'regress_rls_dave', 'another novel')
--//
MERGE INTO document d
USING (SELECT 1 as sdid) s
ON did = s.sdid
WHEN MATCHED THEN
	UPDATE SET dnotes = dnotes || ' notes added by merge4 '
WHEN NOT MATCHED THEN
	INSERT VALUES (12, 11, 1, 'regress_rls_bob', 'another novel')
--//
MERGE INTO document d
USING (SELECT 1 as sdid) s
ON did = s.sdid
WHEN MATCHED THEN
	UPDATE SET dnotes = dnotes || ' notes added by merge6 ',
			   cid = (SELECT cid from category WHERE cname = 'technology')
--//
INSERT INTO z1 VALUES
    (1, 'aba'),
    (2, 'bbb'),
    (3, 'ccc'),
    (4, 'dad')
--//
SELECT * FROM z1 WHERE f_leak(b)
--//
EXPLAIN (COSTS OFF) SELECT * FROM z1 WHERE f_leak(b)
--//
EXPLAIN (COSTS OFF) EXECUTE plancache_test
--//
EXPLAIN (COSTS OFF) EXECUTE plancache_test2
--//
SELECT * FROM rls_view
--//
EXPLAIN (COSTS OFF) SELECT * FROM rls_view
--//
INSERT INTO z1_blacklist VALUES (3), (4)
--//
INSERT INTO x1 VALUES
    (1, 'abc', 'regress_rls_bob'),
    (2, 'bcd', 'regress_rls_bob'),
    (3, 'cde', 'regress_rls_carol'),
    (4, 'def', 'regress_rls_carol'),
    (5, 'efg', 'regress_rls_bob'),
    (6, 'fgh', 'regress_rls_bob'),
    (7, 'fgh', 'regress_rls_carol'),
    (8, 'fgh', 'regress_rls_carol')
--//
SELECT * FROM x1 WHERE f_leak(b) ORDER BY a ASC
--//
UPDATE x1 SET b = b || '_updt' WHERE f_leak(b) RETURNING *
--//
DELETE FROM x1 WHERE f_leak(b) RETURNING *
--//
EXPLAIN (COSTS OFF) SELECT * FROM rls_sbv WHERE (a = 1)
--//
INSERT INTO y2 (SELECT x, md5(x::text) FROM generate_series(0,20) x)
--//
SELECT * FROM y2 WHERE f_leak(b)
--//
EXPLAIN (COSTS OFF) SELECT * FROM y2 WHERE f_leak(b)
--//
SELECT * FROM y2 WHERE f_leak('abc')
--//
EXPLAIN (COSTS OFF) SELECT * FROM y2 WHERE f_leak('abc')
--//
INSERT INTO test_qual_pushdown VALUES ('abc'),('def')
--//
SELECT * FROM y2 JOIN test_qual_pushdown ON (b = abc) WHERE f_leak(abc)
--//
EXPLAIN (COSTS OFF) SELECT * FROM y2 JOIN test_qual_pushdown ON (b = abc) WHERE f_leak(abc)
--//
SELECT * FROM y2 JOIN test_qual_pushdown ON (b = abc) WHERE f_leak(b)
--//
EXPLAIN (COSTS OFF) SELECT * FROM y2 JOIN test_qual_pushdown ON (b = abc) WHERE f_leak(b)
--//
EXPLAIN (COSTS OFF) EXECUTE role_inval
--//
INSERT INTO t1 (SELECT x, md5(x::text) FROM generate_series(0,20) x)
--//
WITH cte1 AS MATERIALIZED (SELECT * FROM t1 WHERE f_leak(b)) SELECT * FROM cte1
--//
EXPLAIN (COSTS OFF)
WITH cte1 AS MATERIALIZED (SELECT * FROM t1 WHERE f_leak(b)) SELECT * FROM cte1
--//
WITH cte1 AS (UPDATE t1 SET a = a + 1 RETURNING *) SELECT * FROM cte1
--//
WITH cte1 AS (UPDATE t1 SET a = a RETURNING *) SELECT * FROM cte1
--//
WITH cte1 AS (INSERT INTO t1 VALUES (21, 'Fail') RETURNING *) SELECT * FROM cte1
--//
SELECT polname, relname
    FROM pg_policy pol
    JOIN pg_class pc ON (pc.oid = pol.polrelid)
    WHERE relname = 't1'
--//
INSERT INTO t2 (SELECT * FROM t1)
--//
EXPLAIN (COSTS OFF) INSERT INTO t2 (SELECT * FROM t1)
--//
SELECT * INTO t4 FROM t1
--//
INSERT INTO blog VALUES
    (1, 'alice', 'blog #1'),
    (2, 'bob', 'blog #1'),
    (3, 'alice', 'blog #2'),
    (4, 'alice', 'blog #3'),
    (5, 'john', 'blog #1')
--//
INSERT INTO comment VALUES
    (1, 'cool blog'),
    (1, 'fun blog'),
    (3, 'crazy blog'),
    (5, 'what?'),
    (4, 'insane!'),
    (2, 'who did it?')
--//
SELECT id, author, message FROM blog JOIN comment ON id = blog_id
--//
SELECT id, author, message FROM comment JOIN blog ON id = blog_id
--//
INSERT INTO copy_t (SELECT x, md5(x::text) FROM generate_series(0,10) x)
--//
INSERT INTO copy_rel_to VALUES (1, md5('1'))
--//
INSERT INTO copy_rel_to_child VALUES (1, 'one'), (2, 'two')
--//
INSERT INTO current_check VALUES
    (1, 'abc', 'regress_rls_bob'),
    (2, 'bcd', 'regress_rls_bob'),
    (3, 'cde', 'regress_rls_bob'),
    (4, 'def', 'regress_rls_bob')
--//
UPDATE current_check SET payload = payload || '_new' WHERE currentid = 2 RETURNING *
--//
UPDATE current_check SET payload = payload || '_new' WHERE CURRENT OF current_check_cursor RETURNING *
--//
EXPLAIN (COSTS OFF) UPDATE current_check SET payload = payload WHERE CURRENT OF current_check_cursor
--//
DELETE FROM current_check WHERE CURRENT OF current_check_cursor RETURNING *
--//
SELECT row_security_active('current_check')
--//
SELECT attname, most_common_vals FROM pg_stats
  WHERE tablename = 'current_check'
  ORDER BY 1
--//
SELECT * FROM coll_t
--//
SELECT refclassid::regclass, deptype
  FROM pg_depend
  WHERE classid = 'pg_policy'::regclass
  AND refobjid = 'tbl1'::regclass
--//
SELECT refclassid::regclass, deptype
  FROM pg_shdepend
  WHERE classid = 'pg_policy'::regclass
  AND refobjid IN ('regress_rls_eve'::regrole, 'regress_rls_frank'::regrole)
--//
INSERT INTO r1 VALUES (10), (20)
--//
SELECT * FROM r1
--//
INSERT INTO r2 VALUES (2)
--//
UPDATE r2 SET a = 2 RETURNING *
--//
DELETE FROM r2 RETURNING *
--//
INSERT INTO r1 SELECT a + 1 FROM r2 RETURNING *
--//
UPDATE r1 SET a = r2.a + 2 FROM r2 WHERE r1.a = r2.a RETURNING *
--//
DELETE FROM r1 USING r2 WHERE r1.a = r2.a + 2 RETURNING *
--//
TABLE r1
--//
UPDATE r1 SET a = 1
--//
DELETE FROM r1
--//
UPDATE r1 SET a = a+5
--//
INSERT INTO r1 VALUES (10), (20) RETURNING *
--//
INSERT INTO r1 VALUES (10)
    ON CONFLICT (a) DO UPDATE SET a = 30 RETURNING *
--//
INSERT INTO r1 VALUES (10)
    ON CONFLICT (a) DO UPDATE SET a = 30
--//
INSERT INTO r1 VALUES (10)
    ON CONFLICT ON CONSTRAINT r1_pkey DO UPDATE SET a = 30
--//
SELECT count(*) = 1 FROM pg_depend
				   WHERE objid = (SELECT oid FROM pg_policy WHERE polname = 'dep_p1')
					 AND refobjid = (SELECT oid FROM pg_class WHERE relname = 'dep2')
--//
SELECT count(*) = 1 FROM pg_shdepend
				   WHERE objid = (SELECT oid FROM pg_policy WHERE polname = 'dep_p1')
					 AND refobjid = (SELECT oid FROM pg_authid WHERE rolname = 'regress_rls_bob')
--//
INSERT INTO ref_tbl VALUES (1)
--//
INSERT INTO rls_tbl VALUES (10)
--//
SELECT * FROM ref_tbl
--//
SELECT * FROM rls_tbl
--//
INSERT INTO rls_tbl SELECT x/10 FROM generate_series(1, 100) x
--//
SELECT * FROM rls_tbl WHERE a <<< 1000
--//
INSERT INTO rls_child_tbl SELECT x/10 FROM generate_series(1, 100) x
--//
INSERT INTO rls_ptbl SELECT x/10 FROM generate_series(1, 100) x
--//
SELECT * FROM rls_child_tbl WHERE a <<< 1000
--//
SELECT * FROM rls_ptbl WHERE a <<< 1000
--//
SELECT * FROM rls_part WHERE a <<< 1000
--//
SELECT * FROM (SELECT * FROM rls_tbl UNION ALL
               SELECT * FROM rls_tbl) t WHERE a <<< 1000
--//
SELECT * FROM (SELECT * FROM rls_child_tbl UNION ALL
               SELECT * FROM rls_child_tbl) t WHERE a <<< 1000
--//
SELECT * FROM rls_tbl_view WHERE a <<< 1000
--//
INSERT INTO rls_tbl SELECT 10, 20, 30
--//
EXPLAIN (VERBOSE, COSTS OFF)
INSERT INTO rls_tbl
  SELECT * FROM (SELECT b, c FROM rls_tbl ORDER BY a) ss
--//
INSERT INTO rls_tbl
  SELECT * FROM (SELECT b, c FROM rls_tbl ORDER BY a) ss
--//
insert into rls_t values ('invisible to bob')
--//
select (1.1,2.2)::complex, row((3.3,4.4),(5.5,null))::quad
--//
select row('Joe', 'Blow')::fullname, '(Joe,Blow)'::fullname
--//
select '(Joe,von Blow)'::fullname, '(Joe,d''Blow)'::fullname
--//
select '(Joe,"von""Blow")'::fullname, E'(Joe,d\\\\Blow)'::fullname
--//
select '(Joe,"Blow,Jr")'::fullname
--//
insert into quadtable values (1, ((3.3,4.4),(5.5,6.6)))
--//
insert into quadtable values (2, ((null,4.4),(5.5,6.6)))
--//
select * from quadtable
--//
select f1, q.c1 from quadtable
--//
select f1, (q).c1, (qq.q).c1.i from quadtable qq
--//
insert into people values ('(Joe,Blow)', '1984-01-10')
--//
select * from people
--//
update people set fn.suffix = 'Jr'
--//
insert into quadtable (f1, q.c1.r, q.c2.i) values(44,55,66)
--//
update quadtable set q.c1.r = 12 where f1 = 2
--//
update quadtable set q.c1 = 12
--//
insert into pp values (repeat('abcdefghijkl', 100000))
--//
insert into people select ('Jim', f1, null)::fullname, current_date from pp
--//
select (fn).first, substr((fn).last, 1, 20), length((fn).last) from people
--//
update people set fn.first = 'Jack'
--//
select ROW(1,2) < ROW(1,3) as true
--//
select ROW(1,2) < ROW(1,1) as false
--//
select ROW(1,2) < ROW(1,NULL) as null
--//
select ROW(1,2,3) < ROW(1,3,NULL) as true
--//
select ROW(11,'ABC') < ROW(11,'DEF') as true
--//
select ROW(11,'ABC') > ROW(11,'DEF') as false
--//
select ROW(12,'ABC') > ROW(11,'DEF') as true
--//
select ROW(1,2,3) < ROW(1,NULL,4) as null
--//
select ROW(1,2,3) = ROW(1,NULL,4) as false
--//
select ROW(1,2,3) <> ROW(1,NULL,4) as true
--//
select ROW('ABC','DEF') ~<=~ ROW('DEF','ABC') as true
--//
select ROW('ABC','DEF') ~>=~ ROW('DEF','ABC') as false
--//
select ROW('ABC','DEF') ~~ ROW('DEF','ABC') as fail
--//
select ROW(1,2) = ROW(1,2::int8)
--//
select ROW(1,2) in (ROW(3,4), ROW(1,2))
--//
select ROW(1,2) in (ROW(3,4), ROW(1,2::int8))
--//
select unique1, unique2 from tenk1
where (unique1, unique2) < any (select ten, ten from tenk1 where hundred < 3)
      and unique1 <= 20
order by 1
--//
explain (costs off)
select thousand, tenthous from tenk1
where (thousand, tenthous) >= (997, 5000)
order by thousand, tenthous
--//
select thousand, tenthous from tenk1
where (thousand, tenthous) >= (997, 5000)
order by thousand, tenthous
--//
explain (costs off)
select thousand, tenthous, four from tenk1
where (thousand, tenthous, four) > (998, 5000, 3)
order by thousand, tenthous
--//
select thousand, tenthous, four from tenk1
where (thousand, tenthous, four) > (998, 5000, 3)
order by thousand, tenthous
--//
explain (costs off)
select thousand, tenthous from tenk1
where (998, 5000) < (thousand, tenthous)
order by thousand, tenthous
--//
select thousand, tenthous from tenk1
where (998, 5000) < (thousand, tenthous)
order by thousand, tenthous
--//
explain (costs off)
select thousand, hundred from tenk1
where (998, 5000) < (thousand, hundred)
order by thousand, hundred
--//
select thousand, hundred from tenk1
where (998, 5000) < (thousand, hundred)
order by thousand, hundred
--//
insert into test_table values ('a', 'b')
--//
insert into test_table select 'a', null from generate_series(1,1000)
--//
explain (costs off)
select a,b from test_table where (a,b) > ('a','a') order by a,b
--//
select a,b from test_table where (a,b) > ('a','a') order by a,b
--//
select * from int8_tbl i8 where i8 in (row(123,456))
--//
explain (costs off)
select * from int8_tbl i8
where i8 in (row(123,456)::int8_tbl, '(4567890123456789,123)')
--//
select * from int8_tbl i8
where i8 in (row(123,456)::int8_tbl, '(4567890123456789,123)')
--//
select (row(1, 2.0)).f1
--//
select (row(1, 2.0)).nosuch
--//
select (row(1, 2.0)).*
--//
select (r).f1 from (select row(1, 2.0) as r) ss
--//
select (r).* from (select row(1, 2.0) as r) ss
--//
select ROW()
--//
select ROW() IS NULL
--//
select ROW() = ROW()
--//
select array[ row(1,2), row(3,4), row(5,6) ]
--//
select row(1,1.1) = any (array[ row(7,7.7), row(1,1.1), row(0,0.0) ])
--//
insert into cc values('("(1,2)",3)')
--//
select * from cc order by f1
--//
select row(1, 2)::testtype1 < row(1, 3)::testtype1
--//
select row(1, 2)::testtype1 <= row(1, 3)::testtype1
--//
select row(1, 2)::testtype1 = row(1, 2)::testtype1
--//
select row(1, 2)::testtype1 <> row(1, 3)::testtype1
--//
select row(1, 3)::testtype1 >= row(1, 2)::testtype1
--//
select row(1, 3)::testtype1 > row(1, 2)::testtype1
--//
select row(1, -2)::testtype1 < row(1, -3)::testtype1
--//
select row(1, -2)::testtype1 <= row(1, -3)::testtype1
--//
select row(1, -2)::testtype1 = row(1, -3)::testtype1
--//
select row(1, -2)::testtype1 <> row(1, -2)::testtype1
--//
select row(1, -3)::testtype1 >= row(1, -2)::testtype1
--//
select row(1, -3)::testtype1 > row(1, -2)::testtype1
--//
select row(1, -2)::testtype1 < row(1, 3)::testtype1
--//
select row(1, 2)::testtype1 < row(1, 'abc')::testtype3
--//
select row(1, 2)::testtype1 <> row(1, 'abc')::testtype3
--//
select row(1, 2)::testtype1 < row(1)::testtype5
--//
select row(1, 2)::testtype1 <> row(1)::testtype5
--//
select row(1, '(1,2)')::testtype6 < row(1, '(1,3)')::testtype6
--//
select row(1, '(1,2)')::testtype6 <> row(1, '(1,3)')::testtype6
--//
select row(1, 2)::testtype1 *< row(1, 3)::testtype1
--//
select row(1, 2)::testtype1 *<= row(1, 3)::testtype1
--//
select row(1, 2)::testtype1 *= row(1, 2)::testtype1
--//
select row(1, 2)::testtype1 *<> row(1, 3)::testtype1
--//
select row(1, 3)::testtype1 *>= row(1, 2)::testtype1
--//
select row(1, 3)::testtype1 *> row(1, 2)::testtype1
--//
select row(1, -2)::testtype1 *< row(1, -3)::testtype1
--//
select row(1, -2)::testtype1 *<= row(1, -3)::testtype1
--//
select row(1, -2)::testtype1 *= row(1, -3)::testtype1
--//
select row(1, -2)::testtype1 *<> row(1, -2)::testtype1
--//
select row(1, -3)::testtype1 *>= row(1, -2)::testtype1
--//
select row(1, -3)::testtype1 *> row(1, -2)::testtype1
--//
select row(1, -2)::testtype1 *< row(1, 3)::testtype1
--//
select row(1, true)::testtype2 *< row(2, true)::testtype2
--//
select row(-2, true)::testtype2 *< row(-1, true)::testtype2
--//
select row(0, false)::testtype2 *< row(0, true)::testtype2
--//
select row(0, false)::testtype2 *<> row(0, true)::testtype2
--//
select row(1, 'abc')::testtype3 *< row(1, 'abd')::testtype3
--//
select row(1, 'abc')::testtype3 *> row(1, 'abd')::testtype3
--//
select row(1, 'abc')::testtype3 *<> row(1, 'abd')::testtype3
--//
select row(1, 2)::testtype1 *< row(1, 'abc')::testtype3
--//
select row(1, 2)::testtype1 *<> row(1, 'abc')::testtype3
--//
select row(1, 2)::testtype1 *< row(1)::testtype5
--//
select row(1, 2)::testtype1 *<> row(1)::testtype5
--//
select row(1, '(1,2)')::testtype6 *>= row(1, '(1,3)')::testtype6
--//
select q.a, q.b = row(2), q.c = array[row(3)], q.d = row(row(4)) from
    unnest(array[row(1, row(2), array[row(3)], row(row(4))),
                 row(2, row(3), array[row(4)], row(row(5)))])
      as q(a int, b record, c record[], d record)
--//
insert into price values (1,false,42), (10,false,100), (11,true,17.99)
--//
UPDATE price
    SET active = true, price = input_prices.price
    FROM unnest(ARRAY[(10, 123.00), (11, 99.99)]::price_input[]) input_prices
    WHERE price_key_from_table(price.*) = price_key_from_input(input_prices.*)
--//
select * from price
--//
select fcompos1(row(1,'one'))
--//
select * from compos
--//
select cast (fullname as text) from fullname
--//
select fullname::text from fullname
--//
select text(fullname) from fullname
--//
select fullname.text from fullname
--//
select cast (row('Jim', 'Beam') as text)
--//
select (row('Jim', 'Beam'))::text
--//
select text(row('Jim', 'Beam'))
--//
select (row('Jim', 'Beam')).text
--//
insert into fullname values ('Joe', 'Blow')
--//
select f.last from fullname f
--//
select last(f) from fullname f
--//
select f.longname from fullname f
--//
select longname(f) from fullname f
--//
select row_to_json(i) from int8_tbl i
--//
select row_to_json(i) from int8_tbl i(x,y)
--//
select row_to_json(ss) from
  (select q1, q2 from int8_tbl) as ss
--//
select row_to_json(ss) from
  (select q1, q2 from int8_tbl offset 0) as ss
--//
select row_to_json(ss) from
  (select q1 as a, q2 as b from int8_tbl) as ss
--//
select row_to_json(ss) from
  (select q1 as a, q2 as b from int8_tbl offset 0) as ss
--//
select row_to_json(ss) from
  (select q1 as a, q2 as b from int8_tbl) as ss(x,y)
--//
select row_to_json(ss) from
  (select q1 as a, q2 as b from int8_tbl offset 0) as ss(x,y)
--//
explain (costs off)
select row_to_json(q) from
  (select thousand, tenthous from tenk1
   where thousand = 42 and tenthous < 2000 offset 0) q
--//
select row_to_json(q) from
  (select thousand, tenthous from tenk1
   where thousand = 42 and tenthous < 2000 offset 0) q
--//
select row_to_json(q) from
  (select thousand as x, tenthous as y from tenk1
   where thousand = 42 and tenthous < 2000 offset 0) q
--//
select row_to_json(q) from
  (select thousand as x, tenthous as y from tenk1
   where thousand = 42 and tenthous < 2000 offset 0) q(a,b)
--//
insert into tt2 values(0,0)
--//
select row_to_json(r) from (select q2,q1 from tt1 offset 0) r
--//
select row_to_json(tt3::tt2::tt1) from tt3
--//
explain (verbose, costs off)
select r, r is null as isnull, r is not null as isnotnull
from (values (1,row(1,2)), (1,row(null,null)), (1,null),
             (null,row(1,2)), (null,row(null,null)), (null,null) ) r(a,b)
--//
select r, r is null as isnull, r is not null as isnotnull
from (values (1,row(1,2)), (1,row(null,null)), (1,null),
             (null,row(1,2)), (null,row(null,null)), (null,null) ) r(a,b)
--//
explain (verbose, costs off)
with r(a,b) as materialized
  (values (1,row(1,2)), (1,row(null,null)), (1,null),
          (null,row(1,2)), (null,row(null,null)), (null,null) )
select r, r is null as isnull, r is not null as isnotnull from r
--//
with r(a,b) as materialized
  (values (1,row(1,2)), (1,row(null,null)), (1,null),
          (null,row(1,2)), (null,row(null,null)), (null,null) )
select r, r is null as isnull, r is not null as isnotnull from r
--//
explain (verbose, costs off)
with cte(c) as materialized (select row(1, 2)),
     cte2(c) as (select * from cte)
select * from cte2 as t
where (select * from (select c as c1) s
       where (select (c1).f1 > 0)) is not null
--//
with cte(c) as materialized (select row(1, 2)),
     cte2(c) as (select * from cte)
select * from cte2 as t
where (select * from (select c as c1) s
       where (select (c1).f1 > 0)) is not null
--//
explain (verbose, costs off)
select (ss.a).x, (ss.a).n from
  (select information_schema._pg_expandarray(array[1,2]) AS a) ss
--//
explain (verbose, costs off)
select (ss.a).x, (ss.a).n from
  (select information_schema._pg_expandarray(array[1,2]) AS a) ss
where false
--//
explain (verbose, costs off)
with cte(c) as materialized (select row(1, 2)),
     cte2(c) as (select * from cte)
select (c).f1 from cte2 as t
--//
explain (verbose, costs off)
with cte(c) as materialized (select row(1, 2)),
     cte2(c) as (select * from cte)
select (c).f1 from cte2 as t
where false
--//
INSERT INTO compositetable(a, b) VALUES('fa', 'fb')
--//
SELECT d.a FROM (SELECT compositetable AS d FROM compositetable) s
--//
SELECT (d).a, (d).b FROM (SELECT compositetable AS d FROM compositetable) s
--//
SELECT (d).ctid FROM (SELECT compositetable AS d FROM compositetable) s
--//
SELECT (NULL::compositetable).nonexistent
--//
SELECT (NULL::compositetable).a
--//
SELECT (NULL::compositetable).oid
--//
update rtest_admin set sysname = new.sysname
		where sysname = old.sysname
	)
--//
delete from rtest_admin where sysname = old.sysname
--//
insert into rtest_t2 values (1, 21)
--//
insert into rtest_v1 values (1, 11)
--//
select * from rtest_v1
--//
delete from rtest_v1 where a = 1
--//
delete from rtest_v1 where b = 12
--//
delete from rtest_v1
--//
insert into rtest_v1 select * from rtest_t2
--//
insert into rtest_v1 (b, a) select b, a from rtest_t2
--//
insert into rtest_v1 (a) select a from rtest_t3
--//
select * from rtest_v1 where b isnull
--//
update rtest_t1 set a = a + 10 where b isnull
--//
delete from rtest_v1 where b isnull
--//
update rtest_v1 set b = 42 where a = 2
--//
update rtest_v1 set b = 99 where b = 42
--//
update rtest_v1 set b = 88 where b < 50
--//
insert into rtest_v1 select rtest_t2.a, rtest_t3.b
    from rtest_t2, rtest_t3
    where rtest_t2.a = rtest_t3.a
--//
update rtest_v1 set b = rtest_t2.b from rtest_t2 where rtest_v1.a = rtest_t2.a
--//
update rtest_t1 set a = a + 10 where b > 30
--//
update rtest_v1 set a = rtest_t3.a + 20 from rtest_t3 where rtest_v1.b = rtest_t3.b
--//
insert into rtest_system values ('orion', 'Linux Jan Wieck')
--//
insert into rtest_interface values ('orion', 'eth0')
--//
insert into rtest_person values ('jw', 'Jan Wieck')
--//
insert into rtest_admin values ('jw', 'orion')
--//
update rtest_system set sysname = 'pluto' where sysname = 'neptun'
--//
select * from rtest_interface
--//
select * from rtest_admin
--//
update rtest_person set pname = 'jwieck' where pdesc = 'Jan Wieck'
--//
select * from rtest_admin order by pname, sysname
--//
delete from rtest_system where sysname = 'orion'
--//
insert into rtest_emp values ('wiecc', '5000.00')
--//
update rtest_emp set ename = 'wiecx' where ename = 'wiecc'
--//
update rtest_emp set ename = 'wieck', salary = '6000.00' where ename = 'wiecx'
--//
update rtest_emp set salary = '7000.00' where ename = 'wieck'
--//
delete from rtest_emp where ename = 'gates'
--//
select ename, who = current_user as "matches user", action, newsal, oldsal from rtest_emplog order by ename, action, newsal
--//
insert into rtest_empmass values ('meyer', '4000.00')
--//
insert into rtest_emp select * from rtest_empmass
--//
update rtest_empmass set salary = salary + '1000.00'
--//
update rtest_emp set salary = rtest_empmass.salary from rtest_empmass where rtest_emp.ename = rtest_empmass.ename
--//
delete from rtest_emp using rtest_empmass where rtest_emp.ename = rtest_empmass.ename
--//
insert into rtest_t4 values (1, 'Record should go to rtest_t4')
--//
select * from rtest_t4
--//
delete from rtest_t4
--//
insert into rtest_t4 select * from rtest_t9 where a < 20
--//
insert into rtest_t4 select * from rtest_t9 where b ~ 'and t8'
--//
insert into rtest_t4 select a + 1, b from rtest_t9 where a in (20, 30, 40)
--//
insert into rtest_order1 values (1)
--//
select * from rtest_order2
--//
insert into rtest_nothn1 values (1, 'want this')
--//
select * from rtest_nothn1
--//
delete from rtest_nothn1
--//
insert into rtest_nothn1 select * from rtest_nothn4
--//
insert into rtest_view1 values (1, 'item 1', 't')
--//
insert into rtest_view2 values (2)
--//
select * from rtest_vview1
--//
select * from rtest_vview4 order by a, b
--//
insert into rtest_view3 select * from rtest_vview1 where a < 7
--//
select * from rtest_view3
--//
delete from rtest_view3
--//
insert into rtest_view3 select * from rtest_vview2 where a != 5 and b !~ '2'
--//
insert into rtest_view3 select * from rtest_vview3
--//
insert into rtest_view4 select * from rtest_vview4 where 3 > refcount
--//
select * from rtest_view4 order by a, b
--//
insert into rtest_view4 select * from rtest_vview5 where a > 2 and refcount = 0
--//
insert into rtest_unitfact values ('m', 100.0)
--//
insert into rtest_comp values ('p1', 'm', 5.0)
--//
select * from rtest_vcomp order by part
--//
select * from rtest_vcomp where size_in_cm > 10.0 order by size_in_cm using >
--//
INSERT INTO unit VALUES ('cm', 1.0)
--//
INSERT INTO shoe_data VALUES ('sh1', 2, 'black', 70.0, 90.0, 'cm')
--//
INSERT INTO shoelace_data VALUES ('sl1', 5, 'black', 80.0, 'cm')
--//
INSERT INTO shoelace_data VALUES ('sl3', 0, 'black', 35.0 , 'inch')
--//
INSERT INTO shoelace_data VALUES ('sl7', 7, 'brown', 60 , 'cm')
--//
SELECT * FROM shoelace ORDER BY sl_name
--//
SELECT * FROM shoe_ready WHERE total_avail >= 2 ORDER BY 1
--//
UPDATE shoelace_data SET sl_avail = 6 WHERE  sl_name = 'sl7'
--//
SELECT * FROM shoelace_log
--//
INSERT INTO shoelace_arrive VALUES ('sl3', 10)
--//
insert into shoelace_ok select * from shoelace_arrive
--//
SELECT * FROM shoelace_log ORDER BY sl_name
--//
insert into shoelace values ('sl9', 0, 'pink', 35.0, 'inch', 0.0)
--//
insert into shoelace values ('sl10', 1000, 'magenta', 40.0, 'inch', 0.0)
  on conflict do nothing
--//
SELECT * FROM shoelace_obsolete ORDER BY sl_len_cm
--//
SELECT * FROM shoelace_candelete
--//
DELETE FROM shoelace WHERE EXISTS
    (SELECT * FROM shoelace_candelete
             WHERE sl_name = shoelace.sl_name)
--//
SELECT * FROM shoe ORDER BY shoename
--//
SELECT count(*) FROM shoe
--//
insert into rules_foo values(1)
--//
select * from rules_foo
--//
select * from rules_foo2
--//
insert into pparent values (1,'parent1')
--//
insert into cchild values (1,'descrip1')
--//
update cchild set descrip = new.descrip where cchild.pid = old.pid
--//
select * from vview
--//
update vview set descrip='test1' where pid=1
--//
select * from cchild
--//
SELECT viewname, definition FROM pg_views
WHERE schemaname = 'pg_catalog'
ORDER BY viewname
--//
SELECT tablename, rulename, definition FROM pg_rules
WHERE schemaname = 'pg_catalog'
ORDER BY tablename, rulename
--//
INSERT INTO ruletest_tbl VALUES (99, 99)
--//
SELECT * FROM ruletest_tbl2
--//
insert into rule_and_refint_t1 values (1, 11)
--//
insert into rule_and_refint_t3 values (1, 11, 11, 'row1')
--//
insert into rule_and_refint_t3 values (1, 13, 11, 'row6')
  on conflict do nothing
--//
insert into rule_and_refint_t3 values (1, 13, 11, 'row6')
  on conflict (id3a, id3b, id3c) do update
  set id3b = excluded.id3b
--//
insert into shoelace values ('sl9', 0, 'pink', 35.0, 'inch', 0.0)
  on conflict (sl_name) do update
  set sl_avail = excluded.sl_avail
--//
select xmin, * from rules_fooview
--//
select * from rules_fooview
--//
select reltoastrelid, relkind, relfrozenxid
  from pg_class where oid = 'rules_fooview'::regclass
--//
insert into test_1 (name) values ('Test 1')
--//
select * from id_ordered
--//
update id_ordered set name = 'update 2' where id = 2
--//
insert into t1 select * from generate_series(5,19,1) g
--//
update t1 set a = 4 where a = 5
--//
select * from only t1
--//
select * from only t1_1
--//
insert into rules_base values(1,2), (11,12)
--//
update rules_base set f2 = f2 + 1
--//
select pg_get_viewdef('shoe'::regclass) as unpretty
--//
select pg_get_viewdef('shoe'::regclass,true) as pretty
--//
select pg_get_viewdef('shoe'::regclass,0) as prettier
--//
insert into rules_src values(1,2), (11,12)
--//
update rules_src set f2 = f2 + 1
--//
update rules_src set f2 = f2 * 10
--//
select * from rules_src
--//
select * from rules_log
--//
update rules_src set f2 = f2 / 10
--//
insert into rules_src values(22,23), (33,default)
--//
INSERT INTO rule_v1 VALUES (1, 'a'), (2, 'b')
--//
UPDATE rule_v1 SET b = upper(b)
--//
SELECT * FROM rule_t1
--//
INSERT INTO rule_v1 VALUES(1)
--//
SELECT * FROM rule_v1
--//
SELECT definition FROM pg_rules WHERE tablename = 'hats' ORDER BY rulename
--//
INSERT INTO hats VALUES ('h7', 'black') RETURNING *
--//
SELECT tablename, rulename, definition FROM pg_rules
	WHERE tablename = 'hats'
--//
SELECT * FROM hat_data WHERE hat_name = 'h8'
--//
explain (costs off) INSERT INTO hats VALUES ('h8', 'forbidden') RETURNING *
--//
WITH data(hat_name, hat_color) AS MATERIALIZED (
    VALUES ('h8', 'green'),
        ('h9', 'blue'),
        ('h7', 'forbidden')
)
INSERT INTO hats
    SELECT * FROM data
RETURNING *
--//
EXPLAIN (costs off)
WITH data(hat_name, hat_color) AS MATERIALIZED (
    VALUES ('h8', 'green'),
        ('h9', 'blue'),
        ('h7', 'forbidden')
)
INSERT INTO hats
    SELECT * FROM data
RETURNING *
--//
SELECT * FROM hat_data WHERE hat_name IN ('h8', 'h9', 'h7') ORDER BY hat_name
--//
SELECT pg_get_functiondef('func_with_set_params()'::regprocedure)
--//
SELECT pg_get_constraintdef(0)
--//
SELECT pg_get_functiondef(0)
--//
SELECT pg_get_indexdef(0)
--//
SELECT pg_get_ruledef(0)
--//
SELECT pg_get_statisticsobjdef(0)
--//
SELECT pg_get_triggerdef(0)
--//
SELECT pg_get_viewdef(0)
--//
SELECT pg_get_function_arguments(0)
--//
SELECT pg_get_function_identity_arguments(0)
--//
SELECT pg_get_function_result(0)
--//
SELECT pg_get_function_arg_default(0, 0)
--//
SELECT pg_get_function_arg_default('pg_class'::regclass, 0)
--//
SELECT pg_get_partkeydef(0)
--//
MERGE INTO rule_merge1 t USING (SELECT 1 AS a) s
	ON t.a = s.a
	WHEN MATCHED AND t.a < 2 THEN
		UPDATE SET b = b || ' updated by merge'
	WHEN MATCHED AND t.a > 2 THEN
		DELETE
	WHEN NOT MATCHED THEN
		INSERT VALUES (s.a, '')
--//
INSERT INTO ruletest1 VALUES (1)
--//
SELECT * FROM ruletest1
--//
INSERT INTO ruletest_v1 VALUES (1)
--//
SELECT * FROM ruletest_t1
--//
SELECT relname, nspname
 FROM pg_class c LEFT JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute a ON (attrelid = c.oid AND attname = 'oid')
 WHERE relkind = 'r' and c.oid < 16384
     AND ((nspname ~ '^pg_') IS NOT FALSE)
     AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE indrelid = c.oid
                     AND indkey[0] = a.attnum AND indnatts = 1
                     AND indisunique AND indimmediate)
--//
SELECT relname, relkind
  FROM pg_class
 WHERE relkind IN ('v', 'c', 'f', 'p', 'I')
       AND relfilenode <> 0
--//
WITH check_columns AS (
 SELECT relname, attname,
  array(
   SELECT t.oid
    FROM pg_type t JOIN pg_attribute pa ON t.oid = pa.atttypid
    WHERE pa.attrelid = a.attrelid AND
          pa.attnum > 0 AND pa.attnum < a.attnum
    ORDER BY pa.attnum) AS coltypes
 FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
  JOIN pg_namespace n ON c.relnamespace = n.oid
 WHERE attalign = 'd' AND relkind = 'r' AND
  attnotnull AND attlen <> -1 AND n.nspname = 'pg_catalog'
)
SELECT relname, attname, coltypes, get_columns_length(coltypes)
 FROM check_columns
 WHERE get_columns_length(coltypes) % 8 != 0 OR
       'name'::regtype::oid = ANY(coltypes)
--//
SELECT * FROM onek
   WHERE onek.unique1 < 10
   ORDER BY onek.unique1
--//
SELECT onek.unique1, onek.stringu1 FROM onek
   WHERE onek.unique1 < 20
   ORDER BY unique1 using >
--//
SELECT onek.unique1, onek.stringu1 FROM onek
   WHERE onek.unique1 > 980
   ORDER BY stringu1 using <
--//
SELECT onek.unique1, onek.string4 FROM onek
   WHERE onek.unique1 > 980
   ORDER BY string4 using <, unique1 using >
--//
SELECT onek.unique1, onek.string4 FROM onek
   WHERE onek.unique1 > 980
   ORDER BY string4 using >, unique1 using <
--//
SELECT onek.unique1, onek.string4 FROM onek
   WHERE onek.unique1 < 20
   ORDER BY unique1 using >, string4 using <
--//
SELECT onek.unique1, onek.string4 FROM onek
   WHERE onek.unique1 < 20
   ORDER BY unique1 using <, string4 using >
--//
SELECT onek2.* FROM onek2 WHERE onek2.unique1 < 10
--//
SELECT onek2.unique1, onek2.stringu1 FROM onek2
    WHERE onek2.unique1 < 20
    ORDER BY unique1 using >
--//
SELECT onek2.unique1, onek2.stringu1 FROM onek2
   WHERE onek2.unique1 > 980
--//
SELECT p.name, p.age FROM person* p
--//
SELECT p.name, p.age FROM person* p ORDER BY age using >, name
--//
select foo from (select 1 offset 0) as foo
--//
select foo from (select null offset 0) as foo
--//
select foo from (select 'xyzzy',1,null offset 0) as foo
--//
select * from onek, (values(147, 'RFAAAA'), (931, 'VJAAAA')) as v (i, j)
    WHERE onek.unique1 = v.i and onek.stringu1 = v.j
--//
select * from onek,
  (values ((select i from
    (values(10000), (2), (389), (1000), (2000), ((select 10029))) as foo(i)
    order by i asc limit 1))) bar (i)
  where onek.unique1 = bar.i
--//
select * from onek
    where (unique1,ten) in (values (1,1), (20,0), (99,9), (17,99))
    order by unique1
--//
VALUES (1,2), (3,4+4), (7,77.7)
--//
VALUES (1,2), (3,4+4), (7,77.7)
UNION ALL
SELECT 2+2, 57
UNION ALL
TABLE int8_tbl
--//
INSERT INTO nocols DEFAULT VALUES
--//
SELECT * FROM nocols n, LATERAL (VALUES(n.*)) v
--//
INSERT INTO foo VALUES (42),(3),(10),(7),(null),(null),(1)
--//
SELECT * FROM foo ORDER BY f1
--//
SELECT * FROM foo ORDER BY f1 ASC
--//
SELECT * FROM foo ORDER BY f1 NULLS FIRST
--//
SELECT * FROM foo ORDER BY f1 DESC
--//
SELECT * FROM foo ORDER BY f1 DESC NULLS LAST
--//
explain (costs off)
select * from onek2 where unique2 = 11 and stringu1 = 'ATAAAA'
--//
select * from onek2 where unique2 = 11 and stringu1 = 'ATAAAA'
--//
explain (costs off, analyze on, timing off, summary off)
select * from onek2 where unique2 = 11 and stringu1 = 'ATAAAA'
--//
explain (costs off)
select unique2 from onek2 where unique2 = 11 and stringu1 = 'ATAAAA'
--//
select unique2 from onek2 where unique2 = 11 and stringu1 = 'ATAAAA'
--//
explain (costs off)
select * from onek2 where unique2 = 11 and stringu1 < 'B'
--//
select * from onek2 where unique2 = 11 and stringu1 < 'B'
--//
explain (costs off)
select unique2 from onek2 where unique2 = 11 and stringu1 < 'B'
--//
select unique2 from onek2 where unique2 = 11 and stringu1 < 'B'
--//
explain (costs off)
select unique2 from onek2 where unique2 = 11 and stringu1 < 'B' for update
--//
select unique2 from onek2 where unique2 = 11 and stringu1 < 'B' for update
--//
explain (costs off)
select unique1, unique2 from onek2
  where (unique2 = 11 or unique1 = 0) and stringu1 < 'B'
--//
select unique1, unique2 from onek2
  where (unique2 = 11 or unique1 = 0) and stringu1 < 'B'
--//
explain (costs off)
select unique1, unique2 from onek2
  where (unique2 = 11 and stringu1 < 'B') or unique1 = 0
--//
select unique1, unique2 from onek2
  where (unique2 = 11 and stringu1 < 'B') or unique1 = 0
--//
SELECT 1 AS x ORDER BY x
--//
select sillysrf(42)
--//
select sillysrf(-1) order by 1
--//
select * from (values (2),(null),(1)) v(k) where k = k order by k
--//
select * from (values (2),(null),(1)) v(k) where k = k
--//
explain (costs off) select * from list_parted_tbl
--//
SELECT DISTINCT two FROM onek ORDER BY 1
--//
SELECT DISTINCT ten FROM onek ORDER BY 1
--//
SELECT DISTINCT string4 FROM onek ORDER BY 1
--//
SELECT DISTINCT two, string4, ten
   FROM onek
   ORDER BY two using <, string4 using <, ten using <
--//
SELECT DISTINCT p.age FROM person* p ORDER BY age using >
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT count(*) FROM
  (SELECT DISTINCT two, four, two FROM tenk1) ss
--//
SELECT count(*) FROM
  (SELECT DISTINCT two, four, two FROM tenk1) ss
--//
EXPLAIN (costs off)
SELECT DISTINCT g%1000 FROM generate_series(0,9999) g
--//
(SELECT * FROM distinct_hash_1 EXCEPT SELECT * FROM distinct_group_1)
  UNION ALL
(SELECT * FROM distinct_group_1 EXCEPT SELECT * FROM distinct_hash_1)
--//
EXPLAIN (costs off)
SELECT DISTINCT four FROM tenk1
--//
SELECT DISTINCT four FROM tenk1
--//
EXPLAIN (COSTS OFF)
SELECT DISTINCT distinct_func(1) FROM tenk1
--//
INSERT INTO DISTTABLE VALUES(1)
--//
INSERT INTO DISTTABLE VALUES(NULL)
--//
SELECT f1, f1 IS DISTINCT FROM 2 as "not 2" FROM disttable
--//
SELECT f1, f1 IS DISTINCT FROM NULL as "not null" FROM disttable
--//
SELECT f1, f1 IS DISTINCT FROM f1 as "false" FROM disttable
--//
SELECT f1, f1 IS DISTINCT FROM f1+1 as "not null" FROM disttable
--//
SELECT 1 IS DISTINCT FROM 2 as "yes"
--//
SELECT 2 IS DISTINCT FROM 2 as "no"
--//
SELECT 2 IS DISTINCT FROM null as "yes"
--//
SELECT null IS DISTINCT FROM null as "no"
--//
SELECT 1 IS NOT DISTINCT FROM 2 as "no"
--//
SELECT 2 IS NOT DISTINCT FROM 2 as "yes"
--//
SELECT 2 IS NOT DISTINCT FROM null as "no"
--//
SELECT null IS NOT DISTINCT FROM null as "yes"
--//
SELECT DISTINCT ON (string4) string4, two, ten
   FROM onek
   ORDER BY string4 using <, two using >, ten using <
--//
SELECT DISTINCT ON (string4, ten) string4, two, ten
   FROM onek
   ORDER BY string4 using <, two using <, ten using <
--//
SELECT DISTINCT ON (string4, ten) string4, ten, two
   FROM onek
   ORDER BY string4 using <, ten using >, two using <
--//
select distinct on (1) floor(random()) as r, f1 from int4_tbl order by 1,2
--//
INSERT INTO test_having VALUES (0, 1, 'XXXX', 'A')
--//
SELECT b, c FROM test_having
	GROUP BY b, c HAVING count(*) = 1 ORDER BY b, c
--//
SELECT b, c FROM test_having
	GROUP BY b, c HAVING b = 3 ORDER BY b, c
--//
SELECT lower(c), count(c) FROM test_having
	GROUP BY lower(c) HAVING count(*) > 2 OR min(a) = max(a)
	ORDER BY lower(c)
--//
SELECT c, max(a) FROM test_having
	GROUP BY c HAVING count(*) > 2 OR min(a) = max(a)
	ORDER BY c
--//
SELECT min(a), max(a) FROM test_having HAVING min(a) = max(a)
--//
SELECT min(a), max(a) FROM test_having HAVING min(a) < max(a)
--//
SELECT a FROM test_having HAVING min(a) < max(a)
--//
SELECT 1 AS one FROM test_having HAVING a > 1
--//
SELECT 1 AS one FROM test_having HAVING 1 > 2
--//
SELECT 1 AS one FROM test_having HAVING 1 < 2
--//
SELECT 1 AS one FROM test_having WHERE 1/a = 1 HAVING 1 < 2
--//
INSERT INTO test_missing_target VALUES (0, 1, 'XXXX', 'A')
--//
SELECT c, count(*) FROM test_missing_target GROUP BY test_missing_target.c ORDER BY c
--//
SELECT count(*) FROM test_missing_target GROUP BY test_missing_target.c ORDER BY c
--//
SELECT count(*) FROM test_missing_target GROUP BY a ORDER BY b
--//
SELECT count(*) FROM test_missing_target GROUP BY b ORDER BY b
--//
SELECT test_missing_target.b, count(*)
  FROM test_missing_target GROUP BY b ORDER BY b
--//
SELECT c FROM test_missing_target ORDER BY a
--//
SELECT count(*) FROM test_missing_target GROUP BY b ORDER BY b desc
--//
SELECT count(*) FROM test_missing_target ORDER BY 1 desc
--//
SELECT c, count(*) FROM test_missing_target GROUP BY 1 ORDER BY 1
--//
SELECT c, count(*) FROM test_missing_target GROUP BY 3
--//
SELECT count(*) FROM test_missing_target x, test_missing_target y
	WHERE x.a = y.a
	GROUP BY b ORDER BY b
--//
SELECT a, a FROM test_missing_target
	ORDER BY a
--//
SELECT a/2, a/2 FROM test_missing_target
	ORDER BY a/2
--//
SELECT a/2, a/2 FROM test_missing_target
	GROUP BY a/2 ORDER BY a/2
--//
SELECT x.b, count(*) FROM test_missing_target x, test_missing_target y
	WHERE x.a = y.a
	GROUP BY x.b ORDER BY x.b
--//
SELECT count(*) FROM test_missing_target x, test_missing_target y
	WHERE x.a = y.a
	GROUP BY x.b ORDER BY x.b
--//
SELECT * FROM test_missing_target2
--//
SELECT a%2, count(b) FROM test_missing_target
GROUP BY test_missing_target.a%2
ORDER BY test_missing_target.a%2
--//
SELECT count(c) FROM test_missing_target
GROUP BY lower(test_missing_target.c)
ORDER BY lower(test_missing_target.c)
--//
SELECT count(a) FROM test_missing_target GROUP BY a ORDER BY b
--//
SELECT count(b) FROM test_missing_target GROUP BY b/2 ORDER BY b/2
--//
SELECT lower(test_missing_target.c), count(c)
  FROM test_missing_target GROUP BY lower(c) ORDER BY lower(c)
--//
SELECT a FROM test_missing_target ORDER BY upper(d)
--//
SELECT count(b) FROM test_missing_target
	GROUP BY (b + 1) / 2 ORDER BY (b + 1) / 2 desc
--//
SELECT count(x.a) FROM test_missing_target x, test_missing_target y
	WHERE x.a = y.a
	GROUP BY b/2 ORDER BY b/2
--//
SELECT x.b/2, count(x.b) FROM test_missing_target x, test_missing_target y
	WHERE x.a = y.a
	GROUP BY x.b/2 ORDER BY x.b/2
--//
SELECT count(b) FROM test_missing_target x, test_missing_target y
	WHERE x.a = y.a
	GROUP BY x.b/2
--//
SELECT *
   INTO TABLE sitmp1
   FROM onek
   WHERE onek.unique1 < 2
--//
SELECT *
   INTO TABLE sitmp1
   FROM onek2
   WHERE onek2.unique1 < 2
--//
INSERT INTO selinto_schema.tbl_withdata1 VALUES (4)
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE TABLE selinto_schema.tbl_withdata2 (a) AS
  SELECT generate_series(1,3) WITH DATA
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE TABLE selinto_schema.tbl_nodata2 (a) AS
  SELECT generate_series(1,3) WITH NO DATA
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE TABLE selinto_schema.tbl_withdata4 (a) AS
  EXECUTE data_sel WITH DATA
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE TABLE selinto_schema.tbl_nodata4 (a) AS
  EXECUTE data_sel WITH NO DATA
--//
INSERT INTO ctas_base VALUES (1, 2)
--//
SELECT * FROM ctas_nodata
--//
SELECT * FROM ctas_nodata_2
--//
SELECT make_table()
--//
SELECT * FROM created_table
--//
SELECT * FROM (SELECT 1 INTO f) bar
--//
INSERT INTO int4_tbl SELECT 1 INTO f
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE TABLE ctas_ine_tbl AS SELECT 1 / 0
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE TABLE IF NOT EXISTS ctas_ine_tbl AS SELECT 1 / 0
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE TABLE ctas_ine_tbl AS SELECT 1 / 0 WITH NO DATA
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE TABLE IF NOT EXISTS ctas_ine_tbl AS SELECT 1 / 0 WITH NO DATA
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE TABLE ctas_ine_tbl AS EXECUTE ctas_ine_query
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
  CREATE TABLE IF NOT EXISTS ctas_ine_tbl AS EXECUTE ctas_ine_query
--//
explain (costs off)
  select round(avg(aa)), sum(aa) from a_star
--//
select round(avg(aa)), sum(aa) from a_star a1
--//
select sp_test_func() order by 1
--//
explain (costs off)
	select (select max((select pa1.b from part_pa_test pa1 where pa1.a = pa2.a)))
	from part_pa_test pa2
--//
explain (verbose, costs off)
select sp_parallel_restricted(unique1) from tenk1
  where stringu1 = 'GRAAAA' order by 1
--//
explain (costs off)
	select length(stringu1) from tenk1 group by length(stringu1)
--//
select length(stringu1) from tenk1 group by length(stringu1)
--//
explain (costs off)
	select stringu1, count(*) from tenk1 group by stringu1 order by stringu1
--//
explain (costs off)
	select  sum(sp_parallel_restricted(unique1)) from tenk1
	group by(sp_parallel_restricted(unique1))
--//
explain (costs off) execute tenk1_count(1)
--//
explain (costs off)
	select count(*) from tenk1 where (two, four) not in
	(select hundred, thousand from tenk2 where thousand > 100)
--//
select count(*) from tenk1 where (two, four) not in
	(select hundred, thousand from tenk2 where thousand > 100)
--//
explain (costs off)
	select * from tenk1 where (unique1 + random())::integer not in
	(select ten from tenk2)
--//
explain (costs off)
	select count(*) from tenk1
        where tenk1.unique1 = (Select max(tenk2.unique1) from tenk2)
--//
select count(*) from tenk1
    where tenk1.unique1 = (Select max(tenk2.unique1) from tenk2)
--//
explain (costs off)
	select  count((unique1)) from tenk1 where hundred > 1
--//
select  count((unique1)) from tenk1 where hundred > 1
--//
explain (costs off)
	select  count(*) from tenk1 where thousand > 95
--//
select  count(*) from tenk1 where thousand > 95
--//
explain (costs off)
select * from
  (select count(unique1) from tenk1 where hundred > 10) ss
  right join (values (1),(2),(3)) v(x) on true
--//
select * from
  (select count(unique1) from tenk1 where hundred > 10) ss
  right join (values (1),(2),(3)) v(x) on true
--//
explain (costs off)
select * from
  (select count(*) from tenk1 where thousand > 99) ss
  right join (values (1),(2),(3)) v(x) on true
--//
select * from
  (select count(*) from tenk1 where thousand > 99) ss
  right join (values (1),(2),(3)) v(x) on true
--//
explain (costs off)
select count(*) from tenk1
  left join (select tenk2.unique1 from tenk2 order by 1 limit 1000) ss
  on tenk1.unique1 < ss.unique1 + 1
  where tenk1.unique1 < 2
--//
select count(*) from tenk1
  left join (select tenk2.unique1 from tenk2 order by 1 limit 1000) ss
  on tenk1.unique1 < ss.unique1 + 1
  where tenk1.unique1 < 2
--//
explain (costs off)
	select count(*) from tenk1, tenk2 where tenk1.hundred > 1 and tenk2.thousand=0
--//
select count(*) from tenk1, tenk2 where tenk1.hundred > 1 and tenk2.thousand=0
--//
insert into bmscantest select r, 'fooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo' FROM generate_series(1,100000) r
--//
select count(*) from bmscantest where a>1
--//
explain (analyze, timing off, summary off, costs off)
   select count(*) from tenk1, tenk2 where tenk1.hundred > 1
        and tenk2.thousand=0
--//
select * from explain_parallel_sort_stats()
--//
explain (costs off)
	select  count(*) from tenk1, tenk2 where tenk1.unique1 = tenk2.unique1
--//
select  count(*) from tenk1, tenk2 where tenk1.unique1 = tenk2.unique1
--//
explain (costs off)
   select count(*) from tenk1 group by twenty
--//
select count(*) from tenk1 group by twenty
--//
explain (costs off, verbose)
    select ten, sp_simple_func(ten) from tenk1 where ten < 100 order by ten
--//
explain (costs off)
   select count(*), generate_series(1,2) from tenk1 group by twenty
--//
select count(*), generate_series(1,2) from tenk1 group by twenty
--//
explain (costs off)
select * from
  (select string4, count(unique2)
   from tenk1 group by string4 order by string4) ss
  right join (values (1),(2),(3)) v(x) on true
--//
select * from
  (select string4, count(unique2)
   from tenk1 group by string4 order by string4) ss
  right join (values (1),(2),(3)) v(x) on true
--//
explain (costs off)
select avg(unique1::int8) from tenk1
--//
select avg(unique1::int8) from tenk1
--//
explain (costs off)
  select fivethous from tenk1 order by fivethous limit 4
--//
select fivethous from tenk1 order by fivethous limit 4
--//
explain (costs off)
   select string4 from tenk1 order by string4 limit 5
--//
select string4 from tenk1 order by string4 limit 5
--//
explain (costs off)
  select stringu1::int2 from tenk1 where unique1 = 1
--//
SELECT make_record(x) FROM (SELECT generate_series(1, 5) x) ss ORDER BY x
--//
select count(*) from tenk1
--//
explain (costs off, verbose)
  select count(*) from tenk1 a where (unique1, two) in
    (select unique1, row_number() over() from tenk1 b)
--//
explain (costs off)
  select * from tenk1 a where two in
    (select two from tenk1 b where stringu1 like '%AAAA' limit 3)
--//
EXPLAIN (analyze, timing off, summary off, costs off) SELECT * FROM tenk1
--//
select (stringu1 || repeat('abcd', 5000))::int2 from tenk1 where unique1 = 1
--//
EXPLAIN (COSTS OFF)
SELECT unique1 FROM tenk1 WHERE fivethous = tenthous + 1
UNION ALL
SELECT unique1 FROM tenk1 WHERE fivethous = tenthous + 1
--//
EXPLAIN (COSTS OFF)
SELECT unique1 FROM tenk1 WHERE fivethous =
	(SELECT unique1 FROM tenk1 WHERE fivethous = 1 LIMIT 1)
UNION ALL
SELECT unique1 FROM tenk1 WHERE fivethous =
	(SELECT unique2 FROM tenk1 WHERE fivethous = 1 LIMIT 1)
ORDER BY 1
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT generate_series(1, two), array(select generate_series(1, two))
  FROM tenk1 ORDER BY tenthous
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT unnest(ARRAY[]::integer[]) + 1 AS pathkey
  FROM tenk1 t1 JOIN tenk1 t2 ON TRUE
  ORDER BY pathkey
--//
INSERT INTO fooarr VALUES('1', ARRAY[1,2], 'one')
--//
EXPLAIN (COSTS OFF) EXECUTE pstmt('1', make_some_array(1,2))
--//
EXPLAIN (COSTS OFF)
SELECT 1 FROM tenk1_vw_sec
  WHERE (SELECT sum(f1) FROM int4_tbl WHERE f1 < unique1) < 100
--//
select set_and_report_role()
--//
select set_role_and_error(0)
--//
INSERT INTO parallel_hang
	(SELECT * FROM generate_series(1, 400) gs)
--//
DELETE FROM parallel_hang WHERE 380 <= i AND i <= 420
--//
SELECT * FROM street
--//
SELECT name, #thepath FROM iexit ORDER BY name COLLATE "C", 2
--//
SELECT * FROM toyemp WHERE name = 'sharon'
--//
INSERT INTO customer
       VALUES (101, 'regress_alice', '+81-12-3456-7890', 'passwd123'),
              (102, 'regress_bob',   '+01-234-567-8901', 'beafsteak'),
              (103, 'regress_eve',   '+49-8765-43210',   'hamburger')
--//
INSERT INTO credit_card
       VALUES (101, '1111-2222-3333-4444', 4000),
              (102, '5555-6666-7777-8888', 3000),
              (103, '9801-2345-6789-0123', 2000)
--//
INSERT INTO credit_usage
       VALUES (101, '2011-09-15', 120),
	      (101, '2011-10-05',  90),
	      (101, '2011-10-18', 110),
	      (101, '2011-10-21', 200),
	      (101, '2011-11-10',  80),
	      (102, '2011-09-22', 300),
	      (102, '2011-10-12', 120),
	      (102, '2011-10-28', 200),
	      (103, '2011-10-15', 480)
--//
SELECT * FROM my_property_normal WHERE f_leak(passwd)
--//
EXPLAIN (COSTS OFF) SELECT * FROM my_property_normal WHERE f_leak(passwd)
--//
SELECT * FROM my_property_secure WHERE f_leak(passwd)
--//
EXPLAIN (COSTS OFF) SELECT * FROM my_property_secure WHERE f_leak(passwd)
--//
SELECT * FROM my_property_normal v
		WHERE f_leak('passwd') AND f_leak(passwd)
--//
EXPLAIN (COSTS OFF) SELECT * FROM my_property_normal v
		WHERE f_leak('passwd') AND f_leak(passwd)
--//
SELECT * FROM my_property_secure v
		WHERE f_leak('passwd') AND f_leak(passwd)
--//
EXPLAIN (COSTS OFF) SELECT * FROM my_property_secure v
		WHERE f_leak('passwd') AND f_leak(passwd)
--//
SELECT * FROM my_credit_card_normal WHERE f_leak(cnum)
--//
EXPLAIN (COSTS OFF) SELECT * FROM my_credit_card_normal WHERE f_leak(cnum)
--//
SELECT * FROM my_credit_card_secure WHERE f_leak(cnum)
--//
EXPLAIN (COSTS OFF) SELECT * FROM my_credit_card_secure WHERE f_leak(cnum)
--//
SELECT * FROM my_credit_card_usage_normal
       WHERE f_leak(cnum) AND ymd >= '2011-10-01' AND ymd < '2011-11-01'
--//
EXPLAIN (COSTS OFF) SELECT * FROM my_credit_card_usage_normal
       WHERE f_leak(cnum) AND ymd >= '2011-10-01' AND ymd < '2011-11-01'
--//
SELECT * FROM my_credit_card_usage_secure
       WHERE f_leak(cnum) AND ymd >= '2011-10-01' AND ymd < '2011-11-01'
--//
EXPLAIN (COSTS OFF) SELECT * FROM my_credit_card_usage_secure
       WHERE f_leak(cnum) AND ymd >= '2011-10-01' AND ymd < '2011-11-01'
--//
INSERT INTO serialTest1 VALUES ('foo')
--//
INSERT INTO serialTest1 VALUES ('force', 100)
--//
INSERT INTO serialTest1 VALUES ('wrong', NULL)
--//
SELECT * FROM serialTest1
--//
INSERT INTO serialTest2 (f1)
  VALUES ('test_defaults')
--//
INSERT INTO serialTest2 (f1, f2, f3, f4, f5, f6)
  VALUES ('test_max_vals', 2147483647, 32767, 32767, 9223372036854775807,
          9223372036854775807),
         ('test_min_vals', -2147483648, -32768, -32768, -9223372036854775808,
          -9223372036854775808)
--//
INSERT INTO serialTest2 (f1, f3)
  VALUES ('bogus', -32769)
--//
INSERT INTO serialTest2 (f1, f3)
  VALUES ('bogus', 32768)
--//
SELECT * FROM serialTest2 ORDER BY f2 ASC
--//
SELECT nextval('serialTest2_f2_seq')
--//
SELECT nextval('sequence_test'::text)
--//
SELECT nextval('sequence_test'::regclass)
--//
SELECT currval('sequence_test'::text)
--//
SELECT currval('sequence_test'::regclass)
--//
SELECT setval('sequence_test'::text, 32)
--//
SELECT setval('sequence_test'::text, 99, false)
--//
SELECT setval('sequence_test'::regclass, 32)
--//
SELECT setval('sequence_test'::regclass, 99, false)
--//
SELECT * FROM foo_seq_new
--//
SELECT last_value, log_cnt IN (31, 32) AS log_cnt_ok, is_called FROM foo_seq_new
--//
SELECT setval('sequence_test2', -100)
--//
SELECT setval('sequence_test2', 100)
--//
SELECT * FROM information_schema.sequences
  WHERE sequence_name ~ ANY(ARRAY['sequence_test', 'serialtest'])
  ORDER BY sequence_name ASC
--//
SELECT schemaname, sequencename, start_value, min_value, max_value, increment_by, cycle, cache_size, last_value
FROM pg_sequences
WHERE sequencename ~ ANY(ARRAY['sequence_test', 'serialtest'])
  ORDER BY sequencename ASC
--//
SELECT * FROM pg_sequence_parameters('sequence_test4'::regclass)
--//
SELECT lastval()
--//
SELECT * FROM information_schema.sequences WHERE sequence_name IN
  ('sequence_test2', 'serialtest2_f2_seq', 'serialtest2_f3_seq',
   'serialtest2_f4_seq', 'serialtest2_f5_seq', 'serialtest2_f6_seq')
  ORDER BY sequence_name ASC
--//
insert into spgist_point_tbl (id, p)
select g, point(g*10, g*10) from generate_series(1, 10) g
--//
delete from spgist_point_tbl where id < 5
--//
insert into spgist_point_tbl (id, p)
select g+100000, point(g*10+1, g*10+1) from generate_series(1, 10000) g
--//
delete from spgist_point_tbl where id % 2 = 1
--//
insert into spgist_box_tbl(b)
select box(point(i,j),point(i+s,j+s))
  from generate_series(1,100,5) i,
       generate_series(1,100,5) j,
       generate_series(1,10) s
--//
select count(*)
  from (values (point(5,5)),(point(8,8)),(point(12,12))) v(p)
 where exists(select * from spgist_box_tbl b where b.b && box(v.p,v.p))
--//
insert into spgist_text_tbl (id, t)
select g, 'f' || repeat('o', 100) || g from generate_series(1, 10000) g
union all
select g, 'baaaaaaaaaaaaaar' || g from generate_series(1, 1000) g
--//
insert into spgist_text_tbl (id, t)
select -g, 'f' || repeat('o', 100-g) || 'surprise' from generate_series(1, 100) g
--//
insert into spgist_domain_tbl values('fee'), ('fi'), ('fo'), ('fum')
--//
explain (costs off)
select * from spgist_domain_tbl where f1 = 'fo'
--//
select * from spgist_domain_tbl where f1 = 'fo'
--//
insert into spgist_unlogged_tbl(b)
select box(point(i,j))
  from generate_series(1,100,5) i,
       generate_series(1,10,5) j
--//
SELECT oid AS dboid from pg_database where datname = current_database()
--//
INSERT INTO trunc_stats_test DEFAULT VALUES
--//
TRUNCATE trunc_stats_test
--//
INSERT INTO trunc_stats_test1 DEFAULT VALUES
--//
UPDATE trunc_stats_test1 SET id = id + 10 WHERE id IN (1, 2)
--//
DELETE FROM trunc_stats_test1 WHERE id = 3
--//
UPDATE trunc_stats_test1 SET id = id + 100
--//
TRUNCATE trunc_stats_test1
--//
SELECT count(*) FROM tenk2 WHERE unique1 = 1
--//
SELECT pg_stat_force_next_flush()
--//
SELECT relname, n_tup_ins, n_tup_upd, n_tup_del, n_live_tup, n_dead_tup
  FROM pg_stat_user_tables
 WHERE relname like 'trunc_stats_test%' order by relname
--//
SELECT st.seq_scan >= pr.seq_scan + 1,
       st.seq_tup_read >= pr.seq_tup_read + cl.reltuples,
       st.idx_scan >= pr.idx_scan + 1,
       st.idx_tup_fetch >= pr.idx_tup_fetch + 1
  FROM pg_stat_user_tables AS st, pg_class AS cl, prevstats AS pr
 WHERE st.relname='tenk2' AND cl.relname='tenk2'
--//
SELECT st.heap_blks_read + st.heap_blks_hit >= pr.heap_blks + cl.relpages,
       st.idx_blks_read + st.idx_blks_hit >= pr.idx_blks + 1
  FROM pg_statio_user_tables AS st, pg_class AS cl, prevstats AS pr
 WHERE st.relname='tenk2' AND cl.relname='tenk2'
--//
SELECT pr.snap_ts < pg_stat_get_snapshot_timestamp() as snapshot_newer
FROM prevstats AS pr
--//
SELECT 'stats_test_func1()'::regprocedure::oid AS stats_test_func1_oid
--//
SELECT pg_stat_get_function_calls(:stats_test_func1_oid)
--//
SELECT pg_stat_get_xact_function_calls(:stats_test_func1_oid)
--//
SELECT stats_test_func1()
--//
SELECT funcname, calls FROM pg_stat_user_functions WHERE funcid = :stats_test_func1_oid
--//
INSERT INTO drop_stats_test DEFAULT VALUES
--//
SELECT 'drop_stats_test'::regclass::oid AS drop_stats_test_oid
--//
INSERT INTO drop_stats_test_xact DEFAULT VALUES
--//
SELECT 'drop_stats_test_xact'::regclass::oid AS drop_stats_test_xact_oid
--//
INSERT INTO drop_stats_test_subxact DEFAULT VALUES
--//
SELECT 'drop_stats_test_subxact'::regclass::oid AS drop_stats_test_subxact_oid
--//
SELECT shobj_description(d.oid, 'pg_database') as description_before
  FROM pg_database d WHERE datname = current_database()
--//
SELECT (n_tup_ins + n_tup_upd) > 0 AS has_data FROM pg_stat_all_tables
  WHERE relid = 'pg_shdescription'::regclass
--//
SELECT pg_stat_reset_single_table_counters('pg_shdescription'::regclass)
--//
SELECT stats_reset AS shared_db_reset_before
  FROM pg_stat_database WHERE datid = 0
--//
SELECT sessions AS db_stat_sessions FROM pg_stat_database WHERE datname = (SELECT current_database())
--//
SELECT checkpoints_req AS rqst_ckpts_before FROM pg_stat_bgwriter
--//
SELECT wal_bytes AS wal_bytes_before FROM pg_stat_wal
--//
SELECT stats_reset AS slru_commit_ts_reset_ts FROM pg_stat_slru WHERE name = 'CommitTs'
--//
SELECT stats_reset AS slru_notify_reset_ts FROM pg_stat_slru WHERE name = 'Notify'
--//
SELECT pg_stat_reset_slru('CommitTs')
--//
SELECT pg_stat_reset_slru(NULL)
--//
SELECT stats_reset AS archiver_reset_ts FROM pg_stat_archiver
--//
SELECT pg_stat_reset_shared('archiver')
--//
SELECT stats_reset AS bgwriter_reset_ts FROM pg_stat_bgwriter
--//
SELECT stats_reset AS wal_reset_ts FROM pg_stat_wal
--//
SELECT pg_stat_reset_shared(NULL)
--//
SELECT pg_stat_reset()
--//
SELECT stats_reset AS db_reset_ts FROM pg_stat_database WHERE datname = (SELECT current_database())
--//
SELECT pg_stat_get_snapshot_timestamp()
--//
SELECT pg_stat_get_function_calls(0)
--//
SELECT pg_stat_get_snapshot_timestamp() >= NOW()
--//
SELECT pg_stat_clear_snapshot()
--//
SELECT pg_stat_get_snapshot_timestamp() IS NOT NULL AS snapshot_ok
--//
SELECT pg_stat_have_stats('bgwriter', 0, 0)
--//
SELECT 'stats_test_idx1'::regclass::oid AS stats_test_idx1_oid
--//
select a from stats_test_tab1 where a = 3
--//
SELECT pg_stat_get_replication_slot(NULL)
--//
SELECT pg_stat_get_subscription_stats(NULL)
--//
SELECT regexp_replace(pg_describe_object(tableoid, oid, 0),
                      'pg_temp_[0-9]*', 'pg_temp_REDACTED') AS descr,
       pg_statistics_obj_is_visible(oid) AS visible
  FROM pg_statistic_ext
 WHERE stxname = 'stats_ext_temp'
--//
SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext WHERE stxname = 'ab1_a_b_stats'
--//
SELECT stxname FROM pg_statistic_ext WHERE stxname LIKE 'ab1%'
--//
INSERT INTO ab1 SELECT a, a%23 FROM generate_series(1, 1000) a
--//
SELECT stxname, stxdndistinct, stxddependencies, stxdmcv, stxdinherit
  FROM pg_statistic_ext s LEFT JOIN pg_statistic_ext_data d ON (d.stxoid = s.oid)
 WHERE s.stxname = 'ab1_a_b_stats'
--//
INSERT INTO ab1 VALUES (1,1)
--//
INSERT INTO stxdinh SELECT mod(a,50), mod(a,100) FROM generate_series(0, 1999) a
--//
INSERT INTO stxdinh1 SELECT mod(a,100), mod(a,100) FROM generate_series(0, 999) a
--//
SELECT * FROM check_estimated_rows('SELECT a, b FROM stxdinh* GROUP BY 1, 2')
--//
INSERT INTO stxdinp SELECT 1, a/100, a/100 FROM generate_series(1, 999) a
--//
SELECT 1 FROM pg_statistic_ext WHERE stxrelid = 'stxdinp'::regclass
--//
SELECT stxkind FROM pg_statistic_ext WHERE stxname = 'ab1_exprstat_2'
--//
INSERT INTO ab1
SELECT x / 10, x / 3,
    '2020-10-01'::timestamp + x * interval '1 day',
    '2020-10-01'::timestamptz + x * interval '1 day'
FROM generate_series(1, 100) x
--//
INSERT INTO ndistinct (a, b, c, filler1)
     SELECT i/100, i/100, i/100, cash_words((i/100)::money)
       FROM generate_series(1,1000) s(i)
--//
SELECT s.stxkind, d.stxdndistinct
  FROM pg_statistic_ext s, pg_statistic_ext_data d
 WHERE s.stxrelid = 'ndistinct'::regclass
   AND d.stxoid = s.oid
--//
TRUNCATE TABLE ndistinct
--//
INSERT INTO ndistinct (a, b, c, filler1)
     SELECT mod(i,13), mod(i,17), mod(i,19),
            cash_words(mod(i,23)::int::money)
       FROM generate_series(1,1000) s(i)
--//
TRUNCATE ndistinct
--//
INSERT INTO ndistinct (a, b, c, d)
     SELECT mod(i,3), mod(i,9), mod(i,5), mod(i,20)
       FROM generate_series(1,1000) s(i)
--//
INSERT INTO functional_dependencies (a, b, c, filler1)
     SELECT mod(i, 5), mod(i, 7), mod(i, 11), i FROM generate_series(1,1000) s(i)
--//
TRUNCATE functional_dependencies
--//
INSERT INTO functional_dependencies (a, b, c, filler1)
     SELECT i, i, i, i FROM generate_series(1,5000) s(i)
--//
INSERT INTO functional_dependencies (a, b, c, filler1)
     SELECT mod(i,100), mod(i,50), mod(i,25), i FROM generate_series(1,5000) s(i)
--//
SELECT dependencies FROM pg_stats_ext WHERE statistics_name = 'func_deps_stat'
--//
INSERT INTO functional_dependencies_multi (a, b, c, d)
    SELECT
         mod(i,7),
         mod(i,7),
         mod(i,11),
         mod(i,11)
    FROM generate_series(1,5000) s(i)
--//
INSERT INTO mcv_lists (a, b, c, filler1)
     SELECT mod(i,37), mod(i,41), mod(i,43), mod(i,47) FROM generate_series(1,5000) s(i)
--//
TRUNCATE mcv_lists
--//
INSERT INTO mcv_lists (a, b, c, filler1)
     SELECT i, i, i, i FROM generate_series(1,1000) s(i)
--//
INSERT INTO mcv_lists (a, b, c, ia, filler1)
     SELECT mod(i,100), mod(i,50), mod(i,25), array[mod(i,25)], i
       FROM generate_series(1,5000) s(i)
--//
SELECT d.stxdmcv IS NOT NULL
  FROM pg_statistic_ext s, pg_statistic_ext_data d
 WHERE s.stxname = 'mcv_lists_stats'
   AND d.stxoid = s.oid
--//
INSERT INTO mcv_lists (a, b, c, filler1)
     SELECT
         (CASE WHEN mod(i,100) = 1 THEN NULL ELSE mod(i,100) END),
         (CASE WHEN mod(i,50) = 1  THEN NULL ELSE mod(i,50) END),
         (CASE WHEN mod(i,25) = 1  THEN NULL ELSE mod(i,25) END),
         i
     FROM generate_series(1,5000) s(i)
--//
INSERT INTO mcv_lists (a, b, c) SELECT 1, 2, 3 FROM generate_series(1,1000) s(i)
--//
SELECT m.*
  FROM pg_statistic_ext s, pg_statistic_ext_data d,
       pg_mcv_list_items(d.stxdmcv) m
 WHERE s.stxname = 'mcv_lists_stats'
   AND d.stxoid = s.oid
--//
INSERT INTO mcv_lists (a, b, c, d)
     SELECT
         NULL,
         (CASE WHEN mod(i,2) = 0 THEN NULL ELSE 'x' END),
         (CASE WHEN mod(i,2) = 0 THEN NULL ELSE 0 END),
         (CASE WHEN mod(i,2) = 0 THEN NULL ELSE 'x' END)
     FROM generate_series(1,5000) s(i)
--//
INSERT INTO mcv_lists_uuid (a, b, c)
     SELECT
         md5(mod(i,100)::text)::uuid,
         md5(mod(i,50)::text)::uuid,
         md5(mod(i,25)::text)::uuid
     FROM generate_series(1,5000) s(i)
--//
INSERT INTO mcv_lists_arrays (a, b, c)
     SELECT
         ARRAY[md5((i/100)::text), md5((i/100-1)::text), md5((i/100+1)::text)],
         ARRAY[(i/100-1)::numeric/1000, (i/100)::numeric/1000, (i/100+1)::numeric/1000],
         ARRAY[(i/100-1), i/100, (i/100+1)]
     FROM generate_series(1,5000) s(i)
--//
INSERT INTO mcv_lists_bool (a, b, c)
     SELECT
         (mod(i,2) = 0), (mod(i,4) = 0), (mod(i,8) = 0)
     FROM generate_series(1,10000) s(i)
--//
INSERT INTO mcv_lists_partial (a, b, c)
     SELECT
         mod(i,10),
         mod(i,10),
         mod(i,10)
     FROM generate_series(0,999) s(i)
--//
INSERT INTO mcv_lists_partial (a, b, c)
     SELECT
         i,
         i,
         i
     FROM generate_series(0,99) s(i)
--//
INSERT INTO mcv_lists_multi (a, b, c, d)
    SELECT
         mod(i,5),
         mod(i,5),
         mod(i,7),
         mod(i,7)
    FROM generate_series(1,5000) s(i)
--//
INSERT INTO expr_stats SELECT mod(i,10), mod(i,10), mod(i,10) FROM generate_series(1,1000) s(i)
--//
INSERT INTO expr_stats SELECT mod(i,10), md5(mod(i,10)::text), md5(mod(i,10)::text) FROM generate_series(1,1000) s(i)
--//
INSERT INTO expr_stats_incompatible_test VALUES (1234,false), (5678,true)
--//
SELECT c0 FROM ONLY expr_stats_incompatible_test WHERE
(
  upper('x') LIKE ('x'||('[0,1]'::int4range))
  AND
  (c0 IN (0, 1) OR c1)
)
--//
INSERT INTO tststats.priv_test_tbl
     SELECT mod(i,5), mod(i,10) FROM generate_series(1,100) s(i)
--//
insert into stts_t1 select i,i from generate_series(1,100) i
--//
SELECT * FROM tststats.priv_test_tbl
--//
SELECT * FROM tststats.priv_test_tbl
  WHERE a = 1 and tststats.priv_test_tbl.* > (1, 1) is not null
--//
SELECT * FROM tststats.priv_test_tbl WHERE a <<< 0 AND b <<< 0
--//
SELECT * FROM tststats.priv_test_tbl t
 WHERE a <<< 0 AND (b <<< 0 OR t.* <<< (1, 1) IS NOT NULL)
--//
DELETE FROM tststats.priv_test_tbl WHERE a <<< 0 AND b <<< 0
--//
SELECT * FROM tststats.priv_test_view WHERE a <<< 0 AND b <<< 0
--//
SELECT * FROM tststats.priv_test_view t
 WHERE a <<< 0 AND (b <<< 0 OR t.* <<< (1, 1) IS NOT NULL)
--//
DELETE FROM tststats.priv_test_view WHERE a <<< 0 AND b <<< 0
--//
SELECT * FROM tststats.priv_test_parent_tbl WHERE a <<< 0 AND b <<< 0
--//
SELECT * FROM tststats.priv_test_parent_tbl t
 WHERE a <<< 0 AND (b <<< 0 OR t.* <<< (1, 1) IS NOT NULL)
--//
DELETE FROM tststats.priv_test_parent_tbl WHERE a <<< 0 AND b <<< 0
--//
INSERT INTO stats_ext_tbl (col) VALUES ('secret'), ('secret'), ('very secret')
--//
SELECT statistics_name, most_common_vals FROM pg_stats_ext x
    WHERE tablename = 'stats_ext_tbl' ORDER BY ROW(x.*)
--//
SELECT statistics_name, most_common_vals FROM pg_stats_ext_exprs x
    WHERE tablename = 'stats_ext_tbl' ORDER BY ROW(x.*)
--//
SELECT 'first line'
' - next line'
	' - third line'
	AS "Three lines to one"
--//
SELECT 'first line'
' - next line' /* this comment is not allowed here */
' - third line'
	AS "Illegal comment within continuation"
--//
SELECT U&'d\0061t\+000061' AS U&"d\0061t\+000061"
--//
SELECT U&'d!0061t\+000061' UESCAPE '!' AS U&"d*0061t\+000061" UESCAPE '*'
--//
SELECT U&'a\\b' AS "a\b"
--//
SELECT U&' \' UESCAPE '!' AS "tricky"
--//
SELECT 'tricky' AS U&"\" UESCAPE '!'
--//
SELECT U&'wrong: \061'
--//
SELECT U&'wrong: +0061' UESCAPE +
--//
SELECT U&'wrong: +0061' UESCAPE '+'
--//
SELECT E'd\u0061t\U00000061' AS "data"
--//
SELECT E'a\\b' AS "a\b"
--//
SELECT E'wrong: \u061'
--//
SELECT E'\\xDeAdBeEf'::bytea
--//
SELECT CAST(f1 AS text) AS "text(char)" FROM CHAR_TBL
--//
SELECT CAST(f1 AS text) AS "text(varchar)" FROM VARCHAR_TBL
--//
SELECT CAST(name 'namefield' AS text) AS "text(name)"
--//
SELECT CAST(f1 AS char(10)) AS "char(text)" FROM TEXT_TBL
--//
SELECT CAST(f1 AS char(10)) AS "char(varchar)" FROM VARCHAR_TBL
--//
SELECT CAST(name 'namefield' AS char(10)) AS "char(name)"
--//
SELECT CAST(f1 AS varchar) AS "varchar(text)" FROM TEXT_TBL
--//
SELECT CAST(f1 AS varchar) AS "varchar(char)" FROM CHAR_TBL
--//
SELECT CAST(name 'namefield' AS varchar) AS "varchar(name)"
--//
SELECT TRIM(BOTH FROM '  bunch o blanks  ') = 'bunch o blanks' AS "bunch o blanks"
--//
SELECT TRIM(LEADING FROM '  bunch o blanks  ') = 'bunch o blanks  ' AS "bunch o blanks  "
--//
SELECT TRIM(TRAILING FROM '  bunch o blanks  ') = '  bunch o blanks' AS "  bunch o blanks"
--//
SELECT TRIM(BOTH 'x' FROM 'xxxxxsome Xsxxxxx') = 'some Xs' AS "some Xs"
--//
SELECT SUBSTRING('1234567890' FROM 3) = '34567890' AS "34567890"
--//
SELECT SUBSTRING('1234567890' FROM 4 FOR 3) = '456' AS "456"
--//
SELECT SUBSTRING('string' FROM 2 FOR 2147483646) AS "tring"
--//
SELECT SUBSTRING('string' FROM -10 FOR 2147483646) AS "string"
--//
SELECT SUBSTRING('string' FROM -10 FOR -2147483646) AS "error"
--//
SELECT SUBSTRING('abcdefg' SIMILAR 'a#"(b_d)#"%' ESCAPE '#') AS "bcd"
--//
SELECT SUBSTRING('abcdefg' FROM 'a#"(b_d)#"%' FOR '#') AS "bcd"
--//
SELECT SUBSTRING('abcdefg' SIMILAR '#"(b_d)#"%' ESCAPE '#') IS NULL AS "True"
--//
SELECT SUBSTRING('abcdefg' SIMILAR '%' ESCAPE NULL) IS NULL AS "True"
--//
SELECT SUBSTRING(NULL SIMILAR '%' ESCAPE '#') IS NULL AS "True"
--//
SELECT SUBSTRING('abcdefg' SIMILAR NULL ESCAPE '#') IS NULL AS "True"
--//
SELECT SUBSTRING('abcdefg' SIMILAR 'a#"%#"g' ESCAPE '#') AS "bcdef"
--//
SELECT SUBSTRING('abcdefg' SIMILAR 'a*#"%#"g*' ESCAPE '#') AS "abcdefg"
--//
SELECT SUBSTRING('abcdefg' SIMILAR 'a*#"%#"g*#"x' ESCAPE '#') AS "error"
--//
SELECT SUBSTRING('abcdefg' SIMILAR 'a#"%g' ESCAPE '#') AS "bcdefg"
--//
SELECT SUBSTRING('abcdefg' FROM 'c.e') AS "cde"
--//
SELECT SUBSTRING('foo' FROM 'foo(bar)?') IS NULL AS t
--//
SELECT 'abcdefg' SIMILAR TO '_bcd%' AS true
--//
SELECT 'abcdefg' SIMILAR TO 'bcd%' AS false
--//
SELECT 'abcdefg' SIMILAR TO '_bcd#%' ESCAPE '#' AS false
--//
SELECT 'abcd%' SIMILAR TO '_bcd#%' ESCAPE '#' AS true
--//
SELECT 'abcdefg' SIMILAR TO '_bcd%' ESCAPE NULL AS null
--//
SELECT 'abcdefg' SIMILAR TO '_bcd#%' ESCAPE '##' AS error
--//
EXPLAIN (COSTS OFF) SELECT * FROM TEXT_TBL WHERE f1 SIMILAR TO '_[_[:alpha:]_]_'
--//
EXPLAIN (COSTS OFF) SELECT * FROM TEXT_TBL WHERE f1 SIMILAR TO '[|a]%' ESCAPE '|'
--//
SELECT regexp_replace('1112223333', E'(\\d{3})(\\d{3})(\\d{4})', E'(\\1) \\2-\\3')
--//
SELECT regexp_replace('foobarrbazz', E'(.)\\1', E'X\\&Y', 'g')
--//
SELECT regexp_replace('AAA   BBB   CCC   ', E'\\s+', ' ', 'g')
--//
SELECT regexp_replace('AAA', '^|$', 'Z', 'g')
--//
SELECT regexp_replace('A PostgreSQL function', 'A|e|i|o|u', 'X', 1)
--//
SELECT regexp_replace('A PostgreSQL function', 'A|e|i|o|u', 'X', 1, 2)
--//
SELECT regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 0, 'i')
--//
SELECT regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', -1, 0, 'i')
--//
SELECT regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, -1, 'i')
--//
SELECT regexp_count('123123123123123', '(12)3')
--//
SELECT regexp_count('123123123123', '123', 1)
--//
SELECT regexp_count('ABCABCABCABC', 'Abc', 1, '')
--//
SELECT regexp_count('123123123123', '123', -3)
--//
SELECT regexp_like('Steven', '^Ste(v|ph)en$')
--//
SELECT regexp_like('a'||CHR(10)||'d', 'a.d', 'n')
--//
SELECT regexp_like('abc', ' a . c ', 'x')
--//
SELECT regexp_instr('abcdefghi', 'd.f')
--//
SELECT regexp_instr('abcabcabc', 'a.c', 2)
--//
SELECT regexp_instr('abcabcabc', 'a.c', 1, 3)
--//
SELECT regexp_instr('abcabcabc', 'A.C', 1, 2, 0, 'i')
--//
SELECT regexp_instr('1234567890', '(123)(4(56)(78))', 1, 1, 0, 'i', 0)
--//
SELECT regexp_instr('abcabcabc', 'a.c', 1, 1, -1)
--//
SELECT regexp_instr('abcabcabc', 'a.c', 1, 1, 2)
--//
SELECT regexp_instr('abcabcabc', 'a.c', 1, 1, 0, '', -1)
--//
SELECT regexp_substr('abcdefghi', 'd.f')
--//
SELECT regexp_substr('abcdefghi', 'd.q') IS NULL AS t
--//
SELECT regexp_substr('abcabcabc', 'a.c', 2)
--//
SELECT regexp_substr('abcabcabc', 'a.c', 1, 3)
--//
SELECT regexp_substr('abcabcabc', 'a.c', 1, 4) IS NULL AS t
--//
SELECT regexp_substr('abcabcabc', 'A.C', 1, 2, 'i')
--//
SELECT regexp_substr('1234567890', '(123)(4(56)(78))', 1, 1, 'i', 0)
--//
SELECT regexp_substr('1234567890', '(123)(4(56)(78))', 1, 1, 'i', 5) IS NULL AS t
--//
SELECT regexp_substr('abcabcabc', 'a.c', 1, 1, '', -1)
--//
SELECT regexp_matches('foobarbequebaz', $re$(bar)(beque)$re$)
--//
SELECT regexp_matches('foObARbEqUEbAz', $re$(bar)(beque)$re$, 'i')
--//
SELECT regexp_matches('foobarbequebazilbarfbonk', $re$(b[^b]+)(b[^b]+)$re$, 'g')
--//
SELECT regexp_matches('foobarbequebaz', $re$(bar)(.*)(beque)$re$)
--//
SELECT regexp_matches('foobarbequebaz', $re$(bar)(.+)(beque)$re$)
--//
SELECT regexp_matches('foobarbequebaz', $re$(bar)(.+)?(beque)$re$)
--//
SELECT regexp_matches('foobarbequebaz', $re$barbeque$re$)
--//
SELECT regexp_matches('foo' || chr(10) || 'bar' || chr(10) || 'bequq' || chr(10) || 'baz', '^', 'mg')
--//
SELECT regexp_matches('1' || chr(10) || '2' || chr(10) || '3' || chr(10) || '4' || chr(10), '^.?', 'mg')
--//
SELECT regexp_matches(chr(10) || '1' || chr(10) || '2' || chr(10) || '3' || chr(10) || '4' || chr(10), '.?$', 'mg')
--//
SELECT regexp_matches(chr(10) || '1' || chr(10) || '2' || chr(10) || '3' || chr(10) || '4', '.?$', 'mg')
--//
SELECT regexp_matches('foobarbequebaz', $re$(barbeque$re$)
--//
SELECT regexp_matches('foobarbequebaz', $re$(bar)(beque){2,1}$re$)
--//
SELECT foo, length(foo) FROM regexp_split_to_table('the quick brown fox jumps over the lazy dog', $re$\s+$re$) AS foo
--//
SELECT regexp_split_to_array('the quick brown fox jumps over the lazy dog', $re$\s+$re$)
--//
SELECT foo, length(foo) FROM regexp_split_to_table('the quick brown fox jumps over the lazy dog', $re$\s*$re$) AS foo
--//
SELECT regexp_split_to_array('the quick brown fox jumps over the lazy dog', $re$\s*$re$)
--//
SELECT foo, length(foo) FROM regexp_split_to_table('the quick brown fox jumps over the lazy dog', '') AS foo
--//
SELECT regexp_split_to_array('the quick brown fox jumps over the lazy dog', '')
--//
SELECT foo, length(foo) FROM regexp_split_to_table('thE QUick bROWn FOx jUMPs ovEr The lazy dOG', 'e', 'i') AS foo
--//
SELECT regexp_split_to_array('thE QUick bROWn FOx jUMPs ovEr The lazy dOG', 'e', 'i')
--//
SELECT regexp_split_to_array('123456','1')
--//
SELECT POSITION('4' IN '1234567890') = '4' AS "4"
--//
SELECT OVERLAY('abcdef' PLACING '45' FROM 4) AS "abc45f"
--//
SELECT OVERLAY('yabadoo' PLACING 'daba' FROM 5) AS "yabadaba"
--//
SELECT OVERLAY('yabadoo' PLACING 'daba' FROM 5 FOR 0) AS "yabadabadoo"
--//
SELECT OVERLAY('babosa' PLACING 'ubb' FROM 2 FOR 4) AS "bubba"
--//
SELECT 'hawkeye' LIKE 'h%' AS "true"
--//
SELECT 'hawkeye' NOT LIKE 'h%' AS "false"
--//
SELECT 'hawkeye' LIKE 'H%' AS "false"
--//
SELECT 'hawkeye' NOT LIKE 'H%' AS "true"
--//
SELECT 'abc'::name LIKE '_b_' AS "true"
--//
SELECT 'abc'::name NOT LIKE '_b_' AS "false"
--//
SELECT 'abc'::bytea LIKE '_b_'::bytea AS "true"
--//
SELECT 'abc'::bytea NOT LIKE '_b_'::bytea AS "false"
--//
SELECT 'hawkeye' LIKE 'h%' ESCAPE '#' AS "true"
--//
SELECT 'hawkeye' NOT LIKE 'h%' ESCAPE '#' AS "false"
--//
SELECT 'h%wkeye' LIKE 'h#%' ESCAPE '#' AS "false"
--//
SELECT 'h%wkeye' NOT LIKE 'h#%' ESCAPE '#' AS "true"
--//
SELECT 'a_c'::bytea LIKE 'a$__'::bytea ESCAPE '$'::bytea AS "true"
--//
SELECT 'a_c'::bytea NOT LIKE 'a$__'::bytea ESCAPE '$'::bytea AS "false"
--//
SELECT 'hawkeye' ILIKE 'h%' AS "true"
--//
SELECT 'hawkeye' NOT ILIKE 'h%' AS "false"
--//
SELECT 'ABC'::name ILIKE '_b_' AS "true"
--//
SELECT 'ABC'::name NOT ILIKE '_b_' AS "false"
--//
SELECT 'foo' LIKE '_%' as t, 'f' LIKE '_%' as t, '' LIKE '_%' as f
--//
SELECT 'jack' LIKE '%____%' AS t
--//
SELECT * FROM texttest WHERE a LIKE '%1%'
--//
SELECT * FROM byteatest WHERE a LIKE '%1%'
--//
SELECT 'unknown' || ' and unknown' AS "Concat unknown types"
--//
SELECT text 'text' || ' and unknown' AS "Concat text to unknown type"
--//
SELECT char(20) 'characters' || ' and text' AS "Concat char to unknown type"
--//
SELECT text 'text' || char(20) ' and characters' AS "Concat text to char"
--//
SELECT text 'text' || varchar ' and varchar' AS "Concat text to varchar"
--//
insert into toasttest values(repeat('1234567890',10000))
--//
SELECT substr(f1, -1, 5) from toasttest
--//
SELECT substr(f1, 5, -1) from toasttest
--//
SELECT substr(f1, 99995) from toasttest
--//
SELECT substr(f1, 99995, 10) from toasttest
--//
TRUNCATE TABLE toasttest
--//
INSERT INTO toasttest values (repeat('1234567890',300))
--//
SELECT pg_relation_size(reltoastrelid) = 0 AS is_empty
  FROM pg_class where relname = 'toasttest'
--//
insert into toasttest values(decode(repeat('1234567890',10000),'escape'))
--//
INSERT INTO toasttest VALUES('x')
--//
SELECT length(c), c::text FROM toasttest
--//
SELECT c FROM toasttest
--//
SELECT length('abcdef') AS "length_6"
--//
SELECT strpos('abcdef', 'cd') AS "pos_3"
--//
SELECT replace('abcdef', 'de', '45') AS "abc45f"
--//
SELECT replace('yabadabadoo', 'ba', '123') AS "ya123da123doo"
--//
SELECT replace('yabadoo', 'bad', '') AS "yaoo"
--//
select split_part('','@',1) AS "empty string"
--//
select split_part('','@',-1) AS "empty string"
--//
select split_part('joeuser@mydatabase','',1) AS "joeuser@mydatabase"
--//
select split_part('joeuser@mydatabase','',-1) AS "joeuser@mydatabase"
--//
select split_part('joeuser@mydatabase','@',0) AS "an error"
--//
select split_part('joeuser@mydatabase','@',1) AS "joeuser"
--//
select split_part('joeuser@mydatabase','@',2) AS "mydatabase"
--//
select split_part('joeuser@mydatabase','@',-1) AS "mydatabase"
--//
select split_part('joeuser@mydatabase','@',-2) AS "joeuser"
--//
select to_hex(256*256*256 - 1) AS "ffffff"
--//
select to_hex(256::bigint*256::bigint*256::bigint*256::bigint - 1) AS "ffffffff"
--//
select md5('') = 'd41d8cd98f00b204e9800998ecf8427e' AS "TRUE"
--//
select md5(''::bytea) = 'd41d8cd98f00b204e9800998ecf8427e' AS "TRUE"
--//
SELECT sha224('')
--//
SELECT encode('\x1234567890abcdef00', 'hex')
--//
SELECT decode('1234567890abcdef00', 'hex')
--//
SELECT encode(('\x' || repeat('1234567890abcdef0001', 7))::bytea, 'base64')
--//
SELECT decode(encode(('\x' || repeat('1234567890abcdef0001', 7))::bytea,
                     'base64'), 'base64')
--//
SELECT decode(encode('\x1234567890abcdef00', 'escape'), 'escape')
--//
SELECT get_bit('\x1234567890abcdef00'::bytea, 43)
--//
SELECT set_bit('\x1234567890abcdef00'::bytea, 43, 0)
--//
SELECT get_byte('\x1234567890abcdef00'::bytea, 3)
--//
SELECT set_byte('\x1234567890abcdef00'::bytea, 7, 11)
--//
select 'a\bcd' as f1, 'a\b''cd' as f2, 'a\b''''cd' as f3, 'abcd\'   as f4, 'ab\''cd' as f5, '\\' as f6
--//
select 'a\\bcd' as f1, 'a\\b\'cd' as f2, 'a
set escape_string_warning = off
--//
select 'a\\bcd' as f1, 'a\\b\'cd' as f2, 'a
reset standard_conforming_strings
--//
SELECT initcap('hi THOMAS')
--//
SELECT lpad('hi', 5, 'xy')
--//
SELECT lpad('hi', 5)
--//
SELECT lpad('hi', -5, 'xy')
--//
SELECT rpad('hi', 5, 'xy')
--//
SELECT rpad('hi', 5)
--//
SELECT rpad('hi', -5, 'xy')
--//
SELECT ltrim('zzzytrim', 'xyz')
--//
SELECT translate('', '14', 'ax')
--//
SELECT ascii('x')
--//
SELECT chr(65)
--//
SELECT repeat('Pg', 4)
--//
SELECT repeat('Pg', -4)
--//
SELECT SUBSTRING('1234567890'::bytea FROM 3) "34567890"
--//
SELECT SUBSTRING('1234567890'::bytea FROM 4 FOR 3) AS "456"
--//
SELECT SUBSTRING('string'::bytea FROM 2 FOR 2147483646) AS "tring"
--//
SELECT SUBSTRING('string'::bytea FROM -10 FOR 2147483646) AS "string"
--//
SELECT SUBSTRING('string'::bytea FROM -10 FOR -2147483646) AS "error"
--//
SELECT trim(E'\\000'::bytea from E'\\000Tom\\000'::bytea)
--//
SELECT trim(leading E'\\000'::bytea from E'\\000Tom\\000'::bytea)
--//
SELECT trim(trailing E'\\000'::bytea from E'\\000Tom\\000'::bytea)
--//
SELECT btrim(E'\\000trim\\000'::bytea, E'\\000'::bytea)
--//
SELECT btrim(''::bytea, E'\\000'::bytea)
--//
SELECT btrim(E'\\000trim\\000'::bytea, ''::bytea)
--//
SELECT encode(overlay(E'Th\\000omas'::bytea placing E'Th\\001omas'::bytea from 2),'escape')
--//
SELECT encode(overlay(E'Th\\000omas'::bytea placing E'\\002\\003'::bytea from 5 for 3),'escape')
--//
SELECT bit_count('\x1234567890'::bytea)
--//
SELECT unistr('\0064at\+0000610')
--//
SELECT obj_description(s.oid, 'pg_subscription') FROM pg_subscription s
--//
SELECT func()
--//
SELECT 1 AS one WHERE 1 IN (SELECT 1)
--//
SELECT 1 AS zero WHERE 1 NOT IN (SELECT 1)
--//
SELECT 1 AS zero WHERE 1 IN (SELECT 2)
--//
SELECT * FROM (SELECT 1 AS x) ss
--//
SELECT * FROM ((SELECT 1 AS x)) ss
--//
(SELECT 2) UNION SELECT 2
--//
SELECT ((SELECT 2) UNION SELECT 2)
--//
SELECT (((SELECT 2)) UNION SELECT 2)
--//
SELECT (SELECT ARRAY[1,2,3])[1]
--//
SELECT ((SELECT ARRAY[1,2,3]))[2]
--//
SELECT (((SELECT ARRAY[1,2,3])))[3]
--//
INSERT INTO SUBSELECT_TBL VALUES (1, 2, 3)
--//
INSERT INTO SUBSELECT_TBL VALUES (8, 9, NULL)
--//
SELECT * FROM SUBSELECT_TBL
--//
SELECT f1 AS "Constant Select" FROM SUBSELECT_TBL
  WHERE f1 IN (SELECT 1)
--//
SELECT f1 AS "Uncorrelated Field" FROM SUBSELECT_TBL
  WHERE f1 IN (SELECT f2 FROM SUBSELECT_TBL)
--//
SELECT f1 AS "Uncorrelated Field" FROM SUBSELECT_TBL
  WHERE f1 IN (SELECT f2 FROM SUBSELECT_TBL WHERE
    f2 IN (SELECT f1 FROM SUBSELECT_TBL))
--//
SELECT f1, f2
  FROM SUBSELECT_TBL
  WHERE (f1, f2) NOT IN (SELECT f2, CAST(f3 AS int4) FROM SUBSELECT_TBL
                         WHERE f3 IS NOT NULL)
--//
SELECT f1 AS "Correlated Field", f2 AS "Second Field"
  FROM SUBSELECT_TBL upper
  WHERE f1 IN (SELECT f2 FROM SUBSELECT_TBL WHERE f1 = upper.f1)
--//
SELECT f1 AS "Correlated Field", f3 AS "Second Field"
  FROM SUBSELECT_TBL upper
  WHERE f1 IN
    (SELECT f2 FROM SUBSELECT_TBL WHERE CAST(upper.f2 AS float) = f3)
--//
SELECT f1 AS "Correlated Field", f3 AS "Second Field"
  FROM SUBSELECT_TBL upper
  WHERE f3 IN (SELECT upper.f1 + f2 FROM SUBSELECT_TBL
               WHERE f2 = CAST(f3 AS integer))
--//
SELECT f1 AS "Correlated Field"
  FROM SUBSELECT_TBL
  WHERE (f1, f2) IN (SELECT f2, CAST(f3 AS int4) FROM SUBSELECT_TBL
                     WHERE f3 IS NOT NULL)
--//
SELECT ss.f1 AS "Correlated Field", ss.f3 AS "Second Field"
  FROM SUBSELECT_TBL ss
  WHERE f1 NOT IN (SELECT f1+1 FROM INT4_TBL
                   WHERE f1 != ss.f1 AND f1 < 2147483647)
--//
select q1, float8(count(*)) / (select count(*) from int8_tbl)
from int8_tbl group by q1 order by q1
--//
SELECT *, pg_typeof(f1) FROM
  (SELECT 'foo' AS f1 FROM generate_series(1,3)) ss ORDER BY 1
--//
explain (verbose, costs off) select '42' union all select '43'
--//
explain (verbose, costs off) select '42' union all select 43
--//
explain (verbose, costs off)
select 1 = all (select (select 1))
--//
select 1 = all (select (select 1))
--//
explain (costs off)
select * from int4_tbl o where exists
  (select 1 from int4_tbl i where i.f1=o.f1 limit null)
--//
explain (costs off)
select * from int4_tbl o where not exists
  (select 1 from int4_tbl i where i.f1=o.f1 limit 1)
--//
explain (costs off)
select * from int4_tbl o where exists
  (select 1 from int4_tbl i where i.f1=o.f1 limit 0)
--//
select count(*) from
  (select 1 from tenk1 a
   where unique1 IN (select hundred from tenk1 b)) ss
--//
select count(distinct ss.ten) from
  (select ten from tenk1 a
   where unique1 IN (select hundred from tenk1 b)) ss
--//
select count(*) from
  (select 1 from tenk1 a
   where unique1 IN (select distinct hundred from tenk1 b)) ss
--//
select count(distinct ss.ten) from
  (select ten from tenk1 a
   where unique1 IN (select distinct hundred from tenk1 b)) ss
--//
INSERT INTO foo VALUES (1)
--//
INSERT INTO bar VALUES (1, 1)
--//
SELECT * FROM foo WHERE id IN
    (SELECT id2 FROM (SELECT DISTINCT id1, id2 FROM bar) AS s)
--//
SELECT * FROM foo WHERE id IN
    (SELECT id2 FROM (SELECT id1,id2 FROM bar GROUP BY id1,id2) AS s)
--//
SELECT * FROM foo WHERE id IN
    (SELECT id2 FROM (SELECT id1, id2 FROM bar UNION
                      SELECT id1, id2 FROM bar) AS s)
--//
SELECT * FROM foo WHERE id IN
    (SELECT id2 FROM (SELECT DISTINCT ON (id2) id1, id2 FROM bar) AS s)
--//
SELECT * FROM foo WHERE id IN
    (SELECT id2 FROM (SELECT id2 FROM bar GROUP BY id2) AS s)
--//
SELECT * FROM foo WHERE id IN
    (SELECT id2 FROM (SELECT id2 FROM bar UNION
                      SELECT id2 FROM bar) AS s)
--//
INSERT INTO orderstest VALUES (1, 1, false)
--//
INSERT INTO orderstest VALUES (66, 1, true)
--//
SELECT * FROM orders_view
--//
insert into parts (partnum, cost) values (1, 1234.56)
--//
insert into shipped_view (ordnum, partnum, value)
    values (0, 1, (select cost from parts where partnum = '1'))
--//
select * from shipped_view
--//
update shipped_view set value = 11
    from int4_tbl a join int4_tbl b
      on (a.f1 = (select f1 from int4_tbl c where c.f1=b.f1))
    where ordnum = a.f1
--//
select f1, ss1 as relabel from
    (select *, (select sum(f1) from int4_tbl b where f1 >= a.f1) as ss1
     from int4_tbl a) ss
--//
select * from (
  select max(unique1) from tenk1 as a
  where exists (select 1 from tenk1 as b where b.thousand = a.unique2)
) ss
--//
select * from (
  select min(unique1) from tenk1 as a
  where not exists (select 1 from tenk1 as b where b.unique2 = 10000)
) ss
--//
insert into numeric_table values (1), (1.000000000000000000001), (2), (3)
--//
insert into float_table values (1), (2), (3)
--//
select * from float_table
  where float_col in (select num_col from numeric_table)
--//
select * from numeric_table
  where num_col in (select float_col from float_table)
--//
insert into ta values(1,1)
--//
insert into tb values(1,1)
--//
insert into tc values(1,1)
--//
select
  ( select min(tb.id) from tb
    where tb.aval = (select ta.val from ta where ta.id = tc.aid) ) as min_tb_id
from tc
--//
select * from
  (select distinct f1, f2, (select f2 from t1 x where x.f1 = up.f1) as fs
   from t1 up) ss
group by f1,f2,fs
--//
insert into table_a values (42)
--//
select view_a from view_a
--//
select (select view_a) from view_a
--//
select (select (select view_a)) from view_a
--//
select (select (a.*)::text) from view_a a
--//
select q from (select max(f1) from int4_tbl group by f1 order by f1) q
--//
with q as (select max(f1) from int4_tbl group by f1 order by f1)
  select q from q
--//
delete from road
where exists (
  select 1
  from
    int4_tbl cross join
    ( select f1, array(select q1 from int8_tbl) as arr
      from text_tbl ) ss
  where road.name = ss.f1 )
--//
select
  (select sq1) as qq1
from
  (select exists(select 1 from int4_tbl where f1 = q2) as sq1, 42 as dummy
   from int8_tbl) sq0
  join
  int4_tbl i4 on dummy = i4.f1
--//
insert into upsert values(1, 'val') on conflict (key) do update set val = 'not seen'
--//
insert into upsert values(1, 'val') on conflict (key) do update set val = 'seen with subselect ' || (select f1 from int4_tbl where f1 != 0 limit 1)::text
--//
select * from upsert
--//
with aa as (select 'int4_tbl' u from int4_tbl limit 1)
insert into upsert values (1, 'x'), (999, 'y')
on conflict (key) do update set val = (select u from aa)
returning *
--//
insert into outer_7597 values (0, 0)
--//
insert into outer_7597 values (0, null)
--//
insert into inner_7597 values(0, null)
--//
select * from outer_7597 where (f1, f2) not in (select * from inner_7597)
--//
insert into inner_text values ('123', '456')
--//
explain (verbose, costs off)
select 'foo'::text in (select 'bar'::name union all select 'bar'::name)
--//
select 'foo'::text in (select 'bar'::name union all select 'bar'::name)
--//
explain (verbose, costs off)
select row(row(row(1))) = any (select row(row(1)))
--//
select row(row(row(1))) = any (select row(row(1)))
--//
select * from int8_tbl where q1 in (select c1 from inner_text)
--//
explain (costs off)
select * from int8_tbl where q1 in (select c1 from inner_text)
--//
explain (costs off)
select count(*) from tenk1 t
where (exists(select 1 from tenk1 k where k.unique1 = t.unique2) or ten < 0)
--//
select count(*) from tenk1 t
where (exists(select 1 from tenk1 k where k.unique1 = t.unique2) or ten < 0)
--//
explain (costs off)
select count(*) from tenk1 t
where (exists(select 1 from tenk1 k where k.unique1 = t.unique2) or ten < 0)
  and thousand = 1
--//
select count(*) from tenk1 t
where (exists(select 1 from tenk1 k where k.unique1 = t.unique2) or ten < 0)
  and thousand = 1
--//
insert into exists_tbl select x, x/2, x+1 from generate_series(0,10) x
--//
explain (costs off)
select * from exists_tbl t1
  where (exists(select 1 from exists_tbl t2 where t1.c1 = t2.c2) or c3 < 0)
--//
select * from exists_tbl t1
  where (exists(select 1 from exists_tbl t2 where t1.c1 = t2.c2) or c3 < 0)
--//
select a.thousand from tenk1 a, tenk1 b
where a.thousand = b.thousand
  and exists ( select 1 from tenk1 c where b.hundred = c.hundred
                   and not exists ( select 1 from tenk1 d
                                    where a.thousand = d.thousand ) )
--//
explain (verbose, costs off)
  select x, x from
    (select (select now()) as x from (values(1),(2)) v(y)) ss
--//
explain (verbose, costs off)
  select x, x from
    (select (select random()) as x from (values(1),(2)) v(y)) ss
--//
explain (verbose, costs off)
  select x, x from
    (select (select now() where y=y) as x from (values(1),(2)) v(y)) ss
--//
explain (verbose, costs off)
  select x, x from
    (select (select random() where y=y) as x from (values(1),(2)) v(y)) ss
--//
explain (verbose, costs off)
select sum(ss.tst::int) from
  onek o cross join lateral (
  select i.ten in (select f1 from int4_tbl where f1 <= o.hundred) as tst,
         random() as r
  from onek i where i.unique1 = o.unique1 ) ss
where o.ten = 0
--//
select sum(ss.tst::int) from
  onek o cross join lateral (
  select i.ten in (select f1 from int4_tbl where f1 <= o.hundred) as tst,
         random() as r
  from onek i where i.unique1 = o.unique1 ) ss
where o.ten = 0
--//
explain (costs off)
select count(*) from
  onek o cross join lateral (
    select * from onek i1 where i1.unique1 = o.unique1
    except
    select * from onek i2 where i2.unique1 = o.unique2
  ) ss
where o.ten = 1
--//
select count(*) from
  onek o cross join lateral (
    select * from onek i1 where i1.unique1 = o.unique1
    except
    select * from onek i2 where i2.unique1 = o.unique2
  ) ss
where o.ten = 1
--//
explain (costs off)
select sum(o.four), sum(ss.a) from
  onek o cross join lateral (
    with recursive x(a) as
      (select o.four as a
       union
       select a + 1 from x
       where a < 10)
    select * from x
  ) ss
where o.ten = 1
--//
select sum(o.four), sum(ss.a) from
  onek o cross join lateral (
    with recursive x(a) as
      (select o.four as a
       union
       select a + 1 from x
       where a < 10)
    select * from x
  ) ss
where o.ten = 1
--//
insert into notinouter values (null), (1)
--//
select * from notinouter where a not in (select b from notininner)
--//
select exists(select * from nocolumns)
--//
select val.x
  from generate_series(1,10) as s(i),
  lateral (
    values ((select s.i + 1)), (s.i + 101)
  ) as val(x)
where s.i < 10 and (select val.x) < 110
--//
explain (verbose, costs off)
select * from
(values
  (3 not in (select * from (values (1), (2)) ss1)),
  (false)
) ss
--//
select * from
(values
  (3 not in (select * from (values (1), (2)) ss1)),
  (false)
) ss
--//
explain (verbose, costs off)
select * from int4_tbl where
  (case when f1 in (select unique1 from tenk1 a) then f1 else null end) in
  (select ten from tenk1 b)
--//
select * from int4_tbl where
  (case when f1 in (select unique1 from tenk1 a) then f1 else null end) in
  (select ten from tenk1 b)
--//
explain (verbose, costs off)
select * from int4_tbl o where (f1, f1) in
  (select f1, generate_series(1,50) / 10 g from int4_tbl i group by f1)
--//
select * from int4_tbl o where (f1, f1) in
  (select f1, generate_series(1,50) / 10 g from int4_tbl i group by f1)
--//
select (select q from
         (select 1,2,3 where f1 > 0
          union all
          select 4,5,6.0 where f1 <= 0
         ) q )
from int4_tbl
--//
explain (verbose, costs off)
select * from
    int4_tbl i4,
    lateral (
        select i4.f1 > 1 as b, 1 as id
        from (select random() order by 1) as t1
      union all
        select true as b, 2 as id
    ) as t2
where b and f1 >= 0
--//
select * from
    int4_tbl i4,
    lateral (
        select i4.f1 > 1 as b, 1 as id
        from (select random() order by 1) as t1
      union all
        select true as b, 2 as id
    ) as t2
where b and f1 >= 0
--//
select * from
  (select distinct ten from tenk1) ss
  where ten < 10 + nextval('ts1')
  order by 1
--//
explain (verbose, costs off)
select * from
  (select 9 as x, unnest(array[1,2,3,11,12,13]) as u) ss
  where tattle(x, 8)
--//
select * from
  (select 9 as x, unnest(array[1,2,3,11,12,13]) as u) ss
  where tattle(x, 8)
--//
explain (verbose, costs off)
select * from
  (select 9 as x, unnest(array[1,2,3,11,12,13]) as u) ss
  where tattle(x, u)
--//
select * from
  (select 9 as x, unnest(array[1,2,3,11,12,13]) as u) ss
  where tattle(x, u)
--//
insert into sq_limit values
    (1, 1, 1),
    (2, 2, 2),
    (3, 3, 3),
    (4, 4, 4),
    (5, 1, 1),
    (6, 2, 2),
    (7, 3, 3),
    (8, 4, 4)
--//
select * from explain_sq_limit()
--//
select * from (select pk,c2 from sq_limit order by c1,pk) as x limit 3
--//
explain (verbose, costs off)
with x as (select * from (select f1 from subselect_tbl) ss)
select * from x where f1 = 1
--//
explain (verbose, costs off)
with x as materialized (select * from (select f1 from subselect_tbl) ss)
select * from x where f1 = 1
--//
explain (verbose, costs off)
with x as (select * from (select f1, now() from subselect_tbl) ss)
select * from x where f1 = 1
--//
explain (verbose, costs off)
with x as (select * from (select f1, random() from subselect_tbl) ss)
select * from x where f1 = 1
--//
explain (verbose, costs off)
with x as (select * from (select f1 from subselect_tbl for update) ss)
select * from x where f1 = 1
--//
explain (verbose, costs off)
with x as (select * from (select f1, now() as n from subselect_tbl) ss)
select * from x, x x2 where x.n = x2.n
--//
explain (verbose, costs off)
with x as not materialized (select * from (select f1, now() as n from subselect_tbl) ss)
select * from x, x x2 where x.n = x2.n
--//
explain (verbose, costs off)
with recursive x(a) as
  ((values ('a'), ('b'))
   union all
   (with z as not materialized (select * from x)
    select z.a || z1.a as a from z cross join z as z1
    where length(z.a || z1.a) < 5))
select * from x
--//
with recursive x(a) as
  ((values ('a'), ('b'))
   union all
   (with z as not materialized (select * from x)
    select z.a || z1.a as a from z cross join z as z1
    where length(z.a || z1.a) < 5))
select * from x
--//
explain (verbose, costs off)
with recursive x(a) as
  ((values ('a'), ('b'))
   union all
   (with z as not materialized (select * from x)
    select z.a || z.a as a from z
    where length(z.a || z.a) < 5))
select * from x
--//
with recursive x(a) as
  ((values ('a'), ('b'))
   union all
   (with z as not materialized (select * from x)
    select z.a || z.a as a from z
    where length(z.a || z.a) < 5))
select * from x
--//
explain (verbose, costs off)
with x as (select * from int4_tbl)
select * from (with y as (select * from x) select * from y) ss
--//
explain (verbose, costs off)
with x as materialized (select * from int4_tbl)
select * from (with y as (select * from x) select * from y) ss
--//
explain (verbose, costs off)
with x as (select 1 as y)
select * from (with x as (select 2 as y) select * from x) ss
--//
explain (verbose, costs off)
with x as (select * from subselect_tbl)
select * from x for update
--//
select count(*) >= 0 as ok from pg_available_extension_versions
--//
select count(*) >= 0 as ok from pg_available_extensions
--//
select name, ident, parent, level, total_bytes >= free_bytes
  from pg_backend_memory_contexts where level = 0
--//
select count(*) > 20 as ok from pg_config
--//
select count(*) = 0 as ok from pg_cursors
--//
select count(*) >= 0 as ok from pg_file_settings
--//
select count(*) > 0 as ok, count(*) FILTER (WHERE error IS NOT NULL) = 0 AS no_err
  from pg_hba_file_rules
--//
select count(*) >= 0 as ok, count(*) FILTER (WHERE error IS NOT NULL) = 0 AS no_err
  from pg_ident_file_mappings
--//
select count(*) > 0 as ok from pg_locks
--//
select count(*) = 0 as ok from pg_prepared_statements
--//
select count(*) >= 0 as ok from pg_prepared_xacts
--//
select count(*) > 0 as ok from pg_stat_slru
--//
select count(*) = 1 as ok from pg_stat_wal
--//
select count(*) = 0 as ok from pg_stat_wal_receiver
--//
select name, setting from pg_settings where name like 'enable%'
--//
select count(distinct utc_offset) >= 24 as ok from pg_timezone_names
--//
select count(distinct utc_offset) >= 24 as ok from pg_timezone_abbrevs
--//
INSERT INTO test_tablesample
  SELECT i, repeat(i::text, 200) FROM generate_series(0, 9) s(i)
--//
SELECT t.id FROM test_tablesample AS t TABLESAMPLE SYSTEM (50) REPEATABLE (0)
--//
SELECT id FROM test_tablesample TABLESAMPLE SYSTEM (100.0/11) REPEATABLE (0)
--//
SELECT id FROM test_tablesample TABLESAMPLE SYSTEM (50) REPEATABLE (0)
--//
SELECT id FROM test_tablesample TABLESAMPLE BERNOULLI (50) REPEATABLE (0)
--//
SELECT id FROM test_tablesample TABLESAMPLE BERNOULLI (5.5) REPEATABLE (0)
--//
SELECT count(*) FROM test_tablesample TABLESAMPLE SYSTEM (100)
--//
SELECT count(*) FROM test_tablesample TABLESAMPLE SYSTEM (100) REPEATABLE (1+2)
--//
SELECT count(*) FROM test_tablesample TABLESAMPLE SYSTEM (100) REPEATABLE (0.4)
--//
EXPLAIN (COSTS OFF)
  SELECT id FROM test_tablesample TABLESAMPLE SYSTEM (50) REPEATABLE (2)
--//
EXPLAIN (COSTS OFF)
  SELECT * FROM test_tablesample_v1
--//
explain (costs off)
  select count(*) from person tablesample bernoulli (100)
--//
select count(*) from person tablesample bernoulli (100)
--//
select count(*) from person
--//
SELECT count(*) FROM test_tablesample TABLESAMPLE bernoulli (('1'::text < '0'::text)::int)
--//
select * from
  (values (0),(100)) v(pct),
  lateral (select count(*) from tenk1 tablesample bernoulli (pct)) ss
--//
select * from
  (values (0),(100)) v(pct),
  lateral (select count(*) from tenk1 tablesample system (pct)) ss
--//
explain (costs off)
select pct, count(unique1) from
  (values (0),(100)) v(pct),
  lateral (select * from tenk1 tablesample bernoulli (pct)) ss
  group by pct
--//
select pct, count(unique1) from
  (values (0),(100)) v(pct),
  lateral (select * from tenk1 tablesample bernoulli (pct)) ss
  group by pct
--//
select pct, count(unique1) from
  (values (0),(100)) v(pct),
  lateral (select * from tenk1 tablesample system (pct)) ss
  group by pct
--//
SELECT id FROM test_tablesample TABLESAMPLE FOOBAR (1)
--//
SELECT id FROM test_tablesample TABLESAMPLE SYSTEM (NULL)
--//
SELECT id FROM test_tablesample TABLESAMPLE SYSTEM (50) REPEATABLE (NULL)
--//
SELECT id FROM test_tablesample TABLESAMPLE BERNOULLI (-1)
--//
SELECT id FROM test_tablesample TABLESAMPLE BERNOULLI (200)
--//
SELECT id FROM test_tablesample TABLESAMPLE SYSTEM (-1)
--//
SELECT id FROM test_tablesample TABLESAMPLE SYSTEM (200)
--//
SELECT id FROM test_tablesample_v1 TABLESAMPLE BERNOULLI (1)
--//
INSERT INTO test_tablesample_v1 VALUES(1)
--//
WITH query_select AS (SELECT * FROM test_tablesample)
SELECT * FROM query_select TABLESAMPLE BERNOULLI (5.5) REPEATABLE (1)
--//
SELECT q.* FROM (SELECT * FROM test_tablesample) as q TABLESAMPLE BERNOULLI (5)
--//
explain (costs off)
  select * from parted_sample tablesample bernoulli (100)
--//
SELECT spcoptions FROM pg_tablespace WHERE spcname = 'regress_tblspacewith'
--//
SELECT regexp_replace(pg_tablespace_location(oid), '(pg_tblspc)/(\d+)', '\1/NNN')
  FROM pg_tablespace  WHERE spcname = 'regress_tblspace'
--//
INSERT INTO regress_tblspace_test_tbl (num1, num2, t)
  SELECT round(random()*100), random(), 'text'
  FROM generate_series(1, 10) s(i)
--//
SELECT c.relname FROM pg_class c, pg_tablespace s
  WHERE c.reltablespace = s.oid AND s.spcname = 'regress_tblspace'
--//
SELECT relfilenode as main_filenode FROM pg_class
  WHERE relname = 'regress_tblspace_test_tbl_idx'
--//
SELECT relfilenode as toast_filenode FROM pg_class
  WHERE oid =
    (SELECT i.indexrelid
       FROM pg_class c,
            pg_index i
       WHERE i.indrelid = c.reltoastrelid AND
             c.relname = 'regress_tblspace_test_tbl')
--//
SELECT c.relname FROM pg_class c, pg_tablespace s
  WHERE c.reltablespace = s.oid AND s.spcname = 'regress_tblspace'
  ORDER BY c.relname
--//
SELECT b.relname,
       CASE WHEN a.relfilenode = b.relfilenode THEN 'relfilenode is unchanged'
       ELSE 'relfilenode has changed' END AS filenode,
       CASE WHEN a.reltablespace = b.reltablespace THEN 'reltablespace is unchanged'
       ELSE 'reltablespace has changed' END AS tbspace
  FROM reindex_temp_before b JOIN pg_class a ON b.relname = a.relname
  ORDER BY 1
--//
SELECT relname, spcname FROM pg_catalog.pg_tablespace t, pg_catalog.pg_class c
    where c.reltablespace = t.oid AND c.relname = 'foo'
--//
INSERT INTO testschema.foo VALUES(1)
--//
SELECT relname, spcname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON (c.relnamespace = n.oid)
    LEFT JOIN pg_catalog.pg_tablespace t ON c.reltablespace = t.oid
    where c.relname LIKE 'part%' AND n.nspname = 'testschema' order by relname
--//
SELECT relname, spcname FROM pg_catalog.pg_tablespace t, pg_catalog.pg_class c
    where c.reltablespace = t.oid AND c.relname LIKE 'part%_idx'
--//
INSERT INTO testschema.test_default_tab VALUES (1)
--//
SELECT * FROM testschema.test_default_tab
--//
INSERT INTO testschema.test_default_tab_p VALUES (1)
--//
SELECT * FROM testschema.test_default_tab_p
--//
INSERT INTO testschema.test_tab VALUES (1)
--//
SELECT * FROM testschema.test_tab
--//
INSERT INTO testschema.atable VALUES(3)
--//
SELECT COUNT(*) FROM testschema.atable
--//
SELECT COUNT(*) FROM testschema.amv
--//
SELECT * FROM temptest
--//
INSERT INTO temptest VALUES (1)
--//
INSERT INTO temptest VALUES (2.1)
--//
INSERT INTO temptest1 VALUES (1)
--//
SELECT * FROM temptest1
--//
insert into public.whereami values ('public')
--//
insert into whereami values ('temp')
--//
select * from whereami
--//
select whoami()
--//
select pg_temp.whoami()
--//
select nonempty('')
--//
select pg_temp.nonempty('')
--//
select ''::nonempty
--//
insert into temp_parted_oncommit values (1)
--//
select * from temp_parted_oncommit
--//
insert into temp_parted_oncommit_test values (1), (2)
--//
select relname from pg_class where relname ~ '^temp_parted_oncommit_test'
--//
select * from temp_parted_oncommit_test
--//
select relname from pg_class where relname ~ '^temp_parted_oncommit_test'
  order by relname
--//
insert into temp_inh_oncommit_test1 values (1)
--//
insert into temp_inh_oncommit_test values (1)
--//
select * from temp_inh_oncommit_test
--//
select a from twophase_tab
--//
insert into twophase_tab values (1)
--//
SELECT current_schema() ~ 'pg_temp' AS is_temp_schema
--//
INSERT INTO CHAR_TBL (f1) VALUES
  ('a'),
  ('ab'),
  ('abcd'),
  ('abcd    ')
--//
INSERT INTO FLOAT8_TBL(f1) VALUES
  ('0.0'),
  ('-34.84'),
  ('-1004.30'),
  ('-1.2345678901234e+200'),
  ('-1.2345678901234e-200')
--//
INSERT INTO INT2_TBL(f1) VALUES
  ('0   '),
  ('  1234 '),
  ('    -1234'),
  ('32767'),
  ('-32767')
--//
INSERT INTO INT8_TBL VALUES
  ('  123   ','  456'),
  ('123   ','4567890123456789'),
  ('4567890123456789','123'),
  (+4567890123456789,'4567890123456789'),
  ('+4567890123456789','-4567890123456789')
--//
INSERT INTO POINT_TBL(f1) VALUES
  ('(0.0,0.0)'),
  ('(-10.0,0.0)'),
  ('(-3.0,4.0)'),
  ('(5.1, 34.5)'),
  ('(-5.0,-12.0)'),
  ('(1e-300,-1e-300)'),
  ('(1e+300,Inf)'),
  ('(Inf,1e+300)'),
  (' ( Nan , NaN ) '),
  ('10.0,10.0')
--//
INSERT INTO TEXT_TBL VALUES
  ('doh!'),
  ('hi de ho neighbor')
--//
INSERT INTO VARCHAR_TBL (f1) VALUES
  ('a'),
  ('ab'),
  ('abcd'),
  ('abcd    ')
--//
INSERT INTO ihighway
   SELECT *
   FROM ONLY road
   WHERE name ~ 'I- .*'
--//
INSERT INTO shighway
   SELECT *, 'asphalt'
   FROM ONLY road
   WHERE name ~ 'State Hwy.*'
--//
SELECT text 'this is a text string' = text 'this is a text string' AS true
--//
SELECT text 'this is a text string' = text 'this is a text strin' AS false
--//
SELECT * FROM TEXT_TBL
--//
select length(42)
--//
select 'four: '::text || 2+2
--//
select 'four: ' || 2+2
--//
select 3 || 4.0
--//
select concat(1,2,3,'hello',true, false, to_date('20100309','YYYYMMDD'))
--//
select concat_ws('#','one')
--//
select concat_ws('#',1,2,3,'hello',true, false, to_date('20100309','YYYYMMDD'))
--//
select concat_ws(',',10,20,null,30)
--//
select concat_ws(NULL,10,20,null,30) is null
--//
select reverse('abcde')
--//
select i, left('ahoj', i), right('ahoj', i) from generate_series(-5, 5) t(i) order by i
--//
select quote_literal('')
--//
select quote_literal(e'\\')
--//
select concat(variadic array[1,2,3])
--//
select concat_ws(',', variadic array[1,2,3])
--//
select concat_ws(',', variadic NULL::int[])
--//
select concat(variadic NULL::int[]) is NULL
--//
select concat(variadic '{}'::int[]) = ''
--//
select concat_ws(',', variadic 10)
--//
select format('Hello')
--//
select format('Hello %s', 'World')
--//
select format('Hello %x', 20)
--//
select format('INSERT INTO %I VALUES(%L,%L)', 'mytab', 10, 'Hello')
--//
select format('%s%s%s','Hello', NULL,'World')
--//
select format('INSERT INTO %I VALUES(%L,%L)', 'mytab', 10, NULL)
--//
select format('INSERT INTO %I VALUES(%L,%L)', 'mytab', NULL, 'Hello')
--//
select format('INSERT INTO %I VALUES(%L,%L)', NULL, 10, 'Hello')
--//
select format('%1$s %3$s', 1, 2, 3)
--//
select format('%1$s %12$s', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
--//
select format('Hello %s %1$s %s', 'World', 'Hello again')
--//
select format('%s, %s', variadic array['Hello','World'])
--//
select format('%s, %s', variadic array[1, 2])
--//
select format('%s, %s', variadic array[true, false])
--//
select format('%s, %s', variadic array[true, false]::text[])
--//
select format('%2$s, %1$s', variadic array['first', 'second'])
--//
select format('Hello', variadic NULL::int[])
--//
select format(string_agg('%s',','), variadic array_agg(i))
from generate_series(1,200) g(i)
--//
select format('>>%10s<<', NULL)
--//
select format('>>%2$*1$L<<', 10, 'Hello')
--//
select format('>>%2$*1$L<<', 10, NULL)
--//
select format('>>%2$*1$L<<', -10, NULL)
--//
select format('>>%2$*1$L<<', NULL, 'Hello')
--//
SELECT
  '(0,0)'::tid as tid00,
  '(0,1)'::tid as tid01,
  '(-1,0)'::tid as tidm10,
  '(4294967295,65535)'::tid as tidmax
--//
SELECT '(4294967296,1)'::tid
--//
INSERT INTO tid_tab VALUES (1), (2)
--//
SELECT min(ctid) FROM tid_tab
--//
SELECT max(ctid) FROM tid_tab
--//
TRUNCATE tid_tab
--//
SELECT currtid2('tid_matview'::text, '(0,1)'::tid)
--//
INSERT INTO tid_tab VALUES (1)
--//
EXPLAIN (COSTS OFF)
SELECT ctid FROM tidrangescan WHERE ctid < '(1, 0)'
--//
SELECT ctid FROM tidrangescan WHERE ctid < '(1, 0)'
--//
EXPLAIN (COSTS OFF)
SELECT ctid FROM tidrangescan WHERE ctid > '(9, 0)'
--//
SELECT ctid FROM tidrangescan WHERE ctid > '(9, 0)'
--//
INSERT INTO tidrangescan SELECT i,repeat('x', 100) FROM generate_series(1,200) AS s(i)
--//
DELETE FROM tidrangescan
WHERE substring(ctid::text FROM ',(\d+)\)')::integer > 10 OR substring(ctid::text FROM '\((\d+),')::integer > 2
--//
EXPLAIN (COSTS OFF)
SELECT ctid FROM tidrangescan WHERE ctid <= '(1,5)'
--//
SELECT ctid FROM tidrangescan WHERE ctid <= '(1,5)'
--//
EXPLAIN (COSTS OFF)
SELECT ctid FROM tidrangescan WHERE '(2,8)' < ctid
--//
SELECT ctid FROM tidrangescan WHERE '(2,8)' < ctid
--//
EXPLAIN (COSTS OFF)
SELECT ctid FROM tidrangescan WHERE ctid >= '(2,8)'
--//
SELECT ctid FROM tidrangescan WHERE ctid >= '(2,8)'
--//
EXPLAIN (COSTS OFF)
SELECT ctid FROM tidrangescan WHERE ctid > '(1,4)' AND '(1,7)' >= ctid
--//
SELECT ctid FROM tidrangescan WHERE ctid > '(1,4)' AND '(1,7)' >= ctid
--//
EXPLAIN (COSTS OFF)
SELECT ctid FROM tidrangescan WHERE '(1,7)' >= ctid AND ctid > '(1,4)'
--//
SELECT ctid FROM tidrangescan WHERE '(1,7)' >= ctid AND ctid > '(1,4)'
--//
SELECT ctid FROM tidrangescan WHERE ctid > '(0,65535)' AND ctid < '(1,0)' LIMIT 1
--//
SELECT ctid FROM tidrangescan WHERE ctid < '(0,0)' LIMIT 1
--//
SELECT ctid FROM tidrangescan WHERE ctid >= (SELECT NULL::tid)
--//
EXPLAIN (COSTS OFF)
SELECT t.ctid,t2.c FROM tidrangescan t,
LATERAL (SELECT count(*) c FROM tidrangescan t2 WHERE t2.ctid <= t.ctid) t2
WHERE t.ctid < '(1,0)'
--//
SELECT t.ctid,t2.c FROM tidrangescan t,
LATERAL (SELECT count(*) c FROM tidrangescan t2 WHERE t2.ctid <= t.ctid) t2
WHERE t.ctid < '(1,0)'
--//
EXPLAIN (COSTS OFF)
DECLARE c SCROLL CURSOR FOR SELECT ctid FROM tidrangescan WHERE ctid < '(1,0)'
--//
INSERT INTO tidscan VALUES (1), (2), (3)
--//
SELECT ctid, * FROM tidscan
--//
EXPLAIN (COSTS OFF)
SELECT ctid, * FROM tidscan WHERE ctid = '(0,1)'
--//
SELECT ctid, * FROM tidscan WHERE ctid = '(0,1)'
--//
EXPLAIN (COSTS OFF)
SELECT ctid, * FROM tidscan WHERE '(0,1)' = ctid
--//
SELECT ctid, * FROM tidscan WHERE '(0,1)' = ctid
--//
EXPLAIN (COSTS OFF)
SELECT ctid, * FROM tidscan WHERE ctid = '(0,2)' OR '(0,1)' = ctid
--//
SELECT ctid, * FROM tidscan WHERE ctid = '(0,2)' OR '(0,1)' = ctid
--//
EXPLAIN (COSTS OFF)
SELECT ctid, * FROM tidscan WHERE ctid = ANY(ARRAY['(0,1)', '(0,2)']::tid[])
--//
SELECT ctid, * FROM tidscan WHERE ctid = ANY(ARRAY['(0,1)', '(0,2)']::tid[])
--//
EXPLAIN (COSTS OFF)
SELECT ctid, * FROM tidscan WHERE ctid != ANY(ARRAY['(0,1)', '(0,2)']::tid[])
--//
SELECT ctid, * FROM tidscan WHERE ctid != ANY(ARRAY['(0,1)', '(0,2)']::tid[])
--//
EXPLAIN (COSTS OFF)
SELECT ctid, * FROM tidscan
WHERE (id = 3 AND ctid IN ('(0,2)', '(0,3)')) OR (ctid = '(0,1)' AND id = 1)
--//
SELECT ctid, * FROM tidscan
WHERE (id = 3 AND ctid IN ('(0,2)', '(0,3)')) OR (ctid = '(0,1)' AND id = 1)
--//
EXPLAIN (COSTS OFF)
SELECT t1.ctid, t1.*, t2.ctid, t2.*
FROM tidscan t1 JOIN tidscan t2 ON t1.ctid = t2.ctid WHERE t1.id = 1
--//
SELECT t1.ctid, t1.*, t2.ctid, t2.*
FROM tidscan t1 JOIN tidscan t2 ON t1.ctid = t2.ctid WHERE t1.id = 1
--//
EXPLAIN (COSTS OFF)
SELECT t1.ctid, t1.*, t2.ctid, t2.*
FROM tidscan t1 LEFT JOIN tidscan t2 ON t1.ctid = t2.ctid WHERE t1.id = 1
--//
SELECT t1.ctid, t1.*, t2.ctid, t2.*
FROM tidscan t1 LEFT JOIN tidscan t2 ON t1.ctid = t2.ctid WHERE t1.id = 1
--//
EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF)
UPDATE tidscan SET id = -id WHERE CURRENT OF c RETURNING *
--//
SELECT * FROM tidscan
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM tenk1 t1 JOIN tenk1 t2 ON t1.ctid = t2.ctid
--//
SELECT count(*) FROM tenk1 t1 JOIN tenk1 t2 ON t1.ctid = t2.ctid
--//
SELECT * FROM tidscan WHERE ctid = '(0,1)'
--//
SELECT locktype, mode FROM pg_locks WHERE pid = pg_backend_pid() AND mode = 'SIReadLock'
--//
INSERT INTO TIME_TBL VALUES ('00:00')
--//
SELECT f1 AS "Time" FROM TIME_TBL
--//
SELECT f1 AS "Three" FROM TIME_TBL WHERE f1 < '05:06:07'
--//
SELECT f1 AS "Five" FROM TIME_TBL WHERE f1 > '05:06:07'
--//
SELECT f1 AS "None" FROM TIME_TBL WHERE f1 < '00:00'
--//
SELECT f1 AS "Eight" FROM TIME_TBL WHERE f1 >= '00:00'
--//
SELECT '23:59:59.999999'::time
--//
SELECT f1 + time '00:01' AS "Illegal" FROM TIME_TBL
--//
SELECT EXTRACT(MICROSECOND FROM TIME '2020-05-26 13:30:25.575401')
--//
SELECT EXTRACT(MILLISECOND FROM TIME '2020-05-26 13:30:25.575401')
--//
SELECT EXTRACT(SECOND      FROM TIME '2020-05-26 13:30:25.575401')
--//
SELECT EXTRACT(MINUTE      FROM TIME '2020-05-26 13:30:25.575401')
--//
SELECT EXTRACT(HOUR        FROM TIME '2020-05-26 13:30:25.575401')
--//
SELECT EXTRACT(DAY         FROM TIME '2020-05-26 13:30:25.575401')
--//
SELECT EXTRACT(FORTNIGHT   FROM TIME '2020-05-26 13:30:25.575401')
--//
SELECT EXTRACT(TIMEZONE    FROM TIME '2020-05-26 13:30:25.575401')
--//
SELECT EXTRACT(EPOCH       FROM TIME '2020-05-26 13:30:25.575401')
--//
SELECT date_part('microsecond', TIME '2020-05-26 13:30:25.575401')
--//
INSERT INTO TIMESTAMP_TBL VALUES ('today')
--//
SELECT count(*) AS One FROM TIMESTAMP_TBL WHERE d1 = timestamp without time zone 'today'
--//
SELECT count(*) AS Three FROM TIMESTAMP_TBL WHERE d1 = timestamp without time zone 'tomorrow'
--//
DELETE FROM TIMESTAMP_TBL
--//
SELECT pg_sleep(0.1)
--//
SELECT count(*) AS two FROM TIMESTAMP_TBL WHERE d1 = timestamp(2) without time zone 'now'
--//
SELECT count(d1) AS three, count(DISTINCT d1) AS two FROM TIMESTAMP_TBL
--//
TRUNCATE TIMESTAMP_TBL
--//
SELECT d1 FROM TIMESTAMP_TBL
--//
SELECT '4714-11-24 00:00:00 BC'::timestamp
--//
SELECT d1 FROM TIMESTAMP_TBL
   WHERE d1 > timestamp without time zone '1997-01-02'
--//
SELECT d1 FROM TIMESTAMP_TBL
   WHERE d1 < timestamp without time zone '1997-01-02'
--//
SELECT d1 FROM TIMESTAMP_TBL
   WHERE d1 = timestamp without time zone '1997-01-02'
--//
SELECT d1 FROM TIMESTAMP_TBL
   WHERE d1 != timestamp without time zone '1997-01-02'
--//
SELECT d1 FROM TIMESTAMP_TBL
   WHERE d1 <= timestamp without time zone '1997-01-02'
--//
SELECT d1 FROM TIMESTAMP_TBL
   WHERE d1 >= timestamp without time zone '1997-01-02'
--//
SELECT d1 - timestamp without time zone '1997-01-02' AS diff
   FROM TIMESTAMP_TBL WHERE d1 BETWEEN '1902-01-01' AND '2038-01-01'
--//
SELECT date_trunc( 'week', timestamp '2004-02-29 15:44:17.71393' ) AS week_trunc
--//
SELECT
  str,
  interval,
  date_trunc(str, ts) = date_bin(interval::interval, ts, timestamp '2001-01-01') AS equal
FROM (
  VALUES
  ('week', '7 d'),
  ('day', '1 d'),
  ('hour', '1 h'),
  ('minute', '1 m'),
  ('second', '1 s'),
  ('millisecond', '1 ms'),
  ('microsecond', '1 us')
) intervals (str, interval),
(VALUES (timestamp '2020-02-29 15:44:17.71393')) ts (ts)
--//
SELECT
  interval,
  ts,
  origin,
  date_bin(interval::interval, ts, origin)
FROM (
  VALUES
  ('15 days'),
  ('2 hours'),
  ('1 hour 30 minutes'),
  ('15 minutes'),
  ('10 seconds'),
  ('100 milliseconds'),
  ('250 microseconds')
) intervals (interval),
(VALUES (timestamp '2020-02-11 15:44:17.71393')) ts (ts),
(VALUES (timestamp '2001-01-01')) origin (origin)
--//
SELECT date_bin('5 min'::interval, timestamp '2020-02-01 01:01:01', timestamp '2020-02-01 00:02:30')
--//
SELECT date_bin('0 days'::interval, timestamp '1970-01-01 01:00:00' , timestamp '1970-01-01 00:00:00')
--//
select date_bin('200000000 days'::interval, '2024-02-01'::timestamp, '2024-01-01'::timestamp)
--//
SELECT d1 - timestamp without time zone '1997-01-02' AS diff
  FROM TIMESTAMP_TBL
  WHERE d1 BETWEEN timestamp without time zone '1902-01-01'
   AND timestamp without time zone '2038-01-01'
--//
SELECT d1 as "timestamp",
   date_part( 'year', d1) AS year, date_part( 'month', d1) AS month,
   date_part( 'day', d1) AS day, date_part( 'hour', d1) AS hour,
   date_part( 'minute', d1) AS minute, date_part( 'second', d1) AS second
   FROM TIMESTAMP_TBL
--//
SELECT d1 as "timestamp",
   date_part( 'quarter', d1) AS quarter, date_part( 'msec', d1) AS msec,
   date_part( 'usec', d1) AS usec
   FROM TIMESTAMP_TBL
--//
SELECT d1 as "timestamp",
   date_part( 'isoyear', d1) AS isoyear, date_part( 'week', d1) AS week,
   date_part( 'isodow', d1) AS isodow, date_part( 'dow', d1) AS dow,
   date_part( 'doy', d1) AS doy
   FROM TIMESTAMP_TBL
--//
SELECT d1 as "timestamp",
   date_part( 'decade', d1) AS decade,
   date_part( 'century', d1) AS century,
   date_part( 'millennium', d1) AS millennium,
   round(date_part( 'julian', d1)) AS julian,
   date_part( 'epoch', d1) AS epoch
   FROM TIMESTAMP_TBL
--//
SELECT d1 as "timestamp",
   extract(microseconds from d1) AS microseconds,
   extract(milliseconds from d1) AS milliseconds,
   extract(seconds from d1) AS seconds,
   round(extract(julian from d1)) AS julian,
   extract(epoch from d1) AS epoch
   FROM TIMESTAMP_TBL
--//
SELECT date_part('epoch', '294270-01-01 00:00:00'::timestamp)
--//
SELECT extract(epoch from '294270-01-01 00:00:00'::timestamp)
--//
SELECT to_char(d1, 'DAY Day day DY Dy dy MONTH Month month RM MON Mon mon')
   FROM TIMESTAMP_TBL
--//
SELECT to_char(d1, E'"HH:MI:SS is" HH:MI:SS "\\"text between quote marks\\""')
   FROM TIMESTAMP_TBL
--//
SELECT to_char(d, 'FF1 FF2 FF3 FF4 FF5 FF6  ff1 ff2 ff3 ff4 ff5 ff6  MS US')
   FROM (VALUES
       ('2018-11-02 12:34:56'::timestamp),
       ('2018-11-02 12:34:56.78'),
       ('2018-11-02 12:34:56.78901'),
       ('2018-11-02 12:34:56.78901234')
   ) d(d)
--//
SELECT i,
       to_char(i * interval '1mon', 'rm'),
       to_char(i * interval '1mon', 'RM')
    FROM generate_series(-13, 13) i
--//
SELECT make_timestamp(2014, 12, 28, 6, 30, 45.887)
--//
SELECT make_timestamp(-44, 3, 15, 12, 30, 15)
--//
select make_timestamp(0, 7, 15, 12, 30, 15)
--//
select * from generate_series('2020-01-01 00:00'::timestamp,
                              '2020-01-02 03:00'::timestamp,
                              '1 hour'::interval)
--//
select generate_series('2022-01-01 00:00'::timestamp,
                       'infinity'::timestamp,
                       '1 month'::interval) limit 10
--//
INSERT INTO TIMESTAMPTZ_TBL VALUES ('today')
--//
SELECT count(*) AS One FROM TIMESTAMPTZ_TBL WHERE d1 = timestamp with time zone 'today'
--//
DELETE FROM TIMESTAMPTZ_TBL
--//
SELECT count(*) AS two FROM TIMESTAMPTZ_TBL WHERE d1 = timestamp(2) with time zone 'now'
--//
SELECT count(d1) AS three, count(DISTINCT d1) AS two FROM TIMESTAMPTZ_TBL
--//
TRUNCATE TIMESTAMPTZ_TBL
--//
SELECT '19970210 173201' AT TIME ZONE 'America/New_York'
--//
SELECT d1 FROM TIMESTAMPTZ_TBL
--//
SELECT d1 FROM TIMESTAMPTZ_TBL
   WHERE d1 > timestamp with time zone '1997-01-02'
--//
SELECT d1 FROM TIMESTAMPTZ_TBL
   WHERE d1 < timestamp with time zone '1997-01-02'
--//
SELECT d1 FROM TIMESTAMPTZ_TBL
   WHERE d1 = timestamp with time zone '1997-01-02'
--//
SELECT d1 FROM TIMESTAMPTZ_TBL
   WHERE d1 != timestamp with time zone '1997-01-02'
--//
SELECT d1 FROM TIMESTAMPTZ_TBL
   WHERE d1 <= timestamp with time zone '1997-01-02'
--//
SELECT d1 FROM TIMESTAMPTZ_TBL
   WHERE d1 >= timestamp with time zone '1997-01-02'
--//
SELECT d1 - timestamp with time zone '1997-01-02' AS diff
   FROM TIMESTAMPTZ_TBL WHERE d1 BETWEEN '1902-01-01' AND '2038-01-01'
--//
SELECT date_trunc( 'week', timestamp with time zone '2004-02-29 15:44:17.71393' ) AS week_trunc
--//
SELECT date_trunc('day', timestamp with time zone '2001-02-16 20:38:40+00', 'Australia/Sydney') as sydney_trunc
--//
SELECT date_trunc('day', timestamp with time zone '2001-02-16 20:38:40+00', 'GMT') as gmt_trunc
--//
SELECT date_trunc('day', timestamp with time zone '2001-02-16 20:38:40+00', 'VET') as vet_trunc
--//
SELECT
  str,
  interval,
  date_trunc(str, ts, 'Australia/Sydney') = date_bin(interval::interval, ts, timestamp with time zone '2001-01-01+11') AS equal
FROM (
  VALUES
  ('day', '1 d'),
  ('hour', '1 h'),
  ('minute', '1 m'),
  ('second', '1 s'),
  ('millisecond', '1 ms'),
  ('microsecond', '1 us')
) intervals (str, interval),
(VALUES (timestamptz '2020-02-29 15:44:17.71393+00')) ts (ts)
--//
SELECT
  interval,
  ts,
  origin,
  date_bin(interval::interval, ts, origin)
FROM (
  VALUES
  ('15 days'),
  ('2 hours'),
  ('1 hour 30 minutes'),
  ('15 minutes'),
  ('10 seconds'),
  ('100 milliseconds'),
  ('250 microseconds')
) intervals (interval),
(VALUES (timestamptz '2020-02-11 15:44:17.71393')) ts (ts),
(VALUES (timestamptz '2001-01-01')) origin (origin)
--//
SELECT date_bin('5 min'::interval, timestamptz '2020-02-01 01:01:01+00', timestamptz '2020-02-01 00:02:30+00')
--//
SELECT date_bin('5 months'::interval, timestamp with time zone '2020-02-01 01:01:01+00', timestamp with time zone '2001-01-01+00')
--//
SELECT date_bin('0 days'::interval, timestamp with time zone '1970-01-01 01:00:00+00' , timestamp with time zone '1970-01-01 00:00:00+00')
--//
select date_bin('200000000 days'::interval, '2024-02-01'::timestamptz, '2024-01-01'::timestamptz)
--//
SELECT d1 - timestamp with time zone '1997-01-02' AS diff
  FROM TIMESTAMPTZ_TBL
  WHERE d1 BETWEEN timestamp with time zone '1902-01-01' AND timestamp with time zone '2038-01-01'
--//
SELECT d1 as timestamptz,
   date_part( 'year', d1) AS year, date_part( 'month', d1) AS month,
   date_part( 'day', d1) AS day, date_part( 'hour', d1) AS hour,
   date_part( 'minute', d1) AS minute, date_part( 'second', d1) AS second
   FROM TIMESTAMPTZ_TBL
--//
SELECT d1 as timestamptz,
   date_part( 'quarter', d1) AS quarter, date_part( 'msec', d1) AS msec,
   date_part( 'usec', d1) AS usec
   FROM TIMESTAMPTZ_TBL
--//
SELECT d1 as timestamptz,
   date_part( 'isoyear', d1) AS isoyear, date_part( 'week', d1) AS week,
   date_part( 'isodow', d1) AS isodow, date_part( 'dow', d1) AS dow,
   date_part( 'doy', d1) AS doy
   FROM TIMESTAMPTZ_TBL
--//
SELECT d1 as timestamptz,
   date_part( 'decade', d1) AS decade,
   date_part( 'century', d1) AS century,
   date_part( 'millennium', d1) AS millennium,
   round(date_part( 'julian', d1)) AS julian,
   date_part( 'epoch', d1) AS epoch
   FROM TIMESTAMPTZ_TBL
--//
SELECT d1 as timestamptz,
   date_part( 'timezone', d1) AS timezone,
   date_part( 'timezone_hour', d1) AS timezone_hour,
   date_part( 'timezone_minute', d1) AS timezone_minute
   FROM TIMESTAMPTZ_TBL
--//
SELECT d1 as "timestamp",
   extract(microseconds from d1) AS microseconds,
   extract(milliseconds from d1) AS milliseconds,
   extract(seconds from d1) AS seconds,
   round(extract(julian from d1)) AS julian,
   extract(epoch from d1) AS epoch
   FROM TIMESTAMPTZ_TBL
--//
SELECT date_part('epoch', '294270-01-01 00:00:00+00'::timestamptz)
--//
SELECT extract(epoch from '294270-01-01 00:00:00+00'::timestamptz)
--//
SELECT to_char(d1, 'DAY Day day DY Dy dy MONTH Month month RM MON Mon mon')
   FROM TIMESTAMPTZ_TBL
--//
SELECT to_char(d1, E'"HH:MI:SS is" HH:MI:SS "\\"text between quote marks\\""')
   FROM TIMESTAMPTZ_TBL
--//
SELECT to_char(d, 'FF1 FF2 FF3 FF4 FF5 FF6  ff1 ff2 ff3 ff4 ff5 ff6  MS US')
   FROM (VALUES
       ('2018-11-02 12:34:56'::timestamptz),
       ('2018-11-02 12:34:56.78'),
       ('2018-11-02 12:34:56.78901'),
       ('2018-11-02 12:34:56.78901234')
   ) d(d)
--//
SELECT to_char(now(), 'OF') as "OF", to_char(now(), 'TZH:TZM') as "TZH:TZM"
--//
INSERT INTO TIMESTAMPTZ_TST VALUES(1, 'Sat Mar 12 23:58:48 1000 IST')
--//
SELECT * FROM TIMESTAMPTZ_TST ORDER BY a
--//
SELECT make_timestamptz(1973, 07, 15, 08, 15, 55.33)
--//
SELECT make_timestamptz(1973, 07, 15, 08, 15, 55.33, '+2')
--//
SELECT make_timestamptz(2014, 12, 10, 10, 10, 10, '+16')
--//
SELECT make_timestamptz(1973, 07, 15, 08, 15, 55.33, '+2') = '1973-07-15 08:15:55.33+02'::timestamptz
--//
SELECT make_timestamptz(2014, 12, 10, 0, 0, 0, 'Europe/Prague') = timestamptz '2014-12-10 00:00:00 Europe/Prague'
--//
SELECT make_timestamptz(2014, 12, 10, 0, 0, 0, 'Europe/Prague') AT TIME ZONE 'UTC'
--//
select * from generate_series('2020-01-01 00:00'::timestamptz,
                              '2020-01-02 03:00'::timestamptz,
                              '1 hour'::interval)
--//
select generate_series('2022-01-01 00:00'::timestamptz,
                       'infinity'::timestamptz,
                       '1 month'::interval) limit 10
--//
SELECT '2011-03-27 00:00:00'::timestamp AT TIME ZONE 'Europe/Moscow'
--//
SELECT to_timestamp(         0)
--//
SELECT to_timestamp(1262349296.7890123)
--//
SELECT to_timestamp(-210866803200)
--//
SELECT to_timestamp(' Infinity'::float)
--//
SELECT '2011-03-26 21:00:00 UTC'::timestamptz AT TIME ZONE 'Europe/Moscow'
--//
insert into tmptz values ('2017-01-18 00:00+00')
--//
explain (costs off)
select * from tmptz where f1 at time zone 'utc' = '2017-01-18 00:00'
--//
select * from tmptz where f1 at time zone 'utc' = '2017-01-18 00:00'
--//
INSERT INTO TIMETZ_TBL VALUES ('00:01 PDT')
--//
SELECT f1 AS "Time TZ" FROM TIMETZ_TBL
--//
SELECT f1 AS "Three" FROM TIMETZ_TBL WHERE f1 < '05:06:07-07'
--//
SELECT f1 AS "Seven" FROM TIMETZ_TBL WHERE f1 > '05:06:07-07'
--//
SELECT f1 AS "None" FROM TIMETZ_TBL WHERE f1 < '00:00-07'
--//
SELECT f1 AS "Ten" FROM TIMETZ_TBL WHERE f1 >= '00:00-07'
--//
SELECT '23:59:59.999999 PDT'::timetz
--//
SELECT f1 + time with time zone '00:01' AS "Illegal" FROM TIMETZ_TBL
--//
SELECT EXTRACT(MICROSECOND FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04')
--//
SELECT EXTRACT(MILLISECOND FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04')
--//
SELECT EXTRACT(SECOND      FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04')
--//
SELECT EXTRACT(MINUTE      FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04')
--//
SELECT EXTRACT(HOUR        FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04')
--//
SELECT EXTRACT(DAY         FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04')
--//
SELECT EXTRACT(FORTNIGHT   FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04')
--//
SELECT EXTRACT(TIMEZONE    FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04:30')
--//
SELECT EXTRACT(TIMEZONE_HOUR   FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04:30')
--//
SELECT EXTRACT(TIMEZONE_MINUTE FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04:30')
--//
SELECT EXTRACT(EPOCH       FROM TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04')
--//
SELECT date_part('microsecond', TIME WITH TIME ZONE '2020-05-26 13:30:25.575401-04')
--//
TABLE timetz_local_view
--//
SELECT f1 AS dat,
       f1 AT TIME ZONE 'UTC+10' AS dat_at_tz,
       f1 AT TIME ZONE INTERVAL '-10:00' AS dat_at_int
  FROM TIMETZ_TBL
  ORDER BY f1
--//
INSERT INTO xacttest VALUES
  (56, 7.8),
  (100, 99.097),
  (0, 0.09561),
  (42, 324.78)
--//
INSERT INTO xacttest (a, b) VALUES (777, 777.777)
--//
SELECT a FROM xacttest WHERE a > 100
--//
DELETE FROM xacttest
--//
SELECT * FROM xacttest
--//
SELECT oid FROM pg_class WHERE relname = 'disappear'
--//
SELECT * FROM writetest
--//
INSERT INTO writetest VALUES (1)
--//
DELETE FROM temptest
--//
UPDATE temptest SET a = 0 FROM writetest WHERE temptest.a = 1 AND writetest.a = temptest.a
--//
SELECT * FROM writetest, temptest
--//
SELECT * FROM trans_foo
--//
SELECT * FROM trans_bar
--//
SELECT * FROM trans_barbaz
--//
SELECT * FROM trans_baz
--//
INSERT INTO trans_foo VALUES (1)
--//
INSERT into trans_bar VALUES (1)
--//
INSERT into trans_barbaz VALUES (1)
--//
SELECT trans_foo
--//
INSERT INTO savepoints VALUES (1)
--//
SELECT * FROM savepoints
--//
DELETE FROM savepoints WHERE a=1
--//
SELECT a.xmin = b.xmin FROM savepoints a, savepoints b WHERE a.a=6 AND b.a=8
--//
SELECT a FROM savepoints WHERE a in (9, 10, 11)
--//
SELECT a FROM savepoints WHERE a BETWEEN 12 AND 17
--//
update xacttest set a = max_xacttest() + 10 where a > 0
--//
INSERT INTO koju VALUES (1)
--//
insert into revalidate_bug values (1)
--//
insert into revalidate_bug values (inverse(0))
--//
insert into trans_abc values (5)
--//
INSERT INTO trans_abc VALUES ('error')
--//
SELECT * FROM trans_abc ORDER BY 1
--//
SELECT 1
insert into i_table values(1)
insert into i_table values(2)
select * from i_table
--//
select 1
commit
--//
select 1
rollback
--//
insert into i_table values(7)
insert into i_table values(9)
select * from i_table
--//
SELECT 1
SELECT 1
SELECT 1
SELECT 1
ROLLBACK TO SAVEPOINT sp
SELECT 2
SELECT 1
SET TRANSACTION READ ONLY
SHOW transaction_read_only
--//
INSERT INTO trans_abc VALUES (7)
INSERT INTO trans_abc VALUES (9)
INSERT INTO trans_abc VALUES (11)
INSERT INTO trans_abc VALUES (13)
START TRANSACTION ISOLATION LEVEL REPEATABLE READ
SHOW transaction_isolation
--//
insert into pkeys values (10, '1')
--//
insert into fkeys2 values (10, '1', 1)
--//
insert into fkeys values (10, '1', 2)
--//
delete from pkeys where pkey1 = 30 and pkey2 = '3'
--//
update pkeys set pkey1 = 7, pkey2 = '70' where pkey1 = 50 and pkey2 = '5'
--//
SELECT trigger_name, event_manipulation, event_object_schema, event_object_table,
       action_order, action_condition, action_orientation, action_timing,
       action_reference_old_table, action_reference_new_table
  FROM information_schema.triggers
  WHERE event_object_table in ('pkeys', 'fkeys', 'fkeys2')
  ORDER BY trigger_name COLLATE "C", 2
--//
insert into trigtest values(1, 'foo')
--//
select * from trigtest
--//
update trigtest set f2 = f2 || 'bar'
--//
delete from trigtest
--//
insert into trigtest values(1)
--//
update trigtest set a = 2 where a = 1 returning *
--//
insert into tttest values (1, 1, null)
--//
insert into tttest values (3, 3, 0)
--//
select * from tttest
--//
delete from tttest where price_id = 2
--//
select * from tttest where price_off = 999999
--//
update tttest set price_val = 30 where price_id = 3
--//
update tttest set price_id = 5 where price_id = 3
--//
select set_ttdummy(0)
--//
update tttest set price_off = 999999 where price_val = 30
--//
update tttest set price_on = -1 where price_id = 1
--//
select * from tttest where price_on <= 35 and price_off > 35 and price_id = 5
--//
INSERT INTO main_table (a, b) VALUES (5, 10) ON CONFLICT (a)
  DO UPDATE SET b = EXCLUDED.b
--//
INSERT INTO main_table DEFAULT VALUES
--//
UPDATE main_table SET a = a + 1 WHERE b < 30
--//
UPDATE main_table SET a = a + 2 WHERE b > 100
--//
SELECT * FROM main_table ORDER BY a, b
--//
SELECT trigger_name, event_manipulation, event_object_schema, event_object_table,
       action_order, action_condition, action_orientation, action_timing,
       action_reference_old_table, action_reference_new_table
  FROM information_schema.triggers
  WHERE event_object_table IN ('main_table')
  ORDER BY trigger_name COLLATE "C", 2
--//
INSERT INTO main_table (a) VALUES (123), (456)
--//
DELETE FROM main_table WHERE a IN (123, 456)
--//
UPDATE main_table SET a = 50, b = 60
--//
SELECT pg_get_triggerdef(oid, true) FROM pg_trigger WHERE tgrelid = 'main_table'::regclass AND tgname = 'modified_a'
--//
SELECT pg_get_triggerdef(oid, false) FROM pg_trigger WHERE tgrelid = 'main_table'::regclass AND tgname = 'modified_a'
--//
SELECT count(*) FROM pg_trigger WHERE tgrelid = 'main_table'::regclass AND tgname = 'modified_a'
--//
insert into table_with_oids values (1)
--//
update table_with_oids set a = a + 1
--//
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'main_table'::regclass AND tgname = 'after_upd_a_b_row_trig'
--//
UPDATE main_table SET a = 50
--//
UPDATE main_table SET b = 10
--//
INSERT INTO some_t VALUES (TRUE)
--//
UPDATE some_t SET some_col = TRUE
--//
UPDATE some_t SET some_col = FALSE
--//
insert into trigtest default values
--//
insert into trigtest2 values(1)
--//
delete from trigtest where i=2
--//
select * from trigtest2
--//
insert into trigger_test values(1,'insert')
--//
update trigger_test set v = 'update' where i = 1
--//
delete from trigger_test
--//
INSERT INTO trigger_test VALUES(1, 'foo', 'bar')
--//
UPDATE trigger_test SET f3 = 'bar'
--//
UPDATE trigger_test SET f3 = NULL
--//
INSERT INTO serializable_update_tab SELECT a, repeat('xyzxz', 100), 'new'
	FROM generate_series(1, 50) a
--//
UPDATE serializable_update_tab SET description = 'no no', id = 1 WHERE id = 1
--//
SELECT description FROM serializable_update_tab WHERE id = 1
--//
INSERT INTO min_updates_test VALUES ('a',1,2),('b','2',null)
--//
UPDATE min_updates_test SET f1 = f1
--//
UPDATE min_updates_test SET f2 = f2 + 1
--//
UPDATE min_updates_test SET f3 = 2 WHERE f3 is null
--//
SELECT * FROM min_updates_test
--//
INSERT INTO main_view VALUES (20, 30)
--//
INSERT INTO main_view VALUES (21, 31) RETURNING a, b
--//
UPDATE main_view SET b = 31 WHERE a = 20
--//
UPDATE main_view SET b = 32 WHERE a = 21 AND b = 31 RETURNING a, b
--//
UPDATE main_view SET b = 0 WHERE false
--//
DELETE FROM main_view WHERE a IN (20,21)
--//
DELETE FROM main_view WHERE a = 31 RETURNING a, b
--//
INSERT INTO country_table (country_name, continent)
    VALUES ('Japan', 'Asia'),
           ('UK', 'Europe'),
           ('USA', 'North America')
    RETURNING *
--//
INSERT INTO city_view(city_name) VALUES('Tokyo') RETURNING *
--//
INSERT INTO city_view(city_name, population) VALUES('London', 7556900) RETURNING *
--//
INSERT INTO city_view(city_name, country_name) VALUES('Washington DC', 'USA') RETURNING *
--//
INSERT INTO city_view(city_id, city_name) VALUES(123456, 'New York') RETURNING *
--//
INSERT INTO city_view VALUES(234567, 'Birmingham', 1016800, 'UK', 'EU') RETURNING *
--//
UPDATE city_view SET country_name = 'Japon' WHERE city_name = 'Tokyo'
--//
UPDATE city_view SET country_name = 'Japan' WHERE city_name = 'Tokyo' RETURNING *
--//
UPDATE city_view SET population = 13010279 WHERE city_name = 'Tokyo' RETURNING *
--//
UPDATE city_view SET country_name = 'USA', population = 8391881 WHERE city_name = 'New York' RETURNING *
--//
UPDATE city_view SET continent = 'EU' WHERE continent = 'Europe' RETURNING *
--//
UPDATE city_view v1 SET country_name = v2.country_name FROM city_view v2
    WHERE v2.city_name = 'Birmingham' AND v1.city_name = 'London' RETURNING *
--//
DELETE FROM city_view WHERE city_name = 'Birmingham' RETURNING *
--//
SELECT count(*) FROM european_city_view
--//
INSERT INTO european_city_view VALUES (0, 'x', 10000, 'y', 'z')
--//
UPDATE european_city_view SET population = 10000
--//
DELETE FROM european_city_view
--//
INSERT INTO european_city_view(city_name, country_name)
    VALUES ('Cambridge', 'USA') RETURNING *
--//
UPDATE european_city_view SET country_name = 'UK'
    WHERE city_name = 'Cambridge'
--//
DELETE FROM european_city_view WHERE city_name = 'Cambridge'
--//
UPDATE european_city_view SET population = 122800
    WHERE city_name = 'Cambridge' RETURNING *
--//
DELETE FROM european_city_view WHERE city_name = 'Cambridge' RETURNING *
--//
UPDATE city_view v SET population = 599657
    FROM city_table ci, country_table co
    WHERE ci.city_name = 'Washington DC' and co.country_name = 'USA'
    AND v.city_id = ci.city_id AND v.country_name = co.country_name
    RETURNING co.country_id, v.country_name,
              v.city_id, v.city_name, v.population
--//
SELECT * FROM city_view
--//
select pg_trigger_depth()
--//
insert into depth_a values (1)
--//
insert into parent values (1, 'a', 'a', 'a', 'a', 0)
--//
update parent set val1 = 'b' where aid = 1
--//
merge into parent p using (values (1)) as v(id) on p.aid = v.id
  when matched then update set val1 = 'b'
--//
delete from parent where aid = 1
--//
merge into parent p using (values (1)) as v(id) on p.aid = v.id
  when matched then delete
--//
insert into self_ref_trigger values (1, null, 'root')
--//
insert into self_ref_trigger values (2, 1, 'root child A')
--//
update self_ref_trigger set data = 'root!' where id = 1
--//
select * from self_ref_trigger
--//
delete from self_ref_trigger
--//
update stmt_trig_on_empty_upd set a = a where false returning a+1 as aa
--//
update stmt_trig_on_empty_upd1 set a = a where false returning a+1 as aa
--//
insert into trigger_ddl_table values (1, 42)
--//
insert into upsert values(1, 'black') on conflict (key) do update set color = 'updated ' || upsert.color
--//
select tgrelid::regclass, tgname, tgfoid::regproc from pg_trigger
  where tgrelid::regclass::text like 'trigpart%' order by tgrelid::regclass::text
--//
select tgrelid::regclass::text, tgname, tgfoid::regproc, tgenabled, tgisinternal from pg_trigger
  where tgname ~ '^trg1' order by 1
--//
with ins (a) as (
  insert into parted2_stmt_trig values (1), (2) returning a
) insert into parted_stmt_trig select a from ins returning tableoid::regclass, a
--//
with upd as (
  update parted2_stmt_trig set a = a
) update parted_stmt_trig  set a = a
--//
delete from parted_stmt_trig
--//
insert into parted_stmt_trig values (1)
--//
insert into parted_trig values (50), (1500)
--//
insert into parted_trig values (1)
--//
update parted_trig set a = 2 where a = 1
--//
merge into parted_trig using (select 1) as ss on true
  when matched and a = 2 then update set a = 1
--//
insert into parted_trig values (1), (2), (3)
--//
insert into parted_irreg values (1, 'aardvark'), (2, 'aanimals')
--//
insert into parted1_irreg values ('aardwolf', 2)
--//
insert into parted_irreg_ancestor values ('aasvogel', 3)
--//
insert into parted values (1, 1, 'uno uno v1')
--//
update parted set c = c || 'v3'
--//
select tableoid::regclass, * from parted
--//
truncate table parted
--//
update parted set a = 2
--//
update parted set a = a + 1
--//
select * from parted
--//
insert into parted_constr values (1, 'aardvark')
--//
insert into parted1_constr values (2, 'aardwolf')
--//
insert into parted_constr_ancestor values (3, 'aasvogel')
--//
insert into parted1_constr values (2, 'aardwolf'), (3, 'aasvogel')
--//
insert into parted_trigger values
    (0, 'a'), (1, 'bbb'), (2, 'bcd'), (3, 'c'),
	(1000, 'c'), (1001, 'ddd'), (1002, 'efg'), (1003, 'f'),
	(2000, 'e'), (2001, 'fff'), (2002, 'ghi'), (2003, 'h')
--//
update parted_trigger set a = a + 2
--//
select tgname, conname, t.tgrelid::regclass, t.tgconstrrelid::regclass,
  c.conrelid::regclass, c.confrelid::regclass
  from pg_trigger t join pg_constraint c on (t.tgconstraint = c.oid)
  where tgname = 'parted_trigger'
  order by t.tgrelid::regclass::text
--//
insert into parted_trigger values (0, 'a'), (1000, 'c'), (2000, 'e'), (2001, 'eeee')
--//
update parted_trigger set b = b || 'b'
--//
select tgrelid::regclass, count(*) from pg_trigger
  where tgrelid::regclass in ('trg_clone', 'trg_clone1', 'trg_clone2',
	'trg_clone3', 'trg_clone_3_3')
  group by tgrelid::regclass order by tgrelid::regclass
--//
select tgrelid::regclass, tgname, tgenabled from pg_trigger
  where tgrelid in ('parent'::regclass, 'child1'::regclass)
  order by tgrelid::regclass::text
--//
select tgrelid::regclass, tgname, tgenabled from pg_trigger
  where tgrelid in ('parent'::regclass, 'child1'::regclass)
  order by tgrelid::regclass::text, tgname
--//
select tgrelid::regclass, rtrim(tgname, '0123456789') as tgname,
  tgfoid::regproc, tgenabled
  from pg_trigger where tgrelid in ('parent'::regclass, 'child1'::regclass)
  order by tgrelid::regclass::text, tgfoid
--//
INSERT INTO trgfire VALUES (1)
--//
SELECT tgrelid::regclass, tgenabled FROM pg_trigger
  WHERE tgrelid::regclass IN (SELECT oid from pg_class where relname LIKE 'trgfire%')
  ORDER BY tgrelid::regclass::text
--//
SELECT trigger_name, event_manipulation, event_object_schema, event_object_table,
       action_order, action_condition, action_orientation, action_timing,
       action_reference_old_table, action_reference_new_table
  FROM information_schema.triggers
  WHERE event_object_table IN ('parent', 'child1', 'child2', 'child3')
  ORDER BY trigger_name COLLATE "C", 2
--//
insert into child1 values ('AAA', 42)
--//
insert into child3 values (42, 'CCC')
--//
update parent set b = b + 1
--//
insert into parent values ('AAA', 42)
--//
delete from child1
--//
insert into parent values ('AAA', 42), ('BBB', 42), ('CCC', 66)
--//
insert into trans_tab_parent values ('AAA1'), ('BBB1')
--//
update trans_tab_parent set a = 'BBB2' where a = 'AAA1'
--//
delete from trans_tab_parent
--//
insert into child3 values ('CCC', 42, 'foo')
--//
with wcte as (insert into table1 values (42))
  insert into table2 values ('hello world')
--//
with wcte as (insert into table1 values (43))
  insert into table1 values (44)
--//
with wcte as (insert into table1 values (45))
  merge into table1 using (values (46)) as v(a) on table1.a = v.a
    when not matched then insert values (v.a)
--//
select * from table1
--//
insert into refd_table values
  (1, 'one'),
  (2, 'two'),
  (3, 'three')
--//
insert into trig_table values
  (1, 'one a'),
  (1, 'one b'),
  (2, 'two a'),
  (2, 'two b'),
  (3, 'three a'),
  (3, 'three b')
--//
update refd_table set a = 11 where b = 'one'
--//
select * from trig_table
--//
delete from refd_table where length(b) = 3
--//
insert into trig_table values (1)
--//
insert into self_ref values (1, null), (2, 1), (3, 2)
--//
delete from self_ref where a = 1
--//
insert into self_ref values (1, null), (2, 1), (3, 2), (4, 3)
--//
insert into merge_source_table
  values (1, 'initial1'), (2, 'initial2'),
		 (3, 'initial3'), (4, 'initial4')
--//
merge into merge_target_table t
using merge_source_table s
on t.a = s.a
when not matched then
  insert values (a, b)
--//
merge into merge_target_table t
using merge_source_table s
on t.a = s.a
when matched and s.a <= 2 then
	update set b = t.b || ' updated by merge'
when matched and s.a > 2 then
	delete
when not matched then
  insert values (a, b)
--//
insert into my_table values (1)
--//
table my_table
--//
insert into parted_trig (a) values (50)
--//
insert into convslot_test_parent(col1) values ('1')
--//
insert into convslot_test_child(col1) values ('1')
--//
update convslot_test_parent set col1 = col1 || '1'
--//
delete from convslot_test_parent
--//
insert into convslot_test_parent (id, val) values (1, 2)
--//
update convslot_test_parent set val = 3
--//
select tgrelid::regclass, tgname,
(select tgname from pg_trigger tr where tr.oid = pg_trigger.tgparentid) parent_tgname
from pg_trigger where tgrelid in (select relid from pg_partition_tree('grandparent'))
order by tgname, tgrelid::regclass::text COLLATE "C"
--//
INSERT INTO truncate_a VALUES (1)
--//
SELECT * FROM truncate_a
--//
TRUNCATE truncate_a
--//
TRUNCATE TABLE truncate_a
--//
TRUNCATE TABLE truncate_a,trunc_b
--//
TRUNCATE TABLE truncate_a,trunc_b,trunc_e
--//
TRUNCATE TABLE truncate_a,trunc_e
--//
TRUNCATE TABLE trunc_c
--//
TRUNCATE TABLE trunc_c,trunc_d
--//
TRUNCATE TABLE trunc_c,trunc_d,trunc_e
--//
TRUNCATE TABLE trunc_c,trunc_d,trunc_e,truncate_a
--//
TRUNCATE TABLE trunc_c,trunc_d,trunc_e,truncate_a,trunc_b
--//
TRUNCATE TABLE truncate_a RESTRICT
--//
TRUNCATE TABLE truncate_a CASCADE
--//
INSERT INTO trunc_c VALUES (1)
--//
INSERT INTO trunc_b VALUES (1)
--//
INSERT INTO trunc_d VALUES (1)
--//
INSERT INTO trunc_e VALUES (1,1)
--//
TRUNCATE TABLE trunc_c,truncate_a
--//
TRUNCATE TABLE trunc_c,truncate_a,trunc_d
--//
TRUNCATE TABLE trunc_c,truncate_a,trunc_d,trunc_e
--//
TRUNCATE TABLE trunc_c,truncate_a,trunc_d,trunc_e,trunc_b
--//
SELECT * FROM truncate_a
   UNION ALL
 SELECT * FROM trunc_c
   UNION ALL
 SELECT * FROM trunc_b
   UNION ALL
 SELECT * FROM trunc_d
--//
SELECT * FROM trunc_e
--//
TRUNCATE TABLE trunc_c CASCADE
--//
INSERT INTO trunc_f VALUES (1)
--//
INSERT INTO trunc_fa VALUES (3, 'three')
--//
INSERT INTO trunc_fb VALUES (4, 444)
--//
INSERT INTO trunc_faa VALUES (5, 'five', 'FIVE')
--//
SELECT * FROM trunc_f
--//
TRUNCATE trunc_f
--//
TRUNCATE ONLY trunc_f
--//
SELECT * FROM trunc_fa
--//
SELECT * FROM trunc_faa
--//
TRUNCATE ONLY trunc_fb, ONLY trunc_fa
--//
TRUNCATE ONLY trunc_fb, trunc_fa
--//
INSERT INTO trunc_trigger_test VALUES(1, 'foo', 'bar'), (2, 'baz', 'quux')
--//
SELECT count(*) as "Row count in test table" FROM trunc_trigger_test
--//
SELECT * FROM trunc_trigger_log
--//
TRUNCATE trunc_trigger_test
--//
truncate trunc_trigger_log
--//
INSERT INTO truncate_a DEFAULT VALUES
--//
TRUNCATE truncate_a RESTART IDENTITY
--//
INSERT INTO truncate_b DEFAULT VALUES
--//
SELECT * FROM truncate_b
--//
TRUNCATE truncate_b
--//
TRUNCATE truncate_b RESTART IDENTITY
--//
TRUNCATE ONLY truncparted
--//
INSERT INTO truncparted VALUES (1, 'a')
--//
TRUNCATE truncparted
--//
TRUNCATE TABLE truncprim
--//
select tp_ins_data()
--//
TRUNCATE TABLE truncprim, truncpart
--//
select * from tp_chk_data()
--//
TRUNCATE TABLE truncprim CASCADE
--//
TRUNCATE TABLE truncpart
--//
INSERT INTO trunc_a VALUES (0), (5), (10), (15), (20), (25)
--//
INSERT INTO ref_b VALUES (10, 0), (50, 5), (100, 10), (150, 15)
--//
TRUNCATE TABLE trunc_a1 CASCADE
--//
SELECT a FROM ref_b
--//
INSERT INTO ref_c VALUES (100, 10), (150, 15), (200, 20), (250, 25)
--//
SELECT a as "from table ref_c" FROM ref_c
--//
SELECT a as "from table trunc_a" FROM trunc_a ORDER BY a
--//
SELECT ts_lexize('ispell', 'skies')
--//
SELECT dictinitoption FROM pg_ts_dict WHERE dictname = 'synonym'
--//
SELECT to_tsvector('ispell_tst', 'Booking the skies after rebookings for footballklubber from a foot')
--//
SELECT to_tsquery('ispell_tst', 'footballklubber')
--//
SELECT phraseto_tsquery('hunspell_tst', 'footballyklubber sky')
--//
SELECT oid, prsname
FROM pg_ts_parser
WHERE prsnamespace = 0 OR prsstart = 0 OR prstoken = 0 OR prsend = 0 OR
      prslextype = 0
--//
SELECT oid, dictname
FROM pg_ts_dict
WHERE dictnamespace = 0 OR dictowner = 0 OR dicttemplate = 0
--//
SELECT oid, tmplname
FROM pg_ts_template
WHERE tmplnamespace = 0 OR tmpllexize = 0
--//
SELECT oid, cfgname
FROM pg_ts_config
WHERE cfgnamespace = 0 OR cfgowner = 0 OR cfgparser = 0
--//
SELECT mapcfg, maptokentype, mapseqno
FROM pg_ts_config_map
WHERE mapcfg = 0 OR mapdict = 0
--//
SELECT * FROM
  ( SELECT oid AS cfgid, (ts_token_type(cfgparser)).tokid AS tokid
    FROM pg_ts_config ) AS tt
RIGHT JOIN pg_ts_config_map AS m
    ON (tt.cfgid=m.mapcfg AND tt.tokid=m.maptokentype)
WHERE
    tt.cfgid IS NULL OR tt.tokid IS NULL
--//
SELECT count(*) FROM test_tsvector WHERE a @@ 'wr|qh'
--//
SELECT count(*) FROM test_tsvector WHERE a @@ any ('{wr,qh}')
--//
explain (costs off) SELECT count(*) FROM test_tsvector WHERE a @@ 'wr|qh'
--//
EXPLAIN (COSTS OFF)
SELECT count(*) FROM test_tsvector WHERE a @@ 'wr' AND a @@ '!qh'
--//
SELECT count(*) FROM test_tsvector WHERE a @@ 'wr' AND a @@ '!qh'
--//
INSERT INTO test_tsvector VALUES ('???', 'DFG:1A,2B,6C,10 FGH')
--//
SELECT * FROM ts_stat('SELECT a FROM test_tsvector') ORDER BY ndoc DESC, nentry DESC, word LIMIT 10
--//
SELECT * FROM ts_stat('SELECT a FROM test_tsvector', 'AB') ORDER BY ndoc DESC, nentry DESC, word
--//
SELECT * FROM ts_token_type('default')
--//
SELECT * FROM ts_parse('default', '345 qwe@efd.r '' http://www.com/ http://aew.werc.ewr/?ad=qwe&dw 1aew.werc.ewr/?ad=qwe&dw 2aew.werc.ewr http://3aew.werc.ewr/?ad=qwe&dw http://4aew.werc.ewr http://5aew.werc.ewr:8100/?  ad=qwe&dw 6aew.werc.ewr:8100/?ad=qwe&dw 7aew.werc.ewr:8100/?ad=qwe&dw=%20%32 +4.0e-10 qwe qwe qwqwe 234.435 455 5.005 teodor@stack.net teodor@123-stack.net 123_teodor@stack.net 123-teodor@stack.net qwe-wer asdf <fr>qwer jf sdjk<we hjwer <werrwe> ewr1> ewri2 <a href="qwe<qwe>">
/usr/local/fff /awdf/dwqe/4325 rewt/ewr wefjn /wqe-324/ewr gist.h gist.h.c gist.c. readline 4.2 4.2. 4.2, readline-4.2 readline-4.2. 234
<i <b> wow  < jqw <> qwerty')
--//
SELECT length(to_tsvector('english', '345 qwe@efd.r '' http://www.com/ http://aew.werc.ewr/?ad=qwe&dw 1aew.werc.ewr/?ad=qwe&dw 2aew.werc.ewr http://3aew.werc.ewr/?ad=qwe&dw http://4aew.werc.ewr http://5aew.werc.ewr:8100/?  ad=qwe&dw 6aew.werc.ewr:8100/?ad=qwe&dw 7aew.werc.ewr:8100/?ad=qwe&dw=%20%32 +4.0e-10 qwe qwe qwqwe 234.435 455 5.005 teodor@stack.net teodor@123-stack.net 123_teodor@stack.net 123-teodor@stack.net qwe-wer asdf <fr>qwer jf sdjk<we hjwer <werrwe> ewr1> ewri2 <a href="qwe<qwe>">
/usr/local/fff /awdf/dwqe/4325 rewt/ewr wefjn /wqe-324/ewr gist.h gist.h.c gist.c. readline 4.2 4.2. 4.2, readline-4.2 readline-4.2. 234
<i <b> wow  < jqw <> qwerty'))
--//
SELECT * from ts_debug('english', 'http://www.harewoodsolutions.co.uk/press.aspx</span>')
--//
SELECT token, alias,
  dictionaries, dictionaries is null as dnull, array_dims(dictionaries) as ddims,
  lexemes, lexemes is null as lnull, array_dims(lexemes) as ldims
from ts_debug('english', 'a title')
--//
SELECT plainto_tsquery('english', 'the and z 1))& fghj')
--//
SELECT plainto_tsquery('english', 'foo bar') && plainto_tsquery('english', 'asd')
--//
SELECT plainto_tsquery('english', 'foo bar') || plainto_tsquery('english', 'asd fg')
--//
SELECT plainto_tsquery('english', 'foo bar') || !!plainto_tsquery('english', 'asd fg')
--//
SELECT plainto_tsquery('english', 'foo bar') && 'asd | fg'
--//
SELECT ts_rank_cd(to_tsvector('english', '
Day after day, day after day,
  We stuck, nor breath nor motion,
As idle as a painted Ship
  Upon a painted Ocean.
Water, water, every where
  And all the boards did shrink;
Water, water, every where,
  Nor any drop to drink.
S. T. Coleridge (1772-1834)
'), to_tsquery('english', 'paint&water'))
--//
SELECT ts_rank_cd(strip(to_tsvector('both stripped')),
                  to_tsquery('both & stripped'))
--//
SELECT ts_rank_cd(to_tsvector('unstripped') || strip(to_tsvector('stripped')),
                  to_tsquery('unstripped & stripped'))
--//
SELECT ts_headline('english', '
Day after day, day after day,
  We stuck, nor breath nor motion,
As idle as a painted Ship
  Upon a painted Ocean.
Water, water, every where
  And all the boards did shrink;
Water, water, every where,
  Nor any drop to drink.
S. T. Coleridge (1772-1834)
', to_tsquery('english', 'paint&water'))
--//
SELECT ts_headline('english', '
Day after day, day after day,
  We stuck, nor breath nor motion,
As idle as a painted Ship
  Upon a painted Ocean.
Water, water, every where
  And all the boards did shrink;
Water, water, every where,
  Nor any drop to drink.
S. T. Coleridge (1772-1834)
', phraseto_tsquery('english', 'painted Ocean'))
--//
SELECT ts_headline('english',
'Lorem ipsum urna.  Nullam nullam ullamcorper urna.',
to_tsquery('english','Lorem') && phraseto_tsquery('english','ullamcorper urna'),
'MaxWords=100, MinWords=1')
--//
SELECT ts_headline('english', '
<html>
<!-- some comment -->
<body>
Sea view wow <u>foo bar</u> <i>qq</i>
<a href="http://www.google.com/foo.bar.html" target="_blank">YES &nbsp;</a>
ff-bg
<script>
       document.write(15);
</script>
</body>
</html>',
to_tsquery('english', 'sea&foo'), 'HighlightAll=true')
--//
SELECT ts_headline('simple', '1 2 3 1 3'::text, '1 <-> 3', 'MaxWords=2, MinWords=1')
--//
SELECT ts_headline('english', 'foo barbar', to_tsquery('english', 'foo'),
  'StartSel=' || repeat('x', 32768))
--//
UPDATE test_tsquery SET keyword = to_tsquery('english', txtkeyword)
--//
UPDATE test_tsquery SET sample = to_tsquery('english', txtsample::text)
--//
SELECT COUNT(*) FROM test_tsquery WHERE keyword <  'new <-> york'
--//
SELECT COUNT(*) FROM test_tsquery WHERE keyword <= 'new <-> york'
--//
SELECT COUNT(*) FROM test_tsquery WHERE keyword = 'new <-> york'
--//
SELECT COUNT(*) FROM test_tsquery WHERE keyword >= 'new <-> york'
--//
SELECT COUNT(*) FROM test_tsquery WHERE keyword >  'new <-> york'
--//
SELECT ts_rewrite('foo & bar & qq & new & york',  'new & york'::tsquery, 'big & apple | nyc | new & york & city')
--//
SELECT ts_rewrite(ts_rewrite('new & !york ', 'york', '!jersey'),
                  'jersey', 'mexico')
--//
SELECT ts_rewrite('moscow', 'SELECT keyword, sample FROM test_tsquery'::text )
--//
SELECT ts_rewrite( 'moscow', 'SELECT keyword, sample FROM test_tsquery')
--//
SELECT ts_rewrite(to_tsquery('5 & (6 | 5)'), to_tsquery('5'), to_tsquery(''))
--//
SELECT keyword FROM test_tsquery WHERE keyword @> 'new'
--//
SELECT keyword FROM test_tsquery WHERE keyword <@ 'new'
--//
SELECT ts_rewrite( query, 'SELECT keyword, sample FROM test_tsquery' ) FROM to_tsquery('english', 'moscow') AS query
--//
SELECT ts_rewrite(tsquery_phrase('foo', 'foo'), 'foo', 'bar | baz')
--//
SELECT to_tsvector('foo bar') @@
  ts_rewrite(tsquery_phrase('foo', 'foo'), 'foo', 'bar | baz')
--//
SELECT to_tsvector('SKIES My booKs')
--//
SELECT plainto_tsquery('SKIES My booKs')
--//
SELECT to_tsquery('SKIES & My | booKs')
--//
SELECT count(*) FROM test_tsvector WHERE a @@ to_tsquery('345&qwerty')
--//
INSERT INTO test_tsvector (t) VALUES ('345 qwerty')
--//
UPDATE test_tsvector SET t = null WHERE t = '345 qwerty'
--//
explain (costs off)
select * from test_tsquery, to_tsquery('new') q where txtsample @@ q
--//
explain (costs off)
select * from test_tsquery, to_tsquery('english', 'new') q where txtsample @@ q
--//
insert into pendtest values (to_tsvector('Lore ipsam'))
--//
select * from pendtest where 'ipsu:*'::tsquery @@ ts
--//
insert into phrase_index_test values ('A fat cat has just eaten a rat.')
--//
insert into phrase_index_test values (to_tsvector('english', 'A fat cat has just eaten a rat.'))
--//
select * from phrase_index_test where fts @@ phraseto_tsquery('english', 'fat cat')
--//
select websearch_to_tsquery('simple', 'I have a fat:*ABCD cat')
--//
select to_tsvector('english', 'A fat cat ate a rat') @@
	websearch_to_tsquery('english', '"a fat cat" ate a rat')
--//
select websearch_to_tsquery('''')
--//
SELECT generate_series(1, 3)
--//
SELECT generate_series(1, 3), generate_series(3,5)
--//
SELECT generate_series(1, generate_series(1, 3))
--//
SELECT * FROM generate_series(1, generate_series(1, 3))
--//
SELECT generate_series(generate_series(1,3), generate_series(2, 4))
--//
explain (verbose, costs off)
SELECT generate_series(1, generate_series(1, 3)), generate_series(2, 4)
--//
SELECT generate_series(1, generate_series(1, 3)), generate_series(2, 4)
--//
INSERT INTO few VALUES(1, 'a', 'foo'),(2, 'a', 'bar'),(3, 'b', 'bar')
--//
explain (verbose, costs off)
SELECT unnest(ARRAY[1, 2]) FROM few WHERE false
--//
SELECT unnest(ARRAY[1, 2]) FROM few WHERE false
--//
explain (verbose, costs off)
SELECT * FROM few f1,
  (SELECT unnest(ARRAY[1,2]) FROM few f2 WHERE false OFFSET 0) ss
--//
SELECT * FROM few f1,
  (SELECT unnest(ARRAY[1,2]) FROM few f2 WHERE false OFFSET 0) ss
--//
SELECT few.id, generate_series(1,3) g FROM few ORDER BY id DESC
--//
SELECT few.id, generate_series(1,3) g FROM few ORDER BY id, g DESC
--//
SELECT few.id, generate_series(1,3) g FROM few ORDER BY id, generate_series(1,3) DESC
--//
SELECT few.id FROM few ORDER BY id, generate_series(1,3) DESC
--//
SELECT few.dataa, count(*), min(id), max(id), unnest('{1,1,3}'::int[]) FROM few WHERE few.id = 1 GROUP BY few.dataa
--//
SELECT few.dataa, count(*), min(id), max(id), unnest('{1,1,3}'::int[]) FROM few WHERE few.id = 1 GROUP BY few.dataa, unnest('{1,1,3}'::int[])
--//
SELECT few.dataa, count(*), min(id), max(id), unnest('{1,1,3}'::int[]) FROM few WHERE few.id = 1 GROUP BY few.dataa, 5
--//
SELECT dataa, generate_series(1,1), count(*) FROM few GROUP BY 1 HAVING count(*) > 1
--//
SELECT dataa, generate_series(1,1), count(*) FROM few GROUP BY 1, 2 HAVING count(*) > 1
--//
SELECT few.dataa, count(*) FROM few WHERE dataa = 'a' GROUP BY few.dataa ORDER BY 2
--//
SELECT few.dataa, count(*) FROM few WHERE dataa = 'a' GROUP BY few.dataa, unnest('{1,1,3}'::int[]) ORDER BY 2
--//
SELECT q1, case when q1 > 0 then generate_series(1,3) else 0 end FROM int8_tbl
--//
SELECT q1, coalesce(generate_series(1,3), 0) FROM int8_tbl
--//
SELECT min(generate_series(1, 3)) FROM few
--//
SELECT sum((3 = ANY(SELECT generate_series(1,4)))::int)
--//
SELECT sum((3 = ANY(SELECT lag(x) over(order by x)
                    FROM generate_series(1,4) x))::int)
--//
SELECT min(generate_series(1, 3)) OVER() FROM few
--//
SELECT id,lag(id) OVER(), count(*) OVER(), generate_series(1,3) FROM few
--//
SELECT SUM(count(*)) OVER(PARTITION BY generate_series(1,3) ORDER BY generate_series(1,3)), generate_series(1,3) g FROM few GROUP BY g
--//
SELECT few.dataa, count(*), min(id), max(id), generate_series(1,3) FROM few GROUP BY few.dataa ORDER BY 5, 1
--//
SELECT dataa, datab b, generate_series(1,2) g, count(*) FROM few GROUP BY CUBE(dataa, datab)
--//
SELECT dataa, datab b, generate_series(1,2) g, count(*) FROM few GROUP BY CUBE(dataa, datab) ORDER BY dataa
--//
SELECT dataa, datab b, generate_series(1,2) g, count(*) FROM few GROUP BY CUBE(dataa, datab) ORDER BY g
--//
SELECT dataa, datab b, generate_series(1,2) g, count(*) FROM few GROUP BY CUBE(dataa, datab, g)
--//
SELECT dataa, datab b, generate_series(1,2) g, count(*) FROM few GROUP BY CUBE(dataa, datab, g) ORDER BY dataa
--//
SELECT dataa, datab b, generate_series(1,2) g, count(*) FROM few GROUP BY CUBE(dataa, datab, g) ORDER BY g
--//
explain (verbose, costs off)
select 'foo' as f, generate_series(1,2) as g from few order by 1
--//
select 'foo' as f, generate_series(1,2) as g from few order by 1
--//
INSERT INTO fewmore VALUES(generate_series(4,5))
--//
SELECT * FROM fewmore
--//
UPDATE fewmore SET data = generate_series(4,9)
--//
INSERT INTO fewmore VALUES(1) RETURNING generate_series(1,3)
--//
VALUES(1, generate_series(1,2))
--//
SELECT int4mul(generate_series(1,2), 10)
--//
SELECT generate_series(1,3) IS DISTINCT FROM 2
--//
SELECT * FROM int4mul(generate_series(1,2), 10)
--//
SELECT DISTINCT ON (a) a, b, generate_series(1,3) g
FROM (VALUES (3, 2), (3,1), (1,1), (1,4), (5,3), (5,1)) AS t(a, b)
--//
SELECT DISTINCT ON (a) a, b, generate_series(1,3) g
FROM (VALUES (3, 2), (3,1), (1,1), (1,4), (5,3), (5,1)) AS t(a, b)
ORDER BY a, b DESC
--//
SELECT DISTINCT ON (a) a, b, generate_series(1,3) g
FROM (VALUES (3, 2), (3,1), (1,1), (1,4), (5,3), (5,1)) AS t(a, b)
ORDER BY a, b DESC, g DESC
--//
SELECT DISTINCT ON (a, b, g) a, b, generate_series(1,3) g
FROM (VALUES (3, 2), (3,1), (1,1), (1,4), (5,3), (5,1)) AS t(a, b)
ORDER BY a, b DESC, g DESC
--//
SELECT DISTINCT ON (g) a, b, generate_series(1,3) g
FROM (VALUES (3, 2), (3,1), (1,1), (1,4), (5,3), (5,1)) AS t(a, b)
--//
SELECT a, generate_series(1,2) FROM (VALUES(1),(2),(3)) r(a) LIMIT 2 OFFSET 2
--//
SELECT 1 LIMIT generate_series(1,3)
--//
SELECT (SELECT generate_series(1,3) LIMIT 1 OFFSET few.id) FROM few
--//
SELECT (SELECT generate_series(1,3) LIMIT 1 OFFSET g.i) FROM generate_series(0,3) g(i)
--//
SELECT |@|ARRAY[1,2,3]
--//
explain (verbose, costs off)
select generate_series(1,3) as x, generate_series(1,3) + 1 as xp1
--//
select generate_series(1,3) as x, generate_series(1,3) + 1 as xp1
--//
explain (verbose, costs off)
select generate_series(1,3)+1 order by generate_series(1,3)
--//
select generate_series(1,3)+1 order by generate_series(1,3)
--//
explain (verbose, costs off)
select generate_series(1,3) as x, generate_series(3,6) + 1 as y
--//
select generate_series(1,3) as x, generate_series(3,6) + 1 as y
--//
SELECT '1'::tsvector
--//
SELECT E'''1 \\''2'''::tsvector
--//
SELECT $$'\\as' ab\c ab\\c AB\\\c ab\\\\c$$::tsvector
--//
SELECT tsvectorin(tsvectorout($$'\\as' ab\c ab\\c AB\\\c ab\\\\c$$::tsvector))
--//
SELECT 'a:3A b:2a'::tsvector || 'ba:1234 a:1B'
--//
SELECT $$'' '1' '2'$$::tsvector
--//
SELECT '1'::tsquery
--//
SELECT E'''1 \\''2'''::tsquery
--//
SELECT $$'\\as'$$::tsquery
--//
SELECT 'a' < 'b & c'::tsquery as "true"
--//
SELECT 'a' > 'b & c'::tsquery as "false"
--//
SELECT 'a | f' < 'b & c'::tsquery as "false"
--//
SELECT numnode( 'new'::tsquery )
--//
SELECT 'foo & bar'::tsquery && 'asd'
--//
SELECT 'foo & bar'::tsquery || 'asd & fg'
--//
SELECT 'foo & bar'::tsquery || !!'asd & fg'::tsquery
--//
SELECT 'a' <-> 'b & d'::tsquery
--//
SELECT tsquery_phrase('a <3> g', 'b & d', 10)
--//
SELECT 'a b:89  ca:23A,64b d:34c'::tsvector @@ 'd:AC & ca' as "true"
--//
SELECT 'a b:89  ca:23A,64b d:34c'::tsvector @@ 'd:AC & ca:C' as "false"
--//
SELECT 'wa:1D wb:2A'::tsvector @@ 'w:*D & w:*A'::tsquery as "true"
--//
SELECT 'wa:1A wb:2D'::tsvector @@ 'w:*D <-> w:*A'::tsquery as "false"
--//
SELECT strip('wa:1A'::tsvector) @@ 'w:*A'::tsquery as "true"
--//
SELECT strip('wa:1A'::tsvector) @@ '!w:*A'::tsquery as "false"
--//
SELECT to_tsvector('simple', '1 2 3 1') @@ '1 <-> 2' AS "true"
--//
SELECT to_tsvector('simple', '1 2 3 1') @@ '1 <2> 2' AS "false"
--//
SELECT strip(to_tsvector('simple', '1 2 3 4')) @@ '1 <-> 2 <-> 3' AS "false"
--//
select strip(to_tsvector('simple', 'x y q y')) @@ '!(x <-> y)' AS "true"
--//
SELECT ts_rank(' a:1 s:2C d g'::tsvector, 'a | s')
--//
SELECT ts_rank_cd(' a:1 s:2C d g'::tsvector, 'a | s')
--//
SELECT strip('w:12B w:13* w:12,5,6 a:1,3* a:3 w asd:1dc asd'::tsvector)
--//
SELECT ts_delete(to_tsvector('english', 'Rebel spaceships, striking from a hidden base'), 'spaceship')
--//
SELECT ts_delete('base:7 hidden:6 rebel:1 spaceship:2,33A,34B,35C,36D strike:3'::tsvector, 'base')
--//
SELECT ts_delete('base:7 hidden:6 rebel:1 spaceship:2,33A,34B,35C,36D strike:3'::tsvector, ARRAY['spaceship','rebel'])
--//
SELECT ts_delete('base:7 hidden:6 rebel:1 spaceship:2,33A,34B,35C,36D strike:3'::tsvector, ARRAY['spaceship','leya','rebel'])
--//
SELECT ts_delete('base hidden rebel spaceship strike'::tsvector, ARRAY['spaceship','leya','rebel','rebel'])
--//
SELECT ts_delete('base hidden rebel spaceship strike'::tsvector, ARRAY['spaceship','leya','rebel', '', NULL])
--//
SELECT unnest('base:7 hidden:6 rebel:1 spaceship:2,33A,34B,35C,36D strike:3'::tsvector)
--//
SELECT * FROM unnest('base:7 hidden:6 rebel:1 spaceship:2,33A,34B,35C,36D strike:3'::tsvector)
--//
SELECT lexeme, positions[1] from unnest('base:7 hidden:6 rebel:1 spaceship:2,33A,34B,35C,36D strike:3'::tsvector)
--//
SELECT tsvector_to_array('base:7 hidden:6 rebel:1 spaceship:2,33A,34B,35C,36D strike:3'::tsvector)
--//
SELECT array_to_tsvector(ARRAY['base','hidden','rebel','spaceship','strike'])
--//
SELECT array_to_tsvector(ARRAY['base','hidden','rebel','spaceship', NULL])
--//
SELECT array_to_tsvector(ARRAY['base','hidden','rebel','spaceship', ''])
--//
SELECT array_to_tsvector(ARRAY['foo','bar','baz','bar'])
--//
SELECT setweight('w:12B w:13* w:12,5,6 a:1,3* a:3 w asd:1dc asd zxc:81,567,222A'::tsvector, 'c')
--//
SELECT setweight('a:1,3A asd:1C w:5,6,12B,13A zxc:81,222A,567'::tsvector, 'c', '{a}')
--//
SELECT setweight('a asd w:5,6,12B,13A zxc'::tsvector, 'c', ARRAY['a', 'zxc', '', NULL])
--//
SELECT ts_filter('base:7A empir:17 evil:15 first:11 galact:16 hidden:6A rebel:1A spaceship:2A strike:3A victori:12 won:9'::tsvector, '{a}')
--//
INSERT INTO abbrev_abort_uuids (abort_increasing, abort_decreasing, noabort_increasing, noabort_decreasing)
    SELECT
        ('00000000-0000-0000-0000-'||to_char(g.i, '000000000000FM'))::uuid abort_increasing,
        ('00000000-0000-0000-0000-'||to_char(20000 - g.i, '000000000000FM'))::uuid abort_decreasing,
        (to_char(g.i % 10009, '00000000FM')||'-0000-0000-0000-'||to_char(g.i, '000000000000FM'))::uuid noabort_increasing,
        (to_char(((20000 - g.i) % 10009), '00000000FM')||'-0000-0000-0000-'||to_char(20000 - g.i, '000000000000FM'))::uuid noabort_decreasing
    FROM generate_series(0, 20000, 1) g(i)
--//
INSERT INTO abbrev_abort_uuids(id) VALUES(0)
--//
INSERT INTO abbrev_abort_uuids DEFAULT VALUES
--//
INSERT INTO abbrev_abort_uuids (abort_increasing, abort_decreasing, noabort_increasing, noabort_decreasing)
    SELECT abort_increasing, abort_decreasing, noabort_increasing, noabort_decreasing
    FROM abbrev_abort_uuids
    WHERE (id < 10 OR id > 19990) AND id % 3 = 0 AND abort_increasing is not null
--//
SELECT abort_increasing, abort_decreasing FROM abbrev_abort_uuids ORDER BY abort_increasing OFFSET 20000 - 4
--//
SELECT abort_increasing, abort_decreasing FROM abbrev_abort_uuids ORDER BY abort_decreasing NULLS FIRST OFFSET 20000 - 4
--//
SELECT noabort_increasing, noabort_decreasing FROM abbrev_abort_uuids ORDER BY noabort_increasing OFFSET 20000 - 4
--//
SELECT noabort_increasing, noabort_decreasing FROM abbrev_abort_uuids ORDER BY noabort_decreasing NULLS FIRST OFFSET 20000 - 4
--//
SELECT abort_increasing, noabort_increasing FROM abbrev_abort_uuids ORDER BY abort_increasing LIMIT 5
--//
SELECT abort_increasing, noabort_increasing FROM abbrev_abort_uuids ORDER BY noabort_increasing NULLS FIRST LIMIT 5
--//
EXPLAIN (COSTS OFF)
SELECT id, noabort_increasing, noabort_decreasing FROM abbrev_abort_uuids ORDER BY noabort_increasing LIMIT 5
--//
SELECT id, noabort_increasing, noabort_decreasing FROM abbrev_abort_uuids ORDER BY noabort_increasing LIMIT 5
--//
EXPLAIN (COSTS OFF)
SELECT id, noabort_increasing, noabort_decreasing FROM abbrev_abort_uuids ORDER BY noabort_decreasing LIMIT 5
--//
SELECT id, noabort_increasing, noabort_decreasing FROM abbrev_abort_uuids ORDER BY noabort_decreasing LIMIT 5
--//
EXPLAIN (COSTS OFF)
SELECT id, abort_increasing, abort_decreasing FROM abbrev_abort_uuids ORDER BY abort_increasing LIMIT 5
--//
SELECT id, abort_increasing, abort_decreasing FROM abbrev_abort_uuids ORDER BY abort_increasing LIMIT 5
--//
EXPLAIN (COSTS OFF)
SELECT id, abort_increasing, abort_decreasing FROM abbrev_abort_uuids ORDER BY abort_decreasing LIMIT 5
--//
SELECT id, abort_increasing, abort_decreasing FROM abbrev_abort_uuids ORDER BY abort_decreasing LIMIT 5
--//
SELECT id, abort_increasing, abort_decreasing, noabort_increasing, noabort_decreasing
FROM abbrev_abort_uuids
ORDER BY ctid LIMIT 5
--//
SELECT id, abort_increasing, abort_decreasing, noabort_increasing, noabort_decreasing
FROM abbrev_abort_uuids
ORDER BY ctid DESC LIMIT 5
--//
EXPLAIN (COSTS OFF) DECLARE c SCROLL CURSOR FOR SELECT noabort_decreasing FROM abbrev_abort_uuids ORDER BY noabort_decreasing
--//
SELECT
    (array_agg(id ORDER BY id DESC NULLS FIRST))[0:5],
    (array_agg(abort_increasing ORDER BY abort_increasing DESC NULLS LAST))[0:5],
    (array_agg(id::text ORDER BY id::text DESC NULLS LAST))[0:5],
    percentile_disc(0.99) WITHIN GROUP (ORDER BY id),
    percentile_disc(0.01) WITHIN GROUP (ORDER BY id),
    percentile_disc(0.8) WITHIN GROUP (ORDER BY abort_increasing),
    percentile_disc(0.2) WITHIN GROUP (ORDER BY id::text),
    rank('00000000-0000-0000-0000-000000000000', '2', '2') WITHIN GROUP (ORDER BY noabort_increasing, id, id::text)
FROM (
    SELECT * FROM abbrev_abort_uuids
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL) s
--//
INSERT INTO test_mark_restore(col1, col2, col12)
   SELECT a.i, b.i, a.i * b.i FROM generate_series(1, 500) a(i), generate_series(1, 5) b(i)
--//
SELECT $$
    SELECT col12, count(distinct a.col1), count(distinct a.col2), count(distinct b.col1), count(distinct b.col2), count(*)
    FROM test_mark_restore a
        JOIN test_mark_restore b USING(col12)
    GROUP BY 1
    HAVING count(*) > 1
    ORDER BY 2 DESC, 1 DESC, 3 DESC, 4 DESC, 5 DESC, 6 DESC
    LIMIT 10
$$ AS qry
--//
select '12:18:14,16'::txid_snapshot
--//
insert into snapshot_test values (2, '12:20:13,15,18')
--//
select snap from snapshot_test order by nr
--//
select  txid_snapshot_xmin(snap),
	txid_snapshot_xmax(snap),
	txid_snapshot_xip(snap)
from snapshot_test order by nr
--//
select id, txid_visible_in_snapshot(id, snap)
from snapshot_test, generate_series(11, 21) id
where nr = 2
--//
select txid_current() >= txid_snapshot_xmin(txid_current_snapshot())
--//
select txid_visible_in_snapshot(txid_current(), txid_current_snapshot())
--//
select txid_snapshot '1000100010001000:1000100010001100:1000100010001012,1000100010001013'
--//
select txid_visible_in_snapshot('1000100010001012', '1000100010001000:1000100010001100:1000100010001012,1000100010001013')
--//
SELECT txid_current_if_assigned() IS NULL
--//
SELECT txid_current()
--//
SELECT txid_current() AS committed
--//
SELECT txid_current() AS rolledback
--//
SELECT txid_current() AS inprogress
--//
SELECT txid_status(1)
--//
SELECT t1.oid, t1.typname
FROM pg_type as t1
WHERE t1.typnamespace = 0 OR
    (t1.typlen <= 0 AND t1.typlen != -1 AND t1.typlen != -2) OR
    (t1.typtype not in ('b', 'c', 'd', 'e', 'm', 'p', 'r')) OR
    NOT t1.typisdefined OR
    (t1.typalign not in ('c', 's', 'i', 'd')) OR
    (t1.typstorage not in ('p', 'x', 'e', 'm'))
--//
SELECT t1.oid, t1.typname
FROM pg_type as t1
WHERE t1.typbyval AND
    (t1.typlen != 1 OR t1.typalign != 'c') AND
    (t1.typlen != 2 OR t1.typalign != 's') AND
    (t1.typlen != 4 OR t1.typalign != 'i') AND
    (t1.typlen != 8 OR t1.typalign != 'd')
--//
SELECT t1.oid, t1.typname
FROM pg_type as t1
WHERE t1.typstorage != 'p' AND
    (t1.typbyval OR t1.typlen != -1)
--//
SELECT t1.oid, t1.typname
FROM pg_type as t1
WHERE (t1.typtype = 'c' AND t1.typrelid = 0) OR
    (t1.typtype != 'c' AND t1.typrelid != 0)
--//
SELECT t1.oid, t1.typname
FROM pg_type as t1
WHERE t1.typtype not in ('p') AND t1.typname NOT LIKE E'\\_%'
    AND NOT EXISTS
    (SELECT 1 FROM pg_type as t2
     WHERE t2.typname = ('_' || t1.typname)::name AND
           t2.typelem = t1.oid and t1.typarray = t2.oid)
ORDER BY t1.oid
--//
SELECT t1.oid, t1.typname as basetype, t2.typname as arraytype,
       t2.typsubscript
FROM   pg_type t1 LEFT JOIN pg_type t2 ON (t1.typarray = t2.oid)
WHERE  t1.typarray <> 0 AND
       (t2.oid IS NULL OR
        t2.typsubscript <> 'array_subscript_handler'::regproc)
--//
SELECT t1.oid, t1.typname
FROM pg_type as t1
WHERE t1.typtype = 'r' AND
   NOT EXISTS(SELECT 1 FROM pg_range r WHERE rngtypid = t1.oid)
--//
SELECT t1.oid, t1.typname
FROM pg_type as t1
WHERE (t1.typinput = 0 OR t1.typoutput = 0)
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typinput = p1.oid AND NOT
    ((p1.pronargs = 1 AND p1.proargtypes[0] = 'cstring'::regtype) OR
     (p1.pronargs = 2 AND p1.proargtypes[0] = 'cstring'::regtype AND
      p1.proargtypes[1] = 'oid'::regtype) OR
     (p1.pronargs = 3 AND p1.proargtypes[0] = 'cstring'::regtype AND
      p1.proargtypes[1] = 'oid'::regtype AND
      p1.proargtypes[2] = 'int4'::regtype))
--//
SELECT oid::regprocedure, provariadic::regtype, proargtypes::regtype[]
FROM pg_proc
WHERE provariadic != 0
AND case proargtypes[array_length(proargtypes, 1)-1]
	WHEN '"any"'::regtype THEN '"any"'::regtype
	WHEN 'anyarray'::regtype THEN 'anyelement'::regtype
	WHEN 'anycompatiblearray'::regtype THEN 'anycompatible'::regtype
	ELSE (SELECT t.oid
		  FROM pg_type t
		  WHERE t.typarray = proargtypes[array_length(proargtypes, 1)-1])
	END  != provariadic
--//
SELECT oid::regprocedure, proargmodes, provariadic
FROM pg_proc
WHERE (proargmodes IS NOT NULL AND 'v' = any(proargmodes))
    IS DISTINCT FROM
    (provariadic != 0)
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typinput = p1.oid AND t1.typtype in ('b', 'p') AND NOT
    (t1.typelem != 0 AND t1.typlen < 0) AND NOT
    (p1.prorettype = t1.oid AND NOT p1.proretset)
ORDER BY 1
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typinput = p1.oid AND
    (t1.typelem != 0 AND t1.typlen < 0) AND NOT
    (p1.oid = 'array_in'::regproc)
ORDER BY 1
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typinput = p1.oid AND p1.provolatile NOT IN ('i', 's')
--//
SELECT DISTINCT typtype, typinput
FROM pg_type AS t1
WHERE t1.typtype not in ('b', 'p')
ORDER BY 1
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typoutput = p1.oid AND t1.typtype in ('b', 'p') AND NOT
    (p1.pronargs = 1 AND
     (p1.proargtypes[0] = t1.oid OR
      (p1.oid = 'array_out'::regproc AND
       t1.typelem != 0 AND t1.typlen = -1)))
ORDER BY 1
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typoutput = p1.oid AND NOT
    (p1.prorettype = 'cstring'::regtype AND NOT p1.proretset)
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typoutput = p1.oid AND p1.provolatile NOT IN ('i', 's')
--//
SELECT DISTINCT typtype, typoutput
FROM pg_type AS t1
WHERE t1.typtype not in ('b', 'd', 'p')
ORDER BY 1
--//
SELECT t1.oid, t1.typname, t2.oid, t2.typname
FROM pg_type AS t1 LEFT JOIN pg_type AS t2 ON t1.typbasetype = t2.oid
WHERE t1.typtype = 'd' AND t1.typoutput IS DISTINCT FROM t2.typoutput
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typreceive = p1.oid AND NOT
    ((p1.pronargs = 1 AND p1.proargtypes[0] = 'internal'::regtype) OR
     (p1.pronargs = 2 AND p1.proargtypes[0] = 'internal'::regtype AND
      p1.proargtypes[1] = 'oid'::regtype) OR
     (p1.pronargs = 3 AND p1.proargtypes[0] = 'internal'::regtype AND
      p1.proargtypes[1] = 'oid'::regtype AND
      p1.proargtypes[2] = 'int4'::regtype))
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typreceive = p1.oid AND t1.typtype in ('b', 'p') AND NOT
    (t1.typelem != 0 AND t1.typlen < 0) AND NOT
    (p1.prorettype = t1.oid AND NOT p1.proretset)
ORDER BY 1
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typreceive = p1.oid AND
    (t1.typelem != 0 AND t1.typlen < 0) AND NOT
    (p1.oid = 'array_recv'::regproc)
ORDER BY 1
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname, p2.oid, p2.proname
FROM pg_type AS t1, pg_proc AS p1, pg_proc AS p2
WHERE t1.typinput = p1.oid AND t1.typreceive = p2.oid AND
    p1.pronargs != p2.pronargs
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typreceive = p1.oid AND p1.provolatile NOT IN ('i', 's')
--//
SELECT DISTINCT typtype, typreceive
FROM pg_type AS t1
WHERE t1.typtype not in ('b', 'p')
ORDER BY 1
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typsend = p1.oid AND t1.typtype in ('b', 'p') AND NOT
    (p1.pronargs = 1 AND
     (p1.proargtypes[0] = t1.oid OR
      (p1.oid = 'array_send'::regproc AND
       t1.typelem != 0 AND t1.typlen = -1)))
ORDER BY 1
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typsend = p1.oid AND NOT
    (p1.prorettype = 'bytea'::regtype AND NOT p1.proretset)
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typsend = p1.oid AND p1.provolatile NOT IN ('i', 's')
--//
SELECT DISTINCT typtype, typsend
FROM pg_type AS t1
WHERE t1.typtype not in ('b', 'd', 'p')
ORDER BY 1
--//
SELECT t1.oid, t1.typname, t2.oid, t2.typname
FROM pg_type AS t1 LEFT JOIN pg_type AS t2 ON t1.typbasetype = t2.oid
WHERE t1.typtype = 'd' AND t1.typsend IS DISTINCT FROM t2.typsend
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typmodin = p1.oid AND NOT
    (p1.pronargs = 1 AND
     p1.proargtypes[0] = 'cstring[]'::regtype AND
     p1.prorettype = 'int4'::regtype AND NOT p1.proretset)
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typmodin = p1.oid AND p1.provolatile NOT IN ('i', 's')
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typmodout = p1.oid AND NOT
    (p1.pronargs = 1 AND
     p1.proargtypes[0] = 'int4'::regtype AND
     p1.prorettype = 'cstring'::regtype AND NOT p1.proretset)
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typmodout = p1.oid AND p1.provolatile NOT IN ('i', 's')
--//
SELECT t1.oid, t1.typname, t2.oid, t2.typname
FROM pg_type AS t1, pg_type AS t2
WHERE t1.typelem = t2.oid AND NOT
    (t1.typmodin = t2.typmodin AND t1.typmodout = t2.typmodout)
--//
SELECT t1.oid, t1.typname, t2.oid, t2.typname
FROM pg_type AS t1, pg_type AS t2
WHERE t1.typarray = t2.oid AND NOT (t1.typdelim = t2.typdelim)
--//
SELECT t1.oid, t1.typname, t1.typelem
FROM pg_type AS t1
WHERE t1.typelem != 0 AND t1.typsubscript = 0
--//
SELECT t1.oid, t1.typname,
       t1.typelem, t1.typlen, t1.typbyval
FROM pg_type AS t1
WHERE t1.typsubscript = 'array_subscript_handler'::regproc AND NOT
    (t1.typelem != 0 AND t1.typlen = -1 AND NOT t1.typbyval)
--//
SELECT t1.oid, t1.typname,
       t1.typelem, t1.typlen, t1.typbyval
FROM pg_type AS t1
WHERE t1.typsubscript = 'raw_array_subscript_handler'::regproc AND NOT
    (t1.typelem != 0 AND t1.typlen > 0 AND NOT t1.typbyval)
--//
SELECT t1.oid, t1.typname, p1.oid, p1.proname
FROM pg_type AS t1, pg_proc AS p1
WHERE t1.typanalyze = p1.oid AND NOT
    (p1.pronargs = 1 AND
     p1.proargtypes[0] = 'internal'::regtype AND
     p1.prorettype = 'bool'::regtype AND NOT p1.proretset)
--//
SELECT d.oid, d.typname, d.typanalyze, t.oid, t.typname, t.typanalyze
FROM pg_type d JOIN pg_type t ON d.typbasetype = t.oid
WHERE d.typanalyze != t.typanalyze
--//
SELECT t.oid, t.typname, t.typanalyze
FROM pg_type t LEFT JOIN pg_range r on t.oid = r.rngtypid
WHERE t.typbasetype = 0 AND
    (t.typanalyze = 'range_typanalyze'::regproc) != (r.rngtypid IS NOT NULL)
--//
SELECT t.oid, t.typname, t.typanalyze
FROM pg_type t
WHERE t.typbasetype = 0 AND
    (t.typanalyze = 'array_typanalyze'::regproc) !=
    (t.typsubscript = 'array_subscript_handler'::regproc)
ORDER BY 1
--//
SELECT c1.oid, c1.relname
FROM pg_class as c1
WHERE relkind NOT IN ('r', 'i', 'S', 't', 'v', 'm', 'c', 'f', 'p') OR
    relpersistence NOT IN ('p', 'u', 't') OR
    relreplident NOT IN ('d', 'n', 'f', 'i')
--//
SELECT c1.oid, c1.relname
FROM pg_class as c1
WHERE c1.relkind NOT IN ('S', 'v', 'f', 'c') and
    c1.relam = 0
--//
SELECT c1.oid, c1.relname
FROM pg_class as c1
WHERE c1.relkind IN ('S', 'v', 'f', 'c') and
    c1.relam != 0
--//
SELECT pc.oid, pc.relname, pa.amname, pa.amtype
FROM pg_class as pc JOIN pg_am AS pa ON (pc.relam = pa.oid)
WHERE pc.relkind IN ('i') and
    pa.amtype != 'i'
--//
SELECT pc.oid, pc.relname, pa.amname, pa.amtype
FROM pg_class as pc JOIN pg_am AS pa ON (pc.relam = pa.oid)
WHERE pc.relkind IN ('r', 't', 'm') and
    pa.amtype != 't'
--//
SELECT a1.attrelid, a1.attname
FROM pg_attribute as a1
WHERE a1.attrelid = 0 OR a1.atttypid = 0 OR a1.attnum = 0 OR
    a1.attcacheoff != -1 OR a1.attinhcount < 0 OR
    (a1.attinhcount = 0 AND NOT a1.attislocal)
--//
SELECT a1.attrelid, a1.attname, c1.oid, c1.relname
FROM pg_attribute AS a1, pg_class AS c1
WHERE a1.attrelid = c1.oid AND a1.attnum > c1.relnatts
--//
SELECT c1.oid, c1.relname
FROM pg_class AS c1
WHERE c1.relnatts != (SELECT count(*) FROM pg_attribute AS a1
                      WHERE a1.attrelid = c1.oid AND a1.attnum > 0)
--//
SELECT a1.attrelid, a1.attname, t1.oid, t1.typname
FROM pg_attribute AS a1, pg_type AS t1
WHERE a1.atttypid = t1.oid AND
    (a1.attlen != t1.typlen OR
     a1.attalign != t1.typalign OR
     a1.attbyval != t1.typbyval OR
     (a1.attstorage != t1.typstorage AND a1.attstorage != 'p'))
--//
SELECT r.rngtypid, r.rngsubtype
FROM pg_range as r
WHERE r.rngtypid = 0 OR r.rngsubtype = 0 OR r.rngsubopc = 0
--//
SELECT r.rngtypid, r.rngsubtype, r.rngcollation, t.typcollation
FROM pg_range r JOIN pg_type t ON t.oid = r.rngsubtype
WHERE (rngcollation = 0) != (typcollation = 0)
--//
SELECT r.rngtypid, r.rngsubtype, o.opcmethod, o.opcname
FROM pg_range r JOIN pg_opclass o ON o.oid = r.rngsubopc
WHERE o.opcmethod != 403 OR
    ((o.opcintype != r.rngsubtype) AND NOT
     (o.opcintype = 'pg_catalog.anyarray'::regtype AND
      EXISTS(select 1 from pg_catalog.pg_type where
             oid = r.rngsubtype and typelem != 0 and
             typsubscript = 'array_subscript_handler'::regproc)))
--//
SELECT r.rngtypid, r.rngsubtype, p.proname
FROM pg_range r JOIN pg_proc p ON p.oid = r.rngcanonical
WHERE pronargs != 1 OR proargtypes[0] != rngtypid OR prorettype != rngtypid
--//
SELECT r.rngtypid, r.rngsubtype, p.proname
FROM pg_range r JOIN pg_proc p ON p.oid = r.rngsubdiff
WHERE pronargs != 2
    OR proargtypes[0] != rngsubtype OR proargtypes[1] != rngsubtype
    OR prorettype != 'pg_catalog.float8'::regtype
--//
SELECT r.rngtypid, r.rngsubtype, r.rngmultitypid
FROM pg_range r
WHERE r.rngmultitypid IS NULL OR r.rngmultitypid = 0
--//
SELECT oid, typname, typtype, typelem, typarray
  FROM pg_type t
  WHERE oid < 16384 AND
    typtype NOT IN ('p', 'c') AND
    oid != ALL(ARRAY['regproc', 'regprocedure', 'regoper',
                     'regoperator', 'regconfig', 'regdictionary',
                     'regnamespace', 'regcollation']::regtype[]) AND
    oid != ALL(ARRAY['gtsvector', 'pg_node_tree',
                     'pg_ndistinct', 'pg_dependencies', 'pg_mcv_list',
                     'pg_brin_bloom_summary',
                     'pg_brin_minmax_multi_summary', 'xml']::regtype[]) AND
    NOT EXISTS (SELECT 1 FROM pg_type u WHERE u.typarray = t.oid)
    AND NOT EXISTS (SELECT 1
                    FROM pg_attribute a
                    WHERE a.atttypid=t.oid AND
                          a.attnum > 0 AND
                          a.attrelid='tab_core_types'::regclass)
--//
SELECT * FROM persons
--//
SELECT * FROM get_all_persons()
--//
INSERT INTO persons VALUES (1, 'test')
--//
SELECT id, namelen(persons) FROM persons
--//
SELECT getdatabaseencoding() <> 'UTF8' AS skip_test
--//
SELECT U&'\0061\0308bc' <> U&'\00E4bc' COLLATE "C" AS sanity_check
--//
SELECT normalize('')
--//
SELECT normalize(U&'\0061\0308\24D1c') = U&'\00E4\24D1c' COLLATE "C" AS test_default
--//
SELECT normalize(U&'\0061\0308\24D1c', NFC) = U&'\00E4\24D1c' COLLATE "C" AS test_nfc
--//
SELECT normalize(U&'\00E4bc', NFC) = U&'\00E4bc' COLLATE "C" AS test_nfc_idem
--//
SELECT normalize(U&'\00E4\24D1c', NFD) = U&'\0061\0308\24D1c' COLLATE "C" AS test_nfd
--//
SELECT normalize(U&'\0061\0308\24D1c', NFKC) = U&'\00E4bc' COLLATE "C" AS test_nfkc
--//
SELECT normalize(U&'\00E4\24D1c', NFKD) = U&'\0061\0308bc' COLLATE "C" AS test_nfkd
--//
SELECT "normalize"('abc', 'def')
--//
SELECT U&'\00E4\24D1c' IS NORMALIZED AS test_default
--//
SELECT U&'\00E4\24D1c' IS NFC NORMALIZED AS test_nfc
--//
SELECT num, val,
    val IS NFC NORMALIZED AS NFC,
    val IS NFD NORMALIZED AS NFD,
    val IS NFKC NORMALIZED AS NFKC,
    val IS NFKD NORMALIZED AS NFKD
FROM
  (VALUES (1, U&'\00E4bc'),
          (2, U&'\0061\0308bc'),
          (3, U&'\00E4\24D1c'),
          (4, U&'\0061\0308\24D1c'),
          (5, '')) vals (num, val)
ORDER BY num
--//
SELECT is_normalized('abc', 'def')
--//
SELECT 1 AS two UNION SELECT 2 ORDER BY 1
--//
SELECT 1 AS one UNION SELECT 1 ORDER BY 1
--//
SELECT 1 AS two UNION ALL SELECT 2
--//
SELECT 1 AS three UNION SELECT 2 UNION SELECT 3 ORDER BY 1
--//
SELECT 1 AS two UNION SELECT 2 UNION SELECT 2 ORDER BY 1
--//
SELECT 1 AS three UNION SELECT 2 UNION ALL SELECT 2 ORDER BY 1
--//
SELECT 1.1 AS two UNION SELECT 2.2 ORDER BY 1
--//
SELECT 1.1 AS two UNION SELECT 2 ORDER BY 1
--//
SELECT 1 AS two UNION SELECT 2.2 ORDER BY 1
--//
SELECT 1 AS one UNION SELECT 1.0::float8 ORDER BY 1
--//
SELECT 1.1 AS two UNION ALL SELECT 2 ORDER BY 1
--//
SELECT 1.0::float8 AS two UNION ALL SELECT 1 ORDER BY 1
--//
SELECT 1.1 AS three UNION SELECT 2 UNION SELECT 3 ORDER BY 1
--//
SELECT 1.1::float8 AS two UNION SELECT 2 UNION SELECT 2.0::float8 ORDER BY 1
--//
SELECT 1.1 AS three UNION SELECT 2 UNION ALL SELECT 2 ORDER BY 1
--//
SELECT 1.1 AS two UNION (SELECT 2 UNION ALL SELECT 2) ORDER BY 1
--//
SELECT f1 AS five FROM FLOAT8_TBL
UNION
SELECT f1 FROM FLOAT8_TBL
ORDER BY 1
--//
SELECT f1 AS ten FROM FLOAT8_TBL
UNION ALL
SELECT f1 FROM FLOAT8_TBL
--//
SELECT f1 AS nine FROM FLOAT8_TBL
UNION
SELECT f1 FROM INT4_TBL
ORDER BY 1
--//
SELECT f1 AS ten FROM FLOAT8_TBL
UNION ALL
SELECT f1 FROM INT4_TBL
--//
SELECT f1 AS five FROM FLOAT8_TBL
  WHERE f1 BETWEEN -1e6 AND 1e6
UNION
SELECT f1 FROM INT4_TBL
  WHERE f1 BETWEEN 0 AND 1000000
ORDER BY 1
--//
SELECT CAST(f1 AS char(4)) AS three FROM VARCHAR_TBL
UNION
SELECT f1 FROM CHAR_TBL
ORDER BY 1
--//
SELECT f1 AS three FROM VARCHAR_TBL
UNION
SELECT CAST(f1 AS varchar) FROM CHAR_TBL
ORDER BY 1
--//
SELECT f1 AS eight FROM VARCHAR_TBL
UNION ALL
SELECT f1 FROM CHAR_TBL
--//
SELECT f1 AS five FROM TEXT_TBL
UNION
SELECT f1 FROM VARCHAR_TBL
UNION
SELECT TRIM(TRAILING FROM f1) FROM CHAR_TBL
ORDER BY 1
--//
SELECT q2 FROM int8_tbl INTERSECT SELECT q1 FROM int8_tbl ORDER BY 1
--//
SELECT q2 FROM int8_tbl INTERSECT ALL SELECT q1 FROM int8_tbl ORDER BY 1
--//
SELECT q2 FROM int8_tbl EXCEPT SELECT q1 FROM int8_tbl ORDER BY 1
--//
SELECT q2 FROM int8_tbl EXCEPT ALL SELECT q1 FROM int8_tbl ORDER BY 1
--//
SELECT q2 FROM int8_tbl EXCEPT ALL SELECT DISTINCT q1 FROM int8_tbl ORDER BY 1
--//
SELECT q1 FROM int8_tbl EXCEPT ALL SELECT q1 FROM int8_tbl FOR NO KEY UPDATE
--//
(SELECT 1,2,3 UNION SELECT 4,5,6) INTERSECT SELECT 4,5,6
--//
(SELECT 1,2,3 UNION SELECT 4,5,6 ORDER BY 1,2) INTERSECT SELECT 4,5,6
--//
(SELECT 1,2,3 UNION SELECT 4,5,6) EXCEPT SELECT 4,5,6
--//
(SELECT 1,2,3 UNION SELECT 4,5,6 ORDER BY 1,2) EXCEPT SELECT 4,5,6
--//
explain (costs off)
select count(*) from
  ( select unique1 from tenk1 union select fivethous from tenk1 ) ss
--//
select count(*) from
  ( select unique1 from tenk1 union select fivethous from tenk1 ) ss
--//
explain (costs off)
select count(*) from
  ( select unique1 from tenk1 intersect select fivethous from tenk1 ) ss
--//
select count(*) from
  ( select unique1 from tenk1 intersect select fivethous from tenk1 ) ss
--//
explain (costs off)
select unique1 from tenk1 except select unique2 from tenk1 where unique2 != 10
--//
select unique1 from tenk1 except select unique2 from tenk1 where unique2 != 10
--//
explain (costs off)
select x from (values (100::money), (200::money)) _(x) union select x from (values (100::money), (300::money)) _(x)
--//
explain (costs off)
select x from (values (array[1, 2]), (array[1, 3])) _(x) union select x from (values (array[1, 2]), (array[1, 4])) _(x)
--//
select x from (values (array[1, 2]), (array[1, 3])) _(x) union select x from (values (array[1, 2]), (array[1, 4])) _(x)
--//
explain (costs off)
select x from (values (array[1, 2]), (array[1, 3])) _(x) intersect select x from (values (array[1, 2]), (array[1, 4])) _(x)
--//
select x from (values (array[1, 2]), (array[1, 3])) _(x) intersect select x from (values (array[1, 2]), (array[1, 4])) _(x)
--//
explain (costs off)
select x from (values (array[1, 2]), (array[1, 3])) _(x) except select x from (values (array[1, 2]), (array[1, 4])) _(x)
--//
select x from (values (array[1, 2]), (array[1, 3])) _(x) except select x from (values (array[1, 2]), (array[1, 4])) _(x)
--//
explain (costs off)
select x from (values (array[100::money]), (array[200::money])) _(x) union select x from (values (array[100::money]), (array[300::money])) _(x)
--//
select x from (values (array[100::money]), (array[200::money])) _(x) union select x from (values (array[100::money]), (array[300::money])) _(x)
--//
explain (costs off)
select x from (values (row(1, 2)), (row(1, 3))) _(x) union select x from (values (row(1, 2)), (row(1, 4))) _(x)
--//
select x from (values (row(1, 2)), (row(1, 3))) _(x) union select x from (values (row(1, 2)), (row(1, 4))) _(x)
--//
explain (costs off)
select x from (values (row(1, 2)), (row(1, 3))) _(x) intersect select x from (values (row(1, 2)), (row(1, 4))) _(x)
--//
select x from (values (row(1, 2)), (row(1, 3))) _(x) intersect select x from (values (row(1, 2)), (row(1, 4))) _(x)
--//
explain (costs off)
select x from (values (row(1, 2)), (row(1, 3))) _(x) except select x from (values (row(1, 2)), (row(1, 4))) _(x)
--//
select x from (values (row(1, 2)), (row(1, 3))) _(x) except select x from (values (row(1, 2)), (row(1, 4))) _(x)
--//
explain (costs off)
select x from (values (row(100::money)), (row(200::money))) _(x) union select x from (values (row(100::money)), (row(300::money))) _(x)
--//
select x from (values (row(100::money)), (row(200::money))) _(x) union select x from (values (row(100::money)), (row(300::money))) _(x)
--//
explain (costs off)
select x from (values (row(100::money)::ct1), (row(200::money)::ct1)) _(x) union select x from (values (row(100::money)::ct1), (row(300::money)::ct1)) _(x)
--//
select x from (values (row(100::money)::ct1), (row(200::money)::ct1)) _(x) union select x from (values (row(100::money)::ct1), (row(300::money)::ct1)) _(x)
--//
SELECT f1 FROM float8_tbl INTERSECT SELECT f1 FROM int4_tbl ORDER BY 1
--//
SELECT f1 FROM float8_tbl EXCEPT SELECT f1 FROM int4_tbl ORDER BY 1
--//
SELECT q1 FROM int8_tbl INTERSECT SELECT q2 FROM int8_tbl UNION ALL SELECT q2 FROM int8_tbl  ORDER BY 1
--//
SELECT q1 FROM int8_tbl INTERSECT (((SELECT q2 FROM int8_tbl UNION ALL SELECT q2 FROM int8_tbl))) ORDER BY 1
--//
SELECT q1 FROM int8_tbl UNION ALL SELECT q2 FROM int8_tbl EXCEPT SELECT q1 FROM int8_tbl ORDER BY 1
--//
SELECT q1 FROM int8_tbl UNION ALL (((SELECT q2 FROM int8_tbl EXCEPT SELECT q1 FROM int8_tbl ORDER BY 1)))
--//
SELECT q1,q2 FROM int8_tbl EXCEPT SELECT q2,q1 FROM int8_tbl
ORDER BY q2,q1
--//
SELECT q1 FROM int8_tbl EXCEPT SELECT q2 FROM int8_tbl ORDER BY q2 LIMIT 1
--//
SELECT q1 FROM int8_tbl EXCEPT (((SELECT q2 FROM int8_tbl ORDER BY q2 LIMIT 1))) ORDER BY 1
--//
select union select
--//
select intersect select
--//
select except select
--//
explain (costs off)
select from generate_series(1,5) union select from generate_series(1,3)
--//
explain (costs off)
select from generate_series(1,5) intersect select from generate_series(1,3)
--//
select from generate_series(1,5) union select from generate_series(1,3)
--//
select from generate_series(1,5) union all select from generate_series(1,3)
--//
select from generate_series(1,5) intersect select from generate_series(1,3)
--//
select from generate_series(1,5) intersect all select from generate_series(1,3)
--//
select from generate_series(1,5) except select from generate_series(1,3)
--//
select from generate_series(1,5) except all select from generate_series(1,3)
--//
SELECT a.f1 FROM (SELECT 'test' AS f1 FROM varchar_tbl) a
UNION
SELECT b.f1 FROM (SELECT f1 FROM varchar_tbl) b
ORDER BY 1
--//
SELECT '3.4'::numeric UNION SELECT 'foo'
--//
INSERT INTO t1 VALUES ('a', 'b'), ('x', 'y')
--//
INSERT INTO t2 VALUES ('ab'), ('xy')
--//
explain (costs off)
 SELECT * FROM
 (SELECT a || b AS ab FROM t1
  UNION ALL
  SELECT * FROM t2) t
 WHERE ab = 'ab'
--//
explain (costs off)
 SELECT * FROM
 (SELECT a || b AS ab FROM t1
  UNION
  SELECT * FROM t2) t
 WHERE ab = 'ab'
--//
INSERT INTO t1c VALUES ('v', 'w'), ('c', 'd'), ('m', 'n'), ('e', 'f')
--//
INSERT INTO t2c VALUES ('vw'), ('cd'), ('mn'), ('ef')
--//
explain (costs off)
  SELECT * FROM
  (SELECT a || b AS ab FROM t1
   UNION ALL
   SELECT ab FROM t2) t
  ORDER BY 1 LIMIT 8
--//
SELECT * FROM
  (SELECT a || b AS ab FROM t1
   UNION ALL
   SELECT ab FROM t2) t
  ORDER BY 1 LIMIT 8
--//
explain (costs off)
select event_id
 from (select event_id from events
       union all
       select event_id from other_events) ss
 order by event_id
--//
explain (costs off)
 SELECT * FROM
  (SELECT 1 AS t, * FROM tenk1 a
   UNION ALL
   SELECT 2 AS t, * FROM tenk1 b) c
 WHERE t = 2
--//
explain (costs off)
SELECT * FROM
  (SELECT 1 AS t, 2 AS x
   UNION
   SELECT 2 AS t, 4 AS x) ss
WHERE x < 4
ORDER BY x
--//
SELECT * FROM
  (SELECT 1 AS t, 2 AS x
   UNION
   SELECT 2 AS t, 4 AS x) ss
WHERE x < 4
ORDER BY x
--//
explain (costs off)
SELECT * FROM
  (SELECT 1 AS t, generate_series(1,10) AS x
   UNION
   SELECT 2 AS t, 4 AS x) ss
WHERE x < 4
ORDER BY x
--//
SELECT * FROM
  (SELECT 1 AS t, generate_series(1,10) AS x
   UNION
   SELECT 2 AS t, 4 AS x) ss
WHERE x < 4
ORDER BY x
--//
explain (costs off)
SELECT * FROM
  (SELECT 1 AS t, (random()*3)::int AS x
   UNION
   SELECT 2 AS t, 4 AS x) ss
WHERE x > 3
ORDER BY x
--//
SELECT * FROM
  (SELECT 1 AS t, (random()*3)::int AS x
   UNION
   SELECT 2 AS t, 4 AS x) ss
WHERE x > 3
ORDER BY x
--//
explain (costs off)
select distinct q1 from
  (select distinct * from int8_tbl i81
   union all
   select distinct * from int8_tbl i82) ss
where q2 = q2
--//
select distinct q1 from
  (select distinct * from int8_tbl i81
   union all
   select distinct * from int8_tbl i82) ss
where q2 = q2
--//
explain (costs off)
select distinct q1 from
  (select distinct * from int8_tbl i81
   union all
   select distinct * from int8_tbl i82) ss
where -q1 = q2
--//
select distinct q1 from
  (select distinct * from int8_tbl i81
   union all
   select distinct * from int8_tbl i82) ss
where -q1 = q2
--//
explain (costs off)
select * from
  (select * from t3 a union all select * from t3 b) ss
  join int4_tbl on f1 = expensivefunc(x)
--//
select * from
  (select * from t3 a union all select * from t3 b) ss
  join int4_tbl on f1 = expensivefunc(x)
--//
explain (costs off)
select * from
  (select *, 0 as x from int8_tbl a
   union all
   select *, 1 as x from int8_tbl b) ss
where (x = 0) or (q1 >= q2 and q1 <= q2)
--//
select * from
  (select *, 0 as x from int8_tbl a
   union all
   select *, 1 as x from int8_tbl b) ss
where (x = 0) or (q1 >= q2 and q1 <= q2)
--//
INSERT INTO base_tbl SELECT i, 'Row ' || i FROM generate_series(-2, 2) g(i)
--//
SELECT table_name, is_insertable_into
  FROM information_schema.tables
 WHERE table_name LIKE E'r_\\_view%'
 ORDER BY table_name
--//
SELECT table_name, is_updatable, is_insertable_into
  FROM information_schema.views
 WHERE table_name LIKE E'r_\\_view%'
 ORDER BY table_name
--//
SELECT table_name, column_name, is_updatable
  FROM information_schema.columns
 WHERE table_name LIKE E'r_\\_view%'
 ORDER BY table_name, ordinal_position
--//
DELETE FROM ro_view1
--//
UPDATE ro_view7 SET a=a+1
--//
INSERT INTO ro_view13 VALUES (3, 'Row 3')
--//
INSERT INTO rw_view14 VALUES (null, 3, 'Row 3')
--//
INSERT INTO rw_view14 (a, b) VALUES (3, 'Row 3')
--//
UPDATE rw_view14 SET ctid=null WHERE a=3
--//
UPDATE rw_view14 SET b='ROW 3' WHERE a=3
--//
SELECT * FROM base_tbl
--//
DELETE FROM rw_view14 WHERE a=3
--//
INSERT INTO rw_view15 VALUES (3, 'ROW 3')
--//
INSERT INTO rw_view15 (a) VALUES (3)
--//
INSERT INTO rw_view15 (a) VALUES (3) ON CONFLICT DO NOTHING
--//
SELECT * FROM rw_view15
--//
INSERT INTO rw_view15 (a) VALUES (3) ON CONFLICT (a) DO NOTHING
--//
INSERT INTO rw_view15 (a) VALUES (3) ON CONFLICT (a) DO UPDATE set a = excluded.a
--//
INSERT INTO rw_view15 (a) VALUES (3) ON CONFLICT (a) DO UPDATE set upper = 'blarg'
--//
UPDATE rw_view15 SET upper='ROW 3' WHERE a=3
--//
UPDATE rw_view15 SET upper=DEFAULT WHERE a=3
--//
UPDATE rw_view15 SET a=4 WHERE a=3
--//
INSERT INTO rw_view16 VALUES (3, 'Row 3', 3)
--//
UPDATE rw_view16 SET a=3, aa=-3 WHERE a=3
--//
UPDATE rw_view16 SET aa=-3 WHERE a=3
--//
DELETE FROM rw_view16 WHERE a=-3
--//
UPDATE ro_view19 SET last_value=1000
--//
UPDATE ro_view20 SET b=upper(b)
--//
SELECT table_name, is_insertable_into
  FROM information_schema.tables
 WHERE table_name = 'rw_view1'
--//
SELECT table_name, is_updatable, is_insertable_into
  FROM information_schema.views
 WHERE table_name = 'rw_view1'
--//
SELECT table_name, column_name, is_updatable
  FROM information_schema.columns
 WHERE table_name = 'rw_view1'
 ORDER BY ordinal_position
--//
DELETE FROM rw_view1 WHERE b='Row 2'
--//
EXPLAIN (costs off) UPDATE rw_view1 SET a=6 WHERE a=5
--//
EXPLAIN (costs off) DELETE FROM rw_view1 WHERE a=5
--//
INSERT INTO rw_view1 VALUES (9, DEFAULT), (10, DEFAULT)
--//
SELECT a, b FROM base_tbl_hist
--//
INSERT INTO rw_view2 (aaa) VALUES (4)
--//
UPDATE rw_view2 SET bbb='Row 4' WHERE aaa=4
--//
DELETE FROM rw_view2 WHERE aaa=2
--//
EXPLAIN (costs off) UPDATE rw_view2 SET aaa=5 WHERE aaa=4
--//
EXPLAIN (costs off) DELETE FROM rw_view2 WHERE aaa=4
--//
SELECT table_name, is_insertable_into
  FROM information_schema.tables
 WHERE table_name LIKE 'rw_view%'
 ORDER BY table_name
--//
SELECT table_name, is_updatable, is_insertable_into
  FROM information_schema.views
 WHERE table_name LIKE 'rw_view%'
 ORDER BY table_name
--//
SELECT table_name, column_name, is_updatable
  FROM information_schema.columns
 WHERE table_name LIKE 'rw_view%'
 ORDER BY table_name, ordinal_position
--//
INSERT INTO rw_view2 VALUES (3, 'Row 3') RETURNING *
--//
UPDATE rw_view2 SET b='Row three' WHERE a=3 RETURNING *
--//
DELETE FROM rw_view2 WHERE a=3 RETURNING *
--//
SELECT table_name, is_updatable, is_insertable_into,
       is_trigger_updatable, is_trigger_deletable,
       is_trigger_insertable_into
  FROM information_schema.views
 WHERE table_name LIKE 'rw_view%'
 ORDER BY table_name
--//
UPDATE rw_view1 v SET bb='Updated row 2' WHERE rw_view1_aa(v)=2
  RETURNING rw_view1_aa(v), v.bb
--//
EXPLAIN (costs off)
UPDATE rw_view1 v SET bb='Updated row 2' WHERE rw_view1_aa(v)=2
  RETURNING rw_view1_aa(v), v.bb
--//
INSERT INTO base_tbl VALUES (1, 'Row 1', 1.0)
--//
INSERT INTO rw_view1 VALUES ('Row 2', 2.0, 2)
--//
UPDATE base_tbl SET a=a, c=c
--//
UPDATE base_tbl SET b=b
--//
UPDATE rw_view1 SET bb=bb, cc=cc
--//
UPDATE rw_view1 SET aa=aa
--//
UPDATE rw_view2 SET aa=aa, cc=cc
--//
UPDATE rw_view2 SET bb=bb
--//
DELETE FROM base_tbl
--//
DELETE FROM rw_view1
--//
DELETE FROM base_tbl WHERE a=1
--//
DELETE FROM rw_view1 WHERE aa=2
--//
SELECT * FROM rw_view1 FOR UPDATE
--//
UPDATE rw_view1 SET b = 'foo' WHERE a = 1
--//
UPDATE base_tbl SET a=a
--//
UPDATE rw_view1 SET cc=cc
--//
UPDATE rw_view2 SET aaa=aaa
--//
UPDATE rw_view1 SET aa=aa, bb=bb
--//
UPDATE rw_view2 SET bbb=bbb
--//
UPDATE rw_view2 SET ccc=ccc
--//
INSERT INTO base_tbl VALUES (1, 'Row 1')
--//
INSERT INTO base_tbl VALUES (3)
--//
INSERT INTO rw_view1 (aa) VALUES (5)
--//
INSERT INTO base_tbl VALUES (1,2), (4,5), (3,-3)
--//
INSERT INTO rw_view1 VALUES (7,-8)
--//
EXPLAIN (verbose, costs off) UPDATE rw_view1 SET b = b + 1 RETURNING *
--//
UPDATE rw_view1 SET b = b + 1 RETURNING *
--//
INSERT INTO base_tbl VALUES (1,ARRAY[2]), (3,ARRAY[4])
--//
UPDATE rw_view1 SET arr[1] = 42, arr[2] = 77 WHERE a = 3
--//
INSERT INTO base_tbl SELECT i/10.0 FROM generate_series(1,10) g(i)
--//
INSERT INTO rw_view1 VALUES (null, null, 1.1, null)
--//
INSERT INTO rw_view1 (s, c, a) VALUES (null, null, 1.1)
--//
INSERT INTO rw_view1 (s, c, a) VALUES (default, default, 1.1)
--//
INSERT INTO rw_view1 (a) VALUES (1.1) RETURNING a, s, c
--//
UPDATE rw_view1 SET s = s WHERE a = 1.1
--//
UPDATE rw_view1 SET a = 1.05 WHERE a = 1.1 RETURNING s
--//
DELETE FROM rw_view1 WHERE a = 1.05
--//
INSERT INTO rw_view2 VALUES (null, null, null, 1.1, null)
--//
INSERT INTO rw_view2(s, c, base_a) VALUES (null, null, 1.1)
--//
INSERT INTO rw_view2(base_a) VALUES (1.1) RETURNING t
--//
UPDATE rw_view2 SET s = s WHERE base_a = 1.1
--//
UPDATE rw_view2 SET t = t WHERE base_a = 1.1
--//
UPDATE rw_view2 SET base_a = 1.05 WHERE base_a = 1.1
--//
DELETE FROM rw_view2 WHERE base_a = 1.05 RETURNING base_a, s, c, t
--//
INSERT INTO rw_view3 VALUES (null, null, null, null)
--//
INSERT INTO rw_view3(s) VALUES (null)
--//
UPDATE rw_view3 SET s = s
--//
DELETE FROM rw_view3 WHERE s = sin(0.1)
--//
SELECT * FROM base_tbl ORDER BY a
--//
SELECT events & 4 != 0 AS upd,
       events & 8 != 0 AS ins,
       events & 16 != 0 AS del
  FROM pg_catalog.pg_relation_is_updatable('rw_view3'::regclass, false) t(events)
--//
INSERT INTO base_tbl (id) VALUES (1)
--//
INSERT INTO rw_view1 (id) VALUES (2)
--//
INSERT INTO base_tbl (id, idplus1) VALUES (3, DEFAULT)
--//
INSERT INTO rw_view1 (id, idplus1) VALUES (4, DEFAULT)
--//
INSERT INTO base_tbl (id, idplus1) VALUES (5, 6)
--//
INSERT INTO rw_view1 (id, idplus1) VALUES (6, 7)
--//
UPDATE base_tbl SET id = 2000 WHERE id = 2
--//
UPDATE rw_view1 SET id = 3000 WHERE id = 3
--//
INSERT INTO base_tbl_parent SELECT * FROM generate_series(-8, -1)
--//
INSERT INTO base_tbl_child SELECT * FROM generate_series(1, 8)
--//
SELECT * FROM rw_view1 ORDER BY a
--//
SELECT * FROM ONLY rw_view1 ORDER BY a
--//
INSERT INTO rw_view1 VALUES (-100), (100)
--//
UPDATE rw_view1 SET a = a*10 WHERE a IN (-1, 1)
--//
UPDATE ONLY rw_view1 SET a = a*10 WHERE a IN (-2, 2)
--//
DELETE FROM rw_view1 WHERE a IN (-5, 5)
--//
DELETE FROM ONLY rw_view1 WHERE a IN (-6, 6)
--//
SELECT * FROM ONLY base_tbl_parent ORDER BY a
--//
SELECT * FROM base_tbl_child ORDER BY a
--//
INSERT INTO other_tbl_parent VALUES (7),(200)
--//
INSERT INTO other_tbl_child VALUES (8),(100)
--//
EXPLAIN (costs off)
UPDATE rw_view1 SET a = a + 1000 FROM other_tbl_parent WHERE a = id
--//
UPDATE rw_view1 SET a = a + 1000 FROM other_tbl_parent WHERE a = id
--//
SELECT * FROM information_schema.views WHERE table_name = 'rw_view1'
--//
INSERT INTO rw_view1 VALUES(3,4)
--//
INSERT INTO rw_view1 VALUES(5,null)
--//
UPDATE rw_view1 SET b = 5 WHERE a = 3
--//
UPDATE rw_view1 SET b = -5 WHERE a = 3
--//
INSERT INTO rw_view1(a) VALUES (9)
--//
INSERT INTO rw_view2 VALUES (-5)
--//
INSERT INTO rw_view2 VALUES (5)
--//
UPDATE rw_view2 SET a = a - 10
--//
UPDATE rw_view2 SET a = a + 10
--//
SELECT * FROM information_schema.views WHERE table_name LIKE E'rw\\_view_' ORDER BY table_name
--//
INSERT INTO rw_view1 VALUES (1, ARRAY[1,2,3])
--//
INSERT INTO rw_view1 VALUES (10, ARRAY[4,5])
--//
UPDATE rw_view1 SET b[2] = -b[2] WHERE a = 1
--//
INSERT INTO ref_tbl SELECT * FROM generate_series(1,10)
--//
EXPLAIN (costs off) INSERT INTO rw_view1 VALUES (5)
--//
EXPLAIN (costs off) UPDATE rw_view1 SET a = a + 5
--//
INSERT INTO rw_view1 VALUES (5,0)
--//
INSERT INTO rw_view1 VALUES (15, 20)
--//
UPDATE rw_view1 SET a = 20, b = 30
--//
UPDATE rw_view2 SET a = 200 WHERE a = 5
--//
UPDATE rw_view2 SET a = -5 WHERE a = 5
--//
INSERT INTO base_tbl VALUES ('Tom', 'public'),
                            ('Dick', 'private'),
                            ('Harry', 'public')
--//
SELECT * FROM rw_view1 WHERE snoop(person)
--//
UPDATE rw_view1 SET person=person WHERE snoop(person)
--//
DELETE FROM rw_view1 WHERE NOT snoop(person)
--//
EXPLAIN (costs off) SELECT * FROM rw_view1 WHERE snoop(person)
--//
EXPLAIN (costs off) UPDATE rw_view1 SET person=person WHERE snoop(person)
--//
EXPLAIN (costs off) DELETE FROM rw_view1 WHERE NOT snoop(person)
--//
INSERT INTO base_tbl VALUES (1, 'Row 1', false), (2, 'Row 2', true)
--//
EXPLAIN (costs off) DELETE FROM rw_view1 WHERE id = 1 AND snoop(data)
--//
DELETE FROM rw_view1 WHERE id = 1 AND snoop(data)
--//
EXPLAIN (costs off) INSERT INTO rw_view1 VALUES (2, 'New row 2')
--//
INSERT INTO t1
SELECT i,i,'t1' FROM generate_series(1,10) g(i)
--//
INSERT INTO t11
SELECT i,i,'t11','t11d' FROM generate_series(1,10) g(i)
--//
INSERT INTO t12
SELECT i,i,'t12','{1,2}'::int[] FROM generate_series(1,10) g(i)
--//
INSERT INTO t111
SELECT i,i,'t111','t111d','{1,1,1}'::int[] FROM generate_series(1,10) g(i)
--//
SELECT * FROM v1 WHERE a=3
--//
EXPLAIN (VERBOSE, COSTS OFF)
UPDATE v1 SET a=100 WHERE snoop(a) AND leakproof(a) AND a < 7 AND a != 6
--//
UPDATE v1 SET a=100 WHERE snoop(a) AND leakproof(a) AND a < 7 AND a != 6
--//
SELECT * FROM t1 WHERE a=100
--//
EXPLAIN (VERBOSE, COSTS OFF)
UPDATE v1 SET a=a+1 WHERE snoop(a) AND leakproof(a) AND a = 8
--//
UPDATE v1 SET a=a+1 WHERE snoop(a) AND leakproof(a) AND a = 8
--//
SELECT * FROM v1 WHERE b=8
--//
DELETE FROM v1 WHERE snoop(a) AND leakproof(a)
--//
TABLE t1
--//
INSERT INTO vx1 values (1)
--//
SELECT * FROM tx1
--//
SELECT * FROM vx1
--//
INSERT INTO t1 VALUES (1, 'one', 10)
--//
INSERT INTO t2 VALUES (10), (20)
--//
INSERT INTO v2 VALUES (2, 'two', 20)
--//
INSERT INTO v2 VALUES (-2, 'minus two', 20)
--//
UPDATE v2 SET b = 'ONE' WHERE a = 1
--//
UPDATE v2 SET a = -1 WHERE a = 1
--//
UPDATE v2 SET c = 30 WHERE a = 1
--//
DELETE FROM v2 WHERE a = 2
--//
SELECT * FROM v2
--//
EXPLAIN (COSTS OFF) UPDATE v2 SET a = 1
--//
INSERT INTO v1 VALUES (1, 'ok')
--//
INSERT INTO v1 VALUES (-1, 'invalid')
--//
select pg_catalog.pg_column_is_updatable('uv_pt'::regclass, 1::smallint, false)
--//
select table_name, column_name, is_updatable
  from information_schema.columns where table_name = 'uv_ptv' order by column_name
--//
insert into uv_ptv values (1, 2)
--//
select tableoid::regclass, * from uv_pt
--//
insert into uv_ptv_wco values (1, 2)
--//
insert into wcowrtest_v values (1)
--//
insert into sometable values (1, 'a'), (2, 'b')
--//
insert into wcowrtest_v2 values (2, 'no such row in sometable')
--//
insert into uv_iocu_tab values ('xyxyxy', 0)
--//
insert into uv_iocu_view (a, b) values ('xyxyxy', 1)
   on conflict (a) do update set b = uv_iocu_view.b
--//
select * from uv_iocu_tab
--//
insert into uv_iocu_view (a, b) values ('xyxyxy', 1)
   on conflict (a) do update set b = excluded.b
--//
insert into uv_iocu_view (a, b) values ('xyxyxy', 3)
   on conflict (a) do update set b = cast(excluded.two as float)
--//
explain (costs off)
insert into uv_iocu_view (a, b) values ('xyxyxy', 3)
   on conflict (a) do update set b = excluded.b where excluded.c > 0
--//
insert into uv_iocu_view (a, b) values ('xyxyxy', 3)
   on conflict (a) do update set b = excluded.b where excluded.c > 0
--//
insert into uv_iocu_view (aa,bb) values (1,'x')
--//
explain (costs off)
insert into uv_iocu_view (aa,bb) values (1,'y')
   on conflict (aa) do update set bb = 'Rejected: '||excluded.*
   where excluded.aa > 0
   and excluded.bb != ''
   and excluded.cc is not null
--//
insert into uv_iocu_view (aa,bb) values (1,'y')
   on conflict (aa) do update set bb = 'Rejected: '||excluded.*
   where excluded.aa > 0
   and excluded.bb != ''
   and excluded.cc is not null
--//
select * from uv_iocu_view
--//
delete from uv_iocu_view
--//
insert into uv_iocu_view (aa) values (1)
   on conflict (aa) do update set bb = 'Rejected: '||excluded.*
--//
insert into uv_iocu_view (aa) values (1)
   on conflict (aa) do update set cc = 'XXX'
--//
insert into base_tbl values (1,'xxx',1.0)
--//
insert into rw_view1 values ('yyy',2.0,1)
  on conflict (aa) do update set bb = excluded.cc
--//
insert into rw_view1 values ('yyy',2.0,1)
  on conflict (aa) do update set bb = rw_view1.cc
--//
insert into rw_view1 values ('yyy',2.0,1)
  on conflict (aa) do update set bb = excluded.bb
--//
insert into rw_view1 values ('zzz',2.0,1)
  on conflict (aa) do update set bb = rw_view1.bb||'xxx'
--//
insert into rw_view1 values ('zzz',2.0,1)
  on conflict (aa) do update set cc = 3.0
--//
insert into rw_view2 (aa,bb) values (1,'xxx')
  on conflict (aa) do update set bb = excluded.bb
--//
insert into base_tab_def values (1)
--//
insert into base_tab_def values (2), (3)
--//
insert into base_tab_def values (4, default, default, default, default)
--//
insert into base_tab_def values (5, default, default, default, default),
                                (6, default, default, default, default)
--//
insert into base_tab_def_view values (11)
--//
insert into base_tab_def_view values (12), (13)
--//
insert into base_tab_def_view values (14, default, default, default, default)
--//
insert into base_tab_def_view values (15, default, default, default, default),
                                     (16, default, default, default, default)
--//
insert into base_tab_def_view values (17), (default)
--//
select * from base_tab_def order by a
--//
truncate base_tab_def
--//
select * from base_tab_def order by a, c NULLS LAST
--//
select * from base_tab_def order by a, e nulls first
--//
insert into base_tab_view (b[1], b[2], c, b[5], b[4], a, b[3])
values (1, 2, default, 5, 4, default, 3), (10, 11, 'C value', 14, 13, 100, 12)
--//
select * from base_tab order by a
--//
INSERT INTO update_test VALUES (5, 10, 'foo')
--//
INSERT INTO update_test(b, a) VALUES (15, 10)
--//
SELECT * FROM update_test
--//
UPDATE update_test SET a = DEFAULT, b = DEFAULT
--//
UPDATE update_test AS t SET b = 10 WHERE t.a = 10
--//
UPDATE update_test t SET b = t.b + 10 WHERE t.a = 10
--//
UPDATE update_test SET a=v.i FROM (VALUES(100, 20)) AS v(i, j)
  WHERE update_test.b = v.j
--//
UPDATE update_test SET a = v.* FROM (VALUES(100, 20)) AS v(i, j)
  WHERE update_test.b = v.j
--//
INSERT INTO update_test SELECT a,b+1,c FROM update_test
--//
UPDATE update_test SET (c,b,a) = ('bugle', b+11, DEFAULT) WHERE c = 'foo'
--//
UPDATE update_test SET (c,b) = ('car', a+b), a = a + 1 WHERE a = 10
--//
UPDATE update_test SET (c,b) = ('car', a+b), b = a + 1 WHERE a = 10
--//
UPDATE update_test
  SET (b,a) = (select a,b from update_test where b = 41 and c = 'car')
  WHERE a = 100 AND b = 20
--//
UPDATE update_test o
  SET (b,a) = (select a+1,b from update_test i
               where i.a=o.a and i.b=o.b and i.c is not distinct from o.c)
--//
UPDATE update_test SET (b,a) = (select a+1,b from update_test)
--//
UPDATE update_test SET (b,a) = (select a+1,b from update_test where a = 1000)
  WHERE a = 11
--//
UPDATE update_test SET (a,b) = ROW(v.*) FROM (VALUES(21, 100)) AS v(i, j)
  WHERE update_test.a = v.i
--//
UPDATE update_test SET (a,b) = (v.*) FROM (VALUES(21, 101)) AS v(i, j)
  WHERE update_test.a = v.i
--//
UPDATE update_test AS t SET b = update_test.b + 10 WHERE t.a = 10
--//
UPDATE update_test SET c = repeat('x', 10000) WHERE c = 'car'
--//
SELECT a, b, char_length(c) FROM update_test
--//
EXPLAIN (VERBOSE, COSTS OFF)
UPDATE update_test t
  SET (a, b) = (SELECT b, a FROM update_test s WHERE s.a = t.a)
  WHERE CURRENT_USER = SESSION_USER
--//
UPDATE update_test t
  SET (a, b) = (SELECT b, a FROM update_test s WHERE s.a = t.a)
  WHERE CURRENT_USER = SESSION_USER
--//
INSERT INTO upsert_test VALUES(1, 'Boo'), (3, 'Zoo')
--//
WITH aaa AS (SELECT 1 AS a, 'Foo' AS b) INSERT INTO upsert_test
  VALUES (1, 'Bar') ON CONFLICT(a)
  DO UPDATE SET (b, a) = (SELECT b, a FROM aaa) RETURNING *
--//
INSERT INTO upsert_test VALUES (1, 'Baz'), (3, 'Zaz') ON CONFLICT(a)
  DO UPDATE SET (b, a) = (SELECT b || ', Correlated', a from upsert_test i WHERE i.a = upsert_test.a)
  RETURNING *
--//
INSERT INTO upsert_test VALUES (1, 'Bat'), (3, 'Zot') ON CONFLICT(a)
  DO UPDATE SET (b, a) = (SELECT b || ', Excluded', a from upsert_test i WHERE i.a = excluded.a)
  RETURNING *
--//
INSERT INTO upsert_test VALUES (2, 'Beeble') ON CONFLICT(a)
  DO UPDATE SET (b, a) = (SELECT b || ', Excluded', a from upsert_test i WHERE i.a = excluded.a)
  RETURNING tableoid::regclass, xmin = pg_current_xact_id()::xid AS xmin_correct, xmax = 0 AS xmax_correct
--//
INSERT INTO upsert_test VALUES (2, 'Brox') ON CONFLICT(a)
  DO UPDATE SET (b, a) = (SELECT b || ', Excluded', a from upsert_test i WHERE i.a = excluded.a)
  RETURNING tableoid::regclass, xmin = pg_current_xact_id()::xid AS xmin_correct, xmax = pg_current_xact_id()::xid AS xmax_correct
--//
WITH aaa AS (SELECT 1 AS ctea, ' Foo' AS cteb) INSERT INTO upsert_test
  VALUES (1, 'Bar'), (2, 'Baz') ON CONFLICT(a)
  DO UPDATE SET (b, a) = (SELECT upsert_test.b||cteb, upsert_test.a FROM aaa) RETURNING *
--//
UPDATE part_b_10_b_20 set b = b - 6
--//
EXPLAIN (costs off) UPDATE range_parted set c = c - 50 WHERE c > 97
--//
UPDATE part_c_100_200 set c = c - 20, d = c WHERE c = 105
--//
UPDATE part_b_10_b_20 set a = 'a'
--//
UPDATE range_parted set d = d - 10 WHERE d > 10
--//
UPDATE range_parted set e = d
--//
UPDATE part_c_1_100 set c = c + 20 WHERE c = 98
--//
UPDATE part_b_10_b_20 set c = c + 20 returning c, b, a
--//
UPDATE part_b_10_b_20 set b = b - 6 WHERE c > 116 returning *
--//
UPDATE range_parted set b = b - 6 WHERE c > 116 returning a, b + c
--//
INSERT into mintab VALUES (120)
--//
UPDATE upview set c = 199 WHERE b = 4
--//
UPDATE upview set a = 'b', b = 15, c = 120 WHERE b = 4
--//
UPDATE upview set a = 'b', b = 15 WHERE b = 4
--//
UPDATE range_parted set c = 95 WHERE a = 'b' and b > 10 and c > 100 returning (range_parted), *
--//
UPDATE range_parted set c = (case when c = 96 then 110 else c + 1 end ) WHERE a = 'b' and b > 10 and c >= 96
--//
UPDATE range_parted set c = c + 50 WHERE a = 'b' and b > 10 and c >= 96
--//
UPDATE range_parted set c = (case when c = 96 then 110 else c + 1 end) WHERE a = 'b' and b > 10 and c >= 96
--//
UPDATE range_parted set b = 15 WHERE b = 1
--//
UPDATE range_parted set a = 'b', c = 151 WHERE a = 'a' and c = 200
--//
UPDATE range_parted set c = c - 50 WHERE c > 97
--//
update part_def set a = 'd' where a = 'c'
--//
UPDATE part_a_10_a_20 set a = 'ad' WHERE a = 'a'
--//
UPDATE range_parted set a = 'ad' WHERE a = 'a'
--//
INSERT into list_part1 VALUES ('a', 1)
--//
INSERT into list_default VALUES ('d', 10)
--//
UPDATE list_default set a = 'a' WHERE a = 'd'
--//
insert into utrtest values (1, 'foo')
  returning *, tableoid::regclass, xmin = pg_current_xact_id()::xid as xmin_ok
--//
insert into utrtest values (2, 'bar')
  returning *, tableoid::regclass
--//
update utrtest set b = b || b from (values (1), (2)) s(x) where a = s.x
  returning *, tableoid::regclass, xmin = pg_current_xact_id()::xid as xmin_ok
--//
update utrtest set a = 3 - a from (values (1), (2)) s(x) where a = s.x
  returning *, tableoid::regclass, xmin = pg_current_xact_id()::xid as xmin_ok
--//
update utrtest set a = 3 - a from (values (1), (2)) s(x) where a = s.x
  returning *, tableoid::regclass
--//
delete from utrtest
  returning *, tableoid::regclass, xmax = pg_current_xact_id()::xid as xmax_ok
--//
INSERT into list_parted VALUES (2,5,50)
--//
INSERT into sub_parted VALUES (1,1,60)
--//
UPDATE sub_parted set a = 2 WHERE c = 10
--//
SELECT tableoid::regclass::text, * FROM list_parted WHERE a = 2 ORDER BY 1
--//
UPDATE list_parted set b = c + a WHERE a = 2
--//
SELECT tableoid::regclass::text, * FROM list_parted ORDER BY 1, 2, 3, 4
--//
UPDATE list_parted set c = 70 WHERE b  = 1
--//
UPDATE list_parted set b = 1 WHERE c = 70
--//
INSERT into non_parted VALUES (1), (1), (1), (2), (2), (2), (3), (3), (3)
--//
UPDATE list_parted t1 set a = 2 FROM non_parted t2 WHERE t1.a = t2.id and a = 1
--//
insert into hpart1 values (1, 1)
--//
update hpart1 set a = 3, b=4 where a = 1
--//
update hash_parted set b = b - 1 where b = 1
--//
update hash_parted set b = b + 8 where b = 1
--//
INSERT INTO guid1(guid_field) VALUES('11111111-1111-1111-1111-111111111111F')
--//
SELECT guid_field FROM guid1
--//
SELECT guid_field FROM guid1 ORDER BY guid_field ASC
--//
SELECT guid_field FROM guid1 ORDER BY guid_field DESC
--//
SELECT COUNT(*) FROM guid1 WHERE guid_field = '3f3e3c3b-3a30-3938-3736-353433a2313e'
--//
SELECT COUNT(*) FROM guid1 WHERE guid_field <> '11111111111111111111111111111111'
--//
SELECT COUNT(*) FROM guid1 WHERE guid_field < '22222222-2222-2222-2222-222222222222'
--//
SELECT COUNT(*) FROM guid1 WHERE guid_field <= '22222222-2222-2222-2222-222222222222'
--//
SELECT COUNT(*) FROM guid1 WHERE guid_field > '22222222-2222-2222-2222-222222222222'
--//
SELECT COUNT(*) FROM guid1 WHERE guid_field >= '22222222-2222-2222-2222-222222222222'
--//
SELECT count(*) FROM pg_class WHERE relkind='i' AND relname LIKE 'guid%'
--//
SELECT COUNT(*) FROM guid1 g1 INNER JOIN guid2 g2 ON g1.guid_field = g2.guid_field
--//
SELECT COUNT(*) FROM guid1 g1 LEFT JOIN guid2 g2 ON g1.guid_field = g2.guid_field WHERE g2.guid_field IS NULL
--//
TRUNCATE guid1
--//
INSERT INTO guid1 (guid_field) VALUES (gen_random_uuid())
--//
SELECT count(DISTINCT guid_field) FROM guid1
--//
INSERT INTO vactst VALUES (1)
--//
INSERT INTO vactst SELECT * FROM vactst
--//
SELECT count(*) FROM vactst
--//
DELETE FROM vactst WHERE i != 0
--//
SELECT * FROM vactst
--//
UPDATE vactst SET i = i + 1
--//
DELETE FROM vactst
--//
INSERT INTO vaccluster VALUES (1), (2)
--//
INSERT INTO vactst SELECT generate_series(1, 300)
--//
DELETE FROM vactst WHERE i % 7 = 0
--//
DELETE FROM vactst WHERE i % 5 <> 0
--//
INSERT INTO past_inh_child DEFAULT VALUES
--//
INSERT INTO past_parted VALUES (1),(1)
--//
INSERT INTO pvactst SELECT i, array[1,2,3], point(i, i+1) FROM generate_series(1,1000) i
--//
UPDATE pvactst SET i = i WHERE i < 1000
--//
INSERT INTO no_index_cleanup(i, t) VALUES (generate_series(1,30),
    repeat('1234567890',269))
--//
DELETE FROM no_index_cleanup WHERE i < 15
--//
INSERT INTO vac_truncate_test VALUES (1, NULL), (NULL, NULL)
--//
INSERT INTO vacparted VALUES (1, 'a')
--//
UPDATE vacparted SET b = 'b'
--//
INSERT INTO vacparted_i SELECT i, 'test_'|| i from generate_series(1,10) i
--//
SELECT relname, relhasindex FROM pg_class
  WHERE relname LIKE 'vacparted_i%' AND relkind IN ('p','r')
  ORDER BY relname
--//
INSERT INTO parallel_vacuum_table SELECT i from generate_series(1, 10000) i
--//
SELECT EXISTS (
SELECT 1
FROM pg_class
WHERE oid = 'vacuum_in_leader_small_index'::regclass AND
  pg_relation_size(oid) <
  pg_size_bytes(current_setting('min_parallel_index_scan_size'))
) as leader_will_handle_small_index
--//
SELECT count(*) as trigger_parallel_vacuum_nindexes
FROM pg_class
WHERE oid in ('regular_sized_index'::regclass, 'typically_sized_index'::regclass) AND
  pg_relation_size(oid) >=
  pg_size_bytes(current_setting('min_parallel_index_scan_size'))
--//
DELETE FROM parallel_vacuum_table
--//
INSERT INTO VARCHAR_TBL (f1) VALUES ('a')
--//
INSERT INTO VARCHAR_TBL (f1) VALUES (2)
--//
SELECT * FROM VARCHAR_TBL
--//
SELECT c.*
   FROM VARCHAR_TBL c
   WHERE c.f1 <> 'a'
--//
SELECT c.*
   FROM VARCHAR_TBL c
   WHERE c.f1 = 'a'
--//
SELECT c.*
   FROM VARCHAR_TBL c
   WHERE c.f1 < 'a'
--//
SELECT c.*
   FROM VARCHAR_TBL c
   WHERE c.f1 <= 'a'
--//
SELECT c.*
   FROM VARCHAR_TBL c
   WHERE c.f1 > 'a'
--//
SELECT c.*
   FROM VARCHAR_TBL c
   WHERE c.f1 >= 'a'
--//
INSERT INTO empsalary VALUES
('develop', 10, 5200, '2007-08-01'),
('sales', 1, 5000, '2006-10-01'),
('personnel', 5, 3500, '2007-12-10'),
('sales', 4, 4800, '2007-08-08'),
('personnel', 2, 3900, '2006-12-23'),
('develop', 7, 4200, '2008-01-01'),
('develop', 9, 4500, '2008-01-01'),
('sales', 3, 4800, '2007-08-01'),
('develop', 8, 6000, '2006-10-01'),
('develop', 11, 5200, '2007-08-15')
--//
SELECT depname, empno, salary, sum(salary) OVER (PARTITION BY depname) FROM empsalary ORDER BY depname, salary
--//
SELECT depname, empno, salary, rank() OVER (PARTITION BY depname ORDER BY salary) FROM empsalary
--//
SELECT four, ten, SUM(SUM(four)) OVER (PARTITION BY four), AVG(ten) FROM tenk1
GROUP BY four, ten ORDER BY four, ten
--//
SELECT depname, empno, salary, sum(salary) OVER w FROM empsalary WINDOW w AS (PARTITION BY depname)
--//
SELECT depname, empno, salary, rank() OVER w FROM empsalary WINDOW w AS (PARTITION BY depname ORDER BY salary) ORDER BY rank() OVER w
--//
SELECT COUNT(*) OVER () FROM tenk1 WHERE unique2 < 10
--//
SELECT COUNT(*) OVER w FROM tenk1 WHERE unique2 < 10 WINDOW w AS ()
--//
SELECT four FROM tenk1 WHERE FALSE WINDOW w AS (PARTITION BY ten)
--//
SELECT sum(four) OVER (PARTITION BY ten ORDER BY unique2) AS sum_1, ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT row_number() OVER (ORDER BY unique2) FROM tenk1 WHERE unique2 < 10
--//
SELECT rank() OVER (PARTITION BY four ORDER BY ten) AS rank_1, ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT dense_rank() OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT percent_rank() OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT cume_dist() OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT ntile(3) OVER (ORDER BY ten, four), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT ntile(NULL) OVER (ORDER BY ten, four), ten, four FROM tenk1 LIMIT 2
--//
SELECT lag(ten) OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT lag(ten, four) OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT lag(ten, four, 0) OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT lag(ten, four, 0.7) OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10 ORDER BY four, ten
--//
SELECT lead(ten) OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT lead(ten * 2, 1) OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT lead(ten * 2, 1, -1) OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT lead(ten * 2, 1, -1.4) OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10 ORDER BY four, ten
--//
SELECT first_value(ten) OVER (PARTITION BY four ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT last_value(four) OVER (ORDER BY ten), ten, four FROM tenk1 WHERE unique2 < 10
--//
SELECT last_value(ten) OVER (PARTITION BY four), ten, four FROM
	(SELECT * FROM tenk1 WHERE unique2 < 10 ORDER BY four, ten)s
	ORDER BY four, ten
--//
SELECT nth_value(ten, four + 1) OVER (PARTITION BY four), ten, four
	FROM (SELECT * FROM tenk1 WHERE unique2 < 10 ORDER BY four, ten)s
--//
SELECT ten, two, sum(hundred) AS gsum, sum(sum(hundred)) OVER (PARTITION BY two ORDER BY ten) AS wsum
FROM tenk1 GROUP BY ten, two
--//
SELECT count(*) OVER (PARTITION BY four), four FROM (SELECT * FROM tenk1 WHERE two = 1)s WHERE unique2 < 10
--//
SELECT (count(*) OVER (PARTITION BY four ORDER BY ten) +
  sum(hundred) OVER (PARTITION BY four ORDER BY ten))::varchar AS cntsum
  FROM tenk1 WHERE unique2 < 10
--//
SELECT * FROM(
  SELECT count(*) OVER (PARTITION BY four ORDER BY ten) +
    sum(hundred) OVER (PARTITION BY two ORDER BY ten) AS total,
    count(*) OVER (PARTITION BY four ORDER BY ten) AS fourcount,
    sum(hundred) OVER (PARTITION BY two ORDER BY ten) AS twosum
    FROM tenk1
)sub
WHERE total <> fourcount + twosum
--//
SELECT avg(four) OVER (PARTITION BY four ORDER BY thousand / 100) FROM tenk1 WHERE unique2 < 10
--//
SELECT ten, two, sum(hundred) AS gsum, sum(sum(hundred)) OVER win AS wsum
FROM tenk1 GROUP BY ten, two WINDOW win AS (PARTITION BY two ORDER BY ten)
--//
SELECT sum(salary),
	row_number() OVER (ORDER BY depname),
	sum(sum(salary)) OVER (ORDER BY depname DESC)
FROM empsalary GROUP BY depname
--//
SELECT sum(salary) OVER w1, count(*) OVER w2
FROM empsalary WINDOW w1 AS (ORDER BY salary), w2 AS (ORDER BY salary)
--//
SELECT lead(ten, (SELECT two FROM tenk1 WHERE s.unique2 = unique2)) OVER (PARTITION BY four ORDER BY ten)
FROM tenk1 s WHERE unique2 < 10
--//
SELECT count(*) OVER (PARTITION BY four) FROM (SELECT * FROM tenk1 WHERE FALSE)s
--//
SELECT sum(salary) OVER w, rank() OVER w FROM empsalary WINDOW w AS (PARTITION BY depname ORDER BY salary DESC)
--//
SELECT empno, depname, salary, bonus, depadj, MIN(bonus) OVER (ORDER BY empno), MAX(depadj) OVER () FROM(
	SELECT *,
		CASE WHEN enroll_date < '2008-01-01' THEN 2008 - extract(YEAR FROM enroll_date) END * 500 AS bonus,
		CASE WHEN
			AVG(salary) OVER (PARTITION BY depname) < salary
		THEN 200 END AS depadj FROM empsalary
)s
--//
SELECT SUM(COUNT(f1)) OVER () FROM int4_tbl WHERE f1=42
--//
select ten,
  sum(unique1) + sum(unique2) as res,
  rank() over (order by sum(unique1) + sum(unique2)) as rank
from tenk1
group by ten order by ten
--//
explain (costs off)
select first_value(max(x)) over (), y
  from (select unique1 as x, ten+four as y from tenk1) ss
  group by y
--//
SELECT four, ten,
	sum(ten) over (partition by four order by ten),
	last_value(ten) over (partition by four order by ten)
FROM (select distinct ten, four from tenk1) ss
--//
SELECT four, ten,
	sum(ten) over (partition by four order by ten range between unbounded preceding and current row),
	last_value(ten) over (partition by four order by ten range between unbounded preceding and current row)
FROM (select distinct ten, four from tenk1) ss
--//
SELECT four, ten,
	sum(ten) over (partition by four order by ten range between unbounded preceding and unbounded following),
	last_value(ten) over (partition by four order by ten range between unbounded preceding and unbounded following)
FROM (select distinct ten, four from tenk1) ss
--//
SELECT four, ten/4 as two,
	sum(ten/4) over (partition by four order by ten/4 range between unbounded preceding and current row),
	last_value(ten/4) over (partition by four order by ten/4 range between unbounded preceding and current row)
FROM (select distinct ten, four from tenk1) ss
--//
SELECT four, ten/4 as two,
	sum(ten/4) over (partition by four order by ten/4 rows between unbounded preceding and current row),
	last_value(ten/4) over (partition by four order by ten/4 rows between unbounded preceding and current row)
FROM (select distinct ten, four from tenk1) ss
--//
SELECT sum(unique1) over (order by four range between current row and unbounded following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (rows between current row and unbounded following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (rows between 2 preceding and 2 following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (rows between 2 preceding and 2 following exclude no others),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (rows between 2 preceding and 2 following exclude current row),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (rows between 2 preceding and 2 following exclude group),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (rows between 2 preceding and 2 following exclude ties),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT first_value(unique1) over (ORDER BY four rows between current row and 2 following exclude current row),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT first_value(unique1) over (ORDER BY four rows between current row and 2 following exclude group),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT first_value(unique1) over (ORDER BY four rows between current row and 2 following exclude ties),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT last_value(unique1) over (ORDER BY four rows between current row and 2 following exclude current row),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT last_value(unique1) over (ORDER BY four rows between current row and 2 following exclude group),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT last_value(unique1) over (ORDER BY four rows between current row and 2 following exclude ties),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (rows between 2 preceding and 1 preceding),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (rows between 1 following and 3 following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (rows between unbounded preceding and 1 following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (w range between current row and unbounded following),
	unique1, four
FROM tenk1 WHERE unique1 < 10 WINDOW w AS (order by four)
--//
SELECT sum(unique1) over (w range between unbounded preceding and current row exclude current row),
	unique1, four
FROM tenk1 WHERE unique1 < 10 WINDOW w AS (order by four)
--//
SELECT sum(unique1) over (w range between unbounded preceding and current row exclude group),
	unique1, four
FROM tenk1 WHERE unique1 < 10 WINDOW w AS (order by four)
--//
SELECT sum(unique1) over (w range between unbounded preceding and current row exclude ties),
	unique1, four
FROM tenk1 WHERE unique1 < 10 WINDOW w AS (order by four)
--//
SELECT first_value(unique1) over w,
	nth_value(unique1, 2) over w AS nth_2,
	last_value(unique1) over w, unique1, four
FROM tenk1 WHERE unique1 < 10
WINDOW w AS (order by four range between current row and unbounded following)
--//
SELECT sum(unique1) over
	(order by unique1
	 rows (SELECT unique1 FROM tenk1 ORDER BY unique1 LIMIT 1) + 1 PRECEDING),
	unique1
FROM tenk1 WHERE unique1 < 10
--//
SELECT * FROM v_window
--//
SELECT sum(unique1) over (rows between current row and 9223372036854775807 following exclude current row),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (ORDER BY four groups between current row and 9223372036854775807 following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (ORDER BY four groups between 9223372036854775807 following and unbounded following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four range between 2::int8 preceding and 1::int2 preceding),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four desc range between 2::int8 preceding and 1::int2 preceding),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four range between 2::int8 preceding and 1::int2 preceding exclude no others),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four range between 2::int8 preceding and 1::int2 preceding exclude current row),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four range between 2::int8 preceding and 1::int2 preceding exclude group),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four range between 2::int8 preceding and 1::int2 preceding exclude ties),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four range between 2::int8 preceding and 6::int2 following exclude ties),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four range between 2::int8 preceding and 6::int2 following exclude group),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (partition by four order by unique1 range between 5::int8 preceding and 6::int2 following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (partition by four order by unique1 range between 5::int8 preceding and 6::int2 following
	exclude current row),unique1, four
FROM tenk1 WHERE unique1 < 10
--//
select sum(salary) over (order by enroll_date range between '1 year'::interval preceding and '1 year'::interval following),
	salary, enroll_date from empsalary
--//
select sum(salary) over (order by enroll_date desc range between '1 year'::interval preceding and '1 year'::interval following),
	salary, enroll_date from empsalary
--//
select sum(salary) over (order by enroll_date desc range between '1 year'::interval following and '1 year'::interval following),
	salary, enroll_date from empsalary
--//
select sum(salary) over (order by enroll_date range between '1 year'::interval preceding and '1 year'::interval following
	exclude current row), salary, enroll_date from empsalary
--//
select sum(salary) over (order by enroll_date range between '1 year'::interval preceding and '1 year'::interval following
	exclude group), salary, enroll_date from empsalary
--//
select sum(salary) over (order by enroll_date range between '1 year'::interval preceding and '1 year'::interval following
	exclude ties), salary, enroll_date from empsalary
--//
select first_value(salary) over(order by salary range between 1000 preceding and 1000 following),
	lead(salary) over(order by salary range between 1000 preceding and 1000 following),
	nth_value(salary, 1) over(order by salary range between 1000 preceding and 1000 following),
	salary from empsalary
--//
select last_value(salary) over(order by salary range between 1000 preceding and 1000 following),
	lag(salary) over(order by salary range between 1000 preceding and 1000 following),
	salary from empsalary
--//
select first_value(salary) over(order by salary range between 1000 following and 3000 following
	exclude current row),
	lead(salary) over(order by salary range between 1000 following and 3000 following exclude ties),
	nth_value(salary, 1) over(order by salary range between 1000 following and 3000 following
	exclude ties),
	salary from empsalary
--//
select last_value(salary) over(order by salary range between 1000 following and 3000 following
	exclude group),
	lag(salary) over(order by salary range between 1000 following and 3000 following exclude group),
	salary from empsalary
--//
select first_value(salary) over(order by enroll_date range between unbounded preceding and '1 year'::interval following
	exclude ties),
	last_value(salary) over(order by enroll_date range between unbounded preceding and '1 year'::interval following),
	salary, enroll_date from empsalary
--//
select first_value(salary) over(order by enroll_date range between unbounded preceding and '1 year'::interval following
	exclude ties),
	last_value(salary) over(order by enroll_date range between unbounded preceding and '1 year'::interval following
	exclude ties),
	salary, enroll_date from empsalary
--//
select first_value(salary) over(order by enroll_date range between unbounded preceding and '1 year'::interval following
	exclude group),
	last_value(salary) over(order by enroll_date range between unbounded preceding and '1 year'::interval following
	exclude group),
	salary, enroll_date from empsalary
--//
select first_value(salary) over(order by enroll_date range between unbounded preceding and '1 year'::interval following
	exclude current row),
	last_value(salary) over(order by enroll_date range between unbounded preceding and '1 year'::interval following
	exclude current row),
	salary, enroll_date from empsalary
--//
select x, y,
       first_value(y) over w,
       last_value(y) over w
from
  (select x, x as y from generate_series(1,5) as x
   union all select null, 42
   union all select null, 43) ss
window w as
  (order by x asc nulls first range between 2 preceding and 2 following)
--//
select x, y,
       first_value(y) over w,
       last_value(y) over w
from
  (select x, x as y from generate_series(1,5) as x
   union all select null, 42
   union all select null, 43) ss
window w as
  (order by x asc nulls last range between 2 preceding and 2 following)
--//
select x, y,
       first_value(y) over w,
       last_value(y) over w
from
  (select x, x as y from generate_series(1,5) as x
   union all select null, 42
   union all select null, 43) ss
window w as
  (order by x desc nulls first range between 2 preceding and 2 following)
--//
select x, y,
       first_value(y) over w,
       last_value(y) over w
from
  (select x, x as y from generate_series(1,5) as x
   union all select null, 42
   union all select null, 43) ss
window w as
  (order by x desc nulls last range between 2 preceding and 2 following)
--//
SELECT * FROM unbounded_syntax_test1a(2)
--//
SELECT * FROM unbounded_syntax_test1b(2)
--//
SELECT sum(unique1) over (rows between unbounded(1) preceding and unbounded(1) following),
       unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (rows between unbounded.x preceding and unbounded.x following),
       unique1, four
FROM tenk1, (values (1)) as unbounded(x) WHERE unique1 < 10
--//
select x, last_value(x) over (order by x::smallint range between current row and 2147450884 following)
from generate_series(32764, 32766) x
--//
select x, last_value(x) over (order by x::smallint desc range between current row and 2147450885 following)
from generate_series(-32766, -32764) x
--//
select x, last_value(x) over (order by x range between current row and 4 following)
from generate_series(2147483644, 2147483646) x
--//
select x, last_value(x) over (order by x desc range between current row and 5 following)
from generate_series(-2147483646, -2147483644) x
--//
insert into numerics values
(0, '-infinity', '-infinity', '-infinity'),
(1, -3, -3, -3),
(2, -1, -1, -1),
(3, 0, 0, 0),
(4, 1.1, 1.1, 1.1),
(5, 1.12, 1.12, 1.12),
(6, 2, 2, 2),
(7, 100, 100, 100),
(8, 'infinity', 'infinity', 'infinity'),
(9, 'NaN', 'NaN', 'NaN')
--//
select id, f_float4, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_float4 range between
             1 preceding and 1 following)
--//
select id, f_float4, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_float4 range between
             1 preceding and 1.1::float4 following)
--//
select id, f_float4, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_float4 range between
             'inf' preceding and 'inf' following)
--//
select id, f_float4, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_float4 range between
             'inf' preceding and 'inf' preceding)
--//
select id, f_float4, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_float4 range between
             'inf' following and 'inf' following)
--//
select id, f_float4, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_float4 range between
             1.1 preceding and 'NaN' following)
--//
select id, f_numeric, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_numeric range between
             1 preceding and 1 following)
--//
select id, f_numeric, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_numeric range between
             1 preceding and 1.1::numeric following)
--//
select id, f_numeric, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_numeric range between
             1 preceding and 1.1::float8 following)
--//
select id, f_numeric, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_numeric range between
             'inf' preceding and 'inf' following)
--//
select id, f_numeric, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_numeric range between
             'inf' preceding and 'inf' preceding)
--//
select id, f_numeric, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_numeric range between
             'inf' following and 'inf' following)
--//
select id, f_numeric, first_value(id) over w, last_value(id) over w
from numerics
window w as (order by f_numeric range between
             1.1 preceding and 'NaN' following)
--//
insert into datetimes values
(1, '11:00', '11:00 BST', '1 year', '2000-10-19 10:23:54+01', '2000-10-19 10:23:54'),
(2, '12:00', '12:00 BST', '2 years', '2001-10-19 10:23:54+01', '2001-10-19 10:23:54'),
(3, '13:00', '13:00 BST', '3 years', '2001-10-19 10:23:54+01', '2001-10-19 10:23:54'),
(4, '14:00', '14:00 BST', '4 years', '2002-10-19 10:23:54+01', '2002-10-19 10:23:54'),
(5, '15:00', '15:00 BST', '5 years', '2003-10-19 10:23:54+01', '2003-10-19 10:23:54'),
(6, '15:00', '15:00 BST', '5 years', '2004-10-19 10:23:54+01', '2004-10-19 10:23:54'),
(7, '17:00', '17:00 BST', '7 years', '2005-10-19 10:23:54+01', '2005-10-19 10:23:54'),
(8, '18:00', '18:00 BST', '8 years', '2006-10-19 10:23:54+01', '2006-10-19 10:23:54'),
(9, '19:00', '19:00 BST', '9 years', '2007-10-19 10:23:54+01', '2007-10-19 10:23:54'),
(10, '20:00', '20:00 BST', '10 years', '2008-10-19 10:23:54+01', '2008-10-19 10:23:54')
--//
select id, f_time, first_value(id) over w, last_value(id) over w
from datetimes
window w as (order by f_time range between
             '70 min'::interval preceding and '2 hours'::interval following)
--//
select id, f_time, first_value(id) over w, last_value(id) over w
from datetimes
window w as (order by f_time desc range between
             '70 min' preceding and '2 hours' following)
--//
select id, f_timetz, first_value(id) over w, last_value(id) over w
from datetimes
window w as (order by f_timetz range between
             '70 min'::interval preceding and '2 hours'::interval following)
--//
select id, f_timetz, first_value(id) over w, last_value(id) over w
from datetimes
window w as (order by f_timetz desc range between
             '70 min' preceding and '2 hours' following)
--//
select id, f_interval, first_value(id) over w, last_value(id) over w
from datetimes
window w as (order by f_interval range between
             '1 year'::interval preceding and '1 year'::interval following)
--//
select id, f_interval, first_value(id) over w, last_value(id) over w
from datetimes
window w as (order by f_interval desc range between
             '1 year' preceding and '1 year' following)
--//
select id, f_timestamptz, first_value(id) over w, last_value(id) over w
from datetimes
window w as (order by f_timestamptz range between
             '1 year'::interval preceding and '1 year'::interval following)
--//
select id, f_timestamptz, first_value(id) over w, last_value(id) over w
from datetimes
window w as (order by f_timestamptz desc range between
             '1 year' preceding and '1 year' following)
--//
select id, f_timestamp, first_value(id) over w, last_value(id) over w
from datetimes
window w as (order by f_timestamp range between
             '1 year'::interval preceding and '1 year'::interval following)
--//
select id, f_timestamp, first_value(id) over w, last_value(id) over w
from datetimes
window w as (order by f_timestamp desc range between
             '1 year' preceding and '1 year' following)
--//
select sum(salary) over (order by enroll_date, salary range between '1 year'::interval preceding and '2 years'::interval following
	exclude ties), salary, enroll_date from empsalary
--//
select sum(salary) over (range between '1 year'::interval preceding and '2 years'::interval following
	exclude ties), salary, enroll_date from empsalary
--//
select sum(salary) over (order by depname range between '1 year'::interval preceding and '2 years'::interval following
	exclude ties), salary, enroll_date from empsalary
--//
select max(enroll_date) over (order by enroll_date range between 1 preceding and 2 following
	exclude ties), salary, enroll_date from empsalary
--//
select max(enroll_date) over (order by salary range between -1 preceding and 2 following
	exclude ties), salary, enroll_date from empsalary
--//
select max(enroll_date) over (order by salary range between 1 preceding and -2 following
	exclude ties), salary, enroll_date from empsalary
--//
select max(enroll_date) over (order by salary range between '1 year'::interval preceding and '2 years'::interval following
	exclude ties), salary, enroll_date from empsalary
--//
select max(enroll_date) over (order by enroll_date range between '1 year'::interval preceding and '-2 years'::interval following
	exclude ties), salary, enroll_date from empsalary
--//
SELECT sum(unique1) over (order by four groups between unbounded preceding and current row),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four groups between unbounded preceding and unbounded following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four groups between current row and unbounded following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four groups between 1 preceding and unbounded following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four groups between unbounded preceding and 2 following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four groups between 2 preceding and 1 preceding),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four groups between 2 preceding and 1 following),
	unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four groups between 2 preceding and 1 following
	exclude current row), unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four groups between 2 preceding and 1 following
	exclude group), unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (order by four groups between 2 preceding and 1 following
	exclude ties), unique1, four
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (partition by ten
	order by four groups between 0 preceding and 0 following),unique1, four, ten
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (partition by ten
	order by four groups between 0 preceding and 0 following exclude current row), unique1, four, ten
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (partition by ten
	order by four groups between 0 preceding and 0 following exclude group), unique1, four, ten
FROM tenk1 WHERE unique1 < 10
--//
SELECT sum(unique1) over (partition by ten
	order by four groups between 0 preceding and 0 following exclude ties), unique1, four, ten
FROM tenk1 WHERE unique1 < 10
--//
select first_value(salary) over(order by enroll_date groups between 1 preceding and 1 following),
	lead(salary) over(order by enroll_date groups between 1 preceding and 1 following),
	nth_value(salary, 1) over(order by enroll_date groups between 1 preceding and 1 following),
	salary, enroll_date from empsalary
--//
select last_value(salary) over(order by enroll_date groups between 1 preceding and 1 following),
	lag(salary) over(order by enroll_date groups between 1 preceding and 1 following),
	salary, enroll_date from empsalary
--//
select first_value(salary) over(order by enroll_date groups between 1 following and 3 following
	exclude current row),
	lead(salary) over(order by enroll_date groups between 1 following and 3 following exclude ties),
	nth_value(salary, 1) over(order by enroll_date groups between 1 following and 3 following
	exclude ties),
	salary, enroll_date from empsalary
--//
select last_value(salary) over(order by enroll_date groups between 1 following and 3 following
	exclude group),
	lag(salary) over(order by enroll_date groups between 1 following and 3 following exclude group),
	salary, enroll_date from empsalary
--//
WITH cte (x) AS (
        SELECT * FROM generate_series(1, 35, 2)
)
SELECT x, (sum(x) over w)
FROM cte
WINDOW w AS (ORDER BY x rows between 1 preceding and 1 following)
--//
WITH cte (x) AS (
        SELECT * FROM generate_series(1, 35, 2)
)
SELECT x, (sum(x) over w)
FROM cte
WINDOW w AS (ORDER BY x range between 1 preceding and 1 following)
--//
WITH cte (x) AS (
        SELECT * FROM generate_series(1, 35, 2)
)
SELECT x, (sum(x) over w)
FROM cte
WINDOW w AS (ORDER BY x groups between 1 preceding and 1 following)
--//
WITH cte (x) AS (
        select 1 union all select 1 union all select 1 union all
        SELECT * FROM generate_series(5, 49, 2)
)
SELECT x, (sum(x) over w)
FROM cte
WINDOW w AS (ORDER BY x rows between 1 preceding and 1 following)
--//
WITH cte (x) AS (
        select 1 union all select 1 union all select 1 union all
        SELECT * FROM generate_series(5, 49, 2)
)
SELECT x, (sum(x) over w)
FROM cte
WINDOW w AS (ORDER BY x range between 1 preceding and 1 following)
--//
WITH cte (x) AS (
        select 1 union all select 1 union all select 1 union all
        SELECT * FROM generate_series(5, 49, 2)
)
SELECT x, (sum(x) over w)
FROM cte
WINDOW w AS (ORDER BY x groups between 1 preceding and 1 following)
--//
SELECT count(*) OVER (PARTITION BY four) FROM (SELECT * FROM tenk1 UNION ALL SELECT * FROM tenk2)s LIMIT 0
--//
insert into t1 values (1,1),(1,2),(2,2)
--//
select f1, sum(f1) over (partition by f1
                         range between 1 preceding and 1 following)
from t1 where f1 = f2
--//
explain (costs off)
select f1, sum(f1) over (partition by f1 order by f2
                         range between 1 preceding and 1 following)
from t1 where f1 = f2
--//
select f1, sum(f1) over (partition by f1 order by f2
                         range between 1 preceding and 1 following)
from t1 where f1 = f2
--//
select f1, sum(f1) over (partition by f1, f1 order by f2
                         range between 2 preceding and 1 preceding)
from t1 where f1 = f2
--//
select f1, sum(f1) over (partition by f1, f2 order by f2
                         range between 1 following and 2 following)
from t1 where f1 = f2
--//
select f1, sum(f1) over (partition by f1
                         groups between 1 preceding and 1 following)
from t1 where f1 = f2
--//
explain (costs off)
select f1, sum(f1) over (partition by f1 order by f2
                         groups between 1 preceding and 1 following)
from t1 where f1 = f2
--//
select f1, sum(f1) over (partition by f1 order by f2
                         groups between 1 preceding and 1 following)
from t1 where f1 = f2
--//
select f1, sum(f1) over (partition by f1, f1 order by f2
                         groups between 2 preceding and 1 preceding)
from t1 where f1 = f2
--//
select f1, sum(f1) over (partition by f1, f2 order by f2
                         groups between 1 following and 2 following)
from t1 where f1 = f2
--//
SELECT rank() OVER (ORDER BY length('abc'))
--//
SELECT rank() OVER (ORDER BY rank() OVER (ORDER BY random()))
--//
SELECT * FROM empsalary WHERE row_number() OVER (ORDER BY salary) < 10
--//
SELECT * FROM empsalary INNER JOIN tenk1 ON row_number() OVER (ORDER BY salary) < 10
--//
SELECT rank() OVER (ORDER BY 1), count(*) FROM empsalary GROUP BY 1
--//
SELECT * FROM rank() OVER (ORDER BY random())
--//
DELETE FROM empsalary WHERE (rank() OVER (ORDER BY random())) > 10
--//
DELETE FROM empsalary RETURNING rank() OVER (ORDER BY random())
--//
SELECT count(*) OVER w FROM tenk1 WINDOW w AS (ORDER BY unique1), w AS (ORDER BY unique1)
--//
SELECT rank() OVER (PARTITION BY four, ORDER BY ten) FROM tenk1
--//
SELECT count() OVER () FROM tenk1
--//
SELECT generate_series(1, 100) OVER () FROM empsalary
--//
SELECT ntile(0) OVER (ORDER BY ten), ten, four FROM tenk1
--//
SELECT nth_value(four, 0) OVER (ORDER BY ten), ten, four FROM tenk1
--//
SELECT sum(salary), row_number() OVER (ORDER BY depname), sum(
    sum(salary) FILTER (WHERE enroll_date > '2007-01-01')
) FILTER (WHERE depname <> 'sales') OVER (ORDER BY depname DESC) AS "filtered_sum",
    depname
FROM empsalary GROUP BY depname
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT depname,
          sum(salary) OVER (PARTITION BY depname) depsalary,
          min(salary) OVER (PARTITION BY depname || 'A', depname) depminsalary
   FROM empsalary) emp
WHERE depname = 'sales'
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT depname,
          sum(salary) OVER (PARTITION BY enroll_date) enroll_salary,
          min(salary) OVER (PARTITION BY depname) depminsalary
   FROM empsalary) emp
WHERE depname = 'sales'
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          row_number() OVER (ORDER BY empno) rn
   FROM empsalary) emp
WHERE rn < 3
--//
SELECT * FROM
  (SELECT empno,
          row_number() OVER (ORDER BY empno) rn
   FROM empsalary) emp
WHERE rn < 3
--//
SELECT * FROM
  (SELECT empno,
          row_number() OVER (ORDER BY empno) rn
   FROM empsalary) emp
WHERE 3 > rn
--//
SELECT * FROM
  (SELECT empno,
          row_number() OVER (ORDER BY empno) rn
   FROM empsalary) emp
WHERE 2 >= rn
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          rank() OVER (ORDER BY salary DESC) r
   FROM empsalary) emp
WHERE r <= 3
--//
SELECT * FROM
  (SELECT empno,
          salary,
          rank() OVER (ORDER BY salary DESC) r
   FROM empsalary) emp
WHERE r <= 3
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          dense_rank() OVER (ORDER BY salary DESC) dr
   FROM empsalary) emp
WHERE dr = 1
--//
SELECT * FROM
  (SELECT empno,
          salary,
          dense_rank() OVER (ORDER BY salary DESC) dr
   FROM empsalary) emp
WHERE dr = 1
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          count(*) OVER (ORDER BY salary DESC) c
   FROM empsalary) emp
WHERE c <= 3
--//
SELECT * FROM
  (SELECT empno,
          salary,
          count(*) OVER (ORDER BY salary DESC) c
   FROM empsalary) emp
WHERE c <= 3
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          count(1) OVER (ORDER BY salary DESC) c
   FROM empsalary) emp
WHERE c <= 3
--//
SELECT * FROM
  (SELECT empno,
          salary,
          count(1) OVER (ORDER BY salary DESC) c
   FROM empsalary) emp
WHERE c <= 3
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          count(*) OVER (ORDER BY salary DESC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) c
   FROM empsalary) emp
WHERE c >= 3
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          count(*) OVER () c
   FROM empsalary) emp
WHERE 11 <= c
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          count(*) OVER (ORDER BY salary DESC) c,
          dense_rank() OVER (ORDER BY salary DESC) dr
   FROM empsalary) emp
WHERE dr = 1
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          depname,
          row_number() OVER (PARTITION BY depname ORDER BY empno) rn
   FROM empsalary) emp
WHERE rn < 3
--//
SELECT * FROM
  (SELECT empno,
          depname,
          row_number() OVER (PARTITION BY depname ORDER BY empno) rn
   FROM empsalary) emp
WHERE rn < 3
--//
EXPLAIN (COSTS OFF)
SELECT empno, depname FROM
  (SELECT empno,
          depname,
          row_number() OVER (PARTITION BY depname ORDER BY empno) rn
   FROM empsalary) emp
WHERE rn < 3
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          depname,
          salary,
          count(1) OVER (PARTITION BY depname ORDER BY salary DESC) c
   FROM empsalary) emp
WHERE c <= 3
--//
SELECT * FROM
  (SELECT empno,
          depname,
          salary,
          count(1) OVER (PARTITION BY depname ORDER BY salary DESC) c
   FROM empsalary) emp
WHERE c <= 3
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          depname,
          salary,
          count(1) OVER () c
   FROM empsalary) emp
WHERE c = 1
--//
SELECT * FROM
  (SELECT row_number() OVER (PARTITION BY salary) AS rn,
          lead(depname) OVER (PARTITION BY salary) || ' Department' AS n_dep
   FROM empsalary) emp
WHERE rn < 1
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT *,
          count(1) OVER (PARTITION BY depname || '') c1,
          row_number() OVER (PARTITION BY depname) rn,
          count(*) OVER (PARTITION BY depname) c2,
          count(*) OVER (PARTITION BY '' || depname) c3
   FROM empsalary
) e WHERE rn <= 1 AND c1 <= 3
--//
SELECT * FROM
  (SELECT *,
          count(1) OVER (PARTITION BY depname || '') c1,
          row_number() OVER (PARTITION BY depname) rn,
          count(*) OVER (PARTITION BY depname) c2,
          count(*) OVER (PARTITION BY '' || depname) c3
   FROM empsalary
) e WHERE rn <= 1 AND c1 <= 3
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          count(*) OVER (ORDER BY salary DESC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) c
   FROM empsalary) emp
WHERE c <= 3
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          count(*) OVER (ORDER BY salary) c
   FROM empsalary) emp
WHERE 3 <= c
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          count(random()) OVER (ORDER BY empno DESC) c
   FROM empsalary) emp
WHERE c = 1
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          count(empno) OVER (ORDER BY empno DESC) c
   FROM empsalary) emp
WHERE c = 1
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT empno,
          salary,
          count((SELECT 1)) OVER (ORDER BY empno DESC) c
   FROM empsalary) emp
WHERE c = 1
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT depname,
          sum(salary) OVER (PARTITION BY depname order by empno) depsalary,
          min(salary) OVER (PARTITION BY depname, empno order by enroll_date) depminsalary
   FROM empsalary) emp
WHERE depname = 'sales'
--//
EXPLAIN (COSTS OFF)
SELECT
  lead(1) OVER (PARTITION BY depname ORDER BY salary, enroll_date),
  lag(1) OVER (PARTITION BY depname ORDER BY salary,enroll_date,empno)
FROM empsalary
--//
EXPLAIN (COSTS OFF)
SELECT * FROM
  (SELECT depname,
          empno,
          salary,
          enroll_date,
          row_number() OVER (PARTITION BY depname ORDER BY enroll_date) AS first_emp,
          row_number() OVER (PARTITION BY depname ORDER BY enroll_date DESC) AS last_emp
   FROM empsalary) emp
WHERE first_emp = 1 OR last_emp = 1
--//
SELECT * FROM
  (SELECT depname,
          empno,
          salary,
          enroll_date,
          row_number() OVER (PARTITION BY depname ORDER BY enroll_date) AS first_emp,
          row_number() OVER (PARTITION BY depname ORDER BY enroll_date DESC) AS last_emp
   FROM empsalary) emp
WHERE first_emp = 1 OR last_emp = 1
--//
SELECT nth_value_def(n := 2, val := ten) OVER (PARTITION BY four), ten, four
  FROM (SELECT * FROM tenk1 WHERE unique2 < 10 ORDER BY four, ten) s
--//
SELECT nth_value_def(ten) OVER (PARTITION BY four), ten, four
  FROM (SELECT * FROM tenk1 WHERE unique2 < 10 ORDER BY four, ten) s
--//
SELECT
	logging_agg_strict(v::text) OVER wnd
FROM (VALUES
	(1, 'a'),
	(2, 'b'),
	(3, 'c')
) AS t(i, v)
WINDOW wnd AS (ORDER BY i ROWS BETWEEN CURRENT ROW AND CURRENT ROW)
ORDER BY i
--//
WITH
vs AS (
	SELECT i, (random() * 100)::int4 AS v
	FROM generate_series(1, 100) AS i
),
sum_following AS (
	SELECT i, SUM(v) OVER
		(ORDER BY i DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s
	FROM vs
)
SELECT DISTINCT
	sum_following.s = sum_int_randomrestart(v) OVER fwd AS eq1,
	-sum_following.s = sum_int_randomrestart(-v) OVER fwd AS eq2,
	100*3+(vs.i-1)*3 = length(logging_agg_nonstrict(''::text) OVER fwd) AS eq3
FROM vs
JOIN sum_following ON sum_following.i = vs.i
WINDOW fwd AS (
	ORDER BY vs.i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
)
--//
SELECT i,AVG(v::bigint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1),(2,2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,AVG(v::int) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1),(2,2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,AVG(v::smallint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1),(2,2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,AVG(v::numeric) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1.5),(2,2.5),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,AVG(v::interval) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,'1 sec'),(2,'2 sec'),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,SUM(v::smallint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1),(2,2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,SUM(v::int) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1),(2,2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,SUM(v::bigint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1),(2,2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,SUM(v::money) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,'1.10'),(2,'2.20'),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,SUM(v::interval) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,'1 sec'),(2,'2 sec'),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,SUM(v::numeric) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1.1),(2,2.2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT SUM(n::numeric) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1.01),(2,2),(3,3)) v(i,n)
--//
SELECT i,COUNT(v) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1),(2,2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,COUNT(*) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,1),(2,2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT VAR_POP(n::bigint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VAR_POP(n::int) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VAR_POP(n::smallint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VAR_POP(n::numeric) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VAR_SAMP(n::bigint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VAR_SAMP(n::int) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VAR_SAMP(n::smallint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VAR_SAMP(n::numeric) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VARIANCE(n::bigint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VARIANCE(n::int) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VARIANCE(n::smallint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT VARIANCE(n::numeric) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT STDDEV_POP(n::bigint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,NULL),(2,600),(3,470),(4,170),(5,430),(6,300)) r(i,n)
--//
SELECT STDDEV_POP(n::int) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,NULL),(2,600),(3,470),(4,170),(5,430),(6,300)) r(i,n)
--//
SELECT STDDEV_POP(n::smallint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,NULL),(2,600),(3,470),(4,170),(5,430),(6,300)) r(i,n)
--//
SELECT STDDEV_POP(n::numeric) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,NULL),(2,600),(3,470),(4,170),(5,430),(6,300)) r(i,n)
--//
SELECT STDDEV_SAMP(n::bigint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,NULL),(2,600),(3,470),(4,170),(5,430),(6,300)) r(i,n)
--//
SELECT STDDEV_SAMP(n::int) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,NULL),(2,600),(3,470),(4,170),(5,430),(6,300)) r(i,n)
--//
SELECT STDDEV_SAMP(n::smallint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,NULL),(2,600),(3,470),(4,170),(5,430),(6,300)) r(i,n)
--//
SELECT STDDEV_SAMP(n::numeric) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(1,NULL),(2,600),(3,470),(4,170),(5,430),(6,300)) r(i,n)
--//
SELECT STDDEV(n::bigint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(0,NULL),(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT STDDEV(n::int) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(0,NULL),(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT STDDEV(n::smallint) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(0,NULL),(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT STDDEV(n::numeric) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES(0,NULL),(1,600),(2,470),(3,170),(4,430),(5,300)) r(i,n)
--//
SELECT i,SUM(v::int) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND CURRENT ROW)
  FROM (VALUES(1,1),(2,2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,SUM(v::int) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)
  FROM (VALUES(1,1),(2,2),(3,NULL),(4,NULL)) t(i,v)
--//
SELECT i,SUM(v::int) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)
  FROM (VALUES(1,1),(2,2),(3,3),(4,4)) t(i,v)
--//
SELECT a, b,
       SUM(b) OVER(ORDER BY A ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
FROM (VALUES(1,1::numeric),(2,2),(3,'NaN'),(4,3),(5,4)) t(a,b)
--//
SELECT to_char(SUM(n::float8) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING),'999999999999999999999D9')
  FROM (VALUES(1,1e20),(2,1)) n(i,n)
--//
SELECT i, b, bool_and(b) OVER w, bool_or(b) OVER w
  FROM (VALUES (1,true), (2,true), (3,false), (4,false), (5,true)) v(i,b)
  WINDOW w AS (ORDER BY i ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)
--//
SELECT array_agg(i) OVER w
  FROM generate_series(1,5) i
WINDOW w AS (ORDER BY i ROWS BETWEEN (('foo' < 'foobar')::integer) PRECEDING AND CURRENT ROW)
--//
EXPLAIN (costs off) SELECT * FROM pg_temp.f(2)
--//
SELECT * FROM pg_temp.f(2)
--//
WITH q1(x,y) AS (SELECT 1,2)
SELECT * FROM q1, q1 AS q2
--//
SELECT count(*) FROM (
  WITH q1(x) AS (SELECT random() FROM generate_series(1, 5))
    SELECT * FROM q1
  UNION
    SELECT * FROM q1
) ss
--//
WITH RECURSIVE t(n) AS (
    VALUES (1)
UNION ALL
    SELECT n+1 FROM t WHERE n < 100
)
SELECT sum(n) FROM t
--//
WITH RECURSIVE t(n) AS (
    SELECT (VALUES(1))
UNION ALL
    SELECT n+1 FROM t WHERE n < 5
)
SELECT * FROM t
--//
WITH RECURSIVE t(n) AS (
    VALUES (1::money)
UNION
    SELECT n+1::money FROM t WHERE n < 100::money
)
SELECT sum(n) FROM t
--//
SELECT * FROM nums
--//
WITH RECURSIVE t(n) AS (
    SELECT 1
UNION
    SELECT 10-n FROM t)
SELECT * FROM t
--//
WITH RECURSIVE t(n) AS (
    VALUES (1)
UNION ALL
    SELECT n+1 FROM t)
SELECT * FROM t LIMIT 10
--//
WITH RECURSIVE t(n) AS (
    SELECT 1
UNION
    SELECT n+1 FROM t)
SELECT * FROM t LIMIT 10
--//
WITH q AS (SELECT 'foo' AS x)
SELECT x, pg_typeof(x) FROM q
--//
WITH RECURSIVE t(n) AS (
    SELECT 'foo'
UNION ALL
    SELECT n || ' bar' FROM t WHERE length(n) < 20
)
SELECT n, pg_typeof(n) FROM t
--//
WITH RECURSIVE t(n) AS (
    SELECT '7'
UNION ALL
    SELECT n+1 FROM t WHERE n < 10
)
SELECT n, pg_typeof(n) FROM t
--//
WITH RECURSIVE w1(c1) AS
 (WITH w2(c2) AS
  (WITH w3(c3) AS
   (WITH w4(c4) AS
    (WITH w5(c5) AS
     (WITH RECURSIVE w6(c6) AS
      (WITH w6(c6) AS
       (WITH w8(c8) AS
        (SELECT 1)
        SELECT * FROM w8)
       SELECT * FROM w6)
      SELECT * FROM w6)
     SELECT * FROM w5)
    SELECT * FROM w4)
   SELECT * FROM w3)
  SELECT * FROM w2)
SELECT * FROM w1
--//
WITH RECURSIVE outermost(x) AS (
 SELECT 1
 UNION (WITH innermost1 AS (
  SELECT 2
  UNION (WITH innermost2 AS (
   SELECT 3
   UNION (WITH innermost3 AS (
    SELECT 4
    UNION (WITH innermost4 AS (
     SELECT 5
     UNION (WITH innermost5 AS (
      SELECT 6
      UNION (WITH innermost6 AS
       (SELECT 7)
       SELECT * FROM innermost6))
      SELECT * FROM innermost5))
     SELECT * FROM innermost4))
    SELECT * FROM innermost3))
   SELECT * FROM innermost2))
  SELECT * FROM outermost
  UNION SELECT * FROM innermost1)
 )
 SELECT * FROM outermost ORDER BY 1
--//
INSERT INTO department VALUES (0, NULL, 'ROOT')
--//
INSERT INTO department VALUES (1, 0, 'A')
--//
WITH RECURSIVE subdepartment AS
(
	SELECT name as root_name, * FROM department WHERE name = 'A'
	UNION ALL
	SELECT sd.root_name, d.* FROM department AS d, subdepartment AS sd
		WHERE d.parent_department = sd.id
)
SELECT * FROM subdepartment ORDER BY name
--//
WITH RECURSIVE subdepartment(level, id, parent_department, name) AS
(
	SELECT 1, * FROM department WHERE name = 'A'
	UNION ALL
	SELECT sd.level + 1, d.* FROM department AS d, subdepartment AS sd
		WHERE d.parent_department = sd.id
)
SELECT * FROM subdepartment ORDER BY name
--//
WITH RECURSIVE subdepartment(level, id, parent_department, name) AS
(
	SELECT 1, * FROM department WHERE name = 'A'
	UNION ALL
	SELECT sd.level + 1, d.* FROM department AS d, subdepartment AS sd
		WHERE d.parent_department = sd.id
)
SELECT * FROM subdepartment WHERE level >= 2 ORDER BY name
--//
WITH RECURSIVE subdepartment AS
(
	SELECT * FROM department WHERE name = 'A'
)
SELECT * FROM subdepartment ORDER BY name
--//
SELECT count(*) FROM (
    WITH RECURSIVE t(n) AS (
        SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 500
    )
    SELECT * FROM t) AS t WHERE n < (
        SELECT count(*) FROM (
            WITH RECURSIVE t(n) AS (
                   SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 100
                )
            SELECT * FROM t WHERE n < 50000
         ) AS t WHERE n < 100)
--//
WITH q1(x,y) AS (
    SELECT hundred, sum(ten) FROM tenk1 GROUP BY hundred
  )
SELECT count(*) FROM q1 WHERE y > (SELECT sum(y)/100 FROM q1 qsub)
--//
SELECT * FROM vsubdepartment ORDER BY name
--//
with recursive q as (
      select * from department
    union all
      (with x as (select * from q)
       select * from x)
    )
select * from q limit 24
--//
with recursive q as (
      select * from department
    union all
      (with recursive x as (
           select * from department
         union all
           (select * from q union all select * from x)
        )
       select * from x)
    )
select * from q limit 32
--//
WITH RECURSIVE t(i,j) AS (
	VALUES (1,2)
	UNION ALL
	SELECT t2.i, t.j+1 FROM
		(SELECT 2 AS i UNION ALL SELECT 3 AS i) AS t2
		JOIN t ON (t2.i = t.i+1))
	SELECT * FROM t
--//
INSERT INTO tree
VALUES (1, NULL), (2, 1), (3,1), (4,2), (5,2), (6,2), (7,3), (8,3),
       (9,4), (10,4), (11,7), (12,7), (13,7), (14, 9), (15,11), (16,11)
--//
WITH RECURSIVE t(id, path) AS (
    VALUES(1,ARRAY[]::integer[])
UNION ALL
    SELECT tree.id, t.path || tree.id
    FROM tree JOIN t ON (tree.parent_id = t.id)
)
SELECT t1.*, t2.* FROM t AS t1 JOIN t AS t2 ON
	(t1.path[1] = t2.path[1] AND
	array_upper(t1.path,1) = 1 AND
	array_upper(t2.path,1) > 1)
	ORDER BY t1.id, t2.id
--//
WITH RECURSIVE t(id, path) AS (
    VALUES(1,ARRAY[]::integer[])
UNION ALL
    SELECT tree.id, t.path || tree.id
    FROM tree JOIN t ON (tree.parent_id = t.id)
)
SELECT t1.id, count(t2.*) FROM t AS t1 JOIN t AS t2 ON
	(t1.path[1] = t2.path[1] AND
	array_upper(t1.path,1) = 1 AND
	array_upper(t2.path,1) > 1)
	GROUP BY t1.id
	ORDER BY t1.id
--//
WITH RECURSIVE t(id, path) AS (
    VALUES(1,ARRAY[]::integer[])
UNION ALL
    SELECT tree.id, t.path || tree.id
    FROM tree JOIN t ON (tree.parent_id = t.id)
)
SELECT t1.id, t2.path, t2 FROM t AS t1 JOIN t AS t2 ON
(t1.id=t2.id)
--//
INSERT INTO duplicates VALUES(1), (1)
--//
WITH RECURSIVE cte (a) as (
	SELECT a FROM duplicates
	UNION
	SELECT a FROM cte
)
SELECT a FROM cte
--//
insert into graph0 values
	(1, 2, 'arc 1 -> 2'),
	(1, 3, 'arc 1 -> 3'),
	(2, 3, 'arc 2 -> 3'),
	(1, 4, 'arc 1 -> 4'),
	(4, 5, 'arc 4 -> 5')
--//
explain (verbose, costs off)
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union all
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t
) search depth first by f, t set seq
select * from search_graph order by seq
--//
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union all
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t
) search depth first by f, t set seq
select * from search_graph order by seq
--//
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union distinct
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t
) search depth first by f, t set seq
select * from search_graph order by seq
--//
explain (verbose, costs off)
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union all
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t
) search breadth first by f, t set seq
select * from search_graph order by seq
--//
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union all
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t
) search breadth first by f, t set seq
select * from search_graph order by seq
--//
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union distinct
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t
) search breadth first by f, t set seq
select * from search_graph order by seq
--//
explain (verbose, costs off)
with recursive test as (
  select 1 as x
  union all
  select x + 1
  from test
) search depth first by x set y
select * from test limit 5
--//
with recursive test as (
  select 1 as x
  union all
  select x + 1
  from test
) search depth first by x set y
select * from test limit 5
--//
explain (verbose, costs off)
with recursive test as (
  select 1 as x
  union all
  select x + 1
  from test
) search breadth first by x set y
select * from test limit 5
--//
with recursive test as (
  select 1 as x
  union all
  select x + 1
  from test
) search breadth first by x set y
select * from test limit 5
--//
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union all
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t
) search depth first by foo, tar set seq
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union all
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t
) search depth first by f, t set label
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union all
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t
) search depth first by f, t, f set seq
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union all
	select * from graph0 g
	union all
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t
) search depth first by f, t set seq
select * from search_graph order by seq
--//
with recursive search_graph(f, t, label) as (
	select * from graph0 g
	union all
	(select * from graph0 g
	union all
	select g.*
	from graph0 g, search_graph sg
	where g.f = sg.t)
) search depth first by f, t set seq
select * from search_graph order by seq
--//
with recursive x(col) as (
	select 1
	union
	(with x as (select * from x)
	 select * from x)
) search depth first by col set seq
select * from x
--//
select * from v_search
--//
insert into graph values
	(1, 2, 'arc 1 -> 2'),
	(1, 3, 'arc 1 -> 3'),
	(2, 3, 'arc 2 -> 3'),
	(1, 4, 'arc 1 -> 4'),
	(4, 5, 'arc 4 -> 5'),
	(5, 1, 'arc 5 -> 1')
--//
with recursive search_graph(f, t, label, is_cycle, path) as (
	select *, false, array[row(g.f, g.t)] from graph g
	union all
	select g.*, row(g.f, g.t) = any(path), path || row(g.f, g.t)
	from graph g, search_graph sg
	where g.f = sg.t and not is_cycle
)
select * from search_graph
--//
with recursive search_graph(f, t, label, is_cycle, path) as (
	select *, false, array[row(g.f, g.t)] from graph g
	union distinct
	select g.*, row(g.f, g.t) = any(path), path || row(g.f, g.t)
	from graph g, search_graph sg
	where g.f = sg.t and not is_cycle
)
select * from search_graph
--//
with recursive search_graph(f, t, label, is_cycle, path) as (
	select *, false, array[row(g.f, g.t)] from graph g
	union all
	select g.*, row(g.f, g.t) = any(path), path || row(g.f, g.t)
	from graph g, search_graph sg
	where g.f = sg.t and not is_cycle
)
select * from search_graph order by path
--//
explain (verbose, costs off)
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) cycle f, t set is_cycle using path
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) cycle f, t set is_cycle using path
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union distinct
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) cycle f, t set is_cycle to 'Y' default 'N' using path
select * from search_graph
--//
explain (verbose, costs off)
with recursive test as (
  select 0 as x
  union all
  select (x + 1) % 10
  from test
) cycle x set is_cycle using path
select * from test
--//
with recursive test as (
  select 0 as x
  union all
  select (x + 1) % 10
  from test
) cycle x set is_cycle using path
select * from test
--//
with recursive test as (
  select 0 as x
  union all
  select (x + 1) % 10
  from test
    where not is_cycle
) cycle x set is_cycle using path
select * from test
--//
with recursive
graph(f, t, label) as (
  values (1, 2, 'arc 1 -> 2'),
         (1, 3, 'arc 1 -> 3'),
         (2, 3, 'arc 2 -> 3'),
         (1, 4, 'arc 1 -> 4'),
         (4, 5, 'arc 4 -> 5'),
         (5, 1, 'arc 5 -> 1')
),
search_graph(f, t, label) as (
        select * from graph g
        union all
        select g.*
        from graph g, search_graph sg
        where g.f = sg.t
) cycle f, t set is_cycle to true default false using path
select f, t, label from search_graph
--//
with recursive a as (
	select 1 as b
	union all
	select * from a
) cycle b set c using p
select * from a
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) search depth first by f, t set seq
  cycle f, t set is_cycle using path
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) search breadth first by f, t set seq
  cycle f, t set is_cycle using path
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) cycle foo, tar set is_cycle using path
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) cycle f, t set is_cycle to true default 55 using path
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) cycle f, t set is_cycle to point '(1,1)' default point '(0,0)' using path
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) cycle f, t set label to true default false using path
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) cycle f, t set is_cycle to true default false using label
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) cycle f, t set foo to true default false using foo
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) cycle f, t, f set is_cycle to true default false using path
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) search depth first by f, t set foo
  cycle f, t set foo to true default false using path
select * from search_graph
--//
with recursive search_graph(f, t, label) as (
	select * from graph g
	union all
	select g.*
	from graph g, search_graph sg
	where g.f = sg.t
) search depth first by f, t set foo
  cycle f, t set is_cycle to true default false using foo
select * from search_graph
--//
select * from v_cycle1
--//
WITH RECURSIVE
  y (id) AS (VALUES (1)),
  x (id) AS (SELECT * FROM y UNION ALL SELECT id+1 FROM x WHERE id < 5)
SELECT * FROM x
--//
WITH RECURSIVE
    x(id) AS (SELECT * FROM y UNION ALL SELECT id+1 FROM x WHERE id < 5),
    y(id) AS (values (1))
 SELECT * FROM x
--//
WITH RECURSIVE
   x(id) AS
     (VALUES (1) UNION ALL SELECT id+1 FROM x WHERE id < 5),
   y(id) AS
     (VALUES (1) UNION ALL SELECT id+1 FROM y WHERE id < 10)
 SELECT y.*, x.* FROM y LEFT JOIN x USING (id)
--//
WITH RECURSIVE
   x(id) AS
     (VALUES (1) UNION ALL SELECT id+1 FROM x WHERE id < 5),
   y(id) AS
     (VALUES (1) UNION ALL SELECT id+1 FROM x WHERE id < 10)
 SELECT y.*, x.* FROM y LEFT JOIN x USING (id)
--//
WITH RECURSIVE
   x(id) AS
     (SELECT 1 UNION ALL SELECT id+1 FROM x WHERE id < 3 ),
   y(id) AS
     (SELECT * FROM x UNION ALL SELECT * FROM x),
   z(id) AS
     (SELECT * FROM x UNION ALL SELECT id+1 FROM z WHERE id < 10)
 SELECT * FROM z
--//
WITH RECURSIVE
   x(id) AS
     (SELECT 1 UNION ALL SELECT id+1 FROM x WHERE id < 3 ),
   y(id) AS
     (SELECT * FROM x UNION ALL SELECT * FROM x),
   z(id) AS
     (SELECT * FROM y UNION ALL SELECT id+1 FROM z WHERE id < 10)
 SELECT * FROM z
--//
INSERT INTO y SELECT generate_series(1, 10)
--//
WITH t AS (
	SELECT a FROM y
)
INSERT INTO y
SELECT a+20 FROM t RETURNING *
--//
WITH t AS (
	SELECT a FROM y
)
UPDATE y SET a = y.a-10 FROM t WHERE y.a > 20 AND t.a = y.a RETURNING y.a
--//
WITH RECURSIVE t(a) AS (
	SELECT 11
	UNION ALL
	SELECT a+1 FROM t WHERE a < 50
)
DELETE FROM y USING t WHERE t.a = y.a RETURNING y.a
--//
WITH x(n, b) AS (SELECT 1)
SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT 1 INTERSECT SELECT n+1 FROM x)
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT 1 INTERSECT ALL SELECT n+1 FROM x)
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT 1 EXCEPT SELECT n+1 FROM x)
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT 1 EXCEPT ALL SELECT n+1 FROM x)
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT n FROM x)
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT n FROM x UNION ALL SELECT 1)
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (
  WITH x1 AS (SELECT 1 AS n)
    SELECT 0
    UNION
    SELECT * FROM x1)
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (
  WITH x1 AS (SELECT 1 FROM x)
    SELECT 0
    UNION
    SELECT * FROM x1)
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (
  (WITH x1 AS (SELECT 1 FROM x) SELECT * FROM x1)
  UNION
  SELECT 0)
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (
  SELECT 0 UNION SELECT 1
  ORDER BY (SELECT n FROM x))
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (
  WITH sub_cte AS (SELECT * FROM x)
  DELETE FROM graph RETURNING f)
	SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT a FROM y WHERE a = 1
	UNION ALL
	SELECT x.n+1 FROM y LEFT JOIN x ON x.n = y.a WHERE n < 10)
SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT a FROM y WHERE a = 1
	UNION ALL
	SELECT x.n+1 FROM x RIGHT JOIN y ON x.n = y.a WHERE n < 10)
SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT a FROM y WHERE a = 1
	UNION ALL
	SELECT x.n+1 FROM x FULL JOIN y ON x.n = y.a WHERE n < 10)
SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM x
                          WHERE n IN (SELECT * FROM x))
  SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT count(*) FROM x)
  SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT sum(n) FROM x)
  SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM x ORDER BY 1)
  SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM x LIMIT 10 OFFSET 1)
  SELECT * FROM x
--//
WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM x FOR UPDATE)
  SELECT * FROM x
--//
WITH RECURSIVE x(id) AS (values (1)
    UNION ALL
    SELECT (SELECT * FROM x) FROM x WHERE id < 5
) SELECT * FROM x
--//
WITH RECURSIVE
  x (id) AS (SELECT 1 UNION ALL SELECT id+1 FROM y WHERE id < 5),
  y (id) AS (SELECT 1 UNION ALL SELECT id+1 FROM x WHERE id < 5)
SELECT * FROM x
--//
WITH RECURSIVE foo(i) AS
    (values (1)
    UNION ALL
       (SELECT i+1 FROM foo WHERE i < 10
          UNION ALL
       SELECT i+1 FROM foo WHERE i < 5)
) SELECT * FROM foo
--//
WITH RECURSIVE foo(i) AS
    (values (1)
    UNION ALL
	   SELECT * FROM
       (SELECT i+1 FROM foo WHERE i < 10
          UNION ALL
       SELECT i+1 FROM foo WHERE i < 5) AS t
) SELECT * FROM foo
--//
WITH RECURSIVE foo(i) AS
    (values (1)
    UNION ALL
       (SELECT i+1 FROM foo WHERE i < 10
          EXCEPT
       SELECT i+1 FROM foo WHERE i < 5)
) SELECT * FROM foo
--//
WITH RECURSIVE foo(i) AS
    (values (1)
    UNION ALL
       (SELECT i+1 FROM foo WHERE i < 10
          INTERSECT
       SELECT i+1 FROM foo WHERE i < 5)
) SELECT * FROM foo
--//
WITH RECURSIVE foo(i) AS
   (SELECT i FROM (VALUES(1),(2)) t(i)
   UNION ALL
   SELECT (i+1)::numeric(10,0) FROM foo WHERE i < 10)
SELECT * FROM foo
--//
WITH RECURSIVE foo(i) AS
   (SELECT i::numeric(3,0) FROM (VALUES(1),(2)) t(i)
   UNION ALL
   SELECT (i+1)::numeric(10,0) FROM foo WHERE i < 10)
SELECT * FROM foo
--//
with cte(foo) as ( values(42) ) values((select foo from cte))
--//
with cte(foo) as ( select 42 ) select * from ((select foo from cte)) q
--//
select ( with cte(foo) as ( values(f1) )
         select (select foo from cte) )
from int4_tbl
--//
select ( with cte(foo) as ( values(f1) )
          values((select foo from cte)) )
from int4_tbl
--//
select f1, (with cte1(x,y) as (select 1,2)
            select count((select i4.f1 from cte1))) as ss
from int4_tbl i4
--//
explain (verbose, costs off)
with a as ( select id from (values (1), (2)) as v(id) ),
     b as ( select max((select sum(id) from a)) as agg )
select agg from b
--//
with a as ( select id from (values (1), (2)) as v(id) ),
     b as ( select max((select sum(id) from a)) as agg )
select agg from b
--//
WITH RECURSIVE t(j) AS (
    WITH RECURSIVE s(i) AS (
        VALUES (1)
        UNION ALL
        SELECT i+1 FROM s WHERE i < 10
    )
    SELECT i FROM s
    UNION ALL
    SELECT j+1 FROM t WHERE j < 10
)
SELECT * FROM t
--//
WITH outermost(x) AS (
  SELECT 1
  UNION (WITH innermost as (SELECT 2)
         SELECT * FROM innermost
         UNION SELECT 3)
)
SELECT * FROM outermost ORDER BY 1
--//
WITH outermost(x) AS (
  SELECT 1
  UNION (WITH innermost as (SELECT 2)
         SELECT * FROM outermost
         UNION SELECT * FROM innermost)
)
SELECT * FROM outermost ORDER BY 1
--//
WITH RECURSIVE outermost(x) AS (
  SELECT 1
  UNION (WITH innermost as (SELECT 2)
         SELECT * FROM outermost
         UNION SELECT * FROM innermost)
)
SELECT * FROM outermost ORDER BY 1
--//
WITH RECURSIVE outermost(x) AS (
  WITH innermost as (SELECT 2 FROM outermost)
    SELECT * FROM innermost
    UNION SELECT * from outermost
)
SELECT * FROM outermost ORDER BY 1
--//
with
A as ( select q2 as id, (select q1) as x from int8_tbl ),
B as ( select id, row_number() over (partition by id) as r from A ),
C as ( select A.id, array(select B.id from B where B.id = A.id) from A )
select * from C
--//
WITH RECURSIVE
  tab(id_key,link) AS (VALUES (1,17), (2,17), (3,17), (4,17), (6,17), (5,17)),
  iter (id_key, row_type, link) AS (
      SELECT 0, 'base', 17
    UNION ALL (
      WITH remaining(id_key, row_type, link, min) AS (
        SELECT tab.id_key, 'true'::text, iter.link, MIN(tab.id_key) OVER ()
        FROM tab INNER JOIN iter USING (link)
        WHERE tab.id_key > iter.id_key
      ),
      first_remaining AS (
        SELECT id_key, row_type, link
        FROM remaining
        WHERE id_key=min
      ),
      effect AS (
        SELECT tab.id_key, 'new'::text, tab.link
        FROM first_remaining e INNER JOIN tab ON e.id_key=tab.id_key
        WHERE e.row_type = 'false'
      )
      SELECT * FROM first_remaining
      UNION ALL SELECT * FROM effect
    )
  )
SELECT * FROM iter
--//
WITH RECURSIVE
  tab(id_key,link) AS (VALUES (1,17), (2,17), (3,17), (4,17), (6,17), (5,17)),
  iter (id_key, row_type, link) AS (
      SELECT 0, 'base', 17
    UNION (
      WITH remaining(id_key, row_type, link, min) AS (
        SELECT tab.id_key, 'true'::text, iter.link, MIN(tab.id_key) OVER ()
        FROM tab INNER JOIN iter USING (link)
        WHERE tab.id_key > iter.id_key
      ),
      first_remaining AS (
        SELECT id_key, row_type, link
        FROM remaining
        WHERE id_key=min
      ),
      effect AS (
        SELECT tab.id_key, 'new'::text, tab.link
        FROM first_remaining e INNER JOIN tab ON e.id_key=tab.id_key
        WHERE e.row_type = 'false'
      )
      SELECT * FROM first_remaining
      UNION ALL SELECT * FROM effect
    )
  )
SELECT * FROM iter
--//
WITH t AS (
    INSERT INTO y
    VALUES
        (11),
        (12),
        (13),
        (14),
        (15),
        (16),
        (17),
        (18),
        (19),
        (20)
    RETURNING *
)
SELECT * FROM t
--//
WITH t AS (
    UPDATE y
    SET a=a+1
    RETURNING *
)
SELECT * FROM t
--//
WITH t AS (
    DELETE FROM y
    WHERE a <= 10
    RETURNING *
)
SELECT * FROM t
--//
WITH RECURSIVE t AS (
	INSERT INTO y
		SELECT a+5 FROM t2 WHERE a > 5
	RETURNING *
), t2 AS (
	UPDATE y SET a=a-11 RETURNING *
)
SELECT * FROM t
UNION ALL
SELECT * FROM t2
--//
WITH t AS (
	DELETE FROM y RETURNING *
)
SELECT * FROM t
--//
SELECT * FROM bug6051
--//
WITH t1 AS ( DELETE FROM bug6051 RETURNING * )
INSERT INTO bug6051 SELECT * FROM t1
--//
SELECT * FROM bug6051_2
--//
WITH t1 AS ( DELETE FROM bug6051_3 RETURNING * )
  INSERT INTO bug6051_3 SELECT * FROM t1
--//
WITH t4 AS (INSERT INTO id_alw4 DEFAULT VALUES RETURNING i)
  INSERT INTO id_alw3_view DEFAULT VALUES RETURNING i
--//
SELECT * from id_alw1
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT q1 FROM
(
  WITH t_cte AS (SELECT * FROM int8_tbl t)
  SELECT q1, (SELECT q2 FROM t_cte WHERE t_cte.q1 = i8.q1) AS t_sub
  FROM int8_tbl i8
) ss
--//
SELECT q1 FROM
(
  WITH t_cte AS (SELECT * FROM int8_tbl t)
  SELECT q1, (SELECT q2 FROM t_cte WHERE t_cte.q1 = i8.q1) AS t_sub
  FROM int8_tbl i8
) ss
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT q1 FROM
(
  WITH t_cte AS MATERIALIZED (SELECT * FROM int8_tbl t)
  SELECT q1, (SELECT q2 FROM t_cte WHERE t_cte.q1 = i8.q1) AS t_sub
  FROM int8_tbl i8
) ss
--//
SELECT q1 FROM
(
  WITH t_cte AS MATERIALIZED (SELECT * FROM int8_tbl t)
  SELECT q1, (SELECT q2 FROM t_cte WHERE t_cte.q1 = i8.q1) AS t_sub
  FROM int8_tbl i8
) ss
--//
WITH RECURSIVE t(a) AS (
	SELECT 0
		UNION ALL
	SELECT a+1 FROM t WHERE a+1 < 5
), t2 as (
	INSERT INTO y
		SELECT * FROM t RETURNING *
)
SELECT * FROM t2 JOIN y USING (a) ORDER BY a
--//
WITH t AS (
    DELETE FROM y
    WHERE a <= 10
    RETURNING *
)
INSERT INTO y SELECT -a FROM t RETURNING *
--//
WITH t AS (
    UPDATE y SET a = a * 100 RETURNING *
)
SELECT * FROM t LIMIT 10
--//
WITH t AS (
    INSERT INTO withz SELECT i, 'insert'
    FROM generate_series(0, 16) i
    ON CONFLICT (k) DO UPDATE SET v = withz.v || ', now update'
    RETURNING *
)
SELECT * FROM t JOIN y ON t.k = y.a ORDER BY a, k
--//
WITH aa AS (
    INSERT INTO withz VALUES(1, 5) ON CONFLICT (k) DO UPDATE SET v = EXCLUDED.v
    WHERE withz.k != EXCLUDED.k
    RETURNING *
)
SELECT * FROM aa
--//
SELECT * FROM withz ORDER BY k
--//
WITH aa AS (SELECT 1 a, 2 b)
INSERT INTO withz VALUES(1, 'insert')
ON CONFLICT (k) DO UPDATE SET v = (SELECT b || ' update' FROM aa WHERE a = 1 LIMIT 1)
--//
WITH aa AS (SELECT 1 a, 2 b)
INSERT INTO withz VALUES(1, 'insert')
ON CONFLICT (k) DO UPDATE SET v = ' update' WHERE withz.k = (SELECT a FROM aa)
--//
WITH aa AS (SELECT 'a' a, 'b' b UNION ALL SELECT 'a' a, 'b' b)
INSERT INTO withz VALUES(1, 'insert')
ON CONFLICT (k) DO UPDATE SET v = (SELECT b || ' update' FROM aa WHERE a = 'a' LIMIT 1)
--//
WITH aa AS (SELECT 1 a, 2 b)
INSERT INTO withz VALUES(1, (SELECT b || ' insert' FROM aa WHERE a = 1 ))
ON CONFLICT (k) DO UPDATE SET v = (SELECT b || ' update' FROM aa WHERE a = 1 LIMIT 1)
--//
WITH simpletup AS (
  SELECT 2 k, 'Green' v),
upsert_cte AS (
  INSERT INTO withz VALUES(2, 'Blue') ON CONFLICT (k) DO
    UPDATE SET (k, v) = (SELECT k, v FROM simpletup WHERE simpletup.k = withz.k)
    RETURNING k, v)
INSERT INTO withz VALUES(2, 'Red') ON CONFLICT (k) DO
UPDATE SET (k, v) = (SELECT k, v FROM upsert_cte WHERE upsert_cte.k = withz.k)
RETURNING k, v
--//
WITH RECURSIVE cte_basic AS (SELECT 1 a, 'cte_basic val' b)
MERGE INTO m USING (select 0 k, 'merge source SubPlan' v) o ON m.k=o.k
WHEN MATCHED THEN UPDATE SET v = (SELECT b || ' merge update' FROM cte_basic WHERE cte_basic.a = m.k LIMIT 1)
WHEN NOT MATCHED THEN INSERT VALUES(o.k, o.v)
--//
WITH cte_basic AS MATERIALIZED (SELECT 1 a, 'cte_basic val' b)
MERGE INTO m USING (select 0 k, 'merge source SubPlan' v offset 0) o ON m.k=o.k
WHEN MATCHED THEN UPDATE SET v = (SELECT b || ' merge update' FROM cte_basic WHERE cte_basic.a = m.k LIMIT 1)
WHEN NOT MATCHED THEN INSERT VALUES(o.k, o.v)
--//
SELECT * FROM m where k = 0
--//
EXPLAIN (VERBOSE, COSTS OFF)
WITH cte_basic AS MATERIALIZED (SELECT 1 a, 'cte_basic val' b)
MERGE INTO m USING (select 0 k, 'merge source SubPlan' v offset 0) o ON m.k=o.k
WHEN MATCHED THEN UPDATE SET v = (SELECT b || ' merge update' FROM cte_basic WHERE cte_basic.a = m.k LIMIT 1)
WHEN NOT MATCHED THEN INSERT VALUES(o.k, o.v)
--//
WITH cte_init AS MATERIALIZED (SELECT 1 a, 'cte_init val' b)
MERGE INTO m USING (select 1 k, 'merge source InitPlan' v offset 0) o ON m.k=o.k
WHEN MATCHED THEN UPDATE SET v = (SELECT b || ' merge update' FROM cte_init WHERE a = 1 LIMIT 1)
WHEN NOT MATCHED THEN INSERT VALUES(o.k, o.v)
--//
EXPLAIN (VERBOSE, COSTS OFF)
WITH cte_init AS MATERIALIZED (SELECT 1 a, 'cte_init val' b)
MERGE INTO m USING (select 1 k, 'merge source InitPlan' v offset 0) o ON m.k=o.k
WHEN MATCHED THEN UPDATE SET v = (SELECT b || ' merge update' FROM cte_init WHERE a = 1 LIMIT 1)
WHEN NOT MATCHED THEN INSERT VALUES(o.k, o.v)
--//
WITH merge_source_cte AS MATERIALIZED (SELECT 15 a, 'merge_source_cte val' b)
MERGE INTO m USING (select * from merge_source_cte) o ON m.k=o.a
WHEN MATCHED THEN UPDATE SET v = (SELECT b || merge_source_cte.*::text || ' merge update' FROM merge_source_cte WHERE a = 15)
WHEN NOT MATCHED THEN INSERT VALUES(o.a, o.b || (SELECT merge_source_cte.*::text || ' merge insert' FROM merge_source_cte))
--//
EXPLAIN (VERBOSE, COSTS OFF)
WITH merge_source_cte AS MATERIALIZED (SELECT 15 a, 'merge_source_cte val' b)
MERGE INTO m USING (select * from merge_source_cte) o ON m.k=o.a
WHEN MATCHED THEN UPDATE SET v = (SELECT b || merge_source_cte.*::text || ' merge update' FROM merge_source_cte WHERE a = 15)
WHEN NOT MATCHED THEN INSERT VALUES(o.a, o.b || (SELECT merge_source_cte.*::text || ' merge insert' FROM merge_source_cte))
--//
TRUNCATE TABLE y
--//
WITH RECURSIVE t1 AS (
  INSERT INTO y SELECT * FROM y RETURNING *
), t2 AS (
  INSERT INTO yy SELECT * FROM t1 RETURNING *
)
SELECT 1
--//
SELECT * FROM yy
--//
WITH RECURSIVE t1 AS (
  INSERT INTO yy SELECT * FROM t2 RETURNING *
), t2 AS (
  INSERT INTO y SELECT * FROM y RETURNING *
)
SELECT 1
--//
WITH t AS (
    INSERT INTO y
    VALUES
        (21),
        (22),
        (23)
    RETURNING *
)
SELECT * FROM t
--//
WITH t AS (
    INSERT INTO y
    VALUES
        (31),
        (32),
        (33)
    RETURNING *
)
SELECT * FROM t LIMIT 1
--//
INSERT INTO parent VALUES ( 1, 'p1' )
--//
INSERT INTO child1 VALUES ( 11, 'c11' ),( 12, 'c12' )
--//
WITH rcte AS ( SELECT sum(id) AS totalid FROM parent )
UPDATE parent SET id = id + totalid FROM rcte
--//
WITH wcte AS ( INSERT INTO child1 VALUES ( 42, 'new' ) RETURNING id AS newid )
UPDATE parent SET id = id + newid FROM wcte
--//
WITH rcte AS ( SELECT max(id) AS maxid FROM parent )
DELETE FROM parent USING rcte WHERE id = maxid
--//
WITH wcte AS ( INSERT INTO child2 VALUES ( 42, 'new2' ) RETURNING id AS newid )
DELETE FROM parent USING wcte WHERE id = newid
--//
EXPLAIN (VERBOSE, COSTS OFF)
WITH wcte AS ( INSERT INTO int8_tbl VALUES ( 42, 47 ) RETURNING q2 )
DELETE FROM a_star USING wcte WHERE aa = q2
--//
WITH RECURSIVE t AS (
	INSERT INTO y
		SELECT * FROM t
)
VALUES(FALSE)
--//
WITH t AS (
	INSERT INTO y VALUES(0)
)
SELECT * FROM t
--//
SELECT * FROM (
	WITH t AS (UPDATE y SET a=a+1 RETURNING *)
	SELECT * FROM t
) ss
--//
WITH t AS (
	INSERT INTO y VALUES(0)
)
VALUES(FALSE)
--//
with ordinality as (select 1 as x) select * from ordinality
--//
WITH with_test AS (SELECT 42) INSERT INTO with_test VALUES (1)
--//
with with_test as (select 42) insert into with_test select * from with_test
--//
select * from with_test
--//
explain (costs off) create table parallel_write as
    select length(stringu1) from tenk1 group by length(stringu1)
--//
explain (costs off) select length(stringu1) into parallel_write
    from tenk1 group by length(stringu1)
--//
select length(stringu1) into parallel_write
    from tenk1 group by length(stringu1)
--//
explain (costs off) create materialized view parallel_mat_view as
    select length(stringu1) from tenk1 group by length(stringu1)
--//
explain (costs off) create table parallel_write as execute prep_stmt
--//
select '010'::xid,
       '42'::xid,
       '0xffffffff'::xid,
       '-1'::xid,
	   '010'::xid8,
	   '42'::xid8,
	   '0xffffffffffffffff'::xid8,
	   '-1'::xid8
--//
select ''::xid
--//
select ''::xid8
--//
select '1'::xid = '1'::xid
--//
select '1'::xid != '1'::xid
--//
select '1'::xid8 = '1'::xid8
--//
select '1'::xid8 != '1'::xid8
--//
select '1'::xid = '1'::xid8::xid
--//
select '1'::xid != '1'::xid8::xid
--//
select '1'::xid < '2'::xid
--//
select '1'::xid <= '2'::xid
--//
select '1'::xid > '2'::xid
--//
select '1'::xid >= '2'::xid
--//
select '1'::xid8 < '2'::xid8, '2'::xid8 < '2'::xid8, '2'::xid8 < '1'::xid8
--//
select '1'::xid8 <= '2'::xid8, '2'::xid8 <= '2'::xid8, '2'::xid8 <= '1'::xid8
--//
select '1'::xid8 > '2'::xid8, '2'::xid8 > '2'::xid8, '2'::xid8 > '1'::xid8
--//
select '1'::xid8 >= '2'::xid8, '2'::xid8 >= '2'::xid8, '2'::xid8 >= '1'::xid8
--//
select xid8cmp('1', '2'), xid8cmp('2', '2'), xid8cmp('2', '1')
--//
insert into xid8_t1 values ('0'), ('010'), ('42'), ('0xffffffffffffffff'), ('-1')
--//
select min(x), max(x) from xid8_t1
--//
select '12:18:14,16'::pg_snapshot
--//
select  pg_snapshot_xmin(snap),
	pg_snapshot_xmax(snap),
	pg_snapshot_xip(snap)
from snapshot_test order by nr
--//
select id, pg_visible_in_snapshot(id::text::xid8, snap)
from snapshot_test, generate_series(11, 21) id
where nr = 2
--//
select pg_current_xact_id() >= pg_snapshot_xmin(pg_current_snapshot())
--//
select pg_visible_in_snapshot(pg_current_xact_id(), pg_current_snapshot())
--//
select pg_snapshot '1000100010001000:1000100010001100:1000100010001012,1000100010001013'
--//
select pg_visible_in_snapshot('1000100010001012', '1000100010001000:1000100010001100:1000100010001012,1000100010001013')
--//
SELECT pg_current_xact_id_if_assigned() IS NULL
--//
SELECT pg_current_xact_id()
--//
SELECT pg_current_xact_id() AS committed
--//
SELECT pg_current_xact_id() AS rolledback
--//
SELECT pg_current_xact_id() AS inprogress
--//
SELECT pg_xact_status(:committed::text::xid8) AS committed
--//
SELECT pg_xact_status(:rolledback::text::xid8) AS rolledback
--//
SELECT pg_xact_status(:inprogress::text::xid8) AS inprogress
--//
SELECT pg_xact_status('1'::xid8)
--//
INSERT INTO xmltest VALUES (1, '<value>one</value>')
--//
SELECT * FROM xmltest
--//
SELECT xmlcomment('test')
--//
SELECT xmlconcat(xmlcomment('hello'),
                 xmlelement(NAME qux, 'foo'),
                 xmlcomment('world'))
--//
SELECT xmlconcat('hello', 'you')
--//
SELECT xmlconcat(1, 2)
--//
SELECT xmlconcat('<foo/>', NULL, '<?xml version="1.1" standalone="no"?><bar/>')
--//
SELECT xmlconcat(NULL)
--//
SELECT xmlconcat(NULL, NULL)
--//
SELECT xmlelement(name element,
                  xmlattributes (1 as one, 'deuce' as two),
                  'content')
--//
SELECT xmlelement(name element,
                  xmlattributes ('unnamed and wrong'))
--//
SELECT xmlelement(name element, xmlelement(name nested, 'stuff'))
--//
SELECT xmlelement(name employee, xmlforest(name, age, salary as pay)) FROM emp
--//
SELECT xmlelement(name duplicate, xmlattributes(1 as a, 2 as b, 3 as a))
--//
SELECT xmlelement(name num, 37)
--//
SELECT xmlelement(name foo, text 'bar')
--//
SELECT xmlelement(name foo, xml 'bar')
--//
SELECT xmlelement(name foo, array[1, 2, 3])
--//
SELECT xmlelement(name foo, bytea 'bar')
--//
SELECT xmlelement(name foo, xmlattributes(true as bar))
--//
SELECT xmlelement(name foo, xmlattributes('2009-04-09 00:24:37'::timestamp as bar))
--//
SELECT xmlelement(name foo, xmlattributes('<>&"''' as funny, xml 'b<a/>r' as funnier))
--//
SELECT xmlparse(content '')
--//
SELECT xmlparse(document '   ')
--//
SELECT xmlpi(name foo)
--//
SELECT xmlpi(name xml)
--//
SELECT xmlpi(name xmlstuff)
--//
SELECT xmlpi(name foo, 'bar')
--//
SELECT xmlpi(name foo, null)
--//
SELECT xmlpi(name xml, null)
--//
SELECT xmlpi(name xmlstuff, null)
--//
SELECT xmlpi(name "xml-stylesheet", 'href="mystyle.css" type="text/css"')
--//
SELECT xmlroot(xml '<foo/>', version no value, standalone no value)
--//
SELECT xmlroot(xml '<foo/>', version '2.0')
--//
SELECT xmlroot(xml '<foo/>', version no value, standalone yes)
--//
SELECT xmlroot(xmlroot(xml '<foo/>', version '1.0'), version '1.1', standalone no)
--//
SELECT xmlroot('<?xml version="1.1" standalone="yes"?><foo/>', version no value, standalone no)
--//
SELECT xmlroot('<?xml version="1.1" standalone="yes"?><foo/>', version no value, standalone no value)
--//
SELECT xmlroot('<?xml version="1.1" standalone="yes"?><foo/>', version no value)
--//
SELECT xmlroot (
  xmlelement (
    name gazonk,
    xmlattributes (
      'val' AS name,
      1 + 1 AS num
    ),
    xmlelement (
      NAME qux,
      'foo'
    )
  ),
  version '1.0',
  standalone yes
)
--//
SELECT xmlserialize(content data as character varying(20)) FROM xmltest
--//
SELECT xmlserialize(content 'good' as char(10))
--//
SELECT xmlserialize(document 'bad' as text)
--//
SELECT xml '<foo>bar</foo>' IS DOCUMENT
--//
SELECT xml '<abc/>' IS NOT DOCUMENT
--//
SELECT '<>' IS NOT DOCUMENT
--//
SELECT xmlagg(data) FROM xmltest
--//
SELECT xmlagg(data) FROM xmltest WHERE id > 10
--//
SELECT xmlelement(name employees, xmlagg(xmlelement(name name, name))) FROM emp
--//
SELECT xmlpi(name ":::_xml_abc135.%-&_")
--//
SELECT xmlpi(name "123")
--//
SELECT xml '<!DOCTYPE a><a/><b/>'
--//
SELECT xpath('/value', data) FROM xmltest
--//
SELECT xpath(NULL, NULL) IS NULL FROM xmltest
--//
SELECT xpath('', '<!-- error -->')
--//
SELECT xmlexists('//town[text() = ''Toronto'']' PASSING BY REF '<towns><town>Bidford-on-Avon</town><town>Cwmbran</town><town>Bristol</town></towns>')
--//
SELECT xpath_exists('//town[text() = ''Toronto'']','<towns><town>Bidford-on-Avon</town><town>Cwmbran</town><town>Bristol</town></towns>'::xml)
--//
SELECT xpath_exists('count(/nosuchtag)', '<root/>'::xml)
--//
INSERT INTO xmltest VALUES (4, '<menu><beers><name>Budvar</name><cost>free</cost><name>Carling</name><cost>lots</cost></beers></menu>'::xml)
--//
SELECT COUNT(id) FROM xmltest WHERE xmlexists('/menu/beer' PASSING data)
--//
SELECT COUNT(id) FROM xmltest WHERE xmlexists('/menu/beer' PASSING BY REF data BY REF)
--//
SELECT COUNT(id) FROM xmltest WHERE xmlexists('/menu/beers' PASSING BY REF data)
--//
SELECT COUNT(id) FROM xmltest WHERE xpath_exists('/menu/beer',data)
--//
INSERT INTO query VALUES ('/menu/beers/cost[text() = ''lots'']')
--//
SELECT COUNT(id) FROM xmltest, query WHERE xmlexists(expr PASSING BY REF data)
--//
SELECT xml_is_well_formed_document('<foo>bar</foo>')
--//
SELECT xml_is_well_formed_content('<foo>bar</foo>')
--//
SELECT xml_is_well_formed('abc')
--//
INSERT INTO xmldata VALUES('<ROWS>
<ROW id="1">
  <COUNTRY_ID>AU</COUNTRY_ID>
  <COUNTRY_NAME>Australia</COUNTRY_NAME>
  <REGION_ID>3</REGION_ID>
</ROW>
<ROW id="2">
  <COUNTRY_ID>CN</COUNTRY_ID>
  <COUNTRY_NAME>China</COUNTRY_NAME>
  <REGION_ID>3</REGION_ID>
</ROW>
<ROW id="3">
  <COUNTRY_ID>HK</COUNTRY_ID>
  <COUNTRY_NAME>HongKong</COUNTRY_NAME>
  <REGION_ID>3</REGION_ID>
</ROW>
<ROW id="4">
  <COUNTRY_ID>IN</COUNTRY_ID>
  <COUNTRY_NAME>India</COUNTRY_NAME>
  <REGION_ID>3</REGION_ID>
</ROW>
<ROW id="5">
  <COUNTRY_ID>JP</COUNTRY_ID>
  <COUNTRY_NAME>Japan</COUNTRY_NAME>
  <REGION_ID>3</REGION_ID><PREMIER_NAME>Sinzo Abe</PREMIER_NAME>
</ROW>
<ROW id="6">
  <COUNTRY_ID>SG</COUNTRY_ID>
  <COUNTRY_NAME>Singapore</COUNTRY_NAME>
  <REGION_ID>3</REGION_ID><SIZE unit="km">791</SIZE>
</ROW>
</ROWS>')
--//
SELECT  xmltable.*
   FROM (SELECT data FROM xmldata) x,
        LATERAL XMLTABLE('/ROWS/ROW'
                         PASSING data
                         COLUMNS id int PATH '@id',
                                  _id FOR ORDINALITY,
                                  country_name text PATH 'COUNTRY_NAME/text()' NOT NULL,
                                  country_id text PATH 'COUNTRY_ID',
                                  region_id int PATH 'REGION_ID',
                                  size float PATH 'SIZE',
                                  unit text PATH 'SIZE/@unit',
                                  premier_name text PATH 'PREMIER_NAME' DEFAULT 'not specified')
--//
SELECT * FROM xmltableview1
--//
EXPLAIN (COSTS OFF) SELECT * FROM xmltableview1
--//
EXPLAIN (COSTS OFF, VERBOSE) SELECT * FROM xmltableview1
--//
SELECT * FROM XMLTABLE (ROW () PASSING null COLUMNS v1 timestamp) AS f (v1, v2)
--//
SELECT * FROM XMLTABLE (ROW () PASSING null COLUMNS v1 timestamp __pg__is_not_null 1) AS f (v1)
--//
SELECT * FROM XMLTABLE(XMLNAMESPACES(DEFAULT 'http://x.y'),
                      '/rows/row'
                      PASSING '<rows xmlns="http://x.y"><row><a>10</a></row></rows>'
                      COLUMNS a int PATH 'a')
--//
SELECT * FROM XMLTABLE('.'
                       PASSING '<foo/>'
                       COLUMNS a text PATH 'foo/namespace::node()')
--//
SELECT xmltable.* FROM xmldata, LATERAL xmltable('/ROWS/ROW[COUNTRY_NAME="Japan" or COUNTRY_NAME="India"]' PASSING data COLUMNS "COUNTRY_NAME" text, "REGION_ID" int)
--//
SELECT xmltable.* FROM xmldata, LATERAL xmltable('/ROWS/ROW[COUNTRY_NAME="Japan" or COUNTRY_NAME="India"]' PASSING data COLUMNS id FOR ORDINALITY, "COUNTRY_NAME" text, "REGION_ID" int)
--//
SELECT xmltable.* FROM xmldata, LATERAL xmltable('/ROWS/ROW[COUNTRY_NAME="Japan" or COUNTRY_NAME="India"]' PASSING data COLUMNS id int PATH '@id', "COUNTRY_NAME" text, "REGION_ID" int)
--//
SELECT xmltable.* FROM xmldata, LATERAL xmltable('/ROWS/ROW[COUNTRY_NAME="Japan" or COUNTRY_NAME="India"]' PASSING data COLUMNS id int PATH '@id')
--//
SELECT xmltable.* FROM xmldata, LATERAL xmltable('/ROWS/ROW[COUNTRY_NAME="Japan" or COUNTRY_NAME="India"]' PASSING data COLUMNS id FOR ORDINALITY)
--//
SELECT xmltable.* FROM xmldata, LATERAL xmltable('/ROWS/ROW[COUNTRY_NAME="Japan" or COUNTRY_NAME="India"]' PASSING data COLUMNS id int PATH '@id', "COUNTRY_NAME" text, "REGION_ID" int, rawdata xml PATH '.')
--//
SELECT * FROM xmltable('/root' passing '<root><element>a1a<!-- aaaa -->a2a<?aaaaa?> <!--z-->  bbbb<x>xxx</x>cccc</element></root>' COLUMNS element text)
--//
SELECT * FROM xmltable('/root' passing '<root><element>a1a<!-- aaaa -->a2a<?aaaaa?> <!--z-->  bbbb<x>xxx</x>cccc</element></root>' COLUMNS element text PATH 'element/text()')
--//
select * from xmltable('d/r' passing '<d><r><c><![CDATA[<hello> &"<>!<a>foo</a>]]></c></r><r><c>2</c></r></d>' columns c text)
--//
SELECT * FROM xmltable('/x/a' PASSING '<x><a><ent>&apos;</ent></a><a><ent>&quot;</ent></a><a><ent>&amp;</ent></a><a><ent>&lt;</ent></a><a><ent>&gt;</ent></a></x>' COLUMNS ent text)
--//
SELECT * FROM xmltable('/x/a' PASSING '<x><a><ent>&apos;</ent></a><a><ent>&quot;</ent></a><a><ent>&amp;</ent></a><a><ent>&lt;</ent></a><a><ent>&gt;</ent></a></x>' COLUMNS ent xml)
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT  xmltable.*
   FROM (SELECT data FROM xmldata) x,
        LATERAL XMLTABLE('/ROWS/ROW'
                         PASSING data
                         COLUMNS id int PATH '@id',
                                  _id FOR ORDINALITY,
                                  country_name text PATH 'COUNTRY_NAME' NOT NULL,
                                  country_id text PATH 'COUNTRY_ID',
                                  region_id int PATH 'REGION_ID',
                                  size float PATH 'SIZE',
                                  unit text PATH 'SIZE/@unit',
                                  premier_name text PATH 'PREMIER_NAME' DEFAULT 'not specified')
--//
SELECT xmltable.* FROM xmldata, LATERAL xmltable('/ROWS/ROW[COUNTRY_NAME="Japan" or COUNTRY_NAME="India"]' PASSING data COLUMNS "COUNTRY_NAME" text, "REGION_ID" int) WHERE "COUNTRY_NAME" = 'Japan'
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT xmltable.* FROM xmldata, LATERAL xmltable('/ROWS/ROW[COUNTRY_NAME="Japan" or COUNTRY_NAME="India"]' PASSING data COLUMNS "COUNTRY_NAME" text, "REGION_ID" int) WHERE "COUNTRY_NAME" = 'Japan'
--//
SELECT  xmltable.*
   FROM (SELECT data FROM xmldata) x,
        LATERAL XMLTABLE('/ROWS/ROW'
                         PASSING data
                         COLUMNS id int PATH '@id',
                                  _id FOR ORDINALITY,
                                  country_name text PATH 'COUNTRY_NAME' NOT NULL,
                                  country_id text PATH 'COUNTRY_ID',
                                  region_id int PATH 'REGION_ID',
                                  size float PATH 'SIZE',
                                  unit text PATH 'SIZE/@unit',
                                  premier_name text PATH 'PREMIER_NAME' DEFAULT 'not specified')
  WHERE region_id = 2
--//
EXPLAIN (VERBOSE, COSTS OFF)
SELECT  xmltable.*
   FROM (SELECT data FROM xmldata) x,
        LATERAL XMLTABLE('/ROWS/ROW'
                         PASSING data
                         COLUMNS id int PATH '@id',
                                  _id FOR ORDINALITY,
                                  country_name text PATH 'COUNTRY_NAME' NOT NULL,
                                  country_id text PATH 'COUNTRY_ID',
                                  region_id int PATH 'REGION_ID',
                                  size float PATH 'SIZE',
                                  unit text PATH 'SIZE/@unit',
                                  premier_name text PATH 'PREMIER_NAME' DEFAULT 'not specified')
  WHERE region_id = 2
--//
SELECT  xmltable.*
   FROM (SELECT data FROM xmldata) x,
        LATERAL XMLTABLE('/ROWS/ROW'
                         PASSING data
                         COLUMNS id int PATH '@id',
                                  _id FOR ORDINALITY,
                                  country_name text PATH 'COUNTRY_NAME' NOT NULL,
                                  country_id text PATH 'COUNTRY_ID',
                                  region_id int PATH 'REGION_ID',
                                  size float PATH 'SIZE' NOT NULL,
                                  unit text PATH 'SIZE/@unit',
                                  premier_name text PATH 'PREMIER_NAME' DEFAULT 'not specified')
--//
WITH
   x AS (SELECT proname, proowner, procost::numeric, pronargs,
                array_to_string(proargnames,',') as proargnames,
                case when proargtypes <> '' then array_to_string(proargtypes::oid[],',') end as proargtypes
           FROM pg_proc WHERE proname = 'f_leak'),
   y AS (SELECT xmlelement(name proc,
                           xmlforest(proname, proowner,
                                     procost, pronargs,
                                     proargnames, proargtypes)) as proc
           FROM x),
   z AS (SELECT xmltable.*
           FROM y,
                LATERAL xmltable('/proc' PASSING proc
                                 COLUMNS proname name,
                                         proowner oid,
                                         procost float,
                                         pronargs int,
                                         proargnames text,
                                         proargtypes text))
   SELECT * FROM z
   EXCEPT SELECT * FROM x
--//
WITH
   x AS (SELECT proname, proowner, procost::numeric, pronargs,
                array_to_string(proargnames,',') as proargnames,
                case when proargtypes <> '' then array_to_string(proargtypes::oid[],',') end as proargtypes
           FROM pg_proc),
   y AS (SELECT xmlelement(name data,
                           xmlagg(xmlelement(name proc,
                                             xmlforest(proname, proowner, procost,
                                                       pronargs, proargnames, proargtypes)))) as doc
           FROM x),
   z AS (SELECT xmltable.*
           FROM y,
                LATERAL xmltable('/data/proc' PASSING doc
                                 COLUMNS proname name,
                                         proowner oid,
                                         procost float,
                                         pronargs int,
                                         proargnames text,
                                         proargtypes text))
   SELECT * FROM z
   EXCEPT SELECT * FROM x
--//
INSERT INTO xmltest2 VALUES('<d><r><ac>1</ac></r></d>', 'A')
--//
SELECT xmltable.* FROM xmltest2, LATERAL xmltable('/d/r' PASSING x COLUMNS a int PATH '' || lower(_path) || 'c')
--//
SELECT xmltable.* FROM xmltest2, LATERAL xmltable(('/d/r/' || lower(_path) || 'c') PASSING x COLUMNS a int PATH '.')
--//
SELECT xmltable.* FROM xmltest2, LATERAL xmltable(('/d/r/' || lower(_path) || 'c') PASSING x COLUMNS a int PATH 'x' DEFAULT ascii(_path) - 54)
--//
SELECT * FROM XMLTABLE('*' PASSING '<a>a</a>' COLUMNS a xml PATH '.', b text PATH '.', c text PATH '"hi"', d boolean PATH '. = "a"', e integer PATH 'string-length(.)')
--//
SELECT * FROM XMLTABLE('*' PASSING '<e>pre<!--c1--><?pi arg?><![CDATA[&ent1]]><n2>&amp;deep</n2>post</e>' COLUMNS x xml PATH 'node()', y xml PATH '/')
--//
SELECT * FROM XMLTABLE('.' PASSING XMLELEMENT(NAME a) columns a varchar(20) PATH '"<foo/>"', b xml PATH '"<foo/>"')
--//
INSERT INTO testxmlschema.test1 VALUES (1, 'one'), (2, 'two'), (-1, null)
--//
INSERT INTO testxmlschema.test2 VALUES (55, 'abc', 'def',
    98.6, 2, 999, 0,
    '21:07', '21:11 +05', '2009-06-08 21:07:30', '2009-06-08 21:07:30 -07', '2009-06-08',
    NULL, 'ABC', true, 'XYZ')
--//
SELECT table_to_xml('testxmlschema.test1', false, false, '')
--//
SELECT table_to_xml('testxmlschema.test1', true, false, 'foo')
--//
SELECT table_to_xml('testxmlschema.test1', false, true, '')
--//
SELECT table_to_xml('testxmlschema.test1', true, true, '')
--//
SELECT table_to_xmlschema('testxmlschema.test1', false, false, '')
--//
SELECT table_to_xmlschema('testxmlschema.test1', true, false, '')
--//
SELECT table_to_xmlschema('testxmlschema.test1', false, true, 'foo')
--//
SELECT table_to_xmlschema('testxmlschema.test1', true, true, '')
--//
SELECT table_to_xml_and_xmlschema('testxmlschema.test1', false, false, '')
--//
SELECT table_to_xml_and_xmlschema('testxmlschema.test1', true, false, '')
--//
SELECT table_to_xml_and_xmlschema('testxmlschema.test1', false, true, '')
--//
SELECT table_to_xml_and_xmlschema('testxmlschema.test1', true, true, 'foo')
--//
SELECT query_to_xml('SELECT * FROM testxmlschema.test1', false, false, '')
--//
SELECT query_to_xmlschema('SELECT * FROM testxmlschema.test1', false, false, '')
--//
SELECT query_to_xml_and_xmlschema('SELECT * FROM testxmlschema.test1', true, true, '')
--//
SELECT cursor_to_xml('xc'::refcursor, 5, false, true, '')
--//
SELECT cursor_to_xmlschema('xc'::refcursor, false, true, '')
--//
SELECT cursor_to_xml('xc'::refcursor, 5, true, false, '')
--//
SELECT cursor_to_xmlschema('xc'::refcursor, true, false, '')
--//
SELECT schema_to_xml('testxmlschema', false, true, '')
--//
SELECT schema_to_xml('testxmlschema', true, false, '')
--//
SELECT schema_to_xmlschema('testxmlschema', false, true, '')
--//
SELECT schema_to_xmlschema('testxmlschema', true, false, '')
--//
SELECT schema_to_xml_and_xmlschema('testxmlschema', true, true, 'foo')
--//
SELECT xmlforest(c1, c2, c3, c4) FROM testxmlschema.test3
