package dev.orderflow.drill.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A column that is copied from a pattern to an order that is like it: names become the order's own,
 * instants those of its time.
 */
record Column(String name, String expression) {

  /** The columns of a table that an insert may name. */
  static List<Column> of(Handle tx, String table) {
    return tx.createQuery(
            """
            select column_name, data_type from information_schema.columns
            where table_schema = 'public' and table_name = :table
              and is_identity = 'NO' and is_generated = 'NEVER'
            order by ordinal_position
            """)
        .bind("table", table)
        .map(
            (row, context) ->
                new Column(
                    row.getString(1), expression(tx, table, row.getString(1), row.getString(2))))
        .list();
  }

  private static String expression(Handle tx, String table, String name, String type) {
    return switch (type) {
      case "timestamp with time zone" -> "p." + name + " - s.age";
      case "date" -> "(p." + name + " - s.age)::date";
      case "text" -> renamed(tx, table, name, "p." + name);
      case "jsonb" -> renamed(tx, table, name, "p." + name + "::text") + "::jsonb";
      default -> "p." + name;
    };
  }

  /** To put a name in another's place takes longer than all the rest: only where there is one. */
  private static String renamed(Handle tx, String table, String name, String text) {
    String renamed = text;
    for (String part : List.of("id", "key", "code")) {
      String sql =
          """
          select coalesce(bool_or(%1$s::text like '%%' || own_%2$s || '%%'), false) as part,
            coalesce(bool_and(%1$s::text = own_%2$s), false) as whole
          from seed.%3$s
          """
              .formatted(name, part, table);
      boolean[] is =
          tx.createQuery(sql)
              .map((row, context) -> new boolean[] {row.getBoolean(1), row.getBoolean(2)})
              .one();
      if (is[1]) {
        return "s." + part;
      }
      renamed = is[0] ? "replace(%s, p.own_%2$s, s.%2$s)".formatted(renamed, part) : renamed;
    }
    return renamed;
  }

  /** What identifies rows in the order in which they were written; empty where nothing does. */
  static Optional<String> sequence(Handle tx, String table) {
    return tx.createQuery(
            """
            select column_name from information_schema.columns
            where table_schema = 'public' and table_name = :table and is_identity = 'YES'
            """)
        .bind("table", table)
        .mapTo(String.class)
        .findOne();
  }
}
