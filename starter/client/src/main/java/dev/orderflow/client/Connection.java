package dev.orderflow.client;

import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.temporal.client.WorkflowClient;
import java.util.concurrent.TimeUnit;

/**
 * A connection with a thread of its own, which ends with it. gRPC's shared threads stay within
 * native code for a second longer, and a JVM that ends waits 0.3 s for such threads: a third of
 * what a short command takes.
 */
final class Connection implements AutoCloseable {

  private static final long LONGEST_END_MILLIS = 200;

  private final EventLoopGroup thread =
      new NioEventLoopGroup(1, new DefaultThreadFactory("orderflow-connection", true));
  private final WorkflowClient client;

  Connection(ConnectionSettings settings) {
    client = settings.open(this::useThread);
  }

  private void useThread(ManagedChannelBuilder<?> channel) {
    if (channel instanceof NettyChannelBuilder netty) {
      netty.eventLoopGroup(thread).channelType(NioSocketChannel.class);
    }
  }

  WorkflowClient client() {
    return client;
  }

  @Override
  public void close() {
    client.getWorkflowServiceStubs().shutdownNow();
    thread
        .shutdownGracefully(0, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(LONGEST_END_MILLIS);
  }
}
