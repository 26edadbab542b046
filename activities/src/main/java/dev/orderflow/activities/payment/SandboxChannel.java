package dev.orderflow.activities.payment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;

/** The sandbox: a provider in miniature, with the API that its documentation describes. */
final class SandboxChannel implements PaymentChannel {
  /** Answers at once. */
  static final String NAME = "sandbox";

  /** The customer acts on the provider's page; an open payment can be closed. */
  static final String WALLET = "sandbox-wallet";

  /** Enforces no keys: what is in doubt is never sent again, only asked about. */
  static final String PLAIN = "sandbox-plain";

  /** The sandbox keeps keys for ever; a request hangs there for a minute at most. */
  private static final Abilities AT_ONCE =
      new Abilities(
          Optional.of(Duration.ofDays(1)),
          Duration.ofMinutes(1),
          Duration.ofSeconds(1),
          Abilities.Steps.AUTHORIZE_AND_CAPTURE,
          Abilities.Fence.NONE,
          Abilities.Customer.ABSENT,
          Optional.of(Duration.ofDays(7)));

  private final String name;
  private final Abilities abilities;
  private final SandboxApi api;
  private final CallLimits limits;
  private final Optional<Callbacks> callbacks;

  private SandboxChannel(
      String name,
      Abilities abilities,
      SandboxApi api,
      CallLimits limits,
      Optional<Callbacks> callbacks) {
    this.name = name;
    this.abilities = abilities;
    this.api = api;
    this.limits = limits;
    this.callbacks = callbacks;
  }

  static SandboxChannel answeringAtOnce(SandboxConfig config) {
    return of(NAME, AT_ONCE, config, SandboxApi.Keys.ENFORCED);
  }

  static SandboxChannel wallet(SandboxConfig config) {
    Abilities abilities =
        new Abilities(
            AT_ONCE.keyWindow(),
            AT_ONCE.longestRequest(),
            AT_ONCE.visibilityDelay(),
            AT_ONCE.steps(),
            Abilities.Fence.CLOSE,
            Abilities.Customer.ACTS,
            AT_ONCE.authorizationLasts());
    return of(WALLET, abilities, config, SandboxApi.Keys.ENFORCED);
  }

  static SandboxChannel plain(SandboxConfig config) {
    Abilities abilities =
        new Abilities(
            Optional.empty(),
            AT_ONCE.longestRequest(),
            AT_ONCE.visibilityDelay(),
            AT_ONCE.steps(),
            AT_ONCE.fence(),
            AT_ONCE.customer(),
            AT_ONCE.authorizationLasts());
    return of(PLAIN, abilities, config, SandboxApi.Keys.KEPT);
  }

  private static SandboxChannel of(
      String name, Abilities abilities, SandboxConfig config, SandboxApi.Keys keys) {
    Optional<Callbacks> callbacks =
        config.webhookSecrets().isEmpty()
            ? Optional.empty()
            : Optional.of(new SandboxCallbacks(config.webhookSecrets()));
    return new SandboxChannel(
        name, abilities, new SandboxApi(name, config, keys), config.limits(), callbacks);
  }

  @Override
  public Optional<Callbacks> callbacks() {
    return callbacks;
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
    Answer answer =
        api.request(
            "/v1/authorizations/" + SandboxApi.text(authorization.reference()) + "/capture",
            key,
            body(authorization.amount()),
            budget);
    return answer.outcome().isDeclinedAs(ALREADY_CAPTURED)
        ? api.capturedByHand(authorization, budget).orElse(answer)
        : answer;
  }

  @Override
  public Answer voidAuthorization(
      StepKey key, ProviderTransaction authorization, CallBudget budget) {
    return api.request(
        "/v1/authorizations/" + SandboxApi.text(authorization.reference()) + "/void",
        key,
        JsonNodeFactory.instance.objectNode(),
        budget);
  }

  @Override
  public Answer refund(StepKey key, ProviderTransaction payment, Money amount, CallBudget budget) {
    return api.request(
        "/v1/charges/" + SandboxApi.text(payment.reference()) + "/refunds",
        key,
        body(amount),
        budget);
  }

  @Override
  public Answer find(StepKey key, CallBudget budget) {
    return api.find(key, budget);
  }

  @Override
  public Answer fetch(String reference, CallBudget budget) {
    return api.question("/v1/objects/" + SandboxApi.text(reference), budget);
  }

  @Override
  public Answer close(StepKey key, CallBudget budget) {
    return api.close(key, budget);
  }

  @Override
  public Movements movements(ProviderTransaction payment, CallBudget budget) {
    return api.movements(payment.reference(), budget);
  }

  @Override
  public Answer captured(ProviderTransaction authorization, CallBudget budget) {
    return api.capturedByHand(authorization, budget)
        .orElseGet(
            () ->
                Answer.notExecuted(
                    new Reason("NOT_FOUND", "Nobody has captured the authorization by hand.")));
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
}
