package dev.orderflow.worker.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.orderflow.activities.coupon.CouponConfig;
import dev.orderflow.activities.inbox.InboxConfig;
import dev.orderflow.activities.inventory.InventoryConfig;
import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.activities.notification.NotificationConfig;
import dev.orderflow.activities.order.OrderConfig;
import dev.orderflow.activities.payment.PaymentConfig;
import dev.orderflow.activities.probe.ProbeConfig;
import dev.orderflow.activities.reward.RewardConfig;
import dev.orderflow.activities.risk.RiskConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a worker is told, one record per table of {@code orderflow.toml}. Printing it shows no
 * secret.
 *
 * @param sandbox whether payments may be played; refused when absent
 * @param probe absent where no channel is probed
 * @param gateway absent where no callbacks are received
 */
public record WorkerConfig(
    SandboxUse sandbox,
    TemporalConfig temporal,
    DatabaseConfig database,
    CodecConfig codec,
    OrderConfig order,
    InventoryConfig inventory,
    CouponConfig coupon,
    RewardConfig reward,
    RiskConfig risk,
    PaymentConfig payment,
    NotificationConfig notification,
    HealthConfig health,
    InboxConfig inbox,
    SettlementConfig settlement,
    Optional<ProbeConfig> probe,
    Optional<GatewayConfig> gateway) {

  public WorkerConfig {
    sandbox = sandbox == null ? SandboxUse.REFUSED : sandbox;
    temporal = temporal == null ? TemporalConfig.defaults() : temporal;
    require(
        database, "database.url", "a JDBC URL such as \"jdbc:postgresql://localhost/orderflow\"");
    codec = codec == null ? CodecConfig.defaults() : codec;
    order = order == null ? OrderConfig.defaults() : order;
    inventory = inventory == null ? InventoryConfig.defaults() : inventory;
    coupon = coupon == null ? CouponConfig.defaults() : coupon;
    reward = reward == null ? RewardConfig.defaults() : reward;
    risk = risk == null ? RiskConfig.defaults() : risk;
    payment = payment == null ? PaymentConfig.defaults() : payment;
    require(notification, "notification.host", "the mail server");
    health = health == null ? HealthConfig.defaults() : health;
    inbox = inbox == null ? InboxConfig.defaults() : inbox;
    settlement = settlement == null ? SettlementConfig.defaults() : settlement;
    probe = probe == null ? Optional.empty() : probe;
    gateway = gateway == null ? Optional.empty() : gateway;
    requireCampaign(order, reward);
  }

  private static void require(Record table, String key, String expected) {
    if (table == null) {
      throw new IllegalArgumentException(key + " is missing: write " + expected);
    }
  }

  private static void requireCampaign(OrderConfig order, RewardConfig reward) {
    order
        .reward()
        .map(OrderConfig.RewardRule::campaign)
        .filter(name -> reward.campaign(name).isEmpty())
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "order.reward.campaign = \"" + name + "\": is not one of reward.campaigns");
            });
  }

  /**
   * Reads {@code file} and the secrets it points to. Files named in it are relative to it.
   *
   * @throws ConfigException with one line that names the file, the key and the remedy
   */
  public static WorkerConfig read(Path file) {
    return read(file, System.getenv());
  }

  static WorkerConfig read(Path file, Map<String, String> environment) {
    Path directory = file.toAbsolutePath().getParent();
    RecordReader reader =
        new RecordReader(new Scalars(directory), new Secrets(directory, environment));
    try {
      return reader.read(WorkerConfig.class, parse(file));
    } catch (ConfigException e) {
      throw new ConfigException(file + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode parse(Path file) {
    try {
      return new TomlMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          "line " + e.getLocation().getLineNr() + " is not TOML: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ConfigException("can't be read; give the file by --config FILE");
    }
  }

  /** Every key there is, as in {@code database.url}. */
  public static List<String> keys() {
    return RecordReader.keys(WorkerConfig.class);
  }
}
