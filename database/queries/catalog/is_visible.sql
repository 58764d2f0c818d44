-- :one (xid text) -> (visible boolean)
-- Whether this session already sees what that transaction did: its commit reaches the change stream
-- a moment before it becomes visible.
select pg_catalog.pg_visible_in_snapshot($1::text::xid8, pg_catalog.pg_current_snapshot()) as visible
