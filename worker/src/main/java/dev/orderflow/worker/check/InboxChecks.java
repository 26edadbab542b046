package dev.orderflow.worker.check;

import dev.orderflow.activities.inbox.Backlog;
import java.time.Duration;

/** Whether orders are told what their payment providers say. */
public final class InboxChecks {

  private static final String SUBJECT = "callbacks";
  private static final Duration LATE = Duration.ofMinutes(5);

  private InboxChecks() {}

  /** Work is possible whatever lies there: orders ask their providers by themselves too. */
  public static Finding backlog(Backlog backlog) {
    if (backlog.oldest().filter(age -> age.compareTo(LATE) > 0).isPresent()) {
      return Finding.warning(
          SUBJECT,
          backlog.received() + " are not delivered, the oldest for " + age(backlog),
          "run a gateway: orderflow worker --role gateway --config FILE; its log says why");
    }
    if (backlog.parked() > 0) {
      return Finding.warning(
          SUBJECT,
          backlog.parked() + " parked, " + backlog.givenUp() + " of them given up",
          "look: "
              + Remedy.PARKED
              + (backlog.givenUp() > 0
                  ? "; of those that have no next try put each on its way again by 'orderflow inbox"
                      + " retry', or 'orderflow inbox close' it where nothing is left to do"
                  : "; nothing is to be done yet, they are tried again by themselves"));
    }
    return Finding.ok(SUBJECT, backlog.received() + " on their way to their orders");
  }

  private static String age(Backlog backlog) {
    long minutes = backlog.oldest().orElse(Duration.ZERO).toMinutes();
    return minutes < 120 ? minutes + " minutes" : minutes / 60 + " hours";
  }
}
