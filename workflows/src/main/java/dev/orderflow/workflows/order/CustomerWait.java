package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.PaymentWait;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/**
 * The wait for a customer, from the first attempt to pay until the deadline. Beside it the provider
 * is asked by a ladder, because its callback may be lost.
 */
final class CustomerWait {

  /** What there is to do. */
  enum Next {
    /** Somebody wishes to cancel. */
    HEED_CANCELLATION,
    /** The customer has chosen another way to pay. */
    TRY_CHOICE,
    /** The provider may know more. */
    ASK,
    /** The deadline has passed. */
    CLOSE
  }

  private final PaymentWait terms;
  private final PaymentNews news;
  private final TakingBack takingBack;
  private final Runnable newStretch;
  private final long end;
  private int rung;
  private long askAt;

  /**
   * Begins now.
   *
   * @param newStretch told after every wait
   */
  CustomerWait(PaymentWait terms, PaymentNews news, TakingBack takingBack, Runnable newStretch) {
    this.terms = terms;
    this.news = news;
    this.takingBack = takingBack;
    this.newStretch = newStretch;
    end = Workflow.currentTimeMillis() + terms.deadline().toMillis();
    restartLadder();
  }

  /** When it is over. */
  Instant end() {
    return Instant.ofEpochMilli(end);
  }

  /** There is news, or a new attempt: the provider is soon asked again. */
  void restartLadder() {
    rung = 0;
    askAt = Workflow.currentTimeMillis() + terms.ladder().get(0).toMillis();
  }

  private void climb() {
    rung = Math.min(rung + 1, terms.ladder().size() - 1);
    askAt = Workflow.currentTimeMillis() + terms.ladder().get(rung).toMillis();
  }

  /** Waits while a payment can be paid. */
  Next forPayment() {
    return askAt < end ? await(askAt, "to ask the provider") : await(end, "to be paid");
  }

  /** Waits while there is no payment that could be paid. */
  Next forChoice() {
    return await(end, "to be paid");
  }

  private Next await(long until, String purpose) {
    Duration left = Duration.ofMillis(until - Workflow.currentTimeMillis());
    if (!isThereNews() && left.toMillis() > 0) {
      Deadline deadline = new Deadline(left, purpose);
      Workflow.await(() -> isThereNews() || deadline.isOver());
      deadline.cancel();
      newStretch.run();
    }
    return next(until);
  }

  private boolean isThereNews() {
    return takingBack.isWished() || news.isChosen() || news.isReported();
  }

  private Next next(long until) {
    if (takingBack.isWished()) {
      return Next.HEED_CANCELLATION;
    }
    if (news.isChosen()) {
      return Next.TRY_CHOICE;
    }
    if (news.isReported()) {
      news.asked();
      restartLadder();
      return Next.ASK;
    }
    if (until == end) {
      return Next.CLOSE;
    }
    climb();
    return Next.ASK;
  }
}
