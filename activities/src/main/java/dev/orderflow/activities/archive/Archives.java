package dev.orderflow.activities.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.payload.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

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

  private final ArchiveLock lock;
  private final Transactions transactions;
  private final ArchiveStore store = new ArchiveStore();
  private final EndedOrders ended = new EndedOrders();
  private final Histories histories = new Histories();

  @Inject
  Archives(ArchiveLock lock, Transactions transactions) {
    this.lock = lock;
    this.transactions = transactions;
  }

  /**
   * What a run has come to.
   *
   * @param moved orders that are in a file now, and here no more
   * @param changed orders that something happened to, or was heard of, between; they stay, and
   *     their line in the file is of no account
   */
  public record Run(long moved, long changed, List<Path> files) {}

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
   * @throws ArchiveLock.Busy when another run is at work, or an audit
   */
  public Run run(Instant before, Path directory, LongConsumer lookedAt) {
    Path to = directory.toAbsolutePath().normalize();
    return lock.archiving(
        () -> {
          try {
            return alone(before, to, lookedAt);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Run alone(Instant before, Path directory, LongConsumer lookedAt) throws IOException {
    Counter moved = new Counter();
    Counter changed = new Counter();
    List<Path> files = new ArrayList<>();
    for (ArchiveStore.Begun begun : transactions.read(store::begun)) {
      Optional<String> sha256 = begun.sha256().or(() -> whole(begun.files()));
      if (sha256.isPresent()) {
        takeOut(new Written(begun.files(), begun.before()), sha256.get(), moved, changed);
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
        takeOut(new Written(next, before), manifest.sha256(), moved, changed);
        files.add(next.file());
      }
    }
    return new Run(moved.sum, changed.sum, files);
  }

  /** Of a file that was completed when the process was killed, and is not known to be. */
  private Optional<String> whole(ArchiveFiles files) {
    Optional<ArchiveFiles.Manifest> manifest = files.completed();
    manifest.ifPresent(there -> in(tx -> store.written(tx, files, there)));
    return manifest.map(ArchiveFiles.Manifest::sha256);
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
    } catch (FileAlreadyExistsException e) {
      in(tx -> store.forget(tx, files));
      throw e;
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

  /** A file of orders that were over, and untouched since then. */
  private record Written(ArchiveFiles files, Instant before) {}

  private void takeOut(Written written, String sha256, Counter moved, Counter changed)
      throws IOException {
    ArchiveFiles files = written.files();
    if (!files.isWhole(sha256)) {
      throw new IllegalStateException(
          files.file()
              + " is not what was written: bring it back, its orders are not all deleted yet");
    }
    files.read(BATCH, lines -> takeOut(written, lines, moved, changed));
    in(tx -> store.done(tx, files));
  }

  /** Only those of which nothing has changed, and which are over still: hours may lie between. */
  private void takeOut(Written written, List<String> lines, Counter moved, Counter changed) {
    Map<String, String> texts = new LinkedHashMap<>();
    lines.forEach(line -> texts.put(id(line), line));
    List<String> ids = List.copyOf(texts.keySet());
    in(
        tx -> {
          histories.lock(tx, ids);
          Map<String, String> here = histories.texts(tx, ids);
          Set<String> over = ended.over(tx, written.before(), ids);
          List<String> same =
              here.entrySet().stream()
                  .filter(order -> over.contains(order.getKey()))
                  .filter(order -> order.getValue().equals(texts.get(order.getKey())))
                  .map(Map.Entry::getKey)
                  .toList();
          if (!same.isEmpty()) {
            histories.takeOut(tx, same, written.files().name());
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
