package dev.orderflow.activities.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderDocument.Language;
import dev.orderflow.workflows.order.OrderDocument.Recipient;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.payment.PaymentPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Two cups and their shipping, with a discount. */
final class SampleOrder {
  static final List<OrderPlan.Line> LINES =
      List.of(
          new OrderPlan.Line(
              1,
              "cup",
              "Cup & <saucer>",
              LineKind.ARTICLE,
              2,
              Money.parse("EUR 1234.50"),
              Money.parse("EUR 34.50")),
          new OrderPlan.Line(
              2,
              "ship",
              "Shipping",
              LineKind.SHIPPING,
              1,
              Money.parse("EUR 4.90"),
              Money.parse("EUR 0.00")));
  static final Money TOTAL = Money.parse("EUR 1204.90");

  private SampleOrder() {}

  static OrderSummary summary(Recipient recipient, Optional<String> reward) {
    return new OrderSummary(
        OrderId.ofKey("sample"), recipient, LINES, TOTAL, reward, Optional.empty());
  }

  /** Writes it down as accepted. */
  static void write(TestDatabase database, OrderId order, String email, Language language) {
    CustomerId customer = new CustomerId("c-1");
    OrderDocument document =
        new OrderDocument(
            order.value(),
            customer,
            new Recipient("Ada", email, Optional.of(language)),
            CurrencyUnit.EUR,
            List.of(),
            Optional.empty(),
            new OrderDocument.Payment(Optional.empty(), "tok"),
            Optional.empty());
    OrderPlan plan =
        new OrderPlan(
            customer,
            LINES,
            TOTAL,
            Optional.empty(),
            Optional.empty(),
            PaymentPlan.by("sandbox"),
            Duration.ofSeconds(3));
    database
        .get(Jdbi.class)
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into sales_order
                          (id, client_key, fingerprint, customer_id, status, currency, total, plan,
                           document, refund_window_seconds)
                        values
                          (:id, :id, repeat('0', 64), :customer, 'PLACED', 'EUR', :total,
                           cast(:plan as jsonb), cast(:document as jsonb), 0)
                        """)
                    .bind("id", order.value())
                    .bind("customer", customer.value())
                    .bind("total", TOTAL.getAmountMinorLong())
                    .bind("plan", json(plan))
                    .bind("document", json(document))
                    .execute());
  }

  private static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
