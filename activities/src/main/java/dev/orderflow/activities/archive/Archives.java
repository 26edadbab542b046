package dev.orderflow.activities.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.payload.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Moves orders that are over into files, with everything that the ledger knows of them. A file is
 * whole and on the disk before the first of its orders is deleted; what is interrupted at any point
 * is taken up by the next run.
 */
@Singleton
public class Archives {

  /** So few that a batch stays far below the time that a statement may take. */
  private static final int BATCH = 200;

  /** Orders in one file. */
  private static final int FULL = 50_000;

  private static final long LOCK = 341;

  private final Jdbi jdbi;
  private final Transactions transactions;
  private final ArchiveStore store = new ArchiveStore();
  private final EndedOrders ended = new EndedOrders();
  private final Histories histories = new Histories();

  @Inject
  Archives(Jdbi jdbi, Transactions transactions) {
    this.jdbi = jdbi;
    this.transactions = transactions;
  }

  /**
   * What a run has come to.
   *
   * @param moved orders that are in a file now, and here no more
   * @param changed orders that something happened to between; they stay, and their line in the file
   *     is of no account
   */
  public record Run(long moved, long changed, List<Path> files) {}

  /** Another run is at work, on this ledger. */
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy() {
      super("another run is archiving this ledger");
    }
  }

  /** How many orders a run would move. */
  public long count(Instant before, LongConsumer lookedAt) {
    Counter counter = new Counter();
    eachPage(before, Integer.MAX_VALUE, lookedAt, ids -> counter.add(ids.size()));
    return counter.sum;
  }

  /**
   * Moves every order that is over and was last touched before that, those first that an earlier
   * run has left half moved.
   *
   * @param directory made where it is not there
   * @param lookedAt told how many orders were looked at
   * @throws Busy when another run is at work
   */
  public Run run(Instant before, Path directory, LongConsumer lookedAt) {
    try (Handle held = jdbi.open()) {
      if (!held.createQuery("select pg_try_advisory_lock(:lock)")
          .bind("lock", LOCK)
          .mapTo(Boolean.class)
          .one()) {
        throw new Busy();
      }
      try {
        return alone(before, directory.toAbsolutePath().normalize(), lookedAt);
      } finally {
        // The connection goes back to others, and would keep it.
        held.execute("select pg_advisory_unlock(?)", LOCK);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Run alone(Instant before, Path directory, LongConsumer lookedAt) throws IOException {
    Counter moved = new Counter();
    Counter changed = new Counter();
    List<Path> files = new ArrayList<>();
    for (ArchiveStore.Begun begun : transactions.read(store::begun)) {
      if (begun.written()) {
        takeOut(begun.files(), begun.sha256().orElseThrow(), moved, changed);
        files.add(begun.files().file());
      } else {
        begun.files().discard();
        in(tx -> store.forget(tx, begun.files()));
      }
    }
    boolean more = true;
    while (more) {
      ArchiveFiles next = transactions.in(tx -> store.begin(tx, directory, before));
      ArchiveFiles.Manifest manifest = write(next, before, lookedAt);
      more = manifest.orders() >= FULL;
      if (manifest.orders() > 0) {
        takeOut(next, manifest.sha256(), moved, changed);
        files.add(next.file());
      }
    }
    return new Run(moved.sum, changed.sum, files);
  }

  private ArchiveFiles.Manifest write(ArchiveFiles files, Instant before, LongConsumer lookedAt)
      throws IOException {
    try (ArchiveFiles.Writing writing = files.write()) {
      eachPage(before, FULL, lookedAt, ids -> write(writing, ids));
      if (writing.orders() == 0) {
        in(tx -> store.forget(tx, files));
        return new ArchiveFiles.Manifest(files.name(), "", 0, before);
      }
      ArchiveFiles.Manifest manifest = writing.complete(before);
      in(tx -> store.written(tx, files, manifest));
      return manifest;
    }
  }

  private void write(ArchiveFiles.Writing writing, List<String> ids) {
    Map<String, String> texts = transactions.in(tx -> histories.texts(tx, ids));
    try {
      for (String text : texts.values()) {
        writing.line(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives away those that are over, page by page, until there are so many. */
  private void eachPage(
      Instant before, int most, LongConsumer lookedAt, Consumer<List<String>> pages) {
    Optional<EndedOrders.Candidate> behind = Optional.empty();
    long looked = 0;
    int given = 0;
    while (given < most) {
      Optional<EndedOrders.Candidate> last = behind;
      List<EndedOrders.Candidate> page =
          transactions.read(tx -> ended.page(tx, before, last, BATCH));
      if (page.isEmpty()) {
        return;
      }
      List<String> over =
          page.stream().filter(EndedOrders.Candidate::over).map(EndedOrders.Candidate::id).toList();
      if (!over.isEmpty()) {
        pages.accept(over);
      }
      given += over.size();
      looked += page.size();
      lookedAt.accept(looked);
      behind = Optional.of(page.get(page.size() - 1));
    }
  }

  private void takeOut(ArchiveFiles files, String sha256, Counter moved, Counter changed)
      throws IOException {
    if (!files.isWhole(sha256)) {
      throw new IllegalStateException(
          files.file()
              + " is not what was written: bring it back, its orders are not all deleted yet");
    }
    files.read(BATCH, lines -> takeOut(files.name(), lines, moved, changed));
    in(tx -> store.done(tx, files));
  }

  private void takeOut(String file, List<String> lines, Counter moved, Counter changed) {
    Map<String, String> written = new LinkedHashMap<>();
    lines.forEach(line -> written.put(id(line), line));
    List<String> ids = List.copyOf(written.keySet());
    in(
        tx -> {
          histories.lock(tx, ids);
          Map<String, String> here = histories.texts(tx, ids);
          List<String> same =
              here.entrySet().stream()
                  .filter(order -> order.getValue().equals(written.get(order.getKey())))
                  .map(Map.Entry::getKey)
                  .toList();
          if (!same.isEmpty()) {
            histories.takeOut(tx, same, file);
          }
          moved.add(same.size());
          changed.add(here.size() - same.size());
        });
  }

  private static String id(String line) {
    try {
      return Json.MAPPER.readTree(line).path("id").asText();
    } catch (JsonProcessingException e) {
      // Without the cause, which quotes the text.
      throw new IllegalStateException("a line of an archive can't be read");
    }
  }

  private void in(Consumer<Handle> work) {
    transactions.in(
        tx -> {
          work.accept(tx);
          return tx;
        });
  }

  private static final class Counter {
    long sum;

    void add(long more) {
      sum += more;
    }
  }
}
