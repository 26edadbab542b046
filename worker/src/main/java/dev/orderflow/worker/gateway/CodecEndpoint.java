package dev.orderflow.worker.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.orderflow.worker.config.GatewayConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /codec/decode}: Temporal's remote codec protocol, by which the Web UI and the {@code
 * temporal} command show what is stored encrypted. Only for who presents the token, and from pages
 * of the Web UI's origin.
 */
final class CodecEndpoint {

  private static final String PATH = "/codec/decode";

  /** Larger than what Temporal lets into one event, 2 MiB, is in base64. */
  private static final int LARGEST = 8 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(CodecEndpoint.class);

  private final PayloadCodec codec;
  private final byte[] authorization;
  private final String origin;

  CodecEndpoint(PayloadCodec codec, GatewayConfig.Codec config) {
    this.codec = codec;
    this.authorization = ("Bearer " + config.token().reveal()).getBytes(StandardCharsets.UTF_8);
    this.origin = config.origin().toString();
  }

  void addTo(RoutesConfig routes) {
    routes.options(PATH, this::preflight);
    routes.post(PATH, this::decode);
  }

  /** The browser asks without the token, whether its page may send one. */
  private void preflight(Context context) {
    if (allowOrigin(context)) {
      context
          .header("Access-Control-Allow-Methods", "POST")
          .header("Access-Control-Allow-Headers", "authorization,content-type,x-namespace")
          .header("Access-Control-Max-Age", "600")
          .status(204);
    }
  }

  private void decode(Context context) {
    if (!allowOrigin(context)) {
      return;
    }
    if (!isAuthorized(context)) {
      LOG.warn("A request to decode payloads was refused: not the token");
      Replies.refused(context, 401);
    } else if (!RequestBody.isJson(context)) {
      Replies.refused(context, 415);
    } else {
      decodeBody(context);
    }
  }

  private void decodeBody(Context context) {
    try {
      RequestBody.read(context, LARGEST)
          .ifPresentOrElse(body -> decode(context, body), () -> Replies.refused(context, 413));
    } catch (IOException e) {
      Replies.refused(context, 400);
    }
  }

  private void decode(Context context, byte[] body) {
    try {
      Payloads.Builder encoded = Payloads.newBuilder();
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(body, StandardCharsets.UTF_8), encoded);
      Payloads decoded =
          Payloads.newBuilder().addAllPayloads(codec.decode(encoded.getPayloadsList())).build();
      context.header("Cache-Control", "no-store");
      Replies.json(
          context, 200, JsonFormat.printer().omittingInsignificantWhitespace().print(decoded));
    } catch (InvalidProtocolBufferException e) {
      Replies.refused(context, 400);
    } catch (PayloadCodecException e) {
      LOG.warn("Payloads can't be decoded: {}", e.getMessage());
      Replies.refused(context, 400);
    }
  }

  /** Another page's request is refused; what is no page's says no origin. */
  private boolean allowOrigin(Context context) {
    Optional<String> from = Optional.ofNullable(context.header("Origin"));
    context.header("Vary", "Origin");
    if (from.isPresent() && !from.get().equals(origin)) {
      Replies.refused(context, 403);
      return false;
    }
    from.ifPresent(
        page ->
            context
                .header("Access-Control-Allow-Origin", page)
                .header("Access-Control-Allow-Credentials", "true"));
    return true;
  }

  private boolean isAuthorized(Context context) {
    String presented = Optional.ofNullable(context.header("Authorization")).orElse("");
    return MessageDigest.isEqual(authorization, presented.getBytes(StandardCharsets.UTF_8));
  }
}
