package dev.orderflow.worker.check;

import dev.orderflow.activities.order.Channels;
import dev.orderflow.worker.config.SandboxUse;
import dev.orderflow.worker.config.WorkerConfig;

/** Whether orders can be paid, and with real money. */
public final class PaymentChecks {

  private static final String SUBJECT = "payment";

  private PaymentChecks() {}

  public static Finding sandbox(WorkerConfig config) {
    if (config.payment().sandbox().isPresent() && config.sandbox() == SandboxUse.REFUSED) {
      return Finding.missing(
          SUBJECT,
          "the sandbox plays payments, and [payment.sandbox] is configured",
          "remove it, or write sandbox = \"allowed\" on a developer's machine");
    }
    return Finding.ok(SUBJECT, "default channel '" + config.payment().defaultChannel() + "'");
  }

  public static Finding channel(Channels channels) {
    return channels.offers(channels.preferred())
        ? Finding.ok(SUBJECT, "default channel '" + channels.preferred() + "'")
        : Finding.missing(
            SUBJECT,
            "the default channel '" + channels.preferred() + "' is not configured",
            "configure it, or let payment.default-channel name one that is");
  }
}
