package dev.orderflow.dev;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The processes of one machine, in the order in which they start; they stop in the reverse. */
public enum PartName {
  POSTGRES,
  TEMPORAL,
  SANDBOX,
  WORKER;

  /** The name in file names, logs and tables. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
