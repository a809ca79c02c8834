"""Settings as `startproject` makes them; the databases come from the environment."""

import os
from pathlib import Path
from urllib.parse import urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "only for tests"
DEBUG = False
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "website.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
STATIC_URL = "static/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "shop",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def database(url, **options):
    """One entry of DATABASES for a connection string."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username,
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname,
        "PORT": parts.port,
        **options,
    }


SERVER_SIDE = {"server_side_binding": os.environ.get("DJANGO_BINDING") == "server"}
DATABASES = {
    "default": database(os.environ["SHOP_URL"], OPTIONS=SERVER_SIDE),
    "clerk": database(os.environ["CLERK_URL"], OPTIONS=SERVER_SIDE, CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True),
    "temp": database(os.environ["TEMP_URL"], OPTIONS=SERVER_SIDE),
    "pooled": database(os.environ["SHOP_URL"], OPTIONS={**SERVER_SIDE, "pool": {"min_size": 1, "max_size": 4}}),
    "cursors": database(os.environ["SHOP_URL"], DISABLE_SERVER_SIDE_CURSORS=True),
}
# `manage.py test` makes a database of its own: from one in which `sealwire init` has run.
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("DJANGO_TEST_TEMPLATE")}
for alias in ("clerk", "temp", "pooled", "cursors"):
    DATABASES[alias]["TEST"] = {"MIRROR": "default"}
