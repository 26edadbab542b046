package dev.orderflow.worker;

import com.google.inject.AbstractModule;
import dev.orderflow.activities.archive.ArchiveModule;
import dev.orderflow.activities.audit.AuditModule;
import dev.orderflow.activities.catalog.CatalogModule;
import dev.orderflow.activities.coupon.CouponModule;
import dev.orderflow.activities.inbox.InboxModule;
import dev.orderflow.activities.inventory.InventoryModule;
import dev.orderflow.activities.ledger.DatabaseModule;
import dev.orderflow.activities.notification.NotificationModule;
import dev.orderflow.activities.order.OrderModule;
import dev.orderflow.activities.payment.PaymentModule;
import dev.orderflow.activities.probe.ProbeModule;
import dev.orderflow.activities.reward.RewardModule;
import dev.orderflow.activities.risk.RiskModule;
import dev.orderflow.activities.settlement.SettlementModule;
import dev.orderflow.activities.timeline.TimelineModule;
import dev.orderflow.worker.config.WorkerConfig;

/** The activities' modules with their part of the configuration, and nothing of Temporal. */
public final class ActivitiesModule extends AbstractModule {

  private final WorkerConfig config;

  public ActivitiesModule(WorkerConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    install(new DatabaseModule(config.database()));
    install(new CatalogModule());
    install(new OrderModule(config.order()));
    install(new InventoryModule(config.inventory()));
    install(new CouponModule(config.coupon()));
    install(new RewardModule(config.reward()));
    install(new RiskModule(config.risk()));
    install(new PaymentModule(config.payment()));
    install(new InboxModule(config.inbox()));
    install(new SettlementModule());
    install(new ArchiveModule());
    install(new AuditModule());
    install(new TimelineModule());
    install(new ProbeModule(config.probe()));
    install(new NotificationModule(config.notification()));
  }
}
