// Is the process alive, is it ready, what has it done.
#pragma once
#include <array>
#include <cstdint>

#include "api/doors.h"

namespace flash::api {

http::Response livez(Context& context, const http::Request& request);
Answer readyz(Context& context, http::Request request);  // 503 until the database answers
http::Response metrics(Context& context, const http::Request& request);
http::Response page(Context& context, const http::Request& request);

}  // namespace flash::api
