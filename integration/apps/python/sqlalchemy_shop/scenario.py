"""The shop's steps (../../SCENARIO.md) in SQLAlchemy 2 with Alembic, over psycopg or asyncpg (SHOP_DIALECT)."""

import asyncio
import datetime
import os
import sys
import threading
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

from alembic import command
from alembic.config import Config
from sqlalchemy import Text, and_, case, cast, create_engine, delete as delete_from, exists, func, inspect, insert, literal, or_, select, text, tuple_, update as change
from sqlalchemy.dialects.postgresql import array_agg, insert as pg_insert
from sqlalchemy.exc import DBAPIError, IntegrityError, NoResultFound, NotSupportedError
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, load_only, selectinload, subqueryload

import common
from models import Base, Customer, Order

DIALECT = os.environ.get("SHOP_DIALECT", "psycopg")
steps = common.Steps()
step, saw = steps.step, steps.saw


def engine_for(url, **options):
    url = url.replace("postgresql://", f"postgresql+{DIALECT}://")
    if DIALECT == "asyncpg":
        return create_async_engine(url, **options).sync_engine
    return create_engine(url, **options)


engine = engine_for(common.SHOP, pool_pre_ping=True)
clerk_engine, temp_engine = engine_for(common.CLERK), engine_for(common.TEMP)


def session(bind=None):
    return Session(bind or engine)


def state(error):
    """SQLSTATE and hint of what the driver said."""
    driver = error.orig
    common.no_leak(driver)
    if DIALECT == "asyncpg":
        common.no_leak(driver.__cause__)
        return driver.sqlstate, driver.__cause__.hint
    return driver.sqlstate, driver.diag.message_hint


def fails(kind, action, bind=None):
    """The error of an action of that kind; the session is usable afterwards."""
    with session(bind) as s:
        try:
            action(s)
            s.commit()
        except kind as error:
            s.rollback()
            assert s.scalar(select(func.count(Order.id))) > 0
            return error
    raise AssertionError("nothing was raised")


def by_email(s, email):
    return s.scalars(select(Customer).where(Customer.email == email)).one_or_none()


@step
def create():
    with session() as s:
        for i in range(1, 13):
            s.add(Customer(**common.customer(i), orders=[Order(**order) for order in common.orders(i)]))
            s.flush()
        s.commit()
    with session() as s:
        ann = s.get(Customer, 1)
        for name, value in common.customer(1).items():
            assert getattr(ann, name) == value and type(getattr(ann, name)) is type(value), name
        assert isinstance(ann.created_at, datetime.datetime)
        saw([s.scalar(select(func.count()).select_from(Customer)), s.scalar(select(func.count(Order.id)))])


@step
def find_by_email():
    with session() as s:
        assert by_email(s, "ann@canary.example").name == "Ann"
        assert by_email(s, "nobody@canary.example") is None
        try:
            s.execute(select(Customer).filter_by(email="nobody@canary.example")).scalar_one()
            raise AssertionError("found nobody")
        except NoResultFound:
            pass
        assert s.scalars(select(Customer).filter_by(ssn="907-10-0002")).one().name == "Bob"
        saw([list(row) for row in s.execute(select(Customer.name, Customer.birth_date, Customer.balance).where(Customer.birth_date == common.customer(2)["birth_date"]))])
        assert s.scalars(select(Customer).where(Customer.balance == Decimal("21.00"))).one().name == "Bob"
        assert s.scalars(select(Customer).where(Customer.balance == 21)).one().name == "Bob"
        assert s.scalar(select(exists().where(Customer.email == "ann@canary.example")))
        assert s.query(Customer).filter_by(email="ann@canary.example").first().id == 1
        assert s.query(s.query(Customer).filter_by(email="x").exists()).scalar() is False
        saw(s.scalar(select(func.count(Customer.id)).where(or_(Customer.email == "ann@canary.example", Customer.ssn == "907-10-0002"))))


@step(feature="ci")
def find_case_insensitively():
    with session() as s:
        find = lambda condition: s.scalars(select(Customer).where(condition)).one_or_none()
        assert find(func.lower(Customer.email) == "ANN@Canary.example".lower()).name == "Ann"
        assert find(func.lower(Customer.email) == func.lower("dora.mixed@canary.example")).name == "Dora"
        assert find(func.upper(Customer.email) == "DORA.MIXED@CANARY.EXAMPLE").name == "Dora"
        assert find(Customer.email.ilike("dora.mixed@canary.example")).name == "Dora"
        assert find(func.lower(Customer.email) == "nobody@canary.example") is None
        assert find(cast(Customer.email, Text) == "ann@canary.example").name == "Ann"
        some = select(Customer.id).where(func.lower(Customer.email).in_(["ann@canary.example", "bob@canary.example"])).order_by(Customer.id)
        saw(list(s.scalars(some)))


@step
def in_list():
    wanted = [common.email(1), common.email(4), common.email(7), "unknown@canary.example"]
    with session() as s:
        ids = lambda condition: list(s.scalars(select(Customer.id).where(condition).order_by(Customer.id)))
        saw([list(row) for row in s.execute(select(Customer.id, Customer.email).where(Customer.email.in_(wanted)).order_by(Customer.id))])
        assert ids(Customer.email.in_([])) == []
        assert len(ids(Customer.email.not_in([]))) == 12
        saw(ids(Customer.email.not_in(wanted)), ids(Customer.email != wanted[0]), ids(~Customer.email.in_(wanted)))
        saw(ids(Customer.email == func.any(wanted)) if DIALECT == "psycopg" else ids(Customer.email.in_(wanted)))
        saw(ids(tuple_(Customer.email, Customer.ssn).in_([(common.email(1), "907-10-0001"), (common.email(2), "x")])))
        saw(ids(Customer.email.in_(select(Customer.email).where(Customer.active.is_(False)))))
        saw(ids(Customer.email.is_distinct_from(wanted[0])))


@step
def nulls():
    with session() as s:
        saw(list(s.scalars(select(Customer.id).where(Customer.ssn.is_(None)).order_by(Customer.id))))
        saw(s.scalar(select(func.count()).where(Customer.notes.is_not(None))), s.scalar(select(func.count()).where(Customer.ssn == None)))
        ann = s.get(Customer, 1)
        ann.notes = None
        s.commit()
        assert s.get(Customer, 1).notes is None
        ann.notes = common.customer(1)["notes"]
        s.commit()
        s.refresh(ann)
        assert ann.notes == "canary note 1"


@step
def unicode():
    with session() as s:
        assert s.scalars(select(Customer).where(Customer.name == "Gül")).one().notes == common.UNICODE_NOTES
        assert by_email(s, "lilei@canary.example").name == "李雷"
        kim = s.scalars(select(Customer).where(Customer.name == "Kim")).one()
        kim.email = "kïm@canary.example"
        s.commit()
        saw(by_email(s, "kïm@canary.example").name)
        kim.email = common.email(11)
        s.commit()


@step
def page():
    with session() as s:
        people = select(Customer).order_by(Customer.id)
        saw([person.email for person in s.scalars(people.limit(5).offset(5))])
        saw(s.scalar(select(func.count()).select_from(people.order_by(None).subquery())))
        saw([person.email for person in s.scalars(people.slice(10, 15))])
        saw(list(s.scalars(select(Customer.email).order_by(Customer.name.desc()).limit(3))))
        saw([list(row) for row in s.execute(select(Customer.email, func.count().over()).order_by(Customer.id).limit(2))])
        assert s.query(Customer).count() == 12


@step
def relations():
    with session() as s:
        joined = s.scalars(select(Order).options(joinedload(Order.customer)).order_by(Order.id))
        saw([(order.item, order.customer.email) for order in joined])
    for load in (selectinload, subqueryload, joinedload):
        with session() as s:
            people = s.scalars(select(Customer).options(load(Customer.orders)).order_by(Customer.id)).unique()
            saw([(person.email, [order.item for order in person.orders]) for person in people])
    with session() as s:
        people = select(Customer).join(Customer.orders).options(contains_eager(Customer.orders)).where(Order.paid)
        saw(sorted((person.email, len(person.orders)) for person in s.scalars(people).unique()))
        mine = select(Order.item, Customer.email, Customer.notes).join(Order.customer).where(Customer.email == common.email(2)).order_by(Order.id)
        saw([list(row) for row in s.execute(mine)])
        counted = select(Customer, func.count(Order.id)).outerjoin(Customer.orders).group_by(Customer.id).order_by(Customer.id)
        saw([(person.email, number) for person, number in s.execute(counted)])
        saw([(person.email, number) for person, number in s.execute(counted.having(func.count(Order.id) >= 2))])
        bob = by_email(s, common.email(2))
        saw([order.item for order in bob.orders], bob.orders[0].customer is bob)
        saw(s.scalar(select(func.count()).where(Customer.orders.any(Order.paid))))
        saw(s.scalar(select(func.count(Order.id)).where(Order.customer.has(Customer.email == common.email(2)))))
        other = aliased(Customer)
        saw(s.scalar(select(func.count()).select_from(Customer).join(other, Customer.email == other.email)))


@step
def aggregate():
    with session() as s:
        saw(list(s.execute(select(func.sum(Order.total), func.max(Order.total), func.avg(Order.total), func.count())).one()))
        saw(list(s.execute(select(func.count(), func.count(Customer.active.distinct()), func.count(Customer.ssn), func.count(Customer.email.distinct()))).one()))
        saw(s.scalar(select(func.sum(Order.total)).join(Order.customer).where(Customer.email == common.email(2))))
        by_mail = select(Customer.email, func.sum(Order.total)).join(Customer.orders).group_by(Customer.email)
        saw(sorted(list(row) for row in s.execute(by_mail)))
        saw([list(row) for row in s.execute(select(Customer.active, func.count()).group_by(Customer.active).order_by(Customer.active))])
        saw(sorted(s.scalars(select(Customer.balance).distinct())))
        saw(sorted(s.scalar(select(array_agg(Customer.email))))[:2])


@step
def update():
    with session() as s:
        ann = by_email(s, common.email(1))
        ann.name, ann.email, ann.balance = "Anna", "anna@canary.example", Decimal("99.99")
        s.commit()
        saw([list(row) for row in s.execute(select(Customer.name, Customer.email, Customer.balance).where(Customer.email == "anna@canary.example"))])
        assert by_email(s, common.email(1)) is None
        done = s.execute(change(Customer).where(Customer.email.in_([common.email(2), common.email(4)])).values(notes="canary changed"))
        assert done.rowcount == 2
        saw(list(s.scalars(select(Customer.notes).order_by(Customer.id))))
        s.rollback()
        back = s.scalars(change(Customer).where(Customer.id == 1).values(**{key: common.customer(1)[key] for key in ("name", "email", "balance")}).returning(Customer.email)).one()
        saw(back)
        s.execute(change(Customer), [{"id": 2, "notes": "canary by key 2"}, {"id": 4, "notes": "canary by key 4"}])
        saw(list(s.scalars(select(Customer.notes).where(Customer.id.in_([2, 4])).order_by(Customer.id))))
        s.execute(change(Customer), [{"id": i, "notes": common.customer(i)["notes"]} for i in (2, 4)])
        marked = case({1: "canary case 1", 2: "canary case 2"}, value=Customer.id)
        s.execute(change(Customer).where(Customer.id.in_([1, 2])).values(notes=marked))
        saw(list(s.scalars(select(Customer.notes).where(Customer.id.in_([1, 2])).order_by(Customer.id))))
        s.execute(change(Customer), [{"id": i, "notes": common.customer(i)["notes"]} for i in (1, 2)])
        s.commit()


def fields(i):
    with session() as s:
        person = s.get(Customer, i)
        return [str(getattr(person, name)) for name in common.FIELDS]


@step
def masked_keep():
    before = fields(2)
    with session(clerk_engine) as s:
        bob = by_email(s, common.email(2))
        if common.PROXY:
            assert (bob.ssn, bob.notes, bob.birth_date) == ("*******0002", None, None), bob.ssn
        assert bob.balance == Decimal("21.00")
        # Dirty tracking sends one column; a form that sets them all sends what changed; merge() of a detached object the rest.
        bob.name = "Robert"
        s.commit()
    assert fields(2) == ["Robert", *before[1:]]
    with session(clerk_engine) as s:
        seen = s.execute(select(*(getattr(Customer, name) for name in common.FIELDS)).where(Customer.id == 2)).one()._asdict()
        s.execute(change(Customer).where(Customer.id == 2).values(**seen))
        s.commit()
    assert fields(2) == ["Robert", *before[1:]]
    saw(fields(2))
    with session(clerk_engine) as s:
        detached = Customer(id=2, **{**seen, "name": "Bob"})
        s.merge(detached)
        s.commit()
    assert fields(2) == before


@step
def masked_refuse():
    before = fields(4)
    with session(temp_engine) as s:
        seen = s.execute(select(*(getattr(Customer, name) for name in common.FIELDS)).where(Customer.id == 4)).one()._asdict()
    write = lambda s: s.execute(change(Customer).where(Customer.id == 4).values(**{**seen, "name": "Theodora"}))
    if common.PROXY:
        error = fails(DBAPIError, write, temp_engine)
        assert state(error)[0] == "42501", state(error)
        assert fields(4) == before
    else:
        with session(temp_engine) as s:
            write(s)
            s.commit()
    with session(temp_engine) as s:
        s.get(Customer, 4).name = "Theodora"
        s.commit()
        assert fields(4) == ["Theodora", *before[1:]]
        s.get(Customer, 4).name = "Dora"
        s.commit()
    saw(fields(4))
    assert fields(4) == before


@step
def bulk_create():
    with session() as s:
        s.add_all([Customer(**common.bulk(i)) for i in range(1, 501)])
        s.commit()
        s.execute(insert(Customer), [common.bulk(i) for i in range(501, 1001)])
        s.commit()
        saw(s.query(Customer).count())
        person = by_email(s, "bulk0500@canary.example")
        saw([str(getattr(person, name)) for name in common.FIELDS])
        made = s.scalars(insert(Customer).returning(Customer, sort_by_parameter_order=True), [common.bulk(i) for i in (1001, 1002, 1003)]).all()
        assert [person.email for person in made] == [f"bulk{i}@canary.example" for i in (1001, 1002, 1003)]
        s.commit()
        saw(s.scalar(select(func.count()).where(Customer.email.in_([common.bulk(i)["email"] for i in range(1, 1004)]))))


@step
def upsert():
    with session() as s:
        for _ in range(2):
            rows = [{**common.customer(1), "notes": "canary upserted"}, {**common.bulk(2000), "notes": "canary upserted"}]
            statement = pg_insert(Customer).values(rows)
            renew = statement.on_conflict_do_update(index_elements=[Customer.email], set_={"notes": statement.excluded.notes, "name": statement.excluded.name})
            saw(sorted(s.scalars(renew.returning(Customer.email))))
            s.commit()
        again = pg_insert(Customer).values(**{**common.customer(1), "notes": "canary ignored"}).on_conflict_do_nothing()
        saw(s.execute(again).rowcount)
        named = pg_insert(Customer).values(**{**common.customer(1), "notes": "canary named"})
        s.execute(named.on_conflict_do_update(constraint="customers_email_key", set_={"notes": "canary set"}, where=Customer.name == "Ann"))
        saw([list(row) for row in s.execute(select(Customer.email, Customer.notes).where(Customer.email.in_([common.email(1), "bulk2000@canary.example"])).order_by(Customer.id))])
        s.execute(change(Customer).where(Customer.id == 1).values(notes=common.customer(1)["notes"]))
        s.commit()


@step
def delete():
    with session() as s:
        s.delete(by_email(s, "bulk0001@canary.example"))
        s.commit()
        saw(s.execute(delete_from(Customer).where(Customer.email.in_([f"bulk{i:04}@canary.example" for i in range(1, 101)]))).rowcount)
        gone = s.scalars(delete_from(Customer).where(Customer.name.startswith("bulk "), Customer.email != "bulk2000@canary.example").returning(Customer.email)).all()
        saw(len(gone), gone[0] in {common.bulk(i)["email"] for i in range(101, 1004)})
        s.commit()
        s.add(Customer(name="Gone", email="gone@canary.example", orders=[Order(item="gone", total=1)]))
        s.commit()
        s.delete(by_email(s, "gone@canary.example"))
        s.commit()
        saw([s.query(Customer).count(), s.query(Order).count()])
        s.execute(delete_from(Customer).where(Customer.email == "bulk2000@canary.example"))
        s.commit()
        saw(s.query(Customer).count())


@step
def transactions():
    with session() as s, s.begin():
        s.add(Customer(name="Stays", email="stays@canary.example"))
    try:
        with session() as s, s.begin():
            s.add(Customer(name="Goes", email="goes@canary.example"))
            s.flush()
            raise RuntimeError("stop")
    except RuntimeError:
        pass

    def two(s):
        s.add(Customer(name="First", email="first@canary.example"))
        s.flush()
        s.add(Customer(name="Second", email="stays@canary.example"))

    fails(IntegrityError, two)
    with session() as s:
        assert by_email(s, "first@canary.example") is None and by_email(s, "goes@canary.example") is None
        s.delete(by_email(s, "stays@canary.example"))
        s.commit()
        saw(s.query(Customer).count())


@step
def savepoints():
    with session() as s:
        s.add(Customer(name="Outer", email="outer@canary.example"))
        try:
            with s.begin_nested():
                s.add(Customer(name="Inner", email="outer@canary.example"))
        except IntegrityError:
            pass
        mark = s.begin_nested()
        s.execute(change(Customer).where(Customer.email == "outer@canary.example").values(notes="canary undone"))
        mark.rollback()
        if common.PROXY:
            try:
                with s.begin_nested():
                    s.scalars(select(Customer).order_by(func.lower(Customer.email))).all()
                raise AssertionError("not refused")
            except DBAPIError as error:
                assert state(error)[0] == "0A000"
        s.add(Customer(name="After", email="after@canary.example"))
        s.commit()
        saw([list(row) for row in s.execute(select(Customer.name, Customer.email, Customer.notes).where(Customer.name.in_(["Outer", "After"])).order_by(Customer.id))])
        s.execute(delete_from(Customer).where(Customer.email.in_(["outer@canary.example", "after@canary.example"])))
        s.commit()


@step
def prepared():
    # psycopg prepares what is repeated, asyncpg everything.
    with session() as s:
        for i in range(20):
            person = by_email(s, common.email(1 + i % 12))
            assert person.id == 1 + i % 12
            s.expire_all()
        for i in range(5):
            s.execute(insert(Customer).values(name=f"p{i}", email=f"p{i}@canary.example"))
        saw(s.scalar(select(func.count()).where(Customer.email.in_([f"p{i}@canary.example" for i in range(5)]))))
        s.rollback()
        saw(s.query(Customer).count())


@step
def pool():
    wrong = []
    pooled = engine_for(common.SHOP, pool_size=4, max_overflow=0, pool_pre_ping=True)

    def once(s, i):
        person = by_email(s, common.email(i))
        if person.id != i:
            wrong.append((i, person.id))
        s.execute(change(Customer).where(Customer.id == i).values(name=person.name))
        s.commit()

    def work(i):
        for _ in range(5):
            with Session(pooled) as s:
                once(s, i)

    if DIALECT == "asyncpg":
        from sqlalchemy.util import await_only, greenlet_spawn

        async def all_of_them():
            await asyncio.gather(*(greenlet_spawn(work, i) for i in range(1, 9)))

        await_only(all_of_them())
    else:
        def guarded(i):
            try:
                work(i)
            except Exception as error:
                wrong.append((i, repr(error)))

        threads = [threading.Thread(target=guarded, args=(i,)) for i in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not wrong, wrong
    pooled.dispose()


@step
def unique_violation():
    error = fails(IntegrityError, lambda s: s.add(Customer(name="x", email=common.email(1))))
    if DIALECT == "psycopg":
        constraint = error.orig.diag.constraint_name
    else:
        constraint = error.orig.__cause__.constraint_name
    saw(type(error).__name__, state(error), constraint)


@step
def invalid_value():
    for sql, value in [
        ("update customers set birth_date = cast(:v as date) where id = 1", "2020-13-45"),
        ("update customers set birth_date = '2020-13-45' where id = 1 and name = :v", "Ann"),
        ("update customers set birth_date = 'no date' where id = 1 and name = :v", "Ann"),
        ("update customers set ssn = :v where id = 1", "907-10-0001 and more"),
        ("update customers set balance = :v where id = 1", Decimal("123456789.00")),
        ("update customers set email = :v where id = 1", None),
    ]:
        if DIALECT == "asyncpg" and "cast" in sql:
            continue  # asyncpg itself wants a date there
        error = fails(DBAPIError, lambda s: s.execute(text(sql), {"v": value}))
        saw(type(error).__name__, state(error)[0])
    error = fails(DBAPIError, lambda s: s.add(Customer(name="x", email="x@canary.example", ssn="907-10-0001 and more")))
    saw(state(error)[0])


@step
def refused():
    if not common.PROXY:
        return
    for statement in (
        select(Customer).order_by(func.lower(Customer.email)),
        select(Customer).where(Customer.email.like("ann%")),
        select(Customer).where(Customer.email.contains("ann")),
        select(func.max(Customer.email)),
        select(func.sum(Customer.balance)),
        select(func.string_agg(Customer.notes, ",")),
        select(Customer).where(Customer.balance > 5),
        change(Customer).where(Customer.id == 1).values(balance=Customer.balance + 1),
    ):
        error = fails(DBAPIError, lambda s: s.execute(statement))
        sqlstate, hint = state(error)
        assert sqlstate == "0A000" and hint, (sqlstate, hint)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            connection.execute(select(Customer).order_by(func.lower(Customer.email)))
            raise AssertionError("not refused")
        except DBAPIError:
            assert connection.scalar(select(func.count(Customer.id))) == 12


@step
def raw_sql():
    with engine.connect() as connection:
        saw([list(row) for row in connection.execute(text("select id, email from customers where email = :email"), {"email": common.email(2)})])
        saw(sorted(list(row) for row in connection.execute(text("select c.email, count(o.id) from customers c left join orders o on o.customer_id = c.id group by c.email"))))
        found = connection.execute(text("select email from customers where id = :id"), [{"id": 3}]).mappings().one()
        saw(dict(found))
        table = Base.metadata.tables["customers"]
        saw(connection.scalar(select(table.c.email).where(table.c.ssn == "907-10-0002")))


@step
def lock():
    with session() as s:
        ann = s.scalars(select(Customer).where(Customer.email == common.email(1)).with_for_update()).one()
        ann.name = "Ann"
        s.commit()
        for options in ({"nowait": True}, {"skip_locked": True}, {"read": True}, {"key_share": True}, {"of": Customer}):
            assert s.scalars(select(Customer).where(Customer.email == common.email(1)).with_for_update(**options)).one().id == 1
            s.rollback()
        both = select(Order, Customer).join(Order.customer).order_by(Order.id).limit(1).with_for_update(of=[Order, Customer])
        saw(s.execute(both).one()[1].email)


@step
def stream():
    # yield_per asks psycopg for a server-side cursor (DECLARE); asyncpg has portals.
    options = {"yield_per": 5}
    with session() as s:
        people = s.scalars(select(Customer).order_by(Customer.id), execution_options=options)
        saw([(person.id, person.email) for person in people])
        parts = s.scalars(select(Customer).order_by(Customer.id)).partitions(5)
        saw([[person.id for person in part] for part in parts])


@step
def own_server_side_cursor():
    with session() as s:
        emails = [person.email for person in s.scalars(select(Customer).order_by(Customer.id).execution_options(yield_per=5))]
        assert emails == [common.email(i) for i in range(1, 13)]
        assert s.query(Customer).count() == 12


@step
def own_selects():
    with session() as s:
        people = select(Customer).order_by(Customer.id)
        saw([person.email for person in s.scalars(people.options(load_only(Customer.email)).limit(2))])
        newest = select(Order.item).where(Order.customer_id == Customer.id).order_by(Order.id.desc()).limit(1).scalar_subquery()
        saw([list(row) for row in s.execute(select(Customer.email, newest).order_by(Customer.id))])
        part = select(Customer.id, Customer.email).where(Customer.active).cte("part")
        saw([list(row) for row in s.execute(select(part.c.email).where(part.c.email == common.email(2)))])
        sub = people.order_by(None).where(Customer.email == common.email(2)).subquery()
        saw([list(row) for row in s.execute(select(sub.c.email, sub.c.notes))])
        one = select(Customer.email).where(Customer.id == 1)
        saw(sorted(s.scalars(one.union_all(select(Customer.email).where(Customer.id == 2)))))
        saw(sorted(s.scalars(one.union(select(Customer.email).where(Customer.id == 1)))))
        saw(list(s.scalars(select(func.coalesce(Customer.notes, "-")).order_by(Customer.id))))
        saw(list(s.scalars(select(func.coalesce(Customer.balance, Decimal("0.00"))).order_by(Customer.id)))[:2])
        saw(list(s.scalars(select(case((Customer.email == common.email(1), "first"), else_="other")).order_by(Customer.id)))[:2])
        saw([list(row) for row in s.execute(select(Customer.email, func.row_number().over(order_by=Customer.name)).order_by(Customer.id))][:3])
        saw([list(row) for row in s.execute(select(literal("x"), Customer.email.label("mail")).where(Customer.id == 1))])
        lateral = select(Order.item).where(Order.customer_id == Customer.id).order_by(Order.id).limit(1).lateral()
        saw(sorted(list(row) for row in s.execute(select(Customer.email, lateral.c.item).join(lateral, text("true")))))
        saw(s.scalar(select(Customer.email).where(and_(Customer.email == common.email(1), Customer.balance == Decimal("10.5")))))


@step
def own_core():
    table = Customer.__table__
    with engine.begin() as connection:
        done = connection.execute(table.insert().values(name="Core", email="core@canary.example").returning(table.c.id, table.c.balance, table.c.active))
        row = done.one()
        saw(row.balance, row.active)
        connection.execute(table.update().where(table.c.id == row.id).values(notes="canary core"))
        select_into = table.insert().from_select(["name", "email"], select(table.c.name, table.c.email).where(table.c.id == -1))
        saw(connection.execute(select_into).rowcount)
        connection.execute(table.delete().where(table.c.email == "core@canary.example"))
    try:
        with engine.begin() as connection:
            connection.execute(table.insert(), [{"name": f"many {i}", "email": f"many{i}@canary.example"} for i in range(20)])
            saw(connection.scalar(select(func.count()).select_from(table).where(table.c.name.like("many %"))))
            raise RuntimeError("stop")
    except RuntimeError:
        pass


@step
def own_alembic():
    """What is run at every deployment; autogenerate compares the tables with the models."""
    config = Config(os.path.join(HERE, "alembic.ini"))
    command.upgrade(config, "head")
    if DIALECT == "psycopg" and "facade" in common.FEATURES:
        command.check(config)


@step(feature="facade")
def reflection():
    inspector = inspect(engine) if DIALECT == "psycopg" else inspect(create_engine(common.SHOP.replace("postgresql://", "postgresql+psycopg://")))
    saw(sorted(inspector.get_table_names()), inspector.has_table("customers"))
    for table in ("customers", "orders"):
        saw([[column["name"], str(column["type"]), column["nullable"], column["default"]] for column in inspector.get_columns(table)])
        saw(inspector.get_pk_constraint(table)["constrained_columns"], sorted(key["name"] for key in inspector.get_unique_constraints(table)))
        saw(sorted((index["name"], index["column_names"], index["unique"]) for index in inspector.get_indexes(table)))
        saw([(key["constrained_columns"], key["referred_table"]) for key in inspector.get_foreign_keys(table)])


@step
def second_day_changes():
    with session() as s:
        ann = s.get(Customer, 1)
        ann.name = Customer.name + "!"
        s.commit()
        saw(ann.name)
        ann.name = "Ann"
        s.commit()
        least = Customer(name="Least", email="least@canary.example")
        s.add(least)
        s.commit()
        saw([str(getattr(least, name)) for name in common.FIELDS])
        s.delete(least)
        s.commit()
        s.execute(change(Customer).where(Customer.id == 2).values(notes=Customer.notes))
        copied = insert(Customer).from_select(["name", "email", "notes", "ssn"], select(literal("Copy"), literal("copy@canary.example"), Customer.notes, Customer.ssn).where(Customer.id == 2))
        s.execute(copied)
        saw([person.notes for person in s.scalars(select(Customer).where(Customer.email == "copy@canary.example"))])
        s.rollback()


@step
def second_day_explain():
    with engine.connect() as connection:
        compiled = select(Customer).where(Customer.email == common.email(1))
        literal_sql = compiled.compile(engine, compile_kwargs={"literal_binds": True})
        plan = "\n".join(connection.exec_driver_sql(f"explain {literal_sql}".replace("%", "%%") if DIALECT == "psycopg" else f"explain {literal_sql}").scalars())
        assert "Scan" in plan, plan
        assert not (common.PROXY and "canary" in plan), plan


@step
def left():
    with session() as s:
        columns = [getattr(Customer, name) for name in common.FIELDS]
        rows = [[str(value) for value in row] for row in s.execute(select(*columns).order_by(Customer.id))]
        saw([len(rows), s.query(Order).count(), common.checksum(rows)])
    assert rows == [[str(common.customer(i)[name]) for name in common.FIELDS] for i in range(1, 13)]


def main():
    if sys.argv[1] == "setup":
        command.upgrade(Config(os.path.join(HERE, "alembic.ini")), "head")
    elif DIALECT == "asyncpg":
        from sqlalchemy.util import greenlet_spawn

        async def inside():
            await greenlet_spawn(steps.run)

        asyncio.run(inside())
    else:
        steps.run()


if __name__ == "__main__":
    main()
