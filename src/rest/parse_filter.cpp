#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"
#include "plan/errors.h"
#include "plan/limits.h"
#include "rest/cursor.h"
#include "rest/query.h"

namespace flash::rest {
namespace {

using plan::AskedCompare;
using plan::AskedGroup;
using plan::AskedPredicate;
using plan::IsValue;
using plan::Operator;
using plan::Quantifier;
using plan::Test;

struct Word {
  std::string_view name;
  Operator op;
  bool quantifiable;
};

constexpr std::array<Word, 25> words{{
    {"eq", Operator::eq, true},
    {"neq", Operator::neq, false},
    {"gt", Operator::gt, true},
    {"gte", Operator::gte, true},
    {"lt", Operator::lt, true},
    {"lte", Operator::lte, true},
    {"like", Operator::like, true},
    {"ilike", Operator::ilike, true},
    {"match", Operator::match, true},
    {"imatch", Operator::imatch, true},
    {"in", Operator::in, false},
    {"is", Operator::is, false},
    {"isdistinct", Operator::isdistinct, false},
    {"fts", Operator::fts, false},
    {"plfts", Operator::plfts, false},
    {"phfts", Operator::phfts, false},
    {"wfts", Operator::wfts, false},
    {"cs", Operator::cs, false},
    {"cd", Operator::cd, false},
    {"ov", Operator::ov, false},
    {"sl", Operator::sl, false},
    {"sr", Operator::sr, false},
    {"nxr", Operator::nxr, false},
    {"nxl", Operator::nxl, false},
    {"adj", Operator::adj, false},
}};

constexpr std::array<std::pair<std::string_view, IsValue>, 5> is_words{{
    {"null", IsValue::null},
    {"not_null", IsValue::not_null},
    {"true", IsValue::true_},
    {"false", IsValue::false_},
    {"unknown", IsValue::unknown},
}};

const Word* find_word(std::string_view name) {
  const auto* found = std::ranges::find(words, name, &Word::name);
  return found == words.end() ? nullptr : found;
}

bool is_full_text(Operator op) {
  return op == Operator::fts || op == Operator::plfts || op == Operator::phfts ||
         op == Operator::wfts;
}

// Where a value stands decides where it ends: alone, or among others in and(...).
enum class Place : unsigned char { alone, in_logic };

std::string_view take_until(Cursor& cursor, std::string_view stops) {
  const std::string_view rest = cursor.rest();
  const auto end = std::min(rest.find_first_of(stops), rest.size());
  cursor.skip(end);
  return rest.substr(0, end);
}

bool at_value_end(const Cursor& cursor) {
  return cursor.done() || cursor.peek() == ',' || cursor.peek() == ')';
}

Result<std::string> parse_value(Cursor& cursor, Place place) {
  if (place == Place::alone) return std::string(take_until(cursor, ""));
  if (cursor.peek() == '"') {
    Cursor ahead = cursor;
    auto quoted = ahead.quoted();
    if (quoted && at_value_end(ahead)) {
      cursor = ahead;
      return quoted;
    }
  }
  if (cursor.peek() == '{') {  // an array literal may hold commas
    const std::string_view rest = cursor.rest();
    const auto end = rest.find_first_of("{}", 1);
    if (end != std::string_view::npos && rest[end] == '}') {
      cursor.skip(end + 1);
      return std::string(rest.substr(0, end + 1));
    }
  }
  return std::string(take_until(cursor, ",)"));
}

Result<std::vector<std::string>> parse_list(Cursor& cursor) {
  std::vector<std::string> out;
  cursor.skip_spaces();
  if (!cursor.take("(")) return cursor.fault("\"(\"");
  cursor.skip_spaces();
  if (cursor.take(")")) return out;
  do {
    if (out.size() == plan::list_items_max)
      return fail(plan::errors::too_large("values in a list", plan::list_items_max));
    TRY(std::string item, parse_value(cursor, Place::in_logic));
    out.push_back(std::move(item));
  } while (cursor.take(","));
  if (!cursor.take(")")) return cursor.fault("\")\" or \",\"");
  cursor.skip_spaces();
  return out;
}

Result<IsValue> parse_is(Cursor& cursor) {
  Cursor ahead = cursor;
  const std::string_view word = take_until(ahead, ",)");
  for (const auto& [name, value] : is_words) {
    if (!text::equal_ignoring_case(word, name)) continue;
    cursor = ahead;
    return value;
  }
  return cursor.fault("null, not_null, true, false or unknown");
}

// (any), (all) or (english), between the operator and its dot.
Result<void> parse_modifier(Cursor& cursor, const Word& word, Test& test) {
  if (!cursor.take("(")) return {};
  const std::string_view inside = take_until(cursor, ").");
  if (is_full_text(word.op)) {
    test.language = inside;
  } else if (word.quantifiable && inside == "any") {
    test.quantifier = Quantifier::any;
  } else if (word.quantifiable && inside == "all") {
    test.quantifier = Quantifier::all;
  } else {
    return cursor.fault("delimiter (.)");
  }
  if (inside.empty() || !cursor.take(")")) return cursor.fault("\")\"");
  return {};
}

Result<Test> parse_test(Cursor& cursor, Place place) {
  Cursor ahead = cursor;
  const std::string_view name = take_until(ahead, ".(,)");
  const Word* word = find_word(name);
  if (word == nullptr || (ahead.peek() != '.' && ahead.peek() != '('))
    return cursor.fault("operator (eq, gt, ...)");
  cursor = ahead;
  Test test;
  test.op = word->op;
  TRY_DONE(parse_modifier(cursor, *word, test));
  if (!cursor.take(".")) return cursor.fault("delimiter (.)");
  if (test.op == Operator::in) {
    TRY(test.list, parse_list(cursor));
  } else if (test.op == Operator::is) {
    TRY(test.is, parse_is(cursor));
  } else {
    TRY(test.value, parse_value(cursor, place));
  }
  // "*" saves the caller from writing %25 in a URL.
  if (test.op == Operator::like || test.op == Operator::ilike)
    std::ranges::replace(test.value, '*', '%');
  return test;
}

Result<AskedPredicate> parse_comparison(Cursor& cursor, plan::AskedField field, Place place) {
  const bool negated = cursor.take("not.");
  TRY(Test test, parse_test(cursor, place));
  return AskedPredicate{.negated = negated,
                        .what = AskedCompare{std::move(field), std::move(test)}};
}

Result<AskedPredicate> parse_group(Cursor& cursor, bool any, bool negated, std::size_t depth);

Result<AskedPredicate> parse_part(Cursor& cursor, std::size_t depth) {
  cursor.skip_spaces();
  const bool negated = cursor.sees("not.and(") || cursor.sees("not.or(");
  if (negated) cursor.skip(4);
  if (cursor.take("and(")) return parse_group(cursor, false, negated, depth + 1);
  if (cursor.take("or(")) return parse_group(cursor, true, negated, depth + 1);
  TRY(plan::AskedField field, cursor.field());
  if (!cursor.take(".")) return cursor.fault("delimiter (.)");
  return parse_comparison(cursor, std::move(field), Place::in_logic);
}

// What follows "and(" or "or(", up to its ")".
Result<AskedPredicate> parse_group(Cursor& cursor, bool any, bool negated, std::size_t depth) {
  if (depth > plan::predicate_depth_max)
    return fail(plan::errors::too_large("levels of and/or", plan::predicate_depth_max));
  AskedGroup group{.any = any, .parts = {}};
  do {
    if (group.parts.size() == plan::predicates_max)
      return fail(plan::errors::too_large("filters", plan::predicates_max));
    TRY(AskedPredicate part, parse_part(cursor, depth));
    group.parts.push_back(std::move(part));
    cursor.skip_spaces();
  } while (cursor.take(","));
  if (!cursor.take(")")) return cursor.fault("\")\" or \",\"");
  cursor.skip_spaces();
  return AskedPredicate{.negated = negated, .what = std::move(group)};
}

}  // namespace

bool has_operator(std::string_view value) {
  const auto dot = value.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view word = value.substr(0, std::min(value.find('('), dot));
  return word == "not" || find_word(word) != nullptr;
}

Result<plan::AskedPredicate> parse_filter(plan::AskedField field, std::string_view value) {
  Cursor cursor(value, "filter");
  TRY(AskedPredicate out, parse_comparison(cursor, std::move(field), Place::alone));
  if (!cursor.done()) return cursor.fault("end of input");
  return out;
}

Result<plan::AskedPredicate> parse_logic(bool any, bool negated, std::string_view value) {
  Cursor cursor(value, "logic tree");
  cursor.skip_spaces();
  if (!cursor.take("(")) return cursor.fault("\"(\"");
  TRY(AskedPredicate out, parse_group(cursor, any, negated, 1));
  if (!cursor.done()) return cursor.fault("end of input");
  return out;
}

}  // namespace flash::rest
