package dev.orderflow.activities.notification;

import dev.orderflow.workflows.order.OrderDocument.Language;
import java.util.Objects;

/** What a message says, once as plain text and once as HTML. */
public record Letter(Language language, String subject, String text, String html) {
  public Letter {
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(html, "html");
  }

  @Override
  public String toString() {
    return "Letter[" + language + "]";
  }
}
