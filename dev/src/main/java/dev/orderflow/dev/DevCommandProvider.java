package dev.orderflow.dev;

import dev.orderflow.cli.CommandProvider;

/** Contributes {@code orderflow dev}. */
public final class DevCommandProvider implements CommandProvider {

  @Override
  public String name() {
    return "dev";
  }

  @Override
  public String description() {
    return "Run everything on this machine: Temporal, PostgreSQL, sandbox, worker";
  }

  @Override
  public Object create() {
    return new DevCommand();
  }
}
