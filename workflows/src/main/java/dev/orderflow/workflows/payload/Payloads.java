package dev.orderflow.workflows.payload;

import io.temporal.common.converter.ByteArrayPayloadConverter;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.common.converter.NullPayloadConverter;
import io.temporal.common.converter.ProtobufJsonPayloadConverter;
import io.temporal.common.converter.ProtobufPayloadConverter;
import java.util.List;

/** The one data converter, shared by everything that speaks with Temporal. */
public final class Payloads {

  private Payloads() {}

  /** Payloads that anyone who can read the history can read. */
  public static DataConverter plain() {
    return new DefaultDataConverter(
        new NullPayloadConverter(),
        new ByteArrayPayloadConverter(),
        new ProtobufJsonPayloadConverter(),
        new ProtobufPayloadConverter(),
        new JacksonJsonPayloadConverter(Json.MAPPER));
  }

  /** Payloads and failure messages that only holders of the key can read. */
  public static DataConverter encrypted(AesGcmCodec codec) {
    return new CodecDataConverter(plain(), List.of(codec), true);
  }
}
