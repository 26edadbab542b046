package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.joda.money.Money;

/** What the customer has to do so that a payment is made; nothing of it is secret to them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NextAction.Redirect.class, name = "REDIRECT"),
  @JsonSubTypes.Type(value = NextAction.QrCode.class, name = "QR_CODE"),
  @JsonSubTypes.Type(value = NextAction.Transfer.class, name = "TRANSFER")
})
public sealed interface NextAction {

  /** Until when the provider takes it. */
  Instant expiresAt();

  /** What there is to do, for people, to follow a "please": {@code open https://…}. */
  String inWords();

  /** Open this page. */
  record Redirect(URI url, Instant expiresAt) implements NextAction {
    @Override
    public String inWords() {
      return "open " + url;
    }

    public Redirect {
      Objects.requireNonNull(url, "url");
      Objects.requireNonNull(expiresAt, "expiresAt");
    }
  }

  /**
   * Show this code to the customer's wallet.
   *
   * @param content what the code says, not its picture
   */
  record QrCode(String content, Instant expiresAt) implements NextAction {
    @Override
    public String inWords() {
      return "scan the code " + content;
    }

    public QrCode {
      Objects.requireNonNull(content, "content");
      Objects.requireNonNull(expiresAt, "expiresAt");
    }
  }

  /**
   * Transfer the amount.
   *
   * @param account where to, as the provider writes it
   * @param remittance what the transfer must say, so that it is found
   */
  record Transfer(String account, String remittance, Money amount, Instant expiresAt)
      implements NextAction {
    @Override
    public String inWords() {
      return "transfer " + amount + " to " + account + ", saying '" + remittance + "'";
    }

    public Transfer {
      Objects.requireNonNull(account, "account");
      Objects.requireNonNull(remittance, "remittance");
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(expiresAt, "expiresAt");
    }
  }
}
