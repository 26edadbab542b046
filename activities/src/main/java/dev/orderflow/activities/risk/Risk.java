package dev.orderflow.activities.risk;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** All checks together; the strictest verdict counts. */
@Singleton
public class Risk {

  private final Set<RiskCheck> checks;
  private final Velocity velocity;

  @Inject
  Risk(Set<RiskCheck> checks, Velocity velocity) {
    this.checks = checks;
    this.velocity = velocity;
  }

  /** Whether nothing is checked, and so every order allowed. */
  public boolean isOff() {
    return checks.isEmpty() && velocity.isOff();
  }

  /** Asks the shop's own checks, outside any transaction. */
  public Verdict before(RiskFacts facts) {
    return checks.stream().map(check -> check.check(facts)).reduce(Verdict.allow(), Verdict::and);
  }

  /**
   * Counts, in the transaction that takes the order in. Other orders of the same customer, means of
   * payment or article wait until it ends.
   */
  public Verdict within(Handle tx, RiskFacts facts) {
    return velocity.check(tx, facts);
  }

  /** Has the order counted from now on. */
  public void keep(Handle tx, RiskFacts facts) {
    velocity.keep(tx, facts);
  }
}
