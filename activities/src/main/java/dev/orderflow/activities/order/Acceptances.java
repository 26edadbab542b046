package dev.orderflow.activities.order;

import dev.orderflow.activities.ledger.Effects;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderFingerprint;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderRules;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView.StepView;
import dev.orderflow.workflows.order.Recollection;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes orders in. */
@Singleton
class Acceptances {

  /** The type of the failure when a document breaks a rule; nothing is written down then. */
  static final String INVALID_ORDER = "INVALID_ORDER";

  private final OrderConfig config;
  private final Transactions transactions;
  private final Ledger ledger;
  private final Orders orders;
  private final OrderReviews reviews;
  private final Placements placements;
  private final Assessor assessor;
  private final Judgement judgement;
  private final PaymentRecord payments;

  @Inject
  Acceptances(
      OrderConfig config,
      Transactions transactions,
      Ledger ledger,
      Orders orders,
      OrderReviews reviews,
      Placements placements,
      Assessor assessor,
      Judgement judgement,
      PaymentRecord payments) {
    this.config = config;
    this.transactions = transactions;
    this.ledger = ledger;
    this.orders = orders;
    this.reviews = reviews;
    this.placements = placements;
    this.assessor = assessor;
    this.judgement = judgement;
    this.payments = payments;
  }

  Acceptance accept(OrderInput input) {
    return input
        .document()
        .map(document -> place(input.orderId(), document))
        .orElseGet(() -> recover(input.orderId()));
  }

  private Acceptance place(OrderId id, OrderDocument document) {
    Optional<ApplicationFailure> broken = brokenRule(id, document);
    return broken.isEmpty()
        ? place(id, document, judgement.of(id, document, assessor.assess(document)))
        : earlier(id, document).orElseThrow(broken::get);
  }

  /** An order that was taken under older rules stays taken. */
  private Optional<Acceptance> earlier(OrderId id, OrderDocument document) {
    return transactions.read(tx -> orders.known(tx, id).map(known -> again(tx, document, known)));
  }

  private Acceptance place(OrderId id, OrderDocument document, Judgement.Judged judged) {
    return transactions.in(
        tx -> {
          Assessment assessment = judged.within(tx);
          var placed = new Placements.Placed(id, document, assessment, config.refundWindow());
          if (!placements.insert(tx, placed)) {
            return again(tx, document, known(tx, id));
          }
          judged.keep(tx, assessment);
          return fresh(assessment);
        });
  }

  private static Optional<ApplicationFailure> brokenRule(OrderId id, OrderDocument document) {
    try {
      OrderRules.check(document);
    } catch (InvalidOrderException e) {
      return Optional.of(invalid(e.getMessage()));
    }
    return id.equals(OrderId.ofKey(document.key()))
        ? Optional.empty()
        : Optional.of(invalid("key: is not that of " + id));
  }

  private static ApplicationFailure invalid(String message) {
    return ApplicationFailure.newNonRetryableFailure(message, INVALID_ORDER);
  }

  private static Acceptance fresh(Assessment assessment) {
    if (assessment instanceof Assessment.Possible possible) {
      return new Acceptance(
          OrderStatus.PLACED, Optional.empty(), Optional.of(possible.plan()), Optional.empty());
    }
    return new Acceptance(
        OrderStatus.REJECTED,
        Optional.of(((Assessment.Impossible) assessment).why()),
        Optional.empty(),
        Optional.empty());
  }

  private Known known(Handle tx, OrderId id) {
    return orders.known(tx, id).orElseThrow(() -> Orders.missing(id));
  }

  private Acceptance again(Handle tx, OrderDocument document, Known known) {
    if (!known.fingerprint().equals(OrderFingerprint.of(document))) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the key of " + known.id() + " was used before for another document", Ledger.KEY_REUSED);
    }
    return known instanceof StoredOrder order
        ? here(tx, order, Optional.empty(), List.of())
        : ((Tombstone) known).acceptance();
  }

  Recollection recall(OrderId id) {
    return new Recollection(transactions.read(tx -> orders.tombstone(tx, id)).map(Tombstone::view));
  }

  private Acceptance recover(OrderId id) {
    return transactions.read(
        tx -> {
          Known known = known(tx, id);
          return known instanceof StoredOrder order
              ? here(
                  tx, order, Optional.of(order.document()), Effects.shown(ledger.effects(tx, id)))
              : ((Tombstone) known).acceptance();
        });
  }

  private Acceptance here(
      Handle tx, StoredOrder order, Optional<OrderDocument> document, List<StepView> steps) {
    return new Acceptance(
        order.standing(),
        order.reason(),
        order.plan(),
        document,
        reviews.isApproved(tx, order.id()),
        steps,
        order.revival(),
        payments.paidBy(tx, order.id()),
        isOver(order) ? payments.balance(tx, order.id()) : Optional.empty(),
        Optional.empty());
  }

  /** Before that it may be another one soon, of which nobody would tell. */
  private static boolean isOver(StoredOrder order) {
    return order.completedAt().isPresent() || order.endedAt().isPresent();
  }
}
