import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import javax.servlet.FilterChain;
import javax.servlet.http.HttpServletRequest;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.BeanPropertyRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.BeanPropertySqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The same page for a support person and for a privileged one, over one JdbcTemplate. */
class MiddlewareTest {
    /** A row as Spring maps it onto a bean. */
    public static class Customer {
        private Long id;
        private String email;
        private String name;
        private String ssn;
        private String notes;
        private BigDecimal balance;

        public Long getId() { return id; }
        public void setId(Long id) { this.id = id; }
        public String getEmail() { return email; }
        public void setEmail(String email) { this.email = email; }
        public String getName() { return name; }
        public void setName(String name) { this.name = name; }
        public String getSsn() { return ssn; }
        public void setSsn(String ssn) { this.ssn = ssn; }
        public String getNotes() { return notes; }
        public void setNotes(String notes) { this.notes = notes; }
        public BigDecimal getBalance() { return balance; }
        public void setBalance(BigDecimal balance) { this.balance = balance; }
    }

    static DataSource pool(String variable) {
        var uri = URI.create(System.getenv(variable));
        return new DriverManagerDataSource("jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), uri.getUserInfo(), "");
    }

    static final DataSource SOURCE = new RoutingDataSource(pool("CLERK_URL"), Map.of("app", pool("SHOP_URL")));
    static final JdbcTemplate JDBC = new JdbcTemplate(SOURCE);
    static final NamedParameterJdbcTemplate NAMED = new NamedParameterJdbcTemplate(SOURCE);
    static final RequestRoleFilter FILTER = new RequestRoleFilter(request -> request.isUserInRole("PRIVILEGED") ? "app" : null);

    interface Page {
        void show() throws Exception;
    }

    /** Serves a page to somebody, through the filter. */
    static void serve(String role, Page page) throws Exception {
        var request = new MockHttpServletRequest("GET", "/customers");
        if (role != null) {
            request.addUserRole(role);
        }
        FilterChain chain = (ask, answer) -> {
            try {
                page.show();
            } catch (RuntimeException error) {
                throw error;
            } catch (Exception error) {
                throw new IllegalStateException(error);
            }
        };
        FILTER.doFilter((HttpServletRequest) request, new MockHttpServletResponse(), chain);
    }

    static List<Object> ann() {
        return JDBC.queryForObject("select name, email, ssn, notes from customers where email = ?",
                (row, number) -> java.util.Arrays.<Object>asList(row.getString(1), row.getString(2), row.getString(3), row.getString(4)), "ann@canary.example");
    }

    static void same(Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError("expected " + expected + ", found " + found);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var whole = List.<Object>of("Ann", "ann@canary.example", "907-10-0001", "canary note 1");
        var masks = java.util.Arrays.<Object>asList("Ann", "a***@c***.example", "*******0001", null);

        serve("PRIVILEGED", () -> same(whole, ann()));
        System.out.println("ok the privileged person sees values");
        serve("SUPPORT", () -> same(masks, ann()));
        serve(null, () -> same(masks, ann()));
        same(masks, ann());
        System.out.println("ok the support person, a stranger and no request see masks");

        try {
            serve("PRIVILEGED", () -> {
                throw new IllegalStateException("the page fails");
            });
        } catch (IllegalStateException expected) {
            same(null, RequestRole.current());
        }
        same(masks, ann());
        System.out.println("ok a failed request leaves no role behind");

        // A bean with every field, read and written back.
        serve("SUPPORT", () -> {
            var bean = NAMED.queryForObject("select * from customers where email = :email", Map.of("email", "ann@canary.example"), new BeanPropertyRowMapper<>(Customer.class));
            bean.setName("Anna");
            same(1, NAMED.update("update customers set email = :email, name = :name, ssn = :ssn, notes = :notes, balance = :balance where id = :id", new BeanPropertySqlParameterSource(bean)));
        });
        serve("PRIVILEGED", () -> {
            same(List.of("Anna", whole.get(1), whole.get(2), whole.get(3)), ann());
            same(1, JDBC.update("update customers set name = 'Ann' where email = ?", "ann@canary.example"));
        });
        System.out.println("ok what a support person writes back destroys nothing");

        serve("PRIVILEGED", () -> {
            // Spring's own habits: lists, inserts by metadata, batches, transactions, exceptions.
            same(List.of("Ann", "Bob"), NAMED.queryForList("select name from customers where email in (:mails) order by id",
                    Map.of("mails", List.of("ann@canary.example", "bob@canary.example")), String.class));
            var insert = new SimpleJdbcInsert(SOURCE).withTableName("customers").usingColumns("email", "name", "notes", "balance").usingGeneratedKeyColumns("id");
            var key = insert.executeAndReturnKey(Map.of("email", "spring@canary.example", "name", "Spring", "notes", "canary", "balance", new BigDecimal("1.50")));
            same("spring@canary.example", JDBC.queryForObject("select email from customers where id = ?", String.class, key.longValue()));
            var batch = new ArrayList<Object[]>();
            for (int i = 0; i < 100; i++) {
                batch.add(new Object[] {"spring" + i + "@canary.example", "Spring", "canary " + i, BigDecimal.ONE});
            }
            same(100, JDBC.batchUpdate("insert into customers (email, name, notes, balance) values (?, ?, ?, ?)", batch).length);
            var transactions = new TransactionTemplate(new DataSourceTransactionManager(SOURCE));
            transactions.execute(status -> {
                JDBC.update("update customers set notes = ? where email = ?", "canary changed", "spring1@canary.example");
                status.setRollbackOnly();
                return null;
            });
            same("canary 1", JDBC.queryForObject("select notes from customers where email = ?", String.class, "spring1@canary.example"));
            var nested = new TransactionTemplate(transactions.getTransactionManager());
            nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            transactions.execute(status -> {
                JDBC.update("update customers set notes = ? where email = ?", "canary outer", "spring1@canary.example");
                try {
                    nested.execute(inner -> JDBC.update("insert into customers (email, name, balance) values (?, 'x', 1)", "ann@canary.example"));
                    throw new AssertionError("not unique");
                } catch (DuplicateKeyException expected) {
                    return null;
                }
            });
            same("canary outer", JDBC.queryForObject("select notes from customers where email = ?", String.class, "spring1@canary.example"));
            try {
                JDBC.queryForList("select * from customers order by lower(email)");
                throw new AssertionError("not refused");
            } catch (DataAccessException refused) {
                same("0A000", ((java.sql.SQLException) refused.getRootCause()).getSQLState());
            }
            same(101, JDBC.update("delete from customers where name = 'Spring'"));
        });
        System.out.println("ok lists, inserts by metadata, batches and nested transactions");

        var threads = Executors.newFixedThreadPool(8);
        var answers = new ArrayList<java.util.concurrent.Future<?>>();
        for (int i = 0; i < 16; i++) {
            var role = i % 2 == 0 ? "PRIVILEGED" : "SUPPORT";
            answers.add(threads.submit(() -> {
                for (int k = 0; k < 5; k++) {
                    serve(role, () -> same(role.equals("PRIVILEGED") ? whole : masks, ann()));
                }
                return null;
            }));
        }
        for (var answer : answers) {
            answer.get();
        }
        threads.shutdown();
        System.out.println("ok requests at once keep their roles");
    }
}
