-- :one () -> (figures jsonb)
select flash.jobs_figures()
