package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.orderflow.sandbox.journal.Json;

/** What goes over the wire: an answer, or a connection closed without one. */
sealed interface Reply {

  /** The connection is closed; the caller learns nothing. */
  record NoAnswer() implements Reply {}

  record Answer(int status, String body, Telling telling) implements Reply {}

  /** Whether the caller hears it now or heard it before. */
  enum Telling {
    FIRST,
    REPLAYED
  }

  /** A refusal: certain that nothing happened. */
  static Reply error(int status, String code, String message) {
    return new Answer(status, Json.line(new Problem(code, message, null)), Telling.FIRST);
  }

  /** A server error of which it is certain that nothing happened. */
  static Reply notExecuted() {
    String body = Json.line(new Problem("error", "Something failed before the effect.", false));
    return new Answer(500, body, Telling.FIRST);
  }

  /** A server error after which the caller cannot know. */
  static Reply unclear() {
    String body = Json.line(new Problem("error", "Something failed.", null));
    return new Answer(500, body, Telling.FIRST);
  }

  /** The form of every error; {@code executed} is there only where it is certain. */
  @JsonInclude(Include.NON_NULL)
  record Problem(String code, String message, Boolean executed) {}
}
