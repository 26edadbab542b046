package dev.orderflow.worker.check;

import dev.orderflow.activities.payment.ChannelState;
import dev.orderflow.activities.payment.PaymentConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether operators let the payment channels take payments. */
public final class SwitchChecks {

  private SwitchChecks() {}

  /**
   * What keeps orders from being paid.
   *
   * @param states of the channels that were ever switched
   * @return one finding for each channel that is not open
   */
  public static List<Finding> of(PaymentConfig config, Map<String, ChannelState> states) {
    return new TreeMap<>(states)
        .entrySet().stream()
            .filter(channel -> channel.getValue() != ChannelState.OPEN)
            .map(channel -> of(config, channel.getKey(), channel.getValue()))
            .toList();
  }

  private static Finding of(PaymentConfig config, String channel, ChannelState state) {
    String subject = "channel " + channel;
    String says =
        state == ChannelState.DRAINED ? "drained: takes no new payments" : "off: is not called";
    String remedy = "orderflow channel open " + channel + " --config FILE";
    boolean noOther = channel.equals(config.defaultChannel()) && config.routes().isEmpty();
    return noOther
        ? Finding.missing(subject, says + ", and no route leads elsewhere", remedy)
        : Finding.warning(subject, says, remedy);
  }
}
