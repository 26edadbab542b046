package dev.orderflow.activities.settlement;

import dev.orderflow.activities.ledger.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a person sees of the differences, and can do about them. */
@Singleton
public class Settlements {

  private final Map<String, SettlementReports> reports;
  private final Differences differences;
  private final Transactions transactions;

  @Inject
  Settlements(
      Map<String, SettlementReports> reports, Differences differences, Transactions transactions) {
    this.reports = reports;
    this.differences = differences;
    this.transactions = transactions;
  }

  /** Whose providers report what they settled. */
  public SortedSet<String> channels() {
    return new TreeSet<>(reports.keySet());
  }

  /** What is neither mended nor closed, at most so many. */
  public List<Difference> unsettled(String channel, LocalDate date, int atMost) {
    return transactions.read(tx -> differences.unsettled(tx, channel, date, atMost));
  }

  /**
   * That a person has looked.
   *
   * @param channel whose report
   * @param reference the provider's name for the transaction
   */
  public record Closing(
      String channel, LocalDate date, String reference, String actor, String reason) {
    public Closing {
      if (Optional.ofNullable(reason).orElse("").isBlank()) {
        throw new IllegalArgumentException("reason: is missing; say why, it is kept");
      }
    }
  }

  /** Closes a difference for good; false where none of that reference is unsettled. */
  public boolean close(Closing closing) {
    return transactions.in(tx -> differences.close(tx, closing));
  }
}
