package dev.orderflow.dev.demo;

import dev.orderflow.workflows.order.OrderStatus;
import java.util.List;

/** Whether each order ended as it may, and the ledger and Temporal's lists say the same of it. */
record StatusBook(List<Account> accounts, Evidence evidence) {

  void check(Findings findings) {
    accounts.forEach(account -> check(account, findings));
  }

  private void check(Account account, Findings findings) {
    if (!account.scenario().endings().contains(account.status())) {
      findings.wrong(
          account.name(), "to end as " + account.scenario().endings(), "" + account.status());
    }
    findings.expect(
        account.name() + ", status in the ledger",
        account.status().name(),
        word(evidence.ledger().get(account.order())));
    findings.expect(
        account.name() + ", status as search attribute",
        account.status().name(),
        word(evidence.searchAttributes().get(account.order())));
  }

  private static String word(OrderStatus status) {
    return status == null ? "none" : status.name();
  }
}
