-- For the visibility database of a self-hosted Temporal server on PostgreSQL that carries orders and
-- little else. By hand, after a look at it; nothing here runs it.
--
--   psql --dbname visibility --file deploy/temporal-visibility-indexes.sql
--
-- Temporal's schema keeps a column and an index ready for each search attribute that a namespace might
-- still register, and every workflow is entered into all of them: some 75 indexes, nearly all of them
-- over nothing. Measured with `orderflow bench`: an entry from 3.2 to 1.8 ms, what Temporal's database
-- logs per healthy order from 40,000 to 28,000 bytes.
--
-- Kept: everything that the server itself and its Web UI ask by, and by_keyword_01 to _03, where the
-- three attributes of orders are if no others were registered before them. A query by what has no
-- index any more works, and reads all rows of the namespace. To have one back: its `create index` in
-- Temporal's schema/postgresql/v12/visibility. A schema update of a later server that changes one of
-- them would stop and name it.

do $$
declare
  unused text;
begin
  for unused in
    select of_index.relname
    from pg_index x join pg_class of_index on of_index.oid = x.indexrelid
    where x.indrelid = 'executions_visibility'::regclass and not x.indisunique
      and of_index.relname ~
        ('^by_(temporal_)?(bool|datetime|double|int|keyword_list|text)_\d+$'
         '|^by_temporal_(low_cardinality_)?keyword_\d+$|^by_keyword_(0[4-9]|10)$')
  loop
    execute format('drop index %I', unused);
    raise notice 'dropped %', unused;
  end loop;
end $$;
