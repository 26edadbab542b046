package dev.orderflow.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows under headings. */
public final class Table {

  /** How rows are written. */
  public enum Layout {
    /** In columns, for people. */
    ALIGNED,
    /** Fields separated by tabs, for programs. */
    PLAIN
  }

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  private Table() {}

  public static Table of(String... headings) {
    Table table = new Table();
    table.rows.add(List.of(headings));
    return table;
  }

  /** Adds a row: as many cells as there are headings; an absent value is an empty cell's "-". */
  public Table row(Object... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          cells.length + " cells under " + rows.get(0).size() + " headings");
    }
    rows.add(Stream.of(cells).map(Table::text).toList());
    return this;
  }

  public boolean isEmpty() {
    return rows.size() == 1;
  }

  public void print(PrintWriter out, Layout layout) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      out.println(layout == Layout.PLAIN ? String.join("\t", row) : aligned(row, widths));
    }
    out.flush();
  }

  private static String aligned(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static String text(Object cell) {
    String text =
        cell instanceof java.util.Optional<?> o
            ? o.map(String::valueOf).orElse("-")
            : String.valueOf(cell);
    return OneLine.of(text);
  }
}
