package dev.orderflow.dev;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** A port number for every {@link Port}, all different. */
public record Ports(@JsonValue Map<Port, Integer> numbers) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Ports {
    var copy = new EnumMap<>(numbers);
    for (Port port : Port.values()) {
      Integer number = copy.get(port);
      if (number == null || number < 1 || number > 65535) {
        throw new IllegalArgumentException(
            "%s is %s: a port is a number from 1 to 65535".formatted(port.option(), number));
      }
    }
    var owners = new TreeMap<Integer, Port>();
    copy.forEach(
        (port, number) -> {
          Port other = owners.put(number, port);
          if (other != null) {
            throw new IllegalArgumentException(
                "%s and %s are both %d: give one of them another port"
                    .formatted(other.option(), port.option(), number));
          }
        });
    numbers = Collections.unmodifiableMap(copy);
  }

  /** The number of one port. */
  public int of(Port port) {
    return numbers.get(port);
  }
}
