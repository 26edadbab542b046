package dev.orderflow.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.workflows.payload.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** By what two askings are recognised as the same: the SHA-256 of their JSON, in hex. */
public final class Fingerprint {

  private Fingerprint() {}

  public static String of(Object payload) {
    try {
      byte[] json = Json.MAPPER.writeValueAsBytes(payload);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a payload that is not JSON: " + payload.getClass(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
