package dev.orderflow.activities.archive;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How long ended orders stay in the ledger. Nothing is archived by itself.
 *
 * @param keepFor since an order was last touched, at least {@link #LEAST}; two years when absent.
 *     Longer than customers' banks may take money back
 * @param archive the folder that files are written into; named with each run when absent
 */
public record RetentionConfig(Duration keepFor, Optional<Path> archive) {

  /** Sooner may be asked for by nobody: refunds, reports and disputes come later than orders. */
  public static final Duration LEAST = Duration.ofDays(30);

  public RetentionConfig {
    keepFor = keepFor == null ? Duration.ofDays(730) : keepFor;
    if (keepFor.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("keep-for: " + keepFor + " is less than 30 days");
    }
    archive = archive == null ? Optional.empty() : archive;
  }

  public static RetentionConfig defaults() {
    return new RetentionConfig(null, null);
  }
}
