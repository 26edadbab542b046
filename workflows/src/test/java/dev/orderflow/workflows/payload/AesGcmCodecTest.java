package dev.orderflow.workflows.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is encrypted, and who can read it. */
class AesGcmCodecTest {

  private static final byte[] OLD = key(1);
  private static final byte[] NEW = key(2);
  private static final Payload PLAIN =
      Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
          .setData(ByteString.copyFromUtf8("\"customer@example.com\""))
          .build();

  private static byte[] key(long seed) {
    byte[] key = new byte[32];
    new Random(seed).nextBytes(key);
    return key;
  }

  private static AesGcmCodec codec(String id, byte[] key) {
    return new AesGcmCodec(Map.of(id, key), id);
  }

  private static Payload encrypted(AesGcmCodec codec) {
    return codec.encode(List.of(PLAIN)).get(0);
  }

  private static Payload decrypted(AesGcmCodec codec, Payload payload) {
    return codec.decode(List.of(payload)).get(0);
  }

  @Test
  void whatWasEncryptedIsReadBackWithItsMetadata() {
    AesGcmCodec codec = codec("2026", OLD);

    Payload encrypted = encrypted(codec);

    assertThat(decrypted(codec, encrypted)).isEqualTo(PLAIN);
    assertThat(encrypted.toString()).doesNotContain("example.com");
    assertThat(encrypted.getMetadataOrThrow("encoding").toStringUtf8())
        .isEqualTo("binary/encrypted");
  }

  @Test
  void theSameTwiceLooksDifferent() {
    AesGcmCodec codec = codec("2026", OLD);

    assertThat(encrypted(codec).getData()).isNotEqualTo(encrypted(codec).getData());
  }

  @Test
  void whatWasNeverEncryptedIsLeftAsItIs() {
    assertThat(decrypted(codec("2026", OLD), PLAIN)).isEqualTo(PLAIN);
  }

  @Test
  void whatAnOlderKeyEncryptedIsReadWhileThatKeyIsKnown() {
    Payload before = encrypted(codec("2026", OLD));
    AesGcmCodec rotated = new AesGcmCodec(Map.of("2026", OLD, "2027", NEW), "2027");

    assertThat(decrypted(rotated, before)).isEqualTo(PLAIN);
    assertThat(encrypted(rotated).getMetadataOrThrow("encryption-key-id").toStringUtf8())
        .isEqualTo("2027");
  }

  @Test
  void anUnknownKeyIsNamed() {
    Payload encrypted = encrypted(codec("2026", OLD));

    assertThatThrownBy(() -> decrypted(codec("2027", NEW), encrypted))
        .isInstanceOf(PayloadCodecException.class)
        .hasMessageContaining("2026")
        .hasMessageContaining("2027");
  }

  @Test
  void anotherKeyOfTheSameNameDoesNotFit() {
    Payload encrypted = encrypted(codec("2026", OLD));

    assertThatThrownBy(() -> decrypted(codec("2026", NEW), encrypted))
        .isInstanceOf(PayloadCodecException.class);
  }

  @Test
  void aChangedByteIsNoticed() {
    AesGcmCodec codec = codec("2026", OLD);
    byte[] data = encrypted(codec).getData().toByteArray();
    for (int i : new int[] {0, 12, data.length - 1}) {
      byte[] changed = data.clone();
      changed[i] ^= 1;
      Payload tampered = encrypted(codec).toBuilder().setData(ByteString.copyFrom(changed)).build();

      assertThatThrownBy(() -> decrypted(codec, tampered))
          .isInstanceOf(PayloadCodecException.class);
    }
  }

  @Test
  void aChangedKeyNameIsNoticed() {
    AesGcmCodec codec = new AesGcmCodec(Map.of("a", OLD, "b", OLD), "a");
    Payload renamed =
        encrypted(codec).toBuilder()
            .putMetadata("encryption-key-id", ByteString.copyFromUtf8("b"))
            .build();

    assertThatThrownBy(() -> decrypted(codec, renamed)).isInstanceOf(PayloadCodecException.class);
  }

  @Test
  void whatIsCutShortIsNoticed() {
    AesGcmCodec codec = codec("2026", OLD);
    Payload encrypted = encrypted(codec);
    for (int length : new int[] {0, 5, 12, 20, encrypted.getData().size() - 1}) {
      Payload cut = encrypted.toBuilder().setData(encrypted.getData().substring(0, length)).build();

      assertThatThrownBy(() -> decrypted(codec, cut)).isInstanceOf(PayloadCodecException.class);
    }
  }

  @Test
  void onlyKeysOf32BytesAreTaken() {
    assertThatThrownBy(() -> codec("short", new byte[16]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("short");
    assertThatThrownBy(() -> new AesGcmCodec(Map.of("2026", OLD), "2027"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2027");
  }

  @Test
  void failureMessagesAndTheirDetailsAreEncryptedToo() {
    DataConverter converter = Payloads.encrypted(codec("2026", OLD));
    ApplicationFailure failure =
        ApplicationFailure.newFailure(
            "mail to customer@example.com", "UNKNOWN", new Reason("BOUNCED", "no such box"));

    Failure stored = converter.exceptionToFailure(failure);

    assertThat(stored.toString()).doesNotContain("example.com").doesNotContain("no such box");
    assertThat(converter.failureToException(stored))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            read -> {
              assertThat(read.getOriginalMessage()).isEqualTo("mail to customer@example.com");
              assertThat(read.getType()).isEqualTo("UNKNOWN");
              assertThat(read.getDetails().get(Reason.class).code()).isEqualTo("BOUNCED");
            });
  }
}
