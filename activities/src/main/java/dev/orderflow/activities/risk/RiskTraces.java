package dev.orderflow.activities.risk;

import dev.orderflow.activities.risk.VelocityRule.Count;
import dev.orderflow.activities.risk.VelocityRule.Per;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The table {@code risk_trace}: who ordered what, lately. */
@Singleton
class RiskTraces {

  /** Somebody, or something, whose orders are counted. */
  record Subject(Per per, String name) {}

  /** What one order adds to a subject. */
  record Trace(Subject subject, Count count) {}

  /** What is asked about a subject. */
  record Question(Subject subject, Duration window) {}

  private record QuestionRow(int n, String per, String subject, long seconds) {}

  private record TraceRow(String per, String subject, long quantity, long amount) {}

  /**
   * Makes every other order of these subjects wait until this transaction ends: two at once can't
   * both find room for one.
   */
  void lock(Handle tx, Collection<Subject> subjects) {
    // Sorted by the lock itself, so that no two transactions wait for each other.
    String sql =
        """
        select count(pg_advisory_xact_lock(lock)) from (
          select distinct hashtextextended(name, 305) as lock from unnest(:names) as name
          order by lock
        ) sorted
        """;
    String[] names =
        subjects.stream().map(s -> "risk " + s.per() + " " + s.name()).toArray(String[]::new);
    tx.createQuery(sql).bind("names", names).mapTo(Long.class).one();
  }

  /** The answers, in the order of the questions; amounts are those in that currency. */
  List<Count> count(Handle tx, List<Question> questions, CurrencyUnit currency) {
    String sql =
        """
        select q.n, count(t.order_id) as orders, coalesce(sum(t.quantity), 0) as quantity,
               coalesce(sum(t.amount_minor) filter (where t.currency = :currency), 0) as amount
        from jsonb_to_recordset(cast(:questions as jsonb)) as q
          (n integer, per text, subject text, seconds bigint)
        left join risk_trace t
          on t.per = q.per and t.subject = q.subject
          and t.placed_at > now() - make_interval(secs => q.seconds)
        group by q.n order by q.n
        """;
    return tx.createQuery(sql)
        .bind("currency", currency.getCode())
        .bind("questions", Json.text(rows(questions)))
        .map(
            (row, context) ->
                new Count(
                    row.getLong("orders"),
                    row.getLong("quantity"),
                    Money.ofMinor(currency, row.getLong("amount"))))
        .list();
  }

  private static List<QuestionRow> rows(List<Question> questions) {
    return IntStream.range(0, questions.size())
        .mapToObj(
            n -> {
              Question question = questions.get(n);
              Subject subject = question.subject();
              return new QuestionRow(
                  n, subject.per().name(), subject.name(), question.window().toSeconds());
            })
        .toList();
  }

  void insert(Handle tx, OrderId order, CurrencyUnit currency, List<Trace> traces) {
    String sql =
        """
        insert into risk_trace (per, subject, order_id, quantity, currency, amount_minor)
        select t.per, t.subject, :order, t.quantity, :currency, t.amount
        from jsonb_to_recordset(cast(:traces as jsonb)) as t
          (per text, subject text, quantity bigint, amount bigint)
        """;
    List<TraceRow> rows =
        traces.stream()
            .map(
                trace ->
                    new TraceRow(
                        trace.subject().per().name(),
                        trace.subject().name(),
                        trace.count().quantity(),
                        trace.count().amount().getAmountMinorLong()))
            .toList();
    tx.createUpdate(sql)
        .bind("order", order.value())
        .bind("currency", currency.getCode())
        .bind("traces", Json.text(rows))
        .execute();
  }

  /** Forgets at most {@code batch} traces older than {@code age}; says how many. */
  int forget(Handle tx, Duration age, int batch) {
    String sql =
        """
        delete from risk_trace where (per, subject, order_id) in
          (select per, subject, order_id from risk_trace
           where placed_at < now() - make_interval(secs => :seconds)
           order by placed_at limit :batch for update skip locked)
        """;
    return tx.createUpdate(sql).bind("seconds", age.toSeconds()).bind("batch", batch).execute();
  }
}
