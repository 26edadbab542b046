package dev.orderflow.cli;

/** The commands over {@link dev.orderflow.client.OrderClient}. */
public final class BuiltIn {

  private BuiltIn() {}

  /** {@code orderflow place}. */
  public static final class Place implements CommandProvider {
    @Override
    public String name() {
      return "place";
    }

    @Override
    public String description() {
      return "Place an order, or a file of orders";
    }

    @Override
    public Object create() {
      return new PlaceCommand();
    }
  }

  /** {@code orderflow show}. */
  public static final class Show implements CommandProvider {
    @Override
    public String name() {
      return "show";
    }

    @Override
    public String description() {
      return "Show where an order stands";
    }

    @Override
    public Object create() {
      return new ShowCommand();
    }
  }

  /** {@code orderflow list}. */
  public static final class ListOrders implements CommandProvider {
    @Override
    public String name() {
      return "list";
    }

    @Override
    public String description() {
      return "List orders";
    }

    @Override
    public Object create() {
      return new ListCommand();
    }
  }

  /** {@code orderflow watch}. */
  public static final class Watch implements CommandProvider {
    @Override
    public String name() {
      return "watch";
    }

    @Override
    public String description() {
      return "Follow an order until it has ended";
    }

    @Override
    public Object create() {
      return new WatchCommand();
    }
  }

  /** {@code orderflow cancel}. */
  public static final class Cancel implements CommandProvider {
    @Override
    public String name() {
      return "cancel";
    }

    @Override
    public String description() {
      return "Take an order back, and refund it if it is paid";
    }

    @Override
    public Object create() {
      return new CancelCommand();
    }
  }

  /** {@code orderflow refund}. */
  public static final class Refund implements CommandProvider {
    @Override
    public String name() {
      return "refund";
    }

    @Override
    public String description() {
      return "Give money back for a completed order";
    }

    @Override
    public Object create() {
      return new RefundCommand();
    }
  }

  /** {@code orderflow review}. */
  public static final class ReviewOrders implements CommandProvider {
    @Override
    public String name() {
      return "review";
    }

    @Override
    public String description() {
      return "See what waits for a person, and decide it";
    }

    @Override
    public Object create() {
      return new ReviewCommand();
    }
  }

  /** {@code orderflow recover}. */
  public static final class Recover implements CommandProvider {
    @Override
    public String name() {
      return "recover";
    }

    @Override
    public String description() {
      return "Go on with an order whose workflow was terminated or lost";
    }

    @Override
    public Object create() {
      return new RecoverCommand();
    }
  }

  /** {@code orderflow pay}. */
  public static final class Pay implements CommandProvider {
    @Override
    public String name() {
      return "pay";
    }

    @Override
    public String description() {
      return "Try another way to pay an order";
    }

    @Override
    public Object create() {
      return new PayCommand();
    }
  }
}
