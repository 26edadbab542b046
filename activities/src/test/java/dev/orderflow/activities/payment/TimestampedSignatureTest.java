package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.CallbackRefused.Why;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampedSignatureTest {

  private static final String HEADER = "Stripe-Signature";
  private static final byte[] BODY =
      "{\"id\":\"evt_test_webhook\",\"object\":\"event\"}".getBytes(StandardCharsets.UTF_8);
  private static final Instant SIGNED = Instant.ofEpochSecond(1_700_000_000);

  // Computed with another implementation: openssl dgst -sha256 -hmac SECRET.
  private static final String OF_FIRST =
      "d95c6b7477fbd7e9f90b1b0ef5f9c7ac25abca5382460e0d988c2b2a5b71b990";
  private static final String OF_SECOND =
      "2740157d4c24d096f001c78812fdc79a38d0e1579371ced9643870c7a54c1121";
  private static final String OF_BYTES =
      "1b6f39d72878f72b119e37d97389609cb2c035dc58ec33dd45005629d2e63c80";

  private static final Secret FIRST = Secret.of("whsec_test_secret");
  private static final Secret SECOND = Secret.of("whsec_other");

  private final TimestampedSignature first = new TimestampedSignature(List.of(FIRST));

  @Test
  void itIsTheHmacThatOthersCompute() {
    assertThat(first.sign(BODY, SIGNED)).isEqualTo("t=1700000000,v1=" + OF_FIRST);
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    assertThat(new TimestampedSignature(List.of(Secret.of("key"))).sign(everyByte, SIGNED))
        .isEqualTo("t=1700000000,v1=" + OF_BYTES);
  }

  @Test
  void whatTheSecretsHolderSignedIsBelieved() {
    assertThatCode(() -> first.verify(callback("t=1700000000,v1=" + OF_FIRST, SIGNED), HEADER))
        .doesNotThrowAnyException();
  }

  @Test
  void oneGenuineSignatureAmongSeveralIsEnough() {
    String header = "t=1700000000,v1=" + OF_SECOND + ",v0=6ffbb59b,v1=" + OF_FIRST;

    assertThatCode(() -> first.verify(callback(header, SIGNED), HEADER)).doesNotThrowAnyException();
  }

  @Test
  void whileSecretsChangeBothAreBelieved() {
    TimestampedSignature both = new TimestampedSignature(List.of(SECOND, FIRST));

    assertThatCode(() -> both.verify(callback("t=1700000000,v1=" + OF_FIRST, SIGNED), HEADER))
        .doesNotThrowAnyException();
    assertThatCode(() -> both.verify(callback("t=1700000000,v1=" + OF_SECOND, SIGNED), HEADER))
        .doesNotThrowAnyException();
    assertThat(refused(first, "t=1700000000,v1=" + OF_SECOND, SIGNED)).isEqualTo(Why.FORGED);
  }

  @Test
  void noneAndThreeSecretsAreRefused() {
    assertThatThrownBy(() -> new TimestampedSignature(List.of()))
        .hasMessage("webhook-secrets: 0 is not 1 or 2");
    assertThatThrownBy(() -> new TimestampedSignature(Collections.nCopies(3, FIRST)))
        .hasMessage("webhook-secrets: 3 is not 1 or 2");
  }

  @Test
  void fiveMinutesEitherWayAreBelievedAndNotASecondMore() {
    String header = "t=1700000000,v1=" + OF_FIRST;

    assertThatCode(() -> first.verify(callback(header, SIGNED.plusSeconds(300)), HEADER))
        .doesNotThrowAnyException();
    assertThatCode(() -> first.verify(callback(header, SIGNED.minusSeconds(300)), HEADER))
        .doesNotThrowAnyException();
    assertThat(refused(first, header, SIGNED.plusSeconds(301))).isEqualTo(Why.STALE);
    assertThat(refused(first, header, SIGNED.minusSeconds(301))).isEqualTo(Why.STALE);
  }

  @Test
  void aNewTimestampOnAnOldSignatureIsForged() {
    assertThat(refused(first, "t=1700000100,v1=" + OF_FIRST, SIGNED)).isEqualTo(Why.FORGED);
  }

  @Test
  void anotherBodyIsForged() {
    byte[] body = BODY.clone();
    body[body.length - 2] ^= 1;
    Callback changed = new Callback(Map.of(HEADER, "t=1700000000,v1=" + OF_FIRST), body, SIGNED);

    assertThatThrownBy(() -> first.verify(changed, HEADER))
        .isInstanceOfSatisfying(
            CallbackRefused.class, e -> assertThat(e.why()).isEqualTo(Why.FORGED));
  }

  @Test
  void noSignatureIsForged() {
    Callback bare = new Callback(Map.of(), BODY, SIGNED);

    assertThatThrownBy(() -> first.verify(bare, HEADER))
        .isInstanceOfSatisfying(
            CallbackRefused.class, e -> assertThat(e.why()).isEqualTo(Why.FORGED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1=" + OF_FIRST,
        "t=1700000000",
        "t=1700000000,v0=" + OF_FIRST,
        "t=1700000000,v1=",
        "t=1700000000,v1=no hex",
        "t=1700000000,t=1700000000,v1=" + OF_FIRST,
        "t=99999999999999999999,v1=" + OF_FIRST,
        "t=-1,v1=" + OF_FIRST,
        "t=,v1=" + OF_FIRST,
        "t=1700000000,v1=d95c"
      })
  void everythingElseIsForged(String header) {
    assertThat(refused(first, header, SIGNED)).isEqualTo(Why.FORGED);
  }

  @Test
  void aHeaderOfManySignaturesIsNotComputedWith() {
    String header = "t=1700000000" + (",v1=" + OF_SECOND).repeat(20) + ",v1=" + OF_FIRST;

    assertThat(refused(first, header, SIGNED)).isEqualTo(Why.FORGED);
  }

  private static Why refused(TimestampedSignature signature, String header, Instant now) {
    try {
      signature.verify(callback(header, now), HEADER);
    } catch (CallbackRefused e) {
      assertThat(e).hasMessageNotContaining(OF_FIRST).hasMessageNotContaining("whsec");
      return e.why();
    }
    throw new AssertionError("believed: " + header);
  }

  private static Callback callback(String header, Instant now) {
    return new Callback(Map.of(HEADER.toLowerCase(java.util.Locale.ROOT), header), BODY, now);
  }
}
