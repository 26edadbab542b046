package dev.orderflow.activities.timeline;

import dev.orderflow.activities.ledger.Operation.State;
import dev.orderflow.activities.timeline.OrderTimes.Effect;
import dev.orderflow.activities.timeline.OrderTimes.Placed;
import dev.orderflow.activities.timeline.OrderTimes.Wait;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.saga.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Lays an order's instants out into stages, and says of the time between who was waited for. */
final class Waterfall {

  private static final Set<Step> PAYMENTS = Set.of(Step.CHARGE, Step.AUTHORIZE);

  /** What belongs to the order itself, also once it is completed. */
  private static final Set<Step> FOLLOW_UPS = Set.of(Step.COUPON_REDEEM, Step.GRANT, Step.CONFIRM);

  private final Placed placed;
  private final List<Effect> effects;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<WaitedFor, Duration> totals = new EnumMap<>(WaitedFor.class);
  private final Instant end;

  private Waterfall(Placed placed, List<Effect> effects, List<Wait> waits) {
    this.placed = placed;
    this.effects = effects;
    effects.forEach(this::add);
    waits.forEach(this::add);
    this.end = isOver() ? lastEnd() : placed.now();
    count();
    stages.sort(Comparator.comparing(Stage::begin));
  }

  static Timeline of(OrderId order, Placed placed, List<Effect> effects, List<Wait> waits) {
    Waterfall waterfall = new Waterfall(placed, effects, waits);
    return new Timeline(
        order,
        placed.status(),
        placed.placedAt(),
        waterfall.end,
        List.copyOf(waterfall.stages),
        Map.copyOf(waterfall.totals));
  }

  private void add(Effect effect) {
    boolean lasts = effect.state() == State.PENDING || effect.state() == State.UNKNOWN;
    Optional<Instant> over = lasts ? Optional.empty() : Optional.of(effect.updatedAt());
    String outcome = effect.state().name();
    WaitedFor who = effect.customer() ? WaitedFor.CUSTOMER : outside(effect);
    Optional<Instant> doubt = effect.unknownAt().filter(at -> !at.isBefore(effect.createdAt()));
    if (doubt.isPresent()) {
      stages.add(new Stage(effect.name(), who, effect.createdAt(), doubt, Optional.of("UNKNOWN")));
      stages.add(
          new Stage(
              effect.name() + " in doubt",
              WaitedFor.PROVIDER,
              doubt.get(),
              over,
              Optional.of(outcome)));
    } else {
      stages.add(new Stage(effect.name(), who, effect.createdAt(), over, Optional.of(outcome)));
    }
  }

  private static WaitedFor outside(Effect effect) {
    return effect.sent() ? WaitedFor.PROVIDER : WaitedFor.US;
  }

  private void add(Wait wait) {
    stages.add(
        new Stage(
            "review of " + wait.key().substring(wait.key().indexOf('/') + 1),
            WaitedFor.OPERATOR,
            wait.openedAt(),
            wait.decidedAt(),
            Optional.of(wait.choice().orElse(wait.status().name()))));
  }

  private boolean isOver() {
    return placed.status().isEnded() && stages.stream().allMatch(stage -> stage.end().isPresent());
  }

  private Instant lastEnd() {
    return Stream.concat(
            stages.stream().flatMap(stage -> stage.end().stream()), placed.completedAt().stream())
        .max(Comparator.naturalOrder())
        .orElse(placed.placedAt());
  }

  /** From one instant at which something began or ended to the next. */
  private void count() {
    TreeSet<Instant> instants = new TreeSet<>(List.of(placed.placedAt(), end));
    stages.forEach(
        stage -> {
          instants.add(stage.begin());
          stage.end().ifPresent(instants::add);
        });
    List<Stage> done = List.copyOf(stages);
    List<Instant> inside =
        instants.stream().filter(i -> !i.isBefore(placed.placedAt()) && !i.isAfter(end)).toList();
    for (int i = 1; i < inside.size(); i++) {
      Instant from = inside.get(i - 1);
      Instant to = inside.get(i);
      WaitedFor who =
          done.stream()
              .filter(stage -> covers(stage, from, to))
              .map(Stage::waitedFor)
              .min(Comparator.naturalOrder())
              .orElseGet(() -> gap(from, to));
      totals.merge(who, Duration.between(from, to), Duration::plus);
    }
  }

  private boolean covers(Stage stage, Instant from, Instant to) {
    return !stage.begin().isAfter(from) && !stage.end().orElse(end).isBefore(to);
  }

  private WaitedFor gap(Instant from, Instant to) {
    Optional<Effect> next = effects.stream().filter(e -> e.createdAt().equals(to)).findFirst();
    WaitedFor who = whoseGap(from, next);
    stages.add(
        new Stage(
            next.map(effect -> "until " + effect.name()).orElse(to.equals(end) ? "now" : "between"),
            who,
            from,
            to.equals(end) && !isOver() ? Optional.empty() : Optional.of(to),
            Optional.empty()));
    return who;
  }

  private WaitedFor whoseGap(Instant from, Optional<Effect> next) {
    boolean completed =
        placed.completedAt().map(at -> !from.isBefore(at)).orElse(false)
            && next.map(effect -> !FOLLOW_UPS.contains(effect.step())).orElse(true);
    if (completed) {
      return WaitedFor.AT_REST;
    }
    // That it awaited its payment an order says also after it has come.
    boolean mayChoose =
        next.map(effect -> PAYMENTS.contains(effect.step()))
            .orElse(placed.status() == OrderStatus.AWAITING_PAYMENT);
    return mayChoose && wasDeclined(from) ? WaitedFor.CUSTOMER : WaitedFor.US;
  }

  /** After a decline the customer chooses another way to pay. */
  private boolean wasDeclined(Instant at) {
    return effects.stream()
        .filter(effect -> PAYMENTS.contains(effect.step()) && !effect.updatedAt().isAfter(at))
        .reduce((first, second) -> second)
        .filter(last -> last.state() == State.DECLINED)
        .isPresent();
  }
}
