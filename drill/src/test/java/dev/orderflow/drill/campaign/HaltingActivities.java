package dev.orderflow.drill.campaign;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.util.Modules;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.notification.MailTransport;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.worker.ActivitiesModule;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.coupon.CouponActivities;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.reward.RewardActivities;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The real activities, over the real database and the real sandbox, with places to die in. */
final class HaltingActivities {

  private static final TypeLiteral<Map<String, PaymentChannel>> CHANNELS = new TypeLiteral<>() {};
  private static final Set<String> CALLS =
      Set.of("authorize", "charge", "capture", "voidAuthorization", "refund");

  private final Halts halts;
  private final Injector inside;

  HaltingActivities(WorkerConfig config, Halts halts) {
    this.halts = halts;
    Injector plain = Guice.createInjector(new ActivitiesModule(config));
    this.inside =
        Guice.createInjector(
            Modules.override(new ActivitiesModule(config)).with(seams(plain, halts)));
  }

  private static Module seams(Injector plain, Halts halts) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(Halts.class).toInstance(halts);
        bind(Transactions.class).to(HaltingTransactions.class).in(Singleton.class);
        bind(CHANNELS).toInstance(channels(plain.getInstance(Key.get(CHANNELS)), halts));
        bind(MailTransport.class).toInstance(mail(plain.getInstance(MailTransport.class), halts));
      }
    };
  }

  private static Map<String, PaymentChannel> channels(
      Map<String, PaymentChannel> real, Halts halts) {
    return real.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> answered(PaymentChannel.class, e.getValue(), halts)));
  }

  private static MailTransport mail(MailTransport real, Halts halts) {
    return (mail, timeout) -> {
      var outcome = real.send(mail, timeout);
      halts.at(Position.ANSWERED);
      return outcome;
    };
  }

  private static <T> T answered(Class<T> type, T real, Halts halts) {
    return proxy(
        type,
        (method, arguments) -> {
          Object answer = invoke(real, method, arguments);
          if (CALLS.contains(method.getName())) {
            halts.at(Position.ANSWERED);
          }
          return answer;
        });
  }

  /** Between an effect and its commit. */
  static final class HaltingTransactions extends Transactions {
    private final Halts halts;

    @Inject
    HaltingTransactions(Jdbi jdbi, Halts halts) {
      super(jdbi);
      this.halts = halts;
    }

    @Override
    public <T> T in(Function<Handle, T> work) {
      return super.in(
          tx -> {
            T done = work.apply(tx);
            halts.at(Position.UNCOMMITTED);
            return done;
          });
    }
  }

  /** The six rooms, for a worker to override its own with. */
  Module module() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        room(OrderActivities.class);
        room(CouponActivities.class);
        room(InventoryActivities.class);
        room(PaymentActivities.class);
        room(RewardActivities.class);
        room(NotificationActivities.class);
      }

      private <T> void room(Class<T> type) {
        bind(type).toInstance(around(type, inside.getInstance(type)));
      }
    };
  }

  private <T> T around(Class<T> type, T real) {
    return proxy(
        type,
        (method, arguments) -> {
          halts.enter(call(method, arguments));
          try {
            Object outcome = invoke(real, method, arguments);
            halts.at(Position.AFTER);
            return outcome;
          } finally {
            halts.leave();
          }
        });
  }

  private static Halts.Call call(Method method, Object[] arguments) {
    if (method.getDeclaringClass() == OrderActivities.class) {
      String kebab = method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      return new Halts.Call(part(arguments, OrderId.class), kebab);
    }
    StepKey key = part(arguments, StepKey.class);
    return new Halts.Call(key.order(), key.step().word());
  }

  /** The first of that type among the arguments, or within one of them. */
  private static <T> T part(Object[] arguments, Class<T> type) {
    for (Object argument : arguments) {
      if (type.isInstance(argument)) {
        return type.cast(argument);
      }
      for (RecordComponent component : argument.getClass().getRecordComponents()) {
        if (component.getType() == type) {
          return type.cast(read(component, argument));
        }
      }
    }
    throw new IllegalArgumentException(Arrays.toString(arguments) + " has no " + type);
  }

  private static Object read(RecordComponent component, Object of) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What happens instead of a method. */
  private interface Instead {
    Object invoke(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                instead.invoke(method, arguments == null ? new Object[0] : arguments)));
  }

  private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
