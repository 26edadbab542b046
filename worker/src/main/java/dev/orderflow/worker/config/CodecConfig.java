package dev.orderflow.worker.config;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.workflows.payload.AesGcmCodec;
import dev.orderflow.workflows.payload.Payloads;
import io.temporal.common.converter.DataConverter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what Temporal stores is encrypted.
 *
 * @param mode has to be chosen
 * @param activeKey the id of the key to write with
 * @param keys every key to read with, by id: base64 of 32 bytes
 */
public record CodecConfig(
    Optional<Mode> mode, Optional<String> activeKey, Map<String, Secret> keys) {

  /** How. */
  public enum Mode {
    /** Whoever can read the history can read the orders. */
    NONE,
    /** AES-256-GCM. */
    AES_GCM
  }

  public CodecConfig {
    mode = mode == null ? Optional.empty() : mode;
    activeKey = activeKey == null ? Optional.empty() : activeKey;
    keys = keys == null ? Map.of() : Map.copyOf(keys);
    if (mode.filter(Mode.NONE::equals).isPresent() && (activeKey.isPresent() || !keys.isEmpty())) {
      throw new IllegalArgumentException("mode = \"none\" has no keys; write mode = \"aes-gcm\"");
    }
  }

  public static CodecConfig defaults() {
    return new CodecConfig(null, null, null);
  }

  /**
   * The one data converter.
   *
   * @throws ConfigException when nothing was chosen, or a key is missing or of another length
   */
  public DataConverter dataConverter() {
    return payloadCodec().map(Payloads::encrypted).orElseGet(Payloads::plain);
  }

  /**
   * What encrypts; empty where nothing does.
   *
   * @throws ConfigException as {@link #dataConverter}
   */
  public Optional<AesGcmCodec> payloadCodec() {
    Mode chosen =
        mode.orElseThrow(
            () ->
                new ConfigException(
                    "codec.mode is missing: write mode = \"aes-gcm\" with active-key and keys"
                        + " (`openssl rand -base64 32` makes one), or mode = \"none\" to store"
                        + " orders readable"));
    return chosen == Mode.NONE ? Optional.empty() : Optional.of(codec());
  }

  private AesGcmCodec codec() {
    String active =
        activeKey.orElseThrow(
            () -> new ConfigException("codec.active-key is missing: write the id of one of keys"));
    Map<String, byte[]> decoded = new LinkedHashMap<>();
    keys.forEach((id, secret) -> decoded.put(id, decode(id, secret)));
    try {
      return new AesGcmCodec(decoded, active);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage(), e);
    }
  }

  private static byte[] decode(String id, Secret secret) {
    try {
      return Base64.getDecoder().decode(secret.reveal());
    } catch (IllegalArgumentException e) {
      // The cause would repeat a piece of the key.
      throw new ConfigException("codec.keys." + id + ": not base64");
    }
  }
}
