package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** An order's name, and its workflow's id: {@code ord-} and 20 letters or digits. */
public record OrderId(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("ord-[0-9a-v]{20}");

  @JsonCreator
  public OrderId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "order id: '" + value + "' is not ord- followed by 20 of the characters 0-9 and a-v");
    }
  }

  /** The id of the order that a client places under {@code key}: the same key, the same id. */
  public static OrderId ofKey(String key) {
    byte[] hash = sha256(key.getBytes(StandardCharsets.UTF_8));
    String digits = new BigInteger(1, Arrays.copyOf(hash, 13)).toString(32);
    String padded = "0".repeat(Math.max(0, 21 - digits.length())) + digits;
    return new OrderId("ord-" + padded.substring(padded.length() - 20));
  }

  /** The id of the workflow that takes what comes after the order has ended. */
  public String aftercare() {
    return value + "/after";
  }

  /** The id of the workflow that asks the ledger for an order that Temporal has forgotten. */
  public String recall() {
    return value + "/recall";
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
