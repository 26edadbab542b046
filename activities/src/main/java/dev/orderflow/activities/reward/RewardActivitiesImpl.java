package dev.orderflow.activities.reward;

import dev.orderflow.activities.coupon.CouponIssue;
import dev.orderflow.activities.coupon.CouponStore;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.workflows.reward.RewardActivities;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Thanks by coupon. Each method is idempotent: its row and its effect are one commit. */
public final class RewardActivitiesImpl implements RewardActivities {

  /** Without letters and digits that look alike. */
  private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

  /** Of 31 letters each: 79 bits. */
  private static final int CODE_LENGTH = 16;

  private final SecureRandom random = new SecureRandom();
  private final RewardConfig config;
  private final Ledger ledger;
  private final CouponStore coupons;

  @Inject
  RewardActivitiesImpl(RewardConfig config, Ledger ledger, CouponStore coupons) {
    this.config = config;
    this.ledger = ledger;
    this.coupons = coupons;
  }

  @Override
  public Outcome grant(Grant grant) {
    return ledger.once(
        grant.key(),
        grant,
        tx ->
            config
                .campaign(grant.campaign())
                .map(campaign -> grant(tx, grant, campaign))
                .orElseGet(() -> Outcome.declined(unknown(grant.campaign()))));
  }

  private Outcome grant(Handle tx, Grant grant, Campaign campaign) {
    String code = campaign.name() + "-" + unguessable();
    coupons.grant(
        tx,
        new CouponIssue(
            code,
            Optional.of(campaign.name()),
            campaign.worth(),
            Optional.of(campaign.validFor()),
            1,
            Optional.of(grant.customer())),
        grant.key());
    return Outcome.succeeded(code);
  }

  private static Reason unknown(String campaign) {
    return new Reason(
        "CAMPAIGN_UNKNOWN", "no campaign " + campaign + "; add it to reward.campaigns");
  }

  private String unguessable() {
    return random
        .ints(CODE_LENGTH, 0, LETTERS.length())
        .mapToObj(i -> LETTERS.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  @Override
  public Outcome revoke(Revocation revocation) {
    return ledger.once(
        revocation.key(),
        revocation,
        tx -> {
          coupons.revoke(tx, revocation.forward());
          return Outcome.succeeded();
        });
  }
}
