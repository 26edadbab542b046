package dev.orderflow.activities.payment;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that costs a query to know, and may be a little old. One caller asks again when it is
 * too old; the others take what there is meanwhile, and everybody does when the query fails.
 */
public final class Remembered<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);

  private final long lifetime;
  private final Supplier<T> source;
  private final LongSupplier nanos;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Known<T> known;

  private record Known<T>(T value, long at) {}

  public Remembered(Duration lifetime, Supplier<T> source) {
    this(lifetime, source, System::nanoTime);
  }

  Remembered(Duration lifetime, Supplier<T> source, LongSupplier nanos) {
    this.lifetime = lifetime.toNanos();
    this.source = source;
    this.nanos = nanos;
  }

  /** Throws what the source throws only where nothing is known yet. */
  public T get() {
    Known<T> now = known;
    if (now == null) {
      return first();
    }
    if (nanos.getAsLong() - now.at < lifetime || !asking.tryLock()) {
      return now.value;
    }
    try {
      return asked();
    } catch (RuntimeException e) {
      LOG.warn("What was known before is used: {}", e.toString());
      known = new Known<>(now.value, nanos.getAsLong());
      return now.value;
    } finally {
      asking.unlock();
    }
  }

  private T first() {
    asking.lock();
    try {
      return known == null ? asked() : known.value;
    } finally {
      asking.unlock();
    }
  }

  private T asked() {
    T value = source.get();
    known = new Known<>(value, nanos.getAsLong());
    return value;
  }
}
