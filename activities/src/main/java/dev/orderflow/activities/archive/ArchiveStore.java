package dev.orderflow.activities.archive;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code archive}. */
final class ArchiveStore {

  /** A file that is not done with, and what it is once it is known to be written. */
  record Begun(ArchiveFiles files, Optional<String> sha256, Instant before) {}

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A name that no other has, also none of another ledger's or of a copy of this one. */
  ArchiveFiles begin(Handle tx, Path directory, Instant before) {
    String day = before.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    String sql =
        """
        insert into archive (file, directory, before)
        select :prefix || lpad((count(*) + 1)::text, 4, '0') || :suffix, :directory, :before
        from archive
        returning file
        """;
    String name =
        tx.createQuery(sql)
            .bind("prefix", "orders-before-" + day + "-")
            .bind("suffix", "-" + HexFormat.of().toHexDigits(RANDOM.nextInt()))
            .bind("directory", directory.toString())
            .bind("before", before.atOffset(ZoneOffset.UTC))
            .mapTo(String.class)
            .one();
    return new ArchiveFiles(directory, name);
  }

  void written(Handle tx, ArchiveFiles files, ArchiveFiles.Manifest manifest) {
    tx.createUpdate(
            """
            update archive set state = 'WRITTEN', sha256 = :sha, orders = :orders
            where file = :file
            """)
        .bind("sha", manifest.sha256())
        .bind("orders", manifest.orders())
        .bind("file", files.name())
        .execute();
  }

  void done(Handle tx, ArchiveFiles files) {
    tx.createUpdate("update archive set state = 'DONE', done_at = now() where file = :file")
        .bind("file", files.name())
        .execute();
  }

  void forget(Handle tx, ArchiveFiles files) {
    tx.createUpdate("delete from archive where file = :file and state = 'WRITING'")
        .bind("file", files.name())
        .execute();
  }

  List<Begun> begun(Handle tx) {
    return tx.createQuery("select * from archive where state <> 'DONE' order by file")
        .map(
            (row, context) ->
                new Begun(
                    new ArchiveFiles(Path.of(row.getString("directory")), row.getString("file")),
                    Optional.ofNullable(row.getString("sha256")),
                    row.getTimestamp("before").toInstant()))
        .list();
  }
}
