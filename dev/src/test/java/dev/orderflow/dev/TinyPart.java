package dev.orderflow.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/** A part that listens and does nothing else. */
final class TinyPart implements Part {
  private final Directory directory;
  private final Ports ports;
  private final String configuration;

  TinyPart(Directory directory, Ports ports, String configuration) {
    this.directory = directory;
    this.ports = ports;
    this.configuration = configuration;
  }

  @Override
  public PartName name() {
    return PartName.SANDBOX;
  }

  @Override
  public Set<Port> ports() {
    return Set.of(Port.SANDBOX);
  }

  @Override
  public Mark mark() {
    return JavaProgram.mark(directory, name());
  }

  @Override
  public void prepare() throws IOException {
    Files.writeString(directory.file("prepared"), "");
  }

  @Override
  public Launch launch() throws IOException {
    String port = Integer.toString(ports.of(Port.SANDBOX));
    return JavaProgram.launch(
        Listener.class.getName(),
        List.of("-Xmx16m", "-XX:+UseSerialGC"),
        mark(),
        List.of(port, configuration),
        List.of());
  }

  @Override
  public boolean answers() {
    try (var socket = new Socket()) {
      var address = InetAddress.getLoopbackAddress();
      socket.connect(new InetSocketAddress(address, ports.of(Port.SANDBOX)), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Its process: listens on the port of its first argument, unless the second says "broken". */
  static final class Listener {
    public static void main(String[] args) throws IOException {
      if (args[1].equals("broken")) {
        System.out.println("I am broken");
        System.exit(3);
      }
      var address = InetAddress.getLoopbackAddress();
      try (var socket = new ServerSocket(Integer.parseInt(args[0]), 50, address)) {
        while (!socket.isClosed()) {
          socket.accept().close();
        }
      }
    }
  }
}
