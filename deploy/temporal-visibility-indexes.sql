-- For the visibility database of a self-hosted Temporal server on PostgreSQL: what lists workflows.
--
--   psql --dbname VISIBILITY --file deploy/temporal-visibility-indexes.sql
--
-- Temporal's schema keeps a column and an index ready for each search attribute that a namespace might
-- register, and enters every workflow into each of these indexes, mostly with nothing to say: 74 of them
-- in 1.31.2. Here an index over a column that may be empty leaves out the workflows for which it is
-- empty, as PostgreSQL's partial indexes do. Whatever asks for a value finds it by the same index as
-- before; nothing is lost, and an attribute that is registered later needs nothing further.
--
-- It makes these indexes anew, in one transaction: at once on a new database; on one that is in use at a
-- quiet hour, because no workflow can be listed, or entered, until it is through. Once more does nothing.
-- A schema update of a later server may bring whole indexes back: then again.

do $$
declare
  whole record;
begin
  for whole in
    select of_index.relname as name, pg_get_indexdef(x.indexrelid) as definition, a.attname as attribute
    from pg_index x
      join pg_class of_index on of_index.oid = x.indexrelid
      -- The first key is the namespace.
      join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[1]
    where x.indrelid = 'executions_visibility'::regclass
      and x.indpred is null and not x.indisunique and not a.attnotnull
  loop
    execute format('drop index %I', whole.name);
    execute format('%s where %I is not null', whole.definition, whole.attribute);
  end loop;
end $$;
