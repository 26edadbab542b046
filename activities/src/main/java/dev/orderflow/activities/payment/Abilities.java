package dev.orderflow.activities.payment;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a channel's provider declares. Doubt is settled by these numbers, so they must be on the
 * safe side.
 *
 * @param keyWindow for how long the provider carries out each idempotency key at most once; empty
 *     where it enforces none: then what is in doubt is never sent again, only asked about
 * @param longestRequest after which a request that was sent has either landed or never will
 * @param visibilityDelay after which what has landed is found
 * @param steps whether authorize and capture can be two calls
 * @param fence whether a payment that waits for the customer can be closed
 * @param customer whether a payment may wait for the customer
 * @param authorizationLasts for how long an amount that was authorized can be captured, at least;
 *     empty where nothing can be held, or it lasts longer than any order waits
 */
public record Abilities(
    Optional<Duration> keyWindow,
    Duration longestRequest,
    Duration visibilityDelay,
    Steps steps,
    Fence fence,
    Customer customer,
    Optional<Duration> authorizationLasts) {
  /** Whether what is not paid yet can be made impossible. */
  public enum Fence {
    /** A payment can be closed by its key. */
    CLOSE,
    /** It can't: what appears later is given back. */
    NONE
  }

  /** What the customer has to do with it once the token is there. */
  public enum Customer {
    /** Nothing: the answer comes at once. */
    ABSENT,
    /** Something, perhaps: the answer may be a next action, and the payment may come much later. */
    ACTS
  }

  /** How a payment may be made. */
  public enum Steps {
    /** {@code charge} only: a wallet, a transfer. */
    CHARGE_ONLY,
    /** {@code charge}, or {@code authorize} and later {@code capture} or {@code void}. */
    AUTHORIZE_AND_CAPTURE
  }

  public Abilities {
    keyWindow = keyWindow == null ? Optional.empty() : keyWindow;
    Objects.requireNonNull(longestRequest, "longestRequest");
    Objects.requireNonNull(visibilityDelay, "visibilityDelay");
    Objects.requireNonNull(steps, "steps");
    Objects.requireNonNull(fence, "fence");
    Objects.requireNonNull(customer, "customer");
    authorizationLasts = authorizationLasts == null ? Optional.empty() : authorizationLasts;
  }

  /** Where no authorization lapses while an order waits. */
  public Abilities(
      Optional<Duration> keyWindow,
      Duration longestRequest,
      Duration visibilityDelay,
      Steps steps,
      Fence fence,
      Customer customer) {
    this(keyWindow, longestRequest, visibilityDelay, steps, fence, customer, Optional.empty());
  }

  /** After a last attempt, "not found" is final only when this much time has passed. */
  public Duration horizon() {
    return longestRequest.plus(visibilityDelay);
  }
}
