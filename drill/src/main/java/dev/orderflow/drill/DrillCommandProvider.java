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
    return "Try what is promised of faults and load on a throw-away machine, and measure it";
  }

  @Override
  public Object create() {
    return new DrillCommand();
  }
}
