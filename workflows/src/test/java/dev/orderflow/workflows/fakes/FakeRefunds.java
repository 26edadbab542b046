package dev.orderflow.workflows.fakes;

import dev.orderflow.workflows.payment.PaymentActivities.RefundWish;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/** The refunds of one order that somebody wished for. Guarded by its {@link FakeOrder}. */
final class FakeRefunds {

  private record Entry(StepKey key, RefundRequest request, Money amount) {}

  private final FakeOrder order;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<StepKey> givenUp = new HashSet<>();

  FakeRefunds(FakeOrder order) {
    this.order = order;
  }

  boolean isWish(StepKey key) {
    return entries.stream().anyMatch(entry -> entry.key().equals(key));
  }

  Money amount(StepKey key) {
    return entries.stream().filter(e -> e.key().equals(key)).findFirst().orElseThrow().amount();
  }

  void giveUp(StepKey key) {
    givenUp.add(key);
  }

  /** The same wish is the same refund; one that was refused is tried anew where that is wished. */
  RefundDecision decide(RefundWish wish, Optional<Reason> policy) {
    Optional<Entry> known =
        entries.stream()
            .filter(entry -> entry.request().key().equals(wish.request().key()))
            .reduce((first, second) -> second);
    if (known.isPresent() && !known.map(Entry::key).equals(wish.insteadOf())) {
      return again(known.get(), wish.request());
    }
    if (!order.isCompleted()) {
      return refused("NOT_COMPLETED", "it is " + order.status());
    }
    if (known.isEmpty() && policy.isPresent()) {
      return RefundDecision.refused(order.status(), policy.get());
    }
    Money amount = known.map(Entry::amount).orElseGet(() -> amount(wish.request()));
    if (amount.isGreaterThan(left())) {
      return refused("MORE_THAN_LEFT", amount + " is more than " + left());
    }
    Entry entry = new Entry(order.freshKey(wish.order(), Step.REFUND), wish.request(), amount);
    entries.add(entry);
    return decided(entry);
  }

  private RefundDecision again(Entry known, RefundRequest request) {
    if (!known.request().wanted().equals(request.wanted())) {
      return refused("KEY_REUSED", "the key was used for " + known.amount());
    }
    return givenUp.contains(known.key())
        ? refused("REFUND_GIVEN_UP", "an operator gave it up")
        : decided(known);
  }

  private RefundDecision refused(String code, String message) {
    return RefundDecision.refused(order.status(), new Reason(code, message));
  }

  private RefundDecision decided(Entry entry) {
    return RefundDecision.decided(
        order.status(),
        new RefundDecision.Decided(
            entry.key(), StepKey.of(entry.key().order(), Step.CHARGE), entry.amount()));
  }

  private Money amount(RefundRequest request) {
    return request.wanted() instanceof RefundRequest.Amount asked ? asked.amount() : left();
  }

  private Money left() {
    return entries.stream()
        .filter(entry -> !order.wasRefused(entry.key()))
        .map(Entry::amount)
        .reduce(order.books.captured, Money::minus);
  }

  PaymentBalance balance() {
    Books books = order.books;
    Money captured = books.captured.plus(books.total.multipliedBy(books.cameLate));
    Money refunded = books.refunded.plus(books.total.multipliedBy(books.returned));
    return new PaymentBalance(
        captured,
        refunded,
        captured.minus(refunded),
        entries.stream()
            .map(
                entry ->
                    new PaymentBalance.Refund(
                        entry.key(),
                        entry.amount(),
                        order.wasRefused(entry.key())
                            ? Outcome.State.DECLINED
                            : Outcome.State.SUCCEEDED,
                        Optional.of(entry.request().key()),
                        Optional.of(entry.request().decision().reason()),
                        List.of()))
            .toList());
  }
}
