package dev.orderflow.dev.demo;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line for each scenario: redrawn on a terminal, elsewhere written when it is over. */
final class Progress {

  /** What the lines are written to. */
  enum Screen {
    TERMINAL,
    PLAIN
  }

  private static final String UP_TO_LINE = "\u001b[%dF";
  private static final String CLEAR_LINE = "\u001b[K";

  private final PrintWriter out;
  private final Screen screen;
  private final Map<String, String> lines = new LinkedHashMap<>();
  private boolean drawn;

  Progress(PrintWriter out, Screen screen, List<Scenario> scenarios) {
    this.out = out;
    this.screen = screen;
    scenarios.forEach(scenario -> lines.put(scenario.name(), "·"));
  }

  /** A scenario does something. */
  synchronized void does(Scenario scenario, String what) {
    lines.put(scenario.name(), what);
    if (screen == Screen.TERMINAL) {
      draw();
    }
  }

  /** A scenario is over. */
  synchronized void ended(Scenario scenario, String how) {
    does(scenario, how);
    if (screen == Screen.PLAIN) {
      out.println(line(scenario.name(), how));
      out.flush();
    }
  }

  private void draw() {
    if (drawn) {
      out.printf(UP_TO_LINE, lines.size());
    }
    drawn = true;
    lines.forEach((name, what) -> out.println(line(name, what) + CLEAR_LINE));
    out.flush();
  }

  private static String line(String name, String what) {
    return "  %-28s%s".formatted(name, what);
  }
}
