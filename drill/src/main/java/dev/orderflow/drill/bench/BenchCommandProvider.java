package dev.orderflow.drill.bench;

import dev.orderflow.cli.CommandProvider;

/** Contributes {@code orderflow bench}. */
public final class BenchCommandProvider implements CommandProvider {

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String description() {
    return "Measure what an order costs beside an empty workflow";
  }

  @Override
  public Object create() {
    return new BenchCommand();
  }
}
