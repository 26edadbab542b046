package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.order.Channels;
import dev.orderflow.activities.order.Channels.Chosen;
import dev.orderflow.activities.order.Channels.NoRoute;
import dev.orderflow.activities.order.Channels.Stages;
import dev.orderflow.activities.payment.RouteConfig.Share;
import dev.orderflow.workflows.order.OrderId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** By which channels an order is paid is decided once, when it is accepted. */
class RoutingTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final OrderId ORDER = OrderId.ofKey("routed");

  private static final Channels.Payer ANYBODY =
      new Channels.Payer(Optional.empty(), Optional.empty(), Optional.empty());

  private static final RouteConfig SMALL =
      new RouteConfig(
          null,
          Optional.empty(),
          Optional.of(Money.parse("EUR 50.00")),
          null,
          null,
          null,
          List.of(new Share("wallet", 3), new Share("card", 1), new Share("spare", 0)));
  private static final RouteConfig EUROS =
      new RouteConfig(
          Optional.of("EUR"),
          null,
          null,
          null,
          null,
          null,
          List.of(new Share("card", 1), new Share("spare", 0)));

  @BeforeEach
  void everythingIsOpen() {
    database.execute("delete from payment_channel");
  }

  private static Channels channels(RouteConfig... routes) {
    Map<String, PaymentChannel> bound =
        Stream.of(
                new ScriptedChannel("card", Abilities.Steps.AUTHORIZE_AND_CAPTURE),
                new ScriptedChannel("spare", Abilities.Steps.AUTHORIZE_AND_CAPTURE),
                new ScriptedChannel("wallet", Abilities.Steps.CHARGE_ONLY))
            .collect(Collectors.toMap(ScriptedChannel::name, Function.identity()));
    return new ConfiguredChannels(
        new PaymentConfig("card", null, null, null, List.of(routes), null), bound, switches());
  }

  private static ChannelSwitches switches() {
    return new ChannelSwitches(database.get(Jdbi.class));
  }

  private static Channels.Wish wish(OrderId order, String total) {
    return new Channels.Wish(order, ANYBODY, Money.parse(total), Stages.ONE);
  }

  private static Channels.Payer naming(String channel) {
    return new Channels.Payer(Optional.of(channel), Optional.empty(), Optional.empty());
  }

  private static Channels.Wish of(String country, String method) {
    return new Channels.Wish(
        ORDER,
        new Channels.Payer(
            Optional.empty(), Optional.ofNullable(method), Optional.ofNullable(country)),
        Money.parse("EUR 10.00"),
        Stages.ONE);
  }

  private static RouteConfig route(
      List<String> countries, List<String> methods, Integer weight, String... channels) {
    return new RouteConfig(
        null,
        null,
        null,
        countries,
        methods,
        Optional.ofNullable(weight),
        Stream.of(channels).map(name -> new Share(name, null)).toList());
  }

  private static List<String> chosen(Channels.Route route) {
    return ((Chosen) route).channels();
  }

  private static String refused(Channels.Route route) {
    return ((NoRoute) route).why().code();
  }

  @Test
  void theFirstRouteThatFitsDecides() {
    Channels channels = channels(SMALL, EUROS);

    assertThat(chosen(channels.route(wish(ORDER, "EUR 49.99"))))
        .containsExactlyInAnyOrder("wallet", "card", "spare");
    assertThat(chosen(channels.route(wish(ORDER, "EUR 50.00")))).containsExactly("card", "spare");
  }

  @Test
  void anOrderThatNoRouteFitsIsPaidByTheDefaultChannel() {
    assertThat(chosen(channels(SMALL, EUROS).route(wish(ORDER, "USD 10.00"))))
        .containsExactly("card");
    assertThat(chosen(channels().route(wish(ORDER, "EUR 10.00")))).containsExactly("card");
  }

  @Test
  void ordersBeginByWeightAndTheOthersFollowAsWritten() {
    Channels channels = channels(SMALL);
    Map<List<String>, Integer> times = new HashMap<>();

    IntStream.range(0, 4_000)
        .mapToObj(i -> wish(OrderId.ofKey("order-" + i), "EUR 10.00"))
        .forEach(wish -> times.merge(chosen(channels.route(wish)), 1, Integer::sum));

    assertThat(times.keySet())
        .containsExactlyInAnyOrder(
            List.of("wallet", "card", "spare"), List.of("card", "wallet", "spare"));
    assertThat(times.get(List.of("card", "wallet", "spare"))).isBetween(900, 1_100);
  }

  @Test
  void anOrderIsSentTheSameWayAgain() {
    assertThat(chosen(channels(SMALL).route(wish(ORDER, "EUR 10.00"))))
        .isEqualTo(chosen(channels(SMALL).route(wish(ORDER, "EUR 10.00"))));
  }

  @Test
  void anOrderThatNamesAChannelGetsThatOneAlone() {
    Channels channels = channels(EUROS);
    Channels.Wish wish =
        new Channels.Wish(ORDER, naming("wallet"), Money.parse("EUR 10.00"), Stages.ONE);

    assertThat(chosen(channels.route(wish))).containsExactly("wallet");
  }

  @Test
  void aChannelThatIsNotThereIsNamed() {
    Channels.Wish wish =
        new Channels.Wish(ORDER, naming("paper"), Money.parse("EUR 10.00"), Stages.ONE);

    assertThat(refused(channels().route(wish))).isEqualTo("UNKNOWN_CHANNEL");
  }

  @Test
  void aDrainedChannelIsLeftOut() {
    switches().set("card", ChannelState.DRAINED);
    Channels channels = channels(EUROS);

    assertThat(chosen(channels.route(wish(ORDER, "EUR 10.00")))).containsExactly("spare");

    switches().set("spare", ChannelState.OFF);
    assertThat(refused(channels(EUROS).route(wish(ORDER, "EUR 10.00")))).isEqualTo("NO_CHANNEL");
    assertThat(chosen(channels(EUROS).route(wish(ORDER, "EUR 0.00")))).contains("card");
  }

  @Test
  void whatIsHeldFirstIsNotSentWhereNothingCanBeHeld() {
    Channels.Wish held = new Channels.Wish(ORDER, ANYBODY, Money.parse("EUR 10.00"), Stages.TWO);
    Channels.Wish byWallet =
        new Channels.Wish(ORDER, naming("wallet"), Money.parse("EUR 10.00"), Stages.TWO);

    assertThat(chosen(channels(SMALL).route(held))).containsExactly("card", "spare");
    assertThat(refused(channels(SMALL).route(byWallet))).isEqualTo("NO_CHANNEL");
  }

  @Test
  void aRouteMayAskForTheCountryAndTheMeansOfPayment() {
    Channels channels =
        channels(
            route(List.of("DE", "AT"), List.of("wallet"), null, "wallet"),
            route(List.of("DE"), null, null, "spare"));

    assertThat(chosen(channels.route(of("AT", "wallet")))).containsExactly("wallet");
    assertThat(chosen(channels.route(of("DE", "card")))).containsExactly("spare");
    assertThat(chosen(channels.route(of("DE", null)))).containsExactly("spare");
    assertThat(chosen(channels.route(of("FR", "wallet")))).containsExactly("card");
    assertThat(chosen(channels.route(of(null, "wallet")))).containsExactly("card");
  }

  @Test
  void ofTheRoutesThatFitAndHaveAWeightOneIsDrawn() {
    RouteConfig byCard = route(null, null, 1, "card", "wallet");
    RouteConfig byWallet = route(null, null, 3, "wallet", "spare");
    Channels channels = channels(byCard, route(List.of("FR"), null, 50, "spare"), byWallet, EUROS);
    Map<List<String>, Integer> times = new HashMap<>();

    IntStream.range(0, 4_000)
        .mapToObj(i -> wish(OrderId.ofKey("order-" + i), "EUR 10.00"))
        .forEach(
            wish -> {
              assertThat(chosen(channels.route(wish))).isEqualTo(chosen(channels.route(wish)));
              times.merge(chosen(channels.route(wish)), 1, Integer::sum);
            });

    // Within a route the channels are drawn again, independently of how the route was.
    assertThat(times.keySet())
        .containsExactlyInAnyOrder(
            List.of("card", "wallet"),
            List.of("wallet", "card"),
            List.of("wallet", "spare"),
            List.of("spare", "wallet"));
    assertThat(times.get(List.of("card", "wallet"))).isBetween(400, 600);
    assertThat(times.get(List.of("spare", "wallet"))).isBetween(1_350, 1_650);
  }

  @Test
  void aRouteWithoutAWeightThatFitsFirstIsTakenAsItIs() {
    Channels channels = channels(EUROS, route(null, null, 10_000, "wallet"));

    assertThat(chosen(channels.route(wish(ORDER, "EUR 10.00")))).containsExactly("card", "spare");
    assertThat(chosen(channels.route(wish(ORDER, "USD 10.00")))).containsExactly("wallet");
  }

  @Test
  void aRouteWhoseChannelsAreAllDrainedIsNotDrawn() {
    switches().set("wallet", ChannelState.DRAINED);
    Channels channels =
        channels(route(null, null, 10_000, "wallet"), route(null, null, 1, "spare"));

    assertThat(chosen(channels.route(wish(ORDER, "EUR 10.00")))).containsExactly("spare");

    switches().set("spare", ChannelState.OFF);
    assertThat(
            refused(
                channels(route(null, null, 10_000, "wallet"), route(null, null, 1, "spare"))
                    .route(wish(ORDER, "EUR 10.00"))))
        .isEqualTo("NO_CHANNEL");
  }

  @Test
  void aRouteThatCanNeverWorkIsRefused() {
    Optional<Money> euros = Optional.of(Money.parse("EUR 10.00"));
    List<Share> card = List.of(new Share("card", 1));

    assertThatThrownBy(
            () -> new RouteConfig(Optional.of("USD"), euros, null, null, null, null, card))
        .hasMessageContaining("[USD, EUR]");
    assertThatThrownBy(
            () -> new RouteConfig(Optional.of("EURO"), null, null, null, null, null, card))
        .hasMessageContaining("'EURO'");
    assertThatThrownBy(() -> new RouteConfig(null, euros, euros, null, null, null, card))
        .hasMessageContaining("below");
    assertThatThrownBy(() -> RouteConfig.by(new Share("card", 0))).hasMessageContaining("weight");
    assertThatThrownBy(() -> route(List.of("de"), null, null, "card"))
        .hasMessageContaining("'de' is no country");
    assertThatThrownBy(() -> route(null, null, 0, "card")).hasMessageContaining("weight: 0");
    assertThatThrownBy(() -> RouteConfig.by()).hasMessageContaining("none");
  }
}
