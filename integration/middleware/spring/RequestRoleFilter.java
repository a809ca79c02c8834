import java.io.IOException;
import java.util.function.Function;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Names the database role of a request. Register it behind the filter that authenticates and before the one that opens
 * a session or transaction (`OpenEntityManagerInView`): a connection that is already taken keeps its role.
 */
public final class RequestRoleFilter extends OncePerRequestFilter {
    private final Function<HttpServletRequest, String> roleOf;

    /** For instance `request -> request.isUserInRole("PRIVILEGED") ? "app" : null`. */
    public RequestRoleFilter(Function<HttpServletRequest, String> roleOf) {
        this.roleOf = roleOf;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RequestRole.begin(roleOf.apply(request));
        try {
            chain.doFilter(request, response);
        } finally {
            RequestRole.end();
        }
    }
}
