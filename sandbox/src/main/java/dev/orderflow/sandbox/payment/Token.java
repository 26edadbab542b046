package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.payment.Rule.Act;
import dev.orderflow.sandbox.payment.Rule.Customer;
import dev.orderflow.sandbox.payment.Rule.Decline;
import dev.orderflow.sandbox.payment.Rule.Dispute;
import dev.orderflow.sandbox.payment.Rule.Fail;
import dev.orderflow.sandbox.payment.Rule.Fault;
import dev.orderflow.sandbox.payment.Rule.Moment;
import dev.orderflow.sandbox.payment.Rule.RefundFails;
import dev.orderflow.sandbox.payment.Rule.RefuseUndo;
import dev.orderflow.sandbox.payment.Rule.Told;
import dev.orderflow.sandbox.payment.Rule.Unreachable;
import dev.orderflow.sandbox.payment.Rule.Wait;
import dev.orderflow.sandbox.payment.Rule.Win;
import java.util.ArrayList;
import java.util.List;

/**
 * The grammar of tokens: {@code [operation.]word[:argument]}, joined by commas. A word without an
 * operation means the request that carries the token. Refusals never repeat the token.
 */
final class Token {

  private static final int LONGEST_MILLIS = 60_000;
  private static final int MOST_TIMES = 1_000_000;
  private static final String NO_ARGUMENT = "";

  private Token() {}

  /**
   * @param carrier the operation whose request carries the token
   * @throws RequestRefused 400, for a word, a decline code or a number that means nothing
   */
  static Behaviour read(Operation carrier, String token) {
    List<Rule> rules = new ArrayList<>();
    String[] words = token.split(",", -1);
    for (int position = 1; position <= words.length; position++) {
      rules.addAll(rules(carrier, words[position - 1].strip(), position));
    }
    return rules.isEmpty() ? Behaviour.FLAWLESS : new Behaviour(rules);
  }

  private static List<Rule> rules(Operation carrier, String word, int position) {
    int colon = word.indexOf(':');
    String argument = colon < 0 ? NO_ARGUMENT : word.substring(colon + 1);
    String name = colon < 0 ? word : word.substring(0, colon);
    int dot = name.indexOf('.');
    Operation on = carrier;
    if (dot >= 0) {
      on = Operation.ofVerb(name.substring(0, dot)).orElseThrow(() -> unknown(position));
      name = name.substring(dot + 1);
    }
    Argument given = new Argument(argument, position);
    return switch (name) {
      case "approve" -> given.none();
      case "decline" -> List.of(new Decline(on, given.declineCode()));
      case "error_before" -> List.of(new Fail(on, Fault.ERROR_BEFORE, given.times()));
      case "error_after" -> List.of(new Fail(on, Fault.ERROR_AFTER, given.times()));
      case "hang" -> List.of(new Fail(on, Fault.HANG_BEFORE, given.times()));
      case "hang_after" -> List.of(new Fail(on, Fault.HANG_AFTER, given.times()));
      case "slow" -> List.of(new Wait(on, Moment.BEFORE, given.millis()));
      case "slow_after" -> List.of(new Wait(on, Moment.AFTER, given.millis()));
      case "unreachable" -> List.of(new Unreachable(given.millis()));
      case "refuse_undo" -> List.of(new RefuseUndo(given.times()));
      case "async" -> List.of(new Customer(Act.PAYS, given.millis(), Told.ONCE));
      case "async-decline" -> List.of(new Customer(Act.CANCELS, given.millis(), Told.ONCE));
      case "async-silent" -> List.of(new Customer(Act.PAYS, given.millis(), Told.NEVER));
      case "async-twice" -> List.of(new Customer(Act.PAYS, given.millis(), Told.TWICE));
      case "async-late" -> List.of(new Customer(Act.PAYS_ANYWAY, given.millis(), Told.ONCE));
      case "async-never" -> {
        given.none();
        yield List.of(new Customer(Act.STAYS_AWAY, 0, Told.ONCE));
      }
      case "dispute" -> List.of(new Dispute(given.millis()));
      case "dispute-won" -> List.of(new Dispute(given.millis()), new Win(given.millis()));
      case "refund-fails" -> List.of(new RefundFails(given.millis()));
      default -> throw unknown(position);
    };
  }

  private static RequestRefused unknown(int position) {
    return RequestRefused.badRequest(
        "unknown_token",
        "Word " + position + " of the token means nothing here; docs/sandbox.md lists the words.");
  }

  private record Argument(String text, int position) {

    List<Rule> none() {
      if (!text.isEmpty()) {
        throw refused("takes no argument");
      }
      return List.of();
    }

    ReasonCode declineCode() {
      return ReasonCode.ofIssuer(text)
          .orElseThrow(() -> refused("names no decline code that an issuer has"));
    }

    int times() {
      return text.isEmpty() ? 1 : number(MOST_TIMES);
    }

    long millis() {
      return number(LONGEST_MILLIS);
    }

    private int number(int most) {
      try {
        int number = Integer.parseInt(text);
        if (number >= 1 && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Refused below, as a number out of range is.
      }
      throw refused("needs a number from 1 to " + most);
    }

    private RequestRefused refused(String why) {
      return RequestRefused.badRequest(
          "unknown_token", "Word " + position + " of the token " + why + ".");
    }
  }
}
