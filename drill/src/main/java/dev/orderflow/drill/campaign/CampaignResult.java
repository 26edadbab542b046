package dev.orderflow.drill.campaign;

import dev.orderflow.cli.Table;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.List;
import java.util.Map;

/**
 * What came of a campaign.
 *
 * @param endings how many orders ended so
 * @param payments how many first attempts were drawn that go so, by their token without its numbers
 * @param cancelled how many orders somebody wanted to cancel
 * @param provider what was taken and given back, by the provider's own log
 * @param ledger the same by our tables
 * @param findings what is not as it should be, one for each order; empty where all is well
 */
record CampaignResult(
    long seed,
    int orders,
    Map<OrderStatus, Integer> endings,
    Map<String, Integer> payments,
    int cancelled,
    Totals provider,
    Totals ledger,
    List<String> findings) {

  /** The same with no more findings than a person reads. */
  CampaignResult brief(int most) {
    return new CampaignResult(
        seed,
        orders,
        endings,
        payments,
        cancelled,
        provider,
        ledger,
        findings.stream().limit(most).toList());
  }

  boolean isBalanced() {
    return findings.isEmpty() && ledger.equals(provider);
  }

  /** For people. */
  Table table() {
    Table table = Table.of("WHAT", "COUNT");
    payments.forEach((token, count) -> table.row("first attempt " + token, count));
    endings.forEach((status, count) -> table.row("ended " + status, count));
    return table
        .row("wished to be cancelled", cancelled)
        .row("captured by the provider's log, EUR", euros(provider.captured()))
        .row("captured by the ledger, EUR", euros(ledger.captured()))
        .row("refunded by the provider's log, EUR", euros(provider.refunded()))
        .row("refunded by the ledger, EUR", euros(ledger.refunded()))
        .row("orders not as they should be", findings.size());
  }

  private static String euros(long cents) {
    return "%d.%02d".formatted(cents / 100, cents % 100);
  }

  /** In cents. */
  record Totals(long captured, long refunded) {

    static final Totals NOTHING = new Totals(0, 0);

    Totals plus(long moreCaptured, long moreRefunded) {
      return new Totals(captured + moreCaptured, refunded + moreRefunded);
    }
  }
}
