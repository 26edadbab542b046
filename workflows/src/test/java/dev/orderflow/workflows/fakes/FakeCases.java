package dev.orderflow.workflows.fakes;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.joda.money.Money;

/**
 * Money of one order that a person has to decide about. Guarded by its {@link FakeOrder}. The
 * refunds have numbers from 100 on, a hundred for each case.
 */
final class FakeCases {

  private record Case(StepKey forward, int first, Optional<Reason> held, Money amount) {

    StepKey refund() {
      return new StepKey(forward.order(), Step.REFUND, first);
    }

    boolean isRefundedBy(StepKey key) {
      return key.step() == Step.REFUND && key.n() >= first && key.n() < first + 100;
    }
  }

  private final List<Case> cases = new ArrayList<>();
  private final Map<StepKey, StepKey> receipts = new HashMap<>();
  private final Set<StepKey> givenUp = new HashSet<>();

  /** Money came unasked, for that payment; its receipt, unless it is known. */
  Optional<StepKey> receive(StepKey payment, Optional<Reason> held, Money amount) {
    if (receipts.containsKey(payment)) {
      return Optional.empty();
    }
    StepKey receipt = new StepKey(payment.order(), Step.RECEIVE, receipts.size() + 1);
    receipts.put(payment, receipt);
    add(receipt, held, amount);
    return Optional.of(receipt);
  }

  boolean isEmpty() {
    return cases.isEmpty();
  }

  /** The payment that a receipt is for. */
  Optional<StepKey> paymentOf(StepKey receipt) {
    return receipts.entrySet().stream()
        .filter(known -> known.getValue().equals(receipt))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** A refund of the payment came back. */
  void refundFailed(OrderId order, Money amount) {
    Reason why = new Reason("REFUND_FAILED", "refund " + (cases.size() + 1) + " came back");
    add(StepKey.of(order, Step.CHARGE), Optional.of(why), amount);
  }

  private void add(StepKey forward, Optional<Reason> held, Money amount) {
    cases.add(new Case(forward, 100 * (cases.size() + 1), held, amount));
  }

  void giveUp(StepKey undo) {
    givenUp.add(of(undo).orElseThrow().refund());
  }

  boolean isReceipt(StepKey undo) {
    return of(undo).filter(known -> known.forward().step() == Step.RECEIVE).isPresent();
  }

  /** How much an undo gives back; empty where it is not of a case. */
  Optional<Money> amount(StepKey undo) {
    return of(undo).map(Case::amount);
  }

  private Optional<Case> of(StepKey undo) {
    return cases.stream().filter(known -> known.isRefundedBy(undo)).findFirst();
  }

  /** The message that the money of a receipt was given back. */
  StepKey noticeOf(StepKey receipt) {
    return cases.stream()
        .filter(known -> known.forward().equals(receipt))
        .map(known -> new StepKey(receipt.order(), Step.RETURN_NOTICE, known.first()))
        .findFirst()
        .orElseThrow();
  }

  /** What is not done yet; under the next key where the last one was refused. */
  List<UndoPlan.Undo> undos(Predicate<StepKey> refused, Predicate<StepKey> done) {
    return cases.stream()
        .filter(known -> !givenUp.contains(known.refund()))
        .map(known -> new UndoPlan.Undo(key(known, refused), known.forward(), known.held()))
        .filter(undo -> !done.test(undo.key()))
        .toList();
  }

  private static StepKey key(Case known, Predicate<StepKey> refused) {
    StepKey key = known.refund();
    while (refused.test(key)) {
      key = key.next();
    }
    return key;
  }
}
