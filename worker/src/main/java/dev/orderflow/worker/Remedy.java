package dev.orderflow.worker;

/** The commands that mend things. */
final class Remedy {

  static final String SETUP = "run: orderflow setup --config FILE";
  static final String WORKER = "run: orderflow worker --config FILE";

  private Remedy() {}
}
