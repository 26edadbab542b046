package dev.orderflow.activities.payment;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;

/**
 * The table {@code payment_channel}: which channels operators have drained or switched off. A
 * change is seen by every worker within two seconds. No effect of an order, and no query of each.
 */
@Singleton
public class ChannelSwitches {
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(2);

  private final Jdbi jdbi;
  private final Remembered<Map<String, ChannelState>> states;

  @Inject
  public ChannelSwitches(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.states = new Remembered<>(SEEN_WITHIN, this::all);
  }

  /** As it was at most two seconds ago, or longer while the database does not answer. */
  ChannelState of(String channel) {
    return states.get().getOrDefault(channel, ChannelState.OPEN);
  }

  /** Those that were ever set, as they are now. */
  public Map<String, ChannelState> all() {
    return jdbi.withHandle(
        tx ->
            tx.createQuery("select name, state from payment_channel")
                .setMapKeyColumn("name")
                .setMapValueColumn("state")
                .collectInto(new GenericType<Map<String, ChannelState>>() {}));
  }

  /** Again is fine. */
  public void set(String channel, ChannelState state) {
    jdbi.useHandle(
        tx ->
            tx.createUpdate(
                    """
                    insert into payment_channel (name, state) values (:name, :state)
                    on conflict (name) do update
                    set state = excluded.state, changed_at = clock_timestamp()
                    """)
                .bind("name", channel)
                .bind("state", state)
                .execute());
  }
}
