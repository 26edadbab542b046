package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Effects;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.order.StoredOrder;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.payment.PaymentActivities.RefundWish;
import dev.orderflow.workflows.payment.PaymentBalance.Part;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.joda.money.Money;

/**
 * Decides about wishes for refunds, each in one transaction that locks the order: a refund and the
 * beginning of an undo see each other.
 */
@Singleton
final class RefundDecisions {
  private static final Set<Operation.State> IN_DOUBT =
      EnumSet.of(Operation.State.PENDING, Operation.State.UNKNOWN);

  private final Transactions transactions;
  private final Ledger ledger;
  private final Calls calls;
  private final Orders orders;
  private final Attempts attempts;
  private final Inquiries inquiries;
  private final PaymentStore payments = new PaymentStore();
  private final RefundStore refunds = new RefundStore();
  private final RefundCounter counter = new RefundCounter();

  @Inject
  RefundDecisions(
      Transactions transactions,
      Ledger ledger,
      Calls calls,
      Orders orders,
      Attempts attempts,
      Inquiries inquiries) {
    this.attempts = attempts;
    this.inquiries = inquiries;
    this.transactions = transactions;
    this.ledger = ledger;
    this.calls = calls;
    this.orders = orders;
  }

  RefundDecision decide(RefundWish wish) {
    inquire(wish);
    return transactions.in(
        tx -> {
          StoredOrder order = orders.lock(tx, wish.order());
          return decision(tx, order, wish).after(Effects.shown(ledger.effects(tx, order.id())));
        });
  }

  /**
   * What went back without our asking is not given back again. Where the provider does not answer,
   * the decision rests on what is known; it refuses itself what is more than it has left.
   */
  private void inquire(RefundWish wish) {
    transactions
        .read(
            tx ->
                isRepeat(tx, wish)
                    ? List.<BookedPayment>of()
                    : refundable(tx, orders.get(tx, wish.order())))
        .stream()
        .filter(payment -> attempts.reach(payment.channel()))
        .forEach(this::inquire);
  }

  private void inquire(BookedPayment payment) {
    try {
      inquiries.ask(payment);
    } catch (ApplicationFailure e) {
      if (e.isNonRetryable()) {
        throw e;
      }
      // Too much is under way there, or one of the payment's refunds is.
    }
  }

  private boolean isRepeat(Handle tx, RefundWish wish) {
    return refunds
        .ofWish(tx, wish.order(), wish.request().key())
        .filter(known -> !known.refused() || wish.insteadOf().isEmpty())
        .isPresent();
  }

  /**
   * Money that came unasked is given back as a whole, not at a wish; unless it is what the order
   * goes on with.
   */
  private List<BookedPayment> refundable(Handle tx, StoredOrder order) {
    return payments.ofOrder(tx, order.id()).stream()
        .filter(paid -> paid.captured().isPositive())
        .filter(
            paid ->
                paid.key().step() != Step.RECEIVE
                    || order.standsOn().equals(Optional.of(paid.key())))
        .toList();
  }

  private RefundDecision decision(Handle tx, StoredOrder order, RefundWish wish) {
    try {
      return RefundDecision.decided(order.standing(), decide(tx, order, wish));
    } catch (RefundRefused refused) {
      return RefundDecision.refused(standing(tx, order), refused.reason());
    }
  }

  /**
   * That an order waits for its customer is written down where a provider says what they have to
   * do; of one who may choose another way to pay, its payments say it.
   */
  private OrderStatus standing(Handle tx, StoredOrder order) {
    if (order.standing() != OrderStatus.PLACED) {
      return order.standing();
    }
    List<Operation> attempts =
        payments.ofOrder(tx, order.id()).stream()
            .flatMap(payment -> ledger.find(tx, payment.key()).stream())
            .toList();
    boolean mayStillChoose =
        order.plan().flatMap(plan -> plan.payment().waiting()).isPresent()
            && !attempts.isEmpty()
            && attempts.stream().allMatch(attempt -> attempt.state() == Operation.State.DECLINED);
    return mayStillChoose || attempts.stream().map(Operation::outcome).anyMatch(Standing::isAwaited)
        ? OrderStatus.AWAITING_PAYMENT
        : OrderStatus.PLACED;
  }

  private RefundDecision.Decided decide(Handle tx, StoredOrder order, RefundWish wish) {
    RefundRequest request = wish.request();
    Optional<BookedRefund> known = refunds.ofWish(tx, order.id(), request.key());
    known.ifPresent(refund -> requireSame(refund, request));
    // What was refused is asked anew only where that is wished; a repeat finds what it became.
    boolean anew =
        known
            .filter(BookedRefund::refused)
            .filter(refused -> wish.insteadOf().equals(Optional.of(refused.key())))
            .isPresent();
    if (known.filter(refund -> !refund.refused()).isPresent()) {
      return decided(tx, known.get());
    }
    requireCompleted(tx, order);
    if (known.isEmpty()) {
      requireWithinWindow(tx, order);
      return decided(tx, fresh(tx, order, request));
    }
    return anew ? decided(tx, anew(tx, known.get())) : decided(tx, known.get());
  }

  private static void requireSame(BookedRefund known, RefundRequest request) {
    if (!known
        .wish()
        .map(BookedRefund.Wish::fingerprint)
        .equals(Optional.of(RefundStore.fingerprint(request)))) {
      throw new RefundRefused(
          Ledger.KEY_REUSED,
          "the key '"
              + request.key()
              + "' was used for another refund of this order, of "
              + known.amount()
              + "; use a key of its own for each refund");
    }
    if (known.givenUp()) {
      throw new RefundRefused(
          "REFUND_GIVEN_UP",
          "the provider refused this refund, and an operator gave it up; ask with another key");
    }
    if (known.failed()) {
      throw new RefundRefused(
          "REFUND_FAILED",
          "the refund was made and came back; an operator decides what becomes of it");
    }
  }

  private void requireCompleted(Handle tx, StoredOrder order) {
    for (BookedPayment payment : payments.ofOrder(tx, order.id())) {
      boolean inDoubt =
          ledger
              .find(tx, payment.forward())
              .filter(known -> IN_DOUBT.contains(known.state()))
              .isPresent();
      if (inDoubt) {
        throw new RefundRefused(
            "PAYMENT_IN_DOUBT",
            "it is not known yet whether "
                + payment.amount()
                + " were taken; not yet, ask again later");
      }
    }
    if (order.standing() != OrderStatus.COMPLETED) {
      throw new RefundRefused(
          "NOT_COMPLETED",
          "only a completed order can be refunded; it is "
              + order.standing()
              + (order.standing().isEnded() ? "" : ", and can be cancelled"));
    }
  }

  private void requireWithinWindow(Handle tx, StoredOrder order) {
    orders
        .refundWindowOver(tx, order.id())
        .ifPresent(
            until -> {
              throw new RefundRefused(
                  "REFUND_WINDOW_OVER", "the order could be refunded until " + until);
            });
  }

  private StepKey fresh(Handle tx, StoredOrder order, RefundRequest request) {
    List<BookedRefund> standing =
        refunds.ofOrder(tx, order.id()).stream().filter(BookedRefund::stands).toList();
    BookedPayment payment =
        refundable(tx, order).stream()
            .max(
                Comparator.comparingLong(
                    paid -> RefundAmounts.left(paid, standing).getAmountMinorLong()))
            .orElseThrow(() -> new RefundRefused("NOTHING_PAID", "nothing was paid for the order"));
    List<Part> parts = RefundAmounts.parts(order.plan().orElseThrow(), request, standing);
    Money amount = RefundAmounts.of(request, parts, RefundAmounts.left(payment, standing));
    RefundAmounts.requireLeft(amount, payment, RefundAmounts.left(payment, standing));
    StepKey key = ledger.fresh(tx, order.id(), Step.REFUND);
    calls.intend(tx, key, new Refunds.Part(key, payment.forward(), amount));
    refunds.insert(tx, key, payment.key(), amount, Optional.of(request));
    refunds.insertLines(tx, key, parts);
    return key;
  }

  private StepKey anew(Handle tx, BookedRefund refused) {
    List<BookedRefund> standing =
        refunds.ofOrder(tx, refused.key().order()).stream().filter(BookedRefund::stands).toList();
    BookedPayment payment = payments.find(tx, refused.payment()).orElseThrow();
    RefundAmounts.requireLeft(refused.amount(), payment, RefundAmounts.left(payment, standing));
    StepKey key = ledger.fresh(tx, refused.key().order(), Step.REFUND);
    calls.intend(tx, key, new Refunds.Part(key, payment.forward(), refused.amount()));
    refunds.insertInsteadOf(tx, refused.key(), key);
    return key;
  }

  private RefundDecision.Decided decided(Handle tx, StepKey key) {
    return decided(tx, refunds.find(tx, key).orElseThrow());
  }

  private RefundDecision.Decided decided(Handle tx, BookedRefund refund) {
    StepKey forward = payments.find(tx, refund.payment()).orElseThrow().forward();
    return new RefundDecision.Decided(refund.key(), forward, refund.amount());
  }

  /** Nothing more is tried for the refund that was refused. Idempotent. */
  void giveUp(StepKey refused) {
    transactions.in(
        tx -> {
          orders.lock(tx, refused.order());
          counter.giveUp(tx, refused);
          return refused;
        });
  }
}
