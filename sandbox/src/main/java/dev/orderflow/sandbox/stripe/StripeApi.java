package dev.orderflow.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.sandbox.journal.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Stripe's endpoints over HTTP; one request at a time. */
final class StripeApi {
  private static final String PAYMENTS = "/v1/payment_intents";

  private final StripeObjects objects;
  private final StripePayments payments;
  private final StripeRefunds refunds;
  private final StripeDisputes disputes;
  private final StripeKeys keys = new StripeKeys();
  private final AtomicReference<Fault> fault;
  private final AtomicReference<String> refundStatus;

  StripeApi(
      StripeObjects objects,
      StripePayments payments,
      StripeRefunds refunds,
      StripeDisputes disputes,
      AtomicReference<Fault> fault,
      AtomicReference<String> refundStatus) {
    this.objects = objects;
    this.payments = payments;
    this.refunds = refunds;
    this.disputes = disputes;
    this.fault = fault;
    this.refundStatus = refundStatus;
  }

  void addTo(RoutesConfig routes) {
    routes.post(PAYMENTS, post((id, form) -> shown(payments.create(form), form, "")));
    routes.post(
        PAYMENTS + "/{id}/capture",
        post((id, form) -> shown(payments.capture(id, form), form, "")));
    routes.post(
        PAYMENTS + "/{id}/cancel", post((id, form) -> shown(payments.cancel(id), form, "")));
    routes.post(
        "/v1/refunds",
        post((id, form) -> shown(refunds.create(form, refundStatus.get()), form, "")));
    routes.get(
        PAYMENTS + "/search", get(form -> page(payments.search(form), form, "search_result")));
    routes.get(PAYMENTS, get(form -> page(payments.latest(form), form, "list")));
    routes.get("/v1/refunds", get(form -> page(refunds.of(form), form, "list")));
    routes.get("/v1/disputes", get(form -> page(disputes.of(form), form, "list")));
    routes.get("/v1/disputes/{id}", object(StripeDisputes.DISPUTE));
    routes.get(PAYMENTS + "/{id}", object(StripePayments.PAYMENT));
    routes.get("/v1/charges/{id}", object(StripePayments.CHARGE));
    routes.get("/v1/refunds/{id}", object(StripeRefunds.REFUND));
  }

  private interface Work {
    ObjectNode on(String id, StripeForm form);
  }

  private Handler post(Work work) {
    return context -> {
      String body = context.body();
      String id = context.pathParamMap().getOrDefault("id", "");
      Optional<String> key = Optional.ofNullable(context.header("Idempotency-Key"));
      answer(
          context,
          () ->
              keys.answer(
                  key,
                  context.path() + "\n" + body,
                  () -> carriedOut(() -> work.on(id, StripeForm.parse(body)))));
    };
  }

  private StripeReply carriedOut(Supplier<ObjectNode> work) {
    Fault now = fault.getAndSet(null);
    if (now == Fault.ERROR_BEFORE) {
      throw StripeProblem.broken();
    } else if (now == Fault.IN_FLIGHT) {
      throw StripeProblem.inFlight();
    } else if (now == Fault.LOCKED) {
      throw StripeProblem.locked();
    } else if (now == Fault.RATE_LIMITED) {
      throw StripeProblem.tooMany();
    }
    StripeReply reply = new StripeReply(200, Json.line(work.get()));
    if (now == Fault.ERROR_AFTER) {
      throw StripeProblem.broken();
    }
    fault.set(now);
    return reply;
  }

  private Handler get(Function<StripeForm, ObjectNode> work) {
    return context -> {
      String query = Optional.ofNullable(context.queryString()).orElse("");
      answer(
          context,
          () ->
              new StripeKeys.Answered(
                  new StripeReply(200, Json.line(work.apply(StripeForm.parse(query)))), false));
    };
  }

  private Handler object(String kind) {
    return context -> {
      String id = context.pathParam("id");
      get(form -> shown(objects.get(id, kind), form, "")).handle(context);
    };
  }

  private synchronized void answer(Context context, Supplier<StripeKeys.Answered> work) {
    StripeReply reply;
    try {
      StripeKeys.Answered answered = work.get();
      reply = answered.reply();
      if (answered.replayed()) {
        context.header("Idempotent-Replayed", "true");
      }
    } catch (StripeProblem problem) {
      reply = problem.reply();
    }
    if (fault.compareAndSet(Fault.LOST_AFTER, null)) {
      ServletContextRequest.getServletContextRequest(context.req())
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close();
      return;
    }
    context
        .status(reply.status())
        .header("Request-Id", "req_" + Integer.toHexString(System.identityHashCode(reply)))
        .contentType("application/json")
        .result(reply.body());
  }

  private ObjectNode page(List<ObjectNode> all, StripeForm form, String kind) {
    int from =
        form.find("starting_after")
            .map(last -> all.stream().map(o -> o.path("id").asText()).toList().indexOf(last) + 1)
            .orElse(0);
    int limit = form.find("limit").map(Integer::parseInt).orElse(10);
    int to = Math.min(all.size(), from + limit);
    ObjectNode page =
        Json.MAPPER
            .createObjectNode()
            .put("object", kind)
            .put("url", PAYMENTS)
            .put("has_more", to < all.size());
    all.subList(from, to)
        .forEach(object -> page.withArray("data").add(shown(object, form, "data.")));
    page.withArray("data");
    return page;
  }

  /** With what is to be expanded in its place. */
  private ObjectNode shown(ObjectNode object, StripeForm form, String prefix) {
    for (String field : List.of("latest_charge", "payment_intent")) {
      if (form.expands(prefix + field) && object.path(field).isTextual()) {
        objects
            .find(object.path(field).asText())
            .ifPresent(expanded -> object.set(field, expanded));
      }
    }
    return object;
  }
}
