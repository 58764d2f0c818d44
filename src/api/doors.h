// Every endpoint's function. A door parses, calls the rooms below and answers; it never calls
// another door.
#pragma once
#include "api/context.h"
#include "http/request.h"
#include "http/response.h"
#include "loop/core.h"

namespace flash::net {
class Exchange;
}

namespace flash::api {

using Answer = loop::Task<http::Response>;

// /rest/v1/*
Answer rest(Context& context, http::Request request);

// /auth/v1/*
Answer auth_health(Context& context, http::Request request);
Answer auth_settings(Context& context, http::Request request);
Answer auth_jwks(Context& context, http::Request request);
Answer auth_token(Context& context, http::Request request);
Answer auth_user(Context& context, http::Request request);
Answer auth_logout(Context& context, http::Request request);
Answer auth_signup(Context& context, http::Request request);

// /api/*
Answer submissions(Context& context, http::Request request);       // /api/submissions, POST and GET
Answer submission(Context& context, http::Request request);        // /api/submissions/{id}
Answer submission_stats(Context& context, http::Request request);  // /api/submissions/stats
Answer insights(Context& context, http::Request request);          // /api/insights
Answer rep_tracking(Context& context, http::Request request);
Answer rep_tracking_stats(Context& context, http::Request request);
Answer form_config(Context& context, http::Request request);   // /api/config
Answer export_leads(Context& context, http::Request request);  // /api/leads/export
Answer lead_score(Context& context, http::Request request);    // /api/leads/{id}/score
Answer lead_recommendations(Context& context, http::Request request);
Answer lead_what_if(Context& context, http::Request request);     // /api/leads/{id}/what-if
Answer lead_routing(Context& context, http::Request request);     // /api/leads/{id}/routing
Answer routing_rules(Context& context, http::Request request);    // /api/routing/rules
Answer routing_dry_run(Context& context, http::Request request);  // /api/routing/dry-run
Answer models(Context& context, http::Request request);           // /api/models
Answer train_models(Context& context, http::Request request);     // /api/models/train
Answer promote_model(Context& context, http::Request request);    // /api/models/{id}/promote
Answer cancel_training(Context& context, http::Request request);  // /api/models/runs/{id}/cancel

// /realtime/v1/websocket: answers the handshake itself
void realtime_socket(Context& context, net::Exchange& exchange);

}  // namespace flash::api
