package dev.orderflow.dev.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the demo says of the books is about the books. */
class ReportTest {

  private static final Violation FOUND = new Violation("sale", "this", "that");

  private static String report(
      List<Violation> books, List<Violation> unplayed, List<Violation> costs) {
    StringWriter written = new StringWriter();
    Result result = new Result(List.of(), books, unplayed, costs, URI.create("http://127.0.0.1"));
    new Report(result).print(new PrintWriter(written));
    assertThat(result.isWell()).isEqualTo(books.isEmpty() && unplayed.isEmpty() && costs.isEmpty());
    return written.toString();
  }

  @Test
  void whatIsWrongInTheBooksIsNamed() {
    assertThat(report(List.of(FOUND), List.of(), List.of()))
        .contains("books: not balanced", "sale: expected this, found that")
        .doesNotContain("scripts:", "costs:");
  }

  @Test
  void aScriptThatCouldNotBePlayedLeavesTheBooksBalanced() {
    assertThat(report(List.of(), List.of(FOUND), List.of()))
        .contains("books: balanced", "scripts: not all could be played", "sale: expected this");
  }

  @Test
  void whatCostsMoreLeavesTheBooksBalanced() {
    assertThat(report(List.of(), List.of(), List.of(FOUND)))
        .contains("books: balanced", "costs: more than", "sale: expected this");
  }
}
