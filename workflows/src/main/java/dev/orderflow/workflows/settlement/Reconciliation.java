package dev.orderflow.workflows.settlement;

import java.time.LocalDate;

/**
 * What a comparison of the provider's report with the ledger has shown so far.
 *
 * @param rows of the report
 * @param missingInLedger how many the ledger does not know, though their order is known
 * @param missingAtProvider how many only the ledger knows
 * @param amountDiffers how many have another amount, currency or kind
 * @param unknownOrder how many belong to no order of ours
 * @param open differences that wait for a person
 * @param signalled differences whose order was told to ask its provider
 * @param evaluation how many are of {@code channel evaluate}, for no order; open are only those
 *     that are not given back
 */
public record Reconciliation(
    String channel,
    LocalDate date,
    long rows,
    long missingInLedger,
    long missingAtProvider,
    long amountDiffers,
    long unknownOrder,
    long open,
    long signalled,
    long evaluation) {

  /** Whether the provider and the ledger agree, as far as it is known now. */
  public boolean agrees() {
    return open + signalled == 0;
  }
}
