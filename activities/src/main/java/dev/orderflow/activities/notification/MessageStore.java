package dev.orderflow.activities.notification;

import dev.orderflow.workflows.notification.NotificationActivities.Message;
import dev.orderflow.workflows.saga.StepKey;
import org.jdbi.v3.core.Handle;

/** The table {@code message}. */
final class MessageStore {
  /** The message as it is about to be sent, for the first time or once more. */
  void insert(Handle tx, Message message, Mail mail) {
    tx.createUpdate(
            """
            insert into message
              (key, order_id, event, occurrence, channel, recipient, message_id, state, attempts)
            values
              (:key, :order, :event, :occurrence, 'MAIL', :recipient, :messageId, 'PENDING', 1)
            on conflict (key) do update
            set state = 'PENDING', attempts = message.attempts + 1, updated_at = now()
            """)
        .bind("key", message.key().toString())
        .bind("order", message.key().order().value())
        .bind("event", message.event().name())
        .bind("occurrence", message.key().n())
        .bind("recipient", mail.recipientAddress())
        .bind("messageId", mail.messageId())
        .execute();
  }

  /** What the ledger now holds of it. */
  void enter(Handle tx, StepKey key) {
    tx.createUpdate(
            """
            update message set state = operation.state, reason_code = operation.reason_code,
              reason_message = operation.reason_message, updated_at = now()
            from operation where operation.key = message.key and message.key = :key
            """)
        .bind("key", key.toString())
        .execute();
  }
}
