import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the programs of the shop (SCENARIO.md) share: the people, and how a step reports. */
class Shop {
    static final boolean THROUGH = "proxy".equals(System.getenv("SHOP_THROUGH"));
    static final List<String> FEATURES = List.of(System.getenv().getOrDefault("SHOP_FEATURES", "").split(","));

    static int failed;
    static String name;

    interface Step {
        void run() throws Exception;
    }

    static void step(String name, Step step) {
        Shop.name = name;
        try {
            step.run();
            System.out.println("ok " + name);
        } catch (Throwable error) {
            failed++;
            var where = new StringBuilder();
            for (var frame : error.getStackTrace()) {
                if (frame.getFileName() != null && frame.getFileName().endsWith("Shop.java") && !frame.getFileName().equals("Shop.java")) {
                    where.append(' ').append(frame.getLineNumber());
                }
            }
            var why = String.valueOf(error.toString()).replace('\n', ' ');
            System.out.println("FAIL " + name + ": line" + where + ": " + why.substring(0, Math.min(400, why.length())));
        }
    }

    static void step(String name, String feature, Step step) {
        if (FEATURES.contains(feature)) {
            step(name, step);
        }
    }

    static <T> T saw(T value) {
        System.out.println("saw " + name + ": " + json(value));
        return value;
    }

    static String json(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        var parts = new ArrayList<String>();
        if (value instanceof Object[] array) {
            value = List.of(array);
        }
        if (value instanceof Collection<?> many) {
            many.forEach(one -> parts.add(json(one)));
            return "[" + String.join(",", parts) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, one) -> parts.add(json(key) + ":" + json(one)));
            return "{" + String.join(",", parts) + "}";
        }
        return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    static void same(Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError("expected " + json(expected) + ", found " + json(found));
        }
    }

    static void holds(boolean what, String why) {
        if (!what) {
            throw new AssertionError(why);
        }
    }

    static <E extends Throwable> E raises(Class<E> kind, Step step) {
        try {
            step.run();
        } catch (Throwable error) {
            for (var cause = error; cause != null; cause = cause.getCause()) {
                if (kind.isInstance(cause)) {
                    return kind.cast(cause);
                }
            }
            throw new AssertionError(kind.getSimpleName() + " was expected, not " + error, error);
        }
        throw new AssertionError(kind.getSimpleName() + " was expected");
    }

    /** `postgresql://user@host:port/database`, as JDBC wants it. */
    static String jdbc(String variable, String parameters) {
        var uri = URI.create(System.getenv(variable));
        var extra = parameters == null || parameters.isEmpty() ? "" : "&" + parameters;
        return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath() + "?user=" + uri.getUserInfo() + extra;
    }

    /** A customer as the scenario has it. */
    record Person(String email, String name, String ssn, String notes, LocalDate born, BigDecimal balance, boolean active) {
        List<Object> fields() {
            var fields = new ArrayList<Object>();
            fields.add(email);
            fields.add(name);
            fields.add(ssn);
            fields.add(notes);
            fields.add(born);
            fields.add(balance);
            fields.add(active);
            return fields;
        }
    }

    static final List<String> NAMES =
            List.of("Ann", "Bob", "Cid", "Dora", "Émile", "Fay", "Gül", "Hans", "Ida", "Jürgen", "Kim", "李雷");
    static final List<String> MAILS = List.of(at("ann"), at("bob"), at("cid"), "Dora.Mixed@Canary.Example", at("emile"), at("fay"),
            at("guel"), at("hans"), at("ida"), at("juergen"), at("kim"), at("lilei"));
    static final String LONG_NOTE = "canary ✓ naïve 'quoted' \"double\" \\ back\nsecond line 🦊";

    static String at(String name) {
        return name + "@canary.example";
    }

    static Person person(int i) {
        var notes = switch (i) {
            case 5 -> null;
            case 7 -> LONG_NOTE;
            case 8 -> "";
            default -> "canary note " + i;
        };
        return new Person(MAILS.get(i - 1), NAMES.get(i - 1), i == 3 || i == 6 ? null : String.format("907-10-%04d", i), notes,
                i == 3 ? null : LocalDate.of(1970, 1, 1).plusDays(400L * i), new BigDecimal("10.50").multiply(BigDecimal.valueOf(i)), i % 4 != 0);
    }

    static Person bulk(int i) {
        return new Person(at(String.format("bulk%04d", i)), String.format("bulk %04d", i), String.format("907-20-%04d", i),
                "canary bulk " + i, null, BigDecimal.valueOf(i).movePointLeft(2), true);
    }
}
