#include "leads/condition.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "base/text.h"
#include "json/read.h"

namespace flash::leads {
namespace {

constexpr double open_end = std::numeric_limits<double>::infinity();

std::optional<double> number_of(const json::Value& value) {
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  if (value.is_double() && std::isfinite(value.get_double())) return value.get_double();
  return std::nullopt;
}

// "/and/2" below "/or/0": a pointer's own marks are escaped, as RFC 6901 says.
std::string below(const std::string& path, std::string_view step) {
  std::string out = text::cat(path, "/");
  for (const char c : text::clip_utf8(step, 40)) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string below(const std::string& path, std::size_t step) {
  return text::cat(path, "/", std::to_string(step));
}

std::optional<std::string_view> var_of(const json::Value& value) {
  if (!value.is_object() || value.get_object().size() != 1) return std::nullopt;
  const auto* name = json::find(value.get_object(), "var");
  if (name == nullptr || !name->is_string()) return std::nullopt;
  return std::string_view(name->get_string());
}

bool is_order(std::string_view name) {
  return name == "<" || name == "<=" || name == ">" || name == ">=";
}

}  // namespace

// Reads one condition; stops at its first fault.
class Condition::Reader {
 public:
  std::expected<Condition, ConditionFault> read(const json::Value& value) {
    if (json::serialize(value).size() > condition_limits.bytes_max)
      blame("", "too_large", "A condition has at most 8 KB.");
    if (!fault_) expression(value, "", 1);
    if (fault_) return std::unexpected(*std::move(fault_));
    return std::move(out_);
  }

 private:
  using Path = const std::string&;

  void blame(std::string path, std::string_view rule, std::string message) {
    if (!fault_) fault_ = ConditionFault{std::move(path), rule, std::move(message)};
  }

  std::size_t keep(Node node) {
    out_.nodes_.push_back(std::move(node));
    return out_.nodes_.size() - 1;
  }

  std::size_t expression(const json::Value& value, Path path, std::size_t depth) {
    if (fault_) return 0;
    if (depth > condition_limits.depth_max)
      return blame(path, "too_deep", "Conditions go at most ten levels deep."), 0;
    if (++operations_ > condition_limits.operations_max)
      return blame(path, "too_many", "A condition has at most 100 operations."), 0;
    if (value.is_bool()) return keep({Op::constant, 0, {}, value.get_bool()});
    if (!value.is_object() || value.get_object().size() != 1)
      return blame(path, "malformed", "A condition is an object with one operator."), 0;
    const auto& [key, operand] = *value.get_object().begin();
    return operation(key, operand, below(path, std::string_view(key)), depth);
  }

  std::size_t operation(std::string_view name, const json::Value& operand, Path path,
                        std::size_t depth) {
    if (name == "and" || name == "or")
      return list_of(name == "and" ? Op::all : Op::any, operand, path, depth);
    if (name == "!") return negation(operand, path, depth);
    if (name == "var") return truth(operand, path);
    if (name == "missing") return missing(operand, path);
    if (name == "==" || name == "!=") return equality(name == "==", operand, path);
    if (is_order(name)) return order(name, operand, path);
    if (name == "in") return membership(operand, path);
    blame(path, "unknown_operator",
          text::cat("There is no operator '", text::clip_utf8(name, 40), "'."));
    return 0;
  }

  std::size_t list_of(Op op, const json::Value& operand, Path path, std::size_t depth) {
    if (!operand.is_array()) return blame(path, "wrong_arity", "It takes a list."), 0;
    const auto& items = operand.get_array();
    if (items.empty() || items.size() > condition_limits.list_max)
      return blame(path, "wrong_arity", "It takes 1 to 50 conditions."), 0;
    Node node{op, 0, {}, true};
    for (std::size_t i = 0; i < items.size() && !fault_; ++i)
      node.inside.push_back(expression(items[i], below(path, i), depth + 1));
    return keep(std::move(node));
  }

  std::size_t negation(const json::Value& operand, Path path, std::size_t depth) {
    const bool listed = operand.is_array();
    if (listed && operand.get_array().size() != 1)
      return blame(path, "wrong_arity", "It takes one condition."), 0;
    const auto inside = listed ? expression(operand.get_array()[0], below(path, 0U), depth + 1)
                               : expression(operand, path, depth + 1);
    return keep({Op::negate, 0, {inside}, true});
  }

  // The place of a fact in the table; nullopt with a fault: there is none of that name.
  std::optional<std::size_t> fact(std::string_view name, Path path) {
    const FactField* field = fact_field(name);
    if (field != nullptr) return static_cast<std::size_t>(field - fact_fields().data());
    blame(path, "unknown_field", text::cat("There is no fact '", text::clip_utf8(name, 40), "'."));
    return std::nullopt;
  }

  static FactType type_of(std::size_t fact) { return fact_fields()[fact].type; }

  std::size_t truth(const json::Value& operand, Path path) {
    if (!operand.is_string()) return blame(path, "wrong_type", "It names one fact."), 0;
    const auto at = fact(operand.get_string(), path);
    if (at && type_of(*at) != FactType::truth)
      blame(path, "wrong_type", "Only a fact that is true or false stands alone.");
    return fault_ ? 0 : keep({Op::truth, *at, {}, true});
  }

  std::size_t missing(const json::Value& operand, Path path) {
    Node any{Op::any, 0, {}, true};
    const auto add = [&](const json::Value& item, Path where) {
      if (!item.is_string()) return blame(where, "wrong_type", "It takes names of facts.");
      if (const auto at = fact(item.get_string(), where))
        any.inside.push_back(keep({Op::missing, *at, {}, true}));
    };
    if (operand.is_string()) {
      add(operand, path);
      return fault_ ? 0 : any.inside.front();
    }
    if (!operand.is_array() || operand.get_array().empty() ||
        operand.get_array().size() > condition_limits.list_max)
      return blame(path, "wrong_arity", "It takes 1 to 50 names of facts."), 0;
    const auto& items = operand.get_array();
    for (std::size_t i = 0; i < items.size() && !fault_; ++i) add(items[i], below(path, i));
    return fault_ ? 0 : keep(std::move(any));
  }

  // A constant as a fact of the table takes it.
  std::optional<std::string> word(std::size_t fact, const json::Value& value, Path path) {
    if (!value.is_string()) return blame(path, "wrong_type", "It takes text here."), std::nullopt;
    const std::string_view text(value.get_string());
    const auto words = fact_fields()[fact].words;
    if (text.size() > condition_limits.word_bytes_max)
      return blame(path, "too_large", "A text has at most 200 bytes."), std::nullopt;
    if (!words.empty() && std::ranges::find(words, text) == words.end())
      return blame(path, "not_allowed",
                   text::cat("'", text::clip_utf8(text, 40), "' is no value of ",
                             fact_fields()[fact].name, ".")),
             std::nullopt;
    return std::string(text);
  }

  std::size_t equality(bool equal, const json::Value& operand, Path path) {
    if (!operand.is_array() || operand.get_array().size() != 2)
      return blame(path, "wrong_arity", "It compares a fact with a value."), 0;
    const auto& items = operand.get_array();
    const std::size_t side = var_of(items[0]) ? 0 : 1;
    const auto name = var_of(items[side]);
    if (!name || var_of(items[1 - side]))
      return blame(path, "needs_field", "It compares one fact with a value."), 0;
    const auto at = fact(*name, below(path, side));
    if (!at) return 0;
    const std::string where = below(path, 1 - side);
    const auto& value = items[1 - side];
    Node node{equal ? Op::equal : Op::unequal, *at, {}, true};
    if (type_of(*at) == FactType::text) {
      node.value = word(*at, value, where).value_or("");
    } else if (type_of(*at) == FactType::number && number_of(value)) {
      node.value = *number_of(value);
    } else if (type_of(*at) == FactType::truth && value.is_bool()) {
      node.value = value.get_bool();
    } else {
      blame(where, "wrong_type", "The value is not of the fact's type.");
    }
    return fault_ ? 0 : keep(std::move(node));
  }

  // Which of two or three operands is the fact; the others are numbers.
  std::optional<std::size_t> measured(const json::Array& items, Path path, std::size_t& fact_at) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto name = var_of(items[i]);
      if (!name && !number_of(items[i]))
        return blame(below(path, i), "wrong_type", "It takes a fact and numbers."), std::nullopt;
      if (!name) continue;
      if (found) return blame(path, "needs_field", "It takes one fact."), std::nullopt;
      const auto at = fact(*name, below(path, i));
      if (!at) return std::nullopt;
      if (type_of(*at) != FactType::number)
        return blame(below(path, i), "wrong_type", "Only numbers have an order."), std::nullopt;
      fact_at = *at;
      found = i;
    }
    if (!found || (items.size() == 3 && *found != 1))
      return blame(path, "needs_field", "It takes one fact; between two numbers, in the middle."),
             std::nullopt;
    return found;
  }

  std::size_t order(std::string_view name, const json::Value& operand, Path path) {
    const bool upward = name.front() == '<';
    const std::size_t count = operand.is_array() ? operand.get_array().size() : 0;
    if (count != 2 && !(count == 3 && upward))
      return blame(path, "wrong_arity", "It takes two operands; < and <= also three."), 0;
    const auto& items = operand.get_array();
    Node node{Op::range, 0, {}, true};
    const auto side = measured(items, path, node.fact);
    if (!side) return 0;
    const bool included = name.size() == 2;
    Bounds bounds{-open_end, open_end, included, included};
    if (count == 3) {
      bounds.low = *number_of(items[0]);
      bounds.high = *number_of(items[2]);
    } else if ((*side == 0) == upward) {  // fact < 5, or 5 > fact
      bounds.high = *number_of(items[1 - *side]);
    } else {
      bounds.low = *number_of(items[1 - *side]);
    }
    node.value = bounds;
    return keep(std::move(node));
  }

  std::size_t membership(const json::Value& operand, Path path) {
    if (!operand.is_array() || operand.get_array().size() != 2)
      return blame(path, "wrong_arity", "It takes a value and a list."), 0;
    const auto& items = operand.get_array();
    if (const auto list = var_of(items[1]); list && !var_of(items[0])) {
      const auto at = fact(*list, below(path, 1U));
      if (!at) return 0;
      if (type_of(*at) != FactType::list)
        return blame(below(path, 1U), "wrong_type", "This fact is no list."), 0;
      auto value = word(*at, items[0], below(path, 0U));
      return fault_ ? 0 : keep({Op::contains, *at, {}, *std::move(value)});
    }
    const auto name = var_of(items[0]);
    if (!name) return blame(path, "needs_field", "It takes one fact."), 0;
    const auto at = fact(*name, below(path, 0U));
    if (!at) return 0;
    if (type_of(*at) != FactType::text)
      return blame(below(path, 0U), "wrong_type", "Only a text can be one of a list."), 0;
    return among(*at, items[1], below(path, 1U));
  }

  std::size_t among(std::size_t fact, const json::Value& list, Path path) {
    if (!list.is_array()) return blame(path, "wrong_type", "It takes a list of texts."), 0;
    const auto& items = list.get_array();
    if (items.empty() || items.size() > condition_limits.list_max)
      return blame(path, "wrong_arity", "A list has 1 to 50 texts."), 0;
    Words words;
    for (std::size_t i = 0; i < items.size() && !fault_; ++i)
      words.push_back(word(fact, items[i], below(path, i)).value_or(""));
    return fault_ ? 0 : keep({Op::among, fact, {}, std::move(words)});
  }

  Condition out_;
  std::size_t operations_ = 0;
  std::optional<ConditionFault> fault_;
};

std::expected<Condition, ConditionFault> Condition::parse(const json::Value& value) {
  return Reader().read(value);
}

bool Condition::leaf_holds(const Node& node, const json::Object& facts) {
  const FactField& field = fact_fields()[node.fact];
  const json::Value* known = json::find(facts, field.name);
  const bool has = known != nullptr && (field.type == FactType::text     ? known->is_string()
                                        : field.type == FactType::number ? known->is_number()
                                        : field.type == FactType::truth  ? known->is_bool()
                                                                         : known->is_array());
  if (node.op == Op::missing) return !has;
  if (!has) return node.op == Op::unequal;
  switch (node.op) {
    case Op::truth: return known->get_bool();
    case Op::range: {
      const auto value = number_of(*known).value_or(std::nan(""));
      const auto& [low, high, low_in, high_in] = std::get<Bounds>(node.value);
      return (low_in ? value >= low : value > low) && (high_in ? value <= high : value < high);
    }
    case Op::among: {
      const auto& words = std::get<Words>(node.value);
      return std::ranges::find(words, std::string_view(known->get_string())) != words.end();
    }
    case Op::contains:
      return std::ranges::any_of(known->get_array(), [&](const json::Value& item) {
        return item.is_string() &&
               std::string_view(item.get_string()) == std::get<std::string>(node.value);
      });
    default: break;
  }
  bool same = false;  // equal and unequal
  if (const auto* word = std::get_if<std::string>(&node.value))
    same = std::string_view(known->get_string()) == *word;
  else if (const auto* truth = std::get_if<bool>(&node.value))
    same = known->get_bool() == *truth;
  else
    same = number_of(*known) == std::get<double>(node.value);
  return same == (node.op == Op::equal);
}

bool Condition::holds(std::size_t at, const json::Object& facts) const {
  const Node& node = nodes_[at];
  const auto inside = [&](std::size_t i) { return holds(i, facts); };
  switch (node.op) {
    case Op::all: return std::ranges::all_of(node.inside, inside);
    case Op::any: return std::ranges::any_of(node.inside, inside);
    case Op::negate: return !inside(node.inside.front());
    case Op::constant: return std::get<bool>(node.value);
    default: return leaf_holds(node, facts);
  }
}

bool Condition::holds(const json::Object& facts) const {
  return !nodes_.empty() && holds(nodes_.size() - 1, facts);
}

}  // namespace flash::leads
