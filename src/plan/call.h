// Call: a function with its arguments, and what to read of its rows.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "catalog/function.h"
#include "plan/read.h"

namespace flash::plan {

struct Argument {
  const catalog::Parameter* parameter = nullptr;
  std::vector<std::string> values;  // several only for a variadic parameter
};

// Arguments one by one, as text.
struct DirectArguments {
  std::vector<Argument> items;
};

// Arguments as one JSON object with a key a parameter.
struct JsonArguments {
  std::vector<const catalog::Parameter*> parameters;
  std::string json;
};

// What a body that is handed over whole can be for a parameter.
enum class WholeBodyType : std::uint8_t { none, json, text, xml, bytes };

// The whole body for a function with one unnamed parameter.
struct WholeBody {
  const catalog::Parameter* parameter = nullptr;
  std::string text;
};

struct Call {
  const catalog::Function* function = nullptr;
  std::variant<DirectArguments, JsonArguments, WholeBody> arguments;
  // More rows than this undo the whole call, as with plan::Write.
  std::optional<std::uint64_t> rows_max;
  Read returning;  // when the function gives rows with columns
};

}  // namespace flash::plan
