package dev.orderflow.drill.scale;

import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.Outside;
import dev.orderflow.workflows.order.OrderId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What became of the orders, by the ledger and by the provider's own log. */
final class PlaceBooks {

  private static final String OURS = "starts_with(client_key, :keysBegin)";

  private final Machine machine;
  private final OrderFile file;
  private final long soldBefore;

  PlaceBooks(Machine machine, OrderFile file) {
    this.machine = machine;
    this.file = file;
    this.soldBefore = Wares.sold(machine);
  }

  /**
   * @param inLedger orders
   * @param keys of theirs, each counted once
   * @param completed orders
   * @param sold pieces that were handed over; one is bought by each order
   * @param charged orders that were charged, by the provider's own log
   * @param chargedTwice orders that were charged more than once, by that log
   */
  record Findings(int inLedger, int keys, int completed, long sold, int charged, int chargedTwice) {

    boolean isEachOnce(int orders) {
      return inLedger == orders
          && keys == orders
          && completed == orders
          && sold == orders
          && charged == orders
          && chargedTwice == 0;
    }
  }

  /** How many orders are through. */
  int ended() {
    return count(
        "select count(*) from sales_order where (completed_at is not null or ended_at is not null) and "
            + OURS);
  }

  Findings findings() {
    Map<String, Long> charges = charges(machine.outside().effects(), file);
    return new Findings(
        count("select count(*) from sales_order where " + OURS),
        count("select count(distinct client_key) from sales_order where " + OURS),
        count("select count(*) from sales_order where status = 'COMPLETED' and " + OURS),
        Wares.sold(machine) - soldBefore,
        charges.size(),
        (int) charges.values().stream().filter(times -> times > 1).count());
  }

  /**
   * How often each order of the file was charged, by the provider's log alone: also one that the
   * ledger does not have.
   */
  static Map<String, Long> charges(List<Outside.Effect> effects, OrderFile file) {
    Set<String> ours =
        IntStream.range(0, file.orders())
            .mapToObj(number -> OrderId.ofKey(file.key(number)).value())
            .collect(Collectors.toSet());
    return effects.stream()
        .filter(effect -> effect.object().equals("charge") && ours.contains(effect.order()))
        .collect(Collectors.groupingBy(Outside.Effect::order, Collectors.counting()));
  }

  private int count(String sql) {
    return machine
        .ledger()
        .withHandle(
            tx ->
                tx.createQuery(sql).bind("keysBegin", file.keysBegin()).mapTo(Integer.class).one());
  }
}
