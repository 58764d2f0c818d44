// Conditions of routing rules: a small, typed part of JSON Logic, checked when they are read.
#pragma once
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "json/value.h"

namespace flash::leads {

enum class FactType : std::uint8_t { text, number, truth, list };  // list: of texts
std::string_view to_text(FactType type);

// A fact about a lead that a condition may ask for. tests/fixtures/routing/facts.json is this table
// for the web form, and both sides are held against it.
struct FactField {
  std::string_view name;
  FactType type;
  std::span<const std::string_view> words;  // the values it may have; empty: any
};
std::span<const FactField> fact_fields();
const FactField* fact_field(std::string_view name);

struct ConditionLimits {
  std::size_t bytes_max = 8 * 1024;  // as JSON text
  std::size_t depth_max = 10;
  std::size_t operations_max = 100;
  std::size_t list_max = 50;  // operands of and, or; words of in
  std::size_t word_bytes_max = 200;
};
inline constexpr ConditionLimits condition_limits;

// What is wrong with a condition and where: `path` is a JSON Pointer (RFC 6901) into it.
struct ConditionFault {
  std::string path;
  // too_large too_deep too_many malformed unknown_operator unknown_field wrong_arity wrong_type
  // needs_field not_allowed
  std::string_view rule;
  std::string message;
};

// A checked condition. It has no cycles, calls nothing and costs at most operations_max steps.
//
// The part of JSON Logic that it knows: and, or, !, ==, !=, <, <=, >, >=, in, missing, var; < and
// <= also with three operands ("between"). A comparison is between one fact and constants of its
// type, so nothing is ever coerced. A fact that is not known is unequal to everything, is in no
// list, and no order holds for it; "missing" asks for that.
class Condition {
 public:
  static std::expected<Condition, ConditionFault> parse(const json::Value& value);
  // `facts`: by the names of fact_fields(); absent, null or of another type is not known.
  [[nodiscard]] bool holds(const json::Object& facts) const;

 private:
  enum class Op : std::uint8_t {
    all,
    any,
    negate,
    constant,
    truth,
    equal,
    unequal,
    range,
    among,
    contains,
    missing
  };
  using Words = std::vector<std::string>;
  struct Bounds {  // of a number; the infinities: open
    double low, high;
    bool low_in, high_in;  // the bound itself belongs
  };
  struct Node {
    Op op = Op::constant;
    std::size_t fact = 0;             // place in fact_fields()
    std::vector<std::size_t> inside;  // of all, any, negate: places in nodes_
    std::variant<bool, double, std::string, Words, Bounds> value = true;
  };
  class Reader;

  [[nodiscard]] bool holds(std::size_t at, const json::Object& facts) const;
  [[nodiscard]] static bool leaf_holds(const Node& node, const json::Object& facts);

  std::vector<Node> nodes_;  // whatever a node has inside comes before it; the last is the root
};

}  // namespace flash::leads
