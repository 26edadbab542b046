-- For the visibility database of a self-hosted Temporal server on PostgreSQL that carries orders and
-- little else. By hand, after a look at it; nothing here runs it.
--
--   psql --dbname VISIBILITY --file deploy/temporal-visibility-indexes.sql
--
-- Temporal's schema keeps a column and an index ready for each search attribute that a namespace might
-- still register, and every workflow is entered into all of them: 79 indexes in 1.31.2, most of them over
-- nothing. Measured with `orderflow bench`, forty fewer of them: an entry from 3.2 to 1.8 ms, what
-- Temporal's database logs per healthy order from 40,000 to 28,000 bytes.
--
-- It drops the indexes of those columns that no workflow has filled, in any namespace; so it is run when
-- orders have been carried for a while, and reads the table once for each. To drop an index stops the
-- table for a moment: at a quiet hour. A query by what has no index any more works, and reads all rows
-- of the namespace. To have one back: its `create index` in Temporal's
-- schema/postgresql/v12/visibility. A schema update of a later server that changes one of them would
-- stop and name it.

do $$
declare
  candidate text;
  used boolean;
begin
  if not exists (select from executions_visibility) then
    raise exception 'no workflow has run yet: which columns are used can''t be seen';
  end if;
  for candidate in
    select of_index.relname
    from pg_index x join pg_class of_index on of_index.oid = x.indexrelid
    where x.indrelid = 'executions_visibility'::regclass and not x.indisunique
      and of_index.relname ~
        ('^by_(temporal_)?(bool|datetime|double|int|keyword|keyword_list|text)_\d+$'
         '|^by_temporal_low_cardinality_keyword_\d+$')
  loop
    -- by_keyword_01 is over the column keyword01.
    execute format('select exists (select from executions_visibility where %I is not null)',
      replace(substr(candidate, 4), '_', '')) into used;
    if not used then
      execute format('drop index %I', candidate);
      raise notice 'dropped %', candidate;
    end if;
  end loop;
end $$;
