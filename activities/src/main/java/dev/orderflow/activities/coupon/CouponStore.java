package dev.orderflow.activities.coupon;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Discounts;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The table {@code coupon}, as whoever runs the shop sees and fills it. */
@Singleton
public class CouponStore implements Discounts {

  private final Transactions transactions;

  @Inject
  CouponStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Every coupon, the newest first. */
  public List<Coupon> list() {
    String sql = "select * from coupon order by created_at desc, code";
    return transactions.read(tx -> tx.createQuery(sql).map(CouponStore::coupon).list());
  }

  /** One coupon. */
  public Optional<Coupon> find(String code) {
    return transactions.read(tx -> find(tx, code));
  }

  Optional<Coupon> find(Handle tx, String code) {
    return tx.createQuery("select * from coupon where code = :code")
        .bind("code", code)
        .map(CouponStore::coupon)
        .findOne();
  }

  /**
   * Makes a coupon.
   *
   * @throws CodeTakenException when another one has the code
   */
  public void create(Coupon coupon) {
    if (!transactions.in(tx -> insert(tx, coupon, Optional.empty()))) {
      throw new CodeTakenException(coupon.code());
    }
  }

  /** Makes a personal coupon for a grant; one for each grant. */
  public void grant(Handle tx, Coupon coupon, StepKey grant) {
    if (!insert(tx, coupon, Optional.of(grant))) {
      throw new IllegalStateException(grant + ": a coupon of that code or grant exists");
    }
  }

  private static boolean insert(Handle tx, Coupon coupon, Optional<StepKey> grant) {
    String sql =
        """
        insert into coupon
          (code, campaign, percent, amount, currency, valid_from, valid_until, uses_allowed,
           customer_id, granted_by)
        values
          (:code, :campaign, :percent, :amount, :currency, :from, :until, :uses, :customer, :grant)
        on conflict do nothing
        """;
    Optional<BigDecimal> percent =
        coupon.worth() instanceof Percent p ? Optional.of(p.percent()) : Optional.empty();
    Optional<Money> amount =
        coupon.worth() instanceof Amount a ? Optional.of(a.off()) : Optional.empty();
    return tx.createUpdate(sql)
            .bind("code", coupon.code())
            .bind("campaign", coupon.campaign().orElse(null))
            .bind("percent", percent.orElse(null))
            .bind("amount", amount.map(Money::getAmountMinorLong).orElse(null))
            .bind("currency", amount.map(a -> a.getCurrencyUnit().getCode()).orElse(null))
            .bind("from", coupon.validFrom())
            .bind("until", coupon.validUntil().orElse(null))
            .bind("uses", coupon.usesAllowed())
            .bind("customer", coupon.customer().map(CustomerId::value).orElse(null))
            .bind("grant", grant.map(StepKey::toString).orElse(null))
            .execute()
        == 1;
  }

  /** No further use of the coupon that was made for the grant; a use that was made stays. */
  public void revoke(Handle tx, StepKey grant) {
    tx.createUpdate(
            """
            update coupon set revoked_at = now()
            where granted_by = :grant and revoked_at is null
            """)
        .bind("grant", grant.toString())
        .execute();
  }

  @Override
  public Discount of(String code, CustomerId customer) {
    Optional<Coupon> coupon = find(code);
    if (coupon.isEmpty()) {
      return new None(Coupon.unknown(code));
    }
    return coupon
        .get()
        .refusal(customer, Instant.now())
        .<Discount>map(None::new)
        .orElse(coupon.get().worth());
  }

  private static Coupon coupon(ResultSet row, StatementContext context) throws SQLException {
    BigDecimal percent = row.getBigDecimal("percent");
    Discount worth =
        percent != null
            ? new Percent(percent)
            : new Amount(
                Money.ofMinor(CurrencyUnit.of(row.getString("currency")), row.getLong("amount")));
    return new Coupon(
        row.getString("code"),
        Optional.ofNullable(row.getString("campaign")),
        worth,
        row.getTimestamp("valid_from").toInstant(),
        Optional.ofNullable(row.getTimestamp("valid_until")).map(Timestamp::toInstant),
        row.getInt("uses_allowed"),
        row.getInt("uses_taken"),
        Optional.ofNullable(row.getString("customer_id")).map(CustomerId::new),
        row.getTimestamp("revoked_at") != null);
  }
}
