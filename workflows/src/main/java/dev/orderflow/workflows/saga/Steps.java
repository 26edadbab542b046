package dev.orderflow.workflows.saga;

import io.temporal.activity.LocalActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Local first, regular in trouble: the one place that decides how a step's activity is called.
 *
 * <p>A step runs as a local activity, within the workflow task, where it costs one event. When that
 * fails, or the stretch since the last wait has used up its budget, the regular activity of the
 * same interface takes over with the same key: durable attempts, visible in the Web UI. Nothing is
 * concluded from the change; what was done under the key, the ledger knows.
 */
public final class Steps {

  /** Below this a local attempt could not even answer. */
  private static final Duration LEAST = Duration.ofMillis(200);

  private final Runnable inTrouble;
  private Duration budget = Duration.ofSeconds(3);
  private long stretchBegan = Workflow.currentTimeMillis();

  /** The activity of a room, with the durations of a ladder; said with its summary. */
  public record Call<A>(Class<A> room, Ladder ladder, String summary) {}

  /**
   * How the quick attempts of a step ended.
   *
   * @param answer empty where they gave none
   * @param trouble where the step stands, as the last attempt without an answer said; empty where
   *     there is an answer, or nothing is known
   */
  public record Quick<R>(Optional<R> answer, Optional<Outcome.State> trouble) {

    /** Whether it is certain that nothing happened. */
    public boolean isNotExecuted() {
      return trouble.equals(Optional.of(Outcome.State.NOT_EXECUTED));
    }
  }

  /** Thrown when a step was given up because {@code interrupted} came true. */
  public static final class Interrupted extends RuntimeException {
    public Interrupted() {
      super("interrupted", null, false, false);
    }
  }

  /**
   * @param inTrouble told before a durable ladder is climbed: it may be long, and be looked at
   */
  public Steps(Runnable inTrouble) {
    this.inTrouble = inTrouble;
  }

  /** How much local time a stretch may take, from now on. */
  public void allow(Duration budgetOfAStretch) {
    this.budget = budgetOfAStretch;
  }

  /** To be called after every wait: a new workflow task has begun. */
  public void newStretch() {
    stretchBegan = Workflow.currentTimeMillis();
  }

  /**
   * Does a step and waits for it.
   *
   * @throws ActivityFailure when the ladder has ended without an answer, or forbids to go on
   */
  public <A, R> R run(Call<A> call, Function<A, R> step) {
    return run(call, step, () -> false);
  }

  /**
   * As {@link #run(Call, Function)}, but gives up waiting when {@code interrupted} comes true while
   * the durable ladder is climbed. An attempt under way may still land.
   *
   * @throws Interrupted when it was given up
   */
  public <A, R> R run(Call<A> call, Function<A, R> step, BooleanSupplier interrupted) {
    return quickly(call, step).answer().orElseGet(() -> climb(call, step, interrupted));
  }

  /** As {@link #run(Call, Function, BooleanSupplier)}, after the quick attempts. */
  public <A, R> R climb(Call<A> call, Function<A, R> step, BooleanSupplier interrupted) {
    inTrouble.run();
    Durable<R> durable = new Durable<>(call, step);
    Workflow.await(() -> durable.isCompleted() || interrupted.getAsBoolean());
    newStretch();
    if (!durable.isCompleted()) {
      durable.cancel();
      throw new Interrupted();
    }
    return durable.get();
  }

  /** Does a step that nothing waits for: in trouble its ladder is climbed beside the story. */
  public <A, R> Promise<R> start(Call<A> call, Function<A, R> step) {
    try {
      return quickly(call, step)
          .answer()
          .map(Workflow::newPromise)
          .orElseGet(() -> Async.function(() -> regular(call, step)));
    } catch (ActivityFailure e) {
      return Workflow.newFailedPromise(e);
    }
  }

  /**
   * Makes the quick attempts and no others.
   *
   * @throws ActivityFailure when one forbids to go on
   */
  public <A, R> Quick<R> quickly(Call<A> call, Function<A, R> step) {
    Duration remaining = budget.minusMillis(Workflow.currentTimeMillis() - stretchBegan);
    if (remaining.compareTo(LEAST) < 0) {
      return new Quick<>(Optional.empty(), Optional.empty());
    }
    LocalActivityOptions options = call.ladder().local(remaining, call.summary());
    try {
      R answer = step.apply(Workflow.newLocalActivityStub(call.room(), options));
      return new Quick<>(Optional.of(answer), Optional.empty());
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure || isFinal(e)) {
        throw e;
      }
      return new Quick<>(Optional.empty(), Failures.state(e));
    }
  }

  private static <A, R> R regular(Call<A> call, Function<A, R> step) {
    return step.apply(Workflow.newActivityStub(call.room(), call.ladder().durable(call.summary())));
  }

  private static boolean isFinal(ActivityFailure e) {
    return e.getCause() instanceof ApplicationFailure failure && failure.isNonRetryable();
  }

  /** A regular activity that can be given up. */
  private static final class Durable<R> {
    private Promise<R> promise;
    private final CancellationScope scope;

    <A> Durable(Call<A> call, Function<A, R> step) {
      scope =
          Workflow.newCancellationScope(() -> promise = Async.function(() -> regular(call, step)));
      scope.run();
    }

    boolean isCompleted() {
      return promise.isCompleted();
    }

    R get() {
      return promise.get();
    }

    void cancel() {
      scope.cancel();
    }
  }
}
