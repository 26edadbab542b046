package dev.orderflow.drill.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which Temporal server there is to be beside a throw-away machine. For use as a mixin. */
public final class TemporalOption {

  @Option(
      names = "--temporal",
      paramLabel = "DIR",
      description = "On the server that drill/temporal-on-postgresql started in DIR.")
  private Optional<Path> temporal;

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      description = "On that server, in its namespace default (default: the development server).")
  private Optional<String> address;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * The one that was given; empty where the machine is to have its own, the development server.
   *
   * @throws ParameterException where it can't be used
   */
  public Optional<TemporalServer> server() {
    if (temporal.isPresent() && address.isPresent()) {
      throw new ParameterException(command.commandLine(), "give --temporal or --address, not both");
    }
    try {
      return temporal.isPresent()
          ? Optional.of(TemporalServer.in(temporal.get()))
          : address.map(TemporalServer::at);
    } catch (IllegalArgumentException | IOException unusable) {
      throw new ParameterException(command.commandLine(), unusable.getMessage(), unusable);
    }
  }
}
