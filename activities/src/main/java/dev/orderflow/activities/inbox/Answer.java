package dev.orderflow.activities.inbox;

/** What became of a person's wish about an event. */
public sealed interface Answer {

  /** It stands as was wished, since now or before. */
  record Done(Received event) implements Answer {}

  /** It stands so that it can't be done. Nothing was changed. */
  record Refused(Received event) implements Answer {}

  /** There is no such event. */
  record Unknown() implements Answer {}
}
