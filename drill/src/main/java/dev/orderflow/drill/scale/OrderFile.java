package dev.orderflow.drill.scale;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of orders, a line each, and now and then a line that is none.
 *
 * @param run what no other run on the same Temporal server is called
 * @param orders how many it holds
 * @param bad how many lines are to be refused
 */
record OrderFile(Path path, String run, int orders, int bad) {

  /** So many orders stand between two bad lines. */
  private static final int GOOD_IN_A_ROW = 1_000;

  /** A mail address is no customer's id. */
  private static final String BAD =
      """
      {"key": "bad-%d", "customer": "somebody@example.com"}""";

  static OrderFile write(Path path, String run, int orders) throws IOException {
    int bad = (orders + GOOD_IN_A_ROW - 1) / GOOD_IN_A_ROW;
    OrderFile written = new OrderFile(path, run, orders, bad);
    try (BufferedWriter file = Files.newBufferedWriter(path)) {
      for (int i = 0; i < orders; i++) {
        if (i % GOOD_IN_A_ROW == 0) {
          file.append(BAD.formatted(i / GOOD_IN_A_ROW)).append('\n');
        }
        file.append(Wares.order(written.key(i), i, "approve")).append('\n');
      }
    }
    return written;
  }

  /** Under which its client places the order of that number, from 0. */
  String key(int number) {
    return keysBegin() + number;
  }

  /** With what the key of each of its orders begins, and no other's. */
  String keysBegin() {
    return "place-" + run + '-';
  }
}
