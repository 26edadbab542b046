package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.saga.Reason;
import java.util.Optional;

/**
 * Whether an order goes on with the money that came late: one of the two.
 *
 * @param revival how it goes on
 * @param refusal why it does not
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RevivalDecision(Optional<Revival> revival, Optional<Reason> refusal) {

  public RevivalDecision {
    revival = revival == null ? Optional.empty() : revival;
    refusal = refusal == null ? Optional.empty() : refusal;
    if (revival.isPresent() == refusal.isPresent()) {
      throw new IllegalArgumentException("one of revival and refusal");
    }
  }

  public static RevivalDecision revived(Revival how) {
    return new RevivalDecision(Optional.of(how), Optional.empty());
  }

  public static RevivalDecision refused(Reason why) {
    return new RevivalDecision(Optional.empty(), Optional.of(why));
  }
}
