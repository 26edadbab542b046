package dev.orderflow.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which ports to take. What is asked for by name always wins; then what the directory remembers;
 * then the rest of this choice.
 *
 * @param named numbers asked for one by one
 * @param otherwise what the others get the first time
 */
public record PortChoice(Map<Port, Integer> named, Otherwise otherwise) {

  /** What a port gets that was not asked for by name. */
  public sealed interface Otherwise {
    /** The usual number plus an offset, 0 or more. */
    record Usual(int offset) implements Otherwise {}

    /** Any free one: for throw-away use. */
    record AnyFree() implements Otherwise {}
  }

  public PortChoice {
    named = Map.copyOf(named);
  }

  /** The documented default ports. */
  public static PortChoice usual() {
    return new PortChoice(Map.of(), new Otherwise.Usual(0));
  }

  /** Free ports, remembered by the directory from then on. */
  public static PortChoice anyFree() {
    return new PortChoice(Map.of(), new Otherwise.AnyFree());
  }

  Ports decide(Optional<Ports> remembered) {
    var numbers = new EnumMap<Port, Integer>(Port.class);
    for (Port port : Port.values()) {
      numbers.put(port, decide(port, remembered, numbers));
    }
    return new Ports(numbers);
  }

  private int decide(Port port, Optional<Ports> remembered, Map<Port, Integer> taken) {
    if (named.containsKey(port)) {
      return named.get(port);
    }
    if (otherwise instanceof Otherwise.Usual usual && usual.offset() > 0) {
      return port.usual() + usual.offset();
    }
    if (remembered.isPresent()) {
      return remembered.get().of(port);
    }
    return otherwise instanceof Otherwise.Usual ? port.usual() : freeExcept(taken);
  }

  /** Below the range that outgoing connections are given, so that it is still free next time. */
  private int freeExcept(Map<Port, Integer> taken) {
    var random = new SplittableRandom();
    for (int attempt = 0; attempt < 1000; attempt++) {
      int number = random.nextInt(15_000, 32_000);
      if (!taken.containsValue(number) && !named.containsValue(number) && isFree(number)) {
        return number;
      }
    }
    throw new IllegalStateException("found no free port between 15000 and 32000");
  }

  static boolean isFree(int number) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
