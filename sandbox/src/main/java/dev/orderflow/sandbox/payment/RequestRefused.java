package dev.orderflow.sandbox.payment;

/** The request is wrong, and it is certain that nothing happened. Becomes a 4xx other than 402. */
final class RequestRefused extends RuntimeException {

  private final int status;
  private final String code;

  private RequestRefused(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static RequestRefused badRequest(String code, String message) {
    return new RequestRefused(400, code, message);
  }

  static RequestRefused notFound(String message) {
    return new RequestRefused(404, "not_found", message);
  }

  static RequestRefused inFlight() {
    return new RequestRefused(409, "in_flight", "A request with this key is still running.");
  }

  static RequestRefused keyReused() {
    return new RequestRefused(422, "key_reused", "This key was used for another request.");
  }

  Reply reply() {
    return Reply.error(status, code, getMessage());
  }
}
