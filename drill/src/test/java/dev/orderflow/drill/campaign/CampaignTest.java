package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.drill.machine.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many orders at once, paid in every way the sandbox knows, some of them cancelled, and a worker
 * that dies among them: what the provider took and gave back is, to the cent, what the ledger says.
 *
 * <p>{@code orderflow drill payments --seed} draws the same orders again, {@code --orders} more of
 * them; so do {@code -Dcampaign.seed} and {@code -Dcampaign.orders} here.
 */
@ExtendWith(SharedMachine.class)
class CampaignTest {

  private final long seed = Long.getLong("campaign.seed", System.nanoTime());
  private final int orders = Integer.getInteger("campaign.orders", 60);
  private final Machine machine;

  CampaignTest(Machine machine) {
    this.machine = machine;
  }

  @Test
  void whateverIsPaidHoweverTheBooksAgreeWithTheProvider() throws Exception {
    CampaignRun run =
        new CampaignRun(machine, new CampaignRun.Wish(seed, orders, 1), CampaignRun.Witness.NOBODY);

    CampaignResult result = run.carryOut();

    assertThat(result.findings())
        .as("-Dcampaign.seed=%d -Dcampaign.orders=%d", seed, orders)
        .isEmpty();
    assertThat(result.ledger()).isEqualTo(result.provider());
  }
}
