package dev.orderflow.worker.gateway;

import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.GatewayConfig;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the gateway: what it is asked for that is not there is a short 404. */
final class GatewayServer implements AutoCloseable {

  /** Each may wait for a connection to the database. */
  private static final int THREADS = 64;

  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

  private final Javalin http;

  private GatewayServer(Javalin http) {
    this.http = http;
  }

  /**
   * Listens when it returns.
   *
   * @throws ConfigException when it can't listen there
   */
  static GatewayServer open(GatewayConfig config, List<Consumer<RoutesConfig>> endpoints) {
    InetSocketAddress address = config.address();
    Javalin http =
        Javalin.create(
            javalin -> {
              configure(javalin);
              endpoints.forEach(endpoint -> endpoint.accept(javalin.routes));
            });
    try {
      return new GatewayServer(http.start(address.getHostString(), address.getPort()));
    } catch (JavalinBindException e) {
      http.stop();
      throw new ConfigException(
          "gateway.listen = \""
              + config.listen()
              + "\": can't listen there; if another gateway runs on this machine, use --role worker",
          e);
    }
  }

  private static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.jetty.threadPool = new QueuedThreadPool(THREADS);
    config.jetty.modifyServer(GatewayServer::endOrderly);
    config.jetty.modifyHttpConfiguration(GatewayServer::bound);
    config.routes.exception(
        HttpResponseException.class,
        (refusal, context) -> Replies.refused(context, refusal.getStatus()));
    config.routes.exception(
        Exception.class,
        (failure, context) -> {
          LOG.warn("A request was not answered: {}", failure.getClass().getName());
          Replies.refused(context, 500);
        });
    config.routes.after(RequestBody::discardRest);
  }

  private static void endOrderly(Server server) {
    server.setHandler(new GracefulHandler());
    server.setStopTimeout(GRACE.toMillis());
    // Its own pages say what is running here.
    server.setErrorHandler(
        (request, response, callback) -> {
          callback.succeeded();
          return true;
        });
  }

  private static void bound(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setIdleTimeout(IDLE.toMillis());
  }

  int port() {
    return http.port();
  }

  /** Accepts nothing more, and finishes what was begun. */
  @Override
  public void close() {
    http.stop();
  }
}
