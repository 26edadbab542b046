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
   * What is done to an object that is there.
   *
   * @param target id of the object it acts on
   * @param amount in minor units; empty means all of it
   * @param why only of what a customer or a bank does
   */
  record FollowUp(Operation operation, String target, OptionalLong amount, Optional<ReasonCode> why)
      implements Instruction {

    FollowUp(Operation operation, String target, OptionalLong amount) {
      this(operation, target, amount, Optional.empty());
    }
  }

  /**
   * Money that came, by the word of a human; not an operation of its own.
   *
   * @param amount in minor units; empty means what was asked for
   * @param currency as {@code amount}
   */
  record Receipt(String payment, OptionalLong amount, Optional<String> currency) {}
}
