import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.persistence.LockModeType;
import javax.persistence.NoResultException;
import javax.persistence.OptimisticLockException;
import javax.persistence.Persistence;
import javax.persistence.TypedQuery;
import org.eclipse.persistence.config.QueryHints;
import org.eclipse.persistence.queries.ScrollableCursor;
import org.postgresql.util.PSQLException;

/** The shop of SCENARIO.md over JPA, with EclipseLink. */
class JpaShop extends Shop {
    static EntityManagerFactory shop;

    static EntityManagerFactory open(String variable, Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("javax.persistence.jdbc.url", jdbc(variable, null));
        settings.put("eclipselink.session-name", variable + more.hashCode());
        settings.put("eclipselink.connection-pool.default.initial", "1");
        settings.put("eclipselink.connection-pool.default.min", "1");
        settings.put("eclipselink.connection-pool.default.max", "4");
        if ("true".equals(System.getenv("SHOP_CACHE_STATEMENTS"))) {
            settings.put("eclipselink.jdbc.cache-statements", "true");
        }
        if (System.getenv("SHOP_LOG") != null) {
            settings.put("eclipselink.logging.level", "FINE");
        }
        return Persistence.createEntityManagerFactory("shop", settings);
    }

    /** In a transaction, with an entity manager of its own. */
    static <T> T in(EntityManagerFactory factory, Function<EntityManager, T> work) {
        var manager = factory.createEntityManager();
        try {
            manager.getTransaction().begin();
            var result = work.apply(manager);
            manager.getTransaction().commit();
            return result;
        } finally {
            if (manager.getTransaction().isActive()) {
                manager.getTransaction().rollback();
            }
            manager.close();
        }
    }

    static void run(Consumer<EntityManager> work) {
        in(shop, manager -> {
            work.accept(manager);
            return null;
        });
    }

    static Customer customer(EntityManager manager, String email) {
        return manager.createNamedQuery("Customer.byEmail", Customer.class).setParameter("email", email).getSingleResult();
    }

    static Person person(String name) {
        return in(shop, manager -> customer(manager, at(name)).person());
    }

    static List<String> names(TypedQuery<Customer> query) {
        var names = new ArrayList<String>();
        query.getResultList().forEach(found -> names.add(found.name));
        return names;
    }

    static long count() {
        return in(shop, manager -> manager.createQuery("select count(c) from Customer c", Long.class).getSingleResult());
    }

    static void saveAll(EntityManager manager, Long id, Person person) {
        manager.createQuery("update Customer c set c.email = :email, c.name = :name, c.ssn = :ssn, c.notes = :notes, c.born = :born, c.balance = :balance, c.active = :active where c.id = :id")
                .setParameter("email", person.email()).setParameter("name", person.name()).setParameter("ssn", person.ssn())
                .setParameter("notes", person.notes()).setParameter("born", person.born() == null ? null : Date.valueOf(person.born()))
                .setParameter("balance", person.balance()).setParameter("active", person.active()).setParameter("id", id).executeUpdate();
    }

    static void setup() {
        shop = open("SHOP_URL", Map.of("eclipselink.ddl-generation", "create-tables"));
        run(manager -> manager.createQuery("select count(c) from Customer c").getSingleResult());
        System.out.println("ok setup");
    }

    static void run() {
        shop = open("SHOP_URL", Map.of());

        step("create", () -> {
            for (int i = 1; i <= 12; i++) {
                var customer = Customer.of(person(i));
                for (int k = 1; k <= i % 3; k++) {
                    PurchaseOrder.of(customer, "thing " + i + "." + k, new BigDecimal("5.25").multiply(BigDecimal.valueOf(k)), k == 2);
                }
                run(manager -> manager.persist(customer));
                same(person(i), in(shop, manager -> manager.find(Customer.class, customer.id).person()));
            }
            same(12L, count());
            saw(person("guel").fields());
        });

        step("find_by_email", () -> {
            same("Ann", saw(person("ann").name()));
            raises(NoResultException.class, () -> person("nobody"));
            run(manager -> {
                var ask = manager.createQuery("select c from Customer c where c.ssn = :ssn and c.email = :email", Customer.class);
                same(List.of("Bob"), names(ask.setParameter("ssn", "907-10-0002").setParameter("email", at("bob"))));
                same(List.of("Ann"), names(manager.createQuery("select c from Customer c where c.born = ?1", Customer.class).setParameter(1, Date.valueOf("1971-02-05"))));
                same(List.of("Bob"), names(manager.createQuery("select c from Customer c where c.balance = ?1", Customer.class).setParameter(1, new BigDecimal("21.00"))));
                same(List.of("Bob"), names(manager.createQuery("select c from Customer c where c.balance = 21", Customer.class)));
                same(List.of("Ann"), names(manager.createQuery("select c from Customer c where c.email = 'ann@canary.example'", Customer.class)));
                same(List.of("Ann"), names(manager.createQuery("select c from Customer c where c.born = {d '1971-02-05'}", Customer.class)));
                saw(manager.createQuery("select count(c) from Customer c where c.email <> :email", Long.class).setParameter("email", at("ann")).getSingleResult());
                var builder = manager.getCriteriaBuilder();
                var criteria = builder.createQuery(Customer.class);
                var root = criteria.from(Customer.class);
                criteria.select(root).where(builder.or(builder.equal(root.get("email"), at("ann")), builder.equal(root.get("ssn"), "907-10-0002"))).orderBy(builder.asc(root.get("id")));
                same(List.of("Ann", "Bob"), saw(names(manager.createQuery(criteria))));
            });
        });

        step("find_case_insensitively", "ci", () -> run(manager -> {
            for (var function : List.of("upper", "lower")) {
                var ask = manager.createQuery("select c from Customer c where " + function + "(c.email) = " + function + "(:email)", Customer.class);
                same(List.of("Ann"), saw(names(ask.setParameter("email", "ANN@Canary.example"))));
                same(List.of("Dora"), saw(names(ask.setParameter("email", "dora.mixed@canary.example"))));
                same(List.of(), names(ask.setParameter("email", "NOBODY@canary.example")));
            }
        }));

        step("in_list", () -> run(manager -> {
            var some = List.of(at("ann"), at("bob"), at("kim"), at("nobody"));
            same(List.of("Ann", "Bob", "Kim"), saw(names(manager.createQuery("select c from Customer c where c.email in :mails order by c.id", Customer.class).setParameter("mails", some))));
            same(8, saw(names(manager.createQuery("select c from Customer c where c.email not in :mails and c.ssn is not null order by c.id", Customer.class).setParameter("mails", some))).size() + 1);
            same(List.of("Ann"), names(manager.createQuery("select c from Customer c where c.email in (:a, :b)", Customer.class).setParameter("a", at("ann")).setParameter("b", "x")));
            var builder = manager.getCriteriaBuilder();
            var criteria = builder.createQuery(Customer.class);
            var root = criteria.from(Customer.class);
            criteria.where(root.get("balance").in(new BigDecimal("10.50"), new BigDecimal("21.00"))).orderBy(builder.asc(root.get("id")));
            same(List.of("Ann", "Bob"), names(manager.createQuery(criteria)));
        }));

        step("nulls", () -> {
            run(manager -> same(List.of("Cid", "Fay"), saw(names(manager.createQuery("select c from Customer c where c.ssn is null order by c.id", Customer.class)))));
            run(manager -> customer(manager, at("ann")).notes = null);
            same(null, person("ann").notes());
            run(manager -> saw(manager.createQuery("select count(c.notes) from Customer c").getSingleResult()));
            run(manager -> customer(manager, at("ann")).notes = "canary note 1");
            same(Shop.person(1), person("ann"));
        });

        step("unicode", () -> {
            same(LONG_NOTE, saw(person("guel").notes()));
            same("", person("hans").notes());
            same("李雷", saw(person("lilei").name()));
            run(manager -> customer(manager, at("kim")).email = at("kïm"));
            same("Kim", saw(person("kïm").name()));
            run(manager -> customer(manager, at("kïm")).email = at("kim"));
        });

        step("page", () -> run(manager -> {
            var ask = manager.createQuery("select c from Customer c order by c.id", Customer.class);
            same(List.of("Fay", "Gül", "Hans", "Ida", "Jürgen"), saw(names(ask.setFirstResult(5).setMaxResults(5))));
            saw(names(manager.createQuery("select c from Customer c order by c.name", Customer.class).setMaxResults(3)));
            saw(names(manager.createQuery("select c from Customer c where c.active = true order by c.name desc", Customer.class).setFirstResult(2)));
        }));

        step("relations", () -> run(manager -> {
            var fetched = new ArrayList<Object>();
            manager.createQuery("select o from PurchaseOrder o join fetch o.customer order by o.id", PurchaseOrder.class).getResultList()
                    .forEach(order -> fetched.add(List.of(order.item, order.customer.email)));
            saw(fetched);
            manager.clear();
            var lists = new ArrayList<Object>();
            // DISTINCT over every column of both tables.
            manager.createQuery("select distinct c from Customer c join fetch c.orders order by c.id", Customer.class).getResultList()
                    .forEach(found -> lists.add(List.of(found.email, found.orders.size())));
            saw(lists);
            manager.clear();
            saw(names(manager.createQuery("select distinct c from Customer c join c.orders o where o.total > 1 order by c.id", Customer.class)));
            var batch = manager.createQuery("select c from Customer c order by c.id", Customer.class);
            for (var how : List.of("JOIN", "EXISTS", "IN")) {
                manager.clear();
                batch.setHint(QueryHints.BATCH_TYPE, how).setHint(QueryHints.BATCH, "c.orders");
                var sizes = new ArrayList<Object>();
                batch.getResultList().forEach(found -> sizes.add(found.orders.size()));
                saw(sizes);
            }
            var counts = new ArrayList<Object>();
            for (var row : manager.createQuery("select c.email, count(o) from Customer c left join c.orders o group by c.id, c.email order by c.id", Object[].class).getResultList()) {
                counts.add(List.of(row));
            }
            saw(counts);
            var groups = new ArrayList<Object>();
            for (var row : manager.createQuery("select c, count(o) from Customer c left join c.orders o group by c order by c.id", Object[].class).getResultList()) {
                groups.add(List.of(((Customer) row[0]).email, row[1]));
            }
            saw(groups);
            saw(manager.createQuery("select o.item from PurchaseOrder o where o.customer.email = :email order by o.id", String.class).setParameter("email", at("bob")).getResultList());
            saw(names(manager.createQuery("select c from Customer c where c.orders is empty order by c.id", Customer.class)));
            saw(names(manager.createQuery("select c from Customer c where exists (select o from PurchaseOrder o where o.customer = c and o.paid = true) order by c.id", Customer.class)));
            saw(names(manager.createQuery("select c from Customer c where size(c.orders) = 2 order by c.id", Customer.class)));
        }));

        step("aggregate", () -> run(manager -> {
            saw(List.of(manager.createQuery("select sum(o.total), max(o.total), count(o) from PurchaseOrder o", Object[].class).getSingleResult()));
            saw(manager.createQuery("select sum(o.total) from PurchaseOrder o where o.customer.email = :email").setParameter("email", at("bob")).getSingleResult());
            saw(manager.createQuery("select count(distinct c.active) from Customer c").getSingleResult());
            saw(manager.createQuery("select count(distinct c.email) from Customer c").getSingleResult());
            saw(manager.createQuery("select count(distinct c) from Customer c join c.orders o").getSingleResult());
        }));

        step("update", () -> {
            run(manager -> {
                var ann = customer(manager, at("ann"));
                ann.name = "Anna";
                ann.email = at("anna");
                ann.balance = new BigDecimal("20");
            });
            same("Anna", saw(person("anna").name()));
            raises(NoResultException.class, () -> person("ann"));
            run(manager -> same(2, manager.createQuery("update Customer c set c.notes = 'canary many' where c.email in :mails").setParameter("mails", List.of(at("anna"), at("bob"))).executeUpdate()));
            same("canary many", person("bob").notes());
            // A detached entity comes back from a form and is merged.
            var detached = in(shop, manager -> customer(manager, at("anna")));
            detached.take(Shop.person(1));
            run(manager -> manager.merge(detached));
            same(Shop.person(1), person("ann"));
            run(manager -> customer(manager, at("bob")).notes = "canary note 2");
        });

        step("own_optimistic_lock", () -> {
            var first = in(shop, manager -> customer(manager, at("ann")));
            run(manager -> customer(manager, at("ann")).notes = "canary other");
            first.notes = "canary mine";
            raises(OptimisticLockException.class, () -> run(manager -> manager.merge(first)));
            same("canary other", person("ann").notes());
            run(manager -> customer(manager, at("ann")).notes = "canary note 1");
        });

        step("masked_keep", () -> {
            var clerk = open("CLERK_URL", Map.of());
            var bob = in(clerk, manager -> customer(manager, at("bob")));
            if (THROUGH) {
                same(new Person("b***@c***.example", "Bob", "*******0002", null, null, new BigDecimal("21.00"), true), bob.person());
            }
            // Managed, merged, and all columns at once.
            in(clerk, manager -> customer(manager, at("bob")).name = "Bob by clerk");
            bob.name = "Bob by clerk";
            bob.version++;
            in(clerk, manager -> manager.merge(bob));
            in(clerk, manager -> {
                saveAll(manager, bob.id, bob.person());
                return null;
            });
            clerk.close();
            var two = Shop.person(2);
            same(new Person(two.email(), "Bob by clerk", two.ssn(), two.notes(), two.born(), two.balance(), two.active()), person("bob"));
            saw(person("bob").fields());
            run(manager -> customer(manager, at("bob")).name = "Bob");
        });

        step("masked_refuse", () -> {
            var temp = open("TEMP_URL", Map.of());
            var cid = in(temp, manager -> customer(manager, at("cid")));
            cid.name = "Cid by temp";
            if (THROUGH) {
                same("42501", raises(PSQLException.class, () -> in(temp, manager -> {
                    saveAll(manager, cid.id, cid.person());
                    return null;
                })).getSQLState());
            } else {
                in(temp, manager -> {
                    saveAll(manager, cid.id, cid.person());
                    return null;
                });
            }
            in(temp, manager -> manager.find(Customer.class, cid.id).name = "Cid by temp");
            temp.close();
            var three = Shop.person(3);
            same(new Person(three.email(), "Cid by temp", three.ssn(), three.notes(), three.born(), three.balance(), three.active()), person("cid"));
            saw(person("cid").fields());
            run(manager -> customer(manager, at("cid")).name = "Cid");
        });

        step("bulk_create", () -> {
            run(manager -> {
                for (int i = 1; i <= 1000; i++) {
                    manager.persist(Customer.of(bulk(i)));
                    if (i % 200 == 0) {
                        manager.flush();
                        manager.clear();
                    }
                }
            });
            same(1012L, saw(count()));
            same(bulk(500), person("bulk0500"));
            var three = new ArrayList<Customer>();
            run(manager -> {
                for (int i = 1; i <= 3; i++) {
                    var one = Customer.of(bulk(i));
                    one.email = at("three" + i);
                    manager.persist(one);
                    three.add(one);
                }
            });
            holds(three.stream().allMatch(one -> one.id != null), "no ids");
        });

        step("upsert", () -> {
            // JPA has no upsert: look, then write; or native SQL.
            for (int i = 0; i < 2; i++) {
                run(manager -> manager.createNativeQuery("insert into customers (id, email, name, notes, balance, active, created_at, version) values (nextval('customers_seq'), ?, ?, ?, 1, true, now(), 1) on conflict (email) do update set notes = excluded.notes")
                        .setParameter(1, at("ann")).setParameter(2, "Ann").setParameter(3, "canary upserted").executeUpdate());
                var found = in(shop, manager -> manager.createNamedQuery("Customer.byEmail", Customer.class).setParameter("email", at("new")).getResultList());
                if (found.isEmpty()) {
                    run(manager -> {
                        var made = Customer.of(bulk(1));
                        made.email = at("new");
                        made.name = "new";
                        manager.persist(made);
                    });
                }
            }
            same("canary upserted", saw(person("ann").notes()));
            same(1016L, saw(count()));
            run(manager -> customer(manager, at("ann")).notes = "canary note 1");
        });

        step("delete", () -> {
            run(manager -> manager.remove(customer(manager, at("bulk0001"))));
            run(manager -> same(2, manager.createQuery("delete from Customer c where c.email in :mails").setParameter("mails", List.of(at("bulk0002"), at("bulk0003"))).executeUpdate()));
            run(manager -> {
                var made = Customer.of(bulk(1));
                PurchaseOrder.of(made, "gone", BigDecimal.ONE, false);
                manager.persist(made);
            });
            run(manager -> manager.remove(customer(manager, at("bulk0001"))));
            run(manager -> same(0L, saw(manager.createQuery("select count(o) from PurchaseOrder o where o.item = 'gone'").getSingleResult())));
            run(manager -> saw(manager.createQuery("delete from Customer c where c.name like 'bulk %'").executeUpdate()));
            run(manager -> manager.remove(customer(manager, at("new"))));
            same(12L, saw(count()));
        });

        step("transactions", () -> {
            raises(IllegalStateException.class, () -> run(manager -> {
                manager.persist(Customer.of(bulk(1)));
                manager.flush();
                throw new IllegalStateException("by hand");
            }));
            same(12L, saw(count()));
            raises(PSQLException.class, () -> run(manager -> {
                var twin = Customer.of(bulk(2));
                twin.email = at("ann");
                manager.persist(Customer.of(bulk(1)));
                manager.persist(twin);
            }));
            same(12L, saw(count()));
        });

        step("prepared", () -> run(manager -> {
            for (int i = 0; i < 20; i++) {
                same(Shop.person(i % 12 + 1), customer(manager, MAILS.get(i % 12)).person());
                manager.clear();
            }
        }));

        step("pool", () -> {
            var threads = Executors.newFixedThreadPool(8);
            var answers = new ArrayList<Future<String>>();
            for (int i = 1; i <= 8; i++) {
                var mine = Shop.person(i);
                answers.add(threads.submit(() -> {
                    for (int k = 0; k < 5; k++) {
                        run(manager -> {
                            same(mine, customer(manager, mine.email()).person());
                            manager.createQuery("update Customer c set c.name = :name where c.email = :email").setParameter("name", mine.name()).setParameter("email", mine.email()).executeUpdate();
                        });
                    }
                    return mine.name();
                }));
            }
            var names = new ArrayList<String>();
            for (var answer : answers) {
                names.add(answer.get());
            }
            threads.shutdown();
            saw(names);
        });

        step("unique_violation", () -> {
            var twin = Customer.of(bulk(1));
            twin.email = at("ann");
            var error = raises(PSQLException.class, () -> run(manager -> manager.persist(twin)));
            saw(List.of(error.getSQLState(), error.getServerErrorMessage().getConstraint()));
            var said = error.getMessage() + error.getServerErrorMessage().getDetail();
            holds(!THROUGH || !said.contains("\\xfb"), said);
            same("Ann", person("ann").name());
        });

        step("invalid_value", () -> {
            var states = new ArrayList<String>();
            states.add(raises(PSQLException.class, () -> run(manager -> customer(manager, at("ann")).ssn = "907-10-00012")).getSQLState());
            states.add(raises(PSQLException.class, () -> run(manager -> customer(manager, at("ann")).balance = new BigDecimal("1e12"))).getSQLState());
            states.add(raises(PSQLException.class, () -> run(manager -> customer(manager, at("ann")).email = null)).getSQLState());
            for (var value : List.of("1999-02-30", "nonsense")) {
                states.add(raises(PSQLException.class, () -> run(manager -> manager.createNativeQuery("update customers set birth_date = '" + value + "' where name = 'Ann'").executeUpdate())).getSQLState());
            }
            saw(states);
            same(Shop.person(1), person("ann"));
        });

        step("refused", () -> {
            if (THROUGH) {
                for (var text : List.of("select c from Customer c order by lower(c.email)", "select c from Customer c where c.email like 'ann%'", "select max(c.email) from Customer c",
                        "select sum(c.balance) from Customer c", "select c from Customer c where c.born > {d '1980-01-01'}")) {
                    var error = raises(PSQLException.class, () -> run(manager -> manager.createQuery(text).getResultList()));
                    same("0A000", error.getSQLState());
                    holds(error.getServerErrorMessage().getHint() != null, "no hint");
                }
            }
            same("Ann", person("ann").name());
        });

        step("raw_sql", () -> run(manager -> {
            saw(manager.createNativeQuery("select email from customers where email = ?").setParameter(1, at("ann")).getResultList());
            same("Ann", ((Customer) manager.createNativeQuery("select * from customers where email = ?", Customer.class).setParameter(1, at("ann")).getSingleResult()).name);
            var rows = new ArrayList<String>();
            for (var row : manager.createNativeQuery("select c.email, count(o.id) from customers c left join orders o on o.customer_id = c.id group by c.email").getResultList()) {
                rows.add(json(row));
            }
            java.util.Collections.sort(rows);
            saw(rows);
        }));

        step("lock", () -> {
            run(manager -> {
                var ask = manager.createNamedQuery("Customer.byEmail", Customer.class).setParameter("email", at("ann")).setLockMode(LockModeType.PESSIMISTIC_WRITE);
                var ann = ask.getSingleResult();
                manager.lock(ann, LockModeType.PESSIMISTIC_FORCE_INCREMENT);
                manager.refresh(ann, LockModeType.PESSIMISTIC_WRITE);
                ann.notes = "canary locked";
            });
            same("canary locked", saw(person("ann").notes()));
            run(manager -> manager.find(Customer.class, customer(manager, at("ann")).id, LockModeType.PESSIMISTIC_WRITE).notes = "canary note 1");
        });

        step("stream", () -> run(manager -> {
            var seen = new ArrayList<Object>();
            var ask = manager.createQuery("select c from Customer c order by c.id").setHint(QueryHints.SCROLLABLE_CURSOR, true).setHint(QueryHints.JDBC_FETCH_SIZE, 5);
            var cursor = (ScrollableCursor) ask.getSingleResult();
            while (cursor.hasNext()) {
                seen.add(((Customer) cursor.next()).email);
            }
            cursor.close();
            same(MAILS, saw(seen));
        }));

        step("reflection", "facade", () -> {
            // At start the tables are compared with the entities, and columns that are missing are added.
            var factory = open("SHOP_URL", Map.of("eclipselink.ddl-generation", "create-or-extend-tables"));
            same("Ann", in(factory, manager -> customer(manager, at("ann"))).name);
            factory.close();
            run(manager -> {
                var columns = manager.createNativeQuery("select column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '') from information_schema.columns where table_name = 'customers' order by ordinal_position").getResultList();
                saw(columns);
            });
        });

        step("second_day", () -> run(manager -> {
            saw(manager.createQuery("select c.email, c.balance, c.active from Customer c order by c.id", Object[].class).setMaxResults(2).getResultList().stream().map(List::of).toList());
            saw(manager.createQuery("select new java.math.BigDecimal(count(c)) from Customer c where c.email is not null").getResultList().size());
            saw(manager.createQuery("select coalesce(c.ssn, 'none') from Customer c order by c.id").getResultList());
            saw(manager.createQuery("select case when c.email = :email then 'me' else 'other' end from Customer c order by c.id").setParameter("email", at("ann")).setMaxResults(2).getResultList());
            same(List.of("Ann"), names(manager.createQuery("select c from Customer c where (:email is null or c.email = :email)", Customer.class).setParameter("email", at("ann"))));
            same(List.of("Ann"), names(manager.createQuery("select c from Customer c where c.email = (select d.email from Customer d where d.ssn = '907-10-0001')", Customer.class)));
            same(List.of("Ann"), names(manager.createQuery("select c from Customer c where lower(c.name) like concat(lower(:part), '%') order by c.id", Customer.class).setParameter("part", "AN")));
            same(List.of("Bob"), names(manager.createQuery("select c from Customer c join c.orders o where o.item like 'thing 2%' group by c having count(o) > 1", Customer.class)));
            manager.createQuery("update Customer c set c.name = concat(c.name, '!') where c.email = :email").setParameter("email", at("ann")).executeUpdate();
            manager.clear();
            same("Ann!", customer(manager, at("ann")).name);
            manager.createQuery("update Customer c set c.name = 'Ann' where c.email = :email").setParameter("email", at("ann")).executeUpdate();
            manager.clear();
            var ann = customer(manager, at("ann"));
            manager.refresh(ann);
            same("Ann", ann.name);
            holds(manager.contains(ann), "contains");
            same(at("ann"), manager.getReference(Customer.class, ann.id).email);
        }));

        step("left", () -> {
            same(12L, count());
            same(12L, in(shop, manager -> manager.createQuery("select count(o) from PurchaseOrder o").getSingleResult()));
            var all = new ArrayList<Object>();
            for (int i = 1; i <= 12; i++) {
                var found = MAILS.get(i - 1);
                var person = in(shop, manager -> customer(manager, found).person());
                same(Shop.person(i), person);
                all.add(person.fields());
            }
            saw(json(all).hashCode());
        });
        shop.close();
    }

    public static void main(String[] arguments) throws SQLException {
        if (arguments[0].equals("setup")) {
            setup();
        } else {
            run();
        }
        System.exit(failed == 0 ? 0 : 1);
    }
}
