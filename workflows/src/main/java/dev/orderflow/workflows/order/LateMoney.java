package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.Observation;
import dev.orderflow.workflows.payment.PaymentWait;
import dev.orderflow.workflows.saga.Failures;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.Steps;
import io.temporal.failure.ActivityFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Money that came late, or a second time: the providers are asked about every payment of the order,
 * what came unasked is given back, and the customer is told. What is held waits for a person first.
 * Where the order's plan allows it, the ledger is asked before whether the order goes on with it.
 *
 * <p>A run that begins again finds nothing left to give back. Only the message is then missing
 * where a worker died between the refund and it.
 */
final class LateMoney {

  private final OrderSteps steps;
  private final OrderState state;
  private final Compensation compensation;
  private final Books books;
  private final PaymentNews news;
  private final Cancellation cancellation;
  private Optional<Revival> revival = Optional.empty();

  LateMoney(
      OrderSteps steps,
      OrderState state,
      Compensation compensation,
      Books books,
      PaymentNews news,
      Cancellation cancellation) {
    this.steps = steps;
    this.state = state;
    this.compensation = compensation;
    this.books = books;
    this.news = news;
    this.cancellation = cancellation;
  }

  /** Serves the reports, and gives way to a wish to cancel: its undo gives everything back. */
  void giveBack() {
    news.served();
    if (state.isArchived()) {
      return;
    }
    List<UndoPlan.Undo> back = new ArrayList<>();
    try {
      compensation.giveBack(this::unasked, cancellation::isWished, back::add);
    } catch (Steps.Interrupted e) {
      // Where the wish is refused, this goes on.
      news.report();
    } catch (ActivityFailure e) {
      // The next report, or the comparison with the provider's own books, asks again.
      state.settled(steps.key(Step.RECEIVE), Outcome.unknown(Failures.reason(e)));
    }
    if (cancellation.isWished()) {
      // A review may have given way to it, and is not decided.
      news.keepInMind();
    }
    books.read();
    FollowUps notices = new FollowUps(state);
    back.stream()
        .filter(LateMoney::isTold)
        .forEach(undo -> notices.add(undo.notice(), steps.tellReturned(undo.notice())));
    notices.await(notices::areSettled);
  }

  /** Whether the order was taken up again, and goes on with the money that came. */
  boolean isRevived() {
    return revival.isPresent();
  }

  /**
   * What came unasked and is not what the order goes on with. It may go on already, as was decided
   * in a task that was dropped: then nothing is left that came unasked.
   */
  private List<UndoPlan.Undo> unasked() {
    Observation found = steps.observe();
    books.tell(found.balance());
    if (mayRevive()) {
      revival = steps.revive().revival();
    }
    return found.undos().stream().filter(undo -> !isKept(undo)).toList();
  }

  private boolean mayRevive() {
    return !isRevived()
        && state.status() == OrderStatus.DECLINED
        && state
            .plan()
            .flatMap(plan -> plan.payment().waiting())
            .flatMap(PaymentWait::reviveWithin)
            .isPresent();
  }

  private boolean isKept(UndoPlan.Undo undo) {
    return revival.filter(how -> how.paidBy().equals(undo.forward())).isPresent();
  }

  /**
   * Of a refund that was made anew the customer was told when it was made first; of a dispute the
   * bank tells them.
   */
  private static boolean isTold(UndoPlan.Undo undo) {
    return undo.held().isEmpty() || undo.forward().step() == Step.RECEIVE;
  }
}
