package dev.orderflow.activities.payment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.workflows.saga.StepKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;

/** The sandbox: a provider in miniature, with the API that its documentation describes. */
final class SandboxChannel implements PaymentChannel {
  static final String NAME = "sandbox";

  /** The sandbox keeps keys for ever; a request hangs there for a minute at most. */
  private static final Abilities ABILITIES =
      new Abilities(
          Optional.of(Duration.ofDays(1)),
          Duration.ofMinutes(1),
          Duration.ofSeconds(1),
          Abilities.Steps.AUTHORIZE_AND_CAPTURE,
          Abilities.Fence.NONE,
          Abilities.Customer.ABSENT);

  private final SandboxApi api;
  private final CallLimits limits;

  SandboxChannel(SandboxConfig config) {
    this.api = new SandboxApi(config);
    this.limits = config.limits();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Abilities abilities() {
    return ABILITIES;
  }

  @Override
  public CallLimits limits() {
    return limits;
  }

  @Override
  public Answer authorize(StepKey key, Purchase purchase, CallBudget budget) {
    return api.request("/v1/authorizations", key, body(purchase), budget);
  }

  @Override
  public Answer charge(StepKey key, Purchase purchase, CallBudget budget) {
    return api.request("/v1/charges", key, body(purchase), budget);
  }

  @Override
  public Answer capture(StepKey key, ProviderTransaction authorization, CallBudget budget) {
    return api.request(
        "/v1/authorizations/" + text(authorization.reference()) + "/capture",
        key,
        body(authorization.amount()),
        budget);
  }

  @Override
  public Answer voidAuthorization(
      StepKey key, ProviderTransaction authorization, CallBudget budget) {
    return api.request(
        "/v1/authorizations/" + text(authorization.reference()) + "/void",
        key,
        JsonNodeFactory.instance.objectNode(),
        budget);
  }

  @Override
  public Answer refund(StepKey key, ProviderTransaction payment, CallBudget budget) {
    return api.request(
        "/v1/charges/" + text(payment.reference()) + "/refunds",
        key,
        body(payment.amount()),
        budget);
  }

  @Override
  public Answer find(StepKey key, CallBudget budget) {
    return api.question("/v1/operations?key=" + text(key.toString()), budget);
  }

  @Override
  public Answer fetch(String reference, CallBudget budget) {
    return api.question("/v1/objects/" + text(reference), budget);
  }

  private static ObjectNode body(Purchase purchase) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("merchantReference", purchase.merchantReference())
        .put("token", purchase.token())
        .put("amount", purchase.amount().getAmountMinorLong())
        .put("currency", purchase.amount().getCurrencyUnit().getCode());
  }

  private static ObjectNode body(Money amount) {
    return JsonNodeFactory.instance.objectNode().put("amount", amount.getAmountMinorLong());
  }

  private static String text(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
