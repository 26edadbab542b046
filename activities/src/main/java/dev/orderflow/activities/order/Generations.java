package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.Revival;
import dev.orderflow.workflows.payment.PaymentWait;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How an order that ended unpaid at its deadline goes on, when it is paid after all. There are two
 * generations at most: a further one is paid, so that it never ends unpaid.
 */
@Singleton
public class Generations {

  /** The code of the reason for which an order ends that nobody has paid in time. */
  private static final String EXPIRED = "PAYMENT_EXPIRED";

  private final OrderReviews decisions;

  @Inject
  Generations(OrderReviews decisions) {
    this.decisions = decisions;
  }

  /**
   * Why the order does not go on, whatever was paid; absent where nothing stands against it. The
   * order is locked.
   */
  public Optional<Reason> objection(Handle tx, StoredOrder order) {
    if (order.endedAt().isEmpty()) {
      return Optional.of(new Reason("NOT_ENDED", "it is " + order.standing()));
    }
    boolean unpaid =
        order.status() == OrderStatus.DECLINED
            && order.reason().filter(why -> why.code().equals(EXPIRED)).isPresent();
    if (!unpaid || decisions.isTakenBackByPerson(tx, order.id())) {
      return Optional.of(new Reason("ENDED_OTHERWISE", "it did not only end unpaid"));
    }
    if (decisions.isRevivalRefused(tx, order.id())) {
      return Optional.of(new Reason("DECIDED", "it was decided before that it does not go on"));
    }
    return order
        .plan()
        .flatMap(plan -> plan.payment().waiting())
        .flatMap(PaymentWait::reviveWithin)
        .map(within -> tooLate(tx, order.id(), within))
        .orElse(Optional.of(new Reason("NOT_ALLOWED", "what comes late is given back")));
  }

  private static Optional<Reason> tooLate(Handle tx, OrderId order, Duration within) {
    String sql =
        """
        select clock_timestamp() > ended_at + :within * interval '1 second'
        from sales_order where id = :id
        """;
    boolean late =
        tx.createQuery(sql)
            .bind("id", order.value())
            .bind("within", within.toSeconds())
            .mapTo(Boolean.class)
            .one();
    return late
        ? Optional.of(new Reason("TOO_LATE", "it ended more than " + within + " ago"))
        : Optional.empty();
  }

  /** The order goes on, from the top; it is locked, and has ended. */
  public Revival begin(Handle tx, StoredOrder order, StepKey paidBy) {
    String sql =
        """
        update sales_order
        set status = 'PLACED', generation = generation + 1, paid_by = :paidBy, ending = null,
            ended_at = null, reason_code = null, reason_message = null, updated_at = now()
        where id = :id and ended_at is not null
        returning generation
        """;
    int generation =
        tx.createQuery(sql)
            .bind("id", order.id().value())
            .bind("paidBy", paidBy.toString())
            .mapTo(Integer.class)
            .one();
    Reason why = new Reason("PAID_LATE", paidBy + " pays for it, within the time for that");
    decisions.keepRevival(tx, order.id(), Decision.bySystem(why), OrderReviews.Answer.TAKEN);
    return new Revival(generation, paidBy);
  }

  /** What came is given back, whatever comes now. */
  public void refuse(Handle tx, OrderId order, Reason why) {
    decisions.keepRevival(tx, order, Decision.bySystem(why), OrderReviews.Answer.REFUSED);
  }
}
