package dev.orderflow.drill.callbacks;

import dev.orderflow.activities.payment.TimestampedSignature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A provider that sends each request when it is due, whatever became of those before, and the same
 * again and again until it is acknowledged.
 */
final class Sender {

  /** With the 10 s an answer may take, enough that no request waits for a thread. */
  private static final int THREADS = 96;

  private final List<GatewayProcess> gateways;
  private final String path;
  private final TimestampedSignature signature;
  private final Tally tally = new Tally();
  private final DelayQueue<Attempt> queue = new DelayQueue<>();
  private final CountDownLatch left;
  private final List<Thread> threads = new ArrayList<>();

  Sender(List<GatewayProcess> gateways, String path, TimestampedSignature signature, int requests) {
    this.gateways = gateways;
    this.path = path;
    this.signature = signature;
    this.left = new CountDownLatch(requests);
  }

  Tally tally() {
    return tally;
  }

  /** Takes them on; they are sent from now on when they are due. */
  void begin(List<Attempt> attempts) {
    queue.addAll(attempts);
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(this::send, "sender-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** How many are not acknowledged yet. */
  long left() {
    return left.getCount();
  }

  /**
   * @return whether all were acknowledged in time
   */
  boolean awaitAcknowledged(long seconds) throws InterruptedException {
    return left.await(seconds, TimeUnit.SECONDS);
  }

  void end() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void send() {
    List<Wire> wires = gateways.stream().map(gateway -> new Wire(gateway.port())).toList();
    try {
      while (true) {
        Attempt attempt = queue.take();
        if (isAcknowledged(attempt, wires.get(attempt.gateway()))) {
          left.countDown();
        } else {
          if (attempt.measured()) {
            tally.repeats.incrementAndGet();
          }
          queue.add(attempt.again(gateways.size()));
        }
      }
    } catch (InterruptedException over) {
      // by end()
    } finally {
      wires.forEach(Wire::close);
    }
  }

  private boolean isAcknowledged(Attempt attempt, Wire wire) {
    GatewayProcess gateway = gateways.get(attempt.gateway());
    byte[] request = attempt.event().request(signature, path);
    int before = gateway.phase();
    long began = System.nanoTime();
    try {
      wire.open(before);
      int status = wire.exchange(request);
      answered(attempt, began, status);
      return status == 200;
    } catch (IOException e) {
      boolean live = before == gateway.phase() && GatewayProcess.isUp(before);
      unanswered(attempt, began, live ? tally.unansweredByLive : ofNobody(e));
      return false;
    }
  }

  private void answered(Attempt attempt, long began, int status) {
    count(
        attempt,
        () -> {
          tally.live(attempt.dueNanos(), began, System.nanoTime());
          tally.status(status);
        });
  }

  private AtomicLong ofNobody(IOException e) {
    return e instanceof Wire.NotReached ? tally.notReached : tally.cutOff;
  }

  /** Where its gateway was dead, or killed meanwhile, nobody owed an answer. */
  private void unanswered(Attempt attempt, long began, AtomicLong kind) {
    count(
        attempt,
        () -> {
          kind.incrementAndGet();
          if (kind == tally.unansweredByLive) {
            tally.live(attempt.dueNanos(), began, System.nanoTime());
          }
        });
  }

  private void count(Attempt attempt, Runnable counting) {
    if (attempt.measured()) {
      tally.sent.incrementAndGet();
      counting.run();
    }
  }
}
