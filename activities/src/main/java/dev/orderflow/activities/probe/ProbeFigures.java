package dev.orderflow.activities.probe;

import dev.orderflow.activities.ledger.Transactions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the probes have shown, of all workers. */
public class ProbeFigures {

  /**
   * A channel's probes.
   *
   * @param succeeded in the last 24 hours; as the next one
   * @param sinceSuccess how long ago the last one that paid and refunded ended
   * @param watched how long ago the first one began
   * @param took from when that one's order was placed until it was completed
   * @param last the state of the last that ended: {@code SUCCEEDED} or {@code FAILED}
   * @param reason why that one failed
   */
  public record Figure(
      String channel,
      long succeeded,
      long failed,
      Optional<Duration> sinceSuccess,
      Duration watched,
      Optional<Duration> took,
      String last,
      Optional<String> reason) {}

  private final Transactions transactions;
  private final ProbeStore store = new ProbeStore();

  @Inject
  public ProbeFigures(Transactions transactions) {
    this.transactions = transactions;
  }

  /** One for each channel of which a probe has ended. */
  public List<Figure> all() {
    return transactions.read(store::figures);
  }
}
