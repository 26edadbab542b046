package dev.orderflow.dev;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What listens on a port of its own, with the port it takes when nothing else is said. */
public enum Port {
  TEMPORAL(7233),
  TEMPORAL_UI(8233),
  POSTGRES(5433),
  SANDBOX(8888),
  SMTP(2525),
  WORKER(8081),
  GATEWAY(8089);

  private final int usual;

  Port(int usual) {
    this.usual = usual;
  }

  /** The default, 1 to 65535. */
  public int usual() {
    return usual;
  }

  /** The command-line option that changes it. */
  public String option() {
    return "--port-" + word();
  }

  /** The name in files and options. */
  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
