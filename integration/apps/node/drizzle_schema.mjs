// Customers and their orders, as Drizzle's documentation declares them.

import { relations } from "drizzle-orm";
import { bigint, bigserial, boolean, date, numeric, pgTable, text, timestamp, varchar } from "drizzle-orm/pg-core";

export const customers = pgTable("customers", {
  id: bigserial("id", { mode: "number" }).primaryKey(),
  email: varchar("email", { length: 254 }).notNull().unique(),
  name: varchar("name", { length: 100 }).notNull(),
  ssn: varchar("ssn", { length: 11 }),
  notes: text("notes"),
  birth_date: date("birth_date"),
  balance: numeric("balance", { precision: 10, scale: 2 }).notNull().default("0"),
  active: boolean("active").notNull().default(true),
  created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

export const orders = pgTable("orders", {
  id: bigserial("id", { mode: "number" }).primaryKey(),
  customer_id: bigint("customer_id", { mode: "number" }).notNull().references(() => customers.id, { onDelete: "cascade" }),
  item: varchar("item", { length: 100 }).notNull(),
  total: numeric("total", { precision: 10, scale: 2 }).notNull(),
  paid: boolean("paid").notNull().default(false),
});

export const customersRelations = relations(customers, ({ many }) => ({ orders: many(orders) }));
export const ordersRelations = relations(orders, ({ one }) => ({
  customer: one(customers, { fields: [orders.customer_id], references: [customers.id] }),
}));
