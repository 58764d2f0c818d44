#include <algorithm>
#include <optional>

#include "base/text.h"
#include "plan/errors.h"
#include "plan/limits.h"
#include "rest/cursor.h"
#include "rest/errors.h"
#include "rest/query.h"

namespace flash::rest {
namespace {

using plan::AskedRead;

// "rel.nested.column->>key" taken apart: the embeds that lead there, and what is asked of the last.
struct Path {
  std::vector<std::string> embeds;
  plan::AskedField field;
};

Result<Path> parse_path(std::string_view key) {
  Cursor cursor(key, "tree path");
  Path out;
  for (;;) {
    TRY(std::string name, cursor.name());
    if (cursor.take(".")) {
      out.embeds.push_back(std::move(name));
      continue;
    }
    out.field.name = std::move(name);
    break;
  }
  TRY(out.field.path, cursor.json_path());
  if (!cursor.done()) return cursor.fault("delimiter (.), \"->\" or end of input");
  return out;
}

Result<std::uint64_t> parse_rows(std::string_view what, std::string_view value) {
  const auto number = text::parse_int<std::int64_t>(value);
  if (!number)
    return fail(errors::parse_failed(what, value, 0, "unexpected value expecting an integer"));
  if (*number < 0) return fail(errors::negative_limit());
  return static_cast<std::uint64_t>(*number);
}

class Assembler {
 public:
  explicit Assembler(QueryRules rules) : rules_(rules) {}

  Result<void> add(std::string_view key, std::string_view value);
  // Embeds that orders and null tests name, by the names that the plan knows them by.
  void settle_names(AskedRead& read);
  Query query;

 private:
  plan::AskedEmbed* find_embed(AskedRead& read, std::string_view name);
  Result<AskedRead*> descend(const std::vector<std::string>& embeds);
  Result<void> add_logic(Path path, bool any, std::string_view value);
  Result<void> add_filter(Path path, std::string_view value);
  void settle_name(AskedRead& read, std::string& name);
  void settle_predicate(AskedRead& read, plan::AskedPredicate& predicate);

  QueryRules rules_;
  std::size_t filters_ = 0;
};

// By alias where there is one; by the name of the table too, as older clients write it.
plan::AskedEmbed* Assembler::find_embed(AskedRead& read, std::string_view name) {
  const auto named = std::ranges::find(read.embeds, name, &plan::AskedEmbed::name);
  if (named != read.embeds.end()) return &*named;
  const auto target = std::ranges::find(read.embeds, name, &plan::AskedEmbed::target);
  if (target == read.embeds.end() || !rules_.legacy_target_names) return nullptr;
  std::pair<std::string, std::string> pair(target->target, target->alias);
  if (std::ranges::find(query.legacy_names, pair) == query.legacy_names.end())
    query.legacy_names.push_back(std::move(pair));
  return &*target;
}

Result<AskedRead*> Assembler::descend(const std::vector<std::string>& embeds) {
  AskedRead* at = &query.read;
  for (const std::string& name : embeds) {
    plan::AskedEmbed* embed = find_embed(*at, name);
    if (embed == nullptr) return fail(plan::errors::not_embedded(name));
    at = &embed->read;
  }
  return at;
}

Result<void> Assembler::add_logic(Path path, bool any, std::string_view value) {
  const bool negated = !path.embeds.empty() && path.embeds.back() == "not";
  if (negated) path.embeds.pop_back();
  TRY(AskedRead * read, descend(path.embeds));
  TRY(plan::AskedPredicate tree, parse_logic(any, negated, value));
  read->where.push_back(std::move(tree));
  return {};
}

Result<void> Assembler::add_filter(Path path, std::string_view value) {
  TRY(AskedRead * read, descend(path.embeds));
  TRY(plan::AskedPredicate filter, parse_filter(std::move(path.field), value));
  read->where.push_back(std::move(filter));
  return {};
}

void Assembler::settle_name(AskedRead& read, std::string& name) {
  if (const plan::AskedEmbed* embed = find_embed(read, name)) name = embed->name();
}

void Assembler::settle_predicate(AskedRead& read, plan::AskedPredicate& predicate) {
  if (auto* leaf = std::get_if<plan::AskedCompare>(&predicate.what)) {
    if (leaf->test.op == plan::Operator::is && leaf->field.path.empty())
      settle_name(read, leaf->field.name);
    return;
  }
  for (auto& part : std::get<plan::AskedGroup>(predicate.what).parts) settle_predicate(read, part);
}

void Assembler::settle_names(AskedRead& read) {
  for (auto& term : read.order)
    if (!term.embed.empty()) settle_name(read, term.embed);
  for (auto& predicate : read.where) settle_predicate(read, predicate);
  for (auto& embed : read.embeds) settle_names(embed.read);
}

Result<void> Assembler::add(std::string_view key, std::string_view value) {
  if (key == "select") return {};  // read first, before what it embeds is asked for
  if (key == "columns") {
    TRY(query.columns, parse_names(value, "columns parameter"));
    return {};
  }
  if (key == "on_conflict") {
    TRY(query.on_conflict, parse_names(value, "on_conflict parameter"));
    return {};
  }
  const std::string_view last = key.substr(key.rfind('.') + 1);  // npos + 1 is 0
  const bool is_logic = last == "and" || last == "or";
  const bool is_window = last == "order" || last == "limit" || last == "offset";
  if (rules_.is_call_by_get && !is_logic && !is_window && !key.contains('.') &&
      !has_operator(value)) {
    query.arguments.emplace_back(key, value);
    return {};
  }
  TRY(Path path, parse_path(key));
  if ((is_logic || !is_window) && ++filters_ > plan::predicates_max)
    return fail(plan::errors::too_large("filters", plan::predicates_max));
  if (is_logic) return add_logic(std::move(path), last == "or", value);
  if (!is_window) return add_filter(std::move(path), value);
  TRY(AskedRead * read, descend(path.embeds));
  if (last == "order") {
    TRY(read->order, parse_order(value));
  } else if (last == "limit") {
    TRY(read->limit, parse_rows("limit", value));
  } else {
    TRY(read->offset, parse_rows("offset", value));
  }
  return {};
}

}  // namespace

Result<Query> parse_query(const http::Query& pairs, QueryRules rules) {
  Assembler out(rules);
  const auto select = http::find(pairs, "select");
  if (select && !select->empty()) {
    TRY_DONE(parse_select(*select, out.query.read));
  } else {
    out.query.read.outputs.push_back({.star = true});
  }
  for (const auto& [key, value] : pairs) {
    if (value.empty() && !rules.is_call_by_get) continue;
    TRY_DONE(out.add(key, value));
  }
  out.settle_names(out.query.read);
  return std::move(out.query);
}

}  // namespace flash::rest
