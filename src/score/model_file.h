// A model as bytes: docs/formats/model.md. What is cut, foreign, newer or beyond a bound is
// refused.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "score/model.h"

namespace flash::score {

inline constexpr std::uint32_t model_format = 1;
inline constexpr std::size_t model_bytes_max = std::size_t{64} << 20U;

// The same parts give the same bytes.
std::string write_model(const Parts& parts);

// Errors: unprocessable "model_foreign" (no model), "model_version" (of another format),
// "model_cut" (length and contents differ), "model_hash" (changed since it was written); those of
// Schema, Linear, Forest and Model for contents that do not belong together.
Result<Model> read_model(std::string_view bytes);

// The hash that ends the file, in hex; "" for what is too short to have one.
std::string model_sha256(std::string_view bytes);

}  // namespace flash::score
