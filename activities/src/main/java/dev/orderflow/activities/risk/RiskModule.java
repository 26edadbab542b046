package dev.orderflow.activities.risk;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.ledger.Transactions;
import java.time.Duration;
import java.util.Comparator;

/** Risk before payment. Declares the set of {@link RiskCheck}s, to which a shop adds its own. */
public final class RiskModule extends AbstractModule {

  private final RiskConfig config;

  public RiskModule(RiskConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(RiskConfig.class).toInstance(config);
    bind(RiskTraces.class);
    bind(Velocity.class);
    bind(Risk.class);
    Multibinder.newSetBinder(binder(), RiskCheck.class);
  }

  /** Forgets what no rule looks back to any more; everything, where there is none. */
  @ProvidesIntoSet
  static ExpirySweep sweep(RiskConfig config, Transactions transactions, RiskTraces traces) {
    Duration longest =
        config.velocity().stream()
            .map(VelocityRule::window)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return new ExpirySweep(
        "risk traces", batch -> transactions.in(tx -> traces.forget(tx, longest, batch)));
  }
}
