package dev.orderflow.workflows.payload;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The one JSON mapper. Money is {@code "EUR 12.34"}, a currency its ISO code, times and durations
 * ISO-8601; unknown fields are refused.
 */
public final class Json {

  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(money())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Json() {}

  /**
   * The value as JSON.
   *
   * @throws IllegalArgumentException when it can't be written; the message names its type only
   */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(value.getClass() + " is not JSON", e);
    }
  }

  private static SimpleModule money() {
    SimpleModule module = new SimpleModule("money");
    module.addSerializer(new MoneyWriter());
    module.addDeserializer(Money.class, new MoneyReader());
    module.addSerializer(new CurrencyWriter());
    module.addDeserializer(CurrencyUnit.class, new CurrencyReader());
    return module;
  }

  private static final class MoneyWriter extends StdSerializer<Money> {
    MoneyWriter() {
      super(Money.class);
    }

    @Override
    public void serialize(Money money, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeString(money.toString());
    }
  }

  private static final class MoneyReader extends StdDeserializer<Money> {
    MoneyReader() {
      super(Money.class);
    }

    @Override
    public Money deserialize(JsonParser in, DeserializationContext context) throws IOException {
      try {
        return Money.parse(in.getText());
      } catch (IllegalArgumentException | ArithmeticException e) {
        return (Money)
            context.handleWeirdStringValue(
                Money.class, in.getText(), "not money, such as \"EUR 12.34\"");
      }
    }
  }

  private static final class CurrencyWriter extends StdSerializer<CurrencyUnit> {
    CurrencyWriter() {
      super(CurrencyUnit.class);
    }

    @Override
    public void serialize(CurrencyUnit currency, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeString(currency.getCode());
    }
  }

  private static final class CurrencyReader extends StdDeserializer<CurrencyUnit> {
    CurrencyReader() {
      super(CurrencyUnit.class);
    }

    @Override
    public CurrencyUnit deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      try {
        return CurrencyUnit.of(in.getText());
      } catch (IllegalArgumentException e) {
        return (CurrencyUnit)
            context.handleWeirdStringValue(
                CurrencyUnit.class, in.getText(), "not an ISO 4217 currency code, such as EUR");
      }
    }
  }
}
