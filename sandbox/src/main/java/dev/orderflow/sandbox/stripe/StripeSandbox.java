package dev.orderflow.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Stripe in miniature, listening on loopback, and what happens there without our asking. */
public final class StripeSandbox implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String PAGES = "/authenticate/";

  private final StripeSettings settings;
  private final StripeObjects objects;
  private final StripeWebhooks webhooks;
  private final AtomicReference<Fault> fault = new AtomicReference<>();
  private final AtomicReference<String> refundStatus = new AtomicReference<>("succeeded");
  private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Javalin http;
  private final StripeRefunds refunds;
  private final StripeDisputes disputes;
  private StripePayments payments;

  /** A request that arrived. */
  public record Request(String method, String path, Map<String, String> headers) {}

  private StripeSandbox(StripeSettings settings, Clock clock) {
    this.settings = settings;
    objects = new StripeObjects(settings.journal(), clock, settings.searchLag());
    webhooks = new StripeWebhooks(settings.webhooks(), clock);
    disputes = new StripeDisputes(objects, webhooks);
    refunds = new StripeRefunds(objects, disputes, webhooks);
    http = Javalin.create(this::configure).start(HOST, settings.port());
  }

  /** Rebuilds what the journal remembers, and listens when it returns. */
  public static StripeSandbox start(StripeSettings settings, Clock clock) {
    return new StripeSandbox(settings, clock);
  }

  public URI url() {
    return URI.create("http://" + HOST + ":" + http.port());
  }

  /** What arrived so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Lets the next POST go wrong. */
  public void misbehave(Fault next) {
    fault.set(next);
  }

  /** Refunds from now on are only promised, as with bank transfers. */
  public void refundSlowly() {
    refundStatus.set("pending");
  }

  public void act(String paymentIntent, CustomerAct act) {
    payments.act(paymentIntent, act);
  }

  /**
   * Captures an authorization, as somebody in Stripe's dashboard may.
   *
   * @param amount as Stripe counts it
   */
  public void captureInDashboard(String paymentIntent, long amount) {
    payments.capture(
        paymentIntent, new StripeForm(Map.of("amount_to_capture", Long.toString(amount))));
  }

  /** Cancels, as somebody in Stripe's dashboard may. */
  public void cancelInDashboard(String paymentIntent) {
    payments.cancel(paymentIntent);
  }

  /** Gives an authorization up that was not captured in time, as Stripe does after some days. */
  public void lapse(String paymentIntent) {
    payments.lapse(paymentIntent);
  }

  /**
   * Gives back, as somebody in Stripe's dashboard may.
   *
   * @param amount as Stripe counts it
   * @return the refund's id
   */
  public String refundInDashboard(String paymentIntent, long amount) {
    StripeForm form =
        new StripeForm(Map.of("payment_intent", paymentIntent, "amount", Long.toString(amount)));
    return refunds.create(form, "succeeded").path("id").asText();
  }

  /** What became of a refund that was only promised, or failed later. */
  public void settleRefund(String refund, String status) {
    refunds.settle(refund, status);
  }

  /**
   * The customer's bank takes so much of a charge back.
   *
   * @param amount as Stripe counts it
   * @return the dispute's id
   */
  public String dispute(String charge, long amount) {
    return disputes.open(charge, amount);
  }

  /** The customer's bank only asks; returns the dispute's id. */
  public String inquire(String charge) {
    return disputes.inquire(charge);
  }

  /**
   * From now on a dispute's money moves in the shop's own currency.
   *
   * @param currency as Stripe writes it; of as many decimals as what is disputed
   * @param rate what one of the customer's is worth in it
   */
  public void settleDisputesIn(String currency, BigDecimal rate) {
    disputes.settleIn(currency, rate);
  }

  public void winDispute(String dispute) {
    disputes.win(dispute);
  }

  /** Wins a part of it back, as Stripe counts it. */
  public void winDispute(String dispute, long amount) {
    disputes.win(dispute, amount);
  }

  public void loseDispute(String dispute) {
    disputes.lose(dispute);
  }

  /** An object as it is now, as JSON. */
  public Optional<ObjectNode> object(String id) {
    return objects.find(id);
  }

  /** Every object of a kind, such as {@code payment_intent}. */
  public List<ObjectNode> all(String kind) {
    return objects.all(kind);
  }

  @Override
  public void close() {
    http.stop();
    webhooks.close();
    objects.close();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.routes.before(this::admit);
    // The port is known only when it listens; a page's address is asked for later than that.
    payments = new StripePayments(objects, webhooks, () -> url() + PAGES);
    new StripeApi(objects, payments, refunds, disputes, fault, refundStatus).addTo(config.routes);
    config.routes.get(PAGES + "{id}", context -> page(context, "Do you want to pay?"));
    config.routes.post(
        PAGES + "{id}",
        context -> {
          payments.act(
              context.pathParam("id"),
              "refuse".equals(context.formParam("act")) ? CustomerAct.REFUSES : CustomerAct.PAYS);
          page(context, "Thank you.");
        });
    config.routes.exception(
        StripeProblem.class,
        (problem, context) ->
            context.status(problem.reply().status()).result(problem.reply().body()));
  }

  private static void page(Context context, String text) {
    context.html(
        "<!doctype html><title>Bank</title><p>"
            + text
            + "</p><form method=post><button name=act value=pay>Pay</button>"
            + "<button name=act value=refuse>Refuse</button></form>");
  }

  private void admit(Context context) {
    requests.add(new Request(context.method().name(), context.path(), context.headerMap()));
    boolean known =
        context.path().startsWith(PAGES)
            || ("Bearer " + settings.apiKey()).equals(context.header("Authorization"));
    if (!known) {
      StripeReply refusal = StripeProblem.unauthorized().reply();
      context.status(refusal.status()).contentType("application/json").result(refusal.body());
      context.skipRemainingHandlers();
    }
  }
}
