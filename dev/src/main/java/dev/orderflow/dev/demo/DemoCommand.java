package dev.orderflow.dev.demo;

import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Terminal;
import dev.orderflow.dev.CannotStart;
import dev.orderflow.dev.Home;
import dev.orderflow.dev.LocalOptions;
import dev.orderflow.dev.LocalSystem;
import dev.orderflow.dev.OrderlyEnd;
import dev.orderflow.dev.PartName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code orderflow demo}: plays the {@link Scenarios}, audits the {@link Books}, cleans up. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Starts a throw-away machine, plays orders that go well and orders that go wrong, and audits"
          + " the books: money, stock, coupons, mails. Takes a minute or two; leaves nothing"
          + " behind.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the books are balanced, and all was played at its usual cost",
      "1:that is not so, or a part could not be started",
      "2:wrong usage",
      "10:something already runs in the directory",
      "12:a program that is needed is missing",
      "130, 143:stopped in order by Ctrl-C or SIGTERM"
    })
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--keep", description = "Stays up afterwards, to look around, until Ctrl-C.")
  private boolean keep;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Lives in this new or empty directory, which stays (default: a temporary one).")
  private Path dir;

  @Mixin private Output output;

  private final long begin = System.nanoTime();

  @Override
  public Integer call() throws IOException, SQLException {
    try (var end = OrderlyEnd.ofThisThread();
        var home = dir == null ? Home.temporary("demo") : Home.in(dir)) {
      return demo(home);
    } catch (CannotStart failed) {
      human().println("orderflow demo: " + failed.getMessage());
      return failed.reason().exitCode();
    } catch (InterruptedException asked) {
      return ExitCode.INTERRUPTED.code();
    }
  }

  private int demo(Home home) throws InterruptedException, IOException, SQLException {
    PrintWriter human = human();
    human.println("Starting Temporal, PostgreSQL, a payment provider, a mail sink and a worker …");
    human.flush();
    try (var system =
            LocalSystem.start(
                LocalOptions.throwAway(home.directory()).configuring(Shop.CONFIGURATION));
        var stage = Stage.open(system)) {
      try {
        return play(system, stage);
      } finally {
        // What follows stops processes and waits for them, also after Ctrl-C.
        Thread.interrupted();
      }
    }
  }

  private int play(LocalSystem system, Stage stage)
      throws InterruptedException, IOException, SQLException {
    PrintWriter human = human();
    human.printf("Ready after %.1f s. Web UI: %s%n%n", seconds(), stage.webUi());
    human.flush();
    Shop.open(system.addresses());
    Result result = new Demo(stage, progress(human)).run();
    new Report(result).print(human);
    human.printf("Web UI: %s%s%n", stage.webUi(), keep ? "" : " (until now; --keep keeps it)");
    human.printf("Worker: %s resident%n", memory(system));
    human.printf("Total: %.1f s%n", seconds());
    human.flush();
    if (output.format() == Output.Format.JSON) {
      output.json(result.summary());
    }
    if (keep) {
      human.println("Stays up until Ctrl-C.");
      human.flush();
      new CountDownLatch(1).await();
    }
    return (result.isWell() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private static String memory(LocalSystem system) {
    try {
      return Memory.residentMegabytes(system.pid(PartName.WORKER)) + " MB";
    } catch (IllegalStateException startsAgain) {
      return "not known, it is being started again";
    }
  }

  private static Progress progress(PrintWriter human) {
    return new Progress(
        human,
        Terminal.isOutput() ? Progress.Screen.TERMINAL : Progress.Screen.PLAIN,
        Scenarios.all());
  }

  private PrintWriter human() {
    return output.format() == Output.Format.JSON ? output.err() : output.out();
  }

  private double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }
}
