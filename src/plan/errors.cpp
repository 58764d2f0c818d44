#include "plan/errors.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/suggest.h"
#include "json/write.h"

namespace flash::plan::errors {
namespace {

using catalog::ColumnPair;
using catalog::Relation;
using catalog::RelationKind;
using text::cat;

// A hint about a table or function may name something a caller should not learn by guessing, so it
// must be close; parameters and columns of what the caller already named may be further off.
constexpr double close_share = 0.75, loose_share = 0.33;

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += out.empty() ? part : ", " + part;
  return out;
}

template <class Pick>
std::string column_names(const std::vector<ColumnPair>& pairs, Pick pick) {
  std::vector<std::string> names;
  for (const ColumnPair& pair : pairs) names.push_back(pick(pair)->name);
  return cat("(", joined(names), ")");
}

const catalog::Column* left(const ColumnPair& pair) { return pair.first; }
const catalog::Column* right(const ColumnPair& pair) { return pair.second; }

std::string_view cardinality(RelationKind kind) {
  switch (kind) {
    case RelationKind::many_to_one: return "many-to-one";
    case RelationKind::one_to_many: return "one-to-many";
    case RelationKind::one_to_one: return "one-to-one";
    case RelationKind::many_to_many: return "many-to-many";
  }
  return "";
}

std::string described(const Relation& relation) {
  if (relation.kind != RelationKind::many_to_many)
    return cat(relation.constraint, " using ", relation.from->name,
               column_names(relation.columns, left), " and ", relation.to->name,
               column_names(relation.columns, right));
  const catalog::Junction& middle = relation.junction;
  return cat(middle.table->name, " using ", middle.constraint_from,
             column_names(middle.from, right), " and ", middle.constraint_to,
             column_names(middle.to, left));
}

std::string_view whole_words(WholeBodyType type) {
  switch (type) {
    case WholeBodyType::none: return "";
    case WholeBodyType::json: return " or with a single unnamed json/jsonb parameter";
    case WholeBodyType::text: return " with a single unnamed text parameter";
    case WholeBodyType::xml: return " with a single unnamed xml parameter";
    case WholeBodyType::bytes: return " with a single unnamed bytea parameter";
  }
  return "";
}

std::string column_title(const catalog::Table& table, std::string_view column) {
  return table.name.empty() ? std::string(column) : cat(table.name, ".", column);
}

}  // namespace

Error no_table(const catalog::Catalog& catalog, std::string_view schema, std::string_view name) {
  Error error =
      make_error(Kind::not_found, "no_table",
                 cat("Could not find the table '", schema, ".", name, "' in the schema cache"));
  std::vector<std::string_view> names;
  if (const auto* home = catalog.schema(schema))
    for (const auto& [each, table] : home->tables) names.push_back(each);
  const auto near = catalog::nearest(name, names, close_share);
  if (!near.empty()) error.hint = cat("Perhaps you meant the table '", schema, ".", near, "'");
  return error;
}

Error no_column(const catalog::Table& table, std::string_view column) {
  Error error = make_error(Kind::invalid, "42703",
                           cat("column ", column_title(table, column), " does not exist"));
  std::vector<std::string_view> names;
  for (const catalog::Column& each : table.columns) names.push_back(each.name);
  const auto near = catalog::nearest(column, names, close_share);
  if (!near.empty())
    error.hint =
        cat("Perhaps you meant to reference the column \"", column_title(table, near), "\".");
  return error;
}

Error no_write_column(const catalog::Table& table, std::string_view column) {
  return make_error(
      Kind::invalid, "no_write_column",
      cat("Could not find the '", column, "' column of '", table.name, "' in the schema cache"));
}

Error no_type(std::string_view name) {
  return make_error(Kind::invalid, "42704", cat("type \"", name, "\" does not exist"));
}

Error no_relation(const catalog::Table& from, std::string_view target, std::string_view hint) {
  Error error = make_error(Kind::invalid, "no_relation",
                           cat("Could not find a relationship between '", from.name, "' and '",
                               target, "' in the schema cache"));
  error.details = cat("Searched for a foreign key relationship between '", from.name, "' and '",
                      target, hint.empty() ? "" : "' using the hint '", hint, "' in the schema '",
                      from.schema, "', but no matches were found.");
  std::vector<std::string_view> names;
  for (const Relation& each : from.relations) names.push_back(each.to->name);
  if (std::ranges::find(names, target) != names.end()) return error;  // the hint is what is wrong
  const auto near = catalog::nearest(target, names, loose_share);
  if (!near.empty()) error.hint = cat("Perhaps you meant '", near, "' instead of '", target, "'.");
  return error;
}

Error ambiguous_relation(const catalog::Table& from, std::string_view target,
                         const std::vector<const Relation*>& candidates) {
  Error error = make_error(Kind::invalid, "ambiguous_relation",
                           cat("Could not embed because more than one relationship was found for '",
                               from.name, "' and '", target, "'"));
  json::Writer details;
  std::vector<std::string> ways;
  details.array();
  for (const Relation* each : candidates) {
    details.object()
        .field("cardinality", cardinality(each->kind))
        .field("embedding", cat(each->from->name, " with ", each->to->name))
        .field("relationship", described(*each))
        .end_object();
    const std::string& way =
        each->kind == RelationKind::many_to_many ? each->junction.table->name : each->constraint;
    ways.push_back(cat("'", each->to->name, "!", way, "'"));
  }
  details.end_array();
  error.details = std::move(details).take();
  error.hint = cat("Try changing '", target, "' to one of the following: ", joined(ways),
                   ". Find the desired relationship in the 'details' key.");
  return error;
}

Error not_embedded(std::string_view name) {
  Error error = make_error(Kind::invalid, "not_embedded",
                           cat("'", name, "' is not an embedded resource in this request"));
  error.hint = cat("Verify that '", name, "' is included in the 'select' query parameter.");
  return error;
}

Error order_not_to_one(const catalog::Table& from, std::string_view embed) {
  Error error = make_error(Kind::invalid, "order_not_to_one",
                           cat("A related order on '", embed, "' is not possible"));
  error.details = cat("'", from.name, "' and '", embed,
                      "' do not form a many-to-one or one-to-one relationship");
  return error;
}

Error bad_embed_operator(std::string_view embed) {
  Error error = make_error(Kind::invalid, "bad_embed_operator",
                           cat("Bad operator on the '", embed, "' embedded resource"));
  error.details = "Only is null or not is null filters are allowed on embedded resources";
  return error;
}

Error no_function(const catalog::Catalog& catalog, std::string_view schema, std::string_view name,
                  const std::vector<std::string>& keys, WholeBodyType whole) {
  const bool only_whole = whole != WholeBodyType::none && whole != WholeBodyType::json;
  const std::string list = joined(keys);
  const std::string title = cat(schema, ".", name);
  const std::string none = " without parameters";
  Error error = make_error(Kind::not_found, "no_function",
                           cat("Could not find the function ", title,
                               only_whole     ? ""
                               : keys.empty() ? none
                                              : cat("(", list, ")"),
                               " in the schema cache"));
  const std::string searched =
      keys.empty() ? none : cat(" with parameter", keys.size() > 1 ? "s " : " ", list);
  error.details = cat("Searched for the function ", title, only_whole ? "" : searched,
                      whole_words(whole), ", but no matches were found in the schema cache.");
  if (only_whole) return error;
  const auto sorted_list = [](std::vector<std::string> names) {
    std::ranges::sort(names);
    return cat("(", joined(names), ")");
  };
  std::vector<std::string> shapes;
  for (const catalog::Function* each : catalog.functions(schema, name)) {
    std::vector<std::string> names;
    for (const catalog::Parameter& parameter : each->parameters) names.push_back(parameter.name);
    shapes.push_back(sorted_list(std::move(names)));
  }
  if (!shapes.empty()) {
    const std::vector<std::string_view> views(shapes.begin(), shapes.end());
    const auto near = catalog::nearest(sorted_list(keys), views, loose_share);
    if (!near.empty())
      error.hint = cat("Perhaps you meant to call the function ", schema, ".", name, near);
    return error;
  }
  std::vector<std::string_view> names;
  if (const auto* home = catalog.schema(schema))
    for (const auto& [each, overloads] : home->functions) names.push_back(each);
  const auto near = catalog::nearest(name, names, close_share);
  if (!near.empty()) error.hint = cat("Perhaps you meant to call the function ", schema, ".", near);
  return error;
}

Error ambiguous_function(const std::vector<const catalog::Function*>& candidates) {
  std::vector<std::string> shapes;
  for (const catalog::Function* each : candidates) {
    std::vector<std::string> parameters;
    for (const catalog::Parameter& parameter : each->parameters)
      parameters.push_back(cat(parameter.name, " => ", parameter.type->label));
    shapes.push_back(cat(each->schema, ".", each->name, "(", joined(parameters), ")"));
  }
  Error error =
      make_error(Kind::invalid, "ambiguous_function",
                 cat("Could not choose the best candidate function between: ", joined(shapes)));
  error.hint =
      "Try renaming the parameters or the function itself in the database so function overloading "
      "can be "
      "resolved";
  return error;
}

Error not_writable(const catalog::Table& table, std::string_view column) {
  Error error = make_error(Kind::invalid, "428C9",
                           cat("cannot insert a non-DEFAULT value into column \"", column, "\""));
  error.details = cat("Column \"", column, "\" of table \"", table.name, "\" is generated.");
  return error;
}

Error aggregates_refused() {
  return make_error(Kind::invalid, "aggregates_refused",
                    "Use of aggregate functions is not allowed");
}

Error aggregate_in_spread() {
  Error error = make_error(Kind::invalid, "aggregate_in_spread", "Feature not implemented");
  error.details = "Aggregates are not implemented for one-to-many or many-to-many spreads.";
  return error;
}

Error too_large(std::string_view what, std::size_t most) {
  return make_error(Kind::invalid, "plan_too_large",
                    cat("The request has too many ", what, ": at most ", std::to_string(most)));
}

}  // namespace flash::plan::errors
