package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.sandbox.journal.Json;
import dev.orderflow.sandbox.payment.PaymentObject.Status;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page on which a customer pays; nobody has to present a key to see it. */
final class PaymentPage {

  static final String PATH = "/pay/";
  private static final Duration OPEN_FOR = Duration.ofHours(1);
  private static final Duration EVIDENCE = Duration.ofDays(7);

  private final Clock clock;
  private volatile URI site = URI.create("http://127.0.0.1");

  PaymentPage(Clock clock) {
    this.clock = clock;
  }

  void servedAt(URI address) {
    site = address;
  }

  void addTo(RoutesConfig routes, PaymentProvider provider) {
    routes.get(PATH + "{id}", context -> show(context, provider.object(context.pathParam("id"))));
    routes.post(
        PATH + "{id}",
        context -> {
          String id = context.pathParam("id");
          if (provider.object(id).filter(this::isOpen).isPresent()) {
            provider.customerPays(id);
          }
          show(context, provider.object(id));
        });
  }

  /**
   * The object as the API shows it: with what the customer has to do, as long as they have to, and
   * until when the shop may answer a dispute.
   */
  String json(PaymentObject object) {
    ObjectNode shown = Json.MAPPER.valueToTree(object);
    switch (object.status()) {
      case PENDING ->
          shown
              .putObject("nextAction")
              .put("type", "redirect")
              .put("url", site.resolve(PATH + object.id()).toString())
              .put("expiresAt", expiresAt(object).toString());
      case OPEN -> shown.put("evidenceDueBy", object.createdAt().plus(EVIDENCE).toString());
      default -> {
        // There is nothing to wait for.
      }
    }
    return shown.toString();
  }

  /** Several, oldest first. */
  String json(List<PaymentObject> objects) {
    return objects.stream()
        .map(this::json)
        .collect(Collectors.joining(",", "{\"objects\":[", "]}"));
  }

  private static Instant expiresAt(PaymentObject payment) {
    return payment.createdAt().plus(OPEN_FOR);
  }

  private boolean isOpen(PaymentObject payment) {
    return payment.status() == Status.PENDING && clock.instant().isBefore(expiresAt(payment));
  }

  private void show(Context context, Optional<PaymentObject> payment) {
    context.status(payment.isPresent() ? 200 : 404).contentType("text/html; charset=utf-8");
    context.result(
        ("<!doctype html><html lang=\"en\"><title>Sandbox payment</title>"
                + payment.map(this::text).orElse("<p>There is no such payment.</p>"))
            .getBytes(StandardCharsets.UTF_8));
  }

  private String text(PaymentObject payment) {
    String what =
        "<h1>" + payment.currency() + " " + amount(payment) + "</h1><p>This is play money.</p>";
    if (isOpen(payment)) {
      return what + "<form method=\"post\"><button>Pay</button></form>";
    }
    return what
        + switch (payment.status()) {
          case SUCCEEDED -> "<p>Paid.</p>";
          case DECLINED -> "<p>This payment is closed.</p>";
          case PENDING -> "<p>This payment has expired.</p>";
          case OPEN, WON, LOST -> "<p>This is a dispute.</p>";
        };
  }

  private static String amount(PaymentObject payment) {
    int digits = Math.max(0, Currency.getInstance(payment.currency()).getDefaultFractionDigits());
    return BigDecimal.valueOf(payment.amount(), digits).toPlainString();
  }
}
