"""The shop of ../../apps/python/django_shop with the middleware: `default` is a support person's role."""

import os

from website.settings import *  # noqa: F403
from website.settings import MIDDLEWARE, database

DATABASES = {
    "default": database(os.environ["CLERK_URL"], CONN_MAX_AGE=60),
    "privileged": database(os.environ["SHOP_URL"], CONN_MAX_AGE=60),
}
MIDDLEWARE = [*MIDDLEWARE, "sealwire_django.SealwireMiddleware"]
DATABASE_ROUTERS = ["sealwire_django.SealwireRouter"]
SEALWIRE_POOLS = {"managers": "privileged"}
ROOT_URLCONF = "site_urls"
