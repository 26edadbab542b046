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

  /** Of an id's digits the last twelve: 60 bits, as many as a long has room for. */
  private static final int FIRST_OF_LAST_12 = 12;

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

  /**
   * In which of several ledgers the order is, from 0: a pure function of the id, which gives about
   * as many orders to each. It may never change, or orders that are there are not found; with
   * another number of ledgers most orders are in another one.
   *
   * @param ledgers how many there are, from 1
   */
  public int ledger(int ledgers) {
    if (ledgers < 1) {
      throw new IllegalArgumentException("ledgers: " + ledgers + " is below 1");
    }
    return (int) (Long.parseLong(value.substring(FIRST_OF_LAST_12), 32) % ledgers);
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
