package dev.orderflow.worker.evaluate;

import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.joda.money.Money;

/**
 * Drives a channel at rising load: payments begin at a fixed rate whether or not earlier ones were
 * answered, each is given back at once, and as many as the channel's {@code max-in-flight} are at
 * it at a time, as in a worker. After each step the load doubles, until it is the greatest asked
 * for, or one step was more than was carried.
 */
public final class Evaluation implements AutoCloseable {

  /**
   * What is driven.
   *
   * @param from payments a second, above 0
   * @param to at least {@code from}
   */
  public record Plan(String token, Money amount, double from, double to, Duration stepTime) {

    /** The loads, each twice the one before. */
    public List<Double> steps() {
      List<Double> steps = new ArrayList<>();
      for (double rate = from; rate < to; rate *= 2) {
        steps.add(rate);
      }
      steps.add(to);
      return steps;
    }

    /** How many payments at most. */
    public long payments() {
      return steps().stream().mapToLong(this::payments).sum();
    }

    long payments(double rate) {
      return Math.max(1, Math.round(rate * stepTime.toMillis() / 1_000.0));
    }
  }

  /** So many wait for a place at most; a channel that is so far behind has shown what it bears. */
  private static final int MOST_WAITING = 10_000;

  private final PaymentChannel channel;
  private final Plan plan;
  private final Purse purse;
  private final ThreadPoolExecutor places;

  public Evaluation(PaymentChannel channel, Plan plan) {
    this.channel = channel;
    this.plan = plan;
    this.purse = new Purse(channel, plan.token(), plan.amount());
    int most = channel.limits().maxInFlight();
    this.places =
        new ThreadPoolExecutor(
            most, most, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING));
  }

  /**
   * Drives step after step.
   *
   * @param paid told of each payment that was answered
   * @throws InterruptedException when the thread is; what was paid is then still to be given back
   */
  public List<StepReport> drive(Runnable paid, Consumer<StepReport> stepDone)
      throws InterruptedException {
    List<StepReport> done = new ArrayList<>();
    for (double rate : plan.steps()) {
      StepReport report = step(rate, paid);
      done.add(report);
      stepDone.accept(report);
      if (report.isSaturated()) {
        break;
      }
    }
    return done;
  }

  private StepReport step(double rate, Runnable paid) throws InterruptedException {
    StepMeter meter = new StepMeter();
    AtomicLong open = new AtomicLong();
    long begin = System.nanoTime();
    long planned = plan.payments(rate);
    long refused = 0;
    for (long i = 0; i < planned; i++) {
      long intended = begin + (long) (i * 1e9 / rate);
      TimeUnit.NANOSECONDS.sleep(intended - System.nanoTime());
      open.incrementAndGet();
      try {
        places.execute(() -> payAndGiveBack(meter, intended, open, paid));
      } catch (RejectedExecutionException full) {
        open.decrementAndGet();
        refused++;
      }
    }
    long deadline = System.nanoTime() + channel.limits().timeout().toNanos();
    while (open.get() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(2);
    }
    long notBegun = refused + withdraw(open);
    return meter.report(rate, begin, plan.stepTime(), notBegun);
  }

  /** What still waits for a place has no time left; what has begun is let finish. */
  private long withdraw(AtomicLong open) throws InterruptedException {
    List<Runnable> waiting = new ArrayList<>();
    places.getQueue().drainTo(waiting);
    open.addAndGet(-waiting.size());
    while (open.get() > 0) {
      Thread.sleep(2);
    }
    return waiting.size();
  }

  private void payAndGiveBack(StepMeter meter, long intended, AtomicLong open, Runnable paid) {
    try {
      long begun = System.nanoTime();
      StepKey key = purse.nextKey();
      Answer answer = purse.pay(key);
      meter.paid(answer, intended, begun, System.nanoTime());
      paid.run();
      if (!places.isShutdown()) {
        purse.giveBack(key);
      }
    } finally {
      open.decrementAndGet();
    }
  }

  /**
   * Ends the driving and gives back what is left.
   *
   * @return what could not be, or is not known
   */
  public List<Leftover> giveBack(Duration atMost) throws InterruptedException {
    places.getQueue().clear();
    places.shutdown();
    places.awaitTermination(channel.limits().timeout().toMillis() * 2, TimeUnit.MILLISECONDS);
    return purse.settle(atMost).stream().map(Leftover::of).toList();
  }

  /**
   * A payment that may not have been given back.
   *
   * @param reference the provider's, or our key where it has said none
   * @param order the merchant reference at the provider
   */
  public record Leftover(String reference, String order, String reason) {
    static Leftover of(Purse.Left left) {
      return new Leftover(
          left.reference(),
          left.key().order().value(),
          left.last().outcome().reason().map(Object::toString).orElse("not given back yet"));
    }
  }

  @Override
  public void close() {
    places.shutdownNow();
  }
}
