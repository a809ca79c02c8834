"""What the Python programs share: where to connect, the first customers, and how a step is told (../SCENARIO.md)."""

import datetime
import decimal
import hashlib
import json
import os
import sys
import traceback

SHOP, CLERK, TEMP = (os.environ[name] for name in ("SHOP_URL", "CLERK_URL", "TEMP_URL"))
PROXY = os.environ["SHOP_THROUGH"] == "proxy"
FEATURES = set(filter(None, os.environ.get("SHOP_FEATURES", "").split(",")))

NAMES = ["Ann", "Bob", "Cid", "Dora", "Émile", "Fay", "Gül", "Hans", "Ida", "Jürgen", "Kim", "李雷"]
MAILS = ["ann", "bob", "cid", "dora", "emile", "fay", "guel", "hans", "ida", "juergen", "kim", "lilei"]
UNICODE_NOTES = "canary ✓ naïve 'quoted' \"double\" \\ back\nsecond line 🦊"
FIELDS = ["name", "email", "ssn", "notes", "birth_date", "balance", "active"]


def email(i):
    return "Dora.Mixed@Canary.Example" if i == 4 else f"{MAILS[i - 1]}@canary.example"


def customer(i):
    """The i-th of the first twelve customers."""
    notes = {5: None, 7: UNICODE_NOTES, 8: ""}
    return {
        "name": NAMES[i - 1],
        "email": email(i),
        "ssn": None if i in (3, 6) else f"907-10-{i:04}",
        "notes": notes.get(i, f"canary note {i}"),
        "birth_date": None if i == 3 else datetime.date(1970, 1, 1) + datetime.timedelta(days=400 * i),
        "balance": decimal.Decimal("10.50") * i,
        "active": i % 4 != 0,
    }


def orders(i):
    """The orders of that customer."""
    return [
        {"item": f"thing {i}.{k}", "total": decimal.Decimal("5.25") * k, "paid": k == 2}
        for k in range(1, i % 3 + 1)
    ]


def bulk(i):
    """The i-th customer of the bulk insert."""
    return {
        "name": f"bulk {i:04}",
        "email": f"bulk{i:04}@canary.example",
        "ssn": f"907-20-{i:04}",
        "notes": f"canary bulk {i}",
        "birth_date": None,
        "balance": decimal.Decimal(i) / 100,
        "active": True,
    }


def checksum(rows):
    """Of rows of FIELDS in order of id."""
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()


class Steps:
    """The steps of a program, in the order in which they are written."""

    def __init__(self):
        self.steps = []
        self.name = None

    def step(self, function=None, *, feature=None):
        """Marks a step; it is left out while the feature that it needs is absent."""
        if function is None:
            return lambda function: self.step(function, feature=feature)
        if feature is None or feature in FEATURES:
            self.steps.append(function)
        return function

    def saw(self, *values):
        """What the other run has to see as well."""
        values = values[0] if len(values) == 1 else values
        print(f"saw {self.name}: {json.dumps(values, default=str, ensure_ascii=False)}", flush=True)

    def end(self, failed):
        print(f"FAIL {self.name}: {failed}" if failed else f"ok {self.name}", flush=True)
        return 1 if failed else 0

    def run(self):
        failures = 0
        for function in self.steps:
            self.name = function.__name__
            try:
                function()
                failures += self.end(None)
            except Exception as error:
                traceback.print_exc()
                failures += self.end(f"{type(error).__name__}: {str(error)!r}")
        sys.exit(1 if failures else 0)

    async def run_async(self):
        failures = 0
        for function in self.steps:
            self.name = function.__name__
            try:
                await function()
                failures += self.end(None)
            except Exception as error:
                traceback.print_exc()
                failures += self.end(f"{type(error).__name__}: {str(error)!r}")
        return failures


def no_leak(error):
    """An error's text and fields hold no envelope; values only as the server would show them to who sees the column."""
    texts = [str(error)]
    diag = getattr(error, "diag", None)
    if diag is not None:
        texts += [str(getattr(diag, name)) for name in dir(diag) if name.startswith("message")]
    texts += [str(getattr(error, name, "")) for name in ("detail", "message", "hint")]
    for text in texts:
        if PROXY:
            assert "\\xfb" not in text, "the error tells an envelope"
