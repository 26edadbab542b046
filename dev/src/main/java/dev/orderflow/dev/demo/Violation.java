package dev.orderflow.dev.demo;

/**
 * Something that is not as it must be.
 *
 * @param order the scenario's name, or what else it is about
 */
record Violation(String order, String expected, String found) {

  @Override
  public String toString() {
    return order + ": expected " + expected + ", found " + found;
  }
}
