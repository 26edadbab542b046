package dev.orderflow.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PaymentIntents and the Charges they make. */
final class StripePayments {
  static final String PAYMENT = "payment_intent";
  static final String CHARGE = "charge";

  private static final Set<String> CANCELABLE =
      Set.of(
          "requires_payment_method",
          "requires_confirmation",
          "requires_action",
          "requires_capture");
  private static final Pattern QUERY = Pattern.compile("metadata\\['(\\w+)']:'([^']*)'");

  private final StripeObjects objects;
  private final StripeWebhooks webhooks;
  private final Supplier<String> pages;

  /**
   * @param pages address under which customers authenticate
   */
  StripePayments(StripeObjects objects, StripeWebhooks webhooks, Supplier<String> pages) {
    this.objects = objects;
    this.webhooks = webhooks;
    this.pages = pages;
  }

  /** Created and confirmed in one. */
  ObjectNode create(StripeForm form) {
    PaymentMethod method =
        PaymentMethod.of(
            form.find("confirmation_token").orElseGet(() -> form.text("payment_method")));
    if (!form.isYes("confirm")) {
      throw StripeProblem.invalid("confirm", "Only confirm=true is played here.");
    }
    boolean redirects =
        !form.find("automatic_payment_methods[allow_redirects]")
            .filter("never"::equals)
            .isPresent();
    if (redirects && form.find("return_url").isEmpty()) {
      throw StripeProblem.invalid("return_url", "A return_url is required.");
    }
    ObjectNode payment =
        objects
            .fresh("pi_", PAYMENT)
            .put("amount", form.amount("amount"))
            .put("amount_received", 0)
            .put("amount_capturable", 0)
            .put("currency", form.text("currency"))
            .put("capture_method", form.text("capture_method"))
            .put("status", "requires_confirmation");
    ObjectNode metadata = payment.putObject("metadata");
    form.metadata().forEach(metadata::put);
    return confirmed(payment, method, form);
  }

  private ObjectNode confirmed(ObjectNode payment, PaymentMethod method, StripeForm form) {
    boolean asks = method.behaviour().name().startsWith("ASKS");
    if (method.behaviour() == PaymentMethod.Behaviour.DECLINES
        || asks && form.isYes("error_on_requires_action")) {
      declined(payment, method.decline());
      throw StripeProblem.declined(method.decline(), payment);
    }
    switch (method.behaviour()) {
      case PAYS -> pay(payment);
      case TAKES_DAYS -> told(payment.put("status", "processing"), "processing");
      default -> asked(payment, method.behaviour());
    }
    return payment;
  }

  private void asked(ObjectNode payment, PaymentMethod.Behaviour behaviour) {
    ObjectNode action = payment.put("status", "requires_action").putObject("next_action");
    switch (behaviour) {
      case ASKS_FOR_A_PAGE ->
          action
              .put("type", "redirect_to_url")
              .putObject("redirect_to_url")
              .put("url", pages.get() + payment.path("id").asText());
      case ASKS_FOR_A_CODE ->
          action
              .put("type", "wechat_pay_display_qr_code")
              .putObject("wechat_pay_display_qr_code")
              .put("data", "weixin://wxpay/" + payment.path("id").asText());
      default -> action.put("type", "oxxo_display_details");
    }
    told(payment, "requires_action");
  }

  private void pay(ObjectNode payment) {
    boolean manual = payment.path("capture_method").asText().equals("manual");
    long amount = payment.path("amount").asLong();
    ObjectNode charge = charge(payment, "succeeded");
    charge.put("captured", !manual).put("amount_captured", manual ? 0 : amount);
    objects.keep(charge);
    payment.remove("next_action");
    payment
        .put("status", manual ? "requires_capture" : "succeeded")
        .put("amount_capturable", manual ? amount : 0)
        .put("amount_received", manual ? 0 : amount);
    told(payment, manual ? "amount_capturable_updated" : "succeeded");
  }

  private void declined(ObjectNode payment, ObjectNode reason) {
    objects.keep(charge(payment, "failed"));
    payment.remove("next_action");
    payment.put("status", "requires_payment_method").set("last_payment_error", reason);
    told(payment, "payment_failed");
  }

  private ObjectNode charge(ObjectNode payment, String status) {
    ObjectNode charge =
        objects
            .fresh("ch_", CHARGE)
            .put("amount", payment.path("amount").asLong())
            .put("amount_captured", 0)
            .put("amount_refunded", 0)
            .put("captured", false)
            .put("currency", payment.path("currency").asText())
            .put("status", status)
            .put("payment_intent", payment.path("id").asText());
    charge.set("metadata", payment.path("metadata").deepCopy());
    payment.put("latest_charge", charge.path("id").asText());
    return charge;
  }

  /** What the customer does on the page, or with the code. */
  void act(String id, CustomerAct act) {
    ObjectNode payment = objects.get(id, PAYMENT);
    String status = payment.path("status").asText();
    if (!status.equals("requires_action") && !status.equals("processing")) {
      throw StripeProblem.ofState(payment, "authenticated");
    }
    if (act == CustomerAct.PAYS) {
      pay(payment);
    } else {
      ObjectNode reason = PaymentMethod.AUTHENTICATED.decline();
      declined(
          payment,
          reason.put("code", "payment_intent_authentication_failure").without("decline_code"));
    }
  }

  ObjectNode capture(String id, StripeForm form) {
    ObjectNode payment = objects.get(id, PAYMENT);
    if (!payment.path("status").asText().equals("requires_capture")) {
      throw StripeProblem.ofState(payment, "captured");
    }
    long amount =
        form.find("amount_to_capture").isPresent()
            ? form.amount("amount_to_capture")
            : payment.path("amount").asLong();
    if (amount > payment.path("amount").asLong()) {
      throw StripeProblem.refused("amount_too_large", "More than was authorized.");
    }
    ObjectNode charge = objects.get(payment.path("latest_charge").asText(), CHARGE);
    objects.keep(charge.put("captured", true).put("amount_captured", amount));
    form.metadata().forEach(payment.withObject("metadata")::put);
    payment.put("status", "succeeded").put("amount_capturable", 0).put("amount_received", amount);
    told(payment, "succeeded");
    return payment;
  }

  ObjectNode cancel(String id) {
    return cancel(objects.get(id, PAYMENT));
  }

  /** Stripe takes an authorization back by itself, when it was not captured in time. */
  void lapse(String id) {
    cancel(objects.get(id, PAYMENT).put("cancellation_reason", "automatic"));
  }

  private ObjectNode cancel(ObjectNode payment) {
    if (!CANCELABLE.contains(payment.path("status").asText())) {
      throw StripeProblem.ofState(payment, "canceled");
    }
    payment.remove("next_action");
    payment
        .put("status", "canceled")
        .put("amount_capturable", 0)
        .put("canceled_at", objects.now().getEpochSecond());
    told(payment, "canceled");
    return payment;
  }

  private void told(ObjectNode payment, String event) {
    objects.keep(payment);
    webhooks.tell(PAYMENT + "." + event, payment);
  }

  /** By metadata, as much as the index knows. */
  List<ObjectNode> search(StripeForm form) {
    Matcher query = QUERY.matcher(form.text("query"));
    if (!query.matches()) {
      throw StripeProblem.invalid("query", "Only metadata['key']:'value' is played here.");
    }
    Map.Entry<String, String> wanted = Map.entry(query.group(1), query.group(2));
    return objects.indexed(PAYMENT).stream()
        .filter(p -> p.path("metadata").path(wanted.getKey()).asText().equals(wanted.getValue()))
        .toList();
  }

  /** Youngest first. */
  List<ObjectNode> latest(StripeForm form) {
    long since = form.find("created[gte]").map(Long::parseLong).orElse(0L);
    return objects.all(PAYMENT).stream()
        .filter(payment -> payment.path("created").asLong() >= since)
        .toList();
  }
}
