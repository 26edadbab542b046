package dev.orderflow.dev;

import dev.orderflow.cli.Main;
import dev.orderflow.workflows.order.OrderId;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads the classes that a command needs, so that the launcher's class archive has them: asks a
 * server in memory, over a connection as it will be, for an order it does not have.
 */
final class Rehearsal {
  private static final String ORDER = OrderId.ofKey("rehearsal").toString();

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    int port = serve();
    Path folder = Files.createTempDirectory("orderflow-rehearsal-");
    Path config = folder.resolve("temporal.toml");
    folder.toFile().deleteOnExit();
    config.toFile().deleteOnExit();
    Files.writeString(
        config,
        """
        [profile.default]
        address = "127.0.0.1:%d"
        namespace = "default"
        """
            .formatted(port));
    Main.main(new String[] {"show", ORDER, "--dir", folder.toString()});
  }

  /** The test library's own server would listen on every interface; this ends with the process. */
  private static int serve() throws IOException {
    NettyServerBuilder server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    GRPCServerHelper.registerServicesAndHealthChecks(
        new TestServicesStarter(true, 0).getServices(), server);
    return server.build().start().getPort();
  }
}
