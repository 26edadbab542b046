package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.sandbox.payment.PaymentObject.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettlementsTest {

  private static PaymentObject object(
      String id, Operation operation, Status status, String order, String at) {
    return new PaymentObject(
        id,
        operation,
        status,
        250,
        "EUR",
        order,
        operation == Operation.REFUND ? "ch_1" : null,
        "key",
        Instant.parse(at),
        null,
        null);
  }

  @Test
  void aReportHoldsWhatMovedMoneyOnItsDay() {
    String csv =
        Settlements.csv(
            LocalDate.of(2026, 3, 4),
            Stream.of(
                object("ch_1", Operation.CHARGE, Status.SUCCEEDED, "o-1", "2026-03-04T00:00:00Z"),
                object("re_1", Operation.REFUND, Status.SUCCEEDED, "a\"b", "2026-03-04T23:59:59Z"),
                object("ch_2", Operation.CHARGE, Status.PENDING, "o-2", "2026-03-04T10:00:00Z"),
                object("au_1", Operation.AUTHORIZE, Status.SUCCEEDED, "o", "2026-03-04T10:00:00Z"),
                object("ch_3", Operation.CHARGE, Status.SUCCEEDED, "o-3", "2026-03-05T00:00:00Z")));

    assertThat(csv.lines())
        .containsExactly(
            "reference,kind,currency,amount_minor,merchant_reference,parent,settled_at",
            "ch_1,charge,EUR,250,o-1,,2026-03-04T00:00:00Z",
            "re_1,refund,EUR,250,\"a\"\"b\",ch_1,2026-03-04T23:59:59Z");
  }
}
