package dev.orderflow.worker.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.PluggedChannel;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads tables into records: a component {@code poolSize} is the key {@code pool-size}, a record a
 * table. What is not written is left to the record's constructor, which puts the default in the
 * place of null; what is null even then must be written. Keys that no component has are refused at
 * any depth.
 */
final class RecordReader {

  private final Scalars scalars;
  private final Secrets secrets;

  RecordReader(Scalars scalars, Secrets secrets) {
    this.scalars = scalars;
    this.secrets = secrets;
  }

  /**
   * Reads {@code table}.
   *
   * @throws ConfigException naming the first key that is wrong
   */
  <R extends Record> R read(Class<R> type, JsonNode table) {
    return type.cast(record(type, Key.ROOT, table));
  }

  /** As {@link #read(Class, JsonNode)}, of a table below others. */
  <R extends Record> R read(Class<R> type, Key key, JsonNode table) {
    return type.cast(record(type, key, table));
  }

  private Object record(Class<?> type, Key key, JsonNode table) {
    if (!table.isObject()) {
      throw key.mismatch(table, "a table");
    }
    RecordComponent[] components = type.getRecordComponents();
    refuseUnknown(components, key, table);
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Key child = key.child(Key.kebab(components[i].getName()));
      JsonNode written = table.get(child.last());
      if (written != null) {
        values[i] = value(components[i].getGenericType(), child, written);
      } else if (components[i].getType().isPrimitive()) {
        throw child.missing(expected(components[i].getType()));
      }
    }
    Object read = construct(type, key, components, values);
    for (RecordComponent component : components) {
      if (invoke(component.getAccessor(), read) == null) {
        throw key.child(Key.kebab(component.getName())).missing(expected(component.getType()));
      }
    }
    return read;
  }

  private static void refuseUnknown(RecordComponent[] components, Key key, JsonNode table) {
    Set<String> known =
        Arrays.stream(components)
            .map(c -> Key.kebab(c.getName()))
            .collect(Collectors.toCollection(TreeSet::new));
    table
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw key.child(name).unknown(known);
              }
            });
  }

  private Object value(Type type, Key key, JsonNode written) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return Optional.of(value(arguments[0], key, written));
      } else if (generic.getRawType() == List.class) {
        return list(arguments[0], key, written);
      } else if (generic.getRawType() == Map.class) {
        return map(arguments[1], key, written);
      } else if (generic.getRawType() == PluggedChannel.class) {
        return PluggedChannels.read(this, key, written);
      }
    } else if (type == Secret.class) {
      return secrets.read(key, written);
    } else if (type instanceof Class<?> plain) {
      return plain.isRecord() ? record(plain, key, written) : scalars.read(plain, key, written);
    }
    throw new IllegalStateException(key + ": no way to read a " + type);
  }

  private List<Object> list(Type element, Key key, JsonNode written) {
    if (!written.isArray()) {
      throw key.mismatch(written, "a list in [ ]");
    }
    return StreamSupport.stream(written.spliterator(), false)
        .map(node -> value(element, key, node))
        .toList();
  }

  private Map<String, Object> map(Type element, Key key, JsonNode written) {
    if (!written.isObject()) {
      throw key.mismatch(written, "a table");
    }
    Map<String, Object> map = new LinkedHashMap<>();
    written
        .properties()
        .forEach(e -> map.put(e.getKey(), value(element, key.child(e.getKey()), e.getValue())));
    return map;
  }

  private String expected(Class<?> type) {
    return type == Secret.class ? Secrets.EXPECTED : scalars.expected(type);
  }

  private static Object construct(
      Class<?> type, Key key, RecordComponent[] components, Object[] values) {
    try {
      Constructor<?> canonical =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      canonical.setAccessible(true);
      return canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      // A record's own rules speak of its components.
      throw key.refused(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " can't be made", e);
    }
  }

  private static Object invoke(Method method, Object on) {
    try {
      method.setAccessible(true);
      return method.invoke(on);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(method + " failed", e);
    }
  }

  /** Every key that {@code type} can be given, tables' keys with their tables' names before. */
  static List<String> keys(Class<? extends Record> type) {
    List<String> keys = new ArrayList<>();
    collect(type, Key.ROOT, keys);
    return keys;
  }

  private static void collect(Type type, Key key, List<String> keys) {
    if (type instanceof ParameterizedType generic && generic.getRawType() != Map.class) {
      collect(generic.getActualTypeArguments()[0], key, keys);
    } else if (type instanceof Class<?> plain && plain.isRecord()) {
      for (RecordComponent component : plain.getRecordComponents()) {
        collect(component.getGenericType(), key.child(Key.kebab(component.getName())), keys);
      }
    } else {
      keys.add(key.toString());
    }
  }
}
