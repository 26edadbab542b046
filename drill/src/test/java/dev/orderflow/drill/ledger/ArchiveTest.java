package dev.orderflow.drill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.archive.ArchiveLock;
import dev.orderflow.activities.archive.Archives;
import dev.orderflow.activities.audit.Audit;
import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ended orders leave the ledger, each into one file, whatever is cut off; their keys stay taken.
 */
@Tag("long")
class ArchiveTest {

  private static final int ORDERS = 999;
  private static final Duration YOUNG = Duration.ofDays(60);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  @TempDir Path folder;

  private final AtomicInteger untilDeath = new AtomicInteger(Integer.MAX_VALUE);
  private DatabaseConfig database;
  private Instant before;

  @BeforeEach
  void fill() {
    database = CLUSTER.get().migrated("archived_" + NUMBER.incrementAndGet());
    try (Room room = new Room(database);
        HikariDataSource connections = Cluster.unhurried(database)) {
      room.stock();
      new Seeding(room, connections, ORDERS, Fate.Mix.EVEN, told -> {}).carryOut();
    }
    before = Instant.now().minus(YOUNG);
  }

  /** The process dies in the n-th transaction from now, before it commits. */
  private static final class Mortal extends Transactions {
    private final AtomicInteger untilDeath;

    Mortal(Jdbi jdbi, AtomicInteger untilDeath) {
      super(jdbi);
      this.untilDeath = untilDeath;
    }

    @Override
    public <T> T in(Function<Handle, T> work) {
      return super.in(
          tx -> {
            T result = work.apply(tx);
            if (untilDeath.decrementAndGet() == 0) {
              throw new IllegalStateException("killed");
            }
            return result;
          });
    }
  }

  private Room room() {
    return new Room(
        database,
        new AbstractModule() {
          @Provides
          @Singleton
          Transactions mortal(Jdbi jdbi) {
            return new Mortal(jdbi, untilDeath);
          }
        });
  }

  @Test
  void whateverIsCutOffEveryOrderLeavesOnceAndTheBooksStayAsTheyAre() throws Exception {
    try (Room room = room()) {
      Audit.Result balanced = audit(room);
      assertThat(balanced.findings()).isZero();
      long due = room.get(Archives.class).count(before, looked -> {});
      assertThat(due).isGreaterThan(500);

      int deaths = 0;
      long moved = 0;
      for (int dies = 2; moved == 0; dies += 3) {
        untilDeath.set(dies);
        try {
          room.get(Archives.class).run(before, folder, looked -> {});
          moved = 1;
        } catch (IllegalStateException killed) {
          deaths++;
        }
      }
      untilDeath.set(Integer.MAX_VALUE);
      assertThat(deaths).isGreaterThan(2);

      List<String> lines = linesOfAllFiles();
      Set<String> ids = new HashSet<>();
      for (String line : lines) {
        JsonNode order = Json.MAPPER.readTree(line);
        assertThat(order.path("operations").size()).isPositive();
        ids.add(order.path("id").asText());
      }
      assertThat(ids).hasSize((int) due).hasSameSizeAs(lines);
      assertThat(archived(room)).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(
              number(
                  room,
                  "select count(*) from operation o join sales_order s"
                      + " on s.id = o.order_id where s.archived_in is not null"))
          .isZero();

      Audit.Result after = audit(room);
      assertThat(after.findings()).isZero();
      assertThat(after.archived()).isEqualTo(due);
      assertThat(after.money()).isEqualTo(balanced.money());

      Archives.Run again = room.get(Archives.class).run(before, folder, looked -> {});
      assertThat(again.moved()).isZero();
      assertThat(again.files()).isEmpty();
    }
  }

  @Test
  void anArchivedOrdersKeyStaysTakenAndWhatIsOpenStays() {
    try (Room room = room()) {
      Walk sold = Fate.REWARDED.live(room, "sold-long-ago");
      Walk asked = Fate.IN_REVIEW.live(room, "asked-long-ago");
      Walk disputed = Fate.DISPUTED.live(room, "disputed-long-ago");
      Stream.of(sold, asked, disputed).forEach(walk -> age(room, walk.order()));

      room.get(Archives.class).run(before, folder, looked -> {});

      assertThat(archived(room))
          .contains(sold.order().value())
          .doesNotContain(asked.order().value(), disputed.order().value());
      long orders = number(room, "select count(*) from sales_order");
      long charges = number(room, "select count(*) from operation where step = 'CHARGE'");
      ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, sold::accept);
      assertThat(failure.getType()).isEqualTo("ORDER_ARCHIVED");
      assertThat(failure).hasMessageContaining("COMPLETED").hasMessageContaining("orders-before-");
      assertThat(failure.isNonRetryable()).isTrue();
      Walk other = Walk.of(room, "sold-long-ago", Walk.articles(1), Optional.empty());
      assertThatThrownBy(other::accept).hasMessageContaining("KEY_REUSED");
      assertThat(number(room, "select count(*) from sales_order")).isEqualTo(orders);
      assertThat(number(room, "select count(*) from operation where step = 'CHARGE'"))
          .isEqualTo(charges);
    }
  }

  @Test
  void whatIsOpenedWhileAFileWaitsHoldsItsOrderBack() throws Exception {
    try (Room room = room()) {
      Archives archives = room.get(Archives.class);
      for (int dies = 1; files(".json").isEmpty(); dies++) {
        killed(archives, dies);
      }
      killed(archives, 2);
      assertThat(number(room, "select count(*) from archive where state = 'WRITTEN'")).isOne();
      assertThat(archived(room)).isEmpty();
      untilDeath.set(Integer.MAX_VALUE);
      List<String> ids = new ArrayList<>();
      for (String line : linesOfAllFiles()) {
        ids.add(Json.MAPPER.readTree(line).path("id").asText());
      }
      List<String> opened = List.of(ids.get(1), ids.get(300), ids.get(ids.size() - 1));
      room.ledger().useHandle(tx -> open(tx, opened.get(0), opened.get(1), opened.get(2)));

      Archives.Run run = archives.run(before, folder, looked -> {});

      assertThat(run.changed()).isEqualTo(opened.size());
      ids.removeAll(opened);
      assertThat(archived(room)).containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  private void killed(Archives archives, int dies) {
    untilDeath.set(dies);
    assertThatThrownBy(() -> archives.run(before, folder, looked -> {})).hasMessage("killed");
  }

  private static void open(Handle tx, String differs, String unsettled, String told) {
    tx.execute(
        "insert into discrepancy (key, recorded_state, reported_state)"
            + " select key, state, 'DECLINED' from operation where order_id = ? limit 1",
        differs);
    tx.execute(
        "insert into settlement_difference (channel, date, reference, difference, order_id)"
            + " values (?, current_date, 'more', 'MISSING_IN_LEDGER', ?)",
        Bank.NAME,
        unsettled);
    tx.execute(
        "insert into inbox (channel, event_id, type, merchant_reference, happened_at)"
            + " values (?, 'late', 'charge.late', ?, now())",
        Bank.NAME,
        told);
  }

  @Test
  void anEventThatNamesOnlyThePaymentHoldsItsOrderBack() {
    try (Room room = room()) {
      Walk disputed = Fate.COMPLETED.live(room, "disputed-by-its-payment");
      Walk sold = Fate.COMPLETED.live(room, "sold-beside-it");
      Stream.of(disputed, sold).forEach(walk -> age(room, walk.order()));
      room.ledger()
          .useHandle(
              tx ->
                  tx.execute(
                      "insert into inbox (channel, event_id, type, reference, happened_at, state,"
                          + " reason_code, reason_message, due_at)"
                          + " select t.channel, 'dispute', 'charge.dispute.created', t.reference,"
                          + " now(), 'PARKED', 'UNREADABLE', 'nobody understands it', null"
                          + " from provider_transaction t join operation o on o.key = t.key"
                          + " where o.order_id = ? limit 1",
                      disputed.order().value()));

      room.get(Archives.class).run(before, folder, looked -> {});

      assertThat(archived(room))
          .contains(sold.order().value())
          .doesNotContain(disputed.order().value());
    }
  }

  @Test
  void nothingIsArchivedWhileTheSumsAreRead() {
    try (Room room = room()) {
      Audit.Result balanced = audit(room);
      List<RuntimeException> refused = new ArrayList<>();

      Audit.Result beside =
          room.get(Audit.class)
              .carryOut(
                  finding -> {},
                  read -> {
                    try {
                      room.get(Archives.class).run(before, folder, looked -> {});
                    } catch (ArchiveLock.Busy busy) {
                      refused.add(busy);
                    }
                  });

      assertThat(beside.money()).isEqualTo(balanced.money());
      assertThat(refused).isNotEmpty();
      assertThat(room.get(Archives.class).run(before, folder, looked -> {}).moved()).isPositive();
    }
  }

  @Test
  void noSumsAreReadWhileOrdersAreArchived() {
    try (Room room = room()) {
      List<RuntimeException> refused = new ArrayList<>();

      room.get(Archives.class)
          .run(
              before,
              folder,
              looked -> {
                try {
                  audit(room);
                } catch (ArchiveLock.Busy busy) {
                  refused.add(busy);
                }
              });

      assertThat(refused).isNotEmpty();
      assertThat(audit(room).findings()).isZero();
    }
  }

  private static Audit.Result audit(Room room) {
    return room.get(Audit.class)
        .carryOut(finding -> System.err.println("audit: " + finding), read -> {});
  }

  private void age(Room room, OrderId order) {
    room.ledger()
        .useHandle(
            tx -> {
              tx.execute(
                  "update sales_order set placed_at = placed_at - interval '90 days',"
                      + " completed_at = completed_at - interval '90 days',"
                      + " updated_at = updated_at - interval '90 days' where id = ?",
                  order.value());
              tx.execute(
                  "update operation set updated_at = updated_at - interval '90 days'"
                      + " where order_id = ?",
                  order.value());
            });
  }

  private static List<String> archived(Room room) {
    return room.ledger()
        .withHandle(
            tx ->
                tx.createQuery("select id from sales_order where archived_in is not null")
                    .mapTo(String.class)
                    .list());
  }

  private static long number(Room room, String sql) {
    return room.ledger().withHandle(tx -> tx.createQuery(sql).mapTo(Long.class).one());
  }

  /** Every file is what its manifest says; a line each. */
  private List<String> linesOfAllFiles() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Path file : files(".jsonl.gz")) {
      Path beside = Path.of(file.toString().replace(".jsonl.gz", ".json"));
      JsonNode manifest = Json.MAPPER.readTree(Files.readString(beside));
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      assertThat(manifest.path("sha256").asText()).isEqualTo(HexFormat.of().formatHex(hash));
      List<String> own = lines(file);
      assertThat(manifest.path("orders").asInt()).isEqualTo(own.size());
      lines.addAll(own);
    }
    assertThat(files(".part")).isEmpty();
    return lines;
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
