package dev.orderflow.activities.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.probe.ProbeFigures.Figure;
import dev.orderflow.workflows.probe.ProbeRun;
import dev.orderflow.workflows.saga.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The last success of a channel is what an alarm is set on. */
class ProbeFiguresTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  private static final Reason WHY = new Reason("NOT_IN_TIME", "Too late.");

  @BeforeEach
  void nothingWasProbed() {
    database.execute("truncate probe_run");
  }

  private static ProbeActivitiesImpl probes() {
    return new ProbeActivitiesImpl(Optional.empty(), null, database.get(Transactions.class));
  }

  private static ProbeRun begun(int minute) {
    ProbeRun run = new ProbeRun("card", NOON.plus(Duration.ofMinutes(minute)));
    probes().begin(run);
    return run;
  }

  private static Figure figure() {
    return new ProbeFigures(database.get(Transactions.class)).all().get(0);
  }

  @Test
  void aFailureAfterASuccessIsSeenAndTheAgeOfTheSuccessGrows() {
    probes().succeeded(begun(0));
    database.execute("update probe_run set ended_at = now() - interval '20 minutes'");
    probes().failed(begun(10), WHY);
    begun(20);

    Figure card = figure();

    assertThat(card.last()).isEqualTo("FAILED");
    assertThat(card.reason()).contains("NOT_IN_TIME");
    assertThat(card.succeeded()).isEqualTo(1);
    assertThat(card.failed()).isEqualTo(1);
    assertThat(card.sinceSuccess().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void whereNoneHasSucceededTheAgeIsThatOfTheFirst() {
    probes().failed(begun(0), WHY);
    database.execute("update probe_run set began_at = now() - interval '1 hour'");

    assertThat(figure().sinceSuccess()).isEmpty();
    assertThat(figure().watched()).isGreaterThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void theFirstResultOfARunStays() {
    ProbeRun run = begun(0);
    probes().succeeded(run);

    probes().begin(run);
    probes().failed(run, WHY);

    assertThat(figure().last()).isEqualTo("SUCCEEDED");
    assertThat(database.number("select count(*) from probe_run")).isOne();
  }

  @Test
  void longAgoIsForgottenButNotTheLast() {
    probes().succeeded(begun(0));
    probes().succeeded(begun(1));
    database.execute("update probe_run set meant_at = meant_at - interval '10 years'");
    ProbeStore store = new ProbeStore();

    int gone = database.get(Transactions.class).in(tx -> store.delete(tx, 10));

    assertThat(gone).isOne();
    assertThat(database.number("select count(*) from probe_run")).isOne();
  }

  @Test
  void theLastSuccessIsRememberedHoweverManyFailuresFollowed() {
    probes().succeeded(begun(0));
    probes().succeeded(begun(1));
    database.execute("update probe_run set ended_at = meant_at - interval '10 years'");
    probes().failed(begun(2), WHY);
    probes().failed(begun(3), WHY);
    database.execute("update probe_run set meant_at = meant_at - interval '10 years'");
    ProbeStore store = new ProbeStore();

    int gone = database.get(Transactions.class).in(tx -> store.delete(tx, 10));

    assertThat(gone).isEqualTo(2);
    assertThat(figure().sinceSuccess().orElseThrow()).isGreaterThan(Duration.ofDays(3_650));
    assertThat(figure().last()).isEqualTo("FAILED");
  }

  @Test
  void eachChannelHasItsOwnFigures() {
    for (String channel : List.of("wallet", "card", "transfer")) {
      ProbeRun run = new ProbeRun(channel, NOON);
      probes().begin(run);
      if (channel.equals("wallet")) {
        probes().failed(run, WHY);
      } else if (channel.equals("card")) {
        probes().succeeded(run);
      }
    }

    List<Figure> all = new ProbeFigures(database.get(Transactions.class)).all();

    assertThat(all)
        .extracting(f -> f.channel() + " " + f.last() + " " + f.succeeded() + " " + f.failed())
        .containsExactly("card SUCCEEDED 1 0", "wallet FAILED 0 1");
  }
}
