-- Trainings and the scoring of all open leads are jobs of flash.jobs: the table of runs goes.
-- On a live system: drops a short table; what it told of past trainings is in public.models. A
-- training that is under way ends without a model, and is asked for again by itself or a person.
drop function if exists public.start_training();
drop function if exists public.cancel_training(uuid);
drop function if exists flash.claim_training();
drop function if exists flash.training_step(uuid, real, text);
drop function if exists flash.training_failed(uuid, text, text);
drop function if exists flash.training_done(uuid, jsonb, bytea);
drop function if exists flash.queue_open_leads();
drop table public.model_runs;

-- The last of each kind is looked up among all that ever ran.
create index jobs_of_models on flash.jobs (kind, id)
  where kind in ('train_model', 'score_leads', 'watch_model');
