package dev.orderflow.cli;

/**
 * Text that somebody else has typed, a customer perhaps: nothing in it moves a terminal's cursor.
 */
final class OneLine {

  private OneLine() {}

  /** With a space for whatever is not shown. */
  static String of(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]+", " ");
  }
}
