-- Made by database/tests/snapshot.sh from the migrated database. Do not edit.

CREATE SCHEMA auth;

CREATE SCHEMA extensions;

CREATE SCHEMA flash;

CREATE DOMAIN flash.app_role AS text COLLATE pg_catalog."C"
	CONSTRAINT app_role_check CHECK ((VALUE = ANY (ARRAY['rep'::text, 'manager'::text, 'viewer'::text, 'admin'::text])));

CREATE DOMAIN flash.business_type AS text COLLATE pg_catalog."C"
	CONSTRAINT business_type_check CHECK ((VALUE = ANY (ARRAY['restaurant'::text, 'retail'::text, 'hospitality'::text, 'healthcare'::text, 'automotive'::text, 'other'::text])));

CREATE DOMAIN flash.currency AS character(3)
	CONSTRAINT currency_check CHECK (((VALUE ~ '^[A-Z]{3}$'::text) AND (VALUE <> 'ANG'::bpchar)));

CREATE DOMAIN flash.deal_stage AS text COLLATE pg_catalog."C"
	CONSTRAINT deal_stage_check CHECK ((VALUE = ANY (ARRAY['new'::text, 'contacted'::text, 'qualified'::text, 'proposal'::text, 'negotiation'::text, 'closed'::text])));

CREATE DOMAIN flash.language AS text COLLATE pg_catalog."C"
	CONSTRAINT language_check CHECK ((VALUE = ANY (ARRAY['en'::text, 'nl'::text, 'es'::text, 'fr'::text, 'pap'::text])));

CREATE DOMAIN flash.phone AS text COLLATE pg_catalog."C"
	CONSTRAINT phone_check CHECK ((VALUE ~ '^\+[1-9][0-9]{6,14}$'::text));

CREATE DOMAIN flash.submission_status AS text COLLATE pg_catalog."C"
	CONSTRAINT submission_status_check CHECK ((VALUE = ANY (ARRAY['new'::text, 'contacted'::text, 'qualified'::text, 'nurture'::text, 'converted'::text, 'disqualified'::text, 'archived'::text])));

CREATE TABLE auth.identities (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    provider_id text NOT NULL,
    provider text NOT NULL,
    user_id uuid NOT NULL,
    identity_data jsonb NOT NULL,
    email text GENERATED ALWAYS AS (lower((identity_data ->> 'email'::text))) STORED,
    last_sign_in_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT identities_identity_data_check CHECK ((jsonb_typeof(identity_data) = 'object'::text)),
    CONSTRAINT identities_provider_check CHECK ((length(provider) <= 64)),
    CONSTRAINT identities_provider_id_check CHECK ((length(provider_id) <= 255))
);

CREATE TABLE auth.refresh_tokens (
    instance_id uuid,
    id bigint NOT NULL,
    token text NOT NULL,
    user_id uuid NOT NULL,
    session_id uuid NOT NULL,
    parent text,
    revoked boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT refresh_tokens_parent_check CHECK ((length(parent) <= 255)),
    CONSTRAINT refresh_tokens_token_check CHECK ((length(token) <= 255))
);

CREATE TABLE auth.sessions (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    factor_id uuid,
    aal text DEFAULT 'aal1'::text NOT NULL,
    not_after timestamp with time zone,
    refreshed_at timestamp with time zone,
    user_agent text,
    ip inet,
    tag text,
    CONSTRAINT sessions_aal_check CHECK ((aal = ANY (ARRAY['aal1'::text, 'aal2'::text, 'aal3'::text]))),
    CONSTRAINT sessions_tag_check CHECK ((length(tag) <= 255)),
    CONSTRAINT sessions_user_agent_check CHECK ((length(user_agent) <= 1024))
);

CREATE TABLE auth.users (
    instance_id uuid,
    id uuid DEFAULT flash.uuid7() NOT NULL,
    aud text DEFAULT 'authenticated'::text NOT NULL,
    role text DEFAULT 'authenticated'::text NOT NULL,
    email text,
    encrypted_password text,
    email_confirmed_at timestamp with time zone,
    invited_at timestamp with time zone,
    confirmation_token text DEFAULT ''::text NOT NULL,
    confirmation_sent_at timestamp with time zone,
    recovery_token text DEFAULT ''::text NOT NULL,
    recovery_sent_at timestamp with time zone,
    email_change_token_new text DEFAULT ''::text NOT NULL,
    email_change text DEFAULT ''::text NOT NULL,
    email_change_sent_at timestamp with time zone,
    email_change_token_current text DEFAULT ''::text NOT NULL,
    email_change_confirm_status smallint DEFAULT 0 NOT NULL,
    last_sign_in_at timestamp with time zone,
    raw_app_meta_data jsonb DEFAULT '{}'::jsonb NOT NULL,
    raw_user_meta_data jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_super_admin boolean,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    phone text,
    phone_confirmed_at timestamp with time zone,
    phone_change text DEFAULT ''::text NOT NULL,
    phone_change_token text DEFAULT ''::text NOT NULL,
    phone_change_sent_at timestamp with time zone,
    confirmed_at timestamp with time zone GENERATED ALWAYS AS (LEAST(email_confirmed_at, phone_confirmed_at)) STORED,
    banned_until timestamp with time zone,
    reauthentication_token text DEFAULT ''::text NOT NULL,
    reauthentication_sent_at timestamp with time zone,
    is_sso_user boolean DEFAULT false NOT NULL,
    is_anonymous boolean DEFAULT false NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT users_aud_check CHECK ((length(aud) <= 255)),
    CONSTRAINT users_confirmation_token_check CHECK ((length(confirmation_token) <= 255)),
    CONSTRAINT users_email_change_check CHECK ((length(email_change) <= 254)),
    CONSTRAINT users_email_change_confirm_status_check CHECK (((email_change_confirm_status >= 0) AND (email_change_confirm_status <= 2))),
    CONSTRAINT users_email_change_token_current_check CHECK ((length(email_change_token_current) <= 255)),
    CONSTRAINT users_email_change_token_new_check CHECK ((length(email_change_token_new) <= 255)),
    CONSTRAINT users_email_check CHECK ((((length(email) >= 3) AND (length(email) <= 254)) AND (email = lower(email)))),
    CONSTRAINT users_encrypted_password_check CHECK ((length(encrypted_password) <= 512)),
    CONSTRAINT users_phone_change_check CHECK ((length(phone_change) <= 32)),
    CONSTRAINT users_phone_change_token_check CHECK ((length(phone_change_token) <= 255)),
    CONSTRAINT users_phone_check CHECK ((length(phone) <= 32)),
    CONSTRAINT users_raw_app_meta_data_check CHECK ((jsonb_typeof(raw_app_meta_data) = 'object'::text)),
    CONSTRAINT users_raw_user_meta_data_check CHECK ((jsonb_typeof(raw_user_meta_data) = 'object'::text)),
    CONSTRAINT users_reauthentication_token_check CHECK ((length(reauthentication_token) <= 255)),
    CONSTRAINT users_recovery_token_check CHECK ((length(recovery_token) <= 255)),
    CONSTRAINT users_role_check CHECK ((length(role) <= 255))
);

CREATE TABLE flash.assignment_turns (
    territory_id integer NOT NULL,
    profile_id uuid NOT NULL,
    last_assigned_at timestamp with time zone NOT NULL
);

CREATE TABLE flash.enrich_queue (
    submission_id uuid NOT NULL,
    queued_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    run_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    fresh boolean DEFAULT false NOT NULL,
    CONSTRAINT enrich_queue_attempts_check CHECK ((attempts >= 0))
);

CREATE TABLE flash.enrich_waiting (
    id bigint NOT NULL,
    submission_ids uuid[] NOT NULL
);

CREATE TABLE flash.idempotency_keys (
    scope text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    request_hash text NOT NULL COLLATE pg_catalog."C",
    status smallint,
    response jsonb,
    submission_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone DEFAULT (now() + '24:00:00'::interval) NOT NULL,
    CONSTRAINT idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
    CONSTRAINT idempotency_keys_request_hash_check CHECK ((length(request_hash) <= 128)),
    CONSTRAINT idempotency_keys_scope_check CHECK ((length(scope) <= 80)),
    CONSTRAINT idempotency_keys_status_check CHECK (((status >= 100) AND (status <= 599)))
);

CREATE TABLE flash.import_mappings (
    owner_id uuid NOT NULL,
    headings text NOT NULL COLLATE pg_catalog."C",
    mapping jsonb NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT import_mappings_headings_check CHECK ((length(headings) = 32))
);

CREATE TABLE flash.import_parts (
    import_id uuid NOT NULL,
    part integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT import_parts_bytes_check CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 1048576))),
    CONSTRAINT import_parts_part_check CHECK (((part >= 0) AND (part <= 255)))
);

CREATE TABLE flash.import_rows (
    import_id uuid NOT NULL,
    line bigint NOT NULL,
    verdict text NOT NULL COLLATE pg_catalog."C",
    reason text,
    cells text[] NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    email text COLLATE pg_catalog."C",
    phone text COLLATE pg_catalog."C",
    submission_id uuid,
    before jsonb,
    after jsonb,
    state text DEFAULT 'waiting'::text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT import_rows_email_check CHECK ((length(email) <= 254)),
    CONSTRAINT import_rows_phone_check CHECK ((length(phone) <= 20)),
    CONSTRAINT import_rows_reason_check CHECK ((length(reason) <= 1000)),
    CONSTRAINT import_rows_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'written'::text, 'refused'::text, 'undone'::text, 'kept'::text]))),
    CONSTRAINT import_rows_verdict_check CHECK ((verdict = ANY (ARRAY['new'::text, 'update'::text, 'duplicate'::text, 'error'::text])))
);

CREATE TABLE flash.jobs (
    id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    key text COLLATE pg_catalog."C",
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    priority smallint DEFAULT 0 NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL COLLATE pg_catalog."C",
    run_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    max_attempts smallint DEFAULT 10 NOT NULL,
    locked_by text COLLATE pg_catalog."C",
    locked_until timestamp with time zone,
    finished_at timestamp with time zone,
    last_error text,
    progress smallint DEFAULT 0 NOT NULL,
    progress_text text DEFAULT ''::text NOT NULL,
    cancel_requested boolean DEFAULT false NOT NULL,
    result jsonb,
    CONSTRAINT jobs_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT jobs_finished CHECK (((state = ANY (ARRAY['done'::text, 'dead'::text, 'cancelled'::text])) = (finished_at IS NOT NULL))),
    CONSTRAINT jobs_key_check CHECK ((length(key) <= 200)),
    CONSTRAINT jobs_kind_check CHECK (((length(kind) >= 1) AND (length(kind) <= 60))),
    CONSTRAINT jobs_last_error_check CHECK ((length(last_error) <= 2000)),
    CONSTRAINT jobs_locked_by_check CHECK ((length(locked_by) <= 120)),
    CONSTRAINT jobs_max_attempts_check CHECK (((max_attempts >= 1) AND (max_attempts <= 100))),
    CONSTRAINT jobs_payload_check CHECK ((jsonb_typeof(payload) = 'object'::text)),
    CONSTRAINT jobs_progress_check CHECK (((progress >= 0) AND (progress <= 100))),
    CONSTRAINT jobs_progress_text_check CHECK ((length(progress_text) <= 200)),
    CONSTRAINT jobs_result CHECK (((result IS NULL) OR (state = 'done'::text))),
    CONSTRAINT jobs_result_check CHECK ((jsonb_typeof(result) = 'object'::text)),
    CONSTRAINT jobs_running CHECK (((state = 'running'::text) = ((locked_until IS NOT NULL) AND (locked_by IS NOT NULL)))),
    CONSTRAINT jobs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'dead'::text, 'cancelled'::text])))
)
WITH (fillfactor='80', autovacuum_vacuum_scale_factor='0.02');

CREATE TABLE flash.lead_facts (
    submission_id uuid NOT NULL,
    until timestamp with time zone NOT NULL,
    features jsonb NOT NULL,
    schema_version smallint DEFAULT 1 NOT NULL,
    CONSTRAINT lead_facts_features_check CHECK (((jsonb_typeof(features) = 'object'::text) AND (octet_length((features)::text) <= 32768))),
    CONSTRAINT lead_facts_schema_version_check CHECK ((schema_version > 0))
);

CREATE TABLE flash.leads_apart (
    low uuid NOT NULL,
    high uuid NOT NULL,
    actor_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT leads_apart_check CHECK ((low < high))
);

CREATE TABLE flash.legal_transition (
    from_status flash.submission_status NOT NULL,
    to_status flash.submission_status NOT NULL,
    actors text[] NOT NULL,
    CONSTRAINT legal_transition_actors_check CHECK (((cardinality(actors) > 0) AND (actors <@ '{rep,manager,admin,system,deal}'::text[]))),
    CONSTRAINT legal_transition_check CHECK (((from_status)::text <> (to_status)::text))
);

CREATE TABLE flash.meta (
    key text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT meta_key_check CHECK (((length(key) >= 1) AND (length(key) <= 80))),
    CONSTRAINT meta_value_check CHECK ((length(value) <= 4000))
);

CREATE TABLE flash.outbox (
    id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    payload jsonb NOT NULL,
    dedupe_key text COLLATE pg_catalog."C",
    run_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    locked_until timestamp with time zone,
    finished_at timestamp with time zone,
    outcome text COLLATE pg_catalog."C",
    last_error text,
    CONSTRAINT outbox_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT outbox_dedupe_key_check CHECK ((length(dedupe_key) <= 200)),
    CONSTRAINT outbox_finished CHECK (((finished_at IS NULL) = (outcome IS NULL))),
    CONSTRAINT outbox_finished_is_free CHECK (((finished_at IS NULL) OR (locked_until IS NULL))),
    CONSTRAINT outbox_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'webhook'::text, 'push'::text]))),
    CONSTRAINT outbox_last_error_check CHECK ((length(last_error) <= 2000)),
    CONSTRAINT outbox_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'failed'::text, 'skipped'::text]))),
    CONSTRAINT outbox_payload_check CHECK ((jsonb_typeof(payload) = 'object'::text))
);

CREATE TABLE flash.profile_access (
    profile_id uuid NOT NULL,
    role flash.app_role NOT NULL,
    active boolean NOT NULL,
    territory_ids integer[] NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);

CREATE TABLE flash.routing_state (
    territory_id integer NOT NULL,
    assigned_count bigint DEFAULT 0 NOT NULL
);

CREATE TABLE flash.rule_sets (
    id text NOT NULL COLLATE pg_catalog."C",
    rules jsonb NOT NULL,
    CONSTRAINT rule_sets_id_check CHECK ((id ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT rule_sets_rules_check CHECK ((jsonb_typeof(rules) = 'array'::text))
);

CREATE TABLE flash.score_queue (
    submission_id uuid NOT NULL,
    queued_at timestamp with time zone DEFAULT now() NOT NULL
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02');

CREATE TABLE flash.search_words (
    territory_id integer NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT search_words_word_check CHECK (((length(word) >= 3) AND (length(word) <= 60)))
);

CREATE TABLE flash.secrets (
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT secrets_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
    CONSTRAINT secrets_value_check CHECK ((length(value) <= 16384))
);

CREATE TABLE flash.sla_clock (
    submission_id uuid NOT NULL,
    ring_at timestamp with time zone NOT NULL,
    stage smallint DEFAULT 0 NOT NULL,
    CONSTRAINT sla_clock_stage_check CHECK (((stage >= 0) AND (stage <= 2)))
)
WITH (fillfactor='90', autovacuum_vacuum_scale_factor='0.02');

CREATE TABLE flash.source_answers (
    source text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    asked_at timestamp with time zone NOT NULL,
    answer jsonb NOT NULL,
    CONSTRAINT source_answers_answer_check CHECK ((octet_length((answer)::text) <= 32768)),
    CONSTRAINT source_answers_source_check CHECK ((length(source) <= 20)),
    CONSTRAINT source_answers_subject_check CHECK ((length(subject) <= 400))
);

CREATE TABLE flash.territory_effective (
    territory_id integer NOT NULL,
    currency flash.currency NOT NULL,
    time_zone text NOT NULL COLLATE pg_catalog."C",
    locale text NOT NULL COLLATE pg_catalog."C",
    languages text[] NOT NULL,
    phone_prefixes text[] NOT NULL,
    postal_pattern text,
    postal_areas jsonb NOT NULL,
    work_days smallint[] NOT NULL,
    work_start time without time zone NOT NULL,
    work_end time without time zone NOT NULL,
    strategy text NOT NULL,
    allow_neighbours boolean NOT NULL,
    hold_outside_hours boolean NOT NULL,
    specialist_types text[] NOT NULL,
    score_multiplier numeric(3,2) NOT NULL,
    auto_deal_score smallint NOT NULL,
    hot_sla_hours smallint NOT NULL,
    warm_sla_days smallint NOT NULL,
    cool_sla_days smallint NOT NULL,
    cold_sla_days smallint NOT NULL,
    confirm_by_email boolean NOT NULL,
    block_won_on_compliance boolean NOT NULL,
    sub_area_label text NOT NULL COLLATE pg_catalog."C",
    form_fields jsonb NOT NULL
);

CREATE TABLE flash.territory_paths (
    ancestor_id integer NOT NULL,
    descendant_id integer NOT NULL,
    depth integer NOT NULL,
    CONSTRAINT territory_paths_depth_check CHECK ((depth >= 0))
);

CREATE TABLE flash.words_waiting (
    id bigint NOT NULL,
    territory_id integer NOT NULL,
    texts text[] NOT NULL
);

CREATE TABLE public.activities (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    submission_id uuid,
    deal_id uuid,
    actor_id uuid,
    kind text NOT NULL COLLATE pg_catalog."C",
    subject text,
    body text,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    due_at timestamp with time zone,
    completed_at timestamp with time zone,
    territory_id integer NOT NULL,
    owner_id uuid,
    deleted_at timestamp with time zone,
    CONSTRAINT activities_body_check CHECK ((length(body) <= 4000)),
    CONSTRAINT activities_check CHECK (((submission_id IS NOT NULL) OR (deal_id IS NOT NULL))),
    CONSTRAINT activities_data_check CHECK (((jsonb_typeof(data) = 'object'::text) AND (octet_length((data)::text) <= 16384))),
    CONSTRAINT activities_kind_check CHECK ((kind = ANY (ARRAY['call'::text, 'email'::text, 'meeting'::text, 'visit'::text, 'message'::text, 'note'::text, 'task'::text, 'status_change'::text, 'assignment'::text, 'intake'::text, 'system'::text]))),
    CONSTRAINT activities_subject_check CHECK ((length(subject) <= 200))
)
WITH (fillfactor='95', autovacuum_vacuum_insert_scale_factor='0.02');
ALTER TABLE ONLY public.activities REPLICA IDENTITY FULL;

CREATE TABLE public.assignments (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    submission_id uuid NOT NULL,
    profile_id uuid,
    previous_profile_id uuid,
    actor_id uuid,
    source text NOT NULL COLLATE pg_catalog."C",
    rule_priority smallint,
    rule_kind text COLLATE pg_catalog."C",
    strategy text COLLATE pg_catalog."C",
    confidence real,
    reason text NOT NULL,
    candidates jsonb DEFAULT '[]'::jsonb NOT NULL,
    territory_id integer NOT NULL,
    owner_id uuid,
    deleted_at timestamp with time zone,
    inputs jsonb,
    rule_set text COLLATE pg_catalog."C",
    CONSTRAINT assignments_candidates_check CHECK ((jsonb_typeof(candidates) = 'array'::text)),
    CONSTRAINT assignments_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))),
    CONSTRAINT assignments_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000))),
    CONSTRAINT assignments_rule_kind_check CHECK ((length(rule_kind) <= 40)),
    CONSTRAINT assignments_rule_priority_check CHECK (((rule_priority >= 1) AND (rule_priority <= 999))),
    CONSTRAINT assignments_rule_set_check CHECK ((length(rule_set) = 32)),
    CONSTRAINT assignments_source_check CHECK ((source = ANY (ARRAY['rules'::text, 'take'::text, 'manual'::text, 'transfer'::text, 'escalation'::text]))),
    CONSTRAINT assignments_strategy_check CHECK ((strategy = ANY (ARRAY['least_loaded'::text, 'round_robin'::text])))
);
ALTER TABLE ONLY public.assignments REPLICA IDENTITY FULL;

CREATE TABLE public.audit_log (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    actor_id uuid,
    actor_role text NOT NULL COLLATE pg_catalog."C",
    table_name text NOT NULL COLLATE pg_catalog."C",
    row_id text NOT NULL COLLATE pg_catalog."C",
    op text NOT NULL COLLATE pg_catalog."C",
    territory_id integer,
    owner_id uuid,
    old_status text,
    new_status text,
    changed jsonb,
    CONSTRAINT audit_log_actor_role_check CHECK ((length(actor_role) <= 63)),
    CONSTRAINT audit_log_new_status_check CHECK ((length(new_status) <= 40)),
    CONSTRAINT audit_log_old_status_check CHECK ((length(old_status) <= 40)),
    CONSTRAINT audit_log_op_check CHECK ((op = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text, 'export'::text]))),
    CONSTRAINT audit_log_row_id_check CHECK ((length(row_id) <= 80)),
    CONSTRAINT audit_log_table_name_check CHECK ((length(table_name) <= 63))
);

CREATE TABLE public.bulk_items (
    change_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    actor_id uuid DEFAULT auth.uid() NOT NULL,
    action text NOT NULL COLLATE pg_catalog."C",
    before jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    undone_at timestamp with time zone,
    CONSTRAINT bulk_items_action_check CHECK ((action = ANY (ARRAY['status'::text, 'assign'::text, 'tag'::text, 'untag'::text]))),
    CONSTRAINT bulk_items_before_check CHECK ((jsonb_typeof(before) = 'object'::text))
);

CREATE TABLE public.contact_phones (
    contact_id uuid NOT NULL,
    number flash.phone NOT NULL,
    label text DEFAULT 'mobile'::text NOT NULL COLLATE pg_catalog."C",
    is_primary boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT contact_phones_label_check CHECK ((label = ANY (ARRAY['mobile'::text, 'work'::text, 'home'::text, 'whatsapp'::text, 'other'::text])))
);

CREATE TABLE public.contacts (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    territory_id integer NOT NULL,
    organization_id uuid,
    full_name text NOT NULL,
    email text COLLATE pg_catalog."C",
    preferred_language flash.language,
    consent_marketing boolean DEFAULT false NOT NULL,
    name_key text GENERATED ALWAYS AS ("left"(flash.fold(full_name), 240)) STORED NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT contacts_email_check CHECK (((length(email) >= 3) AND (length(email) <= 254))),
    CONSTRAINT contacts_full_name_check CHECK (((length(btrim(full_name)) >= 2) AND (length(btrim(full_name)) <= 120)))
);
ALTER TABLE ONLY public.contacts REPLICA IDENTITY FULL;

CREATE TABLE public.dashboard_layouts (
    user_id uuid DEFAULT auth.uid() NOT NULL,
    widgets jsonb NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT dashboard_layouts_widgets_check CHECK (((jsonb_typeof(widgets) = 'array'::text) AND (jsonb_array_length(widgets) <= 40) AND (octet_length((widgets)::text) <= 4096)))
);

CREATE TABLE public.deal_stage_history (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    deal_id uuid NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    actor_id uuid,
    from_stage flash.deal_stage,
    to_stage flash.deal_stage NOT NULL,
    outcome text COLLATE pg_catalog."C",
    reason text,
    value numeric(18,2),
    currency flash.currency NOT NULL,
    territory_id integer NOT NULL,
    owner_id uuid,
    deleted_at timestamp with time zone,
    CONSTRAINT deal_stage_history_check CHECK ((((from_stage)::text IS DISTINCT FROM (to_stage)::text) OR (outcome IS NOT NULL))),
    CONSTRAINT deal_stage_history_outcome_check CHECK ((outcome = ANY (ARRAY['won'::text, 'lost'::text]))),
    CONSTRAINT deal_stage_history_reason_check CHECK ((length(reason) <= 500))
);

CREATE TABLE public.deals (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    submission_id uuid,
    organization_id uuid,
    contact_id uuid,
    territory_id integer NOT NULL,
    owner_id uuid,
    version integer DEFAULT 1 NOT NULL,
    title text NOT NULL,
    stage flash.deal_stage DEFAULT 'new'::text NOT NULL,
    stage_changed_at timestamp with time zone DEFAULT now() NOT NULL,
    stage_reason text,
    next_contact_at timestamp with time zone,
    outcome text COLLATE pg_catalog."C",
    lost_reason text COLLATE pg_catalog."C",
    lost_note text,
    value numeric(18,2),
    currency flash.currency DEFAULT 'USD'::bpchar NOT NULL,
    rate_date date DEFAULT CURRENT_DATE NOT NULL,
    expected_close date,
    close_date date,
    probability smallint DEFAULT 5 NOT NULL,
    probability_manual boolean DEFAULT false NOT NULL,
    lead_score smallint,
    CONSTRAINT deals_closed_has_date CHECK ((((stage)::text = 'closed'::text) = (close_date IS NOT NULL))),
    CONSTRAINT deals_closed_has_outcome CHECK ((((stage)::text = 'closed'::text) = (outcome IS NOT NULL))),
    CONSTRAINT deals_lead_score_check CHECK (((lead_score >= 0) AND (lead_score <= 100))),
    CONSTRAINT deals_lost_has_reason CHECK (((NOT (outcome IS DISTINCT FROM 'lost'::text)) = (lost_reason IS NOT NULL))),
    CONSTRAINT deals_lost_note_check CHECK ((length(lost_note) <= 500)),
    CONSTRAINT deals_lost_reason_check CHECK ((lost_reason = ANY (ARRAY['price'::text, 'competitor'::text, 'no_decision'::text, 'no_budget'::text, 'timing'::text, 'product_gap'::text, 'regulatory'::text, 'other'::text]))),
    CONSTRAINT deals_other_has_note CHECK (((lost_reason IS DISTINCT FROM 'other'::text) OR (COALESCE(length(btrim(lost_note)), 0) > 0))),
    CONSTRAINT deals_outcome_check CHECK ((outcome = ANY (ARRAY['won'::text, 'lost'::text]))),
    CONSTRAINT deals_probability_check CHECK (((probability >= 0) AND (probability <= 100))),
    CONSTRAINT deals_stage_reason_check CHECK ((length(stage_reason) <= 500)),
    CONSTRAINT deals_title_check CHECK (((length(btrim(title)) >= 1) AND (length(btrim(title)) <= 160))),
    CONSTRAINT deals_value_check CHECK ((value >= (0)::numeric)),
    CONSTRAINT deals_won_has_value CHECK (((outcome IS DISTINCT FROM 'won'::text) OR (COALESCE(value, (0)::numeric) > (0)::numeric)))
)
WITH (fillfactor='85', autovacuum_vacuum_scale_factor='0.02', autovacuum_analyze_scale_factor='0.02');
ALTER TABLE ONLY public.deals ALTER COLUMN territory_id SET STATISTICS 300;
ALTER TABLE ONLY public.deals REPLICA IDENTITY FULL;

CREATE TABLE public.exchange_rates (
    currency flash.currency NOT NULL,
    rate_date date NOT NULL,
    usd numeric(18,8) NOT NULL,
    fixed boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT exchange_rates_usd_check CHECK ((usd > (0)::numeric))
);

CREATE TABLE public.fact_sources (
    source text NOT NULL COLLATE pg_catalog."C",
    place smallint NOT NULL,
    active boolean NOT NULL,
    reason text COLLATE pg_catalog."C",
    told_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT fact_sources_off CHECK ((active = (reason IS NULL))),
    CONSTRAINT fact_sources_reason_check CHECK ((length(reason) <= 60)),
    CONSTRAINT fact_sources_source_check CHECK ((length(source) <= 20))
);

CREATE TABLE public.feature_registry (
    name text NOT NULL COLLATE pg_catalog."C",
    label text DEFAULT ''::text NOT NULL,
    available text DEFAULT 'create'::text NOT NULL COLLATE pg_catalog."C",
    category boolean DEFAULT false NOT NULL,
    actionable boolean DEFAULT false NOT NULL,
    protected boolean DEFAULT false NOT NULL,
    vouched boolean DEFAULT false NOT NULL,
    monotone smallint DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT feature_registry_available_check CHECK ((available = ANY (ARRAY['create'::text, 'first_contact'::text, 'never'::text]))),
    CONSTRAINT feature_registry_label_check CHECK ((length(label) <= 100)),
    CONSTRAINT feature_registry_monotone_check CHECK (((monotone >= '-1'::integer) AND (monotone <= 1))),
    CONSTRAINT feature_registry_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

CREATE TABLE public.imports (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    owner_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    file_name text NOT NULL,
    bytes bigint NOT NULL,
    state text DEFAULT 'sending'::text NOT NULL COLLATE pg_catalog."C",
    reason text,
    encoding text,
    separator text,
    header text[] DEFAULT '{}'::text[] NOT NULL,
    sample jsonb DEFAULT '[]'::jsonb NOT NULL,
    mapping jsonb DEFAULT '{}'::jsonb NOT NULL,
    odd_bytes bigint DEFAULT 0 NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    fresh integer DEFAULT 0 NOT NULL,
    updates integer DEFAULT 0 NOT NULL,
    duplicates integer DEFAULT 0 NOT NULL,
    errors integer DEFAULT 0 NOT NULL,
    written integer DEFAULT 0 NOT NULL,
    refused integer DEFAULT 0 NOT NULL,
    progress smallint DEFAULT 0 NOT NULL,
    cancel_requested boolean DEFAULT false NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT imports_bytes_check CHECK (((bytes >= 1) AND (bytes <= 67108864))),
    CONSTRAINT imports_encoding_check CHECK ((length(encoding) <= 20)),
    CONSTRAINT imports_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200))),
    CONSTRAINT imports_header_check CHECK ((cardinality(header) <= 200)),
    CONSTRAINT imports_mapping_check CHECK (((jsonb_typeof(mapping) = 'object'::text) AND (octet_length((mapping)::text) <= 16384))),
    CONSTRAINT imports_progress_check CHECK (((progress >= 0) AND (progress <= 100))),
    CONSTRAINT imports_reason_check CHECK ((length(reason) <= 400)),
    CONSTRAINT imports_sample_check CHECK ((octet_length((sample)::text) <= 262144)),
    CONSTRAINT imports_separator_check CHECK ((length(separator) = 1)),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['sending'::text, 'checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'undoing'::text, 'undone'::text, 'cancelled'::text, 'failed'::text])))
);

CREATE TABLE public.lead_findings (
    submission_id uuid NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C",
    facts jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT lead_findings_facts_check CHECK (((jsonb_typeof(facts) = 'array'::text) AND (octet_length((facts)::text) <= 16384))),
    CONSTRAINT lead_findings_failed CHECK (((state <> 'failed'::text) OR (reason IS NOT NULL))),
    CONSTRAINT lead_findings_found CHECK (((state = 'found'::text) = (facts <> '[]'::jsonb))),
    CONSTRAINT lead_findings_reason_check CHECK ((length(reason) <= 60)),
    CONSTRAINT lead_findings_source_check CHECK ((source = ANY (ARRAY['phone'::text, 'mail'::text, 'places'::text, 'company'::text]))),
    CONSTRAINT lead_findings_state_check CHECK ((state = ANY (ARRAY['found'::text, 'nothing'::text, 'failed'::text]))),
    CONSTRAINT lead_findings_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 400)))
);
ALTER TABLE ONLY public.lead_findings REPLICA IDENTITY FULL;

CREATE TABLE public.lead_merges (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    kept_id uuid NOT NULL,
    other_id uuid NOT NULL,
    actor_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    taken text[] DEFAULT '{}'::text[] NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    other_before jsonb NOT NULL,
    moved jsonb NOT NULL,
    undone_at timestamp with time zone,
    undone_by uuid,
    CONSTRAINT lead_merges_after_check CHECK ((jsonb_typeof(after) = 'object'::text)),
    CONSTRAINT lead_merges_before_check CHECK ((jsonb_typeof(before) = 'object'::text)),
    CONSTRAINT lead_merges_check CHECK ((kept_id <> other_id)),
    CONSTRAINT lead_merges_moved_check CHECK ((jsonb_typeof(moved) = 'object'::text)),
    CONSTRAINT lead_merges_other_before_check CHECK ((jsonb_typeof(other_before) = 'object'::text))
);

CREATE TABLE public.lead_scores (
    submission_id uuid NOT NULL,
    model_id uuid NOT NULL,
    scored_at timestamp with time zone DEFAULT now() NOT NULL,
    score smallint NOT NULL,
    probability real NOT NULL,
    low real NOT NULL,
    high real NOT NULL,
    badge text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT lead_scores_badge_check CHECK ((badge = ANY (ARRAY['likely'::text, 'unlikely'::text, 'undecided'::text]))),
    CONSTRAINT lead_scores_check CHECK ((low <= high)),
    CONSTRAINT lead_scores_high_check CHECK (((high >= (0)::double precision) AND (high <= (1)::double precision))),
    CONSTRAINT lead_scores_low_check CHECK (((low >= (0)::double precision) AND (low <= (1)::double precision))),
    CONSTRAINT lead_scores_probability_check CHECK (((probability >= (0)::double precision) AND (probability <= (1)::double precision))),
    CONSTRAINT lead_scores_score_check CHECK (((score >= 0) AND (score <= 100)))
)
WITH (fillfactor='85');
ALTER TABLE ONLY public.lead_scores REPLICA IDENTITY FULL;

CREATE TABLE public.model_drift (
    model_id uuid NOT NULL,
    day date NOT NULL,
    field text NOT NULL COLLATE pg_catalog."C",
    psi real NOT NULL,
    leads integer NOT NULL,
    CONSTRAINT model_drift_field_check CHECK (((length(field) >= 1) AND (length(field) <= 100))),
    CONSTRAINT model_drift_leads_check CHECK ((leads >= 0)),
    CONSTRAINT model_drift_psi_check CHECK ((psi >= (0)::double precision))
);

CREATE TABLE public.models (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    status text NOT NULL COLLATE pg_catalog."C",
    stage text COLLATE pg_catalog."C",
    sha256 text COLLATE pg_catalog."C",
    model bytea,
    seed bigint NOT NULL,
    leads integer NOT NULL,
    won integer NOT NULL,
    leads_from timestamp with time zone,
    leads_to timestamp with time zone,
    code text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL,
    report jsonb NOT NULL,
    promoted_at timestamp with time zone,
    promoted_by uuid,
    CONSTRAINT models_check CHECK (((won >= 0) AND (won <= leads))),
    CONSTRAINT models_code_check CHECK ((length(code) <= 40)),
    CONSTRAINT models_file_has_hash CHECK ((((model IS NULL) = (sha256 IS NULL)) AND ((model IS NULL) = (stage IS NULL)))),
    CONSTRAINT models_leads_check CHECK ((leads >= 0)),
    CONSTRAINT models_model_check CHECK ((octet_length(model) <= 67108864)),
    CONSTRAINT models_reason_check CHECK ((length(reason) <= 1000)),
    CONSTRAINT models_refused_has_no_file CHECK (((status = 'refused'::text) = (model IS NULL))),
    CONSTRAINT models_report_check CHECK ((jsonb_typeof(report) = 'object'::text)),
    CONSTRAINT models_served CHECK (((status = ANY (ARRAY['champion'::text, 'retired'::text])) = (promoted_at IS NOT NULL))),
    CONSTRAINT models_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT models_stage_check CHECK ((stage = ANY (ARRAY['lr'::text, 'stack'::text]))),
    CONSTRAINT models_status_check CHECK ((status = ANY (ARRAY['champion'::text, 'retired'::text, 'rejected'::text, 'refused'::text])))
);

CREATE TABLE public.notification_prefs (
    user_id uuid NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    in_app boolean DEFAULT true NOT NULL,
    email boolean DEFAULT true NOT NULL,
    push boolean DEFAULT false NOT NULL,
    quiet_from time without time zone,
    quiet_to time without time zone,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT notification_prefs_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
    CONSTRAINT notification_prefs_type_check CHECK (((length(type) >= 1) AND (length(type) <= 60)))
);

CREATE TABLE public.notifications (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    title_key text NOT NULL COLLATE pg_catalog."C",
    params jsonb DEFAULT '{}'::jsonb NOT NULL,
    entity_type text COLLATE pg_catalog."C",
    entity_id uuid,
    priority text DEFAULT 'normal'::text NOT NULL COLLATE pg_catalog."C",
    read_at timestamp with time zone,
    dedupe_key text COLLATE pg_catalog."C",
    count integer DEFAULT 1 NOT NULL,
    CONSTRAINT notifications_check CHECK (((entity_type IS NULL) = (entity_id IS NULL))),
    CONSTRAINT notifications_count_check CHECK ((count >= 1)),
    CONSTRAINT notifications_dedupe_key_check CHECK ((length(dedupe_key) <= 200)),
    CONSTRAINT notifications_entity_type_check CHECK ((entity_type = ANY (ARRAY['submission'::text, 'deal'::text, 'import'::text, 'profile'::text]))),
    CONSTRAINT notifications_params_check CHECK (((jsonb_typeof(params) = 'object'::text) AND (octet_length((params)::text) <= 8192))),
    CONSTRAINT notifications_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text]))),
    CONSTRAINT notifications_title_key_check CHECK (((length(title_key) >= 1) AND (length(title_key) <= 120))),
    CONSTRAINT notifications_type_check CHECK (((length(type) >= 1) AND (length(type) <= 60)))
);
ALTER TABLE ONLY public.notifications REPLICA IDENTITY FULL;

CREATE TABLE public.organizations (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    territory_id integer NOT NULL,
    country character(2) NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL COLLATE pg_catalog."C",
    business_type flash.business_type,
    website text,
    CONSTRAINT organizations_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT organizations_name_check CHECK (((length(btrim(name)) >= 2) AND (length(btrim(name)) <= 120))),
    CONSTRAINT organizations_name_key_check CHECK ((length(name_key) <= 240)),
    CONSTRAINT organizations_website_check CHECK ((length(website) <= 254))
);
ALTER TABLE ONLY public.organizations REPLICA IDENTITY FULL;

CREATE TABLE public.profile_absences (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    profile_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    note text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT profile_absences_check CHECK ((starts_at < ends_at)),
    CONSTRAINT profile_absences_note_check CHECK ((length(note) <= 200))
);

CREATE TABLE public.profile_territories (
    profile_id uuid NOT NULL,
    territory_id integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.profiles (
    id uuid NOT NULL,
    email text NOT NULL,
    full_name text NOT NULL,
    role flash.app_role NOT NULL,
    active boolean DEFAULT true NOT NULL,
    capacity smallint DEFAULT 20 NOT NULL,
    specialities text[] DEFAULT '{}'::text[] NOT NULL,
    languages text[] DEFAULT '{en}'::text[] NOT NULL,
    time_zone text DEFAULT 'America/Jamaica'::text NOT NULL COLLATE pg_catalog."C",
    work_days smallint[],
    work_start time without time zone,
    work_end time without time zone,
    last_assigned_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT profiles_capacity_check CHECK (((capacity >= 0) AND (capacity <= 1000))),
    CONSTRAINT profiles_check CHECK ((work_start < work_end)),
    CONSTRAINT profiles_email_check CHECK (((length(email) >= 3) AND (length(email) <= 254))),
    CONSTRAINT profiles_full_name_check CHECK (((length(btrim(full_name)) >= 1) AND (length(btrim(full_name)) <= 120))),
    CONSTRAINT profiles_languages_check CHECK ((languages <@ '{en,nl,es,fr,pap}'::text[])),
    CONSTRAINT profiles_specialities_check CHECK ((specialities <@ '{restaurant,retail,hospitality,healthcare,automotive,other}'::text[])),
    CONSTRAINT profiles_time_zone_check CHECK ((length(time_zone) <= 64)),
    CONSTRAINT profiles_work_days_check CHECK ((work_days <@ '{1,2,3,4,5,6,7}'::smallint[]))
);

CREATE TABLE public.recommendation_states (
    submission_id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    until timestamp with time zone,
    decided_by uuid,
    decided_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT recommendation_states_key_check CHECK (((length(key) >= 1) AND (length(key) <= 100))),
    CONSTRAINT recommendation_states_state_check CHECK ((state = ANY (ARRAY['done'::text, 'snoozed'::text, 'dismissed'::text]))),
    CONSTRAINT recommendation_states_until CHECK (((state = 'snoozed'::text) = (until IS NOT NULL)))
);
ALTER TABLE ONLY public.recommendation_states REPLICA IDENTITY FULL;

CREATE TABLE public.routing_rules (
    id integer NOT NULL,
    territory_id integer,
    priority smallint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    params jsonb DEFAULT '{}'::jsonb NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    condition jsonb,
    CONSTRAINT routing_rules_condition_check CHECK (((jsonb_typeof(condition) = ANY (ARRAY['object'::text, 'boolean'::text])) AND (octet_length((condition)::text) <= 16384))),
    CONSTRAINT routing_rules_kind_check CHECK ((kind = ANY (ARRAY['returning_customer'::text, 'high_value'::text, 'specialist'::text, 'territory'::text, 'neighbours'::text, 'parent'::text, 'reps'::text, 'queue'::text]))),
    CONSTRAINT routing_rules_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
    CONSTRAINT routing_rules_params_check CHECK ((jsonb_typeof(params) = 'object'::text)),
    CONSTRAINT routing_rules_params_check1 CHECK ((octet_length((params)::text) <= 8192)),
    CONSTRAINT routing_rules_priority_check CHECK (((priority >= 1) AND (priority <= 999)))
);
ALTER TABLE ONLY public.routing_rules REPLICA IDENTITY FULL;

CREATE TABLE public.saved_view_marks (
    user_id uuid DEFAULT auth.uid() NOT NULL,
    view_id uuid NOT NULL,
    pinned boolean DEFAULT false NOT NULL,
    is_default boolean DEFAULT false NOT NULL
);

CREATE TABLE public.saved_views (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    owner_id uuid DEFAULT auth.uid() NOT NULL,
    territory_id integer,
    screen text DEFAULT 'leads'::text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    query text DEFAULT ''::text NOT NULL,
    columns jsonb DEFAULT '[]'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT saved_views_columns_check CHECK (((jsonb_typeof(columns) = 'array'::text) AND (octet_length((columns)::text) <= 4096))),
    CONSTRAINT saved_views_name_check CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 60))),
    CONSTRAINT saved_views_query_check CHECK ((length(query) <= 4000)),
    CONSTRAINT saved_views_screen_check CHECK ((screen = ANY (ARRAY['leads'::text, 'deals'::text])))
);

CREATE TABLE public.score_history (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    submission_id uuid NOT NULL,
    score smallint NOT NULL,
    previous_score smallint,
    band text NOT NULL COLLATE pg_catalog."C",
    model text NOT NULL COLLATE pg_catalog."C",
    factors jsonb NOT NULL,
    adjustment smallint NOT NULL,
    territory_id integer NOT NULL,
    owner_id uuid,
    deleted_at timestamp with time zone,
    CONSTRAINT score_history_adjustment_check CHECK (((adjustment >= '-100'::integer) AND (adjustment <= 100))),
    CONSTRAINT score_history_band_check CHECK ((band = ANY (ARRAY['hot'::text, 'warm'::text, 'cool'::text, 'cold'::text]))),
    CONSTRAINT score_history_factors_check CHECK ((jsonb_typeof(factors) = 'array'::text)),
    CONSTRAINT score_history_model_check CHECK ((length(model) <= 40)),
    CONSTRAINT score_history_previous_score_check CHECK (((previous_score >= 0) AND (previous_score <= 100))),
    CONSTRAINT score_history_score_check CHECK (((score >= 0) AND (score <= 100)))
);
ALTER TABLE ONLY public.score_history REPLICA IDENTITY FULL;

CREATE TABLE public.submission_phones (
    submission_id uuid NOT NULL,
    number flash.phone NOT NULL,
    label text DEFAULT 'mobile'::text NOT NULL COLLATE pg_catalog."C",
    is_primary boolean DEFAULT false NOT NULL,
    CONSTRAINT submission_phones_label_check CHECK ((label = ANY (ARRAY['mobile'::text, 'work'::text, 'home'::text, 'whatsapp'::text, 'other'::text])))
);

CREATE TABLE public.submissions (
    id uuid DEFAULT flash.uuid7() NOT NULL,
    reference text DEFAULT flash.new_reference() NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    last_activity_at timestamp with time zone,
    territory_id integer NOT NULL,
    owner_id uuid,
    version integer DEFAULT 1 NOT NULL,
    status flash.submission_status DEFAULT 'new'::text NOT NULL,
    status_reason text,
    status_changed_at timestamp with time zone DEFAULT now() NOT NULL,
    previous_status flash.submission_status,
    next_contact_at timestamp with time zone,
    first_response_due_at timestamp with time zone,
    first_response_at timestamp with time zone,
    lead_score smallint,
    basic_score smallint,
    score_band text COLLATE pg_catalog."C",
    score_model text COLLATE pg_catalog."C",
    score_factors jsonb,
    score_adjustment smallint,
    completeness real,
    confidence real,
    scored_at timestamp with time zone,
    business_name text NOT NULL,
    business_key text NOT NULL COLLATE pg_catalog."C",
    owner_name text NOT NULL,
    email text COLLATE pg_catalog."C",
    phone flash.phone,
    country character(2) NOT NULL,
    sub_area_id integer,
    postal_code text,
    address text,
    business_type flash.business_type NOT NULL,
    monthly_revenue_band text COLLATE pg_catalog."C",
    employee_band text COLLATE pg_catalog."C",
    monthly_transactions integer,
    average_ticket numeric(18,2),
    currency flash.currency,
    year_established integer,
    pain_points text[] DEFAULT '{}'::text[] NOT NULL,
    current_processor text,
    interest_level smallint NOT NULL,
    decision_makers text[] DEFAULT '{}'::text[] NOT NULL,
    specific_needs text,
    package_seen boolean DEFAULT false NOT NULL,
    signed_up boolean DEFAULT false NOT NULL,
    preferred_language flash.language,
    consent_contact boolean DEFAULT false NOT NULL,
    consent_at timestamp with time zone,
    consent_version text,
    consent_marketing boolean DEFAULT false NOT NULL,
    stated_value numeric(18,2),
    form_data jsonb DEFAULT '{}'::jsonb NOT NULL,
    channel text DEFAULT 'sql'::text NOT NULL COLLATE pg_catalog."C",
    duplicate_of uuid,
    previous_id uuid,
    previous_customer boolean DEFAULT false NOT NULL,
    flags text[] DEFAULT '{}'::text[] NOT NULL,
    territory_source text COLLATE pg_catalog."C",
    territory_confidence real,
    contact_id uuid,
    organization_id uuid,
    processed_at timestamp with time zone,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT submissions_address_check CHECK ((length(address) <= 300)),
    CONSTRAINT submissions_average_ticket_check CHECK ((average_ticket >= (0)::numeric)),
    CONSTRAINT submissions_band CHECK (((score_band IS NULL) OR (score_band =
CASE
    WHEN (lead_score >= 80) THEN 'hot'::text
    WHEN (lead_score >= 60) THEN 'warm'::text
    WHEN (lead_score >= 40) THEN 'cool'::text
    ELSE 'cold'::text
END))),
    CONSTRAINT submissions_basic_score_check CHECK (((basic_score >= 0) AND (basic_score <= 100))),
    CONSTRAINT submissions_business_key_check CHECK (((length(business_key) >= 1) AND (length(business_key) <= 240))),
    CONSTRAINT submissions_business_name_check CHECK (((length(btrim(business_name)) >= 2) AND (length(btrim(business_name)) <= 120))),
    CONSTRAINT submissions_channel_check CHECK ((channel = ANY (ARRAY['public_form'::text, 'rep_form'::text, 'import'::text, 'api'::text, 'sql'::text]))),
    CONSTRAINT submissions_completeness_check CHECK (((completeness >= (0)::double precision) AND (completeness <= (1)::double precision))),
    CONSTRAINT submissions_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))),
    CONSTRAINT submissions_consent CHECK (((NOT consent_contact) OR (consent_at IS NOT NULL))),
    CONSTRAINT submissions_consent_version_check CHECK ((length(consent_version) <= 40)),
    CONSTRAINT submissions_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT submissions_current_processor_check CHECK ((length(current_processor) <= 80)),
    CONSTRAINT submissions_decision_makers_check CHECK ((cardinality(decision_makers) <= 10)),
    CONSTRAINT submissions_disqualified_reason CHECK ((((status)::text <> 'disqualified'::text) OR ((status_reason IS NOT NULL) AND (status_reason ~ '^(no_need|no_budget|wrong_territory|unreachable|competitor|duplicate|spam|deal_lost|other: .+)$'::text)))),
    CONSTRAINT submissions_duplicate CHECK ((duplicate_of IS DISTINCT FROM id)),
    CONSTRAINT submissions_email_check CHECK (((length(email) >= 3) AND (length(email) <= 254))),
    CONSTRAINT submissions_employee_band_check CHECK ((employee_band = ANY (ARRAY['1-5'::text, '6-20'::text, '21-50'::text, '51-100'::text, '100+'::text]))),
    CONSTRAINT submissions_flags_check CHECK ((cardinality(flags) <= 16)),
    CONSTRAINT submissions_form_data_check CHECK (((jsonb_typeof(form_data) = 'object'::text) AND (octet_length((form_data)::text) <= 16384))),
    CONSTRAINT submissions_interest_level_check CHECK (((interest_level >= 1) AND (interest_level <= 10))),
    CONSTRAINT submissions_lead_score_check CHECK (((lead_score >= 0) AND (lead_score <= 100))),
    CONSTRAINT submissions_monthly_revenue_band_check CHECK ((monthly_revenue_band = ANY (ARRAY['0-10k'::text, '10k-50k'::text, '50k-100k'::text, '100k-250k'::text, '250k+'::text]))),
    CONSTRAINT submissions_monthly_transactions_check CHECK (((monthly_transactions >= 0) AND (monthly_transactions <= 10000000))),
    CONSTRAINT submissions_owner_name_check CHECK (((length(btrim(owner_name)) >= 2) AND (length(btrim(owner_name)) <= 120))),
    CONSTRAINT submissions_pain_points_check CHECK ((pain_points <@ '{high_fees,slow_processing,international_payments,poor_support,security_concerns,reporting,integration,equipment}'::text[])),
    CONSTRAINT submissions_postal_code_check CHECK ((length(postal_code) <= 20)),
    CONSTRAINT submissions_reachable CHECK (((email IS NOT NULL) OR (phone IS NOT NULL))),
    CONSTRAINT submissions_reference_check CHECK ((reference ~ '^FL-[0-9A-Z]{6,8}$'::text)),
    CONSTRAINT submissions_score_adjustment_check CHECK (((score_adjustment >= '-100'::integer) AND (score_adjustment <= 100))),
    CONSTRAINT submissions_score_band_check CHECK ((score_band = ANY (ARRAY['hot'::text, 'warm'::text, 'cool'::text, 'cold'::text]))),
    CONSTRAINT submissions_score_factors_check CHECK ((jsonb_typeof(score_factors) = 'array'::text)),
    CONSTRAINT submissions_score_model_check CHECK ((length(score_model) <= 40)),
    CONSTRAINT submissions_scored CHECK ((((lead_score IS NULL) = (scored_at IS NULL)) AND ((lead_score IS NULL) = (score_band IS NULL)))),
    CONSTRAINT submissions_specific_needs_check CHECK ((length(specific_needs) <= 2000)),
    CONSTRAINT submissions_stated_value_check CHECK ((stated_value >= (0)::numeric)),
    CONSTRAINT submissions_status_reason_check CHECK ((length(status_reason) <= 200)),
    CONSTRAINT submissions_tags_check CHECK (flash.are_tags(tags)),
    CONSTRAINT submissions_territory_confidence_check CHECK (((territory_confidence >= (0)::double precision) AND (territory_confidence <= (1)::double precision))),
    CONSTRAINT submissions_territory_source_check CHECK ((territory_source = ANY (ARRAY['stated'::text, 'postal_code'::text, 'phone'::text, 'address'::text, 'none'::text, 'manual'::text]))),
    CONSTRAINT submissions_year_established_check CHECK (((year_established >= 1800) AND (year_established <= 2200)))
)
WITH (fillfactor='90', autovacuum_vacuum_scale_factor='0.02', autovacuum_analyze_scale_factor='0.02', autovacuum_vacuum_insert_scale_factor='0.05');
ALTER TABLE ONLY public.submissions ALTER COLUMN territory_id SET STATISTICS 300;
ALTER TABLE ONLY public.submissions REPLICA IDENTITY FULL;

CREATE TABLE public.taken_findings (
    submission_id uuid NOT NULL,
    field text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    taken_at timestamp with time zone DEFAULT now() NOT NULL,
    actor_id uuid,
    before jsonb NOT NULL,
    value jsonb NOT NULL,
    CONSTRAINT taken_findings_before_check CHECK ((octet_length((before)::text) <= 4096)),
    CONSTRAINT taken_findings_field_check CHECK (((length(field) >= 1) AND (length(field) <= 60))),
    CONSTRAINT taken_findings_name_check CHECK ((length(name) <= 60)),
    CONSTRAINT taken_findings_source_check CHECK ((length(source) <= 20)),
    CONSTRAINT taken_findings_value_check CHECK ((octet_length((value)::text) <= 4096))
);

CREATE TABLE public.territories (
    id integer NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    parent_id integer,
    country character(2),
    published boolean DEFAULT false NOT NULL,
    sort_order integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT territories_check CHECK (((kind = 'root'::text) = (parent_id IS NULL))),
    CONSTRAINT territories_check1 CHECK (((kind = 'root'::text) = (country IS NULL))),
    CONSTRAINT territories_check2 CHECK ((parent_id IS DISTINCT FROM id)),
    CONSTRAINT territories_code_check CHECK ((code ~ '^[A-Z]{2,8}(-[A-Z0-9]{1,8})*$'::text)),
    CONSTRAINT territories_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT territories_kind_check CHECK ((kind = ANY (ARRAY['root'::text, 'country'::text, 'region'::text, 'area'::text]))),
    CONSTRAINT territories_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);

CREATE TABLE public.territory_aliases (
    id integer NOT NULL,
    territory_id integer NOT NULL,
    alias text NOT NULL,
    alias_key text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT territory_aliases_alias_check CHECK (((length(alias) >= 2) AND (length(alias) <= 80))),
    CONSTRAINT territory_aliases_alias_key_check CHECK (((length(alias_key) >= 1) AND (length(alias_key) <= 160)))
);

CREATE TABLE public.territory_neighbours (
    territory_id integer NOT NULL,
    neighbour_id integer NOT NULL,
    CONSTRAINT territory_neighbours_check CHECK ((territory_id <> neighbour_id))
);

CREATE TABLE public.territory_settings (
    territory_id integer NOT NULL,
    currency flash.currency,
    time_zone text COLLATE pg_catalog."C",
    locale text COLLATE pg_catalog."C",
    languages text[],
    phone_prefixes text[],
    postal_pattern text,
    postal_areas jsonb,
    work_days smallint[],
    work_start time without time zone,
    work_end time without time zone,
    strategy text,
    allow_neighbours boolean,
    hold_outside_hours boolean,
    specialist_types text[],
    score_multiplier numeric(3,2),
    auto_deal_score smallint,
    hot_sla_hours smallint,
    warm_sla_days smallint,
    cool_sla_days smallint,
    cold_sla_days smallint,
    confirm_by_email boolean,
    block_won_on_compliance boolean,
    sub_area_label text COLLATE pg_catalog."C",
    form_fields jsonb,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT territory_settings_auto_deal_score_check CHECK (((auto_deal_score >= 0) AND (auto_deal_score <= 101))),
    CONSTRAINT territory_settings_check CHECK ((work_start < work_end)),
    CONSTRAINT territory_settings_cold_sla_days_check CHECK (((cold_sla_days >= 1) AND (cold_sla_days <= 60))),
    CONSTRAINT territory_settings_cool_sla_days_check CHECK (((cool_sla_days >= 1) AND (cool_sla_days <= 60))),
    CONSTRAINT territory_settings_form_fields_check CHECK ((jsonb_typeof(form_fields) = 'array'::text)),
    CONSTRAINT territory_settings_hot_sla_hours_check CHECK (((hot_sla_hours >= 1) AND (hot_sla_hours <= 240))),
    CONSTRAINT territory_settings_languages_check CHECK (((cardinality(languages) >= 1) AND (cardinality(languages) <= 8))),
    CONSTRAINT territory_settings_locale_check CHECK ((length(locale) <= 35)),
    CONSTRAINT territory_settings_phone_prefixes_check CHECK ((cardinality(phone_prefixes) <= 12)),
    CONSTRAINT territory_settings_postal_areas_check CHECK ((jsonb_typeof(postal_areas) = 'object'::text)),
    CONSTRAINT territory_settings_postal_pattern_check CHECK ((length(postal_pattern) <= 120)),
    CONSTRAINT territory_settings_score_multiplier_check CHECK (((score_multiplier >= 0.80) AND (score_multiplier <= 1.20))),
    CONSTRAINT territory_settings_strategy_check CHECK ((strategy = ANY (ARRAY['least_loaded'::text, 'round_robin'::text]))),
    CONSTRAINT territory_settings_sub_area_label_check CHECK ((sub_area_label = ANY (ARRAY['parish'::text, 'district'::text, 'area'::text]))),
    CONSTRAINT territory_settings_time_zone_check CHECK ((length(time_zone) <= 64)),
    CONSTRAINT territory_settings_warm_sla_days_check CHECK (((warm_sla_days >= 1) AND (warm_sla_days <= 60))),
    CONSTRAINT territory_settings_work_days_check CHECK ((work_days <@ '{1,2,3,4,5,6,7}'::smallint[]))
);

CREATE VIEW auth.people WITH (security_invoker='true') AS
 SELECT u.id,
    COALESCE(u.email, ''::text) AS email,
    COALESCE(u.phone, ''::text) AS phone,
    m.app_metadata,
    u.raw_user_meta_data AS user_metadata,
    u.is_anonymous,
    (jsonb_strip_nulls(jsonb_build_object('id', u.id, 'aud', 'authenticated', 'role', 'authenticated', 'email', COALESCE(u.email, ''::text), 'email_confirmed_at', u.email_confirmed_at, 'phone', COALESCE(u.phone, ''::text), 'phone_confirmed_at', u.phone_confirmed_at, 'invited_at', u.invited_at, 'confirmation_sent_at', u.confirmation_sent_at, 'confirmed_at', u.confirmed_at, 'recovery_sent_at', u.recovery_sent_at, 'new_email', NULLIF(u.email_change, ''::text), 'email_change_sent_at', u.email_change_sent_at, 'new_phone', NULLIF(u.phone_change, ''::text), 'phone_change_sent_at', u.phone_change_sent_at, 'reauthentication_sent_at', u.reauthentication_sent_at, 'last_sign_in_at', u.last_sign_in_at, 'created_at', u.created_at, 'updated_at', u.updated_at, 'banned_until', u.banned_until, 'deleted_at', u.deleted_at, 'is_anonymous', u.is_anonymous)) || jsonb_build_object('app_metadata', m.app_metadata, 'user_metadata', u.raw_user_meta_data, 'identities', COALESCE(( SELECT jsonb_agg(jsonb_build_object('identity_id', i.id, 'id', i.provider_id, 'user_id', i.user_id, 'identity_data', i.identity_data, 'provider', i.provider, 'last_sign_in_at', i.last_sign_in_at, 'created_at', i.created_at, 'updated_at', i.updated_at, 'email', i.email) ORDER BY i.created_at, i.id) AS jsonb_agg
           FROM auth.identities i
          WHERE (i.user_id = u.id)), '[]'::jsonb))) AS document,
    ((u.deleted_at IS NULL) AND ((u.banned_until IS NULL) OR (u.banned_until <= now())) AND COALESCE(p.active, true)) AS allowed
   FROM ((auth.users u
     LEFT JOIN public.profiles p ON ((p.id = u.id)))
     CROSS JOIN LATERAL ( SELECT ((jsonb_build_object('provider', 'email', 'providers', '["email"]'::jsonb) || (u.raw_app_meta_data - 'role'::text)) ||
                CASE
                    WHEN p.active THEN jsonb_build_object('role', p.role)
                    ELSE '{}'::jsonb
                END) AS app_metadata) m);

CREATE VIEW public.deal_cards WITH (security_invoker='true') AS
 SELECT d.id,
    d.version,
    d.created_at,
    d.updated_at,
    d.deleted_at,
    d.submission_id,
    d.territory_id,
    d.owner_id,
    d.title,
    d.stage,
    d.outcome,
    d.stage_changed_at,
    d.value,
    d.currency,
    d.rate_date,
    d.probability,
    d.probability_manual,
    d.expected_close,
    d.close_date,
    d.lost_reason,
    d.lost_note,
    d.next_contact_at,
    d.lead_score,
    s.business_name,
    s.first_response_due_at,
    s.first_response_at,
    GREATEST(d.stage_changed_at, s.last_activity_at) AS touched_at,
    n.subject AS next_step,
    n.due_at AS next_due_at
   FROM ((public.deals d
     LEFT JOIN public.submissions s ON ((s.id = d.submission_id)))
     LEFT JOIN LATERAL ( SELECT a.subject,
            a.due_at
           FROM public.activities a
          WHERE ((a.submission_id = d.submission_id) AND (a.kind = 'task'::text) AND (a.completed_at IS NULL) AND (a.deleted_at IS NULL))
          ORDER BY a.due_at, a.id
         LIMIT 1) n ON (true));

ALTER TABLE auth.refresh_tokens ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME auth.refresh_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE flash.enrich_waiting ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME flash.enrich_waiting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE flash.jobs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME flash.jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE flash.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME flash.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE flash.words_waiting ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME flash.words_waiting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.audit_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.routing_rules ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.routing_rules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.territories ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.territories_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.territory_aliases ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.territory_aliases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

GRANT USAGE ON SCHEMA auth TO anon;
GRANT USAGE ON SCHEMA auth TO authenticated;
GRANT USAGE ON SCHEMA auth TO flash_auth;
GRANT USAGE ON SCHEMA auth TO flash_intake;
GRANT USAGE ON SCHEMA auth TO flash_worker;
GRANT USAGE ON SCHEMA auth TO service_role;

GRANT USAGE ON SCHEMA flash TO anon;
GRANT USAGE ON SCHEMA flash TO authenticated;
GRANT USAGE ON SCHEMA flash TO flash_auth;
GRANT USAGE ON SCHEMA flash TO flash_intake;
GRANT USAGE ON SCHEMA flash TO flash_worker;
GRANT USAGE ON SCHEMA flash TO service_role;

GRANT USAGE ON SCHEMA public TO anon;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO flash_auth;
GRANT USAGE ON SCHEMA public TO flash_worker;
GRANT USAGE ON SCHEMA public TO service_role;

ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;

CREATE PUBLICATION supabase_realtime WITH (publish = 'insert, update, delete, truncate');

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.identities TO flash_auth;

GRANT SELECT ON TABLE auth.people TO flash_auth;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.refresh_tokens TO flash_auth;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.sessions TO flash_auth;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.users TO flash_auth;

ALTER TABLE ONLY auth.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.identities
    ADD CONSTRAINT identities_provider_id_provider_key UNIQUE (provider_id, provider);

ALTER TABLE ONLY auth.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.refresh_tokens
    ADD CONSTRAINT refresh_tokens_token_key UNIQUE (token);

ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.identities
    ADD CONSTRAINT identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY auth.refresh_tokens
    ADD CONSTRAINT refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE CASCADE;

ALTER TABLE ONLY auth.refresh_tokens
    ADD CONSTRAINT refresh_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX identities_email ON auth.identities USING btree (email);

CREATE INDEX identities_user_id ON auth.identities USING btree (user_id);

CREATE INDEX refresh_tokens_parent ON auth.refresh_tokens USING btree (parent) WHERE (parent IS NOT NULL);

CREATE INDEX refresh_tokens_session_id ON auth.refresh_tokens USING btree (session_id, revoked);

CREATE INDEX refresh_tokens_user_id ON auth.refresh_tokens USING btree (user_id);

CREATE INDEX sessions_not_after ON auth.sessions USING btree (not_after) WHERE (not_after IS NOT NULL);

CREATE INDEX sessions_user_id ON auth.sessions USING btree (user_id, created_at);

CREATE UNIQUE INDEX users_email_key ON auth.users USING btree (email) WHERE (NOT is_sso_user);

CREATE UNIQUE INDEX users_phone_key ON auth.users USING btree (phone);

ALTER TABLE auth.identities ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.refresh_tokens ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.sessions ENABLE ROW LEVEL SECURITY;

ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON TABLE flash.assignment_turns TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE flash.assignment_turns TO flash_worker;

GRANT SELECT ON TABLE flash.idempotency_keys TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE flash.idempotency_keys TO flash_worker;

GRANT SELECT ON TABLE flash.jobs TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE flash.jobs TO flash_worker;

GRANT SELECT ON TABLE flash.lead_facts TO flash_worker;
GRANT SELECT ON TABLE flash.lead_facts TO service_role;

GRANT SELECT ON TABLE flash.legal_transition TO flash_admin;
GRANT SELECT ON TABLE flash.legal_transition TO flash_manager;
GRANT SELECT ON TABLE flash.legal_transition TO flash_rep;
GRANT SELECT ON TABLE flash.legal_transition TO flash_viewer;
GRANT SELECT ON TABLE flash.legal_transition TO flash_worker;
GRANT SELECT ON TABLE flash.legal_transition TO service_role;

GRANT SELECT ON TABLE flash.meta TO flash_worker;
GRANT SELECT ON TABLE flash.meta TO service_role;

GRANT SELECT ON TABLE flash.outbox TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE flash.outbox TO flash_worker;

GRANT SELECT ON TABLE flash.profile_access TO flash_admin;
GRANT SELECT ON TABLE flash.profile_access TO flash_auth;
GRANT SELECT ON TABLE flash.profile_access TO flash_manager;
GRANT SELECT ON TABLE flash.profile_access TO flash_rep;
GRANT SELECT ON TABLE flash.profile_access TO flash_viewer;
GRANT SELECT ON TABLE flash.profile_access TO flash_worker;
GRANT SELECT ON TABLE flash.profile_access TO service_role;

GRANT SELECT ON TABLE flash.routing_state TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE flash.routing_state TO flash_worker;

GRANT SELECT ON TABLE flash.score_queue TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE flash.score_queue TO flash_worker;

GRANT SELECT,INSERT ON TABLE flash.secrets TO flash_auth;

GRANT SELECT ON TABLE flash.sla_clock TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE flash.sla_clock TO flash_worker;

GRANT SELECT ON TABLE flash.territory_effective TO flash_admin;
GRANT SELECT ON TABLE flash.territory_effective TO flash_manager;
GRANT SELECT ON TABLE flash.territory_effective TO flash_rep;
GRANT SELECT ON TABLE flash.territory_effective TO flash_viewer;
GRANT SELECT ON TABLE flash.territory_effective TO flash_worker;
GRANT SELECT ON TABLE flash.territory_effective TO service_role;

GRANT SELECT ON TABLE flash.territory_paths TO flash_admin;
GRANT SELECT ON TABLE flash.territory_paths TO flash_manager;
GRANT SELECT ON TABLE flash.territory_paths TO flash_rep;
GRANT SELECT ON TABLE flash.territory_paths TO flash_viewer;
GRANT SELECT ON TABLE flash.territory_paths TO flash_worker;
GRANT SELECT ON TABLE flash.territory_paths TO service_role;

ALTER TABLE ONLY flash.assignment_turns
    ADD CONSTRAINT assignment_turns_pkey PRIMARY KEY (territory_id, profile_id);

ALTER TABLE ONLY flash.enrich_queue
    ADD CONSTRAINT enrich_queue_pkey PRIMARY KEY (submission_id);

ALTER TABLE ONLY flash.enrich_waiting
    ADD CONSTRAINT enrich_waiting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY flash.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

ALTER TABLE ONLY flash.import_mappings
    ADD CONSTRAINT import_mappings_pkey PRIMARY KEY (owner_id, headings);

ALTER TABLE ONLY flash.import_parts
    ADD CONSTRAINT import_parts_pkey PRIMARY KEY (import_id, part);

ALTER TABLE ONLY flash.import_rows
    ADD CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, line);

ALTER TABLE ONLY flash.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY flash.lead_facts
    ADD CONSTRAINT lead_facts_pkey PRIMARY KEY (submission_id, until);

ALTER TABLE ONLY flash.leads_apart
    ADD CONSTRAINT leads_apart_pkey PRIMARY KEY (low, high);

ALTER TABLE ONLY flash.legal_transition
    ADD CONSTRAINT legal_transition_pkey PRIMARY KEY (from_status, to_status);

ALTER TABLE ONLY flash.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (key);

ALTER TABLE ONLY flash.outbox
    ADD CONSTRAINT outbox_dedupe_key_key UNIQUE (dedupe_key);

ALTER TABLE ONLY flash.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY flash.profile_access
    ADD CONSTRAINT profile_access_pkey PRIMARY KEY (profile_id);

ALTER TABLE ONLY flash.routing_state
    ADD CONSTRAINT routing_state_pkey PRIMARY KEY (territory_id);

ALTER TABLE ONLY flash.rule_sets
    ADD CONSTRAINT rule_sets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY flash.score_queue
    ADD CONSTRAINT score_queue_pkey PRIMARY KEY (submission_id);

ALTER TABLE ONLY flash.search_words
    ADD CONSTRAINT search_words_pkey PRIMARY KEY (territory_id, word);

ALTER TABLE ONLY flash.secrets
    ADD CONSTRAINT secrets_pkey PRIMARY KEY (name);

ALTER TABLE ONLY flash.sla_clock
    ADD CONSTRAINT sla_clock_pkey PRIMARY KEY (submission_id);

ALTER TABLE ONLY flash.source_answers
    ADD CONSTRAINT source_answers_pkey PRIMARY KEY (source, subject);

ALTER TABLE ONLY flash.territory_effective
    ADD CONSTRAINT territory_effective_pkey PRIMARY KEY (territory_id);

ALTER TABLE ONLY flash.territory_paths
    ADD CONSTRAINT territory_paths_pkey PRIMARY KEY (ancestor_id, descendant_id);

ALTER TABLE ONLY flash.words_waiting
    ADD CONSTRAINT words_waiting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY flash.assignment_turns
    ADD CONSTRAINT assignment_turns_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.assignment_turns
    ADD CONSTRAINT assignment_turns_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.enrich_queue
    ADD CONSTRAINT enrich_queue_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.import_mappings
    ADD CONSTRAINT import_mappings_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.import_parts
    ADD CONSTRAINT import_parts_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.import_rows
    ADD CONSTRAINT import_rows_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.lead_facts
    ADD CONSTRAINT lead_facts_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.leads_apart
    ADD CONSTRAINT leads_apart_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.profiles(id) ON DELETE SET NULL;

ALTER TABLE ONLY flash.leads_apart
    ADD CONSTRAINT leads_apart_high_fkey FOREIGN KEY (high) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.leads_apart
    ADD CONSTRAINT leads_apart_low_fkey FOREIGN KEY (low) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.profile_access
    ADD CONSTRAINT profile_access_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.routing_state
    ADD CONSTRAINT routing_state_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.score_queue
    ADD CONSTRAINT score_queue_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.territory_effective
    ADD CONSTRAINT territory_effective_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.territory_paths
    ADD CONSTRAINT territory_paths_ancestor_id_fkey FOREIGN KEY (ancestor_id) REFERENCES public.territories(id) ON DELETE CASCADE;

ALTER TABLE ONLY flash.territory_paths
    ADD CONSTRAINT territory_paths_descendant_id_fkey FOREIGN KEY (descendant_id) REFERENCES public.territories(id) ON DELETE CASCADE;

CREATE INDEX assignment_turns_profile_id ON flash.assignment_turns USING btree (profile_id);

CREATE INDEX enrich_queue_run_at ON flash.enrich_queue USING btree (run_at);

CREATE INDEX idempotency_keys_expires_at ON flash.idempotency_keys USING brin (expires_at);

CREATE INDEX import_rows_email ON flash.import_rows USING btree (import_id, email) WHERE (email IS NOT NULL);

CREATE INDEX import_rows_phone ON flash.import_rows USING btree (import_id, phone) WHERE (phone IS NOT NULL);

CREATE INDEX import_rows_submission ON flash.import_rows USING btree (submission_id) WHERE (submission_id IS NOT NULL);

CREATE INDEX jobs_due ON flash.jobs USING btree (priority, run_at, id) WHERE (state = 'queued'::text);

CREATE INDEX jobs_finished_at ON flash.jobs USING btree (finished_at) WHERE (finished_at IS NOT NULL);

CREATE INDEX jobs_lease ON flash.jobs USING btree (locked_until) WHERE (state = 'running'::text);

CREATE UNIQUE INDEX jobs_live_key ON flash.jobs USING btree (kind, key) WHERE ((finished_at IS NULL) AND (key IS NOT NULL));

CREATE INDEX jobs_of_models ON flash.jobs USING btree (kind, id) WHERE (kind = ANY (ARRAY['train_model'::text, 'score_leads'::text, 'watch_model'::text]));

CREATE INDEX jobs_run_at ON flash.jobs USING btree (run_at) WHERE (state = 'queued'::text);

CREATE INDEX leads_apart_actor_fk ON flash.leads_apart USING btree (actor_id) WHERE (actor_id IS NOT NULL);

CREATE INDEX leads_apart_high ON flash.leads_apart USING btree (high);

CREATE INDEX outbox_created ON flash.outbox USING brin (created_at);

CREATE INDEX outbox_due ON flash.outbox USING btree (run_at, id) WHERE (finished_at IS NULL);

CREATE INDEX search_words_similar ON flash.search_words USING gin (word extensions.gin_trgm_ops);

CREATE INDEX sla_clock_ring_at ON flash.sla_clock USING btree (ring_at);

CREATE INDEX source_answers_asked_at ON flash.source_answers USING brin (asked_at);

CREATE INDEX territory_paths_descendant ON flash.territory_paths USING btree (descendant_id, ancestor_id);

ALTER TABLE flash.assignment_turns ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.enrich_queue ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.enrich_waiting ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.idempotency_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.import_mappings ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.import_parts ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.import_rows ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.lead_facts ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.leads_apart ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.legal_transition ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.meta ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.outbox ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.profile_access ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.routing_state ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.rule_sets ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.score_queue ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.search_words ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.secrets ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.sla_clock ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.source_answers ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.territory_effective ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.territory_paths ENABLE ROW LEVEL SECURITY;

ALTER TABLE flash.words_waiting ENABLE ROW LEVEL SECURITY;

GRANT INSERT(body),UPDATE(body) ON TABLE public.activities TO flash_admin;
GRANT INSERT(body),UPDATE(body) ON TABLE public.activities TO flash_manager;
GRANT INSERT(body),UPDATE(body) ON TABLE public.activities TO flash_rep;

GRANT INSERT(completed_at),UPDATE(completed_at) ON TABLE public.activities TO flash_admin;
GRANT INSERT(completed_at),UPDATE(completed_at) ON TABLE public.activities TO flash_manager;
GRANT INSERT(completed_at),UPDATE(completed_at) ON TABLE public.activities TO flash_rep;

GRANT INSERT(data) ON TABLE public.activities TO flash_admin;
GRANT INSERT(data) ON TABLE public.activities TO flash_manager;
GRANT INSERT(data) ON TABLE public.activities TO flash_rep;

GRANT INSERT(deal_id) ON TABLE public.activities TO flash_admin;
GRANT INSERT(deal_id) ON TABLE public.activities TO flash_manager;
GRANT INSERT(deal_id) ON TABLE public.activities TO flash_rep;

GRANT INSERT(due_at),UPDATE(due_at) ON TABLE public.activities TO flash_admin;
GRANT INSERT(due_at),UPDATE(due_at) ON TABLE public.activities TO flash_manager;
GRANT INSERT(due_at),UPDATE(due_at) ON TABLE public.activities TO flash_rep;

GRANT INSERT(id) ON TABLE public.activities TO flash_admin;
GRANT INSERT(id) ON TABLE public.activities TO flash_manager;
GRANT INSERT(id) ON TABLE public.activities TO flash_rep;

GRANT INSERT(kind) ON TABLE public.activities TO flash_admin;
GRANT INSERT(kind) ON TABLE public.activities TO flash_manager;
GRANT INSERT(kind) ON TABLE public.activities TO flash_rep;

GRANT INSERT(subject),UPDATE(subject) ON TABLE public.activities TO flash_admin;
GRANT INSERT(subject),UPDATE(subject) ON TABLE public.activities TO flash_manager;
GRANT INSERT(subject),UPDATE(subject) ON TABLE public.activities TO flash_rep;

GRANT INSERT(submission_id) ON TABLE public.activities TO flash_admin;
GRANT INSERT(submission_id) ON TABLE public.activities TO flash_manager;
GRANT INSERT(submission_id) ON TABLE public.activities TO flash_rep;

GRANT INSERT(action) ON TABLE public.bulk_items TO flash_admin;
GRANT INSERT(action) ON TABLE public.bulk_items TO flash_manager;
GRANT INSERT(action) ON TABLE public.bulk_items TO flash_rep;

GRANT INSERT(before) ON TABLE public.bulk_items TO flash_admin;
GRANT INSERT(before) ON TABLE public.bulk_items TO flash_manager;
GRANT INSERT(before) ON TABLE public.bulk_items TO flash_rep;

GRANT INSERT(change_id) ON TABLE public.bulk_items TO flash_admin;
GRANT INSERT(change_id) ON TABLE public.bulk_items TO flash_manager;
GRANT INSERT(change_id) ON TABLE public.bulk_items TO flash_rep;

GRANT INSERT(submission_id) ON TABLE public.bulk_items TO flash_admin;
GRANT INSERT(submission_id) ON TABLE public.bulk_items TO flash_manager;
GRANT INSERT(submission_id) ON TABLE public.bulk_items TO flash_rep;

GRANT UPDATE(undone_at) ON TABLE public.bulk_items TO flash_admin;
GRANT UPDATE(undone_at) ON TABLE public.bulk_items TO flash_manager;
GRANT UPDATE(undone_at) ON TABLE public.bulk_items TO flash_rep;

GRANT INSERT(version) ON TABLE public.bulk_items TO flash_admin;
GRANT INSERT(version) ON TABLE public.bulk_items TO flash_manager;
GRANT INSERT(version) ON TABLE public.bulk_items TO flash_rep;

GRANT UPDATE(consent_marketing) ON TABLE public.contacts TO flash_admin;
GRANT UPDATE(consent_marketing) ON TABLE public.contacts TO flash_manager;
GRANT UPDATE(consent_marketing) ON TABLE public.contacts TO flash_rep;

GRANT UPDATE(full_name) ON TABLE public.contacts TO flash_admin;
GRANT UPDATE(full_name) ON TABLE public.contacts TO flash_manager;
GRANT UPDATE(full_name) ON TABLE public.contacts TO flash_rep;

GRANT UPDATE(organization_id) ON TABLE public.contacts TO flash_admin;
GRANT UPDATE(organization_id) ON TABLE public.contacts TO flash_manager;

GRANT UPDATE(preferred_language) ON TABLE public.contacts TO flash_admin;
GRANT UPDATE(preferred_language) ON TABLE public.contacts TO flash_manager;
GRANT UPDATE(preferred_language) ON TABLE public.contacts TO flash_rep;

GRANT INSERT(user_id),UPDATE(user_id) ON TABLE public.dashboard_layouts TO flash_admin;
GRANT INSERT(user_id),UPDATE(user_id) ON TABLE public.dashboard_layouts TO flash_manager;
GRANT INSERT(user_id),UPDATE(user_id) ON TABLE public.dashboard_layouts TO flash_rep;
GRANT INSERT(user_id),UPDATE(user_id) ON TABLE public.dashboard_layouts TO flash_viewer;

GRANT INSERT(widgets),UPDATE(widgets) ON TABLE public.dashboard_layouts TO flash_admin;
GRANT INSERT(widgets),UPDATE(widgets) ON TABLE public.dashboard_layouts TO flash_manager;
GRANT INSERT(widgets),UPDATE(widgets) ON TABLE public.dashboard_layouts TO flash_rep;
GRANT INSERT(widgets),UPDATE(widgets) ON TABLE public.dashboard_layouts TO flash_viewer;

GRANT UPDATE(close_date) ON TABLE public.deals TO flash_admin;
GRANT UPDATE(close_date) ON TABLE public.deals TO flash_manager;
GRANT UPDATE(close_date) ON TABLE public.deals TO flash_rep;

GRANT INSERT(currency),UPDATE(currency) ON TABLE public.deals TO flash_admin;
GRANT INSERT(currency),UPDATE(currency) ON TABLE public.deals TO flash_manager;
GRANT INSERT(currency),UPDATE(currency) ON TABLE public.deals TO flash_rep;

GRANT INSERT(expected_close),UPDATE(expected_close) ON TABLE public.deals TO flash_admin;
GRANT INSERT(expected_close),UPDATE(expected_close) ON TABLE public.deals TO flash_manager;
GRANT INSERT(expected_close),UPDATE(expected_close) ON TABLE public.deals TO flash_rep;

GRANT INSERT(id) ON TABLE public.deals TO flash_admin;
GRANT INSERT(id) ON TABLE public.deals TO flash_manager;
GRANT INSERT(id) ON TABLE public.deals TO flash_rep;

GRANT UPDATE(lost_note) ON TABLE public.deals TO flash_admin;
GRANT UPDATE(lost_note) ON TABLE public.deals TO flash_manager;
GRANT UPDATE(lost_note) ON TABLE public.deals TO flash_rep;

GRANT UPDATE(lost_reason) ON TABLE public.deals TO flash_admin;
GRANT UPDATE(lost_reason) ON TABLE public.deals TO flash_manager;
GRANT UPDATE(lost_reason) ON TABLE public.deals TO flash_rep;

GRANT UPDATE(next_contact_at) ON TABLE public.deals TO flash_admin;
GRANT UPDATE(next_contact_at) ON TABLE public.deals TO flash_manager;
GRANT UPDATE(next_contact_at) ON TABLE public.deals TO flash_rep;

GRANT UPDATE(outcome) ON TABLE public.deals TO flash_admin;
GRANT UPDATE(outcome) ON TABLE public.deals TO flash_manager;
GRANT UPDATE(outcome) ON TABLE public.deals TO flash_rep;

GRANT INSERT(owner_id) ON TABLE public.deals TO flash_admin;
GRANT INSERT(owner_id) ON TABLE public.deals TO flash_manager;
GRANT INSERT(owner_id) ON TABLE public.deals TO flash_rep;

GRANT UPDATE(probability) ON TABLE public.deals TO flash_admin;
GRANT UPDATE(probability) ON TABLE public.deals TO flash_manager;
GRANT UPDATE(probability) ON TABLE public.deals TO flash_rep;

GRANT UPDATE(stage) ON TABLE public.deals TO flash_admin;
GRANT UPDATE(stage) ON TABLE public.deals TO flash_manager;
GRANT UPDATE(stage) ON TABLE public.deals TO flash_rep;

GRANT UPDATE(stage_reason) ON TABLE public.deals TO flash_admin;
GRANT UPDATE(stage_reason) ON TABLE public.deals TO flash_manager;
GRANT UPDATE(stage_reason) ON TABLE public.deals TO flash_rep;

GRANT INSERT(submission_id) ON TABLE public.deals TO flash_admin;
GRANT INSERT(submission_id) ON TABLE public.deals TO flash_manager;
GRANT INSERT(submission_id) ON TABLE public.deals TO flash_rep;

GRANT INSERT(territory_id) ON TABLE public.deals TO flash_admin;
GRANT INSERT(territory_id) ON TABLE public.deals TO flash_manager;
GRANT INSERT(territory_id) ON TABLE public.deals TO flash_rep;

GRANT INSERT(title),UPDATE(title) ON TABLE public.deals TO flash_admin;
GRANT INSERT(title),UPDATE(title) ON TABLE public.deals TO flash_manager;
GRANT INSERT(title),UPDATE(title) ON TABLE public.deals TO flash_rep;

GRANT INSERT(value),UPDATE(value) ON TABLE public.deals TO flash_admin;
GRANT INSERT(value),UPDATE(value) ON TABLE public.deals TO flash_manager;
GRANT INSERT(value),UPDATE(value) ON TABLE public.deals TO flash_rep;

GRANT SELECT(code) ON TABLE public.models TO flash_admin;
GRANT SELECT(code) ON TABLE public.models TO flash_manager;

GRANT SELECT(created_at) ON TABLE public.models TO flash_admin;
GRANT SELECT(created_at) ON TABLE public.models TO flash_manager;

GRANT SELECT(id) ON TABLE public.models TO flash_admin;
GRANT SELECT(id) ON TABLE public.models TO flash_manager;

GRANT SELECT(leads) ON TABLE public.models TO flash_admin;
GRANT SELECT(leads) ON TABLE public.models TO flash_manager;

GRANT SELECT(leads_from) ON TABLE public.models TO flash_admin;
GRANT SELECT(leads_from) ON TABLE public.models TO flash_manager;

GRANT SELECT(leads_to) ON TABLE public.models TO flash_admin;
GRANT SELECT(leads_to) ON TABLE public.models TO flash_manager;

GRANT SELECT(promoted_at) ON TABLE public.models TO flash_admin;
GRANT SELECT(promoted_at) ON TABLE public.models TO flash_manager;

GRANT SELECT(promoted_by) ON TABLE public.models TO flash_admin;
GRANT SELECT(promoted_by) ON TABLE public.models TO flash_manager;

GRANT SELECT(reason) ON TABLE public.models TO flash_admin;
GRANT SELECT(reason) ON TABLE public.models TO flash_manager;

GRANT SELECT(report) ON TABLE public.models TO flash_admin;
GRANT SELECT(report) ON TABLE public.models TO flash_manager;

GRANT SELECT(seed) ON TABLE public.models TO flash_admin;
GRANT SELECT(seed) ON TABLE public.models TO flash_manager;

GRANT SELECT(sha256) ON TABLE public.models TO flash_admin;
GRANT SELECT(sha256) ON TABLE public.models TO flash_manager;

GRANT SELECT(stage) ON TABLE public.models TO flash_admin;
GRANT SELECT(stage) ON TABLE public.models TO flash_manager;

GRANT SELECT(status) ON TABLE public.models TO flash_admin;
GRANT SELECT(status) ON TABLE public.models TO flash_manager;

GRANT SELECT(won) ON TABLE public.models TO flash_admin;
GRANT SELECT(won) ON TABLE public.models TO flash_manager;

GRANT UPDATE(read_at) ON TABLE public.notifications TO flash_admin;
GRANT UPDATE(read_at) ON TABLE public.notifications TO flash_manager;
GRANT UPDATE(read_at) ON TABLE public.notifications TO flash_rep;
GRANT UPDATE(read_at) ON TABLE public.notifications TO flash_viewer;

GRANT UPDATE(business_type) ON TABLE public.organizations TO flash_admin;
GRANT UPDATE(business_type) ON TABLE public.organizations TO flash_manager;
GRANT UPDATE(business_type) ON TABLE public.organizations TO flash_rep;

GRANT UPDATE(name) ON TABLE public.organizations TO flash_admin;
GRANT UPDATE(name) ON TABLE public.organizations TO flash_manager;
GRANT UPDATE(name) ON TABLE public.organizations TO flash_rep;

GRANT UPDATE(website) ON TABLE public.organizations TO flash_admin;
GRANT UPDATE(website) ON TABLE public.organizations TO flash_manager;
GRANT UPDATE(website) ON TABLE public.organizations TO flash_rep;

GRANT UPDATE(active) ON TABLE public.profiles TO flash_admin;

GRANT UPDATE(capacity) ON TABLE public.profiles TO flash_admin;
GRANT UPDATE(capacity) ON TABLE public.profiles TO flash_manager;

GRANT UPDATE(full_name) ON TABLE public.profiles TO flash_admin;
GRANT UPDATE(full_name) ON TABLE public.profiles TO flash_manager;
GRANT UPDATE(full_name) ON TABLE public.profiles TO flash_rep;
GRANT UPDATE(full_name) ON TABLE public.profiles TO flash_viewer;

GRANT UPDATE(languages) ON TABLE public.profiles TO flash_admin;
GRANT UPDATE(languages) ON TABLE public.profiles TO flash_manager;
GRANT UPDATE(languages) ON TABLE public.profiles TO flash_rep;
GRANT UPDATE(languages) ON TABLE public.profiles TO flash_viewer;

GRANT UPDATE(role) ON TABLE public.profiles TO flash_admin;

GRANT UPDATE(specialities) ON TABLE public.profiles TO flash_admin;
GRANT UPDATE(specialities) ON TABLE public.profiles TO flash_manager;

GRANT UPDATE(time_zone) ON TABLE public.profiles TO flash_admin;
GRANT UPDATE(time_zone) ON TABLE public.profiles TO flash_manager;
GRANT UPDATE(time_zone) ON TABLE public.profiles TO flash_rep;
GRANT UPDATE(time_zone) ON TABLE public.profiles TO flash_viewer;

GRANT UPDATE(work_days) ON TABLE public.profiles TO flash_admin;
GRANT UPDATE(work_days) ON TABLE public.profiles TO flash_manager;

GRANT UPDATE(work_end) ON TABLE public.profiles TO flash_admin;
GRANT UPDATE(work_end) ON TABLE public.profiles TO flash_manager;

GRANT UPDATE(work_start) ON TABLE public.profiles TO flash_admin;
GRANT UPDATE(work_start) ON TABLE public.profiles TO flash_manager;

GRANT INSERT(key),UPDATE(key) ON TABLE public.recommendation_states TO flash_admin;
GRANT INSERT(key),UPDATE(key) ON TABLE public.recommendation_states TO flash_manager;
GRANT INSERT(key),UPDATE(key) ON TABLE public.recommendation_states TO flash_rep;

GRANT INSERT(state),UPDATE(state) ON TABLE public.recommendation_states TO flash_admin;
GRANT INSERT(state),UPDATE(state) ON TABLE public.recommendation_states TO flash_manager;
GRANT INSERT(state),UPDATE(state) ON TABLE public.recommendation_states TO flash_rep;

GRANT INSERT(submission_id),UPDATE(submission_id) ON TABLE public.recommendation_states TO flash_admin;
GRANT INSERT(submission_id),UPDATE(submission_id) ON TABLE public.recommendation_states TO flash_manager;
GRANT INSERT(submission_id),UPDATE(submission_id) ON TABLE public.recommendation_states TO flash_rep;

GRANT INSERT(until),UPDATE(until) ON TABLE public.recommendation_states TO flash_admin;
GRANT INSERT(until),UPDATE(until) ON TABLE public.recommendation_states TO flash_manager;
GRANT INSERT(until),UPDATE(until) ON TABLE public.recommendation_states TO flash_rep;

GRANT INSERT(is_default),UPDATE(is_default) ON TABLE public.saved_view_marks TO flash_admin;
GRANT INSERT(is_default),UPDATE(is_default) ON TABLE public.saved_view_marks TO flash_manager;
GRANT INSERT(is_default),UPDATE(is_default) ON TABLE public.saved_view_marks TO flash_rep;
GRANT INSERT(is_default),UPDATE(is_default) ON TABLE public.saved_view_marks TO flash_viewer;

GRANT INSERT(pinned),UPDATE(pinned) ON TABLE public.saved_view_marks TO flash_admin;
GRANT INSERT(pinned),UPDATE(pinned) ON TABLE public.saved_view_marks TO flash_manager;
GRANT INSERT(pinned),UPDATE(pinned) ON TABLE public.saved_view_marks TO flash_rep;
GRANT INSERT(pinned),UPDATE(pinned) ON TABLE public.saved_view_marks TO flash_viewer;

GRANT INSERT(view_id) ON TABLE public.saved_view_marks TO flash_admin;
GRANT INSERT(view_id) ON TABLE public.saved_view_marks TO flash_manager;
GRANT INSERT(view_id) ON TABLE public.saved_view_marks TO flash_rep;
GRANT INSERT(view_id) ON TABLE public.saved_view_marks TO flash_viewer;

GRANT INSERT(columns),UPDATE(columns) ON TABLE public.saved_views TO flash_admin;
GRANT INSERT(columns),UPDATE(columns) ON TABLE public.saved_views TO flash_manager;
GRANT INSERT(columns),UPDATE(columns) ON TABLE public.saved_views TO flash_rep;
GRANT INSERT(columns),UPDATE(columns) ON TABLE public.saved_views TO flash_viewer;

GRANT INSERT(id) ON TABLE public.saved_views TO flash_admin;
GRANT INSERT(id) ON TABLE public.saved_views TO flash_manager;
GRANT INSERT(id) ON TABLE public.saved_views TO flash_rep;
GRANT INSERT(id) ON TABLE public.saved_views TO flash_viewer;

GRANT INSERT(name),UPDATE(name) ON TABLE public.saved_views TO flash_admin;
GRANT INSERT(name),UPDATE(name) ON TABLE public.saved_views TO flash_manager;
GRANT INSERT(name),UPDATE(name) ON TABLE public.saved_views TO flash_rep;
GRANT INSERT(name),UPDATE(name) ON TABLE public.saved_views TO flash_viewer;

GRANT INSERT(query),UPDATE(query) ON TABLE public.saved_views TO flash_admin;
GRANT INSERT(query),UPDATE(query) ON TABLE public.saved_views TO flash_manager;
GRANT INSERT(query),UPDATE(query) ON TABLE public.saved_views TO flash_rep;
GRANT INSERT(query),UPDATE(query) ON TABLE public.saved_views TO flash_viewer;

GRANT INSERT(screen) ON TABLE public.saved_views TO flash_admin;
GRANT INSERT(screen) ON TABLE public.saved_views TO flash_manager;
GRANT INSERT(screen) ON TABLE public.saved_views TO flash_rep;
GRANT INSERT(screen) ON TABLE public.saved_views TO flash_viewer;

GRANT INSERT(territory_id),UPDATE(territory_id) ON TABLE public.saved_views TO flash_admin;
GRANT INSERT(territory_id),UPDATE(territory_id) ON TABLE public.saved_views TO flash_manager;
GRANT INSERT(territory_id),UPDATE(territory_id) ON TABLE public.saved_views TO flash_rep;
GRANT INSERT(territory_id),UPDATE(territory_id) ON TABLE public.saved_views TO flash_viewer;

GRANT INSERT(address),UPDATE(address) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(address),UPDATE(address) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(address),UPDATE(address) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(average_ticket),UPDATE(average_ticket) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(average_ticket),UPDATE(average_ticket) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(average_ticket),UPDATE(average_ticket) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(business_name),UPDATE(business_name) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(business_name),UPDATE(business_name) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(business_name),UPDATE(business_name) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(business_type),UPDATE(business_type) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(business_type),UPDATE(business_type) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(business_type),UPDATE(business_type) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(consent_contact) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(consent_contact) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(consent_contact) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(consent_marketing),UPDATE(consent_marketing) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(consent_marketing),UPDATE(consent_marketing) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(consent_marketing),UPDATE(consent_marketing) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(consent_version) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(consent_version) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(consent_version) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(country) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(country) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(country) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(currency),UPDATE(currency) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(currency),UPDATE(currency) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(currency),UPDATE(currency) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(current_processor),UPDATE(current_processor) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(current_processor),UPDATE(current_processor) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(current_processor),UPDATE(current_processor) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(decision_makers),UPDATE(decision_makers) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(decision_makers),UPDATE(decision_makers) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(decision_makers),UPDATE(decision_makers) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(email),UPDATE(email) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(email),UPDATE(email) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(email),UPDATE(email) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(employee_band),UPDATE(employee_band) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(employee_band),UPDATE(employee_band) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(employee_band),UPDATE(employee_band) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(form_data),UPDATE(form_data) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(form_data),UPDATE(form_data) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(form_data),UPDATE(form_data) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(id) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(id) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(id) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(interest_level),UPDATE(interest_level) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(interest_level),UPDATE(interest_level) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(interest_level),UPDATE(interest_level) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(monthly_revenue_band),UPDATE(monthly_revenue_band) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(monthly_revenue_band),UPDATE(monthly_revenue_band) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(monthly_revenue_band),UPDATE(monthly_revenue_band) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(monthly_transactions),UPDATE(monthly_transactions) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(monthly_transactions),UPDATE(monthly_transactions) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(monthly_transactions),UPDATE(monthly_transactions) ON TABLE public.submissions TO flash_rep;

GRANT UPDATE(next_contact_at) ON TABLE public.submissions TO flash_admin;
GRANT UPDATE(next_contact_at) ON TABLE public.submissions TO flash_manager;
GRANT UPDATE(next_contact_at) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(owner_id) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(owner_id) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(owner_id) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(owner_name),UPDATE(owner_name) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(owner_name),UPDATE(owner_name) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(owner_name),UPDATE(owner_name) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(package_seen),UPDATE(package_seen) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(package_seen),UPDATE(package_seen) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(package_seen),UPDATE(package_seen) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(pain_points),UPDATE(pain_points) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(pain_points),UPDATE(pain_points) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(pain_points),UPDATE(pain_points) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(phone),UPDATE(phone) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(phone),UPDATE(phone) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(phone),UPDATE(phone) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(postal_code),UPDATE(postal_code) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(postal_code),UPDATE(postal_code) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(postal_code),UPDATE(postal_code) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(preferred_language),UPDATE(preferred_language) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(preferred_language),UPDATE(preferred_language) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(preferred_language),UPDATE(preferred_language) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(signed_up),UPDATE(signed_up) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(signed_up),UPDATE(signed_up) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(signed_up),UPDATE(signed_up) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(specific_needs),UPDATE(specific_needs) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(specific_needs),UPDATE(specific_needs) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(specific_needs),UPDATE(specific_needs) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(stated_value),UPDATE(stated_value) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(stated_value),UPDATE(stated_value) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(stated_value),UPDATE(stated_value) ON TABLE public.submissions TO flash_rep;

GRANT UPDATE(status) ON TABLE public.submissions TO flash_admin;
GRANT UPDATE(status) ON TABLE public.submissions TO flash_manager;
GRANT UPDATE(status) ON TABLE public.submissions TO flash_rep;

GRANT UPDATE(status_reason) ON TABLE public.submissions TO flash_admin;
GRANT UPDATE(status_reason) ON TABLE public.submissions TO flash_manager;
GRANT UPDATE(status_reason) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(sub_area_id),UPDATE(sub_area_id) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(sub_area_id),UPDATE(sub_area_id) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(sub_area_id),UPDATE(sub_area_id) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(tags),UPDATE(tags) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(tags),UPDATE(tags) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(tags),UPDATE(tags) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(territory_id) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(territory_id) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(territory_id) ON TABLE public.submissions TO flash_rep;

GRANT INSERT(year_established),UPDATE(year_established) ON TABLE public.submissions TO flash_admin;
GRANT INSERT(year_established),UPDATE(year_established) ON TABLE public.submissions TO flash_manager;
GRANT INSERT(year_established),UPDATE(year_established) ON TABLE public.submissions TO flash_rep;

GRANT UPDATE(allow_neighbours) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(auto_deal_score) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(block_won_on_compliance) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(cold_sla_days) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(confirm_by_email) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(cool_sla_days) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(hold_outside_hours) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(hot_sla_hours) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(score_multiplier) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(specialist_types) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(strategy) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(warm_sla_days) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(work_days) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(work_end) ON TABLE public.territory_settings TO flash_manager;

GRANT UPDATE(work_start) ON TABLE public.territory_settings TO flash_manager;

GRANT SELECT ON TABLE public.activities TO flash_admin;
GRANT SELECT ON TABLE public.activities TO flash_manager;
GRANT SELECT ON TABLE public.activities TO flash_rep;
GRANT SELECT ON TABLE public.activities TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.activities TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.activities TO flash_worker;

GRANT SELECT ON TABLE public.assignments TO flash_admin;
GRANT SELECT ON TABLE public.assignments TO flash_manager;
GRANT SELECT ON TABLE public.assignments TO flash_rep;
GRANT SELECT ON TABLE public.assignments TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.assignments TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.assignments TO flash_worker;

GRANT SELECT ON TABLE public.audit_log TO flash_admin;
GRANT SELECT ON TABLE public.audit_log TO flash_manager;
GRANT SELECT ON TABLE public.audit_log TO flash_rep;
GRANT SELECT ON TABLE public.audit_log TO flash_viewer;
GRANT SELECT ON TABLE public.audit_log TO service_role;

GRANT SELECT,DELETE ON TABLE public.bulk_items TO flash_admin;
GRANT SELECT,DELETE ON TABLE public.bulk_items TO flash_manager;
GRANT SELECT,DELETE ON TABLE public.bulk_items TO flash_rep;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bulk_items TO service_role;

GRANT SELECT ON TABLE public.contact_phones TO flash_admin;
GRANT SELECT ON TABLE public.contact_phones TO flash_manager;
GRANT SELECT ON TABLE public.contact_phones TO flash_rep;
GRANT SELECT ON TABLE public.contact_phones TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_phones TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contact_phones TO flash_worker;

GRANT SELECT ON TABLE public.contacts TO flash_admin;
GRANT SELECT ON TABLE public.contacts TO flash_manager;
GRANT SELECT ON TABLE public.contacts TO flash_rep;
GRANT SELECT ON TABLE public.contacts TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contacts TO flash_worker;

GRANT SELECT,DELETE ON TABLE public.dashboard_layouts TO flash_admin;
GRANT SELECT,DELETE ON TABLE public.dashboard_layouts TO flash_manager;
GRANT SELECT,DELETE ON TABLE public.dashboard_layouts TO flash_rep;
GRANT SELECT,DELETE ON TABLE public.dashboard_layouts TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dashboard_layouts TO service_role;

GRANT SELECT ON TABLE public.deal_cards TO flash_admin;
GRANT SELECT ON TABLE public.deal_cards TO flash_manager;
GRANT SELECT ON TABLE public.deal_cards TO flash_rep;
GRANT SELECT ON TABLE public.deal_cards TO flash_viewer;
GRANT SELECT ON TABLE public.deal_cards TO service_role;

GRANT SELECT ON TABLE public.deal_stage_history TO flash_admin;
GRANT SELECT ON TABLE public.deal_stage_history TO flash_manager;
GRANT SELECT ON TABLE public.deal_stage_history TO flash_rep;
GRANT SELECT ON TABLE public.deal_stage_history TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.deal_stage_history TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.deal_stage_history TO flash_worker;

GRANT SELECT ON TABLE public.deals TO flash_admin;
GRANT SELECT ON TABLE public.deals TO flash_manager;
GRANT SELECT ON TABLE public.deals TO flash_rep;
GRANT SELECT ON TABLE public.deals TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.deals TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.deals TO flash_worker;

GRANT SELECT ON TABLE public.exchange_rates TO flash_manager;
GRANT SELECT ON TABLE public.exchange_rates TO flash_rep;
GRANT SELECT ON TABLE public.exchange_rates TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.exchange_rates TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.exchange_rates TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.exchange_rates TO flash_worker;

GRANT SELECT ON TABLE public.fact_sources TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.fact_sources TO service_role;

GRANT SELECT ON TABLE public.feature_registry TO flash_manager;
GRANT SELECT ON TABLE public.feature_registry TO flash_rep;
GRANT SELECT ON TABLE public.feature_registry TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feature_registry TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feature_registry TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.feature_registry TO flash_worker;

GRANT SELECT ON TABLE public.imports TO flash_admin;
GRANT SELECT ON TABLE public.imports TO flash_manager;
GRANT SELECT ON TABLE public.imports TO flash_rep;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.imports TO service_role;

GRANT SELECT ON TABLE public.lead_findings TO flash_admin;
GRANT SELECT ON TABLE public.lead_findings TO flash_manager;
GRANT SELECT ON TABLE public.lead_findings TO flash_rep;
GRANT SELECT ON TABLE public.lead_findings TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lead_findings TO service_role;

GRANT SELECT ON TABLE public.lead_merges TO flash_admin;
GRANT SELECT ON TABLE public.lead_merges TO flash_manager;
GRANT SELECT ON TABLE public.lead_merges TO flash_rep;
GRANT SELECT ON TABLE public.lead_merges TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lead_merges TO service_role;

GRANT SELECT ON TABLE public.lead_scores TO flash_admin;
GRANT SELECT ON TABLE public.lead_scores TO flash_manager;
GRANT SELECT ON TABLE public.lead_scores TO flash_rep;
GRANT SELECT ON TABLE public.lead_scores TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lead_scores TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.lead_scores TO flash_worker;

GRANT SELECT ON TABLE public.model_drift TO flash_admin;
GRANT SELECT ON TABLE public.model_drift TO flash_manager;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.model_drift TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.model_drift TO flash_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.models TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.models TO flash_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_prefs TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_prefs TO flash_manager;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_prefs TO flash_rep;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_prefs TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_prefs TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.notification_prefs TO flash_worker;

GRANT SELECT ON TABLE public.notifications TO flash_admin;
GRANT SELECT ON TABLE public.notifications TO flash_manager;
GRANT SELECT ON TABLE public.notifications TO flash_rep;
GRANT SELECT ON TABLE public.notifications TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.notifications TO flash_worker;

GRANT SELECT ON TABLE public.organizations TO flash_admin;
GRANT SELECT ON TABLE public.organizations TO flash_manager;
GRANT SELECT ON TABLE public.organizations TO flash_rep;
GRANT SELECT ON TABLE public.organizations TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.organizations TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.organizations TO flash_worker;

GRANT SELECT ON TABLE public.profile_absences TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.profile_absences TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.profile_absences TO flash_manager;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.profile_absences TO flash_rep;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.profile_absences TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.profile_absences TO flash_worker;

GRANT SELECT ON TABLE public.profile_territories TO flash_manager;
GRANT SELECT ON TABLE public.profile_territories TO flash_rep;
GRANT SELECT ON TABLE public.profile_territories TO flash_viewer;
GRANT SELECT,INSERT,DELETE ON TABLE public.profile_territories TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.profile_territories TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.profile_territories TO flash_worker;

GRANT SELECT ON TABLE public.profiles TO flash_admin;
GRANT SELECT ON TABLE public.profiles TO flash_auth;
GRANT SELECT ON TABLE public.profiles TO flash_manager;
GRANT SELECT ON TABLE public.profiles TO flash_rep;
GRANT SELECT ON TABLE public.profiles TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.profiles TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.profiles TO flash_worker;

GRANT SELECT ON TABLE public.recommendation_states TO flash_viewer;
GRANT SELECT,DELETE ON TABLE public.recommendation_states TO flash_admin;
GRANT SELECT,DELETE ON TABLE public.recommendation_states TO flash_manager;
GRANT SELECT,DELETE ON TABLE public.recommendation_states TO flash_rep;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recommendation_states TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.recommendation_states TO flash_worker;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.routing_rules TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.routing_rules TO flash_manager;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.routing_rules TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.routing_rules TO flash_worker;

GRANT SELECT,DELETE ON TABLE public.saved_view_marks TO flash_admin;
GRANT SELECT,DELETE ON TABLE public.saved_view_marks TO flash_manager;
GRANT SELECT,DELETE ON TABLE public.saved_view_marks TO flash_rep;
GRANT SELECT,DELETE ON TABLE public.saved_view_marks TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.saved_view_marks TO service_role;

GRANT SELECT,DELETE ON TABLE public.saved_views TO flash_admin;
GRANT SELECT,DELETE ON TABLE public.saved_views TO flash_manager;
GRANT SELECT,DELETE ON TABLE public.saved_views TO flash_rep;
GRANT SELECT,DELETE ON TABLE public.saved_views TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.saved_views TO service_role;

GRANT SELECT ON TABLE public.score_history TO flash_admin;
GRANT SELECT ON TABLE public.score_history TO flash_manager;
GRANT SELECT ON TABLE public.score_history TO flash_rep;
GRANT SELECT ON TABLE public.score_history TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.score_history TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.score_history TO flash_worker;

GRANT SELECT ON TABLE public.submission_phones TO flash_admin;
GRANT SELECT ON TABLE public.submission_phones TO flash_manager;
GRANT SELECT ON TABLE public.submission_phones TO flash_rep;
GRANT SELECT ON TABLE public.submission_phones TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.submission_phones TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.submission_phones TO flash_worker;

GRANT SELECT ON TABLE public.submissions TO flash_admin;
GRANT SELECT ON TABLE public.submissions TO flash_manager;
GRANT SELECT ON TABLE public.submissions TO flash_rep;
GRANT SELECT ON TABLE public.submissions TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.submissions TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.submissions TO flash_worker;

GRANT SELECT ON TABLE public.taken_findings TO flash_admin;
GRANT SELECT ON TABLE public.taken_findings TO flash_manager;
GRANT SELECT ON TABLE public.taken_findings TO flash_rep;
GRANT SELECT ON TABLE public.taken_findings TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.taken_findings TO service_role;

GRANT SELECT ON TABLE public.territories TO flash_manager;
GRANT SELECT ON TABLE public.territories TO flash_rep;
GRANT SELECT ON TABLE public.territories TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territories TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territories TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.territories TO flash_worker;

GRANT SELECT ON TABLE public.territory_aliases TO flash_manager;
GRANT SELECT ON TABLE public.territory_aliases TO flash_rep;
GRANT SELECT ON TABLE public.territory_aliases TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_aliases TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_aliases TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.territory_aliases TO flash_worker;

GRANT SELECT ON TABLE public.territory_neighbours TO flash_manager;
GRANT SELECT ON TABLE public.territory_neighbours TO flash_rep;
GRANT SELECT ON TABLE public.territory_neighbours TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_neighbours TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_neighbours TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.territory_neighbours TO flash_worker;

GRANT SELECT ON TABLE public.territory_settings TO flash_manager;
GRANT SELECT ON TABLE public.territory_settings TO flash_rep;
GRANT SELECT ON TABLE public.territory_settings TO flash_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_settings TO flash_admin;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.territory_settings TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.territory_settings TO flash_worker;

ALTER TABLE public.assignments
    ADD CONSTRAINT assignments_inputs_check CHECK ((jsonb_typeof(inputs) = 'object'::text)) NOT VALID;

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT assignments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.bulk_items
    ADD CONSTRAINT bulk_items_pkey PRIMARY KEY (change_id, submission_id);

ALTER TABLE ONLY public.contact_phones
    ADD CONSTRAINT contact_phones_pkey PRIMARY KEY (contact_id, number);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dashboard_layouts
    ADD CONSTRAINT dashboard_layouts_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.deal_stage_history
    ADD CONSTRAINT deal_stage_history_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.deals
    ADD CONSTRAINT deals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.exchange_rates
    ADD CONSTRAINT exchange_rates_pkey PRIMARY KEY (currency, rate_date);

ALTER TABLE ONLY public.fact_sources
    ADD CONSTRAINT fact_sources_pkey PRIMARY KEY (source);

ALTER TABLE ONLY public.feature_registry
    ADD CONSTRAINT feature_registry_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.lead_findings
    ADD CONSTRAINT lead_findings_pkey PRIMARY KEY (submission_id, source);

ALTER TABLE ONLY public.lead_merges
    ADD CONSTRAINT lead_merges_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.lead_scores
    ADD CONSTRAINT lead_scores_pkey PRIMARY KEY (submission_id);

ALTER TABLE ONLY public.model_drift
    ADD CONSTRAINT model_drift_pkey PRIMARY KEY (model_id, day, field);

ALTER TABLE ONLY public.models
    ADD CONSTRAINT models_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notification_prefs
    ADD CONSTRAINT notification_prefs_pkey PRIMARY KEY (user_id, type);

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.profile_absences
    ADD CONSTRAINT profile_absences_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.profile_territories
    ADD CONSTRAINT profile_territories_pkey PRIMARY KEY (profile_id, territory_id);

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.recommendation_states
    ADD CONSTRAINT recommendation_states_pkey PRIMARY KEY (submission_id, key);

ALTER TABLE ONLY public.routing_rules
    ADD CONSTRAINT routing_rules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.routing_rules
    ADD CONSTRAINT routing_rules_place UNIQUE NULLS NOT DISTINCT (territory_id, priority) DEFERRABLE;

ALTER TABLE ONLY public.saved_view_marks
    ADD CONSTRAINT saved_view_marks_pkey PRIMARY KEY (user_id, view_id);

ALTER TABLE ONLY public.saved_views
    ADD CONSTRAINT saved_views_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.score_history
    ADD CONSTRAINT score_history_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.submission_phones
    ADD CONSTRAINT submission_phones_pkey PRIMARY KEY (submission_id, number);

ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.taken_findings
    ADD CONSTRAINT taken_findings_pkey PRIMARY KEY (submission_id, field);

ALTER TABLE ONLY public.territories
    ADD CONSTRAINT territories_code_key UNIQUE (code);

ALTER TABLE ONLY public.territories
    ADD CONSTRAINT territories_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.territory_aliases
    ADD CONSTRAINT territory_aliases_alias_key_territory_id_key UNIQUE (alias_key, territory_id);

ALTER TABLE ONLY public.territory_aliases
    ADD CONSTRAINT territory_aliases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.territory_neighbours
    ADD CONSTRAINT territory_neighbours_pkey PRIMARY KEY (territory_id, neighbour_id);

ALTER TABLE ONLY public.territory_settings
    ADD CONSTRAINT territory_settings_pkey PRIMARY KEY (territory_id);

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_deal_id_fkey FOREIGN KEY (deal_id) REFERENCES public.deals(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT assignments_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT assignments_previous_profile_id_fkey FOREIGN KEY (previous_profile_id) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT assignments_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT assignments_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.bulk_items
    ADD CONSTRAINT bulk_items_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.bulk_items
    ADD CONSTRAINT bulk_items_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contact_phones
    ADD CONSTRAINT contact_phones_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contacts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id);

ALTER TABLE ONLY public.dashboard_layouts
    ADD CONSTRAINT dashboard_layouts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.deal_stage_history
    ADD CONSTRAINT deal_stage_history_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.deal_stage_history
    ADD CONSTRAINT deal_stage_history_deal_id_fkey FOREIGN KEY (deal_id) REFERENCES public.deals(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.deals
    ADD CONSTRAINT deals_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contacts(id);

ALTER TABLE ONLY public.deals
    ADD CONSTRAINT deals_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.deals
    ADD CONSTRAINT deals_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.deals
    ADD CONSTRAINT deals_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id);

ALTER TABLE ONLY public.deals
    ADD CONSTRAINT deals_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.lead_findings
    ADD CONSTRAINT lead_findings_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.lead_merges
    ADD CONSTRAINT lead_merges_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.lead_merges
    ADD CONSTRAINT lead_merges_kept_id_fkey FOREIGN KEY (kept_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.lead_merges
    ADD CONSTRAINT lead_merges_other_id_fkey FOREIGN KEY (other_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.lead_merges
    ADD CONSTRAINT lead_merges_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.lead_scores
    ADD CONSTRAINT lead_scores_model_id_fkey FOREIGN KEY (model_id) REFERENCES public.models(id);

ALTER TABLE ONLY public.lead_scores
    ADD CONSTRAINT lead_scores_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.model_drift
    ADD CONSTRAINT model_drift_model_id_fkey FOREIGN KEY (model_id) REFERENCES public.models(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.models
    ADD CONSTRAINT models_promoted_by_fkey FOREIGN KEY (promoted_by) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.notification_prefs
    ADD CONSTRAINT notification_prefs_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id);

ALTER TABLE ONLY public.profile_absences
    ADD CONSTRAINT profile_absences_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.profile_territories
    ADD CONSTRAINT profile_territories_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.profile_territories
    ADD CONSTRAINT profile_territories_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id);

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_id_fkey FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE RESTRICT;

ALTER TABLE ONLY public.recommendation_states
    ADD CONSTRAINT recommendation_states_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.recommendation_states
    ADD CONSTRAINT recommendation_states_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.routing_rules
    ADD CONSTRAINT routing_rules_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saved_view_marks
    ADD CONSTRAINT saved_view_marks_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saved_view_marks
    ADD CONSTRAINT saved_view_marks_view_id_fkey FOREIGN KEY (view_id) REFERENCES public.saved_views(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saved_views
    ADD CONSTRAINT saved_views_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.saved_views
    ADD CONSTRAINT saved_views_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id);

ALTER TABLE ONLY public.score_history
    ADD CONSTRAINT score_history_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.submission_phones
    ADD CONSTRAINT submission_phones_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contacts(id);

ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_duplicate_of_fkey FOREIGN KEY (duplicate_of) REFERENCES public.submissions(id);

ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id);

ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.profiles(id);

ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES public.submissions(id);

ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_sub_area_id_fkey FOREIGN KEY (sub_area_id) REFERENCES public.territories(id);

ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT submissions_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id);

ALTER TABLE ONLY public.taken_findings
    ADD CONSTRAINT taken_findings_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.profiles(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.taken_findings
    ADD CONSTRAINT taken_findings_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES public.submissions(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.territories
    ADD CONSTRAINT territories_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.territories(id);

ALTER TABLE ONLY public.territory_aliases
    ADD CONSTRAINT territory_aliases_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.territory_neighbours
    ADD CONSTRAINT territory_neighbours_neighbour_id_fkey FOREIGN KEY (neighbour_id) REFERENCES public.territories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.territory_neighbours
    ADD CONSTRAINT territory_neighbours_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.territory_settings
    ADD CONSTRAINT territory_settings_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES public.territories(id) ON DELETE CASCADE;

CREATE INDEX activities_actor ON public.activities USING btree (actor_id, created_at DESC) WHERE (actor_id IS NOT NULL);

CREATE INDEX activities_deal ON public.activities USING btree (deal_id, created_at DESC) WHERE (deal_id IS NOT NULL);

CREATE INDEX activities_new ON public.activities USING btree (created_at DESC, id DESC) INCLUDE (territory_id, owner_id) WHERE (deleted_at IS NULL);

CREATE INDEX activities_open_tasks ON public.activities USING btree (submission_id, due_at, id) WHERE ((kind = 'task'::text) AND (completed_at IS NULL) AND (deleted_at IS NULL));

CREATE INDEX activities_owner ON public.activities USING btree (owner_id, created_at DESC) WHERE (owner_id IS NOT NULL);

CREATE INDEX activities_submission ON public.activities USING btree (submission_id, created_at DESC, id DESC);

CREATE INDEX activities_territory ON public.activities USING btree (territory_id, created_at DESC, id DESC);

CREATE INDEX assignments_actor_fk ON public.assignments USING btree (actor_id) WHERE (actor_id IS NOT NULL);

CREATE INDEX assignments_previous_profile_fk ON public.assignments USING btree (previous_profile_id) WHERE (previous_profile_id IS NOT NULL);

CREATE INDEX assignments_profile ON public.assignments USING btree (profile_id, created_at DESC) WHERE (profile_id IS NOT NULL);

CREATE INDEX assignments_submission ON public.assignments USING btree (submission_id, created_at DESC);

CREATE INDEX audit_log_at ON public.audit_log USING brin (at);

CREATE INDEX audit_log_row ON public.audit_log USING btree (row_id, at DESC);

CREATE INDEX audit_log_territory ON public.audit_log USING btree (territory_id, at DESC, id DESC);

CREATE INDEX bulk_items_actor ON public.bulk_items USING btree (actor_id, created_at);

CREATE INDEX bulk_items_submission ON public.bulk_items USING btree (submission_id);

CREATE INDEX contact_phones_number ON public.contact_phones USING btree (number, contact_id);

CREATE UNIQUE INDEX contact_phones_one_primary ON public.contact_phones USING btree (contact_id) WHERE is_primary;

CREATE UNIQUE INDEX contacts_email ON public.contacts USING btree (lower(email)) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_name_key ON public.contacts USING btree (territory_id, name_key, id) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_organization_id ON public.contacts USING btree (organization_id);

CREATE INDEX contacts_territory_id ON public.contacts USING btree (territory_id, created_at DESC);

CREATE INDEX deal_stage_history_actor ON public.deal_stage_history USING btree (actor_id) WHERE (actor_id IS NOT NULL);

CREATE INDEX deal_stage_history_deal ON public.deal_stage_history USING btree (deal_id, changed_at DESC);

CREATE INDEX deals_board ON public.deals USING btree (territory_id, stage, stage_changed_at DESC, id DESC) INCLUDE (value, owner_id) WHERE (deleted_at IS NULL);

CREATE INDEX deals_contact_fk ON public.deals USING btree (contact_id);

CREATE INDEX deals_new ON public.deals USING btree (created_at DESC, id DESC) INCLUDE (territory_id, owner_id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX deals_one_open ON public.deals USING btree (submission_id) WHERE ((deleted_at IS NULL) AND ((stage)::text <> 'closed'::text));

CREATE INDEX deals_organization_fk ON public.deals USING btree (organization_id);

CREATE INDEX deals_owner ON public.deals USING btree (owner_id, stage, stage_changed_at DESC, id DESC) INCLUDE (value, territory_id) WHERE (owner_id IS NOT NULL);

CREATE INDEX deals_stage ON public.deals USING btree (stage, stage_changed_at DESC, id DESC) INCLUDE (value, territory_id, owner_id) WHERE (deleted_at IS NULL);

CREATE INDEX deals_stage_score ON public.deals USING btree (stage, lead_score DESC NULLS LAST, id DESC) INCLUDE (territory_id, owner_id) WHERE (deleted_at IS NULL);

CREATE INDEX deals_submission_fk ON public.deals USING btree (submission_id);

CREATE INDEX deals_territory_fk ON public.deals USING btree (territory_id);

CREATE INDEX deals_won ON public.deals USING btree (close_date, territory_id) INCLUDE (value) WHERE ((outcome = 'won'::text) AND (deleted_at IS NULL));

CREATE INDEX deals_words ON public.deals USING gin (to_tsvector('simple'::regconfig, flash.fold(title))) WITH (gin_pending_list_limit='16384') WHERE (deleted_at IS NULL);

CREATE INDEX imports_owner ON public.imports USING btree (owner_id, created_at DESC);

CREATE INDEX lead_merges_actor_fk ON public.lead_merges USING btree (actor_id) WHERE (actor_id IS NOT NULL);

CREATE INDEX lead_merges_kept ON public.lead_merges USING btree (kept_id, created_at DESC);

CREATE INDEX lead_merges_other ON public.lead_merges USING btree (other_id, created_at DESC);

CREATE INDEX lead_merges_undone_by_fk ON public.lead_merges USING btree (undone_by) WHERE (undone_by IS NOT NULL);

CREATE INDEX lead_scores_model_id ON public.lead_scores USING btree (model_id);

CREATE INDEX models_created_at ON public.models USING btree (created_at DESC);

CREATE UNIQUE INDEX models_one_champion ON public.models USING btree (status) WHERE (status = 'champion'::text);

CREATE INDEX models_promoted_by ON public.models USING btree (promoted_by) WHERE (promoted_by IS NOT NULL);

CREATE UNIQUE INDEX notifications_dedupe ON public.notifications USING btree (user_id, dedupe_key) WHERE (dedupe_key IS NOT NULL);

CREATE INDEX notifications_entity ON public.notifications USING btree (entity_id) WHERE (entity_id IS NOT NULL);

CREATE INDEX notifications_unread ON public.notifications USING btree (user_id, created_at DESC) WHERE (read_at IS NULL);

CREATE INDEX notifications_user ON public.notifications USING btree (user_id, created_at DESC, id DESC);

CREATE INDEX organizations_name_key ON public.organizations USING btree (name_key, country) WHERE (deleted_at IS NULL);

CREATE INDEX organizations_newest ON public.organizations USING btree (territory_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX organizations_territory_id ON public.organizations USING btree (territory_id, name_key);

CREATE INDEX profile_absences_profile_id ON public.profile_absences USING btree (profile_id, ends_at);

CREATE INDEX profile_territories_territory_id ON public.profile_territories USING btree (territory_id);

CREATE INDEX recommendation_states_decided_by ON public.recommendation_states USING btree (decided_by) WHERE (decided_by IS NOT NULL);

CREATE INDEX routing_rules_territory_id ON public.routing_rules USING btree (territory_id);

CREATE INDEX saved_view_marks_view ON public.saved_view_marks USING btree (view_id);

CREATE INDEX saved_views_owner ON public.saved_views USING btree (owner_id, screen, created_at);

CREATE INDEX saved_views_territory ON public.saved_views USING btree (territory_id, screen) WHERE (territory_id IS NOT NULL);

CREATE INDEX score_history_submission ON public.score_history USING btree (submission_id, created_at DESC);

CREATE INDEX submission_phones_number ON public.submission_phones USING btree (number, submission_id);

CREATE UNIQUE INDEX submission_phones_one_primary ON public.submission_phones USING btree (submission_id) WHERE is_primary;

CREATE INDEX submissions_business_key ON public.submissions USING btree (business_key, country);

CREATE INDEX submissions_contact_fk ON public.submissions USING btree (contact_id) WHERE (contact_id IS NOT NULL);

CREATE INDEX submissions_duplicate_of_fk ON public.submissions USING btree (duplicate_of) WHERE (duplicate_of IS NOT NULL);

CREATE INDEX submissions_email ON public.submissions USING btree (lower(email), created_at DESC) WHERE (email IS NOT NULL);

CREATE INDEX submissions_new ON public.submissions USING btree (created_at DESC, id DESC, territory_id) WHERE (deleted_at IS NULL);

CREATE INDEX submissions_next_contact ON public.submissions USING btree (next_contact_at) WHERE (((status)::text = 'nurture'::text) AND (deleted_at IS NULL));

CREATE INDEX submissions_organization_fk ON public.submissions USING btree (organization_id) WHERE (organization_id IS NOT NULL);

CREATE INDEX submissions_owner ON public.submissions USING btree (owner_id, status, created_at DESC) WHERE (owner_id IS NOT NULL);

CREATE INDEX submissions_previous_fk ON public.submissions USING btree (previous_id) WHERE (previous_id IS NOT NULL);

CREATE INDEX submissions_score ON public.submissions USING btree (lead_score DESC NULLS LAST, id DESC, territory_id) WHERE (deleted_at IS NULL);

CREATE INDEX submissions_status_new ON public.submissions USING btree (status, created_at DESC, id DESC) INCLUDE (territory_id, interest_level, lead_score, owner_id) WHERE (deleted_at IS NULL);

CREATE INDEX submissions_sub_area_fk ON public.submissions USING btree (sub_area_id) WHERE (sub_area_id IS NOT NULL);

CREATE INDEX submissions_suspected ON public.submissions USING btree (created_at DESC, id DESC) WHERE ((deleted_at IS NULL) AND ((duplicate_of IS NOT NULL) OR (flags <> '{}'::text[])));

CREATE INDEX submissions_tagged ON public.submissions USING btree (territory_id, created_at DESC, id DESC) WHERE ((deleted_at IS NULL) AND (tags <> '{}'::text[]));

CREATE INDEX submissions_territory_new ON public.submissions USING btree (territory_id, created_at DESC, id DESC);

CREATE INDEX submissions_territory_score ON public.submissions USING btree (territory_id, lead_score DESC NULLS LAST, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX submissions_territory_status ON public.submissions USING btree (territory_id, status, created_at DESC, id DESC) INCLUDE (interest_level, lead_score, owner_id) WHERE (deleted_at IS NULL);

CREATE INDEX submissions_unprocessed ON public.submissions USING btree (created_at) WHERE (processed_at IS NULL);

CREATE INDEX submissions_words ON public.submissions USING gin (to_tsvector('simple'::regconfig, flash.lead_words(business_name, owner_name, email, (phone)::text, address, reference))) WITH (gin_pending_list_limit='16384') WHERE (deleted_at IS NULL);

CREATE INDEX taken_findings_actor ON public.taken_findings USING btree (actor_id) WHERE (actor_id IS NOT NULL);

CREATE UNIQUE INDEX territories_one_country ON public.territories USING btree (country) WHERE (kind = 'country'::text);

CREATE UNIQUE INDEX territories_one_root ON public.territories USING btree (kind) WHERE (kind = 'root'::text);

CREATE INDEX territories_parent_id ON public.territories USING btree (parent_id);

CREATE INDEX territory_aliases_territory_id ON public.territory_aliases USING btree (territory_id);

CREATE INDEX territory_neighbours_neighbour_id ON public.territory_neighbours USING btree (neighbour_id);

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.activities;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.assignments;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.contacts;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.deals;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.lead_findings;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.lead_scores;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.notifications;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.organizations;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.recommendation_states;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.routing_rules;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.score_history;

ALTER PUBLICATION supabase_realtime ADD TABLE ONLY public.submissions;

ALTER TABLE public.activities ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assignments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bulk_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_phones ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.dashboard_layouts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.deal_stage_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.deals ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.exchange_rates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.fact_sources ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.feature_registry ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.imports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lead_findings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lead_merges ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lead_scores ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.model_drift ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.models ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notification_prefs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notifications ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.profile_absences ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.profile_territories ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.recommendation_states ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.routing_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.saved_view_marks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.saved_views ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.score_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.submission_phones ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.submissions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.taken_findings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.territories ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.territory_aliases ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.territory_neighbours ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.territory_settings ENABLE ROW LEVEL SECURITY;
