package dev.orderflow.dev.demo;

import dev.orderflow.client.OrderflowException;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays the scenarios, then looks at everything they left. */
final class Demo {

  private final Stage stage;
  private final Progress progress;

  Demo(Stage stage, Progress progress) {
    this.stage = stage;
    this.progress = progress;
  }

  /** What is measured comes after what warms the worker up. */
  Result run() throws InterruptedException, SQLException, IOException {
    List<Performance> played = new ArrayList<>(sideBySide(Scenarios.SIDE_BY_SIDE));
    for (Scenario scenario : Scenarios.MEASURED) {
      played.add(measured(scenario));
    }
    for (Scenario scenario : Scenarios.LAST) {
      played.add(play(scenario));
    }
    played.sort(Comparator.comparing(p -> Scenarios.all().indexOf(p.scenario())));
    return new Audit(stage, played).carryOut();
  }

  private Performance measured(Scenario scenario)
      throws InterruptedException, SQLException, IOException {
    long before = stage.commits().soFar();
    Performance performance = play(scenario);
    return performance.costing(stage.commits().soFar() - before);
  }

  private List<Performance> sideBySide(List<Scenario> scenarios) throws InterruptedException {
    ExecutorService players = Executors.newFixedThreadPool(scenarios.size());
    try {
      List<Callable<Performance>> plays = new ArrayList<>();
      scenarios.forEach(scenario -> plays.add(() -> play(scenario)));
      List<Performance> played = new ArrayList<>();
      for (Future<Performance> play : players.invokeAll(plays)) {
        played.add(play.get());
      }
      return played;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a scenario could not be played", e.getCause());
    } finally {
      players.shutdownNow();
    }
  }

  /** Places the order, follows the script, and waits until everything begun for it has ended. */
  private Performance play(Scenario scenario) throws InterruptedException {
    OrderId order = OrderId.ofKey(scenario.name());
    List<Violation> troubles = new ArrayList<>();
    try {
      progress.does(scenario, "places an order");
      stage.place(Shop.document(scenario));
      for (Act act : scenario.script()) {
        progress.does(scenario, act.words());
        act.carryOut(stage, order);
      }
      progress.does(scenario, "waits until all has ended");
      stage.await("the order to end", () -> stage.histories().isClosed(order));
    } catch (RuntimeException e) {
      troubles.add(trouble(scenario, e));
    }
    Optional<OrderStatus> status = status(order);
    if (status.isEmpty()) {
      troubles.add(new Violation(scenario.name(), "a status", "none that the client can tell"));
    }
    progress.ended(scenario, status.map(OrderStatus::name).orElse("not known"));
    return new Performance(scenario, order, status, Optional.empty(), troubles);
  }

  private static Violation trouble(Scenario scenario, RuntimeException e)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return new Violation(scenario.name(), "its script to be played to the end", e.getMessage());
  }

  private Optional<OrderStatus> status(OrderId order) {
    try {
      return Optional.of(stage.status(order));
    } catch (OrderflowException e) {
      return Optional.empty();
    }
  }
}
