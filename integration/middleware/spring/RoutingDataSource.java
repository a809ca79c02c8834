import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * One pool of connections to Sealwire for each database role; the request says which. Without a request, or with a role
 * that has no pool, the one that sees the least serves.
 */
public final class RoutingDataSource extends AbstractRoutingDataSource {
    public RoutingDataSource(DataSource least, Map<String, DataSource> byRole) {
        setDefaultTargetDataSource(least);
        setTargetDataSources(Map.<Object, Object>copyOf(byRole));
        afterPropertiesSet();
    }

    @Override
    protected Object determineCurrentLookupKey() {
        return RequestRole.current();
    }
}
