package dev.orderflow.drill.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;

/** The text of a configuration with other settings in it. */
public final class Toml {

  private static final TomlMapper MAPPER = new TomlMapper();

  static {
    // A list takes the place of a list.
    MAPPER.configOverride(ArrayNode.class).setMergeable(false);
  }

  private Toml() {}

  /**
   * Has settings take the place of what the text says of the same keys.
   *
   * @param settings TOML, such as lines with whole keys: {@code database.pool-size = 16}
   * @throws JsonProcessingException when they are no TOML, or say a key twice
   */
  public static String with(String text, String settings) throws JsonProcessingException {
    JsonNode tree = MAPPER.readTree(text);
    return MAPPER.writeValueAsString(MAPPER.readerForUpdating(tree).<JsonNode>readValue(settings));
  }
}
