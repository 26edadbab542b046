package dev.orderflow.activities.payment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.orderflow.activities.payment.CallbackRefused.Why;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The JSON object that a provider sent. Unlike our own documents it may have fields that nobody
 * told us of, but it is not deep, and its words are short. Every method throws {@link
 * CallbackRefused} {@code MALFORMED} for what is otherwise, and repeats none of it.
 */
public final class CallbackBody {

  private static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 30;

  /** Ids, types and references: printable, without spaces, of a length that can be an index's. */
  private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final JsonNode root;

  private CallbackBody(JsonNode root) {
    this.root = root;
  }

  /** Reads it; to be called after the signature was verified. */
  public static CallbackBody of(Callback callback) {
    try {
      JsonNode root = MAPPER.readTree(callback.body());
      if (!root.isObject()) {
        throw malformed("not a JSON object");
      }
      return new CallbackBody(root);
    } catch (JsonProcessingException e) {
      throw malformed("not JSON, or deeper than " + DEEPEST);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A short word at a JSON pointer such as {@code /data/object/id}. */
  public String word(String pointer) {
    return findWord(pointer).orElseThrow(() -> malformed(pointer + " is missing"));
  }

  /** As {@link #word}, where the provider may leave it out, or write null. */
  public Optional<String> findWord(String pointer) {
    JsonNode node = root.at(pointer);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isTextual() || !WORD.matcher(node.textValue()).matches()) {
      throw malformed(pointer + " is not a short word");
    }
    return Optional.of(node.textValue());
  }

  /** Yes or no at a JSON pointer. */
  public boolean yes(String pointer) {
    JsonNode node = root.at(pointer);
    if (!node.isBoolean()) {
      throw malformed(pointer + " is not true or false");
    }
    return node.booleanValue();
  }

  /** A time at a JSON pointer: ISO 8601 in UTC, or seconds since 1970; within four-digit years. */
  public Instant time(String pointer) {
    JsonNode node = root.at(pointer);
    try {
      Instant time =
          node.isIntegralNumber() && node.canConvertToLong()
              ? Instant.ofEpochSecond(node.longValue())
              : Instant.parse(node.asText());
      if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
        throw malformed(pointer + " is a time beyond range");
      }
      return time;
    } catch (DateTimeException e) {
      throw malformed(pointer + " is not a time");
    }
  }

  private static CallbackRefused malformed(String message) {
    return new CallbackRefused(Why.MALFORMED, message);
  }
}
