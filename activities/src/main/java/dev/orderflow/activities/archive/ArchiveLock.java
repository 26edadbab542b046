package dev.orderflow.activities.archive;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Lets one run archive a ledger at a time, and none while somebody reads sums over all of it. Held
 * by a connection: whoever dies lets go of it.
 */
@Singleton
public class ArchiveLock {

  private static final long LOCK = 341;

  private final Jdbi jdbi;

  @Inject
  ArchiveLock(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Somebody else is at work, on this ledger. */
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy(String message) {
      super(message);
    }
  }

  /** Does it while nobody else archives, or reads. */
  <T> T archiving(Supplier<T> work) {
    return held("", "another run is archiving or auditing this ledger", work);
  }

  /**
   * Does it while nobody archives; others may read.
   *
   * @throws Busy when somebody does
   */
  public <T> T reading(Supplier<T> work) {
    return held("_shared", "orders of this ledger are being archived", work);
  }

  private <T> T held(String kind, String busy, Supplier<T> work) {
    try (Handle held = jdbi.open()) {
      if (!held.createQuery("select pg_try_advisory_lock" + kind + "(:lock)")
          .bind("lock", LOCK)
          .mapTo(Boolean.class)
          .one()) {
        throw new Busy(busy);
      }
      try {
        return work.get();
      } finally {
        // The connection goes back to others, and would keep it.
        held.execute("select pg_advisory_unlock" + kind + "(?)", LOCK);
      }
    }
  }
}
