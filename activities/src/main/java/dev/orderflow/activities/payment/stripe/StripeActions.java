package dev.orderflow.activities.payment.stripe;

import com.stripe.model.PaymentIntent;
import dev.orderflow.workflows.payment.NextAction;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What Stripe wants the customer to do, where we can say so: a page to open or a code to show.
 * Where Stripe names no end, a day is said: the order's own deadline comes before.
 */
final class StripeActions {
  private static final Duration UNNAMED_END = Duration.ofDays(1);

  private StripeActions() {}

  /** Empty where it is something else, such as a voucher or a bank transfer. */
  static Optional<NextAction> of(PaymentIntent payment) {
    PaymentIntent.NextAction action = payment.getNextAction();
    if (action == null || action.getType() == null) {
      return Optional.empty();
    }
    Instant end = Instant.ofEpochSecond(payment.getCreated()).plus(UNNAMED_END);
    return switch (action.getType()) {
      case "redirect_to_url" -> page(action.getRedirectToUrl().getUrl(), end);
      case "alipay_handle_redirect" -> page(action.getAlipayHandleRedirect().getUrl(), end);
      case "cashapp_handle_redirect_or_display_qr_code" ->
          page(action.getCashappHandleRedirectOrDisplayQrCode().getHostedInstructionsUrl(), end);
      case "wechat_pay_display_qr_code" -> code(action.getWechatPayDisplayQrCode().getData(), end);
      case "paynow_display_qr_code" -> code(action.getPaynowDisplayQrCode().getData(), end);
      case "promptpay_display_qr_code" -> code(action.getPromptpayDisplayQrCode().getData(), end);
      case "swish_handle_redirect_or_display_qr_code" ->
          code(action.getSwishHandleRedirectOrDisplayQrCode().getQrCode().getData(), end);
      case "pix_display_qr_code" ->
          code(
              action.getPixDisplayQrCode().getData(),
              Optional.ofNullable(action.getPixDisplayQrCode().getExpiresAt())
                  .map(Instant::ofEpochSecond)
                  .orElse(end));
      default -> Optional.empty();
    };
  }

  private static Optional<NextAction> page(String url, Instant end) {
    return Optional.of(new NextAction.Redirect(URI.create(url), end));
  }

  private static Optional<NextAction> code(String content, Instant end) {
    return Optional.of(new NextAction.QrCode(content, end));
  }
}
