"""Two views that know nothing of roles."""

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from shop.models import Customer

SHOWN = ["name", "email", "ssn", "notes", "birth_date", "balance"]


def customer(request, email):
    found = get_object_or_404(Customer, email=email)
    if request.method == "POST":
        found.name = request.POST["name"]
        found.save()
    return JsonResponse({name: getattr(found, name) for name in SHOWN})


def export(request):
    rows = (f"{person.email},{person.ssn}\n" for person in Customer.objects.order_by("id"))
    return StreamingHttpResponse(list(rows), content_type="text/csv")


urlpatterns = [
    path("admin/", admin.site.urls),
    path("customers/<email>", login_required(customer)),
    path("public/<email>", customer),
    path("export", login_required(export)),
]
