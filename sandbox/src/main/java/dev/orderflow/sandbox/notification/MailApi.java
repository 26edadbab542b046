package dev.orderflow.sandbox.notification;

import dev.orderflow.sandbox.journal.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The mailbox over HTTP, for tests and for the curious. */
public final class MailApi {

  private final Mailbox mailbox;

  public MailApi(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Adds its routes; who may call them is decided before. */
  public void addTo(RoutesConfig routes) {
    routes.get("/mail", this::log);
    // In angle brackets a parameter of the path may contain slashes, as a Message-ID may.
    routes.get("/mail/<messageId>", this::mail);
  }

  private void log(Context context) {
    context
        .contentType("application/x-ndjson")
        .result(
            mailbox.transmissions().stream()
                .map(transmission -> Json.line(transmission) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8));
  }

  private void mail(Context context) {
    mailbox
        .mail(context.pathParam("messageId"))
        .ifPresentOrElse(
            mail -> context.contentType("message/rfc822").result(mail),
            () -> {
              throw new NotFoundResponse("No mail has this Message-ID.");
            });
  }
}
