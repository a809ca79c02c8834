"""A Django project that migrates forward and backward, and makes a test database. Arguments: port, database, template, folder."""
import os, sys

port, database, template, folder = sys.argv[1:5]
os.makedirs(f"{folder}/shop/migrations", exist_ok=True)
for empty in ("shop/__init__.py", "shop/migrations/__init__.py"):
    open(f"{folder}/{empty}", "w").close()
open(f"{folder}/shop/models.py", "w").write("""
from django.db import models
class Customer(models.Model):
    email = models.CharField(max_length=300, unique=True)
    name = models.CharField(max_length=100, db_index=True, default="nobody")
    note = models.TextField(blank=True, null=True)
    mail = models.EmailField(default="m@example.com")
    visits = models.IntegerField(default=0)
    class Meta:
        db_table = "customers"
        indexes = [models.Index(fields=["name", "visits"], name="by_name_and_visits")]
class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    class Meta: db_table = "orders"
""")
open(f"{folder}/shop/migrations/0001_initial.py", "w").write("""
from django.db import migrations, models
def fill(apps, editor):
    Customer = apps.get_model("shop", "Customer")
    Customer.objects.bulk_create(Customer(email=f"user{n}@example.com", note="secret") for n in range(10))
    assert Customer.objects.get(email="user3@example.com").name == "nobody"
class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Customer", [
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("email", models.CharField(max_length=254, unique=True)),
            ("name", models.CharField(max_length=100, db_index=True, default="nobody")),
            ("note", models.TextField(blank=True, null=True)),
            ("visits", models.IntegerField(default=0)),
        ], options={"db_table": "customers"}),
        migrations.CreateModel("Order", [
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("customer", models.ForeignKey("shop.Customer", on_delete=models.CASCADE)),
        ], options={"db_table": "orders"}),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
""")
open(f"{folder}/shop/migrations/0002_more.py", "w").write("""
from django.db import migrations, models
def fill(apps, editor):
    Customer = apps.get_model("shop", "Customer")
    Customer.objects.filter(email="user1@example.com").update(mail="one@example.com")
class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.AddField("Customer", "mail", models.EmailField(default="m@example.com")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
""")
open(f"{folder}/shop/migrations/0003_wider.py", "w").write("""
from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [("shop", "0002_more")]
    operations = [
        migrations.AlterField("Customer", "email", models.CharField(max_length=300, unique=True)),
        migrations.AddIndex("Customer", models.Index(fields=["name", "visits"], name="by_name_and_visits")),
    ]
    # Narrower again is not for the server to say.
""")
sys.path.insert(0, folder)
import django
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["shop"], USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {
        "ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": port, "NAME": database, "USER": "app",
        "TEST": {"NAME": f"test_{database}", "TEMPLATE": template},
    }},
)
django.setup()
from django.core.management import call_command
from django.db import connection
from shop.models import Customer, Order

call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
one = Customer.objects.get(email="user1@example.com")
assert (one.mail, one.name, one.note) == ("one@example.com", "nobody", "secret"), vars(one)
assert Customer.objects.filter(mail="m@example.com").count() == 9
Order.objects.create(customer=Customer.objects.create(email="x" * 290))
print("forward")
