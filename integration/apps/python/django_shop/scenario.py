"""The shop's steps (../../SCENARIO.md) in Django: models, managers, querysets, transactions, the admin."""

import datetime
import json
import os
import sys
import threading
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings")

import django

django.setup()

from django.core import serializers
from django.core.management import call_command
from django.core.paginator import Paginator
from django.db import DatabaseError, DataError, IntegrityError, NotSupportedError, connection, connections, transaction
from django.db.models import Avg, BooleanField, Case, Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery, Sum, TextField, Value, When, Window
from django.db.models.functions import Cast, Coalesce, Concat, Length, Lower, RowNumber, TruncMonth, Upper

import common
from shop.models import Customer, Order

steps = common.Steps()
step, saw = steps.step, steps.saw


def state(error):
    """SQLSTATE and hint of what the driver said."""
    cause = error.__cause__
    common.no_leak(cause)
    return cause.sqlstate, cause.diag.message_hint


def fails(kind, action, using="default"):
    """The error of an action of that kind; the connection is usable afterwards."""
    try:
        with transaction.atomic(using=using):
            action()
    except kind as error:
        assert Order.objects.using(using).exists()
        return error
    raise AssertionError("nothing was raised")


@step
def create():
    for i in range(1, 13):
        person = Customer(**common.customer(i))
        person.save()
        for order in common.orders(i):
            person.orders.create(**order)
    ann = Customer.objects.get(pk=1)
    for name, value in common.customer(1).items():
        assert getattr(ann, name) == value and type(getattr(ann, name)) is type(value), name
    assert isinstance(ann.created_at, datetime.datetime)
    saw([Customer.objects.count(), Order.objects.count()])


@step
def find_by_email():
    assert Customer.objects.get(email="ann@canary.example").name == "Ann"
    try:
        Customer.objects.get(email="nobody@canary.example")
        raise AssertionError("found nobody")
    except Customer.DoesNotExist:
        pass
    assert Customer.objects.get(ssn="907-10-0002").name == "Bob"
    saw(list(Customer.objects.filter(birth_date=common.customer(2)["birth_date"]).values("name", "birth_date", "balance")))
    assert Customer.objects.get(balance=Decimal("21.00")).name == "Bob"
    assert Customer.objects.get(balance=21).name == "Bob"
    assert Customer.objects.filter(email="ann@canary.example").exists()
    assert not Customer.objects.filter(email="x").exists()
    assert Customer.staying.filter(email="dora@canary.example").first() is None
    saw(Customer.objects.filter(Q(email="ann@canary.example") | Q(ssn="907-10-0002")).count())


@step(feature="ci")
def find_case_insensitively():
    assert Customer.objects.get(email__iexact="ANN@Canary.example").name == "Ann"
    assert Customer.objects.get(email__iexact="dora.mixed@canary.example").name == "Dora"
    assert not Customer.objects.filter(email__iexact="nobody@canary.example").exists()
    lower = Customer.objects.alias(lowered=Lower("email"))
    assert lower.get(lowered="ann@canary.example").pk == 1
    saw(list(lower.filter(lowered__in=["ann@canary.example", "dora.mixed@canary.example"]).order_by("id").values_list("email", flat=True)))
    assert Customer.objects.annotate(text=Cast("email", TextField())).get(text="bob@canary.example").text == "bob@canary.example"
    person, created = Customer.objects.get_or_create(email__iexact="ANN@Canary.example", defaults={"name": "Never"})
    assert not created and person.pk == 1
    assert Customer.objects.filter(Q(email__iexact="BOB@canary.example") | Q(name="Ann")).count() == 2


@step
def in_list():
    wanted = [common.email(1), common.email(4), common.email(7), "unknown@canary.example"]
    saw(list(Customer.objects.filter(email__in=wanted).order_by("id").values_list("id", "email")))
    assert list(Customer.objects.filter(email__in=[])) == []
    saw(list(Customer.objects.exclude(email__in=wanted).order_by("id").values_list("id", flat=True)))
    saw(list(Customer.objects.exclude(email=common.email(1)).order_by("id").values_list("id", flat=True)))
    saw(list(Customer.objects.exclude(ssn="907-10-0001").order_by("id").values_list("id", flat=True)))
    mapped = Customer.objects.in_bulk(wanted, field_name="email")
    saw(sorted((mail, person.name) for mail, person in mapped.items()))
    assert sorted(Customer.objects.in_bulk([1, 2])) == [1, 2]
    inner = Customer.objects.filter(email__in=wanted).values("pk")
    saw(Order.objects.filter(customer__in=inner).count())
    saw(list(Customer.objects.filter(email__in=Customer.objects.filter(active=False).values("email")).order_by("id").values_list("email", flat=True)))


@step
def nulls():
    saw(list(Customer.objects.filter(ssn__isnull=True).order_by("id").values_list("id", flat=True)))
    saw(Customer.objects.filter(notes__isnull=False).count(), Customer.objects.filter(ssn=None).count())
    ann = Customer.objects.get(email=common.email(1))
    ann.notes = None
    ann.save()
    assert Customer.objects.get(pk=1).notes is None
    ann.notes = common.customer(1)["notes"]
    ann.save(update_fields=["notes"])
    ann.refresh_from_db()
    assert ann.notes == "canary note 1"


@step
def unicode():
    guel = Customer.objects.get(name="Gül")
    assert guel.notes == common.UNICODE_NOTES
    assert Customer.objects.get(email="lilei@canary.example").name == "李雷"
    kim = Customer.objects.get(name="Kim")
    kim.email = "kïm@canary.example"
    kim.save()
    saw(Customer.objects.get(email="kïm@canary.example").name)
    kim.email = common.email(11)
    kim.save()


@step
def page():
    people = Customer.objects.order_by("id")
    saw(list(people.values_list("email", flat=True)[5:10]), people.count())
    pages = Paginator(people, 5)
    assert (pages.count, pages.num_pages) == (12, 3)
    saw([person.email for person in pages.page(3)])
    saw(list(Customer.objects.order_by("-name").values_list("email", flat=True)[:3]))
    assert Customer.objects.order_by("id").reverse()[0].pk == 12


@step
def relations():
    with_customer = Order.objects.select_related("customer").order_by("id")
    saw([(order.item, order.customer.email) for order in with_customer])
    with_orders = Customer.objects.prefetch_related("orders").order_by("id")
    saw([(person.email, sorted(order.item for order in person.orders.all())) for person in with_orders])
    paid = Prefetch("orders", Order.objects.filter(paid=True), to_attr="paid_orders")
    saw([(person.email, len(person.paid_orders)) for person in Customer.objects.prefetch_related(paid).order_by("id")])
    saw(list(Order.objects.filter(customer__email=common.email(2)).order_by("id").values_list("item", "customer__email", "customer__notes")))
    counted = Customer.objects.annotate(number=Count("orders")).order_by("id")
    saw([(person.email, person.number) for person in counted])
    saw([(person.email, person.number) for person in counted.filter(number__gte=2)])
    saw(list(Customer.objects.filter(orders__paid=True).distinct().order_by("id").values_list("email", flat=True)))
    bob = Customer.objects.get(email=common.email(2))
    assert bob.orders.filter(paid=True).get().customer is bob


@step
def aggregate():
    saw(Order.objects.aggregate(Sum("total"), Max("total"), Avg("total"), number=Count("id")))
    saw(Customer.objects.aggregate(Count("id"), Count("active", distinct=True), Count("ssn"), Count("email", distinct=True)))
    saw(Order.objects.filter(customer__email=common.email(2)).aggregate(Sum("total")))
    saw(list(Customer.objects.values("active").annotate(number=Count("id")).order_by("active")))
    by_mail = Order.objects.values("customer__email").annotate(total=Sum("total"))
    saw(sorted((row["customer__email"], row["total"]) for row in by_mail))


@step
def update():
    ann = Customer.objects.get(email=common.email(1))
    ann.name, ann.email, ann.balance = "Anna", "anna@canary.example", Decimal("99.99")
    ann.save()
    saw(list(Customer.objects.filter(email="anna@canary.example").values_list("name", "email", "balance")))
    assert not Customer.objects.filter(email=common.email(1)).exists()
    changed = Customer.objects.filter(email__in=[common.email(2), common.email(4)]).update(notes="canary changed")
    assert changed == 2
    saw(list(Customer.objects.order_by("id").values_list("id", "notes")))
    for i in (2, 4):
        Customer.objects.filter(pk=i).update(notes=common.customer(i)["notes"])
    Customer.objects.filter(pk=1).update(**{key: common.customer(1)[key] for key in ("name", "email", "balance")})
    people = list(Customer.objects.filter(pk__lte=4).order_by("id"))
    for person in people:
        person.name += "?"
        person.notes = f"canary bulk update {person.pk}"
    Customer.objects.bulk_update(people, ["name", "notes"])
    saw(list(Customer.objects.order_by("id").values_list("name", "notes")[:5]))
    for person in people:
        person.name, person.notes = common.customer(person.pk)["name"], common.customer(person.pk)["notes"]
    Customer.objects.bulk_update(people, ["name", "notes"], batch_size=2)


def fields(pk):
    person = Customer.objects.get(pk=pk)
    return [str(getattr(person, name)) for name in common.FIELDS]


@step
def masked_keep():
    before = fields(2)
    bob = Customer.objects.using("clerk").get(email=common.email(2))
    if common.PROXY:
        assert (bob.ssn, bob.notes, bob.birth_date) == ("*******0002", None, None), bob.ssn
        assert bob.email == "b***@c***.example", bob.email
    assert bob.balance == Decimal("21.00")
    bob.name = "Robert"
    bob.save()
    assert fields(2) == ["Robert", *before[1:]]
    saw(fields(2))
    bob.name = "Bob"
    bob.save()
    assert fields(2) == before
    people = list(Customer.objects.using("clerk").filter(pk__lte=4).order_by("pk"))
    kept = [fields(i) for i in range(1, 5)]
    Customer.objects.using("clerk").bulk_update(people, ["name", "active"])
    assert [fields(i) for i in range(1, 5)] == kept


@step
def own_masked_bulk_update():
    """bulk_update writes every row in one CASE: the masks in it must not replace what they hide."""
    before = [fields(i) for i in range(1, 5)]
    people = list(Customer.objects.using("clerk").filter(pk__lte=4).order_by("pk"))
    try:
        with transaction.atomic(using="clerk"):
            Customer.objects.using("clerk").bulk_update(people, ["name", "ssn", "notes"])
    except DatabaseError as error:
        assert common.PROXY and state(error)[0] in ("42501", "0A000"), error
    assert [fields(i) for i in range(1, 5)] == before
    changed, created = Customer.objects.using("clerk").update_or_create(pk=2, defaults={"name": "Bobby"})
    assert not created and fields(2) == ["Bobby", *before[1][1:]]
    Customer.objects.filter(pk=2).update(name="Bob")


@step
def masked_refuse():
    before = fields(4)
    dora = Customer.objects.using("temp").get(pk=4)
    dora.name = "Theodora"
    if common.PROXY:
        assert dora.ssn == "*******0004"
        error = fails(DatabaseError, dora.save, using="temp")
        assert state(error)[0] == "42501", state(error)
        assert fields(4) == before
    else:
        dora.save()
    dora.save(update_fields=["name"])
    assert fields(4) == ["Theodora", *before[1:]]
    narrow = Customer.objects.using("temp").only("id", "name").get(pk=4)
    narrow.name = "Dora"
    narrow.save()
    assert fields(4) == before
    cid = Customer.objects.using("temp").defer("email", "ssn", "notes", "birth_date").get(pk=3)
    cid.save()
    saw(fields(3), fields(4))


@step
def bulk_create():
    made = Customer.objects.bulk_create([Customer(**common.bulk(i)) for i in range(1, 1001)], batch_size=400)
    assert len(made) == 1000 and all(person.pk for person in made)
    saw(Customer.objects.count())
    saw(list(Customer.objects.filter(email="bulk0500@canary.example").values_list(*common.FIELDS)))
    assert Customer.objects.get(email="bulk0500@canary.example").pk == made[499].pk
    more = Customer.objects.bulk_create([Customer(**common.bulk(i)) for i in (1001, 1002, 1003)])
    assert Customer.objects.get(pk=more[1].pk).email == "bulk1002@canary.example"
    assert Customer.objects.filter(email__in=[common.bulk(i)["email"] for i in range(1, 1004)]).count() == 1003


@step
def upsert():
    def put(i, notes, **conflict):
        wanted = common.customer(1) if i == 1 else common.bulk(i)
        Customer.objects.bulk_create([Customer(**{**wanted, "notes": notes})], **conflict)

    renew = {"update_conflicts": True, "unique_fields": ["email"], "update_fields": ["notes"]}
    for _ in range(2):
        put(1, "canary upserted", **renew)
        put(2000, "canary upserted", **renew)
    put(1, "canary ignored", ignore_conflicts=True)
    saw(list(Customer.objects.filter(notes__isnull=False, email__in=[common.email(1), "bulk2000@canary.example"]).order_by("id").values_list("email", "notes", "name")))
    person, created = Customer.objects.get_or_create(email=common.email(1), defaults={"name": "Never"})
    assert not created and person.name == "Ann"
    person, created = Customer.objects.get_or_create(email="got@canary.example", defaults={"name": "Got"})
    assert created and person.pk
    person, created = Customer.objects.update_or_create(email="got@canary.example", defaults={"name": "Set", "notes": "canary set"}, create_defaults={"name": "Not"})
    assert not created
    saw(list(Customer.objects.filter(email="got@canary.example").values_list("name", "notes", "ssn")))
    person, created = Customer.objects.update_or_create(email=common.email(1), defaults={"notes": common.customer(1)["notes"]})
    assert not created and Customer.objects.get(pk=1).notes == "canary note 1"


@step
def delete():
    deleted, kinds = Customer.objects.get(email="bulk0001@canary.example").delete()
    assert deleted == 1, kinds
    saw(Customer.objects.filter(email__in=[f"bulk{i:04}@canary.example" for i in range(1, 101)]).delete())
    saw(Customer.objects.filter(name__startswith="bulk ").exclude(email="bulk2000@canary.example").delete())
    gone = Customer.objects.create(name="Gone", email="gone@canary.example")
    gone.orders.create(item="gone", total=1)
    saw(gone.delete())
    saw([Customer.objects.count(), Order.objects.count()])
    Customer.objects.filter(email__in=["bulk2000@canary.example", "got@canary.example"]).delete()
    saw(Customer.objects.count())


@step
def transactions():
    with transaction.atomic():
        Customer.objects.create(name="Stays", email="stays@canary.example")
    try:
        with transaction.atomic():
            Customer.objects.create(name="Goes", email="goes@canary.example")
            raise RuntimeError("stop")
    except RuntimeError:
        pass
    try:
        with transaction.atomic():
            Customer.objects.create(name="First", email="first@canary.example")
            Customer.objects.create(name="Second", email="stays@canary.example")
    except IntegrityError:
        pass
    called = []
    with transaction.atomic():
        transaction.on_commit(lambda: called.append("committed"))
        Customer.objects.get(email="stays@canary.example").delete()
    assert called == ["committed"]
    saw(Customer.objects.count())


@step
def savepoints():
    with transaction.atomic():
        outer = Customer.objects.create(name="Outer", email="outer@canary.example")
        try:
            with transaction.atomic():
                Customer.objects.create(name="Inner", email="outer@canary.example")
        except IntegrityError:
            pass
        mark = transaction.savepoint()
        Customer.objects.filter(email="outer@canary.example").update(notes="canary undone")
        transaction.savepoint_rollback(mark)
        if common.PROXY:
            try:
                with transaction.atomic():
                    list(Customer.objects.order_by(Lower("email")))
            except NotSupportedError:
                pass
        Customer.objects.create(name="After", email="after@canary.example")
    saw(list(Customer.objects.filter(pk__gte=outer.pk).order_by("id").values_list("name", "email", "notes")))
    Customer.objects.filter(email__in=["outer@canary.example", "after@canary.example"]).delete()


@step
def prepared():
    connection.ensure_connection()
    with connection.cursor() as cursor:
        driver = connection.connection
        for i in range(1, 21):
            row = driver.execute("select id, name from customers where email = %s", [common.email(1 + i % 12)], prepare=True).fetchone()
            assert row[0] == 1 + i % 12, row
        for i in range(20):
            cursor.execute("select id from customers where ssn = %s", ["907-10-0002"])
            assert cursor.fetchall() == [(2,)]
    try:
        with transaction.atomic():
            for i in range(5):
                driver.execute("insert into customers (name, email, balance, active, created_at) values (%s, %s, 0, true, now())", [f"p{i}", f"p{i}@canary.example"], prepare=True)
            assert Customer.objects.filter(email__in=[f"p{i}@canary.example" for i in range(5)]).count() == 5
            raise RuntimeError("stop")
    except RuntimeError:
        pass
    assert Customer.objects.count() == 12


@step
def pool():
    wrong = []

    def work(i):
        try:
            for _ in range(5):
                person = Customer.objects.using("pooled").get(email=common.email(i))
                if person.pk != i:
                    wrong.append((i, person.pk))
                Customer.objects.using("pooled").filter(pk=i).update(name=person.name)
        except Exception as error:
            wrong.append((i, repr(error)))
        finally:
            connections["pooled"].close()

    threads = [threading.Thread(target=work, args=(i,)) for i in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, wrong
    connections["pooled"].close_pool()
    connections["clerk"].close_if_unusable_or_obsolete()
    assert connections["clerk"].is_usable()


@step
def unique_violation():
    error = fails(IntegrityError, lambda: Customer.objects.create(name="x", email=common.email(1)))
    if common.PROXY:
        assert "canary" not in str(error) and "xfb" not in str(error), "the error tells a value"
    saw(type(error).__name__, state(error), error.__cause__.diag.constraint_name[:16])
    person = Customer(name="x", email=common.email(1))
    try:
        person.full_clean()
        raise AssertionError("full_clean found nothing")
    except Exception as error:
        saw(type(error).__name__, error.message_dict)


@step
def invalid_value():
    def raw(sql, *values):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    for sql, value in [
        ("update customers set birth_date = %s where id = 1", "2020-13-45"),
        ("update customers set birth_date = %s where id = 1", "no date"),
        ("update customers set ssn = %s where id = 1", "907-10-0001 and more"),
        ("update customers set balance = %s where id = 1", Decimal("123456789.00")),
        ("update customers set email = %s where id = 1", None),
    ]:
        error = fails(DatabaseError, lambda: raw(sql, value))
        saw(type(error).__name__, state(error)[0])
    error = fails(DataError, lambda: Customer.objects.create(name="x", email="x@canary.example", ssn="907-10-0001 and more"))
    saw(state(error)[0])


@step
def refused():
    if not common.PROXY:
        return
    for action in (
        lambda: list(Customer.objects.order_by(Lower("email"))),
        lambda: list(Customer.objects.filter(email__contains="ann")),
        lambda: list(Customer.objects.filter(email__istartswith="ann")),
        lambda: Customer.objects.aggregate(Max("email")),
        lambda: Customer.objects.aggregate(Sum("balance")),
        lambda: list(Customer.objects.annotate(n=Length("notes"))),
        lambda: list(Customer.objects.filter(birth_date__year=1975)),
        lambda: list(Customer.objects.filter(balance__gt=5)),
        lambda: Customer.objects.filter(pk=1).update(balance=F("balance") + 1),
    ):
        error = fails(NotSupportedError, action)
        sqlstate, hint = state(error)
        assert sqlstate == "0A000" and hint, (sqlstate, hint)
    try:
        list(Customer.objects.order_by(Lower("email")))
        raise AssertionError("not refused")
    except NotSupportedError:
        assert Customer.objects.count() == 12


@step
def raw_sql():
    saw([(person.id, person.email) for person in Customer.objects.raw("select id, email from customers where email = %s", [common.email(2)])])
    with connection.cursor() as cursor:
        cursor.execute("select c.email, count(o.id) from customers c left join orders o on o.customer_id = c.id group by c.email")
        saw(sorted(cursor.fetchall()))
        cursor.execute("select email from customers where email = any(%s) order by id", [[common.email(1), common.email(4)]])
        saw(cursor.fetchall())
        cursor.execute("select id from customers where (email, ssn) = (%s, %s)", [common.email(1), "907-10-0001"])
        saw(cursor.fetchall())
        cursor.executemany("update customers set notes = %s where email = %s", [("canary many", common.email(i)) for i in (1, 2)])
        cursor.executemany("update customers set notes = %s where email = %s", [(f"canary note {i}", common.email(i)) for i in (1, 2)])


@step
def lock():
    for options in ({}, {"nowait": True}, {"skip_locked": True}, {"no_key": True}, {"of": ("self",)}):
        with transaction.atomic():
            person = Customer.objects.select_for_update(**options).get(email=common.email(1))
            person.name = "Ann"
            person.save()
    with transaction.atomic():
        order = Order.objects.select_related("customer").select_for_update(of=("self", "customer")).order_by("id").first()
        saw(order.customer.email)


@step
def stream():
    saw([(person.id, person.email) for person in Customer.objects.order_by("id").iterator(chunk_size=5)])
    saw([(person.id, len(person.orders.all())) for person in Customer.objects.order_by("id").prefetch_related("orders").iterator(chunk_size=5)])


@step
def own_client_side_cursor():
    """With DISABLE_SERVER_SIDE_CURSORS, iterator() declares no cursor."""
    people = Customer.objects.using("cursors").order_by("id")
    emails = [person.email for person in people.iterator(chunk_size=5)]
    assert emails == [common.email(i) for i in range(1, 13)]
    assert people.count() == 12
    connections["cursors"].close()


@step
def own_querysets():
    people = Customer.objects.order_by("id")
    saw(list(people.only("email").values("email")[:2]), people.only("email")[0].name)
    saw(list(people.defer("notes").values_list("id", flat=True)))
    saw(people.first().email, people.last().email, people.latest("created_at").pk, people.earliest("created_at").pk)
    saw(list(people.values_list("email", "name", named=True)[:1]))
    saw(list(people.annotate(has=Exists(Order.objects.filter(customer=OuterRef("pk")))).values_list("email", "has")))
    newest = Order.objects.filter(customer=OuterRef("pk")).order_by("-id")
    saw(list(people.annotate(newest=Subquery(newest.values("item")[:1])).values_list("email", "newest")))
    mail = Customer.objects.filter(pk=OuterRef("customer_id")).values("email")[:1]
    saw(list(Order.objects.annotate(mail=Subquery(mail)).order_by("id").values_list("item", "mail")))
    saw(list(people.annotate(shout=Concat(Upper("name"), Value("!"))).values_list("email", "shout")[:2]))
    saw(list(people.annotate(note=Coalesce("notes", Value("-"), output_field=TextField())).values_list("note", flat=True)))
    saw(list(people.annotate(number=Window(RowNumber(), order_by="name")).values_list("email", "number")))
    saw(list(people.annotate(rich=Case(When(email=common.email(1), then=Value(True)), default=Value(False), output_field=BooleanField())).values_list("rich", flat=True)[:2]))
    first = Customer.objects.filter(email=common.email(1)).values_list("email", flat=True)
    saw(sorted(first.union(Customer.objects.filter(pk=2).values_list("email", flat=True))))
    saw(list(people.filter(name__in=["Ann", "Bob"]).values_list("email", flat=True)), people.filter(name__icontains="i").count())
    saw(people.contains(people[0]), Customer.objects.filter(email__exact=common.email(1), balance=Decimal("10.5")).count())
    saw(sorted(Customer.objects.values_list("balance", flat=True).distinct()))
    saw(len(Customer.objects.none()), Customer.objects.filter(created_at__date=datetime.date(2000, 1, 1)).count())
    saw(list(Customer.objects.dates("created_at", "year"))[0].year > 2000)
    saw(list(Customer.objects.annotate(month=TruncMonth("created_at")).values("month").annotate(n=Count("id")).values_list("n", flat=True)))


@step
def own_async():
    import asyncio

    async def work():
        person = await Customer.objects.aget(email=common.email(2))
        return [person.name, [p.email async for p in Customer.objects.order_by("id")[:3]]]

    saw(asyncio.run(work()))


@step
def own_dump_and_load():
    """manage.py dumpdata and loaddata."""
    import io
    import tempfile

    out = io.StringIO()
    call_command("dumpdata", "shop", indent=1, stdout=out)
    rows = json.loads(out.getvalue())
    saw([(row["model"], row["fields"].get("email")) for row in rows])
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(out.getvalue())
        file.flush()
        call_command("loaddata", file.name, verbosity=0)
    assert Customer.objects.get(email=common.email(7)).notes == common.UNICODE_NOTES
    saw(Customer.objects.count())


@step
def own_manage():
    """What is run at every deployment."""
    import io

    for command in (["migrate", "--check"], ["check", "--database", "default"], ["showmigrations", "shop"], ["migrate"], ["makemigrations", "--check", "--dry-run"]):
        out = io.StringIO()
        call_command(*command, stdout=out, verbosity=1)
        saw(command[0], out.getvalue())


@step
def own_admin():
    """The admin: log in, list, search, open, change, add, delete."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    User.objects.filter(username="root").delete()
    User.objects.create_superuser("root", password="root")
    browser = Client()
    assert browser.login(username="root", password="root")
    listing = browser.get("/admin/shop/customer/")
    assert listing.status_code == 200
    saw([person.email for person in listing.context["cl"].result_list])
    words = ["907-10-0002", "Ann"] + ([common.email(4).upper()] if "ci" in common.FEATURES else [])
    for word in words:
        found = browser.get("/admin/shop/customer/", {"q": word})
        assert found.status_code == 200
        saw(word, [person.email for person in found.context["cl"].result_list])
    assert browser.get("/admin/shop/customer/", {"active__exact": "0"}).status_code == 200
    form = browser.get("/admin/shop/customer/2/change/")
    assert b"bob@canary.example" in form.content
    posted = {"name": "Added", "email": "added@canary.example", "ssn": "907-30-0001", "notes": "canary\r\nadded", "birth_date": "1990-01-02", "balance": "7.50", "active": "on"}
    inline = {"orders-TOTAL_FORMS": "1", "orders-INITIAL_FORMS": "0", "orders-0-item": "thing", "orders-0-total": "3", "orders-0-id": "", "orders-0-customer": ""}
    answer = browser.post("/admin/shop/customer/add/", {**posted, **inline})
    assert answer.status_code == 302, answer.context["errors"]
    added = Customer.objects.get(email="added@canary.example")
    saw(added.notes, added.orders.count())
    twice = browser.post("/admin/shop/customer/add/", {**posted, "orders-TOTAL_FORMS": "0", "orders-INITIAL_FORMS": "0"})
    saw(twice.status_code, twice.context["errors"])
    change = browser.post(f"/admin/shop/customer/{added.pk}/change/", {**posted, "ssn": "", "orders-TOTAL_FORMS": "0", "orders-INITIAL_FORMS": "0"})
    assert change.status_code == 302 and Customer.objects.get(pk=added.pk).ssn is None
    gone = browser.post("/admin/shop/customer/", {"action": "delete_selected", "_selected_action": [added.pk], "post": "yes"})
    assert gone.status_code == 302 and not Customer.objects.filter(pk=added.pk).exists()
    assert browser.get("/admin/").status_code == 200


@step(feature="facade")
def reflection():
    """manage.py inspectdb."""
    import io

    out = io.StringIO()
    call_command("inspectdb", "customers", "orders", stdout=out)
    saw(out.getvalue().splitlines())
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, "customers")
        saw([[field.name, str(field.display_size), field.null_ok, field.default] for field in described])
        constraints = connection.introspection.get_constraints(cursor, "customers")
        saw(sorted((sorted(c["columns"]), c["primary_key"], c["unique"], c["index"], c.get("type") or "") for c in constraints.values() if c["columns"]))


@step(feature="schema")
def schema_change():
    """What a migration does with a column: add it, index it, use it, rename it, drop it."""
    from django.db import models

    def field(name):
        made = models.CharField(max_length=20, null=True, db_index=True)
        made.set_attributes_from_name(name)
        made.model = Customer
        return made

    def column(name, value):
        with connection.cursor() as cursor:
            cursor.execute(f"update customers set {name} = %s where email = %s", [value, common.email(2)])
            cursor.execute(f"select email, {name} from customers where {name} = %s", [value])
            return cursor.fetchall()

    with connection.schema_editor() as editor:
        editor.add_field(Customer, field("city"))
    saw(column("city", "Oslo"))
    with connection.schema_editor() as editor:
        editor.alter_field(Customer, field("city"), field("town"))
    saw(column("town", "Bergen"))
    with connection.schema_editor() as editor:
        editor.remove_field(Customer, field("town"))
    saw(Customer.objects.get(pk=2).email)


@step
def second_day_expressions():
    Customer.objects.filter(pk=1).update(name=Concat(F("name"), Value("!")))
    ann = Customer.objects.get(pk=1)
    ann.refresh_from_db(fields=["name"])
    saw(ann.name)
    Customer.objects.filter(pk=1).update(name="Ann", notes=F("notes"))
    bob = Customer.objects.get(pk=2)
    bob.name = Concat(F("name"), Value("?"))
    bob.save()
    bob.refresh_from_db()
    saw(bob.name)
    Customer.objects.filter(pk=2).update(name="Bob")
    saw(json.loads(serializers.serialize("json", Customer.objects.filter(pk=2), fields=["email", "balance", "birth_date"])))


@step
def second_day_copy():
    person = Customer.objects.get(pk=2)
    person.pk, person.email, person._state.adding = None, "copy@canary.example", True
    person.save()
    saw(Customer.objects.get(email="copy@canary.example").notes)
    Customer.objects.filter(email="copy@canary.example").delete()
    least = Customer.objects.create(name="Least", email="least@canary.example")
    saw([str(getattr(Customer.objects.get(pk=least.pk), name)) for name in common.FIELDS])
    least.delete()


@step
def second_day_explain():
    plan = Customer.objects.filter(email=common.email(1)).explain()
    assert "Scan" in plan, plan
    if common.PROXY:
        assert "canary" not in plan, plan


@step
def left():
    rows = [[str(value) for value in row] for row in Customer.objects.order_by("id").values_list(*common.FIELDS)]
    saw([len(rows), Order.objects.count(), common.checksum(rows)])
    assert rows == [[str(common.customer(i)[name]) for name in common.FIELDS] for i in range(1, 13)]


if __name__ == "__main__":
    if sys.argv[1] == "setup":
        call_command("migrate", verbosity=0)
    else:
        steps.run()
