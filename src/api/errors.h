// Error to the wire. Every door has its own shape, and only this file knows them.
#pragma once
#include "base/error.h"
#include "http/request.h"
#include "http/response.h"

namespace flash::api {

// PostgREST: {code,details,hint,message} by rest::errors::to_response, with the refusals of
// identify() under PostgREST's names for them and a challenge that tells the reason. `anonymous`:
// the caller has role anon.
http::Response rest_error(Error error, bool anonymous = false);

// Supabase auth: {code,message} for X-Supabase-Api-Version 2024-01-01 and later,
// {code,error_code,msg} before.
http::Response auth_error(const Error& error, const http::Request& request);

// The lead API: {code,message}. What went wrong on our side is named, not told.
http::Response lead_error(const Error& error);

}  // namespace flash::api
