package dev.orderflow.drill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.audit.Audit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What orders of each fate leave behind agrees, until it is forged. */
class AuditTest {

  /** Each by one, in one row. */
  private static final Map<Audit.Kind, String> FORGERIES =
      Map.of(
          Audit.Kind.CAPTURED_UNSEEN,
          """
          update provider_transaction set amount_minor = amount_minor + 1
          where key = (select min(key) from payment where captured_minor > 0)
          """,
          Audit.Kind.REFUNDS_DISAGREE,
          """
          update payment set refunded_minor = refunded_minor + 1
          where key = (select min(key) from payment
                       where captured_minor > refunded_minor + returned_minor)
          """,
          Audit.Kind.RESERVED_WRONGLY,
          """
          update stock set reserved = reserved + 1
          where article = (select min(article) from stock where reserved < on_hand)
          """,
          Audit.Kind.COUPON_USES_DISAGREE,
          """
          update coupon set uses_taken = uses_taken + 1
          where code = (select min(code) from coupon where uses_taken < uses_allowed)
          """);

  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  @Test
  void whatAgreesIsCountedAndWhatIsForgedIsFound() {
    try (Room room = new Room(CLUSTER.get().migrated("audited"))) {
      room.stock();
      for (Fate fate : Fate.values()) {
        fate.live(room, fate.key());
      }
      List<Audit.Kind> found = new ArrayList<>();

      Audit.Result result = audit(room, found);

      assertThat(found).isEmpty();
      assertThat(result.findings()).isZero();
      assertThat(result.orders()).isEqualTo(Fate.values().length);
      assertThat(result.money().keySet())
          .extracting(Audit.Moved::kind)
          .contains("CHARGE", "REFUND");

      FORGERIES.forEach(
          (kind, forgery) -> {
            assertThat(found).doesNotContain(kind);
            room.get(Jdbi.class).useHandle(ledger -> ledger.execute(forgery));
            audit(room, found);
            assertThat(found).contains(kind);
          });
    }
  }

  private static Audit.Result audit(Room room, List<Audit.Kind> found) {
    return room.get(Audit.class).carryOut(finding -> found.add(finding.kind()), read -> {});
  }
}
