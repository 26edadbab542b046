package dev.orderflow.drill;

/** What is done when the JVM ends before it was done otherwise; at once where it ends already. */
public final class AtExit {

  private final Thread hook;

  private AtExit(Thread hook) {
    this.hook = hook;
  }

  public static AtExit run(Runnable work) {
    Thread hook = new Thread(work, "at exit");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException ending) {
      work.run();
    }
    return new AtExit(hook);
  }

  /** It was done otherwise. */
  public void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // To do it once more does no harm.
    }
  }
}
