import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import javax.persistence.CascadeType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.GeneratedValue;
import javax.persistence.GenerationType;
import javax.persistence.Id;
import javax.persistence.NamedQuery;
import javax.persistence.OneToMany;
import javax.persistence.OrderBy;
import javax.persistence.PrePersist;
import javax.persistence.SequenceGenerator;
import javax.persistence.Table;
import javax.persistence.Version;
import org.eclipse.persistence.annotations.CascadeOnDelete;

@Entity
@Table(name = "customers")
@NamedQuery(name = "Customer.byEmail", query = "select c from Customer c where c.email = :email")
public class Customer {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "customers_seq")
    @SequenceGenerator(name = "customers_seq", sequenceName = "customers_seq", allocationSize = 50)
    Long id;

    @Column(nullable = false, length = 254, unique = true)
    String email;

    @Column(nullable = false, length = 100)
    String name;

    @Column(length = 11)
    String ssn;

    @Column(columnDefinition = "text")
    String notes;

    @Column(name = "birth_date")
    Date born;

    @Column(nullable = false, precision = 10, scale = 2)
    BigDecimal balance = BigDecimal.ZERO;

    @Column(nullable = false)
    boolean active = true;

    @Column(name = "created_at", nullable = false)
    Timestamp created;

    @Version
    int version;

    @OneToMany(mappedBy = "customer", cascade = CascadeType.ALL, orphanRemoval = true)
    @CascadeOnDelete
    @OrderBy("id")
    List<PurchaseOrder> orders = new ArrayList<>();

    @PrePersist
    void stamp() {
        created = new Timestamp(System.currentTimeMillis());
    }

    static Customer of(Shop.Person person) {
        var customer = new Customer();
        customer.take(person);
        return customer;
    }

    void take(Shop.Person person) {
        email = person.email();
        name = person.name();
        ssn = person.ssn();
        notes = person.notes();
        born = person.born() == null ? null : Date.valueOf(person.born());
        balance = person.balance();
        active = person.active();
    }

    Shop.Person person() {
        return new Shop.Person(email, name, ssn, notes, born == null ? null : born.toLocalDate(), balance, active);
    }
}
