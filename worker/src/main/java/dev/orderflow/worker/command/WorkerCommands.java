package dev.orderflow.worker.command;

import dev.orderflow.cli.CommandProvider;

/** The commands of this module. */
public final class WorkerCommands {

  private WorkerCommands() {}

  /** Contributes {@code orderflow worker}. */
  public static final class Worker implements CommandProvider {
    @Override
    public String name() {
      return "worker";
    }

    @Override
    public String description() {
      return "Carry orders until told to stop";
    }

    @Override
    public Object create() {
      return new WorkerCommand();
    }
  }

  /** Contributes {@code orderflow setup}. */
  public static final class Setup implements CommandProvider {
    @Override
    public String name() {
      return "setup";
    }

    @Override
    public String description() {
      return "Create what a worker needs: search attributes, tables, the namespace";
    }

    @Override
    public Object create() {
      return new SetupCommand();
    }
  }

  /** Contributes {@code orderflow doctor}. */
  public static final class Doctor implements CommandProvider {
    @Override
    public String name() {
      return "doctor";
    }

    @Override
    public String description() {
      return "Say what is missing, and what mends it";
    }

    @Override
    public Object create() {
      return new DoctorCommand();
    }
  }

  /** Contributes {@code orderflow catalog}. */
  public static final class Catalog implements CommandProvider {
    @Override
    public String name() {
      return "catalog";
    }

    @Override
    public String description() {
      return "Show and change what is sold: list, import";
    }

    @Override
    public Object create() {
      return new CatalogCommand();
    }
  }

  /** Contributes {@code orderflow stock}. */
  public static final class Stock implements CommandProvider {
    @Override
    public String name() {
      return "stock";
    }

    @Override
    public String description() {
      return "Show and change what is on hand: list, set, add";
    }

    @Override
    public Object create() {
      return new StockCommand();
    }
  }

  /** Contributes {@code orderflow coupon}. */
  public static final class Coupon implements CommandProvider {
    @Override
    public String name() {
      return "coupon";
    }

    @Override
    public String description() {
      return "Show and create coupons: list, create";
    }

    @Override
    public Object create() {
      return new CouponCommand();
    }
  }

  /** Contributes {@code orderflow inbox}. */
  public static final class Inbox implements CommandProvider {
    @Override
    public String name() {
      return "inbox";
    }

    @Override
    public String description() {
      return "Show what payment providers told by themselves; retry, close";
    }

    @Override
    public Object create() {
      return new InboxCommand();
    }
  }

  /** Contributes {@code orderflow channel}. */
  public static final class Channel implements CommandProvider {
    @Override
    public String name() {
      return "channel";
    }

    @Override
    public String description() {
      return "Show the payment channels, and drain or stop them: status, drain, off, open, evaluate";
    }

    @Override
    public Object create() {
      return new ChannelCommand();
    }
  }

  /** Contributes {@code orderflow dispute}. */
  public static final class Dispute implements CommandProvider {
    @Override
    public String name() {
      return "dispute";
    }

    @Override
    public String description() {
      return "Show customers' disputes about payments, with the evidence: list, show";
    }

    @Override
    public Object create() {
      return new DisputeCommand();
    }
  }

  /** Contributes {@code orderflow reconcile}. */
  public static final class Reconcile implements CommandProvider {
    @Override
    public String name() {
      return "reconcile";
    }

    @Override
    public String description() {
      return "Compare what providers settled on a day with the ledger";
    }

    @Override
    public Object create() {
      return new ReconcileCommand();
    }
  }

  /** Contributes {@code orderflow timeline}. */
  public static final class OrderTimeline implements CommandProvider {
    @Override
    public String name() {
      return "timeline";
    }

    @Override
    public String description() {
      return "Show where the time of an order went, or of all: who was waited for";
    }

    @Override
    public Object create() {
      return new TimelineCommand();
    }
  }

  /** Contributes {@code orderflow audit}. */
  public static final class LedgerAudit implements CommandProvider {
    @Override
    public String name() {
      return "audit";
    }

    @Override
    public String description() {
      return "Read the whole ledger: was anyone charged twice, or for nothing?";
    }

    @Override
    public Object create() {
      return new AuditCommand();
    }
  }

  /** Contributes {@code orderflow archive}. */
  public static final class Archive implements CommandProvider {
    @Override
    public String name() {
      return "archive";
    }

    @Override
    public String description() {
      return "Move orders that ended long ago out of the way, or forget them";
    }

    @Override
    public Object create() {
      return new ArchiveCommand();
    }
  }
}
