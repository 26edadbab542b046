package dev.orderflow.activities.risk;

/**
 * A look at an order before it is paid: the seam where a shop adds its own. Bind implementations
 * into {@code Multibinder<RiskCheck>}; the strictest {@link Verdict} counts.
 *
 * <p>Asked when an order is accepted, outside any transaction, so it may ask someone else; the
 * order waits for it within the workflow task, so it answers within a second. It may be asked again
 * for the same order, by a copy or after a crash: only the verdict that is written down with the
 * order counts. What it throws delays the order, which is accepted once the check answers. Safe for
 * use by many threads.
 */
public interface RiskCheck {

  Verdict check(RiskFacts facts);
}
