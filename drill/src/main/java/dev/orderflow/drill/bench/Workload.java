package dev.orderflow.drill.bench;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** How orders follow one another. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(Workload.Counted.class),
  @JsonSubTypes.Type(Workload.Closed.class),
  @JsonSubTypes.Type(Workload.Open.class)
})
sealed interface Workload {

  /** So many orders, {@code inFlight} at a time. */
  record Counted(int inFlight, long orders) implements Workload {}

  /** {@code inFlight} customers, each ordering again as soon as the order before has ended. */
  record Closed(int inFlight, Duration lasting) implements Workload {}

  /** So many customers a second, at even intervals, whether or not the others are served. */
  record Open(double perSecond, Duration lasting) implements Workload {}
}
