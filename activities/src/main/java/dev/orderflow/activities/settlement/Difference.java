package dev.orderflow.activities.settlement;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.order.OrderId;
import java.time.LocalDate;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;

/**
 * Where a provider's report and the ledger differ.
 *
 * @param channel whose report
 * @param reference the provider's name for the transaction
 * @param order whose it is; absent where it is none of ours
 * @param provider what the provider reports; absent where it reports nothing
 * @param ledger what the ledger knows; absent where it knows nothing
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Difference(
    String channel,
    LocalDate date,
    String reference,
    Kind difference,
    State state,
    Optional<OrderId> order,
    Optional<Side> provider,
    Optional<Side> ledger) {

  /** In what they differ. */
  public enum Kind {
    /** The provider settled it, and the ledger does not say that it was done. */
    MISSING_IN_LEDGER,
    /** The ledger says it was done, and the provider did not settle it. */
    MISSING_AT_PROVIDER,
    /** Amount, currency or kind. */
    AMOUNT_DIFFERS,
    /** The provider settled it for an order that we don't have. */
    UNKNOWN_ORDER,
    /** As {@code UNKNOWN_ORDER}, of {@code channel evaluate}; mended by its counterpart. */
    EVALUATION
  }

  /** Where it stands. */
  public enum State {
    /** A person has to look. */
    OPEN,
    /** Its order was told to ask the provider. */
    SIGNALLED,
    /** Both agree now. */
    MENDED,
    /** A person has looked. */
    CLOSED
  }

  /**
   * What one side says.
   *
   * @param kind such as {@code CHARGE}
   * @param amountMinor in minor units
   */
  public record Side(String kind, String currency, long amountMinor) {
    @Override
    public String toString() {
      try {
        return kind + " " + Money.ofMinor(CurrencyUnit.of(currency), amountMinor);
      } catch (IllegalCurrencyException e) {
        return kind + " " + currency + " " + amountMinor + " in minor units";
      }
    }
  }
}
