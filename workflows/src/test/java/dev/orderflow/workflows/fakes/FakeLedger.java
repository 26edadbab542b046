package dev.orderflow.workflows.fakes;

import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.Archived;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.order.Recollection;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ledger and the world in memory, for all orders of the tests. It keeps the promises that the
 * activity interfaces document, and fails where a test told it to.
 */
public final class FakeLedger {

  private record Script(OrderId order, Call call) {}

  private record Terms(OrderPlan plan, Optional<Reason> rejection) {}

  private final Map<OrderId, Terms> terms = new ConcurrentHashMap<>();
  private final Map<OrderId, FakeOrder> orders = new ConcurrentHashMap<>();
  private final Map<Script, Trouble> troubles = new ConcurrentHashMap<>();
  private final Map<String, Reason> objections = new ConcurrentHashMap<>();
  private final Map<Script, Integer> attempts = new ConcurrentHashMap<>();
  private final Map<OrderId, Reason> policies = new ConcurrentHashMap<>();
  private final Map<OrderId, Acceptance> archived = new ConcurrentHashMap<>();
  private volatile boolean tellsBalances;
  private final Map<OrderId, String> reversedByHand = new ConcurrentHashMap<>();

  /** What the shop will decide when the order is placed. */
  public void willPlan(OrderId order, OrderPlan plan) {
    terms.put(order, new Terms(plan, Optional.empty()));
  }

  /** The shop will not take the order. */
  public void willReject(OrderId order, Reason why) {
    terms.computeIfPresent(order, (id, known) -> new Terms(known.plan(), Optional.of(why)));
  }

  /** The refund policy does not allow to take the completed order back. */
  public void willNotRefund(OrderId order, Reason why) {
    policies.put(order, why);
  }

  /** The customer's bank takes back what came late, before we do. */
  public void bankTakesLateMoneyBack(OrderId order) {
    get(order).lateMoneyIsGone();
  }

  /** Late money of the order does not revive it. */
  public void willNotRevive(OrderId order, Reason why) {
    get(order).doNotRevive(why);
  }

  /** The policy has changed. */
  public void willRefundAgain(OrderId order) {
    policies.remove(order);
  }

  /** What goes wrong with a call of the order, from now on. */
  public void trouble(OrderId order, Call call, Trouble trouble) {
    troubles.put(new Script(order, call), trouble);
  }

  /** An operator lets the channel take no new payments. */
  public void drain(String channel) {
    objections.put(channel, new Reason(Reason.CHANNEL_DRAINED, channel + " takes none"));
  }

  Optional<Reason> objection(String channel) {
    return Optional.ofNullable(objections.get(channel));
  }

  /** The customer pays what the wallet has open. */
  public void customerPays(OrderId order) {
    FakeOrder known = get(order);
    known.customer(
        wallet -> {
          if (wallet.pay().step() == Step.CHARGE) {
            known.books.captured = known.books.captured.plus(known.books.total);
          } else {
            known.books.authorization = Books.Authorization.OPEN;
          }
        });
  }

  /** The customer pays another amount than the wallet has open. */
  public void customerPaysOther(OrderId order) {
    FakeOrder known = get(order);
    known.customer(
        wallet -> {
          wallet.payOther();
          known.books.cameLate++;
        });
  }

  /** The customer's bank takes the payment back. */
  public void disputed(OrderId order) {
    get(order).disputed();
  }

  /** A refund that was made at somebody's wish comes back. */
  public void refundFails(StepKey refund) {
    get(refund.order()).refundFailed(refund);
  }

  /** The customer pays what was closed, and the provider takes it nevertheless. */
  public void customerPaysLate(StepKey payment) {
    FakeOrder known = get(payment.order());
    known.customer(
        wallet -> {
          wallet.payLate(payment);
          known.books.cameLate++;
        });
  }

  /** The key of the payment that the customer could pay now, or an empty text. */
  public String openPayment(OrderId order) {
    return get(order).openPayment().map(StepKey::toString).orElse("");
  }

  /** The customer gives up what the wallet has open. */
  public void customerRefuses(OrderId order) {
    get(order).customer(Wallet::refuse);
  }

  /** Somebody gave the money back at the provider's own desk, and this is its receipt. */
  public void reverseByHand(OrderId order, String reference) {
    FakeOrder known = get(order);
    synchronized (known) {
      known.books.refunded = known.books.captured;
      if (known.books.authorization == Books.Authorization.OPEN) {
        known.books.authorization = Books.Authorization.VOIDED;
      }
    }
    reversedByHand.put(order, reference);
  }

  /** The ledger tells what was done for the order, as the real one does. */
  public void tellsSteps(OrderId order) {
    get(order).tellsSteps();
  }

  /**
   * Of orders that are placed from now on it tells what was paid and given back, as the real one.
   */
  public void tellsBalances() {
    tellsBalances = true;
  }

  public OrderStatus status(OrderId order) {
    return get(order).status();
  }

  /** What operators decided, oldest first. */
  public List<ReviewDecision> decisions(OrderId order) {
    return get(order).decisions();
  }

  /** How often the call was made. */
  public int attempts(OrderId order, Call call) {
    return attempts.getOrDefault(new Script(order, call), 0);
  }

  /** Fails unless ledger and world both are what this ending promises. */
  public void mustHaveEnded(OrderId order, OrderStatus ending) {
    FakeOrder known = get(order);
    synchronized (known) {
      org.assertj.core.api.Assertions.assertThat(known.status()).isEqualTo(ending);
      known.books.mustAgreeWith(ending);
    }
  }

  Trouble next(OrderId order, Call call) {
    return troubles.getOrDefault(new Script(order, call), Trouble.NONE);
  }

  int count(OrderId order, Call call) {
    return attempts.merge(new Script(order, call), 1, Integer::sum);
  }

  FakeOrder accept(OrderId order, Optional<OrderDocument> document) {
    if (document.isEmpty()) {
      return get(order);
    }
    FakeOrder placed =
        orders.computeIfAbsent(
            order,
            id -> {
              FakeOrder fresh = new FakeOrder(document.get(), terms.get(id).plan());
              terms.get(id).rejection().ifPresent(fresh::reject);
              if (tellsBalances) {
                fresh.tellsBalance();
              }
              return fresh;
            });
    if (!placed.isFor(document.get())) {
      throw ApplicationFailure.newNonRetryableFailure(
          order + " was placed before as another order", "KEY_REUSED");
    }
    return placed;
  }

  /** The order ended long ago, and only how it did is known. */
  public void archive(OrderId order, Archived since) {
    FakeOrder known = get(order);
    archived.put(
        order,
        Acceptance.archived(known.acceptance(Optional.empty()).status(), Optional.empty(), since));
  }

  Optional<Acceptance> archived(OrderId order) {
    return Optional.ofNullable(archived.get(order));
  }

  Recollection recall(OrderId order) {
    return new Recollection(
        archived(order)
            .map(
                left ->
                    OrderView.archived(
                        order, left.status(), left.reason(), left.archived().orElseThrow())));
  }

  FakeOrder get(OrderId order) {
    if (archived.containsKey(order)) {
      throw ApplicationFailure.newNonRetryableFailure(
          order + " is archived", OrderWorkflow.ARCHIVED);
    }
    FakeOrder known = orders.get(order);
    if (known == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          order + " is not in the ledger", "NO_SUCH_ORDER");
    }
    return known;
  }

  Optional<Reason> policy(OrderId order) {
    return Optional.ofNullable(policies.get(order));
  }

  boolean wasReversedByHand(OrderId order, String reference) {
    return reference.equals(reversedByHand.get(order));
  }
}
