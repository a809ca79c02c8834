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
# As the runner makes it; and as it does for tests with serialized_rollback, which read every row through a cursor of
# the server unless the settings say otherwise.
for serialize in (False, True):
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = serialize
    old = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=serialize)
    assert not serialize or "user3@example.com" in connection._test_serialized_contents
    assert Customer.objects.get(email="user3@example.com").note == "secret"
    connection.creation.destroy_test_db(database, verbosity=0)
print("test database")
