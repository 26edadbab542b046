package dev.orderflow.drill.ledger;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.settlement.SettlementReports;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What the bank settled on a day: what the ledger says that it did, but for one in a hundred. */
final class DailyReport implements SettlementReports {

  private static final String HEADER =
      "reference,kind,currency,amount_minor,merchant_reference,parent,settled_at\n";

  private final Transactions transactions;

  @Inject
  DailyReport(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<InputStream> open(LocalDate date) {
    List<String> rows =
        transactions.read(
            tx ->
                tx.createQuery(
                        """
                        select concat_ws(',', reference, lower(kind), currency, amount_minor,
                          merchant_reference, coalesce(parent, ''),
                          to_char(reported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                        from provider_transaction
                        where channel = :channel and reported_at >= :from and reported_at < :until
                          and abs(hashtext(reference)) % 100 > 0
                        """)
                    .bind("channel", Bank.NAME)
                    .bind("from", date.atStartOfDay().atOffset(ZoneOffset.UTC))
                    .bind("until", date.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                    .mapTo(String.class)
                    .list());
    String csv = HEADER + String.join("\n", rows) + "\n";
    return Optional.of(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }
}
