package dev.orderflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What is said of a FILE that a command is to read and can't. */
public final class Unreadable {

  private Unreadable() {}

  /** {@code USAGE}, and why: it is not there, or is a directory, or else. */
  public static CliException file(Path file, IOException why) {
    String says =
        why instanceof NoSuchFileException
            ? "there is no '" + file + "'"
            : "'" + file + "' " + (Files.isDirectory(file) ? "is a directory" : "can't be read");
    return new CliException(ExitCode.USAGE, "FILE: " + says, why);
  }
}
