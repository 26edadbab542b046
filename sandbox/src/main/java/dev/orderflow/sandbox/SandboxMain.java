package dev.orderflow.sandbox;

import dev.orderflow.sandbox.callback.CallbackTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The sandbox as a process. Prints one line when it listens; ends on SIGTERM. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = "A payment provider and a mail sink that misbehave on demand, on 127.0.0.1.")
public final class SandboxMain implements Callable<Integer> {

  @Option(
      names = "--http-port",
      required = true,
      paramLabel = "PORT",
      description = "Port of the HTTP API; 0 for any free one.")
  private int httpPort;

  @Option(
      names = "--smtp-port",
      required = true,
      paramLabel = "PORT",
      description = "Port of the mail sink; 0 for any free one.")
  private int smtpPort;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the logs and the mailbox; made if it is not there.")
  private Path data;

  @Option(
      names = "--api-key-file",
      required = true,
      paramLabel = "FILE",
      description = "File that holds the key which callers of the HTTP API must present.")
  private Path apiKeyFile;

  @ArgGroup(exclusive = false)
  private CallbackOptions callbacks;

  /** Both or none. */
  private static final class CallbackOptions {
    @Option(
        names = "--callback-url",
        required = true,
        paramLabel = "URL",
        description =
            "Where the merchant is told by POST of what happens later; behind a / at its end comes"
                + " the payment's channel.")
    private URI url;

    @Option(
        names = "--callback-secret-file",
        required = true,
        paramLabel = "FILE",
        description = "File that holds the secret which signs these reports.")
    private Path secretFile;

    CallbackTarget target() {
      return CallbackTarget.of(url, secretFile);
    }
  }

  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    quiet();
    CommandLine commandLine = new CommandLine(new SandboxMain());
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          command.getErr().println("sandbox: " + exception.getMessage());
          return command.getCommandSpec().exitCodeOnExecutionException();
        });
    System.exit(commandLine.execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    Sandbox sandbox = start();
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-close"));
    spec.commandLine()
        .getOut()
        .printf(
            "sandbox ready http=127.0.0.1:%d smtp=127.0.0.1:%d%n",
            sandbox.httpPort(), sandbox.smtpPort());
    spec.commandLine().getOut().flush();
    never.await();
    return CommandLine.ExitCode.OK;
  }

  private Sandbox start() {
    try {
      return Sandbox.start(
          new SandboxConfiguration(
              httpPort,
              smtpPort,
              data,
              ApiKey.in(apiKeyFile),
              Optional.ofNullable(callbacks).map(CallbackOptions::target),
              SandboxConfiguration.DEFAULT_LONGEST_SILENCE),
          Clock.systemUTC());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** A mail that was rejected on demand is no news; the operator's own settings win. */
  private static void quiet() {
    String level = "org.slf4j.simpleLogger.defaultLogLevel";
    System.setProperty(level, System.getProperty(level, "warn"));
  }
}
