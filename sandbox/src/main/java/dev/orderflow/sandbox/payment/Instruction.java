package dev.orderflow.sandbox.payment;

import java.util.Optional;
import java.util.OptionalLong;

/** A request that has been read and makes sense on its own. */
sealed interface Instruction {

  Operation operation();

  /** Begins a payment: an authorization or a charge, of {@code amount} minor units. */
  record Pay(
      Operation operation,
      String merchantReference,
      long amount,
      String currency,
      Behaviour behaviour)
      implements Instruction {}

  /**
   * Capture, void or refund.
   *
   * @param target id of the object it acts on
   * @param amount in minor units; empty means all of it
   */
  record FollowUp(Operation operation, String target, OptionalLong amount) implements Instruction {}

  /**
   * Money that came, by the word of a human; not an operation of its own.
   *
   * @param amount in minor units; empty means what was asked for
   * @param currency as {@code amount}
   */
  record Receipt(String payment, OptionalLong amount, Optional<String> currency) {}
}
