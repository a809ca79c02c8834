Order.objects.all().delete()
Customer.objects.filter(email__isnull=False).delete()
with connection.schema_editor() as editor:
    pass
call_command("migrate", "shop", "0002", "--fake", verbosity=0)
call_command("migrate", "shop", "zero", verbosity=0)
assert "customers" not in connection.introspection.table_names()
call_command("migrate", verbosity=0)
print("backward")

# The test runner's database.
connection.close()
for _ in range(2):
    old = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    assert Customer.objects.get(email="user3@example.com").note == "secret"
    connection.creation.destroy_test_db(database, verbosity=0)
print("test database")
