package dev.orderflow.dev.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a process takes of the machine's memory. */
final class Memory {

  private Memory() {}

  /** Resident, in megabytes, as ps knows it everywhere; 0 where it does not. */
  static long residentMegabytes(long pid) {
    try {
      Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
      String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return Long.parseLong(kilobytes.strip()) / 1024;
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }
}
