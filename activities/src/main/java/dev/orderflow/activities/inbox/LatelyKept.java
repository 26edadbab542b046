package dev.orderflow.activities.inbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The events that this process has seen in the database within the last hour: their copies, which
 * come in bursts, need not ask it again, which keeps them for a day at least. For many threads.
 */
final class LatelyKept {

  private static final int MOST = 10_000;
  private static final long FOR_NANOS = Duration.ofHours(1).toNanos();

  private final Map<EventKey, Long> seenAt =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EventKey, Long> eldest) {
          return size() > MOST;
        }
      };

  /** For what is committed only. */
  synchronized void add(Hint hint) {
    seenAt.put(hint.key(), System.nanoTime());
  }

  synchronized boolean contains(Hint hint) {
    Long at = seenAt.get(hint.key());
    return at != null && System.nanoTime() - at < FOR_NANOS;
  }
}
