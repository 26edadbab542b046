package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderActivities.ReviewRequest;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.ReviewDecision;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables {@code order_review} and {@code order_decision}. */
@Singleton
class OrderReviews {

  /** What became of a wish. */
  enum Answer {
    TAKEN,
    REFUSED
  }

  /** The wait for this step that stands undecided. */
  Optional<Integer> open(Handle tx, ReviewRequest request) {
    String sql =
        """
        select max(version) from order_review
        where order_id = :order and step_key = :key and status = :status and choice is null
        """;
    return tx.createQuery(sql)
        .bind("order", request.orderId().value())
        .bind("key", request.key().toString())
        .bind("status", request.status().name())
        .mapTo(Integer.class)
        .findOne();
  }

  /** Whether an operator has approved the order. */
  boolean isApproved(Handle tx, OrderId order) {
    String sql =
        "select exists (select from order_review where order_id = :order and choice = 'APPROVE')";
    return tx.createQuery(sql).bind("order", order.value()).mapTo(Boolean.class).one();
  }

  /** A new wait; the order is locked. */
  int insert(Handle tx, ReviewRequest request) {
    String sql =
        """
        insert into order_review
          (order_id, version, status, step_key, reason_code, reason_message)
        select :order, coalesce(max(version), 0) + 1, :status, :key, :code, :message
        from order_review where order_id = :order
        returning version
        """;
    return tx.createQuery(sql)
        .bind("order", request.orderId().value())
        .bind("status", request.status().name())
        .bind("key", request.key().toString())
        .bind("code", request.reason().code())
        .bind("message", request.reason().message())
        .mapTo(Integer.class)
        .one();
  }

  /**
   * Writes what was decided of a wait; false when it is decided already, or none of that version.
   */
  boolean decide(Handle tx, OrderId order, ReviewDecision decision) {
    String sql =
        """
        update order_review set choice = :choice, reference = :reference, decided_at = now()
        where order_id = :order and version = :version and choice is null
        """;
    return tx.createUpdate(sql)
            .bind("order", order.value())
            .bind("version", decision.expectedVersion())
            .bind("choice", decision.choice().name())
            .bind("reference", decision.reference().orElse(null))
            .execute()
        == 1;
  }

  /** Keeps an operator's decision. */
  void keep(Handle tx, OrderId order, ReviewDecision made) {
    keep(tx, order, made.choice().name(), made.expectedVersion(), Answer.TAKEN, made.decision());
  }

  /** Keeps the wish to take the order back. Repeats of the same wish are kept once. */
  void keepWishToTakeBack(Handle tx, OrderId order, Decision decision, Answer answer) {
    keep(tx, order, "TAKE_BACK", 0, answer, decision);
  }

  /** Keeps whether the order goes on with money that came late. */
  void keepRevival(Handle tx, OrderId order, Decision decision, Answer answer) {
    keep(tx, order, "REVIVE", 0, answer, decision);
  }

  /** Whether it was decided that the order does not go on. */
  boolean isRevivalRefused(Handle tx, OrderId order) {
    return exists(tx, order, "wish = 'REVIVE' and answer = 'REFUSED'");
  }

  /** Whether a customer or an operator wished to take the order back. */
  boolean isTakenBackByPerson(Handle tx, OrderId order) {
    return exists(tx, order, "wish = 'TAKE_BACK' and role <> 'SYSTEM'");
  }

  private static boolean exists(Handle tx, OrderId order, String which) {
    return tx.createQuery(
            "select exists (select from order_decision where order_id = :order and " + which + ")")
        .bind("order", order.value())
        .mapTo(Boolean.class)
        .one();
  }

  private static void keep(
      Handle tx, OrderId order, String wish, int version, Answer answer, Decision decision) {
    String sql =
        """
        insert into order_decision
          (order_id, wish, review_version, answer, actor, role, reason)
        values (:order, :wish, :version, :answer, :actor, :role, :reason)
        on conflict do nothing
        """;
    tx.createUpdate(sql)
        .bind("order", order.value())
        .bind("wish", wish)
        .bind("version", version)
        .bind("answer", answer.name())
        .bind("actor", decision.actor())
        .bind("role", decision.role().name())
        .bind("reason", decision.reason())
        .execute();
  }
}
