package dev.orderflow.workflows.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts every payload with AES-256-GCM (NIST SP 800-38D: a random 96-bit nonce, a 128-bit tag).
 * The key's id travels beside the ciphertext and is authenticated with it, so that keys can be
 * changed: write with the active one, read with any that is known.
 */
public final class AesGcmCodec implements PayloadCodec {

  private static final String ENCODING = "binary/encrypted";
  private static final String KEY_ID = "encryption-key-id";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Map<String, SecretKey> keys;
  private final String activeKey;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param keys 32 bytes each, by id
   * @param activeKey the id of the one to write with
   * @throws IllegalArgumentException when a key has another length or the active one is missing
   */
  public AesGcmCodec(Map<String, byte[]> keys, String activeKey) {
    if (!keys.containsKey(activeKey)) {
      throw new IllegalArgumentException("codec: the active key '" + activeKey + "' is not given");
    }
    keys.forEach(
        (id, key) -> {
          if (key.length != 32) {
            throw new IllegalArgumentException(
                "codec: key '" + id + "' has " + key.length + " bytes, not 32");
          }
        });
    this.keys =
        keys.entrySet().stream()
            .collect(
                java.util.stream.Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, e -> new SecretKeySpec(e.getValue(), "AES")));
    this.activeKey = activeKey;
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream().map(this::encrypt).toList();
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::decrypt).toList();
  }

  private Payload encrypt(Payload plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed =
        run(Cipher.ENCRYPT_MODE, activeKey, nonce, ByteBuffer.wrap(plain.toByteArray()));
    return Payload.newBuilder()
        .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, ByteString.copyFromUtf8(ENCODING))
        .putMetadata(KEY_ID, ByteString.copyFromUtf8(activeKey))
        .setData(ByteString.copyFrom(nonce).concat(ByteString.copyFrom(sealed)))
        .build();
  }

  private Payload decrypt(Payload payload) {
    ByteString encoding = payload.getMetadataMap().get(EncodingKeys.METADATA_ENCODING_KEY);
    if (encoding == null || !ENCODING.equals(encoding.toStringUtf8())) {
      return payload;
    }
    String keyId = payload.getMetadataOrDefault(KEY_ID, ByteString.EMPTY).toStringUtf8();
    ByteBuffer data = payload.getData().asReadOnlyByteBuffer();
    if (data.remaining() < NONCE_BYTES) {
      throw new PayloadCodecException("an encrypted payload is cut short");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    data.get(nonce);
    try {
      return Payload.parseFrom(run(Cipher.DECRYPT_MODE, keyId, nonce, data));
    } catch (InvalidProtocolBufferException e) {
      throw new PayloadCodecException("what was encrypted is not a payload", e);
    }
  }

  private byte[] run(int mode, String keyId, byte[] nonce, ByteBuffer input) {
    SecretKey key = keys.get(keyId);
    if (key == null) {
      throw new PayloadCodecException(
          "payload key '" + keyId + "' is not configured; known: " + keys.keySet());
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(keyId.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      ByteBuffer output = ByteBuffer.allocate(cipher.getOutputSize(input.remaining()));
      cipher.doFinal(input, output);
      return java.util.Arrays.copyOf(output.array(), output.position());
    } catch (GeneralSecurityException e) {
      throw new PayloadCodecException("payload key '" + keyId + "' does not fit", e);
    }
  }
}
