package dev.orderflow.dev.demo;

import dev.orderflow.cli.CommandProvider;

/** Contributes {@code orderflow demo}. */
public final class DemoCommandProvider implements CommandProvider {

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String description() {
    return "Play orders that go well and wrong on a throw-away machine, then audit the books";
  }

  @Override
  public Object create() {
    return new DemoCommand();
  }
}
