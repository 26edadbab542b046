package dev.orderflow.activities.audit;

import dev.orderflow.activities.ledger.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Reads the whole ledger and says what does not agree in it: whether anyone was charged twice, or
 * for nothing, and whether what is counted is what there is. Reads page by page, in memory that
 * does not grow with the ledger; orders go on meanwhile.
 */
@Singleton
public class Audit {

  /** So many that a page takes a fraction of the time that a statement may. */
  private static final int PAGE = 1_000;

  private final Transactions transactions;
  private final AuditStore store = new AuditStore();

  @Inject
  Audit(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Something that should not be. */
  public record Finding(String subject, Kind kind) {}

  /** What can be wrong. */
  public enum Kind {
    /** A payment is booked as taken that no provider's transaction says was. */
    CAPTURED_UNSEEN,
    /** What is counted as refunded is not the sum of the refunds. */
    REFUNDS_DISAGREE,
    /** More went back of a payment than was taken. */
    GAVE_BACK_TOO_MUCH,
    /** An order has more of its customer's money than it costs. */
    PAID_TWICE,
    /** An order was taken back and its money was not. */
    KEPT,
    /** Goods were handed over and not paid. */
    NOT_PAID,
    /** Stock is reserved for nobody, or for more than is counted. */
    RESERVED_WRONGLY,
    /** The uses of a coupon are not those that are counted. */
    COUPON_USES_DISAGREE
  }

  /** What moved money: by channel, kind ({@code CHARGE} and so on) and currency. */
  public record Moved(String channel, String kind, String currency) implements Comparable<Moved> {
    @Override
    public int compareTo(Moved other) {
      return toString().compareTo(other.toString());
    }
  }

  /** So many transactions, and their sum in minor units. */
  public record Sum(long transactions, BigDecimal minor) {
    static final Sum NOTHING = new Sum(0, BigDecimal.ZERO);

    Sum plus(Sum more) {
      return new Sum(transactions + more.transactions, minor.add(more.minor));
    }
  }

  /**
   * What was found.
   *
   * @param orders in the ledger, archived ones among them
   * @param money of all of them
   */
  public record Result(long orders, long archived, TreeMap<Moved, Sum> money, long findings) {}

  /**
   * Reads everything.
   *
   * @param found told each finding when it is met
   * @param readSoFar told how many orders were read
   */
  public Result carryOut(Consumer<Finding> found, LongConsumer readSoFar) {
    long orders = 0;
    long archived = 0;
    AtomicLong findings = new AtomicLong();
    TreeMap<Moved, Sum> money = new TreeMap<>();
    Consumer<Finding> counted =
        finding -> {
          findings.incrementAndGet();
          found.accept(finding);
        };
    Optional<String> behind = Optional.of("");
    while (behind.isPresent()) {
      String from = behind.get();
      AuditStore.Page page = transactions.in(tx -> store.page(tx, from, PAGE));
      page.findings().forEach(counted);
      page.money().forEach((moved, sum) -> money.merge(moved, sum, Sum::plus));
      orders += page.orders();
      archived += page.archived();
      readSoFar.accept(orders);
      behind = page.last();
    }
    transactions.in(store::counters).forEach(counted);
    return new Result(orders, archived, money, findings.get());
  }
}
