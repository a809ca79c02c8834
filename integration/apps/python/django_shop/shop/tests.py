"""`manage.py test`: a test database of its own, made and dropped by the runner."""

from django.db import IntegrityError, transaction
from django.test import TestCase

from .models import Customer


class CustomerTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ann = Customer.objects.create(name="Ann", email="ann@canary.example", ssn="907-10-0001", notes="canary")

    def test_find(self):
        self.assertEqual(Customer.objects.get(email="ann@canary.example"), self.ann)
        self.assertEqual(Customer.objects.get(ssn="907-10-0001").notes, "canary")

    def test_unique(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Customer.objects.create(name="x", email="ann@canary.example")
        self.assertEqual(Customer.objects.count(), 1)
