package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Generations;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.order.StoredOrder;
import dev.orderflow.activities.order.UndoList;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.RevivalDecision;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.joda.money.Money;

/**
 * Decides whether an order goes on with money that came late, in one transaction that locks the
 * order. A refusal is kept, too: whoever was told that the money goes back gives it back, while
 * another one asks again.
 */
@Singleton
final class Revivals {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Orders orders;
  private final Generations generations;
  private final PaymentStore payments = new PaymentStore();

  @Inject
  Revivals(Transactions transactions, Ledger ledger, Orders orders, Generations generations) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.orders = orders;
    this.generations = generations;
  }

  RevivalDecision revive(OrderId id) {
    return transactions.in(tx -> revive(tx, orders.lock(tx, id)));
  }

  private RevivalDecision revive(Handle tx, StoredOrder order) {
    if (order.revival().isPresent() && order.ending().isEmpty()) {
      return RevivalDecision.revived(order.revival().get());
    }
    List<BookedPayment> late =
        payments.ofOrder(tx, order.id()).stream()
            .filter(payment -> payment.key().step() == Step.RECEIVE)
            .toList();
    if (late.isEmpty()) {
      return RevivalDecision.refused(new Reason("NOTHING_CAME", "nothing was paid late"));
    }
    Optional<Reason> objection =
        order
            .objection()
            .or(() -> generations.objection(tx, order))
            .or(() -> objection(tx, order, late));
    if (objection.isPresent()) {
      generations.refuse(tx, order.id(), objection.get());
      return RevivalDecision.refused(objection.get());
    }
    return RevivalDecision.revived(generations.begin(tx, order, late.get(0).key()));
  }

  private Optional<Reason> objection(Handle tx, StoredOrder order, List<BookedPayment> late) {
    BookedPayment payment = late.get(0);
    Money total = order.plan().orElseThrow().total();
    if (!payment.captured().equals(total)) {
      return Optional.of(new Reason("AMOUNT_DIFFERS", "not its total was paid, " + total));
    }
    boolean alone =
        payments.ofOrder(tx, order.id()).stream()
                .filter(paid -> paid.captured().isPositive())
                .count()
            == 1;
    return alone && payment.left().equals(total) && isAllThatIsLeft(tx, payment.key())
        ? Optional.empty()
        : Optional.of(new Reason("NOT_THE_ONLY_ONE", "it is not all that moved for the order"));
  }

  /** Whether everything else is undone, and nothing was begun or decided about this money. */
  private boolean isAllThatIsLeft(Handle tx, StepKey receive) {
    List<Operation> effects = ledger.effects(tx, receive.order());
    List<Undo> undos = new UndoList(receive.order(), effects).undos();
    return undos.size() == 1
        && undos.get(0).forward().equals(receive)
        && undos.get(0).held().isEmpty()
        && effects.stream().noneMatch(other -> other.forward().equals(Optional.of(receive)));
  }
}
