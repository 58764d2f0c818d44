-- :one (id uuid) -> (document jsonb)
select jsonb_build_object('champion', public.promote_model($1))
