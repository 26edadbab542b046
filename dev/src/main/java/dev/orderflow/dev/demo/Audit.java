package dev.orderflow.dev.demo;

import dev.orderflow.dev.Figures;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.joda.money.Money;

/** Looks at every place that an order leaves something in, and at what the orders cost. */
final class Audit {

  /** How long the lists may lag behind. */
  private static final long VISIBLE_WITHIN_MILLIS = 10_000;

  private static final long LOOK_MILLIS = 200;

  private final Stage stage;
  private final List<Performance> played;

  Audit(Stage stage, List<Performance> played) {
    this.stage = stage;
    this.played = List.copyOf(played);
  }

  Result carryOut() throws InterruptedException, SQLException, IOException {
    List<Account> accounts = played.stream().flatMap(p -> account(p).stream()).toList();
    Evidence evidence = evidence(accounts);
    List<Result.Line> lines = played.stream().map(p -> line(p, evidence)).toList();
    return new Result(
        lines,
        Books.check(accounts, evidence),
        played.stream().flatMap(performance -> performance.troubles().stream()).toList(),
        lines.stream().flatMap(line -> cost(line).stream()).toList(),
        stage.webUi());
  }

  private static Optional<Account> account(Performance performance) {
    return performance
        .status()
        .map(status -> new Account(performance.scenario(), performance.order(), status));
  }

  private Evidence evidence(List<Account> accounts)
      throws InterruptedException, SQLException, IOException {
    Map<OrderId, OrderStatus> listed = listed(accounts);
    try (LedgerTables ledger = LedgerTables.open(stage.addresses())) {
      return new Evidence(
          stage.logs().movements(),
          stage.logs().mails(),
          ledger.stock(),
          ledger.uses(),
          ledger.rewards(),
          ledger.statuses(),
          listed);
    }
  }

  private Map<OrderId, OrderStatus> listed(List<Account> accounts) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(VISIBLE_WITHIN_MILLIS);
    while (true) {
      Map<OrderId, OrderStatus> listed = stage.histories().listed();
      if (System.nanoTime() > deadline
          || accounts.stream().allMatch(a -> a.status().equals(listed.get(a.order())))) {
        return listed;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private Result.Line line(Performance performance, Evidence evidence) {
    OrderId order = performance.order();
    List<Movement> movements =
        evidence.movements().stream()
            .filter(movement -> movement.reference().equals(order.value()))
            .toList();
    return new Result.Line(
        performance.scenario(),
        order,
        performance.status(),
        stage.histories().figures(order).orElse(Figures.NONE),
        stage.histories().aftercare(order),
        MoneyBook.balance(
            movements, Money.zero(performance.scenario().basket().price().getCurrencyUnit())),
        performance.commits());
  }

  /** What an order cost beyond what it may. */
  static List<Violation> cost(Result.Line line) {
    List<Violation> violations = new ArrayList<>();
    String name = line.scenario().name();
    Figures figures = line.order();
    if (line.scenario().way() == Scenario.Way.DURABLE && line.total().attempts() < 2) {
      violations.add(
          new Violation(
              name, "several attempts of a regular activity", line.total().attempts() + ""));
    }
    line.scenario()
        .budget()
        .ifPresent(
            most -> {
              limit(
                  violations,
                  name + ", workflow tasks",
                  most.workflowTasks(),
                  figures.workflowTasks());
              limit(violations, name + ", events", most.events(), figures.events());
              limit(violations, name + ", commits", most.commits(), line.commits().orElseThrow());
            });
    return violations;
  }

  private static void limit(List<Violation> violations, String what, long most, long found) {
    if (found > most) {
      violations.add(new Violation(what, "at most " + most, "" + found));
    }
  }
}
