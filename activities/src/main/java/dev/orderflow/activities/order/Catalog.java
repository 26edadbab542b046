package dev.orderflow.activities.order;

import java.util.Map;
import java.util.Set;

/**
 * What is sold, and for how much: a table, unless an installation binds its own. Asked once per
 * order, before it is accepted, within no transaction; answers within a second.
 */
public interface Catalog {

  /** The articles of these codes, by code; an unknown one is left out. */
  Map<String, Article> articles(Set<String> codes);
}
