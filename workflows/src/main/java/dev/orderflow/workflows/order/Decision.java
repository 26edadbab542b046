package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Reason;
import java.util.Objects;

/**
 * Who wants something, and why: kept in the ledger with what was done about it.
 *
 * @param actor who, in the shop's own words; never empty
 * @param reason why; never empty
 */
public record Decision(String actor, Role role, String reason) {

  /** In what capacity. */
  public enum Role {
    CUSTOMER,
    OPERATOR,
    SYSTEM
  }

  public Decision {
    Objects.requireNonNull(role, "role");
    requireText("actor", actor);
    requireText("reason", reason);
  }

  /** What the story decided by itself. */
  public static Decision bySystem(Reason reason) {
    String text = reason.toString();
    return new Decision("orderflow", Role.SYSTEM, text.substring(0, Math.min(500, text.length())));
  }

  private static void requireText(String field, String value) {
    if (value == null || value.isBlank() || value.length() > 500) {
      throw new IllegalArgumentException(field + ": must have 1 to 500 characters");
    }
  }
}
