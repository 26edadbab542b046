package dev.orderflow.activities.risk;

import dev.orderflow.activities.risk.RiskTraces.Question;
import dev.orderflow.activities.risk.RiskTraces.Subject;
import dev.orderflow.activities.risk.RiskTraces.Trace;
import dev.orderflow.activities.risk.VelocityRule.Count;
import dev.orderflow.activities.risk.VelocityRule.Per;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The velocity rules. They count what was let through, whatever became of its payment: somebody who
 * tries stolen cards is declined often. Without rules there is no statement.
 */
@Singleton
class Velocity {

  private final List<VelocityRule> rules;
  private final RiskTraces traces;

  @Inject
  Velocity(RiskConfig config, RiskTraces traces) {
    rules = config.velocity();
    this.traces = traces;
  }

  boolean isOff() {
    return rules.isEmpty();
  }

  /** A rule, and what it is asked about: this order's part of it. */
  private record Case(VelocityRule rule, Trace trace) {}

  /** Counts, with all others of the same subjects kept waiting until the transaction ends. */
  Verdict check(Handle tx, RiskFacts facts) {
    List<Case> cases = cases(facts);
    if (cases.isEmpty()) {
      return Verdict.allow();
    }
    traces.lock(tx, cases.stream().map(c -> c.trace().subject()).toList());
    List<Question> questions =
        cases.stream().map(c -> new Question(c.trace().subject(), c.rule().window())).toList();
    List<Count> counts = traces.count(tx, questions, facts.total().getCurrencyUnit());
    Verdict verdict = Verdict.allow();
    for (int n = 0; n < cases.size(); n++) {
      Case asked = cases.get(n);
      verdict = verdict.and(asked.rule().on(counts.get(n).plus(asked.trace().count())));
    }
    return verdict;
  }

  private List<Case> cases(RiskFacts facts) {
    List<Case> cases = new ArrayList<>();
    for (VelocityRule rule : rules) {
      traces(rule.per(), facts).forEach(trace -> cases.add(new Case(rule, trace)));
    }
    return cases;
  }

  /** Leaves what later orders are counted with. */
  void keep(Handle tx, RiskFacts facts) {
    List<Trace> kept =
        rules.stream()
            .map(VelocityRule::per)
            .distinct()
            .flatMap(per -> traces(per, facts))
            .toList();
    if (!kept.isEmpty()) {
      traces.insert(tx, facts.order(), facts.total().getCurrencyUnit(), kept);
    }
  }

  private static Stream<Trace> traces(Per per, RiskFacts facts) {
    long pieces = facts.articles().stream().mapToLong(RiskFacts.Article::quantity).sum();
    Count whole = new Count(1, pieces, facts.total());
    return switch (per) {
      case CUSTOMER -> Stream.of(new Trace(new Subject(per, facts.customer().value()), whole));
      case PAYMENT -> Stream.of(new Trace(new Subject(per, facts.payment()), whole));
      case ARTICLE ->
          facts.articles().stream()
              .map(
                  article ->
                      new Trace(
                          new Subject(per, article.code()),
                          new Count(1, article.quantity(), article.net())));
    };
  }
}
