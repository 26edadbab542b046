package dev.orderflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A file that holds a key: base64 of 32 bytes. */
final class KeyFile {

  private KeyFile() {}

  /**
   * @param name how the user knows the key
   */
  static byte[] read(String name, Path file) {
    try {
      return decode(name, Files.readString(file));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE, name + ": " + file + " can't be read; is it there, and yours?", e);
    }
  }

  static byte[] decode(String name, String text) {
    try {
      byte[] key = Base64.getDecoder().decode(text.strip());
      if (key.length == 32) {
        return key;
      }
    } catch (IllegalArgumentException notBase64) {
      // said below, without the text: it may be a secret
    }
    throw new CliException(
        ExitCode.USAGE,
        name + ": is not base64 of 32 bytes; make one by: head -c 32 /dev/urandom | base64");
  }
}
