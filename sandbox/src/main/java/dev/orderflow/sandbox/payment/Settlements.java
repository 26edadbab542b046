package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.payment.PaymentObject.Status;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What moved money on a day, as the CSV that merchants compare their books with. */
final class Settlements {

  private static final String HEADER =
      "reference,kind,currency,amount_minor,merchant_reference,parent,settled_at";

  private Settlements() {}

  /**
   * The report; a line's moment is when its object began.
   *
   * @param objects as they are now, each once
   */
  static String csv(LocalDate date, Stream<PaymentObject> objects) {
    return Stream.concat(
            Stream.of(HEADER),
            objects
                .filter(object -> object.status() == Status.SUCCEEDED)
                .filter(object -> kind(object).isPresent())
                .filter(
                    object -> LocalDate.ofInstant(object.createdAt(), ZoneOffset.UTC).equals(date))
                .map(Settlements::line))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static String line(PaymentObject object) {
    return Stream.of(
            object.id(),
            kind(object).orElseThrow(),
            object.currency(),
            Long.toString(object.amount()),
            object.merchantReference(),
            object.parent() == null ? "" : object.parent(),
            object.createdAt().toString())
        .map(Settlements::quoted)
        .collect(Collectors.joining(","));
  }

  /** How the report calls it; empty of what moves no money. */
  private static Optional<String> kind(PaymentObject object) {
    return switch (object.object()) {
      case CHARGE -> Optional.of("charge");
      case CAPTURE -> Optional.of("capture");
      case REFUND -> Optional.of("refund");
      case REFUND_FAILURE -> Optional.of("refund_failed");
      case CHARGEBACK -> Optional.of("chargeback");
      case REVERSAL -> Optional.of("chargeback_reversed");
      case AUTHORIZE, VOID, DISPUTE -> Optional.empty();
    };
  }

  private static String quoted(String value) {
    return List.of(",", "\"", "\r", "\n").stream().anyMatch(value::contains)
        ? '"' + value.replace("\"", "\"\"") + '"'
        : value;
  }
}
