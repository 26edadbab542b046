package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.CallbackRefused.Why;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature {@code t=UNIX,v1=HEX} of a callback: HMAC-SHA256 over {@code UNIX.body} with a
 * shared secret, as Stripe documents it and the sandbox sends it. There may be several {@code v1};
 * other schemes beside them are ignored. Safe for use by many threads.
 */
public final class TimestampedSignature {

  /** A timestamp this far from now, either way, is still believed. */
  public static final Duration TOLERANCE = Duration.ofSeconds(300);

  private static final Pattern TIMESTAMP = Pattern.compile("\\d{1,11}");

  /** A header with more is nobody's but an attacker's, who would have us compute for nothing. */
  private static final int MOST_PARTS = 16;

  private final List<SecretKeySpec> keys;

  /**
   * @param secrets one, or two while the provider changes from one to the other; signed is with the
   *     first
   */
  public TimestampedSignature(List<Secret> secrets) {
    if (secrets.isEmpty() || secrets.size() > 2) {
      throw new IllegalArgumentException("webhook-secrets: " + secrets.size() + " is not 1 or 2");
    }
    keys = secrets.stream().map(TimestampedSignature::key).toList();
  }

  private static SecretKeySpec key(Secret secret) {
    return new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /**
   * Makes sure that the callback is the secret's holder's, and of now. What takes how long tells
   * nothing of the signature that would have been right.
   *
   * @param header the name of the header with the signature
   * @throws CallbackRefused {@code FORGED}, or {@code STALE} when only its age is against it
   */
  public void verify(Callback callback, String header) {
    Signed signed =
        Signed.parse(
            callback
                .header(header)
                .orElseThrow(() -> new CallbackRefused(Why.FORGED, "no signature")));
    byte[] body = callback.body();
    boolean genuine = false;
    for (SecretKeySpec key : keys) {
      byte[] expected = hmac(key, signed.timestamp(), body);
      for (byte[] given : signed.signatures()) {
        genuine |= MessageDigest.isEqual(expected, given);
      }
    }
    if (!genuine) {
      throw new CallbackRefused(Why.FORGED, "the signature is of another secret or body");
    }
    Duration age = Duration.between(signed.at(), callback.receivedAt()).abs();
    if (age.compareTo(TOLERANCE) > 0) {
      throw new CallbackRefused(Why.STALE, "signed " + age.toSeconds() + " s from now");
    }
  }

  /** The header's value for a body that is sent now. */
  public String sign(byte[] body, Instant now) {
    String timestamp = Long.toString(now.getEpochSecond());
    return "t=" + timestamp + ",v1=" + HexFormat.of().formatHex(hmac(keys.get(0), timestamp, body));
  }

  private static byte[] hmac(SecretKeySpec key, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }

  /** The header, taken apart; the timestamp as it was written, because so it was signed. */
  private record Signed(String timestamp, List<byte[]> signatures) {

    static Signed parse(String header) {
      String timestamp = null;
      List<byte[]> signatures = new ArrayList<>();
      String[] parts = header.split(",", MOST_PARTS + 1);
      for (String part : parts) {
        String text = part.strip();
        if (text.startsWith("t=") && timestamp == null) {
          timestamp = text.substring(2);
        } else if (text.startsWith("t=")) {
          throw malformed();
        } else if (text.startsWith("v1=")) {
          signatures.add(hex(text.substring(3)));
        }
      }
      if (parts.length > MOST_PARTS
          || timestamp == null
          || !TIMESTAMP.matcher(timestamp).matches()) {
        throw malformed();
      }
      return new Signed(timestamp, signatures);
    }

    Instant at() {
      return Instant.ofEpochSecond(Long.parseLong(timestamp));
    }

    private static byte[] hex(String text) {
      try {
        return HexFormat.of().parseHex(text);
      } catch (IllegalArgumentException e) {
        throw malformed();
      }
    }

    private static CallbackRefused malformed() {
      return new CallbackRefused(Why.FORGED, "the signature has another form");
    }
  }
}
