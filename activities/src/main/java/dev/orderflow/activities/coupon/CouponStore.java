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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The table {@code coupon}, as whoever runs the shop sees and fills it. */
@Singleton
public class CouponStore implements Discounts {

  /** How a coupon is read: its validity is decided by the clock that also ends its uses. */
  private static final String READ =
      """
      *, case when revoked_at is not null then 'REVOKED' when valid_until <= now() then 'EXPIRED'
              when valid_from > now() then 'NOT_YET' else 'VALID' end as validity
      """;

  private final Transactions transactions;

  @Inject
  CouponStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Coupons, the newest first.
   *
   * @param behind the code that the page before ended with; the first page when empty
   * @param most how many, from 1
   */
  public List<Coupon> list(Optional<String> behind, int most) {
    String page =
        behind.isEmpty()
            ? ""
            : "where (created_at, code) < (select created_at, code from coupon where code = :behind)";
    String sql =
        "select "
            + READ
            + "from coupon "
            + page
            + " order by created_at desc, code desc limit :most";
    return transactions.read(
        tx -> {
          Query query = tx.createQuery(sql).bind("most", most);
          behind.ifPresent(code -> query.bind("behind", code));
          return query.map(CouponStore::coupon).list();
        });
  }

  /** One coupon. */
  public Optional<Coupon> find(String code) {
    return transactions.read(tx -> find(tx, code));
  }

  Optional<Coupon> find(Handle tx, String code) {
    return tx.createQuery("select " + READ + "from coupon where code = :code")
        .bind("code", code)
        .map(CouponStore::coupon)
        .findOne();
  }

  /**
   * Makes a coupon.
   *
   * @throws CodeTakenException when another one has the code
   */
  public Coupon create(CouponIssue issue) {
    return transactions
        .in(tx -> insert(tx, issue, Optional.empty()))
        .orElseThrow(() -> new CodeTakenException(issue.code()));
  }

  /** Makes a personal coupon for a grant; one for each grant. */
  public void grant(Handle tx, CouponIssue issue, StepKey grant) {
    insert(tx, issue, Optional.of(grant))
        .orElseThrow(
            () -> new IllegalStateException(grant + ": a coupon of that code or grant exists"));
  }

  private static Optional<Coupon> insert(Handle tx, CouponIssue issue, Optional<StepKey> grant) {
    String sql =
        """
        insert into coupon
          (code, campaign, percent, amount, currency, valid_from, valid_until, uses_allowed,
           customer_id, granted_by)
        values
          (:code, :campaign, :percent, :amount, :currency, now(),
           now() + cast(:for as double precision) * interval '1 millisecond', :uses, :customer,
           :grant)
        on conflict do nothing
        returning
        """
            + READ;
    Optional<BigDecimal> percent =
        issue.worth() instanceof Percent p ? Optional.of(p.percent()) : Optional.empty();
    Optional<Money> amount =
        issue.worth() instanceof Amount a ? Optional.of(a.off()) : Optional.empty();
    return tx.createQuery(sql)
        .bind("code", issue.code())
        .bind("campaign", issue.campaign().orElse(null))
        .bind("percent", percent.orElse(null))
        .bind("amount", amount.map(Money::getAmountMinorLong).orElse(null))
        .bind("currency", amount.map(a -> a.getCurrencyUnit().getCode()).orElse(null))
        .bind("for", issue.validFor().map(Duration::toMillis).orElse(null))
        .bind("uses", issue.uses())
        .bind("customer", issue.customer().map(CustomerId::value).orElse(null))
        .bind("grant", grant.map(StepKey::toString).orElse(null))
        .map(CouponStore::coupon)
        .findOne();
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
    return transactions.read(tx -> of(tx, code, customer));
  }

  /** As {@link #of(String, CustomerId)}, in a transaction that has begun. */
  Discount of(Handle tx, String code, CustomerId customer) {
    return find(tx, code)
        .map(coupon -> coupon.refusal(customer).<Discount>map(None::new).orElse(coupon.worth()))
        .orElseGet(() -> new None(Coupon.unknown(code)));
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
        Coupon.Validity.valueOf(row.getString("validity")));
  }
}
