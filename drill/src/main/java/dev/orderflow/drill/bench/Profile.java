package dev.orderflow.drill.bench;

import dev.orderflow.cli.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a worker's time goes: its threads' CPU time, and what its Java code was at, by a flight
 * recording's samples.
 *
 * @param orders that were served meanwhile
 * @param threads CPU seconds by kind of thread
 * @param samples by what the code was at
 * @param hottest samples by the innermost method
 * @param statements that the ledger's database executed
 */
record Profile(
    long orders,
    Map<String, Double> threads,
    Map<String, Long> samples,
    Map<String, Long> hottest,
    List<DatabaseCount.Statements> statements) {

  private static final int SHOWN = 12;
  private static final int STATEMENT = 90;

  /** What a sample counts for: the first of these in the stack, from the innermost frame on. */
  private static final Map<String, String> OWNERS = owners();

  private static final String OTHER = "the JDK and others";

  private static Map<String, String> owners() {
    Map<String, String> owners = new LinkedHashMap<>();
    owners.put("org.postgresql.", "PostgreSQL's driver");
    owners.put("com.zaxxer.hikari.", "the connection pool");
    owners.put("org.jdbi.", "Jdbi");
    owners.put("jdk.internal.net.http.", "HTTP to the provider");
    owners.put("java.net.http.", "HTTP to the provider");
    owners.put("org.eclipse.angus.", "mail");
    owners.put("jakarta.mail.", "mail");
    owners.put("com.github.mustachejava.", "mail");
    owners.put("io.grpc.", "gRPC");
    owners.put("com.google.protobuf.", "protobuf");
    owners.put("com.fasterxml.jackson.", "JSON");
    owners.put("io.temporal.", "Temporal's SDK");
    owners.put("com.uber.m3.", "Temporal's SDK");
    owners.put("dev.orderflow.drill.", "the benchmark");
    owners.put("dev.orderflow.", "orderflow itself");
    return owners;
  }

  static Profile of(
      long orders,
      Map<String, Double> threads,
      Path recording,
      List<DatabaseCount.Statements> statements)
      throws IOException {
    Map<String, Long> samples = new HashMap<>();
    Map<String, Long> hottest = new HashMap<>();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (event.getEventType().getName().equals("jdk.ExecutionSample")
            && event.getStackTrace() != null) {
          List<RecordedFrame> frames = event.getStackTrace().getFrames();
          samples.merge(owner(frames), 1L, Long::sum);
          hottest.merge(method(frames.get(0)), 1L, Long::sum);
        }
      }
    }
    return new Profile(orders, threads, samples, hottest, statements);
  }

  private static String owner(List<RecordedFrame> frames) {
    return frames.stream()
        .map(frame -> frame.getMethod().getType().getName())
        .flatMap(
            type ->
                OWNERS.entrySet().stream()
                    .filter(owner -> type.startsWith(owner.getKey()))
                    .map(Map.Entry::getValue)
                    .limit(1))
        .findFirst()
        .orElse(OTHER);
  }

  private static String method(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  void print(PrintWriter out) {
    out.println();
    out.printf("Profile of the worker over %d healthy orders%n", orders);
    Table cpu = Table.of("threads", "CPU ms per order");
    largest(threads)
        .forEach(t -> cpu.row(t.getKey(), "%.2f".formatted(t.getValue() * 1000 / orders)));
    cpu.print(out, Table.Layout.ALIGNED);
    shares(out, "the code was at", samples);
    shares(out, "innermost method", hottest);
    Table sql = Table.of("per order", "ms per order", "statement in the ledger's database");
    statements.stream()
        .filter(each -> each.calls() * 20 >= orders)
        .forEach(
            each ->
                sql.row(
                    "%.2f".formatted((double) each.calls() / orders),
                    "%.3f".formatted(each.millis() / orders),
                    each.text().substring(0, Math.min(STATEMENT, each.text().length()))));
    out.println();
    sql.print(out, Table.Layout.ALIGNED);
  }

  private static void shares(PrintWriter out, String heading, Map<String, Long> counts) {
    double all = counts.values().stream().mapToLong(Long::longValue).sum();
    Table table = Table.of(heading, "% of samples");
    largest(counts).forEach(c -> table.row(c.getKey(), "%.1f".formatted(100 * c.getValue() / all)));
    out.println();
    table.print(out, Table.Layout.ALIGNED);
  }

  private static <N extends Number> Stream<Map.Entry<String, N>> largest(Map<String, N> counts) {
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparingDouble((Map.Entry<String, N> e) -> e.getValue().doubleValue())
                .reversed())
        .limit(SHOWN);
  }
}
