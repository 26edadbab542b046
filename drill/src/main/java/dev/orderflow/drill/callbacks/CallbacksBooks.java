package dev.orderflow.drill.callbacks;

import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.Outside;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of the events, by our tables and by what the outside says itself. */
final class CallbacksBooks {

  private final Machine machine;
  private final Outside outside;
  private final int events;
  private final Orders orders;

  CallbacksBooks(Machine machine, Outside outside, int events, Orders orders) {
    this.machine = machine;
    this.outside = outside;
    this.events = events;
    this.orders = orders;
  }

  /**
   * @param lost events that are not stored, or not delivered
   * @param open orders that were told, and did not end in time
   * @param twice orders that were charged, handed over or confirmed more than once
   */
  record Findings(int stored, int delivered, int completed, int lost, int open, int twice) {

    boolean isBalanced() {
      return lost == 0 && open == 0 && twice == 0;
    }
  }

  /** Whether every event has done what it should. */
  boolean isApplied() {
    return count("select count(*) from inbox where state = 'DELIVERED'") == events
        && orders.inState("COMPLETED") == orders.count()
        && count("select count(*) from message where state = 'PENDING'") == 0;
  }

  Findings findings() {
    int stored = count("select count(distinct event_id) from inbox");
    int rows = count("select count(*) from inbox");
    int delivered = count("select count(*) from inbox where state = 'DELIVERED'");
    int completed = orders.inState("COMPLETED");
    return new Findings(
        stored,
        delivered,
        completed,
        events - delivered,
        orders.count() - completed,
        rows - stored + twice());
  }

  private int twice() {
    return chargedTwice() + bookedOtherwise() + handedOverTwice() + confirmedTwice();
  }

  private int chargedTwice() {
    Map<String, List<Outside.Effect>> effects =
        outside.effects().stream().collect(Collectors.groupingBy(Outside.Effect::order));
    return (int) effects.values().stream().filter(ofOne -> ofOne.size() != 1).count();
  }

  private int bookedOtherwise() {
    return count(
        """
        select count(*) from (
          select order_id from payment group by order_id
          having sum(captured_minor) > %d or sum(refunded_minor) <> 0) wrong
        """
            .formatted(Orders.PRICE_MINOR));
  }

  /** Each order takes one piece. */
  private int handedOverTwice() {
    int gone = count("select sum(%d - on_hand) from stock".formatted(orders.count()));
    return Math.max(0, gone - orders.inState("COMPLETED"));
  }

  /** What was transmitted again is the same mail; mailboxes show it once. */
  private int confirmedTwice() {
    Map<String, Long> mails =
        outside.mails().stream()
            .map(Outside.Transmission::messageId)
            .distinct()
            .collect(Collectors.groupingBy(id -> id.split("\\.", 2)[0], Collectors.counting()));
    return (int) mails.values().stream().filter(ofOne -> ofOne > 1).count();
  }

  private int count(String sql) {
    return machine.ledger().withHandle(tx -> tx.createQuery(sql).mapTo(Integer.class).one());
  }
}
