package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.drill.machine.Outside;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What an order has come to, by our ledger and by what the outside says itself.
 *
 * @param onHand of its article
 * @param reserved of its article
 * @param couponUses of its coupon
 * @param rewards granted and not revoked
 * @param confirmations different mails; one that was sent twice counts once
 * @param corrections as confirmations
 * @param open effects of which the ledger does not know what became of them, or that could still be
 *     tried, with their states, and their messages' states
 * @param differences between what was recorded and what the provider reported
 */
record Account(
    Money money,
    int onHand,
    int reserved,
    int couponUses,
    int rewards,
    int confirmations,
    int corrections,
    List<String> open,
    int differences) {

  private static final long REWARDED_FROM = 50_00;

  /** By the provider's own log. */
  public record Money(long payments, long captured, long refunded, long held) {

    static Money of(List<Outside.Effect> effects) {
      return new Money(
          effects.stream().filter(e -> isPayment(e.object())).count(),
          sum(effects, "charge") + sum(effects, "capture"),
          sum(effects, "refund"),
          sum(effects, "authorization") - sum(effects, "capture") - sum(effects, "void"));
    }

    /** Without one payment that was given back in full. */
    Money withoutReturned(long total) {
      return new Money(payments - 1, captured - total, refunded - total, held);
    }

    private static boolean isPayment(String object) {
      return object.equals("charge") || object.equals("capture");
    }

    private static long sum(List<Outside.Effect> effects, String object) {
      return effects.stream()
          .filter(effect -> effect.object().equals(object))
          .mapToLong(Outside.Effect::amount)
          .sum();
    }
  }

  static Account of(
      Handle tx, Basket basket, List<Outside.Effect> effects, List<Outside.Transmission> mails) {
    String id = basket.id().value();
    return new Account(
        Money.of(effects.stream().filter(effect -> effect.order().equals(id)).toList()),
        number(tx, "select on_hand from stock where article = ?", basket.article()),
        number(tx, "select reserved from stock where article = ?", basket.article()),
        number(
            tx,
            "select coalesce(sum(uses_taken), 0) from coupon where code = ?",
            basket.couponCode().orElse("none")),
        number(
            tx,
            "select count(*) from coupon where granted_by like ? and revoked_at is null",
            id + "/%"),
        letters(mails, id + ".confirm"),
        letters(mails, id + ".correct"),
        tx.select(
                """
                select operation.key || ' ' || operation.state || coalesce(' ' || message.state, '')
                from operation left join message using (key)
                where operation.order_id = ?
                  and (operation.state in ('PENDING', 'UNKNOWN')
                       or (operation.state = 'NOT_EXECUTED' and operation.closed_at is null))
                """,
                id)
            .mapTo(String.class)
            .list(),
        number(tx, "select count(*) from discrepancy where key like ?", id + "/%"));
  }

  private static int letters(List<Outside.Transmission> mails, String prefix) {
    return (int)
        mails.stream()
            .map(Outside.Transmission::messageId)
            .filter(messageId -> messageId.startsWith(prefix))
            .distinct()
            .count();
  }

  private static int number(Handle tx, String sql, String argument) {
    return tx.select(sql, argument).mapTo(Integer.class).one();
  }

  /** Of an order that was paid a second time, the account of the payment it keeps. */
  Account withoutReturned(long total) {
    return new Account(
        money.withoutReturned(total),
        onHand,
        reserved,
        couponUses,
        rewards,
        confirmations,
        corrections,
        open,
        differences);
  }

  /** Fails where this is not the account of an order that stands so. */
  void mustBeThatOf(Basket basket, OrderStatus status, long total) {
    assertThat(reserved).isZero();
    assertThat(differences).isZero();
    assertThat(money.held()).isZero();
    if (status == OrderStatus.COMPLETED) {
      mustBePaidAndHandedOver(basket, total);
    } else {
      mustBeTakenBack(status, total);
    }
  }

  private void mustBePaidAndHandedOver(Basket basket, long total) {
    assertThat(money).isEqualTo(new Money(1, total, 0, 0));
    assertThat(onHand).isEqualTo(Basket.ON_HAND - Basket.PIECES);
    assertThat(couponUses).isEqualTo(basket.couponCode().isPresent() ? 1 : 0);
    assertThat(rewards).isEqualTo(total >= REWARDED_FROM ? 1 : 0);
    assertThat(confirmations).isEqualTo(1);
    assertThat(corrections).isZero();
    assertThat(open).isEmpty();
  }

  private void mustBeTakenBack(OrderStatus status, long total) {
    assertThat(money.payments()).isLessThanOrEqualTo(1);
    assertThat(money.captured()).isIn(0L, total);
    assertThat(money.refunded()).isEqualTo(money.captured());
    assertThat(onHand).isEqualTo(Basket.ON_HAND);
    assertThat(couponUses).isZero();
    assertThat(rewards).isZero();
    boolean wasCompleted = status == OrderStatus.REFUNDED;
    assertThat(confirmations).isLessThanOrEqualTo(wasCompleted ? 1 : 0);
    assertThat(corrections).isEqualTo(wasCompleted ? 1 : 0);
    // Whether a mail has arrived that was cut off with its process, nobody can say; it is shown.
    assertThat(open).allMatch(effect -> effect.endsWith("/confirm UNKNOWN UNKNOWN"));
  }
}
