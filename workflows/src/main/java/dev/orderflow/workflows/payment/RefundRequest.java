package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.orderflow.workflows.order.Decision;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.joda.money.Money;

/**
 * The wish to give money back for a completed order, without taking anything else back.
 *
 * @param key the client's own name for the wish, 1 to 64 letters, digits, '.', '_', ':' or '-': the
 *     same key with the same wish is the same refund
 * @param wanted how much
 * @param decision who wants it, and why; not part of what makes two wishes the same
 */
public record RefundRequest(String key, Wanted wanted, Decision decision) {

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /** How much is to be given back. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = All.class, name = "ALL"),
    @JsonSubTypes.Type(value = Amount.class, name = "AMOUNT"),
    @JsonSubTypes.Type(value = Lines.class, name = "LINES")
  })
  public sealed interface Wanted {}

  /** All that is left. */
  public record All() implements Wanted {}

  /**
   * So much.
   *
   * @param amount above 0, in the order's currency
   */
  public record Amount(Money amount) implements Wanted {
    public Amount {
      if (!amount.isPositive()) {
        throw new IllegalArgumentException("amount: " + amount + " is not above 0");
      }
    }
  }

  /**
   * What the customer paid for these lines: their stored shares, after the discount.
   *
   * @param lines at least one, each at most once
   */
  public record Lines(List<Line> lines) implements Wanted {
    public Lines {
      lines = List.copyOf(lines);
      if (lines.isEmpty()) {
        throw new IllegalArgumentException("lines: none");
      }
      Set<Integer> numbers = new HashSet<>();
      for (Line line : lines) {
        if (!numbers.add(line.number())) {
          throw new IllegalArgumentException("lines: " + line.number() + " is there twice");
        }
      }
    }
  }

  /**
   * A line, or some pieces of it.
   *
   * @param number from 1, as in the order
   * @param quantity how many pieces; all that are not refunded yet when absent
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Line(int number, Optional<Integer> quantity) {
    public Line {
      quantity = quantity == null ? Optional.empty() : quantity;
      if (number < 1) {
        throw new IllegalArgumentException("line: " + number + " is below 1");
      }
      if (quantity.filter(pieces -> pieces < 1).isPresent()) {
        throw new IllegalArgumentException("quantity: " + quantity.get() + " is below 1");
      }
    }
  }

  public RefundRequest {
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(decision, "decision");
    if (key == null || !KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "key: must be 1 to 64 letters, digits, '.', '_', ':' or '-'");
    }
  }
}
