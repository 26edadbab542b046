package dev.orderflow.activities.payment;

import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.payment.PaymentBalance.Part;
import dev.orderflow.workflows.payment.RefundRequest;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;

/**
 * What pieces of an order's lines are worth: their shares of the line's net, by largest remainder,
 * so that the parts of a line, refunded in whatever steps, add up to its net exactly.
 *
 * @param lines as accepted
 * @param given what was refunded of them already
 */
record LineShares(List<OrderPlan.Line> lines, List<Part> given) {

  /**
   * The pieces asked for, with their shares.
   *
   * @throws RefundRefused when there is no such line, or not so much of it left
   */
  List<Part> of(List<RefundRequest.Line> asked) {
    List<Part> parts = new ArrayList<>();
    asked.forEach(line -> parts.add(of(line)));
    return parts;
  }

  private Part of(RefundRequest.Line asked) {
    OrderPlan.Line line =
        lines.stream()
            .filter(known -> known.number() == asked.number())
            .findFirst()
            .orElseThrow(
                () ->
                    new RefundRefused(
                        "NO_SUCH_LINE",
                        "line "
                            + asked.number()
                            + ": the order has the lines "
                            + lines.stream().map(OrderPlan.Line::number).toList()));
    int before = quantity(line.number());
    int left = line.quantity() - before;
    if (left == 0) {
      throw new RefundRefused("LINE_REFUNDED", "line " + line.number() + " is refunded already");
    }
    int pieces = asked.quantity().orElse(left);
    if (pieces > left) {
      throw new RefundRefused(
          "LINE_REFUNDED",
          "line "
              + line.number()
              + ": "
              + pieces
              + " of it are more than the "
              + left
              + " that are not refunded yet");
    }
    // What was given back already is counted as it was, so that the sum comes out in any order.
    Money share = share(line, before + pieces).minus(amount(line));
    return new Part(line.number(), pieces, share);
  }

  /** What the first pieces of the line are worth; a remainder goes to them, a minor unit each. */
  private static Money share(OrderPlan.Line line, int pieces) {
    long net = line.net().getAmountMinorLong();
    long each = net / line.quantity();
    long remainder = net % line.quantity();
    return Money.ofMinor(line.net().getCurrencyUnit(), each * pieces + Math.min(pieces, remainder));
  }

  private int quantity(int number) {
    return given.stream().filter(part -> part.number() == number).mapToInt(Part::quantity).sum();
  }

  private Money amount(OrderPlan.Line line) {
    return given.stream()
        .filter(part -> part.number() == line.number())
        .map(Part::amount)
        .reduce(Money.zero(line.net().getCurrencyUnit()), Money::plus);
  }
}
