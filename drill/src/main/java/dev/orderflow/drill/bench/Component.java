package dev.orderflow.drill.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose work an order costs. */
enum Component {
  @JsonProperty("worker")
  WORKER,
  /** Where it is a process of its own. */
  @JsonProperty("starter")
  STARTER,
  @JsonProperty("temporal")
  TEMPORAL,
  /** What Temporal keeps its histories in, where that is a process of its own. */
  @JsonProperty("temporalPostgresql")
  TEMPORAL_POSTGRESQL,
  /** The ledger's. */
  @JsonProperty("postgresql")
  POSTGRESQL,
  /** The payment provider and the mail server. */
  @JsonProperty("sandbox")
  SANDBOX;

  /** Whether it is part of what an installation of its own would run. */
  boolean isOurs() {
    return this != SANDBOX;
  }
}
