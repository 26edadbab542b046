package dev.orderflow.dev.demo;

import java.util.List;

/**
 * The audit: whether money, mails, statuses, coupons and stock agree with how the orders ended.
 * Nothing here asks a workflow what it did.
 */
final class Books {

  private Books() {}

  /** Everything that is not as it must be; empty when the books are balanced. */
  static List<Violation> check(List<Account> accounts, Evidence evidence) {
    Findings findings = new Findings();
    new MoneyBook(accounts, evidence.movements()).check(findings);
    new MailBook(accounts, evidence.mails()).check(findings);
    new StatusBook(accounts, evidence).check(findings);
    new CouponBook(accounts, evidence).check(findings);
    new StockBook(accounts, evidence.stock()).check(findings);
    return findings.violations();
  }
}
