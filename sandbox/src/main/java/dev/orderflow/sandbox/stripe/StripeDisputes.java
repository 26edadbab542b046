package dev.orderflow.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.sandbox.journal.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Disputes of Charges that were captured. The money goes when one is opened, and comes back when it
 * is won; each time the Dispute has one balance transaction more. A mere inquiry moves nothing.
 */
final class StripeDisputes {
  static final String DISPUTE = "dispute";

  private static final Duration EVIDENCE = Duration.ofDays(7);
  private static final long FEE = 1500;

  /** In these nothing is owed to the customer. */
  private static final Set<String> HARMLESS =
      Set.of("won", "warning_needs_response", "warning_under_review", "warning_closed");

  private final StripeObjects objects;
  private final StripeWebhooks webhooks;
  private volatile Optional<Settlement> settlement = Optional.empty();

  /** The shop's own currency, and what one of another is worth in it. */
  private record Settlement(String currency, BigDecimal rate) {}

  StripeDisputes(StripeObjects objects, StripeWebhooks webhooks) {
    this.objects = objects;
    this.webhooks = webhooks;
  }

  /**
   * The customer's bank takes so much of a charge back.
   *
   * @return the Dispute's id
   */
  String open(String chargeId, long amount) {
    ObjectNode charge = objects.get(chargeId, StripePayments.CHARGE);
    objects.keep(charge.put("disputed", true));
    ObjectNode dispute = fresh(charge, amount, "needs_response");
    balance(dispute, -amount, "dispute", FEE);
    objects.keep(dispute);
    webhooks.tell("charge.dispute.created", dispute);
    webhooks.tell("charge.dispute.funds_withdrawn", dispute);
    return dispute.path("id").asText();
  }

  /** The customer's bank only asks. */
  String inquire(String chargeId) {
    ObjectNode charge = objects.get(chargeId, StripePayments.CHARGE);
    ObjectNode dispute = fresh(charge, charge.path("amount").asLong(), "warning_needs_response");
    objects.keep(dispute);
    webhooks.tell("charge.dispute.created", dispute);
    return dispute.path("id").asText();
  }

  /** From now on; of as many decimals as what is disputed. */
  void settleIn(String currency, BigDecimal rate) {
    settlement = Optional.of(new Settlement(currency, rate));
  }

  void win(String id) {
    win(id, objects.get(id, DISPUTE).path("amount").asLong());
  }

  /** So much of it comes back. */
  void win(String id, long amount) {
    ObjectNode dispute = objects.get(id, DISPUTE).put("status", "won");
    balance(dispute, amount, "dispute_reversal", 0);
    objects.keep(dispute);
    webhooks.tell("charge.dispute.closed", dispute);
    webhooks.tell("charge.dispute.funds_reinstated", dispute);
  }

  void lose(String id) {
    ObjectNode dispute = objects.get(id, DISPUTE).put("status", "lost");
    objects.keep(dispute);
    webhooks.tell("charge.dispute.closed", dispute);
  }

  /** Whether nothing of the charge can be refunded for that. */
  boolean isDisputed(String chargeId) {
    return objects.all(DISPUTE).stream()
        .filter(dispute -> dispute.path("charge").asText().equals(chargeId))
        .anyMatch(dispute -> !HARMLESS.contains(dispute.path("status").asText()));
  }

  List<ObjectNode> of(StripeForm payment) {
    return payment.ofPayment(objects.all(DISPUTE));
  }

  private ObjectNode fresh(ObjectNode charge, long amount, String status) {
    ObjectNode dispute =
        objects
            .fresh("dp_", DISPUTE)
            .put("amount", amount)
            .put("currency", charge.path("currency").asText())
            .put("charge", charge.path("id").asText())
            .put("payment_intent", charge.path("payment_intent").asText())
            .put("reason", "product_not_received")
            .put("status", status);
    dispute.putObject("metadata");
    dispute.putArray("balance_transactions");
    dispute
        .putObject("evidence_details")
        .put("due_by", objects.now().plus(EVIDENCE).getEpochSecond())
        .put("has_evidence", false)
        .put("past_due", false)
        .put("submission_count", 0);
    return dispute;
  }

  private void balance(ObjectNode dispute, long disputed, String category, long fee) {
    long amount =
        settlement
            .map(in -> in.rate.multiply(BigDecimal.valueOf(disputed)))
            .map(exact -> exact.setScale(0, RoundingMode.HALF_UP).longValueExact())
            .orElse(disputed);
    dispute
        .withArray("balance_transactions")
        .add(
            Json.MAPPER
                .createObjectNode()
                .put("id", "txn_" + UUID.randomUUID().toString().replace("-", ""))
                .put("object", "balance_transaction")
                .put("amount", amount)
                .put("created", objects.now().getEpochSecond())
                .put(
                    "currency",
                    settlement.map(Settlement::currency).orElse(dispute.path("currency").asText()))
                .put("exchange_rate", settlement.map(Settlement::rate).orElse(null))
                .put("fee", fee)
                .put("net", amount - fee)
                .put("reporting_category", category)
                .put("source", dispute.path("id").asText())
                .put("status", "available")
                .put("type", "adjustment"));
  }
}
