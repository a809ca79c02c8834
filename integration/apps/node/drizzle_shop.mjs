// The shop's steps (../SCENARIO.md) in Drizzle over node-postgres.

import assert from "node:assert/strict";
import { and, asc, avg, count, countDistinct, desc, eq, exists, getTableColumns, gt, ilike, inArray, isNotNull, isNull, like, lt, max, ne, not, notInArray, or, sql, sum } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { alias, unionAll } from "drizzle-orm/pg-core";
import pg from "pg";
import { bulk, checksum, CLERK, customer, email, fails, FIELDS, orders as ordersOf, PROXY, range, run, saw, SHOP, step, TEMP, UNICODE_NOTES } from "./common.mjs";
import * as schema from "./drizzle_schema.mjs";

const { customers, orders } = schema;
const pool = new pg.Pool({ connectionString: SHOP, max: 4 });
const db = drizzle(pool, { schema });
const still = async () => assert((await db.$count(orders)) > 0);
const find = async (mail, on = db) => (await on.select().from(customers).where(eq(customers.email, mail)))[0];
const some = Object.fromEntries(FIELDS.map((name) => [name, customers[name]]));
const fields = async (id) => Object.values((await db.select(some).from(customers).where(eq(customers.id, id)))[0]);
const migrated = () => migrate(db, { migrationsFolder: new URL("drizzle", import.meta.url).pathname });

step("create", async () => {
  for (const i of range(1, 12)) {
    const [{ id }] = await db.insert(customers).values(customer(i)).returning({ id: customers.id });
    for (const order of ordersOf(i)) await db.insert(orders).values({ ...order, customer_id: id });
  }
  const [ann] = await db.select().from(customers).where(eq(customers.id, 1));
  for (const name of FIELDS) assert.equal(ann[name], customer(1)[name], name);
  assert(ann.created_at instanceof Date);
  saw(await db.$count(customers), await db.$count(orders));
});

step("find_by_email", async () => {
  assert.equal((await find("ann@canary.example")).name, "Ann");
  assert.equal(await find("nobody@canary.example"), undefined);
  assert.equal((await db.query.customers.findFirst({ where: eq(customers.email, "ann@canary.example") })).name, "Ann");
  const names = async (where) => (await db.select({ name: customers.name }).from(customers).where(where).orderBy(customers.id)).map((row) => row.name);
  saw(await names(eq(customers.ssn, "907-10-0002")));
  saw(await names(eq(customers.birth_date, customer(2).birth_date)));
  saw(await names(eq(customers.balance, "21.00")));
  saw(await names(or(eq(customers.email, email(1)), and(eq(customers.ssn, "907-10-0002"), eq(customers.active, true)))));
  saw(await db.$count(customers, eq(customers.email, email(1))));
});

step("find_case_insensitively", async () => {
  const lower = (mail) => db.select().from(customers).where(eq(sql`lower(${customers.email})`, mail.toLowerCase()));
  assert.equal((await lower("ANN@Canary.example"))[0].id, 1);
  assert.equal((await db.select().from(customers).where(ilike(customers.email, "dora.mixed@canary.example")))[0].id, 4);
  assert.equal((await lower("nobody@canary.example")).length, 0);
}, "ci");

step("in_list", async () => {
  const wanted = [email(1), email(4), email(7), "unknown@canary.example"];
  const ids = async (where) => (await db.select({ id: customers.id }).from(customers).where(where).orderBy(asc(customers.id))).map((row) => row.id);
  saw(await db.select({ id: customers.id, email: customers.email }).from(customers).where(inArray(customers.email, wanted)).orderBy(customers.id));
  saw(await ids(inArray(customers.email, [])), await ids(notInArray(customers.email, wanted)), await ids(ne(customers.email, wanted[0])));
  saw(await ids(not(inArray(customers.email, wanted))));
  saw(await ids(inArray(customers.email, db.select({ email: customers.email }).from(customers).where(eq(customers.active, false)))));
  saw(await ids(sql`${customers.email} = any(${sql.param(wanted)})`));
});

step("nulls", async () => {
  saw(await db.$count(customers, isNull(customers.ssn)), await db.$count(customers, isNotNull(customers.notes)));
  await db.update(customers).set({ notes: null }).where(eq(customers.id, 1));
  assert.equal((await find(email(1))).notes, null);
  await db.update(customers).set({ notes: customer(1).notes }).where(eq(customers.id, 1));
});

step("unicode", async () => {
  assert.equal((await db.select().from(customers).where(eq(customers.name, "Gül")))[0].notes, UNICODE_NOTES);
  assert.equal((await find("lilei@canary.example")).name, "李雷");
  await db.update(customers).set({ email: "kïm@canary.example" }).where(eq(customers.id, 11));
  saw((await find("kïm@canary.example")).name);
  await db.update(customers).set({ email: email(11) }).where(eq(customers.id, 11));
});

step("page", async () => {
  saw((await db.select().from(customers).orderBy(asc(customers.id)).limit(5).offset(5)).map((row) => row.email), await db.$count(customers));
  saw(await db.select({ email: customers.email, n: sql`count(*) over ()` }).from(customers).orderBy(desc(customers.name)).limit(3));
});

step("relations", async () => {
  saw(await db.select({ item: orders.item, email: customers.email }).from(orders).innerJoin(customers, eq(customers.id, orders.customer_id)).orderBy(orders.id));
  saw((await db.select().from(customers).leftJoin(orders, eq(orders.customer_id, customers.id)).orderBy(customers.id, orders.id)).map((row) => [row.customers.email, row.orders?.item]));
  const withOrders = await db.query.customers.findMany({ with: { orders: true }, orderBy: asc(customers.id) });
  saw(withOrders.map((person) => [person.email, person.orders.map((order) => order.item).sort()]));
  saw(await db.query.customers.findMany({ columns: { email: true }, where: eq(customers.email, email(2)), with: { orders: { where: eq(orders.paid, true), columns: { item: true } } } }));
  const mine = await db.select({ item: orders.item }).from(orders).innerJoin(customers, eq(customers.id, orders.customer_id)).where(eq(customers.email, email(2))).orderBy(orders.id);
  saw(mine);
  saw(await db.select({ email: customers.email, n: count(orders.id) }).from(customers).leftJoin(orders, eq(orders.customer_id, customers.id)).groupBy(customers.id).orderBy(customers.id));
  const other = alias(customers, "other");
  saw((await db.select().from(customers).innerJoin(other, eq(other.email, customers.email))).length);
});

step("aggregate", async () => {
  saw(await db.select({ total: sum(orders.total), most: max(orders.total), mean: avg(orders.total), n: count() }).from(orders));
  saw(await db.select({ ssn: count(customers.ssn), mails: countDistinct(customers.email), kinds: countDistinct(customers.active) }).from(customers));
  const grouped = await db.select({ email: customers.email, total: sum(orders.total) }).from(orders).innerJoin(customers, eq(customers.id, orders.customer_id)).groupBy(customers.email);
  saw(grouped.sort((a, b) => (a.email < b.email ? -1 : 1)));
  saw((await db.selectDistinct({ balance: customers.balance }).from(customers)).map((row) => row.balance).sort());
});

step("update", async () => {
  await db.update(customers).set({ name: "Anna", email: "anna@canary.example", balance: "99.99" }).where(eq(customers.email, email(1)));
  saw(await db.select(some).from(customers).where(eq(customers.email, "anna@canary.example")));
  assert.equal(await find(email(1)), undefined);
  const changed = await db.update(customers).set({ notes: "canary changed" }).where(inArray(customers.email, [email(2), email(4)])).returning({ id: customers.id, notes: customers.notes });
  saw(changed.sort((a, b) => a.id - b.id));
  // Many rows in one statement, as Drizzle's documentation has it.
  const cases = sql.join([sql`(case`, ...[2, 4].map((i) => sql`when ${customers.id} = ${i} then ${customer(i).notes}`), sql`end)`], sql.raw(" "));
  await db.update(customers).set({ notes: cases }).where(inArray(customers.id, [2, 4]));
  await db.update(customers).set(customer(1)).where(eq(customers.id, 1));
  saw(await fields(1), await fields(2), await fields(4));
});

step("masked_keep", async () => {
  const before = await fields(2);
  const clerk = drizzle(CLERK, { schema });
  const [bob] = await clerk.select(some).from(customers).where(eq(customers.email, email(2)));
  if (PROXY) assert.deepEqual([bob.ssn, bob.notes, bob.birth_date], ["*******0002", null, null]);
  assert.equal(bob.balance, "21.00");
  await clerk.update(customers).set({ ...bob, name: "Robert" }).where(eq(customers.id, 2));
  assert.deepEqual(await fields(2), ["Robert", ...before.slice(1)]);
  saw(await fields(2));
  await clerk.update(customers).set({ ...bob, name: "Bob" }).where(eq(customers.id, 2));
  assert.deepEqual(await fields(2), before);
  await clerk.$client.end();
});

step("masked_refuse", async () => {
  const before = await fields(4);
  const temp = drizzle(TEMP, { schema });
  const [dora] = await temp.select(some).from(customers).where(eq(customers.id, 4));
  const write = () => temp.update(customers).set({ ...dora, name: "Theodora" }).where(eq(customers.id, 4));
  if (PROXY) {
    assert.equal(dora.ssn, "*******0004");
    await fails("42501", write, async () => assert.equal((await temp.select(some).from(customers).where(eq(customers.id, 4)))[0].name, "Dora"));
    assert.deepEqual(await fields(4), before);
  } else await write();
  await temp.update(customers).set({ name: "Theodora" }).where(eq(customers.id, 4));
  assert.deepEqual(await fields(4), ["Theodora", ...before.slice(1)]);
  await temp.update(customers).set({ name: "Dora" }).where(eq(customers.id, 4));
  saw(await fields(4));
  await temp.$client.end();
});

step("bulk_create", async () => {
  await db.insert(customers).values(range(1, 1000).map(bulk));
  saw(await db.$count(customers), await db.select(some).from(customers).where(eq(customers.email, "bulk0500@canary.example")));
  saw((await db.insert(customers).values([1001, 1002, 1003].map(bulk)).returning()).map((row) => row.email));
  saw(await db.$count(customers, inArray(customers.email, range(1, 1003).map((i) => bulk(i).email))));
});

step("upsert", async () => {
  for (const _ of [1, 2]) {
    await db.insert(customers).values([{ ...customer(1), notes: "canary upserted" }, { ...bulk(2000), notes: "canary upserted" }])
      .onConflictDoUpdate({ target: customers.email, set: { notes: sql`excluded.notes` } });
    saw(await db.select({ email: customers.email, notes: customers.notes }).from(customers).where(inArray(customers.email, [email(1), "bulk2000@canary.example"])).orderBy(customers.id));
  }
  await db.insert(customers).values(customer(1)).onConflictDoUpdate({ target: customers.email, set: { notes: "canary set" }, setWhere: eq(customers.name, "Ann") });
  saw(await fields(1), await db.insert(customers).values(customer(1)).onConflictDoNothing().returning());
  await db.update(customers).set(customer(1)).where(eq(customers.id, 1));
});

step("delete", async () => {
  saw((await db.delete(customers).where(eq(customers.email, "bulk0001@canary.example"))).rowCount);
  saw((await db.delete(customers).where(inArray(customers.email, range(1, 100).map((i) => bulk(i).email)))).rowCount);
  saw((await db.delete(customers).where(and(like(customers.name, "bulk %"), ne(customers.email, "bulk2000@canary.example"))).returning({ email: customers.email })).length);
  const [{ id }] = await db.insert(customers).values({ name: "Gone", email: "gone@canary.example" }).returning({ id: customers.id });
  await db.insert(orders).values({ customer_id: id, item: "gone", total: "1" });
  saw((await db.delete(customers).where(eq(customers.email, "gone@canary.example"))).rowCount, await db.$count(customers), await db.$count(orders));
  saw((await db.delete(customers).where(eq(customers.email, "bulk2000@canary.example"))).rowCount);
});

step("transactions", async () => {
  await db.transaction((tx) => tx.insert(customers).values({ name: "Stays", email: "stays@canary.example" }));
  await assert.rejects(db.transaction(async (tx) => {
    await tx.insert(customers).values({ name: "Goes", email: "goes@canary.example" });
    tx.rollback();
  }));
  await fails("23505", () => db.transaction(async (tx) => {
    await tx.insert(customers).values({ name: "First", email: "first@canary.example" });
    await tx.insert(customers).values({ name: "Second", email: "stays@canary.example" });
  }), still);
  await db.transaction((tx) => tx.delete(customers).where(eq(customers.email, "stays@canary.example")), { isolationLevel: "serializable" });
  saw(await db.$count(customers));
});

step("savepoints", async () => {
  await db.transaction(async (tx) => {
    await tx.insert(customers).values({ name: "Outer", email: "outer@canary.example" });
    await assert.rejects(tx.transaction((inner) => inner.insert(customers).values({ name: "Inner", email: "outer@canary.example" })));
    if (PROXY) await fails("0A000", () => tx.transaction((inner) => inner.select().from(customers).orderBy(sql`lower(${customers.email})`)), still);
    await tx.insert(customers).values({ name: "After", email: "after@canary.example" });
  });
  saw((await db.delete(customers).where(inArray(customers.email, ["outer@canary.example", "after@canary.example"])).returning()).map((row) => row.name).sort());
});

step("prepared", async () => {
  const query = db.select().from(customers).where(eq(customers.email, sql.placeholder("mail"))).prepare("by_email");
  for (const i of range(1, 20)) assert.equal((await query.execute({ mail: email(1 + (i % 12)) }))[0].id, 1 + (i % 12));
  const relational = db.query.customers.findFirst({ where: eq(customers.email, sql.placeholder("mail")), with: { orders: true } }).prepare("with_orders");
  saw((await relational.execute({ mail: email(2) })).orders.length);
});

step("pool", async () => {
  await Promise.all(range(1, 8).map(async (i) => {
    for (const _ of range(1, 5)) {
      const found = await find(email(i));
      assert.equal(found.id, i);
      await db.update(customers).set({ name: found.name }).where(eq(customers.id, i));
    }
  }));
});

step("unique_violation", async () => {
  const error = await fails("23505", () => db.insert(customers).values({ name: "x", email: email(1) }), still);
  saw(error.code, error.constraint, error.table);
});

step("invalid_value", async () => {
  for (const [name, value] of [["birth_date", "2020-13-45"], ["ssn", "907-10-0001 and more"], ["balance", "123456789.00"], ["email", null]]) {
    const error = await fails(null, () => db.update(customers).set({ [name]: value === null ? sql`null` : value }).where(eq(customers.id, 1)), still);
    saw(name, error.code);
  }
});

step("refused", async () => {
  if (!PROXY) return;
  for (const query of [
    db.select().from(customers).orderBy(sql`lower(${customers.email})`),
    db.select().from(customers).where(like(customers.email, "ann%")),
    db.select({ most: max(customers.email) }).from(customers),
    db.select({ total: sum(customers.balance) }).from(customers),
    db.select().from(customers).where(gt(customers.balance, "5")),
    db.select().from(customers).where(lt(customers.birth_date, "1980-01-01")),
    // A relation's rows come as JSON made by the server: over sealed columns it cannot be. A join does the same.
    db.query.orders.findMany({ with: { customer: true } }),
  ]) {
    const error = await fails("0A000", () => query, still);
    assert(error.hint, error.message);
  }
});

step("raw_sql", async () => {
  saw((await db.execute(sql`select id, email from customers where email = ${email(2)}`)).rows);
  const grouped = (await db.execute(sql`select c.email, count(o.id) from customers c left join orders o on o.customer_id = c.id group by c.email`)).rows;
  saw(grouped.sort((a, b) => (a.email < b.email ? -1 : 1)));
});

step("lock", async () => {
  await db.transaction(async (tx) => {
    const [found] = await tx.select().from(customers).where(eq(customers.email, email(1))).for("update");
    await tx.update(customers).set({ name: found.name }).where(eq(customers.id, found.id));
    await tx.select().from(customers).where(eq(customers.email, email(1))).for("no key update", { of: customers, skipLocked: true });
  });
});

step("stream", async () => {
  // Drizzle has no iterator for PostgreSQL: pages by key.
  const seen = [];
  for (let after = 0; ; ) {
    const page = await db.select({ id: customers.id, email: customers.email }).from(customers).where(gt(customers.id, after)).orderBy(customers.id).limit(5);
    if (page.length === 0) break;
    seen.push(...page);
    after = page.at(-1).id;
  }
  saw(seen);
});

step("own_selects", async () => {
  const part = db.$with("part").as(db.select().from(customers).where(eq(customers.active, true)));
  saw((await db.with(part).select().from(part).where(eq(part.email, email(2)))).map((row) => row.email));
  const sub = db.select({ id: customers.id, mail: customers.email }).from(customers).as("sub");
  saw(await db.select({ item: orders.item, mail: sub.mail }).from(orders).leftJoin(sub, eq(sub.id, orders.customer_id)).orderBy(orders.id).limit(2));
  saw((await unionAll(db.select({ email: customers.email }).from(customers).where(eq(customers.id, 1)), db.select({ email: customers.email }).from(customers).where(eq(customers.id, 2)))).map((row) => row.email).sort());
  saw(await db.select({ email: customers.email }).from(customers).where(exists(db.select().from(orders).where(and(eq(orders.customer_id, customers.id), eq(orders.paid, true))))).orderBy(customers.id));
  const { created_at, ...rest } = getTableColumns(customers);
  saw(await db.select(rest).from(customers).where(eq(customers.id, 2)));
  saw(await db.select({ note: sql`coalesce(${customers.notes}, '-')` }).from(customers).orderBy(customers.id));
  saw(await db.selectDistinctOn([customers.email], { email: customers.email }).from(customers).then((rows) => rows.length));
});

step("second_day_habits", async () => {
  saw(await db.update(customers).set({ name: sql`${customers.name} || '!'` }).where(eq(customers.id, 1)).returning({ name: customers.name, email: customers.email }));
  await db.update(customers).set({ name: "Ann" }).where(eq(customers.id, 1));
  const [least] = await db.insert(customers).values({ name: "Least", email: "least@canary.example" }).returning();
  saw(FIELDS.map((name) => least[name]));
  await db.delete(customers).where(eq(customers.id, least.id));
  await migrated();
  const copied = db.insert(customers).select(db.select({ ...getTableColumns(customers), id: sql`-1`.as("id"), email: sql`'copy@canary.example'`.as("email") }).from(customers).where(eq(customers.id, 2)));
  await copied;
  saw(await fields(-1));
  await db.delete(customers).where(eq(customers.id, -1));
  const plan = (await db.execute(sql`explain select * from customers where email = ${email(1)}`)).rows.map((row) => row["QUERY PLAN"]).join("\n");
  assert(plan.includes("Scan") && !(PROXY && plan.includes("canary")));
});

step("left", async () => {
  const rows = (await db.select(some).from(customers).orderBy(customers.id)).map((row) => FIELDS.map((name) => row[name]));
  saw(rows.length, await db.$count(orders), checksum(rows));
  assert.deepEqual(rows, range(1, 12).map((i) => FIELDS.map((name) => customer(i)[name])));
});

let failures = 0;
if (process.argv[2] === "setup") await migrated();
else failures = await run();
await pool.end();
process.exit(failures ? 1 : 0);
