package dev.orderflow.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far long work has come, on standard error and only when that is a terminal. */
public abstract class Progress implements AutoCloseable {

  private Progress() {}

  /** Of work whose extent is not known. */
  public static Progress onTerminal(String task) {
    return onTerminal(task, -1);
  }

  /** Of that many steps. */
  public static Progress onTerminal(String task, long steps) {
    return Terminal.isError() ? new Bar(task, steps, System.err) : new None();
  }

  /** Shown nowhere. */
  static Progress none() {
    return new None();
  }

  /** So many steps it is likely to be in all. */
  abstract void expect(long steps);

  /** One more is done. */
  public abstract void step();

  /** So many are done in all. */
  public abstract void stepTo(long done);

  /** Writes something beside the bar. */
  public abstract void aside(Runnable writing);

  /** Ends the bar; again does nothing. */
  @Override
  public abstract void close();

  private static final class None extends Progress {
    @Override
    void expect(long steps) {}

    @Override
    public void step() {}

    @Override
    public void stepTo(long done) {}

    @Override
    public void aside(Runnable writing) {
      writing.run();
    }

    @Override
    public void close() {}
  }

  private static final class Bar extends Progress {

    /**
     * Fits any terminal. To ask how wide it really is would have the library take over the
     * terminal's signals: Ctrl-C then ends the process at once, and not in order.
     */
    private static final int WIDTH = 79;

    private final PrintStream terminal;
    private final ProgressBar bar;

    Bar(String task, long steps, PrintStream terminal) {
      this.terminal = terminal;
      this.bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
              .build();
    }

    @Override
    void expect(long steps) {
      bar.maxHint(steps);
    }

    @Override
    public void step() {
      bar.step();
    }

    @Override
    public void stepTo(long done) {
      bar.stepTo(done);
    }

    @Override
    public void aside(Runnable writing) {
      terminal.print("\r\u001b[K");
      writing.run();
      bar.refresh();
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
