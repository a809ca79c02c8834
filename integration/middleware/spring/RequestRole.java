/** The database role of the request that this thread serves; none outside a request. */
final class RequestRole {
    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    private RequestRole() {}

    static String current() {
        return CURRENT.get();
    }

    static void begin(String role) {
        CURRENT.set(role);
    }

    static void end() {
        CURRENT.remove();
    }
}
