"""The admin of the shop: what a search may ask of sealed columns is said with the look-up's suffix."""

import os

from django.contrib import admin

from .models import Customer, Order

FEATURES = os.environ.get("SHOP_FEATURES", "").split(",")


class Orders(admin.TabularInline):
    model = Order
    extra = 0


@admin.register(Customer)
class CustomerAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "ssn", "active"]
    list_filter = ["active"]
    search_fields = ["name", "=email" if "ci" in FEATURES else "email__exact", "ssn__exact"]
    date_hierarchy = "created_at"
    ordering = ["id"]
    list_per_page = 10
    inlines = [Orders]
