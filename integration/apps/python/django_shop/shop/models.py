"""Customers and their orders."""

from django.db import models


class Active(models.Manager):
    """Customers that have not left."""

    def get_queryset(self):
        return super().get_queryset().filter(active=True)


class Customer(models.Model):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    ssn = models.CharField(max_length=11, null=True, blank=True)
    notes = models.TextField(null=True, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    balance = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager()
    staying = Active()

    class Meta:
        db_table = "customers"

    def __str__(self):
        return self.email


class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="orders")
    item = models.CharField(max_length=100)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    paid = models.BooleanField(default=False)

    class Meta:
        db_table = "orders"
