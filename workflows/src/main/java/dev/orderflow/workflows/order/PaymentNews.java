package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/**
 * What is heard of an order's payment from outside: that there is something to ask the provider
 * about, and how the customer wants to pay. Neither says anything about money.
 */
final class PaymentNews {

  private final OrderState state;
  private boolean reported;
  private boolean unserved;
  private boolean everReported;
  private boolean unheard;
  private int attemptsLeft;
  private Optional<PaymentChoice> choice = Optional.empty();
  private Optional<Reason> objection = Optional.empty();

  PaymentNews(OrderState state) {
    this.state = state;
  }

  /** The provider has something to say. */
  void report() {
    reported = true;
    unserved = true;
    everReported = true;
  }

  /**
   * The payment is made. What was reported before may have been about more than the payment: that
   * it is disputed, for instance, where the report of the payment itself was lost.
   *
   * @param first whether no other payment of the order could have been meant
   */
  void paid(boolean first) {
    unheard = everReported;
    if (first) {
      served();
    }
  }

  /** Tells once whether there was a report before the payment was known to be made. */
  boolean takeUnheard() {
    boolean taken = unheard;
    unheard = false;
    return taken;
  }

  /** Something is to be looked into once the order stands, without a report. */
  void keepInMind() {
    unserved = true;
  }

  /** Whether there is something to ask about that was not asked about yet. */
  boolean isReported() {
    return reported;
  }

  /** The attempt that is under way is about to be asked about; others are not. */
  void asked() {
    reported = false;
  }

  /** Everything there is will have been asked about. */
  void served() {
    reported = false;
    unserved = false;
  }

  /** Whether there was a report that may have been about something else than what was asked. */
  boolean isUnserved() {
    return unserved;
  }

  /** How often the customer may still choose another way to pay. */
  void left(int attempts) {
    attemptsLeft = attempts;
  }

  boolean isChosen() {
    return choice.isPresent();
  }

  /** The customer's choice, which is heeded now. */
  PaymentChoice take() {
    PaymentChoice taken = choice.orElseThrow();
    choice = Optional.empty();
    return taken;
  }

  /** The choice that was taken can't be tried; nothing was done about it. */
  void refuse(Reason why) {
    objection = Optional.of(why);
  }

  /** Refuses a choice that can't be heeded, before it is written to the history. */
  void validate(PaymentChoice wanted) {
    try {
      OrderRules.check(wanted);
    } catch (InvalidOrderException e) {
      throw notPossible(e.getMessage());
    }
    if (state.status() != OrderStatus.AWAITING_PAYMENT) {
      throw notPossible("it does not wait for a payment; it is " + state.status());
    }
    if (choice.isPresent()) {
      throw notPossible("another way to pay is being tried");
    }
    if (attemptsLeft == 0) {
      throw notPossible("no attempts are left; only the one under way can still be paid");
    }
  }

  /**
   * Takes a choice, and answers when the order has ended or waits again.
   *
   * @throws ApplicationFailure when it can't be tried: then the order waits as before
   */
  OrderView choose(PaymentChoice wanted) {
    choice = Optional.of(wanted);
    objection = Optional.empty();
    Workflow.await(
        () ->
            state.status().isEnded()
                || state.status().isWaitingForReview()
                || (state.status() == OrderStatus.AWAITING_PAYMENT && choice.isEmpty()));
    if (objection.isPresent()) {
      throw notPossible(objection.get().toString());
    }
    return state.view();
  }

  private static ApplicationFailure notPossible(String message) {
    return ApplicationFailure.newNonRetryableFailure(message, OrderWorkflow.NOT_POSSIBLE);
  }
}
