// A verified caller as realtime knows one.
#pragma once
#include "auth/identity.h"
#include "realtime/caller.h"

namespace flash::api {

realtime::Caller caller_of(auth::Identity identity);

}  // namespace flash::api
