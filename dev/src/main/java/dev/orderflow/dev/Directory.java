package dev.orderflow.dev;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that holds one machine: its databases, configuration, secrets, logs and what is known
 * of its processes. Only its owner may look inside. Files are replaced whole, so that a reader, or
 * a supervisor after a crash, never meets half of one.
 *
 * @param root absolute
 */
public record Directory(Path root) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .registerModule(new SimpleModule().addSerializer(Path.class, ToStringSerializer.instance))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private static final List<String> MADE =
      List.of(
          "postgres",
          "postgres.new",
          "temporal.db",
          "temporal.db-shm",
          "temporal.db-wal",
          "temporal.toml",
          "orderflow.toml",
          "dev.json",
          "sandbox",
          "secrets",
          "logs",
          "run");

  public Directory {
    root = root.toAbsolutePath().normalize();
  }

  /** {@code $ORDERFLOW_DIR}, or {@code .orderflow} where the command is typed. */
  public static Directory usual(Map<String, String> environment) {
    String named = environment.getOrDefault("ORDERFLOW_DIR", "");
    return new Directory(Path.of(named.isBlank() ? ".orderflow" : named));
  }

  /**
   * Makes the folders that are missing.
   *
   * @throws IllegalArgumentException where it is something else than a directory
   */
  void create() throws IOException {
    requireDirectory();
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(root, PosixFilePermissions.asFileAttribute(ownerOnly));
    for (String folder : new String[] {"run", "logs", "secrets"}) {
      Files.createDirectories(
          root.resolve(folder), PosixFilePermissions.asFileAttribute(ownerOnly));
    }
  }

  /**
   * Makes sure that nothing but a directory is there, or nothing.
   *
   * @throws IllegalArgumentException otherwise
   */
  void requireDirectory() {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new IllegalArgumentException(
          "--dir: '" + root + "' is not a directory; name another, which may be a new one");
    }
  }

  public Path file(String name) {
    return root.resolve(name);
  }

  Path log(PartName part) {
    return root.resolve("logs").resolve(part.word() + ".log");
  }

  /** What the Temporal SDK's environment configuration reads: address and namespace. */
  public Path temporalToml() {
    return file("temporal.toml");
  }

  /** The worker's configuration. */
  public Path workerToml() {
    return file("orderflow.toml");
  }

  /** Addresses and process ids of the running machine. */
  public Path devJson() {
    return file("dev.json");
  }

  /**
   * Takes the directory for this process, until the lock is closed or the process ends.
   *
   * @return empty when another has it
   */
  Optional<FileLock> lock() throws IOException {
    FileChannel channel =
        FileChannel.open(file("dev.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(lock);
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // answered below
    }
    channel.close();
    return Optional.empty();
  }

  /** A secret of 32 hexadecimal digits in a file of its own, made the first time. */
  Path secret(String name) throws IOException {
    Path file = root.resolve("secrets").resolve(name);
    if (!Files.exists(file)) {
      byte[] random = new byte[16];
      new SecureRandom().nextBytes(random);
      write(file, HexFormat.of().formatHex(random));
    }
    return file;
  }

  /** Replaces a file, readable by its owner only. */
  static void write(Path file, String text) throws IOException {
    Path whole = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".new");
    try {
      Files.writeString(whole, text, StandardCharsets.UTF_8);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  static void writeJson(Path file, Object value) throws IOException {
    write(file, JSON.writeValueAsString(value) + "\n");
  }

  /** What was written; empty when there is nothing, or nothing that can be read. */
  private static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readString(file), type));
    } catch (NoSuchFileException | JsonProcessingException absent) {
      return Optional.empty();
    }
  }

  void remember(PartName part, OwnProcess process) throws IOException {
    writeJson(record(part), process);
  }

  void forget(PartName part) throws IOException {
    Files.deleteIfExists(record(part));
  }

  Optional<OwnProcess> recall(PartName part) throws IOException {
    return read(record(part), OwnProcess.class);
  }

  private Path record(PartName part) {
    return root.resolve("run").resolve(part.word() + ".json");
  }

  void rememberSupervisor(SupervisorRecord supervisor) throws IOException {
    writeJson(root.resolve("run").resolve("supervisor.json"), supervisor);
  }

  Optional<SupervisorRecord> recallSupervisor() throws IOException {
    return read(root.resolve("run").resolve("supervisor.json"), SupervisorRecord.class);
  }

  /** Deletes what a machine has made here, and nothing else; its ports stay remembered. */
  void reset() throws IOException {
    for (String name : MADE) {
      Caches.delete(file(name));
    }
  }

  void rememberPorts(Ports ports) throws IOException {
    writeJson(file("ports.json"), ports);
  }

  Optional<Ports> recallPorts() throws IOException {
    return read(file("ports.json"), Ports.class);
  }
}
