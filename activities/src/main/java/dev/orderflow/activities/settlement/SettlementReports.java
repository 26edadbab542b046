package dev.orderflow.activities.settlement;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider says it settled, day by day. Bind an implementation by its channel's name into
 * {@code MapBinder<String, SettlementReports>}.
 *
 * <p>A report is CSV in UTF-8 (RFC 4180) with a header; its columns, in any order, others beside
 * them: {@code reference}, {@code kind} ({@code charge}, {@code capture}, {@code refund}, {@code
 * refund_failed}, {@code chargeback} or {@code chargeback_reversed}), {@code currency}, {@code
 * amount_minor} (above 0), {@code merchant_reference} (the order id), {@code parent} (may be empty)
 * and {@code settled_at} (an instant of that day, in UTC). It holds what moved money, whoever
 * wanted it, each once, by the reference that the channel's {@code movements} give it.
 */
public interface SettlementReports {

  /**
   * Whose payments the reports hold: the channels that share this provider's account.
   *
   * @param channel the name it is bound by
   */
  default Set<String> covers(String channel) {
    return Set.of(channel);
  }

  /**
   * The report of a day, from its beginning; the caller closes it. Empty while there is none.
   *
   * @throws IOException when the provider does not answer: asked again later
   */
  Optional<InputStream> open(LocalDate date) throws IOException;
}
