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
  /** Answers at once. */
  static final String NAME = "sandbox";

  /** The customer acts on the provider's page; an open payment can be closed. */
  static final String WALLET = "sandbox-wallet";

  private final String name;
  private final Abilities abilities;
  private final SandboxApi api;
  private final CallLimits limits;

  private SandboxChannel(String name, Abilities abilities, SandboxConfig config) {
    this.name = name;
    this.abilities = abilities;
    this.api = new SandboxApi(config);
    this.limits = config.limits();
  }

  static SandboxChannel answeringAtOnce(SandboxConfig config) {
    return new SandboxChannel(
        NAME, abilities(Abilities.Fence.NONE, Abilities.Customer.ABSENT), config);
  }

  static SandboxChannel wallet(SandboxConfig config) {
    return new SandboxChannel(
        WALLET, abilities(Abilities.Fence.CLOSE, Abilities.Customer.ACTS), config);
  }

  /** The sandbox keeps keys for ever; a request hangs there for a minute at most. */
  private static Abilities abilities(Abilities.Fence fence, Abilities.Customer customer) {
    return new Abilities(
        Optional.of(Duration.ofDays(1)),
        Duration.ofMinutes(1),
        Duration.ofSeconds(1),
        Abilities.Steps.AUTHORIZE_AND_CAPTURE,
        fence,
        customer);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Abilities abilities() {
    return abilities;
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
  public Answer refund(StepKey key, ProviderTransaction payment, Money amount, CallBudget budget) {
    return api.request(
        "/v1/charges/" + text(payment.reference()) + "/refunds", key, body(amount), budget);
  }

  @Override
  public Answer find(StepKey key, CallBudget budget) {
    return api.question("/v1/operations?key=" + text(key.toString()), budget);
  }

  @Override
  public Answer fetch(String reference, CallBudget budget) {
    return api.question("/v1/objects/" + text(reference), budget);
  }

  @Override
  public Answer close(StepKey key, CallBudget budget) {
    return api.closing("/v1/operations?key=" + text(key.toString()), budget);
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
