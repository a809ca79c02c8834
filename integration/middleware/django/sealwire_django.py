"""Names the end user of a request to Sealwire.

Every request runs on the connections of its user's role, so that what Sealwire shows is decided by who asks, not by what a view
remembers to hide. `DATABASES` has one alias a role, all with the proxy's address and one database; outside of requests, and
for whoever is in no group of the list, queries go to `default`: give that the role that sees least.

    MIDDLEWARE = [..., "django.contrib.auth.middleware.AuthenticationMiddleware", "sealwire_django.SealwireMiddleware"]
    DATABASE_ROUTERS = ["sealwire_django.SealwireRouter"]
    SEALWIRE_POOLS = {"managers": "privileged"}          # group of django.contrib.auth → alias; the first that fits
"""

from contextvars import ContextVar

from django.conf import settings

_alias = ContextVar("sealwire_alias", default="default")


class SealwireMiddleware:
    """Chooses the pool by the groups of the request's user."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        groups = set(request.user.groups.values_list("name", flat=True)) if request.user.is_authenticated else set()
        chosen = (alias for group, alias in settings.SEALWIRE_POOLS.items() if group in groups)
        before = _alias.set(next(chosen, "default"))
        try:
            return self.get_response(request)
        finally:
            _alias.reset(before)


class SealwireRouter:
    """Sends a model's queries where the middleware said; the aliases are one database, so relations are fine."""

    def db_for_read(self, model, **hints):
        return _alias.get()

    db_for_write = db_for_read

    def allow_relation(self, one, other, **hints):
        return True
