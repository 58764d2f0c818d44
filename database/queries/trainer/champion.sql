-- :one () -> (model text, age_days double precision)
select encode(m.model, 'hex'), (extract(epoch from now() - m.promoted_at) / 86400)::double precision
from public.models m where m.status = 'champion'
