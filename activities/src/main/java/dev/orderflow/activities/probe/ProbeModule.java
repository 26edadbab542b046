package dev.orderflow.activities.probe;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.ledger.Transactions;
import java.util.Optional;

/** The probes. Whoever carries them out binds {@link ProbeOrders}. */
public final class ProbeModule extends AbstractModule {

  private final Optional<ProbeConfig> config;

  public ProbeModule(Optional<ProbeConfig> config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(new TypeLiteral<Optional<ProbeConfig>>() {}).toInstance(config);
    bind(ProbeFigures.class);
  }

  /** Forgets runs of long ago, but of no channel the last, nor the last that succeeded. */
  @ProvidesIntoSet
  static ExpirySweep sweep(Transactions transactions) {
    ProbeStore store = new ProbeStore();
    return new ExpirySweep("probes", batch -> transactions.in(tx -> store.delete(tx, batch)));
  }
}
