package dev.orderflow.activities.order;

import dev.orderflow.activities.order.Assessment.Impossible;
import dev.orderflow.activities.order.Assessment.Possible;
import dev.orderflow.activities.risk.Risk;
import dev.orderflow.activities.risk.RiskFacts;
import dev.orderflow.activities.risk.Verdict;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.saga.Reason;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the risk checks make of an order that would be possible. */
@Singleton
final class Judgement {

  private final ApprovalTime approval;
  private final Channels channels;
  private final Risk risk;

  @Inject
  Judgement(ApprovalTime approval, Channels channels, Risk risk) {
    this.approval = approval;
    this.channels = channels;
    this.risk = risk;
  }

  /** Asks the shop's own checks; the rest follows in the transaction. */
  Judged of(OrderId id, OrderDocument document, Assessment assessment) {
    if (risk.isOff() || !(assessment instanceof Possible possible)) {
      return new Judged(assessment, Optional.empty(), Verdict.allow());
    }
    RiskFacts facts = facts(id, document, possible.plan());
    return new Judged(assessment, Optional.of(facts), risk.before(facts));
  }

  private static RiskFacts facts(OrderId id, OrderDocument document, OrderPlan plan) {
    String channel = plan.payment().channel();
    return new RiskFacts(
        id,
        plan.customer(),
        channel,
        RiskFacts.payment(channel, document.payment().token()),
        RiskFacts.mail(document.recipient().email()),
        articles(plan),
        plan.total());
  }

  private static List<RiskFacts.Article> articles(OrderPlan plan) {
    Map<String, RiskFacts.Article> articles = new LinkedHashMap<>();
    plan.lines().stream()
        .filter(line -> line.kind() == LineKind.ARTICLE)
        .map(line -> new RiskFacts.Article(line.article(), line.quantity(), line.net()))
        .forEach(
            article ->
                articles.merge(
                    article.code(),
                    article,
                    (a, b) ->
                        new RiskFacts.Article(
                            a.code(), a.quantity() + b.quantity(), a.net().plus(b.net()))));
    return List.copyOf(articles.values());
  }

  /** An assessment on its way through the checks; without facts there is nothing to check. */
  final class Judged {

    private final Assessment assessment;
    private final Optional<RiskFacts> facts;
    private final Verdict before;

    private Judged(Assessment assessment, Optional<RiskFacts> facts, Verdict before) {
      this.assessment = assessment;
      this.facts = facts;
      this.before = before;
    }

    /** The assessment under the strictest verdict. */
    Assessment within(Handle tx) {
      return facts
          .map(known -> under(before.and(risk.within(tx, known)), (Possible) assessment))
          .orElse(assessment);
    }

    /** Has an order that is let through counted; one that is denied leaves no trace. */
    void keep(Handle tx, Assessment outcome) {
      if (outcome instanceof Possible) {
        facts.ifPresent(known -> risk.keep(tx, known));
      }
    }
  }

  private Assessment under(Verdict verdict, Possible order) {
    if (verdict instanceof Verdict.Deny deny) {
      return new Impossible(deny.reason());
    } else if (verdict instanceof Verdict.Hold hold) {
      List<String> able = ableToHold(order.plan());
      return able.isEmpty() ? notHeld(order, hold.reason()) : held(order, able, hold.reason());
    }
    return order;
  }

  private List<String> ableToHold(OrderPlan plan) {
    return plan.total().isPositive()
        ? plan.payment().channels().stream().filter(channels::canHold).toList()
        : List.of();
  }

  private Possible held(Possible order, List<String> by, Reason why) {
    OrderPlan plan = order.plan();
    return new Possible(plan.with(plan.payment().held(by, approval.by(by), why)), order.lines());
  }

  /** Where nothing can be set aside, goods that wait for a review would wait unpaid. */
  private static Impossible notHeld(Possible order, Reason why) {
    String where =
        order.plan().total().isPositive()
            ? order.plan().payment().channel() + " can't hold an amount for a review"
            : "an order that costs nothing is not held for a review";
    return new Impossible(new Reason(why.code(), why.message() + "; " + where));
  }
}
