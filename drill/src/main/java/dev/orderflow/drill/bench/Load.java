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

/** Serves customers as they are asked for, and takes down how long each had to wait. */
final class Load {

  /** After so long everybody is being served; what ends before is not counted in the rate. */
  private static final Duration BEGINNING = Duration.ofSeconds(1);

  /** Of a mix, each kind is in it. */
  private static final int SAMPLE = Purchases.PERIOD;

  private final Customers customers;
  private final LoadRequest request;
  private final ConcurrentHistogram micros = new ConcurrentHistogram(3);
  private final AtomicLong next;
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<String> firstFailure = new AtomicReference<>("");
  private final List<String> sample = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong counted = new AtomicLong();
  private volatile long countFrom = Long.MIN_VALUE;
  private volatile long countUntil = Long.MAX_VALUE;
  private volatile boolean stopped;

  Load(Customers customers, LoadRequest request) {
    this.customers = customers;
    this.request = request;
    this.next = new AtomicLong(request.first());
  }

  /** Takes no further customer; those who are being served are served. */
  void stop() {
    stopped = true;
  }

  /** Serves them, and returns when the last one is served. */
  LoadResult serve() throws InterruptedException {
    long begin = System.nanoTime();
    Workload workload = request.workload();
    if (workload instanceof Workload.Counted counted) {
      serve(counted.inFlight(), () -> next.get() < request.first() + counted.orders());
    } else if (workload instanceof Workload.Closed closed) {
      long end = begin + closed.lasting().toNanos();
      countFrom = begin + BEGINNING.toNanos();
      countUntil = end;
      serve(closed.inFlight(), () -> System.nanoTime() < end);
      return result(end - countFrom);
    } else if (workload instanceof Workload.Open open) {
      serve(open, begin);
    }
    return result(System.nanoTime() - begin);
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

  private void serve(Workload.Open open, long begin) throws InterruptedException {
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
      String id = customers.serve(request.variant(), number);
      if (number - request.first() < SAMPLE) {
        sample.add(id);
      }
    } catch (Exception e) {
      failed.incrementAndGet();
      firstFailure.compareAndSet("", e.toString());
      return;
    }
    long end = System.nanoTime();
    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(end - intended));
    if (end >= countFrom && end < countUntil) {
      counted.incrementAndGet();
    }
  }

  private LoadResult result(long nanos) {
    return new LoadResult(
        micros.getTotalCount(),
        failed.get(),
        firstFailure.get(),
        counted.get() * 1e9 / nanos,
        LoadResult.Latencies.of(micros),
        List.copyOf(sample));
  }
}
