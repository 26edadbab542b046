package dev.orderflow.workflows.fakes;

import dev.orderflow.workflows.coupon.CouponActivities;
import dev.orderflow.workflows.fakes.Books.Authorization;
import dev.orderflow.workflows.fakes.Books.Coupon;
import dev.orderflow.workflows.fakes.Books.Stock;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.Recollection;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.order.RevivalDecision;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.order.UndoRequest;
import dev.orderflow.workflows.payment.Observation;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.reward.RewardActivities;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.joda.money.Money;

/** All rooms, over the {@link FakeLedger}: what a worker registers in the tests. */
public final class FakeRooms
    implements OrderActivities,
        PaymentActivities,
        InventoryActivities,
        CouponActivities,
        RewardActivities,
        NotificationActivities {

  private final FakeLedger ledger;

  public FakeRooms(FakeLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Acceptance accept(OrderInput input) {
    return about(
        Call.ACCEPT,
        StepKey.of(input.orderId(), Step.ACCEPT),
        () ->
            ledger
                .archived(input.orderId())
                .orElseGet(
                    () ->
                        ledger
                            .accept(input.orderId(), input.document())
                            .acceptance(input.document())));
  }

  @Override
  public Recollection recall(OrderId order) {
    return ledger.recall(order);
  }

  @Override
  public UndoPlan beginUndo(UndoRequest request) {
    OrderId order = request.orderId();
    return about(
        Call.BEGIN_UNDO,
        StepKey.of(order, Step.ACCEPT),
        () -> ledger.get(order).beginUndo(request, ledger.policy(order)));
  }

  @Override
  public int openReview(ReviewRequest request) {
    return about(
        Call.OPEN_REVIEW,
        request.key(),
        () -> ledger.get(request.orderId()).openReview(request.status(), request.key()));
  }

  @Override
  public void closeReview(OrderId order, ReviewDecision decision) {
    about(
        Call.CLOSE_REVIEW,
        StepKey.of(order, Step.ACCEPT),
        () -> {
          ledger.get(order).closeReview(decision);
          return Outcome.succeeded();
        });
  }

  @Override
  public Outcome acceptAsDone(StepKey key) {
    return about(
        Call.ACCEPT_AS_DONE,
        key,
        () -> {
          FakeOrder order = ledger.get(key.order());
          order.done(key);
          doneByOtherMeans(order, key.step());
          return Outcome.succeeded();
        });
  }

  private static void doneByOtherMeans(FakeOrder order, Step step) {
    switch (step) {
      case COMMIT -> {
        order.books.stock = Stock.HANDED_OVER;
        order.committed();
      }
      case RELEASE, RESTOCK -> order.books.stock = Stock.ON_HAND;
      case COUPON_RELEASE -> order.books.coupon = Coupon.FREE;
      case REVOKE -> order.books.rewarded = false;
      default -> throw new IllegalArgumentException(step + " is not one of ours");
    }
  }

  @Override
  public RevivalDecision revive(OrderId order) {
    return about(Call.REVIVE, StepKey.of(order, Step.ACCEPT), () -> ledger.get(order).revive());
  }

  @Override
  public void end(Ending ending) {
    about(
        Call.END,
        StepKey.of(ending.orderId(), Step.ACCEPT),
        () -> {
          ledger.get(ending.orderId()).end(ending.status(), ending.reason());
          return Outcome.succeeded();
        });
  }

  @Override
  public Outcome hold(Hold hold) {
    return inside(hold.key(), books -> books.coupon = Coupon.HELD);
  }

  @Override
  public Outcome release(CouponActivities.Release release) {
    return inside(release.key(), books -> books.coupon = Coupon.FREE);
  }

  @Override
  public Outcome redeem(StepKey key) {
    return inside(key, books -> books.coupon = Coupon.REDEEMED);
  }

  @Override
  public Outcome reserve(Reservation reservation) {
    return inside(reservation.key(), books -> books.stock = Stock.RESERVED);
  }

  @Override
  public Outcome release(Return request) {
    return inside(
        request.key(),
        books -> books.stock = books.stock == Stock.RESERVED ? Stock.ON_HAND : books.stock);
  }

  @Override
  public Outcome commit(StepKey key) {
    Optional<Reason> disputed = ledger.get(key.order()).dispute();
    if (disputed.isPresent()) {
      return about(Call.COMMIT, key, () -> Outcome.declined(disputed.get()));
    }
    return inside(
        key,
        books -> {
          books.stock = Stock.HANDED_OVER;
          ledger.get(key.order()).committed();
        });
  }

  @Override
  public Outcome restock(Return request) {
    return inside(
        request.key(),
        books -> books.stock = books.stock == Stock.HANDED_OVER ? Stock.ON_HAND : books.stock);
  }

  @Override
  public Outcome grant(Grant grant) {
    return inside(grant.key(), books -> books.rewarded = true);
  }

  @Override
  public Outcome revoke(Revocation revocation) {
    return inside(revocation.key(), books -> books.rewarded = false);
  }

  @Override
  public PaymentAnswer authorize(Payment payment) {
    return pay(payment, books -> books.authorization = Authorization.OPEN);
  }

  @Override
  public Outcome capture(Capture capture) {
    return outside(
        capture.key(),
        books -> {
          books.authorization = Authorization.CAPTURED;
          books.captured = books.captured.plus(books.total);
        });
  }

  @Override
  public PaymentAnswer charge(Payment payment) {
    return pay(payment, books -> books.captured = books.captured.plus(payment.amount()));
  }

  private PaymentAnswer pay(Payment payment, Consumer<Books> effect) {
    StepKey key = payment.key();
    FakeOrder order = ledger.get(key.order());
    order.requireSame(key, payment);
    if (!payment.channel().equals(Wallet.CHANNEL)) {
      return PaymentAnswer.of(outside(key, effect));
    }
    Outcome outcome = outside(key, books -> order.pay(key), () -> order.pay(key).outcome());
    return outcome.state() == Outcome.State.PENDING ? order.pay(key) : PaymentAnswer.of(outcome);
  }

  @Override
  public PaymentAnswer query(StepKey key) {
    return about(Call.QUERY, key, () -> ledger.get(key.order()).query(key));
  }

  @Override
  public Optional<Reason> objection(String channel) {
    return ledger.objection(channel);
  }

  @Override
  public Outcome close(StepKey key) {
    return about(Call.CLOSE, key, () -> ledger.get(key.order()).close(key));
  }

  @Override
  public Outcome voidAuthorization(Reversal reversal) {
    return reverse(
        reversal,
        books -> {
          if (books.authorization == Authorization.OPEN) {
            books.authorization = Authorization.VOIDED;
          }
        });
  }

  @Override
  public Outcome refund(Reversal reversal) {
    FakeOrder order = ledger.get(reversal.key().order());
    if (order.isReceipt(reversal.key()) && !order.isPaidBy(reversal.forward())) {
      return order.isLateMoneyGone()
          ? outside(reversal.key(), books -> books.kept++, Outcome::succeeded)
          : reverse(reversal, books -> books.returned++);
    }
    Optional<Money> again = order.caseOf(reversal.key());
    if (again.isPresent() && !order.isPaidBy(reversal.forward())) {
      return reverse(
          reversal,
          books -> {
            books.refunded = books.refunded.plus(again.get());
            books.wished = books.wished.plus(again.get());
          });
    }
    return reverse(
        reversal, books -> books.refunded = books.refunded.plus(books.total).minus(books.wished));
  }

  @Override
  public RefundDecision decideRefund(RefundWish wish) {
    return about(
        Call.DECIDE_REFUND,
        StepKey.of(wish.order(), Step.ACCEPT),
        () -> {
          FakeOrder order = ledger.get(wish.order());
          return order
              .refunds(refunds -> refunds.decide(wish, ledger.policy(wish.order())))
              .after(order.steps());
        });
  }

  @Override
  public Outcome giveBack(StepKey refund) {
    Money amount = ledger.get(refund.order()).<Money>refunds(refunds -> refunds.amount(refund));
    return outside(
        refund,
        books -> {
          books.refunded = books.refunded.plus(amount);
          books.wished = books.wished.plus(amount);
        });
  }

  @Override
  public void giveUpRefund(StepKey refund) {
    ledger
        .get(refund.order())
        .refunds(
            refunds -> {
              refunds.giveUp(refund);
              return refund;
            });
  }

  @Override
  public void giveUp(UndoPlan.Undo undo) {
    about(
        Call.GIVE_UP,
        undo.key(),
        () -> {
          ledger.get(undo.key().order()).giveUp(undo);
          return Outcome.succeeded();
        });
  }

  @Override
  public Optional<PaymentBalance> balance(OrderId order) {
    return about(
        Call.BALANCE,
        StepKey.of(order, Step.ACCEPT),
        () -> Optional.of(ledger.get(order).refunds(FakeRefunds::balance)));
  }

  @Override
  public Observation observe(OrderId order) {
    return about(Call.OBSERVE, StepKey.of(order, Step.ACCEPT), () -> ledger.get(order).observe());
  }

  @Override
  public Outcome send(Message message) {
    return outside(message.key(), books -> books.mails.add(message.event()));
  }

  @Override
  public Outcome verify(Verification verification) {
    StepKey key = verification.key();
    return about(
        Call.VERIFY,
        key,
        () -> {
          if (!ledger.wasReversedByHand(key.order(), verification.reference())) {
            return Outcome.declined(new Reason("NOT_FOUND", "no such reversal of this payment"));
          }
          FakeOrder order = ledger.get(key.order());
          if (order.isReceipt(key)) {
            order.books.returned++;
          }
          order.done(key);
          return Outcome.succeeded(verification.reference());
        });
  }

  private Outcome reverse(Reversal reversal, Consumer<Books> effect) {
    FakeOrder order = ledger.get(reversal.key().order());
    return outside(
        reversal.key(),
        books -> {
          if (order.wasDone(reversal.forward(), () -> order.landed(reversal.forward()))) {
            effect.accept(books);
          }
        });
  }

  private <R> R about(Call call, StepKey key, Supplier<R> deed) {
    int attempt = ledger.count(key.order(), call);
    Trouble trouble = ledger.next(key.order(), call);
    trouble.before(key, attempt);
    R answer = deed.get();
    trouble.after(key, attempt);
    return answer;
  }

  private Outcome inside(StepKey key, Consumer<Books> effect) {
    FakeOrder order = ledger.get(key.order());
    Trouble trouble = ledger.next(key.order(), Call.of(key.step()));
    return about(
        Call.of(key.step()),
        key,
        () ->
            order.once(
                key,
                () -> {
                  Optional<Reason> refusal = trouble.refusal(key);
                  if (refusal.isEmpty()) {
                    effect.accept(order.books);
                  }
                  return refusal.map(Outcome::declined).orElseGet(Outcome::succeeded);
                }));
  }

  /** Claimed, then called without the ledger, then settled with whatever came of it. */
  private Outcome outside(StepKey key, Consumer<Books> effect) {
    return outside(key, effect, () -> Outcome.succeeded("at-" + key));
  }

  private Outcome outside(StepKey key, Consumer<Books> effect, Supplier<Outcome> answer) {
    FakeOrder order = ledger.get(key.order());
    Optional<Outcome> known = order.claim(key);
    if (known.isPresent()) {
      ledger.count(key.order(), Call.of(key.step()));
      return known.get();
    }
    Trouble trouble = ledger.next(key.order(), Call.of(key.step()));
    Outcome outcome = Outcome.notExecuted(new Reason("UNREACHABLE", "the call was not made"));
    int attempt = ledger.count(key.order(), Call.of(key.step()));
    try {
      trouble.before(key, attempt);
      Optional<Reason> refusal = trouble.refusal(key);
      if (refusal.isEmpty()) {
        order.land(key, effect);
        outcome = Outcome.unknown(new Reason("NO_ANSWER", "the answer was lost"));
      }
      trouble.after(key, attempt);
      outcome = refusal.map(Outcome::declined).orElseGet(answer);
    } finally {
      order.settle(key, outcome);
    }
    return outcome;
  }
}
