package dev.orderflow.dev;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How a Java program of ours is started: on this JVM, with the class path of this process. */
public final class JavaProgram {
  private JavaProgram() {}

  /**
   * @param mainClass the class to run
   * @param options for the JVM
   * @param mark see {@link Part#mark}
   * @param arguments of the program
   * @param inputs see {@link Launch}
   */
  static Launch launch(
      String mainClass,
      List<String> options,
      Mark mark,
      List<String> arguments,
      List<String> inputs)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(sharing());
    command.add(mark.word());
    command.add(mainClass);
    command.addAll(arguments);
    String classPath = System.getProperty("java.class.path");
    var all = new ArrayList<>(inputs);
    all.addAll(versions(classPath));
    // By the environment: the command line stays short enough to be read, and to be recognised.
    return new Launch(command, Map.of("CLASSPATH", classPath), all);
  }

  /** JVM options for the launcher's class archive, made for this JVM and this class path. */
  public static List<String> sharing() throws IOException {
    Path archive = Path.of(System.getProperty("orderflow.archive", ""));
    return Files.isRegularFile(archive) && Files.size(archive) > 0
        ? List.of(
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-XX:SharedArchiveFile=" + archive)
        : List.of();
  }

  static Mark mark(Directory directory, PartName part) {
    return new Mark("java", "-Dorderflow.part=" + directory.file(part.word()));
  }

  /** Whether a change of the code shows in {@link Launch#fingerprint}. */
  static boolean isOfJars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .noneMatch(Files::isDirectory);
  }

  /** Runs a program that ends by itself. */
  static void run(Launch launch, Path log) throws IOException, InterruptedException {
    Process process = launch.builder(List.of(), log).start();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      throw interrupted;
    }
    if (process.exitValue() != 0) {
      throw new IOException("a preparation failed, see " + log);
    }
  }

  /** A program whose jars were built anew is not the one that runs. */
  private static List<String> versions(String classPath) throws IOException {
    var versions = new ArrayList<String>();
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isRegularFile(path)) {
        versions.add(Files.size(path) + " " + Files.getLastModifiedTime(path));
        Path folder = path.toAbsolutePath().getParent();
        if (path.endsWith("orderflow.jar")) {
          try (var jars = Files.newDirectoryStream(folder, "orderflow-*.jar")) {
            for (Path jar : jars) {
              versions.add(Files.size(jar) + " " + Files.getLastModifiedTime(jar));
            }
          }
        }
      }
    }
    versions.sort(null);
    return versions;
  }
}
