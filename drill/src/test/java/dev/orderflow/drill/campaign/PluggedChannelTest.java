package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.WorkerProcess;
import dev.orderflow.workflows.payload.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The channel of {@code docs/new-channel.md}, as a jar of its own, in a worker that the launcher
 * starts with {@code ORDERFLOW_PLUGINS}; orders are routed to it by country and means of payment.
 */
@ExtendWith(SharedMachine.class)
@Tag("long")
class PluggedChannelTest {

  private final Machine machine;

  PluggedChannelTest(Machine machine) {
    this.machine = machine;
  }

  @Test
  void anOrderThatIsPlacedIsPaidByTheChannelThatItsCountryAndItsMethodAskFor() throws Exception {
    Path jar = PluginJar.ofDocument(machine.folder());
    Basket routed = Basket.plain("plugged-routed");
    Basket elsewhere = Basket.plain("plugged-elsewhere");
    CampaignBooks.of(machine).stock(List.of(routed, elsewhere));
    machine.withoutWorker();
    try (Acme acme = new Acme();
        WorkerProcess worker = new Launcher(machine.folder()).worker(config(acme), jar)) {
      JsonNode german = place(routed, "DE", "wallet");
      JsonNode french = place(elsewhere, "FR", "wallet");

      assertThat(german.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(german.at("/plan/payment/channels").toString()).isEqualTo("[\"acme\"]");
      assertThat(french.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(french.at("/plan/payment/channels").toString()).isEqualTo("[\"sandbox\"]");
      assertThat(acme.paid)
          .singleElement()
          .satisfies(
              payment -> {
                assertThat(payment.path("order").asText()).isEqualTo(routed.id().value());
                assertThat(payment.path("amount").asLong()).isEqualTo(2_000);
              });
    }
  }

  private Path config(Acme acme) throws IOException {
    Path key = Files.writeString(machine.folder().resolve("acme-key"), "a key");
    return machine.config(
        """
        [payment.channels.acme]
        url = "%s"
        api-key = { file = "%s" }

        [[payment.routes]]
        country = ["AT", "DE"]
        method = ["wallet"]
        channels = [{ name = "acme" }]
        """
            .formatted(acme.url(), key));
  }

  private JsonNode place(Basket basket, String country, String method) throws Exception {
    ObjectNode document = Json.MAPPER.valueToTree(basket.document());
    document.put("country", country);
    document.withObject("payment").put("method", method);
    Path file = Files.writeString(machine.folder().resolve(basket.name()), document.toString());
    Cli.Said said =
        Cli.run(
            machine, "place", file.toString(), "--wait", "--dir", machine.directory().toString());
    assertThat(said.code()).as(said.err()).isZero();
    return said.objects().get(said.objects().size() - 1).path("order");
  }

  /** As much of Acme's test server as a payment needs. */
  private static final class Acme implements AutoCloseable {
    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<ObjectNode> paid = new CopyOnWriteArrayList<>();

    Acme() throws IOException {
      server.createContext("/", this::answer);
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
      try (exchange) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("code", "not_found");
        int status = 404;
        if (exchange.getRequestMethod().equals("POST")) {
          body = (ObjectNode) Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
          body.put("id", "pay_" + paid.size()).remove("token");
          paid.add(body);
          status = 200;
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
