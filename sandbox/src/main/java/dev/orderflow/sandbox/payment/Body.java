package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.orderflow.sandbox.journal.Json;
import dev.orderflow.sandbox.payment.Instruction.FollowUp;
import dev.orderflow.sandbox.payment.Instruction.Pay;
import java.io.IOException;
import java.util.Currency;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The bodies of the API's requests. Reading one gives an instruction, or refuses with 400 and the
 * name of the field; a refusal never repeats what was sent.
 */
final class Body {

  private static final int LONGEST_REFERENCE = 255;

  private Body() {}

  static Instruction pay(Operation operation, byte[] body) {
    PayBody read = read(body, PayBody.class);
    String reference = given("merchantReference", read.merchantReference());
    if (reference.length() > LONGEST_REFERENCE) {
      throw field("merchantReference", "has more than " + LONGEST_REFERENCE + " characters");
    }
    Behaviour behaviour = Token.read(operation, given("token", read.token()));
    return new Pay(
        operation,
        reference,
        amount(read.amount()),
        currency(given("currency", read.currency())),
        behaviour);
  }

  static Instruction capture(String authorization, byte[] body) {
    AmountBody read = body.length == 0 ? new AmountBody(null) : read(body, AmountBody.class);
    return new FollowUp(Operation.CAPTURE, authorization, optional(read.amount()));
  }

  static Instruction voiding(String authorization, byte[] body) {
    if (body.length > 0) {
      read(body, EmptyBody.class);
    }
    return new FollowUp(Operation.VOID, authorization, OptionalLong.empty());
  }

  static Instruction refund(String payment, byte[] body) {
    long amount = amount(read(body, AmountBody.class).amount());
    return new FollowUp(Operation.REFUND, payment, OptionalLong.of(amount));
  }

  static Instruction dashboardRefund(byte[] body) {
    DashboardRefundBody read = read(body, DashboardRefundBody.class);
    long amount = amount(read.amount());
    return new FollowUp(Operation.REFUND, given("charge", read.charge()), OptionalLong.of(amount));
  }

  static Instruction dashboardCapture(byte[] body) {
    DashboardCaptureBody read = read(body, DashboardCaptureBody.class);
    return new FollowUp(
        Operation.CAPTURE, given("authorization", read.authorization()), optional(read.amount()));
  }

  static Instruction dispute(byte[] body) {
    DisputeBody read = read(body, DisputeBody.class);
    ReasonCode why =
        read.reason() == null
            ? ReasonCode.FRAUDULENT
            : ReasonCode.ofCustomer(read.reason())
                .orElseThrow(() -> field("reason", "is none for which customers dispute"));
    return new FollowUp(
        Operation.DISPUTE,
        given("charge", read.charge()),
        optional(read.amount()),
        Optional.of(why));
  }

  static Instruction refundFailure(byte[] body) {
    return Bank.failureOf(given("refund", read(body, RefundFailureBody.class).refund()));
  }

  static Instruction.Receipt receipt(byte[] body) {
    ReceiptBody read = read(body, ReceiptBody.class);
    return new Instruction.Receipt(
        given("charge", read.charge()),
        optional(read.amount()),
        Optional.ofNullable(read.currency()).map(Body::currency));
  }

  private record ReceiptBody(String charge, Long amount, String currency) {}

  private record PayBody(String merchantReference, String token, Long amount, String currency) {}

  private record AmountBody(Long amount) {}

  private record EmptyBody() {}

  private record DashboardRefundBody(String charge, Long amount) {}

  private record DashboardCaptureBody(String authorization, Long amount) {}

  private record DisputeBody(String charge, Long amount, String reason) {}

  private record RefundFailureBody(String refund) {}

  private static <B> B read(byte[] body, Class<B> form) {
    try {
      B read = Json.MAPPER.readValue(body, form);
      if (read == null) {
        throw RequestRefused.badRequest("invalid_body", "The body is not a JSON object.");
      }
      return read;
    } catch (JsonMappingException e) {
      String path =
          e.getPath().stream()
              .map(JsonMappingException.Reference::getFieldName)
              .collect(Collectors.joining("."));
      throw path.isEmpty()
          ? RequestRefused.badRequest("invalid_body", "The body is not the JSON object expected.")
          : field(path, "is not expected here or not of the right type");
    } catch (JsonProcessingException e) {
      throw RequestRefused.badRequest("invalid_body", "The body is not JSON.");
    } catch (IOException e) {
      throw new IllegalStateException("An array of bytes cannot fail to be read", e);
    }
  }

  private static String given(String name, String value) {
    if (value == null || value.isBlank()) {
      throw field(name, "is missing");
    }
    return value;
  }

  private static OptionalLong optional(Long amount) {
    return amount == null ? OptionalLong.empty() : OptionalLong.of(amount(amount));
  }

  private static long amount(Long amount) {
    if (amount == null) {
      throw field("amount", "is missing");
    }
    if (amount <= 0) {
      throw field("amount", "is " + amount + " and must be positive, in minor units");
    }
    return amount;
  }

  private static String currency(String code) {
    try {
      return Currency.getInstance(code).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw field("currency", "is not an ISO 4217 code in capitals");
    }
  }

  private static RequestRefused field(String name, String fault) {
    return RequestRefused.badRequest("invalid_field", "Field '" + name + "' " + fault + ".");
  }
}
