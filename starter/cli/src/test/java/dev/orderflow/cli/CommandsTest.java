package dev.orderflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.client.FakeRecall;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

  @TempDir private static Path directory;
  private static TemporalInMemory temporal;

  @TempDir private Path files;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws IOException {
    temporal = new TemporalInMemory(directory);
  }

  @AfterAll
  static void stop() {
    temporal.close();
  }

  @Test
  void anOrderIsPlacedAndItsEndingAwaited() throws IOException {
    Path file = file("order.json", order("p-1", "mug"));

    assertThat(run("place", file.toString(), "--wait")).isZero();
    assertThat(out()).isEqualTo(OrderId.ofKey("p-1") + " NEW COMPLETED");
    assertThat(run("place", file.toString())).isZero();
    assertThat(out()).isEqualTo(OrderId.ofKey("p-1") + " EXISTING");
  }

  @Test
  void aPlacedOrderIsJsonForPrograms() throws IOException {
    Path file = file("order.json", order("p-2", "mug"));

    assertThat(run("place", file.toString(), "--wait", "--output", "json")).isZero();
    JsonNode json = json(out());
    assertThat(json.get("novelty").textValue()).isEqualTo("NEW");
    assertThat(json.at("/order/status").textValue()).isEqualTo("COMPLETED");
    assertThat(err()).isEmpty();
  }

  @Test
  void whatTheCustomerHasToDoIsSaidAtOnceAndAnotherWayToPayIsTried() throws IOException {
    Path file = file("order.json", order("pay-1", "pay"));
    OrderId id = OrderId.ofKey("pay-1");

    assertThat(run("place", file.toString(), "--wait", "--deadline", "3s")).isEqualTo(7);
    assertThat(out()).contains(id + " NEW AWAITING_PAYMENT", "to pay: open https://pay.example/1");
    assertThat(run("show", id.toString())).isZero();
    assertThat(out())
        .as("the order's deadline, and the page's own")
        .containsPattern(
            "to pay  open https://pay.example/1 until 2099-0[56]-.* \\(expires 2\\d{3}-\\d\\d-.*\\)");
    assertThat(run("show", id.toString(), "-o", "json")).isZero();
    assertThat(json(out()).at("/nextAction/url").textValue()).isEqualTo("https://pay.example/1");
    assertThat(json(out()).get("payUntil").textValue()).isEqualTo("2099-06-01T00:00:00Z");

    Path token = file("token.txt", "tok_other\n");
    assertThat(run("pay", id.toString(), "--token-file", token.toString())).isZero();
    assertThat(out()).contains("status  COMPLETED").doesNotContain("to pay");
    assertThat(run("pay", id.toString(), "--token-file", token.toString())).isEqualTo(5);
    assertThat(err()).contains("it does not wait for a payment; it is COMPLETED");
    assertThat(run("pay", id.toString(), "--token", "4111111111111111")).isEqualTo(3);
    assertThat(err()).contains("looks like a card number").doesNotContain("4111");
    assertThat(run("pay", id.toString())).isEqualTo(2);
    assertThat(run("pay", id.toString(), "--token-file", "nowhere.txt")).isEqualTo(2);
  }

  @Test
  void anOrderThatStaysOpenIsReportedByItsDeadline() throws IOException {
    Path file = file("order.json", order("p-3", "wait"));

    assertThat(run("place", file.toString(), "--wait", "--deadline", "300ms")).isEqualTo(7);
    assertThat(out()).isEqualTo(OrderId.ofKey("p-3") + " NEW");
    assertThat(err()).contains("did not answer within 0.3s");
  }

  @Test
  void aBadDocumentAMissingFileAndAnotherDocumentHaveTheirOwnCodes() throws IOException {
    assertThat(run("place", file("bad.json", order("p-4", "a b")).toString())).isEqualTo(3);
    assertThat(err())
        .isEqualTo(
            "orderflow place: lines[0].article: 'a b': must be 1 to 64 letters, digits, '.', '_'"
                + " or '-'");

    assertThat(run("place", "nowhere.json")).isEqualTo(2);
    assertThat(err()).isEqualTo("orderflow place: FILE: there is no 'nowhere.json'");
    Path folder = Files.createDirectory(files.resolve("orders.jsonl"));
    assertThat(run("place", folder.toString())).isEqualTo(2);
    assertThat(err()).isEqualTo("orderflow place: FILE: '" + folder + "' is a directory");

    assertThat(run("place", file("a.json", order("p-4", "mug")).toString())).isZero();
    assertThat(run("place", file("b.json", order("p-4", "cup")).toString())).isEqualTo(5);
    assertThat(err()).startsWith("orderflow place: key: 'p-4' was used for another document");
  }

  @Test
  void aFileOfOrdersGoesThroughButForTheBadOnesAndCanBeRepeated() throws IOException {
    Path file =
        file(
            "orders.txt",
            order("m-1", "mug")
                + "\n"
                + order("m-2", "a b")
                + "\n\n{\"key\"\n"
                + order("m-3", "mug")
                + "\n");

    Path rejects = files.resolve("refused.jsonl");

    assertThat(run("place", file.toString(), "--in-flight", "1", "--rejects", rejects.toString()))
        .isEqualTo(3);
    assertThat(out().lines())
        .containsExactly(OrderId.ofKey("m-1") + " NEW", OrderId.ofKey("m-3") + " NEW");
    assertThat(err().lines())
        .containsExactly(
            "line 2: lines[0].article: 'a b': must be 1 to 64 letters, digits, '.', '_' or '-'",
            "line 4: document: column 7: the text ends too early; a bracket or a quote is not closed",
            "2 new, 0 existing, 2 refused");
    assertThat(rejects).content().isEqualTo(order("m-2", "a b") + "\n{\"key\"\n");

    assertThat(run("place", file.toString(), "-o", "json")).isEqualTo(3);
    assertThat(out().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("{\"line\":"))
        .anyMatch(line -> line.contains("\"field\":\"document\",\"error\":\"document: column 7: "));
    assertThat(err()).isEqualTo("0 new, 2 existing, 2 refused");
  }

  @Test
  void aFileOfOrdersCanBeWaitedFor() throws IOException {
    Path file = file("orders.jsonl", order("w-1", "mug") + "\n" + order("w-2", "mail"));

    assertThat(run("place", file.toString(), "--wait")).isZero();
    assertThat(out().lines())
        .containsExactlyInAnyOrder(
            OrderId.ofKey("w-1") + " NEW COMPLETED", OrderId.ofKey("w-2") + " NEW COMPLETED");
    assertThat(err()).isEqualTo("2 new, 0 existing, 0 refused, 2 COMPLETED");
  }

  @Test
  void whatOnlyTheLedgerRemembersHoldsUpNoOtherLine() throws IOException {
    Path file =
        file(
            "orders.jsonl",
            order("l-1", "archived") + "\n" + order("l-2", "reused") + "\n" + order("l-3", "mug"));

    assertThat(run("place", file.toString(), "--wait", "--in-flight", "1")).isEqualTo(3);
    assertThat(out().lines())
        .containsExactly(
            OrderId.ofKey("l-1") + " EXISTING COMPLETED", OrderId.ofKey("l-3") + " NEW COMPLETED");
    assertThat(err().lines())
        .containsExactly(
            "line 2: order "
                + OrderId.ofKey("l-2")
                + ": its key was used for another document before; give a new order a new key, or"
                + " send the same document again",
            "1 new, 1 existing, 1 refused, 2 COMPLETED");
    Path alone = file("order.json", order("l-4", "archived"));
    assertThat(run("place", alone.toString(), "--wait")).isZero();
    assertThat(out()).isEqualTo(OrderId.ofKey("l-4") + " EXISTING COMPLETED");
  }

  @Test
  void anArchivedOrderIsShownAndNothingElseIsPossible() throws IOException {
    String id = FakeRecall.ORDER.value();

    assertThat(run("show", id)).isZero();
    assertThat(out())
        .contains(
            "status  COMPLETED",
            "ended   2024-05-06 07:08:09Z",
            "It was archived on 2026-01-02 03:04:05Z; nothing can be done for it.");
    assertThat(run("show", id, "-o", "json")).isZero();
    assertThat(json(out()).at("/archived/endedAt").textValue()).isEqualTo("2024-05-06T07:08:09Z");
    assertThat(run("recover", id)).isZero();
    assertThat(out()).startsWith(id + " ARCHIVED: it ended long ago and is archived");
    assertThat(run("refund", id, "--all", "--reason", "x")).isEqualTo(5);
    assertThat(err()).contains("ended as COMPLETED on 2024-05-06").doesNotContain("may have been");
    assertThat(run("cancel", id, "--reason", "x")).isEqualTo(5);
    assertThat(err()).contains("is archived: nothing can be done for it any more");
  }

  @Test
  void theFileOfTheOrdersIsNotWrittenOver() throws IOException {
    String text = order("o-1", "a b") + "\n";
    Path file = file("orders.jsonl", text);

    assertThat(run("place", file.toString(), "--rejects", file.toString())).isEqualTo(2);
    assertThat(err()).contains("--rejects").contains("is the file of the orders");
    assertThat(file).content().isEqualTo(text);
    Path nowhere = files.resolve("none").resolve("refused.jsonl");
    assertThat(run("place", file.toString(), "--rejects", nowhere.toString())).isEqualTo(2);
    assertThat(err()).contains("can't be written");
    assertThat(run("place", file.toString(), "--in-flight", "0")).isEqualTo(2);
  }

  @Test
  void whatWasRefusedStaysWhereTheNextRunReachesNobody() throws IOException {
    Path file = file("orders.jsonl", order("kept-1", "mug") + "\n" + order("kept-2", "mug") + "\n");
    Path rejects = file("refused.jsonl", "refused before\n");

    assertThat(runIn(files, "place", file.toString(), "--rejects", rejects.toString()))
        .isEqualTo(ExitCode.UNAVAILABLE.code());
    Path gone = Files.createDirectory(files.resolve("gone"));
    Files.writeString(
        gone.resolve("temporal.toml"), "[profile.default]\naddress = \"127.0.0.1:1\"\n");
    assertThat(runIn(gone, "place", file.toString(), "--rejects", rejects.toString())).isNotZero();
    assertThat(rejects).content().isEqualTo("refused before\n");

    assertThat(run("place", file.toString(), "--rejects", rejects.toString())).as(err()).isZero();
    assertThat(rejects).isEmptyFile();
  }

  @Test
  void nothingOfASingleOrderIsCollected() throws IOException {
    Path file = file("order.json", order("r-2", "a b"));
    Path rejects = files.resolve("refused.jsonl");

    assertThat(run("place", file.toString(), "--rejects", rejects.toString())).isEqualTo(2);
    assertThat(err()).contains("--rejects: only for several orders");
    assertThat(rejects).doesNotExist();
  }

  @Test
  void anOrderIsShownToPeopleAndPrograms() throws IOException {
    String id = placed("s-1", "review");

    assertThat(run("show", id)).isZero();
    assertThat(out())
        .contains(
            "order   " + id,
            "status  ON_HOLD",
            "waits for a person (version 7, step capture): BIG: large order",
            "orderflow review " + id + " --approve --reason '...'");
    assertThat(run("show", id, "--output", "json")).isZero();
    assertThat(json(out()).at("/review/version").intValue()).isEqualTo(7);
  }

  @Test
  void anOrderThatNeverWasIsNotFoundAndAnIdOfAnotherFormIsWrongUsage() {
    assertThat(run("show", "ord-0000000000000000000v")).isEqualTo(4);
    assertThat(err()).startsWith("orderflow show: there is no order ord-0000000000000000000v");
    assertThat(run("show", "cart-1")).isEqualTo(2);
    assertThat(err())
        .startsWith("orderflow show: ORDER: order id: 'cart-1' is not ord- followed by");
    assertThat(run("refund", "ord-0000000000000000000v", "--all", "--reason", "x")).isEqualTo(4);
    assertThat(err()).contains("there is no order").doesNotContain("may have been made");
  }

  @Test
  void moneyIsGivenBackByAmountByLineOrWhole() throws IOException {
    run("place", file("order.json", order("f-1", "mug")).toString(), "--wait");
    String id = OrderId.ofKey("f-1").value();

    assertThat(run("refund", id, "--amount", "EUR 5.00", "--reason", "scratched")).isZero();
    assertThat(out()).isEqualTo(id + " REFUNDED EUR 5.00 as refund 1, EUR 5.00 left");
    assertThat(run("refund", id, "--all", "--reason", "x", "--output", "json")).isEqualTo(5);
    JsonNode refused = json(out());
    assertThat(refused.get("verdict").textValue()).isEqualTo("REFUSED");
    assertThat(refused.at("/reason/code").textValue()).isEqualTo("NOTHING_LEFT");
    assertThat(run("refund", id, "--line", "1:2", "--line", "2", "--reason", "x")).isEqualTo(5);
    assertThat(run("refund", id, "--amount", "EUR 1", "--reason", "stuck")).isEqualTo(1);
    assertThat(out()).contains("IN_REVIEW").contains("NOT_NOW: stuck");
  }

  @Test
  void theKeyOfARefundThatIsNotNamedIsSaidBeforeIt() throws IOException {
    run("place", file("order.json", order("f-3", "mug")).toString(), "--wait");
    String id = OrderId.ofKey("f-3").value();

    assertThat(run("refund", id, "--amount", "EUR 5.00", "--reason", "x")).isZero();
    assertThat(err()).startsWith("the key of this refund: ");
    assertThat(run("refund", id, "--all", "--reason", "x", "--key", "mine")).isEqualTo(5);
    assertThat(err()).isEmpty();
  }

  @Test
  void severalOrdersAreSeenAsSuchAlsoBehindAByteOrderMark() throws IOException {
    Path file = file("orders", '\ufeff' + order("b-1", "mug") + "\n" + order("b-2", "mug") + "\n");

    assertThat(run("place", file.toString(), "--output", "json")).isZero();
    assertThat(out().lines()).hasSize(2);
  }

  @Test
  void aRefundThatIsNoneIsRefusedBeforeAnyCall() throws IOException {
    String id = OrderId.ofKey("f-2").value();

    assertThat(run("refund", id, "--reason", "x")).isEqualTo(2);
    assertThat(err())
        .startsWith("orderflow refund: give one of")
        .contains(
            "  --all: All that is left", "  --amount MONEY: So much", "  --line N[:QUANTITY]: ");
    assertThat(run("refund", id, "--all", "--amount", "EUR 1", "--reason", "x")).isEqualTo(2);
    assertThat(err())
        .startsWith("orderflow refund: --all and --amount exclude each other; name one of them\n");
    assertThat(run("refund", id, "--amount", "EUR 5.001", "--reason", "x")).isEqualTo(2);
    assertThat(err()).contains("'EUR 5.001' is not an amount");
    assertThat(run("refund", id, "--amount", "EUR 0", "--reason", "x")).isEqualTo(2);
    assertThat(err()).isEqualTo("orderflow refund: --amount: EUR 0.00 is not above 0");
    assertThat(run("refund", id, "--line", "one", "--reason", "x")).isEqualTo(2);
    assertThat(run("refund", id, "--line", "1", "--line", "1:2", "--reason", "x")).isEqualTo(2);
    assertThat(run("refund", id, "--all", "--key", "a b", "--reason", "x")).isEqualTo(2);
    assertThat(err()).startsWith("orderflow refund: --key: must be 1 to 64 letters");
    assertThat(run("refund", id, "--all")).isEqualTo(2);
  }

  @Test
  void anOrderIsCancelledWithAReason() throws IOException {
    String id = placed("c-1", "wait");

    assertThat(run("cancel", id)).isEqualTo(2);
    assertThat(err()).isEqualTo("orderflow cancel: --reason: is missing; say why, it is kept");
    assertThat(run("cancel", id, "--reason", "found it cheaper", "--role", "customer")).isZero();
    assertThat(out()).isEqualTo(id + " CANCELLED: found it cheaper");
  }

  @Test
  void whatWaitsIsDecidedOnceAndNothingElseWaits() throws IOException {
    String id = placed("r-1", "review");

    assertThat(run("review", id)).isZero();
    assertThat(out()).contains("version 7");
    assertThat(run("review", id, "--approve", "--deny", "--reason", "x")).isEqualTo(2);
    assertThat(run("review", id, "--approve", "--reason", "known customer")).isZero();
    assertThat(out()).contains("status  COMPLETED");
    assertThat(run("review", id, "--approve", "--reason", "again")).isEqualTo(5);
    assertThat(err()).contains("does not wait for a decision; it is COMPLETED");
  }

  @Test
  void aTerminatedOrderIsRecovered() throws IOException {
    String id = placed("t-1", "wait");
    temporal.client().newUntypedWorkflowStub(id).terminate("by mistake");

    assertThat(run("recover", id)).isZero();
    assertThat(out()).startsWith(id + " STARTED: a new run goes on from the ledger");
    assertThat(run("watch", id, "-o", "json")).isZero();
    assertThat(json(out().lines().reduce((a, b) -> b).orElseThrow()).get("status").textValue())
        .isEqualTo("COMPLETED");
    assertThat(run("recover", id)).isZero();
    assertThat(out())
        .endsWith(
            "NOTHING_TO_RECOVER: it has ended, and no payment, refund or message of it"
                + " is owed, so that nothing was done.");
    assertThat(run("recover")).isEqualTo(2);
    assertThat(err()).contains("  ORDER: The order's id", "  --all: Every order whose");
  }

  @Test
  void aServiceThatIsNotThereIsUnavailable() throws IOException {
    Files.writeString(
        files.resolve("temporal.toml"), "[profile.default]\naddress = \"127.0.0.1:1\"\n");

    assertThat(runIn(files, "show", "ord-0000000000000000000v")).isEqualTo(6);
    assertThat(err())
        .startsWith("orderflow show: the Temporal service at 127.0.0.1:1 can't be used");
    String order = "ord-0000000000000000000v";
    assertThat(runIn(files, "refund", order, "--all", "--reason", "x", "--key", "mine"))
        .isEqualTo(6);
    assertThat(err()).contains("to ask for the same one again: --key mine");
    assertThat(runIn(files.resolve("none"), "list")).isEqualTo(6);
    assertThat(err()).contains("--dir").contains("orderflow dev --dir");
    assertThat(runIn(files.resolve("none"), "refund", order, "--all", "--reason", "x"))
        .isEqualTo(6);
    assertThat(err()).doesNotContain("may have been made");
  }

  @Test
  void theHelpOfWhatIsDecidedSaysThatAReasonIsRequired() {
    for (String command : List.of("cancel", "refund", "review")) {
      assertThat(run(command, "--help")).isZero();
      assertThat(out()).contains("Why: required for");
    }
  }

  @Test
  void aCodecKeyThatIsNoneIsRefusedWithoutShowingIt() throws IOException {
    Path key = file("key", "c2VjcmV0");

    assertThat(run("list", "--codec-key", "k1=" + key)).isEqualTo(2);
    assertThat(err()).contains("--codec-key k1: is not base64 of 32 bytes").doesNotContain("c2V");
  }

  private String placed(String key, String article) throws IOException {
    assertThat(run("place", file(key + ".json", order(key, article)).toString())).isZero();
    return OrderId.ofKey(key).value();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(files.resolve(name), text);
  }

  private int run(String... args) {
    return runIn(directory, args);
  }

  private int runIn(Path dir, String... args) {
    out = new StringWriter();
    err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--dir");
    all.add(dir.toString());
    return new Main(
            ServiceLoader.load(CommandProvider.class),
            new PrintWriter(out, true),
            new PrintWriter(err, true))
        .run(all.toArray(String[]::new));
  }

  private String out() {
    return out.toString().strip();
  }

  private String err() {
    return err.toString().strip();
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return Json.MAPPER.readTree(text);
  }

  private static String order(String key, String article) {
    return """
        {"key": "%s", "customer": "c-42", \
        "recipient": {"name": "Ada Example", "email": "ada@example.com"}, \
        "currency": "EUR", "lines": [{"article": "%s", "quantity": 1}], \
        "payment": {"token": "approve"}}"""
        .formatted(key, article);
  }
}
