package dev.orderflow.drill;

import java.lang.management.ManagementFactory;

/** How many wanted a processor, on average over the last minute. */
public final class LoadAverage {

  private LoadAverage() {}

  /** Below zero where the system does not say. */
  public static double now() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return Math.round(load * 100) / 100.0;
  }
}
