package dev.orderflow.dev;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * PostgreSQL with a data directory that lasts: written through to the disk, reachable over the
 * loopback interface with a generated password only.
 */
final class PostgresPart implements Part {
  static final String USER = "orderflow";
  static final String DATABASE = "orderflow";

  /** A process id that no system gives out. */
  private static final String NOBODY = Integer.toString(Integer.MAX_VALUE);

  private final Directory directory;
  private final int port;
  private final PostgresPrograms programs;
  private final Path cluster;

  PostgresPart(Directory directory, Ports ports, PostgresPrograms programs) {
    this.directory = directory;
    this.port = ports.of(Port.POSTGRES);
    this.programs = programs;
    this.cluster = directory.file("postgres");
  }

  static String url(Ports ports) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(ports.of(Port.POSTGRES), DATABASE);
  }

  static Path password(Directory directory) throws IOException {
    return directory.secret("postgres-password");
  }

  @Override
  public PartName name() {
    return PartName.POSTGRES;
  }

  @Override
  public Set<Port> ports() {
    return Set.of(Port.POSTGRES);
  }

  @Override
  public Mark mark() {
    return new Mark("postgres", cluster.toString());
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    if (Files.isDirectory(cluster)) {
      withdrawLockOfDead();
      return;
    }
    // Made beside its place and moved there when complete: a crash in between leaves no half one.
    Path unfinished = directory.file("postgres.new");
    Caches.delete(unfinished);
    String place = unfinished.toString();
    String passwordFile = "--pwfile=" + password(directory);
    run(
        List.of(
            "initdb",
            "-D",
            place,
            "-U",
            USER,
            passwordFile,
            "-A",
            "scram-sha-256",
            "-E",
            "UTF-8",
            "--locale=C"),
        "");
    run(
        List.of("postgres", "--single", "-D", place, "postgres"),
        "CREATE DATABASE " + DATABASE + "\n");
    Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * After a crash PostgreSQL takes the process id in its lock file for its predecessor's as long as
   * a process has it: a stranger that was given it since, or the predecessor itself, dead but not
   * yet collected by a slow parent. Only the id is replaced. The rest of the file lets PostgreSQL
   * see whether children of its predecessor still use the memory they shared.
   */
  private void withdrawLockOfDead() throws IOException {
    Path lock = cluster.resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return;
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(lock));
    if (!lines.isEmpty() && lines.get(0).matches("\\d{1,9}") && !isPredecessor(lines.get(0))) {
      lines.set(0, NOBODY);
      Directory.write(lock, String.join("\n", lines) + "\n");
    }
  }

  private boolean isPredecessor(String pid) {
    return ProcessHandle.of(Long.parseLong(pid))
        .filter(OwnProcess::lives)
        .filter(process -> mark().isOn(process.pid()))
        .isPresent();
  }

  private void run(List<String> command, String input) throws IOException, InterruptedException {
    Path log = directory.log(name());
    String program = command.get(0);
    Process process =
        new ProcessBuilder(programs.command(program, command.subList(1, command.size())))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      endWithChildren(process);
      throw interrupted;
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "%s ended with exit code %d, see %s".formatted(program, process.exitValue(), log));
    }
  }

  /** What initdb has begun would go on writing without it. */
  private static void endWithChildren(Process process) throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
    for (ProcessHandle child : children) {
      OwnProcess.awaitEnd(child, Duration.ofSeconds(5));
    }
  }

  @Override
  public Launch launch() {
    return Launch.of(
        programs.command(
            "postgres",
            List.of(
                "-D",
                cluster.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC")));
  }

  @Override
  public boolean answers() {
    try {
      var properties = new Properties();
      properties.setProperty("user", USER);
      properties.setProperty("password", Files.readString(password(directory)));
      properties.setProperty("connectTimeout", "2");
      properties.setProperty("socketTimeout", "2");
      String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
      try (var connection = DriverManager.getConnection(url, properties);
          var statement = connection.createStatement()) {
        return statement.execute("SELECT 1");
      }
    } catch (SQLException | IOException notYet) {
      return false;
    }
  }

  @Override
  public Duration grace() {
    return Duration.ofSeconds(20);
  }

  /** SIGINT is its "fast" shutdown; on SIGTERM it would wait until the last client has gone. */
  @Override
  public void askToEnd(ProcessHandle process) {
    try {
      new ProcessBuilder("sh", "-c", "kill -INT \"$0\"", Long.toString(process.pid()))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noShell) {
      process.destroy();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
