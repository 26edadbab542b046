package dev.orderflow.activities.payment.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeCollection;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.PaymentIntentSearchParams;
import dev.orderflow.workflows.order.OrderId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds an order's PaymentIntents by their metadata.
 *
 * <p>Stripe's search reads an index that lags, usually by less than a minute, and what it returns
 * may be old. So each hit is retrieved again, and where there is none, the latest PaymentIntents of
 * the account are listed, which reads no index. What neither knows may still be on its way: whoever
 * concludes that there is nothing waits for the channel's horizon.
 */
final class StripeLookup {
  /** Listed is what is younger, for an index that lags ten times as much as usual. */
  private static final Duration LATEST = Duration.ofMinutes(10);

  private static final long PAGE = 100;
  private static final int MOST_PAGES = 10;

  private final Clock clock;

  StripeLookup(Clock clock) {
    this.clock = clock;
  }

  /** One PaymentIntent, as it is now. */
  static PaymentIntent retrieve(StripeClient client, StripeApi.Options options, String id)
      throws StripeException {
    PaymentIntentRetrieveParams params =
        PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
    return client.v1().paymentIntents().retrieve(id, params, options.plain());
  }

  /**
   * The PaymentIntent as it is, after Stripe said that it can't be changed so any more: perhaps it
   * was.
   */
  static PaymentIntent unchanged(
      StripeException refusal, StripeClient client, StripeApi.Options options, String id)
      throws StripeException {
    if (StripeFailures.isOfState(refusal)) {
      return retrieve(client, options, id);
    }
    throw refusal;
  }

  /** Those of the order that are wanted, as they are now. */
  List<PaymentIntent> find(
      StripeClient client,
      StripeApi.Options options,
      OrderId order,
      Predicate<PaymentIntent> wanted)
      throws StripeException {
    Predicate<PaymentIntent> ofOrder =
        payment -> StripeReports.order(payment.getMetadata()).equals(order.value());
    List<PaymentIntent> found = new ArrayList<>();
    for (PaymentIntent hit : searched(client, options, order)) {
      PaymentIntent payment = retrieve(client, options, hit.getId());
      if (ofOrder.and(wanted).test(payment)) {
        found.add(payment);
      }
    }
    return found.isEmpty() ? latest(client, options, ofOrder.and(wanted)) : found;
  }

  private static List<PaymentIntent> searched(
      StripeClient client, StripeApi.Options options, OrderId order) throws StripeException {
    PaymentIntentSearchParams params =
        PaymentIntentSearchParams.builder()
            .setQuery("metadata['" + StripeReports.ORDER + "']:'" + order.value() + "'")
            .setLimit(PAGE)
            .build();
    return client.v1().paymentIntents().search(params, options.plain()).getData();
  }

  private List<PaymentIntent> latest(
      StripeClient client, StripeApi.Options options, Predicate<PaymentIntent> wanted)
      throws StripeException {
    PaymentIntentListParams.Builder params =
        PaymentIntentListParams.builder()
            .setCreated(
                PaymentIntentListParams.Created.builder()
                    .setGte(clock.instant().minus(LATEST).getEpochSecond())
                    .build())
            .addExpand("data.latest_charge")
            .setLimit(PAGE);
    List<PaymentIntent> found = new ArrayList<>();
    for (int page = 1; page <= MOST_PAGES; page++) {
      StripeCollection<PaymentIntent> listed =
          client.v1().paymentIntents().list(params.build(), options.plain());
      listed.getData().stream().filter(wanted).forEach(found::add);
      if (!listed.getHasMore() || listed.getData().isEmpty()) {
        break;
      }
      params.setStartingAfter(listed.getData().get(listed.getData().size() - 1).getId());
    }
    return found;
  }
}
