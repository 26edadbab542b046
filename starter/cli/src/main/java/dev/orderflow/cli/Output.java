package dev.orderflow.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.workflows.payload.Json;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --output}, and how a command writes its results. For use as a mixin. */
public final class Output {

  /** For whom it is written. */
  public enum Format {
    TABLE,
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "How results are written; json is one object a line (default: table)")
  private Format format = Format.TABLE;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  public Format format() {
    return format;
  }

  /** Results go here, anything else to {@link #err}. */
  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  public PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** Writes one object on a line of its own. */
  public void json(Object value) {
    try {
      out().println(Json.MAPPER.writeValueAsString(value));
      out().flush();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + value.getClass(), e);
    }
  }

  /** Writes the rows: in columns on a terminal, separated by tabs elsewhere. */
  public void table(Table table) {
    table.print(out(), Terminal.isOutput() ? Table.Layout.ALIGNED : Table.Layout.PLAIN);
  }

  /** Writes a line for people. */
  public void line(String text) {
    out().println(OneLine.of(text));
    out().flush();
  }
}
