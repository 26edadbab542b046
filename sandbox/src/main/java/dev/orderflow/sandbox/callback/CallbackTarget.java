package dev.orderflow.sandbox.callback;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where the merchant wants to be told, and the secret that proves who tells. Never printed. Behind
 * a URL that ends with a slash comes the merchant's channel that the payment belongs to.
 */
public final class CallbackTarget {

  private final URI url;
  private final SecretKeySpec secret;

  private CallbackTarget(URI url, String secret) {
    this.url = url;
    this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /**
   * Reads the secret from a file that holds nothing else; white space around it does not count.
   *
   * @throws IllegalArgumentException when there is no such file, no secret in it, or no such URL
   */
  public static CallbackTarget of(URI url, Path secretFile) {
    if (url.getScheme() == null || !url.getScheme().matches("https?")) {
      throw new IllegalArgumentException(
          "The callback URL " + url + " is not one of http or https");
    }
    try {
      String secret = Files.readString(secretFile).strip();
      if (secret.isEmpty()) {
        throw new IllegalArgumentException("The callback secret file " + secretFile + " is empty");
      }
      return new CallbackTarget(url, secret);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The callback secret file " + secretFile + " cannot be read", e);
    }
  }

  /** As it was given. */
  public URI url() {
    return url;
  }

  /** Where to tell of a payment of that channel. */
  public URI url(String channel) {
    return url.getPath().endsWith("/") ? url.resolve(channel) : url;
  }

  /** {@code t=UNIX,v1=HEX}: HMAC-SHA256 over {@code UNIX.body}. */
  public String signature(String body, Instant now) {
    String timestamp = Long.toString(now.getEpochSecond());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      byte[] digest = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
      return "t=" + timestamp + ",v1=" + HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "CallbackTarget[" + url + "]";
  }
}
