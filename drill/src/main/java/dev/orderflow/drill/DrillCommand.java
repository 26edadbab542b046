package dev.orderflow.drill;

import dev.orderflow.drill.callbacks.CallbacksCommand;
import dev.orderflow.drill.campaign.PaymentsCommand;
import dev.orderflow.drill.ledger.LedgerCommand;
import dev.orderflow.drill.scale.PlaceCommand;
import dev.orderflow.drill.scale.WorkersCommand;
import picocli.CommandLine.Command;

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
      WorkersCommand.class,
      LedgerCommand.class
    })
final class DrillCommand {}
