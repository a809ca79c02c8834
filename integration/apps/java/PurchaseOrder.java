import java.math.BigDecimal;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.FetchType;
import javax.persistence.GeneratedValue;
import javax.persistence.GenerationType;
import javax.persistence.Id;
import javax.persistence.JoinColumn;
import javax.persistence.ManyToOne;
import javax.persistence.Table;

@Entity
@Table(name = "orders")
public class PurchaseOrder {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    @JoinColumn(name = "customer_id")
    Customer customer;

    @Column(nullable = false, length = 100)
    String item;

    @Column(nullable = false, precision = 10, scale = 2)
    BigDecimal total;

    @Column(nullable = false)
    boolean paid;

    static PurchaseOrder of(Customer customer, String item, BigDecimal total, boolean paid) {
        var order = new PurchaseOrder();
        order.customer = customer;
        order.item = item;
        order.total = total;
        order.paid = paid;
        customer.orders.add(order);
        return order;
    }
}
