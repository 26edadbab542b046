package dev.orderflow.worker.check;

import dev.orderflow.worker.check.TemporalNamespace.Lack;
import dev.orderflow.worker.config.TemporalConfig;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Whether Temporal has what orders need. */
public final class TemporalChecks {

  private final TemporalNamespace namespace;
  private final TemporalConfig config;

  public TemporalChecks(TemporalNamespace namespace, TemporalConfig config) {
    this.namespace = namespace;
    this.config = config;
  }

  /** A question was refused, or came to nothing. */
  public static Finding notAnswered(StatusRuntimeException e) {
    return Finding.unreachable(
        "temporal",
        "does not answer (" + Refusal.cause(e) + ")",
        "see [temporal], its TLS and its credentials");
  }

  public Finding namespace() {
    String subject = "namespace";
    return namespace.exists()
        ? Finding.ok(subject, namespace.name())
        : Finding.missing(
            subject,
            "'" + namespace.name() + "' does not exist",
            Remedy.SETUP + " --create-namespace");
  }

  /** Needs the namespace. */
  public Finding searchAttributes() {
    return searchAttributes(namespace.missingAttributes());
  }

  public static Finding searchAttributes(SortedMap<String, Lack> lacks) {
    String subject = "search attributes";
    if (lacks.isEmpty()) {
      return Finding.ok(subject, "registered");
    }
    if (lacks.containsValue(Lack.OTHER_TYPE)) {
      return Finding.missing(
          subject,
          "not of type Keyword: " + named(lacks, Lack.OTHER_TYPE),
          "use a namespace of its own, or remove them there");
    }
    return Finding.missing(subject, "not registered: " + named(lacks, Lack.ABSENT), Remedy.SETUP);
  }

  private static String named(SortedMap<String, Lack> lacks, Lack lack) {
    return lacks.entrySet().stream()
        .filter(e -> e.getValue() == lack)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  /** Needs the namespace. */
  public Finding workers() {
    String subject = "workers";
    long workers = namespace.workers(config.taskQueue());
    String queue = "task queue '" + config.taskQueue() + "'";
    return workers > 0
        ? Finding.ok(subject, workers + " on " + queue)
        : Finding.missing(subject, "none on " + queue, Remedy.WORKER);
  }
}
