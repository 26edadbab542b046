package dev.orderflow.activities.notification;

import java.util.Objects;

/**
 * One mail, ready to be sent. Never printed: it names a person.
 *
 * @param messageId in angle brackets; the same for every attempt at the same message
 */
public record Mail(String messageId, String recipientName, String recipientAddress, Letter letter) {
  public Mail {
    Objects.requireNonNull(messageId, "messageId");
    Objects.requireNonNull(recipientName, "recipientName");
    Objects.requireNonNull(recipientAddress, "recipientAddress");
    Objects.requireNonNull(letter, "letter");
  }

  @Override
  public String toString() {
    return "Mail[" + messageId + "]";
  }
}
