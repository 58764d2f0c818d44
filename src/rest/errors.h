// The PGRST codes: what each is on the wire. Follows PostgREST's "Errors" page, code by code.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "http/response.h"

namespace flash::rest::errors {

Error parse_failed(std::string_view what, std::string_view text, std::size_t at,
                   std::string details);
Error method_on_call(std::string_view method);                                        // PGRST101
Error invalid_body(std::string message);                                              // PGRST102
Error bad_content_type(std::string_view type);                                        // PGRST102
Error negative_limit();                                                               // PGRST103
Error range_upside_down();                                                            // PGRST103
Error offset_beyond(std::uint64_t offset, std::uint64_t total);                       // PGRST103
Error put_filters();                                                                  // PGRST105
Error unknown_schema(std::string_view schema, std::span<const std::string> exposed);  // PGRST106
Error no_media_type(std::string_view accept);                                         // PGRST107
Error bad_response_headers();                                                         // PGRST111
Error bad_response_status();                                                          // PGRST112
Error put_limit();                                                                    // PGRST114
Error put_key();                                                                      // PGRST115
Error not_single(std::size_t rows);                                                   // PGRST116
Error unsupported_method(std::string_view method);                                    // PGRST117
Error invalid_preferences(std::string_view list);                                     // PGRST122
Error max_affected(std::size_t rows);                                                 // PGRST124
Error bad_path();                                                                     // PGRST125
Error root_disabled();                                                                // PGRST126
Error max_affected_call();                                                            // PGRST128
Error count_too_large(std::uint64_t rows_max);                                        // FLASH001

// Any error of the rooms below as the answer on the wire: plan's codes, SQLSTATEs, what SQL raised
// with PTxyz or PGRST. What is forbidden to an anonymous caller asks him to sign in: 401 instead of
// 403.
enum class Verbosity : unsigned char { verbose, minimal };  // minimal: no details, no hint
http::Response to_response(Error error, bool anonymous, Verbosity verbosity = Verbosity::verbose);

}  // namespace flash::rest::errors
