package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orderflow.workflows.order.UndoPlan;
import java.util.List;
import java.util.Optional;

/**
 * What was found about an order's payments.
 *
 * @param undos what must be given back now
 * @param balance what they took and gave back; absent where nothing happened but the order's own
 *     payment
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Observation(List<UndoPlan.Undo> undos, Optional<PaymentBalance> balance) {

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Observation(
      @JsonProperty("undos") List<UndoPlan.Undo> undos,
      @JsonProperty("balance") Optional<PaymentBalance> balance) {
    this.undos = undos == null ? List.of() : List.copyOf(undos);
    this.balance = balance == null ? Optional.empty() : balance;
  }

  /** As earlier versions told it, and as it is in their histories: no more than that. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Observation of(List<UndoPlan.Undo> undos) {
    return new Observation(undos, Optional.empty());
  }
}
