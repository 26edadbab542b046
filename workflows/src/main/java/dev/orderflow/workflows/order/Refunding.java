package dev.orderflow.workflows.order;

import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.payment.RefundDecision.Decided;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundReply.Verdict;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Failures;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Steps;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The wishes for refunds of an ended order, one at a time. A wish to cancel goes first: its undo
 * settles what is in doubt and gives back what is left.
 */
final class Refunding {

  /** A wish, until it is done with; whoever wished may have been answered before. */
  private static final class Wish {
    private final RefundRequest request;
    private Optional<RefundReply> reply = Optional.empty();
    private Optional<ActivityFailure> failure = Optional.empty();

    Wish(RefundRequest request) {
      this.request = request;
    }

    boolean isAnswered() {
      return reply.isPresent() || failure.isPresent();
    }

    void answer(RefundReply answer) {
      reply = reply.or(() -> Optional.of(answer));
    }
  }

  private final RefundSteps steps;
  private final OrderState state;
  private final Reviews reviews;
  private final Cancellation cancellation;
  private final FollowUps messages;
  private final Deque<Wish> wishes = new ArrayDeque<>();

  Refunding(RefundSteps steps, OrderState state, Reviews reviews, Cancellation cancellation) {
    this.steps = steps;
    this.state = state;
    this.reviews = reviews;
    this.cancellation = cancellation;
    this.messages = new FollowUps(state);
  }

  /** Whether a wish waits to be served. */
  boolean isWished() {
    return !wishes.isEmpty();
  }

  /** Waits until {@code enough} comes true and the customer was told of every refund. */
  void await(BooleanSupplier asked, BooleanSupplier enough) {
    messages.await(() -> asked.getAsBoolean() || (messages.areSettled() && enough.getAsBoolean()));
  }

  /** Takes the wish of an update, and answers when it is known what became of it. */
  RefundReply await(RefundRequest request) {
    Wish wish = new Wish(request);
    if (state.review().isPresent()) {
      return behind(request);
    }
    wishes.add(wish);
    Workflow.await(wish::isAnswered);
    if (wish.failure.isPresent()) {
      throw wish.failure.get();
    }
    return wish.reply.orElseThrow();
  }

  /** The wish itself waits for an operator, and is asked for again; or another step does. */
  private RefundReply behind(RefundRequest request) {
    Review review = state.review().orElseThrow();
    Optional<Wish> same =
        wishes.stream()
            .filter(wish -> wish.request.key().equals(request.key()))
            .filter(wish -> wish.request.wanted().equals(request.wanted()))
            .findFirst();
    return same.flatMap(wish -> wish.reply).orElseGet(() -> behind(review.key()));
  }

  private static RefundReply behind(StepKey waiting) {
    String why = "its " + waiting.step().word() + " waits for an operator, who has to decide first";
    return RefundReply.refused(OrderStatus.IN_REVIEW, new Reason("IN_REVIEW", why));
  }

  /** What becomes of the order can't be known: whoever wished is told why. */
  void failed(ActivityFailure why) {
    wishes.forEach(wish -> wish.failure = Optional.of(why));
    wishes.clear();
  }

  /** The order is taken back, and with it everything is refunded. */
  void overtaken() {
    Reason why = new Reason("TAKEN_BACK", "the order was taken back as a whole meanwhile");
    wishes.forEach(wish -> wish.answer(RefundReply.refused(state.status(), why)));
    wishes.clear();
  }

  /** Serves the oldest wish, to its end or until the order is to be cancelled. */
  void serve() {
    Wish wish = wishes.getFirst();
    state.refunding(true);
    try {
      carryOut(wish);
      wishes.remove(wish);
    } catch (Steps.Interrupted e) {
      // The wish to cancel is heeded first; if that is refused, this one goes on.
    } finally {
      state.refunding(false);
    }
  }

  /**
   * Reads what was taken and given back.
   *
   * @param known what the ledger told before: histories of a version that did not tell it go on
   *     without the balance, too
   */
  void look(List<OrderView.StepView> known) {
    if (!known.isEmpty()) {
      state.balance(steps.balance());
    }
  }

  private void carryOut(Wish wish) {
    RefundDecision decision = steps.decide(wish.request, Optional.empty());
    state.knows(decision.steps());
    while (decision.refund().isPresent()) {
      Decided refund = decision.refund().get();
      Optional<Stuck> stuck = giveBack(refund);
      state.balance(steps.balance());
      if (stuck.isEmpty()) {
        wish.answer(reply(Verdict.REFUNDED, refund, Optional.empty()));
        messages.add(steps.notice(refund), steps.tell(refund));
        return;
      }
      if (stuck.get().isRefusal) {
        wish.answer(reply(Verdict.REFUSED, refund, Optional.of(stuck.get().reason)));
        return;
      }
      Choice choice = review(wish, refund, stuck.get());
      if (choice == Choice.DENY) {
        steps.giveUp(refund.key());
        return;
      }
      decision = steps.decide(wish.request, anew(choice, refund, stuck.get()));
    }
    wish.answer(refused(decision));
  }

  private RefundReply refused(RefundDecision decision) {
    if (decision.status().isEnded()) {
      state.is(decision.status());
    }
    return RefundReply.refused(decision.status(), decision.refusal().orElseThrow());
  }

  private RefundReply reply(Verdict verdict, Decided refund, Optional<Reason> why) {
    return new RefundReply(
        verdict,
        state.status(),
        Optional.of(refund.key()),
        Optional.of(refund.amount()),
        state.balance().map(balance -> balance.left()),
        why);
  }

  /**
   * Why a refund was not made.
   *
   * @param isRefusal whether nobody was asked, and nobody will be
   * @param isDeclined whether it is certain that the provider did not make it
   */
  private record Stuck(Reason reason, boolean isRefusal, boolean isDeclined) {}

  private Optional<Stuck> giveBack(Decided refund) {
    try {
      Outcome outcome = steps.giveBack(refund);
      state.settled(refund.key(), outcome);
      return outcome.reason().map(reason -> new Stuck(reason, false, true));
    } catch (ActivityFailure e) {
      return Optional.of(new Stuck(Failures.reason(e), Failures.isRefusal(e), false));
    }
  }

  /** Only what was certainly refused gets a fresh key, and may be given up. */
  private static Optional<StepKey> anew(Choice choice, Decided refund, Stuck stuck) {
    return choice == Choice.RETRY && stuck.isDeclined
        ? Optional.of(refund.key())
        : Optional.empty();
  }

  private Choice review(Wish wish, Decided refund, Stuck stuck) {
    Set<Choice> choices =
        stuck.isDeclined
            ? EnumSet.of(Choice.RETRY, Choice.ACCEPT, Choice.DENY)
            : EnumSet.of(Choice.RETRY, Choice.ACCEPT);
    Reviews.Verification verification =
        (reference, overtaken) -> steps.verify(refund, reference, overtaken);
    wish.answer(
        new RefundReply(
            Verdict.IN_REVIEW,
            OrderStatus.IN_REVIEW,
            Optional.of(refund.key()),
            Optional.of(refund.amount()),
            Optional.empty(),
            Optional.of(stuck.reason)));
    wishes.stream().skip(1).forEach(next -> next.answer(behind(refund.key())));
    wishes.removeIf(next -> next != wish);
    return reviews
        .await(
            new Reviews.Wait(
                OrderStatus.IN_REVIEW,
                refund.key(),
                stuck.reason,
                choices,
                Optional.of(verification)),
            cancellation::isWished)
        .orElseThrow(Steps.Interrupted::new);
  }
}
