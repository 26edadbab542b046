package dev.orderflow.workflows.order;

import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.payment.Observation;
import dev.orderflow.workflows.saga.Failures;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;

/** The commit of the stock, with which an order is completed: paid as it is, it is finished. */
final class Handover {

  /** Of the version since which reports are heeded before the goods leave. */
  private static final String HEARD = "heard-before-handover";

  /** Of the version since which that includes reports from before the payment was known. */
  private static final String HEARD_WHILE_PAYING = "heard-while-paying";

  private final OrderRecord record;
  private final OrderSteps steps;
  private final OrderState state;
  private final Reviews reviews;
  private final TakingBack takingBack;
  private final PaymentNews news;
  private final Books books;

  Handover(
      OrderRecord record,
      OrderSteps steps,
      OrderState state,
      Reviews reviews,
      TakingBack takingBack,
      PaymentNews news,
      Books books) {
    this.record = record;
    this.steps = steps;
    this.state = state;
    this.reviews = reviews;
    this.takingBack = takingBack;
    this.news = news;
    this.books = books;
  }

  /**
   * Hands the goods over. What is refused waits for an operator, or a wish to cancel.
   *
   * @throws TakingBack.Begun when they are not handed over, but the order is taken back
   */
  void commit() {
    StepKey key = steps.key(Step.COMMIT);
    Optional<Reason> refused = commit(key);
    while (refused.isPresent()) {
      Optional<Choice> choice = reviews.await(wait(key, refused.get()), takingBack::isWished);
      if (choice.equals(Optional.of(Choice.REFUND))) {
        throw takingBack.begin(OrderStatus.CANCELLED, refused.get());
      }
      if (choice.equals(Optional.of(Choice.ACCEPT))) {
        refused = acceptAsDone(key);
      } else {
        key = key.next();
        refused = commit(key);
      }
    }
  }

  private static Reviews.Wait wait(StepKey key, Reason refused) {
    return new Reviews.Wait(
        OrderStatus.IN_REVIEW,
        key,
        refused,
        EnumSet.of(Choice.RETRY, Choice.ACCEPT, Choice.REFUND));
  }

  private Optional<Reason> commit(StepKey key) {
    takingBack.heedCancellation();
    hear();
    return settle(key, () -> steps.commit(key));
  }

  /**
   * What was reported is in the ledger before the goods leave, so that it can refuse the commit: a
   * payment that is asked for is found to be made, not to be disputed. What is to be given back is
   * given back afterwards: goods that are paid don't wait for it, nor for a provider that does not
   * answer.
   */
  private void hear() {
    if (news.takeUnheard() && isSince(HEARD_WHILE_PAYING)) {
      news.asked();
      if (!takingBack.attempt(this::isNothingFound)) {
        news.keepInMind();
      }
    }
    while (news.isReported() && isSince(HEARD)) {
      news.asked();
      takingBack.attempt(this::isNothingFound);
    }
  }

  private static boolean isSince(String change) {
    return Workflow.getVersion(change, Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /** Looks; otherwise there is something to give back, or the provider did not answer. */
  private boolean isNothingFound() {
    try {
      Observation found = steps.look();
      books.tell(found.balance());
      return found.undos().isEmpty();
    } catch (ActivityFailure e) {
      state.settled(steps.key(Step.RECEIVE), Outcome.unknown(Failures.reason(e)));
      return false;
    }
  }

  private Optional<Reason> acceptAsDone(StepKey key) {
    return settle(key, () -> record.acceptAsDone(key));
  }

  /** Why it was not settled; empty when the goods are handed over. */
  private Optional<Reason> settle(StepKey key, Supplier<Outcome> effect) {
    try {
      Outcome outcome = effect.get();
      state.settled(key, outcome);
      return notDisputed(outcome.reason());
    } catch (ActivityFailure e) {
      Reason reason = Failures.reason(e);
      if (reason.code().equals(Reason.FENCED)) {
        // Another run takes the order back. Nothing is left to decide; its ending is ours, too.
        throw takingBack.begin(OrderStatus.CANCELLED, reason);
      }
      return notDisputed(Optional.of(reason));
    }
  }

  /**
   * What the customer's bank takes back is not handed over. Nobody has to decide that: the order
   * ends as one that was cancelled before it was completed.
   */
  private Optional<Reason> notDisputed(Optional<Reason> refused) {
    if (refused.filter(why -> why.code().equals(Reason.DISPUTED)).isPresent()) {
      throw takingBack.begin(OrderStatus.CANCELLED, refused.get());
    }
    return refused;
  }
}
