package dev.orderflow.worker.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.orderflow.activities.catalog.CatalogStore.Entry;
import dev.orderflow.activities.order.Article;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Unreadable;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import dev.orderflow.workflows.payload.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.joda.money.Money;

/** A file of articles: JSON objects, in an array or one after the other. */
final class CatalogFile {

  /** One article, as it is written. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Row(
      String article,
      Optional<LineKind> kind,
      String name,
      Money unitPrice,
      Optional<BigDecimal> taxRate,
      Optional<Boolean> taxIncluded,
      Optional<Integer> stock) {

    Row {
      kind = kind == null ? Optional.empty() : kind;
      taxRate = taxRate == null ? Optional.empty() : taxRate;
      taxIncluded = taxIncluded == null ? Optional.empty() : taxIncluded;
      stock = stock == null ? Optional.empty() : stock;
      if (article == null || !article.matches("[A-Za-z0-9._-]{1,64}")) {
        throw new IllegalArgumentException(
            "article: '" + article + "' is not 1 to 64 letters, digits, '.', '_' or '-'");
      }
      if (name == null || name.isBlank() || name.length() > 200) {
        throw new IllegalArgumentException(article + ": name: must have 1 to 200 characters");
      }
      if (unitPrice == null) {
        throw new IllegalArgumentException(article + ": unitPrice is missing, as in \"EUR 12.34\"");
      }
    }

    static Row of(Article article) {
      LinePrice price = article.price();
      return new Row(
          article.code(),
          Optional.of(article.kind()),
          article.name(),
          price.unit(),
          Optional.of(plain(price.taxRate())),
          Optional.of(price.taxIncluded()),
          Optional.empty());
    }

    /** 19 rather than the 19.0000 of the table. */
    private static BigDecimal plain(BigDecimal rate) {
      BigDecimal stripped = rate.stripTrailingZeros();
      return stripped.setScale(Math.max(0, stripped.scale()));
    }

    Entry toEntry() {
      LinePrice price =
          new LinePrice(unitPrice, taxRate.orElse(BigDecimal.ZERO), taxIncluded.orElse(true));
      return new Entry(new Article(article, kind.orElse(LineKind.ARTICLE), name, price), stock);
    }
  }

  private final Path file;

  CatalogFile(Path file) {
    this.file = file;
  }

  /**
   * Reads everything.
   *
   * @throws CliException naming the line and what is wrong there
   */
  List<Entry> read() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (BufferedReader text = Files.newBufferedReader(file);
        MappingIterator<Row> rows = Json.MAPPER.readerFor(Row.class).readValues(text)) {
      while (rows.hasNextValue()) {
        Row row = rows.nextValue();
        if (entries.put(row.article(), row.toEntry()) != null) {
          throw new IllegalArgumentException(row.article() + ": is there twice");
        }
      }
      return List.copyOf(entries.values());
    } catch (JsonProcessingException e) {
      throw refused(" line " + line(e) + ": " + message(e), e);
    } catch (CharacterCodingException e) {
      throw refused(" is not UTF-8", e);
    } catch (IOException e) {
      throw Unreadable.file(file, e);
    } catch (IllegalArgumentException e) {
      throw refused(" " + e.getMessage(), e);
    }
  }

  private static String line(JsonProcessingException e) {
    return Optional.ofNullable(e.getLocation())
        .map(at -> String.valueOf(at.getLineNr()))
        .orElse("?");
  }

  private static String message(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no field '"
          + unknown.getPropertyName()
          + "'; known: "
          + new TreeSet<>(unknown.getKnownPropertyIds());
    }
    if (e.getCause() instanceof IllegalArgumentException rule) {
      return rule.getMessage();
    }
    String field =
        e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
            ? mapping.getPath().get(mapping.getPath().size() - 1).getFieldName() + ": "
            : "";
    // What follows in parentheses tells of the parser, not of the file.
    return field + e.getOriginalMessage().replaceAll(" \\(start marker.*", "");
  }

  private CliException refused(String why, Exception cause) {
    return new CliException(ExitCode.REFUSED, file + ":" + why, cause);
  }
}
