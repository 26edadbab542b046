package dev.orderflow.worker;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the process alive. */
final class Daemon {

  private Daemon() {}

  static ThreadFactory named(String name) {
    return body -> {
      Thread thread = new Thread(body, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
