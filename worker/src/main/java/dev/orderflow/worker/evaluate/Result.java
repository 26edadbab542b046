package dev.orderflow.worker.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an evaluation showed.
 *
 * @param carried the greatest load that was carried, in payments a second; 0 where none was
 * @param saturatedAt the load that was too much; absent where none was
 * @param limit what was in the way then
 * @param notGivenBack payments that may not have been given back
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Result(
    String channel,
    double carried,
    Optional<Double> saturatedAt,
    Limit limit,
    List<StepReport> steps,
    List<Evaluation.Leftover> notGivenBack) {

  /** From the steps as they were driven. */
  public static Result of(
      String channel, List<StepReport> steps, List<Evaluation.Leftover> notGivenBack) {
    Optional<StepReport> saturated = steps.stream().filter(StepReport::isSaturated).findFirst();
    return new Result(
        channel,
        steps.stream()
            .filter(step -> !step.isSaturated())
            .mapToDouble(StepReport::offered)
            .max()
            .orElse(0),
        saturated.map(StepReport::offered),
        saturated.map(step -> Limit.of(steps.get(0), step)).orElse(Limit.NONE),
        List.copyOf(steps),
        List.copyOf(notGivenBack));
  }

  /** For people. */
  public String says() {
    if (saturatedAt.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "%s carried %.1f payments a second, and was not saturated",
          channel,
          carried);
    }
    if (limit == Limit.DECLINED) {
      return String.format(
          Locale.ROOT,
          "%s carried %.1f payments a second; at %.1f every payment was declined, which says"
              + " nothing of how many it bears: try another token or amount",
          channel,
          carried,
          saturatedAt.get());
    }
    String why =
        switch (limit) {
          case OUR_RATE_LIMIT ->
              "our own rate limit, payment.guards." + channel + ".calls-per-second";
          case OUR_POOL -> "our own pool: calls waited for a place; max-in-flight is the limit";
          case DECLINED -> "declined payments";
          case PROVIDER -> "the provider or the network: calls failed or took longer";
          case NONE -> "nothing";
        };
    return String.format(
        Locale.ROOT,
        "%s carried %.1f payments a second, and was saturated at %.1f by %s",
        channel,
        carried,
        saturatedAt.get(),
        why);
  }
}
