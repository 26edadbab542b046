package dev.orderflow.drill;

import dev.orderflow.cli.CommandProvider;

/** Contributes {@code orderflow drill}. */
public final class DrillCommandProvider implements CommandProvider {

  @Override
  public String name() {
    return "drill";
  }

  @Override
  public String description() {
    return "Try what is promised, on a throw-away machine: callbacks, payments, place, workers,"
        + " ledger";
  }

  @Override
  public Object create() {
    return new DrillCommand();
  }
}
