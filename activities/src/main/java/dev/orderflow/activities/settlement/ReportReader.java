package dev.orderflow.activities.settlement;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a report chunk by chunk; never more than one is in memory. */
final class ReportReader implements Closeable {

  private static final List<String> COLUMNS =
      List.of(
          "reference",
          "kind",
          "currency",
          "amount_minor",
          "merchant_reference",
          "parent",
          "settled_at");
  private static final int LONGEST = 255;

  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final CRC32 sum = new CRC32();
  private long rows;

  private ReportReader(CSVParser parser) {
    this.parser = parser;
    this.records = parser.iterator();
  }

  /** A report whose rows can't be understood. Its message names the row and the column. */
  static final class Unreadable extends RuntimeException {
    Unreadable(String message) {
      super(message);
    }
  }

  /**
   * @throws Unreadable when a column is missing
   */
  static ReportReader of(InputStream report) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
    CSVParser parser =
        CSVParser.parse(
            new BufferedReader(new InputStreamReader(report, StandardCharsets.UTF_8)), format);
    for (String column : COLUMNS) {
      if (!parser.getHeaderMap().containsKey(column)) {
        throw new Unreadable("the report has no column " + column);
      }
    }
    return new ReportReader(parser);
  }

  /**
   * The next rows, at most so many; none at the end.
   *
   * @throws Unreadable when one is no settlement
   */
  List<ReportRow> next(int atMost) throws IOException {
    List<ReportRow> chunk = new ArrayList<>(atMost);
    try {
      while (chunk.size() < atMost && records.hasNext()) {
        CSVRecord row = records.next();
        rows++;
        for (String value : row) {
          sum.update(value.getBytes(StandardCharsets.UTF_8));
          sum.update(',');
        }
        chunk.add(read(row));
      }
      return chunk;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalStateException e) {
      throw new Unreadable("row " + (rows + 1) + " is not CSV: " + e.getMessage());
    }
  }

  private ReportRow read(CSVRecord row) {
    if (!row.isConsistent()) {
      throw new Unreadable("row " + rows + " has " + row.size() + " columns, unlike the header");
    }
    return new ReportRow(
        word(row, "reference"),
        word(row, "kind").toUpperCase(Locale.ROOT),
        word(row, "currency"),
        amount(row),
        word(row, "merchant_reference"));
  }

  private String word(CSVRecord row, String column) {
    String value = row.get(column);
    if (value.isEmpty() || value.length() > LONGEST || value.indexOf('\0') >= 0) {
      throw new Unreadable("row " + rows + ", " + column + ": is not 1 to " + LONGEST + " letters");
    }
    return value;
  }

  private long amount(CSVRecord row) {
    try {
      return Long.parseLong(row.get("amount_minor"));
    } catch (NumberFormatException e) {
      throw new Unreadable("row " + rows + ", amount_minor: is not a whole number");
    }
  }

  /** How many rows were read. */
  long rows() {
    return rows;
  }

  /** A check sum over what was read: another report than before has another. */
  long sum() {
    return sum.getValue();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
