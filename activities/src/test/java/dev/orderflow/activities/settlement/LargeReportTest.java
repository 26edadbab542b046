package dev.orderflow.activities.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LargeReportTest {

  /** {@code -Dreport.rows=1000000}: a million take as much memory, and some minutes. */
  private static final int ROWS = Integer.getInteger("report.rows", 200_000);

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @TempDir Path directory;

  /** As a list the rows alone would take more than twice this heap. */
  @Test
  void aReportOfManyRowsNeedsNoMoreMemoryThanAChunk() throws Exception {
    book();
    Path said = directory.resolve("said");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeReport.class.getName(),
                database.config().url(),
                Integer.toString(ROWS))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(program.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(Files.readString(said)).endsWith(ROWS + "\n");
      assertThat(program.exitValue()).isZero();
    } finally {
      program.destroyForcibly().waitFor();
    }
    assertThat(database.number("select count(*) from settlement where channel = 'large'"))
        .isEqualTo(ROWS / 100 * 99);
    assertThat(
            database.number(
                "select count(*) from settlement_difference where difference = 'UNKNOWN_ORDER'"))
        .isEqualTo(ROWS / 100);
  }

  /** The ledger's side of it, in statements that are not too long for one. */
  private static void book() {
    for (int from = 0; from < ROWS; from += 10_000) {
      database.execute(
          """
          with made as (
            insert into operation
              (key, order_id, step, n, state, fingerprint, created_at, updated_at)
            select 'somebody/charge/' || n, 'somebody', 'CHARGE', n + 1, 'SUCCEEDED',
                   repeat('0', 64), moment, moment
            from generate_series(%d, %d) n,
                 lateral (select timestamptz '2026-03-04 00:00+00' + n * interval '0.4 s') t (moment)
            where n %% 100 <> 0
            returning key, n - 1 as n, updated_at
          )
          insert into provider_transaction
            (channel, reference, key, kind, currency, amount_minor, merchant_reference,
             reported_at)
          select 'large', 'known-' || n, key, 'CHARGE', 'EUR', 100, 'somebody',
                 updated_at
          from made
          """
              .formatted(from, from + 9_999));
    }
  }
}
