// The shop's steps (../SCENARIO.md) in knex over node-postgres, and node-postgres by itself.

import assert from "node:assert/strict";
import knexFactory from "knex";
import pg from "pg";
import Cursor from "pg-cursor";
import { bulk, checksum, CLERK, customer, email, fails, FIELDS, orders, PROXY, range, run, saw, SHOP, step, TEMP, UNICODE_NOTES } from "./common.mjs";

// Dates without a time zone, as node-postgres' documentation advises.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const open = (url, pool = { min: 0, max: 4 }) => knexFactory({ client: "pg", connection: url, pool });
const db = open(SHOP);
const count = async (table) => Number((await db(table).count("* as n").first()).n);
const still = async () => assert((await count("orders")) > 0);
const find = (mail, on = db) => on("customers").where({ email: mail }).first();
const fields = async (id) => Object.values(await db("customers").where({ id }).first(FIELDS));

const migrations = {
  getMigrations: async () => ["0001_create"],
  getMigrationName: (name) => name,
  getMigration: async () => ({
    up: async (knex) => {
      await knex.schema.createTable("customers", (table) => {
        table.bigIncrements("id");
        table.string("email", 254).notNullable().unique();
        table.string("name", 100).notNullable();
        table.string("ssn", 11).index();
        table.text("notes");
        table.date("birth_date");
        table.decimal("balance", 10, 2).notNullable().defaultTo(0);
        table.boolean("active").notNullable().defaultTo(true);
        table.timestamp("created_at").notNullable().defaultTo(knex.fn.now());
      });
      await knex.schema.createTable("orders", (table) => {
        table.bigIncrements("id");
        table.bigInteger("customer_id").notNullable().references("customers.id").onDelete("CASCADE").index();
        table.string("item", 100).notNullable();
        table.decimal("total", 10, 2).notNullable();
        table.boolean("paid").notNullable().defaultTo(false);
      });
    },
    down: async () => {},
  }),
};

step("create", async () => {
  for (const i of range(1, 12)) {
    const [{ id }] = await db("customers").insert(customer(i)).returning("id");
    for (const order of orders(i)) await db("orders").insert({ ...order, customer_id: id });
  }
  const ann = await db("customers").where("id", 1).first();
  for (const name of FIELDS) assert.equal(ann[name], customer(1)[name], name);
  assert(ann.created_at instanceof Date);
  saw(await count("customers"), await count("orders"));
});

step("find_by_email", async () => {
  assert.equal((await find("ann@canary.example")).name, "Ann");
  assert.equal(await find("nobody@canary.example"), undefined);
  saw(await db("customers").where("ssn", "907-10-0002").select("name", "birth_date", "balance"));
  saw(await db("customers").where({ birth_date: customer(2).birth_date }).pluck("name"));
  saw(await db("customers").where({ balance: "21.00" }).pluck("name"));
  saw(await db("customers").where({ balance: 21 }).pluck("name"));
  saw(await db("customers").where({ email: email(1), balance: 10.5 }).pluck("name"));
  saw(await db("customers").where({ email: email(1) }).orWhere({ ssn: "907-10-0002" }).orderBy("id").pluck("id"));
});

step("find_case_insensitively", async () => {
  assert.equal((await db("customers").whereRaw("lower(email) = lower(?)", ["ANN@Canary.example"]).first()).id, 1);
  assert.equal((await db("customers").whereILike("email", "dora.mixed@canary.example").first()).id, 4);
  assert.equal(await db("customers").whereRaw("lower(email) = ?", ["nobody@canary.example"]).first(), undefined);
  saw(await db("customers").whereRaw("lower(email) = any(?)", [[email(1), email(2)]]).orderBy("id").pluck("id"));
  saw(await db("customers").whereRaw("email::text = ?", [email(1)]).select(db.raw("email::text as mail")));
}, "ci");

step("in_list", async () => {
  const wanted = [email(1), email(4), email(7), "unknown@canary.example"];
  const ids = (query) => query.orderBy("id").pluck("id");
  saw(await db("customers").whereIn("email", wanted).orderBy("id").select("id", "email"));
  saw(await ids(db("customers").whereIn("email", [])));
  saw(await ids(db("customers").whereNotIn("email", wanted)));
  saw(await ids(db("customers").whereNot("email", wanted[0])));
  saw(await ids(db("customers").whereIn(["email", "ssn"], [[email(1), "907-10-0001"], [email(2), "x"]])));
  saw(await ids(db("customers").whereIn("email", db("customers").select("email").where({ active: false }))));
  saw((await db.raw("select id from customers where email = any(?) order by id", [wanted])).rows);
});

step("nulls", async () => {
  saw(await db("customers").whereNull("ssn").orderBy("id").pluck("id"), await db("customers").whereNotNull("notes").count());
  await db("customers").where({ id: 1 }).update({ notes: null });
  assert.equal((await find(email(1))).notes, null);
  await db("customers").where({ id: 1 }).update({ notes: customer(1).notes });
});

step("unicode", async () => {
  assert.equal((await db("customers").where({ name: "Gül" }).first()).notes, UNICODE_NOTES);
  assert.equal((await find("lilei@canary.example")).name, "李雷");
  await db("customers").where({ id: 11 }).update({ email: "kïm@canary.example" });
  saw((await find("kïm@canary.example")).name);
  await db("customers").where({ id: 11 }).update({ email: email(11) });
});

step("page", async () => {
  saw(await db("customers").orderBy("id").limit(5).offset(5).pluck("email"), await count("customers"));
  saw(await db("customers").orderBy("name", "desc").limit(3).select("email", db.raw("count(*) over () as n")));
});

step("relations", async () => {
  saw(await db("orders as o").join("customers as c", "c.id", "o.customer_id").orderBy("o.id").select("o.item", "c.email"));
  saw(await db("customers").leftJoin("orders", "orders.customer_id", "customers.id").where("customers.email", email(2)).orderBy("orders.id").select("item", "email", "notes"));
  saw(await db("customers as c").leftJoin("orders as o", "o.customer_id", "c.id").groupBy("c.id").orderBy("c.id").select("c.email").count("o.id as n"));
  saw(await db("customers as c").groupBy("c.id").orderBy("c.id").join("orders as o", "o.customer_id", "c.id").having(db.raw("count(o.id)"), ">=", 2).select("c.email"));
  saw(await db("customers").whereExists(db("orders").whereRaw("orders.customer_id = customers.id").where({ paid: true })).orderBy("id").pluck("email"));
  saw(await db.select("*").from(db("customers").select("email", "id").as("t")).where("t.email", email(2)));
  saw(await db.with("some", db("customers").select("id", "email").where("active", true)).from("some").where({ email: email(2) }).select("*"));
});

step("aggregate", async () => {
  saw(await db("orders").sum("total").max("total as most").avg("total as mean").count());
  saw(await db("customers").count("ssn").countDistinct("email as mails").countDistinct("active as kinds"));
  saw(await db("orders").join("customers", "customers.id", "orders.customer_id").where({ email: email(2) }).sum("total"));
  const grouped = await db("customers as c").join("orders as o", "o.customer_id", "c.id").groupBy("c.email").select("c.email").sum("o.total");
  saw(grouped.sort((a, b) => (a.email < b.email ? -1 : 1)));
  saw((await db("customers").distinct("balance")).map((row) => row.balance).sort());
});

step("update", async () => {
  await db("customers").where({ email: email(1) }).update({ name: "Anna", email: "anna@canary.example", balance: 99.99 });
  saw(await db("customers").where({ email: "anna@canary.example" }).select("name", "email", "balance"));
  assert.equal(await find(email(1)), undefined);
  saw(await db("customers").whereIn("email", [email(2), email(4)]).update({ notes: "canary changed" }, ["id", "notes"]));
  for (const i of [1, 2, 4]) await db("customers").where({ id: i }).update(customer(i));
  saw(await fields(1));
});

step("masked_keep", async () => {
  const before = await fields(2);
  const clerk = open(CLERK);
  const bob = await clerk("customers").where({ email: email(2) }).first(FIELDS);
  if (PROXY) assert.deepEqual([bob.ssn, bob.notes, bob.birth_date], ["*******0002", null, null]);
  assert.equal(bob.balance, "21.00");
  await clerk("customers").where({ id: 2 }).update({ ...bob, name: "Robert" });
  assert.deepEqual(await fields(2), ["Robert", ...before.slice(1)]);
  saw(await fields(2));
  await clerk("customers").where({ id: 2 }).update({ ...bob, name: "Bob" });
  assert.deepEqual(await fields(2), before);
  await clerk.destroy();
});

step("masked_refuse", async () => {
  const before = await fields(4);
  const temp = open(TEMP);
  const dora = await temp("customers").where({ id: 4 }).first(FIELDS);
  const write = () => temp("customers").where({ id: 4 }).update({ ...dora, name: "Theodora" });
  if (PROXY) {
    assert.equal(dora.ssn, "*******0004");
    await fails("42501", write, async () => assert.equal((await temp("customers").where({ id: 4 }).first("name")).name, "Dora"));
    assert.deepEqual(await fields(4), before);
  } else await write();
  await temp("customers").where({ id: 4 }).update({ name: "Theodora" });
  assert.deepEqual(await fields(4), ["Theodora", ...before.slice(1)]);
  await temp("customers").where({ id: 4 }).update({ name: "Dora" });
  saw(await fields(4));
  await temp.destroy();
});

step("bulk_create", async () => {
  await db.batchInsert("customers", range(1, 1000).map(bulk), 300);
  saw(await count("customers"), Object.values(await db("customers").where({ email: "bulk0500@canary.example" }).first(FIELDS)));
  const made = await db("customers").insert([1001, 1002, 1003].map(bulk)).returning(["id", "email"]);
  saw(made.map((row) => row.email));
  saw(await db("customers").whereIn("email", range(1, 1003).map((i) => bulk(i).email)).count());
});

step("upsert", async () => {
  for (const _ of [1, 2]) {
    await db("customers").insert([{ ...customer(1), notes: "canary upserted" }, { ...bulk(2000), notes: "canary upserted" }]).onConflict("email").merge();
    saw(await db("customers").whereIn("email", [email(1), "bulk2000@canary.example"]).orderBy("id").select("email", "notes"));
  }
  await db("customers").insert({ ...customer(1), notes: "canary merged" }).onConflict("email").merge(["notes"]);
  await db("customers").insert({ ...customer(1), notes: "canary set" }).onConflict("email").merge({ notes: "canary given" }).where("customers.name", "Ann");
  saw(await db("customers").insert(customer(1)).onConflict("email").ignore().returning("id"), await fields(1));
  await db("customers").where({ id: 1 }).update(customer(1));
});

step("delete", async () => {
  saw(await db("customers").where({ email: "bulk0001@canary.example" }).del());
  saw(await db("customers").whereIn("email", range(1, 100).map((i) => bulk(i).email)).del());
  saw((await db("customers").where("name", "like", "bulk %").whereNot("email", "bulk2000@canary.example").del(["email"])).length);
  const [{ id }] = await db("customers").insert({ name: "Gone", email: "gone@canary.example" }, "id");
  await db("orders").insert({ customer_id: id, item: "gone", total: 1 });
  saw(await db("customers").where({ email: "gone@canary.example" }).del(), await count("customers"), await count("orders"));
  saw(await db("customers").where({ email: "bulk2000@canary.example" }).delete());
});

step("transactions", async () => {
  await db.transaction((trx) => trx("customers").insert({ name: "Stays", email: "stays@canary.example" }));
  await assert.rejects(db.transaction(async (trx) => {
    await trx("customers").insert({ name: "Goes", email: "goes@canary.example" });
    throw new Error("stop");
  }), /stop/);
  await fails("23505", () => db.transaction(async (trx) => {
    await trx("customers").insert({ name: "First", email: "first@canary.example" });
    await trx("customers").insert({ name: "Second", email: "stays@canary.example" });
  }), still);
  const trx = await db.transaction();
  await trx("customers").where({ email: "stays@canary.example" }).del();
  await trx.commit();
  saw(await count("customers"));
});

step("savepoints", async () => {
  await db.transaction(async (outer) => {
    await outer("customers").insert({ name: "Outer", email: "outer@canary.example" });
    await assert.rejects(outer.transaction((inner) => inner("customers").insert({ name: "Inner", email: "outer@canary.example" })));
    if (PROXY) await fails("0A000", () => outer.transaction((inner) => inner("customers").orderByRaw("lower(email)")), still);
    await outer("customers").insert({ name: "After", email: "after@canary.example" });
  });
  saw((await db("customers").whereIn("email", ["outer@canary.example", "after@canary.example"]).del("name")).map((row) => row.name).sort());
});

step("prepared", async () => {
  const client = new pg.Client(SHOP);
  await client.connect();
  const query = { name: "by-email", text: "select id, email, birth_date, balance from customers where email = $1" };
  for (const i of range(1, 20)) {
    const { rows } = await client.query({ ...query, values: [email(1 + (i % 12))] });
    assert.equal(rows[0].id, 1 + (i % 12));
  }
  const { rows, fields: described } = await client.query({ ...query, values: [email(1)], rowMode: "array" });
  saw(rows, described.map((field) => [field.name, field.dataTypeID, field.dataTypeModifier]));
  await client.query("begin");
  for (const i of range(1, 5)) await client.query({ name: "put", text: "insert into customers (name, email, active) values ($1, $2, $3)", values: [`p${i}`, `p${i}@canary.example`, true] });
  saw((await client.query("select count(*) from customers")).rows);
  await client.query("rollback");
  // Binary values, and several statements in one text.
  saw((await client.query({ text: "select name from customers where id = $1", values: [2], binary: true })).rows.length);
  saw((await client.query("select email from customers where id = 1; select email from customers where id = 2")).map((result) => result.rows));
  await client.end();
});

step("pool", async () => {
  const pool = new pg.Pool({ connectionString: SHOP, max: 4 });
  await Promise.all(range(1, 8).map(async (i) => {
    for (const _ of range(1, 5)) {
      const { rows: [found] } = await pool.query("select id, name from customers where email = $1", [email(i)]);
      assert.equal(found.id, i);
      await pool.query("update customers set name = $1 where id = $2", [found.name, i]);
    }
  }));
  await pool.end();
});

step("unique_violation", async () => {
  const error = await fails("23505", () => db("customers").insert({ name: "x", email: email(1) }), still);
  saw(error.code, error.constraint, error.table, error.severity);
});

step("invalid_value", async () => {
  for (const [name, value] of [["birth_date", "2020-13-45"], ["birth_date", "no date"], ["ssn", "907-10-0001 and more"], ["balance", "123456789.00"], ["balance", "many"], ["email", null]]) {
    const error = await fails(null, () => db("customers").where({ id: 1 }).update({ [name]: value }), still);
    saw(name, error.code);
  }
});

step("refused", async () => {
  if (!PROXY) return;
  for (const query of [
    db("customers").orderByRaw("lower(email)"),
    db("customers").whereLike("email", "ann%"),
    db("customers").max("email"),
    db("customers").sum("balance"),
    db("customers").where("balance", ">", 5),
    db("customers").whereBetween("birth_date", ["1970-01-01", "1980-01-01"]),
    db("customers").where({ id: 1 }).increment("balance", 1),
    // UNION compares whole rows, notes among them; unionAll does not.
    db("customers").union(db("customers")),
  ]) {
    const error = await fails("0A000", () => query, still);
    assert(error.hint, error.message);
  }
});

step("raw_sql", async () => {
  saw((await db.raw("select id, email from customers where email = ?", [email(2)])).rows);
  saw((await db.raw("select id, email from customers where email = :mail", { mail: email(2) })).rows);
  const grouped = await db.raw("select c.email, count(o.id) from customers c left join orders o on o.customer_id = c.id group by c.email");
  saw(grouped.rows.sort((a, b) => (a.email < b.email ? -1 : 1)));
  const query = db("customers").where({ email: email(2) }).select("id");
  saw((await db.raw(query.toString())).rows);
});

step("lock", async () => {
  await db.transaction(async (trx) => {
    const found = await trx("customers").where({ email: email(1) }).forUpdate().first();
    await trx("customers").where({ id: found.id }).update({ name: found.name });
    await trx("customers").where({ email: email(1) }).forShare().skipLocked().first();
    await trx("orders").join("customers", "customers.id", "orders.customer_id").forUpdate("orders", "customers").first("email");
  });
});

step("stream", async () => {
  const seen = [];
  for await (const row of db("customers").orderBy("id").select("id", "email").stream({ batchSize: 5 })) seen.push(row);
  saw(seen);
  const client = new pg.Client(SHOP);
  await client.connect();
  const cursor = client.query(new Cursor("select id, email from customers where id > $1 order by id", [2]));
  saw(await cursor.read(4), await cursor.read(100), await cursor.read(1));
  await cursor.close();
  await client.end();
});

step("reflection", async () => {
  const info = await db("customers").columnInfo();
  saw(Object.keys(info).sort().map((name) => [name, info[name]]), await db.schema.hasTable("customers"), await db.schema.hasColumn("customers", "email"));
}, "facade");

step("own_json", async () => {
  saw(JSON.parse(JSON.stringify(await db("customers").where({ id: 2 }).first(FIELDS))));
  saw(await db("customers").select(db.ref("email").as("mail"), db.raw("? as one", ["x"])).where("customers.id", 1));
  saw(await db("customers").modify((query) => query.where({ active: true })).clearSelect().count());
  saw((await db("customers").where({ email: email(1) }).unionAll(db("customers").where({ id: 2 }))).map((row) => row.email).sort());
});

step("second_day_habits", async () => {
  saw(await db("customers").where({ id: 1 }).update({ name: db.raw("name || '!'") }).returning(["name", "email"]));
  await db("customers").where({ id: 1 }).update({ name: "Ann" });
  const [least] = await db("customers").insert({ name: "Least", email: "least@canary.example" }).returning("*");
  saw(FIELDS.map((name) => least[name]));
  await db("customers").where({ id: least.id }).del();
  await db("customers").where({ id: 2 }).update({ notes: db.ref("notes") });
  saw((await fields(2))[3]);
  const plan = (await db.raw("explain select * from customers where email = ?", [email(1)])).rows.map((row) => row["QUERY PLAN"]).join("\n");
  assert(plan.includes("Scan") && !(PROXY && plan.includes("canary")));
  await db.migrate.latest({ migrationSource: migrations });
  saw(await db.migrate.currentVersion({ migrationSource: migrations }));
  await db("customers").where({ name: "nobody" }).update({ ssn: undefined, notes: "x" });
});

step("left", async () => {
  const rows = (await db("customers").orderBy("id").select(FIELDS)).map((row) => FIELDS.map((name) => row[name]));
  saw(rows.length, await count("orders"), checksum(rows));
  assert.deepEqual(rows, range(1, 12).map((i) => FIELDS.map((name) => customer(i)[name])));
});

let failures = 0;
if (process.argv[2] === "setup") await db.migrate.latest({ migrationSource: migrations });
else failures = await run();
await db.destroy();
process.exit(failures ? 1 : 0);
