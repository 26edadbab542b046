package dev.orderflow.dev.demo;

import java.util.ArrayList;
import java.util.List;

/** What an audit finds wrong. */
final class Findings {

  private final List<Violation> violations = new ArrayList<>();

  void expect(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      wrong(what, expected.toString(), found.toString());
    }
  }

  void wrong(String what, String expected, String found) {
    violations.add(new Violation(what, expected, found));
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }
}
