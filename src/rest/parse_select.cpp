#include <array>
#include <utility>

#include "base/text.h"
#include "plan/errors.h"
#include "plan/limits.h"
#include "rest/cursor.h"
#include "rest/query.h"

namespace flash::rest {
namespace {

using plan::AskedEmbed;
using plan::AskedOutput;
using plan::AskedRead;

using plan::Aggregate;

constexpr std::array<std::pair<std::string_view, Aggregate>, 5> aggregates{
    {{"sum()", Aggregate::sum},
     {"avg()", Aggregate::avg},
     {"max()", Aggregate::max},
     {"min()", Aggregate::min},
     {"count()", Aggregate::count}}};

Result<void> parse_items(Cursor& cursor, AskedRead& into, std::size_t depth);

// !hint, !inner, !left: two at most, in any order.
Result<void> parse_modifiers(Cursor& cursor, AskedEmbed& embed) {
  for (int i = 0; i < 2 && cursor.take("!"); ++i) {
    TRY(std::string word, cursor.name());
    if (word == "inner") {
      embed.inner = true;
    } else if (word != "left") {
      embed.hint = std::move(word);
    }
  }
  return {};
}

Result<void> parse_embed(Cursor& cursor, AskedEmbed embed, AskedRead& into, std::size_t depth) {
  TRY_DONE(parse_modifiers(cursor, embed));
  if (depth >= plan::depth_max)
    return fail(plan::errors::too_large("levels of embedding", plan::depth_max));
  if (!cursor.take("(")) return cursor.fault("\"(\"");
  cursor.skip_spaces();
  if (cursor.peek() != ')') TRY_DONE(parse_items(cursor, embed.read, depth + 1));
  if (!cursor.take(")")) return cursor.fault("\")\" or \",\"");
  cursor.skip_spaces();
  into.embeds.push_back(std::move(embed));
  return {};
}

bool at_item_end(const Cursor& cursor) {
  return cursor.done() || cursor.peek() == ',' || cursor.peek() == ')';
}

Result<std::string> parse_cast(Cursor& cursor) {
  std::string out;
  while (!cursor.done()) {
    const char c = cursor.peek();
    if (!text::is_alpha(c) && !text::is_digit(c) && c != '_' && c != ' ' && c != '$') break;
    out += c;
    cursor.skip(1);
  }
  if (text::trim(out).empty()) return cursor.fault("letter or digit");
  return out;
}

// sum()::cast
Result<void> parse_aggregate(Cursor& cursor, AskedOutput& output) {
  for (const auto& [word, aggregate] : aggregates)
    if (output.aggregate == Aggregate::none && cursor.take(word)) output.aggregate = aggregate;
  if (output.aggregate == Aggregate::none)
    return cursor.fault("\"sum()\", \"avg()\", \"count()\", \"max()\" or \"min()\"");
  if (cursor.take("::")) {
    TRY(output.aggregate_cast, parse_cast(cursor));
  }
  return {};
}

Result<void> parse_column(Cursor& cursor, AskedOutput output, AskedRead& into) {
  TRY(output.field.path, cursor.json_path());
  if (cursor.take("::")) {
    TRY(output.cast, parse_cast(cursor));
  }
  if (cursor.take(".")) TRY_DONE(parse_aggregate(cursor, output));
  cursor.skip_spaces();
  if (!at_item_end(cursor))
    return cursor.fault("\"->>\", \"->\", \"::\", \")\", \",\" or end of input");
  into.outputs.push_back(std::move(output));
  return {};
}

// What follows "count()".
Result<void> parse_count(Cursor& cursor, AskedOutput output, AskedRead& into) {
  output.aggregate = Aggregate::count;
  if (cursor.take("::")) {
    TRY(output.aggregate_cast, parse_cast(cursor));
  }
  cursor.skip_spaces();
  if (!at_item_end(cursor)) return cursor.fault("\"::\", \")\", \",\" or end of input");
  into.outputs.push_back(std::move(output));
  return {};
}

Result<void> parse_item(Cursor& cursor, AskedRead& into, std::size_t depth) {
  cursor.skip_spaces();
  AskedEmbed embed;
  if (cursor.take("...")) {
    embed.spread = true;
    TRY(embed.target, cursor.name());
    return parse_embed(cursor, std::move(embed), into, depth);
  }
  if (cursor.take("*")) {
    cursor.skip_spaces();
    if (!at_item_end(cursor)) return cursor.fault("\")\", \",\" or end of input");
    into.outputs.push_back({.star = true});
    return {};
  }
  TRY(std::string name, cursor.name());
  std::string alias;
  if (cursor.peek() == ':' && !cursor.sees("::")) {
    cursor.skip(1);
    alias = std::move(name);
    cursor.skip_spaces();
    TRY(name, cursor.name());
  }
  if (name == "count" && cursor.sees("()")) {
    AskedOutput rows{.alias = std::move(alias)};
    cursor.skip(2);
    return parse_count(cursor, std::move(rows), into);
  }
  if (cursor.peek() == '!' || cursor.peek() == '(') {
    embed.target = std::move(name);
    embed.alias = std::move(alias);
    return parse_embed(cursor, std::move(embed), into, depth);
  }
  AskedOutput output;
  output.field.name = std::move(name);
  output.alias = std::move(alias);
  return parse_column(cursor, std::move(output), into);
}

Result<void> parse_items(Cursor& cursor, AskedRead& into, std::size_t depth) {
  do {
    if (into.outputs.size() >= plan::outputs_max)
      return fail(plan::errors::too_large("columns", plan::outputs_max));
    if (into.embeds.size() >= plan::embeds_max)
      return fail(plan::errors::too_large("embedded resources", plan::embeds_max));
    TRY_DONE(parse_item(cursor, into, depth));
  } while (cursor.take(","));
  return {};
}

}  // namespace

Result<void> parse_select(std::string_view text, plan::AskedRead& into) {
  Cursor cursor(text, "select parameter");
  TRY_DONE(parse_items(cursor, into, 0));
  if (!cursor.done()) return cursor.fault("\",\" or end of input");
  return {};
}

}  // namespace flash::rest
