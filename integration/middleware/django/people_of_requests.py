"""Requests of a support person see masks, those of a manager see values; what a masked form saves destroys nothing."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "../../apps/python"), os.path.join(HERE, "../../apps/python/django_shop"), HERE]
os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"

import common
import django

django.setup()

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from shop.models import Customer

steps = common.Steps()
step = steps.step
VALUES = {
    "name": "Bob",
    "email": "bob@canary.example",
    "ssn": "907-10-0002",
    "notes": "canary note 2",
    "birth_date": "1972-03-11",
    "balance": "21.00",
}
MASKS = {**VALUES, "email": "b***@c***.example", "ssn": "*******0002", "notes": None, "birth_date": None}
URL = "/customers/bob@canary.example"


def browser(name=None):
    client = Client()
    assert name is None or client.login(username=name, password=name)
    return client


@step
def people():
    for i in range(1, 13):
        Customer.objects.using("privileged").create(**common.customer(i))
    User.objects.create_user("sue", password="sue")
    manager = User.objects.create_user("max", password="max")
    manager.groups.add(Group.objects.create(name="managers"))


@step
def a_support_person_sees_masks():
    assert browser("sue").get(URL).json() == MASKS, browser("sue").get(URL).json()


@step
def a_manager_sees_values():
    assert browser("max").get(URL).json() == VALUES, browser("max").get(URL).json()


@step
def nobody_in_particular_sees_masks():
    assert browser().get(URL).status_code == 302
    assert browser().get("/public/bob@canary.example").json() == MASKS


@step
def roles_do_not_outlast_their_request():
    """One after the other and many at once, in the same threads and on the same connections."""

    def work(i):
        name = ("sue", "max")[i % 2]
        return browser(name).get(URL).json() == (MASKS, VALUES)[i % 2]

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(work, range(24)))
    assert b"907-10-0002" in b"".join(browser("max").get("/export"))
    assert b"907-10-0002" not in b"".join(browser("sue").get("/export"))
    assert b"*******0002" in b"".join(browser("sue").get("/export"))


@step
def a_failing_request_leaves_no_role_behind():
    client = browser("max")
    assert client.get("/customers/nobody@canary.example").status_code == 404
    assert Customer.objects.get(email="bob@canary.example").ssn == "*******0002"


@step
def what_a_masked_form_saves_destroys_nothing():
    assert browser("sue").post(URL, {"name": "Robert"}).json() == {**MASKS, "name": "Robert"}
    assert browser("max").get(URL).json() == {**VALUES, "name": "Robert"}
    assert browser("max").post(URL, {"name": "Bob"}).json() == VALUES


if __name__ == "__main__":
    if sys.argv[1] == "setup":
        call_command("migrate", database="privileged", verbosity=0)
    else:
        steps.run()
