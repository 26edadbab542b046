package dev.orderflow.client.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.client.Spelling;
import dev.orderflow.workflows.order.InvalidOrderException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of one JSON object, each read as exactly the kind it must be; null is the same as
 * absent. A message names the field by its path, such as {@code lines[2].quantity}.
 */
final class Fields {

  private static final int SHOWN = 60;

  private final String path;
  private final ObjectNode object;

  Fields(String path, ObjectNode object, List<String> known) {
    this.path = path;
    this.object = object;
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw unknown(name, known);
              }
            });
  }

  static InvalidOrderException invalid(String field, String value, String message) {
    String shown = value.replaceAll("\\p{Cntrl}", "?");
    shown = shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown;
    return new InvalidOrderException(field, shown, "'" + shown + "' " + message);
  }

  private InvalidOrderException unknown(String name, List<String> known) {
    String shown = name.replaceAll("\\p{Cntrl}", "?");
    return new InvalidOrderException(
        at(shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown),
        "",
        "there is no such field; "
            + Spelling.nearest(name, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("the fields are " + String.join(", ", known)));
  }

  Optional<String> text(String name) {
    return value(name)
        .map(
            node -> {
              require(node.isTextual(), name, node, "a text in quotes");
              return node.textValue();
            });
  }

  /** As {@link #text}, for what must not be repeated in a message. */
  Optional<String> secret(String name) {
    return value(name)
        .map(
            node -> {
              if (!node.isTextual()) {
                throw new InvalidOrderException(at(name), "", "must be a text in quotes");
              }
              return node.textValue();
            });
  }

  Optional<BigDecimal> decimal(String name) {
    return value(name)
        .map(
            node -> {
              require(node.isNumber(), name, node, "a number without quotes, such as 12.50");
              return node.decimalValue();
            });
  }

  /** A whole number that must be there. */
  int whole(String name) {
    JsonNode node =
        value(name)
            .orElseThrow(
                () ->
                    new InvalidOrderException(
                        at(name), "", "is missing; every line needs a whole number"));
    require(node.isIntegralNumber() && node.canConvertToInt(), name, node, "a whole number");
    return node.intValue();
  }

  Optional<Boolean> flag(String name) {
    return value(name)
        .map(
            node -> {
              require(node.isBoolean(), name, node, "true or false");
              return node.booleanValue();
            });
  }

  <E extends Enum<E>> Optional<E> word(String name, Class<E> words) {
    List<E> all = List.of(words.getEnumConstants());
    return text(name)
        .map(
            text ->
                all.stream()
                    .filter(word -> word.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            invalid(
                                at(name),
                                text,
                                "must be one of "
                                    + all.stream()
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", ")))));
  }

  Optional<Fields> object(String name, List<String> known) {
    return value(name).map(node -> new Fields(at(name), object(at(name), node), known));
  }

  /** The objects of a list; none where there is no list. */
  List<Fields> objects(String name, List<String> known) {
    Optional<JsonNode> list = value(name);
    List<Fields> objects = new ArrayList<>();
    list.ifPresent(
        node -> {
          require(node.isArray(), name, node, "a list in [ ]");
          for (int i = 0; i < node.size(); i++) {
            String element = at(name) + "[" + i + "]";
            objects.add(new Fields(element, object(element, node.get(i)), known));
          }
        });
    return objects;
  }

  private static ObjectNode object(String field, JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    // Without the value: a token is often given where the object that holds it belongs.
    throw new InvalidOrderException(field, "", "must be an object in { }");
  }

  private Optional<JsonNode> value(String name) {
    return Stream.ofNullable(object.get(name)).filter(node -> !node.isNull()).findFirst();
  }

  private void require(boolean fits, String name, JsonNode node, String kind) {
    if (!fits) {
      throw invalid(at(name), shown(node), "must be " + kind);
    }
  }

  private static String shown(JsonNode node) {
    return node.isContainerNode() ? (node.isArray() ? "[...]" : "{...}") : node.asText();
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
