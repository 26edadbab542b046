package dev.orderflow.drill;

import dev.orderflow.cli.ExitCode;
import dev.orderflow.drill.callbacks.CallbacksCommand;
import dev.orderflow.drill.campaign.PaymentsCommand;
import dev.orderflow.drill.scale.PlaceCommand;
import dev.orderflow.drill.scale.WorkersCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code orderflow drill}: the group of the drills. */
@Command(
    name = "drill",
    sortOptions = false,
    description = {
      "Each drill starts a throw-away machine, does to it what the world may do, and checks what is"
          + " promised. Leaves nothing behind.",
      ""
    },
    subcommands = {
      CallbacksCommand.class,
      PaymentsCommand.class,
      PlaceCommand.class,
      WorkersCommand.class
    })
final class DrillCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** No drill was named. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
