#include "realtime/filter.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace flash::realtime {
namespace {

constexpr std::size_t text_bytes_max = 4096;
constexpr std::size_t conditions_max = 20;
constexpr std::size_t in_values_max = 100;
// Matching a pattern takes their product in the worst case, and runs where changes are sent from.
constexpr std::size_t pattern_bytes_max = 256;
constexpr std::size_t searched_bytes_max = 16'384;

constexpr std::array<std::pair<std::string_view, Op>, 11> ops{{{"eq", Op::eq},
                                                               {"neq", Op::neq},
                                                               {"lt", Op::lt},
                                                               {"lte", Op::lte},
                                                               {"gt", Op::gt},
                                                               {"gte", Op::gte},
                                                               {"in", Op::in},
                                                               {"is", Op::is},
                                                               {"like", Op::like},
                                                               {"ilike", Op::ilike},
                                                               {"isdistinct", Op::isdistinct}}};

std::unexpected<Error> wrong(std::string why) {
  return fail(Kind::invalid, "filter", text::cat("Error parsing `filter` params: ", why));
}

// Where the piece ends: at the first comma outside quotes and parentheses.
std::size_t piece_end(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      --depth;
    } else if (c == ',' && depth <= 0) {
      return i;
    }
  }
  return text.size();
}

// A value may be quoted to hold commas and parentheses; a backslash escapes inside quotes.
std::string unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  text = text.substr(1, text.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

Result<std::vector<std::string>> parse_list(std::string_view text) {
  if (!text.starts_with('(') || !text.ends_with(')'))
    return wrong("in. needs a list in parentheses");
  text = text.substr(1, text.size() - 2);
  std::vector<std::string> values;
  while (!text.empty()) {
    const std::size_t end = piece_end(text);
    values.push_back(unquote(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (values.size() > in_values_max) return wrong("in. takes at most 100 values");
  }
  if (values.empty()) return wrong("in. needs a value");
  return values;
}

Result<Condition> parse_condition(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos)
    return wrong("expected column=operator.value");
  Condition out;
  out.column = text.substr(0, equals);
  std::string_view rest = text.substr(equals + 1);
  if (rest.starts_with("not.")) {
    out.negated = true;
    rest.remove_prefix(4);
  }
  const auto dot = rest.find('.');
  if (dot == std::string_view::npos) return wrong("expected column=operator.value");
  const auto* const known =
      std::ranges::find(ops, rest.substr(0, dot), &std::pair<std::string_view, Op>::first);
  if (known == ops.end()) return wrong(text::cat("unknown operator ", rest.substr(0, dot)));
  out.op = known->second;
  rest.remove_prefix(dot + 1);
  if (out.op != Op::in) {
    out.values.push_back(unquote(rest));
    return out;
  }
  TRY(out.values, parse_list(rest));
  return out;
}

std::optional<bool> is_truth(std::string_view word, ValueType type,
                             std::optional<std::string_view> value) {
  if (text::equal_ignoring_case(word, "null")) return !value;
  if (type.array || type.kind != ValueKind::boolean) return std::nullopt;
  if (text::equal_ignoring_case(word, "unknown")) return !value;
  if (text::equal_ignoring_case(word, "true")) return value == "t";
  if (text::equal_ignoring_case(word, "false")) return value == "f";
  return std::nullopt;
}

// Arrays and JSON are compared as text; whoever filters by them must write PostgreSQL's own form.
ValueKind comparable(ValueType type) { return type.array ? ValueKind::text : type.kind; }

std::optional<bool> is_member(const Condition& condition, ValueKind kind, std::string_view value) {
  return std::ranges::any_of(condition.values, [&](const std::string& item) {
    const auto order = compare(kind, value, item);
    return order && *order == 0;
  });
}

// nullopt: SQL's null.
std::optional<bool> evaluate(const Condition& condition, ValueType type,
                             std::optional<std::string_view> value) {
  const std::string& wanted = condition.values.front();
  if (condition.op == Op::is) return is_truth(wanted, type, value);
  const ValueKind kind = comparable(type);
  if (condition.op == Op::isdistinct) {
    const auto order = value ? compare(kind, *value, wanted) : std::nullopt;
    return !order || *order != 0;
  }
  if (!value) return std::nullopt;
  if (condition.op == Op::in) return is_member(condition, kind, *value);
  if (condition.op == Op::like || condition.op == Op::ilike)
    return is_like(value->substr(0, searched_bytes_max), wanted, condition.op == Op::ilike);
  const auto order = compare(kind, *value, wanted);
  if (!order) return std::nullopt;
  switch (condition.op) {
    case Op::eq: return *order == 0;
    case Op::neq: return *order != 0;
    case Op::lt: return *order < 0;
    case Op::lte: return *order <= 0;
    case Op::gt: return *order > 0;
    case Op::gte: return *order >= 0;
    default: return std::nullopt;
  }
}

}  // namespace

Result<Filter> parse_filter(std::string_view text) {
  if (text.size() > text_bytes_max) return wrong("the filter is too long");
  Filter out;
  while (!text.empty()) {
    const std::size_t end = piece_end(text);
    TRY(Condition condition, parse_condition(text.substr(0, end)));
    out.push_back(std::move(condition));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (out.size() > conditions_max) return wrong("too many conditions");
  }
  return out;
}

Result<void> check_condition(const Condition& condition, ValueType type) {
  if (condition.op == Op::is) {
    if (is_truth(condition.values.front(), type, std::nullopt)) return {};
    return wrong("is. takes null, and true, false or unknown for a boolean column");
  }
  if (condition.op == Op::like || condition.op == Op::ilike) {
    if (condition.values.front().size() <= pattern_bytes_max) return {};
    return wrong("the pattern is too long");
  }
  for (const std::string& value : condition.values)
    if (!compare(comparable(type), value, value))
      return wrong(text::cat("not a value of the type of column ", condition.column));
  return {};
}

bool holds(const Condition& condition, ValueType type, std::optional<std::string_view> value) {
  const auto truth = evaluate(condition, type, value);
  return truth && *truth != condition.negated;
}

}  // namespace flash::realtime
