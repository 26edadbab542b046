package dev.orderflow.worker.check;

import com.google.inject.ProvisionException;
import dev.orderflow.activities.order.Channels;
import dev.orderflow.activities.payment.CallbackEvent.Mode;
import dev.orderflow.activities.payment.PluggedChannel;
import dev.orderflow.activities.payment.SandboxConfig;
import dev.orderflow.activities.payment.stripe.StripeConfig;
import dev.orderflow.worker.config.SandboxUse;
import dev.orderflow.worker.config.WorkerConfig;
import java.util.Optional;

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
    if (config.sandbox() == SandboxUse.REFUSED && playsStripe(config)) {
      return Finding.missing(
          SUBJECT,
          "a [payment.channels] table has a key of Stripe's test mode, where no money moves",
          "use a live key, or write sandbox = \"allowed\" where payments may be played");
    }
    return Finding.ok(SUBJECT, "default channel '" + config.payment().defaultChannel() + "'");
  }

  private static boolean playsStripe(WorkerConfig config) {
    return config.payment().channels().values().stream()
        .map(PluggedChannel::configuration)
        .anyMatch(told -> told instanceof StripeConfig stripe && stripe.mode() == Mode.TEST);
  }

  /**
   * Whether calls to the channel may move real money: of each, except where it is known that they
   * don't.
   */
  public static boolean mayMoveMoney(WorkerConfig config, String channel) {
    if (config.payment().sandbox().isPresent() && SandboxConfig.CHANNELS.contains(channel)) {
      return false;
    }
    return Optional.ofNullable(config.payment().channels().get(channel))
        .map(PluggedChannel::configuration)
        .filter(told -> told instanceof StripeConfig stripe && stripe.mode() == Mode.TEST)
        .isEmpty();
  }

  /** Whether there is every channel that the configuration sends orders to. */
  public static Finding channel(Channels channels) {
    return channels.named().stream()
        .filter(name -> !channels.offers(name))
        .findFirst()
        .map(name -> notConfigured(name, channels.preferred()))
        .orElseGet(() -> Finding.ok(SUBJECT, "default channel '" + channels.preferred() + "'"));
  }

  private static Finding notConfigured(String name, String preferred) {
    return name.equals(preferred)
        ? Finding.missing(
            SUBJECT,
            "the default channel '" + name + "' is not configured",
            "configure it, or let payment.default-channel name one that is")
        : Finding.missing(
            SUBJECT,
            "[[payment.routes]] name the channel '" + name + "', which is not configured",
            "configure it, or take it out of the routes");
  }

  /** What a channel says that could not be made. */
  public static Finding cannotBeMade(ProvisionException why) {
    return Finding.missing(
        SUBJECT,
        "a channel could not be made (" + Refusal.cause(why) + ")",
        "correct its table in [payment.channels]");
  }
}
