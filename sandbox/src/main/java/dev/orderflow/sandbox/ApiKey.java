package dev.orderflow.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The secret that callers of the HTTP API present. Never printed. */
public final class ApiKey {

  private static final String SCHEME = "Bearer ";

  private final byte[] secret;

  private ApiKey(String secret) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the key from a file that holds nothing else; white space around it does not count.
   *
   * @throws IllegalArgumentException when there is no such file, or no key in it
   */
  public static ApiKey in(Path file) {
    String text;
    try {
      text = Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The API key file " + file + " cannot be read; put a secret of your choice in it", e);
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("The API key file " + file + " is empty");
    }
    return new ApiKey(text);
  }

  /** Whether the value of an {@code Authorization} header presents this key. */
  boolean isPresentedBy(String authorization) {
    return authorization.startsWith(SCHEME)
        && MessageDigest.isEqual(
            secret, authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "ApiKey[***]";
  }
}
