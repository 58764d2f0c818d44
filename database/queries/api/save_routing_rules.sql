-- :one (territory int, rules jsonb, version text) -> (desk jsonb)
select public.save_routing_rules($1, $2, $3)
