package dev.orderflow.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.notification.NotificationActivities.Event;
import dev.orderflow.workflows.order.OrderDocument.Language;
import dev.orderflow.workflows.order.OrderDocument.Recipient;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What customers read. */
class LettersTest {
  private final Letters letters = new Letters();

  @Test
  void aConfirmationNamesWhatWasBoughtWhatItCostAndTheThankYou() {
    Letter letter =
        letters.write(
            Event.ORDER_CONFIRMED,
            SampleOrder.summary(recipient("Ada <b>", Language.EN), Optional.of("THX-23456")));

    assertThat(letter.subject()).startsWith("Your order ord-").endsWith(" is confirmed");
    assertThat(letter.text())
        .startsWith("Dear Ada <b>,")
        .contains(
            "2 x Cup & <saucer>: €1,234.50\n1 x Shipping: €4.90\nDiscount: -€34.50\n"
                + "Total: €1,204.90\n")
        .contains("THX-23456");
    assertThat(letter.html())
        .contains("Dear Ada &lt;b&gt;,")
        .contains("Cup &amp; &lt;saucer&gt;")
        .contains("THX-23456")
        .doesNotContain("<saucer>");
  }

  @Test
  void germanCustomersReadGermanWithGermanAmounts() {
    Letter letter =
        letters.write(
            Event.ORDER_CONFIRMED,
            SampleOrder.summary(recipient("Änne", Language.DE), Optional.empty()));

    assertThat(letter.subject()).endsWith("ist bestätigt");
    assertThat(letter.text())
        .contains("Guten Tag Änne,")
        .contains("Summe: 1.204,90\u00a0€")
        .contains("Rabatt: -34,50\u00a0€")
        .doesNotContain("Gutschein");
  }

  @Test
  void aCorrectionSaysThatTheConfirmationNoLongerHolds() {
    for (Language language : Language.values()) {
      Letter letter =
          letters.write(
              Event.ORDER_REFUNDED,
              SampleOrder.summary(recipient("Ada", language), Optional.of("THX-23456")));

      assertThat(letter.text()).containsAnyOf("cancelled", "storniert");
      assertThat(letter.html()).containsAnyOf("cancelled", "storniert").contains("1");
      assertThat(letter.text() + letter.html()).doesNotContain("THX-23456");
    }
  }

  @Test
  void aReturnedPaymentIsToldWithoutTakingTheOrderBack() {
    for (Language language : Language.values()) {
      Letter letter =
          letters.write(
              Event.PAYMENT_RETURNED,
              SampleOrder.summary(recipient("Ada <b>", language), Optional.empty()));

      assertThat(letter.subject()).contains("ord-");
      assertThat(letter.text()).contains("Ada <b>,").containsAnyOf("in full", "vollständig");
      assertThat(letter.html()).contains("Ada &lt;b&gt;,").containsAnyOf("in full", "vollständig");
      assertThat(letter.text() + letter.html()).doesNotContain("cancelled", "storniert");
    }
  }

  private static PaymentBalance.Refund refund() {
    return new PaymentBalance.Refund(
        StepKey.of(OrderId.ofKey("sample"), Step.REFUND),
        Money.parse("EUR 600.00"),
        Outcome.State.SUCCEEDED,
        Optional.of("a"),
        Optional.of("never told to the customer"),
        List.of(new PaymentBalance.Part(1, 1, Money.parse("EUR 600.00"))));
  }

  @Test
  void aReturnedPaymentIsToldWithItsAmount() {
    for (Language language : Language.values()) {
      OrderSummary order =
          SampleOrder.summary(recipient("Ada", language), Optional.empty()).about(refund());

      Letter letter = letters.write(Event.PAYMENT_RETURNED, order);

      String amount = language == Language.EN ? "€600.00" : "600,00\u00a0€";
      assertThat(letter.text()).contains(" " + amount + " ");
      assertThat(letter.html()).contains(" " + amount + " ");
    }
  }

  @Test
  void aRefundSaysHowMuchAndWhatFor() {
    PaymentBalance.Refund refund = refund();
    for (Language language : Language.values()) {
      OrderSummary order =
          SampleOrder.summary(recipient("Ada", language), Optional.empty()).about(refund);

      Letter letter = letters.write(Event.PARTIALLY_REFUNDED, order);

      String amount = language == Language.EN ? "€600.00" : "600,00\u00a0€";
      assertThat(letter.subject()).contains(amount);
      assertThat(letter.text()).contains("1 x Cup & <saucer>: " + amount);
      assertThat(letter.html()).contains("Cup &amp; &lt;saucer&gt;").contains(amount);
      assertThat(letter.text() + letter.html()).doesNotContain("never told");
    }
  }

  private static Recipient recipient(String name, Language language) {
    return new Recipient(name, "ada@customers.example", Optional.of(language));
  }
}
