package dev.orderflow.dev.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether coupons were redeemed by completed orders only, and each reward granted once. */
record CouponBook(List<Account> accounts, Evidence evidence) {

  void check(Findings findings) {
    accounts.forEach(account -> checkReward(account, findings));
    checkUses(findings);
  }

  private void checkReward(Account account, Findings findings) {
    boolean due = account.isCompleted() && !account.owed().isLessThan(Shop.REWARD_FROM);
    findings.expect(
        account.name() + ", reward coupons",
        due ? 1 : 0,
        evidence.rewards().getOrDefault(Shop.customer(account.scenario()).value(), 0));
  }

  private void checkUses(Findings findings) {
    Map<String, Long> redeemed =
        accounts.stream()
            .filter(Account::isCompleted)
            .flatMap(account -> account.scenario().basket().coupon().stream())
            .collect(Collectors.groupingBy(code -> code, Collectors.counting()));
    Set<String> codes = new HashSet<>(redeemed.keySet());
    codes.addAll(evidence.uses().keySet());
    for (String code : codes) {
      findings.expect(
          "coupon " + code,
          new Evidence.Uses(0, redeemed.getOrDefault(code, 0L).intValue()),
          evidence.uses().getOrDefault(code, Evidence.Uses.NONE));
    }
  }
}
