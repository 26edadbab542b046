package dev.orderflow.worker.check;

/** The commands that mend things. */
public final class Remedy {

  public static final String SETUP = "run: orderflow setup --config FILE";
  public static final String WORKER = "run: orderflow worker --config FILE";

  public static final String PARKED = "orderflow inbox --state parked --config FILE";

  private Remedy() {}
}
