package dev.orderflow.drill.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.cli.Table;
import dev.orderflow.cli.Table.Layout;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is printed in the end: tables, and one line of JSON.
 *
 * @param temporal the server
 * @param jdk that runs the worker and the starter
 * @param javaOptions theirs
 * @param other what the second worker was told
 * @param load the machine's load average before and after; what else runs there is in it
 */
record BenchReport(
    String temporal,
    String jdk,
    List<String> javaOptions,
    Optional<OtherWorker> other,
    int processors,
    List<Double> load,
    @JsonIgnore BenchPlan plan,
    int rounds,
    int inFlight,
    List<VariantFigures> variants) {

  void print(PrintWriter out) {
    out.println("Temporal: " + temporal);
    out.println("JDK: " + jdk + "; " + String.join(" ", javaOptions));
    other.ifPresent(told -> out.println("Other settings: " + told.inWords()));
    out.printf(
        "%d processors; load average %.1f before, %.1f after%n",
        processors, load.get(0), load.get(1));
    out.printf(
        "%d rounds of %d s in closed loop with %d customers and %d s in open loop, after a warm-up"
            + " of %d orders (textbook: %d)%n",
        rounds,
        plan.closed().toSeconds(),
        inFlight,
        plan.open().toSeconds(),
        plan.warmUp(),
        plan.warmUp(Variant.TEXTBOOK));
    out.println("Rates, latencies, CPU: the median over the rounds, with the least and the most.");
    section(out, "Orders a second", rates());
    section(out, "Latency in ms; open: from the intended start, at half that rate", latencies());
    section(out, "CPU seconds for 1000 orders", cpu());
    section(out, "An order's writes, all rounds together, and its history: means", costs());
    out.println();
    Table meanings = Table.of("variant", "");
    variants.forEach(v -> meanings.row(v.variant().word(), v.variant().meaning()));
    meanings.print(out, Layout.ALIGNED);
    out.flush();
  }

  private static void section(PrintWriter out, String title, Table table) {
    out.println();
    out.println(title);
    table.print(out, Layout.ALIGNED);
  }

  private Table rates() {
    Table table = Table.of("variant", "orders/s", "to the floor", "to the textbook");
    variants.forEach(
        v ->
            table.row(
                v.variant().word(),
                v.ordersPerSecond().withExtremes(1),
                extremes(v.toFloor()),
                extremes(v.toTextbook())));
    return table;
  }

  private Table latencies() {
    Table table =
        Table.of("variant", "closed p50", "p95", "p99", "open at", "open p50", "p95", "p99");
    variants.forEach(
        v ->
            table.row(
                v.variant().word(),
                v.closed().p50().print(0),
                v.closed().p95().print(0),
                v.closed().p99().withExtremes(0),
                v.openPerSecond().print(1) + "/s",
                v.open().p50().print(1),
                v.open().p95().print(1),
                v.open().p99().withExtremes(1)));
    return table;
  }

  private Table cpu() {
    Table table =
        Table.of(
            "variant",
            "worker",
            "starter",
            "Temporal",
            "its PostgreSQL",
            "our PostgreSQL",
            "sandbox",
            "all but sandbox, to the floor");
    variants.forEach(
        v -> {
          Map<Component, Spread> cpu = v.cpuSecondsPer1000();
          table.row(
              v.variant().word(),
              cell(cpu, Component.WORKER),
              cell(cpu, Component.STARTER),
              cell(cpu, Component.TEMPORAL),
              cell(cpu, Component.TEMPORAL_POSTGRESQL),
              cell(cpu, Component.POSTGRESQL),
              cell(cpu, Component.SANDBOX),
              extremes(v.cpuToFloor()));
        });
    return table;
  }

  private Table costs() {
    Table table =
        Table.of(
            "variant",
            "commits",
            "statements",
            "bytes logged",
            "Temporal's commits",
            "bytes logged",
            "events",
            "workflow tasks",
            "Actions");
    variants.forEach(
        v ->
            table.row(
                v.variant().word(),
                Spread.print(v.ledger().commits(), 1),
                Spread.print(v.ledger().statements(), 1),
                Spread.print(v.ledger().bytes(), 0),
                v.temporal().map(writes -> Spread.print(writes.commits(), 1)),
                v.temporal().map(writes -> Spread.print(writes.bytes(), 0)),
                Spread.print(v.events(), 1),
                Spread.print(v.workflowTasks(), 1),
                Spread.print(v.actions(), 1)));
    return table;
  }

  private static Optional<String> cell(Map<Component, Spread> cpu, Component component) {
    return Optional.ofNullable(cpu.get(component)).map(spread -> spread.withExtremes(1));
  }

  private static Optional<String> extremes(Optional<Spread> spread) {
    return spread.map(s -> s.withExtremes(2));
  }
}
