package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Optional;
import org.joda.money.Money;

/**
 * One way to be paid: the seam where a payment provider is plugged in, by a jar with a {@link
 * PaymentChannelProvider}, or by its name in {@code MapBinder<String, PaymentChannel>}.
 *
 * <p>Every request carries its {@link StepKey} as the provider's idempotency key. No method throws
 * for what the network or the provider does: that is an {@link Answer}. It is {@code NOT_EXECUTED}
 * only where it is certain that <em>this</em> request did nothing (the connection was refused, the
 * provider says so), {@code DECLINED} only for a final refusal, and {@code UNKNOWN} in every other
 * case. No method takes longer than what is left of its budget. Safe for use by many threads.
 */
public interface PaymentChannel {
  /** A reason by which a provider says that the key was used for another request: a bug. */
  String KEY_REUSED = "KEY_REUSED";

  /** The reason of {@code NOT_EXECUTED} where no connection came about. */
  String UNREACHABLE = "UNREACHABLE";

  /** The reason of {@code NOT_EXECUTED} where the budget was spent before the call. */
  String NO_TIME_LEFT = "NO_TIME_LEFT";

  /**
   * The reason of {@code DECLINED} where the authorization is not held any more: too long ago, or
   * the customer's bank took it back. Nothing is left of it to capture, or to void.
   */
  String AUTHORIZATION_EXPIRED = "AUTHORIZATION_EXPIRED";

  /** The reason of {@code DECLINED} where an authorization is captured already. */
  String ALREADY_CAPTURED = "already_captured";

  /** As in orders and configuration. */
  String name();

  Abilities abilities();

  CallLimits limits();

  /** Reserves the amount. */
  Answer authorize(StepKey key, Purchase purchase, CallBudget budget);

  /** Authorizes and captures in one. */
  Answer charge(StepKey key, Purchase purchase, CallBudget budget);

  /**
   * Takes the whole amount of an authorization. {@code DECLINED} as {@link #AUTHORIZATION_EXPIRED}
   * where it has lapsed.
   */
  Answer capture(StepKey key, ProviderTransaction authorization, CallBudget budget);

  /** Gives up an authorization. */
  Answer voidAuthorization(StepKey key, ProviderTransaction authorization, CallBudget budget);

  /**
   * Gives back so much of a charge or capture. There may be several refunds of one payment, each
   * with its own key; more than is left of it, a provider declines.
   *
   * @param amount above 0 and not above what was taken, in the same currency
   */
  Answer refund(StepKey key, ProviderTransaction payment, Money amount, CallBudget budget);

  /**
   * Asks what the provider knows under an idempotency key. {@code NOT_EXECUTED}: nothing yet, which
   * is final only after {@link Abilities#horizon}; {@code PENDING}: it is at it; {@code UNKNOWN}:
   * no answer.
   */
  Answer find(StepKey key, CallBudget budget);

  /** Asks for what the provider calls {@code reference}; as {@link #find}. */
  Answer fetch(String reference, CallBudget budget);

  /**
   * Closes a payment that waits for the customer, by its key, so that it can't be paid any more.
   * {@code DECLINED} when it is closed now, {@code SUCCEEDED} when it was paid before. Only where
   * {@link Abilities#fence} is {@code CLOSE}.
   */
  default Answer close(StepKey key, CallBudget budget) {
    throw new UnsupportedOperationException(name() + " can't close a payment");
  }

  /**
   * Asks what became of a charge or capture since: refunds whoever made them, refunds that came
   * back, chargebacks and disputes. A channel that can't be asked answers {@link Movements#none}.
   */
  default Movements movements(ProviderTransaction payment, CallBudget budget) {
    return Movements.none();
  }

  /**
   * Asks what was taken of an authorization that the provider says {@linkplain #ALREADY_CAPTURED is
   * captured}, though none of our captures did: somebody has, at the provider. {@code NOT_EXECUTED}
   * where nobody did, or the channel can't say.
   */
  default Answer captured(ProviderTransaction authorization, CallBudget budget) {
    return Answer.notExecuted(
        new Reason("CANNOT_SAY", name() + " can't say what was captured at the provider."));
  }

  /** How the provider's own callbacks are read; empty where it sends none. */
  default Optional<Callbacks> callbacks() {
    return Optional.empty();
  }
}
