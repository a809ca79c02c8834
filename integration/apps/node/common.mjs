// What the Node programs share: where to connect, the first customers, and how a step is told (../SCENARIO.md).

import assert from "node:assert/strict";
import { createHash } from "node:crypto";

export const { SHOP_URL: SHOP, CLERK_URL: CLERK, TEMP_URL: TEMP } = process.env;
export const PROXY = process.env.SHOP_THROUGH === "proxy";
export const FEATURES = new Set((process.env.SHOP_FEATURES ?? "").split(","));

const NAMES = ["Ann", "Bob", "Cid", "Dora", "Émile", "Fay", "Gül", "Hans", "Ida", "Jürgen", "Kim", "李雷"];
const MAILS = ["ann", "bob", "cid", "dora", "emile", "fay", "guel", "hans", "ida", "juergen", "kim", "lilei"];
export const UNICODE_NOTES = "canary ✓ naïve 'quoted' \"double\" \\ back\nsecond line 🦊";
export const FIELDS = ["name", "email", "ssn", "notes", "birth_date", "balance", "active"];

const pad = (i) => String(i).padStart(4, "0");
export const email = (i) => (i === 4 ? "Dora.Mixed@Canary.Example" : `${MAILS[i - 1]}@canary.example`);

// Dates are texts of ten characters here: both programs ask their driver for that.
export function customer(i) {
  const notes = { 5: null, 7: UNICODE_NOTES, 8: "" };
  return {
    name: NAMES[i - 1],
    email: email(i),
    ssn: i === 3 || i === 6 ? null : `907-10-${pad(i)}`,
    notes: i in notes ? notes[i] : `canary note ${i}`,
    birth_date: i === 3 ? null : new Date(Date.UTC(1970, 0, 1 + 400 * i)).toISOString().slice(0, 10),
    balance: (10.5 * i).toFixed(2),
    active: i % 4 !== 0,
  };
}

export function orders(i) {
  return Array.from({ length: i % 3 }, (_, k) => ({ item: `thing ${i}.${k + 1}`, total: (5.25 * (k + 1)).toFixed(2), paid: k === 1 }));
}

export function bulk(i) {
  return {
    name: `bulk ${pad(i)}`,
    email: `bulk${pad(i)}@canary.example`,
    ssn: `907-20-${pad(i)}`,
    notes: `canary bulk ${i}`,
    birth_date: null,
    balance: (i / 100).toFixed(2),
    active: true,
  };
}

export const range = (from, to) => Array.from({ length: to - from + 1 }, (_, k) => from + k);
export const checksum = (rows) => createHash("sha256").update(JSON.stringify(rows)).digest("hex");

const steps = [];
let current = "";

export function step(name, action, feature) {
  if (!feature || FEATURES.has(feature)) steps.push([name, action]);
}

export function saw(...values) {
  console.log(`saw ${current}: ${JSON.stringify(values.length === 1 ? values[0] : values)}`);
}

export async function run() {
  let failures = 0;
  for (const [name, action] of steps) {
    current = name;
    try {
      await action();
      console.log(`ok ${name}`);
    } catch (error) {
      failures += 1;
      console.error(error);
      console.log(`FAIL ${name}: ${JSON.stringify(String(error.message))}`);
    }
  }
  return failures;
}

// The driver's error below the library's own, with nothing in it that it must not tell.
export function driverError(error) {
  const driver = error.cause ?? error;
  for (const text of [driver.detail, driver.hint, driver.where, driver.cause ? "" : driver.fields]) {
    if (PROXY && text) assert(!/xfb/i.test(text), "the error tells an envelope");
  }
  return driver;
}

// The error of an action with that SQLSTATE; `still` proves the connection usable.
export async function fails(code, action, still) {
  let error;
  try {
    await action();
  } catch (caught) {
    error = driverError(caught);
  }
  assert(error, "nothing was raised");
  if (code) assert.equal(error.code, code, error.message);
  await still();
  return error;
}
