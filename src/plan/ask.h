// What a door asks for, by names that nobody has looked up yet. build.h turns it into a plan.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace flash::plan {

// One arrow of a JSON path: ->key, ->3; the last may give text: ->>key.
struct JsonStep {
  std::string key;  // or the digits of an index, with a sign
  bool is_index = false;
  bool as_text = false;

  bool operator==(const JsonStep&) const = default;
};

enum class Operator : std::uint8_t {
  eq,
  neq,
  gt,
  gte,
  lt,
  lte,
  like,
  ilike,
  match,
  imatch,
  in,
  is,
  isdistinct,
  fts,
  plfts,
  phfts,
  wfts,
  cs,
  cd,
  ov,
  sl,
  sr,
  nxr,
  nxl,
  adj,
};

// eq(any).{1,2}: the value is an array literal, and one or every element must pass.
enum class Quantifier : std::uint8_t { none, any, all };

enum class IsValue : std::uint8_t { null, not_null, true_, false_, unknown };

// The right-hand side of a comparison. Which member counts depends on the operator.
struct Test {
  Operator op = Operator::eq;
  Quantifier quantifier = Quantifier::none;
  IsValue is = IsValue::null;
  std::string value;
  std::vector<std::string> list;  // in
  std::string language;           // fts: a text search configuration; empty: the default
};

struct AskedField {
  std::string name;
  std::vector<JsonStep> path;
};

struct AskedCompare {
  AskedField field;
  Test test;
};

struct AskedPredicate;
struct AskedGroup {
  bool any = false;  // or
  std::vector<AskedPredicate> parts;
};

struct AskedPredicate {
  bool negated = false;
  std::variant<AskedCompare, AskedGroup> what;
};

enum class Aggregate : std::uint8_t { none, sum, avg, max, min, count };

struct AskedOutput {
  bool star = false;                      // every column; nothing else counts then
  AskedField field;                       // without a name: count(), of rows
  std::string alias;                      // empty: the natural name
  std::string cast;                       // empty: none
  Aggregate aggregate = Aggregate::none;  // over the rows that agree in the other outputs
  std::string aggregate_cast;             // of its result
};

enum class Nulls : std::uint8_t { standard, first, last };

struct AskedOrder {
  std::string embed;  // order=embed(column); empty: a column of this table
  AskedField field;
  bool descending = false;
  Nulls nulls = Nulls::standard;
};

struct AskedEmbed;
struct AskedRead {
  std::vector<AskedOutput> outputs;
  std::vector<AskedEmbed> embeds;
  std::vector<AskedPredicate> where;  // all must hold
  std::vector<AskedOrder> order;
  std::optional<std::uint64_t> limit, offset;
};

struct AskedEmbed {
  std::string target;  // a table, a foreign key or a column
  std::string alias, hint;
  bool inner = false;
  bool spread = false;
  AskedRead read;

  [[nodiscard]] std::string_view name() const { return alias.empty() ? target : alias; }
};

}  // namespace flash::plan
