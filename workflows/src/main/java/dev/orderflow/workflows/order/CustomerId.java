package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The shop's own, opaque name for a customer: 1 to 64 letters, digits, dots, dashes or underscores.
 * It is seen in the Web UI and never encrypted, so nothing with an {@code @} is taken.
 */
public record CustomerId(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @JsonCreator
  public CustomerId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'"
              + value
              + "' is not 1 to 64 letters, digits, '.', '-' or '_'; use an opaque id, never a mail"
              + " address");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
