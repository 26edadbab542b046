package dev.orderflow.activities.settlement;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.activities.ledger.DatabaseModule;
import dev.orderflow.workflows.settlement.ReconcileMark;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** A program that compares a report which is made while it is read. */
final class LargeReport {

  private LargeReport() {}

  /**
   * @param args the database's URL, and how many rows
   */
  public static void main(String[] args) {
    DatabaseConfig config = new DatabaseConfig(args[0], Optional.empty(), Optional.empty(), 2);
    Injector injector = Guice.createInjector(new DatabaseModule(config));
    try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
      long rows =
          injector
              .getInstance(Comparison.class)
              .compare(
                  ReconcileRequest.of("large", LocalDate.of(2026, 3, 4)),
                  Set.of("large"),
                  date -> Optional.of(new Rows(Integer.parseInt(args[1]))),
                  new Silent());
      System.out.println(rows);
    }
  }

  private static final class Silent implements Comparison.Pulse {
    @Override
    public Optional<ReconcileMark> last() {
      return Optional.empty();
    }

    @Override
    public void beat(ReconcileMark mark) {}
  }

  /** Each row made when it is asked for: every hundredth belongs to no order. */
  private static final class Rows extends InputStream {
    private final int rows;
    private int next;
    private byte[] line = Day.HEADER.getBytes(StandardCharsets.UTF_8);
    private int at;

    Rows(int rows) {
      this.rows = rows;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (at == line.length) {
        if (next == rows) {
          return -1;
        }
        line = row(next++).getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      int n = Math.min(length, line.length - at);
      System.arraycopy(line, at, buffer, offset, n);
      at += n;
      return n;
    }

    private static String row(int n) {
      return n % 100 == 0
          ? "large-%d,charge,EUR,100,nobody,,2026-03-04T12:00:00Z%n".formatted(n)
          : "known-%d,charge,EUR,100,somebody,,2026-03-04T12:00:00Z%n".formatted(n);
    }
  }
}
