package dev.orderflow.dev.demo;

import dev.orderflow.cli.Table;
import dev.orderflow.dev.Figures;
import dev.orderflow.workflows.order.OrderStatus;
import java.io.PrintWriter;
import java.util.List;

/** The result for people. */
final class Report {

  private final Result result;

  Report(Result result) {
    this.result = result;
  }

  void print(PrintWriter out) {
    Table table =
        Table.of(
            "SCENARIO",
            "WHAT HAPPENED",
            "STATUS",
            "CHARGED-REFUNDED",
            "EVENTS",
            "TASKS",
            "ACTIONS");
    result.scenarios().forEach(line -> add(table, line));
    out.println();
    table.print(out, Table.Layout.ALIGNED);
    out.println();
    result.scenarios().stream()
        .filter(line -> line.commits().isPresent())
        .forEach(
            line ->
                out.printf(
                    "%s: %d commits in our database (transaction ids drawn while it ran alone)%n",
                    line.scenario().name(), line.commits().get()));
    out.println(
        """
        charged-refunded: by the payment provider's own log
        events, tasks: in the order's history in Temporal, its aftercare's included
        actions: Temporal Cloud's unit of billing, estimated
        """);
    out.println(
        result.violations().isEmpty()
            ? "books: balanced (money, stock, coupons, mails, statuses)"
            : "books: not balanced");
    list(out, result.violations());
    if (!result.unplayed().isEmpty()) {
      out.println("scripts: not all could be played to the end");
      list(out, result.unplayed());
    }
    if (!result.costs().isEmpty()) {
      out.println("costs: more than there may be");
      list(out, result.costs());
    }
    out.flush();
  }

  private static void list(PrintWriter out, List<Violation> violations) {
    violations.forEach(violation -> out.println("  " + violation));
  }

  private static void add(Table table, Result.Line line) {
    Figures figures = line.total();
    table.row(
        line.scenario().name(),
        line.status().filter(line.scenario().endings()::contains).isPresent()
            ? line.scenario().story()
            : "Not what was to happen; see below.",
        line.status().map(OrderStatus::name),
        line.balance(),
        figures.events(),
        figures.workflowTasks(),
        figures.actions());
  }
}
