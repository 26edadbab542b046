package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.RevivalDecision;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Undoing;
import io.temporal.activity.ActivityInterface;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What moves money. Where it is not said otherwise every method answers {@code SUCCEEDED} or {@code
 * DECLINED}; what is not settled is thrown as a {@link dev.orderflow.workflows.saga.StepFailure},
 * retryable, with the outcome as its detail.
 *
 * <p>Each is idempotent by its key: the operation row is committed before the provider is called,
 * with the same key as the provider's idempotency key; a repeat returns the recorded outcome, and
 * while the row's lease is alive answers {@code PENDING}.
 */
@ActivityInterface(namePrefix = "Payment.")
public interface PaymentActivities {

  /**
   * Reserves the amount with the provider. Pins the order's reservations. Answers {@code PENDING}
   * where the customer has to do something first.
   */
  PaymentAnswer authorize(Payment payment);

  /** Takes the authorized amount: the pivot. */
  Outcome capture(Capture capture);

  /**
   * Authorizes and captures in one call: the pivot. Pins the order's reservations. Answers {@code
   * PENDING} where the customer has to do something first.
   */
  PaymentAnswer charge(Payment payment);

  /** Undoes an authorization. Succeeds where none was made, or a capture has consumed it. */
  Outcome voidAuthorization(Reversal reversal);

  /**
   * Gives back what is left of what a charge or capture took. First settles what is in doubt about
   * it and about its other refunds, and asks what went back without us; succeeds without a call
   * where nothing is left, and is {@code DECLINED} as {@code DISPUTED} while the customer disputes
   * it.
   */
  Outcome refund(Reversal reversal);

  /**
   * Decides, in one transaction, whether money is given back at somebody's wish, and how much.
   * Nobody is asked yet. Idempotent by the request's key: the same wish is the same refund, another
   * one is refused.
   */
  RefundDecision decideRefund(RefundWish wish);

  /** Gives back what was decided under that key. */
  Outcome giveBack(StepKey refund);

  /** Records that nothing more is tried for a refund that was refused. Idempotent. */
  void giveUpRefund(StepKey refund);

  /** What the order's payments took and gave back; empty where nothing was ever asked for. */
  Optional<PaymentBalance> balance(OrderId order);

  /**
   * Asks the provider whether {@code reference} really is the undo (or do) that {@code key} names,
   * for the same amount, currency and payment, and records it as done. {@code DECLINED} with the
   * reason when it is not.
   */
  Outcome verify(Verification verification);

  /**
   * Asks the provider where an authorization or charge stands, and records it. {@code PENDING}
   * while it waits for the customer; {@code NOT_EXECUTED} when it is certain that the provider does
   * not know of it.
   */
  PaymentAnswer query(StepKey payment);

  /** Why a channel takes no new payments now; absent where it does. No provider is asked. */
  Optional<Reason> objection(String channel);

  /**
   * Closes an authorization or charge at the provider, so that the customer can't pay it any more,
   * and fences its key. {@code DECLINED} when it is closed; {@code SUCCEEDED} when it was paid
   * before that.
   */
  Outcome close(StepKey payment);

  /**
   * Asks the providers about every payment of the order that is not known to be made, and what
   * became of those that were; records what they report. Money that came for a payment that was
   * declined, closed or fenced is booked as an effect of its own, {@code RECEIVE}; so are refunds
   * and chargebacks that nobody here asked for, and what of that came back. Disputes are opened as
   * cases. An authorization that came too late is voided.
   *
   * @return what must be given back now, as undos: such money; everything that was paid, where the
   *     order was taken back; otherwise every payment but the first. Held where a person decides:
   *     money of another amount or currency than was asked for, a refund that came back, and what
   *     came back of a chargeback after the order was taken back. Empty where nothing is left to
   *     give back. And the balance, where more happened than the order's own payment
   */
  Observation observe(OrderId order);

  /**
   * Records that an undo which a person had to decide about is not carried out, nor ever proposed
   * again: what it would give back is kept. Also of one that was released, and then refused.
   * Idempotent.
   */
  void giveUp(UndoPlan.Undo undo);

  /**
   * Decides, once, what becomes of money that came after its order had ended: the order goes on
   * with it, in a further generation of keys, or it is given back. It goes on only where it ended
   * unpaid at the deadline and nobody has cancelled it, everything is undone, its plan allows it
   * still, and exactly one late payment of exactly its total has come, of which nothing was given
   * back or is about to be. Idempotent: a decision is never changed, and while it goes on that is
   * the answer.
   */
  RevivalDecision revive(OrderId order);

  /** A payment to make. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Payment(StepKey key, String channel, String token, Money amount) {}

  /** An authorization to capture in full. */
  record Capture(StepKey key, StepKey authorization) {}

  /**
   * A wish to give money back.
   *
   * @param insteadOf the refund of the same wish that the provider refused: it is tried anew, under
   *     a fresh key; absent the first time
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record RefundWish(OrderId order, RefundRequest request, Optional<StepKey> insteadOf) {
    public RefundWish {
      insteadOf = insteadOf == null ? Optional.empty() : insteadOf;
    }
  }

  /** A payment to take back: all that is left of it. */
  record Reversal(StepKey key, StepKey forward) implements Undoing {}

  /** What an operator says was done by other means. */
  record Verification(StepKey key, StepKey forward, String reference) {}
}
