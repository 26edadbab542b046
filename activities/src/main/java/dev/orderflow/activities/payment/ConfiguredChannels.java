package dev.orderflow.activities.payment;

import dev.orderflow.activities.order.Channels;
import dev.orderflow.activities.payment.RouteConfig.Share;
import dev.orderflow.workflows.payment.PaymentWait;
import dev.orderflow.workflows.saga.Reason;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The channels that are bound, as orders need to know them. */
final class ConfiguredChannels implements Channels {
  private final PaymentConfig config;
  private final Map<String, PaymentChannel> channels;
  private final ChannelSwitches switches;

  @Inject
  ConfiguredChannels(
      PaymentConfig config, Map<String, PaymentChannel> channels, ChannelSwitches switches) {
    this.config = config;
    this.channels = channels;
    this.switches = switches;
  }

  @Override
  public String preferred() {
    return config.defaultChannel();
  }

  @Override
  public Set<String> named() {
    Set<String> named = new TreeSet<>(Set.of(config.defaultChannel()));
    config.routes().forEach(route -> route.channels().forEach(share -> named.add(share.name())));
    return named;
  }

  @Override
  public boolean offers(String channel) {
    return channels.containsKey(channel);
  }

  @Override
  public boolean canHold(String channel) {
    return channels.get(channel).abilities().steps() == Abilities.Steps.AUTHORIZE_AND_CAPTURE;
  }

  @Override
  public Optional<Duration> authorizationLasts(String channel) {
    return channels.get(channel).abilities().authorizationLasts();
  }

  @Override
  public Route route(Wish wish) {
    if (wish.payer().channel().isPresent()) {
      String name = wish.payer().channel().get();
      return offers(name)
          ? among(wish, RouteConfig.by(new Share(name, null)))
          : new NoRoute(new Reason("UNKNOWN_CHANNEL", "there is no payment channel " + name));
    }
    return among(wish, fitting(wish));
  }

  /** The first one that fits; where it has a weight, one of all that fit and have one. */
  private RouteConfig fitting(Wish wish) {
    List<RouteConfig> fitting = config.routes().stream().filter(r -> r.fits(wish)).toList();
    if (fitting.isEmpty()) {
      return RouteConfig.by(new Share(preferred(), null));
    }
    RouteConfig first = fitting.get(0);
    List<RouteConfig> able =
        fitting.stream().filter(r -> r.isWeighted() && !left(r, wish).isEmpty()).toList();
    return first.isWeighted() && !able.isEmpty()
        // Not by the same name as the channels within it, which would go together with it.
        ? Lot.draw("route " + wish.order(), able, route -> route.weight().orElseThrow())
        : first;
  }

  private Route among(Wish wish, RouteConfig route) {
    List<Share> left = left(route, wish);
    return left.isEmpty() ? none(route) : new Chosen(route.inOrder(wish.order(), left));
  }

  private List<Share> left(RouteConfig route, Wish wish) {
    return route.channels().stream().filter(share -> takes(share.name(), wish)).toList();
  }

  private boolean takes(String name, Wish wish) {
    return offers(name)
        // What is free is not paid at all.
        && (wish.total().isZero() || switches.of(name) == ChannelState.OPEN)
        && (wish.stages() == Stages.ONE || canHold(name));
  }

  private static Route none(RouteConfig route) {
    List<String> names = route.channels().stream().map(Share::name).toList();
    return new NoRoute(
        new Reason(
            "NO_CHANNEL",
            "no payment channel takes this order now; it would be paid by "
                + String.join(", ", names)));
  }

  @Override
  public Optional<PaymentWait> waiting(String channel) {
    return Optional.ofNullable(channels.get(channel))
        .filter(known -> known.abilities().customer() == Abilities.Customer.ACTS)
        .map(known -> config.waiting().plan());
  }
}
