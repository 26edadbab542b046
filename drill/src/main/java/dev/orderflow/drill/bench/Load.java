package dev.orderflow.drill.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/** Serves customers at a pace, and takes down how long each had to wait. */
final class Load {

  /** After so long everybody is being served; what ends before is not counted in the rate. */
  private static final Duration BEGINNING = Duration.ofSeconds(1);

  private static final int SAMPLE = 20;

  private final Customers customers;
  private final Shift shift;
  private final ConcurrentHistogram micros = new ConcurrentHistogram(3);
  private final AtomicLong next;
  private final AtomicLong otherwise = new AtomicLong();
  private final AtomicReference<String> firstTrouble = new AtomicReference<>("");
  private final List<String> sample = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong counted = new AtomicLong();
  private volatile long countFrom = Long.MIN_VALUE;
  private volatile long countUntil = Long.MAX_VALUE;
  private volatile boolean stopped;

  Load(Customers customers, Shift shift) {
    this.customers = customers;
    this.shift = shift;
    this.next = new AtomicLong(shift.first());
  }

  /** Takes no further customer; those who are being served are served. */
  void stop() {
    stopped = true;
  }

  /** Serves them, and returns when the last one is served. */
  Served serve() throws InterruptedException {
    long begin = System.nanoTime();
    Pace pace = shift.pace();
    if (pace instanceof Pace.Counted counted) {
      serve(counted.inFlight(), () -> next.get() < shift.first() + counted.orders());
    } else if (pace instanceof Pace.Closed closed) {
      long end = begin + closed.lasting().toNanos();
      countFrom = begin + BEGINNING.toNanos();
      countUntil = end;
      serve(closed.inFlight(), () -> System.nanoTime() < end);
      return served(end - countFrom);
    } else if (pace instanceof Pace.Open open) {
      serve(open, begin);
    }
    return served(System.nanoTime() - begin);
  }

  /** Whether a further customer comes. */
  private interface More {
    boolean come();
  }

  private void serve(int inFlight, More more) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(inFlight);
    for (int i = 0; i < inFlight; i++) {
      threads.execute(
          () -> {
            while (!stopped && more.come()) {
              serve(next.getAndIncrement(), System.nanoTime());
            }
          });
    }
    awaitEnd(threads);
  }

  private void serve(Pace.Open open, long begin) throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    long orders = Math.round(open.perSecond() * open.lasting().toNanos() / 1e9);
    for (long i = 0; i < orders && !stopped; i++) {
      long intended = begin + Math.round(i * 1e9 / open.perSecond());
      for (long left; (left = intended - System.nanoTime()) > 0; ) {
        LockSupport.parkNanos(left);
      }
      threads.execute(() -> serve(next.getAndIncrement(), intended));
    }
    awaitEnd(threads);
  }

  private static void awaitEnd(ExecutorService threads) throws InterruptedException {
    threads.shutdown();
    threads.awaitTermination(1, TimeUnit.HOURS);
  }

  private void serve(long number, long intended) {
    try {
      String id = customers.serve(shift.variant(), number);
      if (number - shift.first() < SAMPLE) {
        sample.add(id);
      }
    } catch (Exception e) {
      otherwise.incrementAndGet();
      firstTrouble.compareAndSet("", e.toString());
      return;
    }
    long end = System.nanoTime();
    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(end - intended));
    if (end >= countFrom && end < countUntil) {
      counted.incrementAndGet();
    }
  }

  private Served served(long nanos) {
    return new Served(
        micros.getTotalCount(),
        otherwise.get(),
        firstTrouble.get(),
        counted.get() * 1e9 / nanos,
        Served.Latencies.of(micros),
        List.copyOf(sample));
  }
}
