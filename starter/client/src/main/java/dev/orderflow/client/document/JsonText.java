package dev.orderflow.client.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.workflows.order.InvalidOrderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text that should hold one JSON object, and where it does not. */
final class JsonText {

  private static final int MAX_DEPTH = 8;
  private static final int MAX_DIGITS = 60;
  private static final int SHOWN = 24;
  private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '([^']*)'.*");

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_DIGITS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** How a place in the text is named. */
  private enum Place {
    LINE_AND_COLUMN,
    COLUMN
  }

  private final byte[] json;
  private final Place place;

  private JsonText(byte[] json, Place place) {
    this.json = json;
    this.place = place;
  }

  static JsonText ofDocument(byte[] json) {
    return new JsonText(ByteOrderMark.removed(json), Place.LINE_AND_COLUMN);
  }

  static JsonText ofLine(byte[] json) {
    return new JsonText(json, Place.COLUMN);
  }

  /**
   * The object it holds.
   *
   * @throws InvalidOrderException when it is too long, no JSON, no object, or has a field twice
   */
  ObjectNode object() {
    if (json.length > OrderReader.MAX_BYTES) {
      throw new InvalidOrderException(
          "document", "", "is longer than 256 KiB; split it into several orders");
    }
    JsonNode root = tree();
    if (root.isArray()) {
      throw new InvalidOrderException(
          "document", "[...]", "is a list; write several orders one on a line, without brackets");
    }
    if (!(root instanceof ObjectNode object)) {
      throw new InvalidOrderException(
          "document", "", "is not a JSON object; an order begins with {");
    }
    return object;
  }

  private JsonNode tree() {
    requireUtf8();
    try {
      return STRICT.readTree(json);
    } catch (JsonProcessingException e) {
      throw refused(e);
    } catch (IOException e) {
      throw notUtf8();
    }
  }

  /** The parser would read UTF-16 and UTF-32 too, where nobody else who reads the file does. */
  private void requireUtf8() {
    try {
      // A NUL stands in no JSON, but in every other byte of UTF-16.
      if (StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(json))
          .chars()
          .anyMatch(c -> c == 0)) {
        throw notUtf8();
      }
    } catch (CharacterCodingException e) {
      throw notUtf8();
    }
  }

  private static InvalidOrderException notUtf8() {
    return new InvalidOrderException("document", "", "must be UTF-8; save the text as that");
  }

  private InvalidOrderException refused(JsonProcessingException e) {
    String near = near(e.getLocation());
    if (e instanceof StreamConstraintsException) {
      return new InvalidOrderException(
          "document", near, "is nested too deeply or a number is too long for an order");
    }
    Matcher duplicate = DUPLICATE.matcher(e.getOriginalMessage());
    String problem;
    if (duplicate.matches()) {
      problem = "the field '" + duplicate.group(1) + "' is given twice; keep one";
    } else if (e instanceof JsonEOFException || near.isEmpty()) {
      problem = "the text ends too early; a bracket or a quote is not closed";
    } else {
      problem = "this is not JSON: '" + near + "'";
    }
    return new InvalidOrderException("document", near, at(e.getLocation()) + ": " + problem);
  }

  private String at(JsonLocation location) {
    String column = "column " + Math.max(1, location.getColumnNr());
    return place == Place.COLUMN ? column : "line " + location.getLineNr() + ", " + column;
  }

  /** What stands there, up to the end of the line. */
  private String near(JsonLocation location) {
    if (location == null || location.getByteOffset() < 0) {
      return "";
    }
    int from = (int) Math.max(0, Math.min(json.length, location.getByteOffset() - 1));
    String text =
        new String(json, from, Math.min(SHOWN, json.length - from), StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}|\ufffd", "?").strip();
  }
}
