package dev.orderflow.drill.scale;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How busy this machine's processors are, whatever keeps them busy. */
final class Processors {

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** In percent of all of them, since this was asked before; below zero where it is not known. */
  long busySinceLast() {
    double load = system.getCpuLoad();
    return load < 0 ? -1 : Math.round(load * 100);
  }
}
