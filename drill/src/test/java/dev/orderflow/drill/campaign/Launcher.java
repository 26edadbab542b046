package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.drill.machine.WorkerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The script {@code orderflow}, at a place where all is built: its jar leads to what is tested. */
final class Launcher {

  private static final Pattern TARGET = Pattern.compile("target=\\$home/(\\S+)");

  private final Path home;
  private final Path script;

  Launcher(Path folder) throws IOException {
    home = Files.createTempDirectory(folder, "launched");
    script = Files.copy(Path.of("..", "orderflow"), home.resolve("orderflow"));
    Matcher where = TARGET.matcher(Files.readString(script));
    assertThat(where.find()).isTrue();
    Path target = home.resolve(where.group(1));
    Files.createDirectories(target.resolve("lib"));
    Files.createFile(home.resolve("pom.xml"));
    lead(System.getProperty("java.class.path"), target.resolve("lib").resolve("orderflow.jar"));
    Files.createFile(target.resolve("built"));
    // Where a folder belongs: no class archive is made, which would take as long as the test.
    Files.createFile(target.resolve("cds"));
  }

  /** A worker with a shop's own jar, ready to work. */
  WorkerProcess worker(Path config, Path plugin) throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(
            List.of("bash", script.toString(), "worker", "--config", config.toString()));
    program
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "ORDERFLOW_PLUGINS",
                plugin.toString(),
                "ORDERFLOW_JAVA_OPTS",
                "-Xmx256m -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.log.dev.orderflow=info"));
    return WorkerProcess.start(home, program);
  }

  /** A jar that holds nothing but the way to the jars and classes of a class path. */
  private static void lead(String classPath, Path jar) throws IOException {
    String line =
        Stream.of(classPath.split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ", "Class-Path: ", ""));
    StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\r\n");
    // A line of a manifest has 72 bytes; a blank begins what belongs to the one before.
    for (int from = 0; from < line.length(); from += 70) {
      manifest.append(from == 0 ? "" : " ");
      manifest.append(line, from, Math.min(line.length(), from + 70)).append("\r\n");
    }
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(manifest.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
